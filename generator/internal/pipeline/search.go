package pipeline

import (
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/blocks"
	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/parallel"
	"sslclinic/generator/internal/search"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
)

// What readers can search for: articles, hosts, terms, the checker's pages,
// causes and fixes. The checker's way without script is not among it: its pages
// say the same again.

// indexRoot is the asset that a query in a language begins with. The files of
// the index lie in a folder of the same name.
func indexRoot(lang string) string { return "search-" + lang + ".bin" }

// indexes makes an index a language. The roots become assets; the other files
// bear hashes already, and go into the tree as they are.
func (b *builder) indexes(languages []string) map[string][]byte {
	made := make([]search.Index, len(languages))
	parallel.Each(len(languages), func(i int) {
		made[i] = search.Make(b.searched(languages[i]), search.Words{Alike: b.synonyms(languages[i]), Weak: b.Search.Weak[languages[i]].Value})
	})
	roots := map[string][]byte{}
	for i, lang := range languages {
		roots[indexRoot(lang)] = made[i].Root
		for name, data := range made[i].Files {
			b.tree[assetsFolder+"search-"+lang+"/"+name] = data
		}
	}
	return roots
}

// searched are the pages in a language: its own texts, and not those that it
// shows for want of a translation, which their own index has.
func (b *builder) searched(lang string) []search.Page {
	var all []search.Page
	words := b.theme.Words(lang)
	subjects, asked := b.subjects(lang), b.asked(lang)
	for _, a := range b.Articles {
		if text := a.Texts[lang]; text != nil {
			p := search.Page{URL: a.Path(lang), Title: text.Front.Title, Short: b.short(lang, a), Summary: text.Front.Summary, Lists: a.Meta.Kind.Value == "reference", Codes: codes(a), Also: text.Front.Keywords, Subjects: subjects[a.Slug], Sections: searchedSections(a.Docs[lang])}
			p.Asked = asked[a.Slug]
			for i := range p.Sections {
				at := a.Slug + "#" + p.Sections[i].ID
				p.Sections[i].Also, p.Sections[i].Asked = subjects[at], asked[at]
			}
			if a.Slug != signs {
				drawn := b.drawn(placed(lang, a.Path(lang)), a.Docs[lang])
				for i := range p.Sections {
					if text := drawn[p.Sections[i].ID]; text != "" {
						p.Sections[i].Code = append(p.Sections[i].Code, text)
					}
				}
			}
			p.Exact = messages(a, lang)
			for _, h := range b.whom(lang, a) {
				if !b.numbered(lang, h) {
					p.Of = append(p.Of, b.hostNames(h)...)
					p.Subjects = append(slices.Clip(p.Subjects), b.hostNames(h)...)
				}
			}
			if a.Slug == signs && b.checker != nil {
				b.searchedSigns(lang, p.Sections)
			}
			all = append(all, p)
		}
	}
	if len(b.Hosts.All) > 0 {
		index := b.Hosts.Index
		p := search.Page{
			URL: site.HostsPath(lang), Title: index.Title[lang], Summary: index.Summary[lang],
			Sections: []search.Section{{Text: b.Plain(lang, index.About.Value[lang])}},
		}
		for _, h := range b.Hosts.All {
			if h.Thin { // it has no page, and its name stands here
				p.Of = append(p.Of, b.hostNames(h)...)
			}
		}
		p.Also = p.Of
		all = append(all, p)
	}
	for _, h := range b.Hosts.All {
		if !h.Thin {
			all = append(all, b.searchedHost(lang, h, words))
		}
	}
	for _, t := range b.Glossary {
		w := t.Words[lang].Value
		p := search.Page{
			URL: lang + "/glossary/", ID: t.ID.Value, Title: words["glossary"], Name: w.Term, Summary: w.Definition, Also: slices.Clone(w.Synonyms),
		}
		for _, l := range b.Languages {
			if term := t.Words[l.Tag.Value].Value.Term; l.Tag.Value != lang && term != w.Term && (lang == "ja" || !search.Japanese(term)) {
				p.Also = append(p.Also, term)
			}
		}
		all = append(all, p)
	}
	for _, p := range b.Pages {
		if text := p.Texts[lang]; text != nil && (p.Slug == originLeg || b.checker != nil) {
			all = append(all, search.Page{URL: p.Path(lang), Title: text.Front.Title, Summary: text.Front.Summary, Also: text.Front.Keywords, Asked: asked[p.Slug], Sections: searchedSections(p.Docs[lang])})
		}
	}
	if b.checker != nil {
		all = append(all, b.searchedCatalogue(lang)...)
	}
	leads := b.leads(lang)
	for i := range all {
		if p := &all[i]; p.ID == "" {
			p.Links = leads[p.URL]
		}
	}
	return all
}

// asked is how people ask, by slug or slug#id.
func (b *builder) asked(lang string) map[string][]string {
	all := map[string][]string{}
	for _, asked := range b.Search.Asked {
		all[asked.For.Value] = asked.By[lang].Value
	}
	return all
}

// leads counts, by path, the articles that lead to a page.
func (b *builder) leads(lang string) map[string]int {
	all := map[string]int{}
	for _, a := range b.Articles {
		doc := a.Docs[lang]
		if doc == nil {
			continue
		}
		there := map[string]bool{a.Path(lang): true}
		for _, target := range b.Links(doc) {
			page, _, _ := strings.Cut(target.Path, "#")
			if !target.Picture && !there[page] {
				all[page]++
			}
			there[page] = true
		}
	}
	return all
}

// messages are an article's in a language, and those of others that are in
// letters: a browser may speak English to who reads Japanese.
func messages(a *site.Article, lang string) []string {
	var all []string
	for _, m := range a.Texts[lang].Front.Messages {
		all = append(all, m.Text)
	}
	for _, l := range slices.Sorted(maps.Keys(a.Texts)) {
		for _, m := range a.Texts[l].Front.Messages {
			if !search.Japanese(m.Text) && !slices.Contains(all, m.Text) {
				all = append(all, m.Text)
			}
		}
	}
	return all
}

// searchedSigns are the wordings that an article explains, and the rules, in
// two tables which nobody wrote: they are made of the reader's rules.
func (b *builder) searchedSigns(lang string, sections []search.Section) {
	s := b.phrasing(placed(lang, ""))
	signHead, signs := s.SignTable()
	ruleHead, rules := s.ReadingTable()
	for i := range sections {
		switch s := &sections[i]; s.ID {
		case signsTable:
			s.Text += "\n" + strings.Join(signHead, "\n")
			for _, row := range signs {
				s.Also = append(s.Also, strings.Split(row[0], " / ")...)
				s.Text += "\n" + strings.Join(row, "：")
			}
		case rulesTable:
			for _, row := range append([][]string{ruleHead}, rules...) {
				s.Text += "\n" + strings.Join(row, "\n")
			}
		}
	}
}

// subjects are what articles and their sections are about, by slug or slug#id:
// the terms that they explain, and the causes and fixes that lead to them.
func (b *builder) subjects(lang string) map[string][]string {
	all := map[string][]string{}
	for _, t := range b.Glossary {
		if slug := t.Article.Value; slug != "" {
			w := t.Words[lang].Value
			all[slug] = append(append(all[slug], w.Term), w.Synonyms...)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.Checker.Causes)) {
		c := b.Checker.Causes[id].Value
		all[c.Article.Value] = append(all[c.Article.Value], c.Name[lang])
	}
	for _, id := range slices.Sorted(maps.Keys(b.Checker.Actions)) {
		a := b.Checker.Actions[id].Value
		all[a.Article.Value] = append(all[a.Article.Value], a.Do[lang])
	}
	return all
}

// katakana is a reading as it is written where it is a word from elsewhere.
func katakana(reading string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'ぁ' && r <= 'ゖ' {
			r += 'ァ' - 'ぁ'
		}
		return r
	}, reading)
}

// searchedCatalogue are the causes and fixes, each on the page that lists its
// kind.
func (b *builder) searchedCatalogue(lang string) []search.Page {
	var all []search.Page
	page, words := b.checkerPage(site.CheckPage), b.theme.Words(lang)
	one := func(kind, id, name string, says ...source.Say) *search.Page {
		var texts []string
		for _, s := range says {
			texts = append(texts, checkpages.Unmarked(b.Plain(lang, s[lang])))
		}
		l := listings[slices.IndexFunc(listings, func(l listing) bool { return l.kind == kind })]
		all = append(all, search.Page{
			URL: page.Path(lang) + l.slug, ID: theme.Anchor(kind, id), Title: words[l.title], Name: name,
			Summary: texts[0], Sections: []search.Section{{Text: strings.Join(texts[1:], "\n")}},
		})
		return &all[len(all)-1]
	}
	told := b.phrasing(placed(lang, page.Path(lang)))
	for _, c := range told.Causes() {
		w := b.Checker.Causes[c.ID].Value
		one("cause", c.ID, w.Name[lang], w.Means, w.Tell)
	}
	for _, a := range told.Actions() {
		w := b.Checker.Actions[a.ID].Value
		found := one("do", a.ID, w.Do[lang], w.How, w.Verify)
		for _, s := range w.Snippets {
			found.Sections[0].Code = append(found.Sections[0].Code, b.Plain(lang, s.Text[lang])+s.Code)
		}
	}
	return all
}

// whom are the hosts that an article is about: those whose pages lead to it,
// where its title names one of them.
func (b *builder) whom(lang string, a *site.Article) []*source.Host {
	if a.Texts[lang] == nil || len(a.Meta.Codes) > 0 {
		return nil
	}
	all := slices.DeleteFunc(slices.Clone(b.Hosts.All), func(h *source.Host) bool {
		return !strings.Contains(h.About.Value[lang], "articles/"+a.Slug+"/")
	})
	named := func(name string) bool { return strings.Contains(a.Texts[lang].Front.Title, name) }
	if !slices.ContainsFunc(all, func(h *source.Host) bool { return slices.ContainsFunc(b.hostNames(h), named) }) {
		return nil
	}
	return all
}

// kinHosts is of how many hosts an article can be, for what it is called to
// lead to their own pages as well.
const kinHosts = 3

// kin are what the articles about a host, and about few others, are called.
func (b *builder) kin(lang string, h *source.Host) []string {
	var all []string
	for _, a := range b.Articles {
		if of := b.whom(lang, a); len(of) <= kinHosts && slices.Contains(of, h) {
			all = append(all, a.Texts[lang].Front.Keywords...)
		}
	}
	return all
}

// numbered tells whether an article about a number is named after a host as
// well, as that about 1033 after tunnels: who names both asks for the number.
func (b *builder) numbered(lang string, h *source.Host) bool {
	return slices.ContainsFunc(b.Articles, func(a *site.Article) bool {
		text := a.Texts[lang]
		return len(a.Meta.Codes) > 0 && text != nil && strings.Contains(text.Front.Title, h.Name[lang])
	})
}

// hostNames are what a host is called, in every language, with what stands in
// brackets behind a name and without.
func (b *builder) hostNames(h *source.Host) []string {
	var all []string
	for _, l := range b.Languages {
		name, _, _ := strings.Cut(strings.ReplaceAll(h.Name[l.Tag.Value], "（", " ("), " (")
		all = append(all, h.Name[l.Tag.Value], name)
	}
	all = append(all, h.Also...)
	slices.Sort(all)
	return slices.Compact(all)
}

// searchedHost is the page of a host.
func (b *builder) searchedHost(lang string, h *source.Host, words theme.Words) search.Page {
	p := search.Page{
		URL: site.HostPath(lang, h), Title: hostTitle(words, h.Name[lang]), Summary: b.Plain(lang, h.Summary[lang]), Also: []string{h.ID}, Card: true, Exact: b.hostNames(h), Kin: b.kin(lang, h),
	}
	if !b.numbered(lang, h) {
		p.Of = p.Exact
	}
	fact := func(f source.HostFact) string {
		lines := slices.DeleteFunc([]string{b.Plain(lang, f.Say.Value[lang]), strings.Join(f.Path, " "), f.Mail, f.Screen}, func(line string) bool { return line == "" })
		return strings.Join(lines, "\n")
	}
	about := search.Section{Text: b.Plain(lang, h.About.Value[lang])}
	for _, s := range settledFacts {
		if f := s.of(h); f.Line > 0 {
			about.Text += "\n" + fact(f.Value)
		}
	}
	for _, s := range h.Signs {
		about.Code = append(about.Code, s.Value.Target.Value+s.Value.Address.Value)
	}
	p.Sections = append(p.Sections, about)
	for _, t := range h.Topics {
		s := search.Section{ID: t.ID.Value, Heading: words["host_topic_"+t.ID.Value]}
		for _, f := range t.Facts {
			s.Text += fact(f.Value) + "\n"
		}
		p.Sections = append(p.Sections, s)
	}
	return p
}

func searchedSections(doc *markdown.Doc) []search.Section {
	if doc == nil {
		return nil
	}
	var all []search.Section
	for _, s := range doc.Sections() {
		all = append(all, search.Section{ID: s.ID, Heading: s.Heading, Text: s.Text, Code: s.Code})
	}
	return all
}

// synonyms are the sets of names for one thing: a term in every language, with
// its readings and other names; a host's names; and what search.yaml adds, where
// a reading is there in katakana too: half-width, it is typed so. What is
// written in Japanese is for those who read it.
func (b *builder) synonyms(lang string) [][]string {
	var all [][]string
	add := func(names []string) {
		if lang != "ja" {
			names = slices.DeleteFunc(slices.Clone(names), search.Japanese)
		}
		if len(names) > 1 {
			all = append(all, names)
		}
	}
	for _, t := range b.Glossary {
		var names []string
		for _, l := range b.Languages {
			w := t.Words[l.Tag.Value].Value
			for _, name := range append([]string{w.Term, w.Reading, katakana(w.Reading)}, w.Synonyms...) {
				if name != "" && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		add(names)
	}
	for _, h := range b.Hosts.All {
		var names []string
		for _, l := range b.Languages {
			if name := h.Name[l.Tag.Value]; !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		add(names)
	}
	for _, set := range b.Search.Alike {
		names := slices.Clone(set.Value)
		for _, name := range set.Value {
			if !strings.ContainsFunc(name, func(r rune) bool { return (r < 'ぁ' || r > 'ゖ') && r != 'ー' }) {
				names = append(names, katakana(name))
			}
		}
		add(names)
	}
	return all
}

// drawn is what the blocks of a text show beside the words of its author, by
// the section in which they stand: who saw it in a table looks for it. What a
// theme cannot draw, its page says.
func (b *builder) drawn(here place, doc *markdown.Doc) map[string]string {
	all, section := map[string]string{}, ""
	on := b.blocksOn(here)
	for i, h := range slices.Backward(doc.Holes) {
		if h.File == "" { // else of a recipe, and before the hole that includes it
			section = ""
			for _, heading := range doc.Headings {
				if heading.Line < h.Line && heading.ID != "" && heading.Level < 4 {
					section = heading.ID
				}
			}
		}
		if h.Kind != markdown.Block || len(h.Parts) > 0 {
			continue
		}
		h.Caption, h.Body = "", ""
		drawing, err := blocks.Draw(on, h, "figure-"+strconv.Itoa(i+1))
		if err != nil {
			continue
		}
		all[section] = shown(string(drawing.HTML)) + "\n" + all[section]
	}
	return all
}

// Elements whose words no reader sees at once, and those within a line.
var (
	unread = []string{"svg", "template", "form", "ssl-check"}
	inline = []string{"a", "b", "code", "em", "kbd", "small", "span", "strong"}
)

// shown is the text of what a theme drew, a line a block. Where an attribute
// held a >, its end would be read as text, and found.
func shown(drawn string) string {
	var text strings.Builder
	for within := 0; drawn != ""; {
		words, tag, _ := strings.Cut(drawn, "<")
		if within == 0 {
			text.WriteString(strings.ReplaceAll(html.UnescapeString(words), "\n", " "))
		}
		tag, drawn, _ = strings.Cut(tag, ">")
		name, ends := strings.CutPrefix(tag, "/")
		if end := strings.IndexAny(name, " \n/"); end >= 0 {
			name = name[:end]
		}
		switch {
		case !slices.Contains(unread, name):
			if within == 0 && !slices.Contains(inline, name) {
				text.WriteByte('\n')
			}
		case ends:
			within--
		default:
			within++
		}
	}
	return text.String()
}
