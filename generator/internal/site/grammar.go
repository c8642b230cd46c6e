package site

import (
	"fmt"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
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

// grammar names where an article leaves the order of its kind. Of the sections
// it looks at the source's only: translations must have the same.
func (a *assembly) grammar(article *Article) {
	text, doc, _ := article.Text(article.Meta.Source.Value)
	kind := article.Meta.Kind.Value
	if !slices.Contains(source.Kinds, kind) {
		return // its article.yaml's problem
	}
	if kind != "error" && kind != "symptom" {
		a.strayParts(article)
		return
	}
	if doc != nil {
		a.sections(text, doc, kind)
	}
	for _, lang := range a.Languages {
		if d := article.Docs[lang.Tag.Value]; d != nil {
			a.causes(article.Texts[lang.Tag.Value].File, d)
		}
	}
}

// sections sees that the sections of an article that helps stand in the order
// in which help is needed.
func (a *assembly) sections(text *source.Text, doc *markdown.Doc, kind string) {
	about := map[string]string{"error": "an error", "symptom": "a symptom"}[kind]
	top := slices.DeleteFunc(slices.Clone(doc.Headings), func(h markdown.Heading) bool { return h.Level != 2 })
	find := func(id string) int {
		return slices.IndexFunc(top, func(h markdown.Heading) bool { return h.ID == id })
	}
	if find("") >= 0 {
		return // a section without an id is a problem already, and may be any of these
	}
	complete := true
	all := append(slices.Clone(opening), closing)
	for i, id := range all {
		if find(id) >= 0 {
			continue
		}
		complete = false
		line, col, before := text.Line+1, 0, ""
		for _, next := range all[i+1:] {
			if at := find(next); at >= 0 {
				line, col, before = top[at].Line, top[at].Col, " before #"+next
				break
			}
		}
		if before == "" && len(top) > 0 {
			last := top[len(top)-1]
			line, col, before = last.Line, last.Col, " after #"+last.ID
		}
		a.problem(text.File, line, col, diag.RuleGrammar, fmt.Sprintf("an article about %s has a section #%s", about, id), "add ## … {#"+id+"}"+before)
	}
	if !complete {
		return
	}
	for i, id := range opening {
		if top[i].ID != id {
			a.problem(text.File, top[i].Line, top[i].Col, diag.RuleGrammar, fmt.Sprintf("section %d of an article about %s is #%s, not #%s", i+1, about, id, top[i].ID),
				"its sections are #"+strings.Join(opening, ", #")+", others if need be, and #"+closing+" last")
			break
		}
	}
	if last := top[len(top)-1]; last.ID != closing {
		at := top[find(closing)]
		a.problem(text.File, at.Line, at.Col, diag.RuleGrammar, "#"+closing+" is not the last section", "background stands last: who needs help does not need it first")
	}
}

// causes sees that each cause says how to tell, how to fix and how to verify.
func (a *assembly) causes(file string, doc *markdown.Doc) {
	if !slices.ContainsFunc(doc.Headings, func(h markdown.Heading) bool { return h.Level == 2 && h.ID == causes }) {
		return // a problem already, and one is enough
	}
	var section, cause markdown.Heading // cause has a level while one is open
	var have []string
	var list *markdown.Heading // the section of causes
	found := 0
	done := func() {
		if cause.Level > 0 && !slices.Equal(have, parts) {
			a.problem(file, cause.Line, cause.Col, diag.RuleGrammar, fmt.Sprintf("the cause %q does not say how to tell, how to fix and how to verify, in this order", cause.Title),
				"give it the headings #### … {.tell}, #### … {.fix} and #### … {.verify}")
		}
		cause, have = markdown.Heading{}, nil
	}
	for _, h := range doc.Headings {
		switch {
		case h.Level == 2:
			done()
			section = h
			if h.ID == causes && list == nil {
				list = &h
			}
		case h.Level == 3:
			done()
			if section.ID == causes {
				cause = h
				found++
			}
		case h.Level == 4 && cause.Level > 0:
			have = append(have, h.Class)
		case h.Level == 4 && h.Class != "" && (section.ID != "" || section.Level == 0):
			a.problem(file, h.Line, h.Col, diag.RuleGrammar, fmt.Sprintf("the part .%s stands outside a cause", h.Class), "only the causes below #causes have such parts")
		}
	}
	done()
	if found == 0 && list != nil {
		a.problem(file, list.Line, list.Col, diag.RuleGrammar, "#causes names no cause", "give each cause a heading ### … {#its-id}, the likeliest first")
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
				a.problem(article.Texts[lang.Tag.Value].File, h.Line, h.Col, diag.RuleGrammar, fmt.Sprintf("the part .%s stands outside a cause", h.Class), "only articles about errors and symptoms have such parts")
			}
		}
	}
}
