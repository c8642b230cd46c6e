//go:build !js

// Command wasmcheck is the checker of the site in two bodies: a WebAssembly module for the page, and this native command.
//
// Its law: both say the same, for both ask package door.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"sslclinic/wasmcheck/door"
	"sslclinic/wasmcheck/model"
)

const usage = `usage: wasmcheck legs 'mode=flexible&scheme=https'

  legs   how each of the two legs is protected, as JSON
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command: 0 when it answered, 2 when it could not understand what it was asked.
func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return 2
	}
	switch verb, rest := args[0], args[1:]; verb {
	case "legs":
		return say(stdout, stderr, rest, door.Legs)
	case "help", "-h", "-help", "--help":
		fmt.Fprint(stdout, usage)
		return 0
	default:
		return refuse(stderr, model.Unknown("command", verb, model.Among("legs", "help")))
	}
}

func say(stdout, stderr io.Writer, args []string, answer func(string) ([]byte, error)) int {
	query := ""
	switch len(args) {
	case 0:
	case 1:
		query = args[0]
	default:
		return refuse(stderr, &model.Problem{What: "one query is wanted", Hint: "quote it: '&' means something to the shell"})
	}
	b, err := answer(query)
	if err != nil {
		return refuse(stderr, err)
	}
	stdout.Write(append(bytes.TrimSpace(b), '\n'))
	return 0
}

func refuse(stderr io.Writer, err error) int {
	if p, ok := err.(*model.Problem); ok {
		fmt.Fprintf(stderr, "wasmcheck: %s\nhint: %s\n", p.What, p.Hint)
		return 2
	}
	fmt.Fprintf(stderr, "wasmcheck: %v\n", err)
	return 2
}
