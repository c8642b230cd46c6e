package source

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/yamlfile"
)

// Text is a Markdown file.
type Text struct {
	File  string // as the user would type it
	Front Front
	Line  int // lines above Body in the file
	Body  []byte
	Lost  bool // nothing but File is known, because the file cannot be read as a text
}

// Front is the front matter of a Markdown file.
type Front struct {
	Title      string            `yaml:"title,required"`
	Summary    string            `yaml:"summary,required"`
	Messages   []Message         `yaml:"messages"`
	Keywords   []string          `yaml:"keywords"`
	Translated map[string]string `yaml:"translated"` // heading id → hash of the source's section

	read bool // so that what is missing is missing, and not merely unknown
}

// Message is an exact text on a reader's screen.
type Message struct {
	Lang  string `yaml:"lang"` // of the text, when it is not the reader's: ja
	Where string `yaml:"where,required"`
	Text  string `yaml:"text,required"`
}

// text reads a Markdown file with its front matter.
func (l *loader) text(site *Site, file string) *Text {
	tag := strings.TrimSuffix(path.Base(file), ".md")
	if !known(site, tag) && len(site.Languages) > 0 {
		// The text is another's, or nobody's: nothing more is said about it.
		l.problem(file, 0, 0, diag.RuleStray, fmt.Sprintf("the site has no language %q", tag), diag.DidYouMean(tag, tags(site))+"; take the file away, or add the language to site.yaml")
		return nil
	}
	t := &Text{File: path.Join(l.dir, file)}
	data, ok := l.read(file)
	if !ok {
		t.Lost = true
		return t
	}
	t.Body = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	const hint = "begin with a line ---, then title: and summary:, then a line ---"
	front, rest, ok := cutFront(t.Body)
	switch {
	case !isFence(t.Body):
		l.problem(file, 1, 1, diag.RuleFrontMatter, "the file does not begin with front matter", hint)
		return t
	case !ok:
		l.problem(file, 1, 1, diag.RuleFrontMatter, "the front matter does not end", hint)
		t.Lost = true
		return t
	}
	t.Body, t.Line = rest, bytes.Count(t.Body[:len(t.Body)-len(rest)], []byte("\n"))
	problems := yamlfile.Decode(t.File, 1, front, &t.Front)
	l.problems = append(l.problems, problems...)
	t.Front.read = !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Hides })
	for _, line := range []struct{ key, value string }{{"title", t.Front.Title}, {"summary", t.Front.Summary}} {
		if strings.Contains(strings.TrimSpace(line.value), "\n") {
			l.problem(file, 1, 0, diag.RuleFrontMatter, line.key+" holds a line break", "write it on one line, or after > instead of |")
		}
	}
	if len(bytes.TrimSpace(rest)) == 0 {
		l.problem(file, 0, 0, diag.RuleArticle, "there is no text below the front matter", "write it, or take the file away")
	}
	return t
}

// cutFront gives the front matter without its fences, and what follows it.
func cutFront(text []byte) (front, body []byte, ok bool) {
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	for at := 0; at < len(rest); {
		if isFence(rest[at:]) {
			_, body, _ := bytes.Cut(rest[at:], []byte("\n"))
			return rest[:at], body, true
		}
		next := bytes.IndexByte(rest[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return nil, nil, false
}

// isFence tells whether text begins with a line ---, which may end in blanks.
func isFence(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return string(bytes.TrimRight(line, " \t")) == "---"
}
