package evidence

import (
	"math/bits"
	"unsafe"
)

// What package strings gives, in the few forms that are needed here: it would cost the module 20 KB. Lines are searched for
// hundreds of wordings, so eight bytes are looked at together: in a browser that is five times as fast.

// Of eight bytes: the lowest bit of each, and the highest.
const ones, highs = 0x0101010101010101, 0x8080808080808080

// eight are the bytes of a text from i on. It has to have so many.
func eight(s string, i int) uint64 {
	return *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
}

// index is the place of a piece in a text, or -1.
func index(s, piece string) int {
	n := len(piece)
	if n == 0 {
		return 0
	}
	last := len(s) - n
	if last < 0 {
		return -1
	}
	first := piece[0]
	i := 0
	if p := unsafe.Pointer(unsafe.StringData(s)); last >= 8 {
		second := piece[min(1, n-1)]
		a, b := uint64(first)*ones, uint64(second)*ones
		step := min(1, n-1)         // of one byte both are the same
		for ; i <= last-8; i += 8 { // last+1 is within the text
			// A byte of w is 0 where both first bytes of the piece stand.
			w := (*(*uint64)(unsafe.Add(p, i)) ^ a) | (*(*uint64)(unsafe.Add(p, i+step)) ^ b)
			if (w-ones)&^w&highs == 0 {
				continue
			}
			for j := i; j < i+8; j++ {
				if s[j] == first && s[j:j+n] == piece {
					return j
				}
			}
		}
	}
	for ; i <= last; i++ {
		if s[i] == first && s[i:i+n] == piece {
			return i
		}
	}
	return -1
}

func has(s, piece string) bool { return index(s, piece) >= 0 }

// seek is where a piece stands in a text from a place on, or -1.
func seek(s, piece string, at int) int {
	if n := index(s[at:], piece); n >= 0 {
		return at + n
	}
	return -1
}

// pieces are those of a list, which is cut by |. In the module a list takes less room as one literal than as many.
func pieces(list string) []string { return split(list, '|') }

// piece is the first of a list, and the list without it.
func piece(list string) (first, rest string) {
	if n := bar(list, 0); n < len(list) {
		return list[:n], list[n+1:]
	}
	return list, ""
}

// bar is the next place from one on where a list is cut, or its end.
func bar(list string, at int) int {
	p := unsafe.Pointer(unsafe.StringData(list))
	for ; at+8 <= len(list); at += 8 {
		w := *(*uint64)(unsafe.Add(p, at)) ^ '|'*ones
		if w = (w - ones) &^ w & highs; w != 0 {
			return at + bits.TrailingZeros64(w)/8
		}
	}
	for at < len(list) && list[at] != '|' {
		at++
	}
	return at
}

// hasAny tells whether one of the pieces of a list is in the text.
func hasAny(s, list string) bool {
	for at := 0; ; {
		end := bar(list, at)
		if index(s, list[at:end]) >= 0 {
			return true
		}
		if at = end + 1; at > len(list) {
			return false
		}
	}
}

func begins(s, piece string) bool {
	n := len(piece)
	return n == 0 || len(s) >= n && s[0] == piece[0] && s[:n] == piece // most differ in the first byte
}

func ends(s, piece string) bool { return len(s) >= len(piece) && s[len(s)-len(piece):] == piece }

// endsAny tells whether a text ends with one of the pieces of a list.
func endsAny(s, list string) bool {
	for at := 0; at <= len(list); at++ {
		end := bar(list, at)
		if ends(s, list[at:end]) {
			return true
		}
		at = end
	}
	return false
}

// beginsAny tells whether a text begins with one of the pieces of a list.
func beginsAny(s, list string) bool {
	for at := 0; ; at++ {
		n := 0
		for at < len(list) && n < len(s) && list[at] == s[n] && s[n] != '|' {
			at++
			n++
		}
		if at == len(list) || list[at] == '|' {
			return true
		}
		if at = bar(list, at); at == len(list) {
			return false
		}
	}
}

// oneOf tells whether a text is one of the pieces of a list.
func oneOf(s, list string) bool {
	for at := 0; ; at++ {
		n := 0
		for at < len(list) && n < len(s) && list[at] == s[n] && s[n] != '|' {
			at++
			n++
		}
		if n == len(s) && (at == len(list) || list[at] == '|') {
			return true
		}
		if at = bar(list, at); at == len(list) {
			return false
		}
	}
}

// lower makes the letters of ASCII small, and leaves every byte where it is.
func lower(s string) string {
	s, _ = lowered(s, nil)
	return s
}

// lowered is the same, in room that is given: what it needs of that is added.
func lowered(s string, room []byte) (string, []byte) {
	i := 0
	for i+8 <= len(s) && capitals(eight(s, i)) == 0 {
		i += 8
	}
	for i < len(s) && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) {
		return s, room
	}
	from := len(room)
	room = append(room, s...)
	b := room[from:]
	for i &^= 7; i+8 <= len(b); i += 8 {
		w := (*uint64)(unsafe.Pointer(&b[i]))
		*w |= capitals(*w) >> 2
	}
	for ; i < len(b); i++ {
		if b[i] >= 'A' && b[i] <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	return unsafe.String(&b[0], len(b)), room // nobody writes there again
}

// capitals has the highest bit of each of eight bytes that is a capital of ASCII.
func capitals(w uint64) uint64 {
	low := w &^ highs
	return ((low + (0x80-'A')*ones) &^ (low + (0x7f-'Z')*ones)) &^ w & highs
}

// plain tells whether a text is ASCII.
func plain(s string) bool {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if eight(s, i)&highs != 0 {
			return false
		}
	}
	for ; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// printable tells whether a text is ASCII without signs that steer a terminal.
func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		for i+8 <= len(s) {
			w := eight(s, i)
			// None is below a space, 0x7f or above.
			if (w-0x20*ones)&^w&highs != 0 || (w|(w+ones))&highs != 0 {
				break
			}
			i += 8
		}
		if i < len(s) && (s[i] < ' ' && s[i] != '\t' || s[i] >= 0x7f) {
			return false
		}
	}
	return true
}

// count is how often a piece stands in a text.
func count(s, piece string) int {
	n := 0
	for at := index(s, piece); at >= 0; at = index(s, piece) {
		s = s[at+len(piece):]
		n++
	}
	return n
}

// The classes of bytes.
const (
	isSpace = 1 << iota
	isDigit
	isLetter
	is64   // of base 64, in either alphabet
	starts // a well-known token, see prefixes
	inHost // may stand in the name of a host
)

// classes are those of each byte.
var classes = func() (all [256]uint8) {
	for _, b := range []byte(" \t\r\n\f\v") {
		all[b] = isSpace
	}
	for b := range byte(26) {
		all['a'+b], all['A'+b] = isLetter|is64|inHost, isLetter|is64|inHost
	}
	for b := range byte(10) {
		all['0'+b] = isDigit | is64 | inHost
	}
	for _, b := range []byte("+-/_") {
		all[b] = is64
	}
	for _, b := range []byte(".-_") {
		all[b] |= inHost
	}
	for _, p := range prefixes {
		for _, begin := range pieces(p.texts) {
			all[begin[0]] |= starts
		}
	}
	return all
}()

func space(b byte) bool  { return classes[b]&isSpace != 0 }
func digit(b byte) bool  { return classes[b]&isDigit != 0 }
func letter(b byte) bool { return classes[b]&isLetter != 0 }

// is tells whether a text has a byte of some classes at a place, which may be outside of it.
func is(s string, at int, class uint8) bool {
	return uint(at) < uint(len(s)) && classes[s[at]]&class != 0
}

// stands tells whether a piece stands in a text at a place within it, standsAny whether one of a list does.
func stands(s string, at int, piece string) bool   { return begins(s[at:], piece) }
func standsAny(s string, at int, list string) bool { return beginsAny(s[at:], list) }

// upTo is the beginning of a text, of at most so many bytes.
func upTo(s string, most int) string { return s[:min(len(s), most)] }

func trim(s string) string {
	from, to := 0, len(s)
	for from < to && classes[s[from]]&isSpace != 0 {
		from++
	}
	for from < to && classes[s[to-1]]&isSpace != 0 {
		to--
	}
	return s[from:to]
}

// among1 tells whether a byte is one of a set.
func among1(set string, b byte) bool {
	for i := range len(set) {
		if set[i] == b {
			return true
		}
	}
	return false
}

// oneAt tells whether a text has a byte of a set at a place, which may be outside of it.
func oneAt(s string, at int, set string) bool {
	return uint(at) < uint(len(s)) && among1(set, s[at])
}

// byteAt is a byte of a text, or 0 where it has none.
func byteAt(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

// skip is the first place from one on where no white space stands.
func skip(s string, at int) int {
	for at < len(s) && space(s[at]) {
		at++
	}
	return at
}

// past is the first place from one on where no byte of a set stands.
func past(s string, at int, set string) int {
	for at < len(s) && among1(set, s[at]) {
		at++
	}
	return at
}

// strip takes bytes of a set away from both ends.
func strip(s, set string) string {
	for s != "" && among1(set, s[0]) {
		s = s[1:]
	}
	for s != "" && among1(set, s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// without is a text without the bytes of a set.
func without(s, set string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if !among1(set, s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// fields are the words between white space.
func fields(s string) []string {
	var all []string
	for i := 0; i < len(s); {
		for i < len(s) && classes[s[i]]&isSpace != 0 {
			i++
		}
		start := i
		for i < len(s) && classes[s[i]]&isSpace == 0 {
			i++
		}
		if i > start {
			all = append(all, s[start:i])
		}
	}
	return all
}

// split cuts at a byte; of an empty text nothing is left.
func split(s string, at byte) []string {
	n := 1
	for i := range len(s) {
		if s[i] == at {
			n++
		}
	}
	all := make([]string, 0, n)
	start := 0
	for i := range len(s) {
		if s[i] == at {
			all = append(all, s[start:i])
			start = i + 1
		}
	}
	if start < len(s) {
		all = append(all, s[start:])
	}
	return all
}

// after is what follows a piece, or nothing.
func after(s, piece string) string {
	if i := index(s, piece); i >= 0 {
		return s[i+len(piece):]
	}
	return ""
}

// wordAfter is the word that follows a piece, trimAfter all of it, numberAfter its number and how long that is.
func wordAfter(s, piece string) string          { return word(after(s, piece)) }
func trimAfter(s, piece string) string          { return trim(after(s, piece)) }
func numberAfter(s, piece string) (n, size int) { return digits(after(s, piece)) }

// until is what stands before a piece, or all of it.
func until(s, piece string) string {
	if i := index(s, piece); i >= 0 {
		return s[:i]
	}
	return s
}

// between is what stands between two pieces, or nothing.
func between(s, a, b string) string {
	rest := after(s, a)
	if i := index(rest, b); i >= 0 {
		return rest[:i]
	}
	return ""
}

// word is the text up to the first white space.
func word(s string) string {
	for i := range len(s) {
		if classes[s[i]]&isSpace != 0 {
			return s[:i]
		}
	}
	return s
}

// digits is the number that a text begins with, and how long it is; it has at most nine digits.
func digits(s string) (n, size int) {
	for size < len(s) && size < 9 && digit(s[size]) {
		n = n*10 + int(s[size]-'0')
		size++
	}
	return n, size
}

func decimal(n int) string {
	if n < 0 {
		return "-" + decimal(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + decimal(n%10)
}

// padded has at least two digits.
func padded(n int) string {
	if n < 10 {
		return "0" + decimal(n)
	}
	return decimal(n)
}

// join puts a separator between texts.
func join(all []string, separator string) string {
	s := ""
	for i, one := range all {
		if i > 0 {
			s += separator
		}
		s += one
	}
	return s
}

// with is a list with one more.
func with(all []string, one string) []string { return append(all, one) }

func among(s string, all []string) bool {
	for _, one := range all {
		if one == s {
			return true
		}
	}
	return false
}

// sorted is without doubles, in the order of bytes.
func sorted(all []string) []string {
	var out []string
	for _, one := range all {
		at := len(out)
		for at > 0 && out[at-1] > one {
			at--
		}
		if at > 0 && out[at-1] == one {
			continue
		}
		out = append(out, "")
		copy(out[at+1:], out[at:])
		out[at] = one
	}
	return out
}

// sixtyFour is the value of a digit of base 64, of both alphabets, or -1.
func sixtyFour(b byte) int {
	switch {
	case b >= 'A' && b <= 'Z':
		return int(b - 'A')
	case b >= 'a' && b <= 'z':
		return int(b-'a') + 26
	case b >= '0' && b <= '9':
		return int(b-'0') + 52
	case b == '+' || b == '-':
		return 62
	case b == '/' || b == '_':
		return 63
	}
	return -1
}

// decode64 reads base 64 up to the first padding. Whatever is no digit is passed over.
func decode64(s string, limit int) []byte {
	out := make([]byte, 0, min(len(s)*3/4+3, limit))
	bits, n := 0, 0
	for i := 0; i < len(s) && len(out) < limit; i++ {
		if s[i] == '=' {
			break
		}
		v := sixtyFour(s[i])
		if v < 0 {
			continue
		}
		if bits, n = bits<<6|v, n+6; n >= 8 {
			n -= 8
			out = append(out, byte(bits>>n))
			bits &= 1<<n - 1
		}
	}
	return out
}

// base64ish tells whether a text is nothing but base 64, and at least so long.
func base64ish(s string, least int) bool {
	if len(s) < least {
		return false
	}
	for i := range len(s) {
		if classes[s[i]]&is64 == 0 && s[i] != '=' {
			return false
		}
	}
	return true
}
