package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"path"
)

// inlined is a stylesheet or a script of the theme that stands in pages, and by
// what name their policy allows it.
type inlined struct {
	element template.HTML
	hash    string
}

// inline makes it once for all pages. It names no other asset: what it would
// name stands elsewhere than the page does. A style has single spaces, so that
// its hash is the same where a proxy takes white space away.
func (t *Theme) inline(name string) (inlined, error) {
	if made, ok := t.inlined.Load(name); ok {
		return made.(inlined), nil
	}
	data, ok := t.assets[name]
	switch {
	case !ok:
		return inlined{}, fmt.Errorf("the theme has no %q to put into a page", name)
	case len(Mentions(name, data)) > 0:
		return inlined{}, fmt.Errorf("%q names another asset, and cannot stand in a page", name)
	}
	// Rocket Loader would run a script late, but for its data-cfasync.
	start, end := `<script data-cfasync="false">`, "</script>"
	if path.Ext(name) == ".css" {
		data = bytes.Join(bytes.Fields(data), []byte(" "))
		start, end = "<style>", "</style>"
	}
	sum := sha256.Sum256(data)
	made := inlined{template.HTML(start + string(data) + end), "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}
	t.inlined.Store(name, made)
	return made, nil
}

// Inline is an element with an asset in it, for templates: {{.Inline "first.css"}}.
func (p *Page) Inline(name string) (template.HTML, error) {
	made, err := p.theme.inline(name)
	return made.element, err
}

// Hash is by what name the page's policy allows it.
func (p *Page) Hash(name string) (string, error) {
	made, err := p.theme.inline(name)
	return made.hash, err
}
