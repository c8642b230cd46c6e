package site

import (
	"cmp"
	"fmt"
	"slices"

	"sslclinic/generator/internal/diag"
)

// mostGuesses is for how many different names the nearest is looked for. Each
// costs as much as there are names: who has renamed a thousand articles is helped
// by the first hundred.
const mostGuesses = 100

// guesses remembers the nearest of names that are not there.
type guesses map[string]string

// nearest gives the name among known that was most likely meant; "" when none is
// near, or when too many were looked for already.
func (g guesses) nearest(want string, known func() []string) string {
	found, made := g[want]
	if !made && len(g) < mostGuesses {
		found = diag.Nearest(want, known())
		g[want] = found
	}
	return found
}

// mostPlaces is in how many places a mistake is named.
const mostPlaces = 10

// once names a mistake that stands in many places in the first of them, and says
// in how many it does. same are the messages of those that are one mistake: of a
// file that is not there.
func once(all diag.List, same map[string]bool) diag.List {
	places := map[string]int{}
	for _, p := range all {
		if same[p.Message] {
			places[p.Message]++
		}
	}
	if !slices.ContainsFunc(all, func(p diag.Problem) bool { return places[p.Message] > mostPlaces }) {
		return all
	}
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b diag.Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	told := map[string]bool{}
	var kept diag.List
	for _, p := range sorted {
		switch message, n := p.Message, places[p.Message]; {
		case n <= mostPlaces:
			kept = append(kept, p)
		case !told[message]:
			told[message] = true
			p.Message += fmt.Sprintf(", here and in %d places more", n-1)
			kept = append(kept, p)
		}
	}
	return kept
}
