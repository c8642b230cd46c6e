// Package checkpages asks the engine, and words its answers for pages:
// figures of the two legs, tables of modes, and the page that shows what is on
// the wire.
//
// Law: what a figure or a table says about a request comes from the engine,
// and from nowhere else. This package knows the words, not the facts.
package checkpages

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/model"
)

// Blocks are the names of the fenced blocks that this package draws.
var Blocks = []string{"legs", "outcomes"}

// The vocabulary that figures use, in the order in which people are told:
// from the least protected to the most.
var (
	modes       = []string{"off", "flexible", "full", "strict", "origin_pull"}
	schemes     = []string{"http", "https"}
	protections = []string{"none", "plain", "encrypted", "authenticated"}
)

// tables are what a block "outcomes" can show.
var tables = []string{"modes"}

// A Drawer draws for one language.
type Drawer struct {
	Lang  string
	Words source.Words
	Theme *theme.Theme
}

// CheckWords names the words that figures need and a language does not have,
// and those for things that do not exist.
func CheckWords(file string, w source.Words) diag.List {
	var problems diag.List
	compare := func(what string, have []string, want []string) {
		for _, k := range want {
			if !slices.Contains(have, k) {
				problems = append(problems, diag.Problem{File: file, Rule: "words", Message: fmt.Sprintf("%s has no word for %q", what, k), Hint: fmt.Sprintf("add a line \"%s: …\" below %s", k, what)})
			}
		}
		for _, k := range have {
			if !slices.Contains(want, k) {
				problems = append(problems, diag.Problem{File: file, Rule: "words", Message: fmt.Sprintf("%s has a word for %q, which does not exist", what, k), Hint: diag.DidYouMean(k, want)})
			}
		}
	}
	compare("modes", keys(w.Modes), modes)
	compare("schemes", keys(w.Schemes), schemes)
	compare("protections", keys(w.Protections), protections)
	for _, name := range []string{"{mode}", "{scheme}", "{visitor}", "{origin}"} {
		if !strings.Contains(w.Figure, name) {
			problems = append(problems, diag.Problem{File: file, Rule: "words", Message: "figure does not say " + name, Hint: "it is the figure's text alternative and says all four: {mode} {scheme} {visitor} {origin}"})
		}
	}
	return problems
}

func keys[V any](m map[string]V) []string {
	all := make([]string, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// A Drawing is a block drawn: for the page, and for the Markdown beside it.
type Drawing struct {
	HTML     template.HTML
	Markdown string
}

// Draw draws a fenced block. id is unique in its page; file is for messages.
// The error is a mistake in the theme.
func (d Drawer) Draw(h markdown.Hole, id, file string) (Drawing, diag.List, error) {
	if h.Name == "outcomes" {
		return d.table(h, id, file)
	}
	return d.figure(h, id, file)
}

func (d Drawer) figure(h markdown.Hole, id, file string) (Drawing, diag.List, error) {
	var query []string
	failing := ""
	for _, a := range h.Args {
		switch a.Key {
		case "fail":
			if a.Value != "visitor" && a.Value != "origin" {
				return Drawing{}, problem(file, h.Line, a.Col, fmt.Sprintf("unknown leg %q", a.Value), diag.DidYouMean(a.Value, []string{"visitor", "origin"})), nil
			}
			failing = a.Value
		case "mode", "scheme", "port", "proxied":
			if _, _, err := model.ParseLegs(a.Key + "=" + a.Value); err != nil {
				message, hint, _ := strings.Cut(err.Error(), "; ")
				return Drawing{}, problem(file, h.Line, a.Col, message, hint), nil
			}
			query = append(query, a.Key+"="+a.Value)
		default:
			return Drawing{}, problem(file, h.Line, a.Col, fmt.Sprintf("legs takes no %q", a.Key), diag.DidYouMean(a.Key, []string{"mode", "scheme", "port", "proxied", "fail"})), nil
		}
	}
	v, err := d.legs(strings.Join(query, "&"), id)
	if err != nil {
		message, hint, _ := strings.Cut(err.Error(), "; ")
		return Drawing{}, problem(file, h.Line, h.Col, message, hint), nil
	}
	switch failing {
	case "visitor":
		v.Visitor.Failing = true
		v.Alt += " " + v.Visitor.Label + ": " + v.Failing
	case "origin":
		v.Origin.Failing = true
		v.Alt += " " + v.Origin.Label + ": " + v.Failing
	}
	v.Caption = h.Caption
	html, err := d.Theme.Legs(v)
	md := "> " + v.Alt
	if h.Body != "" {
		md += "\n>\n> " + strings.ReplaceAll(h.Body, "\n", "\n> ")
	}
	return Drawing{html, md}, nil, err
}

func (d Drawer) table(h markdown.Hole, id, file string) (Drawing, diag.List, error) {
	if len(h.Args) != 1 || h.Args[0].Value != "" || !slices.Contains(tables, h.Args[0].Key) {
		at, name := h.Col, ""
		if len(h.Args) > 0 {
			at, name = h.Args[0].Col, h.Args[0].Key
		}
		return Drawing{}, problem(file, h.Line, at, fmt.Sprintf("there is no table %q", name), "write ```outcomes "+strings.Join(tables, " or ")), nil
	}
	t := d.Words.Table
	v := theme.Modes{ID: id, Caption: h.Caption, Heads: d.heads(), Rows: d.rows(id)}
	html, err := d.Theme.Modes(v)
	var md strings.Builder
	fmt.Fprintf(&md, "| %s | %s | %s | %s | %s |\n|---|---|---|---|---|", t.Mode, t.Scheme, t.Visitor, t.Origin, t.Port)
	for _, r := range v.Rows {
		fmt.Fprintf(&md, "\n| %s | %s | %s | %s | %s |", r.ModeName, d.Words.Schemes[r.Scheme], r.Visitor.Name, r.Origin.Name, r.Origin.Port)
	}
	if h.Body != "" {
		md.WriteString("\n\n" + h.Body)
	}
	return Drawing{html, md.String()}, nil, err
}

func problem(file string, line, col int, message, hint string) diag.List {
	return diag.List{{File: file, Line: line, Col: col, Rule: "figure", Message: message, Hint: hint}}
}

// Mini draws the small figure of an article's header: the healthy path, with
// the leg that the article is about marked.
func (d Drawer) Mini(leg string) (template.HTML, error) {
	v, err := d.legs("mode=strict&scheme=https", "mini")
	if err != nil {
		return "", err
	}
	v.Visitor.Failing = leg != "origin"
	v.Origin.Failing = leg != "visitor"
	return d.Theme.Mini(v)
}

// Large draws the figure of the home page: Flexible, whose second leg is what
// nobody sees.
func (d Drawer) Large() (template.HTML, error) {
	v, err := d.legs("mode=flexible&scheme=https", "legs")
	if err != nil {
		return "", err
	}
	return d.Theme.Legs(v)
}

// Wire gives what the page about the wire shows, but for its text.
func (d Drawer) Wire() (*theme.Wire, error) {
	first, err := d.legs("mode=flexible&scheme=https", "wire")
	if err != nil {
		return nil, err
	}
	w := &theme.Wire{
		First: first, Rows: d.rows("row"), Heads: d.heads(), Caption: d.Words.Table.Caption,
		Redirect: d.Words.Redirect, Direct: d.Words.Direct, Alt: d.Words.Figure,
	}
	for _, m := range modes {
		w.Modes = append(w.Modes, theme.Option{ID: m, Name: d.Words.Modes[m], Selected: m == first.Mode})
	}
	for _, s := range schemes {
		w.Schemes = append(w.Schemes, theme.Option{ID: s, Name: d.Words.Schemes[s], Selected: s == first.Scheme})
	}
	for _, p := range protections {
		w.Legs = append(w.Legs, d.leg("", p))
	}
	return w, nil
}

func (d Drawer) heads() (heads struct{ Mode, Scheme, Visitor, Origin, Port string }) {
	t := d.Words.Table
	heads.Mode, heads.Scheme, heads.Visitor, heads.Origin, heads.Port = t.Mode, t.Scheme, t.Visitor, t.Origin, t.Port
	return heads
}

// rows are the figures of every mode and scheme.
func (d Drawer) rows(id string) []theme.Legs {
	var rows []theme.Legs
	for _, m := range modes {
		for _, s := range schemes {
			v, err := d.legs("mode="+m+"&scheme="+s, id+"-"+m+"-"+s)
			if err != nil {
				panic("checkpages: the engine does not know its own vocabulary: " + err.Error())
			}
			rows = append(rows, v)
		}
	}
	return rows
}

// legs asks the engine and words its answer. The query's syntax is the
// engine's; its error says what is wrong with it, and what to write.
func (d Drawer) legs(query, id string) (theme.Legs, error) {
	config, scheme, err := model.ParseLegs(query)
	if err != nil {
		return theme.Legs{}, err
	}
	answer := model.LegsFor(config, scheme)
	v := theme.Legs{
		ID: id, Lang: d.Lang, Failing: d.Words.Failing,
		Mode: model.Mode.ValueID(config[model.Mode]), Scheme: scheme.String(),
		Visitor: d.leg(d.Words.Legs.Visitor, answer.Visitor.String()),
		Origin:  d.leg(d.Words.Legs.Origin, answer.Origin.String()),
	}
	v.Stations.Visitor, v.Stations.Edge, v.Stations.Origin = d.Words.Stations.Visitor, d.Words.Stations.Edge, d.Words.Stations.Origin
	v.ModeName = d.Words.Modes[v.Mode]
	if answer.Visitor != model.None {
		v.Visitor.Scheme, v.Visitor.Port = "http", "80"
		if answer.Visitor == model.Authenticated {
			v.Visitor.Scheme, v.Visitor.Port = "https", "443"
			if config[model.Port] == model.PortAlt {
				v.Visitor.Port = "8443"
			}
		}
	}
	if answer.Origin != model.None {
		v.Origin.Scheme, v.Origin.Port = answer.OriginScheme.String(), strconv.Itoa(int(answer.OriginPort))
	}
	v.Alt = strings.NewReplacer(
		"{mode}", v.ModeName, "{scheme}", d.Words.Schemes[v.Scheme],
		"{visitor}", v.Visitor.Name, "{origin}", v.Origin.Name,
	).Replace(d.Words.Figure)
	if answer.Redirect {
		v.Redirect = d.Words.Redirect
		v.Alt += " " + v.Redirect
	}
	if config[model.Proxied] == model.ProxiedNo {
		v.Direct = d.Words.Direct
		v.Alt = v.Direct + " " + v.Stations.Visitor + "–" + v.Stations.Origin + ": " + v.Visitor.Name
	}
	return v, nil
}

func (d Drawer) leg(label, protection string) theme.Leg {
	w := d.Words.Protections[protection]
	return theme.Leg{Label: label, Protection: protection, Name: w.Name, Short: w.Short, Means: w.Means, Reader: w.Reader, Changer: w.Changer}
}
