package pipeline

import (
	"bytes"
	"crypto/sha1"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
)

// What programs read: feeds, maps, and the data in pages.

// feeds adds the files that only programs read.
func (b *builder) feeds() {
	for _, l := range b.Languages {
		b.tree[l.Tag.Value+"/feed.xml"] = b.feed(l)
	}
	b.tree["sitemap.xml"] = b.sitemap()
	b.tree["robots.txt"] = []byte("User-agent: *\nAllow: /\nSitemap: " + b.base + "sitemap.xml\n")
	b.tree["llms.txt"] = b.llms()
	b.tree[".nojekyll"] = []byte{} // GitHub Pages: serve what is there, as it is
}

// marshal gives the XML of a document. It cannot fail on our types.
func marshal(v any) []byte {
	data, err := xml.Marshal(v)
	if err != nil {
		panic("pipeline: " + err.Error())
	}
	return append([]byte(xml.Header), data...)
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Summary string   `xml:"summary"`
	Link    atomLink `xml:"link"`
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

// latest is how many articles a feed names.
const latest = 50

// namespace is what the ids of feeds and entries are derived from. Another one
// would show every reader of a feed every article again.
var namespace = [16]byte{0x0b, 0x1a, 0xce, 0xd5, 0x3a, 0xff, 0x49, 0xb5, 0xa0, 0x56, 0xfb, 0xa5, 0xeb, 0x66, 0x23, 0xbc}

// urn gives the id of what a name stands for: a UUID of version 5, RFC 9562.
func urn(name string) string {
	id := sha1.Sum(append(namespace[:], name...))
	id[6] = id[6]&0x0f | 5<<4
	id[8] = id[8]&0x3f | 0b10<<6
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
}

// addressed is the last day on which an entry's id was its address.
const addressed = "2026-11-28"

// entryID is what a feed's readers know an article by: it follows the article's
// permanent id, wherever the article and the site move.
//
// Once it was the address. An article that has not changed since keeps that, or
// every reader of the feed would be shown every article again on one day; one
// that has changed is news anyway.
func (b *builder) entryID(a *site.Article, lang string) string {
	if a.Meta.Updated.Value <= addressed {
		return b.base + a.Path(lang)
	}
	return urn("article/" + a.Meta.ID.Value + "/" + lang)
}

// feed is a language's Atom feed: its own articles, the latest first.
func (b *builder) feed(l source.Language) []byte {
	lang := l.Tag.Value
	home := b.base + lang + "/"
	f := atomFeed{
		Lang: lang, ID: urn("feed/" + lang), Title: l.Title, Subtitle: l.Description, Author: l.Title,
		Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: home}, {Rel: "self", Type: "application/atom+xml", Href: home + "feed.xml"}},
	}
	articles := slices.DeleteFunc(slices.Clone(b.Articles), func(a *site.Article) bool { return a.Texts[lang] == nil })
	slices.SortStableFunc(articles, func(x, y *site.Article) int { return strings.Compare(y.Meta.Updated.Value, x.Meta.Updated.Value) })
	for _, a := range articles[:min(len(articles), latest)] {
		text := a.Texts[lang]
		f.Entries = append(f.Entries, atomEntry{
			ID: b.entryID(a, lang), Title: text.Front.Title, Summary: text.Front.Summary, Updated: instant(a.Meta.Updated.Value),
			Link: atomLink{Rel: "alternate", Type: "text/html", Href: b.base + a.Path(lang)},
		})
	}
	f.Updated = instant("1970-01-01")
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return marshal(f)
}

// instant is the beginning of a day, which is all that is known.
func instant(day string) string { return day + "T00:00:00Z" }

type mapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

type mapURL struct {
	Loc     string    `xml:"loc"`
	LastMod string    `xml:"lastmod,omitempty"`
	Links   []mapLink `xml:"xhtml:link"`
}

type urlset struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string   `xml:"xmlns:xhtml,attr"`
	URLs    []mapURL `xml:"url"`
}

// sitemap names every page that is to be found, with its languages.
func (b *builder) sitemap() []byte {
	m := urlset{XHTML: "http://www.w3.org/1999/xhtml", URLs: []mapURL{{Loc: b.base}}}
	add := func(updated string, in func(lang string) bool, at func(lang string) string) {
		var links []mapLink
		for _, l := range b.Languages {
			if in(l.Tag.Value) {
				links = append(links, mapLink{"alternate", l.Tag.Value, b.base + at(l.Tag.Value)})
			}
		}
		if lang := b.fallback(in); lang != "" {
			links = append(links, mapLink{"alternate", "x-default", b.base + at(lang)})
		}
		for _, l := range b.Languages {
			if in(l.Tag.Value) {
				m.URLs = append(m.URLs, mapURL{Loc: b.base + at(l.Tag.Value), LastMod: updated, Links: links})
			}
		}
	}
	every := func(string) bool { return true }
	add("", every, func(lang string) string { return lang + "/" })
	add("", every, listPath)
	for _, s := range b.shown() {
		updated := ""
		for _, a := range s.Articles {
			updated = max(updated, a.Meta.Updated.Value)
		}
		add(updated, every, s.Path)
	}
	for _, p := range b.Pages {
		add("", every, p.Path)
	}
	if b.checker != nil {
		for _, n := range b.checker.Entries {
			add("", every, func(lang string) string { return lang + "/check/" + n.Path })
		}
	}
	if len(b.Hosts.All) > 0 {
		add("", every, site.HostsPath)
	}
	for _, h := range b.Hosts.All {
		if !h.Thin {
			add(h.Updated.Value, every, func(lang string) string { return site.HostPath(lang, h) })
		}
	}
	if len(b.Glossary) > 0 {
		add("", every, func(lang string) string { return lang + "/glossary/" })
	}
	for _, a := range b.Articles {
		add(a.Meta.Updated.Value, func(lang string) bool { return a.Texts[lang] != nil }, a.Path)
	}
	return marshal(m)
}

// llms is the site in a page of Markdown, as llmstxt.org describes it.
func (b *builder) llms() []byte {
	var m bytes.Buffer
	for i, l := range b.Languages {
		lang := l.Tag.Value
		if i == 0 {
			fmt.Fprintf(&m, "# %s\n", l.Title)
		}
		fmt.Fprintf(&m, "\n> %s\n", l.Description)
		for _, s := range b.Sections {
			own := slices.DeleteFunc(slices.Clone(s.Articles), func(a *site.Article) bool { return a.Texts[lang] == nil })
			if len(own) > 0 {
				fmt.Fprintf(&m, "\n## %s (%s)\n\n", s.Title[lang], l.Name)
			}
			for _, a := range own {
				t := a.Texts[lang].Front
				fmt.Fprintf(&m, "- [%s](%sindex.md): %s\n", brackets.Replace(t.Title), b.base+a.Path(lang), t.Summary)
			}
		}
		if len(b.Hosts.All) > 0 {
			fmt.Fprintf(&m, "\n## %s (%s)\n\n", b.Hosts.Index.Title[lang], l.Name)
		}
		for _, h := range b.Hosts.All {
			if !h.Thin {
				fmt.Fprintf(&m, "- [%s](%s): %s\n", brackets.Replace(h.Name[lang]), b.base+site.HostPath(lang, h), h.Summary[lang])
			}
		}
	}
	return m.Bytes()
}

// linked gives a script element of linked data, which no browser runs. Go's
// JSON has no < in it, so nothing can end the element early.
func linked(nodes ...any) template.HTML {
	text, err := json.Marshal(struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}{"https://schema.org", nodes})
	if err != nil {
		panic("pipeline: " + err.Error())
	}
	return template.HTML(`<script type="application/ld+json">` + string(text) + `</script>`)
}

// thing is a node of linked data with what every node here has.
type thing struct {
	Type string `json:"@type"`
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

// website describes the site in one language.
func website(address string, l source.Language) any {
	return struct {
		thing
		Description string `json:"description"`
		InLanguage  string `json:"inLanguage"`
	}{thing{"WebSite", l.Title, address}, l.Description, l.Tag.Value}
}

// techArticle describes an article whose text is in the language of.
func (b *builder) techArticle(a *site.Article, p *theme.Page, of string) any {
	us := thing{"Organization", p.SiteTitle, b.base}
	return struct {
		thing
		Headline     string `json:"headline"`
		Description  string `json:"description"`
		InLanguage   string `json:"inLanguage"`
		DateModified string `json:"dateModified"`
		Image        string `json:"image,omitempty"`
		Author       thing  `json:"author"`
		Publisher    thing  `json:"publisher"`
	}{thing{Type: "TechArticle", URL: p.Canonical}, p.Title, p.Description, of, a.Meta.Updated.Value, p.OGImage, us, us}
}

type crumb struct{ name, url string }

// breadcrumbs is the way from home to a page, the page included; between are the
// pages on it.
func (b *builder) breadcrumbs(here place, p *theme.Page, between ...crumb) any {
	crumbs := slices.Concat([]crumb{{p.SiteTitle, b.base + here.lang + "/"}}, between, []crumb{{p.Title, b.base + here.at}})
	type item struct {
		Type     string `json:"@type"`
		Position int    `json:"position"`
		Name     string `json:"name"`
		Item     string `json:"item"`
	}
	var items []item
	for i, c := range crumbs {
		items = append(items, item{"ListItem", i + 1, c.name, c.url})
	}
	return struct {
		Type  string `json:"@type"`
		Items []item `json:"itemListElement"`
	}{"BreadcrumbList", items}
}
