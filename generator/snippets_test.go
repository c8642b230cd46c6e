package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// tool finds a program that a test needs. Without it the test is skipped and
// says so, unless SSLCLINIC_REQUIRE names it, as it does in CI.
func tool(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if slices.ContainsFunc(strings.Fields(os.Getenv("SSLCLINIC_REQUIRE")), func(r string) bool { return slices.Contains(names, r) }) {
		t.Fatalf("%s is required and not installed", names[0])
	}
	t.Skipf("skipped: %s is not installed", names[0])
	return ""
}

// snippet is a fenced block of an article.
type snippet struct{ place, info, code string }

var fence = regexp.MustCompile("(?m)^( *)(```+)([^\n`]*)\n((?s:.*?))\n *```+ *$")

// snippets are the articles' blocks in a language.
func snippets(t *testing.T, language string) []snippet {
	t.Helper()
	files, err := filepath.Glob("../content/articles/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []snippet
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fence.FindAllStringSubmatch(string(data), -1) {
			if name, _, _ := strings.Cut(m[3], " "); name == language {
				all = append(all, snippet{file, m[3], regexp.MustCompile("(?m)^"+m[1]).ReplaceAllString(m[4], "")})
			}
		}
	}
	return all
}

// keyPair writes a certificate for example.com and its key.
func keyPair(t *testing.T, dir string) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(525), Subject: pkix.Name{CommonName: "example.com"}, DNSNames: []string{"example.com"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

var (
	keyPath  = regexp.MustCompile(`/etc/[a-z]+/[\w./-]*(?:key\.pem|\.key)\b`)
	certPath = regexp.MustCompile(`/etc/[a-z]+/[\w./-]*\.(?:pem|crt)\b`)
	logPath  = regexp.MustCompile(`/var/log/[\w./-]+`)
	listens  = regexp.MustCompile(`(listen\s+(?:\[::\]:)?)(80|443)\b`)
)

// TestEveryNginxSnippetIsAcceptedByNginx runs nginx -t over each: as it stands
// inside http, or inside server where its title says so.
func TestEveryNginxSnippetIsAcceptedByNginx(t *testing.T) {
	nginx := tool(t, "nginx")
	all := snippets(t, "nginx")
	if len(all) == 0 {
		t.Fatal("no article has an nginx snippet")
	}
	for _, s := range all {
		dir := t.TempDir()
		cert, key := keyPair(t, dir)
		// The paths and ports of this machine are not the reader's.
		code := keyPath.ReplaceAllString(s.code, "KEY")
		code = certPath.ReplaceAllString(code, cert)
		code = strings.ReplaceAll(code, "KEY", key)
		code = logPath.ReplaceAllString(code, filepath.Join(dir, "x.log"))
		code = listens.ReplaceAllString(code, "${1}58$2")
		if strings.Contains(s.info, "(server)") {
			code = "server {\n" + code + "\n}"
		}
		conf := filepath.Join(dir, "nginx.conf")
		text := "pid " + dir + "/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n" + code + "\n}\n"
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(nginx, "-t", "-p", dir, "-c", conf).CombinedOutput(); err != nil {
			t.Errorf("%s: ```%s\n%s\n%s", s.place, s.info, s.code, out)
		}
	}
}

// TestEveryApacheSnippetIsAcceptedByApache runs apachectl configtest over
// each, with the modules that its title or itself asks for.
func TestEveryApacheSnippetIsAcceptedByApache(t *testing.T) {
	apache := tool(t, "apache2")
	modules := ""
	for _, dir := range []string{"/usr/lib/apache2/modules"} {
		for _, m := range []string{"mpm_event", "authz_core", "authz_host", "ssl", "socache_shmcb", "rewrite", "headers", "setenvif", "remoteip", "alias", "dir", "log_config"} {
			if so := filepath.Join(dir, "mod_"+m+".so"); exists(so) {
				modules += "LoadModule " + m + "_module " + so + "\n"
			}
		}
	}
	for _, s := range snippets(t, "apache") {
		dir := t.TempDir()
		cert, key := keyPair(t, dir)
		code := keyPath.ReplaceAllString(s.code, "KEY")
		code = certPath.ReplaceAllString(code, cert)
		code = strings.ReplaceAll(code, "KEY", key)
		code = strings.ReplaceAll(code, "${APACHE_LOG_DIR}", dir)
		code = logPath.ReplaceAllString(code, filepath.Join(dir, "x.log"))
		code = regexp.MustCompile(`(?m)^(\s*DocumentRoot\s+).*$`).ReplaceAllString(code, "${1}"+dir)
		if strings.Contains(s.info, ".htaccess") {
			code = "<Directory " + dir + ">\n" + code + "\n</Directory>"
		}
		conf := filepath.Join(dir, "apache.conf")
		text := modules + "ServerName localhost\nPidFile " + dir + "/pid\nErrorLog " + dir + "/error.log\n" + code + "\n"
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(apache, "-t", "-f", conf).CombinedOutput(); err != nil {
			t.Errorf("%s: ```%s\n%s\n%s", s.place, s.info, s.code, out)
		}
	}
}

func exists(name string) bool { _, err := os.Stat(name); return err == nil }
