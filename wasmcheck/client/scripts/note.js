// A case for a ticket. It is fetched when somebody copies one.

import { inLine, rest } from './card.js';
import { now } from './case.js';
import { word as leg, worded } from './legs.js';
import { lasts } from './letter.js';
import { cause, degree, entry, inOrder, join, line, messageTo, name, need, say, source, told, unproved, verdict, word } from './words.js';

export { spoken } from './letter.js';

/** A case written down for a ticket, as plain text or Markdown, in root's language. */
export function note(root, it, markdown) {
  const { known: answers, found, code, link, legs, look, after } = it;
  const { report } = found;
  const works = report.verdict === 'works';
  const title = (text) => (markdown ? `\n### ${text}\n` : `\n${text}`);
  const bold = (text) => (markdown ? `**${text}**` : text);
  const pair = (question, answer, from) => `- ${line(root, bold(question), from ? say(root, 'marked', { words: answer, from }) : answer)}`;
  // Where a step is told at length, at the address that lasts, as the link to the case.
  const [here, lasting] = [root.dataset.at ?? location.href, root.dataset.ticket || location.href].map((page) => new URL('../../', page).href);
  const lead = (href) => {
    const at = href && new URL(href, root.dataset.at ?? location.href).href.replace(here, lasting);
    return at && (markdown ? `<${at}>` : at);
  };
  const how = (id) => lead(entry(root, 'do', id).querySelector('.item > div > p:last-child > a')?.getAttribute('href'));
  const place = root.querySelector(`[data-slot=host] [value="${answers.provider}"]`); // where the panel's own paths stand
  const lines = [
    markdown ? `## ${say(root, 'note')}\n` : say(root, 'note'), verdict(root, report),
    ...(works ? ['', ...(legs ? ['visitor', 'origin'].map((which) => pair(say(root, which), leg(root, worded(legs, which), 'name'))) : []), `- ${rest(root, it, look)}`] : []),
    title(say(root, 'given')), ...inOrder(root, answers).map((key) => pair(...told(root, key, answers[key]), source(root, answers, key))),
    ...(works ? [] : [title(say(root, 'causes')), ...report.told.map(({ id, degree: how }) => pair(cause(root, id), degree(root, how).textContent))]),
    ...(report.verdict === 'something_else' ? [pair(cause(root, 'something_else'), word(root, 'cause', 'something_else', 'tell'))] : []),
  ];
  const [plan] = found.plans;
  const [role] = report.plans;
  if (role) {
    const to = messageTo(plan);
    lines.push(title(say(root, to ? `message_${to}` : role)), ...plan.steps.map((id, i) => `${i + 1}. ${[name(root, 'do', id), how(id)].filter(Boolean).join(' ')}`));
    if (place?.dataset.url) lines.push(`- ${line(root, say(root, 'there', { host: place.textContent }), lead(place.dataset.url))}`);
    if (after) lines.push(`- ${line(root, say(root, 'after'), inLine(root, after))}`);
    if (!works) lines.push('', need(root, plan), to ? unproved(root, report) : join(root, [say(root, plan.chance), lasts(root, plan)].filter(Boolean)));
  }
  lines.push('', say(root, 'unchecked'), '', line(root, say(root, 'link'), markdown ? `<${link}>` : link));
  if (!now(answers).attempts) lines.push(line(root, say(root, 'code'), code));
  return lines.join('\n').replace(/\n{3,}/g, '\n\n');
}
