package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // a build is all garbage in seconds: to collect it at each doubling is a tenth of the work
	testscript.Main(m, map[string]func(){
		"generator": func() { os.Exit(run(context.Background(), os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) },
	})
}

// TestStories runs what a person types, and reads what a person reads.
func TestStories(t *testing.T) {
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	cache, _ := os.UserCacheDir()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("TOP", top)
			e.Setenv("HERE", filepath.ToSlash(e.WorkDir)) // as places are written, with slashes everywhere
			// The go command finds its caches by these; on Windows by the last two.
			for _, name := range []string{"GOMODCACHE", "GOCACHE", "GOPROXY", "GOFLAGS", "GONOSUMDB", "GOSUMDB", "GONOSUMCHECK", "LOCALAPPDATA", "USERPROFILE"} {
				if v := os.Getenv(name); v != "" {
					e.Setenv(name, v)
				}
			}
			e.Setenv("XDG_CACHE_HOME", cache)
			e.Setenv("HOME", os.Getenv("HOME"))
			e.Setenv("GITHUB_ACTIONS", "")
			return nil
		},
	})
}
