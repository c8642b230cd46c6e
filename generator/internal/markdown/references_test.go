package markdown

import (
	"slices"
	"strings"
	"testing"
)

var referring = New(Labels{HeadingLink: "Link to “{title}”", Facts: map[string]Fact{
	"fact connect":   {Text: "19秒"},
	"ui overview":    {Text: "SSL/TLS → 概要（Overview）", Original: "SSL/TLS → Overview", Link: "https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls"},
	"label overview": {Text: "概要（Overview）", Original: "Overview"},
	"ui panel":       {Text: "Tools & Settings → Fire_wall", Original: "Tools & Settings → Fire_wall"},
}}, map[string]Body{"legs": Caption, "tabs": Texts, "command": Commands, "include": Nothing}, map[string]Included{
	"wait": {File: "recipes/wait/ja.md", Body: []byte("1. {label overview}で[{fact connect}](../a/ja.md)待つ\n")},
	"worn": {File: "recipes/worn/ja.md", Body: []byte("a\n\n**Tools & Settings → Fire_wall**\n")},
	"lost": {File: "recipes/lost/ja.md", Body: []byte("{ui overvew}\n")},
})

func TestAReferenceIsAValueOrALinkedLabel(t *testing.T) {
	const overview = `<a class="ui" href="https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls">SSL/TLS → 概要（Overview）</a>`
	const link = "[SSL/TLS → 概要（Overview）](https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls)"
	for _, c := range []struct{ source, html, markdown, plain string }{
		{"待つのは{fact connect}です。\n", "<p>待つのは19秒です。</p>\n", "待つのは19秒です。\n", "待つのは19秒です。"},
		{"Cloudflareの{ui overview}で見ます。\n", "<p>Cloudflareの" + overview + "で見ます。</p>\n", "Cloudflareの" + link + "で見ます。\n", "CloudflareのSSL/TLS → 概要（Overview）で見ます。"},
		{"{ui panel}\n", "<p><strong class=\"ui\">Tools &amp; Settings → Fire_wall</strong></p>\n", "**Tools & Settings → Fire\\_wall**\n", "Tools & Settings → Fire_wall"},
		{"{label overview}を押します。\n", "<p><strong class=\"ui\">概要（Overview）</strong>を押します。</p>\n", "**概要（Overview）**を押します。\n", "概要（Overview）を押します。"},
		{"**{fact connect}、**{ui overview}\n", "<p><strong>19秒、</strong>" + overview + "</p>\n", "**19秒、**" + link + "\n", "19秒、SSL/TLS → 概要（Overview）"},
		{"[{fact connect}](https://a.example/)\n", "<p><a href=\"https://a.example/\">19秒</a></p>\n", "[19秒](https://a.example/)\n", "19秒"},
		{"`{ui overview}` and \\{ui overview} and {mode} and { fact }\n", "<p><code>{ui overview}</code> and {ui overview} and {mode} and { fact }</p>\n", "`{ui overview}` and \\{ui overview} and {mode} and { fact }\n", "{ui overview} and {ui overview} and {mode} and { fact }"},
		{"```legs mode=full\nwaits {fact connect}\n```\n", "HOLE\n", "HOLE\n", "waits 19秒"},
	} {
		d := referring.Convert("a.md", 0, []byte(c.source))
		for _, p := range d.Problems {
			t.Errorf("%q: %v", c.source, p)
		}
		values := make([]string, len(d.Holes))
		for i, h := range d.Holes {
			if values[i] = h.Dest; h.Kind == Block {
				values[i] = "HOLE"
				if h.Caption != "waits 19秒" || h.Body != "waits 19秒" {
					t.Errorf("%q: the caption is %q, as Markdown %q", c.source, h.Caption, h.Body)
				}
			}
		}
		if got := string(d.HTML(values)); got != c.html {
			t.Errorf("%q is %q\nnot %q", c.source, got, c.html)
		}
		if got := string(d.Markdown(values)); got != c.markdown {
			t.Errorf("%q beside the page is %q\nnot %q", c.source, got, c.markdown)
		}
		if s := d.Sections(); len(s) != 1 || s[0].Text != c.plain {
			t.Errorf("%q reads as %+v\nnot %q", c.source, s, c.plain)
		}
	}
}

func TestAFactMayStandInAHeadingThatKeepsItsID(t *testing.T) {
	d := referring.Convert("a.md", 0, []byte("## After {fact connect} {#after}\n"))
	if len(d.Problems) > 0 || len(d.Headings) != 1 || d.Headings[0].Title != "After 19秒" || d.Headings[0].ID != "after" {
		t.Errorf("%+v %v", d.Headings, d.Problems)
	}
}

func TestEachMistakeOfAReferenceIsNamedWithItsPlaceAndAHint(t *testing.T) {
	for _, c := range []struct{ source, want, hint string }{
		{"a\n\nb {fact conect}\n", `a.md:3:3: error: facts.yaml has no "fact conect" [reference]`, "did you mean {fact connect}?"},
		{"{ui}{ui }\n", `a.md:1:1: error: this reference does not end, or names nothing [reference]`, "write {fact id}"},
		{"{uo overview}\n", `a.md:1:1: error: facts.yaml has no "uo overview" [reference]`, "did you mean {ui overview}?"},
		{"{ui overview and\nmore}\n", `a.md:1:1: error: this reference does not end, or names nothing [reference]`, "on one line"},
		{"[a {ui overview}](https://a.example/)\n", `a.md:1:4: error: {ui overview} is a link, and stands within one [reference]`, "take it out"},
		{"## See {ui overview} {#see}\n", `a.md:1:8: error: {ui overview} is a link, and a heading holds none [reference]`, "text below"},
		{"See **SSL/TLS → Overview**.\n", `a.md:1:15: error: a path through menus is written out [menu-path]`, "write {ui overview}"},
		{"**SSL/TLS → 概要（Overview）**です。\n", `a.md:1:11: error: a path through menus is written out [menu-path]`, "write {ui overview}"},
		{"**SSL/TLS > Overview**\n", `a.md:1:10: error: a path through menus is written out [menu-path]`, "write {ui id}"},
		{"設定＞一般\n", `a.md:1:3: error: a path through menus is written out [menu-path]`, "write {ui id}"},
		{"| a |\n|---|\n| **A** → **B** |\n", `a.md:3:9: error: a path through menus is written out [menu-path]`, "write {ui id}"},
	} {
		problems := referring.Convert("a.md", 0, []byte(c.source)).Problems
		if len(problems) == 0 || !strings.Contains(problems[0].String(), c.want) || !strings.Contains(problems[0].Hint, c.hint) {
			t.Errorf("%q: %v\nnot %s … %s", c.source, problems, c.want, c.hint)
		}
	}
	if p := referring.Convert("a.md", 0, []byte("`http → https` and 5 > 3\n\n```text\na → b\n```\n")).Problems; len(p) > 0 {
		t.Errorf("an arrow in code is named: %v", p)
	}
}

// TestAReferenceHasItsTextInBlocksAsInProse: in a tab, in a recipe, and in a
// recipe within a tab. In code it stays braces.
func TestAReferenceHasItsTextInBlocksAsInProse(t *testing.T) {
	const overview = `<a class="ui" href="https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls">SSL/TLS → 概要（Overview）</a>`
	const link = "[SSL/TLS → 概要（Overview）](https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls)"
	for _, c := range []struct{ source, html, markdown, plain string }{
		{"````tabs server\n=== nginx\n待つのは{fact connect}、\n{ui overview}です。\n````\n", "[<p>待つのは19秒、" + overview + "です。</p>\n]\n", "[待つのは19秒、\n" + link + "です。]\n", "待つのは19秒、SSL/TLS → 概要（Overview）です。"},
		{"```include wait\n```\n", "[<ol>\n<li><strong class=\"ui\">概要（Overview）</strong>で<a href=\"../a/ja.md\">19秒</a>待つ</li>\n</ol>\n]\n", "[1. **概要（Overview）**で[19秒](../a/ja.md)待つ]\n", "概要（Overview）で19秒待つ"},
		{"````tabs os\n=== linux\n{fact connect}\n\n```include wait\n```\n````\n", "[<p>19秒</p>\n[<ol>\n<li><strong class=\"ui\">概要（Overview）</strong>で<a href=\"../a/ja.md\">19秒</a>待つ</li>\n</ol>\n]\n]\n", "[19秒\n\n[1. **概要（Overview）**で[19秒](../a/ja.md)待つ]]\n", "19秒\n概要（Overview）で19秒待つ"},
		{"````tabs os\n=== linux\n```text\n{fact connect}\n```\n`{fact connect}`\n````\n", `[<figure class="code"><pre class="chroma" tabindex="0" role="group" data-lang="text"><code>{fact connect}` + "\n</code></pre></figure>\n<p><code>{fact connect}</code></p>\n]\n", "[```text\n{fact connect}\n```\n`{fact connect}`]\n", "{fact connect}"},
	} {
		d := referring.Convert("a.md", 0, []byte(c.source))
		for _, p := range d.Problems {
			t.Errorf("%q: %v", c.source, p)
		}
		page, _ := filledWith(d)
		values := make([]string, len(d.Holes))
		for i, h := range d.Holes {
			values[i] = h.Dest
			for _, p := range h.Parts {
				values[i] += "[" + p.Markdown + "]"
			}
		}
		if page != c.html {
			t.Errorf("%q is %q\nnot %q", c.source, page, c.html)
		}
		if got := string(d.Markdown(values)); got != c.markdown {
			t.Errorf("%q beside the page is %q\nnot %q", c.source, got, c.markdown)
		}
		if s := d.Sections(); len(s) != 1 || s[0].Text != c.plain {
			t.Errorf("%q reads as %+v\nnot %q", c.source, s, c.plain)
		}
	}
}

func TestAReferenceInACommandIsPlainText(t *testing.T) {
	d := referring.Convert("a.md", 0, []byte("```command title=\"{ui overview}\"\n=== linux macos\n# {ui overview}: {fact connect}\n=== windows\nawk '{label = 1} {fact} {ui Overview}'\n```\n"))
	if len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	if got, want := d.Holes[0].Parts[0].Markdown, "```bash\n# SSL/TLS → 概要（Overview）: 19秒\n```"; got != want {
		t.Errorf("the command beside the page is %q, not %q", got, want)
	}
	if s := d.Sections(); !strings.Contains(s[0].Text, "SSL/TLS → 概要（Overview）") || !slices.Equal(s[0].Code, []string{"# SSL/TLS → 概要（Overview）: 19秒", "awk '{label = 1} {fact} {ui Overview}'"}) {
		t.Errorf("the command reads as %+v", s)
	}
	d = referring.Convert("a.md", 0, []byte("- a\n\n  ```command title=\"{fact conect}\"\n  === linux\n  # 待つ {fact conect}\n  === windows\n  b\n  ```\n"))
	for i, want := range []string{"a.md:3:21: error: ", "a.md:5:8: error: "} {
		if want += `facts.yaml has no "fact conect" [reference]`; len(d.Problems) != 2 || !strings.HasPrefix(d.Problems[i].String(), want) || d.Problems[i].Hint != "did you mean {fact connect}?" {
			t.Errorf("%v, want %s", d.Problems, want)
		}
	}
}

func TestAReferenceInTheTitleOfCodeIsPlainText(t *testing.T) {
	d := referring.Convert("a.md", 0, []byte("```text title=\"{ui overview}, {fact connect}\"\n{fact connect}\n```\n"))
	if got := string(d.HTML(nil)); len(d.Problems) > 0 || !strings.Contains(got, "SSL/TLS → 概要（Overview）, 19秒") || !strings.Contains(got, ">{fact connect}") {
		t.Errorf("%v\n%s", d.Problems, got)
	}
	for source, want := range map[string]string{
		"a\n\n```nginx title=\"位置 {fact conect}\"\nb\n```\n":                    "a.md:3:20: error: facts.yaml has no \"fact conect\" [reference]\n    hint: did you mean {fact connect}?",
		"a\n\n```nginx title=\"設定 → 概要\"\nb\n```\n":                             "a.md:3:20: error: a path through menus is written out [menu-path]\n    hint: write {ui id}",
		"```command title=\"SSL/TLS → Overview\"\nb\n```\n":                     "a.md:1:27: error: a path through menus is written out [menu-path]\n    hint: write {ui id}",
		"````tabs server\n=== nginx\n```nginx title=\"{ui x}\"\nb\n```\n````\n": "a.md:3:17: error: facts.yaml has no \"ui x\" [reference]\n    hint: ",
	} {
		d := referring.Convert("a.md", 0, []byte(source))
		if len(d.Problems) != 1 || !strings.HasPrefix(d.Problems[0].String()+"\n    hint: "+d.Problems[0].Hint, want) {
			t.Errorf("%q: %v, want %s", source, d.Problems, want)
		}
	}
}

// TestAMistakeOfAReferenceInABlockHasItsPlace, in a recipe that of its own file.
func TestAMistakeOfAReferenceInABlockHasItsPlace(t *testing.T) {
	for source, want := range map[string]string{
		"````tabs server\n=== nginx\na\n\nSee **SSL/TLS → Overview**.\n````\n": "a.md:5:15: error: a path through menus is written out [menu-path]\n    hint: write {ui overview}",
		"````tabs server\n=== nginx\n1. 設定＞一般\n````\n":                         "a.md:3:6: error: a path through menus is written out [menu-path]",
		"````tabs server\n=== nginx\nb {fact conect}\n````\n":                  "a.md:3:3: error: facts.yaml has no \"fact conect\" [reference]",
		"````tabs server\n=== nginx\n[a {ui overview}](../a/en.md)\n````\n":    "a.md:3:4: error: {ui overview} is a link, and stands within one [reference]",
		"````tabs server\n=== nginx\n```include worn\n```\n````\n":             "recipes/worn/ja.md:3:20: error: a path through menus is written out [menu-path]\n    hint: write {ui panel}",
		"```include lost\n```\n": "recipes/lost/ja.md:1:1: error: facts.yaml has no \"ui overvew\" [reference]\n    hint: did you mean {ui overview}?",
	} {
		p := referring.Convert("a.md", 0, []byte(source)).Problems
		if len(p) != 1 || !strings.HasPrefix(p[0].String(), want) {
			t.Errorf("%q: %v\nnot %s", source, p, want)
		}
	}
}
