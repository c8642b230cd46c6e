// <origin-leg>: what is on the wire on each leg, for a mode and a scheme. The
// choice is in the address, #v=1&mode=flexible&scheme=https; all words are in
// the page.

import { ask, start } from './engine.js';

const fields = ['mode', 'scheme'];
const ports = { http: '80', https: '443' };

customElements.define('origin-leg', class extends HTMLElement {
  #life;
  #turn = 0;

  get form() { return this.querySelector('form'); }
  get figure() { return this.querySelector('.legs'); }
  get status() { return this.querySelector('[role=status].alt'); }
  notice(name) { return this.querySelector(`[data-notice=${name}]`); }
  word(protection, name) { return this.querySelector(`[data-words=${protection}] [data-word=${name}]`).textContent; }

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
    let legs;
    try {
      legs = await ask(this.dataset.module, `legs?${new URLSearchParams(choice)}`);
    } catch {
      if (turn === this.#turn) this.notice('failed').hidden = false;
      return;
    }
    if (turn !== this.#turn) return;
    this.notice('failed').hidden = true;
    this.notice('redirect').hidden = !legs.redirect;
    const scheme = legs.redirect ? 'http' : choice.scheme;
    this.leg('visitor', legs.visitor, `${scheme} ${ports[scheme]}`);
    this.leg('origin', legs.origin, legs.origin === 'none' ? '' : `${legs.origin_scheme} ${legs.origin_port}`);
    const words = { ...names, visitor: this.word(legs.visitor, 'name'), origin: this.word(legs.origin, 'name') };
    this.status.textContent = this.dataset.alt.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);
    this.figure.querySelector('svg').setAttribute('aria-label', this.status.textContent);
  }

  leg(which, protection, port) {
    const sign = this.querySelector(`[data-sign=${protection}]`).content.firstElementChild.cloneNode(true);
    const drawn = this.figure.querySelector(`.leg[data-leg=${which}]`);
    drawn.dataset.protection = protection;
    drawn.querySelector('.short').textContent = this.word(protection, 'short');
    drawn.querySelector('.port').textContent = port;
    drawn.querySelector('.sign').replaceChildren(...sign.childNodes);

    const side = this.querySelector(`.side[data-leg=${which}]`);
    side.dataset.protection = protection;
    side.querySelector('.sample').dataset.protection = protection;
    side.querySelector('[data-shows=plain]').hidden = protection !== 'plain';
    side.querySelector('[data-shows=sealed]').hidden = protection === 'plain' || protection === 'none';
    for (const part of side.querySelectorAll('[data-part]')) part.textContent = this.word(protection, part.dataset.part);
  }
});
