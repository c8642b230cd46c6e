// node ask.mjs wasm_exec.js module.wasm: asks the module every line of standard input, a string in JSON, prints every answer on a line.
import { readFileSync } from "node:fs";

const [, , exec, module] = process.argv;
(0, eval)(readFileSync(exec, "utf8"));
const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(module), go.importObject);
go.run(instance);
const { buffer, ask, mem } = instance.exports;
const out = [];
for (const line of readFileSync(0, "utf8").split("\n").slice(0, -1)) {
	const request = new TextEncoder().encode(JSON.parse(line));
	const at = buffer(request.length);
	new Uint8Array(mem.buffer, at, request.length).set(request);
	const length = ask(request.length);
	out.push(new TextDecoder().decode(new Uint8Array(mem.buffer, buffer(0), length)));
}
process.stdout.write(out.join("\n") + "\n", () => process.exit(0));
