// @ts-check
// Whom a text may not be about, and what it says of itself: the words come from the server's guard, the rules are its twins.

import { replaced } from "./guard.js";


const STOPS = new Set([".", ";", "!", "?", "\n"]);
const NUMBERS = ["regions", "units"];

/** The lexicon as it came, its lists of words as sets. @param {any} sent @returns {Lexicon} */
export function learned(sent) {
  /** @type {Lexicon} */
  const known = { placeholders: sent.placeholders, pairs: sent.pairs, sentences: sent.sentences };
  for (const [name, list] of Object.entries({ ...sent.words, ...Object.fromEntries(NUMBERS.map((name) => [name, sent[name]])) })) known[name] = new Set(list.split(" "));
  known.groups = sent.groups.map((/** @type {string[]} */ [kind, ...lists]) => [kind, ...lists.map((list) => new Set(list.split(" ")))]);
  const marks = Object.values(sent.placeholders).map((mark) => String(mark).replace(/[[\]]/g, "\\$&"));
  known.token = new RegExp(`${marks.join("|")}|[\\p{L}\\p{N}]+(?:['’][\\p{L}\\p{N}]+)?|[^\\p{L}\\p{N}\\s]|\\n`, "gu");
  return known;
}

/** @param {string} text @param {Lexicon} lexicon @returns {Token[]} */
function tokens(text, lexicon) {
  return Array.from(text.matchAll(lexicon.token), (one) => ({ text: one[0], low: one[0].toLowerCase(), start: one.index, end: one.index + one[0].length }));
}

/** @param {Token[]} words @param {number} place @param {Lexicon} lexicon */
function ends(words, place, lexicon) {
  const word = words[place];
  if (word.text !== ".") return STOPS.has(word.text);
  const following = words[place + 1];
  if (!following || following.text === "\n") return true;
  if (following.start === word.end) return false;
  const before = words[place - 1]?.low ?? "";
  return !lexicon.ABBREVIATED.has(before) && !/^\p{L}$/u.test(before);
}

/** @param {Token[]} words @param {Lexicon} lexicon @returns {[number, number][]} */
function sentences(words, lexicon) {
  /** @type {[number, number][]} */
  const found = [];
  let begin = 0;
  for (let place = 0; place < words.length; place++) {
    if (!ends(words, place, lexicon)) continue;
    if (place > begin) found.push([begin, place]);
    begin = place + 1;
  }
  if (begin < words.length) found.push([begin, words.length]);
  return found;
}

/** @param {Token[]} words @param {number} begin @param {number} end @returns {[number, number][]} */
function clauses(words, begin, end) {
  /** @type {[number, number][]} */
  const found = [];
  let start = begin;
  for (let place = begin; place < end; place++) {
    const inside = /^\d/.test(words[place - 1]?.text ?? "") && /^\d/.test(words[place + 1]?.text ?? "") && words[place + 1].start === words[place].end;
    if (!",:–".includes(words[place].text) || inside) continue;
    if (place > start) found.push([start, place]);
    start = place + 1;
  }
  if (start < end) found.push([start, end]);
  return found;
}

/** @param {Iterable<string>} words @param {Set<string>} known */
const any = (words, known) => {
  for (const word of words) if (known.has(word)) return true;
  return false;
};

/** @param {string[]} words @param {(one: string, other: string) => boolean} is */
const paired = (words, is) => words.some((word, place) => place > 0 && is(words[place - 1], word));

/** @param {string[]} clause @param {Set<string>} sentence @param {Lexicon} lexicon */
function prefers(clause, sentence, lexicon) {
  const here = new Set(clause);
  if (any(here, lexicon.OUTRIGHT) && !any(here, lexicon.POLITICAL)) return true;
  if (any(sentence, lexicon.POLITICAL)) return false;
  if (here.has("peta") && here.has("dukungan")) return true;
  if (["dukungan", "suara", "preferensi"].some((word) => here.has(word)) && (sentence.has("persen") || sentence.has("persentase"))) return true;
  const toNumber = paired(clause, (one, two) => ["nomor", "nomer", "no"].includes(one) && lexicon.NUMBERS.has(two));
  if (any(here, lexicon.CHOICE) && (any(here, lexicon.CONTEST) || toNumber)) return true;
  if (toNumber && paired(clause, (one, two) => ["ke", "ka", "utk", "untuk"].includes(one) && ["nomor", "no"].includes(two))) return true;
  if ((here.has("milih") || here.has("memilih")) && here.has("lawannya") && here.has("satu")) return true;
  return here.has("tokoh") && (here.has("kunci") || here.has("kuncinya"));
}

/** @param {string[]} clause @param {Set<string>} sentence @param {Lexicon} lexicon */
function profiles(clause, sentence, lexicon) {
  const here = new Set(clause);
  if (any(here, lexicon.NEUTRAL) && !["bersuku", "beragama", "ybs", "siapa"].some((word) => here.has(word))) return false;
  const watched = any(here, lexicon.WATCHED);
  if (watched && any(here, lexicon.PERSONS)) return true;
  const told = paired(clause, (one, two) => ["orang", "org", "urang", "anak", "warga", "suku"].includes(one) && lexicon.PEOPLES.has(two));
  if (told && (any(sentence, lexicon.WATCHED) || sentence.has("siapa"))) return true;
  if (any(here, lexicon.TRAITS) && (any(here, lexicon.ABOUT) || any(sentence, lexicon.WATCHED))) return true;
  if (watched && any(sentence, lexicon.TRAITS)) return true;
  return here.has("timur") && ["kayak", "kaya", "mencurigakan", "wajah", "mukanya"].some((word) => here.has(word));
}

/** Whom a clause may not be about; nothing where it is about a matter. @param {string[]} clause @param {Set<string>} sentence @param {boolean} event @param {boolean} land @param {Lexicon} lexicon */
function judged(clause, sentence, event, land, lexicon) {
  if (prefers(clause, sentence, lexicon)) return "preference";
  if (event && any(clause, lexicon.LEADS)) return "protest";
  if (land && any(clause, lexicon.HOLDS)) return "land_party";
  for (const [kind, group, watched, excused] of lexicon.groups)
    if (any(clause, group) && any(sentence, watched) && !any(sentence, excused)) return kind;
  return profiles(clause, sentence, lexicon) ? "profiling" : "";
}

/** @param {Token[]} words @param {Lexicon} lexicon */
function subjects(words, lexicon) {
  const low = words.map((word) => word.low);
  const event = any(low, lexicon.EVENT);
  const land = any(low, lexicon.LAND);
  const found = new Set();
  for (const [begin, end] of sentences(words, lexicon)) {
    let kind = "";
    for (const [start, stop] of clauses(words, begin, end)) {
      const about = judged(low.slice(start, stop), new Set(low.slice(begin, end)), event, land, lexicon);
      if (!about) continue;
      kind = kind && about === "profiling" ? kind : about;
      found.add(kind);
    }
  }
  return found;
}

/** @param {string[]} said @param {Lexicon} lexicon */
const unreturned = (said, lexicon) => said.some((word, place) => lexicon.NOT_YET.has(word) && any(said.slice(place + 1, place + 4), lexicon.RETURNED));

/** Danger now: call 110 first. @param {string[]} said one sentence @param {Lexicon} lexicon */
function danger(said, lexicon) {
  const there = new Set(said);
  said.forEach((word, place) => place > 0 && lexicon.NOT_YET.has(said[place - 1]) && there.delete(word));
  const has = (/** @type {string[]} */ ...words) => words.some((word) => there.has(word));
  const is = (/** @type {string} */ list) => any(there, lexicon[list]);
  if (is("BLOWS") && is("CRIES")) return true;
  const rising = lexicon.pairs.rising.some((/** @type {string[]} */ [one, other]) => paired(said, (a, b) => a === one && b === other));
  if (rising && !is("OVER") && !is("BEFORE")) return true;
  if (unreturned(said, lexicon) && is("LOST") && !has("dpt", "bansos", "bantuan")) return true;
  if (!is("DANGER")) return has("minta") && has("tolong") && has("berteriak", "teriak", "jerit", "jerit2", "terdengar");
  if (is("LONG_AGO") || (is("BEFORE") && !has("sekarang", "skrg", "barusan"))) return false;
  if (is("OVER") && !unreturned(said, lexicon) && !has("bom")) return false;
  return is("NOW") || unreturned(said, lexicon);
}

/** @param {Token[]} words @param {Lexicon} lexicon */
function moneyForVotes(words, lexicon) {
  const said = words.map((word) => word.low);
  if (lexicon.pairs.outright.some((/** @type {string[]} */ [one, other]) => paired(said, (a, b) => a === one && b === other))) return true;
  const all = new Set(said);
  if ((any(all, lexicon.GIVEN_OUT) || all.has("per")) && any(all, lexicon.ENVELOPE)) return true;
  for (const [begin, end] of sentences(words, lexicon)) {
    const here = new Set(said.slice(begin, end));
    const handed = any(here, lexicon.GIVEN_OUT) || here.has("per") || here.has("dibagikan");
    if (any(here, lexicon.GOODS) && any(here, lexicon.VOTES) && handed) return !here.has("diancam") && !here.has("logistik");
  }
  return false;
}

/**
 * What a text is to be told of: kinds of what would be replaced, refused, or said of it.
 * @param {string} text
 * @param {Lexicon} lexicon
 * @returns {{kinds: string[], clean: string}}
 */
export function hints(text, lexicon) {
  const { clean, found } = replaced(text, lexicon);
  const words = tokens(clean, lexicon);
  const kinds = new Set(found.map((one) => one.kind));
  for (const kind of subjects(words, lexicon)) kinds.add(kind);
  if (sentences(words, lexicon).some(([begin, end]) => danger(words.slice(begin, end).map((word) => word.low), lexicon))) kinds.add("emergency");
  if (moneyForVotes(words, lexicon)) kinds.add("election_money");
  return { kinds: [...kinds], clean };
}
