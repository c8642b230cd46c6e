package model

import "testing"

// TestLegsAreTable12 is FACTS.md 1.2, cell by cell.
func TestLegsAreTable12(t *testing.T) {
	plain := Legs{Visitor: Plain, Origin: Plain, OriginScheme: HTTP, OriginPort: 80}
	for _, row := range []struct {
		query string
		want  Legs
	}{
		{"mode=off&scheme=http", plain},
		{"mode=off&scheme=https", Legs{Visitor: Plain, Origin: Plain, OriginScheme: HTTP, OriginPort: 80, Redirect: true}},
		{"mode=off&scheme=https&port=alt", Legs{Visitor: Plain, Origin: Plain, OriginScheme: HTTP, OriginPort: 80, Redirect: true}},
		{"mode=off&scheme=http&always_https=on", plain},
		{"mode=flexible&scheme=http", plain},
		{"mode=flexible&scheme=https", Legs{Visitor: Authenticated, Origin: Plain, OriginScheme: HTTP, OriginPort: 80}},
		{"mode=flexible&scheme=https&port=alt", Legs{Visitor: Authenticated, Origin: Encrypted, OriginScheme: HTTPS, OriginPort: 8443}},
		{"mode=flexible&scheme=http&always_https=on", Legs{Visitor: Authenticated, Origin: Plain, OriginScheme: HTTP, OriginPort: 80, Redirect: true}},
		{"mode=full&scheme=http", plain},
		{"mode=full&scheme=https", Legs{Visitor: Authenticated, Origin: Encrypted, OriginScheme: HTTPS, OriginPort: 443}},
		{"mode=full&scheme=https&port=alt", Legs{Visitor: Authenticated, Origin: Encrypted, OriginScheme: HTTPS, OriginPort: 8443}},
		{"mode=strict&scheme=http", plain},
		{"mode=strict&scheme=https", Legs{Visitor: Authenticated, Origin: Authenticated, OriginScheme: HTTPS, OriginPort: 443}},
		{"mode=strict&scheme=https&port=alt", Legs{Visitor: Authenticated, Origin: Authenticated, OriginScheme: HTTPS, OriginPort: 8443}},
		{"mode=strict&scheme=http&always_https=on", Legs{Visitor: Authenticated, Origin: Authenticated, OriginScheme: HTTPS, OriginPort: 443, Redirect: true}},
		{"mode=origin_pull&scheme=http", Legs{Visitor: Plain, Origin: Authenticated, OriginScheme: HTTPS, OriginPort: 443}},
		{"mode=origin_pull&scheme=https", Legs{Visitor: Authenticated, Origin: Authenticated, OriginScheme: HTTPS, OriginPort: 443}},
		{"mode=origin_pull&scheme=https&port=alt", Legs{Visitor: Authenticated, Origin: Authenticated, OriginScheme: HTTPS, OriginPort: 8443}},
		{"proxied=no&scheme=http", Legs{Visitor: Plain}},
		{"proxied=no&scheme=https&mode=off", Legs{Visitor: Authenticated}},
		{"port=unproxied&scheme=https", Legs{}},
		{"", Legs{Visitor: Authenticated, Origin: Authenticated, OriginScheme: HTTPS, OriginPort: 443}},
	} {
		c, scheme, err := ParseLegs(row.query)
		if err != nil {
			t.Fatal(err)
		}
		got := LegsFor(c, scheme)
		if got.Rules[0] == NoRule {
			t.Errorf("%s: no rule decided", row.query)
		}
		if got.Visitor != None && (got.VisitorScheme == HTTPS) != (got.Visitor == Authenticated) {
			t.Errorf("%s: the visitor's leg is %s, and %s is spoken on it", row.query, got.Visitor, got.VisitorScheme)
		}
		got.Rules, got.VisitorScheme, got.VisitorPort = [2]Rule{}, NoScheme, 0
		if got != row.want {
			t.Errorf("%s:\n got %+v\nwant %+v", row.query, got, row.want)
		}
	}
}

// TestTheVisitorSpeaksWhatTheLastRedirectLeadsTo: what stands on the visitor's leg of a figure.
func TestTheVisitorSpeaksWhatTheLastRedirectLeadsTo(t *testing.T) {
	for query, want := range map[string]struct {
		scheme Scheme
		port   uint16
	}{
		"scheme=http":                    {HTTP, 80},
		"scheme=https":                   {HTTPS, 443},
		"scheme=https&port=alt":          {HTTPS, 8443},
		"scheme=http&always_https=on":    {HTTPS, 443},
		"scheme=https&mode=off":          {HTTP, 80},
		"scheme=https&mode=off&port=alt": {HTTP, 80},
		"scheme=https&proxied=no":        {HTTPS, 443},
		"scheme=http&proxied=no":         {HTTP, 80},
		"port=unproxied":                 {},
	} {
		c, scheme, err := ParseLegs(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := LegsFor(c, scheme); got.VisitorScheme != want.scheme || got.VisitorPort != want.port {
			t.Errorf("%s: %s %d, want %s %d", query, got.VisitorScheme, got.VisitorPort, want.scheme, want.port)
		}
	}
}

func TestLegsCostNoAllocation(t *testing.T) {
	c, scheme, err := ParseLegs("mode=flexible&scheme=https")
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() { LegsFor(c, scheme) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestNoModeOpensTheSecondLegOfATunnel: it is the tunnel's own, and on Pages there is none.
func TestNoModeOpensTheSecondLegOfATunnel(t *testing.T) {
	for kind, want := range map[Value]Protection{OriginTunnel: Encrypted, OriginPages: None} {
		for mode := range Mode.Values() {
			for _, s := range []Scheme{HTTP, HTTPS} {
				c := Config{Origin: kind, Mode: mode}
				seen, _ := Simulate(c, s)
				if legs := LegsFor(c, s); legs.Origin != want || seen.Origin != want || seen.Outcome != OutcomeOK {
					t.Errorf("%s over %s: the leg to the origin is %s and %s, seen is %s", c, s, legs.Origin, seen.Origin, seen.Outcome)
				}
			}
		}
	}
}
