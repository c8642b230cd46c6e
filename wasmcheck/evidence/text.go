package evidence

// What package strings gives, in the few forms that are needed here: it would cost the module 20 KB.

// index is the place of a piece in a text, or -1.
func index(s, piece string) int {
	if piece == "" {
		return 0
	}
	first := piece[0]
	for i := 0; i+len(piece) <= len(s); i++ {
		if s[i] == first && s[i:i+len(piece)] == piece {
			return i
		}
	}
	return -1
}

func has(s, piece string) bool { return index(s, piece) >= 0 }

// hasAny tells whether one of the pieces is in the text.
func hasAny(s string, pieces ...string) bool {
	for _, p := range pieces {
		if has(s, p) {
			return true
		}
	}
	return false
}

func begins(s, piece string) bool { return len(s) >= len(piece) && s[:len(piece)] == piece }

func ends(s, piece string) bool { return len(s) >= len(piece) && s[len(s)-len(piece):] == piece }

func beginsAny(s string, pieces ...string) bool {
	for _, p := range pieces {
		if begins(s, p) {
			return true
		}
	}
	return false
}

// lower makes the letters of ASCII small, and leaves every byte where it is.
func lower(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if b[j] >= 'A' && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

func space(b byte) bool {
	return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == '\f' || b == '\v'
}
func digit(b byte) bool { return b >= '0' && b <= '9' }

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func trim(s string) string {
	for s != "" && space(s[0]) {
		s = s[1:]
	}
	for s != "" && space(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// strip takes bytes of a set away from both ends.
func strip(s, set string) string {
	for s != "" && index(set, s[:1]) >= 0 {
		s = s[1:]
	}
	for s != "" && index(set, s[len(s)-1:]) >= 0 {
		s = s[:len(s)-1]
	}
	return s
}

// fields are the words between white space.
func fields(s string) []string {
	var all []string
	for i := 0; i < len(s); {
		for i < len(s) && space(s[i]) {
			i++
		}
		start := i
		for i < len(s) && !space(s[i]) {
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
	var all []string
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
		if space(s[i]) {
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
		if sixtyFour(s[i]) < 0 && s[i] != '=' {
			return false
		}
	}
	return true
}
