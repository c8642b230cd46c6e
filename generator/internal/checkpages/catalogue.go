package checkpages

import (
	"encoding/json"
	"html/template"

	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
)

// Listed are the causes that can be named alone (kind cause), everything there
// is to do (do), or to see (seen): by name and, as the URL, by id.
func (c *Checker) Listed(kind, lang string) []theme.Link {
	var all []theme.Link
	switch kind {
	case "cause":
		for _, id := range singles(c.Engine) {
			all = append(all, theme.Link{Title: c.Words.Causes[id].Value.Name[lang], URL: id})
		}
	case "do":
		for a := range diagnose.ActionCount {
			all = append(all, theme.Link{Title: c.Words.Actions[a.String()].Value.Do[lang], URL: a.String()})
		}
	case "seen":
		for _, id := range outcomes() {
			all = append(all, theme.Link{Title: c.Words.Outcomes[id].Value.Name[lang], URL: id})
		}
	}
	return all
}

// Findings are what the client tells findings with: page, the part of its page
// for them, and from the catalogue, by id, each cause, action (do) and outcome
// (seen), all of it HTML whose links are as on the checker's own page; of
// what a text alone can answer (text) the words, the question's under ""; and by
// question why an answer may be wrong (doubt).
func (s Phrasing) Findings(page template.HTML) ([]byte, error) {
	all := struct {
		Page  template.HTML            `json:"page"`
		Cause map[string]template.HTML `json:"cause"`
		Do    map[string]template.HTML `json:"do"`
		Seen  map[string]template.HTML `json:"seen"`
		Text  map[string]theme.Words   `json:"text"`
		Doubt theme.Words              `json:"doubt"`
	}{page, map[string]template.HTML{}, map[string]template.HTML{}, map[string]template.HTML{}, map[string]theme.Words{}, theme.Words{}}
	words := s.Figures.Theme.Words(s.Figures.Lang)
	var err error
	part := func(name string, view map[string]any) (html template.HTML) {
		if err == nil {
			view["Words"], view["ID"] = words, ""
			html, err = s.Figures.Theme.Part(name, view)
		}
		return html
	}
	for _, c := range s.Causes() {
		all.Cause[c.ID] = part("cause", map[string]any{"Cause": c})
	}
	for _, a := range s.Actions() {
		all.Do[a.ID] = part("action", map[string]any{"Action": a})
	}
	for _, o := range s.Outcomes() {
		all.Seen[o.ID] = part("outcome", map[string]any{"Outcome": o})
	}
	for _, q := range s.Texts() {
		all.Text[q.ID] = theme.Words{"": q.Short}
		for _, o := range q.Options {
			all.Text[q.ID][o.ID] = o.Name
		}
	}
	for q := range diagnose.QuestionCount {
		if words := s.doubt(q); words != "" {
			all.Doubt[q.String()] = words
		}
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(all)
}
