package markdown

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
)

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
		before, _ := utf8.DecodeLastRune(r.source[:at])
		after, _ := utf8.DecodeRune(r.source[at+size:])
		if what := diag.Unseen(before, c, after); what != "" {
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
				Message: fmt.Sprintf("%s, U+%04X", what, c), Hint: diag.HintUnseen})
		}
		at += size
	}
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
