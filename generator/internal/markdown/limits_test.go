package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sslclinic/generator/internal/diag"
)

// slow are texts of which goldmark, or a rule of ours, once took time by the
// square or worse: what begins them, and what is repeated.
var slow = [][2]string{
	{"", "[a]("}, {"", "["}, {"", "!["}, {"", "[]"}, {"", "[^a]"}, {"", "[a](b \""}, {"", "[a](b.md) "}, {"[x]: y.md\n\n", "[x] "}, {"[x]: y.md\n\n", "[x]\n"},
	{"", "[a]: b\n"}, {"a[^a]\n\n", "[^a]: b\n"}, {"[a](", "("},
	{"", "- "}, {"", "1. "}, {"", "> "}, {"", ">"}, {"> > > > > > > > ", "a\n"}, {"", ": "},
	{"", "*a_ "}, {"", "**a"}, {"", "a**b_c* "}, {"", "*字、"}, {"", "_字 "}, {"**", "a *b "}, {"", "~~a"},
	{"", "<"}, {"", "<a "}, {"", "<b>"}, {"", "<!-- "}, {"", "&a;"}, {"", "`a"}, {"", "{fact x}"}, {"", "{"}, {"## a {", "#b "},
	{"", "\x1b"}, {"", "\u200B"}, {"", "［x］"}, {"", "→"}, {"", "a\\\n"}, {"", "==a"}, {"", " "}, {"", "\t"}, {"", "\\"},
	{"|" + strings.Repeat("a|", 1000) + "\n|" + strings.Repeat("-|", 1000) + "\n", "|a|\n"}, {"", "|"}, {"", "|a|\n|-|\n\n"},
	{"", "## a {#b}\n"}, {"", "a\n=\n"}, {"", "a\n: b\n"}, {"", "```text\n"}, {"", "````tabs os\n=== macos\na\n````\n"},
	{"```text\n", "\x1b"}, {"```bash\n", "$(`"},
}

// FuzzNoTextTakesLong: what is repeated to 64 KiB is read, or refused with its
// place, in time that is far from what the square of it would be. The bound is
// wide, the processor's time counts, and the best of three.
func FuzzNoTextTakesLong(f *testing.F) {
	for _, s := range slow {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, begin, again string) {
		if len(again) == 0 || len(begin)+len(again) > 8<<10 {
			return
		}
		source := begin + strings.Repeat(again, (64<<10)/len(again))
		var took time.Duration
		for range 3 {
			start := spent()
			d := converter.Convert("a.md", 0, []byte(source))
			took = spent() - start
			if len(d.Problems) > 100*40 {
				t.Fatalf("%d problems", len(d.Problems))
			}
			slowCode := slices.ContainsFunc(d.Problems, func(p diag.Problem) bool { return p.Rule == diag.RuleLimit && strings.Contains(p.Hint, "```text") })
			if took < time.Second || slowCode && took < longest+time.Second {
				return
			}
		}
		t.Errorf("%q repeated to %d bytes takes %v", again, len(source), took)
	})
}

// Ten times as much as an article has is no reason to refuse it.
func TestALongTextIsNotRefused(t *testing.T) {
	var b strings.Builder
	for i := range 2_000 {
		if i%500 == 0 {
			fmt.Fprintf(&b, "```text\n%s```\n\n", strings.Repeat("{\"a\": [\"b\"]},\n", 2_000))
		}
		fmt.Fprintf(&b, "## Heading %d {#h%d}\n\n> [!NOTE]\n> - **One** `two` [three](../a/en.md), and *four*.\n>   1. Nested.\n\n| a | b |\n|---|---|\n| [x](../a/en.md) | `y` |\n\n", i, i)
	}
	d := converter.Convert("a.md", 0, []byte(b.String()))
	for _, p := range d.Problems {
		t.Fatal(p)
	}
	if len(d.Headings) != 2_000 {
		t.Errorf("%d headings", len(d.Headings))
	}
}

func TestATextThatTakesTooLongIsRefusedAtItsLine(t *testing.T) {
	for _, c := range []struct{ source, at string }{
		{"a\n\n" + strings.Repeat("[a](", 3_000), "a.md:3"},
		{"a\n" + strings.Repeat("> ", 200) + "b", "a.md:2"},
		{"|" + strings.Repeat("a|", 1_000) + "\n|" + strings.Repeat("-|", 1_000) + "\n" + strings.Repeat("|a|\n", 4_000), "a.md:101"},
		{strings.Repeat("````tabs os\n=== macos\na````\n", 3_000), "a.md:16"},
		{strings.Repeat("[^a]: b\n", 2_000), "a.md:1001"},
		{strings.Repeat("[a]: b\n\n", 6_000), "a.md:10001"},
	} {
		d := converter.Convert("a.md", 0, []byte(c.source))
		if !slices.ContainsFunc(d.Problems, func(p diag.Problem) bool { return p.Rule == diag.RuleLimit && strings.HasPrefix(p.Position(), c.at) }) || len(d.Problems) > 20 {
			t.Errorf("%.40q: %v", c.source, d.Problems)
		}
	}
}

func TestOfManyMistakesOfAKindSomeAreNamedAndAllCounted(t *testing.T) {
	d := converter.Convert("a.md", 0, []byte(strings.Repeat("a <b>c\n\n", 500)+"[]()\n"))
	html, last := 0, ""
	for _, p := range d.Problems {
		if p.Rule == "raw-html" {
			html, last = html+1, p.Message
		}
	}
	if html != mostOfAKind || !strings.Contains(last, "400 more") || !found(d.Problems, "a.md:1001:1", "link", "") {
		t.Errorf("%d, %q, %v", html, last, d.Problems[len(d.Problems)-1])
	}
}
