// @ts-check
// A photo becomes small before it stays in memory: drawn anew, which leaves place, camera and time of it behind.

export const MOST = 176 * 1024; // five a day, sealed and signed, and everything else that is sent and fetched: 1 MB
export const SIDE = 1280;
export const PHOTOS = 4;
const STEPS = /** @type {[number, number][]} */ ([[1, 0.72], [1, 0.6], [0.8, 0.6], [0.65, 0.55], [0.5, 0.5], [0.35, 0.45]]);

/** Size after shrinking: the longer side as asked, never larger than it was. @param {number} width @param {number} height @param {number} side */
export function fitted(width, height, side) {
  const share = Math.min(1, side / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/**
 * The first rendering that is small enough; the smallest where none is.
 * @param {(side: number, quality: number) => Promise<Uint8Array>} render
 * @param {number} [most]
 */
export async function smallEnough(render, most = MOST) {
  let bytes = new Uint8Array();
  for (const [share, quality] of STEPS) {
    bytes = await render(Math.round(SIDE * share), quality);
    if (bytes.length <= most) break;
  }
  return bytes;
}

/** Whether a JPEG still carries what a camera wrote into it. @param {Uint8Array} bytes */
export function tells(bytes) {
  for (let at = 2; at + 4 < bytes.length && bytes[at] === 0xff; ) {
    const mark = bytes[at + 1];
    if (mark === 0xe1 || mark === 0xed || mark === 0xe2) return true;
    if (mark === 0xda) return false;
    at += 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  return false;
}

/**
 * @param {Blob} file
 * @returns {Promise<{bytes: Uint8Array, small: string}>} the photo as it is sent, and a picture of it for the form
 */
export async function taken(file) {
  const bitmap = await decoded(file);
  const canvas = new OffscreenCanvas(1, 1);
  /** @param {number} side @param {number} quality */
  const render = async (side, quality) => {
    const { width, height } = fitted(bitmap.width, bitmap.height, side);
    Object.assign(canvas, { width, height });
    const paper = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    paper.imageSmoothingQuality = "high";
    paper.drawImage(bitmap, 0, 0, width, height);
    return new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality })).arrayBuffer());
  };
  try {
    const bytes = await smallEnough(render);
    const small = await render(160, 0.6);
    return { bytes, small: `data:image/jpeg;base64,${btoa(String.fromCharCode(...small))}` };
  } finally {
    bitmap.close();
  }
}

/** Decoded at the size it is wanted, where the browser can: a photo of 12 megapixels needs 48 MB otherwise. @param {Blob} file */
async function decoded(file) {
  const whole = await createImageBitmap(file, { imageOrientation: "from-image", resizeWidth: SIDE, resizeQuality: "medium" }).catch(() => null);
  if (!whole) return createImageBitmap(file);
  if (whole.height <= SIDE * 1.5) return whole;
  whole.close(); // a tall one: its width need not be as large
  return createImageBitmap(file, { imageOrientation: "from-image", resizeHeight: SIDE, resizeQuality: "medium" });
}
