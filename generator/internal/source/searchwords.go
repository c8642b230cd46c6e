package source

import (
	"fmt"
	"slices"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/yamlfile"
)

// Search is search.yaml: the words of who searches, where they are not those
// of who writes.
type Search struct {
	Alike []yamlfile.At[[]string]          `yaml:"alike"` // names for one thing, in any language, with their readings
	Weak  map[string]yamlfile.At[[]string] `yaml:"weak"`  // what says nothing of a subject, by language
	Asked []Asked                          `yaml:"asked"`
}

// Asked is how people ask for what stands in one place, in words that are not
// in it.
type Asked struct {
	For yamlfile.At[string]              `yaml:"for"` // slug, or slug#id for a section
	By  map[string]yamlfile.At[[]string] `yaml:"by"`  // language
}

// search reads search.yaml.
func (l *loader) search(file string, site *Site) Search {
	var s Search
	data, ok := l.read(file)
	if !ok {
		return s
	}
	l.yaml(file, data, &s)
	for _, set := range s.Alike {
		if len(set.Value) == 1 {
			at(l, file, set, diag.RuleSearch, fmt.Sprintf("%q stands alone", set.Value[0]), "name what else it is called")
		}
		for i, name := range set.Value {
			if slices.Contains(set.Value[:i], name) {
				at(l, file, set, diag.RuleSearch, fmt.Sprintf("%q is there twice", name), "keep one")
			}
		}
	}
	unread(l, file, site, s.Weak)
	for i, asked := range s.Asked {
		if slices.ContainsFunc(s.Asked[:i], func(other Asked) bool { return other.For.Value == asked.For.Value }) {
			at(l, file, asked.For, diag.RuleSearch, fmt.Sprintf("%q is there twice", asked.For.Value), "keep one")
		}
		unread(l, file, site, asked.By)
	}
	return s
}
