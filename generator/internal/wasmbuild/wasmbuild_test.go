package wasmbuild

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// module makes a small module in dir, whose program prints the number.
func module(t *testing.T, dir, number string) string {
	t.Helper()
	for name, text := range map[string]string{
		"go.mod":                     "module example.com/m // a comment\n\ngo 1.24\n",
		"wasmcheck/main_js.go":       "package main\n\nimport (\n\t_ \"embed\"\n\n\t\"example.com/m/wasmcheck/model\"\n)\n\n//go:embed words\nvar words string\n\nfunc main() { println(model.Number, words) }\n",
		"wasmcheck/main.go":          "//go:build !js\n\npackage main\n\nfunc main() { this does not compile }\n",
		"wasmcheck/main_test.go":     "package main\n",
		"wasmcheck/words":            "words of this module\n",
		"wasmcheck/model/model.go":   "package model\n\nimport \"example.com/m/elsewhere\"\n\nconst Number = elsewhere.Number\n",
		"wasmcheck/unused/unused.go": "package unused\n",
		"elsewhere/elsewhere.go":     "package elsewhere\n\nconst Number = " + number + "\n",
	} {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return dir
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func mustBuild(t *testing.T, moduleDir, cacheDir string) Module {
	t.Helper()
	m, err := Build(t.Context(), moduleDir, cacheDir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTwoFoldersGiveTheSameBytes(t *testing.T) {
	t.Setenv("GOFLAGS", "-tags=nonsense -race") // what the user sets for other builds
	a := mustBuild(t, module(t, filepath.Join(t.TempDir(), "a"), "525"), "")
	dir := module(t, filepath.Join(t.TempDir(), "another", "folder"), "525")
	if out, err := exec.Command("git", "-C", dir, "init").CombinedOutput(); err != nil {
		t.Logf("without git the test is weaker: %s", out)
	}
	b := mustBuild(t, dir, "")
	if !bytes.Equal(a.Wasm, b.Wasm) {
		t.Errorf("%d and %d bytes differ", len(a.Wasm), len(b.Wasm))
	}
	if !bytes.HasPrefix(a.Wasm, []byte("\x00asm")) {
		t.Errorf("the program begins with %q", a.Wasm[:min(4, len(a.Wasm))])
	}
	if !bytes.Contains(a.ExecJS, []byte("globalThis.Go = class")) {
		t.Error("wasm_exec.js is not the toolchain's")
	}
	c := mustBuild(t, module(t, t.TempDir(), "526"), "")
	if bytes.Equal(a.Wasm, c.Wasm) {
		t.Error("another program has the same bytes")
	}
}

func TestWhatIsCompiledInIsWhatTheGoCommandSays(t *testing.T) {
	dir := module(t, t.TempDir(), "525")
	got, err := sources(dir)
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr, err := command(t.Context(), dir, "", "list", "-deps", "-f",
		`{{if not .Standard}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{range .EmbedFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{end}}`, "./wasmcheck")
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	want := []string{"go.mod", "go.sum"}
	for line := range strings.Lines(string(stdout)) {
		if line = strings.TrimSpace(line); line != "" {
			rel, err := filepath.Rel(dir, line)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, filepath.ToSlash(rel))
		}
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("sources %q, want %q", got, want)
	}
}

func TestTheProgramIsCompiledAgainOnlyWhenItsSourcesOrTheToolchainChange(t *testing.T) {
	dir := module(t, t.TempDir(), "525")
	tool, err := findToolchain(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	key := func() string {
		t.Helper()
		key, err := tool.key(dir, []byte("exec"))
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	first := key()
	for name, text := range map[string]string{
		"wasmcheck/main.go":          "//go:build !js\n\npackage main\n\nfunc main() {}\n",
		"wasmcheck/main_test.go":     "package main // changed\n",
		"wasmcheck/unused/unused.go": "package unused // changed\n",
		"README.md":                  "changed",
	} {
		put(t, filepath.Join(dir, name), text)
		if key() != first {
			t.Errorf("%s is not in the program, and changes its key", name)
		}
	}
	seen := map[string]string{first: "the first one"}
	changed := func(what string) {
		t.Helper()
		now := key()
		if same, ok := seen[now]; ok {
			t.Errorf("%s has the key of %s", what, same)
		}
		seen[now] = what
	}
	for _, name := range []string{"go.mod", "go.sum", "wasmcheck/main_js.go", "wasmcheck/words", "wasmcheck/model/model.go", "elsewhere/elsewhere.go"} {
		old, _ := os.ReadFile(filepath.Join(dir, name))
		put(t, filepath.Join(dir, name), string(old)+"\n// changed\n")
		changed("a change in " + name)
	}
	put(t, filepath.Join(dir, "wasmcheck/model/more.go"), "package model\n")
	changed("a new file")
	tool.GOVERSION = "go9.9"
	changed("another toolchain")
	tool.GOWASM = "satconv"
	changed("another instruction set")
}

// kept is the one file in a cache.
func kept(t *testing.T, cacheDir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cacheDir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the cache holds %q, %v; want one file", files, err)
	}
	return files[0]
}

func TestAKeptProgramIsUsedAndADamagedOneIsNot(t *testing.T) {
	dir, cache := module(t, t.TempDir(), "525"), filepath.Join(t.TempDir(), "not", "there", "yet")
	fresh := mustBuild(t, dir, cache)
	file := kept(t, cache)

	// The compiler cannot be asked without a build cache: what comes is kept.
	t.Run("kept", func(t *testing.T) {
		t.Setenv("GOCACHE", "off")
		if again := mustBuild(t, dir, cache); !bytes.Equal(again.Wasm, fresh.Wasm) || !bytes.Equal(again.ExecJS, fresh.ExecJS) {
			t.Error("the kept program is another one")
		}
		if _, err := Build(t.Context(), dir, ""); err == nil {
			t.Error("the compiler ran; the test proves nothing")
		}
	})

	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for name, data := range map[string][]byte{"empty": nil, "cut off": whole[:len(whole)-1], "flipped": flipped} {
		put(t, file, string(data))
		if again := mustBuild(t, dir, cache); !bytes.Equal(again.Wasm, fresh.Wasm) {
			t.Errorf("a kept file that is %s was believed", name)
		}
		if mended, err := os.ReadFile(kept(t, cache)); err != nil || !bytes.Equal(mended, whole) {
			t.Errorf("a kept file that is %s was not mended: %v", name, err)
		}
	}
}

func TestACacheThatCannotBeUsedIsNoError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	put(t, file, "not a folder")
	if m := mustBuild(t, module(t, t.TempDir(), "525"), file); len(m.Wasm) == 0 {
		t.Error("no program")
	}
}

func TestWhatAnotherUserCouldHaveWrittenIsNotBelieved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are the folder's above it")
	}
	const key = "key"
	for name, spoil := range map[string]func(cache, file string) error{
		"a folder that all may write to":  func(cache, _ string) error { return os.Chmod(cache, 0o777) },
		"a folder that a group may":       func(cache, _ string) error { return os.Chmod(cache, 0o770) },
		"a file that all may write to":    func(_, file string) error { return os.Chmod(file, 0o666) },
		"a link where the file should be": func(_, file string) error { return errors.Join(os.Rename(file, file+"2"), os.Symlink(file+"2", file)) },
		"a link where the folder should be": func(cache, _ string) error {
			return errors.Join(os.Rename(cache, cache+"2"), os.Symlink(cache+"2", cache))
		},
	} {
		cache := filepath.Join(t.TempDir(), "cache")
		store(cache, key, []byte("program"))
		if program, ok := load(cache, key); !ok || string(program) != "program" {
			t.Fatalf("before: %q %v", program, ok)
		}
		if err := spoil(cache, filepath.Join(cache, key+suffix)); err != nil {
			t.Fatal(err)
		}
		if _, ok := load(cache, key); ok {
			t.Errorf("%s is believed", name)
		}
	}
}

func TestOnlyTheNewestProgramsAreKept(t *testing.T) {
	cache := t.TempDir()
	put(t, filepath.Join(cache, "theirs"), "not ours")
	for i := range 2 * keep {
		key := string(rune('a' + i))
		store(cache, key, []byte(key))
		// Programs are not made within one tick of the clock; these are.
		at := time.Date(2026, 11, 22, 0, i, 0, 0, time.UTC)
		if err := os.Chtimes(filepath.Join(cache, key+suffix), at, at); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 2 * keep {
		key := string(rune('a' + i))
		program, ok := load(cache, key)
		if want := i >= keep; ok != want || ok && string(program) != key {
			t.Errorf("program %d: %q, kept %v, want %v", i, program, ok, want)
		}
	}
	if _, err := os.Stat(filepath.Join(cache, "theirs")); err != nil {
		t.Error(err)
	}
}

func TestWhatTheCompilerSaysIsShown(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"type error":   {"wasmcheck/model/model.go", "package model\n\nconst Number = nonsense\n", "model.go:3:16: undefined: nonsense"},
		"syntax error": {"wasmcheck/model/model.go", "package model\n\nconst Number = = 5\n", "model.go:3:16: syntax error"},
		"no package":   {"wasmcheck/model/model.go", "package model\n\nimport \"example.com/m/nowhere\"\n\nconst Number = nowhere.N\n", "example.com/m/nowhere"},
		"no main":      {"wasmcheck/main_js.go", "package main\n", "function main is undeclared"},
	} {
		dir := module(t, t.TempDir(), "525")
		put(t, filepath.Join(dir, filepath.FromSlash(c.file)), c.text)
		_, err := Build(t.Context(), dir, "")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestWithoutAGoCommandTheErrorSaysWhatToInstall(t *testing.T) {
	dir := module(t, t.TempDir(), "525")
	t.Setenv("PATH", t.TempDir())
	_, err := Build(t.Context(), dir, "")
	if err == nil || !strings.Contains(err.Error(), "install Go") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
}

func TestACancelledBuildEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, module(t, t.TempDir(), "525"), ""); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
