package source

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

const (
	siteYAML = `base: https://clinic.example/
repository: https://github.com/example/clinic
default: ja
languages:
  - {tag: ja, locale: ja_JP, name: 日本語, title: クリニック, description: 説明。}
  - {tag: en, locale: en_US, name: English, title: Clinic, description: A clinic.}
sections:
  - {id: errors, title: {ja: エラー, en: Errors}, description: {ja: 番号。, en: Numbers.}}
  - {id: concepts, title: {ja: しくみ, en: Concepts}, description: {ja: 仕組み。, en: How.}, articles: [flexible]}
`
	articleYAML = `id: "525"
kind: error
section: errors
source: ja
codes: [525]
leg: origin
related: [flexible]
sources:
  - {title: Docs, url: "https://example.com/525", read: 2026-11-22}
aliases: [old]
updated: 2026-11-22
`
	text = `---
title: Error 525
summary: It failed.
messages:
  - {where: Cloudflare, text: SSL handshake failed}
---

## Causes {#causes}
`
	concept = "id: flexible\nkind: concept\nsection: concepts\nsource: ja\nupdated: 2026-11-22\n"
	plain   = "---\ntitle: Flexible\nsummary: It is.\n---\n\nText.\n"
	drawing = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"><style>a{fill:url(#g)}</style><g id="g"><text>url</text></g><use xlink:href="#g"/></svg>`
	pixel   = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00\x12\x16\xf1M"
)

// clean is a content folder with which nothing is wrong.
func clean() fstest.MapFS {
	files := fstest.MapFS{}
	for name, data := range map[string]string{
		"site.yaml":                       siteYAML,
		"published.txt":                   "# published\n/ja/flexible/\n",
		"articles/error-525/article.yaml": articleYAML,
		"articles/error-525/ja.md":        text,
		"articles/error-525/en.md":        text,
		"articles/error-525/legs.svg":     drawing,
		"articles/error-525/legs.en.png":  pixel,
		"articles/flexible/article.yaml":  concept,
		"articles/flexible/ja.md":         plain,
		"articles/flexible/.DS_Store":     "left behind",
		"articles/flexible/ja.md~":        "left behind",
		"checker/origin-leg/ja.md":        plain,
		"checker/origin-leg/en.md":        plain,
	} {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return files
}

func load(t *testing.T, fsys fs.FS) (*Content, diag.List) {
	t.Helper()
	c, problems, err := Load(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	return c, problems.Sorted()
}

func TestACleanFolderHasNoProblemAndArrivesWhole(t *testing.T) {
	c, problems := load(t, clean())
	for _, p := range problems {
		t.Error(p)
	}
	a := c.Articles[0]
	if len(c.Articles) != 2 || a.Slug != "error-525" || a.Meta.ID.Value != "525" || a.Meta.Sources[0].Read.Value != "2026-11-22" ||
		len(a.Texts) != 2 || len(c.Articles[1].Texts) != 1 || len(c.Pages) != 1 || len(c.Pages[0].Texts) != 2 {
		t.Errorf("%+v", c)
	}
	if ja := a.Texts["ja"]; ja.File != "content/articles/error-525/ja.md" || ja.Line != 6 || string(ja.Body) != "\n## Causes {#causes}\n" || ja.Front.Messages[0].Where != "Cloudflare" {
		t.Errorf("%+v", ja)
	}
	if len(c.Published) != 1 || c.Published[0] != (Address{Line: 2, Path: "ja/flexible/"}) {
		t.Errorf("%+v", c.Published)
	}
}

// A mistake is one change to a clean folder, and what is said about it.
type mistake struct {
	file, old, new string // new replaces old in file; all of it when old is ""
	want           string // file:line:col: message [rule]
	hint           string // a part of the hint
}

const huge = 1<<20 + 1

var mistakes = []mistake{
	// site.yaml
	{"site.yaml", "base: https://clinic.example/", "base: clinic.example", `site.yaml:1:7: error: the base "clinic.example" is not an address that ends in a slash [site]`, "write https://example.org/"},
	{"site.yaml", "base: https://clinic.example/", "base: https://clinic.example", `site.yaml:1:7: error: the base "https://clinic.example" is not`, "write https://example.org/"},
	{"site.yaml", "base: https://clinic.example/", "base: https:///", `site.yaml:1:7: error: the base "https:///" is not`, "write https://example.org/"},
	{"site.yaml", "base: https://clinic.example/", "base: https://a b/", `site.yaml:1:7: error: the base "https://a b/" is not`, "write https://example.org/"},
	{"site.yaml", "base: https://clinic.example/", "base: https://a.example/?b/", `site.yaml:1:7: error: the base`, "write https://example.org/"},
	{"site.yaml", "base: https://clinic.example/", "base: https://a.example/<b>/", `site.yaml:1:7: error: the base`, "write https://example.org/"},
	{"site.yaml", "repository: https:", "keep_assets: some\nrepository: https:", `site.yaml:2:14: error: "some" is no number of builds to keep assets for [site]`, "keep_assets: 3"},
	{"site.yaml", "repository: https:", "keep_assets: -1\nrepository: https:", `site.yaml:2:14: error: "-1" is no number of builds to keep assets for [site]`, "0 to keep none"},
	{"site.yaml", "repository: https:", "repository: javascript:", `site.yaml:2:13: error: the repository "javascript://github.com/example/clinic" is not an address [site]`, "write https://github.com/"},
	{"site.yaml", "default: ja", "default: jp", `site.yaml:3:10: error: the default "jp" is none of the languages [site]`, `did you mean "ja"?`},
	{"site.yaml", "{tag: en,", "{tag: ja,", `site.yaml:6:11: error: the language "ja" is there twice [site]`, "keep one"},
	{"site.yaml", "{tag: en, ", "{", `site.yaml:6:5: error: an entry of "languages" has no "tag" [yaml]`, `add a line "tag: …"`},
	{"site.yaml", "{tag: en,", "{tag: EN,", `site.yaml:6:11: error: "EN" is not a language tag [site]`, "write ja, en"},
	{"site.yaml", "{tag: en,", "{tag: k,", `site.yaml:6:11: error: a language cannot be called "k"`, "write ja, en"},
	{"site.yaml", "locale: en_US, ", "", `site.yaml:6:5: error: an entry of "languages" has no "locale" [yaml]`, `add a line "locale: …"`},
	{"site.yaml", "title: {ja: エラー, en: Errors}", "title: {ja: エラー}", `site.yaml:8:10: error: the section "errors" has no title in "en" [site]`, `add "en: …" to its title`},
	{"site.yaml", "en: Numbers.", "em: Numbers.", `site.yaml:8:10: warning: words in "em" are not used: it is none of the languages [language]`, `did you mean "en"?`},
	{"site.yaml", "id: errors", "id: concepts", `site.yaml:9:10: error: the section "concepts" is there twice [site]`, "keep one"},
	{"site.yaml", "id: errors", "id: Errors", `site.yaml:8:10: error: the section's id "Errors" is not made of a-z, 0-9 and hyphens [site]`, "addresses"},
	{"site.yaml", "id: errors", "id: check", `site.yaml:8:10: error: a section cannot be called "check" [site]`, "a page of its own"},
	{"site.yaml", "id: errors, ", "", `site.yaml:8:5: error: an entry of "sections" has no "id" [yaml]`, `add a line "id: …"`},
	{"site.yaml", "articles: [flexible]", "articles: [flexible, flexible]", `site.yaml:9:108: error: the article "flexible" is there twice [site]`, "keep one"},
	{"site.yaml", "", "", `site.yaml:1:1: error: the file has no "base" [yaml]`, `add a line "base: …"`},
	{"site.yaml", "default: ja\n", "default: ja\ntheme: clinic\n", `site.yaml:4:1: error: unknown key "theme" [yaml]`, "known are"},
	// files
	{"notes.yaml", "", "x", `notes.yaml: error: nothing here is called notes.yaml [stray]`, "site.yaml, facts.yaml, sketches.yaml, glossary.yaml, search.yaml, published.txt, articles, recipes, checker and hosts"},
	{"glossary.yaml", "", "- {id: sni, words: {ja: {term: SNI, definition: 名前}}}", `glossary.yaml:1:8: error: the term "sni" has no words in "en" [glossary]`, `add "en: {term`},
	{"glossary.yaml", "", "- {id: S N, words: {ja: {term: a, definition: b}, en: {term: a, definition: b}}}", `glossary.yaml:1:8: error: the term's id "S N" is not made of a-z, 0-9 and hyphens [glossary]`, "an anchor"},
	{"glossary.yaml", "", "- {id: sni, words: {ja: {term: a, definition: b}, en: {term: a, definition: b}, fr: {term: a, definition: b}}}", `glossary.yaml:1:85: warning: words in "fr" are not used: it is none of the languages [language]`, "known are: en, ja"},
	{"glossary.yaml", "", "- {id: sni, words: {ja: {term: a, definition: b}, en: {term: a}}}", `glossary.yaml:1:55: error: "en" has no "definition" [yaml]`, `add a line "definition: …"`},
	{"glossary.yaml", "", "- {id: sni, words: }", `glossary.yaml:1:20: error: "words" is empty [yaml]`, "write a value"},
	{"search.yaml", "", "alike:\n- [preload]", `search.yaml:2:3: error: "preload" stands alone [search]`, "what else it is called"},
	{"search.yaml", "", "alike:\n- [a, b, a]", `search.yaml:2:3: error: "a" is there twice [search]`, "keep one"},
	{"search.yaml", "", "asked: [{for: a, by: {ja: [b]}}, {for: a, by: {ja: [c]}}]", `search.yaml:1:40: error: "a" is there twice [search]`, "keep one"},
	{"search.yaml", "", "asked: [{for: a, by: {fr: [b]}}]", `search.yaml:1:27: warning: words in "fr" are not used: it is none of the languages [language]`, "known are: en, ja"},
	{"search.yaml", "", "weak: {fr: [le]}", `search.yaml:1:12: warning: words in "fr" are not used: it is none of the languages [language]`, "known are: en, ja"},
	{"glossary.yaml", "", "- {id: a, words: {ja: {term: a, definition: b}, en: {term: a, definition: b}}}\n- {id: a, words: {ja: {term: a, definition: b}, en: {term: a, definition: b}}}", `glossary.yaml:2:8: error: the term "a" is there twice [glossary]`, "keep one"},
	{"articles/notes.md", "", "x", `articles/notes.md: error: an article is a folder [stray]`, "a folder of its own"},
	{"articles/error-525/notes.txt", "", "x", `articles/error-525/notes.txt: error: nothing in an article is called notes.txt [stray]`, "article.yaml, a Markdown file a language, and pictures (.svg,"},
	{"articles/error-525/more/x.md", "", "x", `articles/error-525/more: error: a folder within an article [stray]`, "side by side"},
	{"articles/error-525/de.md", "", plain, `articles/error-525/de.md: error: the site has no language "de" [stray]`, "known are: en, ja"},
	{"articles/error-525/My Legs.PNG", "", "x", `articles/error-525/My Legs.PNG: error: the name "My Legs.PNG" is not made of a-z, 0-9 and hyphens [file-name]`, "rename it to my-legs.png"},
	{"articles/error-525/図.svg", "", "x", `articles/error-525/図.svg: error: the name "図.svg" is not made of`, "rename it to a name such as"},
	{"articles/error-525/a..b.svg", "", "x", `articles/error-525/a..b.svg: error: the name "a..b.svg" is not made of`, "rename it to"},
	{"articles/Error 526/article.yaml", "", articleYAML, `articles/Error 526: error: the name "Error 526" is not made of a-z, 0-9 and hyphens [file-name]`, "rename it to error-526"},
	{"checker/de.yaml", "", "x: y", `checker/de.yaml: error: the site has no language "de" [stray]`, "known are: en, ja"},
	{"checker/notes.txt", "", "x", `checker/notes.txt: error: nothing here is called notes.txt [stray]`, "a YAML file of words"},
	{"checker/origin-leg/notes.txt", "", "x", `checker/origin-leg/notes.txt: error: nothing here is called notes.txt [stray]`, "a Markdown file a language"},
	{"checker/origin-leg/en.md", "", "\x00delete", `checker/origin-leg/en.md: error: the page has no text in this language [words]`, "translate it"},
	// bytes
	{"articles/error-525/ja.md", "---\ntitle", "\ufeff---\ntitle", `articles/error-525/ja.md:1:1: error: the file begins with a byte order mark [file]`, "save it as UTF-8 without one"},
	{"articles/error-525/article.yaml", "id: ", "\ufeffid: ", `articles/error-525/article.yaml:1:1: error: the file begins with a byte order mark [file]`, "save it as UTF-8 without one"},
	{"articles/error-525/ja.md", "Causes", "原因\xff", `articles/error-525/ja.md:8:6: error: these bytes are not UTF-8 text [file]`, "save the file as UTF-8"},
	{"articles/error-525/ja.md", "Causes", "Cau\x00ses", `articles/error-525/ja.md:8:7: error: these bytes are not UTF-8 text [file]`, "save the file as UTF-8"},
	{"articles/error-525/ja.md", "", "\xff\xfe-\x00-\x00", `articles/error-525/ja.md:1:1: error: these bytes are not UTF-8 text [file]`, "save the file as UTF-8"},
	{"articles/error-525/ja.md", "", text + strings.Repeat("x", huge), `articles/error-525/ja.md: error: the file is larger than 1024 KiB [file]`, "several articles"},
	{"site.yaml", "languages:\n  - ", "languages:\n\t- ", `site.yaml:5:1: error: a tab in YAML [yaml-syntax]`, "write spaces"},
	{"articles/error-525/article.yaml", "leg: origin", "leg:\torigin", `articles/error-525/article.yaml:6:5: error: a tab in YAML [yaml-syntax]`, "write spaces"},
	// article.yaml
	{"articles/error-525/article.yaml", "", "\x00delete", `articles/error-525/article.yaml: error: the article has no article.yaml [article]`, "copy another"},
	{"articles/error-525/article.yaml", `id: "525"`, `id: [525]`, `articles/error-525/article.yaml:1:5: error: "id" must be a single value, not a list [yaml]`, "write one value"},
	{"articles/error-525/article.yaml", `id: "525"`, `id: "5 25"`, `articles/error-525/article.yaml:1:5: error: "5 25" is not made of a-z, 0-9 and hyphens [article]`, "addresses"},
	{"articles/error-525/article.yaml", "kind: error", "kind: eror", `articles/error-525/article.yaml:2:7: error: unknown kind "eror" [article]`, `did you mean "error"?`},
	{"articles/error-525/article.yaml", "section: errors", "section: error", `articles/error-525/article.yaml:3:10: error: unknown section "error" [article]`, `did you mean "errors"?`},
	{"articles/error-525/article.yaml", "source: ja", "source: jp", `articles/error-525/article.yaml:4:9: error: unknown language "jp" [article]`, `did you mean "ja"?`},
	{"articles/flexible/article.yaml", "source: ja", "source: en", `articles/flexible/article.yaml:4:9: error: the source language is "en", and there is no en.md [article]`, "write it, or"},
	{"articles/error-525/article.yaml", "leg: origin", "leg: orign", `articles/error-525/article.yaml:6:6: error: unknown leg "orign" [article]`, `did you mean "origin"?`},
	{"articles/error-525/article.yaml", "codes: [525]", "codes: 525", `articles/error-525/article.yaml:5:8: error: "codes" must be a list, not a single value [yaml]`, "write [525]"},
	{"articles/error-525/article.yaml", "codes: [525]", "codes: [525, 525]", `articles/error-525/article.yaml:5:14: error: "525" is there twice [article]`, "keep one"},
	{"articles/error-525/article.yaml", "related: [flexible]", "related: [flexible, flexible]", `articles/error-525/article.yaml:7:21: error: "flexible" is there twice [article]`, "keep one"},
	{"articles/error-525/article.yaml", "aliases: [old]", "aliases: [Old]", `articles/error-525/article.yaml:10:11: error: "Old" is not made of`, "addresses"},
	{"articles/error-525/article.yaml", "updated: 2026-11-22", "updated: 22.11.2026", `articles/error-525/article.yaml:11:10: error: "22.11.2026" is not a date [article]`, "write it as 2026-11-22"},
	{"articles/error-525/article.yaml", "updated: 2026-11-22", "updated: 2026-02-30", `articles/error-525/article.yaml:11:10: error: "2026-02-30" is not a date [article]`, "write it as 2026-11-22"},
	{"articles/error-525/article.yaml", "updated: 2026-11-22\n", "", `articles/error-525/article.yaml:1:1: error: the file has no "updated" [yaml]`, `add a line "updated: …"`},
	{"articles/error-525/article.yaml", "https://example.com/525", "example.com/525", `articles/error-525/article.yaml:9:24: error: "example.com/525" is not an address [article]`, "write https://"},
	{"articles/error-525/article.yaml", "https://example.com/525", "javascript:alert(1)", `articles/error-525/article.yaml:9:24: error: "javascript:alert(1)" is not an address [article]`, "write https://"},
	{"articles/error-525/article.yaml", "read: 2026-11-22", "read: yesterday", `articles/error-525/article.yaml:9:57: error: "yesterday" is not a date [article]`, "write it as 2026-11-22"},
	{"articles/error-525/article.yaml", "leg: origin", "leg: origin\ndraft: maybe", `articles/error-525/article.yaml:7:8: error: "draft" must be true or false, not "maybe" [yaml]`, "write true or false"},
	{"articles/error-525/article.yaml", "leg: origin", "leg: origin: x", `articles/error-525/article.yaml:6:12: error: not YAML:`, "between quotes"},
	// texts
	{"articles/flexible/ja.md", "", "\x00delete", `articles/flexible: error: the article has no text [article]`, "add ja.md"},
	{"articles/flexible/ja.md", "", "# Flexible\n", `articles/flexible/ja.md:1:1: error: the file does not begin with front matter [front-matter]`, "begin with a line ---"},
	{"articles/flexible/ja.md", "", "", `articles/flexible/ja.md:1:1: error: the file does not begin with front matter [front-matter]`, "begin with a line ---"},
	{"articles/flexible/ja.md", "It is.\n---", "It is.\n--", `articles/flexible/ja.md:1:1: error: the front matter does not end [front-matter]`, "begin with a line ---"},
	{"articles/flexible/ja.md", "title: Flexible\nsummary: It is.\n", "", `articles/flexible/ja.md:2:1: error: the file has no "title" [yaml]`, `add a line "title: …"`},
	{"articles/flexible/ja.md", "title: Flexible", "titel: Flexible", `articles/flexible/ja.md:2:1: error: unknown key "titel" [yaml]`, `did you mean "title"?`},
	{"articles/flexible/ja.md", "title: Flexible", "title: |\n  Two\n  lines", `articles/flexible/ja.md:1: error: title holds a line break [front-matter]`, "on one line"},
	{"articles/flexible/ja.md", "\nText.\n", "", `articles/flexible/ja.md: error: there is no text below the front matter [article]`, "write it"},
	{"articles/error-525/en.md", "messages:\n  - {where: Cloudflare, text: SSL handshake failed}\n", "", `articles/error-525/en.md:1: error: the exact message on the reader's screen is missing [grammar]`, "add to the front matter: messages:"},
	{"articles/error-525/en.md", ", text: SSL handshake failed", "", `articles/error-525/en.md:5:5: error: an entry of "messages" has no "text" [yaml]`, `add a line "text: …"`},
	// pictures
	{"articles/error-525/legs.en.png", "", "version https://git-lfs.github.com/spec/v1\n", `articles/error-525/legs.en.png: error: the file is not a picture of the format png [picture]`, "export it again"},
	{"articles/error-525/legs.jpg", "", pixel, `articles/error-525/legs.jpg: error: the file is not a picture of the format jpeg [picture]`, "it is of the format png"},
	{"articles/error-525/legs.webp", "", "", `articles/error-525/legs.webp: error: the file is not a picture of the format webp [picture]`, "export it again"},
	{"articles/error-525/legs.svg", "<style>", "<script>alert(1)</script><style>", `articles/error-525/legs.svg:1:104: error: a picture with an element "script" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<text>", "\n<text onclick='x()'>", `articles/error-525/legs.svg:2:1: error: a picture with a script in the attribute "onclick" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<text>", "<text>図</text><set attributeName='href' to='x'/><text>", `articles/error-525/legs.svg:1:158: error: a picture with a script in the attribute "attributeName" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<text>", "<foreignObject/><text>", `error: a picture with an element "foreignObject" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", `"#g"`, `"https://example.com/a.svg#g"`, `error: a picture with a reference to another file in the attribute "href" [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<text>", `<image href="data:text/html,x"/><text>`, `error: a picture with a reference to another file in the attribute "href" [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "url(#g)", "url( 'https://example.com/g')", `error: a picture with a reference to another file in its style [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<style>", "<style>@import 'x.css';", `error: a picture with a reference to another file in its style [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<text>", "<text style='fill:url(//example.com/g)'>", `error: a picture with a reference to another file in the attribute "style" [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<svg ", "<?xml-stylesheet href='x.css'?><svg ", `articles/error-525/legs.svg:1:1: error: a picture with a stylesheet of its own [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<svg ", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg ", `articles/error-525/legs.svg:1:1: error: a picture that declares entities [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", `xmlns="http://www.w3.org/2000/svg" `, "", `articles/error-525/legs.svg:1:1: error: the picture's first element is "svg", not svg`, "begin with <svg xmlns="},
	{"articles/error-525/legs.svg", "<text>", `<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=https://example.com/"/><text>`, `error: a picture with an element "meta" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<text>", `<h:img xmlns:h="http://www.w3.org/1999/xhtml" srcset="https://example.com/x"/><text>`, `error: a picture with a reference to another file in the attribute "srcset" [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<text>", `<rect style="fill:u\72l(https://example.com/x)"/><text>`, `error: a picture with a reference to another file in the attribute "style" [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<text>", `<rect fill="image-set('x.png' 1x)"/><text>`, `error: a picture with a reference to another file in the attribute "fill" [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<style>", `<style>@imp<!-- x -->ort "https://example.com/x";`, `error: a picture with a reference to another file in its style [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<style>", `<style>a{background:ur<![CDATA[l(x)]]>}`, `error: a picture with a reference to another file in its style [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<style>", `<style>a{b:image-set("x" 1x)}`, `error: a picture with a reference to another file in its style [picture]`, "nothing is fetched"},
	{"articles/error-525/legs.svg", "<style>", `<style>@font-face{src:url(#x)}`, `error: a picture with a reference to another file in its style [picture]`, "@media alone"},
	{"articles/error-525/legs.svg", "<text>", `<a href="#x"/><text>`, `error: a picture with an element "a" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<text>", `<animate/><text>`, `error: a picture with an element "animate" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<text>", `<text contenteditable="">`, `error: a picture with an attribute "contenteditable" [picture]`, "shapes and text"},
	{"articles/error-525/legs.svg", "<svg ", "<?php x?><svg ", `error: a picture with a stylesheet of its own [picture]`, "shapes and text"},
	{"articles/error-525/legs.gif", "", "GIF89a", `articles/error-525/legs.gif: error: a picture of the format gif [picture]`, ".png or .webp"},
	{"articles/error-525/legs.jpeg", "", "\xFF\xD8", `articles/error-525/legs.jpeg: error: a picture of the format jpeg [picture]`, "name it .jpg"},
	{"articles/error-525/legs.svg", "</svg>", "", `error: not SVG: unexpected EOF [picture]`, "export the picture again"},
	{"articles/error-525/legs.svg", "", "", `articles/error-525/legs.svg:1:1: error: not SVG: the file is empty [picture]`, "export the picture again"},
}

// make makes a mistake in a folder.
func (m mistake) make(t *testing.T, files fstest.MapFS) {
	t.Helper()
	old := ""
	if f := files[m.file]; f != nil {
		old = string(f.Data)
	}
	switch {
	case m.new == "\x00delete":
		delete(files, m.file)
	case m.old == "":
		files[m.file] = &fstest.MapFile{Data: []byte(m.new)}
	case strings.Count(old, m.old) != 1:
		t.Fatalf("%s holds %q %d times", m.file, m.old, strings.Count(old, m.old))
	default:
		files[m.file] = &fstest.MapFile{Data: []byte(strings.Replace(old, m.old, m.new, 1))}
	}
}

func (m mistake) name() string {
	name, _, _ := strings.Cut(m.want, " [")
	return name
}

// isNamedOnce holds the problems against the mistake. Each of them has a hint and
// a rule.
func (m mistake) isNamedOnce(t *testing.T, problems diag.List) {
	t.Helper()
	found := 0
	for _, p := range problems {
		if strings.Contains(p.String(), m.want) && strings.Contains(p.Hint, m.hint) {
			found++
		}
		if p.Hint == "" || p.Rule == "" {
			t.Errorf("no hint or no rule: %v", p)
		}
	}
	if found != 1 {
		t.Errorf("named %d times: content/%s … %s\ngot %v", found, m.want, m.hint, problems)
	}
}

func TestEachMistakeIsNamedOnceWithItsPlaceAndAHint(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.name(), func(t *testing.T) {
			files := clean()
			m.make(t, files)
			_, problems := load(t, files)
			m.isNamedOnce(t, problems)
		})
	}
}

// TestAMistakeIsNotFollowedByOthers: what is told beside a mistake is a
// mistake as well, and not its echo.
func TestAMistakeIsNotFollowedByOthers(t *testing.T) {
	more := map[string]int{ // what one change does beside: each of these is wrong by itself
		`site.yaml:1:1: error: the file has no "base"`:                                         3, // default, languages, sections
		`site.yaml:6:11: error: the language "ja" is there twice`:                              3, // English is gone: its texts, and the words of sections
		`site.yaml:6:5: error: an entry of "languages" has no "tag"`:                           3,
		`site.yaml:6:11: error: "EN" is not a language tag`:                                    8,
		`site.yaml:6:11: error: a language cannot be called "k"`:                               8,
		`site.yaml:8:10: warning: words in "em" are not used: it is none of the languages`:     1, // and none in en
		`site.yaml:9:10: error: the section "concepts" is there twice`:                         1, // an article names errors
		`site.yaml:8:10: error: the section's id "Errors" is not made of a-z, 0-9 and hyphens`: 1,
		`site.yaml:8:10: error: a section cannot be called "check"`:                            1,
		`site.yaml:8:5: error: an entry of "sections" has no "id"`:                             1,
		`articles/Error 526: error: the name "Error 526" is not made of a-z, 0-9 and hyphens`:  1, // it has no text
		`articles/flexible/ja.md:2:1: error: the file has no "title"`:                          1, // and no summary
		`articles/flexible/ja.md:2:1: error: unknown key "titel"`:                              1, // and so no title
		`articles/error-525/article.yaml:6:12: error: not YAML:`:                               0,
	}
	for _, m := range mistakes {
		t.Run(m.name(), func(t *testing.T) {
			files := clean()
			m.make(t, files)
			if _, problems := load(t, files); len(problems) != 1+more[m.name()] {
				t.Errorf("%d problems beside it, want %d: %v", len(problems)-1, more[m.name()], problems)
			}
		})
	}
}

// TestAllMistakesAreNamedInOneRun makes as many mistakes at once as do not
// stand in each other's way: each in an article of its own.
func TestAllMistakesAreNamedInOneRun(t *testing.T) {
	files := clean()
	var want []string
	for i, m := range mistakes {
		rest, ok := strings.CutPrefix(m.file, "articles/error-525/")
		if !ok || !strings.HasPrefix(m.want, m.file) {
			continue
		}
		dir := fmt.Sprintf("articles/mistake-%d/", i)
		for name, f := range clean() {
			if below, ok := strings.CutPrefix(name, "articles/error-525/"); ok {
				files[dir+below] = f
			}
		}
		m.file, m.want = dir+rest, strings.Replace(m.want, "articles/error-525/", dir, 1)
		m.make(t, files)
		want = append(want, m.want)
	}
	for _, m := range mistakes {
		if strings.HasPrefix(m.file, "checker/") && !strings.Contains(m.new, "delete") {
			m.make(t, files)
			want = append(want, m.want)
		}
	}
	if len(want) < 40 {
		t.Fatalf("only %d mistakes", len(want))
	}
	_, problems := load(t, files)
	all := fmt.Sprint(problems)
	for _, w := range want {
		if strings.Count(all, w) != 1 {
			t.Errorf("named %d times: %s", strings.Count(all, w), w)
		}
	}
	if again := fmt.Sprint(second(load(t, files))); again != all {
		t.Error("a second run says something else")
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestASymbolicLinkIsNamed(t *testing.T) {
	files := clean()
	files["articles/error-525/other.svg"] = &fstest.MapFile{Data: []byte("legs.svg"), Mode: fs.ModeSymlink}
	files["articles/elsewhere"] = &fstest.MapFile{Data: []byte("flexible"), Mode: fs.ModeSymlink}
	files["articles/flexible/pipe.svg"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	_, problems := load(t, files)
	got := fmt.Sprint(problems)
	for _, want := range []string{"content/articles/elsewhere: error: a symbolic link [file]", "content/articles/error-525/other.svg: error: a symbolic link [file]", "content/articles/flexible/pipe.svg: error: not a file [file]"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if len(problems) != 3 {
		t.Error(got)
	}
}

func TestWindowsLineEndsAreTheSameText(t *testing.T) {
	files := clean()
	for name, f := range files {
		if strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".txt") {
			files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "\n", "\r\n"))}
		}
	}
	c, problems := load(t, files)
	unix, _ := load(t, clean())
	if len(problems) > 0 || string(c.Articles[0].Texts["ja"].Body) != string(unix.Articles[0].Texts["ja"].Body) || c.Published[0] != unix.Published[0] {
		t.Errorf("%v\n%q", problems, c.Articles[0].Texts["ja"].Body)
	}
}

func TestPicturesSayTheirSize(t *testing.T) {
	for _, c := range []struct {
		file, data string
		w, h       int
	}{
		{"a.png", pixel, 3, 2},
		{"a.svg", drawing, 40, 20},
		{"a.svg", `<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="120.4px" height=" 60 " viewBox="0 0 1 1"/>`, 120, 60},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="3em" viewBox="0,0,8.6,4.4"/>`, 9, 4},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, 0, 0},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="NaN" height="-1" viewBox="0 0 1e99 Inf"/>`, 0, 0},
		{"a.webp", "RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x8f\x01\x00\x2b\x01\x00", 400, 300},
		{"a.webp", "RIFF\x20\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\x8f\xc1\x4a\x00\x00\x00\x00\x00\x00", 400, 300},
		{"a.webp", "RIFF\x20\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x90\x01\x2c\x01", 400, 300},
		{"a.avif", "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", 0, 0},
	} {
		l := loader{fsys: fstest.MapFS{c.file: {Data: []byte(c.data)}}}
		if p := l.picture(c.file); p.Width != c.w || p.Height != c.h || len(l.problems) > 0 {
			t.Errorf("%.60q: %d × %d, want %d × %d; %v", c.data, p.Width, p.Height, c.w, c.h, l.problems)
		}
	}
}

// broken is a file system in which one file cannot be read.
type broken struct {
	fstest.MapFS
	name string
}

func (b broken) Open(name string) (fs.File, error) {
	if name == b.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.Open(name)
}

func (b broken) ReadFile(name string) ([]byte, error) {
	if name == b.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadFile(name)
}

func (b broken) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadDir(name)
}

func TestWhatCannotBeReadIsAFailureAndNoProblem(t *testing.T) {
	for _, name := range []string{".", "site.yaml", "published.txt", "articles", "articles/error-525", "articles/error-525/article.yaml", "articles/error-525/en.md", "articles/error-525/legs.svg", "checker", "checker/origin-leg"} {
		c, problems, err := Load(broken{clean(), name}, "content")
		if !errors.Is(err, fs.ErrPermission) || !strings.HasPrefix(err.Error(), "content: ") || c != nil || problems != nil {
			t.Errorf("%s: %v, %v, %v", name, c, problems, err)
		}
	}
}

func TestAFolderWithoutASiteIsAFailureThatSaysWhatToDo(t *testing.T) {
	_, _, err := Load(fstest.MapFS{}, "content")
	if err == nil || err.Error() != "content has no site.yaml; name the folder of the content with -content" {
		t.Error(err)
	}
}

func TestDraftsAreHiddenWithTheirProblems(t *testing.T) {
	files := clean()
	files["articles/flexible/article.yaml"].Data = []byte(concept + "draft: true\nlegg: x\n")
	files["articles/flexible/notes.txt"] = &fstest.MapFile{}
	files["articles/flexible-2/notes.txt"] = &fstest.MapFile{}
	c, problems := load(t, files)
	if len(c.Articles) != 3 || len(problems) != 5 {
		t.Fatalf("before: %v", problems)
	}
	shown := c.HideDrafts("content", problems)
	if len(c.Articles) != 2 || len(c.Drafts) != 1 || c.Drafts[0] != "flexible" || len(shown) != 3 {
		t.Errorf("%v %v %v", c.Articles, c.Drafts, shown)
	}
	for _, p := range shown {
		if !strings.HasPrefix(p.File, "content/articles/flexible-2") {
			t.Error(p)
		}
	}
}

// FuzzFrontMatter: whatever the bytes, a text is read or named, its body is
// the end of the file, and its lines are counted rightly.
func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{plain, text, "---\n---\n", "---", "---\n", "--- \t\ntitle: a\nsummary: b\n---", "---\ntitle: a\n--- x\n---\nb", "\n---\n", "----\n---\n", "---\r\ntitle: a\r\n---\r\nx\r\n", "\ufeff---\n---\n", "---\n- a\n---\nb\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files := clean()
		files["articles/flexible/ja.md"] = &fstest.MapFile{Data: data}
		c, problems := load(t, files)
		got := c.Articles[1].Texts["ja"]
		if got.Lost || got.Front.Title == "" {
			if len(problems) == 0 {
				t.Errorf("%q: lost in silence", data)
			}
			return
		}
		whole := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
		if !strings.HasSuffix(whole, string(got.Body)) || strings.Count(whole[:len(whole)-len(got.Body)], "\n") != got.Line {
			t.Errorf("%q: body %q after %d lines", data, got.Body, got.Line)
		}
	})
}

func TestTheOrderOfFilesDoesNotChangeWhatIsSaid(t *testing.T) {
	files := clean()
	for i := range 20 {
		files[fmt.Sprintf("articles/a-%d/notes.txt", i)] = &fstest.MapFile{}
	}
	delete(files, "articles/error-525/article.yaml")
	first, _, err := Load(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	_, want, _ := Load(files, "content")
	for range 5 {
		c, got, _ := Load(maps.Clone(files), "content")
		if fmt.Sprint(got) != fmt.Sprint(want) || len(c.Articles) != len(first.Articles) {
			t.Fatal("two runs say different things")
		}
	}
}

// FuzzPublished: each line is an address or named, whatever it says.
func FuzzPublished(f *testing.F) {
	for _, s := range []string{"# a\n/ja/a/\n", "/ja/old/ gone /ja/new/#there\n", "/a b c d\n", "/a gone gone gone\n", "gone gone\n", "/a\n/a\n", "\u3000/a\u00a0gone\r\n", ""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l := loader{fsys: fstest.MapFS{"published.txt": {Data: data}}}
		all := l.published("published.txt")
		said := map[int]bool{}
		for _, a := range all {
			said[a.Line] = true
			if a.Col != 0 != (a.Now != "" || a.Col != 0) || !a.Gone && a.Now != "" {
				t.Errorf("%q: %+v", data, a)
			}
		}
		for _, p := range l.problems {
			if p.Line == 0 || p.Rule == "file" {
				return // as a whole
			}
			said[p.Line] = true
		}
		for i, line := range strings.Split(string(data), "\n") {
			if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") && !said[i+1] {
				t.Errorf("%q: line %d is neither taken nor named", data, i+1)
			}
		}
	})
}

// FuzzGlossary: of terms about which nothing is said, each has an id of its own
// that an address can hold, and words in every language.
func FuzzGlossary(f *testing.F) {
	f.Add([]byte("- id: a\n  words: {ja: {term: 語, definition: 説明}, en: {term: word, definition: text}}\n"))
	f.Add([]byte("- {id: a, words: {ja: {term: b, definition: c}}}\n- {id: a}\n"))
	f.Add([]byte("a: b\n"))
	f.Add([]byte("- id: &a A b\n  words: *a\n"))
	site := &Site{Languages: []Language{{Tag: yamlfile.At[string]{Value: "ja"}}, {Tag: yamlfile.At[string]{Value: "en"}}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		l := loader{fsys: fstest.MapFS{"glossary.yaml": {Data: data}}, unlisted: Unlisted{}}
		terms := l.glossary("glossary.yaml", site)
		if l.problems.Errors() > 0 || l.failure != nil {
			return
		}
		seen := map[string]bool{}
		for _, term := range terms {
			id := term.ID.Value
			if seen[id] || !urlpath.IsSlug(id) || term.Words["ja"].Value.Term == "" || term.Words["en"].Value.Definition == "" {
				t.Errorf("%q passes with %+v", data, term)
			}
			seen[id] = true
		}
	})
}
