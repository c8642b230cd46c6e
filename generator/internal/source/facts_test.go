package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/diag"
)

const factsYAML = `original: en
beside: {ja: "{label}（{original}）", en: "{label} ({original})"}
sources:
  docs: {title: Docs, url: "https://example.com/docs", read: 2026-11-22, review: 2027-05-22}
facts:
  connect: {value: 19, say: {ja: 19秒, en: 19 seconds}, sources: [docs], confidence: doc}
ui:
  ssl: {label: {en: SSL/TLS, ja: SSL/TLS}, sources: [docs], confidence: doc}
  overview: {under: ssl, label: {en: Overview, ja: 概要}, link: "https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls", sources: [docs], confidence: doc}
  rewrites: {under: overview, label: {en: Rewrites, ja: 書き換え}, unsettled: [ja], sources: [docs], confidence: doc}
  panel: {label: {en: Run AutoSSL}, sources: [docs], confidence: rep}
`

const referring = "---\ntitle: Flexible\nsummary: It waits {fact connect}.\n---\n\nSee {ui rewrites}.\n"

// asking are ready messages of which one has a text.
func asking(text string) string {
	const letter = "{subject: {ja: a, en: a}, open: {ja: a, en: a}, unknown: {ja: a, en: a}, body: {ja: a, en: a}, look: [{ja: a, en: a}]}\n"
	return "subject: {ja: a, en: a}\nitem: {ja: a, en: a}\nbehind: {ja: a, en: a}\nhost: " + letter + "owner: " + letter +
		"asks:\n  fix_dns: {ja: a, en: \"" + text + "\"}\nasks_host: {fix_dns: {ja: a, en: a}}\nnumber: {ja: a, en: a}\n"
}

// withFacts is a content folder with facts, each used, with which nothing is
// wrong.
func withFacts() fstest.MapFS {
	files := clean()
	files["facts.yaml"] = &fstest.MapFile{Data: []byte(factsYAML)}
	files["articles/flexible/ja.md"] = &fstest.MapFile{Data: []byte(referring)}
	for _, lang := range []string{"ja", "en"} {
		files["recipes/renew/"+lang+".md"] = &fstest.MapFile{Data: []byte("See {ui panel}.\n")}
	}
	files["glossary.yaml"] = &fstest.MapFile{Data: []byte("- {id: sni, words: {ja: {term: SNI, definition: \"{ui overview}、{fact connect}\"}, en: {term: SNI, definition: \"{ui overview}, {fact connect}\"}}}\n")}
	return files
}

func TestARefererGetsTheValueAndTheLabelsOfItsLanguage(t *testing.T) {
	c, problems := load(t, withFacts())
	for _, p := range problems {
		t.Error(p)
	}
	for _, want := range []struct {
		lang, words string
		Referred
	}{
		{"ja", "fact connect", Referred{Text: "19秒"}},
		{"en", "fact connect", Referred{Text: "19 seconds"}},
		{"ja", "ui overview", Referred{"SSL/TLS → 概要（Overview）", "SSL/TLS → Overview", "https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls"}},
		{"en", "ui overview", Referred{"SSL/TLS → Overview", "SSL/TLS → Overview", "https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls"}},
		{"ja", "label overview", Referred{"概要（Overview）", "Overview", ""}},
		// Unsettled: in the original alone; the link is that of the nearest above.
		{"ja", "ui rewrites", Referred{"SSL/TLS → 概要（Overview） → Rewrites", "SSL/TLS → Overview → Rewrites", "https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls"}},
		{"ja", "ui panel", Referred{"Run AutoSSL", "Run AutoSSL", ""}},
	} {
		if got := c.Facts.References(want.lang)[want.words]; got != want.Referred {
			t.Errorf("{%s} in %s is %+v, not %+v", want.words, want.lang, got, want.Referred)
		}
	}
	for lang, want := range map[string]string{"ja": "SSL/TLS → 概要（Overview）、19秒", "en": "SSL/TLS → Overview, 19 seconds"} {
		if got := c.Glossary[0].Words[lang].Value.Definition; got != want {
			t.Errorf("a definition in %s is %q, not %q", lang, got, want)
		}
	}
	for _, a := range c.Articles {
		if a.Slug == "flexible" && a.Texts["ja"].Front.Summary != "It waits 19秒." {
			t.Errorf("a summary is %q", a.Texts["ja"].Front.Summary)
		}
	}
}

func TestReferencesStandInWhatIsNoMarkdownToo(t *testing.T) {
	files := withFacts()
	for _, m := range []mistake{
		{file: "site.yaml", old: "description: A clinic.", new: "description: \"{ui overview}, {fact connect}\""},
		{file: "site.yaml", old: "ja: 番号。", new: "ja: \"{fact connect}\""},
		{file: "articles/error-525/ja.md", old: "summary: It failed.", new: "summary: It failed.\nkeywords: [\"{label overview}\"]"},
		{file: "checker/messages.yaml", new: asking("{ui overview}")},
		{file: "hosts/index.yaml", new: hostsYAML},
		{file: "hosts/host.yaml", new: hostYAML},
		{file: "hosts/host.yaml", old: "summary: {ja: 要約。", new: "summary: {ja: \"{fact connect}\""},
	} {
		m.make(t, files)
	}
	c, problems := load(t, files)
	for _, p := range problems {
		if p.Rule == diag.RuleReference || p.Rule == diag.RuleMenuPath {
			t.Error(p)
		}
	}
	for got, want := range map[string]string{
		c.Site.Languages[1].Description:                "SSL/TLS → Overview, 19 seconds",
		c.Site.Sections[0].Description["ja"]:           "19秒",
		c.Articles[0].Texts["ja"].Front.Keywords[0]:    "概要（Overview）",
		c.Checker.Messages.Asks["fix_dns"].Value["en"]: "SSL/TLS → Overview",
		c.Hosts.All[0].Summary["ja"]:                   "19秒",
	} {
		if got != want {
			t.Errorf("read is %q, not %q", got, want)
		}
	}
}

func TestEachMistakeInTheFactsIsNamedOnceWithItsPlaceAndAHint(t *testing.T) {
	for _, m := range []mistake{
		{"facts.yaml", "original: en", "original: fr", `facts.yaml:1:11: error: the site has no language "fr" [facts]`, "known are: en, ja"},
		{"facts.yaml", `, en: "{label} ({original})"`, "", `facts.yaml: error: beside says not in "en" where {label} and {original} stand [facts]`, "add \"en: '{label} ({original})'\""},
		{"facts.yaml", "https://example.com/docs", "example.com", `facts.yaml:4:28: error: "example.com" is not an address [facts]`, "https://example.org/page"},
		{"facts.yaml", "read: 2026-11-22", "read: yesterday", `facts.yaml:4:62: error: "yesterday" is not a date [facts]`, "2026-11-22"},
		{"facts.yaml", "2027-05-22", "2026-05-22", `error: the source "docs" is to be reviewed before it was read [facts]`, "the day after which"},
		{"facts.yaml", ", review: 2027-05-22", "", `facts.yaml:4:9: error: "docs" has no "review" [yaml]`, "add a line"},
		{"facts.yaml", "19 seconds}, sources: [docs]", "19 seconds}", `facts.yaml:6:12: error: "connect" has no "sources" [yaml]`, "add a line"},
		{"facts.yaml", "19 seconds}, sources: [docs]", "19 seconds}, sources: []", `error: "sources" is empty [yaml]`, "write a value"},
		{"facts.yaml", "19 seconds}, sources: [docs]", "19 seconds}, sources: [dosc]", `facts.yaml:6:66: error: there is no source "dosc" [facts]`, `did you mean "docs"?`},
		{"facts.yaml", "sources: [docs], confidence: doc}\nui", "sources: [docs], confidence: sure}\nui", `error: unknown confidence "sure" [facts]`, "known are: doc, inf, lab, rep, unv"},
		{"facts.yaml", "en: 19 seconds", "en: 91 seconds", `facts.yaml:6:12: error: the fact "connect" is 19, and in "en" it says "91 seconds" [facts]`, "numbers as they are"},
		{"facts.yaml", ", en: 19 seconds", "", `facts.yaml:6:12: error: the fact "connect" has no words in "en" [facts]`, "to its say"},
		{"facts.yaml", "sources: [docs], confidence: doc}\nui", "stands: [{file: go.mod, as: 19}], sources: [docs], confidence: doc}\nui", `error: "19" says not where the value stands [facts]`, "write {value}"},
		{"facts.yaml", "  connect:", "  Con nect:", `error: the id "Con nect" of a fact is not made of a-z, 0-9 and hyphens [facts]`, "{fact connect}"},
		{"facts.yaml", "under: ssl,", "under: sl,", `facts.yaml:9:21: error: there is no label "sl" [facts]`, `did you mean "ssl"?`},
		{"facts.yaml", "ssl: {label", "ssl: {under: rewrites, label", `facts.yaml:8:16: error: the label "ssl" is under itself [facts]`, "stands highest"},
		{"facts.yaml", "{en: Overview, ja: 概要}", "{ja: 概要}", `facts.yaml:9:13: error: the label "overview" is not said in "en", the original [facts]`, "add \"en: …\""},
		{"facts.yaml", "en: Overview", "en: SSL/TLS → Overview", `facts.yaml:9:13: error: the label "overview" is a path [facts]`, "say with under"},
		{"facts.yaml", "https://dash.cloudflare.com/?", "https://example.com/?", `error: "https://example.com/?to=/:account/:zone/ssl-tls" is no link into the dashboard [facts]`, "as the documentation has it"},
		{"facts.yaml", `ssl-tls", sources: [docs], confidence: doc`, `ssl-tls", sources: [docs], confidence: rep`, `error: the link of "overview" is not documented [facts]`, "leave it out"},
		{"facts.yaml", "unsettled: [ja]", "unsettled: [en]", `error: the label "rewrites" is unsettled in the original [facts]`, "is none"},
		{"facts.yaml", "unsettled: [ja]", "unsettled: [fr]", `warning: words in "fr" are not used: it is none of the languages [language]`, "known are"},
		{"facts.yaml", "ui:\n", "  idle: {value: 900, sources: [docs], confidence: doc}\nui:\n", `facts.yaml:7:9: warning: nothing uses the fact "idle" [facts]`, "take it away"},
		{"facts.yaml", "  panel:", "  other: {label: {en: Other}, sources: [docs], confidence: rep}\n  panel:", `facts.yaml:11:10: warning: nothing uses the label "other" [facts]`, "take it away"},
		{"articles/flexible/ja.md", "{fact connect}", "{fact conect}", `articles/flexible/ja.md:1: error: facts.yaml has no "fact conect" [reference]`, "did you mean {fact connect}?"},
		{"glossary.yaml", "{ui overview}、", "{ui nowhere-to-be-found}、", `glossary.yaml:1:25: error: facts.yaml has no "ui nowhere-to-be-found" [reference]`, "add it under ui"},
		{"glossary.yaml", "{ui overview}、", "SSL/TLS → Overview、", `glossary.yaml:1:25: error: a menu path stands in this text: "→" [menu-path]`, "write {ui id}"},
		{"checker/ja.yaml", "", "redirect: \"{fact conect}\"\n", `checker/ja.yaml: error: facts.yaml has no "fact conect" [reference]`, "did you mean {fact connect}?"},
		// What is no Markdown takes them as plain text; what is quoted takes none.
		{"site.yaml", "title: クリニック", "title: \"クリニック{fact conect}\"", `site.yaml:5:11: error: facts.yaml has no "fact conect" [reference]`, "did you mean {fact connect}?"},
		{"site.yaml", "description: A clinic.", "description: SSL/TLS → Overview", `site.yaml:6:11: error: a menu path stands in this text: "→" [menu-path]`, "write {ui id}"},
		{"site.yaml", "en: Errors", "en: \"{ui overvew}\"", `site.yaml:8:10: error: facts.yaml has no "ui overvew" [reference]`, "did you mean {ui overview}?"},
		{"articles/error-525/ja.md", "summary: It failed.", "summary: It failed.\nkeywords: [\"{fact conect}\"]", `articles/error-525/ja.md:1: error: facts.yaml has no "fact conect" [reference]`, "did you mean {fact connect}?"},
		{"articles/error-525/ja.md", "text: SSL handshake failed", "text: \"after {fact connect}\"", `articles/error-525/ja.md:1: error: a message refers to {fact connect} [reference]`, "letter for letter"},
		{"checker/messages.yaml", "", asking("{fact conect}"), `checker/messages.yaml:7:12: error: facts.yaml has no "fact conect" [reference]`, "did you mean {fact connect}?"},
		{"checker/messages.yaml", "", asking("SSL/TLS → Overview"), `checker/messages.yaml:7:12: error: a menu path stands in this text: "→" [menu-path]`, "write {ui id}"},
		{"checker/products.yaml", "", "- {id: nginx, name: \"{fact connect}\"}\n", `checker/products.yaml:1:8: error: a product refers to {fact connect} [reference]`, "write its name"},
		{"checker/questions.yaml", "", "access: {ask: {ja: a, en: a}, short: {ja: a, en: a}, options: {}, boxes: {none: {label: {ja: \"{fact conect}\", en: a}, hint: {ja: a, en: a}}}}\n", `checker/questions.yaml:1:81: error: facts.yaml has no "fact conect" [reference]`, "did you mean {fact connect}?"},
		{"glossary.yaml", "en: {term: SNI", "en: {term: \"{fact connect}\"", `error: a term refers to {fact connect} [reference]`, "write the words out"},
		{"facts.yaml", "en: 19 seconds", "en: \"19 {ui overview}\"", `facts.yaml:6:12: error: the fact "connect" refers to {ui overview} [reference]`, "write its own value"},
		{"checker/rules.yaml", "", "r: {ja: \"{fact connect}。\", en: \"{fact connect}.\"}\n", `checker/rules.yaml:1:4: error: the rule "r" refers to {fact connect} [reference]`, "write it out"},
	} {
		t.Run(m.name(), func(t *testing.T) {
			files := withFacts()
			m.make(t, files)
			_, problems := load(t, files)
			m.isNamedOnce(t, problems)
		})
	}
}

func TestASourceIsToBeReadAgainAfterItsDayAndNotOnIt(t *testing.T) {
	files := withFacts()
	mistake{"facts.yaml", "confidence: doc}\nui", "confidence: doc, review: 2027-01-01}\nui", "", ""}.make(t, files)
	c, _ := load(t, files)
	for day, want := range map[string][]string{
		"2026-11-28": nil, "2027-01-01": nil,
		"2027-01-02": {`content/facts.yaml:6:98: warning: the fact "connect" was to be read again by 2027-01-01 [review]`},
		"2027-05-23": {`content/facts.yaml:4:82: warning: the source "docs" was to be read again by 2027-05-22 [review]`, `the fact "connect" was`},
	} {
		late := c.Facts.ReviewBy("content", day)
		if len(late) != len(want) {
			t.Fatalf("on %s: %v", day, late)
		}
		for i, p := range late {
			if !strings.Contains(p.String(), want[i]) || p.Hint == "" || p.Severity != diag.Warning {
				t.Errorf("on %s: %v, not %s", day, p, want[i])
			}
		}
	}
}
