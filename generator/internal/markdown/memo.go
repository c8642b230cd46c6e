package markdown

import (
	"crypto/sha256"
	"fmt"
	"sync"
)

// A Memo remembers what texts were converted into, so that whoever builds a
// site again and again converts only what changed. It forgets what two builds
// in a row did not ask for. The nil Memo remembers nothing.
type Memo struct {
	mu          sync.Mutex
	now, before map[key]*Doc // asked for since the last Turn, and between it and the one before
}

// A key is the hash of all that a Doc depends on.
type key [sha256.Size]byte

// Turn says that another build begins.
func (m *Memo) Turn() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.before, m.now = m.now, map[key]*Doc{}
}

// Convert is c.Convert, or what it gave for the same before.
func (m *Memo) Convert(c *Converter, file string, line int, body []byte) *Doc {
	if m == nil {
		return c.Convert(file, line, body)
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s%q %d\n%s", c.own, file, line, body)
	k := key(h.Sum(nil))
	m.mu.Lock()
	d := m.now[k]
	if d == nil {
		d = m.before[k]
	}
	m.mu.Unlock()
	if d == nil {
		d = c.Convert(file, line, body) // not under the lock: others convert meanwhile
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == nil {
		m.now = map[key]*Doc{}
	}
	m.now[k] = d
	return d
}
