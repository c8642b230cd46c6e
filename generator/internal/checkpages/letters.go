package checkpages

import (
	"encoding/json"
	"slices"
	"strings"

	"sslclinic/generator/internal/source"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// A letter asks somebody for what a person cannot do alone. It is put together from the answers here, for the pages without
// script, and by the client's letter.js, which gets the same words, for the page with it.

// letters are the words of both letters in one language.
type letters struct {
	Subject  string            `json:"subject"`
	Item     string            `json:"item"`
	Number   string            `json:"number"`
	Status   string            `json:"status"`
	Behind   string            `json:"behind"`
	Tried    string            `json:"tried"`
	Host     addressed         `json:"host"`
	Owner    addressed         `json:"owner"`
	Asks     map[string]string `json:"asks"`
	AsksHost map[string]string `json:"asks_host"`
}

// addressed are the words of a letter to one of the two.
type addressed struct {
	Subject string   `json:"subject"`
	Open    string   `json:"open"`
	Unknown string   `json:"unknown"`
	Body    string   `json:"body"`
	Look    []string `json:"look"`
}

// letters gives the words in a language.
func (c *Checker) letters(lang string) letters {
	m := &c.Words.Messages
	to := func(l source.Letter) addressed {
		a := addressed{Subject: l.Subject.Value[lang], Open: l.Open.Value[lang], Unknown: l.Unknown.Value[lang], Body: strings.TrimSpace(l.Body.Value[lang])}
		for _, look := range l.Look {
			a.Look = append(a.Look, look.Value[lang])
		}
		return a
	}
	l := letters{
		Subject: m.Subject.Value[lang], Item: m.Item.Value[lang], Number: m.Number.Value[lang], Status: m.Status.Value[lang], Behind: strings.TrimSpace(m.Behind.Value[lang]), Tried: m.Tried.Value[lang], Host: to(m.Host), Owner: to(m.Owner),
		Asks: map[string]string{}, AsksHost: map[string]string{},
	}
	for id, say := range m.Asks {
		l.Asks[id] = say.Value[lang]
	}
	for id, say := range m.AsksHost {
		l.AsksHost[id] = say.Value[lang]
	}
	return l
}

// Letters are the words of the letters in a language, for the client.
func (c *Checker) Letters(lang string) []byte {
	data, err := json.Marshal(c.letters(lang))
	if err != nil {
		panic("checkpages: " + err.Error()) // it is made of strings
	}
	return data
}

// opening are the symptoms at which the site opens all the same.
var opening = []diagnose.Option{diagnose.SymptomMixed, diagnose.SymptomNone, diagnose.SymptomNotIssued, diagnose.SymptomBlockedHTTP}

// elsewhere are the questions whose answers stand in a letter's own lines, or are of no use to who gets it.
var elsewhere = []diagnose.Question{diagnose.Symptom, diagnose.Mode, diagnose.Always, diagnose.Since, diagnose.Access, diagnose.Origin,
	diagnose.CanInstallCert, diagnose.LastingMode, diagnose.GreyTakes}

// letter is what is written to who is asked first in a plan's steps: AskHost or AskOwner. The pages without script know of
// no attempts.
func (s Phrasing) letter(to diagnose.Action, p *diagnose.Plan, a *diagnose.Answers) string {
	words := s.letters(s.Figures.Lang)
	letter := words.Host
	if to == diagnose.AskOwner {
		letter = words.Owner
	}
	known := func(q diagnose.Question) bool { return a.Told[q] != diagnose.Unasked && a.Told[q] != diagnose.Unknown }
	values := map[string]string{"behind": words.Behind}
	for _, q := range []diagnose.Question{diagnose.Mode, diagnose.Always, diagnose.Since} {
		if known(q) {
			values[q.String()] = s.answer(q, a.Told[q])
		}
	}
	subject := letter.Unknown
	if symptom := a.Told[diagnose.Symptom]; known(diagnose.Symptom) && symptom != diagnose.SymptomOther {
		values["symptom"] = s.Outcome(diagnose.Symptom.OptionID(symptom)).Name
		if number := a.Told[diagnose.Number]; known(diagnose.Number) && diagnose.Number.OptionID(number) != "other" {
			values["symptom"] = strings.ReplaceAll(words.Number, "{number}", diagnose.Number.OptionID(number))
		}
		if status := a.Told[diagnose.Status]; symptom == diagnose.SymptomOriginPage && known(diagnose.Status) {
			values["symptom"] = strings.ReplaceAll(words.Status, "{number}", diagnose.Status.OptionID(status))
		}
		if subject = letter.Subject; slices.Contains(opening, symptom) {
			subject = letter.Open
		}
	}
	if lives(a, model.OriginTunnel) || a.Told[diagnose.Proxied] == diagnose.Option(model.ProxiedNo)+1 {
		values["behind"] = "" // the visits come by another way
	}
	values["asks"] = words.list(words.requests(to, p, lives(a, model.OriginTunnel)))
	var checked []string
	for q := range diagnose.QuestionCount {
		if known(q) && !slices.Contains(elsewhere, q) {
			checked = append(checked, s.Figures.Pair(s.say(s.Words.Questions[q.String()].Value.Short), s.answer(q, a.Told[q])))
		}
	}
	values["checked"] = words.list(checked)
	return strings.ReplaceAll(words.Subject, "{subject}", written(subject, values)) + "\n\n" + written(letter.Body, values)
}

// requests are what one of the two is asked for in the steps of a plan; where there are none but the asking, to look: behind a tunnel, at
// the tunnel.
func (l letters) requests(to diagnose.Action, p *diagnose.Plan, tunnel bool) (all []string) {
	for i, step := range p.Steps {
		id := step.String()
		switch more := l.AsksHost[id]; {
		case step == diagnose.AskHost || step == diagnose.AskOwner:
		case to == diagnose.AskHost && more != "":
			all = append(all, more)
		case p.By[i] == "host" && to == diagnose.AskHost, p.By[i] == "owner" && to == diagnose.AskOwner:
			all = append(all, l.Asks[id])
		}
	}
	switch {
	case len(all) > 0:
		return all
	case to == diagnose.AskOwner:
		return l.Owner.Look
	case tunnel:
		return []string{l.Asks[diagnose.RouteTunnel.String()]}
	}
	return l.Host.Look
}

func (l letters) list(items []string) string {
	var lines []string
	for _, text := range items {
		lines = append(lines, strings.ReplaceAll(l.Item, "{text}", text))
	}
	return strings.Join(lines, "\n")
}

// written fills in a text, without the lines for which a value is missing. A line that is nothing but a value takes its
// paragraph with it.
func written(text string, values map[string]string) string {
	value := func(p string) string { return values[strings.Trim(p, "{}")] }
	lacks := func(line string) bool {
		return slices.ContainsFunc(placeholder.FindAllString(line, -1), func(p string) bool { return value(p) == "" })
	}
	var paragraphs []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		lines := strings.Split(paragraph, "\n")
		if slices.ContainsFunc(lines, func(line string) bool { return lacks(line) && placeholder.FindString(line) == line }) {
			continue
		}
		if lines = slices.DeleteFunc(lines, lacks); len(lines) > 0 {
			paragraphs = append(paragraphs, placeholder.ReplaceAllStringFunc(strings.Join(lines, "\n"), value))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
