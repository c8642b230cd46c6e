package evidence

// page reads what a browser shows: its own pages, Cloudflare's, and /cdn-cgi/trace.
func (r *reader) page(s *segment) {
	switch {
	case s.is(cfTrace) && s.kind == cfTrace:
		r.trace(s)
		return
	case s.is(cfErrorPage):
		r.errorPage(s)
		return
	}
	r.browser(s)
}

// errorPage reads an error page of Cloudflare's, also one that a browser has translated, or that has lost its line breaks.
func (r *reader) errorPage(s *segment) {
	code, number, at := "", "", -1
	edge := -1
	for i := s.from; i < s.to; i++ {
		low := r.lines[i].low
		for _, key := range pieces("error_code|error code |error code: |error code:|エラーコード:|エラーコード|error |エラー |エラー") {
			for from := 0; ; {
				if from = seek(low, key, from); from < 0 {
					break
				}
				from += len(key)
				v := strip(low[from:], " \t:\"")
				c, size := digits(v)
				if size == 3 && c >= 500 && c < 600 && code != "" && decimal(c) != code && begins(trim(low), key) && oneOf(decimal(c), codes) { // another page
					r.answer("symptom", decimal(c), "page_code", i)
				}
				if size == 3 && c >= 500 && c < 600 && code == "" && (key != "error " || has(low, "ray id") || i == s.from || hasAny(low, "ssl|origin|web server|connection")) {
					code, at = decimal(c), i
				}
				if size == 4 && c >= 1000 && c < 1300 && number == "" {
					number = decimal(c)
					if at < 0 {
						at = i
					}
				}
			}
		}
		if hasAny(low, "ray id|ray_id|cf-ray:|performance & security by|visit cloudflare.com") {
			r.ray(i)
			if edge < 0 {
				edge = i
			}
			r.fact("edge", "yes", i)
		}
		r.host(until(trim(low), " | 5"), i)        // a title
		if n := index(low, " host error"); n > 0 { // flattened, or a line of its own
			for _, h := range hostsIn(low[max(0, n-80):n]) {
				r.fact("host", h, i)
			}
		}
		if t := trim(low); isHost(t) && t != "cloudflare.com" {
			r.fact("host", t, i)
		}
		for _, h := range hostsIn(low) {
			if !ends(h, "cloudflare.com") && (hasAny(low, "https://|zone|website (|host error|ホスト エラー|ホストエラー|主机") || has(until(low, h), "cloudflare ")) { // the third of its three pictures, in any language
				r.fact("host", h, i)
			}
		}
	}
	if code == "" && number == "" {
		r.browser(s)
		return
	}
	if edge < 0 {
		edge = at
	}
	r.fact("error_code", code, at)
	if hasAny(until(r.lines[at].low, code), "。|. ") { // somebody tells of the page
		r.aside(s, at)
	}
	if code == "" {
		r.fact("error_code", number, at)
	}
	switch {
	case oneOf(code, codes):
		r.answer("symptom", code, "page_code", at)
	}
	switch {
	case oneOf(number, "1000|1014|1016|1033"):
		r.answer("symptom", "530", "page_code", at)
		r.answer("number", number, "page_code", at)
	case number != "" && code == "530":
		r.answer("number", "other", "page_code", at)
	case number != "" && code == "": // many of them are a rule of the site's owner, and no fault
		r.offer("symptom", "530", "page_code", "own_site", at)
		r.offer("number", "other", "page_code", "own_site", at)
	}
	r.answer("proxied", "yes", "edge_answered", edge)
}

// trace reads /cdn-cgi/trace: the edge answers it, of the visitor's leg.
func (r *reader) trace(s *segment) {
	edge := -1
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		low := trim(l.low)
		switch {
		case begins(low, "h=") && isHost(low[2:]):
			r.fact("host", low[2:], i)
			edge = i
		case begins(low, "colo="):
			v := trim(l.text)
			r.fact("cf_colo", v[5:], i)
			edge = i
		case begins(low, "fl="):
			edge = i
		}
	}
	if edge >= 0 {
		r.fact("edge", "yes", edge)
		r.fact("vantage", "edge", edge)
		r.answer("proxied", "yes", "edge_answered", edge)
		r.withhold("test443", "vantage_edge", edge)
	}
}

// browser reads a browser's own page, or its console.
func (r *reader) browser(s *segment) {
	host := ""
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		low := l.low
		for _, w := range wordsOf(l.text) {
			if beginsAny(w, "ERR_|SSL_ERROR_|SEC_ERROR_|MOZILLA_PKIX_|PR_|NET::ERR_|DLG_FLAGS_|INET_E_|NS_ERROR_|net::ERR_") && len(w) > 7 {
				if begins(w, "net::") {
					w = "net::" + w[5:]
				}
				r.fact("browser_code", strip(w, ".,;:)"), i)
			}
		}
		for _, h := range hostsIn(low) {
			if hasAny(h, "cloudflare.com|mozilla.org|google.com|support.") {
				continue
			}
			if n := index(low, h); n >= 2 && low[n-2:n] == "*." {
				continue
			}
			if has(low, "certificate is from "+h) || hasAny(low, "valid for the following names|only valid for|次の名前") {
				continue
			}
			r.fact("host", h, i)
			if host == "" {
				host = h
			}
		}
		for _, key := range pieces("security certificate is from |certificate is only valid for |only valid for the following names: |is only valid for ") {
			if v := after(low, key); v != "" {
				r.fact("cert_names", strip(until(v, " "), ".,"), i)
			}
		}
		if hasAny(low, "wp-content|wp-includes|wp-json|wp-admin|wp-login") {
			r.answer("app", "wordpress", "path_wordpress", i)
		}
		r.aside(s, i)
	}
	for i := s.from - 1; host == "" && i >= max(0, s.from-4); i-- { // the page's first lines have no sign of their own
		for _, h := range hostsIn(r.lines[i].low) {
			r.fact("host", h, i)
			host = h
		}
	}
	closed := r.textOf(s, "err_connection_closed") != "" && !hasAny(r.all(s), "ssl|安全")
	for _, h := range s.hits {
		rule := h.rule()
		if rule == nil || rule.In&(inBrowser|inBody) == 0 {
			continue
		}
		i := int(h.line)
		switch rule.ID {
		case "browser_tls":
			if closed {
				continue
			}
			r.offer("symptom", "edge_tls", rule.ID, "proxied", i)
			r.offer("symptom", "browser_tls_error", rule.ID, "not_proxied", i)
			r.depth(host, i)
		case "client_cert_400":
			r.offer("symptom", "client_cert_400", rule.ID, "through_cloudflare", i)
		case "plain_to_tls":
			r.offer("symptom", "plain_to_tls_400", rule.ID, "through_cloudflare", i)
		case "browser_client_cert":
			r.withhold("symptom", "ambiguous", i)
		case "browser_cert":
			if !r.answered("symptom") {
				r.answer("symptom", "cert_warning", rule.ID, i)
			}
		default:
			if rule.Question != "" && (rule.ID != "browser_refused" || !has(r.lines[i].low, "frame")) {
				r.answer(rule.Question, rule.Answer, rule.ID, i)
			}
		}
	}
}

// aside reads what somebody writes in a line of what they see.
func (r *reader) aside(s *segment, i int) {
	if !prose(&r.lines[i]) {
		return
	}
	before := len(r.claims)
	for _, part := range sentences(r.lines[i].low) {
		r.mode(part, i)
		r.settings(part, i)
	}
	if len(r.claims) > before {
		s.merge(sentence, false)
	}
}

// all is the text of a segment in small letters, up to a limit that no page of a browser's reaches.
func (r *reader) all(s *segment) string {
	var text []byte
	for i := s.from; i < s.to && len(text) < 4096; i++ {
		text = append(append(text, r.lines[i].low...), '\n')
	}
	return string(text)
}

// wordsOf are the words of a line, cut also at marks.
func wordsOf(s string) []string {
	var all []string
	for i := 0; i < len(s); {
		for i < len(s) && !is(s, i, isLetter) {
			i++
		}
		start := i
		for i < len(s) && (is(s, i, isLetter|isDigit) || s[i] == '_' || s[i] == ':' && i+1 < len(s) && (s[i+1] == ':' || s[i-1] == ':')) {
			i++
		}
		if i > start {
			all = with(all, s[start:i])
		}
	}
	return all
}

// secondLevels are names under which others register, below the two letters of a country.
const secondLevels = "co|ne|or|ac|go|com|net|org|gr|ed|lg|gov|edu|ltd|plc|me"

// depth offers how deep a host lies below its domain. Which domain is registered, its name alone does not tell for certain.
func (r *reader) depth(host string, i int) {
	labels := split(host, '.')
	n := len(labels)
	if n < 2 {
		return
	}
	if n > 2 && len(labels[n-1]) == 2 && oneOf(labels[n-2], secondLevels) {
		n--
	}
	value := "deeper"
	switch n {
	case 2:
		value = "apex"
	case 3:
		value = "one_level"
	}
	r.offer("host", value, "host_depth", "registered", i)
}
