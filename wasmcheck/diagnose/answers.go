package diagnose

import "sslclinic/wasmcheck/model"

// Answers are what a person has told, by question, and what came of what they did since. The zero Answers are none.
type Answers struct {
	Told  [QuestionCount]Option
	After [maxAfter]After // in order; the first that is zero ends them
}

// maxAfter is how many attempts a case may have.
const maxAfter = 3

// After is an attempt: what was done, and the symptom that was seen then.
type After struct {
	did actions
	Now Option
}

// Did is an attempt at a plan.
func Did(steps []Action, now Option) After {
	a := After{Now: now}
	for _, s := range steps {
		a.did |= s.bit()
	}
	return a
}

// String writes the answers in the form that [Parse] reads, in the order of the questions.
func (a Answers) String() string {
	var b []byte
	add := func(key, value string) {
		if len(b) > 0 {
			b = append(b, '&')
		}
		b = append(append(append(b, key...), '='), value...)
	}
	for q, o := range a.Told {
		if o != Unasked {
			add(Question(q).String(), Question(q).OptionID(o))
		}
	}
	for i, after := range a.After {
		if after.did == 0 {
			break
		}
		did := ""
		for s := range ActionCount {
			if after.did&s.bit() != 0 {
				did += "," + s.String()
			}
		}
		add("did"+attempts[i], did[1:])
		if after.Now != Unasked {
			add("now"+attempts[i], Symptom.OptionID(after.Now))
		}
	}
	return string(b)
}

var attempts = [maxAfter]string{"1", "2", "3"}

// Parse reads answers such as "symptom=525&mode=full&test443=alert112"; any of them may be "unknown". What was done
// since, and seen then, is "did1=add_server_name&now1=526". Errors are a *[model.Problem].
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
		if after.Now != Unasked && after.did == 0 || i > 0 && after.did != 0 && a.After[i-1].did == 0 {
			return a, &model.Problem{What: "an attempt is missing before or beside number " + attempts[i], Hint: "count them from 1: did1=set_strict&now1=526"}
		}
	}
	return a, nil
}

func (a *Answers) tell(key, value string) error {
	for q := range QuestionCount {
		if q.String() == key {
			o, err := option(q, value)
			a.Told[q] = o
			return err
		}
	}
	for i, n := range attempts {
		switch key {
		case "did" + n:
			return a.After[i].parse(value)
		case "now" + n:
			o, err := option(Symptom, value)
			a.After[i].Now = o
			return err
		}
	}
	return model.Unknown("question", key, func(yield func(string) bool) {
		for q := range QuestionCount {
			if !yield(q.String()) {
				return
			}
		}
		_ = yield("did1") && yield("now1")
	})
}

func option(q Question, id string) (Option, error) {
	for o := Option(1); o <= q.Options(); o++ {
		if q.OptionID(o) == id {
			return o, nil
		}
	}
	switch {
	case id == "unknown":
		return Unknown, nil
	case q == Symptom && id == model.OutcomeOK.String():
		return SymptomNone, nil
	}
	return Unasked, model.Unknown("answer to "+q.String(), id, func(yield func(string) bool) {
		for o := Option(1); o <= q.Options(); o++ {
			if !yield(q.OptionID(o)) {
				return
			}
		}
		yield("unknown")
	})
}

func (a *After) parse(ids string) error {
	for rest := ids; rest != ""; {
		var id string
		id, rest = model.Cut(rest, ',')
		known := false
		for s := range ActionCount {
			if s.String() == id {
				a.did |= s.bit()
				known = true
			}
		}
		if !known {
			return model.Unknown("action", id, func(yield func(string) bool) {
				for s := range ActionCount {
					if !yield(s.String()) {
						return
					}
				}
			})
		}
	}
	if a.did == 0 {
		return &model.Problem{What: "no action is named", Hint: "name what was done, such as did1=set_strict"}
	}
	return nil
}
