// @ts-check
// What was handed to the unit head stays on this phone until there is an answer; what comes back stands in the tray with its sentence.

import { seal, utf8 } from "./seal.js";
import { ask } from "./wire.js";

/** @typedef {{id: string, state: "open" | "taken" | "returned" | "released" | "mended", reason: string, record: any}} News */

/** Whether something of these rows may have an answer. @param {any[]} rows */
export const waits = (rows) => rows.some((row) => row.handed && (row.state === "handed" || answered(row)));

/** @param {any} row */
const answered = (row) => row.state === "attention" && ["returned", "released"].includes(row.trouble?.code);

/** @param {Store} store @param {typeof fetch} send @param {Kept} kept @param {() => number} now @param {string} language */
export async function listen(store, send, kept, now, language) {
  const answer = await ask(send, "handed", { device: kept, language });
  const close = (/** @type {any} */ said, /** @type {string} */ id) => seal(utf8(JSON.stringify(said)), id, { id: "own", jwk: kept.own.jwk });
  if (answer.outcome === "answered") await heard(store, kept.officer, answer.data.handed ?? [], now(), close);
}

/**
 * @param {Pick<Store, "all" | "change" | "finish">} store
 * @param {string} officer
 * @param {News[]} told
 * @param {number} now
 * @param {(said: any, id: string) => Promise<any>} close what somebody wrote is kept for its officer's eyes
 */
export async function heard(store, officer, told, now, close) {
  const known = new Map(told.map((one) => [one.id, one]));
  for (const { id, ...row } of await store.all("outbox", officer)) {
    if (!row.handed || !(row.state === "handed" || answered(row))) continue;
    const news = known.get(id);
    const become = (/** @type {any} */ more) => store.change("outbox", id, (kept) => (kept?.state === row.state ? { ...kept, until: 0, ...more } : undefined));
    if (!news) {
      if (row.state === "handed") await become({ state: "queued" }); // a server brought back from a backup has never heard of it
    } else if (news.state === "open") await become({ state: "handed" });
    else if (news.state === "taken" || news.state === "mended") {
      const { kind, own, client_ts, practice } = row;
      await store.finish(id, { id, officer, at: now, kind, own, client_ts, practice, result: { status: "ok", code: news.state, reason: news.reason, record: news.record } });
    } else await become({ state: "attention", trouble: { code: news.state, reason: "", said: await close({ reason: news.reason }, id), fields: {} } });
  }
}
