// Package yamlfile decodes YAML strictly into structs.
//
// Law: nothing is ignored. A key that the struct does not have, a key said
// twice, a value of another kind, a required key that is missing, a second document are
// each a problem with line and column, and all of them are found in one run.
package yamlfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"sslclinic/generator/internal/diag"
)

// At is a value with its place in the file, for problems that can only be seen
// later, such as a name that nothing has.
type At[T any] struct {
	Value     T
	Line, Col int // from 1; 0 when the file does not say the value
}

func (a *At[T]) target(line, col int) any {
	a.Line, a.Col = line, col
	return &a.Value
}

// Decode reads data into v, a pointer to a struct, a slice, or a map with string keys.
// Fields are named by their `yaml:"name"` tag; `yaml:"name,required"` must be
// there and not empty. Strings take any scalar as it is written. Fields may be
// strings, bools, At, structs, slices and maps with string keys of these.
//
// line is added to every line number: 0 for a file, the lines above it for
// front matter. Without a problem that hides something, all of data was read.
func Decode(file string, line int, data []byte, v any) diag.List {
	d := decoder{file: file, line: line}
	if d.unreadable(data); len(d.problems) > 0 {
		return d.problems
	}
	load, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithUniqueKeys(false))
	if err != nil {
		panic("yamlfile: " + err.Error()) // the options are ours
	}
	var doc, another yaml.Node
	if err := load.Load(&doc); err != nil && err != io.EOF {
		d.syntax(data, err)
		return d.problems
	}
	switch err := load.Load(&another); {
	case err == nil:
		d.problem(another.Line, another.Column, "a second document begins here", "a file holds one: take the line --- or ... away")
	case err != io.EOF:
		d.syntax(data, err)
		return d.problems
	}
	root := &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	if reflect.TypeOf(v).Elem().Kind() == reflect.Slice {
		root.Kind = yaml.SequenceNode
	}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 && !null(doc.Content[0]) {
		root = doc.Content[0]
	}
	d.invisible(root)
	d.decode(root, reflect.ValueOf(v).Elem(), "the file")
	return d.problems
}

// unreadable names what cannot be in YAML, and tabs, which look like
// indentation and are none. A tab within a line is harmless and named as well:
// nobody can see it.
func (d *decoder) unreadable(data []byte) {
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			d.broken(i+1, 0, "the line is not UTF-8 text", "save the file as UTF-8")
			continue
		}
		for at, c := range bytes.TrimSuffix(line, []byte("\r")) {
			if c == '\t' {
				d.broken(i+1, utf8.RuneCount(line[:at])+1, "a tab in YAML", "write spaces instead")
				break
			}
			if c < ' ' || c == 0x7f {
				d.broken(i+1, utf8.RuneCount(line[:at])+1, fmt.Sprintf("the control character %U in YAML", c), "take it away")
				break
			}
		}
	}
}

// invisible warns of characters that nobody sees, written as they are or as
// escapes.
func (d *decoder) invisible(n *yaml.Node) {
	before := ' '
	for at, c := range n.Value {
		after, _ := utf8.DecodeRuneInString(n.Value[at+utf8.RuneLen(c):])
		what := diag.Unseen(before, c, after)
		if before = c; what != "" {
			d.problem(n.Line, n.Column, fmt.Sprintf("%s, U+%04X, in this value", what, c), diag.HintUnseen)
			last := &d.problems[len(d.problems)-1]
			last.Rule, last.Severity = diag.RuleInvisible, diag.Warning
			if c < 0xA0 {
				last.Severity = diag.Error // no HTML can hold it
			}
			break
		}
	}
	for _, inner := range n.Content {
		d.invisible(inner)
	}
}

type decoder struct {
	file     string
	line     int
	problems diag.List
}

func (d *decoder) problem(line, col int, message, hint string) {
	d.problems = append(d.problems, diag.Problem{
		File: d.file, Line: line + d.line, Col: col, Message: message, Rule: diag.RuleYAML, Hint: hint,
	})
}

func (d *decoder) broken(line, col int, message, hint string) {
	d.problem(line, col, message, hint)
	last := &d.problems[len(d.problems)-1]
	last.Rule, last.Hides = diag.RuleYAMLSyntax, true
}

// syntax turns the parser's error into a problem with its place. What runs to
// the end of the file is placed where it begins.
func (d *decoder) syntax(data []byte, err error) {
	const hint = `put the value between quotes if it holds ": " or " #", or begins with a sign such as [ { & * ! % @`
	var at *yaml.LoadError
	if !errors.As(err, &at) || at.Mark.Line == 0 {
		d.broken(1, 0, "not YAML: "+err.Error(), hint)
		return
	}
	mark := at.Mark
	if end := bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n")) + 1; mark.Line > end && at.ContextMark.Line > 0 {
		mark = at.ContextMark
	}
	d.broken(mark.Line, mark.Column, "not YAML: "+at.Message, hint)
}

func (d *decoder) decode(n *yaml.Node, v reflect.Value, what string) {
	switch {
	case n.Kind == yaml.AliasNode:
		d.problem(n.Line, n.Column, "aliases are not used here", "write the value out; one that begins with * stands between quotes")
		return
	case n.Anchor != "":
		d.problem(n.Line, n.Column, "anchors are not used here", "take &"+n.Anchor+" away; a value that begins with & stands between quotes")
	case n.Style&yaml.TaggedStyle != 0:
		d.problem(n.Line, n.Column, "tags are not used here", "take "+n.Tag+" away; a value that begins with ! stands between quotes")
	}
	if at, ok := v.Addr().Interface().(interface{ target(line, col int) any }); ok {
		d.decode(n, reflect.ValueOf(at.target(n.Line+d.line, n.Column)).Elem(), what)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, what)
	case reflect.Map:
		if null(n) || d.not(n, yaml.MappingNode, what) {
			return
		}
		v.Set(reflect.MakeMap(v.Type()))
		for key, value := range d.pairs(n) {
			item := reflect.New(v.Type().Elem()).Elem()
			d.decode(value, item, strconv.Quote(key.Value))
			v.SetMapIndex(reflect.ValueOf(key.Value).Convert(v.Type().Key()), item)
		}
	case reflect.Slice:
		if null(n) || d.not(n, yaml.SequenceNode, what) {
			return
		}
		for _, c := range n.Content {
			item := reflect.New(v.Type().Elem()).Elem()
			d.decode(c, item, "an entry of "+what)
			v.Set(reflect.Append(v, item))
		}
	case reflect.String:
		if !null(n) && !d.not(n, yaml.ScalarNode, what) {
			v.SetString(n.Value)
		}
	case reflect.Bool:
		if d.not(n, yaml.ScalarNode, what) {
			return
		}
		if n.Value != "true" && n.Value != "false" {
			d.problem(n.Line, n.Column, fmt.Sprintf("%s must be true or false, not %q", what, n.Value), "write true or false")
		}
		v.SetBool(n.Value == "true")
	default:
		panic("yamlfile: a field of kind " + v.Kind().String())
	}
}

// null tells whether a value is left out: nothing, ~ or null without quotes.
func null(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// not names a value that is of another kind than it should be.
func (d *decoder) not(n *yaml.Node, want yaml.Kind, what string) bool {
	if n.Kind == want {
		return false
	}
	hint := map[yaml.Kind]string{
		yaml.MappingNode:  "write below it, indented, a line \"key: value\" each",
		yaml.SequenceNode: "write [first, second]",
		yaml.ScalarNode:   "write one value after the colon, without [ ] and { }; between quotes if those are meant",
	}[want]
	if want == yaml.SequenceNode && n.Kind == yaml.ScalarNode {
		hint = "write [" + n.Value + "]"
	}
	d.problem(n.Line, n.Column, what+" must be "+kinds[want]+", not "+kinds[n.Kind], hint)
	return true
}

var kinds = map[yaml.Kind]string{
	yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list", yaml.ScalarNode: "a single value",
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, what string) {
	if d.not(n, yaml.MappingNode, what) {
		return
	}
	fields, names := map[string]int{}, []string{}
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ","); name != "" {
			fields[name] = i
			names = append(names, name)
		}
	}
	seen := map[string]bool{}
	for key, value := range d.pairs(n) {
		i, known := fields[key.Value]
		if !known {
			d.problem(key.Line, key.Column, fmt.Sprintf("unknown key %q", key.Value), diag.DidYouMean(key.Value, names))
			continue
		}
		seen[key.Value] = true
		d.decode(value, v.Field(i), strconv.Quote(key.Value))
		if required(v.Type().Field(i)) && empty(value) {
			d.problem(value.Line, value.Column, fmt.Sprintf("%q is empty", key.Value), fmt.Sprintf("write a value after \"%s:\"", key.Value))
		}
	}
	for _, name := range names {
		if !seen[name] && required(v.Type().Field(fields[name])) {
			d.problem(n.Line, n.Column, fmt.Sprintf("%s has no %q", what, name), fmt.Sprintf("add a line \"%s: …\"", name))
		}
	}
}

// pairs gives the keys of a mapping with their values, in the order of the
// file, and names the keys that were said before.
func (d *decoder) pairs(n *yaml.Node) func(yield func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		var seen []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind != yaml.ScalarNode {
				d.problem(key.Line, key.Column, "a key must be a single word, not "+cmp.Or(kinds[key.Kind], "an alias"), "write key: value")
				continue
			}
			if slices.Contains(seen, key.Value) {
				d.problem(key.Line, key.Column, fmt.Sprintf("the key %q is said twice", key.Value), "keep one of them")
				continue
			}
			seen = append(seen, key.Value)
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

func required(f reflect.StructField) bool { return strings.HasSuffix(f.Tag.Get("yaml"), ",required") }

func empty(n *yaml.Node) bool {
	return null(n) || n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" || n.Kind != yaml.ScalarNode && len(n.Content) == 0
}
