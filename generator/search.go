package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"

	"sslclinic/generator/internal/searcher"
)

// search asks a site that was built, by the module that the browser runs.
func (s *session) search() error {
	site := os.DirFS(s.out)
	lang := s.lang
	if lang == "" {
		var err error
		if lang, err = searcher.Language(site); err != nil {
			return fmt.Errorf("%w; build the site first, or name its folder with -out", err)
		}
	}
	asked, err := searcher.Open(site, lang)
	if errors.Is(err, searcher.ErrNoLanguage) {
		return misuse{fmt.Sprintf("-lang %q: %v in %s; build the site first, or name another language or folder", lang, err, s.out)}
	}
	if err != nil {
		return err
	}
	if s.most == 0 {
		s.most = math.MaxInt32
	}
	if !s.stdin {
		results, err := asked.Ask(strings.Join(s.words, " "), s.most)
		if err != nil {
			return err
		}
		return s.answer(results)
	}
	lines := bufio.NewScanner(s.input)
	lines.Buffer(nil, longestQuery)
	for lines.Scan() {
		results, err := asked.Ask(lines.Text(), s.most)
		if err != nil {
			return err
		}
		if err := s.printJSON(results, ""); err != nil {
			return err
		}
	}
	return lines.Err()
}

// longestQuery is the longest line that -stdin takes, in bytes.
const longestQuery = 1 << 20

func (s *session) answer(results []searcher.Result) error {
	if s.json {
		return s.printJSON(results, "  ")
	}
	for _, r := range results {
		title := r.Title
		if r.Heading != "" {
			title += " › " + r.Heading
		}
		fmt.Fprintf(s.stdout, "%s\n    %s\n    %s\n", r.URL, title, strings.Join(strings.Fields(r.Excerpt), " "))
	}
	if len(results) == 0 {
		fmt.Fprintln(s.stderr, "nothing found")
	}
	return nil
}

// printJSON prints results as one array: on one line, where there is no indent.
func (s *session) printJSON(results []searcher.Result, indent string) error {
	e := json.NewEncoder(s.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(results)
}
