package blocks

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/theme"
)

// What a reader chooses once, and every block of every page follows: where the
// site lives, which system the reader types on, which server answers.
const (
	Host   = "host"
	System = "os"
	Server = "server"
)

// Bys are all that can be chosen, as fragments call it: #os=windows.
var Bys = []string{Host, System, Server}

// Choices are what can be chosen, in the order in which it is offered: by
// readers, and under [Sketch] by authors alone.
type Choices map[string][]Choice

// A Choice is one of them. Its id is public: links have it.
type Choice struct {
	ID    string
	Name  string            // a proper noun
	Names map[string]string // by language, where it has several
}

// Systems are those that a command can be written for. They are the same on
// every site: the scripts know them by these ids.
var Systems = []Choice{{ID: "macos", Name: "macOS"}, {ID: "windows", Name: "Windows"}, {ID: "linux", Name: "Linux"}}

// name is what readers of a language call the choice.
func (c Choice) name(lang string) string { return cmp.Or(c.Names[lang], c.Name, c.ID) }

// ids are the ids of what can be chosen.
func (c Choices) ids(by string) []string {
	var all []string
	for _, one := range c[by] {
		all = append(all, one.ID)
	}
	return all
}

// Wrong says what is wrong with a choice that a link makes: nothing when both
// are "".
func (c Choices) Wrong(by, value string) (message, hint string) {
	switch {
	case !slices.Contains(Bys, by):
		return fmt.Sprintf("nobody chooses a %q", by), diag.DidYouMean(by, Bys)
	case !slices.Contains(c.ids(by), value):
		return unknown(by, value), cmp.Or(diag.DidYouMean(value, c.ids(by)), wherefrom[by])
	}
	return "", ""
}

func unknown(by, value string) string {
	return fmt.Sprintf("there is no %s %q", map[string]string{Host: "host", System: "system", Server: "server"}[by], value)
}

// wherefrom says where the ids stand.
var wherefrom = map[string]string{
	Host: "the hosts are the files of content/hosts", System: "write macos, windows or linux", Server: "the servers stand in content/checker/products.yaml",
}

// tabs is what the template "tabs" is given.
type tabsView struct {
	ID    string
	By    string // host, os or server
	Words theme.Words
	Level int // of its headings
	Tabs  []tab
}

type tab struct {
	ID   string // an anchor, or ""
	For  string // ids, with spaces between them
	Name string // of them all
	Body template.HTML
}

// checkParts names what is wrong with the parts of a block by what is chosen.
func checkParts(c Choices, h markdown.Hole, by string, wrong Wrong) {
	var seen []string
	for _, p := range h.Parts {
		if len(p.Names) == 0 {
			wrong(p.Line, p.Col, "a tab without a name", "write === and one or more of "+strings.Join(c.ids(by)[:min(3, len(c.ids(by)))], ", "))
		}
		for _, name := range p.Names {
			if message, hint := c.Wrong(by, name.Key); message != "" {
				wrong(p.Line, name.Col, message, hint)
			} else if slices.Contains(seen, name.Key) {
				wrong(p.Line, name.Col, fmt.Sprintf("%q has a tab already", name.Key), "put both texts into one, or name another")
			}
			seen = append(seen, name.Key)
		}
		if strings.TrimSpace(string(p.HTML)) == "" {
			wrong(p.Line, p.Col, "a tab without a text", "write it below the mark, or take the mark away")
		}
	}
}

// drawTabs draws the parts of a block, each under the names of whom it is for.
func drawTabs(p Page, h markdown.Hole, id, by string) (Drawing, error) {
	v := tabsView{ID: id, By: by, Words: p.Figures.Theme.Words(p.Figures.Lang), Level: min(h.Level+1, 6)}
	var md []string
	for _, part := range h.Parts {
		var ids, names []string
		for _, one := range p.Choices[by] { // in the order of the choices
			if slices.ContainsFunc(part.Names, func(a markdown.Arg) bool { return a.Key == one.ID }) {
				ids, names = append(ids, one.ID), append(names, one.name(p.Figures.Lang))
			}
		}
		name := strings.Join(names, " / ")
		v.Tabs = append(v.Tabs, tab{ID: part.ID, For: strings.Join(ids, " "), Name: name, Body: part.HTML})
		md = append(md, "**"+name+"**\n\n"+part.Markdown)
	}
	html, err := p.Figures.Theme.Part("tabs", v)
	return Drawing{html, strings.Join(md, "\n\n")}, err
}
