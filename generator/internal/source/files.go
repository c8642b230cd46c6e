package source

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"sslclinic/generator/internal/diag"
	"sslclinic/generator/internal/urlpath"
	"sslclinic/generator/internal/yamlfile"
)

// largest is the most that one Markdown file may measure, in bytes.
const largest = 1 << 20

type loader struct {
	fsys     fs.FS
	dir      string
	problems diag.List
	failure  error // the first failure to read
	unlisted Unlisted
}

func (l *loader) problem(file string, line, col int, rule diag.Rule, message, hint string) {
	l.problems = append(l.problems, diag.Problem{File: path.Join(l.dir, file), Line: line, Col: col, Rule: rule, Message: message, Hint: hint})
}

// at names a problem with a value that a YAML file says.
func at[T any](l *loader, file string, v yamlfile.At[T], rule diag.Rule, message, hint string) {
	l.problem(file, v.Line, v.Col, rule, message, hint)
}

// Unlisted remembers which words in a language that the site does not have were
// named already: once a file. They do no harm, and a site that leaves a language
// out may keep them.
type Unlisted map[string]bool

// Warn names words in the language tag, unless it has done so for the file. tags
// are the languages that the site has.
func (u Unlisted) Warn(file string, line, col int, tag string, tags []string) diag.List {
	if u[file+tag] {
		return nil
	}
	u[file+tag] = true
	return diag.List{{
		File: file, Line: line, Col: col, Severity: diag.Warning, Rule: diag.RuleLanguage,
		Message: fmt.Sprintf("words in %q are not used: it is none of the languages", tag), Hint: diag.DidYouMean(tag, tags),
	}}
}

func (l *loader) unused(file string, line, col int, tag string, tags []string) {
	l.problems = append(l.problems, l.unlisted.Warn(path.Join(l.dir, file), line, col, tag, tags)...)
}

// unread names, of words by language, those in none of the site's.
func unread[T any](l *loader, file string, site *Site, words map[string]yamlfile.At[T]) {
	for _, tag := range slices.Sorted(maps.Keys(words)) {
		if !known(site, tag) && len(site.Languages) > 0 {
			l.unused(file, words[tag].Line, words[tag].Col, tag, tags(site))
		}
	}
}

// list gives a folder's entries, without those that a system or an editor
// leaves behind, and names those whose name cannot be a URL. A folder with such
// a name is given all the same: what is in it has to be looked at too.
func (l *loader) list(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.failure = cmp.Or(l.failure, err)
		return nil
	}
	var kept []fs.DirEntry
	for _, e := range entries {
		name, file := e.Name(), path.Join(dir, e.Name())
		stem := strings.TrimSuffix(name, path.Ext(name))
		switch {
		case strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~"):
		case e.Type()&fs.ModeSymlink != 0:
			l.problem(file, 0, 0, diag.RuleFile, "a symbolic link", "put the file itself here")
		case !e.IsDir() && !e.Type().IsRegular():
			l.problem(file, 0, 0, diag.RuleFile, "not a file", "take it away")
		case slices.ContainsFunc(strings.Split(stem, "."), func(part string) bool { return !urlpath.IsSlug(part) }) || strings.ToLower(name) != name:
			l.problem(file, 0, 0, diag.RuleFileName, fmt.Sprintf("the name %q is not made of a-z, 0-9 and hyphens", name), "rename it to "+slug(name))
			if e.IsDir() && (dir == "articles" || dir == "checker") {
				kept = append(kept, e)
			}
		default:
			kept = append(kept, e)
		}
	}
	return kept
}

// slug makes a name that is allowed out of one that is not.
func slug(name string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.':
			return r
		}
		return '-'
	}, strings.ToLower(name))
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' })
	s = strings.ReplaceAll(strings.Join(parts, "-"), "-.", ".")
	if s = strings.Trim(s, "-."); strings.HasPrefix(path.Ext(name), "."+s) || s == "" {
		return "a name such as error-525"
	}
	return s
}

// read gives a text file's bytes, and names what makes it no such file.
func (l *loader) read(file string) ([]byte, bool) {
	data, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.failure = cmp.Or(l.failure, err)
		return nil, false
	}
	if bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) {
		l.problem(file, 1, 1, diag.RuleFile, "the file begins with a byte order mark", "save it as UTF-8 without one")
		data = data[3:]
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		line, col := invalid(data)
		l.problem(file, line, col, diag.RuleFile, "these bytes are not UTF-8 text", "save the file as UTF-8")
		return nil, false
	}
	if len(data) > largest {
		l.problem(file, 0, 0, diag.RuleFile, fmt.Sprintf("the file is larger than %d KiB", largest>>10), "cut it into several articles")
		return nil, false
	}
	return data, true
}

// invalid gives the place of the first byte that is not text.
func invalid(data []byte) (line, col int) {
	line, col = 1, 1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			break
		}
		if i, col = i+size, col+1; r == '\n' {
			line, col = line+1, 1
		}
	}
	return line, col
}

func (l *loader) yaml(file string, data []byte, v any) {
	l.problems = append(l.problems, yamlfile.Decode(path.Join(l.dir, file), 0, data, v)...)
}
