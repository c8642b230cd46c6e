//go:build !js

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"sslclinic/wasmcheck/diagnose"
)

// TestAHostTellsWhatItsFileSays: of every host that ships, and no more than that; what the query says itself counts.
func TestAHostTellsWhatItsFileSays(t *testing.T) {
	files, err := filepath.Glob("../content/hosts/*.yaml")
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".yaml")
		if id == "index" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var says map[string]any
		if err := yaml.Unmarshal(data, &says); err != nil {
			t.Fatal(file, err)
		}
		want := "symptom=525&origin=" + says["kind"].(string)
		own, _ := says["own_certificate"].(map[string]any)
		if topics, _ := says["topics"].([]any); says["kind"] == "hosting" && slices.ContainsFunc(topics, free) {
			own = map[string]any{"is": "yes"} // the one in its panel
		}
		if own["is"] == "yes" || own["is"] == "no" {
			want += "&can_install_cert=" + own["is"].(string)
		}
		for _, key := range []string{"lasting", "grey_takes"} {
			if says, _ := says[key].(map[string]any); says["is"] != nil {
				want += "&" + key + "=" + says["is"].(string)
			}
		}
		query, err := expand("../content", "provider="+id+"&symptom=525")
		if err != nil {
			t.Fatal(id, err)
		}
		got, err := diagnose.Parse(query)
		if err != nil {
			t.Fatalf("%s: %s: %v", id, query, err)
		}
		if answers, _ := diagnose.Parse(want); got != answers {
			t.Errorf("%s tells %s, its file %s", id, query, want)
		}
		overruled, err := expand("../content", "can_install_cert=unknown&provider="+id)
		if err != nil || !strings.Contains(overruled, "can_install_cert=unknown") || strings.Count(overruled, "can_install_cert") != 1 {
			t.Errorf("%s overrules what is said: %s, %v", id, overruled, err)
		}
	}
}

// free reports that a topic of a host's file says how the free certificate is switched on.
func free(topic any) bool {
	says := topic.(map[string]any)
	return says["id"] == "on" && slices.ContainsFunc(says["facts"].([]any), func(f any) bool {
		return f.(map[string]any)["confidence"] != "unknown"
	})
}

// TestNobodyIsLedFirstToWhatDoesNotLast: by the names of all hosts, of the two that end in a mode: a loop, and a certificate that is
// no longer valid.
func TestNobodyIsLedFirstToWhatDoesNotLast(t *testing.T) {
	ids, err := hostIDs("../content/hosts")
	if err != nil {
		t.Fatal(err)
	}
	d := diagnose.NewSession(diagnose.New())
	told := 0
	for _, id := range ids {
		for _, seen := range []string{"symptom=loop&mode=flexible", "symptom=526&mode=strict", "symptom=loop&access=dashboard", "symptom=526&access=dashboard"} {
			query, err := expand("../content", seen+"&provider="+id)
			if err != nil {
				t.Fatal(err)
			}
			a, err := diagnose.Parse(query)
			if err != nil {
				t.Fatal(err)
			}
			host, p := a.Told[diagnose.LastingMode], d.Diagnose(a).Plans[0]
			switch {
			case host == diagnose.Unasked:
				if p.Lasts != diagnose.LastsUnknown {
					t.Errorf("%s: %v says of itself %q, and nobody knows", query, p.Steps, p.Lasts)
				}
			case p.Lasts != diagnose.Lasts && !p.Message():
				t.Errorf("%s: %v first, which says of itself %q", query, p.Steps, p.Lasts)
			default:
				told++
			}
		}
	}
	if told < 60 {
		t.Errorf("of %d is known what lasts", told)
	}
}

// TestOnRentedHostingAnExpiredCertificateIsRenewed: where the certificate is the host's free one, 526 leads to its renewal, with the cloud
// grey for it and what lasts said, and not to giving up encryption. The cloud is made grey for what is pressed in the panel.
func TestOnRentedHostingAnExpiredCertificateIsRenewed(t *testing.T) {
	ids, err := hostIDs("../content/hosts")
	if err != nil {
		t.Fatal(err)
	}
	d, told := diagnose.NewSession(diagnose.New()), 0
	for _, id := range ids {
		query, err := expand("../content", "symptom=526&access=dashboard,panel&provider="+id)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(query, "origin=hosting&lasting=full") {
			continue
		}
		a, err := diagnose.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		told++
		f, renewed := d.Diagnose(a), false
		for _, p := range f.Plans[:min(3, len(f.Plans))] {
			if window := slices.Index(p.Steps, diagnose.DNSOnlyUntilIssued); window >= 0 {
				renewed = slices.Index(p.Steps[:window], diagnose.RenewCertificate) > slices.Index(p.Steps, diagnose.SetFull) && p.Needs("panel") && p.Lasts == diagnose.UntilRenewal
			}
			if slices.Contains(p.Steps, diagnose.SetFlexible) {
				t.Errorf("%s: %v", query, p.Steps)
			}
		}
		if !renewed {
			t.Errorf("%s: nothing renews", query)
		}
	}
	if told < 5 {
		t.Errorf("%d hosts have a free certificate alone", told)
	}
}

// TestOnRentedHostingTheModeIsAskedFirst of who can see it: at 525 by the name of a host whose certificate is known, nothing else tells as
// much.
func TestOnRentedHostingTheModeIsAskedFirst(t *testing.T) {
	d := diagnose.NewSession(diagnose.New())
	for _, id := range []string{"xserver", "sakura-rs", "lolipop", "conoha-wing", "cpanel"} {
		query, err := expand("../content", "symptom=525&access=dashboard,panel&provider="+id)
		if err != nil {
			t.Fatal(err)
		}
		a, err := diagnose.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if f := d.Diagnose(a); f.Next.Question != diagnose.Mode {
			t.Errorf("%s: %s is asked first", query, f.Next.Question)
		}
	}
}
