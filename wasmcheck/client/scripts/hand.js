// What is pasted into the one field of any page goes to the checker's reader from
// hand to hand: this page becomes the checker's, without a load. A link, a store
// and the history's state all keep what they carry, secrets and all.

// The page of another address takes this one's place, with its scripts.
async function become(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const text = await response.text();
  const { pathname } = location;
  history.pushState(null, '', url);
  addEventListener('popstate', () => { if (location.pathname === pathname) location.reload(); });
  const page = new DOMParser().parseFromString(text, 'text/html'); // its addresses are this one's
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
  await Promise.all([...page.querySelectorAll('head script[type=module]')].map(({ src }) => import(src)));
  const { offer } = await import('./copy.js');
  if (!document.querySelector('figure.code > .copy')) offer(document); // it was here before
}

/** Has the checker at url read a text. A page that cannot be fetched leaves all as it was. */
export async function hand(url, text) {
  const reader = () => document.querySelector('ssl-check [data-form=paste]');
  if (!reader()) await become(url);
  const { attend } = await import('./evidence.js');
  attend(reader().closest('ssl-check'));
  reader().scrollIntoView({ block: 'nearest' });
  reader().elements.text.focus({ preventScroll: true });
  await reader().read(text);
}
