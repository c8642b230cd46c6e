package wasmbuild

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A kept program is a file named by its key: the SHA-256 of the program, then
// the program. Nothing that goes wrong here is an error; the program can
// always be compiled. What comes from here is published: a folder or a file that
// another user could have written is neither read nor written.

const (
	suffix = ".checker"
	// keep is how many programs stay: enough to go back and forth between
	// branches, with two for each, and about 30 MB.
	keep = 12
)

// load is the program of that key, if it is there and whole.
func load(cacheDir, key string) ([]byte, bool) {
	if cacheDir == "" || !private(cacheDir) || !private(filepath.Join(cacheDir, key+suffix)) {
		return nil, false
	}
	data, err := os.ReadFile(filepath.Join(cacheDir, key+suffix))
	if err != nil || len(data) < sha256.Size {
		return nil, false
	}
	sum, program := data[:sha256.Size], data[sha256.Size:]
	want := sha256.Sum256(program)
	return program, bytes.Equal(sum, want[:])
}

// store keeps the program, and removes the oldest ones when there are many.
func store(cacheDir, key string, program []byte) {
	if cacheDir == "" || os.MkdirAll(cacheDir, 0o700) != nil || !private(cacheDir) {
		return
	}
	temp, err := os.CreateTemp(cacheDir, "unfinished-*")
	if err != nil {
		return
	}
	defer os.Remove(temp.Name()) // when it was not renamed
	sum := sha256.Sum256(program)
	_, err = temp.Write(slices.Concat(sum[:], program))
	if temp.Close() != nil || err != nil {
		return
	}
	if os.Rename(temp.Name(), filepath.Join(cacheDir, key+suffix)) == nil {
		prune(cacheDir)
	}
}

func prune(cacheDir string) {
	entries, err := os.ReadDir(cacheDir)
	if err != nil {
		return
	}
	var kept []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasSuffix(e.Name(), suffix) {
			kept = append(kept, info)
		}
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, old := range kept[min(keep, len(kept)):] {
		os.Remove(filepath.Join(cacheDir, old.Name()))
	}
}
