package blocks

import (
	"bytes"
	"compress/gzip"
	"os"
	"strings"
	"testing"

	"sslclinic/generator/internal/search"
	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/client"
)

func TestTheCheckerInAnArticleIsSmallAndLeadsOnWithoutScript(t *testing.T) {
	th, problems, err := theme.Load([]theme.Layer{{FS: os.DirFS("../../../themes/clinic"), Dir: "themes/clinic"}, {FS: client.Files, Dir: "wasmcheck/client"}, {FS: search.Client(), Dir: "generator/internal/search/client"}}, []string{"ja", "en"}, Parts()...)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	few := theme.Question{ID: "mode", Ask: "SSL/TLSの暗号化モードはどれですか。"}
	for _, id := range []string{"off", "flexible", "full", "strict", "origin_pull"} {
		few.Options = append(few.Options, theme.Answer{ID: id, Name: "Full (" + id + ")", URL: "../check/525/mode-" + strings.ReplaceAll(id, "_", "-") + "/"})
	}
	box := ask{Start: "symptom=525", Words: th.Words("ja"), Symptom: theme.Outcome{ID: "525", Name: "Error 525"}, Check: "../check/", URL: "../check/525/"}
	asks := box
	asks.Question, asks.Unknown = &few, "../check/525/mode-unknown/"
	for _, c := range []struct {
		box  ask
		most int
		want []string
	}{
		{box, 250, []string{`href="../check/525/"`, ` data-answer>`, `data-start="symptom=525"`, `data-page="../check/"`, "「Error 525」から始める"}},
		{asks, 500, []string{`href="../check/525/mode-origin-pull/"`, `data-answer="mode=origin_pull"`, `data-answer="mode=unknown"`, `href="../check/525/mode-unknown/"`}},
	} {
		html, err := th.Part("ask", c.box)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(string(html), want) {
				t.Errorf("no %s in %s", want, html)
			}
		}
		if n := zipped(t, []byte(html)); n > c.most {
			t.Errorf("it is %d bytes, more than %d: %s", n, c.most, html)
		}
	}
}

func zipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(data)
	w.Close()
	return b.Len()
}

func TestEveryMistakeInTheBoxOfTheCheckerIsNamedWhereItStands(t *testing.T) {
	named(t, []mistake{
		{"```check\n```\n", []string{"a.md:11:4: error: the checker wants a symptom to start at [figure]\n    hint: write ```check symptom=525"}},
		{"```check symptom=255\n```\n", []string{"a.md:11:10: error: \"255\" is not a symptom to start at [figure]\n    hint: did you mean \"525\"?"}},
		{"```check mode=full\n```\n", []string{`a.md:11:10: error: check takes no "mode"`}},
		{"```check symptom=525 symptom=526\n```\n", []string{"a.md:11:22: error: one symptom at a time"}},
		{"```check symptom=530 number=1034\n```\n", []string{"a.md:11:22: error: \"1034\" is no answer to number [figure]\n    hint: did you mean \"1014\"?"}},
		{"```check symptom=525 number=1033\n```\n", []string{`a.md:11:22: error: check takes no "number"`}},
		{"```check symptom=525 origin=tunnel origin=home\n```\n", []string{`a.md:11:36: error: "origin" is told twice`}},
		{"```check symptom=525\nLost.\n```\n", []string{"a.md:11:4: error: check shows no text of yours"}},
	})
}

func TestABlockOfTheCheckerIsNothingWhereASiteHasNone(t *testing.T) {
	for _, block := range []string{"```check symptom=525", "```outcomes faults", "```outcomes loops"} {
		if got, err := Draw(Page{Figures: figures(t, nil)}, hole(t, block), "x"); err != nil || got != (Drawing{}) {
			t.Errorf("%s: %+v, %v", block, got, err)
		}
	}
}
