package pipeline

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"path"
	"strconv"
	"strings"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/report"
)

// The slugs of the checker's pages that have a text of their own.
const (
	originLeg  = "origin-leg"  // what is on the wire on each leg
	thinks     = "how"         // how the checker thinks
	signs      = "read-output" // an article: what each sign means
	signsTable = "signs"       // … the heading above its table
	rulesTable = "rules"       // … and that above the rules
)

// checkerPages are all pages of the checker that have a text.
var checkerPages = []string{site.CheckPage, originLeg, thinks}

// setUpChecker makes the checker, when the content has its words, and names
// what is missing.
func (b *builder) setUpChecker(languages []string) diag.List {
	c := b.Checker
	if len(c.Questions)+len(c.Causes)+len(c.Actions)+len(c.Outcomes)+len(c.Rules)+len(c.Products) == 0 {
		return nil
	}
	problems := checkpages.CheckChecker(path.Join(b.content, "checker"), c, languages)
	for _, slug := range []string{site.CheckPage, thinks} {
		if b.checkerPage(slug) == nil {
			problems = append(problems, diag.Problem{File: path.Join(b.content, "checker", slug), Rule: diag.RuleWords, Message: fmt.Sprintf("the checker's page %q has no text", slug), Hint: "add the folder with a Markdown file a language"})
		}
	}
	for _, id := range b.Screens {
		if option(diagnose.Symptom, id.Value) == diagnose.Unasked {
			problems = append(problems, diag.Problem{File: path.Join(b.content, "site.yaml"), Line: id.Line, Col: id.Col, Rule: diag.RuleSite, Message: fmt.Sprintf("the checker has no symptom %q to draw", id.Value), Hint: diag.DidYouMean(id.Value, diagnose.Symptom.OptionIDs())})
		}
	}
	if problems.Errors() == 0 {
		b.checker = checkpages.NewChecker(c)
	}
	return problems
}

// findings is the asset with what findings are told with.
func findings(lang string) string { return "findings." + lang + ".json" }

// readings is the asset with what is told of a text that was pasted.
func readings(lang string) string { return "evidence." + lang + ".json" }

// letters is the asset with the words of what is sent to somebody else.
func letters(lang string) string { return "letters." + lang + ".json" }

// checkerPage is the page of the checker with the slug, or nil.
func (b *builder) checkerPage(slug string) *site.Page {
	for _, p := range b.Pages {
		if p.Slug == slug {
			return p
		}
	}
	return nil
}

// phrasing words the engine's answers for a page.
func (b *builder) phrasing(here place) checkpages.Phrasing {
	return checkpages.Phrasing{
		Checker: b.checker, Figures: b.figures[here.lang], Code: b.theme.Words(here.lang)["code_label"],
		Phrase: func(say source.Say) template.HTML { return b.Phrase(here.lang, say[here.lang], here.to) },
		Article: func(name string) string {
			p, _ := b.Anchor(here.lang, name)
			return here.to(p)
		},
		Page: here.step,
	}
}

// symptom is the answer that an article's reader has given by reading it: the
// first of its codes, or its own name, that is one; none when none is.
func symptom(a *site.Article) (told diagnose.Answers) {
	var names []string
	for _, c := range a.Meta.Codes {
		names = append(names, c.Value)
	}
	names = append(names, a.Meta.Symptom.Value)
	for _, name := range names {
		if o := option(diagnose.Symptom, name); o != diagnose.Unasked {
			told.Told[diagnose.Symptom] = o
			if len(names) == 2 { // its only number may be one beside a 530
				told.Told[diagnose.Number] = option(diagnose.Number, names[0])
			}
			return told
		}
	}
	return told
}

// option is the answer to a question with an id; none when none has it.
func option(q diagnose.Question, id string) diagnose.Option {
	for o := diagnose.Option(1); o <= q.Options(); o++ {
		if q.OptionID(o) == id {
			return o
		}
	}
	return diagnose.Unasked
}

// checkerFrame is the frame of a page below the checker.
func (b *builder) checkerFrame(kind, lang, rest string) (*theme.Page, place) {
	here := placed(lang, lang+"/check/"+rest)
	p := b.frame(kind, here, func(lang string) (string, bool) { return lang + "/check/" + rest, true })
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	if rest != "" {
		p.Breadcrumbs = append(p.Breadcrumbs, theme.Link{Title: b.checkerPage(site.CheckPage).Texts[lang].Front.Title, URL: here.step("")})
	}
	return p, here
}

// check is the view of the checker's page. What it says of assets is right once
// these have their names.
func (b *builder) check(lang string, page *site.Page) (*theme.Page, place, error) {
	p, here := b.checkerFrame("check", lang, "")
	text := page.Texts[lang]
	named(p, text.Front.Title, text.Front.Summary)
	s := b.phrasing(here)
	w, err := s.Figures.OriginLeg()
	if err != nil {
		return nil, here, err
	}
	p.Check = &theme.Check{
		Summary: text.Front.Summary, Module: here.to(b.assets.paths[Module]), Letters: here.to(b.assets.paths[letters(lang)]),
		Findings: here.to(b.assets.paths[findings(lang)]), Listings: b.listings(lang, p.Words, here.step),
		Questions: s.Questions(), Products: s.Products(),
		Modes: theme.Words{}, Legs: w.Legs, First: w.First, Alt: w.Alt, Direct: w.Direct, Redirect: w.Redirect,
		Tunnel: s.Figures.Words.TunnelLast, Pages: s.Figures.Words.PagesOnly,
		Ticket: b.base + checkTicket, Thinks: here.step(thinks + "/"), OriginLeg: b.pageCard(originLeg, here).URL,
	}
	p.Check.Hosts, p.Check.HostSigns, p.Check.HostMissing = b.hostChoices(here, p.Words), b.hostList(here).URL+"#signs", b.hostList(here).URL+"#missing"
	if in := b.assets.paths[Evidence]; in != "" && len(s.Words.Evidence.Kinds) > 0 {
		p.Check.Reader, p.Check.Reading, p.Check.Signs = here.to(in), here.to(b.assets.paths[readings(lang)]), s.Article(signs)
	}
	for _, o := range s.Outcomes() {
		p.Check.Outcomes = append(p.Check.Outcomes, theme.Link{Title: o.Name, URL: o.ID})
	}
	for _, m := range w.Modes {
		p.Check.Modes[m.ID] = m.Name
	}
	for _, n := range s.Entries {
		id := diagnose.Symptom.OptionID(n.Answers.Told[diagnose.Symptom])
		p.Check.Entries = append(p.Check.Entries, theme.Answer{ID: id, Name: s.Outcome(id).Name, URL: s.Page(n.Path)})
	}
	checkpages.RestLast(p.Check.Entries)
	p.Check.Elsewhere = theme.Elsewhere{Numbered: "#v=1&at=status&symptom=origin_page", Message: "#v=1&at=result&symptom=other"}
	return p, here, nil
}

// findings is what the page with script tells findings with, fetched when
// something is answered: the catalogue's entries, and the page's own part.
func (b *builder) findings(lang string) ([]byte, error) {
	return b.fetched(lang, "telling", checkpages.Phrasing.Findings)
}

// reading is what the page with script tells of a text that was pasted.
func (b *builder) reading(lang string) ([]byte, error) {
	return b.fetched(lang, "reading", checkpages.Phrasing.Reading)
}

// fetched is a part of the checker's page that it fetches later, with what goes
// with it.
func (b *builder) fetched(lang, part string, with func(checkpages.Phrasing, template.HTML) ([]byte, error)) ([]byte, error) {
	p, here, err := b.check(lang, b.checkerPage(site.CheckPage))
	if err != nil {
		return nil, err
	}
	page, err := b.theme.Part(part, p)
	if err != nil {
		return nil, err
	}
	return with(b.phrasing(here), page)
}

func (b *builder) checkPage(lang string, page *site.Page) (map[string][]byte, error) {
	p, here, err := b.check(lang, page)
	if err != nil {
		return nil, err
	}
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}

// checkTicket is the checker's permanent address: it leads on to the reader's
// language, with the answers that stand in the fragment.
func (b *builder) checkTicketPage() (map[string][]byte, error) {
	here := placed(b.Default.Value, checkTicket)
	p := b.standing("ticket", here)
	page := b.checkerPage(site.CheckPage)
	for i := range p.Languages {
		l := &p.Languages[i]
		front := page.Texts[l.Lang].Front
		l.Title, l.Summary, l.URL = front.Title, front.Summary, here.to(page.Path(l.Lang))
		if l.Current {
			named(p, l.Title, l.Summary)
		}
	}
	p.NoIndex = true
	return b.page(here, p)
}

// checkTicket is the path of the checker's permanent address. No article may
// have this id.
const checkTicket = "k/" + site.CheckPage + "/"

// stepPages are the way without script from one symptom.
func (b *builder) stepPages(lang string, entry *checkpages.Node) (map[string][]byte, error) {
	files := map[string][]byte{}
	var failed error
	checkpages.Walk([]*checkpages.Node{entry}, func(n *checkpages.Node) {
		if failed != nil {
			return
		}
		made, err := b.stepPage(lang, entry, n)
		if err != nil {
			failed = err
		}
		maps.Copy(files, made)
	})
	return files, failed
}

func (b *builder) stepPage(lang string, entry, n *checkpages.Node) (map[string][]byte, error) {
	p, here := b.checkerFrame("step", lang, n.Path)
	s := b.phrasing(here)
	step := &theme.Step{
		Symptom: s.Outcome(diagnose.Symptom.OptionID(entry.Answers.Told[diagnose.Symptom])),
		Given:   s.Given(n), Live: s.Live(asked(n.Answers)), Next: n.Next, Restart: s.Page(entry.Path),
	}
	step.Context = strings.Join(append([]string{step.Symptom.Name}, answers(s.Figures, step.Given[1:], p.Words)...), " / ")
	if len(n.Children) > 0 {
		q, unknown := s.Next(n)
		step.Question, step.Unknown = &q, unknown
		step.Heading = q.Ask
		if n == entry && entry.Answers.Told[diagnose.Symptom] == diagnose.SymptomOther {
			step.Elsewhere = &theme.Elsewhere{Numbered: s.Page(b.checker.Entries[diagnose.SymptomOriginPage-1].Path), Message: unknown}
		}
	} else {
		r, err := s.Result(n)
		if err != nil {
			return nil, err
		}
		r.Words = verdict(r, p.Words)
		step.Result = r
		step.Heading = todo(r, p.Words)
	}
	named(p, step.Context+" — "+step.Heading, p.Description)
	p.Description = strings.Join(answers(s.Figures, step.Given, p.Words), " / ")
	p.Step = step
	// The entry is a page that people may look for; the others are answers to
	// questions that nobody else has.
	if p.NoIndex = n != entry; !p.NoIndex {
		p.JSONLD = linked(b.breadcrumbs(here, p))
	}
	return b.page(here, p)
}

// asked are the answers without what these pages do not ask, so that the page
// with script does.
func asked(a diagnose.Answers) diagnose.Answers {
	if a.Told[diagnose.Access] == diagnose.Unknown {
		a.Told[diagnose.Access] = diagnose.Unasked
	}
	return a
}

// todo names what there is to do, where there is.
func todo(r *theme.Result, words theme.Words) string {
	if r.Verdict == report.Contradiction.String() || len(r.Plans) == 0 {
		return r.Words
	}
	if p := r.Plans[0]; r.Cause != "" && p.Role == report.Safer.String() && p.Chance == "low" {
		return r.Cause // nothing fails, and next to nothing would change
	}
	if needs := r.Plans[0].Needs; len(needs) == 1 && (needs[0] == "host" || needs[0] == "owner") {
		return words["check_message_"+needs[0]] // who does all of it is sent a message
	}
	return r.Plans[0].Line
}

// verdict is what was found, in a few words.
func verdict(r *theme.Result, words theme.Words) string {
	return strings.NewReplacer("{cause}", r.Cause, "{count}", strconv.Itoa(r.Remaining)).Replace(words["verdict_"+r.Verdict])
}

func answers(f checkpages.Figures, given []theme.Given, words theme.Words) []string {
	var all []string
	for _, g := range given {
		all = append(all, f.Pair(g.Question, cmp.Or(g.Answer, words["unknown"])))
	}
	return all
}

// thinksTables are what the engine itself tells on that page, by the id of
// each part without its "table-".
var thinksTables = []string{"errors", "loops", "confused", "priors", "rules"}

// thinksPage says how the checker thinks, as the engine knows it.
func (b *builder) thinksPage(lang string, page *site.Page) (map[string][]byte, error) {
	p, here := b.checkerFrame("thinks", lang, thinks+"/")
	text, doc := page.Texts[lang], page.Docs[lang]
	named(p, text.Front.Title, text.Front.Summary)
	html, _, err := b.fill(here, text, doc, lang)
	if err != nil {
		return nil, err
	}
	p.Scripts = b.scripts(here, doc)
	p.Thinks = b.phrasing(here).Thinks()
	p.Thinks.Check, p.Thinks.Summary, p.Thinks.Body, p.Thinks.TOC = here.step(""), text.Front.Summary, html, toc(doc)
	for _, id := range thinksTables {
		p.Thinks.TOC = append(p.Thinks.TOC, theme.Heading{ID: "table-" + id, Title: template.HTML(template.HTMLEscapeString(p.Words["thinks_"+id]))})
	}
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}

func (b *builder) originLegPage(lang string, page *site.Page) (map[string][]byte, error) {
	here := placed(lang, page.Path(lang))
	text, doc := page.Texts[lang], page.Docs[lang]
	p := b.frame("originleg", here, func(lang string) (string, bool) { return page.Path(lang), true })
	named(p, text.Front.Title, text.Front.Summary)
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	html, _, err := b.fill(here, text, doc, lang)
	if err != nil {
		return nil, err
	}
	p.Scripts = b.scripts(here, doc)
	w, err := b.figures[lang].OriginLeg()
	if err != nil {
		return nil, err
	}
	w.Summary, w.TOC, w.Body, w.Module = text.Front.Summary, toc(doc), html, here.to(b.assets.paths[Module])
	if b.checker != nil {
		w.Check = here.step("")
		if w.Ways, err = b.phrasing(here).Ways(); err != nil {
			return nil, err
		}
	}
	p.OriginLeg = w
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}
