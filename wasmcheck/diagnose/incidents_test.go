package diagnose

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// An incident is a case that somebody reported in public, with what they told put into our questions.
type incident struct {
	ID, Status, Told string
	Causes           []string // any of them is what was confirmed
	Top              int      // among so many of the first; 3 where it is 0
	Plan, Never      []string // the first plan has one of the former and none of the latter
}

func incidents(t *testing.T, file string) (all []incident) {
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var one incident
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func TestIncidentsEndAsTheyWereTold(t *testing.T) {
	d := NewSession(engine)
	all := append(incidents(t, "incidents.jsonl"), incidents(t, "incidents-2.jsonl")...)
	if len(all) != 25+18 {
		t.Errorf("%d incidents", len(all))
	}
	for _, one := range all {
		f := d.Diagnose(told(t, one.Told))
		causes := f.Causes
		var steps []string
		if len(f.Plans) > 0 {
			for _, s := range f.Plans[0].Steps {
				steps = append(steps, s.String())
			}
		}
		in := func(ids []string) bool {
			return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(steps, id) })
		}
		if one.Plan != nil && !in(one.Plan) || in(one.Never) {
			t.Errorf("%s (%s): the first plan is %v; wanted is one of %v, and never %v", one.ID, one.Told, steps, one.Plan, one.Never)
		}
		switch one.Status {
		case "confirmed":
			first := causes[:min(cmp.Or(one.Top, 3), len(causes))]
			if !slices.ContainsFunc(first, func(c Cause) bool { return slices.Contains(one.Causes, c.ID) }) {
				t.Errorf("%s (%s): %v is not among the first: %+v", one.ID, one.Told, one.Causes, first)
			}
		case "unclear":
			if causes[0].Share >= high {
				t.Errorf("%s (%s): a certain verdict, %s %.2f", one.ID, one.Told, causes[0].ID, causes[0].Share)
			}
		default:
			t.Errorf("%s has the status %q", one.ID, one.Status)
		}
	}
}
