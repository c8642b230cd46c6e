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
	s := ""
	for q, o := range a.Told {
		if o != Unasked {
			s += "&" + Question(q).String() + "=" + Question(q).OptionID(o)
		}
	}
	for i, after := range a.After {
		did := ""
		for step := range ActionCount {
			if after.did&step.bit() != 0 {
				did += "," + step.String()
			}
		}
		if did != "" {
			s += "&did" + attempts[i] + "=" + did[1:]
		}
		if after.Now != Unasked {
			s += "&now" + attempts[i] + "=" + Symptom.OptionID(after.Now)
		}
	}
	return s[min(1, len(s)):]
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

func (a *Answers) tell(key, value string) (err error) {
	for i, n := range attempts {
		switch key {
		case "did" + n:
			return a.After[i].parse(value)
		case "now" + n:
			a.After[i].Now, err = option(Symptom, value)
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
		a.did |= Action(s).bit()
	}
	if a.did == 0 {
		return &model.Problem{What: "no action is named", Hint: "name what was done, such as did1=set_strict"}
	}
	return nil
}
