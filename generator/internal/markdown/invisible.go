package markdown

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
)

// unseen says what is wrong with characters that nobody sees: what stands on the
// page is then not what is copied, or stands there in another order. White space
// and the selectors that choose between the forms of a sign are not among them;
// a joiner is, except between two signs that it makes one.
func unseen(c rune) string {
	switch {
	case c == '\n' || c == '\t':
		return ""
	case c < ' ', c >= 0x7F && c < 0xA0, c >= 0xFFF9 && c <= 0xFFFB:
		return "a control character"
	case c == 0x061C, c == 0x200E, c == 0x200F, c >= 0x202A && c <= 0x202E, c >= 0x2066 && c <= 0x206F:
		return "a character that changes the direction of the text"
	case c == 0x00AD, c == 0x034F, c == 0x115F, c == 0x1160, c == 0x180E, c == 0x200B, c == 0x200C, c == 0x200D, c == 0x2028, c == 0x2029,
		c >= 0x2060 && c <= 0x2064, c == 0x3164, c == 0xFEFF, c == 0xFFA0, c >= 0xE0000 && c <= 0xE0FFF:
		return "a character without width"
	}
	return ""
}

// stretch is a part of the source.
type stretch struct{ start, end int }

// invisible names what a reader cannot see: an error in code, which is copied,
// and a warning elsewhere, unless no HTML can hold it.
func (r *reading) invisible() {
	slices.SortFunc(r.code, func(a, b stretch) int { return cmp.Compare(a.start, b.start) }) // footnotes are read last
	for at := 0; at < len(r.source); {
		if c := r.source[at]; c >= ' ' && c < 0x7F || c == '\n' {
			at++
			continue
		}
		c, size := utf8.DecodeRune(r.source[at:])
		if what := unseen(c); what != "" && !r.joinsSigns(at, c, size) {
			code := in(r.code, at)
			if in(r.read, at) && !code {
				at += size
				continue // named by the reading of that text
			}
			severity := diag.Warning
			if code || c < 0xA0 {
				severity = diag.Error
			}
			line, col := r.place(at)
			r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: col, Severity: severity, Rule: diag.RuleInvisible,
				Message: fmt.Sprintf("%s, U+%04X", what, c), Hint: "take it away; text from a terminal or a web page often brings such with it"})
		}
		at += size
	}
}

// joinsSigns tells whether a joiner makes one sign of two, such as a family.
func (r *reading) joinsSigns(at int, c rune, size int) bool {
	before, _ := utf8.DecodeLastRune(r.source[:at])
	after, _ := utf8.DecodeRune(r.source[at+size:])
	return c == 0x200D && (before >= 0x2190 || before == 0xFE0F) && after >= 0x2190 && !isCJK(before) && !isCJK(after)
}

// in tells whether an offset is in one of the stretches, which are in order.
func in(all []stretch, at int) bool {
	lo, hi := 0, len(all)
	for lo < hi {
		if mid := (lo + hi) / 2; all[mid].end <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(all) && all[lo].start <= at
}
