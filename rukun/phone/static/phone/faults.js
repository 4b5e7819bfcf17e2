// @ts-check
// What is wrong with a form: a summary on top that leads to the field, and the sentence again at the field.

import { at, make, say } from "./draw.js";
import { setAt } from "./forms.js";

/** @param {Writing} writing @param {[string, string][]} faults each a field and its sentence */
export function tellFaults({ root }, faults) {
  for (const error of root.querySelectorAll("[data-error]")) /** @type {HTMLElement} */ (error).hidden = true;
  for (const control of root.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  const summary = at(root, "errors");
  summary.hidden = !faults.length;
  if (!faults.length) return;
  const links = faults.map(([field, sentence]) => make("li", null, make("a", { href: "#", click: (/** @type {Event} */ event) => (event.preventDefault(), reveal(root, field)) }, sentence)));
  summary.replaceChildren(make("h2", null, say("errors", { n: faults.length })), make("ul", null, ...links));
  for (const [field, sentence] of faults) {
    const error = root.querySelector(`[data-error="${field}"]`);
    if (error instanceof HTMLElement) Object.assign(error, { hidden: false, textContent: sentence });
    const control = root.elements.namedItem(field);
    if (control instanceof HTMLElement) control.setAttribute("aria-invalid", "true");
    error?.closest("details")?.setAttribute("open", "");
  }
  summary.focus();
  summary.scrollIntoView({ block: "start" });
}

/** @param {HTMLFormElement} root @param {string} field */
export function reveal(root, field) {
  const control = root.elements.namedItem(field);
  const target = control instanceof HTMLElement ? control : root.querySelector(`[data-error="${field}"]`)?.parentElement?.querySelector("input, textarea, select");
  if (target instanceof HTMLElement) target.focus();
}

/** @param {HTMLFormElement} root @param {string} field */
export function clear(root, field) {
  const error = root.querySelector(`[data-error="${field}"]`);
  if (error instanceof HTMLElement) error.hidden = true;
}

/** What the server said of it when it was sent. @param {Writing} writing @param {{reason: string, fields: {[name: string]: string}, offer?: {[name: string]: string}}} trouble */
export function tellTrouble(writing, { reason, fields, offer = {} }) {
  const told = Object.entries(fields ?? {});
  queueMicrotask(() => tellFaults(writing, told.length ? told : [["", reason]]));
  for (const [name, text] of Object.entries(offer)) {
    const box = writing.root.querySelector(`[data-hint="${name}"]`);
    if (!text || !box) continue;
    box.append(make("p", null, say("offer", { text })), make("button.button", { type: "button", click: () => {
      setAt(writing.record.body, name, text);
      writing.bind(writing.root);
      box.replaceChildren();
      writing.changed();
    } }, say("offer_take")));
  }
}
