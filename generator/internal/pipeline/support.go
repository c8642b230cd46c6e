package pipeline

import (
	"bytes"
	"encoding/json"
	"slices"

	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
)

// The agent's desk: every permanent link with what it is about, for people, and
// for tools as a file beside the page.

func supportPath(lang string) string { return lang + "/support/" }

// A ticket is an entry of that file. Its addresses begin at the root of the host.
type ticket struct {
	ID      string   `json:"id"`
	Codes   []string `json:"codes"`
	Title   string   `json:"title"`
	Summary string   `json:"summary"`
	URL     string   `json:"url"`
	Ticket  string   `json:"ticket"`
	Check   string   `json:"check"` // the checker that begins with it; "" for none
}

// onDesk are the articles as the desk lists them: first those with a number, in
// the order of numbers, then those with a symptom, then the others.
func (b *builder) onDesk() []*site.Article {
	all := slices.Clone(b.Articles)
	rank := func(a *site.Article) int {
		switch {
		case len(a.Meta.Codes) > 0:
			return 0
		case b.checker != nil && symptom(a) != (diagnose.Answers{}):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(x, y *site.Article) int {
		if d := rank(x) - rank(y); d != 0 || rank(x) > 0 {
			return d
		}
		return site.ByCode(codes(x)[0], codes(y)[0])
	})
	return all
}

func (b *builder) tickets(lang string, to func(string) string) []ticket {
	here := place{lang, supportPath(lang), to}
	all := []ticket{}
	for _, a := range b.onDesk() {
		text, _, _ := a.Text(lang)
		one := ticket{ID: a.Meta.ID.Value, Codes: append([]string{}, codes(a)...), Title: b.short(lang, a), Summary: text.Front.Summary, URL: to(a.Path(lang)), Ticket: to(a.Ticket())}
		if told := symptom(a); b.checker != nil && told != (diagnose.Answers{}) {
			one.Check = b.phrasing(here).Live(told)
		}
		all = append(all, one)
	}
	return all
}

// supportPage is the desk, and the file for tools.
func (b *builder) supportPage(lang string) (map[string][]byte, error) {
	here := placed(lang, supportPath(lang))
	p := b.frame("support", here, func(lang string) (string, bool) { return supportPath(lang), true })
	named(p, p.Words["support"], p.Words["support_summary"])
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	v := &theme.Support{Index: here.to(here.at + "index.json")}
	for _, t := range b.tickets(lang, here.to) {
		v.Tickets = append(v.Tickets, theme.Ticket{ID: t.ID, Codes: t.Codes, Title: t.Title, Summary: t.Summary, URL: t.URL, Ticket: b.base + "k/" + t.ID + "/", Check: t.Check})
	}
	if b.checker != nil {
		s := b.phrasing(here)
		v.Check, v.CheckTicket, v.Module = here.step(""), b.base+checkTicket, here.to(b.assets.paths[Module])
		v.Questions = []theme.Question{s.Question(diagnose.Symptom), s.Question(diagnose.Number), s.Question(diagnose.Mode), s.Question(diagnose.Origin), s.Question(diagnose.Access)}
		v.Hosts = b.hostChoices(here, p.Words)
	}
	for i, l := range p.Languages {
		p.Languages[i].Index = p.SiteURL + supportPath(l.Lang) + "index.json"
	}
	p.Support = v
	p.JSONLD = linked(b.breadcrumbs(here, p))
	files, err := b.page(here, p)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(b.tickets(lang, func(to string) string { return b.root + to })); err != nil {
		return nil, err
	}
	files[here.at+"index.json"] = out.Bytes()
	return files, nil
}
