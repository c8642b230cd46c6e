// The API of the WebAssembly module: a line of text in, JSON out, through one
// buffer. The module is fetched when it is first asked.

const modules = new Map();

async function load(url) {
  const [response] = await Promise.all([fetch(url), import('./wasm_exec.js')]);
  const go = new globalThis.Go();
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // Streaming wants application/wasm, which not every host sends.
  const { instance } = response.headers.get('content-type')?.startsWith('application/wasm')
    ? await WebAssembly.instantiateStreaming(response, go.importObject)
    : await WebAssembly.instantiate(await response.arrayBuffer(), go.importObject);
  go.run(instance);
  return instance.exports;
}

/** Starts the module at url, once; a failure may be tried again. */
export function start(url) {
  if (!modules.has(url)) {
    const loading = load(url);
    loading.catch(() => modules.delete(url));
    modules.set(url, loading);
  }
  return modules.get(url);
}

/** Asks the module at url, for example 'legs?mode=full&scheme=https'. */
export async function ask(url, request) {
  const { mem, buffer, ask } = await start(url);
  const question = new TextEncoder().encode(request);
  // Each call may make the memory grow, and the buffer move: they are looked at after it.
  buffer(question.length);
  new Uint8Array(mem.buffer, buffer(0)).set(question);
  const length = ask(question.length);
  const answer = JSON.parse(new TextDecoder().decode(new Uint8Array(mem.buffer, buffer(0), length)));
  if (answer.error) throw new Error(answer.error);
  return answer;
}
