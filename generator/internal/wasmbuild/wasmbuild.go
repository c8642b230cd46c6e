// Package wasmbuild compiles the checker to WebAssembly with the Go toolchain
// that is there.
//
// Its law: the same sources and the same toolchain give the same bytes, in any
// folder on any machine. Therefore the result can be kept, and is compiled
// again only when one of the two has changed.
package wasmbuild

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Module is a compiled program for the browser.
type Module struct {
	Wasm []byte // the program
	// ExecJS is the wasm_exec.js of the toolchain that compiled the program.
	// No other one fits.
	ExecJS []byte
}

// target is the package in the module that is compiled.
const target = "wasmcheck"

// arguments make the program small and its bytes independent of the folder,
// the user and the commit. Without inlining (-l) the program is larger, but
// repeats itself more: compressed, it is 4 % smaller. Bounds and nil are checked
// in all but the Go runtime and the packages that it stands on, whose own indexes
// and pointers are their authors' care (-B, disablenil): that is another 5 %.
var arguments = []string{"build", "-trimpath", "-buildvcs=false", "-pgo=off", "-ldflags=-s -w -buildid=", "-gcflags=all=-l",
	"-gcflags=runtime=-l -B -d=disablenil", "-gcflags=internal/...=-l -B -d=disablenil"}

// Build compiles the package ./wasmcheck of the module in moduleDir, with build
// tags where another of its programs is meant. Compiled programs are kept in
// cacheDir; if that is empty or cannot be used, the program is compiled each
// time. Its errors are for the person who called the
// generator: no Go toolchain, or what the compiler has to say.
func Build(ctx context.Context, moduleDir, cacheDir string, tags ...string) (Module, error) {
	tool, err := findToolchain(ctx, moduleDir)
	if err != nil {
		return Module{}, err
	}
	tool.tags = tags
	execJS, err := tool.execJS()
	if err != nil {
		return Module{}, err
	}
	key, err := tool.key(moduleDir, execJS)
	if err != nil {
		return Module{}, err
	}
	if program, ok := load(cacheDir, key); ok {
		return Module{program, execJS}, nil
	}
	program, err := tool.compile(ctx, moduleDir)
	if err != nil {
		return Module{}, err
	}
	store(cacheDir, key, program)
	return Module{program, execJS}, nil
}

// toolchain is the Go toolchain that the module gets: it can be another one
// than the command in the path, when go.mod asks for it.
type toolchain struct {
	GOROOT       string
	GOVERSION    string
	GOEXPERIMENT string
	GOWASM       string

	tags []string // to compile with
}

func findToolchain(ctx context.Context, moduleDir string) (toolchain, error) {
	var tool toolchain
	stdout, stderr, err := command(ctx, moduleDir, "", "env", "-json", "GOROOT", "GOVERSION", "GOEXPERIMENT", "GOWASM")
	if errors.Is(err, exec.ErrNotFound) {
		return tool, fmt.Errorf("the checker is compiled by the go command, and there is none in PATH: install Go from https://go.dev/dl/")
	}
	if err != nil {
		return tool, fmt.Errorf("go env: %w%s", err, strings.TrimRight("\n"+string(stderr), "\n"))
	}
	return tool, json.Unmarshal(stdout, &tool)
}

// execJS looks where Go keeps the file, and where it did before Go 1.24.
func (tool toolchain) execJS() ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(tool.GOROOT, "lib", "wasm", "wasm_exec.js"))
	if errors.Is(err, os.ErrNotExist) {
		return os.ReadFile(filepath.Join(tool.GOROOT, "misc", "wasm", "wasm_exec.js"))
	}
	return data, err
}

func (tool toolchain) compile(ctx context.Context, moduleDir string) ([]byte, error) {
	out, err := os.MkdirTemp("", "wasmbuild-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(out)
	file := filepath.Join(out, "program.wasm")
	if _, stderr, err := command(ctx, moduleDir, tool.experiment(), slices.Concat(arguments, []string{"-tags=" + strings.Join(tool.tags, ","), "-o", file, "./" + target})...); err != nil {
		return nil, fmt.Errorf("compile ./%s for the browser: %w\n%s", target, err, bytes.TrimSpace(stderr))
	}
	return os.ReadFile(file)
}

// experiment is the GOEXPERIMENT to compile with. The collector that Go 1.26
// has by default is for large heaps, and costs our readers 12 KB of download;
// in other versions the choice may be gone.
func (tool toolchain) experiment() string {
	if strings.HasPrefix(tool.GOVERSION, "go1.26") && tool.GOEXPERIMENT == "" {
		return "nogreenteagc"
	}
	return tool.GOEXPERIMENT
}

// command runs the go command for the browser as target. What the user has set
// for other builds does not count; where modules come from does. GOFLAGS must
// not be empty: then the go command would take the user's saved one.
func command(ctx context.Context, dir, experiment string, arguments ...string) (stdout, stderr []byte, err error) {
	cmd := exec.CommandContext(ctx, "go", arguments...)
	cmd.Dir = dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PWD=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=-mod=readonly", "GOWORK=off", "GO111MODULE=on")
	if experiment != "" {
		cmd.Env = append(cmd.Env, "GOEXPERIMENT="+experiment)
	}
	var errout bytes.Buffer
	cmd.Stderr = &errout
	stdout, err = cmd.Output()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return stdout, errout.Bytes(), err
}
