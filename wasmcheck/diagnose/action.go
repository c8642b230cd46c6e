package diagnose

import "sslclinic/wasmcheck/model"

// An Action is one thing that somebody can do about a site. Actions are done in their order: the origin first, then
// the mode, then what sends visitors to https.
type Action uint8

// The actions.
const (
	AskHost  Action = iota // who then does what follows
	AskOwner               // the same
	FixDNS
	OpenFirewall80
	Listen80
	ServeHTTP80
	OpenFirewall443
	Listen443
	AllowEdge
	ServeTLS443
	RepairListener
	EnableTLSVersion
	AddServerName
	AddDomain
	InstallCertificate
	RenewCertificate
	FixClock
	ReissueCertificate
	SendFullChain
	EnableCipher
	TurnOnAOP
	TrustAOPAuthority
	StopRequiringClientCert
	RedirectByForwardedProto
	TrustForwardedProto
	RemoveRedirect443
	ExemptCloudflare
	FixApplication
	AnswerSooner
	ShrinkHeaders
	FixSubresources
	WaitForEdgeCert
	CoverName
	RenewEdgeCert
	UseProxiedPort
	RouteTunnel
	TunnelOriginName
	EdgeRuleOff
	PurgeCache
	HTTP2Off
	CAAAdd
	ProxyOn
	ProxyOff           // for good, where the host does not support the proxy
	DNSOnlyUntilIssued // then only what checks the certificate
	SetFlexible
	SetFull // before strict: who goes by way of Full ends in it
	SetStrict
	AlwaysHTTPSOn
	HTTPSRewritesOn
	UndoLastChange

	ActionCount
)

// Who can do an action.
type Who uint8

// The people, by where they have to log in.
const (
	Dashboard Who = iota // at the edge's dashboard
	Server               // on the origin server, or at whoever hosts it
	Developer            // in the application
)

// String is the public id.
func (w Who) String() string { return [...]string{"dashboard", "server", "developer"}[w] }

// actions is a set of them, one bit an action.
type actions uint64

// givesUp are the actions that cure by giving up protection.
const givesUp = 1<<SetFull | 1<<SetFlexible | 1<<StopRequiringClientCert

// makesDo are those that leave what is wrong as it is.
const makesDo = givesUp | 1<<HTTPSRewritesOn

// onlyEdge are those that mean something only where the edge is in between.
const onlyEdge = 1<<AllowEdge | 1<<TurnOnAOP | 1<<TrustAOPAuthority | 1<<WaitForEdgeCert | 1<<CoverName | 1<<RenewEdgeCert | 1<<EdgeRuleOff |
	1<<PurgeCache | 1<<HTTP2Off | 1<<DNSOnlyUntilIssued | 1<<AlwaysHTTPSOn | 1<<HTTPSRewritesOn | 1<<ExemptCloudflare

// needsCert are the actions of somebody who can put certificates on the origin.
const needsCert = 1<<InstallCertificate | 1<<RenewCertificate | 1<<ReissueCertificate | 1<<SendFullChain

// makesValid are the actions after which the mode or the certificate is another.
const makesValid = needsCert | modeActions | 1<<DNSOnlyUntilIssued | 1<<CAAAdd

var actionIDs = []string{"ask_host", "ask_owner", "fix_dns", "open_firewall_80", "listen_80", "serve_http_80", "open_firewall_443", "listen_443",
	"allow_edge", "serve_tls_443", "repair_listener", "enable_tls_version", "add_server_name", "add_domain", "install_certificate",
	"renew_certificate", "fix_clock", "reissue_certificate", "send_full_chain", "enable_cipher", "turn_on_aop",
	"trust_aop_authority", "stop_requiring_client_cert", "redirect_by_forwarded_proto",
	"trust_forwarded_proto", "remove_redirect_443", "exempt_cloudflare",
	"fix_application", "answer_sooner", "shrink_headers", "fix_subresources", "wait_for_edge_cert", "cover_name",
	"renew_edge_cert", "use_proxied_port", "route_tunnel", "tunnel_origin_name", "edge_rule_off", "purge_cache", "http2_off", "caa_add",
	"proxy_on", "proxy_off", "dns_only_until_issued", "set_flexible", "set_full", "set_strict", "always_https_on", "https_rewrites_on", "undo_last_change"}

// several are the actions that change more than the one variable that the table has.
const several = 1<<InstallCertificate | 1<<AddServerName | 1<<AddDomain | 1<<TrustForwardedProto | 1<<RouteTunnel | 1<<CAAAdd | 1<<DNSOnlyUntilIssued

// byMore are the other variables by which they have something to do, see apply.
var byMore = [...]struct {
	action   Action
	variable model.Variable
}{
	{InstallCertificate, model.Cert}, {InstallCertificate, model.CertDate}, {InstallCertificate, model.CertName}, {InstallCertificate, model.CertChain},
	{InstallCertificate, model.Issuance}, {AddServerName, model.Response}, {AddServerName, model.Domain}, {AddDomain, model.SNI}, {AddDomain, model.Response},
	{TrustForwardedProto, model.Redirect80}, {RouteTunnel, model.Redirect80},
}

// every is each state of a variable but the nominal one, as a set.
const every = 0xfe

var actionTable = [ActionCount]struct {
	who      Who
	risky    bool // it can break what works, or opens what was closed
	variable model.Variable
	from     uint8 // the states that the action changes, as a set
	to       model.Value
}{
	AskHost:                  {Server, false, 0, 0, 0},
	AskOwner:                 {Dashboard, false, 0, 0, 0},
	FixDNS:                   {Dashboard, false, model.DNS, every, model.DNSOk},
	OpenFirewall80:           {Server, false, model.P80, 1 << model.P80Dropped, model.P80Open},
	Listen80:                 {Server, false, model.P80, 1 << model.P80Refused, model.P80Open},
	ServeHTTP80:              {Server, false, model.P80, 1<<model.P80TLS | 1<<model.P80Closes, model.P80Open},
	OpenFirewall443:          {Server, false, model.P443, 1 << model.P443Dropped, model.P443Open},
	Listen443:                {Server, false, model.P443, 1 << model.P443Refused, model.P443Open},
	AllowEdge:                {Server, false, model.P443, 1<<model.P443EdgeRefused | 1<<model.P443EdgeDropped, model.P443Open},
	ServeTLS443:              {Server, false, model.Listener, 1 << model.ListenerPlain, model.ListenerTLS},
	RepairListener:           {Server, false, model.Listener, 1<<model.ListenerSilent | 1<<model.ListenerReset, model.ListenerTLS},
	EnableTLSVersion:         {Server, false, model.TLSVersion, every, model.TLSVersionCommon},
	AddServerName:            {Server, false, model.SNI, every, model.SNIKnown}, // and a site that is not there, see apply
	AddDomain:                {Server, false, model.Domain, every, model.DomainAdded},
	InstallCertificate:       {Server, false, 0, 0, 0}, // of four variables, see apply
	RenewCertificate:         {Server, false, model.CertDate, 1 << model.CertDateExpired, model.CertDateValid},
	FixClock:                 {Server, false, model.CertDate, 1 << model.CertDateNotYet, model.CertDateValid},
	ReissueCertificate:       {Server, false, model.CertName, every, model.CertNameMatch},
	SendFullChain:            {Server, false, model.CertChain, every, model.CertChainComplete},
	EnableCipher:             {Server, false, model.Cipher, every, model.CipherCommon},
	TurnOnAOP:                {Dashboard, false, model.ClientCert, every, model.ClientCertNotRequired},
	TrustAOPAuthority:        {Server, false, model.ClientCert, every, model.ClientCertNotRequired},
	StopRequiringClientCert:  {Server, true, model.ClientCert, every, model.ClientCertNotRequired},
	RedirectByForwardedProto: {Server, false, model.Redirect80, 1 << model.Redirect80HTTPS, model.Redirect80Forwarded},
	TrustForwardedProto:      {Developer, false, model.Redirect443, 1 << model.Redirect443HTTPS, model.Redirect443None}, // behind a tunnel either scheme, see apply
	RemoveRedirect443:        {Server, false, model.Redirect443, 1 << model.Redirect443HTTP, model.Redirect443None},
	ExemptCloudflare:         {Server, false, model.Response, 1 << model.ResponseForbidden, model.ResponseOk},
	FixApplication:           {Developer, false, model.Response, 1 << model.ResponseEmpty, model.ResponseOk},
	AnswerSooner:             {Developer, false, model.Response, 1 << model.ResponseSlow, model.ResponseOk},
	ShrinkHeaders:            {Developer, false, model.Response, 1 << model.ResponseHeaders, model.ResponseOk},
	FixSubresources:          {Developer, false, model.Subresources, every, model.SubresourcesHTTPS},
	WaitForEdgeCert:          {Dashboard, false, model.EdgeCert, 1 << model.EdgeCertPending, model.EdgeCertActive},
	CoverName:                {Dashboard, false, model.EdgeCert, 1 << model.EdgeCertUncovered, model.EdgeCertActive},
	RenewEdgeCert:            {Dashboard, false, model.EdgeCert, 1 << model.EdgeCertExpired, model.EdgeCertActive},
	UseProxiedPort:           {Server, false, model.Port, 1 << model.PortUnproxied, model.Port443},
	RouteTunnel:              {Dashboard, false, model.Tunnel, 1<<model.TunnelNotConnected | 1<<model.TunnelNotRouted | 1<<model.TunnelOriginDown, model.TunnelOk},
	TunnelOriginName:         {Dashboard, false, model.Tunnel, 1 << model.TunnelOriginName, model.TunnelOk},
	EdgeRuleOff:              {Dashboard, false, model.EdgeRedirect, 1 << model.EdgeRedirectRules, model.EdgeRedirectNone},
	PurgeCache:               {Dashboard, false, model.EdgeRedirect, 1 << model.EdgeRedirectCached, model.EdgeRedirectNone},
	HTTP2Off:                 {Dashboard, false, model.Response, 1 << model.ResponseHTTP2, model.ResponseOk},
	CAAAdd:                   {Dashboard, false, model.Issuance, 1 << model.IssuanceCAA, model.IssuanceOk},
	ProxyOn:                  {Dashboard, true, model.Proxied, every, model.ProxiedYes},
	ProxyOff:                 {Dashboard, true, 0, 0, 0}, // of several variables, see after
	SetStrict:                {Dashboard, true, model.Mode, 1<<model.ModeOff | 1<<model.ModeFlexible | 1<<model.ModeFull, model.ModeStrict},
	SetFull:                  {Dashboard, true, model.Mode, 1<<model.ModeOff | 1<<model.ModeFlexible | 1<<model.ModeStrict | 1<<model.ModeOriginPull, model.ModeFull},
	SetFlexible:              {Dashboard, true, model.Mode, 1<<model.ModeFull | 1<<model.ModeStrict | 1<<model.ModeOriginPull, model.ModeFlexible},
	AlwaysHTTPSOn:            {Dashboard, true, model.AlwaysHTTPS, 1 << model.AlwaysHTTPSOff, model.AlwaysHTTPSOn},
	HTTPSRewritesOn:          {Dashboard, false, model.Subresources, every, model.SubresourcesHTTPS},
	DNSOnlyUntilIssued:       {Dashboard, true, model.Issuance, 1<<model.IssuanceChallenge | 1<<model.IssuanceDNSElsewhere, model.IssuanceOk}, // and what came of it, see apply
	UndoLastChange:           {Server, true, 0, 0, 0},                                                                                         // by what the last change was, see undo
}

// String is the action's public id.
func (a Action) String() string { return actionIDs[a] }

// Who can do it.
func (a Action) Who() Who { return actionTable[a].who }

// Minutes is what it takes somebody who has done it before.
func (a Action) Minutes() int { return int(standard[effort+constant(a)]) }

// Risky reports whether it can break what works, or opens what was closed.
func (a Action) Risky() bool { return actionTable[a].risky }

// apply changes a set-up as the action does, and reports whether there was anything to do.
func (a Action) apply(c *model.Config) bool {
	if a == InstallCertificate {
		if c[model.Cert] == model.CertOriginCA && c[model.Proxied] == model.ProxiedYes && c[model.CertDate] == 0 && c[model.CertName] == 0 {
			return false // it is one that the edge accepts
		}
		changed := false
		for _, v := range [...]model.Variable{model.Cert, model.CertDate, model.CertName, model.CertChain, model.Issuance} {
			changed = changed || c[v] != 0
			c[v] = 0 // one of the Origin CA's has nothing to be issued again
		}
		return changed
	}
	tunnel := c[model.Origin] == model.OriginTunnel
	switch a {
	case AddServerName, AddDomain: // the same, on one's own server and where somebody else's software does it
		before := *c
		if c[model.SNI] = model.SNIKnown; c[model.Response] == model.ResponseWrongSite {
			c[model.Response] = model.ResponseOk
		}
		if a == AddDomain || c[model.Domain] == model.DomainMissing && shared(c[model.Origin]) {
			c[model.Domain] = model.DomainAdded
		}
		return *c != before
	case TrustForwardedProto:
		if tunnel && c[model.Redirect80] == model.Redirect80HTTPS {
			c[model.Redirect80], c[model.Redirect443] = model.Redirect80Forwarded, model.Redirect443None
			return true
		}
	case RouteTunnel: // https in its Service URL, too
		if tunnel && c[model.Redirect80] == model.Redirect80HTTPS {
			c[model.Redirect80] = model.Redirect80None
			if actionTable[a].from>>c[model.Tunnel]&1 != 0 {
				c[model.Tunnel] = model.TunnelOk
			}
			return true
		}
	case RedirectByForwardedProto:
		if tunnel {
			return false // behind a tunnel it is the application that has to trust
		}
	case CAAAdd, DNSOnlyUntilIssued: // what is issued then replaces what was not
		if actionTable[a].from>>c[model.Issuance]&1 != 0 && (a == CAAAdd || c[model.Proxied] == model.ProxiedYes) {
			if c[model.Cert] == model.CertNone {
				c[model.Cert] = model.CertPublic
			}
			if c[model.CertDate] == model.CertDateExpired {
				c[model.CertDate] = model.CertDateValid
			}
			c[model.CertName], c[model.Issuance] = model.CertNameMatch, model.IssuanceOk
			return true
		}
		return false
	}
	act := &actionTable[a]
	if act.from>>c[act.variable]&1 == 0 {
		return false
	}
	switch direct := c[model.Proxied] == model.ProxiedNo; a {
	case SetStrict, SetFull, SetFlexible: // where no mode makes the second leg, all but Off are one
		if direct || !shared(c[model.Origin]) && (a != SetStrict || c[model.Mode] != model.ModeOff) {
			return false
		}
	case AlwaysHTTPSOn:
		if direct || c[model.Mode] == model.ModeOff {
			return false
		}
	case TurnOnAOP: // what is demanded and given is as good as not demanded
		if direct || c[model.AOP] != model.AOPOff {
			return false
		}
	case TrustAOPAuthority:
		if direct || c[model.AOP] != model.AOPWrongCA {
			return false
		}
	}
	c[act.variable] = act.to
	return true
}

// A change is what was done last before the trouble, as an option of Since.
const (
	sinceNothing Option = iota + 1
	sinceCloudflareOn
	sinceModeChange
	sinceRenewal
	sinceMove
	sinceUpdate

	changes
)

// broughtBy are the variables that a change can have made what they are: what undoing it puts right.
var broughtBy = [changes][]model.Variable{
	sinceRenewal: {model.Cert, model.CertName, model.CertChain},
	sinceMove: {model.DNS, model.P80, model.P443, model.Listener, model.Cert, model.CertDate, model.CertName, model.CertChain, model.SNI, model.TLSVersion,
		model.Cipher, model.ClientCert, model.Redirect80, model.Redirect443, model.Response, model.Tunnel, model.Domain},
	sinceUpdate: {model.P80, model.P443, model.Tunnel, model.Listener, model.Cert, model.CertName, model.CertChain, model.SNI, model.TLSVersion, model.Cipher, model.ClientCert,
		model.Redirect80, model.Redirect443, model.Response, model.Subresources, model.EdgeRedirect},
}

// undo changes a set-up as it was before the last change, and reports whether that is known. Who turned the edge on leaves it, and has
// issued what the edge kept from it; who changed the mode goes back to the nearest in which all visits end well; what else was changed is as healthy as before.
func undo(change Option, c *model.Config, well func(model.Config) bool) bool {
	before := *c
	switch change {
	case sinceCloudflareOn:
		if c[model.Proxied] == model.ProxiedNo || !shared(c[model.Origin]) {
			return false
		}
		DNSOnlyUntilIssued.apply(c)
		for _, v := range [...]model.Variable{model.Mode, model.AlwaysHTTPS, model.Port, model.EdgeCert, model.AOP, model.EdgeRedirect} {
			c[v] = 0
		}
		if c[model.P443] >= model.P443EdgeRefused {
			c[model.P443] = model.P443Open
		}
		if c[model.Response] == model.ResponseForbidden || c[model.Response] == model.ResponseHTTP2 {
			c[model.Response] = model.ResponseOk
		}
		if c[model.Domain] == model.DomainOtherAccount {
			c[model.Domain] = model.DomainAdded
		}
		c[model.Proxied] = model.ProxiedNo
	case sinceModeChange:
		if c[model.Proxied] == model.ProxiedNo || !shared(c[model.Origin]) {
			return false
		}
		for _, mode := range modesBefore[c[model.Mode]] {
			after := before.With(model.Mode, mode)
			if well(after) {
				*c = after
				break
			}
		}
	default:
		for _, v := range broughtBy[change] {
			if v != model.Cert || c[v] != model.CertOriginCA { // which is as good as another
				c[v] = 0
			}
		}
	}
	return *c != before
}

// modesBefore are the modes that somebody may have had before a mode, the nearest first.
var modesBefore = [...][]model.Value{
	model.ModeStrict:     {model.ModeFull, model.ModeFlexible},
	model.ModeFull:       {model.ModeStrict, model.ModeFlexible},
	model.ModeFlexible:   {model.ModeFull, model.ModeStrict},
	model.ModeOff:        {model.ModeFlexible, model.ModeFull, model.ModeStrict},
	model.ModeOriginPull: {model.ModeStrict, model.ModeFull, model.ModeFlexible},
}
