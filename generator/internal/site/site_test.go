package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
)

const siteYAML = `base: https://clinic.example/
default: ja
languages:
  - {tag: ja, locale: ja_JP, name: 日本語, title: クリニック, description: 説明。}
  - {tag: en, locale: en_US, name: English, title: Clinic, description: A clinic.}
  - {tag: de, locale: de_DE, name: Deutsch, title: Klinik, description: Eine Klinik.}
sections:
  - {id: errors, title: {ja: エ, en: E, de: F}, description: {ja: エ, en: E, de: F}}
  - {id: concepts, title: {ja: し, en: C, de: K}, description: {ja: し, en: C, de: K}, articles: [legs]}
`

const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00\x12\x16\xf1M"

// article gives the files of an article about a concept. more is appended to
// its article.yaml; texts are bodies by language, each in turn.
func article(slug, more string, texts ...string) map[string]string {
	files := map[string]string{"article.yaml": "id: " + slug + "\nupdated: 2026-11-22\nsource: ja\n" + more}
	if !strings.Contains(more, "kind:") {
		files["article.yaml"] += "kind: concept\n"
	}
	if !strings.Contains(more, "section:") {
		files["article.yaml"] += "section: concepts\n"
	}
	for i := 0; i < len(texts); i += 2 {
		files[texts[i]+".md"] = front + texts[i+1]
	}
	below := map[string]string{}
	for name, data := range files {
		below["articles/"+slug+"/"+name] = data
	}
	return below
}

// front is six lines long.
const front = "---\ntitle: T\nsummary: S.\nmessages:\n  - {where: W, text: M}\n---\n"

// assemble puts articles beside a small article "legs" and assembles them.
func assemble(t *testing.T, articles ...map[string]string) (*Site, diag.List) {
	t.Helper()
	files := fstest.MapFS{
		"site.yaml":                {Data: []byte(siteYAML)},
		"articles/legs/legs.png":   {Data: []byte(pixel)},
		"checker/origin-leg/ja.md": {Data: []byte(front + "## W {#wire}\n")},
		"checker/origin-leg/en.md": {Data: []byte(front + "## W {#wire}\n")},
		"checker/origin-leg/de.md": {Data: []byte(front + "## W {#wire}\n")},
	}
	all := article("legs", "", "ja", "## 二 {#two}\n### 一 {#one}\n", "en", "## Two {#two}\n### One {#one}\n", "de", "## Zwei {#two}\n### Eins {#one}\n")
	for _, a := range articles {
		maps.Copy(all, a)
	}
	for name, data := range all {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	c, problems, err := source.Load(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	problems = c.HideDrafts("content", problems)
	for _, p := range problems {
		t.Error(p)
	}
	converters := map[string]*markdown.Converter{}
	for _, l := range c.Site.Languages {
		converters[l.Tag.Value] = markdown.New(markdown.Labels{}, map[string]markdown.Body{"legs": markdown.Caption}, nil)
	}
	s, problems := Assemble(c, "content", converters, nil)
	return s, slices.DeleteFunc(problems.Sorted(), func(p diag.Problem) bool { return p.Rule == "translation" })
}

// same fails unless exactly these problems were told; each want is a part of
// one, with its hint.
func same(t *testing.T, got diag.List, want ...string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("not told: %s", want[i])
		case i >= len(want):
			t.Errorf("told as well: %v", got[i])
		case !strings.Contains(got[i].String(), want[i]):
			t.Errorf("got  %v\nwant %s", got[i], want[i])
		case got[i].Hint == "":
			t.Errorf("no hint: %v", got[i])
		}
	}
}

func TestEveryLanguageHasTheSameHeadingsInTheSameOrder(t *testing.T) {
	const ja = "## 一 {#a}\n### 二 {#b}\n### 三 {#c}\n## 四 {#d}\n"
	for _, c := range []struct {
		name, en string
		want     []string
	}{
		{"equal", "## 1 {#a}\n### 2 {#b}\n### 3 {#c}\n## 4 {#d}\n", nil},
		{"more of level 4", "## 1 {#a}\n### 2 {#b}\n### 3 {#c}\n#### x\n## 4 {#d}\n", nil},
		{"one missing", "## 1 {#a}\n### 3 {#c}\n## 4 {#d}\n", []string{"en.md:8:1: error: the section #b of ja.md is missing [heading-ids]\n    hint: add it before #c"}},
		{"the last missing", "## 1 {#a}\n### 2 {#b}\n### 3 {#c}\n", []string{"en.md:9:1: error: the section #d of ja.md is missing [heading-ids]\n    hint: add it at the end"}},
		{"two missing", "### 2 {#b}\n### 3 {#c}\n", []string{"en.md:7:1: error: the section #a of ja.md is missing", "en.md:8:1: error: the section #d of ja.md is missing"}},
		{"all missing", "Text.\n", []string{"en.md:7: error: the section #a", "en.md:7: error: the section #b", "en.md:7: error: the section #c", "en.md:7: error: the section #d"}},
		{"one more", "## 1 {#a}\n### 2 {#b}\n### 3 {#c}\n### x {#x}\n## 4 {#d}\n", []string{"en.md:10:1: error: ja.md has no section #x"}},
		{"one renamed", "## 1 {#a}\n### 2 {#bb}\n### 3 {#c}\n## 4 {#d}\n", []string{"en.md:8:1: error: #bb stands where ja.md has #b"}},
		{"two renamed and one missing", "## 1 {#aa}\n### 2 {#bb}\n## 4 {#d}\n", []string{"en.md:7:1: error: #aa stands where ja.md has #a", "en.md:8:1: error: #bb stands where ja.md has #b", "en.md:9:1: error: the section #c of ja.md is missing"}},
		{"two swapped", "## 1 {#a}\n### 3 {#c}\n### 2 {#b}\n## 4 {#d}\n", []string{"en.md:8:1: error: #c stands at another place than in ja.md"}},
		{"another level", "## 1 {#a}\n### 2 {#b}\n## 3 {#c}\n## 4 {#d}\n", []string{"en.md:9:1: error: #c is of level 2 here and of level 3 in ja.md"}},
		{"without an id", "## 1 {#a}\n### 2\n### 3 {#c}\n## 4 {#d}\n", []string{`en.md:8:1: error: the heading "2" has no id`}},
		{"twice", "## 1 {#a}\n### 2 {#b}\n### 3 {#c}\n### 3 {#c}\n## 4 {#d}\n", []string{`en.md:10:1: error: the id "c" is used twice`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := assemble(t, article("x", "", "ja", ja, "en", c.en))
			same(t, problems, c.want...)
		})
	}
}

func TestEveryTranslationIsComparedWithTheSource(t *testing.T) {
	_, problems := assemble(t, article("x", "", "ja", "## 一 {#a}\n", "en", "## 1 {#b}\n", "de", "## 1 {#c}\n"))
	same(t, problems, "de.md:7:1: error: #c stands where ja.md has #a", "en.md:7:1: error: #b stands where ja.md has #a")
}

func TestEveryLinkArrivesOrSaysWhy(t *testing.T) {
	for _, c := range []struct{ link, to, want string }{
		{"[a](../legs/en.md)", "en/legs/", ""},
		{"[a](../legs/en.md#two)", "en/legs/#two", ""},
		{"[a](en.md#a)", "en/x/#a", ""},
		{"[a](#a)", "en/x/#a", ""},
		{"[a](./../x/en.md)", "en/x/", ""},
		{"[a](../only/en.md#ja)", "en/only/#ja", ""}, // a page that falls back
		{"[a](../../checker/origin-leg/en.md#wire)", "en/check/origin-leg/#wire", ""},
		{"[a](../legs/legs.png)", "legs/legs.png", ""},
		{"![a](../legs/legs.png)", "legs/legs.png", ""},
		{"[a](../legs/ja.md)", "ja/legs/", `en.md:9:5: warning: a text in "en" links to ja.md [link-language]`},
		{"[a](../lges/en.md)", "", "en.md:9:5: error: there is no file content/articles/lges/en.md [link-file]\n    hint: did you mean ../legs/en.md?"},
		{"[a](../legs)", "", "there is no file content/articles/legs [link-file]\n    hint: link to the file: ../legs/en.md"},
		{"[a](../legs/)", "", "hint: link to the file: ../legs/en.md"},
		{"[a](legs.png)", "", "there is no file content/articles/x/legs.png [link-file]\n    hint: "},
		{"[a](../../../../etc/passwd)", "", "there is no file"},
		{"[a](../legs/en.md#tow)", "", "no heading #tow in legs/en.md [link-anchor]\n    hint: did you mean #two?"},
		{"[a](../legs/en.md#background)", "", "no heading #background in legs/en.md [link-anchor]\n    hint: it has #two, #one"},
		{"[a](#b-c-d-e)", "", "no heading #b-c-d-e in x/en.md [link-anchor]\n    hint: it has #a"},
		{"[a](#)", "", "no heading # in x/en.md"},
		{"[a](/en/legs/)", "", "begins at the root [link]\n    hint: links are relative to the file: ../legs/en.md"},
		{"[a](//example.com/)", "", "has a scheme that is not allowed"},
		{"[a](javascript:alert)", "", `the link "javascript:alert" has a scheme that is not allowed`},
		{"[a](ftp://example.com)", "", "has a scheme that is not allowed"},
		{"[a](../legs/en.md?x)", "", "there is no file"},
		{"![a](../legs/en.md)", "", "../legs/en.md is no picture [picture]"},
		{"![a]()", "", "en.md:9:1: error: a picture without a file [picture]"},
		{"![a](../legs/legz.png)", "", "did you mean ../legs/legs.png?"},
		{"[a](../draft/en.md)", "", `en.md:9:5: error: the article "draft" is a draft, which readers do not see [draft]`},
	} {
		t.Run(c.link, func(t *testing.T) {
			const body = "## A {#a}\n\n"
			s, problems := assemble(t, article("x", "", "ja", "## A {#a}\n", "en", body+c.link+"\n"),
				article("only", "", "ja", "## 日 {#ja}\n"), article("draft", "draft: true\n", "ja", "日\n"))
			if c.want == "" {
				same(t, problems)
			} else {
				same(t, problems, c.want)
			}
			x := s.Articles[slices.IndexFunc(s.Articles, func(a *Article) bool { return a.Slug == "x" })]
			links := s.Links(x.Docs["en"])
			if len(links) != 1 || links[0].Path != c.to {
				t.Errorf("leads to %+v, want %s", links, c.to)
			}
			if links[0].Picture && (links[0].Width != 3 || links[0].Height != 2) {
				t.Errorf("the picture measures %d × %d", links[0].Width, links[0].Height)
			}
		})
	}
}

func TestAddressesBelongToOne(t *testing.T) {
	for _, c := range []struct {
		name     string
		articles []map[string]string
		want     []string
	}{
		{"a slug and a section", []map[string]string{article("errors", "", "ja", "日\n")}, []string{`articles/errors/article.yaml:1:1: error: the address "errors" belongs to the section errors already [address]`}},
		{"a slug and a page", []map[string]string{article("check", "", "ja", "日\n")}, []string{`the address "check" belongs to a page of the site's own already`, `the id "check" belongs to the checker already`}},
		{"an id twice", []map[string]string{article("x", "", "ja", "日\n"), {"articles/y/article.yaml": "id: x\nkind: concept\nsection: concepts\nsource: ja\nupdated: 2026-11-22\n", "articles/y/ja.md": front + "日\n"}}, []string{`articles/y/article.yaml:1:5: error: the id "x" belongs to the article x already [address]`}},
		{"an alias and a slug", []map[string]string{article("x", "aliases: [legs]\n", "ja", "日\n")}, []string{`articles/x/article.yaml:4:11: error: the alias "legs" belongs to the article legs already [address]`}},
		{"an alias and itself", []map[string]string{article("x", "aliases: [x]\n", "ja", "日\n")}, []string{`the alias "x" belongs to the article x already`}},
		{"an alias and a section", []map[string]string{article("x", "aliases: [errors]\n", "ja", "日\n")}, []string{`the alias "errors" belongs to the section errors already`}},
		{"an alias and an alias", []map[string]string{article("x", "aliases: [old]\n", "ja", "日\n"), article("y", "aliases: [old]\n", "ja", "日\n")}, []string{`articles/y/article.yaml:4:11: error: the alias "old" belongs to the article x already`}},
		{"asked for nothing", []map[string]string{{"search.yaml": "asked:\n- {for: lges, by: {ja: [x]}}\n- {for: legs#tow, by: {ja: [x]}}\n- {for: legs#two, by: {ja: [x]}}\n"}}, []string{
			"search.yaml:2:9: error: there is no article \"lges\" [search]\n    hint: did you mean \"legs\"?",
			"search.yaml:3:9: error: \"legs\" has no section #tow [search]\n    hint: did you mean \"two\"?",
		}},
		{"related to nothing", []map[string]string{article("x", "related: [lges]\n", "ja", "日\n")}, []string{"articles/x/article.yaml:4:11: error: there is no article \"lges\" [related]\n    hint: did you mean \"legs\"?"}},
		{"related to itself", []map[string]string{article("x", "related: [x]\n", "ja", "日\n")}, []string{"an article is not related to itself"}},
		{"related to a draft", []map[string]string{article("x", "related: [y]\n", "ja", "日\n"), article("y", "draft: true\n", "ja", "日\n")}, []string{`articles/x/article.yaml:4:11: error: the article "y" is a draft, which readers do not see [draft]`}},
		{"named by a section that it is not in", []map[string]string{article("legs", "section: errors\n", "ja", "日\n", "en", "E\n", "de", "D\n")}, []string{"site.yaml:9:97: error: the section \"concepts\" has no article \"legs\" [site]\n    hint: it is in the section \"errors\""}},
		{"named by a section and a draft", []map[string]string{article("legs", "draft: true\n", "ja", "日\n", "en", "E\n", "de", "D\n")}, []string{`site.yaml:9:97: error: the article "legs" is a draft`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := assemble(t, c.articles...)
			same(t, problems, c.want...)
		})
	}
}

func TestArticlesAreReadInTheirSectionsOrder(t *testing.T) {
	s, problems := assemble(t,
		article("b", "section: errors\ncodes: [1000]\n", "ja", "日\n"),
		article("c", "section: errors\ncodes: [525, 1]\n", "ja", "日\n"),
		article("a", "section: errors\n", "ja", "日\n"),
		article("e", "section: errors\ncodes: [ssl]\n", "ja", "日\n"),
		article("d", "section: errors\ncodes: [525]\n", "ja", "日\n"),
		article("a-concept", "", "ja", "日\n"),
	)
	same(t, problems)
	var got []string
	for _, a := range s.Articles {
		line := a.Slug
		if a.Previous != nil {
			line = a.Previous.Slug + "<" + line
		}
		if a.Next != nil {
			line += ">" + a.Next.Slug
		}
		got = append(got, line)
	}
	if want := "c>d c<d>b d<b>e b<e>a e<a legs>a-concept legs<a-concept"; strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestWhatFallsBackShowsItsSource(t *testing.T) {
	s, _ := assemble(t, article("x", "", "ja", "日\n", "en", "E\n"))
	x := s.Articles[slices.IndexFunc(s.Articles, func(a *Article) bool { return a.Slug == "x" })]
	for lang, want := range map[string]string{"ja": "ja", "en": "en", "de": "ja"} {
		if text, doc, of := x.Text(lang); of != want || text != x.Texts[want] || doc != x.Docs[want] {
			t.Errorf("readers of %s are shown %s", lang, of)
		}
		if x.Path(lang) != lang+"/x/" {
			t.Error(x.Path(lang))
		}
	}
	if x.Ticket() != "k/x/" {
		t.Error(x.Ticket())
	}
}

func TestAMissingTranslationIsAWarning(t *testing.T) {
	files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
	for name, data := range article("legs", "", "ja", "日\n", "en", "E\n") {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	c, _, err := source.Load(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	converters := map[string]*markdown.Converter{"ja": markdown.New(markdown.Labels{}, nil, nil), "en": markdown.New(markdown.Labels{}, nil, nil), "de": markdown.New(markdown.Labels{}, nil, nil)}
	_, problems := Assemble(c, "content", converters, nil)
	same(t, problems, "content/articles/legs/de.md: warning: the article has no text in Deutsch [translation]")
}

const (
	good = "## Q {#quick-check}\n## C {#causes}\n### One {#one}\n#### T {.tell}\n#### F {.fix}\n#### V {.verify}\n## W {#workaround}\n## S {#still-stuck}\n## More {#more}\n## B {#background}\n"
	tell = "#### T {.tell}\n"
)

func TestTheGrammarOfAnArticleThatHelps(t *testing.T) {
	for _, c := range []struct {
		name, kind, text string
		want             []string
	}{
		{"right", "error", good, nil},
		{"right as a symptom", "symptom", good, nil},
		{"a concept has its own", "concept", "## A {#a}\n", nil},
		{"no heading", "error", "Text.\n", []string{
			"ja.md:7: error: an article about an error has a section #background [grammar]\n    hint: add ## … {#background}",
			"has a section #causes", "has a section #quick-check", "has a section #still-stuck", "has a section #workaround"}},
		{"nothing about stuck", "symptom", strings.Replace(good, "## S {#still-stuck}\n", "", 1), []string{"ja.md:15:1: error: an article about a symptom has a section #still-stuck [grammar]\n    hint: add ## … {#still-stuck} before #background"}},
		{"no background", "error", strings.Replace(good, "## B {#background}\n", "", 1), []string{"ja.md:15:1: error: an article about an error has a section #background [grammar]\n    hint: add ## … {#background} after #more"}},
		{"background first", "error", "## B {#background}\n" + strings.Replace(good, "## B {#background}\n", "", 1), []string{"ja.md:7:1: error: #background is not the last section", "ja.md:7:1: error: section 1 of an article about an error is #quick-check, not #background"}},
		{"causes before the check", "error", strings.Replace("## C {#causes}\n"+strings.Replace(good, "## C {#causes}\n", "", 1), "## Q {#quick-check}\n### One {#one}", "### One {#one}", 1) + "", []string{"an article about an error has a section #quick-check"}},
		{"a section between", "error", strings.Replace(good, "## W", "## X {#x}\n## W", 1), []string{"ja.md:13:1: error: section 3 of an article about an error is #workaround, not #x"}},
		{"no cause", "error", strings.Replace(good, "### One {#one}\n#### T {.tell}\n#### F {.fix}\n#### V {.verify}\n", "", 1), []string{"ja.md:8:1: error: #causes names no cause"}},
		{"nothing to verify", "error", strings.Replace(good, "#### V {.verify}\n", "", 1), []string{`ja.md:9:1: error: the cause "One" does not say how to tell, how to fix and how to verify, in this order`}},
		{"in another order", "error", strings.Replace(good, "#### T {.tell}\n#### F {.fix}\n", "#### F {.fix}\n#### T {.tell}\n", 1), []string{`the cause "One" does not say how`}},
		{"two causes", "error", strings.Replace(good, "## W", "### Two {#two}\n## W", 1), []string{`ja.md:13:1: error: the cause "Two" does not say how`}},
		{"a part outside", "error", strings.Replace(good, "## B", "## X {#x}\n"+tell+"## B", 1), []string{"ja.md:17:1: error: the part .tell stands outside a cause"}},
		{"a part in a concept", "concept", "## A {#a}\n" + tell, []string{"ja.md:8:1: error: the part .tell stands outside a cause [grammar]\n    hint: only articles about errors and symptoms"}},
		{"a cause without an id", "error", strings.Replace(good, " {#one}", "", 1), []string{`ja.md:9:1: error: the heading "One" has no id`}},
		{"a section without an id", "error", strings.Replace(good, " {#causes}", "", 1), []string{`ja.md:8:1: error: the heading "C" has no id`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := assemble(t, article("x", "kind: "+c.kind+"\n", "ja", c.text))
			same(t, problems, c.want...)
		})
	}
}

func TestTheGrammarHoldsInEveryTranslation(t *testing.T) {
	_, problems := assemble(t, article("x", "kind: error\n", "ja", good, "en", strings.Replace(good, "#### F {.fix}\n", "", 1)))
	same(t, problems, `articles/x/en.md:9:1: error: the cause "One" does not say how to tell`)
}

// TestBrokenArticlesAreNotFollowedByOthers assembles what source gives for broken
// articles: a problem is told once, by who found it, and not followed by
// others.
func TestBrokenArticlesAreNotFollowedByOthers(t *testing.T) {
	for name, broken := range map[string]map[string]string{
		"no article.yaml":    {"articles/x/ja.md": front + "日\n"},
		"no text":            {"articles/x/article.yaml": "id: x\nkind: error\nsection: concepts\nsource: ja\nupdated: 2026-11-22\n"},
		"an open quote":      {"articles/x/article.yaml": "id: \"x\n", "articles/x/ja.md": front + "## A {#a}\n" + tell},
		"an unknown kind":    {"articles/x/article.yaml": "id: x\nkind: eror\nsection: concepts\nsource: ja\nupdated: 2026-11-22\n", "articles/x/ja.md": front + good},
		"an unknown source":  {"articles/x/article.yaml": "id: x\nkind: error\nsection: concepts\nsource: fr\nupdated: 2026-11-22\n", "articles/x/ja.md": front + good},
		"an unknown section": {"articles/x/article.yaml": "id: x\nkind: concept\nsection: nowhere\nsource: ja\nupdated: 2026-11-22\n", "articles/x/ja.md": front + "日\n"},
		"a source not there": {"articles/x/article.yaml": "id: x\nkind: concept\nsection: concepts\nsource: en\nupdated: 2026-11-22\n", "articles/x/ja.md": front + "日\n"},
		"bytes of no text":   {"articles/x/article.yaml": "id: x\nkind: error\nsection: concepts\nsource: ja\nupdated: 2026-11-22\n", "articles/x/ja.md": "\xff", "articles/x/en.md": front + good},
		"an unread front":    {"articles/x/article.yaml": "id: x\nkind: error\nsection: concepts\nsource: ja\nupdated: 2026-11-22\n", "articles/x/ja.md": "---\ntitle: [\n---\n" + good},
		"an unread checker":  {"checker/origin-leg/ja.md": "\xff"},
		"a page not there":   {"checker/origin-legs/ja.md": front, "checker/origin-legs/en.md": front, "checker/origin-legs/de.md": front},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{"site.yaml": {Data: []byte(siteYAML)}}
			all := article("legs", "related: [x]\n", "ja", "[a](../x/ja.md#a) [b](../../checker/origin-leg/ja.md#wire)\n", "en", "[a](../x/en.md#a)\n", "de", "[a](../x/de.md)\n")
			for _, tag := range []string{"ja", "en", "de"} {
				all["checker/origin-leg/"+tag+".md"] = front + "## W {#wire}\n"
			}
			maps.Copy(all, broken)
			if strings.Contains(name, "checker") || strings.Contains(name, "page") {
				maps.Copy(all, article("x", "", "ja", "## A {#a}\n"))
			}
			for name, data := range all {
				files[name] = &fstest.MapFile{Data: []byte(data)}
			}
			c, told, err := source.Load(files, "content")
			if err != nil {
				t.Fatal(err)
			}
			converters := map[string]*markdown.Converter{}
			for _, l := range c.Site.Languages {
				converters[l.Tag.Value] = markdown.New(markdown.Labels{}, nil, nil)
			}
			_, problems := Assemble(c, "content", converters, nil)
			for _, p := range problems {
				// x has no #a where its text is another: that is a mistake of legs.
				if p.Severity == diag.Error && p.Rule != "link-anchor" {
					t.Errorf("told as well: %v", p)
				}
			}
			if len(told) == 0 && name != "a page not there" {
				t.Error("the mistake is not named at all")
			}
		})
	}
}

func TestCodesAreOrderedAsPeopleCount(t *testing.T) {
	codes := []string{"ssl", "1000", "525", "520", "0525", "err"}
	slices.SortFunc(codes, ByCode)
	if got := fmt.Sprint(codes); got != "[520 0525 525 1000 err ssl]" {
		t.Error(got)
	}
}

// FuzzLinks: wherever a link of a text leads, it is to what the site has, or why
// not is said at its place.
func FuzzLinks(f *testing.F) {
	for _, dest := range []string{"../legs/en.md#two", "#a", "../../../etc/passwd", "en.md?x", "javascript:x", "//a/b", "/", "..", "../legs/./../legs/en.md", "../legs/legs.png", "%2e%2e/legs/en.md", "../legs/en.md#os=linux", "../../hosts/a.yaml", "\\"} {
		f.Add(dest)
	}
	f.Fuzz(func(t *testing.T, dest string) {
		if strings.ContainsAny(dest, "<>\n\r\\&\x00") || !utf8.ValidString(dest) || len(dest) > 200 || strings.TrimSpace(dest) == "" {
			return
		}
		s, problems := assemble(t, article("x", "", "en", "## A {#a}\n\n[b](<"+dest+">)\n", "ja", "## A {#a}\n"))
		x := s.Articles[slices.IndexFunc(s.Articles, func(a *Article) bool { return a.Slug == "x" })]
		links := s.Links(x.Docs["en"])
		if problems.Errors() > 0 || len(links) == 0 {
			return
		}
		to, _, _ := strings.Cut(links[0].Path, "#")
		page := slices.ContainsFunc(s.Articles, func(a *Article) bool { return to == a.Path("en") || to == a.Path("ja") })
		if !page && to != "legs/legs.png" && !strings.HasPrefix(to, "en/check/") && !strings.HasPrefix(to, "en/hosts/") && !strings.HasPrefix(to, "ja/check/") {
			t.Errorf("%q leads to %q, and nothing is said", dest, links[0].Path)
		}
	})
}
