module sslclinic

go 1.26.0

require (
	github.com/alecthomas/chroma/v2 v2.27.0 // colours code
	github.com/dlclark/regexp2/v2 v2.5.2 // finds the tokens for chroma, and must do so without a clock
	github.com/fsnotify/fsnotify v1.10.1 // tells serve of changed files
	github.com/tdewolff/minify/v2 v2.24.25 // makes templates, styles and scripts small
	github.com/tdewolff/parse/v2 v2.8.20 // says where a style or a script is wrong
	github.com/yuin/goldmark v1.8.7 // parses Markdown
	go.yaml.in/yaml/v4 v4.0.0 // parses YAML with positions
	golang.org/x/net v0.62.0 // its html package reads the finished pages
	golang.org/x/text v0.43.0 // knows which characters are wide
)

require (
	github.com/chromedp/cdproto v0.159.0 // the words of the browser's protocol, for chromedp
	github.com/chromedp/chromedp v0.23.0 // reads the site in a real browser, in tests
	github.com/rogpeppe/go-internal v1.16.0 // runs the stories of the command line
)

require golang.org/x/tools v0.51.0 // its txtar holds golden files

require github.com/dop251/goja v0.0.0-20260917113740-793a2a65c13b

require (
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	github.com/go-sourcemap/sourcemap v2.1.3+incompatible // indirect
	github.com/google/pprof v0.0.0-20230207041349-798e818bf904 // indirect
	golang.org/x/sys v0.49.0 // indirect
)
