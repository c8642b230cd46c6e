package browser

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"sslclinic/generator/internal/output"
)

// fixture serves pages of a test's own, at 0/, 1/, and so on.
func fixture(t *testing.T, bodies ...string) *hosted {
	t.Helper()
	theBrowser(t)
	return host(t, "/", func(string) output.Tree {
		tree := output.Tree{}
		for i, html := range bodies {
			tree[fmt.Sprintf("%d/index.html", i)] = []byte("<!doctype html><html lang=en><link rel=icon href=data:,>" + html)
		}
		return tree
	})
}

func TestAReaderNoticesWhatGoesWrongInTheBackground(t *testing.T) {
	t.Parallel()
	r := opens(t, fixture(t, `<meta http-equiv="Content-Security-Policy" content="style-src 'none'"><p style="color:red">
		<img src="nowhere.png" alt=""><img src="http://127.0.0.1:1/elsewhere.png" alt="">
		<script>console.error("said"); console.warn("warned"); Promise.reject(new Error("rejected")); throw new Error("thrown")</script>`),
		device{expected: []string{
			"console.error: said", "console.warning: warned", "exception: Uncaught Error: thrown", "exception: Uncaught (in promise) Error: rejected",
			"console.error: policy: style-src", "answer: 404", "request to another host: http://127.0.0.1:1/", "loading failed: Image",
			"log: security", "log: network",
		}})
	r.goes("0/")
}

func TestTheInspectorsSeeWhatIsWrong(t *testing.T) {
	t.Parallel()
	cases := []struct{ inspector, html, want string }{
		{"contrast", `<p style="color:#777">pale</p>`, "p “pale”: text has 4.48:1, needs 4.5:1"},
		{"contrast", `<p style="color:#767676">good</p>`, ""},
		{"contrast", `<p style="color:#777;font-size:24px">large</p>`, ""},
		{"contrast", `<div style="background:#222"><p style="color:#000">dark</p></div>`, "text has"},
		{"contrast", `<div style="opacity:.5"><p style="color:#444">veiled</p></div>`, "text has"},
		{"contrast", `<p style="color:oklch(80% .1 20 / .9)">new</p>`, "text has"},
		{"contrast", `<p style="visibility:hidden;color:#fff">unseen</p><p>.</p>`, ""},
		{"contrast", `<details><summary>s</summary><p style="color:#ccc">closed</p></details>`, "closed"},
		{"contrast", `<svg><text y="9" fill="#aaa">drawn</text></svg>`, "svg > text “drawn”: text has"},
		{"contrast", `<style>p::before{content:"sign";color:#aaa}</style><p>said</p>`, "::before sign has"},
		{"contrast", `<style>div{@media screen{>p{&::after{@media screen{content:"sign"}color:#aaa}}}}</style><div><p>said</p></div>`, "::after sign has"},
		{"contrast", `<style>p::before{content:"+";color:#888}</style><p>said</p>`, ""},
		{"contrast", `<button style="border:1px solid #ccc">press</button>`, "border has"},
		{"contrast", `<p>.</p><svg class="sample"><line stroke="#ccc" x2="9"/></svg>`, "line of"},
		{"contrast", `<p>.</p><svg role="img"><circle r="9" fill="#ddd"/></svg>`, "shape has"},
		{"contrast", `<p style="background:linear-gradient(#fff,#000)">rainbow</p>`, "cannot be judged"},
		{"contrast", ``, "shows no words"},
		{"overflow", `<p style="width:3000px">wide</p>`, "the page is 30"},
		{"overflow", `<div style="overflow:auto"><p style="width:3000px">wide</p></div>`, ""},
		{"overflow", `<body style="overflow-x:hidden"><p style="width:3000px">cut</p>`, "reaches from"},
		{"overflow", `<img alt="" src="data:,">`, "is not shown"},
		{"targets", `<button style="width:20px;height:20px;padding:0;margin:0"></button><button style="width:20px;height:20px;padding:0;margin:0"></button>`, "20×20"},
		{"targets", `<button style="width:20px;height:20px;padding:0;margin:0 30px">`, ""},
		{"targets", `<p>a <a href="?">b</a> c <a href="?">d</a></p>`, ""},
		{"targets", `<ul style="font:10px/1 serif"><li><a href="?">b</a><li><a href="?">d</a>`, "is beside it"},
		{"targets", `<p>nothing`, "nothing to press"},
		{"language", `<p>ひらがな`, "is Japanese, and marked as en"},
		{"language", `<p lang="ja">ひらがな <a hreflang="en" href="?">English</a>`, "leads to en"},
		{"language", `<p lang="ja">ひらがな <a hreflang="en" lang="en" href="?">English</a>`, ""},
		{"language", `<svg role="img" aria-label="ひらがな">`, "has a Japanese name"},
	}
	var bodies []string
	for _, c := range cases {
		bodies = append(bodies, c.html)
	}
	r := opens(t, fixture(t, bodies...), device{})
	for i, c := range cases {
		r.goes(fmt.Sprintf("%d/", i))
		found := inspect[[]string](r, c.inspector)
		if c.want == "" && len(found) > 0 || c.want != "" && !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, c.want) }) {
			t.Errorf("%s of %s: %q, want %q", c.inspector, c.html, found, c.want)
		}
	}
}

// window is a frame in the reader's tab as a window of its own. Another width
// costs it a layout, where it costs a tab all that a screen is painted with; and
// one script can look at every width.
type window struct {
	*reader
	frame  cdp.FrameID
	loaded chan cdp.LoaderID // what has loaded there; none is lost, each is taken before the next is asked for
}

// parts opens a window in the reader's tab. What it shows and what surrounds it
// are of one site, else neither would let the other measure. The inspectors are
// outside, where what the browser has learned of them lasts from page to page.
func (r *reader) parts() *window {
	r.Helper()
	w := &window{reader: r, loaded: make(chan cdp.LoaderID, 16)}
	r.goes("robots.txt") // no page, and so without a style or a script
	var all []string
	for _, name := range []string{"overflow", "contrast", "targets", "language"} {
		all = append(all, name+": "+inspector(name))
	}
	ask[int](r, `globalThis.inspectors = {`+strings.Join(all, ", ")+`},
		document.documentElement.innerHTML = '<meta name=color-scheme content="light dark"><iframe height=800 style="visibility:hidden;border:0">', 1`)
	ctx, cancel := r.patiently()
	defer cancel()
	tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		r.Fatal(err)
	}
	w.frame = tree.FrameTree.ChildFrames[0].Frame.ID
	whole, leaves := context.WithCancel(r.ctx)
	r.Cleanup(leaves)
	if err := chromedp.Listen(whole, func(event any) {
		if e, ok := event.(*page.EventLifecycleEvent); ok && e.FrameID == w.frame && e.Name == "load" {
			w.loaded <- e.LoaderID
		}
	}); err != nil {
		r.Fatal(err)
	}
	return w
}

// goes opens an address below the site's base in the window.
func (w *window) goes(to string) {
	w.Helper()
	ctx, cancel := w.patiently()
	defer cancel()
	went, err := chromedp.Call(ctx, page.Navigate, page.NavigateParams{URL: w.site.base + to, FrameID: w.frame})
	if err != nil || went.ErrorText != "" {
		w.Fatalf("%s: %s %v", to, went.ErrorText, err)
	}
	for loaded := cdp.LoaderID(""); loaded != went.LoaderID; {
		select {
		case loaded = <-w.loaded:
		case <-ctx.Done():
			w.Fatalf("%s does not load", to)
		}
	}
}

// tells is what a script says that is wrong in the window. It finds resize,
// unfold, and look, which says what inspectors see, by name.
func (w *window) tells(script string) []string {
	w.Helper()
	return ask[[]string](w.reader, `(async () => {
		const frame = document.querySelector('iframe'), { document: page } = frame.contentWindow;
		const told = [];
		const look = async (how, ...names) => { for (const name of names) told.push(...(await inspectors[name](page)).map((problem) => how + ': ' + problem)); };
		const unfold = () => { for (const closed of page.querySelectorAll('details:not([open])')) closed.open = true; };
		const resize = (width) => { frame.width = width; if (page.defaultView.innerWidth !== width) throw new Error('the window is ' + page.defaultView.innerWidth + ' wide, not ' + width); };
		`+script+`
		return told;
	})()`)
}

// leadsOn says whether a page stays only where script is off.
func (h *hosted) leadsOn(page string) bool {
	return bytes.Contains(h.tree[page+"index.html"], []byte("assets/ticket."))
}

// TestEveryPageServesEveryBody visits the whole tree, and of the checker's way
// without script, whose pages are alike, a sample: no page is wider than the
// window, all that is painted stands out from its ground, all that is pressed
// is large enough, and a voice reads every word in its own language. As many
// readers as there are processors take page after page, each with the device of
// its kind: of Japanese pages, of English ones, or of those that only stay where
// script is off.
func TestEveryPageServesEveryBody(t *testing.T) {
	t.Parallel()
	const light, still = "prefers-color-scheme: light", "prefers-reduced-motion: reduce"
	type kind struct {
		begin   string
		schemes []string // an article is coloured alike in both languages
		device  device
	}
	type visit struct {
		page string
		*kind
	}
	s := site(t, "/")
	pages := s.sample()
	visits := make(chan visit, len(pages))
	for _, k := range []*kind{ // in this order: a page is of the first kind that it begins as
		{"ja/", []string{light}, device{languages: "ja", touch: true}},
		{"en/", []string{dark}, device{touch: true}},
		{"", []string{light, dark}, device{touch: true, scriptless: true}},
	} {
		pages = slices.DeleteFunc(pages, func(page string) bool {
			is := k.begin == "" || strings.HasPrefix(page, k.begin) && !s.leadsOn(page)
			if is {
				visits <- visit{page, k}
			}
			return is
		})
	}
	close(visits)
	for i := range runtime.GOMAXPROCS(0) {
		t.Run(fmt.Sprint("reader ", i+1), func(t *testing.T) {
			t.Parallel()
			r := opens(t, s, device{})
			w := r.parts()
			var last *kind
			scheme := ""
			for v := range visits {
				if v.kind != last {
					r.holds(v.device)
					last, scheme = v.kind, ""
				}
				w.goes(v.page)
				for i, next := range v.schemes {
					if next != scheme {
						r.prefers(next, still)
						scheme = next
					}
					script := "await look(" + quote(scheme) + ", 'contrast');"
					if i == 0 { // the page before has left the window as narrow as this one begins; and what is opened first is laid out once
						script = "for (const width of [320, 1280, 768]) { resize(width); await look(width + ' px', 'overflow'); } unfold(); resize(320);" + script
					}
					if i == len(v.schemes)-1 {
						script += "await look('unfolded at 320 px', 'overflow', 'targets', 'language');"
					}
					for _, problem := range w.tells(script) {
						t.Errorf("%s, %s", v.page, problem)
					}
				}
			}
		})
	}
}

func TestWithoutScriptNoPageIsWiderThanTheWindowEither(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{scriptless: true, touch: true, width: 320, height: 640})
	for _, page := range kinds {
		r.goes(page)
		for _, problem := range inspect[[]string](r, "overflow") {
			t.Errorf("%s: %s", page, problem)
		}
	}
}

// unused is what Markdown can give and the articles may not use today: every
// kind of alert, and every class of coloured code.
const unused = `(() => {
	const prose = document.querySelector('.prose');
	const classes = 'err k kc kd kn kp kr kt n na nb bp nc no nd ni ne nf fm py nl nn nx nt nv vc vg vi l ld s sa sb sc dl sd s2 se sh si sx sr s1 ss m mb mf mh mi il mo o ow p c ch cm c1 cs cp cpf ge gd gr gh gi gl go gp gs gt gu w';
	prose.insertAdjacentHTML('beforeend', '<figure class="code"><figcaption>title</figcaption><pre class="chroma" tabindex="0"><code>'
		+ classes.split(' ').map((name) => '<span class="' + name + '">' + name + '</span> ').join('') + '</code></pre></figure>'
		+ ['note', 'tip', 'important', 'warning', 'caution'].map((kind) =>
			'<div class="alert" data-alert="' + kind + '" role="note"><p class="alert-title">' + kind + '</p><p>words <a href="?">link</a> <code>code</code></p></div>').join('')
		+ '<blockquote><p>quoted <code>code</code> <a href="?">link</a></p></blockquote><p><kbd>Ctrl</kbd> <del>gone</del> <mark>marked</mark> <a href="?"><code>code</code></a></p>'
		+ '<dl><dt>term</dt><dd>meaning</dd></dl><figure><svg></svg><figcaption>caption</figcaption></figure><div class="table"><table><caption>caption</caption><thead><tr><th>head</th></tr></thead><tbody><tr><td>cell</td></tr></tbody></table></div>');
	return prose.querySelectorAll('.alert').length;
})()`

func TestWhatNoArticleUsesYetStandsOutFromItsGroundToo(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{prefers: []string{"prefers-reduced-motion: reduce"}})
	for _, lang := range []string{"ja", "en"} {
		r.goes(lang + "/flexible/")
		ask[int](r, unused)
		for _, scheme := range []string{"light", "dark"} {
			r.prefers("prefers-color-scheme: "+scheme, "prefers-reduced-motion: reduce")
			for _, problem := range inspect[[]string](r, "contrast") {
				t.Errorf("%s, %s: %s", lang, scheme, problem)
			}
		}
		r.resize(320, 800)
		for _, problem := range inspect[[]string](r, "overflow") {
			t.Errorf("%s: %s", lang, problem)
		}
		r.resize(r.device.width, r.device.height)
	}
}
