package main

import (
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hrefs are the addresses of links in HTML whose text contains a part.
func hrefs(page []byte, part string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`<a href="?([^" >]+)"?[^>]*>([^<]*)</a>`).FindAllSubmatch(page, -1) {
		if strings.Contains(html.UnescapeString(string(m[2])), part) {
			all = append(all, html.UnescapeString(string(m[1])))
		}
	}
	return all
}

// TestAnArticleIsPassedOnByPlainLinks, and says whether it helped by an issue
// that is filled in: its title names the article, its first line the page. No
// script of anybody else's is asked for any of it.
func TestAnArticleIsPassedOnByPlainLinks(t *testing.T) {
	tree := shipped(t, atFolder).Tree
	for _, c := range []struct{ lang, yes, no, bookmark string }{
		{"ja", "直った", "直らなかった", "はてな"}, {"en", "It works now", "It did not help", "Hatena"},
	} {
		page, here := tree[c.lang+"/error-525/index.html"], atFolder+c.lang+"/error-525/"
		for _, helped := range []string{c.yes, c.no} {
			links := hrefs(page, helped)
			if len(links) != 1 {
				t.Fatalf("%s: %q leads to %q", c.lang, helped, links)
			}
			u, err := url.Parse(links[0])
			if err != nil {
				t.Fatal(err)
			}
			if q := u.Query(); u.Host+u.Path != "github.com/example/ssl-clinic/issues/new" || !strings.Contains(q.Get("title"), "525") || !strings.HasPrefix(q.Get("body"), here+"\n") || len(q) != 2 {
				t.Errorf("%s: %q leads to %s, title %q, body %q", c.lang, helped, u, q.Get("title"), q.Get("body"))
			}
		}
		if links := hrefs(page, c.bookmark); len(links) != 1 || links[0] != "https://b.hatena.ne.jp/my/add.confirm?url="+url.QueryEscape(here) {
			t.Errorf("%s: the bookmark is %q", c.lang, links)
		}
		if !strings.Contains(string(page), "data-sheet") {
			t.Errorf("%s: there is no way to the platform's own sheet", c.lang)
		}
	}
	for name, page := range tree {
		for _, m := range scriptSource.FindAllSubmatch(page, -1) {
			if path.Ext(name) == ".html" && strings.Contains(string(m[1]), "//") {
				t.Errorf("%s asks for the script %s", name, m[1])
			}
		}
	}
}

var staticImport = regexp.MustCompile(`(?:from|import)\s*["']\./([^"']+)["']`)

// TestTheCheckerAsksAheadForAllThatItsScriptsImport, and for nothing else: what
// a case in the address waits for is fetched before the first script runs.
func TestTheCheckerAsksAheadForAllThatItsScriptsImport(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	for _, lang := range []string{"ja", "en"} {
		page := tree[lang+"/check/index.html"]
		var named, want []string
		for _, m := range scriptSource.FindAllSubmatch(page, -1) {
			named = append(named, path.Base(string(m[1])))
		}
		for all := slices.Clone(named); len(all) > 0; all = all[1:] {
			for _, m := range staticImport.FindAllSubmatch(tree["assets/"+all[0]], -1) {
				if name := string(m[1]); !slices.Contains(named, name) && !slices.Contains(want, name) {
					want, all = append(want, name), append(all, name)
				}
			}
		}
		for _, attribute := range []string{"data-findings", "data-module"} {
			if m := regexp.MustCompile(` ` + attribute + `="?([^" >]+)`).FindSubmatch(page); m != nil {
				want = append(want, path.Base(string(m[1])))
			}
		}
		var got []string
		if m := regexp.MustCompile(` data-ahead="([^"]+)"`).FindSubmatch(page); m != nil {
			for _, address := range strings.Fields(string(m[1])) {
				got = append(got, path.Base(address))
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if len(want) < 6 || !slices.Equal(got, want) {
			t.Errorf("%s: asked for ahead is %q, want %q", lang, got, want)
		}
	}
}
