package diagnose

import "sslclinic/wasmcheck/model"

// A profile is how probable each answer to a question is in a set-up, by option; the doubts of people are in it.
type profile [maxOptions]float32

// predict is how an observer who makes no mistake would answer: what the simulator and the laboratory say. All zero
// means that the set-up says nothing about the question.
func predict(q Question, r row, cause []fault) (p profile) {
	c := r.config
	switch q {
	case Symptom:
		return symptom(r)
	case Scheme:
		return scheme(r)
	case Test443:
		return test443(c)
	case Test80:
		return test80(c)
	case Host:
		p = profile{1: .5, 2: .45, 3: .05}
		if c[model.EdgeCert] == model.EdgeCertUncovered {
			p = profile{3: 1}
		}
	case Always:
		p = profile{1: .97, 2: .03}
		for _, f := range cause {
			if often := intermittent(f); often > p[2] {
				p = profile{1: 1 - often, 2: often}
			}
		}
	case Since:
		p = profile{1: .35, 2: .2, 3: .1, 4: .1, 5: .1, 6: .15}
		if len(cause) > 0 {
			p = since(cause[0], c)
		}
	case App:
		p = profile{1: .4, 2: .6}
		if c[model.Redirect80] == model.Redirect80HTTPS || c[model.Subresources] == model.SubresourcesHTTP {
			p = profile{1: .55, 2: .45}
		}
	case CanInstallCert:
		return profile{}
	case Mode:
		if c[model.Proxied] == model.ProxiedYes {
			p[c[model.Mode]+1] = 1
		}
	case AlwaysHTTPS:
		switch {
		case c[model.Proxied] == model.ProxiedNo:
		case c[model.Mode] == model.ModeOff: // the dashboard hides it
			p = profile{1: .8, 2: .2}
		default:
			p[c[model.AlwaysHTTPS]+1] = 1
		}
	case AOP:
		p[c[model.AOP]+1] = 1
		if c[model.AOP] == model.AOPWrongCA { // the dashboard says "on"
			p = profile{Option(model.AOPOn) + 1: .5, Option(model.AOPWrongCA) + 1: .5}
		}
	default:
		p[c[questions[q].names]+1] = 1
	}
	return p
}

// symptom is what a person reports who tried the site: mostly what https shows, for that is what browsers try first.
func symptom(r row) (p profile) {
	share := [2]float32{.3, .7}
	switch fails := [2]bool{failing(r.visits[0]), failing(r.visits[1])}; {
	case !fails[0] && !fails[1]:
		p[SymptomNone] = 1
		return p
	case !fails[0]:
		share = [2]float32{0, 1}
	case !fails[1]:
		share = [2]float32{1, 0}
	}
	for i, v := range r.visits {
		if v.Outcome == model.OutcomeOK {
			p[SymptomMixed] += share[i]
			continue
		}
		other := float32(v.Alternative.Permille) / 1000 * share[i]
		p[v.Outcome] += share[i] - other
		if other > 0 && v.Alternative.Outcome != model.OutcomeOK {
			p[v.Alternative.Outcome] += other
		}
	}
	return p
}

func failing(r model.Result) bool { return r.Outcome != model.OutcomeOK || r.Mixed }

func scheme(r row) profile {
	switch fails := [2]bool{failing(r.visits[0]), failing(r.visits[1])}; fails {
	case [2]bool{true, true}:
		return profile{1: 1}
	case [2]bool{true, false}:
		return profile{2: 1}
	case [2]bool{false, true}:
		return profile{3: 1}
	}
	return profile{}
}

// test443 is what a direct test of the origin shows from a machine of the owner's, which is not the edge: firewalls may
// treat it otherwise, its client offers more ciphers, and it does not know the Origin CA.
func test443(c model.Config) profile {
	beyond := func() (p profile) {
		switch c[model.P443] {
		case model.P443Refused:
			return profile{t443Refused: 1}
		case model.P443Dropped:
			return profile{t443Timeout: 1}
		}
		switch c[model.Listener] {
		case model.ListenerPlain:
			return profile{t443NotTLS: 1}
		case model.ListenerSilent:
			return profile{t443Silent: .8, t443Timeout: .2}
		case model.ListenerReset:
			return profile{t443Reset: 1}
		}
		switch {
		case c[model.TLSVersion] == model.TLSVersionNone:
			return profile{t443Alert70: .9, t443Alert40: .1}
		case c[model.SNI] == model.SNIRejected:
			return profile{t443Alert112: .75, t443Alert80: .25}
		case c[model.Cert] == model.CertNone:
			return profile{t443Alert40: .65, t443Alert80: .3, t443Alert112: .05}
		}
		p = certificate(c)
		switch c[model.ClientCert] {
		case model.ClientCertRequired400, model.ClientCertRequired13:
			p = blend(profile{t443ClientCert: 1}, .7, p)
		case model.ClientCertRequired12:
			p = blend(profile{t443ClientCert: .6, t443Alert40: .4}, .8, p)
		}
		if c[model.Cipher] == model.CipherNone {
			p = blend(profile{t443Alert40: 1}, .7, p)
		}
		return p
	}()
	if c[model.DNS] == model.DNSWrong || c[model.DNS] == model.DNSUnreachable { // unless the test names the right address
		return blend(profile{t443Timeout: 1}, .5, beyond)
	}
	return beyond
}

func certificate(c model.Config) (p profile) {
	n := float32(0)
	see := func(present bool, o Option) {
		if present {
			p[o] = 1
			n++
		}
	}
	see(c[model.Cert] == model.CertSelfSigned, t443SelfSigned)
	see(c[model.CertDate] == model.CertDateExpired, t443Expired)
	see(c[model.CertDate] == model.CertDateNotYet, t443NotYet)
	see(c[model.CertName] == model.CertNameMismatch, t443WrongName)
	see(c[model.CertChain] == model.CertChainIncomplete, t443Incomplete)
	see(n == 0 && c[model.Cert] == model.CertOriginCA, t443OriginCA)
	see(n == 0, t443OK)
	for o := range p {
		p[o] /= n
	}
	return p
}

func test80(c model.Config) profile {
	beyond := func() profile {
		switch c[model.P80] {
		case model.P80Refused:
			return profile{t80Refused: 1}
		case model.P80Dropped:
			return profile{t80Timeout: 1}
		case model.P80TLS:
			return profile{t80BadRequest: 1}
		case model.P80Closes:
			return profile{t80Refused: .4, t80Timeout: .2, t80BadRequest: .4}
		}
		switch c[model.Redirect80] {
		case model.Redirect80HTTPS:
			return profile{t80Redirect: 1}
		case model.Redirect80Forwarded: // a direct test sends no such header, unless it is told to
			return profile{t80OK: .7, t80Redirect: .3}
		}
		return profile{t80OK: 1}
	}()
	if c[model.DNS] == model.DNSWrong || c[model.DNS] == model.DNSUnreachable {
		return blend(profile{t80Timeout: 1}, .5, beyond)
	}
	return beyond
}

func blend(a profile, share float32, b profile) (p profile) {
	for o := range p {
		p[o] = a[o]*share + b[o]*(1-share)
	}
	return p
}

// intermittent is how often a fault comes and goes: the edge has many addresses, and load has hours.
func intermittent(f fault) float32 {
	switch f {
	case fault{model.P443, model.P443EdgeRefused}, fault{model.P443, model.P443EdgeDropped}, fault{model.Listener, model.ListenerReset},
		fault{model.Response, model.ResponseHeaders}, fault{model.Response, model.ResponseSlow}:
		return .4
	case fault{model.Response, model.ResponseEmpty}, fault{model.Listener, model.ListenerSilent}, fault{model.P443, model.P443Dropped}:
		return .2
	}
	return 0
}

// since is what happened before a fault was met.
func since(f fault, c model.Config) profile {
	switch f.variable {
	case model.HSTS, model.Redirect80, model.Redirect443:
		return profile{1: .1, 2: .4, 3: .3, 4: .04, 5: .06, 6: .1}
	case model.EdgeCert:
		return profile{1: .2, 2: .5, 3: .1, 4: .05, 5: .1, 6: .05}
	case model.DNS:
		return profile{1: .15, 2: .15, 3: .04, 4: .04, 5: .55, 6: .07}
	case model.P80, model.P443, model.Listener:
		return profile{1: .3, 2: .2, 3: .2, 4: .05, 5: .1, 6: .15}
	case model.CertDate:
		return profile{1: .45, 2: .15, 3: .1, 4: .2, 5: .04, 6: .06}
	case model.Cert, model.CertName, model.CertChain:
		return profile{1: .1, 2: .25, 3: .25, 4: .2, 5: .1, 6: .1}
	case model.SNI, model.TLSVersion, model.Cipher, model.ClientCert, model.AOP:
		return profile{1: .12, 2: .25, 3: .2, 4: .08, 5: .1, 6: .25}
	}
	return profile{1: .45, 2: .1, 3: .06, 4: .04, 5: .1, 6: .25}
}

// doubted is a profile with the mistakes of people in it: now and then a neighbour is taken for the answer, and as
// often anything. It is never zero: an answer is evidence, and not a filter.
func doubted(q Question, p profile) profile {
	n := float32(q.Options())
	sum := float32(0)
	for _, share := range p {
		sum += share
	}
	doubt := questions[q].doubt
	var d profile
	for o := Option(1); o <= q.Options(); o++ {
		if sum == 0 {
			d[o] = 1 / n
			continue
		}
		neighbour, known := p[o]/sum, false
		for _, c := range confused {
			if c.question == q && c.a == o {
				neighbour, known = p[c.b]/sum, true
			}
			if c.question == q && c.b == o {
				neighbour, known = p[c.a]/sum, true
			}
		}
		d[o] = p[o]/sum*(1-2*doubt) + neighbour*doubt + doubt/n
		if !known {
			d[o] = p[o]/sum*(1-doubt) + doubt/n
		}
	}
	return d
}

// unmodelled is how somebody answers who has met something else: no answer is likelier than another, except that it is
// no symptom of ours, and comes and goes.
func unmodelled(q Question) (p profile) {
	n := float32(q.Options())
	for o := Option(1); o <= q.Options(); o++ {
		p[o] = 1 / n
	}
	switch q {
	case Symptom:
		for o := range p {
			p[o] *= .7
		}
		p[SymptomNone] = .01
		p[SymptomOther] = .3
	case Always:
		p = profile{1: .5, 2: .5}
	}
	return p
}
