//go:build !windows

package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestAPipeIsRefusedAndNotWaitedFor(t *testing.T) {
	top := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(top, "pipe"), 0o666); err != nil {
		t.Skip("this system makes no pipes here:", err)
	}
	if _, err := fs.ReadFile(folder(top), "pipe"); err == nil || !strings.Contains(err.Error(), "neither a file nor a folder") {
		t.Errorf("%v", err)
	}
}
