// On a host's page: who goes on to the checker as one whose site lives there has
// chosen that host.

import { remember } from './choice.js';

document.querySelector('main').addEventListener('click', ({ target }) => {
  const host = new URLSearchParams(target.closest('a')?.hash.slice(1)).get('provider');
  if (host) remember('host', host);
});
