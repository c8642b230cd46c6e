package diagnose

import (
	"math/bits"
)

// Why: what speaks for a cause and against it, and what does not go together.

// reason finds which answers speak for and against each cause, by how likely they were before anything was known. After
// an attempt only those count that were told of what it left, and those that last; the causes are those of the scenarios as
// they are now.
func (s *Session) reason(a *Answers) {
	e, f := s.engine, &s.findings
	flat, times := e.tuning[outside], e.tuning[speaks]
	clear(s.guilt)
	last := len(s.known) - 1
	for i, at := range s.now {
		s.guilt[e.cause[at]] += e.prior[i]
	}
	s.guilt[last] = flat
	for q := range QuestionCount {
		o := a.named(q)
		if !informative(o) || a.attempts() == 0 && a.implies(q) {
			continue
		}
		from := a.now(q)
		likely, columns, lasts := s.table(q, o, from), e.columns[q], lasting(q)
		clear(s.known)
		var overall, known float32
		var cause uint16 // neighbours have the same one
		for i, at := range s.now {
			told := at
			if lasts {
				told = uint16(i) // it was told of the set-up as it was
			}
			l := float32(e.prior[i] * likely[columns[told]])
			if c := e.cause[at]; c != cause {
				s.known[cause], cause, known = known, c, s.known[c]
			}
			known += l
			overall += l
		}
		s.known[cause] = known
		s.known[last] = flat * e.flat[from][q][o]
		overall += s.known[last]
		for i := range f.Causes {
			c := &f.Causes[i]
			switch l := s.known[c.index] / s.guilt[c.index]; {
			case l > overall*times:
				c.Because |= 1 << q
			case l*times < overall:
				c.Against |= 1 << q
			}
		}
	}
}

// contradict finds the answers that do not go together in any scenario: both of each pair that does not. Where all pairs do and
// all together do not, it is what the likeliest of the scenarios lacks that fit the most. An answer that fits no scenario speaks of
// something else, and contradicts nothing; nor do those of which no source speaks.
func (s *Session) contradict(a *Answers) {
	e := s.engine
	var all, silent Questions
	if a.unspoken() {
		silent = 1<<Symptom | 1<<Status | 1<<Origin
	}
	if s.fits(a, silent) {
		s.findings.Contradiction, s.findings.Conflicting = 0, 0
		return
	}
	clear(s.fit)
	for q, o := range a.Told {
		if !informative(o) || silent.Has(Question(q)) {
			continue
		}
		fit := e.fit[a.source(Question(q))][q]
		for i, c := range e.columns[q] {
			if fit[c]>>o&1 != 0 {
				s.fit[i] |= 1 << q
				all |= 1 << q
			}
		}
	}
	// What was told after the last attempt is of the scenarios where they are now, and has the bits behind.
	const later = int(QuestionCount)
	if n := a.attempts(); n > 0 {
		last := &a.After[n-1]
		for k, o := range last.Told {
			if q := changing[k]; informative(o) && !silent.Has(q) {
				fit := e.fit[last.source(k)][q]
				for i, at := range s.now {
					if fit[e.columns[q][at]]>>o&1 != 0 {
						s.fit[i] |= 1 << (later + k)
						all |= 1 << (later + k)
					}
				}
			}
		}
	}
	var together [later + len(changing)]Questions
	lacking, fewest := all, len(together)
	var most float32
	for i, fits := range s.fit {
		for rest := fits; rest != 0; rest &= rest - 1 {
			together[bits.TrailingZeros64(uint64(rest))] |= fits
		}
		missing := all &^ fits
		if n := bits.OnesCount64(uint64(missing)); n < fewest || n == fewest && e.prior[i] > most {
			lacking, fewest, most = missing, n, e.prior[i]
		}
	}
	var odd Questions
	for q := range together {
		if together[q] != 0 && together[q] != all {
			odd |= 1<<q | all&^together[q]
		}
	}
	if odd == 0 {
		odd = lacking
	}
	s.findings.Contradiction = a.given(odd & (1<<later - 1))
	for k, q := range changing {
		s.findings.Conflicting |= odd >> (later + k) & 1 << q
	}
}

// fits tells whether the likeliest scenario fits all answers, but for the silent. It mostly does, and then nothing contradicts.
func (s *Session) fits(a *Answers, silent Questions) bool {
	fit := func(from source, q Question, at int, o Option) bool {
		return !informative(o) || silent.Has(q) || s.engine.fit[from][q][s.engine.columns[q][at]]>>o&1 != 0
	}
	for q, o := range a.Told {
		if !fit(a.source(Question(q)), Question(q), s.likeliest, o) {
			return false
		}
	}
	if n := a.attempts(); n > 0 {
		last := &a.After[n-1]
		for k, o := range last.Told {
			if !fit(last.source(k), changing[k], int(s.now[s.likeliest]), o) {
				return false
			}
		}
	}
	return true
}
