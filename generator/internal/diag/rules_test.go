package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// constants are the rules that rules.go declares, by id.
func constants(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "rules.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(v.Names[0].Name, "Rule") {
			id, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			ids = append(ids, id)
		}
		return true
	})
	return ids
}

func TestEveryRuleIsExplainedOnceWithTwoExamplesThatDiffer(t *testing.T) {
	var explained []string
	for _, e := range Explanations() {
		explained = append(explained, string(e.Rule))
		if e.Names == "" || e.Found == "" || e.Wrong == "" || e.Right == "" || e.Wrong == e.Right {
			t.Errorf("%+v", e)
		}
	}
	if ids := constants(t); !slices.Equal(ids, explained) || len(ids) < 40 {
		t.Errorf("declared are\n%q, explained\n%q", ids, explained)
	}
}

func TestTheReadmeListsEveryRuleWithItsSentence(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(data), "\n## Rules of `check`\n")
	list, _, _ = strings.Cut(list, "\n## ")
	found := ""
	for _, e := range Explanations() {
		want := "\n`" + string(e.Rule) + "` " + e.Names
		if e.Found != found {
			found = e.Found
			want = "\n**" + found + ".**" + want
		}
		before, after, ok := strings.Cut(list, want)
		if !ok || strings.Contains(before, "\n`") {
			t.Fatalf("README.md does not go on with%s, but with %.60q", want, list)
		}
		list = after
	}
	if strings.Contains(list, "\n`") {
		t.Errorf("README.md has more: %s", list)
	}
}

// TestNoRuleIsNamedByALiteral: outside of this package a rule is its constant,
// and no code asks which one a problem breaks.
func TestNoRuleIsNamedByALiteral(t *testing.T) {
	ids := constants(t)
	read := 0
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || filepath.Base(filepath.Dir(name)) == "diag" {
			return err
		}
		read++
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		isID := func(e ast.Expr) bool {
			lit, ok := e.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return false
			}
			id, _ := strconv.Unquote(lit.Value)
			return slices.Contains(ids, id)
		}
		isRule := func(e ast.Expr) bool {
			s, ok := e.(*ast.SelectorExpr)
			return ok && s.Sel.Name == "Rule"
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Rule" && isID(n.Value) {
					t.Errorf("%s: a rule as a literal", files.Position(n.Pos()))
				}
			case *ast.CallExpr:
				called := ""
				switch f := n.Fun.(type) {
				case *ast.Ident:
					called = f.Name
				case *ast.SelectorExpr:
					called = f.Sel.Name
				}
				if slices.Contains([]string{"problem", "at", "wrong"}, called) && slices.ContainsFunc(n.Args[:max(0, len(n.Args)-2)], isID) {
					t.Errorf("%s: a rule as a literal", files.Position(n.Pos()))
				}
			case *ast.BinaryExpr:
				if (n.Op == token.EQL || n.Op == token.NEQ) && (isRule(n.X) || isRule(n.Y)) {
					if lit, ok := n.Y.(*ast.BasicLit); !ok || lit.Value != `""` { // whether there is one
						t.Errorf("%s: control flow by a rule's name", files.Position(n.Pos()))
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil || read < 40 {
		t.Fatalf("%d files: %v", read, err)
	}
}
