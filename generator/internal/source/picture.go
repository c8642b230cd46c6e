package source

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"image"
	_ "image/jpeg" // to know the size of pictures
	_ "image/png"
	"io/fs"
	"path"
	"strings"

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

// otherPictures are those that are not taken, and what to do.
var otherPictures = map[string]string{
	".jpeg": "name it .jpg: a picture has one address",
	".gif":  "export it as .png or .webp: what moves is not stopped by who asks for no motion, and what does not is larger as a GIF",
	".bmp":  "export it as .png or .webp",
	".tif":  "export it as .png or .webp",
	".tiff": "export it as .png or .webp",
	".heic": "export it as .jpg or .avif",
	".jxl":  "export it as .jpg or .avif: not every browser shows it",
	".svgz": "unpack it: name it .svg",
	".ico":  "export it as .png",
}

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
		if p.Width, p.Height = webp(p.Data[12:]); p.Width > 0 && p.Height > 0 {
			format = "webp"
		}
	case len(p.Data) >= 12 && string(p.Data[4:8]) == "ftyp" && string(p.Data[8:11]) == "avi":
		format = "avif"
	default:
		var c image.Config
		if c, format, err = image.DecodeConfig(bytes.NewReader(p.Data)); err == nil && c.Width > 0 && c.Height > 0 {
			p.Width, p.Height = c.Width, c.Height
		} else {
			format = "" // it begins as one, and goes on as none
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

// webp gives the size that the first chunk of a WebP file says, 0 for a chunk
// that is none of a picture; see the specification of its container at
// developers.google.com/speed/webp.
func webp(chunk []byte) (width, height int) {
	data := chunk[8:]
	switch string(chunk[:4]) {
	case "VP8X":
		bits := func(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
		return bits(data[4:]) + 1, bits(data[7:]) + 1
	case "VP8L":
		if data[0] != 0x2F {
			return 0, 0
		}
		bits := binary.LittleEndian.Uint32(data[1:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1
	case "VP8 ":
		if string(data[3:6]) != "\x9D\x01\x2A" {
			return 0, 0
		}
		return int(binary.LittleEndian.Uint16(data[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(data[8:]) & 0x3fff)
	}
	return 0, 0
}
