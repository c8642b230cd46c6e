package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sslclinic/generator/internal/checkpages"
	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/diagnose"
)

// shownFinding is what the page with script tells of a finding, in the words of its language.
type shownFinding struct {
	Verdict  string
	Causes   []string // each with its degree
	Failing  []string // legs
	Legs     []string // each with its protection and what is spoken on it; none when nothing is drawn
	Headings []string // of the plans
	Needs    []string // of the plans
	Proofs   int      // plans that claim to be proved
	Letters  int      // to be sent to somebody else
}

// readFindings goes from case to case, and reads each.
const readFindings = `(async () => {
	const root = document.querySelector('ssl-check');
	const one = (selector) => root.querySelector(selector);
	const read = () => {
		const figure = one('.result figure.legs');
		const legs = figure.hidden ? [] : [...figure.querySelectorAll('.leg')].filter((leg) => !figure.querySelector('svg').hasAttribute('data-alone') || leg.dataset.leg === 'visitor');
		return {
			verdict: one(one('.result').dataset.verdict === 'works' ? '[data-slot=todo]' : '[data-slot=verdict]').textContent,
			causes: [...root.querySelectorAll('[data-slot=causes] > .item > summary')].map((cause) => cause.querySelector('.share').dataset.share + ': ' + cause.querySelector('[data-part=name]').textContent),
			failing: legs.filter((leg) => 'failing' in leg.dataset).map((leg) => leg.dataset.leg),
			legs: legs.map((leg) => (leg.dataset.protection + ' ' + leg.querySelector('.port').textContent).trim()),
			headings: [...root.querySelectorAll('[data-slot=plans] > .plan > summary')].map((summary, i) => summary.children[i && 1].textContent), // of the others the heading is what they do
			needs: [...root.querySelectorAll('[data-slot=plans] > .plan > .needs')].map((needs) => needs.textContent),
			proofs: root.querySelectorAll('[data-slot=plans] > .plan > .sure:not([hidden]) > .proof').length,
			letters: root.querySelectorAll('[data-slot=plans] > .plan > .steps .letter').length,
		};
	};
	document.documentElement.style.display = 'none'; // what is read needs no layout
	const all = [];
	for (const query of %s) {
		root.begin({ answers: Object.fromEntries(new URLSearchParams(query)), at: 'result' }); // as from the address
		await root.show();
		all.push(read());
	}
	return all;
})()`

// TestThePageWithScriptTellsOfEveryFindingWhatTheReportSays reads every finding that the way without script leads to, in
// one language, and a thousand conversations with attempts, in the other. What is told there is in the generator's tests.
func TestThePageWithScriptTellsOfEveryFindingWhatTheReportSays(t *testing.T) {
	t.Parallel()
	var leaves []string
	checkpages.Walk(checkpages.Tree(diagnose.New(), 300), func(n *checkpages.Node) {
		if len(n.Children) == 0 {
			leaves = append(leaves, n.Answers.String())
		}
	})
	cases, err := os.ReadFile(top + "/wasmcheck/report/testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	for lang, queries := range map[string][]string{"ja": leaves, "en": strings.Fields(string(cases))} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			if len(queries) < 200 {
				t.Fatalf("there are %d cases", len(queries))
			}
			r := opens(t, site(t, "/"), device{languages: lang})
			r.goes(lang + "/check/causes/")
			names := ask[map[string]string](r, `Object.fromEntries([...document.querySelectorAll('.catalogue .item')].map((cause) => [cause.id, cause.querySelector('h3').textContent.trim()]))`)
			r.opensCase(lang, "symptom=525&at=result")
			data := ask[map[string]string](r, `(({ modes, ...rest }) => rest)(`+phrases+`)`)
			name := func(id string) string {
				var all []string
				for one := range strings.SplitSeq(id, "+") {
					all = append(all, names["cause-"+anchored(one)])
				}
				return strings.Join(all, " + ")
			}
			var read []shownFinding
			for some := range slices.Chunk(queries, 100) {
				asked, _ := json.Marshal(some)
				read = append(read, ask[[]shownFinding](r, fmt.Sprintf(readFindings, asked))...)
			}
			var d api.Handler
			wrong := 0
			for i, got := range read {
				var f struct {
					Report struct {
						Verdict, Cause string
						Told           []struct{ ID, Degree string }
						Plans          []string
						Leg, Figure    string
					}
					Plans []struct {
						Steps, Needs []string
						Chance       string
					}
				}
				if err := json.Unmarshal(d.Answer("diagnose?"+queries[i]), &f); err != nil {
					t.Fatal(err)
				}
				told := f.Report
				want := shownFinding{Verdict: strings.ReplaceAll(data[told.Verdict], "{cause}", name(told.Cause))}
				if told.Verdict == "works" && len(told.Plans) > 0 && f.Plans[0].Chance != "low" {
					want.Verdict = data["works_but"]
				}
				for _, c := range told.Told {
					if id := strings.Split(c.ID, "+"); len(id) > 1 {
						for _, one := range id { // each has an entry of its own
							want.Causes = append(want.Causes, c.Degree+": "+name(one))
						}
						continue
					}
					want.Causes = append(want.Causes, c.Degree+": "+name(c.ID))
				}
				for i, role := range told.Plans {
					plan := f.Plans[i]
					heading := data[role]
					if asking(plan.Steps) < len(plan.Steps) {
						want.Proofs++
					} else if i > 0 { // nothing is proved; where that comes first, it heads the page
						heading = data["message_"+plan.Needs[0]]
					}
					if told.Verdict == "contradiction" {
						heading = data["all_right"]
					}
					want.Letters += asking(plan.Steps)
					want.Headings = append(want.Headings, heading)
					var needs []string
					for _, need := range plan.Needs {
						needs = append(needs, data[need])
					}
					want.Needs = append(want.Needs, strings.NewReplacer("{question}", data["needs"], "{answer}", strings.Join(needs, data["comma"])).Replace(data["pair"]))
				}
				if told.Figure != "" {
					want.Legs = drawnLegs(t, &d, told.Figure)
				}
				if told.Leg != "none" {
					want.Failing = []string{told.Leg}
				}
				if fmt.Sprint(got) != fmt.Sprint(want) {
					if wrong++; wrong <= 10 {
						t.Errorf("%s:\n got %+v\nwant %+v", queries[i], got, want)
					}
				}
			}
			if wrong > 0 {
				t.Errorf("%d of %d findings are told otherwise", wrong, len(queries))
			}
		})
	}
}

// asking is how many of a plan's steps are asking somebody.
func asking(steps []string) (n int) {
	for _, id := range steps {
		if id == "ask_host" || id == "ask_owner" {
			n++
		}
	}
	return n
}

var noOrigin = regexp.MustCompile(`(^|&)proxied=no(&|$)`)

// drawnLegs is what a figure has on its legs, by the engine.
func drawnLegs(t *testing.T, d *api.Handler, figure string) []string {
	t.Helper()
	var legs map[string]any
	if err := json.Unmarshal(d.Answer("legs?"+figure), &legs); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, leg := range []string{"visitor", "origin"} {
		drawn := fmt.Sprint(legs[leg])
		if port := legs[leg+"_port"]; drawn != "none" && port != nil && port != 0. { // on a tunnel's own leg none is known
			drawn = fmt.Sprintf("%s %s %v", drawn, legs[leg+"_scheme"], legs[leg+"_port"])
		}
		all = append(all, drawn)
	}
	if noOrigin.MatchString(figure) {
		all = slices.Delete(all, 1, 2)
	}
	return all
}
