package markdown

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"sslclinic/generator/internal/diag"
)

// schemes of links that lead off the site.
var schemes = []string{"https://", "http://", "mailto:"}

func (r *reading) link(n *ast.Link) {
	dest := string(util.UnescapePunctuations(n.Destination))
	if dest != "" && strings.TrimSpace(plain(n, r.source)) == "" {
		r.problem(n.Pos(), diag.RuleLink, "a link without a text", "say between [ and ] where it leads")
	}
	for _, s := range schemes {
		if strings.HasPrefix(dest, s) {
			if s == "mailto:" {
				r.guard(n, dest)
			}
			n.Destination = []byte(html.EscapeString(string(util.URLEscape([]byte(dest), true))))
			return
		}
	}
	if dest == "" {
		r.problem(n.Pos(), diag.RuleLink, "a link that leads nowhere", "write where it leads between the parentheses")
	}
	start, end := r.destination(n, n.Destination, n.Reference)
	at := n.Pos()
	if end > 0 {
		at = start
	}
	n.Destination = r.hole(at, Hole{Kind: Link, Dest: dest, start: start, end: end})
}

// autolink is a link that is its own text. It leads off the site, or is none.
func (r *reading) autolink(n *ast.AutoLink) {
	dest := string(n.URL(r.source))
	if r.guard(n, dest); n.AutoLinkType == ast.AutoLinkEmail || slices.ContainsFunc(schemes, func(s string) bool { return strings.HasPrefix(dest, s) }) {
		return
	}
	scheme, _, _ := strings.Cut(dest, ":")
	r.problem(r.inlinePos(n), diag.RuleLink, fmt.Sprintf("the link %q has a scheme that is not allowed", dest), "links lead to https:, http: or mailto:; put an address of "+scheme+": into `code`")
}

// elsewhere is how an address begins that is no file beside the text.
var elsewhere = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)`)

func (r *reading) picture(n *ast.Image) {
	dest := string(util.UnescapePunctuations(n.Destination))
	if elsewhere.MatchString(dest) {
		r.problem(n.Pos(), diag.RulePicture, fmt.Sprintf("the picture %q is not the site's own", dest), "put the file into the article's folder, and write its name alone")
		n.Destination = nil
		return
	}
	if strings.TrimSpace(plain(n, r.source)) == "" {
		r.problem(n.Pos(), diag.RulePicture, "a picture without a text alternative", "say between [ and ] what it shows")
	}
	start, end := r.destination(n, n.Destination, n.Reference)
	n.Destination = r.hole(n.Pos(), Hole{Kind: Picture, Dest: dest, start: start, end: end})
}

// destination finds the bytes of a link's destination in the source: in the
// link itself, or in the definition that it refers to.
func (r *reading) destination(n ast.Node, dest []byte, reference *ast.ReferenceLink) (start, end int) {
	if reference != nil {
		d := r.byLabel[util.ToLinkReference(reference.Value)]
		if d == nil {
			return 0, 0
		}
		d.used = true
		return d.start, d.end
	}
	if len(dest) == 0 {
		return 0, 0
	}
	return r.after(max(r.textEnd(n), n.Pos(), 0), len(r.source), "](", dest)
}

// textEnd gives an offset in what stands between a link's brackets, behind the
// links of pictures in it.
func (r *reading) textEnd(n ast.Node) int {
	last := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			last = max(last, c.Segment.Stop)
		case *ast.Image:
			text := r.textEnd(c)
			last = max(last, text)
			if c.Reference == nil && len(c.Destination) > 0 {
				_, end := r.after(max(text, c.Pos(), 0), len(r.source), "](", c.Destination)
				last = max(last, end)
			}
		default:
			last = max(last, r.textEnd(c))
		}
	}
	return last
}

// after finds dest between two offsets, where mark and white space stand before
// it.
func (r *reading) after(from, stop int, mark string, dest []byte) (start, end int) {
	for from < stop {
		at := bytes.Index(r.source[from:stop], []byte(mark))
		if at < 0 {
			return 0, 0
		}
		from += at + len(mark)
		start = from
		for start < stop && bytes.IndexByte([]byte(" \t\n>"), r.source[start]) >= 0 {
			start++
		}
		if start < stop && r.source[start] == '<' {
			start++
		}
		if bytes.HasPrefix(r.source[start:], dest) {
			return start, start + len(dest)
		}
	}
	return 0, 0
}
