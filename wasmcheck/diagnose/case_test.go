package diagnose

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// some gives answers that a person might have given.
func some(r *rand.Rand) Answers {
	var a Answers
	for q := range QuestionCount {
		switch r.IntN(4) {
		case 0:
			a.Told[q] = Unknown
		case 1, 2:
			a.Told[q] = Option(1 + r.IntN(int(q.Options())))
		}
	}
	return a
}

func TestACaseCodeHoldsTheAnswers(t *testing.T) {
	r := rand.New(rand.NewPCG(525, 0))
	for range 2000 {
		a := some(r)
		code := a.Case()
		if len(code) != 13 || code[5] != '-' || code[11] != '-' {
			t.Fatalf("the code %q has another form", code)
		}
		for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), strings.NewReplacer("0", "O", "1", "l", "-", " ").Replace(code)} {
			if b, err := ParseCase(typed); err != nil || b != a {
				t.Fatalf("%q: %v, %v; want %v", typed, b, err, a)
			}
		}
	}
}

func TestEveryOptionHasRoomInACode(t *testing.T) {
	bits := uint(0)
	for q := range QuestionCount {
		if int(q.Options())+2 > 1<<widths[q] {
			t.Errorf("%v has %d options, and %d bits", q, q.Options(), widths[q])
		}
		bits += widths[q]
	}
	if bits != 45 {
		t.Errorf("the answers take %d bits", bits)
	}
}

func TestOneWrongCharacterOrTwoSwappedAreNoticed(t *testing.T) {
	r := rand.New(rand.NewPCG(526, 0))
	for range 200 {
		code := strings.ReplaceAll(coded(some(r)), "-", "")
		for i := range len(code) {
			for j := range len(alphabet) {
				if alphabet[j] == code[i] {
					continue
				}
				if _, err := ParseCase(code[:i] + alphabet[j:j+1] + code[i+1:]); err == nil {
					t.Fatalf("%s with %c at %d was taken", code, alphabet[j], i)
				}
			}
			if i > 0 && code[i] != code[i-1] {
				if _, err := ParseCase(code[:i-1] + code[i:i+1] + code[i-1:i] + code[i+1:]); err == nil {
					t.Fatalf("%s with %d and %d swapped was taken", code, i-1, i)
				}
			}
		}
	}
}

// Codes that were given to people. They are never changed: add new ones.
func TestOldCodesAreStillRead(t *testing.T) {
	for code, want := range map[string]string{
		"17C00-00M00-T": "symptom=525&mode=full&test443=alert112",
		"1AG00-00000-0": "symptom=loop&mode=flexible",
		"17400-00000-C": "symptom=525&mode=unknown",
		"18800-00R00-6": "symptom=526&mode=strict&test443=expired",
	} {
		if a, err := ParseCase(code); err != nil || a.String() != want {
			t.Errorf("%s: %q, %v; want %q", code, a, err, want)
		}
	}
}

func FuzzParseCaseNeverPanics(f *testing.F) {
	f.Add("17C00-00M00-T")
	f.Add("")
	f.Add("ZZZZZ-ZZZZZ-Z")
	f.Fuzz(func(t *testing.T, code string) {
		if a, err := ParseCase(code); err == nil {
			if b, err := ParseCase(a.Case()); err != nil || b != a {
				t.Errorf("%q is read as %v, whose code is %q", code, a, a.Case())
			}
		}
	})
}

func coded(a Answers) string { return a.Case() }
