package diagnose

import "math"

// What to ask next, and whether.

// classes is how many plans an inquiry tells apart; the last class is all other plans together.
const classes = 48

// inquire chooses the next question. What is at hand and where the site lives come right behind the symptom, unless an answer shows
// them: they decide what else can be asked. Then it is the one that tells most about which plan works, for the minutes that it costs,
// from a person who may not know. Of near equals, the one after which the best plan is surest; and what stands in a dashboard before
// what needs a shell.
func (s *Session) inquire(a *Answers, somethingElse float32) {
	f, t := &s.findings, &s.engine.tuning
	asked := 0                 // after what comes first, and before anything was done
	var lacks [skills]constant // how far off the chance is for who could not answer once
	for q, o := range a.Told {
		switch Question(q) {
		case Symptom, Origin, Access, LastingMode, GreyTakes:
		default:
			if o != Unasked && a.attempts() == 0 && a.source(Question(q)) == byPeople {
				asked++
			}
		}
		if o == Unknown {
			lacks[questions[q].skill] = unsureOnce - unsure
		}
	}
	if q, first := a.first(); first {
		f.Next = Inquiry{Question: q, Key: q.String(), Separates: s.separate(q)}
		return
	}
	known := float32(1) // who sees something else is asked twice all the same: the model may know it by another name
	if asked < 2 {
		known -= somethingElse
	}
	f.Done = a.Repaired() || somethingElse >= t[lost] && asked >= 2
	for i := range f.Plans {
		p := &f.Plans[i]
		f.Done = f.Done || (p.Kind == Fix || s.world != ownWorld) && (p.Chance >= t[enoughRisk] || p.Chance >= t[enough] && !p.Risky)
	}
	s.classify()
	_, equips := a.hand()
	var top, most, surest [2]float32 // of all, and of the settings that stand before a command
	var next [2]Question
	for q := range QuestionCount {
		if slot := a.Slot(q); slot == nil || *slot != Unasked || asked >= int(t[limit]) || !a.canAnswer(q) || a.couldNot(q) {
			continue
		}
		gain, sure := s.gain(q)
		gain /= known
		if gain < t[telling] {
			continue
		}
		takes := questions[q].skill
		doubt, cost := t[unsure+constant(takes)+lacks[takes]], t[minutes+constant(q)]
		if equips && lacks[takes] == 0 && takes >= dashboard {
			doubt, cost = doubt*t[equipped], cost*t[equipped]
		}
		value := (1 - doubt) * gain / cost
		for k := range next {
			if k == 1 && q != Mode && q != Proxied {
				continue
			}
			if value > top[k]*t[better] || value > top[k]*t[equal] && sure > surest[k] {
				next[k], top[k], most[k], surest[k] = q, value, gain, sure
			}
		}
	}
	k := 0
	if setting := top[1] > 0; setting && (questions[next[0]].skill == command || top[0] < t[worth]) {
		k = 1
	}
	f.Next.Question = next[k]
	f.Done = f.Done || top[k] == 0 || k == 0 && top[0] < t[worth]
	if !f.Done || most[k] >= t[curious] {
		f.Next.Key = a.Key(f.Next.Question)
		f.Next.Separates = s.separate(f.Next.Question)
	}
}

// first is what is asked before all else: the symptom, where the site lives, what is at hand, and the number beside a 530. Who has run a command has a server
// and a shell; who has done something already is not asked who they are.
func (a *Answers) first() (q Question, any bool) {
	switch {
	case a.Told[Symptom] == Unasked:
		return Symptom, true
	case a.attempts() > 0:
		return 0, false
	}
	if a.ran() {
		return 0, false
	}
	for _, q := range [...]Question{Origin, Access} {
		if a.Told[q] == Unasked {
			return q, true
		}
	}
	// It stands on the same page, and says nearly all.
	return Number, a.Told[Number] == Unasked && a.canAnswer(Number)
}

// classify gives the plans that are best for the most their own class, and the others the last.
func (s *Session) classify() {
	e := s.engine
	clear(s.sums)
	for _, i := range s.alive {
		s.sums[e.best[s.world][s.now[i]]] += s.posterior[i]
	}
	s.worth = s.worth[:0]
	for p := range s.class {
		s.class[p] = classes - 1
		if s.sums[p] > 0 {
			s.worth = append(s.worth, uint16(p))
		}
	}
	for c := range min(classes-1, len(s.worth)) {
		best, sum := uint16(0), float32(0)
		for _, p := range s.worth {
			if w := s.sums[p]; w > sum {
				best, sum = p, w
			}
		}
		s.sums[best] = 0
		s.class[best] = uint8(c)
	}
}

// gain is how many bits an answer tells about the class of the plan that works, and how sure the best plan is then. What
// it tells about SomethingElse is left out: nobody is asked about a setting that has nothing to do with what they see.
func (s *Session) gain(q Question) (gain, sure float32) {
	e := s.engine
	tally := s.tally[:len(e.profiles[byPeople][q])*classes]
	clear(tally)
	column := e.columns[q]
	for _, i := range s.alive {
		at := s.now[i]
		tally[int(column[at])*classes+int(s.class[e.best[s.world][at]])] += s.posterior[i]
	}
	clear(s.answered)
	for i, w := range tally {
		if w == 0 {
			continue
		}
		for o, l := range e.profiles[byPeople][q][i/classes][:q.Asked()+1] {
			s.answered[o*classes+i%classes] += float32(w * l)
		}
	}
	all := s.answered[:classes] // no option has the number 0
	var total, after float32
	for o := 1; o <= int(q.Asked()); o++ {
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

// likeliest is among how many causes an inquiry tells apart, and maxSeparate how many of them it names.
const (
	likeliest   = 8
	maxSeparate = 4
)

// separate names the likeliest causes to which the question has different answers.
func (s *Session) separate(q Question) []string {
	e, f := s.engine, &s.findings
	clear(s.place)
	clear(s.separating)
	for k := 0; k < len(f.Causes) && k < likeliest; k++ {
		s.place[f.Causes[k].index] = uint8(k + 1)
	}
	for i, w := range s.posterior {
		at := s.now[i]
		if place := s.place[e.cause[at]]; place > 0 {
			told := s.separating[int(place-1)*maxOptions:][:maxOptions]
			for o, l := range e.profiles[byPeople][q][e.columns[q][at]] {
				told[o] += float32(w * l)
			}
		}
	}
	n := 0
	var seen Questions // as a set of options
	for k := 0; k < len(f.Causes) && k < likeliest && n < maxSeparate; k++ {
		told := s.separating[k*maxOptions:][:maxOptions]
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
