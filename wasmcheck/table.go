//go:build !js

package main

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"

	"sslclinic/wasmcheck/diagnose"
	"sslclinic/wasmcheck/model"
	"sslclinic/wasmcheck/tables"
)

// table prints one of the tables of what many set-ups come to.
func table(name string) ([]byte, error) {
	n, err := model.Index("table", name, []string{"modes", "faults", "errors", "loops", "alike"})
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
		t = tables.Errors(diagnose.NewDesk(diagnose.New()))
	case 3:
		t = tables.Loops()
	case 4:
		t.Head = []string{"causes that no question tells apart"}
		for _, group := range diagnose.New().Alike() {
			t.Rows = append(t.Rows, []string{strings.Join(group, " ")})
		}
	}
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	w.Flush()
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
