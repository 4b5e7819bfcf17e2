// @ts-check
// <rukun-map src="…geojson" tiles="…" worker="…">: places as areas or points. What it shows stands in the table beside it, too.

import { channels, hatch, styleOf } from "./mapstyle.js";

const SHAPES = {
  pg: (/** @type {CanvasRenderingContext2D} */ pen) => pen.arc(16, 16, 12, 0, 7),
  ag: (/** @type {CanvasRenderingContext2D} */ pen) => { pen.moveTo(16, 3); pen.lineTo(30, 28); pen.lineTo(2, 28); pen.closePath(); },
  gn: (/** @type {CanvasRenderingContext2D} */ pen) => pen.rect(4, 4, 24, 24),
};

class RukunMap extends HTMLElement {
  connectedCallback() {
    this.draw().catch((error) => {
      console.warn(error);
      this.replaceChildren(Object.assign(document.createElement("p"), { className: "empty", textContent: this.say("failed") }));
    });
  }

  disconnectedCallback() {
    this.map?.remove();
  }

  /** @param {string} name */
  say(name) {
    return this.getAttribute(name) ?? "";
  }

  async draw() {
    const [library, answer] = await Promise.all([import("./vendor/maplibre-gl-6.17.0/maplibre-gl.mjs"), fetch(this.say("src"))]);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const shown = await answer.json();
    this.library = library;
    this.features = shown.features;
    this.level = shown.map.level;
    library.setWorkerUrl(new URL(this.say("worker"), document.baseURI).href);
    const ground = document.createElement("div");
    ground.className = "ground";
    this.replaceChildren(ground);
    await document.fonts.ready;
    const bounds = shown.map.bounds ?? [95, -11, 141, 6];
    this.map = new library.Map({
      container: ground, style: this.style_(), bounds, fitBoundsOptions: { padding: 24, maxZoom: 12 }, attributionControl: false,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 15, fadeDuration: 0, cooperativeGestures: true,
      locale: {
        "Map.Title": this.say("label"), "NavigationControl.ZoomIn": this.say("near"), "NavigationControl.ZoomOut": this.say("far"), "Popup.Close": this.say("close"),
        "CooperativeGesturesHandler.WindowsHelpText": this.say("wheel"), "CooperativeGesturesHandler.MacHelpText": this.say("wheel"),
        "CooperativeGesturesHandler.MobileHelpText": this.say("fingers"),
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new library.NavigationControl({ showCompass: false }));
    this.map.on("style.load", () => this.dress());
    this.map.on("click", (/** @type {any} */ event) => this.tell(event));
    this.map.on("idle", () => this.setAttribute("drawn", ""));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.map.setStyle(this.style_(), { diff: false }));
    this.listen();
  }

  colours() {
    const look = getComputedStyle(this);
    const of = (/** @type {string} */ name) => look.getPropertyValue(`--${name}`).trim();
    return { paper: of("paper"), line: of("map-line"), edge: of("edge"), ink: of("ink"), leaf: of("leaf"), none: of("map-none"), steps: [1, 2, 3, 4].map((at) => of(`map-s${at}`)) };
  }

  style_() {
    const tiles = this.say("tiles") && location.origin + this.say("tiles");
    return styleOf(this.colours(), this.level, this.features, tiles);
  }

  /** Patterns, shapes and the step of each place: again after every change of style. */
  dress() {
    const look = getComputedStyle(this);
    this.map.addImage("hatch", hatch(channels(look.getPropertyValue("--edge"))));
    for (const [name, path] of Object.entries(SHAPES)) this.map.addImage(name, drawn(path, look.getPropertyValue(`--${name}`), look.getPropertyValue("--ink")), { pixelRatio: 2 });
    if (!this.map.getSource("borders") || this.level > 4) return;
    for (const { id, properties } of this.features) {
      if (properties.is === "place") this.map.setFeatureState(this.border(id), { step: properties.step });
    }
  }

  /** @param {number} id */
  border(id) {
    return { source: "borders", sourceLayer: `level${this.level}`, id };
  }

  /** A tap says what is there and leads to its page. @param {any} event */
  tell(event) {
    const layers = ["reports", "problems", "dots", "places"].filter((name) => this.map.getLayer(name));
    const [hit] = this.map.queryRenderedFeatures(event.point, { layers });
    if (!hit) return;
    const place = hit.layer.id === "places" ? this.features.find((/** @type {any} */ each) => each.id === hit.id) : hit;
    if (place) this.open(place.properties, event.lngLat);
  }

  /** @param {{name: string, says?: string, url: string}} told @param {any} at */
  open(told, at) {
    const box = document.createElement("div");
    box.append(Object.assign(document.createElement("p"), { className: "name", textContent: told.name }));
    if (told.says) box.append(Object.assign(document.createElement("p"), { textContent: told.says }));
    const way = Object.assign(document.createElement("a"), { href: told.url, textContent: this.say("go") });
    box.append(way);
    this.popup?.remove();
    this.popup = new this.library.Popup({ maxWidth: "16rem", focusAfterOpen: false }).setLngLat(at).setDOMContent(box).addTo(this.map);
  }

  /** The row that one reads is drawn bold on the map. */
  listen() {
    for (const row of document.querySelectorAll("[data-place]")) {
      const id = Number(/** @type {HTMLElement} */ (row).dataset.place);
      for (const [event, chosen] of /** @type {[string, boolean][]} */ ([["pointerenter", true], ["focusin", true], ["pointerleave", false], ["focusout", false]])) {
        row.addEventListener(event, () => this.map.getSource("borders") && this.level <= 4 && this.map.setFeatureState(this.border(id), { chosen }));
      }
    }
  }
}

/** @param {(pen: CanvasRenderingContext2D) => void} path @param {string} fill @param {string} edge */
function drawn(path, fill, edge) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 32 });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.beginPath();
  path(pen);
  pen.fillStyle = fill.trim();
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = edge.trim();
  pen.stroke();
  return pen.getImageData(0, 0, 32, 32);
}

customElements.define("rukun-map", RukunMap);
