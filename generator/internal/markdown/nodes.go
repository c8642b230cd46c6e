package markdown

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The nodes that goldmark does not have.

// alert is a block quote that began with [!WARNING] or another of alertKinds.
type alert struct {
	ast.BaseBlock
	word    string // one of alertKinds, or "" when there is no such kind
	written string
	offset  int
}

// figure is a paragraph that holds nothing but a picture with a title.
type figure struct {
	ast.BaseBlock
	caption []byte
}

// code is a block of code in a known language.
type code struct {
	ast.BaseBlock
	language, title, text string
	colours               string // text as HTML
}

// block is a fenced block with a meaning: a hole.
type block struct {
	ast.BaseBlock
	mark []byte
}

var (
	kindAlert  = ast.NewNodeKind("Alert")
	kindFigure = ast.NewNodeKind("Figure")
	kindCode   = ast.NewNodeKind("Code")
	kindBlock  = ast.NewNodeKind("Block")
)

func (*alert) Kind() ast.NodeKind  { return kindAlert }
func (*figure) Kind() ast.NodeKind { return kindFigure }
func (*code) Kind() ast.NodeKind   { return kindCode }
func (*block) Kind() ast.NodeKind  { return kindBlock }

func (n *alert) Dump(source []byte, level int)  { ast.DumpHelper(n, source, level, nil, nil) }
func (n *figure) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
func (n *code) Dump(source []byte, level int)   { ast.DumpHelper(n, source, level, nil, nil) }
func (n *block) Dump(source []byte, level int)  { ast.DumpHelper(n, source, level, nil, nil) }

var alertKinds = []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}

var alertMark = regexp.MustCompile(`^\[!([A-Za-z]+)\][ \t]*\n?$`)

// alerts turns block quotes that begin with a mark into alerts.
type alerts struct{}

func (alerts) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	var found []*ast.Blockquote
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if q, ok := n.(*ast.Blockquote); ok && entering {
			found = append(found, q)
		}
		return ast.WalkContinue, nil
	})
	for _, q := range found {
		p, ok := q.FirstChild().(*ast.Paragraph)
		if !ok {
			continue
		}
		first := p.Lines().At(0)
		m := alertMark.FindSubmatch(first.Value(source))
		if m == nil {
			continue
		}
		a := &alert{written: string(m[1]), offset: first.Start}
		if kind := strings.ToUpper(a.written); slices.Contains(alertKinds, kind) {
			a.word = strings.ToLower(kind)
		}
		for c := p.FirstChild(); c != nil; {
			next := c.NextSibling()
			if t, ok := c.(*ast.Text); ok && t.Segment.Start >= first.Stop {
				break
			} else if !ok && c.Pos() >= first.Stop {
				break
			}
			p.RemoveChild(p, c)
			c = next
		}
		if p.ChildCount() == 0 {
			q.RemoveChild(q, p)
		}
		for c := q.FirstChild(); c != nil; {
			next := c.NextSibling()
			a.AppendChild(a, c)
			c = next
		}
		q.Parent().ReplaceChild(q.Parent(), q, a)
	}
}

// figures turns paragraphs of a single picture into figures, numbers tables,
// and tells them how their columns are aligned by class, since the policy
// allows no style.
type figures struct{}

func (figures) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var found []*ast.Paragraph
	tables := 0
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Paragraph:
			if img, ok := n.FirstChild().(*ast.Image); ok && n.ChildCount() == 1 && len(img.Title) > 0 {
				found = append(found, n)
			}
		case *extast.Table:
			tables++
			n.SetAttributeString(tableNumber, tables)
		case *extast.TableCell:
			switch n.Alignment {
			case extast.AlignRight:
				n.SetAttributeString("class", []byte("end"))
			case extast.AlignCenter:
				n.SetAttributeString("class", []byte("center"))
			}
		}
		return ast.WalkContinue, nil
	})
	for _, p := range found {
		img := p.FirstChild().(*ast.Image)
		f := &figure{caption: img.Title}
		img.Title = nil
		f.AppendChild(f, img)
		p.Parent().ReplaceChild(p.Parent(), p, f)
	}
}

// tableNumber is the attribute that tells a table from those before it.
const tableNumber = "number"

// nodes renders what goldmark would render otherwise, or not at all.
type nodes struct{ labels Labels }

func (r nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHeading, r.heading)
	reg.Register(ast.KindLink, r.link)
	reg.Register(ast.KindImage, r.picture)
	reg.Register(ast.KindCodeBlock, r.nothing)
	reg.Register(ast.KindHTMLBlock, r.nothing)
	reg.Register(ast.KindRawHTML, r.nothing)
	reg.Register(extast.KindTable, r.table)
	reg.Register(extast.KindTaskCheckBox, r.task)
	reg.Register(kindAlert, r.alert)
	reg.Register(kindFigure, r.figure)
	reg.Register(kindCode, r.code)
	reg.Register(kindBlock, r.block)
	reg.Register(kindReference, r.reference)
}

func (nodes) nothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func write(w util.BufWriter, parts ...string) (ast.WalkStatus, error) {
	for _, p := range parts {
		_, _ = w.WriteString(p) // into memory
	}
	return ast.WalkContinue, nil
}

func (r nodes) heading(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Heading)
	tag := "h" + string(rune('0'+n.Level))
	id, _ := n.AttributeString("id")
	name, _ := id.([]byte)
	if entering {
		class, _ := n.AttributeString("class")
		look, _ := class.([]byte)
		return write(w, "<", tag, attribute("id", string(name)), attribute("class", string(look)), ">")
	}
	if len(name) > 0 {
		label := strings.ReplaceAll(r.labels.HeadingLink, "{title}", strings.TrimSpace(plain(n, source)))
		write(w, ` <a class="anchor" href="#`, html.EscapeString(string(name)), `"`, attribute("aria-label", label), `></a>`)
	}
	return write(w, "</", tag, ">\n")
}

// attribute gives an attribute with a space before it, or nothing when its
// value is empty.
func attribute(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + html.EscapeString(value) + `"`
}

// link's destination is escaped or a hole's mark already.
func (nodes) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if !entering {
		return write(w, "</a>")
	}
	return write(w, `<a href="`, string(n.Destination), `"`, attribute("title", unescaped(n.Title)), ">")
}

func (nodes) picture(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.Image)
		write(w, "<img ", string(n.Destination), ` alt="`, html.EscapeString(plain(n, source)), `"`, attribute("title", unescaped(n.Title)), ` loading="lazy">`)
	}
	return ast.WalkSkipChildren, nil
}

func unescaped(title []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(title))))
}

func (r nodes) table(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		label := r.labels.Table
		if n, _ := node.AttributeString(tableNumber); n != 1 {
			label = fmt.Sprint(label, " ", n) // two regions of one name are hard to tell apart
		}
		return write(w, `<div class="table" role="region" tabindex="0"`, attribute("aria-label", label), "><table>\n")
	}
	return write(w, "</table></div>\n")
}

func (r nodes) task(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if node.(*extast.TaskCheckBox).IsChecked {
		return write(w, `<input type="checkbox" checked disabled`, attribute("aria-label", r.labels.TaskDone), "> ")
	}
	return write(w, `<input type="checkbox" disabled`, attribute("aria-label", r.labels.TaskOpen), "> ")
}

func (r nodes) alert(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*alert)
	if entering {
		return write(w, `<div class="alert" role="note" data-alert="`, n.word, `"><p class="alert-title">`, html.EscapeString(r.labels.Alerts[n.word]), "</p>\n")
	}
	return write(w, "</div>\n")
}

func (nodes) figure(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		return write(w, "<figure>")
	}
	return write(w, "<figcaption>", html.EscapeString(unescaped(node.(*figure).caption)), "</figcaption></figure>\n")
}

func (r nodes) code(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*code)
	write(w, guarded(n.title+" "+n.text, codeHTML(r.labels, n.language, n.title, n.colours)), "\n")
	return ast.WalkSkipChildren, nil
}

// codeHTML is a block of code, which has its colours already.
func codeHTML(labels Labels, language, title, colours string) string {
	label, caption := labels.Code, ""
	if title != "" {
		label, caption = title, "<figcaption>"+html.EscapeString(title)+"</figcaption>"
	}
	return `<figure class="code">` + caption +
		`<pre class="chroma" tabindex="0" role="group"` + attribute("aria-label", label) + attribute("data-lang", language) + "><code>" +
		colours + "\n</code></pre></figure>"
}

func (nodes) block(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		write(w, string(node.(*block).mark), "\n")
	}
	return ast.WalkSkipChildren, nil
}
