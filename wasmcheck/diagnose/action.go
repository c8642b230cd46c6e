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

func (a Action) bit() actions { return 1 << a }

// givesUp are the actions that cure by giving up protection.
const givesUp = 1<<SetFull | 1<<SetFlexible | 1<<StopRequiringClientCert

// needsCert are the actions of somebody who can put certificates on the origin.
const needsCert = 1<<InstallCertificate | 1<<RenewCertificate | 1<<ReissueCertificate | 1<<SendFullChain

var actionTable = [ActionCount]struct {
	id      string
	who     Who
	minutes uint8
	risky   bool    // it can break what works, or opens what was closed
	cures   []fault // in these states the action changes its variable
	to      model.Value
}{
	FixDNS:                   {"fix_dns", Dashboard, 5, false, every(model.DNS), model.DNSOk},
	OpenFirewall80:           {"open_firewall_80", Server, 15, false, []fault{{model.P80, model.P80Dropped}}, model.P80Open},
	Listen80:                 {"listen_80", Server, 15, false, []fault{{model.P80, model.P80Refused}}, model.P80Open},
	ServeHTTP80:              {"serve_http_80", Server, 15, false, []fault{{model.P80, model.P80TLS}, {model.P80, model.P80Closes}}, model.P80Open},
	OpenFirewall443:          {"open_firewall_443", Server, 15, false, []fault{{model.P443, model.P443Dropped}}, model.P443Open},
	Listen443:                {"listen_443", Server, 15, false, []fault{{model.P443, model.P443Refused}}, model.P443Open},
	AllowEdge:                {"allow_edge", Server, 15, false, []fault{{model.P443, model.P443EdgeRefused}, {model.P443, model.P443EdgeDropped}}, model.P443Open},
	ServeTLS443:              {"serve_tls_443", Server, 20, false, []fault{{model.Listener, model.ListenerPlain}}, model.ListenerTLS},
	RepairListener:           {"repair_listener", Server, 30, false, []fault{{model.Listener, model.ListenerSilent}, {model.Listener, model.ListenerReset}}, model.ListenerTLS},
	EnableTLSVersion:         {"enable_tls_version", Server, 10, false, every(model.TLSVersion), model.TLSVersionCommon},
	AddServerName:            {"add_server_name", Server, 10, false, every(model.SNI), model.SNIKnown},
	InstallCertificate:       {"install_certificate", Server, 25, false, nil, 0}, // of four variables, see apply
	RenewCertificate:         {"renew_certificate", Server, 10, false, []fault{{model.CertDate, model.CertDateExpired}}, model.CertDateValid},
	FixClock:                 {"fix_clock", Server, 5, false, []fault{{model.CertDate, model.CertDateNotYet}}, model.CertDateValid},
	ReissueCertificate:       {"reissue_certificate", Server, 15, false, every(model.CertName), model.CertNameMatch},
	SendFullChain:            {"send_full_chain", Server, 10, false, every(model.CertChain), model.CertChainComplete},
	EnableCipher:             {"enable_cipher", Server, 10, false, every(model.Cipher), model.CipherCommon},
	TurnOnAOP:                {"turn_on_aop", Dashboard, 3, false, []fault{{model.AOP, model.AOPOff}}, model.AOPOn},
	TrustAOPAuthority:        {"trust_aop_authority", Server, 10, false, []fault{{model.AOP, model.AOPWrongCA}}, model.AOPOn},
	StopRequiringClientCert:  {"stop_requiring_client_cert", Server, 5, true, every(model.ClientCert), model.ClientCertNotRequired},
	RedirectByForwardedProto: {"redirect_by_forwarded_proto", Server, 10, false, []fault{{model.Redirect80, model.Redirect80HTTPS}}, model.Redirect80Forwarded},
	RemoveRedirect443:        {"remove_redirect_443", Server, 10, false, every(model.Redirect443), model.Redirect443None},
	FixApplication:           {"fix_application", Developer, 60, false, []fault{{model.Response, model.ResponseEmpty}}, model.ResponseOk},
	AnswerSooner:             {"answer_sooner", Developer, 60, false, []fault{{model.Response, model.ResponseSlow}}, model.ResponseOk},
	ShrinkHeaders:            {"shrink_headers", Developer, 30, false, []fault{{model.Response, model.ResponseHeaders}}, model.ResponseOk},
	FixSubresources:          {"fix_subresources", Developer, 30, false, every(model.Subresources), model.SubresourcesHTTPS},
	WaitForEdgeCert:          {"wait_for_edge_cert", Dashboard, 30, false, []fault{{model.EdgeCert, model.EdgeCertPending}}, model.EdgeCertActive},
	CoverName:                {"cover_name", Dashboard, 15, false, []fault{{model.EdgeCert, model.EdgeCertUncovered}}, model.EdgeCertActive},
	RenewEdgeCert:            {"renew_edge_cert", Dashboard, 15, false, []fault{{model.EdgeCert, model.EdgeCertExpired}}, model.EdgeCertActive},
	UseProxiedPort:           {"use_proxied_port", Server, 20, false, []fault{{model.Port, model.PortUnproxied}}, model.Port443},
	ProxyOn:                  {"proxy_on", Dashboard, 2, true, every(model.Proxied), model.ProxiedYes},
	SetStrict:                {"set_strict", Dashboard, 1, true, []fault{{model.Mode, model.ModeOff}, {model.Mode, model.ModeFlexible}, {model.Mode, model.ModeFull}}, model.ModeStrict},
	SetFull: {"set_full", Dashboard, 1, true, []fault{{model.Mode, model.ModeOff}, {model.Mode, model.ModeFlexible}, {model.Mode, model.ModeStrict},
		{model.Mode, model.ModeOriginPull}}, model.ModeFull},
	SetFlexible: {"set_flexible", Dashboard, 1, true, []fault{{model.Mode, model.ModeFull}, {model.Mode, model.ModeStrict}, {model.Mode, model.ModeOriginPull}},
		model.ModeFlexible},
	AlwaysHTTPSOn: {"always_https_on", Dashboard, 1, true, []fault{{model.AlwaysHTTPS, model.AlwaysHTTPSOff}}, model.AlwaysHTTPSOn},
}

// every is each state of a variable but the nominal one.
func every(v model.Variable) (faults []fault) {
	for i := model.Value(1); i < v.Values(); i++ {
		faults = append(faults, fault{v, i})
	}
	return faults
}

// String is the action's public id.
func (a Action) String() string { return actionTable[a].id }

// Who can do it.
func (a Action) Who() Who { return actionTable[a].who }

// Minutes is what it takes somebody who has done it before.
func (a Action) Minutes() int { return int(actionTable[a].minutes) }

// Risky reports whether it can break what works, or opens what was closed.
func (a Action) Risky() bool { return actionTable[a].risky }

// apply is the set-up after the action; the same one when there is nothing for it to do.
func (a Action) apply(c model.Config) model.Config {
	if a == InstallCertificate {
		if c[model.Cert] == model.CertOriginCA && c[model.Proxied] == model.ProxiedYes && c[model.CertDate] == 0 && c[model.CertName] == 0 {
			return c // it is one that the edge accepts
		}
		for v := model.Cert; v <= model.CertChain; v++ {
			c[v] = 0
		}
		return c
	}
	if c[model.Proxied] == model.ProxiedNo && (a == SetStrict || a == SetFull || a == SetFlexible || a == AlwaysHTTPSOn || a == TurnOnAOP) ||
		c[model.Mode] == model.ModeOff && a == AlwaysHTTPSOn || c[model.ClientCert] == model.ClientCertNotRequired && a == TurnOnAOP {
		return c // it has no effect there, or none that anybody needs
	}
	for _, f := range actionTable[a].cures {
		if c[f.variable] == f.value {
			return c.With(f.variable, actionTable[a].to)
		}
	}
	return c
}
