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

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(failure, () => failed(true));
document.addEventListener("htmx:beforeRequest", () => failed(false));

/** @param {boolean} so */
function failed(so) {
  const words = [...document.querySelectorAll("[data-failed]")].at(-1); // a page's own sentence stands for the common one
  if (words instanceof HTMLElement) words.hidden = !so;
}

for (const button of document.querySelectorAll("[data-print]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false; // without scripts the browser's own menu prints
  button.addEventListener("click", () => print());
}

firstToCheck(document)?.focus();
