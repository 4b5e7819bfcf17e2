// @ts-check
// What kind it is, found by the words people use, Minang among them; never a list of fifty-two.

/** @typedef {{code: string, label: string, words?: string[]}} Code */

/** @param {string} text @returns {Set<string>} */
export function words(text) {
  return new Set(text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3));
}

/**
 * Kinds that a text may be about, best first, as the server suggests them: a word that points to few kinds counts more.
 * @param {string} text
 * @param {Code[]} codes
 * @param {number} [most]
 */
export function suggested(text, codes, most = 3) {
  const said = words(text);
  const known = codes.map((code) => ({ code, told: words(`${code.label} ${(code.words ?? []).join(" ")}`) }));
  /** @type {Map<string, number>} */
  const spread = new Map();
  for (const word of said) spread.set(word, known.filter(({ told }) => told.has(word)).length);
  const weighed = known.map(({ code, told }) => {
    let weight = 0;
    for (const word of said) if (told.has(word)) weight += 1 / (spread.get(word) ?? 1);
    return { code, weight };
  });
  const good = weighed.filter(({ weight }) => weight >= 0.3);
  good.sort((one, other) => other.weight - one.weight || (one.code.code < other.code.code ? -1 : 1));
  return good.slice(0, most).map(({ code }) => code);
}

/**
 * While one types into the search: every word typed begins a word of the label, an everyday word or the code.
 * @param {string} typed
 * @param {Code[]} codes
 * @param {number} [most]
 */
export function searched(typed, codes, most = 6) {
  const asked = typed.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!asked.length) return [];
  const ranked = codes.map((code, order) => {
    const label = code.label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    const told = [...label, ...(code.words ?? []), ...code.code.toLowerCase().split("-"), code.code.toLowerCase().replace("-", "")];
    if (!asked.every((word) => told.some((one) => one.startsWith(word)))) return { code, order, rank: 0 };
    const exact = asked.filter((word) => told.includes(word)).length;
    return { code, order, rank: 1 + exact + (asked.some((word) => label[0]?.startsWith(word)) ? 0.5 : 0) };
  });
  return ranked.filter(({ rank }) => rank).sort((one, other) => other.rank - one.rank || one.order - other.order).slice(0, most).map(({ code }) => code);
}
