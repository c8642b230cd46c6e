package model

// A Rule says how a request fares. This package knows its id alone; package rules has its source and its confidence, and
// the content folder its sentence in every language, so that a module in a browser carries neither.
type Rule uint8

// The rules, in the order in which they are asked.
const (
	NoRule Rule = iota

	DirectToOrigin
	DirectTunnel
	HSTSUpgrade
	PortNotProxied
	EdgeCertIsPending
	EdgeCertLacksName
	EdgeCertIsExpired
	OffRedirectsToHTTP
	OffHidesAlwaysHTTPS
	AlwaysHTTPSRedirects
	EdgeRuleRedirects
	CachedRedirect

	OffPlain
	FlexiblePlain
	FlexibleOtherPort
	FullFollowsHTTP
	FullUnchecked
	StrictFollowsHTTP
	StrictChecked
	SSLOnlyChecked
	TunnelPull
	PagesServe
	NameNotAddedAtPages
	NameOfOtherAccount
	PagesLackPage
	TunnelIsNotConnected
	TunnelIsNotRouted

	OriginNameUnresolved
	OriginUnreachable
	OriginAddressWrong
	ConnectionRefused
	Port443Refused
	ConnectionDropped
	EdgeAloneRefused
	EdgeAloneDropped

	HandshakeMeetsPlain
	HandshakeUnanswered
	HandshakeReset
	NoUsableCertificate
	NameRejected
	NoCommonVersion
	NoCommonCipher
	ClientCertAlertInHandshake

	FullAcceptsAnyCertificate
	OriginCATrusted
	UnknownAuthority
	CertificateExpired
	CertificateNotYetValid
	CertificateNameMismatch
	ChainIncomplete
	NameNotAdded
	NameNotAddedDefault
	NameNotAddedChecked
	TunnelNameMismatch
	TunnelServiceDown

	ClientCertPresented
	ClientCert400
	ClientCertAlertAfterHandshake
	AOPAuthorityMismatch

	PlainToTLSPort
	ClosedWithoutAnswer
	ResponseIsEmpty
	ResponseIsSlow
	ResponseHeadersTooBig
	GuardForbids
	SiteNotThere
	HTTP2Fails

	OriginRedirectsToHTTPS
	OriginRedirectsForwardedHTTP
	OriginSeesForwardedHTTPS
	OriginRedirectsToHTTP
	OriginRedirectsToItself
	AddressRepeats
	EndsOnHTTP
	Served
	MixedContent

	DirectNameUnresolved
	DirectTimeout
	DirectRefused
	DirectHandshakeFails
	DirectCertificateRejected
	DirectOriginCARejected
	DirectPlainToTLS
	DirectClientCert
	DirectClosed
	DirectPatient

	RuleCount
)

var ruleIDs = [RuleCount]string{
	DirectToOrigin:       "direct_to_origin",
	DirectTunnel:         "direct_tunnel",
	HSTSUpgrade:          "hsts_upgrade",
	PortNotProxied:       "port_not_proxied",
	EdgeCertIsPending:    "edge_cert_pending",
	EdgeCertLacksName:    "edge_cert_uncovered",
	EdgeCertIsExpired:    "edge_cert_expired",
	OffRedirectsToHTTP:   "off_redirects_to_http",
	OffHidesAlwaysHTTPS:  "off_hides_always_https",
	AlwaysHTTPSRedirects: "always_https_redirects",
	EdgeRuleRedirects:    "edge_redirect_rules",
	CachedRedirect:       "edge_redirect_cached",

	OffPlain:             "off_plain",
	FlexiblePlain:        "flexible_plain",
	FlexibleOtherPort:    "flexible_other_port",
	FullFollowsHTTP:      "full_follows_http",
	FullUnchecked:        "full_unchecked",
	StrictFollowsHTTP:    "strict_follows_http",
	StrictChecked:        "strict_checked",
	SSLOnlyChecked:       "ssl_only_checked",
	TunnelPull:           "tunnel_pull",
	PagesServe:           "pages_serve",
	NameNotAddedAtPages:  "name_not_added_pages",
	NameOfOtherAccount:   "name_of_other_account",
	PagesLackPage:        "pages_lack_page",
	TunnelIsNotConnected: "tunnel_not_connected",
	TunnelIsNotRouted:    "tunnel_not_routed",

	OriginNameUnresolved: "origin_name_unresolved",
	OriginUnreachable:    "origin_unreachable",
	OriginAddressWrong:   "origin_address_wrong",
	ConnectionRefused:    "connection_refused",
	Port443Refused:       "port_443_refused",
	ConnectionDropped:    "connection_dropped",
	EdgeAloneRefused:     "edge_alone_refused",
	EdgeAloneDropped:     "edge_alone_dropped",

	HandshakeMeetsPlain:        "handshake_meets_plain",
	HandshakeUnanswered:        "handshake_unanswered",
	HandshakeReset:             "handshake_reset",
	NoUsableCertificate:        "no_usable_certificate",
	NameRejected:               "name_rejected",
	NoCommonVersion:            "no_common_version",
	NoCommonCipher:             "no_common_cipher",
	ClientCertAlertInHandshake: "client_cert_alert_in_handshake",

	FullAcceptsAnyCertificate: "full_accepts_any_certificate",
	OriginCATrusted:           "origin_ca_trusted",
	UnknownAuthority:          "unknown_authority",
	CertificateExpired:        "certificate_expired",
	CertificateNotYetValid:    "certificate_not_yet_valid",
	CertificateNameMismatch:   "certificate_name_mismatch",
	ChainIncomplete:           "chain_incomplete",
	NameNotAdded:              "name_not_added",
	NameNotAddedDefault:       "name_not_added_default",
	NameNotAddedChecked:       "name_not_added_checked",
	TunnelNameMismatch:        "tunnel_origin_name",
	TunnelServiceDown:         "tunnel_origin_down",

	ClientCertPresented:           "client_cert_presented",
	ClientCert400:                 "client_cert_400",
	ClientCertAlertAfterHandshake: "client_cert_alert_after_handshake",
	AOPAuthorityMismatch:          "aop_authority_mismatch",

	PlainToTLSPort:        "plain_to_tls_port",
	ClosedWithoutAnswer:   "closed_without_answer",
	ResponseIsEmpty:       "response_empty",
	ResponseIsSlow:        "response_slow",
	ResponseHeadersTooBig: "response_headers_too_big",
	GuardForbids:          "guard_forbids",
	SiteNotThere:          "site_not_there",
	HTTP2Fails:            "http2_fails",

	OriginRedirectsToHTTPS:       "origin_redirects_to_https",
	OriginRedirectsForwardedHTTP: "origin_redirects_forwarded_http",
	OriginSeesForwardedHTTPS:     "origin_sees_forwarded_https",
	OriginRedirectsToHTTP:        "origin_redirects_to_http",
	OriginRedirectsToItself:      "origin_redirects_to_itself",
	AddressRepeats:               "address_repeats",
	EndsOnHTTP:                   "ends_on_http",
	Served:                       "served",
	MixedContent:                 "mixed_content",

	DirectNameUnresolved:      "direct_name_unresolved",
	DirectTimeout:             "direct_timeout",
	DirectRefused:             "direct_refused",
	DirectHandshakeFails:      "direct_handshake_fails",
	DirectCertificateRejected: "direct_certificate_rejected",
	DirectOriginCARejected:    "direct_origin_ca_rejected",
	DirectPlainToTLS:          "direct_plain_to_tls",
	DirectClientCert:          "direct_client_cert",
	DirectClosed:              "direct_closed",
	DirectPatient:             "direct_patient",
}

// String is the rule's public id; NoRule has none.
func (r Rule) String() string { return ruleIDs[r] }
