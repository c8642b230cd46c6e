// Package yamlfile decodes YAML strictly into structs.
//
// Law: nothing is ignored. A key that the struct does not have, a key said
// twice, a value of another kind and a required key that is missing are each a
// problem with line and column, and all of them are found in one run.
package yamlfile

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"sslclinic/generator/internal/diag"
)

// Rule is the id of the rule that every problem of this package carries.
const Rule = "yaml"

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

// Decode reads data into v, a pointer to a struct or to a map with string keys.
// Fields are named by their `yaml:"name"` tag; `yaml:"name,required"` must be
// there and not empty. Strings take any scalar as it is written. Fields may be
// strings, bools, ints, At, structs, slices and maps with string keys of these.
//
// line is added to every line number: 0 for a file, the lines above it for
// front matter.
func Decode(file string, line int, data []byte, v any) diag.List {
	d := decoder{file: file, line: line}
	if at := bytes.IndexByte(data, '\t'); at >= 0 && indentation(data, at) {
		start := bytes.LastIndexByte(data[:at], '\n') + 1
		d.problem(bytes.Count(data[:at], []byte("\n"))+1, at-start+1, "a tab is used as indentation", "indent with spaces")
		return d.problems
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		d.syntax(err)
		return d.problems
	}
	root := &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		root = doc.Content[0]
	}
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		root = &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	}
	d.decode(root, reflect.ValueOf(v).Elem(), "the file")
	return d.problems
}

// indentation tells whether only blanks stand before data[at] in its line.
func indentation(data []byte, at int) bool {
	start := bytes.LastIndexByte(data[:at], '\n') + 1
	return len(bytes.Trim(data[start:at], " \t")) == 0
}

type decoder struct {
	file     string
	line     int
	problems diag.List
}

func (d *decoder) problem(line, col int, message, hint string) {
	d.problems = append(d.problems, diag.Problem{
		File: d.file, Line: line + d.line, Col: col, Message: message, Rule: Rule, Hint: hint,
	})
}

// syntax turns the parser's error into a problem with its place, which the
// parser gives in most cases.
func (d *decoder) syntax(err error) {
	var at *yaml.LoadError
	if errors.As(err, &at) {
		d.problem(at.Mark.Line, at.Mark.Column, "not YAML: "+at.Message, "quote the value if it holds \": \", \"#\" or begins with a sign")
		return
	}
	d.problem(1, 0, "not YAML: "+err.Error(), "")
}

func (d *decoder) decode(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind == yaml.AliasNode {
		d.problem(n.Line, n.Column, "aliases are not used here", "write the value out")
		return
	}
	if at, ok := v.Addr().Interface().(interface{ target(line, col int) any }); ok {
		d.decode(n, reflect.ValueOf(at.target(n.Line+d.line, n.Column)).Elem(), what)
		return
	}
	null := n.Kind == yaml.ScalarNode && n.Tag == "!!null"
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, what)
	case reflect.Map:
		if null {
			return
		}
		if n.Kind != yaml.MappingNode {
			d.problem(n.Line, n.Column, what+" must be a mapping, not "+kind(n), "write key: value, a line each")
			return
		}
		v.Set(reflect.MakeMap(v.Type()))
		for key, value := range d.pairs(n) {
			item := reflect.New(v.Type().Elem()).Elem()
			d.decode(value, item, strconv.Quote(key.Value))
			v.SetMapIndex(reflect.ValueOf(key.Value).Convert(v.Type().Key()), item)
		}
	case reflect.Slice:
		if null {
			return
		}
		if n.Kind != yaml.SequenceNode {
			d.problem(n.Line, n.Column, what+" must be a list, not "+kind(n), "write ["+n.Value+"]")
			return
		}
		for _, c := range n.Content {
			item := reflect.New(v.Type().Elem()).Elem()
			d.decode(c, item, "each of "+what)
			v.Set(reflect.Append(v, item))
		}
	default:
		d.scalar(n, v, what)
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.ScalarNode {
		d.problem(n.Line, n.Column, what+" must be a single value, not "+kind(n), "")
		return
	}
	switch v.Kind() {
	case reflect.String:
		if n.Tag != "!!null" {
			v.SetString(n.Value)
		}
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if err != nil {
			d.problem(n.Line, n.Column, fmt.Sprintf("%s must be a whole number, not %q", what, n.Value), "")
		}
		v.SetInt(int64(i))
	case reflect.Bool:
		if n.Value != "true" && n.Value != "false" {
			d.problem(n.Line, n.Column, fmt.Sprintf("%s must be true or false, not %q", what, n.Value), "")
		}
		v.SetBool(n.Value == "true")
	default:
		panic("yamlfile: a field of kind " + v.Kind().String())
	}
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.MappingNode {
		d.problem(n.Line, n.Column, what+" must be a mapping, not "+kind(n), "write key: value, a line each")
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
			d.problem(value.Line, value.Column, fmt.Sprintf("%q is empty", key.Value), "")
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
	return n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" || n.Kind != yaml.ScalarNode && len(n.Content) == 0
}

func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a single value"
}
