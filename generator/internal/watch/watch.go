// Package watch tells when files change.
//
// Its law: after the last change there is always one more call, so whoever
// reads the files in each call ends with the newest ones. Changes that come
// together, as when an editor saves or a branch is switched, are one call;
// changes during a call are one call after it.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may happen before a burst counts as over. Editors
// that write a new file and rename it need a few milliseconds for both; a
// person notices from about 100.
const quiet = 30 * time.Millisecond

// Watch calls notify once when no change will be missed any more, and then
// after anything in the folders, or in folders in them, has been written, made,
// renamed or removed, until ctx ends, which is not an error. It never calls
// notify twice at once, and returns when the last call has. Files that editors
// and tools keep for themselves do not count, nor does what is in hidden
// folders. Symbolic links are not followed.
//
// A folder that is not there is an error. One that disappears later and comes
// back is watched again.
func Watch(ctx context.Context, dirs []string, notify func()) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch files: %w", err)
	}
	defer watcher.Close()
	w := &folders{watcher: watcher, watched: map[string]bool{}}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	for _, dir := range dirs {
		if err := w.addRoot(dir); err != nil {
			return err
		}
	}
	changed := make(chan struct{}, 1)
	go func() {
		if err := w.listen(ctx, changed); err != nil {
			stop(err)
		}
	}()
	// Before anything is added, somebody has to listen: the watcher holds its lock
	// until an error of its own has been heard.
	if err := w.addAll(); err != nil {
		return err
	}
	settle(ctx, changed, func() {
		if w.moved.Swap(false) {
			found, err := w.renew()
			if err != nil {
				stop(err)
				return
			}
			if found {
				signal(changed) // of what happens in it from now on, and of what did meanwhile
			}
		}
		notify()
	})
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// listen hears what happens until ctx ends. It asks the watcher for nothing: that
// may wait until it has been heard.
func (w *folders) listen(ctx context.Context, changed chan<- struct{}) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case event := <-w.watcher.Events:
			if w.counts(event) {
				signal(changed)
			}
		case err := <-w.watcher.Errors:
			if err != nil && !errors.Is(err, fsnotify.ErrEventOverflow) && !gone(err) {
				return fmt.Errorf("watch files: %w", err)
			}
			// More happened than the system could remember, or than could be followed;
			// perhaps there are new folders.
			w.moved.Store(true)
			signal(changed)
		}
	}
}

func signal(changed chan<- struct{}) {
	select {
	case changed <- struct{}{}:
	default: // one is waiting already
	}
}

// settle calls notify at once, and then whenever changes have come and no more
// for a while. It returns when ctx ends.
func settle(ctx context.Context, changed <-chan struct{}, notify func()) {
	over := time.NewTimer(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			over.Reset(quiet)
		case <-over.C:
			notify()
		}
	}
}

// folders keeps a watch on each folder below the roots: the system watches one
// folder at a time.
type folders struct {
	watcher *fsnotify.Watcher
	roots   []string    // absolute
	moved   atomic.Bool // a folder may have come, gone or been renamed

	mu      sync.Mutex
	watched map[string]bool // folders that were added
}

func (w *folders) addRoot(dir string) error {
	root, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	info, err := os.Stat(root)
	if err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	if !info.IsDir() {
		return fmt.Errorf("watch %s: it is not a folder", dir)
	}
	w.roots = append(w.roots, root)
	return nil
}

// addAll watches every folder that is there.
func (w *folders) addAll() error {
	for _, root := range w.roots {
		// The folder around it tells when the root itself comes back.
		if err := w.addOne(filepath.Dir(root)); err != nil {
			return err
		}
		if err := w.add(root); err != nil {
			return err
		}
	}
	return nil
}

// add watches a folder and all in it. Each one is watched before it is read:
// what is made in it later is an event, and what was there is found. What
// disappears meanwhile is an event, too, and no error.
func (w *folders) add(dir string) error {
	if err := w.addOne(dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !gone(err) {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	for _, e := range entries {
		if e.IsDir() && !ignored(e.Name()) {
			if err := w.add(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// renew watches every folder that is there, and reports whether one was not
// watched: one that is new, or that was renamed while its events were read, by
// which it loses its watch under either name.
func (w *folders) renew() (bool, error) {
	before := map[string]bool{}
	for _, name := range w.watcher.WatchList() {
		before[name] = true
	}
	w.mu.Lock()
	clear(w.watched)
	w.mu.Unlock()
	if err := w.addAll(); err != nil {
		return false, err
	}
	return slices.ContainsFunc(w.watcher.WatchList(), func(name string) bool { return !before[name] }), nil
}

func (w *folders) addOne(dir string) error {
	w.mu.Lock()
	w.watched[dir] = true
	w.mu.Unlock()
	err := w.watcher.Add(dir)
	switch {
	case err == nil, gone(err):
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("watch %s: the system lets nobody watch more folders: raise fs.inotify.max_user_watches or ulimit -n: %w", dir, err)
	}
	return fmt.Errorf("watch %s: %w", dir, err)
}

// gone reports that a folder is not there any more, or is a file by now. EINVAL
// is what the system says of a watch that it has taken off itself, with the
// folder, while it was to be taken off or renewed.
func gone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.EINVAL) || errors.Is(err, fsnotify.ErrNonExistentWatch)
}

// counts reports whether somebody has to be told of the event, and remembers
// that folders may have moved.
func (w *folders) counts(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod || event.Name == "" || !w.inside(event.Name) {
		return false // indexers and backups touch nothing but attributes
	}
	if event.Has(fsnotify.Create) {
		if info, err := os.Lstat(event.Name); err != nil || info.IsDir() {
			w.moved.Store(true)
		}
	}
	if event.Has(fsnotify.Rename) || event.Has(fsnotify.Remove) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.watched[event.Name] {
			w.moved.Store(true)
		}
	}
	return true
}

// inside reports whether a name is a root, or counts below one.
func (w *folders) inside(name string) bool {
	for _, root := range w.roots {
		rel, err := filepath.Rel(root, name)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		if rel == "." || !ignored(filepath.Base(rel)) {
			return true
		}
	}
	return false
}

// ignored reports whether a file or folder of that name is none of an author's:
// hidden ones, the copies and locks that editors keep beside a file, and the
// file with which vim tries whether it may write.
func ignored(name string) bool {
	return strings.HasPrefix(name, ".") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".swx") || strings.HasSuffix(name, ".tmp") ||
		name == "4913"
}
