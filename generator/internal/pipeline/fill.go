package pipeline

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"sslclinic/generator/internal/blocks"
	"sslclinic/generator/internal/markdown"
	"sslclinic/generator/internal/site"
	"sslclinic/generator/internal/source"
)

// fill fills a text's holes: links, pictures and figures. The text is in the
// language of.
func (b *builder) fill(here place, text *source.Text, doc *markdown.Doc, of string) (template.HTML, []byte, error) {
	on := b.blocksOn(here.in(of))
	inHTML, inMarkdown := make([]string, len(doc.Holes)), make([]string, len(doc.Holes))
	for i, h := range doc.Holes {
		if h.Kind == markdown.Block {
			drawing, err := blocks.Draw(on, h, "figure-"+strconv.Itoa(i+1))
			if err != nil {
				return "", nil, fmt.Errorf("%s:%d: %w", text.File, h.Line, err)
			}
			inHTML[i], inMarkdown[i] = string(drawing.HTML), drawing.Markdown
			continue
		}
		target := b.Links(doc)[i]
		if target.Picture {
			address := here.to(b.assets.paths[target.Path])
			inHTML[i], inMarkdown[i] = address, address
			if h.Kind == markdown.Picture {
				inHTML[i] = `src="` + template.HTMLEscapeString(address) + `"` + size(target)
			}
			continue
		}
		address := readers(target.Path, of, here.lang)
		inHTML[i], inMarkdown[i] = here.to(address), here.to(address)
		if p, anchor, ok := strings.Cut(address, "#"); target.Page {
			inMarkdown[i] = here.to(p + "index.md")
			if ok {
				inMarkdown[i] += "#" + anchor
			}
		}
	}
	body := doc.HTML(inHTML)
	if doc.Fills {
		fields, err := on.Fields()
		if err != nil {
			return "", nil, err
		}
		body = template.HTML(strings.Replace(string(body), markdown.Fields, string(fields), 1))
	}
	return body, doc.Markdown(inMarkdown), nil
}

// readers keeps a reader of a page that fell back to another language in the
// language that was asked for.
func readers(address, of, lang string) string {
	if rest, ok := strings.CutPrefix(address, of+"/"); ok {
		return lang + "/" + rest
	}
	return address
}

// size gives a picture's width and height as attributes, so that the page
// does not jump when it arrives; nothing for formats that do not say it.
func size(t site.Target) string {
	if t.Width == 0 || t.Height == 0 {
		return ""
	}
	return fmt.Sprintf(` width="%d" height="%d"`, t.Width, t.Height)
}

// blocksOn is what the blocks of a text may ask of the page that it stands on.
func (b *builder) blocksOn(here place) blocks.Page {
	page := blocks.Page{Figures: b.figures[here.lang], Choices: b.choices, Sketches: b.screens}
	if b.checker != nil {
		phrasing := b.phrasing(here)
		page.Phrasing = &phrasing
	}
	return page
}
