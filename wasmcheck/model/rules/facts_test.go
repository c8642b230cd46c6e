package rules

import (
	"os"
	"regexp"
	"testing"

	"sslclinic/wasmcheck/model"
)

var inCode = regexp.MustCompile("`([a-z0-9]+(?:_[a-z0-9]+)+|served)`")

// TestFactsAndRulesNameEachOther: every rule has its place in the order of evaluation or in a table, and no id there is of a
// rule, or an outcome, that is none.
func TestFactsAndRulesNameEachOther(t *testing.T) {
	facts, err := os.ReadFile("../FACTS.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for o := range model.OutcomeCount {
		known[o.String()] = true
	}
	rules := map[string]bool{} // whether FACTS.md names it
	for _, r := range All() {
		rules[r.Rule.String()] = false
	}
	for _, m := range inCode.FindAllStringSubmatch(string(facts), -1) {
		if _, ok := rules[m[1]]; ok {
			rules[m[1]] = true
		} else if !known[m[1]] {
			t.Errorf("FACTS.md names %s, which is no rule", m[1])
		}
	}
	for id, named := range rules {
		if !named {
			t.Errorf("FACTS.md does not name the rule %s", id)
		}
	}
}
