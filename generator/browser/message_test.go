package browser

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp/kb"
)

// ticked are the boxes that are, in their order.
func (r *reader) ticked() string {
	r.Helper()
	return ask[string](r, `[...document.querySelectorAll('[data-question]:not([hidden]) input:checked')].map((box) => box.value).join()`)
}

func TestWhatIsAtHandIsTickedByKeyboardAndCanBeChanged(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang, width: 320, height: 740, prefers: []string{"prefers-reduced-motion: reduce"}})
			const before = "origin=hosting&symptom=525"
			r.goes(lang + "/check/#v=1&" + before)
			r.stands("access", before)
			if got := r.ticked(); got != "" {
				t.Errorf("ticked already: %q", got)
			}
			to := func(value string) { r.tabsTo(`document.activeElement.value === ` + quote(value)) }
			ticks := func(value, want string) {
				t.Helper()
				to(value)
				r.presses(" ")
				if got := r.ticked(); got != want {
					t.Errorf("after %s, ticked are %q, want %q", value, got, want)
				}
			}

			// Nothing is no answer: it is said, politely, where the reader then is.
			to("dashboard")
			r.presses(kb.Tab, kb.Tab, kb.Enter)
			said := ask[struct {
				Text, Role, Focus string
				Invalid           int
			}](r, `(({ textContent, role }) => ({ text: textContent, role, focus: document.activeElement.value, invalid: document.querySelectorAll('[aria-invalid=true]').length }))(document.querySelector('[data-slot=empty]'))`)
			if want := ask[string](r, phrases+`.empty`); said.Text != want || said.Role != "status" || said.Focus != "dashboard" || said.Invalid != 5 {
				t.Errorf("of no tick is said %+v, want %q", said, want)
			}
			r.stands("access", before)
			ticks("panel", "panel")
			if ask[bool](r, `!!document.querySelector('[data-slot=empty]').textContent || !!document.querySelector('[aria-invalid]')`) {
				t.Error("it is still said after a tick")
			}

			// Nothing, and not knowing, stand alone.
			ticks("none", "none")
			ticks("unknown", "unknown")
			ask[int](r, `document.querySelector('[value=panel]').focus(), 1`)
			ticks("panel", "panel")
			ask[int](r, `document.querySelector('[value=dashboard]').focus(), 1`)
			ticks("dashboard", "dashboard,panel")
			r.presses(kb.Enter)
			const given = "access=dashboard,panel&" + before
			next := reckon(r, given).Next.Question
			r.stands(next, given)
			shown := ask[string](r, `document.querySelector('.given a[href$="at=access"]').closest('dd').querySelector('span').textContent`)
			if want := ask[string](r, fmt.Sprintf(`(({ dashboard, comma, panel }) => dashboard + comma + panel)(%s)`, phrases)); shown != want {
				t.Errorf("among the answers it is %q, want %q", shown, want)
			}
			r.clicks(`.given a[href$="&at=access"]`)
			r.stands("access", given)
			if got := r.ticked(); got != "dashboard,panel" {
				t.Errorf("to be changed are %q", got)
			}
			r.turns(-1)
			r.stands(next, given)
			r.turns(-1)
			r.stands("access", before)
		})
	}
}

func TestALinkWithWhatIsAtHandIsPutRight(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	for said, want := range map[string]string{
		"panel,dashboard":             "dashboard,panel",
		"shell,panel,dashboard,shell": "dashboard,panel,shell",
		"shell":                       "shell",
		"none":                        "none",
		"unknown":                     "unknown",
		"none,panel":                  "",
		"unknown,panel":               "",
		"panel,desk":                  "",
		"":                            "",
		",panel":                      "",
	} {
		given := "origin=hosting&symptom=525"
		if want != "" {
			given = "access=" + want + "&" + given
		}
		r.goes("en/check/#v=1&symptom=525&access=" + url.QueryEscape(said) + "&origin=hosting")
		d := r.stands(reckon(r, given).Next.Question, given)
		if slices.Contains(d.Notices, "dropped") != (want == "") {
			t.Errorf("%q: the page shows the notices %q", said, d.Notices)
		}
	}
}

// asks is a case in which the host is asked, with a fact for every line.
const asks = "access=none&always=sometimes&mode=full&origin=hosting&scheme=both&since=renewal&symptom=525&at=result"

func TestTheMessageIsCopiedInEitherLanguageAndNamesNoHost(t *testing.T) {
	t.Parallel()
	s := site(t, "/repo/")
	r := opens(t, s, device{prefers: []string{"prefers-reduced-motion: reduce"}})
	clipboard.Lock()
	defer clipboard.Unlock()
	r.lets(browser.PermissionSettingGranted)
	const code = `document.querySelector('.letter code')`
	copied := func() string {
		t.Helper()
		ask[int](r, `navigator.clipboard.writeText('').then(() => { document.querySelector('#said').textContent = ''; return 1; })`)
		r.clicks(".letter .copy")
		r.awaits(`document.querySelector('#said').innerText === document.querySelector('#said').dataset.done`)
		return ask[string](r, "navigator.clipboard.readText()")
	}
	texts := map[string]string{}
	for _, lang := range []string{"ja", "en"} {
		r.opensCase(lang, asks)
		texts[lang] = copied()
		if texts[lang] != ask[string](r, code+`.textContent`) {
			t.Errorf("%s: copied is\n%s", lang, texts[lang])
		}
		for key, value := range map[string]string{"always": "sometimes", "mode": "full", "since": "renewal", "scheme": "both"} {
			if word := ask[string](r, fmt.Sprintf(`document.querySelector('[data-question=%s] [value=%s]').nextElementSibling.textContent`, key, value)); !strings.Contains(texts[lang], word) {
				t.Errorf("%s: %q is not in\n%s", lang, word, texts[lang])
			}
		}
		if strings.Contains(texts[lang], "127.0.0.1") || !strings.Contains(texts[lang], "Ray ID") || strings.Contains(texts[lang], "\n\n\n") {
			t.Errorf("%s: the message is\n%s", lang, texts[lang])
		}
	}
	for page, lang := range map[string]string{"ja": "en", "en": "ja"} {
		r.opensCase(page, asks)
		ask[int](r, `((select) => { select.value = `+quote(lang)+`; select.dispatchEvent(new Event('change')); return 1; })(document.querySelector('.letter select'))`)
		r.awaits(code + `.parentElement.lang === ` + quote(lang))
		if got := copied(); got != texts[lang] {
			t.Errorf("on the page in %s, the message in %s is\n%s\nwant\n%s", page, lang, got, texts[lang])
		}
	}
}

func TestWithoutItsWordsAMessageLeavesTheStepAsItIs(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{blocked: "*://*:*/*/letters.*", expected: []string{"loading failed: Fetch"}})
	d := r.opensCase("en", "origin=home&symptom=other&at=result")
	if len(d.Plans) != 1 || d.Plans[0].Did != "ask_host" || ask[bool](r, `!!document.querySelector('.letter')`) {
		t.Errorf("shown is %+v", d.Plans)
	}
	if !ask[bool](r, `document.querySelector('[data-slot=plans] [data-part=how]').checkVisibility()`) {
		t.Error("the step does not say how to ask")
	}
}

// TestWhereNothingIsProvedNothingIsClaimed: a message is called one, says why, and can be followed up.
func TestWhereNothingIsProvedNothingIsClaimed(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{languages: lang})
			r.opensCase(lang, "origin=home&symptom=other&at=result")
			shown := ask[struct {
				Heading, Why, Text string
				Form, Claim        bool
			}](r, `(([plan]) => ({ heading: document.querySelector('[data-slot=todo]').textContent, why: plan.querySelector('.unproved').innerText, text: plan.innerText,
				form: plan.querySelector('form').checkVisibility(), claim: [...plan.querySelectorAll('.proof, .ends, .then, .alert')].some((part) => part.checkVisibility()) }))(document.querySelectorAll('.plan'))`)
			if want := ask[string](r, phrases+`.message_host`); shown.Heading != want {
				t.Errorf("it is called %q, want %q", shown.Heading, want)
			}
			if want := ask[string](r, phrases+`.why_something_else`); shown.Why != want || shown.Claim || !shown.Form {
				t.Errorf("shown is %+v", shown)
			}
		})
	}
}

// sending is what a page tells of whom a plan needs, and of what is sent to them.
type sending struct{ Needs, Letters []string }

var (
	foundThere  = regexp.MustCompile(`(?s)<div class="desk result">(.*?)<section class="causes">`)
	thereLive   = regexp.MustCompile(`#v=1&amp;([^"]+)"`)
	thereNeeds  = regexp.MustCompile(`<p class="needs">(.*?)</p>`)
	thereLetter = regexp.MustCompile(`(?s)<figure class="code" data-label="[^"]*"><pre[^>]*><code>(.*?)</code>`)
)

const readAsking = `(async () => {
	const root = document.querySelector('ssl-check');
	document.documentElement.style.display = 'none'; // what is read needs no layout
	const all = [];
	for (const query of %s) {
		root.begin({ answers: Object.fromEntries(new URLSearchParams(query)), at: 'result' });
		await root.show();
		const texts = (selector) => [...root.querySelectorAll('[data-slot=plans] ' + selector)].filter((part) => !part.closest('.then')).map((part) => part.textContent);
		all.push({ needs: texts('.needs'), letters: texts('.letter code') });
	}
	return all;
})()`

// TestWithAndWithoutScriptTheSameIsNeededAndTheSameIsSent reads every page of the way without script at which something is
// found, half of them in each language, and the page with script for the same answers.
func TestWithAndWithoutScriptTheSameIsNeededAndTheSameIsSent(t *testing.T) {
	t.Parallel()
	for half, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s := site(t, "/")
			r := opens(t, s, device{languages: lang})
			r.opensCase(lang, "symptom=525&at=result")
			var queries []string
			var want []sending
			found, letters := 0, 0
			for _, page := range s.pages() {
				if !strings.HasPrefix(page, lang+"/check/") {
					continue
				}
				m := foundThere.FindSubmatch(s.tree[page+"index.html"])
				if m == nil {
					continue
				}
				if found++; found%2 != half {
					continue
				}
				query, err := url.QueryUnescape(string(thereLive.FindSubmatch(s.tree[page+"index.html"])[1]))
				if err != nil {
					t.Fatal(err)
				}
				var told sending
				for _, n := range thereNeeds.FindAllSubmatch(m[1], -1) {
					told.Needs = append(told.Needs, html.UnescapeString(string(n[1])))
				}
				for _, l := range thereLetter.FindAllSubmatch(m[1], -1) {
					told.Letters = append(told.Letters, html.UnescapeString(string(l[1])))
				}
				letters += len(told.Letters)
				queries, want = append(queries, html.UnescapeString(query)), append(want, told)
			}
			if len(queries) < 100 || letters < 10 {
				t.Fatalf("%d pages with %d messages are compared", len(queries), letters)
			}
			at := 0
			for some := range slices.Chunk(queries, 100) {
				asked, _ := json.Marshal(some)
				for _, got := range ask[[]sending](r, fmt.Sprintf(readAsking, asked)) {
					if fmt.Sprint(got) != fmt.Sprint(want[at]) {
						t.Errorf("%s:\nwith script\n%s\nwithout\n%s", queries[at], got, want[at])
					}
					at++
				}
			}
		})
	}
}

// TestWhoWouldRatherAskFindsTheMessageUnderTheCard: folded, to the host, or to the owner where everything is in a dashboard that is not known to be theirs. It asks for what the card says.
func TestWhoWouldRatherAskFindsTheMessageUnderTheCard(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja", prefers: []string{"prefers-reduced-motion: reduce"}})
	for given, want := range map[string]struct{ to, asks string }{
		"access=dashboard,panel&mode=strict&provider=xserver&since=nothing&symptom=525": {"サーバー会社", "証明書を入れてください"},
		"mode=flexible&origin=platform&symptom=loop":                                    {"持ち主", "モードをFull (strict)にしてください"},
		"access=dashboard&mode=flexible&origin=hosting&symptom=loop":                    {"サーバー会社", "ログで調べてください"},
	} {
		r.goes("ja/check/#v=1&" + given + "&at=result")
		r.awaits(`document.querySelector('.plan[open] .message')?.checkVisibility()`)
		if summary := ask[string](r, `document.querySelector('.plan .message').textContent`); !strings.Contains(summary, want.to) {
			t.Errorf("%s: the message is %q, want one to %s", given, summary, want.to) // and nothing is written before anybody looks
		}
		r.clicks(".plan .message summary")
		r.awaits(`document.querySelector('.plan .message .letter code')?.textContent.length > 100`)
		if letter := ask[string](r, `document.querySelector('.plan .message .letter code').textContent`); strings.ContainsAny(letter, "{}") || !strings.Contains(letter, want.asks) {
			t.Errorf("%s: this is written:\n%s", given, letter)
		}
	}
}
