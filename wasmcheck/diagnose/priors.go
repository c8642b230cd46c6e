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
		name := [frequencies]string{common: "common", foremost: "often", often: "often", sometimes: "sometimes", seldom: "seldom"}[p.met]
		all = append(all, Prior{p.fault.String(), name})
	}
	return all
}
