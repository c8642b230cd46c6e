package wasmbuild

import "os"

// private tells whether a file or a folder is there, and is no link: a user's
// cache is theirs by the rights of the folder above it.
func private(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode()&os.ModeSymlink == 0
}
