package browser

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// terminal is what a command writes, to be read while it runs.
type terminal struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{} // has room for one: something new is there
}

func (c *terminal) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text.Write(b)
	select {
	case c.wrote <- struct{}{}:
	default:
	}
	return len(b), nil
}

// awaits returns the first match of a pattern, once it is there.
func (c *terminal) awaits(t *testing.T, pattern string) []string {
	t.Helper()
	deadline := time.After(patience)
	for {
		c.mu.Lock()
		text := c.text.String()
		c.mu.Unlock()
		if m := regexp.MustCompile(pattern).FindStringSubmatch(text); m != nil {
			return m
		}
		select {
		case <-c.wrote:
		case <-deadline:
			t.Fatalf("the terminal never shows %q: %s", pattern, text)
		}
	}
}

// TestTheOpenPageFollowsTheFilesWhileTheyAreWritten runs the command where a
// person would run it, at the top of the repository. A site of one page is made
// anew as a large one is, six times, and at once.
func TestTheOpenPageFollowsTheFilesWhileTheyAreWritten(t *testing.T) {
	t.Parallel()
	theBrowser(t)
	content := t.TempDir()
	if err := os.CopyFS(content, fstest.MapFS{
		"site.yaml": {Data: []byte(`base: https://clinic.example/
default: ja
languages:
  - {tag: ja, locale: ja_JP, name: 日本語, title: 診療所, description: 診療所です。}
sections:
  - {id: errors, title: {ja: エラー}, description: {ja: エラーです。}}
`)},
		"articles/error-525/article.yaml": {Data: []byte("id: error-525\nkind: concept\nsection: errors\nsource: ja\nupdated: 2026-11-22\n")},
		"articles/error-525/ja.md":        {Data: []byte("---\ntitle: エラー525\nsummary: エラーです。\n---\n\n本文です。\n")},
	}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background()) // the reader leaves before the server does
	screen := &terminal{wrote: make(chan struct{}, 1)}
	serve := exec.CommandContext(ctx, command(t), "serve", "-content", content, "-addr", "localhost:0")
	serve.Dir, serve.Stdout, serve.Stderr = top, screen, screen
	serve.Cancel = func() error { return serve.Process.Signal(os.Interrupt) } // as Ctrl-C does
	serve.WaitDelay = patience
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		if err := serve.Wait(); serve.ProcessState.ExitCode() != 0 {
			t.Errorf("serve ended with %v: %s", err, &screen.text)
		}
	})
	base := screen.awaits(t, `serving (http://localhost:\d+/);`)[1]
	screen.awaits(t, `\d+ articles?, \d+ files`)

	r := opens(t, &hosted{base: base}, device{languages: "ja", prefers: []string{"prefers-reduced-motion: reduce"}})
	r.goes("ja/error-525/")
	file := filepath.Join(content, "articles", "error-525", "ja.md")
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const overlay = `document.querySelector('#_serve')?.shadowRoot.textContent`

	// Right words show at once.
	good := string(was) + "\nあたらしい段落です。\n"
	write(good)
	r.awaits(`document.querySelector('.prose').innerText.includes('あたらしい段落です。')`)

	// A mistake is shown with its place over the page as it was, and so is the next.
	wrong := good + "\n[行き先](#nowhere)\n"
	write(wrong)
	line := strings.Count(wrong, "\n")
	r.awaits(overlay + `?.includes(` + quote("error-525/ja.md:"+strconv.Itoa(line)+":") + `)`)
	if !ask[bool](r, `document.querySelector('.prose').innerText.includes('あたらしい段落です。')`) {
		t.Error("the last good page is gone")
	}
	r.awaits(`document.elementFromPoint(innerWidth / 2, innerHeight - 20).id === '_serve'`) // over the page, in sight
	write("\n" + wrong)
	r.awaits(overlay + `?.includes(` + quote("error-525/ja.md:1:") + `)`)

	// Mended, it is gone, and the page goes on.
	write(good)
	r.awaits(`!document.querySelector('#_serve')`)
	write(good + "\nさらに続きます。\n")
	r.awaits(`document.querySelector('.prose').innerText.includes('さらに続きます。') && !document.querySelector('#_serve')`)
}
