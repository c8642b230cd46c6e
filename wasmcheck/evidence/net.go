package evidence

// net reads what tools of the network and of a server's system print.
func (r *reader) net(s *segment) {
	switch s.kind {
	case ss, netstat:
		r.listeners(s)
	case dockerPS:
		r.containers(s)
	case firewall:
		r.firewall(s)
	case nc:
		r.connects(s)
	case dig, nslookup, hostCommand:
		r.names(s)
	case ping, traceroute:
		r.reaches(s)
	}
}

// listeners reads which ports are listened on, and whether others can reach them.
func (r *reader) listeners(s *segment) {
	var open []string
	// The lines of these ports, -1 for none: where others reach them, and where this machine alone does.
	ports := []struct {
		port, question string
		open, loop     int
	}{{"443", "listen443", -1, -1}, {"80", "listen80", -1, -1}}
	some := false
	header := s.run >= 0
	last := s.from
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		low := l.low
		if i == s.run {
			continue
		}
		if hasAny(low, "recv-q|proto |プロトコル|active connections|アクティブな接続|active internet") {
			header = true
		}
		if !hasAny(low, "listen|待ち受け") || has(low, "udp") {
			continue
		}
		local := ""
		for _, w := range fields(l.text) {
			if ends(w, ":https") { // ports by their names
				w = w[:len(w)-5] + "443"
			} else if ends(w, ":http") {
				w = w[:len(w)-4] + "80"
			}
			if name, port := target(w, 0); port > 0 && name != "" || beginsAny(w, ":::|*:") {
				local = w
				break
			}
			if dot := lastIndex(w, '.'); dot > 0 && beginsAny(low, "tcp4|tcp6|tcp46") && (w[:dot] == "*" || isIP(w[:dot])) { // macOS: *.443, 127.0.0.1.443
				if n, size := digits(w[dot+1:]); size == len(w)-dot-1 && n > 0 {
					local = w[:dot] + ":" + w[dot+1:]
					break
				}
			}
			if colon := lastIndex(w, ':'); colon > 0 {
				if n, size := digits(w[colon+1:]); size > 0 && size == len(w)-colon-1 && n > 0 && has(w[:colon], ":") || size > 0 && has(w[:colon], ".") && n > 0 {
					local = w
					break
				}
			}
		}
		colon := lastIndex(local, ':')
		if colon < 0 {
			continue
		}
		n, size := digits(local[colon+1:])
		if size == 0 {
			continue
		}
		port := decimal(n)
		address := strip(until(local[:colon], "%"), "[]")
		last = i
		some = true
		here := owner(address) == "loopback" && address != "0.0.0.0" && address != "::"
		for n := range ports {
			switch p := &ports[n]; {
			case p.port != port:
			case here:
				p.loop = i
			case p.open < 0:
				p.open = i
			}
		}
		if !here {
			open = with(open, port)
		}
	}
	r.fact("listen", join(byNumber(open), ","), last)
	for _, p := range ports {
		switch {
		case p.open >= 0:
			r.answer(p.question, "yes", "listens", p.open)
		case p.loop >= 0:
			r.answer(p.question, "loopback", "listens_loopback", p.loop)
		case header && !s.cmd.filtered && some:
			r.answer(p.question, "no", "listens_not", s.from)
		case header && s.cmd.filtered && p.port == "443" && s.run >= 0 && has(r.lines[s.run].low, "443") && !some:
			r.offer(p.question, "no", "listens_not", "whole_output", s.from)
		}
	}
}

func lastIndex(s string, b byte) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == b {
			return i
		}
	}
	return -1
}

// containers reads which ports docker publishes.
func (r *reader) containers(s *segment) {
	var ports []string
	at := s.from
	// How these ports are published, and in which line.
	listens := []struct {
		port, question, how string
		at                  int
	}{{port: "443", question: "listen443"}, {port: "80", question: "listen80"}}
	for i := s.from; i < s.to; i++ {
		low := r.lines[i].low
		for from := 0; ; {
			if from = seek(low, "->", from); from < 0 {
				break
			}
			start := from
			for start > 0 && !is(low, start-1, isSpace) && low[start-1] != ',' {
				start--
			}
			colon := lastIndex(low[start:from], ':')
			from += 2
			if colon < 0 {
				continue
			}
			p := low[start+colon+1 : from-2]
			address := strip(low[start:start+colon], "[]")
			alone := owner(address) == "loopback" && address != "0.0.0.0" && address != "::"
			for n := range listens {
				if l := &listens[n]; l.port == p && (!alone || l.how == "") {
					l.how, l.at = "yes", i
					if alone {
						l.how = "loopback"
					}
				}
			}
			if !alone {
				ports, at = with(ports, p), i
			}
		}
	}
	r.fact("conf_ports", join(byNumber(ports), ","), at)
	r.fact("listen", join(byNumber(ports), ","), at)
	for _, l := range listens {
		switch {
		case l.how == "yes":
			r.answer(l.question, "yes", "published", l.at)
		case l.how == "loopback":
			r.offer(l.question, "loopback", "published", "no_other_server", l.at)
		case len(ports) > 0 && l.port == "443":
			r.offer(l.question, "no", "published", "no_other_server", at)
		}
	}
}

// firewall reads whether 443 is let in.
func (r *reader) firewall(s *segment) {
	active, some, secure, every := false, false, false, false
	at := s.from
	for i := s.from; i < s.to; i++ {
		if i == s.run {
			continue
		}
		low := r.lines[i].low
		if hasAny(low, "status: active|status: アクティブ|状態: アクティブ|policy drop|policy reject|(active)|-p input drop") {
			active, at = true, i
		}
		if hasAny(low, "status: inactive|policy accept") {
			every = true
		}
		if hasAny(low, "allow|accept|services:|ports:") {
			some = true
			if hasAny(low, "443|https|nginx full|apache full|apache secure|nginx https|www full") {
				secure = true
			}
		}
	}
	if active && some && !secure && !every {
		r.fact("firewall", "443 not allowed", at)
		r.offer("test443", "timeout", "firewall", "from_outside", at)
	}
}

// connects reads nc.
func (r *reader) connects(s *segment) {
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		text, low := l.text, l.low
		ip, port := s.cmd.ip, s.cmd.port
		for _, w := range fields(text) {
			if v := strip(w, "()[],:."); isIP(v) {
				ip = v
			} else if name, p := target(v, 0); isIP(name) && p > 0 {
				ip, port = name, p
			}
		}
		if i != s.run {
			for _, w := range fields(low) {
				if n, size := digits(w); size > 1 && size == len(w) && port == 0 {
					port = n
				}
			}
			if n, size := numberAfter(low, " port "); size > 0 {
				port = n
			}
		}
		at := max(s.run, s.from)
		if ip != "" {
			r.fact("ip", ip, i)
		}
		if port > 0 {
			r.number("port", port, i)
		}
		if i == s.run {
			continue
		}
		value := ""
		switch {
		case hasAny(low, "succeeded|) open|ncat: connected|connected to "):
			r.fact("tcp", "connected", i)
		case has(low, "refused"):
			value = "refused"
		case hasAny(low, "timed out|timeout"):
			value = "timeout"
		case hasAny(low, "no route|unreachable"):
			r.fact("tcp", "unreachable", i)
		}
		question := ""
		switch port {
		case 443:
			question = "test443"
		case 80:
			question = "test80"
		}
		if value == "" {
			continue
		}
		r.fact("tcp", value, i)
		switch {
		case question == "":
		case owner(ip) == "edge":
			r.withhold(question, "vantage_edge", i)
		case owner(ip) == "" || owner(ip) == "loopback":
			r.offer(question, value, "tcp_"+value, "direct", i)
		default:
			r.claim(true, question, value, "tcp_"+value, "", i, at)
		}
	}
}

// reaches reads ping and traceroute, which tell nothing of a port: many servers and networks do not answer them.
func (r *reader) reaches(s *segment) {
	for i := s.from; i < s.to; i++ {
		for _, w := range fields(r.lines[i].text) {
			if w = strip(w, "()[],:"); isIP(w) && (i == s.from || i == s.run+1 || s.cmd.ip == "") && i <= s.from+1 {
				r.fact("ip", w, i)
			}
		}
	}
	if s.cmd.host != "" {
		r.fact("host", s.cmd.host, s.run)
	}
	r.withhold("test443", "not_a_port", s.from)
}

// names reads which addresses a name has.
func (r *reader) names(s *segment) {
	host := s.cmd.host
	var addresses []string
	at, status, statusAt := s.from, "", s.from
	server := "" // the resolver, whose own address is no answer
	question := false
	asked := func(name string, i int) { // the first is it
		if isHost(name) && host == "" {
			host = name
			r.fact("host", name, i)
		}
	}
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		text, low := l.text, l.low
		t := trim(low)
		if i == s.run {
			continue
		}
		switch {
		case has(low, "status: "):
			status, statusAt = strip(wordAfter(text, "status: "), ","), i
		case hasAny(low, "nxdomain|non-existent domain|can't find|not found: "):
			status, statusAt = "NXDOMAIN", i
			if has(low, "servfail") {
				status = "SERVFAIL"
			} else if has(low, "refused") {
				status = "REFUSED"
			}
		case has(low, "question section"):
			question = true
			continue
		case beginsAny(t, ";; server:|;; when|;; msg"):
			continue
		case question && begins(t, ";"):
			asked(strip(word(strip(t, ";")), "."), i)
			question = false
			continue
		case beginsAny(t, "<<>>|; <<>>"):
			for _, w := range fields(low) {
				asked(w, i)
			}
			continue
		}
		if beginsAny(t, "server:|サーバー:") {
			server = "next"
			continue
		}
		if begins(t, ";") {
			continue
		}
		if n := index(low, "cf_tags=cf-proxied:"); n >= 0 { // of a zone that Cloudflare wrote out
			value := "no"
			if has(low[n:], "true") {
				value = "yes"
			}
			if r.host(strip(word(t), "."), i); !oneOf(until(t, "."), forMail) {
				r.answer("proxied", value, "said", i)
			}
			continue
		}
		if beginsAny(t, "name:|名前:") {
			if name := strip(trimAfter(t, ":"), "."); isHost(name) {
				host = name
				r.fact("host", name, i)
			}
		}
		if begins(t, "host ") && has(t, "not found: ") {
			host = hostOnly(word(t[5:]))
			r.fact("host", host, i)
		} else if hasAny(low, " has address | has ipv6 address |is an alias for") {
			asked(word(t), i)
		}
		for _, w := range fields(text) {
			v := strip(until(w, "#"), "()[],;")
			if !isIP(v) || has(w, "#") {
				continue
			}
			if server == "next" {
				server = v
				continue
			}
			if v == server {
				continue
			}
			addresses, at = with(addresses, v), i
		}
		if server == "next" && has(t, "#53") {
			server = ""
		}
	}
	if host != "" && s.run >= 0 {
		r.fact("host", host, s.run)
	}
	if status != "" {
		r.fact("dns_status", status, statusAt)
	}
	if len(addresses) == 0 {
		if status == "NXDOMAIN" {
			r.note("name_unknown")
		}
		if status == "NXDOMAIN" || status == "NOERROR" {
			r.fact("dns", "none", statusAt)
		}
		return
	}
	r.ownedBy(addresses, at)
}

// ownedBy says whose the addresses of a name are.
func (r *reader) ownedBy(addresses []string, at int) {
	r.fact("dns_a", join(sorted(addresses), ","), at)
	edge, private, other := 0, 0, 0
	for _, a := range addresses {
		switch owner(a) {
		case "edge":
			edge++
		case "private", "loopback":
			private++
		default:
			other++
		}
	}
	switch {
	case edge > 0:
		r.fact("dns", "edge", at)
		if other+private == 0 {
			r.answer("proxied", "yes", "dns_edge", at)
		}
	case private > 0:
		r.fact("dns", "private", at)
		r.withhold("proxied", "dns_private", at)
	default:
		r.fact("dns", "other", at)
		r.answer("proxied", "no", "dns_other", at)
	}
}
