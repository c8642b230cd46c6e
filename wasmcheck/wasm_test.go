//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
)

// forbidden packages cost more than what they give: fmt alone is 170 KB of the module, compressed.
var forbidden = []string{"syscall/js", "fmt", "encoding/json", "time", "regexp", "net/url", "os", "net", "log", "go.yaml.in/yaml/v4"}

func TestTheModulesCarryNoForbiddenPackage(t *testing.T) {
	for _, tag := range []string{"", reader} {
		cmd := exec.Command("go", "list", "-deps", "-tags="+tag, ".")
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		packages := strings.Fields(string(out))
		if !slices.Contains(packages, "sslclinic/wasmcheck/model") || slices.Contains(packages, "sslclinic/wasmcheck/evidence") != (tag == reader) {
			t.Fatalf("the list of the module %q lacks our own packages, or has too many: %q", tag, packages)
		}
		for _, p := range packages {
			if slices.Contains(forbidden, p) || p == "sslclinic/wasmcheck/model/rules" {
				t.Errorf("the module %q carries %s", tag, p)
			}
		}
	}
}

// TestTheModulesAreWithinTheirBudgets packs them with gzip -9. The Go runtime alone takes 495,000 bytes.
func TestTheModulesAreWithinTheirBudgets(t *testing.T) {
	var budgets map[string]int // bytes
	if data, err := os.ReadFile("../generator/testdata/budgets.json"); err != nil || json.Unmarshal(data, &budgets) != nil {
		t.Fatalf("%v: %s", err, data)
	}
	for tag, budget := range map[string]string{"": "module", reader: "module that reads"} {
		module := module(t, tag)
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		w.Write(module)
		w.Close()
		t.Logf("%s: %d bytes, %d packed", budget, len(module), packed.Len())
		if packed.Len() > budgets[budget] {
			t.Errorf("the %s is %d bytes packed, the budget is %d", budget, packed.Len(), budgets[budget])
		}
	}
}

func TestNativeAndModuleAgree(t *testing.T) {
	t.Parallel()
	requests := questions()
	answers := moduleSays(t, "", requests)
	var native api.Handler
	for i, request := range requests {
		if native := string(native.Answer(request)); native != answers[i] {
			t.Errorf("%s\nnative %s\nmodule %s", request, native, answers[i])
		}
	}
}

// TestThePageReadsAsTheCommandDoes: every sample, and what is no text, is read by the module as natively, to the byte.
func TestThePageReadsAsTheCommandDoes(t *testing.T) {
	t.Parallel()
	requests := []string{"", "read", "read?", "read?2026-11-28?", "mask?", "read?2026-11-28?\x00\x1b[31m日本\u202e", "read?soon?525", "read?2026-11-28?" + strings.Repeat("openssl s_client\n", 60_000)}
	for _, name := range []string{"samples.jsonl", "others.jsonl", "unseen.jsonl"} {
		data, err := os.ReadFile("evidence/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			var sample struct{ Text string }
			if err := json.Unmarshal([]byte(line), &sample); err != nil || sample.Text == "" {
				t.Fatalf("%s: %v: %.200s", name, err, line)
			}
			requests = append(requests, "read?2026-11-28?"+sample.Text, "mask?"+sample.Text)
		}
	}
	for i, answer := range moduleSays(t, reader, requests) {
		if native := string(api.Paste(requests[i])); native != answer {
			t.Errorf("%.200s\nnative %s\nmodule %s", requests[i], native, answer)
		}
	}
}

// reader is the tag of the module that reads what is pasted.
const reader = "evidence"

// moduleSays is what the module of a tag answers under node.
func moduleSays(t *testing.T, tag string, requests []string) []string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "node")
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "check.wasm")
	if err := os.WriteFile(file, module(t, tag), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "testdata/ask.mjs", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"), file)
	var lines bytes.Buffer
	for _, request := range requests {
		if err := json.NewEncoder(&lines).Encode(request); err != nil {
			t.Fatal(err)
		}
	}
	cmd.Stdin, cmd.Stderr = &lines, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(answers) != len(requests) {
		t.Fatalf("%d requests, %d answers", len(requests), len(answers))
	}
	return answers
}

// questions are what both bodies are asked.
func questions() []string {
	all := []string{"", "?", "lags?mode=full", "legs?mode=fulll", "legs?mood=full", `legs?mode="\` + "\x01日本", strings.Repeat("legs?", 2000)}
	for _, proxied := range []string{"yes", "no"} {
		for _, mode := range []string{"off", "flexible", "full", "strict", "origin_pull"} {
			for _, port := range []string{"443", "alt", "unproxied"} {
				for _, always := range []string{"on", "off"} {
					for _, scheme := range []string{"http", "https"} {
						all = append(all, "legs?proxied="+proxied+"&mode="+mode+"&port="+port+"&always_https="+always+"&scheme="+scheme)
					}
				}
			}
		}
	}
	contexts := []model.Config{{model.Proxied: model.ProxiedNo}}
	for m := range model.Mode.Values() {
		contexts = append(contexts, model.Config{model.Mode: m}, model.Config{model.Mode: m, model.AlwaysHTTPS: model.AlwaysHTTPSOn})
	}
	for _, context := range contexts {
		for v := model.HSTS; v < model.VariableCount; v++ {
			for i := range v.Values() {
				for w := model.HSTS; w < v; w++ {
					for j := range w.Values() {
						if i > 0 && j > 0 || w == model.HSTS && j == 0 {
							all = append(all, "simulate?"+context.With(v, i).With(w, j).String())
						}
					}
				}
			}
		}
	}
	for _, symptom := range diagnose.Symptom.OptionIDs() {
		for _, test := range diagnose.Test443.OptionIDs() {
			all = append(all, "diagnose?symptom="+symptom+"&test443="+test)
		}
	}
	for q := diagnose.Mode; q < diagnose.QuestionCount; q++ {
		for _, o := range q.OptionIDs() {
			told := "diagnose?symptom=525&" + q.String() + "=" + o
			all = append(all, told, told+"&read="+q.String(), told+"&did1=set_strict&now1=526&test443_1=expired&read=test443_1")
		}
	}
	return all
}

// modules are those that were compiled, by tag.
var modules sync.Map

// module compiles the module of a tag as it is shipped, once. The collector of Go 1.25 is 12 KB smaller than its
// successor, and serves a heap of three megabytes as well.
func module(t *testing.T, tag string) []byte {
	t.Helper()
	compile := func() ([]byte, error) {
		file := filepath.Join(t.TempDir(), "check.wasm")
		cmd := exec.Command("go", "build", "-ldflags=-s -w", "-trimpath", "-gcflags=all=-l", "-gcflags=runtime=-l -B -d=disablenil", "-gcflags=internal/...=-l -B -d=disablenil", "-tags="+tag, "-o", file, ".")
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=nogreenteagc")
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w\n%s", err, out)
		}
		return os.ReadFile(file)
	}
	once, _ := modules.LoadOrStore(tag, sync.OnceValues(compile))
	data, err := once.(func() ([]byte, error))()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
