//go:build !js

package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sslclinic/wasmcheck/evidence"
)

// A setup is an origin with one fault, and what a test of its port 443 may be read as.
type setup struct {
	name   string
	at     address
	test   []string // of test443; none where nothing may be said
	others map[string]string
	mute   []string // programs that do not tell this fault from others
}

// A program is one that people test with: what it is run with, and whether what it prints has to tell the fault.
type program struct {
	name  string
	kind  string
	tells bool // the address and the fault
	args  func(port, ca string) []string
}

// programs are those that are looked for. Each is asked as people ask it.
var programs = []program{
	{"openssl", "openssl_s_client", true, func(port, ca string) []string {
		return []string{"s_client", "-connect", "127.0.0.1:" + port, "-servername", host, "-CAfile", ca}
	}},
	{"curl", "curl_verbose", true, func(port, ca string) []string {
		return []string{"-sSv", "-o", os.DevNull, "--max-time", "2", "--cacert", ca, "--resolve", host + ":" + port + ":127.0.0.1", "https://" + host + ":" + port + "/"}
	}},
	{"wget", "wget", false, func(port, ca string) []string {
		return []string{"-O", os.DevNull, "--tries=1", "--timeout=2", "--ca-certificate=" + ca, "https://localhost:" + port + "/"}
	}},
	{"gnutls-cli", "gnutls_cli", false, func(port, ca string) []string {
		return []string{"--x509cafile", ca, "--sni-hostname", host, "--verify-hostname", host, "-p", port, "127.0.0.1"}
	}},
	{"git", "git_error", false, func(port, ca string) []string {
		return []string{"-c", "http.sslCAInfo=" + ca, "ls-remote", "https://localhost:" + port + "/x.git"}
	}},
	{"python3", "python_error", false, func(port, ca string) []string {
		return []string{"-c", "import ssl, urllib.request\nurllib.request.urlopen('https://localhost:" + port + "/', timeout=2, context=ssl.create_default_context(cafile='" + ca + "'))"}
	}},
	{"node", "node_error", false, func(port, ca string) []string {
		return []string{"-e", "require('https').get({host: '127.0.0.1', port: " + port + ", servername: '" + host + "', ca: require('fs').readFileSync('" + ca + "'), timeout: 2000}, r => process.exit(0)).on('timeout', () => process.exit(0))"}
	}},
	{"php", "php_error", false, func(port, ca string) []string {
		return []string{"-d", "display_errors=stderr", "-r", "file_get_contents('https://127.0.0.1:" + port + "/', false, stream_context_create(['ssl' => ['cafile' => '" + ca + "', 'peer_name' => '" + host + "'], 'http' => ['timeout' => 2]]));"}
	}},
}

// quiet are programs that do not say that they had got a certificate when the alert came.
var quiet = []string{"wget", "gnutls-cli", "git", "python3", "node", "php", "go"}

// chained is a certificate for the host with an RSA key, and those above it that are sent with it.
func chained(t *testing.T, by *authority, change leaf, above ...*authority) tls.Certificate {
	t.Helper()
	change.rsa = true
	der, key := issue(t, by, host, change)
	c := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	for _, a := range above {
		c.Certificate = append(c.Certificate, a.der)
	}
	return c
}

// faults are origins with one fault each, and the authority that is trusted by who tests them.
func faults(t *testing.T, l *laboratory) ([]setup, *authority) {
	root := newAuthority(t, "Internet Security Research Group Root X1", nil)
	issuer := newAuthority(t, "R11, Let's Encrypt", root)
	origin := newAuthority(t, "CloudFlare Origin SSL Certificate Authority", nil)
	certificate := func(by *authority, change leaf, above ...*authority) tls.Certificate {
		return chained(t, by, change, above...)
	}
	const day = 24 * time.Hour
	both := []string{host, "localhost"}
	valid := leaf{names: both, before: -day, till: 90 * day}
	good := certificate(issuer, valid, issuer)
	with := func(c tls.Certificate, change ...func(*tls.Config)) *tls.Config {
		config := &tls.Config{Certificates: []tls.Certificate{c}}
		for _, f := range change {
			f(config)
		}
		return config
	}
	demand := func(version uint16) func(*tls.Config) {
		return func(c *tls.Config) {
			c.ClientAuth, c.ClientCAs, c.MaxVersion = tls.RequireAndVerifyClientCert, pool(l.clientCA), version
		}
	}
	refused := nobody(t)
	held := make(chan struct{})
	t.Cleanup(func() { close(held) })
	// A handshake that fails by an alert of our own choice: Go's servers send few kinds.
	alert := func(number byte) func(net.Conn) {
		return func(c net.Conn) {
			c.Read(make([]byte, 4096))
			c.Write([]byte{21, 3, 3, 0, 2, 2, number})
			time.Sleep(20 * time.Millisecond)
			c.Close()
		}
	}
	incomplete := certificate(issuer, valid)
	return []setup{
		{name: "nothing wrong", at: serveTLS(t, with(good), page), test: []string{"ok"}, others: map[string]string{"issuer": "public", "dates": "valid", "names": "match", "chain": "complete"}},
		{name: "expired", at: serveTLS(t, with(certificate(issuer, leaf{names: both, before: -90 * day, till: -2 * day}, issuer)), page), test: []string{"expired"}, others: map[string]string{"dates": "expired", "issuer": "public"}},
		{name: "not yet", at: serveTLS(t, with(certificate(issuer, leaf{names: both, before: 2 * day, till: 90 * day}, issuer)), page), test: []string{"not_yet"}, others: map[string]string{"dates": "not_yet"}},
		{name: "wrong name", at: serveTLS(t, with(certificate(issuer, leaf{names: []string{"other.example.com"}, before: -day, till: 90 * day}, issuer)), page), test: []string{"wrong_name"}, others: map[string]string{"names": "mismatch"}},
		{name: "self-signed", at: serveTLS(t, with(certificate(nil, valid)), page), test: []string{"self_signed"}, others: map[string]string{"issuer": "self_signed"}},
		{name: "incomplete", at: serveTLS(t, with(incomplete), page), test: []string{"incomplete"}, mute: []string{"curl"}, others: map[string]string{"chain": "incomplete", "issuer": "public"}},
		{name: "Origin CA", at: serveTLS(t, with(certificate(origin, valid)), page), test: []string{"origin_ca"}, mute: []string{"curl"}, others: map[string]string{"issuer": "origin_ca"}},
		{name: "no certificate", at: serve(t, alert(40)), test: []string{"alert40"}},
		{name: "version", at: serve(t, alert(70)), test: []string{"alert70"}},
		{name: "internal error", at: serve(t, alert(80)), test: []string{"alert80"}},
		{name: "server name", at: serve(t, alert(112)), test: []string{"alert112"}},
		{name: "plain HTTP", at: serveTLS(t, nil, page), test: []string{"not_tls"}},
		{name: "SSH", at: serve(t, func(c net.Conn) {
			io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n")
			time.Sleep(20 * time.Millisecond)
			c.Close()
		}), test: []string{"not_tls", "reset"}},
		{name: "reset", at: serve(t, func(c net.Conn) { c.Read(make([]byte, 1)); c.(*net.TCPConn).SetLinger(0); c.Close() }), test: []string{"reset"}},
		{name: "end", at: serve(t, func(c net.Conn) { c.Read(make([]byte, 4096)); c.Close() }), test: []string{"reset"}},
		{name: "silent", at: serve(t, func(c net.Conn) { <-held; c.Close() }), test: []string{"silent"}, mute: []string{"openssl"}},
		{name: "refused", at: refused, test: []string{"refused"}},
		{name: "client certificate, TLS 1.2", at: serveTLS(t, with(good, demand(tls.VersionTLS12)), page), test: []string{"client_cert_alert40", "client_cert"}, mute: quiet},
		{name: "client certificate, TLS 1.3", at: serveTLS(t, with(good, demand(tls.VersionTLS13)), page), test: []string{"client_cert_alert116"}, mute: []string{"openssl"}},
	}, root
}

// TestTheOutputOfARealRunIsReadAsTheFaultThatWasMade runs each program that is installed against an origin with each fault,
// so that the wording of a new version is noticed: what it prints may be read as the fault, or as nothing, but as no other.
func TestTheOutputOfARealRunIsReadAsTheFaultThatWasMade(t *testing.T) {
	t.Parallel()
	l := newLaboratory(t)
	setups, root := faults(t, l)
	ca := l.savePEM(t, "root", root.der)
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			if slices.Contains([]string{"git", "node", "python3"}, p.name) && testing.Short() {
				t.Skip("it takes half a second to start, nineteen times")
			}
			path, err := exec.LookPath(p.name)
			if err != nil {
				missing(t, p.name)
			}
			if p.name == "python3" { // what stands in the path may be a script that looks for it, and takes as long
				real, err := exec.Command(path, "-c", "import sys; print(sys.executable)").Output()
				if err != nil {
					t.Fatal(err)
				}
				path = strings.TrimSpace(string(real))
			}
			for _, s := range setups {
				_, port, _ := net.SplitHostPort(s.at.name)
				patience := 20 * time.Second // of a busy machine: most give up by themselves after 2
				if s.name == "silent" {
					patience = 3 * time.Second // git and openssl wait for ever
				}
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				args := p.args(port, ca)
				cmd := exec.CommandContext(ctx, path, args...)
				cmd.WaitDelay = time.Second
				out, _ := cmd.CombinedOutput()
				cancel()
				s.read(t, p, "$ "+p.name+" "+strings.Join(args, " ")+"\n"+string(out), port)
				s.read(t, program{name: p.name, kind: p.kind}, string(out), port)
			}
		})
	}
	t.Run("go", func(t *testing.T) {
		t.Parallel()
		for _, s := range setups {
			_, port, _ := net.SplitHostPort(s.at.name)
			client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool(root)}}}
			response, err := client.Get("https://localhost:" + port + "/")
			if err == nil {
				response.Body.Close()
				continue
			}
			if errors.Is(err, context.DeadlineExceeded) {
				continue // the client's own patience, not a wording of a fault
			}
			s.read(t, program{name: "go", kind: "go_error"}, err.Error(), port)
		}
	})
}

// read holds what is read of an output to the fault. In the output the origin has its real place: loopback would not be one.
func (s *setup) read(t *testing.T, p program, text, port string) {
	t.Helper()
	text = regexp.MustCompile(`127\.0\.0\.1|::1`).ReplaceAllString(text, "203.0.113.10")
	text = regexp.MustCompile(`\b`+port+`\b`).ReplaceAllString(text, "443")
	text = strings.ReplaceAll(text, "localhost", host)
	r := evidence.Read(text, time.Now().UTC().Format(time.DateOnly))
	fail := func(format string, a ...any) {
		t.Helper()
		t.Errorf("%s: "+format+"\n%s", append(append([]any{s.name}, a...), firstLines(text, 30))...)
	}
	told := map[string][]string{}
	for _, a := range r.Answers {
		told[a.Question] = append(told[a.Question], a.Value)
	}
	firm := len(told["test443"]) > 0
	for _, a := range r.Offers {
		if a.If == "client_cert_optional" {
			continue // it left before the server could say that it wants one
		}
		told[a.Question] = append(told[a.Question], a.Value)
	}
	for _, value := range told["test443"] {
		if !slices.Contains(s.test, value) && !(value == "alert40" && slices.Contains(s.mute, p.name) && s.test[0] == "client_cert_alert40") {
			fail("test443=%s was read of %s", value, p.name)
		}
	}
	for question, want := range s.others {
		for _, value := range told[question] {
			if value != want {
				fail("%s=%s was read of %s", question, value, p.name)
			}
		}
	}
	for _, c := range r.Conflicts {
		fail("%s contradicts itself in %s: %v", p.name, c.Question, c.Values)
	}
	if p.tells && !firm && !slices.Contains(s.mute, p.name) {
		fail("%s tells the fault, and it was not read; offers %v, withheld %v", p.name, r.Offers, r.Withheld)
	}
	kind := func(k evidence.Kind) bool { return k.ID == p.kind }
	if len(bytes.TrimSpace([]byte(text))) > 0 && strings.Count(text, "\n") > 1 && !slices.ContainsFunc(r.Kinds, kind) && s.name != "nothing wrong" && s.name != "silent" {
		fail("%s is not recognised: %v", p.name, r.Kinds)
	}
}

func firstLines(s string, n int) string {
	all := strings.SplitAfterN(s, "\n", n+1)
	return strings.Join(all[:min(n, len(all))], "")
}

// TestTheLogsOfRealServersAreRead breaks configurations of nginx, Apache, Caddy and HAProxy, and reads what they say.
func TestTheLogsOfRealServersAreRead(t *testing.T) {
	t.Parallel()
	l := newLaboratory(t)
	good, key := l.save(t, "good", l.good)
	_, otherKey := l.save(t, "other", l.self)
	both := filepath.Join(l.dir, "both.pem")
	certificate, _ := os.ReadFile(good)
	private, _ := os.ReadFile(otherKey)
	if err := os.WriteFile(both, append(certificate, private...), 0o600); err != nil {
		t.Fatal(err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	released, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := released.Addr().String()
	released.Close()
	write := func(name, text string) string {
		path := filepath.Join(l.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	nginx := func(server string) string {
		return "pid " + l.dir + "/t.pid;\nerror_log stderr;\nevents {}\nhttp { access_log off; server { " + server + " } }\n"
	}
	missingFile := filepath.Join(l.dir, "nowhere.pem")
	modules := "/usr/lib/apache2/modules/"
	apache := func(cert, key string) string {
		text := "ServerRoot " + l.dir + "\nServerName " + host + "\nPidFile " + l.dir + "/a.pid\nListen " + free + "\nErrorLog /dev/stderr\n"
		for _, m := range []string{"mpm_event", "authz_core", "socache_shmcb", "ssl"} {
			text += "LoadModule " + m + "_module " + modules + "mod_" + m + ".so\n"
		}
		return text + "SSLEngine on\nSSLCertificateFile " + cert + "\nSSLCertificateKeyFile " + key + "\n"
	}
	for _, row := range []struct {
		program string
		args    []string
		want    string
	}{
		{"nginx", []string{"-t", "-c", write("n1", nginx("listen "+free+" ssl; ssl_certificate "+missingFile+"; ssl_certificate_key "+key+";"))}, "cert_not_loaded"},
		{"nginx", []string{"-t", "-c", write("n2", nginx("listen "+free+" ssl; ssl_certificate "+good+"; ssl_certificate_key "+otherKey+";"))}, "key_mismatch"},
		{"nginx", []string{"-g", "daemon off;", "-c", write("n3", nginx("listen "+taken.Addr().String()+";"))}, "bind_failed"},
		{"apache2", []string{"-t", "-f", write("a1", apache(missingFile, key))}, "cert_not_loaded"},
		{"caddy", []string{"run", "--adapter", "caddyfile", "--config", write("c1", "{\n admin off\n auto_https off\n}\nhttp://"+taken.Addr().String()+" {\n bind 127.0.0.1\n}\n")}, "bind_failed"},
		{"haproxy", []string{"-c", "-f", write("h1", "defaults\n mode http\n timeout client 1s\n timeout server 1s\n timeout connect 1s\nfrontend f\n bind 127.0.0.1:1 ssl crt "+missingFile+"\n")}, "cert_not_loaded"},
		{"haproxy", []string{"-c", "-f", write("h2", "defaults\n mode http\n timeout client 1s\n timeout server 1s\n timeout connect 1s\nfrontend f\n bind 127.0.0.1:1 ssl crt "+both+"\n")}, "key_mismatch"},
	} {
		t.Run(row.program+", "+row.want, func(t *testing.T) {
			path, err := exec.LookPath(row.program)
			if err != nil {
				missing(t, row.program)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			out, _ := exec.CommandContext(ctx, path, row.args...).CombinedOutput()
			r := evidence.Read("$ "+row.program+" "+strings.Join(row.args, " ")+"\n"+string(out), "")
			if !slices.ContainsFunc(r.Answers, func(c evidence.Claim) bool { return c.Question == "origin_log" && c.Value == row.want }) {
				t.Errorf("origin_log=%s was not read, but %+v and conflicts %v, of\n%s", row.want, r.Answers, r.Conflicts, firstLines(string(out), 30))
			}
		})
	}
}
