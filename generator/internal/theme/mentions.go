package theme

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"github.com/tdewolff/parse/v2/js"
)

// Asset is the URL of an asset, for templates.
func (p *Page) Asset(name string) (string, error) {
	url := p.Assets(name)
	if url == "" {
		return "", fmt.Errorf("there is no asset %q", name)
	}
	return url, nil
}

// A Mention is a place that names an asset.
type Mention struct {
	File string // as its author sees it, for messages
	Line int
	From string // the asset that names it; "" for a template
	Name string // without the ./ that scripts write before it
}

// mention notes the assets that an asset names.
func (l *loader) mention(file, from string, data []byte) {
	for _, m := range Mentions(from, data) {
		if written := string(data[m.Start-m.dots : m.End]); path.Ext(from) == ".js" && !strings.HasPrefix(written, "./") {
			l.problem(file, m.Line, fmt.Sprintf("a script imports %q", written), "scripts stand side by side: import './case.js'")
			continue
		}
		m.File = l.where(file)
		l.mentions = append(l.mentions, m.Mention)
	}
}

// A Place is a mention in the bytes of an asset.
type Place struct {
	Mention
	Start, End int // of the name, as offsets
	dots       int // bytes of the ./ before it
}

// Mentions finds what an asset names: the imports of a script, dynamic ones
// with a literal included, and the url(…) of a stylesheet, unless it is the
// address of another site, data, or a fragment. What else a script fetches, it
// is told by an attribute of the page.
func Mentions(from string, data []byte) []Place {
	var all []Place
	found := func(at int, text []byte) {
		written := strings.Trim(string(text), "\"' \t\r\n\f")
		name, _, _ := strings.Cut(strings.TrimPrefix(written, "./"), "#")
		if path.Ext(from) == ".css" && (name == "" || strings.Contains(name, ":") || strings.HasPrefix(name, "//")) {
			return
		}
		start := at + bytes.Index(text, []byte(name))
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		dots := len(written) - len(strings.TrimPrefix(written, "./"))
		all = append(all, Place{Mention{Line: line, From: from, Name: name}, start, start + len(name), dots})
	}
	switch path.Ext(from) {
	case ".js":
		imports(data, found)
	case ".css":
		urls(data, found)
	}
	return all
}

// imports finds the specifiers of a script with their quotes.
func imports(data []byte, found func(at int, text []byte)) {
	lexer := js.NewLexer(parse.NewInputBytes(slices.Clone(data)))
	var last, before js.TokenType // but white space and comments
	for at := 0; ; {
		kind, text := lexer.Next()
		if (kind == js.DivToken || kind == js.DivEqToken) && !endsValue(last) {
			kind, text = lexer.RegExp()
		}
		if kind == js.ErrorToken {
			return // the end, or a mistake that the minifier has named
		}
		if kind == js.StringToken && (last == js.FromToken || last == js.ImportToken || last == js.OpenParenToken && before == js.ImportToken) {
			found(at, text)
		}
		at += len(text)
		switch kind {
		case js.WhitespaceToken, js.LineTerminatorToken, js.CommentToken, js.CommentLineTerminatorToken:
		default:
			before, last = last, kind
		}
	}
}

// endsValue tells whether a slash after the token divides, and begins no
// regular expression.
func endsValue(t js.TokenType) bool {
	switch t {
	case js.StringToken, js.TemplateToken, js.TemplateEndToken, js.RegExpToken, js.CloseParenToken, js.CloseBracketToken, js.CloseBraceToken,
		js.ThisToken, js.SuperToken, js.NullToken, js.TrueToken, js.FalseToken, js.IncrToken, js.DecrToken:
		return true
	}
	return js.IsNumeric(t) || js.IsIdentifier(t)
}

// urls finds what stands in the url(…) of a stylesheet, quotes and space included.
func urls(data []byte, found func(at int, text []byte)) {
	lexer := css.NewLexer(parse.NewInputBytes(slices.Clone(data)))
	for at := 0; ; {
		kind, text := lexer.Next()
		switch kind {
		case css.ErrorToken:
			return
		case css.URLToken:
			if inner, ok := bytes.CutPrefix(text, []byte("url(")); ok {
				found(at+len("url("), bytes.TrimSuffix(inner, []byte(")")))
			}
		}
		at += len(text)
	}
}
