// Package serve is the preview: it serves a site from memory to the person who
// is writing it.
//
// Its law: an open page shows the newest good site, or says why it cannot. A
// build with errors leaves the site as it was and puts the problems into the
// open pages; a build without reloads them. A client that is slow or gone
// never holds up a build.
package serve

import (
	"bytes"
	"crypto/rand"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/output"
)

// Server serves the tree of the last [Server.Update]. The zero Server serves
// a page that says that the site is being built. A Server must not be copied.
type Server struct {
	// Base is the path that the site is served under, such as "/repo/".
	// Empty means "/". It must not change once the server is in use.
	Base string

	now      atomic.Pointer[state]
	updating sync.Mutex
}

// state is what the server knows between two updates. It never changes; the
// channel is closed when another state takes its place.
type state struct {
	build    string      // names what a page shows; another one means: reload
	tree     output.Tree // nil until a build was good
	problems diag.List   // errors of the newest build
	replaced chan struct{}
}

// Update offers a new build. With an error among the problems, the tree is
// ignored and the last good one stays. The tree must not be changed afterwards.
func (s *Server) Update(tree output.Tree, problems diag.List) {
	s.updating.Lock()
	defer s.updating.Unlock()
	old := s.current()
	next := &state{build: old.build, tree: old.tree, replaced: make(chan struct{})}
	for _, p := range problems {
		if p.Severity == diag.Error {
			next.problems = append(next.problems, p)
		}
	}
	switch {
	case len(next.problems) == 0 && !(old.tree != nil && maps.EqualFunc(old.tree, tree, bytes.Equal)):
		next.tree = tree
		next.build = rand.Text()
	case old.tree == nil:
		next.build = rand.Text() // the page of problems is another one
	}
	s.now.Store(next)
	close(old.replaced)
}

// current is the state, also before the first update.
func (s *Server) current() *state {
	if now := s.now.Load(); now != nil {
		return now
	}
	s.now.CompareAndSwap(nil, &state{replaced: make(chan struct{})})
	return s.now.Load()
}

// Handler serves the site under Base, and the preview's own few files at
// /_serve.js, /_serve.css and /_events.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff") // a wrong type shall be noticed here, not on the real site
		if !hostAllowed(r) {
			http.Error(w, "the preview answers to localhost only, not to "+strconv.Quote(r.Host), http.StatusMisdirectedRequest)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		switch r.URL.Path {
		case "/_events":
			s.events(w, r)
		case "/_serve.js":
			send(w, r, http.StatusOK, "_serve.js", script)
		case "/_serve.css":
			send(w, r, http.StatusOK, "_serve.css", style)
		default:
			s.page(w, r)
		}
	})
}

// page answers as a static host does: a folder by its index.html, a folder
// without its slash by a redirect, and what is not there by 404.html.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	now := s.current()
	if now.tree == nil {
		status := http.StatusServiceUnavailable
		if len(now.problems) > 0 {
			status = http.StatusInternalServerError
		}
		send(w, r, status, "index.html", now.inject("index.html", now.page()))
		return
	}
	base := s.base()
	name, inside := strings.CutPrefix(r.URL.Path, base)
	if !inside {
		if r.URL.Path == "/" || r.URL.Path+"/" == base {
			redirect(w, http.StatusFound, base, r.URL.RawQuery)
			return
		}
		http.Error(w, "the site is under "+base, http.StatusNotFound)
		return
	}
	file := name
	if name == "" || strings.HasSuffix(name, "/") {
		file += "index.html"
	}
	if data, ok := now.tree[file]; ok {
		send(w, r, http.StatusOK, file, now.inject(file, data))
		return
	}
	if _, ok := now.tree[name+"/index.html"]; ok {
		redirect(w, http.StatusMovedPermanently, base+name+"/", r.URL.RawQuery)
		return
	}
	if data, ok := now.tree["404.html"]; ok {
		send(w, r, http.StatusNotFound, "404.html", now.inject("404.html", data))
		return
	}
	http.Error(w, "there is no such page, and no 404.html to say so", http.StatusNotFound)
}

// base is Base with a slash on either side.
func (s *Server) base() string {
	return strings.TrimSuffix("/"+strings.Trim(s.Base, "/"), "/") + "/"
}

func redirect(w http.ResponseWriter, status int, to, query string) {
	location := url.URL{Path: to, RawQuery: query}
	w.Header().Set("Location", location.String())
	w.WriteHeader(status)
}

// inject adds the preview's script to a page of HTML. The script is a file
// and not inline because the page's own policy forbids inline script; what it
// must know is the build that the page came from.
func (now *state) inject(file string, data []byte) []byte {
	if path.Ext(file) != ".html" {
		return data
	}
	tag := `<script src="/_serve.js" type="module" data-build="` + now.build + `"></script>`
	at := bytes.LastIndex(data, []byte("</body>"))
	if at < 0 {
		at = len(data) // the end tags may be left out, and often are
	}
	return slices.Concat(data[:at], []byte(tag), data[at:])
}

func send(w http.ResponseWriter, r *http.Request, status int, file string, data []byte) {
	header := w.Header()
	header.Set("Content-Type", contentType(file))
	header.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data) // an error means that the client has gone
	}
}

// contentType does not ask the machine's own table, which differs from one
// machine to the next.
func contentType(file string) string {
	switch path.Ext(file) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".wasm":
		return "application/wasm"
	case ".md":
		return "text/markdown; charset=utf-8"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".xml":
		return "application/xml"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".pdf":
		return "application/pdf"
	}
	return "application/octet-stream"
}

// hostAllowed refuses foreign names for a server on the loopback interface: a
// web page elsewhere could point its own name at 127.0.0.1 and read the
// unpublished site (DNS rebinding).
func hostAllowed(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return true
	}
	at, err := netip.ParseAddrPort(local.String())
	if err != nil || !at.Addr().Unmap().IsLoopback() {
		return true
	}
	host := (&url.URL{Host: r.Host}).Hostname()
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
