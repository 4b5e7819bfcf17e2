// Who may read, and until when.
import assert from "node:assert/strict";
import { test } from "node:test";

import { begin, isPlain, opened, PIN, rawByPin, standing, touch, underPin, underTouch, openByTouch, writeOnly } from "../static/phone/keys.js";

const HOUR = 3600_000;
const UNTIL = Date.parse("2026-11-28T08:00:00Z");
const kept = (more = {}) => ({ lease: { until: new Date(UNTIL).toISOString(), issued: "", token: "" }, seen: 0, wrong: 0, touch: null, ...more });
const phase = (now, more) => standing(kept(more), now).phase;

test("for 72 hours it is open, the last of them with a warning; then it records for a month", () => {
  assert.equal(phase(UNTIL - 25 * HOUR), "open");
  assert.equal(phase(UNTIL - 23 * HOUR), "warn");
  assert.equal(phase(UNTIL - 1), "warn");
  assert.equal(phase(UNTIL), "sealed");
  assert.equal(phase(UNTIL + 29 * 24 * HOUR), "sealed");
  assert.equal(standing(kept(), UNTIL + 29.5 * 24 * HOUR).closing, true);
  assert.equal(phase(UNTIL + 30 * 24 * HOUR), "ended");
});

test("a clock that is put back gives no time back", () => {
  assert.equal(phase(UNTIL - 70 * HOUR, { seen: UNTIL + HOUR }), "sealed");
});

test("ten wrong PINs leave recording alone, unless a fingerprint opens", () => {
  assert.equal(writeOnly(kept({ wrong: 9 }), UNTIL - HOUR), false);
  assert.equal(writeOnly(kept({ wrong: 10 }), UNTIL - HOUR), true);
  assert.equal(writeOnly(kept({ wrong: 10, touch: {} }), UNTIL - HOUR), false);
});

test("the PIN opens, another does not, and without the server's part none does", async () => {
  const made = await begin("7", "829104", "lada", 1000);
  const row = kept({ officer: "7", pepper: "lada", ...made });
  const raw = await rawByPin(row, "829104");
  assert.ok(raw && (await opened(row, raw)).own.type === "private");
  assert.equal(await rawByPin(row, "829105"), null);
  assert.equal(await rawByPin({ ...row, pepper: "" }, "829104"), null, "the lease is over");
  assert.equal(await rawByPin({ ...row, officer: "8" }, "829104"), null, "under another officer's name");
});

test("another PIN opens the same, and the old one no longer", async () => {
  const made = await begin("7", "829104", "lada", 1000);
  const row = kept({ officer: "7", pepper: "lada", ...made });
  const under = await underPin(row, made.raw, "550912");
  assert.deepEqual(await rawByPin({ ...row, pin: under }, "550912"), made.raw);
  assert.equal(await rawByPin({ ...row, pin: under }, "829104"), null);
});

test("a fingerprint's secret opens the same", async () => {
  const made = await begin("7", "829104", "lada", 1000);
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const key = await underTouch("7", made.raw, secret, "lada");
  const row = kept({ officer: "7", pepper: "lada", ...made, touch: { credential: new Uint8Array(), salt: new Uint8Array(), key } });
  assert.ok(await openByTouch(row, secret));
  assert.equal(await openByTouch(row, crypto.getRandomValues(new Uint8Array(32))), null);
});

test("a browser without such a fingerprint says so by nothing, never by a fault", async () => {
  assert.equal(await touch({ get: async () => { throw new Error("closed"); } }, new Uint8Array(32)), null);
  assert.equal(await touch({ get: async () => ({ rawId: new ArrayBuffer(1), getClientExtensionResults: () => ({}) }) }, new Uint8Array(32)), null);
});

test("PINs that a finger finds first are told from others", () => {
  assert.deepEqual(["111111", "123456", "987654", "829104"].map(isPlain), [true, true, true, false]);
  assert.deepEqual(["12345", "1234567890123", "12345a", "829104"].map((pin) => PIN.test(pin)), [false, false, false, true]);
});
