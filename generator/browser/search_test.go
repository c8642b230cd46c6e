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

// answering puts words into the field, and gives the milliseconds until the
// results are there: five at least. It returns when all are.
func (r *reader) answering(words string) float64 {
	r.Helper()
	waited := ask[float64](r, `new Promise((done) => {
		delete document.querySelector('site-search').dataset.state;
		const [field, list, begin] = [document.querySelector('site-search input'), document.querySelector('[data-slot=results]'), performance.now()];
		new MutationObserver((_, watch) => {
			if (list.children.length < 5) return;
			watch.disconnect();
			done(performance.now() - begin);
		}).observe(list, { childList: true });
		field.value = `+quote(words)+`;
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
	})`)
	r.awaits(`document.querySelector('site-search').dataset.state === 'found'`)
	return waited
}

// TestHowLongASearchTakes prints, and asserts nothing: with 150 ms and 200 KB/s,
// and on a phone whose processor is slowed too, from the first letter on a page
// that has loaded, and from a link with the words; then, with nothing slowed,
// what was asked before and is not fetched again.
func TestHowLongASearchTakes(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("skipped: it prints, and asserts nothing; -v shows it")
	}
	h := slowly(t, inMemory(site(t, "/").tree))
	type waits struct{ typed, linked, warm float64 }
	for _, slow := range []float64{1, 4} {
		for _, words := range []string{"525", "証明書の期限切れ", "ロリポップ 管理画面 入れない", "ERR_TOO_MANY_REDIRECTS"} {
			var all []waits
			for range 3 {
				var one waits
				r := opens(t, h, device{width: 390, height: 844, touch: true, languages: "ja"})
				r.throttles(conditions{Latency: 150, Download: 200_000, Upload: 200_000}, slow)
				r.goes("ja/search/")
				one.typed = r.answering(words)
				r.goes("404.html") // a link with other words alone would not load the page again
				r.goes("ja/search/#q=" + url.QueryEscape(words))
				r.awaits(resultsShown + ` >= 5`)
				one.linked = ask[float64](r, `performance.now()`)
				r.throttles(conditions{Download: -1, Upload: -1}, 1)
				r.answering("Flexible")
				r.answering(words)
				r.answering("Flexible")
				one.warm = r.answering(words)
				all = append(all, one)
			}
			t.Logf("processor %v×, %s: five results %.0f ms after the first letter, %.0f ms after a link; again after %.1f ms", slow, words,
				median(all, func(w waits) float64 { return w.typed }), median(all, func(w waits) float64 { return w.linked }), median(all, func(w waits) float64 { return w.warm }))
		}
	}
}
