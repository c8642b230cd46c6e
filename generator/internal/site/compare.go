package site

import (
	"fmt"
	"slices"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
)

// compare sees that every translation has the source's anchors, in the
// source's order, so that switching the language keeps the place.
func (a *assembly) compare(article *Article) {
	original := article.Meta.Source.Value
	if article.Docs[original] == nil {
		return
	}
	want := anchored(article.Docs[original])
	for _, lang := range a.Languages {
		if tag := lang.Tag.Value; tag != original && article.Docs[tag] != nil {
			a.align(article.Texts[tag], anchored(article.Docs[tag]), want, original)
		}
	}
}

// anchored gives the headings that have an anchor, or should have one.
func anchored(d *markdown.Doc) []markdown.Heading {
	return slices.DeleteFunc(slices.Clone(d.Headings), func(h markdown.Heading) bool { return h.Level == 1 || h.Level > 3 })
}

// align names each heading that a translation has and its source has not, or
// the other way round, once: what the two have in common, in order, divides
// them, and between that the others are told in pairs. Headings without an id
// and ids said twice are problems already, and any of the source's may be
// meant by one.
func (a *assembly) align(text *source.Text, have, want []markdown.Heading, original string) {
	const hint = "every language has the same ids in the same order"
	wrong := func(at markdown.Heading, hint, format string, args ...any) {
		a.problem(text.File, at.Line, at.Col, diag.RuleHeadingIDs, fmt.Sprintf(format, args...), hint)
	}
	count := func(list []markdown.Heading, id string) (n int) {
		for _, h := range list {
			if h.ID == id {
				n++
			}
		}
		return n
	}
	gap := func(have, want []markdown.Heading, allHave, allWant []markdown.Heading, next markdown.Heading) {
		var missing []markdown.Heading
		for _, w := range want {
			if w.ID != "" && count(allHave, w.ID) == 0 {
				missing = append(missing, w)
			}
		}
		for _, h := range have {
			switch {
			case h.ID != "" && count(allHave, h.ID) > 1:
			case h.ID != "" && count(allWant, h.ID) > 0:
				wrong(h, hint, "#%s stands at another place than in %s.md", h.ID, original)
			case len(missing) > 0:
				if h.ID != "" {
					wrong(h, hint, "#%s stands where %s.md has #%s", h.ID, original, missing[0].ID)
				}
				missing = missing[1:]
			case h.ID != "":
				wrong(h, hint, "%s.md has no section #%s", original, h.ID)
			}
		}
		for _, m := range missing {
			switch {
			case next.ID != "":
				wrong(next, "add it before #"+next.ID+"; "+hint, "the section #%s of %s.md is missing", m.ID, original)
			case len(allHave) > 0:
				wrong(allHave[len(allHave)-1], "add it at the end; "+hint, "the section #%s of %s.md is missing", m.ID, original)
			default:
				wrong(markdown.Heading{Line: text.Line + 1}, hint, "the section #%s of %s.md is missing", m.ID, original)
			}
		}
	}
	i, j := 0, 0
	for _, p := range common(have, want) {
		h, w := have[p[0]], want[p[1]]
		gap(have[i:p[0]], want[j:p[1]], have, want, h)
		if h.Level != w.Level {
			wrong(h, "make them equal", "#%s is of level %d here and of level %d in %s.md", h.ID, h.Level, w.Level, original)
		}
		i, j = p[0]+1, p[1]+1
	}
	gap(have[i:], want[j:], have, want, markdown.Heading{})
}

// common gives the indexes of a longest common subsequence by id.
func common(x, y []markdown.Heading) [][2]int {
	same := func(i, j int) bool { return x[i].ID != "" && x[i].ID == y[j].ID }
	longest := make([][]int, len(x)+1)
	for i := range longest {
		longest[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if same(i, j) {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case same(i, j):
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
