package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors is the house: a package imports only from floors below its own.
// Packages of one floor know nothing of each other.
var floors = map[string]int{
	"generator": 7,
	"wasmcheck": 7,

	"generator/internal/pipeline": 6,

	"generator/internal/blocks": 5,

	"generator/internal/checkpages": 4,

	"generator/internal/linkcheck": 3,
	"generator/internal/serve":     3,
	"generator/internal/site":      3,
	"wasmcheck/api":                3,
	"wasmcheck/tables":             3,

	"generator/internal/markdown":  2,
	"generator/internal/output":    2,
	"generator/internal/searcher":  2,
	"generator/internal/source":    2,
	"generator/internal/theme":     2,
	"generator/internal/wasmbuild": 2,
	"generator/internal/watch":     2,
	"wasmcheck/probe":              2,
	"wasmcheck/report":             2,

	"generator/internal/highlight": 1,
	"generator/internal/search":    1,
	"generator/internal/yamlfile":  1,
	"wasmcheck/diagnose":           1,
	"wasmcheck/evidence":           1,
	"wasmcheck/model/rules":        1,

	"generator/internal/diag":     0,
	"generator/internal/parallel": 0,
	"generator/internal/urlpath":  0,
	"wasmcheck/certificate":       0,
	"wasmcheck/client":            0,
	"wasmcheck/model":             0,
}

// worldly are the packages that may touch the world beside the top floor.
var worldly = []string{
	"generator/internal/output", // the one writer
	"generator/internal/serve",  // HTTP
	"generator/internal/wasmbuild",
	"generator/internal/watch",
	"wasmcheck/probe", // the one that connects
}

// world is what touches it. io/fs is a value.
var world = []string{"os", "os/exec", "os/signal", "net", "net/http", "syscall", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand"}

// keepers are the third-party modules that only one package may know.
// YAML has two: what is below generator/internal cannot be imported by the
// engine's command, which wants one sentence a rule and no strictness.
var keepers = map[string][]string{
	"github.com/yuin/goldmark":        {"generator/internal/markdown"},
	"github.com/alecthomas/chroma/v2": {"generator/internal/highlight"},
	"github.com/dlclark/regexp2/v2":   {"generator/internal/highlight"},
	"go.yaml.in/yaml/v4":              {"generator/internal/yamlfile", "wasmcheck"},
	"github.com/tdewolff/minify/v2":   {"generator/internal/theme"},
	"golang.org/x/net":                {"generator/internal/linkcheck", "generator/internal/searcher"},
	"github.com/dop251/goja":          {"generator/internal/searcher"},
	"github.com/fsnotify/fsnotify":    {"generator/internal/watch"},
}

func TestEveryPackageImportsOnlyFromFloorsBelow(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && name != ".." || d.Name() == "testdata" || d.Name() == "public") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		pkg := path.Dir(strings.TrimPrefix(filepath.ToSlash(name), "../"))
		floor, ok := floors[pkg]
		if !ok {
			if !seen[pkg] {
				t.Errorf("the package %s stands on no floor: add it to the list, on the lowest floor that holds what it imports", pkg)
			}
			seen[pkg] = true
			return nil
		}
		seen[pkg] = true
		// Parsed as text: files that are not built here count as well.
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if below, ours := strings.CutPrefix(imported, "sslclinic/"); ours {
				if at, known := floors[below]; !known || at >= floor {
					t.Errorf("%s, on floor %d, imports %s, on floor %d", name, floor, below, at)
				}
			}
			if slices.Contains(world, imported) && floor < floors["generator"] && !slices.Contains(worldly, pkg) {
				t.Errorf("%s touches the world: it imports %q", name, imported)
			}
			for module, knows := range keepers {
				if (imported == module || strings.HasPrefix(imported, module+"/")) && !slices.Contains(knows, pkg) {
					t.Errorf("%s imports %q, which only %s knows", name, imported, strings.Join(knows, " and "))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range floors {
		if !seen[pkg] {
			t.Errorf("the list of floors has %s, which is not there", pkg)
		}
	}
}

// TestNoCodeLiesInTheContent: words and facts, no code, no templates. What an
// article shows as code is within its text.
func TestNoCodeLiesInTheContent(t *testing.T) {
	err := filepath.WalkDir("../content", func(name string, d fs.DirEntry, err error) error {
		if err == nil && slices.Contains([]string{".go", ".js", ".html", ".css"}, path.Ext(name)) {
			t.Errorf("%s lies in the content", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNothingElseStandsAtTheTop: no folder but those of the house, and no Go; and what has to stand there does. A file is
// free to come: a fork brings its editor's settings, its host's configuration, its domain's name.
func TestNothingElseStandsAtTheTop(t *testing.T) {
	folders := []string{".ci", ".git", ".github", "content", "generator", "public", "themes", "wasmcheck"}
	files := []string{"LICENSE", "README.md", "go.mod", "go.sum"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, e := range entries {
		have[e.Name()] = true
		if e.IsDir() && !slices.Contains(folders, e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			t.Errorf("%s stands at the top of the repository", e.Name())
		}
	}
	for _, name := range slices.Concat(folders, files) {
		if !have[name] && name != ".git" { // who downloads the sources has none
			t.Errorf("%s is missing at the top of the repository", name)
		}
	}
	if ignore, err := os.ReadFile("../public/.gitignore"); err != nil || string(ignore) != "*\n!.gitignore\n" {
		t.Errorf("public/.gitignore: %q, %v", ignore, err)
	}
}

// What a text of the repository may cite: a report, such as A01; a number of FACTS.md, or what has a heading in the nearest
// README.md above, with the number that its list has. A number that stands alone is of a book that nobody has.
var (
	reports = regexp.MustCompile(`\b[A-K][0-9]{2}\b`)
	inFacts = regexp.MustCompile(`FACTS\.md,? (?:section |row |table |§ ?)?([0-9]+(?:\.[0-9]+)*)`)
	inHouse = regexp.MustCompile(`README\.md, (\w+)(?: ([0-9]+))?`)
	alone   = regexp.MustCompile(`\b(?i:laws?|sections?|tables?) ([0-9]+(?:\.[0-9]+)?)(?:'s)?\b|\bof the facts\b|\bfact sheet\b`)
	number  = regexp.MustCompile(`(?m)^#+ ([0-9]+(?:\.[0-9]+)?)\.? `)
	item    = regexp.MustCompile(`(?m)^([0-9]+)\. `)
)

// TestTheWalksPassWhatIsThere: what README.md says that a text, an answer and a cause pass on their way is there, under
// that name: files, and functions, those without a package of the package before them.
func TestTheWalksPassWhatIsThere(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, walks, _ := strings.Cut(string(text), "\n## Three walks\n")
	walks, _, _ = strings.Cut(walks, "\n## ")
	_, walks, _ = strings.Cut(walks, "\n**") // what stands before says how they are written
	stays, pkg := regexp.MustCompile("`(?:(\\w+)\\.)?([^`]+)`").FindAllStringSubmatch(walks, -1), ""
	for _, m := range stays {
		var folders []string
		pattern, holds := strings.Trim(m[0], "`"), regexp.MustCompile("")
		switch path.Ext(pattern) {
		case ".md", ".yaml":
			folders = []string{""}
		case ".html":
			folders = []string{"themes/clinic/templates/", "wasmcheck/client/templates/"}
		case ".js":
			folders = []string{"wasmcheck/client/scripts/"}
		default:
			if m[1] != "" {
				pkg = m[1]
			}
			for at := range floors {
				if path.Base(at) == pkg {
					folders = append(folders, at+"/")
				}
			}
			pattern, holds = "*.go", regexp.MustCompile(`(?m)^func (?:\(.*?\) )?`+m[2]+`\(`)
		}
		if !slices.ContainsFunc(folders, func(folder string) bool { return stands(t, "../"+folder+pattern, holds) }) {
			t.Errorf("README.md, walks: nothing passes %s", m[0])
		}
	}
	if len(stays) == 0 {
		t.Error("README.md has no walks")
	}
}

// stands tells whether a file of the pattern's, but for tests, holds what is looked for.
func stands(t *testing.T, pattern string, holds *regexp.Regexp) bool {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return !strings.HasSuffix(file, "_test.go") && holds.Match(data)
	})
}

// TestWhatIsCitedIsHere: whoever meets a number, in a comment or in a text, finds in the repository what it stands for.
func TestWhatIsCitedIsHere(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile("../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	facts := read("wasmcheck/model/FACTS.md")
	known := map[string]bool{} // reports, and numbers of FACTS.md
	for _, m := range regexp.MustCompile(`"id": *"([A-K][0-9]{2})"`).FindAllStringSubmatch(read("wasmcheck/diagnose/testdata/incidents.jsonl")+read("wasmcheck/diagnose/testdata/incidents-2.jsonl"), -1) {
		known[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?m)^\| ([A-K][0-9]{2}) \|`).FindAllStringSubmatch(facts, -1) {
		known[m[1]] = true
	}
	section := ""
	for _, line := range strings.Split(facts, "\n") {
		if m := number.FindStringSubmatch(line); m != nil {
			section = m[1]
			known[section] = true
		} else if m := item.FindStringSubmatch(line); m != nil {
			known[section+"."+m[1]] = true
		}
	}
	cited := 0
	for name, text := range texts(t) {
		lacks := func(what string) { t.Errorf("%s cites %s, which is not in the repository", name, what) }
		for _, id := range reports.FindAllString(text, -1) {
			if cited++; !known[id] {
				lacks("the report " + id)
			}
		}
		for _, m := range inFacts.FindAllStringSubmatch(text, -1) {
			if cited++; !known[m[1]] {
				lacks(m[0])
			}
		}
		for _, m := range inHouse.FindAllStringSubmatch(text, -1) {
			readme := path.Join(name[:strings.Index(name+"/", "/")], "README.md")
			if strings.Contains(m[0], " at the top") {
				readme = "README.md"
			}
			_, after, found := strings.Cut(strings.ToLower(read(readme)), "\n## "+m[1]+"\n")
			after, _, _ = strings.Cut(after, "\n## ")
			if cited++; !found || m[2] != "" && !strings.Contains(after, "\n"+m[2]+". ") {
				lacks(m[0])
			}
		}
		if name == "wasmcheck/model/FACTS.md" { // which cites itself, and an item by three numbers
			for _, number := range regexp.MustCompile(`\b2\.3\.[0-9]+\b`).FindAllString(text, -1) {
				if !known[number] {
					lacks(number)
				}
			}
			continue
		}
		_, laws, _ := strings.Cut(text, "\n## Laws\n") // a README's own
		laws, _, _ = strings.Cut(laws, "\n## ")
		text = inHouse.ReplaceAllString(inFacts.ReplaceAllString(text, ""), "") // what is left stands alone
		for _, m := range alone.FindAllStringSubmatchIndex(text, -1) {
			if what := text[m[0]:m[1]]; path.Base(name) == "README.md" && strings.EqualFold(what[:3], "law") && strings.Contains(laws, "\n"+text[m[2]:m[3]]+". ") {
				continue
			}
			t.Errorf("%s cites %q without the file that has it", name, text[m[0]:m[1]])
		}
	}
	if cited == 0 {
		t.Error("nothing is cited")
	}
}

// texts are the comments of all code, by file, what the model's code says of its sources, and the texts beside it. Articles
// are for readers, and cite with links.
func texts(t *testing.T) map[string]string {
	all := map[string]string{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below := filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))
		if d.IsDir() && (slices.Contains([]string{".git", "content", "public"}, below)) {
			return filepath.SkipDir
		}
		switch filepath.Ext(name) {
		case ".go":
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, c := range file.Comments {
				b.WriteString(strings.Join(strings.Fields(c.Text()), " ") + "\n")
			}
			if strings.HasPrefix(below, "wasmcheck/model/") {
				ast.Inspect(file, func(n ast.Node) bool {
					if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
						b.WriteString(l.Value + "\n")
					}
					return true
				})
			}
			all[below] = b.String()
		case ".md", ".css", ".js", ".yml":
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			all[below] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
