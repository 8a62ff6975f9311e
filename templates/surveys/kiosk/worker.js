// Service worker of the survey tablet: its pages and what they load stay available when the network drops.
// Network first, so that the tablet follows the site; the last good copy after a few seconds or a failure.
// A release has its own copies, filled from the pages kept by the one before; only then are the old ones dropped.

const CACHE = "{{ release|escapejs }}";
const STATIC = "{{ static_url|escapejs }}";
const PATIENCE_MS = 4000;

async function patiently(request) {
  let timer = 0;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("late")), PATIENCE_MS); });
  return Promise.race([fetch(request), late]).finally(() => clearTimeout(timer));
}

const isOfTheTablet = (answer) => answer.ok && !answer.redirected && answer.headers.get("X-Kiosk") === "1";

async function fill() {
  const cache = await caches.open(CACHE);
  for (const name of (await caches.keys()).filter((other) => other.startsWith("enquetes-borne-") && other !== CACHE)) {
    const before = await caches.open(name);
    for (const request of await before.keys()) {
      if (new URL(request.url).pathname.startsWith(STATIC)) continue;
      const answer = await fetch(request.url).catch(() => null);
      if (answer && isOfTheTablet(answer)) await cache.put(request.url, answer);
      else if (!(await cache.match(request.url))) await cache.put(request.url, await before.match(request));
    }
  }
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("enquetes-borne-") && name !== CACHE).map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

const isPage = (request, url) => request.mode === "navigate" || url.pathname.endsWith("/");
const isKept = (request) => {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return false;
  return url.pathname.startsWith(STATIC) || isPage(request, url);
};

async function fromNetwork(request) {
  const answer = await patiently(request);
  const isStatic = new URL(request.url).pathname.startsWith(STATIC);
  if ((isStatic && answer.ok) || isOfTheTablet(answer)) await (await caches.open(CACHE)).put(request.url, answer.clone());
  if (answer.status >= 500) throw new Error(answer.statusText);
  return answer;
}

async function answer(request) {
  try {
    return await fromNetwork(request);
  } catch (error) {
    const kept = await caches.match(request.url.split("#")[0], { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  if (isKept(event.request)) event.respondWith(answer(event.request));
});
