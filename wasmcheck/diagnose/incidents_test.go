package diagnose

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// An incident is a case that somebody reported in public, with what they told put into our questions.
type incident struct {
	ID, Status, Told string
	Causes           []string // any of them is what was confirmed
}

func incidents(t *testing.T) (all []incident) {
	f, err := os.Open("testdata/incidents.jsonl")
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
	all := incidents(t)
	if len(all) != 25 {
		t.Errorf("%d incidents", len(all))
	}
	for _, one := range all {
		causes := d.Diagnose(told(t, one.Told)).Causes
		switch one.Status {
		case "confirmed":
			first := causes[:min(3, len(causes))]
			if !slices.ContainsFunc(first, func(c Cause) bool { return slices.Contains(one.Causes, c.ID) }) {
				t.Errorf("%s (%s): %v is not among the first three: %+v", one.ID, one.Told, one.Causes, first)
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
