package blocks

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/theme"
)

// outcomes is a table of what the engine simulated, or of what the reader of
// evidence knows:
//
//	```outcomes faults
//	The caption.
//	```
//
// The modes need no more than a figure's words. The others are worded by the
// checker, and without one they are nothing.
var outcomes = Kind{Name: "outcomes", Parts: []string{"modes", "grid"}, Check: checkOutcomes, Draw: drawOutcomes}

// tableNames are what it can show.
var tableNames = []string{"modes", "faults", "loops", "signs", "rules"}

// modes is what the template "modes" is given: a row for each mode and
// visitor's scheme.
type modes struct {
	ID      string
	Heads   theme.Heads
	Caption template.HTML
	Rows    []theme.Legs // rows of one mode stand together
	Beyond  []string     // sentences under it: where no mode makes leg 2
}

// grid is what the template "grid" is given. The first cell of a row is its
// head.
type grid struct {
	ID      string
	Heads   []string
	Rows    [][]string
	Caption template.HTML
}

func checkOutcomes(_ Choices, h markdown.Hole, wrong Wrong) {
	if len(h.Args) == 0 {
		wrong(h.Line, h.Col, "a table without a name", "write ```outcomes "+strings.Join(tableNames, " or "))
	}
	for i, a := range h.Args {
		switch {
		case !slices.Contains(tableNames, a.Key):
			wrong(h.Line, a.Col, fmt.Sprintf("there is no table %q", a.Key), "write ```outcomes "+strings.Join(tableNames, " or "))
		case a.Value != "":
			wrong(h.Line, a.Col, fmt.Sprintf("the table %q takes no value", a.Key), "write ```outcomes "+a.Key)
		case i > 0:
			wrong(h.Line, a.Col, "one table at a time", "write a second block")
		}
	}
}

func drawOutcomes(p Page, h markdown.Hole, id string) (Drawing, error) {
	f := p.Figures
	var heads []string
	var rows [][]string
	var html template.HTML
	var err error
	switch name := h.Args[0].Key; {
	case name == "modes":
		v := modes{ID: id, Caption: h.Caption, Heads: f.Heads(), Rows: f.Rows(id), Beyond: f.Beyond()}
		heads = []string{v.Heads.Mode, v.Heads.Scheme, v.Heads.Visitor, v.Heads.Origin, v.Heads.Port}
		for _, r := range v.Rows {
			rows = append(rows, []string{r.ModeName, f.Words.Schemes[r.Scheme].Value, r.Visitor.Name, r.Origin.Name, r.Origin.Port})
		}
		html, err = f.Theme.Part("modes", v)
	case p.Phrasing == nil:
		return Drawing{}, nil
	default:
		table := p.Phrasing.FaultTable
		switch name {
		case "loops":
			table = p.Phrasing.LoopTable
		case "signs":
			table = p.Phrasing.SignTable
		case "rules":
			table = p.Phrasing.ReadingTable
		}
		heads, rows = table()
		html, err = f.Theme.Part("grid", grid{ID: id, Caption: h.Caption, Heads: heads, Rows: rows})
	}
	var md strings.Builder
	line := func(cells []string) { md.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(heads)
	md.WriteString(strings.Repeat("|---", len(heads)) + "|\n")
	for _, row := range rows {
		line(row)
	}
	return Drawing{html, strings.TrimSpace(md.String() + "\n" + h.Body)}, err
}
