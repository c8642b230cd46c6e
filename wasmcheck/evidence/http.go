package evidence

// codes are the errors of Cloudflare's that are symptoms.
const codes = "520|521|522|523|524|525|526|530"

// ray notes the id of a request at the edge, and where it was.
func (r *reader) ray(i int) {
	low := r.lines[i].low
	v := low
	for _, key := range pieces("cf-ray:|ray id:|ray id |ray_id|cfray=") {
		if has(low, key) {
			v = strip(after(low, key), " \t:\"")
			break
		}
	}
	n := 0
	for n < len(v) && (is(v, n, isDigit) || v[n] >= 'a' && v[n] <= 'f') {
		n++
	}
	if n != 16 {
		return
	}
	r.fact("cf_ray", v[:n], i)
	if colo := strip(wordAfter(v[n:], "-"), "\r,;"); len(colo) == 3 && is(colo, 0, isLetter) {
		r.fact("cf_colo", string([]byte{colo[0] &^ 32, colo[1] &^ 32, colo[2] &^ 32}), i)
	}
	r.fact("edge", "yes", i)
}

// response reads an answer over HTTP.
func (r *reader) response(t *test, vantage string) {
	status := decimal(t.status)
	switch {
	case vantage == "edge":
		if oneOf(status, codes) {
			r.failedAtEdge(t, status, "edge_status", t.statusAt)
			r.fact("error_code", status, t.statusAt)
		} else if !t.foreign {
			r.answer("proxied", "yes", "edge_answered", t.statusAt)
		}
	case vantage == "" && oneOf(status, codes) && t.status != 520+10: // only the edge has such numbers, but anybody may write one
		r.offer("symptom", status, "edge_status", "through_cloudflare", t.statusAt)
	}
	if t.port == 443 && t.scheme == "https" && t.status >= 300 && t.status < 400 && t.location != "" && vantage == "origin" {
		scheme, name, _ := link(t.location)
		switch {
		case scheme == "http" && (name == t.host || name == "www."+t.host || t.host == "www."+name):
			r.claim(true, "redirect443", "http", "location_http", "", t.locationAt, t.at)
		case t.s.cmd.url != "" && same(t.location, t.s.cmd.url):
			r.claim(true, "redirect443", "https", "location_same", "", t.locationAt, t.at)
		}
	}
	if vantage == "origin" && t.port == 443 && t.status == 400 && t.body400 {
		r.fact("client_cert_requested", "yes", t.ruleAt)
	}
}

// failedAtEdge claims what the edge shows in place of a page: of another site, to which a redirect has led, it may not be what is asked.
func (r *reader) failedAtEdge(t *test, code, rule string, i int) {
	if t.foreign {
		r.offer("symptom", code, rule, "own_site", i)
		return
	}
	r.answer("symptom", code, rule, i)
	r.answer("proxied", "yes", "edge_answered", i)
}

// badRequest reads a 400 of a server that was spoken to in the clear on its port for TLS.
func (r *reader) badRequest(t *test, i int) {
	switch {
	case t.port == 80 && t.scheme == "http" && t.ip != "" && !t.edge:
		r.answer("test80", "bad_request", "plain_to_tls", i)
	case t.edge:
		r.answer("symptom", "plain_to_tls_400", "plain_to_tls", i)
	default:
		r.offer("symptom", "plain_to_tls_400", "plain_to_tls", "through_cloudflare", i)
	}
}

// loops reads that a client gave up following redirects.
func (r *reader) loops(t *test, i int) {
	if t.ip != "" && !t.edge {
		r.offer("symptom", "loop", "curl_loop", "through_cloudflare", i)
		return
	}
	if t.edge {
		r.answer("proxied", "yes", "edge_answered", t.at)
	}
	r.answer("symptom", "loop", "curl_loop", i)
}

// plain80 reads a test of port 80.
func (r *reader) plain80(t *test, vantage string) {
	if t.port != 80 {
		r.withhold("test80", "other_port", t.at)
		return
	}
	if vantage == "edge" {
		r.withhold("test80", "vantage_edge", t.at)
		return
	}
	t.toTLS = t.status/100 == 3 && begins(lower(t.location), "https://")
	switch {
	case t.own == "refused" || t.own == "timeout":
		r.claim(vantage == "origin", "test80", t.own, t.rule, "direct", t.ruleAt, t.at)
	case t.done && t.status == 400 && r.answered("test80"):
	case t.done && vantage == "origin":
		r.plain = append(r.plain, t)
	case t.done && t.toTLS:
		r.offer("test80", "redirect_https", "location_https", "direct", t.locationAt)
	}
}

// redirects weighs all tests of port 80 against each other: one alone does not tell two kinds of redirect apart.
func (r *reader) redirects() {
	var none, http, https *test
	for _, t := range r.plain {
		if t.ip != r.plain[0].ip {
			return // two servers are not one
		}
		switch t.s.cmd.forwarded {
		case "http":
			http = t
		case "https":
			https = t
		default:
			none = t
		}
	}
	both := func(value string, a, b *test) {
		r.claim(true, "redirect80", value, "redirects_compared", "", a.statusAt, b.statusAt)
	}
	switch {
	case none != nil && http != nil && !none.toTLS && http.toTLS:
		both("https_forwarded", none, http)
		return
	case http != nil && https != nil && http.toTLS && !https.toTLS:
		both("https_forwarded", http, https)
		return
	case none != nil && https != nil && none.toTLS && !https.toTLS:
		both("https_forwarded", none, https)
	case none != nil && https != nil && none.toTLS && https.toTLS:
		both("https", none, https)
	case http != nil && https != nil && http.toTLS && https.toTLS:
		both("https", http, https)
	case https != nil && https.toTLS:
		r.answer("redirect80", "https", "redirects_compared", https.statusAt)
	case none != nil && none.toTLS:
		r.offer("redirect80", "https", "location_https", "forwarded", none.statusAt)
	case http != nil && http.toTLS:
		r.offer("redirect80", "https_forwarded", "location_https", "forwarded", http.statusAt)
	}
	if none != nil && none.toTLS {
		r.answer("test80", "redirect_https", "location_https", none.statusAt)
	} else if none != nil && none.status < 400 && none.status >= 200 {
		r.answer("test80", "ok", "plain_answered", none.statusAt)
	}
}
