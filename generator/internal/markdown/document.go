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

	source []byte // the Markdown
	edits  []edit // what the Markdown says instead of references
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
	Body      string        // block: its body as Markdown
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
// URLs, blocks by Markdown, and references by what they come to.
func (d *Doc) Markdown(values []string) []byte {
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
