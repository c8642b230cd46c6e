// Package certificate reads what a certificate says of itself: names, issuer, days, and the public key. It verifies nothing.
//
// Its law: what it reads of a well-formed certificate is what crypto/x509 reads; of anything else it reads nothing, and
// never more than is there. It exists because crypto/x509 would cost the module in the browser 828 KB, packed, and
// encoding/asn1 alone 341 KB.
package certificate

// The limits of a certificate that is read. Real ones have some kilobytes and a hundred names at most.
const (
	maxSize       = 1 << 16 // bytes
	maxNames      = 256
	maxAttributes = 64 // of an issuer or a subject
	maxExtensions = 64
)

// A Certificate is what stands in one.
type Certificate struct {
	Subject, Issuer     Name
	NotBefore, NotAfter int64    // seconds since 1970, UTC
	DNS                 []string // the names of the extension, as they are written
	IPs                 [][]byte // the addresses of the extension, of four or sixteen bytes
	SAN                 bool     // the extension is there, if only with other kinds of names
	CA                  bool     // it may issue others
	Key                 []byte   // the subjectPublicKeyInfo, in DER
}

// SelfIssued tells whether the issuer is the subject.
func (c *Certificate) SelfIssued() bool { return string(c.Issuer.raw) == string(c.Subject.raw) }

// IssuedBy tells whether the issuer named in it is the subject of another. Its signature is not looked at.
func (c *Certificate) IssuedBy(other *Certificate) bool {
	return string(c.Issuer.raw) == string(other.Subject.raw)
}

// A Name is an issuer or a subject.
type Name struct {
	CommonName, Organization, Unit string // the last common name, the first of the others

	raw []byte
}

// The tags of DER that are met here.
const (
	tagBoolean    = 0x01
	tagInteger    = 0x02
	tagBits       = 0x03
	tagOctets     = 0x04
	tagOID        = 0x06
	tagUTCTime    = 0x17
	tagTime       = 0x18
	tagSequence   = 0x30
	tagSet        = 0x31
	tagUTF8       = 0x0c
	tagPrintable  = 0x13
	tagTeletex    = 0x14
	tagIA5        = 0x16
	tagBMP        = 0x1e
	tagContext0   = 0xa0
	tagContext1   = 0xa1
	tagIssuerUID  = 0x81
	tagSubjectUID = 0x82
	tagExtensions = 0xa3
	tagDNSName    = 0x82
	tagIPAddress  = 0x87
)

// A cursor walks over the elements of a piece of DER. After an error it is at the end, and failed.
type cursor struct {
	rest   []byte
	failed bool
}

func (c *cursor) fail() ([]byte, []byte) {
	c.rest, c.failed = nil, true
	return nil, nil
}

// next takes the element with the given tag: its content, and the whole of it. Lengths are definite and no longer than needed.
func (c *cursor) next(tag byte) (content, whole []byte) {
	b := c.rest
	if len(b) < 2 || b[0] != tag {
		return c.fail()
	}
	size, head := int(b[1]), 2
	if size >= 0x80 {
		n := size & 0x7f
		if n == 0 || n > 3 || len(b) < 2+n || b[2] == 0 {
			return c.fail()
		}
		size = 0
		for _, d := range b[2 : 2+n] {
			size = size<<8 | int(d)
		}
		if size < 0x80 {
			return c.fail()
		}
		head += n
	}
	if size > len(b)-head {
		return c.fail()
	}
	c.rest = b[head+size:]
	return b[head : head+size], b[:head+size]
}

// is tells whether the next element has the tag.
func (c *cursor) is(tag byte) bool { return len(c.rest) > 0 && c.rest[0] == tag }

// take is next where the element may be missing.
func (c *cursor) take(tag byte) []byte {
	if !c.is(tag) {
		return nil
	}
	content, _ := c.next(tag)
	return content
}

// any takes the next element, whatever it is. Long forms of tags do not occur here.
func (c *cursor) any() (tag byte, content, whole []byte) {
	if len(c.rest) == 0 || c.rest[0]&0x1f == 0x1f {
		c.fail()
		return 0, nil, nil
	}
	tag = c.rest[0]
	content, whole = c.next(tag)
	return tag, content, whole
}

// Parse reads a certificate in DER. It is false for what is none, is cut off, or has something behind it.
func Parse(der []byte) (Certificate, bool) {
	var cert Certificate
	if len(der) > maxSize {
		return cert, false
	}
	file := cursor{rest: der}
	outer, _ := file.next(tagSequence)
	all := cursor{rest: outer}
	inner, _ := all.next(tagSequence)
	all.next(tagSequence) // the algorithm of the signature
	all.next(tagBits)
	if file.failed || all.failed || len(file.rest) > 0 || len(all.rest) > 0 {
		return cert, false
	}

	t := cursor{rest: inner}
	t.take(tagContext0) // the version
	t.next(tagInteger)  // the serial number
	t.next(tagSequence)
	_, issuer := t.next(tagSequence)
	days, _ := t.next(tagSequence)
	_, subject := t.next(tagSequence)
	_, cert.Key = t.next(tagSequence)
	t.take(tagIssuerUID)
	t.take(tagSubjectUID)
	extensions := t.take(tagExtensions)
	if t.failed || len(t.rest) > 0 {
		return cert, false
	}

	d := cursor{rest: days}
	ok := true
	read := func(into *int64) {
		tag, content, _ := d.any()
		var good bool
		*into, good = seconds(tag, content)
		ok = ok && good
	}
	read(&cert.NotBefore)
	read(&cert.NotAfter)
	cert.Issuer, d.failed = name(issuer, d.failed)
	cert.Subject, d.failed = name(subject, d.failed)
	if !ok || d.failed || len(d.rest) > 0 {
		return cert, false
	}
	return cert, extensions == nil || cert.extend(extensions)
}

// seconds reads a day: of two digits of the year up to 2049, of four after it. Both end in Z.
func seconds(tag byte, b []byte) (int64, bool) {
	year := 0
	switch {
	case tag == tagUTCTime && len(b) == 13:
		if year = two(b, 0); year < 50 {
			year += 100
		}
		year += 1900
		b = b[2:]
	case tag == tagTime && len(b) == 15:
		year = two(b, 0)*100 + two(b, 2)
		b = b[4:]
	default:
		return 0, false
	}
	month, day, hour, minute, second := two(b, 0), two(b, 2), two(b, 4), two(b, 6), two(b, 8)
	if year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || b[10] != 'Z' {
		return 0, false
	}
	return int64(Day(year, month, day))*86400 + int64(hour*3600+minute*60+second), true
}

// two are two digits; far below zero when they are none.
func two(b []byte, at int) int {
	hi, lo := int(b[at])-'0', int(b[at+1])-'0'
	if hi < 0 || hi > 9 || lo < 0 || lo > 9 {
		return -1 << 20
	}
	return hi*10 + lo
}

func daysOf(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Day is the number of days from 1970-01-01 to a day of the Gregorian calendar, by Howard Hinnant's days_from_civil.
func Day(year, month, day int) int {
	if month <= 2 {
		year--
		month += 12
	}
	era := year / 400
	ofEra := year - era*400
	ofYear := (153*(month-3)+2)/5 + day - 1
	return era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719468
}

// Date is the day with that number, see [Day].
func Date(n int) (year, month, day int) {
	n += 719468
	era := n / 146097
	ofEra := n - era*146097
	ofCycle := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*ofCycle + ofCycle/4 - ofCycle/100)
	m := (5*ofYear + 2) / 153
	year, month, day = ofCycle+era*400, m+3, ofYear-(153*m+2)/5+1
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// name reads an issuer or a subject.
func name(raw []byte, failed bool) (Name, bool) {
	n := Name{raw: raw}
	whole := cursor{rest: raw}
	content, _ := whole.next(tagSequence)
	c := cursor{rest: content}
	for count := 0; len(c.rest) > 0; {
		set, _ := c.next(tagSet)
		s := cursor{rest: set}
		for len(s.rest) > 0 {
			pair, _ := s.next(tagSequence)
			p := cursor{rest: pair}
			oid, _ := p.next(tagOID)
			tag, value, _ := p.any()
			if count++; p.failed || count > maxAttributes {
				return n, true
			}
			if len(oid) != 3 || oid[0] != 0x55 || oid[1] != 4 {
				continue
			}
			text, ok := characters(tag, value)
			if !ok {
				return n, true
			}
			switch {
			case oid[2] == 3:
				n.CommonName = text
			case oid[2] == 10 && n.Organization == "":
				n.Organization = text
			case oid[2] == 11 && n.Unit == "":
				n.Unit = text
			}
		}
		if s.failed {
			return n, true
		}
	}
	return n, failed || whole.failed || c.failed
}

// characters is the text of a value. Of the old kinds, each byte or pair of bytes is one character.
func characters(tag byte, b []byte) (string, bool) {
	switch tag {
	case tagUTF8, tagPrintable, tagIA5:
		return string(b), true
	case tagTeletex:
		runes := make([]rune, len(b))
		for i, c := range b {
			runes[i] = rune(c)
		}
		return string(runes), true
	case tagBMP:
		if len(b)%2 != 0 {
			return "", false
		}
		runes := make([]rune, len(b)/2)
		for i := range runes {
			runes[i] = rune(b[2*i])<<8 | rune(b[2*i+1])
		}
		return string(runes), true
	}
	return "", true // a kind without words, which none of ours has
}

// extend reads the extensions that matter here.
func (c *Certificate) extend(b []byte) bool {
	outer := cursor{rest: b}
	list, _ := outer.next(tagSequence)
	l := cursor{rest: list}
	for count := 0; len(l.rest) > 0; count++ {
		one, _ := l.next(tagSequence)
		e := cursor{rest: one}
		oid, _ := e.next(tagOID)
		e.take(tagBoolean)
		value, _ := e.next(tagOctets)
		if e.failed || len(e.rest) > 0 || count > maxExtensions {
			return false
		}
		if len(oid) != 3 || oid[0] != 0x55 || oid[1] != 0x1d {
			continue
		}
		switch oid[2] {
		case 17:
			if !c.alternatives(value) {
				return false
			}
		case 19:
			v := cursor{rest: value}
			content, _ := v.next(tagSequence)
			inner := cursor{rest: content}
			flag := inner.take(tagBoolean)
			if v.failed || inner.failed || len(v.rest) > 0 {
				return false
			}
			c.CA = len(flag) == 1 && flag[0] != 0
		}
	}
	return !outer.failed && !l.failed && len(outer.rest) == 0
}

// alternatives reads the names that a certificate is for.
func (c *Certificate) alternatives(b []byte) bool {
	outer := cursor{rest: b}
	list, _ := outer.next(tagSequence)
	l := cursor{rest: list}
	c.SAN = true
	for count := 0; len(l.rest) > 0 && count < maxNames; count++ {
		tag, value, _ := l.any()
		switch {
		case l.failed:
		case tag == tagDNSName:
			for _, d := range value {
				if d < ' ' || d > '~' {
					return false
				}
			}
			c.DNS = append(c.DNS, string(value))
		case tag == tagIPAddress:
			if len(value) != 4 && len(value) != 16 {
				return false
			}
			c.IPs = append(c.IPs, value)
		}
	}
	return !outer.failed && !l.failed && len(outer.rest) == 0
}
