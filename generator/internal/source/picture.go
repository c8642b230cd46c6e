package source

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // to know the size of pictures
	_ "image/png"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
)

// Picture is a file beside an article's texts.
type Picture struct {
	Name          string
	Data          []byte
	Width, Height int // in pixels; 0 when the format does not say
}

// pictures are the extensions that a picture may have.
var pictures = []string{".svg", ".png", ".jpg", ".webp", ".avif"}

// picture reads a picture, and names what a browser would not show or what the
// site's policy forbids.
func (l *loader) picture(file string) Picture {
	p := Picture{Name: path.Base(file)}
	var err error
	if p.Data, err = fs.ReadFile(l.fsys, file); err != nil {
		l.failure = cmp.Or(l.failure, err)
		return p
	}
	if path.Ext(file) == ".svg" {
		p.Width, p.Height = l.svg(file, p.Data)
		return p
	}
	var format string
	switch {
	case len(p.Data) >= 30 && string(p.Data[:4]) == "RIFF" && string(p.Data[8:12]) == "WEBP":
		format = "webp"
		p.Width, p.Height = webp(p.Data[12:])
	case len(p.Data) >= 12 && string(p.Data[4:8]) == "ftyp" && string(p.Data[8:11]) == "avi":
		format = "avif"
	default:
		var c image.Config
		if c, format, err = image.DecodeConfig(bytes.NewReader(p.Data)); err == nil {
			p.Width, p.Height = c.Width, c.Height
		}
	}
	if want := strings.Replace(path.Ext(file)[1:], "jpg", "jpeg", 1); format != want {
		hint := "export it again"
		if format != "" {
			hint = "name it by what it is: it is of the format " + format
		}
		l.problem(file, 0, 0, diag.RulePicture, "the file is not a picture of the format "+want, hint)
	}
	return p
}

// webp gives the size that the first chunk of a WebP file says; see the
// specification of its container at developers.google.com/speed/webp.
func webp(chunk []byte) (width, height int) {
	data := chunk[8:]
	switch string(chunk[:4]) {
	case "VP8X":
		bits := func(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
		return bits(data[4:]) + 1, bits(data[7:]) + 1
	case "VP8L":
		bits := binary.LittleEndian.Uint32(data[1:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1
	case "VP8 ":
		return int(binary.LittleEndian.Uint16(data[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(data[8:]) & 0x3fff)
	}
	return 0, 0
}

const svgSpace = "http://www.w3.org/2000/svg"

// Elements of SVG that run, or bring in what is not a drawing.
var foreign = []string{"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}

var (
	inStyle    = regexp.MustCompile(`(?i)(?:url\(|@import)\s*["']?\s*([^"'\s)]*)`)
	ownPicture = regexp.MustCompile(`^data:image/(png|jpeg|gif|webp|avif)[;,]`)
)

// reachesOut tells whether a style refers to something outside its file.
func reachesOut(style string) bool {
	return slices.ContainsFunc(inStyle.FindAllStringSubmatch(style, -1), func(m []string) bool {
		return !strings.HasPrefix(m[1], "#") && !strings.HasPrefix(m[1], "data:")
	})
}

// svg names what makes a drawing more than a drawing: opened by itself, it is
// a page of the site, and no policy of a page around it holds. It gives the
// drawing's size.
func (l *loader) svg(file string, data []byte) (width, height int) {
	wrong := func(offset int64, message, hint string) {
		above := data[:min(int(offset), len(data))]
		start := bytes.LastIndexByte(above, '\n') + 1
		l.problem(file, bytes.Count(above, []byte("\n"))+1, utf8.RuneCount(above[start:])+1, diag.RulePicture, message, hint)
	}
	const draw = "a picture holds shapes and text; take it away, or export the picture again as plain SVG"
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, style := 0, 0 // style is the depth of the style element that is open
	for first := true; ; {
		at := d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) && !first {
			return width, height
		}
		if err != nil {
			var syntax *xml.SyntaxError
			message := strings.Replace(err.Error(), "EOF", "the file is empty", 1)
			if errors.As(err, &syntax) {
				at, message = d.InputOffset(), syntax.Msg
			}
			wrong(at, "not SVG: "+message, "export the picture again as plain SVG")
			return width, height
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name
			if first {
				first = false
				if name.Local != "svg" || name.Space != svgSpace {
					wrong(at, fmt.Sprintf("the picture's first element is %q, not svg", name.Local), `begin with <svg xmlns="`+svgSpace+`" viewBox="0 0 width height">`)
					return 0, 0
				}
				width, height = svgSize(token.Attr)
			}
			if depth++; style == 0 && name.Local == "style" {
				style = depth
			}
			if slices.ContainsFunc(foreign, func(s string) bool { return strings.EqualFold(s, name.Local) }) {
				wrong(at, fmt.Sprintf("a picture with an element %q", name.Local), draw)
			}
			for _, a := range token.Attr {
				value := strings.ToLower(strings.TrimSpace(a.Value))
				switch key := strings.ToLower(a.Name.Local); {
				case strings.HasPrefix(key, "on"), key == "attributename" && (strings.HasPrefix(value, "on") || strings.HasSuffix(value, "href")):
					wrong(at, fmt.Sprintf("a picture with a script in the attribute %q", a.Name.Local), draw)
				case (key == "href" || key == "src") && !strings.HasPrefix(value, "#") && !ownPicture.MatchString(value),
					key == "base", reachesOut(value):
					wrong(at, fmt.Sprintf("a picture with a reference to another file in the attribute %q", a.Name.Local), "nothing is fetched for a picture: put it into the file, or take it away")
				}
			}
		case xml.EndElement:
			if depth--; depth < style {
				style = 0
			}
		case xml.CharData:
			if style > 0 && reachesOut(string(token)) {
				wrong(at, "a picture with a reference to another file in its style", "nothing is fetched for a picture: put it into the file, or take it away")
			}
		case xml.ProcInst:
			if strings.EqualFold(token.Target, "xml-stylesheet") {
				wrong(at, "a picture with a stylesheet of its own", draw)
			}
		case xml.Directive:
			if bytes.IndexByte(token, '[') >= 0 {
				wrong(at, "a picture that declares entities", draw)
			}
		}
	}
}

// svgSize gives the size that the first element says, by its width and height
// or by its view box.
func svgSize(attrs []xml.Attr) (width, height int) {
	number := func(s string) float64 {
		f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
		if err != nil || f < 1 || f > 1e5 {
			return 0
		}
		return f
	}
	var w, h, boxW, boxH float64
	for _, a := range attrs {
		switch a.Name.Local {
		case "width":
			w = number(a.Value)
		case "height":
			h = number(a.Value)
		case "viewBox":
			if box := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' }); len(box) == 4 {
				boxW, boxH = number(box[2]), number(box[3])
			}
		}
	}
	if w == 0 || h == 0 {
		w, h = boxW, boxH
	}
	if w == 0 || h == 0 {
		return 0, 0
	}
	return int(w + 0.5), int(h + 0.5)
}
