package theme

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

func TestMentionsAreNoWordsAndNoComments(t *testing.T) {
	for _, c := range []struct {
		from, data string
		want       []string // name:line
	}{
		{"a.js", "import './b.js'\nimport { x } from \"./c.js\"\nexport * from './d.js'\nimport('./e.js')\nawait import(/* f */ './f.js')", []string{"b.js:1", "c.js:2", "d.js:3", "e.js:4", "f.js:5"}},
		{"a.js", "// from './b.js'\n/* import './c.js' */ say(\"import './d.js'\", `from './e.js' ${import('./f.js')}`)", []string{"f.js:2"}},
		{"a.js", "x = /[\"'\\/]/; y = a / b / c; z = f(/'/); import './b.js'", []string{"b.js:1"}},
		{"a.js", "Array.from('./b.js'); from('./c.js'); import(name)", nil},
		{"a.css", "a { background: url(b.png) }\nb { background: url( './c.svg#d' ), url(\"e.png\") }", []string{"b.png:1", "c.svg:2", "e.png:2"}},
		{"a.css", "a { background: url(data:,x), url(#y), url(https://a.example/b.png) } /* url(c.png) */ b::after { content: 'url(d.png)' }", nil},
		{"a.svg", `<svg><image href="b.png"/></svg>`, nil},
	} {
		var got []string
		for _, m := range Mentions(c.from, []byte(c.data)) {
			got = append(got, fmt.Sprint(m.Name, ":", m.Line))
			if c.data[m.Start:m.End] != m.Name || m.From != c.from {
				t.Errorf("%q is not at %d:%d of %q", m.Name, m.Start, m.End, c.data)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.data, got, c.want)
		}
	}
}

// TestEveryImportOfTheThemeIsAMention, as a parser of the whole language finds
// them, in the scripts as they were written and as they are served.
func TestEveryImportOfTheThemeIsAMention(t *testing.T) {
	all := map[string][]byte{}
	for _, dir := range []string{"../../../themes/clinic/scripts", "../../../wasmcheck/client/scripts"} {
		files, err := filepath.Glob(dir + "/*.js")
		if err != nil || len(files) == 0 {
			t.Fatal("no scripts: ", err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all[file] = data
		}
	}
	for name, data := range clinic(t).Assets() {
		if filepath.Ext(name) == ".js" {
			all[name] = data
		}
	}
	for name, data := range all {
		tree, err := js.Parse(parse.NewInputBytes(slices.Clone(data)), js.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var want imported
		js.Walk(&want, tree)
		var got []string
		for _, m := range Mentions("a.js", data) {
			got = append(got, "./"+m.Name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s mentions %q, and imports %q", name, got, want)
		}
	}
}

// imported are the specifiers of the imports that a walk has come by.
type imported []string

func (i *imported) Enter(n js.INode) js.IVisitor {
	add := func(quoted []byte) { *i = append(*i, string(quoted[1:len(quoted)-1])) }
	switch n := n.(type) {
	case *js.ImportStmt:
		add(n.Module)
	case *js.ExportStmt:
		if n.Module != nil {
			add(n.Module)
		}
	case *js.CallExpr:
		if x, ok := n.X.(*js.LiteralExpr); ok && x.TokenType == js.ImportToken {
			if arg, ok := n.Args.List[0].Value.(*js.LiteralExpr); ok {
				add(arg.Data)
			}
		}
	}
	return i
}

func (i *imported) Exit(js.INode) {}
