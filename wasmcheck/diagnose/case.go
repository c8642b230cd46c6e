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
func (a Answers) Case() string {
	packed := uint64(codeVersion)
	for q, o := range a.Told {
		n := uint64(0)
		switch o {
		case Unasked:
		case Unknown:
			n = 1
		default:
			n = uint64(o) + 1
		}
		packed = packed<<widths[q] | n
	}
	var digits [codeLength]byte
	for i := codeLength - 2; i >= 0; i-- {
		digits[i] = byte(packed & 31)
		packed >>= 5
	}
	digits[codeLength-1] = check(digits[:codeLength-1])
	var b []byte
	for i, d := range digits {
		if i == 5 || i == 10 {
			b = append(b, '-')
		}
		b = append(b, alphabet[d])
	}
	return string(b)
}

// ParseCase reads a code as people write it: in either case, with or without hyphens and spaces, O for 0, and I or L
// for 1. Errors are a *[model.Problem].
func ParseCase(code string) (Answers, error) {
	var a Answers
	var digits []byte
	for i := range len(code) {
		c := code[i]
		if c == '-' || c == ' ' {
			continue
		}
		d, ok := digit(c)
		if !ok || len(digits) == codeLength {
			return a, &model.Problem{What: "this is no case code", Hint: "it has 11 letters and digits"}
		}
		digits = append(digits, d)
	}
	switch {
	case len(digits) != codeLength:
		return a, &model.Problem{What: "the code is too short", Hint: "it has 11 letters and digits"}
	case check(digits[:codeLength-1]) != digits[codeLength-1]:
		return a, &model.Problem{What: "a character of the code is wrong", Hint: "compare it with the one that was given"}
	}
	var packed uint64
	for _, d := range digits[:codeLength-1] {
		packed = packed<<5 | uint64(d)
	}
	for q := int(QuestionCount) - 1; q >= 0; q-- {
		n := packed & (1<<widths[q] - 1)
		packed >>= widths[q]
		switch {
		case n == 0:
		case n == 1:
			a.Told[q] = Unknown
		case Option(n-1) > Question(q).Options():
			return Answers{}, newer()
		default:
			a.Told[q] = Option(n - 1)
		}
	}
	if packed != codeVersion {
		return Answers{}, newer()
	}
	return a, nil
}

func newer() error {
	return &model.Problem{What: "the code is of another version", Hint: "load the page again"}
}

func digit(c byte) (byte, bool) {
	switch {
	case c >= 'a' && c <= 'z':
		c -= 'a' - 'A'
	}
	switch c {
	case 'O':
		c = '0'
	case 'I', 'L':
		c = '1'
	}
	for i := range len(alphabet) {
		if alphabet[i] == c {
			return byte(i), true
		}
	}
	return 0, false
}

// check is the check character: the sum of each digit times its own power of a generator of the field of 32 elements.
// One wrong digit changes it, and so do two neighbours swapped, since their powers differ.
func check(digits []byte) byte {
	sum := byte(0)
	for _, d := range digits {
		sum = times2(sum) ^ times2(d)
	}
	return sum
}

// times2 multiplies by the generator x, modulo x⁵+x²+1.
func times2(d byte) byte {
	d <<= 1
	if d&32 != 0 {
		d ^= 0b100101
	}
	return d
}
