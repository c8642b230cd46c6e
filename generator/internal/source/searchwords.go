package source

import (
	"fmt"
	"maps"
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
	for _, tag := range slices.Sorted(maps.Keys(s.Weak)) {
		if !known(site, tag) && len(site.Languages) > 0 {
			l.unused(file, s.Weak[tag].Line, s.Weak[tag].Col, tag, tags(site))
		}
	}
	for i, asked := range s.Asked {
		if slices.ContainsFunc(s.Asked[:i], func(other Asked) bool { return other.For.Value == asked.For.Value }) {
			at(l, file, asked.For, diag.RuleSearch, fmt.Sprintf("%q is there twice", asked.For.Value), "keep one")
		}
		for _, tag := range slices.Sorted(maps.Keys(asked.By)) {
			if !known(site, tag) && len(site.Languages) > 0 {
				l.unused(file, asked.By[tag].Line, asked.By[tag].Col, tag, tags(site))
			}
		}
	}
	return s
}
