// @ts-check
// What can't be sent leaves as a file: sealed to the server as it would have gone, signed by this phone, readable by nobody on the way.

import { make } from "./draw.js";
import { envelope } from "./outbox.js";
import { toText, utf8 } from "./seal.js";
import { signature } from "./wire.js";

/**
 * @param {Pick<Store, "partsOf">} store
 * @param {Kept} kept
 * @param {Item[]} rows
 * @param {number} now
 * @returns {Promise<string>}
 */
export async function packed(store, kept, rows, now) {
  const parts = (await Promise.all(rows.map((row) => store.partsOf(row.id)))).flat();
  const photos = parts.filter((part) => !part.done).map(({ id, item, type, head, bytes }) => ({ id, item, type, sealed: head, bytes: toText(bytes) }));
  const body = JSON.stringify({ made: new Date(now).toISOString(), officer: kept.officer, items: rows.map(envelope), photos });
  return JSON.stringify({ rukun: 1, device: kept.device, sig: await signature(kept.signing, "EXPORT", "berkas", utf8(body)), body });
}

/** @param {App} app @param {Item[]} rows @param {string} name */
export async function carried(app, rows, name) {
  if (!app.session.kept) return;
  const url = URL.createObjectURL(new Blob([await packed(app.store, app.session.kept, rows, app.now())], { type: "application/json" }));
  make("a", { href: url, download: `rukun-${name}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
