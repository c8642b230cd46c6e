package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model/rules"
)

// What the site promises: its addresses, and that they stay.

// A name is what a link to an address says, and the language in which it says
// it; "" for none.
type name struct{ text, lang string }

// addresses are all that a link from outside may hold, and what programs fetch
// at a fixed place: the pages of the tree, the files beside them, and the
// anchors that pages offer, also at addresses that an article had before.
// Assets are not among them, since their names change, nor the causes and plans
// of a page without script, since what is likely there may change.
func (b *builder) addresses() map[string]name {
	all := map[string]name{}
	for _, file := range []string{"sitemap.xml", "robots.txt", "llms.txt"} {
		all[file] = name{text: file}
	}
	add := func(at, text, lang string, anchors map[string]string) {
		all[at] = name{text, lang}
		for id, text := range anchors {
			all[at+"#"+id] = name{text, lang}
		}
	}
	for _, l := range b.Languages {
		lang := l.Tag.Value
		words := b.theme.Words(lang)
		if lang == b.Default.Value {
			add("", l.Title, lang, nil)
		}
		add(lang+"/", l.Title, lang, nil)
		add(listPath(lang), words["list"], lang, b.listAnchors(lang))
		add(searchPath(lang), words["search"], lang, nil)
		add(supportPath(lang), words["support"], lang, nil)
		all[supportPath(lang)+"index.json"] = name{text: "index.json"}
		all[lang+"/feed.xml"] = name{text: "feed.xml"}
		for _, s := range b.shown() {
			add(s.Path(lang), s.Title[lang], lang, nil)
		}
		for _, a := range b.Articles {
			text, doc, of := a.Text(lang)
			if text == nil {
				continue // a problem already
			}
			ats := []string{a.Path(lang)}
			for _, alias := range a.Meta.Aliases {
				ats = append(ats, lang+"/"+alias.Value+"/")
			}
			for _, at := range ats {
				add(at, text.Front.Title, of, headings(doc))
				add(at+"index.md", text.Front.Title, of, nil)
			}
			if lang == b.Default.Value {
				add(a.Ticket(), text.Front.Title, of, nil)
			}
		}
		for _, p := range b.Pages {
			text := p.Texts[lang]
			switch {
			case text == nil: // a problem already
			case p.Slug == originLeg:
				add(p.Path(lang), text.Front.Title, lang, headings(p.Docs[lang]))
			case b.checker == nil:
			case p.Slug == site.CheckPage:
				add(p.Path(lang), text.Front.Title, lang, b.checkAnchors(lang, words))
				if lang == b.Default.Value {
					add(checkTicket, text.Front.Title, lang, nil)
				}
			case p.Slug == thinks:
				anchors := headings(p.Docs[lang])
				maps.Copy(anchors, b.reasons(lang, words))
				add(p.Path(lang), text.Front.Title, lang, anchors)
			}
		}
		if len(b.Glossary) > 0 {
			terms := map[string]string{}
			for _, t := range b.Glossary {
				terms[t.ID.Value] = t.Words[lang].Value.Term
			}
			add(lang+"/glossary/", words["glossary"], lang, terms)
		}
		if len(b.Hosts.All) > 0 {
			add(site.HostsPath(lang), b.Hosts.Index.Title[lang], lang, listAnchors(b.Hosts.All, words))
		}
		for _, h := range b.Hosts.All {
			if at := site.HostPath(lang, h); at != "" {
				add(at, hostTitle(words, h.Name[lang]), lang, hostAnchors(h, words))
			}
		}
		if b.checker != nil {
			for _, l := range listings {
				add(lang+"/check/"+l.slug, words[l.title], lang, b.listed(lang, l))
			}
			for _, entry := range b.checker.Entries {
				seen := b.checker.Words.Outcomes[diagnose.Symptom.OptionID(entry.Answers.Told[diagnose.Symptom])].Value.Name[lang]
				checkpages.Walk([]*checkpages.Node{entry}, func(n *checkpages.Node) { add(lang+"/check/"+n.Path, seen, lang, nil) })
			}
		}
	}
	return all
}

// stands tells whether the site has the address.
func (b *builder) stands(address string) bool {
	_, is := b.names[address]
	return is
}

// headings are the anchors that a text has, each with what it is called.
func headings(d *markdown.Doc) map[string]string {
	all := map[string]string{}
	if d == nil {
		return all
	}
	for _, h := range d.Headings {
		if h.ID != "" && h.Level <= 3 {
			all[h.ID] = h.Title
		}
	}
	return all
}

// checkAnchors are the anchors of the checker's page: the ways in, and a line
// for everything that the checker can say, which leads to its page.
func (b *builder) checkAnchors(lang string, words theme.Words) map[string]string {
	all := map[string]string{"entries": words["check_entries"]}
	for _, l := range listings {
		all[l.id] = words[l.title]
		maps.Copy(all, b.listed(lang, l))
	}
	return all
}

// listed are the anchors of a page of the catalogue.
func (b *builder) listed(lang string, l listing) map[string]string {
	all := map[string]string{}
	for _, one := range b.checker.Listed(l.kind, lang) {
		all[theme.Anchor(l.kind, one.URL)] = one.Title
	}
	return all
}

// reasons are the anchors of the page that says how the checker thinks, beside
// those of its text.
func (b *builder) reasons(lang string, words theme.Words) map[string]string {
	all := map[string]string{}
	for _, id := range thinksTables {
		all["table-"+id] = words["thinks_"+id]
	}
	for _, r := range rules.All() {
		all[theme.Anchor("rule", r.Rule.String())] = b.checker.Words.Rules[r.Rule.String()].Value[lang]
	}
	for _, id := range diagnose.Symptom.OptionIDs() {
		all[theme.Anchor("seen", id)] = b.checker.Words.Outcomes[id].Value.Name[lang]
	}
	return all
}

// keep compares what was published with the addresses that the site has: it
// takes in what is gone for good, and names what is lost. It warns where nothing
// is noted: nobody would see then that an address is lost. A draft that is shown
// may stand at an address that is gone.
func (b *builder) keep(file string, published []source.Address, have []string, drafts bool) diag.List {
	if len(published) == 0 {
		return diag.List{{
			File: file, Severity: diag.Warning, Rule: diag.RulePublished, Message: "no address is noted as published, so that none is defended",
			Hint: "run go run ./generator publish-ledger before a release, and keep the file that it writes",
		}}
	}
	var problems diag.List
	problem := func(line, col int, hint, message string, args ...any) {
		problems = append(problems, diag.Problem{File: file, Line: line, Col: col, Rule: diag.RulePublished, Message: fmt.Sprintf(message, args...), Hint: hint})
	}
	guesses := 100
	gone := map[string]bool{}
	for _, a := range published {
		gone[a.Path] = a.Gone
	}
	b.gone = map[string][]source.Address{}
	for _, a := range published {
		at, id, isAnchor := strings.Cut(a.Path, "#")
		switch stands := b.stands(a.Path); {
		case stands && a.Gone && !drafts:
			problem(a.Line, 0, "take \" gone\" and what follows it from the line, or the page or the heading from the site", "the address /%s is marked as gone, and the site has it", a.Path)
		case stands:
		case !a.Gone:
			problem(a.Line, 0, wayOut(a.Path, have, &guesses), "the published address /%s no longer exists", a.Path)
		case !b.stands(at) && !isPath(at):
			problem(a.Line, 0, "write it as it was published: its parts are made of a-z, 0-9 and hyphens", "no page or file of the site can have stood at /%s", a.Path)
		default:
			b.gone[at] = append(b.gone[at], a)
			for _, page := range b.leadsTo(at) {
				there := a
				there.Path, there.Now = page+"#"+id, b.in(b.languageOf(page), a.Now)
				if _, told := gone[there.Path]; isAnchor && !told && !b.stands(there.Path) {
					gone[there.Path] = true
					b.gone[page] = append(b.gone[page], there)
				}
			}
		}
		if a.Col == 0 || b.stands(a.Now) {
			continue
		}
		hint, fails := "name an address that the site has, or none", "does not exist"
		if near := diag.Nearest(a.Now, have); near != "" {
			hint = fmt.Sprintf("did you mean /%s?", near)
		}
		if gone[a.Now] {
			fails = "is gone itself"
		}
		problem(a.Line, a.Col, hint, "/%s, which replaced /%s, %s", a.Now, a.Path, fails)
	}
	return problems
}

// leadsTo gives the pages to which script sends the readers of an address on,
// with the anchor that they came for: from a ticket, and from an address that an
// article had before.
func (b *builder) leadsTo(at string) []string {
	var all []string
	for _, l := range b.Languages {
		lang := l.Tag.Value
		if at == checkTicket {
			all = append(all, lang+"/check/")
		}
		for _, a := range b.Articles {
			if at == a.Ticket() || slices.ContainsFunc(a.Meta.Aliases, func(alias yamlfile.At[string]) bool { return at == lang+"/"+alias.Value+"/" }) {
				all = append(all, a.Path(lang))
			}
		}
	}
	return all
}

// wayOut is a hint for who has lost a published address. To look for the nearest
// costs as much as the site has addresses, and is done for some.
func wayOut(address string, have []string, guesses *int) string {
	hint := "give the article that has its text now the old slug in aliases"
	if strings.Contains(address, "#") {
		hint = "give a heading that id again"
	}
	hint += ", or end this line with \" gone\", or with \" gone /address\" of what replaced it"
	if *guesses--; *guesses < 0 {
		return hint
	}
	if near := diag.Nearest(address, have); near != "" {
		hint += "; the nearest is /" + near
	}
	return hint
}

// isPath tells whether a page or a file of the site can have the path. Pages of
// the checker have ids of the engine in theirs, which have underscores.
func isPath(at string) bool {
	folder, file := path.Split(at)
	parts := strings.Split(strings.TrimSuffix(folder, "/"), "/")
	if folder == "" {
		parts = nil
	}
	if file != "" {
		parts = append(parts, strings.Split(file, ".")...)
	}
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(part string) bool { return !urlpath.IsSlug(strings.ReplaceAll(part, "_", "-")) })
}

// passages are what is gone from a page, so that old links into it arrive: each
// with its anchor, and where its matter is now. On a page that is gone itself,
// only those are told that went somewhere else.
func (b *builder) passages(here place) []theme.Gone {
	var all []theme.Gone
	for _, a := range b.gone[here.at] {
		_, id, isAnchor := strings.Cut(a.Path, "#")
		if !isAnchor || !b.stands(here.at) && a.Col == 0 {
			continue
		}
		g := theme.Gone{ID: id}
		if a.Col > 0 {
			n := b.called(a.Now)
			g.Title, g.URL, g.Lang = n.text, here.to(a.Now), n.lang
		}
		all = append(all, g)
	}
	return all
}

// called gives an address's name to readers of another page: that of its page
// comes first.
func (b *builder) called(address string) name {
	at, _, isAnchor := strings.Cut(address, "#")
	page, place := b.names[at], b.names[address]
	if isAnchor && place.text != "" {
		return name{page.text + " — " + place.text, place.lang}
	}
	return page
}

// gonePage stands where a page was that is gone for good. It says so, in the
// language of its address, and leads to what replaced it, or else to the nearest
// page. A Markdown file has one of its kind; a feed or a map cannot say it.
func (b *builder) gonePage(at string) (map[string][]byte, error) {
	lang := b.languageOf(at)
	here := placed(cmp.Or(lang, b.Default.Value), at)
	p := b.standing("gone", here)
	if lang != "" {
		p.Languages = slices.DeleteFunc(p.Languages, func(l theme.Language) bool { return l.Lang != lang })
	}
	var text []byte
	for i := range p.Languages {
		l := &p.Languages[i]
		now := b.nearest(at, l.Lang)
		l.Summary = l.Words["gone_near"]
		if j := slices.IndexFunc(b.gone[at], func(a source.Address) bool { return a.Path == at && a.Col > 0 }); j >= 0 {
			now = b.in(l.Lang, b.gone[at][j].Now)
			l.Summary = l.Words["gone_now"]
		}
		n := b.called(now)
		l.Title, l.URL = n.text, here.to(now)
		if n.lang != l.Lang {
			l.TextLang = n.lang
		}
		if l.Current {
			named(p, p.Words["gone"], l.Summary)
			page, _, _ := strings.Cut(now, "#")
			p.Canonical = b.base + page
		}
		text = append(text, signpost(l.Words["gone"], l.Summary, l.Title, l.URL)...)
	}
	p.NoIndex = true
	switch {
	case strings.HasSuffix(at, "/"), path.Ext(at) == ".html":
		return b.page(here, p)
	case path.Ext(at) == ".md":
		return map[string][]byte{at: text}, nil
	}
	return nil, nil
}

// languageOf is the language in whose part of the site an address stands, ""
// for none.
func (b *builder) languageOf(address string) string {
	lang, _, _ := strings.Cut(address, "/")
	if slices.ContainsFunc(b.Languages, func(l source.Language) bool { return l.Tag.Value == lang }) {
		return lang
	}
	return ""
}

// in gives the same address in another language, where there is one, and else
// the address itself.
func (b *builder) in(lang, address string) string {
	if of := b.languageOf(address); of != "" && b.stands(lang+address[len(of):]) {
		return lang + address[len(of):]
	}
	return address
}

// nearest gives the page that stands above an address, at last a language's
// home.
func (b *builder) nearest(at, lang string) string {
	for {
		at = at[:strings.LastIndexByte(strings.TrimSuffix(at, "/"), '/')+1]
		if at == "" {
			return lang + "/"
		}
		if b.stands(at) {
			return at
		}
	}
}
