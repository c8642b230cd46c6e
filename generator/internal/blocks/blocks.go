// Package blocks are the fenced blocks of a text that are more than code, such
// as ```legs mode=flexible.
//
// Law: a kind of block is a row of Kinds. What it takes, how it is drawn, and
// what its template is given stand together in its file; nothing outside of it
// knows its name.
package blocks

import (
	"cmp"
	"html/template"
	"slices"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
)

// Kinds are all kinds of blocks.
var Kinds = []Kind{legs, outcomes, check, tabs, command, include, sketch}

// A Kind of block.
type Kind struct {
	Name    string        // what stands after the fence
	Body    markdown.Body // what stands in it
	Parts   []string      // the theme's templates that it is drawn with
	Scripts []string      // that its page needs

	// Check names what is wrong with a block, where these are the choices.
	Check func(c Choices, h markdown.Hole, wrong Wrong)

	// Draw draws a block with which nothing is wrong. id is unique in its page.
	// The error is a mistake in the theme.
	Draw func(p Page, h markdown.Hole, id string) (Drawing, error)
}

// Wrong names a mistake at its place.
type Wrong func(line, col int, message, hint string)

// A Page is what a block may ask of the page that it stands on.
type Page struct {
	Figures  checkpages.Figures   // in the text's language
	Phrasing *checkpages.Phrasing // nil where the site has no checker
	Choices  Choices
	Sketches source.Sketches
}

// A Drawing is a block drawn: for the page, and for the Markdown beside it. Its
// zero value is nothing.
type Drawing struct {
	HTML     template.HTML
	Markdown string
}

// Bodies are what stands in each kind of block, by its name.
func Bodies() map[string]markdown.Body {
	all := map[string]markdown.Body{}
	for _, k := range Kinds {
		all[k.Name] = k.Body
	}
	return all
}

// fieldsPart is the template of the fields above a text's first command.
const fieldsPart = "fields"

// Fields draws the fields for the reader's own names, which stand above the
// first command that they belong into.
func (p Page) Fields() (template.HTML, error) {
	return p.Figures.Theme.Part(fieldsPart, struct{ Words theme.Words }{p.Figures.Theme.Words(p.Figures.Lang)})
}

// Parts are the templates of a theme that texts and their blocks are drawn with.
func Parts() []string {
	all := []string{fieldsPart}
	for _, k := range Kinds {
		for _, part := range k.Parts {
			if !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
	}
	return all
}

// Scripts are what the blocks of a text need of their page.
func Scripts(d *markdown.Doc) []string {
	var all []string
	for _, h := range d.Holes {
		if h.Kind != markdown.Block {
			continue
		}
		for _, script := range kind(h).Scripts {
			if !slices.Contains(all, script) {
				all = append(all, script)
			}
		}
	}
	return all
}

// Check names what is wrong with a block. file is for messages.
func Check(c Choices, h markdown.Hole, file string) diag.List {
	var problems diag.List
	rule := diag.RuleFigure
	switch kind(h).Body {
	case markdown.Texts, markdown.Commands:
		rule = diag.RuleTabs
	case markdown.Nothing:
		rule = diag.RuleInclude
	}
	kind(h).Check(c, h, func(line, col int, message, hint string) {
		problems = append(problems, diag.Problem{File: cmp.Or(h.File, file), Line: line, Col: col, Rule: rule, Message: message, Hint: hint})
	})
	return problems
}

// Draw draws a block with which nothing is wrong, see [Kind].
func Draw(p Page, h markdown.Hole, id string) (Drawing, error) { return kind(h).Draw(p, h, id) }

// kind is the row of a block. There is one: Bodies are all that Markdown makes
// blocks of.
func kind(h markdown.Hole) Kind {
	return Kinds[slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == h.Name })]
}
