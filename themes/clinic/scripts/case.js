// A case is what a reader has answered, and done since. It is kept in the
// fragment of the address and nowhere else:
//
//     #v=1&did1=set_strict&mode=full&now1=526&symptom=525&at=result
//
// Ids are public and permanent; `at` is the view: result, or a question.

const version = 1;

// What older links call otherwise, by today's name: 'question', or
// 'question=answer'. Nothing was ever renamed.
const renamed = {};

const attempts = ['1', '2', '3'];

/** Reads a fragment; known(key, value) says whether the page has words for it. */
export function read(fragment, known) {
  const answers = {};
  let at = '';
  let dropped = false;
  for (const pair of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const [key, value] = renamed[pair.join('=')]?.split('=') ?? [renamed[pair[0]] ?? pair[0], pair[1]];
    if (key === 'v') dropped ||= !(value <= version);
    else if (!known(key, value)) dropped = true;
    else if (key === 'at') at = value;
    else answers[key] = value;
  }
  // What was seen after nothing was done, or done after an end, says nothing.
  const end = attempts.find((n) => !answers[`did${n}`] || !answers[`now${n}`]) ?? '4';
  for (const n of attempts) {
    if (n < end) continue;
    dropped ||= `did${n}` in answers || `now${n}` in answers;
    delete answers[`did${n}`];
    delete answers[`now${n}`];
  }
  return { answers, at, dropped };
}

/** The answers as the engine reads them. */
export const query = (answers) => Object.keys(answers).sort().map((key) => `${key}=${answers[key]}`).join('&');

export const fragment = (answers, at) => `#${[`v=${version}`, query(answers), at && `at=${at}`].filter(Boolean).join('&')}`;

/** The answers without an attempt and those after it. */
export const without = (answers, n) => Object.fromEntries(Object.entries(answers).filter(([key]) => !/^(did|now)\d$/.test(key) || key.slice(-1) < n));

/** The symptom as it is now, and the number of attempts so far. */
export function now(answers) {
  const n = attempts.filter((i) => answers[`did${i}`]).length;
  return { seen: answers[`now${n}`] ?? answers.symptom, attempts: n, more: n < attempts.length };
}
