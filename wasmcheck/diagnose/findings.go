package diagnose

import (
	"slices"

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
	Alike         float32 // the share, of the set-ups in the model, in which an https visit is protected on both legs as in the likeliest; only where it works again
	Done          bool    // enough is known, or no question is worth its cost
}

// Clone is a copy with a memory of its own, which no session fills anew.
func (f *Findings) Clone() *Findings {
	c := *f
	c.Causes, c.Plans, c.Next.Separates = slices.Clone(f.Causes), slices.Clone(f.Plans), slices.Clone(f.Next.Separates)
	for i := range c.Plans {
		p := &c.Plans[i]
		p.Steps, p.By = slices.Clone(p.Steps), slices.Clone(p.By)
	}
	return &c
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
type Questions uint64

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
	By     []string // for each step: what it is done with, or whom it is for, as in Needs
	Works  int      // of the set-ups that still fit
	Of     int
	Else   string  // the failure seen next in most of the others, or "mixed"; "ok" where none fails; empty where there are none
	Fails  float32 // the share of the set-ups in which that is seen
	Chance float32 // that it works, SomethingElse included
	Kind   Kind
	Risky  bool
	Ends   Ends
	Lasts  Lasting
	Waits  Option // how long the cloud is grey, an option of GreyTakes; Unasked where it is not, or where nobody knows

	actions actions
	again   actions // those of them that were done before, and stand
	needs   atHand
	value   float32 // the chance, less what the minutes are worth
	tier    int     // where it may stand, see rank
}

// Lasting says how an ending stands to the mode that lasts where the site lives.
type Lasting uint8

// The ways to stand to it. All but the first two are those of endings that do not last, or need not be the last.
const (
	LastsUnknown Lasting = iota
	Lasts                // it is the highest that does
	UntilRenewal         // the certificate is checked, and may not be renewed; of a plan that leaves it and the mode alone, only where the mode is told
	HigherLasts          // a higher mode would
	GreyLasts            // nothing does with the edge in between
)

// String is the public id; empty where nothing is known.
func (l Lasting) String() string {
	return [...]string{"", "yes", "until_renewal", "higher", "grey"}[l]
}

// lasts is how an ending stands to what the host says of itself.
func (a *Answers) lasts(e *Ends) Lasting {
	direct, mode := e.Proxied == model.ProxiedNo, e.Mode
	checks := mode == model.ModeStrict || mode == model.ModeOriginPull
	switch host := a.Told[LastingMode]; {
	case !informative(host) || !shared(e.Lives) || direct && host != lastingGrey:
		return LastsUnknown
	case host == lastingGrey && !direct:
		return GreyLasts
	case host == lastingGrey, host == lastingStrict && checks, host == lastingFull && mode == model.ModeFull, host == lastingFlexible && mode == model.ModeFlexible:
		return Lasts
	case host == lastingFull && checks:
		return UntilRenewal
	case host == lastingFlexible:
		return LastsUnknown // there is nothing to say of a certificate that such a host has not
	}
	return HigherLasts
}

// promising reports that a plan is worth a person's while. A message always is: it is what is left.
func (p *Plan) promising() bool { return p.Chance >= promising || p.Message() }

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

// Needs are the public ids of what a plan can need to be at hand, or of whom, in the order in which they are told.
func Needs() []string { return needIDs[:] }

// Needs reports whether a plan needs it.
func (p *Plan) Needs(id string) bool {
	for i := range needIDs {
		if needIDs[i] == id {
			return p.needs>>i&1 != 0
		}
	}
	return false
}

// Again reports that a step was done before and changed nothing: it is to be seen whether it took hold.
func (p *Plan) Again(step Action) bool { return p.again>>step&1 != 0 }

// Message reports that a plan is nothing but a message to somebody else: nothing is proved.
func (p *Plan) Message() bool { return p.actions == 0 }

// Ends is where a plan leads, in the likeliest set-up in which it works, and how an https visit then travels.
type Ends struct {
	Mode, Proxied   model.Value
	Lives           model.Value // where the site lives, of what has a second leg of its own or none; a server else
	Visitor, Origin model.Protection
}
