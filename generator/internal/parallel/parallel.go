// Package parallel does pieces of work that know nothing of each other.
//
// Law: what comes of it does not hang on who was faster. Pieces are begun in
// their order, and of several errors the one of the lowest index is returned.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for 0 to n-1, as many at a time as there are processors, and
// returns when all are done.
func Each(n int, do func(i int)) {
	_ = Try(runtime.GOMAXPROCS(0), n, func(i int) error {
		do(i)
		return nil
	})
}

// Try calls do for 0 to n-1, at most so many at a time. After an error it
// begins no more.
func Try(atOnce, n int, do func(i int) error) error {
	var (
		next    atomic.Int64
		failed  atomic.Bool
		mu      sync.Mutex
		first   error
		firstAt = n
		workers sync.WaitGroup
	)
	for range min(n, atOnce) {
		workers.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					failed.Store(true)
					mu.Lock()
					if i < firstAt {
						first, firstAt = err, i
					}
					mu.Unlock()
				}
			}
		})
	}
	workers.Wait()
	return first
}
