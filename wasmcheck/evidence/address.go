package evidence

// edgeRanges are the addresses of Cloudflare's proxies, as https://www.cloudflare.com/ips/ had them on 2026-11-28: the
// first bytes of each, and how many bits count.
var edgeRanges = []struct {
	prefix string
	bits   int
}{
	{"\xad\xf5\x30\x00", 20}, // 173.245.48.0
	{"\x67\x15\xf4\x00", 22}, // 103.21.244.0
	{"\x67\x16\xc8\x00", 22}, // 103.22.200.0
	{"\x67\x1f\x04\x00", 22}, // 103.31.4.0
	{"\x8d\x65\x40\x00", 18}, // 141.101.64.0
	{"\x6c\xa2\xc0\x00", 18}, // 108.162.192.0
	{"\xbe\x5d\xf0\x00", 20}, // 190.93.240.0
	{"\xbc\x72\x60\x00", 20}, // 188.114.96.0
	{"\xc5\xea\xf0\x00", 22}, // 197.234.240.0
	{"\xc6\x29\x80\x00", 17}, // 198.41.128.0
	{"\xa2\x9e\x00\x00", 15}, // 162.158.0.0
	{"\x68\x10\x00\x00", 13}, // 104.16.0.0
	{"\x68\x18\x00\x00", 14}, // 104.24.0.0
	{"\xac\x40\x00\x00", 13}, // 172.64.0.0
	{"\x83\x00\x48\x00", 22}, // 131.0.72.0
	{"\x24\x00\xcb\x00", 32}, // 2400:cb00::
	{"\x26\x06\x47\x00", 32}, // 2606:4700::
	{"\x28\x03\xf8\x00", 32}, // 2803:f800::
	{"\x24\x05\xb5\x00", 32}, // 2405:b500::
	{"\x24\x05\x81\x00", 32}, // 2405:8100::
	{"\x2a\x06\x98\xc0", 29}, // 2a06:98c0::
	{"\x2c\x0f\xf2\x48", 32}, // 2c0f:f248::
}

// parseIP reads an address of either kind: four or sixteen bytes, or none. Of the second kind, what stands before "::" is
// enough to know whose it is; the rest is left zero.
func parseIP(s string) []byte {
	if has(s, ":") {
		b := make([]byte, 16)
		at, groups := 0, 0
		for groups < 8 && at < len(s) {
			n, size := 0, 0
			for at < len(s) && size < 4 {
				c := s[at]
				switch {
				case digit(c):
					n = n<<4 | int(c-'0')
				case c >= 'a' && c <= 'f':
					n = n<<4 | int(c-'a'+10)
				case c >= 'A' && c <= 'F':
					n = n<<4 | int(c-'A'+10)
				default:
					size = 4
					continue
				}
				at++
				size++
			}
			b[2*groups], b[2*groups+1] = byte(n>>8), byte(n)
			groups++
			if at >= len(s) {
				break
			}
			if s[at] != ':' {
				return nil
			}
			if at++; at < len(s) && s[at] == ':' {
				rest := s[at+1:]
				for i := range len(rest) {
					if !digit(rest[i]) && (lower(rest)[i] < 'a' || lower(rest)[i] > 'f') && rest[i] != ':' && rest[i] != '.' {
						return nil
					}
				}
				if rest == "1" && groups == 1 && n == 0 {
					b[15] = 1
				}
				return b
			}
		}
		if groups != 8 || at < len(s) {
			return nil
		}
		return b
	}
	all := 0
	for i := range 4 {
		n, size := digits(s)
		if size == 0 || size > 3 || n > 255 || i < 3 && !begins(s[size:], ".") || i == 3 && size < len(s) {
			return nil
		}
		all = all<<8 | n
		s = s[min(size+1, len(s)):]
	}
	return []byte{byte(all >> 24), byte(all >> 16), byte(all >> 8), byte(all)}
}

// isIP tells whether a text is an address.
func isIP(s string) bool { return len(s) < 46 && len(s) > 1 && parseIP(s) != nil }

// owner tells whose an address is: edge, private, loopback or other; nothing where it is no address.
func owner(s string) string {
	b := parseIP(s)
	if b == nil {
		return ""
	}
	for _, r := range edgeRanges {
		n := r.bits
		same := (len(b) == 16) == (r.bits >= 29) // those of the second kind have 29 bits and more, of the first 22 at most
		for i := 0; same && n > 0; i, n = i+1, n-8 {
			keep := byte(0xff)
			if n < 8 {
				keep <<= 8 - n
			}
			same = b[i]&keep == r.prefix[i]&keep
		}
		if same {
			return "edge"
		}
	}
	if len(b) == 16 {
		one := byte(0)
		for _, c := range b[:15] {
			one |= c
		}
		switch {
		case one == 0 && b[15] <= 1:
			return "loopback"
		case b[0]&0xfe == 0xfc, b[0] == 0xfe:
			return "private"
		}
		return "other"
	}
	switch {
	case b[0] == 127 || b[0] == 0:
		return "loopback"
	case b[0] == 10, b[0] == 172 && b[1]&0xf0 == 16, b[0] == 192 && b[1] == 168, b[0] == 169 && b[1] == 254, b[0] == 100 && b[1]&0xc0 == 64:
		return "private"
	}
	return "other"
}

// files are ends of names that are no hosts.
var files = pieces("php|html|htm|js|css|pem|key|crt|cer|conf|log|txt|json|yaml|yml|go|py|rb|pl|java|c|h|cc|cpp|so|sh|service|socket|sock|png|jpg|svg|ico|xml|md|csv|zip|gz|git|exe|dll|cnf|ini|env|local|internal|localdomain|default|der|p12|pfx|csr|rs|ts|mjs|jar|class|adoc")

// isHost tells whether a text is the name of a host in the open.
func isHost(s string) bool {
	if len(s) < 4 || len(s) > 253 || !has(s, ".") {
		return false
	}
	top := ""
	for start, i := 0, 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '.' {
			if classes[s[i]]&inHost == 0 {
				return false
			}
			continue
		}
		if top = s[start:i]; top == "" || len(top) > 63 || top[0] == '-' || ends(top, "-") {
			return false
		}
		start = i + 1
	}
	top = lower(top)
	for i := range len(top) {
		if !letter(top[i]) && !begins(top, "xn--") {
			return false
		}
	}
	return len(top) >= 2 && !among(top, files)
}

// hostsIn are the names of hosts in a text.
func hostsIn(s string) []string {
	var all []string
	for i := 0; i < len(s); {
		if !is(s, i, isLetter|isDigit) {
			i++
			continue
		}
		start := i
		for i < len(s) && classes[s[i]]&inHost != 0 {
			i++
		}
		one := lower(strip(s[start:i], "."))
		mail := start > 0 && s[start-1] == '@' && !has(s[max(0, start-len(mask)-8):start], mask+" (") // behind a password that is masked, a site
		path := start > 0 && (s[start-1] == '/' && !(start > 1 && s[start-2] == '/') || s[start-1] == '\\')
		if !mail && !path && isHost(one) {
			all = with(all, one)
		}
	}
	return all
}

// target cuts a host or an address and a port, in brackets or not.
func target(s string, standard int) (name string, port int) {
	if begins(s, "[") {
		name = until(s[1:], "]")
		s = after(s, "]")
		if begins(s, ":") {
			if n, size := digits(s[1:]); size > 0 {
				return name, n
			}
		}
		return name, standard
	}
	colon := -1
	for i := range len(s) {
		if s[i] == ':' {
			if colon >= 0 {
				return s, standard // an address of the second kind
			}
			colon = i
		}
	}
	if colon < 0 {
		return s, standard
	}
	if n, size := digits(s[colon+1:]); size > 0 && size == len(s)-colon-1 {
		return s[:colon], n
	}
	return s[:colon], standard
}

// link cuts a URL: its scheme, host and port.
func link(s string) (scheme, name string, port int) {
	scheme = lower(until(s, "://"))
	rest := after(s, "://")
	for i := 0; i < len(rest); i++ {
		if n := masked(rest[i:]); n > 0 { // of a password, with a space in it
			i += n - 1
			continue
		}
		if oneAt(rest, i, "/?#\"'") || is(rest, i, isSpace) || rest[i] >= 0x80 && rest[i] != 0xe2 && rest[i] != 0x96 && rest[i] != 0x92 {
			rest = rest[:i]
			break
		}
	}
	for n := index(rest, "@"); n >= 0; n = index(rest, "@") { // a password may have one
		rest = rest[n+1:]
	}
	standard := 443
	if scheme == "http" {
		standard = 80
	}
	name, port = target(strip(rest, ".,;)>"), standard)
	return scheme, lower(name), port
}
