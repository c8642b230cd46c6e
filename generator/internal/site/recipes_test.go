package site

import (
	"testing"
	"testing/fstest"

	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/source"
)

// withRecipes assembles articles a and b of one language, and recipes.
func withRecipes(t *testing.T, a, b string, recipes map[string]string) []string {
	t.Helper()
	files := fstest.MapFS{"site.yaml": {Data: []byte("base: https://example.org/\ndefault: en\nlanguages: [{tag: en, locale: en_US, name: English, title: T, description: D}]\nsections: [{id: errors, title: {en: E}, description: {en: D}}]\n")}}
	for slug, text := range map[string]string{"a": a, "b": b} {
		files["articles/"+slug+"/article.yaml"] = &fstest.MapFile{Data: []byte("id: " + slug + "\nkind: concept\nsection: errors\nsource: en\nupdated: 2026-11-28\n")}
		files["articles/"+slug+"/en.md"] = &fstest.MapFile{Data: []byte("---\ntitle: T\nsummary: S\n---\n" + text + "\n")}
	}
	texts := map[string]markdown.Included{}
	for name, text := range recipes {
		files["recipes/"+name+"/en.md"] = &fstest.MapFile{Data: []byte(text)}
		texts[name] = markdown.Included{File: "content/recipes/" + name + "/en.md", Body: []byte(text)}
	}
	c, problems, err := source.Load(files, "content")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	_, problems = Assemble(c, "content", map[string]*markdown.Converter{"en": markdown.New(markdown.Labels{}, map[string]markdown.Body{"include": markdown.Nothing, "tabs": markdown.Texts}, texts)}, nil)
	var all []string
	for _, p := range problems.Sorted() {
		all = append(all, p.String())
	}
	return all
}

func TestWhatIsWrongWithARecipeIsNamedOnceInItsOwnFile(t *testing.T) {
	const include = "```include renew\n```\n"
	const steps = "1. Open it.\n2. Close it.\n3. Open it.\n"
	const lines = "```bash\na\nb\nc\nd\n```\n"
	for _, c := range []struct {
		name, a, b string
		recipes    map[string]string
		want       []string
	}{
		{"used twice", include, include, map[string]string{"renew": steps + "\nSee [b](../../articles/b/en.md).\n"}, nil},
		{"used by a recipe that is used", "```include more\n```\n", ".", map[string]string{"more": include, "renew": steps}, nil},
		{"used nowhere", ".", ".", map[string]string{"renew": steps}, []string{
			"content/recipes/renew: warning: no text includes the recipe [include]\n    hint: write ```include renew where it belongs, or take the folder away"}},
		{"a link that does not arrive", include, include, map[string]string{"renew": "[c](../../articles/c/en.md)\n"}, []string{
			"content/recipes/renew/en.md:1:5: error: there is no file content/articles/c/en.md [link-file]\n    hint: did you mean ../../articles/a/en.md?"}},
		{"not there", "```include renewal\n```\n", include, map[string]string{"renew": steps}, []string{
			"content/articles/a/en.md:5:12: error: there is no recipe \"renewal\" [include]\n    hint: did you mean \"renew\"?"}},
		{"in a circle", include, ".", map[string]string{"renew": "```include round\n```\n", "round": include}, []string{
			"content/recipes/renew/en.md:1:12: error: recipes include each other in a circle: round, renew, round [include]\n    hint: take one of them out, or put what they share into a third",
			"content/recipes/round/en.md:1:12: error: recipes include each other in a circle: renew, round, renew [include]\n    hint: take one of them out, or put what they share into a third"}},
		{"the same steps twice", steps, "Text.\n\n" + steps, nil, []string{
			"content/articles/b/en.md:7:1: warning: these 3 steps stand at content/articles/a/en.md:5 already [recipe]\n    hint: put them into content/recipes and include them in both places"}},
		{"the same code in a text and in a recipe", include + "\n" + lines, ".", map[string]string{"renew": lines}, []string{
			"content/articles/a/en.md:8:1: warning: these 4 lines of code stand at content/recipes/renew/en.md:1 already [recipe]\n    hint: put them into content/recipes and include them in both places"}},
		{"the same within tabs", "````tabs server\n=== nginx\n" + steps + "\n=== apache\n" + steps + "````\n", ".", nil, []string{
			"content/articles/a/en.md:12:1: warning: these 3 steps stand at content/articles/a/en.md:7 already [recipe]\n    hint: put them into content/recipes and include them in both places"}},
		{"shorter", "1. A.\n2. B.\n", "1. A.\n2. B.\n", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := withRecipes(t, c.a, c.b, c.recipes)
			for i := range max(len(got), len(c.want)) {
				if i >= len(got) || i >= len(c.want) || got[i] != c.want[i] {
					t.Fatalf("got  %q\nwant %q", got, c.want)
				}
			}
		})
	}
}
