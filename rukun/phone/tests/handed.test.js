// What the unit head holds stays on the phone until there is an answer; what comes back is never lost on the way.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heard, waits } from "../static/phone/handed.js";
import { empty, envelope, tally } from "../static/phone/outbox.js";
import { item, Memory } from "./memory.js";

const refused = { code: "guard", reason: "Tulis masalahnya.", fields: {} };
const lying = (id, more = {}) => item(id, { state: "handed", handed: true, trouble: refused, ...more });
const told = (id, state, reason = "") => ({ id, state, reason, record: state === "taken" ? { url: "/laporan/1/" } : null });

test("handed over and taken by the server, it lies here with its photos until there is an answer", async () => {
  const part = { id: "p", item: "a", officer: "7", done: false };
  const store = new Memory([item("a", { handed: true, trouble: refused })], [part]);
  const results = [{ id: "a", status: "ok", code: "handed", kept: true }];
  const sent = [];
  const sending = {
    batch: async (items) => (sent.push(...items), { outcome: "answered", status: 200, data: { results } }),
    upload: async () => ({ outcome: "answered", status: 200, done: true, data: { status: "waiting" } }), now: () => 1, monotonic: () => 1, boot: "b", breath: 1,
  };
  await empty(store, sending, "7");
  const row = await store.get("outbox", "a");
  assert.deepEqual([sent[0].handed, row.state, row.trouble, (await store.partsOf("a"))[0].done], [true, "handed", refused, true]);
  const { handed, unsent, attention } = tally([row]);
  assert.deepEqual([handed, unsent, attention], [1, 0, 0]);
  assert.equal(envelope(item("b")).handed, undefined);
});

test("each answer has its place, and none takes away what its officer has not let go", async () => {
  const store = new Memory([lying("taken"), lying("returned"), lying("released"), lying("open"), lying("forgotten"), item("mine", { state: "attention", trouble: refused })]);
  await heard(store, "7", [told("taken", "taken"), told("returned", "returned", "Harinya keliru."), told("released", "released", "Sudah ada."), told("open", "open"), told("mine", "taken")], 9);
  const rows = Object.fromEntries((await store.all("outbox")).map((row) => [row.id, [row.state, row.trouble.reason]]));
  assert.deepEqual(rows, {
    returned: ["attention", "Harinya keliru."], released: ["attention", "Sudah ada."], open: ["handed", "Tulis masalahnya."], forgotten: ["queued", "Tulis masalahnya."],
    mine: ["attention", "Tulis masalahnya."],
  });
  assert.equal((await store.get("log", "taken")).result.record.url, "/laporan/1/");
});

test("what the unit head fetches back waits again, and can still be taken in", async () => {
  const row = lying("a", { state: "attention", trouble: { code: "returned", reason: "Harinya keliru.", fields: {} } });
  const store = new Memory([row]);
  assert.equal(waits([row]), true);
  await heard(store, "7", [told("a", "open")], 9);
  assert.equal((await store.get("outbox", "a")).state, "handed");
  await heard(store, "7", [told("a", "taken")], 9);
  assert.deepEqual([await store.get("outbox", "a"), (await store.get("log", "a")).result.code], [undefined, "taken"]);
});
