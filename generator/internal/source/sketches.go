package source

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/yamlfile"
)

// Sketches is sketches.yaml: what stands on other people's screens, for whoever
// has to recognise a place. They are drawn from it, and are no copies: no mark,
// colour or picture of theirs is in them.
type Sketches struct {
	Label   Say                            `yaml:"label,required"` // that it is a sketch, and of when
	Look    Say                            `yaml:"look,required"`  // the same, where a heavy frame shows what a reader looks for
	Errors  yamlfile.At[ErrorPage]         `yaml:"errors,required"`
	Screens map[string]yamlfile.At[Sketch] `yaml:"screens,required"`
}

// ErrorPage is the edge's own page, which speaks English to everybody. Which
// station fails on it is the engine's to say.
type ErrorPage struct {
	Alt      Say `yaml:"alt,required"`   // {number} {title} {stations}
	Plain    Say `yaml:"plain,required"` // the same, of a page without stations: {number} {title}
	Stations struct {
		Visitor string `yaml:"visitor,required"`
		Edge    string `yaml:"edge,required"`
		Origin  string `yaml:"origin,required"`
	} `yaml:"stations,required"`
	Working string                         `yaml:"working,required"`
	Failing string                         `yaml:"failing,required"`
	Pages   map[string]yamlfile.At[Titled] `yaml:"pages,required"` // by the engine's outcome
}

// Titled is what stands at the top of an error's page.
type Titled struct {
	Title  string `yaml:"title,required"`
	Number string `yaml:"number,required"`
	Plain  bool   `yaml:"plain"` // it shows no stations
}

// Sketch is a screen, in one frame or in the order of several.
type Sketch struct {
	Alt    Say     `yaml:"alt,required"`
	Frames []Frame `yaml:"frames,required"`
}

// Frame is what is seen at once.
type Frame struct {
	Head Say         `yaml:"head"` // what the page is called
	Rows []SketchRow `yaml:"rows,required"`
}

// SketchRow is a thing on a screen. Its words are Say, by language, or Text,
// which is the same in all of them.
type SketchRow struct {
	Is    yamlfile.At[string] `yaml:"is,required"` // one of SketchRows
	Say   Say                 `yaml:"say"`
	Text  string              `yaml:"text"`
	Value Say                 `yaml:"value"` // beside it: what a field holds, which state it is in
	Cells []string            `yaml:"cells"` // of a record
	Sign  yamlfile.At[string] `yaml:"sign"`  // before it: one of SketchSigns
	On    bool                `yaml:"on"`    // it is chosen, or switched on
	Here  bool                `yaml:"here"`  // it is what a reader looks for
}

// What a sketch is made of, and the signs that stand before it.
var (
	SketchRows  = []string{"bar", "button", "choice", "code", "field", "record", "state", "switch", "text", "title"}
	SketchSigns = []string{"insecure", "tune"}
)

// In gives the words of a row in a language.
func (r SketchRow) In(lang string) string {
	if r.Text != "" {
		return r.Text
	}
	return r.Say[lang]
}

// sketches reads sketches.yaml.
func (l *loader) sketches(file string, site *Site) Sketches {
	var s Sketches
	data, ok := l.read(file)
	if !ok {
		return s
	}
	l.yaml(file, data, &s)
	whole := func(line, col int, what string, say Say) {
		for _, tag := range tags(site) {
			if len(say) > 0 && strings.TrimSpace(say[tag]) == "" {
				l.problem(file, line, col, diag.RuleSketch, fmt.Sprintf("%s says nothing in %q", what, tag), fmt.Sprintf("add \"%s: …\" to it", tag))
			}
		}
		for _, tag := range slices.Sorted(maps.Keys(say)) {
			if !known(site, tag) && len(site.Languages) > 0 {
				l.unused(file, line, col, tag, tags(site))
			}
		}
	}
	whole(1, 0, "label", s.Label)
	whole(1, 0, "look", s.Look)
	whole(s.Errors.Line, s.Errors.Col, "the alternative of an error's page", s.Errors.Value.Alt)
	whole(s.Errors.Line, s.Errors.Col, "the alternative of a page without stations", s.Errors.Value.Plain)
	for _, id := range slices.Sorted(maps.Keys(s.Screens)) {
		v := s.Screens[id]
		whole(v.Line, v.Col, fmt.Sprintf("the alternative of %q", id), v.Value.Alt)
		for _, f := range v.Value.Frames {
			whole(v.Line, v.Col, fmt.Sprintf("a head of %q", id), f.Head)
			for _, r := range f.Rows {
				l.sketchRow(file, r)
				whole(r.Is.Line, r.Is.Col, "a "+r.Is.Value, r.Say)
				whole(r.Is.Line, r.Is.Col, "the value of a "+r.Is.Value, r.Value)
			}
		}
	}
	return s
}

func (l *loader) sketchRow(file string, r SketchRow) {
	wrong := func(at yamlfile.At[string], message, hint string) {
		l.problem(file, at.Line, at.Col, diag.RuleSketch, message, hint)
	}
	if r.Is.Value != "" && !slices.Contains(SketchRows, r.Is.Value) {
		wrong(r.Is, fmt.Sprintf("no screen has a %q", r.Is.Value), diag.DidYouMean(r.Is.Value, SketchRows))
	}
	if r.Sign.Value != "" && !slices.Contains(SketchSigns, r.Sign.Value) {
		wrong(r.Sign, fmt.Sprintf("there is no sign %q", r.Sign.Value), diag.DidYouMean(r.Sign.Value, SketchSigns))
	}
	switch said := r.Text != "" || len(r.Say) > 0; {
	case said && r.Text != "" && len(r.Say) > 0:
		wrong(r.Is, "words twice", "keep text, which is the same in every language, or say")
	case said == (r.Is.Value == "record"):
		wrong(r.Is, fmt.Sprintf("a %s with other words than it has", r.Is.Value), "a record has cells, all else has say or text")
	case (r.Is.Value == "record") != (len(r.Cells) > 0):
		wrong(r.Is, "cells belong to a record", "write cells: [A, example.com, 203.0.113.10]")
	}
}
