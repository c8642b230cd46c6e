//go:build !js

package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/tables"
)

// table prints one of the tables of what many set-ups come to, and to stderr how far it is when that takes time.
func table(name string, stderr io.Writer) ([]byte, error) {
	known := []string{"modes", "faults", "errors", "loops", "alike", "constants"}
	if name == "" {
		return nil, &model.Problem{What: "no table is named", Hint: "write table modes; known: " + strings.Join(known, " ")}
	}
	n, err := model.Index("table", name, known)
	if err != nil {
		return nil, err
	}
	var t tables.Table
	switch n {
	case 0:
		t = tables.Certificates()
	case 1:
		t = tables.Faults()
	case 2:
		t = tables.Errors(diagnose.NewSession(diagnose.New()))
	case 3:
		t = tables.Loops()
	case 4:
		t.Head = []string{"causes that no question tells apart"}
		for _, group := range diagnose.New().Alike() {
			t.Rows = append(t.Rows, []string{strings.Join(group, " ")})
		}
	case 5:
		return sensitivity(stderr), nil
	}
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	w.Flush()
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// sensitivity prints the constants of the reasoner as the table that stands in README.md.
func sensitivity(stderr io.Writer) []byte {
	began := time.Now()
	var mu sync.Mutex
	shown := 0
	all, standing := diagnose.Sensitivity(func(done, of int) {
		mu.Lock()
		defer mu.Unlock()
		if tenth := done * 10 / of; tenth > shown && time.Since(began) > time.Second {
			shown = tenth
			fmt.Fprintf(stderr, "%d of %d measured\n", done, of)
		}
	})
	b := fmt.Appendf(nil, "| constant | value | why | halved | doubled |\n|---|---|---|---|---|\n| none | | as it is | %.1f %.2f | |\n", standing.Helped, standing.Asked)
	for _, c := range all {
		b = fmt.Appendf(b, "| %s | %s | %s | %s | %s |\n", c.Name, c.Value, c.Why, effect(c.Halved, standing), effect(c.Doubled, standing))
	}
	return bytes.TrimRight(b, "\n")
}

// effect is what another value comes to, in a few characters.
func effect(e, standing diagnose.Effect) string {
	if e == standing {
		return "–"
	}
	return fmt.Sprintf("%.0f·%.0f·%.0f·%.0f·%.0f %.1f %.2f", e.First, e.Three, e.Plan, e.Next, e.Else, e.Helped, e.Asked)
}
