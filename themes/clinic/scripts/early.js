// Before the first paint: the brightness that the reader chose last time.
(() => {
  let theme;
  try { theme = localStorage.getItem('theme'); } catch {}
  if (theme !== 'light' && theme !== 'dark') return;
  document.documentElement.dataset.theme = theme;
  for (const meta of document.querySelectorAll('meta[data-theme]')) {
    meta.media = meta.dataset.theme === theme ? 'all' : 'not all';
  }
})();
