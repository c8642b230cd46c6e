// Asks an index that generator/internal/search has made: the comment of that
// package says what lies where. It knows of no page and no network: load gives
// it a file of the index, unpacked.

const shifted = (c, by) => String.fromCharCode(c.charCodeAt() + by);

/** A function that keeps what it has once made of a key. */
function kept(make, all = new Map()) {
  return (key) => all.get(key) ?? all.set(key, make(key)).get(key);
}

/** What a character is by itself, with the sign of voice behind it, or ヴ with its vowel. */
const form = kept((cluster) => cluster.normalize('NFKC').toLowerCase().replace(/['’]/g, '').replace(/[ァィゥェォャュョッヮ]/g, (c) => shifted(c, 1))
  .replace('ヴア', 'バ').replace('ヴイ', 'ビ').replace('ヴエ', 'ベ').replace('ヴオ', 'ボ'));

/** A text as search reads it, and where in it each unit of that stands. */
const fold = kept((text) => {
  const at = [];
  let folded = '';
  // First what stays as it is: almost all there is.
  for (const { 0: part, index } of text.matchAll(/[ a-zぁ-ゖ一-龥]+(?![\u3099\u309aﾞﾟ])|(?:ヴ|[ウｳ][\u3099ﾞ])[ァ-ォｧ-ｵ]|.[\u3099\u309aﾞﾟ]?/gsu)) {
    const read = part[3] ? part : form(part);
    for (let i = 0; i < read.length; i++) at.push(index + Math.min(i, part.length - 1));
    folded += read;
  }
  return { at, text: folded.replace(/(?<=[ぁ-ヿ][-‐-―−]*)[-‐-―−]/g, 'ー').replace(/(?<=[エケセテネヘメレゲゼデベペ])イ/g, 'ー').replaceAll('イヤ', 'イア').replaceAll('ヴ', 'ブ') };
});

const run = /([々-〇ぁ-ゖァ-ヺー-ヿ㐀-䶿一-鿿𠀀-𯨟]+)|\d+(?:\.\d+)*|[a-zß-ɏͰ-῿가-힯]+/gu;

/** The pieces of a folded text: runs of Japanese, numbers, words. */
const pieces = (text) => [...text.matchAll(run)].map(({ 0: piece, 1: japanese, index }) => ({
  japanese, tied: /[-_.]/.test(text[index - 1]), text: /v$/.test(piece) && /\d/.test(text[index + piece.length]) ? piece.slice(0, -1) : piece,
})).filter((p) => p.text);

const short = (text) => text.replaceAll('ー', '');

/** A text's letters and digits, with a sign where Japanese ends and begins again. */
const letters = (text, sign = '') => pieces(fold(text).text).map((p, i, all) => (all[i - 1]?.japanese && p.japanese ? sign : '') + short(p.text)).join('');

/** Whether a text holds what is asked as it is asked, or as others write it. */
const holds = (text, query) => text.includes(query) || query[0] !== 'ー' && letters(text, '|').includes(letters(query, '|'));

/** A text in katakana, where it is hiragana. */
const katakana = (text) => fold(text.replace(/[ぁ-ゖ]/g, (c) => shifted(c, 96))).text;

/** The term of a text that is all that is asked, however it is written: in which kana, with which particles. */
const whole = (text) => [...short(katakana(letters(text).replace(/(?<=[^ぁ-ゖ])[のにがをはでとへも](?![ぁ-ゖ])/g, '')))].slice(0, 40).join('').replace(/^..?/u, '$&=');

const pairs = (run) => run.slice(1).map((next, i) => run[i] + next);

/** Neighbours in a list: each, and with up to three behind it. */
const spans = (list) => list.flatMap((_, i) => [1, 2, 3, 4].map((n) => list.slice(i, i + n)));

const stem = (word) => word.replace(/(?<=.{5})(?:al)?ly$|(?<=...)(?:ies|ied|y)$|(?<=..)([bdgmnprt])\1(?:ed|ing|ings)$|(?<=[^s]..)(?:at)?(?:s|es|ed|ings?|e|ions?)$/, '$1');

/** Whether so many letters at most are wrong, missing, too many, or have changed places. */
const near = (a, b, n) => (a && a[0] === b[0] ? near(a.slice(1), b.slice(1), n) : a === b || n > 0 && (
  near(a.slice(1), b, n - 1) || near(a, b.slice(1), n - 1) || near(a.slice(1), b.slice(1), n - 1)
    || a[0] === b[1] && a[1] === b[0] && near(a.slice(2), b.slice(2), n - 1)));

const sum = (list, of = (x) => x) => list.reduce((n, x) => n + of(x), 0);
const most = (list) => Math.max(0, ...list.filter((n) => n));
const add = (list, i, n) => { list[i] = (list[i] ?? 0) + n; };

/** The bits of a mask: numbers to 2^53 have no bitwise operators. */
const bits = kept((mask) => {
  const all = [];
  for (let i = 0; mask >= 1; i++, mask /= 2) if (mask % 2 >= 1) all.push(i);
  return all;
});

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
  return {
    number,
    numbers: (n, read = number) => Array.from({ length: n }, read),
    text: (n = bytes.length) => new TextDecoder().decode(bytes.subarray(at, at += n)),
  };
}

/** An index, to be asked; load gives its root for ''. */
export function open(load) {
  const files = new Map();
  let pages, hash, weak, shards, fragments;

  /** A file, read once; a failure may be tried again. */
  function file(name, read) {
    if (!files.has(name)) {
      const made = load(name).then((data) => read(reader(new Uint8Array(data))));
      made.catch(() => files.delete(name));
      files.set(name, made);
    }
    return files.get(name);
  }

  const root = () => file('', ({ number, numbers, text }) => {
    let [n, last, part] = [0, ''];
    return [
      // Of each page: the page of which it is a part, the number of its first place, and in which section each place is.
      numbers(number(), (_, page) => {
        const first = n;
        const [head, worth] = numbers(2);
        if (!(head & 1)) part = page;
        const places = numbers(head >> 1).flatMap((places, s) => (n += places, Array(places).fill(s)));
        return { part, first, worth: 1 + worth / 100, in: places, of: kept((mask) => [...new Set(bits(mask).map((i) => places[i]))]) };
      }),
      text(6),
      new RegExp(text(number()), 'g'),
      numbers(number(), () => (last = last.slice(0, number()) + text(number()))),
      numbers(number()),
    ];
  });

  const shard = (i) => file(`t${i}.${hash}.bin`, ({ number, numbers, text }) => {
    const n = number();
    const [shared, lengths, counts] = [numbers(n), numbers(n), numbers(n)];
    const all = sum(counts);
    // With its flags an impact tells one place of the first, or none; for 7 a mask follows.
    const [on, impacts] = [numbers(all), numbers(all)];
    const masks = impacts.map((impact) => ((impact & 7) < 7 ? 1 << (impact & 7) >> 1 : number()));
    const headings = impacts.map((impact) => impact & 128 && number());
    const letters = text();
    let [term, at, next] = ['', 0, 0];
    return new Map(shared.map((same, t) => {
      const from = next;
      term = term.slice(0, same) + letters.slice(at, at += lengths[t]);
      next += counts[t];
      return [term, kept(() => {
        let page = 0;
        return numbers(counts[t], (_, p) => (p += from, {
          page: page += on[p], impact: (impacts[p] >> 3 & 15) / 15, top: (impacts[p] >> 8) * .3, mask: masks[p], heading: headings[p] }));
      })];
    }));
  });

  const place = (term) => Math.max(0, shards.findLastIndex((first) => first <= term));

  async function term(text) {
    const found = (await shard(place(text))).get(text);
    return found ? [[text, found()]] : [];
  }

  /** The terms that begin so. */
  async function terms(start) {
    const at = place(start);
    const all = await Promise.all(shards.flatMap((first, i) => (i === at || first.startsWith(start) ? shard(i) : [])));
    return all.flatMap((terms) => [...terms.keys()].filter((text) => text.startsWith(start) && /=/.test(text) === /=/.test(start)).map((text) => [text, terms.get(text)()]));
  }

  /** What is called so, or else nearly so. */
  async function name(line) {
    const found = await term(line);
    // A number with another digit is another number.
    return found[0] || !line[6] || /\d/.test(line) ? found : (await terms(line.slice(0, 3))).filter(([other]) => near(line, other, 1));
  }

  /** What a place shows: five words of its page, and its own three. */
  async function shown(page, place) {
    let left = pages[page].first + place;
    const i = fragments.findIndex((count) => left < count || (left -= count, false));
    for (const page of await file(`f${i}.${hash}.bin`, ({ text }) => JSON.parse(text()))) {
      const at = 5 + 3 * left;
      if (at < page.length) return [...page.slice(0, 5), ...page.slice(at, at + 3)];
      left -= (page.length - 5) / 3;
    }
  }

  /** What matches a word, and how well: itself, what it begins, its other forms, and else what is nearly it. */
  async function word(text, alone) {
    const root = stem(text);
    const found = (await (text[1] || alone ? terms(root) : term(text))).map((m) => [...m, m[0] === text ? 1 : m[0].startsWith(text) || stem(m[0]) === root ? .6 : 0]);
    // A number, as digits are before letters, is itself where it is known.
    if (text < 'a') return found[0]?.[2] < 1 ? found : found.slice(0, 1);
    const good = found.filter((m) => m[2]);
    // Its first letter is right, most often.
    return good[0] || !text[3] ? good : (await terms(text[0])).filter(([other]) => other[3] && near(text, other, text[7] ? 2 : 1)).map((m) => [...m, .6]);
  }

  /** The units of a Japanese run, each with what it matches. */
  async function grams(run, other) {
    const flat = [...short(run)];
    // A sentence is told by its other pairs, and each is a file.
    if (flat[1]) return group(await Promise.all(pairs(flat).filter((pair, i, all) => !all[13] || /[^ぁ-ゖ]/.test(pair)).map(async (pair) => (
      // What joins words, and how they end, says little.
      { kana: !/[^ぁ-ゖ]/.test(pair), weight: /[のにがをはでとへも]/.test(pair) ? .3 : 1 - .35 * pair.replace(/[^ぁ-ゖ]/g, '').length,
        found: [...await term(pair), ...other ? await term(other(pair)) : []] }))));
    const kana = run.match(/[ぁ-ヺ]ー/);
    return group([{ kana: 1, weight: /[ぁ-ゖ]/.test(run) ? .1 : 1, found: (kana ? await term(kana[0]) : flat[0] ? await terms(flat[0]) : []).map((m) => [...m, kana || m[0] === flat[0] ? 1 : .7]) }]);
  }

  const rare = (count) => Math.log(1 + pages.length / count);

  /** What units that belong together find on each page: it is covered by the section that holds most of them. */
  function group(units) {
    const on = new Map();
    for (const unit of units) {
      // Many terms that a word begins are together as common as they are many.
      const together = rare(sum(unit.found, (m) => m[1].length));
      const known = unit.found.map((m) => (m[2] < 1 ? together : rare(m[1].length)));
      if (known[0]) unit.weight *= Math.min(1, most(known) / 1.5);
      const best = new Map(); // of its terms on each page
      unit.found.forEach(([, postings, quality = 1], f) => {
        const value = known[f] * unit.weight;
        for (const { page, impact, top, mask, heading } of postings) {
          const score = value * quality * impact;
          if (!(best.get(page)?.score > score)) best.set(page, { top, mask, heading, score, value, loose: !(mask || !unit.kana), weight: unit.weight * (quality < 1 ? .9 : 1) });
        }
      });
      for (const [page, hit] of best) {
        const found = on.get(page) ?? on.set(page, { held: [], hits: [], score: 0, head: 0, top: 0, any: 0 }).get(page);
        found.hits.push(hit);
        found.score += hit.score;
        found.head += hit.top * hit.weight;
        if (hit.top) found.top += hit.weight;
        else if (hit.loose) found.any += hit.weight;
        for (const s of pages[page].of(hit.mask)) add(found.held, s, hit.weight);
      }
    }
    const total = sum(units, (u) => u.weight);
    let best = 0;
    for (const [, found] of on) {
      found.cover = Math.max(found.top, most(found.held) + found.any);
      best = Math.max(best, found.cover / total);
    }
    return { count: units.length, total, on, best };
  }

  async function japanese(run) {
    const written = await grams(run);
    if (!/[ぁ-ゖ]{4}/.test(run) || written.best > .8) return written;
    // Hiragana may be a word in katakana that was not converted.
    const other = await grams(run, katakana);
    return other.best > written.best ? other : written;
  }

  /** What a reader sees of a page: its head, or the place that answers best; where words are asked for, one that holds them as they are, or nothing. */
  async function seen(on, query, words) {
    const { in: section, of } = pages[on.page];
    const [value, held] = [[], []];
    const hits = words ? on.as : on.hits;
    for (const h of hits) {
      for (const s of of(h.mask)) add(value, s, h.value);
      for (const s of of(h.heading)) add(value, s, 2 * h.value);
      for (const i of bits(h.mask)) add(held, i, 1);
    }
    for (const s of of(on.heading)) value[s] = 99;
    const best = value.indexOf(most(value));
    const tops = hits.filter((h) => h.top > .5);
    const within = section.map((s, i) => (s === best ? 1 + (held[i] ?? 0) : 0));
    // The head is a place too, before the first.
    held[-1] = tops.length;
    const first = on.top || !(value[best] > sum(tops, (h) => h.value)) ? -1 : within.indexOf(most(within));
    const has = (place) => !words || (held[place] ?? 0) + (place >= 0 && sum(hits, (h) => h.loose)) >= hits.length;
    for (const places of [[first], words ? [-1, ...section.keys()] : []]) {
      for (const [place, url, part, title, name, summary, anchor, heading, here] of await Promise.all(places.filter(has).map(async (place) => [place, ...await shown(on.page, Math.max(place, 0))]))) {
        const [id, text] = place < 0 ? [part, summary || here] : [anchor || part, here || summary];
        const literal = words && holds(`${place < 0 ? title : heading}\n${text}`, query);
        if (words && place >= 0 && !literal) continue;
        on.seen = true;
        if (literal) words.push(on);
        return [{ url: url + (id && `#${id}`), section: id, part, title, heading: part ? name : id && heading, score: on.score, exact: on.exact, excerpt: excerpt(text, query) }];
      }
    }
    return [];
  }

  /** What pages have of the pieces of a query: of its words, and of neighbours that are one word elsewhere: lets encrypt, or, which is sure, the name of an option. */
  async function find(parts) {
    const joins = spans(parts).filter((span) => span[1] && !span.some((p, i) => p.japanese || i && span[2] && !p.tied));
    const [units, joined] = await Promise.all([
      parts.map((p) => (p.japanese ? japanese(p.text) : word(p.text, !parts[1]))),
      joins.map((span) => term(span.map((p) => p.text).join(''))),
    ].map((all) => Promise.all(all)));
    joined.forEach((found, i) => {
      for (const m of found) for (const p of joins[i]) units[parts.indexOf(p)].push([...m, joins[i][1].tied ? 2 : 1.3]);
    });
    const groups = units.map((found) => (found.on ? found : group([{ weight: 1, found }])));
    // A word of many letters says little more than one of few, one that all pages have says less, and one that nobody wrote is still asked.
    const shares = groups.map((g, i) => g.total ** .5 * (parts[i].japanese ? g.best : 1.5));
    const found = new Map();
    const at = kept((page) => ({ page, hits: [], score: 0, head: 0, cover: 0, exact: 0, code: 1 }), found);
    groups.forEach((g, i) => {
      const share = shares[i] / g.total / sum(shares);
      for (const [page, of] of g.on) {
        const on = at(page);
        on.hits.push(...of.hits);
        on.score += of.score * share;
        on.head += of.head * share;
        on.cover += of.cover * share;
      }
    });
    return { at, count: sum(groups, (g) => g.count), found };
  }

  /** Tells show of the pages that answer a query, with their best section and what a reader sees of it: of the first before the others, and of about so many. */
  return async (query, count, known, show) => {
    [pages, hash, weak, shards, fragments] = await root();
    if (!query) return;
    const { text } = fold(query);
    // What says nothing of the subject counts where it is all there is.
    const strong = text.replace(weak, ' ');
    const written = pieces(text);
    const parts = pieces(strong).some((p) => /[^ぁ-ゖ]|../.test(p.text)) ? pieces(strong) : written;
    // A sentence has words too: they begin behind hiragana, and behind a particle.
    const words = parts.flatMap((p) => p.text.split(/(?<=[ぁ-ゖ])(?=[^ぁ-ゖ])|(?<=[^ぁ-ゖ][のにがをはでとへも])(?=[ぁ-ゖ])/));
    // All that is asked; a code or a name that stands in it, of one word or a few.
    const asked = [query, strong].map(whole);
    const lines = [...new Set([...asked, ...spans(words).map((span) => whole(span.join('')))])];
    // As one stands what is of one script: what is of two may be a question.
    const one = !/\s/.test(text) && written.every((p) => !p.japanese || !written[1]);
    // What they need is fetched at once.
    const [{ at, found: all }, as, same] = await Promise.all([find(parts), one && find(written), Promise.all(lines.map(name))]);
    lines.forEach((line, i) => {
      for (const [, postings] of same[i]) {
        for (const hit of postings) {
          const on = at(hit.page);
          if (asked.includes(line)) {
            on.cover = 1;
            on.exact += 4 * rare(postings.length) * hit.impact ** 3;
            on.top ||= hit.top;
            on.heading ||= hit.heading;
          } else {
            // Whom alone a page is about says more than a code that many pages have, and is enough; what it is called is so nearly, and what a part of it is called by half.
            on.code = Math.max(on.code, 1 + (hit.top > 1 ? 6 : /^\d/.test(line) ? 2.5 : 1) * hit.impact ** 8);
            on.cover = Math.max(on.cover, hit.top > 1 || (hit.top > .5 ? .8 : .5));
          }
        }
      }
    });
    const found = [...all.values()];
    for (const on of found) on.score = on.score * on.cover ** 2 * (1 + on.head) * on.code * pages[on.page].worth + on.exact;
    const order = () => found.sort((a, b) => b.score - a.score);
    // A further part of one page stands behind what is nearly as good.
    const rest = [];
    for (const on of order()) {
      const { part } = pages[on.page];
      on.score *= rest[part] ??= 1;
      rest[part] *= .4;
    }
    order();
    const [literal, results] = [[], []];
    const take = async (list, words) => {
      for (let most = 5; list[0] && results.length < count; most *= 3) {
        results.push(...(await Promise.all(list.splice(0, most).map((on) => seen(on, query, words)))).flat());
        show(results);
      }
    };
    // Where a page has what was written as one, no other has it; what is only called so shuts nothing out, and words may be asked for each.
    if (one && !found.some((on) => on.exact > 5)) {
      await take(found.filter((on) => {
        on.as = as.at(on.page).hits;
        return on.as.length === as.count;
      }), literal);
    }
    if (!literal[written[1] ? 2 : 0]) await take(found.filter((on, i) => !on.seen && on.cover >= (known || i > 4 ? .8 : .35)));
  };
}

/** What to mark in a text: from and to, in order. */
export function marks(text, query) {
  const { text: folded, at } = fold(text);
  const flat = short(folded);
  const from = at.filter((_, i) => folded[i] !== 'ー');
  const [lit, found] = [[], []];
  for (const { text: piece, japanese } of pieces(fold(query).text)) {
    const run = [...short(piece)];
    for (const needle of japanese && run[1] ? pairs(run).filter((pair) => /[^ぁ-ゖ]/.test(pair)) : [run.join('')]) {
      for (let i = -1; needle && (i = flat.indexOf(needle, i + 1)) >= 0;) {
        if (japanese || !/\w/.test(flat[i - 1] ?? '')) for (let n = from[i]; n < (from[i + needle.length] ?? text.length); n++) lit[n] = 1;
      }
    }
  }
  lit.forEach((_, i) => (lit[i - 1] ? found.at(-1)[1]++ : found.push([i, i + 1])));
  return found;
}

/** The part of a text that holds most of what is asked: 120 characters, and no word in two. */
function excerpt(text, query) {
  const all = marks(text, query);
  const held = (from) => sum(all, ([a, b]) => a >= from && b < from + 100 && b - a);
  let start = all.reduce((best, [a]) => (held(a) > held(best) ? a : best), 0);
  start = start > 40 && start - 20;
  const more = text[start + 120] ? '…' : '';
  return (start ? '…' : '') + text.slice(start, start + 120).replace(/^\w* ?| ?\w*$/g, (word, at) => ((at ? more : start) ? '' : word)) + more;
}

/** Asks the indexes in turn, those behind the first when it knows little, and tells show of all that is found so far. */
export async function ask(indexes, query, count, show = () => {}) {
  let all = [];
  for (const [lang, index] of indexes) {
    const before = all;
    const tell = (found) => show(all = [...before, ...found.map((result) => ({ ...result, lang }))].slice(0, count));
    if (all.length < Math.min(3, count)) await index(query, count - all.length, all[0], tell);
  }
  return all;
}
