// Service worker of the survey tablet: its pages and what they load stay available when the network drops.
// Network first, so that the tablet follows the site; the last good copy after a few seconds or a failure.

const CACHE = "enquetes-borne-1";
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isPage = (request, url) => request.mode === "navigate" || url.pathname.endsWith("/");
const isKept = (request) => {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return false;
  return url.pathname.startsWith("{{ static_url|escapejs }}") || isPage(request, url);
};

async function fromNetwork(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(request.url, answer.clone());
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
