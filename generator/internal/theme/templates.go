package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"sslclinic/generator/internal/diag"
)

var templateError = regexp.MustCompile(`(?s)^template: ([^:]+):(\d+):(?:\d+:)? ?(.*)$`)

// A definition is a template as one file of the theme has it.
type definition struct {
	file  string // as its author would type it
	layer int
	calls []call
	uses  []use
	asks  []Mention       // of assets
	names map[string]bool // of the values that it may read from what it is given
	wants []string        // those that it reads as $.Name: of its arguments, wherever it stands
}

// loadTemplates parses the templates and sees to it that whatever they name is
// there: so that a mistake has the file and the line that its author sees, and
// not a page on which it happens to show.
func (l *loader) loadTemplates(t *Theme) error {
	t.templates = template.New("").Option("missingkey=error").Funcs(functions)
	t.written = template.New("").Option("missingkey=error").Funcs(functions)
	before := len(l.problems)
	defined := map[string]*definition{}
	for layer, at := range l.layers {
		files, err := fs.Glob(at.FS, "templates/*.html")
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := l.loadTemplate(t, layer, file, defined); err != nil {
				return err
			}
		}
	}
	if len(l.problems) > before {
		return nil // what is missing may stand in a file that could not be read
	}
	l.checkCalls(defined)
	if len(l.problems) > before {
		return nil
	}
	// A template is escaped when it is first executed, whatever the data, and
	// that finds what the parser does not: a value where no value can stand.
	for _, name := range l.needs {
		var wrong *template.Error
		if err := t.written.ExecuteTemplate(io.Discard, name, nil); errors.As(err, &wrong) {
			file, line := l.where("templates"), wrong.Line
			if d := defined[wrong.Name]; d != nil {
				file = d.file
			}
			if wrong.Node != nil {
				at, _ := (*parse.Tree)(nil).ErrorContext(wrong.Node)
				if parts := strings.Split(at, ":"); len(parts) > 1 {
					file = parts[0]
					line, _ = strconv.Atoi(parts[1])
				}
			}
			what, _, _ := strings.Cut(wrong.Description, ": {") // what follows is html/template's inner state
			l.tell(file, line, 0, what, "put the value into a text, or into an attribute between quotes")
			break // the same template may be part of them all
		}
	}
	return nil
}

// loadTemplate takes those templates of a layer's file that no upper layer has.
func (l *loader) loadTemplate(t *Theme, layer int, file string, defined map[string]*definition) error {
	data, err := fs.ReadFile(l.layers[layer].FS, file)
	if err != nil {
		return err
	}
	file = path.Join(l.layers[layer].Dir, file)
	alone, err := template.New(file).Funcs(functions).Parse(string(data))
	if err != nil {
		line, message := 0, err.Error()
		if m := templateError.FindStringSubmatch(message); m != nil {
			line, _ = strconv.Atoi(m[2])
			message = m[3]
		}
		l.tell(file, line, 0, message, "templates are written as pkg.go.dev/text/template says")
		return nil
	}
	small, err := l.minify.Bytes("text/html", data)
	if err != nil {
		l.tell(file, 0, 0, "the template cannot be minified: "+err.Error(), "")
		small = data
	}
	minified, err := template.New(file).Funcs(functions).Parse(string(small))
	if err != nil {
		return fmt.Errorf("%s: minified: %w", file, err)
	}
	for _, one := range alone.Templates() {
		name := one.Name()
		if name == file {
			continue
		}
		d := &definition{file: file, layer: layer, names: map[string]bool{}}
		if other := defined[name]; other != nil {
			if other.layer == d.layer {
				l.tell(file, line(data, one.Tree.Root.Pos), 0, fmt.Sprintf("the template %q is defined in %s too", name, strings.TrimPrefix(other.file, l.layers[layer].Dir+"/")), "rename one of them")
			}
			continue
		}
		defined[name] = d
		d.read(one.Tree.Root, data)
		if _, err := t.written.AddParseTree(name, one.Tree); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if _, err := t.templates.AddParseTree(name, minified.Lookup(name).Tree); err != nil {
			return fmt.Errorf("%s: minified: %w", file, err)
		}
	}
	return nil
}

// read finds what a template names.
func (d *definition) read(root parse.Node, data []byte) {
	walk(root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TemplateNode:
			d.calls = append(d.calls, call{d.file, line(data, n.Pos), n.Name, arguments(n)})
		case *parse.CommandNode:
			d.uses = append(d.uses, phrase(n, d.file, data)...)
			if name := asset(n); name != "" {
				d.asks = append(d.asks, Mention{File: d.file, Line: line(data, n.Pos), Name: name})
			}
		case *parse.FieldNode:
			d.names[n.Ident[0]] = true
		case *parse.VariableNode:
			if n.Ident[0] == "$" && len(n.Ident) > 1 {
				d.names[n.Ident[1]] = true
				d.wants = append(d.wants, n.Ident[1])
			}
		}
		if key := word(n); key != "" {
			d.uses = append(d.uses, use{file: d.file, line: line(data, n.Position()), key: key})
		}
	})
}

// checkCalls sees to it that each template is there that another one, or the
// generator, names; that it is given what it reads; and notes which words and
// assets it needs. What a theme has from the folders that it stands on counts only where
// it is used: the rest may ask for what this theme has no need of.
func (l *loader) checkCalls(defined map[string]*definition) {
	names := slices.Sorted(maps.Keys(defined))
	open := slices.Clone(l.needs)
	for _, name := range names {
		if defined[name].layer == 0 {
			open = append(open, name)
		}
	}
	seen := map[string]bool{}
	for len(open) > 0 {
		name := open[0]
		open = open[1:]
		d := defined[name]
		if seen[name] {
			continue
		}
		if seen[name] = true; d == nil {
			l.problem("templates", 0, fmt.Sprintf("no template defines %q", name), fmt.Sprintf("add {{define %q}}…{{end}}", name))
			continue
		}
		l.uses = append(l.uses, d.uses...)
		l.mentions = append(l.mentions, d.asks...)
		for _, c := range d.calls {
			to := defined[c.name]
			if to == nil {
				l.tell(c.file, c.line, 0, fmt.Sprintf("no template defines %q", c.name), diag.DidYouMean(c.name, names))
				continue
			}
			open = append(open, c.name)
			if c.args == nil {
				continue
			}
			for _, name := range c.args {
				if !to.names[name] {
					l.tell(c.file, c.line, 0, fmt.Sprintf("%q takes no %q", c.name, name), diag.DidYouMean(name, to.wants))
				}
			}
			for _, name := range to.wants {
				if !slices.Contains(c.args, name) {
					l.tell(c.file, c.line, 0, fmt.Sprintf("%q is not given the %q that it reads", c.name, name), fmt.Sprintf("add %q and a value to its args", name))
				}
			}
		}
	}
	l.problems = l.problems.Sorted()
}

// arguments are the names of what a template is given by args; nil when it is
// given something else.
func arguments(n *parse.TemplateNode) []string {
	if n.Pipe == nil || len(n.Pipe.Cmds) != 1 {
		return nil
	}
	list := n.Pipe.Cmds[0].Args
	if f, ok := list[0].(*parse.IdentifierNode); !ok || f.Ident != "args" {
		return nil
	}
	names := []string{}
	for i := 1; i < len(list); i += 2 {
		if s, ok := list[i].(*parse.StringNode); ok {
			names = append(names, s.Text)
		}
	}
	return names
}

// A call is a place where a template names another.
type call struct {
	file string
	line int
	name string
	args []string // names of what it is given by args; nil when it is given something else
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

// asset gives the name of an asset whose address a call asks for.
func asset(n *parse.CommandNode) string {
	var names []string
	switch method := n.Args[0].(type) {
	case *parse.FieldNode:
		names = method.Ident
	case *parse.VariableNode:
		names = method.Ident
	}
	if len(n.Args) != 2 || len(names) == 0 || names[len(names)-1] != "Asset" {
		return ""
	}
	name, ok := n.Args[1].(*parse.StringNode)
	if !ok {
		return ""
	}
	return name.Text
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
