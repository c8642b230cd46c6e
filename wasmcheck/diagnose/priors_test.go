package diagnose

import (
	"fmt"
	"slices"
	"testing"

	"sslclinic/wasmcheck/model"
)

// A belief is a prior that may be wrong by a factor of two, and the rows that it weighs: for who has told that their site lives there,
// where it is one of a kind of origin.
type belief struct {
	name  string
	holds func(r *scenario) bool
	kind  Option // 0 for everybody
}

func beliefs() (all []belief) {
	for _, f := range families {
		own := f.contexts[0].config[model.Origin]
		for _, p := range f.priors {
			name := p.fault.String() + " of " + model.Origin.ValueID(own)
			all = append(all, belief{name, func(r *scenario) bool { return r.config[model.Origin] == own && r.config[p.variable] == p.value }, 0})
		}
		for _, context := range f.contexts {
			all = append(all, belief{"context " + context.config.String(), func(r *scenario) bool { return in(context.config, r) }, 0})
		}
	}
	for kind := range kinds {
		for _, m := range multipliers[kind] {
			name := fmt.Sprintf("%s of %s, times %v", m.variable, model.Origin.ValueID(kind), m.times)
			all = append(all, belief{name, func(r *scenario) bool {
				return shared(r.config[model.Origin]) && m.values>>r.config[m.variable]&1 != 0 && r.config[m.variable] != 0
			}, Option(kind) + 1})
		}
	}
	return append(all, belief{"without TLS", func(r *scenario) bool {
		plain := r.config[model.Mode] == model.ModeFlexible || r.config[model.Mode] == model.ModeOff
		return plain && (r.config[model.Cert] == model.CertNone || r.config[model.P443] == model.P443Refused)
	}, 0}, belief{"outside of the model", nil, 0})
}

// in reports whether a row belongs to a context.
func in(context model.Config, r *scenario) bool {
	for _, v := range []model.Variable{model.Proxied, model.Mode, model.AlwaysHTTPS, model.Origin} {
		if r.config[v] != context[v] {
			return false
		}
	}
	return true
}

// TestTheFirstCausesDoNotHangOnAPrior: whichever prior is doubled or halved, in 95 of 100 rows with trouble an honest
// person is told the same first three causes.
func TestTheFirstCausesDoNotHangOnAPrior(t *testing.T) {
	d, m := NewSession(engine), recalled
	all := beliefs()
	holding := make([][]int, len(engine.scenarios)) // by row: the beliefs that weigh it
	for i := range engine.scenarios {
		for b, belief := range all {
			if belief.holds != nil && belief.holds(&engine.scenarios[i]) {
				holding[i] = append(holding[i], b)
			}
		}
	}
	alike := map[Answers]int{} // rows whose honest people tell the same
	rows := 0
	for i := range engine.scenarios {
		if engine.scenarios[i].trouble() == 0 {
			continue
		}
		rows++
		var a Answers
		a.Told[Symptom], a.Told[Access] = honest(Symptom, uint16(i)), Option(hasAll)
		for c := m.counsel(d, a); !c.done; c = m.counsel(d, a) {
			a.Told[c.ask] = honest(c.ask, uint16(i))
		}
		alike[a]++
	}
	changed := make([][2]int, len(all)) // rows, by belief, doubled and halved
	moved := make([][]float32, len(all))
	for b := range moved {
		moved[b] = make([]float32, len(engine.causes))
	}
	mass := make([]float32, len(engine.causes))
	last := len(mass) - 1
	for a, n := range alike {
		clear(mass)
		for b := range moved {
			clear(moved[b])
		}
		mass[last] = d.update(&a)
		moved[len(all)-1][last] = mass[last]
		for r, w := range d.posterior {
			mass[engine.cause[r]] += w
			for _, b := range holding[r] {
				moved[b][engine.cause[r]] += w
			}
		}
		before := firstThree(mass, mass, 0)
		for b := range all {
			if all[b].kind != 0 && all[b].kind != a.Told[Origin] {
				continue
			}
			for k, share := range []float32{1, -.5} {
				if after := firstThree(mass, moved[b], share); !before.within(after) || !after.within(before) {
					changed[b][k] += n
				}
			}
		}
	}
	worst, sum := 0, 0
	for b, c := range changed {
		for k, n := range c {
			sum += n
			if n > changed[worst/2][worst%2] {
				worst = 2*b + k
			}
			if n*20 > rows {
				t.Errorf("%s, %s: %d of %d rows change their first three causes", all[b].name, []string{"doubled", "halved"}[k], n, rows)
			}
		}
	}
	t.Logf("%d rows, %d sets of answers; the worst is %s: %d rows change; on average %d", rows, len(alike),
		all[worst/2].name, changed[worst/2][worst%2], sum/len(all)/2)
}

// TestAFaultIsNoRarerForWhatItTakesAway: in every context each fault is met as often as its odds say, with all others or
// alone. An origin without a certificate has no expired one, and yet is no rarer.
func TestAFaultIsNoRarerForWhatItTakesAway(t *testing.T) {
	for _, f := range families {
		for _, context := range f.contexts {
			var healthy float32
			met := make([]float32, len(f.priors))
			for i := range engine.scenarios {
				r := &engine.scenarios[i]
				if !in(context.config, r) {
					continue
				}
				once := engine.prior[i] // wherever the site lives
				if shared(context.config[model.Origin]) {
					once /= engine.settled[engine.columns[Origin][i]]
				}
				if r.n == 0 {
					healthy = once
				}
				for k, p := range f.priors {
					if slices.Contains(r.faults[:r.n], p.fault) {
						met[k] += once
					}
				}
			}
			for k, p := range f.priors {
				once := engine.tuning.met(&context.config, &p)
				want := healthy * once
				for l, other := range f.priors {
					a, b := p.fault, other.fault
					if l < k {
						a, b = b, a
					}
					times := float32(1)
					if possible(a, b) && !context.spares(&p, &other) {
						times = together(a, b)
					}
					if l != k {
						want += healthy * once * engine.tuning.met(&context.config, &other) * times
					}
				}
				if d := met[k] - want; d > want/1000 || d < -want/1000 {
					t.Errorf("%s, %s: met %.6f, not %.6f", context.config, p.fault, met[k], want)
				}
			}
		}
	}
}

// TestTheFirstCausesStandInTheOrderOfTheSources: when nothing is known but the code, the causes that are often met stand as
// the documentation and the cases name them, which speak of servers.
func TestTheFirstCausesStandInTheOrderOfTheSources(t *testing.T) {
	d := NewSession(engine)
	for query, want := range map[string][]string{
		"symptom=521":             {"p443=refused"},
		"symptom=522":             {"p443=edge_dropped"},
		"symptom=525":             {"cert=none", "sni=rejected"},
		"symptom=525&mode=full":   {"cert=none", "sni=rejected"},
		"symptom=525&mode=strict": {"cert=none", "sni=rejected"},
		"symptom=526":             {"cert_date=expired", "cert=self_signed", "cert_name=mismatch", "cert_chain=incomplete"},
		"symptom=526&mode=strict": {"cert_date=expired", "cert=self_signed", "cert_name=mismatch", "cert_chain=incomplete"},
		"symptom=loop":            {"redirect80=https"},
	} {
		causes := d.Diagnose(told(t, query+"&origin=server")).Causes
		for i, id := range want {
			if causes[i].ID != id {
				t.Errorf("%s: %s stands where %s belongs", query, causes[i].ID, id)
			}
		}
	}
}

// three are the heaviest causes, heaviest first, and their shares.
type three struct {
	cause [3]int
	share [3]float32
}

// firstThree are the heaviest causes of the model once a share of moved is added. SomethingElse is no cause that one
// could look for; it is the last.
func firstThree(mass, moved []float32, share float32) (best three) {
	var sum float32
	for c := range mass {
		w := mass[c] + moved[c]*share
		sum += w
		for k := range best.share {
			if w > best.share[k] && c < len(mass)-1 {
				copy(best.share[k+1:], best.share[k:])
				copy(best.cause[k+1:], best.cause[k:])
				best.share[k], best.cause[k] = w, c
				break
			}
		}
	}
	for k := range best.share {
		best.share[k] /= sum
	}
	return best
}

// within reports that another three has every cause of this one that is told to anybody: three in a hundred, or more.
func (t three) within(other three) bool {
	for k, c := range t.cause {
		if t.share[k] >= .03 && !slices.Contains(other.cause[:], c) {
			return false
		}
	}
	return true
}
