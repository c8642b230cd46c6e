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
	"cmp"
	"crypto/sha256"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/highlight"
	"sslclinic/generator/internal/urlpath"
)

// Labels are the words that the HTML itself needs, in the page's language.
type Labels struct {
	Alerts       map[string]string // by kind: note, tip, important, warning, caution
	HeadingLink  string            // names the link beside a heading, with {title}
	FootnoteBack string            // names the way back from a footnote
	Table        string            // names a table that scrolls
	Code         string            // names a block of code
	TaskDone     string
	TaskOpen     string
}

// A Converter converts texts of one language. It may be used from many
// goroutines.
type Converter struct {
	md     goldmark.Markdown
	blocks []string
	own    [sha256.Size]byte // hash of what it was made from
}

// New gives a converter. blocks are the names of fenced blocks that become
// holes instead of code.
func New(labels Labels, blocks []string) *Converter {
	back := template.HTMLEscapeString(labels.FootnoteBack)
	return &Converter{
		blocks: blocks,
		own:    sha256.Sum256(fmt.Appendf(nil, "%q %q", labels, blocks)), // fmt sorts the keys of maps
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

// A Doc is a text that was read. Nobody changes it.
type Doc struct {
	Headings []Heading
	Holes    []Hole
	Problems diag.List

	source []byte // the Markdown
	html   []byte // every hole is a NUL, its index in decimal, and a NUL
}

// A Heading of level 2 or 3 with its id, or of level 4 with its class.
type Heading struct {
	Level     int
	ID        string
	Class     string
	Title     string        // plain text
	HTML      template.HTML // inline
	Line, Col int

	start int // offset in the source of the line on which it begins
}

// Kinds of holes.
const (
	Link    = iota // filled with the URL
	Picture        // filled with attributes: src="…" and perhaps width and height
	Block          // filled with HTML
)

// A Hole is a place in the HTML that is filled when every page is known.
type Hole struct {
	Kind      int
	Dest      string        // link, picture: the destination as written
	Name      string        // block: the first word of its info string
	Args      []Arg         // block: the other words
	Caption   template.HTML // block: its body as inline HTML
	Body      string        // block: its body as written
	Line, Col int

	start, end int // the bytes of the source that the hole stands for; both 0 when it has none of its own
}

// An Arg is a word of a fenced block's info string: key=value, or a bare key.
type Arg struct {
	Key, Value string
	Col        int
}

// Convert converts body, which begins at the line after the given one in file.
// The Doc keeps it: body must not be changed afterwards.
func (c *Converter) Convert(file string, line int, body []byte) *Doc {
	if bytes.ContainsAny(body, "\r\x00") {
		body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
		body = bytes.ReplaceAll(body, []byte{0}, []byte("\uFFFD")) // a NUL is a hole's mark
	}
	root := c.md.Parser().Parse(text.NewReader(body))
	d := &Doc{source: body}
	r := reading{Doc: d, converter: c, file: file, line: line, ids: map[string]bool{}}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		return r.visit(n), nil
	})
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

// HTML gives the text as HTML with its holes filled, one value for each.
func (d *Doc) HTML(values []string) template.HTML {
	var b strings.Builder
	b.Grow(len(d.html) + len(d.html)/4)
	for rest := d.html; ; {
		at := bytes.IndexByte(rest, 0)
		if at < 0 {
			b.Write(rest)
			return template.HTML(b.String())
		}
		b.Write(rest[:at])
		digits, after, _ := bytes.Cut(rest[at+1:], []byte{0})
		i, _ := strconv.Atoi(string(digits))
		if d.Holes[i].Kind == Link {
			b.WriteString(html.EscapeString(values[i]))
		} else {
			b.WriteString(values[i])
		}
		rest = after
	}
}

// Markdown gives the source with its holes filled: destinations replaced by
// URLs, and blocks by Markdown.
func (d *Doc) Markdown(values []string) []byte {
	order := make([]int, 0, len(d.Holes))
	for i, h := range d.Holes {
		if h.end > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(d.Holes[a].start, d.Holes[b].start) })
	var b bytes.Buffer
	b.Grow(len(d.source) + 256)
	at := 0
	for _, i := range order {
		if d.Holes[i].start < at {
			continue // a reference definition that several links share
		}
		b.Write(d.source[at:d.Holes[i].start])
		b.WriteString(values[i])
		at = d.Holes[i].end
	}
	b.Write(d.source[at:])
	return b.Bytes()
}

// reading is the walk through a parsed text that finds holes, headings and
// problems.
type reading struct {
	*Doc
	converter *Converter
	file      string
	line      int // lines above the source in its file
	ids       map[string]bool
	lines     []int // offsets of the source's lines, made when first needed
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
	return r.line + i + 1, utf8.RuneCount(r.source[r.lines[i]:offset]) + 1
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
	case *ast.Image:
		r.picture(n)
		return ast.WalkSkipChildren
	case *ast.FencedCodeBlock:
		return r.fence(n)
	case *ast.CodeBlock:
		r.problem(n.Lines().At(0).Start, diag.RuleCodeLanguage, "an indented block is code without a language", "put it between ``` lines and name its language, or take the indentation away")
	case *ast.HTMLBlock:
		if n.HTMLBlockType != ast.HTMLBlockType2 { // a comment
			r.problem(n.Lines().At(0).Start, diag.RuleRawHTML, "raw HTML is not allowed", "say it in Markdown; a < that is meant as a sign is written &lt; or in `code`")
		}
	case *ast.RawHTML:
		if s := n.Segments.At(0); !bytes.HasPrefix(s.Value(r.source), []byte("<!--")) {
			r.problem(s.Start, diag.RuleRawHTML, "raw HTML is not allowed", "say it in Markdown; a < that is meant as a sign is written &lt; or in `code`")
		}
	case *alert:
		if n.word == "" {
			r.problem(n.offset, diag.RuleAlert, fmt.Sprintf("unknown alert %q", n.written), diag.DidYouMean(n.written, alertKinds))
		}
	case *ast.Paragraph:
		r.meant(n)
	case *extast.Table:
		r.table(n)
	case *ast.Text:
		r.leftovers(n)
	case *ast.CodeSpan:
		return ast.WalkSkipChildren
	}
	return ast.WalkContinue
}

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
		if _, ok := c.(*ast.Link); ok && entering {
			r.problem(c.Pos(), diag.RuleHeading, "a heading holds no links", "put the link into the text below")
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

func (r *reading) fence(n *ast.FencedCodeBlock) ast.WalkStatus {
	at, info := n.Pos(), ""
	if n.Info != nil {
		at, info = n.Info.Segment.Start, strings.TrimSpace(string(n.Info.Segment.Value(r.source)))
	}
	end := r.fenceEnd(n)
	if end < 0 {
		r.problem(n.Pos(), diag.RuleCodeFence, "this code block is not closed", "end it with a line of the same marks as it begins with")
		end = len(r.source)
	}
	name, args := r.info(at, info)
	code := &code{language: name, text: lines(n, r.source)}
	if !slices.Contains(r.converter.blocks, name) {
		switch {
		case name == "":
			r.problem(at, diag.RuleCodeLanguage, "this code names no language", "write ```bash, ```nginx, …, and ```text for plain output")
		case !highlight.Known(name):
			r.problem(at, diag.RuleCodeLanguage, fmt.Sprintf("unknown language %q", name), cmp.Or(diag.DidYouMean(name, append(highlight.Names(), r.converter.blocks...)), "write ```text for plain text"))
		}
		for _, a := range args {
			if a.Key == "title" && a.Value != "" {
				code.title = a.Value
			} else {
				line, _ := r.place(at)
				r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: a.Col, Rule: diag.RuleCodeLanguage,
					Message: fmt.Sprintf("code takes title=\"…\", not %q", a.Key), Hint: diag.DidYouMean(a.Key, []string{"title"})})
			}
		}
		r.swap(n, code)
		return ast.WalkSkipChildren
	}
	caption := r.converter.Convert(r.file, r.lineOf(n), []byte(code.text))
	r.Problems = append(r.Problems, caption.Problems...)
	if len(caption.Holes) > 0 || len(caption.Headings) > 0 {
		r.problem(at, diag.RuleCaption, "a caption holds no links and no headings", "put them into the text below")
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(caption.html)), "<p>"), "</p>")
	r.swap(n, &block{mark: r.hole(at, Hole{
		Kind: Block, Name: name, Args: args, Caption: template.HTML(inner), Body: strings.TrimSpace(code.text), start: r.lineStart(n.Pos()), end: end,
	})})
	return ast.WalkSkipChildren
}

// lineOf gives the number of the line on which a fence begins.
func (r *reading) lineOf(n ast.Node) int {
	line, _ := r.place(n.Pos())
	return line
}

func (r *reading) lineStart(offset int) int {
	return bytes.LastIndexByte(r.source[:max(offset, 0)], '\n') + 1
}

// fenceEnd gives the offset after a code block's closing fence, or -1 when it
// has none.
func (r *reading) fenceEnd(n *ast.FencedCodeBlock) int {
	at := n.Pos()
	if n.Info != nil {
		at = n.Info.Segment.Stop
	}
	if l := n.Lines().Len(); l > 0 {
		at = n.Lines().At(l-1).Stop - 1
	}
	next := bytes.IndexByte(r.source[min(at, len(r.source)):], '\n')
	if next < 0 {
		return -1
	}
	line := r.source[at+next+1:]
	rest := []byte(nil)
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line, rest = line[:end], line[end:]
	}
	mark := bytes.TrimLeft(line, " >\t")
	if !bytes.HasPrefix(mark, []byte("```")) && !bytes.HasPrefix(mark, []byte("~~~")) {
		return -1
	}
	return len(r.source) - len(rest)
}

// info splits an info string into its first word and the others.
func (r *reading) info(offset int, info string) (name string, args []Arg) {
	_, col := r.place(offset)
	name, rest, _ := strings.Cut(info, " ")
	for at := len(name) + 1; strings.TrimSpace(rest) != ""; {
		trimmed := strings.TrimLeft(rest, " ")
		at += len(rest) - len(trimmed)
		end := strings.IndexByte(trimmed, ' ')
		if open := strings.Index(trimmed, `="`); open >= 0 && (end < 0 || open < end) {
			end = -1
			if quote := strings.IndexByte(trimmed[open+2:], '"'); quote >= 0 {
				end = open + 2 + quote + 1
			}
		}
		if end < 0 {
			end = len(trimmed)
		}
		key, value, _ := strings.Cut(trimmed[:end], "=")
		args = append(args, Arg{Key: key, Value: strings.Trim(value, `"`), Col: col + utf8.RuneCountInString(info[:at])})
		rest, at = trimmed[end:], at+end
	}
	return name, args
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
			b.Write(c.Value)
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
