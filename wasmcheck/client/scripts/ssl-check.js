// <ssl-check>: one question at a time, what is found at any moment, and what
// came of it. The state is the fragment of the address (case.js); each view is
// a link. The form has all questions; what is found is put together from the
// catalogue, which is fetched with the module, when something is answered.

import { ask } from './engine.js';
import { asked, change, fragment, isText, now, query, read, tell, told as answered } from './case.js';
import { choose, chosen, follow, isChoice, linked, remember } from './choice.js';
import { copy } from './copy.js';
import { ahead, cause, findings, has, inOrder, line, list, pair, say, source, sourced, told, verdict, word } from './words.js';

customElements.define('ssl-check', class extends HTMLElement {
  #life;
  #turn = 0;
  #title = document.title;
  #key; // of the question that stands there, also while the next is awaited
  #case; // what is shown: { answers, known, at, found, code }; known are the answers with what the host's name tells
  #going = false; // whether the address becomes another by an answer

  engine(request) { return ask(this.dataset.module, request); }
  form(name) { return this.querySelector(`[data-form=${name}]`); }
  slotted(name) { return this.querySelector(`[data-slot=${name}]`); }
  notice(name, shown) { this.querySelector(`[data-notice=${name}]`).hidden = !shown; }
  question(id) { return this.querySelector(`[data-question=${id}]`); }
  made(template) { return this.querySelector(`[data-template=${template}]`).content.firstElementChild.cloneNode(true); }
  get questions() { return [...this.querySelectorAll('[data-question]')]; }
  get entries() { return this.querySelector('.entries'); }
  get result() { return this.querySelector('.result'); }
  get heading() { return document.getElementById('checker'); }

  connectedCallback() {
    if (this.dataset.page) return; // an article's links, see ask.js
    this.#life = new AbortController();
    const on = (type, listen, target = this, once = false) => target.addEventListener(type, listen, { signal: this.#life.signal, once });
    on('submit', (event) => {
      if (!event.target.dataset.form) return; // the field for words, which leads to another page
      event.preventDefault();
      this[event.target.dataset.form](event.target, event.submitter);
    });
    on('click', (event) => {
      const way = event.target.closest('[data-symptom]');
      if (way && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        const { symptom } = way.dataset;
        if (!this.#case.answers.provider) this.next = ahead(way.href).catch(() => '');
        this.go({ ...this.#case.answers, symptom });
      }
      this[event.target.closest('[data-do]')?.dataset.do]?.(event.target);
    });
    on('change', ({ target }) => {
      if (target.name === 'server') choose('server', target.value); else this.live(target);
      if (target.type === 'checkbox') this.tick(target);
    });
    // Fetched and warmed while the first answer is chosen.
    for (const type of ['focusin', 'dragenter']) on(type, ({ target }) => target.closest?.('.paste') && import('./evidence.js').then(({ attend }) => attend(this)));
    for (const type of ['focusin', 'pointerover', 'touchstart']) on(type, () => this.ready('').catch(() => {}), this, true);
    on('hashchange', () => { if (this.restore()) this.show(true); }, window);
    for (const choice of this.querySelectorAll('.host-choice')) choice.hidden = false;
    if (document.documentElement.dataset.case === 'false') this.scrollIntoView({ behavior: 'instant' }); // where it stands in an article
    follow(() => { this.restore() || this.begin(); this.show(); }, this.#life.signal, 'case');
    follow(() => { this.card?.serve(this); this.suggest(); }, this.#life.signal);
  }

  disconnectedCallback() { this.#life?.abort(); }

  // From the address to the state; false when the address is not about a case.
  restore() {
    const { hash } = location;
    if (hash && !hash.includes('=')) {
      // What stood here once has a page of its own.
      const list = document.getElementById(hash.slice(1))?.closest('[data-list] > *')?.parentElement;
      if (list) location.replace(list.querySelector('a').href.replace(/#.*|$/, hash));
      return false;
    }
    if (isChoice()) {
      const provider = linked('host');
      this.notice('dropped', false);
      this.begin({ answers: this.host(provider) ? { provider } : {} });
      return true;
    }
    const { dropped, ...rest } = read(hash, (key, value) => this.right(key, value), (id) => this.host(id));
    this.notice('dropped', dropped);
    this.begin(rest);
    return true;
  }

  begin({ answers = {}, at = '' } = {}) {
    const start = Object.fromEntries(new URLSearchParams(this.dataset.start)); // what an article tells
    const before = this.#going ? this.#case.known : {}; // of a link's answers none is the last, nor of those to which one goes back
    this.#going = false;
    const said = answers.symptom ? answers : { ...start, ...answers };
    this.#case = { answers: said, known: tell(said, (id) => this.host(id)), at };
    const place = this.place(said.provider);
    if (place?.dataset.url) import('./panel.js').then(({ page }) => page(place)).catch(() => {});
    this.#case.last = Object.keys(before).length ? Object.keys(this.#case.known).filter((key) => before[key] !== this.#case.known[key]) : [];
  }

  // A value that the page has words for, put right: a set in its order, and each of it once.
  right(key, value) {
    const asks = (question) => this.questions.some(({ dataset }) => dataset.question === question);
    if (key === 'at') return (value === 'result' || asks(asked(value))) && value;
    if (/^did[1-5]$/.test(key)) return value.split(',').every((id) => has(this, 'do', id)) && value;
    if (/^now[1-5]$/.test(key)) return has(this, 'seen', value) && value;
    if (isText(key, value)) return value;
    if (!asks(asked(key))) return '';
    const inputs = [...this.question(asked(key)).querySelectorAll('input')];
    const said = new Set(inputs[0].type === 'checkbox' ? value.split(',') : [value]);
    const chosen = inputs.filter((input) => said.has(input.value));
    return chosen.length === said.size && (said.size === 1 || !chosen.some(({ dataset }) => 'alone' in dataset)) && chosen.map((input) => input.value).join();
  }

  // What the engine finds, with the words to tell it.
  async ready(answers) {
    const [found, card] = await Promise.all([this.engine(`diagnose?${answers}`), import('./card.js'), findings(this)]);
    this.card = card;
    return found;
  }

  async show(moved = false) {
    const turn = ++this.#turn;
    const it = this.#case;
    const desk = this.querySelector('.case');
    const begun = !!it.at || 'symptom' in it.answers; // the ways in ask for the symptom
    if (!begun || moved && this.heading) delete document.documentElement.dataset.case; // early.js has kept the place; an article keeps it
    this.entries.hidden = begun;
    this.querySelector('.given').hidden = false;
    this.heading?.[begun ? 'setAttribute' : 'removeAttribute']('role', 'none'); // the question is the heading then
    this.given(it);
    // Beside the ways in the field is one of them; behind a question or a card it is another way on.
    const paste = this.form('paste');
    if (begun) this.form('ask').after(paste ?? ''); else if (paste) this.entries.before(paste);
    const { next } = this;
    this.next = undefined;
    next?.then((key) => {
      if (!key || it.found || it.failed || turn !== this.#turn) return;
      this.form('ask').hidden = false;
      this.inquire(it, key);
      if (moved) this.arrive(it, begun);
    });
    try {
      const named = this.told;
      if (Object.keys(it.known).length) {
        desk.ariaBusy = true;
        it.found = await this.ready(query(it.known));
      }
      if (turn !== this.#turn) return;
      if (!named) this.given(it); // with what was done, by its name
      this.progress(it);
      const result = it.found && (it.at === 'result' || !it.at && (it.found.done || it.found.contradiction.length > 0 || this.beyond(it)));
      if (result) await this.conclude(it);
      if (turn !== this.#turn) return;
      this.notice('failed', false);
      this.form('ask').hidden = result || !begun;
      if (this.result) this.result.hidden = !result;
      const { seen, attempts } = now(it.answers);
      this.slotted('elsewhere').hidden = result || seen !== 'other' || !attempts && query(it.answers) !== 'symptom=other';
      if (paste && result) this.slotted('why').before(paste);
      if (!result && begun) this.inquire(it);
    } catch {
      if (turn === this.#turn) this.fail(it);
    }
    if (turn !== this.#turn) return;
    desk.ariaBusy = null;
    if (moved) this.arrive(it, begun);
  }

  // Who knows neither the place nor what is at hand is asked for no command.
  beyond({ known: { origin, access }, found: { next } }) {
    return origin === 'unknown' && access === 'unknown' && this.question(asked(next.key)).querySelector('pre');
  }

  // What is new is read, and in sight.
  arrive(it, begun) {
    const heading = this.querySelector('[tabindex="-1"]:not([hidden], [hidden] *)');
    if (heading === it.read) return; // it was there before the module was
    it.read = heading;
    const { top } = this.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) this.scrollIntoView({ behavior: 'instant' });
    heading.focus({ preventScroll: true });
    if (this.heading && !heading.dataset.notice) document.title = begun ? heading.textContent : this.#title;
  }

  // The module is not there: the pages without script are.
  fail(it) {
    const { symptom } = it.answers;
    it.failed = true;
    const page = [...this.entries.querySelectorAll('a')].find(({ pathname }) => pathname.endsWith(`/${symptom}/`));
    this.slotted('static').href = page?.href ?? '#entries';
    delete document.documentElement.dataset.case;
    this.entries.hidden = false;
    for (const part of this.querySelectorAll('[data-form=ask], .result, .given')) part.hidden = true;
    this.heading?.removeAttribute('role');
    this.notice('failed', true);
  }

  // Asks the next question: the engine's, or the one that is known ahead of it.
  inquire(it, next) {
    const { known: answers, at, found } = it;
    const open = this.questions.map(({ dataset }) => dataset.question).find((id) => !(id in answers));
    const before = it.asked;
    const key = this.#key = it.asked = at !== 'result' && at || found?.next?.key || next || open;
    for (const question of this.questions) {
      const other = question.dataset.question !== asked(key);
      question.hidden = question.disabled = other;
      if (!other && key !== before) for (const input of question.querySelectorAll('input')) input.checked = answers[key]?.split(',').includes(input.value) ?? false;
    }
    if (key !== before) this.suggest();
    this.lacks(false);
    const ruled = found?.report.folded.filter(({ id }) => found.causes.find((one) => one.id === id).against.some((one) => it.last.includes(one))) ?? [];
    this.slotted('ruled').textContent = ruled.length ? say(this, 'ruled', { causes: list(this, ruled.slice(0, 3).map(({ id }) => cause(this, id))) }) : '';
    const separates = found?.next?.key === key ? found.next.separates.filter((one) => found.report.told.some(({ id }) => id === one)) : [];
    this.slotted('separates').textContent = separates.length > 1 ? say(this, 'separates', { causes: list(this, separates.map((one) => cause(this, one))) }) : '';
    this.slotted('result').href = fragment(it.answers, 'result');
    this.slotted('result').hidden = !found;
  }

  conflict({ answers, known, found }) {
    const keys = found?.contradiction ?? [];
    const slot = this.slotted('conflict');
    slot.hidden = !keys.length;
    slot.querySelector('ul').replaceChildren(...keys.map((key) => {
      const item = this.made('doubt');
      const link = item.firstElementChild;
      link.textContent = sourced(this, known, key);
      link.href = this.changed(key, answers);
      item.lastElementChild.textContent = this.told.doubt[asked(key)] ?? '';
      return item;
    }));
  }

  // Where an answer is changed. What nobody is asked is taken back.
  changed(key, answers) {
    return this.question(asked(key)) || !isText(key, answers[key]) ? change(key, answers) : fragment(answered(answers, key));
  }

  given({ answers, known }) {
    const keys = inOrder(this, known).filter((key) => this.told || !/^(did|now)/.test(key));
    this.slotted('none').hidden = keys.length > 0;
    this.slotted('given').replaceChildren(...keys.map((key) => {
      const row = this.made('given');
      const [question, answer] = told(this, key, known[key]);
      row.querySelector('dt').textContent = question;
      row.querySelector('span').textContent = answer;
      const link = row.querySelector('a');
      // Nobody has said what comes with the name of a host.
      row.querySelector('small').textContent = key in answers ? source(this, known, key) : this.place(answers.provider).textContent;
      link.href = this.changed(key, answers);
      if (this.question(asked(key)) || !(key in answers)) link.ariaLabel = say(this, 'changeOf', { question });
      else Object.assign(link, { textContent: say(this, 'remove'), ariaLabel: line(this, say(this, 'remove'), question) });
      return row;
    }));
    this.slotted('waiting').textContent = keys.map((key) => pair(this, key, known[key])).join(' / ');
  }

  // What the last repair led to.
  progress({ answers }) {
    const { seen, before, attempts } = now(answers);
    const next = !attempts ? '' : seen === before ? say(this, 'same') : word(this, 'seen', seen, 'next');
    this.slotted('progress').textContent = next;
    this.slotted('progress').hidden = !next;
  }

  // The choice of a host by its id, and what its name tells, as a query; nothing where it is unknown.
  place(id) { return id ? this.querySelector(`[data-slot=host] [value="${CSS.escape(id)}"]`) : null; }
  host(id) { return this.place(id)?.dataset.answers || ''; }

  // A host that is chosen ticks its kind; another kind is another place.
  live(target) {
    const host = this.slotted('host');
    const kind = new URLSearchParams(this.host(host?.value)).get('origin');
    if (target !== host) { if (target.name === 'origin' && target.value !== kind) host.value = ''; return; }
    for (const input of this.question('origin').querySelectorAll('input')) if (input.value === kind) input.checked = true;
  }

  // The host that is offered where the site lives: the one that was told, or else the chosen one.
  get offered() {
    const { provider, origin } = this.#case.answers;
    const id = provider ?? (origin ? '' : chosen('host'));
    return this.host(id) ? id : '';
  }

  suggest() {
    const host = this.slotted('host');
    if (!host || this.#key !== 'origin') return;
    host.value = this.offered;
    if (host.value) this.live(host);
  }

  // What was read from a text, and where.
  paste(form) { form.use?.(); }
  get answers() { return this.#case.answers; }

  // The answer to the question that is asked. A host is told by its name, and is the choice from then on.
  ask(form) {
    const values = [...new FormData(form).values()];
    const { origin, provider, ...rest } = this.#case.answers;
    const host = this.#key === 'origin' && this.slotted('host');
    if (host && host.value !== this.offered) remember('host', host.value);
    if (host?.value) this.go({ ...rest, provider: host.value });
    else if (values.length) this.go(answered(host ? rest : this.#case.answers, this.#key, values.join()));
    else this.lacks(true).focus(); // of boxes none needs to be ticked; the browser sees to the others
  }

  // Says whether a box has to be ticked, and gives the first.
  lacks(any) {
    const words = this.slotted('empty');
    words.textContent = any ? say(this, 'empty') : '';
    const boxes = [...this.form('ask').querySelectorAll('[type=checkbox]')];
    for (const box of boxes) {
      box.ariaInvalid = any || null;
      box.ariaDescribedByElements = any ? [words] : null;
    }
    return boxes[0];
  }

  // What stands alone does not go with another.
  tick(box) {
    this.lacks(false);
    for (const other of box.form.elements[box.name]) {
      if (box.checked && other !== box && ('alone' in box.dataset || 'alone' in other.dataset)) other.checked = false;
    }
  }

  // An attempt: what was done is in the form, what is seen now is the button's, or was chosen.
  did(form, { value }) {
    const { answers } = this.#case;
    const { attempts, more } = now(answers);
    const n = attempts + (more ? 1 : 0);
    this.go({ ...answers, [`did${n}`]: form.dataset.did, [`now${n}`]: value || form.elements.now.value });
  }

  go(answers, at) {
    const to = fragment(answers, at);
    if (to === location.hash) this.show(true); // also where somebody presses twice
    else {
      this.#going = true;
      location.hash = to;
    }
  }

  // A case code, typed in.
  async open(form) {
    try {
      const { answers } = await this.engine(`open?${form.elements.code.value.normalize('NFKC').replace(/[^0-9a-z]/gi, '')}`);
      this.notice('code', false);
      this.go(Object.fromEntries(new URLSearchParams(answers)));
    } catch {
      this.notice('code', true);
    }
  }

  async conclude(it) {
    const { answers, known, found } = it;
    const { report } = found;
    const state = now(answers);
    const plans = await Promise.all(report.plans.map((role, i) => this.card.card(this, it, found.plans[i], role, report.then[i], !i)));
    if (it !== this.#case) return; // answered again meanwhile
    const { verdict: words } = report;
    this.slotted('todo').textContent = this.card.todo(this, found);
    const works = words === 'works';
    // How the legs are protected is not told by guess; a tunnel's and those of Pages hang on no mode.
    const look = works && !report.figure && !/^(tunnel|pages)$/.test(known.origin) && (/^(unknown)?$/.test(known.mode ?? '') ? 'mode' : 'proxied');
    this.slotted('verdict').textContent = works ? this.card.rest(this, it, look) : verdict(this, report);
    this.result.dataset.verdict = words;
    const more = works ? look : found.next?.key ?? found.more;
    this.slotted('more').hidden = !more;
    this.slotted('more').firstElementChild.href = fragment(answers, more);
    const place = this.place(answers.provider);
    const there = this.slotted('there');
    there.hidden = !place?.dataset.url;
    if (!there.hidden) Object.assign(there.firstElementChild, { href: place.dataset.url, textContent: say(this, 'there', { host: place.textContent }) });
    const cannot = this.slotted('cannot');
    cannot.hidden = known.can_install_cert || !found.plans.some(({ steps }) => steps.includes('install_certificate'));
    cannot.firstElementChild.href = fragment({ ...answers, can_install_cert: 'no' }, 'result');
    this.result.hidden = false;
    this.conflict(it);
    Object.assign(it, { look, legs: await this.card.draw(this, report) }); // of which a note tells
    this.slotted('plans').replaceChildren(...plans);
    // Where it works, both legs as they are come first, and nothing is asked; answers that do not go together stand alone.
    const why = this.slotted('why');
    why.hidden = /^(works|contradiction)$/.test(words);
    why.open = words === 'something_else'; // what to collect
    const drawn = this.result.querySelector('figure.legs');
    if (works) this.slotted('plans').before(drawn);
    else why.firstElementChild.after(drawn);
    const causes = (some, open) => some.flatMap((one, i) => this.card.reason(this, it, one, open && !i));
    this.slotted('causes').replaceChildren(...causes(report.told, true));
    this.slotted('rare').hidden = !report.folded.length;
    this.slotted('rare').replaceChildren(this.slotted('rare').firstElementChild, ...causes(report.folded));
    it.code = (await this.engine(`case?${query(known)}`)).code;
    this.slotted('code').textContent = it.code;
    this.slotted('nameless').hidden = !answers.provider;
    this.slotted('before').hidden = !state.attempts;
    this.card.serve(this);
  }

  // What the buttons do.
  get address() {
    return (this.dataset.ticket || location.href.split('#')[0]) + fragment(this.#case.answers, 'result');
  }

  link(button) { copy(button, this.address); }
  print() { print(); }

  note(form) {
    const told = { ...this.#case, link: this.address };
    const write = async () => {
      const { note, spoken } = await import('./note.js');
      return note(await spoken(this, form.elements.lang.selectedOptions[0]), told, form.elements.format.value === 'markdown');
    };
    copy(form.querySelector('button'), write()); // where there is nothing to copy, it says so
  }
});
