package evidence

// configuration reads a server's configuration. It says what is meant, not what runs: a redirect may be an answer, the test
// of port 443 never. A line that is commented out is no fact.
func (r *reader) configuration(s *segment) {
	switch {
	case s.is(nginxConfig):
		r.nginx(s)
	case s.is(apacheConfig):
		r.apache(s)
	case s.is(caddyfile):
		r.caddy(s)
	case s.is(haproxyConfig):
		r.haproxy(s)
	case s.is(k8sIngress):
		r.ingress(s)
	case s.is(compose):
		r.compose(s)
	case s.is(cloudflaredConfig):
		r.cloudflared(s)
	case s.is(wpConfig):
		r.answer("app", "wordpress", "config_wordpress", s.from)
		for i := s.from; i < s.to; i++ {
			if low := r.lines[i].low; hasAny(low, "wp_home|wp_siteurl") && has(low, "http") {
				_, name, _ := link(low[index(low, "http"):])
				r.host(name, i)
			}
		}
	case s.kind == har:
		r.recording(s)
	case s.kind == k8sSecret:
		for i := s.from; i < s.to; i++ {
			if low := trim(r.lines[i].low); begins(low, "name:") {
				r.fact("conf_tls_secret", strip(trim(low[5:]), `"'`), i)
			} else if v := between(low, "metadata: {name: ", "}"); v != "" {
				r.fact("conf_tls_secret", until(v, ","), i)
			}
		}
		r.withhold("test443", "file", s.from)
	case s.kind == envFile:
		for i := s.from; i < s.to; i++ {
			low := r.lines[i].low
			if n := index(low, "http"); n >= 0 && has(low, "url") {
				_, name, _ := link(low[n:])
				r.host(name, i)
			}
			if beginsAny(low, "wordpress_|wp_") {
				r.answer("app", "wordpress", "config_wordpress", i)
			}
		}
	}
}

// code is a line of a configuration without its comment, or nothing.
func code(s string) string {
	t := trim(s)
	if beginsAny(t, "#|//|;") {
		return ""
	}
	if i := index(t, " #"); i >= 0 {
		t = trim(t[:i])
	}
	return t
}

// A block is a server of a configuration, while it is read.
type block struct {
	listen        []string
	plain, secure bool   // it listens on 80; with TLS on 443
	redirect      string // http, https; where every request goes
	by            string // https_forwarded where that hangs on a header
	redirectAt    int
}

// nginx reads server blocks.
func (r *reader) nginx(s *segment) {
	var names, listen []string
	var b block
	depth, inside := 0, -1
	secure, plain := false, false
	condition, conditionDepth := "", 0
	location := "" // the innermost
	listenAt, nameAt := s.from, s.from
	whole := false
	finish := func() {
		if b.redirect == "https" && (b.plain || len(b.listen) == 0) && (!b.secure || b.plain && b.by != "") {
			value := "https"
			if b.by == "https_forwarded" {
				value = b.by
			}
			r.answer("redirect80", value, "conf_redirect", b.redirectAt)
		}
		if b.redirect == "http" && b.secure {
			r.answer("redirect443", "http", "conf_redirect", b.redirectAt)
		}
		if b.redirect == "https" && b.secure && b.by == "https_forwarded" {
			r.offer("redirect443", "https", "conf_redirect", "header", b.redirectAt)
		}
		b = block{}
	}
	for i := s.from; i < s.to; i++ {
		if i == s.run {
			continue
		}
		t := code(r.lines[i].text)
		if t == "" {
			continue
		}
		for _, part := range statements(t) {
			low := lower(part)
			args := fields(strip(part, "; "))
			switch {
			case begins(low, "server_name ") && len(args) > 1:
				for _, n := range args[1:] {
					if n = lower(strip(n, ";")); n != "_" && n != "" {
						names = with(names, n)
					}
				}
				nameAt = i
			case begins(low, "listen ") && len(args) > 1:
				v := strip(join(args[1:], " "), ";")
				listen = with(listen, v)
				b.listen = with(b.listen, v)
				listenAt = i
				_, port := target(args[1], 80)
				if n, size := digits(args[1]); size > 0 && size == len(strip(args[1], ";")) {
					port = n
				}
				if port == 80 && !has(v, "ssl") {
					b.plain, plain = true, true
				}
				if port == 443 || has(v, "ssl") {
					b.secure = b.secure || port == 443
					secure = secure || port == 443
				}
			case begins(low, "ssl_verify_client ") && len(args) > 1:
				r.fact("conf_client_verify", lower(args[1]), i)
			case begins(low, "ssl_reject_handshake ") && len(args) > 1 && lower(args[1]) == "on":
				r.fact("conf_reject_handshake", "yes", i)
			case begins(low, "ssl_certificate "):
				r.keeps(low, i)
			case beginsAny(low, "if |if("):
				condition, conditionDepth = low, depth+1
			case beginsAny(low, "return 30|rewrite ^"):
				to := ""
				if has(low, "https://") {
					to = "https"
				} else if has(low, "http://") {
					to = "http"
				}
				if to == "" || location != "" && location != "/" {
					break // not every request
				}
				b.redirect, b.redirectAt, b.by = to, i, ""
				switch {
				case hasAny(condition, "x_forwarded_proto|cf_visitor"):
					b.by = "https_forwarded"
				case hasAny(condition, "$scheme|$https|$server_port"):
					b.by = "https"
				case condition != "":
					b.redirect = ""
				}
			case begins(low, "location ") && len(args) > 1:
				location = strip(args[len(args)-1], "{ ")
				if location == "" && len(args) > 2 {
					location = args[len(args)-2]
				}
			case begins(low, "server {") || low == "server" || low == "server{":
				location = ""
				finish()
				inside = depth
				whole = true
			}
			for n := range len(part) {
				switch part[n] {
				case '{':
					depth++
				case '}':
					depth--
					if depth <= inside+1 {
						location = ""
					}
					if condition != "" && depth < conditionDepth {
						condition = ""
					}
					if depth <= inside {
						finish()
						inside = -1
					}
				}
			}
		}
	}
	finish()
	r.sites(names, nameAt)
	r.fact("conf_listen", join(listen, ","), listenAt)
	switch {
	case !whole || len(listen) == 0:
	case !secure && plain:
		r.offer("listen443", "no", "conf_listen", "whole_configuration", listenAt)
	case secure:
		r.offer("listen443", "yes", "conf_listen", "running", listenAt)
	}
}

// sites notes the names that a configuration serves.
func (r *reader) sites(names []string, at int) {
	names = names[:min(len(names), maxNames)]
	r.fact("conf_names", join(sorted(names), ","), at)
	for _, n := range names {
		r.host(n, at)
	}
}

// keeps offers who issued a certificate, by where its file lies.
func (r *reader) keeps(low string, i int) {
	issuer := ""
	switch {
	case hasAny(low, "snakeoil|selfsigned|self-signed|self_signed|localhost.crt"):
		issuer = "self_signed"
	case hasAny(low, "letsencrypt/live|/acme"):
		issuer = "public"
	case has(low, "origin"):
		issuer = "origin_ca"
	}
	r.offer("issuer", issuer, "conf_certificate", "served", i)
}

// statements cuts a line of nginx's at braces and semicolons, which stay with what they end.
func statements(s string) []string {
	var all []string
	start := 0
	quote := byte(0)
	for i := range len(s) {
		switch {
		case quote != 0:
			if s[i] == quote {
				quote = 0
			}
		case oneAt(s, i, "\"'"):
			quote = s[i]
		case oneAt(s, i, "{;}") && !(s[i] == '{' && i > 0 && (oneAt(s, i-1, "$%") || is(s, i-1, isDigit))):
			if t := trim(s[start : i+1]); t != "" {
				all = with(all, t)
			}
			start = i + 1
		}
	}
	if t := trim(s[start:]); t != "" {
		all = with(all, t)
	}
	return all
}

// apache reads virtual hosts and .htaccess.
func (r *reader) apache(s *segment) {
	var names []string
	port, nameAt := 0, s.from
	condition := ""
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		if i == s.run {
			continue
		}
		if low := trim(l.low); begins(low, "# begin wordpress") {
			r.answer("app", "wordpress", "config_wordpress", i)
		}
		t := code(l.text)
		low := lower(t)
		args := fields(t)
		switch {
		case t == "":
		case begins(low, "<virtualhost "):
			name := strip(after(t, " "), ">")
			port = 80
			for _, v := range fields(name) {
				_, port = target(v, 80)
			}
			r.number("conf_listen", port, i)
			condition = ""
		case begins(low, "</virtualhost"):
			port = 0
		case beginsAny(low, "servername |serveralias "):
			for _, n := range args[1:] {
				name, _ := target(lower(n), 0)
				names = with(names, name)
			}
			nameAt = i
		case begins(low, "rewritecond "):
			switch {
			case hasAny(low, "x-forwarded-proto|cf-visitor"):
				condition = "https_forwarded"
			case has(low, "%{https}") && hasAny(low, "off|!=on|!on|!^on") || has(low, "%{server_port}") && hasAny(low, "80|!443|!^443"):
				if condition == "" {
					condition = "https"
				}
			case has(low, "%{https}") && has(low, " on") || has(low, "%{server_port}") && has(low, " 443"):
				condition = "tls"
			default:
				if condition == "" || !has(low, "[or]") {
					if !hasAny(low, "request_uri|http_host") {
						condition = "other"
					}
				}
			}
		case begins(low, "rewriterule "):
			if has(low, "https://") && hasAny(low, "r=30|[r|,r,|,r]") {
				if condition == "" && port == 80 {
					condition = "https"
				}
				if condition == "https_forwarded" || condition == "https" && port != 443 {
					r.answer("redirect80", condition, "conf_redirect", i)
				}
			} else if has(low, "http://") && has(low, "r=30") && (port == 443 || condition == "tls") {
				r.answer("redirect443", "http", "conf_redirect", i)
			}
			condition = ""
		case beginsAny(low, "redirect |redirectpermanent |redirectmatch ") && has(low, "https://") && port == 80:
			if hasAny(low, " / |^/") {
				r.answer("redirect80", "https", "conf_redirect", i)
			}
		case beginsAny(low, "redirect |redirectpermanent ") && has(low, " http://") && port == 443:
			r.answer("redirect443", "http", "conf_redirect", i)
		case begins(low, "listen ") && len(args) > 1:
			_, n := target(args[1], 0)
			if v, size := digits(args[1]); size == len(args[1]) {
				n = v
			}
			r.number("conf_listen", n, i)
		case begins(low, "sslverifyclient ") && len(args) > 1:
			r.fact("conf_client_verify", lower(args[1]), i)
		case begins(low, "sslcertificatefile "):
			r.keeps(low, i)
		}
	}
	r.sites(names, nameAt)
}

// haproxy reads a configuration of HAProxy's. What redirects the connections that came without TLS knows nothing of how the visitor came.
func (r *reader) haproxy(s *segment) {
	var names, listen []string
	at := s.from
	for i := s.from; i < s.to; i++ {
		low := lower(code(r.lines[i].text))
		if begins(low, "bind ") {
			if n, size := digits(low[lastIndex(word(low[5:]), ':')+6:]); size > 0 {
				listen, at = with(listen, decimal(n)), i
			}
		}
		if v := wordAfter(low, " verify "); oneOf(v, "required|optional") {
			r.fact("conf_client_verify", v, i)
		}
		if has(low, "hdr(host)") {
			names = append(names, hostsIn(low)...)
		}
		if has(low, "redirect scheme https") && has(low, "{") {
			value := "https"
			if hasAny(low, "x-forwarded-proto|cf-visitor") {
				value = "https_forwarded"
			}
			r.answer("redirect80", value, "conf_redirect", i)
		}
	}
	r.sites(names, at)
	r.fact("conf_listen", join(listen, ","), at)
}

// caddy reads a Caddyfile. A site with a name and without a scheme redirects to https by itself.
func (r *reader) caddy(s *segment) {
	var names []string
	at := s.from
	depth := 0
	plain, secure, off := false, false, false
	for i := s.from; i < s.to; i++ {
		t := code(r.lines[i].text)
		low := lower(t)
		if t == "" {
			continue
		}
		switch {
		case depth == 0 && has(t, "{"):
			for _, n := range split(squeeze(until(low, "{")), ',') {
				scheme := ""
				if has(n, "://") {
					scheme = until(n, "://")
					n = after(n, "://")
				}
				name, port := target(n, 0)
				if isHost(strip(name, "*.")) {
					names = with(names, name)
					at = i
				}
				if scheme == "http" || port == 80 {
					plain = true
				} else if isHost(strip(name, "*.")) || port == 443 {
					secure = true
				}
			}
		case beginsAny(low, "auto_https off|auto_https disable_redirects"):
			off = true
		case begins(low, "tls internal"):
			r.offer("issuer", "private", "conf_certificate", "served", i)
		case begins(low, "client_auth"):
			r.fact("conf_client_verify", "on", i)
		case begins(low, "tls ") && has(low, "origin"):
			r.offer("issuer", "origin_ca", "conf_certificate", "served", i)
		}
		for n := range len(t) {
			switch t[n] {
			case '{':
				depth++
			case '}':
				depth--
			}
		}
	}
	r.sites(names, at)
	if secure && !off {
		r.offer("redirect80", "https", "conf_caddy", "running", at)
	} else if plain && !secure {
		r.offer("listen443", "no", "conf_listen", "whole_configuration", at)
	}
}

// ingress reads a Kubernetes Ingress.
func (r *reader) ingress(s *segment) {
	var names []string
	at := s.from
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		low := strip(code(l.low), "- ")
		switch {
		case begins(low, "host:"):
			names, at = with(names, strip(trim(low[5:]), `"'`)), i
		case begins(low, "secretname:"):
			r.fact("conf_tls_secret", strip(trim(code(l.text)[index(code(l.low), "secretname:")+11:]), `"'`), i)
		case has(low, "secretname: "):
			r.fact("conf_tls_secret", strip(wordAfter(low, "secretname: "), `"'},]`), i)
		case has(low, "ssl-redirect:") && has(low, "true"):
			r.offer("redirect80", "https", "conf_redirect", "running", i)
		}
		if begins(low, "hosts:") || isHost(low) {
			for _, h := range hostsIn(low) {
				names, at = with(names, h), i
			}
		}
	}
	r.sites(names, at)
}

// compose reads which ports are published on the host, and which names a router in it has.
func (r *reader) compose(s *segment) {
	var names, ports []string
	at, portAt := s.from, s.from
	list := false
	publish := func(v string, i int) {
		v = strip(v, `"' -[],`)
		v = until(v, "/")
		parts := split(v, ':')
		if len(parts) < 2 {
			return
		}
		p := parts[len(parts)-2]
		if n, size := digits(p); size == len(p) && size > 0 && n < 65536 {
			if len(parts) == 3 && owner(parts[0]) == "loopback" {
				return
			}
			ports, portAt = with(ports, p), i
		}
	}
	for i := s.from; i < s.to; i++ {
		t := code(r.lines[i].text)
		low := lower(t)
		switch {
		case begins(low, "ports:"):
			list = true
			if v := trim(t[6:]); begins(v, "[") {
				for _, p := range split(strip(v, "[]"), ',') {
					publish(trim(p), i)
				}
				list = false
			}
		case list && begins(t, "-"):
			publish(trim(t[1:]), i)
		case list && has(low, "published:"):
			v := strip(trimAfter(low, "published:"), `"'`)
			if n, size := digits(v); size > 0 {
				ports, portAt = with(ports, decimal(n)), i
			}
		case list && beginsAny(low, "target:|protocol:|mode:"):
		case t != "":
			list = false
		}
		for from := 0; ; {
			if from = seek(t, "Host(`", from); from < 0 {
				break
			}
			from += 6
			if name := lower(until(t[from:], "`")); isHost(name) {
				names, at = with(names, name), i
			}
		}
		for _, key := range pieces("virtual_host=|virtual_host: |letsencrypt_host=") {
			if v := strip(wordAfter(low, key), `"'`); isHost(v) {
				names, at = with(names, v), i
			}
		}
		if hasAny(low, "image: wordpress|image: \"wordpress") {
			r.answer("app", "wordpress", "config_wordpress", i)
		}
		if has(low, "cloudflare/cloudflared") {
			r.fact("tunnel", "yes", i)
			r.offer("origin", "tunnel", "conf_tunnel", "this_site", i)
		}
	}
	r.sites(names, at)
	r.fact("conf_ports", join(byNumber(ports), ","), portAt)
}

// cloudflared reads a tunnel's configuration.
func (r *reader) cloudflared(s *segment) {
	var names []string
	at := s.from
	for i := s.from; i < s.to; i++ {
		low := strip(code(r.lines[i].low), "- ")
		if begins(low, "hostname:") {
			name := strip(trim(low[9:]), `"'`)
			names, at = with(names, name), i
			r.host(name, i)
		}
		if beginsAny(low, "tunnel:|ingress:|credentials-file:") {
			r.fact("tunnel", "yes", i)
			r.offer("origin", "tunnel", "conf_tunnel", "this_site", i)
		}
	}
	r.sites(names, at)
}

// recording reads a HAR: each request is a hop. What other sites answered, of whom a page loads much, tells nothing of this one.
func (r *reader) recording(s *segment) {
	t := newTest(&segment{run: -1})
	hops := append([]*test(nil), t)
	ray, server := false, false
	for i := s.from; i < s.to; i++ {
		low := r.lines[i].low
		for at := index(low, `"`) + 1; at > 0; {
			key := until(low[at:], `"`)
			value := until(strip(low[min(len(low), at+len(key)+1):], " :\""), `"`)
			switch {
			case key == "request":
				t = newTest(&segment{run: -1})
				hops = append(hops, t)
			case key == "url" && t.s.cmd.url == "":
				t.s.cmd.leadTo(value)
				t.host = hostOnly(t.s.cmd.host)
				r.fact("host", t.host, i)
			case key == "status":
				if n, size := digits(value); size == 3 {
					t.status, t.statusAt = n, i
				}
			case key == "redirecturl":
				t.location, t.locationAt = value, i
			case key == "cf-ray":
				ray = true
			case server && key != "value" && is(key, 0, isLetter):
				r.fact("server", key, i)
				t.edge, server = t.edge || key == "cloudflare", false
			case key == "server":
				server = true
			case ray && len(until(key, "-")) == 16:
				r.fact("cf_ray", key[:16], i)
				t.edge, ray = true, false
			}
			n := index(low[at:], `"`) + 1
			if at += n; n == 0 {
				break
			}
		}
	}
	site := ""
	for _, t := range hops {
		if site == "" {
			site = t.host
		}
		if t.foreign = !ends(site, t.host) && !ends(t.host, site); t.status == 0 || t.foreign && !t.edge {
			continue
		}
		if !t.foreign {
			r.number("http_status", t.status, t.statusAt)
		}
		if t.edge {
			r.fact("edge", "yes", t.statusAt)
			r.response(t, "edge")
		}
	}
	r.followed(s, hops)
}

// byNumber sorts texts that are numbers, each once.
func byNumber(all []string) []string {
	var out []string
	for _, one := range all {
		if len(out) == maxNames {
			break
		}
		n, _ := digits(one)
		at := len(out)
		for at > 0 {
			if m, _ := digits(out[at-1]); m <= n {
				break
			}
			at--
		}
		if at > 0 && out[at-1] == one {
			continue
		}
		out = append(out, "")
		copy(out[at+1:], out[at:])
		out[at] = one
	}
	return out
}
