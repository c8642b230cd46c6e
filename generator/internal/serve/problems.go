package serve

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"sslclinic/generator/internal/diag"
)

//go:embed serve.js
var script []byte

//go:embed serve.css
var style []byte

//go:embed problems.html
var problemsHTML string

var problemsTemplate = template.Must(template.New("problems").Parse(problemsHTML))

// report is a list of problems in words, for a page to show. The words are
// here and not in the script.
type report struct {
	Heading  string   `json:"heading"`
	Note     string   `json:"note"`
	Dismiss  string   `json:"dismiss"`
	Problems []notice `json:"problems"`
	More     string   `json:"more,omitempty"`
}

type notice struct {
	Place   string `json:"place"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// mostShown keeps a slip that breaks every page from filling the screen: who
// sees this many has enough to begin with, and the terminal has them all.
const mostShown = 50

func newReport(problems diag.List, note string) *report {
	r := &report{Heading: fmt.Sprintf("%d problems", len(problems)), Note: note, Dismiss: "Dismiss"}
	if len(problems) == 1 {
		r.Heading = "1 problem"
	}
	for _, p := range problems[:min(len(problems), mostShown)] {
		n := notice{Place: p.File, Message: p.Message, Hint: p.Hint}
		if p.Line > 0 {
			n.Place += fmt.Sprintf(":%d", p.Line)
		}
		if p.Line > 0 && p.Col > 0 {
			n.Place += fmt.Sprintf(":%d", p.Col)
		}
		if p.Rule != "" {
			n.Message += " [" + string(p.Rule) + "]"
		}
		r.Problems = append(r.Problems, n)
	}
	if left := len(problems) - mostShown; left > 0 {
		r.More = fmt.Sprintf("And %d more; the terminal shows them all.", left)
	}
	return r
}

// page is what every address shows as long as no build was good.
func (now *state) page() []byte {
	r := &report{Heading: "The site is being built", Note: "This page reloads when it is there."}
	if len(now.problems) > 0 {
		r = newReport(now.problems, "There is no site yet that could be shown. This page reloads when they are solved.")
	}
	var page bytes.Buffer
	if err := problemsTemplate.Execute(&page, r); err != nil {
		panic(err) // the template and the report are both ours
	}
	return page.Bytes()
}

// event is what an open page is told: which build it should show, and what is
// wrong with the newest one.
func (now *state) event() []byte {
	status := struct {
		Build  string  `json:"build"`
		Report *report `json:"report,omitempty"`
	}{Build: now.build}
	if now.tree != nil && len(now.problems) > 0 {
		status.Report = newReport(now.problems, "This page is from the last good build.")
	}
	data, err := json.Marshal(status)
	if err != nil {
		panic(err) // strings only
	}
	return fmt.Appendf(nil, "data: %s\n\n", data)
}

const (
	// keepAlive is less than the time after which proxies and laptops forget
	// an idle connection.
	keepAlive = 15 * time.Second
	// patience is how long a client may take to accept an event.
	patience = 10 * time.Second
	// retry is how soon a browser looks for a server that has gone.
	retry = 500 * time.Millisecond
)

// events tells one page the state, and each later one. Whoever is slow misses
// states in between and none at the end.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	control := http.NewResponseController(w)
	write := func(data []byte) bool {
		// A writer without deadlines or flushing is a test's.
		_ = control.SetWriteDeadline(time.Now().Add(patience))
		_, err := w.Write(data)
		_ = control.Flush()
		return err == nil
	}
	if !write(fmt.Appendf(nil, "retry: %d\n\n", retry.Milliseconds())) {
		return
	}
	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	for {
		now := s.current()
		if !write(now.event()) {
			return
		}
		for waiting := true; waiting; {
			select {
			case <-now.replaced:
				waiting = false
			case <-alive.C:
				if !write([]byte(":\n\n")) {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	}
}
