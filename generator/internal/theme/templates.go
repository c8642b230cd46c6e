package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"sslclinic/generator/internal/diag"
)

var templateError = regexp.MustCompile(`(?s)^template: ([^:]+):(\d+):(?:\d+:)? ?(.*)$`)

// loadTemplates parses the templates and sees to it that whatever they name is
// there: so that a mistake has the file and the line that its author sees, and
// not a page on which it happens to show.
func (l *loader) loadTemplates(t *Theme) error {
	t.templates = template.New("").Option("missingkey=error").Funcs(functions)
	t.written = template.New("").Option("missingkey=error").Funcs(functions)
	files, err := fs.Glob(l.fsys, "templates/*.html")
	if err != nil {
		return err
	}
	before := len(l.problems)
	defined := map[string]string{} // file of each definition
	var calls []call
	for _, file := range files {
		data, err := fs.ReadFile(l.fsys, file)
		if err != nil {
			return err
		}
		alone, err := template.New(path.Base(file)).Funcs(functions).Parse(string(data))
		if err != nil {
			line, message := 0, err.Error()
			if m := templateError.FindStringSubmatch(message); m != nil {
				line, _ = strconv.Atoi(m[2])
				message = m[3]
			}
			l.problem(file, line, message, "templates are written as pkg.go.dev/text/template says")
			continue
		}
		for _, t := range alone.Templates() {
			name := t.Name()
			if name != path.Base(file) {
				if other, ok := defined[name]; ok {
					l.problem(file, line(data, t.Tree.Root.Pos), fmt.Sprintf("the template %q is defined in %s too", name, other), "rename one of them")
				}
				defined[name] = file
			}
			walk(t.Tree.Root, func(n parse.Node) {
				switch n := n.(type) {
				case *parse.TemplateNode:
					calls = append(calls, call{file, line(data, n.Pos), n.Name})
				case *parse.CommandNode:
					l.uses = append(l.uses, phrase(n, file, data)...)
				default:
					if key := word(n); key != "" {
						l.uses = append(l.uses, use{file: file, line: line(data, n.Position()), key: key})
					}
				}
			})
		}
		small, err := l.minify.Bytes("text/html", data)
		if err != nil {
			l.problem(file, 0, "the template cannot be minified: "+err.Error(), "")
			small = data
		}
		for _, into := range []struct {
			set  *template.Template
			text []byte
		}{{t.written, data}, {t.templates, small}} {
			if _, err := into.set.New(path.Base(file)).Parse(string(into.text)); err != nil {
				return fmt.Errorf("%s: minified: %w", file, err)
			}
		}
	}
	if len(l.problems) > before {
		return nil // what is missing may stand in a file that could not be read
	}
	var names []string
	for name := range defined {
		names = append(names, name)
	}
	for _, c := range calls {
		if defined[c.name] == "" {
			l.problem(c.file, c.line, fmt.Sprintf("no template defines %q", c.name), diag.DidYouMean(c.name, names))
		}
	}
	for _, name := range slices.Concat(kinds, parts) {
		if defined[name] == "" {
			l.problem("templates", 0, fmt.Sprintf("no template defines %q", name), fmt.Sprintf("add {{define %q}}…{{end}}", name))
		}
	}
	if len(l.problems) > before {
		return nil
	}
	// A template is escaped when it is first executed, whatever the data, and
	// that finds what the parser does not: a value where no value can stand.
	for _, name := range slices.Concat(kinds, parts) {
		var wrong *template.Error
		if err := t.written.ExecuteTemplate(io.Discard, name, nil); errors.As(err, &wrong) {
			name, _, _ := strings.Cut(wrong.Name, "$") // html/template names its variants so
			l.problem(defined[name], wrong.Line, wrong.Description, "put the value into a text, or into an attribute between quotes")
			break // the same template may be part of them all
		}
	}
	return nil
}

// A call is a place where a template names another.
type call struct {
	file string
	line int
	name string
}

// A use is a place where a template says a word of the interface.
type use struct {
	file  string
	line  int
	key   string
	fills []string // names of the values that the phrase takes
}

func line(data []byte, at parse.Pos) int {
	return strings.Count(string(data[:min(int(at), len(data))]), "\n") + 1
}

// word gives the key of a word that a node says: toc of .Words.toc.
func word(n parse.Node) string {
	var names []string
	switch n := n.(type) {
	case *parse.FieldNode:
		names = n.Ident
	case *parse.VariableNode:
		names = n.Ident
	case *parse.ChainNode:
		names = n.Field
	}
	if i := slices.Index(names, "Words"); i >= 0 && i+1 < len(names) {
		return names[i+1]
	}
	return ""
}

// phrase gives what a call of say fills in.
func phrase(n *parse.CommandNode, file string, data []byte) []use {
	if name, ok := n.Args[0].(*parse.IdentifierNode); !ok || name.Ident != "say" || len(n.Args) < 2 || word(n.Args[1]) == "" {
		return nil
	}
	u := use{file: file, line: line(data, n.Pos), key: word(n.Args[1])}
	for i := 2; i < len(n.Args); i += 2 {
		if s, ok := n.Args[i].(*parse.StringNode); ok {
			u.fills = append(u.fills, s.Text)
		}
	}
	return []use{u}
}

// walk visits a node and what it holds, in the order of the text.
func walk(n parse.Node, visit func(parse.Node)) {
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, visit)
		walk(b.List, visit)
		if b.ElseList != nil {
			walk(b.ElseList, visit)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
		return
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, visit)
		}
		return
	case *parse.IfNode:
		branch(&n.BranchNode)
		return
	case *parse.RangeNode:
		branch(&n.BranchNode)
		return
	case *parse.WithNode:
		branch(&n.BranchNode)
		return
	case *parse.ActionNode:
		walk(n.Pipe, visit)
		return
	}
	visit(n)
	switch n := n.(type) {
	case *parse.CommandNode:
		for _, c := range n.Args {
			walk(c, visit)
		}
	case *parse.ChainNode:
		walk(n.Node, visit)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			walk(n.Pipe, visit)
		}
	}
}
