package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"sslclinic/generator/internal/blocks"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
)

// choices are what a reader can choose: the systems, and what the content
// knows of hosts and servers.
func choices(c *source.Content) blocks.Choices {
	all := blocks.Choices{blocks.System: blocks.Systems}
	for _, h := range c.Hosts.All {
		all[blocks.Host] = append(all[blocks.Host], blocks.Choice{ID: h.ID, Names: h.Name})
	}
	for _, p := range c.Checker.Products {
		all[blocks.Server] = append(all[blocks.Server], blocks.Choice{ID: p.ID.Value, Name: p.Name})
	}
	for _, id := range blocks.SketchIDs(c.Sketches) {
		all[blocks.Sketch] = append(all[blocks.Sketch], blocks.Choice{ID: id})
	}
	return all
}

// chosen names what is wrong with a link that makes a choice, as
// ../certificate-panel/ja.md#server=plesk does.
func (b *builder) chosen(h markdown.Hole, file string) diag.List {
	_, fragment, _ := strings.Cut(h.Dest, "#")
	if h.Kind != markdown.Link || !strings.Contains(fragment, "=") || strings.Contains(h.Dest, "checker/") {
		return nil
	}
	var problems diag.List
	for pair := range strings.SplitSeq(fragment, "&") {
		by, value, _ := strings.Cut(pair, "=")
		if message, hint := b.choices.Wrong(by, value); message != "" {
			problems = append(problems, diag.Problem{File: cmp.Or(h.File, file), Line: h.Line, Col: h.Col, Rule: diag.RuleLinkAnchor, Message: message, Hint: hint})
		}
	}
	return problems
}

// included are the recipes in a language, by name.
func included(c *source.Content, lang string) map[string]markdown.Included {
	all := map[string]markdown.Included{}
	for _, r := range c.Recipes {
		if t := r.Texts[lang]; t != nil && !t.Lost {
			all[r.Name] = markdown.Included{File: t.File, Body: t.Body}
		}
	}
	return all
}

// scripts are the modules that a text needs of its page, as the page asks for
// them.
func (b *builder) scripts(here place, doc *markdown.Doc) []string {
	names := blocks.Scripts(doc)
	if doc.Fills {
		names = append(names, fieldsScript)
	}
	var all []string
	for _, name := range names {
		if at, ok := b.assets.paths[name]; ok && !slices.Contains(all, here.to(at)) {
			all = append(all, here.to(at))
		}
	}
	return all
}

// fieldsScript fills a reader's own names into commands.
const fieldsScript = "fields.js"
