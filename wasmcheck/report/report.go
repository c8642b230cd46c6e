// Package report decides what is told of findings: which causes and in which word, the verdict, the plans, and the figure
// with the leg that fails. It decides once, for everybody who tells it: the pages without script, the page with script and
// its ticket, the command, and the tables.
//
// Its law: who tells a finding puts words to a Report, or fills them in, and decides nothing.
package report

import (
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// A Report is what is told of findings. Like these it belongs to the session that made them, until that is asked again.
type Report struct {
	Verdict Verdict
	Cause   string // the cause that the verdict names; "" when it names none

	Told   []Cause // causes worth a thought, the likeliest first; what is not in the model stands before all others
	Folded []Cause // the other single causes, to be looked up by who wants to know them
	Plans  []Plan  // worth offering, the one to offer first, first; none where it works and nobody knows how the legs are

	// The figure is the likeliest set-up, on the visit that shows what the person sees. Where none of its visits does, where
	// answers do not go together, or where it works and nobody knows how the legs are protected, nothing is Drawn.
	Drawn   bool
	Config  model.Config
	Scheme  model.Scheme
	Outcome model.Outcome // of that visit
	Leg     model.Leg     // on which it fails; none where nothing is drawn
}

// A Cause is a cause with the word for its share.
type Cause struct {
	*diagnose.Cause
	Degree Degree
}

// A Degree is how likely a cause is. A number would claim more than is known.
type Degree uint8

// The degrees, by share among all causes.
const (
	Unlikely Degree = iota
	Possible        // a tenth or more
	Likely          // half or more: likelier than all others together

	DegreeCount
)

// String is the degree's public id.
func (d Degree) String() string { return [...]string{"unlikely", "possible", "likely"}[d] }

func degree(share float32) Degree {
	switch {
	case share >= .5:
		return Likely
	case share >= .1:
		return Possible
	}
	return Unlikely
}

// A Plan is a plan with what it is to the person.
type Plan struct {
	*diagnose.Plan
	Role Role
	Then string // what is seen next where it does not help, if that is likely enough to be foretold; "" if not
}

// A Role is what a plan is to the person.
type Role uint8

// The roles.
const (
	First      Role = iota // what to do
	Safer                  // the same, where nothing fails
	Other                  // another way, if the first does not fit
	Workaround             // it gives up protection

	RoleCount
)

// String is the role's public id.
func (r Role) String() string { return [...]string{"plan", "safer", "plan_b", "workaround"}[r] }

// A Verdict is a finding in a few words.
type Verdict uint8

// The verdicts.
const (
	Open          Verdict = iota // several causes fit, and none is likely
	Settled                      // one cause is likely
	SomethingElse                // nothing in the model is likelier than what is not in it
	Contradiction                // no set-up gives these answers together
	Works                        // it works again, after what was done

	VerdictCount
)

// String is the verdict's public id.
func (v Verdict) String() string {
	return [...]string{"open", "likely", "something_else", "contradiction", "works"}[v]
}

// What is told is no more than a worried reader takes in.
const (
	leastShare = .02 // of a cause that is told; a rarer one is folded away
	leastDoubt = .2  // of something else, from which it is told before all causes
	mostPlans  = 3
	leastFails = .05 // of the set-ups, from which it is foretold what they show after a plan
	leastAlike = .9  // of the set-ups, from which it is told how a site that works is protected: people act on that no more
)

// Of is the report of findings and of the answers that they follow from.
func Of(f *diagnose.Findings, a *diagnose.Answers) *Report {
	r := &Report{Config: f.Likeliest}
	r.tellCauses(f)
	r.tellPlans(f, a)
	first := &f.Causes[0]
	switch {
	case a.Repaired():
		r.Verdict = Works
	case f.Contradiction|f.Conflicting != 0:
		r.Verdict = Contradiction
	case first.ID == diagnose.SomethingElse:
		r.Verdict, r.Cause = SomethingElse, first.ID
	case degree(first.Share) == Likely:
		r.Verdict, r.Cause = Settled, first.ID
	}
	if r.draw(f, a); r.Verdict == Works && !r.Drawn {
		r.Plans = nil // what is safer where nobody knows what there is can be a step down
	}
	return r
}

// tellCauses parts the causes in those that are told and those that are folded away. Two faults at once are a cause of
// their own only where they lead: behind others they repeat them. What leads is told however small its share.
func (r *Report) tellCauses(f *diagnose.Findings) {
	for i := range f.Causes {
		c := Cause{&f.Causes[i], degree(f.Causes[i].Share)}
		if c.ID != diagnose.SomethingElse {
			continue
		}
		if i == 0 || c.Share >= leastDoubt {
			r.Told = append(r.Told, c)
		}
	}
	for i := range f.Causes {
		c := Cause{&f.Causes[i], degree(f.Causes[i].Share)}
		switch {
		case c.ID == diagnose.SomethingElse:
		case i == 0 || c.Share >= leastShare && !c.Joint():
			r.Told = append(r.Told, c)
		case !c.Joint():
			r.Folded = append(r.Folded, c)
		}
	}
}

func (r *Report) tellPlans(f *diagnose.Findings, a *diagnose.Answers) {
	for i := range f.Plans {
		p := Plan{Plan: &f.Plans[i]}
		if p.Else != model.OutcomeOK.String() && p.Fails >= leastFails {
			p.Then = p.Else
		}
		if len(r.Plans) == mostPlans {
			break
		}
		switch {
		case p.Kind == diagnose.Workaround:
			p.Role = Workaround
		case len(r.Plans) > 0:
			p.Role = Other
		case a.Seen() == diagnose.SymptomNone && p.Message():
			continue // nothing is wrong, and nothing could be better
		case a.Seen() == diagnose.SymptomNone:
			p.Role = Safer
		}
		r.Plans = append(r.Plans, p)
	}
}

// Joint reports that a cause is two faults, which it takes both.
func (c Cause) Joint() bool {
	one, _ := model.Cut(c.ID, '+')
	return one != c.ID
}

// Remaining is how many of the causes that are told are in the model and possible; where none is as much, how many are told.
func (r *Report) Remaining() (n int) {
	all := 0
	for _, c := range r.Told {
		if c.ID == diagnose.SomethingElse {
			continue
		}
		all++
		if c.Degree >= Possible {
			n++
		}
	}
	if n == 0 {
		return all
	}
	return n
}

// draw chooses the visit: by the scheme that was told to fail, else https, which browsers try first, unless http alone
// shows what is seen.
func (r *Report) draw(f *diagnose.Findings, a *diagnose.Answers) {
	seen := a.Seen()
	own := r.Config[model.Origin] == model.OriginTunnel || r.Config[model.Origin] == model.OriginPages
	if told := model.Value(a.Told[diagnose.Mode] - 1); own && told <= model.ModeOriginPull && told != model.ModeOff && r.Config[model.Mode] != model.ModeOff {
		r.Config[model.Mode] = told // any but Off is the same there
	}
	plain, _ := model.Simulate(f.Likeliest, model.HTTP)
	secure, _ := model.Simulate(f.Likeliest, model.HTTPS)
	visit := secure
	r.Scheme = model.HTTPS
	if told := a.FailingScheme(); told == model.HTTP || told == model.NoScheme && !shows(&secure, seen) && shows(&plain, seen) {
		r.Scheme, visit = model.HTTP, plain
	}
	r.Outcome = visit.Outcome
	r.Drawn = shows(&visit, seen) && f.Contradiction|f.Conflicting == 0 && f.Causes[0].ID != diagnose.SomethingElse && (r.Verdict != Works || f.Alike >= leastAlike)
	if !r.Drawn {
		return
	}
	if r.Leg = visit.Outcome.Leg(); r.Leg == model.OriginLeg && r.Config[model.Proxied] == model.ProxiedNo {
		r.Leg = model.VisitorLeg // the only one
	}
}

// Figure is the query of the figure, see [model.ParseLegs]; "" when nothing is drawn.
func (r *Report) Figure() string {
	if !r.Drawn {
		return ""
	}
	var c model.Config
	for _, v := range figured {
		c[v] = r.Config[v]
	}
	if s := c.String(); s != "" {
		return s + "&scheme=" + r.Scheme.String()
	}
	return "scheme=" + r.Scheme.String()
}

// figured are the variables that a figure of the legs depends on.
var figured = [...]model.Variable{model.Proxied, model.Mode, model.AlwaysHTTPS, model.Port, model.Origin}

// shows reports that a visit shows what is seen. Of who has not told, or sees something that no visit shows, nothing is
// known but that a figure without a fault says nothing wrong.
func shows(visit *model.Result, seen diagnose.Option) bool {
	switch seen {
	case diagnose.SymptomMixed:
		return visit.Mixed
	case diagnose.SymptomNone, diagnose.SymptomNotIssued:
		return visit.Outcome == model.OutcomeOK && !visit.Mixed
	case diagnose.SymptomBlockedHTTP:
		return visit.Outcome == model.OutcomeOK && visit.Final == model.HTTP
	case diagnose.SymptomOther, diagnose.Unasked, diagnose.Unknown:
		return visit.Outcome == model.OutcomeOK
	}
	return diagnose.SymptomOf(visit.Outcome) == seen
}
