package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a command may be told on a system where nobody here could run it. Each list
// has what is in use: one more is added when its documentation has been read.
var (
	// libreSSL is openssl on a Mac, by command: openssl(1) of LibreSSL,
	// https://man.openbsd.org/openssl. x509 has no -ext there, s_client no
	// -verify_hostname.
	libreSSL = map[string][]string{
		"s_client": {"-connect", "-servername", "-showcerts", "-tls1_2", "-cipher", "-msg"},
		"x509":     {"-noout", "-subject", "-issuer", "-dates", "-enddate", "-serial", "-text", "-checkend"},
		"sha256":   {},
	}
	// schannel is curl.exe, which Windows builds with Schannel:
	// https://curl.se/docs/manpage.html, where an option that Schannel lacks says so.
	// Of the letters of -sS each is an option.
	schannel = map[string]bool{
		"s": true, "S": true, "k": true, "v": true, "o": true, "w": true, "m": true, "I": true, "i": true, "L": true, "H": true, "O": true, "D": true, "d": true,
		"connect-to": true, "connect-timeout": true, "resolve": true, "cacert": true, "ssl-revoke-best-effort": true,
		"tlsv1.2": true, "tls-max": true, "http1.1": true, "http2": true, "max-redirs": true, "hsts": true,
	}
	// cmdlets are PowerShell's, as Windows comes with it:
	// https://learn.microsoft.com/powershell/module/
	cmdlets = []string{"Compare-Object", "ForEach-Object", "Format-List", "Get-FileHash", "Out-Host", "Resolve-DnsName", "Select-Object", "Select-String", "Sort-Object"}
)

// form is what one system or several are told to type.
type form struct{ place, systems, code string }

// forms are those of all commands in articles and recipes, without what is
// printed in return.
func forms(t *testing.T) []form {
	t.Helper()
	var all []form
	for _, file := range written(t) {
		for _, m := range fence.FindAllStringSubmatch(aroundTabs.ReplaceAllString(read(t, file), ""), -1) {
			if m[3] != "command" {
				continue
			}
			code := regexp.MustCompile("(?m)^"+m[1]).ReplaceAllString(m[4], "")
			for f := range strings.SplitSeq("\n"+code, "\n=== ") {
				systems, code, _ := strings.Cut(f, "\n")
				if strings.TrimSpace(code) != "" {
					all = append(all, form{file, systems, entered(code)})
				}
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("no command has forms by system")
	}
	return all
}

func written(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"../content/articles/*/*.md", "../content/recipes/*/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files...)
	}
	return all
}

// entered is code without the answers, where lines that are typed have a prompt.
func entered(code string) string {
	var lines []string
	for _, m := range prompt.FindAllStringSubmatch(code, -1) {
		lines = append(lines, m[1])
	}
	if len(lines) == 0 {
		return code
	}
	return strings.Join(lines, "\n")
}

var (
	quoted   = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	openssl  = regexp.MustCompile(`openssl (\w+)([^|<\n]*)`)
	curlexe  = regexp.MustCompile(`curl\.exe ([^|;})\n]*)`)
	option   = regexp.MustCompile(`(?:^| )(-[-\w.]+)`)
	unixOnly = regexp.MustCompile(`/dev/null|<<|\bgrep\b|\bawk\b|\bsed\b|\bcurl |\bopenssl\b|\bsudo\b|&&|(?m)\\$`)
	cmdlet   = regexp.MustCompile(`\b[A-Z]\w+-[A-Z]\w+`)
)

func TestEveryFormForMacOSUsesOptionsThatLibreSSLHas(t *testing.T) {
	for _, f := range forms(t) {
		if !strings.Contains(f.systems, "macos") {
			continue
		}
		for _, m := range openssl.FindAllStringSubmatch(comment.ReplaceAllString(f.code, ""), -1) {
			known, ok := libreSSL[m[1]]
			if !ok {
				t.Errorf("%s: openssl %s on a Mac: is it in LibreSSL?\n%s", f.place, m[1], f.code)
			}
			for _, o := range option.FindAllStringSubmatch(quoted.ReplaceAllString(m[2], ""), -1) {
				if !slices.Contains(known, o[1]) {
					t.Errorf("%s: openssl %s %s on a Mac: does LibreSSL have it?\n%s", f.place, m[1], o[1], f.code)
				}
			}
		}
	}
}

// comment is a line that says something to the reader, not to the shell.
var comment = regexp.MustCompile(`(?m)^#.*$`)

func TestEveryFormForWindowsIsPowerShellWithOptionsThatItsCurlHas(t *testing.T) {
	for _, f := range forms(t) {
		if !strings.Contains(f.systems, "windows") {
			continue
		}
		code := comment.ReplaceAllString(f.code, "")
		if bad := unixOnly.FindString(quoted.ReplaceAllString(code, "''")); bad != "" {
			t.Errorf("%s: %q is not for PowerShell\n%s", f.place, bad, f.code)
		}
		for _, name := range cmdlet.FindAllString(quoted.ReplaceAllString(code, ""), -1) {
			if !slices.Contains(cmdlets, name) {
				t.Errorf("%s: %s: does Windows come with it?\n%s", f.place, name, f.code)
			}
		}
		for _, m := range curlexe.FindAllStringSubmatch(quoted.ReplaceAllString(code, "''"), -1) {
			for _, o := range option.FindAllStringSubmatch(m[1], -1) {
				long, is := strings.CutPrefix(o[1], "--")
				names := []string{long}
				if !is {
					names = strings.Split(o[1][1:], "")
				}
				for _, name := range names {
					if !schannel[name] {
						t.Errorf("%s: curl.exe %s: does Windows's curl have it?\n%s", f.place, o[1], f.code)
					}
				}
			}
		}
	}
}

// unlike is what Windows has nothing of its own for: to show the certificates as they were sent, the
// messages of a handshake, and to choose ciphers by name.
var unlike = regexp.MustCompile(`-cipher|-msg |Certificate chain|\^ \*i:`)

// TestEveryCommandThatAReaderTypesHasAFormForTheirSystem: what asks a site or an
// origin is typed at the reader's own desk, which is seldom a Linux. With sudo it
// is typed on the server, and so is what compares a file there with what is served.
func TestEveryCommandThatAReaderTypesHasAFormForTheirSystem(t *testing.T) {
	asks := regexp.MustCompile(`(?m)^(\$ )?(curl|openssl s_client|dig|for ) ?.*(example\.com|203\.0\.113|--connect-to)`)
	for _, file := range written(t) {
		for _, m := range fence.FindAllStringSubmatch(aroundTabs.ReplaceAllString(read(t, file), ""), -1) {
			name, _, _ := strings.Cut(m[3], " ")
			code := regexp.MustCompile("(?m)^"+m[1]).ReplaceAllString(m[4], "")
			if name != "bash" && name != "console" || !asks.MatchString(code) {
				continue
			}
			if !strings.Contains(code, "sudo ") && !strings.Contains(code, " -in /etc/") && !unlike.MatchString(code) {
				t.Errorf("%s: a command for Linux alone\n%s", file, code)
			}
		}
	}
}
