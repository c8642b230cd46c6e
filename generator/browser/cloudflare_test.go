package browser

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/output"
)

var (
	scriptTag = regexp.MustCompile(`<script\b[^>]*>`)
	unguarded = regexp.MustCompile(`(?s)<!--email_off-->.*?<!--/email_off-->|<script\b.*?</script>|<[^>]*>|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z.]+[A-Za-z]`)
	addressed = regexp.MustCompile(`@[A-Za-z0-9-]+\.`) // every page has an @context
	codeText  = regexp.MustCompile(`(?s)<code\b[^>]*>(.*?)</code>`)
)

const loader = "cdn-cgi/scripts/7d0fa10a/cloudflare-static/rocket-loader.min.js"

// proxied is a page as Cloudflare hands it on, where the zone's owner has
// switched on what there is: Rocket Loader takes over every script but modules and
// those that say data-cfasync="false", and runs them when the page has been read;
// e-mail obfuscation replaces addresses; minification takes white space and
// comments away.
func proxied(page string) string {
	page = scriptTag.ReplaceAllStringFunc(page, func(tag string) string {
		if strings.Contains(tag, `type="module"`) || strings.Contains(tag, `type=module`) || strings.Contains(tag, `data-cfasync="false"`) || strings.Contains(tag, "data-cfasync=false") {
			return tag
		}
		return strings.Replace(tag, "<script", `<script type="0123abcd-text/javascript"`, 1)
	})
	page = strings.Replace(page, "</body>", `<script src="/`+loader+`" data-cf-settings="0123abcd-|49" defer></script></body>`, 1)
	if addressed.MatchString(page) { // to look for the whole of addresses is dear
		page = unguarded.ReplaceAllStringFunc(page, func(part string) string {
			switch {
			case strings.HasPrefix(part, `<a href="mailto:`):
				return `<a href="/cdn-cgi/l/email-protection#0c">`
			case strings.HasPrefix(part, "<"):
				return part
			}
			return `<span class="__cf_email__" data-cfemail="0c">[email&#160;protected]</span>`
		})
	}
	return minified(page)
}

// minified is a page without comments, and with one space for all that stand
// together, but in code and scripts. An expression for it takes seconds for all
// pages.
func minified(page string) string {
	var small strings.Builder
	for page != "" {
		next := len(page) // where something else begins
		if i := strings.IndexAny(page, "< \t\n\r\f"); i >= 0 {
			next = max(i, 1)
		}
		switch {
		case strings.HasPrefix(page, "<!--"):
			_, page, _ = strings.Cut(page, "-->")
			continue
		case strings.HasPrefix(page, "<pre"), strings.HasPrefix(page, "<script"):
			end := "</" + strings.TrimLeft(page[:strings.IndexAny(page, " >")], "<") + ">"
			next = strings.Index(page, end) + len(end)
		case strings.TrimSpace(page[:1]) == "":
			small.WriteByte(' ')
			page = strings.TrimLeft(page, " \t\n\r\f")
			continue
		}
		small.WriteString(page[:next])
		page = page[next:]
	}
	return small.String()
}

// TestPagesSurviveWhatCloudflareDoesToThem: our readers are behind it.
func TestPagesSurviveWhatCloudflareDoesToThem(t *testing.T) {
	t.Parallel()
	theBrowser(t)
	plain := site(t, "/").tree
	tree := output.Tree{loader: []byte(`addEventListener('DOMContentLoaded', () => { for (const s of document.querySelectorAll('script[type$="-text/javascript"]')) { const n = document.createElement('script'); n.src = s.src; n.textContent = s.textContent; s.replaceWith(n); } });`)}
	text := markdown.New(markdown.Labels{Code: "Code", HeadingLink: "{title}"}, nil, nil).
		Convert("a.md", 0, []byte("Run `ssh root@example.com`, or write to <admin@example.com>.\n\n```bash\nssh root@example.com\n```\n"))
	pages := output.Tree{"mail/index.html": []byte(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Mail</title><body>` + string(text.HTML(nil)) + "</body></html>")}
	maps.Copy(pages, plain)
	for name, data := range pages {
		if tree[name] = data; path.Ext(name) != ".html" || !bytes.Contains(data, []byte("<code")) {
			continue // there is no code in it, and nobody reads it below
		}
		after := proxied(string(data))
		tree[name] = []byte(after)
		if was, is := codeText.FindAllString(string(data), -1), codeText.FindAllString(after, -1); !slices.EqualFunc(was, is, func(a, b string) bool {
			return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
		}) {
			t.Errorf("%s: code is another:\n%q\n%q", name, is, was)
		}
	}
	if !strings.Contains(string(tree["mail/index.html"]), `"mailto:admin@example.com"`) {
		t.Errorf("an address is lost: %s", tree["mail/index.html"])
	}
	r := opens(t, host(t, "/", func(string) output.Tree { return tree }), device{languages: "en", prefers: []string{"prefers-color-scheme: light"}})
	r.goes("en/flexible/")
	ask[int](r, `localStorage.setItem('theme', 'dark'), 1`)
	r.notes(`new MutationObserver((_, o) => { const { theme } = document.documentElement?.dataset ?? {}; if (theme) { window.themed = theme + ' while ' + document.readyState; o.disconnect(); } }).observe(document, { attributes: true, childList: true, subtree: true })`)
	r.goes("en/error-525/")
	r.awaits(`window.themed`)
	if got := ask[string](r, `window.themed`); got != "dark while loading" {
		t.Errorf("the reader's brightness comes %q", got)
	}
	d := r.opensCase("en", unknownName+"&at=result")
	r.concludes(d, "sni=rejected", "add_server_name")
}
