package main

import (
	"cmp"
	"fmt"
	"html"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/linkcheck"
	"sslclinic/generator/internal/pipeline"
)

// verdict makes the site, crawls it, and says what is wrong with it: the one
// place that decides whether it may be published. build writes nothing that
// check refuses, since both ask here.
func (s *session) verdict() (pipeline.Result, diag.List, error) {
	result, problems, err := s.make()
	if err == nil && problems.Errors() == 0 {
		problems = append(problems, s.crawl(result)...).Sorted()
	}
	return result, problems, err
}

// crawl names what a crawl of the finished site finds, in the author's files.
// What a template says stands on every page, and is said once.
func (s *session) crawl(result pipeline.Result) diag.List {
	found := linkcheck.Check(result.Tree, result.Base)
	if len(found) == 0 {
		return nil
	}
	w := writings{session: s, texts: map[string]string{}}
	type mistake struct{ rule, where, what string }
	pages := map[mistake][]string{} // all but the first
	var order []mistake
	first := map[mistake]diag.Problem{}
	for _, p := range found {
		what := tag(result.Tree[p.File], p)
		at := w.locate(result.Sources[p.File], what, p)
		key := mistake{string(p.Rule), at.Position(), cmp.Or(what, p.Message)}
		if _, again := first[key]; again {
			pages[key] = append(pages[key], p.File)
			continue
		}
		at.Message = p.Message + ", in " + p.Position()
		order, first[key] = append(order, key), at
	}
	var all diag.List
	for _, key := range order {
		p := first[key]
		others := slices.Compact(slices.Sorted(slices.Values(pages[key])))
		if len(others) > 0 {
			p.Message += fmt.Sprintf(" and on %s more", count(len(others), "page"))
		}
		all = append(all, p)
	}
	return all
}

// tag is the tag in which a problem of a finished page stands; "" for one of the
// page as a whole.
func tag(page []byte, p diag.Problem) string {
	if p.Line == 0 {
		return ""
	}
	text := string(page)
	for range p.Line - 1 {
		_, text, _ = strings.Cut(text, "\n")
	}
	for range p.Col - 1 {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	text, _, _ = strings.Cut(text, ">")
	return text
}

// writings are what authors write, read when something is looked for in it.
type writings struct {
	*session
	files []string // in the order in which they are searched
	texts map[string]string
}

var attribute = regexp.MustCompile(`[\w:-]+\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))`)

// locate gives the problem the place where its author wrote what is wrong: in
// the page's own text, else in a template, else in other content. Where nothing
// is found, it is in the page's text somewhere or, for a page without one, in
// the theme.
func (w *writings) locate(own, what string, p diag.Problem) diag.Problem {
	if w.files == nil {
		w.list()
	}
	var values []string
	for _, m := range attribute.FindAllStringSubmatch(what, -1) {
		if value := html.UnescapeString(cmp.Or(m[1], m[2], m[3])); len(value) > 1 && strings.Contains(p.Message, value) {
			values = append(values, value)
		}
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // the longest says most
	for _, value := range values {
		for _, file := range append([]string{own}, w.files...) {
			for _, form := range []string{"{#" + value + "}", `"` + value + `"`, "(" + value + ")", "<" + value + ">", value} {
				if at := strings.Index(w.text(file), form); at >= 0 {
					above := w.text(file)[:at]
					start := strings.LastIndexByte(above, '\n') + 1
					p.File, p.Line, p.Col = file, strings.Count(above, "\n")+1, utf8.RuneCountInString(above[start:])+1
					return p
				}
			}
		}
	}
	p.File, p.Line, p.Col = cmp.Or(own, path.Join(filepath.ToSlash(filepath.Clean(w.theme)), "templates")), 0, 0
	return p
}

// list names the files of templates, then those of the content.
func (w *writings) list() {
	w.files = []string{}
	for _, dir := range []string{w.theme, "wasmcheck/client", w.content} {
		_ = fs.WalkDir(folder(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && slices.Contains([]string{".html", ".md", ".yaml", ".css", ".js"}, path.Ext(name)) {
				w.files = append(w.files, path.Join(filepath.ToSlash(filepath.Clean(dir)), name))
			}
			return nil
		})
	}
}

// text is what a file says; nothing for one that cannot be read.
func (w *writings) text(file string) string {
	if file == "" {
		return ""
	}
	text, ok := w.texts[file]
	if !ok {
		dir, name := path.Split(file)
		if data, err := fs.ReadFile(folder(filepath.FromSlash(dir)), name); err == nil {
			text = string(data)
		}
		w.texts[file] = text
	}
	return text
}
