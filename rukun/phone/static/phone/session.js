// @ts-check
// Whose phone it is now: set up, opened, locked; the lease is renewed whenever the network and a signed-in session allow.

import * as keys from "./keys.js";
import { decrypt, encrypt, random, utf8, words } from "./seal.js";
import { ask, askSession } from "./wire.js";

/** @typedef {keys.Kept} Kept */

export class Session {
  /** @param {Store} store @param {typeof fetch} send @param {() => number} now */
  constructor(store, send, now) {
    this.store = store;
    this.send = send;
    this.now = now;
    /** @type {Kept | null} */
    this.kept = null;
    /** @type {keys.Opened | null} */
    this.opened = null;
    /** @type {any} */
    this.work = null;
    /** @type {any} */
    this.reference = null;
    this.moved = now();
  }

  /** The officer who used it last, as far as nothing must be opened for it. */
  async begin() {
    const last = await this.store.get("shell", "officer");
    const all = await this.store.all("keys");
    this.kept = all.find((each) => each.officer === last?.value) ?? all[0] ?? null;
    if (this.kept) await this.expire();
    await this.remember();
  }

  async remember() {
    this.reference = this.kept ? (await this.store.get("shell", `reference:${this.kept.officer}`))?.value ?? null : null;
  }

  /** @returns {Promise<Kept[]>} */
  officers() {
    return this.store.all("keys");
  }

  /** By the server's clock, as far as it is known: this phone's may be a year off. */
  moment() {
    return this.now() + (this.kept?.ahead ?? 0);
  }

  standing() {
    return this.kept ? keys.standing(this.kept, this.moment()) : null;
  }

  writeOnly() {
    return this.kept ? keys.writeOnly(this.kept, this.moment()) : false;
  }

  /** @param {(kept: Kept) => Kept} become */
  async change(become) {
    if (!this.kept) return;
    this.kept = await this.store.change("keys", this.kept.officer, (kept) => kept && become(kept));
  }

  /** Past its 72 hours what opens the work goes; a clock put back does not bring it again. */
  async expire() {
    const standing = this.standing();
    const over = standing && (standing.phase === "sealed" || standing.phase === "ended");
    await this.change((kept) => ({ ...kept, seen: Math.max(kept.seen || 0, this.moment()), pepper: over ? "" : kept.pepper }));
    if (over) {
      this.lock();
      if (this.kept) await this.store.remove("work", this.kept.officer);
    }
    return over;
  }

  lock() {
    this.opened = null;
    this.work = null;
  }

  touched() {
    this.moved = this.now();
  }

  /** After five minutes without a hand on it. @returns {boolean} whether it has just been locked */
  idle() {
    if (!this.opened || this.now() - this.moved < keys.IDLE) return false;
    this.lock();
    return true;
  }

  /** @param {string} pin @returns {Promise<"open" | "wrong" | "write_only">} */
  async unlock(pin) {
    if (!this.kept || this.kept.wrong >= keys.TRIES || this.writeOnly()) return "write_only";
    const raw = await this.#tried(pin);
    if (!raw) return this.kept.wrong >= keys.TRIES ? "write_only" : "wrong";
    await this.enter(await keys.opened(this.kept, raw));
    if (!this.kept.rescue) await (await import("./rescue.js")).protect(this, raw);
    return "open";
  }

  /** Counted before it is tried: who pulls the plug in between gains nothing. @param {string} pin */
  async #tried(pin) {
    if (!this.kept || this.kept.wrong >= keys.TRIES) return null;
    await this.change((kept) => ({ ...kept, wrong: (kept.wrong || 0) + 1 }));
    const raw = await keys.rawByPin(this.kept, pin);
    if (raw) await this.change((kept) => ({ ...kept, wrong: 0 }));
    return raw;
  }

  /** @param {any} credentials @returns {Promise<boolean>} */
  async unlockByTouch(credentials) {
    if (!this.kept?.touch || this.standing()?.phase === "sealed" || this.standing()?.phase === "ended") return false;
    const given = await keys.touch(credentials, this.kept.touch.salt, this.kept.touch.credential);
    const opened = given && (await keys.openByTouch(this.kept, given.secret));
    if (!opened) return false;
    await this.enter(opened);
    return true;
  }

  /** @param {keys.Opened} opened */
  async enter(opened) {
    this.opened = opened;
    this.touched();
    await this.change((kept) => ({ ...kept, wrong: 0 }));
    const row = this.kept && (await this.store.get("work", this.kept.officer));
    this.work = row ? JSON.parse(words(await decrypt(opened.data, row, row.officer))) : null;
  }

  /** @param {string} pin @param {any} credentials @returns {Promise<boolean>} */
  async addTouch(pin, credentials) {
    const raw = await this.#tried(pin);
    const salt = random(32);
    const given = raw && (await keys.touch(credentials, salt));
    if (!this.kept || !raw || !given) return false;
    const key = await keys.underTouch(this.kept.officer, raw, given.secret, this.kept.pepper);
    await this.change((kept) => ({ ...kept, touch: { credential: given.credential, salt, key } }));
    return true;
  }

  /** @param {string} before @param {string} pin @returns {Promise<boolean>} */
  async changePin(before, pin) {
    const raw = await this.#tried(before);
    if (!raw || !this.kept) return false;
    const under = await keys.underPin(this.kept, raw, pin);
    await this.change((kept) => ({ ...kept, pin: under }));
    return true;
  }

  /**
   * Sets the phone up for whoever is signed in. What was sealed before stays and is sent by the new device.
   * @param {string} label
   * @param {string} pin
   * @returns {Promise<Answer>}
   */
  async enrol(label, pin) {
    const before = await this.store.get("shell", "enrolling"); // a lost answer: the same key again is the same device
    const device = before ?? { key: "enrolling", ...(await keys.newDevice()) };
    await this.store.put("shell", device);
    const places = (await this.officers()).map((kept) => kept.device);
    const answer = await askSession(this.send, "enrol", { label, key: device.jwk, places });
    if (answer.outcome !== "answered") return answer;
    const { data } = answer;
    const officer = String(data.officer.id);
    const { opened, ...made } = await keys.begin(officer, pin, data.pepper);
    const old = await this.store.get("keys", officer);
    /** @type {Kept} */
    const kept = {
      officer, label: data.officer.label, unit: data.unit, device: data.device, signing: device.signing, server: keys.sealKey(data), lease: data.lease,
      pepper: data.pepper, pin: made.pin, touch: null, own: made.own, rescue: data.rescue ? await (await import("./rescue.js")).underRescue(officer, made.raw, data.rescue) : null, wrong: 0, ...keys.met(data.server_time, this.now()), seq: old?.seq ?? 0,
    };
    await this.store.put("keys", kept);
    await this.store.put("shell", { key: "officer", value: officer });
    await this.store.remove("shell", "enrolling");
    this.kept = kept;
    await this.enter(opened);
    return answer;
  }

  /** 72 hours more, where the network and the session of a sign-in allow. @returns {Promise<Answer>} */
  async renew() {
    if (!this.kept) return { outcome: "not_yours", status: 0 };
    const answer = await askSession(this.send, "lease", {}, { "X-Rukun-Device": this.kept.device });
    if (answer.outcome === "answered") {
      const { data } = answer;
      await this.change((kept) => ({ ...kept, lease: data.lease, server: keys.sealKey(data), pepper: kept.pepper || data.pepper, ...keys.met(data.server_time, this.now()) }));
    } else if (answer.outcome === "device_revoked") await this.forget();
    return answer;
  }

  /** The unit has revoked this phone: what could be read is gone; what is sealed to the server waits to be sent after a new set-up. */
  async forget() {
    this.lock();
    await this.change((kept) => ({ ...kept, pepper: "", touch: null, wrong: keys.TRIES, revoked: true, lease: { ...kept.lease, until: new Date(0).toISOString() } }));
    if (this.kept) await this.store.remove("work", this.kept.officer);
  }

  /** Public things: forms, kinds, places. @param {string} language */
  async refer(language) {
    if (!this.kept) return;
    const key = `reference:${this.kept.officer}`;
    const row = await this.store.get("shell", key);
    /** @type {Record<string, string>} */
    const headers = row?.etag && row.language === language ? { "If-None-Match": row.etag } : {};
    const answer = await ask(this.send, "reference", { device: this.kept, headers, language });
    if (answer.outcome !== "answered") return;
    await this.store.put("shell", { key, value: answer.data, etag: answer.headers?.get("ETag") ?? "", language });
    this.reference = answer.data;
  }

  /** What waits, promised and due: kept encrypted. */
  async refresh() {
    const { kept, opened } = this;
    const answer = await askSession(this.send, "work", undefined, kept ? { "X-Rukun-Device": kept.device } : {});
    if (answer.outcome !== "answered" || !kept || !opened) return answer;
    const mine = !answer.data.officer || String(answer.data.officer.id ?? answer.data.officer) === kept.officer;
    if (!mine) return { ...answer, outcome: /** @type {const} */ ("not_yours") };
    const row = await encrypt(opened.data, utf8(JSON.stringify({ ...answer.data, at: this.now() })), kept.officer);
    await this.store.put("work", { officer: kept.officer, ...row });
    if (this.opened) this.work = { ...answer.data, at: this.now() };
    return answer;
  }

  /** @param {string} officer */
  async become(officer) {
    this.lock();
    await this.store.put("shell", { key: "officer", value: officer });
    await this.begin();
  }

  /** Nothing of this officer is left here; only where nothing is unsent. */
  async leave() {
    if (!this.kept) return;
    const { officer } = this.kept;
    this.lock();
    for (const row of await this.store.all("log", officer)) await this.store.remove("log", row.id);
    await this.store.remove("work", officer);
    await this.store.remove("shell", `reference:${officer}`);
    await this.store.remove("keys", officer);
    this.kept = null;
    await this.begin();
  }
}
