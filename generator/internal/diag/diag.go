// Package diag is how every stage says what is wrong: as values with a place,
// never as text on a stream.
package diag

// Severity tells a problem that stops a build from one that does not.
type Severity uint8

const (
	Error Severity = iota
	Warning
)

// Problem is one thing that is wrong, where, and what to do about it.
type Problem struct {
	File      string // slash-separated
	Line, Col int    // from 1; 0 = the whole file
	Severity  Severity
	Message   string
	Rule      string
	Hint      string
}

// List is the problems of one run.
type List []Problem
