package pipeline

import (
	"cmp"
	"fmt"
	"html/template"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
	"sslclinic/generator/internal/theme"
	"sslclinic/generator/internal/yamlfile"
)

// hostGroups are the kinds of hosts in the order of the list. A stack is a
// program that stands before the sites of one's own server.
var hostGroups = []string{"hosting", "platform", "pages", "tunnel", "server", "stack", "balancer", "home"}

func hostGroup(h *source.Host) string {
	if h.Stack {
		return "stack"
	}
	return h.Kind.Value
}

// settledFacts are the questions that every host is asked, by the key of their
// answer in its file.
var settledFacts = []struct {
	key string
	of  func(*source.Host) yamlfile.At[source.HostFact]
}{
	{"own_certificate", func(h *source.Host) yamlfile.At[source.HostFact] { return h.OwnCertificate }},
	{"lasting", func(h *source.Host) yamlfile.At[source.HostFact] { return h.Lasting }},
	{"proxy", func(h *source.Host) yamlfile.At[source.HostFact] { return h.Proxy }},
	{"grey_takes", func(h *source.Host) yamlfile.At[source.HostFact] { return h.GreyTakes }},
	{"redirect", func(h *source.Host) yamlfile.At[source.HostFact] { return h.Redirect }},
	{"contact", func(h *source.Host) yamlfile.At[source.HostFact] { return h.Contact }},
}

// hostWords are the words of the interface that the hosts' pages need: those
// that are put together from what their files say.
func hostWords(hosts []*source.Host) []string {
	words := []string{"host_title", "host_unknown", "host_dated"}
	for _, h := range hosts {
		words = append(words, "hosts_"+hostGroup(h))
		for _, s := range settledFacts {
			if f := s.of(h); f.Line > 0 {
				words = append(words, "host_"+s.key)
				if f.Value.Known() && s.key != "contact" {
					words = append(words, "host_"+s.key+"_"+f.Value.Is.Value)
				}
			}
		}
		for _, t := range h.Topics {
			words = append(words, "host_topic_"+t.ID.Value)
		}
		for _, f := range h.Facts() {
			if c := f.Value.Confidence.Value; c != "doc" {
				words = append(words, "host_"+c)
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// hostList announces the list of hosts; its zero value says that there is none.
func (b *builder) hostList(here place) theme.Card {
	if len(b.Hosts.All) == 0 {
		return theme.Card{}
	}
	return theme.Card{Title: b.Hosts.Index.Title[here.lang], Summary: b.Hosts.Index.Summary[here.lang], URL: here.to(site.HostsPath(here.lang))}
}

// hostsFrame is the frame of a page about hosts. rest is what its path has beyond
// the list's.
func (b *builder) hostsFrame(kind, lang, rest string) (*theme.Page, place) {
	here := placed(lang, site.HostsPath(lang)+rest)
	p := b.frame(kind, here, func(lang string) (string, bool) { return site.HostsPath(lang) + rest, true })
	p.Breadcrumbs = []theme.Link{{Title: p.SiteTitle, URL: p.Home}}
	return p, here
}

// near sorts hosts for the readers of a language: those that they rent, those of
// everybody, those that others rent; each by name, as it is read: in whichever kana.
func near(lang string, hosts []*source.Host) []*source.Host {
	rank := func(h *source.Host) int {
		switch {
		case len(h.Market) == 0:
			return 1
		case slices.ContainsFunc(h.Market, func(m yamlfile.At[string]) bool { return m.Value == lang }):
			return 0
		}
		return 2
	}
	read := func(name string) string { return strings.ToLower(katakana(name)) }
	hosts = slices.Clone(hosts)
	slices.SortStableFunc(hosts, func(x, y *source.Host) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), strings.Compare(read(x.Name[lang]), read(y.Name[lang])))
	})
	return hosts
}

// hostsPage lists the hosts by kind.
func (b *builder) hostsPage(lang string) (map[string][]byte, error) {
	p, here := b.hostsFrame("hosts", lang, "")
	index := b.Hosts.Index
	named(p, index.Title[lang], index.Summary[lang])
	phrase := func(say source.Say) template.HTML { return b.Phrase(lang, say[lang], here.to) }
	v := &theme.Hosts{Summary: index.Summary[lang], About: paragraphs(phrase(index.About.Value))}
	if b.checker != nil {
		v.Check = here.step("")
	}
	if b.Repository.Value != "" {
		v.Missing = b.issue(p.Words["host_missing_title"], p.Words["host_missing_message"]+"\n\n"+b.base+here.at)
	}
	for _, id := range hostGroups {
		g := theme.HostGroup{ID: id, Title: p.Words["hosts_"+id]}
		for _, c := range index.Common {
			if c.Kind.Value == id {
				g.Common = paragraphs(phrase(c.Text.Value))
			}
		}
		for _, h := range near(lang, b.Hosts.All) {
			switch {
			case hostGroup(h) != id:
			case h.Thin:
				g.Others = append(g.Others, h.Name[lang])
			default:
				g.Hosts = append(g.Hosts, theme.Link{Title: h.Name[lang], URL: here.to(site.HostPath(lang, h))})
			}
		}
		if len(g.Hosts)+len(g.Others) > 0 {
			v.Groups = append(v.Groups, g)
		}
		signs := theme.HostSigns{Kind: g.Title}
		for _, h := range b.Hosts.All {
			if hostGroup(h) == id {
				signs.Signs = append(signs.Signs, b.hostSigns(here, h)...)
			}
		}
		if len(signs.Signs) > 0 {
			v.Signs = append(v.Signs, signs)
		}
	}
	p.Hosts = v
	p.JSONLD = linked(b.breadcrumbs(here, p))
	return b.page(here, p)
}

// hostChoices are the hosts by kind, for who knows the name.
func (b *builder) hostChoices(here place, words theme.Words) []theme.HostChoices {
	var all []theme.HostChoices
	for _, id := range hostGroups {
		g := theme.HostChoices{Title: words["hosts_"+id]}
		for _, h := range near(here.lang, b.Hosts.All) {
			if hostGroup(h) != id {
				continue
			}
			c := theme.HostChoice{ID: h.ID, Name: h.Name[here.lang], Answers: h.Answers()}
			if at := site.HostPath(here.lang, h); at != "" {
				c.URL = here.to(at)
			}
			g.Hosts = append(g.Hosts, c)
		}
		if len(g.Hosts) > 0 {
			all = append(all, g)
		}
	}
	return all
}

// paragraphs gives a phrase that stands among paragraphs the tags of one, where it
// has none.
func paragraphs(phrase template.HTML) template.HTML {
	if phrase == "" || strings.HasPrefix(string(phrase), "<") && strings.HasSuffix(string(phrase), ">") && strings.Contains(string(phrase), "<p>") {
		return phrase
	}
	return "<p>" + phrase + "</p>"
}

// issue is the address of an issue with a title and a first line filled in.
func (b *builder) issue(title, about string) string {
	return b.Repository.Value + "/issues/new?" + url.Values{"title": {title}, "body": {about + "\n\n"}}.Encode()
}

// hostPage says what goes wrong at a host.
func (b *builder) hostPage(lang string, h *source.Host) (map[string][]byte, error) {
	p, here := b.hostsFrame("host", lang, h.ID+"/")
	phrase := func(say source.Say) template.HTML { return b.Phrase(lang, say[lang], here.to) }
	list := b.hostList(here)
	named(p, hostTitle(p.Words, h.Name[lang]), h.Summary[lang])
	p.Breadcrumbs = append(p.Breadcrumbs, theme.Link{Title: list.Title, URL: list.URL})
	p.OGType = "article"
	v := &theme.Host{
		ID: h.ID, Name: h.Name[lang], Kind: p.Words["hosts_"+hostGroup(h)], Summary: phrase(h.Summary), About: paragraphs(phrase(h.About.Value)),
		Updated: date(p.Words, h.Updated.Value), List: theme.Link{Title: list.Title, URL: list.URL},
	}
	if b.checker != nil {
		v.Check = here.step("") + "#v=1&provider=" + h.ID
	}
	if b.Repository.Value != "" {
		v.Edit = b.Repository.Value + "/blob/HEAD/" + h.File
		v.Feedback = b.issue(h.ID+" ("+lang+"): ", b.base+here.at)
	}
	for _, s := range settledFacts {
		f := s.of(h)
		if f.Line == 0 {
			continue
		}
		one := theme.HostSettled{Question: p.Words["host_"+s.key], Answer: p.Words["host_unknown"], Fact: b.hostFact(here, h, f.Value)}
		if is := f.Value.Is.Value; is != "" && s.key == "contact" {
			one.Answer = is
		} else if f.Value.Known() {
			one.Answer = p.Words["host_"+s.key+"_"+is]
		}
		v.Settled = append(v.Settled, one)
	}
	v.Signs = b.hostSigns(here, h)
	for _, t := range h.Topics {
		topic := theme.HostTopic{ID: t.ID.Value, Title: p.Words["host_topic_"+t.ID.Value]}
		for _, f := range t.Facts {
			topic.Facts = append(topic.Facts, b.hostFact(here, h, f.Value))
		}
		v.Topics = append(v.Topics, topic)
	}
	if h.Allow.Line > 0 {
		edge := b.Hosts.Index.Edge
		lines := allowed(h.Allow.Value.Form.Value, edge)
		v.Allow = &theme.HostAllow{
			Say: phrase(h.Allow.Value.Say.Value), Lines: strings.Join(lines, "\n"), Count: strconv.Itoa(len(lines)),
			Expression: expression(h.Allow.Value), Source: edge.Source.Value, Read: date(p.Words, edge.Read.Value),
		}
	}
	p.Host = v
	p.JSONLD = linked(b.breadcrumbs(here, p, crumb{list.Title, b.base + site.HostsPath(lang)}))
	return b.page(here, p)
}

// hostSigns are the signs of a host for a reader of a page.
func (b *builder) hostSigns(here place, h *source.Host) []theme.HostSign {
	var all []theme.HostSign
	for i, s := range h.Signs {
		sign := s.Value.Target.Value + s.Value.Address.Value
		if i > 0 && h.Signs[i-1].Value.Source.Value == s.Value.Source.Value && h.Signs[i-1].Value.Confidence.Value == s.Value.Confidence.Value {
			last := &all[len(all)-1]
			last.Signs = append(last.Signs, sign)
			continue
		}
		all = append(all, theme.HostSign{
			Signs: []string{sign}, Name: h.Name[here.lang], URL: here.to(site.HostPath(here.lang, h)),
			Fact: b.hostFact(here, h, source.HostFact{Source: s.Value.Source, Confidence: s.Value.Confidence}),
		})
	}
	return all
}

// hostTitle is what a host's page is called: by its name alone, where that is
// Cloudflare's own.
func hostTitle(words theme.Words, name string) string {
	if strings.Contains(name, "Cloudflare") {
		return name
	}
	return strings.ReplaceAll(words["host_title"], "{host}", name)
}

// hostFact is a fact for a reader of a page.
func (b *builder) hostFact(here place, h *source.Host, f source.HostFact) theme.HostFact {
	words := b.theme.Words(here.lang)
	v := theme.HostFact{
		Say: b.Phrase(here.lang, f.Say.Value[here.lang], here.to), Path: f.Path, Mail: f.Mail, Screen: f.Screen, Known: f.Known(),
	}
	if h.Labels.Value != here.lang {
		v.Lang = h.Labels.Value
	}
	if c := f.Confidence.Value; c != "doc" {
		v.Mark = words["host_"+c]
	}
	for _, panel := range h.Panels {
		if panel.ID.Value == f.Panel.Value {
			v.Panel = panel.Name[here.lang]
		}
	}
	if f.Panel.Value == source.Unknown {
		v.Panel = words["host_panel_unknown"]
	}
	s, has := h.Sources[f.Source.Value]
	if !has {
		return v
	}
	v.Source, v.URL = s.Value.Title[here.lang], s.Value.URL.Value
	if d := s.Value.Dated.Value; d != "" {
		v.Dated = strings.ReplaceAll(words["host_dated"], "{date}", d)
	}
	if v.Source == "" {
		v.Source = site.Shown(v.URL)
		v.Whole = strings.HasSuffix(strings.TrimSuffix(v.URL, "/"), v.Source)
	}
	if name := s.Value.Article.Value; name != "" {
		at, _ := b.Anchor(here.lang, name)
		v.URL, v.Source = here.to(at), b.called(at).text
	} else {
		v.Read = date(words, s.Value.Read.Value)
	}
	return v
}

// allowed are the edge's addresses as a host's list takes them. In octets, a line
// is an address with * for whole bytes: a range that ends within a byte
// takes as many lines as that byte has values in it.
func allowed(form string, edge source.Edge) []string {
	var lines []string
	for _, a := range edge.IPv4 {
		r, err := netip.ParsePrefix(a.Value)
		if err != nil || form != "octets" {
			lines = append(lines, a.Value) // what is no range is a problem already
			continue
		}
		first, whole := r.Addr().As4(), (r.Bits()+7)/8
		for i := range 1 << (whole*8 - r.Bits()) {
			var octets []string
			for at, octet := range first {
				switch {
				case at >= whole:
					octets = append(octets, "*")
				case at == whole-1:
					octets = append(octets, strconv.Itoa(int(octet)+i))
				default:
					octets = append(octets, strconv.Itoa(int(octet)))
				}
			}
			lines = append(lines, strings.Join(octets, "."))
		}
	}
	return lines
}

// expression is that of the rule at the edge that closes what the host's guard no
// longer does: its paths, but for those that public pages call, to all but the country
// that it let in.
func expression(a source.Allow) string {
	var paths []string
	for _, p := range a.Paths {
		paths = append(paths, fmt.Sprintf("starts_with(http.request.uri.path, %q)", p.Value))
	}
	rule := "(" + strings.Join(paths, " or ") + ")"
	for _, p := range a.Except {
		rule += fmt.Sprintf(" and http.request.uri.path ne %q", p.Value)
	}
	return fmt.Sprintf("%s and ip.src.country ne %q", rule, a.Country.Value)
}

// hostAnchors are the anchors of a host's page, each with what it is called.
func hostAnchors(h *source.Host, words theme.Words) map[string]string {
	all := map[string]string{}
	for _, t := range h.Topics {
		all[t.ID.Value] = words["host_topic_"+t.ID.Value]
	}
	if h.Allow.Line > 0 {
		all["allow"] = words["host_allow"]
	}
	return all
}

// listAnchors are those of the list of hosts.
func listAnchors(hosts []*source.Host, words theme.Words) map[string]string {
	all := map[string]string{"missing": words["host_missing"]}
	for _, h := range hosts {
		all[hostGroup(h)] = words["hosts_"+hostGroup(h)]
		if len(h.Signs) > 0 {
			all["signs"] = words["hosts_signs"]
		}
	}
	return all
}
