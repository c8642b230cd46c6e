package markdown

import (
	"bytes"
	"cmp"
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/diag"
)

// A Doc is a text that was read. Nobody changes it.
type Doc struct {
	Headings []Heading
	Holes    []Hole
	Problems diag.List
	Fills    bool     // it has a command with an example's name in place of the reader's own: its HTML has Fields once
	Recipes  []Recipe // of some length

	source []byte // the Markdown
	edits  []edit // what the Markdown says instead of references
	html   []byte // every hole is a NUL, its index in decimal, and a NUL
}

// A Heading of level 2 or 3 with its id, or of level 4 with its class. One of
// level 0 is the anchor of a block's part.
type Heading struct {
	Level     int
	ID        string
	Class     string
	Title     string        // plain text
	HTML      template.HTML // inline
	Line, Col int

	start int // offset in the source of the line on which it begins
}

// Fields stands in the HTML above the block that has the first command into
// which a reader's own names belong.
const Fields = "<!--fields-->"

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
	Body      string        // block: its body, a caption as Markdown and the rest as written
	Parts     []Part        // block: what stands in it, where it holds more than a caption
	Level     int           // block: of the heading that it stands under; 1 for none
	File      string        // where it is written, when it comes with an included text
	Line, Col int

	start, end int // the bytes of the source that the hole stands for; both 0 when it has none of its own
}

// An edit puts a text in the place of some bytes of the source.
type edit struct {
	start, end int
	text       string
}

// An Arg is a word of a fenced block's info string: key=value, or a bare key.
type Arg struct {
	Key, Value string
	Col        int
}

// HTML gives the text as HTML with its holes filled, one value for each. A
// block's value may hold the marks of its parts' holes.
func (d *Doc) HTML(values []string) template.HTML {
	var b strings.Builder
	b.Grow(len(d.html) + len(d.html)/4)
	d.fill(&b, string(d.html), func(i int) string {
		if d.Holes[i].Kind == Link {
			return html.EscapeString(values[i])
		}
		return values[i]
	})
	return template.HTML(b.String())
}

// fill writes a text with its holes filled, and what fills them.
func (d *Doc) fill(b *strings.Builder, text string, value func(int) string) {
	for {
		at := strings.IndexByte(text, 0)
		if at < 0 {
			b.WriteString(text)
			return
		}
		b.WriteString(text[:at])
		digits, after, _ := strings.Cut(text[at+1:], "\x00")
		i, _ := strconv.Atoi(digits)
		if d.Holes[i].Kind == Block {
			d.fill(b, value(i), value)
		} else {
			b.WriteString(value(i))
		}
		text = after
	}
}

// Markdown gives the source with its holes filled: destinations replaced by
// URLs, blocks by Markdown, and references by what they come to.
func (d *Doc) Markdown(values []string) []byte {
	var b strings.Builder
	d.fill(&b, string(d.markdown(values)), func(i int) string { return values[i] })
	return []byte(b.String())
}

// markdown gives the source with its references, and the holes of its own,
// filled.
func (d *Doc) markdown(values []string) []byte {
	edits := slices.Clone(d.edits)
	for i, h := range d.Holes {
		if h.end > 0 {
			edits = append(edits, edit{h.start, h.end, values[i]})
		}
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var b bytes.Buffer
	b.Grow(len(d.source) + 256)
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue // a reference definition that several links share
		}
		b.Write(d.source[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.Write(d.source[at:])
	return b.Bytes()
}
