package evidence

// speakers say in a trace of a dialogue with a server for mail or files who speaks.
const speakers = "c: |s: |client: |server: |command:|コマンド:|quote |> |< "

// dialogue masks what a client tells such a server: PASS, LOGIN, and what AUTH is asked for, in base 64; and the password of a
// .netrc, in a line of its own.
func (m *masker) dialogue(i int) {
	text := trim(m.lines[i].text)
	at := 0
	const most = 80 // bytes in which it stands who speaks
	if n := lastOf(lower(text[:min(len(text), most)]), speakers); n >= 0 {
		for at = n; at < len(text) && !among1(": \t", text[at]); at++ {
		}
		for at < len(text) && among1(": \t", text[at]) {
			at++
		}
	}
	asked, named := m.asked, m.introduced
	m.asked, m.introduced = max(0, asked-1), max(0, named-1)
	all := fields(text[at:])
	if len(all) > 2 && len(all[0]) < 8 && letter(all[0][0]) && hasDigit(all[0]) { // IMAP numbers what it is asked
		all = all[1:]
	}
	if len(all) == 0 {
		return
	}
	v, secret := all[len(all)-1], false
	switch verb := all[0]; {
	case oneOf(verb, "AUTH|AUTHENTICATE|auth|authenticate") && len(all) > 1 && oneOf(lower(all[1]), "login|plain|cram-md5|digest-md5|xoauth2|oauthbearer|ntlm"):
		m.asked = 2
		secret = len(all) == 3 && base64ish(v, 4) && telling(v)
	case verb == "+" && asked > 0, verb == "334" && (len(all) == 1 || len(all) == 2 && base64ish(v, 4)):
		m.asked = 1
	case len(all) == 1:
		secret = asked > 0 && base64ish(v, 4)
	case verb == "LOGIN":
		v = trim(after(text[at:], all[1]))
		secret = len(all) > 2
	case oneOf(verb, "USER|331|+OK|machine|default|login|user"):
		m.introduced = 3
	case verb == "PASS" && len(all) == 2: // a test has a path, or joins its words
		secret = named > 0 || at > len("> ") || telling(v) && !hasAny(v, "/|.|_")
	case verb == "password" && len(all) == 2:
		secret = named > 0 && !oneOf(v, plainWords)
	}
	if from := skip(m.lines[i].text, 0) + len(text) - len(v); secret && !open(v) {
		m.hide(i, from, from+len(v), "password")
	}
}

// pgpass is where the password begins in a line of PostgreSQL's .pgpass, host:port:database:user:password, or 0. A place in a file
// has a number for the database, and an address or a fingerprint nothing but such.
func pgpass(text string) int {
	const lowest = 1024 // port of a database
	all := split(text[:min(len(text), 256)], ':')
	if len(all) < 5 || strip(text, "0123456789abcdefABCDEF:") == "" {
		return 0
	}
	for n, w := range all[:4] {
		port, size := digits(w)
		if w == "" || !isWord(strip(w, "*")) || n == 1 && w != "*" && (size < len(w) || port < lowest) || n == 2 && size == len(w) {
			return 0
		}
	}
	return len(all[0]) + len(all[1]) + len(all[2]) + len(all[3]) + 4
}
