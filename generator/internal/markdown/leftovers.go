package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"sslclinic/generator/internal/diag"
)

// What was meant as something else than the text that it came out as.

// meant names lines that were meant as a heading or a table.
func (r *reading) meant(n *ast.Paragraph) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s := line.Value(r.source)
		switch hashes := len(s) - len(bytes.TrimLeft(s, "#")); {
		case hashes >= 2 && hashes <= 6:
			r.problem(line.Start, diag.RuleHeading, "this line is no heading", "put a space after the "+string(s[:hashes])+"; a # that is meant as such is written \\#")
		case s[0] == '|':
			r.problem(line.Start, diag.RuleTable, "this line is no row of a table", "a table has a line |---|---| under its head, and an empty line before it")
		}
	}
}

// table names rows that have more cells than the head: the rest would be lost.
func (r *reading) table(n *extast.Table) {
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if row.FirstChild() == nil {
			continue
		}
		at := row.Pos()
		if at < 0 {
			continue
		}
		line, _, _ := bytes.Cut(r.source[at:], []byte("\n"))
		if have, want := cells(line), len(n.Alignments); have > want {
			r.problem(at, diag.RuleTable, fmt.Sprintf("this row has %d cells, and the table %d columns", have, want), "the rest would be lost; a | that is meant as such is written \\|")
		}
	}
}

// cells counts the cells of a row as it is written.
func cells(line []byte) int {
	line = bytes.TrimSpace(line)
	line = bytes.TrimPrefix(line, []byte("|"))
	if bytes.HasSuffix(line, []byte("|")) && !bytes.HasSuffix(line, []byte("\\|")) {
		line = line[:len(line)-1]
	}
	return bytes.Count(line, []byte("|")) - bytes.Count(line, []byte("\\|")) + 1
}

// leftovers names marks that were meant as something and came out as text.
func (r *reading) leftovers(n *ast.Text) {
	// A mark may have been cut into several nodes: look one byte beyond.
	start := n.Segment.Start
	s := r.source[start:min(len(r.source), n.Segment.Stop+1)]
	if at := bytes.Index(s, []byte("[^")); at >= 0 {
		r.problem(start+at, diag.RuleFootnote, "this footnote has no text", "add a line that begins with its mark and a colon: [^1]: …")
	}
	if at := bytes.Index(s, []byte("][")); at >= 0 {
		r.problem(start+at, diag.RuleLinkReference, "this reference names no link", "add a line that begins with its name and a colon: [name]: ../article/ja.md")
	}
	if at := bytes.Index(s, []byte("](")); at >= 0 {
		r.problem(start+at, diag.RuleLink, "this link does not end", "close it with ), and put what has spaces in < >")
	}
	if at := bytes.Index(n.Segment.Value(r.source), []byte("**")); at >= 0 {
		r.problem(start+at, diag.RuleEmphasis, "these marks do not open or close emphasis", "see that ** touches the text on its inner side; a ** that is meant as such is written \\*\\*")
	}
}
