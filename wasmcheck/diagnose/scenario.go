package diagnose

import "sslclinic/wasmcheck/model"

// A fault is one deviation from the nominal set-up.
type fault struct {
	variable model.Variable
	value    model.Value
}

func (f fault) String() string { return f.variable.String() + "=" + f.variable.ValueID(f.value) }

// A frequency is how often a fault is met, against a set-up without it. The classes are a factor of four apart: a prior that is
// wrong by a factor of two does not put a cause before one of another class. Within often, foremost settles the order.
type frequency uint8

const (
	common   frequency = iota // what guides advise; it does no harm where it belongs
	foremost                  // often, and what the sources name first for its code
	often
	sometimes
	seldom

	frequencies
)

// A prior is how often a fault is met.
type prior struct {
	fault
	met frequency
}

// priors are numbers about the world outside that are not documented, as the likelihoods in evidence.go are. Each has its reason.
var priors = []prior{
	{fault{model.HSTS, model.HSTSOn}, common},                         // many sites send it; it does harm in mode Off alone
	{fault{model.Port, model.PortAlt}, seldom},                        // panels and APIs, rarely sites
	{fault{model.Port, model.PortUnproxied}, seldom},                  // case B10
	{fault{model.EdgeCert, model.EdgeCertPending}, sometimes},         // every new zone, for a day at most
	{fault{model.EdgeCert, model.EdgeCertUncovered}, sometimes},       // cases F03, F06
	{fault{model.EdgeCert, model.EdgeCertExpired}, seldom},            // needs an uploaded certificate
	{fault{model.DNS, model.DNSWrong}, sometimes},                     // after a move
	{fault{model.DNS, model.DNSUnresolvable}, sometimes},              // the one common cause of 530 that is no tunnel
	{fault{model.DNS, model.DNSUnreachable}, seldom},                  // needs a routing mistake
	{fault{model.P80, model.P80Refused}, sometimes},                   // https-only origins
	{fault{model.P80, model.P80Dropped}, sometimes},                   // https-only firewalls
	{fault{model.P80, model.P80TLS}, seldom},                          // case I08
	{fault{model.P80, model.P80Closes}, seldom},                       // case I06
	{fault{model.P443, model.P443Refused}, foremost},                  // the documented first cause of 521
	{fault{model.P443, model.P443Dropped}, sometimes},                 // security groups without 443
	{fault{model.P443, model.P443EdgeRefused}, sometimes},             // as the next, with reject rules
	{fault{model.P443, model.P443EdgeDropped}, foremost},              // "most common" in the documentation of 522
	{fault{model.Listener, model.ListenerPlain}, sometimes},           // the port is opened before TLS is set up, or the container publishes the wrong one
	{fault{model.Listener, model.ListenerSilent}, seldom},             // a dead backend, or a middlebox
	{fault{model.Listener, model.ListenerReset}, seldom},              // named in the documentation of 525; firewalls and limits, which are not there from the start
	{fault{model.Cert, model.CertOriginCA}, common},                   // the documented advice; a fault only without the edge
	{fault{model.Cert, model.CertSelfSigned}, often},                  // what panels and containers make by themselves
	{fault{model.Cert, model.CertNone}, foremost},                     // the documented first cause of 525
	{fault{model.CertDate, model.CertDateExpired}, foremost},          // the first cause of 526 in the cases
	{fault{model.CertDate, model.CertDateNotYet}, seldom},             // needs a wrong clock
	{fault{model.CertName, model.CertNameMismatch}, often},            // default hosts, case C05
	{fault{model.CertChain, model.CertChainIncomplete}, sometimes},    // browsers hide it
	{fault{model.SNI, model.SNIRejected}, often},                      // cases A01, A02, H01; the documentation names it after the certificate
	{fault{model.TLSVersion, model.TLSVersionNone}, seldom},           // the edge still offers TLS 1.0
	{fault{model.Cipher, model.CipherNone}, seldom},                   // usual lists hold a common suite
	{fault{model.ClientCert, model.ClientCertRequired400}, sometimes}, // cases G01, G02
	{fault{model.ClientCert, model.ClientCertRequired12}, seldom},     // not nginx, and old
	{fault{model.ClientCert, model.ClientCertRequired13}, seldom},     // not nginx
	{fault{model.AOP, model.AOPOn}, sometimes},                        // has to be turned on
	{fault{model.AOP, model.AOPWrongCA}, seldom},                      // and then to be mistaken
	{fault{model.Redirect80, model.Redirect80HTTPS}, common},          // what every guide advises
	{fault{model.Redirect80, model.Redirect80Forwarded}, sometimes},   // what those advise who know of the loop
	{fault{model.Redirect443, model.Redirect443HTTP}, seldom},         // an old rule that was forgotten
	{fault{model.Response, model.ResponseEmpty}, sometimes},           // crashes and security plug-ins
	{fault{model.Response, model.ResponseSlow}, sometimes},            // long jobs
	{fault{model.Response, model.ResponseHeaders}, seldom},            // case I03
	{fault{model.Subresources, model.SubresourcesHTTP}, sometimes},    // old addresses in pages
	{fault{model.Redirect443, model.Redirect443HTTPS}, sometimes},     // case J17, K23: an application behind a proxy of its own
	{fault{model.Response, model.ResponseForbidden}, sometimes},       // case J08: guards of hosts
	{fault{model.Response, model.ResponseWrongSite}, sometimes},       // case K21: a proxy without a route for the name
	{fault{model.Response, model.ResponseHTTP2}, seldom},              // case K08
	{fault{model.Issuance, model.IssuanceChallenge}, sometimes},       // cases J06, K33, K34
	{fault{model.Issuance, model.IssuanceCAA}, seldom},                // needs a CAA record
	{fault{model.Issuance, model.IssuanceDNSElsewhere}, seldom},       // hosts that ask their own name servers, case J06
	{fault{model.EdgeRedirect, model.EdgeRedirectRules}, seldom},      // a rule against another
	{fault{model.EdgeRedirect, model.EdgeRedirectCached}, seldom},     // outlives what it came from
	{fault{model.Domain, model.DomainMissing}, sometimes},             // the name is to be added where the site lives, too
	{fault{model.Domain, model.DomainOtherAccount}, seldom},           // case K42
}

// tunnelPriors are how often the faults of a tunnel are met, by 20 reports: 9 of a name, 3 of a service, 3 loops, 3 of its connection.
var tunnelPriors = []prior{
	{fault{model.HSTS, model.HSTSOn}, common},                       // as with others
	{fault{model.EdgeCert, model.EdgeCertPending}, sometimes},       // the same
	{fault{model.EdgeCert, model.EdgeCertUncovered}, sometimes},     // the same
	{fault{model.Tunnel, model.TunnelOriginName}, foremost},         // a service by its address, with a certificate of its name
	{fault{model.Tunnel, model.TunnelOriginDown}, often},            // a wrong port, or a container that is another's localhost
	{fault{model.Tunnel, model.TunnelNotConnected}, often},          // cloudflared does not run, or UDP is blocked: case J18
	{fault{model.Tunnel, model.TunnelNotRouted}, sometimes},         // the name's record or rule is missing
	{fault{model.Redirect80, model.Redirect80HTTPS}, often},         // http in the Service URL, and a service that redirects
	{fault{model.Redirect80, model.Redirect80Forwarded}, sometimes}, // as with others
	{fault{model.Redirect443, model.Redirect443HTTPS}, sometimes},   // as with others: case K07 is none of these for sure
	{fault{model.Response, model.ResponseForbidden}, sometimes},     // applications that trust no proxy
	{fault{model.Response, model.ResponseWrongSite}, seldom},        // a proxy behind that routes by name; a 404 is mostly the tunnel's own
	{fault{model.Response, model.ResponseEmpty}, seldom},            // as with others
	{fault{model.Response, model.ResponseSlow}, sometimes},          // as with others
	{fault{model.EdgeRedirect, model.EdgeRedirectRules}, seldom},    // as with others
	{fault{model.EdgeRedirect, model.EdgeRedirectCached}, seldom},   // as with others
	{fault{model.Subresources, model.SubresourcesHTTP}, sometimes},  // as with others
}

// pagesPriors are how often the faults of Pages are met, by 8 reports: 3 of a name, 2 of _redirects, 1 of another account.
var pagesPriors = []prior{
	{fault{model.HSTS, model.HSTSOn}, common},                      // as with others
	{fault{model.EdgeCert, model.EdgeCertPending}, sometimes},      // a new name, for a day at most
	{fault{model.EdgeCert, model.EdgeCertUncovered}, sometimes},    // as with others
	{fault{model.Domain, model.DomainMissing}, foremost},           // case K41
	{fault{model.Domain, model.DomainOtherAccount}, often},         // case K42
	{fault{model.EdgeRedirect, model.EdgeRedirectRules}, often},    // case K14
	{fault{model.EdgeRedirect, model.EdgeRedirectCached}, seldom},  // as with others
	{fault{model.Issuance, model.IssuanceCAA}, sometimes},          // a CAA record that forbids the issuers of Pages
	{fault{model.Subresources, model.SubresourcesHTTP}, sometimes}, // as with others
}

// A choice is how often a context is met: the three usual modes alike.
type choice uint8

const (
	usual choice = iota
	rare
	enterprise

	choices
)

// A context is the settings that a person chooses, and how often they are met.
type context struct {
	config model.Config
	met    choice
}

// contexts are those of who has a second leg.
var contexts = []context{
	{model.Config{}, usual},
	{model.Config{model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
	{model.Config{model.Mode: model.ModeFull}, usual},
	{model.Config{model.Mode: model.ModeFull, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
	{model.Config{model.Mode: model.ModeFlexible}, usual},
	{model.Config{model.Mode: model.ModeFlexible, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
	{model.Config{model.Mode: model.ModeOff}, rare},                                                      // not offered to new zones
	{model.Config{model.Mode: model.ModeOriginPull}, enterprise},                                         // Enterprise
	{model.Config{model.Mode: model.ModeOriginPull, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, enterprise}, // Enterprise
	{model.Config{model.Proxied: model.ProxiedNo}, rare},                                                 // who asks about an edge mostly has one
}

// Only Off makes a difference to who has another second leg, or none.
var (
	tunnelContexts = []context{
		{model.Config{model.Origin: model.OriginTunnel}, usual},
		{model.Config{model.Origin: model.OriginTunnel, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
		{model.Config{model.Origin: model.OriginTunnel, model.Mode: model.ModeOff}, rare},
	}
	pagesContexts = []context{
		{model.Config{model.Origin: model.OriginPages}, usual},
		{model.Config{model.Origin: model.OriginPages, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
		{model.Config{model.Origin: model.OriginPages, model.Mode: model.ModeOff}, rare},
	}
)

// A family is scenarios of one second leg.
type family struct {
	contexts []context
	priors   []prior
}

var families = [...]family{{contexts, priors}, {tunnelContexts, tunnelPriors}, {pagesContexts, pagesPriors}}

// met is the odds of a fault in a context; zero when it cannot be. Under Off and Flexible an origin more often has no
// certificate, or nothing on 443: that is why people choose them.
func (t *tuning) met(context *model.Config, p *prior) float32 {
	usual := t[odds+constant(p.met)]
	if context[model.Proxied] == model.ProxiedNo {
		switch p.variable {
		case model.Port, model.EdgeCert, model.AOP, model.EdgeRedirect:
			return 0 // nothing of the edge's applies
		case model.Domain:
			if p.value == model.DomainOtherAccount {
				return 0
			}
		case model.Response:
			if p.value == model.ResponseForbidden || p.value == model.ResponseHTTP2 {
				return 0 // they meet the edge alone
			}
		case model.P443:
			if p.value == model.P443EdgeRefused || p.value == model.P443EdgeDropped {
				return 0
			}
		}
	}
	if context[model.Origin] == model.OriginTunnel && context[model.Mode] == model.ModeOff && p.variable == model.Redirect443 {
		return 0 // behind a tunnel it is as a redirect from http
	}
	if context[model.Mode] == model.ModeFlexible || context[model.Mode] == model.ModeOff {
		switch p.fault {
		case fault{model.Cert, model.CertNone}, fault{model.P443, model.P443Refused}:
			return usual * t[withoutTLS]
		}
	}
	return usual
}

// issued reports that a certificate issued anew puts a fault right.
func issued(f fault) bool {
	return f == fault{model.CertDate, model.CertDateExpired} || f == fault{model.Cert, model.CertNone} || f.variable == model.CertName
}

// together is how many times as often as apart two faults are met: what keeps a certificate from being issued is behind one that
// has expired, or is missing.
func together(a, b fault) float32 {
	if b.variable == model.Issuance && issued(a) && a.variable != model.CertName {
		return 10
	}
	return 1
}

// possible reports whether two faults can be met together, and are worth a scenario: some take away what the other is about.
func possible(a, b fault) bool {
	if a.variable == b.variable {
		return false
	}
	switch {
	case a.variable == model.Port && a.value == model.PortUnproxied:
		return false // the visitor meets nothing else
	case a.variable == model.P443 && (a.value == model.P443Refused || a.value == model.P443Dropped) && b.variable == model.Listener,
		a.variable == model.Listener && a.value == model.ListenerPlain && b.variable > model.Cert && b.variable <= model.ClientCert,
		a.variable == model.Cert && a.value == model.CertNone && b.variable > model.Cert && b.variable <= model.CertChain,
		a.variable == model.Cert && a.value != model.CertPublic && b.variable == model.CertChain:
		return false
	}
	if a.variable == model.Redirect443 && b == (fault{model.Response, model.ResponseWrongSite}) || b.variable == model.Redirect443 && a == (fault{model.Response, model.ResponseWrongSite}) {
		return false // what is not there redirects nowhere
	}
	for _, f := range [2]fault{a, b} {
		other := a
		if f == a {
			other = b
		}
		switch edge := other.variable <= model.EdgeCert || other.variable == model.Redirect80; f.variable {
		case model.EdgeRedirect, model.Domain:
			if !edge {
				return false // no request comes as far
			}
		case model.Issuance: // what has to do with the certificate, or with the way of the challenge
			certificate := other.variable >= model.Cert && other.variable <= model.CertName && other != fault{model.Cert, model.CertOriginCA}
			if !edge && !certificate && other.variable != model.P80 {
				return false
			}
		}
	}
	return true
}

// A scenario is one set-up that the reasoner holds for possible, with what it needs at hand about it.
type scenario struct {
	config  model.Config
	visits  [2]model.Result // by http, by https
	faults  [2]fault
	without [2]uint16 // by fault: the scenario before it that has all but that
	n       uint8     // of faults
	set     uint32    // what is wrong, see trouble
}

// scenarios are, for each family, every context with up to two faults, and their weights against one another in it. In a context a
// fault has its odds, whatever else it makes impossible.
func scenarios(t *tuning) ([]scenario, []float32) {
	most := 0
	for i := range families {
		n := len(families[i].priors)
		most += len(families[i].contexts) * (1 + n*(n+1)/2)
	}
	all, weights := make([]scenario, 0, most), make([]float32, 0, most)
	for i := range families {
		all, weights = families[i].scenarios(t, all, weights)
	}
	return all, weights
}

// spares reports that two faults are not worth a scenario in a context that is rare itself: both are seldom met or, where Off is all
// that a mode can be, one of them.
func (c *context) spares(a, b *prior) bool {
	one, both := a.met == seldom || b.met == seldom, a.met == seldom && b.met == seldom
	return c.met != usual && (both || one && !shared(c.config[model.Origin]))
}

// scenarios adds those of the family.
func (f *family) scenarios(t *tuning, all []scenario, weights []float32) ([]scenario, []float32) {
	add := func(weight float32, config *model.Config) *scenario { // made where it stays
		all, weights = append(all, scenario{}), append(weights, weight)
		r := &all[len(all)-1]
		r.config = *config
		r.visits[0], _ = model.Simulate(r.config, model.HTTP)
		r.visits[1], _ = model.Simulate(r.config, model.HTTPS)
		if r.set = trouble(r.visits); r.config[model.Issuance] != model.IssuanceOk {
			r.set |= stuck
		}
		return r
	}
	alone := make([]uint16, len(f.priors)) // in this context: the scenario with the fault alone
	once := make([]float32, len(f.priors)) // its weight; 0 when there is none
	for c := range f.contexts {
		context := &f.contexts[c]
		base, healthy := t[weight+constant(context.met)], uint16(len(all))
		add(base, &context.config)
		for i := range f.priors {
			p := &f.priors[i]
			alone[i], once[i] = uint16(len(all)), base*t.met(&context.config, p)
			if once[i] > 0 {
				config := context.config.With(p.variable, p.value)
				r := add(once[i], &config)
				r.faults[0], r.without[0], r.n = p.fault, healthy, 1
			}
		}
		for i := range f.priors {
			a := &f.priors[i]
			for j := i + 1; j < len(f.priors) && once[i] > 0; j++ {
				b := &f.priors[j]
				both := once[i] * t.met(&context.config, b)
				if both == 0 {
					continue
				}
				if context.spares(a, b) || !possible(a.fault, b.fault) { // a fault is no rarer for what it takes away
					weights[alone[i]] += both
					weights[alone[j]] += both
					continue
				}
				config := all[alone[i]].config.With(b.variable, b.value)
				r := add(both*together(a.fault, b.fault), &config)
				r.faults, r.without, r.n = [2]fault{a.fault, b.fault}, [2]uint16{alone[j], alone[i]}, 2
			}
		}
	}
	return all, weights
}

// stuck is the bit of trouble of a certificate that cannot be issued: no visit shows it.
const stuck = 1 << 31

// trouble is what is wrong in a scenario: what its visits show, and whether a certificate cannot be issued.
func (r *scenario) trouble() uint32 { return r.set }

// trouble is the set of outcomes other than ok that the two visits have, one bit an outcome; mixed content is bit 0.
func trouble(visits [2]model.Result) (set uint32) {
	for _, v := range visits {
		if v.Outcome != model.OutcomeOK {
			set |= 1 << v.Outcome
		}
		if v.Mixed {
			set |= 1
		}
	}
	return set
}

// shows is what somebody sees who tries the site: the https visit's failure, else that of http, as an option of Symptom; else that a
// certificate cannot be issued; 0 when nothing is wrong.
func (r *scenario) shows() Option {
	for i := len(r.visits) - 1; i >= 0; i-- {
		switch v := &r.visits[i]; {
		case v.Outcome != model.OutcomeOK:
			return SymptomOf(v.Outcome)
		case v.Mixed:
			return SymptomMixed
		}
	}
	if r.trouble() != 0 {
		return SymptomNotIssued
	}
	return 0
}

// guilty is what of a scenario's faults brings its trouble about: both when it takes both. A scenario without trouble is named for
// the setting that could be better.
func (e *Engine) guilty(r *scenario) []fault {
	set := trouble(r.visits)
	switch {
	case r.trouble() == stuck:
		return []fault{{model.Issuance, r.config[model.Issuance]}}
	case set == 0:
		return []fault{r.setting()}
	case r.n < 2:
		return r.faults[:r.n]
	}
	first, second := trouble(e.scenarios[r.without[1]].visits) == set, trouble(e.scenarios[r.without[0]].visits) == set
	switch {
	case first && !second:
		return r.faults[:1]
	case second && !first:
		return r.faults[1:]
	}
	return r.faults[:2]
}

func (r *scenario) setting() fault {
	v := model.Mode
	switch {
	case r.config[model.Proxied] == model.ProxiedNo:
		v = model.Proxied
	case r.config[model.AlwaysHTTPS] == model.AlwaysHTTPSOff && (r.config[model.Mode] == model.ModeStrict || r.config[model.Mode] == model.ModeOriginPull):
		v = model.AlwaysHTTPS
	case r.config[model.Mode] == model.ModeStrict && r.config[model.Origin] != model.OriginServer:
		v = model.Origin // no mode makes its second leg
	}
	return fault{v, r.config[v]}
}
