// Fills in a figure of the two legs. root holds the figure, and the words and
// signs of every protection.

export const word = (root, protection, name) => root.querySelector(`[data-words=${protection}] [data-word=${name}]`).textContent;

/** One leg: what protects it, what is spoken on it, and whether it is the one that fails. */
function drawLeg(root, svg, which, protection, port, failing) {
  const sign = root.querySelector(`[data-sign=${failing ? 'failing' : protection}]`).content.firstElementChild.cloneNode(true);
  const leg = svg.querySelector(`.leg[data-leg=${which}]`);
  leg.dataset.protection = protection;
  leg.toggleAttribute('data-failing', failing);
  if (root.dataset.failing) leg.querySelector('.label').textContent = root.dataset[failing ? 'failing' : which];
  leg.querySelector('.short').textContent = word(root, protection, 'short');
  leg.querySelector('.port').textContent = port;
  leg.querySelector('.sign').replaceChildren(...sign.childNodes);
}

/** Both legs as the engine's answer to "legs" has them. failing is a leg, or nothing. */
export function drawLegs(root, svg, legs, failing) {
  for (const which of ['visitor', 'origin']) {
    drawLeg(root, svg, which, legs[which], legs[which] === 'none' ? '' : `${legs[`${which}_scheme`]} ${legs[`${which}_port`]}`, failing === which);
  }
}
