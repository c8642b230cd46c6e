// Whether what is pressed is large enough for a finger: 24 by 24 pixels, or far
// enough from everything else that is pressed (WCAG 2.5.8). Links within a
// sentence are exempt.

for (const closed of document.querySelectorAll('details:not([open])')) closed.open = true;

const least = 24;
const targets = [];
for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
  if (!isVisible(element) || element.disabled) continue;
  const box = (element.labels?.[0] ?? element).getBoundingClientRect();
  if (box.right < 0 || box.bottom + document.defaultView.scrollY < 0) continue; // out of sight until it is focused
  const block = element.parentElement.closest(':not(a, b, strong, em, code, span, sup, small, time)');
  const words = (of) => of.textContent.trim().length;
  const inSentence = getComputedStyle(element).display === 'inline' && words(block) > words(element);
  targets.push({ element, box, small: !inSentence && (box.width < least || box.height < least) });
}

const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
for (const { element, box, small } of targets) {
  if (!small) continue;
  const [x, y] = middle(box);
  const near = targets.find((other) => {
    if (other.element === element) return false;
    const [otherX, otherY] = middle(other.box);
    if (other.small && Math.hypot(x - otherX, y - otherY) < least) return true;
    const dx = Math.max(other.box.left - x, 0, x - other.box.right);
    const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
    return Math.hypot(dx, dy) < least / 2;
  });
  if (near) say(element, `is ${box.width.toFixed()}×${box.height.toFixed()} px, and “${near.element.textContent.trim().slice(0, 20)}” is beside it`);
}
if (!targets.length) problems.add('the page has nothing to press');

return [...problems];
