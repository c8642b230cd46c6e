package api

import (
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/report"
)

// Diagnose answers with what follows from a person's answers, see [diagnose.Parse]. Errors are a *[model.Problem].
func (h *Handler) Diagnose(query string) ([]byte, error) {
	a, err := diagnose.Parse(query)
	if err != nil {
		return nil, err
	}
	if h.session == nil {
		h.session = diagnose.NewSession(diagnose.New())
	}
	f := h.session.Diagnose(a)
	var w writer
	w.open("", "{")
	w.number("model", Model)
	w.causes(f.Causes, &a)
	w.inquiry(f)
	w.open("plans", "[")
	for i := range f.Plans {
		w.plan(&f.Plans[i])
	}
	w.put("]")
	w.open("contradiction", "[")
	w.keys(f.Contradiction, &diagnose.Answers{Told: a.Told}) // what was told at first
	w.keys(f.Conflicting, &a)
	w.put("]")
	w.number("fits", f.Fits)
	w.text("likeliest", f.Likeliest.String())
	w.report(report.Of(f, &a))
	w.flag("done", f.Done)
	w.put("}")
	return w.b, nil
}

// causes are written with four digits, which add up to 1. What all lose by being cut goes to the first of them, a digit each: who is as
// likely as another, or likelier, is not written as less.
func (w *writer) causes(all []diagnose.Cause, a *diagnose.Answers) {
	const one = 10_000
	lost := one
	for i := range all {
		lost -= int(all[i].Share * one)
	}
	w.open("causes", "[")
	for i := range all {
		n := int(all[i].Share * one)
		if i < lost {
			n++
		}
		w.open("", "{")
		w.text("id", all[i].ID)
		w.fraction("share", n, one)
		w.open("because", "[")
		w.keys(all[i].Because, a)
		w.put("]")
		w.open("against", "[")
		w.keys(all[i].Against, a)
		w.put("]")
		w.put("}")
	}
	w.put("]")
}

// keys are where the answers to questions stand in a query.
func (w *writer) keys(s diagnose.Questions, a *diagnose.Answers) {
	for q := range diagnose.QuestionCount {
		if s.Has(q) {
			w.text("", a.Key(q))
		}
	}
}

func (w *writer) inquiry(f *diagnose.Findings) {
	if f.Done {
		w.begin("next")
		w.put("null")
		w.text("more", f.Next.Key) // what may still be asked, or ""
		return
	}
	q := f.Next.Question
	w.open("next", "{")
	w.text("question", q.String())
	w.text("key", f.Next.Key)
	w.open("options", "[")
	for o := diagnose.Option(1); o <= q.Asked(); o++ {
		w.text("", q.OptionID(o))
	}
	w.text("", q.OptionID(diagnose.Unknown))
	w.put("]")
	w.open("separates", "[")
	for _, id := range f.Next.Separates {
		w.text("", id)
	}
	w.put("]")
	w.put("}")
}

func (w *writer) plan(p *diagnose.Plan) {
	w.open("", "{")
	w.open("steps", "[")
	for _, s := range p.Steps {
		w.text("", s.String())
	}
	w.put("]")
	w.open("by", "[")
	for _, id := range p.By {
		w.text("", id)
	}
	w.put("]")
	w.open("again", "[")
	for _, s := range p.Steps {
		if p.Again(s) {
			w.text("", s.String())
		}
	}
	w.put("]")
	w.open("needs", "[")
	for _, n := range diagnose.Needs() {
		if p.Needs(n) {
			w.text("", n)
		}
	}
	w.put("]")
	w.number("works", p.Works)
	w.number("of", p.Of)
	w.text("chance", p.Confidence())
	if p.Else != "" {
		w.text("else", p.Else)
	}
	if p.Lasts != diagnose.LastsUnknown {
		w.text("lasts", p.Lasts.String())
	}
	if p.Waits != diagnose.Unasked {
		w.text("waits", diagnose.GreyTakes.OptionID(p.Waits))
	}
	w.text("kind", p.Kind.String())
	w.flag("risky", p.Risky)
	w.open("ends", "{")
	w.text("proxied", model.Proxied.ValueID(p.Ends.Proxied))
	w.text("mode", model.Mode.ValueID(p.Ends.Mode))
	w.text("lives", model.Origin.ValueID(p.Ends.Lives))
	w.text("visitor", p.Ends.Visitor.String())
	w.text("origin", p.Ends.Origin.String())
	w.put("}")
	w.put("}")
}

func (w *writer) report(r *report.Report) {
	w.open("report", "{")
	w.text("verdict", r.Verdict.String())
	w.text("cause", r.Cause)
	w.told("told", r.Told)
	w.told("folded", r.Folded)
	w.number("remaining", r.Remaining())
	w.open("plans", "[") // of the plans above, those that are told, by what they are
	for i := range r.Plans {
		w.text("", r.Plans[i].Role.String())
	}
	w.put("]")
	w.open("then", "[") // what each is followed by where it does not help, or ""
	for i := range r.Plans {
		w.text("", r.Plans[i].Then)
	}
	w.put("]")
	w.text("leg", r.Leg.String())
	w.text("scheme", r.Scheme.String())
	w.text("figure", r.Figure())
	outcome := "" // as the figure
	if r.Drawn {
		outcome = r.Outcome.String()
	}
	w.text("outcome", outcome)
	w.put("}")
}

func (w *writer) told(name string, causes []report.Cause) {
	w.open(name, "[")
	for i := range causes {
		w.open("", "{")
		w.text("id", causes[i].ID)
		w.text("degree", causes[i].Degree.String())
		w.put("}")
	}
	w.put("]")
}
