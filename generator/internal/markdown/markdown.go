// Package markdown turns an article's Markdown into HTML. Goldmark is used
// here and nowhere else.
//
// Law: a text is read once, and what comes of it, a Doc, never changes: it may
// be asked again and by many at the same time. What cannot be known until every
// page has been read, such as where a link leads, is left as a hole in the
// HTML, to be filled later; everything that is wrong with the text itself is a
// problem with its place.
//
// Beside CommonMark and GitHub's tables, strikethrough, task lists, footnotes
// and alerts, there are definition lists, headings with explicit ids, figures
// with captions, and fenced blocks with a meaning of their own. Raw HTML is
// refused.
package markdown

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Labels are the words that the HTML itself needs, in the page's language.
type Labels struct {
	Lang         string            // the page's language; "" where nobody asks
	Alerts       map[string]string // by kind: note, tip, important, warning, caution
	HeadingLink  string            // names the link beside a heading, with {title}
	FootnoteBack string            // names the way back from a footnote
	Table        string            // names a table that scrolls
	Code         string            // names a block of code
	TaskDone     string
	TaskOpen     string
	Facts        map[string]Fact // what texts may refer to, by the words between the braces
}

// A Converter converts texts of one language. It may be used from many
// goroutines.
type Converter struct {
	md     goldmark.Markdown
	labels Labels
	blocks map[string]Body
	texts  map[string]Included
	own    [sha256.Size]byte // hash of what it was made from
}

// New gives a converter. blocks are the fenced blocks that become holes instead
// of code, and texts what may be included by its name.
func New(labels Labels, blocks map[string]Body, texts map[string]Included) *Converter {
	back := template.HTMLEscapeString(labels.FootnoteBack)
	return &Converter{
		labels: labels, blocks: blocks, texts: texts,
		own: sha256.Sum256(fmt.Appendf(nil, "%q %v %q", labels, blocks, texts)), // fmt sorts the keys of maps
		md: goldmark.New(
			goldmark.WithExtensions(
				syntax,
				extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
				extension.TaskList,
				extension.DefinitionList,
				extension.NewFootnote(
					extension.WithFootnoteBacklinkTitle(back),
					extension.WithFootnoteBacklinkHTML("↩︎")),
			),
			goldmark.WithParserOptions(
				parser.WithHeadingAttribute(),
				parser.WithBlockParsers(util.Prioritized(notes{extension.NewFootnoteBlockParser()}, 400)),
				parser.WithInlineParsers(util.Prioritized(references{labels.Facts}, 400)),
				parser.WithASTTransformers(util.Prioritized(alerts{}, 100), util.Prioritized(figures{}, 101)),
			),
			goldmark.WithRendererOptions(
				renderer.WithNodeRenderers(util.Prioritized(nodes{labels}, 100)),
			),
		),
	}
}

// syntax is how text is read, apart from the kinds of blocks: goldmark's own
// rules with ours for Japanese before them.
var syntax = extender(func(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithInlineParsers(
			util.Prioritized(emphasis{}, 450),
			util.Prioritized(strikethrough{}, 450)),
		parser.WithASTTransformers(util.Prioritized(lineBreaks{}, 900)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500)))
})

type extender func(goldmark.Markdown)

func (e extender) Extend(m goldmark.Markdown) { e(m) }

// Convert converts body, which begins at the line after the given one in file.
// The Doc keeps it: body must not be changed afterwards.
func (c *Converter) Convert(file string, line int, body []byte) *Doc {
	return c.convert(file, line, body, nil, 1)
}

// convert is Convert within blocks, the outermost first, and under a heading of
// the given level.
func (c *Converter) convert(file string, line int, body []byte, within []string, under int) *Doc {
	if bytes.ContainsAny(body, "\r\x00") {
		body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
		body = bytes.ReplaceAll(body, []byte{0}, []byte("\uFFFD")) // a NUL is a hole's mark
	}
	if at, what := beyond(body); what != "" {
		r := reading{Doc: &Doc{source: body}, file: file, line: line}
		r.tooMuch(at, what)
		return r.Doc
	}
	pc := parser.NewContext()
	root := c.md.Parser().Parse(text.NewReader(body), parser.WithContext(pc))
	d := &Doc{source: body}
	r := reading{Doc: d, converter: c, file: file, line: line, ids: map[string]bool{}, within: within, under: under}
	r.recipes(root)
	r.definitions(root)
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		return r.visit(n), nil
	})
	r.unused(pc)
	r.invisible()
	d.Problems = few(d.Problems)
	r.setGuards()
	for _, swap := range r.swaps {
		swap.old.Parent().ReplaceChild(swap.old.Parent(), swap.old, swap.new)
	}
	var b bytes.Buffer
	b.Grow(2 * len(body))
	if err := c.md.Renderer().Render(&b, body, root); err != nil {
		panic("markdown: rendering to memory failed: " + err.Error()) // our renderers return no errors
	}
	d.html = bytes.Clone(b.Bytes()) // without the buffer's spare room: there may be thousands
	return d
}
