package rules

import (
	"strings"
	"testing"

	"sslclinic/wasmcheck/model"
)

func TestEveryRuleIsToldInEveryLanguage(t *testing.T) {
	all := All()
	if len(all) != int(model.RuleCount)-1 {
		t.Fatalf("%d rules in the model, %d told", model.RuleCount-1, len(all))
	}
	for i, r := range all {
		if want := model.NoRule + 1 + model.Rule(i); r.Rule != want {
			t.Fatalf("place %d holds %s, not %s", i, r.Rule, want)
		}
		for _, language := range Languages() {
			s := r.Words[language]
			if s == "" || s != Sentence(r.Rule, language) {
				t.Errorf("%s has no sentence in %s", r.Rule, language)
			}
			if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "。") && !strings.HasSuffix(s, "）") {
				t.Errorf("%s is not a sentence: %s", r.Rule, s)
			}
		}
		if len(r.Sources) == 0 || r.Read == "" || r.Confidence == "" {
			t.Errorf("%s lacks a source, a date or a confidence", r.Rule)
		}
		for _, s := range r.Sources {
			if !strings.HasPrefix(s, "https://") {
				t.Errorf("%s has the source %q", r.Rule, s)
			}
		}
	}
}
