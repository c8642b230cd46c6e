// Copy buttons: beside each code block, and at the article's permanent link.

// What a block of code has to give: of a console only the commands, without
// prompts and output. No newline at the end: a terminal would run it at once.
function text(figure) {
  const code = figure.querySelector('code').cloneNode(true);
  if (!figure.querySelector('[data-lang=console]')) return code.textContent.trimEnd();
  const prompt = '\0';
  for (const out of code.querySelectorAll('.go')) out.remove();
  for (const sign of code.querySelectorAll('.gp')) sign.textContent = prompt;
  let goesOn = false;
  return code.textContent.split('\n').flatMap((line) => {
    const command = line.includes(prompt) || goesOn;
    goesOn = command && line.endsWith('\\');
    return command ? [line.slice(line.indexOf(prompt) + 1).trimStart()] : [];
  }).join('\n');
}

/** Copies what, or what is promised, to the clipboard, and says so. */
export async function copy(button, what) {
  const said = document.getElementById('said'); // now: the page may have become another (hand.js)
  let word = said.dataset.done;
  try {
    await navigator.clipboard.writeText(await what);
    button.dataset.copied = '';
  } catch {
    word = said.dataset.failed;
  }
  said.textContent = '';
  // A status that does not change is not spoken again.
  requestAnimationFrame(() => { said.textContent = word; });
  setTimeout(() => {
    delete button.dataset.copied;
    if (said.textContent === word) said.textContent = '';
  }, 4000);
}

/** Puts a button beside each block of code. */
export function offer(root) {
  for (const figure of root.querySelectorAll('figure.code')) {
    const button = document.getElementById('copy').content.firstElementChild.cloneNode(true);
    button.textContent = figure.dataset.label ?? button.textContent;
    figure.append(button);
  }
}

offer(document);
// A page may show a block in a second place: its button is heard there as well.
addEventListener('click', ({ target }) => {
  const button = target.closest('figure.code .copy');
  if (button) copy(button, text(button.parentElement));
});

for (const button of document.querySelectorAll('[data-copy]')) {
  const link = document.querySelector('.ticket a').href;
  const title = document.querySelector('h1').textContent;
  const what = button.dataset.copy === 'markdown' ? `[${title}](${link})` : link;
  button.closest('[hidden]').hidden = false;
  button.addEventListener('click', () => copy(button, what));
}
