// @ts-check
// Who may read what is on this phone: a PIN or a fingerprint opens it, 72 hours after the last sign-in it stays shut, and recording goes on.

import { decrypt, encrypt, newPair, publicPart, random, utf8 } from "./seal.js";

const HOUR = 3600_000;
const DAY = 24 * HOUR;
export const LEASE = 72 * HOUR;
export const SEALED = 30 * DAY; // how long recording goes on after that
export const IDLE = 5 * 60_000;
export const TRIES = 10;
export const PIN = /^\d{6,12}$/;
const ROUNDS = 600_000;

/**
 * @typedef {{iv: Uint8Array, ct: Uint8Array}} Wrapped
 * @typedef {object} Kept what of one officer is known on this phone before anything is opened
 * @property {string} officer
 * @property {string} label
 * @property {{code: string, label: string, piket?: string}} unit
 * @property {string} device
 * @property {CryptoKey} signing never leaves the browser
 * @property {PublicKey} server
 * @property {{until: string, issued: string, token: string}} lease
 * @property {string} pepper "" once the lease has ended
 * @property {{salt: Uint8Array, rounds: number, key: Wrapped}} pin
 * @property {{credential: Uint8Array, salt: Uint8Array, key: Wrapped} | null} touch
 * @property {{jwk: JsonWebKey, key: Wrapped}} own
 * @property {{id: string, key: Wrapped} | null} [rescue] for a PIN that was forgotten
 * @property {number} wrong PINs in a row
 * @property {number} seen the latest moment this phone has known
 * @property {number} [ahead] by how much its clock was behind the server's when they last met
 * @property {number} seq
 */
/** @typedef {{data: CryptoKey, own: CryptoKey}} Opened */

/**
 * Where the phone stands: "open", "warn" (the last day), "sealed" (recording only), "ended" (sign in before recording).
 * A clock that was put back does not give time back.
 * @param {Pick<Kept, "lease" | "seen">} kept
 * @param {number} now
 */
export function standing(kept, now) {
  const at = Math.max(now, kept.seen || 0);
  const until = Date.parse(kept.lease.until);
  const ends = until + SEALED;
  const phase = at < until - DAY ? "open" : at < until ? "warn" : at < ends ? "sealed" : "ended";
  return { phase, until, ends, closing: phase === "sealed" && at >= ends - DAY };
}

/** Whether nothing may be read any more until a sign-in: the lease is over, or ten PINs were wrong. @param {Kept} kept @param {number} now */
export function writeOnly(kept, now) {
  const { phase } = standing(kept, now);
  return phase === "sealed" || phase === "ended" || (kept.wrong >= TRIES && !kept.touch);
}

/** @param {string} pin @param {string} pepper @param {Uint8Array} salt @param {number} rounds */
async function fromPin(pin, pepper, salt, rounds) {
  const base = await crypto.subtle.importKey("raw", utf8(`${pin}\n${pepper}`), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {Uint8Array} secret what the fingerprint gave @param {string} pepper */
async function fromTouch(secret, pepper) {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: utf8(pepper), info: utf8("rukun-hp/touch/1") };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A device key: it signs what is sent, and no script can read it. */
export async function newDevice() {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  return { signing: pair.privateKey, jwk: await publicPart(pair.publicKey) };
}

/** @param {Uint8Array} raw */
const dataKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/**
 * Everything made when a phone is set up: a data key under the PIN, a pair of the officer's own under the data key.
 * @param {string} officer
 * @param {string} pin
 * @param {string} pepper
 * @param {number} [rounds]
 * @returns {Promise<{pin: Kept["pin"], own: Kept["own"], raw: Uint8Array, opened: Opened}>}
 */
export async function begin(officer, pin, pepper, rounds = ROUNDS) {
  const raw = random(32);
  const salt = random(16);
  const data = await dataKey(raw);
  const pair = await newPair();
  const secret = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const own = { jwk: await publicPart(pair.publicKey), key: await encrypt(data, secret, officer) };
  const key = await encrypt(await fromPin(pin, pepper, salt, rounds), raw, officer);
  return { pin: { salt, rounds, key }, own, raw, opened: await opened({ officer, own }, raw) };
}

/** @param {Pick<Kept, "officer" | "own">} kept @param {Uint8Array} raw @returns {Promise<Opened>} */
export async function opened(kept, raw) {
  const data = await dataKey(raw);
  const secret = await decrypt(data, kept.own.key, kept.officer);
  const own = await crypto.subtle.importKey("pkcs8", secret, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  return { data, own };
}

/** The raw data key, or nothing where the PIN is wrong. @param {Kept} kept @param {string} pin */
export async function rawByPin(kept, pin) {
  try {
    return await decrypt(await fromPin(pin, kept.pepper, kept.pin.salt, kept.pin.rounds), kept.pin.key, kept.officer);
  } catch {
    return null;
  }
}

/** @param {Kept} kept @param {Uint8Array} secret @returns {Promise<Opened | null>} */
export async function openByTouch(kept, secret) {
  if (!kept.touch) return null;
  try {
    return await opened(kept, await decrypt(await fromTouch(secret, kept.pepper), kept.touch.key, kept.officer));
  } catch {
    return null;
  }
}

/** @param {string} officer @param {Uint8Array} raw @param {Uint8Array} secret @param {string} pepper */
export async function underTouch(officer, raw, secret, pepper) {
  return encrypt(await fromTouch(secret, pepper), raw, officer);
}

/** The same data key under another PIN. @param {Kept} kept @param {Uint8Array} raw @param {string} pin @returns {Promise<Kept["pin"]>} */
export async function underPin(kept, raw, pin) {
  const salt = random(16);
  return { salt, rounds: kept.pin.rounds, key: await encrypt(await fromPin(pin, kept.pepper, salt, kept.pin.rounds), raw, kept.officer) };
}

/**
 * What a fingerprint (WebAuthn with PRF) gives for this phone: always the same secret, never seen by the server; nothing where there is none.
 * @param {{get: (options: CredentialRequestOptions) => Promise<Credential | null>}} credentials
 * @param {Uint8Array} salt
 * @param {Uint8Array} [credential]
 */
export async function touch(credentials, salt, credential) {
  try {
    const asked = /** @type {any} */ ({
      challenge: random(32), userVerification: "required", timeout: 60_000, extensions: { prf: { eval: { first: salt } } },
      allowCredentials: credential ? [{ type: "public-key", id: credential }] : [],
    });
    const given = /** @type {any} */ (await credentials.get({ publicKey: asked }));
    const secret = given?.getClientExtensionResults().prf?.results?.first;
    return secret ? { secret: new Uint8Array(secret), credential: new Uint8Array(given.rawId) } : null;
  } catch {
    return null; // closed, or this browser has none: the PIN serves
  }
}

/** PINs that a finger finds first. @param {string} pin */
export function isPlain(pin) {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, place) => digit - digits[place]));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]);
}

/** What this phone learns of the time where it meets the server. @param {string} told @param {number} now */
export function met(told, now) {
  const seen = Date.parse(told) || now;
  return { seen, ahead: seen - now };
}

/** @param {any} data @returns {PublicKey} */
export const sealKey = (data) => ({ id: data.seal_key_id, jwk: data.seal_key });
