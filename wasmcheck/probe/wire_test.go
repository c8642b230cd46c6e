package probe

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"
)

// shown tells whether a text can be shown on a terminal as it is.
func shown(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != 0xad })
}

// FuzzAnAnswerIsReadAsNetHTTPReadsIt: where net/http finds headers, the same status and the same way on are found here; of anything
// else nothing is found that a terminal would obey.
func FuzzAnAnswerIsReadAsNetHTTPReadsIt(f *testing.F) {
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 301 Moved\r\nLocation: https://example.com/?token=hush#x\r\nServer: nginx\r\n\r\n", "HTTP/1.0 400 Bad Request\n\n",
		"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200\r\nlocation:\x1b[2J\u202e\r\n\r\n", "HTTP/1.1 999\r\n\r\n", "HTTP/1.1 2\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
		"HTTP/2 200\r\n\r\n", "\x15\x03\x03\x00\x02\x02\x28", "SSH-2.0-x\r\n", "HTTP/1.1 301 a\r\nLocation: a\r\nLocation: b\r\n\r\n", "HTTP/1.1 302 a\r\n Location: a\r\n\r\n", "", "H",
		"HTTP/1.1 103 Early Hint \r\nLink: x#\n\r\nHTTP/1.1 204 No Content\r\n\r\n", // both kinds of line ends
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		here, there := net.Pipe()
		go func() {
			bufio.NewReader(there).ReadString('\n')
			go io.Copy(io.Discard, there)
			there.Write(answer)
			there.Close()
		}()
		p := ask(here, http.MethodHead, "example.com", "/", "https", 5*time.Second)
		here.Close()
		for _, said := range []string{p.location, p.server, p.ray} {
			if !shown(said) || len(said) > 4*201 {
				t.Fatalf("%q is told of %q", said, answer)
			}
		}
		if place, query, _ := strings.Cut(p.location, "?"); query != "" && query != "…" && !strings.HasSuffix(place, "…") {
			t.Fatalf("%q is told of %q", p.location, answer)
		}
		if (p.failed == "") != (p.status >= 100) {
			t.Fatalf("%+v of %q", p, answer)
		}
		r := bufio.NewReader(bytes.NewReader(answer))
		response, err := http.ReadResponse(r, &http.Request{Method: http.MethodHead})
		for n := 0; err == nil && response.StatusCode/100 == 1 && n < maxInterim; n++ {
			response, err = http.ReadResponse(r, &http.Request{Method: http.MethodHead})
		}
		if err != nil || !strings.HasPrefix(response.Proto, "HTTP/1.") || !bytes.HasPrefix(answer, []byte("HTTP/1.")) {
			return
		}
		if response.StatusCode < 100 { // net/http takes what has no class in RFC 9110
			if p.failed != "not_http" {
				t.Fatalf("%+v of the status %d of %q", p, response.StatusCode, answer)
			}
			return
		}
		if p.status != response.StatusCode {
			t.Fatalf("status %d (%s), and net/http reads %d of %q", p.status, p.failed, response.StatusCode, answer)
		}
	})
}

// TestAnAnswerThatDribblesEndsInTime: a byte a while is no way to hold a probe.
func TestAnAnswerThatDribblesEndsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there := net.Pipe()
		go func() {
			go io.Copy(io.Discard, there)
			io.WriteString(there, "HTTP/1.1 200 OK\r\n")
			for {
				if _, err := io.WriteString(there, "X: y\r\n"); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
		began := time.Now()
		p := ask(here, http.MethodHead, "example.com", "/", "", 5*time.Second)
		if took := time.Since(began); p.failed != "slow" || took != 5*time.Second {
			t.Errorf("%s after %v", p.failed, took)
		}
		here.Close()
		there.Close()
		time.Sleep(2 * time.Second) // for whoever sends to notice
	})
}
