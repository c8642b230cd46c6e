package diagnose

import (
	"math/bits"
)

// Why: what speaks for a cause and against it, and what does not go together.

// going is how much of the prior goes with an answer.
type going struct {
	o       Option // to which this belongs; Unasked, to none
	from    source
	known   []float32 // by cause
	overall float32
}

// reason finds which answers speak for and against each cause, by how likely they were before anything was known. After
// an attempt only those count that were told of what it left, and those that last; the causes are those of the scenarios as
// they are now.
func (s *Session) reason(a *Answers) {
	e, f := s.engine, &s.findings
	// Before an attempt what goes with an answer hangs on nothing else, and stays while the answer does.
	if moved := a.attempts() > 0; moved || s.moved {
		s.moved = moved
		for q := range s.goes {
			s.goes[q].o = Unasked
		}
		clear(s.guilt)
		for i, at := range s.now {
			s.guilt[e.cause[at]] += e.prior[i]
		}
		s.guilt[len(s.guilt)-1] = e.tuning[outside]
	}
	times := e.tuning[speaks]
	for q := range QuestionCount {
		o := a.named(q)
		if !informative(o) || !s.moved && a.implies(q) {
			continue
		}
		g := &s.goes[q]
		if from := a.now(q); g.o != o || g.from != from {
			g.o, g.from = o, from
			s.sum(g, q)
		}
		for i := range f.Causes {
			c := &f.Causes[i]
			switch l := g.known[c.index] / s.guilt[c.index]; {
			case l > g.overall*times:
				c.Because |= 1 << q
			case l*times < g.overall:
				c.Against |= 1 << q
			}
		}
	}
}

// sum adds up what goes with an answer to q.
func (s *Session) sum(g *going, q Question) {
	e := s.engine
	likely, columns, lasts := s.table(q, g.o, g.from), e.columns[q], lasting(q)
	clear(g.known)
	var overall, known float32
	var cause uint16 // neighbours have the same one
	for i, at := range s.now {
		told := at
		if lasts {
			told = uint16(i) // it was told of the set-up as it was
		}
		l := float32(e.prior[i] * likely[columns[told]])
		if c := e.cause[at]; c != cause {
			g.known[cause], cause, known = known, c, g.known[c]
		}
		known += l
		overall += l
	}
	g.known[cause] = known
	last := len(g.known) - 1
	g.known[last] = e.tuning[outside] * e.flat[g.from][q][g.o]
	g.overall = overall + g.known[last]
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
