package diagnose

import "sslclinic/wasmcheck/model"

// A profile is the likelihood of each answer to a question in a set-up, by option; the noise of its source is in it.
type profile [maxOptions]float32

// predict sets how an observer who makes no mistake would answer, with the output before them: what the simulator and the laboratory
// say. All zero means that the set-up says nothing about the question.
func predict(p *profile, q Question, r *scenario, cause []fault) {
	c := &r.config
	*p = profile{}
	switch q {
	case Symptom:
		symptom(p, r)
	case Scheme:
		scheme(p, r)
	case Test443:
		test443(p, c)
	case Test80:
		test80(p, c)
	case Host:
		*p = profile{1: .5, 2: .45, 3: .05}
		if c[model.EdgeCert] == model.EdgeCertUncovered {
			*p = profile{3: 1}
		}
	case Always:
		*p = profile{1: .97, 2: .03}
		for _, f := range cause {
			if often := intermittent(f); often > p[2] {
				*p = profile{1: 1 - often, 2: often}
			}
		}
	case Since:
		*p = since(cause[0])
	case App:
		*p = profile{1: .4, 2: .6}
		if c[model.Redirect80] == model.Redirect80HTTPS || c[model.Subresources] == model.SubresourcesHTTP {
			*p = profile{1: .55, 2: .45}
		}
	case CanInstallCert, LastingMode, GreyTakes: // of the host, whatever is wrong
	case Mode:
		switch {
		case c[model.Proxied] == model.ProxiedNo:
		case shared(c[model.Origin]) || c[model.Mode] == model.ModeOff:
			p[c[model.Mode]+1] = 1
		default: // any, for it makes no difference
			*p = profile{Option(model.ModeStrict) + 1: .35, Option(model.ModeFull) + 1: .3, Option(model.ModeFlexible) + 1: .3, Option(model.ModeOriginPull) + 1: .05}
		}
	case AlwaysHTTPS:
		switch {
		case c[model.Proxied] == model.ProxiedNo:
		case c[model.Mode] == model.ModeOff: // the dashboard hides it
			*p = profile{1: .8, 2: .2}
		default:
			p[c[model.AlwaysHTTPS]+1] = 1
		}
	case Origin:
		lives(p, r, cause)
	case Access: // what somebody has at hand says nothing of what is wrong
	case Number:
		number(p, r)
	case Status:
		status(p, r)
	case AOP:
		p[c[model.AOP]+1] = 1
		if c[model.AOP] == model.AOPWrongCA { // the dashboard says "on"
			*p = profile{Option(model.AOPOn) + 1: .5, Option(model.AOPWrongCA) + 1: .5}
		}
	case Issuer, Dates, Names, Chain, Listens443, Listens80, OriginLog:
		pasted(p, q, c)
	default:
		p[c[questions[q].names]+1] = 1
	}
}

// Of what an answer can hang on besides the variables of a set-up: what its visits show, and what is to blame for it.
const (
	ofVisits = 1 << (63 - iota)
	ofCause
)

// hangsOn is all that predict reads of a scenario for a question, as a set: scenarios that have it alike answer alike.
var hangsOn = [QuestionCount]uint64{
	Symptom:     ofVisits | 1<<model.Issuance,
	Mode:        1<<model.Mode | 1<<model.Proxied | 1<<model.Origin,
	Proxied:     1 << model.Proxied,
	AlwaysHTTPS: 1<<model.AlwaysHTTPS | 1<<model.Proxied | 1<<model.Mode,
	Host:        1 << model.EdgeCert,
	Scheme:      ofVisits,
	Always:      ofCause,
	Since:       ofCause,
	App:         1<<model.Redirect80 | 1<<model.Subresources,
	Test443: 1<<model.P443 | 1<<model.Listener | 1<<model.TLSVersion | 1<<model.SNI | 1<<model.Cert | 1<<model.CertDate | 1<<model.CertName |
		1<<model.CertChain | 1<<model.ClientCert | 1<<model.Cipher | 1<<model.DNS,
	Test80:      1<<model.P80 | 1<<model.Redirect80 | 1<<model.DNS,
	Redirect80:  1 << model.Redirect80,
	Redirect443: 1 << model.Redirect443,
	AOP:         1 << model.AOP,
	Origin:      1<<model.Origin | ofCause | 1<<model.Issuance,
	Number:      ofVisits | 1<<model.Domain | 1<<model.Tunnel,
	Status:      ofVisits | 1<<model.Tunnel | 1<<model.Response,
	Issuer:      1<<model.Origin | 1<<model.Cert | 1<<model.SNI | 1<<model.CertName | 1<<model.Response,
	Dates:       1<<model.Origin | 1<<model.CertDate,
	Names:       1<<model.Origin | 1<<model.CertName | 1<<model.Tunnel,
	Chain:       1<<model.Origin | 1<<model.CertChain,
	Listens443:  1<<model.Origin | 1<<model.P443,
	Listens80:   1<<model.Origin | 1<<model.P80,
	OriginLog: 1<<model.Origin | 1<<model.Tunnel | 1<<model.P443 | 1<<model.Listener | 1<<model.TLSVersion | 1<<model.SNI | 1<<model.Cert |
		1<<model.Cipher | 1<<model.ClientCert | 1<<model.P80 | 1<<model.Issuance | 1<<model.Response,
}

// byHTTP is how many tell what http shows, where both visits fail: browsers try https first.
const byHTTP = .3

// How many of those whose certificate cannot be issued have it from a mail or a panel, where a visit fails too and where none does; and
// how many of those whose pages end on http tell of the browser that warns.
const (
	mailed       = .25
	mailedAlone  = .88
	warnedOfHTTP = .15
	unnamed      = .02 // of those whose page is the origin's own, or whose certificate is not issued, do not find it among the symptoms
)

// symptom is what a person reports who tried the site.
func symptom(p *profile, r *scenario) {
	share := [2]float32{byHTTP, 1 - byHTTP}
	issuance := r.config[model.Issuance] != model.IssuanceOk
	plain, secure := failing(&r.visits[0]), failing(&r.visits[1])
	switch {
	case !plain && !secure && issuance:
		p[SymptomNotIssued], p[SymptomNone], p[SymptomOther] = mailedAlone, 1-mailedAlone-unnamed, unnamed
		return
	case !plain && !secure && (r.visits[0].Final == model.HTTP || r.visits[1].Final == model.HTTP):
		p[SymptomBlockedHTTP], p[SymptomNone] = warnedOfHTTP, 1-warnedOfHTTP
		return
	case !plain && !secure:
		p[SymptomNone] = 1
		return
	case !plain:
		share = [2]float32{0, 1}
	case !secure:
		share = [2]float32{1, 0}
	}
	for i := range r.visits {
		v := &r.visits[i]
		if v.Outcome == model.OutcomeOK {
			p[SymptomMixed] += share[i]
			continue
		}
		other := float32(float32(v.Alternative.Permille) / 1000 * share[i])
		p[SymptomOf(v.Outcome)] += share[i] - other
		p[SymptomOf(v.Alternative.Outcome)] += other
	}
	p[0] = 0 // no visit that fails might have ended well
	p[SymptomOther] += unnamed * p[SymptomOriginPage]
	p[SymptomOriginPage] *= 1 - unnamed
	if issuance {
		p.blend(1-mailed, SymptomNotIssued)
	}
}

// sees reports that one of the visits ends, or might end, in an outcome.
func (r *scenario) sees(o model.Outcome) bool {
	for _, v := range r.visits {
		if v.Outcome == o || v.Alternative.Permille > 0 && v.Alternative.Outcome == o {
			return true
		}
	}
	return false
}

// number is the four digits on the page of a 530. Of a tunnel that is not connected one page of the documentation says 1033,
// another 1016.
func number(p *profile, r *scenario) {
	switch c := &r.config; {
	case !r.sees(model.Outcome530):
		p[numberOther] = 1 // what there is a number on then is another page
	case c[model.Domain] == model.DomainOtherAccount:
		p[number1014] = 1
	case c[model.Tunnel] == model.TunnelNotConnected:
		p[number1033], p[number1016] = .8, .2
	case c[model.Tunnel] == model.TunnelNotRouted:
		p[number1033], p[number1016] = .5, .5
	default: // 1000 where the record has an address of the edge's own, which is mended as a name without one
		p[number1016], p[number1000], p[numberOther] = .8, .15, .05
	}
}

// status is the number on a page that is not the edge's. Who shows none says nothing of it.
func status(p *profile, r *scenario) {
	c := &r.config
	switch {
	case !r.sees(model.OutcomeOriginPage):
	case c[model.Tunnel] == model.TunnelOriginName || c[model.Tunnel] == model.TunnelOriginDown:
		p[status502] = 1
	case c[model.Response] == model.ResponseForbidden: // one host shows 404
		p[status403], p[status404] = .9, .1
	case c[model.Response] == model.ResponseWrongSite:
		p[status404], p[status503], p[status421], p[status502], p[status500], p[status504] = .48, .34, .105, .025, .025, .025 // the last three are mostly something else's
	default:
		p[status404] = 1
	}
}

func failing(r *model.Result) bool { return r.Outcome != model.OutcomeOK || r.Mixed }

func scheme(p *profile, r *scenario) {
	plain, secure := failing(&r.visits[0]), failing(&r.visits[1])
	switch {
	case plain && secure:
		p[schemeBoth] = 1
	case plain:
		p[schemeHTTP] = 1
	case secure:
		p[schemeHTTPS] = 1
	}
}

// test443 is what a direct test of the origin shows from a machine of the owner's, which is not the edge: firewalls may
// treat it otherwise, its client offers more ciphers, and it does not know the Origin CA.
func test443(p *profile, c *model.Config) {
	switch {
	case c[model.P443] == model.P443Refused:
		p[t443Refused] = 1
	case c[model.P443] == model.P443Dropped:
		p[t443Timeout] = 1
	case c[model.Listener] == model.ListenerPlain:
		p[t443NotTLS] = 1
	case c[model.Listener] == model.ListenerSilent:
		p[t443Silent], p[t443Timeout] = .8, .2
	case c[model.Listener] == model.ListenerReset:
		p[t443Reset] = 1
	case c[model.TLSVersion] == model.TLSVersionNone:
		p[t443Alert70], p[t443Alert40] = .9, .1
	case c[model.SNI] == model.SNIRejected:
		p[t443Alert112], p[t443Alert80] = .75, .25
	case c[model.Cert] == model.CertNone:
		p[t443Alert40], p[t443Alert80], p[t443Alert112] = .69, .3, .01
	default:
		certificate(p, c)
		switch c[model.ClientCert] {
		case model.ClientCertRequired400:
			p.blend(.3, t443ClientCert400)
		case model.ClientCertRequired13:
			p.blend(.3, t443ClientCertAlert116)
		case model.ClientCertRequired12:
			p.blend(.2, t443ClientCertAlert40) // after the certificate
			p.blend(.7, t443Alert40)
		}
		if c[model.Cipher] == model.CipherNone {
			p.blend(.3, t443Alert40)
		}
	}
	elsewhere(p, c, t443Timeout)
}

// blend leaves a share of what a profile says, and gives the rest to one option.
func (p *profile) blend(share float32, o Option) {
	for i := range p {
		p[i] *= share
	}
	p[o] += 1 - share
}

// known is how many test the origin's own address where the DNS has another. Nobody knows better than half.
const known = .5

// elsewhere: a test finds nobody where the edge finds nobody, unless it was told the right address.
func elsewhere(p *profile, c *model.Config, timeout Option) {
	if c[model.DNS] == model.DNSWrong || c[model.DNS] == model.DNSUnreachable {
		p.blend(known, timeout)
	}
}

// wanted is how many outputs in which a client certificate is missing do not show in which way.
const wanted = .1

// toldBy makes what people tell of what stands in an output: of three ways in which a server misses a client certificate, that it does.
// Of outputs, some do not show which.
func (p *profile) toldBy(s source, q Question) {
	if q != Test443 {
		return
	}
	for o := t443ClientCert400; o <= t443ClientCertAlert116; o++ {
		kept := float32(p[o] * (1 - wanted))
		if s == byPeople {
			kept = 0
		}
		p[t443ClientCert] += p[o] - kept
		p[o] = kept
	}
}

// certificate is what a public trust store says. Of several faults any may be told; one from the Origin CA is a fault to it, whatever
// else is wrong.
func certificate(p *profile, c *model.Config) {
	p[t443SelfSigned] = is(c[model.Cert] == model.CertSelfSigned)
	p[t443Expired] = is(c[model.CertDate] == model.CertDateExpired)
	p[t443NotYet] = is(c[model.CertDate] == model.CertDateNotYet)
	p[t443WrongName] = is(c[model.CertName] == model.CertNameMismatch)
	p[t443Incomplete] = is(c[model.CertChain] == model.CertChainIncomplete)
	p[t443OriginCA] = is(c[model.Cert] == model.CertOriginCA)
	var n float32
	for _, l := range p {
		n += l
	}
	if n == 0 {
		p[t443OK], n = 1, 1
	}
	for o := range p {
		p[o] /= n
	}
}

func is(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func test80(p *profile, c *model.Config) {
	switch {
	case c[model.P80] == model.P80Refused:
		p[t80Refused] = 1
	case c[model.P80] == model.P80Dropped:
		p[t80Timeout] = 1
	case c[model.P80] == model.P80TLS:
		p[t80BadRequest] = 1
	case c[model.P80] == model.P80Closes:
		p[t80Refused], p[t80Timeout], p[t80BadRequest] = .4, .2, .4
	case c[model.Redirect80] == model.Redirect80HTTPS:
		p[t80Redirect] = 1
	case c[model.Redirect80] == model.Redirect80Forwarded: // a direct test sends no such header, unless it is told to
		p[t80OK], p[t80Redirect] = .7, .3
	default:
		p[t80OK] = 1
	}
	elsewhere(p, c, t80Timeout)
}

// intermittent is how often a fault comes and goes: the edge has many addresses, and load has hours. Two in five where it is
// a rule or a load that decides, half of that where it mostly stays.
func intermittent(f fault) float32 {
	switch f {
	case fault{model.P443, model.P443EdgeRefused}, fault{model.P443, model.P443EdgeDropped}, fault{model.Listener, model.ListenerReset},
		fault{model.Response, model.ResponseHeaders}, fault{model.Response, model.ResponseSlow}:
		return .4
	case fault{model.Response, model.ResponseForbidden}, fault{model.Response, model.ResponseHTTP2}, fault{model.Tunnel, model.TunnelNotConnected}, fault{model.Response, model.ResponseEmpty}, fault{model.Listener, model.ListenerSilent}, fault{model.P443, model.P443Dropped}:
		return .2
	}
	return 0
}

// since is what happened before a fault was met, judged from the reports: each row has what is told most often first, and
// nothing at zero. The last is of faults that come by themselves.
func since(f fault) profile {
	switch f {
	case fault{model.Redirect443, model.Redirect443HTTPS}: // what is behind changes: a proxy, a plug-in, a move
		return profile{1: .05, 2: .2, 3: .2, 4: .05, 5: .25, 6: .25}
	case fault{model.Response, model.ResponseWrongSite}:
		return profile{1: .1, 2: .2, 3: .25, 4: .05, 5: .2, 6: .2} // nobody asked over https before
	}
	switch f.variable {
	case model.HSTS, model.Redirect80, model.Redirect443:
		return profile{1: .1, 2: .4, 3: .3, 4: .04, 5: .06, 6: .1} // they do harm only when the edge or its mode comes
	case model.EdgeRedirect:
		return profile{1: .2, 2: .15, 3: .05, 4: .02, 5: .13, 6: .45} // a rule that somebody wrote
	case model.Issuance:
		return profile{1: .3, 2: .3, 3: .05, 4: .25, 5: .06, 6: .04} // when it is due, or when the edge came
	case model.Domain:
		return profile{1: .1, 2: .25, 3: .02, 4: .03, 5: .55, 6: .05} // a name that comes from elsewhere
	case model.Tunnel:
		return profile{1: .35, 2: .25, 3: .03, 4: .02, 5: .15, 6: .2} // by itself, or when it is set up or touched
	case model.EdgeCert:
		return profile{1: .2, 2: .5, 3: .1, 4: .05, 5: .1, 6: .05} // half of them in the first day of a zone
	case model.DNS:
		return profile{1: .15, 2: .15, 3: .04, 4: .04, 5: .55, 6: .07} // an address is mostly wrong after a move
	case model.P80, model.P443, model.Listener:
		return profile{1: .3, 2: .2, 3: .2, 4: .05, 5: .1, 6: .15} // by itself, or when the edge first asks on that port
	case model.CertDate:
		return profile{1: .45, 2: .15, 3: .1, 4: .2, 5: .04, 6: .06} // time alone does it; a renewal that did not take is next
	case model.Cert, model.CertName, model.CertChain:
		return profile{1: .1, 2: .25, 3: .25, 4: .2, 5: .1, 6: .1} // nobody looked before the edge or a stricter mode did; or a renewal changed it
	case model.SNI, model.TLSVersion, model.Cipher, model.ClientCert, model.AOP:
		return profile{1: .12, 2: .25, 3: .2, 4: .08, 5: .1, 6: .25} // as those, but that a renewal touches no setting and an update does
	}
	return profile{1: .45, 2: .1, 3: .06, 4: .04, 5: .1, 6: .25}
}

// addNoise puts the mistakes of a source into a profile: now and then anything is taken for the answer, and by people as often a
// neighbour. It is never zero: an answer is evidence, and not a filter.
func addNoise(t *tuning, p *profile, q Question, s source) {
	var sum float32
	for _, share := range p {
		sum += share
	}
	right := *p
	options := q.by(s)
	any := 1 / float32(options)
	wrong := t[misread]
	if s == byPeople {
		wrong = t[noise+constant(q)]
	}
	if q == Symptom && right[SymptomNone] == 1 {
		wrong /= noCode
	}
	for o := Option(1); o <= options; o++ {
		if sum == 0 {
			p[o] = any
			continue
		}
		p[o] = float32(right[o]/sum*(1-wrong)) + float32(wrong*any)
		for _, c := range confused {
			if s == byPeople && c.question == q && (c.a == o || c.b == o) {
				p[o] += float32((right[c.a^c.b^o] - right[o]) / sum * wrong * t[confusion])
			}
		}
	}
}

// by is how many options a source has.
func (q Question) by(s source) Option {
	if s == byPeople {
		return q.Asked()
	}
	return q.Options()
}

// noCode is by how much the noise of the symptom is less for who sees a page: there is no code to misread.
const noCode = 5

// How many of those who have met something else see no symptom of ours, and none at all. If it were one of ours, the model
// would mostly know it; and who asks has seen something.
const (
	otherSeen   = .29
	nothingSeen = .01
	ownPageSeen = .08
)

// unmodelled is how somebody answers who has met something else: no answer is likelier than another, except that it is
// no symptom of ours, or a page of the origin's own for reasons of its own, and comes and goes.
func unmodelled(q Question, s source) (p profile) {
	any := 1 / float32(q.by(s))
	if q >= askable {
		return background(q)
	}
	switch q {
	case Symptom:
		any = (1 - otherSeen - nothingSeen - ownPageSeen) / float32(q.Options()-3)
	case Test443:
		if s == byText { // mostly the server is as most are
			return profile{t443OK: .5, t443OriginCA: .1, t443SelfSigned: .1, t443Expired: .05, t443WrongName: .05, t443Incomplete: .04, t443Refused: .04,
				t443Timeout: .04, t443Alert40: .02, t443Reset: .01, t443NotTLS: .01, t443ClientCert400: .01, t443Alert112: .008, t443Alert80: .005,
				t443Silent: .002, t443Alert70: .005, t443ClientCert: .002, t443NotYet: .002, t443ClientCertAlert40: .003, t443ClientCertAlert116: .003}
		}
	case Number: // mostly one of the many other numbers
		return profile{number1000: .05, number1014: .05, number1016: .05, number1033: .1, numberOther: .75}
	case Status: // applications fail with these
		return profile{status403: .05, status404: .1, status421: .02, status500: .3, status502: .25, status503: .13, status504: .15}
	}
	for o := Option(1); o <= q.by(s); o++ {
		p[o] = any
	}
	if q == Symptom {
		p[SymptomNone], p[SymptomOther], p[SymptomOriginPage] = nothingSeen, otherSeen, ownPageSeen
	}
	return p
}
