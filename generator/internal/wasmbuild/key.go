package wasmbuild

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// key names all that the program depends on: the toolchain, how it is called,
// and the contents of go.mod, go.sum and every file of the module that is
// compiled in. Modules from elsewhere are fixed by go.sum; one that go.mod
// replaces by a folder is not seen.
//
// The go command could say what is compiled in, but takes longer than all the
// rest of a build that has nothing to compile. go/build reads the same files
// by the same rules.
func (tool toolchain) key(moduleDir string, execJS []byte) (string, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %q %q %q %q\n", tool.GOVERSION, tool.experiment(), tool.GOWASM, arguments, tool.tags)
	fmt.Fprintf(hash, "%x\n", sha256.Sum256(execJS))
	files, err := sources(moduleDir, tool.tags...)
	if err != nil {
		return "", err
	}
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(moduleDir, filepath.FromSlash(name)))
		if name == "go.sum" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%q %x\n", name, sha256.Sum256(data))
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// sources is every file of the module that the program is made from, sorted,
// slash-separated and relative to the module.
func sources(moduleDir string, tags ...string) ([]string, error) {
	goMod, err := os.ReadFile(filepath.Join(moduleDir, "go.mod"))
	if err != nil {
		return nil, err
	}
	module := modulePath(goMod)
	if module == "" {
		return nil, fmt.Errorf("%s: no module line", filepath.Join(moduleDir, "go.mod"))
	}
	browser := build.Default
	browser.GOOS, browser.GOARCH, browser.CgoEnabled, browser.BuildTags = "js", "wasm", false, tags

	files := map[string]bool{"go.mod": true, "go.sum": true}
	seen := map[string]bool{target: true}
	for queue := []string{target}; len(queue) > 0; queue = queue[1:] {
		dir := queue[0]
		if err := readable(filepath.Join(moduleDir, filepath.FromSlash(dir))); err != nil {
			return nil, err
		}
		// An error here is a mistake in the sources. The compiler will find it
		// too and tells it better, and keeps nothing.
		found, _ := browser.ImportDir(filepath.Join(moduleDir, filepath.FromSlash(dir)), 0)
		for _, name := range slices.Concat(found.GoFiles, found.InvalidGoFiles, found.SFiles, found.HFiles) {
			files[path.Join(dir, name)] = true
		}
		if err := embedded(moduleDir, dir, found.EmbedPatterns, files); err != nil {
			return nil, err
		}
		for _, imported := range found.Imports {
			inside, ok := strings.CutPrefix(imported, module+"/")
			if ok && !seen[inside] {
				seen[inside] = true
				queue = append(queue, inside)
			}
		}
	}
	return slices.Sorted(maps.Keys(files)), nil
}

// readable refuses a folder with a pipe or a device among its files: whoever
// opened that would wait for ever. One that cannot be listed is the compiler's to
// tell.
func readable(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if kind := e.Type(); kind&(fs.ModeNamedPipe|fs.ModeDevice|fs.ModeSocket|fs.ModeIrregular) != 0 {
			return fmt.Errorf("%s: neither a file nor a folder: take it away", filepath.Join(dir, e.Name()))
		}
	}
	return nil
}

// embedded adds the files that the patterns of //go:embed can mean: all of
// them and perhaps some more.
func embedded(moduleDir, dir string, patterns []string, files map[string]bool) error {
	module := os.DirFS(moduleDir)
	for _, pattern := range patterns {
		pattern = strings.TrimPrefix(pattern, "all:")
		roots, err := fs.Glob(module, path.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, root := range roots {
			err := fs.WalkDir(module, root, func(name string, entry fs.DirEntry, err error) error {
				if err == nil && entry.Type().IsRegular() {
					files[name] = true
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// modulePath is the path in the module line of a go.mod.
func modulePath(goMod []byte) string {
	lines := bufio.NewScanner(bytes.NewReader(goMod))
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "//")
		if fields := strings.Fields(line); len(fields) == 2 && fields[0] == "module" {
			if plain, err := strconv.Unquote(fields[1]); err == nil {
				return plain
			}
			return fields[1]
		}
	}
	return ""
}
