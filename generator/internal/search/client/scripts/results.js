// What is found, on the page of results. The words stand in the page.

import { ask, marks, open } from './search.js';

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw response;
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** Answers what stands in the field of a <site-search>. */
export class Results {
  #element;
  #field;
  #indexes;
  #asked = '';
  #busy;

  constructor(element, field) {
    this.#element = element;
    this.#field = field;
    this.#indexes = [...element.dataset.indexes.matchAll(/(\S+) (\S+)/g)].map(([, lang, at]) => {
      const root = new URL(at, document.baseURI).href;
      return [lang, open((name) => load(name ? root.replace(/\.\w+\.bin$/, `/${name}`) : root))];
    });
    this.#indexes[0][1]('').catch(() => {}); // its root is there before it is asked
  }

  slot(name) { return this.#element.querySelector(`[data-slot=${name}]`); }

  /** While one query is on its way, only the last of the others. */
  async show() {
    this.#asked = this.#field.query;
    if (this.#busy) return;
    this.#busy = true;
    const late = setTimeout(() => this.say('waiting'), 200);
    let query;
    do {
      query = this.#asked;
      try {
        let shown = [];
        // The first are there before the words of the others are fetched.
        const found = query ? await ask(this.#indexes, query, 20, (found) => {
          if (query !== this.#asked) throw query;
          if (found[shown.length]) this.fill(query, found, shown);
          shown = found;
        }) : [];
        this.fill(query, found, shown);
        this.say(found[0] ? 'found' : query && 'none', found.length);
      } catch {
        if (query !== this.#asked) continue;
        this.fill('', []);
        this.say('failed');
      }
    } while (query !== this.#asked);
    clearTimeout(late);
    this.#busy = false;
  }

  /** Shows what is found, but for the first that are shown already. */
  fill(query, found, shown = []) {
    if (!this.#element.isConnected) return; // the page has become another (hand.js)
    const items = found.slice(shown.length).map(({ url, part, title, heading, excerpt, lang }) => {
      const item = this.#element.querySelector('template').content.firstElementChild.cloneNode(true);
      const link = item.querySelector('a');
      link.href = new URL(url, new URL(this.#element.dataset.root, document.baseURI)).href;
      const put = (parent, words) => {
        let at = 0;
        for (const [from, to] of marks(words, query)) {
          const mark = document.createElement('mark');
          mark.textContent = words.slice(from, to);
          parent.append(words.slice(at, from), mark);
          at = to;
        }
        parent.append(words.slice(at));
      };
      // Sections of many pages are called alike, and parts of one page have its title.
      put(link.querySelector('b'), part ? heading : title);
      put(link.querySelector('small'), part ? title : heading);
      put(item.querySelector('p'), excerpt);
      item.lang = lang;
      return item;
    });
    const list = this.slot('results');
    if (shown[0]) list.append(...items);
    else {
      if (found[0]?.exact) this.#field.message(found[0].url);
      const within = list.contains(document.activeElement);
      list.replaceChildren(...items);
      if (within) this.#element.field.focus();
    }
    if (query || location.hash) history.replaceState(history.state, '', query ? `#q=${encodeURIComponent(query)}` : location.pathname);
  }

  say(state, count) {
    const status = this.slot('status');
    status.textContent = (status.dataset[state] ?? '').replace('{count}', count);
    this.#element.dataset.state = state;
  }
}
