package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives a text as search reads it: NFKC, lower case, without apostrophes,
// and Japanese without what people write in more ways than one: a hyphen or a
// dash after kana is ー, small katakana are large, ヴァ is バ, イヤ is イア, and イ
// after エ is the long vowel that it is.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	last := rune(0)
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if next, more := utf8.DecodeRuneInString(text[size:]); voiced(next) {
			size += more
		} else if plain(r) { // its own NFKC, and almost all there is
			last = foldRune(&b, last, r)
			text = text[size:]
			continue
		}
		for _, r := range strings.ToLower(norm.NFKC.String(text[:size])) {
			last = foldRune(&b, last, r)
		}
		text = text[size:]
	}
	return strings.ReplaceAll(b.String(), "ヴ", "ブ")
}

// voiced tells whether a mark belongs to the kana before it.
func voiced(r rune) bool { return r == 0x3099 || r == 0x309a || r == 'ﾞ' || r == 'ﾟ' }

func plain(r rune) bool {
	return r < 0x80 || r >= 0x3041 && r <= 0x30fe && (r < 0x3097 || r > 0x309f) || r >= 0x4e00 && r <= 0x9fff
}

const (
	smallKana = "ァィゥェォャュョッヮ"
	largeKana = "アイウエオヤユヨツワ"
	longE     = "エケセテネヘメレゲゼデベペ"
)

var large = func() map[rune]rune {
	small, all := []rune(smallKana), map[rune]rune{}
	for i, r := range []rune(largeKana) {
		all[small[i]] = r
	}
	return all
}()

// foldRune writes a character after last, and gives the one that is last now.
func foldRune(b *strings.Builder, last, r rune) rune {
	switch {
	case r < 0x80:
		r = unicode.ToLower(r)
		if r == '\'' {
			return last
		}
	case r == '’':
		return last
	}
	if dash(r) && last >= 'ぁ' && last <= 'ヿ' {
		r = 'ー'
	}
	if r >= 'ァ' && r <= 'ヿ' {
		if to, is := large[r]; is {
			r = to
		}
		if last == 'ヴ' && strings.ContainsRune("アイエオ", r) {
			whole := b.String()
			b.Reset()
			b.WriteString(strings.TrimSuffix(whole, "ヴ"))
			r = map[rune]rune{'ア': 'バ', 'イ': 'ビ', 'エ': 'ベ', 'オ': 'ボ'}[r]
		} else if r == 'ヤ' && last == 'イ' {
			r = 'ア'
		} else if r == 'イ' && strings.ContainsRune(longE, last) && last != 0 {
			r = 'ー'
		}
	}
	b.WriteRune(r)
	return r
}

func dash(r rune) bool { return r == '-' || r >= '‐' && r <= '―' || r == '−' }

// Kinds of pieces.
const (
	word = iota
	number
	japanese
)

// A piece is a run of characters of one kind in a folded text.
type piece struct {
	kind       int
	text       string
	start, end int // bytes
}

func isJapanese(r rune) bool {
	return r >= '々' && r <= '〇' || r >= 'ぁ' && r <= 'ゖ' || r >= 'ァ' && r <= 'ヺ' || r >= 'ー' && r <= 'ヿ' ||
		r >= 0x3400 && r <= 0x4dbf || r >= 0x4e00 && r <= 0x9fff || r >= 0x20000 && r <= 0x2fa1f
}

// Japanese tells whether a text holds what is written in Japanese alone.
func Japanese(text string) bool { return strings.ContainsFunc(text, isJapanese) }

func isKana(r rune) bool { return r >= 'ぁ' && r <= 'ヿ' }

func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'ß' && r <= 'ɏ' || r >= 0x370 && r <= 0x1fff || r >= 0xac00 && r <= 0xd7af
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// pieces divides a folded text. Dots within a number belong to it; a v before
// one does not count: TLSv1.2 is tls and 1.2.
func pieces(text string) []piece {
	var all []piece
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		kind, is := word, isWord
		switch {
		case isDigit(r):
			kind, is = number, isDigit
		case isJapanese(r):
			kind, is = japanese, isJapanese
		case !isWord(r):
			at += size
			continue
		}
		end := at
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if !is(r) && (kind != number || r != '.' || end+1 >= len(text) || !isDigit(rune(text[end+1]))) {
				break
			}
			end += size
		}
		p := piece{kind, text[at:end], at, end}
		if kind == word && end < len(text) && isDigit(rune(text[end])) {
			p.text = strings.TrimSuffix(p.text, "v")
		}
		if p.text != "" {
			all = append(all, p)
		}
		at = end
	}
	return all
}

// Terms gives the terms of a text, in the order of the text, each as often as
// it is there. Where the text is a name, such as a title, its neighbouring
// words are joined as well: Let's Encrypt is also letsencrypt.
func Terms(text string, name bool, term func(string)) {
	folded := Fold(text)
	var joined []string // the words of an identifier
	end, last := -1, ""
	identifier := func() {
		if len(joined) > 1 && len(joined) < 8 {
			term(strings.Join(joined, ""))
		}
		joined = joined[:0]
	}
	for _, p := range pieces(folded) {
		if p.kind == japanese {
			identifier()
			last = ""
			grams(p.text, term)
			continue
		}
		term(p.text)
		if gap := folded[max(end, 0):p.start]; end < 0 || gap != "" && gap != "_" && gap != "-" && gap != "." {
			identifier()
			if name && last != "" && p.kind == word {
				term(last + p.text)
			}
		}
		joined, end, last = append(joined, p.text), p.end, ""
		if p.kind == word {
			last = p.text
		}
	}
	identifier()
	begun(text, term)
}

// begun gives the terms by which a part of a text is asked that begins with
// what folds otherwise behind what stands before it: インを in ドメインを.
func begun(text string, term func(string)) {
	last, now := rune(0), rune(0)
	for _, next := range text {
		if now >= 'ァ' && isJapanese(next) && next != 'ー' && ((now == 'イ' || now == 'ィ') && strings.ContainsRune(longE+"ェ", last) || (now == 'ヤ' || now == 'ャ') && last == 'イ') {
			term(Fold(string([]rune{now})) + Fold(string([]rune{next})))
		}
		last, now = now, next
	}
}

// grams gives the terms of a Japanese run: its pairs of characters without any
// ー, so that サーバー is サーバ; kana with the ー behind it, so that キー is
// found; and its last character, so that every one begins a term.
func grams(run string, term func(string)) {
	before, last := "", rune(0)
	for _, r := range run {
		if r == 'ー' {
			if isKana(last) && last != 'ー' {
				term(string(last) + "ー")
			}
			last = r
			continue
		}
		if before != "" {
			term(before + string(r))
		}
		before, last = string(r), r
	}
	if before != "" {
		term(before)
	}
}

// whole is the term of a text that is all that somebody asks: only its letters
// and digits, told from other terms by a sign that stands in none. The sign
// stands behind the second, so that the term lies beside those of the words
// that are asked with it, in the same file. It is the same in either kana, and
// with or without the particles that join words.
func whole(text string) string {
	var all, s []rune
	for _, p := range pieces(Fold(text)) {
		all = append(all, []rune(strings.ReplaceAll(p.text, "ー", ""))...)
	}
	hiragana := func(i int) bool { return i < len(all) && (i < 0 || all[i] >= 'ぁ' && all[i] <= 'ゖ') }
	for i, r := range all {
		if strings.ContainsRune("のにがをはでとへも", r) && !hiragana(i-1) && !hiragana(i+1) {
			continue
		}
		if r >= 'ぁ' && r <= 'ゖ' {
			r += 'ァ' - 'ぁ'
		}
		s = append(s, r)
	}
	if len(s) == 0 {
		return ""
	}
	// What katakana vary in, as ェイ and ェー.
	s = []rune(strings.ReplaceAll(Fold(string(s)), "ー", ""))
	s = s[:min(len(s), wholeLength)]
	first := min(len(s), 2)
	return string(s[:first]) + wholeSign + string(s[first:])
}

const wholeSign = "="

// wholeLength is how much of a message tells it from others.
const wholeLength = 40
