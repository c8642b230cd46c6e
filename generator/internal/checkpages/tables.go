package checkpages

import (
	"slices"
	"strings"
	"unicode"

	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/evidence"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/tables"
)

// LoopTable tells what loops, and FaultTable what each mode makes of what is
// wrong at the origin. The first cell of a row is its head.
func (s Phrasing) LoopTable() (heads []string, rows [][]string) {
	heads = []string{s.Figures.Words.Table.Mode, s.Outcome("loop").Name}
	for _, l := range s.loops() {
		rows = append(rows, []string{l.Settings[0], strings.Join(l.Settings[1:], " + ")})
	}
	return heads, rows
}

func (s Phrasing) FaultTable() (heads []string, rows [][]string) {
	table := tables.Faults()
	heads = append(heads, s.Figures.Words.Legs.Origin)
	for _, mode := range table.Head[1:] {
		heads = append(heads, s.Figures.Words.Modes[mode].Value)
	}
	for _, row := range table.Rows {
		cells := []string{s.fault(row[0])}
		for _, outcome := range row[1:] {
			cells = append(cells, s.cell(outcome))
		}
		rows = append(rows, cells)
	}
	return heads, rows
}

// SignTable tells what each wording means that the reader of evidence knows by
// one: a row for each answer, in the checker's order.
func (s Phrasing) SignTable() (heads []string, rows [][]string) {
	words := s.Figures.Theme.Words(s.Figures.Lang)
	for q := range diagnose.QuestionCount {
		for o := diagnose.Option(1); o <= q.Options(); o++ {
			var signs []string
			for _, r := range evidence.Rules {
				if r.Question != q.String() || r.Answer != q.OptionID(o) {
					continue
				}
				n := 0 // of this rule: the first are the usual ones
				for _, sign := range r.Wordings() {
					if n < 2 && s.readable(sign) && !slices.Contains(signs, sign) {
						signs = append(signs, sign)
						n++
					}
				}
			}
			if len(signs) > 0 {
				rows = append(rows, []string{strings.Join(signs, " / "), s.Figures.Pair(s.say(s.Words.Questions[q.String()].Value.Short), s.answer(q, o))})
			}
		}
	}
	return []string{words["signs_seen"], words["signs_mean"]}, rows
}

// ReadingTable tells the rules of the reader of evidence with where each comes
// from: those that no wording tells by itself as sentences, the others, whose
// wordings are in the other table, by their ids.
func (s Phrasing) ReadingTable() (heads []string, rows [][]string) {
	words := s.Figures.Theme.Words(s.Figures.Lang)
	row := func(rule, sources string) {
		var names []string
		for _, one := range strings.Fields(sources) {
			names = append(names, s.say(s.Words.Evidence.Sources[one].Value))
		}
		rows = append(rows, []string{rule, strings.Join(names, " / ")})
	}
	for _, j := range evidence.Judgements {
		row(s.say(s.Words.Evidence.Rules[j.ID].Value), j.Source)
	}
	ids := map[string][]string{}
	var sources []string
	for _, r := range evidence.Rules {
		switch {
		case r.Question == "":
			row(s.say(s.Words.Evidence.Rules[r.ID].Value), r.Source())
		case ids[r.Source()] == nil:
			sources = append(sources, r.Source())
			fallthrough
		default:
			ids[r.Source()] = append(ids[r.Source()], r.ID)
		}
	}
	for _, one := range sources {
		row(strings.Join(ids[one], " / "), one)
	}
	return []string{words["signs_rule"], words["signs_source"]}, rows
}

// readable reports that a wording is one that people of the page's language
// find in what they have before them: whole words, and not of another script.
func (s Phrasing) readable(sign string) bool {
	first, last := sign[0], sign[len(sign)-1]
	for _, r := range sign {
		if r > unicode.MaxASCII && s.Figures.Lang != "ja" {
			return false
		}
	}
	return len(sign) > 7 && first > ' ' && last > ' ' && first != ':' && first != '"' && last != ','
}

// fault names what deviates in a set-up, such as "cert=none".
func (s Phrasing) fault(query string) string {
	if query == "cert=origin_ca" { // no fault behind the edge, as the cause of that id is elsewhere
		return "Cloudflare Origin CA"
	}
	var names []string
	for _, one := range strings.Split(query, "&") {
		names = append(names, s.deviation(one))
	}
	return strings.Join(names, " + ")
}

// cell is an outcome as short as it can be told: OK, the number on the screen,
// or else its name.
func (s Phrasing) cell(outcome string) string {
	if outcome == model.OutcomeOK.String() {
		return strings.ToUpper(outcome)
	}
	if number := outcome[strings.LastIndexByte(outcome, '_')+1:]; strings.Trim(number, "0123456789") == "" {
		return number
	}
	return s.Outcome(outcome).Name
}
