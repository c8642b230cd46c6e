package source

import (
	"fmt"
	"path"
	"strings"

	"sslclinic/generator/internal/diag"
)

// Recipe is a text that others include by its name: a folder below recipes,
// with a Markdown file a language, without front matter.
type Recipe struct {
	Name  string
	Texts map[string]*Text
}

func (l *loader) recipes(site *Site) []*Recipe {
	var all []*Recipe
	for _, e := range l.list("recipes") {
		folder := "recipes/" + e.Name()
		if !e.IsDir() {
			l.problem(folder, 0, 0, diag.RuleStray, "a recipe is a folder", "put it into a folder of its own: recipes/"+strings.TrimSuffix(e.Name(), ".md")+"/en.md")
			continue
		}
		r := &Recipe{Name: e.Name(), Texts: map[string]*Text{}}
		for _, e := range l.list(folder) {
			file := path.Join(folder, e.Name())
			tag, isText := strings.CutSuffix(e.Name(), ".md")
			switch {
			case !isText || e.IsDir():
				l.problem(file, 0, 0, diag.RuleStray, "nothing in a recipe is called "+e.Name(), "a recipe holds a Markdown file a language")
			case !known(site, tag) && len(site.Languages) > 0:
				l.problem(file, 0, 0, diag.RuleStray, fmt.Sprintf("the site has no language %q", tag), diag.DidYouMean(tag, tags(site)))
			default:
				if t := l.bare(file); t != nil {
					r.Texts[tag] = t
				}
			}
		}
		for _, tag := range tags(site) {
			if r.Texts[tag] == nil {
				l.problem(path.Join(folder, tag+".md"), 0, 0, diag.RuleInclude, "the recipe has no text in this language", "copy another language's file and translate it")
			}
		}
		all = append(all, r)
	}
	return all
}

// bare reads a Markdown file without front matter.
func (l *loader) bare(file string) *Text {
	t := &Text{File: path.Join(l.dir, file)}
	data, ok := l.read(file)
	switch {
	case !ok:
		t.Lost = true
	case isFence(data):
		l.problem(file, 1, 1, diag.RuleInclude, "a recipe has no front matter", "begin with the text")
	case strings.TrimSpace(string(data)) == "":
		l.problem(file, 0, 0, diag.RuleInclude, "the recipe is empty", "write it, or take the folder away")
	}
	t.Body = []byte(strings.ReplaceAll(string(data), "\r\n", "\n"))
	return t
}
