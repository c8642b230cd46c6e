// Package source reads the content folder: what its authors wrote, before
// anything is made of it.
//
// Law: every file below the folder is either understood or named as a problem.
// Nothing is skipped in silence.
//
//	site.yaml                 the site: languages, sections, addresses
//	articles/<slug>/          article.yaml, a Markdown file a language, pictures
//	recipes/<name>/           a Markdown file a language, which articles include
//	facts.yaml                limits, dates and labels, which texts refer to
//	sketches.yaml             other people's screens, to be drawn
//	glossary.yaml             terms with their readings and synonyms
//	search.yaml               words of who searches: what is alike, what is weak
//	checker/<lang>.yaml       words of figures and of the checker
//	checker/<ids>.yaml        words of the engine's ids: questions, causes, …
//	checker/<page>/<lang>.md  texts of the checker's pages
//	hosts/<id>.yaml           what is known of a host; hosts/index.yaml, their list
//	published.txt             every address that was ever published, and what became of it
package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
)

// Content is everything that the folder holds. With problems it holds what
// could be understood, so that later stages find theirs in the same run.
type Content struct {
	Site      Site
	Articles  []*Article // in the order of their slugs
	Recipes   []*Recipe  // in the order of their names
	Drafts    []string   // slugs of articles that were taken out of Articles
	Pages     []*Page    // the checker's, in the order of their names
	Words     map[string]Words
	Glossary  []Term
	Search    Search
	Checker   Checker
	Facts     Facts
	Sketches  Sketches
	Hosts     Hosts
	Published []Address
}

// Load reads the content. Problems name files below dir, which is only for
// messages. An error means that the folder cannot be read.
func Load(fsys fs.FS, dir string) (*Content, diag.List, error) {
	l := loader{fsys: fsys, dir: dir, unlisted: Unlisted{}}
	c := &Content{Words: map[string]Words{}}
	if _, err := fs.Stat(fsys, "site.yaml"); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("%s has no site.yaml; name the folder of the content with -content", dir)
		}
		return nil, nil, err
	}
	if data, ok := l.read("site.yaml"); ok {
		l.yaml("site.yaml", data, &c.Site)
		l.checkSite(&c.Site)
	}
	for _, e := range l.list(".") {
		switch name := e.Name(); {
		case name == "site.yaml":
		case name == "facts.yaml":
			c.Facts = l.facts(name, &c.Site)
		case name == "sketches.yaml":
			c.Sketches = l.sketches(name, &c.Site)
		case name == "glossary.yaml":
			c.Glossary = l.glossary(name, &c.Site)
		case name == "search.yaml":
			c.Search = l.search(name, &c.Site)
		case name == "published.txt":
			c.Published = l.published(name)
		case name == "articles" && e.IsDir():
			c.Articles = l.articles(&c.Site)
		case name == "recipes" && e.IsDir():
			c.Recipes = l.recipes(&c.Site)
		case name == "checker" && e.IsDir():
			l.checker(c)
		case name == "hosts" && e.IsDir():
			c.Hosts = l.hosts(&c.Site)
		default:
			l.problem(name, 0, 0, diag.RuleStray, "nothing here is called "+name, "the content folder holds site.yaml, facts.yaml, sketches.yaml, glossary.yaml, search.yaml, published.txt, articles, recipes, checker and hosts")
		}
	}
	if l.failure != nil {
		return nil, nil, fmt.Errorf("%s: %w", dir, l.failure)
	}
	l.refer(c)
	return c, l.problems, nil
}

// HideDrafts takes the drafts out of the articles, and gives the problems
// without theirs: a draft may be unfinished, and stops nothing until it is
// shown. dir is the folder's name, as Load was told it.
func (c *Content) HideDrafts(dir string, problems diag.List) diag.List {
	c.Articles = slices.DeleteFunc(c.Articles, func(a *Article) bool {
		if a.Meta.Draft {
			c.Drafts = append(c.Drafts, a.Slug)
		}
		return a.Meta.Draft
	})
	return slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool {
		return slices.ContainsFunc(c.Drafts, func(slug string) bool {
			return strings.HasPrefix(p.File, path.Join(dir, "articles", slug)+"/")
		})
	})
}
