// @ts-check
// Where: my sub-units and the public places in them, by list or by where the phone stands, with no network and no map.

/** @typedef {{path: string, name: string, kind: string, level: number, parent_name?: string, zone?: string, outline?: any, centroid?: [number, number] | null, places?: {id: any, name: string, kind: string, lat: number, lon: number}[]}} Area */
/** @typedef {{area: string, place: string, place_kind: string, label: string, under: string}} Choice */

/** @param {Area} area */
export const labelOf = (area) => (area.level === 5 && area.parent_name ? `${area.parent_name} · ${area.name}` : area.name);

/** @param {string} text */
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N} ]/gu, "");

/** @param {Area[]} areas @returns {Choice[]} sub-units first, then public places, then whole villages */
export function choices(areas) {
  const live = areas.filter((area) => area.level >= 4);
  const alone = live.filter((area) => area.level === 4).length < 2; // whose village it is goes without saying
  /** @param {Area} area @returns {Choice} */
  const asArea = (area) => ({ area: area.path, place: "", place_kind: "", label: area.name, under: area.level === 5 && !alone ? (area.parent_name ?? "") : "" });
  const spots = live.flatMap((area) => (area.places ?? []).map((place) => ({ area: area.path, place: place.name, place_kind: KINDS[place.kind] ?? "public", label: place.name, under: alone ? (area.level === 5 ? area.name : "") : labelOf(area) })));
  const seen = new Set();
  const once = spots.filter(({ place, area }) => !seen.has(place + area) && seen.add(place + area));
  return [...live.filter((area) => area.level === 5).map(asArea), ...once, ...live.filter((area) => area.level === 4).map(asArea)];
}

/** @type {Record<string, string>} kinds of public places, as the visit form names them */
const KINDS = { school: "school", worship: "worship", mosque: "worship", lapau: "lapau", office: "office", market: "public", business: "business" };

/**
 * What fits the letters typed so far: beginnings of words before their middles; the latest used first.
 * @param {Choice[]} all
 * @param {string} typed
 * @param {string[]} [lately] "area|place", the latest first
 * @param {number} [most]
 */
export function narrowed(all, typed, lately = [], most = 7) {
  const asked = plain(typed).split(" ").filter(Boolean);
  const used = (/** @type {Choice} */ one) => {
    const place = lately.indexOf(`${one.area}|${one.place}`);
    return place < 0 ? lately.length : place;
  };
  const fits = all.map((one, order) => ({ one, order, how: fit(asked, plain(`${one.label} ${one.under}`)) })).filter(({ how }) => how > 0);
  fits.sort((a, b) => b.how - a.how || used(a.one) - used(b.one) || a.order - b.order);
  return fits.slice(0, most).map(({ one }) => one);
}

/** @param {string[]} asked @param {string} text */
function fit(asked, text) {
  let least = 2;
  for (const word of asked) {
    if (text.startsWith(word) || text.includes(` ${word}`)) continue;
    if (!text.includes(word)) return 0;
    least = 1;
  }
  return least;
}

/** @param {number} lat @param {number} lon @param {number} lat2 @param {number} lon2 metres, well enough within a district */
export function metres(lat, lon, lat2, lon2) {
  const east = (lon2 - lon) * Math.cos(((lat + lat2) * Math.PI) / 360);
  return Math.hypot(lat2 - lat, east) * 111_195;
}

/** @param {number} lon @param {number} lat @param {[number, number][]} ring */
function within(lon, lat, ring) {
  let inside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [x, y] = ring[at];
    const [px, py] = ring[before];
    if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
  }
  return inside;
}

/** @param {any} outline a GeoJSON geometry @param {number} lon @param {number} lat */
export function covers(outline, lon, lat) {
  const shapes = outline?.type === "Polygon" ? [outline.coordinates] : outline?.type === "MultiPolygon" ? outline.coordinates : [];
  return shapes.some((/** @type {any} */ rings) => within(lon, lat, rings[0]) && !rings.slice(1).some((/** @type {any} */ hole) => within(lon, lat, hole)));
}

/**
 * What lies where the phone stands: public places within 150 m, the sub-unit and the village around, else the nearest sub-units.
 * @param {Area[]} areas
 * @param {{lat: number, lon: number}} point
 * @returns {Choice[]}
 */
export function around(areas, { lat, lon }) {
  const all = choices(areas);
  const near = areas.flatMap((area) => (area.places ?? []).map((place) => ({ area: area.path, name: place.name, far: metres(lat, lon, place.lat, place.lon) })));
  const spots = near.filter(({ far }) => far <= 150).sort((a, b) => a.far - b.far).slice(0, 3);
  const inside = areas.filter((area) => covers(area.outline, lon, lat)).sort((a, b) => b.level - a.level);
  const far = (/** @type {Area} */ area) => (area.centroid ? metres(lat, lon, area.centroid[1], area.centroid[0]) : Infinity);
  const nearest = areas.filter((area) => area.level === 5 && far(area) < 5_000).sort((a, b) => far(a) - far(b)).slice(0, 3);
  const wanted = [
    ...spots.map(({ area, name }) => `${area}|${name}`),
    ...(inside.length ? inside : nearest).map((area) => `${area.path}|`),
  ];
  return wanted.flatMap((key) => all.filter((one) => `${one.area}|${one.place}` === key).slice(0, 1));
}
