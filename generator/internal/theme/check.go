package theme

import "html/template"

// The views of the checker. Ids in them are the engine's public ones.

// Check is the checker's page, kind "check": the whole form, everything that
// it can say, and the way through without script.
type Check struct {
	Summary   string
	Module    string     // URL of the WebAssembly module
	Reader    string     // URL of the module that reads what is pasted; "" for none
	Reading   string     // URL of what it is told with, JSON
	Signs     string     // URL of the page that says what each sign means
	Letters   string     // URL of the words of what is sent to somebody else, JSON
	Questions []Question // that people are asked, in the engine's order; the first is the symptom
	Findings  string     // URL of what findings are told with, JSON
	Listings  []Listing  // the pages of the catalogue, with a link to everything that is on them
	Outcomes  []Link     // all, the symptoms included, by name; the URL is the id
	Products  []Option   // those that an action has steps for, in the order in which they are offered
	Modes     Words      // names of the modes by id, for the figure
	Legs      []Leg      // the words of every protection, for the figure
	Entries   []Answer   // the way without script: one page a symptom
	Elsewhere Elsewhere  // behind "none of these"
	First     Legs       // the figure to fill in
	Alt       string     // the figure's text alternative with {mode} {scheme} {visitor} {origin}
	Direct    string     // the sentence for the figure when the edge is not involved
	Redirect  string     // the sentence for the figure when the edge first redirects
	Tunnel    string     // the sentence for the figure of a tunnel: what lies behind it
	Pages     string     // the sentence for the figure of Pages, which has no second leg
	Ticket    string     // absolute address that opens the checker in the reader's language; "" for the page's own
	Thinks    string     // URL of the page that says how the checker thinks
	OriginLeg string     // URL of the page that shows what is on the wire

	Hosts       []HostChoices // to choose from by name; none where the content has none
	HostSigns   string        // URL of the table of signs by which a host is recognised
	HostMissing string        // URL of what to do about a host that is missing
}

// Elsewhere is where one goes on who sees none of what the checker knows, beside
// the field for words: URLs.
type Elsewhere struct {
	Numbered string // a page with a number that is not Cloudflare's
	Message  string // what to send to somebody else
}

// A Listing names what is on a page of the catalogue. Its entries have the ids
// under which the catalogue stood on the checker's own page once.
type Listing struct {
	ID      string // of the part
	Kind    string // of what is listed: cause, do or seen
	Title   string
	URL     string
	Entries []Link // the URL is the id
}

// Catalogue is a page with everything of one kind that the checker can say,
// kind "catalogue": causes, actions or outcomes.
type Catalogue struct {
	Summary  string
	Check    string // URL of the checker
	Others   []Link // the catalogue's other pages
	Causes   []Cause
	Actions  []Action
	Outcomes []Outcome
}

// A Question with all its answers. "unknown" is not among them: every question
// has it, last.
type Question struct {
	ID      string
	Ask     string // the legend
	Short   string // its name among the answers given
	Help    template.HTML
	Command template.HTML // what to run, a block; "" for nothing
	Options []Answer
	Boxes   []Box // where the options are sets: what can be in them, and last the empty set; nil for others
}

// An Answer to a question. In the pages without script it is a link.
type Answer struct {
	ID, Name string
	URL      string // without script: the page that follows
}

// A Box is ticked when it is in the set that is the answer. Among the answers given its name is the word "needs_…".
type Box struct {
	ID, Name, Hint string
}

// A Cause is one thing that can be wrong. The Tell of the cause
// "something_else" is what to collect. HTML is inline here and below, unless it
// is said to be a block.
type Cause struct {
	ID     string
	Name   string
	Means  template.HTML
	Tell   template.HTML
	URL    string // to read more; "" for none
	Degree string // in results, how likely it is: likely, possible, unlikely; a key of the words "share_…"

	Because, Against []Given // in results: the answers that speak for it, and against it
}

// An Action is one thing that can be done.
type Action struct {
	ID       string
	Do       string
	How      template.HTML
	Verify   template.HTML
	URL      string // to read more; "" for none
	Who      string // dashboard, server, developer, or in a plan panel; a key of the words "who_…"; "" for asking somebody
	Minutes  int
	Risky    bool
	Snippets []Snippet
	Topics   []string // of a host's page: those that say where it is done there
	For      string   // in a plan, who does it instead: host or owner; "" for the reader; a key of the words "needs_…"
	Letter   string   // in a plan, of asking somebody: what is to be sent; "" for none
}

// A Snippet says how an action is done with one product.
type Snippet struct {
	ID   string        // the product's
	For  string        // its name
	Rent string        // panel or app where it is one that people rent, or have where they rent; else ""
	Code template.HTML // a block
	Text template.HTML // where it is clicked, not typed
}

// An Outcome is something that a visitor sees.
type Outcome struct {
	ID    string
	Name  string
	Leg   string // the leg on which it fails: visitor or origin; "" for none or for both
	Means template.HTML
	Next  template.HTML // said when it is seen after a repair
}

// Step is a page of the way without script, kind "step": the answers so far,
// and a question with a link for each answer, or what is found. The page's
// title is the question, or what is found in a few words.
type Step struct {
	Symptom   Outcome
	Context   string // what was answered so far; with Heading it names the page, and no other
	Heading   string // the question, or the verdict
	Given     []Given
	Question  *Question
	Result    *Result
	Unknown   string     // URL of the page that follows "I don't know"; "" when there is none
	Elsewhere *Elsewhere // behind "none of these"
	Live      string     // URL of the checker with these answers filled in
	Next      string     // the question that it asks then; "" when it tells what is found
	Restart   string     // URL of the symptom's first page
}

// Given is an answer that was given, with the page on which to change it.
type Given struct {
	Question, Answer, Change string
	Doubt                    string // among answers that do not go together, why it may be wrong; "" for none
}

// Result is what the engine found.
type Result struct {
	Words     string // the verdict in a sentence
	Verdict   string // in a word: open, likely, something_else, contradiction; a key of the words "verdict_…"
	Cause     string // name of the cause that the verdict is about; "" for none
	Remaining int    // causes that still count

	Causes []Cause // worth a thought, the likeliest first; what is not in the model before all others
	Plans  []Plan  // the one to offer first, first
	Legs   *Legs   // the likeliest set-up, the failing leg marked; nil when it does not show what is seen
	Seen   Outcome // what a visitor of that set-up sees, when there are Legs

	Contradiction []Given // answers that cannot go together
}

// Plan is what to do, proved.
type Plan struct {
	ID        string   // anchor
	Message   string   // "host" or "owner" where the plan is a message to them, and nothing is proved; a key of the words "check_message_…"
	Why       string   // of a message, why there is no more: open, contradiction, something_else; a key of the words "check_why_…"
	Needs     []string // what it takes, and who: dashboard, panel, shell, host, owner; keys of the words "needs_…"
	Role      string   // plan (the first), safer (the same, where nothing fails), plan_b, workaround (it gives up protection); a key of the words "check_…"
	Steps     []Action
	Line      string // the steps in a line: what is asked of somebody stands with whom
	Works, Of int    // set-ups that still fit: it works in so many of so many
	Chance    string // that it helps: high, fair, low
	Else      string // what is seen next in the other set-ups, by name; "" when there are none, or nothing fails in them
	Then      string // the same, where it is likely enough to be foretold; "" else
	Opens     bool   // nothing fails in the other set-ups, and nothing is gained
	Ends      Legs   // what the legs look like afterwards
}

// Thinks is the page "How this checker thinks", kind "thinks".
type Thinks struct {
	Check    string // URL of the checker
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

// A Prior says how often a cause is met before anything is known. Weight is
// common, often, sometimes or seldom: a key of the words "prior_…".
type Prior struct{ Name, Weight string }

// Likely are the causes of an outcome, the likeliest first.
type Likely struct {
	Outcome Outcome
	Causes  []Cause
}

// A Loop is a combination of settings that redirects for ever.
type Loop struct{ Settings []string }
