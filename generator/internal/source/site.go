package source

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

// Site is site.yaml.
type Site struct {
	Base       yamlfile.At[string]   `yaml:"base,required"` // absolute URL of the root, ending in a slash
	Repository yamlfile.At[string]   `yaml:"repository"`    // of the sources; empty when there is none to show
	Default    yamlfile.At[string]   `yaml:"default,required"`
	Languages  []Language            `yaml:"languages,required"`
	Sections   []Section             `yaml:"sections,required"`
	KeepAssets yamlfile.At[string]   `yaml:"keep_assets"` // see KeptBuilds
	Screens    []yamlfile.At[string] `yaml:"screens"`     // what the home page draws: the checker's symptoms, the first largest
}

// KeptBuilds is for how many builds, of those that change something, an asset
// stays after the last page that asks for it has changed.
func (s Site) KeptBuilds() int {
	n, _ := strconv.Atoi(s.KeepAssets.Value) // what is no number is a problem already
	return n
}

// assetBuilds is what keep_assets may say.
var assetBuilds = regexp.MustCompile(`^[0-9]{1,3}$`)

// Language is a language of the site.
type Language struct {
	Tag         yamlfile.At[string] `yaml:"tag,required"`    // BCP 47: ja
	Locale      string              `yaml:"locale,required"` // Open Graph: ja_JP
	Name        string              `yaml:"name,required"`   // in itself: 日本語
	Title       string              `yaml:"title,required"`  // the site's name
	Description string              `yaml:"description,required"`
}

// Section groups articles; its address is its id.
type Section struct {
	ID          yamlfile.At[string]   `yaml:"id,required"`
	Title       map[string]string     `yaml:"title,required"` // by language
	Description map[string]string     `yaml:"description,required"`
	Articles    []yamlfile.At[string] `yaml:"articles"` // slugs of those that come first, in this order
}

func (l *loader) checkSite(s *Site) {
	const file = "site.yaml"
	wrong := func(v yamlfile.At[string], hint, format string, args ...any) {
		at(l, file, v, diag.RuleSite, fmt.Sprintf(format, args...), hint)
		l.problems[len(l.problems)-1].Hides = true
	}
	if b := s.Base; b.Value != "" && !IsBase(b.Value) {
		wrong(b, "write https://example.org/ or https://name.github.io/repository/", "the base %q is not an address that ends in a slash", b.Value)
	}
	if r := s.Repository; r.Value != "" && !isAddress(r.Value) {
		wrong(r, "write https://github.com/name/repository", "the repository %q is not an address", r.Value)
	}
	s.Repository.Value = strings.TrimSuffix(s.Repository.Value, "/")
	if k := s.KeepAssets; k.Value != "" && !assetBuilds.MatchString(k.Value) {
		wrong(k, "write keep_assets: 3, or 0 to keep none", "%q is no number of builds to keep assets for", k.Value)
	}
	var tags, ids []string
	var languages []Language // without those that nothing can be named by
	for _, lang := range s.Languages {
		switch tag := lang.Tag.Value; {
		case tag == "": // named already
			continue
		case slices.Contains(tags, tag):
			wrong(lang.Tag, "keep one", "the language %q is there twice", tag)
			continue
		case !urlpath.IsSlug(tag):
			wrong(lang.Tag, "write ja, en, pt-br …", "%q is not a language tag", tag)
		case slices.Contains(outside, tag):
			wrong(lang.Tag, "write ja, en, pt-br …", "a language cannot be called %q: the site has pages of its own there", tag)
		}
		tags, languages = append(tags, lang.Tag.Value), append(languages, lang)
	}
	s.Languages = languages
	if len(tags) > 0 && s.Default.Value != "" && !slices.Contains(tags, s.Default.Value) {
		wrong(s.Default, diag.DidYouMean(s.Default.Value, tags), "the default %q is none of the languages", s.Default.Value)
	}
	for _, sec := range s.Sections {
		switch id := sec.ID.Value; {
		case id == "": // named already
		case slices.Contains(ids, id):
			wrong(sec.ID, "keep one", "the section %q is there twice", id)
		case !urlpath.IsSlug(id):
			wrong(sec.ID, "it is a part of addresses", "the section's id %q is not made of a-z, 0-9 and hyphens", id)
		case slices.Contains(Reserved, id):
			wrong(sec.ID, "the site has a page of its own there", "a section cannot be called %q", id)
		}
		ids = append(ids, sec.ID.Value)
		for _, words := range []struct {
			key string
			in  map[string]string
		}{{"title", sec.Title}, {"description", sec.Description}} {
			for _, tag := range tags {
				if len(words.in) > 0 && strings.TrimSpace(words.in[tag]) == "" {
					wrong(sec.ID, fmt.Sprintf("add \"%s: …\" to its %s", tag, words.key), "the section %q has no %s in %q", sec.ID.Value, words.key, tag)
				}
			}
			for _, tag := range slices.Sorted(maps.Keys(words.in)) {
				if !slices.Contains(tags, tag) && len(tags) > 0 {
					l.unused(file, sec.ID.Line, sec.ID.Col, tag, tags)
				}
			}
		}
		for i, slug := range sec.Articles {
			if slices.ContainsFunc(sec.Articles[:i], func(v yamlfile.At[string]) bool { return v.Value == slug.Value }) {
				wrong(slug, "keep one", "the article %q is there twice", slug.Value)
			}
		}
	}
}

// isAddress tells whether s is an absolute address of the web.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil && !strings.ContainsAny(s, " \n")
}

// IsBase tells whether a site can stand under the address: an absolute one
// that ends in a slash, with nothing in it that a browser would take away.
func IsBase(address string) bool {
	u, err := url.Parse(address)
	if err != nil || !isAddress(address) || strings.HasSuffix(u.Host, ":") {
		return false
	}
	if port := u.Port(); port != "" {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
	}
	return !strings.ContainsAny(address, "?#\"<>\\") && (u.Path == "/" || path.Clean(u.Path)+"/" == u.Path)
}

// Names that pages of the site's own have, or will have.
var (
	Reserved = []string{"articles", "check", "glossary", "hosts", "search", "support"} // below a language
	outside  = []string{"assets", "k"}                                                 // beside the languages
)

func known(site *Site, tag string) bool {
	return slices.ContainsFunc(site.Languages, func(l Language) bool { return l.Tag.Value == tag })
}

func tags(site *Site) []string {
	var all []string
	for _, l := range site.Languages {
		all = append(all, l.Tag.Value)
	}
	return all
}
