package diagnose

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"sslclinic/wasmcheck/model"
)

var engine = New()

// recalled is shared by the proofs, which run one after another: many of their people are the same.
var recalled = recall{}

// honest gives the likeliest answer.
func honest(q Question, row uint16) Option { return engine.honest(q, row) }

// sampled gives an answer as often as it is given, and a wrong one with the chance of noise.
func sampled(r *rand.Rand, noise float32) func(Question, uint16) Option {
	return func(q Question, row uint16) Option {
		right := honest(q, row)
		if r.Float32() >= noise || q.Options() < 2 {
			return right
		}
		wrong := Option(1 + r.IntN(int(q.Options())-1))
		if wrong >= right {
			wrong++
		}
		return wrong
	}
}

// loses reports that the simulator, run anew, finds a leg less protected than before, or a visit that does not end well.
func loses(before, after uint16) bool {
	for _, s := range []model.Scheme{model.HTTP, model.HTTPS} {
		b, _ := model.Simulate(engine.scenarios[before].config, s)
		a, _ := model.Simulate(engine.scenarios[after].config, s)
		if a.Outcome != model.OutcomeOK || a.Mixed || a.Visitor < b.Visitor || a.Origin < b.Origin {
			return true
		}
	}
	return false
}

func TestEveryTroubleHasAProvedPlan(t *testing.T) {
	for i := range engine.scenarios {
		if engine.scenarios[i].trouble() == 0 {
			continue
		}
		plan := engine.plans[engine.best[ownWorld][i]]
		if plan == 0 || loses(uint16(i), engine.after(uint16(i), plan, Unasked)) {
			t.Errorf("%s: no plan", engine.scenarios[i].config)
		}
	}
}

// TestAnHonestPersonIsHelped is the closed loop, over every row with a fix.
func TestAnHonestPersonIsHelped(t *testing.T) {
	d, m := NewSession(engine), recalled
	rows := few(engine.fixable())
	var questions, weight, atOnce float32
	for _, row := range rows {
		end := engine.interview(d, m, person{row, honest})
		if safe := !loses(row, end.at); !end.solved || !safe {
			t.Errorf("%s: repaired %v, no leg lost %v: %s", engine.scenarios[row].config, end.solved, safe, end.told)
		}
		weight += engine.prior[row]
		questions += float32(end.asked) * engine.prior[row]
		if end.plans == 1 {
			atOnce += engine.prior[row]
		}
	}
	t.Logf("%d rows; %.3f of their weight at the first plan, after %.2f questions", len(rows), atOnce/weight, questions/weight)
	if questions/weight > 4 {
		t.Errorf("%.2f questions on average", questions/weight)
	}
}

// draw picks rows as often as they are met.
func draw(rows []uint16, r *rand.Rand) func() uint16 {
	sums := make([]float32, len(rows))
	var sum float32
	for i, row := range rows {
		sum += engine.prior[row]
		sums[i] = sum
	}
	return func() uint16 {
		i, _ := slices.BinarySearch(sums, r.Float32()*sum)
		return rows[min(i, len(rows)-1)]
	}
}

// cases is how many people are drawn.
func cases() int {
	switch {
	case os.Getenv("WASMCHECK_LONG") != "":
		return 20_000
	case testing.Short(): // as with the race detector, which takes twenty times as long
		return 500
	}
	return 1500
}

// few is every tenth row in short runs, and all otherwise.
func few(rows []uint16) (picked []uint16) {
	if !testing.Short() {
		return rows
	}
	for i := 0; i < len(rows); i += 10 {
		picked = append(picked, rows[i])
	}
	return picked
}

func TestAPersonWhoIsWrongOnceIsHelped(t *testing.T) {
	d, m := NewSession(engine), recalled
	r := rand.New(rand.NewPCG(525, 1))
	next := draw(engine.fixable(), r)
	helped, asked := 0, 0
	for range cases() {
		row := next()
		answers := 0
		counting := func(q Question, at uint16) Option { answers++; return honest(q, at) }
		engine.interview(d, m, person{row, counting})
		lie, always := r.IntN(answers), sampled(r, 1)
		end := engine.interview(d, m, person{row, func(q Question, at uint16) Option {
			if lie--; lie == -1 {
				return always(q, at)
			}
			return honest(q, at)
		}})
		asked += end.asked
		if end.solved {
			helped++
		}
	}
	success(t, "one wrong answer", helped, asked, .98)
}

func TestPeopleWhoAreSometimesWrongAreHelped(t *testing.T) {
	for _, row := range []struct {
		noise float32
		least float64
	}{{.05, .98}, {.10, .96}} {
		d, m := NewSession(engine), recalled
		r := rand.New(rand.NewPCG(525, 2))
		next := draw(engine.fixable(), r)
		helped, asked := 0, 0
		for range cases() {
			end := engine.interview(d, m, person{next(), sampled(r, row.noise)})
			asked += end.asked
			if end.solved {
				helped++
			}
		}
		success(t, fmt.Sprintf("noise %.2f", row.noise), helped, asked, row.least)
	}
}

func success(t *testing.T, name string, helped, asked int, least float64) {
	t.Helper()
	rate, questions := float64(helped)/float64(cases()), float64(asked)/float64(cases())
	t.Logf("%s: %.4f helped, %.2f questions", name, rate, questions)
	if rate < least || questions > 4 {
		t.Errorf("%s: %.4f helped, of %.2f wanted, with %.2f questions", name, rate, least, questions)
	}
}
