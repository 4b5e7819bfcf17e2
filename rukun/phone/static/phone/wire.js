// @ts-check
// Talking with the server: signed by the device, and never fooled by a portal that answers for it.

import { digest, toText, utf8 } from "./seal.js";

export const API = "/api/hp/v1/";
export const CHUNK = 64 * 1024;

/**
 * @typedef {"offline" | "captive" | "busy" | "sign_in" | "second_factor" | "not_yours" | "two_persons" | "device_revoked" | "device_unknown"
 *   | "account_closed" | "schema_old" | "too_large" | "broken" | "same" | "answered" | "refused"} Outcome
 * @typedef {{outcome: Outcome, status: number, data?: any, headers?: Headers, wait?: number}} Answer
 * @typedef {{device: string, signing: CryptoKey}} Device
 */

/** What the device signs, in base64url. @param {CryptoKey} key @param {string} method @param {string} path @param {Uint8Array} body */
export async function signature(key, method, path, body) {
  const said = utf8(`${method}\n${path}\n${await digest(body)}`);
  return toText(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, said));
}

const REFUSALS = new Set(["sign_in", "second_factor", "not_yours", "two_persons", "device_revoked", "device_unknown", "account_closed", "schema_old"]);

/** @param {Response} response @returns {Promise<Answer>} */
export async function understood(response) {
  const { status, headers } = response;
  if (response.type === "opaqueredirect" || headers.get("X-Rukun-Api") !== "1") return { outcome: status >= 500 ? "broken" : "captive", status };
  if (status === 304) return { outcome: "same", status, headers };
  const text = await response.text();
  /** @type {any} */
  let data = {};
  try {
    data = text ? JSON.parse(text) : {};
  } catch {
    return { outcome: status >= 500 ? "broken" : "captive", status };
  }
  if (status < 300) return { outcome: "answered", status, data, headers };
  const code = REFUSALS.has(data.code) ? data.code : data.code === "signature" ? "device_unknown" : "";
  if (status === 426) return { outcome: "schema_old", status, data, headers };
  if (code) return { outcome: code, status, data, headers };
  if (status === 401) return { outcome: "sign_in", status, data, headers };
  if (status === 413) return { outcome: "too_large", status, data, headers };
  if (status === 503 || status === 429) return { outcome: "busy", status, data, headers, wait: 1000 * (Number(headers.get("Retry-After")) || 30) };
  return { outcome: status >= 500 ? "broken" : "refused", status, data, headers };
}

/**
 * @param {typeof fetch} send
 * @param {string} path below the API
 * @param {{method?: string, body?: Uint8Array, headers?: Record<string, string>, device?: Device, language?: string, signal?: AbortSignal}} [how]
 * @returns {Promise<Answer>}
 */
export async function ask(send, path, how = {}) {
  const method = how.method ?? (how.body ? "POST" : "GET");
  const body = how.body ?? new Uint8Array();
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": how.language ?? "id", ...how.headers };
  if (how.body && !headers["Content-Type"]) headers["Content-Type"] = "application/json";
  if (how.device) {
    headers["X-Rukun-Device"] = how.device.device;
    headers["X-Rukun-Signature"] = await signature(how.device.signing, method, API + path, body);
  }
  try {
    const credentials = how.device ? "omit" : "same-origin";
    const limit = how.signal ?? AbortSignal.timeout(45_000);
    const response = await send(API + path, { method, headers, body: how.body, credentials, redirect: "manual", cache: "no-store", signal: limit });
    return await understood(response);
  } catch {
    return { outcome: "offline", status: 0 };
  }
}

/** With the session of whoever signed in. @param {typeof fetch} send @param {string} path @param {any} [data] @param {Record<string, string>} [headers] */
export async function askSession(send, path, data, headers = {}) {
  if (data === undefined) return ask(send, path, { headers });
  if (globalThis.document && !csrf(document.cookie)) await ask(send, "work"); // its answer brings the cookie, whatever it says
  return ask(send, path, { body: utf8(JSON.stringify(data)), headers: { "X-CSRFToken": csrf(globalThis.document?.cookie ?? ""), ...headers } });
}

/** @param {string} cookies */
export function csrf(cookies) {
  const found = cookies.split("; ").find((each) => /^(__Host-)?rukun-csrf=/.test(each));
  return found ? found.slice(found.indexOf("=") + 1) : "";
}

/**
 * Sends one sealed photo, from where the server has it.
 * @param {typeof fetch} send
 * @param {Device} device
 * @param {{id: string, item: string, type: string, head?: Head, bytes: Uint8Array}} part
 * @returns {Promise<Answer & {done: boolean}>} done: the server has all of it; data.status says what became of it
 */
export async function upload(send, device, part) {
  const { bytes, head: sealed, id, item, type } = part;
  const told = { id, item, type, length: bytes.length, sha256: await digest(bytes), sealed };
  let answer = await ask(send, "uploads", { body: utf8(JSON.stringify(told)), device });
  let offset = Number(answer.data?.offset) || 0;
  for (let stumbles = 0; answer.outcome === "answered" && stumbles < 3; ) {
    if (offset >= bytes.length) return { ...answer, done: true };
    const chunk = bytes.subarray(offset, offset + CHUNK);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset), "X-Chunk-SHA256": await digest(chunk) };
    answer = await ask(send, `uploads/${id}`, { method: "PATCH", body: chunk, headers, device });
    const kept = answer.headers?.get("Upload-Offset");
    if (answer.outcome === "answered") offset += chunk.length;
    else if ((answer.status === 460 || answer.status === 409) && kept) {
      offset = Math.min(bytes.length, Number(kept) || 0);
      stumbles += 1;
      answer = { ...answer, outcome: "answered" };
    }
  }
  return { ...answer, done: false };
}
