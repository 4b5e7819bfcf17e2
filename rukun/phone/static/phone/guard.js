// @ts-check
// Hints while one types, with no network: the twin of what the server's guard says of a text. The server decides.

/** @typedef {{[name: string]: any}} Lexicon made by rukun/phone/lexicon.py from the guard's own words */
/** @typedef {{kind: string, start: number, end: number}} Finding */
/** @typedef {{text: string, low: string, start: number, end: number}} Token */

const RUN = /\+?\(?\d(?:[ .\-/()]{0,2}\d)*/g;
const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const HANDLE = /(?<![\w.@])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?/g;
const PLATE = /(?<![\p{L}\p{N}_])(?=([A-Za-z]{1,2})[ \-.]?(\d{1,4})[ \-.]?([A-Za-z]{1,3})(?![\p{L}\p{N}_]))/gu;
const VEHICLE = /(?:plat|pelat|nopol|polisi|merah|hitam|item|putih|mobil|motor|r2|r4|bg)\W{0,3}$/i;
const ACCOUNT = /(?:\brek\b|rekening|norek|\bbri\b|\bbni\b|\bbca\b|\bbsi\b|mandiri|\bva\b)\D{0,12}$/i;
const IDENTITY = /(?:\bnik\b|\bkk\b|\bktp\b|kependudukan)\D{0,12}$/i;
const BEFORE = 24;

/** @typedef {[number, number][]} Groups */

/** @param {string} text @param {Lexicon} lexicon @returns {Finding[]} */
export function numbers(text, lexicon) {
  /** @type {Finding[]} */
  const found = [];
  for (const [kind, shape] of /** @type {[string, RegExp][]} */ ([["email", EMAIL], ["handle", HANDLE]]))
    for (const one of text.matchAll(shape)) found.push({ kind, start: one.index, end: one.index + one[0].length });
  for (const one of text.matchAll(PLATE)) {
    const [region, number, series] = one.slice(1);
    const length = text.slice(one.index).match(/^[A-Za-z]{1,2}[ \-.]?\d{1,4}[ \-.]?[A-Za-z]{1,3}/)?.[0].length ?? 0;
    if (isPlate(text, one.index, region, number, series, lexicon)) found.push({ kind: "plate", start: one.index, end: one.index + length });
  }
  for (const run of text.matchAll(RUN)) found.push(...digits(text, run.index, run.index + run[0].length));
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  let end = 0; // of what was kept last: nothing is found inside another
  return found.filter((one) => one.start >= end && (end = one.end));
}

/** @param {string} text @param {number} at @param {string} region @param {string} number @param {string} series @param {Lexicon} lexicon */
function isPlate(text, at, region, number, series, lexicon) {
  if (!lexicon.regions.has(region.toUpperCase()) || lexicon.units.has(series.toLowerCase())) return false;
  if (VEHICLE.test(text.slice(Math.max(0, at - BEFORE), at))) return true;
  if (region === region.toUpperCase() && series === series.toUpperCase()) return region.length === 2 || number.length >= 3;
  return region.length === 2 && number.length >= 3 && series.length >= 2;
}

/** @param {string} text @param {number} from @param {number} to @returns {Finding[]} */
function digits(text, from, to) {
  const groups = /** @type {Groups} */ (Array.from(text.slice(from, to).matchAll(/\d+/g), (one) => [from + one.index, from + one.index + one[0].length]));
  const found = [];
  for (let place = 0; place < groups.length; ) {
    const [kind, taken] = identity(text, groups, place) ?? telephone(text, groups, place) ?? account(text, groups, place) ?? ["", 1];
    if (kind) {
      let start = groups[place][0];
      while (start > from && "+(".includes(text[start - 1])) start -= 1;
      found.push({ kind, start, end: groups[place + taken - 1][1] });
    }
    place += taken;
  }
  return found;
}

/** @typedef {[string, number] | null} Taken */

/** @param {string} text @param {Groups} groups @param {number} place @param {number} exactly */
function joined(text, groups, place, exactly) {
  const signs = new Set();
  let total = 0;
  for (let taken = 1; taken <= 16 && place + taken <= groups.length; taken++) {
    const [start, end] = groups[place + taken - 1];
    if (taken > 1) signs.add(text.slice(groups[place + taken - 2][1], start));
    total += end - start;
    if (total >= exactly) return total === exactly && signs.size <= 1 ? taken : 0;
  }
  return 0;
}

/** @param {string} text @param {Groups} groups @param {number} place @returns {Taken} */
function identity(text, groups, place) {
  const [start, end] = groups[place];
  if (end - start >= 16) return ["nik", 1];
  const taken = [2, 4, 6].includes(end - start) ? joined(text, groups, place, 16) : 0;
  if (taken) return ["nik", taken];
  return end - start >= 8 && IDENTITY.test(text.slice(Math.max(0, start - BEFORE), start)) ? ["nik", 1] : null;
}

/** @param {string} text @param {Groups} groups @param {number} place @returns {Taken} */
function telephone(text, groups, place) {
  const first = text.slice(...groups[place]);
  if (first === "0" || first === "6") return spelled(text, groups, place);
  if (first.startsWith("62") && (first.length > 2 || text[groups[place + 1]?.[0]] === "8")) return counted(groups, place, 11, 15);
  if (first.startsWith("08") && first.length >= 3 && first[2] !== "0") return counted(groups, place, 10, 13);
  if (first.startsWith("0") && [3, 4].includes(first.length) && first[1] !== "0") return landline(text, groups, place);
  return null;
}

/** @param {Groups} groups @param {number} place @param {number} least @param {number} most @returns {Taken} */
function counted(groups, place, least, most) {
  let total = 0;
  let best = 0;
  for (let taken = 1; taken <= 6 && place + taken <= groups.length; taken++) {
    total += groups[place + taken - 1][1] - groups[place + taken - 1][0];
    if (total > most) break;
    if (total >= least) best = taken;
    if (total >= least && taken === 1) break;
  }
  return best ? ["phone", best] : null;
}

/** @param {string} text @param {Groups} groups @param {number} place @returns {Taken} */
function spelled(text, groups, place) {
  if (text[groups[place + 1]?.[0]] !== (text[groups[place][0]] === "0" ? "8" : "2")) return null;
  let taken = 0;
  while (place + taken < groups.length && taken < 15 && groups[place + taken][1] - groups[place + taken][0] === 1) taken += 1;
  const said = groups.slice(place, place + taken).map(([start]) => text[start]).join("");
  return taken >= 10 && /^(08|628)/.test(said) ? ["phone", taken] : null;
}

/** @param {string} text @param {Groups} groups @param {number} place @returns {Taken} */
function landline(text, groups, place) {
  if (place + 1 >= groups.length) return null;
  const one = groups[place + 1][1] - groups[place + 1][0];
  const bracketed = text[groups[place][1]] === ")";
  if ((one >= 6 && one <= 8) || (one === 5 && bracketed)) return ["phone", 2];
  const two = place + 2 < groups.length ? groups[place + 2][1] - groups[place + 2][0] : 0;
  return bracketed && [3, 4].includes(one) && [3, 4].includes(two) ? ["phone", 3] : null;
}

/** @param {string} text @param {Groups} groups @param {number} place @returns {Taken} */
function account(text, groups, place) {
  const [start, first] = groups[place];
  if (first - start < 3 || !ACCOUNT.test(text.slice(Math.max(0, start - BEFORE), start))) return null;
  let total = 0;
  let best = 0;
  for (let taken = 1; taken <= 6 && place + taken <= groups.length; taken++) {
    const [begin, end] = groups[place + taken - 1];
    if (taken > 1 && !["-", ".", " ", ""].includes(text.slice(groups[place + taken - 2][1], begin))) break;
    total += end - begin;
    best = taken;
  }
  return total >= 8 ? ["account", best] : null;
}

/** The text with what stands for identities. @param {string} text @param {Lexicon} lexicon */
export function replaced(text, lexicon) {
  let clean = text;
  const found = numbers(text, lexicon);
  for (const one of [...found].reverse()) clean = clean.slice(0, one.start) + lexicon.placeholders[one.kind] + clean.slice(one.end);
  return { clean, found };
}
