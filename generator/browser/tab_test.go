package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/browser"

	"sslclinic/generator/internal/output"
)

// traces is what a page can tell of who looked at the tab before, and with
// what device.
const traces = `(async () => ({
	local: localStorage.length, session: sessionStorage.length, cookie: document.cookie, databases: (await indexedDB.databases()).length,
	caches: (await caches.keys()).length, clipboard: (await navigator.permissions.query({ name: 'clipboard-read' })).state,
	history: history.length, name: window.name, noted: typeof window.noted, title: document.title,
	languages: navigator.languages.join(), touch: navigator.maxTouchPoints, width: innerWidth, height: innerHeight,
	dark: matchMedia('(prefers-color-scheme: dark)').matches, still: matchMedia('(prefers-reduced-motion: reduce)').matches,
	forced: matchMedia('(forced-colors: active)').matches, print: matchMedia('print').matches,
	picture: await new Promise((done) => { const i = new Image(); i.onload = () => done('shown'); i.onerror = () => done('blocked'); i.src = '/picture.svg'; }),
}))()`

// TestWhatOneReaderLeftTheNextDoesNotFind is not parallel: nobody else may
// take the tab.
func TestWhatOneReaderLeftTheNextDoesNotFind(t *testing.T) {
	theBrowser(t)
	site := host(t, "/", func(string) output.Tree {
		const head = "<!doctype html><html lang=en><link rel=icon href=data:,><title>"
		return output.Tree{"0/index.html": []byte(head + "0"), "1/index.html": []byte(head + "1"), "picture.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}
	})
	idle.Lock()
	for _, tab := range idle.tabs {
		tab.close()
	}
	idle.tabs = nil
	idle.Unlock()

	var first *tab
	var clean map[string]any
	// finds compares the page with that in the new tab. After a reader who left
	// nothing, and after one who left everything, it is the same.
	finds := func(t *testing.T) {
		r := opens(t, site, device{})
		r.goes("0/")
		found := ask[map[string]any](r, traces)
		if first == nil {
			first, clean = r.tab, found
		}
		if r.tab != first {
			t.Fatal("the next reader has another tab, so this test sees nothing")
		}
		for name, was := range clean {
			if fmt.Sprint(found[name]) != fmt.Sprint(was) {
				t.Errorf("%s: %v, in a new tab %v", name, found[name], was)
			}
		}
		if n := len(r.requests); n != 2 { // the page and the picture
			t.Errorf("it hears of %d requests: %q", n, r.requests)
		}
	}
	leaves := func(t *testing.T) {
		r := opens(t, site, device{
			width: 320, height: 500, touch: true, languages: "ja", paper: true,
			prefers: []string{dark, "prefers-reduced-motion: reduce", "forced-colors: active"},
			blocked: "*://*:*/picture.svg", expected: []string{"loading failed: Image"},
		})
		r.lets(browser.PermissionSettingGranted)
		r.notes("window.noted = 1")
		r.goes("0/")
		r.goes("1/")
		ask[int](r, `(async () => {
			localStorage.setItem('language', 'ja'); sessionStorage.setItem('a', 'b'); document.cookie = 'a=b; max-age=999'; window.name = 'a';
			await new Promise((done) => { indexedDB.open('a').onsuccess = (e) => { e.target.result.close(); done(); }; });
			const cache = await caches.open('a');
			await cache.put('/a', new Response('b'));
			return 1;
		})()`)
		found := ask[map[string]any](r, traces)
		for name, was := range clean {
			if now := found[name]; fmt.Sprint(now) == fmt.Sprint(was) {
				t.Errorf("%s: it leaves %v, as it was, so this test sees nothing", name, now)
			}
		}
	}
	hides := func(t *testing.T) {
		r := opens(t, site, device{scriptless: true})
		r.goes("0/")
	}
	for i, does := range []func(*testing.T){finds, finds, leaves, finds, hides, finds, leaves, leaves, finds} {
		t.Run(fmt.Sprint(i), does)
	}
}
