package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html"

	"sslclinic/generator/internal/output"
	"sslclinic/generator/internal/searcher"
)

// The quality of search is measured on queries that people type, over the
// shipped site, by the module that their browser runs. Queries lie in
// testdata/search; those in a file "held" were tried when the others were right, and mended by kind. A file of a number was
// asked once before anything was changed for it: its first lines tell with what success.

// asked is the shipped site, open to questions in a language. Its tests share
// it, so that the index is read once; the lock lets one of them ask.
type asked struct {
	sync.Mutex
	engine
	known map[question][]searcher.Result
}

// A question is a query, and at most how many results it wants.
type question struct {
	query string
	most  int
}

// engine answers queries in their order, each with at most so many results;
// afresh, each as the first one, with nothing fetched yet.
type engine interface {
	ask(queries []string, most int, afresh bool) ([]answer, error)
}

// An answer has with it the bytes of the index that were fetched until then, as
// they travel.
type answer struct {
	Results []searcher.Result
	Fetched int
	Error   string `json:",omitempty"`
}

var askedSites sync.Map

// askable opens the shipped site. Node runs the module as fast as a browser
// does; where it is missing, the interpreter of generator search does it.
func askable(t testing.TB, lang string) *asked {
	t.Helper()
	tree := shipped(t, atRoot).Tree
	s, _ := askedSites.LoadOrStore(lang, &asked{})
	one := s.(*asked)
	one.Lock()
	defer one.Unlock()
	if one.engine == nil {
		if node, err := exec.LookPath("node"); err == nil {
			one.engine = nodeEngine(t, node, lang, tree)
		} else {
			one.engine = goEngine(t, lang, tree)
		}
	}
	return one
}

// interpreted is the engine of generator search.
type interpreted struct{ *searcher.Site }

func goEngine(t testing.TB, lang string, tree output.Tree) engine {
	t.Helper()
	files := fstest.MapFS{}
	for name, data := range tree {
		files[name] = &fstest.MapFile{Data: data}
	}
	site, err := searcher.Open(files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return interpreted{site}
}

func (e interpreted) ask(queries []string, most int, afresh bool) (all []answer, err error) {
	for _, query := range queries {
		if afresh {
			if err := e.Forget(); err != nil {
				return nil, err
			}
		}
		one := answer{}
		if one.Results, err = e.Ask(query, most); err != nil {
			return nil, fmt.Errorf("%q: %w", query, err)
		}
		for name, size := range e.Fetched {
			if strings.HasSuffix(name, ".bin") {
				one.Fetched += size
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// A program is node with testdata/ask.mjs, which asks one site or several: the
// module gets faster the longer it runs. It ends with the tests, or before.
type program struct {
	sync.Mutex
	end   func() error
	in    *json.Encoder
	out   *json.Decoder
	sites int
}

// compiled is a site of a program.
type compiled struct {
	*program
	site int
}

// programs are those that the tests share, one for each language.
var programs sync.Map

func nodeEngine(t testing.TB, node, lang string, tree output.Tree) engine {
	t.Helper()
	shared, ok := programs.Load(lang)
	if !ok {
		mine := started(t, node)
		if shared, ok = programs.LoadOrStore(lang, mine); ok {
			_ = mine.end()
		}
	}
	return shared.(*program).open(t, lang, tree)
}

func started(t testing.TB, node string) *program {
	t.Helper()
	cmd := exec.Command(node, "--max-semi-space-size=64", "testdata/ask.mjs")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &program{end: func() error { return errors.Join(in.Close(), cmd.Wait()) }, in: json.NewEncoder(in), out: json.NewDecoder(out)}
}

// open gives the program a site to ask.
func (p *program) open(t testing.TB, lang string, tree output.Tree) engine {
	t.Helper()
	site := struct {
		Module []byte            `json:"module"`
		Roots  [][2]string       `json:"roots"`
		Files  map[string][]byte `json:"files"`
	}{Module: tree[asset(t, tree, "search.js")], Files: map[string][]byte{}}
	indexes := regexp.MustCompile(`data-indexes="([^"]*)"`).FindSubmatch(tree[lang+"/search/index.html"])
	if indexes == nil {
		t.Fatalf("%s/search/ names no indexes", lang)
	}
	for pair := range slices.Chunk(strings.Fields(string(indexes[1])), 2) {
		site.Roots = append(site.Roots, [2]string{pair[0], path.Join(lang, "search", pair[1])})
	}
	for name, data := range tree {
		if strings.HasSuffix(name, ".bin") {
			site.Files[name] = data
		}
	}
	p.Lock()
	defer p.Unlock()
	if err := p.in.Encode(site); err != nil {
		t.Fatal(err)
	}
	p.sites++
	return compiled{p, p.sites - 1}
}

func (e compiled) ask(queries []string, most int, afresh bool) (all []answer, err error) {
	e.Lock()
	defer e.Unlock()
	if err := e.in.Encode(map[string]any{"site": e.site, "queries": queries, "most": most, "afresh": afresh}); err != nil {
		return nil, err
	}
	if err := e.out.Decode(&all); err != nil {
		return nil, err
	}
	for i, one := range all {
		if one.Error != "" {
			return nil, fmt.Errorf("%q: %s", queries[i], one.Error)
		}
		for j := range one.Results {
			one.Results[j].URL = "/" + one.Results[j].URL
		}
	}
	return all, nil
}

// ahead asks at once what will be asked one by one: to wait for another program
// costs as much as to search.
func (s *asked) ahead(t testing.TB, queries []string, most int) {
	t.Helper()
	s.Lock()
	defer s.Unlock()
	queries = slices.DeleteFunc(slices.Clone(queries), func(query string) bool {
		_, known := s.known[question{query, most}]
		return known
	})
	if len(queries) == 0 {
		return
	}
	answers, err := s.ask(queries, most, false)
	if err != nil {
		t.Fatal(err)
	}
	if s.known == nil {
		s.known = map[question][]searcher.Result{}
	}
	for i, one := range answers {
		s.known[question{queries[i], most}] = one.Results
	}
}

func (s *asked) asks(t testing.TB, query string, most int) []searcher.Result {
	t.Helper()
	s.Lock()
	defer s.Unlock()
	if results, ok := s.known[question{query, most}]; ok {
		return results
	}
	answers, err := s.ask([]string{query}, most, false)
	if err != nil {
		t.Fatal(err)
	}
	return answers[0].Results
}

// TestTheInterpreterAnswersAsABrowserDoes: what generator search prints is what
// a reader sees, and fetches as much.
func TestTheInterpreterAnswersAsABrowserDoes(t *testing.T) {
	node := tool(t, "node")
	tree := shipped(t, atRoot).Tree
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		var queries []string
		for i, query := range queriesIn(t, lang+".tsv") {
			if i%16 == 0 {
				queries = append(queries, query)
			}
		}
		here, err := goEngine(t, lang, tree).ask(queries, 10, false)
		there, err2 := nodeEngine(t, node, lang, tree).ask(queries, 10, false)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		for i, query := range queries {
			results, fetched, others, alike := here[i].Results, here[i].Fetched, there[i].Results, there[i].Fetched
			same := func(x, y searcher.Result) bool {
				// The last bits of a power are each engine's own.
				near := math.Abs(x.Score-y.Score) < 1e-9*x.Score
				x.Score = y.Score
				return near && x == y
			}
			if !slices.EqualFunc(results, others, same) || fetched != alike {
				t.Errorf("%s: %q: %d bytes, %+v; in node %d bytes, %+v", lang, query, fetched, results, alike, others)
			}
		}
	}
}

// rows are the lines of a file of queries, but for its comments.
func rows(t *testing.T, name string) [][]string {
	t.Helper()
	var all [][]string
	for line := range strings.Lines(read(t, "testdata/search/"+name)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			all = append(all, strings.Split(line, "\t"))
		}
	}
	return all
}

// queriesIn are the first columns of a file of queries.
func queriesIn(t *testing.T, name string) (all []string) {
	t.Helper()
	for _, row := range rows(t, name) {
		all = append(all, row[0])
	}
	return all
}

// found are the pages of results in order, below their language.
func found(t testing.TB, s *asked, query string, most int) []string {
	t.Helper()
	var all []string
	for _, r := range s.asks(t, query, most) {
		at, _, _ := strings.Cut(r.URL, "#")
		all = append(all, strings.Trim(at[len("/"+r.Lang):], "/"))
	}
	return all
}

// TestSearchFindsWhatPeopleLookFor: what is the least for each is the figure
// below which search was worse than the best that could be had ready-made, but
// for recall, where a query's other pages are asked for too.
func TestSearchFindsWhatPeopleLookFor(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	t.Parallel()
	for _, c := range []struct {
		lang              string
		files             []string
		mrr, hit1, recall float64
		silent            int // queries without a result
	}{
		{"ja", []string{"ja.tsv", "ja-held.tsv"}, .95, .94, .93, 3},
		{"en", []string{"en.tsv", "en-held.tsv"}, .96, .95, .94, 1},
		// What nobody had tuned for when it was first asked: the least is a little below what was had when it was mended.
		{"ja", []string{"ja-second.tsv"}, .92, .87, .92, 1},
		{"en", []string{"en-second.tsv"}, .96, .94, .93, 1},
		{"ja", []string{"ja-third.tsv"}, .95, .93, .88, 1},
		{"en", []string{"en-third.tsv"}, .95, .93, .94, 1},
		{"ja", []string{"ja-fourth.tsv"}, .91, .86, .86, 1},
		{"en", []string{"en-fourth.tsv"}, .95, .91, .87, 1},
		{"ja", []string{"ja-fifth.tsv"}, .90, .84, .86, 1},
		{"ja", []string{"ja-sixth.tsv"}, .95, .92, .90, 1},
		{"ja", []string{"ja-seventh.tsv"}, .94, .92, .92, 1},
		{"ja", []string{"ja-eighth.tsv"}, .95, .92, .90, 1},
		{"ja", []string{"ja-ninth.tsv"}, .95, .93, .90, 1},
		{"en", []string{"en-fifth.tsv"}, .95, .93, .90, 1},
		{"en", []string{"en-sixth.tsv"}, .95, .93, .91, 1},
		{"ja", []string{"ja-tenth.tsv"}, .91, .87, .81, 2},
		{"en", []string{"en-seventh.tsv"}, .92, .89, .81, 1},
		{"ja", []string{"ja-eleventh.tsv"}, .88, .82, .83, 2},
		{"en", []string{"en-eighth.tsv"}, .93, .89, .83, 1},
		{"ja", []string{"ja-twelfth.tsv"}, .93, .88, .86, 2},
		{"en", []string{"en-ninth.tsv"}, .93, .91, .87, 1},
		{"ja", []string{"ja-thirteenth.tsv"}, .96, .95, .84, 1},
		{"en", []string{"en-tenth.tsv"}, .96, .94, .84, 1},
		// A host and a number, or what happens there: the page of the two.
		{"ja", []string{"ja-fourteenth.tsv"}, .93, .91, .90, 1},
		{"en", []string{"en-eleventh.tsv"}, .97, .96, .95, 1},
		{"ja", []string{"ja-fifteenth.tsv"}, .93, .88, .87, 1},
		{"en", []string{"en-twelfth.tsv"}, .93, .88, .92, 1},
		{"ja", []string{"ja-sixteenth.tsv"}, .92, .90, .91, 1},
		{"en", []string{"en-thirteenth.tsv"}, .91, .86, .88, 1},
		{"ja", []string{"ja-seventeenth.tsv"}, .88, .78, .93, 1},
		{"en", []string{"en-fourteenth.tsv"}, .88, .78, .92, 1},
		{"ja", []string{"ja-eighteenth.tsv"}, .87, .81, .93, 2},
		{"en", []string{"en-fifteenth.tsv"}, .77, .66, .86, 1},
		{"ja", []string{"ja-nineteenth.tsv"}, .84, .76, .89, 1},
		{"en", []string{"en-sixteenth.tsv"}, .89, .86, .90, 1},
		// Nothing was changed for these: they say what a query gives that nobody has seen.
		{"ja", []string{"ja-twentieth.tsv"}, .80, .73, .81, 1},
		{"en", []string{"en-seventeenth.tsv"}, .86, .82, .90, 1},
		// By people who had not seen the search: what they type, and the pages for it.
		{"ja", []string{"ja-twenty-first.tsv"}, .97, .95, .97, 0},
		{"en", []string{"en-eighteenth.tsv"}, .97, .95, .97, 0},
		{"ja", []string{"ja-twenty-second.tsv"}, .96, .95, .97, 0},
		{"en", []string{"en-nineteenth.tsv"}, .96, .94, .97, 0},
	} {
		s := askable(t, c.lang)
		mrr, hit1, recall, silent, n := 0., 0., 0., 0, 0.
		for _, file := range c.files {
			s.ahead(t, queriesIn(t, file), 10)
			for _, row := range rows(t, file) {
				got, want := found(t, s, row[0], 10), strings.Fields(row[1])
				n++
				for _, page := range want {
					if tree[c.lang+"/"+page+"/index.html"] == nil {
						t.Errorf("%s: %q asks for %s, which is no page", file, row[0], page)
					}
				}
				right := want // first, though nobody misses the others
				if len(row) > 2 {
					right = append(strings.Fields(row[2]), want...)
				}
				at := slices.IndexFunc(got, func(page string) bool { return slices.Contains(right, page) })
				if at >= 0 {
					mrr += 1 / float64(at+1)
				}
				if at == 0 {
					hit1++
				} else {
					t.Logf("%s: %q gives %q", file, row[0], got[:min(len(got), 3)])
				}
				if len(got) == 0 {
					silent++
				}
				// Where eight pages would do, five of them are all that five can be.
				had := 0
				for _, page := range want {
					if slices.Contains(got[:min(len(got), 5)], page) {
						had++
					}
				}
				recall += float64(had) / float64(min(len(want), 5))
			}
		}
		mrr, hit1, recall = mrr/n, hit1/n, recall/n
		t.Logf("%s: %v queries: MRR %.3f, first %.3f, recall at 5 %.3f, none %d", c.lang, n, mrr, hit1, recall, silent)
		if mrr < c.mrr || hit1 < c.hit1 || recall < c.recall || silent > c.silent {
			t.Errorf("%s: MRR %.3f, first %.3f, recall at 5 %.3f, none %d", c.lang, mrr, hit1, recall, silent)
		}
	}
}

func TestTwoSpellingsOfAQueryGiveTheSameFirst(t *testing.T) {
	s := askable(t, "ja")
	t.Parallel()
	same, all := 0, rows(t, "ja-pairs.tsv")
	s.ahead(t, slices.Concat(all...), 1)
	for _, row := range all {
		a, b := found(t, s, row[0], 1), found(t, s, row[1], 1)
		if len(a) == 1 && slices.Equal(a, b) {
			same++
		} else {
			t.Logf("%q gives %q, and %q gives %q", row[0], a, row[1], b)
		}
	}
	if same < 28 {
		t.Errorf("%d of %d", same, len(all))
	}
}

func TestNonsenseFindsNothing(t *testing.T) {
	for lang, least := range map[string]int{"ja": 9, "en": 5} {
		s, empty := askable(t, lang), 0
		s.ahead(t, queriesIn(t, lang+"-nonsense.txt"), 3)
		for _, row := range rows(t, lang+"-nonsense.txt") {
			if got := found(t, s, row[0], 3); len(got) == 0 {
				empty++
			} else {
				t.Logf("%s: %q gives %q", lang, row[0], got)
			}
		}
		if empty < least {
			t.Errorf("%s: %d stay empty", lang, empty)
		}
	}
}

// TestANumberLeadsToItsArticleWhateverStandsBeside: people name it in many ways.
func TestANumberLeadsToItsArticleWhateverStandsBeside(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	t.Parallel()
	for lang, ways := range map[string][]string{
		"en": {"cloudflare error N", "error N cloudflare", "cloudflare N", "N error cloudflare", "cloudflare N error", "how to fix cloudflare error N", "website error N", "N error code cloudflare", "http N cloudflare", "host error N", "error N Ray ID: 8f2c1d3e4a5b6c7d"},
		"ja": {"cloudflare エラー N", "クラウドフレア エラー N", "CloudflareのエラーN", "Nエラー cloudflare", "N cloudflare", "エラーコードN", "サイト エラー N", "ホームページ N エラー", "cloudflare Nエラー 直し方", "HTTP N エラー", "エラー N Ray ID: 8f2c1d3e4a5b6c7d"},
	} {
		s := askable(t, lang)
		for name := range tree {
			number, is := strings.CutPrefix(path.Dir(name), lang+"/error-")
			if !is || path.Base(name) != "index.md" || number == "codes" {
				continue
			}
			queries := make([]string, len(ways))
			for i, way := range ways {
				queries[i] = strings.Replace(way, "N", number, 1)
			}
			s.ahead(t, queries, 3)
			for _, query := range queries {
				if got := found(t, s, query, 3); len(got) == 0 || got[0] != "error-"+number {
					t.Errorf("%s: %q gives %q", lang, query, got)
				}
			}
		}
	}
}

// TestAnAskedPhraseShutsNothingOut: how people ask for a page leads to it, and
// what is found without their words stands below.
func TestAnAskedPhraseShutsNothingOut(t *testing.T) {
	node := tool(t, "node") // an interpreter would take minutes
	result, _ := inThree(t)
	without := result.Tree
	var search struct {
		Asked []struct {
			For string
			By  map[string][]string
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, "../content/search.yaml")), &search); err != nil {
		t.Fatal(err)
	}
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		s, bare := askable(t, lang), &asked{engine: nodeEngine(t, node, lang, without)}
		// The pages of the language, each once.
		pages := func(s *asked, query string) (all []string) {
			for _, r := range s.asks(t, query, 10) {
				page, _, _ := strings.Cut(r.URL, "#")
				if r.Lang == lang && !slices.Contains(all, page) {
					all = append(all, page)
				}
			}
			return all
		}
		phrases, first, few := 0, 0, 0
		for _, a := range search.Asked {
			slug, _, _ := strings.Cut(a.For, "#")
			s.ahead(t, a.By[lang], 10)
			for _, phrase := range a.By[lang] {
				phrases++
				its := func(page string) bool { return path.Base(page) == slug }
				got := pages(s, phrase)
				at := slices.IndexFunc(got, its)
				if at == 0 {
					first++
				} else if at < 0 {
					t.Errorf("%s: %q does not lead to %s, but to %q", lang, phrase, a.For, got)
				}
				if len(got) > 3 {
					continue
				}
				if had := slices.DeleteFunc(pages(bare, phrase), its); len(got)-1 < min(len(had), 3) {
					few++
					t.Logf("%s: %q leads to %q; without it to %q", lang, phrase, got, had)
				}
			}
		}
		t.Logf("%s: of %d phrases %d put their page first, below %d stands less", lang, phrases, first, few)
		// What two pages are asked by leads to one of them, and a word that nobody wrote is taken for another, which a known one is not.
		if first < phrases*95/100 || few > phrases/150 {
			t.Errorf("%s: of %d phrases %d put their page first, below %d stands less", lang, phrases, first, few)
		}
	}
}

// TestATitleFindsItsPage: whatever a page is called, that leads to it.
func TestATitleFindsItsPage(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	t.Parallel()
	heading := regexp.MustCompile(`<meta property="og:title" content="([^"]*)">`)
	for _, lang := range []string{"ja", "en"} {
		s, titles := askable(t, lang), map[string]string{}
		for name, data := range tree {
			page, isPage := strings.CutSuffix(strings.TrimPrefix(name, lang+"/"), "/index.html")
			if !strings.HasPrefix(name, lang+"/") || !isPage || tree[lang+"/"+page+"/index.md"] == nil && !strings.HasPrefix(page, "hosts/") {
				continue
			}
			titles[page] = html.UnescapeString(string(heading.FindSubmatch(data)[1]))
		}
		s.ahead(t, slices.Collect(maps.Values(titles)), 1)
		for page, title := range titles {
			if got := found(t, s, title, 1); len(got) == 0 || got[0] != page {
				t.Errorf("%s/%s: %q gives %q", lang, page, title, got)
			}
		}
	}
}

// TestAPartOfTheTextIsFoundWhereItStands asks for parts of Japanese words and
// sentences, wherever they begin, and looks at every page for itself.
func TestAPartOfTheTextIsFoundWhereItStands(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	t.Parallel()
	texts := map[string]string{}
	for name := range tree {
		if page, isText := strings.CutSuffix(name, "/index.md"); isText && strings.HasPrefix(name, "ja/") {
			texts[strings.TrimPrefix(page, "ja/")] = prose(t, tree[page+"/index.html"])
		}
	}
	pages := make([]string, 0, len(texts))
	for page := range texts {
		pages = append(pages, page)
	}
	slices.Sort(pages)
	whole := regexp.MustCompile(`^[ぁ-ゖァ-ヺー一-鿿]+$`)
	r, s := rand.New(rand.NewPCG(5, 25)), askable(t, "ja")
	const parts = 200
	recall, precision := 0., 0.
	for n := 0; n < parts; {
		text := []rune(texts[pages[r.IntN(len(pages))]])
		from, length := r.IntN(len(text)), 3+r.IntN(8)
		if from+length > len(text) || !whole.MatchString(string(text[from:from+length])) {
			continue
		}
		n++
		part := string(text[from : from+length])
		has, got, right := 0, 0, 0
		seen := map[string]bool{}
		for _, page := range found(t, s, part, 1<<20) {
			if _, is := texts[page]; is && !seen[page] {
				got++
				if strings.Contains(texts[page], part) {
					right++
				}
			}
			seen[page] = true
		}
		for _, page := range pages {
			if strings.Contains(texts[page], part) {
				has++
			}
		}
		if right < has {
			var lost []string
			for _, page := range pages {
				if strings.Contains(texts[page], part) && !seen[page] {
					i := strings.Index(texts[page], part)
					lost = append(lost, page+": "+texts[page][max(0, i-60):min(len(texts[page]), i+60)])
				}
			}
			t.Logf("%q: found on %d of %d pages; lost %q", part, right, has, lost)
		}
		recall += float64(right) / float64(has)
		precision += float64(right) / float64(max(1, got))
	}
	t.Logf("recall %.3f, precision %.3f", recall/parts, precision/parts)
	if recall/parts < .999 || precision/parts < .95 {
		t.Errorf("recall %.3f, precision %.3f", recall/parts, precision/parts)
	}
}

// prose is the text of an article's page, with its title and summary, a line a block.
func prose(t testing.TB, page []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		case html.ElementNode:
			fields := slices.Contains(n.Attr, html.Attribute{Key: "class", Val: "fields"}) // the interface's, on every page with a command
			if fields || slices.Contains([]string{"form", "script", "svg", "template", "ssl-check"}, n.Data) {
				b.WriteByte('\n')
				return
			}
			if slices.Contains([]string{"dd", "dt", "h2", "h3", "h4", "li", "p", "td", "th", "br", "div", "summary", "button", "figcaption", "caption"}, n.Data) {
				b.WriteByte('\n')
			}
		}
		for c := range n.ChildNodes() {
			visit(c)
		}
	}
	written := []html.Attribute{{Key: "class", Val: "prose"}, {Key: "class", Val: "summary"}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "h1" || slices.ContainsFunc(written, func(a html.Attribute) bool { return slices.Contains(n.Attr, a) })) {
			visit(n)
		}
	}
	return b.String()
}

// TestEveryResultIsAPlaceOfTheSite: its page is there, and its fragment is an
// id of that page.
func TestEveryResultIsAPlaceOfTheSite(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		s := askable(t, lang)
		for _, query := range []string{"cloudflare", "525", "証明書", "certificate", "http", "の"} {
			for _, r := range s.asks(t, query, 1<<20) {
				page := tree[strings.Trim(strings.SplitN(r.URL, "#", 2)[0], "/")+"/index.html"]
				if page == nil || r.Section != "" && !bytes.Contains(page, []byte(`id="`+r.Section+`"`)) {
					t.Errorf("%s: %s is no place of the site", query, r.URL)
				}
			}
		}
	}
}

// TestAFirstQueryFetchesLittle: the scripts, the root, the shards of its terms
// and the fragments of five results, as they travel.
func TestAFirstQueryFetchesLittle(t *testing.T) {
	tree, most := shipped(t, atRoot).Tree, budgets(t)
	t.Parallel()
	scripts := packed(tree[asset(t, tree, "search.js")]) + packed(tree[asset(t, tree, "site-search.js")]) + packed(tree[asset(t, tree, "field.js")]) + packed(tree[asset(t, tree, "results.js")])
	if scripts > most("scripts of the search") {
		t.Errorf("the scripts have %d bytes", scripts)
	}
	all, n := 0, 0
	s := askable(t, "ja")
	s.Lock()
	defer s.Unlock()
	answers, err := s.ask(queriesIn(t, "ja.tsv"), 5, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range answers {
		n++
		all += scripts + one.Fetched
	}
	t.Logf("%d bytes on average, %d of them scripts", all/n, scripts)
	if all/n > most("first query") {
		t.Errorf("%d bytes on average", all/n)
	}
}
