// Package rules is what stands behind the ids of package model: for each rule where it comes from, when that was read, and
// how sure it is. These are facts, the same for every reader, and change with the model. The sentence that tells a rule is
// for readers, and stands with all other words, in the content folder.
//
// Its law: every rule of the model is here, in order. The module in a browser never imports it.
package rules

import "sslclinic/wasmcheck/model"

// A Confidence says how a rule is known.
type Confidence string

// The confidences, the surest first.
const (
	Documented Confidence = "documented" // the vendor's documentation says so
	Laboratory Confidence = "laboratory" // seen on real servers on this machine
	Reported   Confidence = "reported"   // people met it, and said how
	Inferred   Confidence = "inferred"   // follows from TLS, HTTP, or several sources
	Unsettled  Confidence = "unsettled"  // sources disagree, or are silent
)

// A Rule is a rule of the model with its evidence.
type Rule struct {
	Rule       model.Rule
	Sources    []string // URLs; the first is the one to read
	Read       string   // year and month in which the sources were read
	Confidence Confidence
}

// All are the rules, in the order of the model.
func All() []Rule {
	all := make([]Rule, len(table))
	for i, r := range table {
		urls := make([]string, len(r.pages))
		for j, page := range r.pages {
			urls[j] = page.url()
		}
		all[i] = Rule{r.rule, urls, read, r.confidence}
	}
	return all
}

// read is when the sources were read.
const read = "2026-11"

// A page is an address, without the part that most of them share when it begins with no scheme.
type page string

func (p page) url() string {
	if len(p) > 6 && p[:6] == "https:" {
		return string(p)
	}
	return "https://developers.cloudflare.com/" + string(p) + "/"
}

const (
	pageOff            page = "ssl/origin-configuration/ssl-modes/off"
	pageFlexible       page = "ssl/origin-configuration/ssl-modes/flexible"
	pageFull           page = "ssl/origin-configuration/ssl-modes/full"
	pageStrict         page = "ssl/origin-configuration/ssl-modes/full-strict"
	pageSSLOnly        page = "ssl/origin-configuration/ssl-modes/ssl-only-origin-pull"
	page520            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-520"
	page521            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-521"
	page522            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-522"
	page523            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-523"
	page524            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-524"
	page525            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-525"
	page526            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-526"
	page530            page = "support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-530"
	pageLoop           page = "ssl/troubleshooting/too-many-redirects"
	pageMismatch       page = "ssl/troubleshooting/version-cipher-mismatch"
	pageMixed          page = "ssl/troubleshooting/mixed-content-errors"
	pageCiphers        page = "ssl/origin-configuration/cipher-suites"
	pageOriginCA       page = "ssl/origin-configuration/origin-ca"
	pageOCATrust       page = "ssl/origin-configuration/origin-ca/troubleshooting"
	pageAOP            page = "ssl/origin-configuration/authenticated-origin-pull"
	pageAOPZone        page = "ssl/origin-configuration/authenticated-origin-pull/set-up/zone-level"
	pageAlways         page = "ssl/edge-certificates/additional-options/always-use-https"
	pageHSTS           page = "ssl/edge-certificates/additional-options/http-strict-transport-security"
	pagePorts          page = "fundamentals/reference/network-ports"
	pageHeaders        page = "fundamentals/reference/http-headers"
	pageLimits         page = "fundamentals/reference/connection-limits"
	pageProxy          page = "dns/proxy-status"
	pageGathering      page = "support/troubleshooting/general-troubleshooting/gathering-information-for-troubleshooting-sites"
	page1014           page = "support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1014"
	page1033           page = "support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1033"
	pagePagesDomains   page = "pages/configuration/custom-domains"
	pagePagesDebugging page = "pages/configuration/debugging-pages"
	pageTunnelHTTPS    page = "tunnel/troubleshooting/https-origins"
	pageTunnelErrors   page = "cloudflare-one/troubleshooting/tunnel"
	pageRailway        page = "https://github.com/railwayapp/docs/blob/main/content/docs/networking/troubleshooting/ssl.md"
	pageGuard          page = "https://nowisyoungest.me/?p=404"
	pageCoolify        page = "https://github.com/coollabsio/coolify/issues/4804"
	pageCoolifyLoop    page = "https://github.com/coollabsio/coolify-docs/pull/150"
	pageIngressHTTP2   page = "https://github.com/kubernetes/ingress-nginx/issues/11335"
	pageChain          page = "https://github.com/cloudflare/cloudflare-docs/pull/29154"
	pageNothing        page = "https://github.com/cloudflare/cloudflare-docs/pull/28286"
	pageFlexAlt        page = "https://github.com/cloudflare/cloudflare-docs/pull/4180"
	pageShields        page = "https://github.com/badges/shields/issues/8165"
)
