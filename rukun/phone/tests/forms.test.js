// What may be recorded, what is missing in it, where it was, and what kind.
import assert from "node:assert/strict";
import { test } from "node:test";

import { searched, suggested } from "../static/phone/codes.js";
import { changed, follows, overlaid, undone } from "../static/phone/edits.js";
import { begun, blank, isText, local, missing, moment, poured, setAt, told, valueAt } from "../static/phone/forms.js";
import { drawing, numbered, rings } from "../static/phone/sketch.js";
import { around, choices, covers, metres, narrowed } from "../static/phone/places.js";

const NOW = Date.parse("2026-11-25T02:10:00Z"); // 09.10 WIB
const words = (kind, body) => missing(kind, body, NOW, "Asia/Jakarta").map(({ word }) => word);

test("a visit at which nothing was said needs a place, and nothing typed", () => {
  const body = { ...blank("visit", NOW, "Asia/Jakarta"), area: "99.01", nothing_said: true };
  assert.deepEqual(words("visit", body), []);
  assert.deepEqual(told("visit", body, "Asia/Jakarta"), {
    area: "99.01", at: "2026-11-25T02:10:00Z", kind: "visit", place_kind: "", place: "", people: null, nothing_said: true, narrative: "", concerns: [], promises: [],
  });
});

test("residents said something, or nothing: one of the two", () => {
  const body = { ...blank("visit", NOW), area: "99" };
  assert.deepEqual(words("visit", body), ["need_said"]);
  body.concerns[0].text = "kabau ilang";
  assert.deepEqual(words("visit", body), []);
  assert.deepEqual(words("visit", { ...body, nothing_said: true }), ["said_or_nothing"]);
});

test("a promise needs a day, a day lies not ahead, people are counted", () => {
  const body = { ...blank("visit", NOW), area: "99", nothing_said: true, promises: [{ text: "kabari", due: "" }], people: "banyak", day: "2026-11-26" };
  assert.deepEqual(words("visit", body), ["day_ahead", "need_due", "people_wrong"]);
});

test("a report says what, where, and how it is known", () => {
  assert.deepEqual(words("report", blank("report", NOW)), ["need_area", "need_title", "need_facts", "need_basis"]);
  const body = { ...blank("report", NOW), area: "99", title: "Lampu padam", facts: "Gelap.", basis: "saw", latitude: -0.9, longitude: 100.4 };
  assert.deepEqual(words("report", body), []);
  assert.deepEqual([told("report", body).latitude, told("report", { ...body, latitude: "", longitude: "" }).latitude], [-0.9, undefined]);
});

test("an action is done or a step further, in a sentence", () => {
  assert.deepEqual(words("action", blank("action", NOW)), ["need_done", "need_note"]);
  assert.deepEqual(told("action", { action: "7", done: false, note: " sudah ditemui " }), { action: 7, done: false, note: "sudah ditemui" });
});

for (const [zone, clock, day] of [["Asia/Jakarta", "23:30", "2026-11-25"], ["Asia/Makassar", "00:30", "2026-11-26"], ["Asia/Jayapura", "01:30", "2026-11-26"]])
  test(`a day is the day of its place: ${zone}`, () => {
    const at = Date.parse("2026-11-25T16:30:00Z");
    assert.deepEqual(local(at, zone), { day, clock });
    assert.equal(moment(day, clock, zone), at);
  });

test("what was only opened is not kept as a draft", () => {
  assert.equal(begun("visit", blank("visit", NOW)), false);
  assert.equal(begun("visit", { ...blank("visit", NOW), area: "99" }), true);
  assert.equal(begun("action", { ...blank("action", NOW), action: 3 }), false);
});

const KNOWN = { title: "Motor hilang", analysis: "", stage: "AG", severity: 3, code: "CRM-03" };

test("of a problem only what was changed is told, with what stood there", () => {
  const body = follows(blank("problem", NOW), KNOWN);
  body.problem = "7";
  assert.deepEqual([words("problem", body), begun("problem", body)], [["need_note_or_change"], false]);
  Object.assign(body, { title: " Motor hilang di surau ", severity: "4", code: "" });
  assert.deepEqual(told("problem", body), { problem: 7, base: { title: "Motor hilang", severity: 3 }, change: { title: "Motor hilang di surau", severity: 4 }, note: "" });
  assert.deepEqual([words("problem", body), begun("problem", body)], [[], true]);
  undone(body, "title");
  assert.deepEqual(changed(body).change, { severity: 4 });
  assert.deepEqual(words("problem", { ...body, title: " " }), ["need_title"]);
});

test("a draft goes on upon what is known by now; what was changed in it keeps what it was said upon", () => {
  const body = { ...follows({ problem: "7", note: "" }, KNOWN), title: "Motor raib" };
  follows(body, { ...KNOWN, title: "Motor hilang di surau", severity: 5 });
  assert.deepEqual(changed(body), { base: { title: "Motor hilang" }, change: { title: "Motor raib" } });
  assert.deepEqual([body.severity, body.base.severity], ["5", 5]);
});

test("a second edit stands upon the first that has not come back yet, so nobody disputes with himself", () => {
  const first = { ...follows({ problem: "7" }, KNOWN), title: "Motor raib" };
  const second = follows({ problem: "7" }, overlaid(KNOWN, [first]));
  assert.deepEqual([second.title, second.base.title, changed(second).change], ["Motor raib", "Motor raib", {}]);
});

test("a note on a problem as earlier versions left it is told as it was", () => {
  assert.deepEqual(told("problem", { problem: "7", note: "Lampu dibeli." }), { problem: 7, base: {}, change: {}, note: "Lampu dibeli." });
  assert.equal(begun("problem", { problem: "7", note: "" }), false);
});

test("a text from WhatsApp becomes the beginning of a record", () => {
  const text = "*Mohon ijin Komandan,*\nmelaporkan giat deteksi dini\n*Perihal : Lampu jalan padam di tikungan*\n\nSudah tiga malam.";
  const report = poured("report", text, blank("report", NOW));
  assert.deepEqual([report.title, report.facts], ["Lampu jalan padam di tikungan", text]);
  assert.equal(poured("visit", "x".repeat(1500), blank("visit", NOW)).concerns.length, 2);
});

test("a field is found and set by its name", () => {
  const body = blank("visit", NOW);
  setAt(body, "concerns.1.text", "bising");
  assert.equal(valueAt(body, "concerns.1.text"), "bising");
  assert.deepEqual(["title", "concerns.3.text", "promises.0.due", "day"].map(isText), [true, true, false, false]);
});

const square = (x, y, side) => ({ type: "Polygon", coordinates: [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]] });
const AREAS = [
  { path: "1", name: "Aia Baliang", kind: "nagari", level: 4, outline: square(100, -1, 0.1), centroid: [100.05, -0.95], places: [] },
  { path: "11", name: "Pasar", kind: "jorong", level: 5, parent_name: "Aia Baliang", outline: square(100, -1, 0.02), centroid: [100.01, -0.99], places: [{ id: 1, name: "Surau Nurul", kind: "worship", lat: -0.99, lon: 100.01 }] },
  { path: "12", name: "Aia Baliang Ateh", kind: "jorong", level: 5, parent_name: "Aia Baliang", outline: null, centroid: [100.06, -0.94], places: [] },
];

test("sub-units come first, then public places, whole villages last", () => {
  assert.deepEqual(choices(AREAS).map(({ label }) => label), ["Pasar", "Aia Baliang Ateh", "Surau Nurul", "Aia Baliang"]);
  assert.equal(choices(AREAS)[2].place_kind, "worship");
});

test("letters narrow the list, what was used lately stands first", () => {
  const all = choices(AREAS);
  assert.deepEqual(narrowed(all, "sur").map(({ label }) => label), ["Surau Nurul"]);
  assert.equal(narrowed(all, "", ["12|"])[0].label, "Aia Baliang Ateh");
  assert.deepEqual(narrowed(all, "zzz"), []);
  assert.equal(narrowed(all, "aia ba").length, 2);
});

test("here is the place within reach, then the sub-unit around it, then the village", () => {
  assert.deepEqual(around(AREAS, { lat: -0.9901, lon: 100.0101 }).map(({ label }) => label), ["Surau Nurul", "Pasar", "Aia Baliang"]);
  assert.deepEqual(around(AREAS, { lat: -0.94, lon: 100.12 }).map(({ label }) => label), []);
  assert.ok(covers(square(0, 0, 1), 0.5, 0.5) && !covers(square(0, 0, 1), 1.5, 0.5) && !covers(null, 0, 0));
  assert.ok(Math.abs(metres(-0.99, 100.01, -0.99, 100.02) - 1112) < 2);
});

test("my places are drawn with north above, as wide as the sheet, and numbered as the list", () => {
  const { high, place } = drawing(AREAS);
  const [west, north] = place(100, -0.9);
  const [east, south] = place(100.1, -1);
  assert.ok(west >= 0 && east <= 1000 && west < east && north < south && south <= high);
  assert.deepEqual(numbered(AREAS).map(({ name }) => name), ["Pasar", "Aia Baliang Ateh"]);
  assert.deepEqual([drawing([{ path: "9", name: "x", kind: "", level: 5, places: [] }]), rings(null)], [null, []]);
});

const CODES = [
  { code: "CRM-01", label: "Pencurian biasa (termasuk ternak)", words: ["curi", "maling", "kabau", "ilang"] },
  { code: "CRM-03", label: "Curanmor", words: ["motor", "honda", "hilang"] },
  { code: "ORD-01", label: "Balap liar / knalpot brong", words: ["knalpot", "brong"] },
];

test("a kind is found by an everyday word, Minang among them, or by its code", () => {
  assert.deepEqual(searched("kab", CODES).map(({ code }) => code), ["CRM-01"]);
  assert.deepEqual(searched("knal", CODES).map(({ code }) => code), ["ORD-01"]);
  assert.deepEqual(searched("crm03", CODES).map(({ code }) => code), ["CRM-03"]);
  assert.deepEqual([searched("", CODES), searched("zz", CODES)], [[], []]);
});

test("what is typed suggests a kind, best first", () => {
  assert.equal(suggested("Kabau apak ilang di padang", CODES)[0].code, "CRM-01");
  assert.deepEqual(suggested("hari cerah", CODES), []);
});
