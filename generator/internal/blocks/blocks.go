// Package blocks are the fenced blocks of a text that are more than code, such
// as ```legs mode=flexible.
//
// Law: a kind of block is a row of Kinds. What it takes, how it is drawn, and
// what its template is given stand together in its file; nothing outside of it
// knows its name.
package blocks

import (
	"html/template"
	"slices"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
)

// Kinds are all kinds of blocks.
var Kinds = []Kind{legs, outcomes, check}

// A Kind of block.
type Kind struct {
	Name  string   // what stands after the fence
	Parts []string // the theme's templates that it is drawn with

	// Check names what is wrong with a block.
	Check func(h markdown.Hole, wrong Wrong)

	// Draw draws a block with which nothing is wrong. id is unique in its page.
	// The error is a mistake in the theme.
	Draw func(p Page, h markdown.Hole, id string) (Drawing, error)
}

// Wrong names a mistake at a column of the block's first line.
type Wrong func(col int, message, hint string)

// A Page is what a block may ask of the page that it stands on.
type Page struct {
	Figures  checkpages.Figures   // in the text's language
	Phrasing *checkpages.Phrasing // nil where the site has no checker
}

// A Drawing is a block drawn: for the page, and for the Markdown beside it. Its
// zero value is nothing.
type Drawing struct {
	HTML     template.HTML
	Markdown string
}

// Names are what stands after the fence of a block.
func Names() []string {
	var all []string
	for _, k := range Kinds {
		all = append(all, k.Name)
	}
	return all
}

// Parts are the templates of a theme that blocks are drawn with.
func Parts() []string {
	var all []string
	for _, k := range Kinds {
		all = append(all, k.Parts...)
	}
	return all
}

// Check names what is wrong with a block. file is for messages.
func Check(h markdown.Hole, file string) diag.List {
	var problems diag.List
	kind(h).Check(h, func(col int, message, hint string) {
		problems = append(problems, diag.Problem{File: file, Line: h.Line, Col: col, Rule: diag.RuleFigure, Message: message, Hint: hint})
	})
	return problems
}

// Draw draws a block with which nothing is wrong, see [Kind].
func Draw(p Page, h markdown.Hole, id string) (Drawing, error) { return kind(h).Draw(p, h, id) }

// kind is the row of a block. There is one: Names are all that Markdown makes
// blocks of.
func kind(h markdown.Hole) Kind {
	return Kinds[slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == h.Name })]
}
