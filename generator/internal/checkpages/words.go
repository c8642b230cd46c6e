package checkpages

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/highlight"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/evidence"
	"sslclinic/wasmcheck/model/rules"
)

// The words of content/checker, held against what the engine and the figures
// need.

// CheckWords names the words that figures need and a language does not have,
// and those for things that do not exist.
func CheckWords(file string, w source.Words) diag.List {
	var problems diag.List
	wrong := func(at yamlfile.At[string], message, hint string) {
		problems = append(problems, diag.Problem{File: file, Line: at.Line, Col: at.Col, Rule: diag.RuleWords, Message: message, Hint: hint})
	}
	compare := func(what string, have map[string]yamlfile.At[string], want []string) {
		if len(have) == 0 {
			return // what is not there at all is a problem already
		}
		names := keys(have)
		for _, k := range want {
			if strings.TrimSpace(have[k].Value) == "" {
				wrong(have[k], fmt.Sprintf("%s has no word for %q", what, k), fmt.Sprintf("add a line \"%s: …\" below %s", k, what))
			}
		}
		for _, k := range names {
			if !slices.Contains(want, k) {
				wrong(have[k], fmt.Sprintf("%s has a word for %q, which does not exist", what, k), diag.DidYouMean(k, want))
			}
		}
	}
	compare("modes", w.Modes, modes)
	compare("schemes", w.Schemes, schemes)
	compare("ports", w.Ports, ports)
	named := map[string]yamlfile.At[string]{}
	for k, p := range w.Protections {
		named[k] = p.Name
		if p.Name.Value == "" {
			named[k] = yamlfile.At[string]{Value: "?"} // an empty name is a problem already
		}
	}
	compare("protections", named, protections)
	phrase := func(what string, at yamlfile.At[string], fills ...string) {
		for _, name := range fills {
			if at.Value != "" && !strings.Contains(at.Value, name) {
				wrong(at, what+" does not say "+name, "it says all of these: "+strings.Join(fills, " "))
			}
		}
		for _, m := range placeholder.FindAllString(at.Value, -1) {
			if !slices.Contains(fills, m) {
				wrong(at, what+" has "+m+", which stands for nothing", "there are "+strings.Join(fills, " "))
			}
		}
	}
	phrase("figure", w.Figure, "{mode}", "{scheme}", "{visitor}", "{origin}") // the figure's text alternative
	phrase("sentences", w.Sentences, "{first}", "{second}")
	phrase("pair", w.Pair, "{name}", "{what}")
	return problems
}

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// CheckChecker names the ids of the engine that have no words in a language,
// and words for ids that do not exist. dir is the folder of the words.
func CheckChecker(dir string, c source.Checker, languages []string) diag.List {
	w := wordcheck{dir: dir, languages: languages, unlisted: source.Unlisted{}, unknown: map[string]bool{}}
	ids(&w, "questions.yaml", "question", c.Questions, questionIDs())
	for q := range diagnose.QuestionCount {
		v, ok := c.Questions[q.String()]
		if !ok {
			continue
		}
		w.say("questions.yaml", v.Line, q.String()+": ask", v.Value.Ask)
		w.say("questions.yaml", v.Line, q.String()+": short", v.Value.Short)
		if len(v.Value.Help) > 0 {
			w.say("questions.yaml", v.Line, q.String()+": help", v.Value.Help)
		}
		if len(v.Value.Doubt) > 0 {
			w.say("questions.yaml", v.Line, q.String()+": doubt", v.Value.Doubt)
		}
		var want []string
		for o := diagnose.Option(1); o <= q.Options(); o++ {
			want = append(want, q.OptionID(o))
		}
		w.line = v.Line
		ids(&w, "questions.yaml", "answer to "+q.String(), v.Value.Options, want)
		w.line = 0
		for _, id := range want {
			if o, ok := v.Value.Options[id]; ok {
				w.say("questions.yaml", o.Line, q.String()+": "+id, o.Value)
			}
		}
		w.line = v.Line
		ids(&w, "questions.yaml", "box of "+q.String(), v.Value.Boxes, boxes(q))
		w.line = 0
		for _, id := range keys(v.Value.Boxes) {
			box := v.Value.Boxes[id]
			w.say("questions.yaml", box.Line, q.String()+": label of "+id, box.Value.Label)
			w.say("questions.yaml", box.Line, q.String()+": hint of "+id, box.Value.Hint)
		}
	}
	ids(&w, "causes.yaml", "cause", c.Causes, singles(engine()))
	for _, id := range keys(c.Causes) {
		v := c.Causes[id]
		w.say("causes.yaml", v.Line, id+": name", v.Value.Name)
		w.say("causes.yaml", v.Line, id+": means", v.Value.Means)
		w.say("causes.yaml", v.Line, id+": tell", v.Value.Tell)
	}
	var actions []string
	for a := range diagnose.ActionCount {
		actions = append(actions, a.String())
	}
	ids(&w, "actions.yaml", "action", c.Actions, actions)
	w.products(c)
	for _, id := range keys(c.Actions) {
		v := c.Actions[id]
		w.say("actions.yaml", v.Line, id+": do", v.Value.Do)
		w.say("actions.yaml", v.Line, id+": how", v.Value.How)
		w.say("actions.yaml", v.Line, id+": verify", v.Value.Verify)
		w.passages(v.Line, id+": how", v.Value.How)
		w.passages(v.Line, id+": verify", v.Value.Verify)
		for _, s := range v.Value.Snippets {
			w.snippet(id, s, c.Products)
		}
		for _, t := range v.Value.Topics {
			if !slices.Contains(source.Topics, t.Value) {
				w.problem("actions.yaml", t.Line, fmt.Sprintf("%s: hosts have no topic %q", id, t.Value), diag.DidYouMean(t.Value, source.Topics))
			}
		}
	}
	ids(&w, "outcomes.yaml", "outcome", c.Outcomes, outcomes())
	for _, id := range keys(c.Outcomes) {
		v := c.Outcomes[id]
		w.say("outcomes.yaml", v.Line, id+": name", v.Value.Name)
		w.say("outcomes.yaml", v.Line, id+": means", v.Value.Means)
		w.say("outcomes.yaml", v.Line, id+": next", v.Value.Next)
	}
	w.messages(c.Messages)
	w.evidence(c.Evidence)
	var known []string
	for _, r := range rules.All() {
		known = append(known, r.Rule.String())
	}
	ids(&w, "rules.yaml", "rule", c.Rules, known)
	for _, id := range known {
		if v, ok := c.Rules[id]; ok {
			w.say("rules.yaml", v.Line, id, v.Value)
		}
	}
	return w.problems
}

func questionIDs() []string {
	var all []string
	for q := range diagnose.QuestionCount {
		all = append(all, q.String())
	}
	return all
}

type wordcheck struct {
	dir       string
	languages []string
	line      int // of what the ids belong to
	unlisted  source.Unlisted
	unknown   map[string]bool // products that were named already: one may be meant in many places
	problems  diag.List
}

func (w *wordcheck) problem(file string, line int, message, hint string) {
	w.problems = append(w.problems, diag.Problem{File: w.dir + "/" + file, Line: max(line, 1), Rule: diag.RuleWords, Message: message, Hint: hint})
}

func ids[T any](w *wordcheck, file, what string, have map[string]yamlfile.At[T], want []string) {
	for _, id := range want {
		if _, ok := have[id]; !ok {
			w.problem(file, w.line, fmt.Sprintf("no words for the %s %q", what, id), fmt.Sprintf("add %q with its texts", id))
		}
	}
	for _, id := range keys(have) {
		if !slices.Contains(want, id) {
			w.problem(file, have[id].Line, fmt.Sprintf("words for the %s %q, which does not exist", what, id), diag.DidYouMean(id, want))
		}
	}
}

func (w *wordcheck) say(file string, line int, what string, text source.Say) {
	for _, lang := range w.languages {
		if strings.TrimSpace(text[lang]) == "" {
			w.problem(file, line, fmt.Sprintf("%s: no text in %q", what, lang), "add "+lang+": …")
		}
	}
	for _, lang := range keys(text) {
		if !slices.Contains(w.languages, lang) {
			w.problems = append(w.problems, w.unlisted.Warn(w.dir+"/"+file, max(line, 1), 0, lang, w.languages)...)
		}
	}
}

// products names those that are there twice, and those that no action is done with.
func (w *wordcheck) products(c source.Checker) {
	used := map[string]bool{}
	for _, a := range c.Actions {
		for _, s := range a.Value.Snippets {
			used[s.For.Value] = true
		}
	}
	seen := map[string]bool{}
	for _, p := range c.Products {
		switch id := p.ID.Value; {
		case id == "": // a problem already
		case seen[id]:
			w.problem("products.yaml", p.ID.Line, fmt.Sprintf("the product %q is there twice", id), "keep one")
		case !used[id]:
			w.problem("products.yaml", p.ID.Line, fmt.Sprintf("no action has a snippet for the product %q", id), "write one in actions.yaml, or take the product away")
		}
		seen[p.ID.Value] = true
		if r := p.Rent; r.Value != "" && !slices.Contains(source.Rents, r.Value) {
			w.problem("products.yaml", r.Line, fmt.Sprintf("nobody rents a %q", r.Value), diag.DidYouMean(r.Value, source.Rents))
		}
	}
}

// evidence names what is missing of the words for what is pasted. Without any, nothing can be.
func (w *wordcheck) evidence(e source.Evidence) {
	if len(e.Kinds) == 0 {
		return
	}
	all := evidence.IDs()
	for _, part := range []struct {
		what string
		have map[string]yamlfile.At[source.Say]
		want []string
	}{{"kind", e.Kinds, all.Kinds}, {"condition", e.Conditions, all.Conditions}, {"reason", e.Reasons, all.Reasons}, {"secret", e.Secrets, all.Secrets}, {"note", e.Notes, all.Notes}, {"rule", e.Rules, all.Rules}, {"source", e.Sources, all.Sources}} {
		ids(w, "evidence.yaml", part.what, part.have, part.want)
		for _, id := range part.want {
			if v, ok := part.have[id]; ok {
				w.say("evidence.yaml", v.Line, part.what+": "+id, v.Value)
			}
		}
	}
}

// messages names what is missing in the ready messages. Whatever can be done can be asked of somebody.
func (w *wordcheck) messages(m source.Messages) {
	const file = "messages.yaml"
	if m.Subject.Line == 0 {
		w.problem(file, 0, "there are no ready messages", "add the file, with subject, item, number, behind, host, owner, asks and asks_host")
		return
	}
	text := func(what string, at yamlfile.At[source.Say], must string, may ...string) {
		if at.Line == 0 {
			return // a problem already
		}
		w.say(file, at.Line, what, at.Value)
		for _, lang := range keys(at.Value) {
			if must != "" && !strings.Contains(at.Value[lang], must) {
				w.problem(file, at.Line, fmt.Sprintf("%s in %q does not say %s", what, lang, must), "say it where it belongs")
			}
			for _, p := range placeholder.FindAllString(at.Value[lang], -1) {
				if p != must && !slices.Contains(may, p) {
					w.problem(file, at.Line, fmt.Sprintf("%s in %q has %s, which stands for nothing", what, lang, p), "there are "+strings.Join(append(may, must), " "))
				}
			}
		}
	}
	text("subject", m.Subject, "{subject}")
	text("item", m.Item, "{text}")
	text("number", m.Number, "{number}")
	text("status", m.Status, "{number}")
	text("behind", m.Behind, "")
	text("tried", m.Tried, "{text}")
	for _, l := range []struct {
		to string
		source.Letter
	}{{"host", m.Host}, {"owner", m.Owner}} {
		text(l.to+": subject", l.Subject, "{symptom}")
		text(l.to+": open", l.Open, "{symptom}")
		text(l.to+": unknown", l.Unknown, "")
		text(l.to+": body", l.Body, "{asks}", "{symptom}", "{always}", "{since}", "{mode}", "{behind}", "{checked}")
		for _, look := range l.Look {
			text(l.to+": look", look, "")
		}
	}
	ids(w, file, "request for", m.Asks, asked())
	for _, a := range asked() {
		text("asks: "+a, m.Asks[a], "")
	}
	for _, a := range keys(m.AsksHost) {
		if at := m.AsksHost[a]; slices.Contains(asked(), a) {
			text("asks_host: "+a, at, "")
		} else {
			w.problem(file, at.Line, fmt.Sprintf("words for the request for %q, which does not exist", a), diag.DidYouMean(a, asked()))
		}
	}
}

// asked are the actions that can be asked of somebody: all but the asking.
func asked() (all []string) {
	for a := range diagnose.ActionCount {
		if a != diagnose.AskHost && a != diagnose.AskOwner {
			all = append(all, a.String())
		}
	}
	return all
}

func (w *wordcheck) snippet(action string, s source.Snippet, products []source.Product) {
	var known []string
	for _, p := range products {
		known = append(known, p.ID.Value)
	}
	if id := s.For.Value; !slices.Contains(known, id) && !w.unknown[id] {
		w.unknown[id] = true
		w.problem("actions.yaml", s.For.Line, fmt.Sprintf("%s: products.yaml has no product %q", action, id), diag.DidYouMean(id, known))
	}
	switch {
	case s.Code == "" && len(s.Text) == 0:
		w.problem("actions.yaml", s.For.Line, fmt.Sprintf("%s: the snippet for %q says nothing", action, s.For.Value), "give it code, or text in every language")
	case s.Code != "" && !highlight.Known(s.Language):
		w.problem("actions.yaml", s.For.Line, fmt.Sprintf("%s: unknown language %q", action, s.Language), "language: nginx, apache, yaml, … or text")
	}
	if len(s.Text) > 0 {
		w.say("actions.yaml", s.For.Line, action+": text for "+s.For.Value, s.Text)
	}
}
