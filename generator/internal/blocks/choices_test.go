package blocks

import (
	"strings"
	"testing"
)

// drawn draws tabs so that a test sees what the template is given.
func drawn(t *testing.T, block string) Drawing {
	t.Helper()
	p := Page{Choices: choices, Figures: figures(t, map[string]string{
		"tabs":   `{{.ID}} by {{.By}} at {{.Level}}:{{range .Tabs}} [{{.Name}}|{{.For}}|{{.ID}}] {{.Body}}{{end}}`,
		"recipe": `({{.Body}})`,
	})}
	h := hole(t, block)
	if problems := Check(choices, h, "a.md"); len(problems) > 0 {
		t.Fatalf("%s: %v", block, problems)
	}
	got, err := Draw(p, h, "x")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestEachTabStandsUnderTheNamesOfWhomItIsFor(t *testing.T) {
	got := drawn(t, "````tabs host\n=== sakura\nOne.\n\n=== xserver {#x}\n- Two\n````\n")
	html := "x by host at 2: [Sakura|sakura|] <p>One.</p>\n [Xserver|xserver|x] <ul>\n<li>Two</li>\n</ul>"
	md := "**Sakura**\n\nOne.\n\n**Xserver**\n\n- Two"
	if string(got.HTML) != html || got.Markdown != md {
		t.Errorf("got %q\n%q", got.HTML, got.Markdown)
	}
}

func TestWhatSeveralHaveInCommonIsSaidOnceInTheOrderOfTheChoices(t *testing.T) {
	got := drawn(t, "```command\n=== linux macos\ncurl a\n=== windows\ncurl.exe a\n```\n")
	for _, want := range []string{"by os", "[macOS / Linux|macos linux|]", `data-lang="bash"`, "[Windows|windows|]", `data-lang="powershell"`} {
		if !strings.Contains(string(got.HTML), want) {
			t.Errorf("no %s in %s", want, got.HTML)
		}
	}
	if want := "**macOS / Linux**\n\n```bash\ncurl a\n```\n\n**Windows**\n\n```powershell\ncurl.exe a\n```"; got.Markdown != want {
		t.Errorf("got %q", got.Markdown)
	}
}

func TestACommandThatIsTheSameEverywhereHasNoTabs(t *testing.T) {
	got := drawn(t, "```command title=\"Look\"\n$ dig example.com\n203.0.113.10\n```\n")
	if html := string(got.HTML); strings.Contains(html, "by os") || !strings.Contains(html, `data-lang="console"`) || !strings.Contains(html, "<figcaption>Look</figcaption>") {
		t.Errorf("got %s", html)
	}
	if want := "```console\n$ dig example.com\n203.0.113.10\n```"; got.Markdown != want {
		t.Errorf("got %q", got.Markdown)
	}
}

func TestARecipeIsDrawnFromItsOwnFile(t *testing.T) {
	got := drawn(t, "```include renew\n```\n")
	if want := (Drawing{"(<p>Then <strong>renew</strong>.</p>\n)", "Then **renew**."}); got != want {
		t.Errorf("got %q", got)
	}
}

func TestEveryMistakeInTabsIsNamedWhereItStands(t *testing.T) {
	named(t, []mistake{
		{"```tabs\n=== nginx\na\n=== apache\nb\n```\n", []string{"a.md:11:4: error: tabs by nothing [tabs]\n    hint: write ````tabs host"}},
		{"```tabs hosts\n=== nginx\na\n=== apache\nb\n```\n", []string{"a.md:11:9: error: there are no tabs by \"hosts\" [tabs]\n    hint: did you mean \"host\"?"}},
		{"```tabs server os\n=== nginx\na\n=== apache\nb\n```\n", []string{"a.md:11:16: error: tabs by two things"}},
		{"```tabs server\n=== nginx\na\n=== apach\nb\n```\n", []string{"a.md:14:5: error: there is no server \"apach\" [tabs]\n    hint: did you mean \"apache\"?"}},
		{"```tabs host\n=== xserver\na\n=== kagoya\nb\n```\n", []string{"a.md:14:5: error: there is no host \"kagoya\" [tabs]\n    hint: known are: sakura, xserver"}},
		{"```tabs os\n=== macos\na\n=== linux bsd\nb\n```\n", []string{"a.md:14:11: error: there is no system \"bsd\""}},
		{"```tabs server\n=== nginx\na\n=== apache nginx\nb\n```\n", []string{"a.md:14:12: error: \"nginx\" has a tab already"}},
		{"```tabs server\n=== nginx\n\n=== apache\nb\n```\n", []string{"a.md:12:1: error: a tab without a text [tabs]\n    hint: write it below the mark"}},
		{"```tabs server\n===\na\n=== apache\nb\n```\n", []string{"a.md:12:1: error: a tab without a name [tabs]\n    hint: write === and one or more of nginx, apache"}},
		{"```tabs server\n=== nginx\na\n```\n", []string{"a.md:11:4: error: a single tab"}},
		{"```tabs server\n```\n", []string{"a.md:11:4: error: tabs without a tab"}},
	})
}

func TestEveryMistakeInACommandIsNamedWhereItStands(t *testing.T) {
	named(t, []mistake{
		{"```command\n```\n", []string{"a.md:11:4: error: command without a command [tabs]"}},
		{"```command os\ncurl\n```\n", []string{"a.md:11:12: error: command takes title=\"…\", not \"os\""}},
		{"```command\n=== windows\ncurl\n```\n", []string{"a.md:11:4: error: a command for some systems alone"}},
		{"```command\n=== window\ncurl\n=== linux\ncurl\n```\n", []string{"a.md:12:5: error: there is no system \"window\" [tabs]\n    hint: did you mean \"windows\"?"}},
		{"```command\n=== windows\n=== linux\ncurl\n```\n", []string{"a.md:12:1: error: a tab without a text"}},
		{"```command\n=== linux\ncurl\n=== linux\ncurl\n```\n", []string{"a.md:14:5: error: \"linux\" has a tab already"}},
	})
}

func TestEveryMistakeInAnIncludeIsNamedWhereItStands(t *testing.T) {
	named(t, []mistake{
		{"```include\n```\n", []string{"a.md:11:4: error: an include of nothing [include]"}},
		{"```include renew again\n```\n", []string{"a.md:11:18: error: one recipe at a time [include]"}},
		{"```include renew=1\n```\n", []string{"a.md:11:12: error: a recipe takes no value [include]"}},
		{"```include renew\nMine.\n```\n", []string{"a.md:11:4: error: include shows no text of yours [include]"}},
	})
}

func TestALinkChoosesWhatThereIs(t *testing.T) {
	for _, c := range []struct{ by, value, message, hint string }{
		{"os", "windows", "", ""},
		{"host", "sakura", "", ""},
		{"os", "window", `there is no system "window"`, `did you mean "windows"?`},
		{"system", "windows", `nobody chooses a "system"`, "known are: host, os, server"},
	} {
		if message, hint := choices.Wrong(c.by, c.value); message != c.message || hint != c.hint {
			t.Errorf("%s=%s: %q, %q", c.by, c.value, message, hint)
		}
	}
}
