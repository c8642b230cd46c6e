package pipeline

import (
	"slices"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/urlpath"
)

// A place is a page as what is written on it has to know it.
type place struct {
	lang string                   // the language that it speaks
	at   string                   // its path
	to   func(path string) string // the reference from it to another path
}

func placed(lang, at string) place {
	return place{lang, at, func(to string) string { return urlpath.Rel(at, to) }}
}

// step is the reference to a page below the checker, by what its path has beyond
// the checker's own.
func (h place) step(rest string) string { return h.to(h.lang + "/check/" + rest) }

// in is the same place for what is said on it in another language.
func (h place) in(lang string) place {
	h.lang = lang
	return h
}

// language is the one that a tag of the site names.
func (b *builder) language(tag string) source.Language {
	return b.Languages[slices.IndexFunc(b.Languages, func(l source.Language) bool { return l.Tag.Value == tag })]
}
