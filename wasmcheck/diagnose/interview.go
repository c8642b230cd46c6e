//go:build !js

package diagnose

// The closed loop: somebody who knows one set-up is asked until there is a plan, has it carried out, tells what is seen then, and
// so on. Tests are laws about it, and [Sensitivity] counts how it ends. The module does not carry this.

// A person knows one set-up, and answers from it.
type person struct {
	scenario uint16
	answer   func(q Question, scenario uint16) Option
}

// honest is the likeliest answer in a scenario.
func (e *Engine) honest(q Question, at uint16) Option {
	best := Option(1)
	p := &e.profiles[q.source(Unasked)][q][e.columns[q][at]]
	for o := Option(1); o <= q.Asked(); o++ {
		if p[o] > p[best] {
			best = o
		}
	}
	return best
}

// fixable are the scenarios in which something is wrong that a fix repairs.
func (e *Engine) fixable() (scenarios []uint16) {
	for i := range e.scenarios {
		var a Answers
		a.Told[Origin] = e.honest(Origin, uint16(i))
		plan := e.plans[e.best[a.world()][i]]
		if e.scenarios[i].trouble() != 0 && plan != 0 && e.kind(plan, uint16(i), e.after(uint16(i), plan, Unasked)) == Fix {
			scenarios = append(scenarios, uint16(i))
		}
	}
	return scenarios
}

// ending is how an interview went.
type ending struct {
	asked  int // questions after the symptom, before the first plan
	plans  int // that were tried
	solved bool
	at     uint16 // the scenario in the end
	told   Answers
}

// A counsel is what the session says to some answers: what to ask, or what to do.
type counsel struct {
	done  bool
	ask   Question
	do    actions
	again Questions // answers to look at again: they contradict one another
}

// A recall spares the session what it was asked before: most people begin alike.
type recall map[Answers]counsel

func (m recall) counsel(d *Session, a Answers) counsel {
	c, known := m[a]
	if known {
		return c
	}
	f := d.Diagnose(a)
	c = counsel{done: f.Done, ask: f.Next.Question, again: f.Contradiction}
	for i := range f.Plans {
		p := &f.Plans[i]
		if p.Message() { // who writes to somebody goes on meanwhile
			continue
		}
		if p.Kind == Fix || c.do == 0 && p.actions&makesDo == 0 {
			c.do = p.actions
		}
		if p.Kind == Fix {
			break
		}
	}
	m[a] = c
	return c
}

// interview asks a person of the world until a plan is offered, has it done, and goes on with what is seen then. A work-around
// is tried where there is no fix, and where it is one by the mode alone in which the person says to be: nothing that makes do is. Answers that contradict one another are given once more. The session may be of another tuning than the world.
func (e *Engine) interview(d *Session, m recall, p person) (end ending) {
	a, looked := &end.told, false
	end.at = p.scenario
	a.Told[Symptom] = p.answer(Symptom, p.scenario)
	a.Told[Origin], a.Told[Access] = e.honest(Origin, p.scenario), Option(hasAll)
	for {
		c := m.counsel(d, *a)
		for !c.done {
			*a.Slot(c.ask) = p.answer(c.ask, end.at)
			if end.plans == 0 {
				end.asked++
			}
			c = m.counsel(d, *a)
		}
		if c.again != 0 && !looked { // which is what is asked first of who gave them
			looked = true
			for q := range QuestionCount {
				if c.again.Has(q) {
					a.Told[q] = p.answer(q, p.scenario)
				}
			}
			continue
		}
		if c.do == 0 {
			return end
		}
		end.at = e.after(end.at, c.do, a.Told[Since])
		end.plans++
		if end.solved = e.works(p.scenario, end.at); end.solved || end.plans == maxAfter {
			return end
		}
		a.After[end.plans-1] = After{did: c.do, Told: [len(changing)]Option{p.answer(Symptom, end.at)}}
	}
}
