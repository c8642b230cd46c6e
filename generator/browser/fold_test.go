package browser

import "testing"

// folded says of every cause that can be folded whether what is below its heading can be seen.
const folded = `[...document.querySelectorAll('#causes ~ :is(h3, .rare)')].map((cause) => {
	const inside = cause.localName === 'h3' ? cause.nextElementSibling : cause.querySelector('summary').nextElementSibling;
	return inside.checkVisibility({ contentVisibilityAuto: true });
})`

func TestRareCausesAreFoldedForWhoReadsOn(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{width: 390, height: 844, touch: true})
	r.goes("ja/error-525/")
	r.awaits(`document.querySelector('.rare')`)
	if got := ask[[]bool](r, folded); len(got) < 5 || !got[0] || !got[1] {
		t.Fatalf("shown of the causes are %v, want the first two", got)
	} else {
		for i, shown := range got[2:] {
			if shown {
				t.Errorf("cause %d is open", i+3)
			}
		}
	}
	// The heading opens it, and so does a link on the page.
	r.clicks("#sni")
	r.awaits(`document.getElementById('sni').closest('.rare').open`)
	ask[int](r, `location.hash = 'client-certificate', 1`)
	r.awaits(`document.getElementById('client-certificate').closest('.rare').open`)
}

func TestNoCauseIsFoldedForWhoComesByALinkOrHasNoScript(t *testing.T) {
	t.Parallel()
	r := opens(t, site(t, "/"), device{})
	all := func(at string) {
		t.Helper()
		got := ask[[]bool](r, folded)
		if len(got) < 5 {
			t.Fatalf("%s: %d causes", at, len(got))
		}
		for i, shown := range got {
			if !shown {
				t.Errorf("%s: cause %d is folded", at, i+1)
			}
		}
	}
	r.goes("en/error-525/#client-certificate")
	all("linked to")
	r.holds(device{scriptless: true})
	r.goes("en/error-525/")
	all("without script")
	r.holds(device{paper: true})
	r.goes("ja/error-525/")
	r.awaits(`document.querySelector('.rare')`)
	all("on paper")
}
