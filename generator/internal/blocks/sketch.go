package blocks

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
	"sslclinic/wasmcheck/model"
)

// sketch is a screen that a reader has to recognise, drawn from sketches.yaml:
//
//	```sketch error-525
//	The caption.
//	```
//
// Which station fails on an error's page is the engine's. Words on a screen are
// text that wraps, at 320 px and in large letters; what SVG draws are the signs.
var sketch = Kind{Name: "sketch", Parts: []string{"sketch"}, Check: checkSketch, Draw: drawSketch}

// Sketch is where [Choices] have the ids of sketches: an author chooses them.
const Sketch = "sketch"

// errorPage begins the id of an error's page.
const errorPage = "error-"

// sketchView is what the template "sketch" is given.
type sketchView struct {
	Alt     string // text alternative of the whole
	Label   string // that it is a sketch, of when, and what a heavy frame in it shows
	Caption template.HTML
	Frames  []frame // in the order in which they are met
}

// frame is what is seen at once. Lang is of its words, when it is not the page's.
type frame struct {
	Lang, Head string
	Rows       []row
}

// row is a thing on a screen: see source.SketchRow.
type row struct {
	Is, Say, Value, Sign string
	Cells                []string
	Stations             []station
	On, Here             bool
}

// station is one of the three signs on an error's page.
type station struct {
	ID         string // visitor, edge, origin
	Name, Says string
	Failing    bool
}

// SketchIDs are the sketches that there are.
func SketchIDs(s source.Sketches) []string {
	all := slices.Collect(maps.Keys(s.Screens))
	for id := range s.Errors.Value.Pages {
		all = append(all, errorPage+id)
	}
	slices.Sort(all)
	return all
}

// CheckSketches names the error's pages that the edge does not send. file is
// for messages.
func CheckSketches(s source.Sketches, file string) diag.List {
	var known []string
	for o := range model.OutcomeCount {
		if edgeSends(o) {
			known = append(known, o.String())
		}
	}
	var problems diag.List
	for _, id := range slices.Sorted(maps.Keys(s.Errors.Value.Pages)) {
		if at := s.Errors.Value.Pages[id]; !slices.Contains(known, id) {
			problems = append(problems, diag.Problem{File: file, Line: at.Line, Col: at.Col, Rule: diag.RuleSketch,
				Message: fmt.Sprintf("the edge sends no page for %q", id), Hint: diag.DidYouMean(id, known)})
		}
	}
	return problems
}

// edgeSends tells whether an outcome is a page of the edge's own: one of the
// numbers, which are all of leg 2. What fails on leg 1 is the browser's to say.
func edgeSends(o model.Outcome) bool {
	return o.Leg() == model.OriginLeg && strings.HasPrefix(o.String(), "5")
}

func checkSketch(c Choices, h markdown.Hole, wrong Wrong) {
	ids := c.ids(Sketch)
	if len(h.Args) == 0 {
		wrong(h.Line, h.Col, "a sketch of nothing", "write ```sketch and one of "+strings.Join(ids, ", "))
	}
	for i, a := range h.Args {
		switch {
		case i > 0:
			wrong(h.Line, a.Col, "one sketch at a time", "write a second block")
		case !slices.Contains(ids, a.Key):
			wrong(h.Line, a.Col, fmt.Sprintf("there is no sketch %q", a.Key), cmp.Or(diag.DidYouMean(a.Key, ids), "sketches stand in content/sketches.yaml"))
		case a.Value != "":
			wrong(h.Line, a.Col, "a sketch takes no value", "write ```sketch "+a.Key)
		}
	}
}

func drawSketch(p Page, h markdown.Hole, _ string) (Drawing, error) {
	v := sketched(p, h.Args[0].Key)
	v.Caption = h.Caption
	html, err := p.Figures.Theme.Part("sketch", v)
	md := "> " + v.Alt
	if h.Body != "" {
		md += "\n>\n> " + strings.ReplaceAll(h.Body, "\n", "\n> ")
	}
	return Drawing{html, md}, err
}

// sketched words a sketch that there is.
func sketched(p Page, id string) sketchView {
	lang := p.Figures.Lang
	v := sketchView{Label: p.Sketches.Label[lang]}
	if screen, ok := p.Sketches.Screens[id]; ok {
		v.Alt = screen.Value.Alt[lang]
		for _, f := range screen.Value.Frames {
			drawn := frame{Head: f.Head[lang]}
			for _, r := range f.Rows {
				drawn.Rows = append(drawn.Rows, row{Is: r.Is.Value, Say: r.In(lang), Value: r.Value[lang], Sign: r.Sign.Value, Cells: r.Cells, On: r.On, Here: r.Here})
				if r.Here {
					v.Label = p.Sketches.Look[lang]
				}
			}
			v.Frames = append(v.Frames, drawn)
		}
		return v
	}
	return p.errorPage(v, strings.TrimPrefix(id, errorPage))
}

// spoken is the language of the edge's pages, whatever the reader's.
const spoken = "en"

// errorPage words the edge's page for an outcome of the engine's.
func (p Page) errorPage(v sketchView, id string) sketchView {
	e := p.Sketches.Errors.Value
	page := e.Pages[id].Value
	fails := model.NoLeg
	for o := range model.OutcomeCount {
		if o.String() == id {
			fails = o.Leg()
		}
	}
	drawn := frame{Rows: []row{{Is: "bar", Say: "example.com", Sign: "tune"}, {Is: "title", Say: page.Title, Value: page.Number}}}
	if p.Figures.Lang != spoken {
		drawn.Lang = spoken
	}
	said := []string{}
	stations := []station{{ID: "visitor", Name: e.Stations.Visitor}, {ID: "edge", Name: e.Stations.Edge}, {ID: "origin", Name: e.Stations.Origin, Failing: fails == model.OriginLeg}}
	for i := range stations {
		s := &stations[i]
		s.Says = e.Working
		if s.Failing {
			s.Says = e.Failing
		}
		said = append(said, p.Figures.Pair(s.Name, s.Says))
	}
	alt := e.Plain
	if !page.Plain {
		alt = e.Alt
		drawn.Rows = append(drawn.Rows, row{Is: "stations", Stations: stations})
	}
	v.Alt = strings.NewReplacer("{title}", page.Title, "{number}", page.Number, "{stations}", strings.Join(said, p.Figures.Theme.Words(p.Figures.Lang)["comma"])).Replace(alt[p.Figures.Lang])
	v.Frames = []frame{drawn}
	return v
}
