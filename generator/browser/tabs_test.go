package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp/kb"
)

// shownTabs are, of each block of tabs on the page, the ids that what is shown
// is for.
const shownTabs = `[...document.querySelectorAll('.tabs')].map((block) => [...block.querySelectorAll(':scope > section')].filter((one) => one.checkVisibility()).map((one) => one.dataset.for).join(' + '))`

// keptKeys are the names under which the site keeps something.
const keptKeys = `Object.keys(localStorage).sort()`

func TestOneChoiceIsFollowedByEveryBlockOnEveryPage(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{})
	shows := func(want ...string) {
		r.Helper()
		if got := ask[[]string](r, shownTabs); !slices.Equal(got, want) {
			r.Errorf("%s shows %q, want %q", r.where(), got, want)
		}
	}
	keeps := func(want ...string) {
		r.Helper()
		if got := ask[[]string](r, keptKeys); !slices.Equal(got, want) {
			r.Errorf("%s keeps %q, want %q", r.where(), got, want)
		}
	}
	r.goes("en/test-origin/")
	shows("macos linux", "linux") // the machine of this test
	keeps()
	r.clicks(".tabs [role=tab]:last-child")
	shows("windows", "windows")
	keeps("system")
	if got := r.where(); got != "en/test-origin/#os=windows" {
		t.Errorf("the address is %s", got)
	}
	r.clicks(".tabs [role=tab]")
	shows("macos linux", "linux") // of a form for both, the reader's own

	r.clicks(".tabs [role=tab]:last-child")
	r.goes("ja/certificate-panel/")
	shows("cpanel", "xserver", "windows")
	r.clicks(".tabs [aria-controls=plesk]")
	r.clicks("[data-by=host] [role=tab]:nth-child(2)")
	shows("plesk", "sakura-rs", "windows")
	if got := r.where(); got != "ja/certificate-panel/#server=plesk&host=sakura-rs" {
		t.Errorf("the address is %s", got)
	}
	keeps("host", "system")
	r.goes("ja/certificate-nginx/")
	shows("windows") // in a recipe as well

	r.opensCase("en", unknownName)
	const select1 = `document.querySelector('select[name=server]')`
	if got := ask[string](r, select1+`.value`); got != "plesk" {
		t.Errorf("the checker shows the steps for %q", got)
	}
	ask[int](r, select1+`.value = 'cpanel', `+select1+`.dispatchEvent(new Event('change', { bubbles: true })), 1`)
	r.goes("en/certificate-panel/")
	shows("cpanel", "sakura-rs", "windows")
	keeps("host", "system")
}

func TestALinkShowsItsChoiceAndRemembersNothing(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	for at, want := range map[string][]string{
		"ja/test-origin/#os=windows":                     {"windows", "windows"},
		"ja/test-origin/#os=beos":                        {"macos linux", "linux"},
		"ja/test-origin/#%":                              {"macos linux", "linux"},
		"ja/certificate-panel/#server=plesk&os=windows":  {"plesk", "xserver", "windows"},
		"en/certificate-panel/#host=lolipop":             {"cpanel", "lolipop", "macos linux"},
		"en/certificate-panel/#plesk":                    {"plesk", "cpanel", "macos linux"}, // each language begins with what most of its readers rent
		"en/certificate-panel/#server=nginx":             {"cpanel", "cpanel", "macos linux"},
		"en/certificate-panel/#v=1&os=windows&x=\"<i>\"": {"cpanel", "cpanel", "macos linux"},
	} {
		r.goes(at)
		if got := ask[[]string](r, shownTabs); !slices.Equal(got, want) {
			t.Errorf("%s shows %q, want %q", at, got, want)
		}
		if got := ask[[]string](r, keptKeys); len(got) > 0 {
			t.Errorf("%s keeps %q", at, got)
		}
	}
	r.goes("en/check/#os=windows&server=nginx")
	r.stands("symptom", "")
	if !ask[bool](r, `document.querySelector('[data-notice=dropped]').hidden`) {
		t.Error("the checker says that it dropped something")
	}
}

func TestTabsAreUsedWithTheKeyboard(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	r.goes("en/test-origin/")
	const list = `document.querySelectorAll('[role=tablist]')[1]`
	ask[int](r, list+`.querySelector('[tabindex="0"]').focus(), 1`)
	for _, c := range []struct{ key, want string }{
		{kb.ArrowRight, "macOS"}, {kb.ArrowRight, "Windows"}, {kb.ArrowRight, "Linux"}, {kb.ArrowLeft, "Windows"}, {kb.Home, "Linux"}, {kb.End, "Windows"},
	} {
		r.presses(c.key)
		got := ask[string](r, `[document.activeElement.textContent, document.activeElement.ariaSelected,
			`+list+`.querySelectorAll('[tabindex="0"]').length, document.getElementById(document.activeElement.getAttribute('aria-controls')).checkVisibility()].join()`)
		if got != c.want+",true,1,true" {
			t.Errorf("after %q: %s, want %s", c.key, got, c.want)
		}
	}
	r.presses(kb.Tab)
	if got := ask[bool](r, `document.activeElement.closest('[role=tabpanel]') !== null`); !got {
		t.Errorf("after the tabs comes %s, not what they show", ask[string](r, `document.activeElement.outerHTML`))
	}
}

func TestWithoutScriptAndOnPaperEveryTabStandsUnderItsHeading(t *testing.T) {
	t.Parallel()
	for _, d := range []device{{scriptless: true}, {paper: true}, {width: 390, height: 844, touch: true, scriptless: true, paper: true}} {
		r := opens(t, site(t, "/"), d)
		for _, page := range []string{"ja/test-origin/", "en/certificate-panel/"} {
			r.goes(page)
			got := ask[[]string](r, `[...document.querySelectorAll('.tabs > section')].filter((one) => !one.checkVisibility() || !one.querySelector(':scope > h4').checkVisibility()).map((one) => one.dataset.for)`)
			if n := ask[int](r, `document.querySelectorAll('.tabs > section').length`); len(got) > 0 || n < 4 {
				t.Errorf("%s, %+v: of %d tabs these are not there: %q", page, d, n, got)
			}
			if seen := ask[int](r, `[...document.querySelectorAll('[role=tablist], .fields')].filter((one) => one.checkVisibility()).length`); seen > 0 {
				t.Errorf("%s, %+v: %d lists of tabs or fields are shown", page, d, seen)
			}
		}
	}
}

func TestTabsAndFieldsFitEveryReader(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{width: 320, height: 700, touch: true})
	for _, page := range []string{"ja/test-origin/", "en/certificate-panel/", "ja/certificate-nginx/#os=windows"} {
		for _, prefers := range [][]string{{}, {dark}, {"forced-colors: active"}} {
			r.prefers(prefers...)
			r.goes(page)
			for width, size := range map[int64]string{320: "100%", 640: "200%"} {
				r.resize(width, 700)
				ask[int](r, `document.documentElement.style.fontSize = `+quote(size)+`, 1`)
				ask[int](r, `(() => { const [name] = document.querySelectorAll('.fields input'); name.value = 'shop.jp'; name.dispatchEvent(new Event('input', { bubbles: true })); return 1; })()`)
				for _, problem := range r.problems("overflow", "targets", "contrast") {
					t.Errorf("%s at %s, %q: %s", page, size, prefers, problem)
				}
			}
			r.resize(320, 700)
		}
	}
	all := r.listens()
	for _, problem := range unheard(all) {
		t.Errorf("%s: %s", r.where(), problem)
	}
}

// TestTheFieldsFillThePageAndNothingElse: the clipboard is the machine's.
func TestTheFieldsFillThePageAndNothingElse(t *testing.T) {
	t.Parallel()
	s := site(t, "/repo/")
	clipboard.Lock()
	defer clipboard.Unlock()
	r := opens(t, s, device{})
	r.lets(browser.PermissionSettingGranted)
	r.goes("en/test-origin/")
	asked := len(r.requests)
	const prose = `document.querySelector('.prose').textContent`
	const hrefs = `[...document.querySelectorAll('a, form')].map((one) => one.outerHTML.replace(/ aria-current="[^"]*"/g, '')).join('\n')`
	links := ask[string](r, hrefs)
	types := func(field int, text string) string {
		r.Helper()
		return ask[string](r, fmt.Sprintf(`(() => {
			const input = document.querySelectorAll('.fields input')[%d];
			input.value = %s;
			input.dispatchEvent(new Event('input', { bubbles: true }));
			return document.querySelector('.fields [role=status]').textContent;
		})()`, field, quote(text)))
	}
	// Each is understood, or kindly not.
	for text, want := range map[string]string{
		"shop.jp": "shop.jp", " https://shop.jp/cart?a=b#c ": "shop.jp", "ｓｈｏｐ．ｊｐ": "shop.jp", "SHOP.jp:443": "shop.jp",
		"日本語.jp": "xn--wgv71a119e.jp", "www.shop.jp": "www.shop.jp",
		"shop": "example.com", "shop jp": "example.com", "$(reboot).jp": "example.com", "'; ls '": "example.com", "-oProxy.jp": "example.com", "192.0.2.1": "example.com", "": "example.com",
	} {
		said := types(0, text)
		if got := ask[string](r, `document.querySelector('.prose [data-filled="example.com"]').textContent`); got != want || (said == "") != (want != "example.com" || text == "") {
			t.Errorf("the name %q becomes %q, want %q, and the page says %q", text, got, want, said)
		}
	}
	types(0, "")
	for text, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "２０３．０．１１３．９": "203.0.113.9", "2001:DB8::1": "2001:db8::1", "[2001:db8::1]": "2001:db8::1", "origin.host.jp": "origin.host.jp",
		"192.0.2.256": "203.0.113.10", "1.2.3": "203.0.113.10", "2001:::1": "203.0.113.10", "192.0.2.1; ls": "203.0.113.10", "": "203.0.113.10",
		"104.21.3.4": "203.0.113.10", "2606:4700::6810:1": "203.0.113.10", // of the edge, at which nothing is wrong
	} {
		said := types(1, text)
		if got := ask[string](r, `document.querySelector('.prose [data-filled="203.0.113.10"]:not([data-port])').textContent`); got != want || (said == "") != (want != "203.0.113.10" || text == "") {
			t.Errorf("the address %q becomes %q, want %q, and the page says %q", text, got, want, said)
		}
	}
	if said := types(1, "104.21.3.4"); !strings.Contains(said, "Cloudflare") {
		t.Errorf("of an address of Cloudflare's the page says %q", said)
	}

	types(0, "shop.jp")
	types(1, "2001:db8::1")
	text := ask[string](r, prose)
	for _, want := range []string{"--connect-to ::[2001:db8::1] https://shop.jp/", "-connect [2001:db8::1]:443 -servername shop.jp -verify_hostname shop.jp"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(strings.ReplaceAll(text, "O = Public CA", ""), "example.com") || strings.Contains(text, "203.0.113.10") {
		t.Error("something was not filled")
	}
	r.clicks(".prose figure.code:not([hidden] *) .copy")
	r.awaits(`document.getElementById('said').textContent !== ''`)
	if got := ask[string](r, "navigator.clipboard.readText()"); !strings.Contains(got, "http://shop.jp/") || strings.Contains(got, "example.com") {
		t.Errorf("copied is %q", got)
	}
	r.device.paper = true
	r.prefers()
	if got := ask[string](r, `document.querySelector('.prose figure.code').innerText`); !strings.Contains(got, "shop.jp") {
		t.Errorf("printed is %q", got)
	}

	if now := ask[string](r, hrefs); now != links {
		t.Error("a link has changed")
	}
	if got := r.where(); got != "en/test-origin/" {
		t.Errorf("the address is %s", got)
	}
	if got := ask[string](r, `JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, history.state, name])`); got != `[[],[],"",null,""]` {
		t.Errorf("kept is %s", got)
	}
	if n := len(r.requests) - asked; n > 0 {
		t.Errorf("%d requests were made: %q", n, r.requests[asked:])
	}
	types(0, "")
	types(1, "")
	if text := ask[string](r, prose); strings.Contains(text, "shop.jp") || strings.Contains(text, "2001:db8") {
		t.Error("emptied, the fields leave something behind")
	}
}

func TestAPageWithoutCommandsHasNoFields(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	for page, want := range map[string]int{"ja/": 0, "en/howto/": 0, "ja/glossary/": 0, "en/check/how/": 0, "ja/certificate-nginx/": 1, "en/test-origin/": 1} {
		r.goes(page)
		if n := ask[int](r, `document.querySelectorAll('.fields').length`); n != want {
			t.Errorf("%s has %d groups of fields, want %d", page, n, want)
		}
	}
}
