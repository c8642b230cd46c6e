// What is found, on the page of results: the module and its indexes are fetched
// when they are first wanted. The words stand in the page.

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw response;
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** Answers what stands in the field of a <site-search>. */
export class Results {
  #element;
  #field;
  #engine;
  #asked = '';
  #busy;

  constructor(element, field) {
    this.#element = element;
    this.#field = field;
    this.engine();
  }

  slot(name) { return this.#element.querySelector(`[data-slot=${name}]`); }

  /** The module and its indexes. */
  engine() {
    const { engine: module, indexes: list } = this.#element.dataset;
    this.#engine ??= import(new URL(module, document.baseURI)).then((engine) => {
      const indexes = [...list.matchAll(/(\S+) (\S+)/g)].map(([, lang, at]) => {
        const root = new URL(at, document.baseURI).href;
        return [lang, engine.open((name) => load(name ? root.replace(/\.\w+\.bin$/, `/${name}`) : root))];
      });
      indexes[0][1]('').catch(() => {}); // its root is there before it is asked
      return { ...engine, indexes };
    });
    this.#engine.catch(() => { this.#engine = undefined; });
    return this.#engine;
  }

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
        const engine = await this.engine();
        let shown = [];
        // The first are there before the words of the others are fetched.
        const found = query ? await engine.ask(engine.indexes, query, 20, (found) => {
          if (query !== this.#asked) throw query;
          if (found[shown.length]) this.fill(query, found, engine, shown);
          shown = found;
        }) : [];
        this.fill(query, found, engine, shown);
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
  fill(query, found, engine, shown = []) {
    if (!this.#element.isConnected) return; // the page has become another (hand.js)
    const items = found.slice(shown.length).map(({ url, part, title, heading, excerpt, lang }) => {
      const item = this.#element.querySelector('template').content.firstElementChild.cloneNode(true);
      const link = item.querySelector('a');
      link.href = new URL(url, new URL(this.#element.dataset.root, document.baseURI)).href;
      const put = (parent, words) => {
        let at = 0;
        for (const [from, to] of engine.marks(words, query)) {
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
    this.slot('status').textContent = (this.slot('status').dataset[state] ?? '').replace('{count}', count);
    this.#element.dataset.state = state;
  }
}
