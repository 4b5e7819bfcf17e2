// What leaves the phone in words, how photos shrink, and when the outbox tries again.
import assert from "node:assert/strict";
import { test } from "node:test";

import { blank } from "../static/phone/forms.js";
import { fitted, MOST, smallEnough, tells } from "../static/phone/photo.js";
import { alone, Sender } from "../static/phone/sender.js";
import { fill, forBos, inWords, isSealed, marked, numberAlone, values } from "../static/phone/texts.js";

const NOW = Date.parse("2026-11-25T02:10:00Z");
const AROUND = {
  area: { path: "11", name: "Pasar", kind: "jorong", level: 5, parent_name: "Aia Baliang", district: "Koto Rimbo", zone: "Asia/Jakarta" },
  me: { rank: "Briptu", name: "Sari", duty: "Bhabinkamtibmas", unit: "Polsek Koto Rimbo", unit_above: "" }, clean: (text) => text, number: "K-1-2", codes: [], now: NOW,
};

test("a line of which every blank is empty is left out, a paragraph too", () => {
  assert.equal(fill("Pukul : {jam}\nTempat : {tempat}\n\n*Janji*\n{janji}\n\nSelesai", { jam: "09.10", tempat: "", janji: "" }), "Pukul : 09.10\n\nSelesai");
});

test("a visit in the unit's wording", () => {
  const body = { ...blank("visit", NOW, "Asia/Jakarta"), kind: "visit", concerns: [{ text: "Lampu padam", code: "" }, { text: "Jalan licin", code: "" }], promises: [{ text: "Kabari PLN", due: "2026-12-01" }] };
  const known = values("visit", body, AROUND);
  assert.equal(fill("{hari}, {tanggal} {jam} {zona}\n{tempat}\n{uraian}\n{janji}", known),
    "Rabu, 25 November 2026 09.10 WIB\nJorong Pasar, Aia Baliang, Kec. Koto Rimbo\nWarga menyampaikan:\n1. Lampu padam\n2. Jalan licin\nKabari PLN (paling lambat 1 Desember 2026)");
  assert.equal(known.salam, "Selamat pagi");
});

test("no point on the map leaves the phone", () => {
  const body = { ...blank("report", NOW), title: "Di -0.912345, 100.456789 gelap", facts: "", basis: "saw" };
  assert.equal(values("report", body, AROUND).judul, "Di  gelap");
});

test("of some kinds only a number is shared, and practice says that it is practice", () => {
  assert.deepEqual(["VUL-01", "ELC-02", "CON-06", "CON-01", ""].map((code) => isSealed([code])), [true, true, true, false, false]);
  assert.match(numberAlone("report", "L-1-2"), /No\. \*L-1-2\*/);
  assert.match(marked("teks", true), /^\*\[LATIHAN/);
  assert.equal(marked("teks", false), "teks");
});

test("the form of BOS that takes it, in its own order", () => {
  const forms = [{ title: "DDS", record: "kunjungan", kinds: ["visit"], fields: [{ label: "Jam", value: "jam" }, { label: "Hasil", text: "Baik" }] }];
  assert.deepEqual(forBos(forms, "visit", { kind: "visit" }, { jam: "09.10" }), { title: "DDS", lines: [{ label: "Jam", text: "09.10" }, { label: "Hasil", text: "Baik" }] });
  assert.equal(forBos(forms, "visit", { kind: "event" }, {}), null);
  assert.equal(inWords("2026-03-02"), "2 Maret 2026");
});

test("a photo shrinks until it is small enough, and is never made larger", async () => {
  assert.deepEqual([fitted(4000, 3000, 1280), fitted(300, 200, 1280), fitted(3000, 4000, 1280)], [{ width: 1280, height: 960 }, { width: 300, height: 200 }, { width: 960, height: 1280 }]);
  const tried = [];
  const bytes = await smallEnough(async (side, quality) => (tried.push([side, quality]), new Uint8Array(Math.round(side * side * quality * 0.3))));
  assert.ok(bytes.length <= MOST && tried.length > 1);
});

test("what a camera wrote into a photo is noticed", () => {
  assert.equal(tells(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 0xff, 0xda)), true);
  assert.equal(tells(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xda, 0, 0)), false);
});

test("only one window sends; another finds it being done", async () => {
  const locks = { request: (_name, _how, work) => work(null) };
  assert.equal(await alone(locks, async () => "sent"), undefined);
  assert.equal(await alone({ request: (_name, _how, work) => work({}) }, async () => "sent"), "sent");
  assert.equal(await alone(undefined, async () => "sent"), "sent");
});

test("what fails is tried again later, and later still", async () => {
  const waits = [];
  const sender = new Sender({ send: async () => ({ 7: { standing: "offline", sent: 0, wait: 0 } }), tell: () => {}, wait: (_work, milliseconds) => waits.push(milliseconds) });
  await sender.now();
  await sender.now();
  assert.ok(waits.length === 2 && waits[0] < 7000 && waits[1] > waits[0]);
});

test("who asks while it is being sent is served once more afterwards", async () => {
  let sent = 0;
  const sender = new Sender({ send: async () => (sent++, {}), tell: () => {}, wait: () => {} });
  const first = sender.now();
  sender.now();
  sender.now();
  await first;
  await sender.running;
  assert.equal(sent, 2);
});
