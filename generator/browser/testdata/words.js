// What every inspector needs: an element in words, colours as numbers, and the
// ground that something is painted on.

const problems = new Set();

function say(element, what) {
  const name = [element.localName, element.id && `#${element.id}`, ...[...element.classList].map((name) => `.${name}`)].join('');
  const parent = element.parentElement;
  const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40);
  problems.add(`${parent ? `${parent.localName}${[...parent.classList].map((c) => `.${c}`).join('')} > ` : ''}${name} “${text}”: ${what}`);
}

const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const known = new Map();

// [red, green, blue, alpha] of a computed colour; 0 to 255, and 0 to 1.
function colour(text) {
  if (!known.has(text)) {
    brush.fillStyle = '#010203';
    brush.fillStyle = text;
    if (brush.fillStyle === '#010203') throw new Error(`${text} is no colour`);
    brush.clearRect(0, 0, 1, 1);
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
    known.set(text, [red, green, blue, alpha / 255]);
  }
  return known.get(text);
}

const blend = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];

// What a function of an element and its parent's value gives, once an element.
function inherited(find, beneath) {
  const found = new Map();
  return function value(element) {
    if (!element) return beneath;
    if (!found.has(element)) found.set(element, find(element, value(element.parentElement)));
    return found.get(element);
  };
}

// The colour under an element's content, the element's own background included.
// Beneath all is the canvas of the colour scheme.
const ground = inherited((element, under) => {
  const { backgroundColor, backgroundImage } = getComputedStyle(element);
  if (backgroundImage !== 'none') say(element, `has the background ${backgroundImage.slice(0, 40)}, which cannot be judged`);
  return blend(colour(backgroundColor), under);
}, colour(matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff'));

// How much of an element's own paint is left by its opacity and its ancestors'.
const opacity = inherited((element, left) => left * getComputedStyle(element).opacity, 1);

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((c) => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
}

// The contrast of a paint on an opaque ground, 1 to 21.
function contrast(paint, under, left = 1) {
  const [r, g, b, a] = paint;
  const [light, dark] = [luminance(blend([r, g, b, a * left], under)), luminance(under)].sort((x, y) => y - x);
  return (light + .05) / (dark + .05);
}

const isVisible = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
const css = ([r, g, b]) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;
