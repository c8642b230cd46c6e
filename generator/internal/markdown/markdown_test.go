package markdown

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"

	"sslclinic/generator/internal/diag"
)

var converter = New(Labels{
	Alerts:      map[string]string{"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution"},
	HeadingLink: "Link to “{title}”", FootnoteBack: "Back", Table: "Table", Code: "Code", TaskDone: "done", TaskOpen: "open",
}, map[string]Body{"legs": Caption, "outcomes": Caption, "tabs": Texts, "command": Commands, "include": Nothing}, map[string]Included{
	"renew": {"recipes/renew/en.md", []byte("Then [renew](../../articles/a/en.md).\n")},
	"round": {"recipes/round/en.md", []byte("```include again\n```\n")},
	"again": {"recipes/again/en.md", []byte("```include round\n```\n")},
})

// rendered gives the HTML of a text in which nothing may be wrong, its holes
// filled with their own number.
func rendered(t *testing.T, source string) string {
	t.Helper()
	d := converter.Convert("a.md", 0, []byte(source))
	for _, p := range d.Problems {
		t.Errorf("%q: %v", source, p)
	}
	values := make([]string, len(d.Holes))
	for i := range values {
		values[i] = fmt.Sprint("hole", i)
	}
	return string(d.HTML(values))
}

func TestEveryCommonMarkExampleIsUnchanged(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Markdown, HTML string
		Example        int
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples, not 652", len(examples))
	}
	// Strikethrough and our rules for Japanese take part; ~ stands in no
	// example as a mark.
	md := goldmark.New(goldmark.WithExtensions(syntax), goldmark.WithRendererOptions(html.WithUnsafe(), html.WithXHTML()))
	for _, e := range examples {
		var b bytes.Buffer
		if err := md.Convert([]byte(e.Markdown), &b); err != nil {
			t.Fatal(err)
		}
		if got, want := strings.TrimSpace(b.String()), strings.TrimSpace(e.HTML); got != want {
			t.Errorf("example %d: %q\n got %q\nwant %q", e.Example, e.Markdown, got, want)
		}
	}
}

func TestJapaneseEmphasisNeedsNoSpaces(t *testing.T) {
	for source, want := range map[string]string{
		"**証明書の期限が切れています。**更新":              "<strong>証明書の期限が切れています。</strong>更新",
		"設定は**「詳細」**から":                     "設定は<strong>「詳細」</strong>から",
		"**[リンク](https://a.example/)**です":   `<strong><a href="https://a.example/">リンク</a></strong>です`,
		"**`ERR_SSL`**が":                    "<strong><code>ERR_SSL</code></strong>が",
		"~~旧手順。~~新":                         "<del>旧手順。</del>新",
		"これは*強調（注）*です":                      "これは<em>強調（注）</em>です",
		"**Full (strict)**を選ぶ":              "<strong>Full (strict)</strong>を選ぶ",
		"モードは**Full (strict)**です。**「有効」**へ": "モードは<strong>Full (strict)</strong>です。<strong>「有効」</strong>へ",
		"**“引用”**です":                        "<strong>“引用”</strong>です",
		"**한국어(韓)**는":                       "<strong>한국어(韓)</strong>는",
		"a**\"b\"**c":                       "a**&quot;b&quot;**c", // as CommonMark has it
		"2 * 3 * 4":                         "2 * 3 * 4",
		"証明書は*.example.com、*.example.netです": "証明書は*.example.com、*.example.netです",
		"*.a.example、*.b.exampleと*.c":       "*.a.example、*.b.exampleと*.c",
		"対象は**.js、**.tsです":                  "対象は**.js、**.tsです",
		"所要時間は10~20分、混雑時は30~40分":            "所要時間は10~20分、混雑時は30~40分",
		"~~10~20分~~でした":                     "<del>10~20分</del>でした",
		"期限は**警告!**です":                      "期限は<strong>警告!</strong>です",
		"例：`**`":                            "例：<code>**</code>",
		"snake_case_日本_語":                   "snake_case_日本_語",
	} {
		d := converter.Convert("a.md", 0, []byte(source))
		if got := strings.TrimSpace(string(d.HTML(nil))); got != "<p>"+want+"</p>" {
			t.Errorf("%s\n got %s\nwant <p>%s</p>", source, got, want)
		}
	}
}

func TestLineBreaksVanishBetweenJapaneseOnly(t *testing.T) {
	for source, want := range map[string]string{
		"証明書を\n更新します":                  "証明書を更新します",
		"English line\nbefore":         "English line\nbefore",
		"English line\n**bold** text":  "English line\n<strong>bold</strong> text",
		"**太字。**\n次の行":                 "<strong>太字。</strong>次の行",
		"前の行\n**太字**":                  "前の行<strong>太字</strong>",
		"前の行、\n`code`です":               "前の行、<code>code</code>です",
		"コード`a`\n`b`です":                "コード<code>a</code>\n<code>b</code>です",
		"[リンク](https://a.example/)\n次": `<a href="https://a.example/">リンク</a>次`,
		"see, this\n*word*, and":       "see, this\n<em>word</em>, and",
		"한국어\n문장":                      "한국어\n문장",
		"一\n**二**\n`三`\n四":             "一<strong>二</strong><code>三</code>四",
		"末尾  \n改行":                     "末尾<br>\n改行",
		"> 引用の\n> 続き":                  "",
	} {
		got := rendered(t, source)
		if want == "" {
			if !strings.Contains(got, "引用の続き") {
				t.Errorf("%q gave %q", source, got)
			}
			continue
		}
		if strings.TrimSpace(got) != "<p>"+want+"</p>" {
			t.Errorf("%q\n got %q\nwant %q", source, got, "<p>"+want+"</p>")
		}
	}
}

func TestWhatGitHubReadersExpect(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"alert", "> [!WARNING]\n> 平文です。\n", `<div class="alert" role="note" data-alert="warning"><p class="alert-title">Warning</p>` + "\n<p>平文です。</p>\n</div>"},
		{"alert with paragraphs", "> [!note]\n>\n> One.\n>\n> Two.\n", `data-alert="note"><p class="alert-title">Note</p>` + "\n<p>One.</p>\n<p>Two.</p>"},
		{"alert that begins with emphasis", "> [!TIP]\n> **bold** text\n", "</p>\n<p><strong>bold</strong> text</p>"},
		{"quote", "> plain\n", "<blockquote>\n<p>plain</p>\n</blockquote>"},
		{"table", "| a | b |\n|---|--:|\n| 1 | 2 |\n", `<td class="end">2</td>`},
		{"table scrolls", "| a |\n|---|\n| 1 |\n", `<div class="table" role="region" tabindex="0" aria-label="Table"><table>`},
		{"a second table has another name", "| a |\n|---|\n| 1 |\n\n| b |\n|---|\n| 2 |\n", `aria-label="Table 2"><table>`},
		{"footnote", "text[^a]\n\n[^a]: note\n", `<a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a>`},
		{"definition list", "SNI\n: the name\n", "<dl>\n<dt>SNI</dt>\n<dd>the name</dd>\n</dl>"},
		{"task list", "- [x] a\n- [ ] b\n", `<input type="checkbox" checked disabled aria-label="done"> a`},
		{"figure", "![alt](x.svg \"caption\")\n", `<figure><img hole0 alt="alt" loading="lazy"><figcaption>caption</figcaption></figure>`},
		{"heading", "## 原因 `x` {#causes}\n", `<h2 id="causes">原因 <code>x</code> <a class="anchor" href="#causes" aria-label="Link to “原因 x”"></a></h2>`},
		{"class", "#### How to tell {.tell}\n", `<h4 class="tell">How to tell</h4>`},
		{"code", "```nginx title=\"/etc/nginx/a b.conf\"\nlisten 443 ssl;\n```\n", `<figure class="code"><figcaption>/etc/nginx/a b.conf</figcaption><pre class="chroma" tabindex="0" role="group" aria-label="/etc/nginx/a b.conf" data-lang="nginx"><code><span class="k">listen</span>`},
		{"comment", "a\n\n<!-- hidden -->\n\nb <!-- c --> d\n", "<p>a</p>\n<p>b  d</p>"},
		{"link", "[a](../flexible/ja.md#risk \"t\")\n", `<a href="hole0" title="t">a</a>`},
		{"escapes", "`<script>` & \"x\" <https://a.example/?a=1&b=2>\n", `<code>&lt;script&gt;</code> &amp; &quot;x&quot; <a href="https://a.example/?a=1&amp;b=2">`},
	} {
		if got := rendered(t, c.source); !strings.Contains(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestEveryMistakeHasItsPlaceAndAHint(t *testing.T) {
	for _, c := range []struct{ source, at, rule, hint string }{
		{"ok\n\n## 原因\n", "3:1", "heading-id", "{#causes}"},
		{"## Common causes\n", "1:1", "heading-id", "{#common-causes}"},
		{"## a {#x}\n\n### b {#x}\n", "3:1", "heading-id", "of its own"},
		{"## a {#Open_Port}\n", "1:1", "heading-id", "{#open-port}"},
		{"# Title\n", "1:1", "heading", "front matter"},
		{"## [a](b.md) {#x}\n", "1:4", "heading", "text below"},
		{"説明\n<div>a</div>\n", "2:1", "raw-html", "Markdown"},
		{"a <b>c</b>\n", "1:3", "raw-html", "Markdown"},
		{"    indented\n", "1:5", "code-language", "```"},
		{"```\nx\n```\n", "1:1", "code-language", "```text"},
		{"```ngimx\nx\n```\n", "1:4", "code-language", `"nginx"`},
		{"```nginx titel=\"a\"\nx\n```\n", "1:10", "code-language", `"title"`},
		{"```bash\nx\n", "1:1", "code-fence", "same marks"},
		{"> [!WARNNING]\n> x\n", "1:3", "alert", `"WARNING"`},
		{"日本語の[リンク]()です\n", "1:5", "link", "parentheses"},
		{"![](x.svg)\n", "1:1", "picture", "shows"},
		{"text[^1]\n", "1:5", "footnote", "[^1]"},
		{"see [526](../error-526/en.md for\n", "1:9", "link", "close it with )"},
		{"text\n##Causes {#causes}\n", "2:1", "heading", "put a space after the ##"},
		{"| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "3:1", "table", "the rest would be lost"},
		{"| a | b |\n| 1 | 2 |\n", "1:1", "table", "a line |---|---|"},
		{"see [text][nowhere] ok\n", "1:10", "link-reference", "[name]"},
		{"ab ** cd\n", "1:4", "emphasis", "inner side"},
		{"```legs mode=flexible\nsee [a](b.md)\n```\n", "1:4", "caption", "text below"},
		{"#### a {#x}\n", "1:1", "heading-id", "{#x}"},
		{"<!-- メモ --> この文は残る。\n", "1:13", "raw-html", "lines of its own"},
		{"- 一\n\n  <!-- x --> 二\n", "3:14", "raw-html", "lines of its own"},
		{"<!-- a\nb --> <!-- c --> d\n", "2:18", "raw-html", "lines of its own"},
		{"a\n\n<!-- b\n\n## c {#d}\n", "3:1", "raw-html", "-->"},
		{"> <!-- b\n\nc\n", "1:3", "raw-html", "-->"},
		{"a <!-- b\n", "1:3", "raw-html", "-->"},
		{"a\n\n[^1]: b\n", "3:1", "footnote", "[^1]"},
		{"a[^1]\n\n[^1]: b\n\n> [^1]: c\n", "5:3", "footnote", "of its own"},
		{"a\n\n[b]: c.md 'd'\n", "3:1", "link-reference", "[text][b]"},
		{"[b]\n\n[b]: c.md\n[B]: d.md\n", "4:1", "link-reference", "of its own"},
		{"## 見出し[^1] {#h}\n\n[^1]: x\n", "1:7", "heading", "text below"},
		{"## <https://example.com/> です {#h}\n", "1:4", "heading", "text below"},
		{"[](https://example.com/)\n", "1:1", "link", "where it leads"},
		{"[![](a.svg)](https://example.com/)\n", "1:1", "link", "where it leads"},
		{"<javascript:alert(1)>\n", "1:1", "link", "javascript:"},
		{"a <ftp://example.com/>\n", "1:3", "link", "ftp:"},
		{"![図](https://example.com/a.png)\n", "1:1", "picture", "folder"},
		{"![図](//example.com/a.png)\n", "1:1", "picture", "folder"},
		{"(*.a/*.b)\n", "1:2", "emphasis", "`code`"},
		{"3*4、5*6です\n", "1:2", "emphasis", `\*`},
		{"- a\n  \t- b\n", "2:4", "meant", "spaces alone"},
		{"-\u3000項目\n", "1:1", "meant", "ordinary space"},
		{"-項目\n", "1:1", "meant", "space after"},
		{"・一\n・二\n", "2:1", "meant", "- and a space"},
		{"１．一\n", "1:1", "meant", "1."},
		{"1.項目\n", "1:1", "meant", "space after"},
		{"①一\n", "1:1", "meant", "1."},
		{"＃＃ 見出し\n", "1:1", "meant", "##"},
		{"##\u3000見出し\n", "1:1", "meant", "ordinary space"},
		{"＞ 引用\n", "1:1", "meant", "> and"},
		{"文は＊＊太字＊＊です\n", "1:3", "meant", "**"},
		{"｜a｜b｜\n", "1:1", "meant", "|---|"},
		{"｀｀｀text\n", "1:1", "meant", "```"},
		{"［x］（https://example.com/）\n", "1:1", "meant", "[text]"},
		{"[x]（https://example.com/）\n", "1:3", "meant", "[text]"},
		{"［x](../a/ja.md)\n", "1:1", "meant", "[text]"},
		{":::note\n本文\n:::\n", "1:1", "meant", "[!NOTE]"},
		{"!!! note\n    本文\n", "1:1", "meant", "[!NOTE]"},
		{"{{< note >}}\n", "1:1", "meant", "[!NOTE]"},
		{"> [!NOTE] 題名\n> 本文\n", "1:3", "meant", "the next"},
		{"[!NOTE]\n本文\n", "1:1", "meant", "the next"},
		{"[[a]]\n", "1:1", "meant", "[text]"},
		{"==a==\n", "1:1", "meant", "**"},
		{"__太字__です\n", "1:1", "meant", "**"},
		{"これは_強調_です\n", "1:4", "meant", "**"},
		{"|a|b|\n|---|---|\n|1|2|\n次の文です。\n", "4:1", "table", "an empty line"},
		{"```yml\na: b\n```\n", "1:4", "code-language", "yaml"},
		{"```none\na\n```\n", "1:4", "code-language", "text"},
		{"```nginx:nginx.conf\na\n```\n", "1:4", "code-language", `nginx title="nginx.conf"`},
		{"```js{1,3}\na\n```\n", "1:4", "code-language", "js alone"},
		{"a `b\u200Bc`\n", "1:5", "invisible", "take it away"},
		{"```text\nrun \u202Eabc\u202C\n```\n", "2:5", "invisible", "take it away"},
		{"```text\na\x1b[0m\n```\n", "2:2", "invisible", "take it away"},
		{"````tabs os\n=== macos\n本文\u2066です\n````\n", "3:3", "invisible", "take it away"},
		{"```command\n=== macos\na\u2060b\n```\n", "3:2", "invisible", "take it away"},
		{"a\u0085b\n", "1:2", "invisible", "take it away"},
	} {
		d := converter.Convert("a.md", 0, []byte(c.source))
		if !found(d.Problems, "a.md:"+c.at, c.rule, c.hint) {
			t.Errorf("%q: want %s [%s] with a hint about %q, got %v", c.source, c.at, c.rule, c.hint, d.Problems)
		}
	}
}

func found(problems diag.List, at, rule, hint string) bool {
	for _, p := range problems {
		if p.Position() == at && string(p.Rule) == rule && strings.Contains(p.Hint, hint) {
			return true
		}
	}
	return false
}

func TestLinesCountFromTheTopOfTheFile(t *testing.T) {
	d := converter.Convert("a.md", 7, []byte("text\n\n[次](../x/ja.md) と [b](y.md)\n"))
	if len(d.Holes) != 2 || d.Holes[0].Line != 10 || d.Holes[0].Col != 5 || d.Holes[1].Col != 23 {
		t.Errorf("got %+v", d.Holes)
	}
}

func TestBlocksWithAMeaningAreHoles(t *testing.T) {
	d := converter.Convert("a.md", 0, []byte("before\n\n```legs mode=flexible fail=\"origin\" bare\nThe **open** leg\n```\n\nafter\n"))
	if len(d.Problems) > 0 || len(d.Holes) != 1 {
		t.Fatalf("%v %+v", d.Problems, d.Holes)
	}
	h := d.Holes[0]
	want := []Arg{{"mode", "flexible", 9}, {"fail", "origin", 23}, {"bare", "", 37}}
	if h.Name != "legs" || fmt.Sprint(h.Args) != fmt.Sprint(want) || h.Caption != "The <strong>open</strong> leg" {
		t.Errorf("got %+v", h)
	}
	if got := string(d.HTML([]string{"<figure>"})); got != "<p>before</p>\n<figure>\n<p>after</p>\n" {
		t.Errorf("HTML: %q", got)
	}
	if got := string(d.Markdown([]string{"> figure"})); got != "before\n\n> figure\n\nafter\n" {
		t.Errorf("Markdown: %q", got)
	}
}

func TestMarkdownKeepsEverythingButDestinations(t *testing.T) {
	source := "[a](x.md), [b](<y.md>), ![p](z.svg \"t\"), [c][r], [d][r] and [x.md](x.md#f)\n\n[r]: w.md 'title'\n"
	d := converter.Convert("a.md", 0, []byte(source))
	values := make([]string, len(d.Holes))
	for i, h := range d.Holes {
		values[i] = h.Dest
	}
	if got := string(d.Markdown(values)); got != source {
		t.Errorf("filled with its own destinations\n got %q\nwant %q", got, source)
	}
	for i := range values {
		values[i] = "URL"
	}
	want := "[a](URL), [b](<URL>), ![p](URL \"t\"), [c][r], [d][r] and [x.md](URL)\n\n[r]: URL 'title'\n"
	if got := string(d.Markdown(values)); got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func FuzzConvertNeverPanics(f *testing.F) {
	f.Add("## a {#b}\n\n> [!NOTE]\n> ```legs a=\"b\n")
	f.Add("~~~\n[x](y)\n**証明書。**更新\n- [ ] a\n\n[^1]: b\n|a|\n|-|\n")
	f.Add("![a](b \"c\")\n\nx\n: y\n\x00")
	f.Fuzz(func(t *testing.T, source string) {
		d := converter.Convert("a.md", 0, []byte(source))
		values := make([]string, len(d.Holes))
		for i, h := range d.Holes {
			values[i] = h.Dest
			if h.Line < 1 || h.Col < 1 {
				t.Errorf("a hole at %d:%d", h.Line, h.Col)
			}
		}
		if out := d.HTML(values); strings.ContainsRune(string(out), 0) {
			t.Errorf("a mark is left in %q", out)
		}
		d.Markdown(values)
		d.Sections()
	})
}

// TestCodeThatIsJapaneseIsReadAsJapanese: what stands on a screen in Japan, in a
// text of another language.
func TestCodeThatIsJapaneseIsReadAsJapanese(t *testing.T) {
	const kana, han, latin = "`ドメイン/SSL`", "`独自SSL証明書導入`", "`SSL/TLS → Größe`"
	for lang, want := range map[string][]string{
		"": nil, "ja": nil, "ja-JP": nil, "en": {kana, han}, "en-GB": {kana, han}, "zh": {kana}, "zh-Hant": {kana},
	} {
		c := New(Labels{Lang: lang}, map[string]Body{"tabs": Texts}, nil)
		for _, code := range []string{kana, han, latin} {
			d := c.Convert("a.md", 0, []byte("````tabs host\n=== a\nUnder "+code+".\n````\n"))
			html := string(d.Holes[0].Parts[0].HTML)
			if got := strings.Contains(html, `<code lang="ja">`); got != slices.Contains(want, code) || len(d.Problems) > 0 {
				t.Errorf("in %q, %s is %s %v", lang, code, html, d.Problems)
			}
		}
	}
}

// TestAddressesInCodeAreGuarded from what Cloudflare does to pages, and other
// code is as it was.
func TestAddressesInCodeAreGuarded(t *testing.T) {
	for source, want := range map[string]string{
		"a `b@example.com` c\n":                      "<p>a <!--email_off--><code>b@example.com</code><!--/email_off--> c</p>",
		"```bash\nssh b@example.com\n```\n":          Fields + "\n<!--email_off--><figure class=\"code\">",
		"<b@example.com>\n":                          "<p><!--email_off--><a href=\"mailto:b@example.com\">b@example.com</a><!--/email_off--></p>",
		"[write](mailto:b@example.com)\n":            "<p><!--email_off--><a href=\"mailto:b@example.com\">write</a><!--/email_off--></p>",
		"a `b@c` and `@media`\n":                     "<p>a <code>b@c</code> and <code>@media</code></p>",
		"[`b@example.com`](https://example.com/) \n": "<p><a href=\"https://example.com/\"><!--email_off--><code>b@example.com</code><!--/email_off--></a></p>",
	} {
		if got := rendered(t, source); !strings.HasPrefix(got, want) {
			t.Errorf("%q:\n got %s\nwant %s", source, got, want)
		}
	}
	d := converter.Convert("a.md", 0, []byte("## A `b@example.com` {#a}\n\nc `d@example.com` e.\n\n```bash\nssh f@example.com\n```\n"))
	if s := d.Sections(); len(s) != 1 || s[0].Heading != "A b@example.com" || s[0].Text != "c d@example.com e." || fmt.Sprint(s[0].Code) != "[ssh f@example.com]" {
		t.Errorf("%+v", s)
	}
}
