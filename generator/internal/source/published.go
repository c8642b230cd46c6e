package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
)

// Address is a line of published.txt: "/ja/old/", "/ja/old/ gone" or
// "/ja/old/ gone /ja/new/#there".
type Address struct {
	Line int
	Path string // a page's or a file's path, or one with #anchor
	Gone bool   // for good
	Now  string // the address that replaced it, when Col says that there is one
	Col  int    // where Now stands, in characters from 1; 0 when nothing is named
}

func (l *loader) published(file string) []Address {
	data, ok := l.read(file)
	if !ok {
		return nil
	}
	var all []Address
	seen := map[string]bool{}
	for i, line := range strings.Split(string(data), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		a := Address{Line: i + 1, Path: strings.TrimPrefix(words[0], "/"), Gone: len(words) > 1}
		col := func(word int) int {
			at := 0
			for _, w := range words[:word] {
				at += strings.Index(line[at:], w) + len(w)
			}
			return utf8.RuneCountInString(line[:at+strings.Index(line[at:], words[word])]) + 1
		}
		const hint = "write \"/ja/old/ gone\", or \"/ja/old/ gone /ja/new/#there\" with the address that replaced it"
		switch {
		case a.Gone && words[1] != "gone":
			l.problem(file, i+1, col(1), diag.RulePublished, fmt.Sprintf("unknown word %q after an address", words[1]), hint)
			continue
		case len(words) > 3:
			l.problem(file, i+1, col(3), diag.RulePublished, fmt.Sprintf("%q is one word too many", words[3]), hint)
			continue
		case seen[a.Path]:
			l.problem(file, i+1, 0, diag.RulePublished, fmt.Sprintf("the address /%s is there twice", a.Path), "keep one")
			continue
		case len(words) == 3:
			a.Now, a.Col = strings.TrimPrefix(words[2], "/"), col(2)
		}
		seen[a.Path] = true
		all = append(all, a)
	}
	return all
}
