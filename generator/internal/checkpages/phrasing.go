package checkpages

import (
	"html/template"
	"slices"
	"strings"

	"sslclinic/generator/internal/highlight"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// A Checker is what the checker's pages tell, in every language: the engine, the
// words for its ids, and the way without script. It is read-only.
type Checker struct {
	Engine  *diagnose.Engine
	Words   source.Checker
	Entries []*Node // the way without script, by symptom

	colours map[string]string // every snippet's and command's code as HTML: they stand on hundreds of pages
}

// NewChecker gives the checker whose words nothing is wrong with.
func NewChecker(words source.Checker) *Checker {
	return &Checker{Engine: engine(), Words: words, Entries: conversation(), colours: colours(words)}
}

// A Phrasing words what the engine finds, for one page.
type Phrasing struct {
	*Checker
	Figures Figures
	Phrase  func(say source.Say) template.HTML // in the page's language, links made relative to the page
	Article func(name string) string           // the reference to slug#anchor
	Page    func(path string) string           // the reference to a page of the way without script; "" is the checker's own
	Code    string                             // names a block of code, for those who do not see it
}

func (s Phrasing) say(text source.Say) string { return text[s.Figures.Lang] }

// Live is the reference to the checker with answers filled in, in the order of
// the questions' ids.
func (s Phrasing) Live(a diagnose.Answers) string {
	pairs := strings.Split(a.String(), "&")
	slices.Sort(pairs)
	return s.Page("") + "#v=1&" + strings.Join(pairs, "&")
}

// Question words a question, as a form.
func (s Phrasing) Question(q diagnose.Question) theme.Question {
	w := s.Words.Questions[q.String()].Value
	v := theme.Question{ID: q.String(), Ask: s.say(w.Ask), Short: s.say(w.Short)}
	if len(w.Help) > 0 {
		v.Help = s.Phrase(w.Help)
	}
	if w.Command != "" {
		v.Command = s.code(shell, w.Command)
	}
	for o := diagnose.Option(1); o <= q.Asked(); o++ {
		v.Options = append(v.Options, theme.Answer{ID: q.OptionID(o), Name: s.answer(q, o)})
	}
	for _, id := range boxes(q) {
		box := w.Boxes[id].Value
		v.Boxes = append(v.Boxes, theme.Box{ID: id, Name: s.say(box.Label), Hint: s.say(box.Hint)})
	}
	return v
}

// boxes are what an answer's set can hold, in its order, and the empty set; none where an answer is one of several.
func boxes(q diagnose.Question) (all []string) {
	if q != diagnose.Access {
		return nil
	}
	for o := diagnose.Option(1); o <= q.Options(); o++ {
		if id := q.OptionID(o); !strings.Contains(id, ",") {
			all = append(all, id)
		}
	}
	return all
}

// Next words the question that a page without script asks, each answer with the
// page that follows; unknown is the page after "I don't know".
func (s Phrasing) Next(n *Node) (q theme.Question, unknown string) {
	q = s.Question(n.Question)
	for i := range q.Options {
		q.Options[i].URL = s.Page(n.Children[i].Path)
	}
	RestLast(q.Options)
	return q, s.Page(n.Children[len(n.Children)-1].Path)
}

func (s Phrasing) answer(q diagnose.Question, o diagnose.Option) string {
	return s.say(s.Words.Questions[q.String()].Value.Options[q.OptionID(o)].Value)
}

// Symptom words what a reader says that they see, as the question has it.
func (s Phrasing) Symptom(id string) string {
	for o := diagnose.Option(1); o <= diagnose.Symptom.Options(); o++ {
		if diagnose.Symptom.OptionID(o) == id {
			return s.answer(diagnose.Symptom, o)
		}
	}
	return ""
}

// Outcome words what a visitor sees.
func (s Phrasing) Outcome(id string) theme.Outcome {
	w := s.Words.Outcomes[id].Value
	v := theme.Outcome{ID: id, Name: s.say(w.Name), Means: s.Phrase(w.Means), Next: s.Phrase(w.Next)}
	for o := range model.OutcomeCount {
		if leg := o.Leg(); leg != model.NoLeg && o.String() == id {
			v.Leg = leg.String()
		}
	}
	return v
}

// Cause words a cause, or two that are joined.
func (s Phrasing) Cause(id string) theme.Cause {
	v := theme.Cause{ID: id}
	var names []string
	for i, one := range strings.Split(id, "+") {
		w := s.Words.Causes[one].Value
		names = append(names, s.say(w.Name))
		if i > 0 {
			v.Means += " "
			v.Tell += " "
		}
		v.Means += s.Phrase(w.Means)
		v.Tell += s.Phrase(w.Tell)
		if i == 0 {
			v.URL = s.Article(w.Article.Value)
		}
	}
	v.Name = strings.Join(names, " + ")
	return v
}

// Action words an action for a case: the parts of its texts and the products that
// there are where the site lives. Of nil it words all of it.
func (s Phrasing) Action(a diagnose.Action, told *diagnose.Answers) theme.Action {
	w := s.Words.Actions[a.String()].Value
	v := theme.Action{
		ID: a.String(), Do: s.say(w.Do), URL: s.Article(w.Article.Value),
		How: passages(s.Phrase(w.How), told), Verify: passages(s.Phrase(w.Verify), told),
		Who: a.Who().String(), Minutes: a.Minutes(), Risky: a.Risky(),
	}
	if a == diagnose.AskHost || a == diagnose.AskOwner {
		v.Who = ""
	}
	for _, t := range w.Topics {
		v.Topics = append(v.Topics, t.Value)
	}
	for _, p := range s.Words.Products {
		for _, snippet := range w.Snippets {
			if snippet.For.Value != p.ID.Value || rents(told) && p.Rent.Value == "" || snippet.Language == "bash" && told != nil && !fits(terminal, told) {
				continue
			}
			one := theme.Snippet{ID: p.ID.Value, For: p.Name, Rent: p.Rent.Value, Text: s.Phrase(snippet.Text)}
			if snippet.Code != "" {
				one.Code = s.code(snippet.Language, snippet.Code)
			}
			v.Snippets = append(v.Snippets, one)
		}
	}
	return v
}

// rents reports that the place is one that is rented, where nobody has a server.
func rents(told *diagnose.Answers) bool {
	return told != nil && (lives(told, model.OriginHosting) || lives(told, model.OriginPlatform))
}

// shell is the language of a question's command.
const shell = "bash"

func colours(c source.Checker) map[string]string {
	all := map[string]string{}
	add := func(language, code string) {
		all[language+"\n"+code] = highlight.HTML(language, strings.TrimRight(code, "\n"))
	}
	for _, q := range c.Questions {
		add(shell, q.Value.Command)
	}
	for _, a := range c.Actions {
		for _, s := range a.Value.Snippets {
			add(s.Language, s.Code)
		}
	}
	return all
}

func (s Phrasing) code(language, code string) template.HTML {
	return template.HTML(`<figure class="code"><pre class="chroma" tabindex="0" role="group" aria-label="` + template.HTMLEscapeString(s.Code) +
		`" data-lang="` + language + `"><code>` + s.colours[language+"\n"+code] + "\n</code></pre></figure>")
}

// Questions are those that people are asked, and Causes, Actions and Outcomes are all of them.
func (s Phrasing) Questions() []theme.Question {
	var all []theme.Question
	for q := range diagnose.QuestionCount {
		if q.Told() {
			v := s.Question(q)
			RestLast(v.Options)
			all = append(all, v)
		}
	}
	return all
}

// Texts word what a text alone can answer: of each question the options that nobody is offered.
func (s Phrasing) Texts() []theme.Question {
	var all []theme.Question
	for q := range diagnose.QuestionCount {
		v := theme.Question{ID: q.String(), Short: s.say(s.Words.Questions[q.String()].Value.Short)}
		for o := diagnose.Option(1); o <= q.Options(); o++ {
			if !q.Told() || o > q.Asked() {
				v.Options = append(v.Options, theme.Answer{ID: q.OptionID(o), Name: s.answer(q, o)})
			}
		}
		if len(v.Options) > 0 {
			all = append(all, v)
		}
	}
	return all
}

// RestLast puts "none of these" behind the others, also behind those that the
// vocabulary, whose order codes hold, got after it.
func RestLast(options []theme.Answer) {
	slices.SortStableFunc(options, func(a, b theme.Answer) int { return rest(a.ID) - rest(b.ID) })
}

func rest(id string) int {
	if id == "other" {
		return 1
	}
	return 0
}

// Causes words every cause that can be named alone.
func (s Phrasing) Causes() []theme.Cause {
	var all []theme.Cause
	for _, id := range singles(s.Engine) {
		all = append(all, s.Cause(id))
	}
	return all
}

// Actions words every action.
func (s Phrasing) Actions() []theme.Action {
	var all []theme.Action
	for a := range diagnose.ActionCount {
		all = append(all, s.Action(a, nil))
	}
	return all
}

// Products are those that an action can be done with, in the
// order in which they are offered.
func (s Phrasing) Products() []theme.Option {
	var all []theme.Option
	for _, p := range s.Words.Products {
		all = append(all, theme.Option{ID: p.ID.Value, Name: p.Name})
	}
	return all
}

// Outcomes words everything that a visitor can see.
func (s Phrasing) Outcomes() []theme.Outcome {
	var all []theme.Outcome
	for _, id := range outcomes() {
		all = append(all, s.Outcome(id))
	}
	return all
}

// singles are the causes that can be named alone, in the engine's order. The
// others are two of them, joined by "+".
func singles(e *diagnose.Engine) []string {
	var all []string
	for _, id := range e.Causes() {
		for _, one := range strings.Split(id, "+") {
			if !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	return all
}

// outcomes are what a visitor can see, with the symptoms that are no outcome
// of a single visit.
func outcomes() []string {
	all := []string{model.OutcomeOK.String()}
	for o := diagnose.Option(1); o <= diagnose.Symptom.Options(); o++ {
		all = append(all, diagnose.Symptom.OptionID(o))
	}
	return all
}
