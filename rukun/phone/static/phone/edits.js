// @ts-check
// What a problem is said to be, changed apart from others: each field beside what stood there when it was changed.

/** @typedef {Record<string, any>} Values */

export const FIELDS = ["title", "analysis", "stage", "severity", "code"];

/** @param {any} value */
const text = (value) => String(value ?? "").trim();

/** @param {string} field @param {any} value as the server holds it */
const typed = (field, value) => (field === "severity" ? Number(value) : text(value));

/** Whether this field says something else than what stood there; a kind can be left out, not taken away. @param {Values} body @param {string} field */
export const differs = (body, field) => {
  if (body[field] === undefined || !(field in (body.base ?? {}))) return false;
  if (field === "code" && !text(body.code)) return false;
  return text(body[field]) !== text(body.base[field]);
};

/** What is new, and upon what it was said. @param {Values} body @returns {{base: Values, change: Values}} */
export function changed(body) {
  const named = FIELDS.filter((field) => differs(body, field));
  return {
    base: Object.fromEntries(named.map((field) => [field, body.base[field]])),
    change: Object.fromEntries(named.map((field) => [field, typed(field, body[field])])),
  };
}

/** What was not touched follows what is known by now; what was changed keeps what it was said upon. @param {Values} body @param {Values} known */
export function follows(body, known) {
  body.base ??= {};
  for (const field of FIELDS) {
    if (differs(body, field)) continue;
    body.base[field] = known[field];
    body[field] = text(known[field]);
  }
  return body;
}

/** Back to what stood there. @param {Values} body @param {string} field */
export function undone(body, field) {
  body[field] = text(body.base?.[field]);
}

/**
 * What is known of a problem here: as the server told it, and upon it what was changed on this phone and has not come back yet.
 * @param {Values} base
 * @param {Values[]} bodies in their order
 */
export function overlaid(base, bodies) {
  return bodies.reduce((known, body) => ({ ...known, ...changed(body).change }), { ...base });
}
