// @ts-check
// How a record begins: anew, from a text that was shared, or where it was left.

import { blank, poured } from "./forms.js";
import { pouring } from "./paste.js";
import { unfinished } from "./problem.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** @param {App} app @param {any} kind @param {string} argument @param {Noted["body"]} preset @returns {Promise<Noted & {trouble?: any, drafted?: boolean}>} */
export async function started(app, kind, argument, preset) {
  const left = kind === "problem" && !UUID.test(argument) ? await unfinished(app, argument) : null;
  if (left || UUID.test(argument)) {
    const row = left ?? (await app.recording.disclosed(await app.store.get("outbox", argument)));
    const record = row && ["draft", "attention", "queued"].includes(row.state) ? await app.recording.again(row) : null;
    const offer = record && row.trouble?.offer?.ct ? await app.recording.read({ id: row.id, own: row.trouble.offer }) : row?.trouble?.offer;
    if (record) return { ...record, trouble: row.trouble && { ...row.trouble, offer: offer ?? {} }, drafted: row.state === "draft" };
  }
  const body = { ...blank(kind, app.now(), app.zone), ...preset };
  if (argument && kind === "visit" && !UUID.test(argument)) body.area = argument;
  if (kind === "action" && argument) body.action = argument;
  if (kind === "problem") body.problem = argument;
  const record = app.recording.begin(kind, body, app.training);
  if (app.areas.length === 1 && "area" in body) record.body.area ||= app.areas[0].path;
  if (pouring.now && (kind === "visit" || kind === "report")) record.body = poured(kind, pouring.now.text, record.body);
  return record;
}
