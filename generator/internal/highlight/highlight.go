// Package highlight turns code into HTML with chroma's classes. Chroma is used
// here and nowhere else.
//
// Law: taking the tags away and undoing the escapes gives the code back,
// character for character; and the same code has the same colours, however busy
// the machine is.
package highlight

import (
	"html"
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/dlclark/regexp2/v2"
)

// Names gives every name that a code fence may carry.
var Names = sync.OnceValue(func() []string { return append(lexers.Names(true), "text") })

// known holds the names in lower case; chroma's own look-up would take file
// names and extensions as well.
var known = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, n := range Names() {
		m[strings.ToLower(n)] = true
	}
	return m
})

// Known tells whether lang names a language.
func Known(lang string) bool { return known()[strings.ToLower(lang)] }

// patience takes the clock out of chroma's matching. Chroma gives each match a
// quarter of a second, by a clock that lags when a machine is busy; a match that
// is given up for that colours the code differently, and without an error. A
// clock that ticks once in years gives none up.
var patience = sync.OnceFunc(func() { regexp2.SetTimeoutCheckPeriod(1e5 * time.Hour) })

// HTML gives code as escaped text with a span around each token that has a
// look, marked with chroma's short class ("k", "s2", "gp"). A language that is
// not known, or that cannot make sense of the code, gives plain escaped text.
func HTML(lang, code string) string {
	var lexer chroma.Lexer
	if lang != "text" && Known(lang) {
		lexer = lexers.Get(lang)
	}
	if lexer == nil {
		return html.EscapeString(code)
	}
	patience()
	tokens, err := chroma.Tokenise(chroma.Coalesce(lexer), nil, code)
	if err != nil {
		return html.EscapeString(code)
	}
	var b strings.Builder
	b.Grow(2 * len(code))
	written := 0
	for _, t := range tokens {
		// Chroma ends every text with a newline; the author may not have.
		if written += len(t.Value); written > len(code) {
			t.Value = t.Value[:max(0, len(t.Value)-(written-len(code)))]
		}
		class := class(t.Type)
		if class == "" || strings.TrimSpace(t.Value) == "" {
			b.WriteString(html.EscapeString(t.Value))
			continue
		}
		b.WriteString(`<span class="` + class + `">`)
		b.WriteString(html.EscapeString(t.Value))
		b.WriteString(`</span>`)
	}
	return b.String()
}

// class is chroma's short class for a type of token, or "" for what needs no
// look of its own: plain text, names, operators and punctuation. Errors have
// none: a lexer's doubt is not the reader's.
func class(t chroma.TokenType) string {
	switch {
	case t == chroma.Name, t == chroma.NameOther, t == chroma.Error, t == chroma.Punctuation:
		return ""
	case t.Category() == chroma.Operator, t.Category() == chroma.Text:
		return ""
	}
	return chroma.StandardTypes[t]
}
