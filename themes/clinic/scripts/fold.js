// Causes stand from the likeliest: the first two are open, the rare ones are a
// heading that opens. Without script all are open; so they are on paper, and
// for whoever comes by a link to a passage, which would move under their eyes.

const open = 2;
const causes = document.getElementById('causes');

// What follows a heading, until the next that is no lower.
function below(heading, stop) {
  const all = [];
  for (let at = heading.nextElementSibling; at && !at.matches(stop); at = at.nextElementSibling) all.push(at);
  return all;
}

function fold(heading) {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  const inside = below(heading, 'h2, h3');
  details.className = 'rare';
  heading.before(details);
  summary.append(heading);
  details.append(summary, ...inside);
}

// The passage that the address names is shown. A heading has been met already.
function unfold() {
  let to;
  try { to = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch {} // no address of ours
  const details = to?.closest('.rare');
  if (!details || details.open) return;
  details.open = true;
  if (!to.closest('summary')) to.scrollIntoView();
}

if (causes && !location.hash) {
  const rare = below(causes, 'h2').filter((at) => at.matches('h3')).slice(open);
  for (const heading of rare) fold(heading);
  addEventListener('hashchange', unfold);
}
