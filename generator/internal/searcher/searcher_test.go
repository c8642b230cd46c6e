package searcher

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/search"
)

const anywhere = 1 << 20

// site is one with the pages given, in Japanese, and one page in English.
func site(t *testing.T, pages ...search.Page) fstest.MapFS {
	t.Helper()
	module, err := fs.ReadFile(search.Client(), "scripts/search.js")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{
		"index.html":           {Data: []byte(`<!doctype html><html lang="ja"><title>x</title>`)},
		"ja/search/index.html": {Data: []byte(`<site-search data-engine="../../assets/search.js" data-indexes="ja ../../assets/search-ja.0.bin en ../../assets/search-en.0.bin"></site-search>`)},
		"assets/search.js":     {Data: module},
	}
	for lang, index := range map[string]search.Index{
		"ja": search.Make(pages, search.Words{Alike: [][]string{{"秘密鍵", "ひみつかぎ", "private key"}}}),
		"en": search.Make([]search.Page{{URL: "en/private/", Title: "The private key", Summary: "Keep it."}}, search.Words{}),
	} {
		files["assets/search-"+lang+".0.bin"] = &fstest.MapFile{Data: index.Root}
		for name, data := range index.Files {
			files["assets/search-"+lang+"/"+name] = &fstest.MapFile{Data: data}
		}
	}
	return files
}

func opened(t *testing.T, files fs.FS) *Site {
	t.Helper()
	s, err := Open(files, "ja")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func asked(t *testing.T, s *Site, query string) []Result {
	t.Helper()
	results, err := s.Ask(query, anywhere)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func TestAQueryFindsTheSectionThatAnswers(t *testing.T) {
	s := opened(t, site(t,
		search.Page{URL: "ja/error-525/", Title: "Error 525", Summary: "ハンドシェイクの失敗。", Codes: []string{"525"}, Sections: []search.Section{
			{Text: "はじめに。"}, {ID: "causes", Heading: "原因", Text: "暗号が合わない。"}, {ID: "fix", Heading: "直し方", Text: "設定を変える。"},
		}},
		search.Page{URL: "ja/glossary/", ID: "key", Title: "用語集", Name: "秘密鍵", Summary: "見せてはいけないもの。"},
		search.Page{URL: "ja/long/", Title: "長いもの", Sections: []search.Section{{ID: "x", Heading: "暗号", Text: "<script>alert(1)</script>"}}},
	))
	for query, want := range map[string]string{
		"525": "/ja/error-525/", "５２５": "/ja/error-525/", "525 原因": "/ja/error-525/#causes", "直し方": "/ja/error-525/#fix",
		"ﾊﾝﾄﾞｼｪｲｸ": "/ja/error-525/", "はんどしぇいく": "/ja/error-525/", "ひみつかぎ": "/ja/glossary/#key", "鍵": "/ja/glossary/#key",
		"<script>": "/ja/long/#x", "alert": "/ja/long/#x", "scrpit": "/ja/long/#x", "private": "/ja/glossary/#key",
	} {
		results := asked(t, s, query)
		if len(results) == 0 || results[0].URL != want {
			t.Errorf("%s: got %+v, not %s", query, results, want)
		}
		for _, r := range results {
			if _, fragment, _ := strings.Cut(r.URL, "#"); fragment != r.Section || r.Title == "" {
				t.Errorf("%s: %+v", query, r)
			}
		}
	}
	for _, query := range []string{"", " ", "。", "ー", "zxqwv", "<>", "ほげほげ"} {
		if results := asked(t, s, query); results == nil || len(results) > 0 {
			t.Errorf("%q: got %+v, not an empty list", query, results)
		}
	}
}

// TestWhatIsWrittenAsOneIsFoundAsItIsWritten: the pairs of letters of 証明書
// stand on the other page too, and beside each other.
func TestWhatIsWrittenAsOneIsFoundAsItIsWritten(t *testing.T) {
	s := opened(t, site(t,
		search.Page{URL: "ja/manual/", Title: "手引き", Sections: []search.Section{{Text: "説明書と証明がある。\n"}}},
		search.Page{URL: "ja/cert/", Title: "設定", Sections: []search.Section{{ID: "x", Heading: "入れ方", Text: "サーバーの証明書がある。\n"}}},
	))
	for query, want := range map[string]int{"証明書": 1, "証明": 2, "の証明書が": 1} {
		if results := asked(t, s, query); len(results) != want || query == "証明書" && results[0].URL != "/ja/cert/#x" {
			t.Errorf("%s: got %+v", query, results)
		}
	}
}

func TestWhatIsQuotedHoldsWhatIsAskedWhereverItStands(t *testing.T) {
	lines := strings.Repeat("ここには、ほかのことが書いてある。\n", 200)
	s := opened(t, site(t, search.Page{URL: "ja/long/", Title: "長いもの", Sections: []search.Section{
		{ID: "a", Heading: "前", Text: lines}, {ID: "b", Heading: "後", Text: lines + "暗号が合わない。\n" + lines},
	}}))
	results := asked(t, s, "暗号が合わない")
	if len(results) != 1 || results[0].Section != "b" || !strings.Contains(results[0].Excerpt, "暗号が合わない") {
		t.Errorf("got %+v", results)
	}
}

func TestWhatIsQuotedHasNoHalfWords(t *testing.T) {
	text := strings.Repeat("renewal of certificates behind a proxy, or before it. ", 5)
	text += "The needle is here, " + strings.Repeat("and further on are the others. ", 5)
	word := regexp.MustCompile(`\w+`)
	words := word.FindAllString(text, -1)
	for _, query := range []string{"needle", "renewal", "others"} {
		results := asked(t, opened(t, site(t, search.Page{URL: "ja/x/", Title: "一", Sections: []search.Section{{ID: "x", Text: text}}})), query)
		if len(results) != 1 {
			t.Fatalf("%s: got %+v", query, results)
		}
		for _, shown := range word.FindAllString(results[0].Excerpt, -1) {
			if !slices.Contains(words, shown) {
				t.Errorf("%s: %q is no word, in %q", query, shown, results[0].Excerpt)
			}
		}
	}
}

func TestAFurtherPartOfAPageStandsBehindOthers(t *testing.T) {
	part := func(id, name string) search.Page {
		return search.Page{URL: "ja/glossary/", ID: id, Title: "用語集", Name: name, Summary: "鍵のこと。"}
	}
	results := asked(t, opened(t, site(t, part("a", "公開鍵の鍵"), part("b", "秘密鍵の鍵"), part("c", "鍵交換の鍵"), search.Page{URL: "ja/padlock/", Title: "見るもの", Summary: "鍵のこと。"})), "鍵")
	if len(results) != 4 || results[2].URL != "/ja/padlock/" {
		t.Errorf("got %+v", results)
	}
}

func TestANameOfTwoWordsIsFoundInEitherOrder(t *testing.T) {
	s := opened(t, site(t,
		search.Page{URL: "ja/a/", Title: "一", Sections: []search.Section{{ID: "x", Heading: "Your certificate expired", Text: "x"}}},
		search.Page{URL: "ja/b/", Title: "二", Also: []string{"expired certificate"}},
	))
	if results := asked(t, s, "certificate expired"); len(results) < 2 || results[0].URL != "/ja/b/" {
		t.Errorf("got %+v", results)
	}
}

// TestAWordIsFoundByWhatElseItIsCalled: in its title, and in a heading, which
// is where it leads; and how one asks is not what one asks.
func TestAWordIsFoundByWhatElseItIsCalled(t *testing.T) {
	files := site(t)
	index := search.Make([]search.Page{
		{URL: "ja/expired/", Title: "証明書の期限切れ"},
		{URL: "ja/leave/", Title: "手引き", Sections: []search.Section{{ID: "stop", Heading: "一時停止", Text: "方法はとても多い。"}}},
		{URL: "ja/many/", Title: "とても多い方法", Summary: "何のことか。"},
	}, search.Words{Alike: [][]string{{"期限切れ", "きげんぎれ"}, {"停止", "やめる"}}, Weak: []string{"とは何", "方法", "what is"}})
	files["assets/search-ja.0.bin"].Data = index.Root
	for name, data := range index.Files {
		files["assets/search-ja/"+name] = &fstest.MapFile{Data: data}
	}
	s := opened(t, files)
	for query, want := range map[string]string{"きげんぎれ": "/ja/expired/", "やめる方法": "/ja/leave/#stop", "期限切れとは何": "/ja/expired/", "What is期限切れ": "/ja/expired/", "方法": "/ja/many/"} {
		if results := asked(t, s, query); len(results) == 0 || results[0].URL != want {
			t.Errorf("%s: got %+v, not %s", query, results, want)
		}
	}
}

func TestAPageAboutOneStandsBehindThePageAboutAll(t *testing.T) {
	message := []string{"転送が繰り返されました"}
	s := opened(t, site(t,
		search.Page{URL: "ja/kumo/", Title: "雲サーバーの転送", Exact: message, Of: []string{"雲サーバー"}},
		search.Page{URL: "ja/loop/", Title: "転送が終わらない", Exact: message},
	))
	for query, want := range map[string]string{"転送": "/ja/loop/", "転送が繰り返されました": "/ja/loop/", "雲サーバー 転送": "/ja/kumo/"} {
		if results := asked(t, s, query); len(results) == 0 || results[0].URL != want {
			t.Errorf("%s: got %+v, not %s", query, results, want)
		}
	}
}

func TestACodeAmongWordsLeadsToItsPage(t *testing.T) {
	s := opened(t, site(t,
		search.Page{URL: "ja/reload/", Title: "再読み込みで直る525", Summary: "再読み込みをする。"},
		search.Page{URL: "ja/error-525/", Title: "Error 525", Codes: []string{"525"}, Sections: []search.Section{{Text: "再読み込みをする。"}}},
	))
	if results := asked(t, s, "525 再読み込み"); len(results) < 2 || results[0].URL != "/ja/error-525/" {
		t.Errorf("got %+v", results)
	}
}

func TestTheOtherLanguageComesBehind(t *testing.T) {
	results := asked(t, opened(t, site(t, search.Page{URL: "ja/key/", Title: "秘密鍵"})), "private key")
	if len(results) != 2 || results[0].Lang != "ja" || results[1].Lang != "en" || results[1].URL != "/en/private/" {
		t.Errorf("got %+v", results)
	}
}

func TestADamagedFileIsAnError(t *testing.T) {
	files := site(t, search.Page{URL: "ja/key/", Title: "秘密鍵"})
	for name := range files {
		if strings.HasPrefix(name, "assets/search-ja/t") {
			files[name] = &fstest.MapFile{Data: []byte("damaged")}
		}
	}
	if _, err := opened(t, files).Ask("秘密鍵", 5); err == nil || !strings.Contains(err.Error(), "assets/search-ja/t0") {
		t.Errorf("got %v", err)
	}
	if _, err := Open(files, "de"); !errors.Is(err, ErrNoLanguage) {
		t.Errorf("got %v", err)
	}
	if lang, err := Language(files); lang != "ja" || err != nil {
		t.Errorf("got %q, %v", lang, err)
	}
}

// TestIndexAndQueryFoldTheContentAlike is the law of search: what the module
// makes of a text is what the index made of it, for every line of the content.
func TestIndexAndQueryFoldTheContentAlike(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // the interpreter makes little else than garbage
	s := opened(t, site(t))
	v, err := s.vm.RunString("(lines) => JSON.stringify(JSON.parse(lines).map((line) => fold(line).text))")
	if err != nil {
		t.Fatal(err)
	}
	var fold func(string) string
	if err := s.vm.ExportTo(v, &fold); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{} // half of all lines stand in several places
	for _, line := range []string{"ﾊﾝﾄﾞｼｪｲｸ", "か\u3099き\u3099", "サ－バ‐", "㍿ﬁ①", "ヴァヴヴィ", "ｳﾞｧｳ\u3099ォ", "ヴェイ", "イヤエイ", "エイイヤ", "サ--‐エ-イ", "𠮷野家", "Straße É"} {
		said[line] = true
	}
	err = filepath.WalkDir("../../../content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" && filepath.Ext(name) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for line := range strings.SplitSeq(string(data), "\n") {
			said[line] = true
		}
		return nil
	})
	if err != nil || len(said) < 1000 {
		t.Fatalf("%d lines, %v", len(said), err)
	}
	lines := slices.Sorted(maps.Keys(said))
	in, _ := json.Marshal(lines)
	var out []string
	if err := json.Unmarshal([]byte(fold(string(in))), &out); err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		if out[i] != search.Fold(line) {
			t.Errorf("the module reads %q, the index %q", out[i], search.Fold(line))
		}
	}
}
