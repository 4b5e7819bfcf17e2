// @ts-check
// Behind the page: keeps the app on the phone, takes what WhatsApp shares, and sends when the network comes back.

import { encrypt, random, toText, utf8 } from "./seal.js";
import { alone, sendAll } from "./sender.js";
import { Store } from "./store.js";

const PREFIX = "rukun-hp-";

/** @param {any} scope @param {{version: string, files: string[], home: string, share: string, language: string}} told */
export function serve(scope, { version, files, home, share, language }) {
  const name = PREFIX + version;

  scope.addEventListener("install", (/** @type {any} */ event) => {
    event.waitUntil(install(scope, name, [home, ...files]).then(() => scope.skipWaiting()));
  });
  scope.addEventListener("activate", (/** @type {any} */ event) => {
    event.waitUntil(tidy(scope, name).then(() => scope.clients.claim()));
  });
  scope.addEventListener("sync", (/** @type {any} */ event) => {
    event.waitUntil(Store.open().then((store) => alone(scope.navigator.locks, () => sendAll(store, fetch, Date.now, language, Boolean(scope.navigator.locks)))).then(() => tell(scope)));
  });
  scope.addEventListener("fetch", (/** @type {any} */ event) => {
    const url = new URL(event.request.url);
    if (url.origin !== scope.location.origin) return;
    if (event.request.method === "POST" && url.pathname === share) event.respondWith(shared(event.request, home));
    else if (event.request.method !== "GET") return;
    else if (url.pathname === home) event.respondWith(kept(scope, name, home, event));
    else if (files.includes(url.pathname)) event.respondWith(kept(scope, name, url.pathname, event));
  });
}

/** All of it or nothing: a half-installed version never takes over. @param {any} scope @param {string} name @param {string[]} files */
async function install(scope, name, files) {
  const cache = await scope.caches.open(name);
  await Promise.all(files.map(async (file) => {
    const answer = await fetch(file, { cache: "no-cache", credentials: "same-origin" });
    const whole = answer.ok && !answer.redirected && answer.type === "basic";
    if (!whole) throw new Error(`${file}: ${answer.status}`); // a portal that answers for everything is not taken for the app
    await cache.put(file, answer);
  }));
}

/** @param {any} scope @param {string} name */
async function tidy(scope, name) {
  const names = await scope.caches.keys();
  await Promise.all(names.filter((/** @type {string} */ each) => each.startsWith(PREFIX) && each !== name).map((/** @type {string} */ each) => scope.caches.delete(each)));
}

/** From this phone; from the network only where it has gone from here. @param {any} scope @param {string} name @param {string} file @param {any} event */
async function kept(scope, name, file, event) {
  const found = await (await scope.caches.open(name)).match(file);
  if (found) return found;
  const answer = await fetch(event.request);
  if (answer.ok && !answer.redirected) event.waitUntil(scope.caches.open(name).then((/** @type {Cache} */ cache) => cache.put(file, answer.clone())));
  return answer;
}

/** What another app shared waits in the database for the form, under a key that stands in the address alone. @param {Request} request @param {string} home */
async function shared(request, home) {
  const form = await request.formData();
  const text = ["title", "text", "url"].map((field) => String(form.get(field) ?? "").trim()).filter(Boolean).join("\n").slice(0, 6000);
  const photos = form.getAll("photos").filter((file) => file instanceof File && file.type.startsWith("image/")).slice(0, 4);
  const raw = random(32);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const close = (/** @type {Uint8Array} */ bytes) => encrypt(key, bytes, "shared");
  const closed = await Promise.all(photos.map(async (/** @type {any} */ file) => ({ type: file.type, ...(await close(new Uint8Array(await file.arrayBuffer()))) })));
  const store = await Store.open();
  await store.put("shell", { key: "shared", text: await close(utf8(text)), photos: closed, at: Date.now() });
  return Response.redirect(`${home}#tempel/${toText(raw)}`, 303);
}

/** @param {any} scope */
async function tell(scope) {
  for (const client of await scope.clients.matchAll({ type: "window" })) client.postMessage("sent");
}
