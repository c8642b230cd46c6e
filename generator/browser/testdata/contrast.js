// Whether everything that is painted can be told from what it is painted on:
// words 4.5:1, large words and what is not words 3:1 (WCAG 1.4.3 and 1.4.11).

for (const closed of document.querySelectorAll('details:not([open])')) closed.open = true;

function demand(element, paint, under, least, what) {
  const ratio = contrast(colour(paint), under, opacity(element));
  if (ratio < least) say(element, `${what} has ${ratio.toFixed(2)}:1, needs ${least}:1 (${paint} on ${css(under)})`);
}

function leastFor(style) {
  const size = parseFloat(style.fontSize);
  return size >= 24 || size >= 18.66 && style.fontWeight >= 700 ? 3 : 4.5;
}

// Words.
let words = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || !isVisible(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  if (!range.getClientRects().length) continue;
  const style = getComputedStyle(element);
  words++;
  demand(element, 'ownerSVGElement' in element ? style.fill : style.color, ground(element), leastFor(style), 'text');
}
if (!words) problems.add('the page shows no words');

// Words and signs that the styles add, where a rule has some: to ask every
// element for both costs more than all the rest. What surrounds a window keeps
// what it has read of a sheet: the next page has the same.
const read = top.sheets ??= new Map();
const bearers = (selector) => selector.replaceAll(/::(before|after)/g, ':is(*)');
function adding(sheet) {
  const places = { '::before': [], '::after': [] };
  (function collect(rules, within) {
    for (const rule of rules) {
      const own = rule.selectorText?.replaceAll('&', `:is(${bearers(within)})`) ?? within;
      for (const pseudo in places) if (rule.style?.content && own.includes(pseudo)) places[pseudo].push(bearers(own));
      if (rule.cssRules) collect(rule.cssRules, own);
    }
  })(sheet.cssRules, ':root');
  return places;
}
const sheets = [...document.styleSheets].map((sheet) => {
  const text = sheet.href ?? sheet.ownerNode.textContent;
  if (!read.has(text)) read.set(text, adding(sheet));
  return read.get(text);
});
for (const pseudo of ['::before', '::after']) {
  const places = sheets.flatMap((sheet) => sheet[pseudo]);
  for (const element of places.length ? document.body.querySelectorAll(places.join()) : []) {
    const style = getComputedStyle(element, pseudo);
    const text = /^"((?:[^"\\]|\\.)*)"/.exec(style.content)?.[1];
    if (!text?.trim() || style.display === 'none' || style.visibility === 'hidden' || !isVisible(element)) continue;
    const own = colour(style.backgroundColor);
    demand(element, style.color, blend(own, ground(element)), /[\p{L}\p{N}]/u.test(text) ? leastFor(style) : 3, `${pseudo} ${text}`);
  }
}

// The edges of controls.
for (const control of document.querySelectorAll('button, input:not([type=radio], [type=checkbox]), select, textarea, label:has(input)')) {
  if (!isVisible(control) || control.disabled) continue;
  const style = getComputedStyle(control);
  if (style.borderTopStyle === 'none' || !parseFloat(style.borderTopWidth)) continue;
  demand(control, style.borderTopColor, ground(control.parentElement), 3, 'border');
}

// Drawings: every line; every other shape that is not a gap in the colour of
// what lies under it. What a screen reader does not hear is decoration, but for
// the lines that stand for legs.
const same = (a, b) => a.every((value, i) => Math.abs(value - b[i]) < .5);
for (const shape of document.querySelectorAll('svg :is(line, path, circle, rect)')) {
  if (!shape.checkVisibility({ visibilityProperty: true })) continue;
  const leg = shape.closest('.legs .leg, .sample');
  if (!leg && shape.closest('[aria-hidden=true]')) continue;
  const style = getComputedStyle(shape);
  const under = ground(shape.closest('svg'));
  const paints = [style.stroke, style.fill].filter((paint) => paint !== 'none' && !same(colour(paint), under));
  if (shape.localName === 'line') demand(shape, style.stroke === 'none' ? 'transparent' : style.stroke, under, 3, `line of ${leg?.dataset.protection}`);
  else if (paints.length && !paints.some((paint) => contrast(colour(paint), under, opacity(shape)) >= 3)) demand(shape, paints[0], under, 3, 'shape');
}

return [...problems];
