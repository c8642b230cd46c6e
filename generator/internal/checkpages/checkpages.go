// Package checkpages asks the engine, and words its answers for pages:
// figures of the two legs, tables of modes, and the page that shows what is on
// the wire.
//
// Law: what a figure or a table says about a request comes from the engine,
// and from nowhere else. This package knows the words, not the facts.
package checkpages

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/model"
)

// The vocabulary that figures use, in the order in which people are told:
// from the least protected to the most.
var (
	modes       = []string{"off", "flexible", "full", "strict", "origin_pull"}
	schemes     = []string{"http", "https"}
	ports       = []string{"443", "alt"} // where the origin is met over TLS
	protections = []string{"none", "plain", "encrypted", "authenticated"}
)

// Figures draws for one language.
type Figures struct {
	Lang  string
	Words source.Words
	Theme *theme.Theme
}

func keys[V any](m map[string]V) []string {
	all := make([]string, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// Fail marks the leg that fails, also in words.
func (f Figures) Fail(v *theme.Legs, leg model.Leg) {
	var at *theme.Leg
	switch leg {
	case model.NoLeg:
		return
	case model.VisitorLeg:
		at = &v.Visitor
	case model.OriginLeg:
		at = &v.Origin
	}
	at.Failing = true
	v.Alt = f.join(v.Alt, f.Pair(at.Label, v.Failing))
}

func (f Figures) join(first, second string) string {
	return strings.NewReplacer("{first}", first, "{second}", second).Replace(f.Words.Sentences.Value)
}

// Pair is what is named, and what is said of it.
func (f Figures) Pair(name, what string) string {
	return strings.NewReplacer("{name}", name, "{what}", what).Replace(f.Words.Pair.Value)
}

// Mini draws the small figure of an article's header: the healthy path, with
// the leg that the article is about marked.
func (f Figures) Mini(leg string) (template.HTML, error) {
	v, err := f.Legs("mode=strict&scheme=https", "mini")
	if err != nil {
		return "", err
	}
	v.Visitor.Failing = leg != "origin"
	v.Origin.Failing = leg != "visitor"
	return f.Theme.Mini(v)
}

// Hero gives the two figures between which the home page switches: Flexible,
// whose second leg nobody sees, and Full (strict).
func (f Figures) Hero() (all []theme.Legs, err error) {
	for _, mode := range []string{"flexible", "strict"} {
		v, err := f.Legs("mode="+mode+"&scheme=https", "hero-"+mode)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// Broken gives the healthy path with the leg that fails when a visitor sees the
// outcome; none when that is no leg's.
func (f Figures) Broken(outcome string) (*theme.Legs, error) {
	for o := range model.OutcomeCount {
		if o.String() != outcome || o.Leg() == model.NoLeg {
			continue
		}
		v, err := f.Legs("mode=strict&scheme=https", "")
		f.Fail(&v, o.Leg())
		return &v, err
	}
	return nil, nil
}

// OriginLeg gives what the page of the origin leg shows, but for its text.
func (f Figures) OriginLeg() (*theme.OriginLeg, error) {
	first, err := f.Legs("mode=flexible&scheme=https", "originleg")
	if err != nil {
		return nil, err
	}
	w := &theme.OriginLeg{
		First: first, Rows: f.Rows("row"), Heads: f.Heads(), Caption: f.Words.Table.Caption,
		Redirect: f.Words.Redirect, Direct: f.Words.Direct, Alt: f.Words.Figure.Value,
	}
	for _, m := range modes {
		w.Modes = append(w.Modes, theme.Option{ID: m, Name: f.Words.Modes[m].Value, Selected: m == first.Mode})
	}
	for _, s := range schemes {
		w.Schemes = append(w.Schemes, theme.Option{ID: s, Name: f.Words.Schemes[s].Value, Selected: s == first.Scheme})
	}
	for _, p := range protections {
		w.Legs = append(w.Legs, f.leg("", p))
	}
	w.Legs = append(w.Legs, f.tunnel(""))
	w.Beyond = f.Beyond()
	return w, nil
}

// Heads are those of a table of Rows.
func (f Figures) Heads() theme.Heads {
	t := f.Words.Table
	return theme.Heads{Mode: t.Mode, Scheme: t.Scheme, Visitor: t.Visitor, Origin: t.Origin, Port: t.Port}
}

// Beyond are the sentences under a table of modes, on what has another second leg, or none.
func (f Figures) Beyond() []string {
	return []string{f.Words.Tunnel.Means, f.Words.TunnelLast, f.Words.PagesOnly}
}

// Rows are the figures of every mode and scheme; those of one mode stand
// together.
func (f Figures) Rows(id string) []theme.Legs {
	var rows []theme.Legs
	for _, m := range modes {
		for _, s := range schemes {
			v, err := f.Legs("mode="+m+"&scheme="+s, id+"-"+m+"-"+s)
			if err != nil {
				panic("checkpages: the engine does not know its own vocabulary: " + err.Error())
			}
			rows = append(rows, v)
		}
	}
	return rows
}

// Legs asks the engine and words its answer. The query's syntax is the
// engine's; its error says what is wrong with it, and what to write. id is unique
// in its page.
func (f Figures) Legs(query, id string) (theme.Legs, error) {
	config, scheme, err := model.ParseLegs(query)
	if err != nil {
		return theme.Legs{}, err
	}
	answer := model.LegsFor(config, scheme)
	v := theme.Legs{
		ID: id, Lang: f.Lang, Failing: f.Words.Failing,
		Mode: model.Mode.ValueID(config[model.Mode]), Scheme: scheme.String(),
		Visitor: f.leg(f.Words.Legs.Visitor, answer.Visitor.String()),
		Origin:  f.leg(f.Words.Legs.Origin, answer.Origin.String()),
	}
	v.Stations.Visitor, v.Stations.Edge, v.Stations.Origin = f.Words.Stations.Visitor, f.Words.Stations.Edge, f.Words.Stations.Origin
	v.ModeName = f.Words.Modes[v.Mode].Value
	if answer.Rules[0] == model.TunnelPull || answer.Rules[1] == model.TunnelPull {
		v.Origin = f.tunnel(f.Words.Legs.Origin)
	}
	if answer.Visitor != model.None {
		v.Visitor.Scheme, v.Visitor.Port = answer.VisitorScheme.String(), strconv.Itoa(int(answer.VisitorPort))
	}
	if answer.OriginPort != 0 {
		v.Origin.Scheme, v.Origin.Port = answer.OriginScheme.String(), strconv.Itoa(int(answer.OriginPort))
	}
	v.Alt = strings.NewReplacer(
		"{mode}", v.ModeName, "{scheme}", f.Words.Schemes[v.Scheme].Value,
		"{visitor}", v.Visitor.Name, "{origin}", v.Origin.Name,
	).Replace(f.Words.Figure.Value)
	if answer.Redirect {
		v.Redirect = f.Words.Redirect
		v.Alt = f.join(v.Alt, v.Redirect)
	}
	switch config[model.Origin] {
	case model.OriginTunnel:
		v.Lives = "tunnel"
		v.Beyond = f.Words.TunnelLast
	case model.OriginPages:
		v.Lives = "pages"
		v.Beyond = f.Words.PagesOnly
	}
	if v.Beyond != "" {
		v.Alt = f.join(v.Alt, v.Beyond)
	}
	if config[model.Proxied] == model.ProxiedNo {
		v.Direct = f.Words.Direct
		v.Alt = f.join(v.Direct, f.Pair(v.Stations.Visitor+"–"+v.Stations.Origin, v.Visitor.Name))
	}
	return v, nil
}

func (f Figures) leg(label, protection string) theme.Leg {
	return f.worded(label, protection, protection, f.Words.Protections[protection])
}

// tunnel is leg 2 of a tunnel: drawn as what is encrypted, with words of its own.
func (f Figures) tunnel(label string) theme.Leg {
	return f.worded(label, "tunnel", model.Encrypted.String(), f.Words.Tunnel)
}

func (f Figures) worded(label, id, protection string, w source.Protection) theme.Leg {
	return theme.Leg{ID: id, Label: label, Protection: protection, Name: w.Name.Value, Short: w.Short, Means: w.Means, Reader: w.Reader, Changer: w.Changer}
}
