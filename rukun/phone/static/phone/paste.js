// @ts-check
// Text that comes from elsewhere: shared from WhatsApp, or pasted; and what the guard says of any text under its field.

import { hints } from "./cues.js";
import { fill, make, say, screen } from "./draw.js";
import { decrypt, toBytes, words } from "./seal.js";

/** What is about to be written into the next form. */
export const pouring = { now: /** @type {{text: string, photos: Blob[]} | null} */ (null) };

/** What the guard would say of it, under the field. @param {App} app @param {ParentNode} root @param {string} name @param {string} text */
export function hinted(app, root, name, text) {
  const box = root.querySelector(`[data-hint="${name}"]`);
  if (!box || !app.lexicon) return;
  const { lexicon } = app;
  const listed = name === "place" && app.areas.some((/** @type {any} */ area) => area.places?.some((/** @type {any} */ place) => place.name === text));
  const kinds = listed ? [] : hints(text, lexicon).kinds;
  kinds.sort((one, other) => Number(other === "emergency") - Number(one === "emergency"));
  box.replaceChildren(...kinds.map((kind) => (kind === "emergency"
    ? make("p.danger", null, lexicon.sentences[kind], " ", make("a", { href: "tel:110" }, "110"))
    : make("p", null, lexicon.sentences[kind]))));
}

/** What was shared a moment ago; nothing where the address does not hold its key. @param {App} app @param {string} key @returns {Promise<{text: string, photos: Blob[]}>} */
async function opened(app, key) {
  const row = await app.store.get("shell", "shared");
  try {
    const raw = await crypto.subtle.importKey("raw", toBytes(key), "AES-GCM", false, ["decrypt"]);
    const text = words(await decrypt(raw, row.text, "shared"));
    const photos = await Promise.all(row.photos.map(async (/** @type {any} */ photo) => new Blob([await decrypt(raw, photo, "shared")], { type: photo.type })));
    return { text, photos };
  } catch {
    return { text: "", photos: [] };
  }
}

/** Text that was shared from WhatsApp, or is pasted here. @param {App} app @param {string} key */
export async function pasted(app, key) {
  const root = /** @type {HTMLFormElement} */ (screen("tempel"));
  const shared = key ? await opened(app, key) : null;
  const text = /** @type {HTMLTextAreaElement} */ (root.elements.namedItem("text"));
  text.value = shared?.text ?? "";
  const files = shared?.photos ?? [];
  fill(root, { photos: files.length ? say("shared_photos", { n: files.length }) : null });
  const read = () => hinted(app, root, "text", text.value);
  read();
  text.addEventListener("input", read);
  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    pouring.now = { text: text.value, photos: files };
    const to = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "laporan";
    await app.store.remove("shell", "shared");
    app.go(to);
  });
  return root;
}
