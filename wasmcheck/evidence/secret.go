package evidence

import "sslclinic/wasmcheck/certificate"

// mask stands where a secret stood.
const mask = "▒▒▒"

// masked is how long a mask with its count is that a text begins with, or 0.
func masked(s string) int {
	if !begins(s, mask+" (") {
		return 0
	}
	n := len(mask) + 2
	_, size := digits(s[n:])
	if size == 0 || !stands(s, n+size, ")") {
		return 0
	}
	return n + size + 1
}

// A Secret is where something stood that nobody but its owner should have. What it was is kept nowhere.
type Secret struct {
	ID       string // private_key tls_secret cookie authorization password api_key token client_ip
	From, To int    // lines of the paste
}

// A secret is what was hidden, for as long as lines are masked.
type secret struct{ text, id string }

// A masker takes secrets out of lines, before anything else reads them. It would rather take too much.
type masker struct {
	lines []line
	found []Secret
	users bool   // within the braces of Caddy's basic_auth
	array int    // how deep in the cookies of a HAR, 0 outside
	key   string // the last of a HAR
	named string // what it named before its next value

	labelled string // the secret that the last line named, and did not tell
	block    int    // how far the lines of its block are indented at least, in YAML; 0 for none
	tool     string // whose command goes on in the next line

	asked, introduced int // in how many lines more of a dialogue an answer in base 64 may stand, and a password

	values []secret // what was hidden, to be looked for elsewhere

	hits []hit // the wordings in all lines

	jwk    bool     // a key in JSON stands somewhere
	public [][]byte // of private keys that were taken out, what their certificates have as well
	closed bool     // there is one that does not tell: it is encrypted, or of another kind
}

func (m *masker) note(id string, from, to int) {
	if n := len(m.found); n > 0 && m.found[n-1].ID == id && m.found[n-1].To >= from-1 {
		m.found[n-1].To = max(to, m.found[n-1].To)
		return
	}
	m.found = append(m.found, Secret{id, from, to})
}

// hide replaces a piece of a line, and says how long it was.
func (m *masker) hide(i, from, to int, id string) {
	l := &m.lines[i]
	if from >= to || l.text[from:to] == mask || masked(l.text[from:to]) == to-from {
		return
	}
	n := 0
	for range l.text[from:to] {
		n++
	}
	said := mask + " (" + decimal(n) + ")"
	m.keep(l.text[from:to], id)
	l.text = l.text[:from] + said + l.text[to:]
	l.low = l.low[:from] + said + l.low[to:]
	l.changed = true
	m.note(id, l.number, l.number)
}

// whole hides lines, up to the last.
func (m *masker) whole(i, last int, id string) {
	for ; i <= last; i++ {
		m.hide(i, 0, len(m.lines[i].text), id)
	}
}

// keep keeps a secret that is told by its name in one place, and may stand elsewhere without one: in a command behind a sentence.
func (m *masker) keep(text, id string) {
	const least, most = 6, 16 // bytes of one that is no ordinary word, and how many of them
	if !oneOf(id, "password|token|api_key|authorization") || len(text) < least || len(m.values) == most || !hasDigit(text) || isHost(text) || isIP(text) || has(text, "://") || has(text, mask) {
		return
	}
	for _, v := range m.values {
		if v.text == text {
			return
		}
	}
	m.values = append(m.values, secret{text, id})
}

// again masks what was hidden wherever else it stands.
func (m *masker) again() {
	for _, v := range m.values {
		_, size := digits(v.text)
		if size == len(v.text) { // a number may be another
			continue
		}
		for i := range m.lines {
			m.everywhere(i, v)
		}
	}
}

// everywhere masks a secret in a line as often as it stands there; of a line that says one word again and again, its end is cut off.
func (m *masker) everywhere(i int, v secret) {
	const most = 64 // times
	n := 0
	for from := 0; ; {
		text := m.lines[i].text
		at := seek(text, v.text, from)
		if at < 0 {
			return
		}
		from = at + len(v.text)
		if n++; n > most {
			m.hide(i, at, len(text), v.id)
			return
		}
		if joins(byteAt(text, at-1)) || joins(byteAt(text, from)) || is(text, from, isDigit) || is(text, at-1, isDigit) {
			continue
		}
		m.hide(i, at, from, v.id)
		from = at + len(mask)
	}
}

// secrets masks all lines.
func secrets(lines []line) *masker {
	m := &masker{lines: lines, hits: make([]hit, 0, 2*len(lines))}
	size := 0
	for i := range lines {
		size += len(lines[i].text)
	}
	small := make([]byte, 0, size) // all small letters: one text for each line would take long
	for i := range lines {
		lines[i].low, small = lowered(lines[i].text, small)
		m.mark(i)
		m.jwk = m.jwk || lines[i].marks&markJWK != 0
	}
	m.keys()
	m.sessions()
	for i := range m.lines {
		marks := m.lines[i].marks
		if lines[i].encoded {
			m.blobs(i)
			continue
		}
		if marks&markHAR != 0 || m.array > 0 || m.named != "" {
			m.har(i)
		}
		if m.jwk {
			m.numbers(i)
		}
		if marks&markHeader != 0 {
			m.headers(i)
		}
		if marks&markDialogue != 0 || m.asked > 0 || m.introduced > 0 {
			m.dialogue(i)
		}
		m.blobs(i)
		m.addresses(i)
		if m.block > 0 {
			m.inBlock(i)
		} else if m.labelled != "" {
			m.value(i)
		}
		if marks&markName != 0 {
			m.pairs(i)
		}
		if marks&markHash != 0 {
			m.hashes(i)
		}
		if marks&markBasic != 0 || m.users {
			m.basic(i)
		}
		if marks&markSaid != 0 {
			m.saidPairs(i)
		}
		if marks&markCall != 0 {
			m.calls(i)
		}
		if marks&markTool != 0 || m.tool != "" {
			m.options(i)
		}
	}
	m.again()
	for i := range lines {
		if lines[i].changed {
			m.mark(i)
		}
	}
	return m
}

// opens keeps the public part of what stands between the marks of a private key.
func (m *masker) opens(body string) {
	if len(m.public) >= maxCertificates {
		return
	}
	if public, ok := certificate.PublicOf(decode64(unescape(body), 1<<16)); ok {
		m.public = kept(m.public, public)
	} else {
		m.closed = true
	}
}

// keys masks private keys: framed, cut off at either end, quoted, indented, on one line, or without their frame.
func (m *masker) keys() {
	for i := 0; i < len(m.lines); i++ {
		text := m.lines[i].text
		low := m.lines[i].low
		if m.lines[i].marks&markFrame == 0 {
			continue
		}
		if has(low, "---- begin ssh2 ") && has(low, "private key") { // of a maker of its own, with four hyphens
			for ; i < len(m.lines) && !has(m.lines[i].low, "---- end "); i++ {
				m.whole(i, i, "private_key")
			}
			continue
		}
		begin := index(low, "-----begin ")
		if begin >= 0 && has(low[begin:], " private") { // the frame itself may be cut
			if end := index(low, "-----end "); end > begin { // all on one line
				stop := len(text)
				if tail := index(low[end+9:], "-----"); tail >= 0 {
					stop = end + 9 + tail + 5
				}
				m.opens(after(text[begin+11:end], "-----"))
				m.hide(i, begin, stop, "private_key")
				i-- // a line may hold another
				continue
			}
			last := i
			body := ""
			for j := i + 1; j < len(m.lines); j++ {
				inner := m.lines[j].text
				if has(inner, "-----BEGIN ") {
					break
				}
				if has(inner, "-----END ") {
					last = j
					m.opens(body)
					break
				}
				if !keyLine(inner) {
					break
				}
				last = j
				if len(body) < 1<<16 {
					body += strip(inner, " \t\"'|>,;")
				}
			}
			m.hide(i, begin, len(text), "private_key")
			m.whole(i+1, last, "private_key")
			m.note("private_key", m.lines[i].number, m.lines[last].number)
			i = last
			continue
		}
		if end := index(low, "-----end "); end >= 0 && has(low[end:], " private") { // its beginning is missing
			first := i
			for first > 0 && base64ish(bare(m.lines[first-1].text), 8) {
				first--
			}
			m.whole(first, i, "private_key")
		}
	}
	// Without a frame: a run of lines of base 64 that is no part of a certificate, and begins as a key does.
	framed := false
	for i := 0; i < len(m.lines); i++ {
		text := m.lines[i].text
		if m.lines[i].marks&markFrame != 0 {
			begins := has(text, "-----BEGIN ")
			framed = framed || begins
			if has(text, "-----END ") {
				framed = false
				continue
			}
			if begins {
				continue
			}
		}
		b := bare(text)
		if framed && base64ish(b, 1) || !base64ish(b, 24) {
			if trim(text) == "" || !base64ish(b, 1) {
				framed = framed && base64ish(b, 1)
			}
			continue
		}
		last := i
		for last+1 < len(m.lines) && base64ish(bare(m.lines[last+1].text), 1) && !has(m.lines[last+1].text, "-----") {
			last++
		}
		for ; i <= last; i++ { // before it may stand a token
			whole := bare(m.lines[i].text)
			for j := i + 1; j <= last && len(whole) < 128 && oneAt(whole, 0, "MbL"); j++ {
				whole += bare(m.lines[j].text)
			}
			if privateDER(decode64(whole, 96)) {
				m.whole(i, last, "private_key")
				i = last
			}
		}
		i = last
	}
}

// bare is a line without what quotes or indents it.
func bare(s string) string { return strip(s, " \t\"'|>#+,;*-\\") }

// keyLine tells whether a line may stand within a key.
func keyLine(s string) bool {
	b := bare(s)
	return b == "" && trim(s) == "" || base64ish(b, 1) || beginsAny(lower(b), "proc-type:|dek-info:|comment:|x-")
}

// privateDER tells whether bytes begin as a private key does: PKCS#1, PKCS#8, SEC 1, an encrypted PKCS#8, OpenSSH's, or a PKCS#12, in which one is.
func privateDER(b []byte) bool {
	if len(b) == 0 || b[0] != 0x30 && b[0] != 'o' && b[0] != '-' {
		return false
	}
	if begins(string(b), "openssh-key-v1") || begins(string(b), "-----BEGIN") && has(string(b), "PRIVATE KE") {
		return true
	}
	if len(b) < 20 || b[0] != 0x30 {
		return false
	}
	b = b[1:]
	switch {
	case b[0] <= 0x80: // or of no length that is told
		b = b[1:]
	case b[0] == 0x81:
		b = b[2:]
	case b[0] == 0x82:
		b = b[3:]
	default:
		return false
	}
	if begins(string(b), "\x02\x01\x03\x30") && has(string(b), "\x2a\x86\x48\x86\xf7\x0d\x01\x07") { // PKCS#12
		return true
	}
	if b[0] == 0x02 && b[1] == 1 && (b[2] == 0 || b[2] == 1) {
		return b[3] == 0x02 || b[3] == 0x30 || b[3] == 0x04
	}
	return b[0] == 0x30 && has(string(b), "\x2a\x86\x48\x86\xf7\x0d\x01\x05") // encrypted
}

// sessions masks what openssl s_client prints of a session: who has it can read what was said.
func (m *masker) sessions() {
	for i := 0; i < len(m.lines); i++ {
		l := &m.lines[i]
		if l.marks&markSession == 0 {
			continue
		}
		if hasAny(l.low, "master-key:|resumption psk:|client_random |_secret") {
			m.session(i)
		}
		if has(l.low, "<rsakeyvalue") {
			m.keyValue(i)
		}
		if has(l.low, "tls session ticket:") {
			m.dump(i + 1)
		}
		if at := index(l.low, "private-lines:"); at >= 0 {
			m.putty(i, skip(l.low, at+len("private-lines:")))
		}
		if !hasAny(l.text, "TRUE|FALSE") {
			continue
		}
		if all := fields(l.text); len(all) == 7 && oneOf(all[1], "TRUE|FALSE") && oneOf(all[3], "TRUE|FALSE") { // curl's list of cookies
			n := len(l.text) - len(all[6])
			m.hide(i, n, len(l.text), "cookie")
		}
	}
}

// putty masks the key behind PuTTY's count of its lines, at a place, though they were joined, quoted, indented or broken anew.
func (m *masker) putty(i, at int) {
	const long = 64 // bytes of a line
	n, size := digits(m.lines[i].text[at:])
	left := n * long
	for at += size; i < len(m.lines) && left > 0; i, at = i+1, 0 {
		v := until(m.lines[i].low[at:], "private-mac")
		last := at+len(v) < len(m.lines[i].low)
		v = bare(v)
		if at == 0 && has(v, ":") {
			return
		}
		from := seek(m.lines[i].low, v, at)
		m.hide(i, from, from+len(v), "private_key")
		if left -= len(v); last {
			return
		}
	}
}

// session masks the secrets of a session in a line.
func (m *masker) session(i int) {
	l := &m.lines[i]
	low := l.low
	for list := "master-key:|resumption psk:|client_random |client_handshake_traffic_secret |server_handshake_traffic_secret |client_traffic_secret_0 |server_traffic_secret_0 |exporter_secret "; list != ""; {
		var name string
		name, list = piece(list)
		at := index(low, name)
		if at < 0 {
			continue
		}
		from := skip(low, at+len(name))
		if m.hide(i, from, len(l.text), "tls_secret"); from < len(low) {
			m.dump(i + 1) // what a chat broke
		}
	}
}

// numbers masks the private numbers of a key in JSON, see RFC 7518, 6.2 and 6.3.
func (m *masker) numbers(i int) {
	for list := `"d"|"p"|"q"|"dp"|"dq"|"qi"|"k"|'d'|'p'|'q'|'dp'|'dq'|'qi'|'k'`; list != ""; {
		var name string
		name, list = piece(list)
		text := m.lines[i].text
		at := index(text, name)
		if at < 0 {
			continue
		}
		rest := after(text[at+len(name):], name[:1])
		if v := until(rest, name[:1]); base64ish(v, 20) {
			from := len(text) - len(rest)
			m.hide(i, from, from+len(v), "private_key")
		}
	}
}

// keyValue masks the private numbers of a key in XML, as .NET writes it: all but what its certificate has as well.
func (m *masker) keyValue(i int) {
	const most = 40 // lines
	for last := min(i+most, len(m.lines)); i < last; i++ {
		for at := 0; at < len(m.lines[i].text); at++ {
			text := m.lines[i].text
			end := at
			for end < len(text) && (classes[text[end]]&is64 != 0 && text[end] != '<' || text[end] == '=') {
				end++
			}
			if end-at >= 20 && !hasAny(m.lines[i].low[max(0, at-10):at], "<modulus>|<exponent>") {
				m.hide(i, at, end, "private_key")
				end = at + len(mask)
			}
			at = max(at, end)
		}
		if has(m.lines[i].low, "</rsakeyvalue") {
			return
		}
	}
}

// dump masks the lines of a dump in hexadecimal that follow.
func (m *masker) dump(i int) {
	for ; i < len(m.lines); i++ {
		text := bare(m.lines[i].text)
		if text == "" {
			return
		}
		hex := 0
		for hex < len(text) && (is(text, hex, isDigit) || text[hex] >= 'a' && text[hex] <= 'f' || text[hex] >= 'A' && text[hex] <= 'F') {
			hex++
		}
		if hex != len(text) && !(hex >= 4 && stands(text, hex, " -")) {
			return
		}
		if hex == len(text) && hex < 8 {
			return
		}
		m.whole(i, i, "tls_secret")
	}
}

// stop is where the value of a header ends: at the quotation mark that the header stands in, or with the line.
func stop(s string, at int) int {
	for quote := at - 1; quote >= 0; quote-- {
		if oneAt(s, quote, "\"'") {
			open := 0
			for i := range quote + 1 {
				if s[i] == s[quote] {
					open++
				}
			}
			if open%2 == 1 {
				if n := seek(s, s[quote:quote+1], at); n >= 0 {
					return n
				}
			}
			break
		}
	}
	return len(s)
}

// headers masks headers of HTTP, wherever they stand: in a trace, in a command, in a log.
func (m *masker) headers(i int) {
	l := &m.lines[i]
	for list := "authorization|set-cookie|cookie|cf-connecting-ip|x-forwarded-for|x-real-ip|true-client-ip"; list != ""; {
		var name string
		name, list = piece(list)
		id := name
		if ends(name, "cookie") {
			id = "cookie"
		} else if name[0] != 'a' {
			id = "client_ip"
		}
		for from := 0; ; {
			text := l.text
			at := seek(l.low, name, from)
			if at < 0 {
				break
			}
			from = at + len(name)
			if at > 0 && (is(text, at-1, isLetter|isDigit) || text[at-1] == '_') || ends(l.low[:at], "invalid ") { // an issuer of certificates speaks of its own
				continue
			}
			value := past(text, from, "\" ")
			if id == "authorization" && value > from && oneOf(lower(until(word(text[value:]), `"`)), "basic|bearer|digest|token") {
				value-- // a configuration has no colon
			} else if value >= len(text) || !oneAt(text, value, ":=") {
				continue
			}
			value = past(text, value+1, " \"'")
			if value >= len(text) || stands(text, value, mask) || text[value] == '$' {
				continue // a variable of a configuration is no secret
			}
			end := stop(text, value)
			if scheme := word(text[value:]); id == "authorization" && oneOf(lower(scheme), "bearer|basic|token") { // in a sentence it ends before the line does
				rest := skip(text, value+len(scheme))
				end = min(end, rest+len(word(text[rest:])))
			}
			if id == "client_ip" {
				end = value + len(addressAt(text[value:]))
			}
			m.hide(i, value, end, id)
			m.goesOn(i, text[value:end], text[end:])
		}
	}
}

// goesOn masks the lines in which a long secret goes on that fills its own, as a terminal breaks it.
func (m *masker) goesOn(i int, said, rest string) {
	const long, least = 40, 16 // bytes of what is broken, and of what follows
	for i++; i < len(m.lines) && len(said) >= long && !hasWord(rest); i++ {
		text := m.lines[i].text
		from := 0
		for from < len(text) && !tokenByte(text[from]) {
			from++
		}
		end := from
		for end < len(text) && tokenByte(text[end]) {
			end++
		}
		if v := text[from:end]; len(v) < least || !hasDigit(v) || constant(v) || v == lower(v) || hasAny(v, "=|/") || hasWord(text[end:]) {
			return
		}
		rest = text[end:]
		m.hide(i, from, end, "token")
	}
}

// hasWord tells whether a text has a letter or a digit.
func hasWord(s string) bool {
	for i := range len(s) {
		if is(s, i, isLetter|isDigit) {
			return true
		}
	}
	return false
}

// har masks values in the JSON of a browser's recording: of cookies, and of headers with a secret's name.
func (m *masker) har(i int) {
	l := &m.lines[i]
	for at := 0; at < len(l.text); at++ {
		text := l.text
		if text[at] == ']' {
			m.array = 0
		}
		escaped := byteAt(text, at-1) == '\\'
		if text[at] != '"' || m.named == "" && oneAt(text, at+1, "{[") || at > 0 && !oneAt(text, at-1, " \t{[:,\\") {
			continue // the recording stands in a text, or one has ended
		}
		from := at + 1
		for at = from; at < len(text) && (text[at] != '"' || text[at-1] == '\\' && !escaped); at++ {
		}
		word := strip(l.low[from:at], "\\")
		switch {
		case byteAt(text, skip(text, at+1)) == ':':
			if m.key = word; word == "cookies" {
				m.array = 1
			}
		case oneOf(m.key, "name|key"):
			m.named = word
		case m.key == "value":
			id := secretName(m.named)
			if m.array > 0 || m.named == "set-cookie" {
				id = "cookie"
			}
			if m.named = ""; id != "" {
				m.hide(i, from, from+len(word), id)
				at += len(l.text) - len(text)
			}
		}
	}
}

// prefixes are how keys and tokens of well-known makers begin, and how many characters each has behind that, at least.
var prefixes = []struct {
	texts, id string
	least     int
}{
	{"cfut_|cfat_|ghp_|gho_|ghs_|ghu_|ghr_|github_pat_|glpat-|pypi-AgE|ATATT3", "token", 10},
	{"xoxb-|xoxp-|xoxa-|xoxr-|xoxs-|xapp-|whsec_", "token", 8},
	{"eyJ", "token", 4},
	{"tskey-", "api_key", 4},
	{"sk_live_|rk_live_|sk_test_|rk_test_", "api_key", 8},
	{"sk-|AKIA|ASIA|GOCSPX-|dckr_pat_|dop_v1_|shpat_|xkeysib-|AGE-SECRET-KEY-", "api_key", 16},
	{"AIza|v1.0-|hf_|npm_", "api_key", 30},
	{"ya29.|hvs.|SG.", "token", 20},
	{vault, "token", 24},
}

// vault is how a token of Vault's begins: what follows has no sign, and that many letters and digits.
const vault = "s."

// token is where the token of a well-known maker ends that begins at a place, or 0, and what it is.
func token(text string, at int) (end int, id string) {
	for n := range prefixes {
		p := &prefixes[n]
		for list := p.texts; list != ""; {
			var begin string
			if begin, list = piece(list); !stands(text, at, begin) {
				continue
			}
			for end = at; end < len(text); {
				if stands(text, end, "…") { // what was shortened in its middle has an end
					end += len("…")
				} else if tokenByte(text[end]) {
					end++
				} else {
					break
				}
			}
			if end-at >= len(begin)+p.least && !(ends(begin, "IA") && has(text[at:end], "-")) && // as words with hyphens have
				!(begin == vault && (end-at > len(begin)+p.least || !hasDigit(text[at:end]) || hasAny(text[at+len(begin):end], ".|-|/|_|="))) {
				return end, p.id
			}
		}
	}
	return 0, ""
}

// A promise are wordings behind which a secret stands.
type promise struct {
	texts, id string
	least     int // bytes of one, with a digit among them, where it may be a word of a sentence
}

// promised masks what stands behind each of such wordings in a line, where find says that a secret is: from where it begins to its end.
func (m *masker) promised(i int, promises []promise, find func(p *promise, name string, at, behind int) (from, to int)) {
	l := &m.lines[i]
	for n := range promises {
		p := &promises[n]
		for list := p.texts; list != ""; {
			var name string
			name, list = piece(list)
			for from := 0; ; {
				at := seek(l.low, name, from)
				if at < 0 {
					break
				}
				from = at + len(name)
				if a, b := find(p, name, at, from); a < b && !open(l.text[a:b]) {
					m.hide(i, a, b, p.id)
					from = a + len(mask)
				}
			}
		}
	}
}

// openers are what stands before a secret that ends with its word: of cookies, of npm's configuration, of addresses that let in who knows them.
var openers = []promise{
	{"cf_clearance=|__cf_bm=|phpsessid=|wordpress_logged_in_|wordpress_sec_|laravel_session=|connect.sid=|jsessionid=|session_id=|sessionid=", "cookie", 0},
	{"bearer |basic ", "authorization", 12},
	{"token%3d|key%3d|password%3d|passwd%3d|secret%3d|code%3d", "token", 8}, // in an address in an address
	{"token |dns |vault login |?key=|&key=|?code=|&code=|?auth=|&auth=|?hmac=|&hmac=|?ticket=|&ticket=", "token", 16},
	{"vault login s.|vault login hvs.", "token", 0},
	{"com2sec |com2sec6 |rocommunity |rwcommunity |snmp-server community |;p:|psk=|psk=\"", "password", 0},
	{"{plain}|{crypt}|{ssha}|{ssha256}|{ssha512}|{smd5}|{md5-crypt}|{sha256-crypt}|{sha512-crypt}|{blf-crypt}", "password", 0},
	{"hooks.slack.com/services/|discord.com/api/webhooks/|discordapp.com/api/webhooks/|api.telegram.org/bot|?sig=|&sig=|?signature=|&signature=|_authtoken=|_auth=|_password=", "token", 0},
}

// tokenByte tells whether a byte may be a part of a token.
func tokenByte(b byte) bool {
	return letter(b) || digit(b) || b == '_' || b == '-' || b == '.' || b == '+' || b == '/' || b == '='
}

// blobs masks what is a secret by its shape: tokens by their beginning, keys in base 64 within a line, a cookie that opens Cloudflare's doors.
func (m *masker) blobs(i int) {
	l := &m.lines[i]
	for at := 0; (l.marks&markToken != 0 || begins(l.text, vault)) && at < len(l.text); at++ {
		text := l.text
		if classes[text[at]]&starts == 0 || at > 0 && tokenByte(text[at-1]) && !oneAt(text, at-1, "=/") {
			continue
		}
		if end, id := token(text, at); end > 0 {
			m.hide(i, at, end, id)
			m.goesOn(i, text[at:end], text[end:])
		}
	}
	if l.marks&markOpener != 0 {
		m.promised(i, openers, func(p *promise, name string, at, from int) (int, int) {
			text := l.text
			if name[0] == '_' && at > 0 && (is(text, at-1, isLetter|isDigit)) {
				return 0, 0
			}
			end := from
			for end < len(text) && !oneAt(text, end, ";\"'<>)") && (text[end] != '&' || p.id != "token") && !is(text, end, isSpace) && !standsAny(text, end, "%26|%23|%22") {
				end++
			}
			if beginsAny(name, "dns|com2") { // of Caddy: who answers for the name stands between; of SNMP, two words
				if !ends(text[:at], "acme_") && trim(text[:at]) != "" {
					return 0, 0
				}
				end = from
				for n := range 3 {
					if n < 2 || name[0] == 'c' {
						from = skip(text, end)
						end = from + len(word(text[from:]))
					}
				}
			}
			if p.least > 0 && (end-from < p.least || !hasDigit(text[from:end])) {
				return 0, 0
			}
			return from, end
		})
	}
	// A key in base 64 within a line: the value in a Kubernetes Secret, or in an environment.
	const least = 40 // digits
	for start := 0; start+least <= len(l.text); start++ {
		text := l.text
		if last := start + least - 1; classes[text[last]]&is64 == 0 { // no run of so many begins before it
			start = last
			continue
		}
		end := start
		for end < len(text) && classes[text[end]]&is64 != 0 {
			end++
		}
		if end-start >= least && oneAt(text, start, "MbL") && (privateDER(decode64(text[start:end], 96)) || stands(text, start, "LS0tLS1CRUdJTi") && has(string(decode64(text[start:end], 60)), "PRIVATE")) {
			for end < len(text) && (text[end] == '=' || text[end] == ' ' && base64ish(word(text[end+1:]), 1)) { // its lines may have been joined
				for end++; end < len(text) && sixtyFour(text[end]) >= 0; end++ {
				}
			}
			m.hide(i, start, end, "private_key")
			return
		}
		start = max(start, end)
	}
}

// hashes masks passwords as crypt writes them, with $ or, in Compose, $$: who has one can try passwords on it.
func (m *masker) hashes(i int) {
	l := &m.lines[i]
	for at := index(l.text, "$"); at >= 0 && at < len(l.text); at++ {
		text := l.text
		if text[at] != '$' || at > 0 && classes[text[at-1]]&(isLetter|isDigit) != 0 {
			continue
		}
		from := at
		for at+1 < len(text) && text[at+1] == '$' {
			at++
		}
		if !standsAny(text, at, "$2a$|$2b$|$2y$|$apr1$|$1$|$5$|$6$|$y$|$argon2") {
			continue
		}
		end := at
		for end < len(text) && (tokenByte(text[end]) || oneAt(text, end, "$,")) {
			end++
		}
		const least = 12 // bytes, of a salt and a part of the rest
		if end-at >= least {
			m.hide(i, from, end, "password")
		}
	}
}

// basic masks what stands behind a user in basic_auth, on its line or, as Caddy has it, within its braces.
func (m *masker) basic(i int) {
	text := m.lines[i].text
	all := fields(text)
	n := len(all)
	closes := n > 0 && all[n-1] == "}"
	if closes {
		n--
	}
	which := 0 // word is the secret
	switch {
	case n > 0 && oneOf(lower(all[0]), "basic_auth|basicauth|basic-auth"):
		m.users = all[n-1] == "{"
		if n > 2 && n < 7 && !m.users {
			which = n - 1
		}
	case m.users && n > 0 && begins(all[0], "#"):
	case m.users && (n == 2 || n == 3):
		which = 1
	case m.users && n > 0:
		closes = true // it was cut off
	}
	if closes {
		m.users = false
	}
	if which == 0 {
		return
	}
	from := 0
	for _, w := range all[:which] {
		from = seek(text, w, from) + len(w)
	}
	from = seek(text, all[which], from)
	if v := strip(all[which], ";"); !open(v) {
		m.hide(i, from, from+len(v), "password")
	}
}

// addresses masks who is logged in to an address, and the visitor's own address where a page or a trace shows it.
func (m *masker) addresses(i int) {
	l := &m.lines[i]
	text := l.text
	if from := max(pgpass(text), relayed(text)); from > 0 {
		m.hide(i, from, len(text), "password")
		return
	}
	for at := 0; l.marks&markAddress != 0; {
		if at = seek(text, "://", at); at < 0 {
			break
		}
		at += 3
		if from, to := login(text, at); from < to {
			m.hide(i, from, to, "password")
			text = l.text
		}
	}
	if at := index(l.low, "%3a%2f%2f"); at >= 0 { // an address in an address
		name := until(l.low[at+9:], "%40")
		from := at + 9 + len(until(name, "%3a")) + 3
		if to := at + 9 + len(name); from < to && to < len(text) && !hasAny(name, "%2f|/|&| ") {
			m.hide(i, from, to, "password")
			text = l.text
		}
	}
	for at := 0; ; {
		if at = seek(text, "@", at); at < 0 {
			break
		}
		at++
		from, to := bareLogin(text, at-1)
		if from == to {
			from, to = mapped(text, at)
		}
		if from < to {
			m.hide(i, from, to, "password")
			if from < at { // else it is behind
				at += len(l.text) - len(text)
			}
			text = l.text
		}
	}
	if l.marks&markAddress == 0 {
		return
	}
	low := l.low
	from := -1
	if n := index(low, "ip="); n >= 0 && (strip(low[:n], " \t-*") == "" || low[n-1] == ' ' && has(low, "colo=")) { // of /cdn-cgi/trace
		from = n + 3
	} else {
		for list := "your ip address|your ip|あなたのipアドレス|あなたのip|あなたの ip|您的 ip|您的ip"; list != "" && from < 0; {
			var name string
			if name, list = piece(list); has(low, name) {
				from = index(low, name) + len(name)
			}
		}
		if from < 0 {
			return
		}
		from = past(text, from, ": ")
		for next := i + 1; next <= i+2 && next < len(m.lines) && !isIP(addressAt(text[from:])); next++ { // a page hides it behind a button
			if t := trim(m.lines[next].text); isIP(t) {
				from = index(m.lines[next].text, t)
				i, text = next, m.lines[next].text
				break
			}
		}
	}
	if from >= 0 && from < len(text) {
		m.hide(i, from, from+len(addressAt(text[from:])), "client_ip")
	}
}

// login is where the password stands in an address whose name begins at a place: behind the first colon, before the last @ of its
// authority. A password may have what the authority may not, a slash or a space, which is looked for where no port follows the colon.
func login(text string, at int) (from, to int) {
	const most = 100 // bytes behind the colon
	end := at
	for end < len(text) && !is(text, end, isSpace) && !oneAt(text, end, "/?#\"'<>`") {
		if text[end] == ':' && from == 0 {
			from = end + 1
		}
		if text[end] == '@' {
			to = end
		}
		end++
	}
	const token = 16 // bytes of one that stands alone before the @
	if from == 0 && to-at >= token && hasDigit(text[at:to]) && base64ish(text[at:to], token) {
		return at, to
	}
	if from == 0 || from == end || to > 0 && to < from || standsAny(text, from, "${|$(|{|<|%{") {
		return 0, 0
	}
	if to > 0 {
		return from, to
	}
	if text[from] == '$' {
		return 0, 0 // a variable, of a port
	}
	_, size := digits(text[from:end])
	if from+size == end || size > 0 && oneAt(text, from+size, ",.;)]:") || text[at] == '[' {
		return 0, 0
	}
	for j := from; j < min(len(text)-1, from+most) && !oneAt(text, j, "\"'<>`") && !stands(text, j, "://") && !(to > 0 && (is(text, j, isSpace) || text[j] == '/')); j++ {
		if next := text[j+1]; text[j] == '@' && (letter(next) || digit(next) || next == '[') {
			to = j
		}
	}
	return from, to
}

// bareLogin is where the password stands of an address without a scheme, name:password@host, whose @ is at a place.
func bareLogin(text string, at int) (from, to int) {
	const most = 200 // bytes before the @
	start := at
	for start > max(0, at-most) && !is(text, start-1, isSpace) && text[start-1] < 0x80 && !oneAt(text, start-1, "\"'<>`,=(") {
		start--
	}
	name, host := until(text[start:at], ":"), word(upTo(text[at+1:], most))
	if len(name) == at-start || name == "" || !is(name, 0, isLetter) || !isWord(name) || !hasAny(host, ".|/|:|localhost") || begins(host, "sha256") || !is(host, 0, isLetter|isDigit) ||
		ends(lower(name), "mail") || oneOf(lower(name), "mailto|sip|sips|xmpp|acct|to|from|cc|bcc|contact|address|user|username|uri|dns|ssh|git|sftp|scp|rsync") {
		return 0, 0
	}
	if from = start + len(name) + 1; open(text[from:at]) || stands(text, from, "//") {
		return 0, 0
	}
	return from, at
}

// mapped is where the password stands behind the address of a mail, as Postfix maps one: bob@example.com:password, up to the line's end.
func mapped(text string, at int) (from, to int) {
	host := until(text[at:], ":")
	v := text[min(len(text), at+len(host)+1):]
	if !isHost(host) || ends(text[:at], "git@") || len(v) < 6 || !hasDigit(v) || hasAny(v, "/|.|~|:| ") || strip(v, "0123456789") == "" {
		return 0, 0
	}
	return len(text) - len(v), len(text)
}

// addressAt is the address, of either kind, that a text begins with.
func addressAt(s string) string {
	n := 0
	for n < len(s) && n < 45 && (is(s, n, isDigit) || oneAt(s, n, ".:") || s[n] >= 'a' && s[n] <= 'f' || s[n] >= 'A' && s[n] <= 'F') {
		n++
	}
	for n > 0 && oneAt(s, n-1, ":.") {
		n--
	}
	if n < 3 || !hasAny(s[:n], ".|:") {
		return ""
	}
	return s[:n]
}

// secretName is the kind of secret that a name promises, or nothing. Names in the open, of paths and of kinds of keys, are none.
func secretName(name string) string {
	low := lower(name)
	if !promising(low) {
		return ""
	}
	b := []byte(low)
	for i := range b {
		if among1("-.:", b[i]) {
			b[i] = '_'
		}
	}
	parts := split(string(b), '_')
	if ends(low, "authorization") {
		return "authorization"
	}
	if len(parts) == 0 || oneOf(parts[0], "proxy|fastcgi|uwsgi|scgi|grpc|memcached|public") {
		return ""
	}
	last := parts[len(parts)-1]
	any := func(list string) bool {
		for _, p := range parts {
			if oneOf(p, list) {
				return true
			}
		}
		return false
	}
	switch {
	case oneOf(low, "privatekey|presharedkey"):
		return "private_key"
	case any("pw|pass|passwd|pwd|passphrase|passwort") || endsAny(last, "password|passwd|pw|passwordsalt") || ends(last, "pass") && !oneOf(last, "bypass|compass|surpass|encompass"):
		return "password"
	case low == "community" || begins(low, "snmp") && has(low, "community"):
		return "password"
	case oneOf(low, "cookie|cookies|sessionid|phpsessid|jsessionid|cf_clearance"):
		return "cookie"
	case len(parts) > 1 && last == "signature", len(parts) > 1 && last == "bearer", any("token|jwt|secret") && !any("key") || endsAny(last, "token|secret"):
		return "token"
	case oneOf(last, "apikey|authkey|salt|accountkey|accesskey|sharedaccesskey|secretkey|masterauth") || begins(last, "hmac") || last == "base" && any("secret") || len(parts) > 1 && last == "key" && any("api|x|auth|secret|access|secure|in|nonce|app|private|master|encryption|service|global|signing|account|cf|hmac") || name != low && any("key") && has(name, "KEY"):
		return "api_key"
	}
	return ""
}

// promising tells whether a name in small letters has the beginning of a word in it that promises a secret: most have none.
func promising(low string) bool {
	return ends(low, "pw") || wordings.has(low, len(Rules)+len(signs)+ofNames)
}

// community tells whether what stands behind the word lets into SNMP. With a capital letter it may be a heading.
func (m *masker) community(i int, rest, name string) bool {
	v := strip(rest, " :=\"'")
	return !hasAny(v, " |.|:") && (name == "community" || telling(v) || i > 1 && hasAny(m.lines[i-1].low+m.lines[i-2].low, "snmp|version: 2c|version: v2"))
}

// opening tells whether what stands before a name opens an option: one or two hyphens behind a space, a quotation mark or nothing.
func opening(before string) bool {
	n := len(before)
	for n > 0 && n > len(before)-2 && before[n-1] == '-' {
		n--
	}
	return n == 0 || is(before, n-1, isSpace) || oneAt(before, n-1, "\"'`([")
}

// asking tells whether an option has a secret's name and no secret: it is asked for, read, or goes without.
func asking(name string) bool {
	return beginsAny(name, "no-|ask-|without-|prompt-") || hasAny(name, "-stdin|-file|-path|-fd|-env|-prompt|-type|-ttl|-name")
}

// given tells whether an option's value is a secret, of whatever length: no other option, no address, no word of a sentence about it.
func given(v string, apart bool) bool {
	return !open(v) && !(apart && (beginsAny(v, "-|\\|>|&|http://|https://") || begins(v, "|") || oneOf(lower(v), "is|was|to|and|or|with|flag|option|argument|parameter")))
}

// innocent tells whether a value is no secret: too short, or in the open.
func innocent(v string) bool { return len(v) < 3 || open(v) }

// open tells whether a value is a path, a switch, a variable, nothing, or something that is masked already.
func open(v string) bool {
	low := lower(v)
	return strip(v, "*") == "" || begins(v, mask) || begins(v, "/") && !(ends(v, "=") && base64ish(v, 40)) || beginsAny(v, "./|../|$|%{|%(|<|(|{|[|~/|\\|C:\\") || beginsAny(low, "os.environ|os.getenv|put your unique |process.env|getenv|env(|env:|file:|var.|data.|your_|your-|convertto-|read-host|get-credential") || oneOf(low, "true|false|yes|no|mismatch|none|null|nil|rsaencryption|required|optional|changeme|value") ||
		endsAny(low, ".pem|.key|.crt|.conf")
}

// setters are words of configurations behind which a name and its value have only a space between them.
const setters = "proxy_set_header |add_header |fastcgi_param |uwsgi_param |requestheader |header |header_up |nmcli |setenv |setx |env |aws configure set |npm config set |wp config set "

// pairs masks values by their names: KEY=value, "key": "value", key: value, define('KEY', 'value'), ?key=value.
func (m *masker) pairs(i int) {
	l := &m.lines[i]
	for at := 0; at < len(l.text); at++ {
		text := l.text
		if classes[text[at]]&isLetter == 0 || at > 0 && (classes[text[at-1]]&(isLetter|isDigit) != 0 && !ends(l.low[:at], "%5b") || text[at-1] == '_') {
			continue
		}
		before := l.low[:at]
		option := ends(before, "-")
		if option && !opening(before) {
			continue
		}
		end := at
		for end < len(text) && (classes[text[end]]&(isLetter|isDigit) != 0 || oneAt(text, end, "_-")) {
			end++
		}
		name := text[at:end]
		id := secretName(name)
		told := false // by a command
		if n := len(name) - len("command"); n > 0 && lower(name[n:]) == "command" {
			id, told = secretName(name[:n]), true
		}
		if id == "" || lower(name) == "community" && !m.community(i, text[end:], name) || id == "authorization" && ends(before, "invalid ") || ends(before, ":") && !ends(before, "$env:") && !opensTag(before) || option && asking(lower(name)) { // OpenSSL writes an error's parts between colons
			at = end
			continue
		}
		value := past(text, end, "\\")
		escaped := value > end          // a JSON in a JSON's text
		if stands(l.low, end, "%5d=") { // user[password]= of a form
			value += len("%5d")
		} else if n := len(word(text[end:])); byteAt(text, end) == '.' && stands(text, end+n, " = \"") { // random_password.db.result
			value += n
		}
		quote := byte(0)
		if c := byteAt(text, value); c == '"' || c == '\'' {
			quote = c
			value++
		}
		for byteAt(text, value) == ']' || standsAny(text, value, "('|(\"") { // PASSWORD('…')
			value++
		}
		if from, to := element(text, at, value); from < to && !open(text[from:to]) {
			m.hide(i, from, to, id)
			at = from + len(mask)
			continue
		} else if from == len(text) && from > 0 { // it stands in the lines behind
			m.labelled, m.block = id, skip(text, 0)+1
		}
		first := before == "" || ends(before, "'s ") || isWord(strip(before, " \t")) || trim(before) == "export" // of its line
		value = skip(text, value)
		switch {
		case option && i+1 < len(m.lines) && strip(text[end:], " \t\"',\\") == "": // its value is the next of a list
			m.next(i+1, id, ends(text, "\\"))
			at = end
			continue
		case standsAny(text, value, "=>|!="):
			value += 2
		case oneAt(text, value, "=:"):
			if value++; stands(text, value, ": ") { // of LDIF, in base 64
				value++
			}
		case byteAt(text, value) == ',' && (quote != 0 || constant(name) && oneAt(text, skip(text, value+1), "'\"")):
			value++
		case stands(text, value, "| ") && has(text[value+2:], " |"): // a table
			value += 2
			m.hide(i, value, seek(text, " |", value), id)
			at = value + len(mask)
			continue
		case quote != 0 && standsAny(text, value, "value=\"|value='"): // key="password" value="…"
			value += len("value=")
		case value > end && oneAt(text, value, "\"'") && id == "password" && !option: // PASSWORD '…'
		case first && (oneOf(lower(name), "requirepass|masterauth|bindpw|rootpw") || ends(text, ";")) && value < len(text) && word(text[value:]) == trim(text[value:]): // a directive
		case value > end && beginsAny(strip(l.low, " \t$#"), setters):
		case option && value > end: // its value is the next word
		default:
			if strip(text[end:], " \t\"',{") == "" && hasAny(before, "name: |name\": \"|variable \"") {
				m.labelled = id // of an environment in YAML; its value stands in the next line
			}
			at = end
			continue
		}
		if ends(text, "]=>") { // what PHP dumps
			m.labelled = id
		}
		if first && value < len(text) && strip(text[value:], " |>+-") == "" { // a block of YAML
			m.labelled = id
			if strip(text[value:], " +-") != "" {
				m.block = skip(text, 0) + 1
			}
		}
		spaced := is(text, value, isSpace)
		value = skip(text, value)
		for spaced && oneAt(text, value, "&!") && has(text[value:], " ") { // an anchor or a tag of YAML
			value = skip(text, value+len(word(text[value:])))
		}
		if c := byteAt(text, value); c == '[' || c == '{' && id == "cookie" { // a list, or a dictionary
			const behind = ']' - '[' // as for the others
			if v := between(text[value:], string(rune(c)), string(rune(c+behind))); v != "" && (c == '{' || telling(v)) {
				m.hide(i, value+1, value+1+len(v), id)
				return
			}
		}
		if is(text, value, isLetter) && oneAt(text, value+1, "\"'") { // N'…' of SQL, r'…' of Python
			value++
		}
		if escaped {
			value = past(text, value, "\\")
		}
		quote = 0
		if c := byteAt(text, value); among1("\"'`", c) {
			quote = c
			if value++; stands(text, value, text[value-1:value]+text[value-1:value]) { // three of them
				value += 2
			}
		}
		end = value
		alone := option || quote == 0 && text[value-1] == '=' && oneOf(trim(before), "|export|set|env|-") // a line of an environment has one value
		if before := strip(before, "-"); option && quote == 0 && endsAny(before, "\"|'") {
			quote = before[len(before)-1] // it is quoted with its option
		}
		for end < len(text) {
			if quote != 0 && text[end] == quote && text[end-1] != '\\' || escaped && text[end] == '\\' {
				break
			}
			if quote == 0 && (is(text, end, isSpace) || !alone && oneAt(text, end, "&;,\"')}")) {
				break
			}
			end++
		}
		switch {
		case alone && !option && constant(name):
			end = environment(text, end, tools)
		case first && !option && quote == 0 && id == "password":
			stops := sentenceWords
			if spaced { // as YAML has it
				stops = nil
			}
			end = environment(text, end, stops)
		}
		if stands(text, end, " / ") && ends(before, "/") { // ID/PW: name / secret
			end += 3 + len(word(text[end+3:]))
		}
		if told {
			value = end - len(literal(text[value:end]))
		}
		if v := text[value:end]; !option && !innocent(v) || option && given(v, is(text, value-1, isSpace)) {
			m.hide(i, value, end, id)
			end = value + len(mask)
		}
		at = max(at, min(end, len(l.text)))
	}
}

// literal is what a command prints that says a secret: echo -n …, printf '%s' ….
func literal(command string) string {
	rest := after(command, "echo ") + after(command, "printf ")
	for begins(rest, "-") || has(word(rest), "%s") {
		rest = rest[skip(rest, len(word(rest))):]
	}
	return rest[past(rest, 0, "\\\"'"):]
}

// element is where the text stands in XML that a name is told of, which ends at a place: <password a="b">…, name="password">…,
// >password</name><value>….
func element(text string, at, end int) (from, to int) {
	rest := text[end:]
	if !beginsAny(rest, ">|</") && !opensTag(text[:at]) || !has(text[:at], "<") {
		return 0, 0
	}
	for rest = after(rest, ">"); begins(rest, "<"); {
		rest = after(rest, ">")
	}
	from = len(text) - len(rest)
	return from, from + len(until(rest, "<"))
}

// opensTag tells whether a text ends where the name of an element of XML begins, perhaps behind the short name of its space.
func opensTag(s string) bool {
	n := lastIndex(s, '<') + 1
	return n > 0 && (n == len(s) || ends(s, ":") && isWord(s[n:len(s)-1]))
}

// constant tells whether a name has no small letter, as those of an environment.
func constant(name string) bool {
	for i := range len(name) {
		if name[i] >= 'a' && name[i] <= 'z' {
			return false
		}
	}
	return true
}

// sentenceWords are those with which a sentence goes on behind a value.
var sentenceWords = pieces("and|but|then|which|so|when|because|error|please|we|i|it|is|or")

// environment is where the value of a line ends that has a space: with the line, or before one of some words, an option, a comment or another name.
func environment(text string, end int, stops []string) int {
	for at := end; ; {
		at = skip(text, at)
		w := word(text[at:])
		if w == "" || stops != nil && oneOf(w, "psql|pg_dump|pg_restore|mysqldump|redis-cli|restic|borg|rclone|aws|terraform|npm|ssh|vault") || has(w, "=") || ends(w, ":") || oneAt(w, 0, "-#;|&\\<>/") || w[0] >= 0x80 || oneAt(text, end-1, ".,;!?)") || among(lower(w), stops) {
			return end
		}
		at += len(w)
		end = at
	}
}

// value masks what stands in the line behind one that has only a secret's name: value: …, or a word that looks like one.
func (m *masker) value(i int) {
	l := &m.lines[i]
	text := l.text
	from := skip(text, 0)
	if n := index(l.low, "value"); n >= 0 && strip(text[:n], " \"") == "" {
		from = past(text, n+5, ": \"'")
	} else if beginsAny(trim(text), "type |description |sensitive ") { // of a variable of Terraform's
		return
	} else if begins(trim(text), "default ") {
		from = len(text) - len(after(text, "="))
		from = past(text, from, " \"")
	} else if stands(text, from, "string(") {
		from += len(until(text[from:], `"`))
	} else if w := trim(text); len(w) < 4 || has(w, " ") || !telling(w) || has(w, "://") || isHost(w) {
		from = len(text)
	}
	if v := strip(text[from:], " \"',"); !open(v) {
		m.hide(i, from, from+len(v), m.labelled)
	}
	m.labelled = ""
}

// inBlock masks a line of a block of YAML, which goes on as long as its lines are indented.
func (m *masker) inBlock(i int) {
	text := m.lines[i].text
	from, to := skip(text, 0), len(text)
	if from == to {
		return
	}
	if from < m.block {
		m.labelled, m.block = "", 0
		return
	}
	if v := trim(text); !open(v) {
		m.hide(i, from, from+len(v), m.labelled)
	}
}

// telling tells whether a word has a digit, or a sign that few words have.
func telling(w string) bool { return hasDigit(w) || hasAny(w, "!|@|#|$|%|_|&|*") }

// next masks the first word of a line of a list, or of a command that goes on: what the option before it is given.
func (m *masker) next(i int, id string, goesOn bool) {
	text := m.lines[i].text
	from := past(text, 0, " \t-\"'")
	if !goesOn && !beginsAny(trim(text), "- |\"|'") || goesOn && begins(trim(text), "-") {
		return
	}
	end := from
	for end < len(text) && !is(text, end, isSpace) && !oneAt(text, end, "\"'") {
		end++
	}
	if v := text[from:end]; given(v, true) {
		m.hide(i, from, end, id)
	}
}
