// The two fields above a page's first command: what is typed there stands in all of
// its commands and texts, in place of example.com and 203.0.113.10. It is kept
// in the fields and nowhere else, and links stay as they are.

const prose = document.querySelector('.prose');
const form = prose.querySelector('.fields');
const [name, address] = form.querySelectorAll('input');
const status = form.querySelector('[role=status]');

// Each place becomes an element; colours of the code may divide one.
function mark() {
  const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT, ({ parentElement }) => (parentElement.closest('a') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const nodes = [];
  let all = '';
  while (walker.nextNode()) {
    nodes.push([all.length, walker.currentNode]);
    all += walker.currentNode.data;
  }
  for (const { 0: text, index } of [...all.matchAll(/(?<![\w-])(?:www\.)?example\.com(?![\w-])|203\.0\.113\.10(?!\d)/g)].reverse()) {
    const at = (offset) => {
      const [start, node] = nodes.findLast(([from]) => from <= offset);
      return [node, offset - start];
    };
    const range = new Range();
    range.setStart(...at(index));
    const [last, length] = at(index + text.length - 1);
    range.setEnd(last, length + 1);
    const place = document.createElement('span');
    place.dataset.filled = text;
    // There an IPv6 address stands in brackets.
    if (/[:/]/.test(all[index - 1] ?? '') || /[:/]/.test(all[index + text.length] ?? '')) place.dataset.port = '';
    place.textContent = text;
    range.deleteContents();
    range.insertNode(place);
  }
}

const host = (text) => {
  const [, typed] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#:@\s]+)(?::\d+)?(?:[/?#].*)?$/i.exec(text) ?? [];
  try {
    const { hostname } = new URL(`https://${typed}`);
    return /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(hostname) ? hostname : '';
  } catch { return ''; }
};

const ip = (text) => {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text.split('.').every((part) => part < 256) ? text : '';
  if (!text.includes(':') || text.includes('/')) return '';
  try { return new URL(`https://[${text.replace(/^\[|\]$/g, '')}]`).hostname.slice(1, -1); } catch { return ''; }
};

// Addresses at which Cloudflare answers for a site that is proxied.
const edge = /^(104\.(1[6-9]|2[0-7])|172\.(6[4-9]|7[01])|162\.15[89]|188\.114\.(9[6-9]|10\d|11[01]))\.|^(2606:4700|2a06:98c1):/;

const typed = (input) => input.value.normalize('NFKC').trim();

function fill() {
  const own = host(typed(name));
  let there = ip(typed(address)) || host(typed(address));
  const wrong = edge.test(there) ? 'edge' : 'address';
  if (wrong === 'edge') there = ''; // a command with it would test Cloudflare, and find nothing wrong
  const said = [typed(name) && !own && 'name', typed(address) && !there && wrong].find(Boolean);
  name.ariaInvalid = said === 'name';
  address.ariaInvalid = said === wrong;
  status.textContent = status.dataset[said] ?? '';
  for (const place of prose.querySelectorAll('[data-filled]')) {
    const { filled } = place.dataset;
    const value = filled === address.dataset.fill ? ('port' in place.dataset && there.includes(':') ? `[${there}]` : there) : own && (filled.startsWith('www.') && !own.startsWith('www.') ? `www.${own}` : own);
    place.textContent = value || filled;
    place.classList.toggle('filled', Boolean(value));
  }
}

form.hidden = false;
form.addEventListener('input', mark, { once: true }); // most readers type nothing
form.addEventListener('input', fill);
