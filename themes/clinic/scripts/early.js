// Before the first paint: the brightness that the reader chose last time, the
// room of what scripts will show, and of a case in the address the place that it
// will take, and what it waits for longest: scripts, words and module of the
// checker, which ask for each other. ?symptom=525, as one would guess it, is such
// a case. Its data-cfasync="false" keeps it from Rocket Loader, which runs scripts
// after it.
(() => {
  const root = document.documentElement;
  const check = /\/check\/$/.test(location.pathname);
  if (check && !location.hash && /[?&]symptom=/.test(location.search)) history.replaceState(null, '', `${location.pathname}#v=1&${location.search.slice(1)}`);
  if (/^#v=.*&(symptom|at)=/.test(location.hash)) {
    root.dataset.case = check; // false in an article, where it is a part of the text
    for (const href of root.dataset.ahead?.split(' ') ?? []) {
      const kind = href.endsWith('.js') ? { rel: 'modulepreload' } : { rel: 'preload', as: 'fetch', crossOrigin: '' };
      document.head.append(Object.assign(document.createElement('link'), kind, { href }));
    }
  }
  const kept = (key) => { try { return localStorage.getItem(key); } catch {} };
  const theme = kept('theme');
  if (/^(light|dark)$/.test(theme)) {
    root.dataset.theme = theme;
    for (const meta of document.querySelectorAll('meta[data-theme]')) meta.media = meta.dataset.theme === theme ? 'all' : 'not all';
  }
  // What has not come by then does not come: the checker is links then, in the same place, and tabs stand below each other.
  addEventListener('load', () => {
    document.adoptedStyleSheets = [];
    delete root.dataset.soon;
    if (check && !customElements.get('ssl-check')) delete root.dataset.case;
  });
  // Of tabs the one that tabs.js will show: the first, or the system's, or the one that is chosen.
  const chosen = new URLSearchParams(`${location.hash.slice(1)}&${kept('system')}&${kept('host')}`);
  const show = (by, id) => {
    const block = `.tabs[data-by=${by}]`;
    const one = `[data-for~="${CSS.escape(id)}"]`;
    return id ? `${block}:has(>${one})>section{display:none}${block}>section${one}{display:block}` : '';
  };
  const sheet = new CSSStyleSheet({ media: 'screen' });
  sheet.replaceSync(`.tabs>section~section{display:none}${show('os', { W: 'windows', M: 'macos' }[navigator.platform[0]] ?? 'linux')}${
    ['os', 'host', 'server'].map((by) => show(by, chosen.get(by) ?? (by === 'host' && chosen.get('provider')))).join('')}`);
  document.adoptedStyleSheets = [sheet];
  root.dataset.soon = '';
})();
