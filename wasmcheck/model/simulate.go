package model

// An Outcome is what the visitor sees in the end.
type Outcome uint8

// The outcomes. Those from 520 to EdgeTLS need the edge; those after it are a browser's that meets the origin, or nothing, itself.
const (
	OutcomeOK Outcome = iota
	Outcome520
	Outcome521
	Outcome522
	Outcome523
	Outcome524
	Outcome525
	Outcome526
	Outcome530
	OutcomeLoop
	OutcomeEdgeTLS
	OutcomeCertWarning
	OutcomePlainToTLS400
	OutcomeClientCert400
	OutcomeConnectRefused
	OutcomeConnectTimeout
	OutcomeBrowserTLSError

	OutcomeCount
)

var outcomeIDs = [OutcomeCount]string{"ok", "520", "521", "522", "523", "524", "525", "526", "530", "loop", "edge_tls",
	"cert_warning", "plain_to_tls_400", "client_cert_400", "connect_refused", "connect_timeout", "browser_tls_error"}

// String is the outcome's public id.
func (o Outcome) String() string { return outcomeIDs[o] }

// Result is what came of a visit.
type Result struct {
	Outcome Outcome
	Mixed   bool   // an https page asks for http parts
	Final   Scheme // the scheme on which the page ended; NoScheme when there is no page

	// Visitor and Origin are the legs of the last exchange that carried an HTTP request over them.
	Visitor, Origin Protection

	// Alternative is what other sources say of the same set-up; its Permille is 0 when they agree.
	Alternative Alternative
}

// An Alternative is an outcome that is documented or reported besides the likelier one.
type Alternative struct {
	Outcome  Outcome
	Permille uint16 // of such set-ups
	Rule     Rule   // says why the sources disagree
}

// maxHops is how many exchanges a visit may take. Two schemes make four at most; the bound is for the reader's peace.
const maxHops = 8

// maxSteps is how many rules a trace can hold: in each of three hops an upgrade, a pull, two notes and a verdict.
const maxSteps = 24

// A Step of a trace: a rule that decided something, and the exchange in which it did, counted from 1.
type Step struct {
	Hop  uint8
	Rule Rule
}

// Trace is the rules that decided a visit, in order.
type Trace struct {
	steps [maxSteps]Step
	n     int
}

// Steps are the trace's steps.
func (t *Trace) Steps() []Step { return t.steps[:t.n] }

// Simulate is what a visitor sees who opens an address with the scheme, and the rules that decided it. It follows
// redirects, and calls it a loop when an address comes up again.
func Simulate(c Config, scheme Scheme) (Result, Trace) {
	w := walk{Config: c, typed: scheme}
	var visited [HTTPS + 1]bool
	for w.hop = 1; w.hop <= maxHops; w.hop++ {
		// 1. The browser itself turns http into https when it remembers HSTS.
		if scheme == HTTP && c[HSTS] == HSTSOn {
			w.note(HSTSUpgrade)
			scheme = HTTPS
		}
		// 14. A redirect to where we have been ends never.
		if visited[scheme] {
			break
		}
		visited[scheme] = true
		scheme = w.exchange(scheme)
		if scheme == NoScheme {
			return w.result, w.trace
		}
	}
	w.end(verdict{outcome: OutcomeLoop, rule: AddressRepeats})
	return w.result, w.trace
}

// A walk is one visit under way.
type walk struct {
	Config
	typed  Scheme
	hop    uint8
	result Result
	trace  Trace
}

func (w *walk) note(r Rule) {
	w.trace.steps[w.trace.n] = Step{w.hop, r}
	w.trace.n++
}

// end settles the outcome. It gives NoScheme, for there is nowhere to go on to.
func (w *walk) end(v verdict) Scheme {
	w.note(v.rule)
	w.result.Outcome = v.outcome
	w.result.Alternative = v.alternative
	return NoScheme
}

// A verdict is what a step decides: nothing when its rule is NoRule, a remark when its outcome is OutcomeOK, and
// otherwise the end of the visit.
type verdict struct {
	outcome     Outcome
	rule        Rule
	alternative Alternative
}

// passes notes a remark, and reports whether the request goes on.
func (w *walk) passes(v verdict) bool {
	if v.outcome != OutcomeOK {
		w.end(v)
		return false
	}
	if v.rule != NoRule {
		w.note(v.rule)
	}
	return true
}

// exchange is one request and its answer. It gives the scheme to go on with after a redirect, or NoScheme at the end.
// The numbers are those of the evaluation order in the facts; 5 and 6, the owner's own redirect rules and the cache,
// are outside of this model.
func (w *walk) exchange(scheme Scheme) Scheme {
	// 0. A name that is not proxied leads to the origin itself.
	if w.Config[Proxied] == ProxiedNo {
		return w.direct(scheme)
	}
	// 2. The visitor's leg.
	if !w.passes(w.reachEdge(scheme)) {
		return NoScheme
	}
	w.result.Visitor = visitorLeg(scheme)
	// 3, 4. What the edge answers by itself.
	if to, rule := edgeRedirect(w.Config, scheme); rule != NoRule {
		w.note(rule)
		return to
	}
	if w.Config[Mode] == ModeOff && w.Config[AlwaysHTTPS] == AlwaysHTTPSOn {
		w.note(OffHidesAlwaysHTTPS)
	}
	// 7. The origin's leg.
	p := pullFor(w.Config, scheme)
	w.note(p.rule)
	// 8, 9. The name and the connection.
	if !w.passes(w.resolve()) || !w.passes(w.connect(p)) {
		return NoScheme
	}
	// 10, 11. The handshake, and then the certificate.
	if p.scheme == HTTPS && (!w.passes(w.handshake()) || !w.passes(w.judge(p))) {
		return NoScheme
	}
	// 12. The request travels.
	w.result.Origin = p.protection
	if !w.passes(w.accept(p)) || !w.passes(w.respond()) {
		return NoScheme
	}
	// 13. The origin's answer.
	return w.answer(p, scheme)
}

func (w *walk) reachEdge(scheme Scheme) verdict {
	if w.Config[Port] == PortUnproxied {
		return verdict{outcome: OutcomeConnectTimeout, rule: PortNotProxied}
	}
	if scheme == HTTP {
		return verdict{}
	}
	switch w.Config[EdgeCert] {
	case EdgeCertPending:
		return verdict{outcome: OutcomeEdgeTLS, rule: EdgeCertIsPending}
	case EdgeCertUncovered:
		return verdict{outcome: OutcomeEdgeTLS, rule: EdgeCertLacksName}
	case EdgeCertExpired:
		return verdict{outcome: OutcomeEdgeTLS, rule: EdgeCertIsExpired}
	}
	return verdict{}
}

func (w *walk) resolve() verdict {
	switch w.Config[DNS] {
	case DNSUnresolvable:
		return verdict{outcome: Outcome530, rule: OriginNameUnresolved}
	case DNSUnreachable:
		return verdict{outcome: Outcome523, rule: OriginUnreachable}
	case DNSWrong:
		return verdict{Outcome522, OriginAddressWrong, Alternative{Outcome523, 200, OriginAddressWrong}}
	}
	return verdict{}
}

func (w *walk) connect(p pull) verdict {
	if p.port == 80 {
		switch w.Config[P80] {
		case P80Refused:
			return verdict{outcome: Outcome521, rule: ConnectionRefused}
		case P80Dropped:
			return verdict{outcome: Outcome522, rule: ConnectionDropped}
		}
		return verdict{}
	}
	switch w.Config[P443] {
	case P443Refused:
		return verdict{Outcome521, ConnectionRefused, Alternative{Outcome525, 100, Port443Refused}}
	case P443EdgeRefused:
		return verdict{Outcome521, EdgeAloneRefused, Alternative{Outcome525, 100, Port443Refused}}
	case P443Dropped:
		return verdict{outcome: Outcome522, rule: ConnectionDropped}
	case P443EdgeDropped:
		return verdict{outcome: Outcome522, rule: EdgeAloneDropped}
	}
	return verdict{}
}

func (w *walk) handshake() verdict {
	switch w.Config[Listener] {
	case ListenerPlain:
		return verdict{outcome: Outcome525, rule: HandshakeMeetsPlain}
	case ListenerSilent:
		return verdict{Outcome525, HandshakeUnanswered, Alternative{Outcome522, 200, HandshakeUnanswered}}
	case ListenerReset:
		return verdict{outcome: Outcome525, rule: HandshakeReset}
	}
	switch {
	case w.Config[TLSVersion] == TLSVersionNone:
		return verdict{outcome: Outcome525, rule: NoCommonVersion}
	case w.Config[SNI] == SNIRejected:
		return verdict{outcome: Outcome525, rule: NameRejected}
	case w.Config[Cert] == CertNone:
		return verdict{outcome: Outcome525, rule: NoUsableCertificate}
	case w.Config[Cipher] == CipherNone:
		return verdict{outcome: Outcome525, rule: NoCommonCipher}
	case w.Config[ClientCert] == ClientCertRequired12 && w.Config[AOP] != AOPOn:
		return verdict{Outcome525, ClientCertAlertInHandshake, Alternative{Outcome520, 150, AOPAuthorityMismatch}}
	}
	return verdict{}
}

// judge is the edge's opinion of the certificate. A mode that does not check has none.
func (w *walk) judge(p pull) verdict {
	rule := certFault(w.Config)
	switch {
	case rule == NoRule && w.Config[Cert] == CertOriginCA && p.protection == Authenticated:
		return verdict{rule: OriginCATrusted}
	case rule == NoRule:
		return verdict{}
	case p.protection == Encrypted:
		return verdict{rule: FullAcceptsAnyCertificate}
	case rule == CertificateExpired:
		return verdict{Outcome526, rule, Alternative{Outcome525, 50, CertificateExpired}}
	}
	return verdict{outcome: Outcome526, rule: rule}
}

// certFault is what is wrong with the certificate in the eyes of an edge that also knows the Origin CA.
func certFault(c Config) Rule {
	switch {
	case c[Cert] == CertSelfSigned:
		return UnknownAuthority
	case c[CertDate] == CertDateExpired:
		return CertificateExpired
	case c[CertDate] == CertDateNotYet:
		return CertificateNotYetValid
	case c[CertName] == CertNameMismatch:
		return CertificateNameMismatch
	case c[CertChain] == CertChainIncomplete && c[Cert] == CertPublic: // the Origin CA signs leaves itself: nothing can be missing
		return ChainIncomplete
	}
	return NoRule
}

// accept is what the origin makes of the request before it reads it: is this the right port, is this a client it lets in.
func (w *walk) accept(p pull) verdict {
	if p.port == 80 {
		switch w.Config[P80] {
		case P80TLS:
			return verdict{OutcomePlainToTLS400, PlainToTLSPort, Alternative{Outcome520, 200, PlainToTLSPort}}
		case P80Closes:
			return verdict{outcome: Outcome520, rule: ClosedWithoutAnswer}
		}
	}
	if p.scheme == HTTP || w.Config[ClientCert] == ClientCertNotRequired {
		return verdict{}
	}
	wrongCA := w.Config[AOP] == AOPWrongCA
	switch {
	case w.Config[AOP] == AOPOn:
		return verdict{rule: ClientCertPresented}
	case w.Config[ClientCert] == ClientCertRequired13:
		return verdict{Outcome520, ClientCertAlertAfterHandshake, Alternative{Outcome525, 150, ClientCertAlertAfterHandshake}}
	case wrongCA:
		return verdict{OutcomeClientCert400, AOPAuthorityMismatch, Alternative{Outcome520, 150, AOPAuthorityMismatch}}
	}
	return verdict{outcome: OutcomeClientCert400, rule: ClientCert400}
}

func (w *walk) respond() verdict {
	switch w.Config[Response] {
	case ResponseEmpty:
		return verdict{outcome: Outcome520, rule: ResponseIsEmpty}
	case ResponseSlow:
		return verdict{outcome: Outcome524, rule: ResponseIsSlow}
	case ResponseHeaders:
		return verdict{outcome: Outcome520, rule: ResponseHeadersTooBig}
	}
	return verdict{}
}

// answer is the origin's own: a redirect, or the page.
func (w *walk) answer(p pull, scheme Scheme) Scheme {
	forwarded := w.Config[Redirect80] == Redirect80Forwarded
	switch {
	case p.scheme == HTTP && w.Config[Redirect80] == Redirect80HTTPS:
		w.note(OriginRedirectsToHTTPS)
		return HTTPS
	case forwarded && scheme == HTTP:
		w.note(OriginRedirectsForwardedHTTP)
		return HTTPS
	case p.scheme == HTTPS && w.Config[Redirect443] == Redirect443HTTP:
		w.note(OriginRedirectsToHTTP)
		return HTTP
	case forwarded && p.scheme == HTTP:
		w.note(OriginSeesForwardedHTTPS)
	}
	return w.serve(scheme)
}

// serve ends a visit with a page.
func (w *walk) serve(scheme Scheme) Scheme {
	w.result.Final = scheme
	w.result.Mixed = scheme == HTTPS && w.Config[Subresources] == SubresourcesHTTP
	if w.result.Mixed {
		w.note(MixedContent)
	}
	v := verdict{rule: Served}
	if w.typed == HTTPS && scheme == HTTP && w.Config[Mode] != ModeOff {
		v.rule = EndsOnHTTP
		if w.Config[Proxied] == ProxiedYes {
			v.alternative = Alternative{OutcomeLoop, 100, EndsOnHTTP}
		}
	}
	return w.end(v)
}
