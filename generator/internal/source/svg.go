package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
)

// A drawing draws, and does nothing else: opened by itself it is a page of the
// site, and no policy of a page around it holds. What is not known to be a part
// of a drawing is refused; a list of what is forbidden would never be whole.

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// wordSet is the words of a text.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// What a drawing consists of: shapes, text, what they are filled with, and
// filters. See the index of elements and of attributes of SVG 2.
var (
	svgElements = wordSet(`svg g defs symbol use switch title desc style
		path rect circle ellipse line polyline polygon text tspan textPath image
		linearGradient radialGradient stop pattern clipPath mask marker filter
		feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
		feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`)
	svgAttributes = wordSet(`id class lang role tabindex style type media version baseProfile
		viewBox preserveAspectRatio x y width height cx cy r rx ry x1 y1 x2 y2 fx fy fr d points pathLength dx dy rotate textLength lengthAdjust
		startOffset method spacing side offset transform href systemLanguage requiredExtensions
		gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
		markerUnits markerWidth markerHeight refX refY orient filterUnits primitiveUnits
		in in2 result mode operator k1 k2 k3 k4 values order kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha surfaceScale diffuseConstant
		specularConstant specularExponent kernelUnitLength azimuth elevation z pointsAtX pointsAtY pointsAtZ limitingConeAngle stdDeviation radius
		baseFrequency numOctaves seed stitchTiles scale xChannelSelector yChannelSelector tableValues slope intercept amplitude exponent
		alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters color-rendering direction display
		dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning
		font-size font-size-adjust font-stretch font-style font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering
		isolation kerning letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow
		paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
		stroke-opacity stroke-width text-anchor text-decoration text-rendering transform-box transform-origin unicode-bidi vector-effect visibility
		white-space word-spacing writing-mode`)
	// What may stand before a ( in a style.
	cssFunctions = wordSet(`url rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark var calc min max clamp
		matrix translate translatex translatey scale scalex scaley rotate skewx skewy
		blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
		circle ellipse inset polygon path not is where nth-child nth-of-type nth-last-child lang and or media`)
)

var (
	ownPicture  = regexp.MustCompile(`^data:image/(png|jpeg|gif|webp|avif)[;,]`)
	cssCall     = regexp.MustCompile(`([A-Za-z0-9_-]*)[ \t\r\n\f]*\(`)
	cssInternal = regexp.MustCompile(`^url\(\s*(?:#[^\s"'()]*|"#[^"()]*"|'#[^'()]*')\s*\)`)
	cssComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	declaration = regexp.MustCompile(`^version=["']1\.[01]["'](?:\s+encoding=["'][A-Za-z0-9._-]+["'])?(?:\s+standalone=["'](?:yes|no)["'])?\s*$`)
	cssRule     = regexp.MustCompile(`@[A-Za-z-]*`)
)

// reachesOut tells whether a style may refer to something outside its file, or
// run: whether it holds a rule, a function or an escape that a drawing has no
// need of.
func reachesOut(style string) bool {
	if strings.Contains(style, "\\") {
		return true // an escape spells what is looked for here
	}
	style = cssComment.ReplaceAllString(style, " ")
	if strings.Contains(style, "/*") || strings.Contains(style, "<") {
		return true
	}
	for _, rule := range cssRule.FindAllString(style, -1) {
		if !strings.EqualFold(rule, "@media") {
			return true
		}
	}
	for _, at := range cssCall.FindAllStringSubmatchIndex(style, -1) {
		name := strings.ToLower(style[at[2]:at[3]])
		if name != "" && !cssFunctions[name] || name == "url" && !cssInternal.MatchString(strings.ToLower(style[at[0]:])) {
			return true
		}
	}
	return false
}

// namedFreely tells whether an attribute's value is nothing that a browser acts
// on.
func namedFreely(a xml.Attr) bool {
	key := a.Name.Local
	return a.Name.Space == "" && (key == "id" || key == "class" || key == "role" || key == "lang" || strings.HasPrefix(key, "aria-") || strings.HasPrefix(key, "data-"))
}

// Hints for what a drawing is not.
const (
	draw  = "a picture holds shapes and text; take it away, or export the picture again as plain SVG"
	fetch = "nothing is fetched for a picture: put it into the file, or take it away"
)

// svg names what makes a drawing more than a drawing. It gives the drawing's
// size.
func (l *loader) svg(file string, data []byte) (width, height int) {
	wrong := func(offset int64, message, hint string) {
		above := data[:min(int(offset), len(data))]
		start := bytes.LastIndexByte(above, '\n') + 1
		l.problem(file, bytes.Count(above, []byte("\n"))+1, utf8.RuneCount(above[start:])+1, diag.RulePicture, message, hint)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, style := 0, 0 // style is the depth of the style element that is open
	var css strings.Builder
	var styleAt int64
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
			depth++
			unknown := name.Space != svgSpace || !svgElements[name.Local] || style > 0
			if what, hint := elementDoes(token, unknown); what != "" {
				wrong(at, "a picture with "+what, hint)
			}
			if style == 0 && name.Local == "style" {
				style = depth
				css.Reset()
			}
		case xml.EndElement:
			if style == depth && style > 0 {
				style = 0
				if reachesOut(css.String()) {
					wrong(styleAt, "a picture with a reference to another file in its style", fetch+"; a style has colours and lines, and @media alone of the rules")
				}
			}
			depth--
		case xml.CharData:
			if style > 0 {
				if css.Len() == 0 {
					styleAt = at
				}
				css.Write(token) // a comment may stand between two parts of a word
			}
		case xml.ProcInst:
			if token.Target != "xml" || !declaration.Match(token.Inst) {
				wrong(at, "a picture with a stylesheet of its own", draw)
			}
		case xml.Directive:
			if bytes.IndexByte(token, '[') >= 0 {
				wrong(at, "a picture that declares entities", draw)
			}
		}
	}
}

// elementDoes says what makes an element more than a part of a drawing: the
// worst of it, once. It is "" if nothing does.
func elementDoes(e xml.StartElement, unknown bool) (what, hint string) {
	for _, a := range e.Attr {
		if attributeRuns(a) {
			return fmt.Sprintf("a script in the attribute %q", a.Name.Local), draw
		}
		if attributeFetches(a) {
			return fmt.Sprintf("a reference to another file in the attribute %q", a.Name.Local), fetch
		}
	}
	if unknown {
		return fmt.Sprintf("an element %q", e.Name.Local), draw
	}
	for _, a := range e.Attr {
		if !attributeDraws(a) {
			return fmt.Sprintf("an attribute %q", a.Name.Local), draw
		}
	}
	return "", ""
}

func attributeRuns(a xml.Attr) bool {
	key, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
	return a.Name.Space != "xmlns" && (strings.HasPrefix(key, "on") || key == "attributename" && (strings.HasPrefix(value, "on") || strings.HasSuffix(value, "href")))
}

func attributeFetches(a xml.Attr) bool {
	key, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
	switch {
	case declares(a), namedFreely(a):
		return false
	case key == "href", key == "src":
		return !strings.HasPrefix(value, "#") && !ownPicture.MatchString(value)
	case key == "base", key == "srcset":
		return true
	}
	return svgAttributes[a.Name.Local] && reachesOut(a.Value)
}

// declares tells whether an attribute gives a name space a name.
func declares(a xml.Attr) bool {
	return a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns"
}

func attributeDraws(a xml.Attr) bool {
	key := a.Name.Local
	switch a.Name.Space {
	case "":
		return declares(a) || namedFreely(a) || svgAttributes[key]
	case xlinkSpace:
		return key == "href" || key == "type" || key == "title"
	case xmlSpace:
		return key == "space" || key == "lang"
	}
	return declares(a)
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
