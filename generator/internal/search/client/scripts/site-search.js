// <site-search>: the one field. What it does is fetched when it is first used;
// until then, and without script, its form leads to the list of everything.

customElements.define('site-search', class extends HTMLElement {
  #life;
  #one;
  composing = false; // with an input method, as what comes late has to know

  get field() { return this.querySelector('[name=q]'); }

  connectedCallback() {
    this.#life = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.#life.signal });
    on(this, 'submit', async (event) => {
      event.preventDefault();
      try {
        (await this.one()).leads();
      } catch {
        event.target.submit();
      }
    });
    on(document, 'keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select') || this !== document.querySelector('site-search')) return;
      event.preventDefault();
      this.field.focus();
    });
    on(this, 'input', ({ isComposing }) => { this.composing = isComposing; });
    for (const way of ['paste', 'drop']) on(this, way, ({ clipboardData, dataTransfer }) => { this.pasted = (clipboardData ?? dataTransfer).getData('text'); }); // the field has one line
    on(this, 'compositionend', () => { this.composing = false; });
    for (const intent of ['focusin', 'pointerover']) on(this, intent, () => this.one().catch(() => {}));
    if (!this.dataset.engine) return;
    if (/[?#&]q=./.test(location.href)) this.dataset.state = 'waiting'; // before what is there instead has been seen
    this.one().catch(() => { delete this.dataset.state; });
  }

  disconnectedCallback() { this.#life.abort(); }

  one() {
    this.#one ??= import('./field.js').then(({ Field }) => new Field(this, this.#life.signal));
    this.#one.catch(() => { this.#one = undefined; });
    return this.#one;
  }
});
