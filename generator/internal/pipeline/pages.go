package pipeline

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"sslclinic/generator/internal/parallel"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/theme"
)

// A job renders files of the tree that nothing else renders.
type job func() (map[string][]byte, error)

// render renders every page. All that is wrong with the content has been
// found before.
func (b *builder) render() error {
	jobs := []job{b.rootPage, b.missingPage}
	for _, l := range b.Languages {
		lang := l.Tag.Value
		jobs = append(jobs,
			func() (map[string][]byte, error) { return b.homePage(lang) },
			func() (map[string][]byte, error) { return b.listPage(lang) },
			func() (map[string][]byte, error) { return b.searchPage(lang) },
			func() (map[string][]byte, error) { return b.supportPage(lang) })
		for _, s := range b.Sections {
			jobs = append(jobs, func() (map[string][]byte, error) { return b.sectionPage(lang, s) })
		}
		for _, p := range b.Pages {
			switch {
			case p.Slug == originLeg:
				jobs = append(jobs, func() (map[string][]byte, error) { return b.originLegPage(lang, p) })
			case b.checker == nil:
			case p.Slug == site.CheckPage:
				jobs = append(jobs, func() (map[string][]byte, error) { return b.checkPage(lang, p) })
			case p.Slug == thinks:
				jobs = append(jobs, func() (map[string][]byte, error) { return b.thinksPage(lang, p) })
			}
		}
		if b.checker != nil {
			for _, entry := range b.checker.Entries {
				jobs = append(jobs, func() (map[string][]byte, error) { return b.stepPages(lang, entry) })
			}
			for _, l := range listings {
				jobs = append(jobs, func() (map[string][]byte, error) { return b.cataloguePage(lang, l) })
			}
		}
		if len(b.Hosts.All) > 0 {
			jobs = append(jobs, func() (map[string][]byte, error) { return b.hostsPage(lang) })
		}
		for _, h := range b.Hosts.All {
			if !h.Thin {
				jobs = append(jobs, func() (map[string][]byte, error) { return b.hostPage(lang, h) })
			}
		}
		if len(b.Glossary) > 0 {
			jobs = append(jobs, func() (map[string][]byte, error) { return b.glossaryPage(lang) })
		}
	}
	if b.checker != nil {
		jobs = append(jobs, b.checkTicketPage)
	}
	for _, s := range b.Sections {
		for i, a := range s.Articles {
			jobs = append(jobs,
				func() (map[string][]byte, error) { return b.articlePages(a, i) },
				func() (map[string][]byte, error) { return b.ticketPages(a) })
		}
	}
	for _, at := range slices.Sorted(maps.Keys(b.guesses)) {
		jobs = append(jobs, func() (map[string][]byte, error) { return b.guessedPage(at, b.guesses[at]) })
	}
	for _, at := range slices.Sorted(maps.Keys(b.gone)) {
		if !b.stands(at) {
			jobs = append(jobs, func() (map[string][]byte, error) { return b.gonePage(at) })
		}
	}
	results := make([]map[string][]byte, len(jobs))
	err := parallel.Try(runtime.GOMAXPROCS(0), len(jobs), func(i int) (err error) {
		results[i], err = jobs[i]()
		return err // the first, not all: a mistake in the theme shows on every page
	})
	if err != nil {
		return err
	}
	for _, files := range results {
		maps.Copy(b.tree, files)
	}
	return nil
}

// page renders one page into the tree's files.
func (b *builder) page(here place, p *theme.Page) (map[string][]byte, error) {
	p.Gone = b.passages(here)
	data, err := b.theme.Page(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", here.at, err)
	}
	at := here.at
	if strings.HasSuffix(at, "/") || at == "" {
		at += "index.html"
	}
	return map[string][]byte{at: data}, nil
}

// frame fills in what every page in a language has. same gives the page's
// path in another language, and whether it is there in that language.
func (b *builder) frame(kind string, here place, same func(lang string) (string, bool)) *theme.Page {
	l, lang := b.language(here.lang), here.lang
	p := &theme.Page{
		Kind: kind, Lang: lang, SiteTitle: l.Title, Description: l.Description, HeadTitle: l.Title,
		SiteURL: here.to(""), Home: here.to(lang + "/"), Words: b.theme.Words(lang),
		Canonical: b.base + here.at, Feed: here.to(lang + "/feed.xml"), Locale: l.Locale, OGType: "website",
		Repository: b.Repository.Value,
	}
	p.Assets = func(name string) string {
		if at, ok := b.assets.paths[name]; ok {
			return here.to(at)
		}
		return ""
	}
	if at, ok := b.assets.paths[sharePicture(lang)]; ok {
		p.OGImage = b.base + at
	}
	p.Sections = b.navigation(here, nil)
	p.HostList = b.hostList(here)
	p.Search, p.Desk = b.search(here), here.to(supportPath(lang))
	if len(b.Glossary) > 0 {
		p.Glossary = here.to(lang + "/glossary/")
	}
	for _, other := range b.Languages {
		tag := other.Tag.Value
		address, translated := same(tag)
		p.Languages = append(p.Languages, theme.Language{
			Lang: tag, Name: other.Name, URL: here.to(address), Current: tag == lang, Translated: translated,
			Title: other.Title, Summary: other.Description, Words: b.theme.Words(tag),
		})
		if translated {
			p.Alternates = append(p.Alternates, theme.Alternate{Lang: tag, URL: b.base + address})
		}
	}
	if other := b.fallback(func(lang string) bool { _, is := same(lang); return is }); other != "" {
		address, _ := same(other)
		p.Alternates = append(p.Alternates, theme.Alternate{Lang: "x-default", URL: b.base + address})
	}
	return p
}

// fallback gives the language for readers of none: the default one or, where a
// page is not in it, the first that it is in.
func (b *builder) fallback(in func(lang string) bool) string {
	if in(b.Default.Value) {
		return b.Default.Value
	}
	for _, l := range b.Languages {
		if in(l.Tag.Value) {
			return l.Tag.Value
		}
	}
	return ""
}

// named gives a page its title.
func named(p *theme.Page, title, description string) {
	p.Title, p.Description, p.HeadTitle = title, description, title+" — "+p.SiteTitle
}

func (b *builder) navigation(here place, current *site.Section) []theme.Section {
	var all []theme.Section
	for _, s := range b.Sections {
		if len(s.Articles) > 0 {
			all = append(all, theme.Section{ID: s.ID.Value, Title: s.Title[here.lang], Description: s.Description[here.lang], URL: here.to(s.Path(here.lang)), Current: s == current})
		}
	}
	return all
}

func (b *builder) card(a *site.Article, here place) theme.Card {
	text, _, of := a.Text(here.lang)
	c := theme.Card{
		Title: b.short(here.lang, a), Summary: text.Front.Summary, URL: here.to(a.Path(here.lang)),
		Leg: a.Meta.Leg.Value, Codes: codes(a), Updated: date(b.theme.Words(here.lang), a.Meta.Updated.Value),
	}
	if of != here.lang {
		c.Lang = of
	}
	return c
}

func codes(a *site.Article) []string {
	var all []string
	for _, c := range a.Meta.Codes {
		all = append(all, c.Value)
	}
	return all
}

// pageCard announces a page of the checker; its zero value says that there is
// none.
func (b *builder) pageCard(slug string, here place) theme.Card {
	p := b.checkerPage(slug)
	if p == nil || slug != originLeg && b.checker == nil {
		return theme.Card{}
	}
	front := p.Texts[here.lang].Front
	return theme.Card{Title: front.Title, Summary: front.Summary, URL: here.to(p.Path(here.lang)), Leg: "both"}
}
