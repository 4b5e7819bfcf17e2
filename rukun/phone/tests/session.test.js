// One officer's session: PINs are counted, what opens the work goes with the lease, a wrong clock is measured.
import assert from "node:assert/strict";
import { test } from "node:test";

import { begin, LEASE } from "../static/phone/keys.js";
import { reopen, underRescue } from "../static/phone/rescue.js";
import { newPair, publicPart } from "../static/phone/seal.js";
import { Session } from "../static/phone/session.js";
import { Memory } from "./memory.js";

const NOW = Date.parse("2026-11-25T02:00:00Z");
const HOUR = 3600_000;
const answer = (status, data) => new Response(JSON.stringify(data), { status, headers: { "X-Rukun-Api": "1" } });

async function session(send = async () => answer(401, { code: "sign_in" }), clock = { at: NOW }) {
  const made = await begin("7", "829104", "lada", 1000);
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const kept = { officer: "7", label: "Sari", unit: {}, device: "d", signing: privateKey, server: {}, lease: { until: new Date(NOW + LEASE).toISOString() }, pepper: "lada", pin: made.pin, own: made.own, touch: null, wrong: 0, seen: NOW, seq: 0 };
  const store = new Memory();
  store.tables.keys.set("7", kept);
  store.tables.work.set("7", { officer: "7", id: "7" });
  store.change = async (name, key, become) => {
    const value = become(store.tables[name].get(key));
    if (value !== undefined) store.tables[name].set(key, value);
    return value;
  };
  store.all = async (name) => [...store.tables[name].values()];
  const one = new Session(store, send, () => clock.at);
  one.kept = kept;
  return { one, store, clock };
}

test("the tenth wrong PIN is the last, and a right one before it counts from nought again", async () => {
  const { one, store } = await session();
  store.tables.work.clear();
  for (let tried = 1; tried < 9; tried++) assert.equal(await one.unlock("000000"), "wrong");
  assert.equal(await one.unlock("829104"), "open");
  assert.equal(one.kept.wrong, 0);
  for (let tried = 1; tried < 10; tried++) await one.unlock("000000");
  assert.equal(await one.unlock("000000"), "write_only");
  assert.equal(await one.unlock("829104"), "write_only");
});

test("after 72 hours what opens the work is gone, and the work with it", async () => {
  const { one, store, clock } = await session();
  clock.at = NOW + 73 * HOUR;
  assert.equal(await one.expire(), true);
  assert.deepEqual([one.kept.pepper, store.tables.work.size, await one.unlock("829104")], ["", 0, "write_only"]);
});

test("five minutes without a hand on it lock it", async () => {
  const { one, store, clock } = await session();
  store.tables.work.clear();
  await one.unlock("829104");
  clock.at += 4 * 60_000;
  assert.equal(one.idle(), false);
  one.touched();
  clock.at += 5 * 60_000;
  assert.equal(one.idle(), true);
  assert.equal(one.opened, null);
});

test("a phone whose clock is a year off is measured by the server's", async () => {
  const pair = await newPair();
  const seal = { seal_key: await publicPart(pair.publicKey), seal_key_id: "k2" };
  const lease = { until: new Date(NOW + LEASE).toISOString() };
  const { one, clock } = await session(async () => answer(200, { lease, pepper: "lain", server_time: new Date(NOW).toISOString(), ...seal }));
  clock.at = NOW + 365 * 24 * HOUR;
  assert.equal(one.standing().phase, "ended");
  assert.equal((await one.renew()).outcome, "answered");
  assert.deepEqual([one.standing().phase, one.kept.pepper, one.kept.server.id], ["open", "lada", "k2"]);
});

test("a phone that its unit has blocked keeps what is unsent, and can't be read", async () => {
  const { one, store } = await session(async () => answer(401, { code: "device_revoked" }));
  store.tables.outbox.set("a", { id: "a", officer: "7", state: "queued" });
  assert.equal((await one.renew()).outcome, "device_revoked");
  assert.deepEqual([one.kept.pepper, store.tables.work.size, store.tables.outbox.size, await one.unlock("829104")], ["", 0, 1, "write_only"]);
});

const SECRET = { id: "r1", secret: "c2VjcmV0LW9mLXRoZS1zZXJ2ZXItMzItYnl0ZXMtbG9uZw" };

/** A server that tells the secret only where two people have agreed; a new one for whoever asks. */
const two = async (agreed) => {
  const pair = await newPair();
  const rest = { lease: { until: new Date(NOW + LEASE).toISOString() }, pepper: "lada", server_time: new Date(NOW).toISOString(), seal_key: await publicPart(pair.publicKey), seal_key_id: "k2" };
  const asked = [];
  return {
    asked,
    send: async (url, { body }) => {
      const { id } = JSON.parse(new TextDecoder().decode(body));
      asked.push(id ?? "new");
      if (!id) return answer(200, { rescue: { id: "r2", secret: "YW5vdGhlci1zZWNyZXQtb2YtdGhlLXNlcnZlci0zMi1iYg" } });
      return agreed() ? answer(200, { ...rest, rescue: SECRET }) : answer(403, { code: "two_persons", reason: "Dua orang." });
    },
  };
};

test("a PIN that was forgotten: two agree, and what was written under it opens under another", async () => {
  let agreed = false;
  const { send, asked } = await two(() => agreed);
  const made = await begin("7", "829104", "lada", 1000);
  const { one, store } = await session(send);
  store.tables.work.clear();
  const rescue = await underRescue("7", made.raw, SECRET);
  await one.change((kept) => ({ ...kept, pin: made.pin, own: made.own, rescue, wrong: 10 }));
  assert.equal(await one.unlock("829104"), "write_only");
  assert.equal((await reopen(one, "730514")).outcome, "two_persons");
  assert.deepEqual([one.opened, one.kept.wrong], [null, 10]);
  agreed = true;
  assert.equal((await reopen(one, "730514")).outcome, "answered");
  assert.ok(one.opened?.own);
  assert.deepEqual([one.kept.wrong, one.kept.rescue.id, asked], [0, "r2", ["r1", "r1", "new"]]);
  one.lock();
  assert.deepEqual([await one.unlock("829104"), await one.unlock("730514")], ["wrong", "open"]);
});

test("a phone that was blocked opens again with the consent of two, and what it holds is read as before", async () => {
  const { send } = await two(() => true);
  const made = await begin("7", "829104", "lada", 1000);
  const { one } = await session(send);
  const rescue = await underRescue("7", made.raw, SECRET);
  await one.change((kept) => ({ ...kept, pin: made.pin, own: made.own, rescue }));
  await one.forget();
  assert.equal(one.standing().phase, "ended");
  assert.equal((await reopen(one, "730514")).outcome, "answered");
  assert.deepEqual([one.standing().phase, one.kept.revoked, Boolean(one.opened)], ["open", false, true]);
});

test("a phone set up before this was possible is locked a second time when its PIN opens it, and one that never was says so", async () => {
  const { send, asked } = await two(() => false);
  const { one, store } = await session(send);
  store.tables.work.clear();
  assert.deepEqual(await reopen(one, "730514"), { outcome: "refused", status: 0 });
  await one.unlock("829104");
  assert.deepEqual([asked, one.kept.rescue.id], [["new"], "r2"]);
});
