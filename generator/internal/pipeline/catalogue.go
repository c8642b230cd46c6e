package pipeline

import "sslclinic/generator/internal/theme"

// A listing is a page of the catalogue: everything of one kind that the checker
// can say. All of them once stood on the checker's own page, which keeps a line
// for each under its id.
type listing struct {
	slug  string // of the page, below the checker's
	id    string // of its part of the checker's page
	kind  string // of what is on it, see checkpages.Listed; its anchors begin so
	title string // key of the word that it is called by; its summary's is title_why
}

var listings = []listing{
	{"causes/", "by-cause", "cause", "check_by_cause"},
	{"fixes/", "by-fix", "do", "check_by_fix"},
	{"outcomes/", "by-sight", "seen", "check_by_sight"},
}

// listings are what the catalogue's pages hold, by name, in their order.
func (b *builder) listings(lang string, words theme.Words, to func(string) string) []theme.Listing {
	var all []theme.Listing
	for _, l := range listings {
		all = append(all, theme.Listing{ID: l.id, Kind: l.kind, Title: words[l.title], URL: to(l.slug), Entries: b.checker.Listed(l.kind, lang)})
	}
	return all
}

func (b *builder) cataloguePage(lang string, l listing) (map[string][]byte, error) {
	p, here := b.checkerFrame("catalogue", lang, l.slug)
	named(p, p.Words[l.title], p.Words[l.title+"_why"])
	s := b.phrasing(here)
	c := &theme.Catalogue{Summary: p.Description, Check: here.step("")}
	switch l.kind {
	case "cause":
		c.Causes = s.Causes()
	case "do":
		c.Actions = s.Actions()
	case "seen":
		c.Outcomes = s.Outcomes()
	}
	for _, other := range b.listings(lang, p.Words, here.step) {
		if other.ID != l.id {
			c.Others = append(c.Others, theme.Link{Title: other.Title, URL: other.URL})
		}
	}
	p.Catalogue = c
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}
