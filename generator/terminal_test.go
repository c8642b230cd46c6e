package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"sslclinic/generator/internal/source"
)

// TestWhoCannotTouchTheServerHasAWayOut of every error and symptom: what is
// repaired in a terminal, or in a server's files, can be asked of somebody else,
// with a message that is ready, and the causes say so before the first of them.
func TestWhoCannotTouchTheServerHasAWayOut(t *testing.T) {
	content, problems, err := source.Load(os.DirFS("../content"), "content")
	if err != nil || problems.Errors() > 0 {
		t.Fatal(problems, err)
	}
	section := func(text, id string) string {
		_, after, _ := strings.Cut(text, "{#"+id+"}\n")
		within, _, _ := strings.Cut(after, "\n## ")
		return within
	}
	seen := 0
	for _, a := range content.Articles {
		if kind := a.Meta.Kind.Value; kind != "error" && kind != "symptom" {
			continue
		}
		seen++
		for _, text := range a.Texts {
			body := string(text.Body)
			first, _, _ := strings.Cut(section(body, "causes"), "\n### ")
			if !strings.Contains(first, "](#still-stuck)") {
				t.Errorf("%s: #causes does not lead to the message in #still-stuck; begin it as error-525 does", text.File)
			}
			if !strings.Contains(section(body, "still-stuck"), "```include ask-server\n") {
				t.Errorf("%s: #still-stuck has no message for who cannot touch the server; write ```include ask-server", text.File)
			}
			before, _, _ := strings.Cut(section(body, "quick-check"), "\n### ")
			if i := strings.Index(before, "```command"); i >= 0 && i < strings.Index(before, "```check ") {
				t.Errorf("%s: a command stands before the checker; put it below a heading {#terminal}", text.File)
			}
		}
	}
	if seen < 13 {
		t.Fatalf("%d errors and symptoms", seen)
	}
}

var (
	cause = regexp.MustCompile(`(?m)^### .*\{#([\w-]+)\}$`)
	// byHand is where somebody without a terminal goes: a place that has a label,
	// the page of a host, steps by host or panel, or the message to whoever can.
	byHand = regexp.MustCompile("\\{(ui|label) |hosts/[\\w-]+\\.yaml|```tabs (host|server)|```include (host-|panel-|grey-window)|#still-stuck\\)")
)

// TestEveryFixNamesItsPlaceInAPanelOrWhoseItIs: "install the certificate" is no
// help to an owner who has a browser and no server to log in to.
func TestEveryFixNamesItsPlaceInAPanelOrWhoseItIs(t *testing.T) {
	content, problems, err := source.Load(os.DirFS("../content"), "content")
	if err != nil || problems.Errors() > 0 {
		t.Fatal(problems, err)
	}
	seen := 0
	for _, a := range content.Articles {
		if kind := a.Meta.Kind.Value; kind != "error" && kind != "symptom" {
			continue
		}
		for _, text := range a.Texts {
			body := string(text.Body)
			for _, at := range cause.FindAllStringSubmatchIndex(body, -1) {
				within, _, _ := strings.Cut(body[at[1]:], "\n## ")
				within, _, _ = strings.Cut(within, "\n### ")
				_, fix, ok := strings.Cut(within, "{.fix}\n")
				if !ok {
					continue
				}
				seen++
				fix, _, _ = strings.Cut(fix, "\n#### ")
				if !byHand.MatchString(fix) {
					t.Errorf("%s#%s: the fix has no way without a terminal: refer to a place, {ui …}, to a page of hosts/, to a recipe by host or panel, or to [the message](#still-stuck)", text.File, body[at[2]:at[3]])
				}
			}
		}
	}
	if seen < 250 {
		t.Fatalf("%d fixes", seen)
	}
}
