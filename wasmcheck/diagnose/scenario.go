package diagnose

import "sslclinic/wasmcheck/model"

// A fault is one deviation from the nominal set-up.
type fault struct {
	variable model.Variable
	value    model.Value
}

func (f fault) String() string { return f.variable.String() + "=" + f.variable.ValueID(f.value) }

// A frequency is how often a fault is met, against a set-up without it. The classes are a factor of four apart: a prior that is
// wrong by a factor of two does not put a cause before one of another class. Within often, foremost settles the order.
type frequency uint8

const (
	common   frequency = iota // what guides advise; it does no harm where it belongs
	foremost                  // often, and what the sources name first for its code
	often
	sometimes
	seldom

	frequencies
)

// A prior is how often a fault is met.
type prior struct {
	fault
	met frequency
}

// priors are numbers about the world outside that are not documented, as the likelihoods in evidence.go are. Each has its reason.
var priors = []prior{
	{fault{model.HSTS, model.HSTSOn}, common},                         // many sites send it; it does harm in mode Off alone
	{fault{model.Port, model.PortAlt}, seldom},                        // panels and APIs, rarely sites
	{fault{model.Port, model.PortUnproxied}, seldom},                  // case B10
	{fault{model.EdgeCert, model.EdgeCertPending}, sometimes},         // every new zone, for a day at most
	{fault{model.EdgeCert, model.EdgeCertUncovered}, sometimes},       // cases F03, F06
	{fault{model.EdgeCert, model.EdgeCertExpired}, seldom},            // needs an uploaded certificate
	{fault{model.DNS, model.DNSWrong}, sometimes},                     // after a move
	{fault{model.DNS, model.DNSUnresolvable}, sometimes},              // the one common cause of 530 that is no tunnel
	{fault{model.DNS, model.DNSUnreachable}, seldom},                  // needs a routing mistake
	{fault{model.P80, model.P80Refused}, sometimes},                   // https-only origins
	{fault{model.P80, model.P80Dropped}, sometimes},                   // https-only firewalls
	{fault{model.P80, model.P80TLS}, seldom},                          // case I08
	{fault{model.P80, model.P80Closes}, seldom},                       // case I06
	{fault{model.P443, model.P443Refused}, foremost},                  // the documented first cause of 521
	{fault{model.P443, model.P443Dropped}, sometimes},                 // security groups without 443
	{fault{model.P443, model.P443EdgeRefused}, sometimes},             // as the next, with reject rules
	{fault{model.P443, model.P443EdgeDropped}, foremost},              // "most common" in the documentation of 522
	{fault{model.Listener, model.ListenerPlain}, sometimes},           // the port is opened before TLS is set up, or the container publishes the wrong one
	{fault{model.Listener, model.ListenerSilent}, seldom},             // a dead backend, or a middlebox
	{fault{model.Listener, model.ListenerReset}, seldom},              // named in the documentation of 525; firewalls and limits, which are not there from the start
	{fault{model.Cert, model.CertOriginCA}, common},                   // the documented advice; a fault only without the edge
	{fault{model.Cert, model.CertSelfSigned}, often},                  // what panels and containers make by themselves
	{fault{model.Cert, model.CertNone}, foremost},                     // the documented first cause of 525
	{fault{model.CertDate, model.CertDateExpired}, foremost},          // the first cause of 526 in the cases
	{fault{model.CertDate, model.CertDateNotYet}, seldom},             // needs a wrong clock
	{fault{model.CertName, model.CertNameMismatch}, often},            // default hosts, case C05
	{fault{model.CertChain, model.CertChainIncomplete}, sometimes},    // browsers hide it
	{fault{model.SNI, model.SNIRejected}, often},                      // cases A01, A02, H01; the documentation names it after the certificate
	{fault{model.TLSVersion, model.TLSVersionNone}, seldom},           // the edge still offers TLS 1.0
	{fault{model.Cipher, model.CipherNone}, seldom},                   // usual lists hold a common suite
	{fault{model.ClientCert, model.ClientCertRequired400}, sometimes}, // cases G01, G02
	{fault{model.ClientCert, model.ClientCertRequired12}, seldom},     // not nginx, and old
	{fault{model.ClientCert, model.ClientCertRequired13}, seldom},     // not nginx
	{fault{model.AOP, model.AOPOn}, sometimes},                        // has to be turned on
	{fault{model.AOP, model.AOPWrongCA}, seldom},                      // and then to be mistaken
	{fault{model.Redirect80, model.Redirect80HTTPS}, common},          // what every guide advises
	{fault{model.Redirect80, model.Redirect80Forwarded}, sometimes},   // what those advise who know of the loop
	{fault{model.Redirect443, model.Redirect443HTTP}, seldom},         // an old rule that was forgotten
	{fault{model.Response, model.ResponseEmpty}, sometimes},           // crashes and security plug-ins
	{fault{model.Response, model.ResponseSlow}, sometimes},            // long jobs
	{fault{model.Response, model.ResponseHeaders}, seldom},            // case I03
	{fault{model.Subresources, model.SubresourcesHTTP}, sometimes},    // old addresses in pages
}

// A choice is how often a context is met: the three usual modes alike.
type choice uint8

const (
	usual choice = iota
	rare
	enterprise

	choices
)

// contexts are the settings that a person chooses, and how often they are met.
var contexts = []struct {
	config model.Config
	met    choice
}{
	{model.Config{}, usual},
	{model.Config{model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
	{model.Config{model.Mode: model.ModeFull}, usual},
	{model.Config{model.Mode: model.ModeFull, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
	{model.Config{model.Mode: model.ModeFlexible}, usual},
	{model.Config{model.Mode: model.ModeFlexible, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, usual},
	{model.Config{model.Mode: model.ModeOff}, rare},                                                      // not offered to new zones
	{model.Config{model.Mode: model.ModeOriginPull}, enterprise},                                         // Enterprise
	{model.Config{model.Mode: model.ModeOriginPull, model.AlwaysHTTPS: model.AlwaysHTTPSOn}, enterprise}, // Enterprise
	{model.Config{model.Proxied: model.ProxiedNo}, rare},                                                 // who asks about an edge mostly has one
}

// met is the odds of a fault in a context; zero when it cannot be. Under Off and Flexible an origin more often has no
// certificate, or nothing on 443: that is why people choose them.
func (t *tuning) met(context *model.Config, p *prior) float32 {
	usual := t[odds+constant(p.met)]
	if context[model.Proxied] == model.ProxiedNo {
		switch p.variable {
		case model.Port, model.EdgeCert, model.AOP:
			return 0 // nothing of the edge's applies
		case model.P443:
			if p.value == model.P443EdgeRefused || p.value == model.P443EdgeDropped {
				return 0
			}
		}
	}
	if context[model.Mode] == model.ModeFlexible || context[model.Mode] == model.ModeOff {
		switch p.fault {
		case fault{model.Cert, model.CertNone}, fault{model.P443, model.P443Refused}:
			return usual * t[withoutTLS]
		}
	}
	return usual
}

// possible reports whether two faults can be met together: some take away what the other is about.
func possible(a, b fault) bool {
	if a.variable == b.variable {
		return false
	}
	switch {
	case a.variable == model.Port && a.value == model.PortUnproxied:
		return false // the visitor meets nothing else
	case a.variable == model.P443 && (a.value == model.P443Refused || a.value == model.P443Dropped) && b.variable == model.Listener,
		a.variable == model.Listener && a.value == model.ListenerPlain && b.variable > model.Cert && b.variable <= model.ClientCert,
		a.variable == model.Cert && a.value == model.CertNone && b.variable > model.Cert && b.variable <= model.CertChain,
		a.variable == model.Cert && a.value != model.CertPublic && b.variable == model.CertChain:
		return false
	}
	return true
}

// A scenario is one set-up that the reasoner holds for possible, with what it needs at hand about it.
type scenario struct {
	config model.Config
	visits [2]model.Result // by http, by https
	faults [2]fault
	alone  [2]uint16 // of two faults: the scenario that has the one, and nothing else
	n      uint8     // of faults
}

// scenarios are every context with up to two faults, and their weights, which add up to 1. In a context a fault has its odds,
// whatever else it makes impossible.
func scenarios(t *tuning) ([]scenario, []float32) {
	most := len(contexts) * (1 + len(priors)*(len(priors)+1)/2)
	all, weights := make([]scenario, 0, most), make([]float32, 0, most)
	add := func(r scenario, weight float32) {
		for i, s := range [2]model.Scheme{model.HTTP, model.HTTPS} {
			r.visits[i], _ = model.Simulate(r.config, s)
		}
		all = append(all, r)
		weights = append(weights, weight)
	}
	alone := make([]uint16, len(priors)) // in this context: the scenario with the fault alone
	once := make([]float32, len(priors)) // its weight; 0 when there is none
	for c := range contexts {
		context := &contexts[c]
		base := t[weight+constant(context.met)]
		add(scenario{config: context.config}, base)
		for i := range priors {
			p := &priors[i]
			alone[i], once[i] = uint16(len(all)), base*t.met(&context.config, p)
			if once[i] > 0 {
				add(scenario{config: context.config.With(p.variable, p.value), faults: [2]fault{p.fault}, n: 1}, once[i])
			}
		}
		for i := range priors {
			a := &priors[i]
			for j := i + 1; j < len(priors) && once[i] > 0; j++ {
				b := &priors[j]
				both := once[i] * t.met(&context.config, b)
				if both == 0 {
					continue
				}
				if !possible(a.fault, b.fault) { // a fault is no rarer for what it takes away
					weights[alone[i]] += both
					weights[alone[j]] += both
					continue
				}
				r := scenario{config: all[alone[i]].config.With(b.variable, b.value), faults: [2]fault{a.fault, b.fault}, alone: [2]uint16{alone[i], alone[j]}, n: 2}
				add(r, both)
			}
		}
	}
	var sum float32
	for _, w := range weights {
		sum += w
	}
	for i := range weights {
		weights[i] /= sum
	}
	return all, weights
}

// trouble is the set of outcomes other than ok that the two visits have, one bit an outcome; mixed content is bit 0.
func trouble(visits [2]model.Result) (set uint32) {
	for _, v := range visits {
		if v.Outcome != model.OutcomeOK {
			set |= 1 << v.Outcome
		}
		if v.Mixed {
			set |= 1
		}
	}
	return set
}

// shows is what somebody sees who tries the site: the https visit's failure, else that of http, as an option of Symptom;
// 0 when both end well.
func (r *scenario) shows() Option {
	for i := len(r.visits) - 1; i >= 0; i-- {
		switch v := &r.visits[i]; {
		case v.Outcome != model.OutcomeOK:
			return Option(v.Outcome)
		case v.Mixed:
			return SymptomMixed
		}
	}
	return 0
}

// guilty is what of a scenario's faults brings its trouble about: both when it takes both. A scenario without trouble is named for
// the setting that could be better.
func (e *Engine) guilty(r *scenario) []fault {
	set := trouble(r.visits)
	switch {
	case set == 0:
		return []fault{r.setting()}
	case r.n < 2:
		return r.faults[:r.n]
	}
	first, second := trouble(e.scenarios[r.alone[0]].visits) == set, trouble(e.scenarios[r.alone[1]].visits) == set
	switch {
	case first && !second:
		return r.faults[:1]
	case second && !first:
		return r.faults[1:]
	}
	return r.faults[:2]
}

func (r *scenario) setting() fault {
	v := model.Mode
	switch {
	case r.config[model.Proxied] == model.ProxiedNo:
		v = model.Proxied
	case r.config[model.AlwaysHTTPS] == model.AlwaysHTTPSOff && (r.config[model.Mode] == model.ModeStrict || r.config[model.Mode] == model.ModeOriginPull):
		v = model.AlwaysHTTPS
	}
	return fault{v, r.config[v]}
}
