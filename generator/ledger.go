package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
)

// publishLedger adds the site's addresses and anchors to published.txt, which
// check compares every later site with.
func (s *session) publishLedger() error {
	result, problems, err := s.verdict()
	if err != nil {
		return err
	}
	problems = slices.DeleteFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Warning }) // check says them; one asks for this command
	if err := s.report(problems); err != nil {
		return err
	}
	name := filepath.Join(s.content, "published.txt")
	old, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	known := map[string]bool{}
	lines := strings.Split(strings.TrimRight(string(old), "\n"), "\n")
	for _, line := range lines {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			known[strings.TrimPrefix(words[0], "/")] = true
		}
	}
	var added []string
	for _, a := range result.Addresses {
		if !known[a] {
			added = append(added, "/"+a)
		}
	}
	if len(old) == 0 {
		lines = []string{"# Every address and anchor that was ever published; links in tickets depend on them.",
			"# A line is never removed. Where something is gone for good, its line ends with \" gone\"",
			"# and, if something replaced it, with that address: /ja/old/ gone /ja/new/#there"}
	}
	text := strings.Join(slices.Concat(lines, added), "\n") + "\n"
	if len(added) > 0 {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
	}
	fmt.Fprintf(s.stdout, "%s added to %s\n", count(len(added), "line"), name)
	return nil
}
