// Package evidence reads what a person pastes: the output of a command, a log, a page, a certificate, a configuration, a
// sentence. It says what it is, what it proves, which answers of the checker follow, and what it does not tell.
//
// Its law: a firm answer only where the text proves it. What would be true if one named thing held is an offer; what does
// not follow is withheld, with the reason. Secrets are taken out before anything else looks at the text, and a text that
// speaks to its reader is only text.
//
// It is a pure function of the bytes and the day, for the page, in the reader's browser, and for the command alike; so it
// does without the packages that cost the module much, see package api.
package evidence

// A Fact is something that stands in the paste.
type Fact struct {
	ID, Value string
	Line      int    // of the paste, from 1
	Quote     string // the line, without secrets, of at most [longestQuote] bytes
}

// longestQuote is the most that is quoted of a line, in bytes.
const longestQuote = 120

// A Claim is an answer to a question of the checker, and the lines that speak for it.
type Claim struct {
	Question, Value string
	Lines           []int
	Rule            string   // its id
	If              string   // of an offer: the id of the one thing that has to hold
	Quotes          []string // of each line, as in a fact
}

// A Withheld is a question that something in the paste seems to answer, and does not.
type Withheld struct {
	Question, Why string
	Lines         []int
}

// A Conflict is a question that two places of the paste answer differently. None of the answers is given.
type Conflict struct {
	Question string
	Values   []string
	Lines    []int    // of each value the last: what follows from those before it
	Quotes   []string // of each line, as in a fact
}

// A Kind is a piece of the paste, and what it is.
type Kind struct {
	ID       string
	From, To int // lines
}

// A Next is a command that would tell more: for OpenSSL on Linux, for what macOS has in its place, and for PowerShell, which has neither.
type Next struct{ ID, Command, MacOS, Windows string }

// A Reading is what was read.
type Reading struct {
	Bytes, Lines, Read int      // what was pasted, and how many of its bytes were read
	Cleaned            []string // what was taken away before, see clean.go
	Kinds              []Kind
	Facts              []Fact
	Answers, Offers    []Claim
	Withheld           []Withheld
	Conflicts          []Conflict
	Secrets            []Secret
	Healthy            bool // there are answers, each as it should be, and nothing speaks of a fault
	Notes              []string
	NotTold            []string // questions that this paste leaves open
	Next               []Next
	Query              string // the answers, as a query of the checker
}

// Limits of what is found.
const (
	maxSegments     = 64
	maxFacts        = 4096
	maxCertificates = 16
	maxNames        = 256  // of sites and of ports, in a configuration or a list; more cost the square of their number
	maxSentences    = 4096 // a person writes fewer; a text without end would hold the page
)

// A segment is a part of the paste that was printed by one thing.
type segment struct {
	kind     kind
	also     []kind
	from, to int // lines
	cmd      command
	run      int // the line of the command, or -1
	hits     []hit
	strong   bool // something that only this kind has was seen
	said     bool // a person wrote some of it
}

// A reader is one reading under way.
type reader struct {
	out      Reading
	lines    []line
	hits     []hit
	segments []segment
	today    int     // day since 1970-01-01, or 0 when it is not known
	plain    []*test // of port 80
	claims   []claimed
	certs    int
	toggle   int   // the last setting that was headed, counted from 1
	toggleAt int   // its line
	done     int   // what the last sentence of Japanese says was done
	solved   bool  // the last that was said is that it works
	parts    int   // sentences that were read
	topical  bool  // something of ours is named
	topic    bool  // the modes, or what they are of, were spoken of
	heading  bool  // the last line was a label of the dashboard, and names the mode
	found    []hit // of phrases, in the last sentence
	keys     pairing
	unfolded []unfolded
	ip, site string // which server the test tells of that is read, and which name
}

// An unfolded is the line in which a certificate in PEM begins, and what stands in it.
type unfolded struct {
	line int
	says string
}

// A claimed is a claim before all are weighed.
type claimed struct {
	Claim
	firm bool
	ip   string // which server was tested, where it is one server's
	site string // and for which name
}

// Read reads a paste. The day is written 2026-11-28; without one, nothing is said of what has expired.
func Read(paste, day string) *Reading {
	c, read, total := clean(paste)
	r := &reader{lines: c.lines, today: parseDay(day)}
	if among("cut", c.done) {
		r.note("cut")
	}
	r.out.Bytes, r.out.Read, r.out.Lines = len(paste), read, total
	r.out.Cleaned = c.done
	m := secrets(r.lines)
	r.out.Secrets, r.keys.private, r.keys.closed = m.found, m.public, m.closed
	r.look(m)
	r.cut(paste)
	for i := range r.segments {
		r.read(&r.segments[i])
	}
	r.redirects()
	r.pair()
	r.weigh()
	r.tell()
	return &r.out
}

// Mask is a paste without its secrets, to be sent to somebody. It has the lines that were read, cleaned.
func Mask(paste string) string {
	c, _, _ := clean(paste)
	secrets(c.lines)
	size := 0
	for _, l := range c.lines {
		size += len(l.text) + 1
	}
	b := make([]byte, 0, size)
	for i, l := range c.lines {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, l.text...)
	}
	return string(b)
}

// look finds the wordings of all rules in all lines. A wording that a chat broke over two lines is found in the first.
func (r *reader) look(m *masker) {
	r.hits = make([]hit, 0, len(m.hits)+8)
	var found []hit
	for i := range r.lines {
		l := &r.lines[i]
		r.hits = append(r.hits, m.hits[l.first:l.behind]...)
		// A line that was broken is long, or ends within a sentence; what is joined is only what both lack.
		if i+1 >= len(r.lines) || len(l.low) < 30 || l.encoded {
			continue
		}
		next := &r.lines[i+1]
		head, tail := l.low, trim(next.low)
		if tail == "" || oneAt(head, len(head)-1, ">}{;") || base64ish(tail, 40) || oneAt(tail, 0, "*><{}-[$c") && beginsAny(tail, "* |> |< |{ |} |-|[|$ |curl: ") {
			continue
		}
		const most = 60 // bytes of a wording on one side
		head = head[len(head)-min(len(head), most):]
		tail = upTo(tail, most)
		found = wordings.across(head+" "+tail, len(head), len(head)+1, int32(i), found[:0])
		found = wordings.across(head+tail, len(head), len(head), int32(i), found)
		for n, h := range found {
			if h.rule() != nil && !known(h, m.hits[l.first:l.behind]) && !known(h, m.hits[next.first:next.behind]) && !known(h, found[:n]) {
				r.hits = append(r.hits, h)
				r.out.Cleaned = note(r.out.Cleaned, "joined")
			}
		}
	}
}

// known tells whether a wording is among others.
func known(h hit, hits []hit) bool {
	for _, other := range hits {
		if other.what == h.what {
			return true
		}
	}
	return false
}

// encoded tells whether a line is base 64, in which any short word can stand. A name, "=" and a value is none: base 64 has that sign at its end alone.
func encoded(low string) bool {
	return len(low) >= 40 && base64ish(trim(low), 40) && strip(after(low, "="), "= \t\r") == ""
}

func note(all []string, id string) []string {
	if among(id, all) {
		return all
	}
	return with(all, id)
}

// note says something of the whole paste.
func (r *reader) note(id string) { r.out.Notes = note(r.out.Notes, id) }

// cut splits the paste into segments, by prompts and by what lines are signs of.
func (r *reader) cut(paste string) {
	nul := 0
	for i := range min(len(paste), 4096) {
		if paste[i] < ' ' && !is(paste, i, isSpace) && paste[i] != 0x1b {
			nul++
		}
	}
	begun := 0 // a log with some bytes of a handshake in it begins as text
	for begun < len(paste) && paste[begun] >= ' ' && paste[begun] < 0x7f {
		begun++
	}
	if nul*20 > min(len(paste), 4096) && len(paste) > 40 && begun < 40 {
		r.out.Kinds = append(r.out.Kinds, Kind{"binary", 1, max(1, r.out.Lines)})
		r.note("binary")
		return
	}
	at := 0 // in hits
	var cur *segment
	begin := func(k kind, line int) {
		if len(r.segments) == maxSegments {
			r.out.Cleaned = note(r.out.Cleaned, "segments")
			return
		}
		r.segments = append(r.segments, segment{kind: k, from: line, to: line, run: -1})
		cur = &r.segments[len(r.segments)-1]
	}
	blank := true
	for i := range r.lines {
		start := at
		for at < len(r.hits) && int(r.hits[at].line) == i {
			at++
		}
		l := &r.lines[i]
		cmd, typed := command{}, false
		if l.encoded {
			// no command
		} else if cur == nil || cur.kind.family() != ofConfigs && cur.kind.family() != ofLogs || begins(trim(l.text), "$ ") || has(l.text, "@") {
			cmd, typed = parseCommand(l.text)
		}
		switch {
		case typed:
			begin(kindOf(cmd.tool), i)
			cur.cmd, cur.run, cur.strong = cmd, i, cur.kind != unknown
			blank = false
			cur.to = i + 1
			continue
		case trim(l.text) == "":
			blank = true
			if cur != nil {
				cur.to = i + 1
			}
			continue
		}
		k, strong := r.vote(i, r.hits[start:at])
		switch {
		case cur == nil:
			begin(k, i)
		case k == unknown || k == cur.kind:
			if cur.kind > sentence && cur.kind.family() != ofConfigs && (blank || (cur.kind.family() == ofLogs || cur.kind.family() == ofOpenSSL) && !plain(l.text)) && k == unknown && cur.kind != pemCertificate && cur.strong && prose(l) && !r.tabular(cur) {
				begin(unknown, i)
			} else if cur.kind == pemCertificate && k == unknown && (i == 0 || has(r.lines[i-1].low, "-----end ") || blank) && !base64ish(trim(l.text), 1) {
				begin(unknown, i)
			}
		case cur.kind == unknown || cur.kind == sentence:
			if cur.run >= 0 && i == cur.run+1 || cur.run >= 0 && cur.to == cur.run+1 { // the output of a command whose kind is told by it
				cur.kind = k
			} else if !blank && !cur.said && strong { // its first lines have no sign of their own
				cur.kind, cur.strong = k, true
			} else if !prose(l) || strong {
				begin(k, i)
			}
		case !strong:
			if !cur.strong && cur.kind.family() != k.family() {
				begin(k, i)
			}
		case cur.kind.family() == k.family() && k.family() != alone:
			cur.merge(k, strong)
		case absorbs(cur.kind, k):
			cur.merge(k, strong)
		default:
			begin(k, i)
		}
		cur.to = i + 1
		if strong && k == cur.kind {
			cur.strong = true
		}
		cur.said = cur.said || k == unknown && prose(l)
		blank = false
	}
	n := 0
	for i := range r.segments {
		s := &r.segments[i]
		for n < len(r.hits) && int(r.hits[n].line) < s.from {
			n++
		}
		first := n
		for n < len(r.hits) && int(r.hits[n].line) < s.to {
			n++
		}
		s.hits = r.hits[first:n]
		if s.cmd.tool == "curl" { // which of curl's outputs it is, its own lines tell
			was := s.kind
			switch {
			case s.is(curlVerbose):
				s.kind = curlVerbose
			case r.textOf(s, "curl: (") != "":
				s.kind = curlError
			case s.is(httpHeaders):
				s.kind = httpHeaders
			case s.failed():
				s.kind = curlError
			default:
				s.kind = httpBody
			}
			if s.kind != was && was == curlError {
				for i, k := range s.also {
					if k == s.kind {
						s.also[i] = unknown
					}
				}
			}
		}
	}
}

// failed tells whether a client says in it that it did not get through.
func (s *segment) failed() bool {
	for _, h := range s.hits {
		if rule := h.rule(); rule != nil && rule.In == inClient && rule.Question == "test443" {
			return true
		}
	}
	return false
}

// merge notes what else a segment has.
func (s *segment) merge(k kind, strong bool) {
	if !s.strong && strong && s.run < 0 && s.kind.family() == k.family() {
		s.kind, s.strong = k, true
		return
	}
	for _, other := range s.also {
		if other == k {
			return
		}
	}
	s.also = append(s.also, k)
}

// is tells whether a segment has something of a kind.
func (s *segment) is(k kind) bool {
	if s.kind == k {
		return true
	}
	for _, other := range s.also {
		if other == k {
			return true
		}
	}
	return false
}

// absorbs tells whether signs of one kind may stand in the output of another.
func absorbs(outer, inner kind) bool {
	f := inner.family()
	switch outer {
	case sClient:
		return inner == x509Text || inner == pemCertificate || inner == opensslVerify || inner == traefikLog || inner == caddyLog || f == ofClients || f == ofNet || f == ofHTTP && inner != curlVerbose && inner != curlError || f == ofScans
	case curlVerbose, curlError:
		return f == ofHTTP || inner == cfErrorPage || inner == goError || inner == phpError || inner == rustError || inner == nc || inner == sslscan || inner == wget || inner == sClient || inner == browserError || inner == x509Text || inner == cfTrace || inner == hostCommand || inner == nginxConfig
	case httpHeaders, httpBody:
		return inner == cfErrorPage || inner == curlError || inner == goError || inner == nginxErrorLog || inner == curlVerbose || inner == wordpress
	case nmap, sslscan, testssl, sslLabs:
		return f != ofLogs && inner != pemCertificate
	case gnutlsCLI, gitError, pythonError, nodeError, goError, javaError, phpError, rubyError, perlError, rustError, powershell, wget, keytool:
		return f == ofClients || f == ofOpenSSL && inner != pemCertificate || inner == nc || inner == browserError || f == ofHTTP && inner != curlVerbose || inner == sslscan || f == ofScans || inner == hostCommand
	case cfErrorPage, browserError:
		return f == ofPages || inner == httpBody || inner == curlError || inner == cloudflaredLog
	case nginxErrorLog, nginxTest, apacheErrorLog, haproxyLog, caddyLog, traefikLog, goLog, litespeedLog, certbotLog, systemd, cloudflaredLog, phpLog, wordpress:
		return f == ofClients || f == ofLogs || inner == sClient || inner == nc || inner == httpBody || inner == browserError || inner == apacheConfig || inner == nginxConfig || inner == opensslVerify || inner == netstat
	case nginxAccessLog:
		return inner != nginxErrorLog && inner != pemCertificate
	case nginxConfig, apacheConfig, caddyfile, compose, k8sIngress, k8sSecret, envFile, wpConfig, cloudflaredConfig, haproxyConfig, har:
		return f == ofConfigs || inner == traefikLog || inner == httpBody || inner == certbotLog || f == ofLogs && inner != nginxErrorLog && inner != nginxAccessLog || inner == cfTrace
	}
	if outer.family() == ofNet {
		return f == ofNet || inner == goError || inner == caddyLog
	}
	return false
}

// tabular tells whether a kind's output goes on after blank lines, with words that look like prose.
func (r *reader) tabular(s *segment) bool {
	switch s.kind {
	case cfErrorPage, browserError, nmap, sslscan, testssl, sslLabs, systemd, certbotLog, firewall, powershell, httpBody, x509Text, traceroute, ping, nslookup, wget, curlError:
		return s.kind != curlError || !s.strong
	}
	return false
}

// vote is the kind that a line speaks for, and how strongly.
func (r *reader) vote(i int, hits []hit) (best kind, strong bool) {
	l := &r.lines[i]
	if l.encoded {
		return unknown, false
	}
	low := l.low
	t := trim(low)
	switch {
	case has(low, "(private_key") || has(low, "-----begin ") && has(low, "private key"):
		return unknown, false
	case has(upTo(t, 7), "http/") && beginsAny(t, "http/1.|http/2 |http/2\t|http/3 |< http/|* http/") || t == "http/2" || t == "http/3":
		if beginsAny(t, "<|*") {
			return curlVerbose, true
		}
		return httpHeaders, true
	case begins(l.text, "* ") && len(l.text) > 3 && (l.text[2] >= 'A' && l.text[2] <= 'Z' || l.text[2] == ' ' || hasAny(low, "schannel|connect")) && !prose(l):
		return curlVerbose, true
	case accessLine(t):
		return nginxAccessLog, true
	case len(t) > 22 && is(t, 0, isDigit) && t[4] == '/' && t[7] == '/' && t[10] == ' ' && begins(after(t[11:], " "), "[") && !begins(after(t, "] "), "["): // 2026/11/28 03:11:07 [error] 12#12:
		return nginxErrorLog, true
	case has(t, "name=") && hasAny(t, "providername=|routername=|entrypointname="):
		return traefikLog, true
	case t == "services:" && begins(low, "services:"):
		return compose, true
	case has(t, "connecting to ") && has(t, "|:"), begins(t, "--20") && has(t, "--  http"):
		return wget, true
	}
	for _, h := range hits {
		if h.rule() != nil {
			continue
		}
		s := &signs[int(h.what)-len(Rules)]
		if best == unknown || s.strong && (!strong || within(best, s.kind)) {
			best, strong = s.kind, s.strong
		}
	}
	if best.family() == ofOpenSSL || best.family() == ofHTTP {
		if has(low, `"`) && prose(&line{text: unquoted(l.text)}) && !begins(low, "curl: (") {
			return unknown, false // a sentence that quotes an output
		}
	}
	if best == certbotLog && prose(l) && hasAny(low, codes) && !hasAny(low, "invalid response|challenge|detail:|acme:") {
		return unknown, false // whose certificate it renewed
	}
	if best == cfErrorPage && has(low, "エラーコード") && hasAny(low, "が出|になり|表示され|と出") {
		return unknown, false
	}
	if (best == browserError && has(low, "「") || best == httpBody && len(low) > 80) && prose(l) {
		return unknown, false // what is seen, within a sentence
	}
	if best == unknown {
		switch {
		case begins(t, "connected to ") && isIP(trim(t[13:])):
			return sslscan, false
		case begins(t, "connecting to ") && isIP(trim(t[14:])): // what openssl 3.2 and later say first
			return sClient, false
		case listenLine(t):
			if beginsAny(t, "tcp4|tcp6|tcp46") {
				return netstat, false
			}
			return ss, false
		case beginsAny(t, "h=|fl=") && !has(t, " "):
			return cfTrace, false
		case headerLine(t):
			return httpHeaders, false
		case assignment(l.text):
			return envFile, false
		case oneAt(t, 0, "lsr") && beginsAny(t, "listen |server_name |return 30|location "):
			return nginxConfig, false
		case ends(t, "{") && isHost(trim(t[:len(t)-1])) || ends(t, "{") && isHost(until(t, ",")):
			return caddyfile, true
		case oneAt(t, 0, "osr") && beginsAny(t, "options=|servername |redirect permanent |redirect 301 "):
			return apacheConfig, false
		}
	}
	return best, strong
}

// within tells whether a line of one kind is more of another, of which it has a sign as well.
func within(k, special kind) bool {
	return k == phpLog && special == phpError || (k == phpLog || k == phpError) && special == wordpress
}

// accessLine tells whether a line is of an access log in the combined format.
func accessLine(t string) bool {
	bracket := index(t, " [")
	if bracket <= 0 || bracket >= 120 || len(t) <= bracket+14 || !is(t, bracket+2, isDigit) || t[bracket+4] != '/' || !has(t[bracket:], "] \"") {
		return false
	}
	a := word(t)
	return isIP(a) || isHost(a)
}

// listenLine tells whether a line is of a list of listening ports.
func listenLine(t string) bool {
	return begins(t, "listen ") && has(t, "0.0.0.0:*") || begins(t, "listen ") && has(t, "[::]:*") || begins(t, "tcp") && beginsAny(t, "tcp |tcp6 |tcp\t|tcp4 |tcp46 ") && has(t, "listen")
}

// headerNames are headers of HTTP that stand at the beginning of lines.
var headerNames = pieces("server:|cf-ray:|location:|content-type:|strict-transport-security:|x-powered-by:|cf-cache-status:|set-cookie:|cookie:|x-api-key:|date:|alt-svc:|content-length:|link:|vary:|cache-control:|authorization:|etag:|last-modified:|connection:")

func headerLine(t string) bool {
	n := index(upTo(t, 30), ":")
	return n > 0 && len(t) < 2000 && among(t[:n+1], headerNames)
}

// assignment tells whether a line is of a file of an environment.
func assignment(s string) bool {
	name := until(s, "=")
	if len(name) < 2 || len(name) == len(s) {
		return false
	}
	for i := range len(name) {
		if (name[i] < 'A' || name[i] > 'Z') && !is(name, i, isDigit) && name[i] != '_' {
			return false
		}
	}
	return true
}

// prose tells whether a line reads like something that a person wrote.
func prose(l *line) bool {
	t := trim(l.text)
	if t == "" || among1("#<[{}|", t[0]) || among1("/-+a", t[0]) && beginsAny(t, "//|- |+ |at ") {
		return false
	}
	if !plain(t) {
		wide := 0
		for _, c := range t {
			if c >= 0x3040 && c <= 0x30ff || c >= 0x4e00 && c <= 0x9fff || c >= 0xac00 && c <= 0xd7a3 {
				wide++
			}
		}
		if wide >= 4 {
			return true
		}
	}
	if !letter(t[0]) && t[0] < 0x80 && (len(t) < 4 || !oneOf(t[:3], codes) || digit(t[3])) {
		return false
	}
	words, all := 0, 0
	for i := 0; i < len(t); {
		for i < len(t) && classes[t[i]]&isSpace != 0 {
			i++
		}
		start, letters := i, true
		for ; i < len(t) && classes[t[i]]&isSpace == 0; i++ {
			letters = letters && (classes[t[i]]&isLetter != 0 || t[i] == '\'')
		}
		if i == start {
			break
		}
		all++
		if !letters { // but for the marks around it
			w := strip(t[start:i], ".,!?;:'\"()")
			letters = len(w) > 0
			for j := range len(w) {
				letters = letters && (classes[w[j]]&isLetter != 0 || w[j] == '\'')
			}
		} else if i-start == 1 && t[start] == '\'' {
			letters = false
		}
		if letters {
			words++
		}
	}
	return words >= 4 && words*3 >= all*2 && !has(t, "::")
}

// quotes are the lines of these numbers as they are shown.
func (r *reader) quotes(numbers []int) (all []string) {
	for _, n := range numbers {
		said := ""
		for i := range r.lines {
			if r.lines[i].number == n {
				said = r.quote(i)
				break
			}
		}
		all = with(all, said)
	}
	return all
}

// quote is a line as it is shown.
func (r *reader) quote(i int) string {
	t := trim(r.lines[i].text)
	for _, c := range r.unfolded {
		if c.line == i {
			t += " " + c.says
		}
	}
	t = string([]rune(upTo(t, 2*longestQuote))) // as it is shown: a byte that is no text takes three
	if len(t) <= longestQuote {
		return t
	}
	n := longestQuote - 3
	for n > 0 && t[n]&0xc0 == 0x80 {
		n--
	}
	return t[:n] + "…"
}

// fact notes something, once.
func (r *reader) fact(id, value string, i int) {
	if value == "" || len(r.out.Facts) >= maxFacts || i < 0 || i >= len(r.lines) || len(value) > 4096 || has(value, mask) {
		return
	}
	for _, f := range r.out.Facts {
		if f.ID == id && f.Value == value {
			return
		}
	}
	r.out.Facts = append(r.out.Facts, Fact{id, value, r.lines[i].number, r.quote(i)})
}

// number notes a number, and host what is the name of one.
func (r *reader) number(id string, n, i int) { r.fact(id, decimal(n), i) }
func (r *reader) host(name string, i int)    { r.fact("host", hostOnly(name), i) }

// numbers are one or two lines of the paste, sorted, each once.
func (r *reader) numbers(at, also int) (out []int) {
	for _, i := range [...]int{min(at, also), max(at, also)} {
		if i >= 0 && i < len(r.lines) && (out == nil || out[0] != r.lines[i].number) {
			out = append(out, r.lines[i].number)
		}
	}
	return out
}

// answer claims something that the text proves.
func (r *reader) answer(question, value, rule string, at int) {
	r.claim(true, question, value, rule, "", at, at)
}

// offer claims something that is true if one thing holds.
func (r *reader) offer(question, value, rule, condition string, at int) {
	r.claim(false, question, value, rule, condition, at, at)
}

// claim claims something, for which two lines may speak.
func (r *reader) claim(firm bool, question, value, rule, condition string, at, also int) {
	if value == "" {
		return
	}
	if firm {
		condition = ""
	}
	made := claimed{Claim{question, value, r.numbers(at, also), rule, condition, nil}, firm, r.ip, r.site}
	for i := range r.claims {
		c := &r.claims[i]
		if c.Question == question && c.Value == value {
			if firm && !c.firm {
				*c = made
			}
			return
		}
	}
	r.claims = append(r.claims, made)
}

// withhold says why something is not claimed.
func (r *reader) withhold(question, why string, at int) {
	for _, w := range r.out.Withheld {
		if w.Question == question && w.Why == why {
			return
		}
	}
	r.out.Withheld = append(r.out.Withheld, Withheld{question, why, r.numbers(at, at)})
}

// weigh makes answers, offers and conflicts of all claims.
func (r *reader) weigh() {
	for i := range r.claims { // of two servers, what one is offered to have contradicts what the other has
		c := &r.claims[i]
		for _, other := range r.claims {
			c.firm = c.firm || other.firm && other.Question == c.Question && other.ip != "" && c.ip != "" && other.ip != c.ip
		}
	}
	dates := r.disputed("dates")
	for i := range r.claims {
		c := &r.claims[i]
		switch {
		case !c.firm || r.disputed(c.Question):
		case dates && c.Question == "test443" && oneOf(c.Value, "expired|not_yet"): // one of two tests has seen so
			c.firm, c.If = false, "newer"
		case c.site != "" && r.another(c.site): // what one site has is not told of another
			c.firm, c.If = false, "own_site"
		}
		if !c.firm {
			firm := false
			for _, other := range r.claims {
				firm = firm || other.firm && other.Question == c.Question
			}
			if !firm {
				r.out.Offers = append(r.out.Offers, c.Claim)
			}
			continue
		}
		conflict := Conflict{Question: c.Question}
		first := true
		for j, other := range r.claims {
			if other.firm && other.Question == c.Question {
				if j < i {
					first = false
				}
				conflict.Values = with(conflict.Values, other.Value)
				if len(other.Lines) > 0 {
					conflict.Lines = append(conflict.Lines, other.Lines[len(other.Lines)-1])
				}
			}
		}
		switch {
		case len(conflict.Values) == 1:
			r.out.Answers = append(r.out.Answers, c.Claim)
		case first:
			r.out.Conflicts = append(r.out.Conflicts, conflict)
		}
	}
}

// disputed tells whether a question has two answers.
func (r *reader) disputed(question string) bool {
	n := 0 // each value is claimed once
	for _, c := range r.claims {
		if c.firm && c.Question == question {
			n++
		}
	}
	return n > 1
}

// another tells whether another site was tested too. One may have a name with www. and one without.
func (r *reader) another(site string) bool {
	for _, other := range r.claims {
		if other.site != "" && !ends(other.site, site) && !ends(site, other.site) {
			return true
		}
	}
	return false
}

// order is how questions stand in a query: the checker's own order, and what evidence alone answers behind it.
const order = "symptom|mode|proxied|always_https|host|scheme|always|since|can_install_cert|app|test443|test80|redirect80|redirect443|aop|origin|access|number|status|issuer|dates|names|chain|listen443|listen80|origin_log"

// tell adds the kinds, the query, what is open, and what to run.
func (r *reader) tell() {
	add := func(id string, from, to int) {
		for n := range r.out.Kinds {
			k := &r.out.Kinds[n]
			if k.ID == id && k.To >= from-1 && k.From <= from {
				k.To = max(k.To, to)
				return
			}
		}
		r.out.Kinds = append(r.out.Kinds, Kind{id, from, to})
	}
	for n := range r.segments {
		s := &r.segments[n]
		from, to := r.lines[s.from].number, r.lines[max(s.from, s.to-1)].number
		if s.kind == unknown && s.run < 0 && r.emptied(s) {
			continue
		}
		add(kindIDs[s.kind], from, to)
		for _, k := range s.also {
			if k == cfErrorPage || k == httpBody || k == browserError || k == curlError && s.kind != curlVerbose || k == pemCertificate && s.kind != sClient || k == k8sSecret || k == envFile || k == sentence || k == httpHeaders && s.kind == curlError {
				add(kindIDs[k], from, to)
			}
		}
	}
	for _, s := range r.out.Secrets {
		if s.ID == "private_key" {
			add("pem_private_key", s.From, s.To)
			r.note("private_key")
		}
	}
	for _, q := range pieces(order) {
		for _, a := range r.out.Answers {
			if a.Question == q {
				if r.out.Query != "" {
					r.out.Query += "&"
				}
				r.out.Query += q + "=" + a.Value
			}
		}
	}
	r.out.Healthy = r.healthy()
	for _, all := range [][]Claim{r.out.Answers, r.out.Offers} {
		for i := range all {
			all[i].Quotes = r.quotes(all[i].Lines)
		}
	}
	for i := range r.out.Conflicts {
		r.out.Conflicts[i].Quotes = r.quotes(r.out.Conflicts[i].Lines)
	}
	r.open()
}

// healthy are the answers with which nothing is wrong.
const healthy = "test443=ok|test80=ok|test80=redirect_https|redirect443=none|issuer=public|issuer=origin_ca|dates=valid|names=match|chain=complete|listen443=yes|listen80=yes|proxied=yes|mode=strict|always_https=on|aop=off"

// healthy reports that what is proved is as it should be, and that nothing speaks of a fault.
func (r *reader) healthy() bool {
	tested := false
	for _, all := range [][]Claim{r.out.Answers, r.out.Offers} {
		for _, c := range all {
			told := c.Question + "=" + c.Value
			if !oneOf(told, healthy) {
				return false
			}
			tested = tested || c.Question == "test443" && c.If == ""
		}
	}
	return tested && len(r.out.Conflicts) == 0
}

// emptied tells whether nothing is left of a segment but what was masked.
func (r *reader) emptied(s *segment) bool {
	some := false
	for i := s.from; i < s.to; i++ {
		t := trim(r.lines[i].text)
		if t == "" {
			continue
		}
		if !begins(t, mask) {
			return false
		}
		some = true
	}
	return some
}

// answered tells whether a question has an answer, a conflict, or at least an offer.
func (r *reader) answered(question string) bool {
	for _, c := range r.claims {
		if c.Question == question {
			return true
		}
	}
	return false
}

// value is the value of the first fact of that id.
func (r *reader) value(id string) string {
	for _, f := range r.out.Facts {
		if f.ID == id {
			return f.Value
		}
	}
	return ""
}

// open says which questions this paste leaves open, and which command would tell.
func (r *reader) open() {
	for _, q := range pieces("symptom|mode|test443|issuer|dates|names|chain") {
		if !r.answered(q) {
			r.out.NotTold = with(r.out.NotTold, q)
		}
	}
	host, ip := r.value("host"), ""
	for _, f := range r.out.Facts {
		if f.ID == "ip" && owner(f.Value) != "edge" && ip == "" {
			ip = f.Value
		}
	}
	if ip == "" && among("name_unknown", r.out.Notes) {
		return // a name that leads nowhere is to be looked at first
	}
	if host == "" {
		host = "example.com"
	}
	if ip == "" {
		ip = "203.0.113.10"
	}
	at := ip
	if has(ip, ":") {
		at = "[" + ip + "]"
	}
	firm := func(q string) bool {
		for _, a := range r.out.Answers {
			if a.Question == q {
				return true
			}
		}
		return false
	}
	next := func(n Next) { r.out.Next = append(r.out.Next, n) }
	if !firm("test443") || !firm("names") && (firm("issuer") || r.answered("names")) {
		next(sClientDirect(at, host))
	}
	plain := " -sI --resolve " + host + ":80:" + at
	page := " http://" + host + "/"
	if r.answered("redirect80") && !firm("redirect80") {
		next(curled("curl_forwarded", plain+" -H 'X-Forwarded-Proto: https'"+page))
	} else if !r.answered("test80") && (firm("symptom") && !firm("test443") || r.answered("listen80")) {
		next(curled("curl_plain", plain+page))
	}
}

// sClientDirect tests the server itself. It ends by itself: its input is empty. LibreSSL compares no names.
func sClientDirect(at, host string) Next {
	test := "openssl s_client -connect " + at + ":443 -servername " + host
	return Next{"s_client_direct", test + " -verify_hostname " + host + " </dev/null", test + " </dev/null", "curl.exe -sv -o NUL --resolve " + host + ":443:" + at + " https://" + host + "/"}
}

func curled(id, arguments string) Next {
	return Next{id, "curl" + arguments, "curl" + arguments, "curl.exe" + arguments}
}

// parseDay is the number of a day that is written 2026-11-28, or 0.
func parseDay(s string) int {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return 0
	}
	y, a := digits(s[:4])
	m, b := digits(s[5:7])
	d, c := digits(s[8:10])
	if a != 4 || b != 2 || c != 2 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	return dayNumber(y, m, d)
}
