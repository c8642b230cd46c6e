// The checker's words. They are in the page, in one <ssl-check> a language;
// root is that element, of this page or of another language's.

const anchor = (kind, id) => `${kind}-${id.replace(/[_=]/g, '-')}`;

/** The catalogue's entry of a cause, an action (do) or an outcome (seen). */
export const entry = (root, kind, id) => root.querySelector(`#${CSS.escape(anchor(kind, id))}`);

export const word = (root, kind, id, part) => entry(root, kind, id)?.querySelector(`[data-part=${part}]`)?.textContent.trim() ?? '';

/** A phrase of the element with its {placeholders} filled. */
export const say = (root, phrase, values = {}) => root.dataset[phrase].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

export const list = (root, names) => names.join(root.dataset.comma);

/** A cause by name; where two things are wrong at once, both. */
export const cause = (root, id) => id.split('+').map((one) => word(root, 'cause', one, 'name') || one).join(' + ');

/** An answer in words: what was asked, and what was said. */
export function told(root, key, value) {
  if (/^did\d$/.test(key)) return [root.dataset.did, list(root, value.split(',').map((id) => word(root, 'do', id, 'do')))];
  if (/^now\d$/.test(key)) return [root.dataset.now, word(root, 'seen', value, 'name')];
  const question = root.querySelector(`[data-question=${key}]`);
  return [question.dataset.short, question.querySelector(`[value="${value}"]`).nextElementSibling.textContent];
}

export const line = (root, question, answer) => say(root, 'pair', { question, answer });
export const pair = (root, key, value) => line(root, ...told(root, key, value));

/** The keys of a case in the order in which the page asks. */
export function inOrder(root, answers) {
  const asked = [...root.querySelectorAll('[data-question]')].map((question) => question.dataset.question);
  return [...asked.filter((key) => key in answers), ...['did1', 'now1', 'did2', 'now2', 'did3', 'now3'].filter((key) => key in answers)];
}

/** How far a plan is proved. */
export function proof(root, plan) {
  const { works, of } = plan;
  if (works === of) return say(root, 'all', { of });
  return `${say(root, 'some', { works, of })} ${plan.else ? say(root, 'thenElse', { outcome: word(root, 'seen', plan.else, 'name') }) : say(root, 'then')}`;
}

/** What was found, in a few words. */
export function verdict(root, { seen }, found) {
  if (seen === 'ok') return say(root, 'works');
  if (found.contradiction.length) return say(root, 'conflict');
  const [first] = found.causes;
  if (first.id === 'something_else') return say(root, 'else');
  if (first.share >= .5) return say(root, 'likely', { cause: cause(root, first.id) });
  return say(root, 'open', { count: remaining(found) });
}

export const confidence = (share) => (share >= .5 ? 'Likely' : share >= .1 ? 'Possible' : 'Unlikely');
export const degree = (root, share) => say(root, `share${confidence(share)}`);

/** Causes that are worth a thought. Two at once are one only when they lead. */
export const worth = ({ causes }) => causes.filter(({ id, share }, i) => share >= .02 && id !== 'something_else' && !(i && id.includes('+')));
export const remaining = (found) => worth(found).length;
