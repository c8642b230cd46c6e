package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settling runs settle in a synctest bubble; calls is told of each call.
func settling(t *testing.T, during time.Duration) (changed chan struct{}, calls *atomic.Int32) {
	changed, calls = make(chan struct{}, 1), new(atomic.Int32)
	go settle(t.Context(), changed, func() {
		calls.Add(1)
		time.Sleep(during) // the bubble's clock, not ours
	})
	synctest.Wait()
	return changed, calls
}

func TestABurstIsOneCallSoonAfterItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		changed, calls := settling(t, 0)
		if calls.Load() != 1 {
			t.Fatalf("%d calls at the beginning, want 1", calls.Load())
		}
		for range 100 {
			changed <- struct{}{}
			time.Sleep(quiet / 2)
		}
		if calls.Load() != 1 {
			t.Fatalf("%d calls during a burst, want none", calls.Load()-1)
		}
		time.Sleep(50*time.Millisecond - quiet/2)
		synctest.Wait()
		if calls.Load() != 2 {
			t.Fatalf("%d calls within 50 ms after a burst, want 1", calls.Load()-1)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if calls.Load() != 2 {
			t.Fatalf("%d calls in an hour without a change", calls.Load()-2)
		}
	})
}

func TestChangesDuringACallAreOneCallAfterIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const building = 10 * time.Second
		changed, calls := settling(t, building)
		for range 9 {
			select {
			case changed <- struct{}{}:
			default: // as Watch does
			}
			time.Sleep(time.Second)
		}
		if calls.Load() != 1 {
			t.Fatalf("%d calls at once", calls.Load())
		}
		time.Sleep(2 * building)
		synctest.Wait()
		if calls.Load() != 2 {
			t.Fatalf("%d calls after the first, want 1", calls.Load()-1)
		}
	})
}

// author changes files in a folder that is watched, and waits to be heard.
type author struct {
	t    *testing.T
	root string
	// heard gets the listing of the folder at each call.
	heard chan string
}

// listing is every file below root with its text.
func listing(root string) string {
	var all strings.Builder
	filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return nil // it has just gone
		}
		text, _ := os.ReadFile(name)
		fmt.Fprintf(&all, "%s %q\n", name, text)
		return nil
	})
	return all.String()
}

func watching(t *testing.T) *author {
	t.Helper()
	a := &author{t: t, root: filepath.Join(t.TempDir(), "content"), heard: make(chan string, 1000)}
	a.mkdir("articles/error-525")
	a.write("articles/error-525/ja.md", "first")
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Watch(ctx, []string{a.root}, func() { a.heard <- listing(a.root) }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	a.wait("the beginning")
	return a
}

// wait returns when a call has seen the folder as it is now.
func (a *author) wait(after string) {
	a.t.Helper()
	now := listing(a.root)
	late := time.After(10 * time.Second)
	for {
		select {
		case seen := <-a.heard:
			if seen == now {
				return
			}
		case <-late:
			a.t.Fatalf("no call has seen the files after %s", after)
		}
	}
}

func (a *author) do(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

func (a *author) on(name string) string { return filepath.Join(a.root, filepath.FromSlash(name)) }

func (a *author) mkdir(name string) { a.t.Helper(); a.do(os.MkdirAll(a.on(name), 0o777)) }

func (a *author) write(name, text string) {
	a.t.Helper()
	a.do(os.WriteFile(a.on(name), []byte(text), 0o666))
}

func (a *author) rename(from, to string) { a.t.Helper(); a.do(os.Rename(a.on(from), a.on(to))) }

func (a *author) remove(name string) { a.t.Helper(); a.do(os.RemoveAll(a.on(name))) }

// moves are steps that Windows does not let anybody take: it renames no folder
// while a folder in it is watched.
var moves = []string{
	"a folder is renamed", "a file in the renamed folder is written", "a folder is renamed back",
	"all is moved away", "all is put back",
}

func TestWhateverAnAuthorDoesIsHeard(t *testing.T) {
	a := watching(t)
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"a file is written", func() { a.write("articles/error-525/ja.md", "second") }},
		{"an editor renames a new file over the old one", func() {
			a.write("articles/error-525/.ja.md.new", "third")
			a.rename("articles/error-525/.ja.md.new", "articles/error-525/ja.md")
		}},
		{"an editor moves the old file away and writes a new one", func() {
			a.rename("articles/error-525/ja.md", "articles/error-525/ja.md~")
			a.write("articles/error-525/ja.md", "fourth")
		}},
		{"a file is made", func() { a.write("site.yaml", "title: x") }},
		{"a folder is made with files in folders in it", func() {
			a.mkdir("articles/flexible/pictures/deep")
			a.write("articles/flexible/pictures/deep/a.svg", "<svg>")
		}},
		{"a file in the new folder is written", func() { a.write("articles/flexible/pictures/deep/a.svg", "<svg/>") }},
		{"a folder is renamed", func() { a.rename("articles/flexible", "articles/modes") }},
		{"a file in the renamed folder is written", func() { a.write("articles/modes/pictures/deep/a.svg", "<svg></svg>") }},
		{"a folder is renamed back", func() { a.rename("articles/modes", "articles/flexible") }},
		{"a file in it is written again", func() { a.write("articles/flexible/pictures/deep/a.svg", "<svg> </svg>") }},
		{"a file is removed", func() { a.remove("site.yaml") }},
		{"a folder is removed", func() { a.remove("articles/flexible") }},
		{"the removed folder comes back", func() {
			a.mkdir("articles/flexible")
			a.write("articles/flexible/en.md", "again")
		}},
		{"a file in the folder that came back is written", func() { a.write("articles/flexible/en.md", "and again") }},
		{"a hundred files are written", func() {
			for i := range 100 {
				a.mkdir(fmt.Sprintf("articles/many-%d", i))
				a.write(fmt.Sprintf("articles/many-%d/ja.md", i), "x")
			}
		}},
		{"all is moved away", func() { a.rename("../content", "../other") }},
		{"all is put back", func() { a.rename("../other", "../content") }},
		{"a file in what was put back is written", func() { a.write("articles/flexible/en.md", "once more") }},
		{"all is removed", func() { a.remove(".") }},
		{"all is made anew", func() { a.mkdir("articles/new") }},
		{"a file in the new folder is made", func() { a.write("articles/new/ja.md", "x") }},
	} {
		if runtime.GOOS == "windows" && slices.Contains(moves, step.name) {
			continue
		}
		step.do()
		a.wait(step.name)
	}
}

// TestAStormOfRenamesIsLivedThrough: the system takes watches off folders by
// itself, in the middle of whatever is done with them.
func TestAStormOfRenamesIsLivedThrough(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it renames no folder while one in it is watched")
	}
	a := watching(t)
	for range 400 {
		a.mkdir("articles/s0/deep")
		a.write("articles/s0/ja.md", "x")
		a.rename("articles/s0", "articles/s0x")
		a.remove("articles/s0x")
		a.mkdir("articles/s0")
		a.remove("articles/s0")
	}
	a.mkdir("articles/s0")
	a.wait("the storm")
	a.write("articles/s0/ja.md", "calm")
	a.wait("a file is written after the storm")
	for i := range 10 {
		from, to := fmt.Sprint("articles/s", i), fmt.Sprint("articles/s", i+1)
		a.rename(from, to)
		a.wait("a folder is renamed")
		a.write(to+"/ja.md", to)
		a.wait("a file in the renamed folder is written")
	}
}

func TestWhatEditorsAndToolsKeepForThemselvesDoesNotCount(t *testing.T) {
	root := t.TempDir()
	w := &folders{roots: []string{root}}
	for _, c := range []struct {
		name  string
		op    fsnotify.Op
		count bool
	}{
		{".", fsnotify.Remove, true},
		{"site.yaml", fsnotify.Write, true},
		{"articles/error-525/ja.md", fsnotify.Create, true},
		{"articles/error-525/ja.md", fsnotify.Rename, true},
		{"articles/error-525/ja.md", fsnotify.Remove, true},
		{"articles/error-525/ja.md", fsnotify.Write | fsnotify.Chmod, true},
		{"articles/#1.svg", fsnotify.Write, true},

		{"articles/error-525/ja.md", fsnotify.Chmod, false},
		{".git", fsnotify.Create, false},
		{".DS_Store", fsnotify.Write, false},
		{"articles/error-525/.ja.md.swp", fsnotify.Write, false},
		{"articles/error-525/ja.md~", fsnotify.Create, false},
		{"articles/error-525/#ja.md#", fsnotify.Create, false},
		{"articles/error-525/4913", fsnotify.Create, false},
		{"articles/ja.swx", fsnotify.Create, false},
		{"articles/ja.tmp", fsnotify.Create, false},
		{"../beside.md", fsnotify.Write, false},
		{"../" + filepath.Base(root) + "-2/ja.md", fsnotify.Write, false},
		{"..", fsnotify.Write, false},
	} {
		if got := w.counts(fsnotify.Event{Name: filepath.Join(root, c.name), Op: c.op}); got != c.count {
			t.Errorf("%v of %s counts: %v; want %v", c.op, c.name, got, c.count)
		}
	}
}

func TestAFolderThatIsNotThereIsAnErrorThatNamesIt(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(dir, "nowhere"), file} {
		err := Watch(t.Context(), []string{dir, name}, func() {})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWatchReturnsOnlyWhenTheLastCallHas(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	calling, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	returned := false // the race detector proves that it is set before Watch returns
	go func() {
		done <- Watch(ctx, []string{t.TempDir()}, func() {
			close(calling)
			<-release
			returned = true
		})
	}()
	<-calling
	cancel()
	select {
	case <-done:
		t.Fatal("Watch returned during a call")
	default:
	}
	close(release)
	if err := <-done; err != nil || !returned {
		t.Errorf("%v, the call had returned: %v", err, returned)
	}
}
