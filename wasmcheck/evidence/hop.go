package evidence

// What a browser's tools call a request, its answer, and where it went.
const (
	requestURL    = "request url|リクエスト url"
	statusCode    = "status code|ステータス コード"
	remoteAddress = "remote address|リモート アドレス"
)

// labelled is what a line says that has a label, or the next line where the label has one of its own; nothing otherwise.
func (r *reader) labelled(i int, labels string) string {
	low := trim(r.lines[i].low)
	switch {
	case !beginsAny(low, labels):
		return ""
	case oneOf(strip(low, ":"), labels) && i+1 < len(r.lines):
		return trim(r.lines[i+1].text)
	}
	return trimAfter(low, ":")
}

// hops are the requests of a client that follows redirects, each with its answer. Each has a vantage of its own: the first may
// have met the server, and the next the edge, or another site. A segment is cut where a client says that it follows, or where
// an answer stands behind one that leads on.
func (r *reader) hops(s *segment) (all []*test) {
	first := *s
	t := newTest(&first)
	all = append(all, t)
	leads, status, location := false, 0, ""
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		if l.marks&markClient == 0 || i == s.run {
			continue
		}
		text := strip(l.text, "< ")
		low := lower(text)
		cuts := false
		answer := r.labelled(i, statusCode) + after(low, "awaiting response... ")
		if asked := r.labelled(i, requestURL); asked != "" {
			if cuts, location = t.s.cmd.url != "", asked; !cuts {
				t.s.cmd.leadTo(asked)
			}
		} else if begins(low, "* issue another request to this url: '") {
			cuts, location = true, between(text, "'", "'")
		} else if begins(low, "location:") && status/100 == 3 {
			leads, location = true, against(word(trim(text[9:])), t.s.cmd.url)
		} else if begins(low, "http/") {
			cuts, answer = leads, after(low, " ")
		} else if begins(low, "--20") { // wget
			if cuts = leads; t.s.cmd.url == "" {
				t.s.cmd.url = after(text, "--  ")
			}
		}
		if answer != "" {
			status, _ = digits(answer)
		}
		if cuts && len(all) < maxSegments {
			next := *t.s
			t.s.to, next.from = i, i
			if next.cmd.url = ""; location != "" {
				next.cmd.leadTo(location)
			}
			t = newTest(&next)
			all = append(all, t)
			leads = false
		}
	}
	return all
}

// against is the address that a redirect leads to from another, or nothing where that is not known.
func against(location, from string) string {
	host := index(from, "://") + 3
	switch {
	case has(location, "://"):
		return location
	case host < 3 || !begins(location, "/") || begins(location, "//"):
		return ""
	}
	return from[:host] + until(from[host:], "/") + location
}

// same tells whether two addresses ask for the same.
func same(a, b string) bool {
	root := func(url string) string {
		url = strip(until(url, "#"), "'\"")
		if !has(after(url, "://"), "/") {
			url += "/"
		}
		return url
	}
	return root(a) == root(b)
}

// leadTo makes a command one that asks for another address, as a client does that follows a redirect.
func (c *command) leadTo(url string) {
	c.url = url
	c.ask(url)
	c.ip, c.sni = "", c.scheme == "https"
	c.led()
}

// led finds which address a name was led to, or that there is no name. What would do something in a shell is none: commands are
// made of it for the reader to run.
func (c *command) led() {
	if isIP(c.host) {
		if c.ip == "" {
			c.ip = c.host
		}
		c.host, c.sni = "", false
	}
	if !isWord(c.host) || begins(c.host, "-") {
		c.host, c.sni = "", false
	}
	for _, l := range c.leads { // host:port:address
		host, rest := until(l, ":"), after(l, ":")
		port, _ := digits(rest)
		if ip, _ := target(after(rest, ":"), 443); (host == "" || lower(host) == c.host) && (port == 0 || port == c.port) && isIP(ip) {
			c.ip = ip
		}
	}
}

// followed reads what all hops come to: a loop, where the last leads to what was asked for already. A browser may be let out of
// it by a cookie that was set on the way.
func (r *reader) followed(s *segment, hops []*test) {
	first, end := hops[0], hops[len(hops)-1]
	next := against(end.location, end.s.cmd.url)
	if end.status/100 != 3 || next == "" {
		return
	}
	for _, t := range hops {
		if t.s.cmd.url == "" || !same(t.s.cmd.url, next) {
			continue
		}
		switch c := &first.s.cmd; {
		case first.ip != "" && !first.edge:
			r.claim(false, "symptom", "loop", "location_same", "through_cloudflare", end.locationAt, end.statusAt)
		case r.textOf(s, "set-cookie:") != "" || !c.follows && !(end.edge && len(hops) == 1):
			r.claim(false, "symptom", "loop", "location_same", "same_visitor", end.locationAt, end.statusAt)
		default:
			r.claim(true, "symptom", "loop", "location_same", "", end.locationAt, end.statusAt)
		}
		return
	}
}
