package browser

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// A person knows some answers, and has some things at hand.
type person struct {
	who     string
	symptom string
	has     []string // dashboard, panel, shell; none
	knows   url.Values
	host    string // by name; "" for none
}

// people are those for whom the checker is made.
var people = []person{
	{"a shop on rented hosting, 525", "525", []string{"dashboard", "panel"}, url.Values{"mode": {"full"}, "origin": {"hosting"}}, ""},
	{"a shop on Xserver, 526 after a mail", "526", []string{"dashboard", "panel"}, url.Values{"mode": {"strict"}}, "xserver"},
	{"a blog on rented hosting, in a loop", "loop", []string{"dashboard", "panel"}, url.Values{"mode": {"flexible"}, "origin": {"hosting"}}, ""},
	{"403 in the admin pages of WordPress", "origin_page", []string{"dashboard", "panel"}, url.Values{"status": {"403"}, "origin": {"hosting"}, "app": {"wordpress"}}, ""},
	{"a site on Vercel, in a loop", "loop", []string{"dashboard"}, url.Values{"mode": {"flexible"}}, "vercel"},
	{"a tunnel at home, 1033", "530", []string{"dashboard"}, url.Values{"number": {"1033"}, "origin": {"tunnel"}}, ""},
	{"WordPress without a terminal, 525", "525", []string{"dashboard"}, url.Values{"origin": {"hosting"}, "app": {"wordpress"}}, ""},
	{"a server with a shell, 525", "525", []string{"dashboard", "shell"}, url.Values{"mode": {"strict"}, "origin": {"server"}, "test443": {"alert112"}}, ""},
}

// TestPeopleGetToACardThatTheyCanCarryOut answers as each of them would, on a
// phone, with a finger: whoever does not know says so. It prints what it took.
func TestPeopleGetToACardThatTheyCanCarryOut(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		for _, p := range people {
			t.Run(lang+"/"+p.who, func(t *testing.T) {
				t.Parallel()
				r := opens(t, site(t, "/"), device{width: 390, height: 844, touch: true, languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
				begin := time.Now()
				r.goes(lang + "/check/")
				taps, questions := 0, 0
				tap := func(selector string) {
					t.Helper()
					r.clicks(selector)
					taps++
				}
				// The page stands where the address does, and waits for nothing.
				settled := `!document.querySelector('.case').ariaBusy && (` + readDesk + `).given === location.hash.replace(/^#v=1&|&at=\w+$/g, '')`
				r.awaits(settled)
				tap(fmt.Sprintf(`.entries [data-symptom=%q]`, p.symptom))
				for {
					r.awaits(`document.querySelector('.result:not([hidden]), [data-form=ask]:not([hidden])') && ` + settled)
					d := ask[desk](r, readDesk)
					if d.Asked == "" {
						break
					}
					if questions++; questions > 6 {
						t.Fatalf("after %d questions the next is %q", questions-1, d.Asked)
					}
					at := r.where()
					switch {
					case d.Asked == "access":
						for _, has := range p.has {
							tap(fmt.Sprintf(`[data-question=access] label:has(input[value=%q])`, has))
						}
					case d.Asked == "origin" && p.host != "":
						ask[int](r, fmt.Sprintf(`(() => { const host = document.querySelector('[data-slot=host]'); host.value = %q; host.dispatchEvent(new Event('change', { bubbles: true })); return 1; })()`, p.host))
						taps += 2 // the list, and the name
					default:
						answer := p.knows.Get(d.Asked)
						if answer == "" {
							answer = "unknown"
						}
						tap(fmt.Sprintf(`[data-question=%s] label:has(input[value=%q])`, d.Asked, answer))
					}
					tap("[data-form=ask] .onward button")
					r.awaits(fmt.Sprintf(`location.href !== %q`, r.site.base+at))
				}
				took := time.Since(begin)
				card := ask[struct {
					Todo  string
					Steps []string
					How   bool
					To    string
				}](r, `(() => {
					const root = document.querySelector('ssl-check');
					const [plan] = root.querySelectorAll('[data-slot=plans] > .plan');
					return {
						todo: root.querySelector('[data-slot=todo]').textContent,
						steps: plan.querySelector('[data-form=did]').dataset.did.split(','),
						how: [...plan.querySelectorAll('[data-part=how], .letter pre')].some((part) => part.checkVisibility()),
						to: plan.querySelector('.letter pre')?.textContent ?? '',
					};
				})()`)
				if card.Todo == "" || !card.How {
					t.Errorf("the card is %+v", card)
				}
				// What the first step takes is at hand, or is asked of somebody who has it.
				var needs struct {
					Plans []struct{ Needs, Steps []string }
				}
				told := ask[string](r, `(() => {
					const { provider, v, at, ...answers } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
					const host = document.querySelector('[data-slot=host] [value="' + provider + '"]');
					return Object.entries({ ...Object.fromEntries(new URLSearchParams(host?.dataset.answers)), ...answers }).map((pair) => pair.join('=')).join('&');
				})()`)
				engine.Lock()
				answer := engine.Answer("diagnose?" + told)
				engine.Unlock()
				if err := json.Unmarshal(answer, &needs); err != nil || len(needs.Plans) == 0 {
					t.Fatalf("%s: %s", told, answer)
				}
				first := needs.Plans[0]
				for _, need := range first.Needs {
					asked := strings.HasPrefix(first.Steps[0], "ask_")
					if !slices.Contains(p.has, need) && !(asked && (need == "host" || need == "owner")) {
						t.Errorf("%q needs %s, and has %v", card.Todo, need, p.has)
					}
				}
				if strings.HasPrefix(first.Steps[0], "ask_") && card.To == "" {
					t.Errorf("%q holds no message", card.Todo)
				}
				t.Logf("%d taps, %d questions, %.1f s: %s", taps, questions, took.Seconds(), card.Todo)
			})
		}
	}
}

// TestAnAgentsLinkOpensAtTheCard: whoever answers a ticket fills in the answers.
func TestAnAgentsLinkOpensAtTheCard(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{width: 390, height: 844, touch: true, languages: "ja"})
	for _, p := range people {
		answers := url.Values{"symptom": {p.symptom}, "access": {strings.Join(p.has, ",")}}
		for key, value := range p.knows {
			answers[key] = value
		}
		if p.host != "" {
			answers.Set("provider", p.host)
		}
		r.goes("ja/check/#v=1&at=result&" + answers.Encode())
		r.awaits(`document.querySelector('.result .plan[open]')?.checkVisibility() && !document.querySelector('.case').ariaBusy`)
		if d := ask[desk](r, readDesk); d.Todo == "" || len(d.Notices) > 0 {
			t.Errorf("%s: the page shows %+v", p.who, d)
		}
	}
}

// TestWhoSeesNoneOfTheseIsLedOn: to the number on the screen, to what to write to
// somebody else, or to the field for its words.
func TestWhoSeesNoneOfTheseIsLedOn(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{width: 390, height: 844, touch: true, languages: "ja"})
	chooses := func() {
		r.goes("ja/check/")
		r.clicks(`.entries li:last-child a`)
		r.awaits(`document.querySelector('.elsewhere').checkVisibility()`)
	}
	chooses()
	r.clicks(`.elsewhere li:first-child a`)
	r.awaits(`document.querySelector('[data-question=status]').checkVisibility()`)
	chooses()
	r.clicks(`.elsewhere li:last-child a`)
	r.awaits(`document.querySelector('.letter')?.checkVisibility()`)
	chooses()
	r.clicks(`.elsewhere input`)
	r.presses("q", kb.Enter)
	r.awaits(`location.pathname.endsWith('/ja/search/') && location.search === '?q=q'`)

	without := opens(t, site(t, "/"), device{languages: "en", scriptless: true})
	without.goes("en/check/other/")
	for _, to := range ask[[]string](without, `[...document.querySelectorAll('.elsewhere a')].map((a) => a.href)`) {
		without.goes(strings.TrimPrefix(to, without.site.base))
	}
	if !ask[bool](without, `document.querySelector('.letter').checkVisibility()`) {
		t.Errorf("%s has no letter", without.where())
	}
}
