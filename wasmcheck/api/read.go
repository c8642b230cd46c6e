//go:build !js || evidence

package api

import (
	"sslclinic/wasmcheck/evidence"
	"sslclinic/wasmcheck/model"
)

// Paste answers a request of the module that reads: "read?2026-11-28?" and the text, or "mask?" and the text, for the text without its
// secrets.
func Paste(request string) []byte {
	verb, text := model.Cut(request, '?')
	if verb == "mask" {
		var w writer
		w.open("", "{")
		w.number("model", Model)
		w.said("masked", evidence.Mask(text))
		w.put("}")
		return w.b
	}
	day, text := model.Cut(text, '?')
	return Read(text, day)
}

// Read answers with what a paste says, see [evidence.Read]. The day is written 2026-11-28; without one, nothing is said of
// what has expired. It is in a module of its own: the reader would add a third to the engine's.
func Read(paste, day string) []byte { return Reading(evidence.Read(paste, day)) }

// Reading is a reading as JSON.
func Reading(r *evidence.Reading) []byte {
	w := writer{b: make([]byte, 0, 4096)}
	w.open("", "{")
	w.number("model", Model)
	w.open("input", "{")
	w.number("bytes", r.Bytes)
	w.number("lines", r.Lines)
	w.number("read", r.Read)
	w.texts("cleaned", r.Cleaned)
	w.put("}")
	w.open("kinds", "[")
	for _, k := range r.Kinds {
		w.open("", "{")
		w.text("id", k.ID)
		w.number("from", k.From)
		w.number("to", k.To)
		w.put("}")
	}
	w.put("]")
	w.open("facts", "[")
	for _, f := range r.Facts {
		w.open("", "{")
		w.text("id", f.ID)
		w.said("value", f.Value)
		w.number("line", f.Line)
		w.said("quote", f.Quote)
		w.put("}")
	}
	w.put("]")
	w.claims("answers", r.Answers)
	w.claims("offers", r.Offers)
	w.open("withheld", "[")
	for _, h := range r.Withheld {
		w.open("", "{")
		w.text("question", h.Question)
		w.text("why", h.Why)
		w.numbers("lines", h.Lines)
		w.put("}")
	}
	w.put("]")
	w.open("conflicts", "[")
	for _, c := range r.Conflicts {
		w.open("", "{")
		w.text("question", c.Question)
		w.texts("values", c.Values)
		w.numbers("lines", c.Lines)
		w.quotes(c.Quotes)
		w.put("}")
	}
	w.put("]")
	w.open("secrets", "[")
	for _, s := range r.Secrets {
		w.open("", "{")
		w.text("id", s.ID)
		w.number("from", s.From)
		w.number("to", s.To)
		w.put("}")
	}
	w.put("]")
	w.flag("healthy", r.Healthy)
	w.texts("notes", r.Notes)
	w.texts("not_told", r.NotTold)
	w.open("next", "[")
	for _, n := range r.Next {
		w.open("", "{")
		w.text("id", n.ID)
		w.said("command", n.Command)
		w.said("macos", n.MacOS)
		w.said("windows", n.Windows)
		w.put("}")
	}
	w.put("]")
	w.text("query", r.Query)
	w.put("}")
	return w.b
}

func (w *writer) claims(name string, all []evidence.Claim) {
	w.open(name, "[")
	for _, c := range all {
		w.open("", "{")
		w.text("question", c.Question)
		w.text("value", c.Value)
		w.numbers("lines", c.Lines)
		w.quotes(c.Quotes)
		w.text("rule", c.Rule)
		if c.If != "" {
			w.text("if", c.If)
		}
		w.put("}")
	}
	w.put("]")
}

func (w *writer) texts(name string, all []string) {
	w.open(name, "[")
	for _, s := range all {
		w.text("", s)
	}
	w.put("]")
}

func (w *writer) quotes(all []string) {
	w.open("quotes", "[")
	for _, s := range all {
		w.said("", s)
	}
	w.put("]")
}

func (w *writer) numbers(name string, all []int) {
	w.open(name, "[")
	for _, n := range all {
		w.number("", n)
	}
	w.put("]")
}

// said writes a string out of a paste: it may hold any character.
func (w *writer) said(name, s string) {
	w.begin(name)
	w.put(`"`)
	from := 0
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == 0x7f {
			w.put(s[from:i])
			const hex = "0123456789abcdef"
			w.put(`\u00` + hex[c>>4:c>>4+1] + hex[c&15:c&15+1])
			from = i + 1
		}
	}
	w.put(s[from:])
	w.put(`"`)
}
