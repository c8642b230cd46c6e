package diagnose

import "sslclinic/wasmcheck/model"

// A case code is a person's answers in eleven characters that can be read over the phone: ten that hold them, and one
// that tells when another was misheard or two were swapped. What was done since is not in it.
//
// Codes live as long as links: a question keeps its place and its width, and an option its number. What joins later
// takes numbers that are free, or another version.

// alphabet is Crockford's: no I, L, O and U, which are misheard or misread.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeVersion is the layout, in the first character of a code.
const codeVersion = 1

// widths is how many bits each question's answer takes: 0 is unasked, 1 unknown, the options follow. Together they are
// 45, and with the version 50: ten characters.
var widths = [QuestionCount]uint{
	Symptom: 5, Mode: 3, Proxied: 2, AlwaysHTTPS: 2, Host: 3, Scheme: 3, Always: 2, Since: 4, CanInstallCert: 2, App: 3,
	Test443: 5, Test80: 3, Redirect80: 3, Redirect443: 2, AOP: 3,
}

// codeLength is the characters of a code, hyphens not counted.
const codeLength = 11

// Case is the answers' code, such as "17C00-00M00-T".
func (a *Answers) Case() string {
	packed := uint64(codeVersion)
	for q, o := range a.Told {
		n := uint64(o) + 1
		if o == Unasked || o == Unknown {
			n = uint64(o & 1) // Unknown is odd
		}
		packed = packed<<widths[q] | n
	}
	b := make([]byte, 0, codeLength+2)
	var sum byte
	for i := 45; i >= 0; i -= 5 {
		d := byte(packed>>i) & 31
		sum = check(sum, d)
		b = append(b, alphabet[d])
		if i == 25 || i == 0 {
			b = append(b, '-')
		}
	}
	return string(append(b, alphabet[sum]))
}

// ParseCase reads a code as people write it: in either case, with or without hyphens and spaces, O for 0, and I or L
// for 1. Errors are a *[model.Problem].
func ParseCase(code string) (a Answers, err error) {
	var packed uint64
	var sum, last byte
	n := 0
	for i := range len(code) {
		if code[i] == '-' || code[i] == ' ' {
			continue
		}
		d := digit(code[i])
		n++
		if d > 31 || n > codeLength {
			n = 0
			break
		}
		if last = d; n < codeLength {
			packed = packed<<5 | uint64(d)
			sum = check(sum, d)
		}
	}
	if n < codeLength || sum != last || packed>>45 != codeVersion {
		return a, &model.Problem{What: "this is no case code", Hint: "it has 11 letters and digits; compare each with what was given"}
	}
	for q := int(QuestionCount) - 1; q >= 0; q-- {
		switch n := packed & (1<<widths[q] - 1); {
		case n == 1:
			a.Told[q] = Unknown
		case n > 1 && Option(n-1) <= Question(q).Options():
			a.Told[q] = Option(n - 1)
		}
		packed >>= widths[q]
	}
	return a, nil
}

// digit is the value of a character, more than 31 when it has none.
func digit(c byte) byte {
	if c >= 'a' && c <= 'z' {
		c -= 'a' - 'A'
	}
	switch c {
	case 'O':
		c = '0'
	case 'I', 'L':
		c = '1'
	}
	d := byte(0)
	for d < 32 && alphabet[d] != c {
		d++
	}
	return d
}

// check goes on with the check character: the sum of each digit times its own power of the generator x of the field of
// 32 elements, modulo x⁵+x²+1. One wrong digit changes it, and so do two neighbours swapped, since their powers differ.
func check(sum, d byte) byte {
	if sum = (sum ^ d) << 1; sum&32 != 0 {
		sum ^= 0b100101
	}
	return sum
}
