package source

import "sslclinic/generator/internal/yamlfile"

// The checker's words stand side by side in every language, by the engine's
// public ids, so that a missing one is seen.

// Say is a text in each language.
type Say map[string]string

// Checker is what the folder checker says about the engine's ids.
type Checker struct {
	Questions map[string]yamlfile.At[Question]
	Causes    map[string]yamlfile.At[Cause]
	Actions   map[string]yamlfile.At[Action]
	Outcomes  map[string]yamlfile.At[Outcome]
	Rules     map[string]yamlfile.At[Say]
	Products  []Product // in the order in which they are offered
}

// Question is how a question is asked.
type Question struct {
	Ask     Say                         `yaml:"ask,required"`
	Short   Say                         `yaml:"short,required"`
	Help    Say                         `yaml:"help"`
	Command string                      `yaml:"command"` // of a shell: what to run to know the answer
	Options map[string]yamlfile.At[Say] `yaml:"options,required"`
}

// Cause is what a cause is called and means.
type Cause struct {
	Article yamlfile.At[string] `yaml:"article,required"` // slug#anchor
	Name    Say                 `yaml:"name,required"`
	Means   Say                 `yaml:"means,required"`
	Tell    Say                 `yaml:"tell,required"`
}

// Action is how an action is done.
type Action struct {
	Article  yamlfile.At[string] `yaml:"article,required"`
	Do       Say                 `yaml:"do,required"`
	How      Say                 `yaml:"how,required"`
	Verify   Say                 `yaml:"verify,required"`
	Snippets []Snippet           `yaml:"snippets"`
}

// Snippet is how an action is done with one product: typed, or clicked.
type Snippet struct {
	For      yamlfile.At[string] `yaml:"for,required"`
	Language string              `yaml:"language"`
	Code     string              `yaml:"code"`
	Text     Say                 `yaml:"text"`
}

// Product is what an action can be done with. Its name is the same in every
// language: by it a reader's choice is remembered.
type Product struct {
	ID   yamlfile.At[string] `yaml:"id,required"`
	Name string              `yaml:"name,required"`
}

// Outcome is what a visitor sees.
type Outcome struct {
	Name  Say `yaml:"name,required"`
	Means Say `yaml:"means,required"`
	Next  Say `yaml:"next,required"`
}

// part gives the part of the checker's words that a file fills, or nil.
func (c *Checker) part(file string) any {
	switch file {
	case "questions.yaml":
		return &c.Questions
	case "causes.yaml":
		return &c.Causes
	case "actions.yaml":
		return &c.Actions
	case "outcomes.yaml":
		return &c.Outcomes
	case "rules.yaml":
		return &c.Rules
	case "products.yaml":
		return &c.Products
	}
	return nil
}
