package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"html"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"sslclinic/generator/internal/linkcheck"
	"sslclinic/generator/internal/output"
	"sslclinic/generator/internal/pipeline"
	"sslclinic/generator/internal/wasmbuild"
)

// The shipped content is the fixture of these tests: what is true of it here
// is true of what readers get.

var module = sync.OnceValues(func() (wasmbuild.Module, error) {
	cache, _ := os.UserCacheDir() // empty: compiled each time
	if cache != "" {
		cache += "/sslclinic"
	}
	return wasmbuild.Build(context.Background(), "..", cache)
})

// reading is the program that reads what is pasted.
var reading = sync.OnceValues(func() (wasmbuild.Module, error) {
	cache, _ := os.UserCacheDir()
	if cache != "" {
		cache += "/sslclinic"
	}
	return wasmbuild.Build(context.Background(), "..", cache, "evidence")
})

// finished holds the shipped site by its base: the tests only read it.
var finished sync.Map

// shipped gives the shipped site for a base, built when it is first asked for.
func shipped(t testing.TB, base string) pipeline.Result {
	t.Helper()
	if result, ok := finished.Load(base); ok {
		return result.(pipeline.Result)
	}
	result := built(t, base)
	finished.Store(base, result)
	return result
}

// built builds the shipped site for a base.
func built(t testing.TB, base string) pipeline.Result {
	t.Helper()
	return dressed(t, base, "themes/clinic")
}

// dressed builds it with a theme, named from the top, which may stand on the
// shipped one.
func dressed(t testing.TB, base, theme string) pipeline.Result {
	t.Helper()
	return of(t, base, theme, os.DirFS("../content"))
}

// of builds a site of other content with it.
func of(t testing.TB, base, theme string, content fs.FS) pipeline.Result {
	t.Helper()
	m, err := module()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := reading()
	if err != nil {
		t.Fatal(err)
	}
	result, problems, err := pipeline.Build(pipeline.Input{
		Content: content, ContentDir: "content",
		Theme: os.DirFS("../" + theme), ThemeDir: theme, Beside: os.DirFS("../themes"),
		Extra: map[string][]byte{pipeline.Module: m.Wasm, pipeline.Evidence: reader.Wasm, "wasm_exec.js": m.ExecJS},
		Base:  base, Repository: "https://github.com/example/ssl-clinic",
	})
	for _, p := range problems {
		t.Error(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	if result.Tree == nil {
		t.FailNow()
	}
	return result
}

const (
	atRoot   = "https://clinic.example/"
	atFolder = "https://people.example/repo/"
)

func TestTheShippedSiteHasNoProblemAtAnyBase(t *testing.T) {
	for _, base := range []string{atRoot, atFolder} {
		for _, p := range linkcheck.Check(shipped(t, base).Tree, base) {
			t.Errorf("%s: %v", base, p)
		}
	}
}

func TestTwoBuildsAreEqual(t *testing.T) {
	a, b := shipped(t, atRoot).Tree, built(t, atRoot).Tree
	if !maps.EqualFunc(a, b, bytes.Equal) {
		for name := range a {
			if !bytes.Equal(a[name], b[name]) {
				t.Errorf("%s differs", name)
			}
		}
	}
}

// TestTheSiteIsRelocatable is README.md, laws 6: but for the absolute addresses that
// machines want, a page does not know where it stands.
func TestTheSiteIsRelocatable(t *testing.T) {
	a, b := shipped(t, atRoot).Tree, shipped(t, atFolder).Tree
	absolute := func(data []byte, base string) string { return strings.ReplaceAll(string(data), base, "BASE/") }
	for name := range a {
		if name == "404.html" || path.Base(name) == "index.json" {
			continue // shown at any depth, or read by programs: its links begin at the base path
		}
		x := strings.ReplaceAll(absolute(a[name], atRoot), url.QueryEscape(atRoot), "BASE")
		y := strings.ReplaceAll(absolute(b[name], atFolder), url.QueryEscape(atFolder), "BASE")
		if x != y {
			t.Errorf("%s differs by more than its absolute addresses", name)
		}
	}
	if !bytes.Contains(b["404.html"], []byte(`"/repo/ja/"`)) {
		t.Error("404.html does not link to /repo/ja/")
	}
}

func TestEveryAddressOfTheDesignIsThere(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	for _, name := range []string{
		"index.html", "404.html", "robots.txt", "sitemap.xml", "llms.txt", ".nojekyll", "k/525/index.html",
		"ja/index.html", "en/index.html", "ja/errors/index.html", "en/concepts/index.html", "ja/feed.xml", "en/feed.xml",
		"ja/error-525/index.html", "ja/error-525/index.md", "en/flexible/index.html", "en/flexible/index.md",
		"ja/ssl-modes/index.html", "en/two-legs/index.html", "ja/check/origin-leg/index.html", "en/check/origin-leg/index.html",
	} {
		if _, ok := tree[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
}

var markdownLink = regexp.MustCompile(`\]\(([^)\s]+)`)

func TestLinksInMarkdownFilesArrive(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	found := 0
	for name, data := range tree {
		if path.Ext(name) != ".md" && name != "llms.txt" {
			continue
		}
		page, _ := url.Parse(atRoot + name)
		for _, m := range markdownLink.FindAllSubmatch(data, -1) {
			to, err := page.Parse(string(m[1]))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if to.Scheme+"://"+to.Host+"/" != atRoot {
				continue
			}
			found++
			file := strings.TrimPrefix(to.Path, "/")
			if strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			if _, ok := tree[file]; !ok {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
	}
	if found == 0 {
		t.Error("no Markdown file has a link")
	}
}

// packed is the size that travels: gzip -9.
func packed(data []byte) int {
	var b bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Len()
}

// storing is the most that packing adds to what cannot be packed, in bytes, for
// a page: 18 around all of it, and 5 for each 64 KB.
const storing = 64

// packers are dearer to make than to use: a page is small, and a packer has a megabyte.
var packers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestCompression)
	return w
}}

// inside gives what of a page stands between two marks, the marks too, and the
// rest of it.
func inside(page []byte, from, to string) (found [][]byte, rest []byte) {
	for {
		before, behind, ok := bytes.Cut(page, []byte(from))
		inner, after, closed := bytes.Cut(behind, []byte(to))
		if !ok || !closed {
			return found, append(rest, page...)
		}
		found, rest, page = append(found, slices.Concat([]byte(from), inner, []byte(to))), append(rest, before...), after
	}
}

var scriptSource = regexp.MustCompile(`<script[^>]* src="?([^" >]+)`)

// budgets are the bytes, packed, that a reader may be made to fetch. They stand
// in one file for all tests.
func budgets(t *testing.T) func(name string) int {
	t.Helper()
	var all map[string]int
	if err := json.Unmarshal([]byte(read(t, "testdata/budgets.json")), &all); err != nil {
		t.Fatal(err)
	}
	return func(name string) int {
		if all[name] == 0 {
			t.Fatalf("testdata/budgets.json has no %q", name)
		}
		return all[name]
	}
}

func TestBudgetsAreKept(t *testing.T) {
	tree, most := shipped(t, atRoot).Tree, budgets(t)
	keep := func(what string, size int, budget string) {
		t.Helper()
		if size > most(budget) {
			t.Errorf("%s: %d bytes packed, at most %d", what, size, most(budget))
		} else {
			t.Logf("%s: %d of %d bytes", what, size, most(budget))
		}
	}
	// What is within its budget as it is need not be packed to be.
	keepPacked := func(what string, data []byte, budget string) {
		t.Helper()
		if len(data)+storing > most(budget) {
			keep(what, packed(data), budget)
		}
	}
	css := 0
	scripts := map[string]int{} // packed, by name: the pages share them
	for _, name := range tree.Paths() {
		switch path.Ext(name) {
		case ".css":
			css += packed(tree[name])
		case ".js":
			scripts[name] = packed(tree[name])
		case ".wasm":
			budget := "module"
			if strings.Contains(name, "/evidence.") {
				budget = "module that reads"
			}
			keep(name, packed(tree[name]), budget)
		case ".json":
			if strings.Contains(name, "/findings.") {
				keep(name, packed(tree[name]), "findings")
			}
		}
	}
	keep("all CSS", css, "styles")
	// What finds is fetched by who searches, and TestAFirstQueryFetchesLittle counts it; the page of results names it ahead.
	finding := []string{asset(t, tree, "field.js"), asset(t, tree, "results.js"), asset(t, tree, "search.js")}
	inlined := map[string]int{} // packed: the same in every page
	for _, name := range tree.Paths() {
		if path.Ext(name) != ".html" {
			continue
		}
		data := tree[name]
		// What is painted first, its style with it: what comes before the style of the rest.
		if first, _, ok := bytes.Cut(data, []byte(`<link rel="stylesheet"`)); ok {
			keepPacked("first screen of "+name, first, "first screen")
		} else {
			t.Errorf("%s has no stylesheet", name)
		}
		// What stands in every page is no part of what it says: a style, and a script that counts as one.
		_, data = inside(data, "<style>", "</style>")
		inlines, data := inside(data, `<script data-cfasync="false">`, "</script>")
		sum := 0
		for _, inline := range inlines {
			if inlined[string(inline)] == 0 {
				inlined[string(inline)] = packed(inline)
			}
			sum += inlined[string(inline)]
		}
		switch {
		case strings.HasSuffix(name, "/check/index.html"):
			keep(name, packed(tree[name]), "page of the checker") // all of it
		case strings.HasSuffix(name, "/check/how/index.html"), strings.HasSuffix(name, "/check/origin-leg/index.html"):
			keep(name, packed(data), "page of the checker")
		case bytes.Contains(data, []byte(`class="catalogue"`)):
			keepPacked(name, data, "page of the catalogue") // every fix, for every product
		case strings.HasSuffix(name, "/articles/index.html"), strings.HasSuffix(name, "/support/index.html"):
			keepPacked(name, data, "page of a list") // it grows with the site, a line or three an article
		default:
			keepPacked(name, data, "page")
		}
		for _, m := range scriptSource.FindAllSubmatch(data, -1) {
			file := path.Join(path.Dir(name), string(m[1]))
			if strings.HasPrefix(string(m[1]), "/") {
				file = string(m[1][1:])
			}
			size, ok := scripts[file]
			if !ok {
				t.Errorf("%s: no script %s", name, file)
			}
			if !slices.Contains(finding, file) {
				sum += size
			}
		}
		budget := "scripts"
		if strings.Contains(name, "/check/") {
			budget = "scripts of the checker"
		}
		keep("scripts of "+name, sum, budget)
	}
}

// policy is that of README.md, budgets: everything is ours, and what stands in a page is named by its hash.
var policy = regexp.MustCompile(`content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/=]+'; style-src 'self' 'sha256-[\w+/=]+'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"`)

// isGuess tells whether a page leads on from an address that people guess, /525/ or /ja/525/.
func isGuess(tree output.Tree, name string) bool {
	base := strings.TrimSuffix(name, "/index.html")
	_, ticket := tree["k/"+path.Base(base)+"/index.html"]
	return bytes.Contains(tree[name], []byte("data-door")) && !strings.HasPrefix(name, "k/") && base != "index.html" && (ticket || regexp.MustCompile(`^\d+$`).MatchString(path.Base(base)))
}

func TestEveryPageHasItsWholeHead(t *testing.T) {
	tree := shipped(t, atFolder).Tree
	style := asset(t, tree, "theme.css")
	for _, name := range tree.Paths() {
		if path.Ext(name) != ".html" {
			continue
		}
		page := string(tree[name])
		if !policy.MatchString(html.UnescapeString(page)) {
			t.Errorf("%s has another policy", name)
		}
		want := []string{"<title>", `name="description"`, `name="viewport"`, style, `rel="icon"`}
		noindex := strings.Contains(page, `content="noindex"`)
		step := strings.Contains(name, "/check/") && strings.Count(name, "/") > 3 // an answer below a symptom
		lang, rest, ok := strings.Cut(name, "/")
		guess := isGuess(tree, name)
		if wantNo := strings.HasPrefix(name, "k/") || name == "404.html" || step || guess; wantNo != noindex {
			t.Errorf("%s: noindex is %v", name, noindex)
		}
		if ok && (lang == "ja" || lang == "en") && !step && !guess {
			at := atFolder + strings.TrimSuffix(name, "index.html")
			_, below, _ := strings.Cut(strings.TrimPrefix(at, atFolder), "/")
			want = append(want, `<html lang="`+lang+`"`, `<link rel="canonical" href="`+at+`">`, `property="og:title"`, `property="og:image"`, `application/ld+json`,
				`hreflang="ja" href="`+atFolder+"ja/"+below+`"`, `hreflang="en" href="`+atFolder+"en/"+below+`"`, `hreflang="x-default"`, "application/atom+xml")
			if tree[strings.TrimSuffix(name, "html")+"md"] != nil {
				want = append(want, `"TechArticle"`, `"BreadcrumbList"`, `type="text/markdown"`)
			}
			_ = rest
		}
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s has no %s", name, w)
			}
		}
	}
}

// asset gives an asset's address in the tree by its plain name.
func asset(t testing.TB, tree output.Tree, name string) string {
	t.Helper()
	ext := path.Ext(name)
	for at := range tree {
		if ok, _ := path.Match("assets/"+strings.TrimSuffix(name, ext)+".????????"+ext, at); ok {
			return at
		}
	}
	t.Fatalf("there is no asset %s", name)
	return ""
}

func TestTheFixtureOfBudgetsIsTheOneThatIsWritten(t *testing.T) {
	dir := t.TempDir()
	result := shipped(t, atRoot)
	if _, err := output.Write(dir, result.Tree, result.Keep); err != nil {
		t.Fatal(err)
	}
	again, err := output.Write(dir, result.Tree, result.Keep)
	if err != nil || again.Written != 0 || again.Unchanged != len(result.Tree) {
		t.Errorf("the second run wrote: %+v, %v", again, err)
	}
}

func TestWhatWasPublishedIsSorted(t *testing.T) {
	a := shipped(t, atRoot).Addresses
	if !slices.IsSorted(a) || !slices.Contains(a, "ja/error-525/#causes") || !slices.Contains(a, "k/525/") {
		t.Errorf("got %d addresses", len(a))
	}
}

func BenchmarkShippedSite(b *testing.B) {
	for b.Loop() {
		built(b, atRoot)
	}
}

var (
	codeBlock = regexp.MustCompile(`(?s)<pre class="?chroma.*?</pre>`)
	classList = regexp.MustCompile(`class="?([^">]+)`)
	codeStyle = regexp.MustCompile(`(?s)\n  \.chroma \{\n.*?\n  \}\n`)
	selector  = regexp.MustCompile(`\.([a-z][\w-]*)`)
)

// TestNoStyleOfThePagesIsMeantForThePartsOfCode: the highlighter names them
// with short classes, and one of ours with the same name would move them.
func TestNoStyleOfThePagesIsMeantForThePartsOfCode(t *testing.T) {
	parts := map[string]bool{}
	for _, data := range shipped(t, atRoot).Tree {
		for _, block := range codeBlock.FindAll(data, -1) {
			for _, list := range classList.FindAllSubmatch(block, -1) {
				for _, class := range strings.Fields(string(list[1])) {
					parts[class] = class != "chroma"
				}
			}
		}
	}
	if len(parts) < 10 {
		t.Fatalf("code has only the parts %v", parts)
	}
	files, _ := filepath.Glob("../themes/clinic/styles/*.css")
	first, _ := filepath.Glob("../themes/clinic/styles/first/*.css")
	files = append(files, first...)
	if len(first) == 0 || len(files) == len(first) {
		t.Fatal("the styles are somewhere else")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range selector.FindAllSubmatch(codeStyle.ReplaceAll(data, nil), -1) {
			if parts[string(m[1])] {
				t.Errorf("%s: .%s is a part of code as well", file, m[1])
			}
		}
	}
}
