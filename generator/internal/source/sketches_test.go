package source

import (
	"strings"
	"testing"
	"testing/fstest"
)

const sketchesYAML = `label: {ja: 略図, en: A sketch}
look: {ja: 太枠, en: The frame}
errors:
  alt: {ja: 画面, en: A page}
  plain: {ja: 画面, en: A page}
  stations: {visitor: Browser, edge: Cloudflare, origin: Host}
  working: Working
  failing: Error
  pages:
    "525": {title: SSL handshake failed, number: Error code 525}
screens:
  dns-record:
    alt: {ja: 行, en: A row}
    frames:
      - rows:
          - {is: record, cells: [A, www], value: {ja: プロキシ, en: Proxied}, on: true}
          - {is: bar, text: example.com, sign: tune}
`

func TestEveryMistakeInASketchOfAScreenIsNamed(t *testing.T) {
	for _, c := range []struct{ before, after, want, hint string }{
		{"", "", "", ""},
		{"{ja: 行, en: A row}", "{ja: 行}", `sketches.yaml:13:5: error: the alternative of "dns-record" says nothing in "en" [sketch]`, "en: …"},
		{"{ja: 略図, en: A sketch}", "{en: A sketch}", `sketches.yaml:1: error: label says nothing in "ja" [sketch]`, "ja: …"},
		{"en: Proxied", "fr: Proxy", `sketches.yaml:16:18: error: the value of a record says nothing in "en" [sketch]`, "en: …"},
		{"is: bar", "is: tab", `sketches.yaml:17:18: error: no screen has a "tab" [sketch]`, "known are: bar, button"},
		{"sign: tune", "sign: padlock", `sketches.yaml:17:48: error: there is no sign "padlock" [sketch]`, "insecure, tune"},
		{"text: example.com,", "", `sketches.yaml:17:18: error: a bar with other words than it has [sketch]`, "say or text"},
		{"text: example.com", "text: example.com, say: {ja: 例, en: e}", `sketches.yaml:17:18: error: words twice [sketch]`, "keep text"},
		{"cells: [A, www], ", "", `sketches.yaml:16:18: error: cells belong to a record [sketch]`, "write cells"},
		{"text: example.com", `text: "{label dns}"`, `sketches.yaml:17:18: error: what is the same in every language refers to {label dns} [reference]`, "write say"},
		{"{ja: 行, en: A row}", `{ja: "{label dns}", en: A row}`, `sketches.yaml:13:5: error: facts.yaml has no "label dns" [reference]`, "under ui"},
		{"dns-record:\n", "dns-record:\n    url: x\n", `sketches.yaml:13:5: error: the file has no "url"`, ""},
	} {
		files := clean()
		files["sketches.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(sketchesYAML, c.before, c.after, 1))}
		got, problems := load(t, files)
		if c.want == "" {
			if len(problems) > 0 || len(got.Sketches.Screens) != 1 || got.Sketches.Screens["dns-record"].Value.Frames[0].Rows[1].In("ja") != "example.com" {
				t.Error(problems, got.Sketches)
			}
			continue
		}
		found := false
		for _, p := range problems {
			found = found || strings.HasPrefix(p.String(), "content/"+c.want[:strings.LastIndex(c.want, "[")+1]) && strings.Contains(p.Hint, c.hint)
		}
		if !found {
			t.Errorf("%q: %v, want %s", c.after, problems, c.want)
		}
	}
}
