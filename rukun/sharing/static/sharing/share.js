// @ts-check
// Out of rukun with one tap: the phone's own share menu where there is one, the clipboard everywhere.

/**
 * The clipboard where the browser gives it, else a field that is selected and copied as in the old days.
 * @param {string} text
 * @param {{navigator: Navigator, document: Document}} world
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copy(text, world) {
  try {
    await world.navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = world.document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    world.document.body.append(field);
    field.select();
    const done = world.document.execCommand("copy");
    field.remove();
    return done;
  }
}

/**
 * @param {string} text
 * @param {Navigator} navigator
 * @returns {Promise<"shared" | "left" | "none">} what came of the phone's own menu: "left" where it was closed again, "none" where there is none
 */
export async function share(text, navigator) {
  if (typeof navigator.share !== "function" || (navigator.canShare && !navigator.canShare({ text }))) return "none";
  try {
    await navigator.share({ text });
    return "shared";
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? "left" : "none";
  }
}

/**
 * Tells the book that it was shared; the person need not wait for it.
 * @param {HTMLFormElement} form
 * @param {typeof fetch} send
 */
export function tell(form, send) {
  const body = new FormData(form);
  body.set("sudah", "1");
  return send(form.action, { method: "POST", body, keepalive: true }).catch(() => undefined);
}

/** @param {Document} document */
export function reveal(document) {
  for (const button of document.querySelectorAll("[data-copy]")) if (button instanceof HTMLElement) button.hidden = false;
}

/** @param {HTMLElement} button */
async function copied(button) {
  const source = document.getElementById(button.dataset.copy ?? "");
  const text = source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement ? source.value : (source?.textContent ?? "");
  const done = await copy(text, { navigator, document });
  const said = button.closest("[data-sharing]")?.querySelector("[data-said]");
  if (said) said.textContent = (done ? button.dataset.done : button.dataset.failed) ?? "";
  if (!done && source instanceof HTMLTextAreaElement) source.select();
  const form = button.closest("form[data-share]");
  if (done && form instanceof HTMLFormElement) tell(form, fetch);
}

/** @param {SubmitEvent} event */
async function sent(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-share]")) return;
  const field = form.querySelector("[data-text]");
  if (!(field instanceof HTMLTextAreaElement) || typeof navigator.share !== "function") return; // the form goes on to WhatsApp by itself
  event.preventDefault();
  const came = await share(field.value, navigator);
  if (came === "shared") await tell(form, fetch);
  if (came === "none") form.submit();
}

if (globalThis.document) {
  reveal(document);
  document.addEventListener("htmx:load", () => reveal(document));
  document.addEventListener("submit", sent);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    if (button instanceof HTMLElement) copied(button);
  });
}
