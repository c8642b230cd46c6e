// The stops of the Tab key: window.stops are the elements that it must reach;
// window.stop() says where it is, and what is wrong there.

const isStop = (element) => isVisible(element) && !element.disabled && element.tabIndex >= 0
  && !(element.type === 'radio' && !element.checked);
window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(isStop);

const marks = (element) => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return outlineStyle === 'none' || outlineWidth === '0px' ? boxShadow : `${outlineStyle} ${outlineWidth} ${boxShadow}`;
};
const carriers = (element) => [element, ...element.labels ?? []];
const quiet = new Map(stops.flatMap(carriers).map((element) => [element, marks(element)]));

window.stop = () => {
  problems.clear();
  const at = document.activeElement;
  const index = stops.indexOf(at);
  if (index < 0) return { index, problems: [] };
  const carrier = carriers(at).find((element) => marks(element) !== quiet.get(element));
  if (!carrier) say(at, 'looks no different with the focus');
  else {
    const style = getComputedStyle(carrier);
    const ratio = contrast(colour(style.outlineColor), ground(carrier.parentElement));
    if (style.outlineStyle !== 'none' && ratio < 3) say(at, `its focus ring has ${ratio.toFixed(2)}:1, needs 3:1`);
  }
  if (getComputedStyle(at).pointerEvents === 'none') {
    say(at, 'is a stop for the Tab key, and nothing that can be pressed');
    return { index, problems: [...problems] };
  }
  const { left, top, right, bottom } = (carrier ?? at).getClientRects()[0];
  const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
  const hit = document.elementFromPoint(x, y);
  if (!hit || !(carrier ?? at).contains(hit)) say(at, `has the focus and cannot be seen at ${x.toFixed()}, ${y.toFixed()}: there is ${hit?.outerHTML.slice(0, 80) ?? 'nothing'}`);
  return { index, problems: [...problems] };
};

return stops.map((element) => element.outerHTML.slice(0, 120));
