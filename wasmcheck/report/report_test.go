package report

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

var (
	engine = diagnose.New()
	update = flag.Bool("update", false, "draw the conversations of testdata/cases.txt anew")
)

const file = "testdata/cases.txt"

// cases are a thousand conversations, with attempts, that everybody who tells a finding is held against: the command, and
// the page with script.
func cases(t *testing.T) []string {
	t.Helper()
	if *update {
		var lines []string
		r := rand.New(rand.NewPCG(1, 2))
		for session := diagnose.NewSession(engine); len(lines) < 1000; {
			if line := conversation(session, r); !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Fields(string(data))
	if len(all) < 1000 {
		t.Fatalf("%s has %d cases", file, len(all))
	}
	return all
}

// conversation is what a person has told who was asked, or asked themselves, and did as they were told: anything may be
// answered, also what does not go together.
func conversation(session *diagnose.Session, r *rand.Rand) string {
	var told []string
	tell := func(key, value string) { told = append(told, key+"="+value) }
	option := func(q diagnose.Question) string {
		if r.IntN(6) == 0 {
			return q.OptionID(diagnose.Unknown)
		}
		return q.OptionIDs()[r.IntN(int(q.Options()))]
	}
	answers := func() diagnose.Answers {
		a, err := diagnose.Parse(strings.Join(told, "&"))
		if err != nil {
			panic(err)
		}
		return a
	}
	tell("symptom", diagnose.Symptom.OptionIDs()[r.IntN(int(diagnose.Symptom.Options()))])
	ask := func(most int) {
		for range r.IntN(most + 1) {
			a := answers()
			q := session.Diagnose(a).Next.Question
			if r.IntN(3) == 0 {
				q = diagnose.Question(r.IntN(int(diagnose.QuestionCount)))
			}
			if slot := a.Slot(q); slot != nil && *slot == diagnose.Unasked {
				tell(a.Key(q), option(q))
			}
		}
	}
	ask(4)
	for n := 1; n <= 3 && r.IntN(2) == 0; n++ {
		plans := session.Diagnose(answers()).Plans
		if len(plans) == 0 {
			break
		}
		var did []string
		for _, s := range plans[r.IntN(len(plans))].Steps {
			did = append(did, s.String())
		}
		tell(fmt.Sprintf("did%d", n), strings.Join(did, ","))
		tell(fmt.Sprintf("now%d", n), diagnose.Symptom.OptionIDs()[r.IntN(int(diagnose.Symptom.Options()))])
		ask(2)
	}
	slices.Sort(told)
	return strings.Join(told, "&")
}

// reports calls check with the report of every case.
func reports(t *testing.T, check func(query string, r *Report, f *diagnose.Findings, a *diagnose.Answers)) {
	t.Helper()
	session := diagnose.NewSession(engine)
	for _, query := range cases(t) {
		a, err := diagnose.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		f := session.Diagnose(a)
		check(query, Of(f, &a), f, &a)
	}
}

// TestWhatWasToldInTwoWaysIsToldInOne are two cases of which the page with script and the one without said different things.
func TestWhatWasToldInTwoWaysIsToldInOne(t *testing.T) {
	session := diagnose.NewSession(engine)
	of := func(query string) *Report {
		a, err := diagnose.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		return Of(session.Diagnose(a), &a)
	}
	// A cause is likelier than all others together, though something else is told before it.
	if r := of("symptom=520&mode=strict&scheme=https_only&origin=balancer"); r.Verdict != Settled || r.Cause != "response=http2" || r.Told[0].ID != diagnose.SomethingElse {
		t.Errorf("520 over https alone: %s %s, told first is %s", r.Verdict, r.Cause, r.Told[0].ID)
	}
	// What fails is drawn, and not the visit that works.
	if r := of("symptom=521&scheme=http_only&test443=ok"); !r.Drawn || r.Scheme != model.HTTP || r.Outcome != model.Outcome521 || r.Leg != model.OriginLeg {
		t.Errorf("521 over http alone: %s %s, the leg %s, drawn %v", r.Scheme, r.Outcome, r.Leg, r.Drawn)
	}
}

// TestHowASiteThatWorksIsProtectedIsNotGuessed: it is drawn where an answer, a step or the symptom shows the mode, and else not.
func TestHowASiteThatWorksIsProtectedIsNotGuessed(t *testing.T) {
	session := diagnose.NewSession(engine)
	for query, drawn := range map[string]bool{
		"symptom=525&did1=install_certificate&now1=ok":                        false,
		"symptom=525&mode=unknown&did1=install_certificate&now1=ok":           false,
		"symptom=525&mode=full&did1=install_certificate&now1=ok":              true,
		"symptom=525&mode=strict&did1=listen_443&now1=ok":                     true,
		"symptom=525&did1=install_certificate,set_strict&now1=ok":             true,
		"symptom=526&did1=renew_certificate&now1=ok":                          true, // which no other mode than a strict one shows
		"symptom=525&did1=listen_443&now1=526&did2=renew_certificate&now2=ok": true,
		"symptom=522&did1=exempt_cloudflare&now1=ok":                          false,
	} {
		a, err := diagnose.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if r := Of(session.Diagnose(a), &a); r.Verdict != Works || r.Drawn != drawn {
			t.Errorf("%s: %s, drawn is %v", query, r.Verdict, r.Drawn)
		}
	}
}

func TestTheVerdictSaysWhatTheCausesSay(t *testing.T) {
	seen := map[Verdict]int{}
	reports(t, func(query string, r *Report, f *diagnose.Findings, a *diagnose.Answers) {
		seen[r.Verdict]++
		first := f.Causes[0]
		switch r.Verdict {
		case Settled:
			if first.ID != r.Cause || first.Share < .5 || !slices.ContainsFunc(r.Told, func(c Cause) bool { return c.ID == r.Cause && c.Degree == Likely }) {
				t.Errorf("%s: likely is %s, told are %v", query, r.Cause, r.Told)
			}
		case SomethingElse:
			if r.Cause != diagnose.SomethingElse || r.Told[0].ID != r.Cause {
				t.Errorf("%s: %s, told are %v", query, r.Cause, r.Told)
			}
		case Contradiction:
			if f.Contradiction|f.Conflicting == 0 || r.Drawn {
				t.Errorf("%s: a contradiction without answers, or drawn", query)
			}
		case Works:
			if a.Seen() != diagnose.SymptomNone {
				t.Errorf("%s: said to work", query)
			}
		case Open:
			if r.Cause != "" || first.Share >= .5 || r.Remaining() == 0 {
				t.Errorf("%s: open, with %s %v and %d causes left", query, first.ID, first.Share, r.Remaining())
			}
		}
	})
	for v := range VerdictCount {
		if seen[v] == 0 {
			t.Errorf("no case ends with the verdict %s", v)
		}
	}
}

func TestEveryCauseIsToldOnceOrFoldedAwayAndTheToldAreTheLikeliest(t *testing.T) {
	reports(t, func(query string, r *Report, f *diagnose.Findings, a *diagnose.Answers) {
		places := map[string]int{}
		for _, c := range slices.Concat(r.Told, r.Folded) {
			places[c.ID]++
			if c.Degree != degree(c.Share) {
				t.Errorf("%s: %s of %v is %s", query, c.ID, c.Share, c.Degree)
			}
		}
		for _, c := range f.Causes {
			if n := places[c.ID]; n > 1 || n == 0 && c.ID != diagnose.SomethingElse && !(Cause{Cause: &c}).Joint() {
				t.Errorf("%s: %s stands in %d places", query, c.ID, n)
			}
		}
		for i, c := range r.Told {
			if i > 0 && r.Told[i-1].ID != diagnose.SomethingElse && c.Share > r.Told[i-1].Share {
				t.Errorf("%s: told are %v", query, r.Told)
			}
		}
		for _, c := range r.Folded {
			if c.Degree != Unlikely {
				t.Errorf("%s: %s is %s, and folded away", query, c.ID, c.Degree)
			}
		}
	})
}

func TestNothingIsDrawnThatIsNotWhatIsSeen(t *testing.T) {
	drawn := 0
	reports(t, func(query string, r *Report, f *diagnose.Findings, a *diagnose.Answers) {
		seen := a.Seen()
		if (r.Figure() != "") != r.Drawn || !r.Drawn && r.Leg != model.NoLeg {
			t.Errorf("%s: the figure is %q, and fails on the leg %s", query, r.Figure(), r.Leg)
		}
		if !r.Drawn {
			return
		}
		drawn++
		visit, _ := model.Simulate(r.Config, r.Scheme)
		c, scheme, err := model.ParseLegs(r.Figure())
		if err != nil || scheme != r.Scheme || visit.Outcome != r.Outcome || visit.Outcome.Leg() != r.Leg {
			t.Errorf("%s: %s draws %s, which fails on the leg %s, told is %s: %v", query, r.Figure(), visit.Outcome, visit.Outcome.Leg(), r.Leg, err)
		}
		// The figure needs no more of the set-up than it has.
		if got, want := model.LegsFor(c, scheme), model.LegsFor(r.Config, r.Scheme); got != want {
			t.Errorf("%s: %s draws %+v, the set-up has %+v", query, r.Figure(), got, want)
		}
		if seen < diagnose.SymptomMixed && seen != diagnose.Unasked && model.Outcome(seen) != r.Outcome {
			t.Errorf("%s: drawn is %s", query, r.Outcome)
		}
	})
	if drawn < 200 {
		t.Errorf("only %d of the cases are drawn", drawn)
	}
}

func TestPlansAreToldInTheOrderOfTheFindings(t *testing.T) {
	reports(t, func(query string, r *Report, f *diagnose.Findings, a *diagnose.Answers) {
		if len(r.Plans) > mostPlans {
			t.Errorf("%s: %d plans", query, len(r.Plans))
		}
		for i, p := range r.Plans {
			if p.Plan != &f.Plans[i] || (p.Role == Workaround) != (p.Kind == diagnose.Workaround) || i > 0 && p.Role != Other && p.Role != Workaround {
				t.Errorf("%s: plan %d is told as %s", query, i, p.Role)
			}
			needs := 0
			for _, id := range diagnose.Needs() {
				if p.Needs(id) {
					needs++
				}
			}
			if needs == 0 {
				t.Errorf("%s: plan %d needs nothing", query, i)
			}
		}
	})
}

// TestWhereNoModeMakesTheSecondLegNoneIsPraised: on a tunnel and on Pages every mode but Off is the same. What is well is named for where
// the site lives, and drawn in the mode that was told.
func TestWhereNoModeMakesTheSecondLegNoneIsPraised(t *testing.T) {
	session := diagnose.NewSession(engine)
	for _, lives := range []string{"tunnel", "pages"} {
		for _, mode := range []string{"strict", "full", "flexible", "origin_pull"} {
			a, err := diagnose.Parse("symptom=none&always_https=on&origin=" + lives + "&mode=" + mode)
			if err != nil {
				t.Fatal(err)
			}
			r := Of(session.Diagnose(a), &a)
			if r.Cause != "origin="+lives || model.Mode.ValueID(r.Config[model.Mode]) != mode || len(r.Plans) > 0 {
				t.Errorf("%s: %s %s, drawn as %s, with %d plans", a, r.Verdict, r.Cause, r.Figure(), len(r.Plans))
			}
		}
	}
}
