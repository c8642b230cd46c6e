package checkpages

import (
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/report"
)

// Given words the answers of a page without script, each with the page on which
// it can be changed.
func (s Phrasing) Given(n *Node) []theme.Given {
	var all []theme.Given
	for at := n; at != nil; at = at.Parent {
		all = append(all, s.given(at.Last, n.Answers.Told[at.Last], s.Page(n.Asked(at.Last))))
	}
	slices.Reverse(all)
	return all
}

func (s Phrasing) given(q diagnose.Question, o diagnose.Option, change string) theme.Given {
	g := theme.Given{Question: s.say(s.Words.Questions[q.String()].Value.Short), Change: change}
	if o != diagnose.Unknown {
		g.Answer = s.answer(q, o)
	}
	return g
}

// doubt says why an answer may be wrong that does not go with the others; "" where there is nothing to say.
func (s Phrasing) doubt(q diagnose.Question) string {
	w := s.Words.Questions[q.String()].Value
	if w.Command != "" {
		return s.Figures.Theme.Words(s.Figures.Lang)["check_doubt_command"]
	}
	return s.say(w.Doubt)
}

// Result words what is told on the page of a leaf without script, see [report.Of].
func (s Phrasing) Result(n *Node) (*theme.Result, error) {
	f, a := n.Findings, n.Answers
	told := report.Of(f, &a)
	r := &theme.Result{Verdict: told.Verdict.String(), Remaining: told.Remaining()}
	if told.Cause != "" {
		r.Cause = s.Cause(told.Cause).Name
	}
	for _, c := range told.Told {
		v := s.told(c)
		for q := range diagnose.QuestionCount {
			switch {
			case c.Because.Has(q):
				v.Because = append(v.Because, s.given(q, *a.Slot(q), ""))
			case c.Against.Has(q):
				v.Against = append(v.Against, s.given(q, *a.Slot(q), ""))
			}
		}
		r.Causes = append(r.Causes, v)
	}
	for q := range diagnose.QuestionCount {
		if f.Contradiction.Has(q) {
			g := s.given(q, a.Told[q], s.Page(n.Asked(q)))
			g.Doubt = s.doubt(q)
			r.Contradiction = append(r.Contradiction, g)
		}
	}
	var err error
	if r.Plans, err = s.plans(told, &a); err != nil || !told.Drawn {
		return r, err
	}
	legs, err := s.Figures.Legs(told.Figure(), "found")
	if err != nil {
		return nil, err
	}
	s.Figures.Fail(&legs, told.Leg)
	r.Legs, r.Seen = &legs, s.Outcome(told.Outcome.String())
	return r, nil
}

// told words a cause with how likely it is.
func (s Phrasing) told(c report.Cause) theme.Cause {
	v := s.Cause(c.ID)
	v.Degree = c.Degree.String()
	return v
}

// plans words what is told of plans, the one to offer first, first.
func (s Phrasing) plans(told *report.Report, a *diagnose.Answers) ([]theme.Plan, error) {
	var all []theme.Plan
	for i, p := range told.Plans {
		v := theme.Plan{ID: "plan-" + strconv.Itoa(i+1), Role: p.Role.String(), Works: p.Works, Of: p.Of, Chance: p.Confidence()}
		switch p.Else {
		case "":
		case model.OutcomeOK.String():
			v.Opens = true
		default:
			v.Else = s.Outcome(p.Else).Name
		}
		if p.Then != "" {
			v.Then = v.Else
		}
		for _, id := range diagnose.Needs() {
			if p.Needs(id) {
				v.Needs = append(v.Needs, id)
			}
		}
		if p.Message() {
			v.Message, v.Why = v.Needs[0], report.Open.String()
			if told.Verdict == report.Contradiction || told.Verdict == report.SomethingElse {
				v.Why = told.Verdict.String()
			}
		}
		for i, step := range p.Steps {
			action := s.Action(step, a)
			if action.Who == diagnose.Server.String() && p.By[i] == "panel" {
				action.Who = p.By[i]
			}
			if step == diagnose.AskHost || step == diagnose.AskOwner {
				action.Letter = s.letter(step, p.Plan, a)
			} else if p.By[i] == "host" || p.By[i] == "owner" {
				action.For = p.By[i]
			}
			v.Steps = append(v.Steps, action)
		}
		v.Line = s.line(p.Plan, v.Steps)
		query := model.Config{}.With(model.Mode, p.Ends.Mode).With(model.Proxied, p.Ends.Proxied).With(model.Origin, p.Ends.Lives).String()
		ends, err := s.Figures.Legs(query, v.ID)
		if err != nil {
			return nil, err
		}
		v.Ends = ends
		all = append(all, v)
	}
	return all, nil
}

// line is a plan in one line. What is asked of somebody stands with whom, and is no step of the reader's.
func (s Phrasing) line(p *diagnose.Plan, steps []theme.Action) string {
	asked := map[string][]string{}
	for i, step := range p.Steps {
		if step != diagnose.AskHost && step != diagnose.AskOwner {
			asked[p.By[i]] = append(asked[p.By[i]], steps[i].Do)
		}
	}
	comma := s.Figures.Theme.Words(s.Figures.Lang)["check_comma"]
	var all []string
	for i, step := range p.Steps {
		by := p.By[i]
		switch {
		case by != "host" && by != "owner":
			all = append(all, steps[i].Do)
		case step != diagnose.AskHost && step != diagnose.AskOwner:
		case len(asked[by]) == 0:
			all = append(all, steps[i].Do)
		default:
			all = append(all, s.Figures.Pair(steps[i].Do, strings.Join(asked[by], comma)))
		}
	}
	return strings.Join(all, " → ")
}

// Ways are the engine's plans from each mode that protects less, to Full
// (strict).
func (s Phrasing) Ways() ([]theme.Way, error) {
	session := diagnose.NewSession(s.Engine)
	var all []theme.Way
	for _, m := range modes[:3] {
		a, err := diagnose.Parse("symptom=none&mode=" + m)
		if err != nil {
			return nil, err
		}
		plans, err := s.plans(report.Of(session.Diagnose(a), &a), &a)
		if err != nil {
			return nil, err
		}
		all = append(all, theme.Way{Mode: m, ModeName: s.Figures.Words.Modes[m].Value, Plans: plans, Live: s.Live(a)})
	}
	return all, nil
}
