package diagnose

import (
	"slices"
	"strings"
	"testing"

	"sslclinic/wasmcheck/model"
)

// TestWhatATextShowsIsTheFirstCause: each fault that a text can show is the first cause of who pastes it, has said nothing else, and is not
// certain; with what is seen, it is.
func TestWhatATextShowsIsTheFirstCause(t *testing.T) {
	d := NewSession(engine)
	for query, want := range map[string]string{
		"test443=not_yet&read=test443":                "cert_date=not_yet",
		"test443=silent&read=test443":                 "listener=silent",
		"test443=reset&read=test443":                  "listener=reset",
		"test443=alert70&read=test443":                "tls_version=none",
		"test443=alert112&read=test443":               "sni=rejected",
		"test443=client_cert_400":                     "client_cert=required_400",
		"test443=client_cert_alert40":                 "client_cert=required_alert12",
		"test443=client_cert_alert116":                "client_cert=required_alert13",
		"dates=expired":                               "cert_date=expired",
		"dates=not_yet":                               "cert_date=not_yet",
		"names=mismatch":                              "cert_name=mismatch",
		"chain=incomplete":                            "cert_chain=incomplete",
		"issuer=self_signed":                          "cert=self_signed",
		"issuer=staging":                              "cert=self_signed",
		"issuer=private":                              "cert=self_signed",
		"listen443=no":                                "p443=refused",
		"origin_log=sni_rejected":                     "sni=rejected",
		"origin_log=no_certificate":                   "cert=none",
		"origin_log=acme_failed":                      "issuance=challenge",
		"symptom=525&listen443=loopback":              "p443=refused",
		"symptom=525&origin_log=unsupported_protocol": "tls_version=none",
	} {
		if f := d.Diagnose(told(t, query)); f.Causes[0].ID != want {
			t.Errorf("%s: %v", query, f.Causes[:3])
		}
	}
	for query, want := range map[string]string{
		"symptom=525&origin_log=no_shared_cipher":                            "cert=none",
		"symptom=525&origin_log=tls_on_plain":                                "listener=plain",
		"symptom=525&origin_log=cert_not_loaded":                             "cert=none",
		"symptom=525&origin_log=key_mismatch":                                "cert=none",
		"symptom=521&origin_log=bind_failed":                                 "p443=refused",
		"symptom=521&listen443=loopback":                                     "p443=refused",
		"symptom=client_cert_400&origin_log=client_cert_missing&proxied=yes": "client_cert=required_400",
		"symptom=plain_to_tls_400&origin_log=plain_http_on_tls":              "p80=tls",
		"symptom=520&origin_log=upstream_down":                               "response=empty",
		"symptom=521&listen80=no&mode=flexible":                              "p80=refused",
	} {
		if f := d.Diagnose(told(t, query)); f.Causes[0].ID != want || f.Causes[0].Share < .5 {
			t.Errorf("%s: %v", query, f.Causes[:3])
		}
	}
	// A router's default certificate speaks of the name as well.
	var ids []string
	for _, c := range d.Diagnose(told(t, "symptom=526&issuer=router_default")).Causes[:2] {
		ids = append(ids, c.ID)
	}
	if slices.Sort(ids); !slices.Equal(ids, []string{"cert=self_signed", "cert_name=mismatch"}) {
		t.Errorf("a router's default certificate is told as %v", ids)
	}
}

// TestAnOriginCACertificateWithAFaultIsNoContradiction: a public trust store complains of its authority, whatever else is wrong.
func TestAnOriginCACertificateWithAFaultIsNoContradiction(t *testing.T) {
	d := NewSession(engine)
	for _, test := range []string{"test443=origin_ca", "test443=origin_ca&read=test443", "issuer=origin_ca", "test443=origin_ca&issuer=origin_ca&read=test443"} {
		for rest, want := range map[string]string{"dates=expired": "cert_date=expired", "names=mismatch": "cert_name=mismatch"} {
			query := "symptom=526&mode=strict&" + test + "&" + rest
			if f := d.Diagnose(told(t, query)); f.Contradiction != 0 || f.Causes[0].ID != want || f.Causes[0].Share < .9 {
				t.Errorf("%s: %b, %v", query, f.Contradiction, f.Causes[0])
			}
		}
		if f := d.Diagnose(told(t, "symptom=526&mode=strict&"+test)); f.Contradiction != 0 {
			t.Errorf("526 with %s is called a contradiction", test)
		}
	}
}

// TestWhatIsReadWeighsMoreThanWhatIsTold: the causes for which an output speaks are together no less likely when it was read.
func TestWhatIsReadWeighsMoreThanWhatIsTold(t *testing.T) {
	d := NewSession(engine)
	weighs := func(query string) (sum float32) {
		for _, c := range d.Diagnose(told(t, query)).Causes {
			if c.Because.Has(Test443) && c.ID != SomethingElse {
				sum += c.Share
			}
		}
		return sum
	}
	for o := Option(1); o <= Test443.Asked(); o++ {
		query := "symptom=525&test443=" + Test443.OptionID(o)
		if told, read := weighs(query), weighs(query+"&read=test443"); read < told {
			t.Errorf("%s: %.3f where it is told, %.3f where it is read", query, told, read)
		}
	}
}

// TestNobodyIsAskedWhatOnlyATextTells, whatever was answered before.
func TestNobodyIsAskedWhatOnlyATextTells(t *testing.T) {
	for q := askable; q < QuestionCount; q++ {
		for o := range Origin.Options() {
			for h := range Access.Options() {
				a := Answers{Told: [QuestionCount]Option{Symptom: Option(model.Outcome525), Origin: o, Access: h}}
				if a.canAnswer(q) {
					t.Errorf("%s may be asked of %s", q, a)
				}
			}
		}
	}
}

// TestEvidenceIsNoQuestionThatWasAsked: however much is pasted, what it does not tell is still asked.
func TestEvidenceIsNoQuestionThatWasAsked(t *testing.T) {
	d := NewSession(engine)
	f := d.Diagnose(told(t, "symptom=525&test443=ok&issuer=public&dates=valid&names=match&chain=complete&listen443=yes&listen80=yes&test80=ok&redirect80=none&redirect443=none&read=test443,test80,redirect80,redirect443"))
	if f.Done && f.Next.Key == "" {
		t.Errorf("nothing is asked any more: %v", f.Causes[:3])
	}
}

// TestAMarkStandsOnAnAnswer: what was read is one of the answers, and a link keeps the mark.
func TestAMarkStandsOnAnAnswer(t *testing.T) {
	for query, want := range map[string]string{
		"test443=expired&read=test443,test443":                                       "test443=expired&read=test443",
		"read=symptom,dates&symptom=525&dates=expired":                               "symptom=525&dates=expired&read=symptom",
		"test443=client_cert_400&read=test443":                                       "test443=client_cert_400",
		"symptom=525&did1=set_strict&now1=526&test443_1=expired&read=test443_1,now1": "symptom=525&did1=set_strict&now1=526&test443_1=expired&read=now1,test443_1",
	} {
		if a := told(t, query); a.String() != want {
			t.Errorf("%s is written %s", query, a)
		}
	}
	for _, wrong := range []string{"read=test443", "test443=unknown&read=test443", "symptom=525&read=symptoms"} {
		if _, err := Parse(wrong); err == nil || !strings.Contains(err.(*model.Problem).Hint, "read=test443") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
