// A store in memory, for tests: what IndexedDB does for the outbox, one step at a time.
import { isReady } from "../static/phone/store.js";

export class Memory {
  constructor(rows = [], parts = []) {
    this.tables = { outbox: new Map(rows.map((row) => [row.id, row])), parts: new Map(parts.map((part) => [part.id, part])), log: new Map(), shell: new Map(), keys: new Map(), work: new Map() };
  }
  async get(name, key) {
    return structuredClone(this.tables[name].get(key));
  }
  async put(name, value) {
    this.tables[name].set(value.id ?? value.key ?? value.officer, structuredClone(value));
  }
  async remove(name, key) {
    this.tables[name].delete(key);
  }
  async all(name, officer) {
    return [...this.tables[name].values()].filter((row) => officer === undefined || row.officer === officer).map((row) => structuredClone(row));
  }
  async change(name, key, become) {
    const value = become(structuredClone(this.tables[name].get(key)));
    if (value !== undefined) this.tables[name].set(key, value);
    return value;
  }
  async partsOf(item) {
    return (await this.all("parts")).filter((part) => part.item === item);
  }
  async claim(officer, { now, lease, most, size, room, alone }) {
    const taken = [];
    for (const row of (await this.all("outbox", officer)).filter((each) => isReady(each, now, alone)).sort((a, b) => a.seq - b.seq)) {
      room -= size(row);
      if (taken.length === most || (room < 0 && taken.length)) break;
      this.tables.outbox.set(row.id, { ...row, state: "sending", until: now + lease });
      taken.push(row);
    }
    return taken;
  }
  async finish(id, receipt) {
    for (const part of await this.partsOf(id)) this.tables.parts.delete(part.id);
    this.tables.outbox.delete(id);
    this.tables.log.set(id, receipt);
  }
}

let seq = 0;

/** A record that waits to be sent. */
export const item = (id, more = {}) => ({
  id, officer: "7", state: "queued", kind: "visit", schema: 1, seq: ++seq, client_ts: "2026-11-25T01:00:00Z", monotonic: 5, boot: "b", practice: false,
  sealed: { head: { v: 1, key: "k", epk: {}, iv: "x" }, ct: new Uint8Array(40) }, own: { head: {}, ct: new Uint8Array() }, parts: [], changed: 0, ...more,
});
