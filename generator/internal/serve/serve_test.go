package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/output"
)

var site = output.Tree{
	"index.html":              []byte("<!doctype html><html lang=ja><body><p>root</body></html>"),
	"ja/error-525/index.html": []byte("<!doctype html><p>no end tags, and </BODY> is not one that we look for"),
	"404.html":                []byte("<body>not here</body>"),
	"ja/error-525/index.md":   []byte("# 525 </body>"),
	"assets/1f/check.wasm":    []byte("\x00asm"),
}

var broken = diag.List{
	{File: "content/articles/error-525/en.md", Line: 31, Col: 7, Message: `no heading "<befor>"`, Rule: "link-anchor", Hint: "did you mean #before?"},
	{File: "content/site.yaml", Message: "no title", Severity: diag.Error},
	{File: "content/a.md", Line: 2, Message: "stale", Severity: diag.Warning},
}

func get(t *testing.T, s *Server, method, target string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(method, target, nil))
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func serving(base string) *Server {
	s := &Server{Base: base}
	s.Update(site, nil)
	return s
}

func TestAnAddressAnswersAsOnAStaticHost(t *testing.T) {
	for _, base := range []string{"", "/repo/"} {
		prefix := strings.TrimSuffix(base, "/")
		for _, c := range []struct {
			path     string
			status   int
			kind     string
			location string
		}{
			{path: "/", status: 200, kind: "text/html; charset=utf-8"},
			{path: "/index.html", status: 200, kind: "text/html; charset=utf-8"},
			{path: "/ja/error-525/", status: 200, kind: "text/html; charset=utf-8"},
			{path: "/ja/error-525?q=1&r=%2F", status: 301, location: prefix + "/ja/error-525/?q=1&r=%2F"},
			{path: "/ja/error-525/index.md", status: 200, kind: "text/markdown; charset=utf-8"},
			{path: "/assets/1f/check.wasm", status: 200, kind: "application/wasm"},
			{path: "/ja/", status: 404, kind: "text/html; charset=utf-8"},
			{path: "/ja", status: 404, kind: "text/html; charset=utf-8"},
			{path: "/ja/error-525/index.md/", status: 404, kind: "text/html; charset=utf-8"},
			{path: "//example.com/", status: 404, kind: "text/html; charset=utf-8"},
			{path: "/../../etc/passwd", status: 404, kind: "text/html; charset=utf-8"},
			{path: "/%2e%2e/%2e%2e/etc/passwd", status: 404, kind: "text/html; charset=utf-8"},
			{path: "/ja/../index.html", status: 404, kind: "text/html; charset=utf-8"},
		} {
			r := get(t, serving(base), "GET", "http://localhost"+prefix+c.path)
			if r.StatusCode != c.status || r.Header.Get("Content-Type") != c.kind || r.Header.Get("Location") != c.location {
				t.Errorf("%s%s: %d %q to %q, want %d %q to %q", prefix, c.path,
					r.StatusCode, r.Header.Get("Content-Type"), r.Header.Get("Location"), c.status, c.kind, c.location)
			}
			if r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s%s may be stored", prefix, c.path)
			}
			if r.StatusCode == 404 && !strings.Contains(body(t, r), "not here") {
				t.Errorf("%s%s does not show the site's own 404.html", prefix, c.path)
			}
		}
	}
}

func TestUnderABasePathNothingElseIsTheSite(t *testing.T) {
	for path, want := range map[string]struct {
		status   int
		location string
	}{
		"/":           {302, "/repo/"},
		"/repo":       {302, "/repo/"},
		"/repo?a=b":   {302, "/repo/?a=b"},
		"/index.html": {404, ""},
		"/repository": {404, ""},
		"/404.html":   {404, ""},
	} {
		for _, base := range []string{"/repo/", "/repo", "repo"} {
			r := get(t, serving(base), "GET", "http://localhost"+path)
			if r.StatusCode != want.status || r.Header.Get("Location") != want.location {
				t.Errorf("base %q: %s: %d %q, want %v", base, path, r.StatusCode, r.Header.Get("Location"), want)
			}
		}
	}
}

func TestEveryKindOfFileHasItsType(t *testing.T) {
	for file, want := range map[string]string{
		"a.css": "text/css; charset=utf-8", "a.js": "text/javascript; charset=utf-8", "a.svg": "image/svg+xml",
		"feed.xml": "application/xml", "robots.txt": "text/plain; charset=utf-8", "a.json": "application/json",
		"a.png": "image/png", "favicon.ico": "image/x-icon", "app.webmanifest": "application/manifest+json",
		".nojekyll": "application/octet-stream",
	} {
		s := &Server{}
		s.Update(output.Tree{file: []byte("x")}, nil)
		r := get(t, s, "GET", "/"+file)
		if got := r.Header.Get("Content-Type"); got != want {
			t.Errorf("%s is %q, want %q", file, got, want)
		}
		if got := body(t, r); got != "x" {
			t.Errorf("%s was changed to %q", file, got)
		}
	}
}

func TestHeadSendsTheHeadOfGetAndOtherMethodsAreRefused(t *testing.T) {
	s := serving("")
	for _, path := range []string{"/", "/ja/error-525/index.md", "/nowhere", "/_serve.js"} {
		g, h := get(t, s, "GET", path), get(t, s, "HEAD", path)
		if g.StatusCode != h.StatusCode || fmt.Sprint(g.Header) != fmt.Sprint(h.Header) {
			t.Errorf("%s: GET %v, HEAD %v", path, g.Header, h.Header)
		}
		if text := body(t, h); text != "" {
			t.Errorf("%s: HEAD sent %q", path, text)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		if r := get(t, s, method, "/"); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, r.StatusCode)
		}
	}
}

var injected = regexp.MustCompile(`<script src="/_serve.js" type="module" data-build="(\w*)"></script>`)

// build is what a page says that it came from.
func build(t *testing.T, page string) string {
	t.Helper()
	found := injected.FindAllStringSubmatch(page, -1)
	if len(found) != 1 {
		t.Fatalf("the page has the script %d times: %s", len(found), page)
	}
	return found[0][1]
}

func TestPagesGetOneScriptAtTheEndOfTheirBodyAndOtherFilesNone(t *testing.T) {
	s := serving("")
	for path, want := range map[string]string{
		"/":              "<!doctype html><html lang=ja><body><p>root*</body></html>",
		"/ja/error-525/": "<!doctype html><p>no end tags, and </BODY> is not one that we look for*",
		"/nowhere":       "<body>not here*</body>",
	} {
		r := get(t, s, "GET", path)
		page := body(t, r)
		build(t, page)
		if got := injected.ReplaceAllString(page, "*"); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
		if r.Header.Get("Content-Length") != fmt.Sprint(len(page)) {
			t.Errorf("%s: length %s of %d", path, r.Header.Get("Content-Length"), len(page))
		}
	}
	if got := body(t, get(t, s, "GET", "/ja/error-525/index.md")); got != "# 525 </body>" {
		t.Errorf("Markdown was changed to %q", got)
	}
	if string(site["404.html"]) != "<body>not here</body>" {
		t.Error("the tree was changed")
	}
}

func TestWhileNoBuildWasGoodEveryAddressShowsTheProblems(t *testing.T) {
	s := &Server{Base: "/repo/"}
	first := get(t, s, "GET", "/repo/ja/")
	before := build(t, body(t, first))
	if first.StatusCode != 503 {
		t.Errorf("before the first build: %d", first.StatusCode)
	}

	s.Update(nil, broken)
	for _, path := range []string{"/", "/repo/", "/repo/ja/error-525/", "/nowhere"} {
		r := get(t, s, "GET", path)
		page := body(t, r)
		if r.StatusCode != 500 || build(t, page) == before {
			t.Errorf("%s: %d, build %q", path, r.StatusCode, build(t, page))
		}
		for _, want := range []string{
			"<title>2 problems</title>", "<code>content/articles/error-525/en.md:31:7</code>",
			"no heading &#34;&lt;befor&gt;&#34; [link-anchor]", "did you mean #before?", "<code>content/site.yaml</code>",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not show %q: %s", path, want, page)
			}
		}
		if strings.Contains(page, "stale") {
			t.Errorf("%s shows a warning as a problem", path)
		}
	}
	s.Update(site, nil)
	if r := get(t, s, "GET", "/repo/"); r.StatusCode != 200 {
		t.Errorf("after a good build: %d", r.StatusCode)
	}
}

func TestABuildWithErrorsLeavesTheLastGoodSite(t *testing.T) {
	s := serving("")
	before := body(t, get(t, s, "GET", "/"))
	s.Update(output.Tree{"index.html": []byte("half")}, broken)
	if after := body(t, get(t, s, "GET", "/")); after != before {
		t.Errorf("the site became %s", after)
	}
}

func TestABuildWithWarningsIsServed(t *testing.T) {
	s := serving("")
	s.Update(output.Tree{"index.html": []byte("new")}, diag.List{{Message: "stale", Severity: diag.Warning}})
	if after := body(t, get(t, s, "GET", "/")); !strings.HasPrefix(after, "new") {
		t.Errorf("the site is %s", after)
	}
}

// stream is an open page: it collects what it is told.
type stream struct {
	header http.Header
	mu     sync.Mutex
	text   strings.Builder
}

func (s *stream) Header() http.Header              { return s.header }
func (s *stream) WriteHeader(int)                  {}
func (s *stream) Flush()                           {}
func (s *stream) SetWriteDeadline(time.Time) error { return nil }

func (s *stream) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

// take is what came since the last take.
func (s *stream) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.text.Reset()
	return s.text.String()
}

// open connects a page to the events. It must be called in a synctest bubble.
func open(t *testing.T, s *Server) *stream {
	page := &stream{header: http.Header{}}
	r := httptest.NewRequest("GET", "/_events", nil).WithContext(t.Context())
	go s.Handler().ServeHTTP(page, r)
	synctest.Wait()
	return page
}

type status struct {
	Build  string
	Report *report
}

func events(t *testing.T, text string) (all []status) {
	t.Helper()
	for block := range strings.SplitSeq(text, "\n\n") {
		data, ok := strings.CutPrefix(block, "data: ")
		if !ok {
			continue
		}
		var s status
		if err := json.Unmarshal([]byte(data), &s); err != nil {
			t.Fatalf("%v in %q", err, data)
		}
		all = append(all, s)
	}
	return all
}

func one(t *testing.T, text string) status {
	t.Helper()
	all := events(t, text)
	if len(all) != 1 {
		t.Fatalf("%d events in %q, want 1", len(all), text)
	}
	return all[0]
}

func TestAnOpenPageHearsOfEachBuildAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serving("")
		page := open(t, s)
		text := page.take()
		if page.header.Get("Content-Type") != "text/event-stream" || !strings.HasPrefix(text, "retry: ") {
			t.Errorf("the stream begins with %v %q", page.header, text)
		}
		first := one(t, text)
		if got := build(t, body(t, get(t, s, "GET", "/"))); first.Build != got || first.Report != nil {
			t.Errorf("the page came from %q and hears %+v", got, first)
		}

		start := time.Now()
		s.Update(output.Tree{"index.html": []byte("new")}, nil)
		synctest.Wait()
		if second := one(t, page.take()); second.Build == first.Build || second.Report != nil {
			t.Errorf("after a new build: %+v", second)
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("the news waited %v for a timer", waited)
		}
	})
}

func TestProblemsReachOpenPagesAndGoAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serving("")
		page := open(t, s)
		first := one(t, page.take())

		s.Update(nil, broken)
		synctest.Wait()
		bad := one(t, page.take())
		if bad.Build != first.Build || bad.Report == nil || bad.Report.Heading != "2 problems" {
			t.Fatalf("after a bad build: %+v", bad)
		}
		want := notice{"content/articles/error-525/en.md:31:7", `no heading "<befor>" [link-anchor]`, "did you mean #before?"}
		if bad.Report.Problems[0] != want {
			t.Errorf("the page hears %+v, want %+v", bad.Report.Problems[0], want)
		}

		s.Update(site, nil)
		synctest.Wait()
		if good := one(t, page.take()); good.Build != first.Build || good.Report != nil {
			t.Errorf("after the same site was built again: %+v", good)
		}
	})
}

func TestThePageOfProblemsReloadsWhenTheyChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Server{}
		page := open(t, s)
		seen := map[string]bool{one(t, page.take()).Build: true}
		for _, problems := range []diag.List{broken, broken[1:], nil} {
			s.Update(site, problems)
			synctest.Wait()
			now := one(t, page.take())
			if seen[now.Build] || now.Report != nil {
				t.Errorf("after %d problems: %+v, want a reload", len(problems), now)
			}
			seen[now.Build] = true
		}
	})
}

func TestAThousandProblemsDoNotFillTheScreen(t *testing.T) {
	many := make(diag.List, 1000)
	r := newReport(many, "")
	if r.Heading != "1000 problems" || len(r.Problems) != 50 || !strings.Contains(r.More, "950") {
		t.Errorf("heading %q, %d shown, then %q", r.Heading, len(r.Problems), r.More)
	}
}

func TestAQuietStreamIsKeptAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		page := open(t, serving(""))
		page.take()
		time.Sleep(4*keepAlive + time.Second) // the bubble's clock, not ours
		synctest.Wait()
		if got := page.take(); got != strings.Repeat(":\n\n", 4) {
			t.Errorf("a quiet minute sent %q", got)
		}
	})
}

// stuck is a client that takes nothing until it is let go.
type stuck struct {
	stream
	free chan struct{}
}

func (s *stuck) Write(b []byte) (int, error) {
	<-s.free
	return s.stream.Write(b)
}

func TestAClientThatTakesNothingHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serving("")
		slow := &stuck{stream{header: http.Header{}}, make(chan struct{})}
		go s.Handler().ServeHTTP(slow, httptest.NewRequest("GET", "/_events", nil).WithContext(t.Context()))
		quick := open(t, s)
		quick.take()
		for i := range 100 {
			s.Update(output.Tree{"index.html": fmt.Append(nil, i)}, nil)
			synctest.Wait()
			one(t, quick.take())
		}
		close(slow.free)
		synctest.Wait()
		heard := one(t, slow.take())
		if newest := build(t, body(t, get(t, s, "GET", "/"))); heard.Build != newest {
			t.Errorf("the slow client ends at %q, the site at %q", heard.Build, newest)
		}
	})
}

// running serves on a free port until the test ends or stop is called; stop
// returns how long the end took.
func running(t *testing.T, s *Server) (url string, stop func() time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	listener, err := Listen(ctx, "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener) }()
	stop = func() time.Duration {
		start := time.Now()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		done <- nil
		return time.Since(start)
	}
	t.Cleanup(func() { stop() })
	return s.URL(listener), stop
}

func TestOpenStreamsDoNotDelayTheEnd(t *testing.T) {
	s := serving("/repo/")
	url, stop := running(t, s)
	if !strings.HasPrefix(url, "http://localhost:") || !strings.HasSuffix(url, "/repo/") {
		t.Errorf("the site is at %q", url)
	}
	root := strings.TrimSuffix(url, "repo/")
	var streams []*bufio.Reader
	for range 3 {
		r, err := http.Get(root + "_events")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		stream := bufio.NewReader(r.Body)
		if line, err := stream.ReadString('\n'); err != nil || !strings.HasPrefix(line, "retry") {
			t.Fatalf("the stream begins with %q, %v", line, err)
		}
		streams = append(streams, stream)
	}
	if took := stop(); took > time.Second {
		t.Errorf("the end took %v", took)
	}
	for _, stream := range streams {
		if _, err := io.ReadAll(stream); err != nil {
			t.Errorf("a stream was torn: %v", err)
		}
	}
}

func TestOnLoopbackForeignHostNamesAreRefused(t *testing.T) {
	url, _ := running(t, serving(""))
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8525": 200, "127.0.0.1": 200, "127.0.0.1:80": 200, "[::1]:8525": 200, "site.localhost:1": 200,
		"evil.example": 421, "evil.example:8525": 421, "localhost.evil.example": 421, "192.0.2.1": 421, "localhost@evil.example": 421,
	} {
		r, err := http.NewRequest("GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want && !(want == 421 && answer.StatusCode == 400) {
			t.Errorf("host %q: %d, want %d", host, answer.StatusCode, want)
		}
	}
}

func TestABadOrBusyAddressIsOneClearLine(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	_, port, _ := net.SplitHostPort(busy.Addr().String())
	for addr, want := range map[string]string{
		busy.Addr().String():    "port " + port + " is in use; choose another with -addr",
		"localhost":             `-addr "localhost" is not host:port`,
		"8525":                  "is not host:port",
		"localhost:99999":       "the port is a number from 0 to 65535",
		"localhost:http":        "the port is a number from 0 to 65535",
		"localhost:":            "the port is a number from 0 to 65535",
		"192.0.2.1:8525":        `"192.0.2.1" is no address of this machine`,
		"nowhere.invalid.:8525": "no address of this machine",
	} {
		listener, err := Listen(t.Context(), addr)
		if err == nil {
			listener.Close()
			t.Errorf("%q was opened", addr)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, want %q", addr, err, want)
		}
	}
}

func TestTheOverlayKeepsToThePagesPolicy(t *testing.T) {
	for _, forbidden := range []string{"innerHTML", "setAttribute(\"style", "eval(", "new Function", "insertAdjacentHTML"} {
		if bytes.Contains(script, []byte(forbidden)) {
			t.Errorf("the script uses %s", forbidden)
		}
	}
	for _, forbidden := range []string{"<style", "style=", "<script", "onclick="} {
		if strings.Contains(problemsHTML, forbidden) {
			t.Errorf("the page of problems has %s", forbidden)
		}
	}
}
