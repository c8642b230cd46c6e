// Package searcher asks a built site what a reader would, without a browser.
//
// Law: it has no search of its own. The module that answers is the site's, the
// one that its pages load, run by an engine of JavaScript; the files that it
// reads are those that a browser would fetch.
package searcher

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/net/html"
)

// A Result is an answer to a query.
type Result struct {
	URL     string  `json:"url"`     // from the site's root, with the section as its fragment
	Section string  `json:"section"` // "" where the page as a whole answers best
	Title   string  `json:"title"`   // of the page
	Heading string  `json:"heading"` // of the section
	Excerpt string  `json:"excerpt"` // plain text
	Score   float64 `json:"score"`   // the best first; of no meaning between queries
	Lang    string  `json:"lang"`
}

// A Site is a built site that can be asked, by one at a time. It keeps what it
// has read, as a page does.
type Site struct {
	files   fs.FS
	vm      *goja.Runtime
	roots   goja.Value // pairs of a language and its index
	indexes goja.Value

	prepare, ask goja.Callable

	Fetched map[string]int // what a browser would have fetched: sizes as they travel, by path
}

// ErrNoLanguage says that the site has no page of results in a language.
var ErrNoLanguage = errors.New("the site has no search in this language")

// Language gives the language of a site's readers of none.
func Language(files fs.FS) (string, error) {
	var lang string
	err := elements(files, "index.html", func(n *html.Node) {
		if n.Data == "html" {
			lang = attribute(n, "lang")
		}
	})
	return lang, err
}

// Open prepares a site for questions in a language.
func Open(files fs.FS, lang string) (*Site, error) {
	page := lang + "/search/index.html"
	if _, err := fs.Stat(files, page); err != nil || lang == "" || strings.ContainsAny(lang, "/.") {
		return nil, fmt.Errorf("%w: no %s", ErrNoLanguage, page)
	}
	var engine, indexes string
	err := elements(files, page, func(n *html.Node) {
		if n.Data == "site-search" {
			engine, indexes = attribute(n, "data-engine"), attribute(n, "data-indexes")
		}
	})
	if err != nil {
		return nil, err
	}
	if engine == "" || indexes == "" {
		return nil, fmt.Errorf("%s: no element site-search with data-engine and data-indexes", page)
	}
	s := &Site{files: files, vm: goja.New(), Fetched: map[string]int{}}
	at := func(reference string) string { return path.Join(path.Dir(page), reference) }
	source, err := s.read(at(engine))
	if err != nil {
		return nil, err
	}
	if err := s.run(at(engine), source); err != nil {
		return nil, err
	}
	var pairs []any
	fields := strings.Fields(indexes)
	for i := 0; i+1 < len(fields); i += 2 {
		pairs = append(pairs, []any{fields[i], at(fields[i+1])})
	}
	s.roots = s.vm.ToValue(pairs)
	return s, s.Forget()
}

// Forget makes the next query the first: nothing is fetched yet.
func (s *Site) Forget() error {
	clear(s.Fetched)
	indexes, err := s.prepare(goja.Undefined(), s.roots)
	s.indexes = indexes
	return err
}

// glue is what stands between the module and us: the parts of a browser that
// it needs, and its exports by name.
const glue = `
class TextDecoder { decode(bytes) { return decode(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)); } }
const prepare = (pairs) => pairs.map(([lang, root]) => [lang, open(async (name) => load(root, name))]);
const answer = async (indexes, query, most) => JSON.stringify(await ask(indexes, query, most));
`

// run evaluates the module. The engine knows no modules: what it exports is
// visible below.
func (s *Site) run(name string, source []byte) error {
	host := map[string]any{
		"decode": func(b goja.ArrayBuffer) string { return string(b.Bytes()) },
		"load":   s.load,
	}
	for key, value := range host {
		if err := s.vm.Set(key, value); err != nil {
			return err
		}
	}
	script := strings.ReplaceAll(string(source), "export ", "") + glue + "; ({prepare, answer})"
	exports, err := s.vm.RunScript(name, script)
	if err != nil {
		return err
	}
	object := exports.ToObject(s.vm)
	s.ask, _ = goja.AssertFunction(object.Get("answer"))
	s.prepare, _ = goja.AssertFunction(object.Get("prepare"))
	return nil
}

// load gives a file of an index, unpacked: the root by the name "".
func (s *Site) load(root, name string) (goja.ArrayBuffer, error) {
	at := root
	if name != "" {
		folder, _, _ := strings.Cut(path.Base(root), ".")
		at = path.Join(path.Dir(root), folder, name)
	}
	packed, err := s.read(at)
	if err != nil {
		return goja.ArrayBuffer{}, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return goja.ArrayBuffer{}, fmt.Errorf("%s: %w", at, err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return goja.ArrayBuffer{}, fmt.Errorf("%s: %w", at, err)
	}
	return s.vm.NewArrayBuffer(data), nil
}

func (s *Site) read(at string) ([]byte, error) {
	data, err := fs.ReadFile(s.files, at)
	s.Fetched[at] = len(data)
	return data, err
}

// Ask gives what answers a query, the best first: at most so many. None is no
// error.
func (s *Site) Ask(query string, most int) ([]Result, error) {
	promised, err := s.ask(goja.Undefined(), s.indexes, s.vm.ToValue(query), s.vm.ToValue(most))
	if err != nil {
		return nil, err
	}
	promise, ok := promised.Export().(*goja.Promise)
	if !ok || promise.State() == goja.PromiseStatePending {
		return nil, fmt.Errorf("%q: the module waits for something that nobody brings", query)
	}
	if promise.State() == goja.PromiseStateRejected {
		return nil, fmt.Errorf("%q: %v", query, promise.Result())
	}
	results := []Result{}
	if err := json.Unmarshal([]byte(promise.Result().String()), &results); err != nil {
		return nil, fmt.Errorf("%q: %w", query, err)
	}
	for i := range results {
		results[i].URL = "/" + results[i].URL
	}
	return results, nil
}

// elements visits the elements of a page.
func elements(files fs.FS, name string, visit func(*html.Node)) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
