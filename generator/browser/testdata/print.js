// What would be on the paper: for each name, how many of its elements there are
// and how many of them would be printed.

const printed = {};
for (const [name, selector] of Object.entries({
  navigation: 'nav, .skip, .menu, theme-choice, [href="#nav"], [href="#ask"]', buttons: 'button, input, [role=tablist], .ask', message: '.screen samp', body: '.prose > :not(.fields, .ask)', drawings: '.prose svg[role=img]', folded: 'details:not(nav details) > :not(summary)',
})) {
  const all = [...document.querySelectorAll(selector)];
  printed[name] = [all.length, all.filter((element) => isVisible(element) && element.getBoundingClientRect().height > 0).length];
}
return printed;
