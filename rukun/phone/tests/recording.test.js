// A record while it is written: what is added while it is being sealed is not lost, and nothing is written over what is on its way.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Recording } from "../static/phone/recording.js";
import { newPair, publicPart } from "../static/phone/seal.js";

const NOW = Date.parse("2026-11-25T02:10:00Z");

async function phone() {
  const pair = await newPair();
  const jwk = await publicPart(pair.publicKey);
  const kept = { officer: "7", own: { jwk }, server: { id: "k", jwk }, seq: 0 };
  const session = { kept, change: async (become) => Object.assign(kept, become(kept)) };
  const store = {
    rows: new Map(), parts: new Map(), gone: new Set(),
    async keep(item, parts) {
      if (this.gone.has(item.id)) return false;
      for (const part of parts) this.parts.set(part.id, part);
      this.rows.set(item.id, item);
      return true;
    },
  };
  return { store, recording: new Recording(store, session, () => NOW) };
}

test("a photo that comes while a draft is being sealed is kept with the next", async () => {
  const { store, recording } = await phone();
  const record = recording.begin("report", { area: "99", day: "2026-11-25", clock: "09:00", title: "Lampu padam", facts: "Gelap.", basis: "saw" }, false);
  const pause = recording.draft(record);
  await Promise.resolve();
  record.photos.push({ id: "p1", small: "data:,", bytes: new Uint8Array(9) });
  await pause;
  assert.deepEqual([store.rows.get(record.id).parts, store.parts.size, record.photos[0].bytes?.length], [[], 0, 9]);
  await recording.queue(record);
  assert.deepEqual([store.rows.get(record.id).parts, [...store.parts.keys()], record.photos[0].bytes], [["p1"], ["p1"], undefined]);
});

test("what another window has sent off stays as it is; what is written here becomes a record of its own", async () => {
  const { store, recording } = await phone();
  const record = recording.begin("visit", { area: "99", day: "2026-11-25", clock: "09:00", nothing_said: true }, false);
  const first = record.id;
  assert.equal(await recording.draft(record), false);
  record.photos.push({ id: "old", small: "data:," }, { id: "new", small: "data:,", bytes: new Uint8Array(3) });
  store.gone.add(first);
  assert.equal(await recording.queue(record), true);
  assert.notEqual(record.id, first);
  assert.deepEqual([store.rows.get(first).state, store.rows.get(record.id).state, store.parts.size], ["draft", "queued", 1]);
});
