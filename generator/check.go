package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"sslclinic/generator/internal/diag"
)

// check says what build would find, and what is to be read again by today, and
// writes nothing.
func (s *session) check() error {
	if s.explain != "" {
		return s.explainRule()
	}
	result, problems, err := s.verdict()
	if err != nil {
		return err
	}
	if problems.Errors() == 0 {
		problems = append(problems, result.Facts.ReviewBy(filepath.ToSlash(filepath.Clean(s.content)), s.today)...)
	}
	problems = problems.Sorted()
	if err := s.report(problems); err != nil {
		return err
	}
	if s.json {
		return s.finish(problems, outcome{Base: result.Base, Articles: result.Articles, Files: len(result.Tree)})
	}
	fmt.Fprintf(s.stdout, "%s in %s: no errors, %s\n", count(result.Articles, "article"), count(result.Languages, "language"), count(len(problems), "warning"))
	return nil
}

// explainRule prints what a rule names, with an example that breaks it and one
// that does not.
func (s *session) explainRule() error {
	var known []string
	for _, e := range diag.Explanations() {
		if string(e.Rule) == s.explain {
			example := func(text string) string { return "    " + strings.ReplaceAll(text, "\n", "\n    ") }
			fmt.Fprintf(s.stdout, "%s: %s\n\nwrong:\n%s\n\nright:\n%s\n", e.Rule, e.Names, example(e.Wrong), example(e.Right))
			return nil
		}
		known = append(known, string(e.Rule))
	}
	return misuse{fmt.Sprintf("there is no rule %q; %s", s.explain, cmp.Or(diag.DidYouMean(s.explain, known), "generator/README.md lists them"))}
}
