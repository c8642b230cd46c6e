package parallel

import (
	"errors"
	"sync/atomic"
	"testing"
)

func TestEveryPieceIsDoneOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		done := make([]atomic.Int32, n)
		Each(n, func(i int) { done[i].Add(1) })
		for i := range done {
			if times := done[i].Load(); times != 1 {
				t.Errorf("piece %d of %d was done %d times", i, n, times)
			}
		}
	}
}

func TestTheErrorOfTheLowestIndexIsReturnedAndNoMoreIsBegun(t *testing.T) {
	low, high := errors.New("low"), errors.New("high")
	for range 200 {
		var begun atomic.Int32
		bothStarted := make(chan struct{})
		err := Try(2, 1000, func(i int) error {
			begun.Add(1)
			switch i {
			case 0: // which fails after the next has failed
				<-bothStarted
				return low
			case 1:
				defer close(bothStarted)
				return high
			}
			return nil
		})
		if err != low || begun.Load() > 3 {
			t.Fatalf("%v, after %d pieces were begun", err, begun.Load())
		}
	}
}

func TestNoMoreAreDoneAtATimeThanIsAllowed(t *testing.T) {
	var now, most atomic.Int32
	_ = Try(3, 500, func(int) error {
		n := now.Add(1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		now.Add(-1)
		return nil
	})
	if most.Load() > 3 {
		t.Errorf("%d at a time", most.Load())
	}
}
