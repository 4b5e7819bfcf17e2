// @ts-check
// How a map of places is drawn: pure, so that it can be tried without a browser.

/** @typedef {{paper: string, line: string, edge: string, ink: string, leaf: string, none: string, steps: string[]}} Colours */
/** @typedef {{id: number, geometry: any, properties: {is: string, name: string, n: number, step: number, silent: boolean, outlined: boolean, stage: string, says: string, url: string}}} Feature */

const FONT = ["Plus Jakarta Sans"];
const STAGE = ["match", ["get", "stage"], "GN", "gn", "AG", "ag", "PG", "pg", "pg"];

/**
 * The whole style: borders where there are tiles, points where a place has none, numbers, and the shapes of open problems.
 * @param {Colours} colours
 * @param {number} level  of the places shown: 1 province … 5 sub-unit
 * @param {Feature[]} features
 * @param {string} tiles  address of the borders, "" where none are drawn
 */
export function styleOf(colours, level, features, tiles) {
  const places = features.filter((each) => each.properties.is === "place");
  const silent = places.filter((each) => each.properties.silent).map((each) => each.id);
  const shown = level <= 4 ? `level${level}` : "";
  const step = ["match", ["coalesce", ["feature-state", "step"], -1], ...colours.steps.flatMap((colour, at) => [at + 1, colour]), 0, colours.none, "transparent"];
  const byStep = ["match", ["get", "step"], ...colours.steps.flatMap((colour, at) => [at + 1, colour]), colours.none];
  const borders = tiles && shown ? [
    { id: "places", type: "fill", source: "borders", "source-layer": shown, paint: { "fill-color": step } },
    { id: "silent", type: "fill", source: "borders", "source-layer": shown, filter: ["in", ["id"], ["literal", silent]], paint: { "fill-pattern": "hatch" } },
  ] : [];
  const own = ["in", ["id"], ["literal", places.map((each) => each.id)]];
  const above = tiles ? [1, 2, 3, 4].filter((each) => each <= level).map((each) => ({
    id: `line${each}`, type: "line", source: "borders", "source-layer": `level${each}`,
    ...(each === level ? { filter: own } : {}), // beyond one's own area only the larger borders are drawn, to know where one is
    paint: { "line-color": each === Math.min(level, 4) ? colours.line : colours.edge, "line-width": each === Math.min(level, 4) ? 1 : 0.7 + (4 - each) * 0.3 },
  })) : [];
  const chosen = tiles && shown ? [{
    id: "chosen", type: "line", source: "borders", "source-layer": shown,
    paint: { "line-color": colours.ink, "line-width": ["case", ["boolean", ["feature-state", "chosen"], false], 3, 0] },
  }] : [];
  return {
    version: 8,
    sources: {
      ...(tiles ? { borders: { type: "vector", tiles: [tiles], minzoom: 3, maxzoom: 10 } } : {}),
      spots: { type: "geojson", data: { type: "FeatureCollection", features: features.filter((each) => each.geometry) } },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.paper } },
      ...borders, ...above.reverse(), ...chosen,
      {
        id: "dots", type: "circle", source: "spots", filter: tiles ? ["all", ["==", ["get", "is"], "place"], ["!", ["get", "outlined"]]] : ["==", ["get", "is"], "place"], // until borders are drawn, all are points
        layout: { "circle-sort-key": ["get", "n"] }, // where something is lies above where nothing is
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, ["case", [">", ["get", "n"], 0], 4, 2], 9, ["case", [">", ["get", "n"], 0], 9, 5], 13, 14], "circle-color": ["case", ["get", "silent"], colours.paper, byStep],
          "circle-stroke-color": colours.edge, "circle-stroke-width": ["case", ["get", "silent"], 2, 1],
        },
      },
      {
        id: "reports", type: "symbol", source: "spots", minzoom: 10, filter: ["==", ["get", "is"], "report"],
        layout: { "icon-image": STAGE, "icon-size": 0.55, "icon-allow-overlap": true },
      },
      {
        id: "problems", type: "symbol", source: "spots", filter: ["all", ["==", ["get", "is"], "place"], ["!=", ["get", "stage"], ""]],
        layout: { "icon-image": STAGE, "icon-size": ["interpolate", ["linear"], ["zoom"], 6, 0.35, 9, 0.7, 11, 0.9], "icon-offset": [0, -20], "icon-allow-overlap": true, "icon-ignore-placement": true },
      },
      {
        id: "numbers", type: "symbol", source: "spots", filter: ["all", ["==", ["get", "is"], "place"], [">", ["get", "n"], 0]],
        layout: { "text-field": ["to-string", ["get", "n"]], "text-font": FONT, "text-size": 13, "text-allow-overlap": false, "symbol-sort-key": ["-", ["get", "n"]] },
        paint: { "text-color": colours.ink, "text-halo-color": colours.paper, "text-halo-width": 2 },
      },
      {
        id: "names", type: "symbol", source: "spots", filter: ["==", ["get", "is"], "place"],
        layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-offset": [0, 1.1], "text-anchor": "top", "text-max-width": 8, "symbol-sort-key": ["-", ["get", "n"]] },
        paint: { "text-color": colours.ink, "text-halo-color": colours.paper, "text-halo-width": 1.5 },
      },
    ],
  };
}

/**
 * A small square with diagonal lines: here we know nothing.
 * @param {number[]} ink  red, green, blue
 * @param {number} side
 */
export function hatch(ink, side = 16) {
  const data = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const along = (x + y) % 8;
      data.set([...ink, along < 2 ? 150 : 0], (y * side + x) * 4);
    }
  }
  return { width: side, height: side, data };
}

/** "#0E5A4E" or "rgb(14, 90, 78)" as numbers. @param {string} colour */
export function channels(colour) {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour.trim());
  if (hex) return [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16));
  return (colour.match(/\d+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
}
