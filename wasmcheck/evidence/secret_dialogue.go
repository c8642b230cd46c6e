package evidence

// dialogue masks what a client tells a server for mail or files: PASS, LOGIN, and what AUTH is asked for, in base 64; and the
// password of a .netrc, in a line of its own. Before it may stand who speaks, or IMAP's number.
func (m *masker) dialogue(i int) {
	text := m.lines[i].text
	all := fields(text)
	asked, named := m.asked, m.introduced
	m.asked, m.introduced = max(0, asked-1), max(0, named-1)
	if len(all) == 0 {
		return
	}
	k, who := 0, "" // where the verb stands, and what before it
	for k < len(all)-1 && !oneOf(all[k], "AUTH|AUTHENTICATE|auth|authenticate|+|334|LOGIN|USER|331|+OK|machine|default|login|user|PASS|password") {
		who = all[k]
		k++
	}
	v, secret, speaks := all[len(all)-1], false, endsAny(who, ":|>|<|~|quote|send") || hasDigit(who)
	switch rest := all[k+1:]; {
	case lower(all[k]) == "login" && k == 1 && len(who) < 6 && len(rest) > 1 && (all[k] == "LOGIN" || strip(who, "0123456789") == "" && hasAny(text, `"|@`) || oneAt(who, 0, "a.") && strip(who[1:], "0123456789") == "" && (len(rest) == 2 || has(text, `"`))): // of IMAP, behind its number
		v = trimAfter(text, rest[0])
		secret = true
	case all[k] == "user" && len(rest) == 2 && (len(who) > 1 && ends(who, ">") || who == "" && i > 0 && hasAny(m.lines[i-1].low, "ftp|open ")): // ftp> user name password
		secret = true
	case k > 0 && !speaks:
	case oneOf(lower(all[k]), "auth|authenticate") && len(rest) > 0 && oneOf(lower(rest[0]), "login|plain|cram-md5|digest-md5|xoauth2|oauthbearer|ntlm"):
		m.asked = 2
		secret = len(rest) == 2 && base64ish(v, 8) && !has(v, "-")
	case all[k] == "+" && asked > 0, all[k] == "334" && (len(rest) == 0 || base64ish(rest[0], 4)):
		m.asked = 1
	case len(rest) == 0:
		secret = asked > 0 && base64ish(v, 4)
	case all[k] == "PASS" && (len(rest) == 1 || named > 0): // a test has a path, or joins its words
		v = trimAfter(text, "PASS ")
		secret = named > 0 || len(who) > 1 || telling(v) && !hasAny(v, "/|.|_")
	case all[k] == "password" && len(rest) == 1:
		secret = named > 0 && !oneOf(v, plainWords)
	default:
		m.introduced = 3
	}
	if from := len(text) - len(v); secret && !open(v) {
		for text[from:from+len(v)] != v { // white space ends the line
			from--
		}
		m.hide(i, from, from+len(v), "password")
	}
}

// relayed is where the password stands that Postfix maps a server to, [host]:587 name:password, or 0.
func relayed(text string) int {
	from := past(text, 0, " \t-*")
	host := word(text[from:])
	if !has(host, ".") {
		return 0
	}
	from = skip(text, from+len(host))
	name := until(text[from:], ":")
	secret := after(text[from:], ":")
	const least = 4 // bytes
	if host = until(strip(until(host, "]:"), "[]"), ":"); !isHost(host) || len(secret) < least || is(secret, 0, isSpace) || name == "" || !is(name, 0, isLetter) || !isWord(until(name, "@")) || hasAny(secret, "//|::") || has(secret, " ") && !has(text, "[") || strip(secret, "0123456789") == "" || oneOf(lower(name), "error|verify|dns|sha256|localhost|backend|cloudflare") || begins(name, "ssh-") {
		return 0
	}
	return len(text) - len(secret)
}

// pgpass is where the password begins in a line of PostgreSQL's .pgpass, host:port:database:user:password, or 0. A place in a file
// has a number for the database, and an address or a fingerprint nothing but such.
func pgpass(text string) int {
	const lowest = 1024 // port of a database
	at, last := 0, min(len(text), 256)
	for n := range 4 {
		w := until(text[at:last], ":")
		port, size := digits(w)
		if at += len(w) + 1; at >= last || w == "" || !isWord(strip(w, "*")) || n == 1 && w != "*" && (size < len(w) || port < lowest) || n == 2 && size == len(w) {
			return 0
		}
	}
	if strip(text, "0123456789abcdefABCDEF:") == "" {
		return 0
	}
	return at
}
