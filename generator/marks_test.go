package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// marks are words by which a text says that it is not sure of what it says.
// What links to its source, and what a note says, is none.
var marks = map[string]*regexp.Regexp{
	"ja": regexp.MustCompile(`推定|（報告例|未確認|おそらく`),
	"en": regexp.MustCompile(`(?i)\binferred|\(reported|not confirmed|\bprobably\b`),
}

// note is a footnote's text, or a reference to one.
var note = regexp.MustCompile(`(?m)^\[\^[a-z]+\]: .*$|\[\^[a-z]+\]`)

// TestMarksOfConfidenceAreFew: a worried reader who meets one in every
// sentence trusts none. They stand where being wrong would change the next
// step; the rest are notes, with what they rest on.
func TestMarksOfConfidenceAreFew(t *testing.T) {
	const most = 15
	for lang, mark := range marks {
		var files, found []string
		for _, folder := range []string{"articles", "recipes"} {
			texts, err := filepath.Glob("../content/" + folder + "/*/" + lang + ".md")
			if err != nil || len(texts) == 0 {
				t.Fatal(folder, err)
			}
			files = append(files, texts...)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(data), "\n") {
				for range mark.FindAllString(note.ReplaceAllString(line, ""), -1) {
					found = append(found, file[len("../"):]+":"+strconv.Itoa(i+1)+": "+line)
				}
			}
		}
		if len(found) > most {
			t.Errorf("%s: %d marks of confidence, at most %d; make a note of some, [^inferred] or [^reported]:\n%s", lang, len(found), most, strings.Join(found, "\n"))
		}
	}
}
