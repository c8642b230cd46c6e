// What a page has besides case.js where it reads a fragment: addresses in pairs, which decoded() takes apart, and the words
// that it has, of which vocabulary is the list.

class URLSearchParams {
	constructor(said) { this.all = decoded(said ?? ""); }
	get(key) { return this.all.find(([one]) => one === key)?.[1] ?? null; }
	[Symbol.iterator]() { return this.all[Symbol.iterator](); }
}

const { questions, sets, actions, hosts } = JSON.parse(vocabulary);
const has = (question) => Object.hasOwn(questions, question);
const host = (id) => (Object.hasOwn(hosts, id ?? "") ? hosts[id] : "");

// As ssl-check.js has it, with a list for the inputs of the page.
function right(key, value) {
	if (key === "at") return (value === "result" || has(asked(value))) && value;
	if (/^did[1-5]$/.test(key)) return value.split(",").every((id) => actions.includes(id)) && value;
	if (/^now[1-5]$/.test(key)) return questions.symptom.includes(value) && value;
	if (!has(asked(key))) return "";
	const options = questions[asked(key)];
	const said = new Set(sets.includes(asked(key)) ? value.split(",") : [value]);
	const chosen = options.filter((id) => said.has(id));
	return chosen.length === said.size && (said.size === 1 || !chosen.some((id) => id === "none" || id === "unknown")) && chosen.join();
}

/** What the page reads of a fragment, and what it reads of what it would write. */
function reads(said) {
	const one = read(said, right, host);
	const written = fragment(one.answers, one.at);
	const two = read(written, right, host);
	now(one.answers);
	tell(one.answers, host);
	const links = Object.keys(one.answers).map((key) => read(change(key, one.answers), right, host).dropped);
	return { at: one.at, dropped: one.dropped, written, query: query(one.answers), again: fragment(two.answers, two.at), droppedAgain: two.dropped || links.includes(true) };
}
