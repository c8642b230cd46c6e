// Package tables is what the engine says of many set-ups at once, for pages and for the command.
//
// Its law: a table holds public ids and nothing else; the words are the printer's. Every cell was simulated, or reasoned,
// when the table was made.
package tables

import (
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/report"
)

// A Table is a head and rows of the same width.
type Table struct {
	Head []string
	Rows [][]string
}

// Modes are the SSL modes, in the order of the dashboard.
func Modes() []model.Value {
	return []model.Value{model.ModeOff, model.ModeFlexible, model.ModeFull, model.ModeStrict, model.ModeOriginPull}
}

// Certificates is what an https visit sees, by what the origin presents and by mode.
func Certificates() Table {
	t := headed("origin")
	for _, c := range []model.Config{
		{},
		{model.Cert: model.CertOriginCA},
		{model.Cert: model.CertSelfSigned},
		{model.CertDate: model.CertDateExpired},
		{model.CertDate: model.CertDateNotYet},
		{model.CertName: model.CertNameMismatch},
		{model.CertChain: model.CertChainIncomplete},
		{model.Cert: model.CertNone},
		{model.SNI: model.SNIRejected},
		{model.Cipher: model.CipherNone},
		{model.Listener: model.ListenerPlain},
		{model.P443: model.P443Refused},
		{model.P443: model.P443Dropped},
		{model.P80: model.P80Refused},
	} {
		t.Rows = append(t.Rows, byMode(c))
	}
	return t
}

// headed is a table without rows yet, by what its first column holds and by mode.
func headed(first string) Table {
	t := Table{Head: []string{first}}
	for _, m := range Modes() {
		t.Head = append(t.Head, model.Mode.ValueID(m))
	}
	return t
}

// byMode is a row: a set-up, and what an https visit sees of it in each mode.
func byMode(c model.Config) []string {
	row := []string{c.String()}
	for _, m := range Modes() {
		r, _ := model.Simulate(c.With(model.Mode, m), model.HTTPS)
		row = append(row, r.Outcome.String())
	}
	return row
}

// Faults is what an https visit sees of everything that can be wrong at the origin, one fault at a time and by mode, in the
// order of the variables. What the origin redirects is in [Loops]. That it trusts another authority than Authenticated
// Origin Pulls is a fault only where it demands a certificate, so that row has both.
func Faults() Table {
	t := headed("fault")
	for v := model.DNS; v <= model.Response; v++ {
		switch v {
		case model.Redirect80, model.Redirect443:
			continue
		case model.AOP:
			t.Rows = append(t.Rows, byMode(model.Config{model.ClientCert: model.ClientCertRequired400, model.AOP: model.AOPWrongCA}))
			continue
		}
		for value := model.Value(1); value < v.Values(); value++ {
			t.Rows = append(t.Rows, byMode(model.Config{}.With(v, value)))
		}
	}
	return t
}

// Errors is what is told of each symptom when nothing else is known: the likeliest causes, three at most, with their shares
// in hundredths.
func Errors(d *diagnose.Session) Table {
	t := Table{Head: []string{"symptom", "cause", "share"}}
	for s := diagnose.Option(1); s < diagnose.SymptomNone; s++ {
		var a diagnose.Answers
		a.Told[diagnose.Symptom] = s
		told := report.Of(d.Diagnose(a), &a).Told
		for _, c := range told[:min(3, len(told))] {
			t.Rows = append(t.Rows, []string{diagnose.Symptom.OptionID(s), c.ID, hundredths(c.Share)})
		}
	}
	return t
}

func hundredths(share float32) string {
	n := int(share*100 + .5)
	return string([]byte{byte('0' + n/100), '.', byte('0' + n/10%10), byte('0' + n%10)})
}

// Loops are the combinations of mode, Always Use HTTPS, HSTS and the origin's redirects that end in a loop, with the
// scheme that has to be typed for it.
func Loops() Table {
	variables := []model.Variable{model.AlwaysHTTPS, model.HSTS, model.Redirect80, model.Redirect443}
	t := Table{Head: []string{model.Mode.String()}}
	for _, v := range variables {
		t.Head = append(t.Head, v.String())
	}
	t.Head = append(t.Head, "http", "https")
	for _, m := range Modes() {
		each(model.Config{model.Mode: m}, variables, func(c model.Config) {
			row := []string{model.Mode.ValueID(m)}
			for _, v := range variables {
				row = append(row, v.ValueID(c[v]))
			}
			loops := false
			for s := model.HTTP; s <= model.HTTPS; s++ {
				r, _ := model.Simulate(c, s)
				loops = loops || r.Outcome == model.OutcomeLoop
				row = append(row, r.Outcome.String())
			}
			if loops {
				t.Rows = append(t.Rows, row)
			}
		})
	}
	return t
}

// each calls f with every setting of the variables.
func each(c model.Config, variables []model.Variable, f func(model.Config)) {
	if len(variables) == 0 {
		f(c)
		return
	}
	for i := range variables[0].Values() {
		each(c.With(variables[0], i), variables[1:], f)
	}
}
