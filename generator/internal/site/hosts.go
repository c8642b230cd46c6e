package site

import (
	"fmt"
	"path"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/source"
)

// anyLanguage stands in the path of a page whose file is the same in every
// language, for that of the reader.
const anyLanguage = "{lang}"

// HostsPath is the address of the list of hosts.
func HostsPath(lang string) string { return lang + "/hosts/" }

// HostPath is the address of a host's page; "" when it has none.
func HostPath(lang string, h *source.Host) string {
	if h.Thin {
		return ""
	}
	return HostsPath(lang) + h.ID + "/"
}

// identifyHosts gives the files of hosts their addresses, so that texts may link
// to them.
func (a *assembly) identifyHosts(hosts *source.Hosts) {
	if len(hosts.All) > 0 {
		a.files["hosts/"+source.HostIndexFile+".yaml"] = target{path: HostsPath(anyLanguage)}
	}
	for _, h := range hosts.All {
		if at := HostPath(anyLanguage, h); at != "" {
			a.files["hosts/"+h.ID+".yaml"] = target{path: at}
		}
	}
}

// phraseHosts parses what is said of hosts, and names articles that are not there.
func (a *assembly) phraseHosts(hosts *source.Hosts) {
	index, file := hosts.Index, path.Join(a.dir, "hosts", source.HostIndexFile+".yaml")
	a.say(file, index.About.Line, index.About.Value)
	for _, c := range index.Common {
		a.say(file, c.Text.Line, c.Text.Value)
	}
	for _, h := range hosts.All {
		a.say(h.File, h.About.Line, h.About.Value)
		a.say(h.File, 1, h.Summary)
		a.say(h.File, h.Allow.Line, h.Allow.Value.Say.Value)
		for _, f := range h.Facts() {
			a.say(h.File, f.Line, f.Value.Say.Value)
		}
		for _, key := range ids(h.Sources) {
			v := h.Sources[key].Value.Article
			if _, ok := a.Anchor(a.Default.Value, v.Value); !ok && v.Value != "" && !a.draft(h.File, v, strings.Split(v.Value, "#")[0]) {
				a.problem(h.File, v.Line, v.Col, diag.RuleHost, fmt.Sprintf("there is no article %q", v.Value), a.nearestArticle(v.Value))
			}
		}
	}
}

// Shown is an address as people write it down: the host, and what follows it
// where that is short.
func Shown(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, path, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	host = strings.TrimPrefix(host, "www.")
	if path == "" || len(host)+len(path) > 56 {
		return host
	}
	return host + "/" + path
}
