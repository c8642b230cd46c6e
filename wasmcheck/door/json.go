package door

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
	return decimal(field(b, name), n)
}

func boolField(b []byte, name string, v bool) []byte {
	if v {
		return append(field(b, name), "true"...)
	}
	return append(field(b, name), "false"...)
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

// decimal writes a number that is not negative. The strconv package would cost the module 10 KB, most of it for floats.
func decimal(b []byte, n int) []byte {
	if n >= 10 {
		b = decimal(b, n/10)
	}
	return append(b, byte('0'+n%10))
}

// fraction writes n of one, a power of ten, as a number from 0 to 1.
func fraction(b []byte, n, one int) []byte {
	b = append(decimal(b, n/one), '.')
	for {
		n, one = n%one, one/10
		b = append(b, byte('0'+n/one))
		if n%one == 0 {
			return b
		}
	}
}
