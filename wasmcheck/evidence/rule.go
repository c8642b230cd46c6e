package evidence

// A place is where a sentence of a program has the meaning that a rule gives it: the same words in a server's log are
// about another leg, or about the other side.
type place uint16

const (
	inClient  place = 1 << iota // what a program says that connected to a server
	inLog                       // what a server says of those who connected to it
	inBrowser                   // what a browser shows
	inPage                      // a page of Cloudflare's
	inBody                      // a page of a server's
)

// A Rule says what a wording means, and who says so.
type Rule struct {
	ID      string
	In      place
	Needles string // in small letters, cut by |; one of them is enough

	Question, Answer string // what follows for the checker, where the vantage allows it
	by               witness
}

// Source is where the wording stands, as ids with spaces between.
func (r *Rule) Source() string { return witnesses[r.by] }

// Wordings are its needles one by one.
func (r *Rule) Wordings() []string { return pieces(r.Needles) }

// A witness is a page or a file in which a wording stands, or a run in which it was seen, see [Sources]. In the module it is a byte.
type witness uint8

const (
	runOpenSSL witness = iota
	runCurl
	runClients
	runServers
	alerts
	chromium
	firefox
	browsers
	schannel
	acme
	tunnelDocs
)

// witnesses are their ids.
var witnesses = [...]string{"run_openssl", "run_curl", "run_clients", "run_servers", "alerts", "chromium", "firefox", "chromium firefox", "schannel", "acme", "tunnel"}

// Rules are all of them, in the order in which they are preferred where several match.
var Rules = []Rule{
	// Before TLS.
	{"tcp_refused", inClient, "connection refused|econnrefused|errno=111|errno=61|errno=10061|actively refused|connectionrefusederror|拒否されました", "test443", "refused", runClients},
	{"tcp_timeout", inClient, "connection timed out|operation timed out|etimedout|i/o timeout|errno=110|errno=60|errno=10060|connect timed out|connect timeout|connecttimeout|timeout was reached|execution expired|did not properly respond after a period of time|正しく応答しなかった|und_err_connect_timeout|connection timeout|failed: timed out", "test443", "timeout", runClients},
	{"tcp_unreachable", inClient, "no route to host|network is unreachable|ehostunreach|enetunreach|errno=113|errno=101|host is unreachable|host is down|noroutetohostexception", "", "", runClients},
	{"name_unknown", inClient, "could not resolve host|name or service not known|no such host|eai_again|enotfound|temporary failure in name resolution|nodename nor servname|unknownhostexception|unable to resolve host address", "", "", runClients},
	// No handshake.
	{"tls_silent", inClient, "tls handshake timeout|ssl connection timeout|handshake operation timed out|handshake timed out|ssl connect timeout", "test443", "silent", runClients},
	{"tls_reset", inClient, "connection reset|reset by peer|econnreset|errno=104|errno=54|errno=10054|connection was reset|forcibly closed|error in the pull function|connectionreseterror", "test443", "reset", runClients},
	{"tls_eof", inClient, `unexpected eof|ssl_error_syscall|non-properly terminated|eof occurred in violation|unexpected_eof|remote host terminated the handshake|peer shut down incorrectly|socket disconnected before secure tls|failed to receive handshake|state=sslv3/tls write client hello|socket hang up|received an unexpected eof or 0 bytes|ssl connection was closed by peer|tls: eof|": eof|tls connect error: error:00000000|connection closed abruptly|tls handshake eof|unexpected end of file during handshake`, "test443", "reset", runClients},
	{"tls_not_tls", inClient, "wrong version number|wrong_version_number|packet length too long|packet_length_too_long|first record does not look like a tls handshake|record packet of unknown type|unrecognized ssl message|gave http response to https client|unexpected tls packet|record layer failure|record_layer_failure|1408f10b|0a00010b|invalidcontenttype|cannot determine the frame size|unexpected packet format|http_request (_ssl|sec_e_invalid_token|plaintext connection?|not an ssl/tls record", "test443", "not_tls", runClients},
	{"client_too_strict", inClient, "legacy sigalg disallowed|legacy_sigalg_disallowed|dh key too small|dh_key_too_small|ee key too small|ee_key_too_small|ca md too weak|ca_md_too_weak|unsafe legacy renegotiation|unsafe_legacy_renegotiation|server selected unsupported protocol version|tls: server selected unsupported|:unsupported protocol|unsupported_protocol]|routines::unsupported protocol|no appropriate protocol|wrong signature type", "", "", runOpenSSL},
	// Alerts. Their numbers are read by code; these are their names.
	{"alert40", inClient, "gnutls_handshake() failed: handshake failed|alert handshake failure|alert_handshake_failure|received fatal alert: handshake_failure|remote error: tls: handshake failure|0a000410|14094410|14077410|1404b410|tls alert, handshake failure|received handshakefailure alert|fatal alert: handshakefailure|alertreceived(handshakefailure|ssl peer handshake failed|alert: handshake failure", "test443", "alert40", alerts},
	{"alert70", inClient, "gnutls_handshake() failed: error in protocol version|alert protocol version|alert_protocol_version|received fatal alert: protocol_version|remote error: tls: protocol version not supported|0a00042e|1409442e|tls alert, protocol version|fatal alert: protocolversion|alertreceived(protocolversion", "test443", "alert70", alerts},
	{"alert80", inClient, "gnutls_handshake() failed: internal error|alert internal error|alert_internal_error|received fatal alert: internal_error|remote error: tls: internal error|0a000438|14094438|tls alert, internal error|fatal alert: internalerror|alertreceived(internalerror", "test443", "alert80", alerts},
	{"alert112", inClient, "unrecognized name|unrecognized_name|unrecognizedname|unrecognisedname|0a000458|14094458|1404b458|server name was not recognized|name sent was not recognized", "test443", "alert112", alerts},
	{"alert116", inClient, "certificate required|certificate_required|0a00045c|1409445c|certificate is required|certificaterequired", "test443", "client_cert_alert116", alerts},
	{"alert42", inClient, "alert bad certificate|alert_bad_certificate|fatal alert: bad_certificate|remote error: tls: bad certificate", "test443", "client_cert", alerts},
	{"alert48", inClient, "tlsv1 alert unknown ca|remote error: tls: unknown certificate authority|received fatal alert: unknown_ca|tlsv1_alert_unknown_ca", "", "", alerts},
	{"alert71", inClient, "alert insufficient security|insufficient_security|remote error: tls: insufficient security level", "", "", alerts},
	{"alert47", inClient, "alert illegal parameter|alert_illegal_parameter|fatal alert: illegal_parameter|remote error: tls: illegal parameter", "", "", alerts},
	{"alert50", inClient, "alert decode error|alert_decode_error|fatal alert: decode_error|remote error: tls: error decoding message", "", "", alerts},
	{"alert120", inClient, "no application protocol|no_application_protocol", "", "", alerts},
	{"alert_unnamed", inClient, "a tls fatal alert has been received|a fatal alert message was received|sec_e_illegal_message|tls fatal alert", "", "", schannel},
	// A certificate that is refused.
	{"cert_expired", inClient, "certificate has expired|' has expired|cert_has_expired|certificateexpiredexception|sec_e_cert_expired| is after 2|expired certificate|invalid peer certificate: expired|invalid peer certificate: certificate expired|証明書の期限が切れて|certificate_expired", "test443", "expired", runOpenSSL},
	{"cert_not_yet", inClient, "certificate is not yet valid|cert_not_yet_valid|certificatenotyetvalidexception|uses not yet valid certificate|not yet activated| is before 2|certificate not yet valid|notvalidyet|certificate not valid yet", "test443", "not_yet", runOpenSSL},
	{"cert_own_root", inClient, "self-signed certificate in certificate chain|self signed certificate in certificate chain|self_signed_cert_in_chain", "", "", runOpenSSL},
	{"cert_self_signed", inClient, "self-signed certificate|self signed certificate|depth_zero_self_signed_cert", "test443", "self_signed", runOpenSSL},
	{"cert_wrong_name", inClient, "no alternative certificate subject name matches|hostname mismatch|ip address mismatch|err_tls_cert_altname_invalid|x509: certificate is valid for|is not valid for any names|no subject alternative|no name matching|owner does not match|sec_e_wrong_principal|does not match target host name|no certificate subject alternative name matches|doesn't match host|doesn't match any of the subject|does not match hostname|certificate common name|subjectaltname does not match|does not match the server certificate|hostname/ip does not match|hostname doesn't match|remotecertificatenamemismatch|not valid for name|failed to match connection hostname|did not match expected |subject name does not match target|name in the certificate does not match", "test443", "wrong_name", runClients},
	{"cert_unknown_issuer", inClient, "routines::certificate verify failed|unable to get local issuer certificate|unable to get issuer certificate|unable to verify the first certificate|unable_to_verify_leaf_signature|unable_to_get_issuer_cert|signed by unknown authority|unable to find valid certification path|issuer is unknown|certificate is not trusted|sec_e_untrusted_root|unable to locally verify the issuer|unknownissuer|server certificate verification failed|doesn't have a known issuer|remotecertificatechainerrors|信頼関係を確立できませんでした|could not establish trust relationship", "", "", runClients},
	{"cert_revocation", inClient, "crypt_e_no_revocation_check|crypt_e_revocation_offline", "", "", schannel},
	// A page of a server.
	{"client_cert_400", inClient | inBody | inBrowser, "no required ssl certificate was sent", "test443", "client_cert_400", runServers},
	{"plain_to_tls", inClient | inBody | inBrowser, "the plain http request was sent to https port|client sent an http request to an https server|speaking plain http to an ssl-enabled server port|this combination of host and port requires tls", "", "", runServers},
	{"curl_loop", inClient, "maximum (|redirects exceeded|exceeded 30 redirects|too many redirects|toomanyredirects|redirect count exceeded|max_redirects|redirections exceeded|stopped after 10 redirects", "symptom", "loop", runCurl},
	{"empty_reply", inClient, "empty reply from server|no data received.", "", "", runCurl},

	// A browser: its code, in any language.
	{"browser_loop", inBrowser, "err_too_many_redirects|リダイレクトが繰り返し行われました|ページの自動転送設定が正しくありません|リダイレクトの回数が多すぎ|redirected you too many times|page isn't redirecting properly|too many redirects occurred|重定向次数过多|将您重定向的次数过多|ns_error_redirect_loop|リダイレクト回数が多すぎ", "symptom", "loop", chromium},
	{"browser_mixed", inBrowser, "mixed content:|blocked loading mixed active content|blocked mixed|loading mixed (insecure)|was not allowed to run insecure content|混在コンテンツ|混合アクティブコンテンツ", "symptom", "mixed", chromium},
	{"browser_cert", inBrowser, "err_cert_|sec_error_|ssl_error_bad_cert_domain|mozilla_pkix_error|net::err_ssl_pinned|your connection is not private|プライバシーが保護されません|接続はプライベートではありません|この接続は安全ではありません|potential security risk ahead|警告: 潜在的なセキュリティ|this connection is not private|dlg_flags_invalid_ca|dlg_flags_sec_cert|您的连接不是私密连接", "symptom", "cert_warning", browsers},
	{"browser_refused", inBrowser, "err_connection_refused|refused to connect|接続が拒否されました", "symptom", "connect_refused", chromium},
	{"browser_timeout", inBrowser, "err_connection_timed_out|err_timed_out|took too long to respond|応答時間が長すぎます|the connection has timed out|接続がタイムアウトしました", "symptom", "connect_timeout", chromium},
	{"browser_record", inBrowser, "ssl_error_rx_record_too_long", "symptom", "browser_tls_error", firefox},
	{"browser_tls", inBrowser, "err_ssl_version_or_cipher_mismatch|err_ssl_protocol_error|ssl_error_no_cypher_overlap|ssl_error_unsupported_version|ssl_error_handshake_failure_alert|ssl_error_internal_error_alert|ssl_error_unrecognized_name_alert|pr_end_of_file_error|pr_connect_reset_error|err_connection_closed|ssl_error_protocol_version_alert|can't establish a secure connection|セキュリティ保護された接続を確立|接続を確立できません|err_ssl_unrecognized_name_alert|can't provide a secure connection|このサイトは安全に接続できません|inet_e_security_problem", "", "", browsers},
	{"browser_client_cert", inBrowser, "err_bad_ssl_client_auth_cert|ssl_error_rx_certificate_required_alert", "", "", chromium},

	// A server's log, of the leg that ends at it. Only lines about Cloudflare's addresses count, see log.go.
	{"log_sni", inLog, "handshake rejected while ssl handshaking|strict sni enabled|:callback failed|no certificate available for|sni not found|unrecognized name", "origin_log", "sni_rejected", runServers},
	{"log_no_cert", inLog, `no certificates configured|no "ssl_certificate" is defined|no certificate assigned|no ssl certificate configured`, "origin_log", "no_certificate", runServers},
	{"log_cipher", inLog, "no shared cipher|no cipher suite supported by both client and server|no suitable signature algorithm", "origin_log", "no_shared_cipher", runServers},
	{"log_version", inLog, "unsupported protocol|version too low|client offered only unsupported versions|unknown protocol", "origin_log", "unsupported_protocol", runServers},
	{"log_client_cert", inLog, "peer did not return a certificate|client sent no required ssl certificate|client didn't provide a certificate|certificate verification: error", "origin_log", "client_cert_missing", runServers},
	{"log_plain", inLog, "client sent plain http request to https port|speaking http to https port|routines::http request|ssl3_get_record:http request|client sent an http request to an https server", "origin_log", "plain_http_on_tls", runServers},
	{"log_not_tls", inLog, "first record does not look like a tls handshake|wrong version number", "origin_log", "plain_http_on_tls", runServers},
	{"log_tls_on_plain", inLog, `\x16\x03|invalid method while reading client request line|invalid method in request \x16\x03`, "origin_log", "tls_on_plain", runServers},
	{"log_proxy", inLog, "while reading proxy protocol|proxy protocol header|proxy protocol: no valid", "origin_log", "proxy_protocol", runServers},
	// A server's log, of itself: nobody has to have connected.
	{"log_key", inLog, "key values mismatch|private key do not match|private key does not match|inconsistencies between private key and certificate|key_values_mismatch|ah02565", "origin_log", "key_mismatch", runServers},
	{"log_not_loaded", inLog, "cannot load certificate|does not exist or is empty|failed to configure certificate|failed to configure at least one certificate|unable to load ssl certificate|unable to load certificate|no certificate found in|unable to load private key|unable to load ssl private key|failed to load x509 key pair|no start line|unable to stat ssl certificate|init: unable to read server certificate|loading tls certificate: |loading certificates: open |no private key found in |config ssl context with certificate file", "origin_log", "cert_not_loaded", runServers},
	{"log_bind", inLog, "address already in use|could not bind to address|cannot bind socket|no listening sockets available|permission denied) bind", "origin_log", "bind_failed", runServers},
	{"log_acme", inLog, "challenge failed for domain|urn:ietf:params:acme:error:|could not get certificate from issuer|unable to obtain acme certificate|failed to renew certificate|some challenges have failed|obtain: obtaining certificate|will retry|renewal failure|failed to authenticate some domains|invalid status. verification error|:verify error:|verify error detail|verification error detail|failed domain control validation|error creating new order|for this exact set of|too many failed authorizations|http dcv: the system queried", "origin_log", "acme_failed", acme},
	{"log_upstream", inLog, "while connecting to upstream|no live upstreams|<nosrv>| is down, reason:|has no server available|failed to make connection to backend|error reading from remote server|dial tcp 127.0.0.1|http: proxy error: dial tcp|attempt to connect to 127.0.0.1", "origin_log", "upstream_down", runServers},
	{"log_upstream_tls", inLog, "while ssl handshaking to upstream", "", "", runServers},
	{"tunnel_origin", inLog, "unable to reach the origin service", "", "", tunnelDocs},
}

// A scanner finds the needles of all rules in one walk over a line.
type scanner struct {
	heads [1 << 15]int16 // by a number made of the first three bytes: the place in needles of the first, plus one
	all   []needle
}

type needle struct {
	text string
	what uint16
	next int16
}

// A hit is a wording in a line.
type hit struct {
	what uint16 // place in Rules, or behind them in signs
	line int32  // place in the lines
}

// rule is the rule of a hit, or nil where it is a sign of a kind.
func (h hit) rule() *Rule {
	if int(h.what) < len(Rules) {
		return &Rules[h.what]
	}
	return nil
}

func newScanner() *scanner {
	s := &scanner{}
	s.all = make([]needle, 0, 1024)
	for i := range Rules {
		s.add(i, Rules[i].Needles)
	}
	for i := range signs {
		s.add(len(Rules)+i, signs[i].needles)
	}
	return s
}

// add makes a list of wordings known, each of at least three bytes, by one number.
func (s *scanner) add(what int, list string) {
	for list != "" {
		var n string
		n, list = piece(list)
		h := (int(n[0])<<10 ^ int(n[1])<<5 ^ int(n[2])) & (1<<15 - 1)
		s.all = append(s.all, needle{n, uint16(what), s.heads[h]})
		s.heads[h] = int16(len(s.all))
	}
}

// scan adds the wordings that stand in a text, each once.
func (s *scanner) scan(text string, at int32, hits []hit) []hit {
	return s.across(text, len(text), 0, at, hits)
}

// across adds those that begin before one place and end behind another, each once.
func (s *scanner) across(text string, before, behind int, at int32, hits []hit) []hit {
	first := len(hits)
	three := uint(0)
	for i := range len(text) {
		three = (three<<5 ^ uint(text[i])) & (1<<15 - 1)
		n := s.heads[three]
		if n == 0 {
			continue
		}
		begin := i - 2
		if begin >= before {
			break
		}
		for n > 0 && begin >= 0 {
			one := &s.all[n-1]
			n = one.next
			end := begin + len(one.text)
			if end > len(text) || end <= behind || text[begin:end] != one.text {
				continue
			}
			if h := (hit{one.what, at}); !known(h, hits[first:]) {
				hits = append(hits, h)
			}
		}
	}
	return hits
}

// has tells whether a wording of a number stands in a text.
func (s *scanner) has(text string, what int) bool {
	three := uint(0)
	for i := range len(text) {
		three = (three<<5 ^ uint(text[i])) & (1<<15 - 1)
		for n := s.heads[three]; n > 0; n = s.all[n-1].next {
			if one := &s.all[n-1]; int(one.what) == what && i >= 2 && stands(text, i-2, one.text) {
				return true
			}
		}
	}
	return false
}
