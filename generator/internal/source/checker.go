package source

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/yamlfile"
)

// The checker's words stand side by side in every language, by the engine's
// public ids, so that a missing one is seen.

// Say is a text in each language.
type Say map[string]string

// Checker is what the folder checker says about the engine's ids.
type Checker struct {
	Questions map[string]yamlfile.At[Question]
	Causes    map[string]yamlfile.At[Cause]
	Actions   map[string]yamlfile.At[Action]
	Outcomes  map[string]yamlfile.At[Outcome]
	Rules     map[string]yamlfile.At[Say]
	Products  []Product // in the order in which they are offered
	Messages  Messages
	Evidence  Evidence
}

// Evidence is what the reader of pasted texts says, by its ids.
type Evidence struct {
	Kinds      map[string]yamlfile.At[Say] `yaml:"kinds,required"`      // what a text is
	Conditions map[string]yamlfile.At[Say] `yaml:"conditions,required"` // what an offer hangs on, as a clause
	Reasons    map[string]yamlfile.At[Say] `yaml:"reasons,required"`    // why nothing follows, as a clause
	Secrets    map[string]yamlfile.At[Say] `yaml:"secrets,required"`    // what is masked
	Notes      map[string]yamlfile.At[Say] `yaml:"notes,required"`      // what else there is to say, as a sentence
	Rules      map[string]yamlfile.At[Say] `yaml:"rules,required"`      // what follows without a wording that says so, as a sentence
	Sources    map[string]yamlfile.At[Say] `yaml:"sources,required"`    // where it comes from
}

// Question is how a question is asked.
type Question struct {
	Ask     Say                         `yaml:"ask,required"`
	Short   Say                         `yaml:"short,required"`
	Help    Say                         `yaml:"help"`
	Doubt   Say                         `yaml:"doubt"`   // why an answer may be wrong that does not go with the others
	Command string                      `yaml:"command"` // of a shell: what to run to know the answer
	Options map[string]yamlfile.At[Say] `yaml:"options,required"`
	Boxes   map[string]yamlfile.At[Box] `yaml:"boxes"` // where the options are sets: their elements, and the empty set
}

// Box is what is ticked of a set.
type Box struct {
	Label Say `yaml:"label,required"`
	Hint  Say `yaml:"hint,required"`
}

// Cause is what a cause is called and means.
type Cause struct {
	Article yamlfile.At[string] `yaml:"article,required"` // slug#anchor
	Name    Say                 `yaml:"name,required"`
	Means   Say                 `yaml:"means,required"`
	Tell    Say                 `yaml:"tell,required"`
}

// Action is how an action is done.
type Action struct {
	Article  yamlfile.At[string] `yaml:"article,required"`
	Do       Say                 `yaml:"do,required"`
	How      Say                 `yaml:"how,required"`
	Verify   Say                 `yaml:"verify,required"`
	Snippets []Snippet           `yaml:"snippets"`

	Topics []yamlfile.At[string] `yaml:"topics"` // of a host's page: those that say where it is done there
}

// Snippet is how an action is done with one product: typed, or clicked.
type Snippet struct {
	For      yamlfile.At[string] `yaml:"for,required"`
	Language string              `yaml:"language"`
	Code     string              `yaml:"code"`
	Text     Say                 `yaml:"text"`
}

// Product is what an action can be done with. Its name is the same in every
// language: by it a reader's choice is remembered.
type Product struct {
	ID   yamlfile.At[string] `yaml:"id,required"`
	Name string              `yaml:"name,required"`
	Rent yamlfile.At[string] `yaml:"rent"` // what it is to who rents a place and has no server: a panel, or an app of theirs; empty for none
}

// Rents are what a product can be to who rents.
var Rents = []string{"panel", "app"}

// Outcome is what a visitor sees.
type Outcome struct {
	Name  Say `yaml:"name,required"`
	Means Say `yaml:"means,required"`
	Next  Say `yaml:"next,required"`
}

// Messages are the texts with which a person asks somebody else. What stands in braces is filled in.
type Messages struct {
	Subject yamlfile.At[Say] `yaml:"subject,required"` // how the subject's line is led in: {subject}
	Item    yamlfile.At[Say] `yaml:"item,required"`    // a line of a list: {text}
	Number  yamlfile.At[Say] `yaml:"number,required"`  // what is seen, where the four digits beside a 530 are told
	Status  yamlfile.At[Say] `yaml:"status,required"`  // the same, where the number of a page that is not the edge's is told
	Behind  yamlfile.At[Say] `yaml:"behind,required"`  // whence the visits come
	Tried   yamlfile.At[Say] `yaml:"tried,required"`   // what is asked for although who writes did it: {text}
	Host    Letter           `yaml:"host,required"`
	Owner   Letter           `yaml:"owner,required"`

	Asks     map[string]yamlfile.At[Say] `yaml:"asks,required"`      // by action: what is asked of who does it
	AsksHost map[string]yamlfile.At[Say] `yaml:"asks_host,required"` // by action: what the host is asked for, too, where another does it
}

// Letter is what is written to the host, or to the owner of the account.
type Letter struct {
	Subject yamlfile.At[Say]   `yaml:"subject,required"` // {symptom}
	Open    yamlfile.At[Say]   `yaml:"open,required"`    // the same, where the site opens
	Unknown yamlfile.At[Say]   `yaml:"unknown,required"` // where nobody knows what is seen
	Body    yamlfile.At[Say]   `yaml:"body,required"`
	Look    []yamlfile.At[Say] `yaml:"look,required"` // asked for where nothing is proved
}

// texts are all of them, with their places.
func (m *Messages) texts() []yamlfile.At[Say] {
	all := []yamlfile.At[Say]{m.Subject, m.Item, m.Number, m.Status, m.Behind, m.Tried}
	for _, l := range []Letter{m.Host, m.Owner} {
		all = append(append(all, l.Subject, l.Open, l.Unknown, l.Body), l.Look...)
	}
	for _, asks := range []map[string]yamlfile.At[Say]{m.Asks, m.AsksHost} {
		for _, id := range slices.Sorted(maps.Keys(asks)) {
			all = append(all, asks[id])
		}
	}
	return all
}

// part gives the part of the checker's words that a file fills, or nil.
func (c *Checker) part(file string) any {
	switch file {
	case "questions.yaml":
		return &c.Questions
	case "causes.yaml":
		return &c.Causes
	case "actions.yaml":
		return &c.Actions
	case "outcomes.yaml":
		return &c.Outcomes
	case "rules.yaml":
		return &c.Rules
	case "products.yaml":
		return &c.Products
	case "messages.yaml":
		return &c.Messages
	case "evidence.yaml":
		return &c.Evidence
	}
	return nil
}

// Page is a page of the checker that has a text.
type Page struct {
	Slug  string
	Texts map[string]*Text
}

func (l *loader) checker(c *Content) {
	for _, e := range l.list("checker") {
		name, file := e.Name(), "checker/"+e.Name()
		tag, isWords := strings.CutSuffix(name, ".yaml")
		switch {
		case e.IsDir():
			p := &Page{Slug: name, Texts: map[string]*Text{}}
			for _, e := range l.list(file) {
				if tag, ok := strings.CutSuffix(e.Name(), ".md"); ok && !e.IsDir() {
					if t := l.text(&c.Site, path.Join(file, e.Name())); t != nil {
						p.Texts[tag] = t
					}
				} else {
					l.problem(path.Join(file, e.Name()), 0, 0, diag.RuleStray, "nothing here is called "+e.Name(), "a page of the checker holds a Markdown file a language")
				}
			}
			for _, tag := range tags(&c.Site) {
				if p.Texts[tag] == nil && tag != "" {
					l.problem(path.Join(file, tag+".md"), 0, 0, diag.RuleWords, "the page has no text in this language", "copy another language's file and translate it")
				}
			}
			c.Pages = append(c.Pages, p)
		case c.Checker.part(name) != nil:
			if data, ok := l.read(file); ok {
				l.yaml(file, data, c.Checker.part(name))
			}
		case isWords && (known(&c.Site, tag) || len(c.Site.Languages) == 0):
			var w Words
			if data, ok := l.read(file); ok {
				l.yaml(file, data, &w)
			}
			c.Words[tag] = w
		case isWords:
			l.problem(file, 0, 0, diag.RuleStray, fmt.Sprintf("the site has no language %q", tag), diag.DidYouMean(tag, tags(&c.Site)))
		default:
			l.problem(file, 0, 0, diag.RuleStray, "nothing here is called "+name, "the folder holds a YAML file of words a language, questions, causes, actions, outcomes, rules, products, messages and evidence, and a folder a page")
		}
	}
}
