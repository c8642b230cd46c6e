package diagnose

import "sslclinic/wasmcheck/model"

// A Question is something that a person can look up and tell.
type Question uint8

// The questions, the one that everybody can answer first. Their numbers stand in case codes: what joins is last.
const (
	Symptom Question = iota
	Mode
	Proxied
	AlwaysHTTPS
	Host
	Scheme
	Always
	Since
	CanInstallCert
	App
	Test443
	Test80
	Redirect80
	Redirect443
	AOP
	Origin      // where the site lives
	Access      // what is at hand
	Number      // the four digits beside a 530
	Status      // on a page that is not the edge's
	LastingMode // the highest that keeps working where the site lives; as GreyTakes, told by who knows the host, and never asked
	GreyTakes   // how long a name is DNS only there, until its certificate is issued
	Issuer      // of the certificate that the server sends for the name; as those that follow, read from what a person pastes, and never asked
	Dates       // of that certificate
	Names       // in that certificate
	Chain       // of that certificate
	Listens443  // whether a program of the server's listens on the port
	Listens80
	OriginLog // what the server's log says of the handshake, or of what keeps it from it

	QuestionCount
)

// askable is how many questions people are asked, or tell by themselves. Those behind are answered by evidence alone.
const askable = Issuer

// An Option is an answer to a question, counted from 1 in the question's order.
type Option uint8

// Unasked and Unknown carry no information; Unknown also tells what the person is likely not to know.
const (
	Unasked Option = 0
	Unknown Option = 255
)

// The symptoms from 1 to 16 are the first outcomes of the model but for ok; these come after them, in the order in which they
// joined.
const (
	SymptomMixed       = Option(model.OutcomeBrowserTLSError) + 1 + iota
	SymptomNone        // it works; is it safe?
	SymptomOther       // something that is none of these
	SymptomOriginPage  // an error page that is not the edge's
	SymptomNotIssued   // a certificate cannot be issued or renewed
	SymptomBlockedHTTP // a browser that asks before it opens an http page
)

// SymptomOf is what somebody reports who sees an outcome, as an option of Symptom; 0 for ok.
func SymptomOf(o model.Outcome) Option {
	if o == model.OutcomeOriginPage {
		return SymptomOriginPage
	}
	return Option(o)
}

// A skill is what it takes to answer. Who lacks it for one question, lacks it for the next.
type skill uint8

const (
	reading   skill = iota // what is on the screen
	memory                 // what was done, and what one has
	dashboard              // a setting at the edge
	command                // running a command, or reading the server's configuration

	skills
)

// maxOptions is one more than the most options that a question has: option 0 is none.
const maxOptions = 23

var questionIDs = []string{"symptom", "mode", "proxied", "always_https", "host", "scheme", "always", "since", "can_install_cert", "app", "test443",
	"test80", "redirect80", "redirect443", "aop", "origin", "access", "number", "status", "lasting", "grey_takes",
	"issuer", "dates", "names", "chain", "listen443", "listen80", "origin_log"}

var questions = [QuestionCount]struct {
	skill   skill
	options []string
	names   model.Variable // whose values are the options, when there are none here
}{
	Symptom: {skill: reading, options: []string{"520", "521", "522", "523", "524", "525", "526", "530", "loop", "edge_tls",
		"cert_warning", "plain_to_tls_400", "client_cert_400", "connect_refused", "connect_timeout", "browser_tls_error", "mixed", "none", "other", "origin_page", "not_issued", "blocked_http"}},
	Mode:           {skill: dashboard, names: model.Mode},
	Proxied:        {skill: dashboard, names: model.Proxied},
	AlwaysHTTPS:    {skill: dashboard, names: model.AlwaysHTTPS},
	Host:           {skill: reading, options: []string{"apex", "one_level", "deeper"}},
	Scheme:         {skill: reading, options: []string{"both", "http_only", "https_only"}},
	Always:         {skill: memory, options: []string{"always", "sometimes"}},
	Since:          {skill: memory, options: []string{"nothing", "cloudflare_on", "mode_change", "renewal", "move", "update"}},
	CanInstallCert: {skill: memory, options: []string{"yes", "no"}},
	App:            {skill: memory, options: []string{"wordpress", "other"}},
	Test443: {skill: command, options: []string{"refused", "timeout", "reset", "not_tls", "silent", "alert40", "alert70", "alert80",
		"alert112", "client_cert", "expired", "not_yet", "self_signed", "wrong_name", "incomplete", "origin_ca", "ok",
		"client_cert_400", "client_cert_alert40", "client_cert_alert116"}},
	Test80:      {skill: command, options: []string{"refused", "timeout", "redirect_https", "ok", "bad_request"}},
	Redirect80:  {skill: command, names: model.Redirect80},
	Redirect443: {skill: command, names: model.Redirect443},
	AOP:         {skill: dashboard, names: model.AOP},
	Origin:      {skill: memory, names: model.Origin},
	Access: {skill: reading, options: []string{"dashboard", "panel", "dashboard,panel", "shell", "dashboard,shell", "panel,shell",
		"dashboard,panel,shell", "none"}},
	Number:      {skill: reading, options: []string{"1000", "1014", "1016", "1033", "other"}},
	Status:      {skill: reading, options: []string{"403", "404", "421", "500", "502", "503", "504"}},
	LastingMode: {skill: memory, options: []string{"strict", "full", "grey", "flexible"}},
	GreyTakes:   {skill: memory, options: []string{"minutes", "hours", "day"}},
	Issuer:      {skill: command, options: []string{"public", "origin_ca", "self_signed", "staging", "router_default", "private"}},
	Dates:       {skill: command, names: model.CertDate},
	Names:       {skill: command, names: model.CertName},
	Chain:       {skill: command, names: model.CertChain},
	Listens443:  {skill: command, options: []string{"yes", "no", "loopback"}},
	Listens80:   {skill: command, options: []string{"yes", "no", "loopback"}},
	OriginLog: {skill: command, options: []string{"sni_rejected", "no_certificate", "no_shared_cipher", "unsupported_protocol", "client_cert_missing",
		"plain_http_on_tls", "tls_on_plain", "cert_not_loaded", "key_mismatch", "bind_failed", "proxy_protocol", "acme_failed", "upstream_down"}},
}

// String is the question's public id.
func (q Question) String() string { return questionIDs[q] }

// OptionIDs are the public ids of the question's options, that of option 1 first. They are not to be changed.
func (q Question) OptionIDs() []string {
	if options := questions[q].options; options != nil {
		return options
	}
	return questions[q].names.ValueIDs()
}

// Options is the number of the question's options; they are 1 to Options.
func (q Question) Options() Option { return Option(len(q.OptionIDs())) }

// Asked is how many of the options people are offered, the first of them. What is behind takes a text that is read: who is told that a
// client certificate is wanted knows that, and how the server says it stands in the output.
func (q Question) Asked() Option {
	if q == Test443 {
		return t443OK
	}
	return q.Options()
}

// Told reports that people are asked the question, or tell its answer by themselves. All others take a text.
func (q Question) Told() bool { return q < askable }

// A source is how an answer came to be: what people say is wrong more often than what is read, and says less.
type source uint8

const (
	byPeople source = iota
	byText          // from evidence, see package evidence

	sources
)

// source is where an answer must come from that nobody is asked for.
func (q Question) source(o Option) source {
	if q >= askable || informative(o) && o > q.Asked() {
		return byText
	}
	return byPeople
}

// unknown is the public id of the answer that one does not know.
const unknown = "unknown"

// OptionID is the public id of one of the question's options, or of Unknown.
func (q Question) OptionID(o Option) string {
	if o == Unknown {
		return unknown
	}
	return q.OptionIDs()[o-1]
}

// The options of Scheme, in its order.
const (
	schemeBoth Option = iota + 1
	schemeHTTP
	schemeHTTPS
)

// The options of Test443, in its order.
const (
	t443Refused Option = iota + 1
	t443Timeout
	t443Reset
	t443NotTLS
	t443Silent
	t443Alert40
	t443Alert70
	t443Alert80
	t443Alert112
	t443ClientCert
	t443Expired
	t443NotYet
	t443SelfSigned
	t443WrongName
	t443Incomplete
	t443OriginCA
	t443OK
	t443ClientCert400
	t443ClientCertAlert40
	t443ClientCertAlert116
)

// The options of Test80, in its order.
const (
	t80Refused Option = iota + 1
	t80Timeout
	t80Redirect
	t80OK
	t80BadRequest
)

// The options of Number, in its order.
const (
	number1000 Option = iota + 1
	number1014
	number1016
	number1033
	numberOther
)

// The options of Status, in its order.
const (
	status403 Option = iota + 1
	status404
	status421
	status500
	status502
	status503
	status504
)

// The options of LastingMode, in its order.
const (
	lastingStrict Option = iota + 1
	lastingFull
	lastingGrey
	lastingFlexible
)

// The options of GreyTakes, in its order.
const (
	greyMinutes Option = iota + 1
	greyHours
	greyDay
)

// The options of Issuer, in its order.
const (
	issuerPublic Option = iota + 1
	issuerOriginCA
	issuerSelfSigned
	issuerStaging
	issuerRouter // the default certificate of a router in front, such as Traefik or ingress-nginx
	issuerPrivate
)

// The options of Listens443 and Listens80, in their order.
const (
	listenYes Option = iota + 1
	listenNo
	listenLoopback // on 127.0.0.1, where nobody else reaches it
)

// The options of OriginLog, in its order.
const (
	logSNIRejected Option = iota + 1
	logNoCertificate
	logNoSharedCipher
	logUnsupportedProtocol
	logClientCertMissing
	logPlainOnTLS
	logTLSOnPlain
	logCertNotLoaded
	logKeyMismatch
	logBindFailed
	logProxyProtocol
	logACMEFailed
	logUpstreamDown
)

// confused are pairs of options that people take for one another.
var confused = []struct {
	question Question
	a, b     Option
}{
	{Symptom, Option(model.Outcome521), Option(model.Outcome522)},
	{Symptom, Option(model.Outcome525), Option(model.Outcome526)},
	{Mode, Option(model.ModeStrict) + 1, Option(model.ModeFull) + 1},
	{Redirect80, Option(model.Redirect80HTTPS) + 1, Option(model.Redirect80Forwarded) + 1},
}
