// Fills in a figure of the two legs. root holds the figure, and the words and
// signs of every protection. labels, where a figure has them, name each leg and
// what fails.

export const word = (root, protection, name) => root.querySelector(`[data-words=${protection}] [data-word=${name}]`).textContent;

/** Both legs as the engine's answer to "legs" has them. fails is the leg that does, if any. */
export function drawLegs(root, svg, legs, fails, labels) {
  for (const which of ['visitor', 'origin']) {
    const protection = legs[which];
    const failing = fails === which;
    const leg = svg.querySelector(`.leg[data-leg=${which}]`);
    const sign = root.querySelector(`[data-sign=${failing ? 'failing' : protection}]`).content.firstElementChild.cloneNode(true);
    leg.dataset.protection = protection;
    leg.toggleAttribute('data-failing', failing);
    if (labels) leg.querySelector('.label').textContent = labels[failing ? 'failing' : which];
    leg.querySelector('.short').textContent = word(root, protection, 'short');
    leg.querySelector('.port').textContent = protection === 'none' ? '' : `${legs[`${which}_scheme`]} ${legs[`${which}_port`]}`;
    leg.querySelector('.sign').replaceChildren(...sign.childNodes);
  }
}
