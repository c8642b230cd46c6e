// <list-filter>: hides the lines that have not every word of the field, also
// among what their page is called elsewhere. A query that the address brings is
// there from the beginning.

const plain = (text) => text.normalize('NFKC').toLowerCase().replaceAll('ー', '');

customElements.define('list-filter', class extends HTMLElement {
  #life;

  get field() { return this.querySelector('input'); }

  connectedCallback() {
    const { signal } = this.#life = new AbortController();
    const form = this.querySelector('form');
    form.hidden = false;
    form.addEventListener('submit', (event) => event.preventDefault(), { signal });
    this.addEventListener('input', ({ isComposing }) => isComposing || this.filter(), { signal });
    this.addEventListener('compositionend', () => this.filter(), { signal });
    const asked = new URLSearchParams(location.search).get('q');
    if (!asked) return;
    this.field.value = asked;
    this.filter();
  }

  disconnectedCallback() { this.#life.abort(); }

  filter() {
    const words = plain(this.field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const section of this.querySelectorAll('section')) {
      let any = false;
      for (const item of section.querySelectorAll('li')) {
        const text = plain(`${item.textContent} ${item.dataset.words ?? ''}`);
        item.hidden = !words.every((word) => text.includes(word));
        any ||= !item.hidden;
        shown += !item.hidden;
      }
      section.hidden = !any;
    }
    const status = this.querySelector('[role=status]');
    status.textContent = words.length ? status.dataset[shown ? 'found' : 'none'].replace('{count}', shown) : '';
  }
});
