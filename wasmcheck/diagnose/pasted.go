package diagnose

import "sslclinic/wasmcheck/model"

// What only a text can tell, and nobody is asked: the certificate that a server sends, what listens on it, and what stands in its log.

// pasted reports that answers come from a text alone: nobody has said what is seen.
func (a *Answers) pasted() bool {
	any := false
	for q, o := range a.Told {
		any = any || informative(o) && a.source(Question(q)) == byText
	}
	return any && !informative(a.Told[Symptom])
}

// background is what is met whatever is wrong: how certificates and servers mostly are, and what stands in logs anyway, of applications
// that stop and renewals that fail. No line of a log is so rare that it would contradict another answer: it may be old.
func background(q Question) profile {
	switch q {
	case Issuer:
		return profile{issuerPublic: .7, issuerOriginCA: .15, issuerSelfSigned: .1, issuerStaging: .01, issuerRouter: .02, issuerPrivate: .02}
	case Dates:
		return profile{1: .94, 2: .05, 3: .01}
	case Names:
		return profile{1: .93, 2: .07}
	case Chain:
		return profile{1: .96, 2: .04}
	case OriginLog:
		return profile{logSNIRejected: .02, logNoCertificate: .02, logNoSharedCipher: .05, logUnsupportedProtocol: .05, logClientCertMissing: .02,
			logPlainOnTLS: .05, logTLSOnPlain: .04, logCertNotLoaded: .03, logKeyMismatch: .03, logBindFailed: .03, logProxyProtocol: .02,
			logACMEFailed: .2, logUpstreamDown: .44}
	}
	return profile{listenYes: .88, listenNo: .07, listenLoopback: .05} // of ports
}

// logged is how many of those whose log is read find in it what keeps the edge out.
const logged = .9

// pasted is what such a text says in a set-up.
func pasted(p *profile, q Question, c *model.Config) {
	if *p = background(q); !shared(c[model.Origin]) {
		if q == Names && c[model.Tunnel] == model.TunnelOriginName {
			*p = profile{1: .1, 2: .9} // the name that the tunnel asks for may be another
		}
		if q == OriginLog && c[model.Tunnel] == model.TunnelOriginDown {
			p.blend(1-logged, logUpstreamDown)
		}
		return
	}
	switch q {
	case Issuer:
		issuer(p, c)
	case Listens443:
		listens(p, c[model.P443] == model.P443Refused, c[model.P443] == model.P443Dropped)
	case Listens80:
		listens(p, c[model.P80] == model.P80Refused, c[model.P80] == model.P80Dropped)
	case OriginLog:
		originLog(p, c)
	default:
		*p = profile{}
		p[c[questions[q].names]+1] = 1
	}
}

// issuer is who has signed what the server sends. Where it sends nothing, what is found beside it is any.
func issuer(p *profile, c *model.Config) {
	switch c[model.Cert] {
	case model.CertPublic:
		*p = profile{issuerPublic: 1}
	case model.CertOriginCA:
		*p = profile{issuerOriginCA: 1}
	case model.CertSelfSigned: // or of any authority that the edge does not know
		*p = profile{issuerSelfSigned: .62, issuerRouter: .15, issuerPrivate: .13, issuerStaging: .1}
	}
	switch { // a router that knows no certificate for the name, or no way for it
	case c[model.SNI] == model.SNIRejected:
		p.blend(.9, issuerRouter)
	case c[model.CertName] == model.CertNameMismatch:
		p.blend(.85, issuerRouter)
	case c[model.Response] == model.ResponseWrongSite:
		p.blend(.8, issuerRouter)
	}
}

// listens is what the server's list of ports says. What is refused is mostly not there; what is dropped mostly is, behind a firewall.
func listens(p *profile, refused, dropped bool) {
	switch {
	case refused:
		*p = profile{listenYes: .08, listenNo: .8, listenLoopback: .12}
	case dropped:
		*p = profile{listenYes: .85, listenNo: .1, listenLoopback: .05}
	default:
		*p = profile{listenYes: 1}
	}
}

// originLog is what the server writes of what keeps the edge out: of a handshake, of a start that failed, of a request on the wrong port.
func originLog(p *profile, c *model.Config) {
	anyway := *p
	*p = profile{}
	switch {
	case c[model.P443] == model.P443Refused: // the next start did not succeed
		*p = profile{logBindFailed: .4, logCertNotLoaded: .35, logKeyMismatch: .25}
	case c[model.Listener] == model.ListenerPlain:
		p[logTLSOnPlain] = 1
	case c[model.Listener] == model.ListenerReset:
		*p = profile{logProxyProtocol: .7, logUpstreamDown: .3}
	case c[model.Listener] == model.ListenerSilent:
		*p = profile{logProxyProtocol: .4, logUpstreamDown: .6}
	case c[model.TLSVersion] == model.TLSVersionNone:
		*p = profile{logUnsupportedProtocol: .9, logNoSharedCipher: .1}
	case c[model.SNI] == model.SNIRejected:
		p[logSNIRejected] = 1
	case c[model.Cert] == model.CertNone: // OpenSSL finds no cipher for the certificate that it has not
		*p = profile{logNoCertificate: .5, logNoSharedCipher: .2, logCertNotLoaded: .15, logKeyMismatch: .1, logSNIRejected: .05}
	case c[model.Cipher] == model.CipherNone:
		p[logNoSharedCipher] = 1
	case c[model.ClientCert] != model.ClientCertNotRequired:
		p[logClientCertMissing] = 1
	case c[model.P80] == model.P80TLS:
		p[logPlainOnTLS] = 1
	case c[model.Issuance] != model.IssuanceOk:
		p[logACMEFailed] = 1
	case c[model.Response] == model.ResponseEmpty || c[model.Response] == model.ResponseSlow:
		p[logUpstreamDown] = 1
	default:
		*p = anyway
		return
	}
	for o := range p {
		p[o] = float32(p[o]*logged) + float32(anyway[o]*(1-logged))
	}
}
