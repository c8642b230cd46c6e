package markdown

import (
	"bytes"
	"fmt"

	"sslclinic/generator/internal/diag"
)

// Time is bounded by what a text holds, counted before it is read: reading
// within these limits takes time in proportion, and what is beyond them takes
// time by the square, or worse, and is nobody's article. No clock decides, so
// that a text is right on every machine or on none.
const (
	deepest       = 100     // lists and quotations within each other, on one line
	deepestBlocks = 5       // tabs within tabs, recipes within recipes: each is read as a text of its own
	mostMarks     = 4_000   // that may open or close something, in one paragraph, row or item
	mostCells     = 100_000 // of a table: its rows times its columns
	mostNotes     = 1_000   // footnotes
	mostRefs      = 5_000   // definitions of links
	mostOfAKind   = 100     // problems of one rule in one text; the others are counted
)

// beyond gives the offset of the first line that goes beyond a limit, and what
// is wrong with it; "" when none does.
func beyond(source []byte) (at int, what string) {
	marks, notes, refs := 0, 0, 0
	columns, rows := 0, 0
	before := []byte(nil) // the line above
	fence := ""           // the marks of the code that is open
	for start := 0; start < len(source); {
		end := start + bytes.IndexByte(source[start:], '\n')
		if end < start {
			end = len(source)
		}
		line := source[start:end]
		if marks := within("", string(line[:min(len(line), 20)])); fence != "" || marks != "" && line[0] == '`' {
			// Code costs what it holds. One that stands in a list may end with it, and
			// is counted as text.
			if fence == "" {
				fence = marks
			} else {
				fence = within(fence, string(line))
			}
			columns, before, start = 0, nil, end+1
			continue
		}
		text, depth := contained(line)
		switch {
		case len(text) == 0:
			marks, columns = 0, 0
		case depth > 0 || text[0] == '|' || text[0] == '#':
			marks = 0 // a block of its own
		}
		for _, c := range text {
			switch c {
			case '*', '_', '~', '[', ']', '!', '<', '`', '&', '{', '(', '"', '\\':
				marks++
			}
		}
		switch {
		case bytes.HasPrefix(text, []byte("[^")):
			notes++
		case bytes.HasPrefix(text, []byte("[")) && bytes.Contains(text, []byte("]:")):
			refs++
		}
		switch {
		case columns > 0:
			rows++
		case isRule(text) && len(before) > 0:
			columns, rows = bytes.Count(text, []byte("|"))+1, 1
		}
		switch {
		case depth > deepest:
			return start, fmt.Sprintf("more than %d lists or quotations within each other", deepest)
		case marks > mostMarks:
			return start, fmt.Sprintf("a paragraph with more than %d marks", mostMarks)
		case columns*rows > mostCells:
			return start, fmt.Sprintf("a table of more than %d cells", mostCells)
		case notes > mostNotes:
			return start, fmt.Sprintf("more than %d footnotes", mostNotes)
		case refs > mostRefs:
			return start, fmt.Sprintf("more than %d definitions of links", mostRefs)
		}
		before, start = text, end+1
	}
	return 0, ""
}

// contained gives a line without the marks of the lists and quotations that it
// begins, and how many they are.
func contained(line []byte) (text []byte, depth int) {
	for {
		line = bytes.TrimLeft(line, " \t")
		marks := 0
		switch {
		case len(line) == 0:
			return nil, depth
		case line[0] == '>':
			marks = 1
		case line[0] == '-' || line[0] == '*' || line[0] == '+' || line[0] == ':':
			marks = 1
		default:
			for marks < len(line) && marks < 9 && isDigit(line[marks]) {
				marks++
			}
			if marks == 0 || marks == len(line) || line[marks] != '.' && line[marks] != ')' {
				return line, depth
			}
			marks++
		}
		if line[0] != '>' && marks < len(line) && line[marks] != ' ' && line[marks] != '\t' {
			return line, depth
		}
		line, depth = line[marks:], depth+1
	}
}

// isRule tells whether a line may be the one under the head of a table.
func isRule(line []byte) bool {
	return bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, "|-: \t")) == 0
}

// tooMuch is a text that was not read, since that would take too long.
func (r *reading) tooMuch(at int, what string) {
	line, _ := r.place(at)
	r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Rule: diag.RuleLimit, Message: what, Hint: "nothing else of this text was read; cut it into parts", Hides: true})
}

// few leaves out problems of a rule that names too many places, and says how
// many there are.
func few(all diag.List) diag.List {
	if len(all) <= mostOfAKind {
		return all
	}
	seen := map[diag.Rule]int{}
	last := map[diag.Rule]int{} // in kept
	var kept diag.List
	for _, p := range all {
		if seen[p.Rule]++; seen[p.Rule] <= mostOfAKind {
			last[p.Rule] = len(kept)
			kept = append(kept, p)
		}
	}
	for rule, at := range last {
		if more := seen[rule] - mostOfAKind; more > 0 {
			kept[at].Message += fmt.Sprintf("; and %d more of this kind", more)
		}
	}
	return kept
}
