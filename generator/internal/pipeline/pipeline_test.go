package pipeline

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"sslclinic/generator/internal/blocks"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/linkcheck"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/output"
)

var update = flag.Bool("update", false, "rewrite what the golden files want")

const golden = "testdata/site.txtar"

// given gives the files that the golden site is made of, and those that are
// wanted of it.
func given(t testing.TB) (files fstest.MapFS, want map[string]string, archive *txtar.Archive) {
	t.Helper()
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	files, want = fstest.MapFS{}, map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "want/"); ok {
			want[name] = string(f.Data)
		} else {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	// A kind of block more does not change what is tested here.
	all, parts := string(files["theme/templates/all.html"].Data), ""
	for _, name := range blocks.Parts() {
		if !strings.Contains(all, `{{define "`+name+`"}}`) {
			parts += `{{define "` + name + `"}}{{end}}`
		}
	}
	files["theme/templates/blocks.html"] = &fstest.MapFile{Data: []byte(parts)}
	return files, want, archive
}

func input(t testing.TB, files fstest.MapFS) Input {
	t.Helper()
	sub := func(dir string) fs.FS {
		s, err := fs.Sub(files, dir)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	// Without the clients: this theme has all its templates.
	return Input{Content: sub("content"), ContentDir: "content", Theme: sub("theme"), ThemeDir: "theme", Client: fstest.MapFS{}, Searching: fstest.MapFS{}, Extra: map[string][]byte{Module: []byte("module")}}
}

// made builds files with which nothing is wrong.
func made(t testing.TB, in Input) Result {
	t.Helper()
	result, problems, err := Build(in)
	if err != nil {
		t.Fatal(err)
	}
	if problems.Errors() > 0 || result.Tree == nil {
		t.Fatal(problems)
	}
	return result
}

// lines puts a line break where minified HTML and XML have none, to be read.
var lines = strings.NewReplacer("><li", ">\n<li", "><link", ">\n<link", "><entry", ">\n<entry", "><url", ">\n<url", "><p", ">\n<p", "><main", ">\n<main", "><script", ">\n<script", "><h", ">\n<h", "><figure", ">\n<figure", "><xhtml", ">\n<xhtml", "><a", ">\n<a")

// hash is what an asset's address holds of its bytes.
var hash = regexp.MustCompile(`(assets/[a-z0-9/_.-]+)\.[0-9a-f]{8}\.`)

// readable gives a tree as it stands in a golden file.
func readable(tree output.Tree) map[string]string {
	all := map[string]string{}
	for name, data := range tree {
		if strings.HasPrefix(name, "assets/search-") {
			continue // an index is not to be read
		}
		text := hash.ReplaceAllString(string(data), "$1.HASH.")
		if ext := path.Ext(name); ext == ".html" || ext == ".xml" {
			text = lines.Replace(text)
		}
		if text = strings.TrimSuffix(text, "\n"); text != "" {
			text += "\n"
		}
		all[hash.ReplaceAllString(name, "$1.HASH.")] = text
	}
	return all
}

func TestTheSiteIsTheGoldenOne(t *testing.T) {
	files, want, archive := given(t)
	result, problems, err := Build(input(t, files))
	if err != nil || problems.Errors() > 0 {
		t.Fatal(problems, err)
	}
	var warnings strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&warnings, p)
	}
	got := readable(result.Tree)
	got["warnings"] = warnings.String()
	got["addresses"] = strings.Join(result.Addresses, "\n") + "\n"
	if *update {
		archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
		for _, name := range slices.Sorted(maps.Keys(got)) {
			archive.Files = append(archive.Files, txtar.File{Name: "want/" + name, Data: []byte(got[name])})
		}
		if err := os.WriteFile(golden, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	names := map[string]bool{}
	for name := range got {
		names[name] = true
	}
	for name := range want {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if got[name] != want[name] {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got[name], want[name])
		}
	}
}

// TestTheSameFilesGiveTheSameBytes: whatever the number of processors and the
// order in which maps are gone through, which is another in each run.
func TestTheSameFilesGiveTheSameBytes(t *testing.T) {
	files, _, _ := given(t)
	first := made(t, input(t, files))
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, n := range []int{1, 8, 2, 8} {
		runtime.GOMAXPROCS(n)
		again := made(t, input(t, maps.Clone(files)))
		if !maps.EqualFunc(first.Tree, again.Tree, bytes.Equal) || !slices.Equal(first.Addresses, again.Addresses) {
			t.Fatalf("on %d processors the site is another", n)
		}
	}
}

// TestAMemoChangesNothingButTheWork: also after a change, and after a mistake.
func TestAMemoChangesNothingButTheWork(t *testing.T) {
	files, _, _ := given(t)
	memo := &markdown.Memo{}
	right := string(files["content/articles/first/ja.md"].Data)
	for _, text := range []string{right, right, right + "\n## 新しい {#new}\n\n行。\n", strings.Replace(right, "../second/ja.md", "../secnd/ja.md", 1), right} {
		files["content/articles/first/ja.md"] = &fstest.MapFile{Data: []byte(text)}
		in := input(t, files)
		want, problems, err := Build(in)
		in.Memo = memo
		got, again, err2 := Build(in)
		if err != nil || err2 != nil || !slices.Equal(problems, again) || !maps.EqualFunc(got.Tree, want.Tree, bytes.Equal) {
			t.Fatalf("with a memo the site is another: %v, %v", again, err2)
		}
	}
}

func TestEveryLinkArrivesAtAnyBase(t *testing.T) {
	files, _, _ := given(t)
	for _, base := range []string{"https://clinic.example/", "https://clinic.example/repo/", "https://clinic.example/a/b%20c/"} {
		in := input(t, files)
		in.Base = base
		for _, p := range linkcheck.Check(made(t, in).Tree, base) {
			t.Errorf("%s: %v", base, p)
		}
	}
}

func TestThePageForWhatIsNotThereLinksFromTheRoot(t *testing.T) {
	files, _, _ := given(t)
	page := string(made(t, input(t, files)).Tree["404.html"])
	for _, part := range strings.Split(page, `href="`)[1:] {
		address, _, _ := strings.Cut(part, `"`)
		if !strings.HasPrefix(address, "/repo/") {
			t.Errorf("404.html leads to %s", address)
		}
	}
}

func TestEveryPathOfTheTreeIsClean(t *testing.T) {
	files, _, _ := given(t)
	for name := range made(t, input(t, files)).Tree {
		if !fs.ValidPath(name) || name != path.Clean(name) || strings.ToLower(name) != name || strings.ContainsAny(name, " \\?#%") {
			t.Errorf("%q", name)
		}
	}
}

// shipped is the site itself, with stand-ins for the module: the tests only
// read it.
var shipped = sync.OnceValues(func() (Result, error) {
	result, problems, err := Build(ours(os.DirFS("../../../content")))
	if problems.Errors() > 0 {
		err = fmt.Errorf("%v", problems)
	}
	return result, err
})

// ours is what the site is made of, with the given content.
func ours(content fs.FS) Input {
	return Input{
		Content: content, ContentDir: "content", Theme: os.DirFS("../../../themes/clinic"), ThemeDir: "themes/clinic",
		Extra: map[string][]byte{Module: []byte("module"), "wasm_exec.js": []byte("exec")},
	}
}

// both are the golden site and the shipped one, by name.
func both(t *testing.T) map[string]Result {
	t.Helper()
	files, _, _ := given(t)
	real, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]Result{"golden": made(t, input(t, files)), "shipped": real}
}

var (
	idOf   = regexp.MustCompile(` id="?([^" >]+)`)
	doorOf = regexp.MustCompile(`<a href="?([^" >]+)[^>]* data-door`)
)

// TestTheAddressesAreWhatAnswers: each is a file of the tree, its anchor an id
// of that page or of the one to which an old address leads on; and every file
// has one, but for assets, the page for what is not there, .nojekyll, and what
// stands where something is gone.
func TestTheAddressesAreWhatAnswers(t *testing.T) {
	gone := []string{"en/lost/index.html", "ja/lost/index.html", "ja/lost/index.md", "k/9/index.html"} // of the golden site
	noted, err := os.ReadFile("../../../content/published.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^/(\S+/) gone`).FindAllStringSubmatch(string(noted), -1) {
		gone = append(gone, m[1]+"index.html")
	}
	for what, result := range both(t) {
		ids := map[string]map[string]bool{}
		var idsAt func(at string) map[string]bool
		idsAt = func(at string) map[string]bool {
			if ids[at] == nil {
				ids[at] = map[string]bool{}
				page := string(result.Tree[at+"index.html"])
				for _, m := range idOf.FindAllStringSubmatch(page, -1) {
					ids[at][m[1]] = true
				}
				if doors := doorOf.FindAllStringSubmatch(page, -1); len(doors) == 1 {
					maps.Copy(ids[at], idsAt(path.Join(at, doors[0][1])+"/"))
				}
			}
			return ids[at]
		}
		named := map[string]bool{}
		for _, a := range result.Addresses {
			at, anchor, ok := strings.Cut(a, "#")
			file := at
			if at == "" || strings.HasSuffix(at, "/") {
				file += "index.html"
			}
			named[file] = true
			if result.Tree[file] == nil {
				t.Errorf("%s: %q does not answer", what, a)
			}
			if ok && !idsAt(at)[anchor] {
				t.Errorf("%s: %q has no such anchor", what, a)
			}
		}
		for file := range result.Tree {
			if !named[file] && !strings.HasPrefix(file, "assets/") && file != "404.html" && file != ".nojekyll" && !slices.Contains(gone, file) {
				t.Errorf("%s: %q is not among the addresses", what, file)
			}
		}
		if !slices.IsSorted(result.Addresses) || len(slices.Compact(slices.Clone(result.Addresses))) != len(result.Addresses) {
			t.Errorf("%s: the addresses are not sorted, each once", what)
		}
	}
}

func TestTheAddressesAreTheSameInEveryLanguage(t *testing.T) {
	for what, result := range both(t) {
		by := map[string][]string{}
		for _, a := range result.Addresses {
			lang, rest, ok := strings.Cut(a, "/")
			if ok && slices.Contains([]string{"ja", "en", "de"}, lang) { // not k, and no guess
				by[lang] = append(by[lang], rest)
			}
		}
		if len(by) < 2 {
			t.Errorf("%s: addresses in %d languages", what, len(by))
		}
		for lang := range by {
			if !slices.Equal(by[lang], by["en"]) {
				t.Errorf("%s: %d addresses in %s, %d in en", what, len(by[lang]), lang, len(by["en"]))
			}
		}
	}
}

// TestEveryPlaceOfTheCheckersPagesHasAnAddress, but for what is there for the
// page's own use.
func TestEveryPlaceOfTheCheckersPagesHasAnAddress(t *testing.T) {
	result := both(t)["shipped"]
	own := regexp.MustCompile(`^(main|nav|copy|said|lost|checker|from-.*|figure-.*)$`)
	for _, at := range []string{"ja/check/", "en/check/", "ja/check/how/", "ja/check/origin-leg/", "en/glossary/"} {
		for _, m := range idOf.FindAllSubmatch(result.Tree[at+"index.html"], -1) {
			id := string(m[1])
			if _, ok := slices.BinarySearch(result.Addresses, at+"#"+id); !ok && !own.MatchString(id) {
				t.Errorf("%s#%s is not among the addresses", at, id)
			}
		}
	}
}

// change gives the golden files with one of them changed: new replaces old,
// or the whole when old is "".
func change(t *testing.T, files fstest.MapFS, name, old, new string) {
	t.Helper()
	data := new
	if old != "" {
		if files[name] == nil || strings.Count(string(files[name].Data), old) != 1 {
			t.Fatalf("%s does not hold %q once", name, old)
		}
		data = strings.Replace(string(files[name].Data), old, new, 1)
	}
	files[name] = &fstest.MapFile{Data: []byte(data)}
}

// TestAllMistakesOfAllStagesAreNamedInOneRun, and there is no tree.
func TestAllMistakesOfAllStagesAreNamedInOneRun(t *testing.T) {
	files, _, _ := given(t)
	change(t, files, "content/articles/first/ja.md", "../second/ja.md#why", "../second/ja.md#wy")
	change(t, files, "content/articles/first/ja.md", "mode=flexible scheme=https", "mode=flexibel scheme=htp")
	change(t, files, "content/articles/first/en.md", "{#causes}", "{#reasons}")
	change(t, files, "content/articles/first/article.yaml", "related: [second]", "relatd: [second]")
	change(t, files, "content/articles/second/article.yaml", "kind: concept", "kind: error")
	change(t, files, "content/checker/de.yaml", "flexible: Flexibel", "flexibel: Flexibel")
	change(t, files, "content/published.txt", "/ja/former/#causes", "/ja/former/#caused")
	change(t, files, "theme/words/de.yaml", "home: Anfang\n", "")
	change(t, files, "theme/styles/a.css", "navy }", "navy")
	change(t, files, "theme/templates/all.html", `{{template "map" .}}`, `{{template "mapp" .}}`)
	files["content/articles/first/notes.txt"] = &fstest.MapFile{}
	result, problems, err := Build(input(t, files))
	if err != nil || result.Tree != nil || result.Addresses != nil {
		t.Fatalf("%v, %d files", err, len(result.Tree))
	}
	got := fmt.Sprint(problems)
	for _, want := range []string{
		"content/articles/first/article.yaml:7:1: error: unknown key \"relatd\" [yaml]",
		"content/articles/first/ja.md:10:5: error: no heading #wy in second/ja.md [link-anchor]",
		"content/articles/first/ja.md:14:9: error: unknown value for mode \"flexibel\" [figure]",
		"content/articles/first/ja.md:14:23: error: unknown value for scheme \"htp\" [figure]",
		"content/articles/first/en.md:8:1: error: #reasons stands where ja.md has #causes [heading-ids]",
		"content/articles/first/notes.txt: error: nothing in an article is called notes.txt [stray]",
		"content/articles/second/de.md:1: error: the exact message on the reader's screen is missing [grammar]",
		"content/articles/second/de.md:6:1: error: an article about an error has a section #causes [grammar]",
		"content/checker/de.yaml: error: modes has no word for \"flexible\" [words]",
		"content/checker/de.yaml:3:31: error: modes has a word for \"flexibel\", which does not exist [words]",
		"content/published.txt:5: error: the published address /ja/former/#caused no longer exists [published]",
		"theme/words/de.yaml: error: no word for \"home\", which another language has [theme]",
		"theme/styles/a.css:1: error: a bracket is opened and not closed [theme]",
		"error: no template defines \"mapp\" [theme]",
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("named %d times: %s", strings.Count(got, want), want)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
	if !slices.Equal(problems, problems.Sorted()) {
		t.Error("the problems are not sorted")
	}
}

func TestAWarningDoesNotStopABuild(t *testing.T) {
	files, _, _ := given(t)
	_, problems, err := Build(input(t, files))
	if err != nil || len(problems) == 0 || problems.Errors() != 0 {
		t.Fatal(problems, err)
	}
	for _, p := range problems {
		if p.Severity != diag.Warning || p.Rule != "translation" {
			t.Error(p)
		}
	}
}

func TestADraftIsShownOnlyWhenAskedFor(t *testing.T) {
	files, _, _ := given(t)
	change(t, files, "content/articles/first/article.yaml", "updated:", "draft: true\nupdated:")
	change(t, files, "content/articles/second/de.md", "../first/de.md#causes", "https://a.example/")
	change(t, files, "content/glossary.yaml", "  article: first\n", "")
	change(t, files, "content/published.txt", "", "")
	in := input(t, files)
	hidden := made(t, in)
	for name, data := range hidden.Tree {
		if strings.Contains(name, "first") || strings.Contains(name, "525") || strings.Contains(name, "former") || bytes.Contains(data, []byte("/first/")) {
			t.Errorf("%s shows the draft", name)
		}
	}
	in.Drafts = true
	if shown := made(t, in); shown.Tree["ja/first/index.html"] == nil || shown.Articles != hidden.Articles+1 {
		t.Error("the draft is not shown")
	}
}

func TestALinkToADraftIsNamed(t *testing.T) {
	files, _, _ := given(t)
	change(t, files, "content/articles/first/article.yaml", "updated:", "draft: true\nupdated:")
	_, problems, err := Build(input(t, files))
	if got := fmt.Sprint(problems); err != nil || problems.Errors() != 6 || !strings.Contains(got, `content/articles/second/de.md:8:20: error: the article "first" is a draft`) || !strings.Contains(got, `content/glossary.yaml:2:12: error: the article "first" is a draft`) || strings.Contains(got, "articles/first/") {
		t.Error(problems, err)
	}
}

func TestWhatWasPublishedStays(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"/de/first/", ""},
		{"en/first/", ""},
		{"/de/former/#causes", ""},
		{"/en/nowhere/ gone", ""},
		{"/en/frist/", "published.txt:1: error: the published address /en/frist/ no longer exists [published]\n    hint: give the article that has its text now the old slug in aliases, or end this line with \" gone\", or with \" gone /address\" of what replaced it; the nearest is /en/first/"},
		{"/en/first/#cause", "published.txt:1: error: the published address /en/first/#cause no longer exists [published]\n    hint: give a heading that id again, or end this line with \" gone\", or with \" gone /address\" of what replaced it; the nearest is /en/first/#causes"},
		{"/en/empty/", "the published address /en/empty/ no longer exists"},
	} {
		files, _, _ := given(t)
		change(t, files, "content/published.txt", "", c.line+"\r\n")
		_, problems, err := Build(input(t, files))
		if n := problems.Errors(); err != nil || n != min(len(c.want), 1) || !strings.Contains(fmt.Sprint(problems), c.want) {
			t.Errorf("%s: %v %v", c.line, problems, err)
		}
	}
}

func TestALineAboutWhatIsGoneIsHeldToTheSite(t *testing.T) {
	const place = "content/published.txt:1"
	for _, c := range []struct{ line, want string }{
		{"/en/old/ gone /en/first/", ""},
		{"/en/old/ gone /", ""},
		{"/en/old/ gone /en/first/#causes", ""},
		{"/en/old/#x gone /en/former/", ""},
		{"/en/feed.xml/ gone", place + ": error: no page or file of the site can have stood at /en/feed.xml/ [published]"},
		{"/en/../old/ gone", place + ": error: no page or file of the site can have stood at /en/../old/ [published]"},
		{"/en/Old gone", place + ": error: no page or file of the site can have stood at /en/Old [published]"},
		{"/en/first/ gone", place + ": error: the address /en/first/ is marked as gone, and the site has it [published]\n    hint: take \" gone\" and what follows it from the line"},
		{"/en/first/#causes gone /en/second/", place + ": error: the address /en/first/#causes is marked as gone, and the site has it"},
		{"/en/old/ gone /en/frist/", place + ":15: error: /en/frist/, which replaced /en/old/, does not exist [published]\n    hint: did you mean /en/first/?"},
		{"/en/old/ gone /elsewhere-entirely/", place + ":15: error: /elsewhere-entirely/, which replaced /en/old/, does not exist [published]\n    hint: name an address that the site has, or none"},
		{"/en/old/ gone /en/older/\n/en/older/ gone", place + ":15: error: /en/older/, which replaced /en/old/, is gone itself [published]\n    hint: did you mean /en/former/?"},
		{"/en/old/ gone /en/old/", place + ":15: error: /en/old/, which replaced /en/old/, is gone itself"},
		{"/en/old/ gon", place + ":10: error: unknown word \"gon\" after an address [published]\n    hint: write \"/ja/old/ gone\", or \"/ja/old/ gone /ja/new/#there\""},
		{"  /en/old/  gone /en/first/ 2026", place + ":29: error: \"2026\" is one word too many [published]"},
		{"/en/first/\n/en/old/\n/en/old/ gone", "content/published.txt:3: error: the address /en/old/ is there twice [published]\n    hint: keep one"},
	} {
		files, _, _ := given(t)
		change(t, files, "content/published.txt", "", c.line+"\n")
		_, problems, err := Build(input(t, files))
		if err != nil || (problems.Errors() > 0) != (c.want != "") || !strings.Contains(fmt.Sprint(problems), c.want) {
			t.Errorf("%s: %v %v", c.line, problems, err)
		}
	}
}

func TestADraftMayStandWhereAnArticleIsGone(t *testing.T) {
	files, _, _ := given(t)
	change(t, files, "content/articles/first/article.yaml", "updated:", "draft: true\nupdated:")
	change(t, files, "content/articles/second/de.md", "../first/de.md#causes", "https://a.example/")
	change(t, files, "content/glossary.yaml", "  article: first\n", "")
	change(t, files, "content/published.txt", "", "/ja/first/ gone\n/ja/first/#causes gone\n")
	in := input(t, files)
	hidden := made(t, in).Tree["ja/first/index.html"]
	in.Drafts = true
	shown := made(t, in).Tree["ja/first/index.html"]
	if !bytes.Contains(hidden, []byte("なし")) || bytes.Contains(hidden, []byte("原因")) || bytes.Contains(shown, []byte("なし")) || !bytes.Contains(shown, []byte("原因")) {
		t.Errorf("hidden\n%s\nshown\n%s", hidden, shown)
	}
}

// ledger is a content folder with another published.txt.
type ledger struct {
	fs.FS
	text string
}

func (l ledger) Open(name string) (fs.File, error) {
	if name == "published.txt" {
		return fstest.MapFS{name: {Data: []byte(l.text)}}.Open(name)
	}
	return l.FS.Open(name)
}

// TestOldLinksArriveWhereSomethingIsGone, on every kind of page, and no other
// page of the site becomes another.
func TestOldLinksArriveWhereSomethingIsGone(t *testing.T) {
	passages := []struct{ page, line, want string }{
		{"ja/error-525/", "#old gone /ja/error-526/#causes", `<p class="quiet" lang="ja" id="old">この項目はなくなりました。今は次のところで説明しています。 <a href="../error-526/#causes">`},
		{"en/error-525/", "#old gone /ja/error-526/", `This passage is gone. What it said is now here: <a href="../../ja/error-526/" lang="ja" hreflang="ja">`},
		{"ja/check/", "#cause-old gone /ja/check/how/#table-rules", `id="cause-old">この項目はなくなりました。今は次のところで説明しています。 <a href="how/#table-rules">`},
		{"en/check/", "#do-old gone /en/check/#do-set-strict", `id="do-old">This passage is gone. What it said is now here: <a href="#do-set-strict">`},
		{"en/check/how/", "#table-old gone", `id="table-old">This passage is gone.</p>`},
		{"en/check/origin-leg/", "#old gone", `id="old">This passage is gone.</p>`},
		{"en/check/525/", "#old gone", `id="old">This passage is gone.</p>`},
		{"ja/glossary/", "#old gone /ja/glossary/#sni", `<a href="#sni">用語集 — SNI</a>`},
		{"en/errors/", "#old gone", `id="old">This passage is gone.</p>`},
		{"en/", "#old gone", `id="old">This passage is gone.</p>`},
		{"k/525/", "#old gone", `id="old">この項目はなくなりました。</p>`},
		{"", "#old gone", `id="old">この項目はなくなりました。</p>`},
	}
	pages := []struct{ page, line, want string }{
		{"ja/old/", " gone /ja/error-525/#causes", `<p>ここにあった内容は、今は次のページにあります。</p><h2><a href="../error-525/#causes" hreflang="ja">`},
		{"en/old/", " gone", `<p>No page has taken its place. The nearest one is:</p><h2><a href="../" hreflang="en">`},
		{"ja/check/525/mode-old/", " gone", `<h2><a href="../" hreflang="ja">`},
		{"ja/check/old/", " gone", `<h2><a href="../" hreflang="ja">`},
		{"k/old/", " gone /ja/error-526/", `hreflang="ja">`},
		{"k/older/", " gone", `<a href="../../en/" hreflang="en">`},
	}
	text := ""
	for _, p := range passages {
		text += "/" + p.page + p.line + "\n"
	}
	for _, p := range pages {
		text += "/" + p.page + p.line + "\n"
	}
	text += "/en/old/#there gone /en/error-526/\n/en/old/#here gone\n/en/old/index.md gone /en/error-525/index.md\n/en/old.json gone\n"
	before, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	noted, err := os.ReadFile("../../../content/published.txt")
	if err != nil {
		t.Fatal(err)
	}
	after := made(t, ours(ledger{os.DirFS("../../../content"), string(noted) + text}))
	for _, p := range linkcheck.Check(after.Tree, after.Base) {
		t.Error(p)
	}
	if !slices.Equal(before.Addresses, after.Addresses) {
		t.Error("what is gone is among the addresses")
	}
	changed := map[string]bool{"en/old/index.md": true}
	for _, p := range passages {
		file := p.page + "index.html"
		changed[file] = true
		if was, is := before.Tree[file], after.Tree[file]; was == nil || !bytes.Contains(is, []byte(p.want)) || len(is) > len(was)+400 {
			t.Errorf("%s has no %s", file, p.want)
		}
	}
	for _, p := range pages {
		file := p.page + "index.html"
		changed[file] = true
		page := string(after.Tree[file])
		for _, want := range []string{p.want, `<meta name="robots" content="noindex">`, `<link rel="canonical" href="` + after.Base} {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %s:\n%s", file, want, page)
			}
		}
		if strings.Contains(page, "ticket.js") || strings.Contains(page, "http-equiv=\"refresh\"") {
			t.Errorf("%s sends its readers on", file)
		}
		lang, _, _ := strings.Cut(p.page, "/")
		if is, both := strings.Contains(page, "このページはなくなりました"), lang == "k"; is != (both || lang == "ja") || strings.Contains(page, "This page is gone") != (both || lang == "en") {
			t.Errorf("%s is in another language:\n%s", file, page)
		}
	}
	if page := string(after.Tree["en/old/index.html"]); !strings.Contains(page, `id="there">`) || strings.Contains(page, `id="here"`) {
		t.Errorf("of a page that is gone, only what went elsewhere is told:\n%s", page)
	}
	if md := string(after.Tree["en/old/index.md"]); !strings.HasPrefix(md, "# This page is gone\n\nWhat it said is now here:\n\n[") || !strings.HasSuffix(md, "](../error-525/index.md)\n") {
		t.Error(md)
	}
	for name, data := range after.Tree {
		if !changed[name] && !bytes.Equal(data, before.Tree[name]) {
			t.Errorf("%s has changed", name)
		}
	}
	if len(after.Tree) != len(before.Tree)+len(pages)+1 {
		t.Errorf("%d files, and %d before", len(after.Tree), len(before.Tree))
	}
}

// TestAnOldLinkThatIsSentOnArrivesWhereItIsSent: the line stands on the page to
// which script takes the anchor, once, in each language to which the address leads.
func TestAnOldLinkThatIsSentOnArrivesWhereItIsSent(t *testing.T) {
	files, _, _ := given(t)
	change(t, files, "content/published.txt", "", "/ja/former/#lost gone /ja/second/#why\n/k/525/#cut gone /ja/second/\n/ja/first/#cut gone\n/ja/former/#causes\n")
	tree := made(t, input(t, files)).Tree
	for file, want := range map[string]string{
		"ja/first/index.html": `<a href="../second/#why">`, "en/first/index.html": `<a href="../second/">Gone; now</a>`, "de/first/index.html": `id="cut"`,
	} {
		if !strings.Contains(string(tree[file]), want) {
			t.Errorf("%s has no %s:\n%s", file, want, tree[file])
		}
	}
	if page := string(tree["ja/first/index.html"]); strings.Count(page, `id="cut"`) != 1 || strings.Count(page, `id="lost"`) != 1 || strings.Contains(page, `<a href="../second/">なし、今は`) {
		t.Errorf("a line of its own comes first:\n%s", page)
	}
	if page := string(tree["en/first/index.html"]); strings.Contains(page, `id="lost"`) {
		t.Errorf("the address was of another language:\n%s", page)
	}
	for _, p := range linkcheck.Check(tree, "https://clinic.example/repo/") {
		t.Error(p)
	}
}

func TestASiteThatNotesNoAddressIsWarnedAndBuilt(t *testing.T) {
	for what, change := range map[string]func(fstest.MapFS){
		"no file": func(files fstest.MapFS) { delete(files, "content/published.txt") },
		"only comments": func(files fstest.MapFS) {
			files["content/published.txt"] = &fstest.MapFile{Data: []byte("# None.\n\n")}
		},
	} {
		files, _, _ := given(t)
		change(files)
		result, problems, err := Build(input(t, files))
		const want = "content/published.txt: warning: no address is noted as published, so that none is defended [published]\n    hint: run go run ./generator publish-ledger"
		if err != nil || result.Tree == nil || problems.Errors() != 0 || strings.Count(fmt.Sprint(problems), want) != 1 {
			t.Errorf("%s: %v %v", what, problems, err)
		}
	}
}

// TestNoMistakeCrashesOrPassesHalfWay takes each file away, cuts it in two,
// puts garbage into it and says each of its lines twice: there is a whole site
// then, or problems with a place and no site.
func TestNoMistakeCrashesOrPassesHalfWay(t *testing.T) {
	files, _, _ := given(t)
	whole := made(t, input(t, files))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		data := files[name].Data
		try := func(what string, to []byte) {
			changed := maps.Clone(files)
			if changed[name] = (&fstest.MapFile{Data: to}); to == nil {
				delete(changed, name)
			}
			result, problems, err := Build(input(t, changed))
			switch {
			case err != nil:
				if name != "content/site.yaml" || to != nil {
					t.Errorf("%s %s: %v", name, what, err)
				}
			case (result.Tree == nil) != (problems.Errors() > 0):
				t.Errorf("%s %s: %d files with %v", name, what, len(result.Tree), problems)
			case result.Tree == nil && (result.Addresses != nil || result.Base != ""):
				t.Errorf("%s %s: half a result", name, what)
			}
			for _, p := range problems {
				if p.File == "" || p.Hint == "" || p.Message == "" || p.Rule == "" {
					t.Errorf("%s %s: %v", name, what, p)
				}
			}
		}
		try("taken away", nil)
		try("empty", []byte{})
		try("garbage", []byte("\xff\xfe\x00<<<"))
		try("markup", []byte("---\n[{<svg &x *y: |\n\t---\n"))
		try("in half", data[:len(data)/2])
		try("with Windows' line ends", bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")))
		rows := bytes.SplitAfter(data, []byte("\n"))
		for i := 0; i < len(rows); i += 1 + len(rows)/4 {
			try(fmt.Sprintf("line %d twice", i+1), bytes.Join(slices.Insert(slices.Clone(rows), i, rows[i]), nil))
			try(fmt.Sprintf("without line %d", i+1), bytes.Join(slices.Delete(slices.Clone(rows), i, i+1), nil))
		}
	}
	if again := made(t, input(t, files)); !maps.EqualFunc(whole.Tree, again.Tree, bytes.Equal) {
		t.Error("the files were changed")
	}
}

func TestWindowsLineEndsMakeTheSameSite(t *testing.T) {
	files, _, _ := given(t)
	want := made(t, input(t, files))
	for name, f := range files {
		if strings.HasPrefix(name, "content/") && path.Ext(name) != ".svg" {
			files[name] = &fstest.MapFile{Data: bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))}
		}
	}
	got := made(t, input(t, files))
	for name := range want.Tree {
		if !bytes.Equal(want.Tree[name], got.Tree[name]) {
			t.Errorf("%s is another:\n%s", name, got.Tree[name])
		}
	}
}

func TestAFolderThatCannotBeReadIsAFailure(t *testing.T) {
	files, _, _ := given(t)
	in := input(t, files)
	in.Content = fstest.MapFS{}
	if result, problems, err := Build(in); err == nil || result.Tree != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

func TestAMistakeThatOnlyAPageShowsIsAFailureWithItsPlace(t *testing.T) {
	files, _, _ := given(t)
	change(t, files, "theme/templates/all.html", "{{define \"section\"}}", "{{define \"section\"}}\n{{.Index.Titel}}")
	result, _, err := Build(input(t, files))
	if err == nil || result.Tree != nil || !strings.Contains(err.Error(), "all.html:") || !strings.Contains(cmp.Or(err, nil).Error(), "Titel") {
		t.Error(err)
	}
}
