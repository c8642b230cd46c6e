package pipeline

import (
	"encoding/xml"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// feedIDs gives the id of a language's feed, and of its entries by their title.
func feedIDs(t *testing.T, in Input, lang string) (string, map[string]string) {
	t.Helper()
	var feed struct {
		ID      string `xml:"id"`
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(made(t, in).Tree[lang+"/feed.xml"], &feed); err != nil {
		t.Fatal(err)
	}
	entries := map[string]string{}
	for _, e := range feed.Entries {
		entries[e.Title] = e.ID
	}
	if len(entries) == 0 {
		t.Fatal("the feed is empty")
	}
	return feed.ID, entries
}

// changedSince gives the golden files with every article changed after the
// day from which ids are permanent.
func changedSince(t *testing.T) fstest.MapFS {
	t.Helper()
	files, _, _ := given(t)
	for name, f := range files {
		if strings.HasSuffix(name, "/article.yaml") {
			lines := strings.Split(string(f.Data), "\n")
			for i, l := range lines {
				if strings.HasPrefix(l, "updated:") {
					lines[i] = "updated: 2026-11-29"
				}
			}
			files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
		}
	}
	return files
}

func TestTheIDsOfAFeedFollowTheArticleAndNotItsAddress(t *testing.T) {
	files := changedSince(t)
	in := input(t, files)
	feed, entries := feedIDs(t, in, "ja")
	for _, id := range append(slices.Collect(maps.Values(entries)), feed) {
		if !strings.HasPrefix(id, "urn:uuid:") || len(id) != len("urn:uuid:")+36 || id[len("urn:uuid:")+14] != '5' {
			t.Errorf("the id %q", id)
		}
	}
	moved := fstest.MapFS{}
	for name, f := range files {
		moved[strings.ReplaceAll(name, "articles/first/", "articles/moved/")] = &fstest.MapFile{Data: []byte(strings.NewReplacer("../first/", "../moved/", "article: first", "article: moved", "[first]", "[moved]").Replace(string(f.Data)))}
	}
	change(t, moved, "content/published.txt", "", "")
	in = input(t, moved)
	in.Base = "https://elsewhere.example/docs/"
	if f, e := feedIDs(t, in, "ja"); f != feed || !maps.Equal(e, entries) {
		t.Errorf("at another address the ids are %s %v, not %s %v", f, e, feed, entries)
	}
	seen := map[string]bool{}
	for _, lang := range []string{"ja", "en"} {
		f, e := feedIDs(t, in, lang)
		for _, id := range append(slices.Collect(maps.Values(e)), f) {
			if seen[id] {
				t.Errorf("%s is there twice", id)
			}
			seen[id] = true
		}
	}
}

func TestTheIDsOfFeedsAreTheSameForEver(t *testing.T) {
	for name, want := range map[string]string{"feed/ja": "urn:uuid:7ad53e77-7503-5fa7-97dd-10a429eeaa2a", "article/525/en": "urn:uuid:e78f4a55-08b2-5062-8e3b-df8e03113046"} {
		if got := urn(name); got != want {
			t.Errorf("%s is %s, not %s", name, got, want)
		}
	}
}

// TestReadersOfAFeedAreNotShownOldArticlesAgain: what has not changed since ids
// are permanent keeps the one that readers know.
func TestReadersOfAFeedAreNotShownOldArticlesAgain(t *testing.T) {
	files, _, _ := given(t)
	in := input(t, files)
	in.Base = "https://clinic.example/"
	_, entries := feedIDs(t, in, "ja")
	for title, id := range entries {
		if !strings.HasPrefix(id, in.Base+"ja/") {
			t.Errorf("%s is known as %s", title, id)
		}
	}
}
