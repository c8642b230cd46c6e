// Links to other languages keep the place in the page, and a language that was
// chosen is remembered for links that leave it open (ticket.js). What is to be
// done at a heading's sign, or where the page lacks the place that the address
// names, is fetched when it is wanted (anchor.js).

const links = document.querySelectorAll('.languages a');

function keepPlace() {
  for (const link of links) link.hash = location.hash;
}

function look() {
  keepPlace();
  let id;
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { id = location.hash.slice(1); }
  if (id && !/=|^:~:/.test(id) && !document.getElementById(id)) import('./anchor.js').then(({ lost }) => lost(id), () => {});
}

look();
addEventListener('hashchange', look);
for (const link of links) {
  link.addEventListener('click', () => {
    // A page may have written its state without a hashchange.
    keepPlace();
    try { localStorage.setItem('language', link.hreflang); } catch {}
  });
}
addEventListener('click', (event) => {
  const link = event.target.closest?.('.anchor');
  if (link) import('./anchor.js').then(({ keep }) => keep(link), () => {});
});

// The platform's own way to pass a page on, where there is one.
const sheet = document.querySelector('[data-sheet]');
if (sheet && navigator.share) {
  sheet.parentElement.hidden = false;
  sheet.addEventListener('click', () => navigator.share({ title: document.title, url: document.querySelector('.ticket a').href }).catch(() => {}));
}
