// @ts-check
// Sealing: anybody holding a public key may close, whoever holds the private one opens; bound to the id of what is inside.

const INFO = new TextEncoder().encode("rukun-seal-1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** @typedef {{v: 1, key: string, epk: JsonWebKey, iv: string}} Head what must be known to open it, besides the private key */
/** @typedef {{id: string, jwk: JsonWebKey}} PublicKey */

/** @param {ArrayBuffer | Uint8Array} bytes */
export function toText(bytes) {
  let letters = "";
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  for (let at = 0; at < view.length; at += 0x8000) letters += String.fromCharCode(...view.subarray(at, at + 0x8000));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
export function toBytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @param {ArrayBuffer | Uint8Array} bytes */
export const words = (bytes) => new TextDecoder().decode(bytes);

/** @param {Uint8Array} bytes @returns {Promise<string>} in hexadecimal */
export async function digest(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {number} [most] */
export const random = (most = 12) => crypto.getRandomValues(new Uint8Array(most));

/** A time-ordered name for something new (RFC 9562, version 7). @param {number} [at] */
export function newId(at = Date.now()) {
  const bytes = random(16);
  for (let place = 0; place < 6; place++) bytes[place] = Math.floor(at / 2 ** (8 * (5 - place))) & 255;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A pair of which the private half leaves the browser only wrapped. */
export async function newPair() {
  return /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]));
}

/** @param {CryptoKey} key */
export async function publicPart(key) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", key);
  return { kty, crv, x, y };
}

/** @param {CryptoKey} mine @param {CryptoKey} theirs @param {JsonWebKey} fleeting the public half of the pair made for this one sealing */
async function agreed(mine, theirs, fleeting) {
  const point = [Uint8Array.of(4), toBytes(fleeting.x ?? ""), toBytes(fleeting.y ?? "")];
  const salt = Uint8Array.from(point.flatMap((part) => [...part]));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: INFO };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {JsonWebKey} jwk */
const taken = (jwk) => crypto.subtle.importKey("jwk", { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, CURVE, true, []);

/**
 * @param {Uint8Array} bytes
 * @param {string} id of the record: what is sealed under one name does not open under another
 * @param {PublicKey} to
 * @returns {Promise<{head: Head, ct: Uint8Array}>}
 */
export async function seal(bytes, id, to) {
  const pair = await newPair();
  const epk = await publicPart(pair.publicKey);
  const key = await agreed(pair.privateKey, await taken(to.jwk), epk);
  const iv = random();
  const ct = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(id) }, key, bytes);
  return { head: { v: 1, key: to.id, epk, iv: toText(iv) }, ct: new Uint8Array(ct) };
}

/** @param {{head: Head, ct: Uint8Array}} sealed @param {string} id @param {CryptoKey} privateKey */
export async function unseal(sealed, id, privateKey) {
  const key = await agreed(privateKey, await taken(sealed.head.epk), sealed.head.epk);
  const how = { name: "AES-GCM", iv: toBytes(sealed.head.iv), additionalData: utf8(id) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.ct));
}

/** @param {CryptoKey} key @param {Uint8Array} bytes @param {string} id */
export async function encrypt(key, bytes, id) {
  const iv = random();
  const ct = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(id) }, key, bytes);
  return { iv, ct: new Uint8Array(ct) };
}

/** @param {CryptoKey} key @param {{iv: Uint8Array, ct: Uint8Array}} kept @param {string} id */
export async function decrypt(key, kept, id) {
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv, additionalData: utf8(id) }, key, kept.ct));
}
