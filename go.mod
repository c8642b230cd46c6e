module sslclinic

go 1.26.0

// linkcheck reads the finished pages with its tokenizer, as a browser would.
require golang.org/x/net v0.62.0

// watch hears of changed files from the system instead of asking for them.
require github.com/fsnotify/fsnotify v1.10.1

require golang.org/x/sys v0.49.0 // indirect
