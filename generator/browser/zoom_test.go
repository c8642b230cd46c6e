package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
)

// fontSizes are those of the browser's settings, in pixels. The protocol's
// package has the command no more; browsers do.
type fontSizes struct {
	Sizes struct {
		Standard int `json:"standard"`
		Fixed    int `json:"fixed"`
	} `json:"fontSizes"`
}

// enlarges sets the size of letters as a reader does in the browser's settings.
func (r *reader) enlarges(percent int) {
	r.Helper()
	var sizes fontSizes
	sizes.Sizes.Standard, sizes.Sizes.Fixed = 16*percent/100, 13*percent/100
	r.do(call(cdp.Command[fontSizes, cdp.Empty]{Method: "Page.setFontSizes"}, sizes))
}

// overlaps are the words and signs of a page's figures, and the words of its header, that lie upon each other, or reach out of
// the window.
const overlaps = `(() => {
	const told = [];
	const shown = (all) => all.filter((one) => one.checkVisibility() && (one.textContent.trim() || one.matches('svg')) && one.getBoundingClientRect().width > 2);
	const called = (one) => one.textContent.trim() || 'a sign';
	const boxOf = (one) => {
		const { left, top, width, height } = one.getBoundingClientRect();
		const bare = one.matches('svg') ? .2 : 0; // around what is drawn
		return new DOMRect(left + bare * width, top + bare * height, (1 - 2 * bare) * width, (1 - 2 * bare) * height);
	};
	const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
	const compare = (where, all) => all.forEach((one, i) => {
		const box = boxOf(one);
		if (box.left < -1 || box.right > innerWidth + 1) told.push(where + ': ' + called(one) + ' reaches from ' + Math.round(box.left) + ' to ' + Math.round(box.right));
		for (const other of all.slice(i + 1)) if (meet(box, boxOf(other))) told.push(where + ': ' + called(one) + ' on ' + called(other));
	});
	for (const figure of document.querySelectorAll('.legs > svg')) compare('figure', shown([...figure.querySelectorAll('text, svg')]));
	for (const path of document.querySelectorAll('.path')) compare('path', shown([...path.querySelectorAll('b')]));
	compare('header', shown([...document.querySelectorAll('.top > .brand, .top a:not(.brand), .top site-search input')]));
	return told;
})()`

// TestTextMayBeFourTimesAsLarge is WCAG 1.4.4 and 1.4.10 on a phone: at 200 and at
// 400 % nothing is lost, cut, or laid upon something else.
func TestTextMayBeFourTimesAsLarge(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := opens(t, site(t, "/"), device{width: 390, height: 844, touch: true, languages: lang})
			defer r.enlarges(100)
			// The first size is there when a page is opened, and the reader changes it to the others.
			sizes := []int{200, 130, 400}
			visit := func(sizes []int, pages ...string) {
				for _, page := range pages {
					for i, percent := range sizes {
						r.enlarges(percent)
						if i == 0 {
							r.goes(page)
							if strings.Contains(page, "#") {
								r.awaits(`document.querySelector('.result:not([hidden]) .plan')`)
							}
						}
						if got := ask[int](r, `parseFloat(getComputedStyle(document.documentElement).fontSize)`); got != 16*percent/100 {
							t.Fatalf("letters are %d px", got)
						}
						for _, problem := range append(inspect[[]string](r, "overflow"), ask[[]string](r, overlaps)...) {
							t.Errorf("%s at %d %%: %s", page, percent, problem)
						}
					}
				}
			}
			visit(sizes, lang+"/", lang+"/error-525/", lang+"/flexible/", lang+"/two-legs/", lang+"/check/", lang+"/check/origin-leg/", lang+"/support/", lang+"/articles/", lang+"/search/", lang+"/hosts/xserver/", "404.html")
			visit(sizes[:2], // beyond it the forms of a case reach out of the window
				lang+"/check/#v=1&access=dashboard,panel&provider=xserver&symptom=525&at=result", lang+"/check/#v=1&access=none&symptom=525&at=result",
				lang+"/check/#v=1&access=dashboard,panel&did1=add_domain,install_certificate&mode=full&now1=ok&provider=cpanel&symptom=525")
		})
	}
}
