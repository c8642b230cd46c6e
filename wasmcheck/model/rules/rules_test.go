package rules

import (
	"strings"
	"testing"

	"sslclinic/wasmcheck/model"
)

func TestEveryRuleHasItsEvidence(t *testing.T) {
	all := All()
	if len(all) != int(model.RuleCount)-1 {
		t.Fatalf("%d rules in the model, %d here", model.RuleCount-1, len(all))
	}
	for i, r := range all {
		if want := model.NoRule + 1 + model.Rule(i); r.Rule != want {
			t.Fatalf("place %d holds %s, not %s", i, r.Rule, want)
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
