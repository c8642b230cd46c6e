// Package client is the checker in a page: its scripts, and the templates of what they fill in. Every theme has them, as
// the folder that it stands on at last.
//
// Its law: whatever a script asks a page for is in a template of this folder, so that a theme need not know it. A theme
// may have a template of its own in the place of any of these; it keeps the attributes data-… and the classes then by which
// the scripts find their places. How all of it looks is the theme's.
//
//	scripts/*.js       ES modules, assets of every theme
//	templates/*.html   "checker" and "origin-leg" are the two elements, each given its page, whose heading
//	                   has the id "checker" where the first stands; "ask" is the checker in an
//	                   article, "said" what a page needs that has code to copy; the others are what these are made of
package client

import "embed"

// Files are the client's.
//
//go:embed scripts templates
var Files embed.FS
