package site

import (
	"cmp"
	"fmt"
	"path"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
)

// recipes names what is wrong with the texts that others include, and those
// that nobody includes.
func (a *assembly) recipes(all []*source.Recipe) {
	for _, recipe := range all {
		used := false
		a.texts(func(lang string, _ *source.Text, doc *markdown.Doc) {
			for _, h := range doc.Holes {
				used = used || h.Name == "include" && len(h.Args) > 0 && h.Args[0].Key == recipe.Name
			}
		})
		if !used {
			a.problems = append(a.problems, diag.Problem{File: path.Join(a.dir, "recipes", recipe.Name), Severity: diag.Warning, Rule: diag.RuleInclude,
				Message: "no text includes the recipe", Hint: "write ```include " + recipe.Name + " where it belongs, or take the folder away"})
		}
		for _, l := range a.Languages {
			if t := recipe.Texts[l.Tag.Value]; t != nil && !t.Lost {
				doc := a.memo.Convert(a.converters[l.Tag.Value], t.File, t.Line, t.Body)
				a.problems = append(a.problems, doc.Problems...)
				a.resolve(t, doc, l.Tag.Value)
			}
		}
	}
	a.repeated(all)
}

// texts visits every text that was parsed, in the order of the site.
func (a *assembly) texts(visit func(lang string, text *source.Text, doc *markdown.Doc)) {
	for _, l := range a.Languages {
		lang := l.Tag.Value
		for _, article := range a.Articles {
			if doc := article.Docs[lang]; doc != nil {
				visit(lang, article.Texts[lang], doc)
			}
		}
		for _, p := range a.Pages {
			if doc := p.Docs[lang]; doc != nil {
				visit(lang, p.Texts[lang], doc)
			}
		}
	}
}

// repeated names each recipe that stands twice in a language: one of the two
// will be corrected, and the other not.
func (a *assembly) repeated(all []*source.Recipe) {
	type place struct {
		file string
		line int
	}
	first := map[[2]string]place{} // by language and text
	look := func(lang string, text *source.Text, doc *markdown.Doc) {
		for _, r := range doc.Recipes {
			key := [2]string{lang, r.Text}
			if at, twice := first[key]; twice {
				a.problems = append(a.problems, diag.Problem{File: text.File, Line: r.Line, Col: r.Col, Severity: diag.Warning, Rule: diag.RuleRecipe,
					Message: fmt.Sprintf("these %s stand at %s:%d already", r.What, at.file, at.line), Hint: "put them into content/recipes and include them in both places"})
			}
			first[key] = cmp.Or(first[key], place{text.File, r.Line})
		}
	}
	for _, recipe := range all {
		for _, l := range a.Languages {
			if t := recipe.Texts[l.Tag.Value]; t != nil && !t.Lost {
				look(l.Tag.Value, t, a.memo.Convert(a.converters[l.Tag.Value], t.File, t.Line, t.Body))
			}
		}
	}
	a.texts(look)
}
