package blocks

import (
	"strings"
	"testing"

	"sslclinic/wasmcheck/model"
)

func TestAFigureIsDrawnForThePageAndForItsMarkdown(t *testing.T) {
	p := Page{Figures: figures(t, map[string]string{"legs": "{{.ID}}: {{.Alt}} {{.Caption}}"})}
	for block, want := range map[string]Drawing{
		"```legs mode=flexible scheme=https": {"x: the flexible/the https: the authenticated, the plain. A <strong>caption</strong>.", "> the flexible/the https: the authenticated, the plain.\n>\n> A **caption**."},
		"```legs mode=full fail=origin":      {"x: the full/the https: the authenticated, the encrypted. Leg 2: fails A <strong>caption</strong>.", "> the full/the https: the authenticated, the encrypted. Leg 2: fails\n>\n> A **caption**."},
		"```legs mode=off":                   {"x: the off/the https: the plain, the plain. Redirected. A <strong>caption</strong>.", "> the off/the https: the plain, the plain. Redirected.\n>\n> A **caption**."},
		"```legs proxied=no":                 {"x: Direct. V–O: the authenticated A <strong>caption</strong>.", "> Direct. V–O: the authenticated\n>\n> A **caption**."},
	} {
		h := hole(t, block)
		if problems := Check(choices, h, "a.md"); len(problems) > 0 {
			t.Errorf("%s: %v", block, problems)
		}
		if got, err := Draw(p, h, "x"); err != nil || got != want {
			t.Errorf("%s: %v\n got %q\nwant %q", block, err, got, want)
		}
	}
}

// TestWhatAFigureTakesIsTheEngines, but for the scheme, which is the visitor's
// own, and the leg that fails, which is only marked.
func TestWhatAFigureTakesIsTheEngines(t *testing.T) {
	for _, name := range legsTakes {
		if name == "fail" || name == "scheme" {
			continue
		}
		if _, err := model.ParseConfig(name + "="); err == nil || strings.Contains(err.Error(), "unknown variable") {
			t.Errorf("the engine has no %q", name)
		}
	}
}

func TestEveryMistakeInAFigureIsNamedWhereItStands(t *testing.T) {
	named(t, []mistake{
		{"```legs mode=flexibel", []string{"a.md:11:9: error: unknown value for mode \"flexibel\" [figure]\n    hint: did you mean \"flexible\"? known: strict full flexible off origin_pull"}},
		{"```legs mode", []string{`a.md:11:9: error: unknown value for mode "" [figure]`}},
		{"```legs mod=flexible", []string{"a.md:11:9: error: legs takes no \"mod\" [figure]\n    hint: did you mean \"mode\"?"}},
		{"```legs cert=expired", []string{"a.md:11:9: error: legs takes no \"cert\" [figure]\n    hint: known are: fail, mode, port, proxied, scheme"}},
		{"```legs fail=edge", []string{"a.md:11:9: error: unknown leg \"edge\" [figure]\n    hint: known are: origin, visitor"}},
		{"```legs mode=full mode=off", []string{`a.md:11:19: error: "mode" is given twice [figure]`}},
		{"```legs fail=origin fail=visitor", []string{`a.md:11:21: error: "fail" is given twice`}},
		{"```legs mode=full&scheme=http", []string{`a.md:11:9: error: unknown value for mode "full&scheme=http" [figure]`}},
		{"```legs 日本 mode=x scheme=ftp  port=80", []string{`a.md:11:9: error: legs takes no "日本"`, `a.md:11:12: error: unknown value for mode "x"`, `a.md:11:19: error: unknown value for scheme "ftp"`, `a.md:11:31: error: unknown value for port "80"`}},
	})
}
