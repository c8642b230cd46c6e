package browser

import (
	"compress/gzip"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	protocol "github.com/chromedp/cdproto/network"
)

// shifts are the layout shifts that a page counts against itself.
const shifts = `performance.shifted = 0; performance.movers = []; new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) { performance.shifted += e.value; performance.movers.push(...e.sources.map(({ node, previousRect: a, currentRect: b }) => [node?.nodeName, node?.className ?? node?.textContent, a.x, a.y, a.width, a.height, 'to', b.x, b.y, b.width, b.height].join(' '))); } }).observe({ type: 'layout-shift', buffered: true })`

// busy is what a case shows, frame by frame, while the module is on its way:
// the words that wait, and else the field for what is pasted.
const busy = `performance.busy = []; (function look() {
	const seen = (one) => document.querySelector(one)?.checkVisibility();
	if (document.querySelector('.case')?.ariaBusy && !seen('[data-form=ask]') && !seen('.result')) performance.busy.push(seen('.waiting') + ' ' + seen('.paste'));
	requestAnimationFrame(look);
})()`

// TestNothingJumps: what is there first keeps its place until the reader acts,
// also where a case in the address waits for the module, and where scripts put
// tabs, fields or forms into the first screen.
func TestNothingJumps(t *testing.T) {
	t.Parallel()
	for _, d := range []device{
		{width: 390, height: 844, touch: true, languages: "ja"},
		{width: 1280, height: 900},
	} {
		t.Run(fmt.Sprint(d.width), func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), d)
			r.notes(shifts)
			r.notes(busy)
			waited := 0
			lang := map[bool]string{true: "ja", false: "en"}[d.touch]
			for _, at := range []string{
				lang + "/", lang + "/flexible/", lang + "/check/", lang + "/check/525/",
				lang + "/read-output/", lang + "/open-port-443/", lang + "/certificate-nginx/", lang + "/certificate-lifetimes/#os=windows",
				lang + "/articles/", lang + "/search/#q=525", lang + "/support/", lang + "/search/#q=qqqqqqq", lang + "/check/origin-leg/", lang + "/search/",
				lang + "/check/#v=1&symptom=525", lang + "/check/#v=1&" + unknownName,
				lang + "/check/#v=1&access=none&origin=hosting&symptom=525&at=result",
				lang + "/error-525/#v=1&access=none&mode=strict&symptom=525&at=result", // in an article it is a part of the text
			} {
				r.goes(at)
				if strings.Contains(at, "#q=") {
					r.awaits(`/found|none/.test(document.querySelector('[data-engine]').dataset.state)`)
				}
				if strings.Contains(at, "#v=1") {
					r.awaits(`!document.querySelector('.case').ariaBusy && [...document.querySelectorAll('.case form[data-form=ask], .case .result')].some((part) => part.checkVisibility())`)
					for _, shown := range ask[[]string](r, `performance.busy`) {
						if waited++; shown != "true false" {
							t.Errorf("%s: while it waits, words and field are shown: %s", at, shown)
							break
						}
					}
				}
				if moved := ask[float64](r, `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.shifted), 50)))`); moved > 0 {
					t.Errorf("%s moves by %.3f: %q", at, moved, ask[[]string](r, `performance.movers`))
				}
			}
			if waited == 0 {
				t.Error("nothing was waited for, so this test sees nothing")
			}
			// What is below an article's box leaves the window at the tap, and not when what was tapped for has come.
			r.goes(lang + "/error-521/")
			if below := ask[float64](r, `(() => {
				const box = document.querySelector('.ask');
				box.scrollIntoView({ behavior: 'instant' });
				box.querySelector('[data-answer]').click();
				return box.nextElementSibling.getBoundingClientRect().top / innerHeight;
			})()`); below < 1 {
				t.Errorf("what is below an article's box still stands at %.2f of the window", below)
			}
		})
	}
}

// slowly serves a site as GitHub Pages does, compressed: what a slow network
// carries.
func slowly(t *testing.T, files fs.FS) *hosted {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serve := http.FileServerFS(files)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer func() { _ = z.Close() }()
		serve.ServeHTTP(&packed{w, z}, r)
	})}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return &hosted{base: "http://" + listener.Addr().String() + "/"}
}

type packed struct {
	http.ResponseWriter
	z *gzip.Writer
}

func (p *packed) Write(b []byte) (int, error) { return p.z.Write(b) }
func (p *packed) WriteHeader(code int) {
	p.Header().Del("Content-Length")
	p.ResponseWriter.WriteHeader(code)
}

// times are what a reader waits for, in milliseconds.
type times struct{ question, words, card float64 }

// conditions are those of a network: milliseconds, and bytes a second; -1 for
// no limit. The protocol's package has the command no more; browsers do.
type conditions struct {
	Offline  bool    `json:"offline"`
	Latency  float64 `json:"latency"`
	Download float64 `json:"downloadThroughput"`
	Upload   float64 `json:"uploadThroughput"`
}

// throttles slows the reader's network, and the processor so many times. What
// is fetched is not kept then.
func (r *reader) throttles(network conditions, processor float64) {
	r.Helper()
	r.do(
		call(cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}, network),
		call(protocol.SetCacheDisabled, protocol.SetCacheDisabledParams{CacheDisabled: processor > 1}),
		call(emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: processor}),
	)
}

// onAPhone measures on a phone that is throttled: 150 ms, 200 KB/s, and a
// quarter of this processor.
func onAPhone(t *testing.T, h *hosted) (waited times) {
	t.Helper()
	fresh := func() *reader {
		r := opens(t, h, device{width: 390, height: 844, touch: true, languages: "ja"})
		r.throttles(conditions{Latency: 150, Download: 200_000, Upload: 200_000}, 4)
		t.Cleanup(func() { r.throttles(conditions{Download: -1, Upload: -1}, 1) })
		return r
	}
	r := fresh()
	r.goes("ja/error-525/")
	begin := time.Now()
	r.clicks(".ask [data-answer]")
	r.awaits(`document.querySelector('[data-question]:not([hidden])')?.checkVisibility() || document.querySelector('.result')?.checkVisibility()`)
	waited.question = float64(time.Since(begin).Milliseconds())
	r = fresh()
	begin = time.Now()
	r.goes("ja/check/#v=1&" + unknownName)
	r.awaits(`document.querySelector('[data-slot=waiting]').textContent && document.querySelector('.waiting').checkVisibility()`)
	waited.words = float64(time.Since(begin).Milliseconds())
	r.awaits(`document.querySelector('.result .plan')?.checkVisibility()`)
	waited.card = float64(time.Since(begin).Milliseconds())
	return waited
}

// TestHowLongAPhoneWaits prints, and asserts nothing: the machine may be busy
// with other things. Where SSLCLINIC_BEFORE names the folder of another build,
// the two are measured in turns, five times, and the medians printed.
func TestHowLongAPhoneWaits(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("skipped: it prints, and asserts nothing; -v shows it")
	}
	sites := map[string]*hosted{"now": slowly(t, inMemory(site(t, "/").tree))}
	rounds := 1
	if dir := os.Getenv("SSLCLINIC_BEFORE"); dir != "" {
		sites["before"] = slowly(t, os.DirFS(dir))
		rounds = 5
	}
	all := map[string][]times{}
	for range rounds {
		for name, h := range sites {
			all[name] = append(all[name], onAPhone(t, h))
		}
	}
	for name, some := range all {
		t.Logf("%s: first question %.0f ms after the tap; of a link, words and answers %.0f ms, the card %.0f ms", name,
			median(some, func(x times) float64 { return x.question }), median(some, func(x times) float64 { return x.words }), median(some, func(x times) float64 { return x.card }))
	}
}

// median is that of what is measured in some.
func median[T any](some []T, of func(T) float64) float64 {
	var one []float64
	for _, x := range some {
		one = append(one, of(x))
	}
	slices.Sort(one)
	return one[len(one)/2]
}
