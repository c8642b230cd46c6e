package markdown

import (
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sslclinic/generator/internal/diag"
)

// Texts refer to what stands in facts.yaml: {fact connect} to a value, {ui
// ssl-overview} to a place on a screen, {label purge} to a word there. A heading's id begins with # and a
// word of the figures has no space, so that nothing else looks like it.

// A Fact is what a reference comes to in the language of the texts.
type Fact struct {
	Text     string // as a reader sees it
	Original string // what stands on a screen: the same in the original language
	Link     string // a place on a screen: straight to it; "" where none is known
}

// referenceWords are what a reference can begin with.
var referenceWords = []string{"fact", "ui", "label"}

var (
	referenceForm = regexp.MustCompile(`^\{([A-Za-z]+) ([^{}\n]*)\}`)
	referenceOpen = regexp.MustCompile(`\{(?:fact|ui|label)\b`)
)

// reference is a reference as it is written; words are what stands between its
// braces.
type reference struct {
	ast.BaseInline
	word, words string
	start, end  int
	fact        Fact
	linked      bool
}

var kindReference = ast.NewNodeKind("Reference")

func (*reference) Kind() ast.NodeKind              { return kindReference }
func (n *reference) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// references parses them.
type references struct{ known map[string]Fact }

func (references) Trigger() []byte { return []byte{'{'} }

func (p references) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	m := referenceForm.FindSubmatch(line)
	if m == nil {
		return nil
	}
	n := &reference{word: string(m[1]), start: segment.Start, end: segment.Start + len(m[0])}
	if !slices.Contains(referenceWords, n.word) && diag.Nearest(n.word, referenceWords) == "" {
		return nil // braces of somebody else
	}
	n.words = n.word + " " + string(m[2])
	n.fact = p.known[n.words]
	block.Advance(len(m[0]))
	return n
}

// text is what a reader sees.
func (n *reference) text() string { return n.fact.Text }

// reference checks one, and notes what stands for it in Markdown.
func (r *reading) reference(n *reference) {
	if _, ok := r.converter.labels.Facts[n.words]; !ok {
		line, col := r.place(n.start)
		r.unknown(line, col, n.words)
		return
	}
	n.linked = n.fact.Link != ""
	for up := n.Parent(); up != nil && n.linked; up = up.Parent() {
		switch up.Kind() {
		case ast.KindLink:
			r.problem(n.start, diag.RuleReference, fmt.Sprintf("{%s} is a link, and stands within one", n.words), "take it out of the [ ] of the other")
		case ast.KindHeading:
			r.problem(n.start, diag.RuleReference, fmt.Sprintf("{%s} is a link, and a heading holds none", n.words), "put it into the text below")
		case ast.KindImage:
			n.linked = false // a text alternative is plain
		}
	}
	r.edits = append(r.edits, edit{n.start, n.end, n.markdown()})
}

// unknown names a reference to what facts.yaml does not have.
func (r *reading) unknown(line, col int, words string) {
	hint := "add it to facts.yaml, with its source"
	if near := diag.Nearest(words, slices.Sorted(maps.Keys(r.converter.labels.Facts))); near != "" {
		hint = "did you mean {" + near + "}?"
	}
	r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: col, Rule: diag.RuleReference, Message: fmt.Sprintf("facts.yaml has no %q", words), Hint: hint})
}

// referenceInCommand is narrower than a reference in prose: a shell has braces
// of its own.
var referenceInCommand = regexp.MustCompile(`\{((?:fact|ui|label) [a-z0-9-]+)\}`)

// plainly puts references into a line of a command, or into its title, as plain
// text. line and col are where it begins.
func (r *reading) plainly(line, col int, text string) string {
	var b strings.Builder
	at := 0
	for _, m := range referenceInCommand.FindAllStringSubmatchIndex(text, -1) {
		words := text[m[2]:m[3]]
		fact, ok := r.converter.labels.Facts[words]
		if !ok {
			r.unknown(line, col+utf8.RuneCountInString(text[:m[0]]), words)
		}
		b.WriteString(text[at:m[0]] + fact.Text)
		at = m[1]
	}
	return b.String() + text[at:]
}

// title is that of a block of code. A path through menus is written out there as
// little as in prose.
func (r *reading) title(line int, a Arg) string {
	col := a.Col + len(`title="`)
	if at := pathMark.FindStringIndex(a.Value); at != nil {
		r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: col + utf8.RuneCountInString(a.Value[:at[0]]), Rule: diag.RuleMenuPath,
			Message: "a path through menus is written out", Hint: "write {ui id}, and what stands here into facts.yaml"})
	}
	return r.plainly(line, col, a.Value)
}

var escapeMarks = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "`", "\\`", "|", `\|`)

func (n *reference) markdown() string {
	label := escapeMarks.Replace(n.text())
	switch {
	case n.linked:
		return "[" + label + "](" + n.fact.Link + ")"
	case n.word != "fact":
		return "**" + label + "**"
	}
	return label
}

func (nodes) reference(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*reference)
	label := html.EscapeString(n.text())
	switch {
	case !entering:
	case n.linked:
		return write(w, `<a class="ui" href="`, html.EscapeString(n.fact.Link), `">`, label, "</a>")
	case n.word != "fact":
		return write(w, `<strong class="ui">`, label, "</strong>")
	default:
		return write(w, label)
	}
	return ast.WalkContinue, nil
}

// pathMark is what joins the words of a path through menus. In bold a > does
// as well.
var pathMark = regexp.MustCompile(`[→⇒›＞]`)

// path names a path through menus that is written out, and a reference that
// does not end.
func (r *reading) path(n *ast.Text) {
	start := n.Segment.Start
	s := n.Segment.Value(r.source)
	if at := referenceOpen.FindIndex(s); at != nil && (at[0] == 0 || s[at[0]-1] != '\\') && (start+at[0] == 0 || r.source[start+at[0]-1] != '\\') {
		r.problem(start+at[0], diag.RuleReference, "this reference does not end, or names nothing", "write {fact id} or {ui id}, on one line; braces that are meant as such are written \\{")
	}
	_, bold := n.Parent().(*ast.Emphasis)
	at := pathMark.FindIndex(s)
	if at == nil && bold {
		at = boldMark.FindIndex(s)
	}
	if at == nil {
		return
	}
	hint := "write {ui id}, and what stands here into facts.yaml; another arrow is said in words, or in `code`"
	if bold {
		written := plain(n.Parent(), r.source)
		for _, words := range slices.Sorted(maps.Keys(r.converter.labels.Facts)) {
			if f := r.converter.labels.Facts[words]; written == f.Text || f.Original != "" && written == f.Original {
				hint = "write {" + words + "}"
				break
			}
		}
	}
	r.problem(start+at[0], diag.RuleMenuPath, "a path through menus is written out", hint)
}

var boldMark = regexp.MustCompile(` > | &gt; `)
