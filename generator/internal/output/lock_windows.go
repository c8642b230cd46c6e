package output

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// openLock opens the lock's file for nobody else, or says errLocked.
func openLock(root *os.Root) (*os.File, error) {
	const (
		sharingViolation = syscall.Errno(32)
		mayDelete        = syscall.FILE_SHARE_DELETE // so that it can be taken away while it is held
	)
	name := filepath.Join(root.Name(), lockName)
	wide, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(wide, syscall.GENERIC_READ|syscall.GENERIC_WRITE, mayDelete, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL|syscall.FILE_FLAG_OPEN_REPARSE_POINT, 0)
	switch {
	case errors.Is(err, sharingViolation):
		return nil, errLocked
	case err != nil:
		return nil, &os.PathError{Op: "lock", Path: name, Err: err}
	}
	return os.NewFile(uintptr(h), name), nil
}
