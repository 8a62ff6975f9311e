// Change a thing where it is shown (core/pages/in_place.py): the form of its page in a panel, the save by the queue of
// the page, the pieces that changed put in their places, and « Annuler » until the next gesture.
// Without this script the same links lead to the pages.

import { ask, bodyOf } from "./saving.js";
import { queue } from "./page.js";

const WORDS = ["changement", "changements"];
const sent = new Map(); // key of a thing → where the hands were
const panel = Object.assign(document.createElement("dialog"), { className: "qp-place" });
const news = Object.assign(document.createElement("div"), { className: "qp-news" });
// What is seen first in a panel: what somebody else wrote, what is refused, the first thing to fill or to press.
const TO_SEE = ["[role=alert]", ".fr-input-group--error :is(input, textarea)", "details[open] :is(input:not([type=hidden]), textarea)", ":is(input:not([type=hidden]), button, summary)"];
let opener = null;
let first = "";

const button = (textContent, className, act) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent });
  made.addEventListener("click", act);
  return made;
};
const pieceOf = (element) => element?.closest("[data-piece]")?.dataset.piece;
const typed = () => [...panel.querySelectorAll("form")].map((form) => bodyOf(form)).join();

/** Where the gesture was asked from: the link itself, or the one that took its place. */
function home({ link, piece }) {
  return link?.isConnected ? link : document.querySelector(`[data-piece="${piece}"] a[data-in-place]`);
}

/** Under its link, or over it, or where there is room; a sheet at the foot of a phone. */
function place() {
  const at = opener.getBoundingClientRect();
  const room = window.innerHeight - panel.offsetHeight - 8;
  const below = at.bottom + 4;
  const above = at.top - panel.offsetHeight - 4;
  const top = below <= room ? below : above >= 8 ? above : Math.max(8, room);
  panel.style.setProperty("--top", `${top}px`);
  panel.style.setProperty("--left", `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - panel.offsetWidth - 8))}px`);
}

function show(html) {
  const close = button("Fermer", "fr-btn--close fr-btn qp-place__close", () => panel.close());
  const inside = document.createElement("div");
  inside.innerHTML = html;
  panel.replaceChildren(inside, close);
  const title = panel.querySelector("h2");
  if (title) panel.setAttribute("aria-label", title.textContent);
  if (!panel.open) panel.showModal();
  window.htmx?.process(panel);
  place();
  first = typed();
  const wanted = TO_SEE.map((selector) => panel.querySelector(selector)).find(Boolean);
  if (wanted?.matches("[role=alert]")) wanted.tabIndex = -1;
  wanted?.focus();
}

async function open(link) {
  opener = link;
  link.setAttribute("aria-busy", "true");
  const answer = await ask(link.href, { headers: { "X-In-Place": "1" }, credentials: "same-origin" }).catch(() => null);
  link.removeAttribute("aria-busy");
  if (!answer?.ok || answer.redirected) return location.assign(link.href);
  return show(await answer.text());
}

/** What was done, spoken and shown; what takes it back, until the next gesture. */
function tell(sentence, undo) {
  const line = Object.assign(document.createElement("p"), { textContent: sentence });
  news.replaceChildren(line, ...(undo ? [" ", undo] : []));
  news.classList.toggle("qp-news--shown", Boolean(sentence));
}

function send(action, body, label, where) {
  const key = `${action}#${Date.now()}`;
  sent.set(key, { ...where, action });
  tell("Enregistrement…");
  queue.add({ key, lane: action, action, body, label, words: WORDS, place: location.pathname + location.search });
}

export function put(pieces) {
  for (const [name, html] of Object.entries(pieces ?? {})) {
    const made = document.createElement("template");
    made.innerHTML = html.trim();
    document.querySelectorAll(`[data-piece="${name}"]`).forEach((old) => old.replaceWith(made.content.cloneNode(true)));
  }
}

const count = (column, by) => document.querySelectorAll(`[data-count="${column}"]`).forEach((shown) => { shown.textContent = Number(shown.textContent) + by; });

/** On a board, a card goes to the head of its column. */
function move(places) {
  for (const [card, column] of Object.entries(places ?? {})) {
    const moved = document.querySelector(`[data-card="${card}"]`);
    const now = moved?.closest("[data-column]");
    const next = document.querySelector(`[data-column="${column}"]`);
    if (!now || !next || now === next) continue;
    count(now.dataset.column, -1);
    count(column, 1);
    next.prepend(moved);
  }
}

queue.on("fate", (thing, said) => {
  const where = sent.get(thing.key);
  if (!where) return;
  sent.delete(thing.key);
  if (said.outcome === "elsewhere") return location.reload();
  if (said.outcome !== "saved") return refused(thing, said, where);
  put(said.pieces);
  move(said.places);
  where.undone?.();
  undoable(said, where.action, null, where);
  home(where)?.focus({ preventScroll: true });
});

/** Says what was done; « Annuler » sends it back to the page that did it. */
export function undoable(said, action, undone = null, where = {}) {
  const body = new URLSearchParams({ _in_place: "1", _undo: said.undo ?? "", retour: location.pathname + location.search }).toString();
  const takeBack = () => send(action, body, said.sentence, { ...where, undone });
  tell(said.sentence, said.undo && button("Annuler", "fr-btn fr-btn--sm fr-btn--secondary", takeBack));
}

/** Nothing was written: the form comes back with the reason, or with what somebody else wrote meanwhile. */
function refused(thing, said, where) {
  queue.drop(thing.key);
  tell(said.html ? "" : said.sentence);
  opener = home(where) ?? where.link;
  if (said.html) show(said.html);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-in-place]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});

panel.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const where = { link: opener, piece: pieceOf(opener) };
  send(form.action, bodyOf(form, { _in_place: "1" }), panel.querySelector("h2")?.textContent ?? "", where);
  panel.close();
});
panel.addEventListener("toggle", place, true);
panel.addEventListener("click", (event) => { // beside the panel, unless something is typed in it
  if (event.target === panel && typed() === first) panel.close();
  const details = event.target.closest("summary")?.parentElement; // not open yet
  if (details && !details.open) window.setTimeout(() => details.querySelector("input:not([type=hidden]), textarea")?.focus());
  if (event.target.matches?.("[data-give-up]")) { event.preventDefault(); panel.close(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.target.closest?.("input, textarea, [contenteditable]")) return;
  const undo = news.querySelector("button");
  if (undo) { event.preventDefault(); undo.click(); }
});

news.setAttribute("role", "status");
document.querySelector("main").append(news, panel);
