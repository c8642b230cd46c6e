package pipeline

import (
	"fmt"
	"strings"
	"testing"
)

// TestALinkThatChoosesIsHeldToWhatCanBeChosen: the golden site has no hosts and
// no servers, and on every site there are the three systems.
func TestALinkThatChoosesIsHeldToWhatCanBeChosen(t *testing.T) {
	for to, want := range map[string]string{
		"#os=windows":              "",
		"#os=window":               `there is no system "window" [link-anchor]` + "\n    hint: did you mean \"windows\"?",
		"#os=windows&host=xserver": `there is no host "xserver" [link-anchor]` + "\n    hint: the hosts are the files of content/hosts",
		"#system=windows":          `nobody chooses a "system" [link-anchor]` + "\n    hint: known are: host, os, server",
	} {
		files, _, _ := given(t)
		change(t, files, "content/articles/first/ja.md", "../second/ja.md#why", "../second/ja.md"+to)
		result, problems, err := Build(input(t, files))
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			if problems.Errors() > 0 || !strings.Contains(string(result.Tree["ja/first/index.html"]), to) {
				t.Errorf("%s: %v", to, problems)
			}
			continue
		}
		if got := fmt.Sprint(problems); !strings.Contains(got, "content/articles/first/ja.md:10:5: error: "+want) {
			t.Errorf("%s: got %s, want %s", to, got, want)
		}
	}
}
