package checkpages

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/highlight"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/model/rules"
	"sslclinic/wasmcheck/report"
	"sslclinic/wasmcheck/tables"
)

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

// CheckChecker names the ids of the engine that have no words in a language,
// and words for ids that do not exist. dir is the folder of the words.
func CheckChecker(dir string, c source.Checker, e *diagnose.Engine, languages []string) diag.List {
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
	}
	ids(&w, "causes.yaml", "cause", c.Causes, singles(e))
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
		for _, s := range v.Value.Snippets {
			w.snippet(id, s, c.Products)
		}
	}
	ids(&w, "outcomes.yaml", "outcome", c.Outcomes, outcomes())
	for _, id := range keys(c.Outcomes) {
		v := c.Outcomes[id]
		w.say("outcomes.yaml", v.Line, id+": name", v.Value.Name)
		w.say("outcomes.yaml", v.Line, id+": means", v.Value.Means)
		w.say("outcomes.yaml", v.Line, id+": next", v.Value.Next)
	}
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
	}
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

// A Phrasing words the engine's findings for one page.
type Phrasing struct {
	Figures Figures
	Checker source.Checker
	Phrase  func(say source.Say) template.HTML // in the page's language, links made relative to the page
	Article func(name string) string           // the reference to slug#anchor
	Page    func(path string) string           // the reference to a page of the way without script; "" is the checker's own
	Code    string                             // names a block of code, for those who do not see it
	Colours map[string]string                  // every snippet's code as HTML, see Colours
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
	w := s.Checker.Questions[q.String()].Value
	v := theme.Question{ID: q.String(), Ask: s.say(w.Ask), Short: s.say(w.Short), Help: s.Phrase(w.Help)}
	if w.Command != "" {
		v.Command = s.code(shell, w.Command)
	}
	for o := diagnose.Option(1); o <= q.Options(); o++ {
		v.Options = append(v.Options, theme.Answer{ID: q.OptionID(o), Name: s.answer(q, o)})
	}
	return v
}

// Next words the question that a page without script asks, each answer with the
// page that follows; unknown is the page after "I don't know".
func (s Phrasing) Next(n *Node) (q theme.Question, unknown string) {
	q = s.Question(n.Question)
	for i := range q.Options {
		q.Options[i].URL = s.Page(n.Children[i].Path)
	}
	return q, s.Page(n.Children[len(n.Children)-1].Path)
}

func (s Phrasing) answer(q diagnose.Question, o diagnose.Option) string {
	return s.say(s.Checker.Questions[q.String()].Value.Options[q.OptionID(o)].Value)
}

// Outcome words what a visitor sees.
func (s Phrasing) Outcome(id string) theme.Outcome {
	w := s.Checker.Outcomes[id].Value
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
		w := s.Checker.Causes[one].Value
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

// Action words an action.
func (s Phrasing) Action(a diagnose.Action) theme.Action {
	w := s.Checker.Actions[a.String()].Value
	v := theme.Action{
		ID: a.String(), Do: s.say(w.Do), How: s.Phrase(w.How), Verify: s.Phrase(w.Verify), URL: s.Article(w.Article.Value),
		Who: a.Who().String(), Minutes: a.Minutes(), Risky: a.Risky(),
	}
	for _, p := range s.Checker.Products {
		for _, snippet := range w.Snippets {
			if snippet.For.Value != p.ID.Value {
				continue
			}
			one := theme.Snippet{For: p.Name, Text: s.Phrase(snippet.Text)}
			if snippet.Code != "" {
				one.Code = s.code(snippet.Language, snippet.Code)
			}
			v.Snippets = append(v.Snippets, one)
		}
	}
	return v
}

// shell is the language of a question's command.
const shell = "bash"

// Colours highlights every snippet and command once: they stand on hundreds of
// pages.
func Colours(c source.Checker) map[string]string {
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
		`" data-lang="` + language + `"><code>` + s.Colours[language+"\n"+code] + "\n</code></pre></figure>")
}

// Questions, Causes, Actions and Outcomes are all of them.
func (s Phrasing) Questions() []theme.Question {
	var all []theme.Question
	for q := range diagnose.QuestionCount {
		all = append(all, s.Question(q))
	}
	return all
}

// Causes words every cause that can be named alone.
func (s Phrasing) Causes(e *diagnose.Engine) []theme.Cause {
	var all []theme.Cause
	for _, id := range singles(e) {
		all = append(all, s.Cause(id))
	}
	return all
}

// Actions words every action.
func (s Phrasing) Actions() []theme.Action {
	var all []theme.Action
	for a := range diagnose.ActionCount {
		all = append(all, s.Action(a))
	}
	return all
}

// Products are the names of those that an action can be done with, in the
// order in which they are offered.
func (s Phrasing) Products() []string {
	var all []string
	for _, p := range s.Checker.Products {
		all = append(all, p.Name)
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

// Given words the answers of a page without script, each with the page on which
// it can be changed.
func (s Phrasing) Given(n *Node) []theme.Given {
	var all []theme.Given
	for at := n; at != nil; at = at.Parent {
		all = append(all, s.given(at.Last, n.Answers.Told[at.Last], s.Page(n.Asked(at.Last))))
	}
	slices.Reverse(all)
	return all
}

func (s Phrasing) given(q diagnose.Question, o diagnose.Option, change string) theme.Given {
	g := theme.Given{Question: s.say(s.Checker.Questions[q.String()].Value.Short), Change: change}
	if o != diagnose.Unknown {
		g.Answer = s.answer(q, o)
	}
	return g
}

// Result words what is told on a page without script, see [report.Of].
func (s Phrasing) Result(session *diagnose.Session, n *Node) (*theme.Result, error) {
	f, a := session.Diagnose(n.Answers), n.Answers
	told := report.Of(f, &a)
	r := &theme.Result{Verdict: told.Verdict.String(), Remaining: told.Remaining()}
	if told.Cause != "" {
		r.Cause = s.Cause(told.Cause).Name
	}
	for _, c := range told.Told {
		v := s.told(c)
		for q := range diagnose.QuestionCount {
			switch {
			case c.Because.Has(q):
				v.Because = append(v.Because, s.given(q, *a.Slot(q), ""))
			case c.Against.Has(q):
				v.Against = append(v.Against, s.given(q, *a.Slot(q), ""))
			}
		}
		r.Causes = append(r.Causes, v)
	}
	for q := range diagnose.QuestionCount {
		if f.Contradiction.Has(q) {
			r.Contradiction = append(r.Contradiction, s.given(q, a.Told[q], s.Page(n.Asked(q))))
		}
	}
	var err error
	if r.Plans, err = s.plans(told.Plans); err != nil || !told.Drawn {
		return r, err
	}
	legs, err := s.Figures.Legs(told.Figure(), "found")
	if err != nil {
		return nil, err
	}
	s.Figures.Fail(&legs, told.Leg)
	r.Legs, r.Seen = &legs, s.Outcome(told.Outcome.String())
	return r, nil
}

// told words a cause with how likely it is.
func (s Phrasing) told(c report.Cause) theme.Cause {
	v := s.Cause(c.ID)
	v.Degree = c.Degree.String()
	return v
}

// plans words plans, the one to offer first, first.
func (s Phrasing) plans(plans []report.Plan) ([]theme.Plan, error) {
	var all []theme.Plan
	for i, p := range plans {
		v := theme.Plan{ID: "plan-" + strconv.Itoa(i+1), Role: p.Role.String(), Works: p.Works, Of: p.Of, Chance: p.Confidence()}
		if p.Else != "" {
			v.Else = s.Outcome(p.Else).Name
		}
		for _, step := range p.Steps {
			v.Steps = append(v.Steps, s.Action(step))
		}
		query := model.Config{}.With(model.Mode, p.Ends.Mode).With(model.Proxied, p.Ends.Proxied).String()
		ends, err := s.Figures.Legs(query, v.ID)
		if err != nil {
			return nil, err
		}
		v.Ends = ends
		all = append(all, v)
	}
	return all, nil
}

// Ways are the engine's plans from each mode that protects less, to Full
// (strict).
func (s Phrasing) Ways(session *diagnose.Session) ([]theme.Way, error) {
	var all []theme.Way
	for _, m := range modes[:3] {
		a, err := diagnose.Parse("symptom=none&mode=" + m)
		if err != nil {
			return nil, err
		}
		plans, err := s.plans(report.Of(session.Diagnose(a), &a).Plans)
		if err != nil {
			return nil, err
		}
		all = append(all, theme.Way{Mode: m, ModeName: s.Figures.Words.Modes[m].Value, Plans: plans, Live: s.Live(a)})
	}
	return all, nil
}

// Thinks tells how the engine thinks, but for the page's text.
func (s Phrasing) Thinks(e *diagnose.Engine) *theme.Thinks {
	t := &theme.Thinks{}
	for _, r := range rules.All() {
		v := theme.Rule{ID: r.Rule.String(), Sentence: s.say(s.Checker.Rules[r.Rule.String()].Value), Confidence: string(r.Confidence)}
		for _, u := range r.Sources {
			v.Sources = append(v.Sources, theme.Source{Title: strings.TrimPrefix(u, "https://"), URL: u, Read: theme.Date{ISO: r.Read, Text: r.Read}})
		}
		t.Rules = append(t.Rules, v)
	}
	session := diagnose.NewSession(e)
	for o := diagnose.Option(1); o <= diagnose.Symptom.Options(); o++ {
		var a diagnose.Answers
		a.Told[diagnose.Symptom] = o
		likely := theme.Likely{Outcome: s.Outcome(diagnose.Symptom.OptionID(o))}
		for _, c := range report.Of(session.Diagnose(a), &a).Told {
			likely.Causes = append(likely.Causes, s.told(c))
		}
		t.Errors = append(t.Errors, likely)
	}
	for _, p := range diagnose.Priors() {
		t.Priors = append(t.Priors, theme.Prior{Name: s.deviation(p.Cause), Weight: p.Often})
	}
	t.Loops = s.loops()
	for _, group := range e.Alike() {
		var names []string
		for _, id := range group {
			names = append(names, s.Cause(id).Name)
		}
		t.Confused = append(t.Confused, names)
	}
	return t
}

// deviation names variable=value: as a cause or, where it is none by itself, as
// a setting.
func (s Phrasing) deviation(id string) string {
	if w, ok := s.Checker.Causes[id]; ok {
		return s.say(w.Value.Name)
	}
	variable, value, _ := strings.Cut(id, "=")
	return s.setting(variable, value)
}

// loops are the combinations of settings that redirect for ever, without
// those that only add a setting to another.
func (s Phrasing) loops() []theme.Loop {
	table := tables.Loops()
	settings := table.Head[1 : len(table.Head)-2]
	healthy := make([]string, len(settings))
	for i, name := range settings {
		for v := range model.VariableCount {
			if v.String() == name {
				healthy[i] = v.ValueID(0)
			}
		}
	}
	adds := func(row, to []string) bool { // row is to with something more
		more := row[0] == to[0]
		for i := range settings {
			more = more && (to[i+1] == healthy[i] || to[i+1] == row[i+1])
		}
		return more && !slices.Equal(row[:len(settings)+1], to[:len(settings)+1])
	}
	var all []theme.Loop
	for _, row := range table.Rows {
		if slices.ContainsFunc(table.Rows, func(other []string) bool { return adds(row, other) }) {
			continue
		}
		loop := theme.Loop{Settings: []string{s.Figures.Words.Modes[row[0]].Value}}
		for i, name := range settings {
			if row[i+1] != healthy[i] {
				loop.Settings = append(loop.Settings, s.setting(name, row[i+1]))
			}
		}
		all = append(all, loop)
	}
	return all
}

// setting words a variable's value: as an answer where there is such a
// question, otherwise as a cause.
func (s Phrasing) setting(variable, value string) string {
	if q, ok := s.Checker.Questions[variable]; ok {
		return s.Figures.pair(s.say(q.Value.Short), s.say(q.Value.Options[value].Value))
	}
	return s.Cause(variable + "=" + value).Name
}

// LoopTable tells what loops, and FaultTable what each mode makes of what is
// wrong at the origin. The first cell of a row is its head.
func (s Phrasing) LoopTable() (heads []string, rows [][]string) {
	heads = []string{s.Figures.Words.Table.Mode, s.Outcome("loop").Name}
	for _, l := range s.loops() {
		rows = append(rows, []string{l.Settings[0], strings.Join(l.Settings[1:], " + ")})
	}
	return heads, rows
}

func (s Phrasing) FaultTable() (heads []string, rows [][]string) {
	table := tables.Faults()
	heads = append(heads, s.Figures.Words.Legs.Origin)
	for _, mode := range table.Head[1:] {
		heads = append(heads, s.Figures.Words.Modes[mode].Value)
	}
	for _, row := range table.Rows {
		cells := []string{s.fault(row[0])}
		for _, outcome := range row[1:] {
			cells = append(cells, s.cell(outcome))
		}
		rows = append(rows, cells)
	}
	return heads, rows
}

// fault names what deviates in a set-up, such as "cert=none".
func (s Phrasing) fault(query string) string {
	if query == "cert=origin_ca" { // no fault behind the edge, as the cause of that id is elsewhere
		return "Cloudflare Origin CA"
	}
	var names []string
	for _, one := range strings.Split(query, "&") {
		names = append(names, s.deviation(one))
	}
	return strings.Join(names, " + ")
}

// cell is an outcome as short as it can be told: OK, the number on the screen,
// or else its name.
func (s Phrasing) cell(outcome string) string {
	if outcome == model.OutcomeOK.String() {
		return strings.ToUpper(outcome)
	}
	if number := outcome[strings.LastIndexByte(outcome, '_')+1:]; strings.Trim(number, "0123456789") == "" {
		return number
	}
	return s.Outcome(outcome).Name
}
