package checkpages

import (
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/source"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// How an action is done may differ by where the site lives, and how one sees
// that it worked by what is at hand. In a text {at hosting platform} begins what
// is for those kinds of origin, {at shell} what takes a terminal, {at strict} what
// is for who can stay in Full (strict), and {at} what is for everybody again. Who
// has told none of it reads all.
var passage = regexp.MustCompile(`\{at([^{}]*)\}`)

// terminal is what a passage can take, and strict what can last; any other is for kinds of origin.
const terminal, strict = "shell", "strict"

// Unmarked is a text as it is read by who has told nothing.
func Unmarked(text string) string { return passage.ReplaceAllString(text, "") }

// passages gives of a text what is for a case, each part that is not for
// everybody as an element that says for whom, for the client leaves out the same
// way. Nothing told is nil.
func passages(text template.HTML, told *diagnose.Answers) template.HTML {
	var b strings.Builder
	at, from := "", 0
	part := func(to int) {
		words := string(text[from:to])
		switch {
		case at == "":
			b.WriteString(words)
		case told == nil:
			inner := strings.TrimRight(words, " ")
			b.WriteString(`<span data-at="` + at + `">` + inner + "</span>" + words[len(inner):])
		case fits(at, told):
			b.WriteString(words)
		}
	}
	for _, m := range passage.FindAllStringSubmatchIndex(string(text), -1) {
		part(m[0])
		at, from = strings.TrimSpace(string(text[m[2]:m[3]])), m[1]
	}
	part(len(text))
	return template.HTML(strings.TrimSpace(b.String()))
}

// fits reports that a passage is for a case. What is not known of it leaves none out.
func fits(at string, told *diagnose.Answers) bool {
	q := diagnose.Origin
	switch at {
	case terminal:
		q = diagnose.Access
	case strict:
		q = diagnose.LastingMode
	}
	o := told.Told[q]
	if o == diagnose.Unasked || o == diagnose.Unknown {
		return true
	}
	said := strings.Split(q.OptionID(o), ",")
	return slices.ContainsFunc(strings.Fields(at), func(id string) bool { return slices.Contains(said, id) })
}

// passages names the marks of a text that are for nobody, or not the same in
// every language.
func (w *wordcheck) passages(line int, what string, text source.Say) {
	kinds := append(diagnose.Origin.OptionIDs(), terminal, strict)
	marks := map[string][]string{}
	for _, lang := range keys(text) {
		for _, m := range passage.FindAllStringSubmatch(text[lang], -1) {
			marks[lang] = append(marks[lang], m[0])
			at := strings.Fields(m[1])
			for _, id := range at {
				if !slices.Contains(kinds, id) {
					w.problem("actions.yaml", line, fmt.Sprintf("%s: nothing is called %q in %s", what, id, m[0]), diag.DidYouMean(id, kinds))
				}
			}
			if len(at) > 1 && slices.Contains(at, terminal) {
				w.problem("actions.yaml", line, fmt.Sprintf("%s: %s names a terminal and a place", what, m[0]), "write {at shell} before what takes a terminal")
			}
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(marks)) {
		for _, other := range keys(text) {
			if a, b := slices.Sorted(slices.Values(marks[lang])), slices.Sorted(slices.Values(marks[other])); !slices.Equal(a, b) {
				w.problem("actions.yaml", line, fmt.Sprintf("%s: %q has the marks %v, and %q has %v", what, lang, a, other, b), "say the same to the same people in every language")
				return
			}
		}
	}
}

// lives reports that the site is said to live in a place of a kind.
func lives(a *diagnose.Answers, kind model.Value) bool {
	return a.Told[diagnose.Origin] == diagnose.Option(kind)+1
}
