package evidence

import "sslclinic/wasmcheck/certificate"

func dayNumber(y, m, d int) int { return certificate.Day(y, m, d) }

// A leaf is what is known of the certificate that a server sends first, or that a file is about.
type leaf struct {
	shown           bool // something of a certificate is shown
	cn              string
	issuer, subject string // in small letters, as they are written
	names           []string
	named           bool // the names are known, were it that there are none
	before, after   int  // days
	chain           int  // certificates that were sent, 0 when it is not shown
	linked          bool // each was issued by the next
	class           string
	at              struct{ issuer, after, before, names, chain int } // lines
}

// issuers are known by words in their names, which have small letters here.
var issuers = []struct {
	class string
	words string
}{
	{"origin_ca", "cloudflare origin ssl|origin ssl certificate authority|origin ssl ecc certificate authority|cloudflare origin ca"},
	{"router_default", "traefik default cert|kubernetes ingress controller fake certificate"},
	{"staging", "(staging)|fake le |happy hacker fake|pebble intermediate|pebble root"},
	{"private", "caddy local authority|mkcert|swiss cheese|minica|parallels panel|smallstep|local ca|internal ca|private ca|corp ca|development ca|test ca"},
	{"public", "let's encrypt|google trust services|digicert|sectigo|globalsign|zerossl|o=amazon|o = amazon|amazon rsa|amazon root|godaddy|starfield tech|entrust|ssl corp|ssl.com|buypass|unizeto|asseco|certum|actalis|cybertrust|secom trust|japan registry services|jprs|geotrust|rapidssl|thawte|comodo|usertrust|trustasia|microsoft corporation|harica|hellenic academic|swisssign|identrust|internet security research group|cpanel,|gandi|d-trust|telesec|certigna|quovadis|network solutions|trustwave|viking cloud|wisekey|nii open domain|national institute of informatics|e-tugra|litespeed|alphassl|encryption everywhere|gehirn"},
}

// classify tells what kind of authority issued a certificate. Names of authorities are no proof of a signature, and are
// taken for one only beside a client's own check, or as a server's own default.
func (l *leaf) classify(self bool) {
	both := l.issuer + " " + l.subject
	for _, i := range issuers {
		text := l.issuer
		if i.class == "router_default" {
			text = both
		}
		if text != "" && hasAny(text, i.words) {
			if i.class == "public" && self {
				continue
			}
			l.class = i.class
			return
		}
	}
	if self || l.issuer != "" && l.issuer == l.subject {
		l.class = "self_signed"
	}
}

// months are their English names.
var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// findDay is the first day in a text, as a number: "Nov 25 02:51:17 2026 GMT", "Wed Nov 25 02:51:17 UTC 2026",
// "2026-11-25", "25 Nov 2026", "2026/11/25". It is 0 when there is none.
func findDay(s string) int {
	low := lower(s)
	for i := range len(low) {
		if is(low, i, isDigit) && (i == 0 || !is(low, i-1, isDigit)) {
			y, size := digits(low[i:])
			if size == 4 && y >= 1950 && len(low) >= i+10 && oneAt(low, i+4, "-/") && low[i+7] == low[i+4] {
				m, a := digits(low[i+5 : i+7])
				d, b := digits(low[i+8 : i+10])
				if a == 2 && b == 2 && m >= 1 && m <= 12 && d >= 1 && d <= 31 {
					return dayNumber(y, m, d)
				}
			}
		}
		if i+3 > len(low) || !is(low, i, isLetter) || is(low, i-1, isLetter) {
			continue
		}
		for m, name := range months {
			if low[i:i+3] != name || is(low, i+3, isLetter) && !stands(low, i+3, "t ") {
				continue
			}
			rest := fields(low[i+3:])
			d, size := 0, 0
			if len(rest) > 0 {
				if d, size = digits(rest[0]); size > 2 {
					size = 0
				}
			}
			from := 1
			if size == 0 || d < 1 || d > 31 { // 25 nov 2026
				before := fields(low[:i])
				if len(before) == 0 {
					continue
				}
				if d, size = digits(before[len(before)-1]); size == 0 || size > 2 || d < 1 || d > 31 {
					continue
				}
				from = 0
			}
			for n := from; n < len(rest) && n < from+4; n++ {
				if y, size := digits(rest[n]); size == 4 && y >= 1950 {
					return dayNumber(y, m+1, d)
				}
			}
		}
	}
	return 0
}

// isoDay writes a day's number.
func isoDay(n int) string {
	if n == 0 {
		return ""
	}
	y, m, d := certificate.Date(n)
	return decimal(y) + "-" + padded(m) + "-" + padded(d)
}

// commonName is the CN of a name that is written out, in any of the ways in which it is.
func commonName(dn string) string {
	low := lower(dn)
	from := -1
	for _, key := range pieces("cn = |cn=|commonname=|commonname = ") {
		for at := 0; ; {
			i := seek(low, key, at)
			if i < 0 {
				break
			}
			if i == 0 || !is(low, i-1, isLetter) {
				from = i + len(key)
			}
			at = i + len(key)
		}
		if from >= 0 {
			break
		}
	}
	if from < 0 {
		return ""
	}
	v := dn[from:]
	if begins(v, `"`) {
		return until(v[1:], `"`)
	}
	for i := range len(v) {
		if oneAt(v, i, ";'`/") || v[i] == ',' && (i+1 == len(v) || has(until(v[i+1:], ","), "=")) || stands(v, i, ", ") && has(v[i:], "=") {
			v = v[:i]
			break
		}
	}
	return trim(v)
}

// certificates reads what is framed in a segment. It gives them in their order, and the line in which each begins; whole is
// false when one is cut off or no certificate.
func (r *reader) certificates(s *segment) (all []certificate.Certificate, lines []int, whole bool) {
	whole = true
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		at := index(l.low, "-----begin ")
		if at < 0 || !has(l.low[at:], "certificate-----") {
			continue
		}
		text, ended := "", false
		rest := after(l.text[at+11:], "-----")
		if end := index(rest, "-----END"); end >= 0 { // on one line
			text, ended = unescape(rest[:end]), true
		} else {
			b := []byte(unescape(rest))
			for j := i + 1; j < s.to && len(b) < 1<<17; j++ {
				t := r.lines[j].text
				if end := index(t, "-----END"); end >= 0 {
					b = append(b, t[:end]...)
					ended = true
					break
				}
				if has(t, "-----BEGIN") {
					break
				}
				b = append(b, t...)
			}
			text = string(b)
		}
		r.certs++
		if r.certs > maxCertificates {
			r.note("more_certificates")
			break
		}
		c, ok := certificate.Parse(decode64(text, 1<<16))
		if whole = whole && ok && ended; !ok {
			r.note("certificate_unreadable")
			continue
		}
		all, lines = append(all, c), append(lines, i)
		r.unfolded = append(r.unfolded, unfolded{i, isoDay(int(c.NotBefore/86400)) + "–" + isoDay(int(c.NotAfter/86400)) + ", " + visible(trim(c.Issuer.Organization+" "+c.Issuer.CommonName)+" → "+c.Subject.CommonName+", "+join(c.DNS, ", "))})
		if !c.CA {
			r.keys.leaves, r.keys.whole = kept(r.keys.leaves, c.Public()), kept(r.keys.whole, c.Key)
		}
	}
	return all, lines, whole
}

// unescape takes the \n of a text in quotes away.
func unescape(s string) string {
	if !has(s, `\`) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

// of makes a leaf of a certificate that was read.
func (l *leaf) of(c *certificate.Certificate, at int) {
	l.shown, l.named = true, true
	l.cn = visible(c.Subject.CommonName)
	l.issuer = lower("o=" + c.Issuer.Organization + ", ou=" + c.Issuer.Unit + ", cn=" + c.Issuer.CommonName)
	l.subject = lower("o=" + c.Subject.Organization + ", ou=" + c.Subject.Unit + ", cn=" + c.Subject.CommonName)
	l.before, l.after = int(c.NotBefore/86400), int(c.NotAfter/86400)
	l.names = l.names[:0]
	for _, n := range c.DNS {
		l.names = with(l.names, lower(n))
	}
	if !c.SAN && l.cn != "" {
		l.names = with(l.names, lower(l.cn))
	}
	l.names = sorted(l.names)
	l.at.issuer, l.at.after, l.at.before, l.at.names = at, at, at, at
	l.class = ""
	l.classify(c.SelfIssued())
}

// visible is a name without what turns, hides or moves text, for whoever makes a certificate can write anything into it.
func visible(s string) string {
	b := make([]rune, 0, len(s))
	for _, c := range s {
		if c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2060 && c <= 0x206f || c == 0xfeff || c >= 0xe0000 {
			c = '?'
		}
		b = append(b, c)
	}
	return string(b)
}

// covers tells whether a certificate with these names is for a host: a star stands for one label, the leftmost.
func covers(names []string, host string) bool {
	for _, n := range names {
		if n == host {
			return true
		}
		if begins(n, "*.") && has(host, ".") && after(host, ".") == n[2:] {
			return true
		}
	}
	return false
}

// dated is what a day makes of a certificate's days: expired, not_yet, valid, or nothing on its last day, or without one. On its
// first it is valid: it was shown after it had been made.
func (r *reader) dated(l *leaf) string {
	switch {
	case r.today == 0 || l.after == 0:
		return ""
	case l.after < r.today:
		return "expired"
	case l.before > r.today:
		return "not_yet"
	case l.after == r.today:
		return ""
	}
	return "valid"
}

// certificateFacts notes what is known of a leaf.
func (r *reader) certificateFacts(l *leaf) {
	r.fact("cert_cn", l.cn, l.at.issuer)
	if len(l.names) > 0 {
		r.fact("cert_names", join(l.names[:min(len(l.names), 256)], ","), l.at.names)
	}
	r.fact("not_before", isoDay(l.before), l.at.before)
	r.fact("not_after", isoDay(l.after), l.at.after)
	if l.chain > 0 {
		r.number("chain_len", l.chain, l.at.chain)
	}
}

// file reads certificates that stand alone, and what commands print of a file. What a server sends may be another.
func (r *reader) file(s *segment) {
	certs, lines, whole := r.certificates(s)
	var l leaf
	l.at.issuer, l.at.after, l.at.before, l.at.names, l.at.chain = s.from, s.from, s.from, s.from, s.from
	if len(certs) > 0 {
		first := 0
		for i := range certs {
			if !certs[i].CA {
				first = i
				break
			}
		}
		l.of(&certs[first], lines[first])
		l.chain, l.at.chain = len(certs), lines[0]
		l.linked = first == 0
		for i := 1; i < len(certs); i++ {
			l.linked = l.linked && certs[i-1].IssuedBy(&certs[i])
		}
		if !l.linked && len(certs) > 1 {
			r.note("chain_order")
			r.withhold("chain", "order", lines[0])
		}
	}
	r.printed(s, &l)
	if l.class == "" {
		l.classify(false)
	}
	if s.run >= 0 {
		r.fact("host", s.cmd.host, s.run)
	}
	r.certificateFacts(&l)
	if !l.shown {
		r.statements(s)
		return
	}
	r.offer("issuer", l.class, "issuer_named", "served", l.at.issuer)
	r.offer("dates", r.dated(&l), "dates_compared", "served", l.at.after)
	if l.class == "public" && l.chain > 1 && l.linked && whole {
		r.offer("chain", "complete", "chain_linked", "served", l.at.chain)
	}
	if s.cmd.host != "" && l.named && len(l.names) > 0 {
		r.offer("names", nameVerdict(covers(l.names, s.cmd.host)), "names_compared", "served", l.at.names)
	}
	r.statements(s)
	r.withhold("test443", "file", s.from)
}

func nameVerdict(match bool) string {
	if match {
		return "match"
	}
	return "mismatch"
}

// statements reads what openssl says of a file in words.
func (r *reader) statements(s *segment) {
	for i := s.from; i < s.to; i++ {
		low := r.lines[i].low
		switch {
		case has(low, "certificate will expire"): // also of one that has expired
			r.withhold("dates", "checkend", i)
		case has(low, "does not match certificate"):
			r.offer("names", "mismatch", "checkhost", "served", i)
		case has(low, "does match certificate"):
			r.offer("names", "match", "checkhost", "served", i)
		case has(low, " depth lookup"):
			n, size := numberAfter(low, "error ")
			if size > 0 && begins(trim(low), "error ") {
				r.number("verify", n, i)
			}
			switch n {
			case 9:
				r.offer("dates", "not_yet", "cert_not_yet", "served", i)
			case 10:
				r.offer("dates", "expired", "cert_expired", "served", i)
			default:
				r.withhold("chain", "ambiguous", i)
			}
		}
	}
}

// printed reads a certificate that is printed in words: by x509, keytool, nmap, sslscan, gnutls-cli, curl.
func (r *reader) printed(s *segment, l *leaf) {
	inNames := false
	seen := l.shown
	entries := 0
	for i := s.from; i < s.to; i++ {
		if r.lines[i].encoded {
			continue
		}
		text, low := trim(strip(trim(r.lines[i].text), "|_* ")), trim(strip(trim(r.lines[i].low), "|_* "))
		value := func(keys string) (string, bool) {
			for keys != "" {
				var k string
				if k, keys = piece(keys); begins(low, k) {
					return trim(text[len(k):]), true
				}
			}
			return "", false
		}
		if v, ok := value("subject alternative name:|altnames:|x509v3 subject alternative name:|subjectalternativename"); ok || inNames {
			if !ok {
				v = text
			}
			inNames = ok && !has(v, "DNS:") && !has(lower(v), "dnsname")
			names := namesIn(v)
			if len(names) > 0 && !seen {
				l.names, l.named, l.shown = sorted(append(l.names, names...)), true, true
				l.at.names = i
			}
			continue
		}
		if v, ok := value("dnsname: "); ok && !seen {
			l.names, l.named = sorted(with(l.names, lower(v))), true
		}
		if s.kind == wget && l.issuer == "" && hasAny(low, "issued by |発行者: ") {
			l.issuer, l.at.issuer, l.shown = strip(until(after(after(low+" ", "発行者: "), "`")+after(low, "issued by "), ")"), " `':,"), i, true
			l.issuer = join(split(l.issuer, '\\'), "") // it writes Let\'s
		}
		if entries > 1 {
			continue // what follows is of another certificate of the chain
		}
		if beginsAny(low, "certificate[1]|- certificate[1] info|certificate #1") {
			entries = 2
			continue
		}
		if v, ok := value("subject:|subject=|owner:|ssl-cert: subject:|subject "); ok && !begins(low, "subject public") && l.subject == "" && (has(v, "=") || begins(low, "subject:")) && !begins(v, "[") {
			l.subject, l.shown = lower(v), true
			if l.cn == "" {
				if l.cn = commonName(v); l.cn == "" && !has(v, "=") {
					l.cn = v
				}
			}
			if l.at.issuer == s.from {
				l.at.issuer = i
			}
			continue
		}
		if v, ok := value("issuer:|issuer=|issuer "); ok && l.issuer == "" && !begins(v, "[") {
			l.issuer, l.shown = lower(v), true
			l.at.issuer = i
			continue
		}
		if v, ok := value("start date:|notbefore=|not before:|not valid before:|not before :"); ok && l.before == 0 {
			if l.before = findDay(v); l.before != 0 {
				l.at.before, l.shown = i, true
			}
			continue
		}
		if v, ok := value("expire date:|notafter=|not after :|not after:|not valid after:"); ok && l.after == 0 {
			if l.after = findDay(v); l.after != 0 {
				l.at.after, l.shown = i, true
			}
			continue
		}
		if v, ok := value("valid from:"); ok && l.after == 0 {
			l.before, l.after = findDay(until(v, "until:")), findDay(after(v, "until:"))
			l.at.before, l.at.after, l.shown = i, i, true
		}
		if begins(low, "- subject `") && l.issuer == "" { // gnutls-cli, the first entry
			l.subject, l.issuer = between(low, "subject `", "'"), between(low, "issuer `", "'")
			if strip(l.issuer, " ") == "" {
				l.issuer = between(low, "issuer `", "`")
			}
			l.cn = commonName(between(text, "subject `", "'"))
			l.before, l.after = findDay(after(low, "activated ")), findDay(after(low, "expires "))
			l.at.issuer, l.at.before, l.at.after = i, i, i
			l.shown = true
			// gnutls-cli writes "Let's Encrypt" without a mark of its own, so the quotation ends too early
			if has(low, "issuer `") {
				l.issuer = until(after(low, "issuer `"), "', ")
			}
			if has(low, "subject `") {
				l.subject = until(after(low, "subject `"), "', issuer")
			}
		}
	}
}

// namesIn are the names in a list such as "DNS:example.com, DNS:www.example.com".
func namesIn(s string) []string {
	var all []string
	for _, part := range split(s, ',') {
		p := trim(part)
		low := lower(p)
		for _, key := range pieces("dns name=|dns:|dnsname:|dns name:") {
			if begins(low, key) {
				p = trim(p[len(key):])
				if isHost(strip(p, "*.")) || p != "" && !has(p, " ") {
					all = with(all, lower(p))
				}
				break
			}
		}
	}
	return all
}
