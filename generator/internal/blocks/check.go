package blocks

import (
	"fmt"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// check is the checker, started at what the reader sees:
//
//	```check symptom=525
//	```
//
// What else the reader of that text has told by reading it follows: the number
// beside a 530, that of an error page of the origin's, where the site lives, as a
// host or as a kind of place: symptom=530 number=1033 origin=tunnel.
// Until it is used it is links to the way without script. Where a site has no
// checker it is nothing.
var check = Kind{Name: "check", Parts: []string{"ask"}, Scripts: []string{"ask.js"}, Check: checkCheck, Draw: drawCheck}

// ask is what its template is given.
type ask struct {
	Words    theme.Words
	Symptom  theme.Outcome   // where it starts
	Start    string          // what it tells: number=1033&origin=tunnel&symptom=530
	Check    string          // URL of the checker
	URL      string          // the symptom's page without script
	Question *theme.Question // the first one, each answer with its page, without its help; nil when it has many answers
	Unknown  string          // URL of the page that follows "I don't know"
}

// fewAnswers is how many answers the question may have that an article shows.
// One with more is asked when the checker is opened.
const fewAnswers = 6

// beside is what may be told with a symptom: each by the ids that it has then.
func beside(c Choices, symptom string) map[string][]string {
	all := map[string][]string{"origin": diagnose.Origin.OptionIDs(), "provider": c.ids(Host)}
	switch symptom {
	case model.Outcome530.String():
		all["number"] = diagnose.Number.OptionIDs()
	case diagnose.Symptom.OptionID(diagnose.SymptomOriginPage):
		all["status"] = diagnose.Status.OptionIDs()
	}
	return all
}

// Asks reports that a text has the checker's first question in it.
func Asks(d *markdown.Doc) bool {
	return slices.ContainsFunc(d.Holes, func(h markdown.Hole) bool { return h.Kind == markdown.Block && h.Name == check.Name })
}

func checkCheck(c Choices, h markdown.Hole, wrong Wrong) {
	symptoms := diagnose.Symptom.OptionIDs()
	if len(h.Args) == 0 {
		wrong(h.Line, h.Col, "the checker wants a symptom to start at", "write ```check symptom=525")
	}
	if h.Body != "" {
		wrong(h.Line, h.Col, "check shows no text of yours", "put it above or below the block")
	}
	seen := map[string]bool{}
	for i, a := range h.Args {
		ids, told := beside(c, h.Args[0].Value)[a.Key]
		switch {
		case i > 0 && seen[a.Key] && told, a.Key == "provider" && seen["origin"], a.Key == "origin" && seen["provider"]:
			wrong(h.Line, a.Col, fmt.Sprintf("%q is told twice", a.Key), "keep one of the two")
		case i > 0 && told:
			if !slices.Contains(ids, a.Value) {
				wrong(h.Line, a.Col, fmt.Sprintf("%q is no answer to %s", a.Value, a.Key), diag.DidYouMean(a.Value, ids))
			}
		case a.Key != "symptom":
			wrong(h.Line, a.Col, fmt.Sprintf("check takes no %q", a.Key), diag.DidYouMean(a.Key, []string{"symptom"}))
		case i > 0:
			wrong(h.Line, a.Col, "one symptom at a time", "keep one of the two")
		case !slices.Contains(symptoms, a.Value):
			wrong(h.Line, a.Col, fmt.Sprintf("%q is not a symptom to start at", a.Value), diag.DidYouMean(a.Value, symptoms))
		}
		seen[a.Key] = true
	}
}

func drawCheck(p Page, h markdown.Hole, _ string) (Drawing, error) {
	if p.Phrasing == nil {
		return Drawing{}, nil
	}
	s := p.Phrasing
	n := s.Entries[slices.Index(diagnose.Symptom.OptionIDs(), h.Args[0].Value)]
	v := ask{
		Words: p.Figures.Theme.Words(p.Figures.Lang), Symptom: s.Outcome(h.Args[0].Value), Check: s.Page(""), URL: s.Page(n.Path),
	}
	told := []string{"symptom=" + h.Args[0].Value}
	for _, a := range h.Args[1:] {
		told = append(told, a.Key+"="+a.Value)
	}
	slices.Sort(told)
	v.Start = strings.Join(told, "&")
	title := v.Words["check_article"]
	if ways := len(n.Children) - 1; ways > 0 && ways <= fewAnswers {
		q, unknown := s.Next(n)
		v.Question, v.Unknown, title = &q, unknown, q.Ask
	}
	html, err := p.Figures.Theme.Part("ask", v)
	return Drawing{html, "[" + title + "](" + s.Page("") + "#v=1&" + v.Start + ")"}, err
}
