package markdown

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"
)

// A Section is a part of a text that can be linked to: from one heading with
// an id to the next. What stands before the first heading is a section without
// an id, a heading and a level; what says no word at all is none.
//
// Every word that the author wrote for readers stands in exactly one section:
// in its heading, in its text, or in its code.
type Section struct {
	ID      string
	Level   int      // 2 or 3
	Heading string   // plain text
	Text    string   // as it is read, a line a block; pictures by their text alternative
	Code    []string // its blocks of code, without their titles, which are text

	// Hash tells the Markdown of the section from any other, its heading
	// included, the white space around it apart: 16 hexadecimal digits.
	Hash string
}

// Sections divides the text. It is made anew for each call, from the HTML: so
// it costs no second reading of the Markdown, and nothing while nobody asks.
//
// Footnotes stand where a reader finds them, in the last section. Words of the
// interface, such as an alert's title, and what an engine draws into a hole are
// not the author's, and in none.
func (d *Doc) Sections() []Section {
	w := words{holes: d.Holes, rest: d.html}
	var all []Section
	at := 0 // where the section begins in the source
	one := Section{}
	end := func(stop int) {
		one.Text, one.Code = w.section()
		if one.Level > 0 || one.Text != "" || len(one.Code) > 0 {
			sum := sha256.Sum256(bytes.TrimSpace(d.source[at:stop]))
			one.Hash = hex.EncodeToString(sum[:8])
			all = append(all, one)
		}
		at = stop
	}
	for _, h := range d.Headings {
		if begins(h) {
			end(h.start)
			one = Section{ID: h.ID, Level: h.Level, Heading: strings.Join(strings.Fields(h.Title), " ")}
		}
	}
	end(len(d.source))
	return all
}

// begins tells whether a section begins with the heading.
func begins(h Heading) bool { return h.ID != "" && (h.Level == 2 || h.Level == 3) }

// words takes the words out of HTML that this package wrote: there, < is
// always a tag's beginning, > its end, and every attribute stands between
// double quotes.
type words struct {
	holes []Hole
	rest  []byte // what was not read yet
	text  []byte // of the section, as far as it was read
}

// inline are the elements that do not end a line.
var inline = []string{"a", "code", "del", "em", "img", "input", "span", "strong", "sup"}

// section reads to the next heading that begins a section, that heading
// included, or to the end.
func (w *words) section() (text string, code []string) {
	w.text = w.text[:0]
	for len(w.rest) > 0 {
		mark := bytes.IndexAny(w.rest, "<\x00")
		if mark < 0 {
			mark = len(w.rest)
		}
		w.write(w.rest[:mark])
		if w.rest = w.rest[mark:]; len(w.rest) == 0 {
			break
		}
		if w.rest[0] == 0 {
			code = append(code, w.hole()...)
			continue
		}
		tag, closes := strings.CutPrefix(w.tag(), "/")
		name, attributes, _ := strings.Cut(tag, " ")
		if strings.HasPrefix(name, "!--") {
			continue // a guard
		}
		if !slices.Contains(inline, name) {
			w.text = append(w.text, '\n')
		}
		switch {
		case closes:
		case (name == "h2" || name == "h3") && strings.HasPrefix(attributes, `id="`):
			w.until("</" + name + ">")
			return w.lines(), code
		case name == "pre":
			code = append(code, plainCode(w.until("</pre>")))
		case name == "img":
			_, alt, _ := strings.Cut(attributes, ` alt="`)
			alt, _, _ = strings.Cut(alt, `"`)
			w.write([]byte(" " + alt + " "))
		case name == "p" && attributes == `class="alert-title"`, name == "a" && strings.Contains(attributes, ` class="footnote-`):
			w.until("</" + name + ">") // an alert's title, a footnote's number, the way back from it
		}
	}
	return w.lines(), code
}

// write adds text. A line break in it is no more than a space.
func (w *words) write(text []byte) {
	for _, c := range []byte(html.UnescapeString(string(text))) {
		if c == '\n' {
			c = ' '
		}
		w.text = append(w.text, c)
	}
}

// hole reads the mark of a block. Its caption and its parts are the author's.
func (w *words) hole() (code []string) {
	digits, after, _ := bytes.Cut(w.rest[1:], []byte{0})
	w.rest = after
	i, _ := strconv.Atoi(string(digits))
	if i >= len(w.holes) {
		return nil // in a caption none is, and a hole there is a problem already
	}
	read := func(html template.HTML, holes []Hole) {
		within := words{holes: holes, rest: []byte(html)}
		text, more := within.section()
		w.text = fmt.Appendf(w.text, "\n%s\n", text)
		code = append(code, more...)
	}
	read(w.holes[i].Caption, nil)
	for _, p := range w.holes[i].Parts {
		read(p.HTML, w.holes)
	}
	return code
}

// tag reads a tag and gives what stands between < and >.
func (w *words) tag() string {
	tag, after, _ := bytes.Cut(w.rest[1:], []byte(">"))
	w.rest = after
	return string(tag)
}

// until reads to an end tag, and gives what stands before it.
func (w *words) until(end string) []byte {
	inner, after, _ := bytes.Cut(w.rest, []byte(end))
	w.rest = after
	return inner
}

// lines gives what was written, each line with single spaces, and no empty one.
func (w *words) lines() string {
	var all []string
	for line := range strings.Lines(string(w.text)) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n")
}

// plainCode gives code without its colours.
func plainCode(block []byte) string {
	var b strings.Builder
	for len(block) > 0 {
		text, after, _ := bytes.Cut(block, []byte("<"))
		b.Write(text)
		_, block, _ = bytes.Cut(after, []byte(">"))
	}
	return strings.Trim(html.UnescapeString(b.String()), "\n")
}
