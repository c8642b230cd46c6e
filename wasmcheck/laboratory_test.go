//go:build !js

package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"flag"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sslclinic/wasmcheck/model"
)

// TestMain lets more tests run at once than there are processors: they wait more than they work, for servers that keep them waiting.
func TestMain(m *testing.M) {
	_ = flag.Set("test.parallel", "32")
	m.Run()
}

// host is the name that the visitor asked for; the edge sends it as Host and as SNI.
const host = "shop.example.com"

// An authority signs certificates: the public one, the edge's own Origin CA, the one that signs the edge's client certificate.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	der  []byte
}

// A leaf is what differs from a right certificate.
type leaf struct {
	names        []string // host when empty
	before, till time.Duration
	rsa          bool
	ca           bool
}

func newAuthority(t *testing.T, name string, parent *authority) *authority {
	cert, key := issue(t, parent, name, leaf{ca: true})
	parsed, err := x509.ParseCertificate(cert)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{parsed, key.(*ecdsa.PrivateKey), cert}
}

// RSA keys take a tenth of a second each to make: all certificates that somebody signs share one, and those that sign
// themselves have another, which is wrong for the first.
var signed, alone = sync.OnceValues(newKey), sync.OnceValues(newKey)

func newKey() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

// issue signs a certificate; without an authority it signs itself.
func issue(t *testing.T, by *authority, name string, l leaf) (der []byte, key any) {
	t.Helper()
	now := time.Now()
	if l.till == 0 {
		l.before, l.till = -time.Hour, time.Hour
	}
	if len(l.names) == 0 {
		l.names = []string{host}
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name}, NotBefore: now.Add(l.before), NotAfter: now.Add(l.till),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, DNSNames: l.names,
	}
	if l.ca {
		template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
		template.DNSNames, template.ExtKeyUsage = nil, nil
	}
	var public any
	if l.rsa {
		shared := signed
		if by == nil {
			shared = alone
		}
		k, err := shared()
		if err != nil {
			t.Fatal(err)
		}
		key, public = k, &k.PublicKey
	} else {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		key, public = k, &k.PublicKey
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	if der, err = x509.CreateCertificate(rand.Reader, template, parent, public, signer); err != nil {
		t.Fatal(err)
	}
	return der, key
}

// A laboratory is the authorities, and the certificates that origins present.
type laboratory struct {
	dir                                 string
	public, originCA, clientCA, otherCA *authority
	good, expired, future, mismatch     tls.Certificate
	self, origin, incomplete            tls.Certificate
	client                              tls.Certificate
}

func newLaboratory(t *testing.T) *laboratory {
	l := &laboratory{dir: t.TempDir()}
	l.public, l.originCA = newAuthority(t, "Public Root", nil), newAuthority(t, "Origin CA", nil)
	l.clientCA, l.otherCA = newAuthority(t, "Origin Pull CA", nil), newAuthority(t, "Another CA", nil)
	intermediate := newAuthority(t, "Public Intermediate", l.public)
	certificate := func(by *authority, change leaf, chain ...*authority) tls.Certificate {
		change.rsa = true // as the panels make them, and common to all versions of TLS
		der, key := issue(t, by, host, change)
		c := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
		for _, a := range chain {
			c.Certificate = append(c.Certificate, a.der)
		}
		return c
	}
	l.good = certificate(intermediate, leaf{}, intermediate)
	l.incomplete = tls.Certificate{Certificate: l.good.Certificate[:1], PrivateKey: l.good.PrivateKey}
	l.expired = certificate(intermediate, leaf{before: -2 * time.Hour, till: -time.Hour}, intermediate)
	l.future = certificate(intermediate, leaf{before: time.Hour, till: 2 * time.Hour}, intermediate)
	l.mismatch = certificate(intermediate, leaf{names: []string{"other.example.com"}}, intermediate)
	l.self = certificate(nil, leaf{})
	l.origin = certificate(l.originCA, leaf{})
	l.client = certificate(l.clientCA, leaf{})
	return l
}

func pool(all ...*authority) *x509.CertPool {
	p := x509.NewCertPool()
	for _, a := range all {
		p.AddCert(a.cert)
	}
	return p
}

// suites are what the edge offers to origins up to TLS 1.2, as far as crypto/tls knows them.
var suites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
	tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, tls.TLS_RSA_WITH_AES_256_CBC_SHA, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
}

// A step is how far the edge gets with an origin.
type step string

const (
	stepTCP         step = "TCP"
	stepHandshake   step = "handshake"
	stepCertificate step = "certificate"
	stepClosed      step = "closed"
	stepPlain400    step = "plain to TLS 400"
	stepClient400   step = "client certificate 400"
	stepRedirect    step = "redirect"
	stepPage        step = "page"
)

// stepOf is the step at which the model says that the https visit, or the http one, ends.
func stepOf(t *testing.T, c model.Config, scheme model.Scheme) step {
	r, trace := model.Simulate(c, scheme)
	switch r.Outcome {
	case model.Outcome521, model.Outcome522, model.Outcome523:
		return stepTCP
	case model.Outcome525:
		return stepHandshake
	case model.Outcome526:
		return stepCertificate
	case model.Outcome520:
		return stepClosed
	case model.OutcomePlainToTLS400:
		return stepPlain400
	case model.OutcomeClientCert400:
		return stepClient400
	}
	for _, s := range trace.Steps() {
		switch s.Rule {
		case model.OriginRedirectsToHTTPS, model.OriginRedirectsForwardedHTTP, model.OriginRedirectsToHTTP:
			return stepRedirect
		}
	}
	if r.Outcome != model.OutcomeOK {
		t.Fatalf("%s: the laboratory has no step for %s", c, r.Outcome)
	}
	return stepPage
}

// patience is how long the edge waits for an origin, which a busy machine may need; and brief is how long for one that is
// known to say nothing.
const (
	patience = 20 * time.Second
	brief    = 200 * time.Millisecond
)

// An address is where an origin listens.
type address struct{ network, name string }

// try connects as the edge would, and reports how far it gets. The certificate is judged after the handshake, if at all.
func (l *laboratory) try(c model.Config, scheme model.Scheme, o origin) (step, error) {
	wait := patience
	if o.silent {
		wait = brief
	}
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, o.at.network, o.at.name)
	if err != nil {
		return stepTCP, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(wait)); err != nil {
		return stepTCP, err
	}
	legs := model.LegsFor(c, scheme)
	if legs.OriginScheme == model.HTTPS {
		config := &tls.Config{ServerName: host, InsecureSkipVerify: true, CipherSuites: suites, MinVersion: max(o.minVersion, tls.VersionTLS10)}
		if c[model.AOP] != model.AOPOff {
			config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &l.client, nil }
		}
		secure := tls.Client(conn, config)
		if err := secure.HandshakeContext(ctx); err != nil {
			return stepHandshake, err
		}
		if legs.Origin == model.Authenticated {
			if err := l.judge(secure.ConnectionState().PeerCertificates); err != nil {
				return stepCertificate, err
			}
		}
		conn = secure
	}
	request := "GET / HTTP/1.1\r\nHost: " + host + "\r\nX-Forwarded-Proto: " + scheme.String() + "\r\nConnection: close\r\n\r\n"
	if _, err := io.WriteString(conn, request); err != nil {
		return stepClosed, err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return stepClosed, err
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	switch text := string(body); {
	case response.StatusCode == 400 && strings.Contains(text, "plain HTTP request"), strings.Contains(text, "HTTP request to an HTTPS server"):
		return stepPlain400, nil
	case response.StatusCode == 400 && (strings.Contains(text, "No required SSL certificate") || strings.Contains(text, "SSL certificate error")):
		return stepClient400, nil
	case response.StatusCode/100 == 3:
		return stepRedirect, nil
	case response.StatusCode == 200:
		return stepPage, nil
	}
	return stepPage, errors.New(response.Status)
}

// judge is what the edge checks in the strict modes.
func (l *laboratory) judge(chain []*x509.Certificate) error {
	intermediates := x509.NewCertPool()
	for _, c := range chain[1:] {
		intermediates.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{DNSName: host, Roots: pool(l.public, l.originCA), Intermediates: intermediates})
	return err
}

// An origin is a server of some stack with a fault, and the model's name of the fault.
type origin struct {
	name       string
	fault      string
	at         address
	minVersion uint16 // of the edge, where its zone asks for one
	silent     bool   // it never answers
	http       bool   // it is met on port 80, by the modes that speak plain
}

// compare asks an origin as the edge does in each mode, and holds the step against the model's.
func (l *laboratory) compare(t *testing.T, o origin) {
	t.Helper()
	fault, err := model.ParseConfig(o.fault)
	if err != nil {
		t.Fatal(err)
	}
	modes := []model.Value{model.ModeFull, model.ModeStrict}
	if o.http {
		modes = []model.Value{model.ModeFlexible}
	}
	for _, mode := range modes {
		for scheme := model.HTTP; scheme <= model.HTTPS; scheme++ {
			c := fault.With(model.Mode, mode)
			if (model.LegsFor(c, scheme).OriginScheme == model.HTTP) != o.http {
				continue
			}
			want := stepOf(t, c, scheme)
			if got, err := l.try(c, scheme, o); got != want || got == stepPage && err != nil {
				t.Errorf("%s, %s, %s visit: the origin ends at %s (%v), the model at %s", o.name, c, scheme, got, err, want)
			}
		}
	}
}

// serve runs a handler of connections on loopback until the test ends.
func serve(t *testing.T, handle func(net.Conn)) address {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go handle(conn)
		}
	}()
	return address{"tcp", listener.Addr().String()}
}

// serveTLS runs a web server of Go's with the certificate on loopback until the test ends.
func serveTLS(t *testing.T, config *tls.Config, handler http.HandlerFunc) address {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	quiet := log.New(io.Discard, "", 0)
	server := &http.Server{Handler: handler, ErrorLog: quiet}
	if config != nil {
		listener = tls.NewListener(listener, config)
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return address{"tcp", listener.Addr().String()}
}

func page(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "a page") }

func hangUp(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		conn.Close()
	}
}

func TestGoOriginsFailWhereTheModelSays(t *testing.T) {
	l := newLaboratory(t)
	with := func(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }
	config := func(change func(*tls.Config)) *tls.Config {
		c := with(l.good)
		change(c)
		return c
	}
	demand := func(version uint16, ca *authority) *tls.Config {
		return config(func(c *tls.Config) {
			c.ClientAuth, c.ClientCAs, c.MaxVersion = tls.RequireAndVerifyClientCert, pool(ca), version
		})
	}
	strangers := func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		return nil, errors.New("no certificate for " + hello.ServerName)
	}
	refused := nobody(t)
	reset := func(c net.Conn) {
		c.Read(make([]byte, 1))
		c.(*net.TCPConn).SetLinger(0)
		c.Close()
	}
	held := make(chan struct{})
	t.Cleanup(func() { close(held) })
	hold := func(c net.Conn) { <-held; c.Close() }

	for _, o := range []origin{
		{name: "3.2#27 nothing wrong", at: serveTLS(t, with(l.good), page)},
		{name: "3.1#1 refused", fault: "p443=refused", at: refused},
		{name: "3.1#1 refused", fault: "p80=refused", at: refused, http: true},
		{name: "3.1#8 reset", fault: "listener=reset", at: serve(t, reset)},
		{name: "3.1#9 silent", fault: "listener=silent", silent: true, at: serve(t, hold)},
		{name: "3.2#13 plain HTTP", fault: "listener=plain", at: serveTLS(t, nil, page)},
		{name: "3.2#14 another protocol", fault: "listener=plain", at: serve(t, func(c net.Conn) { io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n"); c.Close() })},
		{name: "3.2#15 no certificate", fault: "cert=none", at: serveTLS(t, &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { return &tls.Config{}, nil }, GetCertificate: strangers}, page)},
		{name: "3.2#16 strict SNI", fault: "sni=rejected", at: serveTLS(t, &tls.Config{GetCertificate: strangers}, page)},
		{name: "3.2#17 default certificate", fault: "cert_name=mismatch", at: serveTLS(t, with(l.mismatch), page)},
		{name: "3.2#18 TLS 1.0 alone", at: serveTLS(t, config(func(c *tls.Config) {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10
			c.CipherSuites = suites
		}), page)},
		{name: "3.2#18c zone wants TLS 1.3", fault: "tls_version=none", minVersion: tls.VersionTLS13, at: serveTLS(t, config(func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }), page)},
		{name: "3.2#19 ChaCha20 alone", fault: "cipher=none", at: serveTLS(t, config(func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256}
		}), page)},
		{name: "3.2#21 client certificate, TLS 1.2", fault: "client_cert=required_alert12", at: serveTLS(t, demand(tls.VersionTLS12, l.clientCA), page)},
		{name: "3.2#22 client certificate, TLS 1.3", fault: "client_cert=required_alert13", at: serveTLS(t, demand(tls.VersionTLS13, l.clientCA), page)},
		{name: "3.2#23 client certificate nobody asks for", fault: "aop=on", at: serveTLS(t, with(l.good), page)},
		{name: "3.2#24 client certificate of another authority, TLS 1.2", fault: "client_cert=required_alert12&aop=on_wrong_ca", at: serveTLS(t, demand(tls.VersionTLS12, l.otherCA), page)},
		{name: "3.2#24 client certificate of another authority, TLS 1.3", fault: "client_cert=required_alert13&aop=on_wrong_ca", at: serveTLS(t, demand(tls.VersionTLS13, l.otherCA), page)},
		{name: "AOP as it should be, TLS 1.2", fault: "client_cert=required_alert12&aop=on", at: serveTLS(t, demand(tls.VersionTLS12, l.clientCA), page)},
		{name: "AOP as it should be, TLS 1.3", fault: "client_cert=required_alert13&aop=on", at: serveTLS(t, demand(tls.VersionTLS13, l.clientCA), page)},
		{name: "3.2#25 FIN in the handshake", fault: "listener=reset", at: serve(t, func(c net.Conn) { c.Read(make([]byte, 1)); c.Close() })},
		{name: "3.2#27 expired", fault: "cert_date=expired", at: serveTLS(t, with(l.expired), page)},
		{name: "3.2#28 not yet valid", fault: "cert_date=not_yet", at: serveTLS(t, with(l.future), page)},
		{name: "3.2#29 self-signed", fault: "cert=self_signed", at: serveTLS(t, with(l.self), page)},
		{name: "3.2#30 wrong name", fault: "cert_name=mismatch", at: serveTLS(t, with(l.mismatch), page)},
		{name: "3.2#31 incomplete chain", fault: "cert_chain=incomplete", at: serveTLS(t, with(l.incomplete), page)},
		{name: "3.2#32 Origin CA", fault: "cert=origin_ca", at: serveTLS(t, with(l.origin), page)},
		{name: "3.2#38 closes without an answer", fault: "response=empty", at: serveTLS(t, with(l.good), hangUp)},
		{name: "tie: wrong SNI and expired", fault: "sni=rejected&cert_date=expired", at: serveTLS(t, &tls.Config{GetCertificate: strangers}, page)},
		{name: "plain to a TLS port", fault: "p80=tls", at: serveTLS(t, with(l.good), page), http: true},
		{name: "port 80 closes", fault: "p80=closes", at: serve(t, func(c net.Conn) { c.Close() }), http: true},
		{name: "port 80 serves", at: serveTLS(t, nil, page), http: true},
	} {
		l.compare(t, o)
	}
	t.Log("not in the laboratory: dropped connections (3.1#2 to #4), for loopback has no silent firewall")
}

func TestNginxOriginsFailWhereTheModelSays(t *testing.T) {
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		missing(t, "nginx")
	}
	l := newLaboratory(t)
	var servers strings.Builder
	socket := func(name string) string { return filepath.Join(l.dir, name+".sock") }
	server := func(name, tlsWord, body string) {
		servers.WriteString("server { listen unix:" + socket(name) + tlsWord + "; server_name " + host + "; location / { " + body + " } }\n")
	}
	secure := func(name string, c tls.Certificate, directives, body string) {
		cert, key := l.save(t, name, c)
		if !strings.Contains(directives, "ssl_protocols") {
			directives += " ssl_protocols TLSv1.2 TLSv1.3;"
		}
		servers.WriteString("server { listen unix:" + socket(name) + " ssl; server_name " + host + "; ssl_certificate " + cert +
			"; ssl_certificate_key " + key + "; " + directives + " location / { " + body + " } }\n")
	}
	const ok = `return 200 "a page";`
	secure("good", l.good, "", ok)
	secure("expired", l.expired, "", ok)
	secure("self", l.self, "", ok)
	secure("mismatch", l.mismatch, "", ok)
	secure("incomplete", l.incomplete, "", ok)
	secure("origin", l.origin, "", ok)
	secure("camellia", l.good, "ssl_protocols TLSv1.2; ssl_ciphers ECDHE-RSA-CAMELLIA128-SHA256;", ok)
	ca := l.savePEM(t, "ca", l.clientCA.der)
	other := l.savePEM(t, "other", l.otherCA.der)
	secure("verify", l.good, "ssl_client_certificate "+ca+"; ssl_verify_client on;", ok)
	secure("wrongca", l.good, "ssl_client_certificate "+other+"; ssl_verify_client on;", ok)
	secure("empty", l.good, "", "return 444;")
	servers.WriteString("server { listen unix:" + socket("reject") + " ssl; ssl_reject_handshake on; }\n")
	server("plain", "", ok)
	server("https", "", "return 301 https://$host$request_uri;")
	server("forwarded", "", `if ($http_x_forwarded_proto = "http") { return 301 https://$host$request_uri; } `+ok)
	config := filepath.Join(l.dir, "nginx.conf")
	temp := ""
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temp += kind + "_temp_path " + filepath.Join(l.dir, kind) + ";\n"
	}
	text := "master_process off;\npid " + filepath.Join(l.dir, "pid") + ";\nerror_log " + filepath.Join(l.dir, "error.log") +
		";\nevents {}\nhttp {\naccess_log off;\n" + temp + servers.String() + "}\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	// As a daemon it returns when its sockets are open.
	if out, err := exec.Command(nginx, "-c", config, "-e", filepath.Join(l.dir, "error.log")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	pid, err := os.ReadFile(filepath.Join(l.dir, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	id, err := strconv.Atoi(strings.TrimSpace(string(pid)))
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { process.Signal(syscall.SIGTERM) })
	at := func(name string) address { return address{"unix", socket(name)} }
	for _, o := range []origin{
		{name: "nginx, nothing wrong", at: at("good")},
		{name: "nginx, listen without ssl", fault: "listener=plain", at: at("plain")},
		{name: "nginx, ssl_reject_handshake", fault: "sni=rejected", at: at("reject")},
		{name: "nginx, Camellia alone", fault: "cipher=none", at: at("camellia")},
		{name: "nginx, ssl_verify_client", fault: "client_cert=required_400", at: at("verify")},
		{name: "nginx, ssl_verify_client and AOP", fault: "client_cert=required_400&aop=on", at: at("verify")},
		{name: "nginx, ssl_verify_client of another authority", fault: "client_cert=required_400&aop=on_wrong_ca", at: at("wrongca")},
		{name: "nginx, expired", fault: "cert_date=expired", at: at("expired")},
		{name: "nginx, self-signed", fault: "cert=self_signed", at: at("self")},
		{name: "nginx, wrong name", fault: "cert_name=mismatch", at: at("mismatch")},
		{name: "nginx, incomplete chain", fault: "cert_chain=incomplete", at: at("incomplete")},
		{name: "nginx, Origin CA", fault: "cert=origin_ca", at: at("origin")},
		{name: "nginx, return 444", fault: "response=empty", at: at("empty")},
		{name: "nginx, plain to a TLS port", fault: "p80=tls", at: at("good"), http: true},
		{name: "nginx, port 80", at: at("plain"), http: true},
		{name: "nginx, redirect to https", fault: "redirect80=https", at: at("https"), http: true},
		{name: "nginx, redirect by X-Forwarded-Proto", fault: "redirect80=https_forwarded", at: at("forwarded"), http: true},
	} {
		l.compare(t, o)
	}
}

func TestOpenSSLOriginsFailWhereTheModelSays(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		missing(t, "openssl")
	}
	l := newLaboratory(t)
	good, key := l.save(t, "good", l.good)
	selfSigned, selfKey := l.save(t, "self", l.self)
	ca := l.savePEM(t, "ca", l.clientCA.der)
	run := func(args ...string) address {
		cmd := exec.Command(openssl, append([]string{"s_server", "-accept", "127.0.0.1:0", "-www"}, args...)...)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if at, listens := strings.CutPrefix(lines.Text(), "ACCEPT "); listens {
				go io.Copy(io.Discard, out)
				return address{"tcp", at}
			}
		}
		t.Fatalf("openssl s_server %v does not start", args)
		return address{}
	}
	pair := []string{"-cert", good, "-cert_chain", good, "-key", key}
	and := func(args ...string) []string { return append(append([]string{}, pair...), args...) }
	for _, o := range []origin{
		{name: "openssl, nothing wrong", at: run(pair...)},
		{name: "openssl, no certificate", fault: "cert=none", at: run("-nocert")},
		{name: "openssl, self-signed", fault: "cert=self_signed", at: run("-cert", selfSigned, "-key", selfKey)},
		{name: "openssl, Camellia alone", fault: "cipher=none", at: run(and("-tls1_2", "-cipher", "ECDHE-RSA-CAMELLIA128-SHA256")...)},
		{name: "openssl, client certificate, TLS 1.2", fault: "client_cert=required_alert12", at: run(and("-tls1_2", "-Verify", "1", "-verify_return_error", "-CAfile", ca)...)},
		{name: "openssl, client certificate, TLS 1.3", fault: "client_cert=required_alert13", at: run(and("-tls1_3", "-Verify", "1", "-verify_return_error", "-CAfile", ca)...)},
		{name: "openssl, AOP as it should be", fault: "client_cert=required_alert13&aop=on", at: run(and("-tls1_3", "-Verify", "1", "-verify_return_error", "-CAfile", ca)...)},
	} {
		l.compare(t, o)
	}
}

// missing skips, and says what for; where SSLCLINIC_REQUIRE names the program, as in CI, it is a failure.
func missing(t *testing.T, program string) {
	t.Helper()
	if slices.Contains(strings.Fields(os.Getenv("SSLCLINIC_REQUIRE")), program) {
		t.Fatalf("%s is required and not installed", program)
	}
	t.Skipf("%s is not installed: the model was not compared with it", program)
}

// save writes a chain and its key, and gives the paths.
func (l *laboratory) save(t *testing.T, name string, c tls.Certificate) (cert, key string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	key = filepath.Join(l.dir, name+".key")
	if err := os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return l.savePEM(t, name, c.Certificate...), key
}

func (l *laboratory) savePEM(t *testing.T, name string, chain ...[]byte) string {
	t.Helper()
	var text []byte
	for _, der := range chain {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	path := filepath.Join(l.dir, name+".pem")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// nobody is an address that refuses for as long as the test runs: the near end of a connection, whose port nobody else is given. One that
// was let go may be another server's a moment later.
func nobody(t *testing.T) address {
	t.Helper()
	far, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	near, err := net.Dial("tcp", far.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { near.Close(); far.Close() })
	return address{"tcp", near.LocalAddr().String()}
}
