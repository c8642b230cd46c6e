package model

import (
	"strings"
	"testing"
)

func TestEveryIdIsThereOnce(t *testing.T) {
	seen := map[string]bool{}
	for v := range VariableCount {
		if v.String() == "" || seen[v.String()] {
			t.Errorf("variable %d has the id %q", v, v)
		}
		seen[v.String()] = true
		values := map[string]bool{}
		for i := range v.Values() {
			if id := v.ValueID(i); id == "" || values[id] {
				t.Errorf("%s has the value %q twice, or nameless", v, id)
			} else {
				values[id] = true
			}
		}
	}
	rules := map[string]bool{}
	for r := NoRule + 1; r < RuleCount; r++ {
		if r.String() == "" || rules[r.String()] {
			t.Errorf("rule %d has the id %q", r, r)
		}
		rules[r.String()] = true
	}
}

func TestAMistakeNamesTheNearest(t *testing.T) {
	for _, row := range []struct{ query, what, near string }{
		{"mood=full", `unknown variable "mood"`, `"mode"`},
		{"mode=ful", `unknown value for mode "ful"`, `"full"`},
		{"mode=", `unknown value for mode ""`, `known: strict full flexible off`},
		{"mode=zzz", `unknown value for mode "zzz"`, `known: strict full flexible off`},
		{"p433=open", `unknown variable "p433"`, `"p443"`},
		{"schema=http", `unknown variable "schema"`, `"scheme"`},
		{"scheme=htttp", `unknown value for scheme "htttp"`, `"http"`},
		{"client_cert=required_40", `unknown value for client_cert "required_40"`, `"required_400"`},
		{strings.Repeat("x", 3000) + "=1", "unknown variable", "known: "},
	} {
		_, _, err := ParseLegs(row.query)
		p, ok := err.(*Problem)
		if !ok {
			t.Errorf("%.40s: error %v", row.query, err)
			continue
		}
		if !strings.HasPrefix(p.What, row.what) || !strings.Contains(p.Hint, row.near) {
			t.Errorf("%.40s: %q, %q", row.query, p.What, p.Hint)
		}
	}
	for _, query := range []string{"mode=", "mode=zzz", "foo=on", strings.Repeat("x", 3000) + "=1"} { // nothing is near
		if _, _, err := ParseLegs(query); strings.Contains(err.(*Problem).Hint, "did you mean") {
			t.Errorf("%.40s: %v", query, err)
		}
	}
	for _, query := range []string{"mode=full&mode=full", strings.Repeat("&", 5000), "scheme=http"} {
		if _, err := ParseConfig(query); err == nil {
			t.Errorf("%.40s: accepted", query)
		}
	}
}

// FuzzParseConfig: what is accepted is written back to something that means the same; nothing panics.
func FuzzParseConfig(f *testing.F) {
	f.Add("mode=flexible&scheme=https&port=443&proxied=yes")
	f.Add("cert=none&sni=rejected&aop=on_wrong_ca")
	f.Add("=&&==&mode")
	f.Fuzz(func(t *testing.T, query string) {
		c, err := ParseConfig(query)
		if err != nil {
			if p, ok := err.(*Problem); !ok || p.What == "" || p.Hint == "" {
				t.Fatalf("%q: error without help: %v", query, err)
			}
			return
		}
		again, err := ParseConfig(c.String())
		if err != nil || again != c {
			t.Fatalf("%q is written %q and read %v, %v", query, c, again, err)
		}
	})
}
