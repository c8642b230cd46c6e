// Whether the page fits the window's width. What scrolls within itself may be
// wider.

const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) {
  problems.add(`the page is ${document.documentElement.scrollWidth} wide, the window ${width}`);
}
const scrolls = (element) => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
// What is folded away is not seen, and to measure it costs a layout of its own.
const folded = 'details:not([open]) > :not(summary:first-of-type)';
for (const element of document.querySelectorAll(`body :not(${folded}, ${folded} *)`)) {
  const { left, right } = element.getBoundingClientRect();
  if (right <= width + 1 && left >= -1 || !isVisible(element)) continue;
  let inside = element.parentElement;
  while (inside && inside !== document.body && !scrolls(inside)) inside = inside.parentElement;
  if (!inside || inside === document.body) say(element, `reaches from ${left.toFixed()} to ${right.toFixed()}, the window to ${width}`);
}
// A number is one word, however large it stands.
for (const number of document.querySelectorAll('.number')) {
  const digits = document.createRange();
  digits.selectNodeContents(number.lastChild);
  if (digits.getClientRects().length > 1) say(number, 'is cut into lines');
}
for (const image of document.images) {
  if (!image.complete || !image.naturalWidth) say(image, `${image.src} is not shown`);
}

return [...problems];
