// The outbox loses nothing, doubles nothing, and one bad record holds up none of the others.
import assert from "node:assert/strict";
import { test } from "node:test";

import { empty, envelope, patience, tally } from "../static/phone/outbox.js";
import { item, Memory } from "./memory.js";

const answered = (items, say = () => ({})) => ({ outcome: "answered", status: 200, data: { receipt: { sig: "s" }, results: items.map(({ id }) => ({ id, status: "ok", kept: true, ...say(id) })) } });
const sending = (batch, more = {}) => ({ batch, upload: async () => ({ outcome: "answered", status: 200, done: true }), now: () => 1000, monotonic: () => 1, boot: "b", breath: 1, ...more });
const states = async (store) => Object.fromEntries((await store.all("outbox")).map((row) => [row.id, row.state]));

test("what the server has kept leaves the phone, with its receipt", async () => {
  const store = new Memory([item("a"), item("b")]);
  const came = await empty(store, sending(async (items) => answered(items)), "7");
  assert.deepEqual([came.sent, came.standing], [2, "answered"]);
  assert.deepEqual([await states(store), (await store.all("log")).length], [{}, 2]);
});

test("a lost answer leaves all of it here; sent again it is the same bytes", async () => {
  const store = new Memory([item("a")]);
  const seen = [];
  const lost = async (items) => (seen.push(JSON.stringify(items)), { outcome: "offline", status: 0 });
  assert.equal((await empty(store, sending(lost), "7")).standing, "offline");
  assert.deepEqual(await states(store), { a: "queued" });
  await empty(store, sending(async (items) => (seen.push(JSON.stringify(items)), answered(items, () => ({ status: "dup" })))), "7");
  assert.equal(seen[0], seen[1]);
  assert.deepEqual(await states(store), {});
});

for (const outcome of ["captive", "sign_in", "busy", "device_revoked", "device_unknown", "schema_old", "account_closed"])
  test(`nothing is thrown away for: ${outcome}`, async () => {
    const store = new Memory([item("a"), item("b")]);
    const came = await empty(store, sending(async () => ({ outcome, status: 0, wait: 7 })), "7");
    assert.deepEqual([came.standing, came.wait, await states(store)], [outcome, 7, { a: "queued", b: "queued" }]);
  });

test("what the server can't take waits for its officer, with the reason; the others go", async () => {
  const store = new Memory([item("a"), item("b"), item("c")]);
  const say = (id) => (id === "b" ? { status: "invalid", kept: false, code: "guard", reason: "Tulis masalahnya.", fields: { title: "Tulis masalahnya." } } : {});
  await empty(store, sending(async (items) => answered(items, say)), "7");
  const left = await store.get("outbox", "b");
  assert.deepEqual([await states(store), left.trouble.fields.title], [{ b: "attention" }, "Tulis masalahnya."]);
});

test("one record that breaks the server is found and set aside; all others arrive", async () => {
  const rows = Array.from({ length: 23 }, (_none, place) => item(`r${place}`));
  const store = new Memory(rows);
  let now = 1000;
  const server = async (items) => (items.some(({ id }) => id === "r13") ? { outcome: "broken", status: 500 } : answered(items));
  for (let round = 0; round < 8; round++, now += 120_000) await empty(store, sending(server, { now: () => now }), "7");
  assert.deepEqual(await states(store), { r13: "attention" });
  assert.equal((await store.all("log")).length, 22);
});

test("a record without an answer goes again", async () => {
  const store = new Memory([item("a"), item("b")]);
  await empty(store, sending(async (items) => answered(items.slice(0, 1))), "7");
  assert.deepEqual(await states(store), { b: "queued" });
  await empty(store, sending(async (items) => answered(items), { now: () => 9000 }), "7");
  assert.deepEqual(await states(store), {});
});

test("what was being sent when the phone died is taken back after a minute, not before", async () => {
  const store = new Memory([item("a", { state: "sending", until: 2000 })]);
  const calls = [];
  const batch = async (items) => (calls.push(items), answered(items));
  await empty(store, sending(batch, { now: () => 1999 }), "7");
  assert.equal(calls.length, 0);
  await empty(store, sending(batch, { now: () => 2000 }), "7");
  assert.equal(calls.length, 1);
});

test("nobody else can be sending: then it is not waited for", async () => {
  const store = new Memory([item("a", { state: "sending", until: 90_000 })]);
  await empty(store, sending(async (items) => answered(items), { alone: true }), "7");
  assert.deepEqual(await states(store), {});
});

test("where something is left for later, it says when", async () => {
  const store = new Memory([item("a", { state: "sending", until: 61_000 }), item("b", { after: 31_000 })]);
  assert.equal((await empty(store, sending(async () => assert.fail()), "7")).wait, 30_000);
});

test("at most fifty go at once, in the order in which they were recorded", async () => {
  const store = new Memory(Array.from({ length: 120 }, (_none, place) => item(`n${place}`)).reverse());
  const sizes = [];
  await empty(store, sending(async (items) => (sizes.push(items.map(({ seq }) => seq)), answered(items))), "7");
  assert.deepEqual(sizes.map((each) => each.length), [50, 50, 20]);
  assert.ok(sizes.flat().every((seq, place, all) => !place || seq > all[place - 1]));
});

test("a record stays until its last photo has arrived", async () => {
  const part = (id) => ({ id, item: "a", officer: "7", type: "image/jpeg", bytes: new Uint8Array(4), done: false });
  const store = new Memory([item("a", { parts: ["p", "q"] })], [part("p"), part("q")]);
  const upload = async ({ id }) => (id === "q" ? { outcome: "offline", status: 0, done: false } : { outcome: "answered", status: 200, done: true });
  await empty(store, sending(async (items) => answered(items), { upload }), "7");
  assert.deepEqual([await states(store), (await store.partsOf("a")).map(({ id, done }) => [id, done])], [{ a: "sent" }, [["p", true], ["q", false]]]);
  await empty(store, sending(async () => assert.fail("the record has arrived already")), "7");
  assert.deepEqual([await states(store), (await store.all("parts")).length, (await store.all("log")).length], [{}, 0, 1]);
});

test("a photo that is not taken stays with its officer", async () => {
  const store = new Memory([item("a")], [{ id: "p", item: "a", officer: "7", bytes: new Uint8Array(), done: false }]);
  await empty(store, sending(async (items) => answered(items), { upload: async () => ({ outcome: "answered", status: 200, done: true, data: { status: "invalid", reason: "Bukan foto." } }) }), "7");
  assert.deepEqual([(await store.get("outbox", "a")).trouble.reason, (await store.all("parts")).length], ["Bukan foto.", 1]);
});

test("what another officer recorded on this phone is not touched", async () => {
  const store = new Memory([item("a"), item("x", { officer: "8" })]);
  await empty(store, sending(async (items) => answered(items)), "7");
  assert.deepEqual(await states(store), { x: "queued" });
});

test("over the wire goes what is sealed, and nothing that can be read", () => {
  const told = envelope(item("a", { own: { secret: "rahasia" }, trouble: { reason: "rahasia" } }));
  assert.deepEqual(Object.keys(told).sort(), ["boot", "client_ts", "id", "kind", "monotonic", "practice", "schema", "sealed", "seq"]);
});

test("the banner counts what waits, what needs attention and since when", () => {
  const counts = tally([item("a"), item("b", { state: "attention" }), item("c", { state: "draft" }), item("d", { state: "sent" })]);
  assert.deepEqual([counts.waiting, counts.attention, counts.drafts, counts.photos, counts.unsent], [1, 1, 1, 1, 3]);
  assert.equal(counts.oldest, Date.parse("2026-11-25T01:00:00Z"));
});

test("it waits longer after each failure, five minutes at most", () => {
  const waits = [0, 1, 2, 3, 9].map((failures) => patience(failures, 0.5));
  assert.deepEqual(waits, [5_000, 15_000, 45_000, 135_000, 300_000]);
});
