// @ts-check
// PIN forgotten: the form that opens the phone again, once two people have agreed.

import { at, fill, say } from "./draw.js";
import { reopen } from "./rescue.js";

/**
 * Two people have agreed: another PIN, and everything is as it was.
 * @param {App} app
 * @param {HTMLElement} root
 * @param {boolean} needed whether nothing else opens it
 * @param {{faultOf: (form: any) => string, opened: (app: App) => Promise<void>, refusedAt: (app: App, root: HTMLElement, answer: Answer) => Promise<void>, why: (root: HTMLElement, sentence: string | null) => void}} door
 */
export function forgotten(app, root, needed, { faultOf, opened, refusedAt, why }) {
  const { session } = app;
  const section = /** @type {HTMLDetailsElement} */ (at(root, "forgotten"));
  section.hidden = !session.kept?.rescue;
  section.open = needed;
  const form = /** @type {HTMLFormElement} */ (at(root, "anew-form"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fault = faultOf(form);
    fill(root, { "anew-error": fault && say(fault) });
    if (fault) return form.pin.focus();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    button.disabled = true;
    const answer = await reopen(session, form.pin.value);
    button.disabled = false;
    if (answer.outcome === "refused" && !answer.data) { // what it was locked with is not the server's any more
      why(root, say("rescue_none"));
      at(root, "again").hidden = at(root, "anew").hidden = false;
      return;
    }
    if (answer.outcome !== "answered") return refusedAt(app, root, answer);
    await opened(app);
    app.alarm(say("reopened"), 10_000);
    app.sender.now();
  });
}
