// What a reader pastes or drops: read by a module of its own, and told with the
// lines that prove it. Everything is fetched with the first focus, so that
// nothing is asked of anybody after a paste. The text is held while it is read;
// what stands in the field afterwards is what is left of it without secrets.

import { asked, changing, now } from './case.js';
import { chosen, system } from './choice.js';
import { copy, offer } from './copy.js';
import { ask, start } from './engine.js';
import { findings, list, pair, told } from './words.js';

// A log of which more is there has its ends read.
const most = 5 << 20;
const end = 1 << 19;

// A browser lays a field of text out anew as a whole, and a line as long as a book takes it half a minute: this much of a line, and of
// all, stands there. What is copied is whole.
const longest = 5000;
const fits = (left) => (left.length > end ? `${left.slice(0, end / 2)}\n…\n${left.slice(-end / 2)}` : left).replace(RegExp(`(.{${longest}}).+`, 'g'), '$1…');
// The page goes on between two steps that each take their time.
const pause = () => new Promise((done) => setTimeout(done));
// What stands in a command where the server's address is not known.
const example = '203.0.113.10';
// Nobody types so much at once.
const sudden = 100_000;

const load = async (root, { reader, reading }) => {
  const response = await fetch(reading);
  if (!response.ok) throw new Error(`${reading}: ${response.status}`);
  const [said] = await Promise.all([response.json(), start(reader), findings(root)]);
  return said;
};

// What has the same answer whatever was done.
const lasting = ['host', 'since', 'app', 'can_install_cert', 'origin'];

// The answers with those that were read, [[question, value]], each where it belongs; and the keys at which they stand.
function pasted(answers, found) {
  const { attempts: n } = now(answers);
  const place = (question) => (!n || lasting.includes(question) ? question : question === 'symptom' ? `now${n}` : changing.includes(question) ? `${question}_${n}` : '');
  const pairs = found.map(([question, value]) => [place(question), value]).filter(([key]) => key);
  const { provider, ...rest } = answers;
  const keys = pairs.map(([key]) => key);
  return [{ ...(keys.includes('origin') ? rest : answers), ...Object.fromEntries(pairs), read: [...new Set([...(answers.read?.split(',') ?? []), ...keys])].join() }, keys];
}

const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// The text of a file: Windows writes what its shell prints in 16 bits, and in Japan otherwise.
function decoded(bytes) {
  const wide = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : bytes[0] === 0xff && bytes[1] === 0xfe || bytes[1] === 0 && bytes[3] === 0 ? 'utf-16le' : 'utf-8';
  for (const label of [wide, 'shift_jis']) try { return new TextDecoder(label, { fatal: true }).decode(bytes); } catch {}
  return new TextDecoder().decode(bytes);
}

// Of a long one its ends, with as many lines between them as it has. A certificate that is no text becomes one.
async function text(file) {
  if (file.size > most) {
    let lines = 0;
    for (let at = end; at < file.size - end; at += most) for (const byte of new Uint8Array(await file.slice(at, Math.min(at + most, file.size - end)).arrayBuffer())) lines += byte === 10;
    return await file.slice(0, end).text() + '\n'.repeat(lines) + await file.slice(-end).text();
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x30 || bytes[1] < 0x80 || bytes.length > 65536) return decoded(bytes);
  return `-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...bytes)).replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

/** Makes the field of an <ssl-check> read what it is given. */
export function attend(root) {
  const form = root.form('paste');
  if (form.attended) return;
  form.attended = true;
  const field = form.elements.text;
  const part = (name) => form.querySelector(`[data-part=${name}]`);
  let words;
  let turn = 0;
  let length = field.value.length; // when it was last known
  const ready = () => (words ??= load(root, form.dataset).catch((error) => { words = undefined; throw error; }));
  ready().catch(() => {});

  async function read(what) {
    const mine = ++turn;
    const status = part('status');
    const typed = field.value === what;
    try {
      status.style.cssText = '';
      if (!form.said) status.textContent = root.querySelector('.waiting p').textContent;
      root.notice('failed', false);
      const said = form.said = await ready();
      const { reader } = form.dataset;
      const day = new Date().toISOString().slice(0, 10);
      const long = what.length > sudden;
      if (long) await pause();
      const found = what.trim() && await ask(reader, `read?${day}?${what}`);
      if (long) await pause();
      const left = found?.secrets?.length ? (await ask(reader, `mask?${what}`)).masked : what;
      if (long) await pause();
      if (mine !== turn) return;
      const key = found && found.secrets.some(({ id }) => id === 'private_key');
      // Who goes on typing meanwhile keeps what they type: it is read in its turn.
      if ((key || field.value !== left) && (!typed || field.value === what)) field.value = key ? '' : fits(left);
      ({ length } = field.value);
      form.use = undefined; // until there is something to use
      status.textContent = '';
      part('reading').innerHTML = found ? said.page : '';
      if (!found) return;
      tell(root, form, said, found, left);
      status.style.cssText = 'position:absolute;clip-path:inset(50%)'; // heard, and seen as the heading of what was read
      status.textContent = part('kinds').textContent;
    } catch {
      if (mine !== turn) return;
      status.textContent = '';
      root.notice('failed', true);
    }
  }

  form.read = read;
  const put = (what) => read(field.value.slice(0, field.selectionStart) + what + field.value.slice(field.selectionEnd));
  const given = async ({ files, items }, data) => (files?.length ? text(files[0]) : data);
  field.addEventListener('paste', (event) => {
    event.preventDefault(); // what is secret never stands there
    const { clipboardData: data } = event;
    given(data, data.getData('text')).then(put);
  });
  form.addEventListener('change', (event) => event.stopPropagation()); // what is ticked here answers nothing yet
  let typing;
  field.addEventListener('input', () => {
    clearTimeout(typing);
    const { value } = field;
    const most = length + sudden;
    ({ length } = value);
    if (length < most) typing = setTimeout(read, 400, value);
    else { // taken away before it is laid out; what is left of it comes back
      field.value = '';
      read(value);
    }
  });
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    delete form.dataset.over;
    const { dataTransfer: data } = event;
    given(data, data.getData('text')).then(read);
  });
  form.addEventListener('dragover', (event) => { event.preventDefault(); form.dataset.over = ''; });
  form.addEventListener('dragleave', () => { delete form.dataset.over; });
  form.elements.file.addEventListener('change', ({ target }) => target.files.length && text(target.files[0]).then((what) => { target.value = ''; return read(what); }));
  if (field.value) read(field.value);
}

// Tells what was read, in the words of the page.
function tell(root, form, said, found, left) {
  const part = (name) => form.querySelector(`[data-part=${name}]`);
  const phrases = JSON.parse(part('reading').querySelector('script').textContent);
  const line = (from, to = from) => fill(from === to ? phrases.line : phrases.lines, { from, to });
  const named = ({ id, from, to }, names) => fill(phrases.read, { what: names[id], lines: line(from, to) });
  const kindAt = (n) => found.kinds.find(({ from, to }) => from <= n && n <= to)?.id ?? 'unknown';
  const short = (question) => told(root, question, root.question(question)?.querySelector('input')?.value ?? Object.keys(root.told.text[question])[1])[0];
  const show = (name, rows) => {
    part(name).hidden = !rows.length;
    part(name).querySelector('ul')?.append(...rows);
  };
  const item = (text) => Object.assign(document.createElement('li'), { textContent: text });
  const claim = ({ question, value, lines: at, quotes, if: condition }, ticked, group) => {
    const made = part('claim').content.firstElementChild.cloneNode(true);
    const input = made.querySelector('input');
    Object.assign(input, { checked: ticked, type: group ? 'radio' : 'checkbox', name: group ?? question, value });
    Object.assign(input.dataset, { asks: question, line: at.at(-1) ?? '' }); // the last line is what follows from the others
    made.querySelector('span').textContent = pair(root, question, value);
    const was = root.answers[pasted(root.answers, [[question, value]])[1][0]];
    const beside = [condition && fill(phrases.if, { condition: said.conditions[condition] }), was && was !== value && fill(phrases.was, { answer: told(root, question, was)[1] })].filter(Boolean).join(' ');
    if (beside) Object.assign(made.querySelector('p'), { hidden: false, textContent: beside });
    const shown = made.querySelector('blockquote');
    for (const [i, n] of [...at.entries()].slice(0, 4)) {
      const row = shown.firstElementChild.cloneNode(true);
      row.firstElementChild.textContent = line(n);
      row.lastElementChild.textContent = quotes[i];
      shown.append(row);
    }
    shown.firstElementChild.remove();
    return made;
  };

  const any = found.answers.length + found.offers.length + found.conflicts.length;
  const nothing = !any && !found.secrets.length && !found.withheld.length && !found.notes.length;
  const known = found.kinds.filter(({ id }) => id !== 'unknown' && !(nothing && id === 'sentence')); // prose in which nothing of ours is said
  part('key').hidden = !found.secrets.some(({ id }) => id === 'private_key');
  part('kinds').textContent = list(root, known.map((kind) => named(kind, said.kinds))) || (nothing ? part('nothing').dataset.title : said.kinds.unknown);
  part('healthy').hidden = !found.healthy;
  part('nothing').hidden = known.length > 0 || !nothing;
  show('conflicts', found.conflicts.flatMap(({ question, values, lines: at, quotes }) => values.map((value, i) => claim({ question, value, lines: [at[i]], quotes: [quotes[i]] }, false, question))));
  show('answers', found.answers.map((one) => claim(one, true)));
  show('offers', found.offers.map((one) => claim(one, false)));
  part('use').hidden = !any;
  show('withheld', found.withheld.map(({ question, why, lines: [n] }) => item(fill(phrases.withheld, { question: short(question), why: said.reasons[why], line: line(n) }))));
  show('notes', found.notes.filter((id) => id !== 'private_key').map((id) => item(said.notes[id])));
  part('open').hidden = !known.length || !found.not_told.length;
  part('open').textContent = fill(phrases.open, { questions: list(root, found.not_told.map(short)) });
  part('next').hidden = !found.next.length;
  part('example').hidden = left.includes(example) || !found.next.some(({ command }) => command.includes(example));
  for (const { command: linux, macos, windows } of found.next) {
    const made = part('command').content.firstElementChild.cloneNode(true);
    made.querySelector('code').textContent = { linux, macos, windows }[chosen('os') || system];
    part('next').append(made);
  }
  offer(part('next'));
  show('secrets', found.secrets.map((secret) => item(named(secret, said.secrets))));
  const use = part('use').querySelector('button');
  const usable = () => { use.disabled = !form.querySelector('[data-part=reading] input:checked'); };
  part('reading').querySelector('details').addEventListener('change', usable);
  usable();
  part('copy').addEventListener('click', ({ target }) => copy(target, left));
  form.use = () => {
    form.querySelector('details').open = false;
    const ticked = [...form.querySelectorAll('input:checked')];
    const marks = {};
    for (const { dataset: { asks, line: n } } of ticked) if (n) marks[asks] = fill(phrases.from, { kind: said.kinds[kindAt(+n)], line: n });
    const [answers, keys] = pasted(root.answers, ticked.map(({ dataset: { asks }, value }) => [asks, value]));
    root.marks = { ...root.marks, ...Object.fromEntries(keys.map((key) => [key, marks[asked(key)] ?? marks.symptom])) };
    root.go(answers);
  };
}
