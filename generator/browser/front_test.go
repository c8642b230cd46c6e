package browser

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestANumberLeadsToItsArticleAndToTheChecker(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "ja"})
	for _, page := range []string{"ja/", "ja/flexible/", "ja/check/", "ja/search/"} {
		r.goes(page)
		r.presses("/")
		r.types("エラー５２５", false)
		r.awaits(`document.querySelector('[data-slot=ways]').children.length === 2`)
		if got := ask[[]string](r, `[...document.querySelectorAll('[data-slot=ways] a')].map((a) => new URL(a.href).pathname + new URL(a.href).hash)`); got[0] != "/repo/ja/error-525/" || got[1] != "/repo/ja/check/#v=1&symptom=525" {
			t.Errorf("%s: 525 leads to %q", page, got)
		}
		if n := ask[int](r, `document.querySelectorAll('site-search').length`); n != 1 {
			t.Errorf("%s has %d fields", page, n)
		}
	}
	r.goes("ja/flexible/")
	r.presses("/")
	r.types("525", false)
	r.presses(kb.Enter)
	r.arrives("ja/error-525/")
	r.presses("/")
	r.types("証明書の期限", false)
	r.presses(kb.Enter)
	r.awaits(`location.pathname === '/repo/ja/search/' && ` + resultsShown + ` > 0`)
}

func TestAWholeMessageAndAnOutputLeadToTheChecker(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "en"})
	const ways = `[...document.querySelectorAll('[data-slot=ways] a')].map((a) => new URL(a.href).pathname + new URL(a.href).hash).join(' ')`
	r.goes("en/search/#q=" + url.QueryEscape("SSL handshake failed — Error code 525"))
	r.awaits(ways + ` === '/en/error-525/ /en/check/#v=1&symptom=525' || ` + ways + ` === '/en/check/#v=1&symptom=525'`)
	// A number beside a 530 is told with it, here and in its article.
	r.goes("en/search/#q=1033")
	r.awaits(ways + ` === '/en/error-1033/ /en/check/#v=1&number=1033&symptom=530'`)
	r.goes("en/error-1033/")
	r.clicks(".ask [data-answer]")
	r.stands("access", "number=1033&origin=tunnel&symptom=530")
	r.goes("en/search/#q=" + url.QueryEscape("ERR_TOO_MANY_REDIRECTS"))
	r.awaits(ways + ` === '/en/check/#v=1&symptom=loop'`)
	// One line of an output is a message too: its articles stand below what is offered.
	r.goes("en/search/#q=SSL_ERROR_NO_CYPHER_OVERLAP")
	r.awaits(ways + ` === '/en/check/' && document.querySelector('[data-slot=results] a')?.pathname === '/en/browser-tls-error/'`)
	r.goes("en/")
	r.arrives("en/") // the page before may not have loaded, and its event is not this one's
	r.presses("/")
	r.types("curl: (35) OpenSSL/3.0.13: error:0A000410:SSL routines::sslv3 alert handshake failure", false)
	r.awaits(ways + ` === '/en/check/'`)
	// What had several lines is known for it when it comes.
	r.types("", false)
	ask[int](r, `(() => { const data = new DataTransfer(); data.setData('text', 'a\nb');
		document.querySelector('site-search input').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })); return 1; })()`)
	r.awaits(ways + ` === '/en/check/'`)
}

func TestAWrongAddressIsAnsweredWithThePageThatWasMeant(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "en", expected: []string{"answer: 404", "log: network"}})
	for at, want := range map[string]string{
		"error-525": "/repo/en/error-525/", "ja/errors/525/": "/repo/ja/error-525/", "525.html": "/repo/en/error-525/", "ja/cloudflare-error-522/": "/repo/ja/error-522/",
		"ja/flexibel/": "/repo/ja/flexible/", "en/hosts/x-server/": "/repo/en/hosts/xserver/", "wiki/Error_526": "/repo/en/error-526/", "k/XSERVER/": "/repo/en/hosts/xserver/",
		"ja/error-525/old/#causes": "/repo/ja/error-525/#causes",
	} {
		r.goes(at)
		if got := ask[string](r, `(() => { const a = [...document.querySelectorAll('[data-slot=meant] a')].find((one) => one.checkVisibility()); return a ? new URL(a.href).pathname + new URL(a.href).hash : ''; })()`); got != want {
			t.Errorf("%s is answered with %q, want %q", at, got, want)
		}
	}
	r.goes("k/999/")
	if got := ask[bool](r, `document.querySelector('[data-slot=number]').checkVisibility() && document.querySelector('[name=q]').value === '999'`); !got {
		t.Error("a number that the site does not know is not said")
	}
}

func TestAGuessedAddressLeadsToItsArticle(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "ja"})
	for at, want := range map[string]string{
		"525/#causes": "ja/error-525/#causes", "ja/525/": "ja/error-525/", "en/1016/": "en/error-1016/", "k/525/#causes": "ja/error-525/#causes", "redirect-loop/": "ja/redirect-loop/",
		"ja/check/?symptom=525&mode=full": "ja/check/#v=1&symptom=525&mode=full", "k/check/?symptom=525": "ja/check/#v=1&symptom=525",
	} {
		r.goes(at)
		r.awaits(`location.href === ` + quote(r.site.base+want))
	}
}

func TestAPlaceThatThePageDoesNotHaveIsSaid(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja"})
	r.goes("ja/error-525/#cause")
	r.awaits(`document.getElementById('lost').checkVisibility()`)
	if got := ask[string](r, `document.querySelector('#lost a').hash`); got != "#causes" {
		t.Errorf("the nearest of #cause is %q", got)
	}
	r.clicks("#lost a")
	r.awaits(`document.getElementById('lost').hidden && location.hash === '#causes'`)
	for _, at := range []string{"ja/error-525/#causes", "ja/error-525/#os=windows", "ja/check/#v=1&symptom=525", "ja/glossary/"} {
		r.goes(at)
		if ask[bool](r, `new Promise((done) => setTimeout(() => done(!document.getElementById('lost').hidden), 100))`) {
			t.Errorf("%s: a place is called lost", at)
		}
	}
}

func TestTheToggleNeedsNoScript(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja", scriptless: true})
	r.goes("ja/")
	const shown = `[...document.querySelectorAll('.wire')].filter((one) => one.checkVisibility()).map((one) => one.dataset.mode + ':' + !!one.querySelector('mark')).join()`
	if got := ask[string](r, shown); got != "flexible:true" {
		t.Errorf("it begins with %s", got)
	}
	r.clicks(".toggle [value=strict]")
	r.awaits(shown + ` === 'strict:false'`)
	if got := ask[string](r, `[...document.querySelectorAll('.seen-screen')].map((a) => a.getAttribute('href')).join()`); got != "error-525/,redirect-loop/,browser-tls-error/,check/#v=1&symptom=none" {
		t.Errorf("the screens lead to %s", got)
	}
}

// TestTheFirstScreenOfAPhoneHasTheQuestionAndTheNumber: who comes with a 525 sees it at once.
func TestTheFirstScreenOfAPhoneHasTheQuestionAndTheNumber(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		r := opens(t, site(t, "/"), device{languages: lang, touch: true, width: 390, height: 844})
		r.goes(lang + "/")
		if bottom := ask[float64](r, `document.querySelector('.seen-screen .number').getBoundingClientRect().bottom`); bottom > 600 {
			t.Errorf("%s: 525 ends %.0f px below the top", lang, bottom)
		}
	}
}

func TestTheDeskWritesLinksAndRepliesInEitherLanguage(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "ja", prefers: []string{"prefers-reduced-motion: reduce"}}) // a scroll on its way would carry the next button off
	r.goes("ja/support/")
	choose := func(name, value string) {
		ask[int](r, `(() => { const select = document.querySelector('agent-desk [name=`+name+`]'); select.value = `+quote(value)+`; select.dispatchEvent(new Event('change', { bubbles: true })); return 1; })()`)
	}
	choose("symptom", "525")
	choose("mode", "full")
	choose("provider", "xserver")
	choose("access", "panel")
	const want = "k/check/#v=1&access=panel&mode=full&provider=xserver&symptom=525"
	if got := ask[string](r, `document.querySelector('[data-slot=built]').href`); got != r.site.base+want {
		t.Errorf("the link is %s", got)
	}
	choose("number", "1033") // which no 525 bears
	r.awaits(`!document.querySelector('[data-slot=clash]').hidden`)
	choose("number", "")
	choose("origin", "platform") // where Xserver is not
	r.awaits(`!document.querySelector('[data-slot=clash]').hidden`)
	choose("origin", "")
	r.awaits(`document.querySelector('[data-slot=clash]').hidden`)
	const text = `document.querySelector('agent-desk textarea').value`
	r.clicks("[data-form=build] button:not([type])")
	r.awaits(text + `.includes(` + quote("\n"+r.site.base+want+"\n") + `)`)
	r.clicks(`[data-id="525"] [data-replies]`)
	r.awaits(text + `.includes(` + quote("\n"+r.site.base+"k/525/\n") + `) && ` + text + `.includes('SSL handshake failed')`)
	choose("lang", "en")
	choose("format", "markdown")
	r.awaits(text + `.includes(` + quote("\n[Error 525 “SSL handshake failed”]("+r.site.base+"k/525/)\n") + `) && ` + text + `.startsWith('Thank you') && document.querySelector('agent-desk textarea').lang === 'en'`)
	r.goes(want)
	r.awaits(`location.pathname === '/repo/ja/check/' && document.querySelector('[data-slot=given]').textContent.includes('エックスサーバー')`)
}

func TestTheDeskOpensACaseByItsCode(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "en"})
	r.goes("en/check/#v=1&mode=full&symptom=525&test443=alert112&at=result")
	r.awaits(`document.querySelector('.result:not([hidden]) [data-slot=code]')?.textContent.length > 10`)
	code := ask[string](r, `document.querySelector('[data-slot=code]').textContent`)
	open := func(code string) {
		r.goes("en/support/")
		r.awaits(`!document.querySelector('[data-form=code]').hidden`)
		ask[int](r, `(() => { const form = document.querySelector('[data-form=code]'); form.elements.code.value = `+quote(code)+`; form.requestSubmit(); return 1; })()`)
	}
	open("ABCDE-FGHJK-M")
	r.awaits(`!document.querySelector('[data-slot=wrong]').hidden`)
	open(code)
	r.awaits(`location.pathname === '/en/check/' && location.hash.includes('test443=alert112')`)
}

func TestWithoutScriptTheDeskIsTheListOfLinks(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "en", scriptless: true})
	r.goes("en/support/")
	if n := ask[int](r, `[...document.querySelectorAll('.tickets a[href*="/k/"]')].filter((a) => a.checkVisibility()).length`); n < 30 {
		t.Errorf("%d links are there", n)
	}
	if dead := ask[[]string](r, `[...document.querySelectorAll('main :is(button, input, select, textarea)')].filter((e) => e.checkVisibility()).map((e) => e.outerHTML)`); len(dead) > 0 {
		t.Errorf("what does nothing: %q", dead)
	}
}

func TestAHeadingsSignCopiesTheAddressThatLasts(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "ja"})
	r.notes(`navigator.clipboard.writeText = async (text) => { window.copied = text; }`)
	r.goes("ja/error-525/")
	r.clicks("#causes .anchor")
	r.awaits(`window.copied === ` + quote(r.site.base+"k/525/#causes") + ` && location.hash === '#causes'`)
	r.awaits(`document.getElementById('said').textContent === 'コピーしました'`)
}
