package source

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestARecipeIsAFolderOfBareTextsInEveryLanguage(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"recipes/renew/ja.md", "更新します。\n", ""},
		{"recipes/renew/ja.md", "---\ntitle: T\n---\nx", "content/recipes/renew/ja.md:1:1: error: a recipe has no front matter [include]\n    hint: begin with the text"},
		{"recipes/renew/ja.md", " \n", "content/recipes/renew/ja.md: error: the recipe is empty [include]\n    hint: write it, or take the folder away"},
		{"recipes/renew/ja.md", "\xff", "content/recipes/renew/ja.md:1:1: error: these bytes are not UTF-8 text [file]\n    hint: save the file as UTF-8"},
		{"recipes/renew/en.md", "", "content/recipes/renew/en.md: error: the recipe has no text in this language [include]\n    hint: copy another language's file and translate it"},
		{"recipes/renew/fr.md", "x", "content/recipes/renew/fr.md: error: the site has no language \"fr\" [stray]\n    hint: known are: en, ja"},
		{"recipes/renew/notes.txt", "x", "content/recipes/renew/notes.txt: error: nothing in a recipe is called notes.txt [stray]\n    hint: a recipe holds a Markdown file a language"},
		{"recipes/notes.md", "x", "content/recipes/notes.md: error: a recipe is a folder [stray]\n    hint: put it into a folder of its own: recipes/notes/en.md"},
	} {
		files := clean()
		for _, lang := range []string{"ja", "en"} {
			files["recipes/renew/"+lang+".md"] = &fstest.MapFile{Data: []byte("Renew it.\n")}
		}
		if files[c.file] = (&fstest.MapFile{Data: []byte(c.text)}); c.text == "" {
			delete(files, c.file)
		}
		content, problems := load(t, files)
		var got []string
		for _, p := range problems {
			got = append(got, p.String())
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: got %q, want %q", c.file, got, c.want)
		}
		if len(content.Recipes) != 1 || content.Recipes[0].Name != "renew" || content.Recipes[0].Texts["ja"] == nil {
			t.Errorf("%s: the recipes are %+v", c.file, content.Recipes)
		}
	}
}
