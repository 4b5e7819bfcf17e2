// @ts-check
// A problem on the phone: what is known of it, a line in its story, what is changed in it and not sent yet, and where two changed the same.

import { ahead, at, fill, make, say } from "./draw.js";
import { changed, differs, FIELDS, follows, overlaid, undone } from "./edits.js";
import { clear } from "./faults.js";
import { what } from "./pick.js";

/** @param {App} app @param {any} id @returns {any} as the server told it last; nothing where the phone is shut */
export const problemOf = (app, id) => (app.session.work?.problems ?? []).find((/** @type {any} */ row) => String(row.id) === String(id));

/** What was written about a problem on this phone, the oldest first. @param {App} app @param {any} id @returns {Promise<{row: any, body: any}[]>} */
async function mine(app, id) {
  const officer = app.session.kept?.officer;
  const since = Number(app.session.work?.at) || 0;
  const kept = (await app.store.all("log", officer)).filter((row) => row.at > since && row.result?.code !== "needs_decision");
  const rows = [...kept, ...(await app.store.all("outbox", officer)).sort((one, other) => one.seq - other.seq)].filter((row) => row.kind === "problem");
  const read = await Promise.all(rows.map(async (row) => ({ row, body: (await app.recording.read(row))?.body })));
  return read.filter(({ body }) => body && String(body.problem) === String(id));
}

/** What was begun about it and not sent goes on where it was left. @param {App} app @param {any} id @returns {Promise<any>} */
export async function unfinished(app, id) {
  return (await mine(app, id)).find(({ row }) => row.state === "draft" || row.state === "attention")?.row ?? null;
}

/** A value in words. @param {App} app @param {string} field @param {any} value */
export function worded(app, field, value) {
  const choices = app.session.reference?.forms?.choices?.[field];
  if (choices) return choices.find((/** @type {[any, string]} */ [key]) => String(key) === String(value))?.[1] ?? String(value ?? "");
  if (field === "code") return app.codes.find((/** @type {any} */ code) => code.code === value)?.label ?? String(value ?? "");
  return String(value ?? "").trim() || say("empty");
}

/** @param {Writing} writing */
export async function problem(writing) {
  const { app, root, record } = writing;
  const row = problemOf(app, record.body.problem);
  const earlier = row ? await mine(app, row.id) : [];
  const waiting = earlier.filter(({ row: { state } }) => ["queued", "sending", "sent"].includes(state));
  const known = row && overlaid(row.base, earlier.filter(({ row: { state } }) => state !== "draft" && state !== "attention").map(({ body }) => body));
  record.base_version ??= typeof row?.version === "number" ? row.version : undefined;
  fill(root, {
    title: known?.title ?? (record.label || say("problem")),
    where: row ? [row.where, row.step_name, row.due && say("due_when", { when: ahead(row.due, app.now()) })].filter(Boolean).join(", ") : null,
    shut: row ? null : say(app.session.opened ? "problem_gone" : "problem_shut"),
    noted: row?.may_note === false ? null : true, keep: row?.may_note === false ? null : true, online: row ? true : null,
  });
  if (row) /** @type {HTMLAnchorElement} */ (at(root, "online").querySelector("a")).href = row.url;
  at(root, "unsent").hidden = !waiting.length;
  at(root, "unsent-rows").append(...waiting.map((one) => line(app, one)));
  disputed(app, root, row?.disputes ?? []);
  if (known) follows(record.body, known);
  facts(app, root, known);
  if (row ? row.may_describe : record.body.base) editing(writing);
}

/** What is known, for reading. @param {App} app @param {HTMLElement} root @param {any} known */
function facts(app, root, known) {
  at(root, "facts").hidden = !known;
  if (known) at(root, "facts").append(...["code", "stage", "severity", "analysis"].flatMap((field) => [make("dt", null, say(`field_${field}`)), make("dd", null, worded(app, field, known[field]))]));
}

/** @param {App} app @param {{row: any, body: any}} one */
function line(app, { row, body }) {
  const said = Object.entries(changed(body).change).map(([field, value]) => `${say(`field_${field}`)}: ${worded(app, field, value)}`);
  return make("li.item", null, make("p", null, [body.note, ...said].filter(Boolean).join(". ")),
    make("p.meta", null, say(row.state === "queued" ? "queued" : row.state === "sending" ? "sending_one" : "sent_one")),
    row.state === "queued" && make("div.acts", null, make("a.button.quiet", { href: `#tersimpan/${row.id}` }, say("see_or_take_back"))));
}

/** Where two changed the same, until whoever answers for it decides. @param {App} app @param {HTMLElement} root @param {any[]} rows */
export function disputed(app, root, rows) {
  at(root, "disputes").hidden = !rows.length;
  at(root, "dispute-rows").append(...rows.map((row) => make("li.item", null,
    make("h3", null, say(`field_${row.field}`)),
    make("p.meta", null, say(row.decided ? (row.taken ? "decided_came" : "decided_stands") : "undecided")),
    make("dl.facts", null,
      make("dt", null, say("stands")), make("dd", null, worded(app, row.field, row.stands)),
      make("dt", null, row.own ? say("came_mine") : say("came_from", { officer: row.officer })), make("dd", null, worded(app, row.field, row.came))),
    !row.decided && row.url && make("div.acts", null, make("a.button.quiet", { href: row.url }, say("decide"))))));
}

/** @param {Writing} writing */
function editing(writing) {
  const { app, root, record } = writing;
  const { body } = record;
  const box = /** @type {HTMLDetailsElement} */ (at(root, "edit"));
  box.hidden = false;
  const choices = app.session.reference?.forms?.choices ?? {};
  for (const field of ["stage", "severity"])
    at(root, `${field}s`).append(...(choices[field] ?? []).map((/** @type {[any, string]} */ [value, label]) => make("label", null, make("input", { type: "radio", name: field, value }), make("span", null, label))));
  const code = what(app, at(root, "code"), { value: () => body.code, text: () => `${body.title} ${body.analysis}`, changed: (chosen) => ((body.code = chosen), writing.changed()), needed: true });
  writing.follow.push(code);
  writing.told = () => changes(writing, code);
  box.open = FIELDS.some((field) => differs(body, field));
  writing.told();
}

/** What will be sent of it, each with the way back. @param {Writing} writing @param {() => void} code */
function changes(writing, code) {
  const { app, root, record } = writing;
  const { body } = record;
  const named = FIELDS.filter((field) => differs(body, field));
  at(root, "changes").hidden = !named.length;
  at(root, "change-rows").replaceChildren(...named.map((field) => make("li.item", null,
    make("h3", null, say(`field_${field}`)),
    make("p.meta", null, say("before", { value: worded(app, field, body.base[field]) })),
    make("p", null, worded(app, field, body[field])),
    make("div.acts", null, make("button.button.quiet", { type: "button", "aria-label": `${say("undo")}: ${say(`field_${field}`)}`, click: () => {
      undone(body, field);
      writing.bind(root);
      code();
      clear(root, field);
      writing.changed();
      at(root, "edit").querySelector("summary")?.focus();
    } }, say("undo"))))));
}
