// Package source reads the content folder: what its authors wrote, before
// anything is made of it.
//
// Law: every file below the folder is either understood or named as a problem.
// Nothing is skipped in silence.
//
//	site.yaml                 the site: languages, sections, addresses
//	articles/<slug>/          article.yaml, a Markdown file a language, pictures
//	glossary.yaml             terms with their readings and synonyms
//	checker/<lang>.yaml       words of figures and of the checker
//	checker/<ids>.yaml        words of the engine's ids: questions, causes, …
//	checker/<page>/<lang>.md  texts of the checker's pages
//	published.txt             every address that was ever published, and what became of it
package source

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

// Content is everything that the folder holds. With problems it holds what
// could be understood, so that later stages find theirs in the same run.
type Content struct {
	Site      Site
	Articles  []*Article // in the order of their slugs
	Drafts    []string   // slugs of articles that were taken out of Articles
	Pages     []*Page    // the checker's, in the order of their names
	Words     map[string]Words
	Glossary  []Term
	Checker   Checker
	Published []Address
}

// Site is site.yaml.
type Site struct {
	Base       yamlfile.At[string] `yaml:"base,required"` // absolute URL of the root, ending in a slash
	Repository yamlfile.At[string] `yaml:"repository"`    // of the sources; empty when there is none to show
	Default    yamlfile.At[string] `yaml:"default,required"`
	Languages  []Language          `yaml:"languages,required"`
	Sections   []Section           `yaml:"sections,required"`
	KeepAssets yamlfile.At[string] `yaml:"keep_assets"` // see KeptBuilds
}

// KeptBuilds is for how many builds, of those that change something, an asset
// stays after the last page that asks for it has changed.
func (s Site) KeptBuilds() int {
	n, _ := strconv.Atoi(s.KeepAssets.Value) // what is no number is a problem already
	return n
}

// assetBuilds is what keep_assets may say.
var assetBuilds = regexp.MustCompile(`^[0-9]{1,3}$`)

// Language is a language of the site.
type Language struct {
	Tag         yamlfile.At[string] `yaml:"tag,required"`    // BCP 47: ja
	Locale      string              `yaml:"locale,required"` // Open Graph: ja_JP
	Name        string              `yaml:"name,required"`   // in itself: 日本語
	Title       string              `yaml:"title,required"`  // the site's name
	Description string              `yaml:"description,required"`
}

// Section groups articles; its address is its id.
type Section struct {
	ID          yamlfile.At[string]   `yaml:"id,required"`
	Title       map[string]string     `yaml:"title,required"` // by language
	Description map[string]string     `yaml:"description,required"`
	Articles    []yamlfile.At[string] `yaml:"articles"` // slugs of those that come first, in this order
}

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

// Page is a page of the checker that has a text.
type Page struct {
	Slug  string
	Texts map[string]*Text
}

// Text is a Markdown file.
type Text struct {
	File  string // as the user would type it
	Front Front
	Line  int // lines above Body in the file
	Body  []byte
	Lost  bool // nothing but File is known, because the file cannot be read as a text
}

// Front is the front matter of a Markdown file.
type Front struct {
	Title      string            `yaml:"title,required"`
	Summary    string            `yaml:"summary,required"`
	Messages   []Message         `yaml:"messages"`
	Keywords   []string          `yaml:"keywords"`
	Translated map[string]string `yaml:"translated"` // heading id → hash of the source's section

	read bool // so that what is missing is missing, and not merely unknown
}

// Message is an exact text on a reader's screen.
type Message struct {
	Where string `yaml:"where,required"`
	Text  string `yaml:"text,required"`
}

// Address is a line of published.txt: "/ja/old/", "/ja/old/ gone" or
// "/ja/old/ gone /ja/new/#there".
type Address struct {
	Line int
	Path string // a page's or a file's path, or one with #anchor
	Gone bool   // for good
	Now  string // the address that replaced it, when Col says that there is one
	Col  int    // where Now stands, in characters from 1; 0 when nothing is named
}

// Words are the words of figures and of the checker in one language.
type Words struct {
	Stations struct {
		Visitor string `yaml:"visitor,required"`
		Edge    string `yaml:"edge,required"`
		Origin  string `yaml:"origin,required"`
	} `yaml:"stations,required"`
	Legs struct {
		Visitor string `yaml:"visitor,required"`
		Origin  string `yaml:"origin,required"`
	} `yaml:"legs,required"`
	Modes       map[string]yamlfile.At[string] `yaml:"modes,required"`
	Schemes     map[string]yamlfile.At[string] `yaml:"schemes,required"`
	Ports       map[string]yamlfile.At[string] `yaml:"ports,required"`
	Protections map[string]Protection          `yaml:"protections,required"`
	Redirect    string                         `yaml:"redirect,required"`
	Direct      string                         `yaml:"direct,required"`
	Failing     string                         `yaml:"failing,required"`
	Figure      yamlfile.At[string]            `yaml:"figure,required"`    // with {mode} {scheme} {visitor} {origin}
	Sentences   yamlfile.At[string]            `yaml:"sentences,required"` // one after the other: {first} {second}
	Pair        yamlfile.At[string]            `yaml:"pair,required"`      // what is named, and what is said of it: {name} {what}
	Table       struct {
		Caption string `yaml:"caption,required"`
		Mode    string `yaml:"mode,required"`
		Scheme  string `yaml:"scheme,required"`
		Visitor string `yaml:"visitor,required"`
		Origin  string `yaml:"origin,required"`
		Port    string `yaml:"port,required"`
	} `yaml:"table,required"`
}

// Protection is what one protection of a leg is called and means.
type Protection struct {
	Name    yamlfile.At[string] `yaml:"name,required"`
	Short   string              `yaml:"short,required"`
	Means   string              `yaml:"means,required"`
	Reader  string              `yaml:"reader,required"`
	Changer string              `yaml:"changer,required"`
}

// What an article can be, and which leg it can be about.
var (
	Kinds = []string{"error", "symptom", "concept", "howto", "reference"}
	legs  = []string{"visitor", "origin", "both"}
)

// largest is the most that one Markdown file may measure, in bytes.
const largest = 1 << 20

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
		case name == "glossary.yaml":
			c.Glossary = l.glossary(name, &c.Site)
		case name == "published.txt":
			c.Published = l.published(name)
		case name == "articles" && e.IsDir():
			c.Articles = l.articles(&c.Site)
		case name == "checker" && e.IsDir():
			l.checker(c)
		default:
			l.problem(name, 0, 0, diag.RuleStray, "nothing here is called "+name, "the content folder holds site.yaml, glossary.yaml, published.txt, articles and checker")
		}
	}
	if l.failure != nil {
		return nil, nil, fmt.Errorf("%s: %w", dir, l.failure)
	}
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

type loader struct {
	fsys     fs.FS
	dir      string
	problems diag.List
	failure  error // the first failure to read
	unlisted Unlisted
}

func (l *loader) problem(file string, line, col int, rule diag.Rule, message, hint string) {
	l.problems = append(l.problems, diag.Problem{File: path.Join(l.dir, file), Line: line, Col: col, Rule: rule, Message: message, Hint: hint})
}

// at names a problem with a value that a YAML file says.
func at[T any](l *loader, file string, v yamlfile.At[T], rule diag.Rule, message, hint string) {
	l.problem(file, v.Line, v.Col, rule, message, hint)
}

// Unlisted remembers which words in a language that the site does not have were
// named already: once a file. They do no harm, and a site that leaves a language
// out may keep them.
type Unlisted map[string]bool

// Warn names words in the language tag, unless it has done so for the file. tags
// are the languages that the site has.
func (u Unlisted) Warn(file string, line, col int, tag string, tags []string) diag.List {
	if u[file+tag] {
		return nil
	}
	u[file+tag] = true
	return diag.List{{
		File: file, Line: line, Col: col, Severity: diag.Warning, Rule: diag.RuleLanguage,
		Message: fmt.Sprintf("words in %q are not used: it is none of the languages", tag), Hint: diag.DidYouMean(tag, tags),
	}}
}

func (l *loader) unused(file string, line, col int, tag string, tags []string) {
	l.problems = append(l.problems, l.unlisted.Warn(path.Join(l.dir, file), line, col, tag, tags)...)
}

// list gives a folder's entries, without those that a system or an editor
// leaves behind, and names those whose name cannot be a URL. A folder with such
// a name is given all the same: what is in it has to be looked at too.
func (l *loader) list(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.failure = cmp.Or(l.failure, err)
		return nil
	}
	var kept []fs.DirEntry
	for _, e := range entries {
		name, file := e.Name(), path.Join(dir, e.Name())
		stem := strings.TrimSuffix(name, path.Ext(name))
		switch {
		case strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~"):
		case e.Type()&fs.ModeSymlink != 0:
			l.problem(file, 0, 0, diag.RuleFile, "a symbolic link", "put the file itself here")
		case !e.IsDir() && !e.Type().IsRegular():
			l.problem(file, 0, 0, diag.RuleFile, "not a file", "take it away")
		case slices.ContainsFunc(strings.Split(stem, "."), func(part string) bool { return !urlpath.IsSlug(part) }) || strings.ToLower(name) != name:
			l.problem(file, 0, 0, diag.RuleFileName, fmt.Sprintf("the name %q is not made of a-z, 0-9 and hyphens", name), "rename it to "+slug(name))
			if e.IsDir() && (dir == "articles" || dir == "checker") {
				kept = append(kept, e)
			}
		default:
			kept = append(kept, e)
		}
	}
	return kept
}

// slug makes a name that is allowed out of one that is not.
func slug(name string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.':
			return r
		}
		return '-'
	}, strings.ToLower(name))
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' })
	s = strings.ReplaceAll(strings.Join(parts, "-"), "-.", ".")
	if s = strings.Trim(s, "-."); strings.HasPrefix(path.Ext(name), "."+s) || s == "" {
		return "a name such as error-525"
	}
	return s
}

// read gives a text file's bytes, and names what makes it no such file.
func (l *loader) read(file string) ([]byte, bool) {
	data, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.failure = cmp.Or(l.failure, err)
		return nil, false
	}
	if bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) {
		l.problem(file, 1, 1, diag.RuleFile, "the file begins with a byte order mark", "save it as UTF-8 without one")
		data = data[3:]
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		line, col := invalid(data)
		l.problem(file, line, col, diag.RuleFile, "these bytes are not UTF-8 text", "save the file as UTF-8")
		return nil, false
	}
	if len(data) > largest {
		l.problem(file, 0, 0, diag.RuleFile, fmt.Sprintf("the file is larger than %d KiB", largest>>10), "cut it into several articles")
		return nil, false
	}
	return data, true
}

// invalid gives the place of the first byte that is not text.
func invalid(data []byte) (line, col int) {
	line, col = 1, 1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			break
		}
		if i, col = i+size, col+1; r == '\n' {
			line, col = line+1, 1
		}
	}
	return line, col
}

func (l *loader) yaml(file string, data []byte, v any) {
	l.problems = append(l.problems, yamlfile.Decode(path.Join(l.dir, file), 0, data, v)...)
}

func (l *loader) checkSite(s *Site) {
	const file = "site.yaml"
	wrong := func(v yamlfile.At[string], hint, format string, args ...any) {
		at(l, file, v, diag.RuleSite, fmt.Sprintf(format, args...), hint)
		l.problems[len(l.problems)-1].Hides = true
	}
	if b := s.Base; b.Value != "" && !IsBase(b.Value) {
		wrong(b, "write https://example.org/ or https://name.github.io/repository/", "the base %q is not an address that ends in a slash", b.Value)
	}
	if r := s.Repository; r.Value != "" && !isAddress(r.Value) {
		wrong(r, "write https://github.com/name/repository", "the repository %q is not an address", r.Value)
	}
	s.Repository.Value = strings.TrimSuffix(s.Repository.Value, "/")
	if k := s.KeepAssets; k.Value != "" && !assetBuilds.MatchString(k.Value) {
		wrong(k, "write keep_assets: 3, or 0 to keep none", "%q is no number of builds to keep assets for", k.Value)
	}
	var tags, ids []string
	var languages []Language // without those that nothing can be named by
	for _, lang := range s.Languages {
		switch tag := lang.Tag.Value; {
		case tag == "": // named already
			continue
		case slices.Contains(tags, tag):
			wrong(lang.Tag, "keep one", "the language %q is there twice", tag)
			continue
		case !urlpath.IsSlug(tag):
			wrong(lang.Tag, "write ja, en, pt-br …", "%q is not a language tag", tag)
		case slices.Contains(outside, tag):
			wrong(lang.Tag, "write ja, en, pt-br …", "a language cannot be called %q: the site has pages of its own there", tag)
		}
		tags, languages = append(tags, lang.Tag.Value), append(languages, lang)
	}
	s.Languages = languages
	if len(tags) > 0 && s.Default.Value != "" && !slices.Contains(tags, s.Default.Value) {
		wrong(s.Default, diag.DidYouMean(s.Default.Value, tags), "the default %q is none of the languages", s.Default.Value)
	}
	for _, sec := range s.Sections {
		switch id := sec.ID.Value; {
		case id == "": // named already
		case slices.Contains(ids, id):
			wrong(sec.ID, "keep one", "the section %q is there twice", id)
		case !urlpath.IsSlug(id):
			wrong(sec.ID, "it is a part of addresses", "the section's id %q is not made of a-z, 0-9 and hyphens", id)
		case slices.Contains(Reserved, id):
			wrong(sec.ID, "the site has a page of its own there", "a section cannot be called %q", id)
		}
		ids = append(ids, sec.ID.Value)
		for _, words := range []struct {
			key string
			in  map[string]string
		}{{"title", sec.Title}, {"description", sec.Description}} {
			for _, tag := range tags {
				if len(words.in) > 0 && strings.TrimSpace(words.in[tag]) == "" {
					wrong(sec.ID, fmt.Sprintf("add \"%s: …\" to its %s", tag, words.key), "the section %q has no %s in %q", sec.ID.Value, words.key, tag)
				}
			}
			for _, tag := range slices.Sorted(maps.Keys(words.in)) {
				if !slices.Contains(tags, tag) && len(tags) > 0 {
					l.unused(file, sec.ID.Line, sec.ID.Col, tag, tags)
				}
			}
		}
		for i, slug := range sec.Articles {
			if slices.ContainsFunc(sec.Articles[:i], func(v yamlfile.At[string]) bool { return v.Value == slug.Value }) {
				wrong(slug, "keep one", "the article %q is there twice", slug.Value)
			}
		}
	}
}

// isAddress tells whether s is an absolute address of the web.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil && !strings.ContainsAny(s, " \n")
}

// IsBase tells whether a site can stand under the address: an absolute one
// that ends in a slash, with nothing in it that a browser would take away.
func IsBase(address string) bool {
	u, err := url.Parse(address)
	if err != nil || !isAddress(address) || strings.HasSuffix(u.Host, ":") {
		return false
	}
	if port := u.Port(); port != "" {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
	}
	return !strings.ContainsAny(address, "?#\"<>\\") && (u.Path == "/" || path.Clean(u.Path)+"/" == u.Path)
}

// Names that pages of the site's own have, or will have.
var (
	Reserved = []string{"check", "glossary", "search"} // below a language
	outside  = []string{"assets", "k"}                 // beside the languages
)

func (l *loader) published(file string) []Address {
	data, ok := l.read(file)
	if !ok {
		return nil
	}
	var all []Address
	seen := map[string]bool{}
	for i, line := range strings.Split(string(data), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		a := Address{Line: i + 1, Path: strings.TrimPrefix(words[0], "/"), Gone: len(words) > 1}
		col := func(word int) int {
			at := 0
			for _, w := range words[:word] {
				at += strings.Index(line[at:], w) + len(w)
			}
			return utf8.RuneCountInString(line[:at+strings.Index(line[at:], words[word])]) + 1
		}
		const hint = "write \"/ja/old/ gone\", or \"/ja/old/ gone /ja/new/#there\" with the address that replaced it"
		switch {
		case a.Gone && words[1] != "gone":
			l.problem(file, i+1, col(1), diag.RulePublished, fmt.Sprintf("unknown word %q after an address", words[1]), hint)
			continue
		case len(words) > 3:
			l.problem(file, i+1, col(3), diag.RulePublished, fmt.Sprintf("%q is one word too many", words[3]), hint)
			continue
		case seen[a.Path]:
			l.problem(file, i+1, 0, diag.RulePublished, fmt.Sprintf("the address /%s is there twice", a.Path), "keep one")
			continue
		case len(words) == 3:
			a.Now, a.Col = strings.TrimPrefix(words[2], "/"), col(2)
		}
		seen[a.Path] = true
		all = append(all, a)
	}
	return all
}

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

func known(site *Site, tag string) bool {
	return slices.ContainsFunc(site.Languages, func(l Language) bool { return l.Tag.Value == tag })
}

func tags(site *Site) []string {
	var all []string
	for _, l := range site.Languages {
		all = append(all, l.Tag.Value)
	}
	return all
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

// text reads a Markdown file with its front matter.
func (l *loader) text(site *Site, file string) *Text {
	tag := strings.TrimSuffix(path.Base(file), ".md")
	if !known(site, tag) && len(site.Languages) > 0 {
		// The text is another's, or nobody's: nothing more is said about it.
		l.problem(file, 0, 0, diag.RuleStray, fmt.Sprintf("the site has no language %q", tag), diag.DidYouMean(tag, tags(site))+"; take the file away, or add the language to site.yaml")
		return nil
	}
	t := &Text{File: path.Join(l.dir, file)}
	data, ok := l.read(file)
	if !ok {
		t.Lost = true
		return t
	}
	t.Body = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	const hint = "begin with a line ---, then title: and summary:, then a line ---"
	front, rest, ok := cutFront(t.Body)
	switch {
	case !isFence(t.Body):
		l.problem(file, 1, 1, diag.RuleFrontMatter, "the file does not begin with front matter", hint)
		return t
	case !ok:
		l.problem(file, 1, 1, diag.RuleFrontMatter, "the front matter does not end", hint)
		t.Lost = true
		return t
	}
	t.Body, t.Line = rest, bytes.Count(t.Body[:len(t.Body)-len(rest)], []byte("\n"))
	problems := yamlfile.Decode(t.File, 1, front, &t.Front)
	l.problems = append(l.problems, problems...)
	t.Front.read = !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Hides })
	for _, line := range []struct{ key, value string }{{"title", t.Front.Title}, {"summary", t.Front.Summary}} {
		if strings.Contains(strings.TrimSpace(line.value), "\n") {
			l.problem(file, 1, 0, diag.RuleFrontMatter, line.key+" holds a line break", "write it on one line, or after > instead of |")
		}
	}
	if len(bytes.TrimSpace(rest)) == 0 {
		l.problem(file, 0, 0, diag.RuleArticle, "there is no text below the front matter", "write it, or take the file away")
	}
	return t
}

// cutFront gives the front matter without its fences, and what follows it.
func cutFront(text []byte) (front, body []byte, ok bool) {
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	for at := 0; at < len(rest); {
		if isFence(rest[at:]) {
			_, body, _ := bytes.Cut(rest[at:], []byte("\n"))
			return rest[:at], body, true
		}
		next := bytes.IndexByte(rest[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return nil, nil, false
}

// isFence tells whether text begins with a line ---, which may end in blanks.
func isFence(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return string(bytes.TrimRight(line, " \t")) == "---"
}

func (l *loader) checker(c *Content) {
	for _, e := range l.list("checker") {
		name, file := e.Name(), "checker/"+e.Name()
		tag, isWords := strings.CutSuffix(name, ".yaml")
		switch {
		case e.IsDir():
			p := &Page{Slug: name, Texts: map[string]*Text{}}
			for _, e := range l.list(file) {
				if tag, ok := strings.CutSuffix(e.Name(), ".md"); ok && !e.IsDir() {
					if t := l.text(&c.Site, path.Join(file, e.Name())); t != nil {
						p.Texts[tag] = t
					}
				} else {
					l.problem(path.Join(file, e.Name()), 0, 0, diag.RuleStray, "nothing here is called "+e.Name(), "a page of the checker holds a Markdown file a language")
				}
			}
			for _, tag := range tags(&c.Site) {
				if p.Texts[tag] == nil && tag != "" {
					l.problem(path.Join(file, tag+".md"), 0, 0, diag.RuleWords, "the page has no text in this language", "copy another language's file and translate it")
				}
			}
			c.Pages = append(c.Pages, p)
		case c.Checker.part(name) != nil:
			if data, ok := l.read(file); ok {
				l.yaml(file, data, c.Checker.part(name))
			}
		case isWords && (known(&c.Site, tag) || len(c.Site.Languages) == 0):
			var w Words
			if data, ok := l.read(file); ok {
				l.yaml(file, data, &w)
			}
			c.Words[tag] = w
		case isWords:
			l.problem(file, 0, 0, diag.RuleStray, fmt.Sprintf("the site has no language %q", tag), diag.DidYouMean(tag, tags(&c.Site)))
		default:
			l.problem(file, 0, 0, diag.RuleStray, "nothing here is called "+name, "the folder holds a YAML file of words a language, questions, causes, actions, outcomes, rules and products, and a folder a page")
		}
	}
}
