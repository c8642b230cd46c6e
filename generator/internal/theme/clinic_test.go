package theme

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	plain "html"
	"html/template"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"sslclinic/generator/internal/search"
	"sslclinic/wasmcheck/client"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/report"
)

func clinic(t *testing.T) *Theme {
	t.Helper()
	th, problems, err := Load([]Layer{{os.DirFS("../../../themes/clinic"), "themes/clinic"}, {client.Files, "wasmcheck/client"}, {search.Client(), "generator/internal/search/client"}}, []string{"ja", "en"})
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
	card := Card{Title: "<b>", Summary: "s", URL: "a/", Leg: "origin", Lang: "fr"}
	sections := []Section{{ID: "errors", Title: "E", URL: "errors/", Current: true, Articles: []Card{card}}}
	heading := []Heading{{ID: "a", Title: "A", Children: []Heading{{ID: "b", Title: "B"}}}}
	var all []*Page
	for _, kind := range kinds {
		for _, full := range []bool{false, true} {
			p := &Page{Kind: kind, Lang: lang, Title: "T", SiteTitle: "S", Words: th.Words(lang), Assets: func(name string) string { return "../assets/" + name }, Home: "../",
				Languages: []Language{{Lang: lang, Name: lang, URL: "./", Current: true, Words: th.Words(lang)}},
				Article:   &Article{Lang: lang}, Index: &Index{}, OriginLeg: &OriginLeg{First: legs}, Check: &Check{}, Step: &Step{}, Thinks: &Thinks{}, Hosts: &Hosts{}, Host: &Host{}, Support: &Support{}}
			if full {
				p.NoIndex, p.Canonical, p.Feed, p.Markdown, p.OGImage, p.Repository = true, "https://example.com/", "feed.xml", "index.md", "https://example.com/o.png", "https://example.com/r"
				p.Scripts = []string{"../assets/tabs.js"}
				p.JSONLD = `<script type="application/ld+json">{}</script>`
				p.Sections, p.Breadcrumbs = sections, []Link{{Title: "H", URL: "../"}}
				p.Alternates = []Alternate{{"en", "https://example.com/en/"}}
				p.Languages = append(p.Languages, Language{Lang: "en", Name: "English", URL: "../en/", Title: "T", Summary: "S", Words: th.Words("en"), Sections: sections})
				p.Article = &Article{Lang: "fr", Fallback: true, Original: "fr", Leg: "both", Mini: mini, Body: template.HTML("<p>b</p>") + drawn,
					Messages: []Message{{Where: "w", Text: "one", Lang: "ja"}, {Where: "w", Text: "two"}}, TOC: heading, Sources: []Source{{Title: "s", URL: "https://example.com/s"}},
					Related: []Card{card}, Siblings: []Link{{Title: "s", URL: "./", Current: true}}, Previous: &Link{Title: "p", URL: "p/"}, Next: &Link{Title: "n", URL: "n/"},
					Ticket: "https://example.com/k/1/", Feedback: "https://example.com/f", Helped: "https://example.com/h", NotHelped: "https://example.com/n", Bookmark: "https://example.com/b", Edit: "https://example.com/e", OriginLeg: "w/", Before: "Error ", Number: "525", After: "t", Broken: &legs}
				p.Index = &Index{Sections: sections, Hero: []Legs{legs, legs}, Screens: []Screen{{"525", "525", "t", "u/", "c/", &legs}, {"loop", "", "t", "u/", "c/", nil}}, Check: card, OriginLeg: card, Codes: []Code{{"525", "t", "u/"}}}
				direct := legs
				direct.Direct, direct.Redirect, direct.Caption = "d", "r", "c"
				p.OriginLeg = &OriginLeg{First: direct, Legs: []Leg{leg}, Rows: []Legs{legs, direct}, TOC: heading, Body: "<p>b</p>", Modes: []Option{{"full", "Full", true}}, Schemes: []Option{{"http", "http", true}}, Module: "m.wasm", Caption: "c", Alt: "{mode}"}
				given := Given{"q", "a", "../", "d"}
				question := Question{ID: "mode", Ask: "ask", Short: "short", Help: "<code>h</code>", Options: []Answer{{"origin_pull", "n", "mode-origin-pull/"}}}
				boxes := Question{ID: "access", Ask: "ask", Short: "short", Options: []Answer{{"dashboard", "n", ""}}, Boxes: []Box{{"dashboard", "n", "h"}, {"none", "n", "h"}}}
				cause := Cause{ID: "something_else", Name: "<n>", Means: "m", Tell: "t", URL: "u/", Degree: "likely", Because: []Given{given}, Against: []Given{given}}
				action := Action{ID: "set_strict", Do: "do", How: "h", Verify: "v", URL: "u/", Who: "server", Minutes: 5, Risky: true, Snippets: []Snippet{{"nginx", "nginx", "", "<pre></pre>", ""}, {"plesk", "Plesk", "panel", "", "t"}}, Topics: []string{"on", "own"}}
				outcome := Outcome{ID: "edge_tls", Name: "n", Leg: "visitor", Means: "m", Next: "n"}
				plan := Plan{ID: "plan-1", Role: "workaround", Steps: []Action{action}, Works: 1, Of: 2, Else: "521", Then: "521", Ends: legs}
				all := plan
				all.Works, all.Role = 2, "plan"
				p.OriginLeg.Ways = []Way{{"flexible", "Flexible", []Plan{all, plan}, "../#v=1"}}
				p.Article.Check = "../check/#v=1&symptom=525"
				p.Check = &Check{Summary: "s", Module: "m.wasm", Questions: []Question{question, boxes, {ID: "origin", Ask: "ask", Options: []Answer{{"hosting", "n", ""}}}}, Listings: []Listing{{"by-cause", "cause", "t", "causes/", []Link{{Title: "n", URL: "cert=none"}}}}, Outcomes: []Link{{Title: "n", URL: "525"}, {Title: "m", URL: "none"}}, Products: []Option{{"nginx", "nginx", false}},
					Modes: Words{"full": "Full"}, Legs: []Leg{leg}, Entries: []Answer{{"525", "525", "525/"}}, First: legs, Alt: "{mode}", Ticket: "https://example.com/k/check/", Thinks: "how/", OriginLeg: "origin-leg/"}
				p.Check.Hosts, p.Check.HostSigns, p.Check.HostMissing = []HostChoices{{"t", []HostChoice{{"xserver", "n", "origin=hosting", "../hosts/xserver/"}}}}, "../hosts/#signs", "../hosts/#missing"
				fact := HostFact{Say: "<p>s</p>", Lang: "fr", Path: []string{"a", "b"}, Mail: "m", Screen: "s", Panel: "p", Mark: "inferred", Source: "s", URL: "https://example.com/s", Dated: "2026", Read: Date{"2026-11-28", "d"}}
				p.HostList = Card{Title: "H", Summary: "s", URL: "hosts/"}
				p.Hosts = &Hosts{Summary: "s", About: "<p>a</p>", Check: "../check/", Missing: "https://example.com/i", Signs: []HostSigns{{"k", []HostSign{{[]string{".example.net", "192.0.2.1"}, "h", "h/", fact}}}}, Groups: []HostGroup{{ID: "hosting", Title: "t", Common: "<p>c</p>", Hosts: []Link{{Title: "h", URL: "x/"}}, Others: []string{"o", "p"}}}}
				p.Host = &Host{ID: "xserver", Name: "n", Kind: "k", Summary: "s", About: "<p>a</p>", Updated: Date{"2026-11-28", "d"}, Settled: []HostSettled{{"q", "a", fact}}, Signs: []HostSign{{[]string{".example.net", "192.0.2.1"}, "h", "h/", fact}},
					Topics: []HostTopic{{"renewal", "t", []HostFact{fact, {Say: "s", Mark: "not known"}}}}, Allow: &HostAllow{Say: "s", Lines: "173.245.48.*", Count: "1", Expression: "e", Source: "https://example.com/ips", Read: Date{"2026-11-28", "d"}},
					Check: "../check/#v=1", List: Link{Title: "H", URL: "../"}, Edit: "https://example.com/e", Feedback: "https://example.com/f"}
				p.Catalogue = &Catalogue{Summary: "s", Check: "../", Others: []Link{{Title: "t", URL: "../fixes/"}}, Causes: []Cause{cause}, Actions: []Action{action}, Outcomes: []Outcome{outcome}}
				p.Step = &Step{Symptom: outcome, Given: []Given{given}, Question: &question, Unknown: "unknown/", Live: "../#v=1", Restart: "./",
					Result: &Result{Causes: []Cause{cause}, Plans: []Plan{all, plan}, Verdict: "contradiction", Legs: &legs, Seen: outcome, Contradiction: []Given{given}}}
				p.Support = &Support{Tickets: []Ticket{{"525", []string{"525"}, "t", "s", "u/", "https://example.com/k/525/", "c/"}, {ID: "x", Title: "t"}}, Index: "index.json", Check: "../check/", CheckTicket: "https://example.com/k/check/", Module: "m.wasm", Questions: []Question{question, boxes}, Hosts: p.Check.Hosts}
				p.Thinks = &Thinks{Check: "../", Summary: "s", Body: "<p>b</p>", TOC: heading, Rules: []Rule{{"full_unchecked", "s", "c", []Source{{Title: "s", URL: "https://example.com/s"}}}}, Priors: []Prior{{"n", "often"}},
					Confused: [][]string{{"a", "b"}}, Errors: []Likely{{outcome, []Cause{cause}}}, Loops: []Loop{{[]string{"a", "b"}}}}
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

// A line that one has to scroll is a line that nobody reviews.
func TestEveryLineOfATemplateIsShort(t *testing.T) {
	for dir, fsys := range map[string]fs.FS{"themes/clinic": os.DirFS("../../../themes/clinic"), "wasmcheck/client": client.Files} {
		files, err := fs.Glob(fsys, "templates/*.html")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, files, err)
		}
		for _, file := range files {
			data, err := fs.ReadFile(fsys, file)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(data), "\n") {
				if n := utf8.RuneCountInString(line); n >= 160 {
					t.Errorf("%s/%s:%d has %d characters", dir, file, i+1, n)
				}
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
		"an unfilled placeholder": regexp.MustCompile(`>[^<]*\{(?:date|count|original|title|answers|of)\}`),
	} {
		for _, p := range views(th, "ja") {
			html, err := th.Page(p)
			if err != nil {
				t.Fatal(err)
			}
			if found := forbidden.Find(phrases.ReplaceAll(inline.ReplaceAllFunc(html, func(element []byte) []byte {
				sum := sha256.Sum256(inline.FindSubmatch(element)[1])
				if !strings.Contains(plain.UnescapeString(string(html)), "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
					return element
				}
				return nil
			}), nil)); found != nil {
				t.Errorf("%s has %s: %s", p.Kind, what, found)
			}
		}
	}
}

// inline is what stands in a page and is no data: the policy has its hash.
var inline = regexp.MustCompile(`(?s)<(?:style|script data-cfasync="false")>(.*?)</(?:style|script)>`)

// phrases are the checker's, for its scripts to fill in.
var phrases = regexp.MustCompile(`(?s)<script type="application/json">(.*?)</script>`)

// fetched is what the page with script fetches: its part for what is found, and
// an entry of each kind.
func fetched(t *testing.T, th *Theme, p *Page) (all []byte) {
	t.Helper()
	words := th.Words(p.Lang)
	for _, part := range []struct {
		name string
		view any
	}{
		{"telling", p},
		{"cause", map[string]any{"Words": words, "ID": "", "Cause": p.Catalogue.Causes[0]}},
		{"action", map[string]any{"Words": words, "ID": "", "Action": p.Catalogue.Actions[0]}},
		{"outcome", map[string]any{"Words": words, "Outcome": p.Catalogue.Outcomes[0]}},
	} {
		html, err := th.Part(part.name, part.view)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, html...)
	}
	return all
}

// The scripts have no words: what they say, copy or fill in stands in the page
// of every language, or in what is fetched for what is found.
func TestEveryWordThatTheCheckersScriptsAskForIsInThePage(t *testing.T) {
	th := clinic(t)
	asked := map[*regexp.Regexp]string{
		regexp.MustCompile(`\bsay\((?:root|this), '(\w+)'`):                              `"%s":`,
		regexp.MustCompile(`\bthis\.(?:slotted|fill)\('(\w+)'`):                          `data-slot="%s"`,
		regexp.MustCompile(`\bthis\.notice\('(\w+)'`):                                    `data-notice="%s"`,
		regexp.MustCompile(`\bthis\.made\('(\w+)'`):                                      `data-template="%s"`,
		regexp.MustCompile(`\bword\((?:root|this), '(?:do|cause|seen)', [^,]+, '(\w+)'`): `data-part="%s"`,
	}
	for _, lang := range []string{"ja", "en"} {
		for _, p := range views(th, lang) {
			if p.Kind != "check" || len(p.Check.Questions) == 0 {
				continue
			}
			html, err := th.Page(p)
			if err != nil {
				t.Fatal(err)
			}
			html = append(html, fetched(t, th, p)...)
			found, spoken := 0, map[string]bool{}
			for _, script := range []string{"ssl-check.js", "card.js", "panel.js", "words.js", "note.js", "letter.js"} {
				source, err := client.Files.ReadFile("scripts/" + script)
				if err != nil {
					t.Fatal(err)
				}
				for re, place := range asked {
					for _, m := range re.FindAllStringSubmatch(string(source), -1) {
						found++
						spoken[m[1]] = true
						if want := fmt.Sprintf(place, m[1]); !strings.Contains(string(html), want) {
							t.Errorf("%s asks for %s, which the page in %s does not have", script, want, lang)
						}
					}
				}
			}
			for v := range report.VerdictCount {
				spoken[v.String()] = true
				if want := fmt.Sprintf(`"%s":`, v); !strings.Contains(string(html), want) {
					t.Errorf("the page in %s lacks %s, for a verdict", lang, want)
				}
			}
			for r := range report.RoleCount {
				spoken[r.String()] = true
				if want := fmt.Sprintf(`"%s":`, r); !strings.Contains(string(html), want) {
					t.Errorf("the page in %s lacks %s, for a plan", lang, want)
				}
			}
			for d := range report.DegreeCount {
				if want := fmt.Sprintf(`data-template="%s"`, d); !strings.Contains(string(html), want) {
					t.Errorf("the page in %s lacks %s, for a cause", lang, want)
				}
			}
			for _, need := range diagnose.Needs() {
				spoken[need] = true
				if want := fmt.Sprintf(`"%s":`, need); !strings.Contains(string(html), want) {
					t.Errorf("the page in %s lacks %s, for what a plan needs", lang, want)
				}
			}
			for l := diagnose.Lasts; l <= diagnose.GreyLasts; l++ {
				spoken["lasts_"+l.String()] = true
				if want := fmt.Sprintf(`"lasts_%s":`, l); !strings.Contains(string(html), want) {
					t.Errorf("the page in %s lacks %s, for what lasts", lang, want)
				}
			}
			for _, wait := range diagnose.GreyTakes.OptionIDs() {
				spoken["waits_"+wait] = true
				if want := fmt.Sprintf(`"waits_%s":`, wait); !strings.Contains(string(html), want) {
					t.Errorf("the page in %s lacks %s, for a wait", lang, want)
				}
			}
			// What a script names only by the answer that it got: a plan's chance, a leg, and what stands on it.
			for _, name := range []string{"high", "fair", "low", "some", "all", "again_mode", "again_step", "modes", "visitor", "because", "against", "tunnel", "pages",
				"ok", "message_host", "message_owner", "why_open", "why_contradiction", "why_something_else"} {
				spoken[name] = true
			}
			all := map[string]any{}
			for _, m := range phrases.FindAllSubmatch(html, -1) {
				if err := json.Unmarshal(m[1], &all); err != nil {
					t.Fatal(err)
				}
			}
			for name := range all {
				if !spoken[name] {
					t.Errorf("the page in %s has the phrase %q, which no script says", lang, name)
				}
			}
			if found < 50 {
				t.Errorf("only %d places were found in the scripts: this test reads them no more", found)
			}
		}
	}
}

// Numbers that issue 4 and the design name, of what a browser fetches to read
// or use the checker's page. wasm_exec.js belongs to the module.
func TestTheCheckersScriptsAndAllStylesAreSmall(t *testing.T) {
	th := clinic(t)
	size := func(names ...string) (n int) {
		for _, name := range names {
			data, ok := th.Assets()[name]
			if !ok {
				t.Fatalf("there is no %s", name)
			}
			n += zipped(t, data)
		}
		return n
	}
	var most map[string]int
	if data, err := os.ReadFile("../../testdata/budgets.json"); err != nil || json.Unmarshal(data, &most) != nil {
		t.Fatalf("%v: %s", err, data)
	}
	if n := size("theme-choice.js", "place.js", "site-search.js", "copy.js", "engine.js", "ssl-check.js", "case.js", "choice.js", "words.js"); n > most["scripts of the checker"] {
		t.Errorf("the scripts of the checker's page are %d bytes, more than %d", n, most["scripts of the checker"])
	}
	if n := size("first.css", "theme.css"); n > most["styles"] {
		t.Errorf("the styles are %d bytes, more than %d", n, most["styles"])
	}
}

func zipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(data)
	w.Close()
	return b.Len()
}
