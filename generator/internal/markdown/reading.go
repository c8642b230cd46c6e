package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"sslclinic/generator/internal/diag"
)

// reading is the walk through a parsed text that finds holes, headings and
// problems.
type reading struct {
	*Doc
	converter *Converter
	file      string
	line      int // lines above the source in its file
	ids       map[string]bool
	code      []stretch  // of the source: blocks and spans of code
	read      []stretch  // what a block holds that is read as a text of its own
	guards    []ast.Node // code and links with addresses of mail
	within    []string   // names of the blocks around the text
	under     int        // level of the heading before the text
	defined   []*definition
	byLabel   map[string]*definition      // by their labels, as CommonMark compares them
	slow      bool                        // code took too long
	seen      struct{ at, line, col int } // the place that was asked for last
	lines     []int                       // offsets of the source's lines, made when first needed
	swaps     []struct{ old, new ast.Node }
}

// place gives the line and column of an offset in the source.
func (r *reading) place(offset int) (line, col int) {
	offset = min(max(offset, 0), len(r.source))
	if r.lines == nil {
		r.lines = append(r.lines, 0)
		for i, c := range r.source {
			if c == '\n' {
				r.lines = append(r.lines, i+1)
			}
		}
	}
	i, exact := slices.BinarySearch(r.lines, offset)
	if !exact {
		i--
	}
	// A line may be long, and its places are mostly asked for in order.
	from, col := r.lines[i], 1
	if r.seen.line == i && r.seen.col > 0 && r.seen.at <= offset {
		from, col = r.seen.at, r.seen.col
	}
	col += utf8.RuneCount(r.source[from:offset])
	r.seen.at, r.seen.line, r.seen.col = offset, i, col
	return r.line + i + 1, col
}

func (r *reading) problem(offset int, rule diag.Rule, message, hint string) {
	line, col := r.place(offset)
	r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: col, Message: message, Rule: rule, Hint: hint})
}

// hole notes a hole and gives the mark that stands for it in the HTML.
func (r *reading) hole(offset int, h Hole) []byte {
	h.Line, h.Col = r.place(offset)
	r.Holes = append(r.Holes, h)
	return []byte("\x00" + strconv.Itoa(len(r.Holes)-1) + "\x00")
}

func (r *reading) visit(n ast.Node) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autolink(n)
	case *ast.Emphasis:
		r.emphasis(n)
	case *ast.Image:
		r.picture(n)
		return ast.WalkSkipChildren
	case *ast.FencedCodeBlock:
		return r.fence(n)
	case *ast.CodeBlock:
		r.problem(n.Lines().At(0).Start, diag.RuleCodeLanguage, "an indented block is code without a language", "put it between ``` lines and name its language, or take the indentation away")
	case *ast.HTMLBlock:
		if n.HTMLBlockType == ast.HTMLBlockType2 {
			r.comment(n)
		} else {
			r.problem(n.Lines().At(0).Start, diag.RuleRawHTML, "raw HTML is not allowed", noHTML)
		}
	case *ast.RawHTML:
		r.inlineHTML(n)
	case *alert:
		if n.word == "" {
			r.problem(n.offset, diag.RuleAlert, fmt.Sprintf("unknown alert %q", n.written), diag.DidYouMean(n.written, alertKinds))
		}
	case *ast.Paragraph, *ast.TextBlock:
		r.meant(n)
	case *extast.Table:
		r.table(n)
	case *ast.Text:
		r.leftovers(n)
		r.path(n)
	case *reference:
		r.reference(n)
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				r.code = append(r.code, stretch{t.Segment.Start, t.Segment.Stop})
			}
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				r.code = append(r.code, stretch{t.Segment.Start, t.Segment.Stop})
			}
		}
		if japanese(plain(n, r.source), r.converter.labels.Lang) {
			n.SetAttributeString("lang", []byte("ja"))
		}
		r.guard(n, plain(n, r.source))
		return ast.WalkSkipChildren
	}
	return ast.WalkContinue
}

// inlinePos is a node's place or, where goldmark does not tell it, that of the
// text before it, or of the block around it.
func (r *reading) inlinePos(n ast.Node) int {
	for at := n; at != nil; at = cmp.Or(at.PreviousSibling(), at.Parent()) {
		if t, ok := at.(*ast.Text); ok {
			return t.Segment.Stop
		}
		if at.Pos() >= 0 {
			return at.Pos()
		}
		if at.Type() == ast.TypeBlock && at.Lines() != nil && at.Lines().Len() > 0 {
			return at.Lines().At(0).Start
		}
	}
	return 0
}

func (r *reading) lineStart(offset int) int {
	return bytes.LastIndexByte(r.source[:max(offset, 0)], '\n') + 1
}

// fields puts the mark of the fields above the block of the text that a node
// stands in. A text within a block leaves that to the one around it.
func (r *reading) fields(n ast.Node) {
	if len(r.within) > 0 {
		return
	}
	for n.Parent().Kind() != ast.KindDocument {
		n = n.Parent()
	}
	n.Parent().InsertBefore(n.Parent(), n, &block{mark: []byte(Fields)})
}

// swap puts a node in another's place when the walk is over.
func (r *reading) swap(old, new ast.Node) {
	r.swaps = append(r.swaps, struct{ old, new ast.Node }{old, new})
}

// lines gives a block's text.
func lines(n ast.Node, source []byte) string {
	return string(n.Lines().Value(source))
}

// plain gives the text of an inline node as a reader sees it.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(source)
			if !c.IsRaw() {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			b.Write(value)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			if !c.IsCode() { // a guard
				b.Write(c.Value)
			}
		case *reference:
			b.WriteString(c.text())
		case *ast.AutoLink:
			b.Write(c.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// inline gives the HTML of a node's children.
func (c *Converter) inline(n ast.Node, source []byte) string {
	var b bytes.Buffer
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if _, link := child.(*ast.Link); link {
			continue // a problem already
		}
		if err := c.md.Renderer().Render(&b, source, child); err != nil {
			panic("markdown: rendering to memory failed: " + err.Error())
		}
	}
	return b.String()
}
