// Links to other languages keep the place in the page, and a language that was
// chosen is remembered for links that leave it open (ticket.js). What is to be
// done at a heading's sign, or where the page lacks the place that the address
// names, is fetched when it is wanted (anchor.js).

function keepPlace() {
  for (const link of document.querySelectorAll('.languages a')) link.hash = location.hash;
}

function look() {
  keepPlace();
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch {} // it is no address of ours
  if (id && !/=|^:~:/.test(id) && !document.getElementById(id)) import('./anchor.js').then(({ lost }) => lost(id), () => {});
}

look();
addEventListener('hashchange', look);
addEventListener('click', ({ target }) => {
  const link = target.closest?.('.languages a, .anchor');
  if (link?.hreflang) {
    keepPlace(); // a page may have written its state without a hashchange
    try { localStorage.setItem('language', link.hreflang); } catch {}
  } else if (link) import('./anchor.js').then(({ keep }) => keep(link), () => {});
});

// The platform's own way to pass a page on, where there is one.
const sheet = document.querySelector('[data-sheet]');
if (sheet && navigator.share) {
  sheet.parentElement.hidden = false;
  sheet.addEventListener('click', () => navigator.share({ title: document.title, url: document.querySelector('.ticket a').href }).catch(() => {}));
}
