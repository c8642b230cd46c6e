package model

// direct is the exchange of a browser that meets the origin itself: the name is DNS-only, the edge has no part in it.
func (w *walk) direct(scheme Scheme) Scheme {
	if w.hop == 1 {
		w.note(DirectToOrigin)
	}
	if w.Config[Origin] == OriginPages { // which answers there too; what can fail then, no source says
		w.result.Visitor = visitorLeg(scheme)
		return w.serve(scheme)
	}
	if !w.passes(w.dial(scheme)) {
		return NoScheme
	}
	if scheme == HTTPS && (!w.passes(w.directHandshake()) || !w.passes(w.directJudge())) {
		return NoScheme
	}
	w.result.Visitor = visitorLeg(scheme)
	if !w.passes(w.directRespond(scheme)) {
		return NoScheme
	}
	switch {
	case scheme == HTTP && w.Config[Redirect80] == Redirect80HTTPS:
		w.note(OriginRedirectsToHTTPS)
		return HTTPS
	case scheme == HTTPS && w.Config[Redirect443] == Redirect443HTTPS:
		w.note(OriginRedirectsToItself)
		return HTTPS
	case scheme == HTTPS && w.Config[Redirect443] == Redirect443HTTP:
		w.note(OriginRedirectsToHTTP)
		return HTTP
	}
	return w.serve(scheme)
}

// dial finds and connects to the origin. What keeps only the edge out does not keep a browser out.
func (w *walk) dial(scheme Scheme) Rule {
	if w.Config[Origin] == OriginTunnel {
		return DirectTunnel
	}
	switch w.Config[DNS] {
	case DNSUnresolvable:
		return DirectNameUnresolved
	case DNSWrong, DNSUnreachable:
		return DirectTimeout
	}
	refused, dropped := w.Config[P443] == P443Refused, w.Config[P443] == P443Dropped
	if scheme == HTTP {
		refused, dropped = w.Config[P80] == P80Refused, w.Config[P80] == P80Dropped
	}
	switch {
	case refused:
		return DirectRefused
	case dropped:
		return DirectTimeout
	}
	return NoRule
}

func (w *walk) directHandshake() Rule {
	if w.Config[Listener] == ListenerSilent {
		return DirectTimeout
	}
	c := w.Config
	c[ClientCert] = ClientCertNotRequired // comes up after the certificate, see directJudge
	edge := walk{Config: c}
	if edge.handshake() != NoRule {
		return DirectHandshakeFails
	}
	return NoRule
}

// directJudge is the browser's opinion of the certificate: the edge's, but no browser knows the Origin CA. A server of
// TLS 1.2 that misses the browser's own certificate gives up right after it.
func (w *walk) directJudge() Rule {
	switch {
	case w.Config[Cert] == CertOriginCA:
		return DirectOriginCARejected
	case certFault(&w.Config) != NoRule:
		return DirectCertificateRejected
	case w.Config[ClientCert] == ClientCertRequired12:
		return DirectClientCert
	}
	return NoRule
}

func (w *walk) directRespond(scheme Scheme) Rule {
	if scheme == HTTP {
		switch w.Config[P80] {
		case P80TLS:
			return DirectPlainToTLS
		case P80Closes:
			return DirectClosed
		}
	} else {
		switch w.Config[ClientCert] {
		case ClientCertRequired400:
			return ClientCert400
		case ClientCertRequired13:
			return DirectClientCert
		}
	}
	if w.Config[Domain] == DomainMissing {
		return NameNotAdded
	}
	switch w.Config[Response] {
	case ResponseWrongSite:
		return SiteNotThere
	case ResponseEmpty:
		return DirectClosed
	case ResponseSlow, ResponseHeaders:
		return DirectPatient
	}
	return NoRule
}
