package diagnose

import "sslclinic/wasmcheck/model"

// Where a site lives decides which causes are likely, which questions can be answered, which actions exist, and who can do them.
// It is no part of a scenario where the second leg is the same: there it is evidence, by cause. A tunnel and Pages have another
// second leg, or none, and are families of scenarios of their own.

// kinds is how many kinds of origin there are.
const kinds = model.OriginHome + 1

// share is how often a site of somebody who asks lives where, in hundredths: a judgement, from the incidents by kind and from what
// people rent.
var share = [kinds]float32{
	model.OriginServer: 25, model.OriginHosting: 35, model.OriginPlatform: 20, model.OriginPages: 4, model.OriginTunnel: 6,
	model.OriginBalancer: 4, model.OriginHome: 6,
}

// shared reports that a kind of origin has the second leg that the edge makes by its mode.
func shared(kind model.Value) bool { return kind != model.OriginTunnel && kind != model.OriginPages }

// A multiplier is how many times likelier a fault is with one kind of origin than on a server that somebody runs alone.
type multiplier struct {
	variable model.Variable
	values   uint8 // as a set
	times    float32
}

// multipliers are judged from the counts of incidents by kind. Each has its reason.
var multipliers = [kinds][]multiplier{
	model.OriginServer: {
		{model.Domain, every, .05},  // there is nowhere to add a name to, but its own configuration
		{model.CertName, every, .9}, // no neighbour's site is on it
	},
	model.OriginHosting: {
		{model.Response, 1 << model.ResponseForbidden, 6},                               // guards against foreign addresses are on from the start
		{model.P443, 1<<model.P443EdgeRefused | 1<<model.P443EdgeDropped, 2},            // and so are limits by address
		{model.CertDate, 1 << model.CertDateExpired, 3},                                 // renewal by the host's own check, which the edge hides
		{model.Issuance, 1<<model.IssuanceChallenge | 1<<model.IssuanceDNSElsewhere, 5}, // the same, before the day
		{model.Issuance, 1 << model.IssuanceCAA, 2},                                     // the issuer is the host's choice
		{model.CertName, every, 2},                                                      // a neighbour's site on the same address
		{model.Redirect80, 1 << model.Redirect80HTTPS, 1.5},                             // a switch in the panel
		{model.Cipher, every, .1}, {model.TLSVersion, every, .1},                        // the host's, and common to thousands of sites
		{model.Listener, 1<<model.ListenerSilent | 1<<model.ListenerReset, .3}, // the same
		{model.ClientCert, every, .1},                                          // no panel has it
	},
	model.OriginPlatform: {
		{model.Issuance, 1 << model.IssuanceChallenge, 8},           // what fails most often there: 17 of 35
		{model.CertDate, 1 << model.CertDateExpired, 4},             // what comes of it
		{model.CertName, every, 4},                                  // the platform's own name, before it has issued
		{model.Cert, 1 << model.CertNone, 2}, {model.SNI, every, 2}, // or no certificate at all
		{model.Domain, 1 << model.DomainMissing, 5},                                                                           // the name is to be added first
		{model.Domain, 1 << model.DomainOtherAccount, 3},                                                                      // some are customers of the edge themselves
		{model.Redirect80, 1 << model.Redirect80HTTPS, 2},                                                                     // most redirect, and cannot be told not to
		{model.P443, 1<<model.P443Refused | 1<<model.P443Dropped, .05},                                                        // its ports are open for everybody
		{model.P80, every, .05},                                                                                               // the same
		{model.P443, 1<<model.P443EdgeRefused | 1<<model.P443EdgeDropped, .2},                                                 // and for the edge
		{model.Listener, every, .05},                                                                                          // TLS is what it sells
		{model.CertChain, every, .1}, {model.Cipher, every, .1}, {model.TLSVersion, every, .1}, {model.ClientCert, every, .1}, // the same
		{model.DNS, 1 << model.DNSWrong, .1},                              // a CNAME has no address to be wrong
		{model.Cert, 1<<model.CertSelfSigned | 1<<model.CertOriginCA, .1}, // the certificate is the platform's
	},
	model.OriginBalancer: {
		{model.Redirect443, 1 << model.Redirect443HTTPS, 4},                                      // TLS ends in front of the application
		{model.Redirect80, 1 << model.Redirect80HTTPS, 1.5},                                      // a listener rule that everybody sets
		{model.CertName, every, 3},                                                               // the name is not among its alternatives
		{model.CertDate, 1 << model.CertDateExpired, 2},                                          // validated by a file that the edge hides
		{model.Response, 1 << model.ResponseWrongSite, 4},                                        // no route for the name
		{model.Response, 1 << model.ResponseHTTP2, 3},                                            // proxies in a row speak it differently
		{model.Response, 1 << model.ResponseSlow, 1.5},                                           // one more time-out on the way
		{model.Listener, every, .3}, {model.CertChain, every, .3}, {model.ClientCert, every, .3}, // well-kept products
		{model.Domain, every, .3},
	},
	model.OriginHome: {
		{model.P443, 1 << model.P443Dropped, 4}, {model.P80, 1 << model.P80Dropped, 4}, // no forwarding, a shared address, or the provider
		{model.P443, 1<<model.P443EdgeRefused | 1<<model.P443EdgeDropped, .3}, // nobody guards it by address
		{model.DNS, 1 << model.DNSWrong, 3},                                   // the address changes
		{model.Port, 1 << model.PortUnproxied, 6},                             // 5001, 8006, 8123, 32400
		{model.Cert, 1 << model.CertSelfSigned, 3},                            // what the box makes by itself
		{model.CertName, every, 2},                                            // the router's own page
		{model.Cert, 1 << model.CertNone, 1.5}, {model.SNI, every, 1.5},       // proxies that route by name
		{model.Response, 1 << model.ResponseForbidden, .5}, {model.Cipher, every, .3}, // no guard, and new software
		{model.Domain, every, .05}, // as on a server
	},
}

// times is the multiplier of a fault with a kind of origin.
func times(kind model.Value, f fault) float32 {
	product := float32(1)
	for i := range multipliers[kind] {
		if m := &multipliers[kind][i]; m.variable == f.variable && m.values>>f.value&1 != 0 {
			product *= m.times
		}
	}
	return product
}

// overAll is the multiplier of a fault with whoever shares the second leg, when nothing is known of where the site lives.
func overAll(f fault) float32 {
	var sum, all float32
	for kind := range kinds {
		if shared(kind) {
			sum += float32(share[kind] * times(kind, f))
			all += share[kind]
		}
	}
	return sum / all
}

// lives is how often, in hundredths, sites of each kind of origin are met in a scenario, against one on a server alone: by its cause, and by what keeps a certificate from being issued, which
// is behind an expired one.
func lives(p *profile, r *scenario, cause []fault) {
	if own := r.config[model.Origin]; !shared(own) {
		p[own+1] = 1
		return
	}
	f := cause[0]
	if len(cause) > 1 && overAll(cause[1]) < overAll(f) {
		f = cause[1] // the one that tells more; both together would make more profiles than there is room for
	}
	issuance := fault{model.Issuance, r.config[model.Issuance]}
	for kind := range kinds {
		if !shared(kind) {
			continue
		}
		l := share[kind] * times(kind, f)
		switch {
		case issuance.value != 0 && f != issuance:
			l *= times(kind, issuance)
		case kind == model.OriginPlatform && issued(f):
			l /= 8 // a platform issues and renews by itself, unless it is kept from it
		}
		p[kind+1] = l
	}
}

// unspoken reports that what is seen is nothing that the sources speak of where the site lives: a page of the project's own on Pages, and
// a certificate of the service's own behind a tunnel. No set-up of the model shows it, and yet it may well be.
func (a *Answers) unspoken() bool {
	kind, _ := a.kind()
	return kind == model.OriginPages && a.Seen() == SymptomOriginPage || kind == model.OriginTunnel && a.Seen() == SymptomNotIssued
}

// kind is where the answers say that the site lives; a server, and not known, where they do not.
func (a *Answers) kind() (kind model.Value, known bool) {
	o := a.Told[Origin]
	if !informative(o) {
		return model.OriginServer, false
	}
	return model.Value(o - 1), true
}
