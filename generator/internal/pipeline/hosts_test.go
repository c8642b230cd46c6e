package pipeline

import (
	"fmt"
	"net/netip"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/yamlfile"
)

// TestAListInOctetsMatchesTheRangesAndNothingElse: at every border of a range,
// the address within it stands on one line, and that without on none.
func TestAListInOctetsMatchesTheRangesAndNothingElse(t *testing.T) {
	for _, row := range []struct {
		ranges []string
		lines  int
		first  string
	}{
		{[]string{"198.51.100.0/24"}, 1, "198.51.100.*"},
		{[]string{"172.64.0.0/13"}, 8, "172.64.*.*"},
		{[]string{"104.24.0.0/14", "131.0.72.0/22"}, 8, "104.24.*.*"},
		{[]string{"192.0.2.7/32"}, 1, "192.0.2.7"},
		{[]string{"198.41.128.0/17"}, 128, "198.41.128.*"},
	} {
		var edge source.Edge
		for _, r := range row.ranges {
			edge.IPv4 = append(edge.IPv4, yamlfile.At[string]{Value: r})
		}
		lines := allowed("octets", edge)
		if len(lines) != row.lines || lines[0] != row.first {
			t.Errorf("%v: %d lines, the first %s; want %d, %s", row.ranges, len(lines), lines[0], row.lines, row.first)
		}
		on := func(a netip.Addr) (n int) {
			for _, line := range lines {
				if ok, _ := path.Match(strings.ReplaceAll(line, ".", "/"), strings.ReplaceAll(a.String(), ".", "/")); ok {
					n++
				}
			}
			return n
		}
		for _, text := range row.ranges {
			r := netip.MustParsePrefix(text)
			last := r.Addr().As4()
			for bit := r.Bits(); bit < 32; bit++ {
				last[bit/8] |= 0x80 >> (bit % 8)
			}
			end := netip.AddrFrom4(last)
			if on(r.Addr()) != 1 || on(end) != 1 || on(r.Addr().Prev()) != 0 || on(end.Next()) != 0 {
				t.Errorf("%s: its first address stands on %d lines, its last on %d, those beside on %d and %d", r, on(r.Addr()), on(end), on(r.Addr().Prev()), on(end.Next()))
			}
		}
		if ranges := allowed("ranges", edge); strings.Join(ranges, " ") != strings.Join(row.ranges, " ") {
			t.Errorf("as ranges: %v", ranges)
		}
	}
}

func TestTheRuleClosesEveryPathToAllButTheCountry(t *testing.T) {
	value := func(s string) yamlfile.At[string] { return yamlfile.At[string]{Value: s} }
	got := expression(source.Allow{Country: value("JP"), Paths: []yamlfile.At[string]{value("/wp-admin"), value("/wp-login.php")}, Except: []yamlfile.At[string]{value("/wp-admin/admin-ajax.php")}})
	want := `(starts_with(http.request.uri.path, "/wp-admin") or starts_with(http.request.uri.path, "/wp-login.php")) and http.request.uri.path ne "/wp-admin/admin-ajax.php" and ip.src.country ne "JP"`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// hosted gives the small site a host.
func hosted(t *testing.T, change func(fstest.MapFS)) (Result, diag.List) {
	t.Helper()
	files, _, _ := given(t)
	say := func(s string) string { return "{ja: " + s + ", en: " + s + ", de: " + s + "}" }
	files["content/hosts/index.yaml"] = &fstest.MapFile{Data: []byte("title: " + say("Hosts") + "\nsummary: " + say("By name.") + "\nabout: " + say("Text.") + "\n")}
	files["content/hosts/shop.yaml"] = &fstest.MapFile{Data: []byte(`name: ` + say("Shop") + `
kind: platform
market: [en]
updated: 2026-11-28
summary: ` + say("Summary.") + `
about: {ja: "[一](../articles/first/ja.md)", en: "[one](../articles/first/en.md)", de: Text.}
sources:
  manual: {url: "https://example.com/manual", read: 2026-11-28}
own_certificate: {is: "no", source: manual, confidence: doc}
lasting: {confidence: unknown}
grey_takes: {confidence: unknown}
contact: {confidence: unknown}
topics:
  - {id: renewal, facts: [{say: ` + say("Renews.") + `, source: manual, confidence: doc}]}
  - {id: errors, facts: [{say: ` + say("Which.") + `, confidence: unknown}]}
`)}
	words := ""
	for _, key := range []string{"host_title", "host_unknown", "host_dated", "hosts_platform", "host_own_certificate", "host_own_certificate_no", "host_lasting", "host_grey_takes", "host_contact", "host_topic_renewal", "host_topic_errors"} {
		words += key + ": \"{host} " + key + "\"\n"
	}
	for _, lang := range []string{"ja", "en", "de"} {
		f := files["theme/words/"+lang+".yaml"]
		files["theme/words/"+lang+".yaml"] = &fstest.MapFile{Data: slices.Concat(f.Data, []byte(words))}
	}
	all := string(files["theme/templates/all.html"].Data)
	all = strings.Replace(all, `{{define "hosts"}}{{end}}{{define "host"}}{{end}}`, `{{define "hosts"}}{{range .Hosts.Groups}}{{range .Hosts}}<a href="{{.URL}}">{{.Title}}</a>{{end}}{{range .Others}}{{.}};{{end}}{{end}}{{end}}
{{define "host"}}<h1>{{.Title}}</h1>{{.Host.About}}{{range .Host.Settled}}{{.Question}}: {{.Answer}}; {{end}}{{end}}`, 1)
	files["theme/templates/all.html"] = &fstest.MapFile{Data: []byte(all)}
	if change != nil {
		change(files)
	}
	result, problems, err := Build(input(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return result, problems
}

func TestAHostHasAPageInEveryLanguageAndStandsInTheListTheMapAndTheLedger(t *testing.T) {
	result, problems := hosted(t, func(files fstest.MapFS) {
		files["content/hosts/other.yaml"] = &fstest.MapFile{Data: []byte("name: {ja: Other, en: Other, de: Other}\nkind: platform\nthin: true\n")}
	})
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	page := string(result.Tree["en/hosts/shop/index.html"])
	for _, want := range []string{`<h1>Shop host_title</h1>`, `href="../../`, `host_own_certificate: {host} host_own_certificate_no;`, `host_lasting: {host} host_unknown;`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if list := string(result.Tree["ja/hosts/index.html"]); !strings.Contains(list, `<a href="shop/">Shop</a>`) || !strings.Contains(list, "Other;") {
		t.Errorf("the list: %s", list)
	}
	if result.Tree["en/hosts/other/index.html"] != nil {
		t.Error("a host that is known by name alone has a page")
	}
	for _, at := range []string{"de/hosts/", "de/hosts/shop/", "ja/hosts/shop/#renewal"} {
		if !strings.Contains(strings.Join(result.Addresses, "\n")+"\n", at+"\n") {
			t.Errorf("%s is no address that is kept", at)
		}
	}
	if m := string(result.Tree["sitemap.xml"]); strings.Count(m, "/de/hosts/shop/</loc>") != 1 || strings.Contains(m, "hosts/other") {
		t.Error(m)
	}
}

func TestWhatAHostsFileLeadsToHasToBeThere(t *testing.T) {
	for _, row := range []struct{ old, new, want string }{
		{"../articles/first/en.md", "../articles/frist/en.md", "content/hosts/shop.yaml:6"},
		{`{url: "https://example.com/manual", read: 2026-11-28}`, "{article: frist}", `content/hosts/shop.yaml:8:21: error: there is no article "frist" [host]`},
	} {
		_, problems := hosted(t, func(files fstest.MapFS) {
			f := files["content/hosts/shop.yaml"]
			text := strings.Replace(string(f.Data), row.old, row.new, 1)
			if strings.Contains(row.new, "article:") {
				text = strings.ReplaceAll(text, "source: manual, confidence: doc", "source: manual, confidence: inf")
			}
			files["content/hosts/shop.yaml"] = &fstest.MapFile{Data: []byte(text)}
			for _, lang := range []string{"ja", "en", "de"} {
				w := files["theme/words/"+lang+".yaml"]
				files["theme/words/"+lang+".yaml"] = &fstest.MapFile{Data: slices.Concat(w.Data, []byte("host_inf: inferred\n"))}
			}
		})
		if !strings.Contains(fmt.Sprint(problems), row.want) || problems.Errors() != 1 {
			t.Errorf("%s: %v", row.new, problems)
		}
	}
}

// TestAWordThatAHostNeedsIsAskedForByName: words put together from what files say
// are looked for before a page is empty.
func TestAWordThatAHostNeedsIsAskedForByName(t *testing.T) {
	_, problems := hosted(t, func(files fstest.MapFS) {
		f := files["content/hosts/shop.yaml"]
		files["content/hosts/shop.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(f.Data), `is: "no"`, "is: plan", 1))}
	})
	if n := strings.Count(fmt.Sprint(problems), `no word for "host_own_certificate_plan"`); n != 3 {
		t.Errorf("named %d times: %v", n, problems)
	}
}
