// @ts-check
// Choosing with one thumb: a place, a kind, a photo.

import { searched, suggested } from "./codes.js";
import { at, fill, make, say, screen } from "./draw.js";
import { PHOTOS, taken } from "./photo.js";
import { around, choices, narrowed } from "./places.js";
import { newId } from "./seal.js";


let serial = 0;

/** @param {string} name @param {string} value @param {string} label @param {string} small @param {boolean} checked */
function choice(name, value, label, small, checked) {
  return make("label", null, make("input", { type: "radio", name, value, checked }), make("span", null, label, small && make("small", null, small)));
}

/** Where the phone stands, once, because it was asked. @returns {Promise<{lat: number, lon: number, accuracy: number} | null>} */
export function here() {
  return new Promise((done) => {
    if (!navigator.geolocation) return done(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
      () => done(null),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  });
}

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {Noted} record
 * @param {string[]} lately "area|place"
 * @param {(chosen: Choice) => void} changed
 */
export function where(app, root, record, lately, changed) {
  const all = choices(app.areas);
  const box = at(root, "places");
  const seek = /** @type {HTMLInputElement} */ (at(root, "seek"));
  const name = `place-${++serial}`;
  const now = () => all.find((one) => one.area === record.body.area && one.place === (record.body.place ?? "")) ?? all.find((one) => one.area === record.body.area && !one.place);
  /** @param {Choice[]} shown */
  const draw = (shown) => {
    const chosen = now();
    const rows = chosen && !shown.includes(chosen) ? [chosen, ...shown] : shown;
    box.replaceChildren(...rows.map((one) => choice(name, `${one.area}|${one.place}`, one.label, one.under, one === chosen)));
    if (!rows.length) box.replaceChildren(make("p.hint", null, say("no_place")));
  };
  draw(narrowed(all, "", lately, 5));
  seek.addEventListener("input", () => draw(narrowed(all, seek.value, lately, 7)));
  seek.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = box.querySelector("input");
    if (first instanceof HTMLInputElement) first.click();
  });
  box.addEventListener("change", (event) => {
    const value = event.target instanceof HTMLInputElement ? event.target.value : "";
    const one = all.find((each) => `${each.area}|${each.place}` === value);
    if (one) changed(one);
  });
  root.querySelector("[data-do=here]")?.addEventListener("click", async () => {
    const point = await here();
    const found = point ? around(app.areas, point) : [];
    fill(root, { gps: !point ? say("no_gps") : say(found.length ? "gps_rough" : "gps_outside", { m: Math.round(point.accuracy) }) });
    if (!found.length) return;
    draw(found);
    const first = box.querySelector("input");
    if (first instanceof HTMLInputElement) first.click();
  });
}

/**
 * @param {App} app
 * @param {HTMLElement} slot
 * @param {{value: () => string, text: () => string, changed: (code: string) => void, needed?: boolean}} how
 * @returns {() => void} to be called when the text it follows has changed
 */
export function what(app, slot, { value, text, changed, needed = false }) {
  const root = screen("jenis");
  slot.replaceChildren(root);
  for (const part of root.querySelectorAll(".optional, .hint")) /** @type {HTMLElement} */ (part).hidden = needed;
  const name = `code-${++serial}`;
  const box = at(root, "found");
  const seek = /** @type {HTMLInputElement} */ (at(root, "seek"));
  const label = root.querySelector("label.hidden");
  seek.id = `${name}-seek`;
  label?.setAttribute("for", seek.id);
  const draw = () => {
    const found = seek.value ? searched(seek.value, app.codes) : suggested(text(), app.codes);
    const chosen = app.codes.find((/** @type {any} */ code) => code.code === value());
    const rows = chosen && !found.includes(chosen) ? [chosen, ...found] : found;
    const asked = rows.map((code) => choice(name, code.code, code.label, code.code, code.code === value()));
    box.replaceChildren(...asked, ...(rows.length && !needed ? [choice(name, "", say("code_none"), "", !value())] : []));
    box.hidden = !rows.length;
    root.hidden = !needed && !text().trim() && !value() && !seek.value; // of what is not said yet there is no kind
  };
  draw();
  seek.addEventListener("input", draw);
  seek.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  box.addEventListener("change", (event) => event.target instanceof HTMLInputElement && changed(event.target.value));
  return () => seek.value || draw();
}

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {Noted} record
 * @param {() => Promise<void>} keep kept at once: a photo is never only in memory
 * @returns {(files: Iterable<Blob>) => Promise<boolean>} adds one after another; whether all of them, and those before, could be read
 */
export function photos(app, root, record, keep) {
  const camera = /** @type {HTMLInputElement} */ (at(root, "camera"));
  const shots = at(root, "shots");
  const error = /** @type {HTMLElement} */ (root.querySelector("[data-error=photos]"));
  const tell = (/** @type {string} */ sentence) => {
    error.hidden = !sentence;
    error.textContent = sentence;
  };
  const draw = () => {
    shots.replaceChildren(...record.photos.map((photo, place) => make("li", null,
      make("img", { src: photo.small, alt: say("photo_alt", { n: place + 1 }) }),
      make("button", { type: "button", "aria-label": `${say("photo_off")}: ${say("photo_alt", { n: place + 1 })}`, click: async () => {
        record.photos = record.photos.filter((each) => each !== photo);
        draw();
        await keep();
      } }, say("photo_off")))));
    /** @type {HTMLElement} */ (camera.closest("p")).hidden = record.photos.length >= PHOTOS;
  };
  draw();
  /** @param {Blob[]} files */
  const added = async (files) => {
    tell("");
    for (const [place, file] of files.entries()) {
      if (record.photos.length >= PHOTOS) {
        tell(say("photos_full"));
        return false;
      }
      fill(root, { shooting: say("photo_working", { n: files.length - place }) });
      try {
        record.photos.push({ id: newId(app.now()), ...(await taken(file)) });
      } catch {
        tell(say("photo_large"));
        return false;
      }
      draw();
      await keep();
    }
    return true;
  };
  /** @type {Promise<boolean>} */
  let line = Promise.resolve(true);
  const add = (/** @type {Iterable<Blob>} */ files) => {
    const wanted = Array.from(files);
    if (wanted.length) line = line.then(() => added(wanted)).finally(() => fill(root, { shooting: null }));
    const came = line;
    if (!wanted.length) came.then((good) => good || (line = Promise.resolve(true))); // told once, then it is the officer's choice
    return came;
  };
  camera.addEventListener("change", async () => {
    const files = Array.from(camera.files ?? []);
    camera.value = "";
    await add(files);
  });
  return add;
}

/** @param {string} prefix */
export function options(prefix) {
  const values = prefix === "kind_" ? ["visit", "meeting", "listening", "outreach", "event", "watch_post", "coordination", "service"] : ["household", "boarding", "business", "school", "worship", "lapau", "office", "public"];
  return values.map((value) => make("option", { value }, say(prefix + value)));
}
