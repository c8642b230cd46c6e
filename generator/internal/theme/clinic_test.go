package theme

import (
	"bytes"
	"html/template"
	"os"
	"regexp"
	"testing"
)

func clinic(t *testing.T) *Theme {
	t.Helper()
	th, problems, err := Load(os.DirFS("../../../themes/clinic"), "themes/clinic", []string{"ja", "en"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s:%d: %s", p.File, p.Line, p.Message)
	}
	return th
}

// The barest and the fullest view of every kind: a template may count on
// nothing that the generator leaves out, and must cope with all it can give.
func views(th *Theme, lang string) []*Page {
	leg := Leg{Label: "L", Protection: "plain", Name: "n", Short: "s", Means: "m", Reader: "r", Changer: "c", Scheme: "http", Port: "80"}
	legs := Legs{ID: "f", Lang: lang, Mode: "flexible", ModeName: "Flexible", Scheme: "https", Visitor: leg, Origin: leg, Alt: "alt", Failing: "x"}
	legs.Origin.Label, legs.Origin.Failing = "M", true
	drawn, _ := th.Legs(legs)
	mini, _ := th.Mini(legs)
	card := Card{Title: "<b>", Summary: "s", URL: "a/", Kind: "error", Leg: "origin", Lang: "fr"}
	sections := []Section{{ID: "errors", Title: "E", URL: "errors/", Current: true, Articles: []Card{card}}}
	heading := []Heading{{ID: "a", Title: "A", Children: []Heading{{ID: "b", Title: "B"}}}}
	var all []*Page
	for _, kind := range kinds {
		for _, full := range []bool{false, true} {
			p := &Page{Kind: kind, Lang: lang, Title: "T", SiteTitle: "S", Words: th.Words(lang), Assets: "../assets/", Home: "../",
				Languages: []Language{{Lang: lang, Name: lang, URL: "./", Current: true, Words: th.Words(lang)}},
				Article:   &Article{Lang: lang, Kind: "error"}, Ledger: &Ledger{}, Wire: &Wire{First: legs}}
			if full {
				p.NoIndex, p.Canonical, p.Feed, p.Markdown, p.OGImage, p.Repository = true, "https://example.com/", "feed.xml", "index.md", "https://example.com/o.png", "https://example.com/r"
				p.JSONLD = `<script type="application/ld+json">{}</script>`
				p.Sections, p.Breadcrumbs = sections, []Link{{Title: "H", URL: "../"}}
				p.Alternates = []Alternate{{"en", "https://example.com/en/"}}
				p.Languages = append(p.Languages, Language{Lang: "en", Name: "English", URL: "../en/", Title: "T", Summary: "S", Words: th.Words("en"), Sections: sections})
				p.Article = &Article{Lang: "fr", Kind: "howto", Fallback: true, Original: "fr", Leg: "both", Mini: mini, Body: template.HTML("<p>b</p>") + drawn,
					Messages: []Message{{"w", "one"}, {"w", "two"}}, TOC: heading, Sources: []Source{{Title: "s", URL: "https://example.com/s"}},
					Related: []Card{card}, Siblings: []Link{{Title: "s", URL: "./", Current: true}}, Previous: &Link{Title: "p", URL: "p/"}, Next: &Link{Title: "n", URL: "n/"},
					Ticket: "https://example.com/k/1/", Feedback: "https://example.com/f", Edit: "https://example.com/e", Wire: "w/"}
				p.Ledger = &Ledger{Sections: sections, Figure: drawn, Wire: card, Codes: []Code{{"525", "t", "u/"}}}
				direct := legs
				direct.Direct, direct.Redirect, direct.Caption = "d", "r", "c"
				p.Wire = &Wire{First: direct, Legs: []Leg{leg}, Rows: []Legs{legs, direct}, TOC: heading, Body: "<p>b</p>", Modes: []Option{{"full", "Full", true}}, Schemes: []Option{{"http", "http", true}}, Module: "m.wasm", Caption: "c", Alt: "{mode}"}
			}
			all = append(all, p)
		}
	}
	return all
}

func TestEveryPageRendersBareAndFullAndTheSameTwice(t *testing.T) {
	th, again := clinic(t), clinic(t)
	for _, lang := range []string{"ja", "en"} {
		for _, p := range views(th, lang) {
			first, err := th.Page(p)
			if err != nil {
				t.Errorf("%s: %v", p.Kind, err)
				continue
			}
			if second, _ := again.Page(p); !bytes.Equal(first, second) {
				t.Errorf("%s in %s: two renderings differ", p.Kind, lang)
			}
		}
	}
}

func TestNoPageHasScriptOrStyleThatThePolicyForbids(t *testing.T) {
	th := clinic(t)
	for what, forbidden := range map[string]*regexp.Regexp{
		"an inline script":        regexp.MustCompile(`<script(?: type="module")?>`),
		"a style element":         regexp.MustCompile(`<style`),
		"a style attribute":       regexp.MustCompile(`<[^>]* style=`),
		"an event attribute":      regexp.MustCompile(`<[^>]* on[a-z]+=`),
		"a text that is not safe": regexp.MustCompile(`ZgotmplZ|%!`),
		"an unfilled placeholder": regexp.MustCompile(`\{(?:date|count|original|title)\}`),
	} {
		for _, p := range views(th, "ja") {
			html, err := th.Page(p)
			if err != nil {
				t.Fatal(err)
			}
			if found := forbidden.Find(html); found != nil {
				t.Errorf("%s has %s: %s", p.Kind, what, found)
			}
		}
	}
}
