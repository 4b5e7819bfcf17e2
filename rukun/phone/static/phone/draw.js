// @ts-check
// Drawing: screens stand ready in the page as templates, with their words; here their gaps are filled.

/** @type {Record<string, string>} */
let known = {};

/** @param {Document} document */
export function learn(document) {
  const told = document.getElementById("kata");
  known = told instanceof HTMLTemplateElement ? JSON.parse(told.content.textContent ?? "{}") : {};
}

/** A sentence, its gaps filled. @param {string} key @param {Record<string, any>} [values] */
export function say(key, values = {}) {
  return (known[key] ?? key).replace(/\{(\w+)\}/g, (_whole, name) => String(values[name] ?? ""));
}

/** @param {string} name @returns {HTMLElement} */
export function screen(name) {
  const found = document.getElementById(`layar-${name}`);
  if (!(found instanceof HTMLTemplateElement)) throw new Error(`no screen ${name}`);
  return /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (found.content.cloneNode(true)).firstElementChild);
}

/** @param {ParentNode} root @param {string} name @returns {HTMLElement} what carries data-at="name" */
export function at(root, name) {
  const found = root.querySelector(`[data-at="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`no ${name} on this screen`);
  return found;
}

/** @param {ParentNode} root @param {Record<string, any>} texts by data-at; null or false hides, true shows */
export function fill(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const place = at(root, name);
    place.hidden = text === null || text === false || text === "";
    if (typeof text === "string" || typeof text === "number") place.textContent = String(text);
  }
}

/** @param {string} tag "p.meta" @param {Record<string, any> | null} attributes @param {...(Node | string | null | undefined | false)} inside @returns {HTMLElement} */
export function make(tag, attributes, ...inside) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(.../** @type {(Node | string)[]} */ (inside.filter((each) => each !== null && each !== undefined && each !== false)));
  return element;
}

/** @param {string} name @returns {Node} an outlined icon that stands ready in the page */
export function icon(name) {
  const found = document.getElementById(`ikon-${name}`);
  return found instanceof HTMLTemplateElement ? found.content.cloneNode(true) : document.createTextNode("");
}

/** @param {any} event @param {string} selector @returns {HTMLElement | null} */
export const hit = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

const language = () => document.documentElement.lang || "id";

/** "08.10". @param {number | string} moment */
export const clock = (moment) => new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(moment));

/** "25 Nov". @param {number | string} moment */
export const day = (moment) => new Intl.DateTimeFormat(language(), { day: "numeric", month: "short" }).format(new Date(moment));

/** "Selasa, 25 November". @param {number | string} moment */
export const longDay = (moment) => new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long" }).format(new Date(moment));

/** "08.10" today, "25 Nov 08.10" otherwise. @param {number | string} moment @param {number} now */
export function when(moment, now) {
  const same = new Date(moment).toDateString() === new Date(now).toDateString();
  return same ? clock(moment) : `${day(moment)} ${clock(moment)}`;
}

/** "2 hari lagi", "kemarin". @param {string} date @param {number} now */
export function ahead(date, now) {
  const days = Math.round((Date.parse(`${date.slice(0, 10)}T12:00:00`) - new Date(now).setHours(12, 0, 0, 0)) / 86_400_000);
  return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(days, "day");
}

/** "30 hari yang lalu", "kemarin". @param {number} days */
export const ago = (days) => new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(-days, "day");
