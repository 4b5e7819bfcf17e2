// @ts-check
// From a form to the outbox: every pause keeps a draft, keeping seals it twice, and what was kept can be read again by its officer alone.

import { told } from "./forms.js";
import { SCHEMA } from "./outbox.js";
import { newId, seal, unseal, utf8, words } from "./seal.js";

/** @typedef {{id: string, small: string, bytes?: Uint8Array}} Photo bytes only until it is kept */
/** @typedef {{id: string, kind: Item["kind"], body: Record<string, any>, photos: Photo[], practice: boolean, label: string, zone?: string, base_version?: number, begun: number}} Noted */

export const BOOT = newId();

export class Recording {
  /** @param {Store} store @param {Session} session @param {() => number} now */
  constructor(store, session, now) {
    this.store = store;
    this.session = session;
    this.now = now;
    /** @type {Promise<any>} */
    this.line = Promise.resolve();
    this.last = /** @type {{id: string, own: any} | null} */ (null); // just written, so its text can be shared although the phone is locked
  }

  /** @param {Item["kind"]} kind @param {Record<string, any>} body @param {boolean} practice @returns {Noted} */
  begin(kind, body, practice) {
    return { id: newId(this.now()), kind, body, photos: [], practice, label: "", begun: this.now() };
  }

  /** One after another, so that an older state never stands over a newer one. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  after(work) {
    const done = this.line.then(work);
    this.line = done.catch(() => {});
    return done;
  }

  /** @param {Noted} record @returns {Promise<boolean>} whether it went on as a record of its own, since another window had sent it off */
  draft(record) {
    return this.after(() => this.#keep(record, "draft", 0));
  }

  /** Into the outbox; it is sent by itself from there. @param {Noted} record @returns {Promise<boolean>} as with a draft */
  queue(record) {
    return this.after(async () => {
      await this.session.change((kept) => ({ ...kept, seq: (kept.seq || 0) + 1 }));
      return this.#keep(record, "queued", this.session.kept?.seq ?? 0);
    });
  }

  /** @param {Noted} record @param {"draft" | "queued"} state @param {number} seq @returns {Promise<boolean>} */
  async #keep(record, state, seq) {
    const kept = this.session.kept;
    if (!kept) throw new Error("nobody's phone");
    const taken = [...record.photos]; // one that is added while this is being sealed waits for the next time
    const photos = taken.map(({ id, small }) => ({ id, small }));
    const { id, kind, body, practice, label, zone, base_version } = record;
    const own = await seal(utf8(JSON.stringify({ body, photos, label, zone, begun: record.begun })), id, { id: "own", jwk: kept.own.jwk });
    const plain = state === "queued" ? told(kind, body, zone) : safely(kind, body, zone);
    const sealed = await seal(utf8(JSON.stringify(plain)), id, kept.server);
    /** @type {Part[]} */
    const parts = [];
    for (const photo of taken) {
      if (!photo.bytes) continue;
      const { head, ct } = await seal(photo.bytes, photo.id, kept.server);
      parts.push({ id: photo.id, item: id, officer: kept.officer, type: "image/jpeg", head, bytes: ct, done: false });
    }
    const now = this.now();
    /** @type {Item} */
    const item = {
      id, officer: kept.officer, state, kind, schema: SCHEMA, seq, client_ts: new Date(now).toISOString(), monotonic: Math.round(performance.now()), boot: BOOT,
      practice, sealed, own, parts: photos.map((photo) => photo.id), changed: now, ...(base_version === undefined ? {} : { base_version }),
    };
    if (!(await this.store.keep(item, parts))) {
      record.id = newId(now);
      record.photos = record.photos.filter((photo) => photo.bytes); // the others went with the first
      for (const photo of record.photos) photo.id = newId(now);
      await this.#keep(record, state, seq);
      return true;
    }
    for (const photo of taken) delete photo.bytes;
    if (state === "queued") this.last = { id, own: { body, photos, label, zone } };
    return false;
  }

  /** What is written in it, where the phone is open for its officer. @param {Pick<Item, "id" | "own">} item @returns {Promise<any | null>} */
  async read(item) {
    if (!this.session.opened) return this.last?.id === item.id ? this.last.own : null;
    try {
      return JSON.parse(words(await unseal(item.own, item.id, this.session.opened.own)));
    } catch {
      return null; // written under a PIN that was replaced since: it can still be sent
    }
  }

  /** With what somebody wrote about it, where the phone is open for its officer. @param {any} row @returns {Promise<any>} */
  async disclosed(row) {
    const said = row?.trouble?.said && this.session.opened ? await this.read({ id: row.id, own: row.trouble.said }) : null;
    return said?.reason ? { ...row, trouble: { ...row.trouble, reason: said.reason } } : row;
  }

  /** Back on the form, to go on or to mend it. @param {Item} item @returns {Promise<Noted | null>} */
  async again(item) {
    const own = await this.read(item);
    if (!own) return null;
    const { id, kind, practice, base_version } = item;
    return { id, kind, practice, base_version, body: own.body, photos: own.photos, label: own.label, zone: own.zone, begun: own.begun };
  }

  /** A draft that can't be opened any more goes as it stands; the server says what is missing. @param {string} id */
  async asItStands(id) {
    await this.session.change((kept) => ({ ...kept, seq: (kept.seq || 0) + 1 }));
    const seq = this.session.kept?.seq ?? 0;
    return this.store.change("outbox", id, (row) => row && { ...row, state: "queued", seq });
  }

  /** To the unit head, as it stands; readable here until there is an answer. @param {string} id */
  async handOver(id) {
    await this.session.change((kept) => ({ ...kept, seq: (kept.seq || 0) + 1 }));
    const seq = this.session.kept?.seq ?? 0;
    return this.store.change("outbox", id, (row) => row && { ...row, state: "queued", handed: true, after: 0, seq });
  }

  /** Taken back before it was sent. @param {string} id */
  takeBack(id) {
    return this.store.change("outbox", id, (row) => (row && ["queued", "attention", "handed"].includes(row.state) ? { ...row, state: "draft", handed: false, until: 0 } : undefined));
  }

  /** Gone, photos and all, where it has not been sent off. @param {string} id */
  async discard(id) {
    await this.after(async () => {
      const row = await this.store.get("outbox", id);
      if (row && row.state !== "draft" && row.state !== "attention") return;
      await this.#erase(id);
    });
  }

  /** @param {string} id */
  async #erase(id) {
    await this.store.within(["outbox", "parts"], "readwrite", (transaction) => {
      transaction.objectStore("outbox").delete(id);
      const range = transaction.objectStore("parts").index("item").openKeyCursor(id);
      range.onsuccess = () => {
        if (!range.result) return;
        transaction.objectStore("parts").delete(range.result.primaryKey);
        range.result.continue();
      };
    });
  }
}

/** A draft may be half-written: what can't be told yet is left out. @param {string} kind @param {Record<string, any>} body @param {string} [zone] */
function safely(kind, body, zone) {
  try {
    return told(kind, body, zone);
  } catch {
    return body;
  }
}
