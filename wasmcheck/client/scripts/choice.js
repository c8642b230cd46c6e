// What a reader chooses once for all pages: the host, the system they type on,
// the server. The fragment says it first (#os=windows), then what was chosen
// last. Only a choice of the reader's own is remembered.

// Where each is kept, in the form of a fragment. A server is a part of a host.
const kept = { os: 'system', host: 'host', server: 'host' };

/** The system of the device, or Linux where it is none that commands are written for. */
export const system = /^Win/.test(navigator.platform) ? 'windows' : /^Mac/.test(navigator.platform) && !navigator.maxTouchPoints ? 'macos' : 'linux';

// What was chosen in this page, where nothing can be stored.
const held = {};

const said = () => new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : '');

/** Whether the fragment is a choice, and nothing else. */
export const isChoice = () => said().size > 0 && [...said().keys()].every((by) => Object.hasOwn(kept, by));

// What has another key is a case of the checker's: it names the host as its
// provider, and chooses nothing else. An id is no choice.
const isCase = () => said().size > 0 && !isChoice();

function remembered(by) {
  let last = held[kept[by]];
  try { last = localStorage.getItem(kept[by]); } catch {}
  return new URLSearchParams(last ?? '');
}

/** What the address chooses: an id, or nothing. */
export const linked = (by) => (isChoice() ? said().get(by) : by === 'host' ? said().get('provider') : null);

/** What is chosen: an id, or ''. */
export const chosen = (by) => linked(by) ?? remembered(by).get(by) ?? '';

const page = new EventTarget();
const tell = (what = 'choice') => page.dispatchEvent(new Event(what));

/** Calls now, and whenever something is chosen, here or in another tab; or whenever a choice has changed the case in the address. */
export function follow(show, signal, what = 'choice') {
  page.addEventListener(what, show, { signal });
  show();
}

/** Remembers a choice; '' takes it back. */
export function remember(by, id) {
  const last = remembered(by);
  if (id) last.set(by, id);
  else last.delete(by);
  try { if (last.size) localStorage.setItem(kept[by], last); else localStorage.removeItem(kept[by]); } catch { held[kept[by]] = last; }
}

/** Chooses, remembers it, and writes it into the fragment. A case that names a host names this one then; it has no other choices. */
export function choose(by, id) {
  remember(by, id);
  const now = said();
  const named = isCase();
  if (!named) now.set(by, id);
  else if (by === 'host' && now.has('provider')) {
    now.set('provider', id);
    now.delete('origin'); // the host tells
  }
  if (`${now}` !== `${said()}`) {
    history.replaceState(history.state, '', `#${now}`.replaceAll('%2C', ','));
    if (named) tell('case');
  }
  tell();
}

addEventListener('hashchange', () => tell());
addEventListener('storage', () => tell());
