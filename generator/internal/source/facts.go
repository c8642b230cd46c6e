package source

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

// Facts is facts.yaml: what can move without anybody here having moved it.
// Limits, dates, labels of dashboards and links into them stand there once,
// and texts refer to them: {fact connect}, {ui ssl-overview}.
type Facts struct {
	Original yamlfile.At[string]               `yaml:"original,required"` // the language in which labels are documented
	Beside   Say                               `yaml:"beside,required"`   // a label in a reader's language and the original: {label} {original}
	Sources  map[string]yamlfile.At[FactsPage] `yaml:"sources,required"`
	Facts    map[string]yamlfile.At[Fact]      `yaml:"facts"`
	UI       map[string]yamlfile.At[Label]     `yaml:"ui"`
}

// FactsPage is a page from which facts were read, and when it should be read
// again.
type FactsPage struct {
	Title  string              `yaml:"title,required"`
	URL    yamlfile.At[string] `yaml:"url,required"`
	Read   yamlfile.At[string] `yaml:"read,required"`
	Review yamlfile.At[string] `yaml:"review,required"` // the day after which check warns
}

// Fact is a limit or a date.
type Fact struct {
	Value      yamlfile.At[string]   `yaml:"value,required"` // a number, several, or a date: without its unit
	Say        map[string]string     `yaml:"say"`            // by language, with its unit; every number of Value is in it
	Unit       string                `yaml:"unit"`           // as code and tables write it behind the value: s
	Was        []string              `yaml:"was"`            // values that older pages still give
	Sources    []yamlfile.At[string] `yaml:"sources,required"`
	Confidence yamlfile.At[string]   `yaml:"confidence,required"`
	Review     yamlfile.At[string]   `yaml:"review"` // earlier than its sources', where something changes on a known day
	Stands     []Standing            `yaml:"stands"`
	Note       string                `yaml:"note"`
}

// Standing is where a value stands that cannot refer to the fact, such as
// code. A test holds the two against each other.
type Standing struct {
	File yamlfile.At[string] `yaml:"file,required"` // from the top of the repository
	As   yamlfile.At[string] `yaml:"as,required"`   // what stands there, with {value}
}

// Label is what a menu, a page or a switch is called on a screen. Those above
// it make the path that leads there.
type Label struct {
	Under      yamlfile.At[string]   `yaml:"under"`          // the id of what it is found in
	Label      map[string]string     `yaml:"label,required"` // by language
	Link       yamlfile.At[string]   `yaml:"link"`           // straight to it; without one, that of the nearest above
	Sources    []yamlfile.At[string] `yaml:"sources,required"`
	Confidence yamlfile.At[string]   `yaml:"confidence,required"`
	Review     yamlfile.At[string]   `yaml:"review"`
	Unsettled  []yamlfile.At[string] `yaml:"unsettled"` // languages whose label nobody could confirm: it is shown in the original alone
	Note       string                `yaml:"note"`
}

// How sure a fact is, as wasmcheck/model/FACTS.md has it.
var confidences = []string{"doc", "lab", "rep", "inf", "unv"}

// dashboard is where links into Cloudflare's dashboard begin. Those with
// /?to=/:account/:zone/ ask for account and domain first.
const dashboard = "https://dash.cloudflare.com/"

// Referred is what {fact id}, {ui id} or {label id} comes to in one language:
// a value, the way to a label, or the label alone.
type Referred struct {
	Text     string // as a reader sees it
	Original string // of a label: the path in the original language
	Link     string // of a label; "" where none is known
}

// References gives every reference in a language, by its words: "ui ssl-overview".
func (f Facts) References(lang string) map[string]Referred {
	all := map[string]Referred{}
	for id, v := range f.Facts {
		text := v.Value.Say[lang]
		if text == "" {
			text = v.Value.Value.Value
		}
		all["fact "+id] = Referred{Text: text}
	}
	for id := range f.UI {
		var path, original []string
		link := ""
		for _, at := range f.way(id) {
			l := f.UI[at].Value
			if l.Link.Value != "" {
				link = l.Link.Value
			}
			path, original = append(path, f.label(l, lang)), append(original, l.Label[f.Original.Value])
		}
		own := f.UI[id].Value
		all["label "+id] = Referred{Text: f.label(own, lang), Original: own.Label[f.Original.Value]}
		all["ui "+id] = Referred{Text: strings.Join(path, " → "), Original: strings.Join(original, " → "), Link: link}
	}
	return all
}

// way gives the labels that lead to one, itself last.
func (f Facts) way(id string) []string {
	var up []string
	for id != "" && !slices.Contains(up, id) { // a circle is a problem already
		up = append(up, id)
		id = f.UI[id].Value.Under.Value
	}
	slices.Reverse(up)
	return up
}

// label gives a label as readers of a language see it, with the original
// beside it where the two differ.
func (f Facts) label(l Label, lang string) string {
	original, theirs := l.Label[f.Original.Value], l.Label[lang]
	unsettled := slices.ContainsFunc(l.Unsettled, func(v yamlfile.At[string]) bool { return v.Value == lang })
	if theirs == "" || theirs == original || unsettled {
		return original
	}
	return strings.NewReplacer("{label}", theirs, "{original}", original).Replace(f.Beside[lang])
}

// ReviewBy gives a warning for each source and fact that should have been read
// again before the day, written 2026-11-28. dir is the content's folder.
func (f Facts) ReviewBy(dir, day string) diag.List {
	var late diag.List
	add := func(review yamlfile.At[string], what, hint string) {
		if review.Value != "" && review.Value < day {
			late = append(late, diag.Problem{File: path.Join(dir, "facts.yaml"), Line: review.Line, Col: review.Col, Severity: diag.Warning, Rule: diag.RuleReview,
				Message: fmt.Sprintf("%s was to be read again by %s", what, review.Value), Hint: hint})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.Sources)) {
		s := f.Sources[id].Value
		add(s.Review, fmt.Sprintf("the source %q", id), fmt.Sprintf("open %s, see whether what is taken from it still stands there, and set read and review", s.URL.Value))
	}
	for _, id := range slices.Sorted(maps.Keys(f.Facts)) {
		add(f.Facts[id].Value.Review, fmt.Sprintf("the fact %q", id), "see whether it still holds, and set another review")
	}
	for _, id := range slices.Sorted(maps.Keys(f.UI)) {
		add(f.UI[id].Value.Review, fmt.Sprintf("the label %q", id), "see whether it still holds, and set another review")
	}
	return late
}

// facts reads facts.yaml.
func (l *loader) facts(file string, site *Site) Facts {
	var f Facts
	data, ok := l.read(file)
	if !ok {
		return f
	}
	l.yaml(file, data, &f)
	if o := f.Original; o.Value != "" && !known(site, o.Value) && len(site.Languages) > 0 {
		at(l, file, o, diag.RuleFacts, fmt.Sprintf("the site has no language %q", o.Value), diag.DidYouMean(o.Value, tags(site)))
	}
	for _, tag := range tags(site) {
		b := f.Beside[tag]
		if len(f.Beside) > 0 && (!strings.Contains(b, "{label}") || !strings.Contains(b, "{original}")) {
			l.problem(file, 0, 0, diag.RuleFacts, fmt.Sprintf("beside says not in %q where {label} and {original} stand", tag), fmt.Sprintf("add \"%s: '{label} ({original})'\"", tag))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.Sources)) {
		s := f.Sources[id]
		l.factID(file, "source", id, s.Line, s.Col)
		if u := s.Value.URL; u.Value != "" && !isAddress(u.Value) {
			at(l, file, u, diag.RuleFacts, fmt.Sprintf("%q is not an address", u.Value), "write https://example.org/page")
		}
		read, isDay := l.factDay(file, s.Value.Read)
		review, isAnother := l.factDay(file, s.Value.Review)
		if isDay && isAnother && !review.After(read) {
			at(l, file, s.Value.Review, diag.RuleFacts, fmt.Sprintf("the source %q is to be reviewed before it was read", id), "review is the day after which check asks for another reading")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.Facts)) {
		v := f.Facts[id]
		l.factID(file, "fact", id, v.Line, v.Col)
		l.witnesses(file, &f, v.Value.Sources, v.Value.Confidence, v.Value.Review)
		l.said(file, site, id, v)
		for _, s := range v.Value.Stands {
			if a := s.As; a.Value != "" && !strings.Contains(a.Value, "{value}") {
				at(l, file, a, diag.RuleFacts, fmt.Sprintf("%q says not where the value stands", a.Value), `write {value} in its place: "{value} s"`)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.UI)) {
		v := f.UI[id]
		l.factID(file, "label", id, v.Line, v.Col)
		l.witnesses(file, &f, v.Value.Sources, v.Value.Confidence, v.Value.Review)
		l.labelled(file, site, &f, id, v)
	}
	return f
}

func (l *loader) factID(file, what, id string, line, col int) {
	if !urlpath.IsSlug(id) {
		l.problem(file, line, col, diag.RuleFacts, fmt.Sprintf("the id %q of a %s is not made of a-z, 0-9 and hyphens", id, what), "texts refer to it: {fact connect}, {ui ssl-overview}")
	}
}

func (l *loader) factDay(file string, v yamlfile.At[string]) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, v.Value)
	if err != nil && v.Value != "" {
		at(l, file, v, diag.RuleFacts, fmt.Sprintf("%q is not a date", v.Value), "write it as 2026-11-22")
	}
	return day, err == nil
}

// witnesses checks where a fact or a label is from.
func (l *loader) witnesses(file string, f *Facts, sources []yamlfile.At[string], confidence, review yamlfile.At[string]) {
	for _, s := range sources {
		if _, ok := f.Sources[s.Value]; !ok {
			at(l, file, s, diag.RuleFacts, fmt.Sprintf("there is no source %q", s.Value), diag.DidYouMean(s.Value, slices.Collect(maps.Keys(f.Sources))))
		}
	}
	if c := confidence; c.Value != "" && !slices.Contains(confidences, c.Value) {
		at(l, file, c, diag.RuleFacts, fmt.Sprintf("unknown confidence %q", c.Value), diag.DidYouMean(c.Value, confidences))
	}
	l.factDay(file, review)
}

var numbers = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

// said sees that a fact says its value in every language: each number of it,
// though a date may leave out a zero and a large one have commas.
func (l *loader) said(file string, site *Site, id string, v yamlfile.At[Fact]) {
	if len(v.Value.Say) == 0 {
		return
	}
	for _, tag := range tags(site) {
		say := v.Value.Say[tag]
		if strings.TrimSpace(say) == "" {
			l.problem(file, v.Line, v.Col, diag.RuleFacts, fmt.Sprintf("the fact %q has no words in %q", id, tag), fmt.Sprintf("add \"%s: …\" to its say", tag))
			continue
		}
		plain := strings.ReplaceAll(say, ",", "")
		have := numbers.FindAllString(plain, -1)
		for _, n := range numbers.FindAllString(v.Value.Value.Value, -1) {
			if n = strings.TrimLeft(n, "0"); n != "" && !slices.Contains(have, n) && !hasMonth(say, n) {
				l.problem(file, v.Line, v.Col, diag.RuleFacts, fmt.Sprintf("the fact %q is %s, and in %q it says %q", id, v.Value.Value.Value, tag, say), "say the value's numbers as they are")
				break
			}
		}
	}
}

// hasMonth tells whether a text names the month of that number in English, as
// dates there do.
func hasMonth(say, n string) bool {
	for m := time.January; m <= time.December; m++ {
		if fmt.Sprint(int(m)) == n {
			return strings.Contains(say, m.String())
		}
	}
	return false
}

func (l *loader) labelled(file string, site *Site, f *Facts, id string, v yamlfile.At[Label]) {
	label := v.Value
	if len(label.Label) > 0 && strings.TrimSpace(label.Label[f.Original.Value]) == "" {
		l.problem(file, v.Line, v.Col, diag.RuleFacts, fmt.Sprintf("the label %q is not said in %q, the original", id, f.Original.Value), fmt.Sprintf("add \"%s: …\" to its label", f.Original.Value))
	}
	for _, tag := range slices.Sorted(maps.Keys(label.Label)) {
		switch {
		case !known(site, tag) && len(site.Languages) > 0:
			l.unused(file, v.Line, v.Col, tag, tags(site))
		case pathMark.MatchString(label.Label[tag]):
			l.problem(file, v.Line, v.Col, diag.RuleFacts, fmt.Sprintf("the label %q is a path", id), "a label is one step: say with under where it is found")
		}
	}
	for _, u := range label.Unsettled {
		if u.Value == f.Original.Value {
			at(l, file, u, diag.RuleFacts, fmt.Sprintf("the label %q is unsettled in the original", id), "a label that nobody could confirm in any language is none")
		} else if !known(site, u.Value) && len(site.Languages) > 0 {
			l.unused(file, u.Line, u.Col, u.Value, tags(site))
		}
	}
	if k := label.Link; k.Value != "" {
		switch {
		case !strings.HasPrefix(k.Value, dashboard) || !isAddress(k.Value):
			at(l, file, k, diag.RuleFacts, fmt.Sprintf("%q is no link into the dashboard", k.Value), "write "+dashboard+"?to=/:account/:zone/ssl-tls, as the documentation has it")
		case label.Confidence.Value != "doc":
			at(l, file, k, diag.RuleFacts, fmt.Sprintf("the link of %q is not documented", id), "a link that nobody documents may lead anywhere: leave it out, or name the page that has it and write confidence: doc")
		}
	}
	if u := label.Under; u.Value != "" {
		if _, ok := f.UI[u.Value]; !ok {
			at(l, file, u, diag.RuleFacts, fmt.Sprintf("there is no label %q", u.Value), diag.DidYouMean(u.Value, slices.Collect(maps.Keys(f.UI))))
		} else if up := f.way(id); f.UI[up[0]].Value.Under.Value != "" {
			at(l, file, u, diag.RuleFacts, fmt.Sprintf("the label %q is under itself", id), "leave under out at the one that stands highest")
		}
	}
}
