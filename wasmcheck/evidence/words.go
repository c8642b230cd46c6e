package evidence

// conditions are what offers hang on, for the command; the page has words of its own by these ids.
var conditions = [][2]string{
	{"direct", "the server's own address was tested, and not a name that leads to Cloudflare"},
	{"sni", "this is the certificate for this site, and not the server's default: the test sent no name"},
	{"only_name", "the certificate has no other name than the one that is shown"},
	{"newer", "this is the newer of the two tests"},
	{"served", "this is the certificate that the server sends for this name"},
	{"chain", "the server sends no other certificate with it: this output does not show the chain"},
	{"client_cert_optional", "the server serves without the certificate that it asked for"},
	{"whole", "the output is whole: here it breaks off"},
	{"through_cloudflare", "this is what is seen through Cloudflare"},
	{"proxied", "the record is proxied, with the orange cloud"},
	{"not_proxied", "the record is DNS only, with the grey cloud"},
	{"registered", "the domain is the one that this name looks like"},
	{"forwarded", "a second test, with X-Forwarded-Proto: https, is redirected as well"},
	{"header", "the header says so on this port too"},
	{"client_cloudflare", "the client in this line was Cloudflare"},
	{"same_visitor", "these requests are one visitor's"},
	{"whole_configuration", "no other file of the configuration listens there"},
	{"whole_output", "nothing else was filtered out"},
	{"running", "the server runs with this configuration"},
	{"no_other_server", "no other server listens there, outside of these containers"},
	{"from_outside", "the port is reached through this firewall"},
	{"this_site", "this site goes through that tunnel"},
	{"own_site", "this is what your own site shows"},
}

// reasons are why something is withheld.
var reasons = [][2]string{
	{"vantage_edge", "Cloudflare answered, not the server behind it"},
	{"vantage_unknown", "the address that was tested is not shown"},
	{"ambiguous", "several faults are worded alike"},
	{"not_this_leg", "it is about what lies behind this server"},
	{"scanner", "a scanner found the port open, and says nothing of the handshake"},
	{"file", "a file does not tell what the server sends"},
	{"other_port", "it is about another port"},
	{"order", "the certificates stand in the wrong order: the server's own comes first"},
	{"checkend", "openssl says \"will expire\" of a certificate that has expired, too"},
	{"client_too_strict", "this client is stricter than Cloudflare"},
	{"revocation", "the client could not ask for revocations, which Cloudflare does not do"},
	{"empty_reply", "the server closed the connection without an answer"},
	{"client_other", "the client in this line was not Cloudflare"},
	{"not_a_port", "it does not test a port"},
	{"hosts_file", "a file on this machine names the address, and not the DNS"},
	{"dns_private", "a private address tells nothing of the public record"},
}

// notes are what else a reading says, see [Reading.Notes].
var notes = [][2]string{
	{"name_unknown", "the name could not be resolved: look at its spelling, or at the DNS"},
	{"http_to_tls_port", "the test spoke plain HTTP to a TLS port: test https:// instead"},
	{"more_certificates", "there are many certificates: the first 16 were read"},
	{"cut", "it is long: its beginning and its end were read, of 256 KB each"},
	{"more_sentences", "there are many sentences: the first 4,096 were read"},
	{"certificate_unreadable", "a certificate cannot be read: see whether it is whole"},
	{"chain_order", "the certificates stand in the wrong order: the server's own comes first"},
	{"acme_timeout", "the issuer of certificates did not reach the server"},
	{"binary", "this is no text: paste a certificate as PEM"},
	{"private_key", "there was a private key in it"},
	{"key_fits", "the private key and the certificate belong together"},
	{"key_of_another", "the private key and the certificate do not belong together"},
	{"key_not_compared", "the private key is encrypted, or of a kind that is not compared: openssl pkey -pubout and openssl x509 -noout -pubkey print what is"},
}

// Secrets are the ids of what is masked.
var secretIDs = []string{"private_key", "tls_secret", "cookie", "authorization", "password", "api_key", "token", "client_ip"}

// IDs are the public ids for which somebody has to have words: of kinds, of what offers hang on, of reasons, of secrets, of notes, of
// rules whose wording does not say what follows, and of sources.
func IDs() (all struct{ Kinds, Conditions, Reasons, Secrets, Notes, Rules, Sources []string }) {
	all.Kinds, all.Secrets, all.Sources = kindIDs, secretIDs, Sources
	for _, r := range Rules {
		if r.Question == "" {
			all.Rules = append(all.Rules, r.ID)
		}
	}
	for _, j := range Judgements {
		all.Rules = append(all.Rules, j.ID)
	}
	for _, n := range notes {
		all.Notes = append(all.Notes, n[0])
	}
	for _, c := range conditions {
		all.Conditions = append(all.Conditions, c[0])
	}
	for _, r := range reasons {
		all.Reasons = append(all.Reasons, r[0])
	}
	return all
}

// Condition is what an offer hangs on, as a clause.
func Condition(id string) string { return wording(id, conditions) }

// Reason is why something is withheld, as a clause.
func Reason(id string) string { return wording(id, reasons) }

// Note is what else a reading says, as a clause.
func Note(id string) string { return wording(id, notes) }

func wording(id string, all [][2]string) string {
	for _, w := range all {
		if w[0] == id {
			return w[1]
		}
	}
	return id
}
