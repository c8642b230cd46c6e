package search

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// What a term weighs, by where it stands, before it is set against the length
// of the field. What is asked whole weighs most; what a page is called
// elsewhere counts as a word of its summary.
//
// To make one of them more or less by three fifths, as folds of the queries
// choose, does no good (TestWeightsByFolds, 2026-11-29): what four fifths choose
// gives the last one MRR .966 in Japanese and .976 in English, and so do these,
// .967 and .976.
const (
	weightCode    = 40
	weightTitle   = 12
	weightAlso    = 5
	weightSummary = 4
	weightSubject = 3
	weightPart    = 4  // the name of a part of a page
	partShare     = .5 // of what a part weighs: it is short, and the article about its subject comes first
	partWords     = .5 // of what a part's text weighs beside
	cardShare     = .7 // … and a card of facts, but for its own names: it has the words of every article about its subjects
	listShare     = .6 // … and a page that lists: it names everything, and is about none of it
	weightHeading = 4
	weightText    = 1
	weightListing = .6
	weightSynonym = 2  // another word for what stands in the name, the summary, or the other names
	weightAlike   = .8 // … or in a heading
	weightKin     = .4 // what a page about the same is called
	saturation    = 3  // k1: at this weight a term has half of its impact
	lengthMatters = .5 // b, for text and code
	shortest      = 1
	levels        = 15  // of an impact, in four bits
	exactName     = 100 // titles, codes, messages
	exactAlso     = 30
	exactSubject  = 26
	exactPart     = 2
	exactHeading  = 2
	manyAlso      = 3 // other names of which the later ones lead less
	lastAlso      = 6
	exactOther    = .7 // of the weight, under another name for the same
	weightAsked   = 2
	exactAsked    = 10
	linkWorth     = 10 // hundredths, for each time that links are e times as many
	flagHeading   = 16 // the term stands in headings: the first places of their sections follow
	flagAlike     = 32 // another word for it stands in the page's name, summary or other names: the steps of three bits
	flagTop       = 64 // … it stands there itself
	flagName      = 64 // … and in the name of a page
	common        = 12 // on so many pages, and on one of so many, is what joins words: its places are not kept
)

// A posting says where a term stands.
type posting struct {
	page    int
	weight  float64
	text    float64 // of it, what depends on the page's length
	top     bool
	alike   bool // another word for it is among what is at the top
	name    bool
	mask    uint64 // places, from bit 0
	heading uint64
}

// indexing is an index being made.
type indexing struct {
	terms map[string][]posting
	long  []float64 // the length of each page's text, in terms
	share []float64 // of what its terms weigh
	words Words

	ends, begins map[string]bool // of the page at hand: characters that are a term, and that begin one
}

// at gives the posting of a term on a page, the last that there is.
func (x *indexing) at(term string, page int) *posting {
	all := x.terms[term]
	if n := len(all); n == 0 || all[n-1].page != page {
		all = append(all, posting{page: page})
		x.terms[term] = all
		if r, size := utf8.DecodeRuneInString(term); isJapanese(r) && !strings.Contains(term, wholeSign) {
			if size == len(term) {
				x.ends[term] = true
			} else {
				x.begins[term[:size]] = true
			}
		}
	}
	return &all[len(all)-1]
}

// Words are what is known of the words of who searches.
type Words struct {
	Alike [][]string // sets of names for one thing: a page that is about it under one of them is found under the others
	Weak  []string   // what says nothing of a subject, such as how one asks
}

// Make makes the index of pages in one language.
func Make(pages []Page, words Words) Index {
	x := &indexing{terms: map[string][]posting{}, long: make([]float64, len(pages)), share: make([]float64, len(pages)), words: words, ends: map[string]bool{}, begins: map[string]bool{}}
	known := thesaurus(words.Alike)
	pages = slices.Clone(pages)
	for i := range pages {
		if len(pages[i].Sections) == 0 {
			pages[i].Sections = []Section{{}} // what is shown of it has a place
		}
		x.share[i] = 1
		if pages[i].Name != "" {
			x.share[i] = partShare
		} else if pages[i].Lists {
			x.share[i] = listShare
		} else if pages[i].Card {
			x.share[i] = cardShare
		}
		x.add(i, pages[i], known)
		x.thin()
	}
	return encode(pages, x.ranked(), words.weak())
}

// add notes the terms of a page.
func (x *indexing) add(page int, p Page, known []synonym) {
	top := func(text string, name bool, weight float64) {
		Terms(text, name, func(term string) {
			at := x.at(term, page)
			at.weight, at.top = at.weight+weight, true
		})
	}
	once := func(texts []string, weight float64) {
		seen := map[string]bool{}
		for _, text := range texts {
			Terms(text, true, func(term string) {
				if at := x.at(term, page); !seen[term] {
					at.weight, at.top, seen[term] = at.weight+weight, true, true
				}
			})
		}
	}
	exact := func(text string, weight float64) {
		for term, weight := range alike(known, text, weight) {
			at := x.at(term, page)
			at.weight, at.top = max(at.weight, weight), true
		}
	}
	name, title, called, also := p.Title, float64(weightTitle), float64(exactName), float64(exactAlso)
	if p.Name != "" {
		// A part of a page is short, and would come before the article about its subject.
		name, title, called, also = p.Name, weightPart, exactPart, exactPart
	}
	top(name, true, title)
	if p.Name == "" {
		of := p.Of
		if len(of) == 0 {
			of = []string{name}
		}
		for _, name := range of {
			Terms(name, true, func(term string) { x.at(term, page).name = true })
		}
		top(p.Summary, false, weightSummary)
	} else {
		Terms(p.Summary, false, func(term string) {
			at := x.at(term, page)
			at.text, at.mask = at.text+weightText, at.mask|1
		})
	}
	exact(name, called)
	exact(p.Short, called)
	// A query is asked without what is weak as well.
	exact(x.words.strong(name), called)
	if at := strings.IndexAny(name, ":："); at > 0 {
		exact(name[:at], called)
	}
	for _, code := range p.Codes {
		top(code, true, weightCode)
		exact(code, exactName)
	}
	about := []string{name, p.Summary}
	once(p.Exact, weightSummary)
	for _, name := range p.Of {
		exact(name, exactAlso)
		x.at(whole(name), page).name = true
	}
	for _, text := range p.Exact {
		if len(p.Of) > 0 && !slices.Contains(p.Of, text) {
			exact(text, exactAlso)
		} else {
			exact(text, exactName)
		}
		for part := range strings.SplitSeq(text, " — ") {
			exact(part, exactAlso)
		}
	}
	p.Also = eitherWay(p.Also)
	once(p.Also, weightAlso)
	for i, text := range p.Also {
		// What an author names first, a page is most about.
		exact(text, also/float64(1+min(i, lastAlso)/manyAlso))
		about = append(about, text)
	}
	once(p.Subjects, weightSubject)
	once(p.Asked, weightAsked)
	for _, text := range p.Asked {
		exact(text, exactAsked)
		exact(x.words.strong(text), exactAsked)
	}
	for _, text := range p.Subjects {
		exact(text, exactSubject)
		about = append(about, text)
	}
	words := 1.
	if p.Name != "" {
		words = partWords
	}
	for i, places := range p.places() {
		s := p.Sections[i]
		first := places[0].bit
		Terms(s.Heading, true, func(term string) {
			at := x.at(term, page)
			at.weight, at.mask, at.heading = at.weight+weightHeading, at.mask|first, at.heading|first
		})
		if term := whole(s.Heading); term != "" && s.ID != "" {
			at := x.at(term, page)
			at.weight, at.mask, at.heading = max(at.weight, exactHeading), at.mask|first, at.heading|first
		}
		for _, text := range s.Asked {
			for _, term := range []string{whole(text), whole(x.words.strong(text))} {
				if term != "" {
					at := x.at(term, page)
					at.weight, at.mask, at.heading = max(at.weight, exactAsked), at.mask|first, at.heading|first
				}
			}
		}
		for _, also := range slices.Concat(s.Also, s.Asked) {
			Terms(also, true, func(term string) {
				at := x.at(term, page)
				at.weight, at.mask, at.heading = at.weight+weightSubject, at.mask|first, at.heading|first
			})
		}
		for _, also := range others(known, []string{s.Heading}) {
			Terms(also, true, func(term string) {
				if at := x.at(term, page); at.heading&first == 0 {
					at.weight, at.mask, at.heading = at.weight+weightAlike, at.mask|first, at.heading|first
				}
			})
		}
		for _, place := range places {
			for _, line := range place.lines {
				Terms(line.text, false, func(term string) {
					at := x.at(term, page)
					at.text, at.mask = at.text+words*line.weight, at.mask|place.bit
					x.long[page]++
				})
			}
		}
	}
	alike := func(texts []string, weight float64) {
		for _, text := range texts {
			Terms(text, true, func(term string) {
				if at := x.at(term, page); !at.alike {
					at.weight, at.alike = at.weight+weight, true
				}
			})
		}
	}
	alike(others(known, about), weightSynonym)
	alike(p.Kin, weightKin)
}

// eitherWay gives names, and those of two words in the other order as well:
// who looks for an expired certificate writes that a certificate expired.
func eitherWay(names []string) []string {
	all := slices.Clone(names)
	for _, name := range names {
		if words := strings.Fields(name); len(words) == 2 && name[0] < utf8.RuneSelf {
			all = append(all, words[1]+" "+words[0])
		}
	}
	return all
}

// thin drops characters by themselves from a page on which they begin a term:
// who asks for one is given all that begins so.
func (x *indexing) thin() {
	for term := range x.ends {
		if all := x.terms[term]; x.begins[term] && !all[len(all)-1].top {
			x.terms[term] = all[:len(all)-1]
		}
	}
	clear(x.ends)
	clear(x.begins)
}

// A place is some lines of a section, no line divided, so that what was
// written together stands in one place.
type place struct {
	bit   uint64
	lines []line
}

type line struct {
	text   string
	weight float64
}

// places divides each section, so that the page has as many places as a mask
// has bits, at most, and each section one at least.
func (p Page) places() [][]place {
	total := 0
	lines := make([][]line, len(p.Sections))
	for i, s := range p.Sections {
		for text := range strings.SplitSeq(s.Text, "\n") {
			lines[i] = append(lines[i], line{text, weightText})
			total += utf8.RuneCountInString(text)
		}
		for _, code := range s.Code {
			for text := range strings.SplitSeq(code, "\n") {
				lines[i] = append(lines[i], line{text, weightListing})
				total += utf8.RuneCountInString(text)
			}
		}
	}
	size := max(placeSize, total/max(1, maxPlaces-len(p.Sections))+1)
	next := 0
	all := make([][]place, len(p.Sections))
	for i := range lines {
		n := 0
		for j, l := range lines[i] {
			if j == 0 || n >= size {
				all[i] = append(all[i], place{bit: 1 << min(next, maxPlaces-1)})
				next, n = next+1, 0
			}
			last := &all[i][len(all[i])-1]
			last.lines = append(last.lines, l)
			n += utf8.RuneCountInString(l.text)
		}
	}
	return all
}

// A synonym is a set of names, folded beside as they are written.
type synonym struct{ names, folded, whole []string }

func thesaurus(sets [][]string) []synonym {
	var all []synonym
	for _, names := range sets {
		var s synonym
		for _, name := range names {
			if term := whole(name); term != "" {
				s.names, s.folded, s.whole = append(s.names, name), append(s.folded, bare(name)), append(s.whole, term)
			}
		}
		all = append(all, s)
	}
	return all
}

// alike gives the terms of a text that is all that is asked, and of what else
// is called so, which counts for less.
func alike(known []synonym, text string, weight float64) map[string]float64 {
	all := map[string]float64{}
	one := whole(text)
	if one == "" {
		return all
	}
	for _, s := range known {
		if slices.Contains(s.whole, one) {
			for _, other := range s.whole {
				all[other] = max(all[other], exactOther*weight)
			}
		}
	}
	all[one] = weight
	return all
}

// bare is a text without what its spelling varies in.
func bare(text string) string { return strings.ReplaceAll(Fold(text), "ー", "") }

// others gives the names of what texts are about that stand in none of them.
func others(known []synonym, about []string) []string {
	texts := bare(strings.Join(about, "\n"))
	holds := func(name string) bool {
		at := strings.Index(texts, name)
		if at < 0 || name == "" {
			return false
		}
		// Not within another word: tls is not in mtls.
		within := func(a, b string) bool {
			last, _ := utf8.DecodeLastRuneInString(a)
			first, _ := utf8.DecodeRuneInString(b)
			return isWord(last) && isWord(first)
		}
		return !within(texts[:at], name) && !within(name, texts[at+len(name):])
	}
	var all []string
	for _, s := range known {
		if !slices.ContainsFunc(s.folded, holds) {
			continue
		}
		for i, name := range s.names {
			if !strings.Contains(texts, s.folded[i]) {
				all = append(all, name)
			}
		}
	}
	return all
}

// A ranking is a term with its postings as a query reads them.
type ranking struct {
	term     string
	postings []ranked
}

type ranked struct {
	page          int
	impact        byte // with flags
	mask, heading uint64
}

// joins tells whether a term is all hiragana: it joins words, or ends them.
func joins(term string) bool {
	return !strings.ContainsFunc(term, func(r rune) bool { return r < 'ぁ' || r > 'ゖ' })
}

// ranked gives the terms, sorted, with the impact of each posting: how much of
// its weight is left when it is set against the length of the page, on a scale
// that saturates.
func (x *indexing) ranked() []ranking {
	average := 0.
	for _, n := range x.long {
		average += n
	}
	average = max(1, average/float64(max(1, len(x.long))))
	all := make([]ranking, 0, len(x.terms))
	for term, postings := range x.terms {
		if len(postings) == 0 {
			continue
		}
		r := ranking{term: term, postings: make([]ranked, len(postings))}
		for i, p := range postings {
			w := p.weight + p.text/max(shortest, 1-lengthMatters+lengthMatters*x.long[p.page]/average)
			if share := x.share[p.page]; !strings.Contains(term, wholeSign) && !(p.name && share == cardShare) {
				w *= share
			}
			one := ranked{page: p.page, impact: byte(max(1, math.Round(levels*w/(saturation+w)))), mask: p.mask, heading: p.heading}
			if p.top {
				one.impact += flagTop
			} else if p.alike {
				one.impact += flagAlike
			}
			if p.name {
				one.impact += flagName
			}
			if p.heading != 0 {
				one.impact += flagHeading
			}
			r.postings[i] = one
		}
		if len(postings) > max(common, len(x.long)/common) && joins(term) {
			// It stands anywhere, and says little: where, its page alone tells.
			for i := range r.postings {
				r.postings[i] = ranked{page: r.postings[i].page, impact: r.postings[i].impact &^ flagHeading}
			}
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b ranking) int { return strings.Compare(a.term, b.term) })
	return all
}
