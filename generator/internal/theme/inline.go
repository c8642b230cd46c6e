package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"path"
)

// inlined is a stylesheet or a script of the theme that stands in pages. It names
// no other asset: what it would name stands elsewhere than the page does. A style
// has single spaces, so that its hash is the same where a proxy takes white space
// away.
func (p *Page) inlined(name string) ([]byte, error) {
	data, ok := p.theme.assets[name]
	switch {
	case !ok:
		return nil, fmt.Errorf("the theme has no %q to put into a page", name)
	case len(Mentions(name, data)) > 0:
		return nil, fmt.Errorf("%q names another asset, and cannot stand in a page", name)
	}
	if path.Ext(name) == ".css" {
		data = bytes.Join(bytes.Fields(data), []byte(" "))
	}
	return data, nil
}

// Inline is an element with an asset in it, for templates: {{.Inline "first.css"}}.
// Rocket Loader would run a script late, but for its data-cfasync.
func (p *Page) Inline(name string) (template.HTML, error) {
	data, err := p.inlined(name)
	if path.Ext(name) == ".js" {
		return template.HTML(`<script data-cfasync="false">` + string(data) + `</script>`), err
	}
	return template.HTML("<style>" + string(data) + "</style>"), err
}

// Hash is by what name the page's policy allows it.
func (p *Page) Hash(name string) (string, error) {
	data, err := p.inlined(name)
	sum := sha256.Sum256(data)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'", err
}
