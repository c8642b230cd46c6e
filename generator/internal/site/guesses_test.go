package site

import (
	"fmt"
	"strings"
	"testing"

	"sslclinic/generator/internal/diag"
)

func TestTheNearestIsLookedForOnceANameAndForSomeNames(t *testing.T) {
	looked := 0
	known := func() []string { looked++; return []string{"error-525", "flexible"} }
	g := guesses{}
	for i := range 1_000 {
		if near := g.nearest("eror-525", known); near != "error-525" {
			t.Fatalf("%q", near)
		}
		g.nearest(fmt.Sprint("nothing-like-it-", i), known)
	}
	if looked != mostGuesses {
		t.Errorf("looked %d times, want %d", looked, mostGuesses)
	}
}

func TestAFileThatManyTextsMissIsNamedOnceWithTheNumberOfPlaces(t *testing.T) {
	var all diag.List
	for i := range 500 {
		all = append(all, diag.Problem{File: fmt.Sprintf("b/%03d.md", 499-i), Line: 1, Rule: diag.RuleLinkFile, Message: "there is no file x"})
	}
	for i := range mostPlaces {
		all = append(all, diag.Problem{File: "a.md", Line: i + 1, Rule: diag.RuleLinkFile, Message: "there is no file y"})
	}
	for range 2 * mostPlaces {
		all = append(all, diag.Problem{File: "c.md", Rule: diag.RuleHeading, Message: "a heading"})
	}
	got := once(all, map[string]bool{"there is no file x": true, "there is no file y": true})
	x := ""
	for _, p := range got {
		if strings.Contains(p.Message, "file x") && p.Rule == diag.RuleLinkFile {
			x += p.Position() + " " + p.Message
		}
	}
	if len(got) != 1+mostPlaces+2*mostPlaces || x != "b/000.md:1 there is no file x, here and in 499 places more" {
		t.Errorf("%d, %q", len(got), x)
	}
}
