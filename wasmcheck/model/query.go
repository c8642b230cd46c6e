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

// Names yields known names, in the order in which they are told to a person.
type Names = func(yield func(string) bool)

// Unknown is the problem of a name that is not among the known ones. It names the nearest.
func Unknown(kind, name string, known Names) *Problem {
	hint := "did you mean " + quote(nearest(name, known)) + "? known:"
	for k := range known {
		hint += " " + k
	}
	return &Problem{"unknown " + kind + " " + quote(name), hint}
}

// ParseConfig reads a set-up such as "mode=flexible&redirect80=https". What is not named is nominal. Errors are a *[Problem].
func ParseConfig(query string) (Config, error) {
	var c Config
	pairs, err := Pairs(query)
	if err != nil {
		return c, err
	}
	for _, p := range pairs {
		if err := c.set(p[0], p[1], variables); err != nil {
			return c, err
		}
	}
	return c, nil
}

// ParseLegs reads a set-up with the visitor's scheme, such as "mode=flexible&scheme=https"; without one it is https.
func ParseLegs(query string) (Config, Scheme, error) {
	var c Config
	scheme := HTTPS
	pairs, err := Pairs(query)
	if err != nil {
		return c, scheme, err
	}
	names := func(yield func(string) bool) {
		if yield("scheme") {
			variables(yield)
		}
	}
	for _, p := range pairs {
		if p[0] != "scheme" {
			if err := c.set(p[0], p[1], names); err != nil {
				return c, scheme, err
			}
			continue
		}
		switch p[1] {
		case "http":
			scheme = HTTP
		case "https":
			scheme = HTTPS
		default:
			return c, scheme, Unknown("value for scheme", p[1], Among("http", "https"))
		}
	}
	return c, scheme, nil
}

// Among is a short list of known names.
func Among(names ...string) Names {
	return func(yield func(string) bool) {
		for _, n := range names {
			if !yield(n) {
				return
			}
		}
	}
}

func (c *Config) set(key, value string, known Names) error {
	for v := range VariableCount {
		if v.String() != key {
			continue
		}
		for i, id := range vocabulary[v].values {
			if id == value {
				c[v] = Value(i)
				return nil
			}
		}
		return Unknown("value for "+key, value, Among(vocabulary[v].values...))
	}
	return Unknown("variable", key, known)
}

func variables(yield func(string) bool) {
	for v := range VariableCount {
		if !yield(v.String()) {
			return
		}
	}
}

// shown is how much of a name that we do not know is read and repeated, in bytes. The longest known one has 16.
const shown = 40

// quote repeats a name that somebody typed, without what a terminal might obey.
func quote(name string) string {
	cut := name[:min(len(name), shown)]
	b := []byte{'"'}
	for i := range len(cut) {
		if c := cut[i]; c < ' ' || c == 0x7f {
			b = append(b, '?')
		} else {
			b = append(b, c)
		}
	}
	if len(cut) < len(name) {
		b = append(b, "…"...)
	}
	return string(append(b, '"'))
}

// nearest is the known name that the fewest insertions, deletions and substitutions of bytes make from name. The first of several.
func nearest(name string, known Names) string {
	name = name[:min(len(name), shown)]
	best, distance := "", -1
	for k := range known {
		if d := edits(name, k); distance < 0 || d < distance {
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
