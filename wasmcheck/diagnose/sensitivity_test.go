package diagnose

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestTheReadmeHasEveryConstant with its value and its reason. What changes with it is measured by the command.
func TestTheReadmeHasEveryConstant(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	all := described()
	if len(all) != int(constants)+int(QuestionCount) {
		t.Errorf("%d constants are described, of %d", len(all), int(constants)+int(QuestionCount))
	}
	for _, c := range all {
		if row := fmt.Sprintf("\n| %s | %s | %s | ", c.Name, c.Value, c.Why); !strings.Contains(readme, row) {
			t.Errorf("README.md lacks the row %s; go run ./wasmcheck table constants prints all", strings.TrimSpace(row))
		}
	}
	_, table, _ := strings.Cut(readme, "\n| none |")
	table, _, _ = strings.Cut(table, "\n\n")
	if rows := strings.Count(table, "\n| "); rows != len(all) {
		t.Errorf("the table of README.md has %d rows, and there are %d constants", rows, len(all))
	}
	for name, value := range map[string]any{
		"maxActions": maxActions, "maxAfter": maxAfter, "manyTried": manyTried, "maxCandidates": maxCandidates, "maxPlans": maxPlans, "classes": classes,
		"likeliest": likeliest, "maxSeparate": maxSeparate, "high": high, "fair": fair, "promising": promising, "byHTTP": byHTTP, "known": known, "noCode": noCode,
		"otherSeen": otherSeen, "nothingSeen": nothingSeen, "ownPageSeen": ownPageSeen,
	} {
		if row := fmt.Sprintf("\n| %s | %v | ", name, value); !strings.Contains(readme, row) {
			t.Errorf("README.md lacks the row %s", strings.TrimSpace(row))
		}
	}
}

// TestTheSurveyKnowsADifference: the standard tuning differs from itself in nothing, and who is content with less asks less.
func TestTheSurveyKnowsADifference(t *testing.T) {
	if testing.Short() {
		t.Skip("some hundred people")
	}
	s := newSurvey()
	if len(s.people) != people || len(s.cases) != int(Symptom.Options())*(1+int(Mode.Options())) {
		t.Errorf("%d people, %d cases", len(s.people), len(s.cases))
	}
	standing := s.of(New())
	// Of 400 drawn anew with every change of the tables one in a hundred is chance; how many are helped is the law of proof_test.go.
	if standing.Helped < 96 || standing.First+standing.Three+standing.Plan+standing.Next+standing.Else != 0 {
		t.Errorf("%+v", standing)
	}
	if content := s.of(changed(int(enough), .5)); content.Asked >= standing.Asked || content.First != 0 || content.Next == 0 {
		t.Errorf("%+v, against %+v", content, standing)
	}
	if blunt := s.of(changed(int(constants)+int(Symptom), .5)); blunt.Asked <= standing.Asked || blunt.First == 0 {
		t.Errorf("%+v, against %+v", blunt, standing)
	}
}
