package model

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// truth is one documented row: what a visitor sees of a set-up. An expected pair is "http outcome, https outcome";
// "-" is not asked, "522/523" is an outcome with its alternative, "ok>http" ends on http, "ok+mixed" has mixed content.
type truth struct {
	row    string // number of the row in FACTS.md
	source string // key of the page there, a report, or the laboratory
	query  string
	want   string
}

// one fault at the port or in the TLS that is used, for the plain, the unchecked and the checked leg.
func columns(row, source, on80, on443, plain, unchecked, checked string) []truth {
	return []truth{
		{row, source, join("mode=flexible", on80), plain + ", " + plain},
		{row, source, join("mode=off", on80), plain + ", -"},
		{row, source, join("mode=full", on443), "-, " + unchecked},
		{row, source, join("mode=strict", on443), "-, " + checked},
		{row, source, join("mode=origin_pull", on443), checked + ", " + checked},
	}
}

func join(a, b string) string { return strings.TrimSuffix(a+"&"+b, "&") }

var truths = func() []truth {
	all := []truth{
		// FACTS.md 0. Order of evaluation.
		{"0.0", "D-PROXY", "proxied=no&cert=origin_ca&mode=off", "ok, cert_warning"},
		{"0.1", "D-HSTS", "hsts=on&p80=refused", "ok, ok"},
		{"0.2", "D-MISM", "edge_cert=pending&mode=off&p443=refused", "ok, edge_tls"},
		{"0.3", "D-OFF", "mode=off", "ok, ok>http"},
		{"0.4", "D-AUH", "always_https=on&p80=refused", "ok, ok"},
		{"0.8", "D-530", "dns=unresolvable", "530, 530"},
		{"0.9", "D-521", "p80=refused&p443=dropped", "521, 522"},
		{"0.10", "D-525", "sni=rejected", "ok, 525"},
		{"0.11", "D-526", "cert=self_signed", "ok, 526"},
		{"0.12", "D-524", "response=slow", "524, 524"},
		{"0.14", "D-LOOP", "mode=flexible&redirect80=https", "loop, loop"},
		{"0.tie", "inf", "cert_date=expired&sni=rejected", "ok, 525"},
		// 1.1 and 1.2: in TestLegsAreTable12; what the notes add.
		{"1.1 526", "D-526", "mode=full&cert=self_signed&cert_date=expired&cert_name=mismatch", "ok, ok"},
		{"1.1 flexible on other ports", "D-FLEX", "mode=flexible&port=alt&cert=none", "ok, 525"},
		{"1.1 strict follows http", "D-STRICT", "p443=refused", "ok, 521/525"},
		// 2.1. One row a code; most are in part 3 as well.
		{"2.1 520", "D-520", "response=empty", "520, 520"},
		{"2.1 520", "D-520", "mode=flexible&response=headers_too_big", "520, 520"},
		{"2.1 521", "D-521", "mode=flexible&p80=refused", "521, 521"},
		{"2.1 522", "D-522", "p443=edge_dropped", "ok, 522"},
		{"2.1 523", "D-523", "dns=unreachable", "523, 523"},
		{"2.1 524", "D-524", "mode=full&response=slow", "524, 524"},
		{"2.1 525", "D-525", "mode=full&cert=none", "ok, 525"},
		{"2.1 526", "D-526", "cert_date=expired", "ok, 526/525"},
		{"2.1 530", "D-530", "mode=off&dns=unresolvable", "530, 530"},
		{"2.1 loop", "D-LOOP", "mode=off&redirect80=https", "loop, loop"},
		{"2.1 mixed", "D-MIX", "mode=flexible&subresources=http", "ok, ok+mixed"},
		{"2.1 edge certificate", "D-MISM", "mode=full&edge_cert=uncovered", "ok, edge_tls"},
		{"2.1 authority invalid", "D-OCAT", "proxied=no&cert=origin_ca", "ok, cert_warning"},
		{"2.1 plain to TLS", "lab, I08", "mode=flexible&p80=tls", "plain_to_tls_400/520, plain_to_tls_400/520"},
		{"2.1 plain to TLS", "lab", "mode=full&p80=tls", "plain_to_tls_400/520, ok"},
		{"2.1 no client certificate", "lab, G01", "client_cert=required_400", "ok, client_cert_400"},
		{"2.1 no client certificate", "lab, G01", "client_cert=required_400&aop=on", "ok, ok"},
		// 2.3. Conflicts.
		{"2.3.1", "D-521, D-525, B07", "mode=full&p443=refused", "ok, 521/525"},
		{"2.3.2", "D-FULL, A09", "mode=full&cert_date=expired", "ok, ok"},
		{"2.3.3", "PR#29154", "mode=full&cert_chain=incomplete", "ok, ok"},
		{"2.3.4", "D-520", "client_cert=required_alert13", "ok, 520/525"},
		{"2.3.6", "I06", "mode=flexible&p80=closes", "520, 520"},
		{"2.3.6", "B02", "mode=flexible&p80=refused", "521, 521"},
		{"2.3.7", "D-HDR, D19", "mode=flexible&redirect80=https_forwarded", "ok, ok"},
		// 3.1 rows that are not one fault in three columns.
		{"3.1#6", "D-522", "mode=full&p443=edge_dropped", "ok, 522"},
		{"3.1#7", "D-521", "mode=full&p443=edge_refused", "ok, 521/525"},
		{"3.1#12", "D-PORTS, B10", "port=unproxied", "connect_timeout, connect_timeout"},
		// 3.2 likewise.
		{"3.2#23", "inf", "mode=full&aop=on", "ok, ok"},
		{"3.2#23", "D-AOP", "mode=flexible&aop=on", "ok, ok"},
		{"3.2#24", "D-AOPZ", "mode=full&aop=on_wrong_ca&client_cert=required_400", "ok, client_cert_400/520"},
		{"3.2#24", "D-AOPZ", "mode=full&aop=on_wrong_ca&client_cert=required_alert12", "ok, 525/520"},
		{"3.2#24", "D-520", "mode=full&aop=on_wrong_ca&client_cert=required_alert13", "ok, 520/525"},
		// 3.3. Redirects.
		{"L1", "D-LOOP, D02, D10", "mode=flexible&redirect80=https", "loop, loop"},
		{"L2", "D-HDR", "mode=flexible&redirect80=https_forwarded", "ok, ok"},
		{"L3", "D-AUH", "mode=flexible&always_https=on", "ok, ok"},
		{"L4", "B02", "mode=flexible&p80=refused", "521, 521"},
		{"L4", "inf", "mode=flexible&p80=dropped", "522, 522"},
		{"L5", "lab", "mode=flexible&p80=tls", "plain_to_tls_400/520, plain_to_tls_400/520"},
		{"L6", "inf", "mode=full&redirect80=https", "ok, ok"},
		{"L6", "inf", "mode=strict&redirect80=https", "ok, ok"},
		{"L7", "D-LOOP", "mode=full&always_https=on&redirect443=http", "loop, loop"},
		{"L7", "D-LOOP", "mode=strict&always_https=on&redirect443=http", "loop, loop"},
		{"L8", "D-LOOP", "mode=full&hsts=on&redirect443=http", "loop, loop"},
		{"L9", "inf, D-LOOP", "mode=full&redirect443=http", "ok, ok>http/loop"},
		{"L10", "inf", "mode=full&redirect443=http&redirect80=https", "loop, loop"},
		{"L11", "D-OFF", "mode=off", "ok, ok>http"},
		{"L12", "D09, D10", "mode=off&redirect80=https", "loop, loop"},
		{"L13", "D-LOOP, D-HSTS", "mode=off&hsts=on", "loop, loop"},
		{"L14", "D-AUH, D-OFF", "mode=off&always_https=on", "ok, ok>http"},
		{"L15", "D-SSLONLY", "mode=origin_pull&p80=refused", "ok, ok"},
		{"L16", "inf", "mode=origin_pull&redirect80=https_forwarded", "ok, ok"},
		{"L18", "inf", "mode=full&p80=refused", "521, ok"},
		{"L18", "inf", "mode=full&p80=dropped", "522, ok"},
		{"L20", "D-MIX", "subresources=http", "ok, ok+mixed"},
		{"3.3 visitor's leg", "D-MISM", "mode=flexible&redirect80=https&edge_cert=expired", "edge_tls, edge_tls"},
		{"L17", "D-LOOP, K14", "edge_redirect=rules", "loop, loop"},
		{"3.2#39", "D-520, K08", "mode=full&response=http2", "ok, 520"},
		{"3.2#39", "D-520", "mode=flexible&response=http2", "ok, ok"},
		// 3.6. Where a site lives.
		{"3.6#1", "D-TUN", "origin=tunnel&mode=flexible&p443=refused&cert=none", "ok, ok"},
		{"3.6#2", "D-1033, D-TUN", "origin=tunnel&tunnel=not_connected", "530, 530"},
		{"3.6#3", "inf", "origin=tunnel&tunnel=not_routed", "530/origin_page, 530/origin_page"},
		{"3.6#4", "D-TUNERR", "origin=tunnel&tunnel=origin_name", "origin_page, origin_page"},
		{"3.6#5", "D-TUNERR", "origin=tunnel&tunnel=origin_down", "origin_page, origin_page"},
		{"3.6#6", "D-TUNERR", "origin=tunnel&redirect80=https", "loop, loop"},
		{"3.6#7", "inf", "origin=tunnel&proxied=no", "connect_timeout, connect_timeout"},
		{"3.6#8", "D-PAGES", "origin=pages&mode=flexible&p80=refused", "ok, ok"},
		{"3.6#9", "D-522, D-PAGES, K41", "origin=pages&domain=missing", "522, 522"},
		{"3.6#10", "D-1014, K42", "domain=other_account", "530, 530"},
		{"3.6#11", "inf", "origin=platform&domain=missing&mode=full", "origin_page, origin_page/525"},
		{"3.6#11", "inf", "origin=platform&domain=missing", "origin_page, origin_page/526"},
		{"3.6#12", "J08", "mode=full&response=forbidden", "origin_page, origin_page"},
		{"3.6#13", "K21", "mode=full&response=wrong_site", "origin_page, origin_page"},
		{"3.6#14", "J17", "proxied=no&redirect443=https", "ok, loop"},
		{"3.6#14", "K23", "mode=full&redirect443=https", "ok, loop"},
		{"3.6#15", "inf", "edge_redirect=cached", "loop, loop"},
		{"3.6#16", "J06", "issuance=dns_elsewhere", "ok, ok"},
		{"3.6#16", "K34", "issuance=challenge&cert_date=expired", "ok, 526/525"},
		{"3.6#17", "D-PAGES404", "origin=pages&response=wrong_site", "origin_page, origin_page"},
		// 3.4. What Flexible hides.
		{"3.4", "D-FLEX", "mode=flexible&cert=none&p443=refused&sni=rejected&cert_date=expired", "ok, ok"},
	}
	for _, c := range [][]truth{
		columns("3.1#1", "D-521", "p80=refused", "p443=refused", "521", "521/525", "521/525"),
		columns("3.1#2", "D-522", "p80=dropped", "p443=dropped", "522", "522", "522"),
		columns("3.1#3", "D-522, D-523", "dns=wrong", "dns=wrong", "522/523", "522/523", "522/523"),
		columns("3.1#8", "D-525, D-520", "p80=closes", "listener=reset", "520", "525", "525"),
		columns("3.1#9", "D-524, unv", "response=slow", "listener=silent", "524", "525/522", "525/522"),
		columns("3.2#13", "D-525, lab", "listener=plain", "listener=plain", "ok", "525", "525"),
		columns("3.2#14", "lab", "listener=plain", "listener=plain", "ok", "525", "525"),
		columns("3.2#15", "D-525, lab", "cert=none", "cert=none", "ok", "525", "525"),
		columns("3.2#16", "A01, lab", "sni=rejected", "sni=rejected", "ok", "525", "525"),
		columns("3.2#17", "D-526, lab", "cert_name=mismatch", "cert_name=mismatch", "ok", "ok", "526"),
		columns("3.2#18", "D-CIPH", "", "", "ok", "ok", "ok"),
		columns("3.2#18b", "D-CIPH, lab", "tls_version=none", "tls_version=none", "ok", "525", "525"),
		columns("3.2#18c", "D-KEX", "tls_version=none", "tls_version=none", "ok", "525", "525"),
		columns("3.2#19", "D-525, lab", "cipher=none", "cipher=none", "ok", "525", "525"),
		columns("3.2#20", "lab, G01", "client_cert=required_400", "client_cert=required_400", "ok", "client_cert_400", "client_cert_400"),
		columns("3.2#21", "lab", "client_cert=required_alert12", "client_cert=required_alert12", "ok", "525/520", "525/520"),
		columns("3.2#22", "lab, D-520", "client_cert=required_alert13", "client_cert=required_alert13", "ok", "520/525", "520/525"),
		columns("3.2#25", "D-525, lab", "listener=reset", "listener=reset", "ok", "525", "525"),
		columns("3.2#27", "D-526", "cert_date=expired", "cert_date=expired", "ok", "ok", "526/525"),
		columns("3.2#28", "D-STRICT", "cert_date=not_yet", "cert_date=not_yet", "ok", "ok", "526"),
		columns("3.2#29", "D-526", "cert=self_signed", "cert=self_signed", "ok", "ok", "526"),
		columns("3.2#30", "D-526", "cert_name=mismatch", "cert_name=mismatch", "ok", "ok", "526"),
		columns("3.2#31", "PR#29154", "cert_chain=incomplete", "cert_chain=incomplete", "ok", "ok", "526"),
		columns("3.2#32", "D-STRICT", "cert=origin_ca", "cert=origin_ca", "ok", "ok", "ok"),
		columns("3.2#33", "D-OCA", "cert=origin_ca&cert_date=expired", "cert=origin_ca&cert_date=expired", "ok", "ok", "526/525"),
		columns("3.2#33", "D-OCA", "cert=origin_ca&cert_name=mismatch", "cert=origin_ca&cert_name=mismatch", "ok", "ok", "526"),
		columns("3.2#35", "D-STRICT", "cert=self_signed", "cert=self_signed", "ok", "ok", "526"),
		columns("3.2#36", "lab", "cert=none", "cert=none", "ok", "525", "525"),
		columns("3.2#37", "C01", "cert_date=expired", "cert_date=expired", "ok", "ok", "526/525"),
		columns("3.2#38", "lab, I02", "response=empty", "response=empty", "520", "520", "520"),
	} {
		all = append(all, c...)
	}
	return all
}()

// outside are the rows that are not in the model, each with the reason.
var outside = map[string]string{
	"3.1#4":  "a full accept queue looks like a dropping firewall: 3.1#2",
	"3.1#5":  "no page says what an ICMP reject becomes",
	"3.1#10": "several origins: each visit fares as with its origin alone",
	"3.1#11": "what the edge does when IPv6 alone fails is not documented",
	"3.2#26": "post-quantum key shares: seen as a reset, 3.2#25, or a common cipher, 3.2#19",
	"3.2#34": "whether the edge asks for revocation of public certificates is not stated",
	"3.2#40": "an origin behind another zone answers with that zone's codes",
	"L19":    "issuing a certificate is not a visit; the visit on the way is 3.2#27",
	"L21":    "a fault of one version of cloudflared",
}

func TestEveryDocumentedRowComesTrue(t *testing.T) {
	for _, row := range truths {
		c, err := ParseConfig(row.query)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range strings.Split(row.want, ", ") {
			result, trace := Simulate(c, HTTP+Scheme(i))
			if got := seen(result, HTTP+Scheme(i)); want != "-" && got != want {
				t.Errorf("%s (%s) %s: %s visit sees %s, not %s: %s", row.row, row.source, row.query, HTTP+Scheme(i), got, want, told(trace))
			}
		}
	}
}

// seen writes a result in the words of the table of truths.
func seen(r Result, typed Scheme) string {
	s := r.Outcome.String()
	if r.Outcome == OutcomeOK && typed == HTTPS && r.Final == HTTP {
		s += ">http"
	}
	if r.Mixed {
		s += "+mixed"
	}
	if r.Alternative.Permille > 0 {
		s += "/" + r.Alternative.Outcome.String()
	}
	return s
}

func told(t Trace) (rules []string) {
	for _, s := range t.Steps() {
		rules = append(rules, fmt.Sprint(s.Hop, " ", s.Rule))
	}
	return rules
}

func TestEveryRowOfTheTablesIsTestedOrLeftOutWithAReason(t *testing.T) {
	known := map[string]bool{}
	for _, row := range truths {
		known[row.row] = true
	}
	want := []string{"3.2#18b", "3.2#18c"}
	for n := 1; n <= 40; n++ {
		part := "3.2"
		if n <= 12 {
			part = "3.1"
		}
		want = append(want, fmt.Sprintf("%s#%d", part, n))
	}
	for n := 1; n <= 21; n++ {
		want = append(want, fmt.Sprintf("L%d", n))
	}
	for n := 1; n <= 16; n++ {
		want = append(want, fmt.Sprintf("3.6#%d", n))
	}
	for _, row := range want {
		if known[row] == (outside[row] != "") {
			t.Errorf("row %s: tested %v, left out for %q", row, known[row], outside[row])
		}
	}
}

var pageKey = regexp.MustCompile(`\bD-[0-9A-Z]+(-[0-9]+)?\b`)

// TestEveryRowAndItsSourceStandInFacts: a number that is cited here can be looked up there, and so can the page behind it.
func TestEveryRowAndItsSourceStandInFacts(t *testing.T) {
	data, err := os.ReadFile("FACTS.md")
	if err != nil {
		t.Fatal(err)
	}
	facts := string(data)
	sections := map[string]string{} // by number
	for _, part := range regexp.MustCompile(`(?m)^##+ `).Split(facts, -1) {
		number, text, _ := strings.Cut(part, " ")
		sections[strings.TrimSuffix(number, ".")] = text
	}
	item := regexp.MustCompile(`^(\d\.\d)[#.](\w+)$|^(0)\.(\d+)$|^(2\.1) (.*)$`)
	numbers := []string{}
	for row := range outside {
		numbers = append(numbers, row)
	}
	keys := map[string]bool{}
	for _, row := range truths {
		numbers = append(numbers, row.row)
		for _, key := range pageKey.FindAllString(row.source, -1) {
			keys[key] = true
		}
	}
	for _, number := range numbers {
		section, _, _ := strings.Cut(number, " ")
		want := ""
		switch m := item.FindStringSubmatch(number); {
		case number == "0.tie":
			section, want = "0", "row 0.tie"
		case number[0] == 'L':
			section, want = "3.3", "\n| "+number+" |"
		case m != nil && m[1] == "2.3":
			section, want = "2.3", "\n"+m[2]+". "
		case m != nil:
			section, want = m[1]+m[3]+m[5], "\n| "+m[2]+m[4]+m[6]+" |"
		}
		if text, ok := sections[section]; !ok || !strings.Contains(text, want) {
			t.Errorf("FACTS.md has no row %s", number)
		}
	}
	table, _, _ := strings.Cut(facts, "\n## 0")
	for _, key := range pageKey.FindAllString(facts, -1) {
		keys[key] = true
	}
	for key := range keys {
		if !strings.Contains(table, key) {
			t.Errorf("FACTS.md does not say which page %s is", key)
		}
	}
}
