// Package urlpath reckons with the paths of the site's URLs: slash-separated,
// without a leading slash, a page's path ending in a slash: "ja/error-525/".
// The site's root is "".
//
// Law: following Rel(from, to) from the page from arrives at to, whatever base
// path the site stands under.
package urlpath

import "strings"

// Rel gives the relative reference that leads from the page from to the path
// to, which may carry a query or a fragment. It is never empty, and never
// looks like a scheme or an absolute path.
func Rel(from, to string) string {
	suffix := ""
	if i := strings.IndexAny(to, "?#"); i >= 0 {
		to, suffix = to[:i], to[i:]
	}
	if from == to && suffix != "" && suffix[0] == '#' {
		return suffix
	}
	dir := from[:strings.LastIndexByte(from, '/')+1]
	common := 0
	for i := 0; i < len(dir) && i < len(to) && dir[i] == to[i]; i++ {
		if dir[i] == '/' {
			common = i + 1
		}
	}
	up := strings.Repeat("../", strings.Count(dir[common:], "/"))
	rest := to[common:]
	if up == "" && (rest == "" || rest[0] == '/' || strings.Contains(strings.SplitN(rest, "/", 2)[0], ":")) {
		up = "./"
	}
	return up + rest + suffix
}

// IsSlug tells whether s may be a folder's or a file's name in a URL, or an
// anchor: a lower-case ASCII letter or digit, then those and hyphens, at most
// 100 in all, since it becomes the name of a folder.
func IsSlug(s string) bool {
	if len(s) > 100 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' && i > 0) {
			return false
		}
	}
	return s != ""
}
