// @ts-check
// Hands a text on: to the clipboard, or to whatever this phone shares with. Without it, the text can be marked and the link works.

/**
 * @param {ParentNode} page
 * @param {{ clipboard?: { writeText(text: string): Promise<void> }, share?: (what: { text: string }) => Promise<void> }} device
 */
export function ready(page, device) {
  const text = page.querySelector("[data-text]");
  const copy = page.querySelector("[data-copy]");
  const share = page.querySelector("[data-share]");
  if (!(text instanceof HTMLTextAreaElement)) return;
  if (copy instanceof HTMLElement && device.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await device.clipboard?.writeText(text.value);
      const word = copy.querySelector("span");
      if (word) word.textContent = copy.dataset.done ?? "";
    });
  }
  if (share instanceof HTMLElement && device.share) {
    share.hidden = false;
    share.addEventListener("click", () => device.share?.({ text: text.value }).catch(() => {})); // closed without choosing: nothing happened
  }
}

ready(document, { clipboard: navigator.clipboard, share: navigator.share?.bind(navigator) });
