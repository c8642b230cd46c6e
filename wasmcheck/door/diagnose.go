package door

import (
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// Diagnose answers with what follows from a person's answers, see [diagnose.Parse]. Errors are a *[model.Problem].
func (d *Door) Diagnose(query string) ([]byte, error) {
	a, err := diagnose.Parse(query)
	if err != nil {
		return nil, err
	}
	f := d.Desk().Diagnose(a)
	b := intField([]byte{'{'}, "model", Model)
	b = causes(field(b, "causes"), f.Causes)
	b = inquiry(field(b, "next"), f)
	b = list(field(b, "plans"), f.Plans, plan)
	b = list(field(b, "contradiction"), f.Contradiction, id)
	b = intField(b, "fits", f.Fits)
	b = textField(b, "likeliest", f.Likeliest.String())
	b = boolField(b, "done", f.Done)
	return append(b, '}'), nil
}

// Desk is the desk at which this door's questions are answered.
func (d *Door) Desk() *diagnose.Desk {
	if d.desk == nil {
		d.desk = diagnose.NewDesk(diagnose.New())
	}
	return d.desk
}

// causes are written with four digits, the first so that they add up to 1.
func causes(b []byte, all []diagnose.Cause) []byte {
	const one = 10_000
	first := one
	for _, c := range all[1:] {
		first -= int(c.Share*one + .5)
	}
	b = append(b, '[')
	for i, c := range all {
		n := int(c.Share*one + .5)
		if i == 0 {
			n = first
		} else {
			b = append(b, ',')
		}
		b = textField(append(b, '{'), "id", c.ID)
		b = fraction(field(b, "share"), n, one)
		b = set(field(b, "because"), c.Because)
		b = append(set(field(b, "against"), c.Against), '}')
	}
	return append(b, ']')
}

func set(b []byte, s diagnose.Questions) []byte {
	b = append(b, '[')
	for q := range diagnose.QuestionCount {
		if s.Has(q) {
			if b[len(b)-1] != '[' {
				b = append(b, ',')
			}
			b = text(b, q.String())
		}
	}
	return append(b, ']')
}

func inquiry(b []byte, f *diagnose.Findings) []byte {
	if f.Done {
		return append(b, "null"...)
	}
	q := f.Next.Question
	b = textField(append(b, '{'), "question", q.String())
	b = append(field(b, "options"), '[')
	for o := diagnose.Option(1); o <= q.Options(); o++ {
		b = append(text(b, q.OptionID(o)), ',')
	}
	b = append(text(b, q.OptionID(diagnose.Unknown)), ']')
	b = list(field(b, "separates"), f.Next.Separates, text)
	return append(b, '}')
}

func plan(b []byte, p diagnose.Plan) []byte {
	https := p.Ends.Visits[1]
	b = list(field(append(b, '{'), "steps"), p.Steps, id)
	b = intField(b, "works", p.Works)
	b = intField(b, "of", p.Of)
	b = textField(b, "kind", p.Kind.String())
	b = boolField(b, "risky", p.Risky)
	b = append(field(b, "ends"), '{')
	b = textField(b, "proxied", model.Proxied.ValueID(p.Ends.Proxied))
	b = textField(b, "mode", model.Mode.ValueID(p.Ends.Mode))
	b = textField(b, "visitor", https.Visitor.String())
	b = textField(b, "origin", https.Origin.String())
	return append(b, "}}"...)
}

// id writes what has a public id.
func id[T interface{ String() string }](b []byte, v T) []byte { return text(b, v.String()) }
