// Package browser reads the shipped site as people do, in Chromium. It has
// tests and nothing else, and stands apart from the command, so that the rest
// of the suite answers in seconds.
//
// Law: a reader notices what goes wrong in the background too. Whatever a page
// logs, throws, violates, fails to load or asks of another host fails the test
// that opened it.
package browser

import (
	"context"
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	goruntime "runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"sslclinic/generator/internal/output"
)

// patience is how long a test waits for what should come at once.
const patience = 30 * time.Second

// chromium is the one browser of all tests. Each reader has a profile of their
// own in it.
type chromium struct {
	context.Context
	close     func()
	userAgent string
}

// shared is the browser, once it has started.
var shared struct {
	sync.Once
	browser *chromium
	err     error
}

// theBrowser starts the browser for the first test that asks. Without one the
// test is skipped, unless the environment says that there must be one.
func theBrowser(t *testing.T) *chromium {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: reading the site in a browser takes long")
	}
	// The shell draws the same pages in a third of the processor time: it has no windows to keep.
	program := tool(t, "chromium-headless-shell", "headless-shell", "chromium", "chromium-browser", "google-chrome")
	shared.Do(func() { shared.browser, shared.err = start(program) })
	if shared.err != nil {
		t.Fatalf("%s: %v", program, shared.err)
	}
	return shared.browser
}

func start(program string) (*chromium, error) {
	flags := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), // headless, quiet, and without a network of its own
		chromedp.ExecPath(program), chromedp.DisableGPU, chromedp.Flag("disable-component-update", true),
		// A frame is kept from page to page of a site: to make each anew is a tenth of what the tests cost.
		chromedp.Flag("disable-features", "Translate,RenderDocument"),
		// All pages are ours: to keep sites apart costs some hundredths, and shows nothing.
		chromedp.Flag("disable-site-isolation-trials", true))
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, cancel := chromedp.NewContext(ctx)
	b := &chromium{Context: ctx, close: func() { _ = chromedp.Cancel(ctx); cancel(); stop() }}
	version, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{})
	if err != nil {
		b.close()
		return nil, err
	}
	b.userAgent = version.UserAgent
	return b, nil
}

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // a build is all garbage in seconds: to collect it at each doubling is a tenth of the work
	// A reader often waits, for the network or for the next frame: one more than there are processors keeps these at work.
	_ = flag.Set("test.parallel", strconv.Itoa(goruntime.GOMAXPROCS(0)+1))
	code := m.Run()
	if shared.browser != nil {
		shared.browser.close()
	}
	os.Exit(code)
}

// hosted is a tree on a web server of its own on loopback.
type hosted struct {
	base string // URL of the tree's root, ending in a slash
	tree output.Tree
}

// inMemory is a tree as a file system.
func inMemory(tree output.Tree) fs.FS {
	files := fstest.MapFS{}
	for name, data := range tree {
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

// host serves what make returns for the address below which it is served. It
// answers as a static host does: a folder by its index.html, and what is not
// there by 404.html.
func host(t *testing.T, below string, make func(base string) output.Tree) *hosted {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &hosted{base: "http://" + listener.Addr().String() + below}
	h.tree = make(h.base)
	files := inMemory(h.tree)
	serve := http.StripPrefix(below, http.FileServerFS(files))
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name, inside := strings.CutPrefix(r.URL.Path, below)
			folder := name == "" || strings.HasSuffix(name, "/")
			if file := name; inside && (!folder && h.tree[file] != nil || folder && h.tree[file+"index.html"] != nil || h.tree[file+"/index.html"] != nil) {
				w.Header().Set("Cache-Control", "max-age=600") // GitHub's
				serve.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write(h.tree["404.html"])
		}))
	}()
	return h
}

// sites are the shipped site on its hosts, by the path of its root: one build
// for all tests.
var sites struct {
	sync.Mutex
	at map[string]*hosted
}

// site is the shipped site below a path, such as / or /repo/.
func site(t *testing.T, below string) *hosted {
	t.Helper()
	theBrowser(t)
	sites.Lock()
	defer sites.Unlock()
	if sites.at[below] == nil {
		h := host(t, below, func(base string) output.Tree { return shipped(t, base) })
		if sites.at == nil {
			sites.at = map[string]*hosted{}
		}
		sites.at[below] = h
	}
	return sites.at[below]
}

// pages are the paths of all pages, below the base.
func (h *hosted) pages() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(h.tree)) {
		if path.Ext(name) == ".html" {
			all = append(all, strings.TrimSuffix(name, "index.html"))
		}
	}
	return all
}

// sample are the paths of all pages but for the checker's way without script:
// of its steps, of which there are hundreds, it has every twentieth.
func (h *hosted) sample() []string {
	steps := 0
	return slices.DeleteFunc(h.pages(), func(page string) bool {
		parts := strings.Split(page, "/")
		if len(parts) < 4 || parts[1] != "check" || parts[2] == "how" || parts[2] == "origin-leg" {
			return false
		}
		steps++
		return steps%20 != 0
	})
}

// device is what a reader holds, and how they have set it. The zero device is
// a desktop in the daylight, in English.
type device struct {
	width, height int64    // of the window, in CSS pixels
	touch         bool     // a phone
	languages     string   // as in Accept-Language; the reader's first
	scriptless    bool     // script is switched off
	prefers       []string // media features, such as "prefers-color-scheme: dark"
	paper         bool     // the medium is print

	blocked  string   // pattern of the URLs that do not load
	expected []string // parts of faults that are no fault in this test
}

// reader is one person with a device and an empty profile, looking at a site.
type reader struct {
	*testing.T
	*tab
	site   *hosted
	device device

	mu       sync.Mutex
	faults   []string
	requests []string                // URLs, in order
	scripts  []page.ScriptIdentifier // that run in every page
}

// tab is a tab with a profile of its own. Both are dear to make, and cheap to
// clear: readers take them over from each other.
type tab struct {
	ctx    context.Context
	close  func()
	reader atomic.Pointer[reader] // who looks at it, and hears of what happens there
}

// idle are the tabs that nobody looks at, cleared.
var idle struct {
	sync.Mutex
	tabs []*tab
}

// tab is one that nobody looks at.
func (b *chromium) tab() (*tab, error) {
	idle.Lock()
	if last := len(idle.tabs) - 1; last >= 0 {
		free := idle.tabs[last]
		idle.tabs = idle.tabs[:last]
		idle.Unlock()
		return free, nil
	}
	idle.Unlock()
	made := &tab{}
	made.ctx, made.close = chromedp.NewContext(b, chromedp.WithNewBrowserContext(), chromedp.WithListener(func(event any) {
		if r := made.reader.Load(); r != nil {
			r.notice(event)
		}
	}))
	return made, chromedp.Do(made.ctx, // the tab lives as long as the context of the first step
		// chromedp asks to hear of every style and every node, and nobody here listens: the nodes take a tenth of a page's time.
		call(css.Disable, cdp.Empty{}),
		call(dom.Disable, cdp.Empty{}),
		call(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `document.addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))`}))
}

// opens gives a new reader a device.
func opens(t *testing.T, site *hosted, d device) *reader {
	t.Helper()
	free, err := theBrowser(t).tab()
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{T: t, tab: free, site: site}
	t.Cleanup(r.leaves)
	r.reader.Store(r)
	r.holds(d)
	return r
}

// holds gives the reader a device in place of the one before.
func (r *reader) holds(d device) {
	r.Helper()
	if d.width == 0 {
		d.width, d.height = 1280, 900
	}
	if d.languages == "" {
		d.languages = "en"
	}
	r.device = d
	var blocked network.SetBlockedURLsParams
	if d.blocked != "" {
		blocked.URLPatterns = []*network.BlockPattern{{URLPattern: d.blocked, Block: true}}
	}
	r.do(
		call(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: d.touch}),
		call(emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: shared.browser.userAgent, AcceptLanguage: d.languages}),
		call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: d.scriptless}),
		call(network.SetBlockedURLs, blocked),
	)
	r.resize(d.width, d.height)
	r.prefers(d.prefers...)
}

// leaves ends what the reader has begun. Their tab is cleared for the next, and
// closed if anything is the matter.
func (r *reader) leaves() {
	r.complain()
	if r.Failed() || r.clears() != nil {
		r.reader.Store(nil)
		r.close()
		return
	}
	idle.Lock()
	defer idle.Unlock()
	idle.tabs = append(idle.tabs, r.tab)
}

// clears makes the tab as good as new, but for the device: the next reader
// brings their own. The cache may stay: every site has an origin of its own,
// and answers the same as long as it is there.
func (r *reader) clears() error {
	ctx, cancel := r.patiently()
	defer cancel()
	steps := []chromedp.Action[chromedp.Void]{
		// A name stays with the tab. Of its store the page knows at once, and the browser's word comes to it late.
		call(runtime.Evaluate, runtime.EvaluateParams{Expression: "name = ''; try { localStorage.clear(); sessionStorage.clear(); } catch {}"}),
	}
	for _, id := range r.scripts {
		steps = append(steps, call(page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams{Identifier: id}))
	}
	const filled = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems" // by pages; to clear "all" takes seven times as long
	steps = append(steps,
		chromedp.Navigate("about:blank"),
		call(storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: strings.TrimSuffix(r.origin(), "/"), StorageTypes: filled}),
		call(network.ClearBrowserCookies, cdp.Empty{}),
		call(page.ResetNavigationHistory, cdp.Empty{}),
	)
	if err := chromedp.Do(ctx, steps...); err != nil {
		return err
	}
	r.reader.Store(nil)
	_, err := chromedp.CallBrowser(ctx, browser.ResetPermissions, browser.ResetPermissionsParams{BrowserContextID: chromedp.FromContext(ctx).BrowserContextID})
	return err
}

// unblocks lets everything load again.
func (r *reader) unblocks() {
	r.Helper()
	r.do(call(network.SetBlockedURLs, network.SetBlockedURLsParams{}))
}

// notice hears of everything that happens in the reader's tab.
func (r *reader) notice(event any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fault := func(format string, args ...any) { r.faults = append(r.faults, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		fault("exception: %s %s", e.ExceptionDetails.Text, describe(e.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning || e.Type == runtime.ConsoleAPICalledTypeAssert {
			var words []string
			for _, arg := range e.Args {
				words = append(words, describe(arg))
			}
			fault("console.%s: %s", e.Type, strings.Join(words, " "))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			fault("log: %s %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		r.requests = append(r.requests, e.Request.URL)
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "data" && u.Scheme != "about" && !strings.HasPrefix(e.Request.URL, r.origin()) {
			fault("request to another host: %s", e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			fault("answer: %d for %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			fault("loading failed: %s %s%s", e.Type, e.ErrorText, e.BlockedReason)
		}
	}
}

// describe is an object of the page in words.
func describe(o *runtime.RemoteObject) string {
	switch {
	case o == nil:
		return ""
	case o.Description != "":
		return o.Description
	}
	return strings.Trim(string(o.Value), `"`)
}

// complain fails the test for every fault that it did not expect, and for what
// it expected and did not come.
func (r *reader) complain() {
	ctx, cancel := r.patiently()
	defer cancel()
	_, _ = chromedp.Run(ctx, chromedp.Evaluate[int]("1")) // what came before has arrived
	r.mu.Lock()
	defer r.mu.Unlock()
	missing := slices.Clone(r.device.expected)
	for _, fault := range r.faults {
		is := func(part string) bool { return strings.Contains(fault, part) }
		missing = slices.DeleteFunc(missing, is)
		if !slices.ContainsFunc(r.device.expected, is) {
			r.Errorf("the browser noticed: %s", fault)
		}
	}
	for _, part := range missing {
		r.Errorf("the browser did not notice %q", part)
	}
}

// call is a command of the protocol as a step.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, command, params)
		return chromedp.Void{}, err
	}
}

// patiently limits what is done next.
func (r *reader) patiently() (context.Context, context.CancelFunc) {
	return context.WithTimeout(r.ctx, patience)
}

// do runs steps in the reader's tab.
func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	ctx, cancel := r.patiently()
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.Fatalf("%s: %v", r.where(), err)
	}
}

// ask is the value of an expression in the page; a promise is waited for.
func ask[T any](r *reader, expression string) T {
	r.Helper()
	ctx, cancel := r.patiently()
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		r.Fatalf("%s: %.200s: %v", r.where(), expression, err)
	}
	return value
}

// awaits waits until an expression is true, in this page or in one that
// follows it.
func (r *reader) awaits(expression string) {
	r.Helper()
	if !r.comes(expression) {
		r.Fatalf("%s: it never came that %.300s", r.where(), expression)
	}
}

// comes says whether an expression becomes true.
func (r *reader) comes(expression string) bool {
	ctx, cancel := r.patiently()
	defer cancel()
	watch := `new Promise((done) => { (function look() {
		let seen = false;
		try { seen = ` + expression + `; } catch {}
		if (seen) done(true); else setTimeout(look, 10);
	})(); })`
	if r.device.scriptless { // a page without script has no time to wait in
		watch = `Promise.resolve((() => { try { return !!(` + expression + `); } catch { return false; } })())`
	}
	for ctx.Err() == nil {
		if r.device.scriptless {
			if is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](watch, chromedp.EvalAwaitPromise)); err == nil && is {
				return true
			}
			time.Sleep(10 * time.Millisecond)
			continue
		}
		// An error says that the page that was asked has gone: its successor is asked.
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](watch, chromedp.EvalAwaitPromise)); err == nil {
			return true
		}
	}
	return false
}

// where is the address of the page, below the site's base.
func (r *reader) where() string {
	ctx, cancel := r.patiently()
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href"))
	if err != nil {
		return "nowhere"
	}
	return strings.TrimPrefix(at, r.site.base)
}

// origin is the site's scheme and host, and a slash.
func (r *reader) origin() string {
	u, _ := url.Parse(r.site.base)
	return u.Scheme + "://" + u.Host + "/"
}

// goes opens an address below the site's base, and waits until it has loaded.
func (r *reader) goes(to string) {
	r.Helper()
	if page, _, ok := strings.Cut(to, "#"); ok && strings.Split(r.where(), "#")[0] == page {
		r.do(chromedp.Navigate("about:blank")) // from the page itself, a new fragment would load nothing
	}
	r.do(chromedp.Navigate(r.site.base + to))
	r.awaits(`document.readyState === 'complete'`) // where the page before says late that it has stopped, the step ends too early
}

// goesOn opens an address below the site's base as goes does; but from the page
// itself only the fragment becomes another, as where somebody puts a link in the
// place of the address, and the scripts go on.
func (r *reader) goesOn(to string) {
	r.Helper()
	if r.where() == to { // no other fragment
		r.goes(to)
		return
	}
	r.do(chromedp.Navigate(r.site.base + to))
}

// arrives waits until the reader is at an address below the base, and the page
// has loaded and heard of it: what begins next meets nothing under way.
func (r *reader) arrives(at string) {
	r.Helper()
	r.awaits(fmt.Sprintf("location.href === %q && performance.getEntriesByType('navigation')[0].loadEventEnd > 0", r.site.base+at))
}

// turns goes some pages forward in the reader's history, or back.
func (r *reader) turns(pages int) {
	r.Helper()
	// The page answers first: one that is left while it is asked cannot.
	ask[int](r, fmt.Sprintf("setTimeout(() => history.go(%d))", pages))
}

// resize gives the reader's window another size.
func (r *reader) resize(width, height int64) {
	r.Helper()
	r.do(call(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: r.device.touch,
	}))
}

// prefers sets the media features, such as "prefers-color-scheme: dark", and
// leaves all others as they are by nature.
func (r *reader) prefers(features ...string) {
	r.Helper()
	var media emulation.SetEmulatedMediaParams
	if r.device.paper {
		media.Media = "print"
	}
	for _, feature := range append([]string{"prefers-color-scheme: light"}, features...) {
		name, value, _ := strings.Cut(feature, ": ")
		media.Features = slices.DeleteFunc(media.Features, func(f *emulation.MediaFeature) bool { return f.Name == name })
		media.Features = append(media.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	r.do(call(emulation.SetEmulatedMedia, media))
}

// notes runs a script in every page from now on, before the page's own.
func (r *reader) notes(script string) {
	r.Helper()
	ctx, cancel := r.patiently()
	defer cancel()
	added, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		r.Fatal(err)
	}
	r.scripts = append(r.scripts, added.Identifier)
}

// presses types keys, one after the other.
func (r *reader) presses(keys ...string) {
	r.Helper()
	for _, key := range keys {
		r.do(chromedp.KeyEvent(key))
	}
}

// clicks points at what is to be seen of an element, and clicks. What something
// else covers cannot be clicked.
func (r *reader) clicks(selector string) {
	r.Helper()
	type point struct {
		X, Y float64
		Over string
	}
	at := ask[*point](r, `(() => {
		const element = document.querySelector(`+quote(selector)+`);
		if (!element) return null;
		element.scrollIntoView({ block: 'center', behavior: 'instant' });
		const { left, top, width, height } = element.getClientRects()[0] ?? new DOMRect();
		const x = left + width / 2, y = top + height / 2;
		const hit = document.elementFromPoint(x, y);
		return { x, y, over: element.contains(hit) ? '' : hit?.outerHTML ?? 'nothing' };
	})()`)
	if at == nil {
		r.Fatalf("%s: there is no %s to click", r.where(), selector)
	}
	if at.Over != "" {
		r.Fatalf("%s: a click on %s meets %.200s", r.where(), selector, at.Over)
	}
	r.do(chromedp.MouseClickXY(at.X, at.Y))
}

// follows clicks on a link, and waits for the page to which it leads.
func (r *reader) follows(selector string) {
	r.Helper()
	to := ask[string](r, `document.querySelector(`+quote(selector)+`).href`)
	r.clicks(selector)
	r.arrives(strings.TrimPrefix(to, r.site.base))
}

// asked says how many of the requests so far contain a part.
func (r *reader) asked(part string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, address := range r.requests {
		if strings.Contains(address, part) {
			n++
		}
	}
	return n
}

// quote writes a string as JavaScript does.
func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// inspectors are scripts that look at a page as a whole and return what is
// wrong with it.
//
//go:embed testdata/*.js
var inspectors embed.FS

// inspect is what an inspector says about the page.
func inspect[T any](r *reader, name string) T {
	r.Helper()
	return ask[T](r, inspector(name)+"(document)")
}

// problems are what some inspectors say about the page, one after the other.
func (r *reader) problems(inspectors ...string) []string {
	r.Helper()
	var all []string
	for _, name := range inspectors {
		all = append(all, "...await "+inspector(name)+"(document)")
	}
	return ask[[]string](r, "(async () => ["+strings.Join(all, ", ")+"])()")
}

// inspector is an inspector's script, as a function of a document.
func inspector(name string) string {
	var script []byte
	for _, file := range []string{"words", name} {
		text, err := inspectors.ReadFile("testdata/" + file + ".js")
		if err != nil {
			panic(err)
		}
		script = append(script, text...)
	}
	return "(async (document) => {" + string(script) + "})"
}
