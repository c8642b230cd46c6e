//go:build js && wasm

package main

import "unsafe"

// The program is built twice: with the engine, and with the tag evidence with the reader of what is pasted instead. Most readers paste
// nothing, and the two together would be beyond what the first is allowed.

// exchange is the one buffer through which the page and the module talk. It has to outlive each call, and an exported function has
// nowhere else to keep it.
var exchange []byte

// buffer gives the address of the exchange, made to hold at least n bytes. A larger one is a new one, at another address.
//
//go:wasmexport buffer
func buffer(n uint32) uint32 {
	if n = max(n, 1); uint32(len(exchange)) < n {
		exchange = make([]byte, n)
	}
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(exchange))))
}

// ask reads a request of n bytes from the exchange, leaves the answer there, and gives its length in bytes. Ask
// buffer(0) for the address again: the answer may have needed more room.
//
//go:wasmexport ask
func ask(n uint32) uint32 {
	said := answer(string(exchange[:min(n, uint32(len(exchange)))]))
	buffer(uint32(len(said)))
	return uint32(copy(exchange, said))
}

// main keeps the module alive; the page calls the exports.
func main() { select {} }
