package evidence

// A kind is what a piece of a paste is.
type kind uint8

const (
	unknown kind = iota
	sentence
	sClient
	x509Text
	opensslVerify
	curlVerbose
	curlError
	httpHeaders
	httpBody
	wget
	gnutlsCLI
	gitError
	pythonError
	nodeError
	goError
	javaError
	phpError
	rubyError
	perlError
	rustError
	powershell
	keytool
	nmap
	sslscan
	testssl
	sslLabs
	browserError
	cfErrorPage
	cfTrace
	cloudflaredLog
	cloudflaredConfig
	nginxErrorLog
	nginxAccessLog
	nginxTest
	nginxConfig
	apacheErrorLog
	apacheConfig
	haproxyLog
	caddyLog
	caddyfile
	traefikLog
	goLog
	litespeedLog
	certbotLog
	systemd
	wordpress
	wpConfig
	phpLog
	ss
	netstat
	dockerPS
	firewall
	nc
	ping
	traceroute
	dig
	nslookup
	hostCommand
	compose
	k8sIngress
	k8sSecret
	envFile
	haproxyConfig
	har
	pemCertificate
	pemPrivateKey
	binary

	kinds
)

// kindIDs are the public ids of the kinds.
var kindIDs = pieces("unknown|sentence|openssl_s_client|openssl_x509_text|openssl_verify|curl_verbose|curl_error|http_headers|http_body|wget|gnutls_cli|git_error|python_error|node_error|go_error|java_error|php_error|ruby_error|perl_error|rust_error|powershell|keytool|nmap|sslscan|testssl|ssllabs|browser_error|cf_error_page|cf_trace|cloudflared_log|cloudflared_config|nginx_error_log|nginx_access_log|nginx_test|nginx_config|apache_error_log|apache_config|haproxy_log|caddy_log|caddyfile|traefik_log|go_log|litespeed_log|certbot_log|systemd|wordpress|wp_config|php_log|ss|netstat|docker_ps|firewall|nc|ping|traceroute|dig|nslookup|host|compose|k8s_ingress|k8s_secret|env_file|haproxy_config|har|pem_certificate|pem_private_key|binary")

// A family are kinds that stand in one another's output: what follows one of them stays in its segment.
type family uint8

const (
	alone family = iota
	ofOpenSSL
	ofHTTP
	ofClients
	ofScans
	ofPages
	ofLogs
	ofConfigs
	ofNet
)

func (k kind) family() family {
	switch {
	case k >= sClient && k <= opensslVerify || k == pemCertificate:
		return ofOpenSSL
	case k >= curlVerbose && k <= httpBody:
		return ofHTTP
	case k == wget || k >= gnutlsCLI && k <= keytool:
		return ofClients
	case k >= nmap && k <= sslLabs:
		return ofScans
	case k >= browserError && k <= cfTrace:
		return ofPages
	case k == cloudflaredLog || k >= nginxErrorLog && k <= nginxTest || k == apacheErrorLog || k == haproxyLog || k == caddyLog || k >= traefikLog && k <= wordpress || k == phpLog:
		return ofLogs
	case k == nginxConfig || k == apacheConfig || k == caddyfile || k == cloudflaredConfig || k == wpConfig || k >= compose && k <= har:
		return ofConfigs
	case k >= ss && k <= hostCommand:
		return ofNet
	}
	return alone
}

// A sign tells what a line belongs to. A strong one begins a segment, a weak one only where nothing else stands.
type sign struct {
	kind    kind
	strong  bool
	needles string // in small letters, cut by |
}

// signs are words that one kind of output has, and others seldom.
var signs = []sign{
	{sClient, true, "connected(000|verify error:num=|no peer certificate available|connection established|ssl handshake has read|no client certificate ca names sent|acceptable client certificate ca names|new, tlsv1|new, (none)|connect:errno=|write:errno=|read:errno=|bio_connect:|bio_lookup_ex:"},
	{sClient, false, "verify return code:|verify return:|depth=0 |depth=1 |depth=2 |certificate chain|server certificate|peer signing digest|server temp key|peer certificate:|ciphersuite:|verification error:|verification: ok|:ssl routines:"},
	{x509Text, true, "x509v3 |certificate will expire|certificate will not expire|does match certificate|does not match certificate|signature algorithm: sha|not after :"},
	{x509Text, false, "notafter=|notbefore=|subject=|issuer=|not before:"},
	{opensslVerify, true, ": verification failed| depth lookup"},
	{curlVerbose, true, "*   trying |* connected to |* closing connection|* ssl connection using|* added |* hostname |* could not resolve|* openssl|* libressl|* rustls|* boringssl|* schannel|* alpn|* tlsv1|* server certificate|* recv failure|* connect to |* host |* uses proxy|* connection #0|* issue another request|* ssl certificate|* using http|* http 1.0, assume close|* empty reply|* failed to connect|* connection timed out|* rebuilt url|* tcp_nodelay|* http/1.1|* maximum (|* established connection|* tls connect error|* ssl:|* issuer:|* (304) |* (5454) "},
	{curlVerbose, false, " bytes data]"},
	{curlError, true, "curl: (|curl failed to verify the legitimacy"},
	{httpHeaders, true, "request url:|リクエスト url:"},
	{httpHeaders, false, "request url|リクエスト url"},
	{httpBody, true, "no required ssl certificate was sent|the plain http request was sent|client sent an http request to an https server|welcome to nginx|apache2 default page|apache2 debian default|speaking plain http to an ssl-enabled"},
	{httpBody, false, "400 bad request|502 bad gateway|503 service|504 gateway|403 forbidden|404 not found|500 internal server error|421 misdirected"},
	{wget, true, "unable to establish ssl connection|gnutls: received alert|gnutls: a tls|awaiting response...|connecting to example|to connect to|error: cannot verify |error: the certificate of|gnutls: the tls|openssl: error:|ssl_init"},
	{gnutlsCLI, true, "*** fatal error:|<1>|*** pki verification|- status: the certificate|- certificate type:|- handshake was completed|- got a certificate list|ca certificate(s).|*** handshake has failed|*** received alert|- description: (tls|- simple client mode"},
	{gitError, true, "fatal: unable to access|gnutls_handshake() failed"},
	{pythonError, true, "of the above exception|the above exception was|requests.exceptions.|urllib3.exceptions|ssl.sslerror|sslcertverificationerror|traceback (most recent|urlopen error|(_ssl.c:|httpx.connect|aiohttp.client|connectionrefusederror|connectionreseterror|ssl.ssl|httpcore."},
	{nodeError, true, `"code":"e|code: 'e|error: self-signed|error: self signed|write eproto|: connect e|: read econn|failed, reason: |error: unable to verify|error: unable to get|typeerror: fetch failed|at tlssocket|unable_to_verify_leaf|depth_zero_self|node:internal|node:events:|node.js v|axioserror|cert_has_expired|socket disconnected before|err_tls_cert_altname|at tlsconnect|error: socket hang up|self_signed_cert_in_chain|unable_to_get_issuer|error: certificate has expired|error: hostname/ip`},
	{goError, true, `get "http|head "http|post "http|dial tcp |x509: |remote error: tls:|tls: first record|tls: failed to verify|gave http response`},
	{javaError, true, "javax.net.ssl.|sun.security.|java.net.|exception in thread|java.security.cert|java.io.eof"},
	{phpError, true, "php warning|file_get_contents(|stream_socket_client|curl error |guzzlehttp|failed to enable crypto|fopen(): ssl|wp_error|soapclient|ssl operation failed with code|curl_exec"},
	{rubyError, true, "openssl::ssl::sslerror|ssl_connect returned|ssl_connect syscall|net::opentimeout|errno::econn|faraday::|net::readtimeout|net::http"},
	{perlError, true, "lwp::|can't connect to |io::socket::ssl|ssl connect attempt failed|mojo::|http::tiny"},
	{rustError, true, "rustls|reqwest::|hyper_util::|hyper::error|error sending request for url|client error (connect)|invalid peer certificate:|tls handshake eof|error trying to connect: |alertreceived("},
	{powershell, true, "invoke-webrequest|invoke-restmethod|fullyqualifiederrorid|categoryinfo|system.net.webexception|system.net.http.|system.net.sockets.|system.security.auth|tcptestsucceeded|test-netconnection|発生場所|the underlying connection was closed|基礎になる接続が閉じられました|要求は中止されました|could not create ssl/tls secure channel|the ssl connection could not be established|remoteaddress|remoteport|ssl 接続を確立できませんでした|remotecertificate|tcp connect to (|section    ipaddress|ip4address"},
	{keytool, true, "certificate #0|keytool error|certificate[1]:|valid from: "},
	{nmap, true, "nmap scan report|starting nmap|nmap done|ssl-cert: subject|ssl-enum-ciphers:"},
	{sslscan, true, "testing ssl server|supported server cipher|tls fallback scsv:|ssl/tls protocols:"},
	{testssl, true, "testssl.sh|testing protocols via|chain of trust|trust (hostname)|certificate validity (utc)|-->> "},
	{sslLabs, true, "ssl report:|ssl labs|overall rating|qualys"},
	{browserError, true, "err_too_many|err_ssl_|err_cert_|net::err_|err_connection_|err_timed_out|ssl_error_|sec_error_|mozilla_pkix_error|pr_end_of_file_error|pr_connect_reset_error|mixed content:|mixed active content|secure connection failed|リダイレクトが繰り返し行われました|ページの自動転送設定|リダイレクトの回数が多すぎ|redirected you too many times|isn't redirecting properly|your connection is not private|プライバシーが保護されません|接続はプライベートではありません|potential security risk|took too long to respond|このサイトは安全に接続できません|can't provide a secure connection|can't establish a secure|too many redirects occurred|セキュリティ保護された接続を確立|応答時間が長すぎます|接続が拒否されました|inet_e_|ns_error_|this connection is not private|insecure content|dlg_flags_|err_bad_ssl|混在コンテンツ:|ページを開けません|refused to connect.|将您重定向的次数过多|您的连接不是私密连接|dns_probe_"},
	{cfErrorPage, true, "cloudflare ray id|performance & security by|visit cloudflare.com|error code 5|error code: 5|error code: 1|cloudflare_error|ssl handshake failed error code|エラーコード 52|エラーコード: 52|エラーコード52|ray id:|error reference number: "},
	{cfErrorPage, false, "host error|what can i do?|what happened?"},
	{cfTrace, true, "visit_scheme=|uag=|warp=off|warp=on"},
	{cfTrace, false, "colo=|sliver=|kex="},
	{cloudflaredLog, true, "connindex=|originservice=|unable to reach the origin service|registered tunnel connection|starting tunnel|ingressrule=|err  error=|cloudflared"},
	{cloudflaredConfig, true, "credentials-file:|service: http_status:|notlsverify:|originservername:|originrequest:"},
	{cloudflaredConfig, false, "ingress:|tunnel: "},
	{nginxErrorLog, true, "while ssl handshaking|while connecting to upstream|while reading client request|while reading proxy protocol|while reading response header from upstream|while reading upstream"},
	{nginxErrorLog, false, "[error] |[crit] |[info] |[emerg] |[alert] |[warn] "},
	{nginxTest, true, "nginx: [|nginx: configuration file|nginx: the configuration file"},
	{apacheErrorLog, true, "[ssl:|[core:|[mpm_|[proxy:|[proxy_http:|: ah0|ah00|ah01|ah02|ssl library error|[pid "},
	{haproxyLog, true, "<nosrv>|ssl handshake failure|layer4 connection problem|layer6 |haproxy[|has no server available|[alert]    (|fd[0"},
	{caddyLog, true, `"logger":"|{"level":"|caddyserver|caddy[|tls.obtain|tls.issuance|tls.cache|http.log.|acme_client`},
	{traefikLog, true, "traefik/|traefik-|routername=|providername=|entrypointname=|level=error msg=|level=debug msg="},
	{goLog, true, "http: tls handshake error from|http: proxy error:"},
	{litespeedLog, true, "[config:vhost:|[ssl] config ssl context|[ssl] vhost ["},
	{certbotLog, true, "certbot|challenge failed for domain|letsencrypt.log|the certificate authority reported|acme:error:|type:   unauthorized|challenges have failed|acme.sh|acme-challenge|] acme: |all renewals|not yet due for renewal|http dcv:|dns dcv:|domain control validation|simulated renewals|found the following certs|creating new order|for this exact set of"},
	{systemd, true, "systemd[|active: failed|active: active|loaded: loaded|main pid:|active: inactive|active: activating"},
	{wordpress, true, "wordpress database error|there has been a critical error|wp_remote_|(http_request_failed)|rest api エンドポイント|rest api endpoint:|wp-cron|ループバックリクエスト|loopback request|サイトヘルス"},
	{phpLog, true, "php fatal error|php notice|php deprecated|php parse error"},
	{wpConfig, true, `'db_password'|'db_name'|wp-settings.php|'auth_key'|'force_ssl_admin'|'wp_home'|'wp_siteurl'|'db_host'|"db_name"`},
	{ss, true, "(listen)|recv-q send-q local|recv-q send-q  local|users:((|recv-q   send-q"},
	{netstat, true, "active internet connections|foreign address|listening|proto recv-q|ローカル アドレス|アクティブな接続"},
	{dockerPS, true, "container id|->80/tcp|->443/tcp"},
	{firewall, true, "chain input|-a input|target     prot|allow in|services: |(active)|policy input|type filter hook input|status: active|fw_public|ufw|状態: アクティブ"},
	{nc, true, "[tcp/|nc: connect to|telnet: |telnet> |escape character is |ncat: |) open|nc: "},
	{ping, true, "packets transmitted|icmp_seq=|ping statistics|に ping を送信|pinging |の ping 統計"},
	{traceroute, true, "hops max|traceroute to|tracing route to|経由するホップ|最大 30"},
	{dig, true, "<<>> dig|->>header<<-|question section|answer section|\tin\ta\t|\tin\taaaa\t"},
	{nslookup, true, "non-authoritative answer|権限のない回答|server:\t|** server can't find|can't find "},
	{hostCommand, true, " has address | has ipv6 address | is an alias for |not found: 3(nxdomain)|not found: 2(servfail)|not found: 5(refused)"},
	{compose, true, "container_name:|docker-compose"},
	{compose, false, "image: |ports:"},
	{k8sIngress, true, "kind: ingress|nginx.ingress.kubernetes.io/|ingressclassname:"},
	{k8sSecret, true, "kind: secret|tls.crt:|kubernetes.io/tls"},
	{har, true, `"entries"|"_initiator"|"startedDateTime"|"log":{"version"|"log": {`},
	{apacheConfig, true, "<virtualhost|sslengine|rewriterule|rewritecond|rewriteengine|sslcertificatefile|</ifmodule>|sslverifyclient|documentroot "},
	{nginxConfig, true, "server {|server_name |ssl_certificate |ssl_certificate_key |proxy_pass |proxy_set_header|ssl_protocols|ssl_reject_handshake|ssl_verify_client"},
	{haproxyConfig, true, "redirect scheme https|default_backend |bind :|bind *:| ssl crt |use_backend |option httplog|option forwardfor"},
	{caddyfile, true, "reverse_proxy |tls internal|file_server|php_fastcgi|auto_https"},
	{pemCertificate, true, "-----begin certificate-----|-----begin trusted certificate-----|-----begin x509 certificate-----"},
}
