package source

import (
	"fmt"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

// Term is an entry of glossary.yaml.
type Term struct {
	ID      yamlfile.At[string]               `yaml:"id,required"` // permanent; an anchor
	Article yamlfile.At[string]               `yaml:"article"`     // slug of the article that explains it
	Words   map[string]yamlfile.At[TermWords] `yaml:"words,required"`
}

// TermWords are what a term is called and means in one language.
type TermWords struct {
	Term       string   `yaml:"term,required"`
	Reading    string   `yaml:"reading"` // how it is read, and sorted; in Japanese in hiragana
	Synonyms   []string `yaml:"synonyms"`
	Definition string   `yaml:"definition,required"`
}

// glossary reads the terms.
func (l *loader) glossary(file string, site *Site) []Term {
	data, ok := l.read(file)
	if !ok {
		return nil
	}
	var terms []Term
	l.yaml(file, data, &terms)
	seen := map[string]bool{}
	for _, t := range terms {
		switch {
		case t.ID.Value == "":
		case seen[t.ID.Value]:
			at(l, file, t.ID, diag.RuleGlossary, fmt.Sprintf("the term %q is there twice", t.ID.Value), "keep one")
		case !urlpath.IsSlug(t.ID.Value):
			at(l, file, t.ID, diag.RuleGlossary, fmt.Sprintf("the term's id %q is not made of a-z, 0-9 and hyphens", t.ID.Value), "it is an anchor")
		}
		seen[t.ID.Value] = true
		for _, tag := range tags(site) {
			if _, ok := t.Words[tag]; !ok && len(t.Words) > 0 {
				at(l, file, t.ID, diag.RuleGlossary, fmt.Sprintf("the term %q has no words in %q", t.ID.Value, tag), fmt.Sprintf("add \"%s: {term: …, definition: …}\" to its words", tag))
			}
		}
		unread(l, file, site, t.Words)
	}
	return terms
}
