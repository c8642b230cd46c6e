// A case is what a reader has answered, and done since. It is kept in the
// fragment of the address and nowhere else:
//
//     #v=1&did1=set_strict&mode=full&now1=526&symptom=525&test443_1=expired&read=test443_1&at=result
//
// Ids are public and permanent; `at` is the view: result, or a question. A host
// What was read from a text that was pasted has its key in read. A host
// that is named, provider=xserver, stands there by its name alone: what that
// tells is looked up where it is read, and is what the page knows today.

const version = 1;

// What older links call otherwise, by today's name: 'question', or
// 'question=answer'. Nothing was ever renamed.
const renamed = {};

const attempts = [...'12345'];

// What may have changed is asked again after an attempt: test443_1.
export const changing = ['scheme', 'test443', 'test80', 'redirect80', 'redirect443', 'number', 'status', 'issuer', 'dates', 'names', 'chain', 'listen443', 'listen80', 'origin_log'];

// What a text alone can answer, by the engine's ids. The words come with what
// findings are told with.
const texts = {
  test443: 'client_cert_400 client_cert_alert40 client_cert_alert116',
  issuer: 'public origin_ca self_signed staging router_default private',
  dates: 'valid expired not_yet',
  names: 'match mismatch',
  chain: 'complete incomplete',
  listen443: 'yes no loopback',
  listen80: 'yes no loopback',
  origin_log: 'sni_rejected no_certificate no_shared_cipher unsupported_protocol client_cert_missing plain_http_on_tls tls_on_plain cert_not_loaded key_mismatch bind_failed proxy_protocol acme_failed upstream_down',
};
const again = new RegExp(`^(${changing.join('|')})_([1-5])$`);

/** The question that a key answers. */
export const asked = (key) => again.exec(key)?.[1] ?? key;

/** The questions that a text can answer in ways of which people are told none. */
export const textual = Object.keys(texts);

/** Whether nobody is asked for an answer. */
export const isText = (key, value) => Boolean(texts[asked(key)]?.split(' ').includes(value));

// The attempt that a key is about; before all, ''.
const attempt = (key) => /^(?:did|now)([1-5])$/.exec(key)?.[1] ?? again.exec(key)?.[2] ?? '';

/** The keys of all attempts, in the order in which they come to be. */
export const later = attempts.flatMap((n) => [`did${n}`, `now${n}`, ...changing.map((question) => `${question}_${n}`)]);

// What was read is marked where it is among the answers, and nowhere else.
function marked({ read, ...answers }) {
  const keys = read?.split(',').filter((key) => key in answers);
  return keys?.length ? { ...answers, read: keys.join() } : answers;
}

/** Whether an answer was read from a text. */
export const isRead = (answers, key) => answers.read?.split(',').includes(key);

/** The answers without one of them, or with another that somebody gives in its place. */
export function told(answers, key, value) {
  const { [key]: before, ...rest } = answers;
  return value ? { ...marked(rest), [key]: value } : marked(rest);
}

/** The answers, with what the name of the host tells. What is said itself counts; a machine of one's own with a tunnel's number is behind a tunnel. */
export function tell(answers, host) {
  const known = { ...Object.fromEntries(new URLSearchParams(host(answers.provider))), ...answers };
  return known.number === '1033' && /^(home|server)$/.test(known.origin) ? { ...known, origin: 'tunnel' } : known;
}

/** Reads a fragment; host(id) gives what a provider tells, as a query, or nothing; right(key, value) is the value put right, or nothing where the page has no words for it. */
export function read(fragment, right, host) {
  const answers = {};
  let at = '';
  let dropped = false;
  for (const pair of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const [key, said] = renamed[pair.join('=')]?.split('=') ?? [renamed[pair[0]] ?? pair[0], pair[1]];
    const value = key === 'provider' ? host(said) && said : key === 'read' ? said : key !== 'v' && right(key, said);
    if (key === 'v') dropped ||= !(said <= version);
    else if (!value) dropped = true;
    else if (key === 'at') at = value;
    else {
      dropped ||= key in answers && answers[key] !== value;
      answers[key] = value;
    }
  }
  // A site lives in one place: what is said itself counts, and what is said twice stands there once.
  const provided = new URLSearchParams(host(answers.provider));
  if (answers.provider && answers.origin && answers.origin !== provided.get('origin')) {
    dropped = true;
    delete answers.provider;
  }
  for (const [key, value] of provided) if (answers.provider && answers[key] === value) delete answers[key];
  // What was seen after nothing was done, or done after an end, says nothing.
  const end = attempts.find((n) => !answers[`did${n}`] || !answers[`now${n}`]) ?? '6';
  for (const key of Object.keys(answers).filter((one) => attempt(one) >= end)) {
    dropped = true;
    delete answers[key];
  }
  return { answers: marked(answers), at, dropped: dropped || marked(answers).read !== answers.read };
}

const pairs = (answers) => Object.entries(marked(answers)).map((pair) => pair.join('=')).sort().join('&');

/** The answers as the engine reads them, which knows no names. */
export const query = ({ provider, ...told }) => pairs(told);

export const fragment = (answers, at) => `#${[`v=${version}`, pairs(answers), at && `at=${at}`].filter(Boolean).join('&')}`;

/** Where an answer is changed. An attempt is taken back, with those after it. */
export function change(key, answers) {
  if (!/^(did|now)/.test(key)) return fragment(answers, key === 'provider' ? 'origin' : key);
  return fragment(Object.fromEntries(Object.entries(answers).filter(([one]) => attempt(one) < attempt(key))), 'result');
}

/** The symptom as it is now, and the number of attempts so far. */
export function now(answers) {
  const n = attempts.filter((i) => answers[`did${i}`]).length;
  const seen = answers[`now${n}`] ?? answers.symptom;
  const before = answers[`now${n - 1}`] ?? answers.symptom;
  return { seen, before, works: /^(ok|none)$/.test(seen), attempts: n, more: n < attempts.length };
}
