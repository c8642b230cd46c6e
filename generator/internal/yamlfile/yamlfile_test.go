package yamlfile

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sslclinic/generator/internal/diag"
)

// recipe has a field of every kind that Decode knows.
type recipe struct {
	Name  string            `yaml:"name,required"`
	Code  At[string]        `yaml:"code"`
	Draft bool              `yaml:"draft"`
	Tags  []At[string]      `yaml:"tags"`
	Words map[string]string `yaml:"words"`
	Oven  struct {
		Heat string `yaml:"heat,required"`
	} `yaml:"oven"`
	Steps []step `yaml:"steps"`
}

type step struct {
	Do string `yaml:"do,required"`
}

// told gives problems as lines of position, message and hint.
func told(l diag.List) string {
	var b strings.Builder
	for _, p := range l {
		fmt.Fprintf(&b, "%d:%d: %s (%s)\n", p.Line, p.Col, p.Message, p.Hint)
	}
	return b.String()
}

func TestEveryMistakeHasItsPlaceAndAHint(t *testing.T) {
	for _, c := range []struct{ data, want, hint string }{
		{"nmae: a\n", `1:1: unknown key "nmae"`, `did you mean "name"?`},
		{"zzzz: a\n", `1:1: unknown key "zzzz"`, "known are: code, draft, name, oven, steps, tags, words"},
		{"code: x\n", `1:1: the file has no "name"`, `add a line "name: …"`},
		{"", `1:1: the file has no "name"`, `add a line "name: …"`},
		{"# nothing\n", `1:1: the file has no "name"`, `add a line "name: …"`},
		{"name:\n", `1:6: "name" is empty`, `write a value after "name:"`},
		{"name: ''\n", `1:7: "name" is empty`, `write a value after "name:"`},
		{"name: ~\n", `1:7: "name" is empty`, `write a value after "name:"`},
		{"name: null\n", `1:7: "name" is empty`, `write a value after "name:"`},
		{"name: a\nname: b\n", `2:1: the key "name" is said twice`, "keep one of them"},
		{"日本: a\nname: {x: y}\n", `2:7: "name" must be a single value, not a mapping`, "write one value after the colon"},
		{"name: [a]\n", `1:7: "name" must be a single value, not a list`, "write one value after the colon"},
		{"name: a\ncode: [525]\n", `2:7: "code" must be a single value, not a list`, "write one value after the colon"},
		{"name: a\ntags: x\n", `2:7: "tags" must be a list, not a single value`, "write [x]"},
		{"name: a\ntags: {x: y}\n", `2:7: "tags" must be a list, not a mapping`, "write [first, second]"},
		{"name: a\ntags: [x, [y]]\n", `2:11: an entry of "tags" must be a single value, not a list`, "write one value"},
		{"name: a\nwords: x\n", `2:8: "words" must be a mapping, not a single value`, `a line "key: value" each`},
		{"name: a\noven: hot\n", `2:7: "oven" must be a mapping, not a single value`, `a line "key: value" each`},
		{"name: a\noven: {}\n", `2:7: "oven" has no "heat"`, `add a line "heat: …"`},
		{"name: a\nsteps:\n  - do: x\n  - od: y\n", `4:5: unknown key "od"`, `did you mean "do"?`},
		{"name: a\nsteps:\n  - x\n", `3:5: an entry of "steps" must be a mapping, not a single value`, `a line "key: value" each`},
		{"name: a\ndraft: yes\n", `2:8: "draft" must be true or false, not "yes"`, "write true or false"},
		{"name: a\ndraft:\n", `2:7: "draft" must be true or false, not ""`, "write true or false"},
		{"- name\n", `1:1: the file must be a mapping, not a list`, `a line "key: value" each`},
		{"name\n", `1:1: the file must be a mapping, not a single value`, `a line "key: value" each`},
		{"name: &n a\n", `1:7: anchors are not used here`, "take &n away"},
		{"code: &n a\nname: *n\n", `2:7: aliases are not used here`, "write the value out"},
		{"name: *n\n", `1:7: not YAML: unknown anchor 'n' referenced`, "between quotes"},
		{"name: !n a\n", `1:7: tags are not used here`, "take !n away"},
		{"name: a\n? [b]\n: c\n", `2:3: a key must be a single word, not a list`, "write key: value"},
		{"name: &n a\n*n : b\n", `2:1: a key must be a single word, not an alias`, "write key: value"},
		{"name: a\n<<: {code: b}\n", `2:1: unknown key "<<"`, "known are"},
		{"name: a\n---\ncode: b\n", `2:1: a second document begins here`, "a file holds one: take the line --- or ... away"},
		{"name: a\n...\ncode: b\n", `3:1: a second document begins here`, "a file holds one: take the line --- or ... away"},
		{"name: a\n\tcode: b\n", `2:1: a tab in YAML`, "write spaces instead"},
		{"name:\ta\n", `1:6: a tab in YAML`, "write spaces instead"},
		{"name: 日本\t# x\n", `1:9: a tab in YAML`, "write spaces instead"},
		{"name: a\x00b\n", `1:8: the control character U+0000 in YAML`, "take it away"},
		{"name: a\nname: \xff\n", `2:0: the line is not UTF-8 text`, "save the file as UTF-8"},
		{"name: a: b\n", `1:8: not YAML: mapping values are not allowed in this context`, "between quotes"},
		{"name: a\ncode: \"b\ndraft: true\n", `2:7: not YAML: found unexpected end of stream`, "between quotes"},
		{"name: a\r\ncode: @b\r\n", `2:7: not YAML: found character that cannot start any token`, "between quotes"},
		{"name: a\ncode: [b\n", `2:7: not YAML: did not find expected`, "between quotes"},
	} {
		var v recipe
		got := told(Decode("f.yaml", 0, []byte(c.data), &v))
		if !strings.Contains(got, c.want) || !strings.Contains(got, c.hint) {
			t.Errorf("%q:\n got %swant %s (…%s…)", c.data, got, c.want, c.hint)
		}
	}
}

func TestAllMistakesAreFoundInOneRun(t *testing.T) {
	const data = "nmae: a\ncode: {a: b}\ndraft: no\ntags: [a, {b: c}]\ntags: []\noven:\n  haet: 3\nsteps:\n  - {do: a}\n  - {}\n  - do: ~\n"
	want := []string{
		`11:1: unknown key "nmae"`, `12:7: "code" must`, `13:8: "draft" must`, `14:11: an entry of "tags"`, `15:1: the key "tags"`,
		`17:3: unknown key "haet"`, `17:3: "oven" has no "heat"`, `20:5: an entry of "steps" has no "do"`, `21:9: "do" is empty`, `11:1: the file has no "name"`,
	}
	var v recipe
	problems := Decode("f.yaml", 10, []byte(data), &v)
	got := told(problems)
	for _, w := range want {
		if strings.Count(got, w) != 1 {
			t.Errorf("not said once: %s\nin\n%s", w, got)
		}
	}
	if len(problems) != len(want) {
		t.Errorf("%d problems, want %d:\n%s", len(problems), len(want), got)
	}
}

func TestEveryLineWithATabIsNamed(t *testing.T) {
	var v recipe
	if got := told(Decode("f", 0, []byte("name:\n\ta: b\n\t\tc: d\n"), &v)); strings.Count(got, "a tab in YAML") != 2 {
		t.Error(got)
	}
}

func TestWhatIsSaidArrivesWithItsPlace(t *testing.T) {
	const data = "\ufeff---\r\nname: 1e3\r\ncode: 0525\r\ndraft: true\r\ntags: [a, 日本]\r\nwords: {a: , b: \"~\"}\r\noven: {heat: no}\r\nsteps: ~\r\n"
	var v recipe
	if problems := Decode("f", 3, []byte(data), &v); len(problems) > 0 {
		t.Fatal(told(problems))
	}
	if v.Name != "1e3" || v.Code != (At[string]{"0525", 6, 7}) || !v.Draft || v.Tags[1] != (At[string]{"日本", 8, 11}) ||
		v.Words["a"] != "" || v.Words["b"] != "~" || v.Oven.Heat != "no" || v.Steps != nil {
		t.Errorf("%+v", v)
	}
}

func TestAFileMayBeAList(t *testing.T) {
	for data, want := range map[string]string{"": "[]", "# none\n": "[]", "- do: a\n- do: b\n": "[{a} {b}]"} {
		v := []step{}
		if problems := Decode("f", 0, []byte(data), &v); len(problems) > 0 || fmt.Sprint(v) != want {
			t.Errorf("%q: %v %v", data, v, problems)
		}
	}
	var v []step
	if got := told(Decode("f", 0, []byte("do: a\n"), &v)); !strings.HasPrefix(got, "1:1: the file must be a list, not a mapping") {
		t.Error(got)
	}
}

func TestOnlyWhatCannotBeReadIsASyntaxProblem(t *testing.T) {
	for data, want := range map[string]diag.Rule{"nmae: a": diag.RuleYAML, "name: a: b": diag.RuleYAMLSyntax, "name:\ta": diag.RuleYAMLSyntax, "name: a\n---\nb: c": diag.RuleYAML} {
		var v recipe
		for _, p := range Decode("f", 0, []byte(data), &v) {
			if p.Rule != want || p.Hides != (want == diag.RuleYAMLSyntax) {
				t.Errorf("%q: %v", data, p)
			}
		}
	}
}

// FuzzDecode: whatever the bytes, Decode returns, each problem has a place
// within the file, and without problems the required key was there.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "name: a", "name: [", "a: &a [*a]", "? ? ?", "name: |\n\t a", "\ufeff", "- - - -", "{{{{", "%YAML 1.1\n---\na", "a: !!binary x", strings.Repeat("[", 300), strings.Repeat("a: \n ", 40)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var v recipe
		problems := Decode("f", 0, data, &v)
		lines := strings.Count(string(data), "\n") + 1
		for _, p := range problems {
			if p.File != "f" || p.Line < 1 || p.Line > lines+1 || p.Message == "" || p.Hint == "" && !strings.HasPrefix(p.Message, "unknown key") {
				t.Errorf("%q: %v", data, p)
			}
		}
		if len(problems) == 0 && strings.TrimSpace(v.Name) == "" {
			t.Errorf("%q: no name and no problem", data)
		}
	})
}

// What once took time by the square of a line's length, and what other readers of
// YAML take ages for.
func TestNoFileTakesLong(t *testing.T) {
	for _, again := range []string{"[", "{", "- ", "{a: ", "&a ", "'", "!a ", "*a ", "a: ", "[a,", "? ", "a:\n ", "[\n", "a: b\n"} {
		var took time.Duration
		for range 3 {
			start := time.Now()
			var v map[string]string
			if problems := Decode("a.yaml", 0, []byte(strings.Repeat(again, (64<<10)/len(again))), &v); len(problems) == 0 {
				t.Errorf("%q passes", again)
			}
			if took = time.Since(start); took < time.Second {
				break
			}
		}
		if took >= time.Second {
			t.Errorf("%q takes %v", again, took)
		}
	}
}

func TestWhatNobodySeesIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"title: a\u202Eb\n":       "a.yaml:1:8: warning: a character that changes the direction of the text, U+202E, in this value [invisible]",
		"title: \"a\\u200Bb\"\n":  "a.yaml:1:8: warning: a character without width, U+200B, in this value [invisible]",
		"title: \"a\\x1b[0mb\"\n": "a.yaml:1:8: error: a control character, U+001B, in this value [invisible]",
		"title: 家族👨\u200D👩は絵\n":   "",
	} {
		var v struct {
			Title string `yaml:"title"`
		}
		problems := Decode("a.yaml", 0, []byte(text), &v)
		if want == "" {
			if len(problems) > 0 {
				t.Errorf("%q: %v", text, problems)
			}
			continue
		}
		if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), want) {
			t.Errorf("%q: %v, want %s", text, problems, want)
		}
	}
}
