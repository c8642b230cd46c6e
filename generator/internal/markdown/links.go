package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"sslclinic/generator/internal/diag"
)

// schemes of links that lead off the site.
var schemes = []string{"https://", "http://", "mailto:"}

func (r *reading) link(n *ast.Link) {
	dest := string(util.UnescapePunctuations(n.Destination))
	for _, s := range schemes {
		if strings.HasPrefix(dest, s) {
			n.Destination = []byte(html.EscapeString(string(util.URLEscape([]byte(dest), true))))
			return
		}
	}
	if dest == "" {
		r.problem(n.Pos(), diag.RuleLink, "a link that leads nowhere", "write where it leads between the parentheses")
	}
	start, end := r.destination(n.Pos(), n.Destination, n.Reference)
	at := n.Pos()
	if end > 0 {
		at = start
	}
	n.Destination = r.hole(at, Hole{Kind: Link, Dest: dest, start: start, end: end})
}

func (r *reading) picture(n *ast.Image) {
	dest := string(util.UnescapePunctuations(n.Destination))
	if strings.TrimSpace(plain(n, r.source)) == "" {
		r.problem(n.Pos(), diag.RulePicture, "a picture without a text alternative", "say between [ and ] what it shows")
	}
	start, end := r.destination(n.Pos(), n.Destination, n.Reference)
	n.Destination = r.hole(n.Pos(), Hole{Kind: Picture, Dest: dest, start: start, end: end})
}

// destination finds the bytes of a link's destination in the source: in the
// link itself, or in the definition that it refers to.
func (r *reading) destination(pos int, dest []byte, reference *ast.ReferenceLink) (start, end int) {
	if len(dest) == 0 {
		return 0, 0
	}
	from, before := max(pos, 0), "]("
	if reference != nil {
		from, before = 0, "]:"
	}
	for from < len(r.source) {
		at := bytes.Index(r.source[from:], []byte(before))
		if at < 0 {
			return 0, 0
		}
		from += at + len(before)
		start = from + len(r.source[from:]) - len(bytes.TrimLeft(r.source[from:], " \t\n<"))
		if bytes.HasPrefix(r.source[start:], dest) {
			return start, start + len(dest)
		}
	}
	return 0, 0
}
