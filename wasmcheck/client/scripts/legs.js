// Fills in a figure of the two legs. root holds the figure, and the words and
// signs of every protection. labels, where a figure has them, name each leg and
// what fails.

export const word = (root, protection, name) => root.querySelector(`[data-words=${protection}] [data-word=${name}]`).textContent;

/** Whose words a leg has: those of its protection, or of a tunnel, which has its own. */
export const worded = (legs, which) => which === 'origin' && legs.lives === 'tunnel' && !legs.origin_port ? 'tunnel' : legs[which];

/** Both legs as the engine's answer to "legs" has them. fails is the leg that does, if any. */
export function drawLegs(root, svg, legs, fails, labels) {
  svg.dataset.lives = legs.lives;
  for (const which of ['visitor', 'origin']) {
    const protection = legs[which];
    const id = worded(legs, which);
    const failing = fails === which;
    const leg = svg.querySelector(`.leg[data-leg=${which}]`);
    const sign = root.querySelector(`[data-sign=${failing ? 'failing' : id}]`).content.firstElementChild.cloneNode(true);
    leg.dataset.protection = protection;
    leg.toggleAttribute('data-failing', failing);
    if (labels) leg.querySelector('.label').textContent = labels[failing ? 'failing' : which];
    leg.querySelector('.short').textContent = word(root, id, 'short');
    leg.querySelector('.port').textContent = !legs[`${which}_port`] ? '' : `${legs[`${which}_scheme`]} ${legs[`${which}_port`]}`;
    leg.querySelector('.sign').replaceChildren(...sign.childNodes);
  }
}
