package markdown

import (
	"reflect"
	"testing"
)

func TestAMemoConvertsOnlyWhatIsNew(t *testing.T) {
	const text = "## A {#a}\n\n```legs mode=full\n```\n\n```text\nb\n```\n"
	var m Memo
	m.Turn()
	d := m.Convert(converter, "a.md", 3, []byte(text))
	m.Turn()
	if m.Convert(converter, "a.md", 3, []byte(text)) != d {
		t.Error("the same text was converted again")
	}
	german := New(Labels{Code: "Quelltext"}, map[string]Body{"legs": Caption}, nil)
	for what, other := range map[string]*Doc{
		"file": m.Convert(converter, "b.md", 3, []byte(text)), "line": m.Convert(converter, "a.md", 4, []byte(text)),
		"text": m.Convert(converter, "a.md", 3, []byte(text+"x")), "language": m.Convert(german, "a.md", 3, []byte(text)),
	} {
		if other == d {
			t.Errorf("another %s gave the same", what)
		}
	}
	m.Turn()
	m.Turn()
	if m.Convert(converter, "a.md", 3, []byte(text)) == d {
		t.Error("what nobody asked for is kept for ever")
	}
	if got := (*Memo)(nil).Convert(converter, "a.md", 3, []byte(text)); !reflect.DeepEqual(got, d) {
		t.Error("without a memo the text is another")
	}
}
