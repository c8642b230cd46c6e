// <site-search>: the field for words, and what is found. Its words stand in the
// page. Without script its form leads to the list of everything.

const templates = (element, name) => element.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

customElements.define('site-search', class extends HTMLElement {
  #life;
  #engine;
  #asked = '';
  #busy;

  get field() { return this.querySelector('input'); }

  slot_(name) { return this.querySelector(`[data-slot=${name}]`); }

  connectedCallback() {
    this.#life = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.#life.signal });
    on(this, 'submit', (event) => {
      event.preventDefault();
      if (this.slot_('results')) this.show();
      else location.href = `${this.dataset.page}#q=${encodeURIComponent(this.field.value)}`;
    });
    if (this.slot_('results')) on(this, 'focusin', () => this.engine().catch(() => {}));
    on(this, 'input', ({ isComposing }) => isComposing || this.show());
    on(this, 'compositionend', () => this.show());
    on(this, 'keydown', (event) => this.move(event));
    on(document, 'keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
      event.preventDefault();
      this.field.focus();
    });
    on(window, 'hashchange', () => this.read());
    this.read();
  }

  disconnectedCallback() { this.#life.abort(); }

  /** What the address asks. */
  read() {
    const asked = new URLSearchParams(location.hash.slice(1)).get('q') ?? new URLSearchParams(location.search).get('q');
    if (!asked || !this.slot_('results')) return;
    this.field.value = asked;
    this.show();
  }

  /** The module and its indexes, fetched when they are first wanted. */
  engine() {
    this.#engine ??= import(new URL(this.dataset.engine, document.baseURI)).then((engine) => {
      const parts = this.dataset.indexes.split(' ');
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

  /** Answers what stands in the field; while one query is on its way, only the last of the others. */
  async show() {
    if (!this.slot_('results')) return;
    this.#asked = this.field.value.trim();
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
      const item = templates(this, 'result');
      const [link, text] = [item.querySelector('a'), item.querySelector('p')];
      link.href = new URL(url, new URL(this.dataset.root, document.baseURI)).href;
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
    const within = this.slot_('results').contains(document.activeElement);
    this.slot_('results').replaceChildren(...items);
    if (within) this.field.focus();
    this.say(items.length ? 'found' : query && 'none', items.length);
    if (query || location.hash) history.replaceState(history.state, '', query ? `#q=${encodeURIComponent(query)}` : location.pathname);
  }

  say(state, count) {
    this.slot_('status').textContent = (this.slot_('status').dataset[state] ?? '').replace('{count}', count);
    this.dataset.state = state;
  }

  /** The arrow keys go from the field through the results, and back. */
  move(event) {
    const stops = [this.field, ...this.querySelectorAll('li a')];
    const at = stops.indexOf(event.target);
    const to = event.isComposing || at < 0 ? undefined : { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: at && this.field }[event.key];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }
});
