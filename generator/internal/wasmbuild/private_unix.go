//go:build !windows

package wasmbuild

import (
	"os"
	"syscall"
)

// private tells whether a file or a folder is this user's, and nobody else may
// write to it. A link is neither.
func private(name string) bool {
	info, err := os.Lstat(name)
	if err != nil || info.Mode()&os.ModeSymlink != 0 || info.Mode().Perm()&0o022 != 0 {
		return false
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Geteuid()
}
