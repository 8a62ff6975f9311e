// What the tablet does with the network: says how many forms wait, sends them again and again, keeps its pages.

import { counts, sendAll } from "./kiosk-queue.js";

const CACHE = "enquetes-borne-1"; // the name that the service worker uses
const FIRST_MS = 2_000;
const LONGEST_MS = 64_000;
const NEWS_MS = 3_000; // tablets of one hall come back together: each waits a moment of its own

/** Shows the state of the queue and empties it; returns what sends at once. */
export function watchQueue(state) {
  let delay = FIRST_MS;
  let timer = 0;

  async function show() {
    const { waiting, refused } = await counts();
    const { none, one, many, refused: told, offline } = state.dataset;
    const words = [waiting === 0 ? none : waiting === 1 ? one : many.replace("{n}", waiting)];
    if (refused) words.push(told.replace("{n}", refused));
    if (!navigator.onLine) words.push(offline);
    tell(words.join(" – "));
    state.querySelector("[data-kiosk-send]").hidden = waiting === 0;
    return waiting;
  }

  /** Written only when it changes: a screen reader would say it again to the person who answers. */
  function tell(sentence) {
    const line = state.querySelector("[data-kiosk-words]");
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  async function send() {
    window.clearTimeout(timer);
    await show();
    const isDone = await sendAll();
    const waiting = await show();
    delay = isDone ? FIRST_MS : Math.min(delay * 2, LONGEST_MS);
    if (waiting) later(delay * (0.5 + Math.random()));
  }

  function later(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, wait);
  }

  window.addEventListener("online", () => {
    delay = FIRST_MS;
    show();
    later(Math.random() * NEWS_MS);
  });
  window.addEventListener("offline", show);
  state.querySelector("[data-kiosk-send]").addEventListener("click", send);
  send();
  return send;
}

/** Keeps the pages of every language and all they load, so that the tablet starts again without network. */
export async function prepareOffline(workerUrl, stateUrl) {
  if (!navigator.serviceWorker) return;
  navigator.storage?.persist?.();
  try {
    await navigator.serviceWorker.register(workerUrl);
    await navigator.serviceWorker.ready;
    const cache = await caches.open(CACHE);
    await Promise.all([...needed(stateUrl)].map((url) => keepCopy(cache, url)));
    document.body.dataset.offlineReady = "";
  } catch (error) {
    console.warn("offline copy not made", error);
  }
}

function needed(stateUrl) {
  const ours = (url) => new URL(url, location.href).origin === location.origin;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const languages = [...document.querySelectorAll("[data-language]")].map((link) => link.href);
  const urls = [location.pathname, ...languages, ...loaded].map((url) => new URL(url, location.href));
  const kept = urls.filter((url) => ours(url) && !url.pathname.endsWith(stateUrl) && !url.pathname.endsWith(".map"));
  return new Set(kept.map((url) => url.href.split("#")[0]));
}

async function keepCopy(cache, url) {
  const answer = await fetch(url);
  if (answer.ok && !answer.redirected) await cache.put(url, answer);
}
