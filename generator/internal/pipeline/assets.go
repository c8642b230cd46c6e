package pipeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/output"
	"sslclinic/generator/internal/theme"
)

// assetsFolder is the folder of the assets in a finished site, with a slash.
//
// An asset's address holds a hash of its bytes, assets/theme.0f1e2d3c.css: what
// is at an address never changes, and an asset that does changes only itself and
// what names it. Those that outside programs remember by address, the pictures
// that shared links show, have none.
const assetsFolder = "assets/"

// assets are the site's assets by the names that pages and other assets say.
type assets struct {
	data  map[string][]byte
	paths map[string]string // in the tree
	tree  output.Tree       // with the addresses that they name
}

// nameAssets gives every asset its address, and names what asks for one that
// is not there, and scripts that import each other in a circle.
func (b *builder) nameAssets(extra map[string][]byte, languages []string) diag.List {
	b.assets = assets{data: maps.Clone(b.theme.Assets()), paths: map[string]string{}, tree: output.Tree{}}
	maps.Copy(b.assets.data, extra)
	mentions := b.theme.Mentions()
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		for _, m := range theme.Mentions(name, extra[name]) {
			m.File = name
			mentions = append(mentions, m.Mention)
		}
	}
	for _, a := range b.Articles {
		for _, p := range a.Pictures {
			b.assets.data[a.Slug+"/"+p.Name] = p.Data
		}
	}
	for _, lang := range languages {
		b.assets.fix(sharePicture(lang))
	}
	problems := b.assets.check(mentions)
	if len(problems) == 0 {
		for name := range b.assets.data {
			b.assets.name(name)
		}
	}
	return problems
}

// check names the mentions that lead to no asset, and those that close a
// circle: neither of two scripts could have its hash first.
func (a *assets) check(mentions []theme.Mention) diag.List {
	var problems diag.List
	problem := func(m theme.Mention, message, hint string) {
		problems = append(problems, diag.Problem{File: m.File, Line: m.Line, Rule: diag.RuleTheme, Message: message, Hint: hint})
	}
	out := map[string][]theme.Mention{}
	for _, m := range mentions {
		if _, ok := a.data[m.Name]; !ok {
			problem(m, fmt.Sprintf("there is no asset %q", m.Name), cmp.Or(diag.DidYouMean(m.Name, slices.Sorted(maps.Keys(a.data))), "assets stand side by side in scripts and assets, and are named without a folder"))
			continue
		}
		if m.From != "" {
			out[m.From] = append(out[m.From], m)
		}
	}
	done := map[string]bool{}
	var visit func(name string, way []string)
	visit = func(name string, way []string) {
		for _, m := range out[name] {
			if at := slices.Index(way, m.Name); at >= 0 {
				problem(m, "assets that name each other in a circle: "+strings.Join(append(slices.Clone(way[at:]), m.Name), ", "), "put what both need into a third")
			} else if !done[m.Name] {
				visit(m.Name, append(slices.Clone(way), m.Name))
			}
		}
		done[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(out)) {
		if !done[name] {
			visit(name, []string{name})
		}
	}
	return problems
}

// fix gives an asset, when it is there, an address that stays.
func (a *assets) fix(name string) {
	if data, ok := a.data[name]; ok {
		a.paths[name], a.tree[assetsFolder+name] = assetsFolder+name, data
	}
}

// name gives an asset its address, after those that it names.
func (a *assets) name(name string) string {
	if at, ok := a.paths[name]; ok {
		return at
	}
	data := a.data[name]
	var whole []byte
	at := 0
	for _, m := range theme.Mentions(name, data) {
		whole = append(append(whole, data[at:m.Start]...), strings.TrimPrefix(a.name(m.Name), assetsFolder)...)
		at = m.End
	}
	whole = append(whole, data[at:]...)
	hash := sha256.Sum256(whole)
	ext := path.Ext(name)
	to := assetsFolder + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(hash[:4]) + ext
	a.paths[name], a.tree[to] = to, whole
	return to
}
