package diagnose

import "sslclinic/wasmcheck/model"

// A Session is the working memory of one conversation at a time. It is made once, and allocates nothing afterwards.
type Session struct {
	engine   *Engine
	findings Findings

	world  world  // in which the answers' plans are
	change Option // what was done last before the trouble, as an option of Since
	again  bool   // plans may do once again what has not helped

	now       []uint16  // by scenario: where it is after what was done
	posterior []float32 // by scenario as it is now
	seen      []float32 // by scenario: how likely it is to see what was seen after an attempt
	alive     []uint16  // scenarios that count
	likeliest int       // the scenario as it was
	least     float32   // weight from which a scenario fits

	fit   []Questions          // by scenario: the answers that fit it
	mass  []float32            // by cause
	guilt []float32            // by cause: the prior of all of its scenarios
	goes  [QuestionCount]going // by question: what goes with its answer
	moved bool                 // guilt and goes are not of the scenarios as they were, and have to be found for these
	place []uint8              // by cause: how likely, counted from 1; 0 beyond the likeliest
	sums  []float32            // by plan

	class      []uint8          // by plan
	likely     [maxWays]float32 // by column's number, see table
	tally      []float32        // by profile and class
	answered   []float32        // by option and class
	told       []float32        // by option, while a plan is proved
	separating []float32        // by place and option, while the causes' answers are found
	worth      []uint16         // plans that are best for some scenario, while they are classified

	steps     [mostSteps]Action
	by        [mostSteps]string
	separates [maxSeparate]string
}

// NewSession is a session with all the memory that it will need.
func NewSession(e *Engine) *Session {
	n := len(e.scenarios)
	s := &Session{
		engine: e,
		findings: Findings{
			Causes: make([]Cause, 0, len(e.causes)),
			Plans:  make([]Plan, 0, len(e.plans)),
		},
		now: make([]uint16, n), fit: make([]Questions, n), posterior: make([]float32, n), seen: make([]float32, n), alive: make([]uint16, 0, n),
		mass: make([]float32, len(e.causes)), guilt: make([]float32, len(e.causes)), moved: true,
		place: make([]uint8, len(e.causes)),
		sums:  make([]float32, len(e.plans)), class: make([]uint8, len(e.plans)), worth: make([]uint16, 0, len(e.plans)),
		tally: make([]float32, maxWays*classes), answered: make([]float32, maxOptions*classes), told: make([]float32, maxOptions), separating: make([]float32, likeliest*maxOptions),
	}
	for q := range s.goes {
		s.goes[q].known = make([]float32, len(e.causes))
	}
	return s
}

// Diagnose is what follows from the answers. The order in which they were given does not matter, and "unknown" says nothing.
func (s *Session) Diagnose(a Answers) *Findings {
	f := &s.findings
	*f = Findings{Causes: f.Causes[:0], Plans: f.Plans[:0]}
	s.world, s.change = a.world(), a.Told[Since]
	somethingElse := s.update(&a)
	s.marginalize(&a, somethingElse)
	s.contradict(&a)
	s.least = float32(s.engine.tuning[alive] * (1 - somethingElse))
	s.offer(&a, somethingElse)
	s.inquire(&a, somethingElse)
	return f
}

func informative(o Option) bool { return o != Unasked && o != Unknown }

// update gives every scenario its posterior, after what was done, and gives that of what is not in the model.
func (s *Session) update(a *Answers) (somethingElse float32) {
	e := s.engine
	copy(s.posterior, e.prior)
	somethingElse = e.tuning[outside]
	for q, o := range a.Told {
		if !informative(o) {
			continue
		}
		from := a.source(Question(q))
		likely := s.table(Question(q), o, from)
		for i, c := range e.columns[q] {
			s.posterior[i] *= likely[c]
		}
		somethingElse *= e.flat[from][q][o]
	}
	if a.unspoken() {
		somethingElse *= e.tuning[beyond]
	}
	if a.pasted() {
		for i := range s.posterior {
			if e.scenarios[i].trouble() == 0 {
				s.posterior[i] *= e.tuning[untroubled]
			}
		}
	}
	somethingElse = s.rescale(somethingElse)
	for i := range s.now {
		s.now[i] = uint16(i)
	}
	failed := e.tuning[undone]
	for k := range a.attempts() {
		after := &a.After[k]
		s.see(after)
		for i, at := range s.now {
			next := e.after(at, after.did, s.change)
			done, left := float32(s.seen[next]*(1-failed)), float32(s.seen[at]*failed)
			s.posterior[i] *= done + left
			if done >= left { // a scenario goes where most of its weight does
				s.now[i] = next
			}
		}
		for i, o := range after.Told {
			if informative(o) {
				somethingElse *= e.flat[after.source(i)][changing[i]][o]
			}
		}
		somethingElse = s.rescale(somethingElse)
	}
	total := somethingElse
	for _, w := range s.posterior {
		total += w
	}
	for i := range s.posterior {
		s.posterior[i] /= total
	}
	return somethingElse / total
}

// rescale makes the greatest weight 1, for sixty answers multiply to nothing.
func (s *Session) rescale(somethingElse float32) float32 {
	most := somethingElse
	for _, w := range s.posterior {
		if w > most {
			most = w
		}
	}
	for i := range s.posterior {
		s.posterior[i] /= most
	}
	return somethingElse / most
}

// see finds how likely it is to see in each scenario what was seen after an attempt.
func (s *Session) see(after *After) {
	for i := range s.seen {
		s.seen[i] = 1
	}
	for k, o := range after.Told {
		if q := changing[k]; informative(o) {
			likely := s.table(q, o, after.source(k))
			for i, c := range s.engine.columns[q] {
				s.seen[i] *= likely[c]
			}
		}
	}
}

// table is how likely an answer is in the scenarios of each column's number.
func (s *Session) table(q Question, o Option, from source) []float32 {
	profiles := s.engine.profiles[from][q]
	for i := range profiles {
		s.likely[i] = profiles[i][o]
	}
	return s.likely[:]
}

// marginalize sums the posterior up by cause.
func (s *Session) marginalize(a *Answers, somethingElse float32) {
	e, f := s.engine, &s.findings
	clear(s.mass)
	s.likeliest = 0
	var heaviest float32
	for i, w := range s.posterior {
		s.mass[e.cause[s.now[i]]] += w
		if w > heaviest {
			heaviest, s.likeliest = w, i
		}
	}
	likeliest := &e.scenarios[s.now[s.likeliest]]
	f.Likeliest = likeliest.config
	if a.Repaired() {
		secure := &likeliest.visits[1]
		for i, w := range s.posterior {
			if visit := &e.scenarios[s.now[i]].visits[1]; visit.Visitor == secure.Visitor && visit.Origin == secure.Origin {
				f.Alike += w
			}
		}
		f.Alike /= 1 - somethingElse
	}
	if kind, sited := a.kind(); sited && shared(kind) && shared(f.Likeliest[model.Origin]) {
		f.Likeliest[model.Origin] = kind
	}
	last := len(s.mass) - 1
	s.mass[last] = somethingElse
	var listed float32
	for c, m := range s.mass {
		if m >= e.tuning[named] || c == last {
			f.Causes = append(f.Causes, Cause{ID: e.causes[c], Share: m, index: c})
			listed += m
		}
	}
	for i := range f.Causes {
		f.Causes[i].Share /= listed
	}
	sortCauses(f.Causes)
	s.reason(a)
}

// sortCauses puts the likeliest first, the earlier of equals before the later. There are few to be moved.
func sortCauses(causes []Cause) {
	for i := 1; i < len(causes); i++ {
		for j := i; j > 0 && causes[j].Share > causes[j-1].Share; j-- {
			causes[j], causes[j-1] = causes[j-1], causes[j]
		}
	}
}
