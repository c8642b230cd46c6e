// <origin-leg>: what is on the wire on each leg, for a mode, a scheme and what
// a site does. The choice is in the address,
// #v=1&mode=flexible&scheme=https&site=login; all words are in the page.

import { ask, start } from './engine.js';
import { drawLegs, word } from './legs.js';

const fields = ['mode', 'scheme', 'site'];

customElements.define('origin-leg', class extends HTMLElement {
  #life;
  #turn = 0;

  get form() { return this.querySelector('form'); }
  get figure() { return this.querySelector('.legs svg'); }
  get status() { return this.querySelector('[role=status].alt'); }
  notice(name) { return this.querySelector(`[data-notice=${name}]`); }

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const { form } = this;
    form.hidden = false;
    form.addEventListener('submit', (event) => event.preventDefault(), { signal });
    form.addEventListener('focusin', () => start(this.dataset.module).catch(() => {}), { signal, once: true });
    form.addEventListener('change', () => {
      this.notice('corrected').hidden = true;
      history.pushState(null, '', `#v=1&${new URLSearchParams(new FormData(form))}`);
      this.show();
    }, { signal });
    addEventListener('popstate', () => this.restore(), { signal });
    if (location.hash.includes('=')) this.restore();
    else this.choose(Object.fromEntries(new FormData(form)));
  }

  disconnectedCallback() { this.#life.abort(); }

  // Takes the choice from the address; what is missing or wrong there is the
  // page's default.
  restore() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const { form } = this;
    form.reset();
    let wrong = asked.has('v') && asked.get('v') !== '1';
    for (const field of wrong ? [] : fields) {
      if (!asked.has(field)) continue;
      const option = [...form.elements[field]].find(({ value }) => value === asked.get(field));
      if (option) option.checked = true;
      else wrong = true;
    }
    this.notice('corrected').hidden = !wrong;
    this.show();
  }

  async show() {
    const turn = ++this.#turn;
    const choice = Object.fromEntries(new FormData(this.form));
    const names = Object.fromEntries(fields.map((field) => [field, this.form.querySelector(`[name=${field}]:checked`).labels[0].textContent]));
    this.choose(choice);
    let legs;
    try {
      legs = await ask(this.dataset.module, `legs?mode=${choice.mode}&scheme=${choice.scheme}`);
    } catch {
      if (turn === this.#turn) this.notice('failed').hidden = false;
      return;
    }
    if (turn !== this.#turn) return;
    this.notice('failed').hidden = true;
    this.notice('redirect').hidden = !legs.redirect;
    drawLegs(this, this.figure, legs);
    this.side('visitor', legs.visitor);
    this.side('origin', legs.origin);
    const words = { ...names, visitor: word(this, legs.visitor, 'name'), origin: word(this, legs.origin, 'name') };
    this.status.textContent = this.dataset.alt.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);
    this.figure.setAttribute('aria-label', this.status.textContent);
  }

  // What the page has for every choice: the one that was made is shown.
  choose({ mode, scheme, site }) {
    for (const part of this.querySelectorAll('[data-site]')) part.hidden = part.dataset.site !== site;
    for (const card of this.querySelectorAll('.abreast li')) {
      card.hidden = card.dataset.scheme !== scheme;
      card.toggleAttribute('data-chosen', card.dataset.mode === mode);
    }
    for (const way of this.querySelectorAll('[data-way]')) way.hidden = way.dataset.way !== mode;
  }

  side(which, protection) {
    const side = this.querySelector(`.side[data-leg=${which}]`);
    side.dataset.protection = protection;
    side.querySelector('.sample').dataset.protection = protection;
    side.querySelector('[data-shows=plain]').hidden = protection !== 'plain';
    side.querySelector('[data-shows=sealed]').hidden = protection === 'plain' || protection === 'none';
    for (const part of side.querySelectorAll('[data-part]')) part.textContent = word(this, protection, part.dataset.part);
  }
});
