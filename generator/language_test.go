package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/pipeline"
	"sslclinic/generator/internal/source"
)

// A third language is made from the second: every English text again, marked.
const (
	third = "de"
	mark  = "Neu: "
)

// copied gives the files of a folder, to be changed.
func copied(t *testing.T, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path.Join(dir, name))
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// edit changes a YAML file.
func edit(t *testing.T, files fstest.MapFS, name string, change func(*yaml.Node)) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(files[name].Data, &doc); err != nil {
		t.Fatal(name, err)
	}
	change(&doc)
	data, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(name, err)
	}
	files[name] = &fstest.MapFile{Data: data}
}

// translated is a node in the third language.
func translated(n *yaml.Node) *yaml.Node {
	v := *n
	v.Content = nil
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			c = translated(c)
		}
		v.Content = append(v.Content, c)
	}
	if v.Kind == yaml.ScalarNode {
		v.Value = mark + strings.ReplaceAll(n.Value, "en.md", third+".md")
	}
	return &v
}

// translateAll puts the third language beside the second, everywhere below a node.
func translateAll(n *yaml.Node) {
	for i, c := range slices.Clone(n.Content) {
		if n.Kind == yaml.MappingNode && i%2 == 0 && c.Value == "en" {
			key := *c
			key.Value = third
			n.Content = append(n.Content, &key, translated(n.Content[i+1]))
		}
		translateAll(c)
	}
}

// value is what a mapping holds under a key.
func value(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

var frontLine = regexp.MustCompile(`(?m)^((?:title|summary): "?)`)

// withThird gives the shipped content and theme in three languages.
func withThird(t *testing.T) (content, theme fstest.MapFS) {
	t.Helper()
	content, theme = copied(t, "../content"), copied(t, "../themes/clinic")
	for _, files := range []fstest.MapFS{content, theme} {
		for name, f := range files {
			dir, base := path.Split(name)
			switch {
			case base == "en.md" && strings.HasPrefix(name, "recipes/"): // without front matter
				files[dir+third+".md"] = &fstest.MapFile{Data: bytes.ReplaceAll(f.Data, []byte("en.md"), []byte(third+".md"))}
			case base == "en.md":
				front, body, _ := bytes.Cut(f.Data[4:], []byte("\n---\n"))
				front = frontLine.ReplaceAll(front, []byte("${1}Neu – "))
				data := slices.Concat([]byte("---\n"), front, []byte("\n---\n"), body)
				files[dir+third+".md"] = &fstest.MapFile{Data: bytes.ReplaceAll(data, []byte("en.md"), []byte(third+".md"))}
			case base == "en.yaml":
				files[dir+third+".yaml"] = f
				edit(t, files, dir+third+".yaml", func(n *yaml.Node) { *n = *translated(n) })
			case base == "og-en.png":
				files[dir+"og-"+third+".png"] = f
			case path.Ext(name) == ".yaml" && base != "ja.yaml" && base != "article.yaml":
				edit(t, files, name, translateAll)
			}
		}
	}
	edit(t, content, "site.yaml", func(doc *yaml.Node) {
		languages := value(doc.Content[0], "languages")
		language := translated(languages.Content[slices.IndexFunc(languages.Content, func(n *yaml.Node) bool { return value(n, "tag").Value == "en" })])
		value(language, "tag").Value, value(language, "locale").Value, value(language, "name").Value = third, "de_DE", "Deutsch"
		languages.Content = append(languages.Content, language)
	})
	return content, theme
}

func builtWithThird(t *testing.T, content, theme fs.FS) (pipeline.Result, diag.List) {
	t.Helper()
	m, err := module()
	if err != nil {
		t.Fatal(err)
	}
	result, problems, err := pipeline.Build(pipeline.Input{
		Content: content, ContentDir: "content", Theme: theme, ThemeDir: "themes/clinic",
		Extra: map[string][]byte{pipeline.Module: m.Wasm, "wasm_exec.js": m.ExecJS}, Base: atRoot,
	})
	if err != nil {
		t.Fatal(err)
	}
	return result, problems
}

// threes holds the site in three languages, made when it is first asked for.
var threes struct {
	sync.Once
	result   pipeline.Result
	problems diag.List
}

// inThree gives the complete site in three languages. How people ask for a page
// is known in the third alone: the search of the two others is what it would be
// without.
func inThree(t *testing.T) (pipeline.Result, diag.List) {
	t.Helper()
	threes.Do(func() {
		content, theme := withThird(t)
		edit(t, content, "search.yaml", func(doc *yaml.Node) {
			for _, asked := range value(doc.Content[0], "asked").Content {
				for _, lang := range []string{"ja", "en"} {
					takeAway(t, asked, []string{"by", lang})
				}
			}
		})
		threes.result, threes.problems = builtWithThird(t, content, theme)
	})
	return threes.result, threes.problems
}

// said are the elements of a page in order, each with the texts that are its own: within it, and in attributes.
func said(t *testing.T, page []byte) (names []string, texts [][]string) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			own := make([]string, 1)
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				switch {
				case c.Type != html.TextNode:
				case n.Data != "script":
					own[0] += c.Data
				case slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/json"}):
					own = append(own, phrasesIn(t, c.Data)...)
				}
			}
			for _, a := range n.Attr {
				if slices.Contains([]string{"aria-label", "alt", "title", "content", "placeholder"}, a.Key) || strings.HasPrefix(a.Key, "data-") && a.Key != "data-url" {
					own = append(own, a.Val)
				}
			}
			// What leads to another language speaks that one.
			if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hreflang" }) {
				own = own[:0]
			}
			names, texts = append(names, n.Data), append(texts, own)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return names, texts
}

// phrasesIn are the phrases that a page's scripts say, in the order of their names.
func phrasesIn(t *testing.T, island string) (all []string) {
	t.Helper()
	var phrases map[string]any
	if err := json.Unmarshal([]byte(island), &phrases); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(phrases)) {
		all = append(all, fmt.Sprint(phrases[name]))
	}
	return all
}

// TestAThirdLanguageMadeCompleteHasNoEmptySentence holds every page in the new language against the one that it was made
// from, element by element.
func TestAThirdLanguageMadeCompleteHasNoEmptySentence(t *testing.T) {
	result, problems := inThree(t)
	for _, p := range problems {
		t.Error(p)
	}
	pages := 0
	for name, data := range result.Tree {
		rest, ok := strings.CutPrefix(name, "en/")
		if !ok || path.Ext(name) != ".html" {
			continue
		}
		if bytes.Contains(data, []byte("This page is gone")) {
			continue // nothing was ever published in the new language
		}
		pages++
		names, english := said(t, data)
		same, german := said(t, result.Tree[third+"/"+rest])
		if !slices.Equal(names, same) {
			t.Errorf("%s has other elements in %q", name, third)
			continue
		}
		for i, texts := range english {
			for j, text := range texts {
				if text = strings.TrimSpace(text); j >= len(german[i]) || utf8.RuneCountInString(strings.TrimSpace(german[i][j])) < utf8.RuneCountInString(text) {
					t.Errorf("%s: <%s> says %q, and %q in %q", name, names[i], text, german[i], third)
				}
			}
		}
	}
	if pages < 300 {
		t.Errorf("only %d pages were compared", pages)
	}
}

// TestWhatAThirdLanguageLacksIsNamed takes one word of each kind away; all of them are named in one run.
func TestWhatAThirdLanguageLacksIsNamed(t *testing.T) {
	content, theme := withThird(t)
	var want []string
	for _, lack := range []struct {
		files fstest.MapFS
		name  string
		keys  []string // down to the word; a number chooses in a list
		want  string
	}{
		{content, "checker/rules.yaml", []string{"flexible_plain"}, `flexible_plain: no text in "de"`},
		{content, "checker/questions.yaml", []string{"mode", "ask"}, `mode: ask: no text in "de"`},
		{content, "checker/questions.yaml", []string{"mode", "options", "full"}, `mode: full: no text in "de"`},
		{content, "checker/causes.yaml", []string{"something_else", "name"}, `something_else: name: no text in "de"`},
		{content, "checker/actions.yaml", []string{"set_strict", "do"}, `set_strict: do: no text in "de"`},
		{content, "checker/outcomes.yaml", []string{"525", "name"}, `525: name: no text in "de"`},
		{content, "glossary.yaml", []string{"0", "words"}, `has no words in "de"`},
		{content, "facts.yaml", []string{"facts", "connect", "say"}, `the fact "connect" has no words in "de"`},
		{content, "site.yaml", []string{"sections", "0", "title"}, `no title in "de"`},
	} {
		edit(t, lack.files, lack.name, func(doc *yaml.Node) { takeAway(t, doc.Content[0], append(lack.keys, third)) })
		want = append(want, "content/"+lack.name+": "+lack.want)
	}
	edit(t, content, "checker/de.yaml", func(doc *yaml.Node) { takeAway(t, doc.Content[0], []string{"redirect"}) })
	edit(t, theme, "words/de.yaml", func(doc *yaml.Node) { takeAway(t, doc.Content[0], []string{"check_next"}) })
	edit(t, content, "checker/products.yaml", func(doc *yaml.Node) { doc.Content[0].Content = doc.Content[0].Content[1:] })
	for _, name := range []string{"checker/how/de.md", "articles/flexible/de.md"} {
		delete(content, name)
	}
	delete(theme, "assets/og-de.png")
	want = append(want,
		`content/checker/de.yaml: the file has no "redirect"`,
		`themes/clinic/words/de.yaml: no word for "check_next"`,
		`content/checker/actions.yaml: products.yaml has no product "nginx"`,
		"content/checker/how/de.md: the page has no text in this language",
		`content/articles/flexible/de.md: the article has no text in Deutsch`,
		`themes/clinic/assets/og-de.png: links to the pages in "de" are shared without a picture`,
	)
	_, problems := builtWithThird(t, content, theme)
	for _, w := range want {
		file, what, _ := strings.Cut(w, ": ")
		i := slices.IndexFunc(problems, func(p diag.Problem) bool { return p.File == file && strings.Contains(p.Message, what) })
		if i < 0 || problems[i].Hint == "" {
			t.Errorf("nobody says %s, with a hint", w)
		}
	}
	if len(problems) != len(want) {
		t.Errorf("%d problems are named, not %d: %v", len(problems), len(want), problems)
	}
}

// takeAway takes a word out of a YAML tree.
func takeAway(t *testing.T, n *yaml.Node, keys []string) {
	t.Helper()
	for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		if n.Content[i].Value != keys[0] {
			continue
		}
		if len(keys) == 1 {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
		takeAway(t, n.Content[i+1], keys[1:])
		return
	}
	if n.Kind == yaml.SequenceNode {
		i, _ := strconv.Atoi(keys[0])
		takeAway(t, n.Content[i], keys[1:])
		return
	}
	t.Fatalf("there is no %q", keys)
}

// TestARuleIsToldInAWholeSentence, in every language.
func TestARuleIsToldInAWholeSentence(t *testing.T) {
	content, _, err := source.Load(os.DirFS("../content"), "content")
	if err != nil {
		t.Fatal(err)
	}
	for id, rule := range content.Checker.Rules {
		for lang, s := range rule.Value {
			if !slices.ContainsFunc([]string{".", ")", "。", "）"}, func(end string) bool { return strings.HasSuffix(s, end) }) {
				t.Errorf("%s in %s is not a sentence: %s", id, lang, s)
			}
		}
	}
}
