//go:build !js

package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTheCommandAnswersOrRefuses(t *testing.T) {
	for _, row := range []struct {
		args   string
		code   int
		stdout string
		stderr string
	}{
		{"", 2, "", "usage:"},
		{"help", 0, "usage:", ""},
		{"legs mode=flexible", 0, `"origin":"plain"`, ""},
		{"simulate -json -content ../content mode=flexible&redirect80=https", 0, `"text":"The origin answers a plain request with a redirect to https."`, ""},
		{"simulate -content ../content -json mode=flexible&redirect80=https", 0, `"text":"The origin answers a plain request with a redirect to https."`, ""},
		{"simulate -content=../content mode=off", 0, "[off_redirects_to_http]\n", ""},
		{"simulate -content= mode=off", 2, "", "-content names no folder"},
		{"simulate -content ../content mode=off", 0, "  1. In mode Off the edge redirects https to http. [off_redirects_to_http]\n", ""},
		{"simulate -json mode=flexible&redirect80=https", 0, `"rule":"origin_redirects_to_https","text":"origin_redirects_to_https"`, ""},
		{"simulate mode=off", 0, "  1. [off_redirects_to_http]\n", ""},
		{"simulate -content nowhere mode=off", 2, "", "hint: -content wants the folder"},
		{"diagnose -h", 0, "usage:", ""},
		{"diagnose -jsn symptom=525", 2, "", `unknown flag "-jsn"`},
		{"simulate -content", 2, "", "-content names no folder"},
		{"simulate mode=flexible&redirect80=https", 0, "https visit: loop", ""},
		{"simulate mode=flexibel", 2, "", `did you mean "flexible"?`},
		{"simulate mode=full cert=none", 2, "", "one query is wanted"},
		{"diagnose -json symptom=525&mode=full&test443=alert112", 0, `"causes":[{"id":"sni=rejected"`, ""},
		{"diagnose symptom=loop&mode=flexible", 0, "redirect80=https", ""},
		{"diagnose symptom=526&mode=flexible", 0, "look again: mode=flexible", ""},
		{"diagnose symptom=525&mode=strict&test443=alert112", 0, "; in the others 526 is next", ""},
		{"diagnose -stdin", 2, "", "write diagnose -json -stdin"},
		{"diagnose -json -stdin symptom=525", 2, "", "write diagnose -json -stdin"},
		{"diagnose symptm=525", 2, "", `did you mean "symptom"?`},
		{"diagnose symptm=525", 2, "", "origin_log provider\n"},
		{"diagnose symptom=ループ", 2, "", `unknown answer to symptom "ループ"`},
		{"diagnose #v=1&symptom=525&at=result", 0, "cert=none", ""},
		{"diagnose v=2&symptom=525", 2, "", `unknown question "v"`},
		{"diagnose -content ../content provider=vercel&symptom=loop", 0, "mode=flexible&redirect80=https", ""},
		{"diagnose -content ../content provider=vercl&symptom=loop", 2, "", `did you mean "vercel"?`},
		{"diagnose -content ../content provider=index", 2, "", `unknown provider "index"`},
		{"diagnose -content ../content provider=../hosts/vercel", 2, "", "unknown provider"},
		{"diagnose -content ../content provider=", 2, "", `unknown provider ""`},
		{"diagnose -content ../content provider=vercel&provider=fly", 2, "", "two providers in one query"},
		{"diagnose -content ../content provider=vercel&origin=hosting", 2, "", "hint: leave one of the two out"},
		{"diagnose provider=vercel", 2, "", "hint: name the folder that holds hosts with -content"},
		{"simulate -stdin", 2, "", "-stdin does not go with simulate"},
		{"table modes", 0, "cert=self_signed", ""},
		{"table faults", 0, "client_cert=required_400&aop=on_wrong_ca", ""},
		{"table errors", 0, "p443=refused", ""},
		{"table loops", 0, "https_forwarded", ""},
		{"table alike", 0, "edge_cert=expired edge_cert=pending", ""},
		{"table mode", 2, "", `did you mean "modes"?`},
		{"read", 0, "nothing that is known here", ""},
		{"read -json -now 2026-11-28", 0, `"kinds":[]`, ""},
		{"read -now=yesterday", 2, "", "write -now 2026-11-28"},
		{"read -jsn", 2, "", `did you mean "-json"?`},
		{"read -h", 0, "usage: wasmcheck read [-json] [-now DAY] < TEXT", ""},
		{"read -now 2026-11-28 -help", 0, "usage: wasmcheck read [-json] [-now DAY] < TEXT", ""},
		{"read symptom=525", 2, "", "on standard input"},
		{"probe", 2, "", "and 0 were given"},
		{"probe -h", 0, "usage: wasmcheck probe HOST ADDRESS", ""},
		{"probe example.com", 2, "", "write wasmcheck probe example.com 203.0.113.10"},
		{"probe example.com 203.0.113.10 443", 2, "", "and 3 were given"},
		{"probe https://example.com/ 203.0.113.10", 2, "", "HOST is no address of a page"},
		{"probe 203.0.113.10 example.com", 2, "", "write the name first"},
		{"probe 例え.jp 203.0.113.10", 2, "", "xn--"},
		{"probe -example.com 203.0.113.10", 2, "", "unknown flag"},
		{"probe exa*mple.com 203.0.113.10", 2, "", "HOST is no name"},
		{"probe example.com 203.0.113", 2, "", "ADDRESS is no address"},
		{"probe example.com origin", 2, "", "the name of a CNAME"},
		{"probe example.com 203.0.113.10:0", 2, "", "the port is no number"},
		{"probe example.com 0.0.0.0", 2, "", "no single server"},
		{"probe example.com 104.16.0.1", 2, "", "https://www.cloudflare.com/ips/ of 2026-11-28"},
		{"probe example.com [2606:4700::6810:1]:443", 2, "", "that is the edge"},
		{"probe example.com ::ffff:172.64.0.1", 2, "", "that is the edge"},
		{"probe example.com 203.0.113.10 -timeout 1h", 2, "", "write -timeout 5s"},
		{"probe example.com 203.0.113.10 -timeout", 2, "", "write -timeout 5s"},
		{"probe example.com 203.0.113.10 -jsn", 2, "", `did you mean "-json"?`},
		{"probe example.com 203.0.113.10 -json=yes", 2, "", "-json=yes"},
		{"probe example.com 203.0.113.10 -base-url here", 2, "", "ends in a slash"},
		{"probe example.com 203.0.113.10 -content nowhere", 2, "", "the folder that holds site.yaml"},
		{"table", 2, "", "no table is named"},
		{"nonsense", 2, "", "hint: known: legs"},
		{"simulate mode=zzz", 2, "", "hint: known: strict"},
		{"diagnose foo=1", 2, "", "hint: known: symptom"},
		{"simulat", 2, "", `did you mean "simulate"?`},
	} {
		var stdout, stderr strings.Builder
		code := run(strings.Fields(row.args), strings.NewReader(""), &stdout, &stderr)
		if code != row.code || !strings.Contains(stdout.String(), row.stdout) || !strings.Contains(stderr.String(), row.stderr) ||
			(code == 0) != (stderr.Len() == 0) || (code == 2) != (stdout.Len() == 0) {
			t.Errorf("%q: exit %d\n%s%s", row.args, code, &stdout, &stderr)
		}
		if code == 0 && strings.Contains(row.args, "-json") && !json.Valid([]byte(stdout.String())) {
			t.Errorf("%q: no JSON: %s", row.args, &stdout)
		}
	}
}

// TestManyAreAnsweredLineByLine: as each alone, and what cannot be understood in its place.
func TestManyAreAnsweredLineByLine(t *testing.T) {
	queries := []string{"symptom=525&mode=full&test443=alert112", "symptm=525", "", "symptom=loop&origin=platform&access=none"}
	var stdout, stderr strings.Builder
	if code := run([]string{"diagnose", "-json", "-stdin"}, strings.NewReader(strings.Join(queries, "\r\n")), &stdout, &stderr); code != 0 || stderr.Len() > 0 {
		t.Fatalf("exit %d: %s", code, &stderr)
	}
	lines := strings.Split(strings.TrimSuffix(stdout.String(), "\n"), "\n")
	if len(lines) != len(queries) {
		t.Fatalf("%d answers to %d queries", len(lines), len(queries))
	}
	for i, query := range queries {
		var alone, wrong strings.Builder
		if run([]string{"diagnose", "-json", query}, strings.NewReader(""), &alone, &wrong); wrong.Len() > 0 {
			if !strings.HasPrefix(lines[i], `{"error":"`) || !strings.Contains(lines[i], `"hint":"`) {
				t.Errorf("%s: %s", query, lines[i])
			}
		} else if alone.String() != lines[i]+"\n" {
			t.Errorf("%s is answered otherwise alone", query)
		}
	}
	stdout.Reset()
	if run([]string{"diagnose", "-json", "-stdin"}, strings.NewReader("\nsymptm=525\nv=1&symptom=525\n"), &stdout, &stderr); strings.Count(stdout.String(), "\n") != 3 ||
		!strings.HasPrefix(stdout.String(), `{"model":`) || !strings.Contains(stdout.String(), `origin_log provider"}`) || strings.Count(stdout.String(), `{"error"`) != 1 {
		t.Errorf("an empty line, a key that is unknown, and a link: %.400s", &stdout)
	}
	stdout.Reset()
	long := strings.Repeat("x", 3*longestLine) + "\nsymptom=525"
	if code := run([]string{"diagnose", "-json", "-stdin"}, strings.NewReader(long), &stdout, &stderr); code != 0 || strings.Count(stdout.String(), "\n") != 2 ||
		!strings.HasPrefix(stdout.String(), `{"error":"the query is too long"`) {
		t.Errorf("a line that is too long: exit %d, %.200s", code, &stdout)
	}
}
