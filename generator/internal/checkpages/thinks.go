package checkpages

import (
	"slices"
	"strings"

	"sslclinic/generator/internal/theme"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/model/rules"
	"sslclinic/wasmcheck/report"
	"sslclinic/wasmcheck/tables"
)

// Thinks tells how the engine thinks, but for the page's text.
func (s Phrasing) Thinks() *theme.Thinks {
	t := &theme.Thinks{}
	for _, r := range rules.All() {
		v := theme.Rule{ID: r.Rule.String(), Sentence: s.say(s.Words.Rules[r.Rule.String()].Value), Confidence: string(r.Confidence)}
		for _, u := range r.Sources {
			v.Sources = append(v.Sources, theme.Source{Title: strings.TrimPrefix(u, "https://"), URL: u, Read: theme.Date{ISO: r.Read, Text: r.Read}})
		}
		t.Rules = append(t.Rules, v)
	}
	session := diagnose.NewSession(s.Engine)
	for o := diagnose.Option(1); o <= diagnose.Symptom.Options(); o++ {
		var a diagnose.Answers
		a.Told[diagnose.Symptom] = o
		likely := theme.Likely{Outcome: s.Outcome(diagnose.Symptom.OptionID(o))}
		for _, c := range report.Of(session.Diagnose(a), &a).Told {
			likely.Causes = append(likely.Causes, s.told(c))
		}
		t.Errors = append(t.Errors, likely)
	}
	for _, p := range diagnose.Priors() {
		t.Priors = append(t.Priors, theme.Prior{Name: s.deviation(p.Cause), Weight: p.Often})
	}
	t.Loops = s.loops()
	for _, group := range s.Engine.Alike() {
		var names []string
		for _, id := range group {
			names = append(names, s.Cause(id).Name)
		}
		t.Confused = append(t.Confused, names)
	}
	return t
}

// deviation names variable=value: as a cause or, where it is none by itself, as
// a setting.
func (s Phrasing) deviation(id string) string {
	if w, ok := s.Words.Causes[id]; ok {
		return s.say(w.Value.Name)
	}
	variable, value, _ := strings.Cut(id, "=")
	return s.setting(variable, value)
}

// loops are the combinations of settings that redirect for ever, without
// those that only add a setting to another.
func (s Phrasing) loops() []theme.Loop {
	table := tables.Loops()
	settings := table.Head[1 : len(table.Head)-2]
	healthy := make([]string, len(settings))
	for i, name := range settings {
		for v := range model.VariableCount {
			if v.String() == name {
				healthy[i] = v.ValueID(0)
			}
		}
	}
	adds := func(row, to []string) bool { // row is to with something more
		more := row[0] == to[0]
		for i := range settings {
			more = more && (to[i+1] == healthy[i] || to[i+1] == row[i+1])
		}
		return more && !slices.Equal(row[:len(settings)+1], to[:len(settings)+1])
	}
	var all []theme.Loop
	for _, row := range table.Rows {
		if slices.ContainsFunc(table.Rows, func(other []string) bool { return adds(row, other) }) {
			continue
		}
		loop := theme.Loop{Settings: []string{s.Figures.Words.Modes[row[0]].Value}}
		for i, name := range settings {
			if row[i+1] != healthy[i] {
				loop.Settings = append(loop.Settings, s.setting(name, row[i+1]))
			}
		}
		all = append(all, loop)
	}
	return all
}

// setting words a variable's value: as an answer where there is such a
// question, otherwise as a cause.
func (s Phrasing) setting(variable, value string) string {
	if q, ok := s.Words.Questions[variable]; ok {
		return s.Figures.Pair(s.say(q.Value.Short), s.say(q.Value.Options[value].Value))
	}
	return s.Cause(variable + "=" + value).Name
}
