// @ts-check
// What stands on top of every screen: what is unsent, what is sent, what needs attention and why, until when the phone can be read.

import { at, fill, icon, make, say, when } from "./draw.js";
import { marked } from "./memory.js";
import { tally } from "./outbox.js";
import { reasonOf } from "./reasons.js";

const DAY = 24 * 3600_000;

/** What is unsent, what is sent, what needs attention and why, in one sentence. @param {App} app */
export async function news(app) {
  const { kept } = app.session;
  if (!kept) return fill(document, { news: null, lease: null });
  const every = await app.store.all("outbox");
  marked(every.length);
  const rows = every.filter((row) => row.officer === kept.officer);
  const counts = tally(rows);
  const { standing = "answered", reason = "" } = app.standing;
  const lines = [];
  if (counts.attention === 1) lines.push(say("attention_one", { reason: reasonOf(await app.recording.disclosed(rows.find((row) => row.state === "attention"))) }));
  else if (counts.attention) lines.push(say("attention", { n: counts.attention }));
  if (counts.waiting) lines.push(say(app.now() - counts.oldest > DAY ? "waiting_long" : "waiting", { n: counts.waiting }));
  else if (counts.photos) lines.push(say("photos", { n: counts.photos }));
  if (counts.waiting + counts.photos && !["answered", "offline"].includes(standing) && !/** @type {any} */ (kept).revoked) lines.push(say(standing === "refused" && reason ? reason : standing));
  if (counts.handed) lines.push(say("with_head", { n: counts.handed }));
  if (!counts.unsent) {
    const log = await app.store.all("log", kept.officer);
    const last = Math.max(0, ...log.map((row) => row.at));
    lines.push(last ? say("sent_at", { at: when(last, app.now()) }) : say("all_sent"));
  }
  const place = at(document, "news");
  place.hidden = false;
  place.className = `note ${counts.attention || standing === "device_revoked" ? "attention" : counts.unsent ? "" : "good"}`;
  const told = lines.join(" ");
  if (place.textContent !== told) place.replaceChildren(icon(counts.unsent ? "clock" : "solved"), make("span", null, told));
  fill(document, { count: counts.unsent ? String(counts.unsent) : null, lease: leaseSays(app) });
}

/** Until when it can be read, and what then. @param {App} app @returns {string | null} */
export function leaseSays(app) {
  const standing = app.session.standing();
  if (!standing || app.session.kept?.wrong === undefined) return null;
  if (/** @type {any} */ (app.session.kept).revoked) return say("device_revoked");
  const at = (/** @type {number} */ moment) => when(moment, app.now());
  if (standing.phase === "ended") return say("ended");
  if (standing.phase === "sealed") return standing.closing ? say("closing", { at: at(standing.ends) }) : say("sealed", { at: at(standing.ends) });
  return standing.phase === "warn" ? `${say("warn", { at: at(standing.until) })}${app.asked === "sign_in" ? ` ${say("sign_in")}` : ""}` : null;
}
