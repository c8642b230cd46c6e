// Package diagnose reasons from what people see to what is wrong, what to look at next, and what will repair it.
//
// Its law: an answer is evidence and never a filter, and a plan is offered only when the simulator of package model has
// gone through it in every set-up that still fits.
package diagnose

import (
	"math"
	"math/bits"
	"sync/atomic"

	"sslclinic/wasmcheck/model"
)

// An Engine knows every set-up that it holds for possible. It is read-only, and may be shared.
type Engine struct {
	tuning    tuning
	scenarios []scenario
	prior     []float32
	columns   [QuestionCount][]uint8            // by scenario: which profile answers the question
	profiles  [sources][QuestionCount][]profile // the distinct ones, by where the answer comes from
	fit       [sources][QuestionCount][]uint32  // of each: the options that are not much less likely than the likeliest, as a set
	settled   []float32                         // by the number of a profile of Origin: how many times as often it is met as on a server alone
	flat      [sources][QuestionCount]profile   // of something that is not in the model
	cause     []uint16                          // by scenario
	causes    []string                          // ids; the last is SomethingElse
	moves     []actions                         // by scenario: the actions after which it is another
	leads     []uint16                          // where these lead, for one scenario after the other; see then
	first     []uint32                          // by scenario: where its own begin
	undone    [changes]atomic.Pointer[[]uint16] // by scenario: the scenario before the last change, by what that was; made for the first who asks, see before
	number    *numbers                          // of each scenario, by its key
	best      [worlds][]uint16                  // by scenario: its best plan, 0 when there is none
	second    [worlds][]uint16                  // by scenario: the best that ends in another way, 0 when there is none
	plans     []actions                         // the distinct ones; 0 is none
}

// SomethingElse is the cause that is not in the model.
const SomethingElse = "something_else"

// New builds every scenario: some thousands of them, some milliseconds.
func New() *Engine { return tuned(&standard) }

// tuned is the engine with a tuning of its own.
func tuned(t *tuning) *Engine {
	e := &Engine{tuning: *t, plans: []actions{0}}
	e.scenarios, e.prior = scenarios(t)
	e.nameCauses()
	e.settle()
	e.follow()
	e.plan()
	return e
}

// settle makes priors of the weights: of each scenario by how often sites live where it is met, see [lives], and of each family by how
// many live there. They add up to what is not outside of the model.
func (e *Engine) settle() {
	var sums [kinds]float32 // by where a family lives
	family := func(i int) model.Value { return e.scenarios[i].config[model.Origin] }
	for i := range e.prior {
		if shared(family(i)) {
			e.prior[i] *= e.settled[e.columns[Origin][i]]
		}
		sums[family(i)] += e.prior[i]
	}
	var all float32
	for _, s := range share {
		all += s
	}
	for i := range e.prior {
		part := share[family(i)]
		if shared(family(i)) {
			part = all - share[model.OriginTunnel] - share[model.OriginPages]
		}
		e.prior[i] *= part / all / sums[family(i)] * (1 - e.tuning[outside])
	}
}

// nameCauses fills the causes and, with them, the columns.
func (e *Engine) nameCauses() {
	named := newNumbers(len(e.scenarios))
	var ways [QuestionCount]*numbers // of a question: the distinct profiles, before there was noise in them
	e.cause = make([]uint16, len(e.scenarios))
	for q := range QuestionCount {
		ways[q] = newNumbers(maxWays)
		e.columns[q] = make([]uint8, len(e.scenarios))
		for s := range sources {
			e.flat[s][q] = unmodelled(q, s)
		}
	}
	var p profile
	for i := range e.scenarios {
		r := &e.scenarios[i]
		guilty := e.guilty(r)
		key := uint64(0)
		for _, f := range guilty {
			key = key<<16 | uint64(f.variable)<<8 | uint64(f.value) + 1
		}
		n := named.of(key)
		if int(n) == len(e.causes) {
			id := ""
			for _, f := range guilty {
				id += "+" + f.String()
			}
			e.causes = append(e.causes, id[1:])
		}
		e.cause[i] = n
		var others [2]uint64 // by fault: what is otherwise without it, as a set
		for k, less := range r.without[:r.n] {
			if others[k] = 1 << r.faults[k].variable; r.visits != e.scenarios[less].visits {
				others[k] |= ofVisits
			}
			if n != e.cause[less] {
				others[k] |= ofCause
			}
		}
		for q := range QuestionCount {
			switch { // mostly one of the faults has no say in the answer
			case r.n > 0 && others[0]&hangsOn[q] == 0:
				e.columns[q][i] = e.columns[q][r.without[0]]
			case r.n > 1 && others[1]&hangsOn[q] == 0:
				e.columns[q][i] = e.columns[q][r.without[1]]
			default:
				predict(&p, q, r, guilty)
				e.columns[q][i] = e.column(q, &p, ways[q])
			}
		}
	}
	e.causes = append(e.causes, SomethingElse)
}

// maxWays is in how many ways a question can be answered: their numbers are bytes.
const maxWays = 256

// column is the number of a profile, before there is noise in it, among the question's distinct ones.
func (e *Engine) column(q Question, p *profile, ways *numbers) uint8 {
	key := uint64(0) // a hash: that no two profiles of a question have the same is a test
	for o, l := range p {
		if l != 0 {
			key = (key ^ uint64(o)<<32 ^ uint64(math.Float32bits(l))) * spread
		}
	}
	n := ways.of(key)
	switch {
	case n == maxWays:
		panic("too many ways to answer " + q.String())
	case int(n) < len(e.profiles[byText][q]):
		return uint8(n)
	}
	if q == Origin {
		var sum float32
		for _, l := range p {
			sum += l
		}
		e.settled = append(e.settled, sum)
	}
	for s := range sources {
		if s == byPeople && q >= askable {
			continue
		}
		noisy := *p
		noisy.toldBy(s, q)
		addNoise(&e.tuning, &noisy, q, s)
		var most float32
		for _, l := range noisy {
			if l > most {
				most = l
			}
		}
		set := uint32(0)
		for o, l := range noisy {
			if l >= most*e.tuning[fitting] {
				set |= 1 << o
			}
		}
		e.profiles[s][q] = append(e.profiles[s][q], noisy)
		e.fit[s][q] = append(e.fit[s][q], set)
	}
	return uint8(n)
}

// follow finds for each scenario where each action leads. No action adds a fault, so that every end is a scenario as well.
func (e *Engine) follow() {
	e.number = newNumbers(len(e.scenarios))
	bases := bases()
	for i := range e.scenarios {
		e.number.of(key(&e.scenarios[i].config, &bases))
	}
	var does [model.VariableCount][8]actions // by a variable's state: the actions that change it, for most have nothing to do in most
	for a := range ActionCount {
		act := &actionTable[a]
		for state := range uint8(8) {
			if act.from>>state&1 != 0 {
				does[act.variable][state] |= 1 << a
			}
		}
	}
	for _, m := range byMore {
		for state := 1; state < 8; state++ {
			does[m.variable][state] |= 1 << m.action
		}
	}
	e.moves, e.first = make([]actions, len(e.scenarios)), make([]uint32, len(e.scenarios))
	e.leads = make([]uint16, 0, 5*len(e.scenarios)) // each has four or five
	for i := range e.scenarios {
		e.first[i] = uint32(len(e.leads))
		before := &e.scenarios[i].config
		var may actions
		for v, state := range before {
			may |= does[v][state]
		}
		for ; may != 0; may &= may - 1 {
			a := Action(bits.TrailingZeros64(uint64(may)))
			after := *before
			if !a.apply(&after) {
				continue
			}
			v := actionTable[a].variable
			end := e.number.keys[i] - uint64(before[v])*bases[v] + uint64(after[v])*bases[v]
			if several>>a&1 != 0 {
				end = key(&after, &bases)
			}
			if n := e.number.find(end); n != uint16(i) {
				e.leads = append(e.leads, n)
				e.moves[i] |= 1 << a
			}
		}
	}
}

// before is the scenario before the last change, by what that was; see [UndoLastChange]. Few tell of a change, so that its table is not
// made at the start. Package sync, for two who are the first at once, would be 4 KB more of the module: both make the same.
func (e *Engine) before(change Option, at uint16) uint16 {
	table := e.undone[change].Load()
	if table == nil {
		table = e.undo(change)
		e.undone[change].Store(table)
	}
	return (*table)[at]
}

// undo finds for each scenario the one before a change; where there is none, it stays.
func (e *Engine) undo(change Option) *[]uint16 {
	table, bases := make([]uint16, len(e.scenarios)), bases()
	well := func(c model.Config) bool { // it has another mode, and nothing else is another: it is a scenario, too
		n := int(e.number.find(key(&c, &bases)))
		return n < len(e.scenarios) && !failing(&e.scenarios[n].visits[0]) && !failing(&e.scenarios[n].visits[1])
	}
	for i := range table {
		table[i] = uint16(i)
		if before := e.scenarios[i].config; undo(change, &before, well) {
			if n := e.number.find(key(&before, &bases)); int(n) < len(e.scenarios) { // two seldom faults may have none in a rare context
				table[i] = n
			}
		}
	}
	return &table
}

// after is the scenario in which a set of actions ends. What undoing the last change does hangs on what that was, an option of
// Since; when nobody has told, it does nothing. A name that leaves the edge for good is as it was before the edge came.
func (e *Engine) after(at uint16, set actions, change Option) uint16 {
	if set>>UndoLastChange&1 != 0 && change > sinceNothing && change < changes {
		at = e.before(change, at)
	}
	if set>>ProxyOff&1 != 0 {
		at = e.before(sinceCloudflareOn, at)
	}
	for ; set != 0; set &= set - 1 {
		at = e.then(at, Action(bits.TrailingZeros64(uint64(set))))
	}
	return at
}

// then is the scenario after an action.
func (e *Engine) then(at uint16, a Action) uint16 {
	moves := e.moves[at]
	if moves>>a&1 == 0 {
		return at
	}
	return e.leads[e.first[at]+uint32(bits.OnesCount64(uint64(moves&(1<<a-1))))]
}

// works is the proof of a plan in a scenario: afterwards every visit ends well and no leg is less protected than before. Where the
// name has left the edge, its one leg stands for both. Where nothing was wrong, the plan has to bring both legs to their best.
func (e *Engine) works(before, after uint16) bool {
	b, a := &e.scenarios[before], &e.scenarios[after]
	return a.set == 0 && e.ends(b, a) && (b.set != 0 || before != after && safe(a))
}

// ends reports that every visit ends well, and no leg is less protected than before.
func (e *Engine) ends(b, a *scenario) bool {
	for i := range a.visits {
		v := &a.visits[i]
		last := v.Origin
		if a.config[model.Proxied] == model.ProxiedNo {
			last = v.Visitor
		}
		if failing(v) || v.Visitor < b.visits[i].Visitor || last < b.visits[i].Origin {
			return false
		}
	}
	return true
}

// best is what the second leg can be at best, by where the site lives.
func (r *scenario) best() model.Protection {
	switch r.config[model.Origin] {
	case model.OriginTunnel:
		return model.Encrypted
	case model.OriginPages:
		return model.None
	}
	return model.Authenticated
}

// safe reports that each visit ends on https, with both legs at their best.
func safe(r *scenario) bool {
	for _, v := range r.visits {
		if v.Final != model.HTTPS || v.Visitor != model.Authenticated || v.Origin != r.best() {
			return false
		}
	}
	return true
}

// A Kind says whether a plan repairs, or makes do.
type Kind uint8

// The kinds.
const (
	Fix Kind = iota
	Workaround
)

// String is the kind's public id.
func (k Kind) String() string { return [...]string{"fix", "workaround"}[k] }

// kind of a plan by where it leads. Who was in Full and stays there has repaired what was broken; who is sent there, or away from the
// edge, has not.
func (e *Engine) kind(set actions, before, after uint16) Kind {
	from, to := &e.scenarios[before].config, &e.scenarios[after].config
	mode := to[model.Mode]
	gone := set>>UndoLastChange&1 != 0 && (from[model.Proxied] != to[model.Proxied] || from[model.Mode] == model.ModeStrict && mode == model.ModeFull)
	if set&makesDo != 0 || gone || mode == model.ModeFlexible || mode == model.ModeOff {
		return Workaround
	}
	return Fix
}

// maxActions is how long a plan may be.
const maxActions = 3

// plan finds the best plan of each scenario, and the best of the other kind: that which takes least time. It does so once in each world;
// where the best of the widest is in a narrower one, it is the best there too.
func (e *Engine) plan() {
	numbers := newNumbers(len(e.scenarios))
	numbers.of(0)
	numbered := func(set actions) uint16 {
		n := numbers.of(uint64(set))
		if int(n) == len(e.plans) {
			e.plans = append(e.plans, set)
		}
		return n
	}
	for w := range worlds {
		e.best[w], e.second[w] = make([]uint16, len(e.scenarios)), make([]uint16, len(e.scenarios))
		for i := range e.scenarios {
			e.best[w][i], e.second[w][i] = e.best[ownWorld][i], e.second[ownWorld][i]
			if w != ownWorld && (e.plans[e.best[w][i]]|e.plans[e.second[w][i]])&^worldActions[w] == 0 {
				continue
			}
			found := e.search(uint16(i), worldActions[w])
			first, other := found[Fix], found[Workaround]
			if first == 0 {
				first, other = other, 0
			}
			e.best[w][i], e.second[w][i] = numbered(first), numbered(other)
		}
	}
}

// reluctance is how many minutes longer what repairs may take than what makes do, to be the best of its kind: more than any repair of
// pages takes.
const reluctance = 60

// search is the best plan of each kind for a scenario, of the actions that there are; 0 where there is none.
func (e *Engine) search(start uint16, of actions) (found [2]actions) {
	useful := of & (e.moves[start] | 1<<AlwaysHTTPSOn) // which another action may bring within reach
	var least [2]float32                               // of the best, in minutes
	var try func(set actions, at uint16, minutes float32, later actions, left int)
	try = func(set actions, at uint16, minutes float32, later actions, left int) {
		for next := later & e.moves[at]; next != 0; next &= next - 1 {
			a := Action(bits.TrailingZeros64(uint64(next)))
			if set&modeActions != 0 && modeActions>>a&1 != 0 || a == SetFlexible && set>>DNSOnlyUntilIssued&1 != 0 {
				continue // one mode is enough, and who makes do without a certificate waits for none
			}
			with, to, rest := set|1<<a, e.then(at, a), later>>(a+1)<<(a+1)
			longer := minutes + e.tuning[effort+constant(a)] + e.tuning[stepMinutes]
			if makesDo>>a&1 != 0 {
				longer += reluctance
			}
			switch {
			case e.scenarios[to].set == 0 && e.works(start, to):
				if k := e.kind(with, start, to); found[k] == 0 || longer < least[k] {
					found[k], least[k] = with, longer
				}
			case left > 1 && rest&e.moves[to] != 0: // what works needs no more, and many have nothing left to try
				try(with, to, longer, rest, left-1)
			}
		}
	}
	try(0, start, 0, useful, maxActions)
	return found
}

// numbers number keys in the order in which they come. A map would do the same, for 10 KB more of the module.
type numbers struct {
	keys  []uint64
	slots []uint16 // 0 where none is; otherwise one more than the number
}

// newNumbers has room for a count of keys.
func newNumbers(count int) *numbers {
	size := 1
	for size < count*2 {
		size *= 2
	}
	return &numbers{slots: make([]uint16, size)}
}

// of is the number of a key, the next when it has none.
func (n *numbers) of(key uint64) uint16 {
	slot := n.slot(key)
	if *slot == 0 {
		n.keys = append(n.keys, key)
		*slot = uint16(len(n.keys))
	}
	return *slot - 1
}

// find is the number of a key, and more than any when it has none.
func (n *numbers) find(key uint64) uint16 { return *n.slot(key) - 1 }

// spread is 2⁶⁴ by the golden ratio: the highest bits of a product with it hang on all of a key.
const spread = 0x9e3779b97f4a7c15

// slot is where a key stands, or would.
func (n *numbers) slot(key uint64) *uint16 {
	mask := uint64(len(n.slots) - 1)
	for at := key * spread >> 48; ; at++ {
		if slot := &n.slots[at&mask]; *slot == 0 || n.keys[*slot-1] == key {
			return slot
		}
	}
}

// bases are what one of each variable's values counts in a key: as in a number, one more than all those before it can count together.
func bases() (all [model.VariableCount]uint64) {
	one := uint64(1)
	for v := range all {
		all[v] = one
		one *= uint64(model.Variable(v).Values())
	}
	return all
}

// key of a set-up: its values, each in the base of its variable.
func key(c *model.Config, bases *[model.VariableCount]uint64) (key uint64) {
	for v, value := range c {
		if value != 0 { // few are
			key += uint64(value) * bases[v]
		}
	}
	return key
}
