package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFolderReachedThroughALinkIsThatFolder(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"content/articles", "elsewhere"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"lnk": "content", "deep": "content/articles", "elsewhere/back": "../lnk", "dangling": "content/new"} {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(top, filepath.FromSlash(link))); err != nil {
			t.Skip("this system has no symbolic links:", err)
		}
	}
	for name, want := range map[string]bool{
		"content": true, "content/public": true, "lnk": true, "lnk/public": true, "lnk/not/there/yet": true, "deep/x": true,
		"elsewhere/back/public": true, "elsewhere/../lnk/public": true,
		"elsewhere": false, "elsewhere/public": false, "contents": false, "content/../public": false,
	} {
		if got := within(filepath.Join(top, filepath.FromSlash(name)), filepath.Join(top, "content")); got != want {
			t.Errorf("%s in content: %v", name, got)
		}
	}
}

func TestOnlyFilesAndFoldersAreOpened(t *testing.T) {
	top := t.TempDir()
	if err := os.MkdirAll(filepath.Join(top, "a", "b"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(top, "a", "b", "file"), []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"a/link": "b/file", "folder": "a", "out": "/etc/passwd", "device": os.DevNull} {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(top, filepath.FromSlash(link))); err != nil {
			t.Skip("this system has no symbolic links:", err)
		}
	}
	files := folder(top)
	if data, err := fs.ReadFile(files, "a/b/file"); err != nil || string(data) != "text" {
		t.Errorf("%q %v", data, err)
	}
	if entries, err := fs.ReadDir(files, "a"); err != nil || len(entries) != 2 {
		t.Errorf("%v %v", entries, err)
	}
	for _, name := range []string{"a/link", "folder/b/file", "out", "device", "folder"} {
		if _, err := fs.ReadFile(files, name); err == nil || !strings.Contains(err.Error(), name+": a symbolic link") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
