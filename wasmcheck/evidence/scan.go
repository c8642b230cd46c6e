package evidence

// scan reads what a scanner prints. Scanners test what they reach: by address, without a name, the default certificate;
// by name, whatever answers there, which may be the edge.
func (r *reader) scan(s *segment) {
	ip, host := s.cmd.ip, s.cmd.host
	at := max(s.run, s.from)
	open, shut := false, false
	l := leaf{}
	l.at.issuer, l.at.after, l.at.before, l.at.names, l.at.chain = s.from, s.from, s.from, s.from, s.from
	sni := s.cmd.sni
	trust := ""
	trustAt, chainAt, datesAt := -1, -1, -1
	chain, dates := "", ""
	for i := s.from; i < s.to; i++ {
		text, low := r.lines[i].text, r.lines[i].low
		t := trim(low)
		switch {
		case hasAny(low, "nmap scan report for |ssl report: "):
			v := after(text, "report for ") + after(text, "Report: ")
			if has(v, "(") {
				host = lower(word(v))
				v = between(v, "(", ")")
			}
			if v = word(v); isIP(v) {
				ip, at = v, i
			} else if isHost(v) {
				host = lower(v)
			}
		case begins(t, "connected to ") && s.kind == sslscan:
			if v := wordAfter(text, "onnected to "); isIP(v) {
				ip, at = v, i
			}
		case has(low, "using sni name "):
			if v := wordAfter(low, "sni name "); isHost(v) {
				host, sni = v, true
			}
		case has(low, "-->> "):
			v := between(text, "-->> ", " <<--")
			name, _ := target(word(v), 443)
			if isIP(name) {
				ip, at = name, i
			}
			if v := lower(between(v, "(", ")")); isHost(v) {
				host, sni = v, true
			}
		case has(low, "/tcp"):
			n, size := digits(t)
			if size == 0 {
				break
			}
			state, met := word(trim(t[min(len(t), size+4):])), ""
			switch state {
			case "open":
				open = true
				r.fact("tcp", "connected", i)
			case "closed":
				met = "refused"
			case "filtered":
				met = "timeout"
			}
			shut = shut || met != ""
			if met != "" && (n == 443 || n == 80) && owner(ip) != "edge" && ip != "" {
				r.fact("tcp", met, i)
				r.claim(true, "test"+decimal(n), met, "port_"+state, "", i, at)
			}
		case has(low, "trust (hostname)"):
			trust, trustAt = "match", i
			if hasAny(low, "does not match|not ok|mismatch") {
				trust = "mismatch"
			}
		case has(low, "chain of trust"):
			chainAt = i
			switch {
			case has(low, "chain incomplete"):
				chain = "incomplete"
			case hasAny(low, "self signed|self-signed"):
				l.class = "self_signed"
			case has(low, "not ok"):
			case has(low, " ok"):
				chain = "complete"
			}
		case has(low, "certificate validity (utc)"):
			datesAt = i
			if j := index(low, "-->"); j >= 0 {
				l.after = findDay(text[j:])
				l.before = findDay(text[:j])
			}
			l.at.after, l.at.before = i, i
			l.shown = true
			switch {
			case has(low, "expired"):
				dates = "expired"
			case l.after != 0:
				dates = r.dated(&l)
			}
		case begins(t, "issuer ") && s.kind == testssl, begins(t, "issuer\t"):
			l.issuer, l.at.issuer, l.shown = lower(trim(text[index(low, "issuer")+6:])), i, true
		case has(low, "subjectaltname (san)"):
			for _, name := range hostsIn(after(low, "(san)")) {
				l.names = sorted(with(l.names, name))
			}
			l.named, l.at.names = len(l.names) > 0, i
		case begins(t, "common name (cn)"):
			l.cn = trim(word(trimAfter(text, "(CN)")))
		}
	}
	r.fact("ip", ip, at)
	r.host(host, at)
	if s.kind == nmap || s.kind == sslscan {
		r.printed(s, &l)
	}
	if l.class == "" {
		l.classify(false)
	}
	if s.kind == sslscan && l.class == "self_signed" && has(l.issuer, " ") {
		l.class = ""
	}
	r.certificateFacts(&l)
	if ip != "" && owner(ip) == "edge" || s.kind == sslLabs {
		r.fact("vantage", "edge", at)
		r.withhold("test443", "vantage_edge", at)
		return
	}
	if ip != "" {
		r.fact("vantage", "origin", at)
	}
	if open && !shut {
		r.withhold("test443", "scanner", s.from)
	}
	firm := (s.kind == testssl || s.kind == sslscan) && ip != "" && sni && host != ""
	give := func(q, v, rule string, at int) {
		condition := "sni"
		if ip == "" {
			condition = "direct"
		}
		r.claim(firm, q, v, rule, condition, at, at)
	}
	if dates == "" {
		dates, datesAt = r.dated(&l), l.at.after
	}
	give("dates", dates, "dates_compared", datesAt)
	give("issuer", l.class, "issuer_named", l.at.issuer)
	give("chain", chain, "scanner_chain", chainAt)
	give("names", trust, "scanner_names", trustAt)
	if trust == "" && sni && host != "" && l.named {
		give("names", nameVerdict(covers(l.names, host)), "names_compared", l.at.names)
	}
}
