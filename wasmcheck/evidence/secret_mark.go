package evidence

// Marks are what a line has that may stand beside a secret: most lines have none, and are looked at no further.
const (
	markFrame   = 1 << iota // of a private key
	markSession             // what openssl and browsers print of a session, PuTTY of a key, curl of its cookies
	markJWK
	markHAR
	markHeader
	markToken
	markOpener
	markName // of a secret, as its first three letters
	markHash
	markBasic
	markAddress
	markSaid
	markTool
	markClient // no secret: what a client says of where it connected, and of what it met; see client.go
	markCall
	markDialogue
	markLog // no secret: what a log says of its server, or of who came; see log.go
)

// The places in [marks] of wordings that stand elsewhere.
const (
	ofPrefixes = 5
	ofOpeners  = 6
	ofNames    = 7
	ofSaid     = 11
	ofCalls    = 14
)

// marks are the wordings of each, in small letters, in the order of the constants.
var marks = []string{
	"private ke|-----begin |-----end |begin ssh2 ",
	"<rsakeyvalue|master-key:|resumption psk:|client_random |_secret|tls session ticket:|private-lines:|true\t|true |false\t|false ",
	`"kty"|'kty'`,
	`"name|"value|"cookies`,
	"authoriz|cookie|-ip|x-forwarded-for",
	" s.|=s.|:s.|\"s.|'s.", // prefixes
	"",                     // openers
	"pas|pwd|pri|pre|key|tok|sec|sal|sig|coo|aut|api|bea|jwt|hma|mmu|sessionid|phpsessid|cf_clear|pw |pw:|pw=|pw\"",
	"$2a$|$2b$|$2y$|$apr1$|$1$|$5$|$6$|$y$|$argon2",
	"basic",
	"://|ip=|your ip|あなたの|您的",
	"", // saidNames
	"curl|wget|http -|https -|httpie|ab -|mysql|mariadb|sudo -s|7z |7za |sshpass|login|az |mongo|hash-password|redis-cli|ldap|zip|sqlcmd|ipmitool|enc -|plink|pscp|lftp|smbclient|rpcclient|passwd|password-stdin|certutil|keygen|-psk |snmp|wpa_|net u|obscure |sqlplus |ncftp|--stdin",
	"trying |onnect|resol|tcp|econnrefused |etimedout |ehostunreach |:443|:80|peeraddr=|://|remote|address|ipaddr |ip: |host|is valid for |certificate|alpn|client |request|ssl |handshake|alert|verif|subjectaltname|common name|status: |http|response|location|server: |cf-ray|strict-|wp-|wordpress|x-redirect|x-pingback|error code: |error_code|new, |接続|status code|ステータス|リクエスト|リモート|server",
	"", // calls
	"auth |authenticate |login |pass |user |331 |334|+ok|machine |default ",
	"success|syntax ok|valid conf|is valid|test failed|[emerg]|ah00526|fatal errors|error(s) found|active: |failed to start|failed with|response code: |serving default|expiry date: |during connect|invalid response|acme-challenge|unauthorized|pki-validation|client|remote_|rip=|error from |" + served,
}

// wordings are those of rules, signs and marks. They are made known once: before a paste, and not for each.
var wordings = newMarker()

// newMarker finds marks in the walk in which [newScanner] finds wordings, behind them.
func newMarker() *scanner {
	s := newScanner()
	first := len(Rules) + len(signs)
	for n, list := range marks {
		if list != "" {
			s.add(first+n, list)
		}
	}
	for n := range prefixes[:len(prefixes)-1] { // the last is too short for one, and its line is told by what stands before it
		s.add(first+ofPrefixes, lower(prefixes[n].texts))
	}
	for n := range openers {
		s.add(first+ofOpeners, openers[n].texts)
	}
	for n := range saidNames {
		s.add(first+ofSaid, saidNames[n].texts)
	}
	for n := range logins {
		s.add(first+ofSaid, logins[n].texts)
	}
	for n := range calls {
		s.add(first+ofCalls, calls[n].texts)
	}
	return s
}

// mark notes the wordings and the marks of a line.
func (m *masker) mark(i int) {
	l := &m.lines[i]
	first := len(m.hits)
	hits := wordings.scan(l.low, int32(i), m.hits)
	kept := first
	l.marks = 0
	for _, h := range hits[first:] {
		if n := int(h.what) - len(Rules) - len(signs); n >= 0 {
			l.marks |= 1 << n
			continue
		}
		hits[kept] = h
		kept++
	}
	if l.encoded = encoded(l.low); l.encoded {
		kept = first
	}
	m.hits = hits[:kept]
	l.first, l.behind = int32(first), int32(kept)
}
