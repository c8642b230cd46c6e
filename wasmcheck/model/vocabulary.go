// Package model is the path of one request: from a visitor over the edge of the network to an origin server, as far
// as names, ports, TLS, certificates and redirects decide what the visitor sees.
//
// Its law: everything is a pure function of a [Config], and every answer names the [Rule] that decided it.
package model

// A Variable is one thing about a site that can be otherwise: a setting at the edge, or a state of the origin.
type Variable uint8

// The variables, in the order in which a request meets them; the last five joined later.
const (
	Proxied Variable = iota
	Mode
	AlwaysHTTPS
	HSTS
	Port
	EdgeCert
	DNS
	P80
	P443
	Listener
	Cert
	CertDate
	CertName
	CertChain
	SNI
	TLSVersion
	Cipher
	ClientCert
	AOP
	Redirect80
	Redirect443
	Response
	Subresources
	Issuance
	EdgeRedirect
	Tunnel
	Domain
	Origin

	VariableCount
)

// A Value is one of a variable's values. Zero is the nominal one: healthy, and what an unset variable has.
type Value uint8

// The values of each variable, the nominal one first.
const (
	ProxiedYes Value = iota
	ProxiedNo        // DNS-only: the browser meets the origin itself
)

const (
	ModeStrict Value = iota
	ModeFull
	ModeFlexible
	ModeOff
	ModeOriginPull
)

const (
	AlwaysHTTPSOff Value = iota
	AlwaysHTTPSOn
)

const (
	HSTSOff Value = iota
	HSTSOn        // the browser remembers HSTS for the host
)

const (
	Port443       Value = iota
	PortAlt             // another TLS port that the edge proxies
	PortUnproxied       // a port where the edge does not listen
)

const (
	EdgeCertActive    Value = iota
	EdgeCertPending         // not issued yet
	EdgeCertUncovered       // the name is more than one level below the apex
	EdgeCertExpired         // an uploaded one
)

const (
	DNSOk           Value = iota
	DNSWrong              // an address where nobody answers
	DNSUnresolvable       // the origin's name has no address
	DNSUnreachable        // no route to the address
)

const (
	P80Open Value = iota
	P80Refused
	P80Dropped
	P80TLS    // speaks TLS on port 80
	P80Closes // accepts, then closes without a word
)

const (
	P443Open Value = iota
	P443Refused
	P443Dropped
	P443EdgeRefused // only the edge's addresses are refused
	P443EdgeDropped // only the edge's addresses are dropped
)

const (
	ListenerTLS    Value = iota
	ListenerPlain        // HTTP without TLS
	ListenerSilent       // accepts, never answers
	ListenerReset        // resets during the handshake
)

const (
	CertPublic Value = iota
	CertOriginCA
	CertSelfSigned // or any authority that the edge does not know
	CertNone       // no usable certificate or key
)

const (
	CertDateValid Value = iota
	CertDateExpired
	CertDateNotYet
)

const (
	CertNameMatch Value = iota
	CertNameMismatch
)

const (
	CertChainComplete Value = iota
	CertChainIncomplete
)

const (
	SNIKnown Value = iota
	SNIRejected
)

const (
	TLSVersionCommon Value = iota
	TLSVersionNone
)

const (
	CipherCommon Value = iota
	CipherNone
)

const (
	ClientCertNotRequired Value = iota
	ClientCertRequired400       // answers 400 after the handshake, as nginx does
	ClientCertRequired12        // alert in the handshake, TLS 1.2
	ClientCertRequired13        // alert after the handshake, TLS 1.3
)

const (
	AOPOff Value = iota
	AOPOn
	AOPWrongCA // on, but the origin trusts another authority
)

const (
	Redirect80None      Value = iota
	Redirect80HTTPS           // always
	Redirect80Forwarded       // only when X-Forwarded-Proto says http
)

const (
	Redirect443None Value = iota
	Redirect443HTTP
	Redirect443HTTPS // to the same https address: TLS ends before the application, which believes in http
)

const (
	ResponseOk Value = iota
	ResponseEmpty
	ResponseSlow
	ResponseHeaders   // headers too big
	ResponseForbidden // a guard of the host refuses the edge's addresses, or foreign ones
	ResponseWrongSite // no site for that name, or for https, at the server; on Pages, no page
	ResponseHTTP2     // the origin fails over HTTP/2
)

const (
	SubresourcesHTTPS Value = iota
	SubresourcesHTTP
)

// Whether a certificate of the origin's can be issued and renewed. No visit fails by it.
const (
	IssuanceOk           Value = iota
	IssuanceChallenge          // the proxy or a redirect hides the challenge from the one who validates
	IssuanceCAA                // CAA does not name the issuer
	IssuanceDNSElsewhere       // the host validates by its own name servers
)

const (
	EdgeRedirectNone   Value = iota
	EdgeRedirectRules        // of the owner's: Redirect Rules, _redirects
	EdgeRedirectCached       // a redirect kept in the edge's cache
)

const (
	TunnelOk Value = iota
	TunnelNotConnected
	TunnelNotRouted
	TunnelOriginName // the certificate behind it bears another name
	TunnelOriginDown
)

const (
	DomainAdded        Value = iota
	DomainMissing            // the name was not added at the platform, or in Pages
	DomainOtherAccount       // it belongs to another account at the edge
)

// Where a site lives. Server, hosting, platform, balancer and home share one second leg; a tunnel has another, and pages none.
const (
	OriginServer Value = iota
	OriginHosting
	OriginPlatform
	OriginPages
	OriginTunnel
	OriginBalancer
	OriginHome
)

// The public ids stand in links and tickets for years: they may be joined by others, and never renamed.
var (
	variableIDs = []string{"proxied", "mode", "always_https", "hsts", "port", "edge_cert", "dns", "p80", "p443", "listener", "cert", "cert_date",
		"cert_name", "cert_chain", "sni", "tls_version", "cipher", "client_cert", "aop", "redirect80", "redirect443", "response", "subresources",
		"issuance", "edge_redirect", "tunnel", "domain", "origin"}

	valueIDs = [VariableCount][]string{
		Proxied:      {"yes", "no"},
		Mode:         {"strict", "full", "flexible", "off", "origin_pull"},
		AlwaysHTTPS:  {"off", "on"},
		HSTS:         {"off", "on"},
		Port:         {"443", "alt", "unproxied"},
		EdgeCert:     {"active", "pending", "uncovered", "expired"},
		DNS:          {"ok", "wrong", "unresolvable", "unreachable"},
		P80:          {"open", "refused", "dropped", "tls", "closes"},
		P443:         {"open", "refused", "dropped", "edge_refused", "edge_dropped"},
		Listener:     {"tls", "plain", "silent", "reset"},
		Cert:         {"public", "origin_ca", "self_signed", "none"},
		CertDate:     {"valid", "expired", "not_yet"},
		CertName:     {"match", "mismatch"},
		CertChain:    {"complete", "incomplete"},
		SNI:          {"known", "rejected"},
		TLSVersion:   {"common", "none"},
		Cipher:       {"common", "none"},
		ClientCert:   {"not_required", "required_400", "required_alert12", "required_alert13"},
		AOP:          {"off", "on", "on_wrong_ca"},
		Redirect80:   {"none", "https", "https_forwarded"},
		Redirect443:  {"none", "http", "https"},
		Response:     {"ok", "empty", "slow", "headers_too_big", "forbidden", "wrong_site", "http2"},
		Subresources: {"https", "http"},
		Issuance:     {"ok", "challenge", "caa", "dns_elsewhere"},
		EdgeRedirect: {"none", "rules", "cached"},
		Tunnel:       {"ok", "not_connected", "not_routed", "origin_name", "origin_down"},
		Domain:       {"added", "missing", "other_account"},
		Origin:       {"server", "hosting", "platform", "pages", "tunnel", "balancer", "home"},
	}
)

// String is the variable's public id.
func (v Variable) String() string { return variableIDs[v] }

// ValueIDs are the public ids of the variable's values, the nominal one first. They are not to be changed.
func (v Variable) ValueIDs() []string { return valueIDs[v] }

// Values is the number of the variable's values; they are 0 to Values-1.
func (v Variable) Values() Value { return Value(len(valueIDs[v])) }

// ValueID is the public id of one of the variable's values.
func (v Variable) ValueID(value Value) string { return valueIDs[v][value] }

// A Config is one set-up of a site. The zero Config is healthy: proxied, Full (strict), nothing wrong.
type Config [VariableCount]Value

// With is the same set-up with one variable changed.
func (c Config) With(v Variable, value Value) Config {
	c[v] = value
	return c
}

// String writes what deviates from the healthy set-up, in the form that [ParseConfig] reads.
func (c Config) String() string {
	s := ""
	for v, value := range c {
		if value != 0 {
			s += "&" + Variable(v).String() + "=" + Variable(v).ValueID(value)
		}
	}
	return s[min(1, len(s)):]
}

// A Scheme is what an address begins with.
type Scheme uint8

// The schemes. NoScheme is where no page was reached.
const (
	NoScheme Scheme = iota
	HTTP
	HTTPS
)

// String is "http", "https", or empty.
func (s Scheme) String() string { return [...]string{"", "http", "https"}[s] }

// A Protection says what a leg does for the request that travels over it. More is better.
type Protection uint8

// The protections, from the least to the most.
const (
	None          Protection = iota // no request went over the leg
	Plain                           // anybody on the way can read and change it
	Encrypted                       // whoever listens reads nothing; whoever poses as the other end reads all
	Authenticated                   // encrypted, and the other end has proved its name
)

// String is the protection's public id.
func (p Protection) String() string {
	return [...]string{"none", "plain", "encrypted", "authenticated"}[p]
}
