package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// read is what the page tells of a text that was pasted.
type read struct {
	Kinds, Field, Status     string
	Key, Healthy, Nothing    bool
	Use, Usable              bool     // the button for the answers, and whether there is something to use
	Answers, Offers          []string // question=value, of offers and answers; those that are ticked begin with +
	Conflicts, Withheld      []string
	Quotes, Conditions, Next []string
	Secrets, Open            string
	Page                     wholePage // all of it
}

// wholePage is long, and is not printed where something else is wrong.
type wholePage string

func (wholePage) String() string { return "…" }

const readReading = `(() => {
	const form = document.querySelector('.paste');
	const part = (name) => form.querySelector('[data-part=' + name + ']');
	const seen = (element) => !!element?.checkVisibility();
	const texts = (selector) => [...form.querySelectorAll(selector)].filter(seen).map((element) => element.textContent.trim());
	const claims = (name) => [...form.querySelectorAll('[data-part=' + name + '] input')].map((input) => (input.checked ? '+' : '') + input.dataset.asks + '=' + input.value);
	return {
		kinds: part('kinds')?.textContent ?? '', field: form.elements.text.value, status: part('status').textContent,
		key: seen(part('key')), healthy: seen(part('healthy')), nothing: seen(part('nothing')),
		use: seen(part('use')), usable: part('use')?.querySelector('button').disabled === false,
		answers: claims('answers'), offers: claims('offers'), conflicts: claims('conflicts'), withheld: texts('[data-part=withheld] li'),
		quotes: texts('blockquote p'), conditions: texts('[data-part=offers] li > .quiet'), next: texts('[data-part=next] code'),
		secrets: texts('[data-part=secrets] li').join(), open: part('open')?.textContent ?? '', page: document.documentElement.outerHTML + form.elements.text.value,
	};
})()`

// attends opens the checker, and waits until the field can read.
func (r *reader) attends(lang string) {
	r.Helper()
	r.goes(lang + "/check/")
	ask[bool](r, `(document.getElementById('pasted').focus(), true)`)
	r.pastes("nothing of note")
}

// pastes puts a text where the reader's cursor is, in place of what was there, and waits until it is read.
func (r *reader) pastes(text string) read {
	r.Helper()
	ask[bool](r, `(document.querySelector('[data-part=reading]').replaceChildren(), document.getElementById('pasted').value = '', true)`)
	quoted, _ := json.Marshal(text)
	r.awaits(`document.querySelector('.paste').matches(':focus-within')`)
	r.awaits(fmt.Sprintf(`(() => {
		if (document.querySelector('[data-part=reading] .reading')) return true;
		if (window.given === %[1]s) return false;
		const data = new DataTransfer();
		data.setData('text', %[1]s);
		const field = document.getElementById('pasted');
		if (field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))) return false; // nobody attends yet
		window.given = %[1]s;
	})()`, quoted))
	ask[bool](r, `(window.given = undefined, true)`)
	return ask[read](r, readReading)
}

// pasted is a sample of the reader's own.
func pasted(t *testing.T, id string) string {
	t.Helper()
	for _, name := range []string{"samples.jsonl", "others.jsonl", "unseen.jsonl"} {
		data, err := os.ReadFile(top + "/wasmcheck/evidence/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			var sample struct{ ID, Text string }
			if err := json.Unmarshal([]byte(line), &sample); err != nil {
				t.Fatal(err)
			}
			if sample.ID == id {
				return sample.Text
			}
		}
	}
	t.Fatalf("there is no sample %s", id)
	return ""
}

// key is a private key that nobody has, and cookie one that nobody was given.
const (
	key    = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUHdY7q0b4Zk3mXw2\nT1nqk9r6cYVw0sJzQmB1aLh5Xo2hRANCAAQ3b7d0Yk3f8mVt6pQeW5uTnB2cRzXq\n-----END PRIVATE KEY-----\n"
	cookie = "sid=4f1c9ab27e0d4c53b9"
)

// TestALongPasteIsReadByAReaderThatIsNew: its memory grows while the text is handed over.
func TestALongPasteIsReadByAReaderThatIsNew(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja"})
	line := "2026/11/28 10:00:00 [error] 7#7: *1 client closed connection while SSL handshaking, client: 203.0.113.7, server: 0.0.0.0:443\n"
	for _, length := range []int{135_000, 217_000, 813_000} {
		r.goes("ja/check/")
		ask[bool](r, `(document.getElementById('pasted').focus(), true)`)
		if got := r.pastes(strings.Repeat(line, length/len(line))); got.Status == "" && got.Kinds == "" || len(got.Field) < length/2 {
			t.Errorf("%d bytes: %+v, %d bytes in the field", length, got, len(got.Field))
		}
	}
}

// TestHowLongAPasteTakes prints, and asserts nothing: the machine may be busy
// with other things.
func TestHowLongAPasteTakes(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("skipped: it prints, and asserts nothing; -v shows it")
	}
	r := opens(t, site(t, "/"), device{})
	r.goes("en/check/")
	took := ask[struct{ Start, First, Median, Least, Mask, Megabyte, Five float64 }](r, `(async () => {
		const checker = document.querySelector('script[src*="/ssl-check."]').src;
		const [engine] = (await (await fetch(checker)).text()).match(/engine\.\w+\.js/);
		const { start, ask } = await import(new URL(engine, checker));
		const { reader } = document.querySelector('[data-form=paste]').dataset;
		const timed = async (what) => { const begin = performance.now(); await what(); return performance.now() - begin; };
		const text = `+quote(ofAllKinds(t, 100_000))+`;
		const read = (text) => timed(() => ask(reader, 'read?2026-11-28?' + text));
		const begun = await timed(() => start(reader));
		const first = await read(text);
		const all = async (text, times) => { const all = []; for (let n = 0; n < times; n++) all.push(await read(text)); return all.sort((a, b) => a - b); };
		const short = await all(text, 41);
		return { start: begun, first, median: short[20], least: short[0], mask: await timed(() => ask(reader, 'mask?' + text)), megabyte: (await all(text.repeat(10), 5))[2], five: (await all(text.repeat(50), 5))[2] };
	})()`)
	t.Logf("in Chromium the reader starts in %.0f ms; of 100 KB of all kinds the first reading takes %.1f ms, the median of 41 is %.1f ms (budget 20 ms), the least %.1f ms, masking %.1f ms; 1 MB take %.0f ms (budget 200 ms), 5 MB %.0f ms (budget 300 ms)",
		took.Start, took.First, took.Median, took.Least, took.Mask, took.Megabyte, took.Five)
}

// ofAllKinds are so many bytes of the reader's samples, one behind another.
func ofAllKinds(t *testing.T, size int) string {
	data, err := os.ReadFile(top + "/wasmcheck/evidence/testdata/samples.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for line := range strings.Lines(string(data)) {
		var sample struct{ Text string }
		if err := json.Unmarshal([]byte(line), &sample); err != nil {
			t.Fatal(err)
		}
		text.WriteString(sample.Text + "\n")
	}
	return strings.ToValidUTF8(text.String()[:size], "")
}

// TestALineAsLongAsABookDoesNotHoldThePage: set by a script or an extension, it is taken away before it is laid out, which would take a
// browser half a minute, and is read. What stands in the field is what a browser lays out at once.
func TestALineAsLongAsABookDoesNotHoldThePage(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja"})
	r.attends("ja")
	ask[bool](r, `(document.querySelector('[data-part=reading]').replaceChildren(), true)`)
	if left := ask[int](r, `(() => {
		const field = document.getElementById('pasted');
		field.value = 'エラー525が出ます。CloudflareのモードはFullです。'.repeat(60_000);
		field.dispatchEvent(new Event('input', { bubbles: true }));
		return field.value.length;
	})()`); left > 0 {
		t.Errorf("%d characters are left to be laid out", left)
	}
	r.awaits(`!!document.querySelector('[data-part=answers] [data-asks=symptom][value="525"]')`)
	if longest := ask[int](r, `Math.max(...document.getElementById('pasted').value.split('\n').map((line) => line.length))`); longest < 1000 || longest > 5001 {
		t.Errorf("a line of %d characters stands in the field", longest)
	}
}

func TestWhatIsPastedIsReadWithoutASecretOrARequestLeavingThePage(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		r := opens(t, site(t, "/repo/"), device{languages: lang})
		r.attends(lang)
		r.mu.Lock()
		before := len(r.requests)
		r.mu.Unlock()
		text := "$ curl -sv -H 'Cookie: " + cookie + "' --resolve example.com:443:198.51.100.7 https://example.com/\n*   Trying 198.51.100.7:443...\n* Connected to example.com (198.51.100.7) port 443 (#0)\n* ALPN: offers h2,http/1.1\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* TLSv1.3 (IN), TLS alert, unrecognized name (624):\n* error:0A000458:SSL routines::tlsv1 unrecognized name\n* Closing connection 0\ncurl: (35) error:0A000458:SSL routines::tlsv1 unrecognized name\n" + key
		got := r.pastes(text)
		if !got.Key || got.Field != "" || strings.Join(got.Answers, "&") != "+test443=alert112" || !strings.Contains(strings.Join(got.Quotes, "\n"), "unrecognized name") {
			t.Errorf("%s: %+v", lang, got)
		}
		if got.Secrets == "" || strings.Contains(string(got.Page), "4f1c9ab27e0d4c53b9") || strings.Contains(string(got.Page), "MIGHAgEAMBMGByqGSM49") {
			t.Errorf("%s: a secret stands in the page, or is not told of: %s", lang, got.Secrets)
		}
		kept := ask[string](r, `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie, history.state])`)
		if strings.Contains(kept, "4f1c9ab27e0d4c53b9") || strings.Contains(kept, "198.51.100.7") || strings.Contains(kept, "unrecognized") {
			t.Errorf("%s: what was pasted is kept: %s", lang, kept)
		}
		r.mu.Lock()
		if after := r.requests[before:]; len(after) > 0 {
			t.Errorf("%s: after the paste the page asked for %q", lang, after)
		}
		r.mu.Unlock()

		// What was read is used, and has its mark in the answers and in the ticket.
		ask[bool](r, `(document.querySelector('[data-part=use] button').click(), true)`)
		r.awaits(`location.hash === '#v=1&read=test443&test443=alert112'`)
		r.awaits(`document.querySelector('[data-slot=given] dd small')?.textContent !== ''`)
		if mark := ask[string](r, `document.querySelector('[data-slot=given] dd small').textContent`); !strings.Contains(mark, "curl") {
			t.Errorf("%s: the mark is %q", lang, mark)
		}
		if page := ask[string](r, `document.documentElement.outerHTML`); strings.Contains(page, "4f1c9ab27e0d4c53b9") {
			t.Errorf("%s: the secret has come back", lang)
		}
	}
}

// TestAnOutputInTheFieldOfAnyPageIsReadByTheChecker from hand to hand: nothing
// keeps it, and what it has of secrets does not stand in the page.
func TestAnOutputInTheFieldOfAnyPageIsReadByTheChecker(t *testing.T) {
	t.Parallel()
	const text = "$ curl -sv -H 'Cookie: " + cookie + "' --resolve example.com:443:198.51.100.7 https://example.com/\n* TLSv1.3 (IN), TLS alert, unrecognized name (624):\ncurl: (35) error:0A000458:SSL routines::tlsv1 unrecognized name\n"
	for i, page := range []string{"ja/", "en/error-525/", "ja/search/", "en/check/", "nowhere/"} {
		expected := []string{}
		if page == "nowhere/" {
			expected = []string{"answer: 404", "log: network"}
		}
		r := opens(t, site(t, "/repo/"), device{languages: "en", expected: expected})
		r.goes(page)
		r.presses("/")
		ask[int](r, fmt.Sprintf(`(() => { const data = new DataTransfer(); data.setData('text', %s); const field = document.querySelector('site-search input');
			field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })); field.value = %s; field.dispatchEvent(new Event('input', { bubbles: true })); return 1; })()`, quote(text), quote(strings.ReplaceAll(text, "\n", ""))))
		r.awaits(`document.querySelector('[data-slot=ways] [data-reads]') !== null`)
		if i%2 == 0 {
			r.presses(kb.Enter)
		} else {
			r.clicks("[data-slot=ways] [data-reads]")
		}
		r.awaits(`document.querySelector('[data-part=reading] .reading') !== null`)
		if got := ask[read](r, readReading); strings.Join(got.Answers, "&") != "+test443=alert112" || got.Secrets == "" {
			t.Errorf("%s: %+v", page, got)
		}
		if at := r.where(); !strings.HasSuffix(at, "/check/") {
			t.Errorf("%s: the address is %s", page, at)
		}
		kept := ask[string](r, `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie, history.state, name, document.documentElement.outerHTML, document.getElementById('pasted').value])`)
		if strings.Contains(kept, "4f1c9ab27e0d4c53b9") {
			t.Errorf("%s: the secret is kept", page)
		}
		ask[bool](r, `(document.querySelector('[data-part=use] button').click(), true)`)
		r.awaits(`document.querySelector('[data-slot=given] dd small')?.textContent !== '' && location.hash.includes('test443=alert112')`)
		// It is the checker's page in all: the other language keeps the case, and Back leads back.
		if link := ask[string](r, `(() => { dispatchEvent(new Event('hashchange')); return document.querySelector('.languages a').href; })()`); !strings.Contains(link, "/check/#v=1&read=test443&test443=alert112") {
			t.Errorf("%s: the other language is at %s", page, link)
		}
		if page != "en/check/" {
			r.turns(-2)
			r.awaits(`document.querySelector('ssl-check:not(.ask)') === null`)
			if at := r.where(); at != page {
				t.Errorf("%s: Back leads to %s", page, at)
			}
		}
		if sent := r.asked("unrecognized"); sent > 0 {
			t.Errorf("%s: what was pasted was sent", page)
		}
	}
}

// puts what is in the clipboard where the reader's cursor is, as the keys for it do.
func (r *reader) puts() {
	r.Helper()
	ctx, cancel := r.patiently()
	defer cancel()
	const control = 2
	if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: "v", Code: "KeyV", Modifiers: control, Commands: []string{"paste"}}); err != nil {
		r.Fatal(err)
	}
}

// TestWhatIsReallyPastedIntoTheOneFieldKeepsItsLines: there the browser puts a space for the end of a line, and the checker's reader
// would show all of it as the first.
func TestWhatIsReallyPastedIntoTheOneFieldKeepsItsLines(t *testing.T) {
	t.Parallel()
	clipboard.Lock()
	defer clipboard.Unlock()
	const text = "*   Trying 198.51.100.7:443...\r\n* Connected to example.com (198.51.100.7) port 443 (#0)\r\n* ALPN: offers h2,http/1.1\r\n\r\n* TLSv1.3 (IN), TLS alert, unrecognized name (624):\r\n* Closing connection 0\r\n"
	r := opens(t, site(t, "/repo/"), device{languages: "en"})
	r.lets(browser.PermissionSettingGranted)
	for _, typed := range []string{"", "Today it says: "} {
		r.goes("en/")
		ask[int](r, fmt.Sprintf(`navigator.clipboard.writeText(%s).then(() => { const { field } = document.querySelector('site-search'); field.value = ''; field.focus(); return 1; })`, quote(text)))
		r.presses(strings.Split(typed, "")...)
		r.puts()
		r.awaits(`document.querySelector('site-search input').value.includes('(624)') && document.querySelector('[data-slot=ways] [data-reads]') !== null`)
		r.presses(kb.Enter)
		r.awaits(`document.querySelector('[data-part=reading] .reading') !== null`)
		got := ask[read](r, readReading)
		if strings.Join(got.Answers, "&") != "+test443=alert112" || !strings.Contains(strings.Join(got.Quotes, "\n"), "line 5 * TLSv1.3 (IN), TLS alert") {
			t.Errorf("%q: %+v", typed, got)
		}
		if lines := strings.Count(strings.TrimSpace(got.Field), "\n"); lines != 5 || !strings.HasPrefix(got.Field, typed+"*") {
			t.Errorf("%q: %d ends of lines stand in the field: %q", typed, lines, got.Field)
		}
	}
}

// TestAFileOfALogInTheOneFieldDoesNotHoldThePage: its beginning stands for it, and all of it is read.
func TestAFileOfALogInTheOneFieldDoesNotHoldThePage(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "en"})
	r.goes("en/")
	r.presses("/")
	r.awaits(`(() => {
		const data = new DataTransfer();
		data.setData('text', '2026/11/28 10:00:00 [error] 7#7: *1 client closed connection, client: 172.70.222.41, server: 0.0.0.0:443\n'.repeat(20_000) + '2026/11/28 10:00:01 [info] 7#7: *2 handshake rejected while SSL handshaking, client: 172.70.222.41, server: 0.0.0.0:443\n');
		return !document.querySelector('site-search input').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); // else nobody attends yet
	})()`)
	if stands := ask[int](r, `document.querySelector('site-search input').value.length`); stands < 20 || stands > 210 {
		t.Errorf("%d characters stand in the field", stands)
	}
	r.awaits(`document.querySelector('[data-slot=ways] [data-reads]') !== null`)
	r.presses(kb.Enter)
	r.awaits(`document.querySelector('[data-part=answers] [data-asks=origin_log][value=sni_rejected]') !== null`)
}

func TestThePageTellsWhatIsProvedWhatMayBeAndWhatIsNot(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{})
	r.attends("en")
	offer := r.pastes("curl: (60) SSL certificate problem: certificate has expired\n")
	if len(offer.Answers) > 0 || len(offer.Offers) == 0 || strings.HasPrefix(offer.Offers[0], "+") || len(offer.Conditions) == 0 || !strings.HasPrefix(offer.Conditions[0], "Only if ") {
		t.Errorf("an offer: %+v", offer)
	}
	if offer.Usable || !offer.Use {
		t.Errorf("an offer that nobody ticked is used: %+v", offer)
	}
	ask[bool](r, `(document.querySelector('[data-part=offers] input').click(), true)`)
	if got := ask[read](r, readReading); !got.Usable {
		t.Errorf("an offer that somebody ticked is not used: %+v", got)
	}
	if got := r.pastes("lorem ipsum dolor sit amet"); got.Use || !got.Nothing || got.Kinds != "There is nothing here that can be read." {
		t.Errorf("nothing: %+v", got)
	}
	conflict := r.pastes("$ curl -v --resolve example.com:443:198.51.100.7 https://example.com/\n*   Trying 198.51.100.7:443...\n* connect to 198.51.100.7 port 443 failed: Connection refused\ncurl: (7) Failed to connect to example.com port 443: Connection refused\n\n$ openssl s_client -connect 198.51.100.7:443 -servername example.com\nCONNECTED(00000003)\n40E7:error:0A000458:SSL routines:ssl3_read_bytes:tlsv1 unrecognized name:../ssl/record/rec_layer_s3.c:1605:SSL alert number 112\n---\nno peer certificate available\n---\n")
	if strings.Join(conflict.Conflicts, " ") != "test443=refused test443=alert112" || len(conflict.Answers) > 0 {
		t.Errorf("a conflict: %+v", conflict)
	}
	if got := r.pastes(pasted(t, "lab-future-sclient")); !got.Use || !got.Usable || len(got.Answers) < 4 || len(got.Quotes) == 0 || got.Open == "" {
		t.Errorf("many answers: %+v", got)
	}
	// An answer that is unticked is not used.
	ask[bool](r, `(document.querySelectorAll('[data-part=answers] input:not([data-asks=dates])').forEach((input) => input.click()), document.querySelector('[data-part=use] button').click(), true)`)
	r.awaits(`location.hash === '#v=1&dates=not_yet&read=dates'`)
	// What nobody is asked can be taken back.
	r.awaits(`document.querySelector('[data-slot=given] a')?.textContent === 'Remove'`)
	ask[bool](r, `(document.querySelector('[data-slot=given] a').click(), true)`)
	r.awaits(`location.hash === '#v=1'`)
}

// TestWhatIsCopiedOfAPasteHasNoSecretAndNeitherHasTheTicket: what is left is copied, for a ticket; the page's own ticket has the
// mark of where an answer is from; the console is as silent as the network, which is cut.
func TestWhatIsCopiedOfAPasteHasNoSecretAndNeitherHasTheTicket(t *testing.T) {
	t.Parallel()
	const password = "Tr0ub4dor-9"
	for _, lang := range []string{"ja", "en"} {
		r := opens(t, site(t, "/repo/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
		r.notes(`window.consoled = []; for (const name of Object.keys(console)) { const say = console[name]; if (typeof say === 'function') console[name] = (...all) => { consoled.push(...all.map(String)); say(...all); }; }`)
		func() {
			clipboard.Lock()
			defer clipboard.Unlock()
			r.lets(browser.PermissionSettingGranted)
			r.attends(lang)
			r.throttles(conditions{Offline: true, Download: -1, Upload: -1}, 1)
			defer r.throttles(conditions{Download: -1, Upload: -1}, 1)
			got := r.pastes("$ curl -v -u admin:" + password + " -H 'Cookie: " + cookie + "' https://198.51.100.7/\n*   Trying 198.51.100.7:443...\n* connect to 198.51.100.7 port 443 failed: Connection refused\ncurl: (7) Failed to connect to 198.51.100.7 port 443: Connection refused\n" + key)
			if !got.Key || got.Field != "" || strings.Join(got.Answers, "&") != "+test443=refused" {
				t.Errorf("%s: without a network: %+v", lang, got)
			}
			copied := r.copies("[data-part=copy]")
			for _, part := range []string{password, "4f1c9ab27e0d4c53b9", "MIGHAgEAMBMGByqGSM49"} {
				if strings.Contains(copied, part) {
					t.Errorf("%s: %.8s… is copied", lang, part)
				}
			}
			if !strings.Contains(copied, "▒▒▒") || !strings.Contains(copied, "Connection refused") || !strings.Contains(copied, "198.51.100.7") {
				t.Errorf("%s: what is left is not copied: %q", lang, copied)
			}
			r.throttles(conditions{Download: -1, Upload: -1}, 1)

			// Of what is used the ticket tells the answer and its line, and no more.
			r.clicks("[data-part=use] button")
			r.awaits(`location.hash === '#v=1&read=test443&test443=refused'`)
			ask[bool](r, `(location.hash += '&at=result', true)`) // it would ask what is seen
			r.awaits(`document.querySelector('[data-form=note]')?.checkVisibility()`)
			for _, format := range []string{"text", "markdown"} {
				ask[int](r, fmt.Sprintf(`(({ format }) => { format.value = %q; return 1; })(document.querySelector('[data-form=note]').elements)`, format))
				ticket := r.copies("[data-form=note] button")
				for _, part := range []string{password, "4f1c9ab27e0d4c53b9", "MIGHAgEAMBMGByqGSM49", "198.51.100.7", "Trying"} {
					if strings.Contains(ticket, part) {
						t.Errorf("%s: %.8s… stands in the ticket", lang, part)
					}
				}
				if !strings.Contains(ticket, "curl") {
					t.Errorf("%s: the ticket does not say what the answer is from: %q", lang, ticket)
				}
			}
		}()
		kept := ask[string](r, `JSON.stringify([consoled, { ...localStorage }, { ...sessionStorage }, location.href, document.cookie, history.state, document.documentElement.outerHTML])`)
		for _, part := range []string{password, "4f1c9ab27e0d4c53b9", "MIGHAgEAMBMGByqGSM49", "198.51.100.7:443..."} {
			if strings.Contains(kept, part) {
				t.Errorf("%s: %.8s… is kept", lang, part)
			}
		}
	}
}

// TestAHealthyOutputIsCalledHealthy, as plainly as a fault is named, in either language.
func TestAHealthyOutputIsCalledHealthy(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		r := opens(t, site(t, "/repo/"), device{languages: lang})
		r.attends(lang)
		if got := r.pastes(pasted(t, "v-s35-pq-ok")); !got.Healthy || got.Key || got.Nothing || !strings.Contains(strings.Join(got.Answers, " "), "+test443=ok") {
			t.Errorf("%s: %+v", lang, got)
		}
		if got := r.pastes(pasted(t, "v-s-cn-injected")); got.Healthy || !strings.Contains(strings.Join(got.Answers, " "), "+test443=self_signed") {
			t.Errorf("%s: a certificate that praises itself: %+v", lang, got)
		}
	}
}

// TestTheFieldIsUsedByKeyboard: typed, read, an answer taken back, the others used.
func TestTheFieldIsUsedByKeyboard(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		r := opens(t, site(t, "/repo/"), device{languages: lang, prefers: []string{"prefers-reduced-motion: reduce"}})
		r.goes(lang + "/check/")
		r.tabsTo(`document.activeElement.id === 'pasted'`)
		r.presses(strings.Split("Error 525. The SSL mode is Full.", "")...)
		r.awaits(`document.querySelectorAll('[data-part=answers] input').length === 2`)
		if at := ask[string](r, `document.activeElement.id`); at != "pasted" {
			t.Errorf("%s: reading has taken the cursor away, to %q", lang, at)
		}
		r.tabsTo(`document.activeElement.dataset.asks === 'mode'`)
		r.presses(" ")
		r.awaits(`!document.activeElement.checked`)
		r.tabsTo(`!!document.activeElement.closest('[data-part=use]')`)
		r.presses(kb.Enter)
		r.awaits(`location.hash === '#v=1&read=symptom&symptom=525'`)
	}
}

// TestAFileIsDroppedOrChosenAndReadToo, whoever wrote it: what PowerShell prints into a file has 16 bits a letter, what a
// Japanese prompt does is Shift_JIS, and of a log that is too long a line has its number.
func TestAFileIsDroppedOrChosenAndReadToo(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/repo/"), device{width: 390, height: 844, touch: true})
	r.attends("en")
	for _, row := range []struct{ file, answer, quote string }{
		{`'nginx: [emerg] bind() to 0.0.0.0:443 failed (98: Address already in use)\n'`, "+origin_log=bind_failed", "line 1"},
		{`Uint16Array.from('\ufeffcurl: (47) Maximum (50) redirects followed\r\n', (c) => c.charCodeAt())`, "+symptom=loop", "line 1"},
		{`Uint8Array.of(0x83,0x8a,0x83,0x5f,0x83,0x43,0x83,0x8c,0x83,0x4e,0x83,0x67,0x82,0xcc,0x89,0xf1,0x90,0x94,0x82,0xaa,0x91,0xbd,0x82,0xb7,0x82,0xac,0x82,0xdc,0x82,0xb7)`, "+symptom=loop", "リダイレクトの回数が多すぎます"},
		{`'GET / HTTP/1.1\n'.repeat(400_000) + 'nginx: [emerg] bind() to 0.0.0.0:443 failed (98: Address already in use)\n'`, "+origin_log=bind_failed", "line 400001"},
	} {
		ask[int](r, `(() => {
			document.querySelector('[data-part=reading]').replaceChildren();
			const data = new DataTransfer();
			data.items.add(new File([`+row.file+`], 'error.log'));
			document.querySelector('.paste').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
			return 1;
		})()`)
		r.awaits(`!!document.querySelector('[data-part=kinds]')?.textContent`)
		if got := ask[read](r, readReading); !slices.Contains(slices.Concat(got.Answers, got.Offers), row.answer) || !strings.Contains(strings.Join(got.Quotes, " "), row.quote) || got.Status != got.Kinds {
			t.Errorf("%.99s: %+v", row.file, got)
		}
	}
	if wide := ask[bool](r, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page is wider than the phone")
	}
}

// TestAnAnswerThatStandsIsShownBesideWhatIsRead, where it is another, before it is replaced; and an example says that it is one.
func TestAnAnswerThatStandsIsShownBesideWhatIsRead(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{languages: "ja"})
	r.opensCase("ja", "mode=strict&symptom=526&test443=expired&at=result")
	ask[bool](r, `(document.getElementById('pasted').focus(), true)`)
	r.pastes(pasted(t, "v-s35-pq-ok"))
	beside := `[...document.querySelectorAll('[data-part=answers] li')].filter((one) => one.querySelector('input').dataset.asks === 'test443' && one.querySelector('.quiet').checkVisibility()).length`
	example := `document.querySelector('[data-part=example]').checkVisibility()`
	if ask[int](r, beside) != 1 || ask[bool](r, example) {
		t.Errorf("%+v", ask[read](r, readReading))
	}
	r.pastes("Error 525")
	if ask[int](r, beside) != 0 || !ask[bool](r, example) {
		t.Errorf("%+v", ask[read](r, readReading))
	}
}
