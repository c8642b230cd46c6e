package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// machines is what a machine counts by, such as a Ray ID: it stands in a page
// that is pasted whole, and in no other.
const machines = "(?<![0-9a-z])[0-9a-f]{16}(?![0-9a-z])"

// weak is a pattern, in JavaScript, of what is weak in a folded query: the
// longest first, and words of letters whole. It does without \b, of which not
// every engine thinks alike beside Japanese.
func (w Words) weak() string {
	var words, others []string
	for _, text := range w.Weak {
		folded := Fold(text)
		first, _ := utf8.DecodeRuneInString(folded)
		switch {
		case folded == "":
		case isWord(first):
			words = append(words, regexp.QuoteMeta(folded))
		default:
			others = append(others, regexp.QuoteMeta(folded))
		}
	}
	longest := func(all []string) string {
		slices.SortStableFunc(all, func(a, b string) int { return utf8.RuneCountInString(b) - utf8.RuneCountInString(a) })
		return strings.Join(slices.Compact(all), "|")
	}
	if len(words) > 0 {
		others = append(others, "(?<![a-z])(?:"+longest(words)+")(?![a-z])")
	}
	return longest(append(others, machines))
}

// strong is a text without its weak words of letters.
func (w Words) strong(text string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(text), func(word string) bool {
		return slices.Contains(w.Weak, strings.ToLower(word))
	}), " ")
}
