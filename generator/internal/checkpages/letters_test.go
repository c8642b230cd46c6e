package checkpages

import (
	"encoding/json"
	"html/template"
	"os"
	"regexp"
	"strings"
	"testing"

	"sslclinic/generator/internal/source"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// content is the shipped content: what a letter says is in its words.
func content(t *testing.T) *source.Content {
	t.Helper()
	c, problems, err := source.Load(os.DirFS("../../../content"), "content")
	if err != nil || problems.Errors() > 0 {
		t.Fatal(problems, err)
	}
	return c
}

// lettersFor are the letters to whom the plans ask then, in each language.
func lettersFor(t *testing.T, session *diagnose.Session, query string, languages ...Phrasing) [][]string {
	t.Helper()
	a, err := diagnose.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	all := make([][]string, len(languages))
	for _, p := range session.Diagnose(a).Plans {
		for _, step := range p.Steps {
			if step != diagnose.AskHost && step != diagnose.AskOwner {
				continue
			}
			for i, s := range languages {
				all[i] = append(all[i], s.letter(step, &p, &a))
			}
		}
	}
	return all
}

// TestALetterSaysWhatIsKnownAndHasNoGaps: of every symptom, wherever the site lives, with whatever is at hand, and with the
// answers that have lines of their own told, not known, and not asked.
func TestALetterSaysWhatIsKnownAndHasNoGaps(t *testing.T) {
	c := content(t)
	checker := &Checker{Engine: diagnose.New(), Words: c.Checker}
	session := diagnose.NewSession(checker.Engine)
	gap := regexp.MustCompile(`\{|\}|\n\n\n|[:：]\n\n|[:：]\s*$|^\s|\n[ \t]+\n`)
	var languages []Phrasing
	for _, lang := range []string{"ja", "en"} {
		languages = append(languages, Phrasing{Checker: checker, Figures: Figures{Lang: lang, Words: c.Words[lang]}, Phrase: func(source.Say) template.HTML { return "" }})
	}
	read := make([]int, len(languages))
	for symptom := diagnose.Option(1); symptom <= diagnose.Symptom.Options(); symptom++ {
		for origin := diagnose.Option(1); origin <= diagnose.Origin.Options(); origin++ {
			for _, at := range []string{"none", "dashboard", "panel"} {
				for _, more := range []string{"", "&mode=unknown&always=unknown&since=unknown", "&mode=full&always=sometimes&since=renewal&scheme=both"} {
					id := diagnose.Symptom.OptionID(symptom)
					query := "symptom=" + id + "&origin=" + diagnose.Origin.OptionID(origin) + "&access=" + at + more
					for i, letters := range lettersFor(t, session, query, languages...) {
						s, lang := languages[i], languages[i].Figures.Lang
						unknown := c.Checker.Messages.Host.Unknown.Value[lang]
						if model.Value(origin-1) == model.OriginPages {
							unknown = c.Checker.Messages.Owner.Unknown.Value[lang] // there is no host
						}
						unknown = strings.TrimSpace(unknown)
						for _, letter := range letters {
							read[i]++
							if found := gap.FindString(letter); found != "" {
								t.Fatalf("%s, %s: there is a gap, %q, in\n%s", lang, query, found, letter)
							}
							subject, _, _ := strings.Cut(letter, "\n")
							name := s.Outcome(id).Name
							if told := strings.Contains(subject, name); told != (symptom != diagnose.SymptomOther) {
								t.Errorf("%s, %s: the subject is %q", lang, query, subject)
							}
							if symptom == diagnose.SymptomOther && (strings.Contains(letter, name) || !strings.Contains(subject, unknown)) && strings.Contains(letter, "Ray ID") && at == "dashboard" {
								t.Errorf("%s, %s: nobody knows what is seen:\n%s", lang, query, letter)
							}
							since := s.answer(diagnose.Since, 4)
							if strings.Contains(letter, since) && !strings.Contains(more, "renewal") {
								t.Errorf("%s, %s: %q was not told:\n%s", lang, query, since, letter)
							}
						}
					}
				}
			}
		}
	}
	for i, n := range read {
		if n < 1000 {
			t.Errorf("%s: only %d letters were read", languages[i].Figures.Lang, n)
		}
	}
}

// TestALetterNamesTheNumberThatWasTold, in its subject and in its text, and not one of the others that a 530 can bear.
func TestALetterNamesTheNumberThatWasTold(t *testing.T) {
	c := content(t)
	checker := &Checker{Engine: diagnose.New(), Words: c.Checker}
	session := diagnose.NewSession(checker.Engine)
	for _, lang := range []string{"ja", "en"} {
		s := Phrasing{Checker: checker, Figures: Figures{Lang: lang, Words: c.Words[lang]}, Phrase: func(source.Say) template.HTML { return "" }}
		for _, number := range diagnose.Number.OptionIDs() {
			letters := lettersFor(t, session, "symptom=530&access=none&number="+number, s)[0]
			if len(letters) == 0 {
				t.Errorf("%s: nobody is asked about %s", lang, number)
			}
			for _, letter := range letters {
				subject, text, _ := strings.Cut(letter, "\n")
				want := strings.ReplaceAll(c.Checker.Messages.Number.Value[lang], "{number}", number)
				if number == "other" {
					want = s.Outcome("530").Name
				}
				if !strings.Contains(subject, want) || !strings.Contains(text, want) || number == "1033" && strings.Contains(letter, "1016") {
					t.Errorf("%s: of %s it says\n%s", lang, number, letter)
				}
			}
		}
	}
}

// TestEachIsAskedForTheirOwn: the host and the owner for the steps that are for them, and nobody for what the person does alone, at the
// server neither.
func TestEachIsAskedForTheirOwn(t *testing.T) {
	c := content(t)
	checker := &Checker{Words: c.Checker}
	s := Phrasing{Checker: checker, Figures: Figures{Lang: "en", Words: c.Words["en"]}, Phrase: func(source.Say) template.HTML { return "" }}
	m := c.Checker.Messages
	for _, l := range []struct {
		answers string
		steps   []diagnose.Action
		by      []string
		to      diagnose.Action
		asks    []string
		not     []string
	}{
		{"origin=hosting", []diagnose.Action{diagnose.AskHost, diagnose.ServeTLS443, diagnose.SetStrict}, []string{"host", "host", "dashboard"}, diagnose.AskHost, []string{"serve_tls_443"}, []string{"set_strict"}},
		{"origin=hosting", []diagnose.Action{diagnose.AskHost, diagnose.OpenFirewall443, diagnose.AddDomain}, []string{"host", "host", "panel"}, diagnose.AskHost, []string{"open_firewall_443"}, []string{"add_domain"}},
		{"origin=hosting", []diagnose.Action{diagnose.AskOwner, diagnose.RedirectByForwardedProto, diagnose.SetFlexible}, []string{"owner", "panel", "owner"}, diagnose.AskOwner, []string{"set_flexible"}, []string{"redirect_by_forwarded_proto"}},
		{"origin=pages", []diagnose.Action{diagnose.AskOwner, diagnose.AddDomain}, []string{"owner", "owner"}, diagnose.AskOwner, []string{"add_domain"}, nil},
	} {
		a, err := diagnose.Parse(l.answers)
		if err != nil {
			t.Fatal(err)
		}
		letter := s.letter(l.to, &diagnose.Plan{Steps: l.steps, By: l.by}, &a)
		for _, id := range l.asks {
			if !strings.Contains(letter, m.Asks[id].Value["en"]) {
				t.Errorf("%s, %v: %s is not asked for %s:\n%s", l.answers, l.steps, l.to, id, letter)
			}
		}
		for _, id := range l.not {
			if strings.Contains(letter, m.Asks[id].Value["en"]) {
				t.Errorf("%s, %v: %s is asked for %s:\n%s", l.answers, l.steps, l.to, id, letter)
			}
		}
	}
	// Who holds the address knows it; who has the dashboard enters it.
	var a diagnose.Answers
	if letter := s.letter(diagnose.AskHost, &diagnose.Plan{Steps: []diagnose.Action{diagnose.AskHost, diagnose.FixDNS, diagnose.Listen443}, By: []string{"host", "dashboard", "host"}}, &a); !strings.Contains(letter, m.AsksHost["fix_dns"].Value["en"]) {
		t.Errorf("the host is not asked for the address:\n%s", letter)
	}
	// Where nothing is proved, somebody is asked to look.
	for to, looks := range map[diagnose.Action]source.Letter{diagnose.AskHost: m.Host, diagnose.AskOwner: m.Owner} {
		letter := s.letter(to, &diagnose.Plan{Steps: []diagnose.Action{to}, By: []string{""}}, &a)
		for _, look := range looks.Look {
			if !strings.Contains(letter, look.Value["en"]) {
				t.Errorf("%s is not asked to look:\n%s", to, letter)
			}
		}
	}
	// Visits through a tunnel, or past the edge, do not come from its addresses.
	behind := strings.TrimSpace(m.Behind.Value["en"])
	for answers, want := range map[string]bool{"origin=hosting": true, "origin=tunnel": false, "proxied=no": false} {
		if a, err := diagnose.Parse(answers); err != nil || strings.Contains(s.letter(diagnose.AskHost, &diagnose.Plan{Steps: []diagnose.Action{diagnose.AskHost}, By: []string{"host"}}, &a), behind) != want {
			t.Errorf("%s: whence visits come is said: %v, %v", answers, !want, err)
		}
	}
}

func TestTheClientHasTheWordsOfTheLetters(t *testing.T) {
	c := content(t)
	checker := &Checker{Words: c.Checker}
	for _, lang := range []string{"ja", "en"} {
		var got letters
		if err := json.Unmarshal(checker.Letters(lang), &got); err != nil {
			t.Fatal(err)
		}
		if want := c.Checker.Messages.Asks["fix_dns"].Value[lang]; got.Asks["fix_dns"] != want || want == "" {
			t.Errorf("%s: %q", lang, got.Asks["fix_dns"])
		}
	}
}

// TestWordsOfTheReadyMessagesAreHeldAgainstWhatCanBeAskedFor in every language of the site.
func TestWordsOfTheReadyMessagesAreHeldAgainstWhatCanBeAskedFor(t *testing.T) {
	told := func(languages []string, change func(m *source.Messages)) string {
		c := content(t).Checker
		change(&c.Messages)
		var all []string
		for _, p := range CheckChecker("checker", c, languages) {
			if strings.HasSuffix(p.File, "messages.yaml") {
				all = append(all, p.Message)
			}
		}
		return strings.Join(all, "\n")
	}
	both := []string{"ja", "en"}
	for _, c := range []struct {
		name   string
		change func(m *source.Messages)
		want   string
	}{
		{"as it is", func(*source.Messages) {}, ""},
		{"without the file", func(m *source.Messages) { *m = source.Messages{} }, "there are no ready messages"},
		{"without a request", func(m *source.Messages) { delete(m.Asks, "listen_443") }, `no words for the request for "listen_443"`},
		{"with one more", func(m *source.Messages) { m.Asks["listen_444"] = m.Asks["listen_443"] }, `words for the request for "listen_444", which does not exist`},
		{"with the asking", func(m *source.Messages) { m.AsksHost["ask_host"] = m.Asks["listen_443"] }, `words for the request for "ask_host", which does not exist`},
		{"without what is asked", func(m *source.Messages) {
			m.Host.Body.Value = source.Say{"ja": m.Host.Body.Value["ja"], "en": "Hello {mode}"}
		}, `host: body in "en" does not say {asks}`},
		{"with a fact that there is not", func(m *source.Messages) {
			m.Owner.Open.Value = source.Say{"ja": m.Owner.Open.Value["ja"], "en": "{symptom} {colour}"}
		}, `owner: open in "en" has {colour}, which stands for nothing`},
	} {
		if got := told(both, c.change); got != c.want {
			t.Errorf("%s: told is\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	third := told([]string{"ja", "en", "de"}, func(*source.Messages) {})
	for _, want := range []string{`asks: listen_443: no text in "de"`, `host: body: no text in "de"`, `owner: look: no text in "de"`, `behind: no text in "de"`} {
		if !strings.Contains(third, want) {
			t.Errorf("of a third language nobody says %s", want)
		}
	}
}
