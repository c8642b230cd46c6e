package source

import (
	"strings"
	"testing"
	"testing/fstest"
)

const (
	hostsYAML = `title: {ja: 置き場所, en: Hosts}
summary: {ja: 名前から。, en: By name.}
about: {ja: 出典つき。, en: With sources.}
common:
  - {kind: hosting, text: {ja: 同じ。, en: The same.}}
edge: {source: "https://example.com/ips", read: 2026-11-28, ipv4: [104.16.0.0/13]}
`
	hostYAML = `name: {ja: 例, en: Example}
kind: hosting
market: [ja]
labels: ja
updated: 2026-11-28
panels:
  - {id: old, name: {ja: 旧, en: old}}
summary: {ja: 要約。, en: Summary.}
about: {ja: 本文。, en: Text.}
sources:
  manual: {url: "https://example.com/manual", dated: 2025-04, read: 2026-11-28}
  blog: {title: {ja: ブログ, en: a blog}, read: 2026-11-28}
  legs: {article: flexible}
own_certificate: {is: "no", source: manual, confidence: doc}
lasting: {is: full, source: legs, confidence: inf}
grey_takes: {confidence: unknown}
signs:
  - {target: .example.net, source: manual, confidence: doc}
  - {address: 203.0.113.0/24, source: manual, confidence: doc}
topics:
  - id: "on"
    facts:
      - {say: {ja: 押す。, en: Press.}, path: [設定, SSL], panel: old, source: manual, confidence: doc}
  - id: renewal
    facts:
      - {say: {ja: 件名。, en: Subject.}, mail: お知らせ, source: blog, confidence: rep}
  - id: guard
    facts:
      - {say: {ja: 有無。, en: Whether.}, confidence: unknown}
  - id: redirect
    facts:
      - {say: {ja: 輪。, en: Loop.}, source: legs, confidence: inf}
allow: {form: octets, country: JP, paths: [/wp-admin], except: [/wp-admin/open.php], say: {ja: 一覧。, en: The list.}}
contact: {confidence: unknown}
`
)

// withHosts is a clean content folder that has a host, and one that is known by
// name alone.
func withHosts() fstest.MapFS {
	files := clean()
	for name, data := range map[string]string{
		"hosts/index.yaml": hostsYAML,
		"hosts/host.yaml":  hostYAML,
		"hosts/named.yaml": "name: {ja: 名, en: Named}\nkind: platform\nthin: true\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return files
}

func TestAHostArrivesWholeWithItsPlaces(t *testing.T) {
	c, problems := load(t, withHosts())
	for _, p := range problems {
		t.Error(p)
	}
	if len(c.Hosts.All) != 2 || c.Hosts.All[1].ID != "named" || !c.Hosts.All[1].Thin || c.Hosts.Index.Edge.IPv4[0].Value != "104.16.0.0/13" {
		t.Fatalf("%+v", c.Hosts)
	}
	h := c.Hosts.All[0]
	if h.ID != "host" || h.File != "content/hosts/host.yaml" || h.Kind.Line != 2 || len(h.Facts()) != 8 || h.Topics[1].Facts[0].Value.Mail != "お知らせ" {
		t.Errorf("%+v", h)
	}
}

func TestWhatAHostAnswersIsItsKindItsCertificateAndWhatLastsWhereThatIsKnown(t *testing.T) {
	const free, none = `{say: {ja: 押す。, en: Press.}, path: [設定, SSL], panel: old, source: manual, confidence: doc}`, `{say: {ja: 有無。, en: Whether.}, confidence: unknown}`
	for _, c := range []struct{ own, on, want string }{
		{`{is: "no", source: manual, confidence: doc}`, none, "can_install_cert=no&origin=hosting&lasting=full"},
		{`{is: "yes", source: manual, confidence: doc}`, none, "can_install_cert=yes&origin=hosting&lasting=full"},
		{`{is: plan, source: manual, confidence: doc}`, none, "origin=hosting&lasting=full"},
		{`{confidence: unknown}`, none, "origin=hosting&lasting=full"},
		{`{is: "no", source: manual, confidence: doc}`, free, "can_install_cert=yes&origin=hosting&lasting=full"}, // the free one of the panel
		{`{confidence: unknown}`, free, "can_install_cert=yes&origin=hosting&lasting=full"},
	} {
		files := withHosts()
		mistake{file: "hosts/host.yaml", old: `{is: "no", source: manual, confidence: doc}`, new: c.own}.make(t, files)
		mistake{file: "hosts/host.yaml", old: free, new: c.on}.make(t, files)
		site, problems := load(t, files)
		if got := site.Hosts.All[0].Answers(); got != c.want {
			t.Errorf("%s with %s answers %s, want %s; %v", c.own, c.on, got, c.want, problems)
		}
	}
}

// hostMistakes are changes to that folder, each of which is one mistake.
var hostMistakes = []mistake{
	{"hosts/notes.txt", "", "x", `hosts/notes.txt: error: nothing here is called notes.txt [stray]`, "a YAML file a host"},
	{"hosts/index.yaml", "", "\x00delete", `hosts/index.yaml: error: the list of hosts has no words [host]`, "add the file"},
	{"hosts/index.yaml", ", en: With sources.", "", `hosts/index.yaml:3:8: error: the text has no words in "en" [host]`, `add "en: …"`},
	{"hosts/index.yaml", "kind: hosting", "kind: hostin", `hosts/index.yaml:5:12: error: unknown kind "hostin" [host]`, `did you mean "hosting"?`},
	{"hosts/index.yaml", "104.16.0.0/13", "104.17.0.0/13", `error: "104.17.0.0/13" is no range of IPv4 addresses [host]`, "nothing set behind its length"},
	{"hosts/index.yaml", "104.16.0.0/13", "2400:cb00::/32", `is no range of IPv4 addresses [host]`, "write 104.16.0.0/13"},
	{"hosts/host.yaml", "kind: hosting", "kind: rented", `hosts/host.yaml:2:7: error: unknown kind "rented" [host]`, "known"},
	{"hosts/host.yaml", "market: [ja]", "market: [jp]", `hosts/host.yaml:3:10: error: unknown language "jp" [host]`, `did you mean "ja"?`},
	{"hosts/host.yaml", "labels: ja\n", "", `hosts/host.yaml:22:9: error: labels in an unknown language [host]`, `add "labels: ja"`},
	{"hosts/host.yaml", "updated: 2026-11-28", "updated: today", `hosts/host.yaml:5:10: error: "today" is not a date [host]`, "write it as 2026-11-28"},
	{"hosts/host.yaml", "summary: {ja: 要約。, en: Summary.}\n", "", `hosts/host.yaml:1:1: error: the host has no "summary" [host]`, `add a line "summary: …"`},
	{"hosts/host.yaml", "about: {ja: 本文。, en: Text.}", "about: {ja: 本文。}", `hosts/host.yaml:9:8: error: the text has no words in "en" [host]`, `add "en: …"`},
	{"hosts/host.yaml", "en: Example", "em: Example, en: Example", `hosts/host.yaml:1: warning: words in "em" are not used`, `did you mean "en"?`},
	{"hosts/host.yaml", "{id: old, name", "{id: Old, name", `hosts/host.yaml:7:10: error: the panel's id "Old" is not made of`, "write old, new"},
	{"hosts/host.yaml", "panel: old, ", "", `hosts/host.yaml:23:9: error: the panel comes in generations, and the path does not say of which it is [host]`, `add "panel: old"`},
	{"hosts/host.yaml", "panel: old, ", "panel: odl, ", `error: unknown panel "odl" [host]`, `did you mean "old"?`},
	{"hosts/host.yaml", "source: manual, confidence: doc}\nlasting", "confidence: doc}\nlasting", `hosts/host.yaml:14:18: error: a fact without a source [host]`, "confidence: unknown"},
	{"hosts/host.yaml", "source: manual, confidence: doc}\nlasting", "source: manul, confidence: doc}\nlasting", `hosts/host.yaml:14:37: error: there is no source "manul" [host]`, `did you mean "manual"?`},
	{"hosts/host.yaml", "source: manual, confidence: doc}\nlasting", "source: manual, confidence: docs}\nlasting", `hosts/host.yaml:14:57: error: unknown confidence "docs" [host]`, `did you mean "doc"?`},
	{"hosts/host.yaml", "source: manual, confidence: doc}\nlasting", "source: legs, confidence: doc}\nlasting", `hosts/host.yaml:14:37: error: "legs" is an article of ours: what follows from it is a conclusion [host]`, "confidence: inf"},
	{"hosts/host.yaml", `{is: "no", source: manual, confidence: doc}`, `{is: "no", source: manual}`, `hosts/host.yaml:14:18: error: "own_certificate" has no "confidence" [yaml]`, `add a line "confidence: …"`},
	{"hosts/host.yaml", `{is: "no",`, `{is: never,`, `hosts/host.yaml:14:23: error: unknown own_certificate "never" [host]`, "known"},
	{"hosts/host.yaml", `{is: "no", source`, `{source`, `hosts/host.yaml:14:18: error: "own_certificate" does not say what is so [host]`, `add "is: …"`},
	{"hosts/host.yaml", "grey_takes: {confidence: unknown}", "grey_takes: {is: day, confidence: unknown}", `hosts/host.yaml:16:18: error: nobody knows "grey_takes", and it is said to be "day" [host]`, "name who says it"},
	{"hosts/host.yaml", "grey_takes: {confidence: unknown}", "grey_takes: {source: manual, confidence: unknown}", `hosts/host.yaml:16:22: error: nobody knows it, and it has a source [host]`, "take the source away"},
	{"hosts/host.yaml", "lasting: {is: full, source: legs, confidence: inf}\n", "", `hosts/host.yaml:1:1: error: the host has no "lasting" [host]`, "confidence: unknown where nobody knows"},
	{"hosts/host.yaml", "mail: お知らせ", "mail: \"{fact connect}\"", `hosts/host.yaml:26:9: error: a label, a mail or a screen refers to {fact connect} [reference]`, "as it stands there"},
	{"hosts/host.yaml", "contact: {confidence: unknown}\n", "", `hosts/host.yaml:1:1: error: the host has no "contact" [host]`, "confidence: unknown"},
	{"hosts/host.yaml", "contact: {confidence: unknown}", "contact: {is: support, source: manual, confidence: doc}", `hosts/host.yaml:34:15: error: "support" is not an address [host]`, "write https://"},
	{"hosts/host.yaml", "https://example.com/manual", "example.com/manual", `hosts/host.yaml:11:17: error: "example.com/manual" is not an address [host]`, "write https://"},
	{"hosts/host.yaml", "dated: 2025-04", "dated: spring", `hosts/host.yaml:11:54: error: "spring" is no date of a source [host]`, "write 2026, 2026-11"},
	{"hosts/host.yaml", "dated: 2025-04, read: 2026-11-28", "dated: 2025-04", `hosts/host.yaml:11:11: error: the source "manual" does not say when it was read [host]`, `add "read: 2026-11-28"`},
	{"hosts/host.yaml", "blog: {title: {ja: ブログ, en: a blog}, ", "blog: {", `hosts/host.yaml:12:9: error: the source "blog" has neither an address nor a title [host]`, `"title"`},
	{"hosts/host.yaml", "legs: {article: flexible}", "legs: {article: flexible, read: 2026-11-28}", `hosts/host.yaml:13:9: error: the source "legs" is an article of ours and has an address as well [host]`, "named alone"},
	{"hosts/host.yaml", "  legs: {article", "  more: {url: \"https://example.com/\", read: 2026-11-28}\n  legs: {article", `hosts/host.yaml:13:9: error: no fact comes from the source "more" [host]`, "take it away"},
	{"hosts/host.yaml", "target: .example.net", "target: Example.net", `hosts/host.yaml:18:14: error: "Example.net" is not the end of a name [host]`, "in small letters"},
	{"hosts/host.yaml", "target: .example.net, ", "", `hosts/host.yaml:18:5: error: a sign is the end of a name or an address [host]`, "write"},
	{"hosts/host.yaml", "203.0.113.0/24", "203.0.113.7/24", `hosts/host.yaml:19:15: error: "203.0.113.7/24" is no address [host]`, "203.0.113.0/24"},
	{"hosts/host.yaml", "target: .example.net, source: manual, confidence: doc", "target: .example.net, confidence: unknown", `hosts/host.yaml:18:5: error: a sign that nobody knows [host]`, "a reader would go by it"},
	{"hosts/host.yaml", "address: 203.0.113.0/24", "target: .example.net", `hosts/host.yaml:19:5: error: the sign ".example.net" is that of host already [host]`, "keep it where it belongs"},
	{"hosts/host.yaml", "id: renewal", "id: renewl", `hosts/host.yaml:24:9: error: unknown topic "renewl" [host]`, `did you mean "renewal"?`},
	{"hosts/host.yaml", "  - id: guard\n    facts:\n      - {say: {ja: 有無。, en: Whether.}, confidence: unknown}\n", "", `hosts/host.yaml:1:1: error: the file says nothing of "guard" [host]`, "confidence: unknown"},
	{"hosts/host.yaml", "id: guard", "id: renewal", `error: the topic "renewal" is there twice [host]`, "keep one"},
	{"hosts/host.yaml", "{say: {ja: 輪。, en: Loop.}, source", "{source", `hosts/host.yaml:32:9: error: a fact that says nothing [host]`, `add "say"`},
	{"hosts/host.yaml", "{say: {ja: 輪。, en: Loop.}, source", "{is: yes, say: {ja: 輪。, en: Loop.}, source", `hosts/host.yaml:32:14: error: a fact of a topic is told in words [host]`, `write "say"`},
	{"hosts/host.yaml", ", en: Loop.", "", `hosts/host.yaml:32:9: error: a fact has no words in "en" [host]`, `add "en: …"`},
	{"hosts/host.yaml", "form: octets", "form: octet", `error: unknown form of a list "octet" [host]`, `did you mean "octets"?`},
	{"hosts/host.yaml", "country: JP", "country: Japan", `error: "Japan" is no code of a country [host]`, "write JP"},
	{"hosts/host.yaml", "paths: [/wp-admin]", "paths: [wp-admin]", `error: "wp-admin" is no path of a site [host]`, "write /wp-admin/"},
	{"hosts/host.yaml", "except: [/wp-admin", "except: [wp-admin", `error: "wp-admin/open.php" is no path of a site [host]`, "write /wp-admin/"},
	{"hosts/named.yaml", "thin: true\n", "thin: true\nsummary: {ja: 要約。, en: Summary.}\n", `hosts/named.yaml:1:1: error: a host that is known by name alone has facts [host]`, `take "thin: true" away`},
}

func TestEveryMistakeInAHostHasItsPlaceAndAHintAndNoEcho(t *testing.T) {
	more := map[string]int{ // what one change does beside: each is wrong by itself
		`labels in an unknown language`: 1, // the mail's as well
		`unknown topic "renewl"`:        1, // nothing is said of renewal
		`"renewal" is there twice`:      1, // nothing is said of guard
		`the panel's id "Old"`:          1, // a fact names the old one
	}
	for _, m := range hostMistakes {
		t.Run(m.name(), func(t *testing.T) {
			files := withHosts()
			m.make(t, files)
			_, problems := load(t, files)
			beside := 0
			for what, n := range more {
				if strings.Contains(m.want, what) {
					beside = n
				}
			}
			m.isNamedOnce(t, problems)
			if len(problems) != 1+beside {
				t.Errorf("%s has %d problems: %v", m.want, len(problems), problems)
			}
		})
	}
}

// TestOnPagesAndTunnelsNoModeLasts: their second leg is not the mode's.
func TestOnPagesAndTunnelsNoModeLasts(t *testing.T) {
	for _, kind := range []string{"pages", "tunnel"} {
		files := withHosts()
		mistake{file: "hosts/host.yaml", old: "kind: hosting", new: "kind: " + kind}.make(t, files)
		_, problems := load(t, files)
		found := 0
		for _, p := range problems {
			if strings.Contains(p.Message, `on "`+kind+`" there is no mode that lasts`) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s: %v", kind, problems)
		}
	}
}
