package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"strings"

	"sslclinic/generator/internal/blocks"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
)

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
		v.Messages = append(v.Messages, theme.Message{Where: m.Where, Text: m.Text, Lang: m.Lang})
	}
	v.TOC, p.Scripts = toc(doc), b.scripts(here, doc)
	v.Asks = b.checker != nil && blocks.Asks(doc)
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
		return &theme.Link{Title: b.short(lang, x), URL: here.to(x.Path(lang)), Current: x == a}
	}
	v.Previous, v.Next = link(a.Previous), link(a.Next)
	for _, x := range a.Section.Articles[max(0, index-around):min(len(a.Section.Articles), index+around+1)] {
		v.Siblings = append(v.Siblings, *link(x))
	}
	if repository := b.Repository.Value; repository != "" {
		v.Edit = repository + "/blob/HEAD/" + text.File
		v.Feedback = repository + "/issues/new?" + url.Values{"title": {v.ID + " (" + of + "): "}, "body": {b.base + here.at + "\n\n"}}.Encode()
		v.Helped = b.issue(strings.ReplaceAll(p.Words["helpful_yes_title"], "{id}", v.ID), b.base+here.at)
		v.NotHelped = b.issue(strings.ReplaceAll(p.Words["helpful_no_title"], "{id}", v.ID), b.base+here.at)
	}
	v.Bookmark = "https://b.hatena.ne.jp/my/add.confirm?" + url.Values{"url": {b.base + here.at}}.Encode()

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
	for _, code := range v.Codes {
		if before, after, ok := strings.Cut(text.Front.Title, code); ok {
			v.Before, v.Number, v.After = before, code, after
			if d, ok := b.figures[lang]; ok {
				if v.Broken, err = d.Broken(code); err != nil {
					return nil, err
				}
			}
			break
		}
	}
	p.JSONLD = linked(b.techArticle(a, p, of), b.breadcrumbs(here, p, crumb{section.Title, b.base + a.Section.Path(lang)}))
	files, err := b.page(here, p)
	if err == nil {
		files[here.at+"index.md"] = beside(text, v, md)
	}
	return files, err
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
