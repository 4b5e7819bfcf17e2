// The share menu, the clipboard and what is done where there is neither.
import assert from "node:assert/strict";
import { test } from "node:test";

import { copy, share, tell } from "../static/sharing/share.js";

test("the phone's own menu is given the text", async () => {
  const given = [];
  const navigator = { canShare: () => true, share: async (what) => given.push(what) };
  assert.equal(await share("Mohon ijin", navigator), "shared");
  assert.deepEqual(given, [{ text: "Mohon ijin" }]);
});

test("a menu that is closed again is no share, and opens nothing else", async () => {
  const navigator = { share: async () => { throw new DOMException("closed", "AbortError"); } };
  assert.equal(await share("x", navigator), "left");
});

test("where there is no menu, or it fails, the form goes on to WhatsApp", async () => {
  assert.equal(await share("x", {}), "none");
  assert.equal(await share("x", { canShare: () => false, share: async () => {} }), "none");
  assert.equal(await share("x", { share: async () => { throw new DOMException("no", "NotAllowedError"); } }), "none");
});

test("the clipboard is used where there is one, else a field is selected and copied", async () => {
  const kept = [];
  assert.equal(await copy("a", { navigator: { clipboard: { writeText: async (text) => kept.push(text) } } }), true);
  assert.deepEqual(kept, ["a"]);
  const field = { select() { this.selected = true; }, remove() { this.removed = true; } };
  const document = { createElement: () => field, body: { append() {} }, execCommand: () => true };
  assert.equal(await copy("b", { navigator: {}, document }), true);
  assert.deepEqual([field.value, field.selected, field.removed], ["b", true, true]);
});

test("the book is told, and a lost connection disturbs nobody", async () => {
  globalThis.FormData = class { set(name, value) { this[name] = value; } };
  const sent = [];
  await tell({ action: "/bagikan/" }, async (url, how) => sent.push([url, how.body.sudah, how.keepalive]));
  assert.deepEqual(sent, [["/bagikan/", "1", true]]);
  await tell({ action: "/bagikan/" }, async () => { throw new TypeError("offline"); });
});
