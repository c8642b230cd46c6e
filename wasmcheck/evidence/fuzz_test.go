package evidence_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/evidence"
)

// FuzzRead holds that whatever is pasted is read, within its limits, into JSON; that no line is named that the paste does not
// have; that what is masked stays masked when it is read again; and that no command that is told has a sign of the paste's with
// which a shell does more.
func FuzzRead(f *testing.F) {
	for _, s := range samples(f, "testdata/samples.jsonl") {
		f.Add(s.paste(f))
	}
	for _, host := range []string{"$(id).com", "x`id`", "a;id", "a|id", "a&id", "-x", "a\"id"} {
		for _, command := range []string{"$ openssl s_client -connect 203.0.113.10:443 -servername ", "$ openssl s_client -connect ", "$ curl -v --resolve x:443:203.0.113.10 https://", "$ curl -kv https://203.0.113.10/ -H Host:", "$ gnutls-cli "} {
			f.Add(command + host)
			f.Add(command + "'" + host + "'")
		}
	}
	f.Add("define('WP_HOME', 'ftp://example.com'); define('DB_NAME', 'x');")
	f.Add("b@example.com:" + strings.Repeat("hunter2", 12))
	f.Add("client_random 0123456789abcdef0123456789abcdef Private-Lines: 2 AAAA") // a line that was shorter by then
	f.Add("redirected you too many tim!0")                                        // a mark near the end was once cut behind it
	f.Fuzz(func(t *testing.T, paste string) {
		raw := api.Read(paste, "2026-11-28")
		var r said
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		lines := strings.Count(paste, "\n") + 1
		for _, a := range slices.Concat(r.Answers, r.Offers) {
			for _, n := range a.Lines {
				if n < 1 || n > lines {
					t.Errorf("%s=%s stands in line %d of %d", a.Question, a.Value, n, lines)
				}
			}
		}
		for _, x := range r.Facts {
			if x.Line < 1 || x.Line > lines || len(x.Quote) > 120 {
				t.Errorf("%s=%s: line %d of %d, %q", x.ID, x.Value, x.Line, lines, x.Quote)
			}
		}
		for _, n := range r.Next {
			if strings.ContainsAny(n.Command+n.MacOS+n.Windows, "`$;|&(){}\\\"\n") {
				t.Errorf("%s: %s", n.ID, n.Command)
			}
		}
		again := evidence.Read(evidence.Mask(paste), "")
		for _, s := range again.Secrets {
			if s.ID == "private_key" {
				t.Errorf("a private key was left in line %d", s.From)
			}
		}
	})
}

// TestAPasteOfAnySizeIsReadSoon holds pastes that are made to be slow to seconds, on a machine that has other things to do: what
// costs the square of its length takes minutes.
func TestAPasteOfAnySizeIsReadSoon(t *testing.T) {
	all := samples(t, "testdata/samples.jsonl")
	var text strings.Builder
	for text.Len() < 5<<20 {
		for _, s := range all {
			text.WriteString(s.paste(t))
			text.WriteByte('\n')
		}
	}
	log := strings.Repeat(`2026/11/28 03:02:18 [info] 29393#29393: *28 SSL_do_handshake() failed (SSL: error:0A0000C1:SSL routines::no shared cipher) while SSL handshaking, client: 172.70.222.41, server: 0.0.0.0:443`+"\n", 5000)
	for _, row := range []struct {
		name, paste string
		within      time.Duration
	}{
		{"100 KB of all kinds", text.String()[:100_000], time.Second},
		{"5 MB of all kinds", text.String(), 10 * time.Second},
		{"a log of 1 MB", log, 10 * time.Second},
		{"a line of 1 MB", strings.Repeat("error ", 170_000), 10 * time.Second},
		{"a line of 1 MB without spaces", strings.Repeat("a", 1<<20), 10 * time.Second},
		{"a million line breaks", strings.Repeat("\n", 1<<20), 10 * time.Second},
		{"a line of addresses", strings.Repeat("https://a:b@example.com/?token=abcdef ", 27_000), 10 * time.Second},
		{"a line of quotation marks", strings.Repeat(`"`, 1<<20), 10 * time.Second},
		{"prompts", strings.Repeat("$ curl -v https://203.0.113.10/\n", 30_000), 10 * time.Second},
		{"keys that do not end", strings.Repeat("-----BEGIN PRIVATE KEY-----\n", 36_000), 10 * time.Second},
		{"names and values", strings.Repeat(`"name":"cookie","value":"x",`, 37_000), 10 * time.Second},
		{"logins without a scheme", strings.Repeat("a:b@c.de/", 110_000), 10 * time.Second},
		{"logins and options", strings.Repeat("curl -u a:bcde@f.gh ", 50_000), 10 * time.Second},
		{"what is said of passwords", strings.Repeat("the password for it is hunter2 ", 33_000), 10 * time.Second},
		{"a password again and again", "password: hunter2\n" + strings.Repeat("hunter2 ", 64_000), 10 * time.Second},
		{"passwords without spaces", strings.Repeat("パスワードはa", 50_000), 10 * time.Second},
		{"options without an end", strings.Repeat("-u", 500_000) + " curl " + strings.Repeat("-u ", 100_000), 10 * time.Second},
		{"a command whose quotation does not end", `curl 'x" -y`, time.Second},
		{"redirects without an end", strings.Repeat("HTTP/2 301\nlocation: https://a.example.com/\n", 22_000), 10 * time.Second},
		{"a recording without an end", `"entries"` + strings.Repeat(`{"request":{"url":"https://a.b/"},"status":301,"redirecturl":"/"},`, 15_000), 10 * time.Second},
		{"sites", numbered("h%d.example.com {\n\treverse_proxy :80\n}\n"), time.Second},
		{"sites of nginx", numbered("server { listen 80; server_name h%d.example.com; return 301 https://$host; }\n"), 2 * time.Second},
		{"ports", numbered("LISTEN 0 511 0.0.0.0:%d 0.0.0.0:*\n"), 2 * time.Second},
		{"hosts in a log", numbered("2026/11/28 10:00:00 [error] 7#7: *1 client closed connection while SSL handshaking, client: 203.0.113.7, server: h%d.example.com\n"), time.Second},
		{"pages of a browser's", numbered("ERR_SSL_VERSION_OR_CIPHER_MISMATCH on h%d.example.com\n"), time.Second},
		{"tags", strings.Repeat("<br><script>&lt;", 60_000), 10 * time.Second},
	} {
		best := time.Hour
		for range 3 { // the machine has other things to do
			start := spent()
			api.Read(row.paste, "2026-11-28")
			if best = min(best, spent()-start); best < row.within {
				break
			}
		}
		t.Logf("%s: %v", row.name, best)
		if best > row.within {
			t.Errorf("%s takes %v, more than %v", row.name, best, row.within)
		}
	}
}

// numbered is a megabyte of a line, with another number in each.
func numbered(line string) string {
	var text strings.Builder
	for n := 1; text.Len() < 1<<20-len(line)-8; n++ {
		fmt.Fprintf(&text, line, n)
	}
	return text.String()
}
