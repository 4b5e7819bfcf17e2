// Whoever answers is asked for the mark of the server; what is half sent goes on from where it was.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, CHUNK, csrf, signature, understood, upload } from "../static/phone/wire.js";
import { digest, toBytes, utf8 } from "../static/phone/seal.js";

const answer = (status, data, headers = {}) => new Response(status === 204 || status === 304 ? null : JSON.stringify(data ?? {}), { status, headers: { "X-Rukun-Api": "1", ...headers } });

test("a portal that answers with a page of its own is not taken for the server", async () => {
  assert.equal((await understood(new Response("<html>Masuk Wi-Fi</html>", { status: 200 }))).outcome, "captive");
  assert.equal((await understood(new Response("{}", { status: 200 }))).outcome, "captive");
  assert.equal((await understood(new Response("<html>", { status: 200, headers: { "X-Rukun-Api": "1" } }))).outcome, "captive");
  assert.equal((await understood(new Response("bad gateway", { status: 502 }))).outcome, "broken");
});

for (const [status, code, outcome] of [[401, "device_revoked", "device_revoked"], [401, "sign_in", "sign_in"], [401, "signature", "device_unknown"], [401, "account_closed", "account_closed"], [426, "schema_old", "schema_old"], [413, "too_large", "too_large"], [503, "busy", "busy"], [500, "", "broken"], [400, "malformed", "refused"], [403, "second_factor", "second_factor"]])
  test(`${status} ${code} is understood`, async () => assert.equal((await understood(answer(status, { code }))).outcome, outcome));

test("how long to wait is what the server says", async () => {
  assert.equal((await understood(answer(503, {}, { "Retry-After": "20" }))).wait, 20_000);
});

test("no network is an answer, too", async () => {
  assert.equal((await ask(async () => { throw new TypeError("Failed to fetch"); }, "batch", {})).outcome, "offline");
});

test("what is sent is signed by the device over method, path and content", async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  let seen;
  await ask(async (url, init) => ((seen = { url, init }), answer(200)), "batch", { body: utf8("{}"), device: { device: "d1", signing: privateKey } });
  const said = utf8(`POST\n/api/hp/v1/batch\n${await digest(utf8("{}"))}`);
  assert.ok(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, publicKey, toBytes(seen.init.headers["X-Rukun-Signature"]), said));
  assert.deepEqual([seen.init.credentials, seen.init.redirect, seen.init.headers["X-Rukun-Device"]], ["omit", "manual", "d1"]);
  assert.equal(toBytes(await signature(privateKey, "GET", "/x", new Uint8Array())).length, 64);
});

test("a photo goes on from where the server has it, and once more where a piece was damaged", async () => {
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const bytes = Uint8Array.from({ length: CHUNK * 3 + 11 }, (_none, place) => (place * 7919) % 251);
  const server = new Uint8Array(bytes.length);
  server.set(bytes.subarray(0, CHUNK));
  let [offset, damaged] = [CHUNK, 1];
  const send = async (url, { method, body, headers }) => {
    if (method === "POST") return answer(200, { offset });
    assert.equal(Number(headers["Upload-Offset"]), offset);
    if (damaged-- > 0) return answer(460, {}, { "Upload-Offset": String(offset) });
    server.set(body, offset);
    offset += body.length;
    return offset < bytes.length ? answer(204, null, { "Upload-Offset": String(offset) }) : answer(200, { done: true, status: "ok" }, { "Upload-Offset": String(offset) });
  };
  const came = await upload(send, { device: "d", signing: privateKey }, { id: "p", item: "a", type: "image/jpeg", bytes });
  assert.deepEqual([came.done, came.data.status], [true, "ok"]);
  assert.deepEqual(server, bytes);
});

test("a photo cut off in the middle is not said to be there", async () => {
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  let asked = 0;
  const send = async () => {
    if (asked++) throw new TypeError("cut");
    return answer(201, { offset: 0 });
  };
  const came = await upload(send, { device: "d", signing: privateKey }, { id: "p", item: "a", type: "image/jpeg", bytes: new Uint8Array(10) });
  assert.deepEqual([came.done, came.outcome], [false, "offline"]);
});

test("the cookie that a form needs is found under either name", () => {
  assert.deepEqual([csrf("a=b; __Host-rukun-csrf=x=y"), csrf("rukun-csrf=z"), csrf("other=1")], ["x=y", "z", ""]);
});
