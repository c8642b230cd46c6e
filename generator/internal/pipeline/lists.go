package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
)

func (b *builder) homePage(lang string) (map[string][]byte, error) {
	here := placed(lang, lang+"/")
	p := b.frame("home", here, func(lang string) (string, bool) { return lang + "/", true })
	p.Title = p.SiteTitle
	p.Index = &theme.Index{Sections: p.Sections, Check: b.pageCard(site.CheckPage, here), OriginLeg: b.pageCard(originLeg, here)}
	for i, s := range b.shown() {
		for _, a := range s.Articles {
			p.Index.Sections[i].Articles = append(p.Index.Sections[i].Articles, b.card(a, here))
			for _, code := range codes(a) {
				p.Index.Codes = append(p.Index.Codes, theme.Code{Number: code, Title: b.short(lang, a), URL: here.to(a.Path(lang))})
			}
		}
	}
	slices.SortStableFunc(p.Index.Codes, func(x, y theme.Code) int { return site.ByCode(x.Number, y.Number) })
	var err error
	if d, ok := b.figures[lang]; ok {
		if p.Index.Hero, err = d.Hero(); err != nil {
			return nil, err
		}
	}
	if p.Index.Screens, err = b.front(here); err != nil {
		return nil, err
	}
	p.JSONLD = linked(website(b.base+here.at, b.language(lang)))
	return b.page(here, p)
}

// front are the screens that the home page draws.
func (b *builder) front(here place) ([]theme.Screen, error) {
	var all []theme.Screen
	if b.checker == nil {
		return nil, nil
	}
	for _, id := range b.Screens {
		s := b.phrasing(here)
		var told diagnose.Answers
		told.Told[diagnose.Symptom] = option(diagnose.Symptom, id.Value)
		one := theme.Screen{ID: id.Value, Text: s.Symptom(id.Value), Check: s.Live(told)}
		one.URL = one.Check
		var about *site.Article
		for _, a := range b.Articles {
			// Of several the one with the shortest name: the others are about that symptom at a host.
			if symptom(a) == told && (about == nil || len(a.Slug) < len(about.Slug)) {
				about, one.URL = a, here.to(a.Path(here.lang))
			}
		}
		if _, rest, ok := strings.Cut(one.Text, id.Value); ok && id.Value[0] <= '9' {
			one.Number, one.Text = id.Value, strings.TrimLeft(rest, "：: ")
		}
		legs, err := s.Figures.Broken(id.Value)
		if id.Value == "none" {
			legs = new(theme.Legs)
			*legs, err = s.Figures.Legs("mode=flexible&scheme=https", "")
		}
		if err != nil {
			return nil, err
		}
		one.Legs = legs
		all = append(all, one)
	}
	return all, nil
}

// short is an article's title for a list, where what all of them end in would
// say nothing.
func (b *builder) short(lang string, a *site.Article) string {
	text, _, of := a.Text(lang)
	return strings.TrimSuffix(text.Front.Title, b.theme.Words(of)["title_tail"])
}

// shown are the sections that have articles.
func (b *builder) shown() []*site.Section {
	return slices.DeleteFunc(slices.Clone(b.Sections), func(s *site.Section) bool { return len(s.Articles) == 0 })
}

func (b *builder) sectionPage(lang string, s *site.Section) (map[string][]byte, error) {
	if len(s.Articles) == 0 {
		return nil, nil
	}
	here := placed(lang, s.Path(lang))
	p := b.frame("section", here, func(lang string) (string, bool) { return s.Path(lang), true })
	named(p, s.Title[lang], s.Description[lang])
	p.Sections = b.navigation(here, s)
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	one := theme.Section{ID: s.ID.Value, Title: p.Title, Description: p.Description, URL: here.to(here.at), Current: true}
	for _, a := range s.Articles {
		one.Articles = append(one.Articles, b.card(a, here))
	}
	p.Index = &theme.Index{Sections: []theme.Section{one}, OriginLeg: b.pageCard(originLeg, here)}
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}

// glossaryPage lists the terms, in the order of their readings.
func (b *builder) glossaryPage(lang string) (map[string][]byte, error) {
	here := placed(lang, lang+"/glossary/")
	p := b.frame("glossary", here, func(lang string) (string, bool) { return lang + "/glossary/", true })
	named(p, p.Words["glossary"], p.Words["glossary_summary"])
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	for _, t := range b.Glossary {
		w := t.Words[lang].Value
		v := theme.Term{ID: t.ID.Value, Name: w.Term, Reading: w.Reading, Synonyms: w.Synonyms, Definition: w.Definition}
		for _, a := range b.Articles {
			if a.Slug == t.Article.Value {
				text, _, _ := a.Text(lang)
				v.Article = &theme.Link{Title: text.Front.Title, URL: here.to(a.Path(lang))}
			}
		}
		p.Terms = append(p.Terms, v)
	}
	slices.SortStableFunc(p.Terms, func(x, y theme.Term) int {
		return strings.Compare(strings.ToLower(cmp.Or(x.Reading, x.Name)), strings.ToLower(cmp.Or(y.Reading, y.Name)))
	})
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}
