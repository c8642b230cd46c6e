module sslclinic

go 1.26.0

require (
	github.com/alecthomas/chroma/v2 v2.27.0 // colours code
	github.com/fsnotify/fsnotify v1.10.1 // tells serve of changed files
	github.com/tdewolff/minify/v2 v2.24.25 // makes templates, styles and scripts small
	github.com/tdewolff/parse/v2 v2.8.20 // says where a style or a script is wrong
	github.com/yuin/goldmark v1.8.7 // parses Markdown
	go.yaml.in/yaml/v4 v4.0.0 // parses YAML with positions
	golang.org/x/net v0.62.0 // its html package reads the finished pages
	golang.org/x/text v0.43.0 // knows which characters are wide
)

require github.com/rogpeppe/go-internal v1.16.0 // runs the stories of the command line

require (
	github.com/dlclark/regexp2/v2 v2.2.1 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
)
