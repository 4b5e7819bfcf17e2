// @ts-check
// What every page does beyond being a page: the focus follows what changed, and what has to be checked is where one looks.

/** @param {ParentNode} root */
export function firstToCheck(root) {
  const summary = root.querySelector(".errors");
  return summary instanceof HTMLElement ? summary : null;
}

document.addEventListener("htmx:afterSwap", (event) => {
  const part = /** @type {CustomEvent} */ (event).detail.elt;
  (firstToCheck(part) ?? part.querySelector("[data-focus]"))?.focus();
});

document.addEventListener("htmx:responseError", () => say());
document.addEventListener("htmx:sendError", () => say());

function say() {
  const words = document.querySelector("[data-failed]");
  if (words instanceof HTMLElement) words.hidden = false;
}

firstToCheck(document)?.focus();
