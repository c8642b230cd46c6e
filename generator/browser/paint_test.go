package browser

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// paints are when a page is first seen, and when its largest part is, in
// milliseconds after it was asked for; and how far things have moved by then.
type paints struct{ First, Largest, Moved float64 }

// painting notes the largest part of a page, which is not kept for who comes
// later.
const painting = `performance.largest = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) performance.largest = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });` + shifts

// TestWhenAPageIsFirstSeen prints, and asserts nothing; .ci/paint runs it. The
// sites are folders by name, as in SSLCLINIC_PAINT="ours=DIR starlight=DIR", and
// are opened in turns by a reader who has never been there.
func TestWhenAPageIsFirstSeen(t *testing.T) {
	named := strings.Fields(os.Getenv("SSLCLINIC_PAINT"))
	if len(named) == 0 {
		t.Skip("skipped: it prints, and asserts nothing; .ci/paint makes the sites that it opens")
	}
	theBrowser(t)
	rounds, _ := strconv.Atoi(os.Getenv("SSLCLINIC_ROUNDS"))
	pages := []string{"ja/error-525/", "en/error-525/", "ja/ssl-modes/", "en/ssl-modes/"}
	names := make([]string, len(named))
	sites := make([]*hosted, len(named))
	for i, one := range named {
		name, dir, _ := strings.Cut(one, "=")
		names[i], sites[i] = name, slowly(t, os.DirFS(dir))
	}
	seen := map[string][]paints{}
	for range max(1, rounds) {
		for _, page := range pages {
			for i, name := range names {
				t.Run("", func(t *testing.T) {
					r := opens(t, sites[i], device{width: 390, height: 844, touch: true, languages: "ja"})
					r.notes(painting)
					r.throttles(conditions{Latency: 150, Download: 200_000, Upload: 200_000}, 4)
					defer r.throttles(conditions{Download: -1, Upload: -1}, 1)
					r.goes(page)
					seen[page+" "+name] = append(seen[page+" "+name], ask[paints](r, `new Promise((done) => setTimeout(() => done({
						First: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, Largest: performance.largest, Moved: performance.shifted }), 200))`))
				})
			}
		}
	}
	t.Logf("%-16s %-12s %13s %15s %9s", "page", "site", "first seen", "largest part", "moved")
	for _, page := range pages {
		for _, name := range names {
			some := seen[page+" "+name]
			least := slices.MinFunc(some, func(a, b paints) int { return int(a.First - b.First) })
			t.Logf("%-16s %-12s %5.0f (%4.0f) %15.0f %9.3f", page, name,
				median(some, func(p paints) float64 { return p.First }), least.First, median(some, func(p paints) float64 { return p.Largest }), median(some, func(p paints) float64 { return p.Moved }))
		}
	}
	t.Logf("medians of %d runs in turns, in ms; in brackets the earliest", max(1, rounds))
}
