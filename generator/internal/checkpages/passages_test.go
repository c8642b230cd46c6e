package checkpages

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/diagnose"
)

var marks = regexp.MustCompile(`</?span[^>]*>`)

// TestAnActionIsToldForThePlace: of the shipped texts nobody reads what is for another place, or what takes a terminal that they do
// not have; what they read is part of the whole, in its order; and who has told nothing reads all of it.
func TestAnActionIsToldForThePlace(t *testing.T) {
	c := content(t)
	shorter := 0
	for _, lang := range []string{"ja", "en"} {
		s := Phrasing{
			Checker: &Checker{Engine: diagnose.New(), Words: c.Checker}, Figures: Figures{Lang: lang, Words: c.Words[lang]},
			Phrase: func(say source.Say) template.HTML { return template.HTML(say[lang]) }, Article: func(string) string { return "" },
		}
		for action := range diagnose.ActionCount {
			w := c.Checker.Actions[action.String()].Value
			whole := s.Action(action, nil)
			if got, want := marks.ReplaceAllString(string(whole.How), ""), strings.TrimSpace(Unmarked(w.How[lang])); got != want {
				t.Errorf("%s in %s: all of it is\n%s\nwant\n%s", action, lang, got, want)
			}
			for _, kind := range diagnose.Origin.OptionIDs() {
				for i, has := range []string{"dashboard,panel", "shell", "unknown"} {
					stays := []string{"full", "strict", "unknown"}[i]
					a, err := diagnose.Parse("symptom=525&origin=" + kind + "&access=" + has + "&lasting=" + stays)
					if err != nil {
						t.Fatal(err)
					}
					told := s.Action(action, &a)
					commands := func(one theme.Snippet) bool { return strings.Contains(string(one.Code), "bash") }
					if has == "dashboard,panel" && slices.ContainsFunc(told.Snippets, commands) {
						t.Errorf("%s in %s for %s: a command, and nowhere to type it", action, lang, kind)
					}
					for i, text := range []string{w.How[lang], w.Verify[lang]} {
						want := ""
						for j, part := range strings.Split("{at}"+text, "{at") {
							if j == 0 {
								continue
							}
							at, words, _ := strings.Cut(part, "}")
							of := strings.Fields(at)
							if len(of) == 0 || slices.Contains(of, kind) || slices.Contains(of, "shell") && has != "dashboard,panel" || slices.Contains(of, "strict") && stays != "full" {
								want += words
							}
						}
						got := string([]template.HTML{told.How, told.Verify}[i])
						if got != strings.TrimSpace(want) {
							t.Errorf("%s in %s for %s with %s: told is\n%s\nwant\n%s", action, lang, kind, has, got, want)
						}
						if len(got) < len(Unmarked(text)) {
							shorter++
						}
					}
				}
			}
		}
	}
	if shorter == 0 {
		t.Error("everybody is told everything")
	}
}

// TestMarksOfPassagesAreHeldAgainstTheEngine, and are the same in every language.
func TestMarksOfPassagesAreHeldAgainstTheEngine(t *testing.T) {
	c := source.Checker{Actions: map[string]yamlfile.At[source.Action]{
		"set_strict": {Line: 3, Value: source.Action{How: source.Say{"en": "{at hostin}a {at server shell}b", "fr": "{at hostin}a {at server shell}b"}}},
		"set_full":   {Line: 9, Value: source.Action{Verify: source.Say{"en": "{at shell}a", "fr": "a"}}},
	}}
	said := fmt.Sprint(CheckChecker("checker", c, []string{"en", "fr"}))
	for _, want := range []string{
		`actions.yaml:3: error: set_strict: how: nothing is called "hostin" in {at hostin} [words]` + "\n    hint: did you mean \"hosting\"?",
		`actions.yaml:3: error: set_strict: how: {at server shell} names a terminal and a place [words]`,
		`actions.yaml:9: error: set_full: verify: "en" has the marks [{at shell}], and "fr" has [] [words]`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s\nbut\n%s", want, said)
		}
	}
}
