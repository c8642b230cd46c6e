package evidence

// A command is what was run, as far as it tells what was tested.
type command struct {
	tool       string // curl, wget, s_client, x509, verify, nginx …; nothing where no command is shown
	scheme     string // of a URL
	host       string // the name that is asked for: by URL, by SNI, by a header
	ip         string // where the connection goes, if an address is given
	port       int
	sni        bool // a name is sent in the handshake
	insecure   bool // certificates are not checked
	forwarded  string
	verifyHost bool
	filtered   bool     // what is shown is a part: behind grep, or for one port
	unnamed    bool     // the server was told no name, though there is one
	terse      bool     // no certificate is printed, only what came of it
	forced     bool     // one version of TLS was asked for, and no other
	url        string   // what is asked for, with its path
	leads      []string // where names are led to, as host:port:address
	follows    bool     // redirects are followed
}

// tools are the commands whose output is known.
var tools = pieces("openssl|curl|curl.exe|wget|gnutls-cli|nmap|sslscan|testssl|testssl.sh|./testssl.sh|keytool|ss|netstat|nc|ncat|netcat|telnet|ping|traceroute|tracert|mtr|dig|nslookup|host|drill|docker|kubectl|ufw|iptables|nft|firewall-cmd|nginx|apachectl|apache2ctl|httpd|systemctl|service|journalctl|certbot|git|python|python3|node|go|php|ruby|perl|java|cat|tail|grep|head|less|lsof|caddy|haproxy|invoke-webrequest|iwr|invoke-restmethod|test-netconnection|tnc|resolve-dnsname|cloudflared|traefik|http|docker-compose|sudo|echo|timeout|tcptraceroute|type")

// kindOf is what a tool's output is, where one tool has one.
func kindOf(tool string) kind {
	for i, known := range pieces(toolsOfAKind) {
		if tool == known {
			return kindsOfTools[i]
		}
	}
	return unknown
}

// Such tools, and their kinds in the same order: a map would cost the module four KB, for it has no other.
const toolsOfAKind = "lsof|s_client|x509|verify|curl|wget|gnutls-cli|nmap|sslscan|testssl|keytool|ss|netstat|nc|ping|traceroute|dig|nslookup|host|docker|ufw|iptables|nft|firewall-cmd|nginx|certbot|systemctl|invoke-webrequest|test-netconnection|resolve-dnsname"

var kindsOfTools = [...]kind{ss, sClient, x509Text, opensslVerify, curlError, wget, gnutlsCLI, nmap, sslscan, testssl, keytool, ss, netstat, nc, ping, traceroute, dig, nslookup, hostCommand, dockerPS, firewall, firewall, firewall, firewall, nginxTest, certbotLog, systemd, powershell, powershell, powershell}

// prompt cuts the prompt off a line: what is typed behind it, and whether there is one.
func prompt(s string) (string, bool) {
	s = trim(s)
	switch {
	case s == "":
		return s, false
	case (oneAt(s, 0, "$%") || s[0] >= 0x80) && beginsAny(s, "$ |% |❯ |➜ |» "):
		return trim(s[index(s, " "):]), true
	case begins(s, "# "):
		return trim(s[2:]), true
	case beginsAny(s, "PS |ps ") && has(s, ">"):
		return trimAfter(s, ">"), true
	case len(s) > 3 && is(s, 0, isLetter) && stands(s, 1, `:\`) && has(s, ">"):
		return trimAfter(s, ">"), true
	}
	// user@host:~$ command, [user@host ~]# command, ~$ command
	for i := 1; i < min(len(s)-1, 60); i++ {
		switch s[i] {
		case '$', '#', '%':
			if s[i+1] != ' ' || hasAny(s[:i], "://|<") {
				continue
			}
			if has(s[:i], "@") || i < 40 && !hasAny(s[:i], `"|'|=|(`) && among(lower(word(s[i+2:])), tools) {
				return trim(s[i+2:]), true
			}
		}
	}
	return s, false
}

// words cuts a command as a shell does, roughly.
func words(s string) []string {
	var all []string
	for at := 0; ; {
		from, to := argument(s, at)
		if from >= len(s) {
			return all
		}
		w := s[from:to]
		w = without(w, "'\"") // around a part of it
		all = with(all, w)
		at = behind(s, from, to)
	}
}

// parseCommand reads a line as a command; false where it is none.
func parseCommand(text string) (c command, ok bool) {
	typed, prompted := prompt(text)
	if typed == "" || len(typed) > 4096 {
		return c, false
	}
	if !prompted && !mayBegin(typed) {
		return c, false
	}
	args := words(typed)
	for i, a := range args { // date; openssl …, (printf …; sleep 1) | openssl …
		if (a == ";" || a == "&&" || a == "|" && prompted) && i > 0 && i+1 < len(args) && !among(lower(args[0]), tools) && among(lower(args[i+1]), tools) {
			args = args[i+1:]
			break
		}
	}
	for len(args) > 1 && (oneOf(args[0], "sudo|time|timeout|echo|exec|docker-compose") && args[0] != "docker-compose" || has(args[0], "=") && !has(args[0], "/")) {
		skip := 1
		if args[0] == "timeout" && len(args) > 2 {
			skip = 2
		}
		for i, a := range args { // echo | openssl, printf … | openssl
			if a == "|" && args[0] == "echo" {
				skip = i + 1
				break
			}
		}
		if skip >= len(args) {
			return c, false
		}
		args = args[skip:]
	}
	if len(args) == 0 || !among(lower(args[0]), tools) {
		return c, prompted && !begins(trim(text), "#") && len(args) > 0 && isWord(args[0]) && begins(trim(text), "$ ")
	}
	c.tool = lower(args[0])
	args = args[1:]
	if !prompted || begins(trim(text), "#") { // a sentence, or a comment, may begin with the name of a tool
		if len(args) == 0 || !(beginsAny(args[0], "-|+|/|@") || has(args[0], "://") || isHost(args[0]) || isIP(args[0]) || oneOf(args[0], "s_client|x509|verify|ps|status|-t|get|compose|logs|renew|certonly")) {
			return command{}, false
		}
		for i := range len(typed) {
			if typed[i] >= 0x80 && !has(typed, mask) {
				return command{}, false
			}
		}
		if hasAny(lower(typed), " gives | returns | says | shows | works| fails| not found: | has address | has ipv6 address | is an alias ") {
			return command{}, false
		}
	}
	c.arguments(args)
	return c, true
}

// mayBegin tells whether a line may be a command without a prompt: most lines are none, and need not be cut.
func mayBegin(s string) bool {
	first := word(s)
	if len(first) > 24 || ends(first, ":") {
		return false
	}
	if c := first[0] | ' '; c != '.' && (c < 'a' || c > 'z') && !has(first, "=") {
		return false
	}
	return has(first, ";") || has(first, "=") && !has(first, "/") || among(lower(first), tools) || oneOf(first, "time|exec|date")
}

func isWord(s string) bool {
	for i := range len(s) {
		if !is(s, i, isLetter|isDigit) && !oneAt(s, i, "-_/.") {
			return false
		}
	}
	return true
}

// An effect is what an option says of what is tested. Those behind unnames are given something.
type effect uint8

const (
	nothing effect = iota
	insecures
	unnames
	connects
	ports
	names
	verifies
	resolves
	heads
	scripts
	addresses
	skips
)

// scanners are tools of whose words those that are a name or an address are what is tested.
const scanners = "nmap|sslscan|testssl|keytool|nc|ping|traceroute|test-netconnection"

var options = []struct {
	tools, options string
	does           effect
}{
	{"s_client", "-connect|-host", connects},
	{"s_client", "-port", ports},
	{"s_client", "-servername", names},
	{"s_client", "-noservername", unnames},
	{"s_client|x509|verify", "-verify_hostname|-checkhost", verifies},
	{"curl", "--resolve|--connect-to", resolves},
	{"curl", "-H|--header", heads},
	{"curl|gnutls-cli|wget", "-k|--insecure|--no-check-certificate", insecures},
	{"curl", "-o|-m|-w|-X|-A|-e|-d|-b|-u|-x|-T|-c|-E|--max-time|--output|--user-agent|--cacert|--connect-timeout|--tls-max|--cert|--key|--data|--request|--user|--write-out|--max-redirs|--ciphers|--curves", skips},
	{"gnutls-cli", "-p|--port", ports},
	{"gnutls-cli", "--priority|--x509cafile", skips},
	{"gnutls-cli|" + scanners, "--sni-hostname|--sni-name", names},
	{scanners, "--script-args", scripts},
	{scanners, "-Port|-port", ports},
	{scanners, "--ip", addresses},
	{scanners, "-p|-w|--script", skips},
}

// other reads a word that is no option of those, or several options of one letter; it reports that the next word belongs to it.
func (c *command) other(a string, given bool) bool {
	option := begins(a, "-")
	host := until(until(a, "/"), ":")
	switch {
	case c.tool == "curl":
		if option && !begins(a, "--") {
			c.insecure = c.insecure || has(a, "k")
			c.follows = c.follows || has(a, "L")
			return oneAt(a, len(a)-1, "omwHXAu")
		}
		if !option && c.host == "" && (isHost(host) || isIP(host)) {
			c.url = "http://" + a
			c.ask(c.url)
		}
	case c.tool == "s_client":
		if host = until(a, ":"); !option && !given && (isHost(host) || isIP(host)) {
			c.at(target(a, 443))
		}
	case c.tool == "gnutls-cli":
		if !option {
			c.at(target(a, 443))
		}
	case oneOf(c.tool, scanners):
		if name, port := target(lower(strip(a, "/")), 0); isHost(name) || isIP(name) {
			c.at(name, port)
		} else if n, size := digits(a); size == len(a) && size > 0 && c.tool == "nc" {
			c.port = n
		}
	case oneOf(c.tool, "dig|nslookup|host|resolve-dnsname"):
		if name := strip(lower(a), "."); !beginsAny(a, "@|-|+") && isHost(name) && c.host == "" {
			c.host = name
		}
	}
	return false
}

// arguments reads what is tested from a command's words.
func (c *command) arguments(args []string) {
	tool := c.tool
	switch {
	case begins(tool, "curl"):
		tool = "curl"
	case has(tool, "testssl"):
		tool = "testssl"
	case oneOf(tool, "ncat|netcat|telnet"):
		tool = "nc"
	case oneOf(tool, "tracert|mtr|tcptraceroute"):
		tool = "traceroute"
	case tool == "iwr":
		tool = "invoke-webrequest"
	case tool == "tnc":
		tool = "test-netconnection"
	case tool == "openssl" && len(args) > 0:
		tool = lower(args[0])
		args = args[1:]
		if tool == "s_client" {
			c.port = 443
		}
	}
	c.tool = tool
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "|" || a == ";" {
			c.filtered = c.filtered || i+1 < len(args) && oneOf(args[i+1], "grep|findstr|head|tail|awk|rg|egrep|select-string")
			break
		}
		if has(a, "sport") {
			c.filtered = true
		}
		c.follows = c.follows || a == "--location" || c.tool == "wget"
		c.terse = c.terse || oneOf(a, "-brief|-quiet")
		c.forced = c.forced || beginsAny(a, "-tls1|--tlsv1|--tls-max") || has(a, "VERS-TLS")
		if beginsAny(lower(a), "http://|https://") {
			c.ask(a)
			c.url = a
			c.sni = c.scheme == "https"
			continue
		}
		if n := index(a, "https://"); n > 0 && oneOf(c.tool, "python|python3|node|php|ruby|perl") { // in a script of one line
			c.ask(a[n:])
			c.sni = true
		}
		option, value := a, ""
		if eq := index(a, "="); eq > 0 && begins(a, "--") {
			option, value = a[:eq], a[eq+1:]
		}
		does := nothing
		for n := range options {
			if o := &options[n]; does == nothing && oneOf(option, o.options) && oneOf(c.tool, o.tools) {
				does = o.does
			}
		}
		if does > unnames && value == "" {
			if i++; i < len(args) {
				value = args[i]
			}
		}
		switch does {
		case nothing:
			if c.other(a, i > 0 && begins(args[i-1], "-")) {
				if i++; i < len(args) && begins(lower(args[i]), "x-forwarded-proto:") {
					c.forwarded = trim(lower(args[i])[18:])
				}
			}
		case insecures:
			c.insecure = true
		case unnames:
			c.sni, c.host, c.unnamed = false, "", true
		case connects:
			c.at(target(value, 443))
		case ports:
			c.port, _ = digits(value)
		case names:
			c.host, c.sni = lower(value), true
		case verifies:
			c.verifyHost = true
			if c.host == "" {
				c.host = lower(value)
			}
		case resolves:
			c.leads = with(c.leads, value)
		case heads:
			switch low := lower(value); {
			case begins(low, "host:"):
				if isIP(c.host) || c.host == "" {
					c.ip, c.sni = c.host, false
				}
				c.host = trim(low[5:])
			case begins(low, "x-forwarded-proto:"):
				c.forwarded = trim(low[18:])
			}
		case scripts:
			if v := after(value, "tls.servername="); v != "" {
				c.host, c.sni = lower(until(v, ",")), true
			}
		case addresses:
			if isIP(value) {
				c.ip = value
			}
		}
	}
	c.led()
}

// ask notes what is asked for by an address.
func (c *command) ask(url string) { c.scheme, c.host, c.port = link(url) }

// at notes where a connection goes.
func (c *command) at(name string, port int) {
	if c.port == 0 || port != 443 && port != 0 {
		c.port = port
	}
	if isIP(name) {
		c.ip = name
		return
	}
	if c.host == "" {
		c.host, c.sni = lower(name), true
	}
}
