package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sslclinic/generator/internal/output"
)

var folds = flag.Bool("folds", false, "try other weights of search, fold by fold: about twenty minutes")

// A trial is one weight that is another: a text of a file for another.
type trial struct{ file, is, other string }

const (
	indexWeights = "internal/search/index.go"
	queryWeights = "internal/search/client/scripts/search.js"
)

// asking are the weights of the module, each where it stands, with what is less and what is more.
var asking = [][3]string{
	{"on.cover ** 2", "on.cover ** 1.5", "on.cover ** 3"},
	{"(1 + on.head)", "(1 + .6 * on.head)", "(1 + 1.6 * on.head)"},
	{"> 99 ? 4 :", "> 99 ? 2.5 :", "> 99 ? 6.5 :"},
	{"1.5 * (g.best", "1 * (g.best", "2.4 * (g.best"},
	{"g.total ** .5", "g.total ** .3", "g.total ** .8"},
	{"4 * rare(", "2.5 * rare(", "6.5 * rare("},
	{"hit.impact ** 3", "hit.impact ** 2", "hit.impact ** 5"},
	{"hit.impact ** 16", "hit.impact ** 8", "hit.impact ** 32"},
	{"> 1 ? 5 : 1", "> 1 ? 3 : 1", "> 1 ? 8 : 1"},
	{"*= .4;", "*= .25;", "*= .65;"},
	{"=== root ? .6 : 0", "=== root ? .4 : 0", "=== root ? .9 : 0"},
	{"? .4 : 1 - .3 *", "? .25 : 1 - .3 *", "? .65 : 1 - .3 *"},
	{"1 - .3 * pair", "1 - .2 * pair", "1 - .45 * pair"},
	{"& 128 && .6", "& 128 && .4", "& 128 && .9"},
	{"& 512 && .6", "& 512 && .4", "& 512 && .9"},
	{"> 1023 && .3", "> 1023 && .2", "> 1023 && .5"},
	{"most(known) / 1.5", "most(known) / 1", "most(known) / 2.4"},
	{"[...m, 2]", "[...m, 1.2]", "[...m, 3]"},
	{"? .8 : .35", "? .8 : .25", "? .8 : .5"},
}

// TestWeightsByFolds asks all queries of all files with each weight less and more, one at a time, and then five times
// chooses what is best on four fifths of the queries and asks the fifth with it: what a choice is worth on queries
// by which it was not made. It prints, and asserts nothing.
func TestWeightsByFolds(t *testing.T) {
	if !*folds {
		t.Skip("skipped: -folds tries other weights of search")
	}
	trials := []trial{{}}
	number := regexp.MustCompile(`(?m)^\t((?:weight|exact)\w+|\w+Share|partWords|saturation|lengthMatters|linkWorth)(\s+= )([\d.]+)`)
	for _, m := range number.FindAllStringSubmatch(read(t, indexWeights), -1) {
		value, err := strconv.ParseFloat(m[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, by := range []float64{.6, 1.6} {
			trials = append(trials, trial{indexWeights, m[0], fmt.Sprintf("\t%s%s%.3g", m[1], m[2], value*by)})
		}
	}
	for _, w := range asking {
		trials = append(trials, trial{queryWeights, w[0], w[1]}, trial{queryWeights, w[0], w[2]})
	}
	const parts = 5
	languages := []string{"ja", "en"}
	queries, got := map[string][][]string{}, map[string][][]float64{}
	for _, lang := range languages {
		names, err := filepath.Glob("testdata/search/" + lang + "*.tsv")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if name = filepath.Base(name); name != "ja-pairs.tsv" {
				queries[lang] = append(queries[lang], rows(t, name)...)
			}
		}
	}
	for _, one := range trials {
		tree := one.tree(t)
		for _, lang := range languages {
			got[lang] = append(got[lang], ranks(t, lang, tree, queries[lang]))
		}
	}
	for _, lang := range languages {
		// mean is of the queries in a part, or of all others.
		mean := func(all []float64, part int, in bool) float64 {
			sum, n := 0., 0.
			for i, x := range all {
				h := fnv.New32()
				_, _ = h.Write([]byte(queries[lang][i][0]))
				if (int(h.Sum32()%parts) == part) == in {
					sum, n = sum+x, n+1
				}
			}
			return sum / n
		}
		got, chosen, ours := got[lang], 0., 0.
		for i, one := range trials {
			better := 0
			for part := range parts {
				if mean(got[i], part, true) > mean(got[0], part, true) {
					better++
				}
			}
			all := mean(got[i], parts, false)
			t.Logf("%s: %q is %q: MRR %.4f, %+.4f; better in %d of %d", lang, strings.Fields(one.is), strings.Fields(one.other), all, all-mean(got[0], parts, false), better, parts)
		}
		for part := range parts {
			best := 0
			for i := range trials {
				if mean(got[i], part, false) > mean(got[best], part, false) {
					best = i
				}
			}
			chosen, ours = chosen+mean(got[best], part, true)/parts, ours+mean(got[0], part, true)/parts
			t.Logf("%s: without part %d %q is best: %.4f there, with ours %.4f", lang, part, strings.Fields(trials[best].other), mean(got[best], part, true), mean(got[0], part, true))
		}
		t.Logf("%s: %d queries; what was chosen without them gives MRR %.4f, ours %.4f", lang, len(queries[lang]), chosen, ours)
	}
}

// tree is the site with the other weight: what of it search reads.
func (w trial) tree(t *testing.T) output.Tree {
	t.Helper()
	tree := shipped(t, atRoot).Tree
	if w.file == "" {
		return tree
	}
	source := read(t, w.file)
	if strings.Count(source, w.is) != 1 {
		t.Fatalf("%s: %q stands there %d times", w.file, w.is, strings.Count(source, w.is))
	}
	source = strings.Replace(source, w.is, w.other, 1)
	if w.file == indexWeights {
		return madeWith(t, w.file, source)
	}
	other := maps.Clone(tree)
	other[asset(t, tree, "search.js")] = []byte(source)
	return other
}

// ranks are one by the place of what is wanted, of each query; 0 where it is not there.
func ranks(t *testing.T, lang string, tree output.Tree, queries [][]string) []float64 {
	t.Helper()
	program := started(t, tool(t, "node"))
	s := &asked{engine: program.open(t, lang, tree)}
	all := make([]float64, len(queries))
	var asks []string
	for _, row := range queries {
		asks = append(asks, row[0])
	}
	s.ahead(t, asks, 10)
	for i, row := range queries {
		want := strings.Fields(row[1])
		if at := slices.IndexFunc(found(t, s, row[0], 10), func(page string) bool { return slices.Contains(want, page) }); at >= 0 {
			all[i] = 1 / float64(at+1)
		}
	}
	if err := program.end(); err != nil {
		t.Fatal(err)
	}
	return all
}

// madeWith is the site as a generator makes it in which a file is another: what of it search reads.
func madeWith(t *testing.T, name, source string) output.Tree {
	t.Helper()
	dir := t.TempDir()
	abs, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	other, overlay, program, out := filepath.Join(dir, "other.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "clinic"), filepath.Join(dir, "out")
	data, err := json.Marshal(map[string]any{"Replace": map[string]string{abs: other}})
	if err != nil {
		t.Fatal(err)
	}
	for at, data := range map[string][]byte{other: []byte(source), overlay: data} {
		if err := os.WriteFile(at, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"go", "build", "-overlay", overlay, "-o", program, "./generator"}, {program, "build", "-out", out}} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = ".."
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, said)
		}
	}
	tree := output.Tree{}
	err = fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && (strings.HasSuffix(name, ".bin") || strings.HasSuffix(name, "/search/index.html") || strings.HasPrefix(name, "assets/search.")) {
			tree[name], err = os.ReadFile(filepath.Join(out, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	return tree
}
