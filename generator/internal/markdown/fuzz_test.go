package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// pieces are what a text is put together from; each W is a word of its own.
var pieces = []string{
	"W", " ", "\n", "\n\n", "W ", "、", "。", "字W", "W字",
	"*", "**", "_", "__", "~", "~~", "`", "```", "```text\n", "\n```\n", "\\",
	"[", "]", "(", ")", "[W](../a/en.md)", "[W](https://example.com/)", "![W](b.svg \"W\")", "![W](b.svg)", "[W][r]", "[r]: https://example.com/ \"W\"\n", "[r]\n", "[r]: c.md\n",
	"<", ">", "<!--", "-->", "<!-- note -->", "<b>", "<br>", "<https://example.com/W>",
	"# ", "## W {#h}\n", "### W {#i .c}\n", " {#j}", "{k=W}", "===\n", "---\n",
	"- ", "* ", "1. ", "  ", "    ", "\t", "> ", "> [!NOTE]\n> ", "[!TIP]", "- [x] ",
	"|", "|---|\n", "|W|W|\n", "\n|W|W|\n|---|---|\n|W|W|\n",
	"[^n]", "[^n]: W\n", "[^W]: W\n", "\n: ", "W\n: W\n",
	"````tabs os\n=== macos\n", "\n=== linux\n", "\n````\n", "```command\n", "```legs mode=full\n", "=== ",
	"&amp;", "&W;", "\u200B", "\r\n", "　", "・", "＊＊", ":::", "{{", "{fact ",
}

// written puts a text together, and counts its words.
func written(choices []byte) (source string, words int) {
	var b strings.Builder
	for _, c := range choices {
		for part := range strings.SplitAfterSeq(pieces[int(c)%len(pieces)], "W") {
			if rest, ok := strings.CutSuffix(part, "W"); ok {
				words++
				part = fmt.Sprintf("%sq%dq", rest, words)
			}
			b.WriteString(part)
		}
	}
	return b.String(), words
}

// FuzzEveryWordIsOnThePageOrNamed: a text in which nothing is wrong loses none
// of its words. Comments hold none here, unless they are opened by chance: then
// a word within them is none of the text.
func FuzzEveryWordIsOnThePageOrNamed(f *testing.F) {
	f.Add([]byte{0, 3, 34, 0, 35, 0})
	f.Add([]byte("\x00\x3f\x40\x41\x3d\x3e\x20\x21\x22\x25"))
	f.Add([]byte{64, 60, 2, 66, 0, 67, 0, 68, 2, 70, 0, 18})
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 60 {
			return
		}
		source, words := written(choices)
		d := converter.Convert("a.md", 0, []byte(source))
		if d.Problems.Errors() > 0 {
			return
		}
		shown := string(d.html)
		for _, h := range d.Holes {
			shown += fmt.Sprint(" ", h.Dest, h.Args, h.Caption, h.Body, h.Parts)
		}
		text := wholeComment.ReplaceAllString(source, "")
		for i := 1; i <= words; i++ {
			if word := fmt.Sprintf("q%dq", i); strings.Contains(text, word) && !strings.Contains(shown, word) {
				t.Fatalf("%q is lost:\n%s\ngave\n%s", word, source, shown)
			}
		}
	})
}

// FuzzThePublishedMarkdownSaysWhatThePageSays: read again, it gives the same
// page, and no comment of the author is in it.
func FuzzThePublishedMarkdownSaysWhatThePageSays(f *testing.F) {
	f.Add([]byte{47, 0, 3, 36, 3, 47, 0})
	f.Add([]byte{0, 1, 36, 1, 0, 2, 36, 2, 0})
	f.Add([]byte{47, 36, 3, 5, 0})
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 60 {
			return
		}
		source, _ := written(choices)
		d := converter.Convert("a.md", 0, []byte(source))
		if d.Problems.Errors() > 0 {
			return
		}
		values := make([]string, len(d.Holes))
		for i, h := range d.Holes {
			if values[i] = h.Dest; h.Kind == Block {
				values[i] = string(d.source[h.start:h.end])
			}
		}
		again := d.Markdown(values)
		if bytes.Contains(d.Markdown(make([]string, len(values))), []byte("<!-- note")) && !bytes.Contains(d.html, []byte("&lt;!-- note")) { // in code it stays
			t.Fatalf("a comment is published:\n%s\nof\n%s", again, source)
		}
		second := converter.Convert("a.md", 0, again)
		if squeeze(second.html) != squeeze(d.html) {
			t.Fatalf("%q\npublished as\n%q\ngives\n%s\ninstead of\n%s", source, again, second.html, d.html)
		}
	})
}

// squeeze takes white space away, of which a comment leaves some.
func squeeze(html []byte) string { return strings.Join(strings.Fields(string(html)), "") }

// FuzzTextWithoutCJKIsCommonMark: our rules for emphasis and line breaks change
// nothing where no CJK character stands.
func FuzzTextWithoutCJKIsCommonMark(f *testing.F) {
	plain := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()))
	ours := goldmark.New(goldmark.WithExtensions(syntax), goldmark.WithRendererOptions(html.WithUnsafe()))
	struck := goldmark.New(goldmark.WithExtensions(extension.Strikethrough), goldmark.WithRendererOptions(html.WithUnsafe()))
	f.Add("*.example.com, *.example.net **a**b __c__ _d_e\n*f*\n")
	f.Add("a*\"b\"*c **\u201Cd\u201D**e \u00A0*f* \u2014*g*\u2014 ***h** i*")
	f.Add("~~a~~ b\n**é**è\nc\\\nd")
	f.Fuzz(func(t *testing.T, source string) {
		if !utf8.ValidString(source) || strings.ContainsFunc(source, func(r rune) bool { return isCJK(r) || wide(r) || r == '\u200B' }) {
			return
		}
		want := plain
		if strings.Contains(source, "~") {
			if strings.Contains(strings.ReplaceAll(source, "~~", ""), "~") || strings.Contains(source, "~~~") {
				return // there a single one is a mark
			}
			want = struck
		}
		var a, b bytes.Buffer
		if want.Convert([]byte(source), &a) != nil || ours.Convert([]byte(source), &b) != nil {
			t.Fatal("rendering to memory failed")
		}
		if a.String() != b.String() {
			t.Fatalf("%q\nCommonMark %q\n      ours %q", source, a.String(), b.String())
		}
	})
}
