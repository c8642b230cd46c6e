// Asks the search's module as searcher does, at a browser's speed. From
// standard input come lines with a site, which is the module, the roots of its
// indexes and the packed files, and lines of queries for one of the sites; these
// are answered with a line: of every query the results, and the bytes that were
// fetched since the site was last told to forget.
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';

const sites = [];

async function site({ module, roots, files }) {
  const { ask, open } = await import(`data:text/javascript;base64,${module}`);
  const fetched = new Map();
  const unpacked = new Map(); // a browser's cost, and not what is asked here: once is enough
  let indexes;
  const forget = () => {
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
  };
  forget();
  return async (query, most, afresh) => {
    if (afresh) forget();
    let answer;
    try {
      answer = { results: await ask(indexes, query, most) };
    } catch (error) {
      answer = { error: String(error) };
    }
    return { ...answer, fetched: [...fetched.values()].reduce((sum, size) => sum + size, 0) };
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { queries, most, afresh, ...given } = JSON.parse(line);
  if (!queries) {
    sites.push(await site(given));
    continue;
  }
  const answers = [];
  for (const query of queries) answers.push(await sites[given.site](query, most, afresh));
  console.log(JSON.stringify(answers));
}
