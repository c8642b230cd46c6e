package diagnose

import "sslclinic/wasmcheck/model"

// Answers are what a person has told, by question, and what came of what they did since. The zero Answers are none.
type Answers struct {
	Told  [QuestionCount]Option
	After [maxAfter]After // in order; the first that is zero ends them

	implied bool // the symptom was not told: the number on its page was
}

// maxAfter is how many attempts a case may have.
const maxAfter = 5

// After is an attempt: what was done, and what was told of what was left by it, the symptom first.
type After struct {
	did  actions
	Told [len(changing)]Option
}

// changing are the questions that are told anew after an attempt: what is seen then as "now1", the others as "test443_1" and so on.
var changing = [...]Question{Symptom, Scheme, Test443, Test80, Redirect80, Redirect443, Number, Status}

// lasting reports that a question has the same answer whatever was done, and may be asked later.
func lasting(q Question) bool {
	switch q {
	case Host, Since, App, CanInstallCert, Origin, Access, LastingMode, GreyTakes:
		return true
	}
	return false
}

// attempts is how many attempts there are.
func (a *Answers) attempts() (n int) {
	for n < maxAfter && a.After[n].did != 0 {
		n++
	}
	return n
}

// Slot is where the answer to a question belongs: what changes is told of what the last attempt has left. It is nil for
// a question that makes no sense after an attempt.
func (a *Answers) Slot(q Question) *Option {
	n := a.attempts()
	if n == 0 || lasting(q) {
		return &a.Told[q]
	}
	for i, c := range changing {
		if c == q {
			return &a.After[n-1].Told[i]
		}
	}
	return nil
}

// Seen is what is seen now, as an option of Symptom: after the last attempt, where there was one. Unasked or Unknown when
// it was not told.
func (a *Answers) Seen() Option { return a.named(Symptom) }

// Repaired reports that nothing fails any more after what was done.
func (a *Answers) Repaired() bool { return a.attempts() > 0 && a.Seen() == SymptomNone }

// FailingScheme is the scheme that alone fails, as the set-up is now; NoScheme when both do, or nobody has told.
func (a *Answers) FailingScheme() model.Scheme {
	switch a.named(Scheme) {
	case schemeHTTP:
		return model.HTTP
	case schemeHTTPS:
		return model.HTTPS
	}
	return model.NoScheme
}

// named is the answer at that place: what is known of the set-up as it is now. Unasked when there is no place.
func (a *Answers) named(q Question) Option {
	if slot := a.Slot(q); slot != nil {
		return *slot
	}
	return Unasked
}

// Key is the name of that place in a query.
func (a *Answers) Key(q Question) string {
	n := a.attempts()
	if n == 0 || lasting(q) {
		return q.String()
	}
	for k, c := range changing {
		if c == q {
			return again[n-1][k]
		}
	}
	return ""
}

// again are the keys of what is told anew after each attempt, as in changing. A step of a conversation makes no strings.
var again = [maxAfter][len(changing)]string{
	{"now1", "scheme_1", "test443_1", "test80_1", "redirect80_1", "redirect443_1", "number_1", "status_1"},
	{"now2", "scheme_2", "test443_2", "test80_2", "redirect80_2", "redirect443_2", "number_2", "status_2"},
	{"now3", "scheme_3", "test443_3", "test80_3", "redirect80_3", "redirect443_3", "number_3", "status_3"},
	{"now4", "scheme_4", "test443_4", "test80_4", "redirect80_4", "redirect443_4", "number_4", "status_4"},
	{"now5", "scheme_5", "test443_5", "test80_5", "redirect80_5", "redirect443_5", "number_5", "status_5"},
}

// digits number the attempts.
const digits = "12345"

// String writes the answers in the form that [Parse] reads, in the order of the questions.
func (a Answers) String() string {
	s := ""
	for q, o := range a.Told {
		if o != Unasked && !a.implies(Question(q)) {
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
		for k, o := range after.Told {
			if o != Unasked {
				s += "&" + again[i][k] + "=" + changing[k].OptionID(o)
			}
		}
	}
	return s[min(1, len(s)):]
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
	a.imply()
	for i, after := range a.After {
		if i >= a.attempts() && after != (After{}) {
			return a, &model.Problem{What: "attempt " + digits[i:i+1] + " lacks what was done, or one before it does", Hint: "count them from 1: did1=set_strict&now1=526"}
		}
	}
	return a, nil
}

// imply takes from a number that is told alone the symptom that it stands on. It is evidence as if it were told, and is never
// called an answer.
func (a *Answers) imply() {
	if a.Told[Symptom] != Unasked {
		return
	}
	switch {
	case informative(a.Told[Number]):
		a.Told[Symptom] = Option(model.Outcome530)
	case informative(a.Told[Status]):
		a.Told[Symptom] = SymptomOriginPage
	default:
		return
	}
	a.implied = true
}

// implies reports that a question's answer is one that nobody has given.
func (a *Answers) implies(q Question) bool { return a.implied && q == Symptom }

// given is a set of questions with the one in the place of the symptom whose answer implied it.
func (a *Answers) given(s Questions) Questions {
	if !a.implied || !s.Has(Symptom) {
		return s
	}
	s &^= 1 << Symptom
	if informative(a.Told[Number]) {
		return s | 1<<Number
	}
	return s | 1<<Status
}

func (a *Answers) tell(key, value string) (err error) {
	for i := range a.After {
		after := &a.After[i]
		n := digits[i : i+1]
		if key == "did"+n {
			return after.parse(value)
		}
		for k, q := range changing {
			if key == again[i][k] {
				if after.Told[k] != Unasked {
					return &model.Problem{What: key + " is told twice", Hint: "keep one of the two"}
				}
				after.Told[k], err = option(q, value)
				return err
			}
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
	case q == Access:
		return access(id)
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

// access reads what is at hand, in any order, and once or often.
func access(ids string) (Option, error) {
	options := Access.OptionIDs()
	if ids == options[len(options)-1] {
		return Access.Options(), nil
	}
	set := Option(0)
	for start, i := 0, 0; ; i++ {
		if i < len(ids) && ids[i] != ',' {
			continue
		}
		n, err := model.Index("answer to "+Access.String(), ids[start:i], []string{needIDs[0], needIDs[1], needIDs[2], options[len(options)-1]})
		if err == nil && n == 3 {
			err = &model.Problem{What: "none goes with nothing else", Hint: "access=none, or what is at hand: access=dashboard,panel"}
		}
		if err != nil {
			return 0, err
		}
		if set |= 1 << n; i == len(ids) {
			return set, nil
		}
		start = i + 1
	}
}
