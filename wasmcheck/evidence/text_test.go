package evidence

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestEightBytesTogetherAreReadAsOneByOne holds what is searched for by words of eight bytes against package strings: at every
// length around them, at every place, and with bytes that differ by one bit.
func TestEightBytesTogetherAreReadAsOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 25))
	const letters = "abAB@Z[`z{\x00\x1f \t\x7f\x80\xc1\xe3"
	text := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = letters[random.IntN(len(letters))]
		}
		return string(b)
	}
	small := func(s string) string {
		b := []byte(s)
		for i, c := range b {
			if c >= 'A' && c <= 'Z' {
				b[i] = c + 'a' - 'A'
			}
		}
		return string(b)
	}
	for range 200_000 {
		s, piece := text(random.IntN(40)), text(random.IntN(4))
		if got, want := index(s, piece), strings.Index(s, piece); got != want {
			t.Fatalf("%q stands in %q at %d, not at %d", piece, s, want, got)
		}
		if got, want := lower(s), small(s); got != want {
			t.Fatalf("%q in small letters is %q, not %q", s, want, got)
		}
		if got, want := plain(s), !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 }); got != want {
			t.Fatalf("that %q is ASCII is %t", s, want)
		}
		if got, want := printable(s), !slices.ContainsFunc([]byte(s), func(b byte) bool { return b < ' ' && b != '\t' || b >= 0x7f }); got != want {
			t.Fatalf("that %q is printable is %t", s, want)
		}
		if list := strings.ReplaceAll(text(9), "`", "|"); s != "" {
			all := strings.Split(list, "|")
			if got, want := hasAny(s, list), slices.ContainsFunc(all, func(p string) bool { return strings.Contains(s, p) }); got != want {
				t.Fatalf("that one of %q is in %q is %t", all, s, want)
			}
			if got, want := beginsAny(s, list), slices.ContainsFunc(all, func(p string) bool { return strings.HasPrefix(s, p) }); got != want {
				t.Fatalf("that %q begins with one of %q is %t", s, all, want)
			}
			if got, want := oneOf(s, list), slices.Contains(all, s); got != want {
				t.Fatalf("that %q is one of %q is %t", s, all, want)
			}
		}
	}
}

// TestTheScannerFindsEachWordingWhereverItStands, by its first three bytes.
func TestTheScannerFindsEachWordingWhereverItStands(t *testing.T) {
	s := newScanner()
	for i := range Rules {
		for _, n := range Rules[i].Wordings() {
			found := s.scan("é "+n+" …", 3, nil)
			if !slices.ContainsFunc(found, func(h hit) bool { return h.rule() == &Rules[i] && h.line == 3 }) {
				t.Errorf("%q of %s is not found", n, Rules[i].ID)
			}
			// Broken over two lines it is found where they meet, and only there.
			at := 2 + len(n)/2
			if across := s.across("  "+n, at, at, 0, nil); !slices.ContainsFunc(across, func(h hit) bool { return h.rule() == &Rules[i] }) {
				t.Errorf("%q of %s is not found across", n, Rules[i].ID)
			}
		}
	}
}

// TestThatSentencesWereLeftOutIsSaid, and only then.
func TestThatSentencesWereLeftOutIsSaid(t *testing.T) {
	for _, more := range []int{0, 1} {
		said := slices.Contains(Read(strings.Repeat("The site is down. ", maxSentences+more), "").Notes, "more_sentences")
		if said != (more > 0) {
			t.Errorf("of %d sentences it is %t that some were left out", maxSentences+more, said)
		}
	}
}

// TestALineHasItsNumberThoughWhatIsBeforeItWasLeftOut, and that something was is said; also where a line ends just there.
func TestALineHasItsNumberThoughWhatIsBeforeItWasLeftOut(t *testing.T) {
	for width := 0; width < 64; width += 9 {
		filler := strings.Repeat("x", width) + "\n"
		lines := maxInput/len(filler) + 1000
		r := Read(strings.Repeat(filler, lines)+"error code: 525\n"+filler, "")
		at := 0
		for _, f := range r.Facts {
			if f.ID == "error_code" {
				at = f.Line
			}
		}
		if at != lines+1 || r.Lines != lines+2 || !slices.Contains(r.Notes, "cut") {
			t.Fatalf("of %d lines of %d bytes the error stands in line %d of %d, notes %v", lines, width, at, r.Lines, r.Notes)
		}
	}
}

// TestEveryKindHasItsID: the ids stand in one text, in the order of the kinds.
func TestEveryKindHasItsID(t *testing.T) {
	if len(kindIDs) != int(kinds) || kindIDs[unknown] != "unknown" || kindIDs[sClient] != "openssl_s_client" || kindIDs[har] != "har" || kindIDs[binary] != "binary" {
		t.Errorf("%d ids of %d kinds: %q", len(kindIDs), kinds, kindIDs)
	}
}
