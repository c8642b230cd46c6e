// Package search makes the index that a reader's browser asks, of Japanese and
// of words, and holds the module that asks it.
//
// Law: index and query read a text alike. What [Fold] and [Terms] make of it
// here, client/scripts/search.js makes of it there; all else about language
// happens when the index is made.
//
// An index is a root, [Index.Root], and files beside it that it knows by
// number, and by one hash, each packed with gzip:
//
//	root         pages, how many sections each has (doubled, and one more for
//	             a part of the page before), how much its links are worth, and
//	             in how many places each section is divided; the hash; the pattern of what is weak in a query;
//	             the first term of each shard; how many places each fragment holds
//	t<n>.<hash>  a shard: sorted terms, and in which places each stands
//	f<n>.<hash>  a fragment: the words of some places, for titles and excerpts
//
// Numbers are varints, in columns, so that like stands beside like, and each
// kind of columns is packed by its own frequencies. A query
// fetches the root, the shards of its own terms, and the fragments of what it
// shows.
package search

import (
	"embed"
	"io/fs"
)

//go:embed client
var client embed.FS

// Client is what every theme has: the module, and the field in a page.
func Client() fs.FS {
	sub, err := fs.Sub(client, "client")
	if err != nil {
		panic("search: " + err.Error()) // the folder is compiled in
	}
	return sub
}

// A Page is what can be found: a page, or a part of one that stands for itself,
// such as a term of the glossary.
type Page struct {
	URL      string // its path below the site's root, without a fragment
	ID       string // of the part; "" for a page
	Title    string // of the page
	Short    string // the same in a list, where that differs
	Name     string // of the part
	Summary  string
	Lists    bool     // it tells a little of many things
	Card     bool     // it is a card of facts about one thing, and stands behind an article
	Codes    []string // the numbers that it is about
	Of       []string // whom alone it is about: it stands behind a page about all, but for who names them
	Exact    []string // what leads here when it is all that is asked: messages as they are on screen
	Also     []string // what it is called elsewhere: keywords, readings, other spellings
	Subjects []string // terms that it explains, by all their names
	Asked    []string // how people ask for it
	Kin      []string // what a page about the same is called: it stands behind that
	Links    int      // how many other pages lead to it
	Sections []Section
}

// A Section is a part of a page with a heading; that of what stands before the
// first has none, and no id.
type Section struct {
	ID      string
	Heading string
	Also    []string // what its subject is called elsewhere
	Asked   []string // how people ask for it
	Text    string
	Code    []string
}

// An Index is what is written for one language.
type Index struct {
	Root  []byte
	Files map[string][]byte // by name
}

// The sizes at which files are cut, packed, in bytes. A smaller file is
// fetched for less, and there are more of them.
const fragmentSize = 900

// shardSize grows with the index: in small shards of a large one, like would
// not stand beside like, and a query would fetch more files at its beginning.
func shardSize(pages int) int { return 1100 + pages }

// maxPlaces is how many places of a page are told apart: their numbers are
// bits of a mask, and JavaScript counts exactly to 2^53. The rest count as the
// last.
const maxPlaces = 50

// placeSize is how many characters are a place, at least, where a section has
// more: what is read again for a result, to quote it and to see whether it
// holds what was asked as it was asked.
const placeSize = 300
