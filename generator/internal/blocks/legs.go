package blocks

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/wasmcheck/model"
)

// legs is the figure of the two legs, as the engine knows them:
//
//	```legs mode=flexible scheme=https
//	The caption.
//	```
//
// Its template is given what every figure is, Legs of package theme.
var legs = Kind{Name: "legs", Parts: []string{"legs"}, Check: checkLegs, Draw: drawLegs}

// What it takes, and which leg can fail in it.
var (
	legsTakes = []string{"mode", "scheme", "port", "proxied", "fail"}
	failing   = map[string]model.Leg{model.VisitorLeg.String(): model.VisitorLeg, model.OriginLeg.String(): model.OriginLeg}
)

func checkLegs(_ Choices, h markdown.Hole, wrong Wrong) {
	for i, a := range h.Args {
		switch {
		case slices.ContainsFunc(h.Args[:i], func(before markdown.Arg) bool { return before.Key == a.Key }):
			wrong(h.Line, a.Col, fmt.Sprintf("%q is given twice", a.Key), "keep one of the two")
		case !slices.Contains(legsTakes, a.Key):
			wrong(h.Line, a.Col, fmt.Sprintf("legs takes no %q", a.Key), diag.DidYouMean(a.Key, legsTakes))
		case a.Key == "fail":
			if failing[a.Value] == model.NoLeg {
				wrong(h.Line, a.Col, fmt.Sprintf("unknown leg %q", a.Value), diag.DidYouMean(a.Value, slices.Sorted(maps.Keys(failing))))
			}
		case strings.Contains(a.Value, "&"):
			wrong(h.Line, a.Col, fmt.Sprintf("unknown value for %s %q", a.Key, a.Value), "write a space between two words, not &")
		default:
			if _, _, err := model.ParseLegs(a.Key + "=" + a.Value); err != nil {
				message, hint, _ := strings.Cut(err.Error(), "; ")
				wrong(h.Line, a.Col, message, hint)
			}
		}
	}
}

func drawLegs(p Page, h markdown.Hole, id string) (Drawing, error) {
	var query []string
	fails := model.NoLeg
	for _, a := range h.Args {
		if a.Key == "fail" {
			fails = failing[a.Value]
		} else {
			query = append(query, a.Key+"="+a.Value)
		}
	}
	v, err := p.Figures.Legs(strings.Join(query, "&"), id)
	if err != nil {
		return Drawing{}, err
	}
	p.Figures.Fail(&v, fails)
	v.Caption = h.Caption
	html, err := p.Figures.Theme.Legs(v)
	md := "> " + v.Alt
	if h.Body != "" {
		md += "\n>\n> " + strings.ReplaceAll(h.Body, "\n", "\n> ")
	}
	return Drawing{html, md}, err
}
