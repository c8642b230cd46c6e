module sslclinic

go 1.26.0

// linkcheck reads the finished pages with its tokenizer, as a browser would.
require golang.org/x/net v0.62.0
