//go:build !js

package diagnose

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"sslclinic/wasmcheck/model"
)

// A Constant is a number of the reasoner, and what comes of it when it is another.
type Constant struct {
	Name, Value, Why string
	Halved, Doubled  Effect
}

// An Effect is how people fare, and how many of the cases, in hundredths, are answered otherwise than by the standard tuning.
type Effect struct {
	Helped, Asked                  float64 // hundredths of the people; questions that they are asked on average before the first plan
	First, Three, Plan, Next, Else float64 // the first cause, the set of the first three, the first plan, the next question or none; anything but shares
}

// people is how many are asked for each tuning.
const people = 400

// wrongly is how often they are wrong, whatever the question.
const wrongly = .05

// Sensitivity is every constant halved and doubled, and how people fare with none of them changed. The people are taken at
// equal steps through the weight of the set-ups that a fix repairs. They cannot answer as often as the standard tuning says, are
// wrong one time in twenty, and each is asked anew by every tuning, and answers the same. The cases are every symptom on a server
// with everything at hand, alone and with every mode. Progress is told of how many tunings are done; it takes a minute and a half of processor time.
func Sensitivity(progress func(done, of int)) (all []Constant, standing Effect) {
	s := newSurvey()
	all = described()
	var done atomic.Int64
	var workers sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= 2*len(all) {
					return
				}
				c, effect, times := &all[i/2], &all[i/2].Halved, float32(.5)
				if i%2 == 1 {
					effect, times = &c.Doubled, 2
				}
				*effect = s.of(changed(i/2, times))
				progress(int(done.Add(1)), 2*len(all))
			}
		})
	}
	workers.Wait()
	return all, s.of(New())
}

// changed is the engine with a constant times something. What comes after the constants are the questions' likelihoods: each to
// the power of that, so that an answer weighs so many times as much.
func changed(i int, times float32) *Engine {
	if i < int(constants) {
		t := standard
		t[i] *= times
		return tuned(&t)
	}
	e, q := New(), Question(i-int(constants))
	sharpen := func(p *profile) {
		var sum float32
		for o := range p {
			if p[o] > 0 {
				p[o] = float32(math.Pow(float64(p[o]), float64(times)))
				sum += p[o]
			}
		}
		for o := range p {
			p[o] /= sum
		}
	}
	for s := range sources {
		for k := range e.profiles[s][q] {
			sharpen(&e.profiles[s][q][k])
		}
		sharpen(&e.flat[s][q])
	}
	return e
}

// A survey is whom and what a tuning is tried on, and what the standard one says to it.
type survey struct {
	world  *Engine
	people []person
	cases  []Answers
	said   []said
}

func newSurvey() *survey {
	s := &survey{world: New()}
	scenarios := s.world.fixable()
	var sum float32
	for _, at := range scenarios {
		sum += s.world.prior[at]
	}
	var passed float32
	for _, at := range scenarios {
		for passed += s.world.prior[at]; len(s.people) < people && passed > (float32(len(s.people))+.5)/people*sum; {
			s.people = append(s.people, s.someone(uint64(len(s.people)), at))
		}
	}
	for symptom := Option(1); symptom <= Symptom.Options(); symptom++ {
		for mode := Option(0); mode <= Mode.Options(); mode++ {
			s.cases = append(s.cases, Answers{Told: [QuestionCount]Option{Symptom: symptom, Mode: mode, Origin: Option(model.OriginServer) + 1, Access: Option(hasAll)}})
		}
	}
	d := NewSession(s.world)
	for _, a := range s.cases {
		s.said = append(s.said, say(d.Diagnose(a)))
	}
	return s
}

// someone is a person of a set-up. What they answer hangs on them, the question and the set-up as it is then alone: not on what
// they were asked before.
func (s *survey) someone(number uint64, of uint16) person {
	chance := func(q Question, at uint16, draw uint64) float32 {
		x := number<<40 | uint64(at)<<16 | uint64(q)<<8 | draw
		for range 2 { // splitmix64
			x += 0x9e3779b97f4a7c15
			x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
			x = (x ^ x>>27) * 0x94d049bb133111eb
			x ^= x >> 31
		}
		return float32(x>>40) / (1 << 24)
	}
	return person{of, func(q Question, at uint16) Option {
		right := s.world.honest(q, at)
		switch n := float32(q.Asked() - 1); {
		case chance(q, at, 0) < standard[unsure+constant(questions[q].skill)]:
			return Unknown
		case n > 0 && chance(q, at, 1) < wrongly:
			return 1 + (right+Option(chance(q, at, 2)*n))%q.Asked() // any but the right one
		}
		return right
	}}
}

// said is what is told of one case, to be compared.
type said struct {
	causes     [3]string // the first three, the first of them first
	plan, next string
	all        string
}

func say(f *Findings) (s said) {
	for i := range f.Causes {
		c := &f.Causes[i]
		if i < len(s.causes) {
			s.causes[i] = c.ID
		}
		s.all += fmt.Sprintln(c.ID, c.Because, c.Against)
	}
	for i := range f.Plans {
		p := &f.Plans[i]
		if i == 0 {
			s.plan = fmt.Sprint(p.Steps)
		}
		s.all += fmt.Sprintln(p.Steps, p.Works, p.Of, p.Else, p.Kind, p.Confidence())
	}
	s.next = "none"
	if !f.Done {
		s.next = f.Next.Key
	}
	s.all += fmt.Sprintln(s.next, f.Next, f.Contradiction, f.Conflicting, f.Fits, f.Likeliest)
	return s
}

// of is how an engine fares.
func (s *survey) of(e *Engine) (effect Effect) {
	d, m := NewSession(e), recall{}
	for _, p := range s.people {
		end := s.world.interview(d, m, p)
		if effect.Asked += float64(end.asked) / float64(len(s.people)); end.solved {
			effect.Helped += 100 / float64(len(s.people))
		}
	}
	one := 100 / float64(len(s.cases))
	for i, a := range s.cases {
		was, is := &s.said[i], say(d.Diagnose(a))
		if is.causes[0] != was.causes[0] {
			effect.First += one
		}
		if slices.ContainsFunc(is.causes[:], func(id string) bool { return !slices.Contains(was.causes[:], id) }) {
			effect.Three += one
		}
		if is.plan != was.plan {
			effect.Plan += one
		}
		if is.next != was.next {
			effect.Next += one
		}
		if is.all != was.all {
			effect.Else += one
		}
	}
	return effect
}

// described are the constants in the order of a tuning, and after them what each question weighs; nothing is measured yet.
func described() []Constant {
	var all []Constant
	add := func(at constant, name, why string) {
		if int(at) != len(all) {
			panic(name + " does not stand in its place")
		}
		all = append(all, Constant{Name: name, Value: strconv.FormatFloat(float64(standard[at]), 'g', -1, 32), Why: why})
	}
	for f, row := range [frequencies][2]string{
		common:    {"common", "guides advise it, and it does no harm where it belongs: one site in six"},
		foremost:  {"foremost", "often, and named first for its code by the sources: a quarter more than often settles the order"},
		often:     {"often", "the middle of the scale; only ratios between the classes matter much"},
		sometimes: {"sometimes", "a quarter of often: a prior wrong by two does not change places with another class"},
		seldom:    {"seldom", "a quarter of sometimes"},
	} {
		add(odds+constant(f), "odds "+row[0], row[1])
	}
	for c, row := range [choices][2]string{
		usual:      {"usual", "strict, Full and Flexible, with and without Always Use HTTPS, alike: no source counts them"},
		rare:       {"rare", "Off, and DNS-only: a quarter; Off is not offered to new zones, and who asks about the edge mostly has it on"},
		enterprise: {"enterprise", "SSL-only: a sixteenth, for one plan alone has it"},
	} {
		add(weight+constant(c), "weight "+row[0], row[1])
	}
	for k, row := range [skills][2]string{
		reading:   {"reading", "it stands on the screen"},
		memory:    {"memory", "one in ten did not do it, or does not remember"},
		dashboard: {"dashboard", "somebody else has the account"},
		command:   {"command", "a third has no shell, or does not want to"},
	} {
		add(unsure+constant(k), "unsure "+row[0], row[1])
	}
	for k, row := range [skills][2]string{
		reading:   {"reading", "who overlooks one thing on a screen may overlook another"},
		memory:    {"memory", "who came to the site later knows little of before"},
		dashboard: {"dashboard", "most who do not find one setting have no access to any"},
		command:   {"command", "a shell that is missing is missing for the next question too"},
	} {
		add(unsureOnce+constant(k), "unsure once "+row[0], row[1])
	}
	costs := [skills]string{
		reading:   "a look at the page, or at the address",
		memory:    "to read it, and to think back or to ask",
		dashboard: "to log in and to find the setting; more where it stands deeper",
		command:   "a shell, a command, and its output to be compared; more where a header has to be set",
	}
	for q := range askable {
		add(minutes+constant(q), "minutes "+q.String(), costs[questions[q].skill])
	}
	errs := [skills]string{
		reading:   "few misread what stands before them",
		memory:    "one in twenty remembers what seems to matter; of what they have, fewer are wrong",
		dashboard: "the wrong zone, or the setting beside it",
		command:   "run from the wrong machine, or against the wrong name, and output that looks alike",
	}
	for q := range askable {
		add(noise+constant(q), "noise "+q.String(), errs[questions[q].skill])
	}
	for a := range ActionCount {
		why := "a line of the server's configuration, and a reload"
		switch least := a.Minutes(); {
		case a == AskHost:
			why = "a message, and the answer to it, which takes them a day and the person no longer than this"
		case a == AskOwner:
			why = "the same, of somebody whom one knows"
		case a == DNSOnlyUntilIssued:
			why = "minutes at some hosts, a day at others; each file of a host says what is known"
		case a == ProxyOff:
			why = "a setting in the dashboard, and a look at what the proxy did besides"
		case a == UndoLastChange:
			why = "a copy to be found and put back"
		case a == AddDomain || a == RouteTunnel:
			why = "a name to be added where the site lives, and its check to be waited for"
		case a == WaitForEdgeCert:
			why = "nothing to do; mostly some minutes, a day at most"
		case a.Who() == Developer:
			why = "a change of the application, and its release"
		case a.Who() == Dashboard && least < 10:
			why = "a setting in the dashboard"
		case a.Who() == Dashboard:
			why = "a certificate in the dashboard"
		case least > 20:
			why = "its reason has to be found first, or a certificate to be had"
		case least > 10:
			why = "more than one place to look at on the server, or a certificate to be had again"
		}
		add(effort+constant(a), "effort "+a.String(), why)
	}
	for i, row := range [constants - others][2]string{
		{"withoutTLS", "having no certificate, or nothing on 443, is why people choose Off and Flexible: a class more"},
		{"outside", "most who ask have met what the model knows; what surprises it raises this by itself"},
		{"beyond", "what nobody wrote of a tunnel or of Pages is mostly not what was written of servers"},
		{"untroubled", "an output is fetched when something is wrong; one in ten only wants to know"},
		{"misread", "rules read what was written for them; a text can still be of another server, or of yesterday"},
		{"confusion", "a neighbour is taken for the answer as often as anything at all"},
		{"fitting", "half of the greatest noise: what only mistakes explain does not fit"},
		{"undone", "now and then a step is not saved, or is done on another server"},
		{"named", "half a thousandth: nobody looks at a list as far as that"},
		{"alive", "a thousandth: what counts are counted by, \"works in 58 of 61\""},
		{"glimpse", "plans are weighed with what is too rare to be counted; together it is a hundredth"},
		{"speaks", "a factor of two is what words can carry"},
		{"stepMinutes", "a person has to get each step right, and to look after it"},
		{"patience", "twenty minutes for a tenth of the chance"},
		{"offered", "a plan that helps three in a thousand is no help"},
		{"weak", "a fix with a quarter of the best one's chance is a distraction"},
		{"unchecked", "Full stands at the top only where it helps nearly everybody"},
		{"surer", "a further step has to help two more of a hundred"},
		{"shorter", "who is not helped by a part goes on from there"},
		{"waitHours", "nobody stands by, but visitors go without the edge meanwhile: some hours weigh as forty minutes of work"},
		{"waitDay", "the same: a day weighs as an hour"},
		{"enough", "nine of ten; the tenth goes on with what is seen then"},
		{"enoughRisk", "what can break a site is to be surer than what cannot"},
		{"lost", "one in five that our questions still help: below that, they keep people from others who can"},
		{"worth", "a fiftieth of a bit per minute: a command of four minutes has to tell a twelfth of a bit"},
		{"curious", "a twentieth of a bit may still change the plan"},
		{"telling", "less is noise"},
		{"better", "a tenth is beyond what minutes are known to"},
		{"equal", "the same tenth below"},
		{"limit", "a law: everybody ends after six questions; nearly all end long before"},
		{"equipped", "who has the dashboard open, or a shell, finds most things there, in half the time"},
	} {
		add(others+constant(i), row[0], row[1])
	}
	for q := range QuestionCount {
		all = append(all, Constant{Name: "likelihoods " + q.String(), Value: "1", Why: "as the simulation, the laboratory or evidence.go has them; halved, an answer weighs half as much"})
	}
	return all
}
