package search

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"sslclinic/generator/internal/parallel"
)

// hashSize is how many digits of an index's hash stand in the names of its
// files. One for all: a changed word moves what stands in most of them, and at
// 2,000 pages a hash a file made half of the root.
const hashSize = 6

// encode writes an index.
func encode(pages []Page, terms []ranking, weak string) Index {
	x := Index{Files: map[string][]byte{}}
	var root []byte
	var parts []part
	root = binary.AppendUvarint(root, uint64(len(pages)))
	for i := range pages {
		p := &pages[i]
		places := p.places()
		head := uint64(len(places)) << 1
		if i > 0 && p.URL == pages[i-1].URL {
			head |= 1
		}
		root = binary.AppendUvarint(root, head)
		root = binary.AppendUvarint(root, p.worth())
		for j, places := range places {
			root = binary.AppendUvarint(root, uint64(len(places)))
			for _, place := range places {
				parts = append(parts, part{of: p, section: p.Sections[j], text: place.shown()})
			}
		}
	}
	shards := cut(terms, func(t ranking) int { return len(t.term) + 4*len(t.postings) }, shard, shardSize(len(pages)))
	fragments := cut(parts, func(p part) int { return len(p.text) }, fragment, fragmentSize)
	sum := sha256.New()
	for _, s := range shards {
		sum.Write(s.packed)
	}
	for _, f := range fragments {
		sum.Write(f.packed)
	}
	hash := hex.EncodeToString(sum.Sum(nil))[:hashSize]
	root = append(root, hash...)
	root = binary.AppendUvarint(root, uint64(len(weak)))
	root = append(root, weak...)
	root = binary.AppendUvarint(root, uint64(len(shards)))
	last := ""
	for i, s := range shards {
		first := s.items[0].term
		shared := sharedUnits(last, first)
		root = binary.AppendUvarint(root, uint64(shared))
		rest := suffix(first, shared)
		root = binary.AppendUvarint(root, uint64(len(rest)))
		root = append(root, rest...)
		x.Files[fmt.Sprintf("t%d.%s.bin", i, hash)] = s.packed
		last = first
	}
	root = binary.AppendUvarint(root, uint64(len(fragments)))
	for i, f := range fragments {
		root = binary.AppendUvarint(root, uint64(len(f.items)))
		x.Files[fmt.Sprintf("f%d.%s.bin", i, hash)] = f.packed
	}
	x.Root = pack(root)
	return x
}

// worth is by how many hundredths a page weighs more for what leads to it: of
// pages that answer alike, the one that others send to is the one about it.
func (p Page) worth() uint64 { return uint64(math.Round(linkWorth * math.Log1p(float64(p.Links)))) }

// packers keep what packing needs, which is more than what is packed.
var packers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		panic("search: " + err.Error()) // the level is one
	}
	return w
}}

// pack packs what is read as one. Between its pieces it begins to count anew
// which bytes are frequent: a twentieth less, where they are unlike.
func pack(pieces ...[]byte) []byte {
	var b bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	for i, data := range pieces {
		if i > 0 {
			_ = w.Flush()
		}
		_, _ = w.Write(data) // a buffer takes all
	}
	_ = w.Close()
	return b.Bytes()
}

type group[T any] struct {
	items  []T
	packed []byte
}

// pace is how many groups are cut by one knowledge of how well they pack, so
// that they can be packed side by side.
const pace = 16

// cut divides items into groups of about a size when packed. How well a group
// packs is known from those before it.
func cut[T any](items []T, raw func(T) int, write func([]T) [][]byte, size int) []group[T] {
	var all []group[T]
	ratio := .4
	for at := 0; at < len(items); {
		now, weighed := len(all), 0.
		for at < len(items) && len(all) < now+pace {
			end, n := at, 0.
			for end < len(items) && (end == at || n+float64(raw(items[end])) <= float64(size)/ratio) {
				n += float64(raw(items[end]))
				end++
			}
			all = append(all, group[T]{items: items[at:end]})
			at, weighed = end, weighed+n
		}
		packed := 0.
		parallel.Each(len(all)-now, func(i int) { all[now+i].packed = pack(write(all[now+i].items)...) })
		for _, g := range all[now:] {
			packed += float64(len(g.packed))
		}
		ratio = min(1, max(.05, packed/max(1, weighed)))
	}
	return all
}

// firstPlaces are how many places of a page an impact tells beside itself: none, or
// one of the first. A mask follows for others.
const firstPlaces = 7

// shard writes terms and their postings, column by column, in three pieces: on
// which pages they are, how and where there, and their letters.
func shard(terms []ranking) [][]byte {
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
			place := uint64(bits.Len64(p.mask))
			if place >= firstPlaces || p.mask != 1<<place>>1 {
				place, masks = firstPlaces, binary.AppendUvarint(masks, p.mask)
			}
			impacts = binary.AppendUvarint(impacts, uint64(p.impact)*(firstPlaces+1)|place)
			if p.impact&flagHeading != 0 {
				headings = binary.AppendUvarint(headings, p.heading)
			}
		}
	}
	return [][]byte{
		slices.Concat(binary.AppendUvarint(nil, uint64(len(terms))), shared, lengths, counts, pages),
		slices.Concat(impacts, masks, headings),
		text,
	}
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

// A part is a place of a page, as a fragment holds it.
type part struct {
	of      *Page
	section Section
	text    string
}

// shown is what stands in a place, on one line.
func (p place) shown() string {
	var b strings.Builder
	for _, line := range p.lines {
		if text := strings.Join(strings.Fields(line.text), " "); text != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(text)
		}
	}
	return b.String()
}

// fragment writes places: for each page a list of its path, its title, the
// part's name, its summary, and then for each place its section's id and
// heading, and its text.
func fragment(parts []part) [][]byte {
	var pages [][]string
	var last *Page
	for _, p := range parts {
		if p.of != last {
			pages = append(pages, []string{p.of.URL, p.of.ID, cmp.Or(p.of.Short, p.of.Title), p.of.Name, p.of.Summary})
			last = p.of
		}
		at := &pages[len(pages)-1]
		*at = append(*at, p.section.ID, p.section.Heading, p.text)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(pages); err != nil {
		panic("search: " + err.Error()) // strings alone
	}
	return [][]byte{b.Bytes()}
}
