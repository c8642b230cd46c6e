package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// From how many lines of code, and from how many steps, a recipe is one.
const (
	recipeLines = 4
	recipeSteps = 3
)

// A Recipe is what a reader is told to do: a block of code or a numbered list
// that is long enough to be worth one place.
type Recipe struct {
	What      string // as in messages: 4 lines of code
	Text      string // equal in two recipes that say the same
	Line, Col int
}

// recipes finds the recipes of a text. What stands in a block of ours, an
// included text among them, is found where that is read.
func (r *reading) recipes(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.FencedCodeBlock:
			name := string(n.Language(r.source))
			if _, ours := r.converter.blocks[name]; ours {
				break
			}
			var kept []string
			for line := range strings.Lines(lines(n, r.source)) {
				if line = strings.TrimSpace(line); line != "" {
					kept = append(kept, line)
				}
			}
			if len(kept) >= recipeLines {
				r.recipe(n.Pos(), fmt.Sprintf("%d lines of code", len(kept)), name+"\n"+strings.Join(kept, "\n"))
			}
		case *ast.List:
			if !n.IsOrdered() || n.ChildCount() < recipeSteps {
				break
			}
			var steps []string
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				steps = append(steps, strings.Join(strings.Fields(plain(item, r.source)), " "))
			}
			r.recipe(n.Pos(), fmt.Sprintf("%d steps", len(steps)), strings.Join(steps, "\n"))
		}
		return ast.WalkContinue, nil
	})
}

func (r *reading) recipe(offset int, what, text string) {
	line, col := r.place(offset)
	r.Recipes = append(r.Recipes, Recipe{What: what, Text: text, Line: line, Col: col})
}
