package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sslclinic/generator/internal/diag"
)

// What a text says and no page would show: it is named, or, where a comment
// says it, it is in no output at all.

// wholeComment is a comment from its beginning to its end.
var wholeComment = regexp.MustCompile(`(?s)<!--.*?-->`)

// comment takes a comment that has lines of its own out of the Markdown, and
// names text that would go with it: CommonMark ends a comment with the line that
// its --> stands in, not with the -->.
func (r *reading) comment(n *ast.HTMLBlock) {
	first, last := n.Lines().At(0), n.ClosureLine
	if !n.HasClosure() {
		last = first
	}
	line := func(s text.Segment) []byte { return r.source[s.Start:s.Stop] } // without the spaces that a tab stands for
	end := bytes.Index(line(last), []byte("-->"))
	if end < 0 {
		r.problem(first.Start, diag.RuleRawHTML, "this comment is not closed: all that follows is lost", "end it with -->")
		return
	}
	stop := last.Start + end + len("-->")
	rest := r.source[stop:last.Stop]
	for m := wholeComment.FindIndex(rest); m != nil && len(bytes.TrimSpace(rest[:m[0]])) == 0; m = wholeComment.FindIndex(rest) {
		stop, rest = stop+m[1], rest[m[1]:]
	}
	if lost := bytes.TrimLeft(rest, " \t\n"); len(lost) > 0 {
		r.problem(last.Stop-len(lost), diag.RuleRawHTML, "this text stands on the line of a comment, and would be lost", "give the comment lines of its own")
		return
	}
	start := first.Stop - len(bytes.TrimLeft(line(first), " \t"))
	r.edits = append(r.edits, edit{start, stop, r.separates(n, stop)})
}

// separates is what has to stand in the place of a comment that ends at stop, so
// that what is before and after it stays apart: between empty lines, mostly no
// more.
func (r *reading) separates(n *ast.HTMLBlock, stop int) string {
	before, after := n.PreviousSibling(), n.NextSibling()
	for before != nil && before.Kind() == ast.KindHTMLBlock { // another comment, which goes too
		before = before.PreviousSibling()
	}
	for after != nil && after.Kind() == ast.KindHTMLBlock {
		after = after.NextSibling()
	}
	list := func(n ast.Node) bool { return n != nil && n.Kind() == ast.KindList }
	follows := bytes.TrimLeft(r.source[stop:], " \t>")
	ends := len(follows) == 0 || follows[0] == '\n'
	if ends {
		next, _, _ := bytes.Cut(bytes.TrimPrefix(follows, []byte("\n")), []byte("\n"))
		ends = len(bytes.Trim(next, " \t>")) == 0
	}
	follows = bytes.TrimLeft(follows, " \t\n>")
	switch {
	case before != nil && !n.HasBlankPreviousLines(), !ends,
		list(before) && list(after),
		before == nil && n.Parent().Kind() == ast.KindListItem,
		len(follows) > 0 && follows[0] == ':':
		return nothing
	}
	return ""
}

// inlineHTML takes a comment within a line out of the Markdown.
func (r *reading) inlineHTML(n *ast.RawHTML) {
	first, last := n.Segments.At(0), n.Segments.At(n.Segments.Len()-1)
	if !bytes.HasPrefix(first.Value(r.source), []byte("<!--")) {
		r.problem(first.Start, diag.RuleRawHTML, "raw HTML is not allowed", noHTML)
		return
	}
	start, stop := first.Start, last.Stop
	rest := bytes.TrimLeft(r.source[stop:], " \t")
	if ends := len(rest) == 0 || rest[0] == '\n'; ends && len(r.source)-len(rest) < stop+len("  ") { // two spaces before it would break the line
		start, stop = len(bytes.TrimRight(r.source[:start], " \t")), len(r.source)-len(rest)
	}
	before, _ := utf8.DecodeLastRune(r.source[:start])
	after, _ := utf8.DecodeRune(r.source[stop:])
	if isMark(before) || isMark(after) {
		r.edits = append(r.edits, edit{first.Start, last.Stop, nothing})
	} else {
		r.edits = append(r.edits, edit{start, stop, ""})
	}
}

// nothing is a comment that says nothing. It stands where text that a comment
// kept apart would become something else without one.
const nothing = "<!-- -->"

// isMark tells whether a character may be one of Markdown's own.
func isMark(c rune) bool { return c < utf8.RuneSelf && !unicode.IsLetter(c) && !unicode.IsSpace(c) }

const noHTML = "say it in Markdown; a < that is meant as a sign is written &lt; or in `code`"

// notes is goldmark's parser of footnotes. It remembers them all, for those that
// nothing refers to are dropped before anybody sees them.
type notes struct{ parser.BlockParser }

// A note is a footnote's text, and where it begins.
type note struct {
	*extast.Footnote
	at int
}

var notesKey = parser.NewContextKey()

func (p notes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, segment := reader.PeekLine()
	at := segment.Start + max(pc.BlockOffset(), 0)
	n, state := p.BlockParser.Open(parent, reader, pc)
	if footnote, ok := n.(*extast.Footnote); ok {
		all, _ := pc.Get(notesKey).([]note)
		pc.Set(notesKey, append(all, note{footnote, at}))
	}
	return n, state
}

// unused names footnotes and definitions of links that nothing refers to.
func (r *reading) unused(pc parser.Context) {
	all, _ := pc.Get(notesKey).([]note)
	seen := map[string]bool{}
	for _, n := range all {
		switch ref := string(n.Ref); {
		case seen[ref]:
			r.problem(n.at, diag.RuleFootnote, fmt.Sprintf("the footnote %q is there twice, and this text would be lost", ref), "give each a mark of its own")
		case n.Index < 0:
			r.problem(n.at, diag.RuleFootnote, fmt.Sprintf("nothing refers to the footnote %q, and its text would be lost", ref), "write [^"+ref+"] where it belongs, or take it away")
		}
		seen[string(n.Ref)] = true
	}
	for _, d := range r.defined {
		switch {
		case d.again:
			r.problem(d.at, diag.RuleLinkReference, fmt.Sprintf("the link %q is defined twice, and this one would be lost", d.label), "give each a name of its own")
		case !d.used:
			r.problem(d.at, diag.RuleLinkReference, fmt.Sprintf("nothing refers to the link %q, and it would be lost", d.label), "write [text]["+d.label+"] where it belongs, or take it away")
		}
	}
}

// A definition says once where links lead that several have in common.
type definition struct {
	label       string
	at          int
	start, end  int // of the destination
	used, again bool
}

// definitions notes where links are defined, before the links are read.
func (r *reading) definitions(root ast.Node) {
	r.byLabel = map[string]*definition{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		ref, ok := n.(*ast.LinkReferenceDefinition)
		if !ok || !entering || ref.Lines().Len() == 0 {
			return ast.WalkContinue, nil
		}
		d := &definition{label: string(ref.Label), at: ref.Lines().At(0).Start}
		stop := ref.Lines().At(ref.Lines().Len() - 1).Stop
		d.start, d.end = r.after(d.at+len(ref.Label), stop, "]:", ref.Destination)
		key := util.ToLinkReference(ref.Label)
		if _, d.again = r.byLabel[key]; !d.again {
			r.byLabel[key] = d
		}
		r.defined = append(r.defined, d)
		return ast.WalkContinue, nil
	})
}
