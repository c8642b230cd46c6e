package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"maps"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/yamlfile"
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

// snippet is code that a reader is told to type.
type snippet struct{ place, info, code string }

var fence = regexp.MustCompile("(?m)^( *)(```+)([^\n`]*)\n((?s:.*?))\n *```+ *$")

// snippets are the fenced blocks of the articles and the checker's snippets, in
// a language. That there are none is a mistake of the caller.
func snippets(t *testing.T, language string) []snippet {
	t.Helper()
	files, err := filepath.Glob("../content/articles/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	recipes, err := filepath.Glob("../content/recipes/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []snippet
	for _, file := range append(files, recipes...) {
		text := aroundTabs.ReplaceAllString(read(t, file), "")
		for _, m := range fence.FindAllStringSubmatch(text, -1) {
			name, _, _ := strings.Cut(m[3], " ")
			code := regexp.MustCompile("(?m)^"+m[1]).ReplaceAllString(m[4], "")
			if name == "command" {
				for form := range strings.SplitSeq("\n"+code, "\n=== ") {
					systems, code, _ := strings.Cut(form, "\n")
					if code = strings.TrimRight(code, "\n"); code != "" && shell(systems, code) == language {
						all = append(all, snippet{file, m[3] + " " + systems, code})
					}
				}
			} else if name == language {
				all = append(all, snippet{file, m[3], code})
			}
		}
	}
	const file = "../content/checker/actions.yaml"
	var actions map[string]source.Action
	if found := yamlfile.Decode(file, 0, []byte(read(t, file)), &actions); len(found) > 0 {
		t.Fatal(found)
	}
	for _, id := range slices.Sorted(maps.Keys(actions)) {
		for _, s := range actions[id].Snippets {
			if s.Language == language {
				all = append(all, snippet{file + ": " + id + " with " + s.For.Value, language, s.Code})
			}
		}
	}
	if len(all) == 0 {
		t.Fatalf("nothing is written in %s", language)
	}
	return all
}

// aroundTabs are the lines around tabs, in which other blocks stand.
var aroundTabs = regexp.MustCompile("(?m)^````.*\n")

// shell is the language of a form of a command.
func shell(systems, code string) string {
	switch {
	case strings.Contains(systems, "windows"):
		return "powershell"
	case strings.HasPrefix(code, "$ "):
		return "console"
	}
	return "bash"
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
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
	rootPath = regexp.MustCompile(`(?m)^(\s*DocumentRoot\s+).*$`)
)

// here is code with certificates, keys and logs of this machine in dir, in
// place of the reader's.
func here(t *testing.T, dir, code string) string {
	t.Helper()
	cert, key := keyPair(t, dir)
	code = keyPath.ReplaceAllString(code, "KEY")
	code = certPath.ReplaceAllString(code, cert)
	code = strings.ReplaceAll(code, "KEY", key)
	code = strings.ReplaceAll(code, "${APACHE_LOG_DIR}", dir)
	return logPath.ReplaceAllString(code, filepath.Join(dir, "x.log"))
}

// judge writes text to a file in dir and has the command, told the file, accept it.
func judge(t *testing.T, s snippet, dir, text string, command func(file string) *exec.Cmd) {
	t.Helper()
	file := filepath.Join(dir, "snippet")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := command(file).CombinedOutput(); err != nil {
		t.Errorf("%s: ```%s\n%s\n%v\n%s", s.place, s.info, s.code, err, out)
	}
}

// TestEveryNginxSnippetIsAcceptedByNginx runs nginx -t over each: as it stands
// inside http, or inside server where its title says so.
func TestEveryNginxSnippetIsAcceptedByNginx(t *testing.T) {
	nginx := tool(t, "nginx")
	for _, s := range snippets(t, "nginx") {
		dir := t.TempDir()
		code := listens.ReplaceAllString(here(t, dir, s.code), "${1}58$2")
		if strings.Contains(s.info, "(server)") {
			code = "server {\n" + code + "\n}"
		}
		text := "pid " + dir + "/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n" + code + "\n}\n"
		judge(t, s, dir, text, func(file string) *exec.Cmd { return exec.Command(nginx, "-t", "-p", dir, "-c", file) })
	}
}

// TestEveryApacheSnippetIsAcceptedByApache runs apachectl configtest over
// each, with the modules that its title or itself asks for.
func TestEveryApacheSnippetIsAcceptedByApache(t *testing.T) {
	apache := tool(t, "apache2")
	modules := ""
	for _, m := range []string{"mpm_event", "authz_core", "authz_host", "ssl", "socache_shmcb", "rewrite", "headers", "setenvif", "remoteip", "alias", "dir", "log_config", "proxy", "proxy_http"} {
		if so := "/usr/lib/apache2/modules/mod_" + m + ".so"; exists(so) {
			modules += "LoadModule " + m + "_module " + so + "\n"
		}
	}
	for _, s := range snippets(t, "apache") {
		dir := t.TempDir()
		code := rootPath.ReplaceAllString(here(t, dir, s.code), "${1}"+dir)
		if strings.Contains(s.info, ".htaccess") {
			code = "<Directory " + dir + ">\n" + code + "\n</Directory>"
		}
		text := modules + "ServerName localhost\nPidFile " + dir + "/pid\nErrorLog " + dir + "/error.log\n" + code + "\n"
		judge(t, s, dir, text, func(file string) *exec.Cmd { return exec.Command(apache, "-t", "-f", file) })
	}
}

// TestEveryCaddySnippetIsAcceptedByCaddy runs caddy validate, which loads the
// certificates too, over each as a Caddyfile of its own.
func TestEveryCaddySnippetIsAcceptedByCaddy(t *testing.T) {
	caddy := tool(t, "caddy")
	for _, s := range snippets(t, "caddyfile") {
		dir := t.TempDir()
		judge(t, s, dir, here(t, dir, s.code)+"\n", func(file string) *exec.Cmd {
			c := exec.Command(caddy, "validate", "--adapter", "caddyfile", "--config", file)
			c.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
			return c
		})
	}
}

// TestEveryPHPSnippetIsPHP: a slip in wp-config.php takes the whole site down.
func TestEveryPHPSnippetIsPHP(t *testing.T) {
	php := tool(t, "php")
	for _, s := range snippets(t, "php") {
		judge(t, s, t.TempDir(), "<?php\n"+strings.TrimPrefix(s.code, "<?php\n")+"\n", func(file string) *exec.Cmd { return exec.Command(php, "-l", file) })
	}
}

// TestEveryCommandIsReadByTheShell runs bash -n, which reads and executes
// nothing, over each script, and over what is typed at a prompt.
func TestEveryCommandIsReadByTheShell(t *testing.T) {
	bash := tool(t, "bash")
	all := snippets(t, "bash")
	for _, s := range snippets(t, "console") {
		typed := prompt.FindAllStringSubmatch(s.code, -1)
		if len(typed) == 0 {
			t.Errorf("%s: ```%s has no line that begins with the prompt $\n%s", s.place, s.info, s.code)
		}
		for _, m := range typed {
			all = append(all, snippet{s.place, s.info, m[1]})
		}
	}
	for _, s := range all {
		judge(t, s, t.TempDir(), s.code+"\n", func(file string) *exec.Cmd { return exec.Command(bash, "-n", file) })
	}
}

// prompt finds a command with the lines that it is continued on.
var prompt = regexp.MustCompile(`(?m)^\$ ((?:.*\\\n)*.*)$`)

// composed is what snippets in YAML say, to Docker Compose, to Traefik or to
// cloudflared. It has the keys in use: one more is added here when its product's
// own documentation has been read.
type composed struct {
	Services map[string]struct {
		Image   string   `yaml:"image"`
		Ports   []string `yaml:"ports"`
		Volumes []string `yaml:"volumes"`
	} `yaml:"services"`

	Log struct {
		Level string `yaml:"level"`
	} `yaml:"log"`
	HTTP struct {
		Routers map[string]struct {
			Rule        string            `yaml:"rule,required"`
			EntryPoints []string          `yaml:"entryPoints"`
			Service     string            `yaml:"service,required"`
			TLS         map[string]string `yaml:"tls"`
		} `yaml:"routers"`
	} `yaml:"http"`
	TLS struct {
		Certificates []pair `yaml:"certificates"`
		Stores       map[string]struct {
			DefaultCertificate pair `yaml:"defaultCertificate"`
		} `yaml:"stores"`
		Options map[string]struct {
			MinVersion string `yaml:"minVersion"`
			SNIStrict  bool   `yaml:"sniStrict"`
			ClientAuth struct {
				CAFiles        []string `yaml:"caFiles"`
				ClientAuthType string   `yaml:"clientAuthType"`
			} `yaml:"clientAuth"`
		} `yaml:"options"`
	} `yaml:"tls"`

	// The last rule has no name: cloudflared asks for one that takes what is left.
	Ingress []struct {
		Hostname      string `yaml:"hostname"`
		Service       string `yaml:"service,required"`
		OriginRequest struct {
			OriginServerName string `yaml:"originServerName"`
		} `yaml:"originRequest"`
	} `yaml:"ingress"`
}

type pair struct {
	CertFile string `yaml:"certFile,required"`
	KeyFile  string `yaml:"keyFile,required"`
}

// published is how Compose publishes a port: outside, then inside.
var published = regexp.MustCompile(`^(?:[\d.]+:)?\d+:\d+$`)

func TestEveryYAMLSnippetHasKeysThatItsProductKnows(t *testing.T) {
	for _, s := range snippets(t, "yaml") {
		var said composed
		if found := yamlfile.Decode(s.place, 0, []byte(s.code), &said); len(found) > 0 {
			t.Errorf("```%s\n%s\n%v", s.info, s.code, found)
		}
		if n := len(said.Ingress); n > 0 && said.Ingress[n-1].Hostname != "" {
			t.Errorf("%s: the last rule of ingress is for %q alone, which cloudflared refuses", s.place, said.Ingress[n-1].Hostname)
		}
		for _, service := range said.Services {
			for _, port := range service.Ports {
				if !published.MatchString(port) {
					t.Errorf("%s: the port %q is not published as outside:inside", s.place, port)
				}
			}
		}
	}
}

func exists(name string) bool { _, err := os.Stat(name); return err == nil }
