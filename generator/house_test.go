package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors is the house: a package imports only from floors below its own.
// Packages of one floor know nothing of each other.
var floors = map[string]int{
	"generator": 6,
	"wasmcheck": 6,

	"generator/internal/build": 5,

	"generator/internal/checkpages": 4,

	"generator/internal/linkcheck": 3,
	"generator/internal/serve":     3,
	"generator/internal/site":      3,
	"wasmcheck/door":               3,
	"wasmcheck/tables":             3,

	"generator/internal/markdown":  2,
	"generator/internal/output":    2,
	"generator/internal/source":    2,
	"generator/internal/theme":     2,
	"generator/internal/wasmbuild": 2,
	"generator/internal/watch":     2,
	"wasmcheck/report":             2,

	"generator/internal/highlight": 1,
	"generator/internal/yamlfile":  1,
	"wasmcheck/diagnose":           1,
	"wasmcheck/model/rules":        1,

	"generator/internal/diag":    0,
	"generator/internal/urlpath": 0,
	"wasmcheck/model":            0,
}

// worldly are the packages that may touch the world beside the top floor.
var worldly = []string{
	"generator/internal/output", // the one writer
	"generator/internal/serve",  // HTTP
	"generator/internal/wasmbuild",
	"generator/internal/watch",
}

// world is what touches it. io/fs is a value.
var world = []string{"os", "os/exec", "os/signal", "net", "net/http", "syscall", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand"}

// keepers are the third-party modules that only one package may know.
var keepers = map[string]string{
	"github.com/yuin/goldmark":        "generator/internal/markdown",
	"github.com/alecthomas/chroma/v2": "generator/internal/highlight",
	"github.com/dlclark/regexp2/v2":   "generator/internal/highlight",
	"go.yaml.in/yaml/v4":              "generator/internal/yamlfile",
	"github.com/tdewolff/minify/v2":   "generator/internal/theme",
	"golang.org/x/net":                "generator/internal/linkcheck",
	"github.com/fsnotify/fsnotify":    "generator/internal/watch",
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
			for module, keeper := range keepers {
				if (imported == module || strings.HasPrefix(imported, module+"/")) && pkg != keeper {
					t.Errorf("%s imports %q, which only %s knows", name, imported, keeper)
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
