// What a reader chooses once for all pages: the host, the system they type on,
// the server. The fragment says it first (#os=windows), then what was chosen
// last. Only a choice of the reader's own is remembered.

// Where each is kept, in the form of a fragment. A server is a part of a host.
const kept = { os: 'system', host: 'host', server: 'host' };

// What begins with v= is a case of the checker's, and an id is no choice.
const fragment = () => new URLSearchParams(/^#(?!v=).*=/.test(location.hash) ? location.hash.slice(1) : '');

function remembered(by) {
  let last;
  try { last = localStorage.getItem(kept[by]); } catch {}
  return new URLSearchParams(last ?? '');
}

/** What is chosen: an id, or ''. */
export const chosen = (by) => fragment().get(by) ?? remembered(by).get(by) ?? '';

/** Whether the fragment is a choice. */
export const isChoice = () => Object.keys(kept).some((by) => fragment().has(by));

const page = new EventTarget();
const tell = () => page.dispatchEvent(new Event('choice'));

/** Calls now, and whenever something is chosen, here or in another tab. */
export function follow(show, signal) {
  page.addEventListener('choice', show, { signal });
  show();
}

/** Chooses, remembers it, and writes it into the fragment, unless that is a case. */
export function choose(by, id) {
  const [last, now] = [remembered(by), fragment()];
  last.set(by, id);
  now.set(by, id);
  try { localStorage.setItem(kept[by], last); } catch {}
  if (!location.hash.startsWith('#v=')) history.replaceState(history.state, '', `#${now}`);
  tell();
}

addEventListener('hashchange', tell);
addEventListener('storage', tell);
