// @ts-check
// My places as a drawing, for looking: borders, numbers that the list beside explains, public places, and where I stand when I ask.

import { at, fill, make, say, screen } from "./draw.js";
import { here } from "./pick.js";
import { around, labelOf } from "./places.js";

const WIDE = 1000;
const MANY = 40; // more parts than that: villages alone carry a number
const SVG = "http://www.w3.org/2000/svg";

/** @param {any} outline @returns {[number, number][][]} */
export const rings = (outline) => (outline?.type === "Polygon" ? outline.coordinates : outline?.type === "MultiPolygon" ? outline.coordinates.flat() : []);

/**
 * From longitude and latitude to the drawing, north above, as wide as it is.
 * @param {Area[]} areas
 * @returns {{high: number, place: (lon: number, lat: number) => [number, number]} | null} null where nobody knows where they lie
 */
export function drawing(areas) {
  const points = areas.flatMap((area) => [...rings(area.outline).flat(), ...(area.centroid ? [area.centroid] : []), ...(area.places ?? []).filter(({ lat, lon }) => lat !== null && lon !== null).map(({ lat, lon }) => [lon, lat])]);
  if (!points.length) return null;
  const [west, east] = [Math.min(...points.map(([lon]) => lon)), Math.max(...points.map(([lon]) => lon))];
  const [south, north] = [Math.min(...points.map(([, lat]) => lat)), Math.max(...points.map(([, lat]) => lat))];
  const narrow = Math.cos(((south + north) * Math.PI) / 360);
  const margin = 40;
  const scale = (WIDE - 2 * margin) / Math.max((east - west) * narrow, (north - south) * 0.8, 1e-4);
  const left = (WIDE - (east - west) * narrow * scale) / 2;
  return {
    high: Math.round((north - south) * scale + 2 * margin),
    place: (lon, lat) => [Math.round(left + (lon - west) * narrow * scale), Math.round(margin + (north - lat) * scale)],
  };
}

/** @param {string} tag @param {Record<string, any>} attributes @param {string} [text] */
function shape(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Where its number stands. @param {Area} area @returns {[number, number] | null} */
export function middle({ centroid, outline }) {
  const ring = rings(outline)[0] ?? [];
  if (!ring.length) return centroid ?? null;
  return [ring.reduce((sum, [lon]) => sum + lon, 0) / ring.length, ring.reduce((sum, [, lat]) => sum + lat, 0) / ring.length];
}

/** Those that carry a number, in the order of the list: parts where it is known of all of them where they lie, else villages. @param {Area[]} areas */
export function numbered(areas) {
  const parts = areas.filter((area) => area.level === 5);
  const villages = areas.filter((area) => area.level === 4);
  return (parts.length && parts.length <= MANY && parts.every(middle)) || !villages.length ? parts : villages;
}

/** @param {App} app */
export function sketch(app) {
  const root = screen("wilayah");
  const listed = numbered(app.areas);
  const drawn = app.areas.some((/** @type {any} */ area) => area.outline) ? drawing(app.areas) : null;
  const box = at(root, "drawing");
  box.hidden = !drawn;
  fill(root, { unknown: !drawn, key: Boolean(drawn) });
  /** @type {SVGElement | null} */
  let sheet = null;
  if (drawn) {
    sheet = shape("svg", { viewBox: `0 0 ${WIDE} ${drawn.high}`, role: "img", "aria-label": say("map_label", { n: listed.length }), class: "sketch" });
    const line = (/** @type {[number, number][]} */ ring) => `M${ring.map(([lon, lat]) => drawn.place(lon, lat).join(" ")).join("L")}Z`;
    for (const area of [...app.areas].sort((one, other) => one.level - other.level)) if (area.outline) sheet.append(shape("path", { d: rings(area.outline).map(line).join(""), class: area.level === 4 ? "village" : "part" }));
    for (const { lon, lat } of app.areas.flatMap((/** @type {any} */ area) => area.places ?? [])) {
      if (lon === null || lat === null) continue;
      const [x, y] = drawn.place(lon, lat);
      sheet.append(shape("rect", { x: x - 8, y: y - 8, width: 16, height: 16, class: "spot" }));
    }
    listed.forEach((area, number) => {
      const stands = middle(area);
      if (!stands) return;
      const [x, y] = drawn.place(...stands);
      sheet?.append(shape("circle", { cx: x, cy: y, r: 32, class: "number" }), shape("text", { x, y: y + 13, class: "number" }, String(number + 1)));
    });
    box.append(sheet);
  }
  at(root, "rows").append(...listed.map((area) => {
    const within = [...app.areas.filter((/** @type {any} */ part) => part.level === 5 && part.parent === area.path), ...(area.places ?? [])].map(({ name }) => name);
    return make("li.item", null, make("h2", null, make("a", { href: `#kunjungan/${area.path}` }, labelOf(area))), within.length > 0 && make("p.meta", null, within.join(", ")));
  }));
  root.querySelector("[data-do=here]")?.addEventListener("click", async () => {
    const point = await here();
    const [nearest] = point ? around(app.areas, point) : [];
    fill(root, { gps: !point ? say("no_gps") : nearest ? say("you_stand", { place: nearest.label, m: Math.round(point.accuracy) }) : say("gps_outside", { m: Math.round(point.accuracy) }) });
    sheet?.querySelector(".me")?.remove();
    if (!point || !drawn || !nearest) return;
    const [cx, cy] = drawn.place(point.lon, point.lat);
    sheet?.append(shape("circle", { cx, cy, r: 22, class: "me" }));
  });
  return root;
}
