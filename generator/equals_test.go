package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// part is what a reader finds between two headings, but for the words.
type part struct {
	id       string // of the heading, or its part's class; empty above the first
	steps    int
	points   int
	rows     int
	blocks   []string // what each block is, and what is typed in it
	links    []string // where they lead, each once
	referred []string // {fact …}, {ui …} and {label …}
}

var (
	headed    = regexp.MustCompile(`(?m)^#{2,4} .*\{[#.]([\w-]+)\}$`)
	anyBlock  = regexp.MustCompile("(?ms)^ *```([^`\n]*)\n(.*?)^ *```$")
	step      = regexp.MustCompile(`(?m)^ *\d+\. `)
	point     = regexp.MustCompile(`(?m)^ *- `)
	tableRow  = regexp.MustCompile(`(?m)^ *\|`)
	linked    = regexp.MustCompile(`\]\(([^)]+)\)`)
	reference = regexp.MustCompile(`\{(?:fact|ui|label) [\w-]+\}`)
	inBlock   = regexp.MustCompile(`(?m)(^| )#.*$`)
	ofText    = regexp.MustCompile(`\b(?:en|ja)\.md`)
)

// parts are those of a text, in order.
func parts(text string) []part {
	_, text, _ = strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	return below("", text)
}

// below is parts of a text without front matter.
func below(id, text string) []part {
	var blocks []string
	text = anyBlock.ReplaceAllStringFunc(text, func(block string) string {
		m := anyBlock.FindStringSubmatch(block)
		kind, _, _ := strings.Cut(m[1], " title=")
		said := kind
		switch kind {
		case "command", "console", "bash", "nginx", "apache", "php", "ini", "yaml", "caddyfile":
			said += ": " + strings.Join(strings.Fields(inBlock.ReplaceAllString(entered(m[2]), "")), " ")
		}
		blocks = append(blocks, said)
		return fmt.Sprintf("\x00%d\x00", len(blocks)-1)
	})
	var all []part
	from := 0
	add := func(id, text string) {
		p := part{id: id, steps: len(step.FindAllString(text, -1)), points: len(point.FindAllString(text, -1)), rows: len(tableRow.FindAllString(text, -1))}
		for _, m := range regexp.MustCompile("\x00(\\d+)\x00").FindAllStringSubmatch(text, -1) {
			var i int
			fmt.Sscan(m[1], &i)
			p.blocks = append(p.blocks, blocks[i])
		}
		links := map[string]bool{}
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			links[ofText.ReplaceAllString(m[1], "*.md")] = true
		}
		p.links = slices.Sorted(maps.Keys(links))
		p.referred = slices.Sorted(slices.Values(reference.FindAllString(text, -1)))
		all = append(all, p)
	}
	for _, m := range headed.FindAllStringSubmatchIndex(text, -1) {
		add(id, text[from:m[0]])
		id, from = text[m[2]:m[3]], m[1]
	}
	add(id, text[from:])
	return all
}

// TestBothLanguagesHaveTheSameStepsCommandsTablesAndLinks: neither language lacks
// what the other tells its reader to do.
func TestBothLanguagesHaveTheSameStepsCommandsTablesAndLinks(t *testing.T) {
	for _, file := range written(t) {
		if filepath.Base(file) != "ja.md" {
			continue
		}
		other := filepath.Join(filepath.Dir(file), "en.md")
		read := func(file string) []part {
			if strings.Contains(file, "recipes") {
				return below("", read(t, file))
			}
			return parts(read(t, file))
		}
		ja, en := read(file), read(other)
		if len(ja) != len(en) {
			t.Errorf("%s has %d parts, %s %d", file, len(ja), other, len(en))
			continue
		}
		for i := range ja {
			if a, b := fmt.Sprintf("%+v", ja[i]), fmt.Sprintf("%+v", en[i]); a != b {
				t.Errorf("%s, below %q:\n%s\n%s", filepath.Dir(file), ja[i].id, a, b)
			}
		}
	}
}
