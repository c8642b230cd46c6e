// Asks the search's module as searcher does, at a browser's speed. From
// standard input comes a line with the module, the roots of its indexes and the
// packed files, then lines of queries; each is answered with a line: of every
// query the results, and the bytes that were fetched since it was last told to
// forget.
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';

let [files, roots, ask, open, indexes] = [];
const fetched = new Map();
const unpacked = new Map(); // a browser's cost, and not what is asked here: once is enough

function forget() {
  fetched.clear();
  indexes = roots.map(([lang, root]) => {
    const load = async (name) => {
      const at = name ? `${root.replace(/\.[^/]*$/, '')}/${name}` : root;
      if (!unpacked.has(at)) {
        const packed = Buffer.from(files[at], 'base64');
        unpacked.set(at, { size: packed.length, data: gunzipSync(packed) });
      }
      fetched.set(at, unpacked.get(at).size);
      return unpacked.get(at).data;
    };
    return [lang, open(load)];
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { module, queries, most, afresh, ...site } = JSON.parse(line);
  if (module) {
    ({ files, roots } = site);
    ({ ask, open } = await import(`data:text/javascript;base64,${module}`));
    forget();
    continue;
  }
  const answers = [];
  for (const query of queries) {
    if (afresh) forget();
    let answer;
    try {
      answer = { results: await ask(indexes, query, most) };
    } catch (error) {
      answer = { error: String(error) };
    }
    answers.push({ ...answer, fetched: [...fetched.values()].reduce((sum, size) => sum + size, 0) });
  }
  console.log(JSON.stringify(answers));
}
