package main

import (
	"fmt"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/serve"
	"sslclinic/generator/internal/watch"
)

// serve builds into memory, serves that, and builds again when a file changes.
func (s *session) serve() error {
	listener, err := serve.Listen(s.ctx, s.addr)
	if err != nil {
		return err
	}
	var server serve.Server
	address := server.URL(listener)
	s.base = address

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.ctx, listener) }()
	fmt.Fprintf(s.stderr, "serving %s; stop with Ctrl-C\n", address)

	rebuild := func() {
		result, problems, err := s.make()
		if err != nil {
			problems = diag.List{{Message: err.Error(), Rule: "failure"}}
		}
		server.Update(result.Tree, problems)
		for _, p := range problems {
			fmt.Fprintln(s.stderr, p)
		}
		if problems.Errors() == 0 {
			fmt.Fprintf(s.stderr, "%s, %s\n", count(result.Articles, "article"), count(len(result.Tree), "file"))
		}
	}
	rebuild()
	go func() { failed <- watch.Watch(s.ctx, []string{s.content, s.theme, "wasmcheck"}, rebuild) }()
	select {
	case <-s.ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}
