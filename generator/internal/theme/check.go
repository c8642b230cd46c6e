package theme

import "html/template"

// The views of the checker. Ids in them are the engine's public ones.

// Check is the checker's page, kind "check": the whole form, everything that
// it can say, and the way through without script.
type Check struct {
	Summary   string
	Module    string     // URL of the WebAssembly module
	Start     string     // the symptom that is answered already, "" for none: in articles
	Questions []Question // all, in the engine's order; the first is the symptom
	Causes    []Cause    // all that can be named alone
	Actions   []Action   // all
	Outcomes  []Outcome  // all, the symptoms included
	Modes     []Option   // names of the modes, for the figure
	Legs      []Leg      // the words of every protection, for the figure
	Entries   []Link     // the way without script: one page a symptom
	First     Legs       // the figure to fill in
	Thinks    string     // URL of the page that says how the checker thinks
	Wire      string     // URL of the page that shows what is on the wire
}

// A Question with all its answers. "unknown" is not among them: every question
// has it, last.
type Question struct {
	ID      string
	Ask     string // the legend
	Short   string // its name among the answers given
	Help    template.HTML
	Options []Answer
}

// An Answer to a question. In the pages without script it is a link.
type Answer struct {
	ID, Name string
	URL      string // without script: the page that follows
}

// A Cause is one thing that can be wrong.
type Cause struct {
	ID    string
	Name  string
	Means template.HTML
	Tell  template.HTML
	URL   string // to read more
	Share string // in results: likely, possible, unlikely; a key of the words "share_…"
}

// An Action is one thing that can be done.
type Action struct {
	ID       string
	Do       string
	How      template.HTML
	Verify   template.HTML
	URL      string // to read more
	Who      string // dashboard, server, developer; a key of the words "who_…"
	Minutes  int
	Risky    bool
	Snippets []Snippet
}

// A Snippet says how an action is done with one product.
type Snippet struct {
	For  string // the product's name
	Code template.HTML
	Text template.HTML // where it is clicked, not typed
}

// An Outcome is something that a visitor sees.
type Outcome struct {
	ID    string
	Name  string
	Means template.HTML
	Next  template.HTML // said when it is seen after a repair
}

// Step is a page of the way without script, kind "step": the answers so far,
// and a question with a link for each answer, or what is found.
type Step struct {
	Symptom  Outcome
	Given    []Given
	Question *Question
	Result   *Result
	Unknown  string // URL of the page that follows "I don't know"; "" when there is none
	Live     string // URL of the checker with these answers filled in
	Restart  string // URL of the symptom's first page
}

// Given is an answer that was given, with the page on which to change it.
type Given struct{ Question, Answer, Change string }

// Result is what the engine found.
type Result struct {
	Causes []Cause // the likeliest first, few
	Plans  []Plan  // the one to offer first, first
	Doubt  bool    // the model may not know this case: what to collect is said
	Legs   Legs    // the likeliest set-up, the failing leg marked
}

// Plan is what to do, proved.
type Plan struct {
	ID         string // anchor
	Steps      []Action
	Works, Of  int  // set-ups that still fit: it works in so many of so many
	Workaround bool // it gives up protection
	Ends       Legs // what the legs look like afterwards
}

// Thinks is the page "How this checker thinks", kind "thinks".
type Thinks struct {
	Summary  string
	Body     template.HTML
	TOC      []Heading
	Rules    []Rule
	Priors   []Prior
	Confused [][]string // groups of causes that no question tells apart, by name
	Errors   []Likely   // the likeliest causes per error
	Loops    []Loop
}

// A Rule of the model with where it comes from.
type Rule struct {
	ID, Sentence, Confidence string
	Sources                  []Source
}

// A Prior says how often a cause is met before anything is known, and why we
// think so.
type Prior struct{ Name, Weight, Reason string }

// Likely are the causes of an outcome, the likeliest first.
type Likely struct {
	Outcome Outcome
	Causes  []Cause
}

// A Loop is a combination of settings that redirects for ever.
type Loop struct{ Settings []string }
