// Before the first paint: the brightness that the reader chose last time, and
// of a case in the address the place that it will take, and what it waits for
// longest: scripts, words and module of the checker, which ask for each other.
// ?symptom=525, as one would guess it, is such a case. Its data-cfasync="false"
// keeps it from Rocket Loader, which runs scripts after it.
(() => {
  const root = document.documentElement;
  if (/\/check\/$/.test(location.pathname) && /[?&]symptom=/.test(location.search) && !location.hash) history.replaceState(null, '', `${location.pathname}#v=1&${location.search.slice(1)}`);
  if (/^#v=.*&(symptom|at)=/.test(location.hash)) {
    root.dataset.case = '';
    for (const href of root.dataset.ahead?.split(' ') ?? []) {
      const kind = href.endsWith('.js') ? { rel: 'modulepreload' } : { rel: 'preload', as: 'fetch', crossOrigin: '' };
      document.head.append(Object.assign(document.createElement('link'), kind, { href }));
    }
    // Without its script the checker is links, in the same place.
    addEventListener('load', () => { if (!customElements.get('ssl-check')) delete root.dataset.case; });
  }
  let theme;
  try { theme = localStorage.getItem('theme'); } catch {}
  if (theme !== 'light' && theme !== 'dark') return;
  root.dataset.theme = theme;
  for (const meta of document.querySelectorAll('meta[data-theme]')) {
    meta.media = meta.dataset.theme === theme ? 'all' : 'not all';
  }
})();
