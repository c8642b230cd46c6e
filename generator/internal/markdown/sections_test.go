package markdown

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"sslclinic/generator/internal/highlight"
)

const sample = `Before the first heading, **bold**.

## 原因 ` + "`x`" + ` {#causes}

証明書の*期限*が切れた[記事](../flexible/ja.md)。![二本の線](legs.svg)図。
Next &amp; line[^1].

> [!WARNING]
> Mind &lt;this&gt;.

### SNI {#sni}

#### How to tell {.tell}

| a | b |
|---|---|
| 1 | <https://a.example/> |

` + "```nginx title=\"/etc/nginx.conf\"\nlisten 443 ssl; # \"<&>\"\nserver_name a;\n```" + `

## Fix {#fix}

` + "```legs mode=flexible\nThe **open** leg\n```" + `

- [x] one
- ~~two~~

[^1]: The note.
`

func TestASectionIsReadWithoutItsMarks(t *testing.T) {
	want := []Section{
		{Text: "Before the first heading, bold."},
		{ID: "causes", Level: 2, Heading: "原因 x", Text: "証明書の期限が切れた記事。 二本の線 図。Next & line.\nMind <this>."},
		{ID: "sni", Level: 3, Heading: "SNI", Text: "How to tell\na\nb\n1\nhttps://a.example/\n/etc/nginx.conf", Code: []string{"listen 443 ssl; # \"<&>\"\nserver_name a;"}},
		{ID: "fix", Level: 2, Heading: "Fix", Text: "The open leg\none\ntwo\nThe note."},
	}
	got := converter.Convert("a.md", 0, []byte(sample)).Sections()
	for i := range got {
		if len(got[i].Hash) != 16 {
			t.Errorf("#%s has the hash %q", got[i].ID, got[i].Hash)
		}
		got[i].Hash = ""
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

// shipped gives the texts of all articles, by file.
func shipped(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../../content/articles/*/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no articles: ", err)
	}
	texts := map[string]string{"the sample": sample}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(data), "\n---\n")
		texts[file] = body
	}
	return texts
}

// seen gives what a reader of HTML sees, as another parser than ours finds it:
// the characters but white space, in the order of the alphabet.
func seen(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && !ofTheInterface(n) {
			b.WriteString(n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "alt" {
				b.WriteString(a.Val)
			}
		}
	}
	return sorted(b.String())
}

// ofTheInterface tells whether a text is an alert's title, or the number of a
// footnote or the way back from it.
func ofTheInterface(n *html.Node) bool {
	for p := range n.Ancestors() {
		for _, a := range p.Attr {
			if a.Key == "class" && (a.Val == "alert-title" || strings.HasPrefix(a.Val, "footnote-")) {
				return true
			}
		}
	}
	return false
}

func sorted(text string) string {
	characters := []rune(strings.Join(strings.Fields(text), ""))
	slices.Sort(characters)
	return string(characters)
}

// blocks are the names after fences that are no language of code.
func blocks(texts map[string]string) map[string]Body {
	all := map[string]Body{"tabs": Texts, "command": Commands, "include": Nothing}
	for _, text := range texts {
		for _, m := range regexp.MustCompile("(?m)^```([a-z]+)").FindAllStringSubmatch(text, -1) {
			if _, ours := all[m[1]]; !ours && !highlight.Known(m[1]) {
				all[m[1]] = Caption
			}
		}
	}
	return all
}

func TestEveryVisibleWordStandsInExactlyOneSection(t *testing.T) {
	texts := shipped(t)
	all := New(Labels{Code: "Code"}, blocks(texts), nil)
	for file, text := range texts {
		d := all.Convert(file, 0, []byte(text))
		values := make([]string, len(d.Holes))
		for i, h := range d.Holes {
			values[i] = string(h.Caption)
			for _, p := range h.Parts {
				values[i] += string(p.HTML)
			}
		}
		var words strings.Builder
		ids := map[string]bool{}
		for _, s := range d.Sections() {
			words.WriteString(s.Heading + s.Text + strings.Join(s.Code, ""))
			if ids[s.ID] {
				t.Errorf("%s: the section %q is there twice", file, s.ID)
			}
			ids[s.ID] = true
		}
		if got, want := sorted(words.String()), seen(t, string(d.HTML(values))); got != want {
			t.Errorf("%s: the sections say\n%s, and the page\n%s", file, got, want)
		}
		for _, h := range d.Headings {
			if begins(h) && !ids[h.ID] {
				t.Errorf("%s: no section #%s", file, h.ID)
			}
		}
	}
}

// hashes gives the hash of each section by its id.
func hashes(text string) map[string]string {
	all := map[string]string{}
	for _, s := range converter.Convert("a.md", 0, []byte(text)).Sections() {
		all[s.ID] = s.Hash
	}
	return all
}

func TestAChangeInASectionChangesItsHashAndNoOther(t *testing.T) {
	first := hashes(sample)
	if again := hashes(strings.ReplaceAll(sample, "\n", "\r\n")); !reflect.DeepEqual(first, again) {
		t.Errorf("the same text has the hashes %v and %v", first, again)
	}
	for _, c := range []struct{ id, old, new string }{
		{"", "Before", "Far before"},
		{"causes", "{#causes}\n\n", "{#causes}\n\nA sentence more.\n\n"},
		{"causes", "`x`", "`y`"},
		{"causes", "../flexible/ja.md", "../full/ja.md"},
		{"sni", "listen 443", "listen 80"},
		{"sni", "{.tell}", "{.fix}"},
		{"fix", "~~two~~\n", "~~two~~\n- three\n"},
		{"none", "## Fix {#fix}", "\n\n## Fix {#fix}"},
		{"new", "## Fix {#fix}", "## New {#new}\n\nText.\n\n## Fix {#fix}"},
	} {
		after := hashes(strings.Replace(sample, c.old, c.new, 1))
		for id, hash := range after {
			if changed := first[id] != hash; changed != (id == c.id) {
				t.Errorf("%q for %q: #%s changed: %v", c.new, c.old, id, changed)
			}
		}
	}
}

// TestADocMayBeReadAgainAndByMany is of use with -race.
func TestADocMayBeReadAgainAndByMany(t *testing.T) {
	d := converter.Convert("a.md", 0, []byte(sample))
	values := make([]string, len(d.Holes))
	read := func() string { return fmt.Sprintf("%s%s%+v", d.HTML(values), d.Markdown(values), d.Sections()) }
	first := read()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if read() != first {
				t.Error("the text is another when it is read again")
			}
		})
	}
	group.Wait()
}
