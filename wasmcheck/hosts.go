//go:build !js

package main

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"sslclinic/wasmcheck/model"
)

// Hosts have names, and names are content: provider=vercel becomes answers before the engine sees it, which knows kinds of
// places and no company. The generator reads the hosts' files strictly; this reader wants five facts of one.

// provider is the key under which a query names a host.
const provider = "provider"

// expand puts a host's answers in its name's place. What the query says itself counts, but for a host that stands
// elsewhere: one of the two is wrong then. Errors are a *[model.Problem].
func expand(content, query string) (string, error) {
	var kept []string
	told, id, named := map[string]string{}, "", false
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		switch {
		case key != provider:
			kept = append(kept, pair)
			told[key] = value
		case named && id != value:
			return "", &model.Problem{What: "two providers in one query", Hint: "a site lives in one place; name that"}
		default:
			id, named = value, true
		}
	}
	if !named {
		return query, nil
	}
	answers, err := hostAnswers(content, id)
	if err != nil {
		return "", err
	}
	for pair := range strings.SplitSeq(answers, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if other, is := told[key]; is && other != value && key == "origin" {
			return "", &model.Problem{What: provider + "=" + id + " says " + pair + ", and the query says " + key + "=" + other, Hint: "leave one of the two out"}
		} else if !is {
			kept = append(kept, pair)
		}
	}
	return strings.Join(slices.DeleteFunc(kept, func(pair string) bool { return pair == "" }), "&"), nil
}

// hostAnswers reads what a host's name tells: the kind of place, whether a certificate can be installed there, where that
// is known and the same on every plan, the highest mode that lasts, and how long a grey cloud waits for a certificate. A
// free certificate in the panel of rented hosting can be installed, though none of one's own can.
func hostAnswers(content, id string) (string, error) {
	folder := filepath.Join(cmp.Or(content, "content"), "hosts")
	ids, err := hostIDs(folder)
	if err != nil {
		return "", err
	}
	if _, err := model.Index(provider, id, ids); err != nil {
		return "", err
	}
	file := filepath.Join(folder, id+".yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		return "", &model.Problem{What: err.Error(), Hint: "-content wants the folder that holds hosts"}
	}
	var host struct {
		Kind      string `yaml:"kind"`
		Own       fact   `yaml:"own_certificate"`
		Lasting   fact   `yaml:"lasting"`
		GreyTakes fact   `yaml:"grey_takes"`
		Topics    []struct {
			ID    string `yaml:"id"`
			Facts []fact `yaml:"facts"`
		} `yaml:"topics"`
	}
	load, err := yaml.NewLoader(bytes.NewReader(data))
	if err == nil {
		err = load.Load(&host)
	}
	if err != nil {
		return "", &model.Problem{What: file + ": " + err.Error(), Hint: "go run ./generator check says where"}
	}
	for _, t := range host.Topics {
		known := slices.ContainsFunc(t.Facts, func(f fact) bool { return f.Confidence != "unknown" })
		if host.Kind == "hosting" && t.ID == "on" && known {
			host.Own.Is = "yes"
		}
	}
	answers := "origin=" + host.Kind
	if host.Own.Is == "yes" || host.Own.Is == "no" {
		answers = "can_install_cert=" + host.Own.Is + "&" + answers
	}
	for _, told := range []struct{ question, is string }{{"lasting", host.Lasting.Is}, {"grey_takes", host.GreyTakes.Is}} {
		if told.is != "" {
			answers += "&" + told.question + "=" + told.is
		}
	}
	return answers, nil
}

// A fact is what a host's file answers to one of a few questions; empty where nobody knows.
type fact struct {
	Is         string `yaml:"is"`
	Confidence string `yaml:"confidence"`
}

// hostIDs are the hosts of a folder: the names of its files, but that of the list.
func hostIDs(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &model.Problem{What: "no hosts in " + folder, Hint: "name the folder that holds hosts with -content, or say origin=… instead of " + provider}
	case err != nil:
		return nil, &model.Problem{What: err.Error(), Hint: "-content wants the folder that holds hosts"}
	}
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ".yaml"); ok && id != "index" {
			ids = append(ids, id)
		}
	}
	return ids, nil
}
