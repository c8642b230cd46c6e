// Package theme turns views into HTML with the templates, styles, scripts and
// words of a folder, and of those that it stands on.
//
// Law: a theme is values and functions of values. It is read once, checked
// whole, and from then on may be used from many goroutines; the same view
// gives the same bytes.
//
// The folder:
//
//	templates/*.html   definitions: one named for each page's Kind, for the
//	                   parts "legs" and "mini", and for those that blocks are
//	                   drawn with; the checker's own come with it, see
//	                   wasmcheck/client
//	styles/first/*.css joined in the order of their names into first.css: what the
//	                   head of a page and the top of its text need
//	styles/*.css       joined likewise into theme.css, which comes after
//	scripts/*.js       ES modules, an asset each
//	assets/*           assets as they are
//	words/ja.yaml      words of the interface, a file a language, the same keys
//	theme.yaml         the theme that it stands on, if any: see [Layer]
//
// Nothing is painted before what a head asks for is there, and each file costs a
// round trip, or two. So a page has in itself what its first screen needs,
// {{.Inline "first.css"}}, and its policy names that by its hash, {{.Hash
// "first.css"}}; theme.css is asked for behind the top of the text, and browsers
// paint what stands before it.
//
// An asset's address holds a hash of what is in it. Whoever names one says its
// plain name, and the address is put there: templates {{.Asset "theme.css"}},
// scripts import './case.js', stylesheets url(paper.png).
package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	minifycss "github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/yamlfile"
)

// Kinds are the kinds of pages, each the name of a template that a theme must
// define.
var kinds = []string{"article", "home", "section", "ticket", "root", "missing", "gone", "originleg", "glossary", "check", "step", "thinks", "catalogue", "hosts", "host", "articles", "search", "support"}

// parts are the templates that are rendered inside pages of more than one kind.
var parts = []string{"legs", "mini"}

// A Theme renders views. Make one with Load.
type Theme struct {
	templates *template.Template // minified
	written   *template.Template // as their author sees them, to say where a mistake is
	words     map[string]Words
	assets    map[string][]byte
	mentions  []Mention
	inlined   sync.Map // by name, what stands in pages
}

// Load reads a theme, the upper layer first, for the given languages. drawn are
// the parts that it has to define beside its own: those of blocks.
func Load(layers []Layer, languages []string, drawn ...string) (*Theme, diag.List, error) {
	l := loader{layers: layers, needs: slices.Concat(kinds, parts, drawn), minify: minifier()}
	t := &Theme{words: map[string]Words{}, assets: map[string][]byte{}}
	if err := errors.Join(l.loadTemplates(t), l.loadWords(t, languages), l.loadAssets(t)); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", layers[0].Dir, err)
	}
	t.mentions = l.mentions
	return t, l.problems, nil
}

// Assets gives the theme's assets by name: theme.css, scripts and pictures.
// The caller must not change them.
func (t *Theme) Assets() map[string][]byte { return t.assets }

// Mentions gives the places where the theme names assets: not only its own.
func (t *Theme) Mentions() []Mention { return t.mentions }

// Words gives the interface's words in a language.
func (t *Theme) Words(lang string) Words { return t.words[lang] }

// Page renders a page.
func (t *Theme) Page(p *Page) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(24 << 10)
	p.theme = t
	err := t.execute(&b, p.Kind, p)
	return bytes.Clone(b.Bytes()), err // without the buffer's spare room: there may be thousands
}

// Legs renders a figure of the two legs with its caption.
func (t *Theme) Legs(v Legs) (template.HTML, error) { return t.Part("legs", v) }

// Mini renders the small figure of an article's header.
func (t *Theme) Mini(v Legs) (template.HTML, error) { return t.Part("mini", v) }

// Part renders a part that Load was told of, with the view that it takes.
func (t *Theme) Part(name string, v any) (template.HTML, error) {
	var b strings.Builder
	err := t.execute(&b, name, v)
	return template.HTML(strings.TrimSpace(b.String())), err
}

// execute executes a template. Its error names the line that the theme's
// author sees, and not that of the minified template.
func (t *Theme) execute(w io.Writer, name string, v any) error {
	err := t.templates.ExecuteTemplate(w, name, v)
	if err == nil {
		return nil
	}
	if again := t.written.ExecuteTemplate(io.Discard, name, v); again != nil {
		return again
	}
	return err
}

type loader struct {
	layers   []Layer
	needs    []string // the templates that have to be there
	minify   *minify.M
	uses     []use // of words, by templates
	mentions []Mention
	problems diag.List
}

func (l *loader) problem(file string, line int, message, hint string) {
	l.problemAt(file, line, 0, message, hint)
}

func (l *loader) problemAt(file string, line, col int, message, hint string) {
	l.tell(l.where(file), line, col, message, hint)
}

// tell names a problem with a file that is called as its author would type it.
func (l *loader) tell(file string, line, col int, message, hint string) {
	l.problems = append(l.problems, diag.Problem{File: file, Line: line, Col: col, Message: message, Rule: diag.RuleTheme, Hint: hint})
}

// minifier takes away what a browser does not need. Templates are minified,
// not pages: that is done once, however many pages there are.
func minifier() *minify.M {
	m := minify.New()
	m.Add("text/html", &html.Minifier{
		KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepDefaultAttrVals: true,
		TemplateDelims: html.GoTemplateDelims,
	})
	m.AddFunc("text/css", minifycss.Minify)
	m.AddFunc("text/javascript", js.Minify)
	// Not "image/svg+xml": the HTML minifier would hand over the pictures
	// inside templates, and the SVG minifier does not know template delimiters.
	m.AddFunc("asset/svg", svg.Minify)
	return m
}

// functions are what templates may call beside the language's own.
var functions = template.FuncMap{
	// say fills a phrase's {placeholders}: say .Words.updated "date" .Updated.Text
	"say": func(phrase string, pairs ...string) (string, error) {
		if len(pairs)%2 != 0 {
			return "", errors.New("say wants a phrase and then names with values")
		}
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(phrase, "{"+pairs[i]+"}") {
				return "", fmt.Errorf("say: the phrase %q has no {%s}", phrase, pairs[i])
			}
			phrase = strings.ReplaceAll(phrase, "{"+pairs[i]+"}", pairs[i+1])
		}
		return phrase, nil
	},
	// list gives values to range over: range list "a" "b"
	"list":   func(items ...string) []string { return items },
	"anchor": Anchor,
	// breaks lets a name in capitals, ERR_TOO_MANY_REDIRECTS, break behind its underscores and nowhere else.
	"breaks": func(text string) template.HTML {
		return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(text), "_", "_<wbr>"))
	},
	// args gives a template several values by name, which it reads as $.Words and $.Cause:
	// args "Words" .Words "Cause" .
	"args": func(pairs ...any) (map[string]any, error) {
		all := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			name, ok := pairs[i].(string)
			if _, twice := all[name]; !ok || twice || i+1 == len(pairs) {
				return nil, errors.New("args wants names, each once and with a value")
			}
			all[name] = pairs[i+1]
		}
		return all, nil
	},
}

// Anchor makes an id of a page from a public one: of "do" and "set_strict" it
// makes do-set-strict. In templates it is the function anchor.
func Anchor(kind, id string) string {
	return kind + "-" + strings.NewReplacer("_", "-", "=", "-", "+", "-").Replace(id)
}

func (l *loader) loadWords(t *Theme, languages []string) error {
	all := map[string]map[string]yamlfile.At[string]{}
	keys := map[string]bool{}
	for _, lang := range languages {
		file := "words/" + lang + ".yaml"
		data, err := l.read(file)
		if errors.Is(err, fs.ErrNotExist) {
			l.problem(file, 0, fmt.Sprintf("the theme has no words in the language %q", lang), "copy another language's file and translate it")
			continue
		}
		if err != nil {
			return err
		}
		words := map[string]yamlfile.At[string]{}
		problems := yamlfile.Decode(l.where(file), 0, data, &words)
		l.problems = append(l.problems, problems...)
		t.words[lang] = Words{}
		for key, word := range words {
			t.words[lang][key] = word.Value
		}
		if slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Hides }) {
			continue // which words it has is not known
		}
		all[lang] = words
		for key := range words {
			keys[key] = true
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(all)) {
		file, words := "words/"+lang+".yaml", all[lang]
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if word := words[key]; strings.TrimSpace(word.Value) == "" {
				l.problemAt(file, word.Line, word.Col, fmt.Sprintf("no word for %q, which another language has", key), fmt.Sprintf("add a line \"%s: …\"", key))
			}
		}
		for _, u := range l.uses {
			word := words[u.key]
			if !keys[u.key] {
				hint := fmt.Sprintf("add a line \"%s: …\" to the words of every language", u.key)
				if near := diag.Nearest(u.key, slices.Sorted(maps.Keys(keys))); near != "" {
					hint = fmt.Sprintf("did you mean %q?", near)
				}
				l.tell(u.file, u.line, 0, fmt.Sprintf("no language has a word for %q", u.key), hint)
			}
			for _, name := range u.fills {
				if word.Value != "" && !strings.Contains(word.Value, "{"+name+"}") {
					l.problemAt(file, word.Line, word.Col, fmt.Sprintf("the phrase %q does not say {%s}", u.key, name), fmt.Sprintf("put it where the value stands; %s fills it in", u.file))
				}
			}
		}
	}
	l.problems = l.problems.Sorted() // a word that two templates use is named once
	return nil
}

func (l *loader) loadAssets(t *Theme) error {
	for name, pattern := range map[string]string{"first.css": "styles/first/*.css", "theme.css": "styles/*.css"} {
		if err := l.join(t, name, pattern); err != nil {
			return err
		}
	}
	for _, dir := range []string{"scripts", "assets"} {
		entries, err := l.entries(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			file := path.Join(dir, e.Name())
			switch {
			case strings.HasPrefix(e.Name(), ".") || strings.HasSuffix(e.Name(), "~"):
				continue // what a system or an editor leaves behind
			case e.IsDir():
				l.problem(file, 0, "a folder among the assets", "assets stand side by side")
				continue
			case e.Type()&fs.ModeSymlink != 0:
				l.problem(file, 0, "a symbolic link", "put the file itself here")
				continue
			case !e.Type().IsRegular():
				l.problem(file, 0, "not a file", "take it away")
				continue
			case assetName.FindString(e.Name()) == "":
				l.problem(file, 0, fmt.Sprintf("the name %q is not made of a-z, 0-9, hyphens, dots and underlines", e.Name()), "rename it: it is a part of addresses")
				continue
			}
			data, err := l.read(file)
			if err != nil {
				return err
			}
			if _, taken := t.assets[e.Name()]; taken {
				l.problem(file, 0, fmt.Sprintf("two assets are named %q", e.Name()), "rename one of them")
				continue
			}
			l.mention(file, e.Name(), data)
			switch path.Ext(file) {
			case ".js":
				data = l.smaller(file, "text/javascript", data)
			case ".svg":
				data = l.smaller(file, "asset/svg", data)
			}
			t.assets[e.Name()] = data
		}
	}
	return nil
}

// join makes one asset of stylesheets.
func (l *loader) join(t *Theme, name, pattern string) error {
	files, err := l.files(pattern)
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	for _, file := range files {
		data, err := l.read(file)
		if err != nil {
			return err
		}
		l.checkStyle(file, data)
		l.mention(file, name, data)
		sheet.Write(data)
		sheet.WriteByte('\n')
	}
	if len(files) > 0 || name == "theme.css" {
		t.assets[name] = l.smaller("styles", "text/css", sheet.Bytes())
	}
	return nil
}

var assetName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)

// smaller minifies data; what cannot be parsed is a problem and stays as it is.
func (l *loader) smaller(file, mediatype string, data []byte) []byte {
	small, err := l.minify.Bytes(mediatype, data)
	var at *parse.Error
	switch {
	case errors.As(err, &at):
		l.problemAt(file, at.Line, at.Column, at.Message, "a browser would not run it either")
	case err != nil:
		l.problem(file, 0, "cannot be minified: "+err.Error(), "")
	default:
		return small
	}
	return data
}

// checkStyle names what swallows the rest of a stylesheet, and of those that
// are joined to it: the minifier passes it on.
func (l *loader) checkStyle(file string, data []byte) {
	var open []int // lines of the brackets that wait for their end
	line := 1
	lexer := css.NewLexer(parse.NewInputBytes(slices.Clone(data)))
	for {
		kind, text := lexer.Next()
		switch kind {
		case css.ErrorToken:
			for _, at := range open {
				l.problem(file, at, "a bracket is opened and not closed", "close it with } ) or ]")
			}
			return
		case css.LeftBraceToken, css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
			open = append(open, line)
		case css.RightBraceToken, css.RightParenthesisToken, css.RightBracketToken:
			if len(open) == 0 {
				l.problem(file, line, fmt.Sprintf("%q closes nothing", text), "take it away, or open a bracket before it")
				return
			}
			open = open[:len(open)-1]
		case css.BadStringToken, css.BadURLToken:
			l.problem(file, line, "a text between quotes does not end on its line", "close it with the quote that it began with")
		case css.CommentToken:
			if !bytes.HasSuffix(text, []byte("*/")) {
				l.problem(file, line, "a comment does not end", "end it with */")
			}
		}
		line += bytes.Count(text, []byte("\n"))
	}
}
