package diagnose

// A tuning is every number of the reasoner that somebody judged, and could have judged otherwise. What each is, is said here;
// why it is as it is, and what changes when it is halved or doubled, in sensitivity.go and ../README.md. Numbers that only
// bound memory are constants beside what they bound, and how likely each answer is in a set-up is in evidence.go.
type tuning [constants]float32

// A constant is a number's place in a tuning.
type constant int

// The constants of which there is one for each frequency, context, skill, question or action.
const (
	odds       constant = 0                             // of a fault, against a set-up without it
	weight              = odds + constant(frequencies)  // of a context, on the same scale
	unsure              = weight + constant(choices)    // chance that a person cannot answer what takes a skill
	unsureOnce          = unsure + constant(skills)     // the same, of somebody who could not once
	minutes             = unsureOnce + constant(skills) // to read a question, to find out, and to tell
	noise               = minutes + constant(askable)   // how often an answer is wrong
	effort              = noise + constant(askable)     // minutes of an action
	others              = effort + constant(ActionCount)
)

// The other constants.
const (
	// Of priors and answers.
	withoutTLS constant = others + iota // times the odds of an origin without a certificate, or with nothing on 443, under Off and Flexible
	outside                             // prior of SomethingElse
	beyond                              // times that, of what is seen where no source speaks of it, see unspoken
	untroubled                          // times the prior of a set-up in which nothing fails, of who has pasted something and not said what is seen
	misread                             // how often an answer is wrong that was read from evidence
	confusion                           // of the noise, how much goes to a neighbour besides, see confused
	fitting                             // of a set-up's likeliest answer: an answer as likely as that fits it

	// Of what follows from them.
	undone  // how often what was done was not done right
	named   // share below which a cause is not listed
	alive   // share, of those in the model, below which a set-up no longer counts as fitting
	glimpse // a set-up with so many times less than that is still reckoned with
	speaks  // an answer so many times likelier under a cause than over all speaks for it; so many times less likely, against it

	// Of plans.
	stepMinutes // of each step beside its own
	patience    // minutes that weigh as much as certainty
	offered     // chance below which a plan is not offered
	weak        // of the best fix's chance: a fix with less is dropped
	unchecked   // of the same: with less, a plan that ends unchecked stands behind all that end checked
	surer       // chance that a plan has to add to a shorter one which it contains
	shorter     // of the first plan's chance: a part of it with as much stands before it
	waitHours   // minutes of waiting for a certificate with a grey cloud, where it takes hours
	waitDay     // the same, where it takes up to a day

	// Of questions.
	enough     // chance of a plan at which asking ends
	enoughRisk // the same, when a step is risky
	lost       // share of SomethingElse at which our questions are of no more use
	worth      // bits per minute below which no question is asked
	curious    // bits from which a question may be asked by who wants to know more
	telling    // bits from which an answer tells anything
	better     // times the value of the best question so far: one that is worth more replaces it
	equal      // times the same: one that is worth more replaces it when the best plan is surer after it
	limit      // questions that a person is asked at most before the first plan, after the symptom, where the site lives, and what is at hand
	equipped   // times the chance of not knowing, and the minutes, of who has named what it takes

	constants
)

// What is told of a plan's chance. These sort words and change no reasoning: a plan that is sure is one at which asking may
// end, one that is fair helps more often than not, and one below a twentieth costs more than it is likely to bring.
const (
	high      = .90
	fair      = .5
	promising = .05
)

// standard is the tuning that everybody gets.
var standard = tuning{
	odds + constant(common):    .16,
	odds + constant(foremost):  .05,
	odds + constant(often):     .04,
	odds + constant(sometimes): .01,
	odds + constant(seldom):    .0025,

	weight + constant(usual):      4,
	weight + constant(rare):       1,
	weight + constant(enterprise): .25,

	unsure + constant(reading):       .03,
	unsure + constant(memory):        .10,
	unsure + constant(dashboard):     .15,
	unsure + constant(command):       .35,
	unsureOnce + constant(reading):   .30,
	unsureOnce + constant(memory):    .40,
	unsureOnce + constant(dashboard): .55,
	unsureOnce + constant(command):   .80,

	minutes + constant(Symptom):        .2,
	minutes + constant(Mode):           2,
	minutes + constant(Proxied):        2,
	minutes + constant(AlwaysHTTPS):    2.5,
	minutes + constant(Host):           1,
	minutes + constant(Scheme):         1.5,
	minutes + constant(Always):         2,
	minutes + constant(Since):          2,
	minutes + constant(CanInstallCert): .5,
	minutes + constant(App):            2,
	minutes + constant(Test443):        3.5,
	minutes + constant(Test80):         3.5,
	minutes + constant(Redirect80):     4,
	minutes + constant(Redirect443):    4,
	minutes + constant(AOP):            2.5,
	minutes + constant(Origin):         .5,
	minutes + constant(Access):         .5,
	minutes + constant(Number):         .2,
	minutes + constant(Status):         .2,
	minutes + constant(LastingMode):    1,
	minutes + constant(GreyTakes):      1,

	noise + constant(Symptom):        .01,
	noise + constant(Mode):           .02,
	noise + constant(Proxied):        .005,
	noise + constant(AlwaysHTTPS):    .02,
	noise + constant(Host):           .01,
	noise + constant(Scheme):         .02,
	noise + constant(Always):         .05,
	noise + constant(Since):          .05,
	noise + constant(CanInstallCert): .02,
	noise + constant(App):            .02,
	noise + constant(Test443):        .08,
	noise + constant(Test80):         .08,
	noise + constant(Redirect80):     .08,
	noise + constant(Redirect443):    .08,
	noise + constant(AOP):            .02,
	noise + constant(Origin):         .02,
	noise + constant(Access):         .02,
	noise + constant(Number):         .01,
	noise + constant(Status):         .01,
	noise + constant(LastingMode):    .02,
	noise + constant(GreyTakes):      .02,

	effort + constant(FixDNS):                   5,
	effort + constant(OpenFirewall80):           15,
	effort + constant(Listen80):                 15,
	effort + constant(ServeHTTP80):              15,
	effort + constant(OpenFirewall443):          15,
	effort + constant(Listen443):                15,
	effort + constant(AllowEdge):                15,
	effort + constant(ServeTLS443):              20,
	effort + constant(RepairListener):           30,
	effort + constant(EnableTLSVersion):         10,
	effort + constant(AddServerName):            10,
	effort + constant(InstallCertificate):       25,
	effort + constant(RenewCertificate):         10,
	effort + constant(FixClock):                 5,
	effort + constant(ReissueCertificate):       15,
	effort + constant(SendFullChain):            10,
	effort + constant(EnableCipher):             10,
	effort + constant(TurnOnAOP):                3,
	effort + constant(TrustAOPAuthority):        10,
	effort + constant(StopRequiringClientCert):  5,
	effort + constant(RedirectByForwardedProto): 10,
	effort + constant(RemoveRedirect443):        10,
	effort + constant(FixApplication):           60,
	effort + constant(AnswerSooner):             60,
	effort + constant(ShrinkHeaders):            30,
	effort + constant(FixSubresources):          30,
	effort + constant(WaitForEdgeCert):          30,
	effort + constant(CoverName):                15,
	effort + constant(RenewEdgeCert):            15,
	effort + constant(UseProxiedPort):           20,
	effort + constant(ProxyOn):                  2,
	effort + constant(ProxyOff):                 5,
	effort + constant(SetStrict):                1,
	effort + constant(SetFull):                  1,
	effort + constant(SetFlexible):              1,
	effort + constant(AlwaysHTTPSOn):            1,
	effort + constant(AskHost):                  30,
	effort + constant(AskOwner):                 15,
	effort + constant(AddDomain):                10,
	effort + constant(ExemptCloudflare):         5,
	effort + constant(TrustForwardedProto):      10,
	effort + constant(EdgeRuleOff):              5,
	effort + constant(PurgeCache):               2,
	effort + constant(RouteTunnel):              5,
	effort + constant(TunnelOriginName):         5,
	effort + constant(CAAAdd):                   5,
	effort + constant(DNSOnlyUntilIssued):       20,
	effort + constant(HTTP2Off):                 2,
	effort + constant(HTTPSRewritesOn):          2,
	effort + constant(UndoLastChange):           20,

	withoutTLS: 4,
	outside:    .02,
	beyond:     10,
	untroubled: .1,
	misread:    .005,
	confusion:  1,
	fitting:    .04,

	undone:  .03,
	named:   .0005,
	alive:   .001,
	glimpse: 20,
	speaks:  2,

	stepMinutes: 3,
	patience:    200,
	offered:     .003,
	weak:        .25,
	unchecked:   .8,
	surer:       .02,
	shorter:     .8,
	waitHours:   40,
	waitDay:     60,

	enough:     high,
	enoughRisk: .97,
	lost:       .80,
	worth:      .02,
	curious:    .05,
	telling:    .01,
	better:     1.1,
	equal:      .9,
	limit:      6,
	equipped:   .4,
}
