package browser

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

const (
	resultsShown = `document.querySelectorAll('[data-slot=results] > li').length`
	firstResult  = `document.querySelector('[data-slot=results] a')?.getAttribute('href') ?? ''`
	searchSays   = `document.querySelector('[data-slot=status]').textContent`
)

// types puts words into the field as a keyboard does; composing, as an input
// method that has not finished.
func (r *reader) types(words string, composing bool) {
	r.Helper()
	ask[int](r, `(() => { const field = document.querySelector('site-search input'); field.focus(); field.value = `+quote(words)+`;
		field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: `+map[bool]string{true: "true", false: "false"}[composing]+` })); return 1; })()`)
}

func TestSearchAnswersWhileOneTypesAndNotWhileOneComposes(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "ja"})
	r.goes("ja/search/")
	r.presses("/")
	if at := ask[string](r, `document.activeElement.name`); at != "q" {
		r.Errorf("/ leads to %q", at)
	}
	r.types("はんどしぇいく", true)
	if n := ask[int](r, resultsShown); n != 0 {
		r.Errorf("%d results while composing", n)
	}
	ask[int](r, `(document.querySelector('site-search input').dispatchEvent(new CompositionEvent('compositionend', { bubbles: true })), 1)`)
	r.awaits(resultsShown + ` > 0`)
	r.types("５２５", false)
	r.awaits(firstResult + `.endsWith('/repo/ja/error-525/')`)
	r.awaits(`document.querySelector('[data-slot=results] mark')?.textContent === '525'`)
	r.awaits(searchSays + ` === ` + resultsShown + ` + '件'`)
	// The arrow keys go to the results and back, and Escape too.
	r.presses(kb.ArrowDown, kb.ArrowDown, kb.ArrowUp, kb.Escape)
	r.awaits(`document.activeElement.name === 'q'`)
	r.presses(kb.ArrowDown, kb.Enter)
	r.awaits(`location.pathname === '/repo/ja/error-525/'`)
	r.turns(-1)
	r.awaits(firstResult + `.endsWith('/repo/ja/error-525/')`) // the address has the query
}

func TestWhatIsAskedStaysText(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja"})
	r.goes("ja/search/#q=" + url.QueryEscape(`<img src=x onerror=alert(1)> <script>`))
	r.awaits(searchSays + ` !== ''`)
	if n := ask[int](r, `document.querySelectorAll('site-search :is(img, script)').length`); n != 0 {
		r.Error("the query has become elements")
	}
	r.types("zxqwvkj", false)
	r.awaits(searchSays + ` === '見つかりませんでした。'`)
	if ways := ask[int](r, `[...document.querySelectorAll('.instead a')].filter((a) => a.checkVisibility()).length`); ways != 3 {
		r.Errorf("%d ways lead on where nothing is found", ways)
	}
}

func TestAMissingShardIsSaid(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja", blocked: "*://*:*/*/search-ja/t*", expected: []string{"loading failed: Fetch"}})
	r.goes("ja/search/#q=525")
	r.awaits(`document.querySelector('site-search').dataset.state === 'failed'`)
	if ok := ask[bool](r, `[...document.querySelectorAll('.instead a')].some((a) => a.pathname === '/ja/articles/' && a.checkVisibility())`); !ok {
		r.Error("the list is not offered")
	}
}

func TestWithoutScriptTheFormLeadsToTheList(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "en", scriptless: true})
	r.goes("en/search/")
	r.clicks("site-search button")
	r.awaits(`location.pathname === '/repo/en/articles/'`)
	r.awaits(`document.querySelectorAll('.groups li a').length > 100`)
}

func TestTheListIsFiltered(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja"})
	r.goes("ja/articles/?q=" + url.QueryEscape("バーセル"))
	// Its host's page, and the article: nothing that is called otherwise.
	r.awaits(`((shown) => shown.length && shown.every((li) => li.textContent.includes('Vercel')))([...document.querySelectorAll('.groups li')].filter((li) => li.checkVisibility()))`)
}
