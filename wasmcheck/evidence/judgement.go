package evidence

// A Judgement is a rule that has no wording of its own: what several lines say together, or what a line says by its form.
type Judgement struct{ ID, Source string }

// Judgements are all of them.
var Judgements = []Judgement{
	{"tls_alert", "alerts"}, {"alert40_after_certificate", "run_openssl"}, {"verified", "run_openssl"},
	{"issuer_named", "run_openssl"}, {"issuer_origin_ca", "origin_ca"}, {"dates_compared", "validity"}, {"names_compared", "names"}, {"chain_alone", "run_openssl"}, {"chain_linked", "validity"}, {"checkhost", "run_openssl"},
	{"edge_answered", "addresses"}, {"edge_status", "cloudflare"}, {"edge_handshake", "cloudflare"}, {"page_code", "cloudflare"}, {"dns_edge", "addresses"}, {"dns_other", "addresses"},
	{"location_http", "run_curl"}, {"location_https", "run_curl"}, {"location_same", "run_curl"}, {"redirects_compared", "run_curl"}, {"plain_answered", "run_curl"},
	{"header_wordpress", "judged"}, {"path_wordpress", "judged"}, {"config_wordpress", "judged"}, {"host_depth", "judged"},
	{"listens", "run_servers"}, {"listens_loopback", "run_servers"}, {"listens_not", "run_servers"}, {"published", "judged"}, {"firewall", "judged"}, {"port_closed", "nmap"}, {"port_filtered", "nmap"},
	{"scanner_chain", "judged"}, {"scanner_names", "judged"}, {"access_loop", "judged"},
	{"conf_redirect", "run_servers"}, {"conf_listen", "run_servers"}, {"conf_certificate", "judged"}, {"conf_caddy", "caddy"}, {"conf_tunnel", "tunnel"},
	{"said", "judged"}, {"said_code", "judged"}, {"said_mode", "judged"}, {"said_alert", "judged"},
}

// Sources are where what is known comes from, by id; their names are said where they are shown.
var Sources = []string{
	"run_openssl", "run_curl", "run_clients", "run_servers",
	"alerts",     // https://www.rfc-editor.org/rfc/rfc8446#section-6
	"chromium",   // https://source.chromium.org/ net/base/net_error_list.h
	"firefox",    // https://searchfox.org/ security/nss/lib/util/SECerrs.h, SSLerrs.h
	"schannel",   // https://learn.microsoft.com/windows/win32/secauthn/schannel-error-codes-for-tls-and-ssl-alerts
	"names",      // https://www.rfc-editor.org/rfc/rfc9525#section-6
	"validity",   // https://www.rfc-editor.org/rfc/rfc5280#section-6
	"cloudflare", // https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
	"origin_ca",  // https://developers.cloudflare.com/ssl/origin-configuration/origin-ca/
	"addresses",  // https://www.cloudflare.com/ips/
	"acme",       // https://www.rfc-editor.org/rfc/rfc8555#section-6.7, and certbot's certbot/_internal/auth_handler.py
	"tunnel",     // https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/troubleshoot-tunnels/common-errors/
	"caddy",      // https://caddyserver.com/docs/automatic-https
	"nmap",       // https://nmap.org/book/man-port-scanning-basics.html
	"judged",     // by nobody else
}
