// @ts-check
// The outbox as its officer sees it: what needs attention and why, what is not finished, what waits, what has arrived.

import { carried } from "./carry.js";
import { at, fill, make, say, screen, when } from "./draw.js";
import { local } from "./forms.js";
import { numberOf, ROUTES, takenBack } from "./kept.js";
import { tally } from "./outbox.js";
import { reasonOf } from "./reasons.js";


const WEEK = 7 * 24 * 3600_000;

/** @param {App} app */
export async function tray(app) {
  const root = screen("keluar");
  const officer = app.session.kept?.officer;
  const rows = (await app.store.all("outbox", officer)).sort((one, other) => other.changed - one.changed);
  const sent = (await app.store.all("log", officer)).filter((row) => app.now() - row.at < WEEK).sort((one, other) => other.at - one.at);
  for (const row of await app.store.all("log", officer)) if (app.now() - row.at >= WEEK) await app.store.remove("log", row.id);
  const parts = /** @type {[string, any[], (app: App, row: any, own: any) => HTMLElement][]} */ ([
    ["attention", rows.filter((row) => row.state === "attention"), troubled],
    ["drafts", rows.filter((row) => row.state === "draft"), unfinished],
    ["handed", rows.filter((row) => row.state === "handed"), lying],
    ["waiting", rows.filter((row) => ["queued", "sending", "sent"].includes(row.state)), waiting],
    ["sent", sent.slice(0, 60), arrived],
  ]);
  for (const [name, some, draw] of parts) {
    at(root, name).hidden = !some.length;
    const box = at(root, `${name.replace(/s$/, "")}-rows`);
    for (const row of some) box.append(draw(app, await app.recording.disclosed(row), await app.recording.read(row)));
  }
  const counts = tally(rows);
  fill(root, { lead: counts.unsent ? say("waiting", { n: counts.unsent }) : say("all_sent"), empty: !rows.length && !sent.length });
  if (counts.unsent && !counts.waiting && counts.attention) fill(root, { lead: say("attention_here", { n: counts.attention }) });
  const button = root.querySelector("[data-do=send]");
  if (button instanceof HTMLElement) button.hidden = !(counts.waiting + counts.photos);
  button?.addEventListener("click", () => app.freshen());
  const leaving = rows.filter((row) => ["queued", "sending", "sent", "attention"].includes(row.state));
  const all = /** @type {HTMLButtonElement} */ (root.querySelector("[data-do=carry]"));
  at(root, "carry").hidden = !leaving.length;
  all.addEventListener("click", () => carried(app, leaving, local(app.now(), app.zone).day).then(() => fill(root, { carried: say("exported") })));
  return root;
}

/** @param {any} row @param {any} own */
const title = (row, own) => own?.label || `${say(row.kind)}${own ? "" : ` (${say("shut")})`}`;

/** @param {string} word @param {(event: Event) => any} click */
const act = (word, click) => make("button.button.quiet", { type: "button", click }, say(word));

/** @param {string} word @param {string} href */
const link = (word, href) => make("a.button.quiet", { href }, say(word));

/** @param {App} app @param {any} row @param {any} own */
function troubled(app, row, own) {
  const { trouble = {} } = row;
  const reason = reasonOf(row);
  const told = make("span.meta", { role: "status" });
  return make("li.item.late", null,
    make("h3", null, title(row, own)), make("p.meta", null, when(row.client_ts, app.now())), make("p.why", null, reason),
    make("div.acts", null,
      own && link("mend", `#${ROUTES[row.kind]}/${row.id}`),
      !own && act("as_is", () => again(app, row)),
      trouble.code === "photo" && act("send_again", () => again(app, row)),
      act("export", () => carried(app, [row], numberOf(row.kind, row.id)).then(() => { told.textContent = say("exported"); })),
      trouble.code !== "photo" && trouble.code !== "too_large" && handing(app, row),
      trouble.url && link("open_page", trouble.url),
      own && deleting(app, row), told));
}

/** Deleting needs a second tap on another word. @param {App} app @param {any} row */
function deleting(app, row) {
  const button = act("delete", async () => {
    if (button.dataset.sure === undefined) {
      button.dataset.sure = "";
      button.textContent = say("tap_again");
      return;
    }
    await app.recording.discard(row.id);
    await app.afterwards();
    await app.show(true);
  });
  return button;
}

/** @param {App} app @param {any} row */
async function again(app, row) {
  await app.recording.asItStands(row.id);
  await app.afterwards();
  await app.sender.now();
}

/** @param {App} app @param {any} row @param {any} own */
function unfinished(app, row, own) {
  return make("li.item", null, make("h3", null, title(row, own)), make("p.meta", null, when(row.changed, app.now())),
    make("div.acts", null, own ? link("go_on", `#${ROUTES[row.kind]}/${row.id}`) : act("as_is", () => again(app, row)), own && deleting(app, row)));
}

/** @param {App} app @param {any} row @param {any} own */
function waiting(app, row, own) {
  const state = { queued: "queued", sending: "sending_one", sent: "sent_one" }[/** @type {string} */ (row.state)] ?? "queued";
  const shared = own && (row.kind === "visit" || row.kind === "report");
  return make("li.item", null, make("h3", null, title(row, own)), make("p.meta", null, `${when(row.client_ts, app.now())}, ${say(row.handed && row.state === "queued" ? "handing_one" : state)}${row.practice ? `, ${say("practice_one")}` : ""}`),
    make("div.acts", null, row.state === "queued" && own && act("take_back", () => takenBack(app, row)), shared && link("text", `#tersimpan/${row.id}`), own && row.kind === "problem" && link("see", `#tersimpan/${row.id}`)));
}

/** @param {App} app @param {any} row @param {any} own */
function arrived(app, row, own) {
  const { result = {} } = row;
  const number = result.record?.number || (row.kind === "visit" || row.kind === "report" ? numberOf(row.kind, row.id) : "");
  const notes = [row.lost > 0 && say("photo_lost", { n: row.lost }), result.code === "replaced" && say("replaced_note"), result.time_uncertain && say("uncertain"), ["taken", "mended"].includes(result.code) && result.reason, result.code === "needs_decision" ? say("undecided_heading") : result.status === "conflict" && (result.reason || say("conflict"))].filter(Boolean);
  return make("li.item", null, make("h3", null, title(row, own)), make("p.meta", null, [when(row.at, app.now()), number, row.practice ? say("practice_one") : ""].filter(Boolean).join(", ")),
    notes.length > 0 && make("p.why", null, notes.join(" ")),
    make("div.acts", null, own && (row.kind === "visit" || row.kind === "report") && link("text", `#tersimpan/${row.id}`),
      own && row.kind === "problem" && link("see", `#tersimpan/${row.id}`), result.record?.url && link("open_page", result.record.url)));
}

/** To the unit head, who will read it: a second tap on another word. @param {App} app @param {any} row */
function handing(app, row) {
  const button = act("hand_over", async () => {
    if (button.dataset.sure === undefined) {
      button.dataset.sure = "";
      button.textContent = say("hand_over_sure");
      return;
    }
    await app.recording.handOver(row.id);
    await app.afterwards();
    await app.show(true);
    await app.sender.now();
  });
  return button;
}

/** @param {App} app @param {any} row @param {any} own */
function lying(app, row, own) {
  return make("li.item", null, make("h3", null, title(row, own)), make("p.meta", null, `${when(row.client_ts, app.now())}, ${say("handed_waits")}`),
    make("div.acts", null, own && act("take_back", () => takenBack(app, row))));
}



/** How many are unsent, of one officer. @param {App} app */
export async function counted(app) {
  return tally(await app.store.all("outbox", app.session.kept?.officer));
}
