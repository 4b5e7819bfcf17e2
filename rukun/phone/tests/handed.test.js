// What the unit head holds stays on the phone until there is an answer; what comes back is never lost on the way.
import assert from "node:assert/strict";
import { test } from "node:test";

import { packed } from "../static/phone/carry.js";
import { heard, waits } from "../static/phone/handed.js";
import { empty, envelope, tally } from "../static/phone/outbox.js";
import { digest, toBytes, utf8 } from "../static/phone/seal.js";
import { item, Memory } from "./memory.js";

const refused = { code: "guard", reason: "Tulis masalahnya.", fields: {} };
const lying = (id, more = {}) => item(id, { state: "handed", handed: true, trouble: refused, ...more });
const close = async ({ reason }, id) => `${id}: ${reason}`;
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
  await heard(store, "7", [told("taken", "taken"), told("returned", "returned", "Harinya keliru."), told("released", "released", "Sudah ada."), told("open", "open"), told("mine", "taken")], 9, close);
  const rows = Object.fromEntries((await store.all("outbox")).map((row) => [row.id, [row.state, row.trouble.said ?? row.trouble.reason]]));
  assert.deepEqual(rows, {
    returned: ["attention", "returned: Harinya keliru."], released: ["attention", "released: Sudah ada."], open: ["handed", "Tulis masalahnya."], forgotten: ["queued", "Tulis masalahnya."],
    mine: ["attention", "Tulis masalahnya."],
  });
  assert.equal((await store.get("log", "taken")).result.record.url, "/laporan/1/");
});

test("what the unit head fetches back waits again, and can still be taken in", async () => {
  const row = lying("a", { state: "attention", trouble: { code: "returned", reason: "Harinya keliru.", fields: {} } });
  const store = new Memory([row]);
  assert.equal(waits([row]), true);
  await heard(store, "7", [told("a", "open")], 9, close);
  assert.equal((await store.get("outbox", "a")).state, "handed");
  await heard(store, "7", [told("a", "taken")], 9, close);
  assert.deepEqual([await store.get("outbox", "a"), (await store.get("log", "a")).result.code], [undefined, "taken"]);
});

test("what leaves as a file is signed, holds its photos, and nothing in it can be read", async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const photo = (id, done) => ({ id, item: "a", officer: "7", type: "image/jpeg", head: { v: 1 }, bytes: Uint8Array.of(1, 2), done });
  const store = new Memory([], [photo("p", false), photo("there", true)]);
  const file = JSON.parse(await packed(store, { officer: "7", device: "d", signing: privateKey }, [item("a", { own: { head: {}, ct: utf8("RAHASIA") } })], 0));
  const said = utf8(`EXPORT\nberkas\n${await digest(utf8(file.body))}`);
  assert.ok(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, publicKey, toBytes(file.sig), said));
  const { items, photos, officer } = JSON.parse(file.body);
  assert.deepEqual([file.device, officer, items[0].id, photos.map(({ id }) => id), photos[0].bytes], ["d", "7", "a", ["p"], "AQI"]);
  assert.deepEqual(Object.keys(items[0]).filter((name) => name === "own"), []);
});
