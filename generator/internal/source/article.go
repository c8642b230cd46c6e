package source

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

// Article is a folder below articles.
type Article struct {
	Slug     string
	Meta     Meta
	Texts    map[string]*Text // by language
	Pictures []Picture
}

// Meta is article.yaml: what is the same in every language.
type Meta struct {
	ID      yamlfile.At[string]   `yaml:"id,required"`
	Kind    yamlfile.At[string]   `yaml:"kind,required"`
	Section yamlfile.At[string]   `yaml:"section,required"`
	Source  yamlfile.At[string]   `yaml:"source,required"`
	Codes   []yamlfile.At[string] `yaml:"codes"`
	Leg     yamlfile.At[string]   `yaml:"leg"`
	Symptom yamlfile.At[string]   `yaml:"symptom"` // what its reader sees, as the checker calls it
	Related []yamlfile.At[string] `yaml:"related"`
	Sources []Reference           `yaml:"sources"`
	Aliases []yamlfile.At[string] `yaml:"aliases"`
	Updated yamlfile.At[string]   `yaml:"updated,required"`
	Draft   bool                  `yaml:"draft"`
}

// Reference is where facts come from.
type Reference struct {
	Lang  string              `yaml:"lang"` // of the title, when it is not the reader's: ja
	Title string              `yaml:"title,required"`
	URL   yamlfile.At[string] `yaml:"url,required"`
	Read  yamlfile.At[string] `yaml:"read,required"`
}

// What an article can be, and which leg it can be about.
var (
	Kinds = []string{"error", "symptom", "concept", "howto", "reference"}
	legs  = []string{"visitor", "origin", "both"}
)

// articles reads the articles, on as many goroutines as it pays.
func (l *loader) articles(site *Site) []*Article {
	entries := l.list("articles")
	all := make([]*Article, len(entries))
	loaders := make([]loader, len(entries))
	var group sync.WaitGroup
	gate := make(chan struct{}, 8) // files in flight; more only wait for each other
	for i, e := range entries {
		loaders[i] = loader{fsys: l.fsys, dir: l.dir}
		if !e.IsDir() {
			loaders[i].problem("articles/"+e.Name(), 0, 0, diag.RuleStray, "an article is a folder", "put it into a folder of its own, with an article.yaml")
			continue
		}
		gate <- struct{}{}
		group.Go(func() {
			all[i] = loaders[i].article(site, e.Name())
			<-gate
		})
	}
	group.Wait()
	for _, sub := range loaders {
		l.problems = append(l.problems, sub.problems...)
		l.failure = cmp.Or(l.failure, sub.failure)
	}
	return slices.DeleteFunc(all, func(a *Article) bool { return a == nil })
}

func (l *loader) article(site *Site, slug string) *Article {
	a := &Article{Slug: slug, Texts: map[string]*Text{}}
	dir := path.Join("articles", slug)
	hasMeta := false
	for _, e := range l.list(dir) {
		name, file := e.Name(), path.Join(dir, e.Name())
		switch ext := path.Ext(name); {
		case e.IsDir():
			l.problem(file, 0, 0, diag.RuleStray, "a folder within an article", "an article's files stand side by side")
		case name == "article.yaml":
			hasMeta = true
			if data, ok := l.read(file); ok {
				l.yaml(file, data, &a.Meta)
				l.checkMeta(file, site, &a.Meta)
			}
		case ext == ".md":
			if t := l.text(site, file); t != nil {
				a.Texts[strings.TrimSuffix(name, ext)] = t
			}
		case slices.Contains(pictures, ext):
			a.Pictures = append(a.Pictures, l.picture(file))
		case otherPictures[ext] != "":
			l.problem(file, 0, 0, diag.RulePicture, "a picture of the format "+ext[1:], otherPictures[ext])
		default:
			l.problem(file, 0, 0, diag.RuleStray, "nothing in an article is called "+name, "an article holds article.yaml, a Markdown file a language, and pictures ("+strings.Join(pictures, ", ")+")")
		}
	}
	meta := path.Join(dir, "article.yaml")
	if !hasMeta {
		l.problem(meta, 0, 0, diag.RuleArticle, "the article has no article.yaml", "copy another article's and change it")
	}
	if len(a.Texts) == 0 {
		l.problem(dir, 0, 0, diag.RuleArticle, "the article has no text", "add "+cmp.Or(a.Meta.Source.Value, site.Default.Value, "en")+".md")
	} else if s := a.Meta.Source; a.Texts[s.Value] == nil && known(site, s.Value) {
		at(l, meta, s, diag.RuleArticle, fmt.Sprintf("the source language is %q, and there is no %s.md", s.Value, s.Value), "write it, or name another language as the source")
	}
	if slices.Contains([]string{"error", "symptom"}, a.Meta.Kind.Value) {
		for _, tag := range slices.Sorted(maps.Keys(a.Texts)) {
			if t := a.Texts[tag]; !t.Lost && t.Front.read && len(t.Front.Messages) == 0 {
				l.problems = append(l.problems, diag.Problem{File: t.File, Line: 1, Rule: diag.RuleGrammar,
					Message: "the exact message on the reader's screen is missing", Hint: `add to the front matter: messages: [{where: "Cloudflare", text: "…"}]`})
			}
		}
	}
	return a
}

func (l *loader) checkMeta(file string, site *Site, m *Meta) {
	var sections []string
	for _, s := range site.Sections {
		sections = append(sections, s.ID.Value)
	}
	among := func(v yamlfile.At[string], what string, known []string) {
		if v.Value != "" && len(known) > 0 && !slices.Contains(known, v.Value) {
			at(l, file, v, diag.RuleArticle, fmt.Sprintf("unknown %s %q", what, v.Value), diag.DidYouMean(v.Value, known))
		}
	}
	among(m.Kind, "kind", Kinds)
	among(m.Section, "section", sections)
	among(m.Source, "language", tags(site))
	among(m.Leg, "leg", legs)
	day := func(v yamlfile.At[string]) {
		if _, err := time.Parse(time.DateOnly, v.Value); err != nil && v.Value != "" {
			at(l, file, v, diag.RuleArticle, fmt.Sprintf("%q is not a date", v.Value), "write it as 2026-11-22")
		}
	}
	day(m.Updated)
	for _, s := range m.Sources {
		day(s.Read)
		if u := s.URL; u.Value != "" && !isAddress(u.Value) {
			at(l, file, u, diag.RuleArticle, fmt.Sprintf("%q is not an address", u.Value), "write https://example.org/page")
		}
	}
	for _, v := range slices.Concat([]yamlfile.At[string]{m.ID}, m.Codes, m.Aliases) {
		if v.Value != "" && !urlpath.IsSlug(v.Value) {
			at(l, file, v, diag.RuleArticle, fmt.Sprintf("%q is not made of a-z, 0-9 and hyphens", v.Value), "it is a part of addresses")
		}
	}
	for _, list := range [][]yamlfile.At[string]{m.Codes, m.Related, m.Aliases} {
		for i, v := range list {
			if slices.ContainsFunc(list[:i], func(w yamlfile.At[string]) bool { return w.Value == v.Value }) {
				at(l, file, v, diag.RuleArticle, fmt.Sprintf("%q is there twice", v.Value), "keep one")
			}
		}
	}
}
