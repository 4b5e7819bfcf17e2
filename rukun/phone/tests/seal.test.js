// Sealing: only the right key under the right name opens it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { decrypt, digest, encrypt, newId, newPair, publicPart, seal, toBytes, toText, unseal, utf8, words } from "../static/phone/seal.js";

test("what is sealed to a key opens with its private half, under its own name alone", async () => {
  const pair = await newPair();
  const sealed = await seal(utf8("kabau ilang di padang"), "satu", { id: "k1", jwk: await publicPart(pair.publicKey) });
  assert.equal(sealed.head.key, "k1");
  assert.equal(words(await unseal(sealed, "satu", pair.privateKey)), "kabau ilang di padang");
  await assert.rejects(unseal(sealed, "dua", pair.privateKey), "swapped to another record");
  await assert.rejects(unseal(sealed, "satu", (await newPair()).privateKey));
  sealed.ct[3] ^= 1;
  await assert.rejects(unseal(sealed, "satu", pair.privateKey), "one bit changed");
});

test("the same words are never sealed to the same bytes", async () => {
  const to = { id: "k", jwk: await publicPart((await newPair()).publicKey) };
  const one = await seal(utf8("sama"), "a", to);
  const other = await seal(utf8("sama"), "a", to);
  assert.notDeepEqual(one.ct, other.ct);
});

test("a data key binds what it encrypts to its name", async () => {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const kept = await encrypt(key, utf8("rahasia"), "petugas-7");
  assert.equal(words(await decrypt(key, kept, "petugas-7")), "rahasia");
  await assert.rejects(decrypt(key, kept, "petugas-8"));
});

test("names are of version 7 and follow the clock", () => {
  const [one, other] = [newId(1_790_000_000_000), newId(1_790_000_000_001)];
  assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(one.slice(0, 13) < other.slice(0, 13));
  assert.notEqual(newId(1), newId(1));
});

test("bytes go there and back, however many", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(65_000));
  assert.deepEqual(toBytes(toText(bytes)), bytes);
  assert.equal(await digest(utf8("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
