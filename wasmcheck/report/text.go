//go:build !js

package report

import (
	"fmt"
	"slices"
	"strings"

	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// Text tells findings by the public ids, as the command prints them: the verdict, a line for each cause and answer in
// doubt, what fails where, a line for each plan, and the next question.
func Text(f *diagnose.Findings, a *diagnose.Answers) []byte {
	r := Of(f, a)
	b := fmt.Appendf(nil, "%d set-ups fit.\nverdict: %s\n", f.Fits, strings.TrimSpace(r.Verdict.String()+" "+r.Cause))
	for _, c := range r.Told {
		b = fmt.Appendf(b, "  %s: %s\n", c.Degree, c.ID)
	}
	for q := range diagnose.QuestionCount {
		if f.Contradiction.Has(q) {
			b = fmt.Appendf(b, "look again: %s=%s does not go with the rest\n", q, q.OptionID(a.Told[q]))
		}
		if f.Conflicting.Has(q) {
			b = fmt.Appendf(b, "look again: %s=%s does not go with the rest\n", a.Key(q), q.OptionID(*a.Slot(q)))
		}
	}
	if r.Drawn {
		likeliest := r.Config.String()
		if likeliest == "" {
			likeliest = "healthy"
		}
		b = fmt.Appendf(b, "likeliest: %s, which shows %s over %s\n", likeliest, r.Outcome, r.Scheme)
		b = fmt.Appendf(b, "figure: %s\n", r.Figure())
	}
	b = fmt.Appendf(b, "fails on the leg: %s\n", r.Leg)
	for _, p := range r.Plans {
		var steps, needs []string
		for _, s := range p.Steps {
			steps = append(steps, s.String())
		}
		needs = slices.DeleteFunc(slices.Clone(diagnose.Needs()), func(id string) bool { return !p.Needs(id) })
		b = fmt.Appendf(b, "%s: %s; needs %s; %s chance, works in %d of %d set-ups that fit, ends in %s with the origin's leg %s",
			p.Role, strings.Join(steps, " "), strings.Join(needs, " "), p.Confidence(), p.Works, p.Of, model.Mode.ValueID(p.Ends.Mode), p.Ends.Origin)
		switch p.Else {
		case "":
		case model.OutcomeOK.String():
			b = append(b, "; in the others the page opens, no better protected than now"...)
		default:
			b = fmt.Appendf(b, "; in the others %s is next", p.Else)
		}
		if p.Lasts != diagnose.LastsUnknown {
			b = fmt.Appendf(b, "; lasts: %s", p.Lasts)
		}
		if p.Waits != diagnose.Unasked {
			b = fmt.Appendf(b, "; the cloud is grey for: %s", diagnose.GreyTakes.OptionID(p.Waits))
		}
		b = append(b, '\n')
	}
	if f.Done {
		return append(b, "no more questions"...)
	}
	b = fmt.Appendf(b, "next: %s, one of", f.Next.Key)
	for o := diagnose.Option(1); o <= f.Next.Question.Asked(); o++ {
		b = fmt.Appendf(b, " %s", f.Next.Question.OptionID(o))
	}
	return append(b, " unknown"...)
}
