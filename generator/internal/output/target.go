package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
)

// target is the output folder. All that is changed in it goes through here, a step
// at a time.
type target struct {
	*os.Root
	before func(op, name string) error // asked before each step, and may refuse it; nil but in tests
}

func (d target) step(op, name string) error {
	if d.before == nil {
		return nil
	}
	return d.before(op, name)
}

func (d target) mkdir(name string) error {
	if err := d.step("mkdir", name); err != nil {
		return err
	}
	return d.Root.Mkdir(name, 0o777)
}

func (d target) remove(name string) error {
	if err := d.step("remove", name); err != nil {
		return err
	}
	return d.Root.Remove(name)
}

func (d target) removeAll(name string) error {
	if err := d.step("remove all", name); err != nil {
		return err
	}
	return d.Root.RemoveAll(name)
}

func (d target) rename(from, to string) error {
	if err := d.step("rename", to); err != nil {
		return err
	}
	return d.Root.Rename(from, to)
}

func (d target) write(name string, data []byte) error {
	if err := d.step("write", name); err != nil {
		return err
	}
	return d.Root.WriteFile(name, data, 0o666)
}

// writeSynced is write, and returns when the file is on the disk, not only in
// the system's memory.
func (d target) writeSynced(name string, data []byte) error {
	if err := d.step("write", name); err != nil {
		return err
	}
	f, err := d.Root.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// spare tells whether so many files can be open at once, beside those that are.
func (d target) spare(n int) error {
	if err := d.step("open", "."); err != nil {
		return err
	}
	var open []*os.File
	defer func() {
		for _, f := range open {
			f.Close()
		}
	}()
	for range n {
		f, err := d.Root.Open(".")
		if err != nil {
			return err
		}
		open = append(open, f)
	}
	return nil
}

// hinted is an error of the system with what its reader can do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Error() string { return h.error.Error() + "\nhint: " + h.hint }
func (h hinted) Unwrap() error { return h.error }

// Exhausted adds a hint to an error that says that the machine has no room left,
// or no files, wherever in a run it came up; once.
func Exhausted(err error) error {
	if errors.As(err, new(hinted)) {
		return err
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return hinted{err, "the disk is full: make room, and run it again"}
	case errors.Is(err, syscall.EMFILE):
		return hinted{err, "too many files are open at once: raise the limit, as with ulimit -n 1024"}
	case errors.Is(err, syscall.ENFILE):
		return hinted{err, "the system has too many files open: close programs, and run it again"}
	}
	return err
}

// explained adds to an error of the system what its reader can do about it.
func explained(err error) error {
	switch {
	case errors.Is(err, syscall.EROFS):
		return hinted{err, "the folder is on a disk that can only be read: name another with -out"}
	case errors.Is(err, fs.ErrPermission):
		return hinted{err, "the folder may not be written to: change who may, or name another with -out"}
	}
	return Exhausted(err)
}

// lockName is the file that a run holds while it writes.
const lockName = ".sslclinic-lock"

// lock keeps other runs off the folder until release is called, or until this
// process ends, in whatever way: the lock is the system's, and the file is only
// where it hangs. Another run is refused, and told who holds it.
func (d target) lock() (release func(), err error) {
	for {
		if err := d.step("lock", lockName); err != nil {
			return nil, err
		}
		if there, err := d.Root.Lstat(lockName); err == nil && !there.Mode().IsRegular() {
			return nil, &Refusal{d.Root.Name(), "holds " + lockName + ", which is no file", "take it away"}
		}
		f, err := openLock(d.Root)
		if errors.Is(err, errLocked) {
			holder, _ := d.Root.ReadFile(lockName)
			return nil, &Refusal{d.Root.Name(), strings.TrimSpace("another run writes into the folder " + string(holder)), "wait until it is done; nothing was changed"}
		}
		if err != nil {
			return nil, err
		}
		// The one who held it before may have taken the file away meanwhile; then
		// this one is nobody's.
		mine, err1 := f.Stat()
		there, err2 := d.Root.Lstat(lockName)
		if err1 != nil || err2 != nil || !os.SameFile(mine, there) {
			f.Close()
			if err := errors.Join(err1, err2); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			continue
		}
		_ = f.Truncate(0)
		_, _ = fmt.Fprintf(f, "(process %d)", os.Getpid()) // for people; without it the lock is as good
		return func() {
			_ = d.Root.Remove(lockName)
			f.Close()
		}, nil
	}
}

var errLocked = errors.New("locked by another process")

// within gives a name in the scratch folder.
func within(name string) string { return path.Join(scratchName, name) }
