package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/output"
)

// scripted gives the golden files with scripts that import each other.
func scripted(t *testing.T) fstest.MapFS {
	t.Helper()
	files, _, _ := given(t)
	for name, data := range map[string]string{
		"theme/scripts/a.js":      "import { b } from './b.js';\nexport const late = () => import('./c.js');\nb(/[\"'/]/, \"from './x.js'\");\n",
		"theme/scripts/b.js":      "import './c.js';\nexport { c } from './c.js';\nexport const b = console.log;\n",
		"theme/scripts/c.js":      "export const c = 'the end';\n",
		"theme/assets/paper.svg":  `<svg xmlns="http://www.w3.org/2000/svg"><path id="p"/></svg>`,
		"theme/styles/b.css":      "p { background: url(./paper.svg#p) }\nq { background: url('paper.svg') }\ni { background: url(data:,x) }\n",
		"theme/assets/og-ja.png":  "picture",
		"theme/assets/og-en.png":  "picture",
		"theme/assets/og-de.png":  "picture",
		"theme/assets/plain.txt":  "",
		"theme/assets/noext":      "x",
		"theme/assets/two.min.js": "x",
	} {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return files
}

// at gives an asset's address by its plain name.
func at(t *testing.T, tree output.Tree, name string) string {
	t.Helper()
	ext := path.Ext(name)
	var found []string
	for p := range tree {
		if ok, _ := path.Match("assets/"+strings.TrimSuffix(name, ext)+".????????"+ext, p); ok {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s is at %q", name, found)
	}
	return found[0]
}

func TestWhatAnAssetNamesIsNamedByItsAddress(t *testing.T) {
	tree := made(t, input(t, scripted(t))).Tree
	base := func(name string) string { return path.Base(at(t, tree, name)) }
	for name, want := range map[string][]string{
		"a.js":      {`from"./` + base("b.js") + `"`, `import("./` + base("c.js") + `")`, `"from './x.js'"`},
		"b.js":      {`import"./` + base("c.js") + `"`, `from"./` + base("c.js") + `"`},
		"theme.css": {"url(./" + base("paper.svg") + "#p)", base("paper.svg") + `)`, "url(data:,x)"},
	} {
		for _, w := range want {
			if !strings.Contains(string(tree[at(t, tree, name)]), w) {
				t.Errorf("%s has no %s: %s", name, w, tree[at(t, tree, name)])
			}
		}
	}
	if tree["assets/og-en.png"] == nil || !bytes.Contains(tree["en/index.html"], []byte("theme.")) {
		t.Error("the picture of shared links has no address that stays")
	}
}

// TestAnAddressNeverChangesWhatIsThere: a script's hash covers what it
// imports, so that whoever comes with yesterday's page gets yesterday's parts.
func TestAnAddressNeverChangesWhatIsThere(t *testing.T) {
	files := scripted(t)
	before := made(t, input(t, files)).Tree
	change(t, files, "theme/scripts/c.js", "the end", "the very end")
	after := made(t, input(t, files)).Tree
	for _, name := range []string{"a.js", "b.js", "c.js"} {
		if at(t, before, name) == at(t, after, name) {
			t.Errorf("%s has the same address, and imports another c.js", name)
		}
	}
	for name := range before {
		if strings.HasPrefix(name, "assets/") && after[name] != nil && !bytes.Equal(before[name], after[name]) {
			t.Errorf("%s is another", name)
		}
	}
}

func TestAPictureMoreChangesOnlyThePagesThatShowIt(t *testing.T) {
	files, _, _ := given(t)
	before := made(t, input(t, files)).Tree
	files["content/articles/second/more.svg"] = files["content/articles/first/legs.svg"]
	change(t, files, "content/articles/second/de.md", "../first/de.md#causes).", "../first/de.md#causes).\n\n![Mehr](more.svg)\n")
	after := made(t, input(t, files)).Tree
	var changed []string
	for name := range after {
		if !bytes.Equal(before[name], after[name]) {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	for _, name := range changed {
		if !strings.Contains(name, "/second/") && !strings.HasPrefix(name, assetsFolder+"search-de") { // the index has its text alternative
			t.Errorf("%s is another", name)
		}
	}
	if len(changed) < 3 || len(after) != len(before)+1 {
		t.Errorf("changed: %q; %d files after %d", changed, len(after), len(before))
	}
}

func TestAnAssetThatIsNotThereIsNamedWhereItIsAskedFor(t *testing.T) {
	for _, c := range []struct{ file, old, new, want, hint string }{
		{"theme/scripts/b.js", "import './c.js'", "import './d.js'", `theme/scripts/b.js:1: error: there is no asset "d.js" [theme]`, `"`},
		{"theme/scripts/a.js", "import('./c.js')", "import('./cc.js')", `theme/scripts/a.js:2: error: there is no asset "cc.js" [theme]`, `"c.js"`},
		{"theme/scripts/a.js", "'./b.js'", "'b.js'", `theme/scripts/a.js:1: error: a script imports "b.js" [theme]`, "./case.js"},
		{"theme/scripts/a.js", "'./b.js'", "'https://b.example/b.js'", `theme/scripts/a.js:1: error: a script imports "https://b.example/b.js" [theme]`, "./case.js"},
		{"theme/styles/b.css", "url('paper.svg')", "url('papers.svg')", `theme/styles/b.css:2: error: there is no asset "papers.svg" [theme]`, `"paper.svg"`},
		{"theme/templates/all.html", `{{.Asset "theme.css"}}`, `{{.Asset "themes.css"}}`, `error: there is no asset "themes.css" [theme]`, `"theme.css"`},
		{"theme/scripts/c.js", "export", "import './a.js';\nexport", `theme/scripts/c.js:1: error: assets that name each other in a circle: a.js, b.js, c.js, a.js [theme]`, "a third"},
	} {
		files := scripted(t)
		change(t, files, c.file, c.old, c.new)
		result, problems, err := Build(input(t, files))
		problems = slices.DeleteFunc(problems, func(p diag.Problem) bool { return p.Rule != diag.RuleTheme })
		if err != nil || result.Tree != nil || len(problems) == 0 || !strings.Contains(fmt.Sprint(problems), c.want) || !strings.Contains(problems[0].Hint, c.hint) {
			t.Errorf("%s for %s: %v %v", c.new, c.old, problems, err)
		}
	}
}

// TestYesterdaysPagesFindTheirAssets, for as many builds as site.yaml says.
func TestYesterdaysPagesFindTheirAssets(t *testing.T) {
	files := scripted(t)
	change(t, files, "content/site.yaml", "default:", "keep_assets: 2\ndefault:")
	dir := t.TempDir()
	build := func() (Result, output.Summary) {
		result := made(t, input(t, files))
		sum, err := output.Write(dir, result.Tree, result.Keep)
		if err != nil {
			t.Fatal(err)
		}
		return result, sum
	}
	first, _ := build()
	is := func(when string, want bool) {
		t.Helper()
		for name, data := range first.Tree {
			if !strings.HasPrefix(name, assetsFolder) {
				continue
			}
			found, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if there := err == nil && bytes.Equal(found, data); !there && want {
				t.Errorf("%s is gone %s", name, when)
			} else if there && !want && (name == at(t, first.Tree, "c.js") || name == at(t, first.Tree, "theme.css")) {
				t.Errorf("%s is there still %s", name, when)
			}
		}
	}
	for i, rest := range []string{"rest", "last"} {
		change(t, files, "theme/scripts/c.js", "end", rest+" end")
		change(t, files, "theme/styles/b.css", "p {", rest+" p {")
		next, sum := build()
		if sum.Kept == 0 || !slices.Equal(next.Addresses, first.Addresses) || len(next.Tree) != len(first.Tree) {
			t.Errorf("%d kept; what is kept is a part of the site", sum.Kept)
		}
		is(fmt.Sprintf("%d builds later", i+1), true)
		if _, again := build(); again.Written+again.Removed != 0 {
			t.Errorf("nothing changed, and yet: %+v", again)
		}
		is("after a build that changed nothing", true)
	}
	change(t, files, "theme/scripts/c.js", "end", "very end")
	change(t, files, "theme/styles/b.css", "q {", "q, s {")
	build()
	is("three builds later", false)
}

func TestNoTwoAssetsShareAnAddress(t *testing.T) {
	files := scripted(t)
	files["content/articles/first/theme.svg"] = files["content/articles/first/legs.svg"]
	files["content/articles/second/legs.svg"] = files["content/articles/first/legs.svg"]
	tree := made(t, input(t, files)).Tree
	found := 0
	for name := range maps.Keys(tree) {
		if strings.HasPrefix(name, assetsFolder) && !strings.HasPrefix(name, assetsFolder+"search-") {
			found++
		}
	}
	// theme.css, wasmcheck.wasm, three scripts, seven assets, and the pictures
	if want := 2 + 3 + 7 + 3; found != want {
		t.Errorf("%d assets, not %d", found, want)
	}
}
