package tables

import (
	"slices"
	"testing"

	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
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

// TestFaultsAreTheOutcomesOfTheFacts: rows of FACTS.md 3, and every fault of the origin once.
func TestFaultsAreTheOutcomesOfTheFacts(t *testing.T) {
	table := Faults()
	for fault, want := range map[string][]string{
		"dns=wrong":                                {"522", "522", "522", "522", "522"},
		"dns=unresolvable":                         {"530", "530", "530", "530", "530"},
		"dns=unreachable":                          {"523", "523", "523", "523", "523"},
		"p80=dropped":                              {"522", "522", "ok", "ok", "ok"},
		"p80=tls":                                  {"plain_to_tls_400", "plain_to_tls_400", "ok", "ok", "ok"},
		"p443=edge_refused":                        {"ok", "ok", "521", "521", "521"},
		"listener=plain":                           {"ok", "ok", "525", "525", "525"},
		"cert=none":                                {"ok", "ok", "525", "525", "525"},
		"cert=origin_ca":                           {"ok", "ok", "ok", "ok", "ok"},
		"cert_date=not_yet":                        {"ok", "ok", "ok", "526", "526"},
		"cert_chain=incomplete":                    {"ok", "ok", "ok", "526", "526"},
		"sni=rejected":                             {"ok", "ok", "525", "525", "525"},
		"tls_version=none":                         {"ok", "ok", "525", "525", "525"},
		"cipher=none":                              {"ok", "ok", "525", "525", "525"},
		"client_cert=required_400":                 {"ok", "ok", "client_cert_400", "client_cert_400", "client_cert_400"},
		"client_cert=required_alert12":             {"ok", "ok", "525", "525", "525"},
		"client_cert=required_alert13":             {"ok", "ok", "520", "520", "520"},
		"client_cert=required_400&aop=on_wrong_ca": {"ok", "ok", "client_cert_400", "client_cert_400", "client_cert_400"},
		"response=empty":                           {"520", "520", "520", "520", "520"},
		"response=slow":                            {"524", "524", "524", "524", "524"},
		"response=headers_too_big":                 {"520", "520", "520", "520", "520"},
	} {
		if got := find(table, fault); !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", fault, got, want)
		}
	}
	for _, v := range []model.Variable{model.DNS, model.P80, model.P443, model.Listener, model.Cert, model.CertDate, model.CertName, model.CertChain,
		model.SNI, model.TLSVersion, model.Cipher, model.ClientCert, model.Response} {
		for value := model.Value(1); value < v.Values(); value++ {
			if id := v.String() + "=" + v.ValueID(value); find(table, id) == nil {
				t.Errorf("%s is not there", id)
			}
		}
	}
}

func TestEverySymptomHasACause(t *testing.T) {
	table := Errors(diagnose.NewSession(diagnose.New()))
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
