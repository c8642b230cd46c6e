package linkcheck

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"sslclinic/generator/internal/diag"
)

// readDrawing collects the ids that use elements elsewhere can name.
func (f *file) readDrawing() {
	f.anchors = map[string]bool{}
	tokens := html.NewTokenizer(bytes.NewReader(f.text))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		for _, more := tokens.TagName(); more; {
			var key, value []byte
			key, value, more = tokens.TagAttr()
			if string(key) == "id" {
				f.anchors[string(value)] = true
			}
		}
	}
}

var (
	cssComment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssReference = regexp.MustCompile(`url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')`)
)

func (f *file) readStyle() {
	// Blanks in place of comments keep every offset.
	text := cssComment.ReplaceAllFunc(f.text, func(c []byte) []byte { return bytes.Repeat([]byte(" "), len(c)) })
	for _, at := range cssReference.FindAllSubmatchIndex(text, -1) {
		for group := 2; group < len(at); group += 2 {
			if at[group] < 0 {
				continue
			}
			value := string(text[at[group]:at[group+1]])
			if !strings.HasPrefix(value, "#") { // of the page that uses the style
				f.refer(at[0], resource, "url", value)
			}
		}
	}
}

// readXML checks what a site map lists and what a feed links to. Other XML has
// to be well-formed.
func (f *file) readXML() {
	decoder := xml.NewDecoder(bytes.NewReader(f.text))
	root, inside := "", ""
	for {
		at := int(decoder.InputOffset())
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			f.problem(at, diag.RuleXML, "this is not XML: "+strings.TrimPrefix(err.Error(), "XML syntax error on "), "programs that read it stop here")
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			inside = t.Name.Local
			if root == "" {
				root = inside
			}
			for _, a := range t.Attr {
				switch root + " " + inside + " " + a.Name.Local {
				case "urlset link href":
					f.refer(at, listing, "href", a.Value)
				case "feed link href", "feed content src":
					f.refer(at, mention, a.Name.Local, a.Value)
				}
			}
		case xml.EndElement:
			inside = ""
		case xml.CharData:
			switch root + " " + inside {
			case "urlset loc", "sitemapindex loc":
				f.refer(at, listing, "loc", string(t))
			case "feed icon", "feed logo":
				f.refer(at, mention, inside, string(t))
			}
		}
	}
}
