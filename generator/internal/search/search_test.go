package search

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSpellingsOfOneWordFoldAlike(t *testing.T) {
	for _, words := range [][]string{
		{"ハンドシエーク", "ﾊﾝﾄﾞｼｪｲｸ", "ハンドシェイク", "ハンドシェーク"},
		{"525", "５２５"},
		{"tlsv1.2", "ＴＬＳｖ１．２", "TLSv1.2"},
		{"lets encrypt", "Let's Encrypt", "Let’s Encrypt"},
		{"サーバー", "サ－バ－", "サ‐バ―", "ｻｰﾊﾞｰ", "サーヴァー"},
		{"フアイアウオール", "ファイアウォール", "ファイヤウォール", "ﾌｧｲｱｳｫｰﾙ"},
		{"がぎ", "か\u3099き\u3099"},
	} {
		for _, word := range words {
			if got := Fold(word); got != words[0] {
				t.Errorf("%q is %q, and not %q", word, got, words[0])
			}
		}
	}
}

func TestATextHasTheTermsByWhichItIsAsked(t *testing.T) {
	for _, c := range []struct {
		text string
		name bool
		want string
	}{
		{"サーバー証明書", false, "サー サバ バー バ証 証明 明書 書"},
		{"キー", false, "キー キ"},
		{"ドメインを", false, "ドメ メー メン ンを を イン"},
		{"タイヤと", false, "タイ イア アと と ヤと"},
		{"TLSv1.2とTLS 1.3", false, "tls 1.2 tls1.2 と tls 1.3"},
		{"ssl_protocols", false, "ssl protocols sslprotocols"},
		{"Let's Encrypt", false, "lets encrypt"},
		{"Let's Encrypt", true, "lets encrypt letsencrypt"},
		{"203.0.113.10:443", false, "203.0.113.10 443"},
		{"v2", false, "2"},
		{"<script>", false, "script"},
		{"…！？", false, ""},
	} {
		var got []string
		Terms(c.text, c.name, func(term string) { got = append(got, term) })
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: got %q, not %q", c.text, got, c.want)
		}
	}
}

func TestAWholeIsTheSameInEitherKanaAndWithoutParticles(t *testing.T) {
	for _, c := range [][]string{
		{"エツ=クスサバ", "エックスサーバー", "えっくすさーばー"},
		{"管理=画面入レナイ", "管理画面に入れない", "管理画面 入れない"},
		{"トン=ネル", "トンネル", "とんねる"},
		{"ハン=ドシエク", "ハンドシェイク", "はんどしぇいく", "ﾊﾝﾄﾞｼｪｲｸ"},
		{"", "…", ""},
	} {
		for _, text := range c[1:] {
			if got := whole(text); got != c[0] {
				t.Errorf("%q is %q, not %q", text, got, c[0])
			}
		}
	}
}

func TestANameIsThereUnlessWithinAnotherWord(t *testing.T) {
	known := thesaurus([][]string{{"TLS", "ティーエルエス"}, {"証明書", "cert"}})
	for text, want := range map[string][]string{
		"TLSを使う":  {"ティーエルエス"},
		"mTLSを使う": nil,
		"TLS証明書":  {"ティーエルエス", "cert"},
		"a TLSA":  nil,
	} {
		if got := others(known, []string{text}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}

func TestWhatIsWeakIsThereTheLongestFirst(t *testing.T) {
	for want, weak := range map[string][]string{
		machines:             nil,
		machines + "|とは何|とは": {"とは", "とは何", "とは"},
		machines + `|(?<![a-z])(?:what|is)(?![a-z])`: {"Is", "what"},
		machines + `|\?`: {"？"},
	} {
		if got := (Words{Weak: weak}).weak(); got != want {
			t.Errorf("%q: %s, not %s", weak, got, want)
		}
	}
}

// TestTwoIndexesOfOneSiteAreEqual holds at every size: many terms are many
// shards, and a file's name tells its bytes.
func TestTwoIndexesOfOneSiteAreEqual(t *testing.T) {
	var pages []Page
	for i := range 300 {
		pages = append(pages, Page{
			URL: "ja/" + strings.Repeat("a", i%7) + "/", Title: "記事の題名", Summary: "証明書と、ハンドシェイク。",
			Sections: []Section{{ID: "one", Heading: "原因", Text: strings.Repeat(string(rune(0x4e00+i))+string(rune(0x5000+2*i)), 20)}},
		})
	}
	words := Words{Alike: [][]string{{"証明書", "cert"}, {"ハンドシェイク", "handshake", "握手"}}}
	a, b := Make(pages, words), Make(slices.Clone(pages), words)
	if !bytes.Equal(a.Root, b.Root) || !maps.EqualFunc(a.Files, b.Files, bytes.Equal) {
		t.Error("the two differ")
	}
	if len(a.Files) < 8 {
		t.Errorf("there are %d files", len(a.Files))
	}
	for name, data := range a.Files {
		if len(data) > 3*shardSize(len(pages)) {
			t.Errorf("%s has %d bytes", name, len(data))
		}
	}
}

func TestNoPageHasMorePlacesThanAMaskHasBits(t *testing.T) {
	var p Page
	for range 70 {
		p.Sections = append(p.Sections, Section{Text: strings.Repeat("行\n", 40)})
	}
	for i, places := range p.places() {
		if len(places) == 0 {
			t.Errorf("section %d has no place", i)
		}
		for _, place := range places {
			if place.bit == 0 || place.bit > 1<<(maxPlaces-1) {
				t.Errorf("section %d: bit %b", i, place.bit)
			}
		}
	}
}

func FuzzNoTermIsEmptyOrLooksLikeAWhole(f *testing.F) {
	for _, text := range []string{"ﾊﾝﾄﾞｼｪｲｸ", "TLSｖ１．２", "か\u3099", "ヴァイエイヤ", "㍿ ﬁ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Terms(text, true, func(term string) {
			if term == "" || strings.ContainsAny(term, "= \n") {
				t.Errorf("%q has the term %q", text, term)
			}
		})
	})
}

// BenchmarkTwoThousandPages is of pages of 900 characters, in Japanese, with
// title, summary and headings: lines of the articles, in another order.
func BenchmarkTwoThousandPages(b *testing.B) {
	var lines []string
	names, err := filepath.Glob("../../../content/articles/*/ja.md")
	if err != nil || len(names) < 30 {
		b.Fatal(len(names), err)
	}
	prose := regexp.MustCompile(`^[ぁ-ゖァ-ヺー一-鿿].*。$`)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); prose.MatchString(line) {
				lines = append(lines, line)
			}
		}
	}
	r := rand.New(rand.NewPCG(5, 25))
	var pages []Page
	for i := range 2000 {
		p := Page{URL: fmt.Sprintf("ja/page-%d/", i), Title: fmt.Sprintf("記事%d：%s", i, clip(lines[r.IntN(len(lines))], 20)), Summary: clip(lines[r.IntN(len(lines))], 60)}
		for s := range 4 {
			one := Section{ID: fmt.Sprintf("s-%d", s), Heading: fmt.Sprintf("手順%d", s)}
			for left := 200; left > 0; {
				// A pair of letters of its own, so that the terms are as many as in life.
				line := clip(lines[r.IntN(len(lines))]+string([]rune{0x4e00 + r.Int32N(3000), 0x4e00 + r.Int32N(3000)}), left)
				one.Text += line + "\n"
				left -= utf8.RuneCountInString(line)
			}
			p.Sections = append(p.Sections, one)
		}
		pages = append(pages, p)
	}
	for b.Loop() {
		x := Make(pages, Words{})
		terms, shown, shards := len(x.Root), 0, 0
		for name, data := range x.Files {
			if name[0] == 't' {
				terms += len(data)
				shards++
			} else {
				shown += len(data)
			}
		}
		b.ReportMetric(float64(len(x.Root)), "root-bytes")
		b.ReportMetric(float64(terms), "index-bytes")
		b.ReportMetric(float64(shown), "fragment-bytes")
		b.ReportMetric(float64(shards), "shards")
	}
}

// clip gives the first characters of a text.
func clip(text string, most int) string {
	for i := range text {
		if most--; most < 0 {
			return text[:i]
		}
	}
	return text
}
