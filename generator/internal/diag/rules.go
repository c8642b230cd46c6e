package diag

// A Rule is what a problem breaks. Its text is its id, which stands behind the
// message, in JSON and in the README: ids join, and are never renamed.
type Rule string

// The rules, by where they are found.
const (
	// Files.
	RuleFile        Rule = "file"
	RuleFileName    Rule = "file-name"
	RuleStray       Rule = "stray"
	RuleYAMLSyntax  Rule = "yaml-syntax"
	RuleYAML        Rule = "yaml"
	RuleSite        Rule = "site"
	RuleArticle     Rule = "article"
	RuleFrontMatter Rule = "front-matter"
	RuleGlossary    Rule = "glossary"
	RuleSearch      Rule = "search"
	RuleFacts       Rule = "facts"
	RuleReview      Rule = "review"
	RulePicture     Rule = "picture"
	RuleSketch      Rule = "sketch"
	RuleWords       Rule = "words"
	RuleHost        Rule = "host"
	RuleLanguage    Rule = "language"

	// Markdown.
	RuleHeading       Rule = "heading"
	RuleHeadingID     Rule = "heading-id"
	RuleCodeFence     Rule = "code-fence"
	RuleCodeLanguage  Rule = "code-language"
	RuleFigure        Rule = "figure"
	RuleRawHTML       Rule = "raw-html"
	RuleAlert         Rule = "alert"
	RuleTable         Rule = "table"
	RuleFootnote      Rule = "footnote"
	RuleLinkReference Rule = "link-reference"
	RuleLink          Rule = "link"
	RuleEmphasis      Rule = "emphasis"
	RuleCaption       Rule = "caption"
	RuleReference     Rule = "reference"
	RuleMenuPath      Rule = "menu-path"
	RuleTabs          Rule = "tabs"
	RuleInclude       Rule = "include"
	RuleInvisible     Rule = "invisible"
	RuleMeant         Rule = "meant"
	RuleLimit         Rule = "limit"

	// Between pages.
	RuleLinkFile     Rule = "link-file"
	RuleLinkAnchor   Rule = "link-anchor"
	RuleLinkLanguage Rule = "link-language"
	RuleHeadingIDs   Rule = "heading-ids"
	RuleTranslation  Rule = "translation"
	RuleGrammar      Rule = "grammar"
	RuleRelated      Rule = "related"
	RuleDraft        Rule = "draft"
	RuleAddress      Rule = "address"
	RulePublished    Rule = "published"
	RuleRecipe       Rule = "recipe"

	// Theme.
	RuleTheme Rule = "theme"

	// The finished site.
	RuleMissingFile   Rule = "missing-file"
	RuleMissingAnchor Rule = "missing-anchor"
	RuleLinkSyntax    Rule = "link-syntax"
	RuleLinkForm      Rule = "link-form"
	RuleLeavesBase    Rule = "leaves-base"
	RuleRelative404   Rule = "relative-404"
	RuleInsecure      Rule = "insecure"
	RuleThirdParty    Rule = "third-party"
	RuleInlineCode    Rule = "inline-code"
	RuleBaseElement   Rule = "base-element"
	RuleOrphan        Rule = "orphan"
	RuleHTMLLang      Rule = "html-lang"
	RuleHTMLTitle     Rule = "html-title"
	RuleDuplicateID   Rule = "duplicate-id"
	RuleIDReference   Rule = "id-reference"
	RuleImageAlt      Rule = "image-alt"
	RuleEmptyName     Rule = "empty-name"
	RuleSitemap       Rule = "sitemap"
	RuleXML           Rule = "xml"
	RuleBase          Rule = "base"

	// The preview.
	RuleFailure Rule = "failure"
)

// An Explanation says what a rule names, with an example that breaks it and one
// that does not.
type Explanation struct {
	Rule
	Found        string // where, as a heading
	Names        string // what is wrong
	Wrong, Right string
}

// Explanations are of all rules, in the order in which an author meets them.
func Explanations() []Explanation {
	return []Explanation{
		{RuleFile, "Files", "a file that cannot be read as text: a symbolic link, a byte order mark, bytes that are no UTF-8, or more than 1 MiB", "ja.md in Shift_JIS", "ja.md in UTF-8 without a byte order mark"},
		{RuleFileName, "Files", "a name that is not made of a-z, 0-9 and hyphens", "articles/Error 525/", "articles/error-525/"},
		{RuleStray, "Files", "a file or folder that nothing reads", "articles/error-525/notes.txt", "articles/error-525/ja.md"},
		{RuleYAMLSyntax, "Files", "YAML that cannot be read, so that what else it says is unknown", `title: "525`, `title: "525"`},
		{RuleYAML, "Files", "an unknown, repeated, missing or empty key, or a value of another kind", "tittle: Error 525", "title: Error 525"},
		{RuleSite, "Files", "languages, sections and addresses in site.yaml", "base: example.org", "base: https://example.org/"},
		{RuleArticle, "Files", "article.yaml, or an article without text", "updated: yesterday", "updated: 2026-11-22"},
		{RuleFrontMatter, "Files", "the lines between --- at the top of a text", "title: Error 525 (and no --- above it)", "---\ntitle: Error 525\nsummary: …\n---"},
		{RuleGlossary, "Files", "ids, words and articles of terms", "id: Leg Two", "id: origin-leg"},
		{RuleSearch, "Files", "search.yaml: a name by itself or twice in a set of what is alike, or what is asked for a place that is not there", "- [preload]", "- [preload, プリロード]"},
		{RuleFacts, "Files", "facts.yaml: a value, a label or a link that is wrong, or without a source; one that nothing uses (a warning)", "connect: {value: 19}", "connect: {value: 19, sources: [error-522], confidence: doc}"},
		{RuleReview, "Files", "a source or a fact that was to be read again by a day that has passed (a warning)", "review: 2026-05-01, and today is 2026-11-28", "review: 2027-05-01"},
		{RulePicture, "Files", "a picture that is none, does more than show, or has no text alternative", "![](legs.svg)", "![The two legs](legs.svg)"},
		{RuleSketch, "Files", "sketches.yaml: a screen that lacks a language, is made of what no screen has, or is of a page that the edge does not send", "- {is: chioce, text: Off}", "- {is: choice, text: Off}"},
		{RuleWords, "Files", "words of the checker, the rules or the figures: one is missing, or stands for nothing", "ask: {ja: 何が見えますか}", "ask: {ja: 何が見えますか, en: What do you see?}"},
		{RuleHost, "Files", "the file of a host: a fact without a source, an unknown kind, topic or confidence, a text that lacks a language, silence where something has to be said", "own_certificate: {is: no, confidence: doc}", "own_certificate: {is: no, source: manual, confidence: doc}"},
		{RuleLanguage, "Files", "words in a language that the site does not have (a warning)", "title: {ja: …, en: …, fr: …} where site.yaml lists ja and en", "title: {ja: …, en: …}"},
		{RuleHeading, "Markdown", "level 1, links or other marks in a heading, or ## without a space", "##Causes {#causes}", "## Causes {#causes}"},
		{RuleHeadingID, "Markdown", "an id that is missing, repeated, not ASCII, or at a level that has none", "## 原因", "## 原因 {#causes}"},
		{RuleCodeFence, "Markdown", "a block of code that does not end", "```bash\ncurl -I https://example.com/", "```bash\ncurl -I https://example.com/\n```"},
		{RuleCodeLanguage, "Markdown", "code that names no language, or an unknown one", "```\nserver {", "```nginx\nserver {"},
		{RuleFigure, "Markdown", "what a block of ours takes", "```legs mode=flexibel", "```legs mode=flexible scheme=https"},
		{RuleRawHTML, "Markdown", "HTML in a text, a comment that does not end, or text on the line of one", "<b>443</b>", "**443**"},
		{RuleAlert, "Markdown", "a box of an unknown kind", "> [!DANGER]", "> [!CAUTION]"},
		{RuleTable, "Markdown", "rows of other widths, or a table that came out as text", "| a | b |\n|---|---|\n| 1 |", "| a | b |\n|---|---|\n| 1 | 2 |"},
		{RuleFootnote, "Markdown", "a footnote without its text, or that nothing refers to, or that is there twice", "Port 443[^1]", "Port 443[^1]\n\n[^1]: TLS."},
		{RuleLinkReference, "Markdown", "a reference without its link, and a link that nothing refers to", "[Flexible][modes]", "[Flexible][modes]\n\n[modes]: ../ssl-modes/en.md"},
		{RuleLink, "Markdown", "a link that does not end, leads nowhere, begins at the root, or has a scheme that is not allowed", "[Flexible](/en/flexible/)", "[Flexible](../flexible/en.md)"},
		{RuleEmphasis, "Markdown", "marks that neither open nor close, and names and sums that became emphasis", "** 443** is open", "**443** is open"},
		{RuleCaption, "Markdown", "a caption with links or headings", "```legs mode=full\n[Full](../ssl-modes/en.md)\n```", "```legs mode=full\nFull, over https.\n```"},
		{RuleReference, "Markdown", "{fact …}, {ui …} or {label …} that facts.yaml does not have, or where none can stand", "{ui ssl-overviev}", "{ui ssl-overview}"},
		{RuleMenuPath, "Markdown", "a path through menus that is written out; an arrow between words", "**SSL/TLS → Overview**", "{ui ssl-overview}"},
		{RuleTabs, "Markdown", "tabs and commands: one without a text, twice the same, of a name that is unknown, or with what a tab does not hold", "````tabs server\n=== nginxx", "````tabs server\n=== nginx\nThe text.\n````"},
		{RuleInclude, "Markdown", "recipes that are not there, include each other in a circle, or are included nowhere (a warning)", "```include origin-ca\n```", "```include origin-ca-root\n```"},
		{RuleInvisible, "Markdown", "a character that nobody sees: a control character, one without width or one that changes the direction of text; a warning outside of code, where HTML can hold it", "U+202E in a command", "the command as it is typed"},
		{RuleMeant, "Markdown", "marks of another dialect, or full-width ones, that came out as text", ":::note", "> [!NOTE]"},
		{RuleLimit, "Markdown", "a text that would take too long to read, nested or repeated beyond all use", "> > > > … a hundred times on one line", "> one quotation"},
		{RuleLinkFile, "Between pages", "a link to a file that is not there", "[Flexible](../flexibel/en.md)", "[Flexible](../flexible/en.md)"},
		{RuleLinkAnchor, "Between pages", "a link to a heading that is not there", "[its risk](../flexible/en.md#risks)", "[its risk](../flexible/en.md#risk)"},
		{RuleLinkLanguage, "Between pages", "a link from one language into another (a warning)", "in ja.md: [Flexible](../flexible/en.md)", "in ja.md: [Flexible](../flexible/ja.md)"},
		{RuleHeadingIDs, "Between pages", "languages whose headings differ in ids, order or level", "ja.md: ## 原因 {#causes}, en.md: ## Causes {#reasons}", "ja.md: ## 原因 {#causes}, en.md: ## Causes {#causes}"},
		{RuleTranslation, "Between pages", "an article that lacks a language (a warning)", "articles/error-525/ with ja.md alone", "articles/error-525/ with ja.md and en.md"},
		{RuleGrammar, "Between pages", "the order of an article about an error or a symptom", "## Background {#background} before ## Causes {#causes}", "## Quick check {#quick-check}, ## Causes {#causes}, …, ## Background {#background}"},
		{RuleRelated, "Between pages", "an article that is not there, or itself", "related: [flexibel]", "related: [flexible]"},
		{RuleDraft, "Between pages", "a link to what readers do not see", "[soon](../a-draft/en.md)", "no link before it is published"},
		{RuleAddress, "Between pages", "two claims to one slug, alias or id", `id: "525" in two articles`, `id: "525" in one of them`},
		{RulePublished, "Between pages", "an address or an anchor that was published, and is lost; a line of published.txt that is wrong; no such file (a warning)", "/ja/old-slug/", "/ja/old-slug/ gone /ja/new-slug/"},
		{RuleRecipe, "Between pages", "a block of code of 4 lines or more, or a list of 3 steps or more, that stands twice in one language (a warning)", "the same five steps in two articles", "content/recipes/…, and ```include in both"},
		{RuleTheme, "Theme", "words, templates, styles and scripts that are missing or wrong; no picture for shared links (a warning)", "{{.Titel}}", "{{.Title}}"},
		{RuleMissingFile, "The finished site", "a reference that arrives at no file", `href="../nowhere/"`, `href="../error-525/"`},
		{RuleMissingAnchor, "The finished site", "a reference that arrives at no id", `href="#risks"`, `href="#risk"`},
		{RuleLinkSyntax, "The finished site", "a reference that is no address", `href="a b"`, `href="a%20b"`},
		{RuleLinkForm, "The finished site", "index.html spelt out, or a slash missing", `href="error-525/index.html"`, `href="error-525/"`},
		{RuleLeavesBase, "The finished site", "a reference that leads out of the site's folder", `href="/elsewhere/" under /repo/`, `href="../elsewhere/"`},
		{RuleRelative404, "The finished site", "a relative reference on the page that is shown at any address", `href="ja/" in 404.html`, `href="/repo/ja/" in 404.html`},
		{RuleInsecure, "The finished site", "another scheme than the site's", `href="http://docs.example.org/" under https`, `href="https://docs.example.org/"`},
		{RuleThirdParty, "The finished site", "what tells others who reads", `<img src="https://example.net/p.png">`, `<img src="../assets/p.png">`},
		{RuleInlineCode, "The finished site", "script or style that the policy forbids", `<p style="color:red">`, `<p class="quiet">`},
		{RuleBaseElement, "The finished site", "an element that changes where every link leads", `<base href="/repo/">`, "none"},
		{RuleOrphan, "The finished site", "a page that no other page links to", "a page in no list", "a page that a section lists"},
		{RuleHTMLLang, "The finished site", "a page that does not say its language", "<html>", `<html lang="ja">`},
		{RuleHTMLTitle, "The finished site", "a page without a title", "<head></head>", "<title>Error 525</title>"},
		{RuleDuplicateID, "The finished site", "an id that is there twice", `id="causes" twice`, `id="causes" once`},
		{RuleIDReference, "The finished site", "an attribute that names an id which is not there", `aria-labelledby="titel"`, `aria-labelledby="title"`},
		{RuleImageAlt, "The finished site", "a picture without a text alternative", `<img src="legs.png">`, `<img src="legs.png" alt="The two legs">`},
		{RuleEmptyName, "The finished site", "a link or a button without a name", "<button></button>", "<button>Copy</button>"},
		{RuleSitemap, "The finished site", "an entry of the site map that is no page of the site", "<loc>https://example.net/</loc>", "<loc>https://example.org/ja/</loc>"},
		{RuleXML, "The finished site", "a file for programs that is no XML", "<feed>", "<feed/>"},
		{RuleBase, "The finished site", "an address of the site that is none", "-base-url example.org", "-base-url https://example.org/"},
		{RuleFailure, "The preview", "what is no fault of the content: a file that cannot be read, or a mistake in the theme or in this program", "a template that fails on one page", "see the message, which names the file"},
	}
}
