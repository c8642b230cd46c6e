package browser

import (
	"strings"
	"testing"
)

// TestASketchIsReadInLargeLettersOnASmallPhone: nothing of it is cut off, and
// who does not see it is told what it shows.
func TestASketchIsReadInLargeLettersOnASmallPhone(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{width: 320, height: 640, touch: true})
	for _, lang := range []string{"ja", "en"} {
		for _, slug := range []string{"error-525", "error-530", "origin-ca", "to-full-strict", "error-522", "two-legs", "browser-tls-error", "redirect-loop", "https-hsts"} {
			r.goes(lang + "/" + slug + "/")
			ask[int](r, `document.documentElement.style.fontSize = '200%', 1`)
			if cut := ask[[]string](r, `[...document.querySelectorAll('.sketch, .sketch *:not(svg *)')].filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).display !== 'inline' || e.getBoundingClientRect().right > innerWidth).map((e) => e.outerHTML.slice(0, 90))`); len(cut) > 0 {
				t.Errorf("%s/%s: cut off: %s", lang, slug, strings.Join(cut, "\n"))
			}
			if names := ask[[]string](r, `[...document.querySelectorAll('.sketch [role=img]')].map((e) => e.ariaLabel)`); len(names) == 0 || strings.ContainsFunc(strings.Join(names, ""), func(c rune) bool { return c == '{' }) {
				t.Errorf("%s/%s: the sketches are called %q", lang, slug, names)
			}
		}
	}
}

// TestASketchTellsNothingByColourAlone: where colours are the system's, every
// sign keeps its strokes, and what fails has words of its own.
func TestASketchTellsNothingByColourAlone(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{prefers: []string{"forced-colors: active"}})
	r.goes("en/error-525/")
	type station struct{ Says, Sign, Stroke string }
	got := ask[[]station](r, `[...document.querySelectorAll('.sketch [data-is=stations] > span')].map((s) => ({
		says: s.querySelector('i').textContent, sign: s.querySelector('.sign').getAttribute('d'), stroke: getComputedStyle(s.querySelector('svg > :not(.badge, .sign)')).stroke }))`)
	if len(got) != 3 {
		t.Fatalf("%d stations", len(got))
	}
	working, failing := got[0], got[2]
	if working.Says == failing.Says || working.Sign == failing.Sign || got[1].Sign != working.Sign || failing.Stroke == "none" {
		t.Errorf("the stations are %+v", got)
	}
}
