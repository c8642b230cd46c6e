// Package diag holds problems: values that say where something is wrong, what
// is wrong, and what to do about it.
//
// Law: a problem is never printed where it is found. It is returned, so that
// one run shows every problem, in the same order each time.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Severity says whether a problem stops a build.
type Severity uint8

const (
	Error   Severity = iota // nothing is written while there is one
	Warning                 // worth an author's attention; the build goes on
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// A Problem is one thing that is wrong at one place.
type Problem struct {
	File     string   // as the user would type it, slash-separated
	Line     int      // from 1; 0 when the problem is the whole file
	Col      int      // from 1, in characters; 0 when the problem is the whole line
	Severity Severity // the zero value is Error
	Message  string   // what is wrong: lower case, names quoted
	Rule     Rule     // what it breaks, such as link-anchor
	Hint     string   // what to do; may be empty
	Hides    bool     // what stands there is not known: nothing is said to be missing while there is one
}

// Position gives file:line:col, without the parts that are unknown.
func (p Problem) Position() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// String gives the problem in the form of a compiler's message, with the hint
// on a line of its own.
func (p Problem) String() string {
	var b strings.Builder
	if pos := p.Position(); pos != "" {
		b.WriteString(pos + ": ")
	}
	b.WriteString(p.Severity.String() + ": " + p.Message)
	if p.Rule != "" {
		b.WriteString(" [" + string(p.Rule) + "]")
	}
	if p.Hint != "" {
		b.WriteString("\n    hint: " + p.Hint)
	}
	return b.String()
}

// Annotation gives the problem as a workflow command of GitHub Actions, which
// shows it beside the line of the change that caused it.
func (p Problem) Annotation() string {
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	text := p.Message
	if p.Hint != "" {
		text += "\nhint: " + p.Hint
	}
	var where []string
	add := func(name, value string) {
		if value != "" {
			where = append(where, name+"="+property.Replace(value))
		}
	}
	add("file", p.File)
	if p.Line > 0 {
		add("line", strconv.Itoa(p.Line))
	}
	if p.Line > 0 && p.Col > 0 {
		add("col", strconv.Itoa(p.Col))
	}
	add("title", string(p.Rule))
	return strings.TrimSpace("::"+p.Severity.String()+" "+strings.Join(where, ",")) + "::" + data.Replace(text)
}

// A List is what a stage found.
type List []Problem

// Errors counts the problems that stop a build.
func (l List) Errors() int {
	n := 0
	for _, p := range l {
		if p.Severity == Error {
			n++
		}
	}
	return n
}

// Sorted gives the problems in the order of their places, each once.
func (l List) Sorted() List {
	s := slices.Clone(l)
	slices.SortFunc(s, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message), cmp.Compare(a.Hint, b.Hint))
	})
	return slices.Compact(s)
}

// Nearest gives the name among known that a person most likely meant by want,
// and "" when none is near: at most a third of the letters may differ, and
// never more than three.
func Nearest(want string, known []string) string {
	best, bestAt := "", min(3, max(1, len([]rune(want))/3))+1
	for _, k := range known {
		if d := distance(want, k, bestAt); d < bestAt || d == bestAt && best != "" && k < best {
			best, bestAt = k, d
		}
	}
	return best
}

// DidYouMean gives a hint that names the nearest of the known names, or all of
// them when none is near and they are few.
func DidYouMean(want string, known []string) string {
	if n := Nearest(want, known); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	if len(known) == 0 || len(known) > 24 {
		return ""
	}
	sorted := slices.Sorted(slices.Values(known))
	return "known are: " + strings.Join(sorted, ", ")
}

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour to get from a to b, without regard to case. Once it is sure to
// be more than what is of use, that is all it says: most names are far apart.
func distance(a, b string, most int) int {
	if d := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); d > most || -d > most {
		return most + 1
	}
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
		if slices.Min(last) > most && slices.Min(before) >= most { // a swap counts from the row before
			return most + 1
		}
	}
	return last[len(y)]
}
