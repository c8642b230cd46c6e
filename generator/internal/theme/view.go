package theme

import "html/template"

// The views are all that a template sees: values that are already resolved.
// Every URL in a view is ready for an attribute: relative to the page, unless
// its comment says absolute.

// Page is what a page's template is executed with. Kind names the template;
// the part of the view that belongs to the kind is set, the others are nil.
type Page struct {
	Kind        string // article, home, section, ticket, root, missing, gone, originleg, glossary, check, step, thinks, hosts, host, articles, search, support
	Lang        string // BCP 47 tag of the interface, for html lang
	Title       string // the page's h1
	Description string
	HeadTitle   string // for the title element: the h1 and the site's name
	SiteTitle   string
	SiteURL     string                   // the site's root, relative (absolute path on 404.html)
	Home        string                   // the language's home
	Assets      func(name string) string // URL of an asset, "" when there is none: href="{{.Asset "theme.css"}}"
	Words       Words                    // the interface's words in Lang
	theme       *Theme                   // which has what stands in the page itself

	Canonical  string      // absolute
	Alternates []Alternate // absolute; x-default last; none on pages outside the languages
	NoIndex    bool
	Feed       string        // the language's Atom feed
	Markdown   string        // the page's Markdown, "" when it has none
	Locale     string        // Open Graph: ja_JP
	OGType     string        // Open Graph: article or website
	OGImage    string        // absolute
	JSONLD     template.HTML // whole script elements of type application/ld+json
	Scripts    []string      // modules that what stands in its text needs

	Sections    []Section  // navigation: every section; Current marks the page's own
	Breadcrumbs []Link     // from home down, without the page itself
	Languages   []Language // every language, Lang's own marked Current
	Glossary    string     // the language's glossary; "" for none
	HostList    Card       // the list of hosts; without URL when there is none
	Search      Search     // what the field for words has to know
	Desk        string     // the agent's desk
	Repository  string     // absolute address of the source repository; may be ""
	Gone        []Gone     // passages that the page had: every page shows them, so that old links arrive

	Article   *Article
	Index     *Index     // home and section
	Terms     []Term     // the glossary's, in the order of their readings
	OriginLeg *OriginLeg // what is on the wire on each leg: /check/origin-leg/
	Check     *Check     // the checker: /check/
	Step      *Step      // the checker without script: /check/525/…
	Thinks    *Thinks    // how the checker thinks: /check/how/
	Catalogue *Catalogue // what the checker can say: /check/causes/, /check/fixes/, /check/outcomes/
	Hosts     *Hosts     // the list of hosts: /hosts/
	Host      *Host      // a host: /hosts/xserver/
	All       []Group    // the list of everything: /articles/
	Support   *Support   // the agent's desk: /support/
}

// Support is the desk of who answers others: every permanent link, and a builder
// of links to the checker.
type Support struct {
	Tickets     []Ticket
	Index       string // URL of the same for tools
	Check       string // URL of the checker; "" when there is none
	CheckTicket string // absolute: its permanent address
	Module      string // URL of the WebAssembly module, which reads case codes
	Questions   []Question
	Hosts       []HostChoices
}

// A Ticket is an article by its permanent link.
type Ticket struct {
	ID             string
	Codes          []string
	Title, Summary string
	URL            string
	Ticket         string // absolute
	Check          string // URL of the checker that begins with it; "" for none
}

// Search is what the field for words has to know, on whatever page it stands.
type Search struct {
	Page    string // URL of the page of results
	List    string // URL of the list of everything, to which the field leads without script
	Checker string // URL of the checker; "" when there is none
	Home    string // URL of the language's home, which articles stand below
	Numbers string // the articles to which a number, or a message of theirs, leads: 525=error-525=525, the last is the checker's symptom
	Index   string // URL of the root of the page's own index
	Indexes string // for each language its tag and the URL of its index's root, the page's own first
}

// A Group of the list of everything.
type Group struct {
	ID, Title string
	URL       string // of the page that the group has to itself; "" for none
	Items     []Item
}

// An Item of the list of everything.
type Item struct {
	Title, URL string
	Code       string // the number of an error, which its title does not repeat then
	Lang       string // of the title, when it is not the page's: else ""
	Words      string // what it is called elsewhere: the list is filtered by them too
}

// Words are the words of the interface in one language, by key.
type Words map[string]string

// A Link leads somewhere by name.
type Link struct {
	Title   string
	URL     string
	Current bool // it leads to the page itself, or to the section that the page is in
}

// An Alternate is the same page in another language.
type Alternate struct{ Lang, URL string }

// A Language is the page in that language. On the pages that speak to
// readers of every language (root, ticket, missing, gone) templates range over them.
type Language struct {
	Lang       string
	Name       string // in its own language: 日本語
	URL        string // the same page; on ticket pages the article, on root and missing the home, on gone what replaced the page or is nearest
	Current    bool
	Translated bool // false when URL shows another language's text
	Title      string
	Summary    string // on gone the sentence that leads to URL
	TextLang   string // of Title on ticket pages and gone, and of Summary on the former, when it is not Lang: else ""
	Words      Words
	Sections   []Section // on missing: where to go from here
	Known      []Known   // on missing: what the address may have meant
	Search     Search    // on missing: the field in that language
	Index      string    // on support: URL of the tickets in that language, for tools
}

// Known is a page that an address without a page may have meant.
type Known struct {
	Title, URL string
	Names      string // the words of an address that mean it, between spaces: its number, its id, its slugs
}

// Gone is a passage that is no longer on a page. ID is the anchor under which
// links know it.
type Gone struct {
	ID    string
	URL   string // where its matter is now; "" for nowhere
	Title string // of that place
	Lang  string // of Title; "" when it has none
}

// A Term of the glossary.
type Term struct {
	ID         string // its anchor
	Name       string
	Reading    string // "" when it is read as it is written
	Synonyms   []string
	Definition string
	Article    *Link // that explains it, or nil
}

// A Section groups articles.
type Section struct {
	ID          string // errors, symptoms, concepts, howto, reference: also a class for its look
	Title       string
	Description string
	URL         string
	Current     bool
	Articles    []Card // on home and section pages all; in navigation none
}

// A Card announces an article.
type Card struct {
	Title   string
	Summary string
	URL     string
	Leg     string // visitor, origin, both
	Codes   []string
	Lang    string // of the title, when it is not the page's language: else ""
	Updated Date
}

// A Date in both forms: ISO for machines, Text for readers.
type Date struct{ ISO, Text string }

// Article is an article as its page shows it.
type Article struct {
	ID        string // permanent: 525
	Slug      string
	Lang      string // of the text; differs from the page's on a fallback page
	Fallback  bool   // the text is another language's: say so
	Original  string // name of the text's language, in the page's language's own naming: 日本語
	Section   Link
	Leg       string        // visitor, origin, both
	Mini      template.HTML // the small figure for the header
	Codes     []string
	Before    string // of a title that has the article's number, what stands before it
	Number    string // that number; "" when the title has none
	After     string
	Broken    *Legs // the path with the leg that fails when the number is seen; nil when none is
	Summary   string
	Messages  []Message
	TOC       []Heading
	Body      template.HTML
	Updated   Date
	Sources   []Source
	Related   []Card
	Siblings  []Link // the articles of the section around this one, itself marked Current
	Previous  *Link
	Next      *Link
	Ticket    string // absolute address of the permanent link
	Feedback  string // absolute address of a prefilled issue; may be ""
	Edit      string // absolute address of the source file; may be ""
	Helped    string // absolute address of an issue that says that it helped; "" where Feedback is
	NotHelped string // and of one that says that it did not
	Bookmark  string // absolute address at which Hatena Bookmark takes the page
	OriginLeg string // the page that shows what is on the wire
	Check     string // the checker, at the article's symptom when it has one; "" for none
	Asks      bool   // the text itself has the checker's first question, at #ask
}

// A Message is an exact text on the reader's screen.
type Message struct {
	Where string // the product that shows it
	Text  string
	Lang  string // of Text; empty when it is the article's
}

// A Heading of the table of contents; h3 are children of their h2.
type Heading struct {
	ID       string
	Title    template.HTML // inline HTML without links
	Children []Heading
}

// A Source says where facts come from.
type Source struct {
	Title, URL string
	Lang       string // of the title, when it is not the page's; else ""
	Read       Date
}

// Index lists sections with their articles: all of them on home, one on a
// section's page.
type Index struct {
	Sections  []Section
	Hero      []Legs   // home: the figures between which it switches
	Screens   []Screen // home: what people see, the first largest
	Answer    string   // home: URL of the agent's desk; "" when there is none
	Check     Card     // the checker; without URL when there is none
	OriginLeg Card     // the page that shows what is on the wire
	Codes     []Code   // home: the numbers that a reader may have on screen
}

// A Screen is what a reader may have before them, drawn.
type Screen struct {
	ID     string // of the symptom
	Number string // on the screen; "" for none
	Text   string // the words on it
	URL    string // of the article about it or, where there is none, of the checker
	Check  string // URL of the checker that begins with it
	Legs   *Legs  // with the leg that fails, or that is open; nil when none is
}

// A Code is an error's number with the article about it.
type Code struct {
	Number string
	Title  string
	URL    string
}

// Leg is one leg of a visitor's request, as a figure shows it.
type Leg struct {
	ID         string // of its words: the protection, or tunnel, which has words of its own
	Label      string // Leg 1
	Protection string // none, plain, encrypted, authenticated: the line's style
	Name       string // the protection's name
	Short      string // the same, short enough to stand on the line
	Means      string // one sentence
	Reader     string // what an eavesdropper reads on it
	Changer    string // what an active attacker can do on it
	Scheme     string // http or https, what is spoken on it; "" when nothing is
	Port       string // the port on it; "" when nothing is
	Failing    bool   // marked as the leg that fails
}

// Legs is a figure of the two legs, drawn by the template "legs" (with a
// caption, in articles), "mini" (the header's small one) or as a row of a table
// of modes.
type Legs struct {
	ID       string // unique in the page, for ids that ARIA needs
	Lang     string
	Stations struct{ Visitor, Edge, Origin string }
	Mode     string // id: flexible
	ModeName string
	Scheme   string // the visitor's: http, https
	Visitor  Leg
	Origin   Leg
	Redirect string // a sentence when the edge first redirects, else ""
	Direct   string // a sentence when the edge is not involved (then only Visitor counts, drawn to the origin), else ""
	Lives    string // "tunnel" or "pages" where the site has a second leg of its own, or none; "" else
	Beyond   string // a sentence on what lies behind leg 2, or that there is none, else ""
	Failing  string // the label on the failing leg
	Alt      string // text alternative of the whole figure
	Caption  template.HTML
}

// OriginLeg is the page that shows what is on the wire on each leg. Without script
// it is Table and Body; with script the form picks a row's figure.
type OriginLeg struct {
	Modes            []Option
	Schemes          []Option
	First            Legs   // the figure that the page opens with; its mode and scheme are selected
	Legs             []Leg  // the words of every protection, and of a tunnel, for the script to fill in
	Redirect, Direct string // the sentences for the script, as in Legs
	Alt              string // the figure's text alternative with {mode} {scheme} {visitor} {origin}
	Rows             []Legs // the static table: every mode and scheme
	Heads            Heads
	Beyond           []string // sentences: where no mode makes leg 2
	Caption          string
	Summary          string
	TOC              []Heading
	Body             template.HTML
	Module           string // URL of the WebAssembly module
	Ways             []Way  // from each mode that is less, to Full (strict)
	Check            string // URL of the checker
}

// A Way leads from a mode to Full (strict). Its plans are the engine's, the
// one to try first, first.
type Way struct {
	Mode, ModeName string
	Plans          []Plan
	Live           string // URL of the checker with "it works" and this mode filled in
}

// Heads are the heads of a table of Legs.
type Heads struct{ Mode, Scheme, Visitor, Origin, Port string }

// An Option of a choice.
type Option struct {
	ID, Name string
	Selected bool
}
