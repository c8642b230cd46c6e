//go:build !js

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"go.yaml.in/yaml/v4"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/evidence"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/probe"
	"sslclinic/wasmcheck/report"
)

// The exit codes of a probe.
const (
	nothingWrong  = 0
	somethingElse = 1
	mistyped      = 2
	notTested     = 3
)

const probeUsage = `usage: wasmcheck probe HOST ADDRESS [-json] [-timeout 5s] [-edge] [-content DIR] [-base-url URL]

  HOST      the name that visitors ask for, as it stands in the address of the page
  ADDRESS   the origin's, as the DNS record at Cloudflare has it: 203.0.113.10, 2001:db8::10, or the name of a CNAME; with a
            port, [2001:db8::10]:8443, that port is tested in the place of 443, and 80 is not
  -json     the findings as JSON
  -timeout  how long to wait for each connection, handshake and answer, 5s without it
  -edge     ask Cloudflare for HOST too, as a visitor does
  -content  the folder whose site.yaml has the address of the site to which the link leads: content without it
  -base-url the address of that site

It connects to ADDRESS as Cloudflare would, at most 14 times, one after the other, asks for headers alone, and keeps nothing.
It ends with 0 when nothing wrong was found, 1 when something was, 2 when it was mistyped, 3 when it could not test.
`

// A probing is what a probe was asked for.
type probing struct {
	plan          probe.Plan
	named         string // the address, where it is a name
	json          bool
	content, base string
}

// probed tests an origin, and tells what it found.
func probed(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o, err := probeArgs(args)
	if err == nil {
		err = o.where(ctx)
	}
	if err == nil {
		o.base, err = base(o.base, o.content)
	}
	switch err := err.(type) {
	case *model.Problem:
		fmt.Fprintf(stderr, "wasmcheck: %s\nhint: %s\n", err.What, err.Hint)
		return mistyped
	case *probe.Failure:
		fmt.Fprintf(stderr, "wasmcheck: %s\nhint: %s\n", err.What, err.Hint)
		return notTested
	}
	return o.run(ctx, stdout, stderr)
}

// run probes, tells, and gives the exit code.
func (o *probing) run(ctx context.Context, stdout, stderr io.Writer) int {
	news := newProgress(stderr)
	o.plan.Progress = news.begin
	r, err := probe.Run(ctx, o.plan)
	news.end()
	if f, ok := err.(*probe.Failure); ok {
		fmt.Fprintf(stderr, "wasmcheck: %s\nhint: %s\n", f.What, f.Hint)
		return notTested
	}
	link := o.base + "k/check/#v=1&" + r.Query + "&at=result"
	if r.Query == "" {
		link = o.base + "k/check/"
	}
	answer := inWords(o, r, link)
	if o.json {
		answer = inJSON(r, link)
	}
	if _, err := fmt.Fprintf(stdout, "%s\n", answer); err != nil {
		fmt.Fprintf(stderr, "wasmcheck: %v\n", err)
		return notTested
	}
	if len(r.Found) > 0 {
		return somethingElse
	}
	return nothingWrong
}

// probeArgs reads what a probe is asked for; flags stand anywhere. Errors are a *[model.Problem].
func probeArgs(args []string) (*probing, error) {
	o := &probing{plan: probe.Plan{Timeout: probe.Patience, Now: time.Now(), Dial: new(net.Dialer).DialContext, Resolve: net.DefaultResolver.LookupNetIP, Hosts: hostsFile()}}
	var named []string
	for len(args) > 0 {
		flag, value, given := strings.Cut(strings.TrimLeft(args[0], "-"), "=")
		take := func() string {
			if !given && len(args) > 1 {
				value, args = args[1], args[1:]
			}
			return value
		}
		switch {
		case !strings.HasPrefix(args[0], "-"):
			named = append(named, args[0])
		case flag == "json" && !given:
			o.json = true
		case flag == "edge" && !given:
			o.plan.Edge = true
		case flag == "timeout":
			d, err := time.ParseDuration(take())
			if n, bare := strconv.Atoi(value); bare == nil {
				d, err = time.Duration(n)*time.Second, nil
			}
			if err != nil || !probe.Timeout(d) {
				return nil, &model.Problem{What: "-timeout wants how long to wait, from 100ms to 1m", Hint: "write -timeout 5s"}
			}
			o.plan.Timeout = d
		case flag == "content":
			if o.content = take(); o.content == "" {
				return nil, &model.Problem{What: "-content names no folder", Hint: "write -content DIR"}
			}
		case flag == "base-url":
			if o.base = take(); !strings.HasPrefix(o.base, "https://") && !strings.HasPrefix(o.base, "http://") || !strings.HasSuffix(o.base, "/") {
				return nil, &model.Problem{What: "-base-url wants an address that ends in a slash", Hint: "write -base-url https://docs.example.org/"}
			}
		default:
			_, err := model.Index("flag", args[0], []string{"-json", "-timeout", "-edge", "-content", "-base-url"})
			return nil, err
		}
		args = args[1:]
	}
	if len(named) != 2 {
		return nil, &model.Problem{What: "a name and an address are wanted, and " + strconv.Itoa(len(named)) + " were given", Hint: "write wasmcheck probe example.com 203.0.113.10, with the address of the DNS record at Cloudflare"}
	}
	host := strings.ToLower(strings.TrimSuffix(named[0], "."))
	if p := badHost(host, named[0]); p != nil {
		return nil, p
	}
	o.plan.Host, o.named = host, named[1]
	return o, nil
}

// badHost says what is wrong with a name.
func badHost(host, typed string) *model.Problem {
	hint := "write the name alone, as it stands in the address of the page: example.com"
	if strings.Contains(host, "://") || strings.Contains(host, "/") {
		return &model.Problem{What: "HOST is no address of a page", Hint: hint}
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return &model.Problem{What: "HOST is an address; Cloudflare asks for a name", Hint: "write the name first, then the address: wasmcheck probe example.com " + host}
	}
	for i := range len(host) {
		if host[i] >= 0x80 {
			return &model.Problem{What: "HOST has letters that are not ASCII", Hint: "write it as the DNS has it, xn--…; a browser shows it so when the address is copied"}
		}
	}
	for label := range strings.SplitSeq(host, ".") {
		ok := label != "" && len(label) <= 63 && label[0] != '-' && label[len(label)-1] != '-'
		for i := range len(label) {
			c := label[i]
			ok = ok && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_')
		}
		if !ok || len(host) > 253 {
			return &model.Problem{What: "HOST is no name: " + strconv.Quote(typed[:min(len(typed), 60)]), Hint: hint}
		}
	}
	return nil
}

// where finds the address that is to be tested. Errors are a *[model.Problem], or a *[probe.Failure] where a name has none.
func (o *probing) where(ctx context.Context) error {
	address, port, err := net.SplitHostPort(o.named)
	if err != nil {
		address, port = strings.TrimSuffix(strings.TrimPrefix(o.named, "["), "]"), ""
	} else {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return &model.Problem{What: "the port is no number from 1 to 65535", Hint: "write 203.0.113.10:8443, or [2001:db8::10]:8443"}
		}
		o.plan.Port = uint16(n)
	}
	if o.plan.Port == 443 { // alone, it is what is tested anyway, and 80 beside it
		o.plan.Port = 0
	}
	a, err := netip.ParseAddr(address)
	if err != nil {
		name := strings.ToLower(strings.TrimSuffix(address, "."))
		if !strings.Contains(name, ".") && name != "localhost" || badHost(name, address) != nil || strings.Trim(name, "0123456789.") == "" {
			return &model.Problem{What: "ADDRESS is no address: " + strconv.Quote(address[:min(len(address), 60)]), Hint: "write what the DNS record at Cloudflare has: 203.0.113.10, 2001:db8::10, or the name of a CNAME"}
		}
		looking, cancel := context.WithTimeout(ctx, o.plan.Timeout)
		defer cancel()
		all, err := o.plan.Resolve(looking, "ip", name)
		if err != nil || len(all) == 0 {
			return &probe.Failure{What: name + " has no address", Hint: "write the origin's address as a number: 203.0.113.10"}
		}
		a = all[0]
		for _, other := range all {
			if other.Unmap().Is4() { // the edge prefers neither; this machine more often has the older
				a = other
				break
			}
		}
	}
	a = a.Unmap()
	switch {
	case evidence.AtEdge(a.WithZone("").String()):
		return &model.Problem{What: a.String() + " is one of Cloudflare's addresses: that is the edge, and the probe is for what lies behind it",
			Hint: "the origin's address is in the DNS record at Cloudflare (its ranges are those of " + evidence.EdgeList + ")"}
	case a.IsUnspecified(), a.IsMulticast(), a == netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return &model.Problem{What: a.String() + " is the address of no single server", Hint: "write the origin's address: 203.0.113.10"}
	}
	o.plan.Address = a
	return nil
}

// base is where the checker stands to which the link leads.
func base(given, content string) (string, error) {
	if given != "" {
		return given, nil
	}
	var site struct {
		Base string `yaml:"base"`
	}
	file := filepath.Join(cmp.Or(content, "content"), "site.yaml")
	data, err := os.ReadFile(file)
	if err == nil {
		var load *yaml.Loader
		if load, err = yaml.NewLoader(bytes.NewReader(data)); err == nil {
			err = load.Load(&site)
		}
	}
	switch {
	case site.Base != "":
		return site.Base, nil
	case content != "":
		if err == nil {
			err = fmt.Errorf("%s names no base", file)
		}
		return "", &model.Problem{What: err.Error(), Hint: "-content wants the folder that holds site.yaml"}
	}
	return "/", nil
}

// hostsFile is what this machine names addresses by, beside the DNS; it is empty where there is none.
func hostsFile() string {
	name := "/etc/hosts"
	if runtime.GOOS == "windows" {
		name = filepath.Join(os.Getenv("SystemRoot"), "System32", "drivers", "etc", "hosts")
	}
	data, _ := os.ReadFile(name)
	return string(data)
}

// A progress says, at most once a second, which test is under way.
type progress struct {
	mu        sync.Mutex
	n         int
	now, told string
	done      chan struct{}
	ended     sync.WaitGroup
}

func newProgress(w io.Writer) *progress {
	p := &progress{done: make(chan struct{})}
	p.ended.Go(func() {
		every := time.NewTicker(time.Second)
		defer every.Stop()
		for {
			select {
			case <-p.done:
				return
			case <-every.C:
			}
			p.mu.Lock()
			if line := fmt.Sprintf("test %d: %s …", p.n, p.now); line != p.told {
				p.told = line
				fmt.Fprintln(w, line)
			}
			p.mu.Unlock()
		}
	})
	return p
}

func (p *progress) begin(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	p.now = what
}

func (p *progress) end() {
	close(p.done)
	p.ended.Wait()
}

// inJSON is a reading as read has it, and what a probe has besides.
func inJSON(r *probe.Report, link string) []byte {
	answer, err := new(api.Handler).Diagnose(r.Query)
	var told struct {
		Causes json.RawMessage `json:"causes"`
	}
	if err == nil {
		err = json.Unmarshal(answer, &told)
	}
	if err != nil || r.Query == "" {
		told.Causes = json.RawMessage("[]")
	}
	more := struct {
		Causes      json.RawMessage `json:"causes"`
		Found       []string        `json:"found"`
		Lines       []string        `json:"transcript"`
		Connections int             `json:"connections"`
		Differs     []string        `json:"differs"`
		Link        string          `json:"link"`
	}{told.Causes, append([]string{}, r.Found...), r.Lines, r.Connections, differs(r), link}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(more) // of strings and numbers, which cannot fail
	reading := api.Reading(r.Reading)
	return append(append(reading[:len(reading)-1], ','), bytes.TrimSpace(b.Bytes())[1:]...)
}

// inWords tells a person.
func inWords(o *probing, r *probe.Report, link string) []byte {
	var b []byte
	line := func(format string, a ...any) { b = append(fmt.Appendf(b, format, a...), '\n') }
	line("%s at %s, as Cloudflare would meet it; %d connections", o.plan.Host, o.named, r.Connections)
	line("what was met:")
	for i, l := range r.Lines {
		line("  %2d  %s", i+1, l)
	}
	tellFound(r, line)
	if r.Query != "" {
		a, err := diagnose.Parse(r.Query)
		if err == nil && len(r.Found) > 0 {
			f := report.Of(diagnose.NewSession(diagnose.New()).Diagnose(a), &a)
			line("causes:")
			for _, c := range f.Told {
				line("  %s: %s", c.Degree, c.ID)
			}
		}
	}
	line("how this view differs from Cloudflare's:")
	for _, id := range differs(r) {
		line("  - %s", differences[id])
	}
	for _, n := range r.Next {
		line("to know more: %s", n.Command)
	}
	line("on from here: %s", link)
	return b[:len(b)-1]
}

// tellFound tells the findings.
func tellFound(r *probe.Report, line func(string, ...any)) {
	if len(r.Found) == 0 {
		line("nothing wrong was found.")
	} else {
		line("what is wrong:")
	}
	for _, id := range r.Found {
		line("  %s%s", wording(id), from(r, id))
	}
	first := true
	also := func(text string) {
		if first {
			line("what else:")
			first = false
		}
		line("  %s", text)
	}
	for _, a := range r.Answers {
		id := a.Question + "=" + a.Value
		if !slices.Contains(r.Found, id) {
			also(wording(id) + from(r, id))
		}
	}
	for _, a := range r.Offers {
		also(fmt.Sprintf("%s=%s, if %s", a.Question, a.Value, evidence.Condition(a.If)))
	}
	for _, w := range r.Withheld {
		also(fmt.Sprintf("no answer to %s: %s", w.Question, evidence.Reason(w.Why)))
	}
	for _, n := range r.Notes {
		if words, ok := findings[n]; ok && !slices.Contains(r.Found, n) {
			also(words)
		}
	}
}

// from are the lines that speak for an answer.
func from(r *probe.Report, id string) string {
	for _, a := range r.Answers {
		if a.Question+"="+a.Value == id {
			return fmt.Sprintf(" [%s, line %s]", id, strings.Trim(strings.ReplaceAll(fmt.Sprint(a.Lines), " ", ", "), "[]"))
		}
	}
	return ""
}
