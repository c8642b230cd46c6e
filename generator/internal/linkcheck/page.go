package linkcheck

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"golang.org/x/net/html"

	"sslclinic/generator/internal/diag"
)

const forbidden = "the site's content security policy forbids it; put it into a file, or its hash into the policy"

// reader goes through one page, tag by tag. A tree of the page would take
// several times as long and has nothing that is needed here.
type reader struct {
	*file
	tokens *html.Tokenizer
	at     int // offset of the token
	attrs  []attr

	raw       string // the element whose text is not HTML, while in it
	drawings  int    // how many svg elements we are in
	templates int    // how many template elements we are in
	policed   string // the page's policy
	inline    string // what the open script or style is called while its hash is not known to be in the policy
	inlineAt  int
	hasLang   bool
	hasTitle  bool
	control   *control
	wanted    []want
}

type attr struct{ key, value []byte }

// control is the open link or button, which needs a name.
type control struct {
	element string
	at      int
	named   bool
	hidden  string // an element in it that screen readers skip, while in it
	depth   int    // how many elements of that kind are open
}

// want is an attribute that names an id of the same page.
type want struct {
	at            int
	attribute, id string
}

func (f *file) readPage() {
	r := &reader{file: f, tokens: html.NewTokenizer(bytes.NewReader(f.text))}
	f.anchors = map[string]bool{}
	r.readAll()
	if !r.hasLang {
		r.problem(whole, diag.RuleHTMLLang, "the page does not say its language", "give its html element a lang")
	}
	if !r.hasTitle {
		r.problem(whole, diag.RuleHTMLTitle, "the page has no title", "give its head a title element")
	}
	for _, w := range r.wanted {
		if !f.anchors[w.id] {
			r.problem(w.at, diag.RuleIDReference, w.attribute+" names the id "+quote(w.id)+", which is not in the page", f.idsNear(w.id))
		}
	}
}

func (r *reader) readAll() {
	for end := 0; ; {
		kind := r.tokens.Next()
		r.at = end
		end += len(r.tokens.Raw())
		switch kind {
		case html.ErrorToken: // the end, as reading from memory does not fail
			if r.inline != "" {
				r.allowed(nil)
			}
			r.closeControl()
			return
		case html.TextToken:
			r.textToken()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := r.tokens.TagName()
			element := string(name)
			r.attrs = r.attrs[:0]
			for more {
				var a attr
				a.key, a.value, more = r.tokens.TagAttr()
				r.attrs = append(r.attrs, a)
			}
			r.start(element, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := r.tokens.TagName()
			r.end(string(name))
		}
	}
}

// get is the value of an attribute of the current tag.
func (r *reader) get(key string) (string, bool) {
	for _, a := range r.attrs {
		if string(a.key) == key {
			return string(a.value), true
		}
	}
	return "", false
}

// says reports whether the attribute is there and not blank.
func (r *reader) says(key string) bool {
	value, _ := r.get(key)
	return strings.TrimSpace(value) != ""
}

func (r *reader) start(element string, selfClosing bool) {
	open := !selfClosing || r.drawings == 0 && element != "svg" // in HTML the slash means nothing
	switch element {
	case "script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes":
		if open {
			r.raw = element
		}
	case "noscript":
		// What readers without script get is read as they get it.
		r.tokens.NextIsNotRawText()
	case "template":
		r.templates++
	case "svg":
		if open {
			r.drawings++
		}
	}
	r.policy(element)
	if r.templates > 0 {
		return // not part of the page until a script fills it in
	}
	r.identity(element)
	r.references(element)
	r.names(element, selfClosing)
}

// allowed lets what stands in the page stand there if the policy has its hash.
func (r *reader) allowed(text []byte) {
	sum := sha256.Sum256(text)
	if !strings.Contains(r.policed, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		r.problem(r.inlineAt, diag.RuleInlineCode, r.inline+" in the page", forbidden)
	}
	r.inline = ""
}

func (r *reader) end(element string) {
	if r.inline != "" {
		r.allowed(nil) // an empty one
	}
	if element == r.raw {
		r.raw = ""
	}
	switch element {
	case "template":
		r.templates = max(0, r.templates-1)
	case "svg":
		r.drawings = max(0, r.drawings-1)
	}
	c := r.control
	switch {
	case c == nil:
	case element == c.element:
		r.closeControl()
	case element == c.hidden:
		if c.depth--; c.depth == 0 {
			c.hidden = ""
		}
	}
}

func (r *reader) textToken() {
	if r.inline != "" {
		r.allowed(r.tokens.Raw())
	}
	if r.templates > 0 || len(bytes.TrimSpace(r.tokens.Raw())) == 0 {
		return
	}
	if r.raw == "title" && r.drawings == 0 {
		r.hasTitle = true
	}
	if r.control != nil && r.control.hidden == "" && r.raw != "script" && r.raw != "style" {
		// An escaped space is no name either.
		r.control.named = r.control.named || len(bytes.TrimSpace(r.tokens.Text())) > 0
	}
}

// policy finds what a strict content security policy would not run.
func (r *reader) policy(element string) {
	switch element {
	case "script":
		_, hasSource := r.get("src")
		kind, _ := r.get("type")
		isData := strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json")
		if !hasSource && !isData {
			r.inline, r.inlineAt = "script", r.at
		}
	case "style":
		r.inline, r.inlineAt = "a style element", r.at
	case "base":
		r.problem(r.at, diag.RuleBaseElement, "a base element changes where every link leads", "leave it out")
	}
	for _, a := range r.attrs {
		key := string(a.key)
		if key == "style" || len(key) > 2 && strings.HasPrefix(key, "on") {
			r.problem(r.at, diag.RuleInlineCode, "the attribute "+key+" on "+element, forbidden)
		}
	}
}

// identity collects ids, and the attributes that name them.
func (r *reader) identity(element string) {
	for _, a := range r.attrs {
		key := string(a.key)
		switch key {
		case "id":
			id := string(a.value)
			if r.anchors[id] {
				r.problem(r.at, diag.RuleDuplicateID, "the id "+quote(id)+" is there twice", "an id names one element")
			}
			r.anchors[id] = true
		case "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details",
			"aria-flowto", "aria-errormessage", "aria-activedescendant",
			"for", "headers", "list", "form", "popovertarget", "commandfor":
			if strings.Contains(element, "-") && !strings.HasPrefix(key, "aria-") {
				continue // a custom element gives them its own meaning
			}
			for id := range strings.FieldsSeq(string(a.value)) {
				r.wanted = append(r.wanted, want{r.at, key, id})
			}
		case "name":
			if element == "a" {
				r.anchors[string(a.value)] = true
			}
		case "lang":
			r.hasLang = r.hasLang || element == "html" && r.says("lang")
		default:
			// fill="url(#gradient)" and its like
			if _, after, ok := bytes.Cut(a.value, []byte("url(#")); ok && r.drawings > 0 {
				id, _, _ := bytes.Cut(after, []byte(")"))
				r.wanted = append(r.wanted, want{r.at, key, string(id)})
			}
		}
	}
}

// references checks every attribute that holds an address.
func (r *reader) references(element string) {
	for _, a := range r.attrs {
		key := string(a.key)
		switch key {
		case "href", "xlink:href":
			r.refer(r.at, r.useOfHref(element), key, string(a.value))
		case "src", "poster":
			r.refer(r.at, resource, key, string(a.value))
		case "data":
			if element == "object" {
				r.refer(r.at, resource, key, string(a.value))
			}
		case "srcset", "imagesrcset":
			for _, candidate := range candidates(string(a.value)) {
				r.refer(r.at, resource, key, candidate)
			}
		case "action", "formaction":
			r.refer(r.at, submit, key, string(a.value))
		}
	}
	switch rel, _ := r.get("rel"); {
	case element == "meta":
		r.meta()
	case element == "link" && strings.EqualFold(rel, "canonical"):
		address, _ := r.get("href")
		to, err := r.url.Parse(address)
		r.isElsewhere = err == nil && to.String() != r.url.String()
	}
}

func (r *reader) useOfHref(element string) use {
	switch element {
	case "a", "area":
		return link
	case "link":
		rel, _ := r.get("rel")
		for kind := range strings.FieldsSeq(strings.ToLower(rel)) {
			switch kind {
			case "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest",
				"preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch":
				return resource
			}
		}
		return mention
	}
	return resource // use, image and the other elements of SVG
}

func (r *reader) meta() {
	content, _ := r.get("content")
	kind, _ := r.get("http-equiv")
	if strings.EqualFold(kind, "content-security-policy") {
		r.policed += content
		return
	}
	if strings.EqualFold(kind, "refresh") {
		_, rest, _ := strings.Cut(content, ";")
		name, address, ok := strings.Cut(rest, "=")
		if ok && strings.EqualFold(strings.TrimSpace(name), "url") {
			r.isRedirect = true
			r.refer(r.at, link, "refresh", strings.Trim(strings.TrimSpace(address), `'"`))
		}
		return
	}
	property, ok := r.get("property")
	if !ok {
		property, _ = r.get("name")
	}
	switch property {
	case "robots":
		r.isUnlisted = strings.Contains(strings.ToLower(content), "noindex")
	case "og:url", "og:image", "og:image:secure_url", "twitter:image":
		r.refer(r.at, mention, property, content)
	}
}

// candidates is the addresses in a srcset.
func candidates(srcset string) (all []string) {
	for {
		srcset = strings.TrimLeft(srcset, " \t\n\r\f,")
		if srcset == "" {
			return all
		}
		address, rest := srcset, ""
		if i := strings.IndexAny(srcset, " \t\n\r\f"); i >= 0 {
			address, rest = srcset[:i], srcset[i:]
		}
		if bare := strings.TrimRight(address, ","); bare != address {
			all = append(all, bare) // a comma right after it: no width or density
			srcset = rest
			continue
		}
		all = append(all, address)
		_, srcset, _ = strings.Cut(rest, ",")
	}
}

// names finds pictures, links and buttons that a screen reader could only call
// "picture", "link" and "button".
func (r *reader) names(element string, selfClosing bool) {
	_, hidden := r.get("hidden")
	if value, _ := r.get("aria-hidden"); value == "true" {
		hidden = true
	}
	_, hasAlt := r.get("alt")
	_, hasHref := r.get("href")
	switch {
	case element == "img" && !hasAlt:
		r.problem(r.at, diag.RuleImageAlt, "a picture without alt", `say what it shows; alt="" if the text says it already`)
	case element == "area" && hasHref && !r.says("alt"):
		r.problem(r.at, diag.RuleImageAlt, "a link in a picture without alt", "say where it leads")
	case element == "a" && hasHref, element == "button":
		r.closeControl() // they cannot be in one another: the first one ends here
		r.control = &control{element: element, at: r.at,
			named: hidden || r.says("aria-label") || r.says("aria-labelledby") || r.says("title")}
		return
	}
	c := r.control
	if c == nil {
		return
	}
	switch {
	case c.hidden != "":
		if element == c.hidden && !selfClosing {
			c.depth++
		}
	case hidden:
		if !selfClosing && !isVoid(element) {
			c.hidden, c.depth = element, 1
		}
	case element == "img" && r.says("alt"), r.says("aria-label"), r.says("aria-labelledby"):
		c.named = true
	}
}

func (r *reader) closeControl() {
	if c := r.control; c != nil && !c.named {
		what := "link"
		if c.element == "button" {
			what = "button"
		}
		r.problem(c.at, diag.RuleEmptyName, "a "+what+" without a name", "give it text, or aria-label")
	}
	r.control = nil
}

// isVoid is true of elements that have no end tag.
func isVoid(element string) bool {
	switch element {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}
