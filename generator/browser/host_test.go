package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestAHostChosenByNameAnswersWhereTheSiteLives: its kind is ticked, which may be
// changed, and then the name is taken back; what its file knows of certificates
// is told as well.
func TestAHostChosenByNameAnswersWhereTheSiteLives(t *testing.T) {
	const kind = `document.querySelector('[data-question=origin] input:checked')?.value ?? ''`
	const name = `document.querySelector('[data-slot=host]').value`
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang})
			r.goes(lang + "/check/#v=1&symptom=526&at=origin")
			r.stands("origin", "symptom=526")
			r.tabsTo(`document.activeElement.dataset.slot === 'host'`)
			choose := func(id string) {
				ask[int](r, `(({ activeElement: select }) => { select.value = `+quote(id)+`; select.dispatchEvent(new Event('change', { bubbles: true })); return 1; })(document)`)
			}
			choose("vercel")
			if got := ask[string](r, kind); got != "platform" {
				t.Errorf("vercel ticks %q", got)
			}
			choose("xserver")
			if got := ask[string](r, kind); got != "hosting" {
				t.Errorf("xserver ticks %q", got)
			}
			r.clicks(`[data-question=origin] label:has(input[value=server])`)
			if got := ask[string](r, name); got != "" {
				t.Errorf("at another kind of place %q is still chosen", got)
			}
			ask[int](r, `document.querySelector('[data-slot=host]').focus(), 1`)
			choose("xserver")
			r.tabsTo(`document.activeElement.name === 'origin'`)
			r.presses(kb.Enter)
			const given = "can_install_cert=no&origin=hosting&symptom=526"
			r.stands(reckon(r, given).Next.Question, given)
			// Nothing of the name is left for the next question of that kind.
			r.turns(-1)
			r.stands("origin", "symptom=526")
			r.clicks(`[data-question=origin] label:has(input[value=hosting])`)
			r.clicks("form .onward button")
			r.stands(reckon(r, "origin=hosting&symptom=526").Next.Question, "origin=hosting&symptom=526")
		})
	}
}

// TestAHostsPageLeadsIntoTheCheckerThatKnowsIt: and without script into the one that
// asks from the beginning.
func TestAHostsPageLeadsIntoTheCheckerThatKnowsIt(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{languages: "en"})
	r.goes("en/hosts/github-pages/")
	r.clicks(".dated a")
	r.stands("symptom", "can_install_cert=no&origin=platform")
}
