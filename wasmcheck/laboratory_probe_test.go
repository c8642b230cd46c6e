//go:build !js

package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sslclinic/wasmcheck/evidence"
	"sslclinic/wasmcheck/probe"
)

// place is where the origins of these tests are to be, for an address on loopback would not be one.
var place = netip.MustParseAddr("203.0.113.10")

// A counter counts the connections to an origin, and how many were open at once.
type counter struct{ all, open, most atomic.Int32 }

type counted struct {
	net.Conn
	c *counter
}

func (c counted) Close() error {
	err := c.Conn.Close()
	if err == nil {
		c.c.open.Add(-1)
	}
	return err
}

// plan is a probe of the origin that listens there; a port that has no address is refused.
func plan(root *authority, count *counter, at map[string]address) probe.Plan {
	p := probe.Plan{
		Host: host, Address: place, Timeout: 4 * time.Second, Now: time.Now(),
		Resolve: func(context.Context, string, string) ([]netip.Addr, error) {
			return nil, &net.DNSError{Err: "no such host", IsNotFound: true}
		},
		Dial: func(ctx context.Context, _, to string) (net.Conn, error) {
			count.all.Add(1)
			a, ok := at[to]
			if !ok {
				return nil, &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
			}
			conn, err := new(net.Dialer).DialContext(ctx, a.network, a.name)
			if err != nil {
				return nil, err
			}
			count.most.Store(max(count.most.Load(), count.open.Add(1)))
			return counted{conn, count}, nil
		},
	}
	if root != nil {
		p.Roots = pool(root)
	}
	return p
}

// probedOrigin probes, and holds what every probe promises.
func probedOrigin(t *testing.T, p probe.Plan, count *counter) *probe.Report {
	t.Helper()
	r, err := probe.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if n := int(count.all.Load()); n > probe.MaxConnections || n != r.Connections {
		t.Errorf("%d connections, %d of which are told of, of at most %d", n, r.Connections, probe.MaxConnections)
	}
	if count.most.Load() > 1 || count.open.Load() != 0 {
		t.Errorf("%d connections at once, and %d are still open", count.most.Load(), count.open.Load())
	}
	for _, c := range r.Conflicts {
		t.Errorf("it contradicts itself in %s: %v", c.Question, c.Values)
	}
	for _, id := range append(slices.Clone(r.Found), r.Notes...) {
		if wording(id) == id && !slices.Contains([]string{"more_certificates", "certificate_unreadable", "alert_80"}, id) {
			t.Errorf("%s has no words", id)
		}
	}
	for _, a := range r.Answers {
		for _, n := range a.Lines {
			if n < 1 || n > len(r.Lines) {
				t.Errorf("%s=%s stands on line %d of %d", a.Question, a.Value, n, len(r.Lines))
			}
		}
	}
	return r
}

// answersOf are the answers of a reading, by question.
func answersOf(r *evidence.Reading) map[string]string {
	all := map[string]string{}
	for _, a := range r.Answers {
		all[a.Question] = a.Value
	}
	return all
}

// TestAProbeAndAPastedOutputHaveTheSameAnswers: what openssl and curl print of a server is read as what a probe meets of it.
func TestAProbeAndAPastedOutputHaveTheSameAnswers(t *testing.T) {
	t.Parallel()
	l := newLaboratory(t)
	setups, root := faults(t, l)
	ca := l.savePEM(t, "root", root.der)
	for _, s := range setups {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			var count counter
			p := plan(root, &count, map[string]address{place.String() + ":443": s.at})
			p.Port = 443
			if s.name == "silent" {
				p.Timeout = time.Second // waited for at each connection
			}
			r := probedOrigin(t, p, &count)
			met := answersOf(r.Reading)
			if !slices.Contains(s.test, met["test443"]) {
				t.Errorf("test443=%s, but it is %v; withheld %v, offers %v\n%s", met["test443"], s.test, r.Withheld, r.Offers, strings.Join(r.Lines, "\n"))
			}
			if well := s.test[0] == "ok" || s.test[0] == "origin_ca"; well != (len(r.Found) == 0) {
				t.Errorf("found %v", r.Found)
			}
			for question, want := range s.others {
				if met[question] != want {
					t.Errorf("%s=%s, but it is %s\n%s", question, met[question], want, strings.Join(r.Lines, "\n"))
				}
			}
			_, port, _ := net.SplitHostPort(s.at.name)
			for _, client := range programs[:2] {
				path, err := exec.LookPath(client.name)
				if err != nil {
					missing(t, client.name)
				}
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				args := client.args(port, ca)
				cmd := exec.CommandContext(ctx, path, args...)
				cmd.WaitDelay = time.Second
				out, _ := cmd.CombinedOutput()
				cancel()
				text := "$ " + client.name + " " + strings.Join(args, " ") + "\n" + string(out)
				text = strings.ReplaceAll(text, "127.0.0.1", place.String())
				text = regexp.MustCompile(`\b`+port+`\b`).ReplaceAllString(text, "443")
				for question, value := range answersOf(evidence.Read(text, time.Now().UTC().Format(time.DateOnly))) {
					if met[question] != value {
						t.Errorf("%s=%s is read of %s, and %q was met", question, value, client.name, met[question])
					}
				}
			}
		})
	}
}

// TestAProbeOfPort80ReadsRedirectsAsCurlDoes: the three requests in the clear, and those of curl.
func TestAProbeOfPort80ReadsRedirectsAsCurlDoes(t *testing.T) {
	t.Parallel()
	curl, err := exec.LookPath("curl")
	if err != nil {
		missing(t, "curl")
	}
	l := newLaboratory(t)
	away := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusMovedPermanently) }
	}
	believes := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Forwarded-Proto") == "https" {
			page(w, r)
			return
		}
		away("https://"+host+"/")(w, r)
	}
	for _, row := range []struct {
		name string
		at   address
		want map[string]string
		note string
		curl bool
	}{
		{"a page", serveTLS(t, nil, page), map[string]string{"test80": "ok"}, "", true},
		{"a redirect", serveTLS(t, nil, away("https://"+host+"/")), map[string]string{"test80": "redirect_https", "redirect80": "https"}, "", true},
		{"a redirect by header", serveTLS(t, nil, believes), map[string]string{"redirect80": "https_forwarded"}, "", true},
		{"a redirect to elsewhere", serveTLS(t, nil, away("http://elsewhere.example.net/?token=hush")), map[string]string{"test80": "ok"}, "", true},
		{"TLS", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{l.good}}, page), map[string]string{"test80": "bad_request"}, "tls_on_80", false},
		{"it closes", serve(t, func(c net.Conn) { c.Close() }), map[string]string{}, "empty_80", false},
		{"SSH", serve(t, func(c net.Conn) {
			io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n")
			c.Read(make([]byte, 4096))
			c.Close()
		}), map[string]string{}, "not_http_80", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			var count counter
			p := plan(l.public, &count, map[string]address{place.String() + ":80": row.at})
			p.Port = 80
			r := probedOrigin(t, p, &count)
			met := answersOf(r.Reading)
			if fmt.Sprint(met) != fmt.Sprint(row.want) {
				t.Errorf("%v was met\n%s", met, strings.Join(r.Lines, "\n"))
			}
			if row.note != "" && !slices.Contains(r.Found, row.note) {
				t.Errorf("%s is missing in %v", row.note, r.Found)
			}
			if strings.Contains(strings.Join(r.Lines, " ")+fmt.Sprint(r.Facts), "hush") {
				t.Error("what stands behind the ? of a redirect is repeated")
			}
			if !row.curl {
				return
			}
			text := ""
			for _, header := range []string{"", "X-Forwarded-Proto: http", "X-Forwarded-Proto: https"} {
				args := []string{"-sSI", "--max-time", "2", "--connect-to", "::" + row.at.name}
				if header != "" {
					args = append(args, "-H", header)
				}
				out, _ := exec.Command(curl, append(args, "http://"+host+"/")...).CombinedOutput()
				text += "$ curl -sI --resolve " + host + ":80:" + place.String()
				if header != "" {
					text += " -H '" + header + "'"
				}
				text += " http://" + host + "/\n" + string(out) + "\n"
			}
			if read := answersOf(evidence.Read(text, "")); fmt.Sprint(read) != fmt.Sprint(met) {
				t.Errorf("%v was met, and %v is read of\n%s", met, read, text)
			}
		})
	}
}

// TestAProbeNamesTheFaultsOfRealServers: rows of the tables of faults, made with the servers that people have.
func TestAProbeNamesTheFaultsOfRealServers(t *testing.T) {
	t.Parallel()
	l := newLaboratory(t)
	root := newAuthority(t, "Internet Security Research Group Root X1", nil)
	issuer := newAuthority(t, "R11, Let's Encrypt", root)
	originCA := newAuthority(t, "CloudFlare Origin SSL Certificate Authority", nil)
	const day = 24 * time.Hour
	chain := func(by *authority, change leaf, above ...*authority) tls.Certificate {
		return chained(t, by, change, above...)
	}
	valid := leaf{before: -day, till: 90 * day}
	good := chain(issuer, valid, issuer)
	files := map[string][2]string{}
	for name, c := range map[string]tls.Certificate{
		"good": good, "expired": chain(issuer, leaf{before: -90 * day, till: -2 * day}, issuer), "self": chain(nil, valid), "origin": chain(originCA, valid),
		"expired origin": chain(originCA, leaf{before: -90 * day, till: -2 * day}), "incomplete": {Certificate: good.Certificate[:1], PrivateKey: good.PrivateKey},
		"mismatch": chain(issuer, leaf{names: []string{"other.example.com"}, before: -day, till: 90 * day}, issuer),
	} {
		cert, key := l.save(t, strings.ReplaceAll(name, " ", "-"), c)
		files[name] = [2]string{cert, key}
	}
	both := filepath.Join(l.dir, "both.pem")
	cert, _ := os.ReadFile(files["good"][0])
	key, _ := os.ReadFile(files["good"][1])
	if err := os.WriteFile(both, append(cert, key...), 0o600); err != nil {
		t.Fatal(err)
	}
	clients := l.savePEM(t, "clients", l.clientCA.der)
	// Each server has an address of its own on loopback, where the system has them all: a port that was free a moment ago may be
	// somebody else's by now.
	var places atomic.Int32
	free := func() string {
		if runtime.GOOS == "linux" {
			pid := os.Getpid()
			return fmt.Sprintf("127.%d.%d.%d:18443", 64|pid>>8&63, pid&255, places.Add(1))
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		return listener.Addr().String()
	}
	write := func(name, text string) string {
		path := filepath.Join(l.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	// start runs a server in the foreground until the test ends, and waits until it listens.
	start := func(t *testing.T, at, program string, args ...string) {
		path, err := exec.LookPath(program)
		if err != nil {
			missing(t, program)
		}
		cmd := exec.Command(path, args...)
		cmd.Dir = l.dir
		cmd.Env = append(os.Environ(), "HOME="+l.dir)
		var out strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { cmd.Process.Signal(syscall.SIGTERM); cmd.Wait() })
		for deadline := time.Now().Add(20 * time.Second); ; {
			conn, err := net.Dial("tcp", at)
			if err == nil {
				conn.Close()
				return
			}
			if time.Now().After(deadline) {
				cmd.Process.Kill()
				cmd.Wait()
				t.Fatalf("%s does not listen: %v\n%s", program, err, out.String())
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	nginx := func(c, more string) func(*testing.T, string) {
		return func(t *testing.T, at string) {
			text := "daemon off; master_process off;\npid " + l.dir + "/" + at + ".pid;\nerror_log stderr;\nevents {}\nhttp { access_log off;\n"
			for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
				text += kind + "_temp_path " + filepath.Join(l.dir, at+kind) + ";\n"
			}
			listen := " ssl; ssl_certificate " + files[c][0] + "; ssl_certificate_key " + files[c][1] + "; ssl_protocols TLSv1.2 TLSv1.3"
			if c == "" {
				listen = ""
			}
			start(t, at, "nginx", "-e", "stderr", "-c", write("nginx-"+at, text+"server { listen "+at+listen+"; server_name "+host+"; "+strings.ReplaceAll(more, "AT", at)+" } }\n"))
		}
	}
	const ok = `location / { return 200 "a page"; }`
	apache := func(c, more string) func(*testing.T, string) {
		return func(t *testing.T, at string) {
			text := "ServerRoot " + l.dir + "\nServerName " + host + "\nPidFile " + l.dir + "/" + at + ".a.pid\nListen " + at + "\nErrorLog /dev/stderr\nMutex file:" + l.dir + "\n"
			for _, m := range []string{"mpm_event", "authz_core", "socache_shmcb", "ssl", "alias"} {
				text += "LoadModule " + m + "_module /usr/lib/apache2/modules/mod_" + m + ".so\n"
			}
			text += "SSLEngine on\nSSLCertificateFile " + files[c][0] + "\nSSLCertificateKeyFile " + files[c][1] + "\n" + more + "\nRedirect 204 /\n"
			start(t, at, "apache2", "-D", "FOREGROUND", "-f", write("apache-"+at, text))
		}
	}
	caddy := func(tlsLine string) func(*testing.T, string) {
		return func(t *testing.T, at string) {
			ip, port, _ := net.SplitHostPort(at)
			text := "{\n admin off\n auto_https disable_redirects\n skip_install_trust\n storage file_system " + l.dir + "/caddy-storage-" + at + "\n}\nhttps://" + host + ":" + port + " {\n bind " + ip + "\n " + tlsLine + "\n respond \"a page\"\n}\n"
			start(t, at, "caddy", "run", "--adapter", "caddyfile", "--config", write("caddy-"+at, text))
			for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
				if conn, err := tls.Dial("tcp", at, &tls.Config{ServerName: host, InsecureSkipVerify: true}); err == nil { // it makes its certificate after it listens
					conn.Close()
					return
				}
			}
		}
	}
	haproxy := func(bind string) func(*testing.T, string) {
		return func(t *testing.T, at string) {
			text := "global\n ssl-default-bind-options ssl-min-ver TLSv1.2\ndefaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 1s\nfrontend f\n bind " + at + " " + bind + "\n http-request return status 200 content-type text/plain string page\n"
			start(t, at, "haproxy", "-db", "-f", write("haproxy-"+at, text))
		}
	}
	openssl := func(args ...string) func(*testing.T, string) {
		return func(t *testing.T, at string) {
			start(t, at, "openssl", append([]string{"s_server", "-accept", at, "-www", "-quiet"}, args...)...)
		}
	}
	pair := []string{"-cert", files["good"][0], "-cert_chain", files["good"][0], "-key", files["good"][1]}
	and := func(more ...string) []string { return append(slices.Clone(pair), more...) }
	crt := func(c string) string { return "tls " + files[c][0] + " " + files[c][1] }
	for _, row := range []struct {
		name  string
		start func(*testing.T, string)
		want  string // answers that are among the met
		note  string
	}{
		{"nginx, nothing wrong", nginx("good", ok), "test443=ok issuer=public dates=valid names=match chain=complete", ""},
		{"nginx, 3.2#13 listen without ssl", nginx("", ok), "test443=not_tls", "plain_http"},
		{"nginx, 3.2#16 ssl_reject_handshake", nginx("good", "ssl_reject_handshake on;"), "test443=alert112", ""},
		{"nginx, 3.2#16 for this name", nginx("good", "ssl_reject_handshake on; } server { listen AT ssl default_server; ssl_certificate "+files["mismatch"][0]+"; ssl_certificate_key "+files["mismatch"][1]+";"), "test443=alert112", "name_refused"},
		{"nginx, default certificate", nginx("good", ok+"} server { listen AT ssl default_server; ssl_certificate "+files["mismatch"][0]+"; ssl_certificate_key "+files["mismatch"][1]+";"), "test443=ok names=match", "default_certificate"},
		{"nginx, 3.2#19 Camellia alone", nginx("good", "ssl_ciphers ECDHE-RSA-CAMELLIA128-SHA256; ssl_conf_command MaxProtocol TLSv1.2; "+ok), "test443=alert40", ""},
		{"nginx, 3.2#19 ChaCha20 alone", nginx("good", "ssl_ciphers ECDHE-RSA-CHACHA20-POLY1305; ssl_conf_command MaxProtocol TLSv1.2; "+ok), "test443=alert40", "other_ciphers"},
		{"nginx, 3.2#20 ssl_verify_client", nginx("good", "ssl_client_certificate "+clients+"; ssl_verify_client on; "+ok), "test443=client_cert_400 issuer=public", ""},
		{"nginx, 3.2#27 expired", nginx("expired", ok), "test443=expired dates=expired issuer=public", ""},
		{"nginx, 3.2#29 self-signed", nginx("self", ok), "test443=self_signed issuer=self_signed", ""},
		{"nginx, 3.2#30 wrong name", nginx("mismatch", ok), "test443=wrong_name names=mismatch", ""},
		{"nginx, 3.2#31 incomplete chain", nginx("incomplete", ok), "test443=incomplete chain=incomplete issuer=public", ""},
		{"nginx, 3.2#32 Origin CA", nginx("origin", ok), "test443=origin_ca issuer=origin_ca dates=valid names=match", ""},
		{"nginx, 3.2#33 Origin CA, expired", nginx("expired origin", ok), "test443=expired issuer=origin_ca dates=expired", ""},
		{"nginx, 3.2#38 return 444", nginx("good", "location / { return 444; }"), "test443=ok", "empty"},
		{"nginx, L9 https to http", nginx("good", "location / { return 301 http://$host$request_uri; }"), "test443=ok redirect443=http", ""},
		{"nginx, https to itself", nginx("good", "location / { return 301 https://"+host+"/; }"), "test443=ok redirect443=https", ""},
		{"nginx, 502", nginx("good", "location / { return 502; }"), "test443=ok", "status_5xx"},
		{"apache2, nothing wrong", apache("good", ""), "test443=ok issuer=public dates=valid names=match chain=complete", ""},
		{"apache2, 3.2#21 SSLVerifyClient", apache("good", "SSLProtocol TLSv1.2\nSSLVerifyClient require\nSSLCACertificateFile "+clients), "test443=client_cert_alert40", ""},
		{"apache2, 3.2#22 SSLVerifyClient", apache("good", "SSLProtocol TLSv1.3\nSSLVerifyClient require\nSSLCACertificateFile "+clients), "test443=client_cert_alert116", ""},
		{"apache2, 3.2#32 Origin CA", apache("origin", ""), "test443=origin_ca issuer=origin_ca", ""},
		{"caddy, nothing wrong", caddy(crt("good")), "test443=ok issuer=public", ""},
		{"caddy, tls internal", caddy("tls internal"), "test443=self_signed issuer=private names=match", ""},
		{"haproxy, nothing wrong", haproxy("ssl crt " + both), "test443=ok issuer=public", ""},
		{"haproxy, 3.2#13 bind without ssl", haproxy(""), "test443=not_tls", "plain_http"},
		{"haproxy, 3.2#22 verify required", haproxy("ssl crt " + both + " ca-file " + clients + " verify required"), "test443=client_cert_alert116", ""},
		{"haproxy, 3.2#21 verify required", haproxy("ssl crt " + both + " ca-file " + clients + " verify required ssl-max-ver TLSv1.2"), "test443=client_cert_alert40", ""},
		{"openssl, nothing wrong", openssl(pair...), "test443=ok issuer=public", ""},
		{"openssl, 3.2#15 no certificate", openssl("-nocert"), "test443=alert40", ""},
		{"openssl, 3.2#18 TLS 1.1 alone", openssl(and("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")...), "test443=ok issuer=public", "old_tls"},
		{"openssl, TLS 1.3 alone", openssl(and("-tls1_3")...), "test443=ok", "no_tls12"},
		{"openssl, TLS 1.2 alone", openssl(and("-tls1_2")...), "test443=ok", "no_tls13"},
		{"openssl, 3.2#21 client certificate", openssl(and("-tls1_2", "-Verify", "1", "-verify_return_error", "-CAfile", clients)...), "test443=client_cert_alert40", ""},
		{"openssl, 3.2#22 client certificate", openssl(and("-tls1_3", "-Verify", "1", "-verify_return_error", "-CAfile", clients)...), "test443=client_cert_alert116", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			at := free()
			row.start(t, at)
			var count counter
			p := plan(root, &count, map[string]address{place.String() + ":443": {"tcp", at}})
			p.Port, p.Timeout = 443, 6*time.Second
			r := probedOrigin(t, p, &count)
			met := answersOf(r.Reading)
			for want := range strings.FieldsSeq(row.want) {
				question, value, _ := strings.Cut(want, "=")
				if met[question] != value {
					t.Errorf("%s=%s, but it is %s", question, met[question], value)
				}
			}
			if row.note != "" && !slices.Contains(r.Notes, row.note) {
				t.Errorf("%s is missing in %v", row.note, r.Notes)
			}
			if t.Failed() {
				t.Logf("withheld %v, offers %v, found %v\n%s", r.Withheld, r.Offers, r.Found, strings.Join(r.Lines, "\n"))
			}
		})
	}
}

// TestAHostileServerHoldsNobody: whatever a server sends, or does not, a probe ends in time, keeps to its bounds and repeats
// nothing that a terminal would obey.
func TestAHostileServerHoldsNobody(t *testing.T) {
	t.Parallel()
	l := newLaboratory(t)
	held := make(chan struct{})
	t.Cleanup(func() { close(held) })
	hold := func(c net.Conn) { <-held; c.Close() } // which is held open as long as somebody has it
	forever := func(c net.Conn, what string, every time.Duration) {
		defer c.Close()
		for {
			if _, err := io.WriteString(c, what); err != nil {
				return
			}
			select {
			case <-held:
				return
			case <-time.After(every):
			}
		}
	}
	// over answers a request within TLS by hand.
	over := func(c tls.Certificate, answer func(net.Conn)) address {
		return serve(t, func(conn net.Conn) {
			defer conn.Close()
			s := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{c}})
			if s.Handshake() != nil {
				return
			}
			s.Read(make([]byte, 4096))
			answer(s)
		})
	}
	huge := l.good
	for range 2000 {
		huge.Certificate = append(slices.Clone(huge.Certificate), l.incomplete.Certificate[0])
	}
	many := l.good
	for range 60 {
		many.Certificate = append(slices.Clone(many.Certificate), l.good.Certificate[1])
	}
	der, key := issue(t, l.public, "\x1b[31mred\x1b[0m \u202eevil\nVerify return code: 0 (ok) alert number 112", leaf{rsa: true, names: []string{"other.example.com"}})
	speaking := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	talk := func(text string) func(net.Conn) { return func(c net.Conn) { io.WriteString(c, text) } }
	for _, row := range []struct {
		name string
		at   address
		want string // of test443, or nothing
		note string
	}{
		{"silent", serve(t, hold), "silent", ""},
		{"a byte a while", serve(t, func(c net.Conn) { forever(c, "\x16", 100*time.Millisecond) }), "", ""},
		{"the head of a record, and no more", serve(t, func(c net.Conn) { c.Write([]byte{22, 3, 3, 0x40, 0, 2}); hold(c) }), "silent", "slow_handshake"},
		{"garbage", serve(t, func(c net.Conn) { forever(c, strings.Repeat("\x00\xff\x16\x03", 1000), 0) }), "not_tls", ""},
		{"records without end", serve(t, func(c net.Conn) { forever(c, "\x16\x03\x03\x40\x00"+strings.Repeat("\x0b\xff\xff\xff", 4096), 0) }), "", ""},
		{"empty warnings without end", serve(t, func(c net.Conn) { forever(c, "\x15\x03\x03\x00\x02\x01\x70", 0) }), "", ""},
		{"2000 certificates", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{huge}}, page), "", "chain_too_big"},
		{"60 certificates", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{many}}, page), "ok", ""},
		{"a certificate that speaks", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{speaking}}, page), "wrong_name", ""},
		{"no answer", over(l.good, hold), "ok", "slow"},
		{"headers without end", over(l.good, func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\n")
			forever(c, "X-More: "+strings.Repeat("a", 4000)+"\r\n", 0)
		}), "ok", "headers_too_big"},
		{"a header a while", over(l.good, func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\n")
			forever(c, "X-More: a\r\n", 100*time.Millisecond)
		}), "ok", "slow"},
		{"interim answers without end", over(l.good, func(c net.Conn) { forever(c, "HTTP/1.1 103 Early Hints\r\n\r\n", 0) }), "ok", ""},
		{"no HTTP", over(l.good, func(c net.Conn) { forever(c, "hello ", 0) }), "ok", "not_http"},
		{"a status that is none", over(l.good, talk("HTTP/1.1 9999999999999 \x1b[2J\r\n\r\n")), "ok", "not_http"},
		{"a redirect to elsewhere", over(l.good, talk("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\x1b[2J\r\nSet-Cookie: id=hush\r\n\r\n")), "ok", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var count counter
			p := plan(l.public, &count, map[string]address{place.String() + ":443": row.at, place.String() + ":80": row.at})
			p.Timeout = 3 * time.Second // a busy machine is no hostile server
			if row.want == "silent" {
				p.Timeout = time.Second // waited for at each connection
			}
			began := time.Now()
			r := probedOrigin(t, p, &count)
			if took := time.Since(began); took > time.Minute {
				t.Errorf("it took %v", took)
			}
			met := answersOf(r.Reading)
			text := strings.Join(r.Lines, "\n")
			if met["test443"] != row.want && row.want != "" || row.note != "" && !slices.Contains(r.Notes, row.note) {
				t.Errorf("test443=%s, notes %v\n%.3000s", met["test443"], r.Notes, text)
			}
			if row.want == "" && met["test443"] == "ok" || len(r.Found) == 0 {
				t.Errorf("found %v, answers %v", r.Found, met)
			}
			for _, line := range append(slices.Clone(r.Lines), fmt.Sprint(r.Facts)) {
				if strings.ContainsAny(line, "\x1b\n\u202e") || strings.Contains(line, "hush") {
					t.Errorf("it repeats %q", line)
				}
			}
			if len(text) > 1<<14 {
				t.Errorf("%d bytes are told", len(text))
			}
		})
	}
}

// TestAProbeSpeaksIPv6: to an address and a port in brackets.
func TestAProbeSpeaksIPv6(t *testing.T) {
	listener, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skipf("there is no IPv6 here: %v", err)
	}
	l := newLaboratory(t)
	server := &http.Server{Handler: http.HandlerFunc(page), ErrorLog: nil}
	go server.Serve(tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{l.self}}))
	t.Cleanup(func() { server.Close() })
	var stdout, stderr strings.Builder
	code := run([]string{"probe", "-json", host, listener.Addr().String()}, nil, &stdout, &stderr)
	if code != somethingElse || !strings.Contains(stdout.String(), `"test443","value":"self_signed"`) || !json.Valid([]byte(stdout.String())) {
		t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
	}
}

// TestAProbeTellsHowFarItIs: once a second, and nothing where it is quick; and it ends with what it found.
func TestAProbeTellsHowFarItIs(t *testing.T) {
	l := newLaboratory(t)
	held := make(chan struct{})
	t.Cleanup(func() { close(held) })
	silent := serve(t, func(c net.Conn) { <-held; c.Close() })
	for _, row := range []struct {
		at       address
		code     int
		progress bool
		stdout   string
	}{
		{serveTLS(t, &tls.Config{Certificates: []tls.Certificate{l.self}}, page), somethingElse, false, "Full (strict) shows 526"},
		{serveTLS(t, &tls.Config{Certificates: []tls.Certificate{l.origin}}, page), somethingElse, false, "which fault it is does not follow"}, // "Origin CA" alone is not what Cloudflare calls its own
		{silent, somethingElse, true, "test443=silent"},
	} {
		if row.progress {
			t.Parallel() // it waits; what is quick had the machine to itself
		}
		var stdout, stderr strings.Builder
		code := run([]string{"probe", host, row.at.name, "-timeout", "1200ms", "-content=../content"}, nil, &stdout, &stderr)
		if code != row.code || strings.HasPrefix(stderr.String(), "test ") != row.progress || !row.progress && stderr.Len() > 0 || !strings.Contains(stdout.String(), row.stdout) ||
			!strings.Contains(stdout.String(), "on from here: https://ssl-clinic.example/k/check/") {
			t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
		}
	}
}

// TestTheEdgeIsAskedWhereItIsWanted: of a name that leads there, and what it shows is a symptom.
func TestTheEdgeIsAskedWhereItIsWanted(t *testing.T) {
	l := newLaboratory(t)
	edge := func(status int, location string) address {
		return serveTLS(t, &tls.Config{Certificates: []tls.Certificate{l.good}}, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Server", "cloudflare")
			w.Header().Set("CF-RAY", "8f2b1c0d9e7a6b54-NRT")
			if location != "" {
				w.Header().Set("Location", location)
			}
			w.WriteHeader(status)
		})
	}
	for _, row := range []struct {
		name string
		at   address
		want string
	}{
		{"525", edge(525, ""), "525"},
		{"a page", edge(200, ""), ""},
		{"a loop", edge(301, "https://"+host+"/"), "loop"},
		{"no certificate for the name", serve(t, func(c net.Conn) {
			c.Read(make([]byte, 4096))
			c.Write([]byte{21, 3, 3, 0, 2, 2, 40})
			time.Sleep(20 * time.Millisecond)
			c.Close()
		}), "edge_tls"},
	} {
		var count counter
		p := plan(l.public, &count, map[string]address{"104.16.0.1:443": row.at})
		p.Edge = true
		p.Resolve = func(_ context.Context, network, _ string) ([]netip.Addr, error) {
			if network == "ip6" {
				return nil, nil
			}
			return []netip.Addr{netip.MustParseAddr("104.16.0.1")}, nil
		}
		r := probedOrigin(t, p, &count)
		met := answersOf(r.Reading)
		if met["symptom"] != row.want || met["proxied"] != "yes" || met["test443"] != "refused" {
			t.Errorf("%s: %v\n%s", row.name, met, strings.Join(r.Lines, "\n"))
		}
		ray := slices.ContainsFunc(r.Facts, func(f evidence.Fact) bool { return f.ID == "cf_ray" && f.Value == "8f2b1c0d9e7a6b54" })
		if ray != (row.want != "edge_tls") {
			t.Errorf("%s: facts %v", row.name, r.Facts)
		}
	}
}

// TestAProbeThatCannotTestSaysSo: what this machine cannot do is no fault of the origin.
func TestAProbeThatCannotTestSaysSo(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.ENETUNREACH, syscall.EMFILE, syscall.EACCES, syscall.EADDRNOTAVAIL, syscall.EINVAL} {
		p := plan(nil, new(counter), nil)
		p.Dial = func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", errno)}
		}
		_, err := probe.Run(t.Context(), p)
		var f *probe.Failure
		if !errors.As(err, &f) || f.Hint == "" {
			t.Errorf("%v: %v", errno, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	p := plan(nil, new(counter), nil)
	p.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		cancel()
		return nil, ctx.Err()
	}
	if _, err := probe.Run(ctx, p); err == nil || !strings.HasPrefix(err.Error(), "interrupted") {
		t.Errorf("interrupted: %v", err)
	}
	p = plan(nil, new(counter), nil)
	p.Dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)}
	}
	if r, err := probe.Run(t.Context(), p); err != nil || !slices.Equal(r.Found, []string{"unclear"}) {
		t.Errorf("a firewall that says so is something found: %v", err)
	}
}
