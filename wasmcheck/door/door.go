// Package door turns one line of request into one line of JSON. It is the whole conversation between the engine and
// whoever asks it: a page in a browser through the WebAssembly module, a person through the native command.
//
// Its law: the same request has the same answer, byte for byte, wherever the engine runs; and whatever is asked, there
// is an answer.
package door

import (
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// Model is the version of the vocabulary and of the shapes of the answers. It stands in links.
const Model = 1

// A Door answers one request at a time. The zero Door is ready.
type Door struct{ desk *diagnose.Desk } // made when it is first needed: it takes some ten milliseconds

// Answer answers a request of the form "verb?query". What cannot be understood is answered by {"error":…,"hint":…}.
func (d *Door) Answer(request string) []byte {
	verb, query := model.Cut(request, '?')
	answer, err := d.answer(verb, query)
	if err != nil {
		return problem(err)
	}
	return answer
}

func (d *Door) answer(verb, query string) ([]byte, error) {
	switch verb {
	case "legs":
		return Legs(query)
	case "simulate":
		return Simulate(query, nil)
	case "diagnose":
		return d.Diagnose(query)
	}
	return nil, model.Unknown("verb", verb, model.Among("legs", "simulate", "diagnose"))
}

// Legs answers with the two legs of a set-up, see [model.ParseLegs] and [model.LegsFor]. Errors are a *[model.Problem].
func Legs(query string) ([]byte, error) {
	c, scheme, err := model.ParseLegs(query)
	if err != nil {
		return nil, err
	}
	legs := model.LegsFor(c, scheme)
	rules := legs.Rules[:]
	if rules[1] == model.NoRule {
		rules = rules[:1]
	}
	b := intField([]byte{'{'}, "model", Model)
	b = textField(b, "visitor", legs.Visitor.String())
	b = textField(b, "origin", legs.Origin.String())
	b = textField(b, "origin_scheme", legs.OriginScheme.String())
	b = intField(b, "origin_port", int(legs.OriginPort))
	b = boolField(b, "redirect", legs.Redirect)
	b = list(field(b, "rules"), rules, id)
	return append(b, '}'), nil
}

// Simulate answers with both visits of a set-up, see [model.ParseConfig] and [model.Simulate]. The sentences of the
// rules are added where there is somebody who knows them; the module passes nil. Errors are a *[model.Problem].
func Simulate(query string, sentence func(model.Rule) string) ([]byte, error) {
	c, err := model.ParseConfig(query)
	if err != nil {
		return nil, err
	}
	b := []byte{'{'}
	for _, scheme := range []model.Scheme{model.HTTP, model.HTTPS} {
		b = visit(field(b, scheme.String()), c, scheme, sentence)
	}
	return append(b, '}'), nil
}

func visit(b []byte, c model.Config, scheme model.Scheme, sentence func(model.Rule) string) []byte {
	result, trace := model.Simulate(c, scheme)
	b = textField(append(b, '{'), "outcome", result.Outcome.String())
	if other := result.Alternative; other.Permille > 0 {
		b = textField(append(field(b, "alternatives"), "[{"...), "outcome", other.Outcome.String())
		b = fraction(field(b, "share"), int(other.Permille), 1000)
		b = append(textField(b, "rule", other.Rule.String()), "}]"...)
	}
	b = boolField(b, "mixed", result.Mixed)
	b = textField(b, "final", result.Final.String())
	b = textField(b, "visitor", result.Visitor.String())
	b = textField(b, "origin", result.Origin.String())
	b = list(field(b, "trace"), trace.Steps(), func(b []byte, s model.Step) []byte {
		b = intField(append(b, '{'), "hop", int(s.Hop))
		b = textField(b, "rule", s.Rule.String())
		if sentence != nil {
			b = textField(b, "text", sentence(s.Rule))
		}
		return append(b, '}')
	})
	return append(b, '}')
}

func problem(err error) []byte {
	what, hint := err.Error(), ""
	if p, ok := err.(*model.Problem); ok {
		what, hint = p.What, p.Hint
	}
	b := textField([]byte{'{'}, "error", what)
	return append(textField(b, "hint", hint), '}')
}
