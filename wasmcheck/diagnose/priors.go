//go:build !js

package diagnose

// A Prior is how often a fault is met before anything is known. Why is said beside the table of priors.
type Prior struct {
	Cause string // variable=value
	Often string // common, often, sometimes, seldom: a factor of four apart
}

// Priors are all of them, in the order of the model's variables.
func Priors() []Prior {
	var all []Prior
	for _, p := range priors {
		name := "seldom"
		switch {
		case p.odds >= common:
			name = "common"
		case p.odds >= often:
			name = "often"
		case p.odds >= sometimes:
			name = "sometimes"
		}
		all = append(all, Prior{p.fault.String(), name})
	}
	return all
}
