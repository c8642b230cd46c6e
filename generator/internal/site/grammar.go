package site

import (
	"fmt"
	"slices"
	"strings"

	"sslclinic/generator/internal/markdown"
)

// The grammar of an article about an error or a symptom: what a worried
// reader needs first stands first.
var (
	opening = []string{"quick-check", "causes", "workaround", "still-stuck"}
	parts   = []string{"tell", "fix", "verify"} // of each cause, as classes of h4
)

const (
	causes  = "causes"
	closing = "background"
)

// grammar names where an article leaves the order of its kind. It looks at
// the source's headings only: translations must have the same.
func (a *assembly) grammar(article *Article) {
	text, doc, _ := article.Text(article.Meta.Source.Value)
	kind := article.Meta.Kind.Value
	if doc == nil || kind != "error" && kind != "symptom" {
		a.strayParts(article)
		return
	}
	var top []markdown.Heading
	for _, h := range doc.Headings {
		if h.Level == 2 {
			top = append(top, h)
		}
	}
	place := func(i int) (line, col int) {
		if i < len(top) {
			return top[i].Line, top[i].Col
		}
		return text.Line + 1, 0
	}
	for i, id := range opening {
		if i >= len(top) || top[i].ID != id {
			line, col := place(i)
			a.problem(text.File, line, col, "grammar", fmt.Sprintf("section %d of an article about an %s is #%s", i+1, kind, id),
				"its sections are #"+strings.Join(opening, ", #")+", others if need be, and #"+closing+" last")
			break
		}
	}
	if len(top) == 0 || top[len(top)-1].ID != closing {
		line, col := place(len(top) - 1)
		a.problem(text.File, line, col, "grammar", "the last section is not #"+closing, "background stands last: who needs help does not need it first")
	}
	for _, lang := range a.Languages {
		if d := article.Docs[lang.Tag.Value]; d != nil {
			a.causes(article.Texts[lang.Tag.Value].File, d)
		}
	}
}

// causes sees that each cause says how to tell, how to fix and how to verify.
func (a *assembly) causes(file string, doc *markdown.Doc) {
	var section, cause markdown.Heading
	var have []string
	found := 0
	done := func() {
		if cause.ID != "" && !slices.Equal(have, parts) {
			a.problem(file, cause.Line, cause.Col, "grammar", fmt.Sprintf("the cause #%s does not say how to tell, how to fix and how to verify, in this order", cause.ID),
				"give it the headings #### … {.tell}, #### … {.fix} and #### … {.verify}")
		}
		cause, have = markdown.Heading{}, nil
	}
	for _, h := range doc.Headings {
		switch {
		case h.Level == 2:
			done()
			section = h
		case h.Level == 3:
			done()
			if section.ID == causes {
				cause = h
				found++
			}
		case h.Level == 4 && cause.ID != "":
			have = append(have, h.Class)
		case h.Level == 4 && h.Class != "":
			a.problem(file, h.Line, h.Col, "grammar", fmt.Sprintf("the part .%s stands outside a cause", h.Class), "only the causes below #causes have such parts")
		}
	}
	done()
	if found == 0 && section.ID != "" {
		a.problem(file, 0, 0, "grammar", "#causes names no cause", "give each cause a heading ### … {#its-id}, the likeliest first")
	}
}

// strayParts names parts of causes in articles that have no causes.
func (a *assembly) strayParts(article *Article) {
	for _, lang := range a.Languages {
		doc := article.Docs[lang.Tag.Value]
		if doc == nil {
			continue
		}
		for _, h := range doc.Headings {
			if h.Level == 4 && h.Class != "" {
				a.problem(article.Texts[lang.Tag.Value].File, h.Line, h.Col, "grammar", fmt.Sprintf("the part .%s stands outside a cause", h.Class), "only articles about errors and symptoms have such parts")
			}
		}
	}
}
