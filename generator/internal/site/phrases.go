package site

import (
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/yamlfile"
)

// A phrase is a short text of the checker in one language. The same one may
// be shown on many pages.
type phrase struct {
	doc *markdown.Doc
	to  []Target
}

type phraseKey struct{ lang, text string }

// Phrase gives a text of the checker as HTML for a page. to makes a path of
// the site into a reference from that page. A text of a single paragraph is
// given without its tags.
func (s *Site) Phrase(lang, text string, to func(path string) string) template.HTML {
	p := s.phrases[phraseKey{lang, text}]
	if p == nil {
		return ""
	}
	values := make([]string, len(p.to))
	for i, t := range p.to {
		values[i] = to(t.Path)
	}
	html := strings.TrimSpace(string(p.doc.HTML(values)))
	if inner, ok := strings.CutPrefix(html, "<p>"); ok && strings.Count(html, "<p>") == 1 {
		html = strings.TrimSuffix(inner, "</p>")
	}
	return template.HTML(html)
}

// Plain gives a text of the checker without its marks, as it is read.
func (s *Site) Plain(lang, text string) string {
	p := s.phrases[phraseKey{lang, text}]
	if p == nil {
		return ""
	}
	var all []string
	for _, section := range p.doc.Sections() {
		all = append(all, section.Text)
		all = append(all, section.Code...)
	}
	return strings.Join(all, "\n")
}

// Anchor finds an article's section, named as slug#anchor or slug, for readers
// of a language.
func (s *Site) Anchor(lang, name string) (path string, ok bool) {
	slug, id, hasID := strings.Cut(name, "#")
	t, ok := s.files["articles/"+slug+"/"+lang+".md"]
	if !ok {
		return "", false
	}
	if !hasID {
		return t.path, true
	}
	known := t.doc == nil || slices.ContainsFunc(t.doc.Headings, func(h markdown.Heading) bool { return h.ID == id && h.Level <= 3 })
	return t.path + "#" + id, known
}

// phrases parses the checker's words, and names articles that are not there.
func (a *assembly) phrase(c *source.Checker) {
	say := func(file string, line int, texts ...source.Say) {
		a.say(path.Join(a.dir, "checker", file), line, texts...)
	}
	read := func(file string, v yamlfile.At[string]) {
		if _, ok := a.Anchor(a.Default.Value, v.Value); !ok && v.Value != "" {
			a.problem(path.Join(a.dir, "checker", file), v.Line, v.Col, diag.RuleWords, fmt.Sprintf("there is no article %q to read", v.Value), a.nearestArticle(v.Value))
		}
	}
	for _, id := range ids(c.Questions) {
		q := c.Questions[id]
		say("questions.yaml", q.Line, q.Value.Help)
	}
	for _, id := range ids(c.Causes) {
		w := c.Causes[id]
		read("causes.yaml", w.Value.Article)
		say("causes.yaml", w.Line, w.Value.Means, w.Value.Tell)
	}
	for _, id := range ids(c.Actions) {
		w := c.Actions[id]
		read("actions.yaml", w.Value.Article)
		say("actions.yaml", w.Line, w.Value.How, w.Value.Verify)
		for _, s := range w.Value.Snippets {
			say("actions.yaml", s.For.Line, s.Text)
		}
	}
	for _, id := range ids(c.Outcomes) {
		w := c.Outcomes[id]
		say("outcomes.yaml", w.Line, w.Value.Means, w.Value.Next)
	}
}

// say parses short texts of a file, each in every language.
func (a *assembly) say(file string, line int, texts ...source.Say) {
	for _, text := range texts {
		for _, l := range a.Languages {
			lang := l.Tag.Value
			key := phraseKey{lang, text[lang]}
			if text[lang] == "" || a.phrases[key] != nil {
				continue
			}
			p := &phrase{}
			p.doc = a.memo.Convert(a.converters[lang], file, line-1, []byte(text[lang]))
			a.problems = append(a.problems, p.doc.Problems...)
			for _, h := range p.doc.Holes {
				target, problems := a.follow(file, lang, h)
				p.to = append(p.to, target)
				a.problems = append(a.problems, problems...)
			}
			a.phrases[key] = p
		}
	}
}

func ids[V any](m map[string]V) []string {
	all := make([]string, 0, len(m))
	for id := range m {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// nearestArticle gives a hint about an article or a section that is not there.
func (a *assembly) nearestArticle(name string) string {
	var all []string
	for _, article := range a.Articles {
		all = append(all, article.Slug)
		if doc := article.Docs[article.Meta.Source.Value]; doc != nil {
			for _, h := range doc.Headings {
				if h.ID != "" {
					all = append(all, article.Slug+"#"+h.ID)
				}
			}
		}
	}
	if near := diag.Nearest(name, all); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "write the folder's name, and # with a heading's id: error-525#sni"
}
