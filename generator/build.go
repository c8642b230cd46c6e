package main

import (
	"fmt"
	"time"

	"sslclinic/generator/internal/output"
)

// build makes the site and writes what changed.
func (s *session) build() error {
	began := time.Now()
	patience := time.AfterFunc(time.Second, func() { fmt.Fprintln(s.stderr, "building …") })
	defer patience.Stop()

	result, problems, err := s.verdict()
	if err != nil {
		return err
	}
	if err := s.report(problems); err != nil {
		return err
	}
	if err := s.ctx.Err(); err != nil {
		return fmt.Errorf("interrupted; nothing was written: %w", err)
	}
	wrote, err := output.Write(s.out, result.Tree, result.Keep)
	if err != nil {
		return err
	}
	patience.Stop()
	if s.json {
		return s.finish(problems, outcome{Base: result.Base, Articles: result.Articles, Files: len(result.Tree), Written: wrote.Written, Unchanged: wrote.Unchanged, Removed: wrote.Removed, Kept: wrote.Kept})
	}
	fmt.Fprintf(s.stdout, "%s in %s: %s, %.1f MB in %s\n", count(result.Articles, "article"), count(result.Languages, "language"), count(len(result.Tree), "file"), float64(wrote.Bytes)/1e6, s.out)
	kept := ""
	if wrote.Kept > 0 {
		kept = fmt.Sprintf(", %s kept for earlier pages", count(wrote.Kept, "asset"))
	}
	fmt.Fprintf(s.stdout, "%d written, %d unchanged, %d removed%s; for %s; %.2f s\n", wrote.Written, wrote.Unchanged, wrote.Removed, kept, result.Base, time.Since(began).Seconds())
	return nil
}
