package main

import (
	"bytes"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"sslclinic/generator/internal/source"
	"sslclinic/wasmcheck/diagnose"
)

// hosts are those that ship, as their files say.
func hosts(t *testing.T) source.Hosts {
	t.Helper()
	content, problems, err := source.Load(os.DirFS("../content"), "content")
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	return content.Hosts
}

var hostChoice = regexp.MustCompile(`<option value="?([a-z0-9-]+)"? data-answers="([^"]*)"`)

// TestForEachHostThePageAnswersWhatItsFileSays: in every language, every host, and
// the engine understands it. The command is held to the same files in wasmcheck.
func TestForEachHostThePageAnswersWhatItsFileSays(t *testing.T) {
	tree, all := shipped(t, atRoot).Tree, hosts(t).All
	for _, lang := range []string{"ja", "en"} {
		offered := map[string]string{}
		for _, m := range hostChoice.FindAllSubmatch(tree[lang+"/check/index.html"], -1) {
			if offered[string(m[1])] != "" {
				t.Errorf("%s: %s is offered twice", lang, m[1])
			}
			offered[string(m[1])] = html.UnescapeString(string(m[2]))
		}
		if len(offered) != len(all) || len(all) < 50 {
			t.Errorf("%s: %d hosts of %d are offered", lang, len(offered), len(all))
		}
		for _, h := range all {
			answers, err := diagnose.Parse(offered[h.ID])
			if err != nil {
				t.Errorf("%s: %v", h.ID, err)
				continue
			}
			if got := diagnose.Origin.OptionID(answers.Told[diagnose.Origin]); got != h.Kind.Value {
				t.Errorf("%s in %s is %s, its file says %s", h.ID, lang, got, h.Kind.Value)
			}
			is := h.OwnCertificate.Value.Is.Value
			if h.Kind.Value == "hosting" && !h.Thin {
				is = "yes" // each has a free certificate in its panel
			}
			switch o := answers.Told[diagnose.CanInstallCert]; {
			case o == diagnose.Unasked && is != "yes" && is != "no":
			case o == diagnose.Unasked || diagnose.CanInstallCert.OptionID(o) != is:
				t.Errorf("%s in %s answers %q, its file says %q", h.ID, lang, offered[h.ID], is)
			}
		}
	}
}

// TestEverythingThatIsKnownOfAHostStandsOnItsPage: every fact's labels, mails and
// screens, who says it and when it was read; what is not known is said; and the
// page leads to the checker that knows the host.
func TestEverythingThatIsKnownOfAHostStandsOnItsPage(t *testing.T) {
	tree := shipped(t, atRoot).Tree
	unknown := map[string]string{"ja": "未確認", "en": "Not known"}
	for _, h := range hosts(t).All {
		for lang := range unknown {
			page := tree[lang+"/hosts/"+h.ID+"/index.html"]
			if h.Thin {
				if page != nil || !bytes.Contains(tree[lang+"/hosts/index.html"], []byte(html.EscapeString(h.Name[lang]))) {
					t.Errorf("%s in %s is known by name alone: it stands in the list and has no page", h.ID, lang)
				}
				continue
			}
			text := html.UnescapeString(string(page))
			has := func(what string) {
				if !strings.Contains(text, what) {
					t.Errorf("%s in %s does not say %q", h.ID, lang, what)
				}
			}
			has("check/#v=1&provider=" + h.ID)
			silence := 0
			for _, f := range h.Facts() {
				for _, label := range append([]string{f.Value.Mail, f.Value.Screen}, f.Value.Path...) {
					has(label)
				}
				if !f.Value.Known() {
					silence++
					continue
				}
				if s := h.Sources[f.Value.Source.Value].Value; s.Article.Value == "" {
					has(s.URL.Value)
					has(s.Title[lang])
					has(`datetime="` + s.Read.Value + `"`)
				}
			}
			if n := strings.Count(text, "<b>"+unknown[lang]+"</b>"); n != silence {
				t.Errorf("%s in %s: nobody knows %d things, and %d are called so", h.ID, lang, silence, n)
			}
			for _, s := range h.Signs {
				has("<code>" + s.Value.Target.Value + s.Value.Address.Value + "</code>")
			}
		}
	}
}

// TestXserversListHasALineForEachPartOfTheEdgesRanges: 346, and the rule that has to
// go with it stands before it.
func TestXserversListHasALineForEachPartOfTheEdgesRanges(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		page := html.UnescapeString(string(shipped(t, atRoot).Tree[lang+"/hosts/xserver/index.html"]))
		_, allow, _ := strings.Cut(page, `id="allow"`)
		if lines := regexp.MustCompile(`(?m)(?:^|>)[0-9]+\.[0-9*]+\.[0-9*]+\.\*$`).FindAllString(allow, -1); len(lines) != 346 {
			t.Errorf("%s: %d lines", lang, len(lines))
		}
		rule, list := strings.Index(allow, `ip.src.country ne "JP"`), strings.Index(allow, "173.245.48.*")
		if rule < 0 || list < rule {
			t.Errorf("%s: the rule stands at %d, the list at %d", lang, rule, list)
		}
	}
}
