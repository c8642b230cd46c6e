package probe

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"io"
	"net"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"
)

// The bounds of what a server may send.
const (
	maxReceived = 1 << 20   // bytes, over a connection
	maxHeaders  = 128 << 10 // bytes, of an answer: what the edge takes of one, by the page on error 520
	maxInterim  = 4         // answers of the kind 1xx before the one that counts
)

var errFlood = errors.New("the server sends without end")

// A wire counts what is received over a connection, and ends it where it has no end.
type wire struct {
	net.Conn
	received int
	stop     func() bool // looking out for whoever interrupts
}

func (w *wire) Close() error {
	w.stop()
	return w.Conn.Close()
}

func (w *wire) Read(b []byte) (int, error) {
	if w.received >= maxReceived {
		return 0, errFlood
	}
	n, err := w.Conn.Read(b[:min(len(b), maxReceived-w.received)])
	w.received += n
	return n, err
}

// edgeSuites are what the edge offers to origins up to TLS 1.2, in its order, as its documentation has them
// (https://developers.cloudflare.com/ssl/origin-configuration/cipher-suites/, read 2026-11-22). Of them crypto/tls lacks
// ECDHE-RSA-AES256-SHA384.
var edgeSuites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
	tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, tls.TLS_RSA_WITH_AES_256_CBC_SHA, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
}

// allSuites are all that crypto/tls knows.
func allSuites() (all []uint16) {
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		all = append(all, s.ID)
	}
	return all
}

// A hello is what is offered in a handshake.
type hello struct {
	name      string // of the server; none where it is empty
	from, to  uint16 // versions
	every     bool   // every suite that is known, not those of the edge
	classical bool   // no post-quantum key exchange
}

// A shake is what came of a handshake.
type shake struct {
	outcome      string // as in [evidence.Handshake]
	why          string // of strict and broken
	alert        int
	certificates [][]byte
	asked        bool
	authorities  []string // whose client certificates are wanted
	version      uint16
	suite        uint16
	curve        tls.CurveID
	received     int
	conn         *tls.Conn // open, where the outcome is ok
}

// handshake speaks TLS. The certificate is not judged here.
func handshake(w *wire, h hello, patience time.Duration) *shake {
	s := &shake{}
	config := &tls.Config{
		ServerName: h.name, InsecureSkipVerify: true, MinVersion: h.from, MaxVersion: h.to, CipherSuites: edgeSuites, NextProtos: []string{"http/1.1"},
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error { s.certificates = raw; return nil },
		GetClientCertificate: func(r *tls.CertificateRequestInfo) (*tls.Certificate, error) {
			s.asked, s.authorities = true, authorities(r.AcceptableCAs)
			return &tls.Certificate{}, nil
		},
	}
	if h.every {
		config.CipherSuites = allSuites()
	}
	if h.classical {
		config.CurvePreferences = []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384, tls.CurveP521}
	}
	conn := tls.Client(w, config)
	w.SetDeadline(time.Now().Add(patience))
	err := conn.Handshake()
	s.received = w.received
	if err == nil {
		state := conn.ConnectionState()
		s.outcome, s.conn = "ok", conn
		s.version, s.suite, s.curve = state.Version, state.CipherSuite, state.CurveID
		return s
	}
	s.outcome, s.alert, s.why = failed(err)
	if s.outcome == "eof" && s.received > 0 && len(s.certificates) == 0 && s.received < 5 { // what is no record
		s.outcome = "not_tls"
	}
	return s
}

// failed tells what an error of crypto/tls was at the other end.
func failed(err error) (outcome string, alert int, why string) {
	var header tls.RecordHeaderError
	var op *net.OpError
	var timeout net.Error
	switch {
	case errors.Is(err, errFlood):
		return "broken", 0, "flood"
	case errors.As(err, &header):
		return "not_tls", 0, ""
	case errors.As(err, &op) && op.Op == "remote error":
		// The number is of a type that crypto/tls keeps to itself.
		if v := reflect.ValueOf(op.Err); v.Kind() == reflect.Uint8 {
			return "alert", int(v.Uint()), ""
		}
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNABORTED), strings.Contains(err.Error(), "forcibly closed"):
		return "reset", 0, ""
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "eof", 0, ""
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "silent", 0, ""
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "exceeds maximum"):
		return "broken", 0, "chain_too_big"
	case strings.Contains(text, "unsupported protocol version"), strings.Contains(text, "failed to parse certificate"), strings.Contains(text, "RSA key larger"),
		strings.Contains(text, "unsupported signature algorithm"), strings.Contains(text, "invalid signature by the server certificate"):
		return "strict", 0, text
	}
	return "broken", 0, text
}

// authorities are the names of those that a server wants client certificates of.
func authorities(all [][]byte) (names []string) {
	for _, der := range all[:min(len(all), 8)] {
		var rdn pkix.RDNSequence
		if rest, err := asn1.Unmarshal(der, &rdn); err == nil && len(rest) == 0 {
			var n pkix.Name
			n.FillFromRDNSequence(&rdn)
			names = append(names, clean(n.String(), 80))
		}
	}
	return names
}

// clean is what a server said, as far as it is shown: one line of at most so many bytes, without what a terminal obeys.
func clean(s string, most int) string {
	b := make([]rune, 0, min(len(s), most))
	for i, r := range s {
		if i >= most {
			b = append(b, '…')
			break
		}
		// Marks that turn or hide text, control characters, and bytes that are none.
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == 0xfffd || r >= 0xe0000 {
			r = '?'
		}
		b = append(b, r)
	}
	return string(b)
}

// A reply is how a server answered a request.
type reply struct {
	failed   string // empty, slow, headers_too_big, not_http, alert, flood; nothing where it answered
	alert    int
	status   int
	location string
	server   string
	ray      string
	tls      bool // it answered with a record of TLS
}

// ask sends a request, and reads the headers of its answer. The connection is for nothing else afterwards.
func ask(conn net.Conn, method, host, path, forwarded string, patience time.Duration) *reply {
	conn.SetDeadline(time.Now().Add(patience))
	request := method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: wasmcheck-probe\r\nAccept: */*\r\n"
	if forwarded != "" {
		request += "X-Forwarded-Proto: " + forwarded + "\r\nCF-Visitor: {\"scheme\":\"" + forwarded + "\"}\r\n"
	}
	if _, err := io.WriteString(conn, request+"Connection: close\r\n\r\n"); err != nil {
		return refused(err, 0)
	}
	var got []byte
	for interim := 0; ; {
		end := ending(got)
		switch {
		case end >= 0:
			p := parse(got[:end])
			if p.failed != "" || p.status/100 != 1 || interim == maxInterim {
				return p
			}
			got = got[end:]
			interim++
			continue
		case len(got) >= maxHeaders:
			if begins(got) {
				return &reply{failed: "headers_too_big"}
			}
			return &reply{failed: "flood"}
		}
		chunk := make([]byte, 4096)
		n, err := conn.Read(chunk)
		got = append(got, chunk[:n]...)
		if len(got) > 5 && !begins(got) {
			return &reply{failed: "not_http", tls: got[0] == 21 && got[1] == 3}
		}
		if err != nil && ending(got) < 0 {
			if begins(got) && errors.Is(err, io.EOF) && bytes.IndexByte(got, '\n') > 0 { // headers that nothing ends, but the connection
				return parse(got)
			}
			return refused(err, len(got))
		}
	}
}

// begins tells whether an answer is one of HTTP, as far as it is there.
func begins(got []byte) bool {
	const start = "HTTP/1."
	return strings.HasPrefix(string(got[:min(len(got), len(start))]), start[:min(len(got), len(start))])
}

// ending is where the headers end, or -1: behind the first line that is empty.
func ending(got []byte) int {
	for from := 0; ; {
		i := bytes.IndexByte(got[from:], '\n')
		if i < 0 {
			return -1
		}
		from += i + 1
		switch rest := got[from:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return from + 1
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return from + 2
		}
	}
}

// refused is an answer that did not come.
func refused(err error, received int) *reply {
	outcome, alert, why := failed(err)
	switch {
	case outcome == "alert":
		return &reply{failed: "alert", alert: alert}
	case outcome == "silent":
		return &reply{failed: "slow"}
	case why == "flood":
		return &reply{failed: "flood"}
	case received > 0 && received < 8:
		return &reply{failed: "not_http"}
	}
	return &reply{failed: "empty"}
}

// parse reads the headers that matter. No other is looked at, and cookies are not kept.
func parse(got []byte) *reply {
	p := &reply{}
	lines := strings.Split(string(got), "\n")
	words := strings.Fields(lines[0])
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/1.") || len(words[1]) != 3 {
		return &reply{failed: "not_http"}
	}
	n, err := strconv.Atoi(words[1])
	if err != nil || n < 100 {
		return &reply{failed: "not_http"}
	}
	p.status = n
	for _, line := range lines[1:] {
		key, value, _ := strings.Cut(line, ":")
		value = clean(strings.TrimSpace(value), 200)
		set := func(into *string) {
			if *into == "" {
				*into = value
			}
		}
		switch strings.ToLower(key) {
		case "location":
			if place, _, query := strings.Cut(value, "?"); query { // what stands behind it may be a secret
				value = place + "?…"
			}
			set(&p.location)
		case "server":
			set(&p.server)
		case "cf-ray":
			set(&p.ray)
		}
	}
	return p
}

// equal tells whether two servers showed the same certificate.
func equal(a, b [][]byte) bool {
	return len(a) > 0 && len(b) > 0 && slices.Equal(a[0], b[0])
}
