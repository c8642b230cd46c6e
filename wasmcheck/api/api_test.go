package api

import (
	"encoding/json"
	"strings"
	"testing"

	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

func TestAShareIsANumberWithoutNeedlessZeros(t *testing.T) {
	for permille, want := range map[int]string{0: "0.0", 1: "0.001", 10: "0.01", 100: "0.1", 150: "0.15", 930: "0.93", 999: "0.999", 1000: "1.0"} {
		var w writer
		if w.fraction("", permille, 1000); string(w.b) != want {
			t.Errorf("%d is written %s, not %s", permille, w.b, want)
		}
	}
}

func TestSimulateWritesTheDocumentedShape(t *testing.T) {
	got := string(new(Handler).Answer("simulate?mode=full&p443=refused"))
	want := `{"http":{"outcome":"ok","mixed":false,"final":"http","visitor":"plain","origin":"plain","trace":[` +
		`{"hop":1,"rule":"full_follows_http"},{"hop":1,"rule":"served"}]},` +
		`"https":{"outcome":"521","alternatives":[{"outcome":"525","share":0.1,"rule":"port_443_refused"}],"mixed":false,"final":"",` +
		`"visitor":"authenticated","origin":"none","trace":[{"hop":1,"rule":"full_unchecked"},{"hop":1,"rule":"port_443_refused"}]}}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for query, want := range map[string]string{
		"origin=tunnel&tunnel=not_connected": `"outcome":"530","number":1033,"codes":[{"code":1033,"share":0.8},{"code":1016,"share":0.2}],`,
		"domain=other_account":               `"outcome":"530","number":1014,"mixed":`,
		"response=wrong_site":                `"outcome":"origin_page","status":404,"codes":[{"code":404,"share":0.52},{"code":503,"share":0.37},{"code":421,"share":0.11}],`,
	} {
		if got := string(new(Handler).Answer("simulate?" + query)); strings.Count(got, want) != 2 {
			t.Errorf("%s: no %s in both visits of %s", query, want, got)
		}
	}
	told, err := Simulate("mode=off", func(r model.Rule) string { return "because " + r.String() })
	if err != nil || !strings.Contains(string(told), `{"hop":1,"rule":"off_redirects_to_http","text":"because off_redirects_to_http"}`) {
		t.Errorf("%s, %v", told, err)
	}
}

func TestDiagnoseWritesTheDocumentedShape(t *testing.T) {
	var handler Handler
	queries := []string{"", "symptom=525&mode=full&test443=alert112", "symptom=526&mode=flexible"}
	for s := diagnose.Option(1); s <= diagnose.Symptom.Options(); s++ {
		for o := diagnose.Option(1); o <= diagnose.Origin.Options(); o++ {
			queries = append(queries, "symptom="+diagnose.Symptom.OptionID(s)+"&origin="+diagnose.Origin.OptionID(o))
		}
		queries = append(queries, "symptom="+diagnose.Symptom.OptionID(s))
	}
	for _, query := range queries {
		var found struct {
			Model  int
			Causes []struct {
				ID      string
				Share   float64
				Because []string
			}
			Next *struct {
				Question, Key      string
				Options, Separates []string
			}
			Plans []struct {
				Steps     []string
				Works, Of int
				Chance    string
				Else      *string
				Kind      string
				Ends      struct{ Mode, Visitor, Origin string }
			}
			More          *string
			Contradiction []string
			Done          bool
		}
		decoder := json.NewDecoder(strings.NewReader(string(handler.Answer("diagnose?" + query))))
		if err := decoder.Decode(&found); err != nil {
			t.Fatal(err)
		}
		sum, last := 0.0, 1.0
		for _, c := range found.Causes {
			sum += c.Share
			if c.ID == "" || c.Because == nil || c.Share > last {
				t.Errorf("%s: %+v below %v", query, c, last)
			}
			last = c.Share
		}
		if found.Model != Model || sum < .99999 || sum > 1.00001 || found.Contradiction == nil || found.Done != (found.Next == nil) || found.Done != (found.More != nil) {
			t.Errorf("%s: shares add up to %v: %+v", query, sum, found)
		}
		if n := found.Next; n != nil && (n.Key != n.Question || len(n.Options) < 3 || n.Options[len(n.Options)-1] != "unknown" || n.Separates == nil) {
			t.Errorf("%s: %+v", query, *n)
		}
		for _, p := range found.Plans {
			message := len(p.Steps) == 1 && strings.HasPrefix(p.Steps[0], "ask_") // of which nothing is proved
			if len(p.Steps) == 0 || p.Works > p.Of || (p.Else != nil) != (p.Works < p.Of) && !message || p.Chance != "high" && p.Chance != "fair" && p.Chance != "low" || p.Kind != "fix" && p.Kind != "workaround" || p.Ends.Mode == "" || p.Ends.Origin == "" {
				t.Errorf("%s: %+v", query, p)
			}
		}
	}
}

// TestAReasonIsTheKeyOfItsAnswer: whoever asked finds it in the query.
func TestAReasonIsTheKeyOfItsAnswer(t *testing.T) {
	var handler Handler
	for query, want := range map[string]string{
		"symptom=525&mode=full&test443=alert112":                                      `"because":["symptom","test443"],"against":[]`,
		"symptom=525&mode=full&test443=self_signed&did1=install_certificate&now1=525": `"because":["now1"],"against":[]`,
		"symptom=526&since=renewal&did1=renew_certificate&now1=526":                   `"because":["now1","since"],"against":[]`,
		"symptom=526&mode=flexible&did1=set_strict&now1=526":                          `"contradiction":["symptom","mode"]`,
	} {
		if answer := string(handler.Answer("diagnose?" + query)); !strings.Contains(answer, want) {
			t.Errorf("%s: no %s in %s", query, want, answer)
		}
	}
}

// FuzzAnswer: whatever is asked, the answer is JSON, and says what was wrong if something was.
func FuzzAnswer(f *testing.F) {
	for _, request := range []string{"", "legs?scheme=http", "simulate?mode=flexible&redirect80=https", "diagnose?symptom=525&mode=full&test443=alert112",
		"diagnose?symptom=525&did1=set_strict,install_certificate&now1=526", "legs?mode=\xff\"\\\x00", "simulate?a=&b==&"} {
		f.Add(request)
	}
	var handler Handler
	f.Fuzz(func(t *testing.T, request string) {
		answer := handler.Answer(request)
		var parsed map[string]any
		if err := json.Unmarshal(answer, &parsed); err != nil {
			t.Fatalf("%q is answered by %s: %v", request, answer, err)
		}
		if what, wrong := parsed["error"]; wrong && (what == "" || parsed["hint"] == "") {
			t.Fatalf("%q is answered by %s", request, answer)
		}
	})
}
