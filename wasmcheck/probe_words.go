//go:build !js

package main

import (
	"strings"

	"sslclinic/wasmcheck/probe"
)

// findings are what a probe finds, by answer or by the id of a note, in the language that the command speaks, with what Cloudflare
// shows of it.
var findings = map[string]string{
	"test443=refused":              "nothing listens on the port, or a firewall rejects: 521",
	"test443=timeout":              "no connection in time: a firewall drops, or the address is not the server's: 522",
	"test443=reset":                "the connection ends in the middle of the handshake: 525 in Full and Full (strict)",
	"test443=not_tls":              "the port speaks, but not TLS: 525 in Full and Full (strict)",
	"test443=silent":               "the server accepts the connection and never answers the handshake: probably 525",
	"test443=alert40":              "alert 40 without a certificate: no cipher in common, or no usable certificate or key: 525",
	"test443=alert70":              "alert 70: no version of TLS in common: 525",
	"test443=alert80":              "alert 80: the server fails in the handshake; Go servers say so without a certificate for the name: 525",
	"test443=alert112":             "alert 112: the server refuses this name: 525",
	"test443=client_cert":          "a client certificate is wanted: turn on Authenticated Origin Pulls, or stop asking for one",
	"test443=client_cert_400":      "a client certificate is wanted, and 400 is the answer without one: turn on Authenticated Origin Pulls, or stop asking for one",
	"test443=client_cert_alert40":  "a client certificate is wanted, and the handshake ends without one: 525 unless Authenticated Origin Pulls is on",
	"test443=client_cert_alert116": "a client certificate is wanted, and the connection ends without one: probably 520 unless Authenticated Origin Pulls is on",
	"test443=expired":              "the certificate has expired: Full works, Full (strict) shows 526",
	"test443=not_yet":              "the certificate is not valid yet, or a clock is wrong: Full works, Full (strict) shows 526",
	"test443=self_signed":          "the certificate is of no authority that Cloudflare knows: Full works, Full (strict) shows 526",
	"test443=wrong_name":           "the certificate is for other names: Full works, Full (strict) shows 526",
	"test443=incomplete":           "the server does not send the intermediate certificate: Full works, Full (strict) shows 526",
	"test443=origin_ca":            "the certificate is Cloudflare's Origin CA's: Full and Full (strict) work, browsers refuse it",
	"test443=ok":                   "TLS and the certificate are in order: Full and Full (strict) work",
	"test80=refused":               "nothing listens on port 80, or a firewall rejects: 521 in Flexible, in Off, and for http in every mode",
	"test80=timeout":               "no connection to port 80 in time: 522 in Flexible, in Off, and for http in every mode",
	"test80=bad_request":           "port 80 speaks TLS: visitors see its 400 in Flexible, in Off, and for http in every mode",
	"test80=redirect_https":        "port 80 redirects to https",
	"test80=ok":                    "port 80 answers",
	"redirect80=none":              "port 80 redirects nobody",
	"redirect80=https":             "port 80 redirects to https whatever X-Forwarded-Proto says: right in Full and Full (strict), a loop in Flexible and Off",
	"redirect80=https_forwarded":   "port 80 redirects who came by http, and believes X-Forwarded-Proto: right in every mode",
	"redirect443=http":             "https is redirected to http: a loop with Always Use HTTPS, and without protection otherwise",
	"redirect443=https":            "https is redirected to the same address: a loop",
	"issuer=public":                "the certificate names a public authority",
	"issuer=origin_ca":             "the certificate names Cloudflare's Origin CA",
	"issuer=self_signed":           "the certificate signs itself",
	"issuer=staging":               "the certificate is of an authority for tests",
	"issuer=router_default":        "the certificate is a router's own default: its rule or secret does not match this name",
	"issuer=private":               "the certificate is of a private authority",
	"dates=valid":                  "the certificate is valid today",
	"dates=expired":                "the certificate has expired",
	"dates=not_yet":                "the certificate is not valid yet",
	"names=match":                  "the certificate is for this name",
	"names=mismatch":               "the certificate is not for this name",
	"chain=complete":               "the intermediate certificates are sent",
	"chain=incomplete":             "the intermediate certificate is missing",
	"proxied=yes":                  "the name leads to Cloudflare",
	"proxied=no":                   "the name does not lead to Cloudflare: the cloud is grey, or the DNS is elsewhere",
	"symptom=loop":                 "through Cloudflare, the page redirects to itself",
	"symptom=edge_tls":             "Cloudflare itself ends the visitor's handshake: it has no certificate for this name",
	"unclear":                      "the port answers, and not as it should; which fault it is does not follow from this",
	"key_exchange":                 "the handshake fails with post-quantum key exchange and works without: something on the way or the server cannot take the longer hello. Cloudflare may offer it: turn Automatic key exchange off, and update the server",
	"empty":                        "after the handshake, the connection is closed without an answer: 520",
	"slow":                         "after the handshake, no answer in time; Cloudflare waits about two minutes, then shows 524",
	"headers_too_big":              "the headers of the answer are longer than 128 KiB: 520",
	"not_http":                     "after the handshake, what comes is not HTTP: 520",
	"flood":                        "the server sends without end",
	"chain_too_big":                "the certificates are longer than a handshake may be",
	"status_5xx":                   "the server's own answer is an error, which Cloudflare passes on or puts a page of its own on",
	"empty_80":                     "port 80 closes the connection without an answer: 520 in Flexible, in Off, and for http in every mode",
	"slow_80":                      "port 80 gives no answer in time: 524 after about two minutes",
	"headers_too_big_80":           "the headers of the answer on port 80 are longer than 128 KiB: 520",
	"not_http_80":                  "what comes on port 80 is not HTTP: 520",
	"flood_80":                     "port 80 sends without end",
	"tls_on_80":                    "port 80 speaks TLS",
	"plain_http":                   "the port answers HTTP in the clear: it is missing TLS, not a server",
	"name_refused":                 "the handshake works without this name or with another: what is wrong is what the server has for this one",
	"default_certificate":          "without this name, or for another, the server shows another certificate",
	"no_tls13":                     "the server has TLS 1.2 and no TLS 1.3, which is enough unless the zone demands 1.3",
	"no_tls12":                     "the server has TLS 1.3 alone, which is enough",
	"other_ciphers":                "the server takes other ciphers than Cloudflare offers in TLS 1.2: that is why the handshake fails",
	"old_tls":                      "the server has TLS 1.0 or 1.1 alone. Cloudflare still speaks them to an origin; most other clients do not",
	"unsteady":                     "the same handshake fails and works: the server has only started, or several answer in turn",
	"client_cert_cloudflare":       "the certificate that is asked for is Cloudflare's, of Authenticated Origin Pulls",
	"slow_handshake":               "the server began the handshake and did not end it in time",
	"no_roots":                     "this machine has no list of public authorities: an incomplete chain cannot be told from a private one",
	"name_unknown":                 "the name has no address in the DNS: visitors cannot reach it",
	"other_addresses":              "the name has other addresses as well: probe each of them",
	"loopback":                     "the address is this machine's own: what a firewall does to others does not show",
	"other_port":                   "the port was tested in the place of 443",
	"out_of_time":                  "the server took so long that not every test was made",
	"edge_unknown":                 "what Cloudflare shows could not be found out",
	"not_at_edge":                  "the name does not lead to Cloudflare, so there was nothing to ask it",
}

// wording is a finding in words, or its id.
func wording(id string) string {
	if words, ok := findings[id]; ok {
		return words
	}
	if number, seen := strings.CutPrefix(id, "symptom="); seen {
		return "visitors see Cloudflare's error " + number
	}
	return id
}

// differences are in what the view of a probe differs from Cloudflare's.
var differences = map[string]string{
	"address":  "it comes from your address, not from Cloudflare's: a firewall, a ban or a list of allowed addresses may treat the two differently",
	"loopback": "it never left this machine: firewalls and routes to it were not tried",
	"ciphers":  "it lacks one of the ciphers that Cloudflare offers, ECDHE-RSA-AES256-SHA384: a server that takes that one alone fails here",
	"clients":  "it has no client certificate of Cloudflare's: with Authenticated Origin Pulls on, an origin that wants one is content",
	"once":     "it asked one address, once: what fails now and then, or at another of your addresses, does not show",
	"roots":    "it trusts the authorities of this machine, which are nearly Cloudflare's",
}

// differs are the ids of those that matter for a report.
func differs(r *probe.Report) []string {
	all := []string{"address"}
	for _, n := range r.Notes {
		if n == "loopback" {
			all[0] = "loopback"
		}
	}
	return append(all, "ciphers", "clients", "once", "roots")
}
