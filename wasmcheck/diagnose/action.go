package diagnose

import "sslclinic/wasmcheck/model"

// An Action is one thing that somebody can do about a site. Actions are done in their order: the origin first, then
// the mode, then what sends visitors to https.
type Action uint8

// The actions.
const (
	FixDNS Action = iota
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
	RemoveRedirect443
	FixApplication
	AnswerSooner
	ShrinkHeaders
	FixSubresources
	WaitForEdgeCert
	CoverName
	RenewEdgeCert
	UseProxiedPort
	ProxyOn
	SetStrict
	SetFull
	SetFlexible
	AlwaysHTTPSOn

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

// needsCert are the actions of somebody who can put certificates on the origin.
const needsCert = 1<<InstallCertificate | 1<<RenewCertificate | 1<<ReissueCertificate | 1<<SendFullChain

var actionIDs = []string{"fix_dns", "open_firewall_80", "listen_80", "serve_http_80", "open_firewall_443", "listen_443",
	"allow_edge", "serve_tls_443", "repair_listener", "enable_tls_version", "add_server_name", "install_certificate",
	"renew_certificate", "fix_clock", "reissue_certificate", "send_full_chain", "enable_cipher", "turn_on_aop",
	"trust_aop_authority", "stop_requiring_client_cert", "redirect_by_forwarded_proto", "remove_redirect_443",
	"fix_application", "answer_sooner", "shrink_headers", "fix_subresources", "wait_for_edge_cert", "cover_name",
	"renew_edge_cert", "use_proxied_port", "proxy_on", "set_strict", "set_full", "set_flexible", "always_https_on"}

// every is each state of a variable but the nominal one, as a set.
const every = 0xfe

var actionTable = [ActionCount]struct {
	who      Who
	risky    bool // it can break what works, or opens what was closed
	variable model.Variable
	from     uint8 // the states that the action changes, as a set
	to       model.Value
}{
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
	AddServerName:            {Server, false, model.SNI, every, model.SNIKnown},
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
	RemoveRedirect443:        {Server, false, model.Redirect443, every, model.Redirect443None},
	FixApplication:           {Developer, false, model.Response, 1 << model.ResponseEmpty, model.ResponseOk},
	AnswerSooner:             {Developer, false, model.Response, 1 << model.ResponseSlow, model.ResponseOk},
	ShrinkHeaders:            {Developer, false, model.Response, 1 << model.ResponseHeaders, model.ResponseOk},
	FixSubresources:          {Developer, false, model.Subresources, every, model.SubresourcesHTTPS},
	WaitForEdgeCert:          {Dashboard, false, model.EdgeCert, 1 << model.EdgeCertPending, model.EdgeCertActive},
	CoverName:                {Dashboard, false, model.EdgeCert, 1 << model.EdgeCertUncovered, model.EdgeCertActive},
	RenewEdgeCert:            {Dashboard, false, model.EdgeCert, 1 << model.EdgeCertExpired, model.EdgeCertActive},
	UseProxiedPort:           {Server, false, model.Port, 1 << model.PortUnproxied, model.Port443},
	ProxyOn:                  {Dashboard, true, model.Proxied, every, model.ProxiedYes},
	SetStrict:                {Dashboard, true, model.Mode, 1<<model.ModeOff | 1<<model.ModeFlexible | 1<<model.ModeFull, model.ModeStrict},
	SetFull:                  {Dashboard, true, model.Mode, 1<<model.ModeOff | 1<<model.ModeFlexible | 1<<model.ModeStrict | 1<<model.ModeOriginPull, model.ModeFull},
	SetFlexible:              {Dashboard, true, model.Mode, 1<<model.ModeFull | 1<<model.ModeStrict | 1<<model.ModeOriginPull, model.ModeFlexible},
	AlwaysHTTPSOn:            {Dashboard, true, model.AlwaysHTTPS, 1 << model.AlwaysHTTPSOff, model.AlwaysHTTPSOn},
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
		for v := model.Cert; v <= model.CertChain; v++ {
			changed = changed || c[v] != 0
			c[v] = 0
		}
		return changed
	}
	act := &actionTable[a]
	if act.from>>c[act.variable]&1 == 0 {
		return false
	}
	switch direct := c[model.Proxied] == model.ProxiedNo; a {
	case SetStrict, SetFull, SetFlexible:
		if direct {
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
