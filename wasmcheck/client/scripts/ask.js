// <ssl-check> inside an article: links to the pages without script, until one
// is followed. Then the checker comes out of its own page, words and all, and
// goes on here from the article's symptom.

import { linked } from './choice.js';
import { offer } from './copy.js';

const box = document.querySelector('.ask');
const ours = () => location.hash.startsWith('#v=');
let begun;

async function begin() {
  const at = new URL(box.dataset.page, location);
  const page = new DOMParser().parseFromString(await (await fetch(at)).text(), 'text/html');
  const whole = page.querySelector('ssl-check');
  whole.dataset.at = at;
  whole.dataset.start = box.dataset.start;
  const [{ adapt }] = await Promise.all([import('./words.js'), import('./ssl-check.js')]);
  adapt(whole, at);
  offer(whole);
  box.replaceWith(whole);
  whole.show(true);
}

// A failed download leaves the links, which lead on.
const go = (href) => { begun ??= begin().catch(() => { begun = undefined; if (href) location.href = href; }); };

if (box) {
  box.addEventListener('click', (event) => {
    const link = event.target.closest('[data-answer]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const host = !link.dataset.answer.startsWith('origin=') && linked('host');
    const answers = [`symptom=${box.dataset.start}`, link.dataset.answer, host && `provider=${host}`].filter(Boolean).sort();
    history.pushState(null, '', `#v=1&${answers.join('&')}`);
    go(link.href);
  });
  addEventListener('hashchange', () => { if (ours()) go(); });
  if (ours()) go();
}
