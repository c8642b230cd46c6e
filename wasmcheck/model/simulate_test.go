package model

import (
	"fmt"
	"strings"
	"testing"
)

// configs calls f with every mode, scheme setting and redirect, crossed with every set-up of up to two more deviations.
func configs(f func(Config)) {
	for proxied := range Proxied.Values() {
		for mode := range Mode.Values() {
			for bits := range 4 {
				c := Config{Proxied: proxied, Mode: mode, AlwaysHTTPS: Value(bits & 1), HSTS: Value(bits >> 1)}
				f(c)
				for v := Port; v < VariableCount; v++ {
					for i := Value(1); i < v.Values(); i++ {
						one := c.With(v, i)
						f(one)
						for w := v + 1; w < VariableCount; w++ {
							for j := Value(1); j < w.Values(); j++ {
								f(one.With(w, j))
							}
						}
					}
				}
			}
		}
	}
}

// visits calls f with both visits of every set-up.
func visits(f func(Config, Scheme, Result)) {
	configs(func(c Config) {
		for _, s := range []Scheme{HTTP, HTTPS} {
			r, _ := Simulate(c, s)
			f(c, s, r)
		}
	})
}

func TestOffAndFlexibleOn443NeverGive525Or526(t *testing.T) {
	visits(func(c Config, s Scheme, r Result) {
		if (c[Mode] == ModeOff || c[Mode] == ModeFlexible) && c[Port] == Port443 && couldBe(r, Outcome525, Outcome526) {
			t.Fatalf("%s: %s visit sees %s", c, s, r.Outcome)
		}
	})
}

func TestFullNeverGives526(t *testing.T) {
	visits(func(c Config, s Scheme, r Result) {
		if c[Mode] == ModeFull && couldBe(r, Outcome526) {
			t.Fatalf("%s: %s visit sees %s", c, s, r.Outcome)
		}
	})
}

func couldBe(r Result, outcomes ...Outcome) bool {
	for _, o := range outcomes {
		if r.Outcome == o || r.Alternative.Permille > 0 && r.Alternative.Outcome == o {
			return true
		}
	}
	return false
}

func TestAnEdgeCertificateFaultNeverGivesA52x(t *testing.T) {
	visits(func(c Config, s Scheme, r Result) {
		if c[EdgeCert] != EdgeCertActive && c[Proxied] == ProxiedYes && c[Port] != PortUnproxied && s == HTTPS && r.Outcome != OutcomeEdgeTLS {
			t.Fatalf("%s: https visit sees %s", c, r.Outcome)
		}
	})
}

func TestADNSOnlyNameNeverShowsTheEdgesErrors(t *testing.T) {
	visits(func(c Config, s Scheme, r Result) {
		if c[Proxied] != ProxiedNo {
			return
		}
		if r.Outcome >= Outcome520 && r.Outcome <= Outcome530 || r.Outcome == OutcomeEdgeTLS || r.Origin != None {
			t.Fatalf("%s: %s visit sees %s, origin leg %s", c, s, r.Outcome, r.Origin)
		}
	})
}

func TestAValidCertificateNeverMakesThingsWorse(t *testing.T) {
	visits(func(c Config, s Scheme, before Result) {
		better := c.With(Cert, CertPublic).With(CertDate, CertDateValid).With(CertName, CertNameMatch).With(CertChain, CertChainComplete)
		after, _ := Simulate(better, s)
		if before.Outcome == OutcomeOK && (after.Outcome != OutcomeOK || after.Visitor < before.Visitor || after.Origin < before.Origin) {
			t.Fatalf("%s: %s visit saw %s, and %s with a valid certificate", c, s, before.Outcome, after.Outcome)
		}
	})
}

func TestEveryVisitEndsWithAVerdict(t *testing.T) {
	longest := 0
	configs(func(c Config) {
		for _, s := range []Scheme{HTTP, HTTPS} {
			r, trace := Simulate(c, s)
			steps := trace.Steps()
			longest = max(longest, len(steps))
			if (r.Outcome == OutcomeOK) != (r.Final != NoScheme) || r.Mixed && r.Final != HTTPS {
				t.Fatalf("%s: %s visit: %+v", c, s, r)
			}
			if r.Alternative.Permille > 500 || r.Alternative.Permille > 0 && r.Alternative.Outcome == r.Outcome {
				t.Fatalf("%s: %s visit: the alternative is not the less likely: %+v", c, s, r)
			}
			hop := uint8(1)
			for _, step := range steps {
				if step.Rule == NoRule || step.Hop < hop || step.Hop > 3 {
					t.Fatalf("%s: %s visit: %v", c, s, told(trace))
				}
				hop = step.Hop
			}
		}
	})
	if longest > maxSteps/2 {
		t.Errorf("a trace has %d steps of %d", longest, maxSteps)
	}
}

func TestEveryRuleDecidesSomething(t *testing.T) {
	var used [RuleCount]bool
	configs(func(c Config) {
		for _, s := range []Scheme{HTTP, HTTPS} {
			_, trace := Simulate(c, s)
			for _, step := range trace.Steps() {
				used[step.Rule] = true
			}
		}
	})
	for r := NoRule + 1; r < RuleCount; r++ {
		if !used[r] {
			t.Errorf("no visit meets rule %s", r)
		}
	}
}

// TestAVisitFailsOnTheLegThatCarriedItLast: the edge never reached the origin when the visitor's own leg failed, and the
// visitor's leg was whole when the origin's failed. An error page of the server's own has travelled both.
func TestAVisitFailsOnTheLegThatCarriedItLast(t *testing.T) {
	for o := range OutcomeCount {
		edge := o > OutcomeOK && o < OutcomeLoop || o == OutcomePlainToTLS400 || o == OutcomeClientCert400
		if want := map[bool]Leg{true: OriginLeg, false: VisitorLeg}[edge]; o.Leg() != want && o != OutcomeOK && o != OutcomeLoop && o != OutcomeOriginPage {
			t.Errorf("%s fails on the leg %q, want %q", o, o.Leg(), want)
		}
	}
	if OutcomeOK.Leg() != NoLeg || OutcomeLoop.Leg() != NoLeg || OutcomeOriginPage.Leg() != NoLeg {
		t.Error("what ends well, goes round over both legs, or is the server's own page, fails on one")
	}
}

// TestTheLegsAreThoseOfTheSimulation: a visit without faults travels as LegsFor says.
func TestTheLegsAreThoseOfTheSimulation(t *testing.T) {
	for mode := range Mode.Values() {
		for proxied := range Proxied.Values() {
			for port := Port443; port <= PortAlt; port++ {
				for always := range AlwaysHTTPS.Values() {
					for _, s := range []Scheme{HTTP, HTTPS} {
						c := Config{Mode: mode, Proxied: proxied, Port: port, AlwaysHTTPS: always}
						r, _ := Simulate(c, s)
						if legs := LegsFor(c, s); legs.Visitor != r.Visitor || legs.Origin != r.Origin {
							t.Errorf("%s, %s: legs %s and %s, simulated %s and %s", c, s, legs.Visitor, legs.Origin, r.Visitor, r.Origin)
						}
					}
				}
			}
		}
	}
}

func TestTheLegsAreThoseOfTheLastRequestOnEach(t *testing.T) {
	for _, row := range []struct {
		query           string
		scheme          Scheme
		visitor, origin Protection
	}{
		{"mode=flexible&redirect80=https", HTTP, Authenticated, Plain},
		{"mode=flexible&redirect80=https", HTTPS, Authenticated, Plain},
		{"sni=rejected", HTTPS, Authenticated, None},
		{"cert=self_signed", HTTPS, Authenticated, None},
		{"edge_cert=pending", HTTPS, None, None},
		{"mode=off", HTTPS, Plain, Plain},
		{"mode=full&redirect80=https", HTTP, Authenticated, Encrypted},
		{"mode=full&redirect80=https&p443=refused", HTTP, Authenticated, Plain},
		{"response=slow", HTTPS, Authenticated, Authenticated},
		{"proxied=no&cert=origin_ca", HTTPS, None, None},
		{"proxied=no", HTTPS, Authenticated, None},
	} {
		c, err := ParseConfig(row.query)
		if err != nil {
			t.Fatal(err)
		}
		if r, _ := Simulate(c, row.scheme); r.Visitor != row.visitor || r.Origin != row.origin {
			t.Errorf("%s, %s: %s and %s, not %s and %s", row.query, row.scheme, r.Visitor, r.Origin, row.visitor, row.origin)
		}
	}
}

func TestSimulatingCostsNoAllocation(t *testing.T) {
	c := Config{Mode: ModeFlexible, Redirect80: Redirect80HTTPS}
	if n := testing.AllocsPerRun(100, func() { Simulate(c, HTTP) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkSimulate(b *testing.B) {
	c := Config{Mode: ModeFlexible, Redirect80: Redirect80HTTPS}
	b.ReportAllocs()
	for b.Loop() {
		Simulate(c, HTTP)
	}
}

// TestAPageWithANumberSaysWhich: a 530, and a page that is not the edge's, as FACTS.md 3.6 has them; no other outcome has one.
func TestAPageWithANumberSaysWhich(t *testing.T) {
	for query, want := range map[string]string{
		"origin=tunnel&tunnel=not_connected": "1033 1016",
		"origin=tunnel&tunnel=not_routed":    "1033 1016",
		"domain=other_account":               "1014",
		"dns=unresolvable":                   "1016",
		"response=forbidden":                 "403 404",
		"response=wrong_site":                "404 503 421",
		"origin=platform&domain=missing":     "404",
		"origin=pages&response=wrong_site":   "404",
		"origin=tunnel&tunnel=origin_name":   "502",
		"origin=tunnel&tunnel=origin_down":   "502",
		"cert_date=expired":                  "",
		"":                                   "",
	} {
		c, err := ParseConfig(query)
		if err != nil {
			t.Fatal(err)
		}
		_, trace := Simulate(c, HTTPS)
		got, all := "", 0
		for _, code := range trace.Steps()[len(trace.Steps())-1].Rule.Codes() {
			got += fmt.Sprintf(" %d", code.Number)
			all += int(code.Permille)
		}
		if strings.TrimSpace(got) != want || got != "" && all != 1000 {
			t.Errorf("%s: %s, of %d permille; not %s", query, got, all, want)
		}
	}
	for r := range RuleCount {
		outcome, codes := effects[r].outcome, r.Codes()
		if numbered := outcome == Outcome530 || outcome == OutcomeOriginPage; numbered != (len(codes) > 0) {
			t.Errorf("%s ends in %s, with %v", r, outcome, codes)
		}
		for i := 1; i < len(codes); i++ {
			if codes[i].Permille > codes[i-1].Permille {
				t.Errorf("%s: %v, and the likeliest is not first", r, codes)
			}
		}
	}
}
