// The checker's words. They are in the page, in one <ssl-check> a language;
// root is that element, of this page or of another language's.

import { asked, isRead, isText, later, textual } from './case.js';

/** Whether there is an action (do) or an outcome (seen) of that id. Their names come with what is found. */
export const has = (root, kind, id) => Boolean(root.querySelector(`#${CSS.escape(`${kind}-${id.replace(/[_=]/g, '-')}`)}`));

/** The name of an action (do) or of an outcome (seen); '' where there is none. */
export const name = (root, kind, id) => word(root, kind, id, kind === 'do' ? kind : 'name');

/** Makes what stands at another address fit here: its links and headings. */
export function adapt(root, at) {
  for (const name of ['href', 'action', 'data-url', 'data-module', 'data-letters', 'data-findings', 'data-reader', 'data-reading']) {
    for (const part of [root, ...root.querySelectorAll(`[${name}]:not([href^="#"])`)]) {
      if (part.hasAttribute(name)) part.setAttribute(name, new URL(part.getAttribute(name), at));
    }
  }
  for (const title of root.querySelectorAll('[aria-level="1"]')) title.ariaLevel = 2;
}

/** What the page without script at an address knows before the module is here: the question that comes next, or ''. */
export async function ahead(address) {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.querySelector('[data-next]')?.dataset.next ?? '';
}

/** Fetches what findings are told with, once; a failure may be tried again. */
export async function findings(root) {
  const at = root.dataset.findings;
  const read = async () => {
    const response = await fetch(at);
    if (!response.ok) throw new Error(`${at}: ${response.status}`);
    root.told = await response.json();
    root.querySelector('.desk').insertAdjacentHTML('beforeend', root.told.page);
    // In an article the parts are not where their links were made for.
    if (root.dataset.at) adapt(root, root.dataset.at);
    root.phrases = undefined;
  };
  await (root.findings ??= read().catch((error) => { root.findings = undefined; throw error; }));
}

// What is told of one of them, read once.
function parsed({ told }, kind, id) {
  const all = (told.parsed ??= {});
  const at = `${kind} ${id}`;
  if (!all[at]) (all[at] = document.createElement('template')).innerHTML = told[kind][id] ?? '';
  return all[at].content;
}

/** What is told of one of them: a part of a page. */
export const entry = (root, kind, id) => parsed(root, kind, id).cloneNode(true);

export const word = (root, kind, id, part) => parsed(root, kind, id).querySelector(`[data-part=${part}]`)?.textContent.trim() ?? '';

/** The phrases of the element, by name: they stand in its scripts, as JSON. They are read once. */
export const phrases = (root) => (root.phrases ??= Object.assign({}, ...[...root.querySelectorAll('script')].map((script) => JSON.parse(script.textContent))));

/** A phrase of the element with its {placeholders} filled. */
export const say = (root, phrase, values = {}) => phrases(root)[phrase].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

export const list = (root, names) => names.join(say(root, 'comma'));

/** A cause by name; where two things are wrong at once, both. */
export const cause = (root, id) => id.split('+').map((one) => word(root, 'cause', one, 'name') || one).join(' + ');

/** An answer in words: what was asked, and what was said. */
export function told(root, key, value) {
  if (/^did\d$/.test(key)) {
    const done = value.replace(/^(ask_\w+,)+/, ''); // what was asked of somebody else was not done
    return [done === value ? say(root, 'did') : say(root, 'requested'), list(root, done.split(',').map((id) => name(root, 'do', id)))];
  }
  if (/^now\d$/.test(key)) return [say(root, 'now'), name(root, 'seen', value)];
  const { '': short, [value]: read } = root.told?.text[asked(key)] ?? {};
  const question = root.querySelector(`[data-question=${key === 'provider' ? 'origin' : asked(key)}]`);
  if (!question || isText(key, value)) return [short ?? asked(key), read ?? value];
  if (key === 'provider') return [question.dataset.short, question.querySelector(`option[value="${value}"]`).textContent];
  const inputs = value.split(',').map((one) => question.querySelector(`input[value="${one}"]`));
  return [question.dataset.short, list(root, inputs.map((input) => input.dataset.short ?? input.nextElementSibling.textContent.trim()))];
}

export const line = (root, question, answer) => say(root, 'pair', { question, answer });
export const pair = (root, key, value) => line(root, ...told(root, key, value));

/** Where an answer was read, or '' where somebody has told it. The line is known while the page is open. */
export const source = (root, answers, key) => (isRead(answers, key) || isText(key, answers[key]) ? root.marks?.[key] ?? say(root, 'fromText') : '');

/** An answer in words, with where it was read. */
export function sourced(root, answers, key) {
  const from = source(root, answers, key);
  const words = pair(root, key, answers[key]);
  return from ? say(root, 'marked', { words, from }) : words;
}

/** The keys of a case in the order in which the page asks. The name of a host says more than its kind. */
export function inOrder(root, answers) {
  const first = [...root.querySelectorAll('[data-question]')].map(({ dataset: { question } }) => (question === 'origin' && answers.provider ? 'provider' : question));
  return [...first, ...textual, ...later].filter((key, i, all) => key in answers && all.indexOf(key) === i);
}

/** Whom a plan is nothing but a message to: host or owner. Then nothing is proved. */
export const messageTo = ({ steps, needs }) => steps.every((id) => /^ask_/.test(id)) && needs[0];

/** What a plan needs, and whom. */
export const need = (root, { needs }) => line(root, say(root, 'needs'), list(root, needs.map((id) => say(root, id))));

/** Why there is no more than a message. */
export const unproved = (root, { verdict: words }) => say(root, /^(contradiction|something_else)$/.test(words) ? `why_${words}` : 'why_open');

/** How far a plan is proved. */
export const proof = (root, { works, of, else: other }) => say(root, other === 'ok' ? other : other ? 'some' : 'all', { works, of });

/** Sentences, one after the other. */
export const join = (root, sentences) => sentences.reduce((first, second) => say(root, 'sentences', { first, second }));

/** What was found, in a few words. */
export const verdict = (root, { verdict: words, cause: id }) => say(root, words, { cause: cause(root, id) });

/** How likely a cause is, in a word that stands in an element. */
export const degree = (root, name) => root.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);
