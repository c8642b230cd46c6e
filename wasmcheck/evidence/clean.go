package evidence

// The limits of what is read. A reader pastes a terminal's window or a log's end; the longest certificate chain has 20 KB.
const (
	maxInput = 1 << 20 // bytes that are read whole
	keptEnds = 1 << 18 // bytes of the beginning and of the end that are read of more
	longLine = 1 << 11 // bytes; a longer line is read in pieces, which have its number
)

// A line is one of the paste, cleaned. Several may have the same number, where one was cut by carriage returns or tags.
type line struct {
	number int    // in the paste as it was, from 1
	text   string // without what is not said by it, and with secrets masked
	low    string // the same with small letters

	first, behind int32  // its wordings are masker.hits[first:behind]
	marks         uint32 // see secret_mark.go
	changed       bool   // something was masked in it
	encoded       bool   // it is base 64, in which any word can stand
}

// A cleaner notes what it did.
type cleaner struct {
	done  []string
	lines []line
}

func (c *cleaner) note(id string) {
	if !among(id, c.done) {
		c.done = append(c.done, id)
	}
}

// clean makes lines of bytes: what a terminal, a chat, a mail or a web page put around the text is taken away.
func clean(paste string) (c cleaner, read, total int) {
	read = len(paste)
	skipped := 0 // lines that are left out in the middle
	tail := ""
	if len(paste) > maxInput {
		head := paste[:keptEnds]
		tail = paste[len(paste)-keptEnds:]
		if i := index(tail, "\n"); i >= 0 {
			tail = tail[i+1:]
		}
		skipped = count(paste[keptEnds:len(paste)-len(tail)], "\n")
		read = len(head) + len(tail)
		paste = head
		c.note("cut")
	}
	number := c.cut(paste, 1)
	if tail != "" {
		number = c.cut(tail, number+skipped-1) // the last line of the beginning goes on in what is left out
	}
	if n := len(c.lines); n > 0 && c.lines[n-1].text == "" && c.lines[n-1].number == number-1 {
		c.lines = c.lines[:n-1] // what stands after the last line break, when nothing does
		number--
	}
	c.single()
	c.unquote()
	return c, read, number - 1
}

// single takes the empty lines away where one stands behind every other: a document was copied that has a paragraph a line.
func (c *cleaner) single() {
	const least = 6 // lines
	var kept []line
	for i, l := range c.lines {
		if trim(l.text) == "" {
			continue
		}
		if i > 0 && trim(c.lines[i-1].text) != "" {
			return
		}
		kept = append(kept, l)
	}
	if len(kept) >= least {
		c.note("spaced")
		c.lines = kept
	}
}

// cut adds the lines of a text, and gives the number of the next.
func (c *cleaner) cut(s string, number int) int {
	if c.lines == nil {
		n := count(s, "\n")
		c.lines = make([]line, 0, n+n/8+8) // some are broken
	}
	html := looksHTML(s)
	script := false
	for start := 0; start <= len(s); number++ {
		end := len(s)
		if n := index(s[start:], "\n"); n >= 0 {
			end = start + n
		}
		raw := s[start:end]
		start = end + 1
		if n := len(raw); n > 0 && raw[n-1] == '\r' {
			raw = raw[:n-1]
			c.note("crlf")
		}
		text := c.characters(c.literal(raw))
		if html {
			c.note("html")
			text = untag(text, &script)
		}
		text = c.unflattened(text)
		broken := index(text, "\r") >= 0 || index(text, "\n") >= 0 // what carriage returns and tags have broken
		for from := 0; from <= len(text); {
			piece := text[from:]
			if broken {
				for i := range len(piece) {
					if oneAt(piece, i, "\r\n") {
						piece = piece[:i]
						break
					}
				}
			}
			from += len(piece) + 1
			for len(piece) > longLine {
				n := breakAt(piece)
				c.lines = append(c.lines, line{number: number, text: piece[:n]})
				piece = piece[n:]
			}
			if from > len(text) || trim(piece) != "" {
				c.lines = append(c.lines, line{number: number, text: c.meter(piece)})
			}
		}
	}
	return number
}

// literal breaks a line of JSON where a text in it has a break, and takes the marks from the quotation marks in it. A browser's
// recording has the texts of pages in it, and is read by its marks.
func (c *cleaner) literal(s string) string {
	if t := trim(s); t == "" || !oneAt(t, 0, "{[\"'") || !has(t, "\\n") && (!has(t, "\\\"") || count(t, "\\\"")%2 == 1) || hasAny(t, "\"entries\"|\"cookies\"|\"text\":") {
		return s
	}
	c.note("escaped")
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		said := s[i : i+1]
		if said == "\\" && i+1 < len(s) {
			i++
			switch c := s[i]; {
			case c == 'n':
				said = "\r" // which breaks a line
			case c == 't' || c == 'r':
				said = " "
			case among1(`"/\`, c):
				said = s[i : i+1]
			case c == 'u':
				c := rune(0)
				for _, part := range unhex(lower(s[i+1 : min(len(s), i+5)])) {
					c = c<<8 | rune(part)
				}
				said = string(c)
				i += 4
			default:
				said = s[i-1 : i+1]
			}
		}
		b = append(b, said...)
	}
	return string(b)
}

// beginnings are how lines of curl -v and of openssl s_client begin, where a telephone or a form has made one line of all.
const beginnings = "* |< |> |curl: (|depth=|verify error:num=|verify return:|CONNECTED(|---|no peer certificate|No client certificate|Certificate chain|Server certificate|subject=|issuer=|SSL handshake has read|Verification|New, |Verify return code:"

// unflattened breaks a line before each of at least three beginnings of lines, or of one behind a command.
func (c *cleaner) unflattened(s string) string {
	const least = 120 // bytes; what has three lines in it is longer
	if len(s) < least {
		return s
	}
	var at []int
	for i := 1; i < len(s); i++ {
		if s[i-1] == ' ' && oneAt(s, i, "*<>cdvCn-NSsiV") && standsAny(s, i, beginnings) && (s[i] != '-' || i+3 < len(s) && s[i+3] == ' ') || s[i-1] == ' ' && is(s, i, isDigit) && has(s[i:min(len(s), i+24)], ":error:") {
			at = append(at, i)
		}
	}
	if len(at) < 3 && (len(at) == 0 || !begins(s, "$ ")) {
		return s
	}
	c.note("flattened")
	b := make([]byte, 0, len(s)+len(at))
	from := 0
	for _, i := range at {
		b = append(append(b, s[from:i-1]...), '\n')
		from = i
	}
	return string(append(b, s[from:]...))
}

// breakAt is where a long line is cut: between two words, and not within a key.
func breakAt(s string) int {
	for n := longLine; n < min(len(s), 1<<16); n++ {
		if !oneAt(s, n, ",;{}<> \t") {
			continue
		}
		begin := index(s[:n], "-----BEGIN ")
		if end := index(s[:n], "-----END "); begin >= 0 && end < begin { // the last frame is the one that counts, and one is cut off at most
			continue
		}
		return n
	}
	return min(len(s), 1<<16)
}

// characters takes away what cannot be seen, and makes one letter of the many forms of one.
func (c *cleaner) characters(s string) string {
	if printable(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i, r := range s {
		said := "" // what it is made
		switch {
		case r == 0xfffd && !stands(s, i, "\ufffd"):
			c.note("utf8")
			said = "\ufffd"
		case r == 0:
			c.note("nul")
		case r == 0x1b:
			c.note("colour")
			said = "\x1b"
		case r == '\t' || r == '\r':
			said = s[i : i+1]
		case r < ' ' || r == 0x7f:
			if n := len(b); r == '\b' && n > 0 && b[n-1] < 0x80 { // a letter of several bytes stays whole
				b = b[:n-1]
			}
			c.note("control")
		case r == 0xa0 || r == 0x3000 || r >= 0x2000 && r <= 0x200a || r == 0x202f:
			said = " "
		case r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0xfeff:
			c.note("invisible")
		case r >= 0xff01 && r <= 0xff5e:
			c.note("full_width")
			said = string(r - 0xff01 + '!')
		case r == 0x2018 || r == 0x2019 || r == 0x201b || r == 0x2032:
			c.note("quotes")
			said = "'"
		case r == 0x201c || r == 0x201d || r == 0x2033:
			c.note("quotes")
			said = `"`
		case r == 0x2010 || r == 0x2011 || r == 0x2012 || r == 0x2013 || r == 0x2212:
			said = "-"
		case r == 0x2014 && is(s, i+3, isLetter): // what an office made of two hyphens
			said = "--"
		case r == 0x2028 || r == 0x2029 || r == 0x85:
			said = "\n"
		default:
			said = s[i : i+runeSize(r)]
		}
		b = append(b, said...)
	}
	return uncolour(string(b))
}

func runeSize(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}

// uncolour takes away the sequences by which a terminal is steered.
func uncolour(s string) string {
	if index(s, "\x1b") < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != 0x1b {
			b = append(b, s[i])
			continue
		}
		switch {
		case i+1 < len(s) && s[i+1] == '[':
			for i += 2; i < len(s) && (s[i] < '@' || s[i] > '~') && s[i] < 0x80; i++ {
			}
			if i < len(s) && s[i] >= 0x80 { // no end of a sequence, but the beginning of a letter
				i--
			}
		case i+1 < len(s) && s[i+1] == ']': // a title, up to a bell, which is gone by now, or to ESC \
			for i += 2; i < len(s) && s[i] != '\\' && s[i] != 0x1b; i++ {
			}
		}
	}
	return string(b)
}

// meter takes away curl's meter, which shares a line with what curl says while it draws.
func (c *cleaner) meter(s string) string {
	if begins(s, "  % Total ") || begins(trim(s), "Dload  Upload") {
		c.note("meter")
		return ""
	}
	last := -1
	for at := 0; ; {
		if at = seek(s, "--:--:-- ", at); at < 0 {
			break
		}
		at += len("--:--:-- ")
		last = at
	}
	if last < 0 {
		return s
	}
	if first := trim(s); first == "" || !is(first, 0, isDigit) {
		return s
	}
	rest := s[last:]
	for rest != "" && (is(rest, 0, isSpace|isDigit) || oneAt(rest, 0, "kM")) {
		rest = rest[1:]
	}
	c.note("meter")
	return rest
}

// elements are the tags that are taken away. Others stay: <VirtualHost *:443>, <NOSRV> and <address> are words of ours.
var elements = pieces("a|b|body|br|button|center|code|dd|div|dl|dt|em|footer|h1|h2|h3|h4|head|header|hr|html|i|iframe|img|input|li|link|main|meta|ol|p|pre|script|section|small|span|strong|style|svg|table|tbody|td|th|thead|title|tr|ul|!doctype|!--|noscript|path|u|font|blockquote")

// breaks are those of them that end a line.
var breaks = pieces("br|center|div|dd|dt|h1|h2|h3|h4|head|hr|li|p|pre|section|title|tr|table|td")

// looksHTML tells whether there is a tag in a text, or the name of a character.
func looksHTML(s string) bool {
	for i := 0; i < len(s); i++ {
		if i = seek(s, "<", i); i < 0 {
			break
		}
		if name, _ := tag(s[i:]); name != "" {
			return true
		}
	}
	return has(s, "&") && hasAny(s, "&lt;|&gt;|&quot;|&#39;|&nbsp;|&amp;")
}

// tag is the element whose tag a text begins with, and how long the tag is; nothing where it is no tag.
func tag(s string) (name string, size int) {
	at := 1
	if at < len(s) && s[at] == '/' {
		at++
	}
	start := at
	for at < len(s) && at-start < 10 && (is(s, at, isLetter|isDigit) || oneAt(s, at, "!-")) {
		at++
	}
	name = lower(s[start:at])
	if begins(name, "!--") {
		name = "!--"
	}
	if !among(name, elements) || at < len(s) && !oneAt(s, at, ">/") && !is(s, at, isSpace) && name != "!--" {
		return "", 0
	}
	for quote := byte(0); at < len(s); at++ {
		switch {
		case quote != 0:
			if s[at] == quote {
				quote = 0
			}
		case oneAt(s, at, "\"'"):
			quote = s[at]
		case s[at] == '>':
			return name, at + 1
		}
	}
	return name, len(s)
}

// entities are the names of characters that are met.
var entities = [][2]string{{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", `"`}, {"&#39;", "'"}, {"&#x27;", "'"}, {"&apos;", "'"}, {"&nbsp;", " "}, {"&bull;", "•"}, {"&amp;", "&"}}

// untag takes tags, and what stands in scripts and styles, out of a line, and puts characters for their names.
func untag(s string, script *bool) string {
	if !*script && index(s, "<") < 0 && index(s, "&") < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '<':
			name, size := tag(s[i:])
			if name == "" {
				break
			}
			if name == "script" || name == "style" {
				*script = s[i+1] != '/'
			}
			if among(name, breaks) {
				b = append(b, '\n')
			}
			i += size - 1
			continue
		case '&':
			known := false
			for _, e := range entities {
				if stands(s, i, e[0]) {
					if !*script {
						b = append(b, e[1]...)
					}
					i += len(e[0]) - 1
					known = true
					break
				}
			}
			if known {
				continue
			}
		}
		if !*script {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// unquote takes away what stands before nearly every line: the marks of a quotation, numbers of lines, a service's name.
func (c *cleaner) unquote() {
	for range 3 { // a quotation may hold a quotation
		id, size := "", func(string) int { return 0 }
		switch {
		case c.most(quoted('>')):
			id, size = "quoted", quoted('>')
		case c.most(quoted('|')):
			id, size = "quoted", quoted('|')
		case c.most(numbered):
			id, size = "numbered", numbered
		case c.most(service):
			id, size = "service", service
		}
		if id == "" {
			break
		}
		c.note(id)
		for i := range c.lines {
			c.lines[i].text = c.lines[i].text[size(c.lines[i].text):]
		}
	}
	for range 3 {
		c.answered()
	}
	kept := c.lines[:0]
	for _, l := range c.lines {
		if begins(trim(l.text), "```") || begins(trim(l.text), "~~~") {
			c.note("fence")
			continue
		}
		if begins(l.text, "== Info: ") { // curl --trace writes so what -v marks with a star
			l.text = "* " + l.text[9:]
		}
		kept = append(kept, l)
	}
	c.lines = kept
}

// answered takes the marks from quotations between which somebody wrote an answer. What curl has sent is marked alike: it begins
// with a request, and no output that is quoted does.
func (c *cleaner) answered() {
	mark := quoted('>')
	for i := 0; i < len(c.lines); i++ {
		last, output, request := i, false, false
		for ; last < len(c.lines) && mark(c.lines[last].text) > 0; last++ {
			rest := trim(c.lines[last].text[mark(c.lines[last].text):])
			request = request || beginsAny(rest, "GET |HEAD |POST |OPTIONS |PUT ")
			output = output || beginsAny(rest, "> |$ |% |# |* |< |curl: (|curl |openssl |nc: |nc -|CONNECTED(|depth=|-----BEGIN |HTTP/")
		}
		if output && !request {
			c.note("quoted")
			for j := i; j < last; j++ {
				c.lines[j].text = c.lines[j].text[mark(c.lines[j].text):]
			}
		}
		i = max(i, last)
	}
}

// most tells whether nearly every line that says something begins so.
func (c *cleaner) most(size func(string) int) bool {
	all, some := 0, 0
	for _, l := range c.lines {
		if trim(l.text) == "" {
			continue
		}
		all++
		if size(l.text) > 0 {
			some++
		} else if (all-some)*5 > len(c.lines) {
			return false
		}
	}
	return all >= 2 && some*5 >= all*4
}

// quoted is how much of a line is the mark of a quotation.
func quoted(mark byte) func(string) int {
	return func(s string) int {
		at := 0
		for at < len(s) && s[at] == ' ' {
			at++
		}
		if at == len(s) || s[at] != mark || mark == '|' && (at+1 < len(s) && s[at+1] == '-' || ends(trim(s), "|")) { // a row of a table
			return 0
		}
		if at++; at < len(s) && s[at] == ' ' {
			at++
		}
		return at
	}
}

// numbered is how much of a line is its number: "  12  ", "12: ", "12| ", "12\t". A time, "03:05:02", is none.
func numbered(s string) int {
	at := 0
	for at < len(s) && s[at] == ' ' {
		at++
	}
	n, size := digits(s[at:])
	if size == 0 || size > 5 || n == 0 || at+size >= len(s) {
		return 0
	}
	at += size
	if s[at] == '\t' || oneAt(s, at, ":|") && (at+1 == len(s) || s[at+1] == ' ') {
		if at++; at < len(s) && s[at] == ' ' {
			at++
		}
		return at
	}
	if stands(s, at, "  ") {
		return at + 2
	}
	return 0
}

// service is how much of a line is what docker compose puts before it: "web-1  | ".
func service(s string) int {
	at := 0
	for at < len(s) && (is(s, at, isLetter|isDigit) || oneAt(s, at, "-_.")) {
		at++
	}
	if at == 0 {
		return 0
	}
	for at < len(s) && s[at] == ' ' {
		at++
	}
	if at+1 < len(s) && s[at] == '|' && s[at+1] == ' ' {
		return at + 2
	}
	return 0
}
