package diagnose

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sslclinic/wasmcheck/model"
)

// told reads answers, or fails.
func told(t testing.TB, query string) Answers {
	t.Helper()
	a, err := Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheOptionsOfSymptomAreTheOutcomesOfTheModel(t *testing.T) {
	for o := model.OutcomeOK + 1; o < model.OutcomeCount; o++ {
		if id := Symptom.OptionID(SymptomOf(o)); id != o.String() {
			t.Errorf("option %d is %s, the outcome %s", o, id, o)
		}
	}
	for o, id := range map[Option]string{SymptomMixed: "mixed", SymptomNone: "none", SymptomOther: "other"} {
		if Symptom.OptionID(o) != id {
			t.Errorf("option %d is %s, not %s", o, Symptom.OptionID(o), id)
		}
	}
}

func TestNoQuestionHasMoreOptionsThanThereIsRoomFor(t *testing.T) {
	for q := range QuestionCount {
		if q.Options() >= maxOptions {
			t.Errorf("%s has %d options", q, q.Options())
		}
	}
}

// TestEveryActionLeadsToARow: what an action leaves behind is one of the set-ups that the engine knows.
func TestEveryActionLeadsToARow(t *testing.T) {
	for a := range ActionCount {
		for i := range engine.scenarios {
			want := engine.scenarios[i].config
			a.apply(&want)
			if n := engine.then(uint16(i), a); int(n) >= len(engine.scenarios) || engine.scenarios[n].config != want {
				t.Fatalf("%s after %s", engine.scenarios[i].config, a)
			}
		}
	}
}

func TestEveryRowHasItsOwnKey(t *testing.T) {
	size := 1.0
	for v := range model.VariableCount {
		size *= float64(v.Values())
	}
	if size >= 1<<63 {
		t.Errorf("a key has %v values", size)
	}
	seen, bases := map[uint64]model.Config{}, bases()
	for i := range engine.scenarios {
		c := engine.scenarios[i].config
		k := key(&c, &bases)
		if other, known := seen[k]; known {
			t.Fatalf("%s and %s have the same key", c, other)
		}
		seen[k] = c
	}
}

// TestAnAnswerHangsOnNothingElse: scenarios that are said to answer alike do, as reckoned anew; and they are no more than that.
func TestAnAnswerHangsOnNothingElse(t *testing.T) {
	for q := range QuestionCount {
		said := map[uint8]profile{}
		same := map[profile]uint8{}
		for i := range engine.scenarios {
			r := &engine.scenarios[i]
			var p profile
			predict(&p, q, r, engine.guilty(r))
			n := engine.columns[q][i]
			if other, known := said[n]; known && other != p {
				t.Fatalf("%s of %s is %v, and stands as %v: hangsOn lacks something", q, r.config, p, other)
			}
			if other, known := same[p]; known && other != n {
				t.Fatalf("%s of %s stands twice, as %d and %d", q, r.config, n, other)
			}
			said[n], same[p] = p, n
		}
	}
}

// TestTheGuiltyBringTheTroubleAbout: the simulator, run anew with nothing but what a cause names, sees the trouble of the row.
func TestTheGuiltyBringTheTroubleAbout(t *testing.T) {
	for i := range engine.scenarios {
		r := &engine.scenarios[i]
		set := trouble(r.visits)
		if set == 0 {
			continue
		}
		guilty := engine.guilty(r)
		alone := r.config
		for _, f := range r.faults[:r.n] {
			if !slices.Contains(guilty, f) {
				alone[f.variable] = 0
			}
		}
		var visits [2]model.Result
		for k, s := range [2]model.Scheme{model.HTTP, model.HTTPS} {
			visits[k], _ = model.Simulate(alone, s)
		}
		if len(guilty) == 0 || trouble(visits) != set {
			t.Errorf("%s is blamed on %v, which sees %b, not %b", r.config, guilty, trouble(visits), set)
		}
	}
}

func TestEveryRowAnswersEveryQuestionWithCertainty(t *testing.T) {
	for q := range QuestionCount {
		for s := range sources {
			if s == byPeople && q >= askable {
				continue // nobody tells them
			}
			for _, p := range append(engine.profiles[s][q], engine.flat[s][q]) {
				var sum float32
				for o, l := range p {
					sum += l
					if (l > 0) != (o > 0 && Option(o) <= q.by(s)) {
						t.Errorf("%s: option %d has the likelihood %v", q, o, l)
					}
				}
				if sum < .999 || sum > 1.001 {
					t.Errorf("%s: the likelihoods add up to %v", q, sum)
				}
			}
		}
	}
}

// TestANumberIsAnsweredAsThePageHasIt: what the simulator says stands on a page is what is read there, the likeliest first.
func TestANumberIsAnsweredAsThePageHasIt(t *testing.T) {
	pages := 0
	for i := range engine.scenarios {
		for k, scheme := range [2]model.Scheme{model.HTTP, model.HTTPS} {
			_, trace := model.Simulate(engine.scenarios[i].config, scheme)
			steps := trace.Steps()
			codes := steps[len(steps)-1].Rule.Codes()
			if len(codes) == 0 {
				continue
			}
			q := Status
			if engine.scenarios[i].visits[k].Outcome == model.Outcome530 {
				q = Number
			}
			p := &engine.profiles[byPeople][q][engine.columns[q][i]]
			last := float32(1)
			for _, code := range codes {
				o := slices.Index(q.OptionIDs(), strconv.Itoa(int(code.Number))) + 1
				if o == 0 || p[o] < .05 || p[o] > last {
					t.Fatalf("%s shows %v, and %s is answered %v", engine.scenarios[i].config, codes, q, p)
				}
				last = p[o]
			}
			pages++
		}
	}
	if pages == 0 {
		t.Error("no page has a number")
	}
}

// TestTheOrderOfAnswersDoesNotMatter: links carry answers in any order.
func TestTheOrderOfAnswersDoesNotMatter(t *testing.T) {
	parts := []string{"symptom=525", "mode=full", "test443=alert112", "since=update", "did1=set_strict", "now1=526"}
	want := told(t, strings.Join(parts, "&"))
	slices.Reverse(parts)
	if got := told(t, strings.Join(parts, "&")); got != want {
		t.Errorf("%s is not %s", got, want)
	}
}

func TestUnknownOnlyRemovesEvidence(t *testing.T) {
	d := NewSession(engine)
	for q := Mode; q < QuestionCount; q++ {
		with, without := told(t, "symptom=525"), told(t, "symptom=525")
		with.Told[q] = Unknown
		a := slices.Clone(d.Diagnose(without).Causes)
		if b := d.Diagnose(with).Causes; !slices.Equal(a, b) {
			t.Errorf("%s=unknown changes the causes", q)
		}
	}
}

func TestNoQuestionIsAskedTwice(t *testing.T) {
	d := NewSession(engine)
	for _, q := range []string{"symptom=525", "symptom=loop", "symptom=none", "symptom=unknown", "symptom=526&did1=install_certificate&now1=526"} {
		a := told(t, q)
		for n := 0; ; n++ {
			f := d.Diagnose(a)
			if f.Done {
				break
			}
			if slot := a.Slot(f.Next.Question); *slot != Unasked || n > int(standard[limit])+2 {
				t.Fatalf("%s: %s is asked again", a, f.Next.Question)
			} else {
				*slot = Unknown
			}
		}
	}
}

func TestSharesAddUpToOne(t *testing.T) {
	d := NewSession(engine)
	for _, q := range []string{"", "symptom=unknown", "symptom=525", "symptom=other", "symptom=526&mode=flexible", "symptom=525&mode=full&test443=alert112"} {
		var sum float32
		last := float32(1)
		for _, c := range d.Diagnose(told(t, q)).Causes {
			sum += c.Share
			if c.Share > last {
				t.Errorf("%s: %s stands below a less likely cause", q, c.ID)
			}
			last = c.Share
		}
		if sum < .9999 || sum > 1.0001 {
			t.Errorf("%s: the shares add up to %v", q, sum)
		}
	}
}

// TestAWorkaroundNeverStandsAboveAFix, nor anything that ends unchecked above what ends in strict, unless no certificate can be had.
func TestAShortPlanStandsBeforeOneThatHoldsItAndIsHardlySurer(t *testing.T) {
	d := NewSession(engine)
	for s := Option(1); s <= Symptom.Options(); s++ {
		for o := Option(0); o <= Test443.Options(); o++ {
			var a Answers
			a.Told[Symptom], a.Told[Test443] = s, o
			plans := d.Diagnose(a).Plans
			for i := range plans {
				if p, first := &plans[i], &plans[0]; i > 0 && p.actions&^first.actions == 0 && p.Kind == first.Kind && p.checked() == first.checked() && p.Chance >= first.Chance*standard[shorter] {
					t.Errorf("%s: %v stands before %v", a, first.Steps, p.Steps)
				}
			}
		}
	}
}

// TestWhoIsToldThatEnoughIsKnownMayStillSayMore, when an answer would tell something about the fix.
func TestWhoIsToldThatEnoughIsKnownMayStillSayMore(t *testing.T) {
	d := NewSession(engine)
	for query, more := range map[string]string{"symptom=526&test443=expired": "", "symptom=530&number=1014&origin=pages&access=dashboard": ""} {
		f := d.Diagnose(told(t, query))
		if !f.Done || f.Next.Key != more {
			t.Errorf("%s: done is %v, and %q may still be asked, want %q", query, f.Done, f.Next.Key, more)
		}
	}
	a := told(t, "symptom=526&test443=unknown&mode=strict&origin=server&access=shell")
	if f := d.Diagnose(a); !f.Done || *a.Slot(f.Next.Question) != Unasked {
		t.Errorf("%s: %+v", a, f.Next)
	}
}

func TestAWorkaroundNeverStandsAboveAFix(t *testing.T) {
	d := NewSession(engine)
	for s := Option(1); s <= Symptom.Options(); s++ {
		for m := Option(0); m <= Mode.Options(); m++ {
			var a Answers
			a.Told[Symptom], a.Told[Mode] = s, m
			workaround, unchecked := false, false
			for _, p := range d.Diagnose(a).Plans {
				if p.Kind == Fix && workaround || p.checked() && unchecked {
					t.Errorf("%s: %v stands too low", a, p.Steps)
				}
				workaround = workaround || p.Kind == Workaround
				unchecked = unchecked || !p.checked()
				if gaveUp := p.Ends.Mode == model.ModeFlexible || p.Ends.Mode == model.ModeOff; gaveUp && p.Kind == Fix {
					t.Errorf("%s: %v ends in %s and is called a fix", a, p.Steps, model.Mode.ValueID(p.Ends.Mode))
				}
			}
			a.Told[CanInstallCert] = 2
			for _, p := range d.Diagnose(a).Plans {
				if p.actions&needsCert != 0 {
					t.Errorf("%s: %v wants a certificate", a, p.Steps)
				}
			}
		}
	}
}

func TestAWrongModeIsCalledAContradiction(t *testing.T) {
	d := NewSession(engine)
	for query, want := range map[string]Questions{
		"symptom=526&mode=flexible":                   1<<Symptom | 1<<Mode,
		"symptom=525&mode=off":                        1<<Symptom | 1<<Mode,
		"symptom=526&mode=full&since=renewal":         1<<Symptom | 1<<Mode,
		"symptom=521&proxied=no":                      1<<Symptom | 1<<Proxied,
		"symptom=525&mode=full&test443=alert112":      0,
		"symptom=loop&mode=flexible&redirect80=https": 0,
		"symptom=526":                                 0,
		"symptom=other":                               0,
		"symptom=other&mode=flexible":                 0,
		"":                                            0,
	} {
		if got := d.Diagnose(told(t, query)).Contradiction; got != want && (want == 0 || got&want == 0) {
			t.Errorf("%s: %b, not %b", query, got, want)
		}
	}
}

// TestAPlanThatDoesNotAlwaysWorkSaysWhatIsSeenElse, by simulation anew of every set-up that counts; and no other plan does.
func TestAPlanThatDoesNotAlwaysWorkSaysWhatIsSeenElse(t *testing.T) {
	d := NewSession(engine)
	queries := []string{"", "symptom=525&mode=strict&test443=alert112", "symptom=525&mode=full&test443=self_signed&did1=install_certificate&now1=525",
		"symptom=526&did1=set_full&now1=mixed", "symptom=loop&mode=flexible&can_install_cert=no"}
	for s := Option(1); s <= Symptom.Options(); s++ {
		for m := Option(1); m <= Mode.Options(); m++ {
			queries = append(queries, "symptom="+Symptom.OptionID(s)+"&mode="+Mode.OptionID(m))
		}
	}
	told := map[string]int{}
	for _, query := range queries {
		a, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range d.Diagnose(a).Plans {
			if (p.Else != "") != (p.Works < p.Of) && !p.Message() {
				t.Errorf("%s: %v works in %d of %d, and says %q", query, p.Steps, p.Works, p.Of, p.Else)
			}
			if p.Else == "" {
				continue
			}
			told[p.Else]++
			seen := map[string]float32{}
			var heaviest float32
			for i, w := range d.posterior {
				before := d.now[i]
				if w < d.least || engine.works(before, engine.after(before, p.actions, d.change)) {
					continue
				}
				after := engine.scenarios[before].config
				for _, step := range p.Steps {
					step.apply(&after)
				}
				id := shown(after)
				if seen[id] += w; id != "ok" && seen[id] > heaviest {
					heaviest = seen[id]
				}
			}
			if seen[p.Else] < heaviest*.999 || seen[p.Else] == 0 || p.Else == "ok" && heaviest > 0 {
				t.Errorf("%s: %v says %q; seen is %v", query, p.Steps, p.Else, seen)
			}
		}
	}
	for _, id := range []string{"521", "525", "526", "loop", "mixed"} {
		if told[id] == 0 {
			t.Errorf("no plan says %q: %v", id, told)
		}
	}
}

// shown is what the simulator shows of a set-up, https first.
func shown(c model.Config) string {
	for _, s := range []model.Scheme{model.HTTPS, model.HTTP} {
		switch r, _ := model.Simulate(c, s); {
		case r.Outcome != model.OutcomeOK:
			return r.Outcome.String()
		case r.Mixed:
			return "mixed"
		}
	}
	return "ok"
}

// fits is which rows each answer fits, by question and option.
func fits() (all [QuestionCount][maxOptions][]bool) {
	for q := range QuestionCount {
		for o := Option(1); o <= q.Options(); o++ {
			all[q][o] = make([]bool, len(engine.scenarios))
			for i := range engine.scenarios {
				p := &engine.profiles[q.source(o)][q][engine.columns[q][i]]
				all[q][o][i] = p[o] >= slices.Max(p[:])*standard[fitting]
			}
		}
	}
	return all
}

// TestAContradictionIsOfAnswersThatNoSetUpGivesTogether, over all pairs. No answer contradicts itself, and one that fits
// nothing contradicts nothing; nor do the two pairs of which no source speaks.
func TestAContradictionIsOfAnswersThatNoSetUpGivesTogether(t *testing.T) {
	d, fits := NewSession(engine), fits()
	clashes, outside, unspoken := 0, 0, 0
	for q := range QuestionCount {
		for o := Option(1); o <= q.Options(); o++ {
			var a Answers
			a.Told[q] = o
			if d.contradict(&a); d.findings.Contradiction != 0 {
				t.Errorf("%s contradicts itself: %b", a, d.findings.Contradiction)
			}
			for r := q + 1; r < QuestionCount; r++ {
				for p := Option(1); p <= r.Options(); p++ {
					a.Told[r] = p
					together := false
					for i, fit := range fits[q][o] {
						together = together || fit && fits[r][p][i]
					}
					want := Questions(1<<q | 1<<r)
					if alone := !slices.Contains(fits[q][o], true) || !slices.Contains(fits[r][p], true); together || alone {
						want = 0
						if alone {
							outside++
						}
					}
					if want != 0 && a.unspoken() {
						unspoken++
						want = 0
					}
					if want != 0 {
						clashes++
					}
					if d.contradict(&a); d.findings.Contradiction != want {
						t.Errorf("%s: %b, not %b", a, d.findings.Contradiction, want)
					}
				}
				a.Told[r] = Unasked
			}
		}
	}
	if clashes == 0 || outside == 0 || unspoken != 2 {
		t.Errorf("%d pairs clash, %d have an answer that fits nothing, of %d no source speaks", clashes, outside, unspoken)
	}
}

// TestWithoutWhatIsNamedTheRestGoesTogether: where every pair goes together and not all do, what is named is what to
// look at again, for a set-up gives all the rest.
func TestWithoutWhatIsNamedTheRestGoesTogether(t *testing.T) {
	d, fits := NewSession(engine), fits()
	random := rand.New(rand.NewPCG(525, 3))
	clashes, single := 0, 0
	for range 3000 {
		var a Answers
		var all Questions
		for range 3 + random.IntN(3) {
			q := Question(random.IntN(int(QuestionCount)))
			a.Told[q] = Option(1 + random.IntN(int(q.Options())))
		}
		for q, o := range a.Told {
			if o != Unasked && slices.Contains(fits[q][o], true) {
				all |= 1 << q
			}
		}
		together := func(some Questions) bool {
			for i := range engine.scenarios {
				ok := true
				for q := range QuestionCount {
					ok = ok && (!some.Has(q) || fits[q][a.Told[q]][i])
				}
				if ok {
					return true
				}
			}
			return false
		}
		d.contradict(&a)
		named := d.findings.Contradiction
		if (named != 0) == together(all) || named&^all != 0 {
			t.Errorf("%s: %b of %b", a, named, all)
		}
		if named == 0 {
			continue
		}
		clashes++
		pairs := true
		for q := range QuestionCount {
			for r := range q {
				both := Questions(1<<q | 1<<r)
				pairs = pairs && (both&^all != 0 || together(both))
			}
		}
		if pairs && !together(all&^named) {
			t.Errorf("%s: without %b the rest of %b does not go together", a, named, all)
		}
		if named&(named-1) == 0 {
			single++
			if !pairs {
				t.Errorf("%s: %b alone is named, and a pair does not go together", a, named)
			}
		}
	}
	if clashes == 0 || single == 0 {
		t.Errorf("%d clash, in %d one is named", clashes, single)
	}
	t.Logf("%d clash, in %d one is named", clashes, single)
}

// TestWhatIsSeenAfterAnAttemptMayContradict what was told before it; of an honest person it never does.
func TestWhatIsSeenAfterAnAttemptMayContradict(t *testing.T) {
	d := NewSession(engine)
	for query, want := range map[string][2]Questions{
		"symptom=525&mode=full&test443=alert112&did1=add_server_name&now1=526":   {1 << Mode, 1 << Symptom},
		"symptom=525&mode=strict&test443=alert112&did1=add_server_name&now1=526": {},
		"symptom=526&mode=flexible&did1=set_strict&now1=526":                     {1<<Symptom | 1<<Mode, 0},
	} {
		if f := d.Diagnose(told(t, query)); f.Contradiction != want[0] || f.Conflicting != want[1] {
			t.Errorf("%s: %b and %b, not %b", query, f.Contradiction, f.Conflicting, want)
		}
	}
	attempts := 0
	every := make([]uint16, len(engine.scenarios))
	for i := range every {
		every[i] = uint16(i)
	}
	rows := few(every)
	for i, row := range rows {
		action := Action(i) % ActionCount
		after := engine.then(row, action)
		if after == row {
			continue
		}
		var a Answers
		for _, q := range []Question{Symptom, Mode, Test443} {
			a.Told[q] = honest(q, row)
		}
		a.After[0].did = 1 << action
		for k, q := range changing {
			a.After[0].Told[k] = honest(q, after)
		}
		attempts++
		if f := d.Diagnose(a); f.Contradiction|f.Conflicting != 0 {
			t.Errorf("%s, told honestly, contradicts itself: %b and %b", a, f.Contradiction, f.Conflicting)
		}
	}
	if attempts*40 < len(rows) {
		t.Errorf("only %d attempts", attempts)
	}
}

func TestDoingSomethingMovesTheCase(t *testing.T) {
	d := NewSession(engine)
	f := d.Diagnose(told(t, "symptom=525&mode=strict&test443=alert112&did1=add_server_name&now1=526"))
	var certificate float32
	for _, c := range f.Causes {
		if strings.Contains(c.ID, "cert") {
			certificate += c.Share
		}
		if strings.Contains(c.ID, "sni=rejected") && c.Share > .05 {
			t.Errorf("%s is still held for likely: %v", c.ID, c.Share)
		}
	}
	if certificate < .8 {
		t.Errorf("525 became 526, and the certificate has a share of %v", certificate)
	}
	f = d.Diagnose(told(t, "symptom=525&mode=full&test443=alert112&did1=add_server_name&now1=none"))
	if id := f.Causes[0].ID; id != "mode=full" {
		t.Errorf("it works now, and the first cause is %s", id)
	}
}

// TestAReasonIsToldOfTheSetUpAsItIsNow: after an attempt, what was told before it is no reason, unless it lasts; and a
// reason is twice as likely, or half as likely, in the rows that are now of its cause.
func TestAReasonIsToldOfTheSetUpAsItIsNow(t *testing.T) {
	d := NewSession(engine)
	after := 0
	for _, query := range []string{"symptom=525&mode=full&test443=alert112", "symptom=525&mode=full&test443=self_signed&did1=install_certificate&now1=525",
		"symptom=526&since=renewal&test443=expired&did1=renew_certificate&now1=526&test443_1=incomplete", "symptom=521&test443=refused&did1=listen_443",
		"symptom=525&scheme=https_only&did1=add_server_name&now1=526&did2=install_certificate&now2=none&scheme_2=unknown",
		"symptom=loop&redirect80=https&app=wordpress&did1=set_strict&now1=525&test80_1=redirect_https",
		"symptom=525&test443=alert112&issuer=router_default&did1=add_server_name&now1=526&test443_1=expired&dates_1=expired&read=test443,test443_1"} {
		a := told(t, query)
		f := d.Diagnose(a)
		for _, c := range f.Causes {
			if c.ID == SomethingElse {
				continue
			}
			for q := range QuestionCount {
				because, against := c.Because.Has(q), c.Against.Has(q)
				slot := a.Slot(q)
				if slot == nil || !informative(*slot) {
					if because || against {
						t.Errorf("%s: %s is a reason for %s, and was not told of now", query, q, c.ID)
					}
					continue
				}
				var guilty, gives, all float64
				for i, at := range d.now {
					told := at
					if lasting(q) {
						told = uint16(i)
					}
					l := float64(engine.prior[i]) * float64(engine.profiles[a.now(q)][q][engine.columns[q][told]][*slot])
					all += l
					if engine.causes[engine.cause[at]] == c.ID {
						guilty += float64(engine.prior[i])
						gives += l
					}
				}
				all += float64(standard[outside]) * float64(engine.flat[a.now(q)][q][*slot])
				times := gives / guilty / all
				if because != (times > float64(standard[speaks])) || against != (times*float64(standard[speaks]) < 1) {
					t.Errorf("%s: %s is %.3f times as likely under %s; because %v, against %v", query, q, times, c.ID, because, against)
				}
				if a.attempts() > 0 && (because || against) {
					after++
				}
			}
		}
	}
	if after == 0 {
		t.Error("no reason after an attempt")
	}
}

// TestWhoStillSeesAnErrorIsNotToldThatAllIsWell: when a plan was tried and the error has stayed, the likeliest set-up is
// one that fails, though it may be that the plan was not carried out.
func TestWhoStillSeesAnErrorIsNotToldThatAllIsWell(t *testing.T) {
	d := NewSession(engine)
	for s := Option(1); s < SymptomNone; s++ {
		a := Answers{Told: [QuestionCount]Option{Symptom: s}}
		for _, p := range slices.Clone(d.Diagnose(a).Plans) {
			a.After[0] = After{did: p.actions, Told: [len(changing)]Option{s}}
			if f := d.Diagnose(a); shown(f.Likeliest) == "ok" {
				t.Errorf("%s: likeliest is %q, by %s", a, f.Likeliest, f.Causes[0].ID)
			}
		}
	}
}

func TestTheDocumentedExampleComesTrue(t *testing.T) {
	f := NewSession(engine).Diagnose(told(t, "symptom=525&mode=full&test443=alert112"))
	c, p := f.Causes[0], f.Plans[0]
	if c.ID != "sni=rejected" || c.Share < .8 || !c.Because.Has(Test443) || !f.Done {
		t.Errorf("%+v, done %v", c, f.Done)
	}
	if !slices.Equal(p.Steps, []Action{AddServerName}) || p.Kind != Fix || p.Ends.Mode != model.ModeFull || p.Ends.Origin != model.Encrypted {
		t.Errorf("%+v", p)
	}
}

func TestAStepCostsNoAllocation(t *testing.T) {
	d := NewSession(engine)
	for _, query := range []string{"symptom=unknown", "symptom=525", "symptom=526&mode=flexible&did1=set_strict&now1=526"} {
		a := told(t, query)
		d.Diagnose(a)
		if n := testing.AllocsPerRun(10, func() { d.Diagnose(a) }); n != 0 {
			t.Errorf("%s: %v allocations", query, n)
		}
	}
}

func TestAMistakeNamesTheNearest(t *testing.T) {
	for query, near := range map[string]string{
		"symtom=525": `"symptom"`, "symptom=552": `"522"`, "mode=strickt": `"strict"`, "test443=alert": `"alert40"`,
		"symptom=525&did1=set_strikt": `"set_strict"`, "symptom=525&now1=526": "did1=", "did2=set_strict": "did1=", "did1=": "did1=", "test443_1=ok": "did1=",
	} {
		_, err := Parse(query)
		if p, ok := err.(*model.Problem); !ok || !strings.Contains(p.Hint, near) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// FuzzParse: what is accepted is written back to the same answers, and can be reasoned about.
func FuzzParse(f *testing.F) {
	f.Add("symptom=525&mode=full&test443=alert112")
	f.Add("symptom=ok&aop=unknown&did1=set_strict,install_certificate&now1=526&test443_1=expired")
	f.Add("symptom=525&test443=alert112&issuer=public&did1=add_server_name&dates_1=expired&test80_1=ok&read=test443,test80_1,issuer")
	f.Add("did1=,&now1=&&=")
	d := NewSession(engine)
	f.Fuzz(func(t *testing.T, query string) {
		a, err := Parse(query)
		if err != nil {
			if p, ok := err.(*model.Problem); !ok || p.What == "" || p.Hint == "" {
				t.Fatalf("%q: error without help: %v", query, err)
			}
			return
		}
		if again, err := Parse(a.String()); err != nil || again != a {
			t.Fatalf("%q is written %q and read %v, %v", query, a, again, err)
		}
		d.Diagnose(a)
	})
}

// everything is as much as anybody can tell: every question, and five attempts.
const everything = "symptom=525&mode=strict&proxied=yes&always_https=on&host=apex&scheme=both&always=always&since=update&can_install_cert=yes&app=wordpress&" +
	"test443=alert112&test80=ok&redirect80=none&redirect443=none&aop=off&origin=server&access=dashboard,panel,shell&number=other&status=503&" +
	"did1=add_server_name&now1=526&scheme_1=both&test443_1=expired&test80_1=ok&did2=renew_certificate&now2=526&test443_2=incomplete&test80_2=ok&" +
	"did3=send_full_chain&now3=525&test443_3=alert40&did4=enable_cipher&now4=loop&redirect443_4=https&did5=trust_forwarded_proto,set_strict&now5=mixed"

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New()
	}
}

func BenchmarkDiagnose(b *testing.B) {
	for _, query := range []string{"symptom=unknown", "symptom=525", "symptom=525&mode=full&test443=alert112", "symptom=526&did1=renew_certificate&now1=526", everything} {
		b.Run(query, func(b *testing.B) {
			d, a := NewSession(engine), told(b, query)
			b.ReportAllocs()
			for b.Loop() {
				d.Diagnose(a)
			}
		})
	}
}

// TestASessionIsMovedByNothingItWasAskedBefore: a conversation that goes to and fro, before attempts and after, is told what a new
// session says.
func TestASessionIsMovedByNothingItWasAskedBefore(t *testing.T) {
	s := NewSession(engine)
	for _, query := range []string{
		"symptom=525", "symptom=525&mode=full&test443=alert112", everything, "symptom=525&mode=strict", "symptom=525&mode=full",
		"symptom=526&did1=renew_certificate&now1=526", "symptom=526", "symptom=525&mode=full", "symptom=525&did1=set_full&now1=526&mode=full",
		"symptom=loop&did1=set_full&now1=loop", "symptom=loop&mode=flexible", "symptom=525&mode=full&test443=alert112",
	} {
		a := told(t, query)
		if got, want := s.Diagnose(a), NewSession(engine).Diagnose(a); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, a new session says %v", query, got, want)
		}
	}
}

// TestWhatHasNotHelpedIsLookedAtOnceAgain: who sees the same after everything does nothing three times, and twice only where its effect
// can be doubted, or nothing else repairs. What is done again is said to be.
func TestWhatHasNotHelpedIsLookedAtOnceAgain(t *testing.T) {
	s := NewSession(engine)
	for symptom := Option(1); symptom <= Symptom.Options(); symptom++ {
		if symptom == SymptomNone {
			continue
		}
		for origin := Option(0); origin < Option(kinds); origin++ {
			for _, have := range []Option{Unasked, Option(hasDashboard | hasPanel), Option(hasPanel), Option(hasAll)} {
				a := Answers{Told: [QuestionCount]Option{Symptom: symptom, Origin: origin + 1, Access: have}}
				times := map[Action]int{}
				for n := range maxAfter {
					p := s.Diagnose(a).Plans[0]
					did := p.actions
					if did == 0 {
						did = 1 << AskHost // who writes and hears nothing
					}
					for step := range ActionCount {
						if p.actions>>step&1 == 0 {
							continue
						}
						if times[step]++; times[step] == 2 && doubtful>>step&1 == 0 && !s.again && p.actions>>ProxyOn&1 == 0 || times[step] > 2 {
							t.Errorf("%s: %s for the %dth time", a, step, times[step])
						}
						if standing, _ := a.stands(); p.Again(step) != (standing>>step&1 != 0) {
							t.Errorf("%s: %s again: %v", a, step, p.Again(step))
						}
					}
					a.After[n] = After{did: did, Told: [len(changing)]Option{symptom}}
				}
			}
		}
	}
}

// TestNobodyIsToldToSetTheModeThatTheyHave: before anything was done.
func TestNobodyIsToldToSetTheModeThatTheyHave(t *testing.T) {
	s := NewSession(engine)
	for symptom := Option(1); symptom <= Symptom.Options(); symptom++ {
		for mode := Option(1); mode <= Mode.Options(); mode++ {
			for origin := Option(0); origin <= Option(kinds); origin++ {
				a := Answers{Told: [QuestionCount]Option{Symptom: symptom, Mode: mode, Origin: origin}}
				for _, p := range s.Diagnose(a).Plans {
					if p.actions&modeOf(mode) != 0 {
						t.Errorf("%s: %v", a, p.Steps)
					}
				}
			}
		}
	}
}
