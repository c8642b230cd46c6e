package theme

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/diag"
)

// beside are themes that may stand on each other.
func beside() fstest.MapFS {
	all := fstest.MapFS{
		"mine/theme.yaml":  {Data: []byte("base: plain\n")},
		"plain/theme.yaml": {Data: []byte("# It stands on small.\nbase: small\n")},
		"away/theme.yaml":  {Data: []byte("base: smal\n")},
		"other/theme.yaml": {Data: []byte("bas: small\n")},
		"round/theme.yaml": {Data: []byte("base: about\n")},
		"about/theme.yaml": {Data: []byte("base: round\n")},
		"self/theme.yaml":  {Data: []byte("base: self\n")},
		"notes.txt":        {Data: []byte("x")},
	}
	for name, f := range small() {
		all["small/"+name] = f
	}
	return all
}

func layersOf(t *testing.T, files fstest.MapFS, name string) ([]Layer, string) {
	t.Helper()
	own, err := fs.Sub(files, name)
	if err != nil {
		t.Fatal(err)
	}
	layers, problems, err := Layers(Layer{own, "themes/" + name}, files)
	if err != nil {
		t.Fatal(err)
	}
	if problems == nil {
		return layers, ""
	}
	return layers, problems[0].String()
}

func TestAThemeStandsOnTheOneThatItNames(t *testing.T) {
	for name, want := range map[string]string{
		"mine":  "",
		"small": "",
		"away":  "themes/away/theme.yaml:1:7: error: there is no theme \"smal\" beside this one [theme]\n    hint: did you mean \"small\"?",
		"other": "themes/other/theme.yaml:1:1: error: unknown key \"bas\" [yaml]\n    hint: did you mean \"base\"?",
		"round": "themes/about/theme.yaml:1:7: error: themes stand on each other in a circle: round → about → round [theme]\n    hint: one of them has to stand on its own: take its base away",
		"self":  "themes/self/theme.yaml:1:7: error: themes stand on each other in a circle: self → self [theme]\n    hint: one of them has to stand on its own: take its base away",
	} {
		layers, got := layersOf(t, beside(), name)
		if got != want {
			t.Errorf("%s: got  %s\nwant %s", name, got, want)
		}
		if name == "mine" && (len(layers) != 3 || layers[1].Dir != "themes/plain" || layers[2].Dir != "themes/small") {
			t.Errorf("%v", layers)
		}
	}
}

func TestWhatTheUpperThemeHasCounts(t *testing.T) {
	files := beside()
	for name, data := range map[string]string{
		"mine/templates/mine.html":   `{{define "foot"}}<footer data-b="{{.Asset "b.js"}}">mine {{template "note" args "Text" $.Words.home}}</footer>{{end}}{{define "note"}}<b>{{$.Text}}</b>{{end}}`,
		"mine/styles/1.css":          "a { color: blue }",
		"mine/assets/icon.svg":       "<svg/>",
		"plain/words/en.yaml":        "home: House\nupdated: On {date}\n",
		"plain/templates/parts.html": `{{define "mini"}}plain{{end}}{{define "unused"}}{{template "nowhere" .}}{{.Words.unheard}}{{.Asset "lost.js"}}{{end}}`,
		"plain/scripts/b.js":         "export const b = 2",
		"small/scripts/b.js":         "import './lost.js'",
	} {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	layers, _ := layersOf(t, files, "mine")
	look, problems, err := Load(layers, languages)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	page, err := look.Page(&Page{Kind: "article", Lang: "en", Words: look.Words("en"), Assets: func(name string) string { return "../" + name }, Article: &Article{Updated: Date{Text: "1 May"}}})
	if err != nil || !strings.Contains(string(page), `<footer data-b="../b.js">mine <b>House</b></footer>`) || !strings.Contains(string(page), "On 1 May") {
		t.Errorf("%v %s", err, page)
	}
	if mini, err := look.Mini(Legs{}); err != nil || mini != "plain" {
		t.Errorf("%v %s", err, mini)
	}
	if legs, err := look.Legs(Legs{Alt: "a"}); err != nil || legs != "<figure>a </figure>" {
		t.Errorf("%v %s", err, legs)
	}
	if asked := look.Mentions(); !slices.Equal(asked, []Mention{{File: "themes/mine/templates/mine.html", Line: 1, Name: "b.js"}}) {
		t.Errorf("asks for %v", asked)
	}
	var names []string
	for name := range look.Assets() {
		names = append(names, name)
	}
	slices.Sort(names)
	if css := string(look.Assets()["theme.css"]); !slices.Equal(names, []string{"a.js", "b.js", "font.woff2", "icon.svg", "theme.css"}) || !strings.HasPrefix(css, "a{color:blue}b::before") || string(look.Assets()["icon.svg"]) != "<svg/>" {
		t.Errorf("%v %s", names, css)
	}
}

func TestAMistakeInALowerThemeIsNamedThere(t *testing.T) {
	for _, c := range []struct{ file, data, want string }{
		{"small/styles/2.css", "a {", "themes/small/styles/2.css:1: error: a bracket is opened"},
		{"small/templates/more.html", "{{define", "themes/small/templates/more.html:1: error: unclosed action"},
		{"small/templates/more.html", `{{define "mini"}}{{end}}`, `themes/small/templates/parts.html:3: error: the template "mini" is defined in templates/more.html too`},
		{"plain/templates/parts.html", "{{define \"mini\"}}\n{{template \"nowhere\"}}{{end}}", `themes/plain/templates/parts.html:2: error: no template defines "nowhere"`},
		{"plain/templates/parts.html", "{{define \"mini\"}}\n{{if .Alt}}<a{{end}}{{end}}", `themes/plain/templates/parts.html:2: error: `},
		{"plain/templates/parts.html", "{{define \"mini\"}}\n{{.Words.nobody}}{{end}}", `themes/plain/templates/parts.html:2: error: no language has a word for "nobody"`},
		{"small/words/en.yaml", "home: Home\n", `themes/small/words/en.yaml: error: no word for "updated"`},
	} {
		files := beside()
		files[c.file] = &fstest.MapFile{Data: []byte(c.data)}
		layers, _ := layersOf(t, files, "mine")
		_, problems, err := Load(layers, languages)
		if err != nil || len(problems) != 1 || !strings.HasPrefix(problems[0].String(), c.want) {
			t.Errorf("%s: %v %v, want %s", c.file, problems, err, c.want)
		}
	}
}

func TestATemplateIsGivenWhatItReadsByName(t *testing.T) {
	for call, want := range map[string]string{
		`args "Text" .Title`:                ``,
		`args "Text" .Title "Note" "x"`:     `"note" takes no "Note"`,
		`args "Txt" .Title`:                 `"note" is not given the "Text" that it reads`,
		`args "Text" .Title "Text" .Title`:  ``, // said by the page that shows it
		`args "Text" .Title "Other" .Title`: `"note" takes no "Other"`,
	} {
		files := small()
		files["templates/note.html"] = &fstest.MapFile{Data: []byte(`{{define "note"}}{{with 1}}{{$.Text}}{{end}}{{end}}{{define "caller"}}{{template "note" ` + call + `}}{{end}}`)}
		_, problems, err := Load([]Layer{{files, "theme"}}, languages)
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(problems, func(p diag.Problem) bool {
			return p.File == "theme/templates/note.html" && p.Line == 1 && p.Message == want && p.Hint != ""
		})
		if found != (want != "") || (want == "") != (len(problems) == 0) {
			t.Errorf("%s: %v", call, problems)
		}
	}
}
