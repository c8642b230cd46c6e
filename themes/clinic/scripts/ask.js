// A question of the checker inside an article: with script, an answer goes on
// in the interactive checker. The keys are few: sorted as the checker does.

for (const link of document.querySelectorAll('[data-answers]')) {
  link.href = `${link.closest('[data-check]').dataset.check}#v=1&${link.dataset.answers.split('&').sort().join('&')}`;
}
