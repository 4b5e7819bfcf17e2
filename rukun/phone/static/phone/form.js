// @ts-check
// A record while it is being written: kept at every pause, hinted at while one types, never lost for a lock or a full phone.

import { at, clock, fill, hit, make, say, screen } from "./draw.js";
import { begun, isText, missing, setAt, valueAt } from "./forms.js";
import { clear, reveal, tellFaults, tellTrouble } from "./faults.js";
import { hinted, pouring } from "./paste.js";
import { here, options, photos, what, where } from "./pick.js";
import { labelOf } from "./places.js";
import { problem } from "./problem.js";
import { started } from "./started.js";
import { isFull } from "./store.js";


const SCREEN = /** @type {{[kind: string]: string}} */ ({ visit: "kunjungan", report: "laporan", action: "tindakan", problem: "masalah" });
const PAUSE = 400;
const HINT = 250;

/** @param {App} app @param {Item["kind"]} kind @param {string} argument @param {Noted["body"]} [preset] */
export async function form(app, kind, argument, preset = {}) {
  const writing = new Writing(app, kind, await started(app, kind, argument, preset));
  await writing.draw();
  return writing.root;
}

export class Writing {
  /** @param {App} app @param {string} kind @param {Noted & {trouble?: any, drafted?: boolean}} record */
  constructor(app, kind, record) {
    this.app = app;
    this.kind = kind;
    this.record = record;
    this.root = /** @type {HTMLFormElement} */ (screen(SCREEN[kind]));
    this.follow = /** @type {(() => void)[]} */ ([]);
    this.told = /** @type {(() => void) | null} */ (null); // drawn again with each change
    this.dirty = this.edited = false;
    this.stored = record.drafted === true;
    this.over = false;
  }

  async draw() {
    const { root, record, app, kind } = this;
    if (kind === "visit") await this.visit();
    else if (kind === "report") await this.report();
    else if (kind === "action") this.action();
    else await problem(this);
    this.bind(root);
    this.offers();
    if (record.trouble) tellTrouble(this, record.trouble);
    root.addEventListener("input", (event) => this.typed(event));
    root.addEventListener("change", (event) => this.typed(event));
    root.addEventListener("submit", (event) => (event.preventDefault(), this.keep()));
    root.addEventListener("click", (event) => this.pressed(event));
    app.leaving = () => this.draft();
    app.busy = () => begun(kind, record.body);
    if (pouring.now?.photos.length && this.add) this.add(pouring.now.photos);
    if (pouring.now) this.changed();
    pouring.now = null;
  }

  async placed() {
    const { app, root, record } = this;
    const lately = (await app.store.get("shell", `lately:${app.session.kept?.officer}`))?.value ?? [];
    where(app, root, record, lately, (one) => {
      record.body.area = one.area;
      record.body.place = one.place;
      if (one.place && "place_kind" in record.body) record.body.place_kind ||= one.place_kind;
      const place = root.elements.namedItem("place");
      if (place instanceof HTMLInputElement) place.value = one.place;
      clear(this.root, "area");
      this.changed();
    });
    this.add = photos(app, root, record, () => this.draft(true));
  }

  async visit() {
    const { root, record } = this;
    at(root, "kinds").append(...options("kind_"));
    at(root, "spots").append(...options("spot_"));
    await this.placed();
    for (const place of record.body.concerns.keys()) this.said(place);
    if (!record.body.promises.length) record.body.promises.push({ text: "", due: "" });
    for (const place of record.body.promises.keys()) this.promised(place);
    if (record.body.kind === "outreach") {
      fill(root, { heading: say("outreach_where"), "notes-label": say("outreach_notes") });
      at(root, "outreach").append(at(root, "many"), at(root, "notes"));
    } else if (record.body.kind !== "visit") /** @type {HTMLDetailsElement} */ (at(root, "rest")).open = true;
  }

  async report() {
    const { root, record, app } = this;
    at(root, "bases").append(...["saw", "told", "rumour"].map((value) => make("label", null, make("input", { type: "radio", name: "basis", value }), say(`basis_${value}`))));
    await this.placed();
    this.follow.push(what(app, at(root, "code"), {
      value: () => record.body.code, text: () => `${record.body.title} ${record.body.facts}`, changed: (code) => ((record.body.code = code), this.changed()),
    }));
    if (record.body.latitude) fill(root, { point: say("point_kept", { m: "?" }) });
  }

  action() {
    const { root, record, app } = this;
    const rows = app.session.work?.actions ?? [];
    const own = record.body.action && !rows.some((/** @type {any} */ row) => String(row.id) === String(record.body.action)) ? [{ id: record.body.action, title: record.label }] : [];
    at(root, "actions").append(...[...own, ...rows].map((row) => make("label", null, make("input", { type: "radio", name: "action", value: row.id }), make("span", null, row.title, make("small", null, row.where ?? "")))));
    fill(root, { none: rows.length + own.length ? null : say(app.session.work ? "no_actions" : "locked_today") });
    at(root, "which").hidden = !(rows.length + own.length);
  }

  /** @param {number} place */
  said(place) {
    const { record, app } = this;
    const part = screen("perkataan");
    this.part(part, `concerns.${place}.text`);
    at(this.root, "concerns").append(part);
    const one = () => record.body.concerns[place];
    this.follow.push(what(app, at(part, "code"), { value: () => one().code, text: () => one().text, changed: (code) => ((one().code = code), this.changed()) }));
  }

  /** @param {number} place */
  promised(place) {
    const part = screen("janji");
    this.part(part, `promises.${place}.text`, `promises.${place}.due`);
    at(this.root, "promises").append(part);
  }

  /** @param {HTMLElement} part @param {...string} names */
  part(part, ...names) {
    for (const [place, field] of part.querySelectorAll(":scope > .field").entries()) {
      if (!names[place]) continue;
      const control = /** @type {HTMLInputElement} */ (field.querySelector("input, textarea"));
      control.name = names[place];
      control.id = `hp-${names[place].replaceAll(".", "-")}`;
      field.querySelector("label")?.setAttribute("for", control.id);
      field.querySelector(".error")?.setAttribute("data-error", names[place]);
      field.querySelector(".hints")?.setAttribute("data-hint", names[place]);
    }
    if (this.root.isConnected || part.parentElement) this.bind(part);
  }

  /** What is known already stands in the controls. @param {ParentNode} root */
  bind(root) {
    for (const control of root.querySelectorAll("[name]")) {
      if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement)) continue;
      const value = control.name === "practice" ? this.record.practice : valueAt(this.record.body, control.name);
      if (control instanceof HTMLInputElement && control.type === "radio") {
        if (!/^(place|code)-\d/.test(control.name)) control.checked = String(value) === control.value;
      } else if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = Boolean(value);
      else control.value = value ?? "";
    }
  }

  /** @param {Event} event */
  typed(event) {
    const control = event.target;
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) || !control.name) return;
    const { name } = control;
    if (/^(place|code)-\d/.test(name)) return;
    if (name === "practice") this.record.practice = /** @type {HTMLInputElement} */ (control).checked;
    else if (name === "done") this.record.body.done = control.value === "true";
    else setAt(this.record.body, name, control.value);
    if (control.value) clear(this.root, name);
    if (isText(name)) {
      clearTimeout(this.hinting);
      this.hinting = setTimeout(() => {
        this.hint(name, control.value);
        for (const each of this.follow) each();
      }, HINT);
    }
    this.changed();
  }

  /** @param {string} name @param {string} text */
  hint(name, text) {
    hinted(this.app, this.root, name, text);
  }

  changed() {
    this.dirty = this.edited = true;
    this.offers();
    this.told?.();
    clearTimeout(this.pausing);
    this.pausing = setTimeout(() => this.root.isConnected && this.draft(), PAUSE); // whoever left it has kept it already
  }

  /** "Nothing was said" is no choice any more where something is written down. */
  offers() {
    const nothing = this.root.querySelector("[data-do=nothing]");
    if (nothing instanceof HTMLElement) nothing.hidden = this.record.body.concerns.some((/** @type {any} */ one) => String(one.text).trim());
  }

  label() {
    const { kind, record, app } = this;
    const { body } = record;
    if (kind === "report" && body.title) return String(body.title);
    if (kind === "action") return this.root.querySelector("[name=action]:checked + span")?.firstChild?.textContent ?? record.label;
    if (kind === "problem") return at(this.root, "title").textContent ?? "";
    const area = app.areas.find((/** @type {any} */ each) => each.path === body.area);
    return [say(kind === "visit" ? `kind_${body.kind}` : kind), body.place || (area ? labelOf(area) : "")].filter(Boolean).join(": ");
  }

  zone() {
    return this.app.areas.find((/** @type {any} */ each) => each.path === this.record.body.area)?.zone ?? this.app.zone;
  }

  /** @param {boolean} [always] */
  async draft(always = false) {
    clearTimeout(this.pausing);
    const { record, app, kind } = this;
    if (this.over || !(always || this.dirty)) return;
    this.dirty = false;
    if (!always && !begun(kind, record.body) && !record.photos.length) return this.emptied();
    Object.assign(record, { label: this.label(), zone: this.zone() });
    try {
      if (await app.recording.draft(record)) app.alarm(say("elsewhere"), 15_000);
      this.stored = true;
      if (this.root.isConnected) fill(this.root, { kept: say("saved", { at: clock(app.now()) }) });
    } catch (error) {
      this.dirty = true;
      app.alarm(say(isFull(error) ? "full" : "not_kept"));
    }
  }

  /** Nothing was written here, and another window has sent it off: once is enough. */
  async sentOff() {
    if (this.edited) return false;
    const { app: { store }, record: { id } } = this;
    const row = await store.get("outbox", id);
    return Boolean(row && row.state !== "draft" && row.state !== "attention") || Boolean(await store.get("log", id));
  }

  /** All that was entered was taken out again: no draft is left of it. */
  async emptied() {
    if (!this.stored) return;
    this.stored = false;
    await this.app.recording.discard(this.record.id);
    if (this.root.isConnected) fill(this.root, { kept: null });
  }

  async keep() {
    const { record, app, kind } = this;
    if (this.over) return;
    const faults = missing(kind, record.body, app.now(), this.zone());
    tellFaults(this, faults.map(({ field, word }) => [field, say(word)]));
    if (faults.length) return;
    this.over = true; // a second tap keeps nothing twice
    let copied = false;
    Object.assign(record, { label: this.label(), zone: this.zone() });
    clearTimeout(this.pausing);
    if (this.add && !(await this.add([]))) {
      this.over = false; // a photo that was chosen could not be read: its sentence stands at the photos
      return this.root.querySelector("[data-error=photos]")?.scrollIntoView({ block: "center" });
    }
    try {
      performance.mark("rukun-save");
      if (await this.sentOff()) return app.go(`tersimpan/${record.id}`);
      copied = await app.recording.queue(record);
      performance.measure("rukun-saved", "rukun-save");
    } catch (error) {
      this.over = false;
      return app.alarm(say(isFull(error) ? "full" : "not_kept"));
    }
    app.alarm(copied ? say("elsewhere") : null, 15_000);
    app.leaving = null;
    app.go(`tersimpan/${record.id}`);
    app.later();
    app.sender.now();
    this.remember();
  }

  async remember() {
    const { app, record } = this;
    const key = `lately:${app.session.kept?.officer}`;
    const one = `${record.body.area}|${app.areas.some((/** @type {any} */ area) => area.places?.some((/** @type {any} */ place) => place.name === record.body.place)) ? record.body.place : ""}`;
    const before = (await app.store.get("shell", key))?.value ?? [];
    await app.store.put("shell", { key, value: [one, ...before.filter((/** @type {string} */ each) => each !== one)].slice(0, 12) });
  }

  /** @param {Event} event */
  async pressed(event) {
    const { record, root } = this;
    if (hit(event, "[data-do=nothing]")) {
      record.body.nothing_said = this.edited = true;
      await this.keep();
      if (!this.over) record.body.nothing_said = false;
    }
    if (hit(event, "[data-do=more-said]") && record.body.concerns.length < 6) {
      record.body.concerns.push({ text: "", code: "" });
      this.said(record.body.concerns.length - 1);
      reveal(this.root, `concerns.${record.body.concerns.length - 1}.text`);
    }
    if (hit(event, "[data-do=more-promised]") && record.body.promises.length < 4) {
      record.body.promises.push({ text: "", due: "" });
      this.promised(record.body.promises.length - 1);
      reveal(this.root, `promises.${record.body.promises.length - 1}.text`);
    }
    if (hit(event, "[data-do=point]")) {
      const point = await here();
      if (point) Object.assign(record.body, { latitude: Number(point.lat.toFixed(6)), longitude: Number(point.lon.toFixed(6)) });
      fill(root, { point: point ? say("point_kept", { m: Math.round(point.accuracy) }) : say("no_gps") });
      this.changed();
    }
  }
}
