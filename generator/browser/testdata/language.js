// Whether a voice would read every word in its own language: kana is Japanese
// and nothing else, and a link to a page in another language says so.

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const spoken = (element) => element.closest('[lang]')?.lang.split('-')[0];
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (/[\u3041-\u30ff]/.test(node.data) && !element.closest('script') && spoken(element) !== 'ja') say(element, `is Japanese, and marked as ${spoken(element)}`);
}
for (const link of document.querySelectorAll('a[hreflang]')) {
  if (spoken(link) !== link.hreflang) say(link, `leads to ${link.hreflang}, and its words are marked as ${spoken(link)}`);
}
for (const element of document.querySelectorAll('[aria-label], [title], [alt]')) {
  const said = ['aria-label', 'title', 'alt'].map((name) => element.getAttribute(name) ?? '').join(' ');
  if (/[\u3041-\u30ff]/.test(said) && spoken(element) !== 'ja') say(element, `has a Japanese name, and is marked as ${spoken(element)}`);
}
if (!document.documentElement.lang) problems.add('the page does not say its language');

return [...problems];
