// @ts-check
// After it is kept: what may leave the phone in words, for WhatsApp and for BOS; and the way back while it has not been sent.

import { suggested } from "./codes.js";
import { at, fill, make, say, screen } from "./draw.js";
import { changed } from "./edits.js";
import { replaced } from "./guard.js";
import { hints } from "./cues.js";
import { disputed, problemOf, worded as inWords } from "./problem.js";
import { fill as worded, forBos, isSealed, marked, numberAlone, values } from "./texts.js";


export const ROUTES = /** @type {Record<string, string>} */ ({ visit: "kunjungan", report: "laporan", action: "tindakan", problem: "masalah" });

/** "L-9C3F-2A17": as the server will call it. @param {string} kind @param {string} id */
export function numberOf(kind, id) {
  const digits = id.replaceAll("-", "").toUpperCase().slice(-8);
  return `${kind === "visit" ? "K" : "L"}-${digits.slice(0, 4)}-${digits.slice(4)}`;
}

/** A record from the outbox, or from what was sent of late. @param {App} app @param {string} id */
export async function found(app, id) {
  return (await app.store.get("outbox", id)) ?? (await app.store.get("log", id));
}

/**
 * What is shared of it; nothing where it holds what no text may be about.
 * @param {App} app
 * @param {{id: string, kind: string, practice: boolean}} row
 * @param {{body: any}} own
 */
export function words(app, row, { body }) {
  const { kind } = row;
  const number = numberOf(kind, row.id);
  const area = app.areas.find((/** @type {any} */ each) => each.path === body.area);
  const { lexicon, codes } = app;
  const refused = (/** @type {string[]} */ kinds) => kinds.some((one) => !(one in (lexicon?.placeholders ?? {})) && !["emergency", "election_money", "empty"].includes(one));
  const clean = (/** @type {string} */ text) => (!lexicon ? text : refused(hints(text, lexicon).kinds) ? "" : replaced(text, lexicon).clean);
  const known = values(kind, body, { area, me: app.session.work?.me ?? { name: app.session.kept?.label, unit: app.session.kept?.unit?.label }, clean, number, codes, now: app.now() });
  const texts = kind === "visit" ? (body.concerns ?? []).map((/** @type {any} */ one) => one) : [{ text: `${body.title} ${body.facts}`, code: body.code }];
  const named = texts.map((/** @type {any} */ one) => one.code || suggested(one.text, codes, 1)[0]?.code || "");
  const templates = app.session.reference?.templates ?? {};
  const sealed = isSealed(named);
  const wording = templates.whatsapp?.[kind === "visit" ? "kunjungan" : "laporan"] ?? "";
  const training = row.practice || app.data.practice !== undefined;
  const text = marked(sealed ? numberAlone(kind, number) : worded(wording, known), training);
  const shown = sealed ? { ...known, uraian: numberAlone(kind, number), judul: "", pendapat: "", janji: "", tempat: "", tempat_kata: "" } : known;
  return { text, bos: forBos(templates.bos ?? [], kind, body, shown) };
}

/** @param {App} app @param {string} id */
export async function kept(app, id) {
  const root = screen("tersimpan");
  const row = await found(app, id);
  if (!row) {
    at(root, "words").hidden = true;
    return root;
  }
  const own = await app.recording.read(row);
  const sent = !("state" in row) || row.state === "sent";
  fill(root, { what: own?.label ?? say(row.kind) });
  if (sent) fill(root, { heading: say("arrived"), lead: say("arrived_lead") });
  const back = /** @type {HTMLElement} */ (root.querySelector("[data-do=take-back]"));
  back.hidden = row.state !== "queued" || !own;
  back.addEventListener("click", () => takenBack(app, row));
  if (own && row.kind === "problem") edited(app, root, row, own.body);
  const worded = own && (row.kind === "visit" || row.kind === "report") ? words(app, row, own) : null;
  at(root, "words").hidden = !worded;
  if (!worded) return root;
  const wa = /** @type {HTMLTextAreaElement} */ (at(root, "wa"));
  wa.value = worded.text;
  const share = /** @type {HTMLButtonElement} */ (root.querySelector("[data-do=share]"));
  share.hidden = typeof navigator.share !== "function";
  share.addEventListener("click", () => navigator.share({ text: wa.value }).catch(() => {}));
  root.querySelector("[data-do=copy]")?.addEventListener("click", () => copy(wa.value, at(root, "copied"), wa));
  if (worded.bos) {
    fill(root, { bos: true, "bos-title": say("bos", { title: worded.bos.title }) });
    at(root, "bos-lines").append(...worded.bos.lines.filter((/** @type {any} */ line) => line.text).map((/** @type {any} */ line) => make("div", null, make("dt", null, line.label),
      make("dd", null, make("span", null, line.text), make("button.button.quiet", { type: "button", "aria-label": `${say("copy")}: ${line.label}`, click: (/** @type {any} */ event) => copy(line.text, event.currentTarget) }, say("copy"))))));
  }
  return root;
}

/** Out of the outbox again, onto its form; where it is on its way just now, that is waited for. @param {App} app @param {any} row */
export async function takenBack(app, row) {
  let taken = await app.recording.takeBack(row.id);
  if (!taken) {
    await Promise.race([app.sender.running, new Promise((done) => setTimeout(done, 5_000))]);
    taken = await app.recording.takeBack(row.id);
  }
  if (!taken) app.alarm(say((await app.store.get("outbox", row.id))?.state === "sending" ? "on_its_way" : "gone_already"), 12_000);
  app.go(taken ? `${ROUTES[row.kind]}/${row.id}` : "keluar");
  await app.news();
}

let asked = ""; // of which both versions were asked for

/** What was written about a problem, and what became of it where somebody else had changed the same. @param {App} app @param {HTMLElement} root @param {any} row @param {any} body */
function edited(app, root, row, body) {
  const said = Object.entries(changed(body).change).map(([field, value]) => [say(`field_${field}`), inWords(app, field, value)]);
  if (body.note) said.unshift([say("field_note"), body.note]);
  at(root, "changes").hidden = !said.length;
  at(root, "change-rows").append(...said.flatMap(([name, value]) => [make("dt", null, name), make("dd", null, value)]));
  const { result = {} } = row;
  if (result.code !== "needs_decision") return;
  const rows = (problemOf(app, body.problem)?.disputes ?? []).filter((/** @type {any} */ one) => one.item === row.id);
  fill(root, { heading: say("undecided_heading"), lead: say("undecided_lead"), undecided: rows.length ? null : say("undecided_later") });
  disputed(app, root, rows);
  if (!rows.length && app.session.opened && asked !== row.id) app.session.refresh().then((answer) => {
    asked = row.id;
    if (answer.outcome === "answered") app.show(true);
  });
}

/** @param {string} text @param {HTMLElement} told @param {HTMLTextAreaElement} [field] */
export async function copy(text, told, field) {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = say("copied");
  } catch {
    field?.select();
    told.textContent = say("not_copied");
  }
}
