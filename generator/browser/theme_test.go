package browser

import (
	"testing"

	"sslclinic/generator/internal/output"
)

// TestTheCheckerWorksInAnotherLook from the answers to the fix, and whoever reads it can read it.
func TestTheCheckerWorksInAnotherLook(t *testing.T) {
	t.Parallel()
	theBrowser(t)
	r := opens(t, host(t, "/", func(base string) output.Tree { return dressed(t, base, "generator/testdata/themes/almanac") }), device{languages: "en"})
	d := r.opensCase("en", unknownName+"&at=result")
	r.concludes(d, "sni=rejected", "add_server_name")
	if face := ask[string](r, `getComputedStyle(document.body).fontFamily`); face == "" || ask[string](r, `getComputedStyle(document.querySelector('.masthead')).borderBlockEndStyle`) != "double" {
		t.Errorf("it looks like the first theme, in %s", face)
	}
	for _, scheme := range []string{"light", "dark"} {
		r.prefers("prefers-color-scheme: "+scheme, "prefers-reduced-motion: reduce")
		for _, p := range inspect[[]string](r, "contrast") {
			t.Errorf("%s: %s", scheme, p)
		}
	}
}
