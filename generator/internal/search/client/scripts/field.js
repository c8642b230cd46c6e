// What the one field leads to: a number to its article and to the checker that
// begins there, a pasted output to the checker, all else to what is found. The
// words stand in the page.

// An output has several lines, is long, or has the marks of a program's.
const isLong = (text) => text.length > 120 || /\n./.test(text.trim());
const isOutput = (text) => isLong(text) || /^\* |CONNECTED\(|-----BEGIN|SSL_ERROR|curl: \(/.test(text);

// A number alone, or beside what people write to it: エラー525, Error code: 525.
const number = (text) => /^\D{0,24}(\d{3,4})\D{0,12}$/.exec(text)?.[1];

export class Field {
  #element;
  #results;
  #stands; // for what was pasted

  constructor(element, signal) {
    this.#element = element;
    const on = (target, type, act) => target.addEventListener(type, act, { signal });
    on(element, 'input', ({ isComposing }) => isComposing || this.answers());
    on(element, 'compositionend', () => this.answers());
    on(element, 'paste', (event) => this.takes(event));
    on(element, 'keydown', (event) => this.move(event));
    if (this.finds) {
      this.results();
      on(window, 'hashchange', () => this.read());
      this.read();
    }
    if (this.text && !element.composing) this.answers();
  }

  get says() { return this.#element.dataset; }
  get finds() { return this.says.engine; }
  get text() { return this.#element.field.value.trim(); }

  /** What stands in the field; what was pasted, with its lines: browsers put a space for the end of one, or nothing. */
  get whole() {
    const { pasted } = this.#element;
    const one = this.#stands || pasted && [' ', ''].map((end) => pasted.replace(/\r\n?|\n/g, end).trim()).find((line) => this.text.includes(line));
    return one ? this.text.replace(one, () => pasted) : this.text;
  }
  /** What is to be found: nothing for a long output, which would stand in the address. One line of it is a message. */
  get query() { return isLong(this.whole) ? '' : this.text; }
  get ways() { return this.#element.querySelector('[data-slot=ways]'); }

  /** The articles that a number or a message leads to: [number, slug, symptom], the symptom '' for none. */
  get numbers() { return this.says.numbers.split(' ').map((one) => one.split('=')); }

  // The field has one line: what several lines are is seen when they come. One as long as a book held the page for seconds:
  // its beginning stands for it.
  takes(event) {
    const { pasted } = this.#element;
    this.#stands = pasted.length > 2e4 && pasted.slice(0, 99).replace(/\s+/g, ' ').trim();
    if (!this.#stands) return isOutput(pasted) && setTimeout(() => this.output());
    event.preventDefault();
    this.#element.field.value += this.#stands;
    this.answers();
  }

  /** What the address asks. */
  read() {
    const asked = new URLSearchParams(location.hash.slice(1)).get('q') ?? new URLSearchParams(location.search).get('q');
    if (!asked) return;
    this.#element.field.value = asked;
    this.answers();
  }

  /** What is found, where this is the page of results. */
  results() {
    this.#results ??= import('./results.js').then(({ Results }) => new Results(this.#element, this));
    this.#results.catch(() => {
      this.#results = undefined;
      delete this.says.state;
    });
    return this.#results;
  }

  /** Says what stands in the field leads to. */
  answers() {
    const text = this.text.normalize('NFKC');
    const found = this.numbers.find(([one]) => one === number(text));
    this.ways.replaceChildren();
    if (isOutput(this.whole)) this.output();
    else if (found) this.offer(found);
    if (this.finds) this.results().then((results) => results.show(), () => {});
  }

  /** Enter: a number's article, or what is found. */
  leads() {
    this.answers();
    if (!this.text) return this.#element.field.focus();
    const way = this.ways.querySelector(this.finds ? '[data-reads]' : '[data-leads], [data-reads]');
    if (way) way.click();
    else if (!this.finds) location.href = `${this.says.page}#q=${encodeURIComponent(this.text)}`;
  }

  /** Offers an article, and the checker that begins with what it is about. */
  offer([one, slug, symptom], found) {
    const link = (word, href) => {
      const made = document.createElement('a');
      made.textContent = this.ways.dataset[word].replace('{number}', one);
      made.href = href;
      return made;
    };
    this.ways.replaceChildren();
    if (!found) {
      this.ways.append(link('article', `${this.says.home}${slug}/`));
      this.ways.firstChild.dataset.leads = '';
    }
    if (symptom && this.says.checker) this.ways.append(link(found ? 'begin' : 'check', `${this.says.checker}#v=1&${one > 999 ? `number=${one}&` : ''}symptom=${symptom}`));
  }

  /** A message that is an article's own, whole: the checker begins there. */
  message(url) {
    const [, slug] = url.split('/');
    const article = this.numbers.find(([, of]) => of === slug);
    if (article && !this.ways.firstChild) this.offer(article, true);
  }

  /** What a program printed is for the checker, which reads it. */
  output() {
    if (!this.says.checker) return;
    const link = document.createElement('a');
    link.textContent = this.ways.dataset.output;
    link.href = this.says.checker;
    link.dataset.reads = '';
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      import('./hand.js').then(({ hand }) => hand(link.href, this.whole)).catch(() => { location.href = link.href; });
    });
    this.ways.replaceChildren(link);
  }

  /** The arrow keys go from the field through the answers, and back. */
  move(event) {
    const stops = [this.#element.field, ...this.#element.querySelectorAll('[data-slot=ways] a, li a')];
    const at = stops.indexOf(event.target);
    const to = { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: at && stops[0] }[!event.isComposing && at >= 0 && event.key];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }
}
