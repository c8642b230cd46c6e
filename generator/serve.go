package main

import (
	"fmt"
	"path/filepath"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/serve"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/watch"
)

// serve builds into memory and serves that; when a file changes, it builds
// again, and open pages reload or say what is wrong.
func (s *session) serve() error {
	listener, err := serve.Listen(s.ctx, s.addr)
	if err != nil {
		return err
	}
	s.memo = &markdown.Memo{}
	var server serve.Server
	s.base = server.URL(listener)
	fmt.Fprintf(s.stderr, "serving %s; stop with Ctrl-C\n", s.base)

	layers, _, err := theme.Layers(s.themes()) // what is wrong with them is told by each build
	if err != nil {
		return err
	}
	folders := []string{s.content, "wasmcheck"}
	for _, l := range layers {
		folders = append(folders, filepath.FromSlash(l.Dir))
	}
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(s.ctx, listener) }()
	go func() {
		ended <- watch.Watch(s.ctx, folders, func() { s.rebuild(&server) })
	}()
	return <-ended
}

// rebuild gives the server the site as the files are now, or what is wrong
// with them.
func (s *session) rebuild(server *serve.Server) {
	result, problems, err := s.make()
	if s.ctx.Err() != nil {
		return
	}
	if err != nil {
		problems = diag.List{{Message: err.Error(), Rule: diag.RuleFailure}}
	}
	server.Update(result.Tree, problems)
	if problems.Errors() == 0 { // it is seen at once; that it may not be published is said when that is known
		if more := s.crawl(result); len(more) > 0 {
			problems = append(problems, more...)
			server.Update(result.Tree, problems)
		}
	}
	for _, p := range problems {
		fmt.Fprintln(s.stderr, p)
	}
	if problems.Errors() == 0 {
		fmt.Fprintf(s.stderr, "%s, %s\n", count(result.Articles, "article"), count(len(result.Tree), "file"))
	}
}
