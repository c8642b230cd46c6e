package markdown

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
)

func (r *reading) heading(n *ast.Heading) {
	h := Heading{Level: n.Level, Title: plain(n, r.source), HTML: template.HTML(r.converter.inline(n, r.source))}
	h.Line, h.Col = r.place(n.Pos())
	h.start = r.lineStart(n.Pos())
	for _, a := range n.Attributes() {
		value, _ := a.Value.([]byte)
		switch string(a.Name) {
		case "id":
			h.ID = string(value)
		case "class":
			h.Class = string(value)
		default:
			r.problem(n.Pos(), diag.RuleHeading, fmt.Sprintf("a heading takes an id or a class, not %q", a.Name), "write {#id}")
		}
	}
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c.(type) {
		case *ast.Link, *ast.AutoLink:
			r.problem(r.inlinePos(c), diag.RuleHeading, "a heading holds no links", "put the link into the text below")
		case *extast.FootnoteLink:
			r.problem(r.inlinePos(c), diag.RuleHeading, "a heading holds no footnotes", "put the mark into the text below")
		}
		return ast.WalkContinue, nil
	})
	before := len(r.Problems)
	switch {
	case h.Level == 1:
		r.problem(n.Pos(), diag.RuleHeading, "a heading of level 1", "the title stands in the front matter; begin with ##")
	case h.Level <= 3 && h.ID == "":
		r.problem(n.Pos(), diag.RuleHeadingID, fmt.Sprintf("the heading %q has no id", h.Title), "add one in ASCII after it, the same in every language: {#"+suggestion(h.Title)+"}")
	case h.Level > 3 && h.ID != "":
		r.problem(n.Pos(), diag.RuleHeadingID, "only headings of level 2 and 3 have ids", "take {#"+h.ID+"} away")
	case h.ID != "" && !urlpath.IsSlug(h.ID):
		r.problem(n.Pos(), diag.RuleHeadingID, fmt.Sprintf("the id %q is not made of a-z, 0-9 and hyphens", h.ID), "write {#"+suggestion(h.ID)+"}")
	case h.ID != "" && r.ids[h.ID]:
		r.problem(n.Pos(), diag.RuleHeadingID, fmt.Sprintf("the id %q is used twice", h.ID), "give each heading an id of its own")
	}
	for i := range r.Problems[before:] {
		r.Problems[before+i].Hides = true // an anchor
	}
	r.ids[h.ID] = true
	r.Headings = append(r.Headings, h)
}

// suggestion makes an id from what is ASCII in a title.
func suggestion(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(c rune) bool {
		return !('a' <= c && c <= 'z' || '0' <= c && c <= '9')
	})
	return cmp.Or(strings.Join(words, "-"), "causes")
}
