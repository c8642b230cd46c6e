package tables

import (
	"slices"
	"testing"

	"sslclinic/wasmcheck/diagnose"
)

// find gives the row that begins with the cells, or nil.
func find(t Table, cells ...string) []string {
	for _, row := range t.Rows {
		if slices.Equal(row[:len(cells)], cells) {
			return row[len(cells):]
		}
	}
	return nil
}

func TestCertificatesMatterInTheStrictModesAlone(t *testing.T) {
	table := Certificates()
	for origin, want := range map[string][]string{
		"":                      {"ok", "ok", "ok", "ok", "ok"},
		"cert=origin_ca":        {"ok", "ok", "ok", "ok", "ok"},
		"cert=self_signed":      {"ok", "ok", "ok", "526", "526"},
		"cert_date=expired":     {"ok", "ok", "ok", "526", "526"},
		"cert_chain=incomplete": {"ok", "ok", "ok", "526", "526"},
		"cert=none":             {"ok", "ok", "525", "525", "525"},
		"p443=refused":          {"ok", "ok", "521", "521", "521"},
		"p80=refused":           {"521", "521", "ok", "ok", "ok"},
	} {
		if got := find(table, origin); !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", origin, got, want)
		}
	}
}

func TestEverySymptomHasACause(t *testing.T) {
	table := Errors(diagnose.NewDesk(diagnose.New()))
	for s := diagnose.Option(1); s < diagnose.SymptomNone; s++ {
		if find(table, diagnose.Symptom.OptionID(s)) == nil {
			t.Errorf("no cause of %s", diagnose.Symptom.OptionID(s))
		}
	}
	if got := find(table, "loop"); got == nil || got[0] != "redirect80=https" {
		t.Errorf("a loop is caused by %v", got)
	}
}

func TestTheDocumentedLoopsAreThereAndNoOthers(t *testing.T) {
	table := Loops()
	for _, want := range [][]string{
		{"flexible", "off", "off", "https", "none", "loop", "loop"}, // L1
		{"full", "on", "off", "none", "http", "loop", "loop"},       // L7
		{"strict", "off", "on", "none", "http", "loop", "loop"},     // L8
		{"full", "off", "off", "https", "http", "loop", "loop"},     // L10
		{"off", "off", "off", "https", "none", "loop", "loop"},      // L12
		{"off", "off", "on", "none", "none", "loop", "loop"},        // L13
	} {
		if find(table, want...) == nil {
			t.Errorf("%v is not there", want)
		}
	}
	for _, healthy := range [][]string{{"full", "off", "off", "https", "none"}, {"flexible", "on", "off", "https_forwarded", "none"}, {"full", "off", "off", "none", "http"}} {
		if row := find(table, healthy...); row != nil {
			t.Errorf("%v loops: %v", healthy, row)
		}
	}
}

func TestPendingAndExpiredEdgeCertificatesLookAlike(t *testing.T) {
	groups := diagnose.New().Alike()
	for _, g := range groups {
		t.Log(g)
	}
	if !slices.ContainsFunc(groups, func(g []string) bool { return slices.Equal(g, []string{"edge_cert=expired", "edge_cert=pending"}) }) {
		t.Errorf("%v", groups)
	}
}
