module sslclinic

go 1.26.0

require (
	github.com/tdewolff/minify/v2 v2.24.25
	go.yaml.in/yaml/v4 v4.0.0
)

require github.com/tdewolff/parse/v2 v2.8.20 // indirect
