package output

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// touches tells whether a step changes a file of the site, and not only what
// lies beside it.
func touches(op, name string) bool {
	return name != manifestName && name != lockName && !strings.HasPrefix(name, scratchName) && op != "mkdir" && op != "open"
}

// What may go wrong does so at every step in turn: once, or from then on, as
// when the process is killed or the disk is gone.
func TestAFailureAtAnyStepLeavesTheOldSiteOrWholeFilesAndTheNextRunRepairsIt(t *testing.T) {
	old := tree("a", "b/c/d.html", "b/e.html", "same.html", "gone/deep/er.html", "x/1.html", "x/2.html")
	next := tree("a/index.html", "a/deep/index.html", "b/c", "b/e.html", "same.html", "new/deep/er.html", "x/1.html", "x/3.html")
	next["b/e.html"], next["x/1.html"] = []byte("other"), []byte("longer than it was before")
	third := tree("a", "b/c/d.html", "z.html")
	for _, from := range []Tree{{}, old} {
		for _, forever := range []bool{false, true} {
			if forever && len(from) == 0 {
				continue // nothing is new in it
			}
			failed := true
			for n := int64(1); failed; n++ {
				dir := t.TempDir()
				if len(from) > 0 {
					mustWrite(t, dir, from)
				}
				plant(t, dir, "b/theirs.txt", "mine")
				if len(from) == 0 {
					if err := os.RemoveAll(filepath.Join(dir, "b")); err != nil {
						t.Fatal(err)
					}
				}
				before := disk(t, dir)
				var mu sync.Mutex
				var steps int64
				var touched, needsRoom, beside bool
				failed = false
				_, err := writeTo(dir, next, Keep{}, func(op, name string) error {
					mu.Lock()
					defer mu.Unlock()
					steps++
					if steps == n || forever && steps > n {
						if !failed {
							beside = !touches(op, name)
						}
						failed = true
						if op == "write" { // half of it is there
							_ = os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte("ha"), 0o666)
						}
						return &os.PathError{Op: op, Path: name, Err: syscall.ENOSPC}
					}
					if touches(op, name) {
						touched = true // also beside a step that has failed: files are moved by several
					}
					if touched && !failed && (op == "write" || op == "mkdir") {
						needsRoom = true
					}
					return nil
				})
				if needsRoom {
					t.Fatalf("step %d: room is asked for when the site is no longer the old one", n)
				}
				if !failed {
					break
				}
				if err == nil {
					// Only what clears up at the end may fail unseen.
					wantSite(t, dir, next)
				} else if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "make room") {
					t.Fatalf("step %d: %v", n, err)
				}
				for name, data := range site(t, dir) {
					if !bytes.Equal(data, from[name]) && !bytes.Equal(data, next[name]) {
						t.Fatalf("step %d: %s is neither old nor new: %q", n, name, data)
					}
				}
				if err != nil && !touched {
					wantSite(t, dir, from)
					if beside && !forever {
						wantDisk(t, dir, before)
					}
				}
				mustWrite(t, dir, third)
				wantSite(t, dir, third)
			}
		}
	}
}

// site is what a reader of the folder meets: the files, without those that are
// not the site's.
func site(t *testing.T, dir string) Tree {
	t.Helper()
	found := disk(t, dir)
	for name := range found {
		if strings.HasPrefix(name, ".sslclinic-") || strings.HasSuffix(name, "/") || name == "b/theirs.txt" {
			delete(found, name)
		}
	}
	return found
}

func wantSite(t *testing.T, dir string, want Tree) {
	t.Helper()
	got := site(t, dir)
	if len(got) != len(want) {
		t.Fatalf("the site is %q, want %q", got.Paths(), want.Paths())
	}
	for name, data := range want {
		if !bytes.Equal(got[name], data) {
			t.Fatalf("%s is %q, want %q", name, got[name], data)
		}
	}
}

func TestOfTwoRunsAtOnceTheSecondIsRefusedAndToldWhoWrites(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, tree("index.html"))
	in, on := make(chan bool), make(chan bool)
	done := make(chan error)
	go func() {
		var once sync.Once
		_, err := writeTo(dir, tree("index.html", "first.html"), Keep{}, func(op, name string) error {
			if op == "rename" && name == "first.html" {
				once.Do(func() { in <- true; <-on })
			}
			return nil
		})
		done <- err
	}()
	<-in
	refused(t, dir, tree("second.html"), "another run", fmt.Sprint("process ", os.Getpid()))
	on <- true
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantDisk(t, dir, tree("index.html", "first.html"))
}

func TestALockThatADeadRunLeftHoldsNobodyUp(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, tree("index.html"))
	plant(t, dir, lockName, "(process 1)")
	mustWrite(t, dir, tree("index.html", "new.html"))
	wantDisk(t, dir, tree("index.html", "new.html"))
	fresh := t.TempDir()
	plant(t, fresh, lockName, "")
	mustWrite(t, fresh, tree("index.html"))
	wantDisk(t, fresh, tree("index.html"))
}

func TestALockIsNotWrittenThroughALink(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, tree("index.html"))
	if err := os.Symlink("index.html", filepath.Join(dir, lockName)); err != nil {
		t.Skip("this system has no symbolic links:", err)
	}
	if _, err := Write(dir, tree("other.html"), Keep{}); err == nil {
		t.Error("the lock is a link, and was taken")
	}
	want := tree("index.html")
	want[lockName] = []byte("-> index.html")
	wantDisk(t, dir, want)
}

func TestWhoeverWritesAtTheSameTimeNoFileHoldsTheBytesOfAnother(t *testing.T) {
	dir := t.TempDir()
	trees := []Tree{{}, {}}
	for i := range 30 {
		for j := range trees {
			if i > 0 || j > 0 { // the second tree has one more, so that indices differ
				name := fmt.Sprintf("p%02d/index.html", i)
				trees[j][name] = []byte(name)
			}
		}
	}
	mustWrite(t, dir, Tree{})
	var wrote atomic.Int64
	var writers sync.WaitGroup
	for _, next := range trees {
		writers.Go(func() {
			for range 15 {
				_, err := Write(dir, next, Keep{})
				var refusal *Refusal
				switch {
				case err == nil:
					wrote.Add(1)
				case !errors.As(err, &refusal):
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if wrote.Load() == 0 {
		t.Fatal("nobody wrote")
	}
	found := disk(t, dir)
	for name, data := range found {
		if string(data) != name {
			t.Errorf("%s holds %q", name, data)
		}
	}
	if names := found.Paths(); !slices.Equal(names, trees[0].Paths()) && !slices.Equal(names, trees[1].Paths()) {
		t.Errorf("the folder holds %d files of two sites", len(names))
	}
}

// FuzzManifest: what is trusted is what a run of ours writes, and names nothing
// outside of the folder.
func FuzzManifest(f *testing.F) {
	for _, text := range []string{"", manifestHeader + "\n", manifestHeader + "\na/b.html\nc\t3\n", manifestHeader + "\n../a\n", manifestHeader + "\na\t0\n", manifestHeader + "\na\n\n", manifestHeader + "\na\na\n"} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { root.Close() })
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, manifestName), text, 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := readManifest(root)
		if err != nil {
			return
		}
		for name, age := range got {
			if !filepath.IsLocal(name) || age < 0 || name == manifestName || name == lockName {
				t.Errorf("%q: %q of age %d is ours", text, name, age)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, manifestName), got.text(), 0o666); err != nil {
			t.Fatal(err)
		}
		again, err := readManifest(root)
		if err != nil || !maps.Equal(got, again) {
			t.Errorf("%q became %q: %v, %v", text, got.text(), again, err)
		}
	})
}

// TestTooFewFilesAtOnceLeaveTheOldSiteOrMakeTheNew: a run that may not open as many as it wants says so before it touches a file.
// It runs itself anew under each limit, for the system counts by process.
func TestTooFewFilesAtOnceLeaveTheOldSiteOrMakeTheNew(t *testing.T) {
	const into = "SSLCLINIC_TEST_WRITE_INTO"
	site := func(text string) Tree {
		all := Tree{}
		for i := range 500 {
			all[fmt.Sprintf("a/b/c/d/e/f/g%d/%d.html", i%50, i)] = []byte(text)
		}
		return all
	}
	if dir := os.Getenv(into); dir != "" {
		if _, err := Write(dir, site("new"), Keep{}); err != nil {
			t.Fatal(err)
		}
		return
	}
	shell, err := exec.LookPath("sh")
	if err != nil || exec.Command(shell, "-c", "ulimit -n 64").Run() != nil {
		t.Skip("there is no shell here that limits")
	}
	dir := t.TempDir()
	mustWrite(t, dir, site("old"))
	for n, made := 8, false; !made; n++ {
		if n == 200 {
			t.Fatal("two hundred files at once are not enough")
		}
		cmd := exec.Command(shell, "-c", fmt.Sprintf(`ulimit -n %d; exec "$0" -test.run '^%s$'`, n, t.Name()), os.Args[0])
		cmd.Env = append(os.Environ(), into+"="+dir)
		out, err := cmd.CombinedOutput()
		if made = err == nil; made {
			wantDisk(t, dir, site("new"))
			continue
		}
		wantDisk(t, dir, site("old"))
		if n > 12 && !strings.Contains(string(out), "raise the limit") { // with fewer, Go itself does not start
			t.Errorf("with %d: %s", n, out)
		}
	}
}
