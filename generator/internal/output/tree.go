// Package output is the finished site, as a tree of bytes, and the one writer
// that puts it on disk.
//
// Its law: after Write the folder holds exactly the tree, what was not ours and,
// for a while, what pages of earlier trees may still ask for.
// Nothing that somebody else put there is changed or removed, a file that is
// already right is not touched, and a run that dies in the middle leaves
// nothing behind that the next run does not know as its own. Until all that is
// new lies beside it, the old site is whole.
package output

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Tree is a finished site: the bytes of each file under its slash-separated
// path, relative to the root of the site (see [fs.ValidPath]).
// Folders are implied by the files in them.
type Tree map[string][]byte

// Paths lists the files of the tree in byte order.
func (t Tree) Paths() []string {
	return slices.Sorted(maps.Keys(t))
}

// folders is every folder that the paths imply, without the root.
func folders(paths []string) map[string]bool {
	all := map[string]bool{}
	for _, p := range paths {
		for d := path.Dir(p); d != "." && !all[d]; d = path.Dir(d) {
			all[d] = true
		}
	}
	return all
}

// check finds the path that no folder on disk could hold. It speaks of a
// mistake in the generator, not of one in the content.
func (t Tree) check() error {
	paths := t.Paths()
	dirs := folders(paths)
	for _, p := range paths {
		if err := checkPath(p); err != nil {
			return err
		}
		if dirs[p] {
			return fmt.Errorf("tree path %q is a file and a folder at once", p)
		}
	}
	return nil
}

func checkPath(p string) error {
	if !fs.ValidPath(p) || p == "." {
		return fmt.Errorf("tree path %q is not a relative, slash-separated path", p)
	}
	if strings.ContainsFunc(p, unicode.IsControl) {
		return fmt.Errorf("tree path %q holds a control character", p)
	}
	if _, err := filepath.Localize(p); err != nil {
		return fmt.Errorf("tree path %q cannot be a file name on this system", p)
	}
	if top, _, _ := strings.Cut(p, "/"); top == manifestName || top == scratchName || top == lockName {
		return fmt.Errorf("tree path %q is a name that the writer keeps for itself", p)
	}
	return nil
}
