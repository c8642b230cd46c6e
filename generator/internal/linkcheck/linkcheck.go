// Package linkcheck reads a finished site as a crawler and a browser do.
//
// Its law: it knows nothing of how the site was made. Every reference is
// resolved against the address of the page that it stands in, and has to
// arrive at a file, and an anchor, of the same tree; what the site's content
// security policy forbids, what asks a third party for something, and what a
// screen reader would have no name for, is a problem too.
package linkcheck

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/output"
	"sslclinic/generator/internal/parallel"
)

// Check reads the tree as it is served at base, such as
// "https://example.github.io/repo/". A base without a host, such as "/repo/",
// makes every address that has one somebody else's. The problems are sorted by
// place; their files are paths of the tree.
func Check(tree output.Tree, base string) diag.List {
	home, err := url.Parse(base)
	if err != nil || !strings.HasPrefix(home.Path, "/") || !strings.HasSuffix(home.Path, "/") {
		return diag.List{{
			Message: fmt.Sprintf("the base %q is not the address of a folder", base),
			Rule:    diag.RuleBase,
			Hint:    "it ends with a slash, as https://example.com/ and /repo/ do",
		}}
	}
	s := &site{tree: tree, base: home, paths: tree.Paths(), number: make(map[string]int, len(tree))}
	for i, p := range s.paths {
		s.number[p] = i
	}
	s.linked = make([]atomic.Bool, len(s.paths))
	files := make([]*file, len(s.paths))
	parallel.Each(len(s.paths), func(i int) { files[i] = s.read(s.paths[i]) })
	parallel.Each(len(s.paths), func(i int) { files[i].follow(files) })

	var all diag.List
	for i, f := range files {
		if f.isPage && !f.leadsOn() && !s.linked[i].Load() && !mayBeAlone(f.name) {
			f.problem(whole, diag.RuleOrphan, "no other page links to this one", "link to it, or leave it out")
		}
		all = append(all, f.problems...)
	}
	slices.SortFunc(all, func(a, b diag.Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return all
}

// mayBeAlone is true of pages that people reach without a link: the root, the
// page for what is not there, and addresses given out in tickets.
func mayBeAlone(name string) bool {
	return name == "index.html" || name == notFound || strings.HasPrefix(name, "k/")
}

// notFound is served in place of any page, at that page's address.
const notFound = "404.html"

// site is what all files share. Only linked changes while they are read.
type site struct {
	tree   output.Tree
	base   *url.URL
	paths  []string
	number map[string]int // of a path in paths
	linked []atomic.Bool  // whether another page links to paths[i]
}

// file is one file as it was read.
type file struct {
	site     *site
	name     string
	url      *url.URL
	text     []byte
	anchors  map[string]bool // ids; nil for files that have none
	jumps    []jump
	problems diag.List
	isPage   bool

	isRedirect  bool // a browser goes on from it by itself
	isUnlisted  bool // search engines are asked to leave it out
	isElsewhere bool // it says that another address is the one that counts
}

// leadsOn is true of pages that stand at an address which only old links know.
func (f *file) leadsOn() bool { return f.isRedirect || f.isUnlisted && f.isElsewhere }

// jump is a reference to an anchor, followed when all files are read.
type jump struct {
	at     int    // offset in the file that it stands in
	target int    // number of the file that it leads to
	id     string // of the anchor there
	value  string // as written
}

func (s *site) read(name string) *file {
	address := strings.TrimSuffix(name, "index.html")
	if address != "" && !strings.HasSuffix(address, "/") {
		address = name // a name like reindex.html
	}
	f := &file{site: s, name: name, text: s.tree[name]}
	f.url = s.base.ResolveReference(&url.URL{Path: s.base.Path + address})
	switch path.Ext(name) {
	case ".html":
		f.isPage = true
		f.readPage()
	case ".svg":
		f.readDrawing()
	case ".css":
		f.readStyle()
	case ".xml":
		f.readXML()
	}
	return f
}

// use says what a reference is for.
type use int

const (
	link     use = iota // a reader may follow it
	submit              // a form sends what was typed there
	resource            // the browser fetches it without being asked
	mention             // machines read it: canonical, alternate, og:url
	listing             // an entry of the site map: machines read it, and it must be ours
)

// refer checks a reference that stands at the offset. What is how it is
// written, such as an attribute's name.
func (f *file) refer(at int, use use, what, value string) {
	value = strings.TrimFunc(value, func(r rune) bool { return r <= ' ' })
	written := what + "=" + quote(value)
	if value == "" {
		if use != link && use != submit {
			f.problem(at, diag.RuleLinkSyntax, what+" is empty", "a browser would fetch the page itself; leave the attribute out")
		}
		return
	}
	ref, err := url.Parse(value)
	if err != nil {
		f.problem(at, diag.RuleLinkSyntax, written+" is not an address", "escape what is not allowed in one, as %20")
		return
	}
	switch ref.Scheme {
	case "", "http", "https":
	case "javascript":
		f.problem(at, diag.RuleInlineCode, written+" is script in the page", forbidden)
		return
	default:
		return // mailto:, tel:, data: and the like lead to no file
	}
	to := f.url.ResolveReference(ref)
	if to.Host != f.site.base.Host {
		f.outside(at, use, written)
		return
	}
	if to.Scheme != f.site.base.Scheme {
		f.problem(at, diag.RuleInsecure, written+" asks for the site by "+to.Scheme, "use "+f.site.base.Scheme+", or a relative address")
		return
	}
	if f.name == notFound && ref.Host == "" && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "#") {
		f.problem(at, diag.RuleRelative404, written+" is relative, and this page is shown at any address", "begin it with "+f.site.base.Path)
		return
	}
	inside, ok := strings.CutPrefix(to.Path, f.site.base.Path)
	if !ok {
		f.problem(at, diag.RuleLeavesBase, fmt.Sprintf("%s leads to %s, outside of %s", written, quote(to.Path), f.site.base.Path),
			"make it relative, or begin it with "+f.site.base.Path)
		return
	}
	name := inside
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	target, ok := f.site.number[name]
	if !ok {
		if _, isFolder := f.site.number[inside+"/index.html"]; isFolder {
			f.problem(at, diag.RuleLinkForm, written+" lacks the slash at its end", "with it, readers are not redirected")
			return
		}
		f.problem(at, diag.RuleMissingFile, fmt.Sprintf("%s leads to %s, which is not there", written, quote(name)), "correct the address, or make what it promises")
		return
	}
	if name == inside && path.Base(name) == "index.html" && use != resource {
		f.problem(at, diag.RuleLinkForm, written+" spells out index.html", "end it with the folder's slash: one page, one address")
		return
	}
	if (use == link || use == submit) && name != f.name {
		f.site.linked[target].Store(true)
	}
	// A text fragment is the browser's own affair, and what has an equals
	// sign is the state of a page's script.
	id, _, _ := strings.Cut(ref.Fragment, ":~:")
	if id != "" && id != "top" && !strings.Contains(id, "=") {
		f.jumps = append(f.jumps, jump{at, target, id, written})
	}
}

// outside checks a reference to another site.
func (f *file) outside(at int, use use, written string) {
	switch {
	case use == resource, use == submit:
		f.problem(at, diag.RuleThirdParty, written+" tells another site who reads this page", "serve it from this site")
	case use == listing && f.site.base.Host != "":
		f.problem(at, diag.RuleSitemap, written+" is not a page of "+f.site.base.String(), "a site map lists its own site")
	}
}

// follow checks the jumps of the file into all files.
func (f *file) follow(files []*file) {
	for _, j := range f.jumps {
		target := files[j.target]
		if target.anchors == nil || target.anchors[j.id] {
			continue
		}
		f.problem(j.at, diag.RuleMissingAnchor, fmt.Sprintf("%s: %s has no id %s", j.value, target.name, quote(j.id)), target.idsNear(j.id))
	}
}

// idsNear is a hint with the ids that begin as the one that was looked for.
func (f *file) idsNear(id string) string {
	_, size := utf8.DecodeRuneInString(id)
	var near []string
	for other := range f.anchors {
		if strings.HasPrefix(other, id[:size]) {
			near = append(near, "#"+other)
		}
	}
	slices.Sort(near)
	if len(near) == 0 {
		return ""
	}
	return "there are " + strings.Join(near[:min(len(near), 8)], ", ")
}

// whole is the place of a problem that the file has as a whole.
const whole = -1

// problem reports what is wrong at an offset.
func (f *file) problem(at int, rule diag.Rule, message, hint string) {
	p := diag.Problem{File: f.name, Message: message, Rule: rule, Hint: hint}
	if at != whole {
		before := f.text[:at]
		p.Line = 1 + bytes.Count(before, []byte("\n"))
		p.Col = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	}
	f.problems = append(f.problems, p)
}

// quote keeps a long value, such as a picture in an address, on one line.
func quote(value string) string {
	const most = 120
	if runes := []rune(value); len(value) > most && len(runes) > most {
		value = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", value)
}
