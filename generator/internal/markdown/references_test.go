package markdown

import (
	"strings"
	"testing"
)

var referring = New(Labels{HeadingLink: "Link to “{title}”", Facts: map[string]Fact{
	"fact connect":   {Text: "19秒"},
	"ui overview":    {Text: "SSL/TLS → 概要（Overview）", Original: "SSL/TLS → Overview", Link: "https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls"},
	"label overview": {Text: "概要（Overview）", Original: "Overview"},
	"ui panel":       {Text: "Tools & Settings → Fire_wall", Original: "Tools & Settings → Fire_wall"},
}}, map[string]Body{"legs": Caption, "tabs": Texts, "command": Commands, "include": Nothing}, nil)

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
