// What is found, on the page of results: the module and its indexes are fetched
// when they are first wanted. The words stand in the page.

const template = (element, name) => element.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
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
  }

  slot(name) { return this.#element.querySelector(`[data-slot=${name}]`); }

  /** The module and its indexes. */
  engine() {
    const { engine: module, indexes: list } = this.#element.dataset;
    this.#engine ??= import(new URL(module, document.baseURI)).then((engine) => {
      const parts = list.split(' ');
      const indexes = [];
      while (parts[0]) {
        const lang = parts.shift();
        const root = new URL(parts.shift(), document.baseURI).href;
        let index;
        indexes.push([lang, () => {
          index ??= engine.open((name) => load(name ? root.replace(/\.\w+\.bin$/, `/${name}`) : root), '');
          index.catch(() => { index = undefined; });
          return index;
        }]);
      }
      indexes[0][1]().catch(() => {});
      return { ...engine, indexes };
    });
    this.#engine.catch(() => { this.#engine = undefined; });
    return this.#engine;
  }

  /** While one query is on its way, only the last of the others. */
  async show() {
    this.#asked = this.#element.field.value.trim();
    if (this.#busy) return;
    this.#busy = true;
    const late = setTimeout(() => this.say('waiting'), 200);
    let query;
    do {
      query = this.#asked;
      try {
        const engine = await this.engine();
        const found = query ? await engine.ask(engine.indexes, query, 20) : [];
        if (query === this.#asked) this.fill(query, found, engine);
      } catch {
        this.fill('', []);
        this.say('failed');
      }
    } while (query !== this.#asked);
    clearTimeout(late);
    this.#busy = false;
  }

  fill(query, found, engine) {
    const items = found.map(({ url, title, heading, excerpt, lang }) => {
      const item = template(this.#element, 'result');
      const [link, text] = [item.querySelector('a'), item.querySelector('p')];
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
      put(link.querySelector('b'), heading || title);
      if (heading) put(link.querySelector('small'), title);
      put(text, excerpt);
      if (lang !== document.documentElement.lang) item.lang = lang;
      return item;
    });
    if (found[0]?.exact) this.#field.message(found[0].url);
    const within = this.slot('results').contains(document.activeElement);
    this.slot('results').replaceChildren(...items);
    if (within) this.#element.field.focus();
    this.say(items.length ? 'found' : query && 'none', items.length);
    if (query || location.hash) history.replaceState(history.state, '', query ? `#q=${encodeURIComponent(query)}` : location.pathname);
  }

  say(state, count) {
    this.slot('status').textContent = (this.slot('status').dataset[state] ?? '').replace('{count}', count);
    this.#element.dataset.state = state;
  }
}
