package source

import "sslclinic/generator/internal/yamlfile"

// Words are the words of figures and of the checker in one language.
type Words struct {
	Stations struct {
		Visitor string `yaml:"visitor,required"`
		Edge    string `yaml:"edge,required"`
		Origin  string `yaml:"origin,required"`
	} `yaml:"stations,required"`
	Legs struct {
		Visitor string `yaml:"visitor,required"`
		Origin  string `yaml:"origin,required"`
	} `yaml:"legs,required"`
	Modes       map[string]yamlfile.At[string] `yaml:"modes,required"`
	Schemes     map[string]yamlfile.At[string] `yaml:"schemes,required"`
	Ports       map[string]yamlfile.At[string] `yaml:"ports,required"`
	Protections map[string]Protection          `yaml:"protections,required"`
	Tunnel      Protection                     `yaml:"tunnel,required"`      // leg 2 on a tunnel, which is its own
	TunnelLast  string                         `yaml:"tunnel_last,required"` // what lies between cloudflared and the service
	PagesOnly   string                         `yaml:"pages_only,required"`  // there is no leg 2
	Redirect    string                         `yaml:"redirect,required"`
	Direct      string                         `yaml:"direct,required"`
	Failing     string                         `yaml:"failing,required"`
	Figure      yamlfile.At[string]            `yaml:"figure,required"`    // with {mode} {scheme} {visitor} {origin}
	Sentences   yamlfile.At[string]            `yaml:"sentences,required"` // one after the other: {first} {second}
	Pair        yamlfile.At[string]            `yaml:"pair,required"`      // what is named, and what is said of it: {name} {what}
	Table       struct {
		Caption string `yaml:"caption,required"`
		Mode    string `yaml:"mode,required"`
		Scheme  string `yaml:"scheme,required"`
		Visitor string `yaml:"visitor,required"`
		Origin  string `yaml:"origin,required"`
		Port    string `yaml:"port,required"`
	} `yaml:"table,required"`
}

// Protection is what one protection of a leg is called and means.
type Protection struct {
	Name    yamlfile.At[string] `yaml:"name,required"`
	Short   string              `yaml:"short,required"`
	Means   string              `yaml:"means,required"`
	Reader  string              `yaml:"reader,required"`
	Changer string              `yaml:"changer,required"`
}
