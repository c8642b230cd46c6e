package checkpages

import (
	"encoding/json"
	"html/template"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/yamlfile"
)

// Reading is what the client tells of a text that was pasted: page, the part
// of its page for that, and the words by the reader's ids.
func (s Phrasing) Reading(page template.HTML) ([]byte, error) {
	said := func(words map[string]yamlfile.At[source.Say]) map[string]string {
		all := map[string]string{}
		for id, w := range words {
			all[id] = s.say(w.Value)
		}
		return all
	}
	w := s.Words.Evidence
	return json.Marshal(struct {
		Page       template.HTML     `json:"page"`
		Kinds      map[string]string `json:"kinds"`
		Conditions map[string]string `json:"conditions"`
		Reasons    map[string]string `json:"reasons"`
		Secrets    map[string]string `json:"secrets"`
		Notes      map[string]string `json:"notes"`
	}{page, said(w.Kinds), said(w.Conditions), said(w.Reasons), said(w.Secrets), said(w.Notes)})
}
