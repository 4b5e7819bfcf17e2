// @ts-check
// Setting up, opening, handing over: the screens at the door.

import { at, fill, make, say, screen } from "./draw.js";
import { local } from "./forms.js";
import { isPlain, PIN, TRIES } from "./keys.js";
import { lost, persist } from "./memory.js";
import { askSession } from "./wire.js";


/** @param {HTMLElement} root @param {string | null} sentence */
const why = (root, sentence) => fill(root, { why: Boolean(sentence), reason: sentence ?? null });

/** @param {App} app */
export async function door(app) {
  const root = screen("pasang");
  const form = /** @type {HTMLFormElement} */ (at(root, "form"));
  form.label.value = `${/Android/.test(navigator.userAgent) ? "Android" : "Web"} ${local(app.now(), app.zone).day}`;
  const go = /** @type {HTMLAnchorElement} */ (at(root, "go"));
  go.href = app.data.signIn ?? "/";
  const officers = await app.session.officers();
  at(root, "others").hidden = !officers.length;
  const gone = officers.length ? null : lost();
  fill(root, { cleared: gone === null ? null : say(gone ? "cleared_unsent" : "cleared", { n: gone }) });
  at(root, "officers").append(...officers.map((kept) => asOfficer(app, kept)));
  askSession(app.send, "work").then((answer) => { // whether somebody has signed in; and the cookie that a form needs
    if (answer.outcome === "answered") return;
    const sentence = { sign_in: "enrol_sign_in", offline: "enrol_offline", captive: "captive", not_yours: "not_yours" }[String(answer.outcome)];
    why(root, say(sentence ?? answer.outcome));
    at(root, "door").hidden = answer.outcome !== "sign_in";
    form.hidden = answer.outcome === "sign_in" || answer.outcome === "not_yours";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pin = form.pin.value;
    const fault = faultOf(form);
    fill(root, { "pin-error": fault && say(fault) });
    form.pin.toggleAttribute("aria-invalid", Boolean(fault));
    if (fault) return form.pin.focus();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button.primary"));
    button.disabled = true;
    const answer = await app.session.enrol(form.label.value.trim(), pin);
    button.disabled = false;
    if (answer.outcome !== "answered") return refusedAt(app, root, answer);
    await persist();
    await app.session.refer(app.language);
    await app.session.refresh();
    await app.take();
    app.go("hari-ini");
    app.sender.now();
    await app.news();
  });
  return root;
}

/** @param {App} app @param {HTMLElement} root @param {Answer} answer */
async function refusedAt(app, root, answer) {
  const known = { sign_in: "enrol_sign_in", offline: "enrol_offline" }[String(answer.outcome)];
  if (answer.outcome === "device_revoked") await app.store.remove("shell", "enrolling"); // the next try is a new phone to the server
  why(root, known ? say(known) : answer.data?.reason || say(answer.outcome));
  const go = /** @type {HTMLAnchorElement} */ (at(root, "go"));
  const door = root.querySelector("[data-at=door], [data-at=again]");
  if (door instanceof HTMLElement) door.hidden = answer.outcome === "two_persons" || (!["sign_in", "second_factor"].includes(answer.outcome) && !answer.data?.url);
  go.href = answer.data?.url ?? app.data.signIn ?? "/";
  root.querySelector("h1")?.scrollIntoView();
}

/** @param {App} app */
export async function enter(app) {
  const root = screen("buka");
  const { session } = app;
  const kept = /** @type {Kept} */ (session.kept);
  const standing = session.standing();
  const over = kept.wrong >= TRIES;
  fill(root, { whose: say("phone_of", { name: kept.label }) });
  const lease = standing?.phase === "sealed" || standing?.phase === "ended";
  why(root, lease ? app.leaseSays() : over ? say(kept.rescue ? "pin_over" : "pin_lost") : null);
  const form = /** @type {HTMLFormElement} */ (at(root, "form"));
  form.hidden = lease || (over && !kept.touch);
  const blocked = Boolean(/** @type {any} */ (kept).revoked);
  (await import("./forgotten.js")).forgotten(app, root, over || blocked, { faultOf, opened, refusedAt, why });
  at(root, "again").hidden = !lease && !over;
  at(root, "anew").hidden = !(over || blocked) || Boolean(kept.rescue);
  /** @type {HTMLAnchorElement} */ (at(root, "go")).href = app.data.signIn ?? "/";
  if (over) form.pin.parentElement.hidden = true;
  const touch = /** @type {HTMLButtonElement} */ (root.querySelector("[data-do=touch]"));
  touch.hidden = !kept.touch;
  at(root, "record").hidden = standing?.phase === "ended";
  at(root, "go").classList.toggle("primary", Boolean(lease));
  touch.addEventListener("click", async () => {
    if (await session.unlockByTouch(navigator.credentials)) return opened(app);
    fill(root, { error: say("touch_none") });
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button.primary"));
    button.disabled = true;
    const came = await session.unlock(form.pin.value);
    button.disabled = false;
    if (came === "open") return opened(app);
    if (came === "write_only") return app.show();
    fill(root, { error: say("pin_wrong", { n: TRIES - (session.kept?.wrong ?? 0) }) });
    form.pin.value = "";
    form.pin.focus();
  });
  if (!form.hidden) form.pin.setAttribute("autofocus", "");
  return root;
}

/** What is wrong with a new PIN. @param {HTMLFormElement} form */
const faultOf = ({ pin, again }) => (!PIN.test(pin.value) ? "pin_short" : isPlain(pin.value) ? "pin_plain" : pin.value !== again.value ? "pin_other" : "");

/** @param {App} app */
async function opened(app) {
  app.go("hari-ini");
  await app.show();
  app.freshen();
}

/** @param {App} app */
export async function others(app) {
  const root = screen("ganti");
  at(root, "officers").append(...(await app.session.officers()).map((kept) => asOfficer(app, kept)));
  return root;
}

/** @param {App} app @param {Kept} kept */
function asOfficer(app, kept) {
  const go = async () => {
    await app.leaving?.();
    await app.session.become(kept.officer);
    await app.take();
    app.go("buka");
    await app.show();
    await app.news();
  };
  return make("li.item", null, make("h2", null, make("a", { href: "#buka", click: (/** @type {Event} */ event) => (event.preventDefault(), go()) }, kept.label)), make("p.meta", null, kept.unit?.label ?? ""));
}
