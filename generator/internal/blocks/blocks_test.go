package blocks

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/highlight"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/yamlfile"
)

// said is a word that says of what it is the word, so that a test can see
// where it arrives.
func said(names ...string) map[string]yamlfile.At[string] {
	words := map[string]yamlfile.At[string]{}
	for i, n := range names {
		words[n] = yamlfile.At[string]{Value: "the " + n, Line: i + 1, Col: 3}
	}
	return words
}

func words() source.Words {
	w := source.Words{
		Modes: said("off", "flexible", "full", "strict", "origin_pull"), Schemes: said("http", "https"), Ports: said("443", "alt"),
		Redirect: "Redirected.", Direct: "Direct.", Failing: "fails",
		Figure:      yamlfile.At[string]{Value: "{mode}/{scheme}: {visitor}, {origin}.", Line: 9, Col: 9},
		Sentences:   yamlfile.At[string]{Value: "{first} {second}"},
		Pair:        yamlfile.At[string]{Value: "{name}: {what}"},
		Protections: map[string]source.Protection{},
	}
	for name, at := range said("none", "plain", "encrypted", "authenticated") {
		w.Protections[name] = source.Protection{Name: at, Short: "short " + name, Means: "means " + name, Reader: "reader " + name, Changer: "changer " + name}
	}
	w.Legs.Visitor, w.Legs.Origin = "Leg 1", "Leg 2"
	w.Stations.Visitor, w.Stations.Edge, w.Stations.Origin = "V", "E", "O"
	w.Table.Caption, w.Table.Mode, w.Table.Scheme, w.Table.Visitor, w.Table.Origin, w.Table.Port = "C", "M", "S", "1", "2", "P"
	return w
}

// figures draws with the given parts, and nothing with the others.
func figures(t *testing.T, parts map[string]string) checkpages.Figures {
	t.Helper()
	var templates strings.Builder
	for _, name := range slices.Concat([]string{"article", "home", "section", "ticket", "root", "missing", "gone", "originleg", "glossary", "check", "step", "thinks", "catalogue", "hosts", "host", "articles", "search", "support", "mini"}, Parts()) {
		templates.WriteString(`{{define "` + name + `"}}` + parts[name] + `{{end}}`)
	}
	look, problems, err := theme.Load([]theme.Layer{{FS: fstest.MapFS{"templates/t.html": {Data: []byte(templates.String())}, "words/en.yaml": {}}, Dir: "theme"}}, []string{"en"}, Parts()...)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	return checkpages.Figures{Lang: "en", Words: words(), Theme: look}
}

// What can be chosen in the tests, and what be included.
var (
	choices = Choices{
		Host:   {{ID: "xserver", Names: map[string]string{"ja": "エックスサーバー", "en": "Xserver"}}, {ID: "sakura", Name: "Sakura"}},
		System: Systems, Server: {{ID: "nginx", Name: "nginx"}, {ID: "apache", Name: "Apache"}},
	}
	recipes = map[string]markdown.Included{"renew": {File: "recipes/renew/en.md", Body: []byte("Then **renew**.\n")}}
)

// hole parses a block as markdown does. One of a single line gets a caption.
func hole(t *testing.T, block string) markdown.Hole {
	t.Helper()
	if !strings.Contains(block, "\n") {
		block += "\nA **caption**.\n```\n"
	}
	d := markdown.New(markdown.Labels{}, Bodies(), recipes).Convert("a.md", 10, []byte(block))
	if len(d.Problems) > 0 || len(d.Holes) == 0 {
		t.Fatal(d.Problems, d.Holes)
	}
	return d.Holes[len(d.Holes)-1] // after those that stand in it
}

// mistake is a block, and what is said of it.
type mistake struct {
	block string
	want  []string
}

// named sees to it that every mistake is named where it stands, with a hint.
func named(t *testing.T, mistakes []mistake) {
	t.Helper()
	for _, c := range mistakes {
		problems := Check(choices, hole(t, c.block), "a.md")
		for i := range max(len(problems), len(c.want)) {
			if i >= len(c.want) || i >= len(problems) || !strings.HasPrefix(problems[i].String(), c.want[i]) || problems[i].Hint == "" {
				t.Errorf("%s:\n got %v\nwant %q", c.block, problems, c.want)
				break
			}
		}
	}
}

func TestEveryKindIsNamedOnceAndIsNoLanguageOfCode(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds {
		if k.Name == "" || seen[k.Name] || highlight.Known(k.Name) || len(k.Parts) == 0 || k.Check == nil || k.Draw == nil {
			t.Errorf("the row %+v", k)
		}
		seen[k.Name] = true
	}
}
