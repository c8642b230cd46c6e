package evidence

// log reads a server's log. A line about a handshake counts only when the client is one of Cloudflare's addresses: one run
// of a scanner leaves every fault of this list in a log, within a second.
func (r *reader) log(s *segment) {
	for i := s.from; i < s.to; i++ {
		client := r.logClient(i)
		switch owner(client) {
		case "":
		case "edge":
			r.fact("log_client", "cloudflare", i)
		default:
			r.fact("log_client", "other", i)
		}
		r.logFacts(s, i)
	}
	tunnel := s.is(cloudflaredLog)
	if tunnel {
		r.tunnel(s)
		return
	}
	for _, h := range s.hits {
		rule := h.rule()
		if rule == nil || int(h.line) == s.run {
			continue
		}
		i := int(h.line)
		low := r.lines[i].low
		upstream := hasAny(low, "to upstream|upstream:") && has(low, "upstream")
		if n := alertNumber(rule.ID); n > 0 {
			r.number("alert", n, i) // in a log, what the other side sent
			continue
		}
		if rule.In&inLog == 0 || rule.ID == "log_tls_on_plain" && has(low, "proxy protocol") {
			continue
		}
		if upstream && rule.ID != "log_upstream" {
			r.withhold("origin_log", "not_this_leg", i)
			continue
		}
		client := r.logClient(i)
		if client == "" && (s.kind == apacheErrorLog || s.kind == nginxErrorLog) {
			client = r.nearClient(s, i)
		}
		switch rule.ID {
		case "log_key", "log_not_loaded", "log_bind":
			if rule.ID == "log_not_loaded" && has(low, "key values mismatch") || rule.ID == "log_bind" && !hasAny(low, "bind|listen|address already in use") {
				continue
			}
			r.answer("origin_log", rule.Answer, rule.ID, i)
		case "log_acme":
			if has(low, "will retry") && !hasAny(low, "obtain|acme|certificate") {
				continue
			}
			r.answer("origin_log", rule.Answer, rule.ID, i)
			r.answer("symptom", "not_issued", rule.ID, i)
		case "log_upstream":
			r.claim(client == "" || owner(client) == "edge" || s.kind == haproxyLog, "origin_log", rule.Answer, rule.ID, "client_cloudflare", i, i)
			r.withhold("test443", "not_this_leg", i)
		case "log_upstream_tls":
			r.withhold("origin_log", "not_this_leg", i)
		case "log_no_cert":
			if i > s.from && has(r.lines[i-1].low, "failed to configure at least one certificate") {
				continue // the same event, in the library's words
			}
			r.claim(client == "" || owner(client) == "edge", "origin_log", rule.Answer, rule.ID, "client_cloudflare", i, i)
		case "log_sni":
			if s.kind == apacheErrorLog && !has(low, "rejected") {
				continue
			}
			fallthrough
		default:
			if client != "" && owner(client) != "edge" {
				r.withhold("origin_log", "client_other", i)
			} else {
				r.claim(client != "", "origin_log", rule.Answer, rule.ID, "client_cloudflare", i, i)
			}
		}
	}
	if s.is(nginxAccessLog) {
		r.access(s)
	}
	if s.is(wordpress) || hasAny(r.all(s), "wp-content|wp-includes|wp-config") && s.is(phpLog) {
		r.answer("app", "wordpress", "path_wordpress", s.from)
	}
}

// clients is what stands before the address of a client in a log.
const clients = `client: |[client |handshake error from |remote_addr":"|remote_ip":"|clientaddr=|client_ip":"|rip=|from client `

// logClient is the address of the client in a line of a log.
func (r *reader) logClient(i int) string {
	text, low := r.lines[i].text, r.lines[i].low
	for list := clients; list != "" && r.lines[i].marks&markLog != 0; {
		var key string
		key, list = piece(list)
		if n := index(low, key); n >= 0 {
			v := addressAt(text[n+len(key):])
			if isIP(v) {
				return v
			}
			if name, _ := target(v, 0); isIP(name) {
				return name
			}
			if stands(text, n+len(key), "[") {
				return until(text[n+len(key)+1:], "]")
			}
		}
	}
	if !has(text, "[") {
		return ""
	}
	for n, at := 0, skip(text, 0); n < 6 && at < len(text); n++ { // an access log, HAProxy behind syslog
		w := word(text[at:])
		if name, _ := target(strip(w, "[]"), 0); isIP(name) {
			return name
		}
		at = skip(text, at+len(w))
	}
	return ""
}

// nearClient is the address in the line before or after, where a message of one event takes two.
func (r *reader) nearClient(s *segment, i int) string {
	if i > s.from {
		if v := r.logClient(i - 1); v != "" {
			return v
		}
	}
	if i > s.from+1 {
		if v := r.logClient(i - 2); v != "" && r.logClient(i-1) == "" {
			return v
		}
	}
	return ""
}

// served is what stands before the name of a site in a log.
const served = `host: "|hostname |(server |available for '|available for "|domain: |domain=|domains [|"identifier":"|host":"|for domain |and key for |certificate and private key |live/|fetching http://|fetching https://|from http://|from https://|ssl certificate for "|certificate for request: "|certificate for request: |vhost [|"identifier": "|server: |server_name":"|domain: "|identifier":"`

// logFacts notes what a line of a log says of hosts, status and services.
func (r *reader) logFacts(s *segment, i int) {
	text, low := r.lines[i].text, r.lines[i].low
	marked := r.lines[i].marks&markLog != 0
	sites := unescape(low) // in a message in quotes there are \"
	for list := served; list != "" && marked; {
		var key string
		key, list = piece(list)
		for at := 0; ; {
			if at = seek(sites, key, at); at < 0 {
				break
			}
			at += len(key)
			name := at
			for name < len(sites) && classes[sites[name]]&inHost != 0 {
				name++
			}
			r.host(strip(sites[at:name], "."), i)
		}
	}
	if s.kind == haproxyLog { // … be/<NOSRV> 0/-1/-1/-1/0 503 217
		for all := fields(low); len(all) > 1; all = all[1:] {
			if n, size := digits(all[1]); size == 3 && len(all[1]) == 3 && count(all[0], "/") == 4 && (is(all[0], 0, isDigit) || all[0][0] == '-') {
				r.number("http_status", n, i)
			}
		}
	}
	requested := s.is(nginxAccessLog) && accessLine(trim(low))
	if requested {
		if n, size := numberAfter(low, `" `); size == 3 {
			r.number("http_status", n, i)
		}
	}
	if !marked {
		return
	}
	switch {
	case requested:
	case hasAny(low, "test is successful|syntax ok|valid configuration|configuration file is valid"):
		r.fact("config_test", "ok", i)
	case hasAny(low, "test failed|nginx: [emerg]") || begins(low, "ah00526") || hasAny(low, "fatal errors found in configuration|error(s) found in configuration file"):
		r.fact("config_test", "failed", i)
	}
	if s.kind == nginxTest && has(low, "[emerg]") {
		r.fact("config_test", "failed", i)
	}
	switch {
	case hasAny(low, "active: failed|failed to start|failed with result"):
		r.fact("service", "failed", i)
	case has(low, "active: active"):
		r.fact("service", "active", i)
	}
	if s.is(wordpress) { // it asks for its own pages, as a visitor would
		if n, size := numberAfter(low, "response code: "); size == 3 && oneOf(decimal(n), codes) {
			r.offer("symptom", decimal(n), "edge_status", "through_cloudflare", i)
		}
	}
	if has(low, "serving default certificate for request") {
		r.offer("issuer", "router_default", "issuer_named", "client_cloudflare", i)
	}
	if s.is(certbotLog) || s.is(caddyLog) || s.is(traefikLog) {
		low = low[max(0, index(low, "invalid response")):] // of two numbers the first is the issuer's own answer
		for _, key := range pieces(`: 4|: 5|status: |status":|": 4|": 5`) {
			n := index(low, key)
			if n < 0 || !hasAny(low, "invalid response|acme-challenge|unauthorized|pki-validation|detail|status") {
				continue
			}
			at := n
			for at < len(low) && !is(low, at, isDigit) {
				at++
			}
			if code, size := digits(low[at:]); size == 3 && code >= 200 && code < 600 && hasAny(low, "invalid response|acme-challenge|unauthorized|pki-validation") {
				r.number("acme_status", code, i)
				if oneOf(decimal(code), codes) && owner(issuerMet(r.lines[i].low)) == "edge" {
					r.answer("proxied", "yes", "dns_edge", i)
				}
			}
		}
		if v := after(low, "expiry date: "); v != "" { // certbot certificates: what lies on disk
			day := findDay(v)
			r.fact("not_after", isoDay(day), i)
			r.offer("dates", r.dated(&leaf{after: day}), "dates_compared", "served", i)
		}
		if has(text, "Timeout during connect") {
			r.note("acme_timeout")
		}
	}
}

// issuerMet is the address that an issuer of certificates connected to: it stands before what it met there.
func issuerMet(low string) string {
	head := trim(strip(trim(until(low, ": invalid response from")), ":"))
	if n := lastIndex(head, ' '); n >= 0 {
		head = head[n+1:]
	}
	return strip(head, `"[]`)
}

// tunnel reads cloudflared's log: what it cannot reach lies behind the tunnel, and is no leg of the SSL modes.
func (r *reader) tunnel(s *segment) {
	for i := s.from; i < s.to; i++ {
		low := r.lines[i].low
		if hasAny(low, "cloudflared|connindex|originservice|tunnel") {
			r.fact("tunnel", "yes", i)
			r.offer("origin", "tunnel", "tunnel_origin", "this_site", i)
			r.ray(i)
		}
		_, name, _ := link(after(low, "dest="))
		r.host(name, i)
		if v := between(low, "certificate is valid for ", ", not "); v != "" {
			r.fact("cert_names", join(sorted(split(squeeze(v), ',')), ","), i)
		}
		if has(low, "unable to reach the origin service") {
			r.withhold("test443", "not_this_leg", i)
			if hasAny(low, "connection refused|no such host|i/o timeout|connection reset") {
				r.answer("origin_log", "upstream_down", "tunnel_origin", i)
			}
		}
	}
}

// access reads an access log: the same page that is redirected again and again is a loop, seen from the server.
func (r *reader) access(s *segment) {
	count, first := 0, -1
	before := ""
	for i := s.from; i < s.to; i++ {
		low := r.lines[i].low
		client := r.logClient(i)
		request := between(low, `] "`, `"`)
		n, _ := numberAfter(low, `" `)
		if owner(client) == "edge" && has(request, `\x16\x03`) {
			continue // a rule reads it
		}
		if (n == 301 || n == 302 || n == 307 || n == 308) && owner(client) == "edge" && request != "" {
			if request == before {
				count++
			} else {
				count, first = 1, i
			}
			before = request
		} else if request != before {
			count, before = 0, ""
		}
		if count == 3 {
			r.claim(false, "symptom", "loop", "access_loop", "same_visitor", first, i)
		}
	}
}
