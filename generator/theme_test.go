package main

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sslclinic/generator/internal/linkcheck"
	"sslclinic/generator/internal/pipeline"
)

const almanac = "testdata/themes/almanac"

// assetHash is what an asset's address tells of its bytes.
var assetHash = regexp.MustCompile(`(assets/[a-z0-9/._-]+)\.[0-9a-f]{8}\.`)

// TestASecondThemeHasOnlyWhatItDoesDifferently: in less than 200 lines it builds the whole site, the checker included.
func TestASecondThemeHasOnlyWhatItDoesDifferently(t *testing.T) {
	lines := 0
	err := fs.WalkDir(os.DirFS(almanac), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path.Join(almanac, name))
		lines += bytes.Count(data, []byte("\n"))
		return err
	})
	if err != nil || lines == 0 || lines >= 200 {
		t.Errorf("%d lines, %v", lines, err)
	}
	ours := dressed(t, atRoot, "generator/"+almanac)
	for _, p := range linkcheck.Check(ours.Tree, atRoot) {
		t.Error(p)
	}
	first := shipped(t, atRoot)
	names := func(r pipeline.Result) (all []string) {
		for _, name := range r.Tree.Paths() {
			all = append(all, assetHash.ReplaceAllString(name, "$1."))
		}
		slices.Sort(all)
		return all
	}
	if !slices.Equal(names(ours), names(first)) || !slices.Equal(ours.Addresses, first.Addresses) {
		t.Error("the two looks have other files")
	}
	for name, data := range ours.Tree {
		lang, _, _ := strings.Cut(name, "/")
		switch {
		case strings.HasPrefix(name, "assets/theme.") && !bytes.Contains(data, []byte(".masthead")):
			t.Errorf("%s has no style of the second theme", name)
		case path.Ext(name) != ".html" || lang != "ja" && lang != "en":
		case bytes.Contains(first.Tree[name], []byte("data-door")), bytes.Contains(first.Tree[name], []byte(`class="bare"`)):
			// an address that an article had before, and one that is gone, have a frame of their own
		case !bytes.Contains(data, []byte(`<header class="masthead">`)) || bytes.Contains(data, []byte(`class="top"`)):
			t.Errorf("%s stands in the first theme's frame", name)
		}
	}
	element := regexp.MustCompile(`(?s)<(ssl-check|origin-leg)[ >].*</(ssl-check|origin-leg)>`)
	for _, name := range []string{"ja/check/index.html", "en/check/index.html", "ja/check/origin-leg/index.html"} {
		hash := func(data []byte) string {
			return assetHash.ReplaceAllString(string(data), "$1.")
		}
		got, want := hash(element.Find(ours.Tree[name])), hash(element.Find(first.Tree[name]))
		if got == "" || got != want {
			t.Errorf("%s: the checker is another, or is not there", name)
		}
	}
}
