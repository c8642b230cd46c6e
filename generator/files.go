package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// plain is a folder of which only files and folders can be opened: a link would
// lead out of it, and whoever opens a pipe or a device may wait for ever.
type plain struct{ fs.FS }

// folder gives the folder of that name as it is now. The folder itself may be a
// link: who typed its name meant what it leads to.
func folder(name string) fs.FS { return plain{os.DirFS(name)} }

func (p plain) Open(name string) (fs.File, error) {
	for at := 0; at < len(name); {
		end := strings.IndexByte(name[at:], '/')
		if end < 0 {
			end = len(name) - at
		}
		at += end
		info, err := fs.Lstat(p.FS, name[:at])
		if err != nil {
			return nil, err
		}
		at++
		switch kind := info.Mode().Type(); {
		case kind&fs.ModeSymlink != 0:
			return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("a symbolic link: put the file itself there")}
		case kind != 0 && kind != fs.ModeDir:
			return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("neither a file nor a folder: take it away")}
		}
	}
	return p.FS.Open(name)
}

// within tells whether the folder inner is outer, or stands below it, whatever
// links lead there and however its name is written.
func within(inner, outer string) bool {
	a, err1 := real(outer)
	b, err2 := real(inner)
	rel, err := filepath.Rel(a, b)
	if err1 == nil && err2 == nil && err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return true
	}
	there, err := os.Stat(a)
	if err != nil {
		return false
	}
	for at := b; ; at = filepath.Dir(at) { // where two names are one folder, as on systems without regard to case
		if info, err := os.Stat(at); err == nil && os.SameFile(info, there) {
			return true
		}
		if filepath.Dir(at) == at {
			return false
		}
	}
}

// real is the absolute path of a folder without links in it, as far as it is
// there.
func real(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	rest := ""
	for {
		path, err := filepath.EvalSymlinks(name)
		if err == nil {
			return filepath.Join(path, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(name) == name {
			return "", err
		}
		rest, name = filepath.Join(filepath.Base(name), rest), filepath.Dir(name)
	}
}
