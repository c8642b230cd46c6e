// What is found, put together from the catalogue: the legs, the cards of plans,
// and the causes. It is fetched with the module.

import { asked, fragment, now, query, tell } from './case.js';
import { offer } from './copy.js';
import { lasts } from './letter.js';
import { drawLegs, word as leg, worded } from './legs.js';
import { fit, letter, pick, serve } from './panel.js';
import { cause, degree, entry, join, line, list, messageTo, name, need, phrases, proof, say, sourced, unproved, verdict, word } from './words.js';

export { serve };

/** Draws the likeliest set-up, with the leg that fails, and gives its legs; nothing when that is not what the reader sees. */
export async function draw(root, { figure, leg: fails, outcome }) {
  const svg = root.result.querySelector('.legs svg');
  svg.parentElement.hidden = !figure;
  root.slotted('outcome').hidden = !figure || outcome === 'ok';
  if (!figure) return undefined;
  const legs = await root.engine(`legs?${figure}`);
  const { mode = 'strict', scheme, proxied } = Object.fromEntries(new URLSearchParams(figure));
  drawLegs(root, svg, legs, fails, phrases(root));
  svg.toggleAttribute('data-alone', proxied === 'no');
  const said = [proxied === 'no' ? say(root, 'direct') : say(root, 'alt', {
    mode: phrases(root).modes[mode], scheme, visitor: leg(root, legs.visitor, 'name'), origin: leg(root, worded(legs, 'origin'), 'name'),
  })];
  if (legs.redirect) said.push(say(root, 'redirect'));
  if (legs.lives === 'tunnel') said.push(say(root, 'tunnel'));
  if (legs.lives === 'pages') said.push(say(root, 'pages'));
  if (fails !== 'none') said.push(line(root, say(root, fails), say(root, 'failing')));
  svg.ariaLabel = join(root, said);
  root.slotted('seen').textContent = say(root, 'likeliest', { figure: svg.ariaLabel });
  const [title, means] = root.slotted('outcome').children;
  title.textContent = name(root, 'seen', outcome);
  means.textContent = word(root, 'seen', outcome, 'means');
  return legs;
}

/** A plan as a card: what to do, where, how one sees that it worked, what is left then, and what to do if it did not: next is what is foretold for that. */
export async function card(root, it, plan, role, next, first) {
  const { known: answers, found } = it;
  const made = root.made('plan');
  const to = messageTo(plan);
  const { more, seen, works } = now(answers);
  const called = found.report.verdict === 'contradiction' ? say(root, 'all_right') : say(root, to && !first ? `message_${to}` : role); // the page is headed by the first
  const [heading, beside] = made.querySelector('summary').children;
  [heading.textContent, beside.textContent] = first ? [called, inLine(root, plan)] : [inLine(root, plan), called];
  made.querySelector('.needs').textContent = need(root, plan);
  const enough = first && !more && !works;
  made.querySelector('.unproved').textContent = enough ? say(root, 'enough') : to && unproved(root, found.report);
  made.querySelector('.unproved').hidden = !enough && !to;
  made.open = first && !/^(works|contradiction)$/.test(found.report.verdict);
  made.querySelector('.proof b').textContent = say(root, plan.chance);
  made.querySelector('.proof span').textContent = proof(root, plan);
  const sure = made.querySelector('.sure');
  sure.hidden = to;
  let after; // what comes when it works
  if (more && !to) {
    const then = next || seen;
    const well = behind(root, it, plan, 'ok');
    if (!works && /^(plain|encrypted)$/.test(worded(plan.ends, 'origin')) && left(await find(root, well))) {
      after = onward(root, well, line(root, say(root, 'after'), inLine(root, well.found.plans[0])));
      after.classList.add('after');
      if (first) it.after = well.found.plans[0]; // of which a note tells
      sure.before(after);
    }
    if (next || !works) sure.before(onward(root, behind(root, it, plan, then), say(root, 'then', { outcome: name(root, 'seen', then) })));
  }
  if (first && !works) sure.before(...message(root, answers, plan));
  // That more lasts is told by what comes after, and what only makes do is no setting to stay with.
  const stays = after && plan.lasts === 'higher' || role === 'workaround' && plan.lasts === 'yes' ? '' : plan.lasts;
  const last = made.querySelector('.lasts');
  last.textContent = to ? '' : lasts(root, { ...plan, lasts: stays });
  last.hidden = !last.textContent;
  const ending = worded(plan.ends, 'origin');
  made.querySelector('.alert').hidden = role !== 'workaround' || !/^(plain|encrypted)$/.test(ending); // the price is the leg's
  made.querySelector('[data-slot=price]').textContent = line(root, say(root, 'origin'), join(root, ['means', 'reader'].map((part) => leg(root, ending, part))));
  const steps = made.querySelector('ol');
  steps.append(...await Promise.all(plan.steps.map(async (id, i) => {
    const item = document.createElement('li');
    const other = theirs(plan, i);
    item.append(await fit(root, copied(root, 'do', id, !other), answers, plan.by[i]));
    const how = item.querySelector('[data-part=how]');
    if (/^ask_/.test(id)) how.after(...await letter(root, answers, plan, id));
    else if (other) item.querySelector('summary').append(Object.assign(document.createElement('small'), { textContent: say(root, plan.by[i]) }));
    if (plan.again.includes(id)) {
      const look = document.createElement('p');
      look.append(Object.assign(document.createElement('b'), { textContent: say(root, /^set_/.test(id) ? 'again_mode' : 'again_step') }));
      how.before(look);
    }
    return item;
  })));
  if (plan.needs.some((id) => !/^(host|owner)$/.test(id))) pick(steps, root.made('server'), answers);
  const typed = new Set();
  for (const part of steps.querySelectorAll('.snippet figure, .panel')) if (typed.size === typed.add(part.textContent).size) part.remove(); // the step before has it
  for (const end of made.querySelectorAll('.ends [data-leg]')) {
    end.querySelector('.sample').dataset.protection = plan.ends[end.dataset.leg];
    end.querySelector('b').textContent = leg(root, worded(plan.ends, end.dataset.leg), 'name');
  }
  const form = made.querySelector('form');
  form.dataset.did = plan.steps.join();
  const still = made.querySelector('[data-still]');
  still.value = seen;
  still.hidden = works || !more;
  if (!more) form.querySelector('label').remove(); // more attempts are not counted, but that it works is always told
  form.lastElementChild.hidden = !more;
  return made;
}

// Whether a step is somebody else's, who is asked for it.
const theirs = ({ steps, by }, i) => /^(host|owner)$/.test(by[i]) && !/^ask_/.test(steps[i]);

/** A plan in a line. What is asked of somebody stands with whom; what was done before is to be looked at again. */
export function inLine(root, plan) {
  const { steps: ids, again, by } = plan;
  const called = (id) => (again.includes(id) ? say(root, 'again', { plan: name(root, 'do', id) }) : name(root, 'do', id));
  return ids.flatMap((id, i) => {
    if (theirs(plan, i)) return [];
    const asks = /^ask_/.test(id) ? ids.filter((one, k) => by[k] === by[i] && theirs(plan, k)).map(called) : [];
    return [asks.length ? line(root, called(id), list(root, asks)) : called(id)];
  }).join(' → ');
}

// Whether something is left when it works again. A plan that would change next to nothing is none.
const left = ({ report, plans: [plan] }) => report.plans.length > 0 && plan.chance !== 'low';

/** What there is to do, for a heading. */
export function todo(root, found) {
  const { report, plans: [plan] } = found;
  if (report.cause && report.plans[0] === 'safer' && !left(found)) return cause(root, report.cause); // nothing fails, and next to nothing would change
  if (report.verdict === 'works' && left(found)) return say(root, 'works_but');
  if (/^(works|contradiction)$/.test(report.verdict) || !report.plans.length) return verdict(root, report);
  const [who, more] = plan.needs;
  return !more && /^(host|owner)$/.test(who) ? say(root, `message_${who}`) : inLine(root, plan); // who does all of it is sent a message
}

/** What is still open when it works again: a setting that nobody has looked at, a plan, or what the second leg lacks in the mode that lasts. */
export function rest(root, { found, known }, look) {
  if (/^(tunnel|pages)$/.test(known.origin)) return say(root, known.origin);
  if (look) return say(root, 'open_look', { question: root.querySelector(`[data-question=${look}]`).dataset.short });
  if (left(found)) return say(root, 'open_one', { plan: inLine(root, found.plans[0]) });
  const { mode, proxied } = Object.fromEntries(new URLSearchParams(found.report.figure));
  if (proxied === 'no') return say(root, 'direct');
  const lacks = { full: 'encrypted', flexible: 'plain', off: 'plain' }[mode];
  if (!lacks) return say(root, 'open_none');
  const said = line(root, say(root, 'origin'), leg(root, lacks, 'means'));
  return known.lasting === mode ? join(root, [said, say(root, 'lasts_yes')]) : said;
}

/** A cause of those that were found, with the answers that speak for it and against it; two that are joined are two. */
export function reason(root, { known: answers, found: { causes } }, { id, degree: how }, open) {
  const { because, against } = causes.find((one) => one.id === id);
  return id.split('+').map((one) => {
    const item = copied(root, 'cause', one, open);
    item.querySelector('summary').append(' ', degree(root, how));
    for (const [phrase, keys] of [['because', because], ['against', against]]) {
      if (!keys.length) continue;
      const words = root.made(phrase);
      words.textContent = say(root, phrase, { answers: list(root, keys.map((key) => sourced(root, answers, key))) });
      item.querySelector('[data-part=means]').after(words);
    }
    return item;
  });
}

// What can be sent to who does it instead, folded: it is written when it is looked at. Who has the dashboard writes to no owner of it; at home
// and behind a tunnel there is no host.
function message(root, answers, plan) {
  if (plan.steps.some((id) => /^ask_/.test(id))) return [];
  const to = plan.needs.join() === 'dashboard' && !/dashboard/.test(answers.access) ? 'owner' : 'host';
  if (to === 'host' && /^(home|tunnel|pages)$/.test(answers.origin)) return [];
  const made = root.made('message');
  made.firstElementChild.textContent = to === 'host' ? say(root, 'instead_host') : say(root, 'instead_owner');
  const theirs = { ...plan, by: plan.by.map((who) => ((who === 'dashboard') === (to === 'owner') ? to : who)) };
  made.addEventListener('toggle', async () => made.append(...await letter(root, answers, theirs, `ask_${to}`)), { once: true });
  return [made];
}

// A copy of an entry of the catalogue.
function copied(root, kind, id, open) {
  const item = entry(root, kind, id).firstElementChild;
  for (const link of item.querySelectorAll('a')) link.href = new URL(link.getAttribute('href'), root.dataset.at ?? location.href);
  item.open = open;
  offer(item);
  return item;
}

// Where one stands when a plan is done and something is seen.
function behind(root, { answers: before }, { steps }, seen) {
  const n = now(before).attempts + 1;
  const answers = { ...before, [`did${n}`]: steps.join(), [`now${n}`]: seen };
  return { answers, known: tell(answers, (id) => root.host(id)) };
}

const find = async (root, it) => (it.found ??= await root.engine(`diagnose?${query(it.known)}`));

// What comes there, folded: the next card or the next question. It is found when it is looked at.
function onward(root, it, called) {
  const made = root.made('onward');
  const [summary, onwards] = made.children;
  summary.textContent = called;
  onwards.firstElementChild.href = fragment(it.answers);
  made.addEventListener('toggle', async () => {
    const found = await find(root, it);
    if (found.report.verdict === 'works' || found.done || root.beyond(it)) {
      const next = await card(root, it, found.plans[0], found.report.plans[0]);
      for (const part of next.querySelectorAll('form, .sure, .then')) part.remove();
      next.open = true;
      onwards.before(next);
    } else onwards.prepend(say(root, 'asks', { question: root.question(asked(found.next.key)).querySelector('h2').textContent }), ' ');
    serve(root);
  }, { once: true });
  return made;
}
