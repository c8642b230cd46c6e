package blocks

import (
	"html/template"
	"strings"
	"testing"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/tables"
)

func TestTheModesAreDrawnForThePageAndForItsMarkdown(t *testing.T) {
	p := Page{Figures: figures(t, map[string]string{"modes": "{{.ID}}:{{range .Rows}} {{.ID}}{{end}} {{.Caption}}"})}
	h := hole(t, "```outcomes modes")
	got, err := Draw(p, h, "x")
	if err != nil || len(Check(choices, h, "a.md")) > 0 || !strings.HasPrefix(string(got.HTML), "x: x-off-http") || !strings.HasSuffix(string(got.HTML), "A <strong>caption</strong>.") ||
		!strings.Contains(got.Markdown, "|---|\n| the off | the http | the plain | the plain | 80 |\n") || strings.Count(got.Markdown, "\n") != 2+9+2 {
		t.Errorf("%v\n%s\n%s", err, got.HTML, got.Markdown)
	}
}

// TestTheTableOfFaultsSaysWhatTheEngineSays: every row is named, and every cell is the simulator's.
func TestTheTableOfFaultsSaysWhatTheEngineSays(t *testing.T) {
	h := hole(t, "```outcomes faults")
	if problems := Check(choices, h, "a.md"); len(problems) > 0 {
		t.Fatal(problems)
	}
	s := checkpages.Phrasing{Checker: &checkpages.Checker{}, Figures: figures(t, nil), Phrase: func(source.Say) template.HTML { return "" }, Article: func(string) string { return "" }}
	s.Words.Causes = map[string]yamlfile.At[source.Cause]{}
	for v := range model.VariableCount {
		if v == model.AOP {
			continue // no cause by itself
		}
		for _, value := range v.ValueIDs() {
			id := v.String() + "=" + value
			s.Words.Causes[id] = yamlfile.At[source.Cause]{Value: source.Cause{Name: source.Say{"en": id}}}
		}
	}
	wrongCA := map[string]yamlfile.At[source.Say]{"on_wrong_ca": {Value: source.Say{"en": "on_wrong_ca"}}}
	s.Words.Questions = map[string]yamlfile.At[source.Question]{"aop": {Value: source.Question{Short: source.Say{"en": "aop"}, Options: wrongCA}}}
	s.Words.Outcomes = map[string]yamlfile.At[source.Outcome]{"origin_page": {Value: source.Outcome{Name: source.Say{"en": "the origin_page"}}}}
	got, err := Draw(Page{Figures: s.Figures, Phrasing: &s}, h, "x")
	if err != nil {
		t.Fatal(err)
	}
	table, caption, _ := strings.Cut(got.Markdown, "|\n\n")
	lines := strings.Split(table, "\n")
	if lines[0] != "| Leg 2 | the off | the flexible | the full | the strict | the origin_pull |" || caption != "A **caption**." || len(lines) < 30 {
		t.Fatalf("%s", got.Markdown)
	}
	named := strings.NewReplacer("Cloudflare Origin CA", "cert=origin_ca", " + ", "&", "aop: ", "aop=")
	for _, line := range lines[2:] {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		fault, err := model.ParseConfig(named.Replace(cells[0]))
		if err != nil || fault == (model.Config{}) {
			t.Errorf("%s: %v", line, err)
		}
		for i, mode := range tables.Modes() {
			seen, _ := model.Simulate(fault.With(model.Mode, mode), model.HTTPS)
			want := strings.NewReplacer("ok", "OK", "client_cert_", "", "plain_to_tls_", "", "origin_page", "the origin_page").Replace(seen.Outcome.String())
			if cells[i+1] != want {
				t.Errorf("%s: %s in mode %s", line, want, model.Mode.ValueID(mode))
			}
		}
	}
}

func TestEveryMistakeInATableIsNamedWhereItStands(t *testing.T) {
	named(t, []mistake{
		{"```outcomes", []string{"a.md:11:4: error: a table without a name [figure]\n    hint: write ```outcomes modes"}},
		{"```outcomes mode", []string{`a.md:11:13: error: there is no table "mode"`}},
		{"```outcomes fault", []string{"a.md:11:13: error: there is no table \"fault\" [figure]\n    hint: write ```outcomes modes or faults or loops"}},
		{"```outcomes modes=x", []string{`a.md:11:13: error: the table "modes" takes no value`}},
		{"```outcomes modes modes", []string{"a.md:11:19: error: one table at a time"}},
	})
}
