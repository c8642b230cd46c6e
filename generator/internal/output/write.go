package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/parallel"
)

// Summary counts what a Write did.
type Summary struct {
	Written, Unchanged, Removed int   // files
	Kept                        int   // files of earlier trees that stay for a while
	Bytes                       int64 // size of the whole tree
}

// Keep says which files stay for a while when the tree has them no more: pages
// that a reader's browser or a network between still has go on asking for them.
// It is for files whose address never gets other bytes. The zero Keep keeps
// nothing.
type Keep struct {
	Below string // the folder that they stand in, with a slash
	Runs  int    // for how many runs, of those that change something
}

// Refusal is the error of a folder that Write does not dare to write into.
// Nothing was changed.
type Refusal struct {
	Path    string // the folder or file that stands in the way
	Message string
	Hint    string
}

func (r *Refusal) Error() string {
	return r.Path + ": " + r.Message + "\nhint: " + r.Hint
}

// Write makes dir hold the tree. It creates dir when there is none, and
// refuses, with a *[Refusal], a folder that holds files but was never written
// by us, and files of somebody else where the tree wants its own. The first
// run may find .git, .gitignore and .gitkeep.
//
// A file of ours that the tree does not have is removed, or kept as keep says.
// How long it is kept is counted in runs, for there is no clock, and a run that
// changes nothing does not count: a site that is not worked on keeps what it has.
//
// All that needs room on the disk, a right that may be lacking, or more files
// open at once than are allowed, is done beside the site before a file of it is
// touched: an error leaves the old site as it was. What then remains is renaming and removing. A run that is killed
// in these moments leaves some files new and some old, none of them cut; the
// next Write puts that right. Of two runs at once on one folder the second is
// refused.
func Write(dir string, tree Tree, keep Keep) (Summary, error) {
	return writeTo(dir, tree, keep, nil)
}

// writeTo is Write, with somebody who may refuse each step.
func writeTo(dir string, tree Tree, keep Keep, before func(op, name string) error) (Summary, error) {
	if err := tree.check(); err != nil {
		return Summary{}, err
	}
	dir, err := usable(dir)
	if err != nil {
		return Summary{}, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return Summary{}, explained(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Summary{}, explained(err)
	}
	defer root.Close()
	sum, err := write(target{root, before}, tree, keep)
	if refusal := (*Refusal)(nil); err != nil && !errors.As(err, &refusal) {
		err = fmt.Errorf("%s: %w", dir, explained(err)) // which names a path below it
	}
	return sum, err
}

func write(to target, tree Tree, keep Keep) (Summary, error) {
	// A folder that is not ours gets no lock either.
	old, err := readManifest(to.Root)
	if err != nil {
		return Summary{}, err
	}
	if old == nil {
		listing, err := readDir(to.Root, ".")
		if err != nil {
			return Summary{}, err
		}
		if err := unclaimed(to.Root.Name(), listing); err != nil {
			return Summary{}, err
		}
	}
	release, err := to.lock()
	if err != nil {
		return Summary{}, err
	}
	defer release()
	if old, err = readManifest(to.Root); err != nil {
		return Summary{}, err
	}
	plan, err := survey(to, tree, old)
	if err != nil {
		return Summary{}, err
	}
	return plan.carryOut(keep)
}

// usable is the absolute path of a folder that may be written into as far as
// can be told without looking at our files.
func usable(name string) (string, error) {
	if name == "" {
		return "", &Refusal{`""`, "the output folder has no name", "name one, such as public"}
	}
	dir, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return dir, nil
	}
	if err != nil {
		return "", err
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return "", &Refusal{name, "is a symbolic link; the site could land anywhere", "name the folder that it leads to"}
	case !info.IsDir():
		return "", &Refusal{name, "is a file", "name a folder that is new, empty, or written by an earlier run"}
	case filepath.Dir(dir) == dir:
		return "", &Refusal{name, "is the root of the file system", "name a folder for the site alone, such as public"}
	}
	if home, err := os.UserHomeDir(); err == nil {
		if homeInfo, err := os.Stat(home); err == nil && os.SameFile(info, homeInfo) {
			return "", &Refusal{name, "is the home folder", "name a folder for the site alone, such as public"}
		}
	}
	return dir, nil
}

// plan is all that a Write will do, known before it does any of it.
type plan struct {
	root target
	tree Tree

	first    bool            // there is no manifest yet
	known    manifest        // as it is on the disk
	present  map[string]bool // files of the tree that are there, perhaps old
	blocking []string        // our files where the tree wants a folder, or in a folder where it wants a file
	stale    []string        // our other files that the tree no longer has
	vanish   []string        // folders where the tree wants a file; all in them is blocking
	missing  []string        // folders to make, parents first
	leftover []string        // folders that only old files needed, parents first
}

// survey looks at every folder that our files are in or will be in, and at no
// other. It follows no symbolic link; one that is put there after it has looked
// leads nowhere, since all that is done is done below the root.
func survey(root target, tree Tree, old manifest) (*plan, error) {
	paths := tree.Paths()
	p := &plan{
		root:    root,
		tree:    tree,
		first:   old == nil,
		known:   old,
		present: map[string]bool{},
	}
	newDirs, oldDirs := folders(paths), folders(old.paths())
	there := map[string]bool{}
	var foreign []string

	type folder struct {
		path   string
		vanish bool
	}
	level := []folder{{path: "."}}
	for len(level) > 0 {
		listings := make([][]fs.DirEntry, len(level))
		err := parallel.Try(atOnce(), len(level), func(i int) (err error) {
			listings[i], err = readDir(root.Root, level[i].path)
			return err
		})
		if err != nil {
			return nil, err
		}
		if level[0].path == "." && old == nil {
			if err := unclaimed(root.Name(), listings[0]); err != nil {
				return nil, err
			}
		}
		var next []folder
		for i, at := range level {
			for _, entry := range listings[i] {
				name := path.Join(at.path, entry.Name())
				_, wanted := tree[name]
				_, ours := old[name]
				file, isDir := entry.Type().IsRegular(), entry.IsDir()
				switch {
				case wanted && file && ours:
					p.present[name] = true
				case isDir && oldDirs[name] && (wanted || at.vanish):
					p.vanish = append(p.vanish, name)
					next = append(next, folder{name, true})
				case file && ours && (newDirs[name] || at.vanish):
					p.blocking = append(p.blocking, name)
				case wanted || at.vanish || newDirs[name] && !isDir:
					foreign = append(foreign, name)
				case isDir && (newDirs[name] || oldDirs[name]):
					there[name] = true
					next = append(next, folder{name, false})
				case file && ours:
					p.stale = append(p.stale, name)
				}
			}
		}
		level = next
	}
	if len(foreign) > 0 {
		slices.Sort(foreign)
		return nil, &Refusal{root.Name(),
			"the site needs the place of files that the generator did not write: " + some(foreign),
			"move them elsewhere, or name another output folder"}
	}
	for _, d := range slices.Sorted(maps.Keys(newDirs)) {
		if !there[d] {
			p.missing = append(p.missing, d)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(there)) {
		if !newDirs[d] {
			p.leftover = append(p.leftover, d)
		}
	}
	slices.Sort(p.vanish)
	return p, nil
}

// readDir lists a folder in no order: the plan sorts what it keeps.
func readDir(root *os.Root, name string) ([]fs.DirEntry, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// unclaimed refuses a folder that no run of ours ever wrote, unless there is
// nothing in it to lose.
func unclaimed(dir string, entries []fs.DirEntry) error {
	var others []string
	for _, e := range entries {
		switch e.Name() {
		case ".git", ".gitignore", ".gitkeep", scratchName, lockName:
		default:
			others = append(others, e.Name())
		}
	}
	if len(others) == 0 {
		return nil
	}
	slices.Sort(others)
	return &Refusal{dir,
		"holds files, and none of them were written by the generator: " + some(others),
		"name a folder that is new, empty, or written by an earlier run"}
}

// some names the first few of many.
func some(names []string) string {
	const few = 5
	if len(names) > few {
		return strings.Join(names[:few], ", ") + fmt.Sprintf(" and %d more", len(names)-few)
	}
	return strings.Join(names, ", ")
}

// carryOut keeps two promises. Between any two steps, every file of ours on the
// disk is listed in the manifest on the disk: therefore the list first grows,
// and shrinks last. And the site is as it was until all that is new lies beside
// it: what can fail for want of room has been done by then. Pages appear before
// others disappear, so that a site served from the folder has no gap.
func (p *plan) carryOut(keep Keep) (sum Summary, err error) {
	if err := p.root.removeAll(scratchName); err != nil {
		return Summary{}, err
	}
	if err := p.root.mkdir(scratchName); err != nil {
		return Summary{}, err
	}
	defer p.root.removeAll(scratchName)

	paths := p.tree.Paths()
	union := manifest{}
	for _, name := range paths {
		union[name] = 0
	}
	maps.Copy(union, p.known)
	if p.first || len(union) != len(p.known) {
		if err := writeManifest(p.root, union); err != nil {
			return Summary{}, err
		}
	}
	fresh, err := p.stage(paths)
	if err != nil {
		p.unmake()
		return Summary{}, err
	}
	next, gone := p.outlived(keep, len(fresh) > 0)
	shrinks := !maps.Equal(next, union)
	if shrinks {
		if err := p.root.writeSynced(within("manifest"), next.text()); err != nil {
			p.unmake()
			return Summary{}, err
		}
	}

	if err := p.root.spare(moving * atOnce()); err != nil {
		p.unmake()
		return Summary{}, err
	}

	if err := p.removeAll(p.blocking); err != nil {
		return Summary{}, err
	}
	for _, d := range slices.Backward(p.vanish) {
		if err := p.root.remove(d); err != nil {
			return Summary{}, err
		}
	}
	for i, d := range p.missing {
		if p.blocked(d) {
			if err := p.root.rename(within(fmt.Sprint("folder", i)), d); err != nil {
				return Summary{}, err
			}
		}
	}
	err = parallel.Try(atOnce(), len(fresh), func(i int) error {
		return p.root.rename(within(strconv.Itoa(fresh[i])), paths[fresh[i]])
	})
	if err != nil {
		return Summary{}, err
	}
	if err := p.removeAll(gone); err != nil {
		return Summary{}, err
	}
	for _, d := range slices.Backward(p.leftover) {
		entries, err := readDir(p.root.Root, d)
		if err != nil {
			return Summary{}, err
		}
		if len(entries) > 0 {
			continue // somebody else's
		}
		if err := p.root.remove(d); err != nil {
			return Summary{}, err
		}
	}
	if shrinks {
		if err := p.root.rename(within("manifest"), manifestName); err != nil {
			return Summary{}, err
		}
	}
	sum = Summary{Written: len(fresh), Removed: len(p.blocking) + len(gone), Kept: len(next) - len(paths)}
	sum.Unchanged = len(paths) - sum.Written
	for _, data := range p.tree {
		sum.Bytes += int64(len(data))
	}
	return sum, nil
}

// stage makes the folders that are missing, and writes every file that is not
// right yet into the scratch folder, under its index in paths. A folder where a
// file of ours still stands is made there, too.
func (p *plan) stage(paths []string) (fresh []int, err error) {
	for i, d := range p.missing {
		if p.blocked(d) {
			d = within(fmt.Sprint("folder", i))
		}
		if err := p.root.mkdir(d); err != nil {
			return nil, err
		}
	}
	stale := make([]bool, len(paths))
	err = parallel.Try(atOnce(), len(paths), func(i int) error {
		name := paths[i]
		if p.present[name] {
			same, err := holds(p.root.Root, name, p.tree[name])
			if same || err != nil {
				return err
			}
		}
		stale[i] = true
		return p.root.write(within(strconv.Itoa(i)), p.tree[name])
	})
	for i, s := range stale {
		if s {
			fresh = append(fresh, i)
		}
	}
	return fresh, err
}

// blocked tells whether a file of ours stands where the folder goes, or where
// one above it goes.
func (p *plan) blocked(folder string) bool {
	if len(p.blocking) == 0 {
		return false
	}
	for at := folder; at != "."; at = path.Dir(at) {
		if _, ours := p.known[at]; ours && slices.Contains(p.blocking, at) {
			return true
		}
	}
	return false
}

// unmake takes the folders away that were made for nothing, as far as that can
// be done, and the manifest back to what it was: it may list files that are not
// there, and it is read by whoever looks for them.
func (p *plan) unmake() {
	for _, d := range slices.Backward(p.missing) {
		if !p.blocked(d) {
			_ = p.root.remove(d)
		}
	}
	if p.first {
		_ = p.root.remove(manifestName)
	} else {
		_ = writeManifest(p.root, p.known)
	}
}

// outlived decides about the files that the tree does not have: it gives the
// manifest with those that stay, a run older if this one changes anything, and
// those that go.
func (p *plan) outlived(keep Keep, wrote bool) (next manifest, gone []string) {
	next = manifest{}
	for name := range p.tree {
		next[name] = 0
	}
	changes := wrote || len(p.blocking) > 0 || slices.ContainsFunc(p.stale, func(name string) bool { return p.known[name] == 0 })
	for _, name := range p.stale {
		age := p.known[name]
		if changes {
			age++
		}
		if keep.Below != "" && strings.HasPrefix(name, keep.Below) && age <= keep.Runs {
			next[name] = age
		} else {
			gone = append(gone, name)
		}
	}
	return next, gone
}

func (p *plan) removeAll(names []string) error {
	return parallel.Try(atOnce(), len(names), func(i int) error { return p.root.remove(names[i]) })
}

// holds reports whether the file is exactly data. A file whose size differs is
// not read.
func holds(root *os.Root, name string, data []byte) (bool, error) {
	f, err := root.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() != int64(len(data)) {
		return false, err
	}
	found := make([]byte, len(data))
	if _, err := io.ReadFull(f, found); err != nil {
		return false, err
	}
	return bytes.Equal(found, data), nil
}

// moving is how many files are open while one is moved, at most: the folder from
// which and that to which, and for each the next on the way there.
const moving = 4

// atOnce is how many files are worked on at a time: twice as many as there are
// processors, since most of the time is spent waiting for the disk.
func atOnce() int { return 2 * runtime.GOMAXPROCS(0) }
