package evidence_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/evidence"
)

// A sample is a paste, and what a careful person reads in it.
type sample struct {
	ID   string
	Text string
	B64  string `json:"text_b64"`
	Gen  *struct {
		Unit  string
		Times int
		Then  string
	}
	Now      string
	Tags     []string
	Kinds    []string // a|b is either
	Facts    map[string]oneOf
	Answers  map[string]oneOf
	Offers   map[string]oneOf
	Either   map[string]oneOf // an answer or an offer can both be defended
	Not      []string         // question=value that may not be an answer
	Conflict []string
	Secrets  []string
	Leak     []string // what may stand in no output
	Keep     []string // what looks like a secret and is none: it stands in what is copied
}

// oneOf is a text, or several of which any will do.
type oneOf []string

func (o *oneOf) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*o = oneOf{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(o))
}

func (s *sample) paste(t testing.TB) string {
	switch {
	case s.B64 != "":
		b, err := base64.StdEncoding.DecodeString(s.B64)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	case s.Gen != nil:
		return strings.Repeat(s.Gen.Unit, s.Gen.Times) + s.Gen.Then
	}
	return s.Text
}

func samples(t testing.TB, name string) []sample {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []sample
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		var s sample
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, s)
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
	return all
}

// A said is the JSON of a reading.
type said struct {
	Kinds []struct {
		ID       string
		From, To int
	}
	Facts []struct {
		ID, Value, Quote string
		Line             int
	}
	Answers, Offers []claim
	Conflicts       []struct{ Question string }
	Secrets         []struct{ ID string }
	Next            []struct{ ID, Command, MacOS, Windows string }
	Query           string
}

type claim struct {
	Question, Value, Rule, If string
	Lines                     []int
}

// A score counts what was found, by what was to be found.
type score struct{ got, of map[string]int }

func (s *score) count(what string, good bool) bool {
	s.of[what]++
	if good {
		s.got[what]++
	}
	return good
}

func (s *score) rate(what string) float64 {
	if s.of[what] == 0 {
		return 1
	}
	return float64(s.got[what]) / float64(s.of[what])
}

// TestWhatIsProvedIsReadAndNothingElse is held over pastes with what a careful person reads in them: samples.jsonl are those
// with which the rules were made.
func TestWhatIsProvedIsReadAndNothingElse(t *testing.T) {
	names, err := filepath.Glob("testdata/*.jsonl")
	if err != nil || len(names) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) { hold(t, samples(t, name)) })
	}
}

func hold(t *testing.T, all []sample) {
	n := score{map[string]int{}, map[string]int{}}
	for _, s := range all {
		raw := string(api.Read(s.paste(t), s.Now))
		var r said
		if err := json.Unmarshal([]byte(raw), &r); err != nil {
			t.Errorf("%s: %v: %.200s", s.ID, err, raw)
			continue
		}
		for _, c := range slices.Concat(r.Answers, r.Offers) {
			if !told(c.Rule) {
				t.Errorf("%s: %s=%s is by the rule %q, of which nothing is told", s.ID, c.Question, c.Value, c.Rule)
			}
		}
		fact := func(id, value string) bool {
			for _, f := range r.Facts {
				if f.ID == id && f.Value == value {
					return true
				}
			}
			return false
		}
		firm, offered := map[string][]string{}, map[string][]string{}
		for _, a := range r.Answers {
			firm[a.Question] = append(firm[a.Question], a.Value)
		}
		for _, a := range r.Offers {
			offered[a.Question] = append(offered[a.Question], a.Value)
		}
		among := func(values []string, allowed oneOf) bool {
			return slices.ContainsFunc(values, func(v string) bool { return slices.Contains(allowed, v) })
		}
		for id, want := range s.Facts {
			if !n.count("facts", slices.ContainsFunc(want, func(v string) bool { return fact(id, v) })) {
				t.Logf("%s: no fact %s=%v", s.ID, id, want)
			}
		}
		for q, want := range s.Answers {
			if !n.count("answers", among(firm[q], want)) {
				t.Logf("%s: no answer %s=%v, but %v", s.ID, q, want, firm[q])
			}
		}
		for q, want := range s.Either {
			if !n.count("answers", among(firm[q], want) || among(offered[q], want)) {
				t.Logf("%s: neither answer nor offer %s=%v", s.ID, q, want)
			}
		}
		for q, want := range s.Offers {
			if !n.count("offers", among(offered[q], want)) {
				t.Logf("%s: no offer %s=%v", s.ID, q, want)
			}
		}
		for q, values := range firm {
			for _, v := range values {
				allowed := append(slices.Clone(s.Answers[q]), s.Either[q]...)
				if slices.Contains(s.Not, q+"="+v) || slices.Contains(s.Conflict, q) || len(allowed) > 0 && !slices.Contains(allowed, v) {
					t.Errorf("%s: answers %s=%s, which the text does not prove", s.ID, q, v)
				} else if len(allowed) == 0 && len(s.Answers)+len(s.Either) == 0 && slices.Contains(s.Tags, "hostile") {
					t.Errorf("%s: answers %s=%s, where nothing follows", s.ID, q, v)
				}
			}
		}
		for _, want := range s.Kinds {
			found := false
			for _, k := range r.Kinds {
				found = found || slices.Contains(strings.Split(want, "|"), k.ID)
			}
			if !n.count("kinds", found) {
				t.Logf("%s: no kind %s, but %v", s.ID, want, r.Kinds)
			}
		}
		for _, want := range s.Secrets {
			found := false
			for _, x := range r.Secrets {
				found = found || x.ID == want
			}
			if !found {
				t.Errorf("%s: the secret %s was not found", s.ID, want)
			}
		}
		for _, want := range s.Conflict {
			found := false
			for _, c := range r.Conflicts {
				found = found || c.Question == want
			}
			if !found {
				t.Errorf("%s: no conflict about %s", s.ID, want)
			}
		}
		masked := evidence.Mask(s.paste(t))
		for _, c := range regexp.MustCompile(`(?s)-----BEGIN CERTIFICATE.*?-----END CERTIFICATE`).FindAllString(masked, -1) {
			masked = strings.Replace(masked, c, "", 1) // which has the public numbers of its key
		}
		for _, k := range s.Keep {
			if !strings.Contains(evidence.Mask(s.paste(t)), k) {
				t.Errorf("%s: %q is no secret, and was masked", s.ID, k)
			}
		}
		for _, l := range s.Leak {
			if strings.Contains(raw, l) || strings.Contains(tight(raw), tight(l)) {
				t.Errorf("%s: %.12s… has leaked", s.ID, l)
			}
			if strings.Contains(masked, l) || strings.Contains(tight(masked), tight(l)) {
				t.Errorf("%s: %.12s… has leaked into what is copied", s.ID, l)
			}
		}
	}
	for what, least := range map[string]float64{"facts": .95, "answers": .95, "kinds": .95, "offers": .85} {
		t.Logf("%s: %d of %d", what, n.got[what], n.of[what])
		if n.rate(what) < least {
			t.Errorf("%s: %d of %d, less than %v", what, n.got[what], n.of[what], least)
		}
	}
}

// told reports that a rule is among those that have words and a source.
func told(id string) bool {
	for _, r := range evidence.Rules {
		if r.ID == id {
			return r.Source() != ""
		}
	}
	return slices.ContainsFunc(evidence.Judgements, func(j evidence.Judgement) bool { return j.ID == id && j.Source != "" })
}

// TestEverySourceOfARuleIsNamed, and none that no rule is from.
func TestEverySourceOfARuleIsNamed(t *testing.T) {
	used := map[string]bool{}
	for _, r := range evidence.Rules {
		for id := range strings.FieldsSeq(r.Source()) {
			used[id] = true
		}
	}
	for _, j := range evidence.Judgements {
		used[j.Source] = true
	}
	for _, s := range evidence.Sources {
		if !used[s] {
			t.Errorf("no rule is from %s", s)
		}
		delete(used, s)
	}
	for id := range used {
		t.Errorf("the source %s has no name", id)
	}
}

// tight is a text without white space.
func tight(s string) string {
	s = strings.ReplaceAll(s, `\n`, "")
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
