import assert from "node:assert/strict";
import { test } from "node:test";

import { channels, hatch, styleOf } from "../static/web/mapstyle.js";

const colours = { paper: "#fff", line: "#ccc", edge: "#888", ink: "#000", leaf: "#0E5A4E", none: "#eee", steps: ["#1", "#2", "#3", "#4"] };
const place = (id, more = {}) => ({ id, geometry: { type: "Point", coordinates: [100, 0] }, properties: { is: "place", name: "A", n: 0, step: 0, silent: false, outlined: true, stage: "", ...more } });

test("a place of which nothing is known is hatched", () => {
  const style = styleOf(colours, 4, [place(1), place(2, { silent: true })], "/t/{z}");
  assert.deepEqual(style.layers.find((layer) => layer.id === "silent").filter, ["in", ["id"], ["literal", [2]]]);
});

test("without borders every place is a point, and nothing asks for tiles", () => {
  const style = styleOf(colours, 4, [place(1, { outlined: false })], "");
  assert.equal("borders" in style.sources, false);
  assert.equal(style.layers.some((layer) => layer.source === "borders"), false);
});

test("sub-units lie on the borders of what is above them", () => {
  const layers = styleOf(colours, 5, [place(1, { outlined: false })], "/t/{z}").layers.map((layer) => layer.id);
  assert.ok(layers.includes("line4"));
  assert.ok(!layers.includes("places"));
});

test("a place without a middle is not drawn, and the others are", () => {
  const style = styleOf(colours, 4, [place(1), { ...place(2), geometry: null }], "");
  assert.deepEqual(style.sources.spots.data.features.map((each) => each.id), [1]);
});

test("a hatch is lines and nothing between them", () => {
  const { data } = hatch([1, 2, 3], 8);
  assert.deepEqual([...new Set([...data].filter((_, at) => at % 4 === 3))].sort((a, b) => a - b), [0, 150]);
});

test("a colour is read however the browser writes it", () => {
  assert.deepEqual(channels("#0E5A4E"), [14, 90, 78]);
  assert.deepEqual(channels("rgb(14, 90, 78)"), [14, 90, 78]);
});
