//go:build js && wasm && !evidence

package main

import "sslclinic/wasmcheck/api"

// counter is who answers, for as long as the page is there.
var counter api.Handler

func answer(request string) []byte { return counter.Answer(request) }
