package main

import (
	"fmt"

	"sslclinic/generator/internal/linkcheck"
)

// check says what build would find, crawls the site that it would write, and
// writes nothing.
func (s *session) check() error {
	result, problems, err := s.make()
	if err != nil {
		return err
	}
	if problems.Errors() == 0 {
		problems = append(problems, linkcheck.Check(result.Tree, result.Base)...)
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
