// A step where the site lives: the path in the panel of the host that is named,
// from the host's page, of the products those that there can be, and what is sent
// to who does it instead.

import { chosen } from './choice.js';
import { offer } from './copy.js';
import { say } from './words.js';

const fetched = new Map();

const address = ({ dataset }) => new URL(dataset.url, document.baseURI).href;

/** The page of a host; nothing where it cannot be had, and the step stands for all. */
export function page(place) {
  const url = address(place);
  if (!fetched.has(url)) {
    fetched.set(url, fetch(url).then((response) => (response.ok ? response.text() : ''))
      .then((text) => new DOMParser().parseFromString(text, 'text/html'))
      .catch(() => { fetched.delete(url); }));
  }
  return fetched.get(url);
}

// What the page of a host says of where a step is done.
async function lead(item, place) {
  const { topics } = item.dataset;
  if (!topics || !place?.dataset.url) return;
  const at = address(place);
  const host = await page(place);
  const parts = topics.split(' ').flatMap((topic) => {
    const heading = host?.getElementById(topic);
    const paths = [...heading?.nextElementSibling.children ?? []].filter((fact) => fact.querySelector('.labels kbd')).map((fact) => document.importNode(fact, true));
    if (!paths.length) return [];
    const [part, line, link, facts] = ['div', 'p', 'a', 'ul'].map((tag) => document.createElement(tag));
    link.href = `${at}#${topic}`;
    link.textContent = `${place.textContent} › ${heading.textContent}`;
    part.className = 'panel';
    facts.className = 'facts';
    for (const anchor of paths.flatMap((fact) => [...fact.querySelectorAll('a')])) anchor.href = new URL(anchor.getAttribute('href'), at);
    line.append(link);
    facts.append(...paths);
    part.append(line, facts);
    return [part];
  });
  item.querySelector('[data-part=how]').after(...parts); // which may name what comes first
}

// Whether something is for these answers. What is not known of them leaves nothing out.
function has(answers, at) {
  const said = answers[{ shell: 'access', strict: 'lasting' }[at] ?? 'origin'];
  return !said || said === 'unknown' || said.split(',').some((id) => at.split(' ').includes(id));
}

/** Makes the entry of a step one for the place and for what is at hand: with its paths, and without the words, the products and the commands that are for others. */
export async function fit(root, item, answers, by) {
  const place = root.place(answers.provider);
  const who = item.querySelector('[data-who=server]');
  if (who && by === 'panel') who.textContent = say(root, 'who_panel');
  for (const part of item.querySelectorAll('[data-at]')) {
    if (!has(answers, part.dataset.at)) part.remove();
  }
  const snippets = [...item.querySelectorAll('.snippet')];
  const own = snippets.some(({ dataset }) => dataset.for === place?.value);
  const rented = /^(hosting|platform)$/.test(answers.origin);
  const shell = has(answers, 'shell');
  for (const snippet of snippets) {
    const { for: product, rent } = snippet.dataset;
    const others = own ? product !== place.value : rented && rent !== 'app' && (place || !rent);
    if (others || !shell && snippet.querySelector('[data-lang=bash]')) snippet.remove();
  }
  await lead(item, place);
  return item;
}

/** Puts before the steps the choice of a server, where there is one. A server of one's own is one of them, and the first stands for all; a rented one may be none. */
export function pick(steps, choice, { origin }) {
  const products = new Set([...steps.querySelectorAll('.snippet')].map(({ dataset }) => dataset.for));
  for (const option of [...choice.querySelectorAll('option')]) if (option.value ? !products.has(option.value) : /^(server|home|balancer)$/.test(origin)) option.remove();
  if (products.size > 1) steps.before(choice);
}

/** Shows the snippets of the chosen server. What stands alone needs no choice. */
export function serve(root) {
  const server = chosen('server');
  for (const steps of root.querySelectorAll('.steps')) {
    const select = steps.parentElement.querySelector(':scope > .server select');
    if (select) select.value = select.querySelector(`[value="${server}"]`) ? server : select.options[0].value;
    const product = select?.value ?? server;
    for (const item of steps.querySelectorAll('.item')) {
      const snippets = [...item.querySelectorAll('.snippet')];
      const fits = snippets.some(({ dataset }) => dataset.for === product);
      for (const snippet of snippets) {
        snippet.open = !snippets[1] || snippet.dataset.for === product;
        snippet.hidden = !snippet.open && (!product || fits);
      }
    }
  }
}

/** What is to be sent, in the page's language until another is chosen. Without its words the step says what it has to say. */
export async function letter(root, answers, plan, to) {
  const made = root.made('letter');
  const pre = made.querySelector('pre');
  const write = async ({ target: { selectedOptions: [option] } }) => {
    const { letter: text, spoken } = await import('./letter.js');
    pre.firstElementChild.textContent = await text(await spoken(root, option), answers, plan, to);
    pre.lang = option.value;
  };
  const select = made.querySelector('select');
  select.addEventListener('change', (event) => write(event).catch(() => { select.value = pre.lang; }));
  offer(made);
  return write({ target: select }).then(() => [made], () => []);
}
