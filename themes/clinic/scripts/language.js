// Links to other languages keep the place in the page, and a language that
// was chosen is remembered for links that leave it open (ticket.js).

const links = document.querySelectorAll('.languages a');

function keepPlace() {
  for (const link of links) link.hash = location.hash;
}

keepPlace();
addEventListener('hashchange', keepPlace);
for (const link of links) {
  link.addEventListener('click', () => {
    // A page may have written its state without a hashchange.
    keepPlace();
    try { localStorage.setItem('language', link.hreflang); } catch {}
  });
}
