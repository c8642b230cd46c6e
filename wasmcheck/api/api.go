// Package api turns one line of request into one line of JSON. It is the whole conversation between the engine and
// whoever asks it: a page in a browser through the WebAssembly module, a person through the native command.
//
// Its law: the same request has the same answer, byte for byte, wherever the engine runs; and whatever is asked, there
// is an answer.
//
// The module is paid for by the reader, and most of it is the Go runtime. Therefore strings, strconv, fmt and maps are
// done without here and below, by a few lines of our own.
package api

import (
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// Model is the version of the vocabulary and of the shapes of the answers. It stands in links.
const Model = 1

// A Handler answers one request at a time. The zero Handler is ready.
type Handler struct{ session *diagnose.Session } // made when it is first needed: it takes some ten milliseconds

// Answer answers a request of the form "verb?query". What cannot be understood is answered by {"error":…,"hint":…}.
func (h *Handler) Answer(request string) []byte {
	verb, query := model.Cut(request, '?')
	answer, err := h.answer(verb, query)
	if err == nil {
		return answer
	}
	what, hint := err.Error(), ""
	if p, ok := err.(*model.Problem); ok {
		what, hint = p.What, p.Hint
	}
	var w writer
	w.open("", "{")
	w.text("error", what)
	w.text("hint", hint)
	w.put("}")
	return w.b
}

// verbs are what can be asked.
var verbs = []string{"legs", "simulate", "diagnose", "case", "open"}

func (h *Handler) answer(verb, query string) ([]byte, error) {
	n, err := model.Index("verb", verb, verbs)
	switch {
	case err != nil:
		return nil, err
	case n == 0:
		return Legs(query)
	case n == 1:
		return Simulate(query, nil)
	case n == 2:
		return h.Diagnose(query)
	case n == 3:
		return Case(query)
	}
	return Open(query)
}

// Case answers with the code of a person's answers, see [diagnose.Answers.Case]. Errors are a *[model.Problem].
func Case(query string) ([]byte, error) {
	a, err := diagnose.Parse(query)
	if err != nil {
		return nil, err
	}
	return said("code", a.Case()), nil
}

// Open answers with the answers that a code holds, see [diagnose.ParseCase]. Errors are a *[model.Problem].
func Open(code string) ([]byte, error) {
	a, err := diagnose.ParseCase(code)
	if err != nil {
		return nil, err
	}
	return said("answers", a.String()), nil
}

func said(key, text string) []byte {
	var w writer
	w.open("", "{")
	w.number("model", Model)
	w.text(key, text)
	w.put("}")
	return w.b
}

// Legs answers with the two legs of a set-up, see [model.ParseLegs] and [model.LegsFor]. Errors are a *[model.Problem].
func Legs(query string) ([]byte, error) {
	c, scheme, err := model.ParseLegs(query)
	if err != nil {
		return nil, err
	}
	legs := model.LegsFor(c, scheme)
	var w writer
	w.open("", "{")
	w.number("model", Model)
	w.text("visitor", legs.Visitor.String())
	w.text("origin", legs.Origin.String())
	w.text("visitor_scheme", legs.VisitorScheme.String())
	w.number("visitor_port", int(legs.VisitorPort))
	w.text("origin_scheme", legs.OriginScheme.String())
	w.number("origin_port", int(legs.OriginPort))
	w.flag("redirect", legs.Redirect)
	w.text("lives", model.Origin.ValueID(c[model.Origin]))
	w.open("rules", "[")
	for _, r := range legs.Rules {
		if r != model.NoRule {
			w.text("", r.String())
		}
	}
	w.put("]")
	w.put("}")
	return w.b, nil
}

// Simulate answers with both visits of a set-up, see [model.ParseConfig] and [model.Simulate]. The sentences of the
// rules are added where there is somebody who knows them; the module passes nil. Errors are a *[model.Problem].
func Simulate(query string, sentence func(model.Rule) string) ([]byte, error) {
	c, err := model.ParseConfig(query)
	if err != nil {
		return nil, err
	}
	var w writer
	w.open("", "{")
	for scheme := model.HTTP; scheme <= model.HTTPS; scheme++ {
		w.visit(c, scheme, sentence)
	}
	w.put("}")
	return w.b, nil
}

func (w *writer) visit(c model.Config, scheme model.Scheme, sentence func(model.Rule) string) {
	result, trace := model.Simulate(c, scheme)
	steps := trace.Steps()
	w.open(scheme.String(), "{")
	w.text("outcome", result.Outcome.String())
	w.codes(result.Outcome, steps[len(steps)-1].Rule.Codes())
	if other := result.Alternative; other.Permille > 0 {
		w.open("alternatives", "[")
		w.open("", "{")
		w.text("outcome", other.Outcome.String())
		w.fraction("share", int(other.Permille), 1000)
		w.text("rule", steps[len(steps)-1].Rule.String())
		w.put("}")
		w.put("]")
	}
	w.flag("mixed", result.Mixed)
	w.text("final", result.Final.String())
	w.text("visitor", result.Visitor.String())
	w.text("origin", result.Origin.String())
	w.open("trace", "[")
	for _, s := range steps {
		w.open("", "{")
		w.number("hop", int(s.Hop))
		w.text("rule", s.Rule.String())
		if sentence != nil {
			w.text("text", sentence(s.Rule))
		}
		w.put("}")
	}
	w.put("]")
	w.put("}")
}

// codes are the number on the page, under its question's name, and all of them where it may be another.
func (w *writer) codes(o model.Outcome, all []model.Code) {
	if len(all) == 0 {
		return
	}
	name := diagnose.Status
	if o == model.Outcome530 {
		name = diagnose.Number
	}
	w.number(name.String(), int(all[0].Number))
	if len(all) == 1 {
		return
	}
	w.open("codes", "[")
	for _, c := range all {
		w.open("", "{")
		w.number("code", int(c.Number))
		w.fraction("share", int(c.Permille), 1000)
		w.put("}")
	}
	w.put("]")
}
