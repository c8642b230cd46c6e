package highlight

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
)

var tags = regexp.MustCompile(`</?span[^>]*>`)

func TestCodeSurvivesHighlighting(t *testing.T) {
	for _, c := range []struct{ lang, code string }{
		{"nginx", "server {\n    listen 443 ssl;\n    return 301 https://$host$request_uri;\n}\n"},
		{"bash", "curl -sv --resolve example.com:443:203.0.113.10 https://example.com/ -o /dev/null\n"},
		{"console", "$ openssl s_client -connect 203.0.113.10:443 </dev/null\nCONNECTED(00000003)\n"},
		{"php", "<?php\nif (isset($_SERVER['HTTPS'])) { echo \"<b>&amp;</b>\"; }"},
		{"text", "no newline at the end"},
		{"json", `{"a": [1, 2, "三"]}`},
		{"bash", ""},
	} {
		got := html.UnescapeString(tags.ReplaceAllString(HTML(c.lang, c.code), ""))
		if got != c.code {
			t.Errorf("%s:\n%q\ncame back as\n%q", c.lang, c.code, got)
		}
	}
}

func FuzzCodeSurvivesHighlighting(f *testing.F) {
	f.Add("nginx", "listen 443 ssl;")
	f.Add("yaml", "a: &b *c")
	f.Fuzz(func(t *testing.T, lang, code string) {
		if strings.ContainsAny(code, "\r\x00") || !Known(lang) || strings.ToValidUTF8(code, "") != code {
			t.Skip() // Markdown has replaced these before
		}
		if got := html.UnescapeString(tags.ReplaceAllString(HTML(lang, code), "")); got != code {
			t.Errorf("%s: %q came back as %q", lang, code, got)
		}
	})
}

func TestCodeThatTakesTooLongIsRefusedAndOtherCodeIsNot(t *testing.T) {
	for _, c := range []struct {
		lang, code string
		want       bool
	}{
		{"yaml", strings.Repeat("[", 20_000), false},
		{"php", "<?php " + strings.Repeat("\"{$a[", 20_000), false},
		{"text", strings.Repeat("[", 1<<20), true},
		{"nginks", "a", true},
	} {
		began := time.Now()
		if _, ok := In(20*time.Millisecond, c.lang, c.code); ok != c.want {
			t.Errorf("%s: %v after %v", c.lang, ok, time.Since(began))
		}
	}
	const code = "server {\n    listen 443 ssl;\n}\n"
	if got, ok := In(time.Minute, "nginx", code); !ok || got != HTML("nginx", code) {
		t.Errorf("%q %v", got, ok)
	}
}

func TestAPromptIsToldFromItsOutput(t *testing.T) {
	got := HTML("console", "$ true\ndone\n")
	if !strings.Contains(got, `<span class="gp">$</span>`) || !strings.Contains(got, `<span class="go">done`) {
		t.Errorf("got %s", got)
	}
}

// TestTheColoursDoNotDependOnTheClock: no match is given up for the time that
// it takes, once something has been highlighted.
func TestTheColoursDoNotDependOnTheClock(t *testing.T) {
	HTML("console", "$ true\n")
	slow := regexp2.MustCompile("^(a+)+$")
	slow.MatchTimeout = 1
	began := time.Now()
	for n := 18; time.Since(began) < 400*time.Millisecond; n++ { // thrice what the clock's lag allows
		if _, err := slow.MatchString(strings.Repeat("a", n) + "b"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyNamesOfLanguagesAreKnown(t *testing.T) {
	for lang, want := range map[string]bool{"nginx": true, "Bash": true, "console": true, "text": true, "ApacheConf": true, "nginks": false, "": false, "x.py": false} {
		if Known(lang) != want {
			t.Errorf("Known(%q) = %v", lang, !want)
		}
	}
}
