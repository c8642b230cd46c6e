package diagnose

import "sslclinic/wasmcheck/model"

// Answers are what a person has told, by question, and what came of what they did since. The zero Answers are none.
type Answers struct {
	Told  [QuestionCount]Option
	After [maxAfter]After // in order; the first that is zero ends them
}

// maxAfter is how many attempts a case may have.
const maxAfter = 4

// After is an attempt: what was done, the symptom that was seen then, and what the tests of the origin showed then.
type After struct {
	did             actions
	Now             Option
	Test443, Test80 Option
}

// Did is an attempt at a plan, and the symptom that was seen then.
func Did(steps []Action, now Option) After {
	a := After{Now: now}
	for _, s := range steps {
		a.did |= 1 << s
	}
	return a
}

// attempts is how many attempts there are.
func (a *Answers) attempts() (n int) {
	for n < maxAfter && a.After[n].did != 0 {
		n++
	}
	return n
}

// Slot is where the answer to a question belongs: a test that is made after an attempt speaks of what was left by it.
func (a *Answers) Slot(q Question) *Option {
	if n := a.attempts(); n > 0 {
		switch q {
		case Test443:
			return &a.After[n-1].Test443
		case Test80:
			return &a.After[n-1].Test80
		}
	}
	return &a.Told[q]
}

// Key is the name of that place in a query.
func (a *Answers) Key(q Question) string {
	if n := a.attempts(); n > 0 && (q == Test443 || q == Test80) {
		return q.String() + "_" + digits[n-1:n]
	}
	return q.String()
}

// digits number the attempts.
const digits = "1234"

// String writes the answers in the form that [Parse] reads, in the order of the questions.
func (a Answers) String() string {
	s := ""
	for q, o := range a.Told {
		if o != Unasked {
			s += "&" + Question(q).String() + "=" + Question(q).OptionID(o)
		}
	}
	for i, after := range a.After {
		n, did := digits[i:i+1], ""
		for step := range ActionCount {
			if after.did>>step&1 != 0 {
				did += "," + step.String()
			}
		}
		if did != "" {
			s += "&did" + n + "=" + did[1:]
		}
		for _, told := range after.told() {
			if told.answer != Unasked {
				s += "&" + told.key + n + "=" + told.question.OptionID(told.answer)
			}
		}
	}
	return s[min(1, len(s)):]
}

// told are the answers of an attempt, with the beginnings of their keys.
func (a After) told() [3]struct {
	key      string
	question Question
	answer   Option
} {
	return [3]struct {
		key      string
		question Question
		answer   Option
	}{{"now", Symptom, a.Now}, {"test443_", Test443, a.Test443}, {"test80_", Test80, a.Test80}}
}

// Parse reads answers such as "symptom=525&mode=full&test443=alert112"; any of them may be "unknown". What was done
// since, and seen then, is "did1=add_server_name&now1=526&test443_1=expired". Errors are a *[model.Problem].
func Parse(query string) (Answers, error) {
	var a Answers
	pairs, err := model.Pairs(query)
	if err != nil {
		return a, err
	}
	for _, p := range pairs {
		if err := a.tell(p[0], p[1]); err != nil {
			return a, err
		}
	}
	for i, after := range a.After {
		if i >= a.attempts() && after != (After{}) {
			return a, &model.Problem{What: "attempt " + digits[i:i+1] + " lacks what was done, or one before it does", Hint: "count them from 1: did1=set_strict&now1=526"}
		}
	}
	return a, nil
}

func (a *Answers) tell(key, value string) (err error) {
	for i := range a.After {
		after := &a.After[i]
		switch n := digits[i : i+1]; key {
		case "did" + n:
			return after.parse(value)
		case "now" + n:
			after.Now, err = option(Symptom, value)
			return err
		case "test443_" + n:
			after.Test443, err = option(Test443, value)
			return err
		case "test80_" + n:
			after.Test80, err = option(Test80, value)
			return err
		}
	}
	q, err := model.Index("question", key, questionIDs)
	if err == nil {
		a.Told[q], err = option(Question(q), value)
	}
	return err
}

func option(q Question, id string) (Option, error) {
	switch {
	case id == unknown:
		return Unknown, nil
	case id == "ok" && q == Symptom: // the model's word for none
		return SymptomNone, nil
	}
	i, err := model.Index("answer to "+q.String(), id, q.OptionIDs())
	return Option(i + 1), err
}

func (a *After) parse(ids string) error {
	for id, rest := "", ids; rest != ""; {
		id, rest = model.Cut(rest, ',')
		s, err := model.Index("action", id, actionIDs)
		if err != nil {
			return err
		}
		a.did |= 1 << s
	}
	if a.did == 0 {
		return &model.Problem{What: "no action is named", Hint: "name what was done, such as did1=set_strict"}
	}
	return nil
}
