// <theme-choice>: follow the device, light, or dark; remembered. The state is
// data-theme on the root element, which the colours follow.

const root = document.documentElement;

function choose(theme) {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const meta of document.querySelectorAll('meta[data-theme]')) {
    meta.media = theme === 'auto' ? `(prefers-color-scheme: ${meta.dataset.theme})`
      : meta.dataset.theme === theme ? 'all' : 'not all';
  }
  for (const choice of document.querySelectorAll('theme-choice')) choice.show();
}

customElements.define('theme-choice', class extends HTMLElement {
  #life;

  get buttons() { return this.querySelectorAll('button'); }

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.show();
    this.addEventListener('click', ({ target }) => {
      const theme = target.closest('button')?.value;
      if (!theme) return;
      choose(theme);
      try { localStorage.setItem('theme', theme); } catch {}
    }, { signal });
    // Another tab of the site has chosen.
    addEventListener('storage', ({ key, newValue }) => {
      if (key === 'theme') choose(newValue ?? 'auto');
    }, { signal });
  }

  disconnectedCallback() { this.#life.abort(); }

  show() {
    for (const button of this.buttons) {
      button.setAttribute('aria-pressed', button.value === (root.dataset.theme ?? 'auto'));
    }
  }
});
