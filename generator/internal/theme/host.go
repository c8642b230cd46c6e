package theme

import "html/template"

// Hosts is the list of hosts, kind "hosts".
type Hosts struct {
	Summary string
	About   template.HTML
	Groups  []HostGroup
	Signs   []HostSigns // by them a reader recognises theirs
	Check   string      // URL of the checker; "" for none
	Missing string      // absolute address at which a host that is missing can be named; "" for none
}

// A HostGroup is the hosts of a kind.
type HostGroup struct {
	ID, Title string
	Common    template.HTML // what holds for them all
	Hosts     []Link        // those with a page; Title is the host's name
	Others    []string      // known by name alone
}

// HostChoices are the hosts of a kind, to choose from in the checker.
type HostChoices struct {
	Title string
	Hosts []HostChoice
}

// A HostChoice is a host by name, and what that tells the engine.
type HostChoice struct {
	ID, Name, Answers string
	URL               string // of its page; "" for none
}

// Host is a host's page, kind "host": what goes wrong there, and where it is set.
type Host struct {
	ID, Name string
	Kind     string // in words
	Summary  template.HTML
	About    template.HTML
	Updated  Date
	Settled  []HostSettled
	Signs    []HostSign
	Topics   []HostTopic
	Allow    *HostAllow // nil for none
	Check    string     // URL of the checker, told that the site lives here; "" for none
	List     Link       // the list of hosts
	Edit     string     // absolute address of the source file; may be ""
	Feedback string     // absolute address of a prefilled issue; may be ""
}

// A HostSettled is a question that every host is asked, with its answer in words.
type HostSettled struct {
	Question, Answer string
	Fact             HostFact
}

// A HostTopic is what the page has a heading for.
type HostTopic struct {
	ID, Title string
	Facts     []HostFact
}

// A HostFact is one thing that is so, and who says it.
type HostFact struct {
	Say          template.HTML
	Lang         string   // of labels, mails and screens, when it is not the page's: else ""
	Path         []string // labels, in the order in which they are clicked
	Mail, Screen string
	Panel        string // the generation of the panel that the labels are of, in words
	Mark         string // how sure it is, in a word; "" where the host or Cloudflare says so
	Known        bool
	Source       string // what was read, in words; "" for nothing
	Whole        bool   // whether these are its address: on paper it need not be said again
	URL          string // "" where it has none
	Dated        string // the day, month or year that the source bears
	Read         Date   // zero for an article of ours
}

// HostSigns are those of all hosts of a kind.
type HostSigns struct {
	Kind  string // in words
	Signs []HostSign
}

// A HostSign is what stands in DNS records that lead to the host, as one source has it.
type HostSign struct {
	Signs     []string
	Name, URL string // of the host
	Fact      HostFact
}

// HostAllow is the list of the edge's addresses as the host's guard takes it, and the
// rule at the edge that has to go with it.
type HostAllow struct {
	Say        template.HTML
	Lines      string // one address a line
	Count      string
	Expression string // of the rule
	Source     string // absolute address of the ranges
	Read       Date
}
