package diagnose

import (
	"math"
	"math/bits"

	"sslclinic/wasmcheck/model"
)

// Findings are what follows from a person's answers. They belong to the session that made them, until it is asked again.
type Findings struct {
	Causes        []Cause   // the likeliest first, with SomethingElse among them; their shares add up to 1
	Next          Inquiry   // what to ask now; when Done, what may still be asked, if it has a Key
	Plans         []Plan    // the one to offer first, first
	Contradiction Questions // answers that no set-up can give together; where it is one alone, the rest can be
	Conflicting   Questions // as Contradiction, of the answers told of what the last attempt has left
	Fits          int       // set-ups that still fit
	Likeliest     model.Config
	Done          bool // enough is known, or no question is worth its cost
}

// A Cause is what is wrong, with how probable it is among all causes.
type Cause struct {
	ID      string
	Share   float32
	Because Questions // answers that speak for it, those at [Answers.Slot]
	Against Questions // answers that speak against it
	index   int
}

// Questions is a set of questions, one bit a question.
type Questions uint32

// Has reports whether a question is in the set.
func (s Questions) Has(q Question) bool { return s>>q&1 != 0 }

// An Inquiry is a question worth asking, and the likeliest causes that it tells apart.
type Inquiry struct {
	Question  Question
	Key       string // where the answer belongs, see [Answers.Key]
	Separates []string
}

// A Plan is what to do, proved in every set-up that it counts.
type Plan struct {
	Steps  []Action
	Works  int // of the set-ups that still fit
	Of     int
	Else   string  // the failure seen next in most of the others, or "mixed"; "ok" where none fails; empty where there are none
	Chance float32 // that it works, SomethingElse included
	Kind   Kind
	Risky  bool
	Ends   Ends

	actions actions
	value   float32 // the chance, less what the minutes are worth
}

// Promising reports that a plan is worth a person's while.
func (p *Plan) Promising() bool { return p.Chance >= promising }

// Confidence puts the chance into a word: high, from which on no more is asked; fair; or low.
func (p *Plan) Confidence() string {
	switch {
	case p.Chance >= high:
		return "high"
	case p.Chance >= fair:
		return "fair"
	}
	return "low"
}

// Needs are the public ids of what a plan can need to be at hand, in the order in which they are told.
func Needs() []string { return needIDs[:] }

var needIDs = [...]string{"dashboard", "shell"}

// Needs reports whether a step of the plan needs it: the edge's dashboard for what is set there, and else a shell on the
// origin server.
func (p *Plan) Needs(id string) bool {
	for _, s := range p.Steps {
		if (s.Who() == Dashboard) == (id == needIDs[0]) {
			return true
		}
	}
	return false
}

// Ends is where a plan leads, in the likeliest set-up in which it works, and how an https visit then travels.
type Ends struct {
	Mode, Proxied   model.Value
	Visitor, Origin model.Protection
}

const (
	maxPlans    = 6 // offered at once
	maxSeparate = 4 // causes that an inquiry names
)

// A Session is the working memory of one conversation at a time. It is made once, and allocates nothing afterwards.
type Session struct {
	engine   *Engine
	findings Findings

	now       []uint16  // by scenario: where it is after what was done
	posterior []float32 // by scenario as it is now
	alive     []uint16  // scenarios that count
	least     float32   // weight from which a scenario fits

	fit   []Questions // by scenario: the answers that fit it
	mass  []float32   // by cause
	guilt []float32   // by cause: the prior of all of its scenarios
	known []float32   // by cause: how much of that goes with an answer
	sums  []float32   // by plan

	class    []uint8      // by plan
	likely   [256]float32 // by column's number, see table
	tally    []float32    // by profile and class
	answered []float32    // by option and class
	told     []float32    // by option, while a plan is proved or a cause's answer found

	steps     [maxPlans * ActionCount]Action
	separates [maxSeparate]string
}

// classes is how many plans an inquiry tells apart; the last class is all other plans together.
const classes = 48

// NewSession is a session with all the memory that it will need.
func NewSession(e *Engine) *Session {
	n := len(e.scenarios)
	return &Session{
		engine: e,
		findings: Findings{
			Causes: make([]Cause, 0, len(e.causes)),
			Plans:  make([]Plan, 0, len(e.plans)),
		},
		now: make([]uint16, n), fit: make([]Questions, n), posterior: make([]float32, n), alive: make([]uint16, 0, n),
		mass: make([]float32, len(e.causes)), guilt: make([]float32, len(e.causes)), known: make([]float32, len(e.causes)),
		sums: make([]float32, len(e.plans)), class: make([]uint8, len(e.plans)),
		tally: make([]float32, 256*classes), answered: make([]float32, maxOptions*classes), told: make([]float32, maxOptions),
	}
}

// Diagnose is what follows from the answers. The order in which they were given does not matter, and "unknown" says nothing.
func (s *Session) Diagnose(a Answers) *Findings {
	f := &s.findings
	*f = Findings{Causes: f.Causes[:0], Plans: f.Plans[:0]}
	somethingElse := s.update(&a)
	s.marginalize(&a, somethingElse)
	s.contradict(&a)
	s.least = float32(s.engine.tuning[alive] * (1 - somethingElse))
	s.offer(&a)
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
		likely := s.table(Question(q), o)
		for i, c := range e.columns[q] {
			s.posterior[i] *= likely[c]
		}
		somethingElse *= e.flat[q][o]
	}
	for i := range s.now {
		s.now[i] = uint16(i)
	}
	failed := e.tuning[undone]
	for k := range a.attempts() {
		after := &a.After[k]
		for i, at := range s.now {
			next := e.after(at, after.did)
			done, left := float32(e.seen(next, after)*(1-failed)), float32(e.seen(at, after)*failed)
			s.posterior[i] *= done + left
			if done >= left { // a scenario goes where most of its weight does
				s.now[i] = next
			}
		}
		for i, o := range after.Told {
			if informative(o) {
				somethingElse *= e.flat[changing[i]][o]
			}
		}
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

// seen is how likely it is to see in a scenario what was seen after an attempt.
func (e *Engine) seen(at uint16, after *After) float32 {
	p := float32(1)
	for i, o := range after.Told {
		if q := changing[i]; informative(o) {
			p *= e.profiles[q][e.columns[q][at]][o]
		}
	}
	return p
}

// table is how likely an answer is in the scenarios of each column's number.
func (s *Session) table(q Question, o Option) []float32 {
	for i := range s.engine.profiles[q] {
		s.likely[i] = s.engine.profiles[q][i][o]
	}
	return s.likely[:]
}

// marginalize sums the posterior up by cause.
func (s *Session) marginalize(a *Answers, somethingElse float32) {
	e, f := s.engine, &s.findings
	clear(s.mass)
	var heaviest float32
	for i, w := range s.posterior {
		s.mass[e.cause[s.now[i]]] += w
		if w > heaviest {
			heaviest, f.Likeliest = w, e.scenarios[s.now[i]].config
		}
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
		if !informative(o) {
			continue
		}
		likely := s.table(q, o)
		clear(s.known)
		var overall float32
		for i, at := range s.now {
			told := at
			if lasting(q) {
				told = uint16(i) // it was told of the set-up as it was
			}
			l := float32(e.prior[i] * likely[e.columns[q][told]])
			s.known[e.cause[at]] += l
			overall += l
		}
		s.known[last] = flat * e.flat[q][o]
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
// something else, and contradicts nothing.
func (s *Session) contradict(a *Answers) {
	e := s.engine
	var all Questions
	clear(s.fit)
	for q, o := range a.Told {
		if !informative(o) {
			continue
		}
		for i, c := range e.columns[q] {
			if e.fit[q][c]>>o&1 != 0 {
				s.fit[i] |= 1 << q
				all |= 1 << q
			}
		}
	}
	// What was told after the last attempt is of the scenarios where they are now, and has the bits behind.
	const later = int(QuestionCount)
	if n := a.attempts(); n > 0 {
		for k, o := range a.After[n-1].Told {
			if q := changing[k]; informative(o) {
				for i, at := range s.now {
					if e.fit[q][e.columns[q][at]]>>o&1 != 0 {
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
			together[bits.TrailingZeros32(uint32(rest))] |= fits
		}
		missing := all &^ fits
		if n := bits.OnesCount32(uint32(missing)); n < fewest || n == fewest && e.prior[i] > most {
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
	s.findings.Contradiction = odd & (1<<later - 1)
	for k, q := range changing {
		s.findings.Conflicting |= odd >> (later + k) & 1 << q
	}
}

// offer finds the plans that are worth offering, and proves them in every scenario that still fits.
func (s *Session) offer(a *Answers) {
	e, f := s.engine, &s.findings
	clear(s.sums)
	s.alive = s.alive[:0]
	glimpsed := s.least / e.tuning[glimpse]
	for i, w := range s.posterior {
		if w < glimpsed {
			continue
		}
		s.alive = append(s.alive, uint16(i))
		s.sums[e.best[s.now[i]]] += w
		s.sums[e.second[s.now[i]]] += w
		if w >= s.least {
			f.Fits++
		}
	}
	noCert := a.noCert()
	for range maxCandidates {
		best, sum := 0, float32(0)
		for p := 1; p < len(s.sums); p++ {
			if s.sums[p] > sum && (!noCert || e.plans[p]&needsCert == 0) {
				best, sum = p, s.sums[p]
			}
		}
		if best == 0 || sum < e.tuning[offered]/2 { // a plan may work in other set-ups than those whose best it is
			break
		}
		s.sums[best] = 0
		f.Plans = append(f.Plans, Plan{actions: e.plans[best]})
		s.prove(&f.Plans[len(f.Plans)-1])
	}
	s.rank(noCert)
}

// maxCandidates is how many plans are proved at most.
const maxCandidates = 24

// noCert reports that the person cannot install a certificate, and has to make do.
func (a *Answers) noCert() bool { return a.Told[CanInstallCert] == 2 }

// prove goes through a plan in every scenario that counts.
func (s *Session) prove(p *Plan) {
	e := s.engine
	p.Of = s.findings.Fits
	var heaviest float32
	others := s.told
	clear(others)
	for _, i := range s.alive {
		at := s.now[i]
		end := e.after(at, p.actions)
		w := s.posterior[i]
		if !e.works(at, end) {
			if w >= s.least {
				others[e.scenarios[end].shows()] += w
			}
			continue
		}
		p.Chance += w
		if w >= s.least {
			p.Works++
		}
		if w > heaviest {
			heaviest = w
			p.Kind = e.kind(p.actions, end)
			r := &e.scenarios[end]
			p.Ends = Ends{r.config[model.Mode], r.config[model.Proxied], r.visits[1].Visitor, r.visits[1].Origin}
		}
	}
	if p.Works < p.Of {
		others[0] = 0 // who does not fail needs no warning
		p.Else = outcome(most(others))
	}
	var cost float32
	for a := range ActionCount {
		if p.actions>>a&1 != 0 {
			cost += e.tuning[effort+constant(a)] + e.tuning[stepMinutes]
			p.Risky = p.Risky || a.Risky()
		}
	}
	p.value = p.Chance - cost/e.tuning[patience]
}

// outcome is the public id of what [scenario.shows] gives.
func outcome(o Option) string {
	if o == SymptomMixed {
		return Symptom.OptionID(o)
	}
	return model.Outcome(o).String()
}

// checked reports that a plan ends in a mode that checks the certificate, or without the edge.
func (p *Plan) checked() bool {
	return p.Kind == Fix && p.Ends.Mode != model.ModeFull
}

// rank puts the plans in order and drops those that are not worth their place. A work-around never stands above a fix,
// nor anything that ends unchecked above what ends checked, unless no certificate can be installed.
func (s *Session) rank(noCert bool) {
	f, t := &s.findings, &s.engine.tuning
	var best float32
	for i := range f.Plans {
		if f.Plans[i].Kind == Fix {
			if c := f.Plans[i].Chance; c > best {
				best = c
			}
		}
	}
	kept := f.Plans[:0]
	for i := range f.Plans {
		if p := &f.Plans[i]; p.Chance < t[offered] || p.Kind == Fix && p.Chance < best*t[weak] {
			continue
		}
		kept = append(kept, f.Plans[i])
		for j := len(kept) - 1; j > 0 && before(t, &kept[j], &kept[j-1], best, noCert); j-- {
			kept[j], kept[j-1] = kept[j-1], kept[j]
		}
	}
	n := 0
	for i := range kept {
		if n < maxPlans && !superseded(t, kept[:n], &kept[i], noCert) {
			kept[n] = kept[i]
			n++
		}
	}
	f.Plans = kept[:n]
	f.preferShort(t[shorter])
	steps := s.steps[:0]
	for i := range f.Plans {
		start := len(steps)
		for a := range ActionCount {
			if f.Plans[i].actions>>a&1 != 0 {
				steps = append(steps, a)
			}
		}
		f.Plans[i].Steps = steps[start:len(steps):len(steps)]
	}
}

// preferShort puts a part of the first plan before it when that is nearly as sure: who is not helped goes on from there.
func (f *Findings) preferShort(shorter float32) {
	for i := 1; i < len(f.Plans); i++ {
		p, first := f.Plans[i], &f.Plans[0]
		if p.actions&^first.actions == 0 && p.Kind == first.Kind && p.checked() == first.checked() && p.Chance >= first.Chance*shorter {
			copy(f.Plans[1:i+1], f.Plans[:i])
			f.Plans[0] = p
		}
	}
}

// tier is where a plan may stand: 0 at the top.
func tier(t *tuning, p *Plan, best float32, noCert bool) int {
	switch {
	case noCert:
		return 0
	case p.Kind == Workaround:
		return 2
	case p.Chance < best*t[unchecked] && !p.checked():
		return 1
	}
	return 0
}

func before(t *tuning, a, b *Plan, best float32, noCert bool) bool {
	if x, y := tier(t, a, best, noCert), tier(t, b, best, noCert); x != y {
		return x < y
	}
	return a.value > b.value
}

// superseded reports that an earlier plan makes this one pointless: it does no more work and is about as sure, or this
// one would end checked below one that does not.
func superseded(t *tuning, earlier []Plan, p *Plan, noCert bool) bool {
	for i := range earlier {
		q := &earlier[i]
		if q.actions&^p.actions == 0 && p.Chance < q.Chance+t[surer] || !noCert && p.checked() && !q.checked() {
			return true
		}
	}
	return false
}

// inquire chooses the next question: the one that tells most about which plan works, for the minutes that it costs,
// from a person who may not know. Of near equals, the one after which the best plan is surest.
func (s *Session) inquire(a *Answers, somethingElse float32) {
	f, t := &s.findings, &s.engine.tuning
	asked := 0
	var lacks [skills]constant // how far off the chance is for who could not answer once
	for q, o := range a.Told {
		if o != Unasked {
			asked++
		}
		if o == Unknown {
			lacks[questions[q].skill] = unsureOnce - unsure
		}
	}
	if a.Told[Symptom] == Unasked {
		f.Next = Inquiry{Question: Symptom, Key: Symptom.String(), Separates: s.separate(Symptom)}
		return
	}
	f.Done = somethingElse >= t[lost]
	for i := range f.Plans {
		p := &f.Plans[i]
		f.Done = f.Done || (p.Kind == Fix || a.noCert()) && (p.Chance >= t[enoughRisk] || p.Chance >= t[enough] && !p.Risky)
	}
	s.classify()
	var top, most, surest float32
	for q := range QuestionCount {
		if slot := a.Slot(q); slot == nil || *slot != Unasked || asked >= int(t[limit]) {
			continue
		}
		gain, sure := s.gain(q)
		takes := questions[q].skill
		value := (1 - t[unsure+constant(takes)+lacks[takes]]) * gain / t[minutes+constant(q)]
		if gain >= t[telling] && (value > top*t[better] || value > top*t[equal] && sure > surest) {
			f.Next.Question = q
			top, most, surest = value, gain, sure
		}
	}
	f.Done = f.Done || top < t[worth]
	if !f.Done || most >= t[curious] {
		f.Next.Key = a.Key(f.Next.Question)
		f.Next.Separates = s.separate(f.Next.Question)
	}
}

// classify gives the plans that are best for the most their own class, and the others the last.
func (s *Session) classify() {
	e := s.engine
	clear(s.sums)
	for _, i := range s.alive {
		s.sums[e.best[s.now[i]]] += s.posterior[i]
	}
	for p := range s.class {
		s.class[p] = classes - 1
	}
	for c := range classes - 1 {
		best, sum := -1, float32(0)
		for p, w := range s.sums {
			if w > sum {
				best, sum = p, w
			}
		}
		if best < 0 {
			break
		}
		s.sums[best] = 0
		s.class[best] = uint8(c)
	}
}

// gain is how many bits an answer tells about the class of the plan that works, and how sure the best plan is then. What
// it tells about SomethingElse is left out: nobody is asked about a setting that has nothing to do with what they see.
func (s *Session) gain(q Question) (gain, sure float32) {
	e := s.engine
	tally := s.tally[:len(e.profiles[q])*classes]
	clear(tally)
	column := e.columns[q]
	for _, i := range s.alive {
		at := s.now[i]
		tally[int(column[at])*classes+int(s.class[e.best[at]])] += s.posterior[i]
	}
	clear(s.answered)
	for i, w := range tally {
		if w == 0 {
			continue
		}
		for o, l := range e.profiles[q][i/classes][:q.Options()+1] {
			s.answered[o*classes+i%classes] += float32(w * l)
		}
	}
	all := s.answered[:classes] // no option has the number 0
	var total, after float32
	for o := 1; o <= int(q.Options()); o++ {
		answered := s.answered[o*classes:][:classes]
		var sum, most float32
		for c, w := range answered {
			all[c] += w
			sum += w
			if w > most {
				most = w
			}
		}
		after += entropy(answered, sum)
		sure += most
		total += sum
	}
	return entropy(all, total) - after, sure
}

// entropy of weights is in bits, times their sum.
func entropy(weights []float32, sum float32) (bits float32) {
	for _, w := range weights {
		if w > 0 {
			bits += float32(w * log2(sum/w))
		}
	}
	return bits
}

// log2 of a positive number, to six digits. That of package math is in assembly on some machines, and native and module
// have to agree. For the same reason products are rounded before they are added: some machines would do both at once.
func log2(x float32) float32 {
	bits := math.Float32bits(x)
	exponent := float32(int(bits>>23) - 127)
	m := math.Float32frombits(bits&0x7fffff | 127<<23)
	s := (m - 1) / (m + 1)
	t := float32(s * s)
	return exponent + float32(float32(2.885390082*s)*(1+float32(t*(1.0/3+float32(t*(1.0/5+float32(t*(1.0/7))))))))
}

// likeliest is among how many causes an inquiry tells apart.
const likeliest = 8

// separate names the likeliest causes to which the question has different answers.
func (s *Session) separate(q Question) []string {
	e, f := s.engine, &s.findings
	n := 0
	var seen Questions // as a set of options
	for k := 0; k < len(f.Causes) && k < likeliest && n < maxSeparate; k++ {
		told := s.told
		clear(told)
		for i, w := range s.posterior {
			if at := s.now[i]; int(e.cause[at]) == f.Causes[k].index {
				for o, l := range e.profiles[q][e.columns[q][at]] {
					told[o] += float32(w * l)
				}
			}
		}
		if top := most(told); top > 0 && !seen.Has(Question(top)) {
			seen |= 1 << top
			s.separates[n] = f.Causes[k].ID
			n++
		}
	}
	return s.separates[:n]
}

// most is the option with the greatest weight, the first of equals.
func most(told []float32) (top Option) {
	for o, w := range told {
		if w > told[top] {
			top = Option(o)
		}
	}
	return top
}
