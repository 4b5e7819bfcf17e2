// @ts-check
// What an officer may record, what is still missing in it, and how it is told to the server.

import { changed } from "./edits.js";

const ZONES = /** @type {Record<string, number>} */ ({ "Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9 });
const WIB = 7;

/** @typedef {Record<string, any>} Body */
/** @typedef {{field: string, word: string}} Missing */

/** Hours before Greenwich; Indonesia keeps no summer time. @param {string} [zone] */
export const hours = (zone) => ZONES[zone ?? ""] ?? WIB;

/** The day and the time of a moment where the officer serves. @param {number} now @param {string} [zone] */
export function local(now, zone) {
  const text = new Date(now + hours(zone) * 3600_000).toISOString();
  return { day: text.slice(0, 10), clock: text.slice(11, 16) };
}

/** @param {string} day @param {string} clock @param {string} [zone] */
export function moment(day, clock, zone) {
  const at = Date.parse(`${day}T${clock || "12:00"}:00Z`) - hours(zone) * 3600_000;
  return Number.isNaN(at) ? NaN : at;
}

/** A new record as it begins. @param {string} kind @param {number} now @param {string} [zone] @returns {Body} */
export function blank(kind, now, zone) {
  const when = local(now, zone);
  if (kind === "visit") return { area: "", place: "", place_kind: "", kind: "visit", ...when, nothing_said: false, people: "", narrative: "", concerns: [{ text: "", code: "" }], promises: [] };
  if (kind === "report") return { area: "", place: "", ...when, title: "", facts: "", basis: "", code: "", opinion: "", latitude: "", longitude: "" };
  if (kind === "action") return { action: "", done: "", note: "" };
  return { problem: "", note: "" }; // what it is said to be joins when it is known
}

/** @param {any} text */
const said = (text) => String(text ?? "").trim();

/** What is missing or wrong, in the order of the form. @param {string} kind @param {Body} body @param {number} now @param {string} [zone] @returns {Missing[]} */
export function missing(kind, body, now, zone) {
  /** @type {Missing[]} */
  const found = [];
  const need = (/** @type {boolean} */ lacking, /** @type {string} */ field, /** @type {string} */ word) => lacking && found.push({ field, word });
  if (kind === "visit" || kind === "report") {
    need(!body.area, "area", "need_area");
    const at = moment(body.day, body.clock, zone);
    need(Number.isNaN(at), "day", "need_day");
    need(at > now + 60_000, "day", "day_ahead");
  }
  if (kind === "visit") {
    const told = (body.concerns ?? []).filter((/** @type {any} */ one) => said(one.text));
    need(body.nothing_said && told.length > 0, "concerns.0.text", "said_or_nothing");
    need(!body.nothing_said && !told.length, "concerns.0.text", "need_said");
    (body.promises ?? []).forEach((/** @type {any} */ one, /** @type {number} */ place) => need(said(one.text) !== "" && !one.due, `promises.${place}.due`, "need_due"));
    need(said(body.people) !== "" && !(Number(body.people) >= 0 && Number(body.people) <= 5000), "people", "people_wrong");
  }
  if (kind === "report") {
    need(!said(body.title), "title", "need_title");
    need(!said(body.facts), "facts", "need_facts");
    need(!body.basis, "basis", "need_basis");
  }
  if (kind === "action") need(body.done !== true && body.done !== false, "done", "need_done");
  if (kind === "action") need(!said(body.note), "note", "need_note");
  if (kind === "problem") {
    const { change } = changed(body);
    need(!said(body.note) && !Object.keys(change).length, "note", "need_note_or_change");
    need(change.title === "", "title", "need_title");
  }
  return found;
}

/** @param {string} kind @param {Body} body @param {string} [zone] @returns {Body} as the contract's schema 1 has it */
export function told(kind, body, zone) {
  const at = () => new Date(moment(body.day, body.clock, zone)).toISOString().replace(".000", "");
  if (kind === "visit") {
    const people = said(body.people);
    return {
      area: body.area, at: at(), kind: body.kind, place_kind: body.place_kind, place: said(body.place), people: people ? Number(people) : null,
      nothing_said: Boolean(body.nothing_said), narrative: said(body.narrative),
      concerns: body.nothing_said ? [] : body.concerns.filter((/** @type {any} */ one) => said(one.text)).map((/** @type {any} */ one) => ({ text: said(one.text), code: one.code || "" })),
      promises: (body.promises ?? []).filter((/** @type {any} */ one) => said(one.text) && one.due).map((/** @type {any} */ one) => ({ text: said(one.text), due: one.due })),
    };
  }
  if (kind === "report") {
    const point = body.latitude !== "" && body.latitude !== undefined && body.longitude !== "" ? { latitude: body.latitude, longitude: body.longitude } : {};
    return {
      area: body.area, at: at(), title: said(body.title), facts: said(body.facts), basis: body.basis, code: body.code || "", opinion: said(body.opinion),
      place: said(body.place), ...point, ...(body.says_nothing_anyway ? { says_nothing_anyway: true } : {}),
    };
  }
  if (kind === "action") return { action: Number(body.action), done: body.done === true, note: said(body.note) };
  return { problem: Number(body.problem), ...changed(body), note: said(body.note) };
}

/** Whether anything was entered that would be missed. @param {string} kind @param {Body} body */
export function begun(kind, body) {
  if (kind === "problem") return said(body.note) !== "" || Object.keys(changed(body).change).length > 0;
  const texts = [body.title, body.facts, body.opinion, body.narrative, body.note, body.people, ...(body.concerns ?? []).map((/** @type {any} */ one) => one.text), ...(body.promises ?? []).map((/** @type {any} */ one) => one.text)];
  return texts.some((text) => said(text)) || (kind === "visit" || kind === "report" ? Boolean(body.area) : false);
}

/** Text that came from WhatsApp, as the beginning of a record. @param {string} kind @param {string} text @param {Body} body */
export function poured(kind, text, body) {
  const whole = said(text).slice(0, 6000);
  if (kind === "visit") return { ...body, concerns: [{ text: whole.slice(0, 1000), code: "" }, ...(whole.length > 1000 ? [{ text: whole.slice(1000, 2000), code: "" }] : [])] };
  const line = whole.split(/\n/).map((each) => each.replace(/[*_]/g, "").trim()).find((each) => each && !/^(mohon i[jz]in|melaporkan|selamat|assala)/i.test(each)) ?? "";
  return { ...body, title: line.replace(/^perihal\s*:\s*/i, "").slice(0, 120), facts: whole };
}

/** The names of fields that hold free text, with how the guard reads them. @param {string} kind */
export const isText = (/** @type {string} */ kind) => /^(title|facts|analysis|opinion|narrative|note|place|concerns\.\d+\.text|promises\.\d+\.text)$/.test(kind);

/** @param {Body} body @param {string} name "concerns.0.text" */
export function valueAt(body, name) {
  return name.split(".").reduce((/** @type {any} */ value, part) => value?.[part], body);
}

/** @param {Body} body @param {string} name @param {any} value */
export function setAt(body, name, value) {
  const parts = name.split(".");
  const last = /** @type {string} */ (parts.pop());
  let at = body;
  parts.forEach((part, place) => {
    at[part] ??= /^\d+$/.test(parts[place + 1] ?? last) ? [] : {};
    at = at[part];
  });
  at[last] = value;
}
