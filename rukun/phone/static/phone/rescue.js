// @ts-check
// A PIN that was forgotten, a phone that was blocked: two people agree, and the same data opens under a new PIN; nothing is lost.

import { met, opened, sealKey, underPin } from "./keys.js";
import { decrypt, encrypt, toBytes, utf8 } from "./seal.js";
import { askSession } from "./wire.js";

/** What the server tells again only where two people agree. @param {string} secret */
async function fromRescue(secret) {
  const base = await crypto.subtle.importKey("raw", toBytes(secret), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("rukun-hp/rescue/1") };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** The same data key locked once more, for a PIN that will be forgotten. @param {string} officer @param {Uint8Array} raw @param {{id: string, secret: string}} rescue */
export async function underRescue(officer, raw, rescue) {
  return { id: rescue.id, key: await encrypt(await fromRescue(rescue.secret), raw, officer) };
}

/** @param {Kept} kept @param {string} secret @returns {Promise<Uint8Array | null>} */
async function rawByRescue(kept, secret) {
  try {
    return kept.rescue ? await decrypt(await fromRescue(secret), kept.rescue.key, kept.officer) : null;
  } catch {
    return null;
  }
}

/** Locked once more, with what the server tells again only where two people agree. @param {Session} session @param {Uint8Array} raw */
export async function protect(session, raw) {
  const answer = await askSession(session.send, "rescue", {}, { "X-Rukun-Device": session.kept?.device ?? "" });
  if (answer.outcome !== "answered" || !session.kept) return;
  const rescue = await underRescue(session.kept.officer, raw, answer.data.rescue);
  await session.change((kept) => ({ ...kept, rescue }));
}

/** @param {Session} session @param {string} pin @returns {Promise<Answer>} */
export async function reopen(session, pin) {
  if (!session.kept?.rescue) return { outcome: "refused", status: 0 };
  const answer = await askSession(session.send, "rescue", { id: session.kept.rescue.id }, { "X-Rukun-Device": session.kept.device });
  if (answer.outcome !== "answered") return answer;
  const { data } = answer;
  const raw = await rawByRescue(session.kept, data.rescue.secret);
  if (!raw) return { outcome: "refused", status: 0 };
  const under = await underPin({ ...session.kept, pepper: data.pepper }, raw, pin);
  await session.change((kept) => ({ ...kept, pin: under, pepper: data.pepper, lease: data.lease, server: sealKey(data), wrong: 0, revoked: false, ...met(data.server_time, session.now()) }));
  await session.enter(await opened(session.kept, raw));
  await protect(session, raw);
  return answer;
}
