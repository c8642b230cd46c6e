package evidence

// A test is what a client did and met: where it connected, and how far it came.
type test struct {
	s    *segment
	leaf leaf

	host, ip, scheme string
	port             int
	at               int // the line that tells where it connected
	edge             bool
	sni              bool // a name was sent, as far as is known
	led              bool // curl was led to another address than the name's
	direct           bool // the address is the origin's, whatever it is: somebody said so
	insecure         bool

	connected  bool // TCP was there
	handshake  bool // TLS was agreed
	done       bool // a request was answered
	helloed    bool // the client had begun to speak TLS
	failed     bool
	alert      int // the last that the server sent
	alertAt    int
	verify     int // OpenSSL's number, -1 when none is printed
	verifyAt   int
	own        string // the test443 that the wording gives, before the certificate is looked at
	rule       string
	ruleAt     int
	ambiguous  int // line of a wording that fits several faults, or -1
	status     int
	statusAt   int
	location   string
	locationAt int
	matched    string // what the client says of names
	matchedAt  int
	cut        bool // the output ends within a certificate
	brief      bool
	asked      bool // the server asked for a certificate
	certSent   bool // the server's certificate was received
	body400    bool
	again      bool // a hop before has met the same server
	foreign    bool // a redirect has led to another site
	toTLS      bool // the answer of port 80 leads to https
}

// by notes what the wording of a rule gives, match what a client says of names.
func (t *test) by(own, rule string, at int) { t.own, t.rule, t.ruleAt = own, rule, at }
func (t *test) match(said string, at int)   { t.matched, t.matchedAt = said, at }

// read reads a segment by its kind.
func (r *reader) read(s *segment) {
	switch s.kind.family() {
	case ofOpenSSL:
		if s.kind == sClient {
			r.client(s)
			return
		}
		r.file(s)
	case ofHTTP, ofClients, ofScans:
		switch s.kind {
		case testssl, sslLabs, sslscan, nmap:
			r.scan(s)
			return
		}
		if s.kind == powershell && (s.cmd.tool == "resolve-dnsname" || r.textOf(s, "ipaddress") != "" && r.textOf(s, "section") != "" || r.textOf(s, "ip4address") != "") {
			r.names(s)
			return
		}
		r.client(s)
	case ofPages:
		r.page(s)
	case ofLogs:
		r.log(s)
	case ofConfigs:
		r.configuration(s)
	case ofNet:
		r.net(s)
	default:
		r.say(s)
	}
}

// targets finds where a client connected.
func (r *reader) targets(t *test) {
	s := t.s
	c := &s.cmd
	t.host, t.ip, t.port, t.scheme, t.insecure = c.host, c.ip, c.port, c.scheme, c.insecure
	t.sni = c.sni
	t.at = max(s.run, s.from)
	if s.run >= 0 {
		r.fact("host", c.host, s.run)
	}
	// named notes a host that the client says it asked for; what is no host is passed over.
	named := func(name string, port, i int) {
		if !isHost(name) {
			return
		}
		if r.fact("host", name, i); t.host == "" {
			t.host, t.sni = name, true
			if port > 0 {
				t.port = port
			}
		}
	}
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		if l.marks&markClient == 0 { // what is looked for here, and in lines443, has to stand there
			continue
		}
		text, low := l.text, l.low
		ip := ""
		// reached notes an address, alone or in a text, where a port stands with it.
		reached := func(s string) {
			if name, port := target(strip(s, ".,;:{}()'`\""), 443); isIP(name) {
				ip, t.port = name, port
			}
		}
		// What most lines lack is looked for once.
		connect, tcp := has(low, "onnect"), has(low, "tcp")
		switch {
		case begins(trim(low), "*") && has(low, "trying "): // curl: an address, or a name in brackets
			reached(wordAfter(text, "rying "))
		case beginsAny(low, "* connected to |* established connection to "):
			at := index(low, " to ") + 4
			named(word(low[at:]), 0, i)
			ip = strip(until(until(after(text, "("), ")"), " "), "[]")
			t.portBehind(low, " port ")
		case begins(low, "* connecting to hostname: "):
			t.led = true
		case begins(low, "* host ") && has(low, " was resolved"):
			name, port := target(word(low[7:]), 443)
			named(name, port, i)
		case connect && has(low, "connecting to ") && !has(text, "|"): // gnutls-cli, openssl 3.2 and later
			reached(wordAfter(text, "onnecting to "))
		case connect && hasAny(low, "tcp connection to |can't connect to "): // of Ruby, of Perl
			to := wordAfter(after(text, "onnect"), " to ")
			reached(to)
			name, port := target(to, 443)
			named(lower(name), port, i)
		case s.kind == wget && has(text, "|"): // name (name)|address|:443, in any language
			ip = between(text, "|", "|")
			t.portBehind(text, "|:")
			named(word(low), 0, i)
			named(wordAfter(low, " to "), 0, i)
		case begins(low, "resolving '"):
			if name, port := target(between(low, "'", "'"), 443); isHost(name) {
				t.host = ""
				named(name, port, i)
			}
		case tcp && hasAny(low, "dial tcp |read tcp "):
			to := after(text, "->")
			if to == "" {
				to = after(text, "dial tcp ")
			}
			reached(until(word(to), ": "))
		case hasAny(low, "econnrefused |etimedout |ehostunreach ") || has(text, ":443") && (s.kind == powershell || s.kind == rustError): // .NET ends a message in (203.0.113.10:443)
			for _, w := range fields(text) {
				if _, port := target(strip(w, ",;:{}()"), 0); port > 0 {
					reached(w)
				}
			}
		case connect && has(low, "connect to ") && has(low, " port ") && hasAny(low, "failed|timed out|refused"):
			for _, w := range fields(until(text, " from ")) {
				if w = strip(w, "(),:[]"); isIP(w) {
					ip = w
				}
			}
			t.portBehind(low, " port ")
			named(strip(wordAfter(low, "connect to "), "("), 0, i)
		case has(low, "connectionpool(host='"): // of Python
			if ip = between(low, "host='", "'"); isIP(ip) {
				t.portBehind(low, "port=")
			}
		case has(low, "peeraddr="): // of Ruby
			reached(wordAfter(low, "peeraddr="))
		case c.host == "" && s.kind.family() == ofClients && has(low, "://") && t.ip == "": // an address in an address
			for rest := low; has(rest, "://") && ip == ""; rest = after(rest, "://") {
				if _, name, port := link(rest[max(0, index(rest, "://")-5):]); isIP(name) {
					ip, t.port = name, port
				}
			}
		case r.labelled(i, remoteAddress) != "":
			reached(r.labelled(i, remoteAddress))
		case has(low, "remoteaddress"):
			ip = trimAfter(text, ":")
		case tcp && has(low, "tcptestsucceeded"):
			if t.connected = has(low, "true"); !t.connected {
				t.ambiguous = i // refused, or dropped
			}
		case has(low, "remoteport"):
			t.port, _ = digits(trimAfter(text, ":"))
		case hasAny(low, "address: |ip: "):
			ip = strip(word(trim(after(low, "address: ")+after(low, "ip: "))), ",;")
		}
		if isIP(ip) {
			if t.ip == "" || owner(t.ip) == "edge" || s.cmd.ip == "" {
				t.ip = ip
				t.at = i
			}
			r.fact("ip", ip, i)
		}
		for at := 0; s.run != i || c.host == ""; { // an address on the web, in a message
			if at = seek(low, "https://", at); at < 0 {
				break
			}
			if _, name, port := link(low[at:]); isHost(name) && !hasAny(name, references) {
				r.fact("host", name, i)
				if t.host == "" && !begins(trim(low), "<") && !begins(low, "location:") {
					t.host, t.sni = name, true
					if t.port == 0 {
						t.port, t.scheme = port, "https"
					}
				}
			}
			at += 8
		}
		if begins(low, "> host: ") {
			name, _ := target(trim(low[8:]), 0)
			r.host(name, i)
			if t.host == "" && t.led && isHost(name) {
				t.host, t.sni = name, true
			}
		}
		if !hasAny(low, "host|is valid for |certificate for <|dns name ") {
			continue
		}
		for _, key := range pieces("dns name matching |certificate for <|host='|host: '|altnames: host: |hostname '|target host name '|connection hostname (|host name '|not valid for '|not ") {
			if name := strip(wordAfter(low, key), "',.\"()<>"); isHost(name) && (key != "not " || has(low, "is valid for ")) {
				r.fact("host", name, i)
				if t.host == "" {
					t.host = name
				}
			}
		}
	}
	if c.ip != "" {
		r.fact("ip", c.ip, s.run)
	}
	if t.port == 0 && (t.host != "" || t.ip != "") {
		t.port = 443
		if t.scheme == "http" {
			t.port = 80
		}
	}
	if (t.host != "" || t.ip != "") && s.kind != gitError {
		r.number("port", t.port, t.at)
	}
	// Programs that got a name, and say nothing of SNI, send it; those that got an address send none.
	if t.host != "" && s.run < 0 {
		t.sni = true
	}
	if t.ip != "" && t.host == "" && s.cmd.host == "" && !t.led {
		t.sni = false
	}
	if s.run < 0 && t.host == "" && t.ip == "" {
		t.sni = true
	}
}

// references are hosts of those who write programs, and explain them: in a message they are where to read more.
const references = "curl.se|curl.haxx|cloudflare.com|nmap.org|python.org|letsencrypt.org|urllib3.readthedocs|nodejs.org|wikipedia.org|microsoft.com|github.com|mozilla.org|testssl.sh|openssl.org|google.com|wordpress.org|stackoverflow.com"

// portBehind notes the port that stands behind a piece.
func (t *test) portBehind(s, piece string) {
	if n, size := numberAfter(s, piece); size > 0 {
		t.port = n
	}
}

func hostOnly(name string) string {
	if isHost(name) {
		return name
	}
	return ""
}

// client reads the output of a program that connected to a server.
func (r *reader) client(s *segment) {
	hops := r.hops(s)
	for n, t := range hops {
		r.targets(t)
		t.foreign = !ends(hops[0].host, t.host) && !ends(t.host, hops[0].host)
		for _, before := range hops[:n] {
			if before.host == t.host && before.port == t.port && before.ip != "" && (t.ip == "" || t.ip == before.ip) {
				t.ip, t.again = before.ip, true
			}
		}
		r.lines443(t)
		r.matches(t)
		r.chain(t)
		if t.direct || owner(t.ip) != "edge" {
			r.ip, r.site = t.ip, t.host
		}
		r.conclude(t)
		r.ip, r.site = "", ""
	}
	r.followed(s, hops)
}

// newTest is the test that a segment shows, of which nothing is known.
func newTest(s *segment) *test {
	t := &test{s: s, verify: -1, ambiguous: -1}
	t.leaf.at.issuer, t.leaf.at.after, t.leaf.at.before, t.leaf.at.names, t.leaf.at.chain = s.from, s.from, s.from, s.from, s.from
	return t
}

// lines443 reads what the lines of a client say one by one.
func (r *reader) lines443(t *test) {
	s := t.s
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		if i == s.run || l.marks&markClient == 0 {
			continue
		}
		text, low := l.text, l.low
		tl := trim(low)
		switch {
		case begins(tl, "connection established"):
			t.connected, t.handshake, t.brief, t.certSent = true, true, true, true
		case hasAny(tl, "connected(0|- simple client mode"):
			t.connected = true
		case beginsAny(tl, "* connected to |* established connection"):
			t.connected = true
		case hasAny(tl, "* alpn|client hello"):
			t.helloed, t.connected = true, true
		case hasAny(tl, "... connected.|接続しました"):
			t.connected, t.helloed = true, true
		}
		if has(low, "(in), tls handshake, certificate (11)") || begins(tl, "no client certificate ca names") && t.leaf.shown || begins(tl, "- got a certificate list") {
			t.certSent = true
		}
		if has(low, "curl: (7)") && hasAny(low, "couldn't connect to server|could not connect to server") && !hasAny(low, "refused|timed out") {
			t.ambiguous = i // refused, or no way there
		}
		if hasAny(low, "request cert (13)|acceptable client certificate ca names|request certificate (13)") || begins(tl, "requested signature algorithms:") {
			t.asked = true
			r.fact("client_cert_requested", "yes", i)
		}
		if begins(tl, "new, ") && !has(tl, "(none)") || hasAny(tl, "ssl connection using|- handshake was completed") {
			t.handshake, t.connected = true, true
		}
		if has(tl, "cipher is (none)") {
			t.failed = true
		}
		if has(low, "alert") && hasAny(low, "(in), tls alert, |received alert|alert number ") {
			n, _ := digits(after(low, "received alert [") + after(low, "alert number "))
			if has(low, "(in), tls alert, ") {
				n, _ = digits(after(low[index(low, "tls alert, "):], "("))
				n &= 255
			}
			if n > 0 {
				t.alert, t.alertAt, t.failed, t.connected = n, i, true, true
				r.number("alert", n, i)
			}
		}
		if has(low, "verify ") {
			if n, size := numberAfter(low, "verify error:num="); size > 0 {
				t.verify, t.verifyAt, t.certSent = n, i, true
			}
			switch {
			case has(low, "verify return code: "):
				if n, size := numberAfter(low, "verify return code: "); size > 0 && (n > 0 || t.verify < 0 || t.handshake) { // of one that was broken off it says 0
					t.verify, t.verifyAt = n, i
				}
			case hasAny(low, "verify result: |certificate verify result"):
				if n, size := digits(until(after(low[index(low, "verify result"):], "("), ")")); size > 0 {
					t.verify, t.verifyAt = n, i
				}
			}
			if has(low, "ssl certificate verify ok") {
				t.verify, t.verifyAt = 0, i
			}
		}
		if has(low, "subjectaltname: host ") && has(low, "matched") || has(low, "common name: ") && has(low, "(matched)") {
			t.match("match", i)
		}
		if has(low, "status: the certificate is trusted") { // gnutls-cli compares names as well
			t.verify, t.verifyAt = 0, i
			t.match("match", i)
		}
		if t.brief && tl == "verification: ok" { // where a connection was established, a certificate was shown
			t.verify, t.verifyAt = 0, i
		} else if t.brief && begins(tl, "verified peername: ") {
			t.match("match", i)
		}
		code := "" // of the edge's page, for who is no browser
		if begins(tl, "error code: ") {
			code = tl[12:]
		} else if n := index(low, "error_code"); n >= 0 && r.textOf(s, "cloudflare_error") != "" {
			n, _ = digits(strip(low[n+10:], " \":"))
			code = decimal(n)
			r.ray(i)
		}
		if oneOf(code, codes) && s.kind.family() == ofHTTP && (t.ip == "" || owner(t.ip) == "edge") {
			t.edge = true
			r.fact("error_code", code, i)
			r.failedAtEdge(t, code, "page_code", i)
		}
		h := tl
		if beginsAny(h, "< |* ") {
			h = trim(h[2:])
		}
		met := "" // a status
		switch {
		case beginsAny(h, "http/1.|http/2|http/3"):
			if all := fields(h); len(all) > 1 && len(all[1]) == 3 && !begins(tl, "* using") {
				met = all[1]
			}
		case r.labelled(i, statusCode) != "":
			if v := r.labelled(i, statusCode); !hasAny(lower(v), "internal|cache|キャッシュ") { // a browser's own, or one of another day
				met = v
			}
		case hasAny(low, "awaiting response... |not indicate success: "):
			met = after(low, "awaiting response... ") + after(low, "not indicate success: ")
		case beginsAny(h, "location: |location:http"):
			t.location, t.locationAt = trim(between(text+"\n", text[index(low, "location:"):index(low, "location:")+9], "\n")), i
			if has(low, " [following]") {
				t.location = word(t.location)
			}
			r.fact("location", t.location, i)
			if hasAny(h, "/wp-login.php|/wp-admin/") {
				r.answer("app", "wordpress", "header_wordpress", i)
			}
		case begins(h, "server: ") || h == "server":
			v := trimAfter(text, ": ")
			if h == "server" {
				v = r.labelled(i, h)
			}
			if r.fact("server", v, i); has(lower(v), "cloudflare") {
				t.edge = true
				r.fact("edge", "yes", i)
			}
		case begins(h, "cf-ray:"):
			t.edge = true
			r.ray(i)
		case begins(h, "strict-transport-security:"):
			r.fact("hsts", trimAfter(text[index(low, "security:"):], ":"), i)
		case has(h, "wp-") && hasAny(h, "wp-json|wp-content|wp-includes") || begins(h, "x-redirect-by: wordpress") || has(h, "x-pingback:"):
			r.answer("app", "wordpress", "header_wordpress", i)
		case hasAny(low, "(http_request_failed)|wordpress.org|wordpress could not"):
			r.answer("app", "wordpress", "path_wordpress", i)
		}
		if n, size := digits(met); size == 3 {
			t.status, t.statusAt, t.done, t.connected = n, i, true, true
			r.number("http_status", n, i)
		}
	}
	if owner(t.ip) == "edge" {
		t.edge = true
	}
}

// matches reads what the rules found.
func (r *reader) matches(t *test) {
	own := false // a root of one's own
	for _, h := range t.s.hits {
		rule := h.rule()
		if rule == nil || rule.In&inClient == 0 && rule.In&inBody == 0 {
			continue
		}
		i := int(h.line)
		if i == t.s.run || i < t.s.from || i >= t.s.to {
			continue
		}
		low := r.lines[i].low
		set := func() {
			if t.own == "" {
				t.by(rule.Answer, rule.ID, i)
			}
		}
		switch rule.ID {
		case "tcp_refused":
			if has(low, "connect to ::1") || has(low, "proxy") && !has(low, "httpsconnectionpool") {
				continue
			}
			r.fact("tcp", "refused", i)
			t.failed = true
			set()
		case "tcp_timeout":
			if hasAny(low, "tls handshake timeout|resolving timed out") {
				continue
			}
			if t.helloed || t.connected && t.s.kind == sClient || has(low, "ssl connection timeout") {
				r.fact("tcp", "connected", i)
				if t.own == "" {
					t.by("silent", "tls_silent", i)
				}
				t.failed = true
				continue
			}
			if !t.s.is(curlVerbose) && has(low, "connection timed out after") && t.s.kind == curlError || has(low, "operation timed out after") && !t.s.is(curlVerbose) {
				t.ambiguous = i // silence, or a packet that was dropped: without -v curl does not say
				continue
			}
			if has(low, "operation timed out after") && t.connected {
				t.ambiguous = i
				continue
			}
			r.fact("tcp", "timeout", i)
			t.failed = true
			set()
		case "tcp_unreachable":
			r.fact("tcp", "unreachable", i)
			t.failed = true
		case "name_unknown":
			r.note("name_unknown")
			t.failed = true
		case "tls_silent", "tls_reset", "tls_eof", "tls_not_tls":
			what := rule.ID[len("tls_"):]
			switch what {
			case "silent":
				what = "timeout"
			case "reset":
				if t.done {
					continue
				}
			case "eof": // curl 8 says an error of zeros before it says what it was
				if t.done || t.handshake && t.s.kind != sClient || has(low, `": eof`) && t.s.kind != goError || hasAny(low, "reset by peer|errno=104|errno 104|tls connect error: error:00000000") {
					continue
				}
			}
			r.fact("tls_error", what, i)
			t.failed, t.connected = true, true
			set()
		case "client_too_strict", "alert_unnamed":
			what, why := rule.ID, rule.ID
			if what == "alert_unnamed" {
				what, why = "alert", "ambiguous"
			}
			if t.alert == 0 {
				r.fact("tls_error", what, i)
				r.withhold("test443", why, i)
			}
			t.failed, t.connected = true, true
		case "cert_own_root":
			own = true
			t.ambiguous = i
			if t.verify < 0 {
				t.failed = t.failed || !t.insecure
			}
			t.certSent, t.connected = true, true
		case "cert_self_signed":
			if hasAny(low, "in certificate chain|in_cert_chain|self_signed_cert_in") {
				continue
			}
			t.certSent, t.connected = true, true
			set()
		case "cert_expired", "cert_not_yet", "cert_wrong_name":
			if rule.ID == "cert_expired" && has(low, "expired or is not yet valid") && !has(low, " is after 2") {
				continue // Go has one sentence for both, and says the times behind it
			}
			if rule.ID == "cert_wrong_name" && has(low, "certificate common name") && !hasAny(low, "doesn't match|does not match|mismatch") {
				continue
			}
			t.certSent, t.connected = true, true
			t.failed = t.failed || !t.insecure && t.verify < 0
			if rule.ID == "cert_wrong_name" {
				t.match("mismatch", i)
				if names := between(low, "is valid for ", ", not "); names != "" {
					t.leaf.names, t.leaf.at.names = sorted(split(squeeze(names), ',')), i
				}
				if names := between(low, "subject alternative names: [", "]"); names != "" { // of Java
					t.leaf.names, t.leaf.at.names = sorted(split(squeeze(names), ',')), i
				}
				if has(low, "peer certificate cn=") { // of PHP
					t.leaf.cn, t.leaf.at.issuer = between(low, "`", "'"), i
				}
				if v := after(low, "cert's altnames: dns:"); v != "" {
					t.leaf.names, t.leaf.at.names = sorted(namesIn("dns:"+strip(until(v, `"`), ". '}"))), i
				}
			}
			if t.own == "" || t.own == "wrong_name" || t.own == "self_signed" && rule.ID != "cert_wrong_name" && t.verify != 18 {
				t.by(rule.Answer, rule.ID, i)
			}
		case "cert_unknown_issuer":
			t.ambiguous = i
			t.certSent, t.connected = true, true
		case "cert_revocation":
			r.withhold("test443", "revocation", i)
			t.certSent, t.connected, t.failed = true, true, true
		case "client_cert_400":
			t.body400, t.connected = true, true
			t.by("client_cert_400", rule.ID, i)
		case "plain_to_tls":
			t.connected = true
			if t.scheme == "http" && t.port == 443 || t.scheme == "http" && t.port != 80 {
				r.note("http_to_tls_port")
			} else {
				r.badRequest(t, i)
			}
		case "curl_loop":
			if has(low, "maximum (") && (!has(low, "redirects") || !has(low, "followed")) {
				continue
			}
			r.loops(t, i)
		case "empty_reply":
			r.fact("tcp", "connected", i)
			t.connected = true
			r.withhold("test443", "empty_reply", i)
		default:
			if n := alertNumber(rule.ID); n > 0 && (!has(low, "(out), tls alert") || has(low, "(in), tls alert")) {
				if t.alert == 0 || t.alert == n {
					r.number("alert", n, i)
					t.alert, t.alertAt = n, i
				}
				t.failed, t.connected = true, true
			}
		}
	}
	if own {
		t.rule = "cert_own_root"
	}
	if t.own == "wrong_name" && t.ip != "" && t.host == "" { // for an address few certificates are
		t.own, t.matched, t.ambiguous = "", "", t.ruleAt
	}
	if r.textOf(t.s, "curl: (35)") != "" { // it came to the handshake, and no further
		t.failed, t.connected = true, true
	}
	if r.ended(t.s, "ssl certificate problem|curl: (60)") {
		t.failed, t.connected, t.certSent = true, true, true
	}
}

// ended tells whether one of some wordings stands in a segment's last lines, in which one sees how a command ended.
func (r *reader) ended(s *segment, list string) bool {
	for i := max(s.from, s.to-12); i < s.to; i++ {
		l := &r.lines[i]
		if !l.encoded && hasAny(l.low, list) {
			return true
		}
	}
	return false
}

func squeeze(s string) string { return without(s, " \t\r\n\f\v") }

// alertNumber is the number in the id of a rule about an alert.
func alertNumber(id string) int {
	if begins(id, "alert") {
		n, _ := digits(id[5:])
		return n
	}
	return 0
}

// chain reads the certificates that s_client prints: what stands in the chain, and the first in PEM.
func (r *reader) chain(t *test) {
	s, l := t.s, &t.leaf
	subject, issuer := "", ""
	l.linked = true
	from := -1
	for i := s.from; i < s.to; i++ {
		if r.lines[i].encoded {
			continue
		}
		text, low := trim(r.lines[i].text), trim(r.lines[i].low)
		if n, size := digits(low); size > 0 && size < 3 && stands(low, size, " s:") && n == l.chain {
			if n > 0 && squeeze(lower(text[size+3:])) != squeeze(issuer) {
				l.linked = false
			}
			l.chain++
			subject, issuer = lower(text[size+3:]), ""
			from = i
			if n == 0 {
				l.subject, l.cn, l.shown = subject, commonName(text[size+3:]), true
				l.at.chain = i
			}
			continue
		}
		if from >= 0 && i <= from+5 {
			switch {
			case begins(low, "i:"):
				issuer = low[2:]
				if l.chain == 1 {
					l.issuer, l.at.issuer = issuer, i
				}
			case begins(low, "v:notbefore:") && l.chain == 1:
				l.before, l.after = findDay(until(low, ";")), findDay(after(low, "notafter:"))
				l.at.before, l.at.after = i, i
			}
		}
		if begins(low, "peer certificate: ") {
			l.cn, l.shown = commonName(text[18:]), true
			l.at.issuer = i
		}
		if begins(low, "depth=0 ") && l.subject == "" {
			l.subject = low[8:]
			l.cn, l.at.issuer = commonName(text), i
			l.shown = true
		}
	}
	certs, lines, whole := r.certificates(s)
	t.cut = !whole
	if len(certs) > 0 {
		chain, linked, at := l.chain, l.linked, l.at.chain
		l.of(&certs[0], lines[0])
		l.chain, l.linked, l.at.chain = chain, linked, at
	}
	if s.kind != sClient || l.issuer == "" || l.after == 0 {
		r.printed(s, l)
	}
	if n, size := numberAfter(r.textOf(s, "- got a certificate list of "), "list of "); size > 0 {
		l.chain = n
	}
	if l.class == "" {
		l.classify(false)
	}
	if l.class == "self_signed" && t.verify == 19 {
		l.class = ""
	}
	if l.shown {
		t.certSent = true
	}
}

// textOf is the first line of a segment that has a piece, in small letters.
func (r *reader) textOf(s *segment, piece string) string {
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		if has(l.low, piece) {
			return l.low
		}
	}
	return ""
}

// conclude weighs what a client met.
func (r *reader) conclude(t *test) {
	s, l := t.s, &t.leaf
	l2 := l.class
	// What is shown of a certificate under an address of the edge is the edge's.
	proved := l2 == "origin_ca" || l2 == "router_default" || l2 == "staging"
	edge := t.edge && !proved
	vantage := ""
	switch {
	case edge:
		vantage = "edge"
	case t.direct || t.ip != "" && owner(t.ip) != "loopback" || proved:
		vantage = "origin"
	}
	r.fact("vantage", vantage, t.at)

	if t.connected {
		if r.value("tcp") == "" || s.run >= 0 {
			r.fact("tcp", "connected", max(t.at, s.from))
		}
	}
	named := r.ended(s, "ssl certificate problem|curl: (60)|no alternative certificate")
	switch {
	case t.handshake && t.alert == 40: // of what looked agreed: TLS 1.2 answers a missing certificate within the handshake
		r.fact("tls", "failed", t.alertAt)
	case t.handshake && !(named && s.kind.family() == ofHTTP):
		r.fact("tls", "ok", s.from)
	case t.done && t.scheme == "https" && s.kind.family() == ofHTTP:
		r.fact("tls", "ok", t.statusAt)
	case t.failed && t.connected && t.own != "refused" && t.own != "timeout":
		r.fact("tls", "failed", max(t.ruleAt, s.from))
	}
	if t.certSent && t.verify >= 0 && (l.shown || t.brief || t.verify > 0) {
		r.number("verify", t.verify, t.verifyAt)
	}
	r.certificateFacts(l)
	if t.done {
		r.response(t, vantage)
	}
	if t.foreign {
		return
	}
	if t.port == 80 || t.scheme == "http" && t.port != 443 {
		r.plain80(t, vantage)
		return
	}
	if t.again && !t.failed { // its certificate was seen with the first
		return
	}
	if edge {
		r.withhold("test443", "vantage_edge", t.at)
		return
	}
	if t.port != 0 && t.port != 443 {
		r.withhold("test443", "other_port", t.at)
		return
	}
	if s.kind == httpHeaders && s.run < 0 || s.kind == httpBody && s.run < 0 {
		if t.body400 {
			r.offer("symptom", "client_cert_400", "client_cert_400", "through_cloudflare", t.ruleAt)
		}
		return
	}

	test, rule, at, certain := r.verdict443(t)
	firm := vantage == "origin" && certain && !t.cut
	asked := vantage == "origin" && t.sni && !s.cmd.unnamed && !t.cut // for the name
	if proved {
		asked = !t.cut && !s.cmd.unnamed
	}
	served := asked && (!s.cmd.filtered || l.shown)
	condition := "direct"
	switch {
	case vantage == "origin" && t.cut:
		condition = "whole"
	case vantage == "origin" && (s.cmd.filtered || s.cmd.terse) && t.sni && !s.cmd.unnamed:
		condition = "whole_output"
	case vantage == "origin" && test == "ok":
		condition = "client_cert_optional"
	case vantage == "origin" && !certain:
		condition = "chain"
	case vantage == "origin":
		condition = "sni"
	}
	give := func(q, v, rule string, firm bool, a, b int) {
		if firm || !t.cut || q != "test443" {
			r.claim(firm, q, v, rule, condition, a, b)
		}
	}
	byName := beginsAny(test, "alert|client_cert") || test == "ok" || l.shown || oneOf(test, "expired|not_yet|self_signed|wrong_name|incomplete|origin_ca")
	if test != "" {
		// What was filtered out can be a certificate before an alert, or an alert behind a certificate.
		whole := !s.cmd.filtered && !(s.cmd.terse && test == "alert40") || oneOf(test, "alert70|alert112") || test == "ok" && t.done || l.shown && oneOf(test, "expired|not_yet|self_signed")
		give("test443", test, rule, firm && (!byName || asked && whole), at, t.at)
	} else if t.ambiguous >= 0 {
		r.withhold("test443", "ambiguous", t.ambiguous)
	}
	if l.class != "" && (l.class != "public" || !named) {
		give("issuer", l.class, "issuer_named", served, l.at.issuer, l.at.issuer)
	}
	dates, datesAt, datesRule := r.dated(l), l.at.after, "dates_compared"
	if test == "expired" || test == "not_yet" || t.verify == 10 || t.verify == 9 {
		dates, datesAt, datesRule = "expired", at, rule
		if test == "not_yet" || t.verify == 9 {
			dates = "not_yet"
		}
		if t.verify == 10 || t.verify == 9 {
			datesAt = t.verifyAt
		}
	}
	if dates == "" && s.kind == sClient && t.verify == 0 && t.handshake && l.shown && l.after == 0 { // LibreSSL and OpenSSL 1.1 print no days, and have looked at them
		dates, datesAt, datesRule = "valid", t.verifyAt, "verified"
	}
	if dates != "" && (s.kind == sClient || l.after != 0 || oneOf(t.own, "expired|not_yet")) && (l.after != 0 || !t.brief || t.verify > 0) {
		give("dates", dates, datesRule, served, datesAt, datesAt)
	}
	names, namesAt := r.namesOf(t)
	if names != "" && (l.shown || t.matched == "mismatch" || s.kind.family() == ofHTTP && names == "match") && t.sni {
		give("names", names, "names_compared", served, namesAt, t.at)
	}
	if names == "" && !l.named && t.insecure && l.cn != "" && t.host != "" && s.kind == curlVerbose && !covers([]string{lower(l.cn)}, t.host) { // curl -k prints the subject alone
		r.offer("names", "mismatch", "names_compared", "only_name", l.at.issuer)
	}
	switch {
	case l.class != "public" || l.chain == 0 || t.cut || s.cmd.filtered:
	case l.chain == 1 && (t.verify == 20 || t.verify == 21):
		give("chain", "incomplete", "chain_alone", served, l.at.chain, t.verifyAt)
	case l.chain > 1 && l.linked && t.verify != 20 && t.verify != 21 && t.verify != 19 && t.verify >= 0:
		give("chain", "complete", "chain_linked", served, l.at.chain, l.at.chain)
	}
	if test == "" && t.ambiguous < 0 && !t.failed && vantage == "" && t.host != "" && (t.done || t.handshake) {
		r.withhold("test443", "vantage_unknown", t.at)
	}
}

// namesOf tells whether the certificate is for the host that was asked for.
func (r *reader) namesOf(t *test) (string, int) {
	l := &t.leaf
	switch {
	case t.matched != "":
		return t.matched, t.matchedAt
	case t.verify == 62:
		return "mismatch", t.verifyAt
	case t.host != "" && l.named && t.sni:
		return nameVerdict(covers(l.names, t.host)), l.at.names
	case t.host != "" && t.done && !t.insecure && t.s.kind.family() == ofHTTP && t.scheme == "https" && t.s.run >= 0:
		return "match", t.statusAt
	}
	return "", 0
}

// verdict443 is what the test of port 443 came to, by which rule and line, and whether that is certain.
func (r *reader) verdict443(t *test) (value, rule string, at int, certain bool) {
	l := &t.leaf
	value, rule, at, certain = t.own, t.rule, t.ruleAt, true
	switch {
	case oneOf(value, "refused|timeout|not_tls|silent|client_cert_400"):
		return
	case value == "reset" && t.alert == 0:
		certain = !t.certSent
		return
	case t.alert != 0:
		value, rule, at = "alert"+decimal(t.alert), "tls_alert", t.alertAt
		switch t.alert {
		case 40:
			if t.certSent {
				value, rule = "client_cert_alert40", "alert40_after_certificate"
			}
		case 70, 80, 112:
			certain = !t.certSent
			if t.alert == 70 && t.s.cmd.forced { // another version may be spoken
				value, t.ambiguous = "", t.alertAt
			}
		case 116:
			value = "client_cert_alert116"
		case 42:
			value, rule, certain = "client_cert", "alert42", false
		default:
			value, certain = "", false
		}
		return
	}
	// The handshake came to a certificate.
	names, namesAt := r.namesOf(t)
	dates := r.dated(l)
	untimely := dates == "expired" || dates == "not_yet"
	value, rule = "", "issuer_named"
	at = l.at.issuer
	switch {
	case t.verify == 10 || t.own == "expired" && t.verify != 18:
		value, rule, at = "expired", "cert_expired", firstOf(t.verify == 10, t.verifyAt, t.ruleAt)
	case t.verify == 9 || t.own == "not_yet" && t.verify != 18:
		value, rule, at = "not_yet", "cert_not_yet", firstOf(t.verify == 9, t.verifyAt, t.ruleAt)
	case t.verify == 18 || t.own == "self_signed":
		value, rule, at = "self_signed", "cert_self_signed", firstOf(t.own == "self_signed", t.ruleAt, t.verifyAt)
	case untimely && l.class != "" && l.class != "self_signed":
		value, rule, at = dates, "dates_compared", firstOf(dates == "expired" || l.class == "origin_ca", l.at.after, l.at.before)
	case oneOf(l.class, "self_signed|router_default|staging"):
		value = "self_signed"
	case t.own == "wrong_name" || names == "mismatch" && l.shown:
		value, rule, at = "wrong_name", "cert_wrong_name", firstOf(t.own == "wrong_name", t.ruleAt, namesAt)
	case l.class == "origin_ca":
		value, rule = "origin_ca", "issuer_origin_ca"
	case l.class == "private":
		value, certain = "self_signed", t.verify > 0 || t.ambiguous >= 0
	case t.verify == 19 || t.rule == "cert_own_root":
		if l.issuer != "" { // an Origin CA certificate with its root is printed alike
			l.class = "private"
			value, rule, at = "self_signed", "cert_own_root", firstOf(t.ambiguous >= 0, t.ambiguous, t.verifyAt)
		}
	case t.verify == 20 || t.verify == 21:
		if l.class == "public" && l.chain < 2 || t.brief && l.issuer == "" {
			value, rule, at, certain = "incomplete", "chain_alone", t.verifyAt, l.class == "public" && l.chain == 1
		}
	case t.ambiguous >= 0 || t.insecure && t.verify < 0 || t.failed:
	case t.verify == 0 && t.handshake && names == "match":
		// Whether a certificate that was asked for is wanted shows only after the handshake, and the client may have left by then.
		value, rule, at, certain = "ok", "verified", t.verifyAt, !t.asked || t.done
	case t.done && !t.insecure && t.scheme == "https" && t.s.kind.family() == ofHTTP && t.s.run >= 0 && t.host != "" && t.verify <= 0:
		value, rule, at = "ok", "verified", t.statusAt
	}
	return value, rule, at, certain && value != ""
}

func firstOf(which bool, a, b int) int {
	if which {
		return a
	}
	return b
}
