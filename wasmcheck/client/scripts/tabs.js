// Tabs by host, system or server: of what stands there one below the other, the
// reader's choice is shown. All blocks of the page follow one choice.

import { choose, chosen, follow, system } from './choice.js';

// The tab that the address leads to, or into.
const named = () => document.getElementById(location.hash.slice(1))?.closest('.tabs > section');

function enliven(block) {
  const { by } = block.dataset;
  const [list, ...panels] = block.children;
  const fits = (panel, id) => panel.dataset.for.split(' ').includes(id);
  const tabs = [...list.children];
  panels.forEach((panel, i) => {
    panel.id ||= `${block.id}-${i + 1}`;
    panel.role = 'tabpanel';
    panel.ariaLabel = tabs[i].textContent;
    tabs[i].setAttribute('aria-controls', panel.id);
  });
  const show = (at) => tabs.forEach((tab, i) => {
    tab.ariaSelected = i === at;
    tab.tabIndex = i === at ? 0 : -1;
    panels[i].hidden = i !== at;
  });
  const shown = () => panels.findIndex((panel) => !panel.hidden);
  function pick(tab) {
    const { top } = tab.getBoundingClientRect();
    const panel = panels[tabs.indexOf(tab)];
    // A form for two systems keeps the one that was chosen.
    choose(by, [chosen(by), system].find((id) => fits(panel, id)) ?? panel.dataset.for.split(' ')[0]);
    show(tabs.indexOf(tab));
    scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: 'instant' });
  }
  list.addEventListener('click', ({ target }) => { if (target.role === 'tab') pick(target); });
  list.addEventListener('keydown', (event) => {
    const at = { ArrowRight: shown() + 1, ArrowLeft: shown() - 1, Home: 0, End: -1 }[event.key];
    if (at === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const tab = tabs.at(at % tabs.length);
    tab.focus({ preventScroll: true });
    pick(tab);
  });
  list.hidden = false;
  show(0);
  follow(() => {
    const wanted = panels.indexOf(named());
    const at = [wanted, ...[chosen(by), by === 'os' && system].map((id) => panels.findIndex((panel) => fits(panel, id)))].find((one) => one >= 0);
    if (at >= 0) show(at);
    if (wanted >= 0) block.scrollIntoView({ behavior: 'instant' });
  });
}

document.querySelectorAll('.tabs').forEach(enliven);
