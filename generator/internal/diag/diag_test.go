package diag

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestTheNearestNameIsWhatAPersonMeant(t *testing.T) {
	known := []string{"causes", "quick-check", "workaround", "still-stuck", "ja", "en"}
	for _, c := range []struct{ want, near string }{
		{"cause", "causes"},
		{"CAUSES", "causes"},
		{"cuases", "causes"}, // two letters swapped
		{"quickcheck", "quick-check"},
		{"quik-chek", "quick-check"},
		{"work-around", "workaround"},
		{"workarounds-now", ""},
		{"jp", "ja"},
		{"de", ""},
		{"xy", ""},
		{"", ""},
		{"原因", ""},
		{"background", ""},
	} {
		if got := Nearest(c.want, known); got != c.near {
			t.Errorf("Nearest(%q) = %q, want %q", c.want, got, c.near)
		}
	}
}

func TestTheNearestNameDoesNotDependOnTheOrder(t *testing.T) {
	for _, want := range []string{"ab", "abc", "strct"} {
		known := []string{"ad", "ac", "aa", "abd", "abe", "struct", "strict"}
		first := Nearest(want, known)
		for range 50 {
			rand.Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
			if got := Nearest(want, known); got != first {
				t.Fatalf("Nearest(%q) = %q, and %q in another order", want, got, first)
			}
		}
	}
}

func TestAHintNamesTheNearestOrAll(t *testing.T) {
	var many []string
	for c := 'a'; c <= 'z'; c++ {
		many = append(many, "name-"+string(c)+"-of-many")
	}
	for _, c := range []struct {
		want  string
		known []string
		hint  string
	}{
		{"concept", []string{"error", "concepts"}, `did you mean "concepts"?`},
		{"zzz", []string{"b", "a"}, "known are: a, b"},
		{"zzz", nil, ""},
		{"zzz", many, ""},
		{"name-q-of-mani", many, `did you mean "name-q-of-many"?`},
	} {
		if got := DidYouMean(c.want, c.known); got != c.hint {
			t.Errorf("DidYouMean(%q) = %q, want %q", c.want, got, c.hint)
		}
	}
}

func TestAProblemReadsLikeACompilersMessage(t *testing.T) {
	for _, c := range []struct {
		problem          Problem
		text, annotation string
	}{
		{
			Problem{File: "content/a.md", Line: 31, Col: 7, Message: "no heading #befor in b/en.md", Rule: "link-anchor", Hint: "did you mean #before?"},
			"content/a.md:31:7: error: no heading #befor in b/en.md [link-anchor]\n    hint: did you mean #before?",
			"::error file=content/a.md,line=31,col=7,title=link-anchor::no heading #befor in b/en.md%0Ahint: did you mean #before?",
		},
		{
			Problem{File: "a:b,c.md", Line: 3, Severity: Warning, Message: "100 % odd"},
			"a:b,c.md:3: warning: 100 % odd",
			"::warning file=a%3Ab%2Cc.md,line=3::100 %25 odd",
		},
		{
			Problem{File: "a.md", Col: 9, Message: "two\r\nlines", Rule: "r"},
			"a.md: error: two\r\nlines [r]",
			"::error file=a.md,title=r::two%0D%0Alines",
		},
		{Problem{Message: "nowhere"}, "error: nowhere", "::error::nowhere"},
	} {
		if got := c.problem.String(); got != c.text {
			t.Errorf("got  %q\nwant %q", got, c.text)
		}
		if got := c.problem.Annotation(); got != c.annotation {
			t.Errorf("got  %q\nwant %q", got, c.annotation)
		}
	}
}

func TestOnlyErrorsStopABuild(t *testing.T) {
	if n := (List{{}, {Severity: Warning}, {}}).Errors(); n != 2 {
		t.Errorf("%d errors, want 2", n)
	}
	if n := List(nil).Errors(); n != 0 {
		t.Errorf("%d errors in nothing", n)
	}
}

// FuzzSorted: whatever the order in which problems are found, they are told in
// one, each once, and sorting what is sorted changes nothing.
func FuzzSorted(f *testing.F) {
	f.Add([]byte{}, uint64(1))
	f.Add([]byte{1, 2, 3, 250, 1, 2, 3, 250}, uint64(7))
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		var l List
		for _, c := range data { // few values, so that many are equal
			l = append(l, Problem{
				File: string('a' + rune(c&1)), Line: int(c >> 1 & 1), Col: int(c >> 2 & 1), Severity: Severity(c >> 3 & 1),
				Message: string('m' + rune(c>>4&1)), Rule: Rule(string('r' + rune(c>>5&1))), Hint: string('h' + rune(c>>6&1)),
			})
		}
		shuffled := slices.Clone(l)
		rand.New(rand.NewPCG(seed, seed)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		before := slices.Clone(shuffled)
		want, got := l.Sorted(), shuffled.Sorted()
		if !slices.Equal(want, got) || !slices.Equal(got, got.Sorted()) {
			t.Errorf("%v\nand %v", want, got)
		}
		if !slices.Equal(before, shuffled) {
			t.Error("sorting changed the list itself")
		}
		for _, p := range l {
			n := 0
			for _, q := range got {
				if p == q {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%v is there %d times", p, n)
			}
		}
	})
}
