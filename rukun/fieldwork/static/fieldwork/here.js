// @ts-check
// The place where the officer stands, taken only when the button is pressed.

/**
 * @param {{latitude: HTMLInputElement, longitude: HTMLInputElement}} fields
 * @param {{coords: {latitude: number, longitude: number}}} position
 */
export function fill(fields, position) {
  fields.latitude.value = position.coords.latitude.toFixed(5);
  fields.longitude.value = position.coords.longitude.toFixed(5);
}

const button = globalThis.document?.querySelector("[data-here]");
if (button instanceof HTMLButtonElement && "geolocation" in navigator) {
  const fields = {
    latitude: /** @type {HTMLInputElement} */ (document.getElementById("id_latitude")),
    longitude: /** @type {HTMLInputElement} */ (document.getElementById("id_longitude")),
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      (position) => { fill(fields, position); button.disabled = false; },
      () => { button.disabled = false; fields.latitude.focus(); },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
