package checkpages

import (
	"slices"
	"sync"

	"sslclinic/wasmcheck/diagnose"
)

// The way without script is the engine's own conversation, written down: from
// each symptom the question that it would ask next, a page for each answer,
// and so on, as far as there are pages to spend. What is likelier is followed
// further. A page at which the conversation stops shows what is found there.

// A Node is a page of the way without script.
type Node struct {
	Path     string // below the checker's address: 525/mode-full/
	Answers  diagnose.Answers
	Last     diagnose.Question // the one answered last
	Question diagnose.Question // asked here, when there are Children
	Children []*Node           // one for each option in order, then one for "unknown"; none at a leaf
	Parent   *Node
	Findings *diagnose.Findings // told here, at a leaf, in every language
	Next     string             // the question that the page with script asks here; "" when it tells what is found

	weight float64
	ends   bool    // nothing more is asked
	fits   float64 // set-ups that fit the answers
}

// No content changes the engine, nor what it asks: a process makes them once.
var (
	engine       = sync.OnceValue(diagnose.New)
	conversation = sync.OnceValue(func() []*Node { return Tree(engine(), mostPages) })
)

// mostPages is how many pages the way without script may have in a language.
const mostPages = 600

// Tree gives the first page of each symptom, in the engine's order. All in
// all there are at most the given number of pages, if that is enough for the
// symptoms themselves.
func Tree(e *diagnose.Engine, pages int) []*Node {
	session := diagnose.NewSession(e)
	var entries []*Node
	for o := diagnose.Option(1); o <= diagnose.Symptom.Options(); o++ {
		var a diagnose.Answers
		a.Told[diagnose.Symptom] = o
		id := diagnose.Symptom.OptionID(o)
		n := &Node{Path: id + "/", Answers: a, Last: diagnose.Symptom, weight: 1}
		n.look(session)
		if w, ok := interest[id]; ok {
			n.weight = w
		}
		entries = append(entries, n)
	}
	open := slices.Clone(entries)
	for left := pages - len(entries); len(open) > 0; {
		// The likeliest first; of equals the one that came first.
		best := 0
		for i, n := range open {
			if n.weight > open[best].weight {
				best = i
			}
		}
		n := open[best]
		open = slices.Delete(open, best, best+1)
		q := n.Question
		if n.ends || int(q.Asked())+1 > left {
			continue
		}
		left -= int(q.Asked()) + 1
		n.Findings = nil
		sum := 0.0
		for o := diagnose.Option(1); o <= q.Asked(); o++ {
			n.Children = append(n.Children, n.child(q, o, session))
			sum += n.Children[o-1].fits
		}
		for _, c := range n.Children {
			c.weight = n.weight * (1 - unsure) * c.fits / max(sum, 1)
		}
		unknown := n.child(q, diagnose.Unknown, session)
		unknown.weight = n.weight * unsure
		n.Children = append(n.Children, unknown)
		open = append(open, n.Children...)
	}
	return entries
}

// interest is how many readers are expected at a symptom, where they are more
// than elsewhere.
var interest = map[string]float64{"525": 8, "526": 4, "521": 3, "522": 3, "loop": 4, "520": 2, "mixed": 2, "origin_page": 2, "not_issued": 2}

// unsure is the share of readers who are expected not to know an answer.
const unsure = .2

func (n *Node) child(q diagnose.Question, o diagnose.Option, session *diagnose.Session) *Node {
	a := n.Answers
	a.Told[q] = o
	c := &Node{Path: n.Path + slug(q.String()+"-"+q.OptionID(o)) + "/", Answers: a, Last: q, Parent: n}
	c.look(session)
	return c
}

// look asks the engine about the answers, once a node. Who has told the symptom
// alone is asked what may still be asked. What is at hand is not asked here: it
// would take nine pages each time, and a plan says what it needs.
func (n *Node) look(session *diagnose.Session) {
	found := session.Diagnose(n.Answers)
	if !found.Done {
		n.Next = found.Next.Key
	}
	if !found.Done && found.Next.Question == diagnose.Access {
		n.Answers.Told[diagnose.Access] = diagnose.Unknown
		found = session.Diagnose(n.Answers)
	}
	n.Findings = found.Clone()
	n.Question, n.fits = found.Next.Question, float64(found.Fits)
	n.ends = found.Done && (n.Parent != nil || found.Next.Key == "") || found.Contradiction != 0
}

// Asked is the path of the page on the way to n that asked a question; "" for
// the symptom, which stands on the checker's own.
func (n *Node) Asked(q diagnose.Question) string {
	for ; n.Parent != nil; n = n.Parent {
		if n.Last == q {
			return n.Parent.Path
		}
	}
	return ""
}

// slug makes a public id fit for an address.
func slug(id string) string {
	b := []byte(id)
	for i, c := range b {
		if c == '_' || c == '=' {
			b[i] = '-'
		}
	}
	return string(b)
}

// Walk calls visit for every node, parents first.
func Walk(nodes []*Node, visit func(*Node)) {
	for _, n := range nodes {
		visit(n)
		Walk(n.Children, visit)
	}
}
