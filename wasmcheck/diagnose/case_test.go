package diagnose

import (
	"math/rand/v2"
	"os"
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
			if q.source(a.Told[q]) == byPeople && r.IntN(3) == 0 {
				a.texts |= 1 << q
			}
		}
	}
	a.imply() // as whoever reads answers does
	return a
}

func TestACaseCodeHoldsTheAnswers(t *testing.T) {
	r := rand.New(rand.NewPCG(525, 0))
	for range 2000 {
		a := some(r)
		code := a.Case()
		for i := range len(code) {
			if code[i] == '-' != (i%6 == 5) || len(code)%6 != 5 {
				t.Fatalf("the code %q has another form", code)
			}
		}
		for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), strings.NewReplacer("0", "O", "1", "l", "-", " ").Replace(code)} {
			if b, err := ParseCase(typed); err != nil || b != a {
				t.Fatalf("%q: %v, %v; want %v", typed, b, err, a)
			}
		}
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

// TestEveryCodeAndLinkOfTheFirstEditionOpensAsItDid: each option of each question, and each leaf of the pages without script, as they were
// when the first edition was given to people.
func TestEveryCodeAndLinkOfTheFirstEditionOpensAsItDid(t *testing.T) {
	data, err := os.ReadFile("testdata/first_edition.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) != 361 {
		t.Errorf("%d codes", len(lines))
	}
	for _, line := range lines {
		code, query, _ := strings.Cut(line, " ")
		a, err := ParseCase(code)
		if link := told(t, query); err != nil || a != link || a.String() != query {
			t.Errorf("%s: %s, %v; want %s", code, a, err, query)
		}
	}
}

// TestACodeOfALaterEditionLosesOnlyWhatIsNotKnown: a question and an option that join need no other version.
func TestACodeOfALaterEditionLosesOnlyWhatIsNotKnown(t *testing.T) {
	checked := func(digits ...byte) string {
		for len(digits)%group != group-1 {
			digits = append(digits, 0)
		}
		var sum byte
		code := ""
		for _, d := range digits {
			sum = check(sum, d)
			code += alphabet[d : d+1]
		}
		return code + alphabet[sum:sum+1]
	}
	for code, want := range map[string]string{
		checked(2, 1, 6, 29, 3):            "symptom=525", // question 29, and 7 of 30
		checked(2, 1, 6, 1, 30):            "symptom=525",
		checked(2, 1, 6, 31, 9, 31, 31, 2): "symptom=525",
		checked(2, 1, 0):                   "symptom=unknown",
	} {
		if a, err := ParseCase(code); err != nil || a.String() != want {
			t.Errorf("%s: %s, %v; want %s", code, a, err, want)
		}
	}
	for _, broken := range []string{checked(2, 31, 31), checked(3, 1, 7), checked(2, 0, 1)} {
		if a, err := ParseCase(broken); err == nil && a != (Answers{}) {
			t.Errorf("%s is read as %s", broken, a)
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
