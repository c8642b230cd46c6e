// The page for addresses at which nothing stands: it reads the address for a
// number, an id or a name that the site knows, and says which page was meant, in
// the language of the address or of the reader. All names are in the page.

const { root } = document.querySelector('[data-missing]').dataset;
let path = location.pathname;
try { path = decodeURIComponent(path); } catch {} // it is no address of ours
const address = path.slice(root.length).toLowerCase();
const parts = address.split('/').filter(Boolean).map((part) => part.replace(/\.(html?|php|md)$/, ''));

const doors = [...document.querySelectorAll('.doors > li')];
const base = (tag) => tag.toLowerCase().split('-')[0];
let chosen;
try { chosen = localStorage.getItem('language'); } catch {}
const door = [parts[0], chosen, ...navigator.languages].filter(Boolean).map((tag) => doors.find(({ lang }) => base(lang) === base(tag))).find(Boolean) ?? doors[0];
const known = [...door.querySelector('template').content.children].map((link) => ({ link, names: link.dataset.names.split(' ') }));

const named = (name) => known.find(({ names }) => names.includes(name));

// The names that a part of an address may stand for: error525, 525-error.
const readings = (part) => [part, part.replace(/[ _]+/g, '-'), part.replace(/^(?:cloudflare|http|ssl)?[-_ ]?(?:error|code)[-_ ]?|[-_ ]?error$/g, '')];

/** How many letters apart two names are. */
function apart(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
    row = next;
  }
  return row[b.length];
}

function nearest(part) {
  if (part.length < 5) return undefined;
  const all = known.flatMap(({ link, names }) => names.map((name) => ({ link, far: apart(part, name) }))).sort((a, b) => a.far - b.far);
  return all[0]?.far <= 2 ? all[0] : undefined;
}

// The last part that means something counts.
const number = /\d{3,4}/.exec(parts.at(-1) ?? '')?.[0];
const meant = [...parts].reverse().map((part) => readings(part).map(named).find(Boolean)
  ?? (part.match(/\d{3,4}/g) ?? []).map(named).find(Boolean) ?? (/\d{3}/.test(part) ? undefined : nearest(part))).find(Boolean);

for (const other of doors) if (other !== door) door.after(other); // the reader's first
const says = door.querySelector('[data-slot=meant]');
if (meant) {
  const link = document.importNode(meant.link, true); // in a template it has no address yet
  says.querySelector('p').append(' ', link);
  link.search = location.search;
  link.hash = location.hash;
  says.hidden = false;
} else if (number) {
  const none = door.querySelector('[data-slot=number]');
  none.textContent = none.textContent.replace('{number}', number);
  none.hidden = false;
}
const field = door.querySelector('[name=q]');
if (field && !meant) field.value = number ?? (parts.at(-1) ?? '').replace(/[-_]+/g, ' ');
