package search

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// hashSize is how many bytes of a hash stand in a file's name and in the root:
// with the file's number, enough to tell it from what it was before.
const hashSize = 4

// encode writes an index.
func encode(pages []Page, terms []ranking) Index {
	x := Index{Files: map[string][]byte{}}
	var root, list []byte
	root = binary.AppendUvarint(root, uint64(len(pages)))
	for _, p := range pages {
		root = binary.AppendUvarint(root, uint64(max(1, len(p.Sections))))
		for _, places := range p.places() {
			root = binary.AppendUvarint(root, uint64(len(places)))
		}
		if len(p.Sections) == 0 {
			root = append(root, 1)
		}
	}
	last := ""
	shards := cut(terms, func(t ranking) int { return len(t.term) + 4*len(t.postings) }, shard, shardSize)
	for i, s := range shards {
		first := s.items[0].term
		shared := sharedUnits(last, first)
		list = binary.AppendUvarint(list, uint64(shared))
		rest := suffix(first, shared)
		list = binary.AppendUvarint(list, uint64(len(rest)))
		list = append(list, rest...)
		list = append(list, x.file("t", i, s.packed)...)
		last = first
	}
	root = binary.AppendUvarint(root, uint64(len(shards)))
	root = append(root, list...)

	var parts []part
	for i, p := range pages {
		for j := range max(1, len(p.Sections)) {
			parts = append(parts, part{page: i, section: j, of: &pages[i]})
		}
	}
	fragments := cut(parts, func(p part) int { return len(p.shown()) }, fragment, fragmentSize)
	root = binary.AppendUvarint(root, uint64(len(fragments)))
	for i, f := range fragments {
		root = binary.AppendUvarint(root, uint64(len(f.items)))
		root = append(root, x.file("f", i, f.packed)...)
	}
	x.Root = pack(root)
	return x
}

// file adds a file and gives the hash that is in its name.
func (x *Index) file(kind string, number int, data []byte) []byte {
	sum := sha256.Sum256(data)
	hash := sum[:hashSize]
	x.Files[fmt.Sprintf("%s%d.%s.bin", kind, number, hex.EncodeToString(hash))] = data
	return hash
}

func pack(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic("search: " + err.Error()) // the level is one
	}
	_, _ = w.Write(data) // a buffer takes all
	_ = w.Close()
	return b.Bytes()
}

type group[T any] struct {
	items  []T
	packed []byte
}

// cut divides items into groups of about a size when packed. How well a group
// packs is known from the one before it.
func cut[T any](items []T, raw func(T) int, write func([]T) []byte, size int) []group[T] {
	var all []group[T]
	ratio := .4
	for at := 0; at < len(items); {
		end, n := at, 0.
		for end < len(items) && (end == at || n+float64(raw(items[end])) <= float64(size)/ratio) {
			n += float64(raw(items[end]))
			end++
		}
		packed := pack(write(items[at:end]))
		all = append(all, group[T]{items[at:end], packed})
		if n > 0 {
			ratio = (ratio + min(1, max(.05, float64(len(packed))/n))) / 2
		}
		at = end
	}
	return all
}

// shard writes terms and their postings, column by column.
func shard(terms []ranking) []byte {
	var shared, lengths, counts, pages, impacts, masks, headings, text []byte
	last := ""
	for _, t := range terms {
		n := sharedUnits(last, t.term)
		rest := suffix(t.term, n)
		shared = binary.AppendUvarint(shared, uint64(n))
		lengths = binary.AppendUvarint(lengths, uint64(units(rest)))
		counts = binary.AppendUvarint(counts, uint64(len(t.postings)))
		text = append(text, rest...)
		last = t.term
		before := 0
		for _, p := range t.postings {
			pages = binary.AppendUvarint(pages, uint64(p.page-before))
			before = p.page
			impacts = append(impacts, p.impact)
			masks = binary.AppendUvarint(masks, p.mask)
			if p.impact&flagHeading != 0 {
				headings = binary.AppendUvarint(headings, p.heading)
			}
		}
	}
	return bytes.Join([][]byte{binary.AppendUvarint(nil, uint64(len(terms))), shared, lengths, counts, pages, impacts, masks, headings, text}, nil)
}

// units is the length of a text as JavaScript counts it.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// sharedUnits is how much of a term is the beginning of the one before, as
// JavaScript counts it. It never ends within a character.
func sharedUnits(last, term string) int {
	n := 0
	for last != "" && term != "" {
		a, size := utf8.DecodeRuneInString(last)
		b, _ := utf8.DecodeRuneInString(term)
		if a != b {
			break
		}
		n += len(utf16.AppendRune(nil, a))
		last, term = last[size:], term[size:]
	}
	return n
}

// suffix is a term without its first units.
func suffix(term string, shared int) string {
	for shared > 0 {
		r, size := utf8.DecodeRuneInString(term)
		shared -= len(utf16.AppendRune(nil, r))
		term = term[size:]
	}
	return term
}

// A part is a section of a page, as a fragment holds it.
type part struct {
	page, section int
	of            *Page
}

// shown is what of the section's words is kept to show.
func (p part) shown() string {
	if len(p.of.Sections) == 0 {
		return ""
	}
	s := p.of.Sections[p.section]
	text := clip(strings.ReplaceAll(s.Text, "\n", " "), excerptText)
	if code := clip(strings.Join(strings.Fields(strings.Join(s.Code, " ")), " "), excerptCode); code != "" {
		text = strings.TrimSpace(text + " " + code)
	}
	return text
}

// clip gives the first characters of a text.
func clip(text string, most int) string {
	for i := range text {
		if most--; most < 0 {
			return text[:i]
		}
	}
	return text
}

// fragment writes sections: for each page a list of its path, its title, the
// part's name, its summary, and then for each section id, heading, and text.
func fragment(parts []part) []byte {
	var pages [][]string
	last := -1
	for _, p := range parts {
		if p.page != last {
			pages = append(pages, []string{p.of.URL, p.of.ID, p.of.Title, p.of.Name, p.of.Summary})
			last = p.page
		}
		var s Section
		if len(p.of.Sections) > 0 {
			s = p.of.Sections[p.section]
		}
		at := &pages[len(pages)-1]
		*at = append(*at, s.ID, s.Heading, p.shown())
	}
	data, err := json.Marshal(pages)
	if err != nil {
		panic("search: " + err.Error()) // strings alone
	}
	return data
}
