package model

// Legs is what a page request meets on each of the two legs, if nothing on the way is broken.
type Legs struct {
	Visitor, Origin Protection

	// VisitorScheme and OriginScheme are what is spoken on a leg, and the ports where; meaningless when its protection is
	// None. A port is 80, 443, or 8443, which stands for the other TLS ports; a tunnel has neither scheme nor port of the edge's.
	VisitorScheme, OriginScheme Scheme
	VisitorPort, OriginPort     uint16

	// Redirect: the edge first sends the visitor to the other scheme; the legs are those after it.
	Redirect bool

	// Rules decided it, in order; the second is NoRule when one was enough.
	Rules [2]Rule
}

// LegsFor is the table of legs, FACTS.md 1.2: how a request that begins with scheme travels. Of the set-up it reads what decides
// where the request goes (whether the name is proxied, mode, port, Always Use HTTPS, where the site lives), and not what may fail there.
func LegsFor(c Config, scheme Scheme) Legs {
	if c[Proxied] == ProxiedNo {
		legs := Legs{Visitor: visitorLeg(scheme), Rules: [2]Rule{DirectToOrigin}}
		legs.VisitorScheme, legs.VisitorPort = visitorSide(&c, scheme)
		return legs
	}
	if c[Port] == PortUnproxied {
		return Legs{Rules: [2]Rule{PortNotProxied}}
	}
	to, redirect := edgeRedirect(&c, scheme)
	if redirect != NoRule {
		scheme = to
	}
	pull := pullFor(&c, scheme)
	legs := Legs{
		Visitor:      visitorLeg(scheme),
		Origin:       pull.protection,
		OriginScheme: pull.scheme,
		OriginPort:   pull.port,
		Redirect:     redirect != NoRule,
		Rules:        [2]Rule{redirect, pull.rule},
	}
	legs.VisitorScheme, legs.VisitorPort = visitorSide(&c, scheme)
	if redirect == NoRule {
		legs.Rules = [2]Rule{pull.rule}
	}
	return legs
}

// visitorSide is what the visitor speaks, and where. Another port than 443 is one that speaks TLS.
func visitorSide(c *Config, scheme Scheme) (Scheme, uint16) {
	switch {
	case scheme == HTTP:
		return HTTP, 80
	case c[Port] == PortAlt:
		return HTTPS, 8443
	}
	return HTTPS, 443
}

func visitorLeg(scheme Scheme) Protection {
	if scheme == HTTPS {
		return Authenticated
	}
	return Plain
}

// edgeRedirect is what the edge answers by itself; NoRule when it passes the request on.
func edgeRedirect(c *Config, scheme Scheme) (Scheme, Rule) {
	switch {
	case c[Mode] == ModeOff && scheme == HTTPS:
		return HTTP, OffRedirectsToHTTP
	case c[Mode] != ModeOff && c[AlwaysHTTPS] == AlwaysHTTPSOn && scheme == HTTP:
		return HTTPS, AlwaysHTTPSRedirects
	}
	return NoScheme, NoRule
}

// A pull is the edge's own request to the origin.
type pull struct {
	scheme     Scheme
	port       uint16
	protection Protection
	rule       Rule
}

// pullFor is what the edge asks of the origin when a visitor's request reached it on scheme.
func pullFor(c *Config, scheme Scheme) pull {
	port := uint16(443)
	if scheme == HTTPS && c[Port] == PortAlt {
		port = 8443
	}
	switch {
	case c[Origin] == OriginPages:
		return pull{rule: PagesServe}
	case c[Origin] == OriginTunnel:
		return pull{protection: Encrypted, rule: TunnelPull}
	case c[Mode] == ModeOriginPull:
		return pull{HTTPS, port, Authenticated, SSLOnlyChecked}
	case c[Mode] == ModeOff:
		return pull{HTTP, 80, Plain, OffPlain}
	case c[Mode] == ModeFlexible && port == 443:
		return pull{HTTP, 80, Plain, FlexiblePlain}
	case c[Mode] == ModeFlexible:
		return pull{HTTPS, port, Encrypted, FlexibleOtherPort}
	case c[Mode] == ModeFull && scheme == HTTP:
		return pull{HTTP, 80, Plain, FullFollowsHTTP}
	case c[Mode] == ModeFull:
		return pull{HTTPS, port, Encrypted, FullUnchecked}
	case scheme == HTTP:
		return pull{HTTP, 80, Plain, StrictFollowsHTTP}
	}
	return pull{HTTPS, port, Authenticated, StrictChecked}
}
