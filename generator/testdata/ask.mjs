// Asks the search's module as searcher does, at a browser's speed. From
// standard input comes a line with the module, the roots of its indexes and the
// packed files, then a line for each query; each is answered with a line: the
// results, and the bytes that were fetched since it was last told to forget.
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';

let [files, roots, ask, open, indexes] = [];
const fetched = new Map();

function forget() {
  fetched.clear();
  indexes = roots.map(([lang, root]) => {
    const load = async (name) => {
      const at = name ? `${root.replace(/\.[^/]*$/, '')}/${name}` : root;
      const packed = Buffer.from(files[at], 'base64');
      fetched.set(at, packed.length);
      return gunzipSync(packed);
    };
    return [lang, open(load)];
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { module, query, most, afresh, ...site } = JSON.parse(line);
  if (module) {
    ({ files, roots } = site);
    ({ ask, open } = await import(`data:text/javascript;base64,${module}`));
    forget();
    continue;
  }
  if (afresh) forget();
  let answer;
  try {
    answer = { results: await ask(indexes, query, most) };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify({ ...answer, fetched: [...fetched.values()].reduce((sum, size) => sum + size, 0) }));
}
