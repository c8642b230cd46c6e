package evidence

// A giver is a program that can be given a secret in its own line.
type giver struct {
	tools, options string
	cut            string // what parts a name from its secret; of "=" the whole is one, of "" it follows the option without a space
}

// givers have their longest options first, for the shorter ones are also read where others of one letter stand before them.
var givers = []giver{
	{"curl|curl.exe|wget|http|https|ab", "--user|--proxy-user|--auth|-u|-U|-a|-A", ":"},
	{"curl|curl.exe|http|https|wget", "--cookie|-b", "="},
	{"mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump|7z|7za", "-p", ""},
	{"ncftpput|ncftpget|sshpass|login|az|mongo|mongosh|mongodump|hash-password", "--plaintext|-p", " "},
	{"redis-cli", "-a", " "},
	{"ldapsearch|ldapmodify|ldapadd|ldapwhoami", "-w", " "},
	{"unzip|zip|sqlcmd|ipmitool", "-P", " "},
	{"enc", "-k|-K", " "},
	{"plink|pscp", "-pw", " "},
	{"lftp", "-u", ","},
	{"smbclient|rpcclient", "-U", "%"},
	{"curl|curl.exe", "--cert|-E", ":"},
	{"s_client|s_server", "-psk", " "},
	{"certutil", "-p", " "},
	{"ssh-keygen", "-P|-N", " "},
	{"snmpwalk|snmpget|snmpset|snmpbulkwalk", "-c|-A|-X", " "},
}

// flags are curl's options of one letter that are given nothing.
const flags = "skvLiISfgnN#GjJlOpqRZ01246"

// argument is the next word of a command and where it stands, without the quotation marks around it: nothing at the line's end.
func argument(s string, at int) (from, to int) {
	for at < len(s) && (oneAt(s, at, " \t$(`") || oneAt(s, at, "'\"") && !has(s[at+1:], s[at:at+1])) { // a quotation that does not end here is around all
		at++
	}
	if at < len(s) && oneAt(s, at, "|;)") {
		return at, at + 1
	}
	quote := byte(0)
	for from, to = at, at; to < len(s); to++ {
		if n := masked(s[to:]); n > 0 { // one word, though it has a space
			to += n - 1
			continue
		}
		c := s[to]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
				if s[from] == c { // around the whole
					return from + 1, to
				}
			}
		case c == '"' || c == '\'':
			quote = c
		case space(c) || oneAt(s, to, "|;)"):
			return from, to
		}
	}
	return from, to
}

// behind is where the next word may begin: an empty one has quotation marks, too.
func behind(s string, from, to int) int {
	if from > 0 && to < len(s) && s[to] == s[from-1] && oneAt(s, to, "'\"") {
		to++
	}
	return to
}

// options masks what programs are given in their own line: -u user:password, -p password, cookies, a password as the last word.
func (m *masker) options(i int) {
	l := &m.lines[i]
	if text := l.text; m.tool == "" && !hasAny(text, " -|\\|chpasswd|wpa_p|net u|obscure |sqlplus ") {
		return
	}
	tool, cut, waits := m.tool, "", false // cut, of what the next word is
	outer, rest := "", 0                  // the tool around a quoted command, and how much of the line follows that
	words := 0                            // that are no option, behind htpasswd and openssl passwd
	before := ""
	var piped [2]int // where the last word stands that is handed on: echo password | sudo -S
	for at := 0; ; {
		text := l.text
		from, to := argument(text[:len(text)-rest], at)
		if from >= len(text)-rest {
			if rest == 0 {
				break
			}
			tool, at, rest = outer, len(text)-rest+1, 0
			continue
		}
		w := text[from:to]
		at = behind(text, from, to)
		if w == "|" {
			if hasAny(l.low[:from], "echo |printf ") {
				piped = [2]int{index(text, before), index(text, before) + len(before)}
			}
			tool, waits = "", false
			continue
		}
		if piped[1] > 0 && (w == "chpasswd" || w == "-S" && before == "sudo" || hasAny(w, "--password-stdin|--stdin")) {
			cut = " "
			if w == "chpasswd" {
				cut = ":"
			}
			m.give(i, piped[0], piped[1], cut)
			return
		}
		low := lower(w)
		for _, c := range []byte("/\\>") { // of a path, or of a prompt
			low = low[lastIndex(low, c)+1:]
		}
		for n := len(low); n > 0; n-- { // behind a sentence that has no spaces
			if low[n-1] >= 0x80 {
				low = low[n:]
				break
			}
		}
		last := trim(strip(text[at:], ")`")) == "" || oneAt(trim(text[at:]), 0, "|;")
		switch {
		case waits:
			waits = false
			m.give(i, from, to, cut)
		case tool == "net": // user name password; use drive: \\server\share password
			if words++; words > 1 && !beginsAny(w, "/|\\|*") && !oneOf(w, plainWords) && (last || stands(text, at, " /")) {
				m.give(i, from, to, " ")
			}
		case oneOf(low, "user|use") && before == "net":
			tool = before
		case before == "sqlplus":
			m.give(i, from, to, "/")
		case low == "obscure" && before == "rclone":
			waits, cut = true, " "
		case oneOf(tool, "htpasswd|passwd|wpa_passphrase"):
			switch {
			case begins(w, "-"):
				if has(w, "n") {
					words++ // without a file
				}
			case !oneOf(before, "-salt|-in|-C|-r"):
				if words++; last && (words > 2 || tool == "passwd" || words > 1 && tool != "htpasswd") {
					m.give(i, from, to, " ")
				}
			}
		case oneOf(low, "htpasswd|wpa_passphrase") || low == "passwd" && before == "openssl":
			tool = low
		case oneOf(low, "ssh|scp|sftp|rsync|run|exec"): // what sshpass runs has a -p of its own
			tool = ""
		case rest == 0 && to < len(text) && has(w, " -") && oneAt(text, from-1, "'\""): // a command, for a shell or for the tool itself
			outer, rest = tool, len(text)-to
			at = from
			continue
		case !begins(w, "-"):
			for n := range givers {
				if oneOf(low, givers[n].tools) {
					tool = low
				}
			}
		case tool != "":
			for n := range givers {
				g := &givers[n]
				if !oneOf(tool, g.tools) {
					continue
				}
				size := g.option(w)
				if size == len(w) && g.cut != "" {
					waits, cut = true, g.cut
				} else if size > 0 && size < len(w) {
					m.give(i, from+size, to, g.cut)
				}
			}
		}
		before = w
		at += len(l.text) - len(text)
	}
	if m.tool = ""; endsAny(l.text, "\\|`") {
		m.tool = tool
	}
}

// option is how much of a word is the option that a secret is given by, or 0.
func (g *giver) option(w string) int {
	for list := g.options; list != ""; {
		var o string
		o, list = piece(list)
		at := 1
		switch {
		case w == o:
			return len(w)
		case len(o) > 2:
			if begins(w, o) && w[len(o)] == '=' {
				return len(o) + 1
			}
			continue
		case begins(g.tools, "curl"):
			for at < len(w) && w[at] != o[1] && oneAt(w, at, flags) {
				at++
			}
		}
		if at < len(w) && w[at] == o[1] {
			return at + 1
		}
	}
	return 0
}

// give masks what an option is given, as far as it is a secret.
func (m *masker) give(i, from, to int, cut string) {
	text := m.lines[i].text
	if from < to && oneAt(text, from, "'\"") {
		from, to = from+1, to-1
	}
	id := "password"
	switch {
	case from >= to:
		return
	case cut == "=":
		if id = "cookie"; !has(text[from:to], "=") { // the name of a file
			return
		}
	case len(cut) == 1 && cut != " ":
		n := index(text[from:to], cut)
		if n < 0 {
			return
		}
		from += n + 1
	}
	if !open(text[from:to]) {
		m.hide(i, from, to, id)
	}
}
