package browser

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sslclinic/wasmcheck/api"
)

// unknownName is what a person with a 525 of a server that does not know the
// name tells, as the address has it.
const unknownName = "mode=full&symptom=525&test443=alert112"

// desk is what the checker's page shows.
type desk struct {
	Asked     string   // question; "" when what is found is shown
	Given     string   // answers, as in the address
	Doubts    []string // answers to be looked at again, in words
	Todo      string   // the heading of what is found: what to do
	Verdict   string
	Causes    []string // names of those not folded away
	Plans     []shownPlan
	Progress  string // what the last repair has led to
	Code      string
	Notices   []string // ids
	Headings  int      // of level 1 that are seen and heard
	Focus     string   // the heading that has it
	Untouched bool     // it says that it has contacted nobody
}

// phrases are what the page's scripts say, by name.
const phrases = `Object.assign({}, ...[...document.querySelectorAll('ssl-check script')].map((script) => JSON.parse(script.textContent)))`

// shownPlan is a plan as the page shows it.
type shownPlan struct {
	Did        string // ids of the steps, with commas
	Steps      []string
	Proof      string
	Workaround bool // whether the price is shown
	Open       bool
}

const readDesk = `(() => {
	const root = document.querySelector('ssl-check');
	const one = (selector) => root.querySelector(selector);
	const seen = (element) => !!element?.checkVisibility({ visibilityProperty: true });
	const texts = (selector, within = root) => [...within.querySelectorAll(selector)].filter(seen).map((element) => element.textContent.trim());
	const change = one('[data-slot=given] a');
	return {
		asked: [...root.querySelectorAll('[data-question], [data-notice=failed][hidden] ~ .case .entries')].filter(seen).map((question) => question.dataset.question ?? 'symptom').join(),
		given: change?.getAttribute('href').replace(/^#v=1&|&at=\w+$/g, '') ?? '',
		doubts: texts('[data-slot=conflict] li'),
		todo: seen(one('.result')) ? one('[data-slot=todo]').textContent : '',
		verdict: seen(one('.result')) ? one('[data-slot=verdict]').textContent : '',
		causes: [...root.querySelectorAll('[data-slot=causes] [data-part=name]')].map((name) => name.textContent.trim()),
		plans: [...root.querySelectorAll('[data-slot=plans] > .plan')].filter(seen).map((plan) => ({
			did: plan.querySelector('form').dataset.did, steps: [...plan.querySelectorAll(':scope > .steps [data-part=do]')].map((step) => step.textContent),
			proof: plan.querySelector('.proof span').textContent, workaround: !plan.querySelector('.alert').hidden, open: plan.open,
		})),
		progress: texts('[data-slot=progress]').join(),
		code: texts('[data-slot=code]').join(),
		notices: [...root.querySelectorAll('[data-notice]')].filter(seen).map((notice) => notice.dataset.notice),
		headings: [...document.querySelectorAll('h1:not([role=none]), [aria-level="1"]')].filter(seen).length,
		focus: document.activeElement.ariaLevel === '1' ? document.activeElement.textContent : '',
		untouched: !!one('.result > .quiet')?.innerText.trim(),
	};
})()`

// stands waits until the checker asks a question, or with "" shows what is
// found, for the answers as the address has them.
func (r *reader) stands(asked, given string) desk {
	r.Helper()
	if !r.comes(fmt.Sprintf(`document.readyState === 'complete' && !document.querySelector('.case').ariaBusy && (({ asked, given, verdict }) => asked === %q && given === %q && !verdict === !!asked)(%s)`, asked, given, readDesk)) {
		r.Fatalf("%s: want the question %q for %q, the page shows\n%+v", r.where(), asked, given, ask[desk](r, readDesk))
	}
	d := ask[desk](r, readDesk)
	if d.Headings != 1 {
		r.Errorf("%s: %d headings of level 1", r.where(), d.Headings)
	}
	return d
}

// opensCase goes to the checker with answers as the address has them, and
// waits for what the engine has it show: a question, or "" for what is found.
func (r *reader) opensCase(lang, fragment string) desk {
	r.Helper()
	r.goes(lang + "/check/#v=1&" + fragment)
	given, _, result := strings.Cut(fragment, "&at=result")
	if found := reckon(r, given); !result && !found.Done && len(found.Contradiction) == 0 {
		return r.stands(found.Next.Question, given)
	}
	return r.stands("", given)
}

// reckoning is what the engine, compiled for this machine, says of answers.
type reckoning struct {
	Causes []struct {
		ID    string
		Share float64
	}
	Next  struct{ Question, Key string }
	Plans []struct {
		Steps     []string
		Works, Of int
		Kind      string
	}
	Contradiction []string
	Done          bool
}

// engine is the one engine of all tests. It answers one of them at a time, and
// is dearer to make than to ask.
var engine struct {
	sync.Mutex
	api.Handler
}

// reckon asks the engine.
func reckon(t interface {
	Helper()
	Fatalf(string, ...any)
}, answers string) (f reckoning) {
	t.Helper()
	engine.Lock()
	answer := engine.Answer("diagnose?" + answers)
	engine.Unlock()
	if err := json.Unmarshal(answer, &f); err != nil || len(f.Causes) == 0 {
		t.Fatalf("%s: %.200s: %v", answers, answer, err)
	}
	return f
}

// named are the words of the checker for a part of an entry, such as cause-cert-none.
func (r *reader) named(entry, part string) string {
	r.Helper()
	kind, id, _ := strings.Cut(entry, "-")
	words := ask[string](r, fmt.Sprintf(`fetch(document.querySelector('ssl-check').dataset.findings).then((answer) => answer.json()).then((told) => {
		const made = document.createElement('template');
		made.innerHTML = Object.entries(told[%q]).find(([id]) => id.replace(/[_=]/g, '-') === %q)?.[1] ?? '';
		return made.content.querySelector('[data-part=%s]')?.textContent.trim() ?? '';
	})`, kind, id, part))
	if words == "" {
		r.Fatalf("%s: there are no words for %s, %s", r.where(), entry, part)
	}
	return words
}

// concludes compares what is found with what the engine says: the cause by
// name, and the plans with their proofs.
func (r *reader) concludes(d desk, cause, fix string) {
	r.Helper()
	found := reckon(r, d.Given)
	name := r.named("cause-"+anchored(cause), "name")
	if found.Causes[0].ID != cause {
		r.Errorf("%s: the engine's first cause is %s, want %s", r.where(), found.Causes[0].ID, cause)
	}
	if !strings.Contains(d.Verdict, name) || len(d.Causes) == 0 || d.Causes[0] != name {
		r.Errorf("%s: the verdict is %q over the causes %q, want %q", r.where(), d.Verdict, d.Causes, name)
	}
	if len(d.Plans) != min(3, len(found.Plans)) || len(d.Plans) == 0 {
		r.Fatalf("%s: %d plans are shown, the engine has %d", r.where(), len(d.Plans), len(found.Plans))
	}
	for i, plan := range d.Plans {
		want := found.Plans[i]
		if plan.Did != strings.Join(want.Steps, ",") || len(plan.Steps) != len(want.Steps) || plan.Open != (i == 0) || plan.Workaround != (want.Kind == "workaround") {
			r.Errorf("%s: plan %d is %+v, the engine's %+v", r.where(), i, plan, want)
		}
		if !strings.Contains(plan.Proof, fmt.Sprint(want.Of)) || !strings.Contains(plan.Proof, fmt.Sprint(want.Works)) {
			r.Errorf("%s: the proof %q of plan %d does not say %d of %d", r.where(), plan.Proof, i, want.Works, want.Of)
		}
	}
	if do := r.named("do-"+anchored(fix), "do"); d.Plans[0].Did != fix || d.Plans[0].Steps[0] != do {
		r.Errorf("%s: the first plan is %+v, want %q", r.where(), d.Plans[0], do)
	}
	if !d.Untouched {
		r.Errorf("%s: it does not say that nobody was contacted", r.where())
	}
	if how := ask[bool](r, `document.querySelector('[data-slot=plans] [data-part=how]').checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })`); !how {
		r.Errorf("%s: the first step of the first plan does not show how it is done", r.where())
	}
}

// anchored is an id as it stands in an anchor.
func anchored(id string) string { return strings.NewReplacer("_", "-", "=", "-").Replace(id) }

// the ways by which a case comes to the page. Each gets the reader to what is
// found.
var ways = map[string]func(r *reader, lang string) desk{
	"mouse": func(r *reader, lang string) desk {
		return r.answers(lang, func(question, option string) {
			if question == "symptom" {
				r.clicks(fmt.Sprintf(`.entries [data-symptom=%q]`, option))
				return
			}
			r.clicks(fmt.Sprintf(`[data-question=%s] label:has([value=%q])`, question, option))
			r.clicks("form .onward button")
		})
	},
	"keyboard": func(r *reader, lang string) desk {
		return r.answers(lang, func(question, option string) {
			if question == "symptom" {
				r.tabsTo(`document.activeElement.dataset.symptom === ` + quote(option))
				r.presses(kb.Enter)
				return
			}
			r.tabsTo(`document.activeElement.name === ` + quote(question))
			if ask[string](r, `document.activeElement.type`) == "checkbox" {
				r.tabsTo(`document.activeElement.value === ` + quote(option))
				r.presses(" ", kb.Enter)
				return
			}
			chosen := `document.querySelector('[data-question=` + question + `] input:checked')?.value === ` + quote(option)
			for range 30 {
				r.presses(kb.ArrowDown)
				if ask[bool](r, chosen) {
					break
				}
			}
			r.presses(kb.Enter)
		})
	},
	"link": func(r *reader, lang string) desk { return r.opensCase(lang, unknownName) },
	"code": func(r *reader, lang string) desk {
		code := r.opensCase(lang, unknownName).Code
		if code == "" {
			r.Fatalf("%s: no case code is shown", r.where())
		}
		other := opens(r.T, r.site, r.device)
		other.goes(lang + "/check/")
		other.stands("symptom", "")
		other.clicks("aside.given summary")
		other.clicks("[name=code]")
		wrong := "0" + code[1:]
		other.presses(strings.Split(wrong, "")...)
		other.presses(kb.Enter)
		other.awaits(`!document.querySelector('[data-notice=code]').hidden`)
		// As it is heard over the phone: without hyphens, in small letters.
		ask[int](other, `document.querySelector('[name=code]').select(), 1`)
		other.presses(strings.Split(strings.ToLower(strings.ReplaceAll(code, "-", "")), "")...)
		other.presses(kb.Enter)
		d := other.stands("", unknownName)
		if len(d.Notices) > 0 {
			r.Errorf("after the right code, the page shows %q", d.Notices)
		}
		return r.stands("", unknownName)
	},
}

// answers tells what the page asks of a person with an unknown name, and gives
// what is found.
func (r *reader) answers(lang string, answer func(question, option string)) desk {
	r.Helper()
	known, err := url.ParseQuery(unknownName)
	if err != nil {
		r.Fatal(err)
	}
	r.goes(lang + "/check/")
	asked, given := "symptom", url.Values{}
	for i := range 10 {
		d := r.stands(asked, given.Encode())
		if i > 0 && d.Focus == "" {
			r.Errorf("%s: the focus is on no heading", r.where())
		}
		if n := ask[int](r, `document.querySelectorAll('[data-question]:not([hidden]) input:checked').length`); n != 0 {
			r.Errorf("%s: an answer is chosen already", r.where())
		}
		option := cmp.Or(known.Get(asked), map[string]string{"origin": "server", "access": "shell"}[asked], "unknown") // who runs a test has both
		answer(asked, option)
		given.Set(asked, option)
		found := reckon(r, given.Encode())
		if found.Done {
			d := r.stands("", given.Encode())
			if d.Focus != d.Todo {
				r.Errorf("%s: the focus is on %q, not on what is found", r.where(), d.Focus)
			}
			return d
		}
		asked = found.Next.Question
	}
	r.Fatalf("%s: it asks and asks", r.where())
	return desk{}
}

// tabsTo presses the Tab key until an expression is true.
func (r *reader) tabsTo(expression string) {
	r.Helper()
	for range 150 {
		r.presses(kb.Tab)
		if ask[bool](r, expression) {
			return
		}
	}
	r.Fatalf("%s: the Tab key does not lead to where %s", r.where(), expression)
}

func TestA525OfAnUnknownNameGetsToItsFixByEveryWay(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		for way, get := range ways {
			t.Run(lang+"/"+way, func(t *testing.T) {
				t.Parallel()
				r := opens(t, site(t, "/repo/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
				r.concludes(get(r, lang), "sni=rejected", "add_server_name")
				failing := ask[[]string](r, `[...document.querySelectorAll('.result .legs [data-failing]')].map((leg) => leg.dataset.leg)`)
				if !slices.Equal(failing, []string{"origin"}) {
					t.Errorf("these legs are drawn as failing: %q", failing)
				}
				caption := ask[string](r, `document.querySelector('[data-slot=seen]').textContent`)
				if word := ask[string](r, phrases+`.failing`); !strings.Contains(caption, word) {
					t.Errorf("the figure fails in no word: %q", caption)
				}
			})
		}
	}
}

func TestAnEarlyAnswerChangesAndTheOthersStayBackwardsAndForwardsAndAfterAReload(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
			r.opensCase(lang, unknownName)
			r.clicks(`.given a[href$="&at=symptom"]`)
			r.stands("symptom", unknownName)
			if was := ask[string](r, `document.querySelector('[data-question=symptom] :checked')?.value ?? ''`); was != "525" {
				t.Errorf("the answer to be changed is %q", was)
			}
			r.clicks(`[data-question=symptom] label:has([value="526"])`)
			r.clicks("form .onward button")
			const changed = "mode=full&symptom=526&test443=alert112"
			after := func() {
				t.Helper()
				if found := reckon(r, changed); found.Done {
					r.stands("", changed)
				} else {
					r.stands(found.Next.Question, changed)
				}
			}
			after()
			r.turns(-2)
			r.concludes(r.stands("", unknownName), "sni=rejected", "add_server_name")
			r.turns(1)
			r.stands("symptom", unknownName)
			r.turns(1)
			after()
			r.do(chromedp.Reload())
			after()
			r.clicks("[data-slot=restart]")
			r.stands("symptom", "")
		})
	}
}

// TestTheLastAnswerIsOneThatWasGiven: what it speaks against is said where it was
// given, and not where somebody comes back to an address, or opens it as a link.
func TestTheLastAnswerIsOneThatWasGiven(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{prefers: []string{"prefers-reduced-motion: reduce"}})
	const before, after = "symptom=525", "origin=hosting&symptom=525"
	shows := func(given string) bool {
		t.Helper()
		r.stands(reckon(r, given).Next.Question, given)
		return ask[string](r, `document.querySelector('[data-slot=ruled]').textContent`) != ""
	}
	r.opensCase("en", before)
	r.clicks(`[data-question=origin] label:has([value=hosting])`)
	ask[int](r, `(form => { form.requestSubmit(); form.requestSubmit(); return 1; })(document.querySelector('[data-form=ask]'))`) // people press twice
	if !shows(after) {
		t.Error("the answer speaks against nothing, so this test sees nothing")
	}
	r.turns(-1)
	if shows(before) {
		t.Error("back at the question, an answer speaks against something")
	}
	r.turns(1)
	if shows(after) {
		t.Error("nobody has answered, and the last answer speaks against something")
	}
	r.opensCase("en", after)
	if shows(after) {
		t.Error("a link's answer is the last")
	}
}

// TestASecondPressWhileTheNextQuestionIsAwaitedAnswersNothingElse: the module
// may take seconds to arrive, and people press again.
func TestASecondPressWhileTheNextQuestionIsAwaitedAnswersNothingElse(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{})
	r.goes("en/check/#v=1&at=symptom")
	r.stands("symptom", "")
	ask[int](r, `new Promise((pressed) => {
		const form = document.querySelector('[data-form=ask]');
		form.querySelector('[data-question=symptom] [value="525"]').checked = true;
		addEventListener('hashchange', () => { form.requestSubmit(); pressed(1); }, { once: true });
		form.requestSubmit();
	})`)
	if d := r.stands(reckon(r, "symptom=525").Next.Question, "symptom=525"); len(d.Notices) > 0 {
		t.Errorf("a second press is told %q", d.Notices)
	}
}

func TestAnswersThatDoNotGoTogetherAreShownAndCanBeChanged(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
			const given = "mode=flexible&symptom=526" // only the strict modes verify
			want := reckon(r, given).Contradiction
			if len(want) < 2 {
				t.Fatalf("the engine finds no contradiction: %q", want)
			}
			for _, view := range []string{"", "&at=result"} {
				d := r.opensCase(lang, given+view)
				if len(d.Doubts) != len(want) {
					t.Errorf("%s: in doubt are %q, want %q", r.where(), d.Doubts, want)
				}
				for i, doubt := range d.Doubts {
					if short := ask[string](r, `document.querySelector('[data-question=`+want[i]+`]').dataset.short`); !strings.Contains(doubt, short) {
						t.Errorf("%s: in doubt is %q, want %q", r.where(), doubt, short)
					}
				}
				if beside := ask[[]string](r, `[...document.querySelectorAll('main :is(.paste, .keep, .given dl, figure.legs, .onwards, .plan[open])')].filter((part) => part.checkVisibility({ visibilityProperty: true })).map((part) => part.className)`); len(beside) > 0 {
					t.Errorf("%s: beside what does not go together stand %q", r.where(), beside)
				}
				if reasons := ask[[]string](r, `[...document.querySelectorAll('[data-slot=conflict] li p')].map((words) => words.textContent)`); len(reasons) != len(want) || slices.Contains(reasons, "") {
					t.Errorf("%s: why they may be wrong: %q", r.where(), reasons)
				}
			}
			r.clicks(`[data-slot=conflict] a[href$="&at=mode"]`)
			r.stands("mode", given)
			r.clicks(`[data-question=mode] label:has([value=strict])`)
			r.clicks("form .onward button")
			const mended = "mode=strict&symptom=526"
			if d := r.stands(reckon(r, mended).Next.Question, mended); len(d.Doubts) > 0 {
				t.Errorf("still in doubt: %q", d.Doubts)
			}
		})
	}
}

// TestWhatFollowsStandsUnderTheCard: folded, what comes when it did not help, and what is left where it ends in Full, as the link there shows it.
func TestWhatFollowsStandsUnderTheCard(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
			cards, questions, left := 0, 0, 0
			for given, follow := range map[string]int{
				"access=dashboard,panel&mode=strict&provider=xserver&since=nothing&symptom=525": 1,
				"access=dashboard,panel&mode=strict&provider=xserver&since=nothing&symptom=526": 2,
				"access=shell&mode=strict&origin=server&symptom=526":                            1,
				"access=dashboard&mode=flexible&origin=hosting&symptom=loop":                    1,
				unknownName: 2,
			} {
				for at := range follow {
					r.goesOn(lang + "/check/#v=1&" + given + "&at=result")
					r.stands("", given)
					const all = `document.querySelectorAll('[data-slot=plans] > :first-child > .then:not(.message)')`
					if got := ask[[]bool](r, `[...`+all+`].map(({ open }) => open)`); len(got) != follow || slices.Contains(got, true) {
						t.Fatalf("%s: of what follows %v stand open, want %d folds", given, got, follow)
					}
					then := all + fmt.Sprintf("[%d]", at)
					ask[int](r, then+`.open = true, 1`)
					r.awaits(then + `.querySelector('.plan') || ` + then + `.lastElementChild.childNodes.length > 1`)
					next := ask[struct {
						To, Do, Says string
						Parts        int
					}](r, `(() => {
						const then = `+then+`, card = then.querySelector('.plan');
						return { to: then.querySelector('a[href*=did1]').getAttribute('href'), do: card?.querySelector('h2').textContent ?? '', says: then.querySelector(':scope > p').textContent, parts: then.querySelectorAll('form, .then').length };
					})()`)
					if next.Parts > 0 {
						t.Errorf("%s: what follows is %+v", given, next)
					}
					ask[int](r, then+`.querySelector('a[href*=did1]').click(), 1`)
					r.awaits(`!document.querySelector('.case').ariaBusy && (({ given, asked, verdict }) => ` + quote(next.To) + `.startsWith('#v=1&' + given) && given.includes('did1') && (asked || verdict))(` + readDesk + `)`)
					switch works := strings.Contains(next.To, "now1=ok"); {
					case works && next.Do != "":
						left++
						r.awaits(`document.querySelector('.result[data-verdict=works]:not([hidden]) .plan h2')?.textContent === ` + quote(next.Do) + ` || document.querySelector('.result[data-verdict=works] .plan .quiet')?.textContent === ` + quote(next.Do))
					case works:
						r.awaits(quote(next.Says) + `.includes(document.querySelector('.result[data-verdict=works]:not([hidden]) [data-slot=verdict]')?.textContent)`)
					case next.Do != "":
						cards++
						r.awaits(`document.querySelector('.result:not([hidden]) .plan .quiet')?.textContent === ` + quote(next.Do))
					default:
						questions++
						r.awaits(quote(next.Says) + `.includes(document.querySelector('[data-question]:not([hidden]) h2')?.textContent)`)
					}
				}
			}
			if cards == 0 || left == 0 || questions+cards < 5 {
				t.Errorf("%d cards and %d questions follow, and %d are left", cards, questions, left)
			}
		})
	}
}

// TestWhoKnowsNeitherPlaceNorMeansIsAskedForNoCommand, whatever is seen, and ends with something to send or to do.
func TestWhoKnowsNeitherPlaceNorMeansIsAskedForNoCommand(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja", prefers: []string{"prefers-reduced-motion: reduce"}})
	for _, symptom := range []string{"525", "522", "loop", "origin_page"} {
		r.goesOn("ja/check/#v=1&symptom=" + symptom)
		for n := 0; ; n++ {
			r.awaits(`!document.querySelector('.case').ariaBusy && (({ given, asked, verdict }) => location.hash === '#v=1&' + given && (asked || verdict))(` + readDesk + `)`)
			if ask[bool](r, `!!document.querySelector('.result:not([hidden])')`) {
				break
			}
			if n > 6 {
				t.Fatalf("%s: a seventh question", r.where())
			}
			if ask[bool](r, `!!document.querySelector('[data-question]:not([hidden]) pre')`) {
				t.Errorf("%s asks for a command", r.where())
			}
			at := r.where()
			r.clicks(`[data-question]:not([hidden]) .unknown`)
			r.clicks("[data-form=ask] .onward button")
			r.awaits(fmt.Sprintf(`location.href !== %q`, r.site.base+at))
		}
		if !ask[bool](r, `document.querySelector('.plan[open] .letter pre, .plan[open] [data-part=how]').checkVisibility()`) {
			t.Errorf("%s: nothing to send or to do", r.where())
		}
	}
}

func TestWhatTheCheckerDoesNotKnowItSaysWithWhatToCollect(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang})
			d := r.opensCase(lang, "symptom=other&at=result")
			if want := ask[string](r, phrases+`.something_else`); d.Verdict != want {
				t.Errorf("the verdict is %q, want %q", d.Verdict, want)
			}
			collect := r.named("cause-something-else", "tell")
			shown := ask[[]string](r, `[...document.querySelectorAll('[data-slot=causes] > [open] [data-part=tell]')].map((tell) => tell.innerText.trim())`)
			if len(shown) != 1 || strings.Join(strings.Fields(shown[0]), " ") != strings.Join(strings.Fields(collect), " ") {
				t.Errorf("to collect: %q, want %q", shown, collect)
			}
		})
	}
}

func TestWithoutTheModuleTheCheckerSaysSoAndThePagesLeadOn(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/repo/"), device{languages: lang, blocked: "*://*:*/*/*.wasm", expected: []string{"loading failed: Fetch", "loading failed: Other"}})
			// It is noticed as soon as somebody answers.
			r.goes(lang + "/check/")
			r.stands("symptom", "")
			r.clicks(`.entries [data-symptom="525"]`)
			failed := func() {
				t.Helper()
				r.awaits(`document.querySelector('[data-notice=failed]')?.checkVisibility()`)
				d := ask[desk](r, readDesk)
				if !slices.Equal(d.Notices, []string{"failed"}) || d.Asked+d.Verdict != "" || d.Headings != 1 {
					t.Errorf("%s: without the module the page shows %+v", r.where(), d)
				}
				if n := ask[int](r, `[...document.querySelectorAll('.entries a')].filter((a) => a.checkVisibility()).length`); n < 10 {
					t.Errorf("%s: %d ways on are shown", r.where(), n)
				}
			}
			failed()
			r.goes(lang + "/check/#v=1&symptom=525")
			failed()
			r.clicks("[data-slot=static]")
			r.arrives(lang + "/check/525/")
			r.clicks(`.options a[href^="origin-server"]`)
			r.arrives(lang + "/check/525/origin-server/")

			// When it can be loaded again, the same address works.
			r.goes(lang + "/check/#v=1&symptom=525")
			failed()
			r.unblocks()
			ask[int](r, `location.hash = `+quote("#v=1&"+unknownName)+`, 1`)
			r.concludes(r.stands("", unknownName), "sni=rejected", "add_server_name")
		})
	}
}

func TestWithoutScriptLinksLeadFromThe525ToWhatTheEngineFinds(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/repo/"), device{languages: lang, scriptless: true})
			r.goes(lang + "/check/")
			const given = "access=unknown&mode=full&origin=server&symptom=525" // what is at hand is not asked without script
			found := reckon(r, given)
			cause, do := r.named("cause-"+anchored(found.Causes[0].ID), "name"), r.named("do-"+anchored(found.Plans[0].Steps[0]), "do")
			if dead := ask[[]string](r, `[...document.querySelectorAll('button, input, select, [data-notice]')].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('form[role=search][action]')).map((e) => e.outerHTML)`); len(dead) > 0 {
				t.Errorf("without script, the page shows what does nothing: %q", dead)
			}
			r.follows(`.entries a[href$="525/"]`)
			r.follows(`.options a[href^="origin-server"]`)
			r.follows(`.options a[href^="mode-full"]`)
			if at := lang + "/check/525/origin-server/mode-full/"; r.where() != at {
				t.Errorf("the links lead to %s, want %s", r.where(), at)
			}
			shown := func(selector string) string {
				return ask[string](r, `[...document.querySelectorAll(`+quote(selector)+`)].find((e) => e.checkVisibility({ contentVisibilityAuto: true }))?.textContent.trim() ?? ''`)
			}
			// Why it is so is folded, and there.
			told := func(selector string) string {
				return ask[string](r, `document.querySelector(`+quote(selector)+`)?.textContent.trim() ?? ''`)
			}
			if got := told(".causes [data-part=name]"); got != cause {
				t.Errorf("the first cause is %q, want %q", got, cause)
			}
			if got := shown(".plan[open] .steps [data-part=do]"); got != do {
				t.Errorf("the first step is %q, want %q", got, do)
			}
			plan := found.Plans[0]
			if proof := told(".plan[open] .proof"); !strings.Contains(proof, fmt.Sprint(plan.Works)) || !strings.Contains(proof, fmt.Sprint(plan.Of)) {
				t.Errorf("the proof is %q, want %d of %d", proof, plan.Works, plan.Of)
			}
			if shown(".plan[open] .steps [data-part=how]") == "" {
				t.Error("the first step does not show how it is done")
			}
			// What was answered can be changed, by a link as well.
			r.follows(`.given a[href]`)
			if at := r.where(); at != lang+"/check/" {
				t.Errorf("changing the answer leads to %s", at)
			}
		})
	}
}

// TestWhereTheCatalogueStoodOnceALinkLeadsOn: to the entry itself, and without
// script to the list that it is on.
func TestWhereTheCatalogueStoodOnceALinkLeadsOn(t *testing.T) {
	t.Parallel()
	with, without := opens(t, site(t, "/repo/"), device{languages: "ja"}), opens(t, site(t, "/repo/"), device{languages: "ja", scriptless: true})
	for anchor, list := range map[string]string{"cause-p443-refused": "causes/", "do-set-full": "fixes/", "seen-526": "outcomes/"} {
		with.goes("ja/check/#" + anchor)
		with.arrives("ja/check/" + list + "#" + anchor)
		without.goes("ja/check/#" + anchor)
		without.awaits(`document.querySelector(':target').parentElement.querySelector('a').href.endsWith(` + quote("/ja/check/"+list) + `)`)
		without.awaits(`(({ top }) => top >= 0 && top < innerHeight)(document.querySelector('[data-list]:has(:target) a').getBoundingClientRect())`)
	}
}

func TestLinksOfAnyAgeAndFromAnywhereKeepTheirAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fragment, given string // given as the address has it then
		dropped         bool
	}{
		{"v=0&mode=full&symptom=525&test443=alert112", unknownName, false},
		{"test443=alert112&symptom=525&mode=full", unknownName, false},
		{"v=1&" + unknownName + "&colour=blue", unknownName, true},
		{"v=1&" + unknownName + "&since=banana", unknownName, true},
		{"v=1&" + unknownName + "&now1=526", unknownName, true}, // seen after nothing was done
		{"v=9&" + unknownName, unknownName, true},
		{"v=1&mode=strict&" + unknownName, unknownName, true}, // told twice: the last counts
		{"v=1&mode=full&" + unknownName, unknownName, false},
		{"v=1&" + unknownName + "&at=" + url.QueryEscape(`"><script>alert(1)</script>`), unknownName, true},
		{"v=1&symptom=unknown", "symptom=unknown", false},
		// A host's name tells what its file says, and stands for it; what is said itself counts.
		{"v=1&provider=vercel&symptom=loop", "provider=vercel&symptom=loop", false},
		{"provider=vercel&symptom=loop", "provider=vercel&symptom=loop", false},
		{"v=1&provider=xserver&symptom=526", "provider=xserver&symptom=526", false},
		{"v=1&can_install_cert=yes&origin=hosting&provider=xserver&symptom=526", "provider=xserver&symptom=526", false},
		{"v=1&can_install_cert=no&provider=xserver&symptom=526", "can_install_cert=no&provider=xserver&symptom=526", false},
		{"v=1&can_install_cert=no&origin=hosting&symptom=526", "can_install_cert=no&origin=hosting&symptom=526", false},
		{"v=1&origin=hosting&provider=vercel&symptom=525", "origin=hosting&symptom=525", true},
		{"v=1&provider=nobody&symptom=525", "symptom=525", true},
		{"v=1&provider=" + url.QueryEscape(`"]`) + "&symptom=525", "symptom=525", true},
	} {
		t.Run(c.fragment, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: "ja"})
			r.goes("ja/check/#" + c.fragment)
			asked := ""
			if found := reckon(r, known(c.given)); !found.Done {
				asked = found.Next.Question
			}
			if d := r.stands(asked, c.given); slices.Contains(d.Notices, "dropped") != c.dropped {
				t.Errorf("the page shows the notices %q", d.Notices)
			}
		})
	}
	for _, lang := range []string{"ja", "en"} {
		t.Run("k/check/"+lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/repo/"), device{languages: lang})
			r.goes("k/check/#v=1&" + unknownName)
			r.arrives(lang + "/check/#v=1&" + unknownName)
			r.concludes(r.stands("", unknownName), "sni=rejected", "add_server_name")
			// And so does the link to the other language.
			r.clicks("nav.languages a:not([aria-current])")
			other := map[string]string{"ja": "en", "en": "ja"}[lang]
			r.arrives(other + "/check/#v=1&" + unknownName)
			r.stands("", unknownName)
		})
	}
}

// copies presses a button and gives what is in the clipboard then. Who copies
// holds the machine's clipboard, and may read it.
func (r *reader) copies(press string) string {
	r.Helper()
	ask[int](r, `navigator.clipboard.writeText('').then(() => { document.querySelector('#said').textContent = ''; return 1; })`)
	r.clicks(press)
	r.awaits(`document.querySelector('#said').innerText === document.querySelector('#said').dataset.done`)
	return ask[string](r, "navigator.clipboard.readText()")
}

// TestACaseIsCopiedForATicketInEitherLanguage holds the machine's clipboard.
func TestACaseIsCopiedForATicketInEitherLanguage(t *testing.T) {
	t.Parallel()
	s := site(t, "/repo/")
	r := opens(t, s, device{prefers: []string{"prefers-reduced-motion: reduce"}})
	clipboard.Lock()
	defer clipboard.Unlock()
	r.lets(browser.PermissionSettingGranted)
	link := s.base + "k/check/#v=1&" + unknownName + "&at=result"
	found := reckon(r, unknownName)

	// What stands in a ticket, by language.
	want := map[string][]string{}
	counts := map[string]string{} // stay on the page
	code := ""
	for _, lang := range []string{"ja", "en"} {
		code = r.opensCase(lang, unknownName).Code
		words := []string{r.named("cause-sni-rejected", "name"), r.named("do-add-server-name", "do"), link, code}
		words = append(words, ask[[]string](r, `[...document.querySelectorAll('[data-slot=given] > div')].flatMap((row) => [row.querySelector('dt').textContent, row.querySelector('span').textContent])`)...)
		words = append(words, ask[[]string](r, `['note', 'given', 'causes', 'plan', 'unchecked'].map((phrase) => `+phrases+`[phrase])`)...)
		words = append(words, ask[[]string](r, `[...document.querySelectorAll('[data-slot=plans] .plan:first-child :is(.proof > b, .needs)')].map((part) => part.textContent)`)...)
		words = append(words, ask[string](r, `document.querySelector('[data-slot=plans] .plan:first-child .steps p:last-child > a').href`))
		want[lang] = words
		counts[lang] = ask[string](r, `document.querySelector('[data-slot=plans] .proof span').textContent`)
	}
	if len(want["ja"]) != 4+6+5+2+1 || len(found.Plans) == 0 {
		t.Fatalf("there is little to copy: %q", want)
	}
	for _, page := range []string{"ja", "en"} {
		r.opensCase(page, unknownName)
		if got := r.copies(".keep [data-do=link]"); got != link {
			t.Errorf("%s: the link is %q, want %q", page, got, link)
		}
		for lang, words := range want {
			for _, format := range []string{"", "markdown"} {
				ask[int](r, fmt.Sprintf(`(({ lang, format }) => { lang.value = %q; format.value = %q; return 1; })(document.querySelector('[data-form=note]').elements)`, lang, format))
				text := r.copies("[data-form=note] button")
				for _, word := range words {
					if !strings.Contains(text, word) {
						t.Errorf("on the page in %s, the case in %s, %q, lacks %q:\n%s", page, lang, format, word, text)
					}
				}
				if strings.Contains(text, counts[lang]) {
					t.Errorf("the case in %s says %q:\n%s", lang, counts[lang], text)
				}
				if marked := strings.Contains(text, "**") && strings.Contains(text, "\n### "); marked != (format == "markdown") {
					t.Errorf("on the page in %s, the case in %s, %q, is\n%s", page, lang, format, text)
				}
			}
		}
	}
	// The link leads whoever gets it to the same finding.
	r.do(chromedp.Navigate(link))
	r.concludes(r.stands("", unknownName), "sni=rejected", "add_server_name")
}

// repairs does what the first plan says, and tells what is seen then.
func (r *reader) repairs(seen string) {
	r.Helper()
	if ask[bool](r, `(() => { const form = document.querySelector('[data-slot=plans] [data-form=did]'); form.elements.now.value = `+quote(seen)+`; return !form.querySelector('[value=`+quote(seen)+`]:is(button)'); })()`) {
		r.clicks("[data-slot=plans] form label + button")
		return
	}
	r.clicks("[data-slot=plans] form button[value=" + quote(seen) + "]") // it opens, or nothing has changed
}

func TestAfterARepairTheCheckerGoesOnFromWhatIsSeen(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
			// There is no 526 under Full: one of the two is not so, and either can be changed.
			r.opensCase(lang, unknownName)
			r.repairs("526")
			const impossible = "did1=add_server_name&mode=full&now1=526&symptom=525&test443=alert112"
			if d := r.stands("", impossible); len(d.Doubts) != 2 {
				t.Errorf("Full and a 526 after the repair: in doubt are %q", d.Doubts)
			}
			r.clicks("[data-slot=conflict] li:last-child a")
			r.stands("", unknownName)

			const refused = "mode=full&symptom=521&test443=refused"
			r.opensCase(lang, refused)
			r.repairs("525")
			const repaired = "did1=listen_443&mode=full&now1=525&symptom=521&test443=refused"
			next := reckon(r, repaired).Next
			if next.Question != "test443" || next.Key == next.Question {
				t.Fatalf("after the repair the engine asks %+v", next)
			}
			d := r.stands(next.Question, repaired)
			if want := r.named("seen-525", "next"); d.Progress != want {
				t.Errorf("of the 525 is said %q, want %q", d.Progress, want)
			}
			if n := ask[int](r, `document.querySelectorAll('[data-question]:not([hidden]) input:checked').length`); n != 0 {
				t.Error("what was answered before the repair is chosen for what is seen after it")
			}
			// The answer is about now; what was seen before the repair stays.
			r.clicks(`[data-question=test443] label:has([value=alert112])`)
			r.clicks("form .onward button")
			const answered = repaired + "&test443_1=alert112"
			r.concludes(r.stands("", answered), "sni=rejected", "add_server_name")
			// It can be changed, as any other.
			r.clicks(`.given a[href$="&at=test443_1"]`)
			r.stands("test443", answered)
			if was := ask[string](r, `document.querySelector('[data-question=test443] :checked')?.value ?? ''`); was != "alert112" {
				t.Errorf("the answer to be changed is %q", was)
			}
			r.turns(-1)
			r.stands("", answered)
			r.repairs("ok")
			d = r.stands("", "did1=listen_443&did2=add_server_name&mode=full&now1=525&now2=ok&symptom=521&test443=refused&test443_1=alert112")
			if want := ask[string](r, phrases+`.works_but`); d.Todo != want { // in Full, and strict would last
				t.Errorf("in the end, the verdict is %q, want %q", d.Todo, want)
			}
		})
	}
}

// TestWhenItWorksTheCaseIsClosed: nothing is asked any more, and how the legs
// are protected is drawn where it is known, and else has to be looked at.
func TestWhenItWorksTheCaseIsClosed(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
			const closed = "did1=install_certificate&now1=ok&symptom=525"
			drawn := func() bool { return ask[bool](r, `document.querySelector('.result figure.legs').checkVisibility()`) }
			r.goes(lang + "/check/#v=1&" + closed)
			d := r.stands("", closed)
			mode := ask[string](r, `document.querySelector('[data-question=mode]').dataset.short`)
			advised := ask[int](r, `document.querySelectorAll('.plan').length`) // what may be a step down
			if want := ask[string](r, phrases+`.works`); d.Todo != want || !strings.Contains(d.Verdict, mode) || drawn() || advised > 0 {
				t.Errorf("of a mode that nobody has told: %q, %q, drawn is %v, %d plans", d.Todo, d.Verdict, drawn(), advised)
			}
			r.clicks("[data-slot=more] a")
			r.stands("mode", closed)
			r.clicks("[data-question=mode] label:has([value=full])")
			r.clicks("form .onward button")
			d = r.stands("", "did1=install_certificate&mode=full&now1=ok&symptom=525")
			if full := r.named("do-set-strict", "do"); !strings.Contains(d.Verdict, full) || !drawn() {
				t.Errorf("in Full: %q, drawn is %v", d.Verdict, drawn())
			}
			const whole = "always_https=on&did1=install_certificate&mode=strict&now1=ok&symptom=525"
			r.goesOn(lang + "/check/#v=1&" + whole)
			if d, want := r.stands("", whole), ask[string](r, phrases+`.works`); d.Todo != want || !drawn() {
				t.Errorf("with nothing left: %q, drawn is %v", d.Todo, drawn())
			}
		})
	}
}

// faces are the faces of the checker that every body has to be served by.
var faces = []struct{ fragment, asked string }{
	{"", "symptom"},
	{"mode=flexible&symptom=526", ""}, // a contradiction
	{unknownName, ""},
	{"can_install_cert=no&symptom=525&at=result", ""}, // a work-around
	{"did1=add_server_name&mode=full&now1=526&symptom=525&test443=alert112&at=result", ""},
	{"origin=hosting&symptom=525", "access"},                 // boxes
	{"access=none&origin=hosting&symptom=525&at=result", ""}, // a message, of a plan
	{"origin=home&symptom=other&at=result", ""},              // a message alone
	{"access=dashboard&number=1033&origin=tunnel&symptom=530&at=result", ""},
}

func TestTheCheckerServesEveryBodyAtEveryStep(t *testing.T) {
	t.Parallel()
	const still = "prefers-reduced-motion: reduce"
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang, touch: true, prefers: []string{still}})
			look := func(how string, inspectors ...string) {
				t.Helper()
				for _, problem := range r.problems(inspectors...) {
					t.Errorf("%s, %s: %s", r.where(), how, problem)
				}
			}
			for _, face := range faces {
				given, _, _ := strings.Cut(face.fragment, "&at=")
				r.goesOn(lang + "/check/#v=1&" + face.fragment)
				r.stands(face.asked, given)
				ask[int](r, `(globalThis.folded = [...document.querySelectorAll('details:not([open])')]).length`)
				for _, width := range []int64{1280, 768, 320} {
					r.resize(width, 800)
					look(fmt.Sprint(width, " px"), "overflow")
				}
				for _, problem := range unheard(r.listens()) {
					t.Errorf("%s: %s", r.where(), problem)
				}
				for _, scheme := range []string{"light", "dark"} {
					r.prefers("prefers-color-scheme: "+scheme, still)
					look(scheme, "contrast") // opens everything
				}
				look("unfolded at 320 px", "overflow", "targets", "language")
				ask[int](r, `folded.forEach((one) => one.open = false), 1`)
			}
		})
	}
}

func TestTheTabKeyReachesEverythingOfTheCheckerAndShowsWhereItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang   string
		width  int64
		scheme string
		face   int
	}{{"ja", 360, "dark", 0}, {"en", 1280, "light", 1}, {"ja", 1280, "dark", 2}, {"en", 360, "light", 3}, {"ja", 360, "light", 5}, {"en", 1280, "dark", 6}} {
		t.Run(fmt.Sprint(c.lang, c.face), func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{width: c.width, height: 740, prefers: []string{"prefers-color-scheme: " + c.scheme, "prefers-reduced-motion: reduce"}})
			face := faces[c.face]
			given, _, _ := strings.Cut(face.fragment, "&at=")
			r.goes(c.lang + "/check/#v=1&" + face.fragment)
			r.stands(face.asked, given)
			r.tabsThrough("#main")
		})
	}
}

func TestOnPaperThereIsWhatWasFoundAndNothingToPress(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{width: 794, height: 1123, paper: true, languages: lang, prefers: []string{dark}})
			r.opensCase(lang, unknownName)
			for selector, is := range map[string]bool{
				"[data-slot=todo]": true, "[data-slot=verdict]": true, ".plan .steps [data-part=how]": true, ".plan .steps [data-part=verify]": true, "[data-slot=given] dd": true, "[data-slot=code]": true,
				".plan ~ .plan": false, ".sure": false, "[data-slot=why]": false, "[data-form=did]": false, // for the screen
			} {
				if ask[bool](r, `document.querySelector(`+quote(selector)+`).checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })`) != is {
					t.Errorf("%s is printed: %v", selector, !is)
				}
			}
			for _, control := range ask[[]string](r, `[...document.querySelectorAll('button, input, select, nav, theme-choice')].filter((e) => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).map((e) => e.outerHTML.slice(0, 120))`) {
				t.Errorf("on paper, this cannot be pressed: %s", control)
			}
			if got := ask[float64](r, brightness); got < 200 {
				t.Errorf("at night, the paper's brightness is %.0f", got)
			}
			for _, problem := range inspect[[]string](r, "contrast") {
				t.Errorf("on paper: %s", problem)
			}
			// A card, one with the paths of a host's panel, a letter, and one with all that was told and tried: each is one sheet.
			for _, given := range []string{unknownName, "provider=xserver&scheme=both&status=403&symptom=origin_page", "access=none&origin=hosting&symptom=525",
				"access=dashboard,panel&did1=add_domain,install_certificate&mode=strict&now1=525&provider=conoha-wing&since=nothing&symptom=525"} {
				r.goesOn(lang + "/check/#v=1&" + given + "&at=result")
				r.stands("", given)
				ask[bool](r, `[...document.querySelectorAll('.steps .item')].every((step) => step.open = true)`) // as who reads has
				ctx, cancel := r.patiently()
				defer cancel()
				pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
				if err != nil {
					t.Fatal(err)
				}
				if pages := bytes.Count(pdf, []byte("/Type /Page\n")); pages != 1 {
					t.Errorf("%s is printed on %d pages", given, pages)
				}
			}
		})
	}
}

// fiveAttempts are as many as can be told, each with all that is asked after it.
const fiveAttempts = "symptom=525&mode=strict&proxied=yes&always_https=on&origin=server&access=dashboard,panel,shell&test443=alert112&test80=ok&redirect80=none&redirect443=none&aop=off&" +
	"did1=add_server_name&now1=526&scheme_1=both&test443_1=expired&test80_1=ok&did2=renew_certificate&now2=526&test443_2=incomplete&test80_2=ok&" +
	"did3=send_full_chain&now3=525&test443_3=alert40&did4=enable_cipher&now4=loop&redirect443_4=https&did5=trust_forwarded_proto,set_strict&now5=mixed"

// TestHowLongTheCheckerTakes prints, and asserts nothing: the machine may be
// busy with other things.
func TestHowLongTheCheckerTakes(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("skipped: it prints, and asserts nothing; -v shows it")
	}
	r := opens(t, site(t, "/"), device{})
	r.goes("en/check/")
	r.stands("symptom", "")
	took := ask[struct{ Start, First, Median, Longest, Attempts float64 }](r, `(async () => {
		const checker = document.querySelector('script[src*="/ssl-check."]').src;
		const [engine] = (await (await fetch(checker)).text()).match(/engine\.\w+\.js/);
		const { start, ask } = await import(new URL(engine, checker));
		const { module } = document.querySelector('ssl-check').dataset;
		const timed = async (what) => { const begin = performance.now(); await what(); return performance.now() - begin; };
		const begun = await timed(() => start(module));
		const first = await timed(() => ask(module, 'diagnose?'));
		const steps = [];
		for (const question of document.querySelectorAll('[data-question]'))
			for (const { name, value } of question.querySelectorAll('input'))
				steps.push(await timed(() => ask(module, 'diagnose?' + (name === 'symptom' ? '' : 'symptom=525&') + name + '=' + value)));
		steps.sort((a, b) => a - b);
		const attempts = [];
		for (let n = 0; n < 9; n++) attempts.push(await timed(() => ask(module, `+quote("diagnose?"+fiveAttempts)+`)));
		attempts.sort((a, b) => a - b);
		return { start: begun, first, median: steps[steps.length >> 1], longest: steps.at(-1), attempts: attempts[4] };
	})()`)
	t.Logf("in Chromium the module starts in %.0f ms (budget 400 ms); its first answer takes %.1f ms, a step %.1f ms (budget 20 ms), the longest %.1f ms, with five attempts %.1f ms",
		took.Start, took.First, took.Median, took.Longest, took.Attempts)
}

// provider is the name of a host among answers.
var provider = regexp.MustCompile(`provider=([^&]*)`)

// box is an article's way into the checker: links, from the symptom at which it starts, and the number beside that.
var box = regexp.MustCompile(`(?s)<ssl-check class=[^>]* data-start="?([^" >]+).*?</ssl-check>`)

// TestTheCheckerInAnArticleGoesOnThere: its box is links, and the first that is
// followed turns it into the checker, at the article's symptom. Articles of one
// language that tell the same have the same box, so one of each symptom is tried,
// of the two languages by turns.
func TestTheCheckerInAnArticleGoesOnThere(t *testing.T) {
	t.Parallel()
	s := site(t, "/repo/")
	type start struct{ lang, told string }
	first := map[start]string{} // the page that is tried
	boxes := map[start]string{}
	for _, page := range s.pages() {
		text := s.tree[page+"index.html"]
		if !bytes.Contains(text, []byte("data-start=")) {
			continue // most have none, and to look for the whole box in them takes seconds
		}
		for _, found := range box.FindAllSubmatch(text, -1) {
			of := start{page[:2], string(found[1])}
			if first[of] == "" {
				first[of], boxes[of] = page, string(found[0])
			}
			if boxes[of] != string(found[0]) {
				t.Errorf("%s has another box than %s:\n%s\n%s", page, first[of], found[0], boxes[of])
			}
		}
	}
	symptoms := map[string]string{} // the box that is tried: one that tells more than the symptom, where there is one
	for of := range first {
		_, id, _ := strings.Cut(of.told, "symptom=")
		if len(of.told) > len(symptoms[id]) {
			symptoms[id] = of.told
		}
	}
	for i, symptom := range slices.Sorted(maps.Values(symptoms)) {
		page := first[start{[]string{"en", "ja"}[i%2], symptom}]
		if page == "" {
			t.Errorf("%s has an article in one language alone: %v", symptom, first)
			continue
		}
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			r := opens(t, s, device{prefers: []string{"prefers-reduced-motion: reduce"}})
			r.goes(page)
			given := ask[string](r, `(({ dataset: { start } }, { dataset: { answer } }) => [...start.split('&'), answer].filter(Boolean).sort().join('&'))(document.querySelector('.ask'), document.querySelector('.ask [data-answer]'))`)
			article := ask[string](r, `document.querySelector('.ask').dataset.start`)
			r.clicks(".ask [data-answer]")
			r.arrives(page + "#v=1&" + given)
			shown := func(given string) desk {
				t.Helper()
				told := given
				if at := provider.FindStringSubmatch(given); at != nil {
					choice := regexp.MustCompile(`value="?` + at[1] + `"? data-answers="([^"]*)`).FindSubmatch(s.tree["en/check/index.html"])
					told = strings.Replace(given, at[0], html.UnescapeString(string(choice[1])), 1)
				}
				if found := reckon(r, told); !found.Done {
					return r.stands(found.Next.Question, given)
				}
				return r.stands("", given)
			}
			d := shown(given)
			if ask[string](r, `document.activeElement.closest('ssl-check') && document.activeElement.textContent`) == "" {
				t.Errorf("nothing in the checker has the focus: %+v", d)
			}
			if n := ask[int](r, `[...document.querySelectorAll('ssl-check a[href], ssl-check option[data-url]')].filter((a) => !(a.getAttribute('href') ?? a.dataset.url).match(/^(#|http)/)).length`); n != 0 {
				t.Errorf("%d links are still relative to the checker's own page", n)
			}
			more := d.Asked != ""
			if more {
				r.clicks("[data-slot=result]")
				d = r.stands("", given)
			}
			if len(d.Plans)+len(d.Causes) == 0 || d.Code == "" {
				t.Errorf("what is found: %+v", d)
			}
			if steps := ask[int](r, `document.querySelectorAll('.result figure.code').length`); steps != ask[int](r, `document.querySelectorAll('.result figure.code > .copy').length`) {
				t.Error("a block of code in the result has no button")
			}
			if more {
				r.turns(-1)
				shown(given)
			}
			r.do(chromedp.Reload())
			shown(given)
			r.turns(-1) // to the first question, with what the article tells
			shown(article)
		})
	}
	if len(symptoms) < 10 {
		t.Errorf("articles have the checker for %d symptoms alone", len(symptoms))
	}
}

func TestTheCheckerInAnArticleThatCannotBeFetchedLeadsOnWithoutScript(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{blocked: "*://*:*/*/check/", expected: []string{"loading failed: Fetch"}})
	r.goes("en/error-521/")
	to := ask[string](r, `document.querySelector('.ask [data-answer]').pathname`)
	r.clicks(".ask [data-answer]")
	r.arrives(strings.TrimPrefix(to, "/repo/"))
}
