package browser

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tells is what the hosts' files say, of those that these tests name.
var tells = map[string]string{
	"xserver": "can_install_cert=yes&origin=hosting", "sakura-rs": "can_install_cert=yes&origin=hosting", "lolipop": "origin=hosting", "mixhost": "origin=hosting",
	"vercel": "origin=platform", "github-pages": "can_install_cert=no&origin=platform",
}

// known are answers as the engine hears them: without a host's name, and with
// what it tells, but for what is said itself.
func known(given string) string {
	pairs := strings.Split(given, "&")
	at := slices.IndexFunc(pairs, func(pair string) bool { return strings.HasPrefix(pair, "provider=") })
	if at < 0 {
		return given
	}
	_, id, _ := strings.Cut(pairs[at], "=")
	pairs = slices.Delete(pairs, at, at+1)
	for pair := range strings.SplitSeq(tells[id], "&") {
		key, _, _ := strings.Cut(pair, "=")
		if !slices.ContainsFunc(pairs, func(said string) bool { return strings.HasPrefix(said, key+"=") }) {
			pairs = append(pairs, pair)
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// picks chooses a host by name where the checker asks where the site lives.
func (r *reader) picks(id string) {
	r.Helper()
	ask[int](r, `(({ activeElement }, select) => { select.value = `+quote(id)+`; select.dispatchEvent(new Event('change', { bubbles: true })); return 1; })(document, document.querySelector('[data-slot=host]'))`)
}

const (
	pickedKind = `document.querySelector('[data-question=origin] input:checked')?.value ?? ''`
	pickedName = `document.querySelector('[data-slot=host]').value`
)

// TestAHostChosenByNameAnswersWhereTheSiteLives: its kind is ticked, which may be
// changed, and then the name is taken back; what its file knows of certificates
// is told as well.
func TestAHostChosenByNameAnswersWhereTheSiteLives(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang})
			r.goes(lang + "/check/#v=1&symptom=526&at=origin")
			r.stands("origin", "symptom=526")
			r.tabsTo(`document.activeElement.dataset.slot === 'host'`)
			r.picks("vercel")
			if got := ask[string](r, pickedKind); got != "platform" {
				t.Errorf("vercel ticks %q", got)
			}
			r.picks("xserver")
			if got := ask[string](r, pickedKind); got != "hosting" {
				t.Errorf("xserver ticks %q", got)
			}
			r.clicks(`[data-question=origin] label:has(input[value=server])`)
			if got := ask[string](r, pickedName); got != "" {
				t.Errorf("at another kind of place %q is still chosen", got)
			}
			ask[int](r, `document.querySelector('[data-slot=host]').focus(), 1`)
			r.picks("xserver")
			r.tabsTo(`document.activeElement.name === 'origin'`)
			r.presses(kb.Enter)
			const given = "provider=xserver&symptom=526"
			r.stands(reckon(r, known(given)).Next.Question, given)
			// The choice is offered again, until it is taken back.
			r.turns(-1)
			r.stands("origin", "symptom=526")
			if got := ask[string](r, pickedName+` + ' ' + `+pickedKind); got != "xserver hosting" {
				t.Errorf("offered again is %q", got)
			}
			r.picks("")
			r.clicks(`[data-question=origin] label:has(input[value=hosting])`)
			r.clicks("form .onward button")
			r.stands(reckon(r, "origin=hosting&symptom=526").Next.Question, "origin=hosting&symptom=526")
			r.turns(-1)
			r.stands("origin", "symptom=526")
			if got := ask[string](r, pickedName) + ask[string](r, `localStorage.getItem('host') ?? ''`); got != "" {
				t.Errorf("of what was taken back %q is left", got)
			}
		})
	}
}

// TestTheHostIsOneChoiceForTabsAndChecker: chosen in either, it is chosen in the
// other, on this page and on the next.
func TestTheHostIsOneChoiceForTabsAndChecker(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "ja"})
	const tabs = `[...document.querySelectorAll('.tabs[data-by=host] > section')].filter((one) => one.checkVisibility()).map((one) => one.dataset.for).join()`
	shows := func(want string) {
		t.Helper()
		if got := ask[string](r, tabs); got != want {
			t.Errorf("%s shows the tab %q, want %q", r.where(), got, want)
		}
	}
	offers := func(want string) {
		t.Helper()
		if got := ask[string](r, pickedName); got != want {
			t.Errorf("%s offers %q, want %q", r.where(), got, want)
		}
	}
	// From a tab to the checker, which offers it and does not take it for told.
	r.goes("ja/certificate-panel/")
	shows("xserver")
	r.clicks(".tabs[data-by=host] [role=tab]:nth-child(3)")
	shows("lolipop")
	r.goes("ja/check/#v=1&symptom=526&at=origin")
	r.stands("origin", "symptom=526")
	offers("lolipop")
	// From the checker to the tabs.
	r.picks("xserver")
	r.clicks("form .onward button")
	r.stands(reckon(r, known("provider=xserver&symptom=526")).Next.Question, "provider=xserver&symptom=526")
	r.goes("ja/certificate-panel/")
	shows("xserver")
	// A link chooses for the checker as for tabs, and nothing is remembered.
	r.goes("ja/check/#host=vercel")
	r.stands("symptom", "provider=vercel")
	r.goes("ja/check/#os=windows&host=nobody")
	r.stands("symptom", "")
	r.goes("ja/certificate-panel/#v=1&provider=lolipop&symptom=526")
	shows("lolipop")
	r.goes("ja/certificate-panel/")
	shows("xserver")
	// Where an address has chosen, Back leads to it.
	r.goes("ja/check/#host=lolipop")
	r.stands("symptom", "provider=lolipop")
	r.clicks(`.entries [data-symptom="525"]`)
	r.stands(reckon(r, known("provider=lolipop&symptom=525")).Next.Question, "provider=lolipop&symptom=525")
	r.turns(-1)
	r.stands("symptom", "provider=lolipop")
	r.turns(1)
	r.stands(reckon(r, known("provider=lolipop&symptom=525")).Next.Question, "provider=lolipop&symptom=525")
}

// withoutStorage is a browser that keeps nothing, and says so by an exception.
const withoutStorage = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })`

// TestInAnArticleTabsAndTheCheckerFollowEachOther with storage and without, forwards and
// backwards.
func TestInAnArticleTabsAndTheCheckerFollowEachOther(t *testing.T) {
	t.Parallel()
	for _, private := range []bool{false, true} {
		t.Run(fmt.Sprintf("private %t", private), func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/repo/"), device{languages: "en", prefers: []string{"prefers-reduced-motion: reduce"}})
			if private {
				r.notes(withoutStorage)
			}
			const page = "en/error-526/"
			const hosts = `[...document.querySelectorAll('.tabs[data-by=host] > section')].filter((one) => one.checkVisibility()).map((one) => one.dataset.for)`
			shows := func(want string) {
				t.Helper()
				if got := ask[[]string](r, hosts); !slices.Equal(got, []string{want}) {
					t.Errorf("%s shows %q, want %q", r.where(), got, want)
				}
			}
			asks := func(given string) {
				t.Helper()
				r.stands(reckon(r, known(given)).Next.Question, given)
			}
			r.goes(page)
			shows("cpanel") // first in English: what most of its readers rent
			r.clicks(".tabs[data-by=host] [role=tab]:nth-child(3)")
			r.arrives(page + "#host=sakura-rs")
			shows("sakura-rs")
			// The address says it: the checker begins with it.
			r.clicks(".ask [data-answer]")
			r.arrives(page + "#v=1&provider=sakura-rs&symptom=526")
			asks("provider=sakura-rs&symptom=526")
			shows("sakura-rs")
			// A tab is another host: the case names it, and its kind with it.
			r.clicks(".tabs[data-by=host] [role=tab]:nth-child(2)")
			r.arrives(page + "#v=1&provider=xserver&symptom=526")
			asks("provider=xserver&symptom=526")
			if ask[bool](r, `document.activeElement.closest('ssl-check') !== null`) {
				t.Error("a press on a tab leads away from it")
			}
			// And the answer that is changed is another tab.
			r.clicks(`.given a[href$="&at=origin"]`)
			r.stands("origin", "provider=xserver&symptom=526")
			r.picks("lolipop")
			r.clicks("form .onward button")
			asks("provider=lolipop&symptom=526")
			shows("lolipop")
			r.turns(-1)
			r.stands("origin", "provider=xserver&symptom=526")
			shows("xserver")
			r.turns(-1)
			asks("provider=xserver&symptom=526")
			r.turns(1)
			r.turns(1)
			asks("provider=lolipop&symptom=526")
			shows("lolipop")
			r.do(chromedp.Reload())
			asks("provider=lolipop&symptom=526")
			shows("lolipop")
			// A case that names no host is not made to.
			r.goes(page + "#v=1&origin=server&symptom=526")
			asks("origin=server&symptom=526")
			r.clicks(".tabs[data-by=host] [role=tab]:nth-child(3)")
			asks("origin=server&symptom=526")
			shows("sakura-rs")
			if got := r.where(); got != page+"#v=1&origin=server&symptom=526" {
				t.Errorf("the address is %s", got)
			}
		})
	}
}

// TestACaseNamesItsHostInTheLinkAndInTheTicket holds the machine's clipboard.
func TestACaseNamesItsHostInTheLinkAndInTheTicket(t *testing.T) {
	t.Parallel()
	s := site(t, "/repo/")
	r := opens(t, s, device{languages: "ja", prefers: []string{"prefers-reduced-motion: reduce"}})
	clipboard.Lock()
	defer clipboard.Unlock()
	r.lets(browser.PermissionSettingGranted)
	const given = "mode=strict&provider=xserver&symptom=526"
	link := s.base + "k/check/#v=1&" + given + "&at=result"
	r.goes("ja/check/#v=1&" + given + "&at=result")
	d := r.stands("", given)
	if !ask[bool](r, `document.querySelector('[data-slot=nameless]').checkVisibility()`) {
		t.Error("nothing says that the code lacks the host's name")
	}
	if got := r.copies(".keep [data-do=link]"); got != link {
		t.Errorf("the link is %q, want %q", got, link)
	}
	for lang, want := range map[string]string{"ja": "エックスサーバー", "en": "Xserver"} {
		for _, format := range []string{"", "markdown"} {
			ask[int](r, fmt.Sprintf(`(({ lang, format }) => { lang.value = %q; format.value = %q; return 1; })(document.querySelector('[data-form=note]').elements)`, lang, format))
			text := r.copies("[data-form=note] button")
			for _, word := range []string{want, link, d.Code} {
				if !strings.Contains(text, word) {
					t.Errorf("the case in %s, %q, lacks %q:\n%s", lang, format, word, text)
				}
			}
		}
	}
	r.do(chromedp.Reload())
	r.stands("", given)
	r.clicks("nav.languages a:not([aria-current])")
	r.arrives("en/check/#v=1&" + given + "&at=result")
	r.stands("", given)
	r.turns(-1)
	r.arrives("ja/check/#v=1&" + given + "&at=result")
	r.stands("", given)
	// The link leads whoever gets it to the same finding, and the code to the same answers.
	r.do(chromedp.Navigate(link))
	r.stands("", given)
	r.goes("ja/check/")
	ask[int](r, `document.querySelector('.given details').open = true, 1`)
	ask[int](r, `document.querySelector('[name=code]').value = `+quote(d.Code)+`, 1`)
	r.clicks("[data-form=open] button")
	r.stands(reckon(r, known(given)).Next.Question, "can_install_cert=yes&grey_takes=minutes&lasting=full&mode=strict&origin=hosting&symptom=526")
	// One without a name says nothing of names.
	r.goesOn("ja/check/#v=1&mode=strict&origin=hosting&symptom=526&at=result")
	r.stands("", "mode=strict&origin=hosting&symptom=526")
	if ask[bool](r, `document.querySelector('[data-slot=nameless]').checkVisibility()`) {
		t.Error("it says that the code lacks a name that nobody gave")
	}
}

// TestTheCardIsForTheHostThatIsNamed: it shows the way in that host's panel, as
// the host's page tells it, and offers nothing that is not there.
func TestTheCardIsForTheHostThatIsNamed(t *testing.T) {
	t.Parallel()
	s := site(t, "/repo/")
	r := opens(t, s, device{languages: "ja", prefers: []string{"prefers-reduced-motion: reduce"}})
	type card struct {
		Path, Link string
		Products   []string // of the snippets that are shown
		Offered    []string // in the choice of a server
	}
	shown := func(given string) card {
		t.Helper()
		r.goesOn("ja/check/#v=1&" + given + "&at=result")
		r.stands("", given)
		return ask[card](r, `((plan) => ({
			path: [...plan.querySelector('.panel .labels')?.querySelectorAll('kbd') ?? []].map((one) => one.textContent).join(' › '),
			link: plan.querySelector('.panel a')?.href ?? '',
			products: [...plan.querySelectorAll('.snippet')].filter((one) => one.checkVisibility()).map((one) => one.dataset.for),
			offered: [...plan.querySelectorAll('[name=server] option')].map((one) => one.value).filter(Boolean),
		}))(document.querySelector('.plan'))`)
	}
	const refused = "provider=xserver&scheme=both&status=403&symptom=origin_page"
	want := card{"サーバーパネル › WordPressセキュリティ設定 › 国外アクセス制限設定 › ダッシュボード アクセス制限", s.base + "ja/hosts/xserver/#guard", []string{"wordpress"}, []string{}}
	for range 2 { // the page of the host is fetched once
		if got := shown(refused); !reflect.DeepEqual(got, want) {
			t.Errorf("Xserver refuses: %+v, want %+v", got, want)
		}
	}
	if got := shown("mode=strict&provider=cpanel&symptom=526"); !slices.Equal(got.Products, []string{"cpanel"}) || len(got.Offered) > 0 {
		t.Errorf("with cPanel: %+v", got)
	}
	if got := shown("access=panel&mode=strict&origin=hosting&symptom=526"); slices.Contains(got.Offered, "nginx") || !slices.Contains(got.Offered, "plesk") || got.Path != "" {
		t.Errorf("on a rented host that is not named: %+v", got)
	}
	if got := shown("access=shell&mode=strict&origin=server&symptom=526"); !slices.Contains(got.Offered, "caddy") || !slices.Equal(got.Products, []string{"nginx"}) {
		t.Errorf("on a server, of which nobody has told the product: %+v", got)
	}
	// Without the host's page the step is the one for all.
	r = opens(t, s, device{languages: "ja", blocked: "*://*:*/*/hosts/xserver/*", expected: []string{"loading failed: Fetch"}})
	if got := shown(refused); got.Path != "" || len(got.Products) != 1 {
		t.Errorf("without its page: %+v", got)
	}
}

// TestAHostsPageLeadsIntoTheCheckerThatKnowsIt: and without script into the one that
// asks from the beginning.
func TestAHostsPageLeadsIntoTheCheckerThatKnowsIt(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "en"})
	r.goes("en/hosts/lolipop/")
	if got := ask[string](r, `localStorage.getItem('host') ?? ''`); got != "" {
		t.Errorf("a host that is only read of is chosen: %q", got)
	}
	r.clicks(".dated a")
	r.stands("symptom", "provider=lolipop")
	// And back from what is found there.
	r.goes("en/check/#v=1&provider=lolipop&symptom=526&at=result")
	r.stands("", "provider=lolipop&symptom=526")
	r.clicks("[data-slot=there] a")
	r.arrives("en/hosts/lolipop/")
	// Who went on as one whose site lives there is shown what holds there.
	r.goes("en/certificate-panel/")
	if got := ask[[]string](r, shownTabs); !slices.Contains(got, "lolipop") {
		t.Errorf("the tabs show %q", got)
	}
	r.goes("en/check/#v=1&provider=mixhost&symptom=526&at=result")
	r.stands("", "provider=mixhost&symptom=526")
	if ask[bool](r, `document.querySelector('[data-slot=there]').checkVisibility()`) {
		t.Error("a host without a page has a link to one")
	}
}
