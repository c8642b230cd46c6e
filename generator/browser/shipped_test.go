package browser

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sslclinic/generator/internal/output"
	"sslclinic/generator/internal/pipeline"
	"sslclinic/generator/internal/wasmbuild"
)

// top is the top of the repository.
const top = "../.."

// shipped builds the shipped site for a base.
func shipped(t *testing.T, base string) output.Tree {
	t.Helper()
	return dressed(t, base, "themes/clinic")
}

// dressed builds it with a theme, named from the top, beside which the shipped one may be stood on.
func dressed(t *testing.T, base, theme string) output.Tree {
	t.Helper()
	cache, _ := os.UserCacheDir() // empty: compiled each time
	if cache != "" {
		cache = filepath.Join(cache, "sslclinic")
	}
	module, err := wasmbuild.Build(context.Background(), top, cache)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := wasmbuild.Build(context.Background(), top, cache, "evidence")
	if err != nil {
		t.Fatal(err)
	}
	result, problems, err := pipeline.Build(pipeline.Input{
		Content: os.DirFS(top + "/content"), ContentDir: "content",
		Theme: os.DirFS(top + "/" + theme), ThemeDir: theme, Beside: os.DirFS(top + "/themes"),
		Extra: map[string][]byte{pipeline.Module: module.Wasm, pipeline.Evidence: reader.Wasm, "wasm_exec.js": module.ExecJS},
		Base:  base, Repository: "https://github.com/example/ssl-clinic",
	})
	for _, p := range problems {
		t.Error(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	if result.Tree == nil {
		t.FailNow()
	}
	return result.Tree
}

// command compiles the generator's command, and gives the program's file.
func command(t *testing.T) string {
	t.Helper()
	// A result of go test stands while the files that the test has opened are
	// what they were. The compiler opens these, and it is not the test.
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		_, err = os.ReadFile("../" + name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "generator")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", program, "sslclinic/generator").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// tool finds a program that a test needs. Without it the test is skipped and
// says so, unless SSLCLINIC_REQUIRE names it, as it does in CI.
func tool(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if slices.ContainsFunc(strings.Fields(os.Getenv("SSLCLINIC_REQUIRE")), func(r string) bool { return slices.Contains(names, r) }) {
		t.Fatalf("%s is required and not installed", names[0])
	}
	t.Skipf("skipped: %s is not installed", names[0])
	return ""
}

// fence finds a fenced block of Markdown: its indent, fence, info and lines.
var fence = regexp.MustCompile("(?m)^( *)(```+)([^\n`]*)\n((?s:.*?))\n *```+ *$")
