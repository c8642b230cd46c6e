package api

// A writer writes JSON, one member or element after the other. It sets the commas; who opens, closes.
type writer struct{ b []byte }

// put is the one place that grows the text: every append would cost the module a third of a kilobyte.
func (w *writer) put(s string) { w.b = append(w.b, s...) }

// begin is before every value: the comma, if another stands before it, and the name that a member has.
func (w *writer) begin(name string) {
	if n := len(w.b); n > 0 && w.b[n-1] != '{' && w.b[n-1] != '[' {
		w.put(",")
	}
	if name != "" {
		w.quote(name)
		w.put(":")
	}
}

// open begins an object or an array; the name is empty where the value stands in an array, or alone.
func (w *writer) open(name, bracket string) {
	w.begin(name)
	w.put(bracket)
}

// text writes a string.
func (w *writer) text(name, s string) {
	w.begin(name)
	w.quote(s)
}

// quote is what makes a string of a text that has no control characters: an id, or what package model repeats.
func (w *writer) quote(s string) {
	w.put(`"`)
	from := 0
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			w.put(s[from:i])
			w.put(`\`)
			from = i
		}
	}
	w.put(s[from:])
	w.put(`"`)
}

// number writes a number that is not negative.
func (w *writer) number(name string, n int) {
	w.begin(name)
	w.decimal(n)
}

func (w *writer) decimal(n int) {
	if n >= 10 {
		w.decimal(n / 10)
	}
	w.put("0123456789"[n%10 : n%10+1])
}

// fraction writes n of one, a power of ten, as a number from 0 to 1.
func (w *writer) fraction(name string, n, one int) {
	w.number(name, n/one)
	w.put(".")
	for more := true; more; more = n%one != 0 {
		n, one = n%one, one/10
		w.decimal(n / one)
	}
}

func (w *writer) flag(name string, v bool) {
	w.begin(name)
	if v {
		w.put("true")
		return
	}
	w.put("false")
}
