package diagnose

import "sslclinic/wasmcheck/model"

// What to do: the plans that are worth offering, proved, and in order.

// maxPlans is how many are offered at once.
const maxPlans = 6 // and a message

// offer finds the plans that are worth offering, and proves them in every scenario that still fits: of those that are of the second leg
// where the site lives. Where what no plan of the person's can help is likelier than the first plan, or where answers do not go together
// and nothing is half sure, a message stands before it.
func (s *Session) offer(a *Answers, somethingElse float32) {
	e, f := s.engine, &s.findings
	clear(s.sums)
	s.alive = s.alive[:0]
	glimpsed := s.least / e.tuning[glimpse]
	best, second := e.best[s.world], e.second[s.world]
	kind, sited := a.kind()
	lost := somethingElse
	for i, w := range s.posterior {
		if w < glimpsed {
			continue
		}
		r := &e.scenarios[s.now[i]]
		if own := r.config[model.Origin]; sited && own != kind && (!shared(own) || !shared(kind)) {
			lost += w
			continue
		}
		if best[s.now[i]] == 0 && r.trouble() != 0 {
			lost += w
		}
		s.alive = append(s.alive, uint16(i))
		s.sums[best[s.now[i]]] += w
		s.sums[second[s.now[i]]] += w
		if w >= s.least {
			f.Fits++
		}
	}
	if s.change > sinceNothing && s.change < changes && !a.done(UndoLastChange) {
		s.propose(a, 1<<UndoLastChange)
	}
	for range maxCandidates {
		top, sum := 0, float32(0)
		for p := 1; p < len(s.sums); p++ {
			if s.sums[p] > sum && s.allows(a, e.plans[p]) {
				top, sum = p, s.sums[p]
			}
		}
		if top == 0 || sum < e.tuning[offered]/2 { // a plan may work in other set-ups than those whose best it is
			break
		}
		s.sums[top] = 0
		s.propose(a, e.plans[top])
	}
	s.rank(a)
	if first := f.Plans[0].Chance; !f.Plans[0].Message() && a.Seen() != SymptomNone && (lost > first || f.Contradiction|f.Conflicting != 0 && first < fair) {
		s.message(a)
	}
	s.write(a)
}

// message puts before all plans a message to who can look.
func (s *Session) message(a *Answers) {
	f := &s.findings
	f.Plans = append(f.Plans, Plan{})
	copy(f.Plans[1:], f.Plans)
	f.Plans[0] = Plan{needs: a.messageTo(), Of: f.Fits}
}

// propose proves a plan, and holds it ready.
func (s *Session) propose(a *Answers, set actions) {
	f := &s.findings
	if kind, sited := a.kind(); sited && kind == model.OriginHosting && set>>AddServerName&1 != 0 {
		set = set&^(1<<AddServerName) | 1<<AddDomain // whose panel does both
	}
	for i := range f.Plans {
		if f.Plans[i].actions == set {
			return
		}
	}
	f.Plans = append(f.Plans, Plan{actions: set, needs: a.needs(set)})
	s.prove(&f.Plans[len(f.Plans)-1])
}

// maxCandidates is how many plans are proved at most.
const maxCandidates = 32

// noCert reports that the person cannot install a certificate, and has to make do.
func (a *Answers) noCert() bool { return a.Told[CanInstallCert] == 2 }

// done reports that an attempt had the action in it.
func (a *Answers) done(s Action) bool {
	for i := range a.After {
		if a.After[i].did>>s&1 != 0 {
			return true
		}
	}
	return false
}

// allows reports that a plan makes sense to who gave these answers: its actions exist where the site lives, no certificate is put where
// none can be, a grey cloud has no mode, and a leg that no mode protects is not repaired by one, unless the mode is Off.
func (s *Session) allows(a *Answers, set actions) bool {
	kind, sited := a.kind()
	switch {
	case sited && set&^exists[kind] != 0, a.noCert() && set&needsCert != 0, set&^a.did() == 0 && set&modeActions == 0:
		return false // nor what was done already, and has not helped
	case set&onlyEdge != 0 && s.findings.Likeliest[model.Proxied] == model.ProxiedNo && a.Told[Proxied] == Option(model.ProxiedNo)+1 && (set|a.did())>>ProxyOn&1 == 0:
		return false
	case set&modeActions == 0:
		return true
	case a.Told[Proxied] == Option(model.ProxiedNo)+1 && (set|a.did())>>ProxyOn&1 == 0:
		return false
	}
	off := a.Told[Mode] == Option(model.ModeOff)+1 || !informative(a.Told[Mode]) && s.findings.Likeliest[model.Mode] == model.ModeOff
	return !sited || shared(kind) || off
}

// did is everything that was done.
func (a *Answers) did() (all actions) {
	for i := range a.After {
		all |= a.After[i].did
	}
	return all
}

// prove goes through a plan in every scenario that counts.
func (s *Session) prove(p *Plan) {
	e := s.engine
	p.Of = s.findings.Fits
	var heaviest float32
	others := s.told
	clear(others)
	for _, i := range s.alive {
		at := s.now[i]
		end := e.after(at, p.actions, s.change)
		w := s.posterior[i]
		if !e.works(at, end) {
			if w >= s.least {
				if o := e.scenarios[end].shows(); o != SymptomNotIssued { // which no visit shows
					others[o] += w
				}
			}
			continue
		}
		p.Chance += w
		if w >= s.least {
			p.Works++
		}
		if w > heaviest {
			heaviest = w
			p.Kind = e.kind(p.actions, at, end)
			r := &e.scenarios[end]
			p.Ends = Ends{r.config[model.Mode], r.config[model.Proxied], r.config[model.Origin], r.visits[1].Visitor, r.visits[1].Origin}
			if lives := s.findings.Likeliest[model.Origin]; shared(lives) && shared(p.Ends.Lives) {
				p.Ends.Lives = lives
			}
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
	for ask, who := range [...]atHand{AskHost: askingHost, AskOwner: askingOwner} {
		if p.needs&who != 0 {
			cost += e.tuning[effort+constant(ask)]
		}
	}
	p.value = p.Chance - cost/e.tuning[patience]
}

// outcome is the public id of what [scenario.shows] gives.
func outcome(o Option) string {
	if o == 0 {
		return model.OutcomeOK.String()
	}
	return Symptom.OptionID(o)
}

// checked reports that a plan ends in a mode that checks the certificate, or without the edge.
func (p *Plan) checked() bool {
	return p.Kind == Fix && p.Ends.Mode != model.ModeFull
}

// rank puts the plans in order and drops those that are not worth their place. A work-around never stands above a fix,
// nor anything that ends unchecked above what ends checked, unless no certificate can be installed.
func (s *Session) rank(a *Answers) {
	f, t := &s.findings, &s.engine.tuning
	_, sited := a.kind()
	var best float32
	for i := range f.Plans {
		if f.Plans[i].Kind == Fix {
			if c := f.Plans[i].Chance; c > best {
				best = c
			}
		}
	}
	noCert := s.world == noCertWorld && (!sited || best < promising) // who makes do, unless something repairs where their site lives
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
	n = 0
	for i := range f.Plans {
		if f.Plans[i].promising() {
			f.Plans[n] = f.Plans[i]
			n++
		}
	}
	if f.Plans = f.Plans[:n]; n == 0 {
		s.message(a)
	}
}

// write fills in the steps of all plans.
func (s *Session) write(a *Answers) {
	f, steps := &s.findings, s.steps[:0]
	for i := range f.Plans {
		start := len(steps)
		steps = f.Plans[i].write(steps, a)
		f.Plans[i].Steps = steps[start:len(steps):len(steps)]
	}
}

// write adds the steps of a plan in the order in which they are done: who is to be asked first. While a site is down that a certificate
// keeps down, Full brings it up, encrypted, before the window in which a new one is issued, and strict ends it.
func (p *Plan) write(steps []Action, a *Answers) []Action {
	if p.needs&askingHost != 0 {
		steps = append(steps, AskHost)
	}
	if p.needs&askingOwner != 0 {
		steps = append(steps, AskOwner)
	}
	down := p.actions>>DNSOnlyUntilIssued&1 != 0 && a.Seen() == Option(model.Outcome526)
	window := down && p.actions&modeActions == 0 && a.Told[Mode] != Option(model.ModeOriginPull)+1
	for s := range ActionCount {
		switch {
		case p.actions>>s&1 == 0:
		case window && s == DNSOnlyUntilIssued:
			steps = append(steps, SetFull, s, SetStrict)
		case down && s == DNSOnlyUntilIssued && p.actions>>SetFull&1 != 0:
			steps = append(steps, SetFull, s)
		case down && s == SetFull:
		default:
			steps = append(steps, s)
		}
	}
	return steps
}

// messageTo is who can look where nothing is proved: the owner of the account for who has no dashboard and whose site is all at the edge,
// and otherwise whoever runs the server.
func (a *Answers) messageTo() atHand {
	kind, _ := a.kind()
	have, known := a.hand()
	if !shared(kind) && have&hasDashboard == 0 || kind == model.OriginPages && !known {
		return askingOwner
	}
	return askingHost
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
