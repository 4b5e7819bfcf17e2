// @ts-check
// Sending by itself: one tab at a time, every officer of this phone by a device of his own, sooner or later as the network allows.

import { listen, waits } from "./handed.js";
import { batch, empty, patience } from "./outbox.js";
import { BOOT } from "./recording.js";
import { seal, utf8 } from "./seal.js";
import { ask, upload } from "./wire.js";

export const LOCK = "rukun-hp-kirim";

/**
 * Empties the outbox of everybody who has used this phone.
 * @param {Store} store
 * @param {typeof fetch} send
 * @param {() => number} now
 * @param {string} language
 * @param {boolean} [sure] that nobody else sends
 * @returns {Promise<Record<string, Came>>} by officer
 */
export async function sendAll(store, send, now, language, sure = false) {
  /** @type {Record<string, Came>} */
  const came = {};
  for (const kept of await store.all("keys")) {
    const rows = await store.all("outbox", kept.officer);
    if (!rows.some((row) => row.state === "queued" || row.state === "sending" || row.state === "sent")) {
      if (waits(rows)) await listen(store, send, kept, now, language);
      continue;
    }
    came[kept.officer] = await empty(store, {
      batch: (items, sent) => ask(send, "batch", { body: batch(items, sent), device: kept, language }),
      upload: (part) => upload(send, kept, part),
      close: (text, id) => seal(utf8(JSON.stringify(text)), id, { id: "own", jwk: kept.own.jwk }),
      now, alone: sure, monotonic: () => Math.round(performance.now()), boot: BOOT,
    }, kept.officer);
    if (waits(await store.all("outbox", kept.officer))) await listen(store, send, kept, now, language);
    await store.put("shell", { key: `standing:${kept.officer}`, value: { ...came[kept.officer], at: now() } });
  }
  return came;
}

/** Under a lock that all tabs and the worker share; nothing where another holds it. @template T @param {LockManager | undefined} locks @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
export async function alone(locks, work) {
  if (!locks) return work(); // the lease in each row keeps two from sending the same
  return locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

export class Sender {
  /** @param {{send: () => Promise<Record<string, Came> | undefined>, tell: (came: Record<string, Came>) => void, wait?: (work: () => void, milliseconds: number) => any}} how */
  constructor({ send, tell, wait = (work, milliseconds) => setTimeout(work, milliseconds) }) {
    this.send = send;
    this.tell = tell;
    this.wait = wait;
    this.failures = 0;
    /** @type {any} */
    this.later = 0;
    /** @type {Promise<void> | null} */
    this.running = null;
    this.again = false;
  }

  /** Now, and again until all is sent. */
  now() {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    clearTimeout(this.later);
    this.running = this.#once().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        this.now();
      }
    });
    return this.running;
  }

  async #once() {
    const came = await this.send().catch((error) => (console.warn("sending", error), undefined));
    if (!came) return this.#afterwards(5_000);
    this.tell(came);
    const stuck = Object.values(came).filter(({ standing }) => standing !== "answered");
    this.failures = stuck.length ? this.failures + 1 : 0;
    const waits = Object.values(came).map(({ wait }) => wait);
    if (stuck.length) this.#afterwards(Math.max(patience(this.failures - 1), ...waits));
    else if (Math.max(0, ...waits)) this.#afterwards(Math.min(...waits.filter(Boolean)));
  }

  /** @param {number} milliseconds */
  #afterwards(milliseconds) {
    this.later = this.wait(() => this.now(), milliseconds);
  }
}
