//go:build !js

// Command wasmcheck is the checker of the site in two bodies: a WebAssembly module for the page, and this native command.
//
// Its law: both say the same, for both ask package api.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/report"
)

const usage = `usage: wasmcheck legs QUERY
       wasmcheck simulate [-json] [-content DIR] QUERY
       wasmcheck diagnose [-json] [-content DIR] QUERY
       wasmcheck diagnose -json -stdin [-content DIR]
       wasmcheck read [-json] [-now DAY] < TEXT
       wasmcheck probe HOST ADDRESS [-json] [-timeout 5s] [-edge] [-content DIR] [-base-url URL]
       wasmcheck table modes|faults|errors|loops|alike|constants

  legs      how each of the two legs is protected, as JSON
  simulate  what a visitor sees of a set-up, and why: in the sentences of a content folder (default: content), or by the
            ids of the rules where it has none
  diagnose  what is wrong, what to look at next, and what repairs it; with -stdin of many, one query and one answer a line,
            an empty line as a query that tells nothing, and what cannot be understood as {"error":…,"hint":…}
  read      what a text proves that somebody has at hand, the output of a command, a log, an error page, a certificate, a
            configuration, a sentence: the line for each finding, which answers follow, and what to run next; secrets in it
            are masked first; wasmcheck read -h says more
  probe     the same of tests that it makes itself: it connects to the origin's address as Cloudflare would, and says what is
            wrong there, which causes follow, and where the checker goes on; ends with 0 when nothing wrong was found, 1 when
            something was, 3 when it could not test; wasmcheck probe -h says more
  table     what an https visit sees by mode and certificate; by mode and everything that can be wrong at the origin; the
            likeliest causes of each error; every combination that loops; the causes that no question tells apart; every
            constant of the reasoner with its reason, and what changes when it is another, which takes a minute or two

The query of legs and simulate names what is not as it should be: 'mode=flexible&redirect80=https'. Everything else is
healthy. That of diagnose is what a person can tell: 'symptom=525&mode=full&test443=alert112'. There, provider=vercel stands
for what content/hosts/vercel.yaml answers: where the site lives, whether a certificate can be installed there, which
mode lasts, and how long a grey cloud waits for a certificate. A link to the checker can be pasted as it is behind its #.
`

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the command: 0 when it answered, 2 when it could not understand what it was asked.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return 2
	}
	verb, rest := args[0], args[1:]
	if strings.TrimLeft(verb, "-") == "help" || verb == "-h" {
		fmt.Fprint(stdout, usage)
		return 0
	}
	if slices.ContainsFunc(rest, func(arg string) bool { return arg == "-h" || strings.TrimLeft(arg, "-") == "help" }) {
		help := map[string]string{"probe": probeUsage, "read": readUsage}
		fmt.Fprint(stdout, cmp.Or(help[verb], usage))
		return 0
	}
	if verb == "probe" {
		return probed(rest, stdout, stderr)
	}
	if verb == "read" {
		return paste(rest, stdin, stdout, stderr)
	}
	if verb == "diagnose" && slices.Contains(rest, "-stdin") {
		return many(rest, stdin, stdout, stderr)
	}
	answer, err := answer(verb, rest, stderr)
	if p, ok := err.(*model.Problem); ok {
		fmt.Fprintf(stderr, "wasmcheck: %s\nhint: %s\n", p.What, p.Hint)
		return 2
	}
	if _, err := fmt.Fprintf(stdout, "%s\n", answer); err != nil {
		fmt.Fprintf(stderr, "wasmcheck: %v\n", err)
		return 2
	}
	return 0
}

// longestLine is more than any query may measure, see [model.Pairs]; a longer one is answered by an error.
const longestLine = 1 << 16

// many diagnoses every line of stdin, each for itself, and answers as soon as no more is waiting.
func many(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := read("diagnose", args)
	if p, ok := err.(*model.Problem); ok {
		fmt.Fprintf(stderr, "wasmcheck: %s\nhint: %s\n", p.What, p.Hint)
		return 2
	}
	if !o.json || len(o.queries) > 0 {
		fmt.Fprintln(stderr, "wasmcheck: -stdin goes with -json, and with no query\nhint: write diagnose -json -stdin")
		return 2
	}
	var handler api.Handler
	out, in := bufio.NewWriter(stdout), bufio.NewReaderSize(stdin, longestLine)
	for {
		line, rest, err := in.ReadLine()
		if err == io.EOF {
			break
		}
		query := string(line)
		for ; rest && err == nil; _, rest, err = in.ReadLine() {
			query = strings.Repeat("-", longestLine) // whatever it is, it is too long
		}
		out.Write(one(&handler, o.content, query))
		out.WriteByte('\n')
		if in.Buffered() == 0 { // who writes one line waits for its answer
			out.Flush()
		}
		if err != nil && err != io.EOF {
			fmt.Fprintf(stderr, "wasmcheck: %v\n", err)
			return 2
		}
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintf(stderr, "wasmcheck: %v\n", err)
		return 2
	}
	return 0
}

// one diagnoses a query. A host that is unknown is told as the engine tells what it cannot understand.
func one(handler *api.Handler, content, query string) []byte {
	query, err := asked(content, query)
	if p, ok := err.(*model.Problem); ok {
		refusal, _ := json.Marshal(map[string]string{"error": p.What, "hint": p.Hint}) // which sorts them as the engine does
		return refusal
	}
	return handler.Answer("diagnose?" + query)
}

// asked is the query as the engine reads it: without the name of a host, which it does not know, and without what a link to the page
// has besides. Errors are a *[model.Problem].
func asked(content, query string) (string, error) {
	query, err := expand(content, query)
	if err != nil {
		return "", err
	}
	pairs := slices.DeleteFunc(strings.Split(strings.TrimPrefix(query, "#"), "&"), func(pair string) bool {
		return pair == "v=1" || strings.HasPrefix(pair, "at=")
	})
	query = strings.Join(pairs, "&")
	_, err = diagnose.Parse(query)
	if p, ok := err.(*model.Problem); ok && strings.HasPrefix(p.What, "unknown question ") {
		return "", &model.Problem{What: p.What, Hint: p.Hint + " " + provider}
	}
	return query, err
}

// options are what stands behind a verb.
type options struct {
	json, stdin bool
	content     string // a folder; "" when none is named
	queries     []string
}

// read reads them. Its errors are a *[model.Problem].
func read(verb string, args []string) (o options, err error) {
	for len(args) > 0 {
		flag, value, given := strings.Cut(strings.TrimLeft(args[0], "-"), "=")
		switch {
		case !strings.HasPrefix(args[0], "-"):
			o.queries = args
			return o, nil
		case flag == "json" && !given:
			o.json = true
		case flag == "stdin" && !given && verb == "diagnose":
			o.stdin = true
		case flag == "content" && (verb == "simulate" || verb == "diagnose"):
			if !given && len(args) > 1 {
				value, args = args[1], args[1:]
			}
			if value == "" {
				return o, &model.Problem{What: "-content names no folder", Hint: "write -content DIR"}
			}
			o.content = value
		default:
			if _, err := model.Index("flag", args[0], []string{"-json", "-content", "-stdin"}); err != nil {
				return o, err
			}
			return o, &model.Problem{What: args[0] + " does not go with " + verb, Hint: "wasmcheck help says what does"}
		}
		args = args[1:]
	}
	return o, nil
}

// answer is what a verb says; its errors are a *[model.Problem].
func answer(verb string, args []string, stderr io.Writer) ([]byte, error) {
	o, err := read(verb, args)
	if err != nil {
		return nil, err
	}
	if len(o.queries) > 1 {
		return nil, &model.Problem{What: "one query is wanted", Hint: "quote it: '&' means something to the shell"}
	}
	query := strings.Join(o.queries, "")
	if verb == "diagnose" {
		if query, err = asked(o.content, query); err != nil {
			return nil, err
		}
	}
	switch {
	case verb == "legs":
		return api.Legs(query)
	case verb == "simulate":
		words, err := sentences(o.content)
		if err != nil {
			return nil, err
		}
		if o.json {
			return api.Simulate(query, func(r model.Rule) string { return cmp.Or(words[r.String()], r.String()) })
		}
		return simulated(query, words)
	case verb == "diagnose" && o.json:
		return new(api.Handler).Diagnose(query)
	case verb == "diagnose":
		return diagnosed(query)
	case verb == "table":
		return table(query, stderr)
	}
	_, err = model.Index("command", verb, []string{"legs", "simulate", "diagnose", "read", "probe", "table", "help"})
	return nil, err
}

// simulated tells both visits to a person, in the sentences of the rules.
func simulated(query string, words map[string]string) ([]byte, error) {
	c, err := model.ParseConfig(query)
	if err != nil {
		return nil, err
	}
	var b []byte
	for _, scheme := range []model.Scheme{model.HTTP, model.HTTPS} {
		result, trace := model.Simulate(c, scheme)
		b = fmt.Appendf(b, "%s visit: %s", scheme, result.Outcome)
		steps := trace.Steps()
		for i, c := range steps[len(steps)-1].Rule.Codes() {
			b = fmt.Appendf(b, " %s %d", [...]string{"with", "or"}[min(i, 1)], c.Number)
		}
		if other := result.Alternative; other.Permille > 0 {
			b = fmt.Appendf(b, " (or %s, in %d of 100)", other.Outcome, other.Permille/10)
		}
		if result.Mixed {
			b = append(b, ", with mixed content"...)
		}
		b = fmt.Appendf(b, "; visitor's leg %s, origin's leg %s\n", result.Visitor, result.Origin)
		for _, s := range steps {
			b = fmt.Appendf(b, "  %d. %s\n", s.Hop, strings.TrimLeft(words[s.Rule.String()]+" ["+s.Rule.String()+"]", " "))
		}
	}
	return b[:len(b)-1], nil
}

// diagnosed tells the findings to a person.
func diagnosed(query string) ([]byte, error) {
	a, err := diagnose.Parse(query)
	if err != nil {
		return nil, err
	}
	return report.Text(diagnose.NewSession(diagnose.New()).Diagnose(a), &a), nil
}
