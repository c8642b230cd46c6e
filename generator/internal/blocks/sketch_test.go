package blocks

import (
	"strings"
	"testing"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/model"
)

// sketches has a screen, and a page for every number of the engine's.
func sketches() source.Sketches {
	s := source.Sketches{
		Label: source.Say{"en": "A sketch."}, Look: source.Say{"en": "Look at the frame."},
		Screens: map[string]yamlfile.At[source.Sketch]{"mode-picker": {Value: source.Sketch{
			Alt: source.Say{"en": "The modes."},
			Frames: []source.Frame{{Head: source.Say{"en": "Overview"}, Rows: []source.SketchRow{
				{Is: yamlfile.At[string]{Value: "choice"}, Text: "Off"},
				{Is: yamlfile.At[string]{Value: "choice"}, Say: source.Say{"en": "Full"}, On: true, Here: true},
			}}},
		}}},
	}
	e := &s.Errors.Value
	e.Alt, e.Plain = source.Say{"en": "{number}, {title}: {stations}."}, source.Say{"en": "{number}, {title}."}
	e.Stations.Visitor, e.Stations.Edge, e.Stations.Origin, e.Working, e.Failing = "Browser", "Cloudflare", "Host", "Working", "Error"
	e.Pages = map[string]yamlfile.At[source.Titled]{}
	for o := range model.OutcomeCount {
		if edgeSends(o) {
			e.Pages[o.String()] = yamlfile.At[source.Titled]{Value: source.Titled{Title: "It failed", Number: "Error " + o.String(), Plain: o == model.Outcome530}}
		}
	}
	return s
}

const sketchParts = `{{.Alt}} {{.Caption}} {{.Label}}{{range .Frames}} [{{.Lang}} {{.Head}}{{range .Rows}} {{.Is}}:{{.Say}}{{if .On}}+{{end}}{{if .Here}}!{{end}}{{range .Stations}} {{.ID}}={{.Failing}}{{end}}{{end}}]{{end}}`

func TestASketchIsDrawnForThePageAndForItsMarkdown(t *testing.T) {
	p := Page{Figures: figures(t, map[string]string{"sketch": sketchParts}), Sketches: sketches()}
	for block, want := range map[string]Drawing{
		"```sketch mode-picker": {"The modes. A <strong>caption</strong>. Look at the frame. [ Overview choice:Off choice:Full&#43;!]", "> The modes.\n>\n> A **caption**."},
		"```sketch error-530":   {"Error 530, It failed. A <strong>caption</strong>. A sketch. [  bar:example.com title:It failed]", "> Error 530, It failed.\n>\n> A **caption**."},
	} {
		h := hole(t, block)
		if got, err := Draw(p, h, "x"); err != nil || strings.ReplaceAll(string(got.HTML), "+", "&#43;") != string(want.HTML) || got.Markdown != want.Markdown {
			t.Errorf("%s: %v\n got %q\nwant %q", block, err, got, want)
		}
	}
}

// TestTheStationThatFailsIsTheEngines: a page of the edge's own marks the host
// for whatever fails on leg 2, and never the browser or the edge.
func TestTheStationThatFailsIsTheEngines(t *testing.T) {
	p := Page{Figures: figures(t, map[string]string{"sketch": sketchParts}), Sketches: sketches()}
	drawn := 0
	for o := range model.OutcomeCount {
		if !edgeSends(o) || o == model.Outcome530 {
			continue
		}
		got, err := Draw(p, hole(t, "```sketch error-"+o.String()), "x")
		if want := "stations: visitor=false edge=false origin=true]"; err != nil || !strings.HasSuffix(string(got.HTML), want) {
			t.Errorf("%s: %s, want %s: %v", o, got.HTML, want, err)
		}
		drawn++
	}
	if drawn != 7 {
		t.Errorf("%d pages with stations", drawn)
	}
}

func TestEveryMistakeInASketchIsNamedWhereItStands(t *testing.T) {
	choices := choices
	choices[Sketch] = []Choice{{ID: "dns-record"}, {ID: "error-525"}}
	defer delete(choices, Sketch)
	named(t, []mistake{
		{"```sketch", []string{"a.md:11:4: error: a sketch of nothing [figure]\n    hint: write ```sketch and one of dns-record, error-525"}},
		{"```sketch eror-525", []string{"a.md:11:11: error: there is no sketch \"eror-525\" [figure]\n    hint: did you mean \"error-525\"?"}},
		{"```sketch padlock", []string{"a.md:11:11: error: there is no sketch \"padlock\" [figure]\n    hint: known are: dns-record, error-525"}},
		{"```sketch dns-record=on", []string{`a.md:11:11: error: a sketch takes no value [figure]`}},
		{"```sketch dns-record error-525", []string{`a.md:11:22: error: one sketch at a time [figure]`}},
	})
}

func TestAPageThatTheEdgeDoesNotSendIsNamed(t *testing.T) {
	s := sketches()
	if problems := CheckSketches(s, "sketches.yaml"); len(problems) > 0 {
		t.Error(problems)
	}
	s.Errors.Value.Pages["edge_tls"] = yamlfile.At[source.Titled]{Line: 3, Col: 5}
	s.Errors.Value.Pages["527"] = yamlfile.At[source.Titled]{Line: 4, Col: 5}
	for i, want := range []string{`sketches.yaml:4:5: error: the edge sends no page for "527" [sketch]`, `sketches.yaml:3:5: error: the edge sends no page for "edge_tls" [sketch]`} {
		if problems := CheckSketches(s, "sketches.yaml"); len(problems) != 2 || !strings.HasPrefix(problems[i].String(), want) || problems[i].Hint == "" {
			t.Errorf("%v, want %s", problems, want)
		}
	}
}
