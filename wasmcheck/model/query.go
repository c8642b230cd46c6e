package model

// A Problem is a request that cannot be understood: what is wrong with it, and what to write instead.
type Problem struct{ What, Hint string }

// Error is the whole problem in one line.
func (p *Problem) Error() string { return p.What + "; " + p.Hint }

// longest is the most that a query may measure, in bytes. Every variable with its longest value fits four times.
const longest = 4096

// Pairs are the keys and values of a query, in order; a key without "=" has no value. A query in which a key stands
// twice, or which is absurdly long, is a *[Problem].
func Pairs(query string) ([][2]string, error) {
	if len(query) > longest {
		return nil, &Problem{"the query is too long", "give each variable once"}
	}
	var pairs [][2]string
	for part, rest := "", query; rest != ""; {
		if part, rest = Cut(rest, '&'); part == "" {
			continue
		}
		key, value := Cut(part, '=')
		for _, p := range pairs {
			if p[0] == key {
				return nil, &Problem{quote(key) + " is given twice", "keep one of the two"}
			}
		}
		pairs = append(pairs, [2]string{key, value})
	}
	return pairs, nil
}

// Cut is s before and after the first separator; all of it before when there is none. The strings package would cost
// the module in the browser 20 KB.
func Cut(s string, separator byte) (before, after string) {
	for i := range len(s) {
		if s[i] == separator {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// Index is the place of an id among the known ones. That of an unknown one is a *[Problem], which names the nearest, if one is near, and all.
func Index(kind, id string, known []string) (int, error) {
	hint := ""
	for i, k := range known {
		if k == id {
			return i, nil
		}
		hint += " " + k
	}
	hint = "known:" + hint
	if near := nearest(id, known); near != "" {
		hint = "did you mean " + quote(near) + "? " + hint
	}
	return 0, &Problem{"unknown " + kind + " " + quote(id), hint}
}

// ParseConfig reads a set-up such as "mode=flexible&redirect80=https". What is not named is nominal. Errors are a *[Problem].
func ParseConfig(query string) (Config, error) {
	c, _, err := parse(query, variableIDs)
	return c, err
}

// ParseLegs reads a set-up with the visitor's scheme, such as "mode=flexible&scheme=https"; without one it is https.
func ParseLegs(query string) (Config, Scheme, error) {
	return parse(query, append(variableIDs[:VariableCount:VariableCount], "scheme"))
}

// parse reads a set-up, and the scheme too if its id is among the known.
func parse(query string, known []string) (c Config, scheme Scheme, err error) {
	scheme = HTTPS
	pairs, err := Pairs(query)
	for _, p := range pairs {
		v, err := Index("variable", p[0], known)
		if err != nil {
			return c, scheme, err
		}
		values := []string{"http", "https"}
		if v < int(VariableCount) {
			values = valueIDs[v]
		}
		i, err := Index("value for "+p[0], p[1], values)
		if err != nil {
			return c, scheme, err
		}
		if v < int(VariableCount) {
			c[v] = Value(i)
		} else {
			scheme = HTTP + Scheme(i)
		}
	}
	return c, scheme, err
}

// shown is how much of a name that we do not know is read and repeated, in bytes. The longest known one has 16.
const shown = 40

// quote repeats a name that somebody typed, as far as it is ASCII or Japanese, without what a terminal might obey.
func quote(name string) string {
	said := []byte{'"'}
	for i, r := range name {
		if i >= shown {
			said = append(said, "…"...)
			break
		}
		if r < ' ' || r > '~' && r < 0x3000 || r >= 0xe000 && r <= 0xff00 || r >= 0xffa0 {
			r = '?'
		}
		said = append(said, string(r)...)
	}
	return string(append(said, '"'))
}

// nearest is the known name that the fewest insertions, deletions and substitutions of bytes make from name. The first of several,
// and none where that takes more than a third of its bytes: a guess that is none misleads.
func nearest(name string, known []string) string {
	name = name[:min(len(name), shown)]
	best, distance := "", (len(name)+2)/3+1
	for _, k := range known {
		if d := edits(name, k); d < distance {
			best, distance = k, d
		}
	}
	return best
}

func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substituted := corner
			if a[i] != b[j] {
				substituted++
			}
			corner = row[j+1]
			row[j+1] = min(substituted, corner+1, row[j]+1)
		}
	}
	return row[len(b)]
}
