// @ts-check
// What is on this phone: one database, parted by officer; a record and all its photos are kept together or not at all.

/**
 * @typedef {"draft" | "queued" | "sending" | "sent" | "handed" | "attention"} State
 * @typedef {{head: Head, ct: Uint8Array}} Sealed
 * @typedef {object} Item
 * @property {string} id
 * @property {string} officer
 * @property {State} state
 * @property {"visit" | "report" | "action" | "problem"} kind
 * @property {number} schema
 * @property {number} seq
 * @property {string} client_ts
 * @property {number} monotonic
 * @property {string} boot
 * @property {boolean} practice
 * @property {Sealed} sealed to the server
 * @property {Sealed} own to the officer: body, names of places, small pictures
 * @property {string[]} parts
 * @property {number} changed
 * @property {number} [until] while it is being sent: when to take it back
 * @property {number} [tries]
 * @property {number} [after] not before
 * @property {{code: string, reason: string, fields: Record<string, string>}} [trouble]
 * @property {any} [result] what the server said of it
 * @property {number} [base_version]
 * @property {boolean} [handed] to the unit head, where the server can't keep it as it stands
 * @typedef {{id: string, item: string, officer: string, type: string, head: Head, bytes: Uint8Array, done: boolean}} Part
 */

export const NAME = "rukun-hp";
const STORES = { shell: "key", keys: "officer", outbox: "id", parts: "id", work: "officer", log: "id" };

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const committed = (transaction) => new Promise((done, failed) => {
  transaction.oncomplete = () => done();
  transaction.onerror = transaction.onabort = () => failed(transaction.error ?? new DOMException("aborted", "AbortError"));
});

/** @param {IDBFactory} factory @returns {Promise<IDBDatabase>} */
function opening(factory) {
  const request = factory.open(NAME, 1);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) {
      const store = request.result.createObjectStore(name, { keyPath });
      if (["outbox", "parts", "log"].includes(name)) store.createIndex("officer", "officer");
      if (name === "parts") store.createIndex("item", "item");
    }
  };
  return answered(request);
}

/** A full phone says so under several names. @param {unknown} error */
export const isFull = (error) => error instanceof Error && /quota/i.test(`${error.name} ${error.message}`);

export class Store {
  /** @param {IDBDatabase} db @param {IDBFactory} factory */
  constructor(db, factory) {
    this.db = db;
    this.factory = factory;
    db.onversionchange = () => db.close();
  }

  /** @param {IDBFactory} [factory] */
  static async open(factory = indexedDB) {
    return new Store(await opening(factory), factory);
  }

  /**
   * @template T
   * @param {string[]} names
   * @param {IDBTransactionMode} mode
   * @param {(transaction: IDBTransaction) => Promise<T> | T} work
   * @returns {Promise<T>}
   */
  async within(names, mode, work) {
    let transaction;
    try {
      transaction = this.db.transaction(names, mode, { durability: "strict" });
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
      this.db = await opening(this.factory); // the browser had closed it, as phones do when memory is short
      transaction = this.db.transaction(names, mode, { durability: "strict" });
    }
    const whole = committed(transaction);
    try {
      const [result] = await Promise.all([work(transaction), whole]);
      return result;
    } catch (error) {
      whole.catch(() => {});
      try {
        transaction.abort();
      } catch {} // it is over already
      throw error;
    }
  }

  /** @param {string} name @param {IDBValidKey} key @returns {Promise<any>} */
  get(name, key) {
    return this.within([name], "readonly", (transaction) => answered(transaction.objectStore(name).get(key)));
  }

  /** @param {string} name @param {any} value */
  put(name, value) {
    return this.within([name], "readwrite", (transaction) => void transaction.objectStore(name).put(value));
  }

  /** @param {string} name @param {IDBValidKey} key */
  remove(name, key) {
    return this.within([name], "readwrite", (transaction) => void transaction.objectStore(name).delete(key));
  }

  /** @param {string} name @param {string} [officer] @returns {Promise<any[]>} */
  all(name, officer) {
    return this.within([name], "readonly", (transaction) => {
      const store = transaction.objectStore(name);
      return answered(officer === undefined ? store.getAll() : store.index("officer").getAll(officer));
    });
  }

  /** Reads one and writes what becomes of it; nothing comes between. @param {string} name @param {IDBValidKey} key @param {(value: any) => any} become */
  change(name, key, become) {
    return this.within([name], "readwrite", async (transaction) => {
      const store = transaction.objectStore(name);
      const value = become(await answered(store.get(key)));
      if (value !== undefined) store.put(value);
      return value;
    });
  }

  /**
   * A record with all its photos, and those taken off it again: one transaction. Never over one that is on its way or has arrived.
   * @param {Item} item
   * @param {Part[]} [parts]
   * @returns {Promise<boolean>} false where another window has sent it off meanwhile; nothing is written then
   */
  keep(item, parts = []) {
    return this.within(["outbox", "parts", "log"], "readwrite", async (transaction) => {
      const there = await answered(transaction.objectStore("outbox").get(item.id));
      if (await answered(transaction.objectStore("log").getKey(item.id)) || !isOpen(there)) return false;
      const kept = transaction.objectStore("parts");
      const before = await answered(kept.index("item").getAllKeys(item.id));
      for (const key of before) if (!item.parts.includes(String(key))) kept.delete(key);
      for (const part of parts) kept.put(part);
      const held = new Set((await answered(kept.index("item").getAllKeys(item.id))).map(String));
      if (!item.parts.every((id) => held.has(id))) throw new Error("a photo is missing"); // the record with all its photos, or neither
      transaction.objectStore("outbox").put(item);
      return true;
    });
  }

  /** @param {string} item @returns {Promise<Part[]>} */
  partsOf(item) {
    return this.within(["parts"], "readonly", (transaction) => answered(transaction.objectStore("parts").index("item").getAll(item)));
  }

  /**
   * Takes what may be sent now, in its order, and marks it as being sent; what was being sent too long is taken back.
   * @param {string} officer
   * @param {{now: number, lease: number, most: number, size: (item: Item) => number, room: number, alone?: boolean}} how alone: nobody else is sending
   * @returns {Promise<Item[]>}
   */
  claim(officer, { now, lease, most, size, room, alone = false }) {
    return this.within(["outbox"], "readwrite", async (transaction) => {
      const store = transaction.objectStore("outbox");
      const rows = /** @type {Item[]} */ (await answered(store.index("officer").getAll(officer)));
      const ready = rows.filter((row) => isReady(row, now, alone)).sort((one, other) => one.seq - other.seq);
      const taken = [];
      let left = room;
      for (const row of ready) {
        left -= size(row);
        if (taken.length === most || (left < 0 && taken.length)) break;
        store.put({ ...row, state: "sending", until: now + lease });
        taken.push(row);
      }
      return taken;
    });
  }

  /** It is with the server, photos and all: gone from here, its receipt stays. @param {string} id @param {any} receipt */
  finish(id, receipt) {
    return this.within(["outbox", "parts", "log"], "readwrite", async (transaction) => {
      const parts = transaction.objectStore("parts");
      for (const key of await answered(parts.index("item").getAllKeys(id))) parts.delete(key);
      transaction.objectStore("outbox").delete(id);
      transaction.objectStore("log").put(receipt);
    });
  }
}

/** Still with its officer, who may write in it. @param {Item | undefined} row */
const isOpen = (row) => !row || row.state === "draft" || row.state === "attention";

/** Whoever died while sending is not waited for where nobody else can be sending. @param {Item} row @param {number} now @param {boolean} [alone] */
export function isReady(row, now, alone = false) {
  return (row.state === "queued" && (row.after ?? 0) <= now) || (row.state === "sending" && (alone || (row.until ?? 0) <= now));
}
