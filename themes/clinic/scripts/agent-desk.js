// <agent-desk>: opens a case code, builds links to the checker with answers filled
// in, and writes a reply about an article or such a link, in either language.
// Titles and summaries come from the file that tools read; all else is in the page.

import { copy } from './copy.js';

customElements.define('agent-desk', class extends HTMLElement {
  #life;
  #about; // an article's id, or a link to the checker

  form(name) { return this.querySelector(`[data-form=${name}]`); }
  slotted(name) { return this.querySelector(`[data-slot=${name}]`); }

  connectedCallback() {
    const { signal } = this.#life = new AbortController();
    for (const form of this.querySelectorAll('form')) form.hidden = form.dataset.form === 'reply';
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this[event.target.dataset.form](event.target);
    }, { signal });
    this.addEventListener('change', ({ target }) => {
      if (target.form === this.form('build')) {
        this.slotted('built').href = this.slotted('built').textContent = this.built();
        this.compare(target.form).catch(() => {}); // without the module nothing is compared
      } else if (target.localName === 'select') this.write();
    }, { signal });
    this.addEventListener('click', ({ target }) => { if (target.dataset.do === 'copy') copy(target, this.built()); }, { signal });
    for (const button of document.querySelectorAll('[data-copies], [data-replies]')) {
      button.hidden = false;
      button.addEventListener('click', () => {
        if (button.dataset.copies) copy(button, button.dataset.copies);
        else this.answer(button.closest('[data-id]').dataset.id);
      }, { signal });
    }
  }

  disconnectedCallback() { this.#life.abort(); }

  /** Says whether what is chosen does not go together, the host with what its name tells. */
  async compare(form) {
    const answers = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
    const place = form.elements.provider?.selectedOptions[0].dataset.answers ?? '';
    const [{ ask }, { query, tell }] = await Promise.all([import('./engine.js'), import('./case.js')]);
    const { contradiction } = await ask(this.dataset.module, `diagnose?${query(tell(answers, () => place))}`);
    const elsewhere = place && answers.origin && answers.origin !== new URLSearchParams(place).get('origin'); // a host lives in one place
    this.slotted('clash').hidden = !elsewhere && !contradiction.length;
  }

  /** The link with the answers that are chosen, in the order of their keys. */
  built() {
    const pairs = [...new FormData(this.form('build'))].filter(([, value]) => value).sort().map((pair) => pair.join('='));
    return this.dataset.ticket + (pairs.length ? `#v=1&${pairs.join('&')}` : '');
  }

  build() { this.answer(this.built()); }

  async code(form) {
    try {
      const { ask } = await import('./engine.js');
      const { answers } = await ask(this.dataset.module, `open?${form.elements.code.value.normalize('NFKC').replace(/[^0-9a-z]/gi, '')}`);
      location.href = `${this.dataset.check}#v=1&${answers}&at=result`;
    } catch {
      this.slotted('wrong').hidden = false;
    }
  }

  answer(about) {
    this.#about = about;
    this.form('reply').hidden = false;
    this.write().then(() => this.form('reply').elements.text.focus({ preventScroll: true })); // who has scrolled on meanwhile stays there
    this.form('reply').scrollIntoView();
  }

  /** Writes the reply anew: what was typed into it belongs to the one before. */
  async write() {
    const { lang, format, text } = this.form('reply').elements;
    const [option] = lang.selectedOptions;
    const all = await (await fetch(new URL(option.dataset.index, document.baseURI))).json();
    const article = all.find(({ id }) => id === this.#about);
    const link = article ? document.querySelector(`[data-id="${CSS.escape(this.#about)}"] [data-copies]`).dataset.copies : this.#about;
    const title = article?.title ?? '';
    const markdown = format.value === 'markdown';
    text.value = option.dataset[article ? 'article' : 'checker']
      .replace('{title}', () => title).replace('{summary}', () => article?.summary ?? '')
      .replace('{link}', () => (markdown ? `[${title || link}](${link})` : link));
    text.lang = option.value;
    this.slotted('about').textContent = title || link;
  }

  reply(form) { copy(form.querySelector('button'), form.elements.text.value); }
});
