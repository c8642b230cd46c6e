// <ssl-check> inside an article: links to the pages without script, until one
// is followed. Then the checker comes out of its own page, words and all, and
// goes on here from the article's symptom.

import { linked } from './choice.js';
import { offer } from './copy.js';
import { ahead } from './words.js';

const box = document.querySelector('.ask');
const ours = () => location.hash.startsWith('#v=');
let fetched;
let begun;

// The checker's own page, its scripts, and the module, which takes longest.
async function prepare() {
  const at = new URL(box.dataset.page, location);
  const [text, { adapt }, { start }] = await Promise.all([
    fetch(at).then((response) => response.text()), import('./words.js'), import('./engine.js'), import('./ssl-check.js'),
  ]);
  const whole = new DOMParser().parseFromString(text, 'text/html').querySelector('ssl-check');
  whole.dataset.at = at;
  whole.dataset.start = box.dataset.start;
  adapt(whole, at);
  start(whole.dataset.module).catch(() => {}); // it is asked again, and says so then
  return whole;
}

const ready = () => (fetched ??= prepare().catch((error) => { fetched = undefined; throw error; }));

async function begin(href) {
  // Its page does not know what this one told.
  const next = href && !box.dataset.start.includes('&') ? ahead(href).catch(() => '') : undefined;
  const whole = await ready();
  offer(whole);
  box.replaceWith(whole);
  whole.next = next;
  if (href) whole.show(true);
}

// A failed download leaves the links, which lead on.
const go = (href) => { begun ??= begin(href).catch(() => { begun = undefined; if (href) location.href = href; }); };

if (box) {
  box.addEventListener('click', (event) => {
    const link = event.target.closest('[data-answer]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    document.documentElement.dataset.case = ''; // its place, while what moves is the reader's doing
    const told = [...box.dataset.start.split('&'), link.dataset.answer];
    const host = !told.some((one) => /^(origin|provider)=/.test(one)) && linked('host');
    const answers = [...told, host && `provider=${host}`].filter(Boolean).sort();
    history.pushState(null, '', `#v=1&${answers.join('&')}`);
    go(link.href);
  });
  for (const intent of ['focusin', 'mouseover']) box.addEventListener(intent, () => ready().catch(() => {}), { once: true });
  addEventListener('hashchange', () => { if (box.isConnected && ours()) go(); });
  if (ours()) go();
}
