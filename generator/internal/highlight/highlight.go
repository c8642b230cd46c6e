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
	"sync/atomic"
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
	colours, _ := coloured(lexer, code, func() bool { return false })
	return colours
}

// In is HTML, unless that takes longer than so long: then it is false. Chroma's
// patterns try again and again what fits code of no kind, [[[[ in YAML for
// minutes, and no count of theirs could be had. The clock therefore decides
// whether code is refused, and never how it looks. Who is refused may leave a
// match behind that ends by itself.
func In(long time.Duration, lang, code string) (string, bool) {
	if lang == "text" || !Known(lang) {
		return html.EscapeString(code), true
	}
	var late atomic.Bool
	done := make(chan string, 1)
	go func() {
		if colours, ok := coloured(lexers.Get(lang), code, late.Load); ok {
			done <- colours
		}
	}()
	patience := time.NewTimer(long)
	defer patience.Stop()
	select {
	case colours := <-done:
		return colours, true
	case <-patience.C:
		late.Store(true)
		return "", false
	}
}

// coloured gives code with its colours, unless it is stopped before.
func coloured(lexer chroma.Lexer, code string, stopped func() bool) (string, bool) {
	patience()
	next, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return html.EscapeString(code), true
	}
	var b strings.Builder
	b.Grow(2 * len(code))
	written := 0
	for t := next(); t != chroma.EOF; t = next() {
		if stopped() {
			return "", false
		}
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
	return b.String(), true
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
