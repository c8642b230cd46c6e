package markdown

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// Behind Cloudflare, where our readers are, a zone's default is to replace what
// looks like an address of mail, in code too, by a link that only script can read.
// Between these comments it leaves the page alone; see
// developers.cloudflare.com/waf/tools/scrape-shield/email-address-obfuscation.
const (
	guardOpen  = "<!--email_off-->"
	guardClose = "<!--/email_off-->"
)

var address = regexp.MustCompile(`[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]`)

// guarded is HTML of code with its addresses kept as they are.
func guarded(code, html string) string {
	if !address.MatchString(code) {
		return html
	}
	return guardOpen + html + guardClose
}

// guard keeps the addresses in a node as they are. Its place is taken when the
// walk is over.
func (r *reading) guard(n ast.Node, text string) {
	if address.MatchString(text) {
		r.guards = append(r.guards, n)
	}
}

// setGuards puts the comments around what is guarded.
func (r *reading) setGuards() {
	for _, n := range r.guards {
		comment := func(text string) ast.Node {
			s := ast.NewString([]byte(text))
			s.SetCode(true) // it is written as it is
			return s
		}
		n.Parent().InsertBefore(n.Parent(), n, comment(guardOpen))
		n.Parent().InsertAfter(n.Parent(), n, comment(guardClose))
	}
}
