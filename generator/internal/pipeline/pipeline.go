// Package pipeline makes the site: from the files of content and theme to the
// tree of the finished site.
//
// Law: it is a pure function. The same files give the same tree, byte for
// byte, on any machine and at any time; nothing is read or written but what is
// handed in and handed back. A memo saves work and changes nothing else.
package pipeline

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"time"

	"sslclinic/generator/internal/blocks"
	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/output"
	"sslclinic/generator/internal/search"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/client"
)

// Input is all that a site is made of.
type Input struct {
	Content, Theme       fs.FS
	ContentDir, ThemeDir string            // what the two are called, for messages and for links to the sources
	Beside               fs.FS             // folders, by name, that the theme may stand on; nil for none
	Client               fs.FS             // the checker's client; nil for the one that is compiled in
	Searching            fs.FS             // the client of the search; nil for the one that is compiled in
	Extra                map[string][]byte // assets beside the theme's, by name: the compiled checker
	Base                 string            // absolute URL of the root, ending in a slash; "" means the one in site.yaml
	Repository           string            // address of the sources; "" means the one in site.yaml
	Drafts               bool              // show drafts too
	Memo                 *markdown.Memo    // of the texts of an earlier build, when there may be more; nil for none
}

// Module is the asset's name under which pages expect the compiled checker.
const Module = "wasmcheck.wasm"

// Evidence is the same of the reader of what is pasted, which is fetched when
// something is; without it, nothing can be.
const Evidence = "evidence.wasm"

// Result is a finished site.
type Result struct {
	Tree      output.Tree
	Keep      output.Keep // what of earlier sites shall stay beside it
	Base      string      // the absolute URL that it was made for
	Addresses []string    // every page's and file's path, and every anchor as path#id, sorted; without assets
	Articles  int
	Languages int
	Facts     source.Facts      // for who knows what day it is
	Sources   map[string]string // the text that a page was made from, by the page's path in the tree
}

// Build makes the site. Problems are what is wrong with the files; with an
// error among them the result has no tree. An error means that a file cannot
// be read, or a mistake in the theme or in the generator.
func Build(in Input) (Result, diag.List, error) {
	content, problems, err := source.Load(in.Content, in.ContentDir)
	if err != nil {
		return Result{}, problems, err
	}
	if s := content.Site; !slices.ContainsFunc(s.Languages, func(l source.Language) bool { return l.Tag.Value == s.Default.Value }) {
		// Without its languages, everything else would look wrong.
		return Result{}, slices.DeleteFunc(problems, func(p diag.Problem) bool { return p.File != path.Join(in.ContentDir, "site.yaml") }).Sorted(), nil
	}
	if !in.Drafts {
		problems = content.HideDrafts(in.ContentDir, problems)
	}
	var languages []string
	for _, l := range content.Site.Languages {
		languages = append(languages, l.Tag.Value)
	}
	layers, more, err := theme.Layers(theme.Layer{FS: in.Theme, Dir: in.ThemeDir}, in.Beside)
	problems = append(problems, more...)
	if err != nil || more.Errors() > 0 {
		return Result{}, problems.Sorted(), err // without its base, everything else would look wrong
	}
	below := theme.Layer{FS: client.Files, Dir: "wasmcheck/client"}
	if in.Client != nil {
		below.FS = in.Client
	}
	asks := theme.Layer{FS: search.Client(), Dir: "generator/internal/search/client"}
	if in.Searching != nil {
		asks.FS = in.Searching
	}
	look, more, err := theme.Load(append(layers, below, asks), languages, blocks.Parts()...)
	problems = append(problems, more...)
	if err != nil {
		return Result{}, problems, err
	}
	words := slices.Clone(needed)
	if len(content.Glossary) > 0 {
		words = append(words, "glossary", "glossary_summary")
	}
	if slices.ContainsFunc(content.Published, func(a source.Address) bool { return a.Gone }) {
		words = append(words, "gone", "gone_now", "gone_near")
	}
	if len(content.Hosts.All) > 0 {
		words = append(words, hostWords(content.Hosts.All)...)
	}
	problems = append(problems, checkLabels(look, in.ThemeDir, languages, words)...)
	problems = append(problems, checkPictures(look, in.ThemeDir, languages)...)
	content.Site.Base.Value = cmp.Or(in.Base, content.Site.Base.Value)
	content.Site.Repository.Value = cmp.Or(in.Repository, content.Site.Repository.Value)
	base, err := url.Parse(content.Site.Base.Value)
	if err != nil {
		base = &url.URL{} // a problem of site.yaml already
	}

	converters := map[string]*markdown.Converter{}
	for _, lang := range languages {
		words := labels(look.Words(lang))
		words.Lang, words.Facts = lang, facts(content.Facts, lang)
		converters[lang] = markdown.New(words, blocks.Bodies(), included(content, lang))
	}
	assembled, more := site.Assemble(content, in.ContentDir, converters, in.Memo)
	problems = append(problems, more...)

	b := &builder{
		Site: assembled, theme: look, content: in.ContentDir, base: content.Site.Base.Value, root: base.EscapedPath(),
		figures: map[string]checkpages.Figures{}, tree: output.Tree{}, choices: choices(content), screens: content.Sketches,
	}
	if b.draws() {
		for _, lang := range languages {
			file := path.Join(in.ContentDir, "checker", lang+".yaml")
			words, ok := content.Words[lang]
			if !ok {
				problems = append(problems, diag.Problem{File: file, Rule: diag.RuleWords, Message: fmt.Sprintf("the figures have no words in %q", lang), Hint: "copy another language's file and translate it"})
				continue
			}
			problems = append(problems, checkpages.CheckWords(file, words)...)
			b.figures[lang] = checkpages.Figures{Lang: lang, Words: words, Theme: look}
		}
	}
	problems = append(problems, b.setUpChecker(languages)...)
	problems = append(problems, b.checkBlocks()...)
	problems = append(problems, blocks.CheckSketches(content.Sketches, path.Join(in.ContentDir, "sketches.yaml"))...)
	extra := map[string][]byte{}
	maps.Copy(extra, in.Extra)
	if b.checker != nil {
		for _, lang := range languages {
			extra[letters(lang)] = b.checker.Letters(lang)
			if extra[findings(lang)], err = b.findings(lang); err != nil {
				return Result{}, problems, err
			}
			if len(b.checker.Words.Evidence.Kinds) > 0 {
				if extra[readings(lang)], err = b.reading(lang); err != nil {
					return Result{}, problems, err
				}
			}
		}
	}
	if problems.Errors() == 0 {
		maps.Copy(extra, b.indexes(languages))
	}
	problems = append(problems, b.nameAssets(extra, languages)...)
	b.names = b.addresses()
	b.guesses = b.guessed()
	for at, a := range b.guesses {
		b.names[at] = b.names[a.Ticket()]
	}
	addresses := slices.Sorted(maps.Keys(b.names))
	more = b.keep(path.Join(in.ContentDir, "published.txt"), content.Published, addresses, in.Drafts)
	if whole(content, problems) {
		problems = append(problems, more...)
	}
	if problems.Errors() > 0 {
		return Result{}, problems.Sorted(), nil
	}

	maps.Copy(b.tree, b.assets.tree)
	if err := b.render(); err != nil {
		return Result{}, problems.Sorted(), err
	}
	b.feeds()
	return Result{
		Tree: b.tree, Keep: output.Keep{Below: assetsFolder, Runs: content.Site.KeptBuilds()},
		Base: b.base, Addresses: addresses, Articles: len(b.Articles), Languages: len(languages),
		Facts: content.Facts, Sources: b.sources(),
	}, problems.Sorted(), nil
}

// sources are the texts that pages were made from, by the path of the page.
func (b *builder) sources() map[string]string {
	all := map[string]string{}
	for _, l := range b.Languages {
		lang := l.Tag.Value
		for _, a := range b.Articles {
			text, _, _ := a.Text(lang)
			all[a.Path(lang)+"index.html"] = text.File
		}
		for _, p := range b.Pages {
			if text := p.Texts[lang]; text != nil {
				all[p.Path(lang)+"index.html"] = text.File
			}
		}
	}
	return all
}

// labels are the theme's words that the HTML of texts needs.
func labels(w theme.Words) markdown.Labels {
	return markdown.Labels{
		Alerts: map[string]string{
			"note": w["alert_note"], "tip": w["alert_tip"], "important": w["alert_important"],
			"warning": w["alert_warning"], "caution": w["alert_caution"],
		},
		HeadingLink: w["heading_link"], FootnoteBack: w["footnote_back"],
		Table: w["table_label"], Code: w["code_label"], TaskDone: w["task_done"], TaskOpen: w["task_open"],
	}
}

// facts are what texts in a language may refer to.
func facts(f source.Facts, lang string) map[string]markdown.Fact {
	all := map[string]markdown.Fact{}
	for words, r := range f.References(lang) {
		all[words] = markdown.Fact(r)
	}
	return all
}

// needed are the words that the generator itself asks a theme for.
var needed = []string{
	"alert_note", "alert_tip", "alert_important", "alert_warning", "alert_caution",
	"heading_link", "footnote_back", "table_label", "code_label", "task_done", "task_open", "date_layout",
	"search", "search_summary", "list", "list_summary", "support", "support_summary",
}

// checkLabels names the needed words that a language does not have.
func checkLabels(t *theme.Theme, dir string, languages, needed []string) diag.List {
	var problems diag.List
	for _, lang := range languages {
		words := t.Words(lang)
		for _, key := range needed {
			if len(words) > 0 && words[key] == "" {
				problems = append(problems, diag.Problem{File: path.Join(dir, "words", lang+".yaml"), Rule: diag.RuleTheme,
					Message: fmt.Sprintf("no word for %q, which the generator needs", key), Hint: fmt.Sprintf("add a line \"%s: …\"", key)})
			}
		}
	}
	return problems
}

// sharePicture is the asset that stands for a language's pages where a link to
// them is shared.
func sharePicture(lang string) string { return "og-" + lang + ".png" }

// checkPictures names the languages without a picture, in a theme that has
// one for another language: whether there are any is the theme's own affair.
func checkPictures(t *theme.Theme, dir string, languages []string) diag.List {
	var problems diag.List
	var have []string
	for name := range t.Assets() {
		if ok, _ := path.Match(sharePicture("*"), name); ok {
			have = append(have, name)
		}
	}
	if len(have) == 0 {
		return nil
	}
	for _, lang := range languages {
		if name := sharePicture(lang); !slices.Contains(have, name) {
			problems = append(problems, diag.Problem{File: path.Join(dir, "assets", name), Severity: diag.Warning, Rule: diag.RuleTheme,
				Message: fmt.Sprintf("links to the pages in %q are shared without a picture", lang), Hint: "make one of 1200 × 630 pixels, like " + slices.Min(have)})
		}
	}
	return problems
}

// checkBlocks names what is wrong with blocks, and pages that nothing shows.
func (b *builder) checkBlocks() diag.List {
	var problems diag.List
	check := func(text *source.Text, doc *markdown.Doc) {
		if doc == nil {
			return
		}
		for _, h := range doc.Holes {
			if h.Kind == markdown.Block {
				problems = append(problems, blocks.Check(b.choices, h, text.File)...)
			}
			problems = append(problems, b.chosen(h, text.File)...)
		}
	}
	for _, l := range b.Languages {
		lang := l.Tag.Value
		for _, a := range b.Articles {
			check(a.Texts[lang], a.Docs[lang])
		}
		for _, p := range b.Pages {
			check(p.Texts[lang], p.Docs[lang])
		}
	}
	for _, p := range b.Pages {
		if !slices.Contains(checkerPages, p.Slug) {
			problems = append(problems, diag.Problem{File: path.Join(b.content, "checker", p.Slug), Rule: diag.RuleStray, Message: fmt.Sprintf("the checker has no page %q", p.Slug), Hint: diag.DidYouMean(p.Slug, checkerPages)})
		}
	}
	return problems
}

// whole tells whether enough of the content could be read to say what it does
// not have.
func whole(c *source.Content, problems diag.List) bool {
	lost := func(texts map[string]*source.Text) bool {
		for _, t := range texts {
			if t.Lost {
				return true
			}
		}
		return len(texts) == 0
	}
	return !slices.ContainsFunc(c.Articles, func(a *source.Article) bool { return lost(a.Texts) }) &&
		!slices.ContainsFunc(c.Pages, func(p *source.Page) bool { return lost(p.Texts) }) &&
		!slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Hides })
}

// builder holds what the stages after assembly share. Only tree changes, and
// only between stages.
type builder struct {
	*site.Site
	theme   *theme.Theme
	content string // the content folder's name
	base    string // absolute URL of the root
	root    string // its path: / or /repo/
	assets  assets
	figures map[string]checkpages.Figures
	choices blocks.Choices
	screens source.Sketches
	checker *checkpages.Checker         // nil when the content has no words for it
	names   map[string]name             // every address of the site
	guesses map[string]*site.Article    // what leads on from addresses that people guess
	gone    map[string][]source.Address // what is gone for good, by the path of its page, in the ledger's order
	tree    output.Tree
}

// draws tells whether anything asks for a figure.
func (b *builder) draws() bool {
	if len(b.Words) > 0 || len(b.Pages) > 0 {
		return true
	}
	for _, a := range b.Articles {
		if a.Meta.Leg.Value != "" {
			return true
		}
		for _, d := range a.Docs {
			if slices.ContainsFunc(d.Holes, func(h markdown.Hole) bool { return h.Kind == markdown.Block }) {
				return true
			}
		}
	}
	return false
}

// date puts a day into both forms. The loader has seen to it that it is one.
func date(words theme.Words, day string) theme.Date {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return theme.Date{ISO: day, Text: day}
	}
	return theme.Date{ISO: day, Text: t.Format(words["date_layout"])}
}
