// @ts-check
// What leaves the phone as words: the unit's wording for WhatsApp, the fields of BOS, an officer's own days; all without a network.

import { local } from "./forms.js";

const BLANK = /\{([^{}\n]*)\}/g;
const DAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const ZONE_NAMES = /** @type {Record<string, string>} */ ({ "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT" });

// as the server words them, whatever language the page is read in
const GIAT = /** @type {Record<string, string>} */ ({
  visit: "sambang / DDS", meeting: "tatap muka dengan warga", listening: "Jumat Curhat", outreach: "pembinaan dan penyuluhan (binluh)",
  event: "menghadiri kegiatan masyarakat", watch_post: "sambang poskamling", coordination: "koordinasi tiga pilar", service: "pelayanan kepolisian",
});
const SOURCES = /** @type {Record<string, string>} */ ({ saw: "dilihat sendiri oleh petugas", told: "keterangan warga", rumour: "kabar yang beredar, belum dipastikan" });
const SPOTS = /** @type {Record<string, string>} */ ({
  household: "Rumah warga", boarding: "Rumah kos", business: "Tempat usaha", school: "Sekolah", worship: "Rumah ibadah", lapau: "Lapau",
  office: "Kantor wali nagari/desa", public: "Tempat umum",
});
export const PRACTICE = "*[LATIHAN – bukan kejadian sebenarnya]*";
const SEALED = /^(VUL|ELC)|^CON-06$/;

/** The wording with its blanks filled in; a line or a paragraph of which every blank is empty is left out. @param {string} text @param {Record<string, string>} values */
export function fill(text, values) {
  const idle = (/** @type {string} */ part) => {
    const names = Array.from(part.matchAll(BLANK), (found) => found[1]);
    return names.length > 0 && !names.some((name) => values[name]);
  };
  const paragraphs = text.replaceAll("\r\n", "\n").trim().split(/\n[ \t]*\n/).filter((paragraph) => !idle(paragraph));
  return paragraphs.map((paragraph) => paragraph.split("\n").filter((line) => !idle(line)).map((line) => filled(line, values)).join("\n")).join("\n\n");
}

/** An empty blank at the beginning leaves no gap. @param {string} line @param {Record<string, string>} values */
function filled(line, values) {
  const text = line.replace(BLANK, (_whole, name) => values[name] ?? "").trimEnd();
  return line.startsWith("{") ? text.trimStart() : text;
}

/** @param {string[]} items */
const enumerated = (items) => (items.length < 2 ? items.join("") : items.map((item, place) => `${place + 1}. ${item}`).join("\n"));

/** @param {string} day YYYY-MM-DD */
export const inWords = (day) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** @param {string} text no number that would find a house or a person on a map */
const withoutPoints = (text) => text.replace(/-?\d{1,3}[.,]\d{4,}\s*[,; ]\s*-?\d{1,3}[.,]\d{4,}/g, "").trim();

/**
 * @typedef {object} Around what is known of the officer and the place
 * @property {Area & {parent_kind?: string, district?: string}} [area]
 * @property {{rank?: string, name?: string, duty?: string, unit?: string, unit_above?: string}} me
 * @property {(text: string) => string} clean what the guard would keep of it
 * @property {string} number
 * @property {{code: string, label: string}[]} codes
 * @property {number} now
 */

/** Every blank and what stands in it. @param {string} kind @param {Record<string, any>} body @param {Around} around @returns {Record<string, string>} */
export function values(kind, body, around) {
  const { area, me, now } = around;
  const clean = (/** @type {any} */ text) => withoutPoints(around.clean(String(text ?? "")));
  const hour = Number(local(now, area?.zone).clock.slice(0, 2));
  const greeting = hour < 3 ? "malam" : hour < 11 ? "pagi" : hour < 15 ? "siang" : hour < 18 ? "sore" : "malam";
  const spot = clean(body.place) || (kind === "visit" ? (SPOTS[body.place_kind] ?? "") : "");
  const parts = [area ? named(area) : "", area?.level === 5 ? (area.parent_name ?? "") : "", area?.district ? `Kec. ${area.district}` : ""].filter(Boolean);
  const clock = (body.clock || "").replace(":", ".");
  const known = {
    salam: `Selamat ${greeting}`, hari: DAYS[new Date(`${body.day}T12:00:00Z`).getUTCDay()] ?? "", tanggal: inWords(body.day), jam: clock,
    tanggal_angka: body.day.split("-").reverse().join("-"), zona: ZONE_NAMES[area?.zone ?? ""] ?? "WIB", wilayah: parts.join(", "),
    waktu: `${body.day.split("-").reverse().join("-")}, ${clock} ${ZONE_NAMES[area?.zone ?? ""] ?? "WIB"}`,
    tempat: [spot, ...parts].filter(Boolean).join(", "), tempat_kata: spot, desa: (area?.level === 5 ? area.parent_name : area?.name) ?? "",
    bagian: area?.level === 5 ? named(area) : "", kecamatan: area?.district ?? "", pangkat: me.rank ?? "", nama: me.name ?? "", jabatan: me.duty ?? "",
    satuan: me.unit ?? "", satuan_atas: me.unit_above ?? "", nomor: around.number,
  };
  return { ...known, ...(kind === "visit" ? ofVisit(body, clean) : ofReport(body, clean, around.codes)) };
}

/** @param {{name: string, kind: string}} area */
function named({ name, kind }) {
  const label = (kind ?? "").split(" (")[0];
  return !label || name.toLowerCase().startsWith(label.toLowerCase()) ? name : `${label[0].toUpperCase()}${label.slice(1)} ${name}`;
}

/** @param {Record<string, any>} body @param {(text: any) => string} clean @returns {Record<string, string>} */
function ofVisit(body, clean) {
  const told = body.nothing_said ? [] : (body.concerns ?? []).map((/** @type {any} */ one) => clean(one.text)).filter(Boolean);
  const promises = (body.promises ?? []).filter((/** @type {any} */ one) => clean(one.text) && one.due).map((/** @type {any} */ one) => `${clean(one.text)} (paling lambat ${inWords(one.due)})`);
  const heard = told.length ? `Warga menyampaikan:${told.length > 1 ? "\n" : " "}${enumerated(told)}` : "Petugas menemui warga. Tidak ada hal yang disampaikan.";
  return { kegiatan: GIAT[body.kind] ?? "", jumlah: body.people ? String(body.people) : "", janji: enumerated(promises), uraian: heard };
}

/** @param {Record<string, any>} body @param {(text: any) => string} clean @param {{code: string, label: string}[]} codes @returns {Record<string, string>} */
function ofReport(body, clean, codes) {
  const code = codes.find((one) => one.code === body.code);
  return { judul: clean(body.title), uraian: clean(body.facts), pendapat: clean(body.opinion), sumber: SOURCES[body.basis] ?? "", jenis: code ? `${code.label} (${code.code})` : "" };
}

/** Kinds of which a number alone may be shared. @param {string[]} codes */
export const isSealed = (codes) => codes.some((code) => SEALED.test(code));

/** @param {string} text @param {boolean} practice */
export const marked = (text, practice) => (practice ? `${PRACTICE}\n\n${text}\n\n${PRACTICE}` : text);

/** @param {string} kind @param {string} number */
export const numberAlone = (kind, number) => `*Mohon ijin Komandan,*\nada 1 (satu) ${kind === "visit" ? "catatan kunjungan" : "laporan deteksi dini"}, No. *${number}*.\nIsi hanya di aplikasi rukun.`;

/** The form of BOS that takes it, field by field. @param {any[]} forms @param {string} kind @param {Record<string, any>} body @param {Record<string, string>} known */
export function forBos(forms, kind, body, known) {
  const record = kind === "visit" ? "kunjungan" : "laporan";
  const form = forms.find((one) => one.record === record && (!one.kinds?.length || one.kinds.includes(body.kind)));
  return form ? { title: form.title, lines: form.fields.map((/** @type {any} */ field) => ({ label: field.label, text: field.text ?? known[field.value] ?? "" })) } : null;
}
