package markdown

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/width"
)

// CommonMark decides whether ** opens or closes emphasis by the white space
// and punctuation beside it. Japanese puts no space between words and ends
// emphasis with its own full stop, so that **終わり。**次 would print its
// marks. The amended rule: a CJK character, punctuation or not, is never the
// punctuation that keeps a mark from opening or closing, and it allows what
// white space on the other side of a mark would allow, unless the emphasis would
// begin with a sign such as a full stop: 証明書は*.example.com means the star.
// Text without CJK characters beside a mark is decided as before.

// amended gives the delimiter run at the reader's place, or nil.
func amended(block text.Reader, least int, processor parser.DelimiterProcessor) *parser.Delimiter {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, least, processor)
	if d == nil {
		return nil
	}
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	after := ' '
	if d.OriginalLength < len(line) {
		after, _ = utf8.DecodeRune(line[d.OriginalLength:])
	}
	if d.Char != '_' && (isCJK(before) || isCJK(after)) {
		if !isSign(after) {
			d.CanOpen = flanks(before, after)
		}
		d.CanClose = flanks(after, before)
		if d.OriginalLength == 1 && d.Char == '*' && wildcard.Match(line) {
			d.CanOpen, d.CanClose = false, false
		}
	}
	return d
}

// wildcard is a name such as *.example.com.
var wildcard = regexp.MustCompile(`^\*\.[A-Za-z0-9]`)

// isSign tells whether r is ASCII punctuation that no word, quotation, bracket
// or mark of Markdown begins with.
func isSign(r rune) bool { return strings.ContainsRune(".,;:/?)]}>%|=+^-", r) }

// flanks tells whether a run of marks stands at the edge of the text that
// begins with inner, with outer on its other side.
func flanks(outer, inner rune) bool {
	if util.IsSpaceRune(inner) {
		return false
	}
	return !util.IsPunctRune(inner) || isCJK(inner) ||
		util.IsSpaceRune(outer) || util.IsPunctRune(outer) || isCJK(outer)
}

// isCJK tells whether r belongs to Chinese, Japanese or Korean writing: its
// letters, its punctuation, and the full-width forms of others.
func isCJK(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r >= 0x3001 && r <= 0x303F, // CJK symbols and punctuation
		r >= 0x30FB && r <= 0x30FF, // ・ and ー
		r >= 0xFE30 && r <= 0xFE4F, // compatibility forms
		r >= 0xFF01 && r <= 0xFFEF: // full-width and half-width forms
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}

// emphasis parses * and _ with the amended rule, before goldmark's own parser
// sees them.
type emphasis struct{}

func (emphasis) Trigger() []byte { return []byte{'*', '_'} }

func (emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	d := amended(block, 1, emphasisMarks{})
	if d == nil {
		return nil
	}
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

type emphasisMarks struct{}

func (emphasisMarks) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

func (emphasisMarks) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (emphasisMarks) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// strikethrough parses ~~ as GitHub does, with the amended rule. A single ~ is
// none: between figures it is how Japanese writes a range, 10~20分.
type strikethrough struct{}

func (strikethrough) Trigger() []byte { return []byte{'~'} }

func (strikethrough) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	d := amended(block, 1, strikethroughMarks{})
	if d == nil || d.OriginalLength != 2 || block.PrecendingCharacter() == '~' {
		return nil
	}
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

func (strikethrough) CloseBlock(ast.Node, parser.Context) {}

type strikethroughMarks struct{}

func (strikethroughMarks) IsDelimiter(b byte) bool { return b == '~' }

func (strikethroughMarks) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && opener.OriginalLength == closer.OriginalLength
}

func (strikethroughMarks) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

// lineBreaks takes away the line breaks that stand between Japanese
// characters, by the segment break transformation rules of CSS Text 3. What
// counts are the characters a reader sees on both sides, so emphasis, code and
// links at the end or the beginning of a line make no difference.
type lineBreaks struct{}

func (lineBreaks) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	var broken *ast.Text // ends in a line break, and nothing came after it yet
	last := ' '          // the character before the break
	see := func(s []byte) {
		if len(s) == 0 {
			return
		}
		first, _ := utf8.DecodeRune(s)
		if broken != nil && joins(last, first) {
			broken.SetSoftLineBreak(false)
		}
		broken = nil
		last, _ = utf8.DecodeLastRune(s)
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeBlock {
			broken, last = nil, ' '
			return ast.WalkContinue, nil
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			see(n.Segment.Value(source))
			if n.SoftLineBreak() {
				broken = n
			} else if n.HardLineBreak() {
				broken, last = nil, ' '
			}
		case *ast.String:
			see(n.Value)
		case *ast.AutoLink:
			see(n.Label(source))
		case *ast.Image:
			see([]byte("\uFFFC"))
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// joins tells whether a line break between a and b is no white space.
func joins(a, b rune) bool {
	if a == '\u200B' || b == '\u200B' {
		return true
	}
	if isCJK(a) && unicode.IsPunct(a) || isCJK(b) && unicode.IsPunct(b) {
		return true
	}
	return wide(a) && wide(b) && !unicode.Is(unicode.Hangul, a) && !unicode.Is(unicode.Hangul, b)
}

func wide(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianHalfwidth:
		return true
	}
	return false
}

// japanese tells whether code in a text of another language is Japanese, such as
// what stands on the screen of a host in Japan: a voice would spell it out. Kana
// is nothing else; of Chinese characters that holds where the text is not
// Chinese itself.
func japanese(code, lang string) bool {
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "", "ja":
		return false
	case "zh":
		return strings.ContainsFunc(code, isKana)
	}
	return strings.ContainsFunc(code, func(r rune) bool { return isKana(r) || unicode.Is(unicode.Han, r) })
}

func isKana(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }
