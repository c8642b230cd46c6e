// Package probe tests an origin as the edge would, and tells what it met in the vocabulary of package evidence.
//
// Its law: it weighs nothing itself, so that a test of its own and a pasted one have the same answers. It connects to the
// address that somebody named and to no other, at most [MaxConnections] times, one after the other; it asks for headers,
// follows nothing, changes nothing, and keeps no body, cookie or file.
package probe

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"

	"sslclinic/wasmcheck/evidence"
)

// MaxConnections is the most that a probe makes.
const MaxConnections = 14

// The patience of a probe with each thing that it waits for: a connection, a handshake, an answer.
const (
	Patience         = 5 * time.Second
	shortestPatience = 100 * time.Millisecond
	longestPatience  = time.Minute
)

// waits is how many times its patience a probe takes in all, at most.
const waits = 15

// A Plan is what is to be tested.
type Plan struct {
	Host    string     // the name that visitors ask for, in ASCII
	Address netip.Addr // the origin's
	Port    uint16     // 0 for 443 and 80; 80 for the plain one alone; another stands in for 443 alone
	Timeout time.Duration
	Edge    bool // ask the edge as well, as a visitor does
	Now     time.Time

	Roots    *x509.CertPool // of public authorities; nil for those of this machine
	Hosts    string         // the file that names addresses on this machine, or nothing
	Dial     func(ctx context.Context, network, address string) (net.Conn, error)
	Resolve  func(ctx context.Context, network, host string) ([]netip.Addr, error)
	Progress func(what string) // called before each test, with what it is
}

// A Report is what was met, and what follows.
type Report struct {
	*evidence.Reading
	Lines       []string // what was done and met, numbered from 1 in the reading
	Connections int
	Found       []string // ids of what is wrong, the most telling first; none when nothing is
}

// A Failure is why nothing could be tested: of this machine, not of the origin.
type Failure struct{ What, Hint string }

func (f *Failure) Error() string { return f.What + "; " + f.Hint }

// A run is a probe under way.
type run struct {
	Plan
	met         evidence.Met
	connections int
	failure     *Failure
}

// Run tests. Its errors are a *[Failure].
func Run(ctx context.Context, p Plan) (*Report, error) {
	ctx, cancel := context.WithTimeout(ctx, waits*p.Timeout)
	defer cancel()
	r := &run{Plan: p}
	r.met.Host, r.met.IP = p.Host, p.Address.String()
	r.name(ctx)
	if p.Port != 80 {
		r.secure(ctx)
	}
	if p.Port == 0 || p.Port == 80 {
		r.plain(ctx)
	}
	if p.Edge {
		r.edge(ctx)
	}
	switch {
	case errors.Is(context.Cause(ctx), context.Canceled):
		return nil, &Failure{"interrupted", "what was met so far is not enough to tell anything"}
	case r.failure != nil:
		return nil, r.failure
	case ctx.Err() != nil:
		r.note("out_of_time")
	}
	if r.Address.IsLoopback() {
		r.note("loopback")
	}
	if p.Port != 0 && p.Port != 443 && p.Port != 80 {
		r.note("other_port")
	}
	reading := evidence.Judge(&r.met, p.Now.UTC().Format(time.DateOnly))
	return &Report{reading, r.met.Lines, r.connections, wrong(reading)}, nil
}

// Timeout tells whether a patience can be had.
func Timeout(d time.Duration) bool { return d >= shortestPatience && d <= longestPatience }

// say adds a line to what was met, and gives its place.
func (r *run) say(format string, a ...any) int {
	r.met.Lines = append(r.met.Lines, fmt.Sprintf(format, a...))
	return len(r.met.Lines) - 1
}

func (r *run) note(id string) {
	if !slices.Contains(r.met.Notes, id) {
		r.met.Notes = append(r.met.Notes, id)
	}
}

// begin announces a test, and tells whether it can be made.
func (r *run) begin(ctx context.Context, what string) bool {
	if ctx.Err() != nil || r.failure != nil {
		return false
	}
	if r.Progress != nil {
		r.Progress(what)
	}
	return true
}

// name looks up what the name has in the DNS.
func (r *run) name(ctx context.Context) {
	if r.Resolve == nil || !r.begin(ctx, "DNS: "+r.Host) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	n := &evidence.Names{}
	failed := false
	for _, network := range []string{"ip4", "ip6"} {
		all, err := r.Resolve(ctx, network, r.Host)
		var unknown *net.DNSError
		failed = failed || err != nil && (!errors.As(err, &unknown) || !unknown.IsNotFound)
		for _, a := range all {
			if s := a.Unmap().WithZone("").String(); !slices.Contains(n.Addresses, s) {
				n.Addresses = append(n.Addresses, s)
			}
		}
	}
	r.met.Names = n
	switch {
	case len(n.Addresses) > 0:
		slices.Sort(n.Addresses)
		whose := ", not Cloudflare's"
		if slices.ContainsFunc(n.Addresses, evidence.AtEdge) {
			whose = ", Cloudflare's"
		}
		if r.named() {
			n.Why, whose = "hosts_file", ", from this machine's own list of hosts"
		}
		n.Line = r.say("DNS: %s has %s%s", r.Host, strings.Join(n.Addresses[:min(len(n.Addresses), 8)], ", "), whose)
		if whose == ", not Cloudflare's" && slices.ContainsFunc(n.Addresses, func(a string) bool { return a != r.met.IP && !evidence.Private(a) }) {
			r.note("other_addresses")
		}
	case failed:
		n.Status = "SERVFAIL"
		n.Line = r.say("DNS: %s could not be looked up", r.Host)
	default:
		n.Line = r.say("DNS: %s has no address", r.Host)
		r.note("name_unknown")
	}
}

// named tells whether this machine's own list of hosts has the name.
func (r *run) named() bool {
	for line := range strings.Lines(strings.ToLower(r.Hosts)) {
		line, _, _ = strings.Cut(line, "#")
		if all := strings.Fields(line); len(all) > 1 && slices.Contains(all[1:], r.Host) {
			return true
		}
	}
	return false
}

// connect makes a connection: to the origin, or where to says. What it could not do is an outcome; what this machine could
// not is a failure.
func (r *run) connect(ctx context.Context, to string) (*wire, string) {
	if r.connections == MaxConnections {
		r.failure = &Failure{"the probe would make more than " + fmt.Sprint(MaxConnections) + " connections", "this is a mistake in it"}
		return nil, "strict"
	}
	r.connections++
	dialing, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	conn, err := r.Dial(dialing, "tcp", to)
	var timeout net.Error
	switch {
	case err == nil:
		return &wire{Conn: conn, stop: context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })}, ""
	case errors.Is(err, syscall.ECONNREFUSED):
		return nil, "refused"
	case errors.Is(err, syscall.ECONNRESET):
		return nil, "reset"
	case errors.Is(err, syscall.EHOSTUNREACH):
		return nil, "unreachable"
	case errors.Is(err, syscall.ETIMEDOUT), errors.As(err, &timeout) && timeout.Timeout():
		return nil, "timeout"
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "actively refused"): // Windows has numbers of its own
		return nil, "refused"
	case strings.Contains(text, "unreachable host"):
		return nil, "unreachable"
	case ctx.Err() != nil:
		return nil, "timeout"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL), strings.Contains(text, "unreachable network"):
		hint := "is it connected?"
		if r.Address.Is6() {
			hint = "it may have no IPv6; run the probe where it is, or test the address of the A record"
		}
		r.failure = &Failure{"this machine has no way to " + r.Address.String(), hint}
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		r.failure = &Failure{"this machine has no file descriptor left: " + text, "raise the limit (ulimit -n), or close what holds them"}
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		r.failure = &Failure{"this machine may not connect: " + text, "its own firewall or sandbox forbids it; run the probe elsewhere"}
	default:
		r.failure = &Failure{text, "is the address right, with its zone?"}
	}
	return nil, "strict"
}

// at is the address with a port.
func (r *run) at(port uint16) string { return netip.AddrPortFrom(r.Address, port).String() }

// wrong is what is wrong of what was found: the answers that are faults, and what the vocabulary of answers has no word for.
func wrong(r *evidence.Reading) []string {
	var all []string
	well := map[string][]string{
		"proxied": {"yes", "no"}, "test443": {"ok", "origin_ca"}, "test80": {"ok", "redirect_https"}, "redirect80": {"none", "https", "https_forwarded"},
		"redirect443": {"none"}, "issuer": {"public", "origin_ca"}, "dates": {"valid"}, "names": {"match"}, "chain": {"complete"}, "app": {"wordpress", "other"},
		"listen443": {"yes"}, "listen80": {"yes"}, "symptom": {"none"},
	}
	for _, a := range r.Answers {
		if !slices.Contains(well[a.Question], a.Value) {
			all = append(all, a.Question+"="+a.Value)
		}
	}
	for _, c := range r.Conflicts {
		all = append(all, c.Question)
	}
	for _, n := range r.Notes {
		switch strings.TrimSuffix(n, "_80") {
		case "key_exchange", "empty", "slow", "headers_too_big", "not_http", "flood", "chain_too_big", "status_5xx", "tls_on":
			all = append(all, n)
		}
	}
	if len(all) > 0 {
		return all
	}
	// The port answered, and not as it should, but which fault it is does not follow.
	for _, w := range r.Withheld {
		if w.Question == "test443" {
			all = append(all, "unclear")
			break
		}
	}
	for _, f := range r.Facts {
		if f.ID == "tcp" && f.Value == "unreachable" || f.ID == "alert" || f.ID == "tls" && f.Value == "failed" {
			all = append(all, "unclear")
		}
	}
	return slices.Compact(all)
}
