// Command generator makes the site: Markdown in two languages and a theme in,
// a folder of static files out.
//
// Law: what it prints to standard output is the answer, what it prints to
// standard error is about the run; it exits 0 when all is right, 1 when the
// content has problems, and 2 when it was used wrongly or something failed.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/output"
	"sslclinic/generator/internal/pipeline"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/wasmbuild"
)

func main() {
	debug.SetGCPercent(garbage)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends it at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// garbage is how much of it may pile up before it is collected, in percent of
// what is in use. In use is the site, its texts and its pages, which grows until
// it is written: with Go's usual 100 there would be as much garbage again. On
// 10,000 pages 30 takes 0.4 GB off the peak, for a second or two of a processor.
const garbage = 30

const usage = `usage: go run ./generator <command> [flags]

commands:
  build           make the site, checker included, in public/
  serve           preview on http://localhost:8525/ and reload while you write
  check           say what build would find, and write nothing
  search          ask a built site what a reader would
  publish-ledger  add today's addresses and anchors to published.txt

Run a command with -h to see its flags.
`

// Exit codes.
const (
	right   = 0
	wrong   = 1 // the content has problems
	failure = 2 // wrong use, or something failed
)

// commands are the verbs, each in a file of its own.
var commands = map[string]func(*session) error{
	"build": (*session).build, "serve": (*session).serve, "check": (*session).check, "publish-ledger": (*session).publishLedger,
	"search": (*session).search,
}

// arguments are what a command takes behind its flags.
var arguments = map[string]string{"search": " [--] QUERY"}

// session is one run of a command.
type session struct {
	ctx            context.Context
	getenv         func(string) string
	stdout, stderr io.Writer

	content, theme, out, base, addr, explain, today, lang string
	drafts, json, stdin                                   bool
	most                                                  int      // results
	words                                                 []string // of the query
	input                                                 io.Reader

	memo *markdown.Memo // when the site may be made again; nil otherwise
}

// errProblems says that problems were found and have been printed.
var errProblems = errors.New("the content has problems")

// misuse is an error in what the user typed.
type misuse struct{ text string }

func (m misuse) Error() string { return m.text }

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]) {
		fmt.Fprint(stderr, usage)
		if len(args) == 0 {
			return failure
		}
		return right
	}
	command, ok := commands[args[0]]
	if !ok {
		var names []string
		for name := range commands {
			names = append(names, name)
		}
		fmt.Fprintf(stderr, "generator: unknown command %q\n    hint: %s\n", args[0], diag.DidYouMean(args[0], names))
		return failure
	}
	s := &session{ctx: ctx, getenv: getenv, input: os.Stdin, stdout: stdout, stderr: stderr}
	if err := s.flags(args[0], args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return right
		}
		fmt.Fprintf(stderr, "generator %s: %v\n", args[0], err)
		return failure
	}
	switch err := command(s); {
	case err == nil:
		return right
	case errors.Is(err, errProblems):
		return wrong
	default:
		fmt.Fprintf(stderr, "generator %s: %v\n", args[0], output.Exhausted(err))
		return failure
	}
}

// flags reads a command's flags. Each command takes those that it can use.
func (s *session) flags(command string, args []string) error {
	f := flag.NewFlagSet(command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	if command == "search" {
		f.StringVar(&s.out, "out", "public", "`folder` of the built site")
		f.StringVar(&s.lang, "lang", "", "`language` of the reader (default: that of the site)")
		f.BoolVar(&s.json, "json", false, "print the results as JSON")
		f.BoolVar(&s.stdin, "stdin", false, "read a query a line, and print a JSON array a line")
		f.IntVar(&s.most, "n", 10, "print so `many` results at most; 0 for all")
	} else {
		f.StringVar(&s.content, "content", "content", "`folder` of the content")
		f.StringVar(&s.theme, "theme", "themes/clinic", "`folder` of the theme")
		f.BoolVar(&s.json, "json", false, "print problems and summary as JSON")
	}
	if command != "publish-ledger" && command != "search" { // what is published for good is no draft
		f.BoolVar(&s.drafts, "drafts", false, "show articles that are marked as drafts")
	}
	if command == "build" || command == "check" {
		f.StringVar(&s.base, "base-url", "", "absolute `URL` that the site will stand under (default: base in site.yaml)")
	}
	if command == "check" {
		f.StringVar(&s.explain, "explain", "", "say what a `rule` names, with an example, and check nothing")
		f.StringVar(&s.today, "today", time.Now().Format(time.DateOnly), "the `day`, after which facts are to be read again")
	}
	if command == "build" {
		f.StringVar(&s.out, "out", "public", "`folder` to write the site to")
	}
	if command == "serve" {
		f.StringVar(&s.addr, "addr", "localhost:8525", "`host:port` to serve on")
	}
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintf(s.stderr, "usage: go run ./generator %s [flags]%s\n\n", command, arguments[command])
			f.SetOutput(s.stderr)
			f.PrintDefaults()
			return err
		}
		var names []string
		f.VisitAll(func(fl *flag.Flag) { names = append(names, "-"+fl.Name) })
		hint := "run it with -h to see its flags"
		if _, name, ok := strings.Cut(err.Error(), "not defined: "); ok {
			hint = diag.DidYouMean(name, names)
		}
		return misuse{fmt.Sprintf("%v; %s", err, hint)}
	}
	if command == "search" {
		s.words = f.Args()
		switch {
		case s.stdin && f.NArg() > 0:
			return misuse{fmt.Sprintf("-stdin reads the queries, and takes no argument %q", f.Arg(0))}
		case !s.stdin && f.NArg() == 0:
			return misuse{"needs a query; one that begins with - stands behind --"}
		case s.most < 0:
			return misuse{fmt.Sprintf("-n %d is less than nothing; 0 is for all", s.most)}
		}
		return nil
	}
	if f.NArg() > 0 {
		return misuse{fmt.Sprintf("takes no argument %q; flags begin with -, and their values follow them", f.Arg(0))}
	}
	if s.explain != "" {
		return nil // it needs no folder
	}
	if _, err := time.Parse(time.DateOnly, s.today); err != nil && command == "check" {
		return misuse{fmt.Sprintf("-today %q is not a date; write it as 2026-11-28", s.today)}
	}
	asked := false
	f.Visit(func(fl *flag.Flag) { asked = asked || fl.Name == "base-url" })
	if asked {
		if s.base = strings.TrimSuffix(s.base, "/") + "/"; !source.IsBase(s.base) {
			return misuse{fmt.Sprintf("-base-url %q is not the absolute URL of a folder; write https://example.org/ or https://name.github.io/repository/", s.base)}
		}
	}
	for _, dir := range []struct{ flag, name string }{{"content", s.content}, {"theme", s.theme}} {
		if info, err := os.Stat(dir.name); err != nil || !info.IsDir() {
			return misuse{fmt.Sprintf("-%s %q is not a folder; run it from the top of the repository, or name the folder", dir.flag, dir.name)}
		}
	}
	if command == "build" {
		for _, apart := range []string{s.content, s.theme, "themes", "wasmcheck", "generator", ".git", ".github"} {
			if within(s.out, apart) || within(apart, s.out) {
				return misuse{fmt.Sprintf("-out %q and %q are not apart; name a folder of its own, such as public", s.out, apart)}
			}
		}
	}
	return nil
}

// make builds the site into memory.
func (s *session) make() (pipeline.Result, diag.List, error) {
	cache, err := os.UserCacheDir()
	if err == nil {
		cache = filepath.Join(cache, "sslclinic")
	}
	module, err := wasmbuild.Build(s.ctx, ".", cache)
	if err != nil {
		return pipeline.Result{}, nil, err
	}
	reader, err := wasmbuild.Build(s.ctx, ".", cache, "evidence")
	if err != nil {
		return pipeline.Result{}, nil, err
	}
	own, beside := s.themes()
	return pipeline.Build(pipeline.Input{
		Content: folder(s.content), ContentDir: filepath.ToSlash(filepath.Clean(s.content)),
		Theme: own.FS, ThemeDir: own.Dir, Beside: beside,
		Client: folder("wasmcheck/client"), Searching: folder("generator/internal/search/client"), // as they are now: serve shows them while they are written
		Extra:      map[string][]byte{pipeline.Module: module.Wasm, pipeline.Evidence: reader.Wasm, "wasm_exec.js": module.ExecJS},
		Base:       s.base,
		Repository: s.repository(),
		Drafts:     s.drafts,
		Memo:       s.memo,
	})
}

// themes gives the theme's folder, and the one in which those lie that it may
// stand on.
func (s *session) themes() (own theme.Layer, beside fs.FS) {
	dir := filepath.Clean(s.theme)
	return theme.Layer{FS: folder(dir), Dir: filepath.ToSlash(dir)}, folder(filepath.Dir(dir))
}

// repository is the address of the repository that a GitHub workflow runs in,
// so that a fork's readers are sent to the fork; "" elsewhere.
func (s *session) repository() string {
	if server, name := s.getenv("GITHUB_SERVER_URL"), s.getenv("GITHUB_REPOSITORY"); server != "" && name != "" {
		return server + "/" + name
	}
	return ""
}

// finding is a problem as -json prints it.
type finding struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"` // from 1
	Col      int    `json:"col,omitempty"`  // from 1, in characters
	Severity string `json:"severity"`       // error or warning
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// outcome is what a command has to say when it is done.
type outcome struct {
	Problems  []finding `json:"problems"`
	Errors    int       `json:"errors"`
	Base      string    `json:"base,omitempty"`
	Articles  int       `json:"articles,omitempty"`
	Files     int       `json:"files,omitempty"`
	Written   int       `json:"written"`
	Unchanged int       `json:"unchanged"`
	Removed   int       `json:"removed"`
	Kept      int       `json:"kept,omitempty"` // assets of earlier builds
}

// report prints the problems; with -json, it is the outcome that will be
// printed by finish. An error among them is errProblems.
func (s *session) report(problems diag.List) error {
	for _, p := range problems {
		if s.json {
			break
		}
		fmt.Fprintln(s.stdout, p)
		if s.getenv("GITHUB_ACTIONS") == "true" {
			fmt.Fprintln(s.stdout, p.Annotation())
		}
	}
	n := problems.Errors()
	if n == 0 {
		return nil
	}
	if s.json {
		if err := s.finish(problems, outcome{}); err != nil {
			return err
		}
	}
	fmt.Fprintf(s.stderr, "%s; nothing was written\n", count(n, "error"))
	return errProblems
}

// finish prints the outcome as JSON.
func (s *session) finish(problems diag.List, o outcome) error {
	o.Problems, o.Errors = []finding{}, problems.Errors()
	for _, p := range problems {
		o.Problems = append(o.Problems, finding{p.File, p.Line, p.Col, p.Severity.String(), string(p.Rule), p.Message, p.Hint})
	}
	e := json.NewEncoder(s.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(o)
}

// count says how many, in English.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
