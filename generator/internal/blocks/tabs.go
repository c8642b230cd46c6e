package blocks

import (
	"fmt"
	"slices"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
)

// tabs is a text for each host, system or server:
//
//	````tabs server
//	=== nginx
//	The text, in Markdown, with links and code.
//
//	=== apache litespeed {#apache}
//	…
//	````
//
// One is shown, the reader's choice; without script and on paper they all are,
// each under its own heading. The id is an anchor: who follows it sees the tab.
var tabs = Kind{Name: "tabs", Body: markdown.Texts, Parts: []string{"tabs"}, Scripts: []string{"tabs.js"}, Check: checkTabs, Draw: func(p Page, h markdown.Hole, id string) (Drawing, error) {
	return drawTabs(p, h, id, h.Args[0].Key)
}}

func checkTabs(c Choices, h markdown.Hole, wrong Wrong) {
	if len(h.Args) == 0 {
		wrong(h.Line, h.Col, "tabs by nothing", "write ````tabs host, ````tabs os or ````tabs server")
		return
	}
	for i, a := range h.Args {
		switch {
		case !slices.Contains(Bys, a.Key) || a.Value != "":
			wrong(h.Line, a.Col, fmt.Sprintf("there are no tabs by %q", a.Key), diag.DidYouMean(a.Key, Bys))
		case i > 0:
			wrong(h.Line, a.Col, "tabs by two things", "keep one of the two")
		}
	}
	if by := h.Args[0].Key; slices.Contains(Bys, by) {
		checkParts(c, h, by, wrong)
	}
	if len(h.Parts) == 1 {
		wrong(h.Line, h.Col, "a single tab", "add another, or write the text without tabs")
	}
	if len(h.Parts) == 0 {
		wrong(h.Line, h.Col, "tabs without a tab", "begin each with a line === and a name")
	}
}
