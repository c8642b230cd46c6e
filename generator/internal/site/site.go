// Package site is the assembled site: every page parsed, every id, address and
// translation known.
//
// Law: assembly happens once and gives a value that nobody changes afterwards,
// so pages may be rendered in any order and at the same time.
package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/parallel"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

// Site is everything that a page may need to know of the others.
type Site struct {
	source.Site
	Sections []*Section
	Articles []*Article // in the order of navigation; last those whose section is unknown, which is a problem
	Pages    []*Page    // the checker's
	Words    map[string]source.Words
	Glossary []source.Term // in the order of the file
	Search   source.Search
	Checker  source.Checker
	Hosts    source.Hosts

	files map[string]target          // by path below the content folder
	links map[*markdown.Doc][]Target // a target for each hole; none for blocks

	phrases map[phraseKey]*phrase
}

// Links gives what a text's holes lead to, one for each; the zero Target for
// blocks.
func (s *Site) Links(d *markdown.Doc) []Target { return s.links[d] }

// Section is a section with its articles in the order of navigation.
type Section struct {
	source.Section
	Articles []*Article
}

// Article is an article with its texts parsed.
type Article struct {
	*source.Article
	Section        *Section                 // nil when it is unknown
	Docs           map[string]*markdown.Doc // by language; none for a text that is lost
	Related        []*Article
	Previous, Next *Article // in its section's order
}

// Page is a page of the checker with its texts parsed.
type Page struct {
	*source.Page
	Docs map[string]*markdown.Doc
}

// Text gives the article's text for readers of a language, and the language
// that the text is in: its source's when there is no translation. Without
// problems there is always one.
func (a *Article) Text(lang string) (*source.Text, *markdown.Doc, string) {
	if a.Texts[lang] == nil {
		lang = a.Meta.Source.Value
	}
	return a.Texts[lang], a.Docs[lang], lang
}

// Path is the article's address for readers of a language.
func (a *Article) Path(lang string) string { return lang + "/" + a.Slug + "/" }

// Ticket is the article's permanent address.
func (a *Article) Ticket() string { return "k/" + a.Meta.ID.Value + "/" }

// Path is the section's address.
func (s *Section) Path(lang string) string { return lang + "/" + s.ID.Value + "/" }

// CheckPage is the slug of the checker itself. The other pages stand below it.
const CheckPage = "check"

// Path is the page's address.
func (p *Page) Path(lang string) string {
	if p.Slug == CheckPage {
		return lang + "/check/"
	}
	return lang + "/check/" + p.Slug + "/"
}

// target is what a link to a file leads to.
type target struct {
	path    string        // of the page, or of the picture below the assets
	doc     *markdown.Doc // nil for a picture, and for a text that is lost
	picture *source.Picture
}

// A Target is where a link leads.
type Target struct {
	Path    string // a page's path with its fragment, or a picture's below the assets
	Picture bool
	Page    bool // it leads to a page that has a Markdown form beside it

	Width, Height int // of a picture, in pixels; 0 when unknown
}

// Assemble parses every text and finds out what belongs together. dir is the
// content's folder, for messages. What memo remembers is not converted again;
// it may be nil.
func Assemble(c *source.Content, dir string, converters map[string]*markdown.Converter, memo *markdown.Memo) (*Site, diag.List) {
	s := &Site{Site: c.Site, Words: c.Words, Glossary: c.Glossary, Search: c.Search, files: map[string]target{}, links: map[*markdown.Doc][]Target{}, phrases: map[phraseKey]*phrase{}}
	a := assembly{Site: s, dir: dir, drafts: c.Drafts, converters: converters, memo: memo, missing: map[string]bool{}, guessed: guesses{}, slugs: guesses{}}
	for _, p := range c.Pages {
		s.Pages = append(s.Pages, &Page{Page: p, Docs: map[string]*markdown.Doc{}})
	}
	articles := make([]*Article, len(c.Articles))
	for i, src := range c.Articles {
		articles[i] = &Article{Article: src, Docs: map[string]*markdown.Doc{}}
	}
	memo.Turn()
	a.parse(articles)
	a.order(articles)
	a.identify(articles)
	a.identifyHosts(&c.Hosts)
	a.relate(articles)
	a.asked(articles)
	for _, article := range articles {
		a.compare(article)
		a.grammar(article)
	}
	for _, lang := range s.Languages {
		tag := lang.Tag.Value
		for _, article := range articles {
			a.resolve(article.Texts[tag], article.Docs[tag], tag)
		}
		for _, p := range s.Pages {
			a.resolve(p.Texts[tag], p.Docs[tag], tag)
		}
	}
	a.recipes(c.Recipes)
	s.Checker = c.Checker
	a.phrase(&c.Checker)
	s.Hosts = c.Hosts
	a.phraseHosts(&c.Hosts)
	return s, once(a.problems, a.missing)
}

type assembly struct {
	*Site
	dir        string
	drafts     []string
	converters map[string]*markdown.Converter // by language
	memo       *markdown.Memo
	problems   diag.List
	missing    map[string]bool // messages about files that are not there
	guessed    guesses         // of files that are not there
	slugs      guesses         // of articles that are not there
}

func (a *assembly) problem(file string, line, col int, rule diag.Rule, message, hint string) {
	a.problems = append(a.problems, diag.Problem{File: file, Line: line, Col: col, Rule: rule, Message: message, Hint: hint})
}

// meta gives the name of an article's article.yaml, for messages.
func (a *assembly) meta(article *Article) string {
	return path.Join(a.dir, "articles", article.Slug, "article.yaml")
}

// parse converts every text. Each is work of its own, shared out to as many
// goroutines as can be run.
func (a *assembly) parse(articles []*Article) {
	type job struct {
		text *source.Text
		lang string
		docs map[string]*markdown.Doc
		doc  *markdown.Doc
	}
	var jobs []*job
	for _, article := range articles {
		for _, lang := range a.Languages {
			if t := article.Texts[lang.Tag.Value]; t != nil && !t.Lost {
				jobs = append(jobs, &job{text: t, lang: lang.Tag.Value, docs: article.Docs})
			}
		}
	}
	for _, p := range a.Pages {
		for _, lang := range a.Languages {
			if t := p.Texts[lang.Tag.Value]; t != nil && !t.Lost {
				jobs = append(jobs, &job{text: t, lang: lang.Tag.Value, docs: p.Docs})
			}
		}
	}
	parallel.Each(len(jobs), func(i int) {
		j := jobs[i]
		j.doc = a.memo.Convert(a.converters[j.lang], j.text.File, j.text.Line, j.text.Body)
	})
	for _, j := range jobs {
		j.docs[j.lang] = j.doc
		a.problems = append(a.problems, j.doc.Problems...)
	}
}

// order puts the articles into their sections: those that the section names
// first, then by their first code, then by slug.
func (a *assembly) order(articles []*Article) {
	for _, src := range a.Site.Site.Sections {
		sec := &Section{Section: src}
		for _, article := range articles {
			if article.Meta.Section.Value == src.ID.Value && article.Section == nil {
				article.Section = sec
				sec.Articles = append(sec.Articles, article)
			}
		}
		var named, slugs []string
		for _, article := range sec.Articles {
			slugs = append(slugs, article.Slug)
		}
		for _, slug := range src.Articles {
			named = append(named, slug.Value)
			if slices.Contains(slugs, slug.Value) {
				continue
			}
			hint := diag.DidYouMean(slug.Value, slugs)
			if i := slices.IndexFunc(articles, func(x *Article) bool { return x.Slug == slug.Value }); i >= 0 {
				section := articles[i].Meta.Section.Value
				if !slices.ContainsFunc(a.Site.Site.Sections, func(s source.Section) bool { return s.ID.Value == section }) {
					continue // the article's own problem
				}
				hint = fmt.Sprintf("it is in the section %q: move it there, or change its article.yaml", section)
			}
			if !a.draft(path.Join(a.dir, "site.yaml"), slug, slug.Value) {
				a.problem(path.Join(a.dir, "site.yaml"), slug.Line, slug.Col, diag.RuleSite,
					fmt.Sprintf("the section %q has no article %q", src.ID.Value, slug.Value), hint)
				a.problems[len(a.problems)-1].Hides = true
			}
		}
		rank := func(x *Article) int {
			if i := slices.Index(named, x.Slug); i >= 0 {
				return i
			}
			return len(named)
		}
		code := func(x *Article) string {
			if len(x.Meta.Codes) > 0 {
				return x.Meta.Codes[0].Value
			}
			return "~"
		}
		slices.SortStableFunc(sec.Articles, func(x, y *Article) int {
			return cmp.Or(cmp.Compare(rank(x), rank(y)), ByCode(code(x), code(y)), cmp.Compare(x.Slug, y.Slug))
		})
		for i, article := range sec.Articles[:max(0, len(sec.Articles)-1)] {
			article.Next, sec.Articles[i+1].Previous = sec.Articles[i+1], article
		}
		a.Sections = append(a.Sections, sec)
		a.Articles = append(a.Articles, sec.Articles...)
	}
	for _, article := range articles {
		if article.Section == nil {
			a.Articles = append(a.Articles, article)
		}
	}
}

// ByCode compares two codes: 525 stands before 1000, and numbers before words.
func ByCode(x, y string) int {
	n, errX := strconv.Atoi(x)
	m, errY := strconv.Atoi(y)
	switch {
	case errX == nil && errY == nil:
		return cmp.Or(cmp.Compare(n, m), cmp.Compare(x, y))
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return cmp.Compare(x, y)
}

// draft tells whether slug is an article that is not shown, and says so where
// something names it.
func (a *assembly) draft(file string, at yamlfile.At[string], slug string) bool {
	if !slices.Contains(a.drafts, slug) {
		return false
	}
	a.problem(file, at.Line, at.Col, diag.RuleDraft, fmt.Sprintf("the article %q is a draft, which readers do not see", slug),
		"take its name away here until it is shown, or \"draft: true\" out of its article.yaml; -drafts shows drafts")
	return true
}

// identify gives every file its address and names the addresses that two
// things want.
func (a *assembly) identify(articles []*Article) {
	slugs, ids := map[string]string{}, map[string]string{CheckPage: "the checker"}
	for _, s := range a.Sections {
		slugs[s.ID.Value] = "the section " + s.ID.Value
	}
	for _, reserved := range source.Reserved {
		slugs[reserved] = "a page of the site's own"
	}
	claim := func(article *Article, taken map[string]string, v yamlfile.At[string], what, hint string) {
		if owner, ok := taken[v.Value]; ok && v.Value != "" {
			a.problem(a.meta(article), v.Line, v.Col, diag.RuleAddress, fmt.Sprintf("%s %q belongs to %s already", what, v.Value, owner), hint)
		}
		taken[v.Value] = "the article " + article.Slug
	}
	for _, article := range articles {
		claim(article, slugs, yamlfile.At[string]{Value: article.Slug, Line: 1, Col: 1}, "the address", "rename the folder")
		claim(article, ids, article.Meta.ID, "the id", "an id is permanent: give another to the one of the two that is new")
	}
	for _, article := range articles {
		for _, alias := range article.Meta.Aliases {
			claim(article, slugs, alias, "the alias", "an alias is an address that the article had before, and nothing else has now")
		}
	}
	for _, article := range articles {
		dir := "articles/" + article.Slug + "/"
		for _, lang := range a.Languages {
			_, doc, _ := article.Text(lang.Tag.Value)
			a.files[dir+lang.Tag.Value+".md"] = target{path: article.Path(lang.Tag.Value), doc: doc}
			if article.Texts[lang.Tag.Value] == nil && article.Texts[article.Meta.Source.Value] != nil {
				a.problems = append(a.problems, diag.Problem{File: path.Join(a.dir, dir, lang.Tag.Value+".md"), Severity: diag.Warning,
					Rule: diag.RuleTranslation, Message: "the article has no text in " + lang.Name, Hint: "its readers are shown the original under a notice"})
			}
		}
		for i := range article.Pictures {
			p := &article.Pictures[i]
			a.files[dir+p.Name] = target{path: article.Slug + "/" + p.Name, picture: p}
		}
	}
	for _, p := range a.Pages {
		for lang := range p.Texts {
			a.files["checker/"+p.Slug+"/"+lang+".md"] = target{path: p.Path(lang), doc: p.Docs[lang]}
		}
	}
}

func (a *assembly) relate(articles []*Article) {
	bySlug, slugs := map[string]*Article{}, []string{}
	for _, article := range articles {
		bySlug[article.Slug] = article
		slugs = append(slugs, article.Slug)
	}
	for _, article := range articles {
		for _, r := range article.Meta.Related {
			switch other := bySlug[r.Value]; {
			case a.draft(a.meta(article), r, r.Value):
			case other == nil:
				a.problem(a.meta(article), r.Line, r.Col, diag.RuleRelated, fmt.Sprintf("there is no article %q", r.Value), a.noArticle(r.Value, slugs))
			case other == article:
				a.problem(a.meta(article), r.Line, r.Col, diag.RuleRelated, "an article is not related to itself", "take it away")
			default:
				article.Related = append(article.Related, other)
			}
		}
	}
	for _, t := range a.Glossary {
		v := t.Article
		if v.Value == "" || bySlug[v.Value] != nil {
			continue
		}
		file := path.Join(a.dir, "glossary.yaml")
		if !a.draft(file, v, v.Value) {
			a.problem(file, v.Line, v.Col, diag.RuleGlossary, fmt.Sprintf("there is no article %q", v.Value), a.noArticle(v.Value, slugs))
		}
	}
}

// asked looks up for what people ask.
func (a *assembly) asked(articles []*Article) {
	ids, slugs := map[string][]string{}, []string{}
	note := func(slug string, docs map[string]*markdown.Doc) {
		slugs = append(slugs, slug)
		for _, doc := range docs {
			if doc == nil {
				continue
			}
			for _, h := range doc.Headings {
				ids[slug] = append(ids[slug], h.ID)
			}
		}
	}
	for _, article := range articles {
		note(article.Slug, article.Docs)
	}
	for _, p := range a.Pages {
		note(p.Slug, p.Docs)
	}
	file := path.Join(a.dir, "search.yaml")
	for _, asked := range a.Search.Asked {
		slug, id, has := strings.Cut(asked.For.Value, "#")
		switch {
		case a.draft(file, asked.For, slug):
		case !slices.Contains(slugs, slug):
			a.problem(file, asked.For.Line, asked.For.Col, diag.RuleSearch, fmt.Sprintf("there is no article %q", slug), a.noArticle(slug, slugs))
		case has && !slices.Contains(ids[slug], id):
			a.problem(file, asked.For.Line, asked.For.Col, diag.RuleSearch, fmt.Sprintf("%q has no section #%s", slug, id), diag.DidYouMean(id, ids[slug]))
		}
	}
}

// resolve finds out where the links of a text lead.
func (a *assembly) resolve(text *source.Text, doc *markdown.Doc, lang string) {
	if doc == nil || len(doc.Holes) == 0 {
		return
	}
	targets := make([]Target, len(doc.Holes))
	for i, h := range doc.Holes {
		if h.Kind != markdown.Block {
			var problems diag.List
			targets[i], problems = a.follow(cmp.Or(h.File, text.File), lang, h)
			a.problems = append(a.problems, problems...)
		}
	}
	a.links[doc] = targets
}

// follow finds out where a link in a text leads.
func (a *assembly) follow(file, lang string, h markdown.Hole) (Target, diag.List) {
	below := strings.TrimPrefix(file, a.dir+"/")
	wrong := func(severity diag.Severity, rule diag.Rule, message, hint string) diag.List {
		return diag.List{{File: file, Line: h.Line, Col: h.Col, Severity: severity, Rule: rule, Message: message, Hint: hint}}
	}
	dest, fragment, hasFragment := strings.Cut(h.Dest, "#")
	if dest == "" && h.Kind == markdown.Picture {
		return Target{}, wrong(diag.Error, diag.RulePicture, "a picture without a file", "write its file's name between the parentheses")
	}
	if strings.Contains(dest, ":") || strings.HasPrefix(dest, "//") {
		return Target{}, wrong(diag.Error, diag.RuleLink, fmt.Sprintf("the link %q has a scheme that is not allowed", h.Dest), "links lead to https:, http: or mailto: addresses, or to files")
	}
	if strings.HasPrefix(dest, "/") {
		return Target{}, wrong(diag.Error, diag.RuleLink, fmt.Sprintf("the link %q begins at the root", h.Dest), "links are relative to the file: "+a.example(lang))
	}
	name := path.Join(path.Dir(below), dest)
	if dest == "" {
		name = below
	}
	t, ok := a.files[name]
	t.path = strings.Replace(t.path, anyLanguage, lang, 1)
	if slug, _, _ := strings.Cut(strings.TrimPrefix(name, "articles/"), "/"); !ok && a.draft(file, yamlfile.At[string]{Line: h.Line, Col: h.Col}, slug) {
		return Target{}, nil
	}
	if !ok {
		message := fmt.Sprintf("there is no file %s", path.Join(a.dir, name))
		a.missing[message] = true
		return Target{}, wrong(diag.Error, diag.RuleLinkFile, message, a.suggest(below, name, lang))
	}
	if t.picture != nil { // to be shown, or linked to, to be seen large
		return Target{Path: t.path, Picture: true, Width: t.picture.Width, Height: t.picture.Height}, nil
	}
	if h.Kind == markdown.Picture {
		return Target{}, wrong(diag.Error, diag.RulePicture, fmt.Sprintf("%s is no picture", dest), "a ! before [ makes a picture; take it away")
	}
	to := Target{Path: t.path, Page: strings.HasPrefix(name, "articles/")}
	if hasFragment && strings.Contains(fragment, "=") {
		to.Path += "#" + fragment // answers for the checker, or a choice of tabs: not an anchor
	} else if hasFragment && t.doc != nil {
		var ids []string
		for _, heading := range t.doc.Headings {
			if heading.ID != "" {
				ids = append(ids, heading.ID)
			}
		}
		if !slices.Contains(ids, fragment) {
			if a.elsewhere(name, fragment) {
				return Target{}, nil // that the languages differ is a problem already
			}
			hint := ""
			if near := diag.Nearest(fragment, ids); near != "" {
				hint = "did you mean #" + near + "?"
			} else if len(ids) > 0 {
				hint = "it has #" + strings.Join(ids, ", #")
			} else {
				hint = "its headings have no ids: link to the file, without #" + fragment
			}
			return Target{}, wrong(diag.Error, diag.RuleLinkAnchor, fmt.Sprintf("no heading #%s in %s", fragment, strings.TrimPrefix(name, "articles/")), hint)
		}
		to.Path += "#" + fragment
	}
	if other := path.Base(name); strings.HasSuffix(other, ".md") && other != lang+".md" {
		return to, wrong(diag.Warning, diag.RuleLinkLanguage, fmt.Sprintf("a text in %q links to %s", lang, other), "link to "+strings.TrimSuffix(dest, other)+lang+".md, or say in the text that the page is in another language")
	}
	return to, nil
}

// elsewhere reports that another language of an article has the heading.
func (a *assembly) elsewhere(name, id string) bool {
	for _, l := range a.Languages {
		other, ok := a.files[path.Join(path.Dir(name), l.Tag.Value+".md")]
		if ok && has(other.doc, id) {
			return strings.HasPrefix(name, "articles/")
		}
	}
	return false
}

func has(doc *markdown.Doc, id string) bool {
	return doc != nil && slices.ContainsFunc(doc.Headings, func(h markdown.Heading) bool { return h.ID == id })
}

// suggest gives a hint about a file that does not exist.
func (a *assembly) suggest(from, name, lang string) string {
	if _, ok := a.files[name+"/"+lang+".md"]; ok {
		return "link to the file: " + urlpath.Rel(from, name+"/"+lang+".md")
	}
	near := a.guessed.nearest(name, func() []string {
		var all []string
		for f := range a.files {
			if path.Ext(f) == path.Ext(name) {
				all = append(all, f)
			}
		}
		slices.Sort(all)
		return all
	})
	if near != "" {
		return "did you mean " + urlpath.Rel(from, near) + "?"
	}
	return "links are relative to the file that they stand in: " + a.example(lang)
}

// example is a link as it is right: to an article that is there.
func (a *assembly) example(lang string) string {
	slug := "flexible"
	if has := func(article *Article) bool { return article.Slug == slug }; len(a.Articles) > 0 && !slices.ContainsFunc(a.Articles, has) {
		slug = a.Articles[0].Slug
	}
	return "../" + slug + "/" + lang + ".md"
}

// noArticle gives a hint about an article that is not there.
func (a *assembly) noArticle(want string, slugs []string) string {
	const few = 24 // so many can be looked through, and named
	if len(slugs) <= few {
		return diag.DidYouMean(want, slugs)
	}
	if near := a.slugs.nearest(want, func() []string { return slugs }); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}
