//go:build !js

package diagnose

import (
	"slices"
	"strings"
)

// Alike are the causes that our questions cannot tell apart, with no text to read: the members of a group have the same answers in one context
// at least. A cause that only adds a fault to another of its group is left out, and so are groups of two faults each, which
// are the others with something on top. The module does not carry this: pages print it.
func (e *Engine) Alike() [][]string {
	byAnswers := map[[QuestionCount]uint8][]string{}
	for i := range e.scenarios {
		if e.scenarios[i].trouble() == 0 {
			continue
		}
		var key [QuestionCount]uint8
		for q := range askable {
			profiles := e.profiles[byPeople][q]
			key[q] = uint8(slices.Index(profiles, profiles[e.columns[q][i]])) // what people tell alike is one, though texts differ
		}
		if id := e.causes[e.cause[i]]; !slices.Contains(byAnswers[key], id) {
			byAnswers[key] = append(byAnswers[key], id)
		}
	}
	var groups [][]string
	for _, group := range byAnswers {
		alone := slices.DeleteFunc(slices.Clone(group), func(id string) bool {
			return slices.ContainsFunc(group, func(part string) bool {
				return part != id && strings.Contains("+"+id+"+", "+"+part+"+")
			})
		})
		if len(alone) > 1 && slices.ContainsFunc(alone, func(id string) bool { return !strings.Contains(id, "+") }) {
			slices.Sort(alone)
			groups = append(groups, alone)
		}
	}
	slices.SortFunc(groups, slices.Compare)
	return slices.CompactFunc(groups, slices.Equal)
}
