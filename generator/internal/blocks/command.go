package blocks

import (
	"fmt"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
)

// command is one command in the forms of the systems on which it is typed:
//
//	```command
//	=== macos linux
//	curl -sS -o /dev/null https://example.com/
//	=== windows
//	curl.exe -sS -o NUL https://example.com/
//	```
//
// What is the same on several systems is written once, and what is the same on
// all without a mark. The form for Windows is PowerShell's; one that begins
// with the prompt "$ " shows what it prints.
var command = Kind{Name: "command", Body: markdown.Commands, Parts: []string{"tabs"}, Scripts: []string{"tabs.js"}, Check: checkCommand, Draw: drawCommand}

func checkCommand(c Choices, h markdown.Hole, wrong Wrong) {
	for i, a := range h.Args {
		switch {
		case a.Key != "title" || a.Value == "":
			wrong(h.Line, a.Col, fmt.Sprintf("command takes title=\"…\", not %q", a.Key), diag.DidYouMean(a.Key, []string{"title"}))
		case i > 0:
			wrong(h.Line, a.Col, "two titles", "keep one of the two")
		}
	}
	switch {
	case len(h.Parts) == 0:
		wrong(h.Line, h.Col, "command without a command", "write it between the marks")
	case len(h.Parts) == 1 && len(h.Parts[0].Names) == 0: // the same everywhere
	case len(h.Parts) == 1:
		checkParts(c, h, System, wrong)
		wrong(h.Line, h.Col, "a command for some systems alone", "give it a form for the others, or take the mark away if it is the same on all")
	default:
		checkParts(c, h, System, wrong)
	}
}

func drawCommand(p Page, h markdown.Hole, id string) (Drawing, error) {
	if len(h.Parts) == 1 {
		return Drawing{h.Parts[0].HTML, h.Parts[0].Markdown}, nil
	}
	return drawTabs(p, h, id, System)
}
