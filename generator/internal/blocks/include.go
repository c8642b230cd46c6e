package blocks

import (
	"html/template"

	"sslclinic/generator/internal/markdown"
)

// include is a recipe that stands once, in content/recipes/<name>/<lang>.md:
//
//	```include allow-cloudflare
//	```
var include = Kind{Name: "include", Body: markdown.Nothing, Parts: []string{"recipe"}, Check: checkInclude, Draw: drawInclude}

// recipe is what the template "recipe" is given.
type recipe struct{ Body template.HTML }

func checkInclude(_ Choices, h markdown.Hole, wrong Wrong) {
	switch {
	case len(h.Args) == 0:
		wrong(h.Line, h.Col, "an include of nothing", "name a folder of content/recipes")
	case len(h.Args) > 1:
		wrong(h.Line, h.Args[1].Col, "one recipe at a time", "write a second block")
	case h.Args[0].Value != "":
		wrong(h.Line, h.Args[0].Col, "a recipe takes no value", "write ```include "+h.Args[0].Key)
	}
	if h.Body != "" {
		wrong(h.Line, h.Col, "include shows no text of yours", "put it above or below the block")
	}
}

func drawInclude(p Page, h markdown.Hole, _ string) (Drawing, error) {
	part := h.Parts[0]
	html, err := p.Figures.Theme.Part("recipe", recipe{part.HTML})
	return Drawing{html, part.Markdown}, err
}
