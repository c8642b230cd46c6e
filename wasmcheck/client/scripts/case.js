// A case is what a reader has answered, and done since. It is kept in the
// fragment of the address and nowhere else:
//
//     #v=1&did1=set_strict&mode=full&now1=526&symptom=525&test443_1=expired&at=result
//
// Ids are public and permanent; `at` is the view: result, or a question.

const version = 1;

// What older links call otherwise, by today's name: 'question', or
// 'question=answer'. Nothing was ever renamed.
const renamed = {};

const attempts = [...'12345'];

// What may have changed is asked again after an attempt: test443_1.
const changing = ['scheme', 'test443', 'test80', 'redirect80', 'redirect443', 'number', 'status'];
const again = new RegExp(`^(${changing.join('|')})_([1-5])$`);

/** The question that a key answers. */
export const asked = (key) => again.exec(key)?.[1] ?? key;

// The attempt that a key is about; before all, ''.
const attempt = (key) => /^(?:did|now)([1-5])$/.exec(key)?.[1] ?? again.exec(key)?.[2] ?? '';

/** The keys of all attempts, in the order in which they come to be. */
export const later = attempts.flatMap((n) => [`did${n}`, `now${n}`, ...changing.map((question) => `${question}_${n}`)]);

/** Reads a fragment; host(id) gives what a provider tells, as a query, or nothing; right(key, value) is the value put right, or nothing where the page has no words for it. */
export function read(fragment, right, host) {
  const answers = {};
  let provided = '';
  let at = '';
  let dropped = false;
  for (const pair of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const [key, said] = renamed[pair.join('=')]?.split('=') ?? [renamed[pair[0]] ?? pair[0], pair[1]];
    const value = key === 'provider' ? host(said) : key !== 'v' && right(key, said);
    if (key === 'v') dropped ||= !(said <= version);
    else if (!value) dropped = true;
    else if (key === 'provider') provided = value;
    else if (key === 'at') at = value;
    else answers[key] = value;
  }
  // What is said counts; but a site lives in one place.
  for (const [key, value] of new URLSearchParams(provided)) {
    answers[key] ??= value;
    dropped ||= key === 'origin' && answers[key] !== value;
  }
  // What was seen after nothing was done, or done after an end, says nothing.
  const end = attempts.find((n) => !answers[`did${n}`] || !answers[`now${n}`]) ?? '6';
  for (const key of Object.keys(answers).filter((one) => attempt(one) >= end)) {
    dropped = true;
    delete answers[key];
  }
  return { answers, at, dropped };
}

/** The answers as the engine reads them. */
export const query = (answers) => Object.keys(answers).sort().map((key) => `${key}=${answers[key]}`).join('&');

export const fragment = (answers, at) => `#${[`v=${version}`, query(answers), at && `at=${at}`].filter(Boolean).join('&')}`;

/** Where an answer is changed. An attempt is taken back, with those after it. */
export function change(key, answers) {
  if (!/^(did|now)/.test(key)) return fragment(answers, key);
  return fragment(Object.fromEntries(Object.entries(answers).filter(([one]) => attempt(one) < attempt(key))), 'result');
}

/** The symptom as it is now, and the number of attempts so far. */
export function now(answers) {
  const n = attempts.filter((i) => answers[`did${i}`]).length;
  const seen = answers[`now${n}`] ?? answers.symptom;
  const before = answers[`now${n - 1}`] ?? answers.symptom;
  return { seen, before, works: /^(ok|none)$/.test(seen), attempts: n, more: n < attempts.length };
}
