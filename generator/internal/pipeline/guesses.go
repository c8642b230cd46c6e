package pipeline

import (
	"slices"
	"strings"

	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/theme"
)

// Addresses that people type or shorten without having read them anywhere:
// /525/, /ja/525/. Each leads to the article with that number or id. Others are
// read by the page that is shown where nothing stands.

// guessed are those addresses that nothing else of the site has, each with its
// article.
func (b *builder) guessed() map[string]*site.Article {
	all := map[string]*site.Article{}
	for _, a := range b.Articles {
		for _, name := range append(codes(a), a.Meta.ID.Value) {
			for _, at := range append(b.inEveryLanguage(name+"/"), name+"/") {
				if _, taken := b.names[at]; !taken && all[at] == nil {
					all[at] = a
				}
			}
		}
	}
	return all
}

func (b *builder) inEveryLanguage(rest string) (all []string) {
	for _, l := range b.Languages {
		all = append(all, l.Tag.Value+"/"+rest)
	}
	return all
}

// guessedPage stands at such an address, and leads on.
func (b *builder) guessedPage(at string, a *site.Article) (map[string][]byte, error) {
	if lang := b.languageOf(at); lang != "" {
		return b.doorPage(lang, at, a)
	}
	return b.doorsPage(at, a)
}

// known are the pages that an address without a page may have meant, each with
// the names by which that is told.
func (b *builder) known(here place) []theme.Known {
	lang := here.lang
	var all []theme.Known
	add := func(title, url string, names ...string) {
		slices.Sort(names)
		all = append(all, theme.Known{Title: title, URL: url, Names: strings.Join(slices.Compact(names), " ")})
	}
	for _, a := range b.Articles {
		names := append(codes(a), a.Meta.ID.Value, a.Slug)
		for _, alias := range a.Meta.Aliases {
			names = append(names, alias.Value)
		}
		add(b.short(lang, a), here.to(a.Path(lang)), names...)
	}
	for _, h := range b.Hosts.All {
		if at := site.HostPath(lang, h); at != "" && !h.Thin {
			add(hostTitle(b.theme.Words(lang), h.Name[lang]), here.to(at), h.ID)
		}
	}
	for _, s := range b.shown() {
		add(s.Title[lang], here.to(s.Path(lang)), s.ID.Value)
	}
	for _, p := range b.Pages {
		if slices.Contains(checkerPages, p.Slug) && (b.checker != nil || p.Slug == originLeg) {
			add(p.Texts[lang].Front.Title, here.to(p.Path(lang)), p.Slug)
		}
	}
	words := b.theme.Words(lang)
	for _, p := range []struct{ slug, title string }{
		{"articles", words["list"]}, {"support", words["support"]}, {"search", words["search"]}, {"glossary", words["glossary"]}, {"hosts", b.Hosts.Index.Title[lang]},
	} {
		if at := lang + "/" + p.slug + "/"; b.stands(at) {
			add(p.title, here.to(at), p.slug)
		}
	}
	slices.SortFunc(all, func(x, y theme.Known) int { return strings.Compare(x.URL, y.URL) })
	return all
}
