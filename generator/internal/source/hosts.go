package source

import (
	"fmt"
	"maps"
	"net/netip"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
	"sslclinic/wasmcheck/model"
)

// What is known of the companies, platforms and programs that sites live with.
// The unit is the fact: what is so, who says it, when it was read, and how sure
// it is. What nobody knows is a fact too, and is said as one.

// Hosts is the folder hosts: index.yaml, and a file a host.
type Hosts struct {
	Index HostIndex
	All   []*Host // in the order of their ids
}

// HostIndex is what is said where all hosts are listed.
type HostIndex struct {
	Title   Say              `yaml:"title,required"`
	Summary Say              `yaml:"summary,required"`
	About   yamlfile.At[Say] `yaml:"about,required"` // Markdown
	Common  []HostCommon     `yaml:"common"`
	Edge    Edge             `yaml:"edge"`
}

// HostCommon is what holds for all hosts of a kind.
type HostCommon struct {
	Kind yamlfile.At[string] `yaml:"kind,required"`
	Text yamlfile.At[Say]    `yaml:"text,required"` // Markdown
}

// Edge is where the edge's connections come from.
type Edge struct {
	Source yamlfile.At[string]   `yaml:"source"`
	Read   yamlfile.At[string]   `yaml:"read"`
	IPv4   []yamlfile.At[string] `yaml:"ipv4"`
}

// Host is where sites live: a company's product, a platform, or a program on
// one's own server. Its id is the name of its file.
type Host struct {
	ID   string
	File string // as the user would type it

	Name    Say                   `yaml:"name,required"`
	Kind    yamlfile.At[string]   `yaml:"kind,required"` // a value of the engine's question origin
	Market  []yamlfile.At[string] `yaml:"market"`        // the languages whose readers rent there; none for all
	Also    []string              `yaml:"also"`          // what people call it when they search, as a name from elsewhere in kana
	Stack   bool                  `yaml:"stack"`         // a program that stands before the sites of one's own server
	Thin    bool                  `yaml:"thin"`          // known by name alone: it has no page
	Labels  yamlfile.At[string]   `yaml:"labels"`        // the language of the labels in its panel
	Panels  []Panel               `yaml:"panels"`        // where the panel comes in generations
	Updated yamlfile.At[string]   `yaml:"updated"`

	Summary Say                                `yaml:"summary"`
	About   yamlfile.At[Say]                   `yaml:"about"` // Markdown
	Sources map[string]yamlfile.At[HostSource] `yaml:"sources"`

	OwnCertificate yamlfile.At[HostFact] `yaml:"own_certificate"`
	Lasting        yamlfile.At[HostFact] `yaml:"lasting"`
	GreyTakes      yamlfile.At[HostFact] `yaml:"grey_takes"`
	Proxy          yamlfile.At[HostFact] `yaml:"proxy"`
	Redirect       yamlfile.At[HostFact] `yaml:"redirect"`
	Contact        yamlfile.At[HostFact] `yaml:"contact"`

	Signs  []yamlfile.At[Sign] `yaml:"signs"`
	Topics []Topic             `yaml:"topics"` // in the order in which things go wrong there
	Allow  yamlfile.At[Allow]  `yaml:"allow"`
}

// Panel is a generation of a host's panel.
type Panel struct {
	ID   yamlfile.At[string] `yaml:"id,required"`
	Name Say                 `yaml:"name,required"`
}

// HostSource is where facts come from: a page of the web, a public text that has no
// address to give, or an article of ours that they follow from.
type HostSource struct {
	URL     yamlfile.At[string] `yaml:"url"`
	Title   Say                 `yaml:"title"`
	Article yamlfile.At[string] `yaml:"article"` // slug#anchor
	Read    yamlfile.At[string] `yaml:"read"`
	Dated   yamlfile.At[string] `yaml:"dated"` // the day, month or year that the source itself bears
}

// HostFact is one thing that is so, and who says it.
type HostFact struct {
	Is         yamlfile.At[string] `yaml:"is"`     // where the answer is one of a few
	Say        yamlfile.At[Say]    `yaml:"say"`    // Markdown
	Path       []string            `yaml:"path"`   // what is clicked, label by label
	Mail       string              `yaml:"mail"`   // the subject of a mail, as it is sent
	Screen     string              `yaml:"screen"` // what stands on the screen
	Panel      yamlfile.At[string] `yaml:"panel"`  // the generation that its labels are of
	Source     yamlfile.At[string] `yaml:"source"`
	Confidence yamlfile.At[string] `yaml:"confidence,required"`
}

// Known tells whether anybody knows.
func (f HostFact) Known() bool { return f.Confidence.Value != Unknown }

// Facts are all that is known of the host, and what is known to be unknown.
func (h *Host) Facts() []yamlfile.At[HostFact] {
	all := []yamlfile.At[HostFact]{h.OwnCertificate, h.Lasting, h.GreyTakes, h.Proxy, h.Redirect, h.Contact}
	all = slices.DeleteFunc(all, func(f yamlfile.At[HostFact]) bool { return f.Line == 0 })
	for _, t := range h.Topics {
		all = append(all, t.Facts...)
	}
	return all
}

// Answers are what the host's name tells the checker, in the order in which it asks:
// where the site lives, whether a certificate can be installed there, where that
// is known and the same on every plan, the highest mode that lasts, and how
// long a grey cloud waits for a certificate. A free certificate in the panel of
// rented hosting is one that can be installed, though none of one's own can.
func (h *Host) Answers() string {
	answers := "origin=" + h.Kind.Value
	is := h.OwnCertificate.Value.Is.Value
	if h.freeSSL() {
		is = "yes"
	}
	if is == "yes" || is == "no" {
		answers = "can_install_cert=" + is + "&" + answers
	}
	if is := h.Lasting.Value.Is.Value; is != "" {
		answers += "&lasting=" + is
	}
	if is := h.GreyTakes.Value.Is.Value; is != "" {
		answers += "&grey_takes=" + is
	}
	return answers
}

// freeSSL tells whether the panel of rented hosting has a certificate to switch on.
func (h *Host) freeSSL() bool {
	return h.Kind.Value == "hosting" && slices.ContainsFunc(h.Topics, func(t Topic) bool {
		return t.ID.Value == "on" && slices.ContainsFunc(t.Facts, func(f yamlfile.At[HostFact]) bool { return f.Value.Known() })
	})
}

// Sign is what stands in a DNS record that leads to the host: the end of a
// name, or an address.
type Sign struct {
	Target     yamlfile.At[string] `yaml:"target"`
	Address    yamlfile.At[string] `yaml:"address"`
	Source     yamlfile.At[string] `yaml:"source"`
	Confidence yamlfile.At[string] `yaml:"confidence,required"`
}

// Topic is what a host's page has a heading for.
type Topic struct {
	ID    yamlfile.At[string]     `yaml:"id,required"`
	Facts []yamlfile.At[HostFact] `yaml:"facts,required"`
}

// Allow says that the host has a list of addresses that its guard lets pass, and
// which paths the guard closes, which have to be closed at the edge instead.
type Allow struct {
	Form    yamlfile.At[string]   `yaml:"form,required"`
	Country yamlfile.At[string]   `yaml:"country,required"` // the code of the only country that the guard lets in
	Paths   []yamlfile.At[string] `yaml:"paths,required"`
	Except  []yamlfile.At[string] `yaml:"except"` // paths below them that public pages call, and that stay open
	Say     yamlfile.At[Say]      `yaml:"say"`
}

// Unknown is the confidence of what nobody knows.
const Unknown = "unknown"

// What facts can be. The order is that of the pages.
var (
	Confidences = []string{"doc", "rep", "inf", Unknown} // said by the host or Cloudflare; reported by somebody; our conclusion
	Topics      = []string{"on", "renewal", "guard", "filter", "own", "redirect", "scheme", "cache", "proxy", "domain", "errors", "limits"}

	ownCertificate = []string{"yes", "plan", "no"}
	lasting        = []string{"strict", "full", "grey", "flexible"}
	greyTakes      = []string{"minutes", "hours", "day"}
	proxy          = []string{"fine", "until_renewal", "owner_record", "unsupported", "o2o"}
	ownRedirect    = []string{"301", "302", "308", "app", "yes", "none"}
	allowForms     = []string{"octets", "ranges"}
)

// silent are the topics about which a host's file may not be silent, by kind:
// where nothing is known, it says so.
var silent = map[string][]string{
	"hosting":  {"on", "renewal", "guard", "redirect"},
	"platform": {"renewal", "errors"},
	"pages":    {"domain", "errors"},
	"tunnel":   {"errors"},
}

// legless are the kinds without a second leg of one's own: no mode makes it.
var legless = []string{"pages", "tunnel"}

// HostIndexFile is the file of the list; no host can be called so.
const HostIndexFile = "index"

var dated = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)

func (l *loader) hosts(site *Site) Hosts {
	var all Hosts
	index := "hosts/" + HostIndexFile + ".yaml"
	hasIndex := false
	for _, e := range l.list("hosts") {
		name, file := e.Name(), "hosts/"+e.Name()
		id, isYAML := strings.CutSuffix(name, ".yaml")
		switch {
		case e.IsDir() || !isYAML || strings.Contains(id, "."):
			l.problem(file, 0, 0, diag.RuleStray, "nothing here is called "+name, "the folder holds index.yaml and a YAML file a host")
		case file == index:
			hasIndex = true
			if data, ok := l.read(file); ok {
				l.yaml(file, data, &all.Index)
				l.checkIndex(file, site, &all.Index)
			}
		default:
			h := &Host{ID: id, File: path.Join(l.dir, file)}
			if data, ok := l.read(file); ok {
				l.yaml(file, data, h)
				l.checkHost(file, site, h)
				all.All = append(all.All, h)
			}
		}
	}
	if !hasIndex && len(all.All) > 0 {
		l.problem(index, 0, 0, diag.RuleHost, "the list of hosts has no words", "add the file, with title, summary and about in every language")
	}
	l.checkSigns(all.All)
	return all
}

// wordsOf names the languages that a text lacks, and those that the site does not
// have.
func (l *loader) wordsOf(file string, line, col int, site *Site, what string, text Say) {
	for _, tag := range tags(site) {
		if len(text) > 0 && strings.TrimSpace(text[tag]) == "" {
			l.problem(file, line, col, diag.RuleHost, fmt.Sprintf("%s has no words in %q", what, tag), fmt.Sprintf("add \"%s: …\" beside the other languages", tag))
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(text)) {
		if !known(site, tag) && len(site.Languages) > 0 {
			l.unused(file, line, col, tag, tags(site))
		}
	}
}

func (l *loader) checkIndex(file string, site *Site, x *HostIndex) {
	l.wordsOf(file, 1, 0, site, "the title", x.Title)
	l.wordsOf(file, 1, 0, site, "the summary", x.Summary)
	l.wordsOf(file, x.About.Line, x.About.Col, site, "the text", x.About.Value)
	for _, c := range x.Common {
		l.among(file, c.Kind, "kind", model.Origin.ValueIDs())
		l.wordsOf(file, c.Text.Line, c.Text.Col, site, "what holds for "+c.Kind.Value, c.Text.Value)
	}
	if e := x.Edge; len(e.IPv4) > 0 {
		l.address(file, e.Source)
		l.day(file, e.Read)
	}
	for _, a := range x.Edge.IPv4 {
		if p, err := netip.ParsePrefix(a.Value); err != nil || !p.Addr().Is4() || p.Masked() != p {
			at(l, file, a, diag.RuleHost, fmt.Sprintf("%q is no range of IPv4 addresses", a.Value), "write 104.16.0.0/13, with nothing set behind its length")
		}
	}
}

// among names a value that is none of those known.
func (l *loader) among(file string, v yamlfile.At[string], what string, known []string) {
	if v.Value != "" && !slices.Contains(known, v.Value) {
		at(l, file, v, diag.RuleHost, fmt.Sprintf("unknown %s %q", what, v.Value), diag.DidYouMean(v.Value, known))
	}
}

func (l *loader) day(file string, v yamlfile.At[string]) {
	if _, err := time.Parse(time.DateOnly, v.Value); err != nil && v.Value != "" {
		at(l, file, v, diag.RuleHost, fmt.Sprintf("%q is not a date", v.Value), "write it as 2026-11-28")
	}
}

func (l *loader) address(file string, v yamlfile.At[string]) {
	if v.Value != "" && !isAddress(v.Value) {
		at(l, file, v, diag.RuleHost, fmt.Sprintf("%q is not an address", v.Value), "write https://example.org/page")
	}
}

// A hostCheck is the check of one file.
type hostCheck struct {
	*loader
	file string
	site *Site
	host *Host
	used map[string]bool // sources that facts come from
}

func (l *loader) checkHost(file string, site *Site, h *Host) {
	c := hostCheck{loader: l, file: file, site: site, host: h, used: map[string]bool{}}
	if !urlpath.IsSlug(h.ID) {
		return // its file's name is a problem already
	}
	c.wordsOf(file, 1, 0, site, "the name", h.Name)
	c.among(file, h.Kind, "kind", model.Origin.ValueIDs())
	for _, m := range h.Market {
		c.among(file, m, "language", tags(site))
	}
	if h.Thin {
		if len(h.Topics)+len(h.Signs)+len(h.Sources)+len(h.Summary)+len(h.About.Value) > 0 || h.Lasting.Line+h.OwnCertificate.Line > 0 {
			c.wrong(1, 1, "a host that is known by name alone has facts", "take \"thin: true\" away, or the facts")
		}
		return
	}
	c.wordsOf(file, 1, 0, site, "the summary", h.Summary)
	c.wordsOf(file, h.About.Line, h.About.Col, site, "the text", h.About.Value)
	for _, need := range []struct {
		key  string
		have bool
	}{
		{"summary", len(h.Summary) > 0}, {"about", len(h.About.Value) > 0}, {"updated", h.Updated.Value != ""}, {"topics", len(h.Topics) > 0},
		{"own_certificate", h.OwnCertificate.Line > 0 || slices.Contains(legless, h.Kind.Value)},
		{"lasting", h.Lasting.Line > 0 || slices.Contains(legless, h.Kind.Value)},
		{"grey_takes", h.GreyTakes.Line > 0 || h.Kind.Value != "platform"},
		{"contact", h.Contact.Line > 0 || h.Stack || h.Kind.Value == "home" || slices.Contains(legless, h.Kind.Value)}, // a program has nobody to ask
	} {
		if !need.have {
			c.wrong(1, 1, fmt.Sprintf("the host has no %q", need.key), fmt.Sprintf("add a line \"%s: …\", with confidence: unknown where nobody knows; or \"thin: true\", and it has no page", need.key))
		}
	}
	c.day(file, h.Updated)
	c.panels()
	c.sources()
	for _, f := range []struct {
		fact yamlfile.At[HostFact]
		what string
		can  []string
	}{
		{h.OwnCertificate, "own_certificate", ownCertificate}, {h.Lasting, "lasting", lasting}, {h.GreyTakes, "grey_takes", greyTakes},
		{h.Proxy, "proxy", proxy}, {h.Redirect, "redirect", ownRedirect}, {h.Contact, "contact", nil},
	} {
		c.settled(f.fact, f.what, f.can)
	}
	if slices.Contains(legless, h.Kind.Value) && h.Lasting.Line > 0 {
		c.wrong(h.Lasting.Line, h.Lasting.Col, fmt.Sprintf("on %q there is no mode that lasts", h.Kind.Value), "take \"lasting\" away: no mode makes its second leg")
	}
	c.topics()
	for _, s := range h.Signs {
		c.sign(s)
	}
	c.allow()
	for _, key := range slices.Sorted(maps.Keys(h.Sources)) {
		if !c.used[key] {
			c.wrong(h.Sources[key].Line, h.Sources[key].Col, fmt.Sprintf("no fact comes from the source %q", key), "take it away, or name it as a fact's source")
		}
	}
}

func (c *hostCheck) wrong(line, col int, message, hint string) {
	c.problem(c.file, line, col, diag.RuleHost, message, hint)
}

func (c *hostCheck) panels() {
	var ids []string
	for _, p := range c.host.Panels {
		switch {
		case p.ID.Value == "": // named already
		case !urlpath.IsSlug(p.ID.Value):
			c.wrong(p.ID.Line, p.ID.Col, fmt.Sprintf("the panel's id %q is not made of a-z, 0-9 and hyphens", p.ID.Value), "write old, new, 2025 …")
		case slices.Contains(ids, p.ID.Value):
			c.wrong(p.ID.Line, p.ID.Col, fmt.Sprintf("the panel %q is there twice", p.ID.Value), "keep one")
		}
		ids = append(ids, p.ID.Value)
		c.wordsOf(c.file, p.ID.Line, p.ID.Col, c.site, fmt.Sprintf("the panel %q", p.ID.Value), p.Name)
	}
}

func (c *hostCheck) sources() {
	for _, key := range slices.Sorted(maps.Keys(c.host.Sources)) {
		at, s := c.host.Sources[key], c.host.Sources[key].Value
		c.wordsOf(c.file, at.Line, at.Col, c.site, fmt.Sprintf("the title of the source %q", key), s.Title)
		c.address(c.file, s.URL)
		c.day(c.file, s.Read)
		if d := s.Dated; d.Value != "" && !dated.MatchString(d.Value) {
			c.wrong(d.Line, d.Col, fmt.Sprintf("%q is no date of a source", d.Value), "write 2026, 2026-11 or 2026-11-28; leave it out where the source bears none")
		}
		switch {
		case s.Article.Value != "" && s.URL.Value+s.Read.Value+s.Dated.Value != "":
			c.wrong(at.Line, at.Col, fmt.Sprintf("the source %q is an article of ours and has an address as well", key), "an article is named alone")
		case s.Article.Value != "":
		case s.URL.Value == "" && len(s.Title) == 0:
			c.wrong(at.Line, at.Col, fmt.Sprintf("the source %q has neither an address nor a title", key), "add \"url: https://…\", or say in \"title\" what was read")
		case s.Read.Value == "":
			c.wrong(at.Line, at.Col, fmt.Sprintf("the source %q does not say when it was read", key), "add \"read: 2026-11-28\"")
		}
	}
}

// from checks who says a fact, and how sure it is.
func (c *hostCheck) from(line, col int, source, confidence yamlfile.At[string]) {
	c.among(c.file, confidence, "confidence", Confidences)
	s, has := c.host.Sources[source.Value]
	switch {
	case confidence.Value == Unknown:
		if source.Value != "" {
			c.wrong(source.Line, source.Col, "nobody knows it, and it has a source", "take the source away, or say what it says")
		}
	case source.Value == "":
		c.wrong(line, col, "a fact without a source", "add \"source: …\", a name from sources; or \"confidence: unknown\"")
	case !has:
		c.wrong(source.Line, source.Col, fmt.Sprintf("there is no source %q", source.Value), diag.DidYouMean(source.Value, slices.Sorted(maps.Keys(c.host.Sources))))
	case s.Value.Article.Value != "" && confidence.Value != "inf":
		c.wrong(source.Line, source.Col, fmt.Sprintf("%q is an article of ours: what follows from it is a conclusion", source.Value), "write confidence: inf, or name who says it")
	}
	c.used[source.Value] = true
}

// fact checks what every fact has.
func (c *hostCheck) fact(f yamlfile.At[HostFact], what string) {
	v := f.Value
	c.from(f.Line, f.Col, v.Source, v.Confidence)
	c.wordsOf(c.file, f.Line, f.Col, c.site, what, v.Say.Value)
	var ids []string
	for _, p := range c.host.Panels {
		ids = append(ids, p.ID.Value)
	}
	switch {
	case len(ids) == 0 && v.Panel.Value != "":
		c.wrong(v.Panel.Line, v.Panel.Col, "the host's panel has no generations", "add them under \"panels\", or take \"panel\" away")
	case len(ids) > 0 && len(v.Path) > 0 && v.Panel.Value == "":
		c.wrong(f.Line, f.Col, "the panel comes in generations, and the path does not say of which it is", "add \"panel: "+ids[0]+"\", or \"panel: unknown\"")
	case len(ids) > 0:
		c.among(c.file, v.Panel, "panel", append(ids, Unknown))
	}
	if len(v.Path)+len(v.Mail)+len(v.Screen) > 0 && c.host.Labels.Value == "" {
		c.wrong(f.Line, f.Col, "labels in an unknown language", "add \"labels: ja\", the language of the panel, to the file")
	}
}

// settled checks a fact whose answer is one of a few.
func (c *hostCheck) settled(f yamlfile.At[HostFact], what string, can []string) {
	if f.Line == 0 {
		return
	}
	c.fact(f, what)
	is := f.Value.Is
	switch {
	case !f.Value.Known() && is.Value != "":
		c.wrong(is.Line, is.Col, fmt.Sprintf("nobody knows %q, and it is said to be %q", what, is.Value), "take \"is\" away, or name who says it")
	case !f.Value.Known():
	case is.Value == "":
		c.wrong(f.Line, f.Col, fmt.Sprintf("%q does not say what is so", what), "add \"is: …\"")
	case can == nil:
		c.address(c.file, is)
	default:
		c.among(c.file, is, what, can)
	}
}

func (c *hostCheck) topics() {
	have := map[string]bool{}
	for _, t := range c.host.Topics {
		c.among(c.file, t.ID, "topic", Topics)
		if have[t.ID.Value] {
			c.wrong(t.ID.Line, t.ID.Col, fmt.Sprintf("the topic %q is there twice", t.ID.Value), "keep one")
		}
		have[t.ID.Value] = true
		for _, f := range t.Facts {
			c.fact(f, "a fact")
			if f.Value.Is.Value != "" {
				c.wrong(f.Value.Is.Line, f.Value.Is.Col, "a fact of a topic is told in words", "write \"say\"")
			}
			if len(f.Value.Say.Value) == 0 {
				c.wrong(f.Line, f.Col, "a fact that says nothing", "add \"say\", in every language")
			}
		}
	}
	for _, topic := range silent[c.host.Kind.Value] {
		if !have[topic] && len(c.host.Topics) > 0 {
			c.wrong(1, 1, fmt.Sprintf("the file says nothing of %q", topic), "add the topic; where nothing is known, with a fact of confidence: unknown")
		}
	}
}

func (c *hostCheck) sign(s yamlfile.At[Sign]) {
	v := s.Value
	c.from(s.Line, s.Col, v.Source, v.Confidence)
	if v.Confidence.Value == Unknown {
		c.wrong(s.Line, s.Col, "a sign that nobody knows", "take it away: a reader would go by it")
	}
	switch {
	case (v.Target.Value == "") == (v.Address.Value == ""):
		c.wrong(s.Line, s.Col, "a sign is the end of a name or an address", "write \"target: .example.net\" or \"address: 203.0.113.10\"")
	case v.Address.Value != "":
		if _, err := netip.ParseAddr(v.Address.Value); err != nil {
			if p, err := netip.ParsePrefix(v.Address.Value); err != nil || p.Masked() != p {
				c.wrong(v.Address.Line, v.Address.Col, fmt.Sprintf("%q is no address", v.Address.Value), "write 203.0.113.10, or 203.0.113.0/24")
			}
		}
	case !targetName.MatchString(v.Target.Value):
		c.wrong(v.Target.Line, v.Target.Col, fmt.Sprintf("%q is not the end of a name", v.Target.Value), "write .example.net, or a whole name, in small letters")
	}
}

var targetName = regexp.MustCompile(`^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$`)

// checkSigns names what would stand for two hosts.
func (l *loader) checkSigns(all []*Host) {
	owner := map[string]string{}
	for _, h := range all {
		for _, s := range h.Signs {
			sign := s.Value.Target.Value + s.Value.Address.Value
			if other := owner[sign]; other != "" && sign != "" {
				l.problem("hosts/"+h.ID+".yaml", s.Line, s.Col, diag.RuleHost, fmt.Sprintf("the sign %q is that of %s already", sign, other), "keep it where it belongs")
			}
			owner[sign] = h.ID
		}
	}
}

func (c *hostCheck) allow() {
	a := c.host.Allow
	if a.Line == 0 {
		return
	}
	c.among(c.file, a.Value.Form, "form of a list", allowForms)
	c.wordsOf(c.file, a.Line, a.Col, c.site, "the list", a.Value.Say.Value)
	if country := a.Value.Country; country.Value != "" && !countryCode.MatchString(country.Value) {
		c.wrong(country.Line, country.Col, fmt.Sprintf("%q is no code of a country", country.Value), "write JP")
	}
	for _, p := range slices.Concat(a.Value.Paths, a.Value.Except) {
		if !sitePath.MatchString(p.Value) {
			c.wrong(p.Line, p.Col, fmt.Sprintf("%q is no path of a site", p.Value), "write /wp-admin/ or /wp-login.php")
		}
	}
}

var (
	countryCode = regexp.MustCompile(`^[A-Z]{2}$`)
	sitePath    = regexp.MustCompile(`^/[A-Za-z0-9._/-]+$`)
)
