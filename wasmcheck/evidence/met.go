//go:build !js

package evidence

import "sslclinic/wasmcheck/certificate"

// Met is what a program of ours met that tested an origin itself, see package probe. It says what a client's words are read
// for, so that the same rules weigh both: the module does without it, for it only reads.
type Met struct {
	Host, IP string
	Port     int      // that stands for 443; 443 itself, mostly
	Lines    []string // what was done and met, in order; facts and answers quote them
	TLS      *Handshake
	Plain    []Plain
	Edge     *Reply // what the edge answered for the name
	Names    *Names
	Notes    []string
}

// Names are what the name has in the DNS.
type Names struct {
	Line      int      // in Met.Lines
	Addresses []string // none when Status says why
	Status    string   // NXDOMAIN, SERVFAIL, or nothing
	Why       string   // why nothing follows of them for who is proxied, or nothing
}

// A Handshake is the test of the port for TLS that counts: where the edge would connect, with its name, and with what it
// offers. Numbers of lines are places in Met.Lines.
type Handshake struct {
	From, To     int    // its lines, To excluded
	Outcome      string // refused, timeout, unreachable, silent, reset, eof, not_tls, alert, strict, broken, ok
	Line         int    // of the outcome
	Alert        int
	Certificates [][]byte // in DER, as they were sent
	Sent         int      // the line of the certificates
	Verify       int      // OpenSSL's number for what is wrong with them; their names are not among it
	Verified     int      // its line
	Asked        int      // the line in which a client certificate was asked for, or -1
	Reply        *Reply   // of a request, where the handshake came so far
}

// A Reply is how a server answered a request.
type Reply struct {
	Line     int // of the request, which ends in its address, in Met.Lines
	Answered int // of the answer
	Status   int // 0 when there was none
	Location string
	Server   string
	Ray      string // the id of the request at the edge, as it wrote it
	Failed   string // refused, timeout, empty, slow, alert, or another reason for no answer
}

// Plain is a request in the clear.
type Plain struct {
	Reply
	Forwarded string // what X-Forwarded-Proto said, or nothing
	Secure    bool   // the port speaks TLS
}

// Judge weighs what was met by the rules by which [Read] weighs what a client says. The day is written 2026-11-28.
func Judge(m *Met, day string) *Reading {
	r := &reader{today: parseDay(day)}
	size := 0
	for i, l := range m.Lines {
		r.lines = append(r.lines, line{number: i + 1, text: l, low: lower(l)})
		size += len(l) + 1
	}
	r.out.Bytes, r.out.Read, r.out.Lines, r.out.Notes = size, size, len(m.Lines), m.Notes
	r.out.Kinds = []Kind{{"probe", 1, len(m.Lines)}}
	if m.Names != nil {
		r.resolvedTo(m.Names)
	}
	if m.TLS != nil {
		r.shaken(m, m.TLS)
	}
	for i := range m.Plain {
		r.inTheClear(m, &m.Plain[i])
	}
	if m.Edge != nil {
		r.atTheEdge(m, m.Edge)
	}
	r.redirects()
	r.weigh()
	r.tell()
	return &r.out
}

// resolvedTo notes what a name resolves to.
func (r *reader) resolvedTo(n *Names) {
	r.fact("dns_status", n.Status, n.Line)
	if len(n.Addresses) == 0 {
		if n.Status != "SERVFAIL" {
			r.fact("dns", "none", n.Line)
		}
		return
	}
	if n.Why != "" {
		r.withhold("proxied", n.Why, n.Line)
		return
	}
	r.ownedBy(n.Addresses, n.Line)
}

// tested is a test of ours: what it connected to is the origin, for somebody named the address.
func tested(m *Met, from, to, at, run, port int, scheme string) *test {
	c := command{tool: "probe", scheme: scheme, host: m.Host, ip: m.IP, port: port, sni: true}
	s := &segment{kind: sClient, from: from, to: to, run: run, cmd: c, strong: true}
	t := newTest(s)
	t.host, t.ip, t.port, t.scheme, t.sni, t.direct, t.at = m.Host, m.IP, port, scheme, true, true, at
	return t
}

// shaken weighs a handshake.
func (r *reader) shaken(m *Met, h *Handshake) {
	t := tested(m, h.From, h.To, h.From, h.From, 443, "https")
	r.fact("host", m.Host, h.From)
	r.fact("ip", m.IP, h.From)
	r.number("port", m.Port, h.From)
	own := func(value, rule string) {
		t.own, t.rule, t.ruleAt, t.failed = value, rule, h.Line, true
	}
	t.connected = true
	switch h.Outcome {
	case "refused", "timeout", "unreachable":
		t.connected = false
		r.fact("tcp", h.Outcome, h.Line)
		if t.failed = true; h.Outcome != "unreachable" {
			own(h.Outcome, "tcp_"+h.Outcome)
		}
	case "silent":
		r.fact("tls_error", "timeout", h.Line)
		own("silent", "tls_silent")
	case "reset", "eof":
		r.fact("tls_error", h.Outcome, h.Line)
		own("reset", "tls_"+h.Outcome)
	case "not_tls":
		r.fact("tls_error", "not_tls", h.Line)
		own("not_tls", "tls_not_tls")
	case "alert":
		r.number("alert", h.Alert, h.Line)
		t.alert, t.alertAt, t.failed = h.Alert, h.Line, true
	case "strict":
		r.fact("tls_error", "client_too_strict", h.Line)
		r.withhold("test443", "client_too_strict", h.Line)
		t.failed = true
	case "broken":
		t.ambiguous, t.failed = h.Line, true
	case "ok":
		t.handshake = true
	}
	if h.Asked >= 0 {
		t.asked = true
		r.fact("client_cert_requested", "yes", h.Asked)
	}
	r.presented(t, h)
	if p := h.Reply; p != nil {
		t.s.run = p.Line
		t.s.cmd.url = m.Lines[p.Line][lastIndex(m.Lines[p.Line], ' ')+1:]
		r.replied(t, p)
		switch {
		case p.Failed == "alert" && h.Alert > 0: // after the handshake, as TLS 1.3 has it
			r.number("alert", h.Alert, p.Answered)
			t.alert, t.alertAt = h.Alert, p.Answered
		case t.asked && p.Status == 400: // a HEAD brings no words, and none are needed: it asked, and nobody showed one
			t.body400, t.own, t.rule, t.ruleAt = true, "client_cert_400", "client_cert_400", p.Answered
		}
	}
	r.conclude(t)
}

// presented reads the certificates of a handshake.
func (r *reader) presented(t *test, h *Handshake) {
	if len(h.Certificates) == 0 {
		return
	}
	t.certSent, t.verify, t.verifyAt = true, h.Verify, h.Verified
	l := &t.leaf
	var all []certificate.Certificate
	for _, der := range h.Certificates[:min(len(h.Certificates), maxCertificates)] {
		c, ok := certificate.Parse(der)
		if !ok {
			r.note("certificate_unreadable")
			break
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return
	}
	l.of(&all[0], h.Sent)
	l.chain, l.linked, l.at.chain = len(h.Certificates), len(all) == len(h.Certificates), h.Sent
	for i := 1; i < len(all); i++ {
		l.linked = l.linked && all[i-1].IssuedBy(&all[i])
	}
	switch h.Verify {
	case 18:
		t.own, t.rule, t.ruleAt = "self_signed", "cert_self_signed", h.Verified
	case 19:
		t.rule, t.ambiguous = "cert_own_root", h.Verified
		if l.class == "self_signed" {
			l.class = ""
		}
	case 0, 9, 10:
	default:
		t.ambiguous = h.Verified
	}
}

// replied notes an answer over HTTP.
func (r *reader) replied(t *test, p *Reply) {
	if p.Status == 0 {
		return
	}
	t.done, t.status, t.statusAt = true, p.Status, p.Answered
	r.number("http_status", p.Status, p.Answered)
	t.location, t.locationAt = p.Location, p.Answered
	r.fact("location", p.Location, p.Answered)
	r.fact("server", p.Server, p.Answered)
}

// inTheClear weighs a request in the clear.
func (r *reader) inTheClear(m *Met, p *Plain) {
	t := tested(m, p.Line, p.Answered+1, p.Line, p.Line, 80, "http")
	t.s.cmd.forwarded = p.Forwarded
	r.fact("port", "80", p.Line)
	r.replied(t, &p.Reply)
	switch p.Failed {
	case "refused", "timeout":
		t.own, t.rule, t.ruleAt = p.Failed, "tcp_"+p.Failed, p.Answered
	case "empty":
		r.withhold("test80", "empty_reply", p.Answered)
	}
	if p.Secure && p.Status == 400 {
		r.badRequest(t, p.Answered)
	}
	r.plain80(t, "origin")
}

// atTheEdge weighs what a visitor would see.
func (r *reader) atTheEdge(m *Met, p *Reply) {
	t := tested(m, p.Line, p.Answered+1, p.Line, p.Line, 443, "https")
	t.direct, t.ip = false, ""
	if p.Failed == "edge_tls" {
		r.answer("symptom", "edge_tls", "edge_handshake", p.Answered)
		return
	}
	r.replied(t, p)
	if p.Status == 0 || p.Ray == "" { // what has no such line did not come through the edge
		return
	}
	r.fact("edge", "yes", p.Answered)
	if id, colo := until(p.Ray, "-"), after(p.Ray, "-"); len(id) == 16 {
		r.fact("cf_ray", id, p.Answered)
		r.fact("cf_colo", colo, p.Answered)
	}
	r.response(t, "edge")
	if scheme, name, _ := link(p.Location); p.Status/100 == 3 && scheme == "https" && name == m.Host && strip(after(lower(p.Location), name), "/") == "" {
		r.answer("symptom", "loop", "location_same", p.Answered)
	}
}

// EdgeList is where the ranges of the edge come from, and of which day they are.
const EdgeList = "https://www.cloudflare.com/ips/ of 2026-11-28"

// AtEdge tells whether an address is one of the edge's proxies.
func AtEdge(address string) bool { return owner(address) == "edge" }

// Private tells whether an address is one that only a network of one's own knows, or this machine alone.
func Private(address string) bool {
	o := owner(address)
	return o == "private" || o == "loopback"
}
