// @ts-check
// The officer's own corner: how long the phone stays open, the PIN, the month, and leaving it.

import { at, fill, make, say, screen, when } from "./draw.js";
import { isPlain, PIN } from "./keys.js";
import { marked, persist } from "./memory.js";
import { counted } from "./tray.js";


/** @param {App} app */
export async function me(app) {
  const root = screen("saya");
  const { session } = app;
  const { kept } = session;
  const standing = session.standing();
  fill(root, {
    unit: kept?.unit?.label ?? "", name: kept?.label ?? "",
    lease: standing && (standing.phase === "open" || standing.phase === "warn") ? say("lease_until", { at: when(standing.until, app.now()) }) : app.leaseSays(),
  });
  /** @type {HTMLAnchorElement} */ (at(root, "go")).href = app.data.signIn ?? "/";
  at(root, "sign-in").hidden = !["sign_in", "second_factor", "refused"].includes(app.asked ?? "") && standing?.phase === "open";
  const training = /** @type {HTMLInputElement} */ (at(root, "training"));
  training.checked = app.training;
  training.addEventListener("change", async () => {
    app.training = training.checked;
    await app.store.put("shell", { key: `training:${kept?.officer}`, value: app.training });
    app.bar();
  });
  const install = /** @type {HTMLButtonElement} */ (root.querySelector("[data-do=install]"));
  at(root, "install").hidden = !app.installing;
  install.addEventListener("click", async () => {
    await app.installing?.prompt();
    app.installing = null;
    at(root, "install").hidden = true;
  });
  pins(app, root);
  fill(root, { memory: await memory(app) });
  root.querySelector("[data-do=leave]")?.addEventListener("click", () => leave(app, root));
  return root;
}

/** @param {App} app */
async function memory(app) {
  const used = await navigator.storage?.estimate?.();
  const lines = [used?.usage ? say("used", { mb: (used.usage / 1048576).toFixed(1) }) : "", say((await persist()) ? "persisted" : "evictable")];
  return lines.filter(Boolean).join(" ");
}

/** @param {App} app @param {HTMLElement} root */
function pins(app, root) {
  const form = /** @type {HTMLFormElement} */ (at(root, "pins"));
  const tell = (/** @type {string} */ sentence) => fill(root, { "pin-error": sentence });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pin = form.pin.value;
    if (!PIN.test(pin)) return tell(say("pin_short"));
    if (isPlain(pin)) return tell(say("pin_plain"));
    tell(say((await app.session.changePin(form.old.value, pin)) ? "pin_changed" : "pin_not"));
    form.reset();
  });
  root.querySelector("[data-do=add-touch]")?.addEventListener("click", async () => {
    tell(say((await app.session.addTouch(form.old.value, navigator.credentials)) ? "touch_added" : "touch_none"));
    form.reset();
  });
}

/** @param {App} app @param {HTMLElement} root */
async function leave(app, root) {
  const counts = await counted(app);
  if (counts.unsent + counts.drafts) {
    fill(root, { stay: say("unsent_leave", { n: counts.unsent + counts.drafts }) });
    return at(root, "stay").scrollIntoView({ block: "center" });
  }
  if (counts.handed) {
    fill(root, { stay: say("handed_leave", { n: counts.handed }) });
    return at(root, "stay").scrollIntoView({ block: "center" });
  }
  await app.session.leave();
  if (!(await app.session.officers()).length) marked(null);
  await app.take();
  app.alarm(say("left"), 8_000);
  app.go("pasang");
  await app.news();
}

/** @param {App} app */
export async function recap(app) {
  const root = screen("rekap");
  const { work, opened } = app.session;
  const counts = await counted(app);
  fill(root, { unsent: counts.unsent ? say("unsent_too", { n: counts.unsent }) : null });
  const months = work?.recap ?? [];
  if (!months.length) {
    fill(root, { period: say(opened ? "no_recap" : "locked_today"), shut: !opened });
    return root;
  }
  fill(root, { period: months[0].period, "as-of": say("as_of", { at: when(work.at, app.now()) }) });
  for (const [place, month] of months.entries()) {
    const box = place ? make("details.more", null, make("summary", null, month.month), make("p.meta", null, month.period)) : at(root, "parts");
    if (place) at(root, "parts").append(box);
    for (const part of month.parts) {
      box.append(make("section.after", null, make("h2", null, part.title), make("p.hint", null, [part.basis, part.note].filter(Boolean).join(". ")),
        make("table.table", null, make("tbody", null, ...part.figures.map((/** @type {any} */ figure) => make("tr", null, make("th", { scope: "row" }, figure.label), make("td.n", null, figure.of === null ? String(figure.count) : say("of", figure))))))));
    }
  }
  return root;
}
