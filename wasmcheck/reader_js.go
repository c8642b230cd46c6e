//go:build js && wasm && evidence

package main

import "sslclinic/wasmcheck/api"

func answer(request string) []byte { return api.Paste(request) }

// ballast is never touched, so that no page of it is ever there. The collector begins when the heap has doubled: with it, not while a paste
// is read, where its write barriers cost a tenth of the time.
var ballast = make([]byte, 16<<20)
