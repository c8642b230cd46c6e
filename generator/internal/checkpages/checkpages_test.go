package checkpages

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/model/rules"
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

func figures(t *testing.T) Figures {
	t.Helper()
	templates := `{{define "legs"}}{{end}}{{define "mini"}}{{.Visitor.Failing}} {{.Origin.Failing}}{{end}}`
	for _, kind := range []string{"article", "home", "section", "ticket", "root", "missing", "gone", "originleg", "glossary", "check", "step", "thinks", "catalogue", "hosts", "host", "articles", "search", "support"} {
		templates += `{{define "` + kind + `"}}{{end}}`
	}
	look, problems, err := theme.Load([]theme.Layer{{FS: fstest.MapFS{"templates/t.html": {Data: []byte(templates)}, "words/en.yaml": {}}, Dir: "theme"}}, []string{"en"})
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	return Figures{Lang: "en", Words: words(), Theme: look}
}

// TestTheVocabularyIsTheEngines: what can be asked of the engine can be drawn.
func TestTheVocabularyIsTheEngines(t *testing.T) {
	ids := func(v model.Variable) (all []string) {
		for value := range v.Values() {
			all = append(all, v.ValueID(value))
		}
		slices.Sort(all)
		return all
	}
	if got := slices.Sorted(slices.Values(modes)); !slices.Equal(got, ids(model.Mode)) {
		t.Errorf("modes: %v, the engine has %v", got, ids(model.Mode))
	}
	for _, p := range ports {
		if !slices.Contains(ids(model.Port), p) {
			t.Errorf("the engine has no port %q", p)
		}
	}
	for p := model.None; p <= model.Authenticated; p++ {
		if protections[p] != p.String() {
			t.Errorf("%q stands where the engine has %q", protections[p], p)
		}
	}
	for i, s := range []model.Scheme{model.HTTP, model.HTTPS} {
		if schemes[i] != s.String() {
			t.Errorf("%q stands where the engine has %q", schemes[i], s)
		}
	}
}

// TestAFigureSaysWhatTheEngineSays goes through everything that a figure can
// be asked to show.
func TestAFigureSaysWhatTheEngineSays(t *testing.T) {
	d := figures(t)
	for config := range every(model.Mode, model.Port, model.Proxied) {
		for _, scheme := range []model.Scheme{model.HTTP, model.HTTPS} {
			query := strings.Trim(config.String()+"&scheme="+scheme.String(), "&")
			v, err := d.Legs(query, "x")
			if err != nil {
				t.Fatalf("%s: %v", query, err)
			}
			want := model.LegsFor(config, scheme)
			if v.Visitor.Protection != want.Visitor.String() || v.Origin.Protection != want.Origin.String() {
				t.Errorf("%s: %s and %s, want %s and %s", query, v.Visitor.Protection, v.Origin.Protection, want.Visitor, want.Origin)
			}
			if v.Visitor.Name != "the "+want.Visitor.String() || v.Origin.Reader != "reader "+want.Origin.String() || v.Origin.Changer != "changer "+want.Origin.String() {
				t.Errorf("%s: the words are of another protection: %+v", query, v)
			}
			port := ""
			if want.Origin != model.None {
				port = strconv.Itoa(int(want.OriginPort))
			}
			if v.Origin.Port != port || (v.Origin.Scheme == "") != (want.Origin == model.None) || v.Origin.Scheme != "" && v.Origin.Scheme != want.OriginScheme.String() {
				t.Errorf("%s: the origin is met on %s %s, want %s %s", query, v.Origin.Scheme, v.Origin.Port, want.OriginScheme, port)
			}
			if (v.Redirect != "") != want.Redirect || (v.Direct != "") != (config[model.Proxied] == model.ProxiedNo) {
				t.Errorf("%s: redirect %q, direct %q", query, v.Redirect, v.Direct)
			}
			if secure := v.Visitor.Scheme == "https"; secure != (want.Visitor == model.Authenticated) {
				t.Errorf("%s: the visitor speaks %s on a leg that is %s", query, v.Visitor.Scheme, want.Visitor)
			}
			if !strings.Contains(v.Alt, v.Visitor.Name) || v.Direct == "" && (!strings.Contains(v.Alt, v.Origin.Name) || !strings.Contains(v.Alt, v.ModeName)) {
				t.Errorf("%s: the text alternative is %q", query, v.Alt)
			}
		}
	}
}

// every gives every set-up that differs in the variables.
func every(variables ...model.Variable) map[model.Config]bool {
	all := map[model.Config]bool{{}: true}
	for _, v := range variables {
		next := map[model.Config]bool{}
		for c := range all {
			for value := range v.Values() {
				next[c.With(v, value)] = true
			}
		}
		all = next
	}
	return all
}

func TestTheTableHasEveryModeAndSchemeOnceInOrder(t *testing.T) {
	var got []string
	for _, r := range figures(t).Rows("x") {
		got = append(got, r.ID)
	}
	if want := "x-off-http x-off-https x-flexible-http x-flexible-https x-full-http x-full-https x-strict-http x-strict-https x-origin_pull-http x-origin_pull-https"; strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestThePageAboutTheWireOpensWithAChoiceThatIsSelected(t *testing.T) {
	w, err := figures(t).OriginLeg()
	if err != nil {
		t.Fatal(err)
	}
	chosen := func(options []theme.Option) (all []string) {
		for _, o := range options {
			if o.Selected {
				all = append(all, o.ID)
			}
			if !strings.HasPrefix(o.Name, "the ") {
				t.Errorf("%s has no name", o.ID)
			}
		}
		return all
	}
	if m, s := chosen(w.Modes), chosen(w.Schemes); !slices.Equal(m, []string{w.First.Mode}) || !slices.Equal(s, []string{w.First.Scheme}) {
		t.Errorf("selected are %v and %v; shown are %s and %s", m, s, w.First.Mode, w.First.Scheme)
	}
	if len(w.Legs) != len(protections)+1 || w.Legs[len(protections)].ID != "tunnel" || len(w.Rows) != len(modes)*len(schemes) {
		t.Errorf("%d protections, %d rows", len(w.Legs), len(w.Rows))
	}
}

func TestTheMarkedLegIsTheArticles(t *testing.T) {
	for leg, want := range map[string]string{"visitor": "true false", "origin": "false true", "both": "true true"} {
		if got, err := figures(t).Mini(leg); err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", leg, got, err)
		}
	}
}

func TestALanguageHasAllWordsAndNoOthers(t *testing.T) {
	if problems := CheckWords("w.yaml", words()); len(problems) > 0 {
		t.Error(problems)
	}
	for _, c := range []struct {
		name   string
		change func(w *source.Words)
		want   string
	}{
		{"a mode missing", func(w *source.Words) { delete(w.Modes, "full") }, "w.yaml: error: modes has no word for \"full\" [words]\n    hint: add a line \"full: …\" below modes"},
		{"a mode without a word", func(w *source.Words) { w.Modes["full"] = yamlfile.At[string]{Line: 7, Col: 9} }, `w.yaml:7:9: error: modes has no word for "full"`},
		{"a mode more", func(w *source.Words) { maps.Copy(w.Modes, said("fulll")) }, "w.yaml:1:3: error: modes has a word for \"fulll\", which does not exist [words]\n    hint: did you mean \"full\"?"},
		{"a scheme missing", func(w *source.Words) { delete(w.Schemes, "http") }, `w.yaml: error: schemes has no word for "http"`},
		{"a port more", func(w *source.Words) { maps.Copy(w.Ports, said("80")) }, `w.yaml:1:3: error: ports has a word for "80"`},
		{"a protection missing", func(w *source.Words) { delete(w.Protections, "plain") }, `w.yaml: error: protections has no word for "plain"`},
		{"a protection more", func(w *source.Words) { w.Protections["clear"] = source.Protection{Name: said("clear")["clear"]} }, `w.yaml:1:3: error: protections has a word for "clear"`},
		{"a figure without the mode", func(w *source.Words) { w.Figure.Value = "{scheme} {visitor} {origin}" }, "w.yaml:9:9: error: figure does not say {mode}"},
		{"a figure with more", func(w *source.Words) { w.Figure.Value += "{port}" }, "w.yaml:9:9: error: figure has {port}, which stands for nothing"},
	} {
		w := words()
		c.change(&w)
		if problems := CheckWords("w.yaml", w); len(problems) != 1 || !strings.HasPrefix(problems[0].String(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.name, problems, c.want)
		}
	}
	// What the file does not say at all has been told by who read it.
	if problems := CheckWords("w.yaml", source.Words{}); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestProblemsOfWordsStandInOneOrder(t *testing.T) {
	w := words()
	clear(w.Modes)
	maps.Copy(w.Modes, said("d", "b", "a", "c"))
	first := fmt.Sprint(CheckWords("w.yaml", w))
	for range 20 {
		if fmt.Sprint(CheckWords("w.yaml", w)) != first {
			t.Fatal("told in another order")
		}
	}
}

// TestWordsOfRulesAndProductsAreHeldAgainstTheEngineAndTheActions, each with its line.
func TestWordsOfRulesAndProductsAreHeldAgainstTheEngineAndTheActions(t *testing.T) {
	c := source.Checker{Rules: map[string]yamlfile.At[source.Say]{}}
	for _, r := range rules.All() {
		c.Rules[r.Rule.String()] = yamlfile.At[source.Say]{Value: source.Say{"en": "s.", "fr": "s."}, Line: 7}
	}
	delete(c.Rules, "served")
	c.Rules["servd"] = yamlfile.At[source.Say]{Line: 8}
	c.Rules["off_plain"] = yamlfile.At[source.Say]{Value: source.Say{"en": " "}, Line: 9}
	product := func(id string, line int) source.Product {
		return source.Product{ID: yamlfile.At[string]{Value: id, Line: line}, Name: id}
	}
	c.Products = []source.Product{product("nginx", 1), product("nginx", 2), product("apache", 3)}
	snippet := func(id string, line int) source.Snippet {
		return source.Snippet{For: yamlfile.At[string]{Value: id, Line: line}, Text: source.Say{"en": "t"}}
	}
	c.Actions = map[string]yamlfile.At[source.Action]{"set_strict": {Value: source.Action{Snippets: []source.Snippet{snippet("nginx", 4), snippet("ngnx", 5), snippet("ngnx", 6)}}}}
	var got []string
	for _, p := range CheckChecker("checker", c, []string{"en"}) {
		if strings.Contains(p.File, "rules") || strings.Contains(p.File, "products") || strings.Contains(p.Message, "product") {
			got = append(got, p.String())
		}
	}
	want := []string{
		`checker/products.yaml:2: error: the product "nginx" is there twice [words]` + "\n    hint: keep one",
		`checker/products.yaml:3: error: no action has a snippet for the product "apache" [words]` + "\n    hint: write one in actions.yaml, or take the product away",
		`checker/actions.yaml:5: error: set_strict: products.yaml has no product "ngnx" [words]` + "\n    hint: did you mean \"nginx\"?",
		`checker/rules.yaml:1: error: no words for the rule "served" [words]` + "\n    hint: add \"served\" with its texts",
		`checker/rules.yaml:8: error: words for the rule "servd", which does not exist [words]` + "\n    hint: did you mean \"served\"?",
		`checker/rules.yaml:7: warning: words in "fr" are not used: it is none of the languages [language]`,
		`checker/rules.yaml:9: error: off_plain: no text in "en" [words]` + "\n    hint: add en: …",
	}
	for _, w := range want {
		if !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, w) }) {
			t.Errorf("nobody says %s", w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d problems: %s", len(got), strings.Join(got, "\n"))
	}
}
