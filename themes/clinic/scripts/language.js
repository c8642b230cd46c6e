// Links to other languages keep the place in the page, and a language that
// was chosen is remembered for links that leave it open (ticket.js).

const links = document.querySelectorAll('.languages a');

function keepPlace() {
  for (const link of links) link.hash = location.hash;
}

keepPlace();
addEventListener('hashchange', keepPlace);
// The page that shows the wire writes its state without a hashchange.
addEventListener('pagehide', keepPlace);
for (const link of links) {
  link.addEventListener('click', () => {
    keepPlace();
    try { localStorage.setItem('language', link.hreflang); } catch {}
  });
}
