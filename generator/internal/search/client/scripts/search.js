// Asks an index that generator/internal/search has made: the comment of that
// package says what lies where. It knows of no page and no network: load gives
// it a file of the index, unpacked.

const small = 'ァィゥェォャュョッヮ';
const large = 'アイウエオヤユヨツワ';

/** A text as search reads it, and where in it each unit of that stands. */
export function fold(text) {
  let folded = '';
  const at = [];
  for (const { 0: cluster, index } of text.matchAll(/.[\u3099\u309aﾞﾟ]?/gsu)) {
    for (let c of cluster.normalize('NFKC').toLowerCase()) {
      const last = folded.at(-1);
      if (/['’]/.test(c)) continue;
      if (/[-‐-―−]/.test(c) && last >= 'ぁ' && last <= 'ヿ') c = 'ー';
      c = large[small.indexOf(c)] ?? c;
      if (last === 'ヴ' && 'アイエオ'.includes(c)) {
        folded = folded.slice(0, -1);
        at.pop();
        c = 'バビベボ'['アイエオ'.indexOf(c)];
      } else if (c === 'ヤ' && last === 'イ') c = 'ア';
      else if (c === 'イ' && 'エケセテネヘメレゲゼデベペ'.includes(last)) c = 'ー';
      folded += c;
      while (at.length < folded.length) at.push(index);
    }
  }
  return { text: folded.replaceAll('ヴ', 'ブ'), at };
}

const run = /([々-〇ぁ-ゖァ-ヺー-ヿ㐀-䶿一-鿿𠀀-𯨟]+)|[0-9]+(?:\.[0-9]+)*|[a-zß-ɏͰ-῿가-힯]+/gu;

/** The pieces of a folded text: runs of Japanese, numbers, words. */
export const pieces = (text) => [...text.matchAll(run)].map(({ 0: piece, 1: japanese, index }) => ({
  japanese, text: /v$/.test(piece) && /[0-9]/.test(text[index + piece.length]) ? piece.slice(0, -1) : piece,
})).filter((p) => p.text);

const short = (text) => text.replaceAll('ー', '');

/** The term of a text that is all that is asked. */
const whole = (text) => `=${[...pieces(fold(text).text).map((p) => short(p.text)).join('')].slice(0, 40).join('')}`;

const pairs = (run, make) => run.slice(1).map((c, i) => make(run[i] + c));

const stem = (word) => word.replace(/(?<=...)(?:ies|ied|y)$/, 'i').replace(/(?<=[^s]..)(?:s|es|ed|ing|e|ation|ion)$/, '');

/** How many letters are wrong, missing, too many, or have changed places. */
function typos(a, b) {
  let before, last, row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.length];
}

const sum = (list, of = (x) => x) => list.reduce((n, x) => n + of(x), 0);
const most = (list) => Math.max(0, ...list.filter(Boolean));
const add = (list, i, n) => { list[i] = (list[i] ?? 0) + n; };

/** The bits of a mask: numbers to 2^53 have no bitwise operators. */
function bits(mask) {
  const all = [];
  for (let i = 0; mask; i++, mask = Math.floor(mask / 2)) if (mask % 2) all.push(i);
  return all;
}

/** Reads what stands in a file, from its beginning on. */
function reader(bytes) {
  let at = 0;
  const number = () => {
    for (let n = 0, scale = 1; ; scale *= 128) {
      const b = bytes[at++];
      n += (b & 127) * scale;
      if (b < 128) return n;
    }
  };
  const take = (n) => bytes.subarray(at, at += n);
  return {
    number, take,
    numbers: (n, read = number) => Array.from({ length: n }, read),
    text: (n = bytes.length) => new TextDecoder().decode(take(n)),
    hash: () => Array.from(take(4), (b) => b.toString(16).padStart(2, '0')).join(''),
  };
}

/** An index: ask it with results. */
export async function open(load, root) {
  const files = new Map();

  /** A file, read once; a failure may be tried again. */
  function file(name, read) {
    if (!files.has(name)) {
      const made = (async () => read(reader(new Uint8Array(await load(name)))))();
      made.catch(() => files.delete(name));
      files.set(name, made);
    }
    return files.get(name);
  }

  const { pages, shards, fragments } = await file(root, ({ number, numbers, text, hash }) => {
    let [n, last] = [0, ''];
    return {
      // The number of a page's first section, and by place the section within the page.
      pages: numbers(number(), () => ({ first: n, places: numbers(number()).flatMap((places, s) => (n++, Array(places).fill(s))) })),
      shards: numbers(number(), () => [last = last.slice(0, number()) + text(number()), hash()]),
      fragments: numbers(number(), () => [number(), hash()]),
    };
  });

  const shard = (i) => file(`t${i}.${shards[i][1]}.bin`, ({ number, numbers, take, text }) => {
    const n = number();
    const [shared, lengths, counts] = [numbers(n), numbers(n), numbers(n)];
    const all = sum(counts);
    const on = numbers(all);
    const impacts = take(all);
    const masks = numbers(all);
    const headings = Array.from(impacts, (impact) => (impact & 32 ? number() : 0));
    const letters = text();
    let [term, at, p] = ['', 0, 0];
    return new Map(shared.map((same, t) => {
      let page = 0;
      term = term.slice(0, same) + letters.slice(at, at += lengths[t]);
      return [term, Array.from({ length: counts[t] }, () => (
        { page: page += on[p], impact: (impacts[p] & 15) / 15, top: (impacts[p] & 16 && .4) + (impacts[p] & 64 && .6), mask: masks[p], heading: headings[p++] }))];
    }));
  });

  const place = (term) => Math.max(0, shards.findLastIndex(([first]) => first <= term));

  async function term(text) {
    const postings = (await shard(place(text))).get(text);
    return postings ? [[text, postings]] : [];
  }

  /** The terms that begin so. */
  async function terms(start) {
    const all = [];
    for (let i = place(start); shards[i] && (!all.length || shards[i][0].startsWith(start)); i++) all.push(shard(i));
    return (await Promise.all(all)).flatMap((terms) => [...terms].filter(([text]) => text.startsWith(start)));
  }

  /** What a section shows, and its page. */
  async function shown(page, section) {
    let left = pages[page].first + section;
    const i = fragments.findIndex(([count]) => left < count || (left -= count, false));
    for (const [url, id, title, name, summary, ...parts] of await file(`f${i}.${fragments[i][1]}.bin`, ({ text }) => JSON.parse(text()))) {
      const at = left * 3;
      if (at < parts.length) return { url, id, title, name, summary, section: parts[at], heading: parts[at + 1], text: parts[at + 2] };
      left -= parts.length / 3;
    }
  }

  /** What matches a word, and how well: itself, what it begins, its other forms, and else what is nearly it. */
  async function word(text) {
    const isNumber = /^[0-9]/.test(text);
    const root = isNumber ? text : stem(text);
    const found = (await terms(root)).map((m) => [...m, m[0] === text ? 1 : isNumber ? .5 : stem(m[0]) === root ? .8 : m[0].startsWith(text) ? .5 : 0]);
    const exact = found.filter((m) => m[2] === 1);
    if (isNumber && exact[0]) return exact;
    const wrong = text.length > 7 ? 2 : text.length > 3 ? 1 : 0;
    const good = found.filter((m) => m[2]);
    if (good[0] || isNumber || !wrong) return good;
    const near = (await Promise.all([...new Set(text.slice(0, 2))].map(terms))).flat()
      .filter(([other]) => other.length > 3 && Math.abs(other.length - text.length) <= wrong).map((m) => [...m, typos(text, m[0])]);
    const least = Math.min(wrong, ...near.map((m) => m[2]));
    return near.filter((m) => m[2] === least).map((m) => [m[0], m[1], .6]);
  }

  /** The units of a Japanese run, each with what it matches. */
  async function grams(run) {
    const [first, ...rest] = short(run);
    const kana = run.match(/^[ぁ-ヿ]ー/)?.[0];
    return Promise.all(rest[0] ? pairs([first, ...rest], async (pair) => (
      { weight: /^[ぁ-ゖ]+$/.test(pair) ? .4 : /[ぁ-ゖ]/.test(pair) ? .7 : 1, found: (await term(pair)).map((m) => [...m, 1]) }
    )) : [(async () => (
      { weight: /[ぁ-ゖ]/.test(first) ? .1 : 1, found: (await (kana ? term(kana) : first ? terms(first) : [])).map((m) => [...m, m[0] === first || kana ? 1 : .7]) }
    ))()]);
  }

  const rare = (count) => Math.log(1 + pages.length / count);
  const sections = (page, mask) => new Set(bits(mask).map((i) => pages[page].places[i]));

  /** What units that belong together find on each page: it is covered by the section that holds most of them. */
  function group(units) {
    const on = new Map();
    units.forEach((unit, u) => {
      // Many terms that a word begins are together as common as they are many.
      const together = rare(sum(unit.found, (m) => m[1].length));
      const known = unit.found.map((m) => (m[2] < 1 ? together : rare(m[1].length)));
      if (known[0]) unit.weight *= Math.min(1, Math.max(.2, most(known) / 1.5));
      unit.found.forEach(([, postings, quality], f) => {
        for (const posting of postings) {
          const hits = on.get(posting.page) ?? [];
          const score = unit.weight * quality * known[f] * posting.impact;
          if (!(hits[u]?.score > score)) hits[u] = { ...posting, score, weight: (hits[u] ?? unit).weight * (hits[u] || quality >= 1 ? 1 : .9), value: known[f] * unit.weight };
          on.set(posting.page, hits);
        }
      });
    });
    const total = sum(units, (u) => u.weight);
    let best = 0;
    for (const [page, sparse] of on) {
      const hits = sparse.filter(Boolean);
      const held = [];
      for (const hit of hits) for (const s of sections(page, hit.mask)) add(held, s, hit.weight);
      const head = sum(hits, (h) => h.top * h.weight);
      const cover = Math.max(sum(hits, (h) => (h.top ? h.weight : 0)), most(held)) || .8 * most(hits.map((h) => h.weight));
      best = Math.max(best, cover / total);
      on.set(page, { cover, head, hits, full: hits.length === units.length });
    }
    return { count: units.length, total, on, best };
  }

  async function japanese(run) {
    const as = async (run) => group(await grams(run));
    const written = await as(run);
    if (!/[ぁ-ゖ]{2}/.test(run) || written.best > .8 && /[^ぁ-ゖー]/.test(run)) return written;
    // Hiragana may be a word in katakana that was not converted.
    const other = await as(fold(run.replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt() + 96))).text);
    if (other.best < .8) return other.best > written.best ? other : written;
    for (const [page, on] of written.on) if (!(other.on.get(page)?.cover > on.cover)) other.on.set(page, on);
    return other;
  }

  /** Scores a page, and finds the section that answers: none where its head does. */
  function judge(on) {
    const hits = on.groups.flatMap((g) => g.hits);
    const [value, held, together] = [[], [], []];
    for (const { mask, heading, value: v } of hits) {
      for (const i of bits(mask)) add(together, i, 1);
      for (const s of sections(on.page, mask)) {
        add(held, s, v);
        add(value, s, v);
      }
      for (const s of sections(on.page, heading)) add(value, s, 2 * v);
    }
    const top = hits.filter((h) => h.top);
    on.score = sum(hits, (h) => h.score) * on.cover ** 2 * (1 + on.head) + on.exact;
    on.together = Math.max(top.length, most(together));
    on.section = Math.max(0, value.indexOf(most(value)));
    const headed = on.groups.some((g) => g.full && g.hits.every((h) => sections(on.page, h.heading).has(on.section)));
    on.whole = on.top || !on.heading && !headed && sum(top, (h) => h.value) >= (held[on.section] ?? 0);
    if (on.heading && !on.top) [on.section] = sections(on.page, on.heading);
  }

  /** The pages that answer a query, best first. */
  async function find(query) {
    const { text } = fold(query);
    const parts = pieces(text);
    const units = await Promise.all(parts.map((p) => (p.japanese ? japanese(p.text) : word(p.text))));
    // Neighbours may be one word elsewhere: lets encrypt, x 509.
    await Promise.all(pairs(parts.map((p) => p.text), (joined) => term(joined)).map(async (joined, i) => {
      if (parts[i].japanese || parts[i + 1].japanese) return;
      for (const m of await joined) for (const found of [units[i], units[i + 1]]) found.push([...m, 2]);
    }));
    const groups = units.map((found) => (found.on ? found : group([{ weight: 1, found }])));
    const total = sum(groups, (g) => g.total);
    const all = new Map();
    const at = (page) => all.get(page) ?? all.set(page, { page, cover: 0, head: 0, groups: [], exact: 0 }).get(page);
    for (const g of groups) {
      for (const [page, found] of g.on) {
        const on = at(page);
        on.cover += found.cover / total;
        on.head += found.head / total;
        on.groups.push(found);
      }
    }
    for (const line of parts[0] ? new Set([query, ...query.split('\n')].map(whole)) : []) {
      for (const [, postings] of await term(line)) {
        for (const { page, impact, top, heading } of postings) {
          const on = at(page);
          on.cover = 1;
          on.exact += 4 * rare(postings.length) * impact ** 2;
          on.top ||= top;
          on.heading ||= heading;
        }
      }
    }
    const found = [...all.values()];
    found.forEach(judge);
    // Where a page has in one place what was written as one, no other has it.
    const count = sum(groups, (g) => g.count);
    const has = (on) => on.together >= count;
    const least = Math.max(.45, (groups.length > 2 ? .5 : .75) * most(found.map((on) => on.cover)));
    return found.filter(!/\s/.test(text.trim()) && found.some(has) && !found.some((on) => on.exact) ? has : (on) => on.cover >= least)
      .sort((a, b) => b.score - a.score || a.page - b.page);
  }

  /** So many pages at most, with their best section and what a reader sees of it. */
  return async (query, count) => Promise.all((await find(query)).slice(0, count).map(async (on) => {
    const s = await shown(on.page, on.section);
    const id = on.whole ? s.id : s.section || s.id;
    return {
      url: s.url + (id && `#${id}`), section: id, title: s.title, heading: s.id ? s.name : id && s.heading, score: on.score, exact: on.exact > 0,
      ...excerpt(on.whole || !s.text ? s.summary || s.text : s.text, query),
    };
  }));
}

/** What to mark in a text: from and to, in order. */
export function marks(text, query) {
  const { text: folded, at } = fold(text);
  const kept = [...folded.matchAll(/[^ー]/g)];
  const flat = short(folded);
  const found = [];
  for (const { text: piece, japanese } of pieces(fold(query).text)) {
    const run = [...short(piece)];
    for (const needle of japanese && run[1] ? pairs(run, (pair) => pair).filter((pair) => !/^[ぁ-ゖ]+$/.test(pair)) : [run.join('')]) {
      for (let i = flat.indexOf(needle); needle && i >= 0; i = flat.indexOf(needle, i + 1)) {
        if (japanese || !/[a-z0-9]/.test(flat[i - 1] ?? '')) found.push([at[kept[i].index], at[kept[i + needle.length]?.index] ?? text.length]);
      }
    }
  }
  return found.sort((a, b) => a[0] - b[0]).reduce((all, [from, to]) => {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
    return all;
  }, []);
}

const length = 120;

/** The part of a text that holds most of what is asked. */
function excerpt(text, query) {
  const all = marks(text, query);
  const held = (from) => sum(all, ([a, b]) => (a >= from && b < from + length - 20 ? b - a : 0));
  let start = 0;
  for (const [a] of all) if (held(a) > held(start)) start = a;
  start = start > 40 ? start - 20 : 0;
  return { excerpt: (start ? '…' : '') + text.slice(start, start + length) + (start + length < text.length ? '…' : '') };
}

/** Asks the indexes in turn, those behind the first when it knows little. */
export async function ask(indexes, query, count) {
  const all = [];
  for (const [lang, index] of indexes) {
    if (all.length < 3) for (const result of await (await index())(query, count - all.length)) all.push({ ...result, lang });
  }
  return all;
}
