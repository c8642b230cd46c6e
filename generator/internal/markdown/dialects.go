package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"

	"sslclinic/generator/internal/diag"
)

// A dialect is how something is written elsewhere, or with full-width marks,
// and is no more than text here.
type dialect struct {
	form       *regexp.Regexp
	what, hint string
}

const (
	asBox      = "write > [!NOTE] on a line, and > before each line of the box"
	asItem     = "begin it with - and a space"
	asNumber   = "write 1. and a space"
	asEmphasis = "write **; what is meant as such stands in `code`"
	asLink     = "write [text](../article/ja.md)"
)

// dialectLines are told by how a line begins.
var dialectLines = []dialect{
	{regexp.MustCompile(`^[-*+]\x{3000}`), "this line is no item of a list: the space is a full-width one", "put an ordinary space after the mark"},
	{regexp.MustCompile(`^[-+][\p{Han}\p{Hiragana}\p{Katakana}「『（]`), "this line is no item of a list", "put a space after the mark"},
	{regexp.MustCompile(`^[・•●◦‣⁃][^・•●◦‣⁃]`), "this line is no item of a list, and is joined with the next", asItem},
	{regexp.MustCompile(`^[－＊＋][ \x{3000}]`), "this line is no item of a list: its mark is a full-width one", asItem},
	{regexp.MustCompile(`^[0-9]{1,3}[.)][\x{3000}\p{Han}\p{Hiragana}\p{Katakana}]`), "this line is no item of a list", "put an ordinary space after the number and its point"},
	{regexp.MustCompile(`^(?:[０-９]{1,3}[.．)）]|[0-9]{1,3}．)`), "this line is no item of a list: its number is written full-width", asNumber},
	{regexp.MustCompile(`^[①-⑳]`), "this line is no item of a list, and is joined with the next", asNumber},
	{regexp.MustCompile(`^#{1,6}\x{3000}`), "this line is no heading: the space is a full-width one", "put an ordinary space after the #"},
	{regexp.MustCompile(`^＃+`), "this line is no heading: its marks are full-width ones", "write ## and a space"},
	{regexp.MustCompile(`^＞`), "this line is no quotation: its mark is a full-width one", "write > and a space"},
	{regexp.MustCompile(`^｜`), "this line is no row of a table: its marks are full-width ones", "write |, and a line |---|---| under the head"},
	{regexp.MustCompile(`^｀｀｀`), "this line begins no code", "write ``` and the language"},
	{regexp.MustCompile(`^:::+`), "this line begins no box", asBox},
	{regexp.MustCompile(`^(?:!!!|\?\?\?)\+?[ \t]+[a-z]`), "this line begins no box", asBox},
	{regexp.MustCompile(`^\[!\w+\]`), "this mark makes no box: it stands alone on the first line of a quotation", "write > [!NOTE] on a line, and the text on the next, after >"},
	{regexp.MustCompile(`(?i)^\[\[?toc\]\]?[ \t]*$`), "this line makes no list of contents", "take it away: each page has one"},
	{regexp.MustCompile(`^(?:\+\+\+|\$\$)[ \t]*$`), "this line begins nothing", "front matter stands between --- at the top of the file; formulas are not known"},
}

// dialectWords are told by marks within a line; what matters of a form is its
// group, where it has one.
var dialectWords = []dialect{
	{regexp.MustCompile(`＊＊|__`), "these marks are no emphasis", asEmphasis},
	{regexp.MustCompile(`(?:^|[^\w\\])(_[^_\s]*[\p{Han}\p{Hiragana}\p{Katakana}][^_\n]*_)`), "these marks are no emphasis", asEmphasis},
	{regexp.MustCompile(`＿＿|～～[^～]|｀[^｀]+｀`), "these marks are full-width ones, and make nothing", "write **, ~~ or `"},
	{regexp.MustCompile(`(?:［[^\[\]［］]*[\]］]|[\]］])（(?:https?://|mailto:|\.{1,2}/|#|[^（）\s]*\.(?:md|yaml))`), "this is no link: its brackets are full-width ones", asLink},
	{regexp.MustCompile(`［[^\[\]［］]*[\]］]\((?:https?://|mailto:|\.{1,2}/|#)`), "this is no link: its brackets are full-width ones", asLink},
	{regexp.MustCompile(`\{\{[<%{ ]|\{%`), "a shortcode does nothing here", "write what it stood for; a box is > [!NOTE]"},
	{regexp.MustCompile(`\[\[[^\[\]]+\]\]`), "this is no link", asLink},
	{regexp.MustCompile(`(?:^|[^=!<>])(==[^=\s](?:[^=]*[^=\s])?==)(?:[^=]|$)`), "these marks make nothing", asEmphasis},
}

// dialectMarks are those of which each form of dialectWords has one: few texts do.
const dialectMarks = "_=[]{＊＿～｀［］"

// dialect names a line that was meant as something else than text.
func (r *reading) dialect(at int, line []byte) {
	for _, d := range dialectLines {
		if d.form.Match(line) {
			r.problem(at, diag.RuleMeant, d.what, d.hint)
			return
		}
	}
}

// dialectWord names marks that came out as text. A mark may have been cut into
// several nodes: it is enough that it begins in this one.
func (r *reading) dialectWord(n *ast.Text) {
	const beyond = len("（https://")
	start, stop := n.Segment.Start, n.Segment.Stop
	s := r.source[start:min(len(r.source), stop+beyond)]
	if end := bytes.IndexByte(s[stop-start:], '\n'); end >= 0 {
		s = s[:stop-start+end]
	}
	if !bytes.ContainsAny(s, dialectMarks) {
		return
	}
	for _, d := range dialectWords {
		if at := d.form.FindSubmatchIndex(s); at != nil && at[len(at)-2] < stop-start {
			r.problem(start+at[len(at)-2], diag.RuleMeant, d.what, d.hint)
			return
		}
	}
}
