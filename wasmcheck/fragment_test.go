//go:build !js

package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/dop251/goja"

	"sslclinic/wasmcheck/diagnose"
)

// A pageReader is the script of the page that reads fragments, interpreted.
type pageReader struct {
	mu    sync.Mutex
	vm    *goja.Runtime
	reads goja.Callable
}

// asPage makes one for all who ask.
var asPage = sync.OnceValues(func() (*pageReader, error) {
	questions := map[string][]string{}
	for q := range diagnose.QuestionCount {
		if q != diagnose.LastingMode && q != diagnose.GreyTakes { // which nobody is asked
			questions[q.String()] = append(append([]string{}, q.OptionIDs()...), "unknown")
		}
	}
	questions["access"] = []string{"dashboard", "panel", "shell", "none", "unknown"}
	var actions []string
	for a := range diagnose.ActionCount {
		actions = append(actions, a.String())
	}
	vocabulary, err := json.Marshal(map[string]any{
		"questions": questions, "sets": []string{"access"}, "actions": actions,
		"hosts": map[string]string{"vercel": "origin=platform&can_install_cert=no&lasting=full&grey_takes=minutes"},
	})
	if err != nil {
		return nil, err
	}
	p := &pageReader{vm: goja.New()}
	p.vm.Set("vocabulary", string(vocabulary))
	p.vm.Set("decoded", decoded)
	for _, name := range []string{"client/scripts/case.js", "testdata/fragment.js"} {
		script, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if _, err := p.vm.RunScript(name, strings.ReplaceAll(string(script), "\nexport ", "\n")); err != nil {
			return nil, err
		}
	}
	p.reads, _ = goja.AssertFunction(p.vm.Get("reads"))
	return p, nil
})

// decoded takes a query apart as a browser does: what is no escape stands for itself, and what is no UTF-8 for U+FFFD.
func decoded(said string) [][]string {
	all := [][]string{}
	for part := range strings.SplitSeq(said, "&") {
		if part == "" {
			continue
		}
		key, value, _ := strings.Cut(part, "=")
		all = append(all, []string{unescaped(key), unescaped(value)})
	}
	return all
}

func unescaped(s string) string {
	const hex = "0123456789abcdef"
	var b []byte
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b = append(b, ' ')
		case s[i] == '%' && i+2 < len(s) && strings.IndexByte(hex, s[i+1]|0x20) >= 0 && strings.IndexByte(hex, s[i+2]|0x20) >= 0:
			b = append(b, byte(strings.IndexByte(hex, s[i+1]|0x20)<<4|strings.IndexByte(hex, s[i+2]|0x20)))
			i += 2
		default:
			b = append(b, s[i])
		}
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// A pageRead is what the page reads of a fragment.
type pageRead struct {
	at, written, query    string
	again                 string // what it reads of what it would write
	dropped, droppedAgain bool
}

func (p *pageReader) read(t *testing.T, fragment string) pageRead {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	v, err := p.reads(goja.Undefined(), p.vm.ToValue(fragment))
	if err != nil {
		t.Fatalf("%q: %v", fragment, err)
	}
	o := v.ToObject(p.vm)
	s := func(key string) string { return o.Get(key).String() }
	return pageRead{s("at"), s("written"), s("query"), s("again"), o.Get("dropped").ToBoolean(), o.Get("droppedAgain").ToBoolean()}
}

// done are attempts in a query.
var done = regexp.MustCompile(`(?:^|&)did([1-5])=`)

// FuzzThePageAndTheEngineReadALinkAlike: whatever stands behind the # of an address, the page reads it without failing, asks the
// engine nothing that it does not understand, writes what it reads the same again, and loses nothing of what the engine or
// the command writes.
func FuzzThePageAndTheEngineReadALinkAlike(f *testing.F) {
	for _, seed := range []string{
		"", "#", "#v=1", "#v=2&symptom=525", "#v=1&symptom=525&mode=full&at=result", "#v=1&did1=set_strict&mode=full&now1=526&symptom=525&test443_1=expired&at=result",
		"#v=1&provider=vercel&symptom=loop", "#v=1&provider=vercel&origin=server", "#v=1&access=shell,dashboard&at=access", "#v=1&__proto__=x&constructor=y&toString=z",
		"#provider=__proto__&provider=constructor", "#symptom=%3Cscript%3E&mode=full%00", "#symptom=525&symptom=526", "#now1=526", "#did1=set_strict,set_full&now1=ok&did3=x",
		"#v=1&test443_2=ok&did1=set_full&now1=525&did2=set_strict&now2=526&test443_2=expired", "symptom=ok", "#at=toString", "#v=NaN&v=", "#%", "#=&=&&", "#v=1&number=1033&status=502",
		"#v=1&test443=expired&test80=redirect_https&redirect80=https&at=result", "mode=strict&access=shell,panel&symptom=525&did1=set_full&now1=none",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		page, err := asPage()
		if err != nil {
			t.Fatal(err)
		}
		r := page.read(t, fragment)
		switch {
		case r.written != r.again || r.droppedAgain:
			t.Fatalf("%q is written as %q, which is read as %q, dropped: %v", fragment, r.written, r.again, r.droppedAgain)
		case strings.ContainsAny(r.written, "<>\"'` \\"):
			t.Fatalf("%q is written as %q", fragment, r.written)
		}
		if _, err := diagnose.Parse(r.query); err != nil {
			t.Fatalf("%q makes the page ask %q: %v", fragment, r.query, err)
		}
		// What is a case for the engine, the page reads whole; but for what nobody is asked, and attempts that have not ended.
		a, err := diagnose.Parse(strings.TrimPrefix(fragment, "#"))
		if err != nil {
			return
		}
		whole := a.String()
		if strings.Contains(whole, "lasting=") || strings.Contains(whole, "grey_takes=") {
			return
		}
		for _, m := range done.FindAllStringSubmatch(whole, -1) {
			if !strings.Contains("&"+whole, "&now"+m[1]+"=") {
				return
			}
		}
		again := page.read(t, "#v=1&"+whole+"&at=result")
		if again.dropped || again.at != "result" {
			t.Fatalf("of %q the page drops something, and reads %q at %q", whole, again.query, again.at)
		}
		if told, err := diagnose.Parse(again.query); err != nil || told.String() != whole {
			t.Fatalf("of %q the page asks %q", whole, again.query)
		}
		if opened, err := diagnose.ParseCase(a.Case()); err != nil || opened.Told != a.Told { // it has no attempts
			t.Fatalf("the code of %q is opened as %q: %v", whole, opened.String(), err)
		}
	})
}
