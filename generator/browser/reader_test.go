package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// bases are the paths that the site is read under.
var bases = []string{"/", "/repo/"}

// chosen is the language that the site remembers.
const chosen = `localStorage.getItem('language')`

func TestATicketLinkLeadsEachReaderToTheirLanguageAndKeepsTheQuestionAndThePlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, languages, to string }{
		{"/", "ja-JP,en", "ja/"}, {"/repo/", "ja", "ja/"}, {"/repo/", "en-GB", "en/"}, {"/", "fr,EN-us,ja", "en/"},
	} {
		t.Run(c.base+c.languages, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, c.base), device{languages: c.languages})
			r.goes("en/ssl-modes/")
			r.do(chromedp.Navigate(r.site.base + "k/525/?a=b#causes"))
			r.arrives(c.to + "error-525/?a=b#causes")
			r.awaits(`Math.abs(document.getElementById('causes').getBoundingClientRect().top) < innerHeight / 4`)

			// Back leads out, not into the ticket page again.
			r.turns(-1)
			r.arrives("en/ssl-modes/")

			r.goes("")
			r.arrives(c.to)
		})
	}
}

func TestAReaderOfNoneOfTheLanguagesChoosesAndKeepsTheQuestionAndThePlace(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "de"})
	r.goes("k/525/?a=b#causes")
	r.awaits(`[...document.querySelectorAll('[data-door]')].filter((door) => door.checkVisibility()).length === 2`)
	r.clicks("[data-door][hreflang=en]")
	r.arrives("en/error-525/?a=b#causes")
	r.goes("")
	r.arrives("en/") // as chosen
}

func TestTheLanguageThatAReaderChoseIsRemembered(t *testing.T) {
	t.Parallel()
	for _, base := range bases {
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, base), device{languages: "ja"})
			r.goes("ja/flexible/")
			r.clicks("nav.languages a[hreflang=en]")
			r.arrives("en/flexible/")
			if got := ask[string](r, chosen); got != "en" {
				t.Errorf("the site remembers %q", got)
			}
			for _, door := range []string{"k/525/", ""} {
				r.goes(door)
				r.awaits(`location.pathname.startsWith(` + quote(base+"en/") + `) && document.readyState === 'complete'`)
			}
			// Words that nobody chose are of no use, and do no harm.
			ask[int](r, `localStorage.setItem('language', 'tlh'), 1`)
			r.goes("k/525/")
			r.arrives("ja/error-525/") // the browser's
		})
	}
}

func TestWithoutScriptADoorStandsOpenInEachLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, title, leads string }{
		{"", "SSL", "%s/"}, {"k/525/", "525", "%s/error-525/"},
	} {
		t.Run("/repo/"+c.at, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/repo/"), device{scriptless: true})
			for _, lang := range []string{"ja", "en"} {
				r.goes(c.at)
				link := fmt.Sprintf("main a[hreflang=%s]", lang)
				if text := ask[string](r, `document.querySelector(`+quote(link)+`).innerText`); !strings.Contains(text+ask[string](r, "document.querySelector('h1').innerText"), c.title) {
					t.Errorf("the link to %s says %q", lang, text)
				}
				r.follows(link)
				if got, want := r.where(), fmt.Sprintf(c.leads, lang); got != want {
					t.Errorf("the link to %s leads to %q", lang, got)
				}
			}
		})
	}
}

func TestTheOtherLanguageOpensAtTheSameSection(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "ja", prefers: []string{"prefers-reduced-motion: reduce"}})
	for _, page := range []string{"error-525/", "ssl-modes/", "flexible/", "two-legs/"} {
		r.goes("ja/" + page)
		ids := ask[[]string](r, `[...document.querySelectorAll('.toc a')].map((a) => a.hash.slice(1))`)
		if len(ids) < 4 {
			t.Fatalf("ja/%s lists %q", page, ids)
		}
		// In the table of contents of this page, and then in that one's.
		id := ids[len(ids)-2]
		r.clicks(`.toc a[href="#` + id + `"]`)
		r.awaits(`location.hash === ` + quote("#"+id))
		r.clicks("nav.languages a")
		r.arrives("en/" + page + "#" + id)
		r.awaits(`(() => { const { top } = document.getElementById(` + quote(id) + `).getBoundingClientRect(); return top >= 0 && (top < innerHeight / 3 || scrollY + innerHeight >= document.documentElement.scrollHeight - 2); })()`)
		there := ask[[]string](r, `[...document.querySelectorAll('.toc a')].map((a) => a.hash.slice(1))`)
		if strings.Join(ids, " ") != strings.Join(there, " ") {
			t.Errorf("%s: Japanese has the sections %q, English %q", page, ids, there)
		}
		if missing := ask[[]string](r, `[...document.querySelectorAll('.toc a')].filter((a) => !document.querySelector('.prose ' + a.hash)).map((a) => a.hash)`); len(missing) > 0 {
			t.Errorf("en/%s has no sections %q", page, missing)
		}
	}
}

// brightness is how bright the page's paper is, from 0 to 255.
const brightness = `(() => { const brush = new OffscreenCanvas(1, 1).getContext('2d');
	brush.fillStyle = getComputedStyle(document.body).backgroundColor; brush.fillRect(0, 0, 1, 1);
	const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data; return (red + green + blue) / 3; })()`

func (r *reader) sees(theme, when string) {
	r.Helper()
	if got := ask[float64](r, brightness); (got > 200) != (theme == "light") || (got < 60) != (theme == "dark") {
		r.Errorf("%s: %s: the paper's brightness is %.0f, want it %s", r.where(), when, got, theme)
	}
	// The browser's frame has the colour of the paper.
	frame := ask[string](r, `[...document.querySelectorAll('meta[name=theme-color]')].find(({ media }) => matchMedia(media).matches)?.content ?? ''`)
	paper := ask[string](r, `(() => { const brush = new OffscreenCanvas(1, 1).getContext('2d');
		brush.fillStyle = getComputedStyle(document.body).backgroundColor; brush.fillRect(0, 0, 1, 1);
		return '#' + [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3).map((c) => c.toString(16).padStart(2, '0')).join(''); })()`)
	if frame != paper {
		r.Errorf("%s: %s: the browser's frame is %s, the paper %s", r.where(), when, frame, paper)
	}
}

func TestBrightnessFollowsTheDeviceUntilTheReaderChoosesAndIsRemembered(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{prefers: []string{"prefers-reduced-motion: reduce"}})
			still := func(scheme string) {
				r.prefers("prefers-color-scheme: "+scheme, "prefers-reduced-motion: reduce")
			}
			r.goes(lang + "/error-525/")
			r.sees("light", "by day")
			still("dark")
			r.sees("dark", "by night")

			buttons := ask[[]struct {
				Value, Name string
				Pressed     string
			}](r, `[...document.querySelectorAll('header theme-choice button')].map((b) => ({ value: b.value, name: b.ariaLabel ?? b.innerText, pressed: b.ariaPressed }))`)
			if len(buttons) != 3 || buttons[0].Pressed != "true" || buttons[1].Pressed != "false" || buttons[2].Pressed != "false" {
				t.Errorf("the choices are %+v", buttons)
			}
			for _, b := range buttons {
				if b.Name == "" {
					t.Errorf("the choice %q has no name", b.Value)
				}
			}

			r.clicks("header theme-choice [value=light]")
			r.sees("light", "chosen at night")
			r.goes(lang + "/")
			r.sees("light", "on another page")
			r.do(chromedp.Reload())
			r.sees("light", "after a reload")
			if pressed := ask[[]string](r, `[...document.querySelectorAll('theme-choice button[aria-pressed=true]')].map((b) => b.value)`); len(pressed) == 0 || strings.Trim(strings.Join(pressed, " "), "light ") != "" {
				t.Errorf("pressed: %q", pressed)
			}
			r.clicks("header theme-choice [value=dark]")
			still("light")
			r.sees("dark", "chosen by day")
			r.clicks("header theme-choice [value=auto]")
			r.sees("light", "following the device again, by day")
			still("dark")
			r.sees("dark", "following the device again, by night")
		})
	}
}

func TestARememberedBrightnessIsThereBeforeAnythingIsPainted(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{})
	r.goes("ja/")
	r.clicks("header theme-choice [value=dark]")
	r.notes(`new MutationObserver((changes, observer) => {
		if (!document.body) return;
		observer.disconnect();
		window.whenBodyBegan = document.documentElement.dataset.theme;
	}).observe(document, { childList: true, subtree: true });`)
	for _, page := range []string{"ja/", "en/error-525/", "ja/check/origin-leg/", "404.html"} {
		r.goes(page)
		if got := ask[string](r, "window.whenBodyBegan ?? ''"); got != "dark" {
			t.Errorf("%s: when its body begins, the page is %q", page, got)
		}
	}
}

func TestOnAPhoneTheMessageTheCheckAndTheFirstFixAreNear(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{touch: true, width: 360, height: 740, prefers: []string{"prefers-reduced-motion: reduce"}})
			r.goes(lang + "/error-525/")
			bottom := func(of string) float64 {
				return ask[float64](r, `document.querySelector(`+quote(of)+`).getBoundingClientRect().bottom`)
			}
			if text := ask[string](r, `document.querySelector('samp').innerText`); !strings.Contains(text, "SSL handshake failed") {
				t.Errorf("the first message is %q", text)
			}
			if at := bottom("samp"); at > 420 {
				t.Errorf("the exact message ends at %.0f px, want 420 at most", at)
			}
			if at := bottom("#quick-check"); at > 740 {
				t.Errorf("the heading of the quick check ends at %.0f px, want 740 at most", at)
			}
			for _, place := range []string{"0", "document.documentElement.scrollHeight / 2", "document.documentElement.scrollHeight"} {
				covered := ask[float64](r, `(() => { scrollTo(0, `+place+`); return [...document.querySelectorAll('body *')]
					.filter((e) => ['sticky', 'fixed'].includes(getComputedStyle(e).position) && e.checkVisibility({ visibilityProperty: true }))
					.map((e) => e.getBoundingClientRect())
					.reduce((sum, { left, right, top, bottom }) => sum + Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0)) * Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)), 0) / innerWidth / innerHeight; })()`)
				if covered > .15 {
					t.Errorf("at %s, %.0f %% of the screen are covered by what does not scroll", place, covered*100)
				}
			}
			// What a link leads to can be seen: nothing lies over it.
			for _, id := range ask[[]string](r, `[...document.querySelectorAll('.toc a')].map((a) => a.hash.slice(1))`) {
				ask[int](r, `location.hash = `+quote("#"+id)+`, 1`)
				r.awaits(`(() => { const heading = document.getElementById(` + quote(id) + `), { top, left } = heading.getBoundingClientRect();
					return top >= 0 && top < innerHeight && heading.contains(document.elementFromPoint(left + 5, top + heading.getBoundingClientRect().height / 2)); })()`)
			}
		})
	}
}

func TestTheTableOfContentsFollowsTheReader(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{prefers: []string{"prefers-reduced-motion: reduce"}})
			r.goes(lang + "/error-525/")
			r.awaits(`!document.querySelector('.toc [aria-current]')`)
			// Sections that can reach the top of the window and fill its upper third.
			sections := ask[[]string](r, `[...document.querySelectorAll('.toc a')].map((a) => document.querySelector('.prose ' + a.hash)).filter((heading, i, all) => {
				heading.scrollIntoView({ behavior: 'instant' });
				return heading.getBoundingClientRect().top < innerHeight / 4 && !(all[i + 1]?.getBoundingClientRect().top < innerHeight / 2);
			}).map(({ id }) => id)`)
			if len(sections) < 4 {
				t.Fatalf("only %q can be read alone", sections)
			}
			for _, id := range append(sections, sections[0]) {
				ask[int](r, `document.getElementById(`+quote(id)+`).scrollIntoView(), 1`)
				r.awaits(`[...document.querySelectorAll('.toc [aria-current]')].map((a) => a.hash).join() === ` + quote("#"+id))
				r.awaits(`(() => { const { top, bottom } = document.querySelector('.toc [aria-current]').getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; })()`)
			}
		})
	}
}

func TestOnAPhoneTheTableOfContentsOpensWhenAsked(t *testing.T) {
	t.Parallel()
	for _, scriptless := range []bool{false, true} {
		t.Run(fmt.Sprintf("scriptless=%v", scriptless), func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{touch: true, width: 360, height: 740, scriptless: scriptless, prefers: []string{"prefers-reduced-motion: reduce"}})
			r.goes("ja/error-525/")
			shown := func() bool {
				return ask[bool](r, `document.querySelector('.toc a').checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })`)
			}
			if shown() {
				t.Error("it is open from the beginning")
			}
			ask[int](r, `document.querySelector('.toc summary').focus(), 1`)
			r.presses(kb.Enter)
			if !shown() {
				t.Fatal("Enter does not open it")
			}
			r.presses(kb.Tab, kb.Tab, kb.Enter)
			want := ask[string](r, `document.querySelectorAll('.toc a')[1].hash`)
			if got := ask[string](r, "location.hash"); got != want {
				t.Errorf("two tabs and Enter lead to %q, want %q", got, want)
			}
			if !scriptless && shown() {
				t.Error("it stays open over the section that was chosen")
			}
		})
	}
}

func TestOnADesktopTheTableOfContentsIsOpenEvenWithoutScript(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{scriptless: true})
	r.goes("en/error-525/")
	if !ask[bool](r, `[...document.querySelectorAll('.toc a')].every((a) => a.checkVisibility({ visibilityProperty: true }) && a.getBoundingClientRect().height > 0)`) {
		t.Error("it is closed")
	}
}

func TestAMissingAddressAtAnyDepthShowsAPageWhoseLinksWork(t *testing.T) {
	t.Parallel()
	for _, base := range bases {
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, base), device{expected: []string{"404"}})
			for _, missing := range []string{"nowhere", "ja/error-525/nowhere/at/all/", "en/nowhere.html?a=b"} {
				r.goes(missing)
				if got := ask[string](r, `document.querySelector('h1').innerText`); got != "404" {
					t.Errorf("the heading is %q", got)
				}
				if got := ask[string](r, `getComputedStyle(document.querySelector('main')).maxInlineSize`); got == "none" {
					t.Error("the page has no style")
				}
				if dead := ask[[]string](r, `Promise.all([...document.links].map(async (a) => [a.href, (await fetch(a.href)).status])).then((all) => all.filter(([, status]) => status !== 200).map(([href]) => href))`); len(dead) > 0 {
					t.Errorf("dead links: %q", dead)
				}
				r.clicks("main a[hreflang=en]")
				r.arrives("en/")
			}
		})
	}
}
