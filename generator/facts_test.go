package main

import (
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sslclinic/generator/internal/source"
	"sslclinic/wasmcheck/model"
)

// shippedFacts is content/facts.yaml.
func shippedFacts(t *testing.T) source.Facts {
	t.Helper()
	content, _, err := source.Load(os.DirFS("../content"), "content")
	if err != nil {
		t.Fatal(err)
	}
	if len(content.Facts.Facts) == 0 {
		t.Fatal("content/facts.yaml has no facts")
	}
	return content.Facts
}

// TestAFactStandsWhereItSaysThatItStands: code and tables that cannot refer to
// a fact hold its value as facts.yaml has it.
func TestAFactStandsWhereItSaysThatItStands(t *testing.T) {
	facts := shippedFacts(t).Facts
	for _, id := range slices.Sorted(maps.Keys(facts)) {
		fact := facts[id].Value
		for _, s := range fact.Stands {
			data, err := os.ReadFile(path.Join("..", s.File.Value))
			if err != nil {
				t.Errorf("content/facts.yaml:%d: %v", s.File.Line, err)
				continue
			}
			want := strings.ReplaceAll(s.As.Value, "{value}", fact.Value.Value)
			if !strings.Contains(strings.Join(strings.Fields(string(data)), " "), want) {
				t.Errorf("content/facts.yaml:%d: %s does not say %q, of the fact %s", s.As.Line, s.File.Value, want, id)
			}
		}
	}
}

// measured are numbers with a unit, alone or several before one unit: 15 or 19 s.
var (
	measured = regexp.MustCompile(`((?:[0-9]+(?:, | or | and ))*[0-9]+) (s|KB)\b`)
	digits   = regexp.MustCompile(`[0-9]+`)
)

// TestEveryMeasureInFACTSIsAFact, or was one: who writes a time-out there writes
// it into facts.yaml too.
func TestEveryMeasureInFACTSIsAFact(t *testing.T) {
	known := map[string]bool{}
	for _, v := range shippedFacts(t).Facts {
		for _, value := range append([]string{v.Value.Value.Value}, v.Value.Was...) {
			known[value+" "+v.Value.Unit] = true
		}
	}
	data, err := os.ReadFile("../wasmcheck/model/FACTS.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, m := range measured.FindAllStringSubmatch(string(data), -1) {
		for _, n := range digits.FindAllString(m[1], -1) {
			found++
			if !known[n+" "+m[2]] {
				t.Errorf("FACTS.md says %s %s, which is no fact, and was none", n, m[2])
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d measures were found", found)
	}
}

// TestThePortsOfTheModelAreOnesThatTheEdgeTakes.
func TestThePortsOfTheModelAreOnesThatTheEdgeTakes(t *testing.T) {
	facts := shippedFacts(t).Facts
	takes := map[model.Scheme][]string{
		model.HTTP:  digits.FindAllString(facts["http-ports"].Value.Value.Value, -1),
		model.HTTPS: digits.FindAllString(facts["https-ports"].Value.Value.Value, -1),
	}
	if len(takes[model.HTTP]) != 7 || len(takes[model.HTTPS]) != 6 {
		t.Errorf("the glossary says that there are seven ports for http and six for https, and facts.yaml has %v", takes)
	}
	for _, query := range []string{"scheme=http", "scheme=https", "scheme=https&port=alt"} {
		config, scheme, err := model.ParseLegs(query)
		if err != nil {
			t.Fatal(err)
		}
		legs := model.LegsFor(config, scheme)
		for _, leg := range []struct {
			scheme model.Scheme
			port   uint16
		}{{legs.VisitorScheme, legs.VisitorPort}, {legs.OriginScheme, legs.OriginPort}} {
			if !slices.Contains(takes[leg.scheme], strconv.Itoa(int(leg.port))) {
				t.Errorf("%s: the model has port %d, which facts.yaml does not know", query, leg.port)
			}
		}
	}
}

// inWords are the values of time-outs and sizes as prose has them.
var inWords = regexp.MustCompile(`[0-9]+ ?(?:seconds|秒|KB)`)

// TestProseRefersToALimitAndDoesNotRepeatIt, in the articles and in what the
// checker says. Older values may stand: they are what a page says, not what is.
func TestProseRefersToALimitAndDoesNotRepeatIt(t *testing.T) {
	said := map[string]string{} // what is said, to the fact's id
	for id, v := range shippedFacts(t).Facts {
		if v.Value.Unit == "" {
			continue
		}
		for _, say := range v.Value.Say {
			said[strings.ReplaceAll(say, " ", "")] = id
		}
	}
	content, _, err := source.Load(os.DirFS("../content"), "content")
	if err != nil {
		t.Fatal(err)
	}
	look := func(where, text string) {
		for _, s := range inWords.FindAllString(text, -1) {
			if id, ok := said[strings.ReplaceAll(s, " ", "")]; ok {
				t.Errorf("%s says %q: write {fact %s}", where, s, id)
			}
		}
	}
	for _, a := range content.Articles {
		for _, text := range a.Texts {
			look(text.File, fences.ReplaceAllString(string(text.Body), ""))
		}
	}
	for _, r := range content.Recipes {
		for _, text := range r.Texts {
			look(text.File, fences.ReplaceAllString(string(text.Body), ""))
		}
	}
	for id, c := range content.Checker.Causes {
		for _, say := range []source.Say{c.Value.Means, c.Value.Tell} {
			for lang, text := range say {
				look("causes.yaml: "+id+": "+lang, text)
			}
		}
	}
	for id, c := range content.Checker.Actions {
		for _, say := range []source.Say{c.Value.How, c.Value.Verify} {
			for lang, text := range say {
				look("actions.yaml: "+id+": "+lang, text)
			}
		}
	}
	for id, c := range content.Checker.Outcomes {
		for _, say := range []source.Say{c.Value.Means, c.Value.Next} {
			for lang, text := range say {
				look("outcomes.yaml: "+id+": "+lang, text)
			}
		}
	}
}

// fences are blocks of code, in which an output stands as it was printed. Tabs
// are none: they have four marks, and prose.
var fences = regexp.MustCompile("(?ms)^ *```[a-z].*?^ *```$")

// TestALabelIsShownWithItsLinkInEveryLanguage, on the page and beside it.
func TestALabelIsShownWithItsLinkInEveryLanguage(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	for name, want := range map[string]string{
		"ja/error-525/index.html": `<a class="ui" href="https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls">SSL/TLS → 概要（Overview）</a>`,
		"en/error-525/index.html": `<a class="ui" href="https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls">SSL/TLS → Overview</a>`,
		"ja/error-525/index.md":   `[SSL/TLS → 概要（Overview）](https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls)`,
		"ja/error-522/index.md":   `（SYN-ACK）を19秒待ちます`,
		"en/error-522/index.html": `waits 19 seconds for`,
		"ja/check/index.html":     `SSL/TLS → 概要（Overview）</a>`,
		// in a tab
		"ja/certificate-panel/index.html": `<strong class="ui">SSL/TLS → Manage SSL sites</strong>を開きます`,
		"en/certificate-panel/index.md":   `Open **SSL/TLS → Manage SSL sites**.`,
	} {
		if !strings.Contains(strings.ReplaceAll(string(tree[name]), "href=https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls", `href="https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls"`), want) {
			t.Errorf("%s does not say %s", name, want)
		}
	}
	for name, data := range tree {
		if ext := path.Ext(name); (ext == ".html" || ext == ".md" || ext == ".xml" || ext == ".json") && unfilled.Match(data) {
			t.Errorf("%s says %s", name, unfilled.Find(data))
		}
	}
}

var unfilled = regexp.MustCompile(`\{(?:fact|ui|label) [a-z]`)
