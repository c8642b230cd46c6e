package diagnose

import (
	"slices"
	"testing"

	"sslclinic/wasmcheck/model"
)

// everybody calls f for each symptom, each kind of origin, and each set of what is at hand; in short runs, as with the race detector,
// for one in eleven.
func everybody(f func(a Answers)) {
	n := 0
	for s := Option(1); s <= Symptom.Options(); s++ {
		for o := Option(1); o <= Origin.Options(); o++ {
			for h := Option(1); h <= Access.Options(); h++ {
				var a Answers
				a.Told[Symptom], a.Told[Origin], a.Told[Access] = s, o, h
				if n++; !testing.Short() || n%11 == 0 {
					f(a)
				}
			}
		}
	}
}

// symptoms are what an honest person tells of each scenario.
var symptoms = func() []Option {
	all := make([]Option, len(engine.scenarios))
	for i := range all {
		all[i] = honest(Symptom, uint16(i))
	}
	return all
}()

// typical is the likeliest scenario in which somebody tells this symptom of this kind of origin; false where none does.
func typical(a Answers) (at uint16, found bool) {
	var most float32
	for i, w := range engine.prior {
		if symptoms[i] != a.Told[Symptom] {
			continue
		}
		if w *= engine.profiles[byPeople][Origin][engine.columns[Origin][i]][a.Told[Origin]]; w > most && w > engine.prior[i]*standard[noise+constant(Origin)] {
			at, most, found = uint16(i), w, true
		}
	}
	return at, found
}

// found is what the session has said before: most conversations of this file begin alike.
var found = map[Answers]Findings{}

func diagnose(d *Session, a Answers) *Findings {
	f, known := found[a]
	if !known {
		f = *d.Diagnose(a)
		f.Causes, f.Plans = slices.Clone(f.Causes[:1]), slices.Clone(f.Plans)
		for i := range f.Plans {
			f.Plans[i].Steps, f.Plans[i].By = slices.Clone(f.Plans[i].Steps), slices.Clone(f.Plans[i].By)
		}
		found[a] = f
	}
	return &f
}

// ask goes on with a conversation until enough is known, and gives the questions that were asked.
func ask(t *testing.T, d *Session, a *Answers, answer func(Question) Option) (asked []Question, f *Findings) {
	t.Helper()
	for {
		if f = diagnose(d, *a); f.Done {
			return asked, f
		}
		q := f.Next.Question
		slot := a.Slot(q)
		if slot == nil || *slot != Unasked || len(asked) > 12 {
			t.Fatalf("%s: %s is asked after %v", a, q, asked)
		}
		asked = append(asked, q)
		*slot = answer(q)
	}
}

func dontKnow(Question) Option { return Unknown }

// TestNobodyIsAskedForWhatTheyDoNotHave: a question is asked when its answer can be had with what is at hand, and where the site lives.
func TestNobodyIsAskedForWhatTheyDoNotHave(t *testing.T) {
	d := NewSession(engine)
	everybody(func(a Answers) {
		start := a
		have := atHand(a.Told[Access]) & hasAll
		kind := model.Value(a.Told[Origin] - 1)
		at, known := typical(a)
		for _, answer := range []func(Question) Option{dontKnow, func(q Question) Option {
			if !known {
				return Unknown
			}
			return honest(q, at)
		}} {
			a = start
			asked, _ := ask(t, d, &a, answer)
			if len(asked) > 6 {
				t.Errorf("%s: %d questions", start, len(asked))
			}
			for _, q := range asked {
				switch skill := questions[q].skill; {
				case skill == dashboard && have&hasDashboard == 0, skill == command && have&hasShell == 0:
					t.Errorf("%s: is asked for %s", start, q)
				case skill == command && (kind == model.OriginPlatform || !shared(kind)):
					t.Errorf("%s: is asked for a test of an origin", start)
				}
			}
		}
	})
}

// TestACertificateThatFullHidesIsStillToBeRenewed: on rented hosting where Full is what lasts, a 526 is over when nobody looks at the
// certificate any more, and what is first then is to renew it; after another symptom, or where it was renewed already, it is not.
func TestACertificateThatFullHidesIsStillToBeRenewed(t *testing.T) {
	d := NewSession(engine)
	const host = "&origin=hosting&lasting=full&can_install_cert=yes&grey_takes=minutes"
	for query, first := range map[string]bool{
		"symptom=526&mode=strict&did1=set_full&now1=ok" + host:                                             true,
		"symptom=526&did1=set_full&now1=ok" + host:                                                         true,
		"symptom=526&dates=expired&did1=set_full&now1=ok" + host:                                           true,
		"symptom=loop&mode=flexible&did1=set_full&now1=ok" + host:                                          false,
		"symptom=526&mode=strict&did1=set_full,renew_certificate,dns_only_until_issued&now1=ok" + host:     false,
		"symptom=526&mode=strict&did1=set_full&now1=526" + host:                                            false,
		"symptom=526&mode=strict&did1=set_full&now1=ok&origin=hosting&lasting=strict&can_install_cert=yes": false,
	} {
		f := diagnose(d, told(t, query))
		is := len(f.Plans) > 0 && f.Plans[0].actions == renewal
		if is != first {
			t.Errorf("%s: first is %v", query, f.Plans[0].Steps)
		}
		if is && f.Plans[0].Ends.Mode != model.ModeFull {
			t.Errorf("%s: it ends in %v", query, f.Plans[0].Ends)
		}
	}
}

// TestWhoKnowsNothingNeedsNoShell, and is not asked again what they could not answer: who says of every question that they do not know,
// and sees the same after an attempt.
func TestWhoKnowsNothingNeedsNoShell(t *testing.T) {
	d := NewSession(engine)
	for symptom := Option(1); symptom <= Symptom.Options(); symptom++ {
		var a Answers
		a.Told[Symptom], a.Told[Origin], a.Told[Access] = symptom, Unknown, Unknown
		for n := 0; ; n++ {
			asked, f := ask(t, d, &a, dontKnow)
			for _, q := range asked {
				if n > 0 && a.Told[q] == Unknown && place(q) >= 0 {
					t.Errorf("%s: is asked for %s again", a, q)
				}
			}
			var did actions
			for i := range f.Plans {
				p := &f.Plans[i]
				if p.needs&hasShell != 0 {
					t.Errorf("%s: %v needs a shell", a, p.Steps)
				}
				if did == 0 {
					did = p.actions
				}
			}
			if did == 0 || n == 2 {
				break
			}
			a.After[n] = After{did: did, Told: [len(changing)]Option{symptom}}
		}
	}
}

// TestWhatIsOneTapAwayComesFirst: where the site lives and what is at hand before all else; mode and proxy before any command,
// wherever they can matter.
func TestWhatIsOneTapAwayComesFirst(t *testing.T) {
	d := NewSession(engine)
	for s := Option(1); s <= Symptom.Options(); s++ {
		var a Answers
		a.Told[Symptom] = s
		for _, want := range []Question{Origin, Access} {
			if f := d.Diagnose(a); f.Done || f.Next.Question != want {
				t.Errorf("%s: %s is asked before %s", a, f.Next.Question, want)
			}
			a.Told[want] = Unknown
		}
	}
	commands := 0
	everybody(func(a Answers) {
		ask(t, d, &a, func(q Question) Option {
			if questions[q].skill == command {
				commands++
				d.Diagnose(a)
				for _, setting := range []Question{Mode, Proxied} {
					if gain, _ := d.gain(setting); a.Told[setting] == Unasked && a.canAnswer(setting) && gain >= standard[telling] {
						t.Errorf("%s: %s is asked before %s, which tells %.3f bits", a, q, setting, gain)
					}
				}
			}
			return Unknown
		})
	})
	if commands == 0 {
		t.Error("nobody is asked for a command")
	}
}

// TestEveryoneEndsWithSomethingToDo: with a first plan that they can carry out, or with somebody to ask; what comes of it is right, or is
// where it goes on from.
func TestEveryoneEndsWithSomethingToDo(t *testing.T) {
	d := NewSession(engine)
	helped, people := 0, 0
	everybody(func(a Answers) {
		start := a
		have := atHand(a.Told[Access]) & hasAll
		at, known := typical(a)
		answers := []func(Question) Option{dontKnow}
		if known {
			answers = append(answers, func(q Question) Option { return honest(q, at) })
		}
		for _, answer := range answers {
			a = start
			_, f := ask(t, d, &a, answer)
			if len(f.Plans) == 0 {
				t.Errorf("%s: nothing to do", a)
				continue
			}
			p := f.Plans[0]
			if asks := p.Steps[0] == AskHost || p.Steps[0] == AskOwner; !asks && p.needs&^have != 0 {
				t.Errorf("%s: %v needs more than is at hand", a, p.Steps)
			}
			for i := range f.Plans {
				addressed(t, a, &f.Plans[i])
			}
		}
		if !known || a.Told[Symptom] == SymptomNone {
			return
		}
		people++
		for range maxAfter - 1 {
			f := diagnose(d, a)
			p := f.Plans[0]
			if len(f.Plans) == 0 || p.Message() {
				return
			}
			after := engine.after(at, p.actions, a.Told[Since])
			if engine.works(at, after) {
				helped++
				return
			}
			at = after
			a.After[a.attempts()] = After{did: p.actions, Told: [len(changing)]Option{honest(Symptom, at)}}
			ask(t, d, &a, func(q Question) Option { return honest(q, at) })
		}
	})
	t.Logf("%d of %d end well by a plan of their own or of whom they ask", helped, people)
	if helped*10 < people*7 {
		t.Errorf("%d of %d end well", helped, people)
	}
}

// addressed holds a plan to saying of each step whom it is for: who has what it takes, and else somebody who is asked first.
func addressed(t *testing.T, a Answers, p *Plan) {
	t.Helper()
	var all []string
	for i, step := range p.Steps {
		by := p.By[i]
		asks := map[string]Action{"host": AskHost, "owner": AskOwner}
		ask, others := asks[by]
		at := slices.Index(p.Steps, ask)
		switch have := atHand(a.Told[Access]) & hasAll; {
		case others && (at < 0 || at > i) || step == AskHost && by != "host" || step == AskOwner && by != "owner":
			t.Errorf("%s: of %v, %s is for %s", a, p.Steps, step, by)
		case !others && !slices.ContainsFunc(needIDs[:3], func(id string) bool { return id == by && have>>slices.Index(needIDs[:], id)&1 != 0 }):
			t.Errorf("%s: of %v, %s takes %s, which is not at hand", a, p.Steps, step, by)
		}
		if !slices.Contains(all, by) {
			all = append(all, by)
		}
	}
	if slices.Contains(p.Steps, DNSOnlyUntilIssued) && a.Told[Origin] == Option(model.OriginHosting)+1 {
		all = append(all, a.by(RenewCertificate).String()) // what the cloud is made grey for
	}
	for _, id := range Needs() {
		if p.Needs(id) != slices.Contains(all, id) {
			t.Errorf("%s: %v, by %v, needs %b", a, p.Steps, p.By, p.needs)
		}
	}
}

// TestWhatNobodyCanProveIsAMessage: not with a contradiction, not with what no set-up gives, not with something else is there nothing.
func TestWhatNobodyCanProveIsAMessage(t *testing.T) {
	d := NewSession(engine)
	for _, query := range []string{"symptom=525&origin=pages&access=none", "symptom=525&origin=pages&access=dashboard", "symptom=523&origin=pages", "symptom=526&origin=tunnel&mode=strict", "symptom=526&origin=tunnel&access=dashboard",
		"symptom=other&origin=hosting&access=panel", "symptom=526&mode=flexible&origin=hosting&access=none", "symptom=526&mode=off&proxied=no&origin=tunnel"} {
		a := told(t, query)
		_, f := ask(t, d, &a, dontKnow)
		if len(f.Plans) == 0 || len(f.Plans[0].Steps) == 0 || f.Plans[0].Message() && (f.Plans[0].Works != 0 || f.Plans[0].needs&(askingHost|askingOwner) == 0) {
			t.Errorf("%s: %+v", a, f.Plans)
		}
		asks := AskHost
		have, known := a.hand()
		if kind, _ := a.kind(); kind == model.OriginPages || kind == model.OriginTunnel && !(known && have&hasDashboard != 0) { // who has it would write to themselves
			asks = AskOwner
		}
		if f.Plans[0].Message() && f.Plans[0].Steps[0] != asks {
			t.Errorf("%s: %v", a, f.Plans[0].Steps)
		}
	}
}

// TestNobodyIsGivenAMessageWhereTheyCanHelpThemselves: before anything was tried no message stands above what is very likely to help, wherever
// the site lives and whatever is at hand.
func TestNobodyIsGivenAMessageWhereTheyCanHelpThemselves(t *testing.T) {
	d := NewSession(engine)
	messages := 0
	for symptom := Option(1); symptom <= Symptom.Options(); symptom++ {
		for origin := Option(1); origin <= Origin.Options(); origin++ {
			for _, more := range []string{"", "&mode=flexible", "&mode=full", "&mode=full&lasting=full", "&mode=flexible&lasting=full", "&mode=strict&lasting=strict"} {
				a := told(t, "symptom="+Symptom.OptionID(symptom)+"&origin="+Origin.OptionID(origin)+"&access=dashboard,panel"+more)
				f := d.Diagnose(a)
				if f.Contradiction != 0 || !f.Plans[0].Message() {
					continue
				}
				messages++
				for i := range f.Plans[1:] {
					if p := &f.Plans[1+i]; p.Confidence() == "high" {
						t.Errorf("%s: a message, and under it %v", a, p.Steps)
					}
				}
			}
		}
	}
	if messages == 0 {
		t.Error("nobody is given a message")
	}
}

// TestAMachineWithATunnelsNumberIsBehindATunnel: who says that it stands at home, or is a server of theirs, and sees 1033, is led to the tunnel.
func TestAMachineWithATunnelsNumberIsBehindATunnel(t *testing.T) {
	d := NewSession(engine)
	for _, lives := range []string{"home", "server", "tunnel"} {
		a := told(t, "symptom=530&number=1033&access=dashboard&origin="+lives)
		if f := d.Diagnose(a); f.Contradiction != 0 || !slices.Equal(f.Plans[0].Steps, []Action{RouteTunnel}) {
			t.Errorf("%s: %v, contradicting %b", lives, f.Plans[0].Steps, f.Contradiction)
		}
	}
	a := told(t, "symptom=530&number=1016&access=dashboard&origin=home")
	if f := d.Diagnose(a); slices.Contains(f.Plans[0].Steps, RouteTunnel) {
		t.Errorf("1016 at home: %v", f.Plans[0].Steps)
	}
}

// TestAnAddressOfTheEdgesOwnIsPutRightInTheDNS: who sees 1000, and has told no more than where the site lives and what is at hand, is led to
// the record first, and to no certificate.
func TestAnAddressOfTheEdgesOwnIsPutRightInTheDNS(t *testing.T) {
	d := NewSession(engine)
	for _, rest := range []string{"", "&origin=server&access=dashboard", "&origin=hosting&access=dashboard,panel", "&origin=home&access=dashboard,shell", "&origin=balancer&access=dashboard"} {
		f := diagnose(d, told(t, "symptom=530&number=1000"+rest))
		if p := f.Plans[0]; f.Causes[0].ID != "dns=unresolvable" || p.actions>>FixDNS&1 == 0 || p.actions&needsCert != 0 || f.Next.Question == CanInstallCert {
			t.Errorf("%s: %s, %v, and then %s", rest, f.Causes[0].ID, p.Steps, f.Next.Question)
		}
	}
}

// TestWhatNoSourceSpeaksOfIsSomethingElse, and no contradiction: a page of a project's own on Pages, whatever its number, and a service
// behind a tunnel that cannot renew its certificate. What is impossible there stays one.
func TestWhatNoSourceSpeaksOfIsSomethingElse(t *testing.T) {
	d := NewSession(engine)
	queries := []string{"symptom=not_issued&origin=tunnel", "symptom=not_issued&origin=tunnel&mode=full&since=renewal", "symptom=origin_page&origin=pages"}
	for o := Option(1); o <= Status.Options(); o++ {
		queries = append(queries, "symptom=origin_page&origin=pages&status="+Status.OptionID(o), "status="+Status.OptionID(o)+"&origin=pages&proxied=yes")
	}
	for _, query := range queries {
		f := d.Diagnose(told(t, query))
		if f.Contradiction|f.Conflicting != 0 || f.Causes[0].ID != SomethingElse || !f.Plans[0].Message() {
			t.Errorf("%s: %b contradicts, and %s is first, with %v", query, f.Contradiction, f.Causes[0].ID, f.Plans[0].Steps)
		}
	}
	for _, query := range []string{"symptom=525&origin=pages", "symptom=526&origin=tunnel"} {
		if f := d.Diagnose(told(t, query)); f.Contradiction == 0 {
			t.Errorf("%s is no contradiction", query)
		}
	}
}

// TestAPlatformHasACertificate: nobody is sent to Flexible there, or told to install one.
func TestAPlatformHasACertificate(t *testing.T) {
	d := NewSession(engine)
	for s := Option(1); s <= Symptom.Options(); s++ {
		for m := Option(0); m <= Mode.Options(); m++ {
			for cert := Option(0); cert <= CanInstallCert.Options(); cert++ {
				var a Answers
				a.Told[Symptom], a.Told[Mode], a.Told[CanInstallCert], a.Told[Origin] = s, m, cert, Option(model.OriginPlatform)+1
				fix := false
				for i, p := range d.Diagnose(a).Plans {
					if p.actions&(needsCert|1<<SetFlexible) != 0 {
						t.Errorf("%s: %v", a, p.Steps)
					}
					if fix = fix || p.Kind == Fix; i == 0 && p.Kind == Workaround {
						for _, q := range d.findings.Plans[1:] {
							if q.Kind == Fix {
								t.Errorf("%s: %v stands above %v", a, p.Steps, q.Steps)
							}
						}
					}
				}
			}
		}
	}
}

// TestAGreyCloudHasNoMode: whatever else is told, no plan changes the mode of a name that is not proxied, unless it is proxied first.
func TestAGreyCloudHasNoMode(t *testing.T) {
	d := NewSession(engine)
	everybody(func(a Answers) {
		a.Told[Proxied] = Option(model.ProxiedNo) + 1
		for _, p := range d.Diagnose(a).Plans {
			if p.actions&modeActions != 0 && p.actions>>ProxyOn&1 == 0 {
				t.Errorf("%s: %v", a, p.Steps)
			}
		}
	})
	f := d.Diagnose(told(t, "symptom=loop&proxied=no"))
	if f.Causes[0].ID == "mode=flexible" || slices.Contains(f.Plans[0].Steps, SetStrict) {
		t.Errorf("a loop without the edge: %s, %v", f.Causes[0].ID, f.Plans[0].Steps)
	}
}

// TestNoModeRepairsALegThatItDoesNotMake: behind a tunnel, and on Pages.
func TestNoModeRepairsALegThatItDoesNotMake(t *testing.T) {
	d := NewSession(engine)
	for _, kind := range []model.Value{model.OriginTunnel, model.OriginPages} {
		for s := Option(1); s <= Symptom.Options(); s++ {
			for m := Option(1); m <= Mode.Options(); m++ {
				var a Answers
				a.Told[Symptom], a.Told[Mode], a.Told[Origin] = s, m, Option(kind)+1
				for _, p := range d.Diagnose(a).Plans {
					if p.actions&modeActions != 0 && p.actions&^modeActions == 0 && m != Option(model.ModeOff)+1 {
						t.Errorf("%s: %v", a, p.Steps)
					}
				}
			}
		}
	}
}

// TestADownSiteIsBroughtUpBeforeTheWindow in which its certificate is issued, and ends checked.
func TestADownSiteIsBroughtUpBeforeTheWindow(t *testing.T) {
	d := NewSession(engine)
	windows := 0
	for o := Option(1); o <= Origin.Options(); o++ {
		a := Answers{Told: [QuestionCount]Option{Symptom: Option(model.Outcome526), Origin: o}}
		for _, p := range d.Diagnose(a).Plans {
			if window := slices.Index(p.Steps, DNSOnlyUntilIssued); window >= 0 && p.actions&modeActions == 0 {
				windows++
				if full := slices.Index(p.Steps, SetFull); full < 0 || full > window || p.Steps[len(p.Steps)-1] != SetStrict {
					t.Errorf("%s: %v", a, p.Steps)
				}
			}
		}
	}
	if windows == 0 {
		t.Error("no plan waits for a certificate")
	}
}

// TestAPlanEndsInWhatLastsThere: every plan says how its ending stands to what the host says lasts; no other stands above one that
// lasts and is as sure; what is the highest that lasts is no work-around, unless it leaves a leg in the clear. Of a mode that nobody has told
// and a certificate that stays as it is, no plan says when it ends.
func TestAPlanEndsInWhatLastsThere(t *testing.T) {
	d := NewSession(engine)
	rank := map[model.Value]int{model.ModeOff: 0, model.ModeFlexible: 0, model.ModeFull: 1, model.ModeStrict: 2, model.ModeOriginPull: 2}
	seen := map[Lasting]int{}
	for s := Option(1); s <= Symptom.Options(); s++ {
		for _, kind := range []model.Value{model.OriginHosting, model.OriginPlatform} {
			for m := Option(0); m <= Mode.Options(); m++ {
				for host := Option(1); host <= LastingMode.Options(); host++ {
					var a Answers
					a.Told[Symptom], a.Told[Origin], a.Told[Mode], a.Told[LastingMode] = s, Option(kind)+1, m, host
					plans := d.Diagnose(a).Plans
					for i := range plans {
						p := &plans[i]
						if p.Message() || !shared(p.Ends.Lives) {
							continue
						}
						seen[p.Lasts]++
						want, level := LastsUnknown, rank[p.Ends.Mode]
						highest := map[Option]int{lastingStrict: 2, lastingFull: 1, lastingFlexible: 0}[host]
						switch direct := p.Ends.Proxied == model.ProxiedNo; {
						case host == lastingGrey && direct:
							want = Lasts
						case host == lastingGrey:
							want = GreyLasts
						case direct || host == lastingFlexible && p.Ends.Mode != model.ModeFlexible:
						case level == highest:
							want = Lasts
						case level > highest:
							want = UntilRenewal
							if m == Unasked && p.actions&makesValid == 0 {
								want = LastsUnknown // it may be Full that it leaves as it is
							}
						default:
							want = HigherLasts
						}
						if p.Lasts != want {
							t.Errorf("%s: %v ends in %+v and says %q, not %q", a, p.Steps, p.Ends, p.Lasts, want)
						}
						if plain := p.Ends.Mode == model.ModeFlexible || p.Ends.Mode == model.ModeOff; p.Lasts == Lasts && p.Kind == Workaround != plain && p.actions&(makesDo&^(1<<SetFull)) == 0 {
							t.Errorf("%s: %v lasts and is a %s", a, p.Steps, p.Kind)
						}
						if p.actions>>SetFlexible&1 != 0 && kind == model.OriginPlatform && host != lastingFlexible || p.actions>>ProxyOff&1 != 0 && host != lastingGrey || p.actions>>ProxyOn&1 != 0 && host == lastingGrey {
							t.Errorf("%s: %v is not for this host", a, p.Steps)
						}
						for j := range plans[:i] {
							if above := &plans[j]; p.Lasts == Lasts && above.Lasts > Lasts && p.Chance >= above.Chance {
								t.Errorf("%s: %v, which does not last, stands above %v", a, above.Steps, p.Steps)
							}
						}
					}
				}
			}
		}
	}
	for l := Lasts; l <= GreyLasts; l++ {
		if seen[l] == 0 {
			t.Errorf("no plan says %q: %v", l, seen)
		}
	}
}

// TestAGreyCloudIsHealthyWhereTheEdgeDoesNotLast: nobody is sent back behind it, who leaves it has done enough, and https is
// authenticated in every set-up in which that counts.
func TestAGreyCloudIsHealthyWhereTheEdgeDoesNotLast(t *testing.T) {
	d := NewSession(engine)
	if f := d.Diagnose(told(t, "symptom=none&proxied=no&origin=platform&lasting=grey")); !f.Plans[0].Message() || len(f.Plans) > 1 {
		t.Errorf("who is well is told %+v", f.Plans)
	}
	left := 0
	for s := Option(1); s <= Symptom.Options(); s++ {
		a := Answers{Told: [QuestionCount]Option{Symptom: s, Origin: Option(model.OriginPlatform) + 1, LastingMode: lastingGrey}}
		for _, p := range d.Diagnose(a).Plans {
			if p.actions>>ProxyOff&1 == 0 {
				continue
			}
			left++
			works := 0
			for _, i := range d.alive {
				end := engine.after(d.now[i], p.actions, Unasked)
				c := engine.scenarios[end].config
				plain, _ := model.Simulate(c, model.HTTP)
				secure, _ := model.Simulate(c, model.HTTPS)
				if well := !failing(&plain) && !failing(&secure) && secure.Visitor == model.Authenticated && c[model.Issuance] == model.IssuanceOk; d.posterior[i] >= d.least && well && end != d.now[i] {
					works++
				}
			}
			if p.Kind != Fix || p.Ends.Proxied != model.ProxiedNo || p.Works > works || p.Works == 0 {
				t.Errorf("%s: %v is a %s, ends in %+v, and works in %d, by simulation in %d", a, p.Steps, p.Kind, p.Ends, p.Works, works)
			}
		}
	}
	if left == 0 {
		t.Error("nobody leaves the edge")
	}
}

// TestTheWaitForACertificateHasTheHostsPrice: the longer the cloud is grey, the later such a plan stands, and it says how long.
func TestTheWaitForACertificateHasTheHostsPrice(t *testing.T) {
	d := NewSession(engine)
	waits, later := 0, 0
	for s := Option(1); s <= Symptom.Options(); s++ {
		for o := Option(1); o <= Origin.Options(); o++ {
			last := 0
			for wait := Option(0); wait <= GreyTakes.Options(); wait++ {
				var a Answers
				a.Told[Symptom], a.Told[Origin], a.Told[GreyTakes] = s, o, wait
				plans := d.Diagnose(a).Plans
				at := slices.IndexFunc(plans, func(p Plan) bool { return p.actions>>DNSOnlyUntilIssued&1 != 0 })
				for _, p := range plans {
					if want := wait * Option(p.actions>>DNSOnlyUntilIssued&1); p.Waits != want {
						t.Errorf("%s: %v waits for %d", a, p.Steps, p.Waits)
					}
				}
				if at < 0 {
					at = len(plans)
				} else {
					waits++
				}
				if at < last {
					t.Errorf("%s: what waits stands at %d, and at %d where it waits less", a, at, last)
				}
				if at > last && wait > greyMinutes {
					later++
				}
				last = at
			}
		}
	}
	if waits == 0 || later == 0 {
		t.Errorf("%d plans wait, %d later", waits, later)
	}
}

// TestUndoingTheLastChangeIsOfferedWhereItHelps, whatever is seen and wherever the site lives: proved anew, it is among the plans, and
// among those that people look at where it helps more often than one of them.
func TestUndoingTheLastChangeIsOfferedWhereItHelps(t *testing.T) {
	d := NewSession(engine)
	helps := [changes]int{}
	for s := Option(1); s <= Symptom.Options(); s++ {
		for change := sinceCloudflareOn; change < changes; change++ {
			for o := Option(0); o <= Origin.Options(); o++ {
				var a Answers
				a.Told[Symptom], a.Told[Since], a.Told[Origin] = s, change, o
				plans := d.Diagnose(a).Plans
				var chance, best float32
				for _, i := range d.alive {
					if before := d.now[i]; engine.works(before, engine.before(change, before)) {
						chance += d.posterior[i]
					}
				}
				for _, p := range plans {
					if p.Kind == Fix && p.Chance > best {
						best = p.Chance
					}
				}
				if chance < promising || chance < best*standard[weak] || s == SymptomNone {
					continue
				}
				helps[change]++
				at := slices.IndexFunc(plans, func(p Plan) bool { return p.actions == 1<<UndoLastChange })
				if at < 0 || at >= readAtOnce && plans[readAtOnce-1].Chance < chance && !plans[0].Message() {
					t.Errorf("%s: undoing helps %.2f, and stands at %d of %d", a, chance, at, len(plans))
				}
			}
		}
	}
	for change := sinceCloudflareOn; change < changes; change++ {
		if helps[change] == 0 {
			t.Errorf("undoing never helps since %s", Since.OptionID(change))
		}
	}
	t.Logf("it helps %v", helps)
}

// TestTheDefectsOfTheFirstEditionAreGone, one by one.
func TestTheDefectsOfTheFirstEditionAreGone(t *testing.T) {
	d := NewSession(engine)
	for query, want := range map[string]Question{
		"symptom=loop&origin=hosting&access=dashboard":            Mode,
		"symptom=loop&origin=server&access=dashboard,panel,shell": Mode,
		"symptom=530&origin=server&access=dashboard":              Number,
		"symptom=530&origin=unknown&access=unknown":               Number,
		"symptom=origin_page&origin=hosting&access=none":          Status,
	} {
		if f := d.Diagnose(told(t, query)); f.Done || f.Next.Question != want {
			t.Errorf("%s: %s is asked, not %s", query, f.Next.Question, want)
		}
	}
	a := told(t, "symptom=525")
	asked, f := ask(t, d, &a, dontKnow)
	for _, q := range []Question{Origin, Access, Mode} {
		if !slices.Contains(asked, q) {
			t.Errorf("who knows nothing after a 525 is asked %v, and not %s", asked, q)
		}
	}
	if len(f.Plans) == 0 {
		t.Error("who knows nothing after a 525 has nothing to do")
	}
	for _, change := range []string{"renewal", "move", "update", "mode_change", "cloudflare_on"} {
		f := d.Diagnose(told(t, "symptom=526&origin=server&since="+change))
		if !slices.ContainsFunc(f.Plans, func(p Plan) bool { return slices.Contains(p.Steps, UndoLastChange) }) && change != "cloudflare_on" {
			t.Errorf("since %s does not lead to undoing it: %+v", change, f.Plans)
		}
	}
}

// TestAccessIsASet: in any order, and each once.
func TestAccessIsASet(t *testing.T) {
	for written, want := range map[string]string{"shell,dashboard": "dashboard,shell", "panel,panel": "panel", "none": "none", "shell,panel,dashboard": "dashboard,panel,shell"} {
		if a := told(t, "access="+written); a.String() != "access="+want {
			t.Errorf("access=%s is read as %s", written, a)
		}
	}
	for _, wrong := range []string{"", "none,panel", "panel,", "root"} {
		if a, err := Parse("access=" + wrong); err == nil {
			t.Errorf("access=%s is read as %s", wrong, a)
		}
	}
}

// TestANumberAloneNamesItsPage, and no more is said than was told: neither in a reason or a contradiction, nor in a link or a code.
func TestANumberAloneNamesItsPage(t *testing.T) {
	d := NewSession(engine)
	for query, want := range map[string]string{"number=1033": "530", "status=403": "origin_page", "symptom=525&status=403": "525", "mode=strict&number=1014": "530"} {
		a := told(t, query)
		if Symptom.OptionID(a.Told[Symptom]) != want || a.String() != query {
			t.Errorf("%s is read as %s, and seen is %s", query, a, Symptom.OptionID(a.Told[Symptom]))
		}
		if b, err := ParseCase(a.Case()); err != nil || b != a {
			t.Errorf("%s is %s as a code, which is read as %s", query, a.Case(), b)
		}
	}
	clashes := 0
	for _, number := range []Question{Number, Status} {
		for o := Option(1); o <= number.Options(); o++ {
			for kind := Option(0); kind <= Origin.Options(); kind++ {
				for proxied := Option(0); proxied <= Proxied.Options(); proxied++ {
					var a Answers
					a.Told[number], a.Told[Origin], a.Told[Proxied] = o, kind, proxied
					alone := told(t, a.String())
					said := told(t, "symptom="+Symptom.OptionID(alone.Told[Symptom])+"&"+a.String())
					with := *d.Diagnose(said)
					causes := slices.Clone(with.Causes)
					f := d.Diagnose(alone)
					for i, c := range f.Causes {
						if c.Share != causes[i].Share || c.Because != causes[i].Because&^(1<<Symptom) || c.Against != causes[i].Against&^(1<<Symptom) {
							t.Errorf("%s: %+v, and with the symptom told %+v", alone, c, causes[i])
						}
					}
					if (f.Contradiction != 0) != (with.Contradiction != 0) || f.Contradiction.Has(Symptom) || f.Contradiction&^with.Contradiction&^(1<<number) != 0 {
						t.Errorf("%s: %b, and with the symptom told %b", alone, f.Contradiction, with.Contradiction)
					}
					if f.Contradiction != 0 {
						clashes++
					}
				}
			}
		}
	}
	if clashes == 0 {
		t.Error("no number contradicts anything")
	}
}
