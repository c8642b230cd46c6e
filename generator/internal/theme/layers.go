package theme

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/yamlfile"
)

// A Layer is a folder that a theme is made of. Of two files with the same path
// the upper layer's counts, and of two templates with the same name the upper
// one, whatever its file is called: a theme that stands on another has only
// what it does differently.
type Layer struct {
	FS  fs.FS
	Dir string // only for messages
}

// about is theme.yaml. A theme without one stands on nothing.
type about struct {
	Base yamlfile.At[string] `yaml:"base"` // the folder beside this one that it stands on
}

// Layers gives a theme's own folder and those that it stands on, the upper
// first. beside holds the folders that a theme may name as its base; nil when
// there are none.
func Layers(own Layer, beside fs.FS) ([]Layer, diag.List, error) {
	layers, names := []Layer{own}, []string{path.Base(own.Dir)}
	for {
		top := layers[len(layers)-1]
		data, err := fs.ReadFile(top.FS, "theme.yaml")
		if errors.Is(err, fs.ErrNotExist) {
			return layers, nil, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", top.Dir, err)
		}
		var said about
		file := path.Join(top.Dir, "theme.yaml")
		if problems := yamlfile.Decode(file, 0, data, &said); len(problems) > 0 {
			return layers, problems, nil
		}
		base := said.Base.Value
		if base == "" {
			return layers, nil, nil
		}
		wrong := diag.Problem{File: file, Line: said.Base.Line, Col: said.Base.Col, Rule: diag.RuleTheme}
		if at := slices.Index(names, base); at >= 0 {
			wrong.Message = "themes stand on each other in a circle: " + strings.Join(append(names[at:], base), " → ")
			wrong.Hint = "one of them has to stand on its own: take its base away"
			return layers, diag.List{wrong}, nil
		}
		known, err := folders(beside)
		if err != nil {
			return nil, nil, err
		}
		if !slices.Contains(known, base) {
			wrong.Message = fmt.Sprintf("there is no theme %q beside this one", base)
			others := slices.DeleteFunc(known, func(name string) bool { return slices.Contains(names, name) })
			wrong.Hint = cmp.Or(diag.DidYouMean(base, others), "put the folder that it stands on beside it")
			return layers, diag.List{wrong}, nil
		}
		sub, err := fs.Sub(beside, base)
		if err != nil {
			return nil, nil, err
		}
		layers, names = append(layers, Layer{sub, path.Join(path.Dir(own.Dir), base)}), append(names, base)
	}
}

// folders are the names of the folders that a theme can stand on.
func folders(beside fs.FS) ([]string, error) {
	if beside == nil {
		return nil, nil
	}
	entries, err := fs.ReadDir(beside, ".")
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// layer is the place of the upper layer that has a file; the theme's own when
// none has it.
func (l *loader) layer(file string) int {
	return max(0, slices.IndexFunc(l.layers, func(at Layer) bool {
		_, err := fs.Stat(at.FS, file)
		return err == nil
	}))
}

// where is a file's name as its author would type it.
func (l *loader) where(file string) string { return path.Join(l.layers[l.layer(file)].Dir, file) }

func (l *loader) read(file string) ([]byte, error) {
	return fs.ReadFile(l.layers[l.layer(file)].FS, file)
}

// files are the paths that match a pattern in any layer, sorted.
func (l *loader) files(pattern string) ([]string, error) {
	var all []string
	for _, at := range l.layers {
		some, err := fs.Glob(at.FS, pattern)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// entries are those of a folder in any layer, sorted by name.
func (l *loader) entries(dir string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	for _, at := range l.layers {
		some, err := fs.ReadDir(at.FS, dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range some {
			if !slices.ContainsFunc(all, func(upper fs.DirEntry) bool { return upper.Name() == e.Name() }) {
				all = append(all, e)
			}
		}
	}
	slices.SortFunc(all, func(x, y fs.DirEntry) int { return strings.Compare(x.Name(), y.Name()) })
	return all, nil
}
