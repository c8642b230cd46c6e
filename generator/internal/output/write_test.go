package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func tree(paths ...string) Tree {
	t := Tree{}
	for _, p := range paths {
		t[p] = []byte("bytes of " + p)
	}
	return t
}

// disk is every file under dir but the manifest, and every empty folder under
// its name with a slash.
func disk(t *testing.T, dir string) Tree {
	t.Helper()
	found := Tree{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case rel == manifestName || rel == ".":
			return nil
		case d.IsDir():
			if entries, err := os.ReadDir(name); err != nil || len(entries) == 0 {
				found[rel+"/"] = nil
				return err
			}
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(name)
			found[rel] = []byte("-> " + to)
			return err
		}
		found[rel], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func mustWrite(t *testing.T, dir string, tree Tree) Summary {
	t.Helper()
	sum, err := Write(dir, tree, Keep{})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func wantDisk(t *testing.T, dir string, want Tree) {
	t.Helper()
	got := disk(t, dir)
	if !maps.EqualFunc(got, want, bytes.Equal) {
		t.Fatalf("the folder holds %q, want %q", got, want)
	}
}

func plant(t *testing.T, dir, path, text string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// refused wants a refusal that speaks of each of the words, and a folder that
// is as it was.
func refused(t *testing.T, dir string, tree Tree, words ...string) {
	t.Helper()
	_, err := Write(dir, tree, Keep{})
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("Write(%q) = %v, want a refusal", dir, err)
	}
	if refusal.Hint == "" {
		t.Errorf("%v has no hint", err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%v does not speak of %q", err, w)
		}
	}
}

func TestAFirstWriteMakesTheFolderAndTheWholeTree(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "public")
	want := tree("index.html", "ja/index.html", "assets/1f/site.css")
	sum := mustWrite(t, dir, want)
	wantDisk(t, dir, want)
	if bytes := int64(len("bytes of " + "index.html" + "bytes of " + "ja/index.html" + "bytes of " + "assets/1f/site.css")); sum != (Summary{Written: 3, Bytes: bytes}) {
		t.Errorf("summary %+v", sum)
	}
}

func TestFilesThatAreRightAreNotTouched(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, tree("same.html", "other.html", "equal-size.html"))
	long := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, name := range []string{"same.html", "other.html", "equal-size.html", manifestName} {
		if err := os.Chtimes(filepath.Join(dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	next := tree("same.html", "other.html", "equal-size.html")
	next["other.html"] = []byte("longer than it was before")
	next["equal-size.html"] = bytes.ToUpper(next["equal-size.html"])
	sum := mustWrite(t, dir, next)
	if sum.Written != 2 || sum.Unchanged != 1 || sum.Removed != 0 {
		t.Errorf("summary %+v", sum)
	}
	wantDisk(t, dir, next)
	for name, kept := range map[string]bool{"same.html": true, manifestName: true, "other.html": false, "equal-size.html": false} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.ModTime().Equal(long) != kept {
			t.Errorf("%s: time kept: %v, want %v", name, !kept, kept)
		}
	}
}

func TestOnlyWhatAnEarlierRunWroteIsRemoved(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, tree("a/b/old.html", "a/keep.html", "gone/deep/er.html", "shared/ours.html"))
	plant(t, dir, "shared/theirs.txt", "mine")
	plant(t, dir, "CNAME", "example.com")
	sum := mustWrite(t, dir, tree("a/keep.html"))
	if sum.Removed != 3 {
		t.Errorf("summary %+v", sum)
	}
	want := tree("a/keep.html")
	want["shared/theirs.txt"] = []byte("mine")
	want["CNAME"] = []byte("example.com")
	wantDisk(t, dir, want)
}

func TestAFileMayBecomeAFolderAndAFolderAFile(t *testing.T) {
	dir := t.TempDir()
	for _, next := range []Tree{
		tree("a", "b/c/d/index.html", "b/c/e.html"),
		tree("a/index.html", "b/c"),
		tree("a/index.html/x", "b/c/d"),
		tree("a", "b"),
	} {
		mustWrite(t, dir, next)
		wantDisk(t, dir, next)
	}
}

func TestAFileThatTheUserDeletedComesBack(t *testing.T) {
	dir := t.TempDir()
	want := tree("a/index.html", "b/index.html")
	mustWrite(t, dir, want)
	if err := os.RemoveAll(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, dir, want)
	wantDisk(t, dir, want)
	if err := os.RemoveAll(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, dir, tree("a/index.html"))
	wantDisk(t, dir, tree("a/index.html"))
}

func TestAFolderWithOnlyGitsFilesIsOursToUse(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, ".gitignore", "*\n")
	plant(t, dir, ".gitkeep", "")
	plant(t, dir, ".git/HEAD", "ref: refs/heads/main\n")
	before := disk(t, dir)
	mustWrite(t, dir, tree("index.html"))
	want := maps.Clone(before)
	maps.Copy(want, tree("index.html"))
	wantDisk(t, dir, want)
	mustWrite(t, dir, Tree{})
	wantDisk(t, dir, before)
}

func TestAFolderThatIsNotOursIsRefused(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, "thesis.tex", "years")
	plant(t, dir, "figures/one.svg", "weeks")
	before := disk(t, dir)
	refused(t, dir, tree("index.html"), dir, "figures, thesis.tex", "hint: ")
	wantDisk(t, dir, before)
}

func TestFoldersThatCannotHoldASiteAreRefused(t *testing.T) {
	parent := t.TempDir()
	plant(t, parent, "file", "text")
	plant(t, parent, "real/.gitkeep", "")
	link := filepath.Join(parent, "link")
	if err := os.Symlink("real", link); err != nil {
		t.Skip("this system has no symbolic links:", err)
	}
	home := filepath.Join(parent, "home")
	if err := os.Mkdir(home, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	before := disk(t, parent)
	site := tree("index.html")
	refused(t, "", site, "no name")
	refused(t, filepath.Join(parent, "file"), site, "is a file")
	refused(t, link, site, "symbolic link")
	refused(t, link+string(filepath.Separator), site, "symbolic link")
	refused(t, home, site, "home folder")
	refused(t, filepath.VolumeName(parent)+string(filepath.Separator), site, "root of the file system")
	wantDisk(t, parent, before)
}

func TestAPlaceThatSomebodyElseHasTakenIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	for name, c := range map[string]struct {
		foreign string // made after a first run that wrote old.html and old/index.html
		next    Tree
	}{
		"a file":                        {"a.html", tree("a.html", "new.html")},
		"a file with the same bytes":    {"index.html", tree("index.html")},
		"a file where a folder goes":    {"a", tree("a/index.html", "new.html")},
		"a folder where a file goes":    {"a/b/c", tree("a", "new.html")},
		"a file in a folder of ours":    {"old/theirs", tree("old", "new.html")},
		"a folder in a folder of ours":  {"old/deep/theirs", tree("old", "new.html")},
		"a file, and one in the folder": {"a", tree("a/b/c/d.html")},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustWrite(t, dir, tree("old.html", "old/index.html"))
			text := "theirs"
			if bytes, ok := c.next[c.foreign]; ok {
				text = string(bytes)
			}
			plant(t, dir, c.foreign, text)
			before := disk(t, dir)
			refused(t, dir, c.next, strings.Split(c.foreign, "/")[0])
			wantDisk(t, dir, before)
			mustWrite(t, dir, Tree{})
			wantDisk(t, dir, Tree{c.foreign: []byte(text)})
		})
	}
}

func TestWhatEarlierPagesAskForIsKeptForAWhile(t *testing.T) {
	dir := t.TempDir()
	keep := Keep{Below: "assets/", Runs: 2}
	for i, step := range []struct {
		tree       []string
		kept, gone string // files of earlier trees
		sum        Summary
	}{
		{[]string{"index.html", "assets/a.1.css", "assets/deep/p.1.png"}, "", "", Summary{Written: 3}},
		{[]string{"index.html", "assets/a.2.css"}, "assets/a.1.css assets/deep/p.1.png", "", Summary{Written: 1, Unchanged: 1, Kept: 2}},
		{[]string{"index.html", "assets/a.2.css"}, "assets/a.1.css assets/deep/p.1.png", "", Summary{Unchanged: 2, Kept: 2}},
		{[]string{"index.html", "assets/a.2.css", "b.html"}, "assets/a.1.css assets/deep/p.1.png", "", Summary{Written: 1, Unchanged: 2, Kept: 2}},
		{[]string{"index.html", "assets/a.1.css"}, "assets/a.2.css", "b.html assets/deep/p.1.png", Summary{Unchanged: 2, Removed: 2, Kept: 1}},
		{[]string{"index.html", "assets/a.3.css"}, "assets/a.1.css assets/a.2.css", "", Summary{Written: 1, Unchanged: 1, Kept: 2}},
		{[]string{"index.html", "assets/a.4.css"}, "assets/a.1.css assets/a.3.css", "assets/a.2.css", Summary{Written: 1, Unchanged: 1, Removed: 1, Kept: 2}},
		{[]string{"assets/a.3.css/x"}, "assets/a.4.css", "index.html assets/a.1.css", Summary{Written: 1, Removed: 3, Kept: 1}},
	} {
		next := tree(step.tree...)
		sum, err := Write(dir, next, keep)
		if err != nil {
			t.Fatal(err)
		}
		if sum.Bytes = 0; sum != step.sum {
			t.Errorf("run %d: %+v, want %+v", i, sum, step.sum)
		}
		want := maps.Clone(next)
		maps.Copy(want, tree(strings.Fields(step.kept)...))
		wantDisk(t, dir, want)
		for _, name := range strings.Fields(step.gone) {
			if want[name] != nil {
				t.Errorf("run %d: the test wants %s to stay and to go", i, name)
			}
		}
		before, err := os.Stat(filepath.Join(dir, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		again, err := Write(dir, next, keep)
		after, err2 := os.Stat(filepath.Join(dir, manifestName))
		if err != nil || err2 != nil || again.Written+again.Removed != 0 || again.Kept != step.sum.Kept || !os.SameFile(before, after) {
			t.Errorf("run %d, again: %+v, %v %v", i, again, err, err2)
		}
		wantDisk(t, dir, want)
	}
	// Whoever wants to keep nothing any more does not wait for a change.
	if sum, err := Write(dir, tree("assets/a.3.css/x"), Keep{}); err != nil || sum.Removed != 1 || sum.Kept != 0 {
		t.Errorf("%+v %v", sum, err)
	}
}

func TestASymbolicLinkIsNeverFollowed(t *testing.T) {
	outside := t.TempDir()
	plant(t, outside, "index.html", "precious")
	dir := t.TempDir()
	mustWrite(t, dir, tree("en/index.html", "ja/index.html"))
	if err := os.RemoveAll(filepath.Join(dir, "en")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "en")); err != nil {
		t.Skip("this system has no symbolic links:", err)
	}
	refused(t, dir, tree("en/index.html", "ja/index.html"), "en")
	mustWrite(t, dir, tree("ja/index.html"))
	want := tree("ja/index.html")
	want["en"] = []byte("-> " + outside)
	wantDisk(t, dir, want)
	wantDisk(t, outside, Tree{"index.html": []byte("precious")})
}

// TestALinkThatIsPutThereMeanwhileLeadsNowhere: what is known of a folder may
// not be true any more when it is written to.
func TestALinkThatIsPutThereMeanwhileLeadsNowhere(t *testing.T) {
	outside := t.TempDir()
	plant(t, outside, "index.html", "precious")
	plant(t, outside, "old.html", "years")
	dir := t.TempDir()
	mustWrite(t, dir, tree("en/index.html", "en/old.html"))
	for _, next := range []Tree{tree("en/index.html"), tree("en/new.html"), {}} {
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		old, err := readManifest(root)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := survey(target{Root: root}, next, old)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(dir, "en")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, filepath.Join(dir, "en")); err != nil {
			t.Skip("this system has no symbolic links:", err)
		}
		if _, err := plan.carryOut(Keep{}); err == nil {
			t.Errorf("%q was written through a link", next.Paths())
		}
		wantDisk(t, outside, Tree{"index.html": []byte("precious"), "old.html": []byte("years")})
		if err := os.Remove(filepath.Join(dir, "en")); err != nil {
			t.Fatal(err)
		}
		mustWrite(t, dir, tree("en/index.html", "en/old.html"))
	}
}

func TestAFailureNamesTheFolderAndThePath(t *testing.T) {
	dir := t.TempDir()
	name := "a/" + strings.Repeat("x", 300)
	if _, err := Write(dir, Tree{name: nil}, Keep{}); err == nil || !strings.HasPrefix(err.Error(), dir+": ") || !strings.Contains(err.Error(), name) {
		t.Errorf("%v does not say where", err)
	}
}

func TestATreeThatNoFolderCanHoldIsAnErrorAndChangesNothing(t *testing.T) {
	for _, p := range []string{
		"", ".", "/etc/passwd", "../up", "a/../../up", "a//b", "a/", "line\nbreak", "nul\x00",
		manifestName, scratchName, scratchName + "/x", lockName,
	} {
		dir := t.TempDir()
		if _, err := Write(dir, Tree{"index.html": nil, p: nil}, Keep{}); err == nil {
			t.Errorf("the path %q was written", p)
		}
		wantDisk(t, dir, Tree{})
	}
	dir := t.TempDir()
	if _, err := Write(dir, tree("a", "a/b/c"), Keep{}); err == nil {
		t.Error("a file and a folder of one name were written")
	}
	wantDisk(t, dir, Tree{})
}

func TestAManifestThatCannotBeTrustedRemovesNothing(t *testing.T) {
	for _, text := range []string{
		"",
		"index.html\n",
		manifestHeader + "\nindex.html", // cut off
		manifestHeader + "\n../precious\n",
		manifestHeader + "\n\n",
		manifestHeader + "\nindex.html\told\n",
		manifestHeader + "\nindex.html\t0\n",
	} {
		parent := t.TempDir()
		plant(t, parent, "precious", "years")
		dir := filepath.Join(parent, "public")
		mustWrite(t, dir, tree("index.html"))
		plant(t, dir, manifestName, text)
		refused(t, dir, Tree{}, "damaged")
		wantDisk(t, dir, tree("index.html"))
		wantDisk(t, parent, Tree{"precious": []byte("years"), "public/index.html": tree("index.html")["index.html"],
			"public/" + manifestName: []byte(text)})
	}
}

// A name longer than any file system takes makes a run die in the middle, with
// some files in place and others not.
func TestARunThatDiesInTheMiddleIsPutRightByTheNext(t *testing.T) {
	for _, next := range []Tree{
		tree("zebra/index.html"),
		tree("old/index.html", "a"),
		{},
	} {
		dir := t.TempDir()
		mustWrite(t, dir, tree("old/index.html", "b/index.html"))
		dying := tree(strings.Repeat("x", 300), "b")
		for i := range 100 {
			dying[fmt.Sprintf("a/%d.html", i)] = []byte("half")
		}
		if _, err := Write(dir, dying, Keep{}); err == nil {
			t.Fatal("a name of 300 bytes was written")
		}
		if got := disk(t, dir); len(got) < 10 || got["old/index.html"] == nil {
			t.Fatalf("the run died too early to prove anything: %q", got)
		}
		// What a killed process leaves, as it has no time to clear up.
		plant(t, dir, scratchName+"/17", "ha")
		mustWrite(t, dir, next)
		wantDisk(t, dir, next)
	}
}

func TestAFirstRunThatDiesBeforeItsManifestLeavesAFolderThatIsStillOurs(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, scratchName+"/manifest", "ha")
	mustWrite(t, dir, tree("index.html"))
	wantDisk(t, dir, tree("index.html"))
}

// Whatever trees are written over each other, and whatever others put beside
// them, the folder ends as the last tree that was accepted plus what others
// put there; a tree that is refused changes nothing.
func FuzzTheFolderHoldsTheLastTreeAndWhatIsNotOurs(f *testing.F) {
	places := []string{"a", "a/b", "a/b/c", "a/b/d", "a/e", "f", "f/g", "h"}
	f.Add([]byte{0b1010_0110, 0, 0b0000_0001, 1, 0xff, 2, 3})
	f.Add([]byte{0b0010_0001, 0, 0, 0xc3, 0b0001_1100, 0, 2, 0xc4, 0b1000_0001, 0})
	random := rand.New(rand.NewPCG(5, 25))
	for range 40 {
		steps := make([]byte, 24)
		for i := range steps {
			steps[i] = byte(random.Uint32())
		}
		f.Add(steps)
	}
	f.Fuzz(func(t *testing.T, steps []byte) {
		dir := filepath.Join(t.TempDir(), "public")
		ours, theirs := Tree{}, Tree{}
		mustWrite(t, dir, ours)
		for i := 0; i+1 < len(steps) && i < 24; i += 2 {
			want, how := steps[i], steps[i+1]
			if how >= 0xc0 { // somebody puts a file somewhere
				p := places[int(want)%len(places)]
				name := filepath.Join(dir, filepath.FromSlash(p))
				if ours[p] != nil || os.MkdirAll(filepath.Dir(name), 0o777) != nil {
					continue
				}
				if err := os.WriteFile(name, []byte{how}, 0o666); err == nil {
					theirs[p] = []byte{how}
				}
				continue
			}
			next := Tree{}
			for bit, p := range places {
				if want>>bit&1 == 1 && !slices.ContainsFunc(next.Paths(), func(q string) bool { return strings.HasPrefix(p, q+"/") }) {
					next[p] = []byte{how, byte(bit)}
				}
			}
			before := disk(t, dir)
			_, err := Write(dir, next, Keep{})
			var refusal *Refusal
			if errors.As(err, &refusal) {
				wantDisk(t, dir, before)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			ours = next
			all := maps.Clone(theirs)
			maps.Copy(all, ours)
			if len(all) != len(theirs)+len(ours) {
				t.Fatal("a file of somebody else was written over")
			}
			wantDisk(t, dir, all)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	site := Tree{}
	for i := range 50_000 {
		site[fmt.Sprintf("ja/article-%d/index.html", i)] = bytes.Repeat([]byte{byte(i)}, 4096)
	}
	b.Run("new files", func(b *testing.B) {
		for b.Loop() {
			if _, err := Write(filepath.Join(b.TempDir(), "public"), site, Keep{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("unchanged files", func(b *testing.B) {
		dir := b.TempDir()
		if _, err := Write(dir, site, Keep{}); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := Write(dir, site, Keep{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
