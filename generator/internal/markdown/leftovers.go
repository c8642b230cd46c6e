package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"sslclinic/generator/internal/diag"
)

// What was meant as something else than the text that it came out as.

// meant names lines that were meant as something else than text.
func (r *reading) meant(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s := bytes.TrimLeft(line.Value(r.source), " ")
		if len(s) == 0 {
			continue
		}
		at := line.Stop - len(s)
		hashes := len(s) - len(bytes.TrimLeft(s, "#"))
		if indentation := r.source[r.lineStart(line.Start):at]; bytes.Contains(indentation, []byte(" \t")) {
			r.problem(at, diag.RuleMeant, "this line is indented with spaces and a tab, which programs read in different ways", "indent with spaces alone")
		}
		switch {
		case hashes >= 2 && hashes <= 6 && !bytes.HasPrefix(s[hashes:], []byte("\u3000")):
			r.problem(at, diag.RuleHeading, "this line is no heading", "put a space after the "+string(s[:hashes])+"; a # that is meant as such is written \\#")
		case s[0] == '|':
			r.problem(at, diag.RuleTable, "this line is no row of a table", "a table has a line |---|---| under its head, and an empty line before it")
		case i == 0 && n.Parent().Kind() == kindAlert && alertMark.Match(s):
		default:
			r.dialect(at, s)
		}
	}
}

// emphasis names names and sums that CommonMark itself takes for emphasis.
func (r *reading) emphasis(n *ast.Emphasis) {
	text, ok := n.FirstChild().(*ast.Text)
	if !ok || n.Level != 1 {
		return
	}
	start := text.Segment.Start // the mark stands before it
	if start == 0 || r.source[start-1] != '*' {
		return
	}
	sum := start > 1 && isDigit(r.source[start-2]) && isDigit(r.source[start])
	if sum || wildcard.Match(r.source[start-1:]) {
		r.problem(start-1, diag.RuleEmphasis, "this * became emphasis, and is not shown", "put names as *.example.com into `code`; a * that is meant as such is written \\*")
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

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
		if bytes.IndexByte(line, '|') < 0 {
			r.problem(at, diag.RuleTable, "this line became a row of the table", "put an empty line after the table")
		}
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
	if at := bytes.Index(r.source[start:min(len(r.source), n.Segment.Stop+len("!--"))], []byte("<!--")); at >= 0 {
		r.problem(start+at, diag.RuleRawHTML, "this comment is not closed", "end it with -->")
	}
	r.dialectWord(n)
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
