// @ts-check
// What the browser may do with the phone's memory: its promise to keep it, and what is said where it did not.

const MARK = "rukun-hp";

/** The browser's promise not to clear this memory. */
export async function persist() {
  return (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.().catch(() => false)) || false;
}

/** How many records only this phone has, where clearing its memory does not reach: a number, and nothing else. @param {number | null} unsent null: nobody uses this phone any more */
export function marked(unsent) {
  const wanted = `${MARK}=${unsent ?? ""}`;
  if (document.cookie.split("; ").includes(wanted)) return;
  document.cookie = `${wanted}; path=${document.body.dataset.home}; max-age=${unsent === null ? 0 : 34_560_000}; samesite=strict`;
}

/** How many were unsent when the browser cleared the memory; null where it never was in use. */
export function lost() {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${MARK}=`));
  return found ? Number(found.slice(MARK.length + 1)) || 0 : null;
}
