package browser

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"sslclinic/wasmcheck/model"
)

// figure is what the page of the origin leg shows.
type figure struct {
	Visitor, Origin         string // protections, as drawn
	VisitorSide, OriginSide string // and as told beside the figure
	VisitorPort, OriginPort string
	Plain, Sealed           []bool // whether each leg's log-in is shown readable, and unreadable
	Redirect                bool
	Alt, Label              string // what a screen reader hears
	Mode, Scheme, Hash      string
	Corrected, Failed       bool // notices
}

const readFigure = `(() => {
	const one = (selector) => document.querySelector('origin-leg ' + selector);
	const seen = (element) => !!element?.checkVisibility({ visibilityProperty: true });
	const shows = (kind) => ['visitor', 'origin'].map((leg) => seen(one('.side[data-leg=' + leg + '] [data-shows=' + kind + ']')));
	return {
		visitor: one('.leg[data-leg=visitor]').dataset.protection, origin: one('.leg[data-leg=origin]').dataset.protection,
		visitorSide: one('.side[data-leg=visitor]').dataset.protection, originSide: one('.side[data-leg=origin]').dataset.protection,
		visitorPort: one('.leg[data-leg=visitor] .port').textContent, originPort: one('.leg[data-leg=origin] .port').textContent,
		plain: shows('plain'), sealed: shows('sealed'), redirect: seen(one('[data-notice=redirect]')),
		alt: one('[role=status].alt').textContent, label: one('.legs > svg').ariaLabel,
		mode: one('[name=mode]:checked').value, scheme: one('[name=scheme]:checked').value, hash: location.hash,
		corrected: seen(one('[data-notice=corrected]')), failed: seen(one('[data-notice=failed]')),
	};
})()`

// wantFigure is the figure of a mode and a scheme by the model, compiled for
// this machine: the page has the same model in its module.
func wantFigure(mode model.Value, scheme model.Scheme) figure {
	legs := model.LegsFor(model.Config{}.With(model.Mode, mode), scheme)
	plain, sealed := make([]bool, 2), make([]bool, 2)
	for i, p := range []model.Protection{legs.Visitor, legs.Origin} {
		plain[i], sealed[i] = p == model.Plain, p == model.Encrypted || p == model.Authenticated
	}
	begin := scheme
	if legs.Redirect {
		begin = model.HTTP
	}
	port := map[model.Scheme]string{model.HTTP: "http 80", model.HTTPS: "https 443"}
	return figure{
		Visitor: legs.Visitor.String(), Origin: legs.Origin.String(), VisitorSide: legs.Visitor.String(), OriginSide: legs.Origin.String(),
		VisitorPort: port[begin], OriginPort: fmt.Sprintf("%v %d", legs.OriginScheme, legs.OriginPort),
		Plain: plain, Sealed: sealed, Redirect: legs.Redirect,
		Mode: model.Mode.ValueID(mode), Scheme: scheme.String(),
	}
}

// shows waits for a figure and compares all of it, but for its words, which it
// returns.
func (r *reader) shows(want figure) (words string) {
	r.Helper()
	r.comes(fmt.Sprintf(`(() => { const f = %s; return f.mode === %q && f.scheme === %q && f.visitor === %q && f.origin === %q && f.originPort === %q && f.redirect === %v; })()`,
		readFigure, want.Mode, want.Scheme, want.Visitor, want.Origin, want.OriginPort, want.Redirect))
	got := ask[figure](r, readFigure)
	if got.Alt != got.Label {
		r.Errorf("%s: the figure is called %q, and announced as %q", r.where(), got.Label, got.Alt)
	}
	words = got.Alt
	got.Alt, got.Label, got.Hash = "", "", ""
	if fmt.Sprint(got) != fmt.Sprint(want) {
		r.Errorf("%s: the page shows\n%+v, the model says\n%+v", r.where(), got, want)
	}
	return words
}

func TestEveryChoiceByKeyboardShowsWhatTheModelSays(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/repo/"), device{})
			r.goes(lang + "/check/origin-leg/")
			modes := ask[[]string](r, `[...document.querySelectorAll('[name=mode]')].map((input) => input.value)`)
			schemes := ask[[]string](r, `[...document.querySelectorAll('[name=scheme]')].map((input) => input.value)`)
			if len(modes) != int(model.Mode.Values()) || len(schemes) != 2 {
				t.Fatalf("the page offers %q and %q", modes, schemes)
			}
			if n := r.asked(".wasm") + r.asked("wasm_exec"); n != 0 {
				t.Errorf("the module was asked for %d times before anybody used the page", n)
			}
			begin := ask[figure](r, readFigure).Scheme
			words := map[string]string{}
			var chosen []figure // in order
			for range schemes {
				for range modes {
					// The arrow keys choose the next, and come round again.
					ask[int](r, `document.querySelector('[name=mode]:checked').focus(), 1`)
					r.presses(kb.ArrowDown)
					now := ask[figure](r, readFigure)
					want := r.modelled(now.Mode, now.Scheme)
					said := r.shows(want)
					if before, ok := words[said]; ok {
						t.Errorf("%s and %s/%s are announced alike: %q", before, now.Mode, now.Scheme, said)
					}
					words[said] = now.Mode + "/" + now.Scheme
					if want := "#v=1&mode=" + now.Mode + "&scheme=" + now.Scheme + "&site=login"; now.Hash != want {
						t.Errorf("the address ends in %q, want %q", now.Hash, want)
					}
					chosen = append(chosen, want)
				}
				r.presses(kb.Tab, kb.ArrowRight)
			}
			if len(words) != len(modes)*len(schemes) {
				t.Errorf("%d of %d choices were reached by keyboard", len(words), len(modes)*len(schemes))
			}
			if n := r.asked(".wasm"); n != 1 {
				t.Errorf("the module was asked for %d times", n)
			}

			// Back and Forward go through the choices.
			r.shows(r.modelled(ask[figure](r, readFigure).Mode, begin)) // the scheme went round too
			r.turns(-1)
			r.shows(chosen[len(chosen)-1])
			r.turns(-2)
			r.shows(chosen[len(chosen)-3])
			r.turns(1)
			r.shows(chosen[len(chosen)-2])
		})
	}
}

// modelled is the wanted figure of the ids of a mode and a scheme.
func (r *reader) modelled(mode, scheme string) figure {
	r.Helper()
	for value := range model.Mode.Values() {
		for _, s := range []model.Scheme{model.HTTP, model.HTTPS} {
			if model.Mode.ValueID(value) == mode && s.String() == scheme {
				return wantFigure(value, s)
			}
		}
	}
	r.Fatalf("the page offers %s over %s, which the model does not know", mode, scheme)
	return figure{}
}

func TestALinkWithAChoiceShowsItAndNonsenseShowsTheDefaultAndSaysSo(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	const at = "ja/check/origin-leg/"
	r.goes(at)
	first := ask[figure](r, readFigure)
	for _, c := range []struct {
		fragment, mode, scheme string
		corrected              bool
	}{
		{"v=1&mode=full&scheme=http", "full", "http", false},
		{"scheme=https&mode=origin_pull&v=1", "origin_pull", "https", false},
		{"v=1&mode=off&scheme=https&later=x", "off", "https", false}, // keys of a later version
		{"mode=flexible", "flexible", first.Scheme, false},
		{"v=1&mode=banana&scheme=http", first.Mode, "http", true},
		{"v=1&mode=full&scheme=gopher", "full", first.Scheme, true},
		{"v=9&mode=full&scheme=http", first.Mode, first.Scheme, true},
		{"v=1&mode=%00%F0%9F%92%A5&scheme=" + url.QueryEscape(`"><script>alert(1)</script>`), first.Mode, first.Scheme, true},
		{"read", first.Mode, first.Scheme, false}, // a section, and no choice
		{"", first.Mode, first.Scheme, false},
	} {
		r.goes(at + "#" + c.fragment)
		want := r.modelled(c.mode, c.scheme)
		want.Corrected = c.corrected
		r.awaits(fmt.Sprintf("document.readyState === 'complete' && (%s).corrected === %v", readFigure, c.corrected))
		r.shows(want)
	}
	// The link that the other language gets has the choice too.
	r.goes(at + "#v=1&mode=full&scheme=http")
	r.clicks("nav.languages a")
	r.arrives("en/check/origin-leg/#v=1&mode=full&scheme=http")
	r.shows(r.modelled("full", "http"))
}

func TestWhenTheModuleDoesNotLoadThePageSaysSoAndTheTableIsThere(t *testing.T) {
	t.Parallel()
	for file, fault := range map[string]string{"*.wasm": "loading failed: Fetch", "wasm_exec.*.js": "loading failed: Script"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{blocked: "*://*:*/*/" + file, expected: []string{fault}})
			r.goes("en/check/origin-leg/")
			before := ask[figure](r, readFigure)
			ask[int](r, `document.querySelector('[name=mode]:checked').focus(), 1`)
			r.presses(kb.ArrowDown)
			r.awaits("(" + readFigure + ").failed")
			after := ask[figure](r, readFigure)
			if after.Mode == before.Mode || after.Visitor != before.Visitor || after.Origin != before.Origin || after.Alt != before.Alt {
				t.Errorf("without the module, %+v became %+v", before, after)
			}
			r.seesEveryMode()

			// When it can be loaded again, the next choice works.
			r.unblocks()
			r.presses(kb.ArrowDown)
			r.awaits("!(" + readFigure + ").failed")
			now := ask[figure](r, readFigure)
			r.shows(r.modelled(now.Mode, now.Scheme))
		})
	}
}

// seesEveryMode reads the static table and compares it with the model.
func (r *reader) seesEveryMode() {
	r.Helper()
	rows := ask[[][]string](r, `[...document.querySelectorAll('.every tbody')].flatMap((body) => [...body.rows].filter((row) => row.querySelector('[scope=row]')).map((row) =>
		[body.dataset.mode, row.cells[0].innerText, row.cells[1].querySelector('[data-protection]').dataset.protection, row.cells[2].querySelector('[data-protection]').dataset.protection, row.cells[3].innerText]))`)
	seen := map[string]bool{}
	for _, row := range rows {
		if len(row) != 5 {
			r.Fatalf("the table has the row %q", row)
		}
		scheme := strings.TrimSuffix(row[1], "://")
		want := r.modelled(row[0], scheme)
		if row[2] != want.Visitor || row[3] != want.Origin || !strings.Contains(want.OriginPort, row[4]) {
			r.Errorf("the table has the row %q, the model says %+v", row, want)
		}
		seen[row[0]+scheme] = true
	}
	if len(seen) != 2*int(model.Mode.Values()) {
		r.Errorf("the table has %d rows: %q", len(seen), rows)
	}
}

func TestWithoutScriptTheWireIsATableInWordsAndNothingDeadIsShown(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{scriptless: true})
			r.goes(lang + "/check/origin-leg/")
			r.seesEveryMode()
			if n := ask[int](r, `[...document.querySelectorAll('.protections [data-words]')].filter((e) => e.checkVisibility() && e.innerText.length > 40).length`); n < 3 {
				t.Errorf("%d protections are explained", n)
			}
			for _, page := range []string{lang + "/check/origin-leg/", lang + "/error-525/", lang + "/", "404.html"} {
				r.goes(page)
				// A field leads to the list of everything, and the toggle is style: both have tests of their own.
				dead := ask[[]string](r, `[...document.querySelectorAll('button, input:not([disabled]), select, form, [data-notice]')]
					.filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.dataset.notice !== 'redirect' && !e.closest('form[role=search][action], .toggle fieldset')).map((e) => e.outerHTML)`)
				for _, control := range dead {
					t.Errorf("%s shows %.120s, which does nothing", page, control)
				}
			}
		})
	}
}
