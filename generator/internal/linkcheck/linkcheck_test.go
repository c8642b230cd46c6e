package linkcheck

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/output"
)

var bases = []string{"https://example.com/", "https://example.com/repo/", "/", "/repo/"}

// good is a small site without a fault, as served at base.
func good(base string) output.Tree {
	home, err := url.Parse(base)
	if err != nil {
		panic(err)
	}
	tree := output.Tree{}
	for name, text := range map[string]string{
		"index.html": `<!doctype html><html lang="en"><meta charset="utf-8"><title>Root</title>
<meta http-equiv="refresh" content="0; url='ja/'"><a href="ja/">Japanese</a> <a href="./en/#top">English</a>`,

		"ja/index.html": `<!doctype html><html lang="ja"><title>家</title>
<link rel="stylesheet" href="../assets/1f/site.css"><link rel="canonical" href="BASEja/"><link rel="alternate" hreflang="en" href="../en/">
<meta property="og:url" content="BASEja/"><meta property="og:image" content="BASEassets/1f/logo.svg">
<script type="module" src="../assets/1f/site.js"></script><script type="application/ld+json">{"@id":"https://elsewhere.example/"}</script>
<body><h1 id="家">家</h1><a href="#家">ここ</a><a href="#%E5%AE%B6">ここ</a><a href="525/">525</a>
<img src="../assets/1f/logo.svg" srcset="../assets/1f/logo.svg 1x, ../assets/1f/logo.svg?a,b 2x" alt="">
<form action="../search/"><label for="q">?</label><input id="q" name="q" list="words"><datalist id="words"></datalist><button>探す</button></form>
<!-- <a href="commented/out/"></a> -->`,

		"ja/525/index.html": `<!doctype html><html lang=ja><title>525</title><a href=../>家</a>
<h2 id=causes aria-describedby="note other">原因</h2><p id=note>…<p id=other>…
<a href="https://developers.cloudflare.com/">Cloudflare</a> <a href="http://origin.example/">HTTP</a> <a href="mailto:a@example.com">✉</a>
<a href="../../check/#v=1&amp;symptom=525">検査</a><a href="#causes:~:text=原因">原因</a><a href="">上</a><a href="#">上</a>
<a href="../../en/525/index.md">Markdown</a><a name=old></a><a href="#old">古い</a>
<table><tr><th id=h1>a<tr><td headers="h1">b</table>
<svg aria-labelledby=t><title id=t>図</title><defs><linearGradient id=g></linearGradient></defs><rect fill="url(#g)"/><use href="#g"/><use href="../../assets/1f/logo.svg#mark"/><a href="#causes"><text>図</text></a></svg>`,

		"en/index.html": `<!doctype html><html lang=en><title>Home</title><p><a href="525/?from=home#causes"><img src="/PATHassets/1f/logo.svg" alt="525"></a>
<a href="../ja/525/"><svg role=img aria-label="525"></svg></a><button aria-label="Menu"><span aria-hidden=true>≡</span></button>
<template><a href="">filled in by script</a><a href="nowhere/"></a><img><b id=x></b><b id=x></b></template>
<noscript><a href="/PATHold/">old</a></noscript><textarea><a href="no/link/"></textarea>
<a href="../search/">search</a><a aria-hidden=true href="#top"></a>`,

		"en/525/index.html":   `<!doctype html><html lang=en><title>525</title><h2 id=causes>Causes</h2><a href="../">Home</a>`,
		"en/525/index.md":     `# 525`,
		"search/index.html":   `<!doctype html><html lang=en><title>Search</title>`,
		"check/index.html":    `<!doctype html><html lang=en><title>Check</title>`,
		"old/index.html":      `<!doctype html><html lang=en><title>Moved</title><meta http-equiv=refresh content="0;url=../en/525/">`,
		"en/error/index.html": `<!doctype html><html lang=en><title>525</title><meta name=robots content=noindex><link rel=canonical href="BASEen/525/"><a href="../525/">525</a>`,
		"k/525/index.html":    `<!doctype html><html lang=en><title>525</title><a href="../../ja/525/">525</a>`,
		"404.html":            `<!doctype html><html lang=en><title>Not here</title><a href="#x" id=x>x</a><a href="/PATHen/">Home</a>`,

		"assets/1f/site.css": "@import \"more.css\";\n/* url(comment.png) */ a{background:url(logo.svg)} b{background:url( 'logo.svg#mark' )} i{mask:url(#m)} u{background:url(data:image/png;base64,AA==)}",
		"assets/1f/more.css": "",
		"assets/1f/site.js":  "",
		"assets/1f/logo.svg": `<svg xmlns="http://www.w3.org/2000/svg"><path id="mark"/></svg>`,

		"sitemap.xml": `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc>BASEja/</loc><xhtml:link rel="alternate" hreflang="en" href="BASEen/"/></url></urlset>`,
		"ja/feed.xml": `<feed xmlns="http://www.w3.org/2005/Atom"><link href="BASEja/"/><link rel="self" href="BASEja/feed.xml"/>
<entry><link href="BASEja/525/#causes"/><content type="html">&lt;a href="x/"&gt;</content></entry></feed>`,
	} {
		text = strings.ReplaceAll(text, "BASE", base)
		text = strings.ReplaceAll(text, "/PATH", home.Path)
		tree[name] = []byte(text)
	}
	return tree
}

func show(list diag.List) string {
	var lines []string
	for _, p := range list {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s [%s]\n\thint: %s", p.File, p.Line, p.Col, p.Message, p.Rule, p.Hint))
	}
	return strings.Join(lines, "\n")
}

func TestAGoodSiteHasNoProblems(t *testing.T) {
	for _, base := range bases {
		if found := Check(good(base), base); len(found) > 0 {
			t.Errorf("at %s:\n%s", base, show(found))
		}
	}
}

// Each mutation breaks one thing, and gives the one problem that says so.
func TestEachFaultIsFoundAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		file, old, new string
		want           string // part of "message [rule]"
	}{
		// Where links lead.
		{"ja/index.html", `href="525/"`, `href="526/"`, `href="526/" leads to "ja/526/index.html", which is not there [missing-file]`},
		{"ja/index.html", `href="525/"`, `href="525/index.md"`, `leads to "ja/525/index.md"`},
		{"ja/index.html", `href="525/"`, `href="525"`, `href="525" lacks the slash at its end [link-form]`},
		{"ja/index.html", `href="525/"`, `href="525/index.html"`, `spells out index.html [link-form]`},
		{"ja/index.html", `href="525/"`, `href="525/#causse"`, `href="525/#causse": ja/525/index.html has no id "causse" [missing-anchor]`},
		{"ja/index.html", `href="525/"`, `href="525/#Causes"`, `[missing-anchor]`},
		{"ja/index.html", `href="525/"`, `href="525/?q#x:~:text=y"`, `no id "x" [missing-anchor]`},
		{"ja/index.html", `href="525/"`, `href="%zz"`, `href="%zz" is not an address [link-syntax]`},
		{"ja/index.html", `href="#家"`, `href="#宅"`, `ja/index.html has no id "宅" [missing-anchor]`},
		{"ja/525/index.html", `<a name=old>`, `<a>`, `no id "old" [missing-anchor]`},
		{"index.html", `url='ja/'`, `url='de/'`, `refresh="de/" leads to "de/index.html"`},
		{"old/index.html", `525/`, `525`, `[link-form]`},
		{"ja/index.html", `action="../search/"`, `action="../find/"`, `action="../find/" leads to "find/index.html"`},
		{"ja/index.html", `src="../assets/1f/logo.svg"`, `src="assets/1f/logo.svg"`, `src="assets/1f/logo.svg" leads to "ja/assets/1f/logo.svg"`},
		{"ja/index.html", `src="../assets/1f/logo.svg"`, `src=""`, `src is empty [link-syntax]`},
		{"ja/index.html", `logo.svg 1x`, `lost.svg 1x`, `srcset="../assets/1f/lost.svg" leads to`},
		{"ja/index.html", `logo.svg?a,b 2x`, `lost.svg`, `srcset="../assets/1f/lost.svg" leads to`},
		{"ja/index.html", `href="../assets/1f/site.css"`, `href="../assets/2e/site.css"`, `leads to "assets/2e/site.css"`},
		{"ja/index.html", `src="../assets/1f/site.js"`, `src="../assets/1f/cite.js"`, `leads to "assets/1f/cite.js"`},
		{"ja/index.html", `hreflang="en" href="../en/"`, `hreflang="de" href="../de/"`, `leads to "de/index.html"`},
		{"ja/index.html", `rel="canonical" href="BASEja/"`, `rel="canonical" href="BASEja"`, `[link-form]`},
		{"ja/index.html", `og:url" content="BASEja/"`, `og:url" content="BASEja/index.html"`, `spells out index.html [link-form]`},
		{"ja/index.html", `BASEassets/1f/logo.svg`, `BASEassets/1f/card.png`, `leads to "assets/1f/card.png"`},
		{"en/index.html", `<noscript><a href="/PATHold/">`, `<noscript><a href="/PATHolder/">`, `leads to "older/index.html"`},
		{"ja/525/index.html", `logo.svg#mark`, `logo.svg#logo`, `assets/1f/logo.svg has no id "logo" [missing-anchor]`},
		{"ja/525/index.html", `<use href="#g"/>`, `<use href="#h"/>`, `no id "h" [missing-anchor]`},
		{"404.html", `href="/PATHen/"`, `href="en/"`, `href="en/" is relative, and this page is shown at any address [relative-404]`},
		{"404.html", `<title>`, `<base href="/PATH"><title>`, `[base-element]`},
		{"assets/1f/site.css", `url(logo.svg)`, `url(lego.svg)`, `url="lego.svg" leads to "assets/1f/lego.svg"`},
		{"assets/1f/site.css", `more.css`, `less.css`, `url="less.css" leads to "assets/1f/less.css"`},
		{"sitemap.xml", `<loc>BASEja/`, `<loc>BASEde/`, `loc="BASEde/" leads to "de/index.html"`},
		{"sitemap.xml", `href="BASEen/"`, `href="BASEen"`, `[link-form]`},
		{"sitemap.xml", `</urlset>`, ``, `this is not XML: line 2: unexpected EOF [xml]`},
		{"ja/feed.xml", `ja/525/#causes`, `ja/525/#cause`, `no id "cause" [missing-anchor]`},
		{"ja/feed.xml", `ja/feed.xml`, `feed.xml`, `leads to "feed.xml"`},

		// Who is asked.
		{"ja/index.html", `src="../assets/1f/logo.svg"`, `src="https://cdn.example/logo.svg"`, `src="https://cdn.example/logo.svg" tells another site who reads this page [third-party]`},
		{"ja/index.html", `src="../assets/1f/site.js"`, `src="//cdn.example/site.js"`, `[third-party]`},
		{"ja/index.html", `href="../assets/1f/site.css"`, `href="http://cdn.example/site.css"`, `[third-party]`},
		{"ja/index.html", `rel="alternate" hreflang="en" href="../en/"`, `rel="preconnect" href="https://cdn.example/"`, `[third-party]`},
		{"ja/index.html", `action="../search/"`, `action="https://search.example/"`, `[third-party]`},
		{"assets/1f/site.css", `url(logo.svg)`, `url(https://cdn.example/logo.svg)`, `[third-party]`},

		// What the policy forbids.
		{"ja/index.html", `<body>`, `<body><script>1</script>`, `script in the page [inline-code]`},
		{"ja/index.html", `application/ld+json`, `module`, `script in the page [inline-code]`},
		{"ja/index.html", `<body>`, `<body><style>a{}</style>`, `a style element in the page [inline-code]`},
		{"ja/index.html", `<body>`, `<body><style></style>`, `a style element in the page [inline-code]`},
		{"ja/index.html", `<body>`, `<body><meta http-equiv=content-security-policy content="style-src 'sha256-AAAA'"><style>a{}</style>`, `[inline-code]`},
		{"ja/index.html", `<body>`, `<body style="color:red">`, `the attribute style on body [inline-code]`},
		{"ja/index.html", `<body>`, `<body onload="x()">`, `the attribute onload on body [inline-code]`},
		{"en/index.html", `<b id=x></b>`, `<b style=""></b>`, `the attribute style on b [inline-code]`},
		{"ja/525/index.html", `<rect `, `<rect style="fill:red" `, `the attribute style on rect [inline-code]`},
		{"ja/index.html", `href="#家"`, `href="javascript:x()"`, `is script in the page [inline-code]`},

		// What a screen reader needs.
		{"ja/525/index.html", ` lang=ja`, ``, `the page does not say its language [html-lang]`},
		{"ja/525/index.html", ` lang=ja`, ` lang=""`, `[html-lang]`},
		{"ja/525/index.html", `<title>525</title>`, ``, `the page has no title [html-title]`},
		{"ja/525/index.html", `<title>525</title>`, `<title> </title>`, `[html-title]`},
		{"ja/index.html", ` alt=""`, ``, `a picture without alt [image-alt]`},
		{"en/index.html", ` alt="525"`, ` alt=""`, `a link without a name [empty-name]`},
		{"en/index.html", ` aria-label="525"`, ``, `a link without a name [empty-name]`},
		{"en/index.html", ` aria-label="Menu"`, ``, `a button without a name [empty-name]`},
		{"ja/index.html", `探す`, `&nbsp;`, `a button without a name [empty-name]`},
		{"ja/525/index.html", `<p id=other>`, `<p id=note>`, `the id "note" is there twice [duplicate-id]` + "\n" + `aria-describedby names the id "other"`},
		{"ja/525/index.html", `"note other"`, `"note others"`, `aria-describedby names the id "others", which is not in the page [id-reference]`},
		{"ja/525/index.html", `aria-labelledby=t`, `aria-labelledby=u`, `aria-labelledby names the id "u"`},
		{"ja/525/index.html", `headers="h1"`, `headers="h1 h2"`, `headers names the id "h2"`},
		{"ja/525/index.html", `url(#g)`, `url(#h)`, `fill names the id "h"`},
		{"ja/index.html", `for="q"`, `for="r"`, `for names the id "r"`},
		{"ja/index.html", `list="words"`, `list="word"`, `list names the id "word"`},
		{"ja/index.html", `<button>`, `<button aria-controls="menu">`, `aria-controls names the id "menu"`},

		// Who is linked to.
		{"ja/525/index.html", `href="../../check/#v=1&amp;symptom=525"`, `href="../"`, `no other page links to this one [orphan]`},
		{"en/error/index.html", `<meta name=robots content=noindex>`, ``, `no other page links to this one [orphan]`},
		{"en/error/index.html", `BASEen/525/`, `BASEen/error/`, `no other page links to this one [orphan]`},
	} {
		for _, base := range bases {
			home, err := url.Parse(base)
			if err != nil {
				t.Fatal(err)
			}
			at := strings.NewReplacer("BASE", base, "/PATH", home.Path)
			tree := good(base)
			if strings.Count(string(tree[c.file]), at.Replace(c.old)) < 1 {
				t.Fatalf("%s has no %s", c.file, c.old)
			}
			tree[c.file] = []byte(strings.Replace(string(tree[c.file]), at.Replace(c.old), at.Replace(c.new), 1))
			found := Check(tree, base)
			wants := strings.Split(at.Replace(c.want), "\n")
			ok := len(found) == len(wants)
			for _, want := range wants {
				ok = ok && slices.ContainsFunc(found, func(p diag.Problem) bool {
					return strings.Contains(p.Message+" ["+string(p.Rule)+"]", want)
				})
			}
			if !ok {
				t.Errorf("%s: %s → %s at %s: found\n%s\nwant %s", c.file, c.old, c.new, base, show(found), c.want)
			}
			for _, p := range found {
				if p.Rule != "orphan" && p.File != c.file {
					t.Errorf("%s: the problem is said to be in %s", c.file, p.File)
				}
			}
		}
	}
}

func TestOnASiteWithAHostItsOwnAddressesMustBeRight(t *testing.T) {
	const base = "https://example.com/repo/"
	for _, c := range []struct{ file, old, new, want string }{
		{"sitemap.xml", "<loc>https://example.com/repo/ja/", "<loc>https://example.net/repo/ja/", "sitemap"},
		{"sitemap.xml", "<loc>https://example.com/repo/ja/", "<loc>http://example.com/repo/ja/", "insecure"},
		{"ja/index.html", `href="525/"`, `href="http://example.com/repo/ja/525/"`, "insecure"},
		{"ja/index.html", `href="525/"`, `href="/ja/525/"`, "leaves-base"},
		{"ja/index.html", `href="525/"`, `href="https://example.com/other/"`, "leaves-base"},
		{"ja/index.html", `href="525/"`, `href="../../repository/"`, "leaves-base"},
		{"404.html", `href="/repo/en/"`, `href="/en/"`, "leaves-base"},
		{"assets/1f/site.css", `url(logo.svg)`, `url(/logo.svg)`, "leaves-base"},
	} {
		tree := good(base)
		mutated := strings.Replace(string(tree[c.file]), c.old, c.new, 1)
		if mutated == string(tree[c.file]) {
			t.Fatalf("%s has no %s", c.file, c.old)
		}
		tree[c.file] = []byte(mutated)
		if found := Check(tree, base); len(found) != 1 || string(found[0].Rule) != c.want {
			t.Errorf("%s → %s: found\n%s\nwant one [%s]", c.old, c.new, show(found), c.want)
		}
	}
}

func TestWhatThePolicyNamesByItsHashMayStandInThePage(t *testing.T) {
	const policy = `<meta http-equiv="Content-Security-Policy" content="script-src &#39;sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=&#39;; style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='">`
	page := func(script, style string) output.Tree {
		return output.Tree{"index.html": []byte("<html lang=ja>" + policy + "<title>家</title><script>" + script + "</script><style>" + style + "</style>")}
	}
	if found := Check(page("1", "a{}"), "/"); len(found) > 0 {
		t.Error(show(found))
	}
	if found := Check(page("2", "b{}"), "/"); len(found) != 2 || found[0].Rule != "inline-code" || found[1].Rule != "inline-code" {
		t.Errorf("what it does not name:\n%s", show(found))
	}
}

func TestAProblemSaysWhereAndWhatToDo(t *testing.T) {
	tree := output.Tree{"index.html": []byte("<html lang=ja><title>家</title>\n<p id=a-one>日本<a href='#a-two'>語</a>\n<script>")}
	found := Check(tree, "/")
	want := diag.List{
		{File: "index.html", Line: 2, Col: 15, Message: `href="#a-two": index.html has no id "a-two"`, Rule: "missing-anchor", Hint: "there are #a-one"},
		{File: "index.html", Line: 3, Col: 1, Message: "script in the page", Rule: "inline-code", Hint: forbidden},
	}
	if !slices.Equal(found, want) {
		t.Errorf("found\n%s\nwant\n%s", show(found), show(want))
	}
}

func TestABaseThatIsNoFolderIsAProblem(t *testing.T) {
	for _, base := range []string{"", "repo/", "/repo", "https://example.com", "https://example.com/repo", "%zz/"} {
		if found := Check(output.Tree{}, base); len(found) != 1 || found[0].Rule != "base" {
			t.Errorf("%q: %s", base, show(found))
		}
	}
}

func TestTheOrderOfProblemsIsDecided(t *testing.T) {
	tree := good("/")
	for name, text := range tree {
		if strings.HasSuffix(name, ".html") {
			tree[name] = []byte(string(text) + `<img src=x><img src=y><a href=z></a>` + "\n" + `<a href=z></a>`)
		}
	}
	first := Check(tree, "/")
	if len(first) < 60 {
		t.Fatalf("only %d problems", len(first))
	}
	for range 5 {
		if again := Check(maps.Clone(tree), "/"); !slices.Equal(first, again) {
			t.Fatal("the same site gives another list")
		}
	}
}

func FuzzNoPageBreaksTheCheck(f *testing.F) {
	for name, text := range good("https://example.com/repo/") {
		f.Add(name, text)
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		for _, p := range Check(output.Tree{name: text}, "https://example.com/repo/") {
			lines := strings.Split(string(text), "\n")
			if p.File != name || p.Line > len(lines) || p.Line > 0 && p.Col > len([]rune(lines[p.Line-1]))+1 || p.Message == "" || p.Rule == "" {
				t.Errorf("%+v is in no place of %q", p, text)
			}
		}
	})
}

func BenchmarkTwentyThousandPages(b *testing.B) {
	tree := output.Tree{"assets/site.css": nil}
	var nav strings.Builder
	for i := range 60 {
		fmt.Fprintf(&nav, "<li><a href=\"../page-%d/\">Page %d</a></li>\n", i, i)
	}
	for i := range 20_000 {
		tree[fmt.Sprintf("ja/page-%d/index.html", i)] = fmt.Appendf(nil,
			"<!doctype html><html lang=ja><title>%d</title><link rel=stylesheet href=../../assets/site.css><ul>%s</ul>"+
				"<h2 id=a>a</h2><h2 id=b>b</h2><a href=../page-%d/#b>next</a>%s",
			i, nav.String(), (i+1)%20_000, strings.Repeat("<p>Some text of a page, as <code>code</code> and <em>words</em>.\n", 40))
	}
	tree["index.html"] = []byte("<html lang=ja><title>x</title><a href=ja/page-0/>x</a>")
	for b.Loop() {
		if found := Check(tree, "https://example.com/"); len(found) > 0 {
			b.Fatal(show(found[:1]))
		}
	}
}
