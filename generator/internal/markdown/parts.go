package markdown

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
)

// A Body is what stands in a block.
type Body int

const (
	Caption  Body = iota // one text, as inline HTML
	Texts                // texts, each below a mark
	Commands             // forms of one command, each below a mark, or one form without
	Nothing              // a text of another file, by its name
)

// A Part is what stands in a block below one mark, such as
//
//	=== nginx apache {#id}
//
// Its two forms hold the marks of the Doc's holes, and are filled as the Doc's
// own are.
type Part struct {
	Names     []Arg  // the words of the mark; none for a command in one form
	ID        string // an anchor
	HTML      template.HTML
	Markdown  string
	Line, Col int
}

// Included is a text that others include by its name.
type Included struct {
	File string // as in messages
	Body []byte
}

// mark begins a part.
var mark = regexp.MustCompile(`^===(?:[ \t]+(.*?))?(?:[ \t]*\{#([^}]*)\})?[ \t]*$`)

// parts reads a block's body, or the text that it includes.
func (r *reading) parts(n *ast.FencedCodeBlock, at int, h *Hole, body Body) {
	switch body {
	case Caption:
		h.Caption, h.Body = r.caption(n, at, lines(n, r.source))
	case Nothing:
		r.include(at, h)
	default:
		r.divide(n, at, h, body)
	}
}

// divide reads the parts below their marks.
func (r *reading) divide(n *ast.FencedCodeBlock, at int, h *Hole, body Body) {
	if body == Texts && n.Parent().Kind() != ast.KindDocument {
		r.problem(at, diag.RuleTabs, h.Name+" stands in a list or a quotation", "put it at the left margin")
		return
	}
	if len(r.within) >= deepestBlocks {
		r.problem(at, diag.RuleLimit, fmt.Sprintf("more than %d blocks within each other", deepestBlocks), "take it out of the block around it; perhaps that is not closed")
		return
	}
	first := r.lineOf(n)
	for i, a := range h.Args {
		if body == Commands && a.Key == "title" {
			h.Args[i].Value = r.title(first, a)
		}
	}
	var text strings.Builder
	var part *Part
	from := first + 1 // the line on which the part's text begins
	end := func() {
		if part == nil && body == Commands && strings.TrimSpace(text.String()) != "" {
			part = &Part{Line: first, Col: h.Col}
		}
		switch {
		case part != nil:
			r.part(h, part, body, from, text.String())
		case strings.TrimSpace(text.String()) != "":
			r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: first + 1, Rule: diag.RuleTabs,
				Message: "a text above the first tab", Hint: "begin with a line === and a name, or put the text above the block"})
		}
		text.Reset()
	}
	inner := "" // the marks of the fence that is open within a text
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		line := strings.TrimRight(string(segment.Value(r.source)), "\n")
		m := mark.FindStringSubmatch(line)
		if body == Texts {
			inner = within(inner, line)
		}
		if m == nil || inner != "" {
			if body == Commands {
				row, col := r.place(segment.Start)
				line = r.plainly(row, col, line)
			}
			text.WriteString(line + "\n")
			continue
		}
		end()
		row := first + 1 + i
		_, col := r.place(segment.Start)
		part, from = &Part{ID: m[2], Line: row, Col: col}, row+1
		for at, name := range fields(m[1]) {
			part.Names = append(part.Names, Arg{Key: name, Col: col + utf8.RuneCountInString(line[:strings.Index(line, m[1])+at])})
		}
		if part.ID != "" {
			r.anchor(part, segment.Start)
		}
	}
	end()
}

// within gives the marks of the fence that is open after a line, where those of
// open were before it; "" for none.
func within(open, line string) string {
	line = strings.TrimSpace(line)
	switch marks := line[:len(line)-len(strings.TrimLeft(line, "`"))]; {
	case open == "" && len(marks) >= 3:
		return marks
	case open != "" && marks == line && len(marks) >= len(open):
		return ""
	}
	return open
}

// fields gives the words of a line by their offsets, in order.
func fields(s string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(s); {
			if s[at] == ' ' || s[at] == '\t' {
				at++
				continue
			}
			end := at + strings.IndexAny(s[at:]+" ", " \t")
			if !yield(at, s[at:end]) {
				return
			}
			at = end
		}
	}
}

// anchor notes a part's anchor.
func (r *reading) anchor(p *Part, offset int) {
	wrong := func(message, hint string) {
		r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: p.Line, Col: p.Col, Rule: diag.RuleHeadingID, Message: message, Hint: hint, Hides: true})
	}
	switch {
	case r.ids[p.ID]:
		wrong(fmt.Sprintf("the id %q is used twice", p.ID), "give each heading an id of its own")
	case !urlpath.IsSlug(p.ID):
		wrong(fmt.Sprintf("the id %q is not made of a-z, 0-9 and hyphens", p.ID), "write {#"+suggestion(p.ID)+"}")
	}
	r.ids[p.ID] = true
	var names []string
	for _, name := range p.Names {
		names = append(names, name.Key)
	}
	r.Headings = append(r.Headings, Heading{ID: p.ID, Title: strings.Join(names, " / "), Line: p.Line, Col: p.Col, start: r.lineStart(offset)})
}

// part reads one part and adds it to the hole. from is the line on which its
// text begins.
func (r *reading) part(h *Hole, p *Part, body Body, from int, text string) {
	if body == Commands {
		code := strings.Trim(text, "\n")
		if strings.TrimSpace(code) != "" {
			language := shell(p.Names, code)
			title := ""
			for _, a := range h.Args {
				if a.Key == "title" {
					title = a.Value
				}
			}
			r.Fills = r.Fills || fills(code)
			p.HTML = template.HTML(guarded(title+" "+code, codeHTML(r.converter.labels, language, title, r.colours(p.Line, language, code))))
			p.Markdown = "```" + language + "\n" + code + "\n```"
		}
		h.Parts = append(h.Parts, *p)
		return
	}
	d := r.converter.convert(r.file, from-1, []byte(text), append(slices.Clone(r.within), h.Name), h.Level+1)
	r.absorb(d, p, r.file)
	r.Recipes = append(r.Recipes, d.Recipes...)
	h.Parts = append(h.Parts, *p)
}

// shell is the language of a command: of Windows PowerShell's; what begins with
// a prompt shows what it prints.
func shell(systems []Arg, code string) string {
	switch {
	case slices.ContainsFunc(systems, func(a Arg) bool { return a.Key == "windows" }):
		return "powershell"
	case strings.HasPrefix(code, "$ "):
		return "console"
	}
	return "bash"
}

// The host and the address that stand for the reader's own.
var example = []string{"example.com", "203.0.113.10"}

// fills tells whether a reader's own names belong into a command.
func fills(code string) bool {
	return slices.ContainsFunc(example, func(name string) bool { return strings.Contains(code, name) })
}

// absorb takes a text into a part, and its holes into the Doc. file is the
// text's own, for messages.
func (r *reading) absorb(d *Doc, p *Part, file string) {
	base := len(r.Holes)
	for i := range d.Holes {
		hole := d.Holes[i]
		hole.start, hole.end = 0, 0 // they stand in the block, not in the source
		r.Holes = append(r.Holes, hole)
	}
	marks := make([]string, len(d.Holes))
	for i := range marks {
		marks[i] = "\x00" + strconv.Itoa(base+i) + "\x00"
	}
	p.HTML = template.HTML(renumbered(d.html, base))
	p.Markdown = strings.TrimSpace(string(d.markdown(marks)))
	for i := base; i < len(r.Holes); i++ {
		for j := range r.Holes[i].Parts {
			part := &r.Holes[i].Parts[j]
			part.HTML = template.HTML(renumbered([]byte(part.HTML), base))
			part.Markdown = string(renumbered([]byte(part.Markdown), base))
		}
	}
	r.Fills = r.Fills || d.Fills
	r.Problems = append(r.Problems, d.Problems...)
	for _, heading := range d.Headings {
		r.Problems = append(r.Problems, diag.Problem{File: file, Line: heading.Line, Col: heading.Col, Rule: diag.RuleTabs,
			Message: "a heading within a block", Hint: "put it above the block; a tab has an id of its own: === nginx {#nginx}"})
	}
	if bytes.Contains(d.html, []byte(`<div class="footnotes"`)) {
		r.Problems = append(r.Problems, diag.Problem{File: file, Line: p.Line, Col: p.Col, Rule: diag.RuleTabs,
			Message: "a footnote within a block", Hint: "say it in the text, or put the footnote outside"})
	}
}

// renumbered is HTML or Markdown whose holes come after base others.
func renumbered(text []byte, base int) []byte {
	var b bytes.Buffer
	for {
		at := bytes.IndexByte(text, 0)
		if at < 0 {
			b.Write(text)
			return b.Bytes()
		}
		b.Write(text[:at])
		digits, after, _ := bytes.Cut(text[at+1:], []byte{0})
		i, _ := strconv.Atoi(string(digits))
		fmt.Fprintf(&b, "\x00%d\x00", base+i)
		text = after
	}
}

// include reads the text of another file into the block's only part. What is
// wrong with that text is named in its own file.
func (r *reading) include(at int, h *Hole) {
	if len(h.Args) != 1 || h.Args[0].Value != "" || h.Body != "" {
		return // the kind of block says so
	}
	name := h.Args[0].Key
	text, ok := r.converter.texts[name]
	switch {
	case !ok:
		known := make([]string, 0, len(r.converter.texts))
		for name := range r.converter.texts {
			known = append(known, name)
		}
		hint := diag.DidYouMean(name, known)
		if hint == "" {
			hint = "a recipe stands in content/recipes, in a folder of its name"
		}
		line, _ := r.place(at)
		r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: h.Args[0].Col, Rule: diag.RuleInclude, Message: fmt.Sprintf("there is no recipe %q", name), Hint: hint})
		return
	case slices.Contains(r.within, "include "+name):
		round := append(slices.Clone(r.within), "include "+name)
		var names []string
		for _, one := range round[slices.Index(round, "include "+name):] {
			if one, ok := strings.CutPrefix(one, "include "); ok {
				names = append(names, one)
			}
		}
		line, _ := r.place(at)
		r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: h.Args[0].Col, Rule: diag.RuleInclude,
			Message: "recipes include each other in a circle: " + strings.Join(names, ", "), Hint: "take one of them out, or put what they share into a third"})
		return
	}
	d := r.converter.convert(text.File, 0, text.Body, append(slices.Clone(r.within), "include "+name), h.Level)
	for i := range d.Holes {
		if d.Holes[i].File == "" {
			d.Holes[i].File = text.File
		}
	}
	p := Part{Line: h.Line, Col: h.Col}
	r.absorb(d, &p, text.File)
	h.Parts = append(h.Parts, p)
}
