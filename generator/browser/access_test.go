package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// kinds are pages of every kind, in both languages.
var kinds = []string{
	"404.html", "ja/", "en/", "ja/errors/", "en/concepts/", "ja/error-525/", "en/error-525/", "ja/ssl-modes/", "en/flexible/", "ja/test-origin/", "en/certificate-panel/",
	"ja/check/origin-leg/", "en/check/origin-leg/", "ja/check/", "en/check/", "ja/check/525/", "en/check/525/origin-server/mode-full/", "ja/check/how/", "ja/hosts/", "en/hosts/xserver/",
}

// spoken is a thing on the page as a screen reader has it.
type spoken struct {
	role, name string
	level      int      // of a heading
	inside     string   // name of the region that it is in
	parts      []spoken // all that is in it
}

// listens returns the page as a screen reader has it, in order.
func (r *reader) listens() (all []spoken) {
	r.Helper()
	ctx, cancel := r.patiently()
	defer cancel()
	tree, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		r.Fatal(err)
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, node := range tree.Nodes {
		nodes[node.NodeID] = node
	}
	text := func(v *accessibility.Value) (s string) {
		if v != nil {
			_ = json.Unmarshal(v.Value, &s)
		}
		return strings.TrimSpace(s)
	}
	var walk func(id accessibility.NodeID, inside string) []spoken
	walk = func(id accessibility.NodeID, inside string) (found []spoken) {
		node := nodes[id]
		if node == nil {
			return nil
		}
		s := spoken{role: text(node.Role), name: text(node.Name), inside: inside}
		for _, p := range node.Properties {
			if p.Name == "level" {
				_ = json.Unmarshal(p.Value.Value, &s.level)
			}
		}
		if s.role == "region" {
			inside = s.name
		}
		for _, child := range node.ChildIDs {
			s.parts = append(s.parts, walk(child, inside)...)
		}
		if node.Ignored {
			return s.parts
		}
		return append([]spoken{s}, s.parts...)
	}
	return walk(tree.Nodes[0].NodeID, "")
}

// unheard is what a screen reader would miss on a page.
func unheard(all []spoken) (problems []string) {
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	needsName := []string{"link", "button", "checkbox", "radio", "textbox", "combobox", "group", "radiogroup", "region", "figure", "image", "img", "navigation", "heading", "DisclosureTriangle", "table", "columnheader", "rowheader"}
	count := map[string]int{}
	level := 0
	for i, s := range all {
		count[s.role]++
		if slices.Contains(needsName, s.role) && s.name == "" && !isNamedAround(s) {
			before := ""
			for _, b := range all[:i] {
				if b.name != "" {
					before = b.name
				}
			}
			problem("a %s has no name, after %.40q", s.role, before)
		}
		if s.role == "navigation" || s.role == "region" {
			count[s.role+" "+s.name]++
			if count[s.role+" "+s.name] == 2 {
				problem("two of the role %s are called %q", s.role, s.name)
			}
		}
		if s.role == "heading" {
			if s.level > level+1 {
				problem("after a heading of level %d comes one of level %d, %q", level, s.level, s.name)
			}
			level = s.level
			count[fmt.Sprint("heading ", level)]++
		}
	}
	for _, role := range []string{"banner", "main", "contentinfo", "heading 1"} {
		if count[role] != 1 {
			problem("%s: %d, want 1", role, count[role])
		}
	}
	return problems
}

// isNamedAround says whether what has no name of its own gets one from what
// is around it or in it: a table in a named region, a figure with a caption or
// with one named part, a details element with its summary.
func isNamedAround(s spoken) bool {
	has := func(role string) bool {
		return slices.ContainsFunc(s.parts, func(p spoken) bool { return p.role == role && (p.name != "" || role == "Figcaption") })
	}
	switch s.role {
	case "table":
		return s.inside != ""
	case "figure":
		return has("Figcaption") || has("image") || has("group")
	case "group":
		return len(s.parts) > 0 && s.parts[0].role == "DisclosureTriangle"
	}
	return false
}

func TestAScreenReaderHearsANameForEverythingAndFindsItsWay(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	for _, page := range kinds {
		r.goes(page)
		for _, width := range []int64{360, 1280} {
			r.resize(width, 800)
			all := r.listens()
			for _, problem := range unheard(all) {
				t.Errorf("%s at %d px: %s", page, width, problem)
			}
			if page != "404.html" && !slices.ContainsFunc(all, func(s spoken) bool { return s.role == "navigation" }) {
				t.Errorf("%s at %d px has no navigation", page, width)
			}
		}
		if lang := ask[string](r, "document.documentElement.lang"); page != "404.html" && !strings.HasPrefix(page, lang+"/") {
			t.Errorf("%s says that its language is %q", page, lang)
		}
	}
}

func TestAnEarThatMissesSomethingSaysSo(t *testing.T) {
	t.Parallel()
	frame := `<header>.</header><main><h1>one</h1>%s</main><footer>.</footer>`
	cases := []struct{ html, want string }{
		{fmt.Sprintf(frame, ``), ""},
		{fmt.Sprintf(frame, `<a href="?"><svg></svg></a>`), "a link has no name"},
		{fmt.Sprintf(frame, `<button></button>`), "a button has no name"},
		{fmt.Sprintf(frame, `<input>`), "a textbox has no name"},
		{fmt.Sprintf(frame, `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">`), "a image has no name"},
		{fmt.Sprintf(frame, `<svg role="img"></svg>`), "a image has no name"},
		{fmt.Sprintf(frame, `<figure>.</figure>`), "a figure has no name"},
		{fmt.Sprintf(frame, `<figure>.<figcaption>all</figcaption></figure>`), ""},
		{fmt.Sprintf(frame, `<fieldset>.</fieldset>`), "a group has no name"},
		{fmt.Sprintf(frame, `<details><summary>more</summary>.</details>`), ""},
		{fmt.Sprintf(frame, `<table><thead><tr><th>a<th>b<tbody><tr><td>c<td>d</table>`), "a table has no name"},
		{fmt.Sprintf(frame, `<section aria-label="all"><table><thead><tr><th>a<th>b<tbody><tr><td>c<td>d</table></section>`), ""},
		{fmt.Sprintf(frame, `<h3>three</h3>`), "level 1 comes one of level 3"},
		{fmt.Sprintf(frame, `<h1>two</h1>`), "heading 1: 2, want 1"},
		{fmt.Sprintf(frame, `<nav aria-label="a">.</nav><nav aria-label="a">.</nav>`), "two of the role navigation"},
		{fmt.Sprintf(frame, `<section aria-label="a">.</section><section aria-label="a">.</section>`), "two of the role region"},
		{fmt.Sprintf(frame, `<section aria-label="all"><table><thead><tr><th><th>b<tbody><tr><td>c<td>d</table></section>`), "a columnheader has no name"},
		{fmt.Sprintf(frame, `<section aria-label="all"><table><thead><tr><th>a<th>b<tbody><tr><th scope="row"><td>d</table></section>`), "a rowheader has no name"},
		{`<h1>.</h1>`, "main: 0, want 1"},
	}
	var bodies []string
	for _, c := range cases {
		bodies = append(bodies, c.html)
	}
	r := opens(t, fixture(t, bodies...), device{})
	for i, c := range cases {
		r.goes(fmt.Sprintf("%d/", i))
		found := unheard(r.listens())
		if c.want == "" && len(found) > 0 || c.want != "" && !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, c.want) }) {
			t.Errorf("%s: %q, want %q", c.html, found, c.want)
		}
	}
}

func TestTheTabKeyReachesEverythingAndShowsWhereItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		page  string
		width int64
		theme string
	}{
		{"ja/error-525/", 1280, "light"}, {"en/error-525/", 360, "dark"}, {"en/check/origin-leg/", 1280, "dark"}, {"ja/check/origin-leg/", 360, "light"},
		{"ja/", 360, "dark"}, {"en/errors/", 1280, "light"}, {"404.html", 360, "light"},
	} {
		t.Run(fmt.Sprintf("%s-%d-%s", c.page, c.width, c.theme), func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{width: c.width, height: 740, prefers: []string{"prefers-color-scheme: " + c.theme, "prefers-reduced-motion: reduce"}})
			r.goes(c.page)
			first := "#main"
			if c.page == "404.html" {
				first = ""
			}
			r.tabsThrough(first)
		})
	}
}

// tabsThrough presses the Tab key until it comes round again, and looks at every
// stop. The first leads to an address, unless that is "".
func (r *reader) tabsThrough(first string) {
	r.Helper()
	stops := inspect[[]string](r, "focus")
	reached := make([]bool, len(stops))
	for i := range len(stops) + 10 {
		r.presses(kb.Tab)
		at := ask[struct {
			Index    int
			Problems []string
			Hash     string
		}](r, "({ ...stop(), hash: document.activeElement.hash ?? '' })")
		for _, problem := range at.Problems {
			r.Error(problem)
		}
		if i == 0 && first != "" && at.Hash != first {
			r.Errorf("the first stop is %s", stops[max(at.Index, 0)])
		}
		if at.Index >= 0 {
			if reached[at.Index] {
				break // round again
			}
			reached[at.Index] = true
		}
	}
	for i, stop := range stops {
		if !reached[i] {
			r.Errorf("the Tab key does not reach %s", stop)
		}
	}
}

func TestTheFirstStopSkipsToTheContent(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{prefers: []string{"prefers-reduced-motion: reduce"}})
	for _, page := range []string{"ja/error-525/", "en/", "ja/errors/", "en/check/origin-leg/"} {
		r.goes(page)
		inSight := `(() => { const { top, bottom, height } = document.activeElement.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight && height > 20; })()`
		if ask[bool](r, `document.querySelector('.skip').getBoundingClientRect().bottom > 0`) {
			t.Errorf("%s: the link is in sight from the beginning", page)
		}
		r.presses(kb.Tab)
		if hash := ask[string](r, "document.activeElement.hash ?? ''"); hash != "#main" || !ask[bool](r, inSight) {
			t.Errorf("%s: the first stop is %q", page, hash)
		}
		r.presses(kb.Enter, kb.Tab)
		if !ask[bool](r, `document.querySelector('main').contains(document.activeElement)`) {
			t.Errorf("%s: after it, the focus is on %s", page, ask[string](r, "document.activeElement.outerHTML.slice(0, 99)"))
		}
	}
}
