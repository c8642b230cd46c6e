package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"sslclinic/wasmcheck/evidence"
)

// stranger is a name that no server has, by RFC 2606.
const stranger = "unknown.invalid"

// pullAuthority is whose client certificates an origin wants that asks for Cloudflare's own.
const pullAuthority = "origin-pull.cloudflare.net"

// shake connects, and speaks TLS. The line of what came of it is the last of what was met.
func (r *run) shake(ctx context.Context, what string, port uint16, h hello) *shake {
	w, outcome := r.connect(ctx, r.at(port))
	if w == nil {
		r.say("%s: %s", what, sentence(outcome))
		return &shake{outcome: outcome}
	}
	s := handshake(w, h, r.Timeout)
	if s.conn == nil {
		w.Close()
	}
	switch s.outcome {
	case "ok":
		r.say("%s: %s, %s, %s", what, tls.VersionName(s.version), tls.CipherSuiteName(s.suite), s.curve)
	case "alert":
		r.say("%s: the server ends the handshake with alert %d (%s)", what, s.alert, alertName(s.alert))
	case "strict", "broken":
		r.say("%s: %s", what, clean(because(s.why), 160))
	default:
		r.say("%s: connected, then %s", what, sentence(s.outcome))
	}
	return s
}

// over ends the connection of a handshake that is not needed any more.
func (s *shake) over() {
	if s.conn != nil {
		s.conn.NetConn().Close() // without a farewell, which a server could keep waiting
		s.conn = nil
	}
}

// secure tests the port for TLS.
func (r *run) secure(ctx context.Context) {
	port := r.Port
	if port == 0 {
		port = 443
	}
	r.met.Port = int(port)
	at := r.at(port)
	usual := hello{name: r.Host, from: tls.VersionTLS12, to: tls.VersionTLS13}
	what := "TLS to " + at + " for " + r.Host
	if !r.begin(ctx, what) {
		return
	}
	h := &evidence.Handshake{From: len(r.met.Lines), Asked: -1}
	s := r.shake(ctx, what, port, usual)
	if r.failure != nil {
		return
	}
	r.met.TLS = h
	r.take(ctx, h, s, port, usual)

	// again is the same with a change; what is to be judged in the place of the usual is not ended.
	again := func(what string, change func(*hello), judged func(*shake) bool) *shake {
		other := usual
		change(&other)
		if !r.begin(ctx, what) {
			return &shake{}
		}
		e := &evidence.Handshake{From: len(r.met.Lines), Asked: -1}
		s := r.shake(ctx, what, port, other)
		if judged != nil && judged(s) {
			r.met.TLS = e
			r.take(ctx, e, s, port, other)
		}
		s.over()
		return s
	}
	switch s.outcome {
	case "refused", "timeout", "unreachable":
		return
	case "not_tls":
		if r.begin(ctx, "HTTP to "+at) && r.inTheClear(ctx, http.MethodHead, port, "", "").Status != 0 {
			r.note("plain_http")
		}
		return
	case "strict", "broken":
		if s.why == "flood" || s.why == "chain_too_big" {
			r.note(s.why)
		}
		return
	}
	again("the same without post-quantum key exchange", func(h *hello) { h.classical = true }, func(other *shake) bool {
		differs := s.outcome != "ok" && (other.outcome == "ok" || s.outcome != "alert" && other.outcome == "alert")
		if differs {
			r.note("key_exchange")
		}
		return differs
	})
	if s.outcome == "silent" {
		return
	}
	unnamed := again("the same without a name", func(h *hello) { h.name = "" }, nil)
	foreign := again("the same for "+stranger, func(h *hello) { h.name = stranger }, nil)
	for _, other := range []*shake{unnamed, foreign} {
		switch {
		case other.outcome != "ok":
		case s.outcome != "ok" && !slices.Contains(r.met.Notes, "key_exchange"):
			r.note("name_refused")
		case s.outcome == "ok" && !equal(s.certificates, other.certificates):
			r.note("default_certificate")
		}
	}
	if s.outcome == "reset" || s.outcome == "eof" {
		return
	}
	older := again("TLS 1.2 alone, with Cloudflare's ciphers", func(h *hello) { h.to = tls.VersionTLS12 }, nil)
	newer := again("TLS 1.3 alone", func(h *hello) { h.from = tls.VersionTLS13 }, nil)
	switch {
	case s.outcome == "ok" && older.outcome == "ok" && newer.outcome != "ok":
		r.note("no_tls13")
	case s.outcome == "ok" && newer.outcome == "ok" && older.outcome != "ok":
		r.note("no_tls12")
	case s.outcome == "alert" && (older.outcome == "ok" || newer.outcome == "ok"):
		r.note("unsteady")
	case s.outcome == "alert" && older.outcome != "ok" && newer.outcome != "ok":
		if every := again("TLS 1.2 with every cipher that there is here", func(h *hello) { h.to, h.every = tls.VersionTLS12, true }, nil); every.outcome == "ok" {
			r.note("other_ciphers")
			return
		}
		again("TLS 1.0 and 1.1, with Cloudflare's ciphers", func(h *hello) { h.from, h.to = tls.VersionTLS10, tls.VersionTLS11 }, func(old *shake) bool {
			if old.outcome == "ok" {
				r.note("old_tls")
			}
			return old.outcome == "ok"
		})
	}
}

// get asks once more, by the method that visitors use. Of its answer too only the headers are read.
func (r *run) get(ctx context.Context, h *evidence.Handshake, port uint16, offered hello) {
	w, outcome := r.connect(ctx, r.at(port))
	if w == nil {
		r.say("once more: %s", sentence(outcome))
		return
	}
	s := handshake(w, offered, r.Timeout)
	if s.conn == nil {
		w.Close()
		r.say("once more: %s", sentence(s.outcome))
		return
	}
	defer s.over()
	line := r.say("GET https://%s/", r.Host)
	if p := ask(s.conn, http.MethodGet, r.Host, "/", "https", r.Timeout); p.failed != "alert" {
		r.met.Notes = slices.DeleteFunc(r.met.Notes, func(id string) bool { return id == h.Reply.Failed })
		h.Reply = r.told(line, p, "")
	}
}

// take notes what a handshake came to, and asks for headers over it.
func (r *run) take(ctx context.Context, h *evidence.Handshake, s *shake, port uint16, offered hello) {
	defer s.over()
	h.Line = len(r.met.Lines) - 1
	h.Outcome, h.Alert = s.outcome, s.alert
	if s.outcome == "silent" && s.received > 0 {
		r.note("slow_handshake")
	}
	if len(s.certificates) > 0 {
		h.Certificates = s.certificates
		r.describe(h)
	}
	if s.asked {
		h.Asked = r.say("a client certificate is asked for%s", of(s.authorities))
		for _, a := range s.authorities {
			if strings.Contains(strings.ToLower(a), pullAuthority) {
				r.note("client_cert_cloudflare")
			}
		}
	}
	if s.conn != nil {
		line := r.say("HEAD https://%s/", r.Host)
		p := ask(s.conn, http.MethodHead, r.Host, "/", "https", r.Timeout)
		s.over()
		h.Reply = r.told(line, p, "")
		if p.failed == "alert" {
			h.Alert = p.alert
		}
		if (p.failed == "empty" || p.failed == "slow") && r.spare() && r.begin(ctx, "GET https://"+r.Host+"/") { // some servers know GET alone
			r.get(ctx, h, port, offered)
		}
	}
	h.To = len(r.met.Lines)
}

// spare tells whether there is a connection left beside those that port 80 and the edge may take.
func (r *run) spare() bool {
	kept := 0
	if r.Port == 0 {
		kept += 4
	}
	if r.Edge {
		kept += 2
	}
	return r.connections+kept < MaxConnections
}

func of(authorities []string) string {
	if len(authorities) == 0 {
		return ""
	}
	return ", one of " + strings.Join(authorities, "; ")
}

// told writes down how a server answered a request. Where says which port's answer a note is of.
func (r *run) told(line int, p *reply, where string) *evidence.Reply {
	e := &evidence.Reply{Line: line, Status: p.status, Location: p.location, Server: p.server, Ray: p.ray, Failed: p.failed}
	switch {
	case p.failed == "alert":
		e.Answered = r.say("no answer, but alert %d (%s)", p.alert, alertName(p.alert))
		if where == "_80" {
			r.note("not_http_80")
		}
	case p.failed != "":
		e.Answered = r.say("no answer: %s", sentence(p.failed))
		if where != "_edge" { // what is not of the origin is no news of it
			r.note(p.failed + where)
		}
	default:
		text := fmt.Sprintf("answer: %d", p.status)
		if p.location != "" {
			text += " to " + p.location
		}
		if p.server != "" {
			text += ", server: " + clean(p.server, 60)
		}
		e.Answered = r.say("%s", text)
		if p.status/100 == 5 && p.status != 501 && where == "" { // 501 is of the method
			r.note("status_5xx")
		}
	}
	return e
}

// describe writes down what certificates say, and how OpenSSL would number what is wrong with them.
func (r *run) describe(h *evidence.Handshake) {
	var chain []*x509.Certificate
	for _, der := range h.Certificates {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			break
		}
		chain = append(chain, c)
	}
	if len(chain) == 0 {
		h.Sent = r.say("a certificate that cannot be read")
		h.Verified, h.Verify = h.Sent, -1
		return
	}
	leaf := chain[0]
	names := leaf.DNSNames
	more := ""
	if len(names) > 8 {
		more = fmt.Sprintf(" and %d more", len(names)-8)
		names = names[:8]
	}
	h.Sent = r.say("certificate for %s%s, issued by %s, %s to %s, %d sent", clean(strings.Join(names, ", "), 200), more, clean(leaf.Issuer.String(), 100),
		leaf.NotBefore.UTC().Format(time.DateOnly), leaf.NotAfter.UTC().Format(time.DateOnly), len(h.Certificates))
	h.Verify = r.verify(chain)
	h.Verified = r.say("checked against the public authorities: %s", verdict(h.Verify))
}

// verify gives OpenSSL's number for what is wrong with a chain, as it would come last: the days after the authority. Names are not
// looked at.
func (r *run) verify(chain []*x509.Certificate) int {
	leaf, now := chain[0], r.Now
	switch {
	case now.After(leaf.NotAfter):
		return 10
	case now.Before(leaf.NotBefore):
		return 9
	}
	options := x509.VerifyOptions{Roots: r.Roots, CurrentTime: now, Intermediates: x509.NewCertPool(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}
	for _, c := range chain[1:min(len(chain), 16)] {
		options.Intermediates.AddCert(c)
	}
	_, err := leaf.Verify(options)
	var invalid x509.CertificateInvalidError
	var noRoots x509.SystemRootsError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &noRoots):
		r.note("no_roots")
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return 10
	}
	last := chain[len(chain)-1]
	self := string(last.RawIssuer) == string(last.RawSubject)
	switch {
	case len(chain) == 1 && self:
		return 18
	case len(chain) == 1:
		return 21
	case self:
		return 19
	}
	return 20
}

// verdict words OpenSSL's numbers as it does.
func verdict(n int) string {
	return fmt.Sprintf("%d, %s", n, map[int]string{0: "ok", 9: "not yet valid", 10: "has expired", 18: "self-signed", 19: "its own root in the chain",
		20: "the authority is not among them", 21: "its authority was not sent, and is not among them"}[n])
}

// inTheClear asks for headers in the clear.
func (r *run) inTheClear(ctx context.Context, method string, port uint16, forwarded, where string) *evidence.Plain {
	p := &evidence.Plain{Forwarded: forwarded}
	with := ""
	if forwarded != "" {
		with = "with X-Forwarded-Proto: " + forwarded + ", "
	}
	line := r.say("%s%s: %s http://%s/", with, r.at(port), method, r.Host)
	w, outcome := r.connect(ctx, r.at(port))
	if w == nil {
		p.Reply = evidence.Reply{Line: line, Answered: r.say("%s", sentence(outcome)), Failed: outcome}
		return p
	}
	defer w.Close()
	answer := ask(w, method, r.Host, "/", forwarded, r.Timeout)
	p.Reply = *r.told(line, answer, where)
	return p
}

// plain tests port 80.
func (r *run) plain(ctx context.Context) {
	const port = 80
	method := http.MethodHead
	for _, forwarded := range []string{"", "http", "https"} {
		if !r.begin(ctx, "HTTP to "+r.at(port)) {
			return
		}
		p := r.inTheClear(ctx, method, port, forwarded, "_80")
		if r.failure != nil {
			return
		}
		if forwarded == "" && (p.Failed == "empty" || p.Failed == "slow") && r.begin(ctx, "GET http://"+r.Host+"/") {
			r.met.Notes = slices.DeleteFunc(r.met.Notes, func(id string) bool { return id == p.Failed+"_80" })
			method = http.MethodGet
			p = r.inTheClear(ctx, method, port, forwarded, "_80")
		}
		if forwarded == "" && (p.Status == 400 || p.Failed == "empty" || p.Failed == "not_http" || p.Failed == "alert") && r.begin(ctx, "TLS to "+r.at(port)) {
			s := r.shake(ctx, "TLS to "+r.at(port), port, hello{name: r.Host, from: tls.VersionTLS12, to: tls.VersionTLS13})
			s.over()
			if p.Secure = s.outcome == "ok" || len(s.certificates) > 0; p.Secure {
				r.note("tls_on_80")
			}
		}
		r.met.Plain = append(r.met.Plain, *p)
		if p.Failed != "" || p.Secure {
			return
		}
	}
}

// edge asks the edge for the name, as a visitor does.
func (r *run) edge(ctx context.Context) {
	if r.met.Names == nil || r.met.Names.Why != "" {
		r.note("edge_unknown")
		return
	}
	to := ""
	for _, a := range r.met.Names.Addresses {
		if evidence.AtEdge(a) && (to == "" || strings.Contains(to, ":")) {
			to = a
		}
	}
	if to == "" {
		r.note("not_at_edge")
		return
	}
	for _, path := range []string{"/", "/cdn-cgi/trace"} {
		if !r.begin(ctx, "https://"+r.Host+path+" through Cloudflare") {
			return
		}
		line := r.say("through Cloudflare, at %s: HEAD https://%s%s", to, r.Host, path)
		w, outcome := r.connect(ctx, net.JoinHostPort(to, "443"))
		if w == nil {
			r.failure = nil // of the edge nothing has to be known
			r.say("%s", sentence(outcome))
			r.note("edge_unknown")
			return
		}
		s := handshake(w, hello{name: r.Host, from: tls.VersionTLS12, to: tls.VersionTLS13, every: true}, r.Timeout)
		if s.conn == nil {
			w.Close()
			e := &evidence.Reply{Line: line}
			if s.outcome == "alert" {
				e.Failed, e.Answered = "edge_tls", r.say("the edge ends the handshake with alert %d (%s)", s.alert, alertName(s.alert))
				r.met.Edge = e
			} else {
				r.say("connected, then %s", sentence(s.outcome))
				r.note("edge_unknown")
			}
			return
		}
		p := ask(s.conn, http.MethodHead, r.Host, path, "", r.Timeout)
		s.over()
		if path == "/" {
			r.met.Edge = r.told(line, p, "_edge")
			continue
		}
		r.told(line, p, "_edge")
	}
}

// sentence words an outcome.
func sentence(outcome string) string {
	if s, ok := map[string]string{
		"refused": "the connection is refused", "timeout": "no connection in time", "unreachable": "no route to the address", "reset": "reset",
		"eof": "closed without a word", "silent": "silence", "not_tls": "an answer that is not TLS", "empty": "the connection is closed", "slow": "silence",
		"headers_too_big": "headers of more than 128 KiB", "not_http": "what comes is not HTTP", "flood": "it sends without end", "strict": "not tested",
	}[outcome]; ok {
		return s
	}
	return outcome
}

// because words why a handshake broke at this end.
func because(why string) string {
	switch why {
	case "flood":
		return "the server sends without end"
	case "chain_too_big":
		return "the certificates are longer than a handshake may be"
	}
	return "this end breaks it off: " + why
}

// alertName is what RFC 8446 calls an alert.
func alertName(n int) string {
	names := map[int]string{10: "unexpected message", 20: "bad record mac", 22: "record overflow", 40: "handshake failure", 42: "bad certificate", 43: "unsupported certificate",
		44: "certificate revoked", 45: "certificate expired", 46: "certificate unknown", 47: "illegal parameter", 48: "unknown ca", 49: "access denied", 50: "decode error", 51: "decrypt error",
		70: "protocol version", 71: "insufficient security", 80: "internal error", 86: "inappropriate fallback", 90: "user canceled", 109: "missing extension", 110: "unsupported extension",
		112: "unrecognized name", 113: "bad certificate status response", 115: "unknown psk identity", 116: "certificate required", 120: "no application protocol"}
	if s, ok := names[n]; ok {
		return s
	}
	return "without a name"
}
