//go:build !js

package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/evidence"
	"sslclinic/wasmcheck/model"
)

const readUsage = `usage: wasmcheck read [-json] [-now DAY] < TEXT

  TEXT   what somebody has at hand, on standard input: the output of openssl, curl or another client, a log, an error page, a
         certificate, a configuration, a list of ports, an answer of the DNS, a mail that quotes them, a sentence
  -json  the reading as JSON: kinds, facts, answers, offers, what is withheld and why, conflicts, secrets, what to run next
  -now   the day by which dates are judged, written 2026-11-28: today without it

What the text proves is told as an answer, with the lines that prove it; what it would mean if one thing held, with that thing; and
what seems to follow and does not, with the reason. Secrets are masked before anything else looks at the text, and are told in
nothing. Of more than 1 MB the first and last 256 KB are read. Nothing is sent or kept.
It ends with 0 when it has read the text, also where nothing is known in it, and with 2 when it was mistyped.

    openssl s_client -connect 203.0.113.10:443 -servername example.com </dev/null 2>&1 | wasmcheck read
`

// paste reads what stands on standard input, and tells what it says: 0 also when it is nothing that is known, 2 when the
// command was mistyped.
func paste(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	day, json := time.Now().UTC().Format(time.DateOnly), false
	for len(args) > 0 {
		flag, value, given := strings.Cut(strings.TrimLeft(args[0], "-"), "=")
		var p *model.Problem
		switch {
		case strings.HasPrefix(args[0], "-") && flag == "json" && !given:
			json = true
		case strings.HasPrefix(args[0], "-") && flag == "now":
			if !given && len(args) > 1 {
				value, args = args[1], args[1:]
			}
			if _, err := time.Parse(time.DateOnly, value); err != nil {
				p = &model.Problem{What: "-now wants a day", Hint: "write -now 2026-11-28"}
			}
			day = value
		case strings.HasPrefix(args[0], "-"):
			_, err := model.Index("flag", args[0], []string{"-json", "-now"})
			p = err.(*model.Problem)
		default:
			p = &model.Problem{What: "read takes no query", Hint: "give it the text on standard input: wasmcheck read < output.txt"}
		}
		if p != nil {
			fmt.Fprintf(stderr, "wasmcheck: %s\nhint: %s\n", p.What, p.Hint)
			return 2
		}
		args = args[1:]
	}
	text, err := io.ReadAll(stdin)
	if err != nil {
		fmt.Fprintf(stderr, "wasmcheck: %v\n", err)
		return 2
	}
	answer := api.Read(string(text), day)
	if !json {
		answer = told(evidence.Read(string(text), day))
	}
	if _, err := fmt.Fprintf(stdout, "%s\n", answer); err != nil {
		fmt.Fprintf(stderr, "wasmcheck: %v\n", err)
		return 2
	}
	return 0
}

// told tells a reading to a person.
func told(r *evidence.Reading) []byte {
	var b []byte
	line := func(format string, a ...any) { b = append(fmt.Appendf(b, format, a...), '\n') }
	for _, s := range r.Secrets {
		if s.ID == "private_key" {
			line("A PRIVATE KEY stands in line%s. Treat it as published if anybody has got this text, and make a new one.", lines([]int{s.From, s.To}))
		}
	}
	line("what this is:")
	for _, k := range r.Kinds {
		line("  %s, line%s", k.ID, lines([]int{k.From, k.To}))
	}
	if len(r.Kinds) == 0 {
		line("  nothing that is known here")
	}
	quote := func(c evidence.Claim) {
		for i, n := range c.Lines {
			line("    %d: %s", n, c.Quotes[i])
		}
	}
	if len(r.Answers) > 0 {
		line("what it proves:")
	}
	for _, a := range r.Answers {
		line("  %s=%s, line%s [%s]", a.Question, a.Value, lines(a.Lines), a.Rule)
		quote(a)
	}
	if len(r.Offers) > 0 {
		line("what it may mean:")
	}
	for _, a := range r.Offers {
		line("  %s=%s, if %s, line%s [%s]", a.Question, a.Value, evidence.Condition(a.If), lines(a.Lines), a.Rule)
		quote(a)
	}
	for _, c := range r.Conflicts {
		line("it says two things of %s: %s, line%s; which is the newer, or the right one?", c.Question, strings.Join(c.Values, " and "), lines(c.Lines))
	}
	for _, w := range r.Withheld {
		line("no answer to %s: %s, line%s", w.Question, evidence.Reason(w.Why), lines(w.Lines))
	}
	for _, s := range r.Secrets {
		line("masked: %s, line%s", s.ID, lines([]int{s.From, s.To}))
	}
	for _, n := range r.Notes {
		if n != "private_key" { // said first, and louder
			line("besides: %s", evidence.Note(n))
		}
	}
	if r.Healthy {
		line("nothing is wrong with what was tested here")
	}
	if len(r.NotTold) > 0 {
		line("what it does not tell: %s", strings.Join(r.NotTold, ", "))
	}
	for _, n := range r.Next {
		line("to know more: %s", n.Command)
	}
	if r.Query != "" {
		line("ask: go run ./wasmcheck diagnose '%s'", r.Query)
	}
	return b[:len(b)-1]
}

// lines are numbers of lines: " 3", "s 3 and 5".
func lines(numbers []int) string {
	if len(numbers) == 2 && numbers[0] == numbers[1] {
		numbers = numbers[:1]
	}
	if len(numbers) == 1 {
		return fmt.Sprintf(" %d", numbers[0])
	}
	if len(numbers) == 2 && numbers[1] > numbers[0]+1 {
		return fmt.Sprintf("s %d to %d", numbers[0], numbers[1])
	}
	return "s " + strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers), " ", ", "), "[]")
}
