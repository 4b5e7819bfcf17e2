// @ts-check
// A record while it is being written: kept at every pause, hinted at while one types, never lost for a lock or a full phone.

import { hints } from "./cues.js";
import { at, clock, fill, hit, make, say, screen } from "./draw.js";
import { begun, blank, isText, missing, poured, setAt, valueAt } from "./forms.js";
import { here, photos, what, where } from "./pick.js";
import { labelOf } from "./places.js";
import { problem, unfinished } from "./problem.js";
import { isFull } from "./store.js";


const SCREEN = /** @type {{[kind: string]: string}} */ ({ visit: "kunjungan", report: "laporan", action: "tindakan", problem: "masalah" });
const PAUSE = 400;
const HINT = 250;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** What is about to be written into the next form. @type {{text: string, photos: Blob[]} | null} */
let pouring = null;

/** @param {App} app @param {Item["kind"]} kind @param {string} argument @param {Noted["body"]} [preset] */
export async function form(app, kind, argument, preset = {}) {
  const writing = new Writing(app, kind, await started(app, kind, argument, preset));
  await writing.draw();
  return writing.root;
}

/** @param {App} app @param {any} kind @param {string} argument @param {Noted["body"]} preset @returns {Promise<Noted & {trouble?: any, drafted?: boolean}>} */
async function started(app, kind, argument, preset) {
  const left = kind === "problem" && !UUID.test(argument) ? await unfinished(app, argument) : null;
  if (left || UUID.test(argument)) {
    const row = left ?? (await app.store.get("outbox", argument));
    const record = row && ["draft", "attention", "queued"].includes(row.state) ? await app.recording.again(row) : null;
    if (record) return { ...record, trouble: row.trouble, drafted: row.state === "draft" };
  }
  const body = { ...blank(kind, app.now(), app.zone), ...preset };
  if (argument && kind === "visit" && !UUID.test(argument)) body.area = argument;
  if (kind === "action" && argument) body.action = argument;
  if (kind === "problem") body.problem = argument;
  const record = app.recording.begin(kind, body, app.training);
  if (app.areas.length === 1 && "area" in body) record.body.area ||= app.areas[0].path;
  if (pouring && (kind === "visit" || kind === "report")) record.body = poured(kind, pouring.text, record.body);
  return record;
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
    if (record.trouble) this.trouble(record.trouble);
    root.addEventListener("input", (event) => this.typed(event));
    root.addEventListener("change", (event) => this.typed(event));
    root.addEventListener("submit", (event) => (event.preventDefault(), this.keep()));
    root.addEventListener("click", (event) => this.pressed(event));
    app.leaving = () => this.draft();
    app.busy = () => begun(kind, record.body);
    if (pouring?.photos.length && this.add) this.add(pouring.photos);
    if (pouring) this.changed();
    pouring = null;
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
      this.clear("area");
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
    if (record.body.kind !== "visit") /** @type {HTMLDetailsElement} */ (at(root, "rest")).open = true;
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
    if (control.value) this.clear(name);
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
    this.told?.();
    clearTimeout(this.pausing);
    this.pausing = setTimeout(() => this.root.isConnected && this.draft(), PAUSE); // whoever left it has kept it already
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
    this.faults(faults.map(({ field, word }) => [field, say(word)]));
    if (faults.length) return;
    this.over = true; // a second tap keeps nothing twice
    let copied = false;
    Object.assign(record, { label: this.label(), zone: this.zone() });
    clearTimeout(this.pausing);
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

  /** @param {[string, string][]} faults */
  faults(faults) {
    const { root } = this;
    for (const error of root.querySelectorAll("[data-error]")) /** @type {HTMLElement} */ (error).hidden = true;
    for (const control of root.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    const summary = at(root, "errors");
    summary.hidden = !faults.length;
    if (!faults.length) return;
    summary.replaceChildren(make("h2", null, say("errors", { n: faults.length })), make("ul", null, ...faults.map(([field, sentence]) => make("li", null, make("a", { href: "#", click: (/** @type {Event} */ event) => (event.preventDefault(), this.reveal(field)) }, sentence)))));
    for (const [field, sentence] of faults) {
      const error = root.querySelector(`[data-error="${field}"]`);
      if (error instanceof HTMLElement) Object.assign(error, { hidden: false, textContent: sentence });
      const control = root.elements.namedItem(field);
      if (control instanceof HTMLElement) control.setAttribute("aria-invalid", "true");
      error?.closest("details")?.setAttribute("open", "");
    }
    summary.focus();
    summary.scrollIntoView({ block: "start" });
  }

  /** @param {string} field */
  reveal(field) {
    const control = this.root.elements.namedItem(field);
    const target = control instanceof HTMLElement ? control : this.root.querySelector(`[data-error="${field}"]`)?.parentElement?.querySelector("input, textarea, select");
    if (target instanceof HTMLElement) target.focus();
  }

  /** @param {string} field */
  clear(field) {
    const error = this.root.querySelector(`[data-error="${field}"]`);
    if (error instanceof HTMLElement) error.hidden = true;
  }

  /** What the server said of it when it was sent. @param {{reason: string, fields: {[name: string]: string}, offer?: {[name: string]: string}}} trouble */
  trouble({ reason, fields, offer = {} }) {
    const told = Object.entries(fields ?? {});
    queueMicrotask(() => this.faults(told.length ? told : [["", reason]]));
    for (const [name, text] of Object.entries(offer)) {
      const box = this.root.querySelector(`[data-hint="${name}"]`);
      if (!text || !box) continue;
      box.append(make("p", null, say("offer", { text })), make("button.button", { type: "button", click: () => {
        setAt(this.record.body, name, text);
        this.bind(this.root);
        box.replaceChildren();
        this.changed();
      } }, say("offer_take")));
    }
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
      this.reveal(`concerns.${record.body.concerns.length - 1}.text`);
    }
    if (hit(event, "[data-do=more-promised]") && record.body.promises.length < 4) {
      record.body.promises.push({ text: "", due: "" });
      this.promised(record.body.promises.length - 1);
      this.reveal(`promises.${record.body.promises.length - 1}.text`);
    }
    if (hit(event, "[data-do=point]")) {
      const point = await here();
      if (point) Object.assign(record.body, { latitude: Number(point.lat.toFixed(6)), longitude: Number(point.lon.toFixed(6)) });
      fill(root, { point: point ? say("point_kept", { m: Math.round(point.accuracy) }) : say("no_gps") });
      this.changed();
    }
  }
}

/** @param {string} prefix */
function options(prefix) {
  const values = prefix === "kind_" ? ["visit", "meeting", "listening", "outreach", "event", "watch_post", "coordination", "service"] : ["household", "boarding", "business", "school", "worship", "lapau", "office", "public"];
  return values.map((value) => make("option", { value }, say(prefix + value)));
}

/** What the guard would say of it, under the field. @param {App} app @param {ParentNode} root @param {string} name @param {string} text */
export function hinted(app, root, name, text) {
  const box = root.querySelector(`[data-hint="${name}"]`);
  if (!box || !app.lexicon) return;
  const { lexicon } = app;
  const listed = name === "place" && app.areas.some((/** @type {any} */ area) => area.places?.some((/** @type {any} */ place) => place.name === text));
  const kinds = listed ? [] : hints(text, lexicon).kinds;
  kinds.sort((one, other) => Number(other === "emergency") - Number(one === "emergency"));
  box.replaceChildren(...kinds.map((kind) => (kind === "emergency"
    ? make("p.danger", null, lexicon.sentences[kind], " ", make("a", { href: "tel:110" }, "110"))
    : make("p", null, lexicon.sentences[kind]))));
}

/** Text that was shared from WhatsApp, or is pasted here. @param {App} app */
export async function pasted(app) {
  const root = /** @type {HTMLFormElement} */ (screen("tempel"));
  const shared = await app.store.get("shell", "shared");
  const text = /** @type {HTMLTextAreaElement} */ (root.elements.namedItem("text"));
  text.value = shared?.text ?? "";
  const files = shared?.photos ?? [];
  fill(root, { photos: files.length ? say("shared_photos", { n: files.length }) : null });
  const read = () => hinted(app, root, "text", text.value);
  read();
  text.addEventListener("input", read);
  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    pouring = { text: text.value, photos: files };
    const to = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "laporan";
    await app.store.remove("shell", "shared");
    app.go(to);
  });
  return root;
}
