package urlpath

import (
	"net/url"
	"strings"
	"testing"
)

func TestRelSaysTheShortestWay(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"ja/error-525/", "ja/flexible/", "../flexible/"},
		{"ja/error-525/", "ja/flexible/#risk", "../flexible/#risk"},
		{"ja/error-525/", "ja/error-525/", "./"},
		{"ja/error-525/", "ja/error-525/#causes", "#causes"},
		{"ja/error-525/", "ja/", "../"},
		{"ja/error-525/", "", "../../"},
		{"", "ja/", "ja/"},
		{"", "", "./"},
		{"404.html", "ja/", "ja/"},
		{"ja/", "jaa/", "../jaa/"},
		{"", "a:b/", "./a:b/"},
	} {
		if got := Rel(c.from, c.to); got != c.want {
			t.Errorf("Rel(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// FuzzRelArrives is the package's law.
func FuzzRelArrives(f *testing.F) {
	f.Add("ja/error-525/", "ja/flexible/#risk")
	f.Add("", "ja/")
	f.Add("ja/check/origin-leg/", "assets/0a/theme.css")
	f.Add("a/b", "a:c/d?x=1#y")
	f.Fuzz(func(t *testing.T, from, to string) {
		path, _, _ := strings.Cut(strings.ReplaceAll(to, "?", "#"), "#")
		if !plain(from) || !plain(path) {
			t.Skip()
		}
		for _, base := range []string{"https://example.org/", "https://example.org/repo/"} {
			page, err := url.Parse(base + from)
			if err != nil {
				t.Skip()
			}
			want, err := url.Parse(base + to)
			if err != nil {
				t.Skip()
			}
			got, err := page.Parse(Rel(from, to))
			if err != nil {
				t.Fatalf("Rel(%q, %q) = %q: %v", from, to, Rel(from, to), err)
			}
			if got.String() != want.String() {
				t.Errorf("from %q, %q leads to %q, not to %q", from, Rel(from, to), got, want)
			}
		}
	})
}

// plain tells whether p is a path as this site has them.
func plain(p string) bool {
	for _, part := range strings.Split(strings.TrimSuffix(p, "/"), "/") {
		if part == "." || part == ".." || part == "" && p != "" {
			return false
		}
		for _, c := range part {
			if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-.:=", c) {
				return false
			}
		}
	}
	return true
}
