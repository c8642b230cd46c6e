package diagnose

import "sslclinic/wasmcheck/model"

// What to do: the plans that are worth offering, proved, and in order.

// maxPlans is how many are offered at once.
const maxPlans = 6 // and a message

// offer finds the plans that are worth offering, and proves them in every scenario that still fits: of those that are of the second leg
// where the site lives. Where what no plan of the person's can help is likelier than the first plan, where answers do not go together or
// much was tried and nothing is half sure, or where who rents has nothing new to try, a message stands before it.
func (s *Session) offer(a *Answers, somethingElse float32) {
	e, f := s.engine, &s.findings
	clear(s.sums)
	s.alive = s.alive[:0]
	s.again = false
	glimpsed := s.least / e.tuning[glimpse]
	best, second := e.best[s.world], e.second[s.world]
	kind, sited := a.kind()
	lost, lasting := somethingElse, a.toWhatLasts()
	for i, w := range s.posterior {
		if w < glimpsed {
			continue
		}
		r := &e.scenarios[s.now[i]]
		if own := r.config[model.Origin]; sited && own != kind && (!shared(own) || !shared(kind)) {
			lost += w
			continue
		}
		if best[s.now[i]] == 0 && r.trouble() != 0 && (lasting == 0 || !s.works(a, s.now[i], e.after(s.now[i], lasting, s.change), lasting)) {
			lost += w
		}
		s.alive = append(s.alive, uint16(i))
		s.sums[best[s.now[i]]] += w
		s.sums[second[s.now[i]]] += w
		if w >= s.least {
			f.Fits++
		}
	}
	left := s.change == sinceCloudflareOn && a.Told[LastingMode] == lastingGrey // which leaving the edge for good undoes
	if s.change > sinceNothing && s.change < changes && !a.done(UndoLastChange) && !left {
		s.propose(a, 1<<UndoLastChange)
	}
	if lasting != 0 && s.allows(a, lasting) {
		s.propose(a, lasting)
		if seen := a.Seen(); (seen == SymptomNone || seen == SymptomBlockedHTTP) && lasting == 1<<SetFull && s.allows(a, 1<<AlwaysHTTPSOn) {
			s.propose(a, 1<<SetFull|1<<AlwaysHTTPSOn)
			s.propose(a, 1<<AlwaysHTTPSOn)
		}
		if a.Seen() == SymptomMixed && s.allows(a, lasting|1<<FixSubresources) {
			s.propose(a, lasting|1<<FixSubresources)
		}
	}
	if a.hidden() && s.allows(a, renewal) {
		s.propose(a, renewal)
	}
	if s.candidates(a); a.attempts() > 0 && !f.repairs() {
		s.again = true
		s.candidates(a)
	}
	s.rank(a)
	first := f.Plans[0].Chance
	rented := kind == model.OriginHosting || kind == model.OriginPlatform
	unsure := first < fair && (a.attempts() >= manyTried || f.Contradiction|f.Conflicting != 0)
	if !f.Plans[0].Message() && a.Seen() != SymptomNone && (lost > first || unsure || s.again && rented) {
		s.message(a)
	}
	s.write(a)
}

// repairs reports that one of the plans is worth a try, and does not make do.
func (f *Findings) repairs() bool {
	for i := range f.Plans {
		if f.Plans[i].Kind == Fix && f.Plans[i].promising() {
			return true
		}
	}
	return false
}

// candidates proposes the plans that are best for the most of what fits.
func (s *Session) candidates(a *Answers) {
	e := s.engine
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
}

// mostSteps is more than all of them can have together: every action, whom to ask, and what brings a site up meanwhile.
const mostSteps = (maxPlans + 1) * (int(ActionCount) + 4)

// message puts before all plans a message to who can look.
func (s *Session) message(a *Answers) {
	f := &s.findings
	f.Plans = append(f.Plans, Plan{needs: a.messageTo(), Of: f.Fits})
	move(f.Plans, len(f.Plans)-1, 0)
}

// move puts a plan before others. A plan is large, and the code that copies one is too.
func move(plans []Plan, from, to int) {
	p := plans[from]
	copy(plans[to+1:from+1], plans[to:from])
	plans[to] = p
}

// propose proves a plan without what is spent, and holds it ready.
func (s *Session) propose(a *Answers, set actions) {
	f := &s.findings
	if kind, sited := a.kind(); sited && kind == model.OriginHosting && set>>AddServerName&1 != 0 {
		set = set&^(1<<AddServerName) | 1<<AddDomain // whose panel does both
	}
	if set &^= s.spent(a, set); set == 0 {
		return
	}
	if set>>RenewCertificate&1 != 0 && a.hostsCert() && a.Seen() == Option(model.Outcome526) && s.allows(a, 1<<DNSOnlyUntilIssued) {
		set |= 1 << DNSOnlyUntilIssued // nobody sees beforehand whether the cloud has to be grey for it
	}
	for i := range f.Plans {
		if f.Plans[i].actions == set {
			return
		}
	}
	once, _ := a.stands()
	f.Plans = append(f.Plans, Plan{actions: set, again: set & once, needs: a.needs(set)})
	s.prove(a, &f.Plans[len(f.Plans)-1])
}

// toWhatLasts is the action that ends in what the host says lasts there; none where nobody knows.
func (a *Answers) toWhatLasts() actions {
	switch a.Told[LastingMode] {
	case lastingStrict:
		return 1 << SetStrict
	case lastingFull:
		return 1 << SetFull
	case lastingGrey:
		return 1 << ProxyOff
	case lastingFlexible:
		return 1 << SetFlexible
	}
	return 0
}

// renewal is how rented hosting's own certificate is renewed behind the edge.
const renewal actions = 1<<RenewCertificate | 1<<DNSOnlyUntilIssued

// hidden reports that a certificate that did not do does now for being looked at no more: it works in Full, which is what lasts there.
func (a *Answers) hidden() bool {
	return a.hostsCert() && a.Repaired() && a.did()>>SetFull&1 != 0 && a.did()&needsCert == 0
}

// works is the proof of a plan, see [Engine.works], to who knows what lasts. Where no more than Full does, what keeps a certificate from
// being issued harms nobody in Full, unless it is what they came with. Where the edge does not last, who leaves it is well when https is:
// whether http is still sent there is the host's.
func (s *Session) works(a *Answers, before, after uint16, set actions) bool {
	e := s.engine
	if a.hostsCert() && set&needsCert != 0 && set>>DNSOnlyUntilIssued&1 == 0 && e.scenarios[before].config[model.Issuance] != model.IssuanceOk {
		return false
	}
	if e.works(before, after) {
		return true
	}
	b, end := &e.scenarios[before], &e.scenarios[after]
	plain, secure := &end.visits[0], &end.visits[1]
	switch {
	case before == after:
	case set == renewal && a.hidden():
		return end.trouble() == 0 && b.config[model.CertDate] != model.CertDateValid && end.config[model.CertDate] == model.CertDateValid
	case a.Told[LastingMode] == lastingFull && end.config[model.Mode] == model.ModeFull && end.config[model.Proxied] == model.ProxiedYes:
		upgraded := plain.Final == model.HTTPS && secure.Final == model.HTTPS
		return a.Seen() != SymptomNotIssued && e.ends(b, end) && (trouble(b.visits) != 0 || upgraded)
	case a.Told[LastingMode] == lastingGrey && set>>ProxyOff&1 != 0:
		return end.trouble() == 0 && secure.Final == model.HTTPS && secure.Visitor == model.Authenticated
	}
	return false
}

// exist are the actions that there are with a kind of origin, and with this host: where nothing lasts but Flexible there is no
// certificate to speak of, and where the edge does not last there is no way back to it.
func (a *Answers) exist(kind model.Value) actions {
	set := exists[kind]
	switch a.Told[LastingMode] {
	case lastingFlexible:
		set = set&^(1<<SetStrict|1<<SetFull|1<<DNSOnlyUntilIssued|1<<CAAAdd) | 1<<SetFlexible
	case lastingGrey:
		set &^= 1 << ProxyOn
	}
	return set
}

// maxCandidates is how many plans are proved at most.
const maxCandidates = 32

// noCert reports that the person cannot install a certificate, and has to make do.
func (a *Answers) noCert() bool { return a.Told[CanInstallCert] == 2 }

// hostsCert reports that the only certificate there is the one that rented hosting issues by itself: with one of one's own, such as the
// Origin CA's, more than Full would last there. What keeps it from being issued is not got round by another.
func (a *Answers) hostsCert() bool {
	kind, _ := a.kind()
	return kind == model.OriginHosting && a.Told[LastingMode] == lastingFull
}

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
	case sited && set&^a.exist(kind) != 0, a.noCert() && set&needsCert != 0, set&^s.spent(a, set) == 0:
		return false
	case a.did()&modeActions == 0 && set&modeOf(a.Told[Mode]) != 0:
		return false // it is the mode that there is
	case set == 1<<SetFull && a.Seen() == Option(model.Outcome525):
		return false // which asks for the same handshake
	case set>>ProxyOff&1 != 0 && a.Told[Proxied] == Option(model.ProxiedNo)+1:
		return false
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

// modeOf is the action that ends in a mode that was told; none for another.
func modeOf(told Option) actions {
	for a := SetFlexible; a <= SetStrict; a++ {
		if told == Option(actionTable[a].to)+1 {
			return 1 << a
		}
	}
	return 0
}

// did is everything that was done.
func (a *Answers) did() (all actions) {
	for i := range a.After {
		all |= a.After[i].did
	}
	return all
}

// stands is what was done and is as it was left: the mode that was chosen last, and all else. What was done with it again is twice.
func (a *Answers) stands() (once, twice actions) {
	for i := range a.After {
		did := a.After[i].did
		if did&modeActions != 0 {
			once &^= modeActions &^ did
		}
		twice |= once & did
		once |= did
	}
	return once, twice
}

// spent is what is not proposed any more in a plan: it was done and has not helped. Where its effect can be doubted, it is looked at once
// again, as all is where nothing else repairs. What was done at the edge may have met no visit, where the plan is to bring them there.
func (s *Session) spent(a *Answers, plan actions) actions {
	once, twice := a.stands()
	spent := once&^doubtful | twice
	if s.again {
		spent = twice
	}
	if plan>>ProxyOn&1 != 0 {
		spent &^= onlyEdge
	}
	return spent
}

// prove goes through a plan in every scenario that counts.
func (s *Session) prove(a *Answers, p *Plan) {
	e := s.engine
	p.Of = s.findings.Fits
	var heaviest float32
	others := s.told
	clear(others)
	for _, i := range s.alive {
		at := s.now[i]
		end := e.after(at, p.actions, s.change)
		w := s.posterior[i]
		if !s.works(a, at, end, p.actions) {
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
	if p.Lasts = a.lasts(&p.Ends); p.Lasts == UntilRenewal && p.actions&makesValid == 0 && !informative(a.Told[Mode]) {
		p.Lasts = LastsUnknown // it leaves the certificate as it is, and a mode that nobody has told
	}
	if unmade := p.actions & (makesDo &^ (1 << SetFull)); p.Lasts == Lasts && unmade == 0 && (p.Ends.Proxied == model.ProxiedNo || p.Ends.Mode == model.ModeFull) {
		p.Kind = Fix // there is nothing higher to go to
	}
	if p.Works < p.Of {
		others[0] = 0 // who does not fail needs no warning
		next := most(others)
		p.Else, p.Fails = outcome(next), others[next]
	}
	var cost float32
	for step := range ActionCount {
		if p.actions>>step&1 != 0 {
			cost += e.tuning[effort+constant(step)] + e.tuning[stepMinutes]
			p.Risky = p.Risky || step.Risky()
		}
	}
	if wait := a.Told[GreyTakes]; informative(wait) && p.actions&(1<<DNSOnlyUntilIssued|1<<ProxyOff) != 0 {
		p.Waits = wait
		if p.actions>>RenewCertificate&1 == 0 { // who renews first may not have to wait
			cost += [...]float32{greyMinutes: 0, greyHours: e.tuning[waitHours], greyDay: e.tuning[waitDay]}[wait]
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

// checked reports that a plan ends in a mode that checks the certificate, without the edge, or in the highest that lasts.
func (p *Plan) checked() bool {
	return p.Lasts == Lasts || p.Kind == Fix && p.Ends.Mode != model.ModeFull
}

// rank puts the plans in order and drops those that are not worth their place. A work-around never stands above a fix,
// nor anything that ends unchecked above what ends checked, unless no certificate can be installed.
func (s *Session) rank(a *Answers) {
	f, t := &s.findings, &s.engine.tuning
	_, sited := a.kind()
	var best, lasting float32
	for i := range f.Plans {
		p := &f.Plans[i]
		if p.Kind == Fix && p.Chance > best {
			best = p.Chance
		}
		if p.Lasts == Lasts && p.Chance > lasting {
			lasting = p.Chance
		}
	}
	noCert := s.world == noCertWorld && (!sited || best < promising) // who makes do, unless something repairs where their site lives
	kept := f.Plans[:0]
	for i := range f.Plans {
		p := &f.Plans[i]
		if p.Chance < t[offered] || p.Kind == Fix && p.Chance < best*t[weak] {
			continue
		}
		p.tier = tier(t, p, best, lasting, noCert)
		if a.Seen() == SymptomNone && p.actions>>SetStrict&1 != 0 && (p.Lasts == UntilRenewal || p.Lasts == GreyLasts) {
			continue // nothing is wrong, and this would be in some weeks
		}
		at := len(kept)
		for at > 0 && before(p, &kept[at-1]) {
			at--
		}
		move(f.Plans, i, at)
		kept = f.Plans[:len(kept)+1]
	}
	n := 0
	for i := range kept {
		if !superseded(t, kept[:n], &kept[i], noCert) {
			move(kept, i, n)
			n++
		}
	}
	f.Plans = kept[:n]
	f.raiseUndo()
	f.Plans = f.Plans[:min(len(f.Plans), maxPlans)]
	f.preferShort(t[shorter])
	for at := range f.Plans {
		if f.Plans[at].actions == renewal && a.hidden() {
			move(f.Plans, at, 0) // what they came with is still there
		}
	}
	n = 0
	for i := range f.Plans {
		if f.Plans[i].promising() {
			move(f.Plans, i, n)
			n++
		}
	}
	if f.Plans = f.Plans[:n]; n == 0 {
		s.message(a)
	}
}

// readAtOnce is how many plans people look at.
const readAtOnce = 3

// raiseUndo puts undoing the last change among the plans that people look at, where it helps more often than the one that would stand
// there, and else among those that are offered: nobody needs to know what is wrong to do it. What may not stand below it is left out.
func (f *Findings) raiseUndo() {
	at := 0
	for at < len(f.Plans) && f.Plans[at].actions != 1<<UndoLastChange {
		at++
	}
	to := readAtOnce - 1
	switch {
	case at <= to || at == len(f.Plans):
		return
	case f.Plans[at].Chance < f.Plans[to].Chance:
		to = maxPlans - 1
	}
	if at <= to {
		return
	}
	move(f.Plans, at, to)
	n := to + 1
	for i := n; i < len(f.Plans); i++ {
		if f.Plans[i].tier >= f.Plans[to].tier {
			move(f.Plans, i, n)
			n++
		}
	}
	f.Plans = f.Plans[:n]
}

// write fills in the steps of all plans.
func (s *Session) write(a *Answers) {
	f, steps := &s.findings, s.steps[:0]
	for i := range f.Plans {
		start := len(steps)
		steps = f.Plans[i].write(steps, a)
		f.Plans[i].Steps, f.Plans[i].By = steps[start:len(steps):len(steps)], s.by[start:len(steps):len(steps)]
	}
	for i, step := range steps {
		s.by[i] = a.by(step).String()
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
	if stands, _ := a.stands(); window && stands>>SetFull&1 == 0 {
		steps = append(steps, SetFull)
	}
	for s := range ActionCount {
		switch {
		case p.actions>>s&1 == 0:
		case window && s == DNSOnlyUntilIssued:
			steps = append(steps, s, SetStrict)
		case down && s == DNSOnlyUntilIssued && p.actions>>SetFull&1 != 0:
			steps = append(steps, SetFull, s)
		case down && s == SetFull:
		default:
			steps = append(steps, s)
		}
	}
	return steps
}

// messageTo is who can look where nothing is proved: the owner of the account on Pages, and behind a tunnel, unless that is who asks, and
// otherwise whoever runs the server.
func (a *Answers) messageTo() atHand {
	have, known := a.hand()
	if kind, _ := a.kind(); kind == model.OriginPages || kind == model.OriginTunnel && !(known && have&hasDashboard != 0) {
		return askingOwner
	}
	return askingHost
}

// preferShort puts a part of the first plan before it when that is nearly as sure: who is not helped goes on from there.
func (f *Findings) preferShort(shorter float32) {
	for i := 1; i < len(f.Plans); i++ {
		p, first := &f.Plans[i], &f.Plans[0]
		if p.actions&^first.actions == 0 && p.Kind == first.Kind && p.checked() == first.checked() && p.Lasts == first.Lasts && p.Chance >= first.Chance*shorter {
			move(f.Plans, i, 0)
		}
	}
}

// tier is where a plan may stand: 0 at the top. What lasts stands above what does not, and is hardly surer.
func tier(t *tuning, p *Plan, best, lasting float32, noCert bool) int {
	switch {
	case p.Lasts == Lasts && (p.Kind == Fix || p.Chance >= best*t[unchecked]):
		return 0
	case p.Kind == Workaround && !noCert:
		return 2
	case p.Lasts > Lasts && lasting >= p.Chance*t[unchecked]:
		return 1
	case noCert:
		return 0
	case p.Chance < best*t[unchecked] && !p.checked():
		return 1
	}
	return 0
}

func before(a, b *Plan) bool {
	return a.tier < b.tier || a.tier == b.tier && a.value > b.value
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
