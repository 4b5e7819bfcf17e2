// @ts-check
// Why a record needs its officer, in one sentence.

import { say } from "./draw.js";

/** @param {any} row */
export function reasonOf({ trouble = {} }) {
  const known = { photo: say("photo_trouble", { reason: trouble.reason }), other_content: trouble.reason || say("conflict"), returned: trouble.reason || say("answered_shut"), released: trouble.reason || say("answered_shut") }[/** @type {string} */ (trouble.code)];
  const fields = Object.values(trouble.fields ?? {});
  return known ?? (fields.length ? fields.join(" ") : trouble.reason || say(["too_large", "refused", "broken"].includes(trouble.code) ? trouble.code : "refused"));
}
