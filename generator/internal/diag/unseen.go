package diag

// Unseen says what kind of character c is, if it is one that nobody sees: what
// stands on the page is then not what is copied, or stands there in another
// order. It is "" for others. White space and the selectors that choose between
// the forms of a sign are not among them, nor is a joiner that makes one sign of
// the two beside it, such as a family.
func Unseen(before, c, after rune) string {
	switch {
	case c == 0x200D && isSign(before) && isSign(after):
		return ""
	case c == '\n' || c == '\t':
		return ""
	case c < ' ', c >= 0x7F && c < 0xA0, c >= 0xFFF9 && c <= 0xFFFB:
		return "a control character"
	case c == 0x061C, c == 0x200E, c == 0x200F, c >= 0x202A && c <= 0x202E, c >= 0x2066 && c <= 0x206F:
		return "a character that changes the direction of the text"
	case c == 0x00AD, c == 0x034F, c == 0x115F, c == 0x1160, c == 0x180E, c == 0x200B, c == 0x200C, c == 0x200D, c == 0x2028, c == 0x2029,
		c >= 0x2060 && c <= 0x2064, c == 0x3164, c == 0xFEFF, c == 0xFFA0, c >= 0xE0000 && c <= 0xE0FFF:
		return "a character without width"
	}
	return ""
}

func isSign(c rune) bool {
	return c >= 0x2190 && c <= 0x2BFF || c >= 0x1F000 && c <= 0x1FAFF || c == 0xFE0F
}

// HintUnseen is what to do about one.
const HintUnseen = "take it away; text from a terminal or a web page often brings such with it"
