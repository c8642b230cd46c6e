package main

import (
	"os"
	"slices"
	"testing"

	"sslclinic/generator/internal/source"
)

// TestAnErrorsPageIsDrawnAsItsArticleQuotesIt: what is large on a sketch is
// what the article says stands on the screen.
func TestAnErrorsPageIsDrawnAsItsArticleQuotesIt(t *testing.T) {
	content, problems, err := source.Load(os.DirFS("../content"), "content")
	if err != nil || problems.Errors() > 0 {
		t.Fatal(problems, err)
	}
	var quoted []string
	for _, a := range content.Articles {
		for _, text := range a.Texts {
			for _, m := range text.Front.Messages {
				quoted = append(quoted, m.Text)
			}
		}
	}
	for id, page := range content.Sketches.Errors.Value.Pages {
		p := page.Value
		either := []string{p.Title + " — " + p.Number, p.Number + " — " + p.Title}
		if !slices.ContainsFunc(either, func(s string) bool { return slices.Contains(quoted, s) }) {
			t.Errorf("content/sketches.yaml:%d: no article quotes %q for %s", page.Line, either[0], id)
		}
	}
}
