package model

// An Outcome is what the visitor sees in the end.
type Outcome uint8

// The outcomes. Those from 520 to EdgeTLS need the edge; those after it to BrowserTLSError are a browser's that meets the origin, or
// nothing, itself.
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
	OutcomeOriginPage // an error page that is not the edge's, see [Rule.Codes]

	OutcomeCount
)

var outcomeIDs = [OutcomeCount]string{"ok", "520", "521", "522", "523", "524", "525", "526", "530", "loop", "edge_tls",
	"cert_warning", "plain_to_tls_400", "client_cert_400", "connect_refused", "connect_timeout", "browser_tls_error", "origin_page"}

// String is the outcome's public id.
func (o Outcome) String() string { return outcomeIDs[o] }

// A Leg is one of the two ways that a visit travels, or none of them.
type Leg uint8

// The legs.
const (
	NoLeg Leg = iota
	VisitorLeg
	OriginLeg
)

// String is the leg's public id.
func (l Leg) String() string { return [...]string{"none", "visitor", "origin"}[l] }

// Leg is the leg on which a visit with this outcome fails. A loop goes over both, and a page that came fails on none: an error page of
// the server's own, too.
func (o Outcome) Leg() Leg {
	switch o {
	case OutcomeOK, OutcomeLoop, OutcomeOriginPage:
		return NoLeg
	case OutcomeEdgeTLS, OutcomeBrowserTLSError, OutcomeCertWarning, OutcomeConnectRefused, OutcomeConnectTimeout:
		return VisitorLeg
	}
	return OriginLeg
}

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

// An Alternative is an outcome that is documented or reported besides the likelier one. The rule that decided the visit
// says why the sources disagree.
type Alternative struct {
	Outcome  Outcome
	Permille uint16 // of such set-ups
}

// effects are the rules that end a visit without a page, with the outcome, and what other sources make of it.
var effects = [RuleCount]struct {
	outcome     Outcome
	alternative Alternative
	codes       [3]Code // on the page of a 530, or of the origin's own; the likeliest first
}{
	PortNotProxied:       {outcome: OutcomeConnectTimeout},
	EdgeCertIsPending:    {outcome: OutcomeEdgeTLS},
	EdgeCertLacksName:    {outcome: OutcomeEdgeTLS},
	EdgeCertIsExpired:    {outcome: OutcomeEdgeTLS},
	EdgeRuleRedirects:    {outcome: OutcomeLoop},
	CachedRedirect:       {outcome: OutcomeLoop},
	NameNotAddedAtPages:  {outcome: Outcome522},
	NameOfOtherAccount:   {outcome: Outcome530, codes: [3]Code{{1014, 1000}}},
	PagesLackPage:        {outcome: OutcomeOriginPage, codes: [3]Code{{404, 1000}}},
	TunnelIsNotConnected: {outcome: Outcome530, codes: [3]Code{{1033, 800}, {1016, 200}}},
	TunnelIsNotRouted:    {outcome: Outcome530, codes: [3]Code{{1033, 500}, {1016, 500}}, alternative: Alternative{OutcomeOriginPage, 300}},
	OriginNameUnresolved: {outcome: Outcome530, codes: [3]Code{{1016, 1000}}},
	OriginUnreachable:    {outcome: Outcome523},
	OriginAddressWrong:   {outcome: Outcome522, alternative: Alternative{Outcome523, 200}},
	ConnectionRefused:    {outcome: Outcome521},
	Port443Refused:       {outcome: Outcome521, alternative: Alternative{Outcome525, 100}},
	ConnectionDropped:    {outcome: Outcome522},
	EdgeAloneRefused:     {outcome: Outcome521, alternative: Alternative{Outcome525, 100}},
	EdgeAloneDropped:     {outcome: Outcome522},

	HandshakeMeetsPlain:        {outcome: Outcome525},
	HandshakeUnanswered:        {outcome: Outcome525, alternative: Alternative{Outcome522, 200}},
	HandshakeReset:             {outcome: Outcome525},
	NoUsableCertificate:        {outcome: Outcome525},
	NameRejected:               {outcome: Outcome525},
	NoCommonVersion:            {outcome: Outcome525},
	NoCommonCipher:             {outcome: Outcome525},
	ClientCertAlertInHandshake: {outcome: Outcome525, alternative: Alternative{Outcome520, 150}},

	UnknownAuthority:        {outcome: Outcome526},
	CertificateExpired:      {outcome: Outcome526, alternative: Alternative{Outcome525, 50}},
	CertificateNotYetValid:  {outcome: Outcome526},
	CertificateNameMismatch: {outcome: Outcome526},
	ChainIncomplete:         {outcome: Outcome526},

	NameNotAdded:        {outcome: OutcomeOriginPage, codes: [3]Code{{404, 1000}}},
	NameNotAddedDefault: {outcome: OutcomeOriginPage, codes: [3]Code{{404, 1000}}, alternative: Alternative{Outcome525, 250}},
	NameNotAddedChecked: {outcome: OutcomeOriginPage, codes: [3]Code{{404, 1000}}, alternative: Alternative{Outcome526, 400}},
	TunnelNameMismatch:  {outcome: OutcomeOriginPage, codes: [3]Code{{502, 1000}}},
	TunnelServiceDown:   {outcome: OutcomeOriginPage, codes: [3]Code{{502, 1000}}},

	ClientCert400:                 {outcome: OutcomeClientCert400},
	ClientCertAlertAfterHandshake: {outcome: Outcome520, alternative: Alternative{Outcome525, 150}},
	AOPAuthorityMismatch:          {outcome: OutcomeClientCert400, alternative: Alternative{Outcome520, 150}},

	PlainToTLSPort:        {outcome: OutcomePlainToTLS400, alternative: Alternative{Outcome520, 200}},
	ClosedWithoutAnswer:   {outcome: Outcome520},
	ResponseIsEmpty:       {outcome: Outcome520},
	ResponseIsSlow:        {outcome: Outcome524},
	ResponseHeadersTooBig: {outcome: Outcome520},
	GuardForbids:          {outcome: OutcomeOriginPage, codes: [3]Code{{403, 900}, {404, 100}}},
	SiteNotThere:          {outcome: OutcomeOriginPage, codes: [3]Code{{404, 520}, {503, 370}, {421, 110}}},
	HTTP2Fails:            {outcome: Outcome520},

	AddressRepeats: {outcome: OutcomeLoop},
	EndsOnHTTP:     {outcome: OutcomeOK, alternative: Alternative{OutcomeLoop, 100}},

	DirectTunnel:              {outcome: OutcomeConnectTimeout},
	DirectNameUnresolved:      {outcome: OutcomeConnectTimeout},
	DirectTimeout:             {outcome: OutcomeConnectTimeout},
	DirectRefused:             {outcome: OutcomeConnectRefused},
	DirectHandshakeFails:      {outcome: OutcomeBrowserTLSError},
	DirectCertificateRejected: {outcome: OutcomeCertWarning},
	DirectOriginCARejected:    {outcome: OutcomeCertWarning},
	DirectPlainToTLS:          {outcome: OutcomePlainToTLS400},
	DirectClientCert:          {outcome: OutcomeBrowserTLSError},
	DirectClosed:              {outcome: OutcomeConnectRefused},
}

// A Code is a number that stands on an error page beside its outcome, or that is all that stands there.
type Code struct {
	Number   uint16
	Permille uint16 // of such pages
}

// Codes are the numbers on the page with which a rule ends a visit, the likeliest first: four digits beside a 530, three on a page that
// is not the edge's. There are none on every other. That the sources name several, and how often each, is a judgement.
func (r Rule) Codes() []Code {
	n := 0
	for n < len(effects[r].codes) && effects[r].codes[n].Permille > 0 {
		n++
	}
	return effects[r].codes[:n]
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
	w.end(AddressRepeats)
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
func (w *walk) end(r Rule) Scheme {
	w.note(r)
	w.result.Outcome, w.result.Alternative = effects[r].outcome, effects[r].alternative
	return NoScheme
}

// passes reports whether the request goes on, in spite of what a step found: nothing, a remark, or the end of the visit.
func (w *walk) passes(r Rule) bool {
	if effects[r].outcome != OutcomeOK {
		w.end(r)
		return false
	}
	if r != NoRule {
		w.note(r)
	}
	return true
}

// exchange is one request and its answer. It gives the scheme to go on with after a redirect, or NoScheme at the end.
// The numbers are those of the order of evaluation, FACTS.md 0.
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
	if to, rule := edgeRedirect(&w.Config, scheme); rule != NoRule {
		w.note(rule)
		return to
	}
	if w.Config[Mode] == ModeOff && w.Config[AlwaysHTTPS] == AlwaysHTTPSOn {
		w.note(OffHidesAlwaysHTTPS)
	}
	// 5, 6. The owner's redirect rules, and a redirect in the cache.
	if !w.passes(w.meets(EdgeRedirect)) {
		return NoScheme
	}
	// 7. The origin's leg: none on Pages, and a tunnel's own.
	p := pullFor(&w.Config, scheme)
	w.note(p.rule)
	if !w.passes(w.belongs()) {
		return NoScheme
	}
	switch w.Config[Origin] {
	case OriginPages:
		if w.Config[Response] == ResponseWrongSite {
			return w.end(PagesLackPage)
		}
		return w.serve(scheme)
	case OriginTunnel:
		return w.tunnelled(p, scheme)
	}
	// 8, 9. The name and the connection.
	if !w.passes(w.meets(DNS)) || !w.passes(w.connect(p)) {
		return NoScheme
	}
	// 10, 11. The handshake, and then the certificate.
	if p.scheme == HTTPS && (!w.passes(w.handshake()) || !w.passes(w.judge(p))) {
		return NoScheme
	}
	// 12. The request travels.
	w.result.Origin = p.protection
	if !w.passes(w.accept(p)) || !w.passes(w.added(p)) || !w.passes(w.respond(p)) {
		return NoScheme
	}
	// 13. The origin's answer.
	return w.answer(p, scheme)
}

// breaks is what each state of a variable means to a request that meets it; NoRule lets it pass.
var breaks = [VariableCount][7]Rule{
	EdgeCert:   {EdgeCertPending: EdgeCertIsPending, EdgeCertUncovered: EdgeCertLacksName, EdgeCertExpired: EdgeCertIsExpired},
	DNS:        {DNSWrong: OriginAddressWrong, DNSUnresolvable: OriginNameUnresolved, DNSUnreachable: OriginUnreachable},
	P80:        {P80Refused: ConnectionRefused, P80Dropped: ConnectionDropped},
	P443:       {P443Refused: Port443Refused, P443Dropped: ConnectionDropped, P443EdgeRefused: EdgeAloneRefused, P443EdgeDropped: EdgeAloneDropped},
	Listener:   {ListenerPlain: HandshakeMeetsPlain, ListenerSilent: HandshakeUnanswered, ListenerReset: HandshakeReset},
	TLSVersion: {TLSVersionNone: NoCommonVersion},
	SNI:        {SNIRejected: NameRejected},
	Cert:       {CertNone: NoUsableCertificate},
	Cipher:     {CipherNone: NoCommonCipher},
	Response: {ResponseEmpty: ResponseIsEmpty, ResponseSlow: ResponseIsSlow, ResponseHeaders: ResponseHeadersTooBig,
		ResponseForbidden: GuardForbids, ResponseWrongSite: SiteNotThere, ResponseHTTP2: HTTP2Fails},
	EdgeRedirect: {EdgeRedirectRules: EdgeRuleRedirects, EdgeRedirectCached: CachedRedirect},
	Tunnel: {TunnelNotConnected: TunnelIsNotConnected, TunnelNotRouted: TunnelIsNotRouted, TunnelOriginName: TunnelNameMismatch,
		TunnelOriginDown: TunnelServiceDown},
}

// meets is what a variable's state means to a request.
func (w *walk) meets(v Variable) Rule { return breaks[v][w.Config[v]] }

func (w *walk) reachEdge(scheme Scheme) Rule {
	switch {
	case w.Config[Port] == PortUnproxied:
		return PortNotProxied
	case scheme == HTTPS:
		return w.meets(EdgeCert)
	}
	return NoRule
}

// belongs is whether the edge may pass a request for the name on: not when its target is another account's, nor when it is a
// project on Pages that does not know the name.
func (w *walk) belongs() Rule {
	switch {
	case w.Config[Domain] == DomainOtherAccount:
		return NameOfOtherAccount
	case w.Config[Domain] == DomainMissing && w.Config[Origin] == OriginPages:
		return NameNotAddedAtPages
	}
	return NoRule
}

// added is whether the origin knows the name at all. Which page it shows, or which certificate, differs by platform.
func (w *walk) added(p pull) Rule {
	switch {
	case w.Config[Domain] != DomainMissing:
		return NoRule
	case p.protection == Authenticated:
		return NameNotAddedChecked
	case p.protection == Encrypted:
		return NameNotAddedDefault
	}
	return NameNotAdded
}

// tunnelled is the way of a request through a tunnel: to cloudflared, and from there to the service.
func (w *walk) tunnelled(p pull, scheme Scheme) Scheme {
	state := w.meets(Tunnel)
	if state != TunnelIsNotConnected && state != TunnelIsNotRouted {
		w.result.Origin = p.protection
	}
	if !w.passes(state) || !w.passes(w.respond(p)) {
		return NoScheme
	}
	return w.answer(p, scheme)
}

// respond is what the origin makes of the request. HTTP/2 is agreed upon in a handshake with the edge, and nowhere else.
func (w *walk) respond(p pull) Rule {
	if w.Config[Response] == ResponseHTTP2 && p.scheme != HTTPS {
		return NoRule
	}
	return w.meets(Response)
}

// connect is the connection to the origin's port.
func (w *walk) connect(p pull) Rule {
	if p.port == 80 {
		return w.meets(P80)
	}
	return w.meets(P443)
}

// handshake is TLS with the origin, until the certificate can be judged.
func (w *walk) handshake() Rule {
	for _, v := range [...]Variable{Listener, TLSVersion, SNI, Cert, Cipher} {
		if r := w.meets(v); r != NoRule {
			return r
		}
	}
	if w.Config[ClientCert] == ClientCertRequired12 && w.Config[AOP] != AOPOn {
		return ClientCertAlertInHandshake
	}
	return NoRule
}

// judge is the edge's opinion of the certificate. A mode that does not check has none.
func (w *walk) judge(p pull) Rule {
	rule := certFault(&w.Config)
	switch {
	case rule == NoRule && w.Config[Cert] == CertOriginCA && p.protection == Authenticated:
		return OriginCATrusted
	case rule == NoRule:
		return NoRule
	case p.protection == Encrypted:
		return FullAcceptsAnyCertificate
	}
	return rule
}

// certFault is what is wrong with the certificate in the eyes of an edge that also knows the Origin CA.
func certFault(c *Config) Rule {
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
func (w *walk) accept(p pull) Rule {
	if p.port == 80 {
		switch w.Config[P80] {
		case P80TLS:
			return PlainToTLSPort
		case P80Closes:
			return ClosedWithoutAnswer
		}
	}
	if p.scheme == HTTP || w.Config[ClientCert] == ClientCertNotRequired {
		return NoRule
	}
	switch {
	case w.Config[AOP] == AOPOn:
		return ClientCertPresented
	case w.Config[ClientCert] == ClientCertRequired13:
		return ClientCertAlertAfterHandshake
	case w.Config[AOP] == AOPWrongCA:
		return AOPAuthorityMismatch
	}
	return ClientCert400
}

// answer is the origin's own: a redirect, or the page. Behind a tunnel the service is asked on either scheme, as its Service URL
// says: what it does on each of them counts.
func (w *walk) answer(p pull, scheme Scheme) Scheme {
	forwarded := w.Config[Redirect80] == Redirect80Forwarded
	tunnel := w.Config[Origin] == OriginTunnel
	switch {
	case (p.scheme == HTTPS || tunnel) && w.Config[Redirect443] == Redirect443HTTPS:
		w.note(OriginRedirectsToItself)
		return HTTPS
	case (p.scheme == HTTP || tunnel) && w.Config[Redirect80] == Redirect80HTTPS:
		w.note(OriginRedirectsToHTTPS)
		return HTTPS
	case forwarded && scheme == HTTP:
		w.note(OriginRedirectsForwardedHTTP)
		return HTTPS
	case p.scheme == HTTPS && w.Config[Redirect443] == Redirect443HTTP:
		w.note(OriginRedirectsToHTTP)
		return HTTP
	case forwarded && p.scheme != HTTPS:
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
	if w.typed == HTTPS && scheme == HTTP && w.Config[Mode] != ModeOff && w.Config[Proxied] == ProxiedYes {
		return w.end(EndsOnHTTP)
	}
	return w.end(Served)
}
