// @ts-check
// An officer's day on the phone: what is due, who waits, where nobody has been for long. And the choice of what to record.

import { ago, ahead, at, day, fill, longDay, make, say, screen, when } from "./draw.js";
import { local } from "./forms.js";


/** @param {string} title @param {string} meta @param {{href?: string, due?: string, late?: boolean, note?: string}} [more] */
function line(title, meta, { href, due, late, note } = {}) {
  return make(`li.item${late ? ".late" : ""}`, null,
    make("h3", null, href ? make("a", { href }, title) : title),
    meta && make("p.meta", null, meta),
    note && make("p.meta", null, note),
    due && make(`p.due${late ? ".late" : ""}`, null, make("time", null, due)));
}

/** @param {HTMLElement} root @param {string} name @param {Node[]} rows */
function list(root, name, rows) {
  at(root, name).hidden = !rows.length;
  at(root, `${name.replace(/s$/, "")}-rows`).append(...rows);
}

/** @param {App} app @param {any[]} rows */
export function draftLines(app, rows) {
  const route = /** @type {Record<string, string>} */ ({ visit: "kunjungan", report: "laporan", action: "tindakan", problem: "masalah" });
  return Promise.all(rows.map(async (row) => {
    const own = await app.recording.read(row);
    const title = own?.label || say(row.kind);
    return line(own ? title : `${say(row.kind)}: ${say("shut")}`, when(row.changed, app.now()), { href: own ? `#${route[row.kind]}/${row.id}` : "#keluar" });
  }));
}

/** What was written of an action on this phone and has not arrived yet. @param {App} app @returns {Promise<Map<string, string>>} */
async function noted(app) {
  const found = new Map();
  for (const row of await app.store.all("outbox", app.session.kept?.officer)) {
    if (row.kind !== "action" || row.state === "draft") continue;
    const own = await app.recording.read(row);
    if (own) found.set(String(own.body.action), say(row.state === "attention" ? "action_trouble" : own.body.done ? "action_done" : "action_noted"));
  }
  return found;
}

/** @param {App} app */
export async function today(app) {
  const root = screen("hari-ini");
  const { session } = app;
  const now = app.now();
  fill(root, { date: longDay(now) });
  const drafts = (await app.store.all("outbox", session.kept?.officer)).filter((row) => row.state === "draft");
  list(root, "drafts", await draftLines(app, drafts));
  const work = session.work;
  if (!work) {
    const phase = session.standing()?.phase;
    fill(root, { lead: say(session.opened ? "no_work" : phase === "sealed" || phase === "ended" ? "sealed_today" : "locked_today"), shut: !session.opened });
    return root;
  }
  const today = local(now, app.zone).day;
  const late = (/** @type {any} */ row) => row.late === true || (row.due && row.due < today);
  const dated = (/** @type {any} */ row) => ({ due: row.due ? ahead(row.due, now) : "", late: late(row) });
  const promises = work.promises ?? [];
  const actions = work.actions ?? [];
  list(root, "due", promises.slice(0, 6).map((/** @type {any} */ row) => line(row.title, row.where ?? "", { href: row.url, ...dated(row) })));
  const written = await noted(app);
  list(root, "actions", actions.slice(0, 6).map((/** @type {any} */ row) => line(row.title, row.where ?? "", { href: `#tindakan/${row.id}`, ...dated(row), note: written.get(String(row.id)) ?? "" })));
  list(root, "waiting", (work.waiting ?? []).slice(0, 6).map((/** @type {any} */ row) => line(row.title, `${row.where ?? ""}${row.since ? `, ${say("since", { when: day(row.since) })}` : ""}`, { href: row.url })));
  const answers = (work.seven_days ?? []).filter((/** @type {any} */ row) => row.kind === "answer").slice(0, 4);
  list(root, "answers", answers.map((/** @type {any} */ row) => line(row.title, `${row.where ? `${row.where}, ` : ""}${day(row.since)}`, { href: row.url, note: row.note })));
  const places = (work.due ?? []).slice(0, 3);
  list(root, "places", places.map((/** @type {any} */ row) => line(row.name, `${row.parent_name ? `${row.parent_name}, ` : ""}${row.days === null ? say("never") : ago(row.days)}`, { href: `#kunjungan/${row.area}` })));
  list(root, "problems", (work.problems ?? []).slice(0, 5).map((/** @type {any} */ row) => line(row.title, row.where ?? "", { href: `#masalah/${row.id}`, ...dated(row), note: (row.disputes ?? []).some((/** @type {any} */ one) => !one.decided) ? say("undecided") : "" })));
  const due = promises.length + actions.length;
  const waiting = (work.waiting ?? []).length;
  fill(root, { lead: due && waiting ? say("lead_all", { due, waiting }) : due ? say("lead_due", { due }) : waiting ? say("lead_waiting", { waiting }) : say("lead_none"), "as-of": work.at ? say("as_of", { at: when(work.at, now) }) : null });
  return root;
}

/** @param {App} app */
export async function begin(app) {
  const root = screen("catat");
  const drafts = (await app.store.all("outbox", app.session.kept?.officer)).filter((row) => row.state === "draft");
  list(root, "drafts", await draftLines(app, drafts));
  const piket = app.session.kept?.unit?.piket;
  const place = at(root, "piket");
  place.hidden = !piket || piket === "110";
  if (!place.hidden) place.append(", ", make("a", { href: `tel:${String(piket).replace(/[^\d+]/g, "")}` }, String(piket)));
  return root;
}
