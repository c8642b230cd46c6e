package diagnose

import "sslclinic/wasmcheck/model"

// What is at hand decides who can do what, and what can be asked.

// atHand is what a person can have at hand to do something with, as a set; the order is that of the answers to Access, where the
// option is the set, and none is one more than all.
type atHand uint8

const (
	hasDashboard atHand = 1 << iota // of the edge
	hasPanel                        // of the host, the platform or the server
	hasShell                        // on the origin server
	askingHost                      // whoever runs the server
	askingOwner                     // of the account at the edge
)

const hasAll = hasDashboard | hasPanel | hasShell

// String is the public id of a set of one.
func (h atHand) String() string {
	for i := range needIDs {
		if h>>i&1 != 0 {
			return needIDs[i]
		}
	}
	return ""
}

// needIDs are the public ids of what a plan can need, in the order of the bits.
var needIDs = [...]string{"dashboard", "panel", "shell", "host", "owner"}

// hand is what the answers name as at hand; all of it, and not known, where they name nothing.
func (a *Answers) hand() (have atHand, known bool) {
	o := a.Told[Access]
	if !informative(o) {
		return hasAll, false
	}
	return atHand(o) & hasAll, true
}

// ran reports that somebody has run a command: who did has a server and a shell.
func (a *Answers) ran() bool {
	for q := range QuestionCount {
		if questions[q].skill == command && informative(a.Told[q]) {
			return true
		}
	}
	return false
}

// How an action is done by kind of origin: what will do, the one that the kind has first, first in each list.
var (
	byDashboard = []atHand{hasDashboard}
	byShell     = []atHand{hasShell, hasPanel}
	byPanel     = []atHand{hasPanel, hasShell}
	byTunnel    = []atHand{hasDashboard, hasShell} // its routes are in the dashboard, or in a file
	byHost      = []atHand{askingHost}
)

// hostsOwn are the actions that nobody who rents can do: they are the host's.
const hostsOwn = 1<<OpenFirewall80 | 1<<Listen80 | 1<<ServeHTTP80 | 1<<OpenFirewall443 | 1<<Listen443 | 1<<AllowEdge | 1<<ServeTLS443 |
	1<<RepairListener | 1<<EnableTLSVersion | 1<<EnableCipher | 1<<FixClock | 1<<TrustAOPAuthority | 1<<StopRequiringClientCert

// ways is how an action can be done with a kind of origin.
func (a Action) ways(kind model.Value) []atHand {
	switch {
	case a == RouteTunnel || a == TunnelOriginName:
		return byTunnel
	case a == AddDomain && kind != model.OriginPages:
		return byPanel
	case a.Who() == Dashboard:
		return byDashboard
	case kind == model.OriginPages:
		return byDashboard
	case kind == model.OriginHosting && hostsOwn>>a&1 != 0:
		return byHost
	case kind == model.OriginServer || kind == model.OriginHome || kind == model.OriginTunnel:
		return byShell
	}
	return byPanel
}

// edgeActions are those at the edge, whatever is behind it.
const edgeActions actions = 1<<WaitForEdgeCert | 1<<CoverName | 1<<RenewEdgeCert | 1<<UseProxiedPort | 1<<ProxyOn | 1<<ProxyOff | 1<<AlwaysHTTPSOn |
	1<<EdgeRuleOff | 1<<PurgeCache | 1<<HTTPSRewritesOn | 1<<UndoLastChange | 1<<AskHost | 1<<AskOwner | 1<<FixSubresources

// doubtful are those of which nobody sees at once whether they took hold: a mode can be another zone's, or a rule's, a tunnel's route has
// several places, and a certificate can be shown for one hostname alone.
const doubtful = modeActions | 1<<RouteTunnel | 1<<TurnOnAOP

// modeActions change the mode.
const modeActions actions = 1<<SetStrict | 1<<SetFull | 1<<SetFlexible

const applicationActions actions = 1<<FixApplication | 1<<AnswerSooner | 1<<ShrinkHeaders | 1<<TrustForwardedProto | 1<<ExemptCloudflare

const allActions actions = 1<<ActionCount - 1

// exists is which actions there are with a kind of origin. On a platform the certificate is the platform's, and Flexible is never the
// way, as it redirects to https by itself; a tunnel and Pages have no second leg that a mode could protect.
var exists = [kinds]actions{
	model.OriginServer:   allActions &^ (1<<RouteTunnel | 1<<TunnelOriginName | 1<<AddDomain),
	model.OriginHosting:  allActions &^ (1<<RouteTunnel | 1<<TunnelOriginName),
	model.OriginPlatform: edgeActions | applicationActions | 1<<SetStrict | 1<<SetFull | 1<<AddDomain | 1<<CAAAdd | 1<<DNSOnlyUntilIssued | 1<<FixDNS | 1<<HTTP2Off | 1<<TurnOnAOP,
	model.OriginPages:    edgeActions | 1<<AddDomain | 1<<CAAAdd | 1<<SetStrict,
	model.OriginTunnel:   edgeActions | applicationActions | 1<<RouteTunnel | 1<<TunnelOriginName | 1<<AddServerName | 1<<SetStrict,
	model.OriginBalancer: allActions &^ (1<<RouteTunnel | 1<<TunnelOriginName | 1<<AddDomain),
	model.OriginHome:     allActions &^ (1<<RouteTunnel | 1<<TunnelOriginName | 1<<AddDomain),
}

// A world is which actions a person has: plans are searched once in each.
type world uint8

const (
	ownWorld      world = iota // every action
	noCertWorld                // none that puts a certificate on the origin
	platformWorld              // those of a platform

	worlds
)

var worldActions = [worlds]actions{ownWorld: allActions, noCertWorld: allActions &^ needsCert,
	platformWorld: exists[model.OriginPlatform]}

// world is the one in which the answers' plans are.
func (a *Answers) world() world {
	switch kind, _ := a.kind(); {
	case kind == model.OriginPlatform:
		return platformWorld
	case a.noCert():
		return noCertWorld
	}
	return ownWorld
}

// needs is what a plan takes of who gave these answers: what they can do it with, and whom to ask for the rest.
func (a *Answers) needs(set actions) (needs atHand) {
	for step := range ActionCount {
		if set>>step&1 != 0 {
			needs |= a.by(step)
		}
	}
	if kind, _ := a.kind(); kind == model.OriginHosting && set>>DNSOnlyUntilIssued&1 != 0 {
		needs |= a.by(RenewCertificate) // the cloud is made grey for what is pressed in the panel
	}
	return needs
}

// by is what a step is done with, or whom it is for: the host, or the owner of the account.
func (a *Answers) by(step Action) atHand {
	switch step {
	case AskHost:
		return askingHost
	case AskOwner:
		return askingOwner
	}
	kind, _ := a.kind()
	have, known := a.hand()
	ways := step.ways(kind)
	if change := a.Told[Since]; step == UndoLastChange && (change == sinceCloudflareOn || change == sinceModeChange) {
		ways = byDashboard
	}
	if !known && a.Told[Origin] == Unknown && step.Who() != Dashboard && !a.ran() {
		return askingHost // who knows neither where it lives nor what is at hand writes to who does
	}
	if !known || ways[0]&have != 0 || ways[0] == askingHost {
		return ways[0]
	}
	for _, w := range ways {
		if w&have != 0 {
			return w
		}
	}
	if ways[0] == hasDashboard {
		return askingOwner
	}
	return askingHost
}

// canAnswer reports that a person with what the answers name can find out what a question asks for, and that it makes sense where the
// site lives.
func (a *Answers) canAnswer(q Question) bool {
	have, known := a.hand()
	kind, sited := a.kind()
	own := sited && !shared(kind)
	switch q {
	case Symptom, Origin, Access:
		return false // asked in their own order
	case LastingMode, GreyTakes:
		return false // they come with the host's name
	case Issuer, Dates, Names, Chain, Listens443, Listens80, OriginLog:
		return false // they come with a text
	case Number:
		return a.Seen() == Option(model.Outcome530)
	case Status:
		return a.Seen() == SymptomOriginPage
	case Mode, AlwaysHTTPS, AOP:
		if own && q != AlwaysHTTPS || a.Told[Proxied] == Option(model.ProxiedNo)+1 {
			return false // no mode makes the leg, or a grey cloud has none of these
		}
	case CanInstallCert:
		if own || kind == model.OriginPlatform {
			return false
		}
	}
	switch questions[q].skill {
	case dashboard:
		return !known || have&hasDashboard != 0
	case command:
		if own || kind == model.OriginPlatform {
			return false
		}
		rented := kind == model.OriginHosting || kind == model.OriginBalancer // whose address is not theirs alone
		return known && have&hasShell != 0 || !known && !rented
	}
	return true
}
