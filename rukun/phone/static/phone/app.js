// @ts-check
// The app on the phone: it begins, knows which screen is asked for, says how things stand, and keeps the worker new.

import { leaseSays, news } from "./banner.js";
import { at, fill, hit, learn, say } from "./draw.js";
import { door, enter, others } from "./door.js";
import { Recording } from "./recording.js";
import { alone, Sender, sendAll } from "./sender.js";
import { persist } from "./memory.js";
import { Session } from "./session.js";
import { isFull, Store } from "./store.js";
import { begin, today } from "./today.js";

const WRITING = new Set(["kunjungan", "penyuluhan", "laporan", "tindakan", "masalah", "tempel"]);
const READ = new Set(["tindakan", "masalah"]); // forms that show what waits: they close, too, while nothing is written in them
const MOVES = new Set(["action", "problem"]); // what was sent of these changes what waits
const FREE = new Set(["pasang", "buka", "ganti"]);

/** @typedef {(app: App, argument: string) => Promise<HTMLElement> | HTMLElement} Screen */
// what the first screen does not need comes right after it, so that a cheap phone shows it sooner
const form = (/** @type {App} */ app) => app.learning.then(() => import("./form.js"));
const paste = (/** @type {App} */ app) => app.learning.then(() => import("./paste.js"));
const kept = (/** @type {App} */ app) => app.learning.then(() => import("./kept.js"));
const tray = () => import("./tray.js");
const me = () => import("./me.js");

/** @type {Record<string, Screen>} */
const SCREENS = {
  "hari-ini": today, catat: begin, pasang: door, buka: enter, ganti: others,
  kunjungan: async (app, id) => (await form(app)).form(app, "visit", id),
  penyuluhan: async (app, id) => (await form(app)).form(app, "visit", id, { kind: "outreach" }),
  laporan: async (app, id) => (await form(app)).form(app, "report", id),
  tindakan: async (app, id) => (await form(app)).form(app, "action", id),
  masalah: async (app, id) => (await form(app)).form(app, "problem", id),
  tempel: async (app, key) => (await paste(app)).pasted(app, key),
  tersimpan: async (app, id) => (await kept(app)).kept(app, id),
  keluar: async (app) => (await tray()).tray(app),
  saya: async (app) => (await me()).me(app),
  rekap: async (app) => (await me()).recap(app),
  wilayah: async (app) => (await import("./sketch.js")).sketch(app),
};

export class App {
  /** @param {Store} store @param {Document} document */
  constructor(store, document) {
    this.store = store;
    this.document = document;
    this.now = () => Date.now();
    this.send = /** @type {typeof fetch} */ ((input, init) => fetch(input, init));
    this.session = new Session(store, this.send, this.now);
    this.recording = new Recording(store, this.session, this.now);
    this.language = document.documentElement.lang || "id";
    this.data = document.body.dataset;
    this.training = false;
    this.lexicon = /** @type {Lexicon | null} */ (null);
    this.learning = Promise.resolve();
    this.installing = /** @type {any} */ (null);
    this.leaving = /** @type {(() => Promise<void>) | null} */ (null); // what the screen must still keep
    this.busy = /** @type {(() => boolean) | null} */ (null); // whether something is written in it
    this.drawn = "";
    this.route = 0;
    this.standing = /** @type {Record<string, any>} */ ({});
    this.sender = new Sender({ send: () => alone(navigator.locks, () => sendAll(store, this.send, this.now, this.language, Boolean(navigator.locks))), tell: (came) => this.came(came) });
  }

  async begin() {
    learn(this.document);
    await this.session.begin();
    await this.take();
    this.listen();
    await this.show();
    performance.mark("rukun-ready");
    Promise.all([form(this), kept(this), tray(), me(), import("./forgotten.js"), import("./sketch.js")]).catch((error) => console.warn("screens", error)); // before another version can take their place
    await this.news();
    this.freshen();
  }

  /** What is known of the world without a network. */
  async take() {
    await this.session.remember();
    const guard = this.session.reference?.guard;
    this.learning = this.learns(guard);
    this.training = Boolean((await this.store.get("shell", `training:${this.session.kept?.officer ?? ""}`))?.value);
    this.standing = (await this.store.get("shell", `standing:${this.session.kept?.officer ?? ""}`))?.value ?? {};
  }

  /** What the guard hints at, before a form is drawn or a text is shared. @param {any} guard */
  async learns(guard) {
    this.lexicon = guard ? (await import("./cues.js")).learned(guard) : null;
  }

  get areas() {
    return this.session.reference?.areas ?? [];
  }

  get codes() {
    return this.session.reference?.taxonomy ?? [];
  }

  get zone() {
    return this.areas[0]?.zone;
  }

  listen() {
    addEventListener("hashchange", () => {
      if (this.fleeting) this.alarm(null);
      this.show();
    });
    addEventListener("online", () => (this.sender.now(), this.freshen()));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leaving?.() : this.freshen()));
    addEventListener("pagehide", () => void this.leaving?.());
    for (const event of ["pointerdown", "keydown", "input"]) addEventListener(event, () => this.session.touched(), { passive: true, capture: true });
    setInterval(() => this.tick(), 15_000);
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.installing = event;
    });
    addEventListener("appinstalled", () => void persist());
    document.addEventListener("click", (event) => {
      if (hit(event, "[data-do=lock]")) this.lock();
      if (hit(event, "[data-do=switch]")) this.go("ganti");
      if (navigator.onLine || !hit(event, 'a[href^="/"]')) return;
      event.preventDefault(); // a page of the server; without a network the browser would show nothing in its place
      this.alarm(say("needs_signal"), 12_000);
      this.fleeting = true;
    });
    if (navigator.serviceWorker) this.work();
  }

  async work() {
    const { serviceWorker } = navigator;
    serviceWorker.addEventListener("message", () => this.afterwards());
    let had = Boolean(serviceWorker.controller);
    serviceWorker.addEventListener("controllerchange", () => {
      if (had) this.alarm(say("renewed"), 15_000);
      had = true;
    });
    try {
      await serviceWorker.register(this.data.worker ?? "", { scope: this.data.home, type: "module", updateViaCache: "none" });
    } catch (error) {
      console.warn("worker", error);
    }
  }

  /** Renews what the network allows; each by itself, none is waited for. */
  async freshen() {
    if (document.hidden || !this.session.kept) return;
    this.later();
    this.sender.now();
    const renewed = await this.session.renew();
    if (renewed.outcome === "answered") await this.session.refresh();
    this.asked = renewed.outcome;
    await this.session.refer(this.language);
    await this.take();
    await this.afterwards();
  }

  /** The browser wakes the worker when there is a network again, where it can. */
  async later() {
    const worker = /** @type {any} */ (await navigator.serviceWorker?.getRegistration(this.data.home));
    await worker?.sync?.register("rukun-hp").catch(() => {});
  }

  async afterwards() {
    await this.news();
    if (["hari-ini", "keluar", "rekap", "saya", "catat", "buka"].includes(this.drawn) && !isWrittenIn()) await this.show(true);
  }

  /** @param {Record<string, any>} came */
  async came(came) {
    for (const [officer, { standing }] of Object.entries(came)) {
      if (standing === "device_revoked" && officer === this.session.kept?.officer) await this.session.forget();
      if (standing === "schema_old") (await navigator.serviceWorker?.getRegistration(this.data.home))?.update().catch(() => {});
    }
    this.standing = came[this.session.kept?.officer ?? ""] ?? this.standing;
    if (this.session.work && (await this.store.all("log", this.session.kept?.officer)).some((row) => row.at >= this.session.work.at && MOVES.has(row.kind))) await this.session.refresh();
    await this.afterwards();
  }

  async tick() {
    const before = this.session.standing()?.phase;
    await this.session.expire();
    const locked = this.session.idle();
    if (locked || before !== this.session.standing()?.phase) await this.shut();
    await this.news();
  }

  async lock() {
    await this.leaving?.();
    this.session.lock();
    await this.shut();
  }

  /** Locked: a record that is being written stays before whoever writes it; everything else closes. */
  async shut() {
    this.bar();
    if (!WRITING.has(this.drawn) || (READ.has(this.drawn) && !this.busy?.())) await this.show();
  }

  /** @param {string} route */
  go(route) {
    if (location.hash === `#${route}`) return this.show();
    location.hash = route;
  }

  /** @param {boolean} [quiet] drawn again where it stood, the focus left alone */
  async show(quiet = false) {
    const turn = ++this.route;
    if (!quiet) await this.leaving?.();
    const [asked, argument = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
    const name = this.allowed(asked || "hari-ini");
    this.leaving = quiet ? this.leaving : null;
    let drawn;
    try {
      drawn = await SCREENS[name](this, argument);
    } catch (error) {
      console.error(error);
      this.alarm(isFull(error) ? say("full") : say("broken"));
      return;
    }
    if (turn !== this.route || (quiet && name === this.drawn && isWrittenIn())) return;
    if (name !== "tersimpan") this.recording.last = null;
    const main = at(document, "tabs").parentElement?.querySelector("main");
    const scroll = scrollY;
    this.drawn = name;
    main?.replaceChildren(drawn);
    const thumb = drawn.querySelector(".thumb");
    document.body.classList.toggle("writing", WRITING.has(name) && thumb !== null && !thumb.closest("[hidden]")); // its button lies where the tabs would
    for (const link of document.querySelectorAll(".tabs a")) {
      if (link.getAttribute("href") === `#${name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.bar();
    if (quiet) return scrollTo(0, scroll);
    document.title = `${drawn.querySelector("h1")?.textContent?.trim() ?? ""} · rukun`;
    scrollTo(0, 0);
    if (this.began) /** @type {HTMLElement | null | undefined} */ (drawn.querySelector("[autofocus]") ?? main)?.focus({ preventScroll: true });
    this.began = true;
  }

  /** @param {string} name which screen there is for it as things stand */
  allowed(name) {
    const { kept, opened } = this.session;
    if (!kept) return name === "ganti" ? name : "pasang";
    if (!(name in SCREENS)) return "hari-ini";
    if (FREE.has(name) && !(name === "buka" && opened)) return name;
    if (WRITING.has(name) && this.session.standing()?.phase === "ended") return "buka";
    return name === "buka" ? "hari-ini" : name;
  }

  bar() {
    const { kept, opened } = this.session;
    at(document, "tabs").hidden = !kept;
    fill(document, { officer: kept ? kept.label : null, training: this.training });
    const lock = document.querySelector(".bar [data-do=lock]");
    if (lock instanceof HTMLElement) lock.hidden = !opened;
  }

  news() {
    return news(this);
  }

  leaseSays() {
    return leaseSays(this);
  }

  /** Read out at once. @param {string | null} sentence @param {number} [gone] */
  alarm(sentence, gone = 0) {
    const place = at(document, "alarm");
    place.hidden = !sentence;
    place.textContent = sentence;
    this.fleeting = false;
    clearTimeout(this.silent);
    if (sentence && gone) this.silent = setTimeout(() => this.alarm(null), gone);
  }

}

/** Whether somebody is at a field of the screen, or has left words there: it is not drawn anew beneath the hand. */
function isWrittenIn() {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("main input:not([type=checkbox], [type=radio]), main textarea"));
  return Boolean(document.querySelector("main :focus-visible:not(#isi)")) || [...fields].some((field) => field.value !== field.defaultValue);
}

if (globalThis.document?.body?.dataset.worker) {
  const app = new App(await Store.open(), document);
  /** @type {any} */ (globalThis).rukun = app;
  await app.begin();
}
