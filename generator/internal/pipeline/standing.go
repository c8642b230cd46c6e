package pipeline

import (
	"fmt"
	"maps"
	"slices"

	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/theme"
)

// standing gives the page frame of the pages that stand outside the
// languages and speak all of them, in words of its own.
func (b *builder) standing(kind string, here place) *theme.Page {
	p := b.frame(kind, here, func(lang string) (string, bool) { return lang + "/", true })
	p.Alternates = nil
	for i := range p.Languages {
		p.Languages[i].Sections = b.navigation(here.in(p.Languages[i].Lang), nil)
	}
	return p
}

func (b *builder) rootPage() (map[string][]byte, error) {
	here := placed(b.Default.Value, "")
	p := b.standing("root", here)
	p.Title = p.SiteTitle
	for _, l := range b.Languages {
		p.Alternates = append(p.Alternates, theme.Alternate{Lang: l.Tag.Value, URL: b.base + l.Tag.Value + "/"})
	}
	p.Alternates = append(p.Alternates, theme.Alternate{Lang: "x-default", URL: b.base})
	return b.page(here, p)
}

// missingPage is shown at any depth: its references are absolute paths.
func (b *builder) missingPage() (map[string][]byte, error) {
	here := place{b.Default.Value, "404.html", func(to string) string { return b.root + to }}
	p := b.standing("missing", here)
	for i := range p.Languages {
		there := here.in(p.Languages[i].Lang)
		p.Languages[i].Known, p.Languages[i].Search = b.known(there), b.search(there)
	}
	p.Title, p.NoIndex, p.Canonical = p.SiteTitle, true, ""
	return b.page(here, p)
}

// ticketPages are the article's permanent address, and the addresses that it
// had before: small pages that lead on.
func (b *builder) ticketPages(a *site.Article) (map[string][]byte, error) {
	files, err := b.doorsPage(a.Ticket(), a)
	for _, alias := range a.Meta.Aliases {
		for _, l := range b.Languages {
			if err != nil {
				return nil, err
			}
			var more map[string][]byte
			more, err = b.aliasPage(l.Tag.Value, alias.Value, a)
			maps.Copy(files, more)
		}
	}
	return files, err
}

// doorsPage leads to an article, in the language that the reader chooses.
func (b *builder) doorsPage(at string, a *site.Article) (map[string][]byte, error) {
	here := placed(b.Default.Value, at)
	p := b.standing("ticket", here)
	for i := range p.Languages {
		door(&p.Languages[i], a, here)
	}
	own := slices.IndexFunc(p.Languages, func(l theme.Language) bool { return l.Current })
	named(p, p.Languages[own].Title, p.Languages[own].Summary)
	p.NoIndex, p.Canonical = true, b.base+a.Ticket()
	return b.page(here, p)
}

// aliasPage stands at an address that an article had before, and leads to the
// one that it has now; so does the Markdown beside it.
func (b *builder) aliasPage(lang, alias string, a *site.Article) (map[string][]byte, error) {
	here := placed(lang, lang+"/"+alias+"/")
	files, err := b.doorPage(lang, here.at, a)
	if err == nil {
		text, _, _ := a.Text(lang)
		files[here.at+"index.md"] = signpost(text.Front.Title, text.Front.Summary, text.Front.Title, here.to(a.Path(lang)+"index.md"))
	}
	return files, err
}

// doorPage leads to an article in one language.
func (b *builder) doorPage(lang, at string, a *site.Article) (map[string][]byte, error) {
	here := placed(lang, at)
	p := b.standing("ticket", here)
	p.Languages = slices.DeleteFunc(p.Languages, func(l theme.Language) bool { return l.Lang != lang })
	door(&p.Languages[0], a, here)
	named(p, p.Languages[0].Title, p.Languages[0].Summary)
	_, _, of := a.Text(lang)
	p.NoIndex, p.Canonical = true, b.base+a.Path(of)
	return b.page(here, p)
}

// signpost is a page of Markdown that leads on.
func signpost(title, why, to, url string) []byte {
	return fmt.Appendf(nil, "# %s\n\n%s\n\n[%s](%s)\n", title, why, brackets.Replace(to), url)
}

// door makes a language of a ticket page lead to an article.
func door(l *theme.Language, a *site.Article, here place) {
	text, _, of := a.Text(l.Lang)
	l.Title, l.Summary, l.URL, l.Translated = text.Front.Title, text.Front.Summary, here.to(a.Path(l.Lang)), of == l.Lang
	if of != l.Lang {
		l.TextLang = of
	}
}
