package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	// manifestName is the file, in the folder itself, that says which files
	// are ours: a first line that says so, then one path a line. A path that
	// the tree does not have any more is followed by a tab and its age.
	manifestName   = ".sslclinic-manifest"
	manifestHeader = "# Files that the site generator wrote here. It changes and removes no others."

	// scratchName is the folder of half-written files. Being beside the files
	// that they become, they can be renamed into place; being all in one
	// folder, those of a run that died are cleared with it.
	scratchName = ".sslclinic-unfinished"
)

// manifest holds the age of each of our files: 0 for those that the last tree
// had, and for the others how many runs, of those that changed something, ended
// without them.
type manifest map[string]int

// paths lists the files of the manifest in byte order.
func (m manifest) paths() []string { return slices.Sorted(maps.Keys(m)) }

// readManifest lists the files that earlier runs wrote into dir; it is nil when
// no run ever did. A manifest that cannot be trusted is an error: what it lists
// may be removed.
func readManifest(root *os.Root) (manifest, error) {
	info, err := root.Lstat(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	damaged := func(what string) error {
		return &Refusal{filepath.Join(root.Name(), manifestName), what, "empty the folder by hand, or name another one"}
	}
	if !info.Mode().IsRegular() {
		return nil, damaged("the list of written files is not a file")
	}
	text, err := root.ReadFile(manifestName)
	if err != nil {
		return nil, err
	}
	body, ok := strings.CutPrefix(string(text), manifestHeader+"\n")
	if !ok || (body != "" && !strings.HasSuffix(body, "\n")) {
		return nil, damaged("the list of written files is damaged")
	}
	ours := manifest{}
	for line := range strings.Lines(body) {
		p, aged, old := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		age := 0
		if old {
			if age, err = strconv.Atoi(aged); err != nil || age < 1 {
				return nil, damaged(fmt.Sprintf("the list of written files is damaged: the age %q", aged))
			}
		}
		if err := checkPath(p); err != nil {
			return nil, damaged(fmt.Sprintf("the list of written files is damaged: %v", err))
		}
		ours[p] = age
	}
	return ours, nil
}

// writeManifest replaces the list of our files. It is on the disk, not only in
// the system's memory, before a file that it speaks of is touched.
func writeManifest(to target, files manifest) error {
	if err := to.writeSynced(within("manifest"), files.text()); err != nil {
		return err
	}
	return to.rename(within("manifest"), manifestName)
}

// text is the manifest as it stands in its file.
func (m manifest) text() []byte {
	var text bytes.Buffer
	text.WriteString(manifestHeader + "\n")
	for _, p := range m.paths() {
		text.WriteString(p)
		if age := m[p]; age > 0 {
			fmt.Fprintf(&text, "\t%d", age)
		}
		text.WriteByte('\n')
	}
	return text.Bytes()
}
