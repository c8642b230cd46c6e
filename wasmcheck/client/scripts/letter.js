// A letter: what is written to who can do what a person cannot. Its words are
// fetched when one is shown; the answers in it are root's, in its language.

import { asked, now } from './case.js';
import { entry, findings, inOrder, join, line, name, say, told } from './words.js';

/** The checker in the language of an option: root, or that of the other page. */
export async function spoken(root, { value, dataset }) {
  if (value === document.documentElement.lang) return root;
  const at = new URL(dataset.url, root.dataset.at ?? location.href);
  const other = new DOMParser().parseFromString(await (await fetch(at)).text(), 'text/html').querySelector('ssl-check');
  for (const data of ['letters', 'findings']) other.dataset[data] = new URL(other.dataset[data], at);
  other.dataset.at = at;
  await findings(other);
  return other;
}

const fetched = new Map();

async function read(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

function wordsAt(url) {
  if (!fetched.has(url)) fetched.set(url, read(url).catch((error) => { fetched.delete(url); throw error; }));
  return fetched.get(url);
}

// The symptoms at which the site opens all the same.
const opening = /^(mixed|none|ok|not_issued|blocked_http)$/;
// Answers with lines of their own, or of no use to who gets the letter.
const elsewhere = /^(mode|always|since|access|origin|provider|can_install_cert|lasting|grey_takes)$/;

// A text filled in, without the lines for which a value is missing. A line that
// is nothing but a value takes its paragraph with it.
function written(text, values) {
  const lacks = (row) => [...row.matchAll(/\{(\w+)\}/g)].some(([, name]) => !values[name]);
  return text.split('\n\n').map((paragraph) => {
    const rows = paragraph.split('\n');
    if (rows.some((row) => /^\{\w+\}$/.test(row) && lacks(row))) return '';
    return rows.filter((row) => !lacks(row)).join('\n').replace(/\{(\w+)\}/g, (all, name) => values[name]);
  }).filter(Boolean).join('\n\n');
}

/** The letter to who is asked first in a plan's steps: ask_host or ask_owner. */
export async function letter(root, answers, { steps, by }, to) {
  const words = await wordsAt(root.dataset.letters);
  const host = to === 'ask_host';
  const tunnel = answers.origin === 'tunnel';
  const form = host ? words.host : words.owner;
  const { seen, attempts } = now(answers);
  const known = (key) => answers[key] && answers[key] !== 'unknown';
  const answer = (key) => (known(key) ? told(root, key, answers[key])[1] : '');
  const items = (all) => all.map((text) => words.item.replace('{text}', () => text)).join('\n');
  // A mode that was changed since is not the one that was told.
  const changed = Object.entries(answers).some(([key, did]) => /^did/.test(key) && /set_|undo_/.test(did));
  const asks = steps.flatMap((id, i) => {
    if (/^ask_/.test(id)) return [];
    return host && words.asks_host[id] ? [words.asks_host[id]] : `ask_${by[i]}` === to ? [words.asks[id]] : [];
  });
  const keys = inOrder(root, answers);
  // Where nothing new is asked for, what was tried at the origin in vain is to be looked at there.
  if (host && !asks.length) {
    const tried = keys.filter((key) => /^did/.test(key)).flatMap((key) => answers[key].split(',')
      .filter((id) => words.asks[id] && entry(root, 'do', id).querySelector('[data-who]')?.dataset.who !== 'dashboard')
      .map((id) => (/^ask_/.test(answers[key]) ? words.asks[id] : words.tried.replace('{text}', () => words.asks[id]))));
    asks.push(...new Set(tried), ...tunnel ? [words.asks.route_tunnel] : form.look);
  }
  const merely = (key) => /^(did|now)/.test(key) && /^(ask_\w+,?)+$/.test(answers[`did${key.slice(3)}`]); // who gets the letter was asked, and no more
  const checked = keys.filter((key) => known(key) && !elsewhere.test(key) && !merely(key) && (attempts || asked(key) !== 'symptom'));
  const number = answers[`number_${attempts}`] ?? (seen === answers.symptom ? answers.number : '');
  const status = attempts && known(`status_${attempts}`) ? `status_${attempts}` : 'status';
  const values = {
    symptom: !seen || /^(unknown|other)$/.test(seen) ? ''
      : seen === '530' && /^\d/.test(number) ? words.number.replace('{number}', number)
      : seen === 'origin_page' && known(status) ? words.status.replace('{number}', answers[status]) : name(root, 'seen', seen),
    mode: changed ? '' : answer('mode'), always: answer('always'), since: answer('since'),
    behind: tunnel || answers.proxied === 'no' ? '' : words.behind,
    asks: items(asks.length ? asks : form.look),
    checked: items(checked.map((key) => line(root, ...told(root, key, answers[key])))),
  };
  const subject = !values.symptom ? form.unknown : opening.test(seen) ? form.open : form.subject;
  return `${words.subject.replace('{subject}', () => written(subject, values))}\n\n${written(form.body, values)}`;
}

/** What a plan means where the site lives: whether it lasts, and how long the cloud is grey. */
export function lasts(root, { lasts: how, waits, steps }) {
  const said = [how && `lasts_${how}`, waits && steps.includes('dns_only_until_issued') && `waits_${waits}`].filter(Boolean).map((key) => say(root, key));
  return said.length ? join(root, said) : '';
}
