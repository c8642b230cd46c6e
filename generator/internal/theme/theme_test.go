package theme

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// small is a theme with which nothing is wrong.
func small() fstest.MapFS {
	return fstest.MapFS{
		"templates/pages.html": {Data: []byte(`{{/* Pages. */}}
{{define "article"}}<!doctype html>
<html lang="{{.Lang}}">
<title>{{.HeadTitle}}</title>
<link rel="canonical" href="{{.Canonical}}">
<h1 title="{{.Title}}">{{.Title}}</h1>
<p>{{say .Words.updated "date" .Article.Updated.Text}}</p>
<a href="{{.Home}}">{{.Words.home}}</a>
{{template "foot" .}}
{{end}}
{{define "home"}}{{range .Sections}}<a href="{{.URL}}">{{.Title}}</a>{{end}}{{end}}
{{define "section"}}{{end}}{{define "ticket"}}{{end}}{{define "root"}}{{end}}{{define "missing"}}{{end}}{{define "support"}}{{end}}{{define "gone"}}{{end}}{{define "originleg"}}{{end}}{{define "glossary"}}{{end}}{{define "check"}}{{end}}{{define "step"}}{{end}}{{define "thinks"}}{{end}}{{define "catalogue"}}{{end}}{{define "hosts"}}{{end}}{{define "host"}}{{end}}{{define "articles"}}{{end}}{{define "search"}}{{end}}
`)},
		"templates/parts.html": {Data: []byte(`{{define "foot"}}<footer>{{$.Words.home}}</footer>{{end}}
{{define "legs"}} <figure>{{.Alt}} {{.Caption}}</figure> {{end}}
{{define "mini"}}{{end}}{{define "modes"}}{{end}}
`)},
		"styles/1.css":        {Data: []byte("a { color : red }\n")},
		"styles/2.css":        {Data: []byte("b::before { content: \"}\" }\n/* c */\n@media (width > 1px) { b { color: rgb(1 2 3) } }\n")},
		"scripts/a.js":        {Data: []byte("// a\nexport const a = 1\n")},
		"assets/icon.svg":     {Data: []byte("<svg xmlns=\"http://www.w3.org/2000/svg\" ><!-- x --><g/></svg>")},
		"assets/font.woff2":   {Data: []byte("\x00\x01")},
		"assets/.DS_Store":    {Data: []byte("x")},
		"words/ja.yaml":       {Data: []byte("home: ホーム\nupdated: \"{date} 更新\"\n")},
		"words/en.yaml":       {Data: []byte("home: Home\nupdated: Updated {date}\n")},
		"words/fr.yaml":       {Data: []byte("not: asked for\n")},
		"somewhere/README.md": {Data: []byte("x")},
	}
}

var languages = []string{"ja", "en"}

func TestASmallThemeLoads(t *testing.T) {
	look, problems, err := Load([]Layer{{small(), "theme"}}, languages)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	assets := look.Assets()
	for name, want := range map[string]string{
		"theme.css": `a{color:red}b::before{content:"}"}@media(width > 1px){b{color:#010203}}`,
		"a.js":      "export const a=1", "icon.svg": `<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>`, "font.woff2": "\x00\x01",
	} {
		if got := string(assets[name]); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(assets) != 4 || look.Words("ja")["home"] != "ホーム" || look.Words("fr") != nil {
		t.Errorf("%d assets, %v", len(assets), look.Words("fr"))
	}
	page, err := look.Page(&Page{Kind: "article", Lang: "en", HeadTitle: "T — S", Title: "T", Home: "../", Words: look.Words("en"), Article: &Article{Updated: Date{Text: "1 May"}}})
	if err != nil || !strings.Contains(string(page), "<p>Updated 1 May</p>") || !strings.Contains(string(page), `<a href="../">Home</a>`) {
		t.Errorf("%v\n%s", err, page)
	}
	if legs, err := look.Legs(Legs{Alt: "<a>", Caption: "<b>c</b>"}); err != nil || legs != "<figure>&lt;a&gt; <b>c</b></figure>" {
		t.Errorf("%v %q", err, legs)
	}
}

func TestEachMistakeIsNamedWithItsFileAndLine(t *testing.T) {
	const rest = `{{define "legs"}}{{end}}{{define "mini"}}{{end}}{{define "modes"}}{{end}}`
	foot := func(text string) string { return `{{define "foot"}}` + "\n" + text + `{{end}}` + rest }
	for _, c := range []struct{ name, file, data, want, hint string }{
		{"an open action", "templates/parts.html", "\n{{define", "theme/templates/parts.html:2: error: unclosed action [theme]", "text/template"},
		{"an if without an end", "templates/parts.html", `{{define "foot"}}
{{if .Title}}x{{end}}`, "theme/templates/parts.html:2: error: unexpected EOF [theme]", "text/template"},
		{"an unknown function", "templates/parts.html", foot("{{shout .Title}}"), `theme/templates/parts.html:2: error: function "shout" not defined [theme]`, "text/template"},
		{"a call of nothing", "templates/parts.html", foot(`x{{template "fooot" .}}`), `theme/templates/parts.html:2: error: no template defines "fooot" [theme]`, `did you mean "foot"?`},
		{"a part missing", "templates/parts.html", `{{define "foot"}}{{end}}{{define "legs"}}{{end}}{{define "mini"}}{{end}}`, `theme/templates: error: no template defines "modes" [theme]`, `{{define "modes"}}…{{end}}`},
		{"defined twice", "templates/more.html", "\n" + `{{define "foot"}}x{{end}}`, `theme/templates/parts.html:1: error: the template "foot" is defined in templates/more.html too [theme]`, "rename one"},
		{"a value where none can stand", "templates/parts.html", foot(`<a {{if .Title}}href="{{end}}x>`), `theme/templates/parts.html:2: error: {{if}} branches end in different contexts`, "an attribute between quotes"},
		{"a word that no language has", "templates/parts.html", foot(`{{with .Title}}{{$.Words.hoem}}{{end}}`), `theme/templates/parts.html:2: error: no language has a word for "hoem" [theme]`, `did you mean "home"?`},
		{"a word in a chain", "templates/parts.html", foot(`{{range .Sections}}{{else}}{{(index $.Languages 0).Words.menu}}{{end}}`), `theme/templates/parts.html:2: error: no language has a word for "menu" [theme]`, `add a line "menu: …" to the words of every language`},
		{"a phrase that does not say", "words/en.yaml", "home: Home\nupdated: Updated\n", `theme/words/en.yaml:2:10: error: the phrase "updated" does not say {date} [theme]`, "put it where the value stands"},
		{"a language missing", "words/en.yaml", "", `theme/words/en.yaml: error: the theme has no words in the language "en" [theme]`, "copy another"},
		{"a word missing", "words/en.yaml", "home: Home\n", `theme/words/en.yaml: error: no word for "updated", which another language has [theme]`, `add a line "updated: …"`},
		{"a word empty", "words/en.yaml", "home:\nupdated: \"{date}\"\n", `theme/words/en.yaml:1:6: error: no word for "home", which another language has [theme]`, `add a line "home: …"`},
		{"a word twice", "words/en.yaml", "home: Home\nhome: House\nupdated: \"{date}\"\n", `theme/words/en.yaml:2:1: error: the key "home" is said twice [yaml]`, "keep one"},
		{"words that are not YAML", "words/en.yaml", "home: a: b\n", `theme/words/en.yaml:1:8: error: not YAML:`, "between quotes"},
		{"an open brace", "styles/1.css", "a { color: red }\n\nb { color: red\n", "theme/styles/1.css:3: error: a bracket is opened and not closed [theme]", "close it"},
		{"a brace too many", "styles/1.css", "a { color: red }\n}\n", `theme/styles/1.css:2: error: "}" closes nothing [theme]`, "take it away"},
		{"an open text", "styles/1.css", "a::after { content: \"x\n }\n", "theme/styles/1.css:1: error: a text between quotes does not end on its line [theme]", "close it"},
		{"an open comment", "styles/1.css", "a { color: red }\n/* b\n", "theme/styles/1.css:2: error: a comment does not end [theme]", "end it with */"},
		{"a script that does not run", "scripts/a.js", "const a = 1\nconst b = ;\n", "theme/scripts/a.js:2:11: error: unexpected ; in expression [theme]", "would not run it"},
		{"two assets of one name", "assets/a.js", "x", `theme/assets/a.js: error: two assets are named "a.js" [theme]`, "rename one"},
		{"an asset named as the styles are", "assets/theme.css", "x", `theme/assets/theme.css: error: two assets are named "theme.css" [theme]`, "rename one"},
		{"a folder of assets", "assets/more/a.svg", "x", "theme/assets/more: error: a folder among the assets [theme]", "side by side"},
		{"an asset that is no address", "assets/My Icon.svg", "x", `theme/assets/My Icon.svg: error: the name "My Icon.svg" is not made of`, "rename it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := small()
			if files[c.file] = (&fstest.MapFile{Data: []byte(c.data)}); c.data == "" {
				delete(files, c.file)
			}
			_, problems, err := Load([]Layer{{files, "theme"}}, languages, "modes")
			if err != nil {
				t.Fatal(err)
			}
			if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), c.want) || !strings.Contains(problems[0].Hint, c.hint) {
				t.Errorf("got  %v\nwant %s (… %s …)", problems, c.want, c.hint)
			}
		})
	}
}

func TestAllMistakesAreNamedInOneRun(t *testing.T) {
	files := small()
	files["templates/parts.html"].Data = []byte("{{")
	files["styles/1.css"].Data = []byte("a {")
	files["scripts/a.js"].Data = []byte("let a = ;")
	files["words/en.yaml"].Data = []byte("home: Home\n")
	_, problems, err := Load([]Layer{{files, "theme"}}, languages)
	if err != nil || len(problems) != 4 {
		t.Errorf("%v %v", problems, err)
	}
	if _, again, _ := Load([]Layer{{files, "theme"}}, languages); fmt.Sprint(again) != fmt.Sprint(problems) {
		t.Error("told in another order")
	}
}

func TestAnEmptyFolderLacksEveryTemplate(t *testing.T) {
	_, problems, err := Load([]Layer{{fstest.MapFS{}, "theme"}}, nil)
	if err != nil || len(problems) != len(kinds)+len(parts) {
		t.Errorf("%v %v", problems, err)
	}
}

type broken struct{ fstest.MapFS }

func (b broken) ReadFile(name string) ([]byte, error) {
	if strings.HasPrefix(name, "words/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadFile(name)
}

func TestWhatCannotBeReadIsAFailure(t *testing.T) {
	if look, problems, err := Load([]Layer{{broken{small()}, "theme"}}, languages); err == nil || look != nil || problems != nil || !strings.HasPrefix(err.Error(), "theme: ") {
		t.Errorf("%v %v %v", look, problems, err)
	}
}

func TestAMistakeOnAPageHasTheLineThatItsAuthorSees(t *testing.T) {
	files := small()
	files["templates/parts.html"].Data = []byte("{{define \"foot\"}}\n\n<p>\n{{.Titel}}</p>{{end}}{{define \"legs\"}}{{end}}{{define \"mini\"}}{{end}}{{define \"modes\"}}{{end}}")
	look, problems, err := Load([]Layer{{files, "theme"}}, languages)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	_, err = look.Page(&Page{Kind: "article", Words: look.Words("en"), Article: &Article{}})
	if err == nil || !strings.Contains(err.Error(), "parts.html:4:") {
		t.Error(err)
	}
}

func TestWhatAnAuthorWritesStaysAText(t *testing.T) {
	look, _, err := Load([]Layer{{small(), "theme"}}, languages)
	if err != nil {
		t.Fatal(err)
	}
	for _, hostile := range []string{`</title><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='x`, "{{.Title}}", "a\x00b"} {
		page, err := look.Page(&Page{Kind: "article", Lang: hostile, Title: hostile, HeadTitle: hostile, Canonical: "https://a.example/" + hostile, Home: hostile,
			Words: Words{"home": hostile, "updated": "{date}"}, Article: &Article{Updated: Date{Text: hostile}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<img", "' onmouseover", `" onerror`, "\x00"} {
			if strings.Contains(string(page), bad) {
				t.Errorf("%q became %s", hostile, page)
			}
		}
	}
	for _, address := range []string{"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"} {
		page, err := look.Page(&Page{Kind: "home", Sections: []Section{{URL: address, Title: "t"}}})
		if err != nil || strings.Contains(string(page), address) {
			t.Errorf("%v %s", err, page)
		}
	}
}

// TestManyPagesAtOnceAreTheSamePages is for the race detector, too.
func TestManyPagesAtOnceAreTheSamePages(t *testing.T) {
	look, _, err := Load([]Layer{{small(), "theme"}}, languages)
	if err != nil {
		t.Fatal(err)
	}
	view := func(i int) *Page {
		return &Page{Kind: "article", Title: fmt.Sprint(i % 7), Words: look.Words(languages[i%2]), Article: &Article{}}
	}
	got := make([]string, 56)
	var group sync.WaitGroup
	for i := range got {
		group.Go(func() {
			page, err := look.Page(view(i))
			legs, err2 := look.Legs(Legs{Alt: fmt.Sprint(i % 7)})
			if err != nil || err2 != nil {
				t.Error(err, err2)
			}
			got[i] = string(page) + string(legs)
		})
	}
	group.Wait()
	for i := range got[:14] {
		if same := slices.Repeat([]string{got[i]}, 4); !slices.Equal(same, []string{got[i], got[i+14], got[i+28], got[i+42]}) {
			t.Errorf("page %d is not always the same", i)
		}
	}
}

// FuzzTemplates: whatever stands in a template, a style or a script, the theme
// loads or what is wrong is said in that file; a page of it is made or the error
// names the file.
func FuzzTemplates(f *testing.F) {
	for _, s := range []string{"{{.Title}}", "{{define \"x\"}}{{template \"x\" .}}{{end}}", "<a href={{.Title}}>", "<script>{{.Title}}</script>", "<p title='{{.Title}}", "{{range .Sections}}", "<!-- {{.Title}}", "{{.Asset \"x.css\"}}", "{{index .Words 0}}", "a{b:url(x.png)}", "import './x.js'"} {
		f.Add(s, byte(0))
	}
	files := []string{"templates/more.html", "styles/3.css", "scripts/b.js", "words/en.yaml", "assets/b.svg"}
	f.Fuzz(func(t *testing.T, text string, which byte) {
		theme := small()
		file := files[int(which)%len(files)]
		theme[file] = &fstest.MapFile{Data: []byte(text)}
		look, problems, err := Load([]Layer{{theme, "theme"}}, languages)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "theme: ") {
				t.Errorf("%s %q: %v", file, text, err)
			}
			return
		}
		for _, p := range problems {
			if !strings.HasPrefix(p.File, "theme/") || p.Line > strings.Count(text, "\n")+20 || p.Message == "" {
				t.Errorf("%s %q: %v", file, text, p)
			}
		}
		if problems.Errors() > 0 {
			return
		}
		if _, err := look.Part("legs", Legs{}); err != nil && !strings.Contains(err.Error(), ".html") {
			t.Errorf("%s %q: %v", file, text, err)
		}
	})
}
