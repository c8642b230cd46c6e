package diagnose

import "sslclinic/wasmcheck/model"

// Answers are what a person has told, by question, and what came of what they did since. The zero Answers are none.
type Answers struct {
	Told  [QuestionCount]Option
	After [maxAfter]After // in order; the first that is zero ends them

	texts   Questions // of those that were told at first, what was read from evidence; not what cannot be told otherwise
	implied bool      // the symptom was not told: the number on its page was
}

// maxAfter is how many attempts a case may have.
const maxAfter = 5

// manyTried is from how many attempts on somebody else had better look than that something unlikely is tried.
const manyTried = 3

// After is an attempt: what was done, and what was told of what was left by it, the symptom first.
type After struct {
	did   actions
	Told  [len(changing)]Option
	texts uint16 // as a set of places in Told: as Answers.texts
}

// source is where an answer comes from that was told at first.
func (a *Answers) source(q Question) source {
	if a.texts.Has(q) {
		return byText
	}
	return q.source(a.Told[q])
}

// source is where an answer comes from that was told after an attempt, by its place.
func (a *After) source(k int) source {
	if a.texts>>k&1 != 0 {
		return byText
	}
	return changing[k].source(a.Told[k])
}

// now is where the answer comes from that is known of the set-up as it is now, see named.
func (a *Answers) now(q Question) source {
	n := a.attempts()
	if n == 0 || lasting(q) {
		return a.source(q)
	}
	return a.After[n-1].source(place(q))
}

// place is where in an attempt the answer to a question stands; below zero where it makes no sense after one.
func place(q Question) int {
	for k, c := range changing {
		if c == q {
			return k
		}
	}
	return -1
}

// changing are the questions that are told anew after an attempt: what is seen then as "now1", the others as "test443_1" and so on.
var changing = [...]Question{Symptom, Scheme, Test443, Test80, Redirect80, Redirect443, Number, Status,
	Issuer, Dates, Names, Chain, Listens443, Listens80, OriginLog}

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
	if k := place(q); k >= 0 {
		return &a.After[n-1].Told[k]
	}
	return nil
}

// Seen is what is seen now, as an option of Symptom: after the last attempt, where there was one. Unasked or Unknown when
// it was not told.
func (a *Answers) Seen() Option { return a.named(Symptom) }

// Repaired reports that nothing fails any more after what was done.
func (a *Answers) Repaired() bool { return a.attempts() > 0 && a.Seen() == SymptomNone }

// couldNot reports that a question was put before the last attempt already to somebody who could not answer it.
func (a *Answers) couldNot(q Question) bool {
	if a.Told[q] == Unknown {
		return true
	}
	k := place(q)
	for i := range a.After {
		if k >= 0 && a.After[i].Told[k] == Unknown {
			return true
		}
	}
	return false
}

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
	if k := place(q); k >= 0 {
		return again[n-1][k]
	}
	return ""
}

// again are the keys of what is told anew after each attempt, as in changing. A step of a conversation makes no strings.
var again = [maxAfter][len(changing)]string{
	{"now1", "scheme_1", "test443_1", "test80_1", "redirect80_1", "redirect443_1", "number_1", "status_1",
		"issuer_1", "dates_1", "names_1", "chain_1", "listen443_1", "listen80_1", "origin_log_1"},
	{"now2", "scheme_2", "test443_2", "test80_2", "redirect80_2", "redirect443_2", "number_2", "status_2",
		"issuer_2", "dates_2", "names_2", "chain_2", "listen443_2", "listen80_2", "origin_log_2"},
	{"now3", "scheme_3", "test443_3", "test80_3", "redirect80_3", "redirect443_3", "number_3", "status_3",
		"issuer_3", "dates_3", "names_3", "chain_3", "listen443_3", "listen80_3", "origin_log_3"},
	{"now4", "scheme_4", "test443_4", "test80_4", "redirect80_4", "redirect443_4", "number_4", "status_4",
		"issuer_4", "dates_4", "names_4", "chain_4", "listen443_4", "listen80_4", "origin_log_4"},
	{"now5", "scheme_5", "test443_5", "test80_5", "redirect80_5", "redirect443_5", "number_5", "status_5",
		"issuer_5", "dates_5", "names_5", "chain_5", "listen443_5", "listen80_5", "origin_log_5"},
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
	if marks := a.marks(); marks != "" {
		s += "&" + marked + "=" + marks[1:]
	}
	return s[min(1, len(s)):]
}

// marked is the key of what was read from evidence: "read=test443,test80_1" are the keys of answers that a text has given. What only a
// text can give is not among them.
const marked = "read"

// marks are those keys, each after a comma.
func (a *Answers) marks() (keys string) {
	for q := range QuestionCount {
		if a.texts.Has(q) {
			keys += "," + q.String()
		}
	}
	for i := range a.After {
		for k := range changing {
			if a.After[i].texts>>k&1 != 0 {
				keys += "," + again[i][k]
			}
		}
	}
	return keys
}

// mark notes of each of the keys that its answer was read.
func (a *Answers) mark(keys string) error {
	for key, rest := "", keys; rest != ""; {
		key, rest = model.Cut(rest, ',')
		if !a.markOne(key) {
			return &model.Problem{What: "what was read is not among the answers", Hint: "name the keys of answers: test443=expired&read=test443"}
		}
	}
	return nil
}

// markOne reports whether there is an answer with the key.
func (a *Answers) markOne(key string) bool {
	for q, o := range a.Told {
		if key == questionIDs[q] {
			if Question(q).source(o) == byPeople {
				a.texts |= 1 << q
			}
			return informative(o)
		}
	}
	for i := range a.After {
		after := &a.After[i]
		for k, o := range after.Told {
			if key == again[i][k] {
				if changing[k].source(o) == byPeople {
					after.texts |= 1 << k
				}
				return informative(o)
			}
		}
	}
	return false
}

// Parse reads answers such as "symptom=525&mode=full&test443=alert112"; any of them may be "unknown". What was done
// since, and seen then, is "did1=add_server_name&now1=526&test443_1=expired". Errors are a *[model.Problem].
func Parse(query string) (Answers, error) {
	var a Answers
	pairs, err := model.Pairs(query)
	if err != nil {
		return a, err
	}
	keys := ""
	for _, p := range pairs {
		if p[0] == marked {
			keys = p[1]
		} else if err := a.tell(p[0], p[1]); err != nil {
			return a, err
		}
	}
	if err := a.mark(keys); err != nil {
		return a, err
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
// called an answer. Who sees a tunnel's number has the machine that they name behind a tunnel: both are true, and the tunnel says more.
func (a *Answers) imply() {
	if lives := model.Value(a.Told[Origin] - 1); a.Told[Number] == number1033 && (lives == model.OriginHome || lives == model.OriginServer) {
		a.Told[Origin] = Option(model.OriginTunnel) + 1
	}
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
