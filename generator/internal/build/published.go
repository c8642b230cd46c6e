package build

import (
	"fmt"
	"slices"
	"strings"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model/rules"
)

// What the site promises: its addresses, and that they stay.

// addresses are all that a link from outside may hold, and what programs fetch
// at a fixed place: the pages of the tree, the files beside them, and the
// anchors that pages offer, also at addresses that an article had before.
// Assets are not among them, since their names change, nor the causes and plans
// of a page without script, since what is likely there may change.
func (b *builder) addresses() []string {
	all := []string{"", "sitemap.xml", "robots.txt", "llms.txt"}
	add := func(at string, anchors ...string) {
		all = append(all, at)
		for _, id := range anchors {
			all = append(all, at+"#"+id)
		}
	}
	for _, l := range b.Languages {
		lang := l.Tag.Value
		add(lang + "/")
		add(lang + "/feed.xml")
		for _, s := range b.shown() {
			add(s.Path(lang))
		}
		for _, a := range b.Articles {
			_, doc, _ := a.Text(lang)
			ats := []string{a.Path(lang)}
			for _, alias := range a.Meta.Aliases {
				ats = append(ats, lang+"/"+alias.Value+"/")
			}
			for _, at := range ats {
				add(at, headings(doc)...)
				add(at + "index.md")
			}
		}
		for _, p := range b.Pages {
			if p.Slug == wire {
				add(p.Path(lang), headings(p.Docs[lang])...)
			}
		}
		if len(b.Glossary) > 0 {
			var terms []string
			for _, t := range b.Glossary {
				terms = append(terms, t.ID.Value)
			}
			add(lang+"/glossary/", terms...)
		}
		if b.checker != nil {
			at := lang + "/check/"
			add(at, b.catalogue()...)
			add(at+thinks+"/", slices.Concat(headings(b.checkerPage(thinks).Docs[lang]), b.reasons())...)
			checkpages.Walk(b.checker.entries, func(n *checkpages.Node) { add(at + n.Path) })
		}
	}
	if b.checker != nil {
		add(checkTicket)
	}
	for _, a := range b.Articles {
		add(a.Ticket())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// headings are the anchors that a text has.
func headings(d *markdown.Doc) []string {
	if d == nil {
		return nil
	}
	var all []string
	for _, h := range d.Headings {
		if h.ID != "" && h.Level <= 3 {
			all = append(all, h.ID)
		}
	}
	return all
}

// catalogue are the anchors of the checker's page: a theme gives them to the
// ways in and to everything that the checker can say.
func (b *builder) catalogue() []string {
	all := []string{"entries", "by-cause", "by-fix", "by-sight"}
	for id := range b.Checker.Causes {
		all = append(all, theme.Anchor("cause", id))
	}
	for id := range b.Checker.Actions {
		all = append(all, theme.Anchor("do", id))
	}
	for id := range b.Checker.Outcomes {
		all = append(all, theme.Anchor("seen", id))
	}
	return all
}

// reasons are the anchors of the page that says how the checker thinks, beside
// those of its text.
func (b *builder) reasons() []string {
	var all []string
	for _, id := range thinksTables {
		all = append(all, "table-"+id)
	}
	for _, r := range rules.All() {
		all = append(all, theme.Anchor("rule", r.Rule.String()))
	}
	for _, id := range diagnose.Symptom.OptionIDs() {
		all = append(all, theme.Anchor("seen", id))
	}
	return all
}

// missing names the published addresses that the site no longer has. It warns
// where none is noted: nobody would see then that one is lost.
func missing(file string, published []source.Address, have []string) diag.List {
	if len(published) == 0 {
		return diag.List{{
			File: file, Severity: diag.Warning, Rule: "published", Message: "no address is noted as published, so that none is defended",
			Hint: "run go run ./generator publish-ledger before a release, and keep the file that it writes",
		}}
	}
	var problems diag.List
	for _, a := range published {
		address, gone := strings.CutSuffix(a.Path, " gone")
		if _, ok := slices.BinarySearch(have, address); ok || gone {
			continue
		}
		hint := "give the article that has its text now the old slug in aliases, or end this line with \" gone\""
		if strings.Contains(address, "#") {
			hint = "give a heading that id again, or end this line with \" gone\""
		}
		if near := diag.Nearest(address, have); near != "" {
			hint += "; the nearest is /" + near
		}
		problems = append(problems, diag.Problem{File: file, Line: a.Line, Rule: "published", Message: fmt.Sprintf("the published address /%s no longer exists", address), Hint: hint})
	}
	return problems
}
