// Package theme turns views into HTML with the templates, styles, scripts and
// words of one folder.
//
// Law: a theme is values and functions of values. It is read once, checked
// whole, and from then on may be used from many goroutines; the same view
// gives the same bytes.
//
// The folder:
//
//	templates/*.html   definitions: one named for each page's Kind, and for
//	                   the parts "legs", "mini" and "modes"
//	styles/*.css       joined in the order of their names into theme.css
//	scripts/*.js       ES modules, an asset each
//	assets/*           assets as they are
//	words/ja.yaml      words of the interface, a file a language, the same keys
package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/yamlfile"
)

// Kinds are the kinds of pages, each the name of a template that a theme must
// define.
var kinds = []string{"article", "home", "section", "ticket", "root", "missing", "wire"}

// parts are the templates that are rendered inside articles.
var parts = []string{"legs", "mini", "modes"}

// A Theme renders views. Make one with Load.
type Theme struct {
	templates *template.Template
	words     map[string]Words
	assets    map[string][]byte
}

// Load reads a theme for the given languages. Problems name the theme's files
// below dir, which is only for messages.
func Load(fsys fs.FS, dir string, languages []string) (*Theme, diag.List, error) {
	l := loader{fsys: fsys, dir: dir, minify: minifier()}
	t := &Theme{words: map[string]Words{}, assets: map[string][]byte{}}
	if err := errors.Join(l.loadTemplates(t), l.loadWords(t, languages), l.loadAssets(t)); err != nil {
		return nil, nil, err
	}
	return t, l.problems, nil
}

// Assets gives the theme's assets by name: theme.css, scripts and pictures.
// The caller must not change them.
func (t *Theme) Assets() map[string][]byte { return t.assets }

// Words gives the interface's words in a language.
func (t *Theme) Words(lang string) Words { return t.words[lang] }

// Page renders a page.
func (t *Theme) Page(p *Page) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(24 << 10)
	err := t.templates.ExecuteTemplate(&b, p.Kind, p)
	return bytes.Clone(b.Bytes()), err // without the buffer's spare room: there may be thousands
}

// Legs renders a figure of the two legs with its caption.
func (t *Theme) Legs(v Legs) (template.HTML, error) { return t.part("legs", v) }

// Mini renders the small figure of an article's header.
func (t *Theme) Mini(v Legs) (template.HTML, error) { return t.part("mini", v) }

// Modes renders the matrix of modes.
func (t *Theme) Modes(v Modes) (template.HTML, error) { return t.part("modes", v) }

func (t *Theme) part(name string, v any) (template.HTML, error) {
	var b strings.Builder
	err := t.templates.ExecuteTemplate(&b, name, v)
	return template.HTML(strings.TrimSpace(b.String())), err
}

type loader struct {
	fsys     fs.FS
	dir      string
	minify   *minify.M
	problems diag.List
}

func (l *loader) problem(file string, line int, message, hint string) {
	l.problems = append(l.problems, diag.Problem{File: path.Join(l.dir, file), Line: line, Message: message, Rule: "theme", Hint: hint})
}

// minifier takes away what a browser does not need. Templates are minified,
// not pages: that is done once, however many pages there are.
func minifier() *minify.M {
	m := minify.New()
	m.Add("text/html", &html.Minifier{
		KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepDefaultAttrVals: true,
		TemplateDelims: html.GoTemplateDelims,
	})
	m.AddFunc("text/css", css.Minify)
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
	// pair gives a template that takes one value two of them: pair .Page .Item
	"pair": func(a, b any) [2]any { return [2]any{a, b} },
}

var templateError = regexp.MustCompile(`^template: ([^:]+):(\d+):(?:\d+:)? ?(.*)$`)

func (l *loader) loadTemplates(t *Theme) error {
	t.templates = template.New("").Option("missingkey=error").Funcs(functions)
	files, err := fs.Glob(l.fsys, "templates/*.html")
	if err != nil {
		return err
	}
	broken := false
	for _, file := range files {
		data, err := fs.ReadFile(l.fsys, file)
		if err != nil {
			return err
		}
		// Parse the source first, so that a mistake has the line that its
		// author sees.
		if _, err := template.New(path.Base(file)).Funcs(functions).Parse(string(data)); err != nil {
			broken = true
			line, message := 0, err.Error()
			if m := templateError.FindStringSubmatch(message); m != nil {
				line, _ = strconv.Atoi(m[2])
				message = m[3]
			}
			l.problem(file, line, message, "")
			continue
		}
		small, err := l.minify.Bytes("text/html", data)
		if err != nil {
			l.problem(file, 0, "the template cannot be minified: "+err.Error(), "")
			small = data
		}
		if _, err := t.templates.New(path.Base(file)).Parse(string(small)); err != nil {
			return fmt.Errorf("%s: minified: %w", file, err)
		}
	}
	for _, name := range slices.Concat(kinds, parts) {
		if !broken && t.templates.Lookup(name) == nil {
			l.problem("templates", 0, fmt.Sprintf("no template defines %q", name), fmt.Sprintf("add {{define %q}}…{{end}}", name))
		}
	}
	return nil
}

func (l *loader) loadWords(t *Theme, languages []string) error {
	keys := map[string]bool{}
	for _, lang := range languages {
		file := "words/" + lang + ".yaml"
		data, err := fs.ReadFile(l.fsys, file)
		if errors.Is(err, fs.ErrNotExist) {
			l.problem(file, 0, fmt.Sprintf("the theme has no words in the language %q", lang), "copy another language's file and translate it")
			continue
		}
		if err != nil {
			return err
		}
		words := Words{}
		l.problems = append(l.problems, yamlfile.Decode(path.Join(l.dir, file), 0, data, &words)...)
		t.words[lang] = words
		for key := range words {
			keys[key] = true
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(t.words)) {
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if strings.TrimSpace(t.words[lang][key]) == "" {
				l.problem("words/"+lang+".yaml", 0, fmt.Sprintf("no word for %q, which another language has", key), fmt.Sprintf("add a line \"%s: …\"", key))
			}
		}
	}
	return nil
}

func (l *loader) loadAssets(t *Theme) error {
	styles, err := fs.Glob(l.fsys, "styles/*.css")
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	for _, file := range styles {
		data, err := fs.ReadFile(l.fsys, file)
		if err != nil {
			return err
		}
		sheet.Write(data)
		sheet.WriteByte('\n')
	}
	t.assets["theme.css"] = l.smaller("styles", "text/css", sheet.Bytes())

	for _, dir := range []string{"scripts", "assets"} {
		entries, err := fs.ReadDir(l.fsys, dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, e := range entries {
			if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
				continue
			}
			file := path.Join(dir, e.Name())
			data, err := fs.ReadFile(l.fsys, file)
			if err != nil {
				return err
			}
			if _, taken := t.assets[e.Name()]; taken {
				l.problem(file, 0, fmt.Sprintf("two assets are named %q", e.Name()), "rename one of them")
				continue
			}
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

// smaller minifies data; what cannot be parsed is a problem and stays as it is.
func (l *loader) smaller(file, mediatype string, data []byte) []byte {
	small, err := l.minify.Bytes(mediatype, data)
	if err != nil {
		l.problem(file, 0, "cannot be minified: "+err.Error(), "")
		return data
	}
	return small
}
