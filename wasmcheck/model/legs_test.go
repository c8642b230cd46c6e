package model

import "testing"

// TestLegsAreTable12 is table 1.2 of the facts, cell by cell.
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
		got.Rules = [2]Rule{}
		if got != row.want {
			t.Errorf("%s:\n got %+v\nwant %+v", row.query, got, row.want)
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
