// Copy buttons: beside each code block, and where a button says what to copy.

const said = document.getElementById('said');

// What a block of code has to give: of a console only the commands, without
// prompts and output.
function text(figure) {
  const code = figure.querySelector('code').cloneNode(true);
  if (!figure.querySelector('[data-lang=console]')) return code.textContent;
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

async function copy(button, what) {
  let word = said.dataset.done;
  try {
    await navigator.clipboard.writeText(what);
    button.dataset.copied = word;
    setTimeout(() => delete button.dataset.copied, 2000);
  } catch {
    word = said.dataset.failed;
  }
  said.textContent = '';
  // A status that does not change is not spoken again.
  requestAnimationFrame(() => { said.textContent = word; });
}

for (const figure of document.querySelectorAll('figure.code')) {
  const button = document.getElementById('copy').content.firstElementChild.cloneNode(true);
  button.addEventListener('click', () => copy(button, text(figure)));
  figure.append(button);
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.closest('[hidden]').hidden = false;
  button.addEventListener('click', () => copy(button, button.dataset.copy));
}
