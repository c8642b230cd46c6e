package diagnose

import "sslclinic/wasmcheck/model"

// A case code is a person's answers in groups of five characters that can be read over the phone: the version, the answers, and at the
// end one character that tells when another was misheard or two were swapped. What was done since is not in it.
//
// Codes live as long as links. Version 2 has two characters for each answer, in the order of the questions: how many questions on it is
// from the one before, and which option, 0 for unknown. What is told of nothing takes no room, and a question or an option that joins
// later needs no other version: 31 in either place adds the next character to it. An option that was read from evidence is counted from 31,
// which is more than any question has. Where the answers end, zeros fill the last group.
// Version 1 held the first 15 questions in fixed places; it is read for ever.

// alphabet is Crockford's: no I, L, O and U, which are misheard or misread.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// The layouts, by the first character of a code.
const (
	firstVersion = 1
	codeVersion  = 2
)

// group is how many characters stand together; more is 31, which goes on in the next.
const (
	group = 5
	more  = 31
)

// longestCode is the characters that are read at most, hyphens not counted: more than all questions take.
const longestCode = 90

// Case is the answers' code, such as "21885-2103A".
func (a *Answers) Case() string {
	digits := make([]byte, 0, longestCode)
	put := func(n int) {
		for ; n >= more; n -= more {
			digits = append(digits, more)
		}
		digits = append(digits, byte(n))
	}
	put(codeVersion)
	last := -1
	for q, o := range a.Told {
		if o == Unasked || a.implies(Question(q)) {
			continue
		}
		put(q - last)
		last = q
		if o == Unknown {
			o = 0
		}
		if a.texts.Has(Question(q)) {
			o += more
		}
		put(int(o))
	}
	for len(digits)%group != group-1 {
		digits = append(digits, 0)
	}
	var sum byte
	for _, d := range digits {
		sum = check(sum, d)
	}
	code := make([]byte, 0, len(digits)*6/5+1)
	for i, d := range append(digits, sum) {
		if i > 0 && i%group == 0 {
			code = append(code, '-')
		}
		code = append(code, alphabet[d])
	}
	return string(code)
}

// ParseCase reads a code as people write it: in either case, with or without hyphens and spaces, O for 0, and I or L
// for 1. Answers that are of a later edition's questions are left out. Errors are a *[model.Problem].
func ParseCase(code string) (a Answers, err error) {
	var digits [longestCode]byte
	n := 0
	for i := range len(code) {
		if code[i] == '-' || code[i] == ' ' {
			continue
		}
		d := digit(code[i])
		if d > 31 || n == longestCode {
			return a, noCase()
		}
		digits[n] = d
		n++
	}
	if n < 2 {
		return a, noCase()
	}
	var sum byte
	for _, d := range digits[:n-1] {
		sum = check(sum, d)
	}
	switch rest := digits[1 : n-1]; {
	case sum != digits[n-1]:
		return a, noCase()
	case digits[0] == firstVersion && n == firstLength:
		a.readFirst(rest)
	case digits[0] == codeVersion && n%group == 0 && a.read(rest):
	default:
		return Answers{}, noCase()
	}
	a.imply()
	return a, nil
}

func noCase() error {
	return &model.Problem{What: "this is no case code", Hint: "it has groups of five letters and digits; compare each with what was given"}
}

// read takes the answers out of a code, and reports whether it is whole.
func (a *Answers) read(digits []byte) bool {
	at := 0
	take := func() (n int, ok bool) {
		for at < len(digits) {
			d := int(digits[at])
			at++
			if n += d; d < more {
				return n, true
			}
		}
		return 0, false
	}
	for q := -1; at < len(digits); {
		step, whole := take()
		if step == 0 {
			break
		}
		o, end := take()
		if !whole || !end {
			return false
		}
		q += step
		marked := o > more
		if marked {
			o -= more
		}
		switch {
		case q >= int(QuestionCount):
		case o == 0:
			a.Told[q] = Unknown
		case o <= int(Question(q).Options()):
			a.Told[q] = Option(o)
			if marked && Question(q).source(Option(o)) == byPeople {
				a.texts |= 1 << q
			}
		}
	}
	for ; at < len(digits); at++ {
		if digits[at] != 0 {
			return false
		}
	}
	return true
}

// firstWidths is how many bits each question's answer took in version 1: 0 is unasked, 1 unknown, the options follow. Together they are
// 45, and with the version 50: ten characters, and the check.
var firstWidths = [...]uint{
	Symptom: 5, Mode: 3, Proxied: 2, AlwaysHTTPS: 2, Host: 3, Scheme: 3, Always: 2, Since: 4, CanInstallCert: 2, App: 3,
	Test443: 5, Test80: 3, Redirect80: 3, Redirect443: 2, AOP: 3,
}

const firstLength = 11

// readFirst takes the answers out of a code of version 1.
func (a *Answers) readFirst(digits []byte) {
	var packed uint64
	for _, d := range digits {
		packed = packed<<5 | uint64(d)
	}
	for q := len(firstWidths) - 1; q >= 0; q-- {
		switch n := packed & (1<<firstWidths[q] - 1); {
		case n == 1:
			a.Told[q] = Unknown
		case n > 1 && Option(n-1) <= Question(q).Options():
			a.Told[q] = Option(n - 1)
		}
		packed >>= firstWidths[q]
	}
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
