// @ts-check
// The outbox empties itself: nothing leaves the phone's keeping before the server has said that it is kept there.

import { toText, utf8 } from "./seal.js";

export const SCHEMA = 1;
export const MOST = 50;
export const ROOM = 480 * 1024; // the server takes 512 KiB
export const LEASE = 60_000;
const STUBBORN = 5; // refused by a broken server this often, sent alone: set aside, so that it holds up nobody

/**
 * @typedef {object} Keeping what is needed of the store
 * @property {(officer: string, how: any) => Promise<Item[]>} claim
 * @property {(name: string, key: string, become: (value: any) => any) => Promise<any>} change
 * @property {(name: string, officer?: string) => Promise<any[]>} all
 * @property {(item: string) => Promise<Part[]>} partsOf
 * @property {(id: string, receipt: any) => Promise<void>} finish
 * @property {(name: string, value: any) => Promise<void>} put
 * @typedef {object} Sending
 * @property {(items: any[], boot: {client_ts: string, monotonic: number, boot: string}) => Promise<Answer>} batch
 * @property {(part: Part) => Promise<Answer & {done: boolean}>} upload
 * @property {() => number} now
 * @property {() => number} monotonic
 * @property {string} boot
 * @property {boolean} [alone] nobody else sends from this phone
 * @property {(text: any, id: string) => Promise<any>} [close] seals to the officer what tells of her text
 */
/** @typedef {{standing: string, sent: number, reason?: string, wait: number}} Came what came of it; wait: how long to leave it, in ms */

/** As it goes over the wire: always the same bytes for the same record. @param {Item} item */
export function envelope(item) {
  const { id, kind, schema, seq, client_ts, monotonic, boot, practice, base_version } = item;
  const sealed = { ...item.sealed.head, ct: toText(item.sealed.ct) };
  return { id, kind, schema, seq, client_ts, monotonic, boot, practice, sealed, ...(base_version === undefined ? {} : { base_version }), ...(item.handed ? { handed: true } : {}) };
}

/** @param {Item} item */
const size = (item) => 700 + Math.ceil((item.sealed.ct.length * 4) / 3);

/**
 * Sends everything of one officer that is ready.
 * @param {Keeping} store
 * @param {Sending} sending
 * @param {string} officer
 * @returns {Promise<Came>}
 */
export async function empty(store, sending, officer) {
  let sent = 0;
  let most = MOST;
  for (;;) {
    const items = await store.claim(officer, { now: sending.now(), lease: LEASE, most, size, room: ROOM, alone: sending.alone });
    if (!items.length) break;
    const moment = { client_ts: new Date(sending.now()).toISOString(), monotonic: sending.monotonic(), boot: sending.boot };
    const answer = await sending.batch(items.map(envelope), moment);
    if (answer.outcome === "answered") {
      sent += await received(store, sending, items, answer.data);
      continue;
    }
    const single = items.length === 1;
    if (single && (answer.outcome === "too_large" || answer.outcome === "refused")) await aside(store, items[0], answer);
    else if (single && answer.outcome === "broken" && (items[0].tries ?? 0) + 1 >= STUBBORN) await aside(store, items[0], answer);
    else if (!single && ["too_large", "refused", "broken"].includes(answer.outcome)) {
      await release(store, items);
      most = Math.max(1, Math.floor(items.length / 2)); // one of them spoils the rest: find it
      if (answer.outcome === "broken") await pause(sending);
    } else {
      await release(store, items, answer.outcome === "broken" && single ? sending.now() + 60_000 : 0);
      if (answer.outcome === "broken" && single) continue; // the others need not wait for this one
      return { standing: answer.outcome, sent, reason: answer.data?.reason, wait: answer.wait ?? 0 };
    }
  }
  return pictures(store, sending, officer, sent);
}

/** @param {Sending} sending */
const pause = (sending) => new Promise((done) => setTimeout(done, /** @type {any} */ (sending).breath ?? 400));

/** @param {Keeping} store @param {Item[]} items @param {number} [after] */
async function release(store, items, after = 0) {
  for (const { id } of items) await store.change("outbox", id, (row) => row && { ...row, state: "queued", until: 0, tries: (row.tries ?? 0) + (after ? 1 : 0), after });
}

/** @param {Keeping} store @param {Item} item @param {Answer} answer */
function aside(store, item, answer) {
  const trouble = { code: answer.data?.code || answer.outcome, reason: answer.data?.reason ?? "", fields: {} };
  return store.change("outbox", item.id, (row) => row && { ...row, state: "attention", until: 0, trouble });
}

/**
 * @param {Keeping} store
 * @param {Sending} sending
 * @param {Item[]} items
 * @param {any} data
 * @returns {Promise<number>} how many are kept by the server
 */
async function received(store, sending, items, data) {
  const now = sending.now();
  const told = new Map((data.results ?? []).map((/** @type {any} */ result) => [result.id, result]));
  let kept = 0;
  for (const item of items) {
    const result = told.get(item.id);
    if (!result) await release(store, [item], now + 1000);
    else if (result.kept === true) {
      kept += 1;
      await store.change("outbox", item.id, (row) => row && { ...row, state: "sent", until: 0, result, receipt: data.receipt, trouble: result.code === "handed" ? row.trouble : undefined });
      await settle(store, item.id, now);
    } else {
      const offer = Object.keys(result.offer ?? {}).length && sending.close ? await sending.close(result.offer, item.id) : undefined;
      const trouble = { code: result.code ?? result.status, reason: result.reason ?? "", fields: result.fields ?? {}, offer, url: result.record?.url };
      await store.change("outbox", item.id, (row) => row && { ...row, state: "attention", until: 0, trouble });
    }
  }
  return kept;
}

/** Out of the outbox once no photo is left to send. @param {Keeping} store @param {string} id @param {number} now */
async function settle(store, id, now) {
  const parts = await store.partsOf(id);
  if (parts.some((part) => !part.done)) return false;
  let receipt;
  await store.change("outbox", id, (row) => {
    if (row?.state !== "sent") return undefined;
    if (row.result?.code === "handed") return { ...row, state: "handed" }; // with the unit head; all of it stays here until there is an answer
    const { officer, kind, own, client_ts, practice, result } = row;
    receipt = { id, officer, at: now, kind, own, client_ts, practice, result, receipt: row.receipt, lost: Math.max(0, (row.parts ?? []).length - parts.length) };
    return undefined;
  });
  if (receipt) await store.finish(id, receipt);
  return true;
}

/** @param {Keeping} store @param {Sending} sending @param {string} officer @param {number} sent @returns {Promise<Came>} */
async function pictures(store, sending, officer, sent) {
  const rows = /** @type {Item[]} */ (await store.all("outbox", officer)).filter((row) => row.state === "sent");
  for (const row of rows) {
    for (const part of (await store.partsOf(row.id)).filter((each) => !each.done)) {
      const answer = await sending.upload(part);
      const turned = answer.status === 422 || answer.status === 400 || answer.status === 413 || answer.data?.status === "invalid";
      if (turned) {
        const trouble = { code: "photo", reason: answer.data?.reason ?? "", fields: {} };
        await store.change("outbox", row.id, (kept) => kept && { ...kept, state: "attention", trouble });
        break; // the record is kept there; the photo waits here for what its officer says
      }
      if (!answer.done) return { standing: answer.outcome === "answered" ? "broken" : answer.outcome, sent, reason: answer.data?.reason, wait: answer.wait ?? 0 };
      await store.change("parts", part.id, (kept) => kept && { ...kept, done: true });
    }
    await settle(store, row.id, sending.now());
  }
  return { standing: "answered", sent, wait: next(await store.all("outbox", officer), sending.now()) };
}

/** How long until something of what is left may go; 0 where nothing waits. @param {Item[]} rows @param {number} now */
function next(rows, now) {
  const moments = rows.filter((row) => row.state === "queued" || row.state === "sending").map((row) => (row.state === "queued" ? row.after : row.until) ?? now);
  return moments.length ? Math.max(1_000, Math.min(...moments) - now) : 0;
}

/** How it stands, for the banner; nothing of what is written is needed for it. @param {Item[]} rows */
export function tally(rows) {
  const of = (/** @type {string[]} */ ...states) => rows.filter((row) => states.includes(row.state));
  const waiting = of("queued", "sending");
  return {
    drafts: of("draft").length, waiting: waiting.length, photos: of("sent").length, attention: of("attention").length, handed: of("handed").length,
    unsent: waiting.length + of("sent", "attention").length,
    oldest: Math.min(Infinity, ...waiting.map((row) => Date.parse(row.client_ts))),
  };
}

/** When to try again after so many failures in a row: soon, then at most every five minutes. @param {number} failures @param {number} [chance] */
export function patience(failures, chance = Math.random()) {
  return Math.min(300_000, 5_000 * 3 ** Math.min(failures, 5)) * (0.75 + chance / 2);
}

/** @param {any[]} items @param {any} sent */
export const batch = (items, sent) => utf8(JSON.stringify({ schema: SCHEMA, sent, items }));
