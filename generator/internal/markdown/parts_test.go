package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// filledWith fills links with their destinations, and blocks with the texts of
// their parts in brackets.
func filledWith(d *Doc) (html, md string) {
	inHTML, inMarkdown := make([]string, len(d.Holes)), make([]string, len(d.Holes))
	for i, h := range d.Holes {
		inHTML[i], inMarkdown[i] = h.Dest, strings.ToUpper(h.Dest)
		for _, p := range h.Parts {
			inHTML[i] += "[" + string(p.HTML) + "]"
			inMarkdown[i] += "[" + p.Markdown + "]"
		}
	}
	return string(d.HTML(inHTML)), string(d.Markdown(inMarkdown))
}

func TestWhatStandsInABlockIsReadAsTheTextItselfIs(t *testing.T) {
	const text = `See [a](../a/en.md).

## Do {#do}

` + "````tabs server" + `
=== nginx {#nginx}
1. Open [b](../b/en.md).

` + "```nginx\nlisten 443 ssl;\n```" + `

=== apache
` + "```command\n=== linux macos\ncurl http://example.com/\n=== windows\ncurl.exe http://example.com/\n```" + `

` + "```include renew\n```" + `
` + "````" + `

Then [c](../c/en.md).
`
	d := converter.Convert("a.md", 0, []byte(text))
	if len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	html, md := filledWith(d)
	for _, want := range []string{`<a href="../a/en.md">`, `[<ol>` + "\n" + `<li>Open <a href="../b/en.md">b</a>.</li>`, `<a href="../../articles/a/en.md">renew</a>`, `<a href="../c/en.md">`, `data-lang="powershell"`} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	for _, want := range []string{"See [a](../A/EN.MD).", "[1. Open [b](../B/EN.MD).", "[[```bash\ncurl http://example.com/\n```][```powershell", "[Then [renew](../../ARTICLES/A/EN.MD).]]\n\nThen [c](../C/EN.MD)."} {
		if !strings.Contains(md, want) {
			t.Errorf("no %s in %s", want, md)
		}
	}
	places := map[string]string{}
	for _, h := range d.Holes {
		places[h.Dest+h.Name] = fmt.Sprintf("%s %d:%d under %d", h.File, h.Line, h.Col, h.Level)
	}
	for of, want := range map[string]string{
		"../b/en.md": " 7:13 under 0", "command": " 14:4 under 3", "include": " 21:4 under 3", "tabs": " 5:5 under 2",
		"../../articles/a/en.md": "recipes/renew/en.md 1:14 under 0",
	} {
		if places[of] != want {
			t.Errorf("%s stands at %q, want %q", of, places[of], want)
		}
	}
	sections := d.Sections()
	if got := sections[1]; len(sections) != 2 || got.Text != "Open b.\nThen renew.\nThen c." || len(got.Code) != 3 {
		t.Errorf("the sections are %+v", sections)
	}
	if anchor := d.Headings[1]; anchor.ID != "nginx" || anchor.Level != 0 || anchor.Line != 6 || !d.Fills {
		t.Errorf("the anchor is %+v, and it is %v that names belong into a command", anchor, d.Fills)
	}
}

// TestTheFieldsStandAboveTheBlockWithTheFirstCommand that they belong into,
// however deep in it that stands.
func TestTheFieldsStandAboveTheBlockWithTheFirstCommand(t *testing.T) {
	const named = "curl https://example.com/\n"
	for text, want := range map[string]string{
		"A.\n\n```bash\nls\n```\n\n```bash\n" + named + "```\n\n```bash\n" + named + "```\n":                      Fields + "\n<figure",
		"A.\n\n1. B.\n2. C:\n\n   ```bash\n   " + named + "   ```\n":                                              Fields + "\n<ol>",
		"A.\n\n````tabs server\n=== nginx\n```bash\n" + named + "```\n````\n\n```bash\n" + named + "```\n":        Fields + "\n\x000\x00",
		"A.\n\n```command\n=== linux macos\n" + named + "=== windows\ncurl.exe https://example.com/\n```\n\nB.\n": Fields + "\n\x000\x00",
		"A.\n\n```nginx\nserver_name example.com;\n```\n":                                                         "",
	} {
		d := converter.Convert("a.md", 0, []byte(text))
		html := string(d.html)
		if d.Fills != (want != "") || strings.Count(html, Fields) != strings.Count(want, Fields) || !strings.Contains(html, want) {
			t.Errorf("%q:\n%q\nwant %q", text, html, want)
		}
		for _, h := range d.Holes {
			for _, p := range h.Parts {
				if strings.Contains(string(p.HTML), Fields) {
					t.Errorf("%q: a block has the fields within: %q", text, p.HTML)
				}
			}
		}
	}
}

func TestEveryMistakeInWhatABlockHoldsIsNamedWhereItStands(t *testing.T) {
	for text, want := range map[string]string{
		"````tabs server\nA text.\n=== nginx\nb\n````\n":            "a.md:2: error: a text above the first tab [tabs]",
		"````tabs server\n=== nginx\n## Open {#open}\n````\n":       "a.md:3:1: error: a heading within a block [tabs]",
		"````tabs server\n=== nginx\nA[^1].\n\n[^1]: B.\n````\n":    "a.md:2:1: error: a footnote within a block [tabs]",
		"````tabs server\n=== nginx\n<b>x</b>\n````\n":              "a.md:3:1: error: raw HTML is not allowed [raw-html]",
		"````tabs server\n=== nginx {#Big}\na\n````\n":              "a.md:2:1: error: the id \"Big\" is not made of a-z, 0-9 and hyphens [heading-id]",
		"## A {#a}\n\n````tabs server\n=== nginx {#a}\na\n````\n":   "a.md:4:1: error: the id \"a\" is used twice [heading-id]",
		"- ````tabs server\n  === nginx\n  a\n  ````\n":             "a.md:1:7: error: tabs stands in a list or a quotation [tabs]",
		"```include renewal\n```\n":                                 "a.md:1:12: error: there is no recipe \"renewal\" [include]\n    hint: did you mean \"renew\"?",
		"```include round\n```\n":                                   "recipes/again/en.md:1:12: error: recipes include each other in a circle: round, again, round [include]",
		"````tabs server\n=== nginx\n```include round\n```\n````\n": "recipes/again/en.md:1:12: error: recipes include each other in a circle: round, again, round [include]",
	} {
		d := converter.Convert("a.md", 0, []byte(text))
		if len(d.Problems) == 0 || !strings.HasPrefix(d.Problems[0].String(), want) || d.Problems[0].Hint == "" {
			t.Errorf("%s:\n got %v\nwant %s", text, d.Problems, want)
		}
	}
}

// TestARecipeIsLongEnoughToBeWorthOnePlace holds the two thresholds.
func TestARecipeIsLongEnoughToBeWorthOnePlace(t *testing.T) {
	code := func(lines int) string { return "```bash\n" + strings.Repeat("a\n\n", lines) + "```\n" }
	list := func(steps int) string { return strings.Repeat("1. Do **it**.\n", steps) }
	for text, want := range map[string]string{
		code(recipeLines - 1): "", code(recipeLines): "1: 4 lines of code",
		list(recipeSteps - 1): "", list(recipeSteps): "1: 3 steps",
		strings.ReplaceAll(list(9), "1.", "-"):                   "",
		"````tabs server\n=== nginx\n" + list(3) + "````\n":      "3: 3 steps",
		"```include renew\n```\n":                                "",
		"```command\n=== linux\na\nb\nc\nd\n=== macos\nb\n```\n": "",
	} {
		got := ""
		for _, r := range converter.Convert("a.md", 0, []byte(text)).Recipes {
			got += fmt.Sprintf("%d: %s", r.Line, r.What)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
