// Places in a page. A click on a heading's sign copies the address that lasts,
// /k/525/#causes, while the page goes there as ever. A place that the address names
// and the page does not have is said, with the one that is nearest by name.

const notice = document.getElementById('lost');

const pairs = (text) => new Set([...text.toLowerCase()].map((c, i, all) => c + (all[i + 1] ?? '')));

function nearest(id) {
  const wanted = pairs(id);
  const [best] = [...document.querySelectorAll('main :is(h2, h3)[id], main dl > [id], main .item[id], main li[id]')].map((place) => {
    const has = pairs(place.id);
    return { place, like: 2 * [...wanted].filter((pair) => has.has(pair)).length / (wanted.size + has.size) };
  }).sort((a, b) => b.like - a.like);
  return best?.like > .4 ? best.place : undefined;
}

/** Says that the page has no such place. */
export function lost(id) {
  const [said, near] = notice.children;
  said.textContent = notice.dataset.says.replace('{id}', id);
  const place = nearest(id);
  near.hidden = !place;
  if (place) {
    const link = near.querySelector('a');
    link.hash = place.id;
    link.textContent = (place.querySelector('dfn, summary h3') ?? place.firstChild).textContent.trim();
  }
  notice.hidden = false;
  const gone = () => { notice.hidden = true; };
  addEventListener('hashchange', gone, { once: true });
  notice.querySelector('button').addEventListener('click', gone, { once: true });
}

/** Copies the address of a heading, where the page has one that lasts. */
export async function keep(link) {
  const ticket = document.querySelector('.ticket a');
  if (!ticket) return;
  const { copy } = await import('./copy.js');
  copy(link, ticket.href + link.hash);
}
