package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/blocks"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/parallel"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
)

// A job renders files of the tree that nothing else renders.
type job func() (map[string][]byte, error)

// render renders every page. All that is wrong with the content has been
// found before.
func (b *builder) render() error {
	jobs := []job{b.rootPage, b.missingPage}
	for _, l := range b.Languages {
		lang := l.Tag.Value
		jobs = append(jobs, func() (map[string][]byte, error) { return b.homePage(lang) })
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
			for _, entry := range b.checker.entries {
				jobs = append(jobs, func() (map[string][]byte, error) { return b.stepPages(lang, entry) })
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
		Title: text.Front.Title, Summary: text.Front.Summary, URL: here.to(a.Path(here.lang)),
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

func (b *builder) homePage(lang string) (map[string][]byte, error) {
	here := placed(lang, lang+"/")
	p := b.frame("home", here, func(lang string) (string, bool) { return lang + "/", true })
	p.Title = p.SiteTitle
	p.Index = &theme.Index{Sections: p.Sections, Check: b.pageCard(site.CheckPage, here), OriginLeg: b.pageCard(originLeg, here)}
	for i, s := range b.shown() {
		for _, a := range s.Articles {
			p.Index.Sections[i].Articles = append(p.Index.Sections[i].Articles, b.card(a, here))
			for _, code := range codes(a) {
				text, _, _ := a.Text(lang)
				p.Index.Codes = append(p.Index.Codes, theme.Code{Number: code, Title: text.Front.Title, URL: here.to(a.Path(lang))})
			}
		}
	}
	slices.SortStableFunc(p.Index.Codes, func(x, y theme.Code) int { return site.ByCode(x.Number, y.Number) })
	if d, ok := b.figures[lang]; ok {
		var err error
		if p.Index.Figure, err = d.Large(); err != nil {
			return nil, err
		}
	}
	p.JSONLD = linked(website(b.base+here.at, b.language(lang)))
	return b.page(here, p)
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

// around is how many neighbours on each side an article's page lists.
const around = 12

// articlePages are the article for readers of every language.
func (b *builder) articlePages(a *site.Article, index int) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, l := range b.Languages {
		made, err := b.articlePage(l.Tag.Value, a, index)
		if err != nil {
			return nil, err
		}
		maps.Copy(files, made)
	}
	return files, nil
}

func (b *builder) articlePage(lang string, a *site.Article, index int) (map[string][]byte, error) {
	here := placed(lang, a.Path(lang))
	text, doc, of := a.Text(lang)
	p := b.frame("article", here, func(lang string) (string, bool) { return a.Path(lang), a.Texts[lang] != nil })
	named(p, text.Front.Title, text.Front.Summary)
	p.OGType, p.Markdown = "article", here.to(here.at+"index.md")
	p.Sections = b.navigation(here, a.Section)
	section := theme.Link{Title: a.Section.Title[lang], URL: here.to(a.Section.Path(lang))}
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}, section}

	v := &theme.Article{
		ID: a.Meta.ID.Value, Slug: a.Slug, Lang: of, Fallback: of != lang,
		Section: section, Leg: a.Meta.Leg.Value, Codes: codes(a), Summary: text.Front.Summary,
		Updated: date(p.Words, a.Meta.Updated.Value), Ticket: b.base + a.Ticket(), OriginLeg: b.pageCard(originLeg, here).URL,
	}
	if told := symptom(a); b.checker != nil && told != (diagnose.Answers{}) {
		v.Check = b.phrasing(here).Live(told)
	}
	p.Article = v
	if v.Fallback {
		// The text is the original's: so is the address that counts.
		p.NoIndex, p.Canonical, p.Alternates = true, b.base+a.Path(of), nil
		for _, other := range b.Languages {
			if other.Tag.Value == of {
				v.Original = other.Name
			}
		}
	}
	for _, m := range text.Front.Messages {
		v.Messages = append(v.Messages, theme.Message{Where: m.Where, Text: m.Text})
	}
	v.TOC = toc(doc)
	for _, s := range a.Meta.Sources {
		source := theme.Source{Title: s.Title, URL: s.URL.Value, Lang: s.Lang, Read: date(p.Words, s.Read.Value)}
		if source.Lang == lang {
			source.Lang = ""
		}
		v.Sources = append(v.Sources, source)
	}
	for _, r := range a.Related {
		v.Related = append(v.Related, b.card(r, here))
	}
	link := func(x *site.Article) *theme.Link {
		if x == nil {
			return nil
		}
		t, _, _ := x.Text(lang)
		return &theme.Link{Title: t.Front.Title, URL: here.to(x.Path(lang)), Current: x == a}
	}
	v.Previous, v.Next = link(a.Previous), link(a.Next)
	for _, x := range a.Section.Articles[max(0, index-around):min(len(a.Section.Articles), index+around+1)] {
		v.Siblings = append(v.Siblings, *link(x))
	}
	if repository := b.Repository.Value; repository != "" {
		v.Edit = repository + "/blob/HEAD/" + text.File
		v.Feedback = repository + "/issues/new?" + url.Values{"title": {v.ID + " (" + of + "): "}, "body": {b.base + here.at + "\n\n"}}.Encode()
	}

	html, md, err := b.fill(here, text, doc, of)
	if err != nil {
		return nil, err
	}
	v.Body = html
	if d, ok := b.figures[lang]; ok && v.Leg != "" {
		if v.Mini, err = d.Mini(v.Leg); err != nil {
			return nil, err
		}
	}
	p.JSONLD = linked(b.techArticle(a, p, of), b.breadcrumbs(here, p, crumb{section.Title, b.base + a.Section.Path(lang)}))
	files, err := b.page(here, p)
	if err == nil {
		files[here.at+"index.md"] = beside(text, v, md)
	}
	return files, err
}

// fill fills a text's holes: links, pictures and figures. The text is in the
// language of.
func (b *builder) fill(here place, text *source.Text, doc *markdown.Doc, of string) (template.HTML, []byte, error) {
	on := b.blocksOn(here.in(of))
	inHTML, inMarkdown := make([]string, len(doc.Holes)), make([]string, len(doc.Holes))
	for i, h := range doc.Holes {
		if h.Kind == markdown.Block {
			drawing, err := blocks.Draw(on, h, "figure-"+strconv.Itoa(i+1))
			if err != nil {
				return "", nil, fmt.Errorf("%s:%d: %w", text.File, h.Line, err)
			}
			inHTML[i], inMarkdown[i] = string(drawing.HTML), drawing.Markdown
			continue
		}
		target := b.Links(doc)[i]
		if target.Picture {
			address := here.to(b.assets.paths[target.Path])
			inHTML[i], inMarkdown[i] = address, address
			if h.Kind == markdown.Picture {
				inHTML[i] = `src="` + template.HTMLEscapeString(address) + `"` + size(target)
			}
			continue
		}
		address := readers(target.Path, of, here.lang)
		inHTML[i], inMarkdown[i] = here.to(address), here.to(address)
		if p, anchor, ok := strings.Cut(address, "#"); target.Page {
			inMarkdown[i] = here.to(p + "index.md")
			if ok {
				inMarkdown[i] += "#" + anchor
			}
		}
	}
	return doc.HTML(inHTML), doc.Markdown(inMarkdown), nil
}

// readers keeps a reader of a page that fell back to another language in the
// language that was asked for.
func readers(address, of, lang string) string {
	if rest, ok := strings.CutPrefix(address, of+"/"); ok {
		return lang + "/" + rest
	}
	return address
}

// size gives a picture's width and height as attributes, so that the page
// does not jump when it arrives; nothing for formats that do not say it.
func size(t site.Target) string {
	if t.Width == 0 || t.Height == 0 {
		return ""
	}
	return fmt.Sprintf(` width="%d" height="%d"`, t.Width, t.Height)
}

func toc(doc *markdown.Doc) []theme.Heading {
	var top []theme.Heading
	for _, h := range doc.Headings {
		switch {
		case h.Level == 2:
			top = append(top, theme.Heading{ID: h.ID, Title: h.HTML})
		case h.Level == 3 && len(top) > 0:
			last := &top[len(top)-1]
			last.Children = append(last.Children, theme.Heading{ID: h.ID, Title: h.HTML})
		}
	}
	return top
}

// brackets escapes what would end the text of a link in Markdown.
var brackets = strings.NewReplacer("[", `\[`, "]", `\]`)

// beside gives the article as Markdown, for readers and machines that prefer
// it.
func beside(text *source.Text, v *theme.Article, body []byte) []byte {
	var m bytes.Buffer
	fmt.Fprintf(&m, "# %s\n\n%s\n", text.Front.Title, text.Front.Summary)
	for _, msg := range v.Messages {
		fmt.Fprintf(&m, "\n> %s: %s\n", msg.Where, msg.Text)
	}
	m.WriteByte('\n')
	m.Write(bytes.TrimLeft(body, "\n"))
	for i, s := range v.Sources {
		if i == 0 {
			m.WriteByte('\n')
		}
		fmt.Fprintf(&m, "- [%s](%s) (%s)\n", brackets.Replace(s.Title), s.URL, s.Read.ISO)
	}
	return bytes.Clone(m.Bytes()) // without the buffer's spare room: there may be thousands
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
	w, err := b.figures[lang].OriginLeg()
	if err != nil {
		return nil, err
	}
	w.Summary, w.TOC, w.Body, w.Module = text.Front.Summary, toc(doc), html, here.to(b.assets.paths[Module])
	if b.checker != nil {
		session := diagnose.NewSession(b.checker.engine)
		w.Check = here.checker("")
		if w.Ways, err = b.phrasing(here).Ways(session); err != nil {
			return nil, err
		}
	}
	p.OriginLeg = w
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}

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
	p.Title, p.NoIndex, p.Canonical = p.SiteTitle, true, ""
	return b.page(here, p)
}

// ticketPages are the article's permanent address, and the addresses that it
// had before: small pages that lead on.
func (b *builder) ticketPages(a *site.Article) (map[string][]byte, error) {
	here := placed(b.Default.Value, a.Ticket())
	p := b.standing("ticket", here)
	for i := range p.Languages {
		door(&p.Languages[i], a, here)
	}
	own := slices.IndexFunc(p.Languages, func(l theme.Language) bool { return l.Current })
	named(p, p.Languages[own].Title, p.Languages[own].Summary)
	p.NoIndex = true
	files, err := b.page(here, p)
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

// aliasPage stands at an address that an article had before, and leads to the
// one that it has now; so does the Markdown beside it.
func (b *builder) aliasPage(lang, alias string, a *site.Article) (map[string][]byte, error) {
	here := placed(lang, lang+"/"+alias+"/")
	p := b.standing("ticket", here)
	p.Languages = slices.DeleteFunc(p.Languages, func(l theme.Language) bool { return l.Lang != lang })
	door(&p.Languages[0], a, here)
	named(p, p.Languages[0].Title, p.Languages[0].Summary)
	text, _, of := a.Text(lang)
	p.NoIndex, p.Canonical = true, b.base+a.Path(of)
	files, err := b.page(here, p)
	if err == nil {
		files[here.at+"index.md"] = signpost(text.Front.Title, text.Front.Summary, text.Front.Title, here.to(a.Path(lang)+"index.md"))
	}
	return files, err
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
