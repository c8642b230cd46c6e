package browser

import (
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// clipboard is the machine's: who reads what was copied holds it.
var clipboard sync.Mutex

// lets decides whether the site may write to the clipboard and read it.
func (r *reader) lets(setting browser.PermissionSetting) {
	r.Helper()
	ctx, cancel := r.patiently()
	defer cancel()
	for _, name := range []string{"clipboard-write", "clipboard-read"} {
		if _, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: setting, Origin: strings.TrimSuffix(r.origin(), "/"),
			BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
		}); err != nil {
			r.Fatal(err)
		}
	}
}

// code is what each block of code of an article has to give to the clipboard:
// its text, and of a console the commands alone.
func code(t *testing.T, file string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lang := path.Base(file)
	whole := includes.ReplaceAllStringFunc(string(text), func(include string) string {
		recipe, err := os.ReadFile("../../content/recipes/" + includes.FindStringSubmatch(include)[1] + "/" + lang)
		if err != nil {
			t.Fatal(err)
		}
		return string(recipe)
	})
	for _, m := range fence.FindAllStringSubmatch(whole, -1) {
		indent, body := m[1], m[4]+"\n"
		kind, _, _ := strings.Cut(m[3], " ")
		if kind == "legs" || kind == "modes" {
			continue
		}
		if kind == "command" {
			for form := range strings.SplitSeq("\n"+body, "\n=== ") {
				if _, form, _ := strings.Cut(form, "\n"); form != "" {
					kind := "bash"
					if strings.HasPrefix(form, "$ ") {
						kind = "console"
					}
					all = append(all, typed(kind, indent, form))
				}
			}
			continue
		}
		all = append(all, typed(kind, indent, body))
	}
	return all
}

var includes = regexp.MustCompile("(?m)^```include (.*)\n```$")

// typed is what a block of code has to give.
func typed(kind, indent, body string) string {
	var lines []string
	continued := false
	for line := range strings.Lines(body) {
		line = strings.TrimPrefix(line, indent)
		if kind == "console" {
			command, ok := strings.CutPrefix(line, "$ ")
			if root, isRoot := strings.CutPrefix(line, "# "); isRoot {
				command, ok = root, true
			}
			if !ok && !continued {
				continue
			}
			line = command
			continued = strings.HasSuffix(line, "\\\n")
		}
		lines = append(lines, line)
	}
	return strings.TrimRight(strings.Join(lines, ""), "\n")
}

// TestTheCopyButtonCopiesTheCodeAndOfAConsoleTheCommands has one reader after
// the other: they share the machine's clipboard.
func TestTheCopyButtonCopiesTheCodeAndOfAConsoleTheCommands(t *testing.T) {
	t.Parallel()
	s := site(t, "/repo/")
	clipboard.Lock()
	defer clipboard.Unlock()
	for _, lang := range []string{"ja", "en"} {
		r := opens(t, s, device{})
		r.lets(browser.PermissionSettingGranted)
		r.goes(lang + "/certificate-nginx/")
		copied := func() string { return ask[string](r, "navigator.clipboard.readText()") }
		said := func(want string) {
			r.Helper()
			if !r.comes(`document.getElementById('said').innerText === document.getElementById('said').dataset.` + want) {
				t.Errorf("%s: after copying, the page says %q", r.where(), ask[string](r, `document.getElementById('said').innerText`))
			}
		}
		want := code(t, "../../content/articles/certificate-nginx/"+lang+".md")
		if n := ask[int](r, `document.querySelectorAll('.prose figure.code button').length`); n != len(want) || n < 5 {
			t.Fatalf("%s: %d blocks of code have a button, the article has %d", r.where(), n, len(want))
		}
		for i, text := range want {
			// A clipboard that was emptied shows what this button does.
			ask[int](r, `navigator.clipboard.writeText('').then(() => { document.getElementById('said').textContent = ''; const button = document.querySelectorAll('.prose figure.code button')[`+strconv.Itoa(i)+`];
				document.querySelector('[aria-controls="' + button.closest('[role=tabpanel]')?.id + '"]')?.click(); button.focus(); return 1; })`)
			r.presses(kb.Enter)
			said("done")
			if got := strings.TrimSuffix(copied(), "\n"); got != text {
				t.Errorf("%s: block %d gives\n%s\nwant\n%s", r.where(), i, got, text)
			}
		}

		r.clicks(".share [data-copy]")
		said("done")
		if got, want := copied(), r.site.base+"k/certificate-nginx/"; got != want {
			t.Errorf("the ticket button copies %q, want %q", got, want)
		}

		r.lets(browser.PermissionSettingDenied)
		r.clicks(".share [data-copy]")
		said("failed")
	}
}
