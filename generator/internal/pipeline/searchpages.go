package pipeline

import (
	"slices"
	"strings"

	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
)

// The two pages for who looks for something: the list of everything, which
// needs no script, and the page of results.

func listPath(lang string) string   { return lang + "/articles/" }
func searchPath(lang string) string { return lang + "/search/" }

// search is what the field for words has to know on a page.
func (b *builder) search(here place) theme.Search {
	s := theme.Search{Page: here.to(searchPath(here.lang)), List: here.to(listPath(here.lang)), Home: here.to(here.lang + "/"), Numbers: b.numbers()}
	if b.checker != nil {
		s.Checker = here.step("")
	}
	s.Index = here.to(b.assets.paths[indexRoot(here.lang)])
	indexes := []string{here.lang, s.Index}
	for _, l := range b.Languages {
		if tag := l.Tag.Value; tag != here.lang {
			indexes = append(indexes, tag, here.to(b.assets.paths[indexRoot(tag)]))
		}
	}
	s.Indexes = strings.Join(indexes, " ")
	return s
}

// numbers are the articles to which a number leads, and those to whose message
// the checker can go, as the field reads them: 525=error-525=525.
func (b *builder) numbers() string {
	var all []string
	for _, a := range b.Articles {
		told := symptom(a).Told[diagnose.Symptom]
		begin := ""
		if b.checker != nil && told != diagnose.Unasked {
			begin = diagnose.Symptom.OptionID(told)
		}
		for _, code := range codes(a) {
			all = append(all, code+"="+a.Slug+"="+begin)
		}
		if len(a.Meta.Codes) == 0 && begin != "" {
			all = append(all, a.Slug+"="+a.Slug+"="+begin)
		}
	}
	return strings.Join(all, " ")
}

// everything is what the list has, for a reader of it.
func (b *builder) everything(here place) []theme.Group {
	lang, words := here.lang, b.theme.Words(here.lang)
	var all []theme.Group
	for _, s := range b.shown() {
		g := theme.Group{ID: s.ID.Value, Title: s.Title[lang], URL: here.to(s.Path(lang))}
		for _, a := range s.Articles {
			text, _, of := a.Text(lang)
			if text == nil {
				continue // a problem already
			}
			i := theme.Item{Title: b.short(lang, a), URL: here.to(a.Path(lang)), Words: strings.Join(text.Front.Keywords, " ")}
			if of != lang {
				i.Lang = of
			}
			// Twelve titles that begin alike are told apart by what follows.
			if all := codes(a); len(all) == 1 {
				i.Code, i.Words = all[0], i.Title+" "+i.Words
				if rest, is := strings.CutPrefix(i.Title, "Error "+i.Code); is {
					i.Title = strings.Trim(rest, " 「」“”")
				}
			}
			g.Items = append(g.Items, i)
		}
		all = append(all, g)
	}
	if page := b.checkerPage(site.CheckPage); b.checker != nil && page.Texts[lang] != nil {
		front := page.Texts[lang].Front
		g := theme.Group{ID: site.CheckPage, Title: front.Title, URL: here.step("")}
		for _, p := range b.Pages {
			if p.Slug != site.CheckPage && p.Texts[lang] != nil {
				g.Items = append(g.Items, theme.Item{Title: p.Texts[lang].Front.Title, URL: here.to(p.Path(lang)), Words: strings.Join(p.Texts[lang].Front.Keywords, " ")})
			}
		}
		all = append(all, g)
		g = theme.Group{ID: "seen", Title: words["list_seen"], URL: g.URL}
		for _, entry := range b.checker.Entries {
			seen := b.checker.Words.Outcomes[diagnose.Symptom.OptionID(entry.Answers.Told[diagnose.Symptom])].Value.Name[lang]
			g.Items = append(g.Items, theme.Item{Title: seen, URL: here.step(entry.Path)})
		}
		all = append(all, g)
	}
	for _, id := range hostGroups {
		g := theme.Group{ID: id, Title: words["hosts_"+id], URL: here.to(site.HostsPath(lang)) + "#" + id}
		for _, h := range near(lang, b.Hosts.All) {
			if hostGroup(h) == id && !h.Thin {
				names := slices.Clone(h.Also)
				for _, l := range b.Languages {
					names = append(names, h.Name[l.Tag.Value])
				}
				g.Items = append(g.Items, theme.Item{Title: h.Name[lang], URL: here.to(site.HostPath(lang, h)), Words: strings.Join(names, " ")})
			}
		}
		if len(g.Items) > 0 {
			all = append(all, g)
		}
	}
	if len(b.Glossary) > 0 {
		g := theme.Group{ID: "terms", Title: words["glossary"], URL: here.to(lang + "/glossary/")}
		for _, t := range b.Glossary {
			w := t.Words[lang].Value
			g.Items = append(g.Items, theme.Item{Title: w.Term, URL: here.to(lang+"/glossary/") + "#" + t.ID.Value, Words: strings.Join(append([]string{w.Reading}, w.Synonyms...), " ")})
		}
		all = append(all, g)
	}
	return all
}

// listAnchors are the groups of the list, each with its title.
func (b *builder) listAnchors(lang string) map[string]string {
	all := map[string]string{}
	for _, g := range b.everything(placed(lang, listPath(lang))) {
		all[g.ID] = g.Title
	}
	return all
}

func (b *builder) listPage(lang string) (map[string][]byte, error) {
	here := placed(lang, listPath(lang))
	p := b.frame("articles", here, func(lang string) (string, bool) { return listPath(lang), true })
	named(p, p.Words["list"], p.Words["list_summary"])
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	p.All = b.everything(here)
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}

// searchPage has the field alone: what it finds depends on the reader.
func (b *builder) searchPage(lang string) (map[string][]byte, error) {
	here := placed(lang, searchPath(lang))
	p := b.frame("search", here, func(lang string) (string, bool) { return searchPath(lang), true })
	named(p, p.Words["search"], p.Words["search_summary"])
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}
