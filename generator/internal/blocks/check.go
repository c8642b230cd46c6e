package blocks

import (
	"fmt"
	"slices"

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
// A number that stands beside a 530 is told with it: symptom=530 number=1033.
// Until it is used it is links to the way without script. Where a site has no
// checker it is nothing.
var check = Kind{Name: "check", Parts: []string{"ask"}, Scripts: []string{"ask.js"}, Check: checkCheck, Draw: drawCheck}

// ask is what its template is given.
type ask struct {
	Words    theme.Words
	Symptom  theme.Outcome   // where it starts
	Number   string          // what is told beside it: number=1033; "" for nothing
	Check    string          // URL of the checker
	URL      string          // the symptom's page without script
	Question *theme.Question // the first one, each answer with its page, without its help; nil when it has many answers
	Unknown  string          // URL of the page that follows "I don't know"
}

// fewAnswers is how many answers the question may have that an article shows.
// One with more is asked when the checker is opened.
const fewAnswers = 6

func checkCheck(_ Choices, h markdown.Hole, wrong Wrong) {
	symptoms, numbers := diagnose.Symptom.OptionIDs(), diagnose.Number.OptionIDs()
	if len(h.Args) == 0 {
		wrong(h.Line, h.Col, "the checker wants a symptom to start at", "write ```check symptom=525")
	}
	if h.Body != "" {
		wrong(h.Line, h.Col, "check shows no text of yours", "put it above or below the block")
	}
	for i, a := range h.Args {
		switch {
		case i == 1 && a.Key == "number" && h.Args[0].Value == model.Outcome530.String():
			if !slices.Contains(numbers, a.Value) {
				wrong(h.Line, a.Col, fmt.Sprintf("%q is no number beside a 530", a.Value), diag.DidYouMean(a.Value, numbers))
			}
		case a.Key != "symptom":
			wrong(h.Line, a.Col, fmt.Sprintf("check takes no %q", a.Key), diag.DidYouMean(a.Key, []string{"symptom"}))
		case i > 0:
			wrong(h.Line, a.Col, "one symptom at a time", "keep one of the two")
		case !slices.Contains(symptoms, a.Value):
			wrong(h.Line, a.Col, fmt.Sprintf("%q is not a symptom to start at", a.Value), diag.DidYouMean(a.Value, symptoms))
		}
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
	answers := n.Answers
	if len(h.Args) > 1 {
		answers.Told[diagnose.Number] = diagnose.Option(slices.Index(diagnose.Number.OptionIDs(), h.Args[1].Value) + 1)
		v.Number = "number=" + h.Args[1].Value
	}
	title := v.Words["check_article"]
	if ways := len(n.Children) - 1; ways > 0 && ways <= fewAnswers {
		q, unknown := s.Next(n)
		v.Question, v.Unknown, title = &q, unknown, q.Ask
	}
	html, err := p.Figures.Theme.Part("ask", v)
	return Drawing{html, "[" + title + "](" + s.Live(answers) + ")"}, err
}
