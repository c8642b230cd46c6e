//go:build !windows

package output

import (
	"errors"
	"os"
	"syscall"
)

// openLock opens the lock's file and locks it, or says errLocked. A file system
// that knows no locks, as some that lie on other machines, gives none.
func openLock(root *os.Root) (*os.File, error) {
	f, err := root.OpenFile(lockName, os.O_CREATE|os.O_RDWR|syscall.O_NONBLOCK, 0o666)
	if err != nil {
		return nil, err
	}
	switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
	case err == nil, errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOSYS), errors.Is(err, syscall.ENOLCK):
		return f, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		f.Close()
		return nil, errLocked
	default:
		f.Close()
		return nil, &os.PathError{Op: "lock", Path: lockName, Err: err}
	}
}
