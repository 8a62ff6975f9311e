// What the tablet does with the network: says how many forms wait, sends them again and again, keeps its pages.

import { ask, Queue } from "./saving.js";

const LONGEST_MS = 64_000;
const NEWS_MS = 3_000; // tablets of one hall come back together: each waits a moment of its own
const TOKEN_MS = 600_000;
const tokens = new Map(); // address of the state of a point → {token, at}

/** Whether the survey takes answers, and a fresh token; null when that cannot be known. */
export async function stateOf(url) {
  const answer = await ask(url).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}

/** A token drawn when the form leaves: it may have waited for days. */
async function headers(thing, isSecond) {
  let known = tokens.get(thing.state);
  if (isSecond || !known || Date.now() - known.at > TOKEN_MS) {
    const answer = await ask(thing.state);
    known = { token: answer.ok ? (await answer.json()).token : "", at: Date.now() };
    tokens.set(thing.state, known);
  }
  return { Accept: "application/json", "X-Saving": "1", "X-Form-Token": known.token, "X-Device-Clock": String(Date.now()) };
}

/** The queue of the tablet, and what it says to the agent. */
export function watchQueue(state) {
  const queue = new Queue({ name: "enquetes-borne", headers, longest: LONGEST_MS });

  function show() {
    const waiting = queue.waiting.length;
    const refused = queue.refused.length;
    const { none, one, many, refused: told, offline, frail } = state.dataset;
    const words = [waiting === 0 ? none : waiting === 1 ? one : many.replace("{n}", waiting)];
    if (refused) words.push(`${told.replace("{n}", refused)} (${queue.refused[0].refused})`);
    if (queue.isFrail) words.push(frail);
    if (!navigator.onLine) words.push(offline);
    tell(words.join(" – "));
    state.querySelector("[data-kiosk-send]").hidden = waiting + refused === 0;
  }

  /** Written only when it changes: a screen reader would say it again to the person who answers. */
  function tell(sentence) {
    const line = state.querySelector("[data-kiosk-words]");
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  queue.on("change", show);
  queue.shelf.database().then((base) => { queue.isFrail = !base && !canKeep(); show(); });
  state.querySelector("[data-kiosk-send]").addEventListener("click", () => queue.retry());
  window.setTimeout(() => queue.load().then(() => queue.send()), Math.random() * NEWS_MS);
  return queue;
}

function canKeep() {
  try {
    localStorage.setItem("essai", "1");
    localStorage.removeItem("essai");
    return true;
  } catch {
    return false;
  }
}

/** Keeps the pages of every language and all they load, so that the tablet starts again without network. */
export async function prepareOffline(workerUrl, stateUrl) {
  if (!navigator.serviceWorker) return;
  navigator.storage?.persist?.();
  try {
    await navigator.serviceWorker.register(workerUrl);
    await navigator.serviceWorker.ready;
    const cache = await caches.open(document.body.dataset.release);
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
