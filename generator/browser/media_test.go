package browser

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestOnPaperThereIsTheArticleAndNothingToPress(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{width: 794, height: 1123, paper: true, prefers: []string{dark}})
	tried := map[string]bool{}
	for _, page := range []string{"ja/error-525/", "en/two-legs/"} {
		r.goes(page)
		// A page may get ready when it hears that it is printed.
		ask[int](r, `dispatchEvent(new Event('beforeprint')), 1`)
		for name, n := range inspect[map[string][2]int](r, "print") {
			has, shown := n[0], n[1]
			tried[name] = tried[name] || has > 0
			want := has
			if name == "navigation" || name == "buttons" {
				want = 0
			}
			if shown != want {
				t.Errorf("%s: %s: %d of %d are printed, want %d", page, name, shown, has, want)
			}
		}
		if got := ask[float64](r, brightness); got < 200 {
			t.Errorf("%s: at night, the paper's brightness is %.0f", page, got)
		}
		if moving := ask[[]string](r, moves); len(moving) > 0 {
			t.Errorf("%s: on paper, these move: %q", page, moving)
		}
		for _, problem := range inspect[[]string](r, "contrast") {
			t.Errorf("%s, on paper: %s", page, problem)
		}

		ctx, cancel := r.patiently()
		defer cancel()
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
		if err != nil {
			t.Fatal(err)
		}
		if pages := bytes.Count(pdf, []byte("/Type /Page\n")); !bytes.HasPrefix(pdf, []byte("%PDF-")) || pages < 2 || pages > 20 {
			t.Errorf("%s is printed on %d pages, in %d bytes", page, pages, len(pdf))
		}
	}
	r.goes("en/error-525/#v=1&symptom=525")
	r.awaits(`document.querySelector('.prose [data-question=origin]:not([hidden])')`)
	if ask[bool](r, `document.querySelector('.prose > ssl-check').checkVisibility()`) {
		t.Error("a question that waits for an answer is printed")
	}
	for name, any := range tried {
		if !any {
			t.Errorf("no page has %s, so this test sees nothing", name)
		}
	}
}

const dark = "prefers-color-scheme: dark"

// moves are the transitions, animations and smooth scrolling that a page would
// show.
const moves = `[...document.querySelectorAll('*')].flatMap((element) => ['', '::before', '::after'].flatMap((pseudo) => {
	const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, pseudo);
	return transitionDuration.split(', ').some((time) => parseFloat(time)) || animationName !== 'none' || !pseudo && scrollBehavior === 'smooth' ? [element.localName + pseudo] : [];
})).concat(document.getAnimations().map(String))`

func TestNothingMovesForWhoWantsItStill(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	for _, page := range []string{"ja/error-525/", "en/check/origin-leg/", "ja/", "404.html"} {
		r.goes(page)
		r.prefers("prefers-reduced-motion: no-preference")
		if len(ask[[]string](r, moves)) == 0 {
			t.Errorf("%s: nothing moves for anybody, so this test sees nothing", page)
		}
		// What has begun ends as it began.
		ask[int](r, `Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map(({ finished }) => finished)).then(({ length }) => length)`)
		r.prefers("prefers-reduced-motion: reduce")
		if still := ask[[]string](r, moves); len(still) > 0 {
			t.Errorf("%s: these move: %q", page, still)
		}
	}
}

// strokes is how the lines of the legs are drawn: for each protection, the
// pattern and the distance of the strokes. A tunnel has words of its own, and
// the line of its protection.
const strokes = `Object.fromEntries([...document.querySelectorAll('.protections [data-words]:not([data-words=tunnel])')].map((words) => {
	const lines = [...words.querySelectorAll('line')];
	return [words.dataset.words, lines.map((line) => { const { strokeDasharray, translate } = getComputedStyle(line); return strokeDasharray + ' ' + translate; }).join(' and ')];
}))`

func TestTheLegsAreToldApartWithoutTheirColours(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	r.goes("en/check/origin-leg/")
	for _, colours := range []string{"prefers-color-scheme: light", dark} {
		for _, forced := range []string{"forced-colors: active", "forced-colors: none"} {
			r.prefers(colours, forced, "prefers-reduced-motion: reduce")
			if want := strings.HasSuffix(forced, "active"); ask[bool](r, `matchMedia('(forced-colors: active)').matches`) != want {
				t.Fatalf("%s is not emulated", forced)
			}
			seen := map[string]string{}
			for protection, drawn := range ask[map[string]string](r, strokes) {
				if other, ok := seen[drawn]; ok {
					t.Errorf("%s, %s: %s and %s are drawn alike: %s", colours, forced, protection, other, drawn)
				}
				seen[drawn] = protection
			}
			if len(seen) < 3 {
				t.Errorf("%s, %s: the page draws %v", colours, forced, seen)
			}
			for _, problem := range inspect[[]string](r, "contrast") {
				if strings.Contains(problem, "line of") || strings.Contains(problem, "shape") {
					t.Errorf("%s, %s: %s", colours, forced, problem)
				}
			}
		}
	}
}
