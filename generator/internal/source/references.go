package source

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
)

// reference is how a text refers to a fact or a label.
var reference = regexp.MustCompile(`\{((?:fact|ui|label) [^{}\n]*)\}`)

// pathMark is what joins the words of a menu path.
var pathMark = regexp.MustCompile(`[→⇒›＞]`)

// refer puts facts and labels into the texts that are no Markdown, as plain
// text, and names what is wrong with them. Markdown has references of its own,
// with links. Facts that no text uses are named as well.
func (l *loader) refer(c *Content) {
	used := map[string]bool{}
	look := func(text string) {
		for _, m := range reference.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	known := map[string]map[string]Referred{}
	for _, tag := range tags(&c.Site) {
		known[tag] = c.Facts.References(tag)
	}
	plain := func(file string, line, col int, tag, text string) string {
		look(text)
		if known[tag] == nil {
			return text
		}
		if m := pathMark.FindString(text); m != "" {
			l.problem(file, line, col, diag.RuleMenuPath, fmt.Sprintf("a menu path stands in this text: %q", m), "write {ui id}, and the path into facts.yaml")
		}
		return reference.ReplaceAllStringFunc(text, func(s string) string {
			words := s[1 : len(s)-1]
			r, ok := known[tag][words]
			if !ok {
				l.problem(file, line, col, diag.RuleReference, fmt.Sprintf("facts.yaml has no %q", words), nearest(words, known[tag]))
			}
			return r.Text
		})
	}
	say := func(file string, line, col int, texts ...Say) {
		for _, t := range texts {
			for _, tag := range slices.Sorted(maps.Keys(t)) {
				t[tag] = plain(file, line, col, tag, t[tag])
			}
		}
	}
	// What is quoted, or is a name, says the same whatever is known today.
	refuse := func(file string, line, col int, what, hint string, texts ...string) {
		for _, t := range texts {
			if m := reference.FindString(t); m != "" {
				l.problem(file, line, col, diag.RuleReference, fmt.Sprintf("%s refers to %s", what, m), hint)
			}
		}
	}
	marked := func(texts ...Say) {
		for _, t := range texts {
			for _, text := range t {
				look(text)
			}
		}
	}
	text := func(tag string, t *Text) {
		look(string(t.Body))
		if !t.Lost {
			file := strings.TrimPrefix(t.File, l.dir+"/")
			t.Front.Title, t.Front.Summary = plain(file, 1, 0, tag, t.Front.Title), plain(file, 1, 0, tag, t.Front.Summary)
			for i, k := range t.Front.Keywords {
				t.Front.Keywords[i] = plain(file, 1, 0, tag, k)
			}
			for _, m := range t.Front.Messages {
				refuse(file, 1, 0, "a message", "write what stands on the screen, letter for letter", m.Where, m.Text)
			}
		}
	}
	for i := range c.Site.Languages {
		lang := &c.Site.Languages[i]
		for _, words := range []*string{&lang.Title, &lang.Description} {
			*words = plain("site.yaml", lang.Tag.Line, lang.Tag.Col, lang.Tag.Value, *words)
		}
	}
	for _, s := range c.Site.Sections {
		say("site.yaml", s.ID.Line, s.ID.Col, s.Title, s.Description)
	}
	for _, a := range c.Articles {
		for _, tag := range slices.Sorted(maps.Keys(a.Texts)) {
			text(tag, a.Texts[tag])
		}
	}
	for _, r := range c.Recipes {
		for _, tag := range slices.Sorted(maps.Keys(r.Texts)) {
			look(string(r.Texts[tag].Body))
		}
	}
	for _, p := range c.Pages {
		for _, tag := range slices.Sorted(maps.Keys(p.Texts)) {
			text(tag, p.Texts[tag])
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(c.Words)) {
		w := c.Words[tag]
		rewrite(reflect.ValueOf(&w).Elem(), func(s string) string { return plain("checker/"+tag+".yaml", 0, 0, tag, s) })
		c.Words[tag] = w
	}
	for _, t := range c.Glossary {
		for _, tag := range slices.Sorted(maps.Keys(t.Words)) {
			w := t.Words[tag]
			w.Value.Definition = plain("glossary.yaml", w.Line, w.Col, tag, w.Value.Definition)
			refuse("glossary.yaml", w.Line, w.Col, "a term", "write the words out; the definition may refer", append(w.Value.Synonyms, w.Value.Term, w.Value.Reading)...)
			t.Words[tag] = w
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Checker.Questions)) {
		q := c.Checker.Questions[id]
		say("checker/questions.yaml", q.Line, q.Col, q.Value.Ask, q.Value.Short, q.Value.Doubt)
		for _, option := range slices.Sorted(maps.Keys(q.Value.Options)) {
			o := q.Value.Options[option]
			say("checker/questions.yaml", o.Line, o.Col, o.Value)
		}
		for _, box := range slices.Sorted(maps.Keys(q.Value.Boxes)) {
			b := q.Value.Boxes[box]
			say("checker/questions.yaml", b.Line, b.Col, b.Value.Label, b.Value.Hint)
		}
		marked(q.Value.Help)
	}
	for _, id := range slices.Sorted(maps.Keys(c.Checker.Causes)) {
		w := c.Checker.Causes[id]
		say("checker/causes.yaml", w.Line, w.Col, w.Value.Name)
		marked(w.Value.Means, w.Value.Tell)
	}
	for _, id := range slices.Sorted(maps.Keys(c.Checker.Actions)) {
		w := c.Checker.Actions[id]
		say("checker/actions.yaml", w.Line, w.Col, w.Value.Do)
		marked(w.Value.How, w.Value.Verify)
		for _, s := range w.Value.Snippets {
			marked(s.Text)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Checker.Outcomes)) {
		w := c.Checker.Outcomes[id]
		say("checker/outcomes.yaml", w.Line, w.Col, w.Value.Name)
		marked(w.Value.Means, w.Value.Next)
	}
	for _, m := range c.Checker.Messages.texts() {
		say("checker/messages.yaml", m.Line, m.Col, m.Value)
	}
	for _, p := range c.Checker.Products {
		refuse("checker/products.yaml", p.ID.Line, p.ID.Col, "a product", "write its name, which is the same in every language", p.Name)
	}
	if index := c.Hosts.Index; len(c.Hosts.All) > 0 {
		say("hosts/"+HostIndexFile+".yaml", 1, 1, index.Title, index.Summary)
		marked(index.About.Value)
		for _, common := range index.Common {
			marked(common.Text.Value)
		}
	}
	for _, h := range c.Hosts.All {
		file := "hosts/" + h.ID + ".yaml"
		say(file, 1, 1, h.Name, h.Summary)
		marked(h.About.Value, h.Allow.Value.Say.Value)
		for _, f := range h.Facts() {
			marked(f.Value.Say.Value)
			refuse(file, f.Line, f.Col, "a label, a mail or a screen", "write it as it stands there", append(f.Value.Path, f.Value.Mail, f.Value.Screen)...)
		}
	}
	say("sketches.yaml", 1, 1, c.Sketches.Label, c.Sketches.Look)
	say("sketches.yaml", c.Sketches.Errors.Line, c.Sketches.Errors.Col, c.Sketches.Errors.Value.Alt, c.Sketches.Errors.Value.Plain)
	for _, id := range slices.Sorted(maps.Keys(c.Sketches.Screens)) {
		v := c.Sketches.Screens[id]
		say("sketches.yaml", v.Line, v.Col, v.Value.Alt)
		for _, f := range v.Value.Frames {
			say("sketches.yaml", v.Line, v.Col, f.Head)
			for _, r := range f.Rows {
				say("sketches.yaml", r.Is.Line, r.Is.Col, r.Say, r.Value)
				refuse("sketches.yaml", r.Is.Line, r.Is.Col, "what is the same in every language", "write say: {ja: …, en: …}", append(r.Cells, r.Text)...)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Facts.Facts)) {
		f := c.Facts.Facts[id]
		for _, tag := range slices.Sorted(maps.Keys(f.Value.Say)) {
			refuse("facts.yaml", f.Line, f.Col, fmt.Sprintf("the fact %q", id), "write its own value", f.Value.Say[tag])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Checker.Rules)) {
		w := c.Checker.Rules[id]
		for _, tag := range slices.Sorted(maps.Keys(w.Value)) {
			if m := reference.FindString(w.Value[tag]); m != "" {
				l.problem("checker/rules.yaml", w.Line, w.Col, diag.RuleReference, fmt.Sprintf("the rule %q refers to %s", id, m), "the engine's command prints these sentences and knows no facts: write it out")
			}
		}
	}
	l.idle(c, used)
}

// rewrite changes every string of a value that is made of structs and of maps
// by strings.
func rewrite(v reflect.Value, change func(string) string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(change(v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			rewrite(v.Field(i), change)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			item := reflect.New(v.Type().Elem()).Elem()
			item.Set(v.MapIndex(key))
			rewrite(item, change)
			v.SetMapIndex(key, item)
		}
	}
}

// idle warns of facts and labels that nothing uses.
func (l *loader) idle(c *Content, used map[string]bool) {
	warn := func(what, id string, line, col int) {
		l.problems = append(l.problems, diag.Problem{File: path.Join(l.dir, "facts.yaml"), Line: line, Col: col, Severity: diag.Warning, Rule: diag.RuleFacts,
			Message: fmt.Sprintf("nothing uses the %s %q", what, id), Hint: "refer to it, or take it away"})
	}
	for _, id := range slices.Sorted(maps.Keys(c.Facts.Facts)) {
		if v := c.Facts.Facts[id]; !used["fact "+id] && len(v.Value.Stands) == 0 {
			warn("fact", id, v.Line, v.Col)
		}
	}
	for id := range c.Facts.UI {
		if used["ui "+id] || used["label "+id] {
			for _, above := range c.Facts.way(id) {
				used["under "+above] = true
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Facts.UI)) {
		if v := c.Facts.UI[id]; !used["under "+id] {
			warn("label", id, v.Line, v.Col)
		}
	}
}

const underUI = "add it under ui, with its label and source"

// nearest gives a hint about a reference that facts.yaml does not have.
func nearest(words string, known map[string]Referred) string {
	if near := diag.Nearest(words, slices.Sorted(maps.Keys(known))); near != "" {
		return "did you mean {" + near + "}?"
	}
	word, _, _ := strings.Cut(words, " ")
	return cmp.Or(map[string]string{"ui": underUI, "label": underUI}[word], "add it under facts, with its value and source")
}
