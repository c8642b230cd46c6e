package source

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"github.com/tdewolff/parse/v2/xml"
)

// passes tells whether a picture is taken.
func passes(t *testing.T, name string, data []byte) (Picture, bool) {
	t.Helper()
	l := loader{fsys: fstest.MapFS{name: {Data: data}}}
	p := l.picture(name)
	for _, problem := range l.problems {
		if problem.Line < 0 || problem.Line > bytes.Count(data, []byte("\n"))+1 {
			t.Errorf("%q: %v", data, problem)
		}
	}
	return p, len(l.problems) == 0
}

// The second reader knows elements by how they are written, and styles by the
// tokens of another parser. It looks for what is forbidden, where ours looks for
// what is allowed.
var (
	acts    = regexp.MustCompile(`(?i)^(?:script|foreignobject|iframe|object|embed|audio|video|img|meta|link|a|form|input|button|set|animate\w*|handler|listener|base|body|html|source|track|portal|discard|mpath|cursor|feimage)$`)
	asks    = regexp.MustCompile(`(?i)^(?:on.*|srcset|src|action|formaction|poster|ping|background|data|attributename|http-equiv)$`)
	inTheir = regexp.MustCompile(`(?i)^\s*(?:#|data:image/(?:png|jpeg|gif|webp|avif)[;,])`)
)

// does says what a drawing does beside drawing; "" for nothing.
func does(data string) string {
	l := xml.NewLexer(parse.NewInputString(data))
	style := ""
	in := false
	for {
		switch kind, raw := l.Next(); kind {
		case xml.ErrorToken:
			return styled(style, false)
		case xml.StartTagPIToken:
			if name := strings.TrimPrefix(string(raw), "<?"); name != "xml" {
				return "instruction " + name
			}
		case xml.StartTagToken:
			name := strings.TrimPrefix(string(raw), "<")
			_, local, prefixed := strings.Cut(name, ":")
			if !prefixed {
				local = name
			}
			if acts.MatchString(local) {
				return "element " + local
			}
			in = local == "style"
		case xml.EndTagToken:
			in = false
		case xml.AttributeToken:
			key := string(l.Text())
			value := unquoted(string(l.AttrVal()))
			if _, local, ok := strings.Cut(key, ":"); ok && !strings.HasPrefix(key, "xmlns") {
				key = local
			}
			switch {
			case strings.HasPrefix(key, "xmlns"), key == "id", key == "class", strings.HasPrefix(key, "data-"), strings.HasPrefix(key, "aria-"), key == "role", key == "lang", key == "title":
			case asks.MatchString(key):
				return "attribute " + key
			case strings.EqualFold(key, "href"):
				if !inTheir.MatchString(value) {
					return "href " + value
				}
			default:
				if what := styled(value, true); what != "" {
					return what
				}
			}
		case xml.TextToken:
			if in {
				style += string(unquoted(string(raw)))
			}
		case xml.CDATAToken:
			if in {
				style += string(l.Text())
			}
		}
	}
}

// unquoted undoes quotes and the references that XML knows without a
// declaration.
func unquoted(s string) string {
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') {
		s = s[1 : len(s)-1]
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&").Replace(s)
}

func styled(style string, inline bool) string {
	l := css.NewLexer(parse.NewInputString(style))
	for {
		switch kind, text := l.Next(); kind {
		case css.ErrorToken:
			return ""
		case css.URLToken, css.BadURLToken:
			if inner := strings.Trim(string(text[4:]), `"' )`); !strings.HasPrefix(inner, "#") {
				return "style " + string(text)
			}
		case css.AtKeywordToken:
			if !strings.EqualFold(string(text), "@media") {
				return "style " + string(text)
			}
		case css.FunctionToken:
			if name := strings.ToLower(string(text)); strings.HasPrefix(name, "image") || strings.HasPrefix(name, "-") || strings.HasPrefix(name, "src") || strings.HasPrefix(name, "expression") || strings.HasPrefix(name, "attr") || strings.HasPrefix(name, "element") {
				return "style " + name
			}
		}
	}
}

// FuzzSVG: of a picture that passes, a second reader, which knows nothing of the
// first, finds nothing that runs, moves or asks for anything.
func FuzzSVG(f *testing.F) {
	for _, m := range mistakes {
		if strings.HasSuffix(m.file, ".svg") {
			f.Add(strings.Replace(drawing, m.old, m.new, 1))
		}
	}
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg"><style>@media (prefers-color-scheme: dark){svg{stroke:rgb(0 0 0)}}</style><path d="M0 0h9" fill="url(#a)"/></svg>`)
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg"><style>a{fill:/**/url/**/(x)}</style><rect style="fill:URL( '#a' )"/></svg>`)
	f.Fuzz(func(t *testing.T, data string) {
		if _, ok := passes(t, "a.svg", []byte(data)); !ok {
			return
		}
		if what := does(data); what != "" {
			t.Errorf("passed with %s: %q", what, data)
		}
		if !strings.Contains(data, "svg") {
			t.Errorf("passed: %q", data)
		}
	})
}

func TestTheSecondReaderOfDrawingsFindsWhatTheFirstRefuses(t *testing.T) {
	found := 0
	for _, m := range mistakes {
		if strings.HasSuffix(m.file, ".svg") && does(strings.Replace(drawing, m.old, m.new, 1)) != "" {
			found++
		}
	}
	if found < 14 {
		t.Errorf("it finds %d of them", found)
	}
	if what := does(drawing); what != "" {
		t.Errorf("it finds %s in a drawing", what)
	}
}

// FuzzPicture: whatever the bytes are called, they are read or named; a picture
// that passes is what its name says, of a size that a browser can have.
func FuzzPicture(f *testing.F) {
	var p, j bytes.Buffer
	one := image.NewRGBA(image.Rect(0, 0, 3, 2))
	if png.Encode(&p, one) != nil || jpeg.Encode(&j, one, nil) != nil {
		f.Fatal("no picture was made")
	}
	f.Add(p.Bytes(), byte(0))
	f.Add(j.Bytes(), byte(1))
	f.Add(chunk("VP8X", "\x00\x00\x00\x00\x02\x00\x00\x01\x00\x00"), byte(2))
	f.Add(chunk("VP8L", "\x2F\x02\x40\x00\x00\x00\x00\x00\x00\x00"), byte(2))
	f.Add(chunk("VP8 ", "\x00\x00\x00\x9D\x01\x2A\x03\x00\x02\x00"), byte(2))
	f.Add([]byte("\x00\x00\x00\x1Cftypavif\x00\x00\x00\x00avifmif1miaf"), byte(3))
	f.Add([]byte("RIFF"), byte(2))
	marks := [][]byte{[]byte("\x89PNG\r\n\x1a\n"), []byte("\xFF\xD8"), []byte("RIFF"), nil}
	f.Fuzz(func(t *testing.T, data []byte, kind byte) {
		at := int(kind) % 4
		got, ok := passes(t, []string{"a.png", "a.jpg", "a.webp", "a.avif"}[at], data)
		if !ok {
			return
		}
		if !bytes.HasPrefix(data, marks[at]) || at == 3 && string(data[4:8]) != "ftyp" {
			t.Errorf("%q is taken as kind %d", data, at)
		}
		if got.Width < 0 || got.Height < 0 || at < 3 && (got.Width == 0 || got.Height == 0) || got.Width > 1<<31-1 || got.Height > 1<<31-1 {
			t.Errorf("%q is %d × %d", data, got.Width, got.Height)
		}
	})
}

// chunk is a WebP file with one chunk.
func chunk(name, data string) []byte {
	body := "WEBP" + name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(data)))) + data
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
}
