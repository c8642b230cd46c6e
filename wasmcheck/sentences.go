//go:build !js

package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v4"

	"sslclinic/wasmcheck/model"
)

// The sentences that tell the rules are words, and words are content. The generator reads them strictly and says what is
// wrong with them; this reader only wants those of one language, and leaves the rest alone.

// language is what the command speaks.
const language = "en"

// sentences reads what the rules are called, by id, in a content folder. The default folder need not be there: a rule
// that has no sentence is told by its id. Errors are a *[model.Problem].
func sentences(content string) (map[string]string, error) {
	file := filepath.Join(cmp.Or(content, "content"), "checker", "rules.yaml")
	data, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && content == "":
		return nil, nil
	case err != nil:
		return nil, &model.Problem{What: err.Error(), Hint: "-content wants the folder that holds checker/rules.yaml"}
	}
	var rules map[string]map[string]string
	load, err := yaml.NewLoader(bytes.NewReader(data))
	if err == nil {
		err = load.Load(&rules)
	}
	if err != nil && err != io.EOF {
		return nil, &model.Problem{What: file + ": " + err.Error(), Hint: "go run ./generator check says where"}
	}
	all := map[string]string{}
	for id, words := range rules {
		all[id] = words[language]
	}
	return all, nil
}
