package main

import (
	"fmt"
	"html"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/report"
)

// A telling is what somebody tells of a finding, by the public ids.
type telling struct {
	verdict string   // with the cause that it names
	causes  []string // each with its degree
	fails   string   // the leg
	figure  string   // what is drawn: each leg's protection and what is spoken on it; "" when nothing is
}

// reported is the telling of a report, which all others are to repeat.
func reported(r *report.Report) telling {
	told := telling{verdict: strings.TrimSpace(r.Verdict.String() + " " + r.Cause), fails: r.Leg.String()}
	for _, c := range r.Told {
		told.causes = append(told.causes, c.Degree.String()+": "+c.ID)
	}
	if r.Drawn {
		told.figure = drawing(r.Figure())
	}
	return told
}

// drawing is what a figure shows of the legs, by its query.
func drawing(query string) string {
	c, scheme, err := model.ParseLegs(query)
	if err != nil {
		return err.Error()
	}
	legs := model.LegsFor(c, scheme)
	side := func(p model.Protection, s model.Scheme, port uint16) string {
		if port == 0 { // nothing is spoken on it, or what the edge has no port for
			return p.String()
		}
		return fmt.Sprintf("%s %s %d", p, s, port)
	}
	drawn := side(legs.Visitor, legs.VisitorScheme, legs.VisitorPort)
	if c[model.Proxied] == model.ProxiedYes { // else the visitor's leg is the only one
		drawn += ", " + side(legs.Origin, legs.OriginScheme, legs.OriginPort)
	}
	return drawn
}

// vocabulary are the words of a language, and the ids that they stand for.
type vocabulary struct {
	causes   map[string]string // id by name
	verdicts theme.Words
}

func vocabularies(t *testing.T) map[string]vocabulary {
	t.Helper()
	content, _, err := source.Load(os.DirFS("../content"), "content")
	if err != nil {
		t.Fatal(err)
	}
	look, _, err := theme.Load([]theme.Layer{{FS: os.DirFS("../themes/clinic"), Dir: "themes/clinic"}}, []string{"ja", "en"})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]vocabulary{}
	for _, lang := range []string{"ja", "en"} {
		v := vocabulary{map[string]string{}, look.Words(lang)}
		for id, words := range content.Checker.Causes {
			name := words.Value.Name[lang]
			if other, ok := v.causes[name]; ok {
				t.Errorf("%s: %s and %s are both called %q", lang, id, other, name)
			}
			v.causes[name] = id
		}
		all[lang] = v
	}
	return all
}

// cause is the id of a cause by its name; two that are joined have both names.
func (v vocabulary) cause(name string) string {
	if id, ok := v.causes[name]; ok {
		return id
	}
	var ids []string
	for one := range strings.SplitSeq(name, " + ") {
		ids = append(ids, v.causes[one])
	}
	return strings.Join(ids, "+")
}

// verdict are the ids that a verdict in words stands for.
func (v vocabulary) verdict(words string) string {
	for id := range report.VerdictCount {
		before, after, fills := strings.Cut(v.verdicts["verdict_"+id.String()], "{")
		_, after, _ = strings.Cut(after, "}")
		filled, ok := strings.CutPrefix(words, before)
		if filled, is := strings.CutSuffix(filled, after); ok && is && fills == (filled != "") {
			switch {
			case id == report.SomethingElse:
				return id.String() + " " + diagnose.SomethingElse
			case id == report.Settled:
				return id.String() + " " + v.cause(filled)
			}
			return id.String()
		}
	}
	return "unknown: " + words
}

var (
	foundHere   = regexp.MustCompile(`<div class="desk result">\s*<p class="verdict" data-verdict="\w+">`)
	liveLink    = regexp.MustCompile(`#v=1&amp;([^"]+)"`)
	toldCause   = regexp.MustCompile(`<h3 data-part="name">(.*?)</h3>\s*<span class="share" data-share="(\w+)"`)
	drawnFigure = regexp.MustCompile(`(?s)<figure class="legs">(.*?)</figure>`)
	drawnLeg    = regexp.MustCompile(`(?s)<g class="leg" data-leg="(\w+)" data-protection="(\w+)"( data-failing)?>.*?<tspan class="port">(.*?)</tspan>`)
)

// printed is what a page without script tells, in the words of a language.
func printed(v vocabulary, heading, result string) telling {
	told := telling{verdict: v.verdict(html.UnescapeString(heading)), fails: "none"}
	_, causes, _ := strings.Cut(result, `<section class="causes">`)
	for _, m := range toldCause.FindAllStringSubmatch(causes, -1) {
		told.causes = append(told.causes, m[2]+": "+v.cause(html.UnescapeString(m[1])))
	}
	figure := drawnFigure.FindStringSubmatch(result)
	if figure == nil {
		return told
	}
	var legs []string
	for _, m := range drawnLeg.FindAllStringSubmatch(figure[1], -1) {
		legs = append(legs, strings.TrimSpace(m[2]+" "+m[4]))
		if m[3] != "" {
			told.fails = m[1]
		}
	}
	told.figure = strings.Join(legs, ", ")
	return told
}

// typed is what the command tells.
func typed(text string) (told telling) {
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch key {
		case "verdict":
			told.verdict = value
		case "  likely", "  possible", "  unlikely":
			told.causes = append(told.causes, strings.TrimSpace(key)+": "+value)
		case "fails on the leg":
			told.fails = value
		case "figure":
			told.figure = drawing(value)
		}
	}
	return told
}

// TestEveryPageWithoutScriptAndTheCommandTellAFindingAlike walks every page of the way without script at which something
// is found. What the page with script tells is in the browser's tests.
func TestEveryPageWithoutScriptAndTheCommandTellAFindingAlike(t *testing.T) {
	session := diagnose.NewSession(diagnose.New())
	tree := shipped(t, atRoot).Tree
	for lang, words := range vocabularies(t) {
		found := 0
		for name, data := range tree {
			if !strings.HasPrefix(name, lang+"/check/") {
				continue
			}
			at := foundHere.FindIndex(data)
			if at == nil {
				continue
			}
			found++
			heading, behind, ok := strings.Cut(string(data[at[1]:]), "</p>")
			result, _, ok2 := strings.Cut(behind, `<aside class="given"`)
			if !ok || !ok2 {
				t.Errorf("%s: what is found has no end", name)
			}
			query, err := url.QueryUnescape(liveLink.FindStringSubmatch(string(data))[1])
			if err != nil {
				t.Fatal(err)
			}
			query = html.UnescapeString(query)
			a, err := diagnose.Parse(query)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			f := session.Diagnose(a)
			want := reported(report.Of(f, &a))
			if got := typed(string(report.Text(f, &a))); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: the command tells\n%+v, want\n%+v", query, got, want)
			}
			if got := printed(words, heading, result); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s tells\n%+v, want\n%+v", name, got, want)
			}
		}
		if found < 200 {
			t.Errorf("%s: only %d pages were read", lang, found)
		}
	}
}

// TestTheCommandTellsOfEveryCaseWhatTheReportSays: also after attempts.
func TestTheCommandTellsOfEveryCaseWhatTheReportSays(t *testing.T) {
	session := diagnose.NewSession(diagnose.New())
	for _, query := range cases(t) {
		a, err := diagnose.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		f := session.Diagnose(a)
		want := reported(report.Of(f, &a))
		if got := typed(string(report.Text(f, &a))); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: the command tells\n%+v, want\n%+v", query, got, want)
		}
	}
}

// cases are conversations of every kind, with attempts.
func cases(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../wasmcheck/report/testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(data))
}

// TestTheClientKnowsWhatATextAloneAnswers: a link may hold all that nobody is asked for, and the script has its ids.
func TestTheClientKnowsWhatATextAloneAnswers(t *testing.T) {
	script := read(t, "../wasmcheck/client/scripts/case.js")
	for q := range diagnose.QuestionCount {
		ids := q.OptionIDs()
		if q.Told() {
			ids = ids[q.Asked():]
		}
		if line := "\n  " + q.String() + ": '" + strings.Join(ids, " ") + "',\n"; len(ids) > 0 && !strings.Contains(script, line) {
			t.Errorf("case.js lacks the line%s", line)
		}
	}
}
