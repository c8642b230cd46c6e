package door

import "strconv"

// text writes s as a JSON string. Ids need no escaping; what a stranger typed does.
func text(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s { // bytes that are not UTF-8 become U+FFFD
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = append(b, string(r)...)
		}
	}
	return append(b, '"')
}

// field writes the name of a member, with the comma before it unless it is the first of its object.
func field(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(text(b, name), ':')
}

func textField(b []byte, name, s string) []byte { return text(field(b, name), s) }

func intField(b []byte, name string, n int) []byte {
	return strconv.AppendInt(field(b, name), int64(n), 10)
}

func boolField(b []byte, name string, v bool) []byte {
	return strconv.AppendBool(field(b, name), v)
}

// list writes a JSON array of what each value's write makes.
func list[T any](b []byte, values []T, write func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = write(b, v)
	}
	return append(b, ']')
}
