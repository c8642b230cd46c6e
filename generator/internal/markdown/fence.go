package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/highlight"
)

func (r *reading) fence(n *ast.FencedCodeBlock) ast.WalkStatus {
	if !r.Fills {
		defer func() {
			if r.Fills {
				r.fields(n)
			}
		}()
	}
	at, info := n.Pos(), ""
	if n.Info != nil {
		at, info = n.Info.Segment.Start, strings.TrimSpace(string(n.Info.Segment.Value(r.source)))
	}
	end := r.fenceEnd(n)
	if end < 0 {
		r.problem(n.Pos(), diag.RuleCodeFence, "this code block is not closed", "end it with a line of the same marks as it begins with")
		end = len(r.source)
	}
	name, args := r.info(at, info)
	code := &code{language: name, text: lines(n, r.source)}
	body, ours := r.converter.blocks[name]
	if l := n.Lines(); l.Len() > 0 {
		within := stretch{l.At(0).Start, l.At(l.Len() - 1).Stop}
		if ours && (body == Caption || body == Texts) {
			r.read = append(r.read, within)
		} else {
			r.code = append(r.code, within)
		}
	}
	if !ours {
		switch {
		case name == "":
			r.problem(at, diag.RuleCodeLanguage, "this code names no language", "write ```bash, ```nginx, …, and ```text for plain output")
		case !highlight.Known(name):
			r.problem(at, diag.RuleCodeLanguage, fmt.Sprintf("unknown language %q", name), cmp.Or(otherwise(name), diag.DidYouMean(name, slices.AppendSeq(slices.Clone(highlight.Names()), maps.Keys(r.converter.blocks))), "write ```text for plain text"))
		}
		for _, a := range args {
			if a.Key == "title" && a.Value != "" {
				line, _ := r.place(at)
				code.title = r.title(line, a)
			} else {
				line, _ := r.place(at)
				r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Col: a.Col, Rule: diag.RuleCodeLanguage,
					Message: fmt.Sprintf("code takes title=\"…\", not %q", a.Key), Hint: diag.DidYouMean(a.Key, []string{"title"})})
			}
		}
		code.colours = r.colours(r.lineOf(n), name, code.text)
		if slices.Contains(shells, name) {
			r.Fills = r.Fills || fills(code.text)
		}
		r.swap(n, code)
		return ast.WalkSkipChildren
	}
	h := Hole{Kind: Block, Name: name, Args: args, Level: r.level(), Body: strings.TrimSpace(code.text), start: r.lineStart(n.Pos()), end: end}
	h.Line, h.Col = r.place(at)
	r.parts(n, at, &h, body)
	r.swap(n, &block{mark: r.hole(at, h)})
	return ast.WalkSkipChildren
}

// calledElsewhere are names that other programs take, and to which nothing that
// is near in letters is near in meaning.
var calledElsewhere = map[string]string{
	"yml": "yaml", "conf": "nginx, apache or ini", "cfg": "ini", "config": "nginx, apache or ini", "env": "bash or ini",
	"none": "text", "plain": "text", "plaintext": "text", "txt": "text", "log": "text", "output": "text", "raw": "text", "pem": "text", "csv": "text",
	"cmd": "bat", "dos": "bat", "terminal": "console", "prompt": "console", "shell-session": "console",
	"httpd": "apacheconf", "htaccess": "apacheconf", "caddy": "caddyfile", "dns": "zone", "bind": "zone",
}

// otherwise is a hint for a language that is known by another name, or that has
// more in its name than belongs there.
func otherwise(name string) string {
	if also := calledElsewhere[strings.ToLower(name)]; also != "" {
		return "write " + also
	}
	if language, _, ok := strings.Cut(name, "{"); ok {
		return "write " + cmp.Or(language, "text") + " alone: lines cannot be marked"
	}
	if language, file, ok := strings.Cut(name, ":"); ok && highlight.Known(language) {
		return "write " + language + ` title="` + file + `"`
	}
	return ""
}

// colours gives code that begins at a line with its colours, or names code that
// would take too long to colour.
func (r *reading) colours(line int, language, text string) string {
	text = strings.TrimRight(text, "\n")
	if r.slow {
		return html.EscapeString(text) // the text is refused already
	}
	colours, ok := highlight.In(longest, language, text)
	if !ok {
		r.slow = true
		r.Problems = append(r.Problems, diag.Problem{File: r.file, Line: line, Rule: diag.RuleLimit,
			Message: "this code takes too long to colour", Hint: "write ```text, or cut it into parts"})
	}
	return colours
}

// longest is how long the colours of a block of code may take. An article's take
// some milliseconds.
const longest = 3 * time.Second

// shells are the languages of what a reader is told to type.
var shells = []string{"bash", "console", "powershell"}

// level is that of the heading under which the reading is; 1 for none.
func (r *reading) level() int {
	for _, h := range slices.Backward(r.Headings) {
		if h.Level > 0 {
			return h.Level
		}
	}
	return r.under
}

// caption reads a block's body, which is a caption whatever the kind, and gives
// it as HTML and as Markdown.
func (r *reading) caption(n ast.Node, at int, body string) (template.HTML, string) {
	d := r.converter.Convert(r.file, r.lineOf(n), []byte(body))
	r.Problems = append(r.Problems, d.Problems...)
	if len(d.Holes) > 0 || len(d.Headings) > 0 {
		r.problem(at, diag.RuleCaption, "a caption holds no links and no headings", "put them into the text below")
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(d.html)), "<p>"), "</p>")
	return template.HTML(inner), strings.TrimSpace(string(d.Markdown(make([]string, len(d.Holes)))))
}

// lineOf gives the number of the line on which a fence begins.
func (r *reading) lineOf(n ast.Node) int {
	line, _ := r.place(n.Pos())
	return line
}

// fenceEnd gives the offset after a code block's closing fence, or -1 when it
// has none.
func (r *reading) fenceEnd(n *ast.FencedCodeBlock) int {
	at := n.Pos()
	if n.Info != nil {
		at = n.Info.Segment.Stop
	}
	if l := n.Lines().Len(); l > 0 {
		at = n.Lines().At(l-1).Stop - 1
	}
	next := bytes.IndexByte(r.source[min(at, len(r.source)):], '\n')
	if next < 0 {
		return -1
	}
	line := r.source[at+next+1:]
	rest := []byte(nil)
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line, rest = line[:end], line[end:]
	}
	mark := bytes.TrimLeft(line, " >\t")
	if !bytes.HasPrefix(mark, []byte("```")) && !bytes.HasPrefix(mark, []byte("~~~")) {
		return -1
	}
	return len(r.source) - len(rest)
}

// info splits an info string into its first word and the others.
func (r *reading) info(offset int, info string) (name string, args []Arg) {
	_, col := r.place(offset)
	name, rest, _ := strings.Cut(info, " ")
	for at := len(name) + 1; strings.TrimSpace(rest) != ""; {
		trimmed := strings.TrimLeft(rest, " ")
		at += len(rest) - len(trimmed)
		end := strings.IndexByte(trimmed, ' ')
		if open := strings.Index(trimmed, `="`); open >= 0 && (end < 0 || open < end) {
			end = -1
			if quote := strings.IndexByte(trimmed[open+2:], '"'); quote >= 0 {
				end = open + 2 + quote + 1
			}
		}
		if end < 0 {
			end = len(trimmed)
		}
		key, value, _ := strings.Cut(trimmed[:end], "=")
		args = append(args, Arg{Key: key, Value: strings.Trim(value, `"`), Col: col + utf8.RuneCountInString(info[:at])})
		rest, at = trimmed[end:], at+end
	}
	return name, args
}
