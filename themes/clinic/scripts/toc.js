// The table of contents follows the reader: aria-current is on the last
// heading that has passed the upper third of the window.

const toc = document.querySelector('.toc');
const links = toc ? [...toc.querySelectorAll('a')] : [];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

function follow() {
  const line = innerHeight / 3;
  const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  const now = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top <= line);
  const current = links[atEnd && now >= 0 ? Math.max(now, lastVisible()) : now];
  for (const link of links) {
    if (link === current) link.setAttribute('aria-current', 'location');
    else link.removeAttribute('aria-current');
  }
  if (current && toc.scrollHeight > toc.clientHeight) current.scrollIntoView({ block: 'nearest' });
}

// At the end of the page the last headings cannot reach the line.
function lastVisible() {
  return headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < innerHeight);
}

if (links.length) {
  const observer = new IntersectionObserver(follow, { rootMargin: '0% 0% -66% 0%' });
  for (const heading of headings) if (heading) observer.observe(heading);
  addEventListener('scrollend', follow);

  // Beside the text it is open, above the text it opens when asked.
  const details = toc.querySelector('details');
  const beside = matchMedia('(width >= 64rem)');
  const summary = details.querySelector('summary');
  const fit = () => {
    details.open = beside.matches;
    if (beside.matches) summary.tabIndex = -1;
    else summary.removeAttribute('tabindex');
  };
  fit();
  beside.addEventListener('change', fit);
  toc.addEventListener('click', ({ target }) => {
    if (target.closest('a') && !beside.matches) details.open = false;
  });
}
